/* cli/review.h -- a page for the person who decides: each document with its
 * facts marked in place, the list of them beside it, and the way from one to
 * the other; numbers that were passed over faintly, with the reason.  One file
 * without anything from outside, usable by keyboard, readable on paper and
 * without scripts. */
#ifndef CLI_REVIEW_H
#define CLI_REVIEW_H
#include "extract/extract.h"

struct review {
    const struct catalog *catalog;
    struct buf body, list; /* of the documents so far */
    size_t documents, facts, passed;
};

void review_add(struct review *r, const struct document *doc, const struct facts *facts, const struct passed_list *passed);
/* The whole page into `out`; gives `r`'s memory back. */
void review_end(struct review *r, struct buf *out);
#endif
