/* layout/reader.h -- an expression that is being read; private to check.c and its parts.
 *
 * reader.c   letters and names; what is said of a fault
 * path.c     the steps of a path, each from a set of the card's elements to another
 * check.c    functions, variables, operators */
#ifndef LAYOUT_READER_H
#define LAYOUT_READER_H
#include "layout/check.h"

struct reader {
    struct layout *l;
    const struct env *env;
    const struct expr *x;
    struct diag *d;
    const char *p;
    bool told;                     /* one fault an expression */
    bool asked;                    /* one doubt an expression */
    bool denied;                   /* directly in not(): "none of them" is meant */
    bool whole;                    /* the function is all of the expression */
};

static const struct kind KIND_OF_TEXT = { .is = KIND_TEXT }, KIND_UNKNOWN = { .is = KIND_ANY };

/* ---- reader.c ---- */

void reader_blanks(struct reader *r);
bool reader_taken(struct reader *r, const char *s);      /* moves behind `s` if it stands there */
const char *reader_name(struct reader *r);               /* moves behind a name; NULL */
bool reader_name_char(char c);
/* False if a fault of this expression was told before. */
bool reader_fault(struct reader *r);
/* Says of the fault just told: the nearest of the names, else all of them. */
void reader_expected(struct reader *r, const char *word, const char **names, size_t n);
/* "<chi-so> and the like" */
const char *reader_elements(struct reader *r, card_set_t set);
struct kind reader_no_element(struct reader *r, const char *word, card_set_t from, card_set_t could, bool root);
struct kind reader_no_attribute(struct reader *r, const char *word, card_set_t of);

/* ---- path.c ---- */

struct kind path_step(struct reader *r, const struct kind *k);
/* All steps behind what gives `k`: "/a//b". */
struct kind path_steps(struct reader *r, struct kind k);
void path_predicates(struct reader *r, struct kind *k);

/* ---- check.c ---- */

/* The expression in a predicate on nodes of `context`: true if it holds for one of them at most. */
bool check_predicate(struct reader *r, const struct kind *context);
#endif
