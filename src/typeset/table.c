/* Tables become rows of cells, each cell a list of its own.
 *
 * A table is gone through a fixed number of times: once for the widths of
 * automatic columns (only if there are any), once for the figures of decimal
 * columns, once to make the cells, once to line them up.  So it is linear in
 * its rows.  The lines of a cell over several rows are shared out to those
 * rows, so that a page may end between them; only if it stands in the middle
 * of few rows it stays whole, and they stay on one page. */
#include "typeset/table.h"

#include <math.h>

/* ---- tables: cells ---- */

static double cell_top(const struct props *p)
{
    return p->padding[SIDE_TOP] + (props_top(p) - p->padding[SIDE_TOP]) / 2;
}
static double cell_bottom(const struct props *p)
{
    return p->padding[SIDE_BOTTOM] + (props_bottom(p) - p->padding[SIDE_BOTTOM]) / 2;
}

static struct node *cell_node(struct typesetter *ts, const struct cell *c)
{
    struct node *n = ts_node(ts, c->scope == SCOPE_NONE ? NODE_TD : NODE_TH);
    if (n) {
        n->scope = c->scope;
        n->row_span = c->row_span;
        n->column_span = c->column_span;
    }
    return n;
}

/* Where a decimal column has its comma: as far right as the longest decimals let it, and as what hangs behind
 * figures does not touch the next column, if there is room for that. */
static double comma_of(const struct tablework *w, int column, double width)
{
    double after = w->after[column], free = fmax(width - w->before[column] - after, 0);
    double over = column + 1 < (int)w->t->n_columns ? w->reach[column] - after - fmax(w->t->gap - 1, 0) : 0;
    return width - after - fmin(fmax(over, 0), free);
}

/* A text that is all of its cell; a figure stands with its comma at its column's place. */
static bool text_cell(struct tablework *w, struct gridcell *g, size_t r, size_t i)
{
    struct typesetter *ts = w->ts;
    const struct cell *c = &w->t->rows[r].cells[i];
    struct lines lines;
    struct para *p = table_para(w, r, i);
    if (!p || para_empty(p))
        return p != NULL;
    bool ok = table_decimal(w->t, &w->t->rows[r], c)
                  ? para_at_comma(ts, p, g->width, comma_of(w, c->column, g->width), ts->node, &lines)
                  : para_lines(ts, p, g->width, ts->node, &lines);
    return ok && flow_lines(ts, &g->list, c->content, &lines, 0);
}

static bool make_cell(struct tablework *w, size_t r, size_t i, struct gridcell *g)
{
    struct typesetter *ts = w->ts;
    const struct row *row = &w->t->rows[r];
    const struct cell *c = &row->cells[i];
    size_t last = (size_t)c->column + (size_t)(c->column_span > 1 ? c->column_span - 1 : 0);
    if (last >= w->t->n_columns)
        last = w->t->n_columns - 1;
    const struct track *a = &w->tracks[c->column], *b = &w->tracks[last];
    double left = table_cell_left(&c->props), right = table_cell_right(&c->props);
    *g = (struct gridcell){ .x = a->x + left, .width = b->x + b->width - a->x - left - right,
                            .top = cell_top(&c->props) + cell_top(&row->props),
                            .bottom = cell_bottom(&c->props) + cell_bottom(&row->props), .frame_x = a->x,
                            .frame_width = b->x + b->width - a->x,
                            .props = props_framed(&c->props) ? &c->props : NULL };
    list_init(&g->list);
    struct node *outer = ts->node;
    enum align align = ts->align;
    ts->node = cell_node(ts, c);
    ts->direct = table_lone_text(c->content);
    ts->align = table_align(w->t, c);
    if (ts->align == ALIGN_DECIMAL)
        ts->align = ALIGN_END;
    bool ok = table_plain_text(c->content) ? text_cell(w, g, r, i) : flow_boxes(ts, &g->list, c->content, 0, g->width);
    ts->node = outer;
    ts->direct = false;
    ts->align = align;
    return ok;
}

