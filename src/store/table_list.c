/* Lists: tables with a fact a row. */
#include "store/table.h"

#include <math.h>
#include <string.h>

static const struct { const char *name; enum column column; } column_names[] = {
    { "place", COLUMN_PLACE }, { "province", COLUMN_PLACE }, { "tỉnh", COLUMN_PLACE }, { "địa phương", COLUMN_PLACE },
    { "tỉnh, thành phố", COLUMN_PLACE }, { "indicator", COLUMN_INDICATOR }, { "chỉ tiêu", COLUMN_INDICATOR },
    { "chỉ số", COLUMN_INDICATOR }, { "period", COLUMN_PERIOD }, { "year", COLUMN_PERIOD }, { "năm", COLUMN_PERIOD },
    { "kỳ", COLUMN_PERIOD }, { "value", COLUMN_VALUE }, { "giá trị", COLUMN_VALUE }, { "of", COLUMN_OF }, { "unit", COLUMN_UNIT },
    { "đơn vị", COLUMN_UNIT }, { "đơn vị tính", COLUMN_UNIT }, { "source", COLUMN_SOURCE }, { "nguồn", COLUMN_SOURCE },
    { "level", COLUMN_LEVEL }, { "cấp", COLUMN_LEVEL }, { "kind", COLUMN_KIND }, { "qualifier", COLUMN_QUALIFIER },
    { "role", COLUMN_ROLE }, { "quote", COLUMN_QUOTE }, { "confidence", COLUMN_CONFIDENCE }, { "start", COLUMN_PASSED },
    { "end", COLUMN_PASSED }, { "status", COLUMN_PASSED }, { "id", COLUMN_PASSED }, { "page", COLUMN_PASSED },
    { "conflict", COLUMN_PASSED }, { "why", COLUMN_PASSED }, { "note", COLUMN_PASSED }, { "notes", COLUMN_PASSED },
    { "ghi chú", COLUMN_PASSED }, { "stt", COLUMN_PASSED }, { "tt", COLUMN_PASSED }, { "slug", COLUMN_PASSED },
    { "number", COLUMN_PASSED }, { "region", COLUMN_PASSED }, { "vùng", COLUMN_PASSED },
};
enum { NAMES = sizeof column_names / sizeof *column_names };

/* COLUMNS: none of ours. */
enum column column_of(const char *heading)
{
    for (size_t i = 0; i < NAMES; i++)
        if (table_same(heading, column_names[i].name))
            return column_names[i].column;
    return COLUMNS;
}

struct list { struct table *t; int at[COLUMNS]; /* column number, -1: absent */ };

static bool read_header(struct list *l, const struct row *head)
{
    struct table *t = l->t;
    const char *names[NAMES];
    for (size_t i = 0; i < NAMES; i++)
        names[i] = column_names[i].name;
    for (int i = 0; i < COLUMNS; i++)
        l->at[i] = -1;
    for (size_t i = 0; i < head->n; i++) {
        enum column c = *head->cells[i] ? column_of(head->cells[i]) : COLUMN_PASSED;
        if (c == COLUMNS) {
            const char *near = diag_nearest(head->cells[i], names, NAMES);
            if (table_fault(t)) {
                diag_error(t->d, table_at(t, head->line, i), _("unknown column \"%s\""), head->cells[i]);
                if (near)
                    diag_expected(t->d, _("a column of the fact table; the nearest is \"%s\""), near);
            }
        } else if (c < COLUMNS && l->at[c] >= 0) {
            if (table_fault(t))
                diag_error(t->d, table_at(t, head->line, i), _("column \"%s\" says the same as column %d"), head->cells[i], l->at[c] + 1);
        } else if (c < COLUMNS)
            l->at[c] = (int)i;
    }
    static const struct { enum column c; const char *name; } needed[] = {
        { COLUMN_PLACE, "place" }, { COLUMN_INDICATOR, "indicator" }, { COLUMN_PERIOD, "period" }, { COLUMN_VALUE, "value" } };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (l->at[needed[i].c] < 0 && table_fault(t))
            diag_error(t->d, (struct at){ .file = t->path, .line = head->line }, _("column \"%s\" is missing"), needed[i].name);
    return t->faults == 0;
}

static const char *text_at(const struct list *l, const struct row *r, enum column c)
{
    return l->at[c] >= 0 ? grid_cell(r, (size_t)l->at[c]) : "";
}

static void bad_word(struct list *l, const struct row *r, enum column c, const char *what)
{
    if (table_fault(l->t))
        diag_error(l->t->d, table_at(l->t, r->line, (size_t)l->at[c]), _("\"%s\" in row %d, column %s is no %s"), text_at(l, r, c),
                   r->line, table_column(l->t, (size_t)l->at[c], ""), what);
}

