/* Opening a layout: what stands where, what is declared, what every value means.
 *
 * Three walks, so that all faults come in one run and a declaration may stand
 * behind its use: structure (against vocab.c), declarations (colours, then
 * the rest in their order), values of everything else. */
#include "layout/check.h"

#include "base/file.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

struct opening {
    struct layout *l;
    struct fontlib *fonts;
    struct diag *d;
    const struct layout_param *params;
    size_t n_params;
};

/* ---- structure ---- */

/* What may stand in `e`, seen through if, for-each and their like. */
static unsigned takes(const struct elem *e)
{
    unsigned t = e->def->takes;
    if (t & LIKE_PARENT) {
        const struct elem *up = e->parent;
        while (up && up->def && (up->def->takes & LIKE_PARENT || up->def->id == E_CHOOSE))
            up = up->parent;
        return up && up->def ? takes(up) : IS_FLOW | IS_VARIABLE;
    }
    if ((t & IS_FLOW) && (t & IS_INLINE)) {
        unsigned rest = t & ~(unsigned)(IS_FLOW | IS_INLINE | TAKES_TEXT);
        return rest | (e->block_content ? IS_FLOW : IS_INLINE | TAKES_TEXT);
    }
    return t;
}

static bool is_blank(const char *s)
{
    return !s[strspn(s, " \t\r\n")];
}

/* True if a box stands in `e`, in whatever branch. */
static bool has_boxes(const struct elem *e)
{
    for (const struct elem *c = e->first; c; c = c->next) {
        const struct element_def *def = c->text ? NULL : vocab_find(c->name, IS_FLOW | IS_BRANCH);
        if (!def)
            continue;
        if ((def->is & IS_FLOW) && !(def->is & IS_INLINE))
            return true;
        if ((def->takes & LIKE_PARENT || def->id == E_CHOOSE) && has_boxes(c))
            return true;
    }
    return false;
}

static const char *names_of(unsigned classes, struct buf *b)
{
    size_t n;
    const struct element_def *all = vocab_elements(&n);
    buf_reset(b);
    for (size_t i = 0; i < n; i++)
        if (all[i].is & classes)
            buf_printf(b, "%s%s", b->len ? ", " : "", all[i].name);
    return b->len ? b->data : NULL;
}

static void unknown_element(struct opening *o, const struct elem *e, unsigned classes)
{
    const char *known[E_COUNT];
    size_t n, used = 0;
    const struct element_def *all = vocab_elements(&n);
    for (size_t i = 0; i < n; i++)
        if (all[i].is & classes)
            known[used++] = all[i].name;
    const char *near = diag_nearest(e->name, known, used);
    struct buf b = { 0 };
    diag_error(o->d, e->at, _("unknown element <%s>"), e->name);
    const char *list = names_of(classes, &b);
    if (near)
        diag_expected(o->d, _("one of %s; the nearest is <%s>"), list, near);
    else if (list)
        diag_expected(o->d, _("one of %s"), list);
    else
        diag_expected(o->d, _("no element inside <%s>"), e->parent ? e->parent->name : "");
    buf_clear(&b);
}

static void check_attributes(struct opening *o, struct elem *e)
{
    for (size_t i = 0; i < e->n_attrs; i++) {
        struct attr *a = &e->attrs[i];
        a->def = vocab_attr(e->def, a->at.attribute);
        if (a->def)
            continue;
        const char *known[A_COUNT];
        size_t n = 0;
        for (const struct attr_def *def = e->def->attrs; def->name; def++)
            known[n++] = def->name;
        const char *near = diag_nearest(a->at.attribute, known, n);
        struct buf b = { 0 };
        for (size_t k = 0; k < n; k++)
            buf_printf(&b, "%s%s", k ? ", " : "", known[k]);
        diag_error(o->d, a->at, _("unknown attribute \"%s\""), a->at.attribute);
        if (near)
            diag_expected(o->d, _("\"%s\", the nearest of its attributes"), near);
        else
            diag_expected(o->d, "%s", n ? b.data : _("none"));
        buf_clear(&b);
    }
    for (const struct attr_def *def = e->def->attrs; def->name; def++) {
        if (!def->required)
            continue;
        size_t i = 0;
        while (i < e->n_attrs && e->attrs[i].def != def)
            i++;
        if (i == e->n_attrs) {
            diag_error(o->d, e->at, _("the attribute \"%s\" is missing"), def->name);
            diag_expected(o->d, "%s=\"...\"", def->name);
        }
    }
}

