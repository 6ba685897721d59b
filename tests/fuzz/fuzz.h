/* tests/fuzz/fuzz.h -- what the fuzzing programs share: a ZIP archive of stored
 * parts, so that the fuzzer changes the XML and not its compression. */
#ifndef FUZZ_H
#define FUZZ_H
#include "base/buf.h"

#include <stdint.h>
#include <string.h>
#include <zlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct part { const char *name; const void *data; size_t n; };

static inline void number(struct buf *b, uint32_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_char(b, (char)(v >> (8 * i)));
}

static inline void header(struct buf *b, const struct part *p, uint32_t crc)
{
    number(b, 20, 2);
    number(b, 0, 2); /* flags */
    number(b, 0, 2); /* stored */
    number(b, 0, 4); /* time */
    number(b, crc, 4);
    number(b, (uint32_t)p->n, 4);
    number(b, (uint32_t)p->n, 4);
    number(b, (uint32_t)strlen(p->name), 2);
    number(b, 0, 2);
}

static inline void pack(struct buf *out, const struct part *parts, size_t n)
{
    struct buf directory = { 0 };
    for (size_t i = 0; i < n; i++) {
        uint32_t at = (uint32_t)out->len, crc = (uint32_t)crc32(0, parts[i].data, (unsigned)parts[i].n);
        buf_add(out, "PK\3\4", 4);
        header(out, &parts[i], crc);
        buf_str(out, parts[i].name);
        buf_add(out, parts[i].data, parts[i].n);
        buf_add(&directory, "PK\1\2\24\0", 6);
        header(&directory, &parts[i], crc);
        number(&directory, 0, 2); /* comment */
        number(&directory, 0, 2); /* disk */
        number(&directory, 0, 2);
        number(&directory, 0, 4);
        number(&directory, at, 4);
        buf_str(&directory, parts[i].name);
    }
    uint32_t at = (uint32_t)out->len;
    buf_add(out, directory.data, directory.len);
    buf_add(out, "PK\5\6\0\0\0\0", 8);
    number(out, (uint32_t)n, 2);
    number(out, (uint32_t)n, 2);
    number(out, (uint32_t)directory.len, 4);
    number(out, at, 4);
    number(out, 0, 2);
    buf_clear(&directory);
}
#endif
