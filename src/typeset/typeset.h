/* typeset/typeset.h -- boxes become pages.
 *
 * Paragraphs by total fit (Knuth and Plass, Breaking Paragraphs into Lines,
 * Software: Practice and Experience 11, 1981), break opportunities by UAX #14,
 * tables over pages with repeated heads, columns, keeps, widows and orphans.
 * What cannot fit is reported with the layout's line, place and row. */
#ifndef TYPESET_TYPESET_H
#define TYPESET_TYPESET_H
#include "layout/box.h"

/* Fills `out` (pages_init'ed here, in arena `a`). False after an error. */
bool typeset(const struct box_document *doc, struct fontlib *fonts, struct arena *a, struct pages *out,
             struct diag *d);
#endif
