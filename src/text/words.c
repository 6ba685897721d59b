/* text/words.c -- the tokenizer and the fold.
 *
 * One pass, no allocation.  A letter is looked up in two small tables made
 * from the Unicode decompositions; combining marks are folded in the same
 * loop, so NFD needs no normalisation before it. */
#include "text/words.h"

#include "base/utf8.h"

#include <string.h>

struct fold { char letter, tone; unsigned char upper; };
#include "text/fold_table.h"

enum { CP_LATIN_FIRST = 0xC0, CP_LATIN_LAST = 0x1B0, CP_VIET_FIRST = 0x1EA0, CP_VIET_LAST = 0x1EF9 };

static inline struct fold fold_of(uint32_t cp)
{
    if (cp >= 'a' && cp <= 'z')
        return (struct fold){ (char)cp, 0, 0 };
    if (cp >= 'A' && cp <= 'Z')
        return (struct fold){ (char)(cp + 32), 0, 1 };
    if (cp >= CP_LATIN_FIRST && cp <= CP_LATIN_LAST)
        return fold_latin[cp - CP_LATIN_FIRST];
    if (cp >= CP_VIET_FIRST && cp <= CP_VIET_LAST)
        return fold_vietnamese[cp - CP_VIET_FIRST];
    return (struct fold){ 0, 0, 0 };
}

static bool is_combining(uint32_t cp)
{
    return cp >= 0x300 && cp <= 0x36F;
}

/* Tone of a combining mark, 0 if it is none. */
static char combining_tone(uint32_t cp)
{
    switch (cp) {
    case 0x300: case 0x340: return '`';
    case 0x301: case 0x341: return '\'';
    case 0x303: return '~';
    case 0x309: return '?';
    case 0x323: return '.';
    default: return 0;
    }
}

/* The letter with circumflex, breve or horn put on it. */
static char combining_letter(char base, uint32_t cp)
{
    if (cp == 0x302)
        return base == 'a' ? 'X' : base == 'e' ? 'E' : base == 'o' ? 'O' : base;
    if (cp == 0x306)
        return base == 'a' ? 'A' : base;
    if (cp == 0x31B)
        return base == 'o' ? 'Q' : base == 'u' ? 'U' : base;
    return base;
}

/* A word while it is read. */
struct folding { char *out; size_t len; char tones[4]; size_t n_tones; size_t letters, capitals; bool first_upper; };

static inline void fold_add(struct folding *f, char c)
{
    if (f->len < FOLD_MAX - 4)
        f->out[f->len++] = c;
}

/* Takes one code point of a word in; false if it is no part of a word. */
static bool fold_take(struct folding *f, uint32_t cp)
{
    struct fold x = fold_of(cp);
    char tone = x.tone;

    if (x.letter) {
        if (!f->letters)
            f->first_upper = x.upper;
        f->letters++;
        f->capitals += x.upper;
        fold_add(f, x.letter);
    } else if (is_combining(cp)) {
        tone = combining_tone(cp);
        if (!tone && f->len)
            f->out[f->len - 1] = combining_letter(f->out[f->len - 1], cp);
    } else if (cp >= '0' && cp <= '9') {
        fold_add(f, (char)cp);
    } else if (cp == '&') {
        fold_add(f, '&');
    } else if (cp > 0x24F && !(cp >= 0x2000 && cp <= 0x2BFF) && !(cp >= 0x3000 && cp <= 0x303F) && cp != 0xFEFF &&
               cp < 0xFFF0) {
        f->letters++; /* a letter of another script: counts, folds to nothing of ours */
        fold_add(f, '#');
    } else {
        return false;
    }
    if (tone && f->n_tones < sizeof f->tones)
        f->tones[f->n_tones++] = tone;
    return true;
}

static size_t fold_end(struct folding *f)
{
    /* After one consonant, y and i are written for each other. */
    if (f->len == 2 && f->out[1] == 'y' && f->out[0] && strchr("hklmst", f->out[0]))
        f->out[1] = 'i';
    for (size_t i = 0; i < f->n_tones; i++)
        f->out[f->len++] = f->tones[i];
    return f->len;
}

