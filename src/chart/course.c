/* Values over years: the course of a rank (trend), lines, the sparkline.
 *
 * Labels first: everything outside the plot is put, then each point's label
 * looks for a place that no line, dot, label or upright crosses (above peaks,
 * below valleys, judged within the piece of line between two cuts), the telling
 * points before the others; what finds none is left out, its dot remains.
 * Then guides, white halos, lines, dots and labels are drawn in this order. */
#include "chart/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define RADIUS (0.8 * MM)
#define TOLD_RADIUS (1.25 * MM)
#define HALO (0.4 * MM)

struct placed { struct pen pen; double x, y; const char *text; struct area area; };
struct course {
    const struct chart_series *longest; /* its labels name the categories */
    size_t n;
    double x0, y0, x1, y1;        /* of the plot */
    double inset;                 /* from the plot's edge to the first point */
    struct range axis;
    double step;                  /* between guides; of ranks: a quarter */
    int year0, year1, stride;     /* categories are years: by their distance; stride 0: evenly */
    struct placed *labels;
    size_t n_labels, cap_labels;
};

static const struct chart_point *at_category(const struct chart_spec *c, size_t s, size_t i)
{
    return i < c->series[s].n ? &c->series[s].points[i] : NULL;
}

static const char *category(const struct course *t, size_t i)
{
    const char *label = t->longest->points[i].label;
    return label ? label : "";
}

static bool drawable(const struct chart_point *p)
{
    return p && !missing(p);
}

static size_t last_drawable(const struct chart_series *s)
{
    for (size_t i = s->n; i-- > 0;)
        if (drawable(&s->points[i]))
            return i;
    return s->n;
}

/* The point that the card speaks of: large and bold. The last own one, else the last. */
static size_t told_point(const struct chart_series *s)
{
    for (size_t i = s->n; i-- > 0;)
        if (drawable(&s->points[i]) && s->points[i].own)
            return i;
    return last_drawable(s);
}

/* Axes --------------------------------------------------------------------- */

static int year_of(const char *s)
{
    if (!s || strlen(s) != 4 || strspn(s, "0123456789") != 4)
        return 0;
    return atoi(s);
}

/* Years keep their distances: an unpublished year is a gap, though nobody listed it. */
static void set_years(struct course *t)
{
    int last = 0, stride = 0;
    for (size_t i = 0; i < t->n; i++) {
        int year = year_of(t->longest->points[i].label);
        if (!year || year <= last || (last && year - last > 50))
            return;
        if (last && (!stride || year - last < stride))
            stride = year - last;
        last = year;
    }
    t->year0 = year_of(t->longest->points[0].label);
    t->year1 = last;
    t->stride = t->n > 1 ? stride : 0;
}

static double x_of(const struct course *t, size_t i)
{
    double a = t->x0 + t->inset, b = t->x1 - t->inset;
    if (t->n < 2)
        return (a + b) / 2;
    if (t->stride)
        return a + (b - a) * (year_of(category(t, i)) - t->year0) / (t->year1 - t->year0);
    return a + (b - a) * (double)i / (double)(t->n - 1);
}

static double y_of(const struct canvas *v, const struct course *t, double value)
{
    double s = share(value, t->axis.lo, t->axis.hi);
    return v->c->reversed ? t->y0 + s * (t->y1 - t->y0) : t->y1 - s * (t->y1 - t->y0);
}

