/* Tables: the columns of a layout and the nodes of a card become rows of cells. */
#include "layout/bind.h"
#include "layout/number.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

/* A column as it stands in this table: one <column> may give several (select, as). */
struct col {
    const struct elem *elem;
    const char *name;              /* of its variable; NULL */
    xmlXPathObjectPtr value;
    struct column_track track;
};

struct making {
    struct binder *b;
    const struct elem *e;
    struct context c;              /* of the table */
    struct context cell;           /* with cell-style */
    struct prop_set cell_props;
    struct col *cols;  size_t n_cols, cap_cols;
    struct row *rows;  size_t n_rows, cap_rows;
    struct nodes nodes;
    const char **groups;           /* value of group-by for each node; NULL: no groups */
    size_t *group_start, *group_end; /* of each node's group */
    int *numbers;                  /* which group a node is in, from 1 */
    size_t *row_of;                /* of each node: its first row, from 0 after the head */
    size_t from, to;               /* the nodes that a total sums over */
    struct page_row *page_row;     /* that is being made; NULL */
    struct page_row *page_rows; size_t n_page_rows, cap_page_rows;
};

static struct context node_context(struct making *m, size_t i);

static struct context in_column(struct making *m, const struct context *c, const struct col *col)
{
    struct context inner = *c;
    if (col->name) {
        struct scope *s = arena_new(m->b->a, struct scope);
        *s = (struct scope){ col->name, col->value, c->scope };
        inner.scope = s;
    }
    inner.figures = col->track.align == ALIGN_DECIMAL;
    return inner;
}

static void add_column(struct making *m, const struct elem *e, const char *name, xmlXPathObjectPtr value)
{
    const struct attr *width = elem_attr(e, A_WIDTH);
    struct col *col = ARENA_PUSH(m->b->a, m->cols, m->n_cols, m->cap_cols);
    *col = (struct col){ .elem = e, .name = name, .value = value };
    col->track.width = width ? width->u.tracks.v[0] : (struct track_len){ LEN_AUTO, 0 };
    col->track.align = align_of(e, ALIGN_START);
    col->track.row_header = elem_choice(e, A_ROLE, 0) == 1;
}

static void find_columns(struct making *m)
{
    for (const struct elem *e = m->e->first; e; e = e->next) {
        if (!e->def || e->def->id != E_COLUMN)
            continue;
        const struct attr *test = elem_attr(e, A_TEST), *as = elem_attr(e, A_AS);
        struct nodes nodes;
        if (test && !eval_test(m->b, &m->c, test->u.expr))
            continue;
        if (!elem_attr(e, A_SELECT)) {
            add_column(m, e, NULL, NULL);
            continue;
        }
        if (!eval_nodes(m->b, &m->c, e, &nodes))
            continue;
        for (size_t i = 0; i < nodes.n && m->n_cols < 200; i++) {
            xmlXPathObjectPtr o = xmlXPathNewNodeSet(nodes.v[i]);
            keep_object(m->b, o);
            add_column(m, e, as ? as->raw : "", o);
        }
    }
}

/* ---- cells ---- */

/* A row's style: padding and valign are its cells', rules and background its own. */
static void split_props(const struct prop_set *style, struct prop_set *row, struct prop_set *cells)
{
    const unsigned inner = (unsigned)PROP_PADDING * 15 | PROP_VALIGN;
    struct prop_set part = *style;
    part.set = style->set & inner;
    prop_set_merge(cells, &part);
    part.set = style->set & ~inner;
    prop_set_merge(row, &part);
}

static struct row *add_row(struct making *m, enum row_kind kind, const struct elem *e)
{
    struct row *r = ARENA_PUSH(m->b->a, m->rows, m->n_rows, m->cap_rows);
    r->kind = kind;
    r->keep = elem_choice(m->e, A_ROW_KEEP, 1);
    r->min_height = elem_number(m->e, A_ROW_HEIGHT, 0);
    r->at = e->at;
    return r;
}

static void fill(struct making *m, struct cell *cell, const struct context *c, const struct elem *e,
                 const struct prop_set *props, enum align align)
{
    cell->style = c->style;
    cell->align = align;
    cell->props = props_of(props, e);
    cell->props.width = (struct track_len){ LEN_AUTO, 0 }; /* a column's width is its track's */
    cell->at = e->at;
    cell->content = bind_content(m->b, c, e, align);
}

/* ---- sums ---- */

