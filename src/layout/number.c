#include "layout/number.h"

#include "base/utf8.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_DIGITS = 60 };
struct decimal { bool negative; char digits[MOST_DIGITS]; int n, point; }; /* value: 0.digits * 10^point */

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool parse(const char *s, struct decimal *x)
{
    bool any = false, dot = false;
    *x = (struct decimal){ 0 };
    s += strspn(s, " \t\r\n");
    if (*s == '-' || *s == '+')
        x->negative = *s++ == '-';
    for (; digit(*s) || (*s == '.' && !dot); s++) {
        if (*s == '.') {
            dot = true;
            continue;
        }
        any = true;
        if (x->n == 0 && *s == '0') { /* leading zeros */
            x->point -= dot;
            continue;
        }
        if (x->n == MOST_DIGITS)
            return false;
        x->digits[x->n++] = *s;
        x->point += !dot;
    }
    s += strspn(s, " \t\r\n");
    return any && !*s;
}

/* Keep `decimals` after the point: half away from zero. */
static void round_to(struct decimal *x, int decimals)
{
    int keep = x->point + decimals;
    if (keep >= x->n)
        return;
    if (keep < 0) {
        x->n = 0;
        return;
    }
    bool up = x->digits[keep] >= '5';
    x->n = keep;
    for (int i = keep - 1; up && i >= 0; i--) {
        up = x->digits[i] == '9';
        x->digits[i] = up ? '0' : (char)(x->digits[i] + 1);
    }
    if (up) {
        memmove(x->digits + 1, x->digits, (size_t)x->n);
        x->digits[0] = '1';
        x->n++;
        x->point++;
    }
}

static char digit_at(const struct decimal *x, int i)
{
    return i >= 0 && i < x->n ? x->digits[i] : '0';
}

static bool is_zero(const struct decimal *x)
{
    for (int i = 0; i < x->n; i++)
        if (x->digits[i] != '0')
            return false;
    return true;
}

static void print(const struct number_format *f, const struct decimal *x, struct buf *out)
{
    int decimals = f->decimals_most;
    while (decimals > f->decimals_least && digit_at(x, x->point + decimals - 1) == '0')
        decimals--;
    if (x->negative && !is_zero(x) && f->sign != SIGN_NEVER)
        buf_str(out, f->minus);
    else if (f->sign == SIGN_ALWAYS && !is_zero(x))
        buf_char(out, '+');
    int whole = x->point > 0 ? x->point : 1;
    for (int i = 0; i < whole; i++) {
        if (f->grouping && i && (whole - i) % 3 == 0)
            buf_char(out, '.');
        buf_char(out, x->point > 0 ? digit_at(x, i) : '0');
    }
    if (decimals)
        buf_char(out, ',');
    for (int i = 0; i < decimals; i++)
        buf_char(out, digit_at(x, x->point + i));
}

bool number_print(const struct number_format *f, const char *text, struct buf *out)
{
    struct decimal x;
    if (!parse(text, &x) || x.point > 40)
        return false;
    round_to(&x, f->decimals_most);
    print(f, &x, out);
    return true;
}

void number_decimal(double v, struct buf *out)
{
    char b[400];
    if (v == floor(v) && fabs(v) < 1e15) {
        buf_printf(out, "%.0f", v == 0 ? 0.0 : v);
        return;
    }
    snprintf(b, sizeof b, "%.14e", v); /* 15 digits tell all that a double can promise */
    int exponent = (int)strtol(strchr(b, 'e') + 1, NULL, 10), places = 14 - exponent;
    if (!isfinite(v) || exponent > 40)
        return;
    snprintf(b, sizeof b, "%.*f", places < 0 ? 0 : places > 40 ? 40 : places, v);
    size_t n = strlen(b);
    if (strchr(b, '.'))
        while (b[n - 1] == '0' || b[n - 1] == '.') {
            bool point = b[--n] == '.';
            b[n] = '\0';
            if (point)
                break;
        }
    buf_str(out, b);
}

/* ---- dates ---- */

struct date { int year, month, day; }; /* 0: not told */

static bool field(const char **s, int digits, int *v)
{
    *v = 0;
    for (int i = 0; i < digits; i++, (*s)++) {
        if (!digit(**s))
            return false;
        *v = *v * 10 + (**s - '0');
    }
    return true;
}

