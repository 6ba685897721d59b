/* Where one place stands among all: the strip by values, the ladder by ranks.
 * The best is at the right, whatever way the indicator counts. */
#include "chart/draw.h"

#include <math.h>
#include <stdlib.h>

#define DOT (1.15 * MM)           /* radius of the own dot */
#define RING (0.3 * MM)

/* The axis between the notes of its ends. */
struct ends { double x0, x1, y, k; }; /* k: marks are smaller in a low frame, larger in one over 5 mm */

static bool place_ends(struct canvas *v, struct ends *e)
{
    struct pen p = pen_number(pen_small(v));
    const char *notes[2] = { v->c->note_low, v->c->note_high };
    double gap = 0.5 * v->size, room[2] = { 0, 0 };
    e->y = v->h / 2;
    e->k = v->h > 5 * MM ? fmin(1.5, v->h / (5 * MM)) : fmin(1, v->h / (3.4 * MM));
    for (int i = 0; i < 2; i++) {
        if (!notes[i] || !*notes[i])
            continue;
        double own = text_width(v, p, notes[i]);
        room[i] = (v->c->label_width > 0 ? fmax(v->c->label_width, own) : own) + gap;
    }
    e->x0 = room[0] + (DOT + RING) * e->k;
    e->x1 = v->w - room[1] - (DOT + RING) * e->k;
    if (v->h < 2 * MM || (room[0] + room[1] > 0 && v->h < 1.25 * v->small))
        return no_room(v, _("it needs a height of 2 mm, and that of a line for its labels"));
    if (e->x1 - e->x0 < 10 * MM)
        return no_room(v, _("the labels of the ends leave less than 10 mm for the axis"));
    if (room[0] > 0)
        text_put(v, p, room[0] - gap, text_middle(p, e->y), AT_END, notes[0]);
    if (room[1] > 0)
        text_put(v, p, v->w - room[1] + gap, text_middle(p, e->y), AT_START, notes[1]);
    return !v->failed;
}

/* The thin ticks of all places as one path: a card has hundreds of them. */
static void ticks(struct canvas *v, const struct ends *e, const double *x, size_t n, double h)
{
    struct mark *mark;
    struct path_step *s = path(v, 2 * n, &mark);
    for (size_t i = 0; i < n; i++) {
        s[2 * i] = (struct path_step){ .op = PATH_MOVE, .x = { x[i] }, .y = { e->y - h * e->k / 2 } };
        s[2 * i + 1] = (struct path_step){ .op = PATH_LINE, .x = { x[i] }, .y = { e->y + h * e->k / 2 } };
    }
    mark->u.path.stroke = true;
    mark->u.path.width = 0.13 * MM;
    mark->u.path.stroke_color = v->look->light;
}

static void tick(struct canvas *v, const struct ends *e, double x, double w, double h, struct color color)
{
    rect(v, x - w / 2, e->y - h * e->k / 2, w, h * e->k, color);
}

/* Strip -------------------------------------------------------------------- */

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The finite values of the spread, sorted. */
static size_t sorted_spread(struct canvas *v, double **out)
{
    double *s = arena_array(v->a, double, v->c->n_spread);
    size_t n = 0;
    for (size_t i = 0; i < v->c->n_spread; i++)
        if (isfinite(v->c->spread[i]))
            s[n++] = v->c->spread[i];
    qsort(s, n, sizeof *s, by_value);
    *out = s;
    return n;
}

/* Quantile by linear interpolation between closest ranks (Hyndman and Fan's type 7). */
static double quantile(const double *s, size_t n, double q)
{
    if (!n)
        return NAN;
    double at = q * (double)(n - 1);
    size_t i = (size_t)at;
    return i + 1 < n ? s[i] + (at - (double)i) * (s[i + 1] - s[i]) : s[i];
}

static double told(double told_value, double computed)
{
    return isfinite(told_value) ? told_value : computed;
}

static double strip_x(const struct canvas *v, const struct ends *e, struct range axis, double value)
{
    double s = share(value, axis.lo, axis.hi);
    return e->x0 + (v->c->reversed ? 1 - s : s) * (e->x1 - e->x0);
}

static struct range strip_axis(const struct canvas *v, const double *spread, size_t n)
{
    struct range r = { 1, 0 };
    for (size_t i = 0; i < n; i++)
        range_add(&r, spread[i]);
    for (size_t s = 0; s < v->c->n_series; s++)
        for (size_t i = 0; i < v->c->series[s].n; i++) {
            range_add(&r, v->c->series[s].points[i].low);
            range_add(&r, v->c->series[s].points[i].high);
            if (!n)
                range_add(&r, v->c->series[s].points[i].value);
        }
    r.lo = told(v->c->min, r.lo);
    r.hi = told(v->c->max, r.hi);
    return r;
}

