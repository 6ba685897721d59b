/* Boxes become pieces: texts, lists of items, blocks; what is drawn, tables and grids have files of their own. */
#include "typeset/internal.h"

#include <math.h>
#include <string.h>

enum { DEPTH_MAX = 40 };

/* ---- texts ---- */

static enum node_role text_role(enum box_role r)
{
    switch (r) {
    case ROLE_H1: return NODE_H1;
    case ROLE_H2: return NODE_H2;
    case ROLE_H3: return NODE_H3;
    case ROLE_H4: return NODE_H4;
    case ROLE_QUOTE: return NODE_BLOCKQUOTE;
    case ROLE_TOCI: return NODE_TOCI;
    default: return NODE_P;
    }
}

bool flow_lines(struct typesetter *ts, struct list *l, const struct box *box, const struct lines *lines, double x)
{
    if (!l->cap) { /* a cell is nearly always one text, of one line */
        l->items = arena_array(ts->arena, struct piece, lines->n);
        l->cap = lines->n;
    }
    int orphans = box->props.orphans > 0 ? box->props.orphans : 2, widows = box->props.widows > 0 ? box->props.widows : 2;
    for (size_t i = 0; i < lines->n; i++) {
        struct piece *p = list_add(ts, l, PIECE_SHEET, lines->items[i].height);
        p->sheet = lines->items[i].sheet;
        p->baseline = lines->items[i].baseline;
        p->x = x;
        p->at = box->at;
        p->line = ts->row;
        if (i > 0)
            p->cost = (int)i < orphans || (int)(lines->n - i) < widows ? COST_KEEP : COST_LINE;
        if (lines->items[i].n_notes && !notes_of_line(ts, l, &lines->items[i]))
            return false;
    }
    return true;
}

bool flow_text(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    enum align align = box->u.text.align;
    struct lines lines;
    struct para *p = para_new(ts, box, align == ALIGN_START ? ts->align : align, 1);
    if (!p)
        return false;
    if (para_empty(p))
        return true;
    bool lone = ts->direct && (box->role == ROLE_AUTO || box->role == ROLE_P);
    struct node *node = lone ? ts->node : ts_node(ts, text_role(box->role));
    return para_lines(ts, p, width, node, &lines) && flow_lines(ts, l, box, &lines, x);
}

/* ---- lists of items ---- */

static struct box marker_box(struct typesetter *ts, const struct box *list, const char *text)
{
    struct run *run = arena_new(ts->arena, struct run);
    *run = (struct run){ .kind = RUN_TEXT, .text = text, .style = list->u.block.marker_style, .at = list->at };
    struct box box = { .kind = BOX_TEXT, .at = list->at };
    box.u.text.runs = run;
    box.u.text.n = 1;
    box.u.text.style = list->u.block.marker_style;
    return box;
}

static const char *marker_text(struct typesetter *ts, const struct box *list, int number)
{
    const char *m = list->u.block.marker ? list->u.block.marker : "";
    const char *one = strchr(m, '1');
    return one ? arena_printf(ts->arena, "%.*s%d%s", (int)(one - m), m, number, one + 1) : m;
}

static double marker_width(struct typesetter *ts, const struct box *list, int n)
{
    double min, max = 0;
    struct box box = marker_box(ts, list, marker_text(ts, list, n));
    struct para *p = para_new(ts, &box, ALIGN_START, 1);
    if (p)
        para_range(p, &min, &max);
    return max;
}

/* The marker stands beside the first line of its item: put on that line's sheet, with its baseline. */
static bool put_marker(struct typesetter *ts, struct piece *first, const struct box *list, int number,
                       struct node *label, double x, double width)
{
    struct lines lines;
    struct box *box = arena_new(ts->arena, struct box);
    *box = marker_box(ts, list, marker_text(ts, list, number));
    struct para *p = para_new(ts, box, ALIGN_START, 1);
    if (!p || !para_lines(ts, p, fmax(width, 1), label, &lines))
        return false;
    if (!lines.n)
        return true;
    struct sheet *both = arena_new(ts->arena, struct sheet);
    double down = first->baseline >= 0 ? first->baseline - lines.items[0].baseline : 0;
    sheet_put(ts, both, lines.items[0].sheet, x - first->x, down, false);
    if (first->spots)
        sheet_put(ts, both, first->spots, 0, 0, false);
    first->spots = both;
    return true;
}

static bool flow_box(struct typesetter *ts, struct list *l, const struct box *box, double x, double width);

