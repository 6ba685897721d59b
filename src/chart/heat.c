/* Quartile cells: shade, and in it the letter or the value, so that a copier
 * loses nothing.  One row without labels is a cell of a table. */
#include "chart/draw.h"

#include <math.h>
#include <string.h>

#define CELL_W (7.9 * MM)
#define CELL_H (3.4 * MM)

enum { HEAD_LINES = 3 };
struct grid {
    size_t rows, columns;
    double label_w, head_h, cell_w, cell_h;
};

static const char *column_label(const struct chart_spec *c, size_t i)
{
    const char *label = i < c->series[0].n ? c->series[0].points[i].label : NULL;
    return label && c->series[0].n > 1 ? label : "";
}

/* Neighbouring heads keep a space between them, unless a word needs all of its column. */
static size_t head_lines(struct canvas *v, const struct grid *g, size_t column, const char **lines)
{
    const char *label = column_label(v->c, column);
    size_t n = text_try(v, pen_small(v), label, g->cell_w - 0.3 * v->small, lines, HEAD_LINES);
    return n ? n : text_wrap(v, pen_small(v), label, g->cell_w, lines, HEAD_LINES);
}

static void measure(struct canvas *v, struct grid *g)
{
    const struct chart_spec *c = v->c;
    const char *lines[HEAD_LINES];
    double widest = 0;
    size_t deepest = 0;
    *g = (struct grid){ .rows = c->n_series };
    for (size_t s = 0; s < c->n_series; s++) {
        g->columns = c->series[s].n > g->columns ? c->series[s].n : g->columns;
        widest = fmax(widest, text_width(v, pen_label(v), c->series[s].label ? c->series[s].label : ""));
    }
    g->label_w = c->label_width > 0 ? fmin(c->label_width, v->w * 0.7)
                 : widest > 0       ? fmin(widest + 0.8 * v->size, v->w * 0.5)
                                    : 0;
    g->cell_w = g->columns ? (v->w - g->label_w) / (double)g->columns : 0;
    for (size_t i = 0; i < g->columns; i++) {
        size_t n = head_lines(v, g, i, lines);
        deepest = n > deepest ? n : deepest;
    }
    g->head_h = deepest ? (double)deepest * 1.26 * v->small + 0.35 * v->small : 0;
    g->cell_h = fmax(CELL_H, 1.32 * (widest > 0 ? v->size : v->small));
}

double heat_height(struct canvas *v)
{
    struct grid g;
    measure(v, &g);
    return g.head_h + (double)g.rows * g.cell_h;
}

static struct color group_color(const struct canvas *v, int group)
{
    const struct color shades[] = { WHITE, v->look->accent, v->look->accent2, v->look->accent3, WHITE };
    return shades[group >= 1 && group <= 4 ? group : 0];
}

static const char *const letters[] = { "", "I", "II", "III", "IV" };

/* Letters are thin: they stand in semibold. */
static bool is_letter(const struct chart_point *p)
{
    return p->group >= 1 && p->group <= 4 && (!p->text || strcmp(p->text, letters[p->group]) == 0);
}

/* The value if it fits, else the group's letter. */
static const char *cell_text(struct canvas *v, const struct chart_point *p, struct pen pen, double w)
{
    const char *letter = p->group >= 1 && p->group <= 4 ? letters[p->group] : "";
    const char *text = p->text ? p->text : *letter ? letter : point_text(v->a, p);
    if (text_width(v, pen, text) <= w - 1.5)
        return text;
    if (*letter && text_width(v, pen, letter) <= w - 1.5)
        return letter;
    no_room(v, _("a cell is too narrow for its value"));
    return "";
}

/* A cell with its white joint of 0.5 pt inside it. */
static void draw_cell(struct canvas *v, const struct chart_point *p, double x, double y, double w, double h)
{
    struct color fill = p->color ? *p->color : group_color(v, p->group);
    bool shaded = p->color || (p->group >= 1 && p->group <= 4), dark = shaded && color_is_dark(fill);
    if (shaded && (p->group == 4 || (fill.r == 255 && fill.g == 255 && fill.b == 255)))
        rect_boxed(v, x + 0.25, y + 0.25, w - 0.5, h - 0.5, WHITE, v->look->light, 0.5);
    else if (shaded)
        rect(v, x + 0.25, y + 0.25, w - 0.5, h - 0.5, fill);
    struct pen pen = pen_number(pen_colored(pen_small(v), dark ? WHITE : v->look->ink));
    if (p->own || is_letter(p))
        pen = pen_bold(v, pen);
    if (!shaded)
        pen = pen_colored(pen, v->look->grey);
    const char *text = cell_text(v, p, pen, w);
    text_put(v, pen, x + w / 2, text_middle(pen, y + h / 2), AT_MIDDLE, text);
}

static void draw_heads(struct canvas *v, const struct grid *g)
{
    struct pen small = pen_small(v);
    const char *lines[HEAD_LINES];
    for (size_t i = 0; i < g->columns; i++) {
        size_t n = head_lines(v, g, i, lines);
        double y = g->head_h - 0.5 * v->small - 1.26 * v->small * ((double)n - 1);
        for (size_t k = 0; k < n; k++)
            text_put(v, small, g->label_w + g->cell_w * ((double)i + 0.5), y + 1.26 * v->small * (double)k, AT_MIDDLE,
                     lines[k]);
    }
}

bool draw_heat(struct canvas *v)
{
    struct grid g;
    measure(v, &g);
    if (v->failed)
        return false;
    if (g.rows == 1 && g.columns == 1 && g.label_w == 0) {
        double w = fmin(v->w, CELL_W), h = fmin(v->h, CELL_H);
        draw_cell(v, first_point(v->c), (v->w - w) / 2, (v->h - h) / 2, w, h);
        return !v->failed;
    }
    g.cell_h = fmin((v->h - g.head_h) / (double)g.rows, 2 * CELL_H);
    if (g.cell_h < (g.label_w > 0 ? 1.26 * v->size : 1.26 * v->small) - 0.01)
        return no_room(v, _("the rows of cells do not fit"));
    draw_heads(v, &g);
    for (size_t s = 0; s < g.rows; s++) {
        const struct chart_series *series = &v->c->series[s];
        double y = g.head_h + g.cell_h * (double)s;
        bool own = series->n && series->points[0].own;
        struct pen p = own ? pen_bold(v, pen_label(v)) : pen_label(v);
        const char *label = series->label ? series->label : "";
        text_put(v, p, 0, text_middle(p, y + g.cell_h / 2), AT_START,
                 text_fit(v, p, label, g.label_w > 0 ? g.label_w - 0.5 * v->size : v->w));
        for (size_t i = 0; i < series->n; i++)
            draw_cell(v, &series->points[i], g.label_w + g.cell_w * (double)i, y, g.cell_w, g.cell_h);
    }
    return !v->failed;
}