/* A sum has no more decimals than the longest of its figures: what binary fractions add to it is cut off. */
struct sum_format { const struct number_format *format; int decimals; };

static const char *print_sum(const void *format, double sum, struct arena *a)
{
    const struct sum_format *f = format;
    struct buf digits = { 0 }, out = { 0 };
    buf_number(&digits, sum, f->decimals);
    const char *s = number_print(f->format, digits.data ? digits.data : "0", &out) ? arena_strdup(a, out.data) : "";
    buf_clear(&digits);
    buf_clear(&out);
    return s;
}

static size_t body_count(const struct making *m)
{
    size_t head = 0;
    while (head < m->n_rows && m->rows[head].kind == ROW_HEADER)
        head++;
    return m->n_rows - head;
}

static int decimals_of(double v)
{
    struct buf digits = { 0 };
    number_decimal(v, &digits);
    const char *point = digits.data ? strchr(digits.data, '.') : NULL;
    int n = point ? (int)strlen(point + 1) : 0;
    buf_clear(&digits);
    return n;
}

/* The sum over the rows of a total; for one that stands on pages also up to each row. What is missing adds nothing. */
static double sum_rows(struct making *m, const struct expr *x, double *before, int *decimals)
{
    double sum = 0;
    size_t n = body_count(m);
    for (size_t i = m->from; i < m->to; i++) {
        struct context c = node_context(m, i);
        double v = eval_number(m->b, &c, x);
        if (!isfinite(v))
            continue;
        sum += v;
        int d = decimals_of(v);
        *decimals = d > *decimals ? d : *decimals;
        if (before && m->row_of[i] < n)
            before[m->row_of[i] + 1] += v;
    }
    for (size_t r = 0; before && r < n; r++)
        before[r + 1] += before[r];
    return sum;
}

static void fill_sum(struct making *m, struct cell *cell, const struct elem *e)
{
    static const struct number_format plain = { .decimals_most = 9, .grouping = true, .minus = "\u2212", .missing = "-" };
    const struct attr *sum = elem_attr(e, A_SUM), *name = elem_attr(e, A_FORMAT);
    struct sum_format *format = arena_new(m->b->a, struct sum_format);
    struct page_row *p = m->page_row;
    double *before = p ? arena_array(m->b->a, double, body_count(m) + 1) : NULL;
    *format = (struct sum_format){ name ? format_find(m->b->l, name->raw) : &plain, 0 };
    double whole = sum_rows(m, sum->u.expr, before, &format->decimals);
    cell->content = plain_text(m->b, cell->style, print_sum(format, whole, m->b->a), e->at);
    cell->content->u.text.align = cell->align;
    if (!p)
        return;
    struct page_sum *grown = arena_array(m->b->a, struct page_sum, p->n_sums + 1);
    if (p->n_sums)
        memcpy(grown, p->sums, p->n_sums * sizeof *grown);
    grown[p->n_sums++] = (struct page_sum){ cell->column, before, body_count(m), print_sum, format };
    p->sums = grown;
}

static struct cell column_cell(struct making *m, const struct context *row, const struct col *col, size_t k)
{
    struct cell cell = { .column = (int)k, .column_span = 1, .row_span = 1 };
    struct prop_set props = m->cell_props;
    struct context c = in_column(m, row, col);
    c.style = bind_style(m->b, &c, col->elem, A_STYLE, &props);
    cell.scope = col->track.row_header ? SCOPE_ROW : SCOPE_NONE;
    fill(m, &cell, &c, col->elem, &props, col->track.align);
    return cell;
}

