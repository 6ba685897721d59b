/* tests/golden.h -- a text held against the file that keeps it; UPDATE=1 (make golden) writes the file anew. */
#ifndef TESTS_GOLDEN_H
#define TESTS_GOLDEN_H
#include "base/file.h"
#include "check.h"

#include <stdlib.h>
#include <string.h>

/* The first line that differs, of both. */
static void golden_tell(const char *want, const char *got)
{
    size_t i = 0, start = 0, line = 1;
    while (want[i] && want[i] == got[i])
        if (want[i++] == '\n') {
            start = i;
            line++;
        }
    fprintf(stderr, "  line %zu\n  want: %.*s\n  got:  %.*s\n", line, (int)strcspn(want + start, "\n"), want + start,
            (int)strcspn(got + start, "\n"), got + start);
}

static void golden_compare(const char *path, const struct buf *got)
{
    struct buf want = { 0 };
    struct diag d = { 0 };
    if (getenv("UPDATE"))
        file_write(path, got->data, got->len, &d);
    bool read = file_read(path, 0, &want, &d);
    bool same = read && want.len == got->len && memcmp(want.data, got->data, got->len) == 0;
    CHECK(same, "%s is not what is made now (make golden rewrites it)", path);
    if (!same && read && want.len && got->len)
        golden_tell(want.data, got->data);
    buf_clear(&want);
    diag_clear(&d);
}
#endif
