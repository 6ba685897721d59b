/* Cells over several rows.  Their lines are shared out to those rows, so that a page may end
 * between them; what stands in the middle of few rows stays whole, and these on one page. */
#include "typeset/table.h"

#include <math.h>

/* The last row that a cell lies in; heads end with the head. */
size_t table_last_row(const struct tablework *w, size_t r, const struct cell *c)
{
    size_t end = r < w->t->n_header ? w->t->n_header : w->t->n_rows, span = c->row_span > 1 ? (size_t)c->row_span : 1;
    return span < end - r ? r + span - 1 : end - 1;
}

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

void table_spans(struct tablework *w)
{
    for (size_t r = 0; r < w->t->n_rows; r++)
        for (size_t i = 0; i < w->t->rows[r].n_cells && i < w->rows[r].n_cells; i++) {
            size_t last = table_last_row(w, r, &w->t->rows[r].cells[i]);
            if (last > r)
                spread_span(w, r, i, last);
        }
}
