/* pdf/canvas.h -- the content stream of a page as content.c and paths.c write it. */
#ifndef PDF_CANVAS_H
#define PDF_CANVAS_H
#include "pdf/parts.h"

struct canvas {
    struct pdf *pdf;
    struct tags *tags;
    struct buf *out;
    double height;
    bool text, open, open_in_text;
    const struct node *node;     /* of the open sequence; NULL: an artifact */
    long long x, y;              /* start of the text line, 1/100 pt */
    size_t face;                 /* current font and size; SIZE_MAX: none */
    long long size;
    long fill, stroke;           /* 0xRRGGBB; -1: not set */
    long long width;             /* 1/100 pt */
    long long dash[2];           /* 1/10000 pt: a hundred dashes add up */
    bool round;
    bool filling;                /* rectangles wait for their "f" */
};

long long hundredths(double v);  /* of a point; bounded */
void canvas_put(struct canvas *c, double v);
void canvas_point(struct canvas *c, double x, double y);
long canvas_color(struct color color); /* as `fill` and `stroke` hold it */
void canvas_fill(struct canvas *c, struct color color);
void canvas_stroke(struct canvas *c, struct color color);
/* The rectangles that wait are filled; a text object ends, if there is one. */
void canvas_fill_end(struct canvas *c);
void canvas_text_end(struct canvas *c);

void canvas_path(struct canvas *c, const struct mark *m);
#endif
