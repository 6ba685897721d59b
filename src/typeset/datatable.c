/* The numbers of a chart as a table, for readers who cannot see the chart:
 * a row for each label, a column for each series. */
#include "typeset/internal.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

static struct box *text_of(struct typesetter *ts, const char *text, const struct style *style, struct at at)
{
    struct run *run = arena_new(ts->arena, struct run);
    struct box *box = arena_new(ts->arena, struct box);
    *run = (struct run){ .kind = RUN_TEXT, .text = text, .style = style, .at = at };
    box->kind = BOX_TEXT;
    box->at = at;
    box->u.text.runs = run;
    box->u.text.n = 1;
    box->u.text.style = style;
    return box;
}

static const char *number_text(struct typesetter *ts, double v)
{
    struct buf b = { 0 };
    if (isnan(v))
        return "-";
    buf_number(&b, v, 4);
    char *s = arena_strdup(ts->arena, b.data), *point = strchr(s, '.');
    if (point)
        *point = ',';
    buf_clear(&b);
    return s;
}

/* As printed in the chart, else the number with a decimal comma, after the word that qualifies it; a dash for none. */
static const char *value_text(struct typesetter *ts, const struct chart_point *p)
{
    static const char *const words[] = { "", "khoảng ", "trên ", "ít nhất ", "dưới ", "không quá " };
    if (p->text && *p->text)
        return p->text;
    return isnan(p->value) ? "-" : arena_printf(ts->arena, "%s%s", words[p->end], number_text(ts, p->value));
}

/* What points may tell beside their value: a column each, if any point of the only series does. */
static const struct { const char *name; size_t at; } extras[] = {
    { "Mục tiêu", offsetof(struct chart_point, target) }, { "Trung vị", offsetof(struct chart_point, median) },
    { "Tứ phân vị 1", offsetof(struct chart_point, q1) }, { "Tứ phân vị 3", offsetof(struct chart_point, q3) },
    { "Trên tổng số", offsetof(struct chart_point, of) },
};
enum { N_EXTRAS = sizeof extras / sizeof *extras };

static double extra(const struct chart_point *p, size_t k)
{
    double v;
    memcpy(&v, (const char *)p + extras[k].at, sizeof v);
    return v;
}

static size_t find_extras(const struct chart_spec *c, size_t out[N_EXTRAS])
{
    size_t n = 0;
    for (size_t k = 0; k < N_EXTRAS && c->n_series == 1; k++) {
        size_t i = 0;
        while (i < c->series[0].n && isnan(extra(&c->series[0].points[i], k)))
            i++;
        if (i < c->series[0].n)
            out[n++] = k;
    }
    return n;
}

static void fill_cell(struct typesetter *ts, struct cell *c, int column, const char *text, enum node_scope scope,
                      const struct style *style, struct at at)
{
    *c = (struct cell){ .column = column, .column_span = 1, .row_span = 1, .scope = scope, .style = style, .at = at };
    c->align = column ? scope == SCOPE_COLUMN ? ALIGN_END : ALIGN_DECIMAL : ALIGN_START;
    c->content = text && *text ? text_of(ts, text, style, at) : NULL;
}

static struct style *table_style(struct typesetter *ts, const struct chart_look *look)
{
    struct style *s = arena_new(ts->arena, struct style);
    *s = (struct style){ .name = "", .family = font_family(look->regular), .weight = font_weight(look->regular),
                         .italic = font_italic(look->regular), .size = look->size, .leading = 1.25 * look->size,
                         .color = look->ink, .features = look->features };
    return s;
}

/* Row r of the table, the head if it is 0. */
static void fill_row(struct typesetter *ts, const struct chart_spec *spec, struct row *row, size_t r, const size_t *more,
                     size_t n_more, const struct style *style, struct at at)
{
    const struct chart_series *first = &spec->series[0];
    enum node_scope scope = r ? SCOPE_NONE : SCOPE_COLUMN;
    size_t column = 0;
    fill_cell(ts, &row->cells[column++], 0, r && r <= first->n ? first->points[r - 1].label : NULL,
              r ? SCOPE_ROW : SCOPE_COLUMN, style, at);
    for (size_t i = 0; i < spec->n_series; i++, column++) {
        const struct chart_series *s = &spec->series[i];
        const char *name = s->label && *s->label ? s->label : "Giá trị";
        fill_cell(ts, &row->cells[column], (int)column, !r ? name : r <= s->n ? value_text(ts, &s->points[r - 1]) : "-",
                  scope, style, at);
    }
    for (size_t k = 0; k < n_more; k++, column++)
        fill_cell(ts, &row->cells[column], (int)column,
                  !r ? extras[more[k]].name : number_text(ts, extra(&first->points[r - 1], more[k])), scope, style, at);
}

const struct box *chart_table(struct typesetter *ts, const struct box *chart)
{
    const struct chart_spec *spec = chart->u.chart.spec;
    const struct style *style = table_style(ts, chart->u.chart.look);
    struct table *t = arena_new(ts->arena, struct table);
    struct box *box = arena_new(ts->arena, struct box);
    size_t rows = 0, more[N_EXTRAS], n_more = find_extras(spec, more);
    for (size_t i = 0; i < spec->n_series; i++)
        rows = spec->series[i].n > rows ? spec->series[i].n : rows;
    if (!rows)
        return NULL;
    box->kind = BOX_TABLE;
    box->at = chart->at;
    box->props.margin[SIDE_TOP] = style->leading / 2;
    box->u.table = t;
    t->n_columns = 1 + spec->n_series + n_more;
    t->columns = arena_array(ts->arena, struct column_track, t->n_columns);
    t->gap = style->size;
    t->n_rows = rows + 1;
    t->n_header = 1;
    t->header_repeat = true;
    t->rows = arena_array(ts->arena, struct row, t->n_rows);
    for (size_t r = 0; r < t->n_rows; r++) {
        struct row *row = &t->rows[r];
        *row = (struct row){ .kind = r ? ROW_BODY : ROW_HEADER, .n_cells = t->n_columns, .keep = true, .at = chart->at };
        row->cells = arena_array(ts->arena, struct cell, t->n_columns);
        fill_row(ts, spec, row, r, more, n_more, style, chart->at);
    }
    return box;
}
