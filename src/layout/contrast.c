/* Can the text be told from what is behind it?  The measure and its bounds are
 * WCAG 2.2's (success criterion 1.4.3): 4.5 to 1, and 3 to 1 for large letters. */
#include "layout/walk.h"

#include <math.h>

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

/* One place may be seen in many ways: it is told once. */
struct told { struct at at; const struct told *next; };

static bool first_time(struct walker *w, struct at at)
{
    const struct told *t = w->ctx;
    while (t && !(t->at.line == at.line && t->at.col == at.col && t->at.file == at.file && t->at.attribute == at.attribute))
        t = t->next;
    if (t)
        return false;
    struct told *more = arena_new(&w->l->arena, struct told);
    *more = (struct told){ at, w->ctx };
    w->ctx = more;
    return true;
}

static void judge(struct walker *w, const struct elem *e, const struct attr *a, const struct ground *g)
{
    const struct attr *style = elem_attr(e, A_STYLE);
    struct color t = g->type.color, b = g->behind;
    double least = g->type.size >= 18 || (g->type.size >= 14 && g->type.weight >= 700) ? 3 : 4.5, has = contrast(t, b);
    struct at at = a ? a->at : style ? style->at : e->at;
    if (e->def->id == E_CHART || !g->known || has >= least - 0.005 || !first_time(w, at))
        return; /* a chart's labels choose their colour themselves */
    diag_warning(w->d, at, _("text in #%02X%02X%02X on #%02X%02X%02X has a contrast of %.2f to 1"), t.r, t.g, t.b, b.r, b.g,
                 b.b, has);
    diag_expected(w->d, _("at least %s to 1"), least < 4 ? "3" : "4.5");
}

void check_contrast(struct opening *o)
{
    struct walker w = { .l = o->l, .visit = judge, .d = o->d };
    walk_layout(&w);
}
