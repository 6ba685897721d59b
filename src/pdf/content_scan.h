/* pdf/content_scan.h -- a content stream looked through: what is marked, and what is shown. */
#ifndef PDF_CONTENT_SCAN_H
#define PDF_CONTENT_SCAN_H
#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>
#include <stdint.h>

enum { SCAN_NAME = 31 };
struct scan_font { char name[SCAN_NAME + 1]; unsigned char codes[65536 / 8]; /* two-byte codes that are shown */ };
struct scan_fonts { struct scan_font *items; size_t n, cap; };

struct scan {
    size_t n_mcids;              /* 0 to n_mcids - 1, each once */
    const char *fault;           /* translated; NULL */
};
/* False if something is painted that is neither tagged nor an artifact, if
 * marked content is not nested or numbered well, or if operators are damaged. */
bool scan_content(struct scan *s, const char *data, size_t n, struct scan_fonts *fonts, struct arena *a);

/* What a ToUnicode map says: at[code] - 1 is where its text begins in `texts`; 0: none. */
struct scan_map { uint32_t at[65536]; struct buf texts; };
struct scan_map *scan_map_read(const char *map, size_t n);
void scan_map_free(struct scan_map *m); /* NULL is fine */

/* The text of the content, a piece for each marked-content sequence, in the order of drawing. */
struct scan_piece { long mcid; /* -1: an artifact */ char tag[SCAN_NAME + 1]; const char *text; };
struct scan_reading {
    const struct scan_map *(*map)(void *context, const char *font); /* NULL: none of that name */
    void *context;
    struct scan_piece *pieces;
    size_t n, cap;
};
bool scan_text(struct scan_reading *reading, const char *data, size_t n, struct arena *a);

/* Sets the bits of the codes that a ToUnicode map knows. */
void scan_unicode(const char *map, size_t n, unsigned char known[65536 / 8]);
#endif