static void list_words(struct list *l, const struct row *r, struct fact *f)
{
    struct table *t = l->t;
    struct period period;
    const char *s = text_at(l, r, COLUMN_PLACE), *code = text_at(l, r, COLUMN_INDICATOR);
    f->quote = text_at(l, r, COLUMN_QUOTE);
    f->level = text_at(l, r, COLUMN_LEVEL);
    f->period = text_at(l, r, COLUMN_PERIOD);
    f->place = table_place(t, s, f->period);
    if (!f->place && *f->quote)
        f->place = s; /* a row of extract: the document says so, be it a commune */
    else if (!f->place)
        table_unknown_place(t, r->line, (size_t)l->at[COLUMN_PLACE], "", s);
    if (!period_parse(f->period, &period) || (!*f->period && !*f->quote))
        bad_word(l, r, COLUMN_PERIOD, _("period"));
    if (*text_at(l, r, COLUMN_SOURCE))
        f->source = text_at(l, r, COLUMN_SOURCE);
    const struct indicator *i = table_indicator(t, code);
    if (i)
        f->indicator = i->code;
    else if (strncmp(code, "khac:", 5) == 0)
        f->indicator = code;
    else
        table_unknown_indicator(t, r->line, (size_t)l->at[COLUMN_INDICATOR], "", code);
}

static void list_figure(struct list *l, const struct row *r, struct fact *f)
{
    struct figure v = { .value = NAN, .of = NAN }, of;
    const struct indicator *i = catalog_indicator(l->t->catalog, f->indicator);
    const char *value = text_at(l, r, COLUMN_VALUE), *total = text_at(l, r, COLUMN_OF), *kind = text_at(l, r, COLUMN_KIND);
    bool note = strcmp(kind, "note") == 0;
    if (!note && !figure_parse(value, &v))
        table_bad_number(l->t, r->line, (size_t)l->at[COLUMN_VALUE], "value", value);
    if (*total && !figure_parse(total, &of))
        table_bad_number(l->t, r->line, (size_t)l->at[COLUMN_OF], "of", total);
    else if (*total)
        v.of = of.value;
    f->unit = *text_at(l, r, COLUMN_UNIT) ? text_at(l, r, COLUMN_UNIT) : i ? i->unit : "";
    f->value = v.value;
    f->of = v.of;
    f->qualifier = v.qualifier;
    f->kind = table_kind(i, f->unit, &v);
    if (*kind && !fact_kind_parse(kind, &f->kind))
        bad_word(l, r, COLUMN_KIND, _("kind of fact"));
    table_settle(f);
}

static void list_row(struct list *l, const struct row *r)
{
    struct fact *f = table_fact(l->t, r->line);
    const char *qualifier = text_at(l, r, COLUMN_QUALIFIER), *role = text_at(l, r, COLUMN_ROLE),
               *confidence = text_at(l, r, COLUMN_CONFIDENCE), *level = text_at(l, r, COLUMN_LEVEL);
    double sure = 1;
    list_words(l, r, f);
    list_figure(l, r, f);
    if (*qualifier && !fact_qualifier_parse(qualifier, &f->qualifier))
        bad_word(l, r, COLUMN_QUALIFIER, _("qualifier (= ~ > >= < <=)"));
    if (*role && !fact_role_parse(role, &f->role))
        bad_word(l, r, COLUMN_ROLE, _("role (result, target, change)"));
    if (*level && strcmp(level, "tỉnh") != 0 && strcmp(level, "huyện") != 0 && strcmp(level, "xã") != 0)
        bad_word(l, r, COLUMN_LEVEL, _("level (tỉnh, huyện, xã)"));
    if (*confidence && (!figure_number(confidence, strlen(confidence), &sure) || sure < 0 || sure > 1))
        bad_word(l, r, COLUMN_CONFIDENCE, _("confidence from 0 to 1"));
    f->confidence = sure;
    if (r->n && l->t->grid.n && r->n > l->t->grid.rows[0].n && table_fault(l->t))
        diag_error(l->t->d, table_at(l->t, r->line, l->t->grid.rows[0].n), _("row %d has %zu cells, the header %zu"), r->line, r->n,
                   l->t->grid.rows[0].n);
}

void table_list(struct table *t)
{
    struct list l = { .t = t };
    if (!read_header(&l, &t->grid.rows[0]))
        return;
    if (!t->out->n) { /* a fact a row */
        t->out->cap = t->grid.n;
        t->out->items = arena_array(t->a, struct fact, t->out->cap);
    }
    for (size_t i = 1; i < t->grid.n && t->faults <= FAULTS_MAX; i++)
        list_row(&l, &t->grid.rows[i]);
}

bool table_is_list(const struct row *head)
{
    bool has[COLUMNS + 2] = { false };
    for (size_t i = 0; i < head->n; i++)
        has[column_of(head->cells[i])] = true;
    return has[COLUMN_VALUE] && has[COLUMN_INDICATOR];
}
