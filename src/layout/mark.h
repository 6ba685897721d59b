/* layout/mark.h -- source marks: documents are numbered in the order of their
 * first use on the pages, their sentences lettered in the same order. */
#ifndef LAYOUT_MARK_H
#define LAYOUT_MARK_H
#include "layout/bind.h"

/* A <sources> that waits until all marks are numbered. */
struct deferred {
    const struct elem *elem;
    struct context context;
    struct box *box;               /* a block to fill, or the paragraph to insert into */
    bool in_line;
    size_t run;                    /* where in the paragraph */
    struct run_state state;
    struct deferred *next, *next_here;
};

/* Of a <nguon> or <cau> of the card; 0, NULL, "" if no mark uses it. */
int mark_number(const struct binder *b, xmlNodePtr node);
const char *mark_letter(const struct binder *b, xmlNodePtr node);
const char *mark_back(const struct binder *b, xmlNodePtr node); /* anchor of the first mark */
/* The sentences used of a <nguon>, in the order of their letters. */
void mark_sentences(const struct binder *b, xmlNodePtr nguon, xmlNodeSetPtr out);
/* A mark told by an element of the card: its `cau` (a fact) or `nguon`. */
void mark_source_node(struct inliner *in, const struct context *c, const struct elem *e, xmlNodePtr node,
                      struct run_state s);
void mark_uses(struct binder *b, struct box_document *doc);
#endif
