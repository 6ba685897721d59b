/* Columns over categories: heights from zero, values above, names below.
 * Where values do not fit beside each other, the highest, the lowest and the
 * own keep theirs; where names do not fit even in three lines, it is an error:
 * a list of bars is the chart for them. */
#include "chart/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NAME_LINES = 3 };
struct plot {
    size_t n;
    double x0, y0, x1, y1;
    double band, width;           /* of a category; of one column */
    double legend, names;         /* heights */
    bool shorten;                 /* years in two figures */
    struct range axis;
    double step;
};

static const struct chart_point *at_category(const struct chart_spec *c, size_t s, size_t i)
{
    return i < c->series[s].n ? &c->series[s].points[i] : NULL;
}

static const char *name_of(const struct canvas *v, const struct plot *t, size_t i)
{
    const char *label = NULL;
    for (size_t s = 0; s < v->c->n_series && !label; s++) {
        const struct chart_point *p = at_category(v->c, s, i);
        label = p ? p->label : NULL;
    }
    if (!label)
        return "";
    bool year = strlen(label) == 4 && strspn(label, "0123456789") == 4;
    return t->shorten && year && i > 0 && i + 1 < t->n ? label + 2 : label;
}

static bool own_category(const struct chart_spec *c, size_t i)
{
    const struct chart_point *p = at_category(c, 0, i);
    return p && p->own;
}

static struct pen name_pen(const struct canvas *v, size_t i)
{
    struct pen p = pen_number(pen_small(v));
    return own_category(v->c, i) ? pen_bold(v, pen_colored(p, v->look->ink)) : p;
}

/* Lines that the names need at this band; 0 if a word is wider than its band. */
static size_t name_lines(struct canvas *v, const struct plot *t)
{
    size_t deepest = 1;
    const char *lines[NAME_LINES];
    for (size_t i = 0; i < t->n; i++) {
        const char *name = name_of(v, t, i);
        size_t n = text_try(v, name_pen(v, i), name, t->band - 0.3 * v->small, lines, NAME_LINES);
        if (!n && name[strspn(name, " ")])
            return 0;
        deepest = n > deepest ? n : deepest;
    }
    return deepest;
}

static void set_axis(const struct canvas *v, struct plot *t)
{
    struct range r = { 1, 0 };
    range_add(&r, 0);
    for (size_t s = 0; s < v->c->n_series; s++)
        for (size_t i = 0; i < v->c->series[s].n; i++) {
            range_add(&r, v->c->series[s].points[i].value);
            range_add(&r, v->c->series[s].points[i].target);
        }
    for (size_t i = 0; i < v->c->n_references; i++)
        range_add(&r, v->c->references[i].value);
    t->step = isfinite(v->c->step) && v->c->step > 0 ? v->c->step : nice_step(r.hi - r.lo, 4);
    if (!v->c->label_values) { /* an axis is shown: round ends */
        r.lo = floor(r.lo / t->step + 1e-9) * t->step;
        r.hi = ceil(r.hi / t->step - 1e-9) * t->step;
    }
    if (isfinite(v->c->min))
        r.lo = fmin(v->c->min, 0);
    if (isfinite(v->c->max))
        r.hi = v->c->max;
    if (!(r.hi > r.lo))
        r.hi = r.lo + 1;
    t->axis = r;
}

static double y_of(const struct plot *t, double value)
{
    return t->y1 - share(value, t->axis.lo, t->axis.hi) * (t->y1 - t->y0);
}

static size_t guide_count(const struct plot *t)
{
    double n = (t->axis.hi - t->axis.lo) / t->step;
    return n < 0 || n > 20 ? 0 : (size_t)(n + 1e-6);
}

static double axis_width(struct canvas *v, const struct plot *t)
{
    double w = 0;
    for (size_t i = 0; i <= guide_count(t) && !v->c->label_values; i++)
        w = fmax(w, text_width(v, pen_number(pen_small(v)), number_text(v->a, t->axis.lo + t->step * (double)i)));
    return w > 0 ? w + 0.7 * v->small : 0;
}

static double references_width(struct canvas *v)
{
    double w = 0;
    for (size_t i = 0; i < v->c->n_references; i++)
        if (v->c->references[i].label)
            w = fmax(w, text_width(v, pen_small(v), v->c->references[i].label));
    return w > 0 ? w + 0.7 * v->small : 0;
}

static bool any_open(const struct chart_spec *c)
{
    for (size_t s = 0; s < c->n_series; s++)
        for (size_t i = 0; i < c->series[s].n; i++)
            if (c->series[s].points[i].end == END_OVER || c->series[s].points[i].end == END_AT_LEAST)
                return true;
    return false;
}