size_t word_fold(const char *s, size_t n, char out[FOLD_MAX])
{
    struct folding f = { .out = out };
    uint32_t cp;
    for (size_t i = 0, k; i < n && (k = utf8_decode(s + i, n - i, &cp)); i += k)
        fold_take(&f, cp);
    return fold_end(&f);
}

/* ---- numerals ---- */

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t run_of_digits(const char *s, size_t n)
{
    size_t i = 0;
    while (i < n && digit(s[i]))
        i++;
    return i;
}

/* Length of superscript figures at s: a footnote mark inside or after a number. */
static size_t superscript(const char *s, size_t n)
{
    size_t i = 0;
    for (;;) {
        if (n - i >= 2 && !memcmp(s + i, "\xC2", 1) && strchr("\xB2\xB3\xB9", s[i + 1]) && s[i + 1])
            i += 2;
        else if (n - i >= 3 && !memcmp(s + i, "\xE2\x81", 2) && (unsigned char)s[i + 2] >= 0xB0 &&
                 (unsigned char)s[i + 2] <= 0xB9)
            i += 3;
        else
            return i;
    }
}

/* A blank that keeps digits together: U+00A0, U+202F, U+2009; its length or 0. */
static size_t hard_space(const char *s, size_t n)
{
    if (n >= 2 && !memcmp(s, "\xC2\xA0", 2))
        return 2;
    return n >= 3 && (!memcmp(s, "\xE2\x80\xAF", 3) || !memcmp(s, "\xE2\x80\x89", 3)) ? 3 : 0;
}

/* Groups of three digits behind the first run, each after `mark` (or a hard
 * blank for mark 0); returns the length taken, 0 if the first is no group. */
static size_t groups(const char *s, size_t n, char mark, size_t *count)
{
    size_t i = 0;
    *count = 0;
    while (i < n) {
        size_t m = mark ? (size_t)(s[i] == mark) : hard_space(s + i, n - i);
        if (!m || run_of_digits(s + i + m, n - i - m) != 3)
            break;
        i += m + 3;
        ++*count;
    }
    return i;
}

static double digits_value(const char *s, size_t n)
{
    double v = 0;
    for (size_t i = 0; i < n; i++)
        if (digit(s[i]))
            v = v * 10 + (s[i] - '0');
    return v;
}

bool numeral_scan(const char *s, size_t n, struct numeral *out)
{
    size_t first = run_of_digits(s, n), count = 0, whole, len;

    *out = (struct numeral){ 0 };
    if (!first)
        return false;
    whole = first;
    if (first <= 3) {
        whole += groups(s + first, n - first, '.', &count);
        if (!count)
            whole += groups(s + first, n - first, 0, &count);
        if (!count && (whole += groups(s + first, n - first, ',', &count), count == 1))
            whole = first, count = 0; /* one comma group is a decimal part: "441,857 tỷ" */
    }
    out->grouped = count > 0;
    out->digits = (unsigned)(first + 3 * count);
    out->zero = s[0] == '0' && first > 1;
    out->value = digits_value(s, whole);
    len = whole;
    if (len + 1 < n && s[len] == ',' && digit(s[len + 1])) {
        size_t d = run_of_digits(s + len + 1, n - len - 1);
        double scale = 1;
        for (size_t i = 0; i < d && i < 15; i++)
            scale *= 10;
        out->value = (out->value * scale + digits_value(s + len + 1, d < 15 ? d : 15)) / scale;
        out->decimals = (unsigned)d;
        len += 1 + d;
    }
    out->len = len + superscript(s + len, n - len);
    return true;
}

/* ---- tokens ---- */

static bool is_space(uint32_t cp)
{
    return cp <= ' ' || cp == 0xA0 || (cp >= 0x2000 && cp <= 0x200F) || cp == 0x202F || cp == 0x2028 ||
           cp == 0x2029 || cp == 0x3000 || cp == 0xFEFF || cp == 0xAD;
}

