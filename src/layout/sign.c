/* What only a colour tells.  A printed page may be black and white, and one
 * man in twelve does not see red from green: where a value decides between two
 * looks, something else than their colour has to differ, or the words beside
 * them have to say it.  Words say it if they mention every value that the
 * choice asks; what asks for no value (every second row) says nothing. */
#include "layout/open.h"

#include <string.h>

/* ---- two looks ---- */

struct look { struct style type; struct prop_set props; };

static struct look look_of(struct opening *o, const char *names, struct at at)
{
    const struct style_def **defs;
    struct diag none = { 0 };
    struct look k;
    size_t n;
    style_find(o->l, names, at, &o->l->arena, &defs, &n, &none);
    memset(&k.props, 0, sizeof k.props);
    k.type = *style_resolve(&o->l->base, defs, n, &o->l->arena);
    for (size_t i = 0; i < n; i++)
        prop_set_merge(&k.props, &defs[i]->props);
    diag_clear(&none);
    return k;
}

static bool same_color(struct color a, struct color b)
{
    return a.r == b.r && a.g == b.g && a.b == b.b;
}

static bool same_type(const struct style *a, const struct style *b)
{
    return strcmp(a->family, b->family) == 0 && a->weight == b->weight && a->italic == b->italic && a->size == b->size &&
           a->features == b->features && a->align == b->align && a->indent == b->indent && a->rise == b->rise &&
           a->underline == b->underline && a->uppercase == b->uppercase;
}

static bool same_frame(const struct props *a, const struct props *b)
{
    for (int k = 0; k < 4; k++)
        if (a->margin[k] != b->margin[k] || a->padding[k] != b->padding[k] || a->border[k].width != b->border[k].width ||
            a->border[k].style != b->border[k].style)
            return false;
    return a->width.unit == b->width.unit && a->width.v == b->width.v && a->min_height == b->min_height;
}

static bool same_colors(const struct look *a, const struct look *b)
{
    const struct props *p = &a->props.v, *q = &b->props.v;
    for (int k = 0; k < 4; k++)
        if (!same_color(p->border[k].color, q->border[k].color))
            return false;
    return same_color(a->type.color, b->type.color) && p->has_background == q->has_background &&
           same_color(p->background, q->background);
}

static bool color_alone(struct opening *o, const char *one, const char *other, struct at at)
{
    struct look a = look_of(o, one, at), b = look_of(o, other, at);
    return same_type(&a.type, &b.type) && same_frame(&a.props.v, &b.props.v) && !same_colors(&a, &b);
}

static void tell(struct opening *o, struct at at, const char *one, const char *other)
{
    diag_warning(o->d, at, _("\"%s\" and \"%s\" differ in colour alone"), one, other);
    diag_expected(o->d, _("another weight, slant or border too, or words beside it that say the same"));
}

/* ---- what is asked, and what the words say ---- */

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
           (unsigned char)c >= 0x80;
}

/* The attribute at `p`, "@dat", stands in `text`. */
static bool has_name(const char *text, const char *p, size_t n)
{
    for (const char *q = text; (q = strchr(q, '@')); q++)
        if (strncmp(q, p, n) == 0 && !name_char(q[n]))
            return true;
    return false;
}

static bool mentions(const struct elem *e, const char *p, size_t n)
{
    if (!e)
        return false;
    if (e->text)
        return has_name(e->text, p, n);
    for (size_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].def && e->attrs[i].def->kind != ATTR_STYLE && has_name(e->attrs[i].raw, p, n))
            return true;
    for (const struct elem *c = e->first; c; c = c->next)
        if (mentions(c, p, n))
            return true;
    return false;
}

/* True if the words of `where` say what the expression asks; also if it asks for no value. */
static bool said(const struct elem *where, const char *expr)
{
    for (const char *p = expr; (p = strchr(p, '@'));) {
        size_t n = 1;
        while (name_char(p[n]))
            n++;
        if (!mentions(where, p, n))
            return false;
        p += n;
    }
    return true;
}

