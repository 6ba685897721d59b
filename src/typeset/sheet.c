#include "typeset/internal.h"

#include <math.h>

void sheet_put(struct typesetter *ts, struct sheet *to, const struct sheet *s, double x, double y, bool artifact)
{
    if (s->marks.n || s->n_puts || s->n_spots)
        *ARENA_PUSH(ts->arena, to->puts, to->n_puts, to->cap_puts) = (struct put){ s, x, y, artifact };
}

struct spot *sheet_spot(struct typesetter *ts, struct sheet *s, enum spot_kind kind)
{
    struct spot *spot = ARENA_PUSH(ts->arena, s->spots, s->n_spots, s->cap_spots);
    *spot = (struct spot){ .kind = kind };
    return spot;
}

/* ---- borders and backgrounds ---- */

static void side(struct typesetter *ts, struct sheet *s, const struct border *b, double x0, double y0, double x1,
                 double y1)
{
    if (b->style == LINE_NONE || b->width <= 0)
        return;
    marks_line(&s->marks, ts->arena, NULL, x0, y0, x1, y1, b->width, b->color);
    struct mark *m = &s->marks.items[s->marks.n - 1];
    if (b->style == LINE_DOTTED) {
        m->u.path.dash[0] = 0.01;
        m->u.path.dash[1] = 2 * b->width;
        m->u.path.round = true;
    } else if (b->style == LINE_DASHED) {
        m->u.path.dash[0] = m->u.path.dash[1] = 3 * b->width;
    }
}

/* Border-box: the lines lie within the frame. */
void sheet_frame(struct typesetter *ts, struct sheet *s, const struct props *p, double x, double y, double w, double h,
                 bool top, bool bottom)
{
    const struct border *b = p->border;
    if (p->has_background && w > 0 && h > 0)
        marks_rect(&s->marks, ts->arena, NULL, x, y, w, h, p->background);
    if (top)
        side(ts, s, &b[SIDE_TOP], x, y + b[SIDE_TOP].width / 2, x + w, y + b[SIDE_TOP].width / 2);
    if (bottom)
        side(ts, s, &b[SIDE_BOTTOM], x, y + h - b[SIDE_BOTTOM].width / 2, x + w, y + h - b[SIDE_BOTTOM].width / 2);
    side(ts, s, &b[SIDE_LEFT], x + b[SIDE_LEFT].width / 2, y, x + b[SIDE_LEFT].width / 2, y + h);
    side(ts, s, &b[SIDE_RIGHT], x + w - b[SIDE_RIGHT].width / 2, y, x + w - b[SIDE_RIGHT].width / 2, y + h);
}

void sheet_lattice(struct typesetter *ts, struct sheet *s, const struct props *p, double x, double y, double w, double h,
                   bool left, bool top, bool bottom)
{
    const struct border *b = p->border;
    if (p->has_background && w > 0 && h > 0)
        marks_rect(&s->marks, ts->arena, NULL, x, y, w, h, p->background);
    /* Lines across reach over the upright ones, so that corners are filled. */
    double over_left = b[SIDE_LEFT].style ? b[SIDE_LEFT].width / 2 : 0;
    double over_right = b[SIDE_RIGHT].style ? b[SIDE_RIGHT].width / 2 : 0;
    if (top)
        side(ts, s, &b[SIDE_TOP], x - over_left, y, x + w + over_right, y);
    if (bottom)
        side(ts, s, &b[SIDE_BOTTOM], x - over_left, y + h, x + w + over_right, y + h);
    if (left)
        side(ts, s, &b[SIDE_LEFT], x, y, x, y + h);
    side(ts, s, &b[SIDE_RIGHT], x + w, y, x + w, y + h);
}

/* ---- onto the page ---- */

static void put_spot(struct typesetter *ts, size_t page, const struct spot *s, double x, double y)
{
    struct pages *p = ts->pages;
    struct page *at = &p->items[page];
    switch (s->kind) {
    case SPOT_LINK:
        if (s->node->page < 0)
            s->node->page = (int)page;
        *ARENA_PUSH(ts->arena, at->links, at->n_links, at->cap_links) =
            (struct link){ x + s->x0, y + s->y0, x + s->x1, y + s->y1, s->node, s->to, s->text };
        break;
    case SPOT_ANCHOR:
        *ARENA_PUSH(ts->arena, p->anchors, p->n_anchors, p->cap_anchors) =
            (struct anchor){ s->to, (int)page, x + s->x0, y + s->y0 };
        break;
    case SPOT_BOOKMARK:
        *ARENA_PUSH(ts->arena, p->bookmarks, p->n_bookmarks, p->cap_bookmarks) =
            (struct bookmark){ s->level, s->text, (int)page, y + s->y0 };
        break;
    case SPOT_FIGURE:
        s->node->page = (int)page;
        s->node->bbox[0] = x + s->x0;
        s->node->bbox[1] = y + s->y0;
        s->node->bbox[2] = x + s->x1;
        s->node->bbox[3] = y + s->y1;
        break;
    }
}

void sheet_onto_page(struct typesetter *ts, size_t page, const struct sheet *s, double x, double y, bool artifact)
{
    struct page *at = &ts->pages->items[page];
    size_t first = at->n_marks;
    page_put(ts->pages, at, &s->marks, x, y);
    for (size_t i = first; artifact && i < at->n_marks; i++)
        at->marks[i].node = NULL;
    for (size_t i = 0; i < s->n_spots && !artifact; i++)
        put_spot(ts, page, &s->spots[i], x, y);
    for (size_t i = 0; i < s->n_puts; i++)
        sheet_onto_page(ts, page, s->puts[i].sheet, x + s->puts[i].x, y + s->puts[i].y,
                        artifact || s->puts[i].artifact);
}
