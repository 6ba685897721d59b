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

/* Some elements and attributes are on the card of a place alone, some on the country's. */
enum card_of { CARD_OF_PLACE, CARD_OF_COUNTRY, CARD_OF_BOOK }; /* as the values of <layout entity> */

/* What an expression can give: for nodes, of which elements, and how they hang on them. */
struct kind {
    enum { KIND_TEXT, KIND_NODES, KIND_ANY } is; /* ANY: not known; nothing is checked behind it */
    card_set_t elements;                /* the elements themselves */
    card_set_t attributes_of, text_of;  /* owners */
    bool root;                          /* the document node */
    const char *attribute;              /* the one name of attributes_of; NULL: any, or none */
    bool many;                          /* of nodes: there may be more than one on a card */
    const struct literal *literals;     /* texts that it may be, as far as they are told: of if() and cmp() */
};
struct literal { const char *text; const struct literal *next; };

int card_schema_find(const char *element);          /* its bit's number; -1 */
const char *card_schema_name(int element);
int card_schema_count(void);
card_set_t card_schema_children(card_set_t of, enum card_of card);
card_set_t card_schema_parents(card_set_t of, enum card_of card);
/* Those of `of` that have the attribute; NULL: that have any. */
card_set_t card_schema_with(card_set_t of, const char *attribute, enum card_of card);
/* Names for "expected": attributes of `of`, at most `max`; returns how many. */
size_t card_schema_attributes(card_set_t of, enum card_of card, struct arena *a, const char **names, size_t max);
/* True if one of these may stand more than once in its parent. */
bool card_schema_repeats(card_set_t elements);
/* True if no two neighbours of each of these have the same value of the attribute (`ma` of chi-so), or,
 * with `flag`, if only one of them has it at all (`minh` of tinh). */
bool card_schema_tells_apart(card_set_t elements, const char *attribute, bool flag);
/* The words that an attribute can hold, parted by "|"; NULL if they are not counted. */
const char *card_schema_words(card_set_t owners, const char *attribute);
bool card_word_among(const char *words, const char *word);

/* What of a real card is not in the table, a line each; true if nothing. */
bool card_schema_covers(xmlDocPtr card, struct buf *missing);
#endif
