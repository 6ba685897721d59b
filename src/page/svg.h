/* page/svg.h -- a page for the screen: one SVG 1.1 document a page.
 *
 * Glyphs are drawn as outlines, each once a page, so that the picture is the
 * PDF's whatever fonts the reader has; over them lies the text itself, unseen,
 * to be found and copied.  Figures keep their alternative text, links work.
 */
#ifndef PAGE_SVG_H
#define PAGE_SVG_H
#include "page/page.h"

/* Appends page `index` of `p` as a whole document. False after a report (no such page). */
bool page_svg(const struct pages *p, size_t index, struct buf *out, struct diag *d);
#endif