static bool measure(struct canvas *v, struct plot *t)
{
    *t = (struct plot){ 0 };
    for (size_t s = 0; s < v->c->n_series; s++)
        t->n = v->c->series[s].n > t->n ? v->c->series[s].n : t->n;
    set_axis(v, t);
    t->x0 = axis_width(v, t);
    t->x1 = v->w - references_width(v);
    t->band = (t->x1 - t->x0) / (double)t->n;
    size_t lines = name_lines(v, t);
    if (!lines) {
        t->shorten = true;
        lines = name_lines(v, t);
    }
    if (!lines || t->band < 2)
        return no_room(v, _("the names under the columns do not fit; a bar chart has room for them"));
    t->width = fmin(t->band * 0.66 / (double)v->c->n_series, 9 * MM);
    t->legend = legend_height(v);
    t->names = 1.26 * v->small * (double)lines + 0.5 * v->small;
    t->y0 = t->legend + (v->c->label_values ? 1.35 * v->size : 0.5 * v->small) + (any_open(v->c) ? 1.4 * MM : 0);
    t->y1 = v->h - t->names - (t->axis.lo < 0 && v->c->label_values ? 1.3 * v->size : 0);
    if (t->y1 - t->y0 < 8 * MM)
        return no_room(v, _("its columns would be lower than 8 mm"));
    return !v->failed;
}

static void draw_axis(struct canvas *v, const struct plot *t)
{
    struct pen p = pen_number(pen_small(v));
    for (size_t i = 0; i <= guide_count(t) && !v->c->label_values; i++) {
        double value = t->axis.lo + t->step * (double)i, y = y_of(t, value);
        if (fabs(value) > t->step / 1e6)
            line_dotted(v, t->x0, y, t->x1, y, 0.4, v->look->light);
        text_put(v, p, t->x0 - 0.7 * v->small, text_middle(p, y), AT_END, number_text(v->a, value));
    }
}

static double column_x(const struct canvas *v, const struct plot *t, size_t s, size_t i)
{
    double group = t->width * (double)v->c->n_series;
    return t->x0 + t->band * ((double)i + 0.5) - group / 2 + t->width * (double)s;
}

static struct color column_color(const struct canvas *v, size_t s, const struct chart_point *p)
{
    if (!p->color && (v->c->n_series > 1 || v->c->series[s].color))
        return series_color(v, s);
    return point_color(v, p);
}

/* The open arrowhead above a column of "trên". */
static void arrowhead_up(struct canvas *v, double x, double y, double w, struct color color)
{
    struct mark *mark;
    struct path_step *s = path(v, 3, &mark);
    double deep = fmin(w / 2, 1 * MM), base = y - 1;
    s[0] = (struct path_step){ .op = PATH_MOVE, .x = { x - deep }, .y = { base } };
    s[1] = (struct path_step){ .op = PATH_LINE, .x = { x }, .y = { base - deep } };
    s[2] = (struct path_step){ .op = PATH_LINE, .x = { x + deep }, .y = { base } };
    mark->u.path.stroke = true;
    mark->u.path.stroke_color = color;
    mark->u.path.width = 1;
}

static void draw_column(struct canvas *v, const struct plot *t, size_t s, size_t i)
{
    const struct chart_point *p = at_category(v->c, s, i);
    double gap = v->c->n_series > 1 ? 0.4 : 0, x = column_x(v, t, s, i) + gap, w = t->width - 2 * gap;
    double zero = y_of(t, 0), y = y_of(t, p->value), top = fmin(zero, y), h = fabs(zero - y);
    struct color color = column_color(v, s, p), ground = color_mix(color, WHITE, 0.72);
    bool pale = color_is_pale(color), below = p->end == END_UNDER || p->end == END_AT_MOST;
    if (p->old)
        rect_boxed(v, x, top, w, h, WHITE, v->look->grey, 0.6);
    else if (pale)
        rect_boxed(v, x, top, w, h, color, v->look->grey, 0.5);
    else
        rect(v, x, top, w, h, color);
    double fuzzy = below ? h : p->end == END_ABOUT ? fmin(h, 2.6 * MM) : 0;
    if (v->c->series[s].pattern > 0 || s > 3)
        fuzzy = h;
    rect(v, x, top, w, fuzzy, ground);
    hatch(v, x, top, w, fuzzy, 0.62 * MM, 0.8, color);
    if (below)
        line(v, x, top + 0.5, x + w, top + 0.5, 1, color);
    if (p->end == END_OVER || p->end == END_AT_LEAST)
        arrowhead_up(v, x + w / 2, top, w, color);
    if (isfinite(p->target))
        rect(v, x - 0.15 * t->width, y_of(t, p->target) - 0.25 * MM, 1.3 * w, 0.5 * MM, v->look->target);
}

