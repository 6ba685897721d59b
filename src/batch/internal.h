/* batch/internal.h -- what the files of batch/ share. */
#ifndef BATCH_INTERNAL_H
#define BATCH_INTERNAL_H
#include "batch/answer.h"
#include "batch/batch.h"

/* The tree of a place's card, or of the country's for a national layout. */
xmlDocPtr batch_card(const struct layout *layout, const struct card_set *cards, const char *place, struct diag *d);

struct progress {
    bool on;
    double begun, drawn;       /* seconds of the monotonic clock */
    size_t n;                  /* cards */
};
void progress_begin(struct progress *p, bool on, size_t n);
void progress_draw(struct progress *p, size_t done, bool now);
void progress_end(struct progress *p);
#endif
