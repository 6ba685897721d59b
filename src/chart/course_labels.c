/* A course's labels: of points where nothing crosses them, of lines at their ends, of references. */
#include "chart/course.h"

#include <math.h>
#include <stdlib.h>

/* What a label must not touch ------------------------------------------------ */

static bool crosses(struct area a, double x0, double y0, double x1, double y1)
{
    /* Liang and Barsky: what is left of the segment within the area. */
    double from = 0, to = 1, d[4] = { x0 - x1, x1 - x0, y0 - y1, y1 - y0 };
    double q[4] = { x0 - a.x0, a.x1 - x0, y0 - a.y0, a.y1 - y0 };
    for (int k = 0; k < 4; k++) {
        if (d[k] == 0) {
            if (q[k] < 0)
                return false;
            continue;
        }
        double at = q[k] / d[k];
        if (d[k] < 0)
            from = fmax(from, at);
        else
            to = fmin(to, at);
    }
    return from <= to;
}

static bool touches_line(const struct canvas *v, const struct course *t, struct area a)
{
    for (size_t s = 0; s < v->c->n_series; s++)
        for (size_t i = 0; i < v->c->series[s].n; i++) {
            const struct chart_point *p = &v->c->series[s].points[i];
            if (!drawable(p))
                continue;
            double x = x_of(t, i), y = y_of(v, t, p->value), r = s ? 0.3 : RADIUS;
            if (crosses(area_grown(a, r), x, y, x, y))
                return true;
            if (joined(v, t, s, i) && crosses(area_grown(a, 0.8), x_of(t, i - 1),
                                              y_of(v, t, v->c->series[s].points[i - 1].value), x, y))
                return true;
        }
    return false;
}

static bool touches_cut(const struct canvas *v, const struct course *t, struct area a)
{
    for (size_t i = 1; i < t->n; i++) {
        const struct chart_point *p = at_category(v->c, 0, i);
        if (p && p->cut && a.x0 < cut_x(t, i) + 0.5 && a.x1 > cut_x(t, i) - 0.5)
            return true;
    }
    return false;
}

/* Labels of points ------------------------------------------------------------ */

static bool label_above(const struct canvas *v, const struct course *t, size_t s, size_t i)
{
    double y = y_of(v, t, v->c->series[s].points[i].value), slope = 0;
    if (joined(v, t, s, i))
        slope += y - y_of(v, t, v->c->series[s].points[i - 1].value);
    if (i + 1 < t->n && joined(v, t, s, i + 1))
        slope += y - y_of(v, t, v->c->series[s].points[i + 1].value);
    return slope <= 0;
}

static bool place_label(struct canvas *v, struct course *t, size_t s, size_t i, struct pen pen, double r)
{
    static const struct { int side; double dx, dy; } tries[] = {
        { 1, 0, 0 }, { -1, 0, 0 }, { 1, 0.35, 0 }, { 1, -0.35, 0 }, { -1, 0.35, 0 }, { -1, -0.35, 0 },
        { 1, 0.6, -0.25 }, { 1, -0.6, -0.25 }, { -1, 0.6, -0.25 }, { -1, -0.6, -0.25 }, { 1, 0, 0.45 }, { -1, 0, 0.45 },
        { 1, 0.5, 0.45 }, { 1, -0.5, 0.45 }, { -1, 0.5, 0.45 }, { -1, -0.5, 0.45 },
    };
    const struct chart_point *p = &v->c->series[s].points[i];
    const char *text = point_text(v->a, p);
    double w = text_width(v, pen, text), x = x_of(t, i), y = y_of(v, t, p->value);
    bool above = label_above(v, t, s, i);
    for (size_t k = 0; k < sizeof tries / sizeof *tries; k++) {
        bool up = (tries[k].side > 0) == above;
        double away = r + 0.45 * v->small + tries[k].dy * v->small, lx = x + tries[k].dx * (w + 2 * r);
        double base = up ? y - away + 0.12 * v->small : y + away + 0.52 * v->small;
        struct area a = text_area(v, pen, lx, base, AT_MIDDLE, text);
        if (a.x1 > t->x1 + t->inset || a.x0 < t->x0 - 1 || a.y1 > t->y1 + 1.45 * v->small)
            continue;
        if (!area_free(v, area_grown(a, 0.4)) || touches_line(v, t, a) || touches_cut(v, t, a))
            continue;
        *ARENA_PUSH(v->a, t->labels, t->n_labels, t->cap_labels) =
            (struct placed){ pen, a.x0, base, text, area_grown(a, HALO / 2) };
        area_take(v, a);
        return true;
    }
    return false;
}