static void check_structure(struct opening *o, struct elem *e)
{
    unsigned t;
    check_attributes(o, e);
    e->block_content = has_boxes(e);
    t = takes(e);
    for (struct elem *c = e->first; c; c = c->next) {
        if (c->text) {
            if (!(t & TAKES_TEXT) && !is_blank(c->text)) {
                struct buf b = { 0 };
                const char *list = names_of(t, &b);
                diag_error(o->d, c->at, _("characters outside a paragraph"));
                diag_expected(o->d, list ? _("a <text> around them; <%s> takes %s") : "%s", e->name, list);
                buf_clear(&b);
            }
            continue;
        }
        c->def = vocab_find(c->name, t);
        if (!c->def) {
            unknown_element(o, c, t);
            continue;
        }
        if (!(c->def->is & t)) {
            struct buf b = { 0 };
            const char *list = names_of(t, &b);
            diag_error(o->d, c->at, _("<%s> cannot stand in <%s>%s"), c->name, e->name,
                       e->block_content && (c->def->is & IS_INLINE) ? _(" beside blocks") : "");
            diag_expected(o->d, "%s", list ? list : _("nothing inside it"));
            buf_clear(&b);
        }
        check_structure(o, c);
    }
}

/* ---- values ---- */

static bool is_style_list(const struct attr *a)
{
    return a->def->kind == ATTR_STYLE;
}

static bool compile_sort(struct opening *o, struct attr *a)
{
    size_t cap = 0;
    const char *s = a->raw;
    while (*s) {
        size_t n = 0;
        int depth = 0;
        for (char quote = 0; s[n] && (quote || depth || s[n] != ','); n++) {
            if (quote)
                quote = s[n] == quote ? 0 : quote;
            else if (s[n] == '\'' || s[n] == '"')
                quote = s[n];
            else
                depth += (s[n] == '(' || s[n] == '[') - (s[n] == ')' || s[n] == ']');
        }
        struct sort_key k = { 0 };
        size_t len = n;
        for (bool more = true; more;) {
            static const char *const words[] = { " number", " ascending", " descending" };
            while (len && strchr(" \t\r\n", s[len - 1]))
                len--;
            more = false;
            for (int i = 0; i < 3 && !more; i++) {
                size_t w = strlen(words[i]);
                if (len > w && memcmp(s + len - w, words[i], w) == 0) {
                    k.number |= i == 0;
                    k.descending |= i == 2;
                    len -= w;
                    more = true;
                }
            }
        }
        k.expr = expr_compile(o->l, s, len, a->at, o->d);
        if (!k.expr)
            return false;
        *ARENA_PUSH(&o->l->arena, a->u.sort.v, a->u.sort.n, cap) = k;
        s += n + (s[n] == ',');
    }
    return true;
}

static bool blank_at(const char *s, bool end)
{
    return s && *s && strchr(" \t\r\n", end ? s[strlen(s) - 1] : *s);
}

/* Names that a computed style may have, as far as they are told: whole words, and what if() and cmp() give. */
static bool check_computed_styles(struct opening *o, const struct attr *a)
{
    const struct text_template *t = &a->u.text;
    const struct style_def **defs;
    size_t n;
    bool ok = true;
    for (size_t i = 0; i < t->n; i++) {
        bool starts = i == 0 || blank_at(t->pieces[i - 1].text, true), ends = i + 1 == t->n || blank_at(t->pieces[i + 1].text, false);
        const struct expr *x = t->pieces[i].expr;
        for (const struct literal *k = x && starts && ends ? x->kind.literals : NULL; k; k = k->next)
            ok = style_find(o->l, k->text, a->at, &o->l->arena, &defs, &n, o->d) && ok;
        for (const char *p = x ? "" : t->pieces[i].text; *(p += strspn(p, " \t\r\n")); p += strcspn(p, " \t\r\n")) {
            size_t len = strcspn(p, " \t\r\n");
            bool whole = (p > t->pieces[i].text || i == 0) && (p[len] || i + 1 == t->n);
            if (whole)
                ok = style_find(o->l, arena_strndup(&o->l->arena, p, len), a->at, &o->l->arena, &defs, &n, o->d) && ok;
        }
    }
    return ok;
}

