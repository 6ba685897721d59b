/* typeset/typeset.h -- boxes become pages.
 *
 * Paragraphs by total fit (Knuth and Plass, Breaking Paragraphs into Lines,
 * Software: Practice and Experience 11, 1981), break opportunities by UAX #14,
 * tables over pages with repeated heads, columns, keeps, widows and orphans.
 * What cannot fit is reported with the layout's line, place and row.
 *
 * What a layout can count on:
 * - A line is as high as its paragraph's leading (more only for a larger run or
 *   a chart in it), and the baseline stands so that the face's ascent + descent
 *   is centred in that.  Cells of a row share the baseline of their first
 *   lines, whatever their faces and sizes; valign="top" and others undo that.
 * - Margins stand between neighbours, the larger counts; none at the top of a
 *   page or column, nor at the edges of cells and of blocks with a border, a
 *   background or padding.  They shrink, down to about a half, on a page that
 *   can so take what would else stand alone on a last page.
 * - Border and padding lie within a box's width.  In tables, lines lie on the
 *   edges of cells, half to each side, so that those of neighbours are one.
 * - In decimal columns the figures stand with their commas under each other,
 *   the longest at the right edge; whole numbers end at the comma's place, a
 *   lone sign for "no figure" stands where the units digit would; runs that
 *   hang take no room there, nor in texts set to the end or the middle.
 * - A row of a table goes to the next page whole, and is cut only if it is
 *   higher than a page (or its table says row-keep="false"); a row of a grid is
 *   cut too if a quarter of the page would stay empty.  Two rows stay with a
 *   table's head, and the last row is not left alone.
 * - A line and the footnotes of its marks stand on one page, the notes at its
 *   foot; only a note of four lines and more goes on on the next page.
 * - Borders, backgrounds, rules, repeated heads and running blocks are
 *   artifacts.  All else has a node, in reading order; what goes on over a page
 *   stays one node.
 */
#ifndef TYPESET_TYPESET_H
#define TYPESET_TYPESET_H
#include "layout/box.h"

/* Fills `out` (pages_init'ed here, in arena `a`). False after an error. */
bool typeset(const struct box_document *doc, struct fontlib *fonts, struct arena *a, struct pages *out,
             struct diag *d);
#endif