/* Ranks: 1 to the largest total; values: round limits around the data. */
static void set_axis(const struct canvas *v, struct course *t)
{
    const struct chart_spec *c = v->c;
    struct range r = { 1, 0 };
    for (size_t s = 0; s < c->n_series; s++)
        for (size_t i = 0; i < c->series[s].n; i++) {
            range_add(&r, c->series[s].points[i].value);
            if (c->reversed && drawable(&c->series[s].points[i]))
                range_add(&r, c->series[s].points[i].of);
        }
    for (size_t i = 0; i < c->n_references; i++)
        range_add(&r, c->references[i].value);
    if (r.lo > r.hi)
        r = (struct range){ 0, 1 };
    if (c->reversed) {
        r.lo = 1;
        r.hi = fmax(r.hi, 2);
        t->step = (r.hi - r.lo) / 4;
    } else {
        /* Values that are all the same lie on an axis of a tenth of their size. */
        double step = t->step = nice_step(r.hi > r.lo ? r.hi - r.lo : fabs(r.hi) / 10, r.hi > r.lo ? 4 : 2);
        r.lo = floor(r.lo / step + 1e-9) * step;
        r.hi = ceil(r.hi / step - 1e-9) * step;
        if (!(r.hi > r.lo))
            r = (struct range){ r.lo - step, r.hi + step };
    }
    if (isfinite(c->min))
        r.lo = c->min;
    if (isfinite(c->max))
        r.hi = c->max;
    if (isfinite(c->step) && c->step > 0)
        t->step = c->step;
    if (!(r.hi > r.lo))
        r.hi = r.lo + 1;
    if ((r.hi - r.lo) / t->step > 12)
        t->step = nice_step(r.hi - r.lo, 4);
    t->axis = r;
}

static size_t guide_count(const struct course *t)
{
    double n = (t->axis.hi - t->axis.lo) / t->step;
    return n < 1 ? 1 : (size_t)(n + 1e-6);
}

static double guide_value(const struct course *t, size_t i)
{
    return t->axis.lo + t->step * (double)i;
}

static const char *guide_text(struct canvas *v, const struct course *t, size_t i)
{
    size_t last = guide_count(t);
    const char *note = i == 0 ? v->c->note_low : i == last ? v->c->note_high : NULL;
    if (v->c->reversed) {
        note = i == 0 ? v->c->note_high : i == last ? v->c->note_low : NULL;
        if (i == 0)
            return note ? note : "hạng 1";
        if (i < last)
            return "";
    }
    if (note)
        return note;
    double value = i == last && v->c->reversed ? t->axis.hi : guide_value(t, i);
    return v->c->type == CHART_LINE || i == 0 || i == last ? number_text(v->a, value) : "";
}

/* Frame: axis labels, years and totals ---------------------------------------- */

static bool has_totals(const struct chart_spec *c)
{
    if (c->type != CHART_TREND)
        return false;
    for (size_t i = 0; i < c->series[0].n; i++)
        if (isfinite(c->series[0].points[i].of))
            return true;
    return false;
}

static const char *totals_name(const struct chart_spec *c)
{
    return c->totals ? c->totals : "số tỉnh";
}

static double end_labels_width(struct canvas *v)
{
    double w = 0;
    for (size_t s = 0; s < v->c->n_series && v->c->n_series > 1; s++)
        w = fmax(w, text_width(v, pen_bold(v, pen_small(v)), v->c->series[s].label ? v->c->series[s].label : ""));
    return w > 0 ? fmin(w, v->w * 0.34) + 2.4 * MM : 0;
}

static bool set_plot(struct canvas *v, struct course *t)
{
    struct pen p = pen_number(pen_small(v));
    double left = has_totals(v->c) ? text_width(v, pen_small(v), totals_name(v->c)) : 0, year = 0;
    for (size_t i = 0; i <= guide_count(t); i++)
        left = fmax(left, text_width(v, p, guide_text(v, t, i)));
    year = text_width(v, pen_bold(v, p), category(t, t->n - 1));
    double rows = has_totals(v->c) ? 2 : 1;
    t->inset = fmin(fmax(year / 2, TOLD_RADIUS + 0.5), 9 * MM);
    t->x0 = left + 0.7 * v->small;
    t->x1 = v->w - end_labels_width(v);
    t->y0 = v->c->label_values ? 1.3 * v->small + TOLD_RADIUS : 0.6 * v->small;
    t->y1 = v->h - rows * 1.25 * v->small - (v->c->label_values ? 1.5 * v->small : 0.7 * v->small);
    if (t->x1 - t->x0 < 15 * MM || t->y1 - t->y0 < 8 * MM)
        return no_room(v, _("a course needs a plot of 15 x 8 mm beside its labels"));
    return true;
}