static bool parse_date(const char *s, struct date *d)
{
    *d = (struct date){ 0 };
    if (!field(&s, 4, &d->year))
        return false;
    if (*s == '-') {
        s++;
        if (!field(&s, 2, &d->month) || d->month < 1 || d->month > 12)
            return false;
    }
    if (*s == '-') {
        s++;
        if (!field(&s, 2, &d->day) || d->day < 1 || d->day > 31)
            return false;
    }
    return *s == '\0' || *s == 'T';
}

static bool letter(const char *s)
{
    return (*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (unsigned char)*s >= 0x80;
}

bool date_print(const char *iso, const char *pattern, struct buf *out)
{
    struct date d;
    if (!parse_date(iso, &d))
        return false;
    const struct { const char *word; int value, digits; } parts[] = {
        { "dd", d.day, 2 }, { "d", d.day, 1 }, { "MM", d.month, 2 }, { "M", d.month, 1 }, { "yyyy", d.year, 4 },
    };
    while (*pattern) {
        size_t n = 0, i = 0;
        while (letter(pattern + n))
            n++;
        if (!n) {
            buf_char(out, *pattern++);
            continue;
        }
        while (i < sizeof parts / sizeof *parts && !(strlen(parts[i].word) == n && memcmp(pattern, parts[i].word, n) == 0))
            i++;
        if (i == sizeof parts / sizeof *parts)
            buf_add(out, pattern, n);
        else if (parts[i].value == 0)
            return false;
        else
            buf_printf(out, "%0*d", parts[i].digits, parts[i].value);
        pattern += n;
    }
    return true;
}

/* ---- periods ---- */

struct period { int year, half, quarter, month, day; };

static bool parse_period(const char **s, struct period *p)
{
    const char *t = *s;
    *p = (struct period){ 0 };
    if (!field(&t, 4, &p->year))
        return false;
    if (t[0] == '-' && (t[1] == 'H' || t[1] == 'Q') && digit(t[2])) {
        *(t[1] == 'H' ? &p->half : &p->quarter) = t[2] - '0';
        t += 3;
        if (p->half > 2 || p->quarter > 4)
            return false;
    } else if (t[0] == '-' && t[1] == 'M' && digit(t[2])) {
        p->month = (int)strtol(t + 2, (char **)&t, 10);
        if (p->month < 1 || p->month > 12)
            return false;
    } else if (t[0] == '-') {
        t++;
        if (!field(&t, 2, &p->month) || *t++ != '-' || !field(&t, 2, &p->day))
            return false;
    }
    *s = t;
    return true;
}

static const char *const roman[] = { "", "I", "II", "III", "IV" };

static void one_period(const struct period *p, bool brief, struct buf *out)
{
    const char *of = brief ? "/" : " năm ";
    if (p->half)
        buf_printf(out, "6 tháng %s%s%d", p->half == 2 ? "cuối " : brief ? "" : "đầu ", brief ? "" : "năm ", p->year);
    else if (p->quarter)
        buf_printf(out, "quý %s%s%d", roman[p->quarter], of, p->year);
    else if (p->day)
        buf_printf(out, "%s%d/%d/%d", brief ? "" : "ngày ", p->day, p->month, p->year);
    else if (p->month)
        buf_printf(out, "%s%d%s%d", brief ? "" : "tháng ", p->month, of, p->year);
    else
        buf_printf(out, "%s%d", brief ? "" : "năm ", p->year);
}

static void span(const struct period *a, const struct period *b, bool brief, struct buf *out)
{
    bool months = a->month && b->month && !a->day && !b->day && a->year == b->year;
    bool years = !a->month && !b->month && !a->half && !a->quarter && !b->half && !b->quarter;
    if (months && brief)
        buf_printf(out, "%d–%d/%d", a->month, b->month, b->year);
    else if (months && a->month == 1)
        buf_printf(out, "%d tháng đầu năm %d", b->month, b->year);
    else if (months)
        buf_printf(out, "tháng %d đến tháng %d năm %d", a->month, b->month, b->year);
    else if (years)
        buf_printf(out, "%s%d–%d", brief ? "" : "giai đoạn ", a->year, b->year);
    else {
        one_period(a, brief, out);
        buf_str(out, brief ? "–" : " đến ");
        one_period(b, brief, out);
    }
}

bool period_print(const char *s, bool brief, struct buf *out)
{
    struct period a, b;
    if (!parse_period(&s, &a))
        return false;
    if (!*s) {
        one_period(&a, brief, out);
        return true;
    }
    if (*s++ != '/' || !parse_period(&s, &b) || *s)
        return false;
    span(&a, &b, brief, out);
    return true;
}

/* ---- letters ---- */

/* Simple case mapping of Latin-1, Latin Extended-A, horned letters and Latin
 * Extended Additional, which holds all Vietnamese capitals (Unicode 15, UnicodeData.txt). */
static uint32_t upper(uint32_t c)
{
    if (c < 0x80)
        return c >= 'a' && c <= 'z' ? c - 32 : c;
    if (c >= 0xE0 && c <= 0xFE && c != 0xF7)
        return c - 32;
    if ((c >= 0x100 && c <= 0x137 && c != 0x131) || (c >= 0x14A && c <= 0x177) || (c >= 0x1EA0 && c <= 0x1EFF))
        return c & ~1u;
    if (c == 0x1A1 || c == 0x1B0) /* ơ: 1A0/1A1; ư: 1AF/1B0 */
        return c - 1;
    return c;
}

static uint32_t lower(uint32_t c)
{
    if (c < 0x80)
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    if (c >= 0xC0 && c <= 0xDE && c != 0xD7)
        return c + 32;
    if ((c >= 0x100 && c <= 0x137 && c != 0x130) || (c >= 0x14A && c <= 0x177) || (c >= 0x1EA0 && c <= 0x1EFF))
        return c | 1u;
    if (c == 0x1A0 || c == 0x1AF)
        return c + 1;
    return c;
}

void text_upper(const char *s, bool first_only, struct buf *out)
{
    size_t n = strlen(s);
    bool done = false;
    for (size_t i = 0, step; i < n; i += step) {
        uint32_t c;
        char u[4];
        step = utf8_decode(s + i, n - i, &c);
        if (!step) {
            step = 1;
            continue;
        }
        uint32_t up = done ? c : upper(c);
        done |= first_only && (up != lower(c) || letter(s + i) || (c >= '0' && c <= '9')); /* "6 tháng" stays */
        buf_add(out, u, utf8_encode(up, u));
    }
}

/* Order of the Vietnamese alphabet; each letter with its five tones after it:
 * none, huyền, hỏi, ngã, sắc, nặng (TCVN 5712 order of tones). */
static const char alphabet[] =
    "aàảãáạ" "ăằẳẵắặ" "âầẩẫấậ" "bbbbbb" "cccccc" "dddddd" "đđđđđđ" "eèẻẽéẹ" "êềểễếệ" "ffffff" "gggggg" "hhhhhh" "iìỉĩíị"
    "jjjjjj" "kkkkkk" "llllll" "mmmmmm" "nnnnnn" "oòỏõóọ" "ôồổỗốộ" "ơờởỡớợ" "pppppp" "qqqqqq" "rrrrrr" "ssssss" "tttttt"
    "uùủũúụ" "ưừửữứự" "vvvvvv" "wwwwww" "xxxxxx" "yỳỷỹýỵ" "zzzzzz";

/* Letter's place in the alphabet (from 1000) and its tone; others by code point. */
static void weigh(uint32_t c, uint32_t *place, uint32_t *tone)
{
    uint32_t k;
    size_t n = sizeof alphabet - 1, index = 0;
    c = lower(c);
    *tone = 0;
    *place = c < 0x80 ? c : 100000 + c;
    if (c < 0x80 && !(c >= 'a' && c <= 'z'))
        return;
    for (size_t i = 0; i < n; index++) {
        i += utf8_decode(alphabet + i, n - i, &k);
        if (k == c) {
            *place = 1000 + (uint32_t)(index / 6);
            *tone = (uint32_t)(index % 6);
            return;
        }
    }
}

int text_compare(const char *a, const char *b)
{
    size_t na = strlen(a), nb = strlen(b), i = 0, k = 0;
    int tones = 0;
    while (i < na && k < nb) {
        uint32_t ca = 0, cb = 0, pa, pb, ta, tb;
        size_t sa = utf8_decode(a + i, na - i, &ca), sb = utf8_decode(b + k, nb - k, &cb);
        i += sa ? sa : 1;
        k += sb ? sb : 1;
        weigh(ca, &pa, &ta);
        weigh(cb, &pb, &tb);
        if (pa != pb)
            return pa < pb ? -1 : 1;
        if (!tones && ta != tb)
            tones = ta < tb ? -1 : 1;
    }
    if (i < na || k < nb)
        return i < na ? 1 : -1;
    return tones ? tones : strcmp(a, b);
}
