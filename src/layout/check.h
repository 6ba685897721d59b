/* layout/check.h -- an expression against what it can meet: the card's
 * structure, the variables, functions, keys and formats in scope. */
#ifndef LAYOUT_CHECK_H
#define LAYOUT_CHECK_H
#include "layout/card_schema.h"
#include "layout/tree.h"

struct known_variable { const char *name; struct kind kind; const struct known_variable *up; };

/* Where an expression stands. */
struct env {
    struct kind node;              /* the context */
    const struct known_variable *variables;
    enum card_of card;             /* which card the layout is for */
    bool running;                  /* in a header or footer of a page */
    bool sources;                  /* in <sources> */
    bool rows;                     /* in a total, group-header or group-footer */
    bool grouped;                  /* in a table with group-by */
    struct kind row;               /* of rows(): on what the rows stand */
    const struct env *summed;      /* in a total: where its rows stand; else NULL */
};

/* The kind that `x` gives; reports what cannot be right. */
struct kind check_expr(struct layout *l, const struct env *env, const struct expr *x, struct diag *d);
struct kind kind_element(const char *name);
#endif
