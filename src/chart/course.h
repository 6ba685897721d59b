/* chart/course.h -- values over years, as course.c, course_axis.c and course_labels.c share them. */
#ifndef CHART_COURSE_H
#define CHART_COURSE_H
#include "chart/draw.h"

#define RADIUS (0.8 * MM)
#define TOLD_RADIUS (1.25 * MM)
#define HALO (0.4 * MM)

struct placed { struct pen pen; double x, y; const char *text; struct area area; };
struct course {
    const struct chart_series *longest; /* its labels name the categories */
    size_t n;
    double x0, y0, x1, y1;        /* of the plot */
    double inset;                 /* from the plot's edge to the first point */
    struct range axis;
    double step;                  /* between guides; of ranks: a quarter */
    int year0, year1, stride;     /* categories are years: by their distance; stride 0: evenly */
    struct placed *labels;
    size_t n_labels, cap_labels;
};

/* ---- course_axis.c ---- */
const struct chart_point *at_category(const struct chart_spec *c, size_t s, size_t i); /* NULL: none */
const char *category(const struct course *t, size_t i);
bool drawable(const struct chart_point *p); /* NULL is not */
size_t last_drawable(const struct chart_series *s); /* n: none is */
size_t told_point(const struct chart_series *s);
double x_of(const struct course *t, size_t i);
double y_of(const struct canvas *v, const struct course *t, double value);
double nearest_points(const struct course *t); /* between two neighbours */
size_t guide_count(const struct course *t); /* the last one's number, from 0 */
double guide_value(const struct course *t, size_t i);
/* Whether a line leads from the point before to point i; where it is cut between the two. */
bool joined(const struct canvas *v, const struct course *t, size_t s, size_t i);
double cut_x(const struct course *t, size_t i);
void course_years(struct course *t);
void course_axis(const struct canvas *v, struct course *t);
bool course_plot(struct canvas *v, struct course *t); /* false after no_room() */
void course_guides(struct canvas *v, const struct course *t);
void course_categories(struct canvas *v, const struct course *t);

/* ---- course_labels.c: each finds its place, to be drawn over lines and dots ---- */
void course_ends(struct canvas *v, const struct course *t);
void course_labels(struct canvas *v, struct course *t);
void course_references(struct canvas *v, struct course *t);
#endif