static bool compile_attribute(struct opening *o, struct attr *a)
{
    struct layout *l = o->l;
    switch (a->def->kind) {
    case ATTR_TEXT: case ATTR_CODE: case ATTR_STYLE: case ATTR_NUMBER:
        if (!template_parse(l, a->raw, NULL, a->at, true, &a->u.text, o->d))
            return false;
        if (is_style_list(a) && a->u.text.constant) {
            const struct style_def **defs;
            size_t n;
            return style_find(l, a->u.text.text, a->at, &l->arena, &defs, &n, o->d);
        }
        if (is_style_list(a))
            return check_computed_styles(o, a);
        return true;
    case ATTR_NODES: case ATTR_EXPR: case ATTR_TEST:
        a->u.expr = expr_compile(l, a->raw, strlen(a->raw), a->at, o->d);
        return a->u.expr != NULL;
    case ATTR_SORT: return compile_sort(o, a);
    case ATTR_RAW: return true;
    default: return value_parse(l, a, o->d);
    }
}

static void check_nodes(struct opening *o, struct attr *a)
{
    if (a->bad || a->u.expr->kind.is != KIND_TEXT)
        return;
    diag_error(o->d, a->at, _("\"%s\" gives no nodes"), a->raw);
    diag_expected(o->d, _("a path such as linh-vuc/chi-tieu"));
    a->bad = true;
}

static void compile_in(struct opening *o, struct attr *a, const struct env *env)
{
    o->l->env = env;
    if (a->def && !compile_attribute(o, a))
        a->bad = true;
}

static void compile_attributes(struct opening *o, struct elem *e, const struct env *env)
{
    for (size_t i = 0; i < e->n_attrs; i++)
        compile_in(o, &e->attrs[i], env);
    prop_set_read(e, &e->props);
}

/* Attributes of a repeating element: select stands where the element stands, those in `inside` on each of its nodes. */
static struct env compile_repeated(struct opening *o, struct elem *e, const struct env *env, bool (*inside)(enum attr_id))
{
    struct env inner = *env;
    for (size_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].def && e->attrs[i].def->id == A_SELECT) {
            compile_in(o, &e->attrs[i], env);
            if (!e->attrs[i].bad)
                inner.node = e->attrs[i].u.expr->kind;
            check_nodes(o, &e->attrs[i]);
        }
    for (size_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].def && e->attrs[i].def->id != A_SELECT)
            compile_in(o, &e->attrs[i], inside(e->attrs[i].def->id) ? &inner : env);
    prop_set_read(e, &e->props);
    return inner;
}

static bool known_master(const struct layout *l, const char *name)
{
    for (size_t i = 0; i < l->n_masters; i++)
        if (strcmp(l->masters[i].name, name) == 0)
            return true;
    return false;
}

static void check_master(struct opening *o, const struct elem *e)
{
    const struct attr *a = elem_attr(e, A_MASTER);
    const char *names[64];
    size_t n = 0;
    if (!a || known_master(o->l, a->raw))
        return;
    for (; n < o->l->n_masters && n < 64; n++)
        names[n] = o->l->masters[n].name;
    const char *near = diag_nearest(a->raw, names, n);
    diag_error(o->d, a->at, _("unknown page-master \"%s\""), a->raw);
    if (near)
        diag_expected(o->d, _("a <page-master> of the layout; the nearest is \"%s\""), near);
    else
        diag_expected(o->d, _("a <page-master> of the layout"));
}

static void check_choose(struct opening *o, const struct elem *e)
{
    const struct elem *last = NULL;
    for (const struct elem *c = e->first; c; c = c->next) {
        if (!c->def)
            continue;
        if (last && last->def->id == E_OTHERWISE) {
            diag_error(o->d, c->at, _("a branch behind <otherwise> is never taken"));
            diag_expected(o->d, _("<otherwise> as the last branch"));
        }
        last = c;
    }
}

static void check_table(struct opening *o, const struct elem *e)
{
    bool columns = false, rows = false;
    for (const struct elem *c = e->first; c; c = c->next) {
        columns |= c->def && c->def->id == E_COLUMN;
        rows |= c->def && c->def->id == E_ROW;
    }
    if (!columns) {
        diag_error(o->d, e->at, _("a table without columns"));
        diag_expected(o->d, _("at least one <column>"));
    }
    if (!elem_attr(e, A_SELECT) && !rows) {
        diag_error(o->d, e->at, _("the table has neither select nor rows"));
        diag_expected(o->d, _("select=\"...\" for one row a node, or <row> elements"));
    }
}

