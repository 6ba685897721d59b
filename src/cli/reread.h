/* cli/reread.h -- the pages' text as another program reads it. */
#ifndef CLI_REREAD_H
#define CLI_REREAD_H
#include "base/buf.h"

#include <stdbool.h>

/* Text of all pages by poppler's pdftotext in the order of drawing, a form feed
 * after each page. False if the program is not there or fails. */
bool reread(const char *path, struct buf *out);
/* `text` without spaces and line ends: what two readers must agree on. */
void squeeze(struct buf *out, const char *text, size_t n);
#endif
