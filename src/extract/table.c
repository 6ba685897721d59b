#include "extract/table.h"

#include "ingest/build.h"

#include <ctype.h>
#include <string.h>

enum { FIGURE_BYTES_MAX = 60, HEAD_BYTES_MAX = 300, CELLS_MAX = 200000, NEAR = 64, HEADS_MAX = 2000 };

struct span { const char *s; size_t n; };

struct table {
    const struct document *doc;
    const struct block *cells;
    size_t n, first_figure;
    const char *caption;       /* "" */
    struct arena *a;
};

/* A sentence made of a cell, and where the cell's own words lie in it. */
struct said { size_t cell, at, len; };

static struct span span_of(const struct table *t, const struct block *b)
{
    return (struct span){ t->doc->text + b->start, b->end - b->start };
}

static bool has(const char *s, const char *part)
{
    return strstr(s, part) != NULL;
}

/* "92,18", "1/63", "7.744 hồ sơ", "trên 80%": a short cell that has a number near its start. */
static bool is_figure(struct span c)
{
    size_t digit = 0;
    while (digit < c.n && !isdigit((unsigned char)c.s[digit]))
        digit++;
    return c.n <= FIGURE_BYTES_MAX && digit < c.n && digit <= 12;
}

static void add_head(struct buf *b, const struct table *t, const struct block *h)
{
    if (b->len < HEAD_BYTES_MAX) {
        if (b->len)
            buf_char(b, ' ');
        buf_add(b, t->doc->text + h->start, h->end - h->start);
    }
}

/* The headings above cell `i`: those before the first figure, so that a long table costs no more by the cell. */
static const char *column_heading(const struct table *t, size_t i)
{
    const struct block *cell = &t->cells[i];
    struct buf b = { 0 };
    for (size_t k = 0; k < t->first_figure && k < HEADS_MAX; k++) {
        const struct block *h = &t->cells[k];
        if (h->header && h->row < cell->row && h->column <= cell->column && cell->column < h->column + h->column_span)
            add_head(&b, t, h);
    }
    const char *s = arena_strndup(t->a, b.data ? b.data : "", b.len);
    buf_clear(&b);
    return s;
}

/* The headings before cell `i` in its row, or reaching down into it from one of the rows just above. */
static const char *row_heading(const struct table *t, size_t i)
{
    const struct block *cell = &t->cells[i];
    struct buf b = { 0 };
    for (size_t k = i > NEAR ? i - NEAR : 0; k < i; k++) {
        const struct block *h = &t->cells[k];
        if (h->header && h->row <= cell->row && cell->row < h->row + h->row_span && h->column < cell->column)
            add_head(&b, t, h);
    }
    const char *s = arena_strndup(t->a, b.data ? b.data : "", b.len);
    buf_clear(&b);
    return s;
}

/* "PAR INDEX năm 2023 (%)" without what stands in brackets; a bare year becomes "năm 2023". */
static void add_heading(struct buf *b, const char *head)
{
    size_t open = strcspn(head, "(");
    while (open && head[open - 1] == ' ')
        open--;
    if (strlen(head) == 4 && strspn(head, "0123456789") == 4)
        buf_str(b, "năm ");
    buf_add(b, head, open);
}

/* The cell as a sentence; where its own words begin is given back. */
static size_t say(struct buf *b, const struct table *t, struct span c, const char *row, const char *column)
{
    const char *both = arena_printf(t->a, "%s %s", column, t->caption);
    bool share = has(column, "Tỷ lệ") || has(column, "tỷ lệ") || has(column, "Tỉ lệ") || has(column, "tỉ lệ");
    bool percent = (has(column, "%") || share) && !memchr(c.s, '%', c.n) && !memchr(c.s, '/', c.n);
    bool rank = has(both, "hạng") || has(both, "Hạng") || has(both, "thứ");
    bool points = has(both, "điểm") || has(both, "Điểm");
    bool plain = strspn(c.s, "0123456789.,") >= c.n; /* a number alone */
    buf_reset(b);
    if (*t->caption)
        buf_printf(b, "%s. ", t->caption);
    if (*row)
        buf_printf(b, "%s: ", row);
    bool count = plain && !percent && !rank && !points;
    if (!count) {
        add_heading(b, column);
        buf_str(b, rank ? " thứ " : " đạt ");
    }
    size_t at = b->len;
    buf_add(b, c.s, c.n);
    buf_str(b, percent ? "%" : points && plain && !rank ? " điểm" : "");
    if (count) {
        buf_char(b, ' ');
        add_heading(b, column);
    }
    buf_char(b, '.');
    return at;
}

