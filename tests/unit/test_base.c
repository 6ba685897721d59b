#include "base/buf.h"
#include "base/diag.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "check.h"

#include <string.h>

static void utf8(void)
{
    static const struct { const char *bytes; size_t n, len; uint32_t cp; } cases[] = {
        { "a", 1, 1, 'a' },
        { "\xE1\xBB\x87", 3, 3, 0x1EC7 },          /* ệ */
        { "\xE1\xBB", 2, 0, 0 },                   /* cut off */
        { "\xC0\x80", 2, 0, 0 },                   /* overlong */
        { "\xED\xA0\x80", 3, 0, 0 },               /* surrogate */
        { "\xF4\x90\x80\x80", 4, 0, 0 },           /* past U+10FFFF */
        { "\xF0\x9F\x98\x80", 4, 4, 0x1F600 },
        { "\x80", 1, 0, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t cp = 0;
        size_t len = utf8_decode(cases[i].bytes, cases[i].n, &cp);
        CHECK(len == cases[i].len, "case %zu: length %zu", i, len);
        CHECK(!len || cp == cases[i].cp, "case %zu: U+%04X", i, (unsigned)cp);
        char out[4];
        CHECK(!len || (utf8_encode(cp, out) == len && memcmp(out, cases[i].bytes, len) == 0), "case %zu", i);
    }
}

static void arena(void)
{
    struct arena a = { 0 };
    char *big = arena_alloc(&a, 1, 1 << 20);
    char *small = arena_strdup(&a, "tỉnh");
    memset(big, 'x', 1 << 20);
    CHECK(strcmp(small, "tỉnh") == 0, "%s", small);
    int *items = NULL;
    size_t n = 0, cap = 0;
    for (int i = 0; i < 1000; i++)
        *ARENA_PUSH(&a, items, n, cap) = i;
    CHECK(n == 1000 && items[999] == 999 && items[0] == 0, "%zu items", n);
    arena_reset(&a);
    char *again = arena_alloc(&a, 100, 1);
    int sum = 0;
    for (int i = 0; i < 100; i++)
        sum += again[i];
    CHECK(sum == 0, "memory after a reset is zeroed");
    arena_clear(&a);
    CHECK(a.total == 0, "%zu bytes left", a.total);
}

static void numbers(void)
{
    static const struct { double v; int decimals; const char *want; } cases[] = {
        { 97.4, 6, "97.4" }, { 12, 2, "12" }, { 0.5, 1, "0.5" }, { -0.0000001, 3, "0" }, { 175790000, 3, "175790000" },
        { 100, 0, "100" }, { -0.25, 2, "-0.25" }, { 0.1 + 0.2, 2, "0.3" }, { 2.675, 2, "2.67" }, { 1e300, 0, NULL },
        { 123456789012.5, 4, "123456789012.5" }, { 0.00001, 9, "0.00001" }, { 999999999999999.0, 0, "999999999999999" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = { 0 };
        buf_number(&b, cases[i].v, cases[i].decimals);
        char printed[352];
        snprintf(printed, sizeof printed, "%.0f", cases[i].v);
        const char *want = cases[i].want ? cases[i].want : printed;
        CHECK(strcmp(b.data, want) == 0, "%s, not %s", b.data, want);
        buf_clear(&b);
    }
}

static void nearest(void)
{
    static const char *const names[] = { "table", "text", "tile" };
    const char *got = diag_nearest("tabel", names, 3);
    CHECK(got && strcmp(got, "table") == 0, "%s", got ? got : "none");
    CHECK(!diag_nearest("paragraph", names, 3), "nothing is near");
}

static void rows(void)
{
    static const struct { const char *line; int n; bool ok; const char *last; } cases[] = {
        { "a\tb\tc", 3, true, "c" }, { "a\t\t", 3, true, "" }, { "a", 1, true, "a" }, { "", 1, true, "" },
        { "a\tb", 3, false, NULL }, { "a\tb\tc\td", 3, false, NULL }, { "", 2, false, NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char line[16], *column[3] = { 0 };
        strcpy(line, cases[i].line);
        CHECK(tsv_cut(line, column, cases[i].n) == cases[i].ok, "\"%s\" in %d", cases[i].line, cases[i].n);
        CHECK(!cases[i].ok || strcmp(column[cases[i].n - 1], cases[i].last) == 0, "\"%s\"", cases[i].line);
    }
}

int main(void)
{
    utf8();
    arena();
    numbers();
    nearest();
    rows();
    return CHECK_DONE();
}