static void put_axis(struct canvas *v, const struct course *t)
{
    struct pen p = pen_number(pen_small(v));
    size_t last = guide_count(t);
    bool start = v->c->type == CHART_TREND;
    double x = start ? 0 : t->x0 - 0.7 * v->small;
    for (size_t k = 0; k <= last; k++) { /* the ends first: a low plot has no room for all */
        size_t i = k == 1 ? last : k > 1 ? k - 1 : 0;
        double value = i == last && v->c->reversed ? t->axis.hi : guide_value(t, i);
        double base = text_middle(p, y_of(v, t, value));
        const char *text = guide_text(v, t, i);
        if (area_free(v, text_area(v, p, x, base, start ? AT_START : AT_END, text)))
            text_put(v, p, x, base, start ? AT_START : AT_END, text);
    }
    if (has_totals(v->c))
        text_put(v, pen_small(v), 0, v->h - 0.3 * v->small, AT_START, totals_name(v->c));
}

/* "12" for 2012 where four figures do not fit. */
static const char *short_category(const struct course *t, size_t i, bool shorten)
{
    const char *s = category(t, i);
    return shorten && year_of(s) && i > 0 && i + 1 < t->n ? s + 2 : s;
}

static double nearest_points(const struct course *t)
{
    double least = t->x1 - t->x0;
    for (size_t i = 1; i < t->n; i++)
        least = fmin(least, x_of(t, i) - x_of(t, i - 1));
    return least;
}

static bool categories_fit(struct canvas *v, const struct course *t, struct pen p, bool shorten)
{
    for (size_t i = 1; i < t->n; i++) {
        double a = text_width(v, p, short_category(t, i - 1, shorten));
        double b = text_width(v, pen_bold(v, p), short_category(t, i, shorten));
        if ((a + b) / 2 + 0.35 * v->small > x_of(t, i) - x_of(t, i - 1))
            return false;
    }
    return true;
}

/* Years under the plot, totals under the years; first and last always, the
 * others as far as they fit. */
static void put_categories(struct canvas *v, const struct course *t)
{
    bool totals = has_totals(v->c), shorten = false;
    struct pen p = pen_number(pen_small(v));
    double base = v->h - 0.3 * v->small - (totals ? 1.25 * v->small : 0);
    size_t *order = arena_array(v->a, size_t, t->n + 1);
    size_t n = 0;
    shorten = !categories_fit(v, t, p, false);
    size_t told = told_point(&v->c->series[0]);
    order[n++] = t->n - 1;
    if (told + 1 < t->n)
        order[n++] = told;
    for (size_t i = 0; i + 1 < t->n; i++)
        if (i != told)
            order[n++] = i;
    for (size_t k = 0; k < n; k++) {
        size_t i = order[k];
        struct pen own = i == told ? pen_bold(v, pen_colored(p, v->look->ink)) : p;
        const char *text = text_fit(v, own, short_category(t, i, shorten), v->w / 3);
        double half = text_width(v, own, text) / 2;
        half += 0.1 * v->small + 0.01;
        double x = fmin(fmax(x_of(t, i), half), v->w - half);
        if (area_free(v, area_widened(text_area(v, own, x, base, AT_MIDDLE, text), 0.1 * v->small)))
            text_put(v, own, x, base, AT_MIDDLE, text);
    }
    for (size_t k = 0; totals && k < n; k++) {
        const struct chart_point *q = at_category(v->c, 0, order[k]);
        if (!q || !isfinite(q->of))
            continue;
        const char *text = number_text(v->a, q->of);
        double half = text_width(v, p, text) / 2 + 0.1 * v->small + 0.01;
        double x = fmin(fmax(x_of(t, order[k]), half), v->w - half);
        struct area a = text_area(v, p, x, v->h - 0.3 * v->small, AT_MIDDLE, text);
        if (area_free(v, area_widened(a, 0.1 * v->small)))
            text_put(v, p, x, v->h - 0.3 * v->small, AT_MIDDLE, text);
    }
}

/* Pieces of line ------------------------------------------------------------ */

static bool joined(const struct canvas *v, const struct course *t, size_t s, size_t i)
{
    const struct chart_point *a = i ? at_category(v->c, s, i - 1) : NULL, *b = at_category(v->c, s, i);
    if (!drawable(a) || !drawable(b) || b->cut)
        return false;
    return !t->stride || year_of(category(t, i)) - year_of(category(t, i - 1)) == t->stride;
}

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