/* A document of these sentences. False if there are none, or too many. */
static bool say_all(const struct table *t, struct builder *made, struct said **said, size_t *n)
{
    size_t cap = 0;
    struct buf b = { 0 };
    *said = NULL;
    *n = 0;
    for (size_t i = 0; i < t->n && !made->full; i++) {
        struct span c = span_of(t, &t->cells[i]);
        if (t->cells[i].header || !is_figure(c))
            continue;
        const char *column = column_heading(t, i), *row = row_heading(t, i);
        if (!*column)
            continue;
        size_t at = say(&b, t, c, row, column);
        struct block *k = build_text(made, BLOCK_PARAGRAPH, b.data, b.len);
        if (k)
            *ARENA_PUSH(t->a, *said, *n, cap) = (struct said){ i, k->start + at, c.n };
    }
    buf_clear(&b);
    return *n > 0;
}

/* The cell's row as it stands in the document's text, with blanks for the line ends between cells. */
static const char *row_quote(const struct table *t, size_t i)
{
    size_t first = i, last = i;
    while (first > 0 && i - first < NEAR && t->cells[first - 1].row == t->cells[i].row)
        first--;
    while (last + 1 < t->n && last - i < NEAR && t->cells[last + 1].row == t->cells[i].row)
        last++;
    size_t start = t->cells[first].start;
    char *s = arena_strndup(t->a, t->doc->text + start, t->cells[last].end - start);
    for (char *p = s; (p = strchr(p, '\n'));)
        *p = ' ';
    return s;
}

/* Facts of the sentences, moved to their cells. */
static void take(const struct table *t, const struct document *made, const struct facts *read,
                 const struct said *said, size_t n, struct facts *out)
{
    size_t k = 0;
    for (size_t i = 0; i < read->n; i++) {
        struct fact f = read->items[i];
        size_t start = document_byte(made, (size_t)f.start), end = document_byte(made, (size_t)f.end);
        while (k < n && said[k].at + said[k].len <= start)
            k++;
        if (k == n || start < said[k].at)
            continue; /* a number of the caption or of a heading */
        const struct block *cell = &t->cells[said[k].cell];
        size_t from = cell->start + (start - said[k].at), to = cell->start + (end - said[k].at);
        f.start = (int64_t)document_cp(t->doc, from);
        f.end = (int64_t)document_cp(t->doc, to < cell->end ? to : cell->end);
        f.quote = row_quote(t, said[k].cell);
        f.page = cell->page;
        *ARENA_PUSH(t->a, out->items, out->n, out->cap) = f;
    }
}

size_t table_facts(const struct extractor *x, const struct document *doc, size_t first, struct arena *a,
                   struct facts *out)
{
    struct table t = { .doc = doc, .cells = &doc->blocks[first], .caption = "", .a = a };
    struct document made = { .name = doc->name, .format = "txt", .encoding = "UTF-8", .title = doc->title,
                             .date = doc->date, .publisher = doc->publisher, .place = doc->place, .symbol = doc->symbol };
    struct diag d = { 0 };
    struct builder b = { .doc = &made, .a = a, .d = &d };
    struct said *said;
    struct facts read = { 0 };
    size_t n, headers = 0, figures = 0;
    while (first + t.n < doc->n_blocks && t.cells[t.n].kind == BLOCK_CELL && t.cells[t.n].table == t.cells->table) {
        headers += t.cells[t.n].header;
        bool figure = !t.cells[t.n].header && is_figure(span_of(&t, &t.cells[t.n]));
        if (figure && !figures++)
            t.first_figure = t.n;
        t.n++;
    }
    if (!headers || !figures || t.n > CELLS_MAX)
        return 0;
    if (first > 0 && doc->blocks[first - 1].kind == BLOCK_CAPTION) {
        struct span c = span_of(&t, &doc->blocks[first - 1]);
        t.caption = arena_strndup(a, c.s, c.n);
    }
    if (say_all(&t, &b, &said, &n) && build_end(&b)) {
        extract_facts(x, &made, a, &read);
        take(&t, &made, &read, said, n, out);
    }
    buf_clear(&b.text);
    diag_clear(&d);
    return t.n;
}
