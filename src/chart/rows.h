/* chart/rows.h -- charts that are a list of rows, as rows.c, bars.c and squares.c share them. */
#ifndef CHART_ROWS_H
#define CHART_ROWS_H
#include "chart/draw.h"

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

/* ---- rows.c ---- */
const struct chart_point *at_row(const struct chart_spec *c, size_t series, size_t row); /* NULL: none */
bool is_bars(const struct chart_spec *c);
/* Columns, rows and their heights as they are without a given height. */
void rows_measure(struct canvas *v, struct rows *t);
void draw_label(struct canvas *v, const struct row *r);
struct value value_of(struct canvas *v, const struct chart_point *p);
struct pen value_pen(const struct canvas *v, const struct chart_point *p);
/* At the comma, with its word before and its unit behind; y: the middle. */
void draw_value(struct canvas *v, const struct rows *t, const struct chart_point *p, double y);
double at_value(const struct rows *t, double value); /* x on the axis */

/* ---- bars.c ---- */
void draw_bars(struct canvas *v, const struct rows *t, size_t row);
void draw_dots(struct canvas *v, const struct rows *t, size_t row);
void draw_stack(struct canvas *v, const struct rows *t, size_t row);
#endif
