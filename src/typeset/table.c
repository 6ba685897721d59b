/* Tables become rows of cells, each cell a list of its own.
 *
 * A table is gone through a fixed number of times: once for the widths of
 * automatic columns (only if there are any), once for the figures of decimal
 * columns, once to make the cells, once to line them up.  So it is linear in
 * its rows.  The lines of a cell over several rows are shared out to those
 * rows, so that a page may end between them; only if it stands in the middle
 * of few rows it stays whole, and they stay on one page. */
#include "typeset/internal.h"

#include <math.h>
#include <string.h>

enum { MANY_ROWS = 1000 };        /* from here on the cost of measuring them is told */

struct rowwork {                  /* a row while its table is made */
    struct gridrow row;
    size_t n_cells;               /* of its own: parts of cells above follow them */
    struct para **paras;          /* of cells that are one plain text: measured, and later set */
    double height;
    bool joined;                  /* with the row above, by a cell over both */
};
struct tablework {
    struct typesetter *ts;
    const struct table *t;
    const struct box *box;
    struct track *tracks;
    double width;
    struct rowwork *rows;
    double *before, *after, *hang; /* of decimal columns: widths around the comma */
    double *reach;                 /* ... and how far what hangs reaches behind it */
};

/* ---- tables: columns ---- */

static enum align cell_align(const struct table *t, const struct cell *c)
{
    enum align a = c->align;
    if (a == ALIGN_START && c->column < (int)t->n_columns && c->scope == SCOPE_NONE)
        a = t->columns[c->column].align;
    return a;
}

static bool lone_text(const struct box *b)
{
    return b && !b->next && b->kind == BOX_TEXT;
}

/* A text without anything around it that the cell would not have itself. */
static bool plain_text(const struct box *b)
{
    const double *m = b ? b->props.margin : NULL;
    return lone_text(b) && !b->id && !b->bookmark && (b->role == ROLE_AUTO || b->role == ROLE_P) &&
           !props_framed(&b->props) && b->props.width.unit == LEN_AUTO && b->props.min_height <= 0 &&
           m[SIDE_LEFT] + m[SIDE_RIGHT] <= 0;
}

/* Only figures of the table's body line up; heads stand over them at the end. */
static bool is_decimal(const struct table *t, const struct row *row, const struct cell *c)
{
    return cell_align(t, c) == ALIGN_DECIMAL && row->kind != ROW_HEADER && c->column_span <= 1 && plain_text(c->content);
}

static enum align text_align(const struct table *t, const struct row *row, const struct cell *c)
{
    enum align a = cell_align(t, c), own = c->content->u.text.align;
    if (a == ALIGN_DECIMAL)
        return is_decimal(t, row, c) ? ALIGN_DECIMAL : ALIGN_END;
    return own == ALIGN_START ? a : own == ALIGN_DECIMAL ? ALIGN_END : own;
}

/* The paragraph of a plain cell, made when it is first asked for; NULL after an error. */
static struct para *cell_para(struct tablework *w, size_t r, size_t i)
{
    const struct row *row = &w->t->rows[r];
    struct para **at;
    if (!w->rows[r].paras)
        w->rows[r].paras = arena_array(w->ts->arena, struct para *, row->n_cells);
    at = &w->rows[r].paras[i];
    if (!*at)
        *at = para_new(w->ts, row->cells[i].content, text_align(w->t, row, &row->cells[i]), 1);
    return *at;
}

static double cell_left(const struct props *p)
{
    return p->padding[SIDE_LEFT] + (props_left(p) - p->padding[SIDE_LEFT]) / 2;
}
static double cell_right(const struct props *p)
{
    return p->padding[SIDE_RIGHT] + (props_right(p) - p->padding[SIDE_RIGHT]) / 2;
}
static double cell_top(const struct props *p)
{
    return p->padding[SIDE_TOP] + (props_top(p) - p->padding[SIDE_TOP]) / 2;
}
static double cell_bottom(const struct props *p)
{
    return p->padding[SIDE_BOTTOM] + (props_bottom(p) - p->padding[SIDE_BOTTOM]) / 2;
}

