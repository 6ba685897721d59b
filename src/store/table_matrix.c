/* Matrices: places by indicators or years, as they are published. */
#include "store/table.h"

#include <string.h>

enum { HEADINGS = 3 };

struct heading { const struct indicator *indicator; const char *period, *text; bool passed; };

/* "PAPI năm 2023 (điểm)" -> 2023, and "PAPI" in `rest`. */
static const char *take_period(struct table *t, const char *s, const char **rest)
{
    struct buf b = { 0 };
    const char *found = NULL;
    for (const char *p = s; *p;) {
        struct period period;
        size_t n = strcspn(p, " ()/,;:-–\n");
        char word[16];
        if (*p == '(') { /* units and remarks in brackets */
            const char *close = strchr(p, ')');
            size_t year = strspn(p + 1, "0123456789");
            if (close && !(year == 4 && close == p + 5)) {
                p = close + 1;
                continue;
            }
        }
        if (n == 0) {
            buf_char(&b, *p == '(' || *p == ')' || *p == '\n' ? ' ' : *p);
            p++;
            continue;
        }
        /* "2023-H1" has a dash inside. */
        size_t w = strcspn(p, " (),;:\n");
        size_t take = w < sizeof word ? w : 0;
        for (int pass = 0; pass < 2; pass++, take = n < sizeof word ? n : 0) {
            memcpy(word, p, take);
            word[take] = '\0';
            if (!found && take >= 4 && period_parse(word, &period) && period.year >= 1990 && period.year <= 2100) {
                found = arena_strdup(t->a, word);
                n = take;
                break;
            }
        }
        bool year_word = (n == strlen("năm") && memcmp(p, "năm", n) == 0) || (n == strlen("Năm") && memcmp(p, "Năm", n) == 0);
        if (!(found && n == strlen(found) && memcmp(p, found, n) == 0) && !year_word)
            buf_add(&b, p, n);
        p += n;
    }
    const char *text = b.data ? b.data : "";
    size_t len = b.len;
    while (len && strchr(" -:,;/", *text))
        text++, len--;
    while (len && strchr(" -:,;/", text[len - 1]))
        len--;
    *rest = arena_strndup(t->a, text, len);
    buf_clear(&b);
    return found;
}

/* The cell of a heading row, carried on from the left where it spans columns. */
static const char *spanning(const struct table *t, size_t row, size_t column, size_t first)
{
    const struct row *r = &t->grid.rows[row];
    const char *s = grid_cell(r, column);
    if (*s)
        return s;
    if (t->grid.sheet) {
        for (size_t i = 0; i < t->grid.n_merged; i++)
            if (t->grid.merged[i].row == r->line && t->grid.merged[i].from <= (int)column && (int)column <= t->grid.merged[i].to)
                return grid_cell(r, (size_t)t->grid.merged[i].from);
        return "";
    }
    while (column > first && !*grid_cell(r, column))
        column--;
    return grid_cell(r, column);
}

/* Rows `from`..`to`-1 are headings; joined from above, each text once. */
static const char *heading_text(struct table *t, size_t from, size_t to, size_t column, size_t first)
{
    const char *text = "", *before = "";
    for (size_t i = from; i < to; i++) {
        /* The lowest row speaks for its own columns only. */
        const char *s = i + 1 < to ? spanning(t, i, column, first) : grid_cell(&t->grid.rows[i], column);
        if (!*s || strcmp(s, before) == 0)
            continue;
        text = *text ? arena_printf(t->a, "%s %s", text, s) : s;
        before = s;
    }
    return text;
}

/* "Thứ hạng" and "Điểm" under a title that names the index; NULL for other words. */
static const struct indicator *part_named(const struct table *t, const struct indicator *of_all, const char *s)
{
    static const char *const words[] = { "hạng", "xếp hạng", "thứ hạng", "vị trí", "rank", "điểm", "điểm số", "chỉ số", "giá trị", "kết quả", "score" };
    for (size_t i = 0; of_all && of_all->index && i < sizeof words / sizeof *words; i++)
        if (table_same(s, words[i]))
            return catalog_indicator(t->catalog, arena_printf(t->a, "%s.%s", of_all->index->code, i < 5 ? "hang" : "diem"));
    return NULL;
}

static struct heading read_heading(struct table *t, const char *text, const struct indicator *of_all, const char *period)
{
    struct heading h = { .text = text };
    const char *rest;
    h.period = take_period(t, text, &rest);
    h.indicator = *rest ? table_indicator_headed(t, rest) : of_all;
    if (!h.indicator)
        h.indicator = part_named(t, of_all, rest);
    if (!h.indicator && catalog_indicator(t->catalog, text))
        h.indicator = catalog_indicator(t->catalog, text);
    if (!h.indicator && of_all && *rest && column_of(rest) == COLUMN_VALUE)
        h.indicator = of_all;
    if (!h.period)
        h.period = period;
    h.passed = !*text || (!h.indicator && column_of(rest) == COLUMN_PASSED);
    return h;
}

