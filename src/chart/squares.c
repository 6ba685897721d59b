/* Squares: one for each thing that could be there, filled for each that is. */
#include "chart/rows.h"

#include <math.h>

struct squares { double side, pitch, count_w; size_t across; };

static struct squares squares_of(struct canvas *v, const struct rows *t)
{
    struct squares q = { .side = 1.75 * MM, .pitch = 2.3 * MM };
    for (size_t i = 0; i < t->n; i++) {
        const struct chart_point *p = at_row(v->c, 0, i);
        if (p && v->c->label_values)
            q.count_w = fmax(q.count_w, text_width(v, pen_number(pen_label(v)), point_text(v->a, p)) + 0.8 * v->size);
    }
    double room = v->w - t->x0 - q.count_w;
    q.across = room > q.pitch ? (size_t)((room + q.pitch - q.side) / q.pitch) : 0;
    return q;
}

static size_t squares_total(const struct chart_point *p)
{
    double total = isfinite(p->of) ? p->of : p->value;
    return total > 0 ? (size_t)fmin(total, 2000) : 0;
}

static double square_lines(struct canvas *v, const struct squares *q, size_t row)
{
    const struct chart_point *p = at_row(v->c, 0, row);
    size_t total = p ? squares_total(p) : 0;
    return q->across ? ceil((double)total / (double)q->across) : 1;
}

static void measure_squares(struct canvas *v, struct rows *t, struct squares *q)
{
    rows_measure(v, t);
    *q = squares_of(v, t);
    t->bottom = t->top;
    for (size_t i = 0; i < t->n; i++) {
        t->rows[i].y = t->bottom;
        t->rows[i].h = fmax(t->rows[i].h, square_lines(v, q, i) * q->pitch + 0.4 * v->size);
        t->bottom += t->rows[i].h;
    }
}

double squares_height(struct canvas *v)
{
    struct rows t;
    struct squares q;
    measure_squares(v, &t, &q);
    return t.bottom;
}

static void draw_count(struct canvas *v, const struct chart_point *p, double end, double y)
{
    /* "7/14": the count dark, what it is of in small grey. */
    struct value value = value_of(v, p);
    struct pen small = pen_number(pen_small(v)), pen = value_pen(v, p);
    double base = text_middle(pen, y);
    text_put(v, small, end, base, AT_END, value.unit);
    text_put(v, pen, end - text_width(v, small, value.unit), base, AT_END, value.whole);
}

bool draw_squares(struct canvas *v)
{
    struct rows t;
    struct squares q;
    measure_squares(v, &t, &q);
    if (v->failed)
        return false;
    if (!q.across || t.bottom > v->h + 0.01)
        return no_room(v, _("the squares do not fit"));
    for (size_t i = 0; i < t.n; i++) {
        const struct row *r = &t.rows[i];
        const struct chart_point *p = at_row(v->c, 0, i);
        double x0 = t.x0 + q.count_w, y0 = r->y + (r->h - square_lines(v, &q, i) * q.pitch) / 2;
        draw_label(v, r);
        if (!p)
            continue;
        if (v->c->label_values)
            draw_count(v, p, x0 - 0.8 * v->size, r->y + r->h / 2);
        for (size_t k = 0; k < squares_total(p); k++) {
            double x = x0 + q.pitch * (double)(k % q.across), y = y0 + q.pitch * (double)(k / q.across);
            y += (q.pitch - q.side) / 2;
            if ((double)k < p->value)
                rect(v, x, y, q.side, q.side, v->look->accent);
            else
                rect_boxed(v, x, y, q.side, q.side, WHITE, v->look->grey, 0.5);
        }
    }
    return !v->failed;
}
