/* Charts that are a list of rows: where rows, labels, values and references stand.
 *
 * A row is label | bars | word, number, unit.  The label column is as wide as
 * the longest label or as told (then charts under each other align); numbers
 * stand at the comma, their words close before them, units behind in grey.
 * Labels too long for the column take a second line before they are cut. */
#include "chart/rows.h"

#include <math.h>

#define LEADING 1.26              /* 12 pt for 9.5 pt: two marks above, a dot below */

const struct chart_point *at_row(const struct chart_spec *c, size_t series, size_t row)
{
    const struct chart_series *s = &c->series[series];
    return row < s->n ? &s->points[row] : NULL;
}

/* Bars of several series lie under each other in a row. (A radar of two parts is drawn so too.) */
bool is_bars(const struct chart_spec *c)
{
    return c->type != CHART_DOT && c->type != CHART_STACKED && c->type != CHART_SQUARES;
}

/* Labels ------------------------------------------------------------------ */

static const char *row_label(const struct chart_spec *c, size_t row, bool *own)
{
    const char *label = "";
    *own = false;
    for (size_t s = 0; s < c->n_series; s++) {
        const struct chart_point *p = at_row(c, s, row);
        if (p && p->label && *p->label && !*label)
            label = p->label;
        *own |= p && p->own;
    }
    return label;
}

static struct pen label_pen(const struct canvas *v, const struct row *r)
{
    return r->own ? pen_bold(v, pen_label(v)) : pen_label(v);
}

static void set_labels(struct canvas *v, struct rows *t)
{
    double widest = 0, gap = 0.8 * v->size, limit = fmax(fmin(v->w * 0.55, t->x1 - 14 * MM), 8 * MM);
    t->rows = arena_array(v->a, struct row, t->n);
    for (size_t i = 0; i < t->n; i++) {
        const char *label = row_label(v->c, i, &t->rows[i].own);
        widest = fmax(widest, text_width(v, label_pen(v, &t->rows[i]), label));
    }
    double width = v->c->label_width > 0 ? fmin(v->c->label_width, v->w * 0.8) - gap : fmin(widest, limit);
    t->label_w = widest > 0 || v->c->label_width > 0 ? fmax(width, 0) + gap : 0;
    for (size_t i = 0; i < t->n; i++) {
        struct row *r = &t->rows[i];
        bool own;
        r->lines = text_wrap(v, label_pen(v, r), row_label(v->c, i, &own), width, r->label, LABEL_LINES);
    }
}

void draw_label(struct canvas *v, const struct row *r)
{
    struct pen p = label_pen(v, r);
    double leading = LEADING * v->size;
    double first = r->y + r->h / 2 - leading * ((double)r->lines - 1) / 2;
    for (size_t k = 0; k < r->lines; k++)
        text_put(v, p, 0, text_middle(p, first + leading * (double)k), AT_START, r->label[k]);
}

/* Values ------------------------------------------------------------------ */

/* A missing value's sign or words: a single sign stands where units digits do. */
static bool is_sign(const char *text)
{
    size_t letters = 0;
    for (const char *s = text; *s; s++)
        letters += (*s & 0xC0) != 0x80;
    return letters <= 3;
}

struct value value_of(struct canvas *v, const struct chart_point *p)
{
    struct value value = value_split(v->a, point_text(v->a, p));
    if (!*value.whole && is_sign(value.word)) {
        value.whole = value.word;
        value.word = "";
    }
    return value;
}

struct pen value_pen(const struct canvas *v, const struct chart_point *p)
{
    struct pen pen = pen_number(p->own ? pen_bold(v, pen_label(v)) : pen_label(v));
    return missing(p) || p->old ? pen_colored(pen, v->look->grey) : pen;
}

static void set_values(struct canvas *v, struct rows *t)
{
    double left = 0, right = 0, unit = 0;
    for (size_t s = 0; s < v->c->n_series; s++)
        for (size_t i = 0; i < v->c->series[s].n; i++) {
            const struct chart_point *p = &v->c->series[s].points[i];
            struct value value = value_of(v, p);
            struct pen pen = value_pen(v, p);
            if (missing(p) && !*value.whole)
                continue; /* words, which stand in the place of the bar */
            double word = text_width(v, pen_small(v), value.word);
            left = fmax(left, text_width(v, pen, value.whole) + (word > 0 ? word + 0.3 * v->size : 0));
            right = fmax(right, text_width(v, pen, value.part));
            unit = fmax(unit, text_width(v, pen_small(v), value.unit));
        }
    t->unit = v->w - unit;
    t->comma = t->unit - right - (unit > 0 ? 0.2 * v->size : 0);
    t->x1 = t->comma - left - 2.4 * MM; /* room for an arrowhead */
}

