/* Charts that are a list of rows: bars, bullets, dots, stacked bars, squares.
 *
 * A row is label | bars | word, number, unit.  The label column is as wide as
 * the longest label or as told (then charts under each other align); numbers
 * stand at the comma, their words close before them, units behind in grey.
 * Labels too long for the column take a second line before they are cut. */
#include "chart/draw.h"

#include <math.h>
#include <string.h>

#define LEADING 1.26              /* 12 pt for 9.5 pt: two marks above, a dot below */

enum { LABEL_LINES = 2 };

struct row {
    const char *label[LABEL_LINES];
    size_t lines;
    bool own;
    double y, h;
};
struct rows {
    struct row *rows;
    size_t n;
    double label_w;              /* with the gap after it */
    double x0, x1;               /* where bars are */
    double comma, unit;          /* where whole numbers end, where units start */
    double bar, sub;             /* thickness; from one series' bar to the next */
    double room;                 /* height that ticks and bands may take */
    double top, bottom;
    struct range axis;
};

static const struct chart_point *at_row(const struct chart_spec *c, size_t series, size_t row)
{
    const struct chart_series *s = &c->series[series];
    return row < s->n ? &s->points[row] : NULL;
}

/* Bars of several series lie under each other in a row. (A radar of two parts is drawn so too.) */
static bool is_bars(const struct chart_spec *c)
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

static void draw_label(struct canvas *v, const struct row *r)
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

static struct value value_of(struct canvas *v, const struct chart_point *p)
{
    struct value value = value_split(v->a, point_text(v->a, p));
    if (!*value.whole && is_sign(value.word)) {
        value.whole = value.word;
        value.word = "";
    }
    return value;
}

static struct pen value_pen(const struct canvas *v, const struct chart_point *p)
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

static void draw_value(struct canvas *v, const struct rows *t, const struct chart_point *p, double y)
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

static double at_value(const struct rows *t, double value)
{
    return t->x0 + share(value, t->axis.lo, t->axis.hi) * (t->x1 - t->x0);
}

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

static void draw_bars(struct canvas *v, const struct rows *t, size_t row)
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

static void draw_dots(struct canvas *v, const struct rows *t, size_t row)
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

static void draw_stack(struct canvas *v, const struct rows *t, size_t row)
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

static void measure(struct canvas *v, struct rows *t)
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
    measure(v, &t);
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
    measure(v, &t);
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

/* Squares: one for each thing that could be there, filled for each that is. --- */

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
    measure(v, t);
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
