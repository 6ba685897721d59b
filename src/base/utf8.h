/* base/utf8.h -- UTF-8 (RFC 3629): decode, encode, count. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The code point at s[0..n); returns its length in bytes, 0 if the bytes are
 * no well-formed UTF-8 (overlong, surrogate, cut off, n = 0). */
size_t utf8_decode_long(const char *s, size_t n, uint32_t *cp);
static inline size_t utf8_decode(const char *s, size_t n, uint32_t *cp)
{
    const unsigned char *p = (const unsigned char *)s;
    if (n >= 1 && p[0] < 0x80)
        return *cp = p[0], 1;
    if (n >= 3 && p[0] > 0xE0 && p[0] < 0xED && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) /* most of Vietnamese */
        return *cp = (p[0] & 0x0Fu) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu), 3;
    if (n >= 2 && p[0] >= 0xC2 && p[0] < 0xE0 && (p[1] & 0xC0) == 0x80)
        return *cp = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu), 2;
    return utf8_decode_long(s, n, cp);
}
/* Writes 1 to 4 bytes to `out` and returns their number; 0 for what is no scalar value. */
size_t utf8_encode(uint32_t cp, char out[4]);
/* True if all of s[0..n) is well-formed; else *bad is the first wrong byte's offset. */
bool utf8_valid(const char *s, size_t n, size_t *bad);
/* Number of code points in well-formed s[0..n). */
size_t utf8_count(const char *s, size_t n);
#endif
