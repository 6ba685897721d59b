/* ingest/markup.h -- HTML and XML before they are parsed: what would cost libxml2 time without bound. */
#ifndef INGEST_MARKUP_H
#define INGEST_MARKUP_H
#include <stdbool.h>
#include <stddef.h>

enum { ATTRIBUTES_MAX = 2000 }; /* of one element; each is compared with all before it */

/* False if an element has more attributes than that. `html`: what stands in <script> and <style> is no markup. */
bool markup_bounded(const char *s, size_t n, bool html);
#endif