/* ---- the walk ---- */

static void compile(struct opening *o, struct elem *e, struct env *env);

static bool sorts(enum attr_id id)
{
    return id == A_SORT;
}

static bool in_rows(enum attr_id id)
{
    return id == A_SORT || id == A_GROUP_BY || id == A_ROW_STYLE || id == A_GROUP_STYLE;
}

static bool in_points(enum attr_id id)
{
    switch (id) {
    case A_SORT: case A_LABEL: case A_VALUE: case A_TEXT: case A_END: case A_TARGET: case A_MEDIAN: case A_Q1: case A_Q3:
    case A_LOW: case A_HIGH: case A_OF: case A_OWN: case A_OLD: case A_CUT: case A_GROUP: case A_BELONGS: case A_COL:
    case A_ROW: case A_REGION: return true;
    default: return false;
    }
}

static void compile_children(struct opening *o, struct elem *e, const struct env *env)
{
    struct env inner = *env;
    for (struct elem *c = e->first; c; c = c->next)
        compile(o, c, &inner);
}

static struct env with_variable(struct opening *o, const struct env *env, const char *name, struct kind kind)
{
    struct env out = *env;
    struct known_variable *v = arena_new(&o->l->arena, struct known_variable);
    *v = (struct known_variable){ name, kind, env->variables };
    out.variables = v;
    return out;
}

static void compile_variable(struct opening *o, struct elem *e, struct env *env)
{
    compile_attributes(o, e, env);
    const struct attr *name = elem_attr(e, A_NAME), *select = elem_attr(e, A_SELECT);
    if (name)
        *env = with_variable(o, env, name->raw, select ? select->u.expr->kind : (struct kind){ .is = KIND_ANY });
}

/* A column's heading stands on the table, its content on each row. */
static void compile_column(struct opening *o, struct elem *e, const struct env *table, const struct env *row)
{
    struct env head = *table, cell = *row;
    struct kind each = { .is = KIND_ANY };
    const struct attr *as = NULL;
    for (size_t i = 0; i < e->n_attrs; i++) {
        struct attr *a = &e->attrs[i];
        if (!a->def || (a->def->id != A_SELECT && a->def->id != A_AS))
            continue;
        compile_in(o, a, table);
        if (a->def->id == A_AS)
            as = a;
        else {
            check_nodes(o, a);
            each = a->bad ? each : a->u.expr->kind;
        }
    }
    if (as) {
        head = with_variable(o, table, as->raw, each);
        cell = with_variable(o, row, as->raw, each);
    }
    for (size_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].def && e->attrs[i].def->id != A_SELECT && e->attrs[i].def->id != A_AS)
            compile_in(o, &e->attrs[i], e->attrs[i].def->id == A_STYLE ? &cell : &head);
    prop_set_read(e, &e->props);
    for (struct elem *c = e->first; c; c = c->next)
        if (c->def && c->def->id == E_HEADING)
            compile_children(o, c, &head);
        else
            compile(o, c, &cell);
}

static bool says(const struct elem *e, enum attr_id id, const char *value)
{
    for (size_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].def && e->attrs[i].def->id == id)
            return !value || strcmp(e->attrs[i].raw, value) == 0;
    return false;
}

static void compile_table(struct opening *o, struct elem *e, const struct env *env)
{
    struct env table = *env, row = compile_repeated(o, e, env, in_rows);
    row.grouped = elem_attr(e, A_GROUP_BY) != NULL;
    check_table(o, e);
    for (struct elem *c = e->first; c; c = c->next)
        if (c->def && c->def->id == E_VARIABLE)
            compile_variable(o, c, &row);
    for (struct elem *c = e->first; c; c = c->next) {
        if (!c->def || c->def->id == E_VARIABLE)
            continue;
        struct env group = row, last = table;
        group.rows = last.rows = true;
        switch (c->def->id) {
        case E_COLUMN: compile_column(o, c, &table, &row); break;
        case E_GROUP_HEADER: case E_GROUP_FOOTER: compile(o, c, &group); break;
        case E_TOTAL: compile(o, c, says(c, A_ON, "group") ? &group : &last); break;
        case E_ROW: compile(o, c, &row); break;
        default: compile(o, c, &table); break;
        }
    }
}

