/* layout/quick.h -- an evaluator of our own for the XPath that layouts are mostly made of.
 *
 * libxml2 makes an object of every step; for paths of three steps over a small
 * tree that is nine tenths of their time.  Here a value is a struct and a set
 * of nodes an array in the card's arena.  What is not understood (unions,
 * rarer axes and functions) is left to libxml2: at compiling as a whole, at
 * evaluating where the order of nodes would not be sure. */
#ifndef LAYOUT_QUICK_H
#define LAYOUT_QUICK_H
#include "layout/bind.h"

struct value {
    enum { VALUE_NODES, VALUE_TEXT, VALUE_NUMBER, VALUE_TRUTH } is;
    xmlNodePtr *nodes;             /* in document order; not to be changed */
    size_t n;
    const char *text;
    double number;
    bool truth;
};

/* NULL: libxml2 has to do it. Lives in the layout. */
const struct quick *quick_compile(struct layout *l, const char *text);
/* False: libxml2 has to do it, this time. */
/* Texts and nodes may lie in the card: copy what outlives it. */
bool quick_eval(struct binder *b, const struct context *c, const struct quick *q, struct value *out);

const char *value_text(struct binder *b, const struct value *v);
double value_number(struct binder *b, const struct value *v);
bool value_truth(const struct value *v);
#endif
