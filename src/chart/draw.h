/* chart/draw.h -- what the kinds of charts share: a frame, text in it that
 * never collides, dots, hatching, scales.  Private to chart/.
 *
 * Everything drawn is in pt from the frame's top left.  A label is put by
 * text_put(), which remembers the area it takes; a label that may be moved asks
 * area_free() first.
 */
#ifndef CHART_DRAW_H
#define CHART_DRAW_H
#include "chart/chart.h"

#define MM (72 / 25.4)

struct area { double x0, y0, x1, y1; };

struct canvas {
    const struct chart_spec *c;
    const struct chart_look *look;
    struct node *node;
    struct marks *m;              /* NULL while only the height is asked for */
    struct arena *a;
    struct diag *d;
    double w, h;                  /* of the frame */
    double size, small;           /* of labels; of units, words and scales */
    struct area *taken;           /* by labels and what labels must not cover */
    size_t n_taken, cap_taken;
    bool failed;                  /* an error was reported: only the first is */
    bool cut;                     /* a label was cut, and that was told */
};

/* How a text looks. */
struct pen { const struct font *font; double size; struct color color; unsigned features; };
enum where { AT_START, AT_MIDDLE, AT_END };

struct pen pen_label(const struct canvas *v);  /* size, ink */
struct pen pen_small(const struct canvas *v);  /* small, grey */
struct pen pen_number(struct pen p);           /* tabular figures, no kerning: numbers in columns */
struct pen pen_bold(const struct canvas *v, struct pen p);
struct pen pen_italic(const struct canvas *v, struct pen p);
struct pen pen_colored(struct pen p, struct color color);

double text_width(struct canvas *v, struct pen p, const char *text);
/* The ink of a text whose start, middle or end is at x, on the baseline y. */
struct area text_area(struct canvas *v, struct pen p, double x, double y, enum where where, const char *text);
void text_put(struct canvas *v, struct pen p, double x, double y, enum where where, const char *text);
/* Baseline that centres figures and capitals on y. */
double text_middle(struct pen p, double y);
/* `text`, or its first words and an ellipsis, that fit into `width`; "" if not
 * even a letter does. A cut is told as a warning, once a chart. */
const char *text_fit(struct canvas *v, struct pen p, const char *text, double width);
/* Breaks into at most `max` (8) lines at spaces, the last one fitted; returns their number. */
size_t text_wrap(struct canvas *v, struct pen p, const char *text, double width, const char **lines, size_t max);

/* The same, but 0 if something had to be cut; and without evening the lines' lengths. */
size_t text_try(struct canvas *v, struct pen p, const char *text, double width, const char **lines, size_t max);
size_t text_fits(struct canvas *v, struct pen p, const char *text, double width, const char **lines, size_t max);

bool area_free(const struct canvas *v, struct area a);
bool area_inside(const struct canvas *v, struct area a);
void area_take(struct canvas *v, struct area a);
struct area area_grown(struct area a, double by);
struct area area_widened(struct area a, double by); /* at the sides only */

void rect(struct canvas *v, double x, double y, double w, double h, struct color fill);
void rect_boxed(struct canvas *v, double x, double y, double w, double h, struct color fill, struct color line,
                double width);
void line(struct canvas *v, double x0, double y0, double x1, double y1, double width, struct color color);
void line_dotted(struct canvas *v, double x0, double y0, double x1, double y1, double width, struct color color);
/* Strokes at 45 degrees over a rectangle, cut at its edges. */
void hatch(struct canvas *v, double x, double y, double w, double h, double gap, double width, struct color color);
/* The own place's dot with its white ring, or an older period's hollow one. */
void dot(struct canvas *v, double x, double y, double r, bool old, struct color fill);
struct path_step *path(struct canvas *v, size_t n, struct mark **mark); /* n steps to fill in */

extern const struct color WHITE;
struct color color_mix(struct color a, struct color b, double share_of_b);
bool color_is_dark(struct color c); /* white letters read on it */
bool color_is_pale(struct color c); /* it needs an outline on white paper */
/* A point's own colour, or the accent; grey if it is another than the own among its peers. */
struct color point_color(const struct canvas *v, const struct chart_point *p);
/* Fill of series i: by the layout, or dark to pale. */
struct color series_color(const struct canvas *v, size_t i);

/* The data -------------------------------------------------------------- */
struct range { double lo, hi; };  /* empty: lo > hi */
void range_add(struct range *r, double value); /* NAN and infinity are passed over */
/* Round limits and steps for an axis over r: 1, 2, 2.5 or 5 times a power of ten. */
double nice_step(double span, int about);
double share(double value, double lo, double hi); /* 0 to 1, clamped; 0.5 for an axis of no length */

/* A value's printed text in parts: "trên 98,73%" is "trên", "98", ",73", "%". */
struct value { const char *word, *whole, *part, *unit; };
struct value value_split(struct arena *a, const char *text);
/* A number as Vietnamese prints it: 1.234,5. */
const char *number_text(struct arena *a, double value);
const char *point_text(struct arena *a, const struct chart_point *p); /* text, else the number; "-" if missing */
bool missing(const struct chart_point *p);
bool any_drawable(const struct chart_spec *c);
const struct chart_point *first_point(const struct chart_spec *c); /* NULL: none at all */

/* "chưa có số liệu" (or the point's own words) in the middle of an area. */
void draw_missing(struct canvas *v, const char *text, struct area a);
/* Reports that the frame is too small; false. */
bool no_room(struct canvas *v, const char *why);
/* The series' names, each with a sample of how it is drawn, in a line from (x, y). */
enum sample { SAMPLE_BAR, SAMPLE_LINE, SAMPLE_DOT };
double legend_height(struct canvas *v);
void draw_legend(struct canvas *v, double x, double y, enum sample sample);

/* The kinds ------------------------------------------------------------- */
double rows_height(struct canvas *v);     /* bar, bullet, bar-inline, dot, stacked */
bool draw_rows(struct canvas *v);
double squares_height(struct canvas *v);
bool draw_squares(struct canvas *v);
double heat_height(struct canvas *v);
bool draw_heat(struct canvas *v);
bool draw_strip(struct canvas *v);
bool draw_ladder(struct canvas *v);
bool draw_course(struct canvas *v);       /* trend, line */
bool draw_sparkline(struct canvas *v);
bool draw_columns(struct canvas *v);
bool draw_radar(struct canvas *v);
bool draw_tilemap(struct canvas *v);
#endif