/* Cells told one by one: each at its `column` or the next free one. */
static void told_cells(struct making *m, const struct context *row, const struct elem *e, struct row *out,
                       unsigned char *busy, enum node_scope scope, bool heading)
{
    size_t cap = 0, next = 0;
    struct context inner = *row;
    for (const struct elem *k = e->first; k; k = k->next) {
        if (k->def && k->def->id == E_VARIABLE)
            inner.scope = bind_variable(m->b, &inner, k);
        if (!k->def || k->def->id != E_CELL)
            continue;
        int column = (int)elem_number(k, A_COLUMN, 0);
        next = column ? (size_t)column - 1 : next;
        while (!column && next < m->n_cols && busy[next])
            next++;
        size_t span = (size_t)elem_number(k, A_COLUMN_SPAN, 1), rows = (size_t)elem_number(k, A_ROW_SPAN, 1);
        span = span ? span : 1;
        if (next >= m->n_cols || span > m->n_cols - next || rows > 200) {
            diag_error(m->b->d, k->at, _("the cell lies outside the table, which has %zu columns"), m->n_cols);
            return;
        }
        struct cell *cell = ARENA_PUSH(m->b->a, out->cells, out->n_cells, cap);
        static const enum node_scope scopes[] = { SCOPE_NONE, SCOPE_ROW, SCOPE_COLUMN, SCOPE_BOTH };
        struct prop_set props = m->cell_props;
        struct context c = in_column(m, &inner, &m->cols[next]);
        enum align align = m->cols[next].track.align;
        c.style = bind_style(m->b, &c, k, A_STYLE, &props);
        if (heading || span > 1)
            align = heading ? ALIGN_CENTER : ALIGN_START;
        *cell = (struct cell){ .column = (int)next, .column_span = (int)span, .row_span = rows ? (int)rows : 1,
                               .scope = scopes[elem_choice(k, A_SCOPE, (int)scope)] };
        fill(m, cell, &c, k, &props, align_of(k, align));
        if (elem_attr(k, A_SUM))
            fill_sum(m, cell, k);
        for (size_t i = next; i < next + span; i++)
            busy[i] = (unsigned char)(rows ? rows : 1);
        next += span;
    }
}

static void pass_row(struct making *m, unsigned char *busy)
{
    for (size_t i = 0; i < m->n_cols; i++)
        busy[i] -= busy[i] > 0;
}

/* ---- headings ---- */

static enum align heading_align(const struct col *col)
{
    static const enum align aligns[] = { ALIGN_START, ALIGN_CENTER, ALIGN_END, ALIGN_JUSTIFY };
    int k = elem_choice(col->elem, A_HEADING_ALIGN, -1);
    if (k >= 0)
        return aligns[k];
    return col->track.align == ALIGN_DECIMAL ? ALIGN_END : col->track.align;
}

static const struct elem *child(const struct elem *e, enum element_id id)
{
    const struct elem *k = e->first;
    while (k && !(k->def && k->def->id == id))
        k = k->next;
    return k;
}

static struct cell heading_cell(struct making *m, const struct context *row, const struct prop_set *row_props,
                                const struct col *col, size_t k)
{
    struct cell cell = { .column = (int)k, .column_span = 1, .row_span = 1, .scope = SCOPE_COLUMN };
    struct prop_set props = *row_props;
    struct context c = in_column(m, row, col);
    const struct elem *rich = child(col->elem, E_HEADING);
    const char *words = eval_text(m->b, &c, elem_attr(col->elem, A_HEADING));
    c.figures = false;
    c.style = bind_style(m->b, &c, col->elem, A_HEADING_STYLE, &props);
    cell.style = c.style;
    cell.align = heading_align(col);
    cell.props = props_of(&props, NULL);
    if (!(props.set & PROP_VALIGN))
        cell.props.valign = VALIGN_BOTTOM;
    cell.at = col->elem->at;
    if (rich)
        cell.content = bind_content(m->b, &c, rich, cell.align);
    else if (words && *words) {
        cell.content = plain_text(m->b, c.style, words, col->elem->at);
        cell.content->u.text.align = cell.align;
    }
    return cell;
}

static void header_rows(struct making *m)
{
    const struct elem *told = child(m->e, E_TABLE_HEADER);
    struct prop_set props = m->cell_props, styled = { 0 }, row_props = { 0 };
    struct context c = m->cell;
    bool any = false;
    c.style = bind_style(m->b, &c, m->e, A_HEADING_STYLE, &styled);
    split_props(&styled, &row_props, &props);
    if (told) {
        struct prop_set kept = m->cell_props;
        unsigned char *busy = arena_array(m->b->a, unsigned char, m->n_cols);
        m->cell_props = props;
        for (const struct elem *k = told->first; k; k = k->next)
            if (k->def && k->def->id == E_ROW) {
                struct prop_set own = row_props;
                struct context inner = c;
                inner.style = bind_style(m->b, &c, k, A_STYLE, &own);
                struct row *r = add_row(m, ROW_HEADER, k);
                r->props = props_of(&own, k);
                told_cells(m, &inner, k, r, busy, SCOPE_COLUMN, true);
                pass_row(m, busy);
            }
        m->cell_props = kept;
        return;
    }
    for (size_t k = 0; k < m->n_cols; k++)
        any |= elem_attr(m->cols[k].elem, A_HEADING) || child(m->cols[k].elem, E_HEADING);
    if (!any)
        return;
    struct row *r = add_row(m, ROW_HEADER, m->e);
    r->min_height = 0;
    r->cells = arena_array(m->b->a, struct cell, m->n_cols);
    r->n_cells = m->n_cols;
    r->props = props_of(&row_props, NULL);
    for (size_t k = 0; k < m->n_cols; k++)
        r->cells[k] = heading_cell(m, &c, &props, &m->cols[k], k);
}

