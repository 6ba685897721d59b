/* Boxes become pieces.  Margins stand between neighbours, the larger counts:
 * they are dropped at the top of a page or column, and at the edges of cells
 * and of frames (blocks with a border, a background or padding), where
 * padding is what keeps things apart. */
#include "typeset/internal.h"

#include <math.h>
#include <string.h>

enum { DEPTH_MAX = 40 };

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
static void keep_pieces(struct typesetter *ts, struct list *l, size_t first)
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

static void fill_to(struct typesetter *ts, struct list *l, size_t first, double height)
{
    double has = height_from(l, first);
    if (has + EPSILON >= height)
        return;
    l->next_cost = COST_GLUE;
    list_add(ts, l, PIECE_SHEET, height - has)->sheet = arena_new(ts->arena, struct sheet);
}

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

/* ---- pictures ---- */

static struct sheet *figure_sheet(struct typesetter *ts, struct node *figure, double w, double h)
{
    struct sheet *s = arena_new(ts->arena, struct sheet);
    if (figure)
        *sheet_spot(ts, s, SPOT_FIGURE) = (struct spot){ .kind = SPOT_FIGURE, .node = figure, .x1 = w, .y1 = h };
    return s;
}

static bool flow_chart(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    struct chart_spec spec = *box->u.chart.spec;
    if (spec.width <= 0 || spec.width > width)
        spec.width = width;
    if (spec.height <= 0)
        spec.height = chart_height(&spec, box->u.chart.look, ts->diag);
    struct node *figure = ts_node(ts, NODE_FIGURE);
    if (figure)
        figure->alt = spec.alt ? spec.alt : chart_alt(&spec, ts->arena);
    struct sheet *s = figure_sheet(ts, figure, spec.width, spec.height);
    if (!chart_draw(&spec, box->u.chart.look, figure, &s->marks, ts->arena, ts->diag))
        return ts->ok = false;
    struct piece *p = list_add(ts, l, PIECE_SHEET, spec.height);
    p->sheet = s;
    p->x = x;
    p->at = box->at;
    const struct box *table = box->u.chart.data_table ? chart_table(ts, box) : NULL;
    return !table || flow_boxes(ts, l, table, x, width);
}

/* The room of a picture: as large as told or as the file is (96 pixels an inch), within the page. To be covered, the
 * room keeps its own shape; else it has the picture's. */
static void image_room(const struct typesetter *ts, const struct box *box, double width, double *w, double *h)
{
    const struct image *image = box->u.image.image;
    double ratio = (double)image->width / image->height;
    *w = box->u.image.width;
    *h = box->u.image.height;
    if (*w <= 0 && *h <= 0)
        *w = image->width * 0.75;
    if (*w <= 0)
        *w = *h * ratio;
    if (*h <= 0)
        *h = *w / ratio;
    if (!box->u.image.cover) {
        *w = fmin(*w, *h * ratio);
        *h = *w / ratio;
    }
    double smaller = fmin(fmin(width / *w, ts->page_height / *h), 1);
    *w *= smaller;
    *h *= smaller;
}

static bool flow_image(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    const struct image *image = box->u.image.image;
    double w, h;
    if (!image || image->width <= 0 || image->height <= 0)
        return true;
    image_room(ts, box, width, &w, &h);
    bool decoration = box->u.image.alt && !*box->u.image.alt;
    struct node *figure = decoration ? NULL : ts_node(ts, NODE_FIGURE);
    if (figure)
        figure->alt = box->u.image.alt ? box->u.image.alt : "";
    struct sheet *s = figure_sheet(ts, figure, w, h);
    struct mark *m = marks_add(&s->marks, ts->arena, MARK_IMAGE, figure);
    double shape = w / h * image->height / image->width; /* of the room, against the picture's */
    m->u.image.image = image;
    m->u.image.w = w;
    m->u.image.h = h;
    m->u.image.cut[0] = shape < 1 - 1e-6 ? 1 - shape : 0;
    m->u.image.cut[1] = shape > 1 + 1e-6 ? 1 - 1 / shape : 0;
    struct piece *p = list_add(ts, l, PIECE_SHEET, h);
    p->sheet = s;
    p->x = x + (ts->align == ALIGN_CENTER ? (width - w) / 2 : ts->align == ALIGN_END ? width - w : 0);
    p->at = box->at;
    return true;
}

/* A figure of squares, the runs of dark ones of each row as one rectangle. */
static bool flow_qr(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    int n = box->u.qr.modules;
    double size = fmin(box->u.qr.size, width), unit = size / n;
    struct node *figure = ts_node(ts, NODE_FIGURE);
    struct sheet *s = figure_sheet(ts, figure, size, size);
    struct path_step *steps = arena_array(ts->arena, struct path_step, (size_t)n * (size_t)n * 5);
    size_t k = 0;

    if (figure)
        figure->alt = box->u.qr.alt;
    for (int row = 0; row < n; row++)
        for (int from = 0, to; from < n; from = to + 1) {
            for (to = from; to < n && box->u.qr.dark[row * n + to]; to++)
                ;
            if (to == from)
                continue;
            double x0 = from * unit, x1 = to * unit, y0 = row * unit, y1 = y0 + unit;
            steps[k++] = (struct path_step){ PATH_MOVE, { x0 }, { y0 } };
            steps[k++] = (struct path_step){ PATH_LINE, { x1 }, { y0 } };
            steps[k++] = (struct path_step){ PATH_LINE, { x1 }, { y1 } };
            steps[k++] = (struct path_step){ PATH_LINE, { x0 }, { y1 } };
            steps[k++] = (struct path_step){ .op = PATH_CLOSE };
        }
    struct mark *m = marks_add(&s->marks, ts->arena, MARK_PATH, figure);
    m->u.path.steps = steps;
    m->u.path.n = k;
    m->u.path.fill = true;
    struct piece *p = list_add(ts, l, PIECE_SHEET, size);
    p->sheet = s;
    p->x = x;
    p->at = box->at;
    return true;
}

/* White room; what stands there is the field alone. */
static bool flow_signature(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    double w = fmin(box->u.signature.width, width), h = box->u.signature.height;
    struct node *form = ts_node(ts, NODE_FORM);
    struct sheet *s = arena_new(ts->arena, struct sheet);

    if (form)
        *sheet_spot(ts, s, SPOT_LINK) = (struct spot){ SPOT_LINK, 0, 0, w, h, form, box->u.signature.name,
                                                       box->u.signature.words, 0 };
    struct piece *p = list_add(ts, l, PIECE_SHEET, h);
    p->sheet = s;
    p->x = x + (ts->align == ALIGN_CENTER ? (width - w) / 2 : ts->align == ALIGN_END ? width - w : 0);
    p->at = box->at;
    return true;
}

static bool flow_rule(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    struct props props = { 0 };
    struct sheet *s = arena_new(ts->arena, struct sheet);
    props.border[SIDE_TOP] = box->u.rule.line;
    sheet_frame(ts, s, &props, 0, 0, width, 0, true, false);
    struct piece *p = list_add(ts, l, PIECE_SHEET, line_of(&box->u.rule.line));
    p->sheet = s;
    p->x = x;
    p->at = box->at;
    return true;
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
        fill_to(ts, l, first, p->min_height - (framed ? props_bottom(p) : 0));
    if (framed)
        flow_close(ts, l, f);
    if (p->keep_together)
        keep_pieces(ts, l, first);
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
