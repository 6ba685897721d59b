/* Declarations: colours, parameters, keys, styles, number formats, page masters. */
#include "layout/open.h"

#include <string.h>

bool known_master(const struct layout *l, const char *name)
{
    for (size_t i = 0; i < l->n_masters; i++)
        if (strcmp(l->masters[i].name, name) == 0)
            return true;
    return false;
}


static bool twice(struct opening *o, const struct attr *name, bool there)
{
    if (there)
        diag_error(o->d, name->at, _("\"%s\" is there twice"), name->raw);
    return there;
}

static void declare_abbreviation(struct opening *o, struct elem *e)
{
    compile_attributes(o, e, o->l->env);
    const struct attr *name = elem_attr(e, A_NAME), *expansion = elem_attr(e, A_EXPANSION);
    if (!name || !expansion)
        return;
    if (name->raw[0] < 'A' || name->raw[0] > 'Z') {
        diag_error(o->d, name->at, _("\"%s\" is no abbreviation"), name->raw);
        diag_expected(o->d, _("one that begins with a capital from A to Z"));
        return;
    }
    for (size_t i = 0; i < o->l->n_abbreviations; i++)
        if (twice(o, name, strcmp(o->l->abbreviations[i].name, name->raw) == 0))
            return;
    *ARENA_PUSH(&o->l->arena, o->l->abbreviations, o->l->n_abbreviations, o->l->cap_abbreviations) =
        (struct abbreviation){ name->raw, expansion->raw };
}

static void declare_color(struct opening *o, struct elem *e)
{
    compile_attributes(o, e, o->l->env);
    const struct attr *name = elem_attr(e, A_NAME), *value = elem_attr(e, A_VALUE);
    if (!name || !value)
        return;
    for (size_t i = 0; i < o->l->n_colors; i++)
        if (twice(o, name, strcmp(o->l->colors[i].name, name->raw) == 0))
            return;
    *ARENA_PUSH(&o->l->arena, o->l->colors, o->l->n_colors, o->l->cap_colors) =
        (struct named_color){ name->raw, value->u.color };
}

static bool fits_type(const char *v, int type)
{
    size_t digits = strspn(v, "0123456789");
    double pt;
    switch (type) {
    case 1: return *v && !v[strspn(v, "0123456789.-+")] && (value_length(v, &pt) || v[strcspn(v, "0123456789")]);
    case 2: return digits == 4 && !v[4];
    case 3: return strlen(v) == 10 && digits == 4 && v[4] == '-' && v[7] == '-';
    default: return true;
    }
}

static void declare_param(struct opening *o, struct elem *e)
{
    static const char *const types[] = { N_("text"), N_("a number"), N_("a year, such as 2024"),
                                         N_("a date, such as 2024-01-31") };
    compile_attributes(o, e, o->l->env);
    const struct attr *name = elem_attr(e, A_NAME), *otherwise = elem_attr(e, A_DEFAULT);
    if (!name)
        return;
    const char *value = otherwise ? otherwise->raw : NULL;
    struct at at = otherwise ? otherwise->at : e->at;
    for (size_t i = 0; i < o->l->n_params; i++)
        if (twice(o, name, strcmp(o->l->params[i].name, name->raw) == 0))
            return;
    for (size_t i = 0; i < o->n_params; i++)
        if (strcmp(o->params[i].name, name->raw) == 0) {
            value = o->params[i].value;
            at = (struct at){ 0 };
        }
    int type = elem_choice(e, A_TYPE, 0);
    if (value && !fits_type(value, type)) {
        diag_error(o->d, at, _("the parameter %s cannot be \"%s\""), name->raw, value);
        diag_expected(o->d, "%s", _(types[type]));
    }
    *ARENA_PUSH(&o->l->arena, o->l->params, o->l->n_params, o->l->cap_params) =
        (struct param_value){ name->raw, arena_strdup(&o->l->arena, value), elem_choice(e, A_REQUIRED, 0) != 0,
                              type == 1 || type == 2, e->at };
}

static void compile_repeated_key(struct opening *o, struct elem *e)
{
    struct env inner = *o->l->env;
    const struct env *env = o->l->env;
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < e->n_attrs; i++) {
            struct attr *a = &e->attrs[i];
            if (!a->def || (pass == 0) != (a->def->id == A_MATCH))
                continue;
            compile_in(o, a, pass ? &inner : env);
            if (!pass && !a->bad)
                inner.node = a->u.expr->kind, inner.node.many = false;
        }
    o->l->env = env;
}

static void declare_key(struct opening *o, struct elem *e)
{
    compile_repeated_key(o, e);
    const struct attr *name = elem_attr(e, A_NAME), *match = elem_attr(e, A_MATCH), *use = elem_attr(e, A_USE);
    if (!name || !match || !use)
        return;
    for (size_t i = 0; i < o->l->n_keys; i++)
        if (twice(o, name, strcmp(o->l->keys[i].name, name->raw) == 0))
            return;
    *ARENA_PUSH(&o->l->arena, o->l->keys, o->l->n_keys, o->l->cap_keys) =
        (struct key_def){ name->raw, match->u.expr, use->u.expr, match->u.expr->kind };
    o->l->keys[o->l->n_keys - 1].kind.many = false; /* most keys tell their nodes apart */
}

