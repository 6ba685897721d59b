/* layout/tree.h -- the layout as it was read: checked elements, compiled values.
 *
 * Private to layout/.  read.c makes `struct elem` of the file and its
 * includes, each with its exact place; structure.c holds it against vocab.c;
 * declare.c and compile.c, with value.c, style.c and expr.c, turn every
 * attribute and text into a compiled value, and check.c holds expressions
 * against the card's structure.  bind.c and its neighbours walk the result,
 * which nothing changes after layout_open().
 */
#ifndef LAYOUT_TREE_H
#define LAYOUT_TREE_H
#include "layout/card_schema.h"
#include "layout/layout.h"
#include "layout/vocab.h"

#include <libxml/xpath.h>

#define LAYOUT_NAMESPACE "urn:phieudiem:layout:1"

/* ---- values ---- */

/* What an XPath expression can be done by without libxml2's evaluator, which
 * costs a microsecond even for @ten. */
enum expr_fast { EXPR_GENERAL, EXPR_ATTRIBUTE /* @a */, EXPR_SELF /* . */, EXPR_VARIABLE /* $v */,
                 EXPR_VARIABLE_ATTRIBUTE /* $v/@a */, EXPR_NUM /* num(@a, 'f'), num($v/@a, 'f') */,
                 EXPR_PAGE_NUMBER, EXPR_PAGE_COUNT };
struct quick;
struct expr {
    const char *text;
    struct at at;
    xmlXPathCompExprPtr compiled;
    enum expr_fast fast;
    const char *variable, *attribute;
    const char *format;            /* EXPR_NUM */
    const struct quick *quick;     /* for our own evaluator (quick.h); NULL: libxml2's */
    struct kind kind;              /* what it gives, as far as the card's structure tells */
};

/* Text with expressions in braces. */
struct piece { const char *text; const struct expr *expr; }; /* one of the two */
struct text_template {
    const struct piece *pieces;
    size_t n;
    bool constant;                 /* no expression: `text` is all of it */
    const char *text;
};

struct sort_key { const struct expr *expr; bool number, descending; };

struct attr {
    const struct attr_def *def;
    struct at at;
    const char *raw;
    bool bad;                      /* reported: not to be used */
    union {
        struct text_template text;
        const struct expr *expr;
        double number;
        double sides[4];
        int choice;                /* of an ATTR_ENUM: index; of an ATTR_BOOL: 0 or 1 */
        struct color color;
        struct border border;
        struct { struct track_len *v; size_t n; } tracks;
        struct { struct sort_key *v; size_t n; } sort;
    } u;
};

/* ---- styles ---- */

enum style_bit {
    SET_FAMILY = 1, SET_SIZE = 2, SET_LEADING = 4, SET_WEIGHT = 8, SET_ITALIC = 16, SET_COLOR = 32, SET_ALIGN = 64,
    SET_FEATURES = 128, SET_INDENT = 256, SET_RISE = 512, SET_UNDERLINE = 1024, SET_UPPERCASE = 2048,
};
enum prop_bit { /* sides take four bits each, in the order of SIDE_TOP.. */
    PROP_MARGIN = 1, PROP_PADDING = 1 << 4, PROP_BORDER = 1 << 8, PROP_BACKGROUND = 1 << 12, PROP_WIDTH = 1 << 13,
    PROP_MIN_HEIGHT = 1 << 14, PROP_KEEP_TOGETHER = 1 << 15, PROP_KEEP_NEXT = 1 << 16, PROP_BREAK_BEFORE = 1 << 17,
    PROP_BREAK_AFTER = 1 << 18, PROP_WIDOWS = 1 << 19, PROP_ORPHANS = 1 << 20, PROP_VALIGN = 1 << 21,
};
/* Box properties with what of them was said. */
struct prop_set { struct props v; unsigned set; };

struct style_def {
    const char *name;
    struct style v;
    unsigned set;                  /* style_bit */
    double factor;                 /* leading as a multiple of the size; 0: a length in v.leading */
    unsigned features_set;         /* which features are told, on or off */
    struct prop_set props;
    struct at at;
};