static size_t extreme(const struct chart_series *s, bool high)
{
    size_t best = s->n;
    for (size_t i = 0; i < s->n; i++)
        if (drawable(&s->points[i]) &&
            (best == s->n || (high ? s->points[i].value > s->points[best].value
                                   : s->points[i].value < s->points[best].value)))
            best = i;
    return best;
}

void course_labels(struct canvas *v, struct course *t)
{
    const struct chart_series *own = &v->c->series[0];
    struct pen p = pen_number(pen_small(v));
    if (v->c->computed)
        p = pen_italic(v, p);
    if (!v->c->label_values)
        return;
    size_t told = told_point(own), low = extreme(own, false), high = extreme(own, true);
    bool *done = arena_array(v->a, bool, own->n + 1);
    size_t first[4] = { told, last_drawable(own), low, high };
    for (size_t k = 0; k < 4; k++)
        if (first[k] < own->n && !done[first[k]]) {
            bool bold = first[k] == told;
            struct pen pen = bold ? pen_bold(v, pen_colored(p, v->look->ink)) : p;
            done[first[k]] = place_label(v, t, 0, first[k], pen, bold ? TOLD_RADIUS : RADIUS);
        }
    for (size_t i = 0; i < own->n; i++)
        if (!done[i] && drawable(&own->points[i]))
            place_label(v, t, 0, i, p, RADIUS);
}

/* The names of several lines at their ends, pushed apart. ----------------------- */

struct end { size_t series; double x, y, at; };

static int by_height(const void *a, const void *b)
{
    double x = ((const struct end *)a)->y, y = ((const struct end *)b)->y;
    return (x > y) - (x < y);
}

void course_ends(struct canvas *v, const struct course *t)
{
    struct end *e = arena_array(v->a, struct end, v->c->n_series);
    double pitch = 1.3 * v->small, x = t->x1 + 2 * MM;
    size_t n = 0;
    if (v->c->n_series < 2)
        return;
    for (size_t s = 0; s < v->c->n_series; s++) {
        size_t last = last_drawable(&v->c->series[s]);
        if (last == v->c->series[s].n || !v->c->series[s].label)
            continue;
        double y = y_of(v, t, v->c->series[s].points[last].value);
        e[n++] = (struct end){ s, x_of(t, last), y, y };
    }
    qsort(e, n, sizeof *e, by_height);
    for (size_t i = 1; i < n; i++)
        e[i].at = fmax(e[i].at, e[i - 1].at + pitch);
    double lowest = t->y1 - 0.1 * v->small, over = n ? e[n - 1].at - lowest : 0;
    for (size_t i = n; i-- > 0 && over > 0;) {
        double most = i + 1 < n ? e[i + 1].at - pitch : lowest;
        e[i].at = fmin(e[i].at, most);
    }
    for (size_t i = 0; i < n; i++) {
        struct pen p = e[i].series ? pen_small(v) : pen_bold(v, pen_colored(pen_small(v), v->look->accent));
        if (fabs(e[i].at - e[i].y) > 0.5 * v->small || x - e[i].x > 6 * MM)
            line(v, e[i].x + 1.4 * MM, e[i].y, x - 0.8 * MM, e[i].at, 0.35, v->look->light);
        text_put(v, p, x, text_middle(p, e[i].at), AT_START,
                 text_fit(v, p, v->c->series[e[i].series].label, v->w - x));
    }
    if (n && e[0].at < 0.75 * v->small)
        no_room(v, _("too many lines to name at their ends"));
}

/* Reference lines ------------------------------------------------------------- */

void course_references(struct canvas *v, struct course *t)
{
    struct pen p = pen_small(v);
    for (size_t i = 0; i < v->c->n_references; i++) {
        const struct chart_reference *r = &v->c->references[i];
        if (!isfinite(r->value) || !r->label || !*r->label)
            continue;
        double y = y_of(v, t, r->value), w = text_width(v, p, r->label);
        bool found = false;
        for (int k = 0; k < 24 && !found; k++) { /* along the line, above it and below */
            double x = t->x1 - w - (t->x1 - t->x0 - w) * (k / 2) / 12, base = k % 2 ? y + v->small : y - 0.4 * v->small;
            struct area a = text_area(v, p, x, base, AT_START, r->label);
            if (x < t->x0 || !area_free(v, a) || touches_line(v, t, a) || touches_cut(v, t, a))
                continue;
            *ARENA_PUSH(v->a, t->labels, t->n_labels, t->cap_labels) = (struct placed){ p, x, base, r->label, a };
            area_take(v, a);
            found = true;
        }
        if (!found)
            no_room(v, _("the label of a reference line finds no free place"));
    }
}