static void mark_edges(const struct row *row, struct gridcell *cells, size_t n, const struct row *above)
{
    for (size_t i = 0; i < n; i++) {
        const struct cell *c = &row->cells[i];
        cells[i].left_edge = cells[i].top_edge = true;
        if (i > 0 && row->cells[i - 1].props.border[SIDE_RIGHT].style != LINE_NONE)
            cells[i].left_edge = false;
        for (size_t k = 0; above && k < above->n_cells; k++)
            if (above->cells[k].column <= c->column && above->cells[k].props.border[SIDE_BOTTOM].style != LINE_NONE &&
                above->cells[k].column + (above->cells[k].column_span > 1 ? above->cells[k].column_span : 1) > c->column)
                cells[i].top_edge = false;
    }
}

bool table_row(struct tablework *w, size_t r)
{
    const struct row *row = &w->t->rows[r];
    struct rowwork *work = &w->rows[r];
    struct typesetter *ts = w->ts;
    struct node *outer = ts->node;
    enum valign *valign = arena_array(ts->arena, enum valign, row->n_cells);
    int *spans = arena_array(ts->arena, int, row->n_cells);
    size_t n = 0;
    work->row.cells = arena_array(ts->arena, struct gridcell, row->n_cells);
    work->row.props = props_framed(&row->props) ? &row->props : NULL;
    work->row.width = w->width;
    work->row.lattice = true;
    ts->row = (long)r + 1 - (long)w->t->n_header;
    ts->node = ts_node(ts, NODE_TR);
    for (size_t i = 0; i < row->n_cells; i++) {
        const struct cell *c = &row->cells[i];
        if (c->column < 0 || c->column >= (int)w->t->n_columns) {
            diag_error(ts->diag, c->at, _("a cell in column %d of a table with %zu"), c->column + 1, w->t->n_columns);
            return ts->ok = false;
        }
        valign[n] = c->props.valign;
        spans[n] = (int)(table_last_row(w, r, c) - r) + 1;
        if (!make_cell(w, r, i, &work->row.cells[n++]))
            return false;
    }
    work->row.n = work->n_cells = n;
    mark_edges(row, work->row.cells, n, r ? &w->t->rows[r - 1] : NULL);
    work->height = row_align(work->row.cells, n, valign, spans, fmax(row->min_height, row->props.min_height));
    ts->node = outer;
    return true;
}

/* ---- tables: rows ---- */

/* Like lines of a paragraph, the first and the last row of a table or group do not stand alone. */
static bool begins(const struct table *t, size_t r)
{
    return r == t->n_header || (r > t->n_header && t->rows[r - 1].kind == ROW_GROUP);
}

static bool ends(const struct table *t, size_t r)
{
    return r + 1 == t->n_rows || t->rows[r + 1].kind == ROW_GROUP;
}

static int row_cost(const struct tablework *w, size_t r)
{
    const struct row *row = &w->t->rows[r], *above = row - 1;
    if (r == 0)
        return COST_FREE;
    if (r <= w->t->n_header && w->t->n_header)
        return COST_GLUE;
    if (w->rows[r].joined)
        return COST_GLUE;
    if (above->keep_with_next || above->kind == ROW_GROUP)
        return COST_NEXT;
    if (row->kind == ROW_TOTAL || row->kind == ROW_GROUP_FOOTER)
        return COST_KEEP;
    bool high = w->rows[r - 1].height + w->rows[r].height > w->ts->page_height / 4; /* alone they are no leftovers */
    return !high && (begins(w->t, r - 1) || ends(w->t, r)) ? COST_KEEP : COST_FREE;
}

