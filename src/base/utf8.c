#include "base/utf8.h"

#include <string.h>

size_t utf8_decode_long(const char *s, size_t n, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s;
    static const uint32_t least[] = { 0, 0, 0x80, 0x800, 0x10000 };
    if (n == 0)
        return 0;
    if (p[0] < 0x80) {
        *cp = p[0];
        return 1;
    }
    size_t len = p[0] >= 0xC2 && p[0] < 0xE0 ? 2 : (p[0] & 0xF0) == 0xE0 ? 3
               : p[0] >= 0xF0 && p[0] < 0xF5 ? 4 : 0;
    if (!len || len > n)
        return 0;
    uint32_t c = p[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return 0;
        c = c << 6 | (p[i] & 0x3F);
    }
    if (c < least[len] || c > 0x10FFFF || (c >= 0xD800 && c < 0xE000))
        return 0;
    *cp = c;
    return len;
}

size_t utf8_encode(uint32_t c, char out[4])
{
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        if (c >= 0xD800 && c < 0xE000)
            return 0;
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    if (c > 0x10FFFF)
        return 0;
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

/* Eight bytes at once where there are so many. */
static uint64_t eight(const char *s)
{
    uint64_t v;
    memcpy(&v, s, sizeof v);
    return v;
}
#define EACH_BYTE(v) ((uint64_t)0x0101010101010101u * (v))

bool utf8_valid(const char *s, size_t n, size_t *bad)
{
    uint32_t c;
    for (size_t i = 0, step; i < n; i += step) {
        step = utf8_decode(s + i, n - i, &c);
        if (!step) {
            if (bad)
                *bad = i;
            return false;
        }
    }
    return true;
}

size_t utf8_count(const char *s, size_t n)
{
    size_t count = n, i = 0;
    /* Bytes 10xxxxxx go on with a letter: bit 7 without bit 6, summed over the eight. */
    for (; i + 8 <= n; i += 8) {
        uint64_t v = eight(s + i);
        count -= ((v >> 7 & ~(v >> 6) & EACH_BYTE(1)) * EACH_BYTE(1)) >> 56;
    }
    for (; i < n; i++)
        count -= ((unsigned char)s[i] & 0xC0) == 0x80;
    return count;
}
