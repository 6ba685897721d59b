/* Around the trimmed page: what the knife may meet, and where it cuts. */
#include "page/page.h"

#include <math.h>
#include <string.h>

#define MM (72 / 25.4)
/* As print rooms draw them: a hairline of 5 mm, clear of the bleed and at least 3 mm off the corner. */
static const double CROP_LENGTH = 5 * MM, CROP_GAP = 3 * MM, CROP_WIDTH = 0.25, EDGE = 0.01;

static double crop_gap(const struct page *page)
{
    return fmax(page->bleed, CROP_GAP);
}

double page_around(const struct page *page)
{
    return page->crop ? crop_gap(page) + CROP_LENGTH + 1 * MM : page->bleed;
}

/* A coordinate on an edge of the page moves onto the edge of the bleed. */
static double beyond(double v, double size, double bleed)
{
    return fabs(v) < EDGE ? -bleed : fabs(v - size) < EDGE ? size + bleed : v;
}

static bool straight(const struct mark *m)
{
    for (size_t i = 0; i < m->u.path.n; i++)
        if (m->u.path.steps[i].op == PATH_CURVE)
            return false;
    return true;
}

static void bleed_path(struct pages *p, const struct page *page, struct mark *m)
{
    struct path_step *steps = arena_array(p->arena, struct path_step, m->u.path.n);
    memcpy(steps, m->u.path.steps, m->u.path.n * sizeof *steps);
    for (size_t i = 0; i < m->u.path.n; i++) {
        if (steps[i].op == PATH_CLOSE)
            continue;
        steps[i].x[0] = beyond(steps[i].x[0], page->width, page->bleed);
        steps[i].y[0] = beyond(steps[i].y[0], page->height, page->bleed);
    }
    m->u.path.steps = steps;
}

static void add_crop(struct pages *p, struct page *page)
{
    static const struct color black = { 0, 0, 0 };
    struct marks lines = { 0 };
    double near = crop_gap(page), far = near + CROP_LENGTH;
    for (int corner = 0; corner < 4; corner++) {
        double x = corner % 2 ? page->width : 0, y = corner / 2 ? page->height : 0;
        double right = corner % 2 ? 1 : -1, down = corner / 2 ? 1 : -1;
        marks_line(&lines, p->arena, NULL, x + right * near, y, x + right * far, y, CROP_WIDTH, black);
        marks_line(&lines, p->arena, NULL, x, y + down * near, x, y + down * far, CROP_WIDTH, black);
    }
    page_put(p, page, &lines, 0, 0);
}

void page_trim(struct pages *p, struct page *page)
{
    for (size_t i = 0; i < page->n_marks && page->bleed > 0; i++) {
        struct mark *m = &page->marks[i];
        if (m->kind == MARK_PATH && m->u.path.fill && straight(m))
            bleed_path(p, page, m);
    }
    if (page->crop)
        add_crop(p, page);
}