static bool measure_figures(struct tablework *w)
{
    for (size_t r = 0; r < w->t->n_rows; r++)
        for (size_t i = 0; i < w->t->rows[r].n_cells; i++) {
            const struct cell *c = &w->t->rows[r].cells[i];
            double before, after, hang;
            if (c->column < 0 || c->column >= (int)w->t->n_columns || !is_decimal(w->t, &w->t->rows[r], c))
                continue;
            struct para *p = cell_para(w, r, i);
            if (!p)
                return false;
            if (!para_decimal(p, &before, &after, &hang))
                continue;
            w->before[c->column] = fmax(w->before[c->column], before);
            w->after[c->column] = fmax(w->after[c->column], after);
            w->hang[c->column] = fmax(w->hang[c->column], hang);
            w->reach[c->column] = fmax(w->reach[c->column], after + hang);
        }
    return true;
}

static bool cell_range(struct tablework *w, size_t r, size_t i, double *min, double *max)
{
    const struct cell *c = &w->t->rows[r].cells[i];
    if (!plain_text(c->content))
        return flow_range(w->ts, c->content, min, max);
    struct para *p = cell_para(w, r, i);
    if (p)
        para_range(p, min, max);
    return p != NULL;
}

static bool measure_autos(struct tablework *w)
{
    for (size_t r = 0; r < w->t->n_rows; r++)
        for (size_t i = 0; i < w->t->rows[r].n_cells; i++) {
            const struct cell *c = &w->t->rows[r].cells[i];
            double min, max;
            if (c->column < 0 || c->column >= (int)w->t->n_columns || c->column_span > 1 ||
                w->tracks[c->column].len.unit != LEN_AUTO)
                continue;
            w->ts->row = (long)r + 1;
            if (!cell_range(w, r, i, &min, &max))
                return false;
            if (is_decimal(w->t, &w->t->rows[r], c)) {
                max = fmax(max, w->before[c->column] + w->after[c->column] + w->hang[c->column]);
                min = fmax(min, max);
            }
            struct track *t = &w->tracks[c->column];
            double around = cell_left(&c->props) + cell_right(&c->props);
            t->min = fmax(t->min, min + around);
            t->max = fmax(t->max, max + around);
        }
    return true;
}

static bool table_tracks(struct tablework *w)
{
    size_t n = w->t->n_columns;
    bool autos = false, decimals = false;
    w->tracks = arena_array(w->ts->arena, struct track, n);
    for (size_t i = 0; i < n; i++) {
        w->tracks[i].len = w->t->columns[i].width;
        autos |= w->tracks[i].len.unit == LEN_AUTO;
    }
    w->before = arena_array(w->ts->arena, double, n);
    w->after = arena_array(w->ts->arena, double, n);
    w->hang = arena_array(w->ts->arena, double, n);
    w->reach = arena_array(w->ts->arena, double, n);
    for (size_t r = 0; r < w->t->n_rows && !decimals; r++)
        for (size_t i = 0; i < w->t->rows[r].n_cells; i++)
            decimals |= cell_align(w->t, &w->t->rows[r].cells[i]) == ALIGN_DECIMAL;
    if ((decimals && !measure_figures(w)) || (autos && !measure_autos(w)))
        return false;
    size_t body = 0;
    for (size_t r = w->t->n_header; r < w->t->n_rows; r++)
        body += w->t->rows[r].kind == ROW_BODY;
    if (autos && body >= MANY_ROWS)
        diag_note(w->ts->diag, w->box->at, _("%s: all %zu rows were measured for the columns of automatic width; widths "
                                             "in mm, %% or fr save that"),
                  w->ts->doc->place ? w->ts->doc->place : "-", body);
    w->ts->row = 0;
    if (!tracks_fit(w->tracks, n, w->width, w->t->gap))
        ts_overflow(w->ts, w->box->at, _("the columns do not fit a width of %.1f pt"), w->width);
    return true;
}

