/* page/png.h -- a page as pixels, for the screen and for looking at tests.
 *
 * Drawn from the display list with FreeType's own rasterizer: the outlines are
 * those of the PDF, and no other program is needed.  Pictures in JPEG are shown
 * as a grey field (the PDF has them).
 */
#ifndef PAGE_PNG_H
#define PAGE_PNG_H
#include "page/page.h"

/* Appends page `index` of `p` at `dpi` as a PNG file. False after a report (no such page, too many pixels). */
bool page_png(const struct pages *p, size_t index, double dpi, struct buf *out, struct diag *d);
#endif