static double cut_x(const struct course *t, size_t i)
{
    return (x_of(t, i - 1) + x_of(t, i)) / 2;
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

static void place_labels(struct canvas *v, struct course *t)
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

static void put_ends(struct canvas *v, const struct course *t)
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

/* Drawing ------------------------------------------------------------------- */

static void draw_guides(struct canvas *v, const struct course *t)
{
    size_t last = guide_count(t);
    for (size_t i = 0; i <= last; i++) {
        double value = i == last && v->c->reversed ? t->axis.hi : guide_value(t, i), y = y_of(v, t, value);
        if (i == 0 || i == last)
            line(v, t->x0, y, t->x1, y, 0.4, v->look->light);
        else
            line_dotted(v, t->x0, y, t->x1, y, 0.4, v->look->light);
    }
    for (size_t i = 1; i < t->n; i++) {
        const struct chart_point *p = at_category(v->c, 0, i);
        if (p && p->cut)
            line_dotted(v, cut_x(t, i), t->y0, cut_x(t, i), t->y1, 0.6, v->look->grey);
    }
}

static void place_references(struct canvas *v, struct course *t)
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

static void stroke_style(const struct canvas *v, size_t s, struct mark *m)
{
    static const struct { double width, dash[2]; } styles[] = {
        { 1.6, { 0, 0 } }, { 1, { 3, 1.8 } }, { 1, { 1, 1.6 } }, { 0.8, { 0, 0 } }, { 0.8, { 5, 1.5 } },
    };
    const struct color colors[] = { v->look->accent, v->look->ink, v->look->grey, v->look->grey, v->look->accent2 };
    size_t k = s % (sizeof styles / sizeof *styles);
    m->u.path.stroke = true;
    m->u.path.round = k == 0;
    m->u.path.width = v->c->type == CHART_SPARKLINE ? 0.9 : styles[k].width;
    m->u.path.dash[0] = styles[k].dash[0];
    m->u.path.dash[1] = styles[k].dash[1];
    m->u.path.stroke_color = v->c->series[s].color ? *v->c->series[s].color : colors[k];
}

static void draw_line(struct canvas *v, const struct course *t, size_t s)
{
    const struct chart_series *series = &v->c->series[s];
    struct mark *mark;
    size_t n = 0;
    struct path_step *steps = path(v, 2 * series->n + 1, &mark);
    for (size_t i = 1; i < series->n; i++) {
        if (!joined(v, t, s, i))
            continue;
        if (!joined(v, t, s, i - 1)) {
            steps[n].op = PATH_MOVE;
            steps[n].x[0] = x_of(t, i - 1);
            steps[n++].y[0] = y_of(v, t, series->points[i - 1].value);
        }
        steps[n].op = PATH_LINE;
        steps[n].x[0] = x_of(t, i);
        steps[n++].y[0] = y_of(v, t, series->points[i].value);
    }
    mark->u.path.n = n;
    stroke_style(v, s, mark);
    if (!n)
        v->m->n--;
}

static double radius_of(const struct canvas *v, size_t s, bool told)
{
    if (v->c->type == CHART_SPARKLINE)
        return fmin(told ? 0.75 * MM : 0.5 * MM, v->h / 4);
    return s ? 0.5 * MM : told ? TOLD_RADIUS : RADIUS;
}

/* The first line has a dot for each value as far as dots do not run together;
 * the others, and sparklines, only where a value stands alone. */
static void draw_points(struct canvas *v, const struct course *t, size_t s)
{
    const struct chart_series *series = &v->c->series[s];
    size_t told = v->c->type == CHART_SPARKLINE ? last_drawable(series) : told_point(series);
    bool all = s == 0 && v->c->type != CHART_SPARKLINE && nearest_points(t) > 2.4 * RADIUS;
    for (size_t i = 0; i < series->n; i++) {
        const struct chart_point *p = &series->points[i];
        bool alone = !joined(v, t, s, i) && !(i + 1 < series->n && joined(v, t, s, i + 1));
        if (!drawable(p) || !(all || alone || (s == 0 && i == told)))
            continue;
        double r = radius_of(v, s, s == 0 && i == told);
        struct color color = series->color ? *series->color : s ? v->look->grey : v->look->accent;
        if (p->end != END_EXACT || p->old)
            marks_circle(v->m, v->a, v->node, x_of(t, i), y_of(v, t, p->value), r - 0.4, &WHITE, &color, 0.8);
        else
            marks_circle(v->m, v->a, v->node, x_of(t, i), y_of(v, t, p->value), r, &color, NULL, 0);
    }
}

static void draw_plot(struct canvas *v, const struct course *t)
{
    draw_guides(v, t);
    for (size_t i = 0; i < v->c->n_references; i++)
        if (isfinite(v->c->references[i].value)) {
            double y = y_of(v, t, v->c->references[i].value);
            line(v, t->x0, y, t->x1, y, 0.7, v->look->ink);
        }
    for (size_t i = 0; i < t->n_labels; i++) {
        struct area a = t->labels[i].area;
        if (a.x1 > t->x1 - 4 && a.x1 < t->x1 + 0.5) /* no stray end of a guide behind it */
            a.x1 = fmin(t->x1 + 0.5, v->w);
        rect(v, a.x0, a.y0, a.x1 - a.x0, a.y1 - a.y0, WHITE);
    }
    for (size_t s = v->c->n_series; s-- > 0;)
        draw_line(v, t, s);
    for (size_t s = v->c->n_series; s-- > 0;)
        draw_points(v, t, s);
    for (size_t i = 0; i < t->n_labels; i++)
        text_put(v, t->labels[i].pen, t->labels[i].x, t->labels[i].y, AT_START, t->labels[i].text);
}

static void find_longest(const struct chart_spec *c, struct course *t)
{
    t->longest = &c->series[0];
    for (size_t s = 1; s < c->n_series; s++)
        if (c->series[s].n > t->longest->n)
            t->longest = &c->series[s];
    t->n = t->longest->n;
}

bool draw_course(struct canvas *v)
{
    struct course t = { 0 };
    find_longest(v->c, &t);
    if (!any_drawable(v->c)) {
        draw_missing(v, first_point(v->c)->text, (struct area){ 0, 0, v->w, v->h });
        return !v->failed;
    }
    set_years(&t);
    set_axis(v, &t);
    if (!set_plot(v, &t) || v->failed)
        return false;
    put_axis(v, &t);
    put_categories(v, &t);
    put_ends(v, &t);
    place_labels(v, &t);
    place_references(v, &t);
    draw_plot(v, &t);
    return !v->failed;
}

/* Sparkline ------------------------------------------------------------------- */

bool draw_sparkline(struct canvas *v)
{
    struct course t = { 0 };
    struct pen p = pen_number(pen_label(v));
    double r = fmin(0.75 * MM, v->h / 4);
    find_longest(v->c, &t);
    set_years(&t);
    set_axis(v, &t);
    struct range data = { 1, 0 };
    for (size_t i = 0; i < v->c->series[0].n; i++)
        range_add(&data, v->c->series[0].points[i].value);
    size_t last = last_drawable(&v->c->series[0]);
    if (last == v->c->series[0].n) {
        draw_missing(v, v->c->series[0].n ? v->c->series[0].points[0].text : NULL,
                     (struct area){ 0, 0, v->w, v->h });
        return !v->failed;
    }
    t.axis.lo = isfinite(v->c->min) ? v->c->min : data.lo;
    t.axis.hi = isfinite(v->c->max) ? v->c->max : data.hi;
    const char *text = v->c->label_values ? point_text(v->a, &v->c->series[0].points[last]) : "";
    double room = *text ? text_width(v, p, text) + 0.5 * v->size : 0;
    t.x1 = v->w - room;
    t.y0 = r + 0.3;
    t.y1 = v->h - r - 0.3;
    t.inset = r + 0.3;
    if (t.x1 < 5 * MM || t.y1 <= t.y0 ||
        (room > 0 && !area_inside(v, text_area(v, p, v->w, text_middle(p, v->h / 2), AT_END, text))))
        return no_room(v, _("a sparkline needs 5 mm beside its value"));
    draw_line(v, &t, 0);
    draw_points(v, &t, 0);
    text_put(v, p, v->w, text_middle(p, v->h / 2), AT_END, text);
    return !v->failed;
}
