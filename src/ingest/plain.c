/* Blocks of a plain text.  A blank line ends a paragraph.  Lines that touch are
 * one paragraph only if the text is wrapped: texts copied from PDF or Markdown
 * break lines at a width, texts saved from pages have a paragraph a line.  So the
 * width is measured first: if most lines that stop in mid-sentence are about as
 * long as the longest, the text is wrapped there. */
#define _GNU_SOURCE /* memmem() */
#include "ingest/build.h"

#include "base/utf8.h"

#include <string.h>

int letter_case(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? 1 : c >= 'a' && c <= 'z' ? -1 : 0;
    if (c >= 0xC0 && c <= 0xFF)
        return c == 0xD7 || c == 0xF7 ? 0 : c < 0xDF ? 1 : -1;
    if ((c >= 0x100 && c <= 0x137) || (c >= 0x14A && c <= 0x177) || (c >= 0x1E00 && c <= 0x1EFF))
        return c % 2 ? -1 : 1;
    if ((c >= 0x139 && c <= 0x148) || (c >= 0x1AF && c <= 0x1B0))
        return c % 2 ? 1 : -1;
    return c == 0x1A0 ? 1 : c == 0x1A1 ? -1 : 0;
}

static bool word_at(const char *s, size_t n, const char *word)
{
    size_t w = strlen(word);
    return n >= w && memcmp(s, word, w) == 0;
}

/* Bytes of a bullet with its space, 0 if there is none. */
static size_t bullet(const char *s, size_t n)
{
    static const char *const marks[] = { "- ", "* ", "+ ", "– ", "— ", "• ", "▪ ", "● ", "◦ ", "· ", "o ", "\xEF\x82\xB7 ",
                                         "-\t", "+\t", "•\t", "✓ ", "➢ " };
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (word_at(s, n, marks[i]))
            return strlen(marks[i]);
    /* "+Tiếp tục ...", "-Về thể chế": hastily typed, but no "-5%" and no "--". */
    uint32_t c = 0;
    if (n > 1 && (*s == '-' || *s == '+') && utf8_decode(s + 1, n - 1, &c) && letter_case(c) > 0)
        return 1;
    return 0;
}

/* Bytes of "I. ", "2.1. ", "a) ", "Điều 3. ", "Phần I"; *level 1 the highest. */
static size_t numbering(const char *s, size_t n, int *level)
{
    size_t i = 0;
    int parts = 0;
    static const char *const parts_of[] = { "Phần ", "PHẦN ", "Chương ", "CHƯƠNG " };
    for (size_t k = 0; k < sizeof parts_of / sizeof *parts_of; k++) {
        size_t w = strlen(parts_of[k]);
        if (n > w && word_at(s, n, parts_of[k]) && strchr("IVX123456789", s[w])) {
            *level = 1;
            return w;
        }
    }
    while (i < n && strchr("IVX", s[i]))
        i++;
    if (i > 0 && i < 6 && i + 1 < n && (s[i] == '.' || s[i] == '/' || s[i] == ')' || s[i] == '-') && s[i + 1] == ' ') {
        *level = 2;
        return i + 2;
    }
    i = 0;
    bool grouped = false;
    for (;;) {
        size_t from = i;
        while (i < n && i - from < 3 && s[i] >= '0' && s[i] <= '9')
            i++;
        if (i == from)
            break;
        grouped = grouped || (from > 0 && s[from - 1] == '.' && i - from == 3); /* "3.071 TTHC" */
        parts++;
        if (i < n && (s[i] == '.' || s[i] == ')' || s[i] == '/'))
            i++;
        else
            break;
    }
    /* "3. Về" and "2.1 Về", but neither "1.929 hồ sơ" nor "5 huyện". */
    if (parts && !grouped && i > 0 && i < n && s[i] == ' ' && (strchr(".)/", s[i - 1]) || parts > 1)) {
        uint32_t c = 0;
        if (i + 1 < n && utf8_decode(s + i + 1, n - i - 1, &c) && (letter_case(c) > 0 || c > 0x2000 || strchr(".)/", s[i - 1]))) {
            *level = 2 + parts > 6 ? 6 : 2 + parts;
            return i + 1;
        }
    }
    if (n > 3 && ((*s >= 'a' && *s <= 'z') || word_at(s, n, "đ"))) {
        size_t w = *s == '\xC4' ? 2 : 1;
        if (n > w + 1 && (s[w] == ')' || s[w] == '.') && s[w + 1] == ' ') {
            *level = 5;
            return w + 2;
        }
    }
    return 0;
}

