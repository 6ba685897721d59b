/* The numbers of a chart as a table, for readers who cannot see the chart:
 * a row for each label, a column for each series. */
#include "typeset/internal.h"

#include <math.h>
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

/* As printed in the chart, else the number with a decimal comma; a dash for none. */
static const char *value_text(struct typesetter *ts, const struct chart_point *p)
{
    struct buf b = { 0 };
    if (p->text && *p->text)
        return p->text;
    if (isnan(p->value))
        return "-";
    buf_number(&b, p->value, 2);
    char *s = arena_strdup(ts->arena, b.data), *point = strchr(s, '.');
    if (point)
        *point = ',';
    buf_clear(&b);
    return s;
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

const struct box *chart_table(struct typesetter *ts, const struct box *chart)
{
    const struct chart_spec *spec = chart->u.chart.spec;
    const struct style *style = table_style(ts, chart->u.chart.look);
    struct table *t = arena_new(ts->arena, struct table);
    struct box *box = arena_new(ts->arena, struct box);
    size_t rows = 0;
    for (size_t i = 0; i < spec->n_series; i++)
        rows = spec->series[i].n > rows ? spec->series[i].n : rows;
    if (!rows)
        return NULL;
    box->kind = BOX_TABLE;
    box->at = chart->at;
    box->props.margin[SIDE_TOP] = style->leading / 2;
    box->u.table = t;
    t->n_columns = spec->n_series + 1;
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
        const struct chart_series *first = &spec->series[0];
        fill_cell(ts, &row->cells[0], 0, r && r <= first->n ? first->points[r - 1].label : NULL,
                  r ? SCOPE_ROW : SCOPE_COLUMN, style, chart->at);
        for (size_t i = 0; i < spec->n_series; i++) {
            const struct chart_series *s = &spec->series[i];
            const char *text = !r ? s->label : r <= s->n ? value_text(ts, &s->points[r - 1]) : "-";
            fill_cell(ts, &row->cells[i + 1], (int)i + 1, text, r ? SCOPE_NONE : SCOPE_COLUMN, style, chart->at);
        }
    }
    return box;
}
