/* Styles and number formats.  There is no cascade: an element takes its
 * parent's type, then the names in its `style` attribute apply in their order,
 * each setting only what it says. */
#include "layout/tree.h"

#include <string.h>

const struct attr *elem_attr(const struct elem *e, enum attr_id id)
{
    for (size_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].def && e->attrs[i].def->id == id)
            return e->attrs[i].bad ? NULL : &e->attrs[i];
    return NULL;
}

int elem_choice(const struct elem *e, enum attr_id id, int otherwise)
{
    const struct attr *a = elem_attr(e, id);
    return a ? a->u.choice : otherwise;
}

double elem_number(const struct elem *e, enum attr_id id, double otherwise)
{
    const struct attr *a = elem_attr(e, id);
    return a ? a->u.number : otherwise;
}

/* ---- box properties ---- */

static void side(struct prop_set *p, unsigned bit, double *target, int k, double v)
{
    target[k] = v;
    p->set |= bit << k;
}

static void read_sides(struct prop_set *p, const struct attr *a, unsigned bit, double *target)
{
    for (int k = 0; k < 4; k++)
        side(p, bit, target, k, a->u.sides[k]);
}

static void read_border(struct prop_set *p, const struct attr *a, int from, int to)
{
    for (int k = from; k <= to; k++) {
        p->v.border[k] = a->u.border;
        p->set |= (unsigned)PROP_BORDER << k;
    }
}

static void read_prop(struct prop_set *p, const struct attr *a)
{
    struct props *v = &p->v;
    switch (a->def->id) {
    case A_MARGIN: read_sides(p, a, PROP_MARGIN, v->margin); break;
    case A_MARGIN_TOP: side(p, PROP_MARGIN, v->margin, SIDE_TOP, a->u.number); break;
    case A_MARGIN_RIGHT: side(p, PROP_MARGIN, v->margin, SIDE_RIGHT, a->u.number); break;
    case A_MARGIN_BOTTOM: side(p, PROP_MARGIN, v->margin, SIDE_BOTTOM, a->u.number); break;
    case A_MARGIN_LEFT: side(p, PROP_MARGIN, v->margin, SIDE_LEFT, a->u.number); break;
    case A_PADDING: read_sides(p, a, PROP_PADDING, v->padding); break;
    case A_PADDING_TOP: side(p, PROP_PADDING, v->padding, SIDE_TOP, a->u.number); break;
    case A_PADDING_RIGHT: side(p, PROP_PADDING, v->padding, SIDE_RIGHT, a->u.number); break;
    case A_PADDING_BOTTOM: side(p, PROP_PADDING, v->padding, SIDE_BOTTOM, a->u.number); break;
    case A_PADDING_LEFT: side(p, PROP_PADDING, v->padding, SIDE_LEFT, a->u.number); break;
    case A_BORDER: read_border(p, a, SIDE_TOP, SIDE_LEFT); break;
    case A_BORDER_TOP: read_border(p, a, SIDE_TOP, SIDE_TOP); break;
    case A_BORDER_RIGHT: read_border(p, a, SIDE_RIGHT, SIDE_RIGHT); break;
    case A_BORDER_BOTTOM: read_border(p, a, SIDE_BOTTOM, SIDE_BOTTOM); break;
    case A_BORDER_LEFT: read_border(p, a, SIDE_LEFT, SIDE_LEFT); break;
    case A_BACKGROUND: v->background = a->u.color; v->has_background = true; p->set |= PROP_BACKGROUND; break;
    case A_WIDTH: v->width = a->u.tracks.v[0]; p->set |= PROP_WIDTH; break;
    case A_MIN_HEIGHT: v->min_height = a->u.number; p->set |= PROP_MIN_HEIGHT; break;
    case A_KEEP_TOGETHER: v->keep_together = a->u.choice == 1; p->set |= PROP_KEEP_TOGETHER; break;
    case A_KEEP_WITH_NEXT: v->keep_with_next = a->u.choice == 1; p->set |= PROP_KEEP_NEXT; break;
    case A_BREAK_BEFORE: v->break_before = (enum brk)a->u.choice; p->set |= PROP_BREAK_BEFORE; break;
    case A_BREAK_AFTER: v->break_after = (enum brk)a->u.choice; p->set |= PROP_BREAK_AFTER; break;
    case A_WIDOWS: v->widows = (int)a->u.number; p->set |= PROP_WIDOWS; break;
    case A_ORPHANS: v->orphans = (int)a->u.number; p->set |= PROP_ORPHANS; break;
    case A_VALIGN: v->valign = (enum valign)a->u.choice; p->set |= PROP_VALIGN; break;
    default: break;
    }
}

