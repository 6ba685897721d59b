/* What the first lines of a document show about it: an official head (decree
 * 30/2020, annex I: issuing body, number and symbol, place and date, kind and
 * subject) or the head of a news page (date line, headline, "(TTXVN) -"). */
#define _GNU_SOURCE /* memmem() */
#include "ingest/build.h"

#include "base/utf8.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_LINES = 40, HEAD_PARTS = 80, HEAD_BYTES = 8192 };

/* A line of the head; where two columns share a line, each is a part. */
struct part { const char *s; size_t n; int line; bool right; };
struct head { struct part parts[HEAD_PARTS]; int n; };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *find(const char *s, size_t n, const char *word)
{
    return memmem(s, n, word, strlen(word));
}

/* Reads up to `most` digits; *at moves behind them. -1 without a digit or with more digits. */
static int read_number(const char *s, size_t n, size_t *at, int most)
{
    int value = 0, digits = 0;
    while (*at < n && is_digit(s[*at]) && digits <= most) {
        value = value * 10 + (s[*at] - '0');
        ++*at;
        digits++;
    }
    return digits && digits <= most ? value : -1;
}

static bool make_date(int y, int m, int d, char iso[11])
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (y % 4 == 0 && y % 100 != 0) || y % 400 == 0;
    if (y < 1945 || y > 2100 || m < 1 || m > 12 || d < 1 || d > days[m - 1] + (m == 2 && leap))
        return false;
    snprintf(iso, 11, "%04d-%02d-%02d", y % 10000, m % 100, d % 100);
    return true;
}

/* "04/05/2024" at s[at]; also 4-5-2024 and 4.5.2024, and 2024-05-04. */
static bool digits_date(const char *s, size_t n, size_t at, char iso[11], size_t *end)
{
    size_t i = at;
    int a = read_number(s, n, &i, 4);
    bool iso_order = i - at == 4;
    if (a < 0 || (!iso_order && i - at > 2) || i >= n || !strchr("/-.", s[i]))
        return false;
    char mark = s[i++];
    int b = read_number(s, n, &i, 2);
    if (b < 0 || i >= n || s[i] != mark)
        return false;
    size_t third = ++i;
    int c = read_number(s, n, &i, 4);
    if (c < 0 || (iso_order ? i - third > 2 : i - third != 4) || (i < n && is_digit(s[i])))
        return false;
    *end = i;
    return iso_order ? make_date(a, b, c, iso) : make_date(c, b, a, iso);
}

static void skip_space(const char *s, size_t n, size_t *at)
{
    while (*at < n && (s[*at] == ' ' || s[*at] == '\t' || s[*at] == '\n' || s[*at] == '\r'))
        ++*at;
}

static bool skip_word(const char *s, size_t n, size_t *at, const char *lower, const char *upper)
{
    size_t w = strlen(lower);
    skip_space(s, n, at);
    if (n - *at < w || (memcmp(s + *at, lower, w) != 0 && memcmp(s + *at, upper, w) != 0))
        return false;
    *at += w;
    skip_space(s, n, at);
    return true;
}

/* "ngày 04 tháng 5 năm 2024" at s[at]. */
static bool words_date(const char *s, size_t n, size_t at, char iso[11], size_t *end)
{
    size_t i = at;
    if (!skip_word(s, n, &i, "ngày", "Ngày"))
        return false;
    int d = read_number(s, n, &i, 2);
    if (d < 0 || !skip_word(s, n, &i, "tháng", "Tháng"))
        return false;
    int m = read_number(s, n, &i, 2);
    if (m < 0 || !skip_word(s, n, &i, "năm", "Năm"))
        return false;
    int y = read_number(s, n, &i, 4);
    *end = i;
    return y > 0 && make_date(y, m, d, iso);
}

bool head_date(const char *s, size_t n, char iso[11], size_t *at, size_t *end)
{
    for (size_t i = 0; i < n; i++) {
        bool number = is_digit(s[i]) && (i == 0 || (!is_digit(s[i - 1]) && !strchr("/.,-", s[i - 1])));
        bool found = (number && digits_date(s, n, i, iso, end)) ||
                     ((s[i] == 'n' || s[i] == 'N') && words_date(s, n, i, iso, end));
        if (found) {
            *at = i;
            return true;
        }
    }
    return false;
}

