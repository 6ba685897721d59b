#include "store/grid.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "ingest/encoding.h"

#include <string.h>

const char *grid_cell(const struct row *r, size_t column)
{
    return column < r->n ? r->cells[column] : "";
}

bool grid_set(struct row *r, size_t *cap, size_t column, const char *text, struct arena *a)
{
    if (column >= GRID_COLUMNS_MAX)
        return false;
    while (r->n <= column)
        *ARENA_PUSH(a, r->cells, r->n, *cap) = "";
    r->cells[column] = text;
    return true;
}

const char *grid_letters(struct arena *a, size_t column)
{
    char text[8], *p = text + sizeof text - 1;
    *p = '\0';
    for (size_t n = column + 1; n; n = (n - 1) / 26)
        *--p = (char)('A' + (n - 1) % 26);
    return arena_strdup(a, p);
}

static const char *trimmed(struct arena *a, const char *s, size_t n)
{
    while (n && strchr(" \t\r\n", *s))
        s++, n--;
    while (n && strchr(" \t\r\n", s[n - 1]))
        n--;
    return n ? arena_strndup(a, s, n) : "";
}

/* The mark that the first line has most of outside quotes; a tab wins. */
static char separator(const char *s, size_t n)
{
    size_t commas = 0, semicolons = 0;
    bool quoted = false;
    for (size_t i = 0; i < n && (quoted || s[i] != '\n'); i++) {
        quoted ^= s[i] == '"';
        if (!quoted && s[i] == '\t')
            return '\t';
        commas += !quoted && s[i] == ',';
        semicolons += !quoted && s[i] == ';';
    }
    return semicolons > commas ? ';' : ',';
}

struct reader { char *s; size_t n, at; int line; char mark; bool quoting; struct buf cell; };

/* A cell in quotes (RFC 4180): `at` behind the first one. */
static const char *quoted_cell(struct reader *r, struct arena *a)
{
    bool quoted = true;
    buf_reset(&r->cell);
    for (; r->at < r->n; r->at++) {
        char c = r->s[r->at];
        if (quoted && c == '"') {
            quoted = r->at + 1 < r->n && r->s[r->at + 1] == '"';
            r->at += quoted;
            if (!quoted)
                continue;
        } else if (!quoted && (c == r->mark || c == '\n'))
            break;
        r->line += c == '\n';
        buf_char(&r->cell, c);
    }
    return trimmed(a, r->cell.data ? r->cell.data : "", r->cell.len);
}

/* Other cells stay where they are, ended by a NUL over their mark. */
static const char *plain_cell(struct reader *r)
{
    size_t from = r->at;
    while (r->at < r->n && r->s[r->at] != r->mark && r->s[r->at] != '\n')
        r->at++;
    size_t to = r->at;
    while (from < to && strchr(" \t\r\n", r->s[from]))
        from++;
    while (to > from && strchr(" \t\r\n", r->s[to - 1]))
        to--;
    if (to < r->at)
        r->s[to] = '\0';
    return r->s + from;
}

/* One cell; true if another follows in the row. */
static bool read_cell(struct reader *r, struct arena *a, const char **cell)
{
    bool quoted = r->quoting && r->at < r->n && r->s[r->at] == '"';
    r->at += quoted;
    *cell = quoted ? quoted_cell(r, a) : plain_cell(r);
    bool more = r->at < r->n && r->s[r->at] == r->mark;
    if (!quoted && r->at < r->n)
        r->s[r->at] = '\0';
    r->at += r->at < r->n;
    return more;
}

static bool read_rows(struct reader *r, const char *path, struct arena *a, struct grid *g, struct diag *d)
{
    while (r->at < r->n) {
        struct row row = { .line = ++r->line };
        size_t cap = 0, column = 0;
        bool more = true, filled = false;
        while (more) {
            const char *cell;
            more = read_cell(r, a, &cell);
            filled |= *cell != '\0';
            if (!grid_set(&row, &cap, column++, cell, a)) {
                diag_error(d, (struct at){ .file = path, .line = row.line }, _("has more than %d columns"), GRID_COLUMNS_MAX);
                return false;
            }
        }
        if (!filled)
            continue;
        if (g->n >= GRID_ROWS_MAX) {
            diag_error(d, (struct at){ .file = path }, _("has more than %d rows"), GRID_ROWS_MAX);
            return false;
        }
        *ARENA_PUSH(a, g->rows, g->n, g->cap) = row;
    }
    return true;
}

static bool read_text(const char *path, const char *data, size_t n, struct arena *a, struct grid *g, struct diag *d)
{
    size_t bad, skip = n >= 3 && memcmp(data, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    struct at at = { .file = path };
    if (memchr(data, '\0', n)) {
        diag_error(d, at, _("is a binary file, no table"));
        diag_expected(d, _("a TSV, CSV or XLSX table"));
        return false;
    }
    if (!utf8_valid(data + skip, n - skip, &bad)) {
        diag_error(d, at, _("is no valid UTF-8: byte 0x%02X at offset %zu"), (unsigned char)data[skip + bad], skip + bad);
        return false;
    }
    struct reader r = { .s = arena_strndup(a, data + skip, n - skip), .n = n - skip };
    r.mark = separator(r.s, r.n);
    r.quoting = r.mark != '\t'; /* the TSV contract: no quoting */
    g->comma = r.mark != ',';
    bool ok = read_rows(&r, path, a, g, d);
    buf_clear(&r.cell);
    if (ok && !g->n)
        diag_error(d, at, _("is empty"));
    return ok && g->n;
}

bool grids_read(const char *path, const char *data, size_t n, const char *sheet, struct arena *a, struct grids *all, struct diag *d)
{
    *all = (struct grids){ 0 };
    if (n >= 4 && memcmp(data, "PK\3\4", 4) == 0)
        return grids_read_xlsx(path, data, n, sheet, a, all, d);
    if (n >= 4 && memcmp(data, "\xD0\xCF\x11\xE0", 4) == 0) {
        diag_error(d, (struct at){ .file = path }, _("is an old Excel file; save it as .xlsx"));
        return false;
    }
    if (sheet) {
        diag_error(d, (struct at){ .file = path }, _("is no workbook, so it has no sheet \"%s\""), sheet);
        return false;
    }
    struct grid *g = ARENA_PUSH(a, all->items, all->n, all->cap);
    *g = (struct grid){ .name = "" };
    if (n >= 2 && (memcmp(data, "\xFF\xFE", 2) == 0 || memcmp(data, "\xFE\xFF", 2) == 0)) {
        struct buf text = { 0 }; /* Excel's "Unicode text" */
        bool ok = utf16_convert(data, n, &text);
        if (ok)
            ok = read_text(path, text.data ? text.data : "", text.len, a, g, d);
        else
            diag_error(d, (struct at){ .file = path }, _("is no valid UTF-16"));
        buf_clear(&text);
        return ok;
    }
    return read_text(path, data, n, a, g, d);
}
