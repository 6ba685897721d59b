/* ingest/lists.h -- the numbers that a word processor counts before paragraphs: "1.", "2.1.", "a)", "IV.".
 *
 * They are not in the file, only how they are counted; readers of a document see them, so they belong to
 * its text.  Bullets give no text. */
#ifndef INGEST_LISTS_H
#define INGEST_LISTS_H
#include "base/arena.h"

#include <libxml/tree.h>
#include <stdbool.h>

enum { LIST_LEVELS = 10 };

struct lists;

/* From word/numbering.xml's root (NULL: no lists). Everything lives in `a`. */
struct lists *lists_of_word(const xmlNode *numbering, struct arena *a);
/* OpenDocument: adds the list styles below a part's root; the headings' own numbers have the id "". */
struct lists *lists_of_odf(struct arena *a);
void lists_add_odf(struct lists *l, const xmlNode *root);

/* What stands before the next paragraph of list `id` on `level` (from 0), with a blank behind it; "" for a
 * bullet and for a list that is not known. Counts on; valid until the next call. */
const char *lists_next(struct lists *l, const char *id, int level);
/* The list begins anew, or its level goes on with `value`. */
void lists_restart(struct lists *l, const char *id);
void lists_set(struct lists *l, const char *id, int level, int value);
/* The level that a list has for paragraphs of a style; -1. */
int lists_level_of_style(const struct lists *l, const char *id, const char *style);
#endif