static bool flow_item(struct typesetter *ts, struct list *l, const struct box *list, const struct box *item, int number,
                      double x, double width, double indent)
{
    struct node *outer = ts->node, *li = ts_node(ts, NODE_LI);
    ts->node = li;
    struct node *label = indent > 0 ? ts_node(ts, NODE_LBL) : NULL, *body = ts_node(ts, NODE_LBODY);
    ts->node = body;
    ts->direct = item->kind == BOX_TEXT;
    size_t first = l->n;
    bool ok = flow_box(ts, l, item, x + indent, width - indent);
    ts->direct = false;
    ts->node = outer;
    return ok && (indent <= 0 || first >= l->n || put_marker(ts, &l->items[first], list, number, label, x, indent));
}

static bool flow_list(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    struct node *outer = ts->node;
    int n = 0, number = 0;
    bool ok = true;
    for (const struct box *item = box->u.block.first; item; item = item->next)
        n++;
    double indent = 0;
    if (n && box->u.block.marker && *box->u.block.marker && box->u.block.marker_style)
        indent = marker_width(ts, box, n) + 0.45 * box->u.block.marker_style->size;
    ts->node = ts_node(ts, NODE_L);
    for (const struct box *item = box->u.block.first; item && ok; item = item->next) {
        if (number)
            list_margin(l, box->u.block.row_gap);
        ok = flow_item(ts, l, box, item, ++number, x, width, indent);
    }
    ts->node = outer;
    return ok;
}

/* ---- blocks ---- */

static bool flow_through_columns(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    struct columns *c = arena_new(ts->arena, struct columns);
    c->n = box->u.block.flow_columns < 12 ? box->u.block.flow_columns : 12;
    c->gap = box->u.block.gap;
    c->width = (width - c->gap * (c->n - 1)) / c->n;
    list_init(&c->list);
    if (!flow_boxes(ts, &c->list, box->u.block.first, 0, c->width))
        return false;
    if (!c->list.n)
        return true;
    c->whole.n = (size_t)c->n;
    c->whole.fits = arena_array(ts->arena, struct fit, c->whole.n);
    place_columns(ts, &c->list, (struct cursor){ 0 }, c->n, 1e9, 1e9, false, c->whole.fits);
    if (!cursor_done(&c->list, c->whole.fits[c->n - 1].end)) { /* more forced breaks than columns: they do not count */
        for (size_t i = 0; i < c->list.n; i++)
            c->list.items[i].brk = BREAK_AUTO;
        place_columns(ts, &c->list, (struct cursor){ 0 }, c->n, 1e9, 1e9, false, c->whole.fits);
    }
    struct piece *p = list_add(ts, l, PIECE_COLUMNS, 0);
    for (size_t i = 0; i < c->whole.n; i++)
        p->height = fmax(p->height, c->whole.fits[i].used);
    p->baseline = c->list.items[0].baseline;
    p->columns = c;
    p->x = x;
    p->at = box->at;
    return true;
}

static bool enter_role(struct typesetter *ts, const struct box *box)
{
    switch (box->role) {
    case ROLE_SECTION: ts->node = ts_node(ts, NODE_SECT); break;
    case ROLE_QUOTE: ts->node = ts_node(ts, NODE_BLOCKQUOTE); break;
    case ROLE_TOC: ts->node = ts_node(ts, NODE_TOC); break;
    case ROLE_TOCI: ts->node = ts_node(ts, NODE_TOCI); break;
    case ROLE_ARTIFACT: ts->artifact = true; break;
    default: break;
    }
    return true;
}

static bool too_deep(struct typesetter *ts, const struct box *box)
{
    if (ts->depth < DEPTH_MAX)
        return false;
    diag_error(ts->diag, box->at, _("boxes nested over %d deep"), DEPTH_MAX);
    ts->ok = false;
    return true;
}

bool flow_content(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    struct node *outer = ts->node;
    bool artifact = ts->artifact, ok = false;
    if (too_deep(ts, box))
        return false;
    ts->depth++;
    if (box->kind == BOX_BLOCK || box->kind == BOX_LIST)
        enter_role(ts, box);
    else if (box->role == ROLE_ARTIFACT)
        ts->artifact = true;
    switch (box->kind) {
    case BOX_BLOCK:
        if (box->u.block.n_tracks)
            ok = flow_grid(ts, l, box, x, width);
        else if (box->u.block.flow_columns > 1)
            ok = flow_through_columns(ts, l, box, x, width);
        else
            ok = flow_boxes(ts, l, box->u.block.first, x, width);
        break;
    case BOX_TEXT: ok = flow_text(ts, l, box, x, width); break;
    case BOX_LIST: ok = flow_list(ts, l, box, x, width); break;
    case BOX_TABLE: ok = flow_table(ts, l, box, x, width); break;
    case BOX_CHART: ok = flow_chart(ts, l, box, x, width); break;
    case BOX_IMAGE: ok = flow_image(ts, l, box, x, width); break;
    case BOX_QR: ok = flow_qr(ts, l, box, x, width); break;
    case BOX_SIGNATURE: ok = flow_signature(ts, l, box, x, width); break;
    case BOX_RULE: ok = flow_rule(ts, l, box, x, width); break;
    }
    ts->depth--;
    ts->node = outer;
    ts->artifact = artifact;
    return ok;
}

