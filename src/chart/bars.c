/* What stands in a row: bars and bullets, dots, stacked parts.  A value that is not exact is
 * drawn so: hatched where it may end, an open arrowhead where it goes on. */
#include "chart/rows.h"

#include <math.h>
#include <string.h>

/* Bars -------------------------------------------------------------------- */

static struct color bar_color(const struct canvas *v, size_t series, const struct chart_point *p)
{
    if (!p->color && (v->c->n_series > 1 || v->c->series[series].color))
        return series_color(v, series);
    return point_color(v, p);
}

static void open_arrowhead(struct canvas *v, double x, double y, double h, struct color color)
{
    struct mark *mark;
    double x0 = x + 0.35 * MM + 0.5, deep = h / 2;
    rect(v, x, y - 0.5, x0 + deep - x, 1, WHITE); /* the track begins behind it */
    struct path_step *s = path(v, 3, &mark);
    s[0] = (struct path_step){ .op = PATH_MOVE, .x = { x0 }, .y = { y - h / 2 } };
    s[1] = (struct path_step){ .op = PATH_LINE, .x = { x0 + deep }, .y = { y } };
    s[2] = (struct path_step){ .op = PATH_LINE, .x = { x0 }, .y = { y + h / 2 } };
    mark->u.path.stroke = true;
    mark->u.path.stroke_color = color;
    mark->u.path.width = 1;
}

static void hatched(struct canvas *v, double x0, double x1, double y, double h, struct color color)
{
    struct color ground = color_mix(color, WHITE, 0.72);
    rect(v, x0, y - h / 2, x1 - x0, h, ground);
    hatch(v, x0, y - h / 2, x1 - x0, h, 0.62 * MM, 0.8, color);
}

/* White slash near the end of a bar that is longer than the axis. */
static void broken(struct canvas *v, double x, double y, double h)
{
    line(v, x - 2.2 * MM, y + h / 2, x - 1.2 * MM, y - h / 2, 1.2, WHITE);
}

static bool starts_with(const char *s, const char *prefix)
{
    return s && strncmp(s, prefix, strlen(prefix)) == 0;
}

static void draw_bar(struct canvas *v, const struct rows *t, const struct chart_point *p, struct color color, double y,
                     double h)
{
    double zero = at_value(t, 0), x = at_value(t, p->value), fuzzy = 2.6 * MM;
    double from = fmin(zero, x), to = fmax(zero, x);
    switch (p->end) {
    case END_ABOUT: {
        /* "gần 75" comes near from below, "khoảng 75" lies around it. */
        double end = starts_with(p->text, "gần") ? to : fmin(to + fuzzy / 2, t->x1);
        double start = fmax(from, end - fuzzy);
        rect(v, from, y - h / 2, start - from, h, color);
        hatched(v, start, end, y, h, color);
        break;
    }
    case END_UNDER: case END_AT_MOST:
        /* Anything below is possible: hatched down from the value, closed by a tick. */
        hatched(v, from, to, y, h, color);
        line(v, to, y - h / 2, to, y + h / 2, 1, color);
        break;
    case END_OVER: case END_AT_LEAST:
        rect(v, from, y - h / 2, to - from, h, color);
        open_arrowhead(v, to, y, h, color);
        break;
    case END_EXACT:
        if (p->old)
            rect_boxed(v, from, y - h / 2, to - from, h, WHITE, v->look->grey, 0.6);
        else
            rect(v, from, y - h / 2, to - from, h, color);
        break;
    }
    if (p->value > t->axis.hi && to - from > 4 * MM)
        broken(v, to, y, h);
}

/* The thin line to the end of the axis, where the axis has an end of its own. */
static void draw_track(struct canvas *v, const struct rows *t, double y, double h)
{
    if (!isfinite(v->c->max))
        return;
    line(v, t->x0, y, t->x1, y, 0.35, v->look->light);
    line(v, t->x1, y - h / 2, t->x1, y + h / 2, 0.5, v->look->grey);
}

static void draw_target(struct canvas *v, const struct rows *t, double target, double y)
{
    double h = fmin(3.8 * MM, t->room);
    if (!isfinite(target))
        return;
    double x = fmin(fmax(at_value(t, target), 0.25 * MM), v->w - 0.25 * MM);
    rect(v, x - 0.25 * MM, y - h / 2, 0.5 * MM, h, v->look->target);
}

static void draw_bullet_ground(struct canvas *v, const struct rows *t, const struct chart_point *p, double y)
{
    double h = fmin(3.4 * MM, t->room);
    if (isfinite(p->q1) && isfinite(p->q3)) {
        double a = at_value(t, fmin(p->q1, p->q3)), b = at_value(t, fmax(p->q1, p->q3));
        rect(v, a, y - h / 2, b - a, h, v->look->pale);
    }
}

static void draw_median(struct canvas *v, const struct rows *t, const struct chart_point *p, double y)
{
    double h = fmin(3.4 * MM, t->room), w = 0.35 * MM, casing = 0.25 * MM;
    double edge = w / 2 + casing, x = fmin(fmax(at_value(t, p->median), edge), v->w - edge);
    if (!isfinite(p->median))
        return;
    if (at_value(t, p->value) > x) /* white, where the tick crosses the bar */
        rect(v, x - w / 2 - casing, y - t->bar / 2, w + 2 * casing, t->bar, WHITE);
    rect(v, x - w / 2, y - h / 2, w, h, v->look->ink);
}

