/* batch/batch.h -- many cards: workers, progress, manifest, book.
 *
 * A batch makes DIR/SLUG.pdf for every place and DIR/manifest.tsv.  Workers
 * are forks of a parent that has opened everything; they share nothing but
 * what was read before, so that no card can see another's.  What a run makes
 * depends on its input alone: not on the number of workers, the clock or the
 * locale.
 */
#ifndef BATCH_BATCH_H
#define BATCH_BATCH_H
#include "batch/shard.h"
#include "card/card.h"
#include "layout/layout.h"

/* One card from its tree to the bytes of a PDF: the spine of the program.
 * `cards`: those that it is one of, for what the file tells of its making.
 * `a` is scratch: the caller resets or clears it when `out` was used. */
struct rendered {
    struct buf pdf; /* the caller's: buf_clear() */
    int pages;
};
bool render_card(const struct layout *layout, const struct card_set *cards, xmlDocPtr card, struct fontlib *fonts,
                 struct arena *a, struct rendered *out, struct diag *d);

/* One PDF of all cards, in the order of their regions, from the same pages as the single files,
 * and of what the book's layout makes around them. False after a report; a card that cannot be
 * made is named, since making it alone tells why. */
struct book_task {
    const char *const *places; size_t n_places;
    const struct layout *layout, *book_layout;
    const struct card_set *cards;
    struct fontlib *fonts;
    bool web;                  /* linearised: pdf/web.h */
};
bool render_book(const struct book_task *t, struct rendered *out, struct diag *d);

/* As far as the display list of its pages, in `a`. NULL after a report. */
struct box_document *card_pages(const struct layout *layout, xmlDocPtr card, struct fontlib *fonts, struct arena *a,
                                struct pages *pages, struct diag *d);

struct batch_options {
    const char *const *places; size_t n_places; /* slugs, in the order of the manifest and the book */
    const char *folder;        /* DIR/SLUG.pdf and DIR/manifest.tsv */
    const char *name;          /* pattern of the cards' files (batch/deliver.h); NULL: "{slug}.pdf" */
    const char *zip;           /* file; NULL: none. All cards, the manifest and the index page */
    bool index;                /* DIR/index.html */
    const char *book;          /* file; NULL: none */
    const struct layout *book_layout; /* of the book's own pages (layout_is_book) */
    bool web;                  /* the book: linearised */
    const char *inputs;        /* what else the bytes depend on (catalog, parameters, fonts): for `resume` */
    int workers;               /* 0: one a processor */
    struct shard shard;        /* only these of `places`; the book of all is made by the first shard */
    const char *run;           /* of a shard: SHA-256 of the facts, 64 digits */
    bool resume;               /* keep files whose input and bytes are those of the manifest */
    bool progress;             /* a bar on standard error */
};
struct batch_result {
    size_t made, kept, failed; /* cards */
    size_t pages, bytes;       /* of those made and kept */
    size_t book_pages, book_bytes; /* 0: no book was made */
    size_t zipped;             /* bytes of the ZIP; 0: none was made */
    size_t warnings;           /* of all cards, also those told once for many */
    bool stopped;              /* by a signal */
};
/* False after reports if any card or the book failed, or if it was stopped; files that
 * were made are whole and stand in the manifest. A national layout makes one card, "ca-nuoc". */
bool batch_run(const struct batch_options *o, const struct layout *layout, const struct card_set *cards,
               struct fontlib *fonts, struct batch_result *r, struct diag *d);
#endif
