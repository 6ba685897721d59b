/* The radar: the shape of one index's parts on one scale, own against median.
 *
 * No more than two outlines (areas mislead; three are unreadable).  Labels
 * stand around it with the own value under the name; the radius shrinks by
 * steps until all of them lie within the frame and clear of each other.
 * Fewer than three parts make no shape: they are drawn as bars. */
#include "chart/draw.h"

#include <math.h>
#include <string.h>

#ifndef M_PI
#define M_PI 3.14159265358979323846
#endif
#define LEAST (9 * MM)            /* of the radius */

enum { LINES = 4, MOST_SPOKES = 24 };
struct spoke { double cos, sin; const char *lines[LINES]; size_t n; const char *value; struct area area; };
struct radar {
    struct spoke spokes[MOST_SPOKES];
    size_t n;
    double x, y, r, legend;
    struct range axis;
};

static const struct chart_point *at_spoke(const struct chart_spec *c, size_t s, size_t i)
{
    return i < c->series[s].n ? &c->series[s].points[i] : NULL;
}

static void set_axis(const struct canvas *v, struct radar *t)
{
    struct range r = { 1, 0 };
    range_add(&r, 0);
    for (size_t s = 0; s < v->c->n_series; s++)
        for (size_t i = 0; i < v->c->series[s].n; i++)
            range_add(&r, v->c->series[s].points[i].value);
    if (isfinite(v->c->min))
        r.lo = v->c->min;
    if (isfinite(v->c->max))
        r.hi = v->c->max;
    if (!(r.hi > r.lo))
        r.hi = r.lo + 1;
    t->axis = r;
}

static void at_share(const struct radar *t, size_t i, double s, double *x, double *y)
{
    *x = t->x + t->r * s * t->spokes[i].cos;
    *y = t->y + t->r * s * t->spokes[i].sin;
}

/* Labels ---------------------------------------------------------------------- */

static struct pen value_pen(const struct canvas *v)
{
    struct pen p = pen_number(pen_bold(v, pen_colored(pen_small(v), v->look->ink)));
    return v->c->computed ? pen_italic(v, pen_number(pen_colored(pen_small(v), v->look->ink))) : p;
}

/* The label's anchor beside the spoke's end, by its direction. */
static enum where side(const struct spoke *k)
{
    return fabs(k->cos) < 0.25 ? AT_MIDDLE : k->cos > 0 ? AT_START : AT_END;
}

static double label_room(const struct canvas *v, const struct radar *t, const struct spoke *k)
{
    double x = t->x + (t->r + 1.6 * MM) * k->cos;
    return side(k) == AT_MIDDLE ? 2 * fmin(x, v->w - x) : side(k) == AT_START ? v->w - x : x;
}

static struct area label_area(struct canvas *v, const struct radar *t, struct spoke *k)
{
    double w = 0, h = (double)(k->n + (*k->value != 0)) * 1.26 * v->small, out = t->r + 1.6 * MM;
    for (size_t i = 0; i < k->n; i++)
        w = fmax(w, text_width(v, pen_small(v), k->lines[i]));
    w = fmax(w, text_width(v, value_pen(v), k->value)) + (v->c->computed ? 0.1 * v->small : 0); /* italics lean out */
    double x = t->x + out * k->cos, y = t->y + out * k->sin;
    double left = side(k) == AT_START ? x : side(k) == AT_END ? x - w : x - w / 2;
    double top = y - h / 2 + h / 2 * k->sin;
    return (struct area){ left, top, left + w, top + h };
}

static bool place_label(struct canvas *v, struct radar *t, size_t i)
{
    static const double widths[] = { 34 * MM, 24 * MM, 17 * MM, 12 * MM };
    struct spoke *k = &t->spokes[i];
    const struct chart_point *p = at_spoke(v->c, 0, i);
    const char *label = p && p->label ? p->label : "";
    k->value = !p || !v->c->label_values ? "" : missing(p) && p->text && strlen(p->text) > 6 ? "-" : point_text(v->a, p);
    for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) { /* wide and flat, else narrow and tall */
        double room = fmin(label_room(v, t, k), widths[w]);
        k->n = room > 4 ? text_fits(v, pen_small(v), label, room, k->lines, LINES) : 0;
        if (!k->n && label[strspn(label, " ")])
            continue;
        k->area = label_area(v, t, k);
        if (!area_free(v, k->area))
            continue;
        area_take(v, area_grown(k->area, 0.6));
        return true;
    }
    return false;
}

