/* Paths as content operators, in the shortest word that says the same. */
#include "pdf/canvas.h"
#include "pdf/shapes.h"

#include <math.h>
#include <string.h>

static void set_line(struct canvas *c, double line_width, const double on_off[2], bool round)
{
    long long width = hundredths(line_width);
    long long dash[2] = { hundredths(100 * on_off[0]), hundredths(100 * on_off[1]) };

    if (c->width != width) {
        canvas_put(c, line_width);
        buf_str(c->out, "w\n");
        c->width = width;
    }
    if (c->dash[0] != dash[0] || c->dash[1] != dash[1]) {
        buf_char(c->out, '[');
        for (int i = 0; i < 2 && (dash[0] > 0 || dash[1] > 0); i++) {
            if (i)
                buf_char(c->out, ' ');
            objects_put_fixed(c->out, dash[i], 4);
        }
        buf_str(c->out, "]0 d\n");
        memcpy(c->dash, dash, sizeof dash);
    }
    if (c->round != round)
        buf_str(c->out, round ? "1 J 1 j\n" : "0 J 0 j\n");
    c->round = round;
}

static const double solid[2];

static void put_rectangle(struct canvas *c, double left, double bottom, double width, double height)
{
    canvas_point(c, left, bottom);
    canvas_put(c, width);
    canvas_put(c, height);
    buf_str(c->out, "re\n");
}

static void put_steps(struct canvas *c, const struct path_step *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        static const char *const ops[] = { "m\n", "l\n", "c\n", "h\n" };
        static const int points[] = { 1, 1, 3, 0 };
        if (shape_rectangle(s + i, n - i)) {
            put_rectangle(c, s[i].x[0], s[i].y[0], s[i + 1].x[0] - s[i].x[0], s[i].y[0] - s[i + 2].y[0]);
            i += RECTANGLE_STEPS;
            continue;
        }
        for (int k = 0; k < points[s[i].op]; k++)
            canvas_point(c, s[i].x[k], s[i].y[k]);
        buf_str(c->out, ops[s[i++].op]);
    }
}

/* A line drawn at once. */
static void put_line(struct canvas *c, double x0, double y0, double x1, double y1)
{
    canvas_point(c, x0, y0);
    buf_str(c->out, "m\n");
    canvas_point(c, x1, y1);
    buf_str(c->out, "l\nS\n");
}

/* What is not a rectangle to be filled, or not with the color of those that wait, ends them. */
static void shape_begin(struct canvas *c, bool filled_rectangles, struct color color)
{
    if (c->text || !filled_rectangles || canvas_color(color) != c->fill)
        canvas_text_end(c);
    if (filled_rectangles)
        canvas_fill(c, color);
}

/* A line without length and with round ends (8.4.3.3): a fifth of the bytes of four curves. */
static void draw_disc(struct canvas *c, const struct disc *disc, struct color color)
{
    canvas_text_end(c);
    canvas_stroke(c, color);
    set_line(c, 2 * disc->r, solid, true);
    put_line(c, disc->x, disc->y, disc->x, disc->y);
}

/* Even rungs: a broad line across them, dashed. */
static void draw_dashes(struct canvas *c, const struct mark *m, const struct rungs *r)
{
    const struct path_step *first = m->u.path.steps, *last = first + 2 * (r->n - 1);
    double half = copysign(m->u.path.width / 2, r->apart);
    double x = (first[0].x[0] + first[1].x[0]) / 2, y = (first[0].y[0] + first[1].y[0]) / 2;
    double dash[2] = { m->u.path.width, fabs(r->apart) - m->u.path.width };

    canvas_text_end(c);
    canvas_stroke(c, m->u.path.stroke_color);
    set_line(c, r->upright ? fabs(first[1].y[0] - first[0].y[0]) : fabs(first[1].x[0] - first[0].x[0]), dash, false);
    if (r->upright)
        put_line(c, x - half, y, last[0].x[0] + half, y);
    else
        put_line(c, x, y - half, x, last[0].y[0] + half);
}

/* Others: a rectangle each, half the bytes of a line and its stroke. */
static void draw_rungs(struct canvas *c, const struct mark *m, const struct rungs *r)
{
    double width = m->u.path.width;

    shape_begin(c, true, m->u.path.stroke_color);
    for (size_t i = 0; i < r->n; i++) {
        const struct path_step *a = &m->u.path.steps[2 * i], *b = a + 1;
        if (r->upright)
            put_rectangle(c, a->x[0] - width / 2, fmax(a->y[0], b->y[0]), width, fabs(b->y[0] - a->y[0]));
        else
            put_rectangle(c, fmin(a->x[0], b->x[0]), a->y[0] + width / 2, fabs(b->x[0] - a->x[0]), width);
    }
    c->filling = true;
}

/* True if the path has a shorter word and was drawn with it. */
static bool draw_shape(struct canvas *c, const struct mark *m)
{
    const struct path_step *steps = m->u.path.steps;
    size_t n = m->u.path.n;
    bool fill = m->u.path.fill, stroke = m->u.path.stroke;
    struct disc disc;
    struct rungs rungs;

    if (fill && !stroke && shape_disc(steps, n, &disc)) {
        draw_disc(c, &disc, m->u.path.fill_color);
        return true;
    }
    if (fill || m->u.path.round || m->u.path.dash[0] > 0 || m->u.path.dash[1] > 0 || !shape_rungs(steps, n, &rungs))
        return false;
    if (rungs.even && rungs.n > 3 && fabs(rungs.apart) > m->u.path.width)
        draw_dashes(c, m, &rungs);
    else
        draw_rungs(c, m, &rungs);
    return true;
}

void canvas_path(struct canvas *c, const struct mark *m)
{
    bool fill = m->u.path.fill, stroke = m->u.path.stroke;
    bool plain = fill && !stroke && m->u.path.n == RECTANGLE_STEPS && shape_rectangle(m->u.path.steps, m->u.path.n);

    if (!m->u.path.n || (!fill && !stroke) || draw_shape(c, m))
        return;
    shape_begin(c, plain, m->u.path.fill_color);
    if (fill)
        canvas_fill(c, m->u.path.fill_color);
    if (stroke) {
        canvas_stroke(c, m->u.path.stroke_color);
        set_line(c, m->u.path.width, m->u.path.dash, m->u.path.round);
    }
    if (plain) { /* always in one sense, so that several may be filled at once */
        const struct path_step *s = m->u.path.steps;
        put_rectangle(c, fmin(s[0].x[0], s[2].x[0]), fmax(s[0].y[0], s[2].y[0]), fabs(s[2].x[0] - s[0].x[0]),
                      fabs(s[0].y[0] - s[2].y[0]));
        c->filling = true;
        return;
    }
    put_steps(c, m->u.path.steps, m->u.path.n);
    buf_str(c->out, fill ? stroke ? "B\n" : "f\n" : "S\n");
}