static void add_part(struct head *h, const char *s, size_t n, int line, bool right)
{
    while (n && strchr(" \t\r*#_", *s))
        s++, n--;
    while (n && strchr(" \t\r*_", s[n - 1]))
        n--;
    if (n && h->n < HEAD_PARTS)
        h->parts[h->n++] = (struct part){ s, n, line, right };
}

/* Two columns of an official head come out of text and PDF with a tab or a run of spaces between. */
static void read_head(const struct document *doc, struct head *h)
{
    size_t len = doc->len < HEAD_BYTES ? doc->len : HEAD_BYTES;
    int line = 0;
    for (size_t at = 0; at < len && line < HEAD_LINES; line++) {
        const char *s = doc->text + at, *nl = memchr(s, '\n', doc->len - at);
        size_t n = nl ? (size_t)(nl - s) : doc->len - at, cut = 0;
        at += n + 1;
        for (size_t i = 0; !cut && i + 3 < n; i++)
            if (s[i] != ' ' && s[i] != '\t' && (s[i + 1] == '\t' || memcmp(s + i + 1, "   ", 3) == 0))
                cut = i + 1;
        if (!cut) {
            add_part(h, s, n, line, false);
            continue;
        }
        add_part(h, s, cut, line, false);
        add_part(h, s + cut, n - cut, line, true);
    }
}

/* "Số: 125/BC-UBND" -> "125/BC-UBND". */
static const char *symbol_of(struct arena *a, const char *s, size_t n)
{
    if (n < 4 || (memcmp(s, "Số", strlen("Số")) != 0 && memcmp(s, "SỐ", strlen("SỐ")) != 0))
        return NULL;
    size_t i = strlen("Số");
    while (i < n && strchr(": \t.", s[i]))
        i++;
    size_t start = i;
    if (read_number(s, n, &i, 6) < 0 || i >= n || s[i] != '/')
        return NULL;
    size_t slash = i;
    for (size_t step; i < n; i += step) {
        uint32_t c = 0;
        step = utf8_decode(s + i, n - i, &c);
        if (!step || !(letter_case(c) > 0 || (c < 128 && (is_digit((char)c) || strchr("/-.&", (char)c)))))
            break;
    }
    while (i > slash && strchr("/-.&", s[i - 1]))
        i--;
    return i > slash + 1 ? arena_strndup(a, s + start, i - start) : NULL;
}