/* Lines of about one length, within the areas that the labels were given. */
static void even_labels(struct canvas *v, struct radar *t)
{
    for (size_t i = 0; i < t->n; i++) {
        struct spoke *k = &t->spokes[i];
        const struct chart_point *p = at_spoke(v->c, 0, i);
        if (k->n > 1)
            k->n = text_try(v, pen_small(v), p->label, k->area.x1 - k->area.x0 + 0.01, k->lines, LINES);
    }
}

/* The largest radius at which every label has its place above the lowest `below` pt. */
static bool place_all(struct canvas *v, struct radar *t, double below)
{
    size_t kept = v->n_taken;
    double height = v->h - t->legend - below;
    t->x = v->w / 2;
    t->y = t->legend + height / 2;
    for (t->r = fmin(v->w, height) / 2; t->r >= LEAST; t->r -= 1.5) {
        size_t i = 0;
        v->n_taken = kept;
        while (i < t->n && place_label(v, t, i))
            i++;
        if (v->failed)
            return false;
        if (i == t->n) {
            even_labels(v, t);
            return true;
        }
    }
    v->n_taken = kept;
    return false;
}

static void put_labels(struct canvas *v, const struct radar *t)
{
    for (size_t i = 0; i < t->n; i++) {
        const struct spoke *k = &t->spokes[i];
        double x = side(k) == AT_START  ? k->area.x0
                   : side(k) == AT_END ? k->area.x1
                                       : (k->area.x0 + k->area.x1) / 2;
        double y = k->area.y0 + 0.97 * v->small;
        for (size_t l = 0; l < k->n; l++, y += 1.26 * v->small)
            text_put(v, pen_small(v), x, y, side(k), k->lines[l]);
        text_put(v, value_pen(v), x, y, side(k), k->value);
    }
}

/* Shapes ----------------------------------------------------------------------- */

/* One outline; a missing value interrupts it, and takes its fill. */
static void outline(struct canvas *v, const struct radar *t, size_t s, const struct color *fill)
{
    struct mark *mark;
    struct path_step *steps = path(v, 2 * t->n + 2, &mark);
    size_t n = 0, present = 0;
    for (size_t i = 0; i < t->n; i++)
        present += at_spoke(v->c, s, i) && !missing(at_spoke(v->c, s, i));
    bool whole = present == t->n, open = false;
    for (size_t i = 0; i < t->n + !whole; i++) {
        const struct chart_point *p = at_spoke(v->c, s, i % t->n);
        if (!p || missing(p)) {
            open = false;
            continue;
        }
        steps[n].op = open ? PATH_LINE : PATH_MOVE;
        at_share(t, i % t->n, share(p->value, t->axis.lo, t->axis.hi), &steps[n].x[0], &steps[n].y[0]);
        n++;
        open = true;
    }
    if (whole)
        steps[n++].op = PATH_CLOSE;
    mark->u.path.n = n;
    if (n < 2 || (fill && !whole)) {
        v->m->n--;
        return;
    }
    mark->u.path.fill = fill != NULL;
    mark->u.path.fill_color = fill ? *fill : WHITE;
    mark->u.path.stroke = !fill;
    mark->u.path.round = true;
    mark->u.path.width = s ? 0.9 : 1.5;
    mark->u.path.stroke_color = s ? v->look->ink : v->look->accent;
    mark->u.path.dash[0] = s ? 2.5 : 0;
    mark->u.path.dash[1] = s ? 1.8 : 0;
}

