/* layout/walk.h -- down a layout's elements with the type and the ground that stand behind each text.
 *
 * For what can be said before a card is there: contrast.c and letters.c.  A
 * computed style is followed by all names that it is known to give (those in
 * if() and cmp()); where a card alone knows them, the ground is not `known`. */
#ifndef LAYOUT_WALK_H
#define LAYOUT_WALK_H
#include "layout/open.h"

struct ground {
    struct style type;
    struct color behind;
    bool known;
};
struct walker {
    struct layout *l;
    /* Something that prints: an attribute, or with `a` NULL the words that stand in `e`. */
    void (*visit)(struct walker *w, const struct elem *e, const struct attr *a, const struct ground *g);
    void *ctx;
    struct diag *d;
    size_t visits;
};
/* The running heads and the flows. */
void walk_layout(struct walker *w);
#endif
