/* Lists of pieces, and the frames around some of them.  Margins stand between neighbours, the
 * larger counts: they are dropped at the top of a page or column, and at the edges of cells and
 * of frames (blocks with a border, a background or padding), where padding is what keeps things
 * apart. */
#include "typeset/internal.h"

#include <math.h>

/* ---- lengths ---- */

double length_of(struct track_len len, double whole, double otherwise)
{
    switch (len.unit) {
    case LEN_PT: return len.v;
    case LEN_PERCENT: return whole * len.v / 100;
    default: return otherwise;
    }
}

static double line_of(const struct border *b) { return b->style == LINE_NONE ? 0 : b->width; }

double props_left(const struct props *p) { return p->padding[SIDE_LEFT] + line_of(&p->border[SIDE_LEFT]); }
double props_right(const struct props *p) { return p->padding[SIDE_RIGHT] + line_of(&p->border[SIDE_RIGHT]); }
double props_top(const struct props *p) { return p->padding[SIDE_TOP] + line_of(&p->border[SIDE_TOP]); }
double props_bottom(const struct props *p) { return p->padding[SIDE_BOTTOM] + line_of(&p->border[SIDE_BOTTOM]); }

bool props_framed(const struct props *p)
{
    return p->has_background || props_left(p) + props_right(p) + props_top(p) + props_bottom(p) > 0;
}

/* ---- lists ---- */

void list_init(struct list *l)
{
    *l = (struct list){ .at_edge = true };
}

void list_margin(struct list *l, double margin)
{
    l->pending = fmax(l->pending, margin);
}

struct piece *list_add(struct typesetter *ts, struct list *l, enum piece_kind kind, double height)
{
    struct piece *p = ARENA_PUSH(ts->arena, l->items, l->n, l->cap);
    *p = (struct piece){ .kind = kind, .height = height, .baseline = -1, .frame = l->frame, .brk = l->next_brk,
                         .cost = l->next_cost, .above = l->at_edge ? 0 : l->pending, .spots = l->spots };
    l->pending = 0;
    l->at_edge = false;
    l->next_brk = BREAK_AUTO;
    l->next_cost = COST_FREE;
    l->spots = NULL;
    return p;
}

double list_height(const struct list *l, double *baseline)
{
    double y = 0;
    *baseline = -1;
    for (size_t i = 0; i < l->n; i++) {
        y += i ? l->items[i].above : 0;
        if (*baseline < 0 && l->items[i].baseline >= 0)
            *baseline = y + l->items[i].baseline;
        y += l->items[i].height;
    }
    return y;
}

static double height_from(const struct list *l, size_t first)
{
    double y = 0;
    for (size_t i = first; i < l->n; i++)
        y += (i > first ? l->items[i].above : 0) + l->items[i].height;
    return y;
}

/* Pieces `first` to the last stay on one page, if they fit one. */
void list_keep(struct typesetter *ts, struct list *l, size_t first)
{
    if (height_from(l, first) > ts->page_height + EPSILON)
        return;
    for (size_t i = first; i < l->n; i++) {
        l->items[i].keep = true;
        if (i > first && l->items[i].cost < COST_TOGETHER)
            l->items[i].cost = COST_TOGETHER;
    }
}

/* ---- frames ---- */

struct frame *flow_open(struct typesetter *ts, struct list *l, const struct props *props, double x, double width)
{
    struct frame *f = arena_new(ts->arena, struct frame);
    *f = (struct frame){ .parent = l->frame, .props = props, .x = x, .width = width };
    l->frame = f;
    list_add(ts, l, PIECE_SHEET, props_top(props))->opens = true;
    l->items[l->n - 1].sheet = arena_new(ts->arena, struct sheet);
    l->next_cost = COST_GLUE;
    l->at_edge = true;
    return f;
}

void flow_close(struct typesetter *ts, struct list *l, struct frame *f)
{
    l->next_cost = COST_GLUE;
    l->next_brk = BREAK_AUTO;
    l->pending = 0;
    struct piece *p = list_add(ts, l, PIECE_SHEET, props_bottom(f->props));
    p->closes = true;
    p->sheet = arena_new(ts->arena, struct sheet);
    l->frame = f->parent;
}

void list_fill(struct typesetter *ts, struct list *l, size_t first, double height)
{
    double has = height_from(l, first);
    if (has + EPSILON >= height)
        return;
    l->next_cost = COST_GLUE;
    list_add(ts, l, PIECE_SHEET, height - has)->sheet = arena_new(ts->arena, struct sheet);
}
