/* Values over years: the course of a rank (trend), lines, the sparkline.
 *
 * Labels first: everything outside the plot is put, then each point's label
 * looks for a place that no line, dot, label or upright crosses (above peaks,
 * below valleys, judged within the piece of line between two cuts), the telling
 * points before the others; what finds none is left out, its dot remains.
 * Then guides, white halos, lines, dots and labels are drawn in this order. */
#include "chart/course.h"

#include <math.h>

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
    course_years(&t);
    course_axis(v, &t);
    if (!course_plot(v, &t) || v->failed)
        return false;
    course_guides(v, &t);
    course_categories(v, &t);
    course_ends(v, &t);
    course_labels(v, &t);
    course_references(v, &t);
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
    course_years(&t);
    course_axis(v, &t);
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