static void note_spots(struct typesetter *ts, struct list *l, const struct box *box)
{
    if (!box->id && !box->bookmark)
        return;
    if (!l->spots)
        l->spots = arena_new(ts->arena, struct sheet);
    if (box->id)
        sheet_spot(ts, l->spots, SPOT_ANCHOR)->to = box->id;
    if (box->bookmark && !ts->artifact) {
        struct spot *s = sheet_spot(ts, l->spots, SPOT_BOOKMARK);
        s->text = box->bookmark;
        s->level = box->bookmark_level > 0 ? box->bookmark_level : 1;
    }
}

/* Frames keep the box's props: it must last as long as the list. */
static bool flow_box(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    const struct props *p = &box->props;
    double outer = width - p->margin[SIDE_LEFT] - p->margin[SIDE_RIGHT];
    double w = fmin(length_of(p->width, width, outer), outer);
    bool framed = props_framed(p);
    if (p->break_before > l->next_brk)
        l->next_brk = p->break_before;
    list_margin(l, p->margin[SIDE_TOP]);
    note_spots(ts, l, box);
    size_t first = l->n;
    x += p->margin[SIDE_LEFT];
    struct frame *f = framed ? flow_open(ts, l, p, x, w) : NULL;
    if (!flow_content(ts, l, box, x + props_left(p), w - props_left(p) - props_right(p)))
        return false;
    if (p->min_height > 0)
        list_fill(ts, l, first, p->min_height - (framed ? props_bottom(p) : 0));
    if (framed)
        flow_close(ts, l, f);
    if (p->keep_together)
        list_keep(ts, l, first);
    list_margin(l, p->margin[SIDE_BOTTOM]);
    if (p->keep_with_next && l->n > first)
        l->next_cost = COST_NEXT;
    if (p->break_after > l->next_brk)
        l->next_brk = p->break_after;
    return true;
}

bool flow_boxes(struct typesetter *ts, struct list *l, const struct box *first, double x, double width)
{
    bool ok = true;
    for (const struct box *b = first; b && ok; b = b->next)
        ok = flow_box(ts, l, b, x, width);
    return ok;
}

/* ---- ranges, for automatic widths ---- */

static bool block_range(struct typesetter *ts, const struct box *box, double *min, double *max)
{
    if (box->kind == BOX_LIST || !box->u.block.n_tracks)
        return flow_range(ts, box->u.block.first, min, max);
    size_t n = box->u.block.n_tracks;
    *min = *max = box->u.block.gap * (double)(n - 1);
    double sums[2] = { 0, 0 };
    for (const struct box *b = box->u.block.first; b; b = b->next) {
        double lo, hi;
        struct box alone = *b;
        alone.next = NULL;
        if (!flow_range(ts, &alone, &lo, &hi))
            return false;
        sums[0] += lo;
        sums[1] += hi;
    }
    *min += sums[0];
    *max += sums[1];
    return true;
}

static bool content_range(struct typesetter *ts, const struct box *b, double *min, double *max)
{
    struct para *p;
    switch (b->kind) {
    case BOX_TEXT:
        if (!(p = para_new(ts, b, ALIGN_START, 1)))
            return false;
        para_range(p, min, max);
        return true;
    case BOX_BLOCK:
    case BOX_LIST: return block_range(ts, b, min, max);
    case BOX_CHART:
        *min = *max = b->u.chart.spec->width;
        return true;
    case BOX_IMAGE:
        *min = *max = b->u.image.width;
        return true;
    case BOX_QR:
        *min = *max = b->u.qr.size;
        return true;
    case BOX_SIGNATURE:
        *min = *max = b->u.signature.width;
        return true;
    default: *min = *max = 0; return true;
    }
}

bool flow_range(struct typesetter *ts, const struct box *first, double *min, double *max)
{
    bool ok = !first || !too_deep(ts, first);
    *min = *max = 0;
    ts->depth++;
    for (const struct box *b = first; b && ok; b = b->next) {
        double lo = 0, hi = 0;
        const struct props *p = &b->props;
        double around = props_left(p) + props_right(p) + p->margin[SIDE_LEFT] + p->margin[SIDE_RIGHT];
        ok = content_range(ts, b, &lo, &hi);
        if (p->width.unit == LEN_PT)
            lo = hi = p->width.v - props_left(p) - props_right(p);
        *min = fmax(*min, lo + around);
        *max = fmax(*max, hi + around);
    }
    ts->depth--;
    return ok;
}