/* The shorthand (margin) applies before its parts (margin-top), in whatever order they stand. */
void prop_set_read(struct elem *e, struct prop_set *out)
{
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; i < e->n_attrs; i++) {
            const struct attr *a = &e->attrs[i];
            bool shorthand = a->def && (a->def->id == A_MARGIN || a->def->id == A_PADDING || a->def->id == A_BORDER);
            if (a->def && !a->bad && shorthand == (pass == 0))
                read_prop(out, a);
        }
}

void prop_set_merge(struct prop_set *into, const struct prop_set *from)
{
    struct props *v = &into->v;
    const struct props *f = &from->v;
    if (!from->set)
        return;
    for (int k = 0; k < 4; k++) {
        if (from->set & (unsigned)PROP_MARGIN << k)
            v->margin[k] = f->margin[k];
        if (from->set & (unsigned)PROP_PADDING << k)
            v->padding[k] = f->padding[k];
        if (from->set & (unsigned)PROP_BORDER << k)
            v->border[k] = f->border[k];
    }
    if (from->set & PROP_BACKGROUND) {
        v->background = f->background;
        v->has_background = true;
    }
    if (from->set & PROP_WIDTH)
        v->width = f->width;
    if (from->set & PROP_MIN_HEIGHT)
        v->min_height = f->min_height;
    if (from->set & PROP_KEEP_TOGETHER)
        v->keep_together = f->keep_together;
    if (from->set & PROP_KEEP_NEXT)
        v->keep_with_next = f->keep_with_next;
    if (from->set & PROP_BREAK_BEFORE)
        v->break_before = f->break_before;
    if (from->set & PROP_BREAK_AFTER)
        v->break_after = f->break_after;
    if (from->set & PROP_WIDOWS)
        v->widows = f->widows;
    if (from->set & PROP_ORPHANS)
        v->orphans = f->orphans;
    if (from->set & PROP_VALIGN)
        v->valign = f->valign;
    into->set |= from->set;
}

/* ---- type ---- */

static const struct { const char *name; unsigned bit; } features[] = {
    { "kern", FONT_KERN }, { "tnum", FONT_TNUM }, { "onum", FONT_ONUM }, { "smcp", FONT_SMCP },
    { "sups", FONT_SUPS }, { "liga", FONT_LIGA }, { "case", FONT_CASE }, { "lnum", FONT_LNUM },
    { "pnum", FONT_PNUM }, { "c2sc", FONT_C2SC }, { "frac", FONT_FRAC },
};

