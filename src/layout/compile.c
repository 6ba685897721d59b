/* Every attribute and text becomes a compiled value.  The walk carries what an
 * expression will see where it stands (struct env), so that check.c can tell
 * paths that never match and names that are not there. */
#include "layout/open.h"

#include <string.h>

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

void compile_in(struct opening *o, struct attr *a, const struct env *env)
{
    o->l->env = env;
    if (a->def && !compile_attribute(o, a))
        a->bad = true;
}

void compile_attributes(struct opening *o, struct elem *e, const struct env *env)
{
    for (size_t i = 0; i < e->n_attrs; i++)
        compile_in(o, &e->attrs[i], env);
    prop_set_read(e, &e->props);
}

static struct kind one_of(struct kind nodes)
{
    nodes.many = false;
    return nodes;
}

/* Attributes of a repeating element: select stands where the element stands, those in `inside` on each of its nodes. */
static struct env compile_repeated(struct opening *o, struct elem *e, const struct env *env, bool (*inside)(enum attr_id))
{
    struct env inner = *env;
    for (size_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].def && e->attrs[i].def->id == A_SELECT) {
            compile_in(o, &e->attrs[i], env);
            if (!e->attrs[i].bad)
                inner.node = one_of(e->attrs[i].u.expr->kind);
            check_nodes(o, &e->attrs[i]);
        }
    for (size_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].def && e->attrs[i].def->id != A_SELECT)
            compile_in(o, &e->attrs[i], inside(e->attrs[i].def->id) ? &inner : env);
    prop_set_read(e, &e->props);
    return inner;
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

/* Running blocks are no content, and a note has one foot to stand at. */
static void check_footnote(struct opening *o, const struct elem *e, const struct env *env)
{
    const struct elem *up = e->parent;
    while (up && !(up->def && up->def->id == E_FOOTNOTE))
        up = up->parent;
    if (!up && !env->running)
        return;
    diag_error(o->d, e->at, up ? _("a footnote inside a footnote") : _("a footnote in a header or footer"));
    diag_expected(o->d, _("a footnote in a text of the pages"));
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

struct env with_variable(struct opening *o, const struct env *env, const char *name, struct kind kind)
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
            each = a->bad ? each : one_of(a->u.expr->kind);
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
        group.row = last.row = row.node;
        group.summed = last.summed = c->def->id == E_TOTAL ? &row : NULL;
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

/* The figure of a total's cell is worked out on each of its rows. */
static void compile_cell(struct opening *o, struct elem *e, const struct env *env)
{
    for (size_t i = 0; i < e->n_attrs; i++) {
        struct attr *a = &e->attrs[i];
        if (!a->def)
            continue;
        bool sum = a->def->id == A_SUM || a->def->id == A_FORMAT;
        if (sum && !env->summed) {
            diag_error(o->d, a->at, _("a sum of rows has no meaning here"));
            diag_expected(o->d, _("in a cell of <total>"));
        }
        compile_in(o, a, a->def->id == A_SUM && env->summed ? env->summed : env);
        if (a->def->id == A_FORMAT && !format_find(o->l, a->raw)) {
            diag_error(o->d, a->at, _("unknown number format \"%s\""), a->raw);
            a->bad = true;
        }
    }
    prop_set_read(e, &e->props);
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
    case E_FOOTNOTE: check_footnote(o, e, env); break;
    case E_CELL:
        compile_cell(o, e, env);
        compile_children(o, e, &inner);
        return;
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

/* Declared variables are in scope everywhere behind them; the root's own attributes see them all. */
void compile_root(struct opening *o, struct env *env)
{
    struct elem *root = o->l->root;
    for (struct elem *c = root->first; c; c = c->next)
        if (c->def && (c->def->id == E_VARIABLE || c->def->id == E_STYLES))
            compile(o, c, env);
    compile_attributes(o, root, env);
    compile_masters(o, env);
    for (struct elem *c = root->first; c; c = c->next)
        if (c->def && c->def->id != E_VARIABLE && c->def->id != E_STYLES)
            compile(o, c, env);
    o->l->env = NULL;
}