/* ---- body ---- */

static struct context node_context(struct making *m, size_t i)
{
    struct context c = m->cell;
    c.node = m->nodes.v[i];
    c.position = (int)i + 1;
    c.size = (int)m->nodes.n;
    if (m->groups) {
        c.group_number = m->numbers[i];
        c.group_position = (int)(i - m->group_start[i]) + 1;
        c.group_size = (int)(m->group_end[i] - m->group_start[i]);
    }
    for (const struct elem *k = m->e->first; k; k = k->next)
        if (k->def && k->def->id == E_VARIABLE)
            c.scope = bind_variable(m->b, &c, k);
    return c;
}

static void columns_row(struct making *m, const struct context *c, const struct prop_set *props)
{
    struct cell *cells = arena_array(m->b->a, struct cell, m->n_cols);
    for (size_t k = 0; k < m->n_cols; k++)
        cells[k] = column_cell(m, c, &m->cols[k], k);
    struct row *r = add_row(m, ROW_BODY, m->e);
    r->cells = cells;
    r->n_cells = m->n_cols;
    r->props = props_of(props, NULL);
}

static void told_row(struct making *m, const struct context *outer, const struct elem *e, enum row_kind kind,
                     const struct prop_set *row_props, unsigned char *busy)
{
    const struct attr *test = elem_attr(e, A_TEST);
    struct prop_set props = *row_props;
    struct context c = *outer;
    if (test && !eval_test(m->b, &c, test->u.expr))
        return;
    c.style = bind_style(m->b, &c, e, A_STYLE, &props);
    struct row made = { 0 };
    told_cells(m, &c, e, &made, busy, SCOPE_NONE, false);
    struct row *r = add_row(m, kind, e);
    r->cells = made.cells;
    r->n_cells = made.n_cells;
    r->props = props_of(&props, e);
    r->min_height = elem_number(e, A_HEIGHT, r->min_height);
    r->keep_with_next = elem_choice(e, A_KEEP, 0) == 1;
    pass_row(m, busy);
}

static void body_rows(struct making *m, size_t i, const struct context *node)
{
    struct prop_set props = { 0 }, styled = { 0 }, kept = m->cell_props;
    struct context c = *node;
    bool told = false;
    if (m->groups && c.group_position == 1 && i)
        c.style = bind_style(m->b, &c, m->e, A_GROUP_STYLE, &styled);
    c.style = bind_style(m->b, &c, m->e, A_ROW_STYLE, &styled);
    split_props(&styled, &props, &m->cell_props);
    unsigned char *busy = arena_array(m->b->a, unsigned char, m->n_cols);
    for (const struct elem *k = m->e->first; k; k = k->next)
        if (k->def && k->def->id == E_ROW) {
            told = true;
            told_row(m, &c, k, ROW_BODY, &props, busy);
        }
    if (!told)
        columns_row(m, &c, &props);
    m->cell_props = kept;
}

/* A row before or after a group: its cells, or one over the whole width. */
static void group_row(struct making *m, const struct context *node, const struct elem *e, enum row_kind kind)
{
    const struct attr *test = elem_attr(e, A_TEST);
    struct prop_set props = { 0 }, cell_props = m->cell_props;
    struct context c = *node;
    if (test && !eval_test(m->b, &c, test->u.expr))
        return;
    if (child(e, E_CELL)) {
        unsigned char *busy = arena_array(m->b->a, unsigned char, m->n_cols);
        told_row(m, node, e, kind, &props, busy);
    } else {
        c.style = bind_style(m->b, &c, e, A_STYLE, &props);
        struct cell *cell = arena_new(m->b->a, struct cell);
        *cell = (struct cell){ .column_span = (int)m->n_cols, .row_span = 1,
                               .scope = kind == ROW_GROUP ? SCOPE_ROW : SCOPE_NONE };
        fill(m, cell, &c, e, &cell_props, align_of(e, ALIGN_START));
        struct prop_set plain = m->cell_props;
        cell->props = props_of(&plain, NULL);
        struct row *r = add_row(m, kind, e);
        r->cells = cell;
        r->n_cells = 1;
        r->props = props_of(&props, e);
    }
    m->rows[m->n_rows - 1].keep_with_next = kind == ROW_GROUP && elem_choice(e, A_KEEP, 1) == 1;
}

