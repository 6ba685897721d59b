/* batch/batch.h -- many cards: workers, progress, manifest, book. */
#ifndef BATCH_BATCH_H
#define BATCH_BATCH_H
#include "card/card.h"
#include "layout/layout.h"

/* One card from its tree to the bytes of a PDF: the spine of the program. */
struct rendered { struct buf pdf; int pages; size_t facts; };
bool render_card(const struct layout *layout, xmlDocPtr card, struct fontlib *fonts, struct rendered *out,
                 struct diag *d);

struct batch_options {
    const char *const *places; size_t n_places; /* slugs, in the order of the manifest and the book */
    const char *folder;        /* DIR/SLUG.pdf and DIR/manifest.tsv */
    const char *book;          /* file; NULL: none */
    int workers;               /* 0: one a processor */
    bool resume, progress, strict;
};
/* False after reports if any card failed; those that were made are whole. */
bool batch_run(const struct batch_options *o, const struct layout *layout, const struct card_set *cards,
               struct fontlib *fonts, struct diag *d);
#endif