/* Whose words count: the element's neighbours', in a table those of the whole table. */
static const struct elem *beside(const struct elem *e)
{
    for (const struct elem *up = e; up; up = up->parent)
        if (up->def && up->def->id == E_TABLE)
            return up;
    const struct elem *up = e->parent;
    while (up && up->def && (up->def->takes & LIKE_PARENT || up->def->id == E_CHOOSE))
        up = up->parent;
    return up && up->def && !(up->def->is & (IS_ROOT | IS_SEQUENCE)) ? up : e;
}

static void check_choice(struct opening *o, const struct elem *e, const struct attr *a, const struct expr *x)
{
    const char *names[9] = { "" };
    size_t n = 0;
    for (const struct literal *k = x->kind.literals; k && n < 8; k = k->next)
        names[n++] = k->text;
    if (n == 1) /* if() without "else" */
        names[n++] = "";
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < i; k++)
            if (color_alone(o, names[i], names[k], a->at) && !said(beside(e), x->text)) {
                tell(o, a->at, names[i], names[k]);
                return;
            }
}

/* ---- <choose> between branches that are the same but for their styles ---- */

struct pair { const struct attr *one, *other; };

static const struct elem *content(const struct elem *e)
{
    while (e && e->text && !e->text[strspn(e->text, " \t\r\n")])
        e = e->next;
    return e;
}

static bool same_attributes(const struct elem *a, const struct elem *b, struct pair *styles)
{
    if (a->n_attrs != b->n_attrs)
        return false;
    for (size_t i = 0; i < a->n_attrs; i++) {
        const struct attr *x = &a->attrs[i], *y = &b->attrs[i];
        if (x->def != y->def)
            return false;
        if (strcmp(x->raw, y->raw) == 0)
            continue;
        if (!x->def || x->def->kind != ATTR_STYLE || !x->u.text.constant || !y->u.text.constant || styles->one)
            return false;
        *styles = (struct pair){ x, y };
    }
    return true;
}

static bool same_but_style(const struct elem *a, const struct elem *b, struct pair *styles)
{
    for (a = content(a), b = content(b); a && b; a = content(a->next), b = content(b->next)) {
        if (!a->text != !b->text || (a->text && strcmp(a->text, b->text) != 0))
            return false;
        if (!a->text && (a->def != b->def || !same_attributes(a, b, styles) || !same_but_style(a->first, b->first, styles)))
            return false;
    }
    return !a && !b;
}

static void check_branches(struct opening *o, const struct elem *choose)
{
    for (const struct elem *x = choose->first; x; x = x->next)
        for (const struct elem *y = x->def ? x->next : NULL; y; y = y->next) {
            const struct attr *test = elem_attr(x, A_TEST);
            struct pair p = { 0 };
            if (y->def && test && same_but_style(x->first, y->first, &p) && p.one &&
                color_alone(o, p.one->u.text.text, p.other->u.text.text, p.one->at) && !said(x->first, test->raw))
                tell(o, p.one->at, p.one->u.text.text, p.other->u.text.text);
        }
}

/* ---- series ---- */

static void check_series(struct opening *o, const struct elem *chart)
{
    const struct elem *nameless = NULL;
    size_t n = 0;
    for (const struct elem *c = chart->first; c; c = c->next)
        if (c->def && c->def->id == E_SERIES) {
            n++;
            if (!elem_attr(c, A_TITLE) && !nameless)
                nameless = c;
        }
    if (n < 2 || !nameless)
        return;
    diag_warning(o->d, nameless->at, _("of several series one has no title: its colour alone tells which it is"));
    diag_expected(o->d, "title=\"...\"");
}

static void check(struct opening *o, const struct elem *e)
{
    if (!e->def)
        return;
    for (size_t i = 0; i < e->n_attrs; i++) {
        const struct attr *a = &e->attrs[i];
        bool computed = a->def && a->def->kind == ATTR_STYLE && !a->bad && !a->u.text.constant;
        for (size_t k = 0; computed && k < a->u.text.n; k++)
            if (a->u.text.pieces[k].expr)
                check_choice(o, e, a, a->u.text.pieces[k].expr);
    }
    if (e->def->id == E_CHOOSE)
        check_branches(o, e);
    if (e->def->id == E_CHART)
        check_series(o, e);
    for (const struct elem *c = e->first; c; c = c->next)
        check(o, c);
}

void check_signs(struct opening *o)
{
    check(o, o->l->root);
}
