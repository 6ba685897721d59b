/* layout/quick.h -- an evaluator of our own for the XPath that layouts are mostly made of.
 *
 * Why it is there: libxml2 makes an object of every step and a set of nodes on the heap of
 * every path.  Here a value is a struct and a set an array in the card's arena, and binding a
 * card takes three tenths fewer instructions (63 cards: scorecard.xml 564 million instead of
 * 817, report.xml 198 instead of 278; counted by callgrind within layout_bind()).
 *
 * It says what libxml2 says or nothing: what is not known (unions, rarer axes and functions)
 * is left to libxml2, as a whole when it is compiled (quick_make.c), and when it is worked out
 * (quick.c) where the order of nodes would not be sure.  tests/unit/test_quick.c asks both,
 * expression by expression, and compares. */
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
/* False: libxml2 has to do it, this time. Texts and nodes may lie in the card: copy what outlives it. */
bool quick_eval(struct binder *b, const struct context *c, const struct quick *q, struct value *out);

/* As XPath's string(), number() and boolean(). */
const char *value_text(struct binder *b, const struct value *v);
double value_number(struct binder *b, const struct value *v);
bool value_truth(const struct value *v);
#endif
