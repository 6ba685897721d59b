/* card/card.h -- the card: everything a layout may bind for one place, as an XML tree.
 *
 * layouts/README.md documents the tree. card_set_open() reads the facts once
 * for all places and works out the statistics (rank, median, quartiles, change)
 * of every indicator and period; making one card then only writes its tree.
 * A set is read-only after it was opened: workers share it.
 */
#ifndef CARD_CARD_H
#define CARD_CARD_H
#include "catalog/catalog.h"
#include "store/store.h"

#include <libxml/tree.h>

struct card_set;
struct card_options {
    const char *as_of;   /* ISO date that picks the set of places; NULL: the period's last day, or the facts' newest if that is earlier */
    const char *period;  /* "2023"; NULL: the newest year with facts for most places */
};

struct card_set *card_set_open(struct store *s, const struct catalog *c, const struct card_options *o, struct diag *d);
/* The same from facts already read (and notes; NULL: none), which must outlive the set. */
struct card_set *card_set_from(const struct stored_facts *facts, const struct stored_facts *notes,
                               const struct catalog *c, const struct card_options *o, struct diag *d);
void card_set_close(struct card_set *set); /* NULL is fine */

const char *card_set_as_of(const struct card_set *set);
const char *card_set_period(const struct card_set *set);
const struct catalog *card_set_catalog(const struct card_set *set);
/* Slugs of the places of the set in official order; with `with_facts` only those that facts speak of. */
const char *const *card_set_places(const struct card_set *set, bool with_facts, size_t *n);
/* Facts of the place itself, not of its predecessors. */
size_t card_set_fact_count(const struct card_set *set, const char *slug);

/* The card of one place; NULL after a report (unknown slug, with the nearest).
 * The caller frees it with xmlFreeDoc(). The same input gives the same bytes. */
xmlDocPtr card_make(const struct card_set *set, const char *slug, struct diag *d);
/* The country's card: every place's standing (league table, tile map). */
xmlDocPtr card_make_national(const struct card_set *set, struct diag *d);
/* The tree as text, indented, UTF-8. */
void card_print(xmlDocPtr card, struct buf *out);
#endif