/* A spanning cell whose lines were shared out stays at the top. */
static void line_up(struct tablework *w, size_t r)
{
    struct rowwork *work = &w->rows[r];
    enum valign *valign = arena_array(w->ts->arena, enum valign, work->n_cells);
    for (size_t i = 0; i < work->n_cells; i++) {
        const struct gridcell *g = &work->row.cells[i];
        valign[i] = g->goes_on && g->span_height <= 0 ? VALIGN_TOP : w->t->rows[r].cells[i].props.valign;
    }
    row_align_others(work->row.cells, work->n_cells, valign, work->height);
}

void table_add_rows(struct tablework *w, struct list *l, double x, size_t from, size_t to, struct repeat *repeat)
{
    for (size_t r = from; r < to; r++) {
        line_up(w, r);
        int waiting = l->next_cost, cost = row_cost(w, r);
        l->next_cost = cost > waiting ? cost : waiting;
        struct piece *p = row_add(w->ts, l, &w->rows[r].row, w->rows[r].height, x);
        p->at = w->t->rows[r].at.line ? w->t->rows[r].at : w->box->at;
        p->line = (long)(r + 1 - w->t->n_header);
        p->keep = w->t->rows[r].keep || w->rows[r].joined || (r + 1 < to && w->rows[r + 1].joined);
        p->repeat = repeat;
    }
}

static bool make_rows(struct tablework *w)
{
    struct typesetter *ts = w->ts;
    struct node *table = ts->node;
    for (size_t r = 0; r < w->t->n_rows; r++) {
        if (r == 0 && w->t->n_header)
            ts->node = ts_node(ts, NODE_THEAD);
        if (r == w->t->n_header) {
            ts->node = table;
            ts->node = ts_node(ts, NODE_TBODY);
        }
        if (!table_row(w, r))
            return false;
    }
    ts->row = 0;
    ts->node = table;
    table_spans(w);
    return true;
}

static bool put_caption(struct tablework *w, struct list *l, double x)
{
    struct typesetter *ts = w->ts;
    struct node *outer = ts->node;
    if (!w->t->caption)
        return true;
    ts->node = ts_node(ts, NODE_CAPTION);
    ts->direct = table_lone_text(w->t->caption);
    struct box *caption = arena_new(ts->arena, struct box);
    *caption = *w->t->caption;
    caption->next = NULL;
    if (caption->role == ROLE_CAPTION)
        caption->role = ROLE_AUTO;
    bool ok = flow_boxes(ts, l, caption, x, w->width);
    ts->direct = false;
    ts->node = outer;
    l->next_cost = COST_GLUE;
    return ok;
}

static bool build_table(struct tablework *w, struct list *l, double x)
{
    const struct table *t = w->t;
    w->rows = arena_array(w->ts->arena, struct rowwork, t->n_rows);
    if (!put_caption(w, l, x) || !table_tracks(w) || !make_rows(w))
        return false;
    struct repeat *repeat = NULL;
    if ((t->header_repeat && t->n_header) || t->continued || t->n_page_rows) {
        repeat = arena_new(w->ts->arena, struct repeat);
        if (!table_repeat(w, repeat) || !table_page_rows(w, repeat))
            return false;
        if (repeat->height + repeat->foot > w->ts->page_height / 2)
            repeat = NULL; /* a head of over half a page leaves too little for rows */
    }
    table_add_rows(w, l, x, 0, t->n_header, NULL);
    table_add_rows(w, l, x, t->n_header, t->n_rows, repeat);
    return true;
}

bool flow_table(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    struct tablework w = { .ts = ts, .t = box->u.table, .box = box, .width = width };
    struct node *outer = ts->node;
    bool direct = ts->direct;
    if (!w.t || !w.t->n_columns || !w.t->n_rows)
        return true;
    struct waiting_notes notes = { 0 }, *around = ts->table_notes;
    ts->table_notes = around ? around : &notes;
    ts->direct = false;
    ts->node = ts_node(ts, NODE_TABLE);
    if (ts->node)
        ts->node->alt = w.t->summary;
    bool ok = build_table(&w, l, x);
    ts->node = outer;
    ts->direct = direct;
    ts->table_notes = around;
    return ok && notes_under_table(ts, l, &notes, x, width);
}
