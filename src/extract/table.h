/* extract/table.h -- figures in the tables of a document.
 *
 * A cell means nothing by itself: "92,18" under "PAR INDEX năm 2023 (%)" beside
 * "Quảng Ninh" says "Quảng Ninh: PAR INDEX năm 2023 đạt 92,18%".  Each cell is
 * made such a sentence, the sentences are read like any other text, and the
 * facts are given the cell's place in the document. */
#ifndef EXTRACT_TABLE_H
#define EXTRACT_TABLE_H
#include "extract/extract.h"

/* Reads the table whose first cell is block `first`: how many blocks are its, and were read.
 * 0 if it is no table of figures with headings (one that lays out a page): read it as text. */
size_t table_facts(const struct extractor *x, const struct document *doc, size_t first, struct arena *a,
                   struct facts *out);
#endif