static bool is_motto(const struct part *p)
{
    static const char *const words[] = { "CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "Độc lập - Tự do", "Độc lập – Tự do",
                                         "ĐẢNG CỘNG SẢN VIỆT NAM" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (find(p->s, p->n, words[i]))
            return true;
    return false;
}

static int width_of(const struct part *p)
{
    return (int)utf8_count(p->s, p->n);
}

/* The body's name: lines in capitals left of or above the motto. */
static void official_publisher(struct builder *b, const struct head *h)
{
    struct buf name = { 0 };
    bool motto = false;
    for (int i = 0; i < h->n && h->parts[i].line < 16; i++)
        motto |= is_motto(&h->parts[i]);
    for (int i = 0; motto && i < h->n && h->parts[i].line < 12; i++) {
        const struct part *p = &h->parts[i];
        if (p->right || is_motto(p))
            continue;
        struct look l = look_at(p->s, p->n);
        if (!l.caps || l.numbered || l.width > 80 || symbol_of(b->a, p->s, p->n))
            break;
        if (name.len)
            buf_char(&name, ' ');
        buf_add(&name, p->s, p->n);
    }
    if (name.len && !b->doc->publisher)
        b->doc->publisher = arena_strndup(b->a, name.data, name.len);
    buf_clear(&name);
}

static bool begins_section(const struct document *doc, const char *s)
{
    size_t at = (size_t)(s - doc->text);
    for (size_t i = 0; i < doc->n_blocks && doc->blocks[i].start <= at; i++)
        if (doc->blocks[i].start == at)
            return doc->blocks[i].kind == BLOCK_HEADING && doc->blocks[i].level > 1;
    return false;
}

/* "BÁO CÁO" and the lines of its subject up to a rule or a long line. */
static void official_title(struct builder *b, const struct head *h)
{
    static const char *const kinds[] = { "BÁO CÁO", "KẾ HOẠCH", "QUYẾT ĐỊNH", "THÔNG BÁO", "NGHỊ QUYẾT", "CHỈ THỊ",
                                         "TỜ TRÌNH", "CHƯƠNG TRÌNH", "KẾT LUẬN", "CÔNG ĐIỆN", "ĐỀ ÁN", "HƯỚNG DẪN" };
    for (int i = 0; i < h->n; i++) {
        const struct part *p = &h->parts[i];
        bool is_kind = false, brief = width_of(p) <= 24 && look_at(p->s, p->n).caps;
        for (size_t k = 0; brief && k < sizeof kinds / sizeof *kinds; k++)
            is_kind |= find(p->s, p->n, kinds[k]) != NULL;
        if (!is_kind)
            continue;
        struct buf title = { 0 };
        buf_add(&title, p->s, p->n);
        for (int j = i + 1; j < h->n && j <= i + 4; j++) {
            const struct part *q = &h->parts[j];
            struct look l = look_at(q->s, q->n);
            if (q->line > h->parts[j - 1].line + 2 || begins_section(b->doc, q->s) || l.ended || l.numbered || l.width > 140 || !strpbrk(q->s, "aeiou"))
                break;
            buf_char(&title, ' ');
            buf_add(&title, q->s, q->n);
            if (q->s[q->n] == '\n' && (q->s[q->n + 1] == '\n' || q->s[q->n + 1] == '\0'))
                break;
        }
        b->doc->title = arena_strndup(b->a, title.data, title.len);
        buf_clear(&title);
        return;
    }
}

/* A line that is hardly more than a date: "Thứ ba, 16/07/2024 13:45". */
static const char *date_line(struct arena *a, const struct part *p)
{
    char iso[11];
    size_t at, end;
    if (width_of(p) > 100 || !head_date(p->s, p->n, iso, &at, &end))
        return NULL;
    struct look l = look_at(p->s, p->n);
    bool official = p->s[at] == 'n' && at >= 2 && p->s[at - 2] == ',';
    int letters = 0;
    for (size_t i = 0, step; i < p->n; i += step) {
        uint32_t c = 0;
        step = utf8_decode(p->s + i, p->n - i, &c);
        step = step ? step : 1;
        letters += (i < at || i >= end) && letter_case(c) != 0;
    }
    bool told = end == p->n && p->s[at] != 'n' && at > strlen("ngày ") && memcmp(p->s + at - strlen("ngày "), "ngày ", strlen("ngày ")) == 0;
    if (l.ended || (!official && !told && (letters > 36 || l.caps)) || letters > (told ? 80 : 50))
        return NULL;
    return arena_strdup(a, iso);
}

/* "(TTXVN) - Ngày ..." and "CTTĐT- Chiều ...": who published. */
static const char *agency(struct arena *a, const struct part *p, size_t *text)
{
    static const char *const known[] = { "TTXVN", "CTTĐT", "VGP", "Chinhphu.vn", "TTO", "VOV", "VOV.VN", "BNEWS", "QĐND" };
    bool bracket = p->n && *p->s == '(';
    size_t start = bracket, end = start;
    while (end < p->n && end - start < 40 && !strchr(bracket ? ")" : " -", p->s[end]))
        end++;
    if (end == start || end >= p->n || end - start >= 40)
        return NULL;
    size_t i = end + bracket;
    while (i < p->n && p->s[i] == ' ')
        i++;
    bool dash = i < p->n && (p->s[i] == '-' || (p->n - i > 3 && memcmp(p->s + i, "–", 3) == 0));
    if (!dash)
        return NULL;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        bracket |= strlen(known[k]) == end - start && memcmp(known[k], p->s + start, end - start) == 0;
    if (!bracket)
        return NULL;
    i += p->s[i] == '-' ? 1 : strlen("–");
    while (i < p->n && p->s[i] == ' ')
        i++;
    *text = i;
    return arena_strndup(a, p->s + start, end - start);
}

/* "Chiều 15/1/2025, ...": the day told in the first words of a lead, from byte `text` on. */
static const char *dateline(struct arena *a, const struct part *p, size_t text)
{
    static const char *const words[] = { "Sáng ", "Chiều ", "Tối ", "Trưa ", "Ngày ", "Hôm nay ", "nay ", "ngày ", "(" };
    char iso[11];
    size_t at, end;
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
            size_t w = strlen(words[i]);
            if (p->n - text > w && memcmp(p->s + text, words[i], w) == 0) {
                text += w;
                again = true;
            }
        }
    }
    bool found = text && head_date(p->s + text, p->n - text < 40 ? p->n - text : 40, iso, &at, &end);
    return found && at < 8 ? arena_strdup(a, iso) : NULL;
}

