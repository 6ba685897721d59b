/* base/buf.h -- a growing string of bytes, NUL-terminated for convenience.
 * `struct buf b = { 0 };` is an empty one; buf_clear() gives the memory back. */
#ifndef BASE_BUF_H
#define BASE_BUF_H
#include <stddef.h>
#include <stdint.h>

struct buf {
    char *data; /* NULL while empty; else data[len] is NUL */
    size_t len, cap;
};

void buf_add(struct buf *b, const void *data, size_t n);
void buf_str(struct buf *b, const char *s);
void buf_char(struct buf *b, char c);
void buf_printf(struct buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* `s` with & < > " escaped for XML, and control characters that XML forbids left out. */
void buf_xml(struct buf *b, const char *s);
/* `s` as a JSON string with its quotes; broken UTF-8 becomes U+FFFD. */
void buf_json(struct buf *b, const char *s);
/* `s` as a TSV field: tabs and line breaks become one space. */
void buf_tsv(struct buf *b, const char *s);
/* `value` with up to `decimals` decimals, trailing zeros cut, a decimal point
 * in every locale ("97.4", "12", "0.5"). */
void buf_number(struct buf *b, double value, int decimals);
void buf_integer(struct buf *b, int64_t v);
void buf_reset(struct buf *b); /* length 0, memory kept */
void buf_clear(struct buf *b); /* memory given back */
#endif
