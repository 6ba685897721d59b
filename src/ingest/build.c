#include "ingest/build.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

static bool over(struct builder *b)
{
    if (b->full)
        return true;
    if (b->doc->n_blocks < DOCUMENT_BLOCKS_MAX && b->text.len <= DOCUMENT_BYTES_MAX)
        return false;
    b->full = true;
    diag_error(b->d, b->at, _("is too large: a document may have %d paragraphs and %d MB of text"),
               DOCUMENT_BLOCKS_MAX, DOCUMENT_BYTES_MAX >> 20);
    return true;
}

struct block *build_span(struct builder *b, enum block_kind kind, size_t start, size_t end)
{
    if (start >= end || over(b))
        return NULL;
    struct block *k = ARENA_PUSH(b->a, b->doc->blocks, b->doc->n_blocks, b->cap);
    k->kind = kind;
    k->start = start;
    k->end = end;
    return k;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

struct block *build_text(struct builder *b, enum block_kind kind, const char *s, size_t n)
{
    size_t start = b->text.len;
    for (size_t i = 0; i < n;) {
        size_t word = i;
        while (word < n && is_space(s[word]))
            word++;
        size_t end = word;
        while (end < n && !is_space(s[end]))
            end++;
        if (end > word && b->text.len > start)
            buf_char(&b->text, ' ');
        buf_add(&b->text, s + word, end - word);
        i = end;
    }
    /* A line of no-break spaces only (HTML pages are full of them) is no text. */
    bool blank = true;
    for (size_t i = start; blank && i < b->text.len; i++)
        if (b->text.data[i] != ' ' && b->text.data[i] != '\xC2' && b->text.data[i] != '\xA0')
            blank = false;
    if (blank) {
        b->text.len = start;
        return NULL;
    }
    struct block *k = build_span(b, kind, start, b->text.len);
    buf_char(&b->text, '\n');
    return k;
}

void build_lines(struct builder *b, enum block_kind kind, int level, const char *s, size_t n,
                 bool (*skip)(const char *s, size_t n))
{
    for (size_t at = 0; at < n;) {
        while (at < n && is_space(s[at]))
            at++;
        size_t end = at;
        while (end < n) {
            const char *nl = memchr(s + end, '\n', n - end);
            end = nl ? (size_t)(nl - s) : n;
            size_t next = end;
            while (next < n && is_space(s[next]))
                next++;
            uint32_t c = 0;
            if (next == n || !utf8_decode(s + next, n - next, &c) || letter_case(c) >= 0)
                break;
            end = next;
        }
        struct block *k = skip && skip(s + at, end - at) ? NULL : build_text(b, kind, s + at, end - at);
        if (k)
            k->level = level;
        at = end + 1;
    }
}

void build_cell(struct builder *b, int row, int column, int row_span, int column_span, bool header, const char *s, size_t n)
{
    struct block *k = build_text(b, BLOCK_CELL, s, n);
    if (!k)
        return;
    k->table = b->tables;
    k->row = row;
    k->column = column;
    k->row_span = row_span;
    k->column_span = column_span;
    k->header = header;
}

/* Any digit but a lone year: "2023", "Năm 2023" head a column as words do. */
static bool has_number(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t from = i;
        while (i < n && s[i] >= '0' && s[i] <= '9')
            i++;
        bool year = i - from == 4 && (s[from] == '1' || s[from] == '2') && (i == n || (s[i] != ',' && s[i] != '.'));
        if (i > from && !year)
            return true;
        i += i == from;
    }
    return false;
}

void build_table_headers(struct builder *b, size_t first)
{
    struct block *cells = b->doc->blocks + first;
    const char *text = b->doc->text ? b->doc->text : b->text.data;
    size_t n = b->doc->n_blocks - first;
    enum { COLUMNS = 32, HEAD_ROWS = 4 };
    int words[COLUMNS] = { 0 }, numbers[COLUMNS] = { 0 };
    int head = 0; /* rows before the first with a number */
    bool marked = false, body = false;
    for (size_t i = 0; i < n; i++) {
        const struct block *k = &cells[i];
        marked |= k->header;
        if (has_number(text + k->start, k->end - k->start)) {
            head = body ? head : k->row - 1;
            body = true;
            if (k->column <= COLUMNS)
                numbers[k->column - 1]++;
        } else if (body && k->row > head + 1 && k->column <= COLUMNS)
            words[k->column - 1]++;
    }
    for (size_t i = 0; i < n && body; i++) /* the first row with a number */
        if (cells[i].row == head + 1 && cells[i].column <= COLUMNS &&
            !has_number(text + cells[i].start, cells[i].end - cells[i].start))
            words[cells[i].column - 1]++;
    int column = 0;
    while (column < COLUMNS && words[column] <= numbers[column])
        column++;
    for (size_t i = 0; i < n && body; i++) {
        struct block *k = &cells[i];
        k->header |= (!marked && head <= HEAD_ROWS && k->row <= head) || (k->row > head && k->column == column + 1);
    }
}

