#include "pdf/shapes.h"

#include <math.h>

static const double SAME = 0.002; /* pt: half of what a page's hundredths could tell */

static bool same(double a, double b)
{
    return fabs(a - b) < SAME;
}

bool shape_rectangle(const struct path_step *s, size_t n)
{
    if (n < RECTANGLE_STEPS || s[0].op != PATH_MOVE || s[4].op != PATH_CLOSE)
        return false;
    for (int i = 1; i < 4; i++)
        if (s[i].op != PATH_LINE)
            return false;
    return s[0].y[0] == s[1].y[0] && s[1].x[0] == s[2].x[0] && s[2].y[0] == s[3].y[0] && s[3].x[0] == s[0].x[0];
}

bool shape_disc(const struct path_step *s, size_t n, struct disc *c)
{
    static const double unit[4][2] = { { 0, 1 }, { -1, 0 }, { 0, -1 }, { 1, 0 } };
    static const double handle = 0.5522847498; /* of an arc of 90 degrees: 4/3 (sqrt 2 - 1) */

    if (n != 6 || s[0].op != PATH_MOVE || s[5].op != PATH_CLOSE)
        return false;
    *c = (struct disc){ (s[0].x[0] + s[2].x[2]) / 2, s[0].y[0], (s[0].x[0] - s[2].x[2]) / 2 };
    const double *from = unit[3];
    for (int i = 0; i < 4; i++) {
        const double *to = unit[i];
        const struct path_step *arc = &s[i + 1];
        double k = handle * c->r;
        if (arc->op != PATH_CURVE || !same(arc->x[2], c->x + c->r * to[0]) || !same(arc->y[2], c->y + c->r * to[1]) ||
            !same(arc->x[0], c->x + c->r * from[0] + k * to[0]) || !same(arc->y[0], c->y + c->r * from[1] + k * to[1]) ||
            !same(arc->x[1], c->x + c->r * to[0] + k * from[0]) || !same(arc->y[1], c->y + c->r * to[1] + k * from[1]))
            return false;
        from = to;
    }
    return c->r > 0;
}

bool shape_rungs(const struct path_step *s, size_t n, struct rungs *r)
{
    if (n < 4 || n % 2)
        return false;
    *r = (struct rungs){ .n = n / 2, .upright = s[0].x[0] == s[1].x[0], .even = true };
    r->apart = r->upright ? s[2].x[0] - s[0].x[0] : s[2].y[0] - s[0].y[0];
    for (size_t i = 0; i < n; i += 2) {
        const struct path_step *a = &s[i], *b = &s[i + 1];
        double step = r->apart * (double)(i / 2);
        if (a->op != PATH_MOVE || b->op != PATH_LINE || (r->upright ? a->x[0] != b->x[0] : a->y[0] != b->y[0]))
            return false;
        r->even = r->even && (r->upright ? same(a->y[0], s[0].y[0]) && same(b->y[0], s[1].y[0]) &&
                                               same(a->x[0], s[0].x[0] + step)
                                         : same(a->x[0], s[0].x[0]) && same(b->x[0], s[1].x[0]) &&
                                               same(a->y[0], s[0].y[0] + step));
    }
    return true;
}