/* "2": always two; "0..2": at most two. */
static bool decimals(const char *s, struct number_format *f)
{
    if (s[0] < '0' || s[0] > '9')
        return false;
    f->decimals_least = f->decimals_most = s[0] - '0';
    if (!s[1])
        return true;
    s += s[1] == '-' ? 2 : s[1] == '.' && s[2] == '.' ? 3 : 1;
    if (s[0] < '0' || s[0] > '9' || s[1])
        return false;
    f->decimals_most = s[0] - '0';
    return f->decimals_most >= f->decimals_least;
}

static void declare_format(struct opening *o, struct elem *e)
{
    compile_attributes(o, e, o->l->env);
    const struct attr *name = elem_attr(e, A_NAME), *places = elem_attr(e, A_DECIMALS),
                      *minus = elem_attr(e, A_MINUS), *missing = elem_attr(e, A_MISSING);
    if (!name || twice(o, name, format_find(o->l, name->raw) != NULL))
        return;
    struct number_format f = { .name = name->raw, .decimals_most = 2, .minus = minus ? minus->raw : "\u2212",
                               .missing = missing ? missing->raw : "-" };
    f.grouping = elem_choice(e, A_GROUPING, 1);
    f.sign = (int)elem_choice(e, A_SIGN, SIGN_AUTO);
    f.qualifier = (int)elem_choice(e, A_QUALIFIER, QUALIFIER_HIDE);
    if (places && !decimals(places->raw, &f)) {
        diag_error(o->d, places->at, _("\"%s\" cannot be read"), places->raw);
        diag_expected(o->d, _("a number of decimals such as 2, or a range such as 0..2"));
    }
    *ARENA_PUSH(&o->l->arena, o->l->formats, o->l->n_formats, o->l->cap_formats) = f;
}

static bool page_size(const char *s, double *w, double *h)
{
    static const struct { const char *name; double w, h; } sizes[] = {
        { "A3", 841.890, 1190.551 }, { "A4", 595.276, 841.890 }, { "A5", 419.528, 595.276 },
    };
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        if (strcmp(s, sizes[i].name) == 0) {
            *w = sizes[i].w;
            *h = sizes[i].h;
            return true;
        }
    size_t n = strcspn(s, " ");
    char first[32];
    if (n >= sizeof first || !s[n])
        return false;
    memcpy(first, s, n);
    first[n] = '\0';
    return value_length(first, w) && value_length(s + n + 1, h) && *w >= 20 && *h >= 20 && *w <= 14400 && *h <= 14400;
}

static void declare_master(struct opening *o, struct elem *e)
{
    compile_attributes(o, e, o->l->env);
    const struct attr *name = elem_attr(e, A_NAME), *size = elem_attr(e, A_SIZE), *margin = elem_attr(e, A_MARGIN);
    if (!name || twice(o, name, known_master(o->l, name->raw)))
        return;
    struct page_master m = { .name = name->raw, .elem = e, .at = e->at };
    if (!page_size(size ? size->raw : "A4", &m.v.width, &m.v.height)) {
        diag_error(o->d, size->at, _("\"%s\" is no page size"), size->raw);
        diag_expected(o->d, _("A3, A4, A5, or width and height such as \"210mm 99mm\""));
        page_size("A4", &m.v.width, &m.v.height);
    }
    if (elem_choice(e, A_ORIENTATION, 0) == 1) {
        double w = m.v.width;
        m.v.width = m.v.height;
        m.v.height = w;
    }
    for (int k = 0; k < 4; k++)
        m.v.margin[k] = margin ? margin->u.sides[k] : 15 * 72 / 25.4;
    m.v.columns = (int)elem_number(e, A_COLUMNS, 1);
    m.v.gap = elem_number(e, A_GAP, 6 * 72 / 25.4);
    m.v.bleed = elem_number(e, A_BLEED, 0);
    m.v.crop = elem_choice(e, A_MARKS, 0) == 1;
    if (m.v.bleed < 0 || m.v.bleed > 30 * 72 / 25.4) {
        diag_error(o->d, elem_attr(e, A_BLEED)->at, _("no sheet has room for this bleed"));
        diag_expected(o->d, _("0 to 30mm; printers ask for 3mm"));
    }
    if (m.v.margin[SIDE_LEFT] + m.v.margin[SIDE_RIGHT] > m.v.width - 20 ||
        m.v.margin[SIDE_TOP] + m.v.margin[SIDE_BOTTOM] > m.v.height - 20) {
        diag_error(o->d, margin ? margin->at : e->at, _("the margins leave no room on the page"));
        diag_expected(o->d, _("margins smaller than the page"));
    }
    *ARENA_PUSH(&o->l->arena, o->l->masters, o->l->n_masters, o->l->cap_masters) = m;
}

static int declared_when(enum element_id id)
{
    return id == E_COLOR ? DECLARE_COLORS : id == E_PARAM ? DECLARE_PARAMS : DECLARE_REST;
}

void declare(struct opening *o, struct elem *e, int when)
{
    for (struct elem *c = e->first; c; c = c->next) {
        if (!c->def)
            continue;
        if (c->def->id == E_STYLES)
            declare(o, c, when);
        if (when != declared_when(c->def->id))
            continue;
        switch (c->def->id) {
        case E_COLOR: declare_color(o, c); break;
        case E_ABBREVIATION: declare_abbreviation(o, c); break;
        case E_PARAM: declare_param(o, c); break;
        case E_KEY: declare_key(o, c); break;
        case E_NUMBER_FORMAT: declare_format(o, c); break;
        case E_PAGE_MASTER: declare_master(o, c); break;
        case E_STYLE:
            compile_attributes(o, c, o->l->env);
            style_define(o->l, c, o->fonts, o->d);
            break;
        default: break;
        }
    }
}