struct number_format {
    const char *name;
    int decimals_least, decimals_most;
    bool grouping;
    enum { SIGN_AUTO, SIGN_ALWAYS, SIGN_NEVER } sign;
    const char *minus, *missing;
    enum { QUALIFIER_HIDE, QUALIFIER_SIGN, QUALIFIER_WORD } qualifier;
};

/* ---- the tree ---- */

struct elem {
    const struct element_def *def; /* NULL: text */
    const char *name;
    struct at at;
    struct elem *parent, *first, *last, *next;
    struct attr *attrs;
    size_t n_attrs;
    /* text */
    const char *text;
    const char *raw;               /* the file's bytes from the text's start, to find the place of a brace */
    int raw_line, raw_col;
    struct text_template template;
    /* compiled */
    struct prop_set props;         /* of the element's own attributes */
    const struct style_def **styles; /* of a constant style attribute */
    size_t n_styles;
    bool block_content;            /* mixed content: has blocks (else inline) */
};

struct page_master {
    const char *name;
    struct master v;
    struct elem *elem;
    struct at at;
};
struct key_def { const char *name; const struct expr *match, *use; struct kind kind; };
struct param_value { const char *name, *value; bool required, number; struct at at; };
struct named_color { const char *name; struct color color; };
struct abbreviation { const char *name, *expansion; };

struct layout {
    struct arena arena;
    const char *path;
    char hash[65];
    bool national, book;
    enum on_missing { MISSING_ERROR, MISSING_MARK, MISSING_BLANK } on_missing;
    enum overflow on_overflow;
    struct elem *root;
    struct style_def *styles;      size_t n_styles, cap_styles;
    struct number_format *formats; size_t n_formats, cap_formats;
    struct page_master *masters;   size_t n_masters, cap_masters;
    struct key_def *keys;          size_t n_keys, cap_keys;
    struct param_value *params;    size_t n_params, cap_params;
    const struct layout_param *given; size_t n_given; /* those of them that came from outside */
    struct named_color *colors;    size_t n_colors, cap_colors;
    struct abbreviation *abbreviations; size_t n_abbreviations, cap_abbreviations;
    xmlXPathCompExprPtr *compiled; size_t n_compiled, cap_compiled; /* freed by layout_close */
    struct style base;             /* before any style */
    xmlXPathContextPtr compiler;   /* while opening */
    const struct env *env;         /* while opening: where the expression stands that is compiled next */
};

/* read.c: the file and its includes as a tree; NULL after reports. Adds what was read to `bytes`, for the hash. */
struct elem *tree_read(const char *path, struct arena *a, struct buf *bytes, struct diag *d);
/* Place of the `n`th brace (from 0) in an element's text. */
struct at tree_brace(const struct elem *text, size_t n);

/* value.c: parse one attribute of a constant kind into `at->u`. False after a report. */
bool value_parse(struct layout *l, struct attr *at, struct diag *d);
bool value_length(const char *s, double *pt);

/* expr.c */
struct env;
bool template_parse(struct layout *l, const char *s, const struct elem *text, struct at at, bool collapse,
                    struct text_template *out, struct diag *d);
const struct expr *expr_compile(struct layout *l, const char *s, size_t len, struct at at, struct diag *d);

/* style.c */
bool style_define(struct layout *l, struct elem *e, struct fontlib *fonts, struct diag *d);
/* The styles of a list of names. False after reports of unknown ones. */
bool style_find(const struct layout *l, const char *names, struct at at, struct arena *a,
                const struct style_def ***out, size_t *n, struct diag *d);
/* `defs` over `parent`: later ones win. */
struct style *style_resolve(const struct style *parent, const struct style_def *const *defs, size_t n,
                            struct arena *a);
void prop_set_read(struct elem *e, struct prop_set *out);
void prop_set_merge(struct prop_set *into, const struct prop_set *from);
const struct number_format *format_find(const struct layout *l, const char *name);

const struct attr *elem_attr(const struct elem *e, enum attr_id id);
int elem_choice(const struct elem *e, enum attr_id id, int otherwise);
double elem_number(const struct elem *e, enum attr_id id, double otherwise);
#endif