static bool ends_sentence(const char *s, size_t n)
{
    /* Most lines end with a letter or digit. */
    if (n && ((s[n - 1] >= 'a' && s[n - 1] <= 'z') || (s[n - 1] >= '0' && s[n - 1] <= '9')))
        return false;
    static const char *const closing[] = { "\"", "”", "’", ")", "]", "»", "*", "_" };
    for (bool again = true; again && n;) {
        again = false;
        for (size_t i = 0; i < sizeof closing / sizeof *closing; i++) {
            size_t w = strlen(closing[i]);
            if (n >= w && memcmp(s + n - w, closing[i], w) == 0) {
                n -= w;
                again = true;
                break;
            }
        }
    }
    return n && (strchr(".!?;:", s[n - 1]) || (n >= 3 && memcmp(s + n - 3, "…", 3) == 0));
}

/* letter_case() of the letter at s[0..n), and its length in *step. */
static inline int case_at(const char *s, size_t n, size_t *step)
{
    unsigned char c = (unsigned char)*s;
    uint32_t cp = 0;
    if (c < 0x80) {
        *step = 1;
        return c >= 'a' && c <= 'z' ? -1 : c >= 'A' && c <= 'Z' ? 1 : 0;
    }
    if (n >= 3 && c == 0xE1 && ((unsigned char)s[1] | 3) == 0xBB) { /* U+1E00..1EFF: capitals are even */
        *step = 3;
        return s[2] & 1 ? -1 : 1;
    }
    *step = utf8_decode(s, n, &cp);
    *step = *step ? *step : 1;
    return letter_case(cp);
}

/* At least 4 capitals, and of ten letters nine. Read only as far as it can still be. */
static bool all_caps(const char *s, size_t n)
{
    size_t upper = 0, lower = 0;
    for (size_t i = 0, step; i < n && lower * 9 < upper + (n - i); i += step) {
        int is = case_at(s + i, n - i, &step);
        upper += is > 0;
        lower += is < 0;
    }
    return upper >= 4 && upper > lower * 9;
}

struct look look_at(const char *s, size_t n)
{
    struct look l = { .kind = BLOCK_PARAGRAPH };
    size_t skip = 0;
    while (skip < n && s[skip] == '#')
        skip++;
    bool marked = skip > 0 && skip <= 6 && skip < n && s[skip] == ' ';
    l.level = marked ? (int)skip : 0;
    skip = marked ? skip + 1 : 0;
    bool bold = n - skip > 4 && word_at(s + skip, n - skip, "**") && memcmp(s + n - 2, "**", 2) == 0;
    while (skip < n && (s[skip] == '*' || s[skip] == '_') && bold)
        skip++;
    int level = 0;
    size_t number = numbering(s + skip, n - skip, &level), dash = bullet(s + skip, n - skip);
    size_t words = skip + number, step = 1;
    for (size_t i = words; i < n; i += step) /* the first that is no blank */
        if ((unsigned char)s[i] > ' ') {
            l.lower = case_at(s + i, n - i, &step) < 0;
            break;
        }
    l.width = (int)utf8_count(s + skip, n - skip);
    l.numbered = number > 0;
    l.caps = all_caps(s + words, n - words);
    l.ended = ends_sentence(s, n);
    bool colon = n && s[n - 1] == ':';
    bool brief = l.width <= 160 && (!l.ended || (colon && (l.numbered || l.caps)));
    if (marked || (bold && brief)) {
        l.kind = BLOCK_HEADING;
        l.level = marked ? l.level : number ? level : 3;
    } else if (dash) {
        l.kind = BLOCK_LIST_ITEM;
        l.level = s[skip] == '+' || s[skip] == 'o' ? 2 : 1;
    } else if (brief && (l.caps || l.numbered)) {
        l.kind = BLOCK_HEADING;
        l.level = number ? level : 1;
    } else if (l.numbered) {
        l.kind = BLOCK_LIST_ITEM;
        l.level = 1;
    }
    return l;
}

struct line { size_t start, end, next; /* trimmed; next: the line after */ bool indented; };

