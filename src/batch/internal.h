/* batch/internal.h -- what the files of batch/ share. */
#ifndef BATCH_INTERNAL_H
#define BATCH_INTERNAL_H
#include "batch/answer.h"
#include "batch/batch.h"

/* The tree of a place's card, or of the country's for a national layout. */
xmlDocPtr batch_card(const struct layout *layout, const struct card_set *cards, const char *place, struct diag *d);

/* One PDF of all cards, in the order of their regions, from the same pages as the single files,
 * and of what the book's layout makes around them. False after a report; a card that cannot be
 * made is named, since its own job tells why. */
struct book_task {
    const char *file;
    const char *const *places; size_t n_places;
    const struct layout *layout, *book_layout;
    const struct card_set *cards;
    struct fontlib *fonts;
};
bool book_make(const struct book_task *t, struct answer *answer, struct diag *d);

struct progress {
    bool on;
    double begun, drawn;       /* seconds of the monotonic clock */
    size_t n;                  /* cards */
};
void progress_begin(struct progress *p, bool on, size_t n);
void progress_draw(struct progress *p, size_t done, bool now);
void progress_end(struct progress *p);
#endif