static void compile_chart(struct opening *o, struct elem *e, const struct env *env)
{
    struct env points = compile_repeated(o, e, env, in_points);
    for (struct elem *c = e->first; c; c = c->next) {
        if (!c->def)
            continue;
        struct env here = c->def->id == E_SERIES ? points : *env;
        if (c->def->id == E_SERIES && !says(c, A_SELECT, NULL))
            compile_attributes(o, c, &here); /* its points are the chart's */
        else if (c->def->id == E_SERIES)
            compile_repeated(o, c, env, in_points);
        else
            compile_attributes(o, c, &here);
    }
}

static void compile(struct opening *o, struct elem *e, struct env *env)
{
    struct env inner = *env;
    if (e->text) {
        o->l->env = env;
        template_parse(o->l, e->text, e, e->at, true, &e->template, o->d);
        return;
    }
    if (!e->def || (e->def->is & IS_TOP && e->def->id != E_STYLES))
        return;
    switch (e->def->id) {
    case E_VARIABLE: compile_variable(o, e, env); return;
    case E_TABLE: compile_table(o, e, env); return;
    case E_CHART: compile_chart(o, e, env); return;
    case E_STYLES: /* its variables are seen behind it */
        for (struct elem *c = e->first; c; c = c->next)
            compile(o, c, env);
        return;
    case E_FOR_EACH: case E_LIST:
        inner = compile_repeated(o, e, env, sorts);
        compile_children(o, e, &inner);
        return;
    case E_SOURCES:
        inner.node = kind_element("nguon");
        inner.sources = true;
        break;
    case E_PAGE_SEQUENCE: check_master(o, e); break;
    case E_CHOOSE: check_choose(o, e); break;
    default: break;
    }
    compile_attributes(o, e, env);
    compile_children(o, e, &inner);
}

/* Running heads see the card's root and what is declared, not what stands in the flow. */
static void compile_masters(struct opening *o, const struct env *env)
{
    for (size_t i = 0; i < o->l->n_masters; i++)
        for (struct elem *e = o->l->masters[i].elem->first; e; e = e->next) {
            struct env inner = *env;
            inner.running = true;
            compile(o, e, &inner);
        }
}

/* ---- declarations ---- */

static bool twice(struct opening *o, const struct attr *name, bool there)
{
    if (there)
        diag_error(o->d, name->at, _("\"%s\" is there twice"), name->raw);
    return there;
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
                inner.node = a->u.expr->kind;
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
    if (m.v.margin[SIDE_LEFT] + m.v.margin[SIDE_RIGHT] > m.v.width - 20 ||
        m.v.margin[SIDE_TOP] + m.v.margin[SIDE_BOTTOM] > m.v.height - 20) {
        diag_error(o->d, margin ? margin->at : e->at, _("the margins leave no room on the page"));
        diag_expected(o->d, _("margins smaller than the page"));
    }
    *ARENA_PUSH(&o->l->arena, o->l->masters, o->l->n_masters, o->l->cap_masters) = m;
}

enum { DECLARE_COLORS, DECLARE_PARAMS, DECLARE_REST };

static int declared_when(enum element_id id)
{
    return id == E_COLOR ? DECLARE_COLORS : id == E_PARAM ? DECLARE_PARAMS : DECLARE_REST;
}

static void declare(struct opening *o, struct elem *e, int when)
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

static void check_params(struct opening *o)
{
    for (size_t i = 0; i < o->n_params; i++) {
        const char *names[64];
        size_t n = 0;
        bool there = false;
        for (; n < o->l->n_params && n < 64; n++) {
            names[n] = o->l->params[n].name;
            there |= strcmp(names[n], o->params[i].name) == 0;
        }
        if (there)
            continue;
        const char *near = diag_nearest(o->params[i].name, names, n);
        diag_error(o->d, (struct at){ .file = o->l->path }, _("the layout has no parameter \"%s\""), o->params[i].name);
        if (near)
            diag_expected(o->d, _("a <param> of the layout; the nearest is \"%s\""), near);
    }
}

static void check_root(struct opening *o, struct elem *root)
{
    const struct attr *version = elem_attr(root, A_VERSION);
    bool sequence = false;
    if (version && strcmp(version->raw, "1") != 0) {
        diag_error(o->d, version->at, _("is a layout of version \"%s\"; this program reads version 1"), version->raw);
        diag_expected(o->d, "version=\"1\"");
    }
    for (struct elem *c = root->first; c; c = c->next)
        sequence |= c->def && c->def->id == E_PAGE_SEQUENCE;
    if (!sequence) {
        diag_error(o->d, root->at, _("the layout has no pages"));
        diag_expected(o->d, _("at least one <page-sequence>"));
    }
}