static struct line line_at(const char *s, size_t len, size_t at)
{
    const char *nl = memchr(s + at, '\n', len - at);
    size_t end = nl ? (size_t)(nl - s) : len;
    struct line l = { .start = at, .end = end, .next = nl ? end + 1 : len };
    for (;;) {
        if (l.start < l.end && strchr(" \t\r\f\v", s[l.start]))
            l.start++;
        else if (l.end - l.start >= 2 && memcmp(s + l.start, "\xC2\xA0", 2) == 0)
            l.start += 2;
        else
            break;
    }
    while (l.end > l.start && strchr(" \t\r\f\v", s[l.end - 1]))
        l.end--;
    l.indented = l.start > at;
    return l;
}

enum { WRAP_SAMPLE = 1 << 18 }; /* bytes that tell how the rest is wrapped */

/* Columns at which the text is wrapped, 0 if it is not. */
static int wrap_width(const char *s, size_t len)
{
    enum { MOST = 160 };
    if (len > WRAP_SAMPLE)
        len = WRAP_SAMPLE;
    int broken[MOST + 1] = { 0 }, pairs = 0, middle = 0, lower = 0;
    struct line previous = { 0 };
    struct look look = { 0 }, next = { 0 };
    for (size_t at = 0; at < len; look = next) {
        struct line l = line_at(s, len, at);
        at = l.next;
        if (l.end > l.start)
            next = look_at(s + l.start, l.end - l.start);
        if (previous.end > previous.start && l.end > l.start) {
            if (next.kind == BLOCK_PARAGRAPH && !next.caps) {
                pairs++;
                middle += !look.ended;
                lower += !look.ended && next.lower;
                broken[look.width > MOST ? MOST : look.width] += !look.ended;
            }
        }
        previous = l;
    }
    int width = MOST - 1, seen = broken[MOST];
    while (width > 20 && (seen += broken[width]) * 10 < middle)
        width--;
    return lower >= 3 && lower * 10 >= pairs * 3 && broken[MOST] * 10 < middle ? width : 0;
}

/* "... phát triển từ": no line that stands by itself ends with such a word. */
static bool hangs(const char *s, size_t n)
{
    static const char *const words[] = { "từ", "đến", "là", "đạt", "của", "và", "với", "trên", "dưới", "hơn", "gần", "khoảng",
                                         "được", "cho", "tại", "trong", "các", "những", "có", "bằng", "theo", "≥", "≤", "," };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t w = strlen(words[i]);
        if (n > w && s[n - 1] == words[i][w - 1] && memcmp(s + n - w, words[i], w) == 0 &&
            (s[n - w - 1] == ' ' || *words[i] == ','))
            return true;
    }
    return false;
}

/* Whether line b goes on with the paragraph s[0..n), whose last line is a. */
static bool joined(const struct look *a, const struct look *b, bool indented, const char *s, size_t n, int width)
{
    if (a->caps && b->caps && a->kind == BLOCK_HEADING && b->kind == BLOCK_HEADING)
        return !b->numbered && !a->ended;
    if (b->numbered || b->kind == BLOCK_LIST_ITEM)
        return b->lower && !a->ended && width && a->width * 4 >= width * 3 && !b->numbered;
    if (a->kind == BLOCK_HEADING && a->caps)
        return false;
    if (!a->ended && (b->lower || hangs(s, n)))
        return true;
    if (!width || indented || b->kind == BLOCK_HEADING)
        return false;
    return a->width * 10 >= width * (a->ended ? 9 : 7);
}

/* "Ảnh: NV", "Cán bộ Bộ phận một cửa (Ảnh: TTXVN)": under a picture. */
static bool is_caption(const char *s, size_t n)
{
    static const char *const signs[] = { "Ảnh: ", "Ảnh minh họa", "Ảnh minh hoạ", "(Ảnh", ". Ảnh ", "Bài, ảnh" };
    if (n >= 300 || !(memmem(s, n, "Ảnh", strlen("Ảnh")) || memmem(s, n, signs[5], strlen(signs[5]))))
        return false;
    for (size_t k = 0; k < sizeof signs / sizeof *signs; k++)
        for (size_t i = 0; i + strlen(signs[k]) <= n; i++)
            if (memcmp(s + i, signs[k], strlen(signs[k])) == 0 && (i == 0 || n - i < 60))
                return true;
    return false;
}