static void draw_web(struct canvas *v, const struct radar *t)
{
    for (int ring = 1; ring <= 4; ring++) {
        struct mark *mark;
        struct path_step *steps = path(v, t->n + 1, &mark);
        for (size_t i = 0; i < t->n; i++) {
            steps[i].op = i ? PATH_LINE : PATH_MOVE;
            at_share(t, i, ring / 4.0, &steps[i].x[0], &steps[i].y[0]);
        }
        steps[t->n].op = PATH_CLOSE;
        mark->u.path.stroke = true;
        mark->u.path.width = ring == 4 ? 0.5 : 0.3;
        mark->u.path.stroke_color = ring == 4 ? v->look->light : v->look->pale;
    }
    for (size_t i = 0; i < t->n; i++)
        line(v, t->x, t->y, t->x + t->r * t->spokes[i].cos, t->y + t->r * t->spokes[i].sin, 0.3, v->look->pale);
}

static void draw_dots(struct canvas *v, const struct radar *t)
{
    for (size_t i = 0; i < t->n; i++) {
        const struct chart_point *p = at_spoke(v->c, 0, i);
        double x, y;
        if (!p || missing(p))
            continue;
        at_share(t, i, share(p->value, t->axis.lo, t->axis.hi), &x, &y);
        if (p->end != END_EXACT)
            marks_circle(v->m, v->a, v->node, x, y, 0.7 * MM, &WHITE, &v->look->accent, 0.8);
        else
            marks_circle(v->m, v->a, v->node, x, y, 0.8 * MM, &v->look->accent, NULL, 0);
    }
}

/* What the centre and the rim stand for, said once: in a free corner, else on a line of its own below. */
static bool place_with_note(struct canvas *v, struct radar *t)
{
    struct pen p = pen_number(pen_small(v));
    const char *note = arena_printf(v->a, "tâm %s, vành %s", number_text(v->a, t->axis.lo),
                                    number_text(v->a, t->axis.hi));
    double low = v->h - 0.35 * v->small;
    const struct { double x, y; enum where where; } corners[] = {
        { v->w, low, AT_END }, { 0, low, AT_START }, { v->w, 1.02 * v->small, AT_END }, { 0, 1.02 * v->small, AT_START },
    };
    size_t kept = v->n_taken;
    for (int own_line = 0; own_line < 2; own_line++) {
        v->n_taken = kept;
        if (!place_all(v, t, own_line ? 1.4 * v->small : 0))
            continue;
        for (size_t i = 0; i < sizeof corners / sizeof *corners; i++)
            if (area_free(v, text_area(v, p, corners[i].x, corners[i].y, corners[i].where, note))) {
                text_put(v, p, corners[i].x, corners[i].y, corners[i].where, note);
                return true;
            }
    }
    return no_room(v, _("the labels around the radar do not fit"));
}

static bool too_many(struct canvas *v)
{
    if (v->c->n_series > 2) {
        diag_error(v->d, v->c->at, _("a radar holds two outlines, not %zu"), v->c->n_series);
        diag_expected(v->d, _("two series, or a chart of type bar"));
        return true;
    }
    if (v->c->series[0].n > MOST_SPOKES) {
        diag_error(v->d, v->c->at, _("a radar holds %d parts, not %zu"), MOST_SPOKES, v->c->series[0].n);
        diag_expected(v->d, _("a chart of type bar"));
        return true;
    }
    return false;
}

bool draw_radar(struct canvas *v)
{
    struct radar t = { .n = v->c->series[0].n };
    if (too_many(v))
        return false;
    if (t.n < 3)
        return draw_rows(v);
    if (!any_drawable(v->c)) {
        draw_missing(v, v->c->series[0].points[0].text, (struct area){ 0, 0, v->w, v->h });
        return !v->failed;
    }
    set_axis(v, &t);
    for (size_t i = 0; i < t.n; i++) {
        double angle = -M_PI / 2 + 2 * M_PI * (double)i / (double)t.n;
        t.spokes[i].cos = cos(angle);
        t.spokes[i].sin = sin(angle);
    }
    t.legend = legend_height(v);
    draw_legend(v, 0, 0, SAMPLE_LINE);
    if (!place_with_note(v, &t))
        return false;
    struct color ground = color_mix(v->look->accent3, WHITE, 0.45);
    outline(v, &t, 0, &ground);
    draw_web(v, &t);
    if (v->c->n_series > 1)
        outline(v, &t, 1, NULL);
    outline(v, &t, 0, NULL);
    draw_dots(v, &t);
    put_labels(v, &t);
    return !v->failed;
}