/* Column of places: of the first eight, the one with most places; its first row. */
static size_t find_places(struct table *t, size_t *column)
{
    size_t best = 0, first = 0;
    for (size_t c = 0; c < 8; c++) {
        size_t n = 0, top = 0;
        for (size_t i = 0; i < t->grid.n && i < 400; i++)
            if (table_place(t, grid_cell(&t->grid.rows[i], c), "")) {
                top = n++ ? top : i;
            }
        if (n > best) {
            best = n;
            *column = c;
            first = top;
        }
    }
    return best ? first : SIZE_MAX;
}

/* What titles above the headings and the file's name say of the whole table. */
static void whole_table(struct table *t, size_t headings, const struct indicator **indicator, const char **period)
{
    const struct table_defaults *o = t->defaults;
    const char *rest, *stem = arena_strdup(t->a, t->file);
    char *dot = strrchr(stem, '.');
    if (dot)
        *dot = '\0';
    *indicator = o && o->indicator ? catalog_indicator(t->catalog, o->indicator) : NULL;
    *period = o && o->period ? o->period : NULL;
    for (size_t i = 0; i < headings + 2; i++) { /* titles, then the sheet's name, then the file's */
        const char *text = i < headings ? grid_cell(&t->grid.rows[i], 0) : i == headings ? t->grid.name : stem;
        const char *found = take_period(t, text, &rest);
        *period = *period ? *period : found;
        if (!*indicator && *rest)
            *indicator = table_indicator_headed(t, rest);
        if (!*indicator && *rest)
            *indicator = table_indicator_within(t, rest);
    }
}

static void matrix_cell(struct table *t, const struct row *r, size_t column, const char *name, const struct heading *h)
{
    struct figure v;
    const char *s = grid_cell(r, column);
    if (figure_missing(s))
        return;
    if (!figure_parse(s, &v)) {
        table_bad_number(t, r->line, column, h->text, s);
        return;
    }
    struct fact *f = table_fact(t, r->line);
    f->place = table_place(t, name, h->period);
    f->indicator = h->indicator->code;
    f->period = h->period;
    f->unit = v.percent ? "%" : h->indicator->unit;
    f->value = v.value;
    f->of = v.of;
    f->qualifier = v.qualifier;
    f->kind = table_kind(h->indicator, f->unit, &v);
    table_settle(f);
}

static void check_heading(struct table *t, const struct row *r, size_t column, const struct heading *h)
{
    if (h->passed)
        return;
    if (!h->indicator)
        table_unknown_indicator(t, r->line, column, "", h->text);
    else if (!h->period && table_fault(t)) {
        diag_error(t->d, table_at(t, r->line, column), _("\"%s\" in row %d, column %s names no year, nor does a title or the file's name"),
                   h->text, r->line, table_column(t, column, ""));
        diag_expected(t->d, _("a year in the heading, or --period"));
    }
}

static bool read_headings(struct table *t, size_t top, size_t places, struct heading *heads, size_t n)
{
    const struct indicator *of_all;
    const char *period;
    size_t from = top > HEADINGS ? top - HEADINGS : 0, figures = 0;
    /* A title fills one cell of its row (or one merged over all): no heading of columns. */
    while (from + 1 < top) {
        size_t filled = 0;
        for (size_t i = 0; i < t->grid.rows[from].n; i++)
            filled += *t->grid.rows[from].cells[i] != '\0';
        if (filled > 1)
            break;
        from++;
    }
    whole_table(t, from, &of_all, &period);
    for (size_t c = places + 1; c < n; c++) {
        heads[c] = read_heading(t, heading_text(t, from, top, c, places + 1), of_all, period);
        check_heading(t, &t->grid.rows[top - 1], c, &heads[c]);
        figures += !heads[c].passed;
    }
    if (!figures && table_fault(t)) {
        diag_error(t->d, (struct at){ .file = t->path, .line = t->grid.rows[top - 1].line }, _("no column names an indicator or a year"));
        diag_expected(t->d, _("a header with codes of the catalog or years"));
    }
    return t->faults == 0;
}

void table_matrix(struct table *t)
{
    size_t places = 0, top = find_places(t, &places), n = 0;
    if (top == SIZE_MAX || top == 0) {
        if (table_fault(t)) {
            diag_error(t->d, (struct at){ .file = t->path, .line = t->grid.rows[0].line }, _("is no table of facts: %s"),
                       top ? _("no column of provinces is in it") : _("no header is over the figures"));
            diag_expected(t->d, _("columns place, indicator, period, value; or places by indicators or years"));
        }
        return;
    }
    for (size_t i = 0; i < t->grid.n; i++)
        n = t->grid.rows[i].n > n ? t->grid.rows[i].n : n;
    struct heading *heads = arena_array(t->a, struct heading, n);
    if (!read_headings(t, top, places, heads, n))
        return;
    for (size_t i = top; i < t->grid.n && t->faults <= FAULTS_MAX; i++) {
        const struct row *r = &t->grid.rows[i];
        const char *name = grid_cell(r, places), *place = table_place(t, name, "");
        size_t figures = 0;
        for (size_t c = places + 1; c < r->n; c++)
            figures += !heads[c].passed && !figure_missing(r->cells[c]);
        if (!figures)
            continue; /* a group's title or a footnote */
        if (!place) {
            table_unknown_place(t, r->line, places, "", name);
            continue;
        }
        for (size_t c = places + 1; c < r->n; c++)
            if (!heads[c].passed)
                matrix_cell(t, r, c, name, &heads[c]);
    }
}
