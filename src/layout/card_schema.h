/* layout/card_schema.h -- what elements and attributes a card has, where: the
 * one place where the checker knows what layouts/README.md's first chapter says. */
#ifndef LAYOUT_CARD_SCHEMA_H
#define LAYOUT_CARD_SCHEMA_H
#include "base/arena.h"
#include "base/buf.h"

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

/* A set of element names, as bits. */
typedef uint64_t card_set_t;

/* What an expression can give: for nodes, of which elements, and how they hang on them. */
struct kind {
    enum { KIND_TEXT, KIND_NODES, KIND_ANY } is; /* ANY: not known; nothing is checked behind it */
    card_set_t elements;                /* the elements themselves */
    card_set_t attributes_of, text_of;  /* owners */
    bool root;                          /* the document node */
    const struct literal *literals;     /* texts that it may be, as far as they are told: of if() and cmp() */
};
struct literal { const char *text; const struct literal *next; };

int card_schema_find(const char *element);          /* its bit's number; -1 */
const char *card_schema_name(int element);
int card_schema_count(void);
card_set_t card_schema_children(card_set_t of);
card_set_t card_schema_parents(card_set_t of);
/* Those of `of` that have the attribute; NULL: that have any. */
card_set_t card_schema_with(card_set_t of, const char *attribute);
/* Names for "expected": attributes of `of`, at most `max`; returns how many. */
size_t card_schema_attributes(card_set_t of, struct arena *a, const char **names, size_t max);

/* What of a real card is not in the table, a line each; true if nothing. */
bool card_schema_covers(xmlDocPtr card, struct buf *missing);
#endif