/* ---- tables: cells ---- */

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
    struct para *p = cell_para(w, r, i);
    if (!p || para_empty(p))
        return p != NULL;
    bool ok = is_decimal(w->t, &w->t->rows[r], c)
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
    double left = cell_left(&c->props), right = cell_right(&c->props);
    *g = (struct gridcell){ .x = a->x + left, .width = b->x + b->width - a->x - left - right,
                            .top = cell_top(&c->props) + cell_top(&row->props),
                            .bottom = cell_bottom(&c->props) + cell_bottom(&row->props), .frame_x = a->x,
                            .frame_width = b->x + b->width - a->x,
                            .props = props_framed(&c->props) ? &c->props : NULL };
    list_init(&g->list);
    struct node *outer = ts->node;
    enum align align = ts->align;
    ts->node = cell_node(ts, c);
    ts->direct = lone_text(c->content);
    ts->align = cell_align(w->t, c);
    if (ts->align == ALIGN_DECIMAL)
        ts->align = ALIGN_END;
    bool ok = plain_text(c->content) ? text_cell(w, g, r, i) : flow_boxes(ts, &g->list, c->content, 0, g->width);
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

/* The last row that a cell lies in; heads end with the head. */
static size_t last_spanned(const struct tablework *w, size_t r, const struct cell *c)
{
    size_t end = r < w->t->n_header ? w->t->n_header : w->t->n_rows, span = c->row_span > 1 ? (size_t)c->row_span : 1;
    return span < end - r ? r + span - 1 : end - 1;
}

static bool make_row(struct tablework *w, size_t r)
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
        spans[n] = (int)(last_spanned(w, r, c) - r) + 1;
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

static struct gridcell *add_part(struct tablework *w, size_t r, const struct gridcell *of)
{
    struct gridrow *row = &w->rows[r].row;
    struct gridcell *cells = arena_array(w->ts->arena, struct gridcell, row->n + 1);
    for (size_t i = 0; i < row->n; i++)
        cells[i] = row->cells[i];
    cells[row->n] = (struct gridcell){ .x = of->x, .width = of->width, .props = of->props, .frame_x = of->frame_x,
                                       .frame_width = of->frame_width, .left_edge = of->left_edge };
    list_init(&cells[row->n].list);
    row->cells = cells;
    return &cells[row->n++];
}

/* Gives each row that a cell spans its part of the cell's lines, so that a page may end between them. */
static void share_out(struct tablework *w, size_t r, size_t i, size_t last)
{
    struct gridcell whole = w->rows[r].row.cells[i], *part = &w->rows[r].row.cells[i];
    size_t next = 0, row = r;
    double y = whole.top + whole.shift, above = 0;
    list_init(&part->list);
    for (;; row++) {
        double room = w->rows[row].height - (row == last ? whole.bottom : 0);
        for (bool first = true; next < whole.list.n; next++, first = false) {
            const struct piece *p = &whole.list.items[next];
            above = first && row > r ? 0 : p->above;
            if (row < last && y + above + p->height > room + EPSILON)
                break;
            *ARENA_PUSH(w->ts->arena, part->list.items, part->list.n, part->list.cap) = *p;
            if (first)
                part->list.items[0].above = 0;
            y += above + p->height;
        }
        w->rows[row].height = fmax(w->rows[row].height, row == last ? y + whole.bottom : 0);
        part->goes_on = row < last;
        if (row == last)
            break;
        y = fmax(y - w->rows[row].height, 0);
        part = add_part(w, row + 1, &whole);
        part->top = y;
    }
}

/* A piece higher than each of the rows (a chart beside them) is not shared out. */
static bool needs_more_rows(const struct tablework *w, const struct gridcell *g, size_t r, size_t last)
{
    double row = 0, piece = 0;
    for (size_t k = r; k < last; k++)
        row = fmax(row, w->rows[k].height);
    for (size_t k = 0; k < g->list.n; k++)
        piece = fmax(piece, g->list.items[k].height);
    return piece > row + EPSILON;
}

/* Rows r to `last` with those that other cells join to them. */
static double joined_height(const struct tablework *w, size_t r, size_t last)
{
    double height = 0;
    while (r > 0 && w->rows[r].joined)
        r--;
    while (last + 1 < w->t->n_rows && w->rows[last + 1].joined)
        last++;
    for (; r <= last; r++)
        height += w->rows[r].height;
    return height;
}