/* "tnum": these and no others; "+tnum -kern": a change of those in force. */
static bool read_features(struct style_def *s, const struct attr *a, struct diag *d)
{
    bool ok = true;
    if (!strchr(a->raw, '+') && !strchr(a->raw, '-')) {
        s->features_set = ~0u;
        s->v.features = 0;
    }
    for (const char *p = a->raw; *(p += strspn(p, " ,")); p += strcspn(p, " ,")) {
        bool off = *p == '-';
        size_t n = strcspn(p += off || *p == '+', " ,"), i = 0, count = sizeof features / sizeof *features;
        while (i < count && !(strlen(features[i].name) == n && memcmp(features[i].name, p, n) == 0))
            i++;
        if (i == count) {
            diag_error(d, a->at, _("unknown font feature \"%.*s\""), (int)n, p);
            diag_expected(d, "kern, liga, tnum, pnum, lnum, onum, smcp, c2sc, sups, frac, case, +tnum, -kern");
            ok = false;
            continue;
        }
        s->features_set |= features[i].bit;
        s->v.features = off ? s->v.features & ~features[i].bit : s->v.features | features[i].bit;
    }
    s->set |= SET_FEATURES;
    return ok;
}

static void overlay(struct style *v, const struct style_def *s)
{
    if (s->set & SET_FAMILY)
        v->family = s->v.family;
    if (s->set & SET_SIZE) {
        v->size = s->v.size;
        if (!(s->set & SET_LEADING))
            v->leading = s->v.size * 1.25;
    }
    if (s->set & SET_LEADING)
        v->leading = s->factor > 0 ? s->factor * v->size : s->v.leading;
    if (s->set & SET_WEIGHT)
        v->weight = s->v.weight;
    if (s->set & SET_ITALIC)
        v->italic = s->v.italic;
    if (s->set & SET_COLOR)
        v->color = s->v.color;
    if (s->set & SET_ALIGN)
        v->align = s->v.align;
    if (s->set & SET_FEATURES)
        v->features = (v->features & ~s->features_set) | s->v.features;
    if (s->set & SET_INDENT)
        v->indent = s->v.indent;
    if (s->set & SET_RISE)
        v->rise = s->v.rise;
    if (s->set & SET_UNDERLINE)
        v->underline = s->v.underline;
    if (s->set & SET_UPPERCASE)
        v->uppercase = s->v.uppercase;
}

struct style *style_resolve(const struct style *parent, const struct style_def *const *defs, size_t n,
                            struct arena *a)
{
    struct style *s = arena_new(a, struct style);
    *s = *parent;
    for (size_t i = 0; i < n; i++) {
        overlay(s, defs[i]);
        s->name = defs[i]->name;
    }
    return s;
}

static const struct style_def *find_style(const struct layout *l, const char *name, size_t n)
{
    for (size_t i = 0; i < l->n_styles; i++)
        if (strlen(l->styles[i].name) == n && memcmp(l->styles[i].name, name, n) == 0)
            return &l->styles[i];
    return NULL;
}

bool style_find(const struct layout *l, const char *names, struct at at, struct arena *a,
                const struct style_def ***out, size_t *n, struct diag *d)
{
    size_t cap = 0;
    bool ok = true;
    *out = NULL;
    *n = 0;
    for (const char *p = names; *(p += strspn(p, " \t\r\n"));) {
        size_t len = strcspn(p, " \t\r\n");
        const struct style_def *s = find_style(l, p, len);
        if (s)
            *ARENA_PUSH(a, *out, *n, cap) = s;
        else {
            const char **known = arena_array(a, const char *, l->n_styles);
            for (size_t i = 0; i < l->n_styles; i++)
                known[i] = l->styles[i].name;
            const char *near = diag_nearest(arena_strndup(a, p, len), known, l->n_styles);
            diag_error(d, at, _("unknown style \"%.*s\""), (int)len, p);
            if (near)
                diag_expected(d, _("a <style> of the layout; the nearest is \"%s\""), near);
            else
                diag_expected(d, _("a <style> of the layout"));
            ok = false;
        }
        p += len;
    }
    return ok;
}

