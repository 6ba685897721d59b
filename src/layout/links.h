/* layout/links.h -- the last step of binding. */
#ifndef LAYOUT_LINKS_H
#define LAYOUT_LINKS_H
#include "layout/bind.h"

/* Reports ids that are there twice and links that lead nowhere; a source mark
 * whose sentence has no entry is led to its document's. */
void links_settle(struct binder *b, struct box_document *doc);

/* Every box and run of the flow, in reading order: first a box, then what is in it; notes behind their marks. */
struct box_walk {
    void (*box)(struct box_walk *, struct box *); /* NULL: not asked for */
    void (*run)(struct box_walk *, struct run *);
    const struct table *table;    /* the outermost one around; NULL */
};
void walk_flow(struct box_walk *w, const struct box_document *doc);
#endif