static uint32_t plain_mark(uint32_t cp)
{
    switch (cp) {
    case 0x2010: case 0x2011: case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2212: return '-';
    case 0x2018: case 0x2019: case 0x201C: case 0x201D: case 0xAB: case 0xBB: case '\'': return '"';
    case 0x2044: case 0x2215: return '/';
    case 0x2022: case 0x25CF: case 0x25AA: case 0x25CB: case 0x2043: return '*';
    case 0x2026: return '.';
    default: return cp;
    }
}

/* Abbreviations whose full stop belongs to them. */
static bool takes_stop(const char *fold, size_t n)
{
    static const char *const list[] = { "tp", "tx", "tt", "p", "q", "h", "tr", "ths", "ts", "gs", "pgs", "st", "kh" };
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        if (strlen(list[i]) == n && !memcmp(list[i], fold, n))
            return true;
    return false;
}

/* The fold of the letter that begins with a byte of 0x80 or more, where it is one of Vietnamese; its
 * length in *k. Letter 0 for all others. */
static inline struct fold vietnamese_at(const unsigned char *s, size_t n, size_t *k)
{
    if (n >= 3 && s[0] == 0xE1 && (s[1] | 1) == 0xBB && (s[2] & 0xC0) == 0x80) {
        uint32_t cp = 0x1E00u | (s[1] & 3u) << 6 | (s[2] & 0x3Fu);
        *k = 3;
        if (cp >= CP_VIET_FIRST && cp <= CP_VIET_LAST)
            return fold_vietnamese[cp - CP_VIET_FIRST];
    } else if (n >= 2 && s[0] >= 0xC3 && s[0] <= 0xC6 && (s[1] & 0xC0) == 0x80) {
        uint32_t cp = (s[0] & 0x1Fu) << 6 | (s[1] & 0x3Fu);
        *k = 2;
        if (cp <= CP_LATIN_LAST)
            return fold_latin[cp - CP_LATIN_FIRST];
    }
    return (struct fold){ 0, 0, 0 };
}

/* Reads on as long as letters are precomposed and plain, which nearly all are; the rest is fold_take()'s.
 * What it counts is kept in locals: through `f` each byte stored would make it all be loaded again. */
static void read_plain_letters(struct words *w, struct folding *f)
{
    const unsigned char *s = (const unsigned char *)w->text;
    size_t at = w->at, end = w->end, len = 0, letters = 0, capitals = 0, n_tones = 0, first = 0;
    char *out = f->out;

    while (at < end && len < FOLD_MAX - 4) {
        unsigned char c = s[at];
        struct fold x = { (char)c, 0, 0 };
        size_t k = 1;
        if (c >= 0x80)
            x = vietnamese_at(s + at, end - at, &k);
        else if (c >= 'A' && c <= 'Z')
            x = (struct fold){ (char)(c + 32), 0, 1 };
        else if (c < 'a' || c > 'z')
            break;
        if (!x.letter || (x.tone && n_tones == sizeof f->tones))
            break;
        first |= !letters && x.upper;
        letters++;
        capitals += x.upper;
        out[len++] = x.letter;
        if (x.tone)
            f->tones[n_tones++] = x.tone;
        at += k;
    }
    w->at = at;
    f->len = len;
    f->letters = letters;
    f->capitals = capitals;
    f->n_tones = n_tones;
    f->first_upper = first;
}