void build_classify(struct builder *b)
{
    for (size_t i = 0; i < b->doc->n_blocks; i++) {
        struct block *k = &b->doc->blocks[i];
        if (k->kind != BLOCK_PARAGRAPH)
            continue;
        struct look l = look_at(b->text.data + k->start, k->end - k->start);
        /* Without a number or capitals a short line is no sign: formats have headings of their own. */
        if (l.kind == BLOCK_LIST_ITEM || (l.kind == BLOCK_HEADING && (l.numbered || l.caps))) {
            k->kind = l.kind;
            k->level = l.level;
        }
    }
}

static void index_code_points(struct document *doc, struct arena *a)
{
    size_t n = doc->len / 256 + 1;
    uint32_t *at = arena_array(a, uint32_t, n);
    for (size_t i = 1; i < n; i++)
        at[i] = at[i - 1] + (uint32_t)utf8_count(doc->text + (i - 1) * 256, 256);
    doc->cp_at = at;
}

bool build_end(struct builder *b)
{
    struct document *doc = b->doc;
    if (!doc->text) {
        doc->len = b->text.len;
        doc->text = arena_strndup(b->a, b->text.data ? b->text.data : "", b->text.len);
    }
    buf_clear(&b->text);
    if (b->full)
        return false;
    if (!doc->n_blocks) {
        diag_error(b->d, b->at, _("is empty: no readable text in it"));
        return false;
    }
    index_code_points(doc, b->a);
    head_find(b);
    const char **fields[] = { &doc->title, &doc->date, &doc->publisher, &doc->place, &doc->symbol };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (!*fields[i])
            *fields[i] = "";
    return true;
}

size_t document_cp(const struct document *doc, size_t at)
{
    if (at > doc->len)
        at = doc->len;
    return doc->cp_at[at / 256] + utf8_count(doc->text + at / 256 * 256, at % 256);
}

size_t document_byte(const struct document *doc, size_t cp)
{
    size_t low = 0, high = doc->len / 256;
    while (low < high) { /* the last stretch of 256 bytes that begins at or before `cp` */
        size_t middle = (low + high + 1) / 2;
        if (doc->cp_at[middle] <= cp)
            low = middle;
        else
            high = middle - 1;
    }
    size_t i = low * 256, count = doc->cp_at[low];
    /* cp_at counts leading bytes, so a stretch may begin inside a letter. */
    while (i < doc->len) {
        bool leads = ((unsigned char)doc->text[i] & 0xC0) != 0x80;
        if (leads && count == cp)
            return i;
        count += leads;
        i++;
    }
    return doc->len;
}

static const char *const kind_names[] = { "paragraph", "heading", "item", "cell", "caption" };

static void dump_block(const struct document *doc, const struct block *k, struct buf *out)
{
    buf_str(out, kind_names[k->kind]);
    if (k->level)
        buf_printf(out, " %d", k->level);
    if (k->kind == BLOCK_CELL) {
        buf_printf(out, " t%d r%d c%d", k->table, k->row, k->column);
        if (k->row_span > 1 || k->column_span > 1)
            buf_printf(out, " span %dx%d", k->row_span, k->column_span);
        if (k->header)
            buf_str(out, " header");
    }
    if (k->page)
        buf_printf(out, " p%d", k->page);
    buf_printf(out, " [%zu,%zu) ", document_cp(doc, k->start), document_cp(doc, k->end));
    char *text = xmalloc(k->end - k->start + 1);
    memcpy(text, doc->text + k->start, k->end - k->start);
    text[k->end - k->start] = '\0';
    buf_tsv(out, text);
    free(text);
    buf_char(out, '\n');
}

void document_dump(const struct document *doc, struct buf *out)
{
    buf_printf(out, "format %s\nencoding %s\ntitle %s\ndate %s\npublisher %s\nsymbol %s\n", doc->format, doc->encoding,
               doc->title, doc->date, doc->publisher, doc->symbol);
    for (size_t i = 0; i < doc->n_blocks; i++)
        dump_block(doc, &doc->blocks[i], out);
}