static void draw_distribution(struct canvas *v, const struct ends *e, struct range axis, const double *s, size_t n)
{
    static const struct chart_point none = { .median = NAN, .q1 = NAN, .q3 = NAN };
    const struct chart_point *p = first_point(v->c) ? first_point(v->c) : &none;
    /* A middle half of fewer than eight places says nothing. */
    double q1 = told(p->q1, n >= 8 ? quantile(s, n, 0.25) : NAN);
    double q3 = told(p->q3, n >= 8 ? quantile(s, n, 0.75) : NAN);
    double median = told(p->median, n ? quantile(s, n, 0.5) : NAN);
    if (isfinite(q1) && isfinite(q3)) {
        double a = strip_x(v, e, axis, q1), b = strip_x(v, e, axis, q3);
        rect(v, fmin(a, b), e->y - 1.25 * MM * e->k, fabs(b - a), 2.5 * MM * e->k, v->look->pale);
    }
    double *x = arena_array(v->a, double, n);
    for (size_t i = 0; i < n; i++)
        x[i] = strip_x(v, e, axis, s[i]);
    if (n)
        ticks(v, e, x, n, 1.4 * MM);
    if (isfinite(median))
        tick(v, e, strip_x(v, e, axis, median), 0.35 * MM, 3.4 * MM, v->look->ink);
}

bool draw_strip(struct canvas *v)
{
    struct ends e;
    double *spread;
    size_t n = sorted_spread(v, &spread);
    struct range axis = strip_axis(v, spread, n);
    const struct chart_point *own = first_point(v->c);
    if (!(axis.lo <= axis.hi) || (!n && (!own || missing(own)))) {
        draw_missing(v, own ? own->text : NULL, (struct area){ 0, 0, v->w, v->h });
        return !v->failed;
    }
    if (!place_ends(v, &e))
        return false;
    draw_distribution(v, &e, axis, spread, n);
    for (size_t s = v->c->n_series; s-- > 0;)
        for (size_t i = v->c->series[s].n; i-- > 0;) {
            const struct chart_point *p = &v->c->series[s].points[i];
            if (!missing(p))
                dot(v, strip_x(v, &e, axis, p->value), e.y, DOT * e.k, p->old, point_color(v, p));
        }
    return !v->failed;
}

/* Ladder -------------------------------------------------------------------- */

static double ladder_x(const struct ends *e, double rank, double of)
{
    return e->x1 - share(rank, 1, of) * (e->x1 - e->x0);
}

static bool ranked(const struct chart_point *p)
{
    return !missing(p) && isfinite(p->of) && p->of >= 1;
}

static void draw_rungs(struct canvas *v, const struct ends *e, double of)
{
    /* Ticks closer than 0.45 mm run together in print: then only every so many ranks have one. */
    double room = (e->x1 - e->x0) / (0.45 * MM), every = fmax(1, ceil((of - 1) / room));
    double *x = arena_array(v->a, double, (size_t)room + 2);
    size_t n = 0;
    for (double rank = 1; rank <= of && n < (size_t)room + 2; rank += every)
        x[n++] = of > 1 ? ladder_x(e, rank, of) : e->x1;
    ticks(v, e, x, n, 1.6 * MM);
}

bool draw_ladder(struct canvas *v)
{
    struct ends e;
    double of = 0;
    for (size_t s = 0; s < v->c->n_series; s++)
        for (size_t i = 0; i < v->c->series[s].n; i++) {
            const struct chart_point *p = &v->c->series[s].points[i];
            if (ranked(p) && (of == 0 || !p->old))
                of = p->of;
        }
    if (of == 0) {
        const struct chart_point *p = first_point(v->c);
        draw_missing(v, p && missing(p) ? p->text : NULL, (struct area){ 0, 0, v->w, v->h });
        return !v->failed;
    }
    if (!place_ends(v, &e))
        return false;
    draw_rungs(v, &e, of);
    for (int old = 1; old >= 0; old--) /* the own dot lies over the older one */
        for (size_t s = 0; s < v->c->n_series; s++)
            for (size_t i = 0; i < v->c->series[s].n; i++) {
                const struct chart_point *p = &v->c->series[s].points[i];
                if (ranked(p) && p->old == (old == 1))
                    dot(v, p->of > 1 ? ladder_x(&e, p->value, p->of) : e.x1, e.y, DOT * e.k, p->old, point_color(v, p));
            }
    return !v->failed;
}