static bool put_value(struct canvas *v, const struct plot *t, size_t s, size_t i)
{
    const struct chart_point *p = at_category(v->c, s, i);
    struct pen pen = pen_number(p && p->own ? pen_bold(v, pen_label(v)) : pen_label(v));
    if (!p)
        return true;
    if (v->c->n_series > 1)
        pen.size = v->small;
    const char *text = missing(p) && p->text && strlen(p->text) > 6 ? "-" : point_text(v->a, p);
    double x = column_x(v, t, s, i) + t->width / 2, y = missing(p) ? y_of(t, 0) : y_of(t, p->value);
    double up = p->end == END_OVER || p->end == END_AT_LEAST ? 1.4 * MM : 0;
    double base = !missing(p) && p->value < 0 ? y + 0.95 * pen.size : y - 0.3 * pen.size - up;
    double half = text_width(v, pen, text) / 2;
    if (missing(p))
        pen = pen_colored(pen, v->look->grey);
    x = fmin(fmax(x, half), v->w - half);
    struct area a = text_area(v, pen, x, base, AT_MIDDLE, text);
    if (a.y0 < t->legend) {
        base += t->legend - a.y0;
        a = text_area(v, pen, x, base, AT_MIDDLE, text);
    }
    if (!area_free(v, area_grown(a, 0.2)))
        return false;
    if (v->c->n_references) /* a line behind the figures is interrupted */
        rect(v, a.x0, a.y0, a.x1 - a.x0, fmin(a.y1, y) - a.y0, WHITE);
    text_put(v, pen, x, base, AT_MIDDLE, text);
    return true;
}

static void put_values(struct canvas *v, const struct plot *t)
{
    const struct chart_series *own = &v->c->series[0];
    size_t high = 0, low = 0;
    for (size_t i = 0; i < own->n; i++) {
        if (!missing(&own->points[i]) && !(own->points[i].value <= own->points[high].value))
            high = i;
        if (!missing(&own->points[i]) && !(own->points[i].value >= own->points[low].value))
            low = i;
    }
    for (int pass = 0; pass < 2; pass++)
        for (size_t s = 0; s < v->c->n_series; s++)
            for (size_t i = 0; i < t->n; i++) {
                bool first = s == 0 && (own_category(v->c, i) || i == high || i == low);
                if (first == (pass == 0))
                    put_value(v, t, s, i);
            }
}

static void put_names(struct canvas *v, const struct plot *t)
{
    const char *lines[NAME_LINES];
    double top = v->h - t->names + 0.3 * v->small;
    for (size_t i = 0; i < t->n; i++) {
        struct pen p = name_pen(v, i);
        size_t n = text_wrap(v, p, name_of(v, t, i), t->band - 0.3 * v->small, lines, NAME_LINES);
        for (size_t k = 0; k < n; k++)
            text_put(v, p, t->x0 + t->band * ((double)i + 0.5), top + (0.85 + 1.26 * (double)k) * v->small, AT_MIDDLE,
                     lines[k]);
    }
}

static void draw_references(struct canvas *v, const struct plot *t)
{
    struct pen p = pen_small(v);
    for (size_t i = 0; i < v->c->n_references; i++) {
        const struct chart_reference *r = &v->c->references[i];
        if (!isfinite(r->value))
            continue;
        double y = y_of(t, r->value), base = text_middle(p, y);
        line(v, t->x0, y, t->x1, y, 0.7, v->look->ink);
        if (!r->label || !*r->label)
            continue;
        for (int k = 0; k < 20; k++) { /* moved down or up, past the labels already there */
            double moved = base + (k % 2 ? -1 : 1) * ((k + 1) / 2) * 0.65 * v->small;
            if (!area_free(v, text_area(v, p, t->x1 + 0.5 * v->small, moved, AT_START, r->label)))
                continue;
            text_put(v, p, t->x1 + 0.5 * v->small, moved, AT_START, r->label);
            break;
        }
    }
}

bool draw_columns(struct canvas *v)
{
    struct plot t;
    if (!any_drawable(v->c)) {
        draw_missing(v, first_point(v->c)->text, (struct area){ 0, 0, v->w, v->h });
        return !v->failed;
    }
    if (!measure(v, &t))
        return false;
    draw_legend(v, 0, 0, SAMPLE_BAR);
    draw_axis(v, &t);
    for (size_t s = 0; s < v->c->n_series; s++)
        for (size_t i = 0; i < t.n; i++) {
            const struct chart_point *p = at_category(v->c, s, i);
            if (p && !missing(p))
                draw_column(v, &t, s, i);
        }
    line(v, t.x0, y_of(&t, 0), t.x1, y_of(&t, 0), 0.5, v->look->grey);
    put_names(v, &t);
    draw_references(v, &t);
    if (v->c->label_values)
        put_values(v, &t);
    return !v->failed;
}
