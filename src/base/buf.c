#include "base/buf.h"

#include "base/arena.h"
#include "base/utf8.h"

#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void reserve(struct buf *b, size_t n)
{
    if (n > SIZE_MAX / 2 - b->len - 1)
        die("buffer too large");
    if (b->len + n + 1 <= b->cap)
        return;
    size_t cap = b->cap ? b->cap : 256;
    while (cap < b->len + n + 1)
        cap *= 2;
    b->data = xrealloc(b->data, cap);
    b->cap = cap;
}

void buf_add(struct buf *b, const void *data, size_t n)
{
    reserve(b, n);
    if (n)
        memcpy(b->data + b->len, data, n);
    b->len += n;
    b->data[b->len] = '\0';
}

void buf_str(struct buf *b, const char *s)
{
    buf_add(b, s, strlen(s));
}

void buf_char(struct buf *b, char c)
{
    if (b->len + 1 >= b->cap)
        reserve(b, 1);
    b->data[b->len++] = c;
    b->data[b->len] = '\0';
}

void buf_printf(struct buf *b, const char *fmt, ...)
{
    va_list ap;
    reserve(b, 64); /* most fit: formatted once */
    size_t room = b->cap - b->len;
    va_start(ap, fmt);
    int n = vsnprintf(b->data + b->len, room, fmt, ap);
    va_end(ap);
    if (n < 0)
        die("bad format \"%s\"", fmt);
    if ((size_t)n >= room) {
        reserve(b, (size_t)n);
        va_start(ap, fmt);
        vsnprintf(b->data + b->len, (size_t)n + 1, fmt, ap);
        va_end(ap);
    }
    b->len += (size_t)n;
}

void buf_xml(struct buf *b, const char *s)
{
    for (; *s; s++) {
        switch (*s) {
        case '&': buf_str(b, "&amp;"); break;
        case '<': buf_str(b, "&lt;"); break;
        case '>': buf_str(b, "&gt;"); break;
        case '"': buf_str(b, "&quot;"); break;
        case '\t': case '\n': case '\r': buf_char(b, *s); break;
        default:
            if ((unsigned char)*s >= 0x20)
                buf_char(b, *s);
        }
    }
}

void buf_json(struct buf *b, const char *s)
{
    size_t n = strlen(s);
    buf_char(b, '"');
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t step = utf8_decode(s + i, n - i, &c);
        if (!step) {
            buf_str(b, "\xEF\xBF\xBD");
            i++;
            continue;
        }
        if (c == '"' || c == '\\')
            buf_printf(b, "\\%c", (char)c);
        else if (c < 0x20)
            buf_printf(b, "\\u%04x", (unsigned)c);
        else
            buf_add(b, s + i, step);
        i += step;
    }
    buf_char(b, '"');
}

void buf_tsv(struct buf *b, const char *s)
{
    while (*s) {
        size_t n = strcspn(s, "\t\n\r");
        buf_add(b, s, n);
        s += n;
        if (*s) {
            buf_char(b, ' ');
            s++;
        }
    }
}

void buf_integer(struct buf *b, int64_t v)
{
    char digits[24], *p = digits + sizeof digits;
    uint64_t rest = v < 0 ? -(uint64_t)v : (uint64_t)v;
    do
        *--p = (char)('0' + rest % 10);
    while (rest /= 10);
    if (v < 0)
        *--p = '-';
    buf_add(b, p, (size_t)(digits + sizeof digits - p));
}

/* Values that are short decimals (nearly all) without printf: true if `value` is one and was appended.
 * Fifteen digits of a double are exact, so printing more decimals would only add zeros. */
static bool short_decimal(struct buf *b, double value, int decimals)
{
    static const double tens[] = { 1, 10, 100, 1000, 10000 };
    double most = 1e15;
    for (int i = 0; i < decimals; i++)
        most /= 10;
    if (!(fabs(value) < most) || value == 0)
        return false;
    for (int d = 0; d <= decimals && d < 5; d++) {
        int64_t scaled = llrint(value * tens[d]);
        if ((double)scaled / tens[d] != value)
            continue;
        int64_t whole = scaled / (int64_t)tens[d], part = scaled % (int64_t)tens[d];
        if (value < 0 && whole == 0)
            buf_char(b, '-');
        buf_integer(b, whole);
        if (d) {
            char digits[] = "00000";
            uint64_t rest = (uint64_t)(part < 0 ? -part : part);
            for (int i = d; i-- > 0; rest /= 10)
                digits[i] = (char)('0' + rest % 10);
            buf_char(b, '.');
            buf_add(b, digits, (size_t)d);
        }
        return true;
    }
    return false;
}

void buf_number(struct buf *b, double value, int decimals)
{
    char text[352];
    if (!isfinite(value) || short_decimal(b, value, decimals))
        return;
    int n = snprintf(text, sizeof text, "%.*f", decimals, value);
    if (decimals > 0) {
        while (n > 0 && text[n - 1] == '0')
            n--;
        if (n > 0 && (text[n - 1] == '.' || text[n - 1] == ','))
            n--;
    }
    text[n] = '\0';
    /* LC_NUMERIC is never set by us; a library could. */
    for (char *p = text; *p; p++)
        if (*p == ',')
            *p = '.';
    buf_str(b, strcmp(text, "-0") == 0 ? "0" : text);
}

void buf_reset(struct buf *b)
{
    b->len = 0;
    if (b->data)
        b->data[0] = '\0';
}

void buf_clear(struct buf *b)
{
    free(b->data);
    *b = (struct buf){ 0 };
}
