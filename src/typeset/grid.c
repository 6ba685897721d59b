/* Rows of cells side by side, each cell a list of its own: what grids and
 * tables share, and grids, whose cells are boxes that fill the row in turn. */
#include "typeset/internal.h"

#include <math.h>

static double first_baseline(const struct gridcell *c, double *height)
{
    double baseline;
    *height = list_height(&c->list, &baseline);
    return baseline < 0 ? -1 : c->top + baseline;
}

/* Lines up the first lines of the cells; returns the height of the row without cells over several rows. */
double row_align(struct gridcell *cells, size_t n, const enum valign *valign, const int *spans, double least)
{
    double line = 0, height = least;
    for (size_t i = 0; i < n; i++) {
        double h, baseline = first_baseline(&cells[i], &h);
        if (valign[i] == VALIGN_BASELINE)
            line = fmax(line, baseline);
    }
    for (size_t i = 0; i < n; i++) {
        double h, baseline = first_baseline(&cells[i], &h);
        cells[i].shift = valign[i] == VALIGN_BASELINE && baseline >= 0 ? line - baseline : 0;
        if (spans[i] <= 1)
            height = fmax(height, h + cells[i].top + cells[i].bottom + cells[i].shift);
    }
    return height;
}

void row_align_others(struct gridcell *cells, size_t n, const enum valign *valign, double height)
{
    for (size_t i = 0; i < n; i++) {
        double baseline, h = list_height(&cells[i].list, &baseline) + cells[i].top + cells[i].bottom;
        double room = fmax((cells[i].span_height > 0 ? cells[i].span_height : height) - h, 0);
        if (valign[i] == VALIGN_MIDDLE)
            cells[i].shift = room / 2;
        else if (valign[i] == VALIGN_BOTTOM)
            cells[i].shift = room;
    }
}

struct piece *row_add(struct typesetter *ts, struct list *l, struct gridrow *row, double height, double x)
{
    struct piece *p = list_add(ts, l, PIECE_ROW, height);
    p->row = row;
    p->x = x;
    for (size_t i = 0; i < row->n; i++) {
        double h, baseline = first_baseline(&row->cells[i], &h);
        if (baseline >= 0 && (p->baseline < 0 || baseline + row->cells[i].shift < p->baseline))
            p->baseline = baseline + row->cells[i].shift;
    }
    return p;
}

/* ---- grids ---- */

static bool grid_tracks(struct typesetter *ts, const struct box *box, struct track *t, double width)
{
    size_t n = box->u.block.n_tracks, i = 0;
    for (size_t k = 0; k < n; k++)
        t[k] = (struct track){ .len = box->u.block.tracks[k] };
    for (const struct box *b = box->u.block.first; b; b = b->next, i++) {
        struct track *track = &t[i % n];
        double min, max;
        struct box alone = *b;
        alone.next = NULL;
        if (track->len.unit != LEN_AUTO)
            continue;
        if (!flow_range(ts, &alone, &min, &max))
            return false;
        track->min = fmax(track->min, min);
        track->max = fmax(track->max, max);
    }
    if (!tracks_fit(t, n, width, box->u.block.gap))
        ts_overflow(ts, box->at, _("the columns do not fit a width of %.1f pt"), width);
    return true;
}

static bool grid_cell(struct typesetter *ts, struct gridcell *c, const struct box *b, const struct track *t)
{
    const struct props *p = &b->props;
    double left = p->margin[SIDE_LEFT], right = p->margin[SIDE_RIGHT];
    double width = fmin(length_of(p->width, t->width, t->width - left - right), t->width - left - right);
    *c = (struct gridcell){ .top = props_top(p), .bottom = props_bottom(p), .x = t->x + left + props_left(p),
                            .width = width - props_left(p) - props_right(p), .frame_x = t->x + left,
                            .frame_width = width, .props = props_framed(p) ? p : NULL };
    list_init(&c->list);
    if (b->id || b->bookmark) {
        c->list.spots = arena_new(ts->arena, struct sheet);
        if (b->id)
            sheet_spot(ts, c->list.spots, SPOT_ANCHOR)->to = b->id;
        if (b->bookmark) {
            struct spot *s = sheet_spot(ts, c->list.spots, SPOT_BOOKMARK);
            s->text = b->bookmark;
            s->level = b->bookmark_level > 0 ? b->bookmark_level : 1;
        }
    }
    return flow_content(ts, &c->list, b, 0, c->width);
}

static bool grid_row(struct typesetter *ts, struct list *l, const struct box *box, const struct box **next,
                     const struct track *t, double x, double width)
{
    size_t n = box->u.block.n_tracks;
    struct gridrow *row = arena_new(ts->arena, struct gridrow);
    enum valign *valign = arena_array(ts->arena, enum valign, n);
    int *spans = arena_array(ts->arena, int, n);
    double least = 0;
    *row = (struct gridrow){ .cells = arena_array(ts->arena, struct gridcell, n), .width = width };
    for (const struct box *b = *next; b && row->n < n; b = b->next, *next = b, row->n++) {
        if (!grid_cell(ts, &row->cells[row->n], b, &t[row->n]))
            return false;
        valign[row->n] = b->props.valign;
        least = fmax(least, b->props.min_height);
    }
    double height = row_align(row->cells, row->n, valign, spans, least);
    row_align_others(row->cells, row->n, valign, height);
    struct piece *p = row_add(ts, l, row, height, x);
    p->at = box->at;
    p->keep = box->props.keep_together;
    return true;
}

bool flow_grid(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    struct track *t = arena_array(ts->arena, struct track, box->u.block.n_tracks);
    bool direct = ts->direct, ok = grid_tracks(ts, box, t, width);
    ts->direct = false;
    for (const struct box *b = box->u.block.first; b && ok;) {
        if (b != box->u.block.first)
            list_margin(l, box->u.block.row_gap);
        ok = grid_row(ts, l, box, &b, t, x, width);
    }
    ts->direct = direct;
    return ok;
}
