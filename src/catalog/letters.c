/* The letters of all words that the catalog puts on a card. */
#include "catalog/catalog.h"

#include "base/buf.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>

enum { CODES = 0x110000 };
struct letters { struct buf text; unsigned char *seen; }; /* a bit for each code point */

static void take(void *ctx, const char *s)
{
    struct letters *l = ctx;
    uint32_t cp;
    size_t len = s ? strlen(s) : 0;
    for (size_t i = 0, n; i < len && (n = utf8_decode(s + i, len - i, &cp)); i += n) {
        if (cp < 0x80 || cp >= CODES || l->seen[cp / 8] >> cp % 8 & 1)
            continue;
        l->seen[cp / 8] |= (unsigned char)(1 << cp % 8);
        buf_add(&l->text, s + i, n);
    }
}

static void take_places(struct letters *l, const struct catalog *c)
{
    size_t n;
    const struct place *p = catalog_places(c, &n);
    for (size_t i = 0; i < n; i++) {
        take(l, p[i].full_name);
        take(l, p[i].short_name);
        take(l, p[i].region);
        take(l, p[i].region2025);
    }
    static const char *const days[] = { "2024-12-31", "2025-12-31" }; /* the tiles of both sets */
    for (size_t k = 0; k < 2; k++) {
        const struct tile *t = catalog_tiles(c, days[k], &n);
        for (size_t i = 0; i < n; i++) {
            take(l, t[i].label);
            take(l, t[i].name);
        }
    }
}

static void take_indicators(struct letters *l, const struct catalog *c)
{
    size_t n;
    const struct field *f = catalog_fields(c, &n);
    for (size_t i = 0; i < n; i++) {
        take(l, f[i].name);
        take(l, f[i].short_name);
    }
    const struct indicator *k = catalog_indicators(c, &n);
    for (size_t i = 0; i < n; i++) {
        take(l, k[i].name);
        take(l, k[i].short_name);
        take(l, k[i].column);
        take(l, k[i].unit);
        take(l, k[i].note);
    }
}

static void take_indices(struct letters *l, const struct catalog *c)
{
    size_t n;
    const struct index *x = catalog_indices(c, &n);
    for (size_t i = 0; i < n; i++) {
        const char *const texts[] = { x[i].name, x[i].short_name, x[i].label, x[i].publisher, x[i].part_name,
                                      x[i].quartile[0], x[i].quartile[1], x[i].quartile[2], x[i].quartile[3] };
        for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
            take(l, texts[k]);
        for (size_t k = 0; k < x[i].n_groups; k++)
            take(l, x[i].groups[k].name);
        for (size_t k = 0; k < x[i].n_breaks; k++)
            take(l, x[i].breaks[k].why);
    }
}

const char *catalog_letters(const struct catalog *c, struct arena *a)
{
    struct letters l = { .seen = xcalloc(CODES / 8, 1) };
    take_places(&l, c);
    take_indicators(&l, c);
    take_indices(&l, c);
    sentences_each(catalog_sentences(c), take, &l);
    const char *text = arena_strdup(a, l.text.data ? l.text.data : "");
    buf_clear(&l.text);
    free(l.seen);
    return text;
}