/* A cell over several rows: the last of them grows if it needs more. */
static void spread_span(struct tablework *w, size_t r, size_t i, size_t last)
{
    const struct cell *c = &w->t->rows[r].cells[i];
    struct gridcell *g = &w->rows[r].row.cells[i];
    double baseline, has = 0, needs = list_height(&g->list, &baseline) + g->top + g->bottom + g->shift;
    for (size_t k = r; k <= last; k++)
        has += w->rows[k].height;
    if (needs > has)
        w->rows[last].height += needs - has;
    has = fmax(has, needs);
    bool middle = c->props.valign == VALIGN_MIDDLE || c->props.valign == VALIGN_BOTTOM;
    double chain = joined_height(w, r, last);
    bool whole = (middle || needs_more_rows(w, g, r, last)) && chain < w->ts->page_height / 2;
    for (size_t k = r + 1; k <= last; k++)
        w->rows[k].joined |= chain < w->ts->page_height / 4 || whole;
    if (!whole) {
        share_out(w, r, i, last);
        return;
    }
    g->span_height = has;
    g->goes_on = true;
    for (size_t k = r + 1; k <= last; k++)
        add_part(w, k, g)->goes_on = k < last;
}

static void spread_spans(struct tablework *w)
{
    for (size_t r = 0; r < w->t->n_rows; r++)
        for (size_t i = 0; i < w->t->rows[r].n_cells && i < w->rows[r].n_cells; i++) {
            size_t last = last_spanned(w, r, &w->t->rows[r].cells[i]);
            if (last > r)
                spread_span(w, r, i, last);
        }
}

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

static void add_rows(struct tablework *w, struct list *l, double x, size_t from, size_t to, struct repeat *repeat)
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

/* What later pages of a table begin with: its caption and "(tiếp theo)", or that alone. */
static struct box *continued_box(const struct tablework *w)
{
    const struct table *t = w->t;
    struct arena *a = w->ts->arena;
    struct box *box = arena_new(a, struct box);
    bool caption = t->caption && t->caption->kind == BOX_TEXT;
    size_t n = caption ? t->caption->u.text.n : 0;
    struct run *runs = arena_array(a, struct run, n + 1);
    if (caption)
        *box = *t->caption;
    else
        *box = (struct box){ .kind = BOX_TEXT, .at = w->box->at, .props = { .widows = 2, .orphans = 2 } };
    box->next = NULL;
    box->id = box->bookmark = NULL;
    for (size_t i = 0; i < n; i++)
        runs[i] = t->caption->u.text.runs[i];
    runs[n] = (struct run){ .kind = RUN_TEXT, .text = caption ? arena_printf(a, " %s", t->continued) : t->continued,
                            .style = n ? runs[n - 1].style : t->continued_style, .at = box->at };
    box->u.text.style = runs[n].style;
    box->u.text.runs = runs;
    box->u.text.n = n + 1;
    return box;
}

/* The head that later pages begin with: the caption with "(tiếp theo)", and the head rows once more. */
static bool make_repeat(struct tablework *w, struct repeat *repeat)
{
    struct typesetter *ts = w->ts;
    const struct table *t = w->t;
    struct list l;
    list_init(&l);
    struct box *box = t->continued ? continued_box(w) : NULL;
    if (box) {
        bool artifact = ts->artifact;
        ts->artifact = true;
        bool ok = flow_boxes(ts, &l, box, 0, w->width);
        ts->artifact = artifact;
        if (!ok)
            return false;
    }
    if (t->header_repeat)
        add_rows(w, &l, 0, 0, t->n_header, NULL);
    double baseline;
    struct fit all = { .end = { .i = l.n } };
    struct sheet *sheet = arena_new(ts->arena, struct sheet);
    repeat->height = list_height(&l, &baseline);
    place_put(ts, &l, (struct cursor){ 0 }, &all, sheet, 0, 0);
    repeat->head = sheet;
    return true;
}

/* ---- rows at the ends of pages ---- */

static bool at_foot(const struct page_row *p)
{
    return p->row.kind != ROW_BROUGHT;
}