static void defaults(struct layout *l)
{
    l->base = (struct style){ .name = "", .family = "Source Sans 3", .weight = 400, .size = 9.5, .leading = 12,
                              .color = { 0x1A, 0x1A, 0x1A }, .features = FONT_KERN | FONT_LIGA };
}

/* Readers who cannot see the page walk by headings: a level that is left out is a gap. Branches count as all taken. */
static void check_headings(struct opening *o, const struct elem *e, int *level)
{
    for (const struct elem *c = e->first; c; c = c->next) {
        if (!c->def)
            continue;
        int role = c->def->id == E_TEXT ? elem_choice(c, A_ROLE, 0) : 0;
        if (role >= 1 && role <= 4) {
            if (role > *level + 1) {
                if (*level)
                    diag_warning(o->d, elem_attr(c, A_ROLE)->at, _("a heading h%d after h%d"), role, *level);
                else
                    diag_warning(o->d, elem_attr(c, A_ROLE)->at, _("the first heading of the pages is h%d"), role);
                diag_expected(o->d, "role=\"h%d\"", *level + 1);
            }
            *level = role;
        }
        check_headings(o, c, level);
    }
}

/* Declared variables are in scope everywhere behind them; the root's own attributes see them all. */
static void compile_root(struct opening *o, struct env *env)
{
    struct elem *root = o->l->root;
    for (struct elem *c = root->first; c; c = c->next)
        if (c->def && (c->def->id == E_VARIABLE || c->def->id == E_STYLES))
            compile(o, c, env);
    compile_attributes(o, root, env);
    compile_masters(o, env);
    for (struct elem *c = root->first; c; c = c->next)
        if (c->def && c->def->id != E_VARIABLE && c->def->id != E_STYLES) {
            int level = 0;
            compile(o, c, env);
            if (c->def->id == E_PAGE_SEQUENCE)
                check_headings(o, c, &level);
        }
    o->l->env = NULL;
}

static void open_tree(struct opening *o)
{
    struct layout *l = o->l;
    l->root->def = vocab_find(l->root->name, IS_ROOT);
    if (!l->root->def || l->root->def->id != E_LAYOUT) {
        diag_error(o->d, l->root->at, _("the file's root is <%s>"), l->root->name);
        diag_expected(o->d, l->root->def ? _("<layout>; this file can only be included") : "<layout>");
        return;
    }
    check_structure(o, l->root);
    struct env env = { .node = kind_element("the") };
    l->env = &env;
    declare(o, l->root, DECLARE_COLORS);
    declare(o, l->root, DECLARE_PARAMS);
    for (size_t i = 0; i < l->n_params; i++)
        env = with_variable(o, &env, l->params[i].name, (struct kind){ .is = KIND_TEXT });
    declare(o, l->root, DECLARE_REST);
    compile_root(o, &env);
    check_root(o, l->root);
    check_params(o);
    l->national = elem_choice(l->root, A_ENTITY, 0) == 1;
    l->on_missing = (enum on_missing)elem_choice(l->root, A_ON_MISSING, MISSING_MARK);
    l->on_overflow = (enum overflow)elem_choice(l->root, A_ON_OVERFLOW, OVERFLOW_ERROR);
}

struct layout *layout_open(const char *path, const struct layout_param *params, size_t n_params,
                           struct fontlib *fonts, struct diag *d)
{
    struct layout *l = xcalloc(1, sizeof *l);
    struct buf bytes = { 0 };
    size_t errors = d->errors;
    struct opening o = { l, fonts, d, params, n_params };
    defaults(l);
    l->path = arena_strdup(&l->arena, path);
    l->root = tree_read(path, &l->arena, &bytes, d);
    file_sha256(bytes.data ? bytes.data : "", bytes.len, l->hash);
    buf_clear(&bytes);
    if (l->root)
        open_tree(&o);
    xmlXPathFreeContext(l->compiler);
    l->compiler = NULL;
    if (d->errors == errors && l->root)
        return l;
    layout_close(l);
    return NULL;
}

void layout_close(struct layout *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->n_compiled; i++)
        xmlXPathFreeCompExpr(l->compiled[i]);
    arena_clear(&l->arena);
    free(l);
}

bool layout_is_national(const struct layout *l)
{
    return l->national;
}

const char *layout_hash(const struct layout *l)
{
    return l->hash;
}