/* The label fills the columns before the first cell. */
static void label_row(struct making *m, const struct context *c, const struct elem *k, struct row *r)
{
    const struct attr *label = elem_attr(k, A_LABEL);
    size_t span = r->n_cells ? (size_t)r->cells[0].column : m->n_cols;
    if (!label || !span)
        return;
    struct cell *cells = arena_array(m->b->a, struct cell, r->n_cells + 1);
    if (r->n_cells)
        memcpy(cells + 1, r->cells, r->n_cells * sizeof *cells);
    struct context inner = *c;
    inner.style = bind_style(m->b, c, k, A_STYLE, NULL);
    struct prop_set plain = m->cell_props;
    cells[0] = (struct cell){ .column_span = (int)span, .row_span = 1, .scope = SCOPE_ROW, .style = inner.style,
                              .props = props_of(&plain, NULL), .at = k->at,
                              .content = plain_text(m->b, inner.style, eval_text(m->b, c, label), k->at) };
    r->cells = cells;
    r->n_cells++;
}

enum { ON_GROUP, ON_END, ON_PAGE, ON_CARRY, ON_BROUGHT }; /* total's `on` */

static void total_rows(struct making *m, const struct context *c, int on, size_t from, size_t to)
{
    static const enum row_kind kinds[] = { ROW_TOTAL, ROW_TOTAL, ROW_PAGE_TOTAL, ROW_CARRY, ROW_BROUGHT };
    struct nodes outer = m->b->rows;
    m->b->rows = (struct nodes){ m->nodes.v + from, to - from };
    m->from = from;
    m->to = to;
    for (const struct elem *k = m->e->first; k; k = k->next) {
        struct prop_set none = { 0 };
        if (!k->def || k->def->id != E_TOTAL || elem_choice(k, A_ON, ON_END) != on)
            continue;
        size_t before = m->n_rows;
        unsigned char *busy = arena_array(m->b->a, unsigned char, m->n_cols);
        told_row(m, c, k, kinds[on], &none, busy);
        if (m->n_rows > before)
            label_row(m, c, k, &m->rows[m->n_rows - 1]);
    }
    m->b->rows = outer;
}

/* Totals of pages are made like the others, and then stand by themselves until the pages are known. */
static void page_rows(struct making *m)
{
    for (int on = ON_PAGE; on <= ON_BROUGHT; on++) {
        struct page_row made = { 0 };
        size_t before = m->n_rows;
        m->page_row = &made;
        total_rows(m, &m->cell, on, 0, m->nodes.n);
        m->page_row = NULL;
        if (m->n_rows == before)
            continue;
        m->n_rows = before;
        made.row = m->rows[before];
        *ARENA_PUSH(m->b->a, m->page_rows, m->n_page_rows, m->cap_page_rows) = made;
    }
}

static void find_groups(struct making *m)
{
    const struct attr *by = elem_attr(m->e, A_GROUP_BY);
    if (!by)
        return;
    m->groups = arena_array(m->b->a, const char *, m->nodes.n);
    m->numbers = arena_array(m->b->a, int, m->nodes.n);
    for (size_t i = 0; i < m->nodes.n; i++) {
        struct context c = m->c;
        bool missing;
        c.node = m->nodes.v[i];
        c.position = (int)i + 1;
        c.size = (int)m->nodes.n;
        m->groups[i] = eval_string(m->b, &c, by->u.expr, false, &missing);
        m->numbers[i] = i ? m->numbers[i - 1] + (strcmp(m->groups[i - 1], m->groups[i]) != 0) : 1;
    }
    size_t n = m->nodes.n;
    m->group_start = arena_array(m->b->a, size_t, n);
    m->group_end = arena_array(m->b->a, size_t, n);
    for (size_t i = 0; i < n; i++)
        m->group_start[i] = i && strcmp(m->groups[i], m->groups[i - 1]) == 0 ? m->group_start[i - 1] : i;
    for (size_t i = n; i-- > 0;)
        m->group_end[i] = i + 1 < n && m->group_start[i + 1] == m->group_start[i] ? m->group_end[i + 1] : i + 1;
}

