#include "layout/walk.h"

#include <string.h>

enum { MOST = 8, ENOUGH = 20000 /* visits: then computed styles are followed by their first names alone */ };

struct grounds { struct ground v[MOST]; size_t n; };

/* The names of styles with each expression's `pick`th literal; of `other` expressions the first. False: a card knows. */
static bool names_with(const struct text_template *t, size_t vary, size_t pick, struct buf *out)
{
    buf_reset(out);
    buf_str(out, "");
    for (size_t i = 0; i < t->n; i++) {
        const struct expr *x = t->pieces[i].expr;
        const struct literal *k = x ? x->kind.literals : NULL;
        if (x && !k)
            return false;
        for (size_t skip = i == vary ? pick : 0; k && skip; skip--)
            k = k->next;
        buf_str(out, x ? (k ? k->text : "") : t->pieces[i].text);
    }
    return true;
}

static struct ground under(struct walker *w, const struct attr *a, const char *names, struct ground g)
{
    const struct style_def **defs;
    struct diag none = { 0 };
    size_t n;
    if (!style_find(w->l, names, a->at, &w->l->arena, &defs, &n, &none))
        g.known = false;
    diag_clear(&none);
    g.type = *style_resolve(&g.type, defs, n, &w->l->arena);
    for (size_t i = 0; i < n; i++)
        if (defs[i]->props.set & PROP_BACKGROUND)
            g.behind = defs[i]->props.v.background;
    return g;
}

/* What stands under attribute `id`, in all ways that are known. */
static struct grounds styled(struct walker *w, const struct elem *e, enum attr_id id, struct ground g)
{
    const struct attr *a = elem_attr(e, id);
    struct grounds out = { { g }, 1 };
    struct buf names = { 0 };
    if (!a)
        return out;
    const struct text_template *t = &a->u.text;
    if (t->constant) {
        out.v[0] = under(w, a, t->text, g);
        return out;
    }
    out.n = 0;
    for (size_t i = 0; i < t->n; i++) {
        size_t ways = 0;
        for (const struct literal *k = t->pieces[i].expr ? t->pieces[i].expr->kind.literals : NULL; k; k = k->next)
            ways++;
        ways += ways == 1; /* if() without "else": the name, or none */
        for (size_t k = 0; k < ways && t->pieces[i].expr && out.n < (w->visits < ENOUGH ? MOST : 1); k++)
            if (names_with(t, i, k, &names))
                out.v[out.n++] = under(w, a, names.data, g);
    }
    buf_clear(&names);
    if (!out.n) {
        out.v[out.n] = g;
        out.v[out.n++].known = false;
    }
    return out;
}

static bool has_words(const struct elem *e)
{
    for (const struct elem *c = e->first; c; c = c->next)
        if ((c->text && c->text[strspn(c->text, " \t\r\n")]) || (c->def && (c->def->id == E_MARKED || c->def->id == E_SOURCE)))
            return true;
    return false;
}

/* Attributes whose words stand on the page in the element's own type. */
static bool prints(const struct elem *e, const struct attr *a)
{
    switch (a->def->id) {
    case A_ALT: case A_BOOKMARK: case A_SUMMARY: case A_CONTENTS: case A_EXPANSION: return false;
    case A_HEADING: return false; /* in its own type: walk_column() */
    default: break;
    }
    if (e->def->id == E_LIST)
        return a->def->id == A_MARKER;
    return a->def->kind == ATTR_TEXT && e->def->id != E_QR && e->def->id != E_SIGNATURE && e->def->id != E_ATTACH;
}

static void visit(struct walker *w, const struct elem *e, const struct attr *a, const struct ground *g)
{
    w->visits++;
    w->visit(w, e, a, g);
}

static void walk(struct walker *w, const struct elem *e, struct ground g);

static void walk_children(struct walker *w, const struct elem *e, struct ground g)
{
    if (e->props.set & PROP_BACKGROUND)
        g.behind = e->props.v.background;
    for (size_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].def && !e->attrs[i].bad && prints(e, &e->attrs[i]))
            visit(w, e, &e->attrs[i], &g);
    if (has_words(e))
        visit(w, e, NULL, &g);
    for (const struct elem *c = e->first; c; c = c->next)
        walk(w, c, g);
}

/* A column: its heading in the heading's styles, its cells in the cells'. */
static void walk_column(struct walker *w, const struct elem *e, struct ground head, struct ground cell)
{
    const struct attr *heading = elem_attr(e, A_HEADING);
    struct grounds heads = styled(w, e, A_HEADING_STYLE, head), cells = styled(w, e, A_STYLE, cell);
    for (size_t i = 0; i < heads.n; i++) {
        if (heading)
            visit(w, e, heading, &heads.v[i]);
        for (const struct elem *c = e->first; c; c = c->next)
            if (c->def && c->def->id == E_HEADING)
                walk(w, c, heads.v[i]);
    }
    for (size_t i = 0; i < cells.n; i++) {
        struct ground g = cells.v[i];
        if (e->props.set & PROP_BACKGROUND)
            g.behind = e->props.v.background;
        if (has_words(e))
            visit(w, e, NULL, &g);
        for (const struct elem *c = e->first; c; c = c->next)
            if (!c->def || c->def->id != E_HEADING)
                walk(w, c, g);
    }
}

static void walk_table(struct walker *w, const struct elem *e, struct ground g)
{
    struct grounds cells = styled(w, e, A_CELL_STYLE, g), caption = { { g }, 1 };
    for (size_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].def && !e->attrs[i].bad && prints(e, &e->attrs[i]))
            visit(w, e, &e->attrs[i], &caption.v[0]);
    for (size_t i = 0; i < cells.n; i++) {
        struct grounds heads = styled(w, e, A_HEADING_STYLE, cells.v[i]), rows = styled(w, e, A_ROW_STYLE, cells.v[i]);
        for (size_t k = 0; k < heads.n || k < rows.n; k++) {
            struct ground head = heads.v[k < heads.n ? k : 0], row = rows.v[k < rows.n ? k : 0];
            for (const struct elem *c = e->first; c; c = c->next)
                if (c->def && c->def->id == E_COLUMN)
                    walk_column(w, c, head, row);
                else if (c->def)
                    walk(w, c, c->def->id == E_TABLE_HEADER ? head : row);
        }
    }
}

static void walk(struct walker *w, const struct elem *e, struct ground g)
{
    if (!e->def || (e->def->is & IS_TOP))
        return;
    struct grounds ways = styled(w, e, A_STYLE, g);
    for (size_t i = 0; i < ways.n; i++) {
        struct ground own = ways.v[i];
        if (e->props.set & PROP_BACKGROUND)
            own.behind = e->props.v.background;
        if (e->def->id == E_TABLE)
            walk_table(w, e, own);
        else
            walk_children(w, e, own);
    }
}

void walk_layout(struct walker *w)
{
    static const struct color paper = { 255, 255, 255 };
    const struct elem *root = w->l->root;
    struct grounds ways = styled(w, root, A_STYLE, (struct ground){ w->l->base, paper, true });
    for (size_t k = 0; k < ways.n; k++) {
        for (size_t i = 0; i < w->l->n_masters; i++)
            for (const struct elem *c = w->l->masters[i].elem->first; c; c = c->next)
                walk(w, c, ways.v[k]);
        for (const struct elem *c = root->first; c; c = c->next)
            if (c->def && c->def->id == E_PAGE_SEQUENCE)
                walk(w, c, ways.v[k]);
    }
}
