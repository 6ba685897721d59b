/* pdf/web.h -- a finished file in the order that a browser reads it.
 *
 * Linearised (ISO 32000-1, annex F) by libqpdf: the first page comes first, so that a book
 * on a server is open before all of it was fetched.  Contents stay as they are, and so do
 * the seals of pages and attached files; the identifier becomes the hash of the new bytes,
 * taken with its own digits as zeros. */
#ifndef PDF_WEB_H
#define PDF_WEB_H
#include "base/buf.h"
#include "base/diag.h"

bool web_order(struct buf *pdf, struct diag *d); /* false after a report */

/* The first 32 digits of the SHA-256 of n bytes in which every "<id>" is "<000...>". `id`: 32 digits. */
void web_identifier(const char *data, size_t n, const char id[33], char out[33]);
#endif
