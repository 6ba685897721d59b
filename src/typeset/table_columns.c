/* The columns of a table: what cells ask for, and what figures need on either side of their comma. */
#include "typeset/table.h"

#include <math.h>

enum { MANY_ROWS = 1000 };        /* from here on the cost of measuring them is told */

enum align table_align(const struct table *t, const struct cell *c)
{
    enum align a = c->align;
    if (a == ALIGN_START && c->column < (int)t->n_columns && c->scope == SCOPE_NONE)
        a = t->columns[c->column].align;
    return a;
}

bool table_lone_text(const struct box *b)
{
    return b && !b->next && b->kind == BOX_TEXT;
}

/* A text without anything around it that the cell would not have itself. */
bool table_plain_text(const struct box *b)
{
    const double *m = b ? b->props.margin : NULL;
    return table_lone_text(b) && !b->id && !b->bookmark && (b->role == ROLE_AUTO || b->role == ROLE_P) &&
           !props_framed(&b->props) && b->props.width.unit == LEN_AUTO && b->props.min_height <= 0 &&
           m[SIDE_LEFT] + m[SIDE_RIGHT] <= 0;
}

/* Only figures of the table's body line up; heads stand over them at the end. */
bool table_decimal(const struct table *t, const struct row *row, const struct cell *c)
{
    return table_align(t, c) == ALIGN_DECIMAL && row->kind != ROW_HEADER && c->column_span <= 1 && table_plain_text(c->content);
}

static enum align text_align(const struct table *t, const struct row *row, const struct cell *c)
{
    enum align a = table_align(t, c), own = c->content->u.text.align;
    if (a == ALIGN_DECIMAL)
        return table_decimal(t, row, c) ? ALIGN_DECIMAL : ALIGN_END;
    return own == ALIGN_START ? a : own == ALIGN_DECIMAL ? ALIGN_END : own;
}

/* The paragraph of a plain cell, made when it is first asked for; NULL after an error. */
struct para *table_para(struct tablework *w, size_t r, size_t i)
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

double table_cell_left(const struct props *p)
{
    return p->padding[SIDE_LEFT] + (props_left(p) - p->padding[SIDE_LEFT]) / 2;
}
double table_cell_right(const struct props *p)
{
    return p->padding[SIDE_RIGHT] + (props_right(p) - p->padding[SIDE_RIGHT]) / 2;
}
static bool measure_figures(struct tablework *w)
{
    for (size_t r = 0; r < w->t->n_rows; r++)
        for (size_t i = 0; i < w->t->rows[r].n_cells; i++) {
            const struct cell *c = &w->t->rows[r].cells[i];
            double before, after, hang;
            if (c->column < 0 || c->column >= (int)w->t->n_columns || !table_decimal(w->t, &w->t->rows[r], c))
                continue;
            struct para *p = table_para(w, r, i);
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
    if (!table_plain_text(c->content))
        return flow_range(w->ts, c->content, min, max);
    struct para *p = table_para(w, r, i);
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
            if (table_decimal(w->t, &w->t->rows[r], c)) {
                max = fmax(max, w->before[c->column] + w->after[c->column] + w->hang[c->column]);
                min = fmax(min, max);
            }
            struct track *t = &w->tracks[c->column];
            double around = table_cell_left(&c->props) + table_cell_right(&c->props);
            t->min = fmax(t->min, min + around);
            t->max = fmax(t->max, max + around);
        }
    return true;
}

bool table_tracks(struct tablework *w)
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
            decimals |= table_align(w->t, &w->t->rows[r].cells[i]) == ALIGN_DECIMAL;
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