static void read_word(struct words *w, struct token *t)
{
    struct folding f = { .out = w->fold };
    uint32_t cp;

    read_plain_letters(w, &f);
    for (size_t k; w->at < w->end; w->at += k) {
        unsigned char c = (unsigned char)w->text[w->at];
        if (c == ' ')
            break;
        if (c >= '0' && c <= '9' && f.letters > 1 && f.letters == f.len && w->at - t->start > f.len)
            break; /* "hơn4.500": no name has a figure behind letters with marks */
        k = utf8_decode(w->text + w->at, w->end - w->at, &cp);
        if (!k || !fold_take(&f, cp))
            break;
    }
    t->kind = TOKEN_WORD;
    t->upper = f.first_upper;
    t->caps = f.letters > 1 && f.capitals == f.letters;
    w->fold_len = fold_end(&f);
    t->first = w->fold[0];
    t->length = (uint8_t)w->fold_len;
    if (t->upper && w->at < w->end && w->text[w->at] == '.' && takes_stop(w->fold, w->fold_len))
        w->at++;
}

static void read_numeral(struct words *w, struct token *t)
{
    struct numeral x;

    numeral_scan(w->text + w->at, w->end - w->at, &x);
    w->at += x.len;
    t->kind = TOKEN_NUMERAL;
    t->grouped = x.grouped;
    t->zero = x.zero;
    t->decimals = (uint8_t)(x.decimals < 255 ? x.decimals : 255);
    t->digits = (uint8_t)(x.digits < 255 ? x.digits : 255);
    t->value = x.value;
}

/* Passes over blanks; true if there was one, *line if a line ended. */
static bool skip_blanks(struct words *w, bool *line)
{
    bool any = false;
    uint32_t cp;

    *line = false;
    if (w->at + 1 < w->end && w->text[w->at] == ' ' && (unsigned char)w->text[w->at + 1] > ' ' &&
        (unsigned char)w->text[w->at + 1] < 0x80) { /* one blank, the usual case */
        w->at++;
        return true;
    }
    while (w->at < w->end) {
        size_t k = utf8_decode(w->text + w->at, w->end - w->at, &cp);
        if (k && !is_space(cp))
            break;
        *line = *line || (k && cp == '\n');
        any = any || (k && cp != 0xAD && cp != 0x200B && cp != 0xFEFF);
        w->at += k ? k : 1;
    }
    return any;
}

/* Markdown's emphasis: "sửa đổi **485** văn bản"; an asterisk between blanks is a bullet, or a mark of its own. */
static size_t emphasis(const struct words *w, bool spaced)
{
    size_t n = 0;
    while (w->at + n < w->end && w->text[w->at + n] == '*')
        n++;
    bool blank = w->at + n >= w->end || (unsigned char)w->text[w->at + n] <= ' ';
    return n == 0 || n > 3 || (n == 1 && blank && (spaced || w->at == 0)) ? 0 : n;
}

/* Passes over blanks and emphasis, as skip_blanks(). */
static bool skip_emphasis(struct words *w, bool spaced, bool *line)
{
    for (size_t n; w->at < w->end && (n = emphasis(w, spaced));) {
        w->at += n;
        while (w->at < w->end && (unsigned char)w->text[w->at] <= ' ') {
            *line = *line || w->text[w->at] == '\n';
            spaced = true;
            w->at++;
        }
    }
    return spaced;
}

bool words_next(struct words *w, struct token *t)
{
    uint32_t cp;
    bool line, spaced = skip_blanks(w, &line);
    if (w->at < w->end && w->text[w->at] == '*')
        spaced = skip_emphasis(w, spaced, &line);

    *t = (struct token){ .start = w->at, .spaced = spaced, .line = line };
    w->fold_len = 0;
    if (w->at >= w->end)
        return false;
    unsigned char c = (unsigned char)w->text[w->at];
    size_t k = 1;
    struct folding probe = { .out = w->fold };
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') {
        read_word(w, t);
    } else if (c >= '0' && c <= '9') {
        read_numeral(w, t);
    } else if (c >= 0x80 && (k = utf8_decode(w->text + w->at, w->end - w->at, &cp)) && fold_take(&probe, cp)) {
        read_word(w, t);
    } else {
        t->kind = TOKEN_MARK;
        t->word = plain_mark(c < 0x80 ? c : cp);
        w->at += k;
    }
    t->end = w->at;
    return true;
}