/* "Bản tin ..., ngày 10/7/2020" under a headline, and the body named above "Lào Cai, ngày ...". */
static const char *byline(struct arena *a, const struct part *p, const struct part *next)
{
    static const char *const words[] = { "Bản tin ", "Báo ", "Cổng ", "Trang thông tin ", "Tạp chí ", "Đài " };
    struct look l = look_at(p->s, p->n);
    char iso[11];
    size_t at, end, n = p->n;
    bool named = false;
    if (l.ended || l.caps || l.lower || l.width < 8 || l.width > 100 || symbol_of(a, p->s, p->n))
        return NULL;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        named |= p->n > strlen(words[i]) && memcmp(p->s, words[i], strlen(words[i])) == 0;
    if (head_date(p->s, p->n, iso, &at, &end)) {
        n = at;
        while (n && (strchr(" ,-(", p->s[n - 1]) || (n >= 5 && memcmp(p->s + n - 5, "ngày", 5) == 0)))
            n -= strchr(" ,-(", p->s[n - 1]) ? 1 : 5;
    } else if (!named && next && head_date(next->s, next->n, iso, &at, &end))
        named = next->s[at] == 'n' && at >= 2 && next->s[at - 2] == ',' && width_of(next) < 60;
    return named && n ? arena_strndup(a, p->s, n) : NULL;
}

static bool is_trail(const char *s, size_t n)
{
    return find(s, n, "Trang chủ") || find(s, n, "TRANG CHỦ") || find(s, n, " » ") || find(s, n, " / ") || find(s, n, " > ");
}

/* The headline: the first heading, or a first line that stands alone; no banner, no breadcrumbs. */
static void headline(struct builder *b)
{
    const struct document *doc = b->doc;
    for (size_t i = 0; i < doc->n_blocks && i < 12; i++) {
        const struct block *k = &doc->blocks[i];
        const char *s = doc->text + k->start;
        size_t n = k->end - k->start;
        struct look l = look_at(s, n);
        char iso[11];
        size_t at, end;
        if (k->kind == BLOCK_PARAGRAPH && l.ended && l.width > 100)
            return; /* the body has begun */
        if (k->kind == BLOCK_CELL || l.width < 12 || l.width > 250 || is_trail(s, n) || s[n - 1] == '!' ||
            (l.width < 60 && head_date(s, n, iso, &at, &end)))
            continue;
        if (k->kind == BLOCK_HEADING && !l.numbered) {
            while (n && strchr("#* _", *s))
                s++, n--;
            while (n && strchr("* _", s[n - 1]))
                n--;
            b->doc->title = arena_strndup(b->a, s, n);
            return;
        }
    }
}

void head_find(struct builder *b)
{
    struct document *doc = b->doc;
    struct head h = { .n = 0 };
    read_head(doc, &h);
    for (int i = 0; i < h.n && !doc->symbol; i++)
        doc->symbol = symbol_of(b->a, h.parts[i].s, h.parts[i].n);
    official_publisher(b, &h);
    for (int i = 0; i < h.n && !doc->date; i++)
        doc->date = date_line(b->a, &h.parts[i]);
    for (int i = 0; i < h.n && i < 8; i++) {
        size_t text = 0;
        const char *who = agency(b->a, &h.parts[i], &text);
        if (!doc->publisher)
            doc->publisher = who;
        if (!doc->date)
            doc->date = dateline(b->a, &h.parts[i], text);
        if (!doc->publisher && i > 0)
            doc->publisher = byline(b->a, &h.parts[i], i + 1 < h.n ? &h.parts[i + 1] : NULL);
    }
    if (!doc->title)
        official_title(b, &h);
    if (!doc->title)
        headline(b);
}
