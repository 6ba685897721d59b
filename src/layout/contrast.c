/* Can the text be told from what is behind it?  Colours that a layout writes
 * down are followed down its elements; computed styles are left out, since
 * only a card decides them.  The measure and its bounds are WCAG 2.2's
 * (success criterion 1.4.3): 4.5 to 1, and 3 to 1 for large letters. */
#include "layout/open.h"

#include <math.h>
#include <string.h>

struct ink {                       /* what text has here */
    struct color text, behind;
    double size;
    int weight;
};

static double channel(unsigned char c)
{
    double v = c / 255.0;
    return v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4);
}

static double luminance(struct color c)
{
    return 0.2126 * channel(c.r) + 0.7152 * channel(c.g) + 0.0722 * channel(c.b);
}

static double contrast(struct color a, struct color b)
{
    double x = luminance(a), y = luminance(b);
    return (fmax(x, y) + 0.05) / (fmin(x, y) + 0.05);
}

/* The styles that attribute `id` names; false if a card decides them. */
static bool styled(struct opening *o, const struct elem *e, enum attr_id id, struct ink *ink)
{
    const struct attr *a = elem_attr(e, id);
    const struct style_def **defs;
    size_t n;
    if (!a)
        return true;
    if (!a->u.text.constant || !style_find(o->l, a->u.text.text, a->at, &o->l->arena, &defs, &n, o->d))
        return false;
    for (size_t i = 0; i < n; i++) {
        if (defs[i]->set & SET_COLOR)
            ink->text = defs[i]->v.color;
        if (defs[i]->set & SET_SIZE)
            ink->size = defs[i]->v.size;
        if (defs[i]->set & SET_WEIGHT)
            ink->weight = defs[i]->v.weight;
        if (defs[i]->props.set & PROP_BACKGROUND)
            ink->behind = defs[i]->props.v.background;
    }
    return true;
}

static void judge(struct opening *o, struct at at, const struct ink *ink)
{
    double least = ink->size >= 18 || (ink->size >= 14 && ink->weight >= 700) ? 3 : 4.5;
    double has = contrast(ink->text, ink->behind);
    if (has >= least - 0.005)
        return;
    diag_warning(o->d, at, _("text in #%02X%02X%02X on #%02X%02X%02X has a contrast of %.2f to 1"), ink->text.r,
                 ink->text.g, ink->text.b, ink->behind.r, ink->behind.g, ink->behind.b, has);
    diag_expected(o->d, _("at least %s to 1"), least < 4 ? "3" : "4.5");
}

static bool has_text(const struct elem *e)
{
    for (const struct elem *c = e->first; c; c = c->next)
        if ((c->text && c->text[strspn(c->text, " \t\r\n")]) || (c->def && (c->def->id == E_MARKED || c->def->id == E_SOURCE)))
            return true;
    return false;
}

static void walk(struct opening *o, const struct elem *e, struct ink ink);

/* A column: its heading in the heading's styles, its cells in the cells'. */
static void column(struct opening *o, const struct elem *e, struct ink head, bool head_known, struct ink cell)
{
    if (head_known && elem_attr(e, A_HEADING) && styled(o, e, A_HEADING_STYLE, &head))
        judge(o, elem_attr(e, A_HEADING)->at, &head);
    walk(o, e, cell);
}

static void table(struct opening *o, const struct elem *e, struct ink ink)
{
    if (!styled(o, e, A_CELL_STYLE, &ink))
        return;
    struct ink head = ink;
    bool head_known = styled(o, e, A_HEADING_STYLE, &head), rows_known = styled(o, e, A_ROW_STYLE, &ink);
    for (const struct elem *c = e->first; c; c = c->next) {
        if (!c->def)
            continue;
        bool is_head = c->def->id == E_TABLE_HEADER;
        if (c->def->id == E_COLUMN)
            column(o, c, head, head_known, ink);
        else if (is_head ? head_known : rows_known)
            walk(o, c, is_head ? head : ink);
    }
}

static void walk(struct opening *o, const struct elem *e, struct ink ink)
{
    if (!e->def || (e->def->is & IS_TOP) || e->def->id == E_CHART)
        return;
    if (!styled(o, e, A_STYLE, &ink))
        return;
    if (e->props.set & PROP_BACKGROUND)
        ink.behind = e->props.v.background;
    if (e->def->id == E_TABLE) {
        table(o, e, ink);
        return;
    }
    if (has_text(e))
        judge(o, elem_attr(e, A_STYLE) ? elem_attr(e, A_STYLE)->at : e->at, &ink);
    for (const struct elem *c = e->first; c; c = c->next)
        walk(o, c, ink);
}

void check_contrast(struct opening *o)
{
    static const struct color paper = { 255, 255, 255 };
    const struct elem *root = o->l->root;
    struct ink ink = { o->l->base.color, paper, o->l->base.size, o->l->base.weight };
    if (!styled(o, root, A_STYLE, &ink))
        return;
    for (size_t i = 0; i < o->l->n_masters; i++)
        for (const struct elem *c = o->l->masters[i].elem->first; c; c = c->next)
            walk(o, c, ink);
    for (const struct elem *c = root->first; c; c = c->next)
        if (c->def && c->def->id == E_PAGE_SEQUENCE)
            walk(o, c, ink);
}
