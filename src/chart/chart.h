/* chart/chart.h -- charts as marks.
 *
 * A chart is told as plain numbers and labels with the size it may take; it
 * draws itself into that frame and never outside it.  Everything reads in
 * black and white: shade, pattern, position and printed value carry what
 * colour carries too.  Labels are measured and never collide: they are moved,
 * broken over lines or (with a warning) cut at a space; what has no room at
 * all is an error with the layout's line.  Missing values (NAN) are gaps.
 *
 * bar         a row a point: label, bar from 0, value at the comma; `end` draws
 *             "trên" open, "khoảng" hatched, "không quá" hatched all down;
 *             `target` a tick; more series: bars under each other in a row;
 *             references: dotted lines.  With `max` a track to the end.
 * bullet      the same over the band of the middle half, with the median's tick
 * bar-inline  the same without labels, in a cell
 * dot         a row a point: the first series full, the second hollow
 * stacked     a row a point, the series one after the other
 * column      a point a column, names below in up to three lines
 * line        series over categories, named at their ends; years keep distance
 * trend       one course, every point labelled, totals (`of`) below; `reversed`
 *             for ranks; `own` marks the card's year; `cut` interrupts the line
 * sparkline   a course in a cell, the last value marked
 * strip       `spread` as ticks, middle half and median (told or computed), the
 *             points as dots; best at the right (`reversed`: less is better)
 * ladder      a tick a rank of `of`, rank 1 at the right; `old` points hollow
 * radar       two series at most; bars if it has fewer than three parts
 * heat        a row a series, a cell a point: shade by `group`, text or letter
 * tilemap     tiles by `col`, `row`; `own` with its name, `region` shaded (or
 *             `group`), `text` in tiles; refused without the two archipelagos
 * squares     `value` of `of` squares filled
 */
#ifndef CHART_CHART_H
#define CHART_CHART_H
#include "page/page.h"

enum chart_type {
    CHART_BAR, CHART_COLUMN, CHART_STACKED, CHART_LINE, CHART_DOT, CHART_BULLET, CHART_SPARKLINE, CHART_BAR_INLINE,
    CHART_RADAR, CHART_LADDER, CHART_TREND, CHART_HEAT, CHART_TILEMAP, CHART_STRIP, CHART_SQUARES,
};
/* How a value was told: drawn as an open end, a hatched end, or an upper tick. */
enum chart_end { END_EXACT, END_ABOUT, END_OVER, END_AT_LEAST, END_UNDER, END_AT_MOST };

struct chart_point {
    const char *label;            /* category, year, place; "" */
    double value;                 /* NAN: missing, drawn as a gap */
    const char *text;             /* the value as printed; NULL: none */
    enum chart_end end;
    double target, median, q1, q3, low, high; /* NAN where not told */
    double of;                    /* ladder, squares, trend: total; NAN */
    bool own;                     /* the card's own place: full dot, semibold */
    bool old;                     /* an older period: hollow and grey */
    bool cut;                     /* a change of method lies before it: the line is cut */
    const char *belongs;          /* tilemap: note under an archipelago's tile; NULL */
    int col, row;                 /* tilemap: from 1 */
    int group;                    /* quartile 1 (best) to 4; 0 none */
    bool region;                  /* tilemap: in the own place's region, shaded */
    const struct color *color;    /* NULL: by the chart's rules */
};
struct chart_series { const char *label; const struct chart_point *points; size_t n; int pattern; const struct color *color; };
struct chart_reference { double value; const char *label; };

struct chart_look {               /* fonts and colours of the layout's style */
    const struct font *regular, *bold, *italic;
    double size;                  /* of labels, pt */
    unsigned features;
    struct color ink, grey, light, pale, accent, accent2, accent3, target;
};

struct chart_spec {
    enum chart_type type;
    const struct chart_series *series;  size_t n_series;
    const struct chart_reference *references;  size_t n_references;
    double min, max;              /* of the value axis; NAN: by the data, bars from 0 */
    double step;                  /* NAN: chosen */
    bool reversed;                /* rank axis: 1 on top; strip: less is better, best at the right */
    bool label_values;            /* print each point's text */
    double bar;                   /* thickness of bars, pt; 0: chosen */
    double label_width;           /* of the label column, pt; 0: as needed */
    const double *spread;  size_t n_spread; /* strip: every place's value */
    const char *note_low, *note_high; /* labels of the ends; NULL. tilemap: note_low explains the shaded region */
    const char *title;            /* what it shows, for chart_alt(): "Hạng PAPI của Lào Cai"; NULL */
    const char *totals;           /* trend: name of the row of totals; NULL: "số tỉnh" */
    bool computed;                /* its values were computed here: labels in italics */
    const char *alt;              /* alternative text; NULL: chart_alt() */
    double width, height;         /* of the frame, pt; height 0: as needed (bar, squares, heat) */
    struct at at;                 /* the layout's element, for messages */
};

/* A point and a chart of which nothing else is told yet (NAN, NULL, 0). */
struct chart_point chart_point_new(const char *label, double value, const char *text);
struct chart_spec chart_spec_new(enum chart_type type, double width, double height);
/* The colours of the house style, for a look whose fonts are already set. */
void chart_look_colors(struct chart_look *look);
/* Height in pt that the chart takes at its width. */
double chart_height(const struct chart_spec *c, const struct chart_look *look, struct diag *d);
/* Draws into `m` with the origin at the frame's top left. `figure` is the
 * chart's NODE_FIGURE (or a cell's): all marks become its content. False after an error. */
bool chart_draw(const struct chart_spec *c, const struct chart_look *look, struct node *figure, struct marks *m,
                struct arena *a, struct diag *d);
/* A sentence or two that say what the chart shows, from its data, in Vietnamese. */
const char *chart_alt(const struct chart_spec *c, struct arena *a);
bool chart_type_parse(const char *s, enum chart_type *t);
const char *const *chart_type_names(size_t *n);
#endif
