/* layout/open.h -- what the parts of layout_open() share. */
#ifndef LAYOUT_OPEN_H
#define LAYOUT_OPEN_H
#include "layout/check.h"

struct opening {
    struct layout *l;
    struct fontlib *fonts;
    struct diag *d;
    const struct layout_param *params;
    size_t n_params;
};

/* structure.c: what stands where, against vocab.c; gives every element and attribute its definition. */
void check_structure(struct opening *o, struct elem *e);

/* compile.c: the values of attributes, each in the context where it will be evaluated. */
void compile_in(struct opening *o, struct attr *a, const struct env *env);
void compile_attributes(struct opening *o, struct elem *e, const struct env *env);
/* All content: the declared variables first, the pages' running heads, then the rest. */
void compile_root(struct opening *o, struct env *env);
struct env with_variable(struct opening *o, const struct env *env, const char *name, struct kind kind);

/* contrast.c: text that is hard to see on what is behind it; warnings. Only for a layout without errors. */
void check_contrast(struct opening *o);

/* letters.c: words that the layout writes down in letters which their font lacks; errors. Needs `fonts`. */
void check_letters(struct opening *o);

/* reading.c: order of headings, words for pictures and links. */
void check_reading(struct opening *o);

/* sign.c: what only a colour tells; warnings. */
void check_signs(struct opening *o);

/* declare.c: what is declared under a name; colours before parameters before the rest. */
enum { DECLARE_COLORS, DECLARE_PARAMS, DECLARE_REST };
void declare(struct opening *o, struct elem *e, int when);
bool known_master(const struct layout *l, const char *name);
#endif
