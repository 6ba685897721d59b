/* What a table over several pages puts on each: its head once more, and rows of sums at a page's ends. */
#include "typeset/table.h"

#include <string.h>

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
bool table_repeat(struct tablework *w, struct repeat *repeat)
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
        table_add_rows(w, &l, 0, 0, t->n_header, NULL);
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
    if (!table_row(&part, 0))
        return false;
    table_add_rows(&part, l, 0, 0, 1, NULL);
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
bool table_page_rows(struct tablework *w, struct repeat *repeat)
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
