/* pdf/shapes.h -- what a path is, where a page description has a shorter word for it.
 *
 * A card has some forty dots and a thousand strokes of its strips: as the
 * curves and lines that they are made of they take a third of a page. */
#ifndef PDF_SHAPES_H
#define PDF_SHAPES_H
#include "page/page.h"

enum { RECTANGLE_STEPS = 5 };
/* The path begins with the four sides of a rectangle along the axes, closed,
 * the first of them level: as `re` draws it, from steps[0] in the same sense. */
bool shape_rectangle(const struct path_step *steps, size_t n);

struct disc { double x, y, r; };
bool shape_disc(const struct path_step *steps, size_t n, struct disc *disc); /* the path is one full circle */

/* Strokes side by side, each upright (or each level), two or more: the rungs of
 * a ladder. Even ones, of one length and at one distance, are dashes of one line. */
struct rungs {
    size_t n;
    bool upright, even;
    double apart;                /* even: from one to the next, with its sign */
};
bool shape_rungs(const struct path_step *steps, size_t n, struct rungs *rungs);
#endif