void draw_value(struct canvas *v, const struct rows *t, const struct chart_point *p, double y)
{
    struct value value = value_of(v, p);
    struct pen pen = value_pen(v, p), small = pen_small(v);
    if (missing(p) && !*value.whole) {
        text_put(v, small, t->x0, text_middle(small, y), AT_START, text_fit(v, small, value.word, v->w - t->x0));
        return;
    }
    double base = text_middle(pen, y), start = t->comma - text_width(v, pen, value.whole);
    text_put(v, pen, t->comma, base, AT_END, value.whole);
    text_put(v, pen, t->comma, base, AT_START, value.part);
    text_put(v, small, start - 0.3 * v->size, base, AT_END, value.word);
    text_put(v, small, fmax(t->comma + text_width(v, pen, value.part), t->unit), base, AT_START, value.unit);
}

/* The axis ---------------------------------------------------------------- */

static double stacked_sum(const struct chart_spec *c, size_t row)
{
    double sum = 0;
    for (size_t s = 0; s < c->n_series; s++) {
        const struct chart_point *p = at_row(c, s, row);
        if (p && p->value > 0 && isfinite(p->value))
            sum += p->value;
    }
    return sum;
}

static void set_axis(struct canvas *v, struct rows *t)
{
    const struct chart_spec *c = v->c;
    struct range r = { 1, 0 };
    if (c->type != CHART_DOT)
        range_add(&r, 0); /* bars are lengths: they start at nothing */
    for (size_t i = 0; i < t->n; i++) {
        if (c->type == CHART_STACKED)
            range_add(&r, stacked_sum(c, i));
        for (size_t s = 0; s < c->n_series && c->type != CHART_STACKED; s++) {
            const struct chart_point *p = at_row(c, s, i);
            if (!p)
                continue;
            range_add(&r, p->value);
            range_add(&r, p->target);
            range_add(&r, p->median);
            range_add(&r, p->q1);
            range_add(&r, p->q3);
        }
    }
    for (size_t i = 0; i < c->n_references; i++)
        range_add(&r, c->references[i].value);
    if (c->type == CHART_DOT && r.lo == r.hi) { /* one value: in the middle */
        double around = r.lo != 0 ? fabs(r.lo) / 10 : 1;
        r = (struct range){ r.lo - around, r.hi + around };
    }
    if (isfinite(c->min))
        r.lo = c->type == CHART_DOT ? c->min : fmin(c->min, 0);
    if (isfinite(c->max))
        r.hi = c->max;
    if (!(r.hi > r.lo))
        r.hi = r.lo + 1;
    t->axis = r;
}

double at_value(const struct rows *t, double value)
{
    return t->x0 + share(value, t->axis.lo, t->axis.hi) * (t->x1 - t->x0);
}

/* References --------------------------------------------------------------- */

static bool labelled(const struct chart_reference *r)
{
    return r->label && *r->label;
}

static double references_height(struct canvas *v)
{
    double h = 0;
    for (size_t i = 0; i < v->c->n_references; i++)
        if (labelled(&v->c->references[i]) && isfinite(v->c->references[i].value))
            h += 1.25 * v->small;
    return h;
}

/* Each label on a line of its own above the rows, as near to its line as the frame allows. */
static void draw_references(struct canvas *v, const struct rows *t)
{
    struct pen p = pen_small(v);
    double y = t->top - references_height(v);
    for (size_t i = 0; i < v->c->n_references; i++) {
        const struct chart_reference *r = &v->c->references[i];
        if (!isfinite(r->value))
            continue;
        double x = at_value(t, r->value), from = t->top;
        if (labelled(r)) {
            const char *text = text_fit(v, p, r->label, v->w);
            double half = text_width(v, p, text) / 2;
            text_put(v, p, fmin(fmax(x, half), v->w - half), y + 0.95 * v->small, AT_MIDDLE, text);
            y += 1.25 * v->small;
            from = y;
        }
        line_dotted(v, x, from, x, t->bottom, 0.6, v->look->grey);
    }
}

/* The whole ---------------------------------------------------------------- */