/* The row with its sums over the body rows `from` to before `to`, as a list of its own. */
static bool make_page_row(const struct tablework *w, const struct page_row *p, size_t from, size_t to, struct list *l)
{
    struct typesetter *ts = w->ts;
    struct row row = p->row;
    struct table alone = *w->t;
    struct rowwork work = { 0 };
    struct tablework part = *w;
    row.cells = arena_array(ts->arena, struct cell, row.n_cells);
    memcpy(row.cells, p->row.cells, row.n_cells * sizeof *row.cells);
    for (size_t k = 0; k < p->n_sums; k++)
        for (size_t i = 0; i < row.n_cells; i++) {
            const struct page_sum *s = &p->sums[k];
            if (row.cells[i].column != s->column || !row.cells[i].content)
                continue;
            struct box *box = arena_new(ts->arena, struct box);
            struct run *run = arena_new(ts->arena, struct run);
            *box = *row.cells[i].content;
            *run = box->u.text.runs[0];
            double sum = s->before[to < s->rows ? to : s->rows];
            if (row.kind == ROW_PAGE_TOTAL)
                sum -= s->before[from < s->rows ? from : s->rows];
            run->text = s->print(s->format, sum, ts->arena);
            box->u.text.runs = run;
            row.cells[i].content = box;
        }
    alone.rows = &row;
    alone.n_rows = alone.n_header = 1; /* no row of the body: messages name none */
    part.t = &alone;
    part.rows = arena_new(ts->arena, struct rowwork);
    *part.rows = work;
    if (!make_row(&part, 0))
        return false;
    add_rows(&part, l, 0, 0, 1, NULL);
    ts->row = 0;
    return true;
}

static bool page_row_list(const struct tablework *w, bool foot, size_t from, size_t to, struct list *l)
{
    struct typesetter *ts = w->ts;
    bool artifact = ts->artifact, ok = true;
    list_init(l);
    ts->artifact = true;
    for (size_t i = 0; i < w->t->n_page_rows && ok; i++)
        if (at_foot(&w->t->page_rows[i]) == foot)
            ok = make_page_row(w, &w->t->page_rows[i], from, to, l);
    ts->artifact = artifact;
    return ok;
}

void table_put_page_rows(struct typesetter *ts, const struct repeat *repeat, bool foot, size_t from, size_t to,
                         struct sheet *sheet, double x, double y)
{
    struct list l;
    struct sheet *own = arena_new(ts->arena, struct sheet);
    if (!page_row_list(repeat->table, foot, from, to, &l)) {
        ts->ok = false;
        return;
    }
    struct fit all = { .end = { .i = l.n } };
    place_put(ts, &l, (struct cursor){ 0 }, &all, own, 0, 0);
    sheet_put(ts, sheet, own, x, y, true);
}

/* Their room is that of the sums of the whole table, which are the longest where nothing is below zero. */
static bool measure_page_rows(struct tablework *w, struct repeat *repeat)
{
    struct list foot, brought;
    double baseline;
    size_t n = w->t->n_rows - w->t->n_header;
    if (!w->t->n_page_rows)
        return true;
    while (n > 0 && w->t->rows[w->t->n_header + n - 1].kind == ROW_TOTAL)
        n--;
    if (!page_row_list(w, true, 0, n, &foot) || !page_row_list(w, false, 0, n, &brought))
        return false;
    repeat->table = arena_new(w->ts->arena, struct tablework);
    *repeat->table = *w;
    repeat->foot = list_height(&foot, &baseline);
    repeat->brought = list_height(&brought, &baseline);
    repeat->height += repeat->brought;
    return true;
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
        if (!make_row(w, r))
            return false;
    }
    ts->row = 0;
    ts->node = table;
    spread_spans(w);
    return true;
}

static bool put_caption(struct tablework *w, struct list *l, double x)
{
    struct typesetter *ts = w->ts;
    struct node *outer = ts->node;
    if (!w->t->caption)
        return true;
    ts->node = ts_node(ts, NODE_CAPTION);
    ts->direct = lone_text(w->t->caption);
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
        if (!make_repeat(w, repeat) || !measure_page_rows(w, repeat))
            return false;
        if (repeat->height + repeat->foot > w->ts->page_height / 2)
            repeat = NULL; /* a head of over half a page leaves too little for rows */
    }
    add_rows(w, l, x, 0, t->n_header, NULL);
    add_rows(w, l, x, t->n_header, t->n_rows, repeat);
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
