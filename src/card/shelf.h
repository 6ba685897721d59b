/* card/shelf.h -- where a set's facts stand, to be read again: a store or memory.
 *
 * A handle of SQLite does not survive a fork, so each process that makes cards
 * opens one of its own at its first card, and keeps it. */
#ifndef CARD_SHELF_H
#define CARD_SHELF_H
#include "store/store.h"

struct shelf;
struct shelf *shelf_of_store(struct store *s); /* borrowed for shelf_walk() */
struct shelf *shelf_of_memory(const struct stored_facts *facts, const struct stored_facts *notes); /* borrowed */
void shelf_close(struct shelf *s); /* NULL is fine */

/* As store_walk(), store_begin(), store_place() and store_end(). */
bool shelf_walk(struct shelf *s, const struct store_pass *pass, struct arena *a, struct stored_facts *sources,
                struct diag *d);
bool shelf_begin(struct shelf *s, struct diag *d);
bool shelf_place(struct shelf *s, const char *place, int64_t before, struct arena *a, struct stored_facts *out,
                 struct diag *d);
void shelf_end(struct shelf *s);
#endif