/* Dots and arrowheads at the ends of the axis stay within the frame. */
static void inset_marks(const struct chart_spec *c, struct rows *t)
{
    bool stacked = c->type == CHART_STACKED;
    double dot_room = 1.5 * MM, arrow_room = c->label_values && !stacked ? 0 : 2.4 * MM;
    if (c->type == CHART_DOT) {
        t->x0 += dot_room;
        t->x1 -= dot_room;
    }
    for (size_t s = 0; s < c->n_series && (is_bars(c) || stacked); s++)
        for (size_t i = 0; i < c->series[s].n; i++)
            if (c->series[s].points[i].end == END_OVER || c->series[s].points[i].end == END_AT_LEAST) {
                t->x1 -= arrow_room;
                arrow_room = 0;
            }
}

void rows_measure(struct canvas *v, struct rows *t)
{
    const struct chart_spec *c = v->c;
    *t = (struct rows){ 0 };
    for (size_t s = 0; s < c->n_series; s++)
        t->n = c->series[s].n > t->n ? c->series[s].n : t->n;
    t->x1 = v->w;
    if (c->label_values && c->type != CHART_STACKED && c->type != CHART_SQUARES)
        set_values(v, t);
    set_labels(v, t);
    t->x0 = t->label_w;
    inset_marks(c, t);
    double usual = c->type == CHART_STACKED ? 1.15 * v->small : c->type == CHART_BULLET ? 1.5 * MM : 2 * MM;
    t->bar = c->bar > 0 ? c->bar : usual;
    bool grouped = c->n_series > 1 && is_bars(c);
    t->sub = fmax(t->bar + 0.5 * MM, c->label_values ? 1.2 * v->size : 0);
    double own = grouped ? t->sub * (double)c->n_series + 0.45 * v->size : 0;
    double pitch = fmax(fmax(1.39 * v->size, t->bar + 2), own);
    t->top = legend_height(v) + references_height(v);
    t->bottom = t->top;
    for (size_t i = 0; i < t->n; i++) {
        t->rows[i].y = t->bottom;
        t->rows[i].h = fmax(pitch, (double)t->rows[i].lines * LEADING * v->size + 0.2 * v->size);
        t->bottom += t->rows[i].h;
    }
}

double rows_height(struct canvas *v)
{
    struct rows t;
    rows_measure(v, &t);
    return t.bottom;
}

/* Rows share the frame's height: spread a little where there is more, closer where there is less. */
static bool spread(struct canvas *v, struct rows *t)
{
    double natural = t->bottom - t->top, room = v->h - t->top;
    double k = natural > 0 ? fmin(room / natural, 1.5) : 1, y = t->top;
    double least = fmax(t->bar, v->c->type == CHART_DOT ? 2.9 * MM : 0);
    for (size_t i = 0; i < t->n; i++) {
        struct row *r = &t->rows[i];
        double bars = t->sub * (double)(v->c->n_series > 1 && is_bars(v->c) ? v->c->n_series : 0);
        r->y = y;
        r->h *= k;
        y += r->h;
        t->room = i ? fmin(t->room, r->h) : r->h;
        double text = r->lines ? LEADING * (double)r->lines : v->c->label_values ? 0.9 : 0;
        if (r->h < fmax(fmax(least, bars), text * v->size) - 0.01)
            return no_room(v, _("the rows do not fit; give it more height or fewer rows"));
    }
    t->bottom = y;
    if (is_bars(v->c) && v->c->n_series > 1)
        t->room = fmin(t->room, t->sub);
    return true;
}

bool draw_rows(struct canvas *v)
{
    struct rows t;
    rows_measure(v, &t);
    if (v->failed || !spread(v, &t))
        return false;
    if (t.x1 - t.x0 < 8 * MM)
        return no_room(v, _("labels and values leave less than 8 mm for the bars"));
    set_axis(v, &t);
    draw_legend(v, 0, 0, v->c->type == CHART_DOT ? SAMPLE_DOT : SAMPLE_BAR);
    draw_references(v, &t);
    if (t.axis.lo < 0)
        line(v, at_value(&t, 0), t.top, at_value(&t, 0), t.bottom, 0.5, v->look->grey);
    for (size_t i = 0; i < t.n; i++) {
        draw_label(v, &t.rows[i]);
        switch (v->c->type) {
        case CHART_DOT: draw_dots(v, &t, i); break;
        case CHART_STACKED: draw_stack(v, &t, i); break;
        default: draw_bars(v, &t, i);
        }
    }
    return !v->failed;
}
