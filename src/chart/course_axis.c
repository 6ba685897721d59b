/* A course's axes: years at their distances, round guides or ranks, and what stands around the plot. */
#include "chart/course.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const struct chart_point *at_category(const struct chart_spec *c, size_t s, size_t i)
{
    return i < c->series[s].n ? &c->series[s].points[i] : NULL;
}

const char *category(const struct course *t, size_t i)
{
    const char *label = t->longest->points[i].label;
    return label ? label : "";
}

bool drawable(const struct chart_point *p)
{
    return p && !missing(p);
}

size_t last_drawable(const struct chart_series *s)
{
    for (size_t i = s->n; i-- > 0;)
        if (drawable(&s->points[i]))
            return i;
    return s->n;
}

/* The point that the card speaks of: large and bold. The last own one, else the last. */
size_t told_point(const struct chart_series *s)
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
void course_years(struct course *t)
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

double x_of(const struct course *t, size_t i)
{
    double a = t->x0 + t->inset, b = t->x1 - t->inset;
    if (t->n < 2)
        return (a + b) / 2;
    if (t->stride)
        return a + (b - a) * (year_of(category(t, i)) - t->year0) / (t->year1 - t->year0);
    return a + (b - a) * (double)i / (double)(t->n - 1);
}

double y_of(const struct canvas *v, const struct course *t, double value)
{
    double s = share(value, t->axis.lo, t->axis.hi);
    return v->c->reversed ? t->y0 + s * (t->y1 - t->y0) : t->y1 - s * (t->y1 - t->y0);
}

/* Ranks: 1 to the largest total; values: round limits around the data. */
void course_axis(const struct canvas *v, struct course *t)
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

size_t guide_count(const struct course *t)
{
    double n = (t->axis.hi - t->axis.lo) / t->step;
    return n < 1 ? 1 : (size_t)(n + 1e-6);
}

double guide_value(const struct course *t, size_t i)
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

bool course_plot(struct canvas *v, struct course *t)
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

void course_guides(struct canvas *v, const struct course *t)
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

double nearest_points(const struct course *t)
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
void course_categories(struct canvas *v, const struct course *t)
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

bool joined(const struct canvas *v, const struct course *t, size_t s, size_t i)
{
    const struct chart_point *a = i ? at_category(v->c, s, i - 1) : NULL, *b = at_category(v->c, s, i);
    if (!drawable(a) || !drawable(b) || b->cut)
        return false;
    return !t->stride || year_of(category(t, i)) - year_of(category(t, i - 1)) == t->stride;
}

double cut_x(const struct course *t, size_t i)
{
    return (x_of(t, i - 1) + x_of(t, i)) / 2;
}
