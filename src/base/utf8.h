/* base/utf8.h -- UTF-8 (RFC 3629): decode, encode, count. */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The code point at s[0..n); returns its length in bytes, 0 if the bytes are
 * no well-formed UTF-8 (overlong, surrogate, cut off, n = 0). */
size_t utf8_decode(const char *s, size_t n, uint32_t *cp);
/* Writes 1 to 4 bytes to `out` and returns their number; 0 for what is no scalar value. */
size_t utf8_encode(uint32_t cp, char out[4]);
/* True if all of s[0..n) is well-formed; else *bad is the first wrong byte's offset. */
bool utf8_valid(const char *s, size_t n, size_t *bad);
/* Number of code points in well-formed s[0..n). */
size_t utf8_count(const char *s, size_t n);
#endif
