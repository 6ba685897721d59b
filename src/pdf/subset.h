/* pdf/subset.h -- the part of a font that a file embeds. */
#ifndef PDF_SUBSET_H
#define PDF_SUBSET_H
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

/* A TrueType font whose glyph i is glyph gids[i] of `face` (an hb_face_t *),
 * without hints; UINT32_MAX: an empty one. Parts of composites follow after
 * the n glyphs. False if the font is damaged, or has no such glyph. */
bool subset_truetype(void *face, const uint32_t *gids, size_t n, struct buf *out);

/* The CFF table of a font with these glyphs under their old numbers. */
bool subset_cff(void *face, const uint32_t *gids, size_t n, struct buf *out);
#endif