static void group_end(struct making *m, size_t from, size_t to, const struct context *c)
{
    const struct elem *footer = child(m->e, E_GROUP_FOOTER);
    struct nodes outer = m->b->rows;
    if (!m->groups)
        return;
    m->b->rows = (struct nodes){ m->nodes.v + from, to - from };
    if (footer)
        group_row(m, c, footer, ROW_GROUP_FOOTER);
    m->b->rows = outer;
    total_rows(m, c, ON_GROUP, from, to);
}

static void all_rows(struct making *m)
{
    const struct elem *header = child(m->e, E_GROUP_HEADER);
    size_t from = 0, i;
    struct context c = m->cell;
    find_groups(m);
    m->row_of = arena_array(m->b->a, size_t, m->nodes.n);
    for (i = 0; i < m->nodes.n && bind_count(m->b, m->e); i++) {
        bool starts = m->groups && (i == 0 || strcmp(m->groups[i], m->groups[i - 1]) != 0);
        if (starts && i)
            group_end(m, from, i, &c);
        c = node_context(m, i);
        if (starts) {
            from = i;
            struct nodes outer = m->b->rows;
            m->b->rows = (struct nodes){ m->nodes.v + i, (size_t)c.group_size };
            if (header)
                group_row(m, &c, header, ROW_GROUP);
            m->b->rows = outer;
        }
        m->row_of[i] = body_count(m);
        body_rows(m, i, &c);
    }
    if (i)
        group_end(m, from, i, &c);
    page_rows(m);
    total_rows(m, &m->cell, ON_END, 0, m->nodes.n);
}

static struct box *caption_box(struct making *m, const struct attr *caption)
{
    struct box *box = plain_text(m->b, m->c.style, eval_text(m->b, &m->c, caption), m->e->at);
    box->role = ROLE_CAPTION;
    box->props.keep_with_next = true;
    return box;
}

static struct table *table_of(struct making *m)
{
    const struct attr *caption = elem_attr(m->e, A_CAPTION), *marker = elem_attr(m->e, A_NOTE_MARKER);
    struct table *t = arena_new(m->b->a, struct table);
    t->columns = arena_array(m->b->a, struct column_track, m->n_cols);
    t->n_columns = m->n_cols;
    for (size_t k = 0; k < m->n_cols; k++)
        t->columns[k] = m->cols[k].track;
    t->rows = m->rows;
    t->n_rows = m->n_rows;
    while (t->n_header < t->n_rows && t->rows[t->n_header].kind == ROW_HEADER)
        t->n_header++;
    t->header_repeat = elem_choice(m->e, A_HEADER_REPEAT, 1);
    t->continued = eval_text(m->b, &m->c, elem_attr(m->e, A_CONTINUED));
    t->continued_style = m->c.style;
    t->summary = eval_text(m->b, &m->c, elem_attr(m->e, A_SUMMARY));
    t->gap = elem_number(m->e, A_GAP, 0);
    t->note_marker = marker && *marker->raw ? marker->raw : "a";
    t->page_rows = m->page_rows;
    t->n_page_rows = m->n_page_rows;
    if (caption)
        t->caption = caption_box(m, caption);
    return t;
}

void bind_table(struct binder *b, const struct context *c, const struct elem *e, struct box_list *out)
{
    struct prop_set styled = { 0 };
    struct making m = { .b = b, .e = e, .c = *c };
    const struct attr *id = elem_attr(e, A_ID);
    m.c.style = bind_style(b, c, e, A_STYLE, &styled);
    m.cell = m.c;
    m.cell.style = bind_style(b, &m.c, e, A_CELL_STYLE, &m.cell_props);
    if (!elem_attr(e, A_SELECT)) {
        m.nodes.v = arena_array(b->a, xmlNodePtr, 1);
        m.nodes.v[m.nodes.n++] = c->node;
    } else if (!eval_nodes(b, &m.c, e, &m.nodes))
        return;
    if (!m.nodes.n) { /* a block without data disappears */
        const struct elem *empty = child(e, E_EMPTY);
        if (empty)
            bind_flow(b, c, empty, out);
        return;
    }
    find_columns(&m);
    header_rows(&m);
    all_rows(&m);
    struct box *box = box_new(b, BOX_TABLE, e);
    box->props = props_of(&styled, e);
    if (id)
        box->id = eval_code(b, c, id);
    box->u.table = table_of(&m);
    box_list_add(out, box);
}