void draw_bars(struct canvas *v, const struct rows *t, size_t row)
{
    const struct row *r = &t->rows[row];
    double y = r->y + r->h / 2 - t->sub * (double)(v->c->n_series - 1) / 2;
    for (size_t s = 0; s < v->c->n_series; s++, y += t->sub) {
        const struct chart_point *p = at_row(v->c, s, row);
        if (!p)
            continue;
        if (missing(p)) {
            if (v->c->label_values)
                draw_value(v, t, p, y);
            continue;
        }
        if (v->c->type == CHART_BULLET)
            draw_bullet_ground(v, t, p, y);
        draw_track(v, t, y, t->bar);
        draw_bar(v, t, p, bar_color(v, s, p), y, t->bar);
        if (v->c->n_series > 1 && (v->c->series[s].pattern > 0 || s > 2))
            hatched(v, at_value(t, 0), at_value(t, p->value), y, t->bar, v->look->grey);
        if (v->c->type == CHART_BULLET)
            draw_median(v, t, p, y);
        draw_target(v, t, p->target, y);
        if (v->c->label_values)
            draw_value(v, t, p, y);
    }
}

/* Dots: now full, earlier or the others' hollow, a line between them. -------- */

void draw_dots(struct canvas *v, const struct rows *t, size_t row)
{
    const struct row *r = &t->rows[row];
    double y = r->y + r->h / 2, radius = 1.15 * MM;
    struct range span = { 1, 0 };
    for (size_t s = 0; s < v->c->n_series; s++) {
        const struct chart_point *p = at_row(v->c, s, row);
        if (p)
            range_add(&span, p->value);
    }
    if (span.lo <= span.hi)
        line_dotted(v, t->x0, y, t->x1, y, 0.35, v->look->light);
    if (span.hi > span.lo)
        line(v, at_value(t, span.lo), y, at_value(t, span.hi), y, 0.8, v->look->light);
    for (size_t s = v->c->n_series; s-- > 0;) {
        const struct chart_point *p = at_row(v->c, s, row);
        if (!p || missing(p))
            continue;
        dot(v, at_value(t, p->value), y, radius, p->old || s > 0, point_color(v, p));
    }
    const struct chart_point *p = at_row(v->c, 0, row);
    if (p && v->c->label_values)
        draw_value(v, t, p, y);
}

/* Stacked ----------------------------------------------------------------- */

/* The last part of a row with a value. */
static bool is_last(const struct chart_spec *c, size_t series, size_t row)
{
    for (size_t s = series + 1; s < c->n_series; s++) {
        const struct chart_point *p = at_row(c, s, row);
        if (p && !missing(p) && p->value > 0)
            return false;
    }
    return true;
}

/* A part that is not exact: hatched where it may end; open if nothing follows it. Returns the width that stays plain. */
static double stack_end(struct canvas *v, const struct rows *t, const struct chart_point *p, bool last, double x,
                        double to, double y, struct color fill)
{
    double fuzzy = fmin(2.6 * MM, to - x);
    bool over = p->end == END_OVER || p->end == END_AT_LEAST;
    if (p->end == END_UNDER || p->end == END_AT_MOST)
        fuzzy = to - x;
    if (p->end == END_EXACT || (over && last)) {
        if (over)
            open_arrowhead(v, to, y, t->bar, fill);
        return to - x;
    }
    hatched(v, to - fuzzy, to, y, t->bar - 1, fill);
    return to - x - fuzzy;
}

void draw_stack(struct canvas *v, const struct rows *t, size_t row)
{
    const struct row *r = &t->rows[row];
    double y = r->y + r->h / 2, sum = 0;
    for (size_t s = 0; s < v->c->n_series; s++) {
        const struct chart_point *p = at_row(v->c, s, row);
        if (!p || missing(p) || p->value <= 0)
            continue;
        struct color fill = p->color ? *p->color : series_color(v, s);
        double x = at_value(t, sum), to = at_value(t, sum += p->value);
        bool pale = !color_is_dark(fill);
        rect_boxed(v, x, y - t->bar / 2, to - x, t->bar, fill, pale ? v->look->light : fill, 0.5);
        if (s > 3 || v->c->series[s].pattern > 0)
            hatch(v, x + 0.5, y - t->bar / 2 + 0.5, to - x - 1, t->bar - 1, 1 * MM, 0.4, v->look->light);
        if (x > t->x0)
            line(v, x, y - t->bar / 2, x, y + t->bar / 2, 0.6, WHITE);
        double plain = stack_end(v, t, p, is_last(v->c, s, row), x, to, y, fill);
        struct pen pen = pen_number(pen_colored(pen_small(v), pale ? v->look->ink : WHITE));
        const char *text = point_text(v->a, p);
        if (v->c->label_values && text_width(v, pen, text) + 2 < plain && t->bar >= 0.8 * v->small)
            text_put(v, pen, x + plain / 2, text_middle(pen, y), AT_MIDDLE, text);
    }
    if (!(sum > 0))
        draw_missing(v, NULL, (struct area){ t->x0, r->y, t->x1, r->y + r->h });
}