/* `line`: its look, where it is one line; NULL: several. `alone`: between blank lines, with text after it. */
static void paragraph(struct builder *b, size_t start, size_t end, const struct look *line, bool alone)
{
    bool first = b->doc->n_blocks == 0 && end < b->doc->len;
    const char *s = b->doc->text;
    struct look l = line ? *line : look_at(s + start, end - start);
    struct block *k = build_span(b, l.kind, start, end);
    if (!k)
        return;
    k->level = l.level;
    if (k->kind == BLOCK_PARAGRAPH && is_caption(s + start, end - start))
        k->kind = BLOCK_CAPTION;
    else if (k->kind == BLOCK_PARAGRAPH && first && !l.ended && !l.lower && l.width >= 12 && l.width <= 200) {
        k->kind = BLOCK_HEADING; /* the headline */
        k->level = 1;
    } else if (k->kind == BLOCK_PARAGRAPH && alone && !l.ended && !l.lower && l.width <= 90 && s[end - 1] != ',') {
        k->kind = BLOCK_HEADING;
        k->level = 3;
    }
}

/* A short line between blank lines, without an end mark and with a paragraph after it. */
static bool stands_alone(const char *s, size_t len, size_t begin, size_t next)
{
    size_t at = begin;
    while (at > 0 && strchr(" \t\r", s[at - 1]))
        at--;
    bool before = at == 0 || (s[at - 1] == '\n' && (at == 1 || s[at - 2] == '\n' || (at > 2 && s[at - 2] == '\r' && s[at - 3] == '\n')));
    return before && next < len;
}

/* ---- Markdown's tables: rows between bars, under the head a row of dashes ---- */

static bool is_bar_row(const char *s, const struct line *l)
{
    return l->end - l->start >= 3 && s[l->start] == '|' && s[l->end - 1] == '|';
}

static void bar_cells(struct builder *b, const char *s, const struct line *l, int row)
{
    size_t at = l->start + 1;
    for (int column = 1; at < l->end; column++) {
        const char *bar = memchr(s + at, '|', l->end - at);
        size_t end = bar ? (size_t)(bar - s) : l->end, from = at, to = end;
        while (from < to && strchr(" \t", s[from]))
            from++;
        while (to > from && strchr(" \t", s[to - 1]))
            to--;
        struct block *k = column <= TABLE_SPAN_MAX ? build_span(b, BLOCK_CELL, from, to) : NULL;
        if (k) {
            k->table = b->tables;
            k->row = row;
            k->column = column;
            k->row_span = k->column_span = 1;
        }
        at = end + 1;
    }
}

/* The table that begins at `at`; returns where it ends, `at` if there is none. */
static size_t bar_table(struct builder *b, size_t at)
{
    const char *s = b->doc->text;
    size_t len = b->doc->len, first = b->doc->n_blocks, begin = at;
    struct line l = line_at(s, len, at), next = line_at(s, len, l.next < len ? l.next : at);
    int row = 0;
    if (!is_bar_row(s, &l) || l.next >= len || !is_bar_row(s, &next))
        return begin;
    b->tables++;
    for (; at < len; at = l.next) {
        l = line_at(s, len, at);
        if (!is_bar_row(s, &l))
            break;
        if (strspn(s + l.start, "|-: ") < l.end - l.start)
            bar_cells(b, s, &l, ++row);
        else if (row == 1)
            for (size_t i = first; i < b->doc->n_blocks; i++)
                b->doc->blocks[i].header = true;
    }
    build_table_headers(b, first);
    return at;
}

bool plain_read(struct builder *b)
{
    const char *s = b->doc->text;
    size_t len = b->doc->len, start = 0, end = 0;
    int width = wrap_width(s, len);
    struct look last = { 0 };
    bool single = true;
    for (size_t at = 0; at < len && !b->full;) {
        struct line l = line_at(s, len, at);
        size_t here = at;
        at = l.next;
        bool blank = l.start == l.end;
        struct look look = blank ? (struct look){ 0 } : look_at(s + l.start, l.end - l.start);
        if (end > start && !blank && s[l.start] != '|' && joined(&last, &look, l.indented, s + start, end - start, width)) {
            end = l.end;
            last = look;
            single = false;
            continue;
        }
        if (end > start)
            paragraph(b, start, end, single ? &last : NULL, single && blank && stands_alone(s, len, start, here));
        size_t after = blank ? here : bar_table(b, here);
        if (after > here) {
            at = after;
            start = end = 0;
            continue;
        }
        start = l.start;
        end = l.end;
        last = look;
        single = true;
    }
    if (end > start)
        paragraph(b, start, end, single ? &last : NULL, false);
    return !b->full;
}