/* A base's settings come first; props too. */
static bool inherit(struct layout *l, struct style_def *s, const struct attr *base, struct diag *d)
{
    const struct style_def **defs;
    size_t n;
    if (!style_find(l, base->raw, base->at, &l->arena, &defs, &n, d)) {
        diag_expected(d, _("a <style> that stands before this one"));
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const struct style_def *b = defs[i];
        if (b->set & SET_LEADING || b->set & SET_SIZE)
            s->factor = b->factor;
        overlay(&s->v, b);
        s->set |= b->set;
        if (b->set & SET_LEADING)
            s->v.leading = b->v.leading;
        s->features_set |= b->features_set;
        prop_set_merge(&s->props, &b->props);
    }
    return true;
}

static void read_type(struct style_def *s, const struct attr *a)
{
    static const int weights[] = { 400, 600, 700 };
    switch (a->def->id) {
    case A_FAMILY: s->v.family = a->raw; s->set |= SET_FAMILY; break;
    case A_SIZE: s->v.size = a->u.number; s->set |= SET_SIZE; break;
    case A_LEADING:
        s->factor = a->u.number < 0 ? -a->u.number : 0;
        s->v.leading = a->u.number;
        s->set |= SET_LEADING;
        break;
    case A_WEIGHT: s->v.weight = weights[a->u.choice]; s->set |= SET_WEIGHT; break;
    case A_ITALIC: s->v.italic = a->u.choice; s->set |= SET_ITALIC; break;
    case A_COLOR: s->v.color = a->u.color; s->set |= SET_COLOR; break;
    case A_ALIGN: {
        static const enum align aligns[] = { ALIGN_START, ALIGN_CENTER, ALIGN_END, ALIGN_JUSTIFY, ALIGN_DECIMAL };
        s->v.align = aligns[a->u.choice];
        s->set |= SET_ALIGN;
        break;
    }
    case A_INDENT: s->v.indent = a->u.number; s->set |= SET_INDENT; break;
    case A_RISE: s->v.rise = a->u.number; s->set |= SET_RISE; break;
    case A_UNDERLINE: s->v.underline = a->u.choice; s->set |= SET_UNDERLINE; break;
    case A_UPPERCASE: s->v.uppercase = a->u.choice; s->set |= SET_UPPERCASE; break;
    default: break;
    }
}

bool style_define(struct layout *l, struct elem *e, struct fontlib *fonts, struct diag *d)
{
    const struct attr *name = elem_attr(e, A_NAME), *base = elem_attr(e, A_BASE), *family = elem_attr(e, A_FAMILY),
                      *feature = elem_attr(e, A_FEATURES), *size = elem_attr(e, A_SIZE);
    bool ok = true;
    if (!name)
        return false;
    if (find_style(l, name->raw, strlen(name->raw))) {
        diag_error(d, name->at, _("the style \"%s\" is there twice"), name->raw);
        return false;
    }
    struct style_def s = { .name = name->raw, .at = e->at };
    if (base)
        ok = inherit(l, &s, base, d);
    for (size_t i = 0; i < e->n_attrs; i++)
        if (e->attrs[i].def && !e->attrs[i].bad)
            read_type(&s, &e->attrs[i]);
    if (feature)
        ok = read_features(&s, feature, d) && ok;
    if (size && !(size->u.number > 0.5 && size->u.number < 1000)) {
        diag_error(d, size->at, _("\"%s\" is no size for type"), size->raw);
        diag_expected(d, _("more than 0.5pt and less than 1000pt"));
        ok = false;
    }
    if (family && fonts && !fontlib_has_family(fonts, family->raw)) {
        diag_error(d, family->at, _("unknown font family \"%s\""), family->raw);
        diag_expected(d, _("a family of fonts/families.tsv; `phieudiem fonts` lists them"));
        ok = false;
    }
    prop_set_read(e, &s.props);
    *ARENA_PUSH(&l->arena, l->styles, l->n_styles, l->cap_styles) = s;
    return ok;
}

const struct number_format *format_find(const struct layout *l, const char *name)
{
    for (size_t i = 0; i < l->n_formats; i++)
        if (strcmp(l->formats[i].name, name) == 0)
            return &l->formats[i];
    return NULL;
}
