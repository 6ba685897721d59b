/* pdf/content_scan.h -- a content stream looked through: what is marked, and what is shown. */
#ifndef PDF_CONTENT_SCAN_H
#define PDF_CONTENT_SCAN_H
#include "base/arena.h"

#include <stdbool.h>

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
/* Sets the bits of the codes that a ToUnicode map knows. */
void scan_unicode(const char *map, size_t n, unsigned char known[65536 / 8]);
#endif
