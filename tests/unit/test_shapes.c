/* Paths that have a shorter word, and their near misses that have none. */
#include "check.h"
#include "pdf/shapes.h"

#include <math.h>
#include <string.h>

/* "M 1 2 L 3 4 C 1 2 3 4 5 6 Z" */
static size_t path(const char *text, struct path_step *s)
{
    static const char ops[] = "MLCZ";
    static const int points[] = { 1, 1, 3, 0 };
    size_t n = 0;
    for (int used = 0; *text; text += used, n++) {
        char op;
        sscanf(text, " %c%n", &op, &used);
        text += used;
        used = 0;
        s[n].op = (enum path_op)(strchr(ops, op) - ops);
        for (int i = 0; i < points[s[n].op]; i++, text += used)
            sscanf(text, " %lf %lf%n", &s[n].x[i], &s[n].y[i], &used);
        used = 0;
    }
    return n;
}

static const struct { const char *path; bool is; } rectangles[] = {
    { "M 1 1 L 5 1 L 5 3 L 1 3 Z", true },
    { "M 5 3 L 1 3 L 1 1 L 5 1 Z", true },
    { "M 1 1 L 5 1 L 5 3 L 1 3 Z M 9 9 L 10 9", true }, /* what follows is not looked at */
    { "M 1 1 L 1 3 L 5 3 L 5 1 Z", false }, /* begins upright */
    { "M 1 1 L 5 1 L 5 3 L 1 3", false },
    { "M 1 1 L 5 1 L 5 3 L 1.5 3 Z", false },
    { "M 1 1 L 5 1 C 5 1 5 2 5 3 L 1 3 Z", false },
};

static void test_rectangles(void)
{
    struct path_step s[16];
    for (size_t i = 0; i < sizeof rectangles / sizeof *rectangles; i++) {
        size_t n = path(rectangles[i].path, s);
        CHECK(shape_rectangle(s, n) == rectangles[i].is, "%s", rectangles[i].path);
    }
}

static void test_discs(void)
{
    struct arena a = { 0 };
    struct marks m = { 0 };
    struct color ink = { 0 };
    struct disc c;
    marks_circle(&m, &a, NULL, 30, 40, 2.5, &ink, NULL, 0);
    struct path_step s[6];
    memcpy(s, m.items[0].u.path.steps, sizeof s);
    CHECK(shape_disc(s, 6, &c) && fabs(c.x - 30) < 1e-6 && fabs(c.y - 40) < 1e-6 && fabs(c.r - 2.5) < 1e-6,
          "%g %g %g", c.x, c.y, c.r);
    CHECK(!shape_disc(s, 5, &c), "an open one");
    s[2].x[1] += 0.1;
    CHECK(!shape_disc(s, 6, &c), "a dented one");
    memcpy(s, m.items[0].u.path.steps, sizeof s);
    s[2].y[2] += 1;
    CHECK(!shape_disc(s, 6, &c), "an egg");
    arena_clear(&a);
}

static const struct { const char *path; size_t n; bool upright, even; } ladders[] = {
    { "M 1 1 L 1 4 M 3 1 L 3 4 M 5 1 L 5 4", 3, true, true },
    { "M 5 1 L 5 4 M 3 1 L 3 4 M 1 1 L 1 4", 3, true, true },
    { "M 1 1 L 1 4 M 3 1 L 3 4 M 5.1 1 L 5.1 4", 3, true, false },
    { "M 1 1 L 1 4 M 3 1 L 3 4 M 5 1 L 5 3", 3, true, false },
    { "M 1 1 L 4 1 M 1 2 L 4 2", 2, false, true },
    { "M 1 1 L 1 4", 0, false, false },               /* one line stays a line */
    { "M 1 1 L 1 4 M 3 1 L 3.1 4", 0, false, false }, /* one leans */
    { "M 1 1 L 1 4 L 3 4 L 3 1", 0, false, false },
    { "M 1 1 L 1 4 M 3 1 L 3 4 Z", 0, false, false },
};

static void test_ladders(void)
{
    struct path_step s[16];
    for (size_t i = 0; i < sizeof ladders / sizeof *ladders; i++) {
        struct rungs r = { 0 };
        size_t n = path(ladders[i].path, s);
        CHECK(shape_rungs(s, n, &r) == (ladders[i].n > 0), "%s", ladders[i].path);
        if (ladders[i].n)
            CHECK(r.n == ladders[i].n && r.upright == ladders[i].upright && r.even == ladders[i].even, "%s: %zu %d %d",
                  ladders[i].path, r.n, r.upright, r.even);
    }
}

int main(void)
{
    test_rectangles();
    test_discs();
    test_ladders();
    return CHECK_DONE();
}
