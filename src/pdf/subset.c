/* The subset writer for TrueType outlines.
 *
 * hb-subset does the same and more, but plans each subset from the whole font
 * (layout tables, character map): 0.1 ms a face on the machine that this was
 * written on, where copying some eighty outlines takes 0.01; and it chooses
 * the new numbers itself, so that each face needs a map stream beside it.
 * Here the caller's order is kept.  Fonts with CFF outlines go to hb-subset.
 *
 * The tables are those of the OpenType specification, 1.9; every offset is
 * checked, because users may put any file into the fonts folder. */
#include "pdf/subset.h"

#include "base/arena.h"

#include <hb-subset.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_GLYPHS = 65535, NO_GLYPH = 0xFFFF };
enum { ARGS_ARE_WORDS = 1, HAVE_SCALE = 8, MORE_COMPONENTS = 0x20, HAVE_XY_SCALE = 0x40, HAVE_2X2 = 0x80,
       HAVE_INSTRUCTIONS = 0x100 }; /* flags of a component ("glyf") */

struct table { hb_blob_t *blob; const uint8_t *data; unsigned len; };

struct subset {
    struct table head, hhea, hmtx, maxp, loca, glyf;
    unsigned n_glyphs, n_metrics;   /* of the font */
    bool long_loca;
    uint32_t *gids;                 /* old glyph of each new one; UINT32_MAX: none */
    size_t n, cap;
    uint16_t *new_of;               /* new glyph of an old one, for components */
    struct buf outlines;
    uint32_t *starts;               /* in outlines, of each new glyph and the end */
    size_t cap_starts;
};

static unsigned get16(const uint8_t *p)
{
    return (unsigned)p[0] << 8 | p[1];
}

static uint32_t get32(const uint8_t *p)
{
    return (uint32_t)get16(p) << 16 | get16(p + 2);
}

static void put16(struct buf *b, unsigned v)
{
    const char bytes[2] = { (char)(v >> 8), (char)v };
    buf_add(b, bytes, 2);
}

static void put32(struct buf *b, uint32_t v)
{
    put16(b, v >> 16);
    put16(b, v & 0xFFFF);
}

static bool table_open(struct table *t, hb_face_t *face, const char *tag, unsigned least)
{
    t->blob = hb_face_reference_table(face, hb_tag_from_string(tag, 4));
    t->data = (const uint8_t *)hb_blob_get_data(t->blob, &t->len);
    return t->data && t->len >= least;
}

static bool subset_open(struct subset *s, hb_face_t *face, const uint32_t *gids, size_t n)
{
    if (!table_open(&s->head, face, "head", 54) || !table_open(&s->hhea, face, "hhea", 36) ||
        !table_open(&s->hmtx, face, "hmtx", 4) || !table_open(&s->maxp, face, "maxp", 32) ||
        !table_open(&s->loca, face, "loca", 4) || !table_open(&s->glyf, face, "glyf", 1))
        return false;
    s->long_loca = get16(s->head.data + 50) != 0;
    s->n_glyphs = get16(s->maxp.data + 4);
    s->n_metrics = get16(s->hhea.data + 34);
    if (s->loca.len / (s->long_loca ? 4 : 2) <= s->n_glyphs || !s->n_metrics || s->n_metrics > s->n_glyphs ||
        s->hmtx.len < s->n_metrics * 4 + (s->n_glyphs - s->n_metrics) * 2)
        return false;
    s->new_of = xmalloc((s->n_glyphs + 1) * sizeof *s->new_of);
    memset(s->new_of, 0xFF, (s->n_glyphs + 1) * sizeof *s->new_of);
    s->cap = n + 32;
    s->gids = xmalloc(s->cap * sizeof *s->gids);
    memcpy(s->gids, gids, n * sizeof *gids);
    s->n = n;
    for (size_t i = 0; i < n; i++)
        if (gids[i] < s->n_glyphs && s->new_of[gids[i]] == NO_GLYPH)
            s->new_of[gids[i]] = (uint16_t)i;
    return true;
}

static void subset_close(struct subset *s)
{
    struct table *const all[] = { &s->head, &s->hhea, &s->hmtx, &s->maxp, &s->loca, &s->glyf };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        hb_blob_destroy(all[i]->blob);
    free(s->gids);
    free(s->new_of);
    free(s->starts);
    buf_clear(&s->outlines);
}

/* ---- outlines ---- */

static bool outline(const struct subset *s, uint32_t gid, const uint8_t **data, size_t *len)
{
    if (gid >= s->n_glyphs)
        return false;
    const uint8_t *l = s->loca.data;
    size_t from = s->long_loca ? get32(l + 4 * gid) : 2 * get16(l + 2 * gid);
    size_t to = s->long_loca ? get32(l + 4 * gid + 4) : 2 * get16(l + 2 * gid + 2);
    *data = s->glyf.data + from;
    *len = to - from;
    return from <= to && to <= s->glyf.len && (*len == 0 || *len >= 10);
}

/* The new number of a component, which gets one if it has none. */
static unsigned component(struct subset *s, unsigned old)
{
    if (old >= s->n_glyphs || s->n >= MAX_GLYPHS)
        return NO_GLYPH;
    if (s->new_of[old] == NO_GLYPH) {
        if (s->n == s->cap)
            s->gids = xrealloc(s->gids, (s->cap *= 2) * sizeof *s->gids);
        s->new_of[old] = (uint16_t)s->n;
        s->gids[s->n++] = old;
    }
    return s->new_of[old];
}

/* The contours, then the instructions, which are left out, then the points. */
static bool copy_simple(struct subset *s, const uint8_t *p, size_t len)
{
    size_t contours = get16(p), head = 10 + 2 * contours;
    if (len < head + 2)
        return false;
    size_t skip = get16(p + head);
    if (len < head + 2 + skip)
        return false;
    buf_add(&s->outlines, p, head);
    put16(&s->outlines, 0);
    buf_add(&s->outlines, p + head + 2 + skip, len - head - 2 - skip);
    return true;
}

static bool copy_composite(struct subset *s, const uint8_t *p, size_t len)
{
    size_t at = 10;
    unsigned flags;

    buf_add(&s->outlines, p, 10);
    do {
        if (len - at < 4)
            return false;
        flags = get16(p + at);
        size_t more = (flags & ARGS_ARE_WORDS ? 4 : 2) +
                      (flags & HAVE_SCALE ? 2 : flags & HAVE_XY_SCALE ? 4 : flags & HAVE_2X2 ? 8 : 0);
        unsigned part = component(s, get16(p + at + 2));
        if (part == NO_GLYPH || len - at - 4 < more)
            return false;
        put16(&s->outlines, flags & ~(unsigned)HAVE_INSTRUCTIONS);
        put16(&s->outlines, part);
        buf_add(&s->outlines, p + at + 4, more);
        at += 4 + more;
    } while (flags & MORE_COMPONENTS);
    return true;
}

static bool copy_outline(struct subset *s, size_t i)
{
    const uint8_t *p;
    size_t len;

    if (s->gids[i] == UINT32_MAX)
        return true;
    if (!outline(s, s->gids[i], &p, &len))
        return false;
    if (len && !(p[0] & 0x80 ? copy_composite(s, p, len) : copy_simple(s, p, len)))
        return false;
    while (s->outlines.len % 2) /* so that a short loca can tell it */
        buf_char(&s->outlines, 0);
    return true;
}

static bool copy_outlines(struct subset *s)
{
    for (size_t i = 0; i < s->n; i++) { /* n grows by the parts of composites */
        if (i + 1 >= s->cap_starts) {
            s->cap_starts = s->cap_starts ? 2 * s->cap_starts : s->n + 34;
            s->starts = xrealloc(s->starts, s->cap_starts * sizeof *s->starts);
        }
        s->starts[i] = (uint32_t)s->outlines.len;
        if (!copy_outline(s, i) || s->outlines.len > INT32_MAX / 2)
            return false;
        s->starts[i + 1] = (uint32_t)s->outlines.len;
    }
    return true;
}

/* ---- the other tables ---- */

static void put_metrics(const struct subset *s, struct buf *out)
{
    for (size_t i = 0; i < s->n; i++) {
        uint32_t gid = s->gids[i];
        if (gid == UINT32_MAX) {
            put32(out, 0);
            continue;
        }
        unsigned wide = gid < s->n_metrics ? gid : s->n_metrics - 1;
        const uint8_t *bearing = gid < s->n_metrics ? s->hmtx.data + 4 * gid + 2
                                                    : s->hmtx.data + 4 * s->n_metrics + 2 * (gid - s->n_metrics);
        buf_add(out, s->hmtx.data + 4 * wide, 2);
        buf_add(out, bearing, 2);
    }
}

static bool short_offsets(const struct subset *s)
{
    return s->starts[s->n] < 0x20000;
}

static void put_locations(const struct subset *s, struct buf *out)
{
    for (size_t i = 0; i <= s->n; i++)
        if (short_offsets(s))
            put16(out, s->starts[i] / 2);
        else
            put32(out, s->starts[i]);
}

static void put_head(const struct subset *s, struct buf *out)
{
    buf_add(out, s->head.data, 8);
    put32(out, 0); /* checkSumAdjustment: readers of embedded fonts do not look at it */
    buf_add(out, s->head.data + 12, 38);
    put16(out, !short_offsets(s));
    put16(out, 0);
}

/* Glyphs and the limits of their outlines; nothing is left of the interpreter's. */
static void put_maximum(const struct subset *s, struct buf *out)
{
    buf_add(out, s->maxp.data, 4);
    put16(out, (unsigned)s->n);
    buf_add(out, s->maxp.data + 6, 8);
    put16(out, 1);
    for (int i = 0; i < 6; i++)
        put16(out, 0);
    buf_add(out, s->maxp.data + 28, 4);
}

static uint32_t checksum(const char *data, size_t n)
{
    uint32_t sum = 0;
    for (size_t i = 0; i + 4 <= n; i += 4)
        sum += get32((const uint8_t *)data + i);
    return sum;
}

static void put_font(const struct subset *s, struct buf *out)
{
    static const char tags[6][5] = { "glyf", "head", "hhea", "hmtx", "loca", "maxp" };
    struct { uint32_t sum, start, len; } rows[6];
    struct buf body = { 0 };

    for (int i = 0; i < 6; i++) {
        size_t start = body.len;
        switch (i) {
        case 0: buf_add(&body, s->outlines.data, s->outlines.len); break;
        case 1: put_head(s, &body); break;
        case 2: buf_add(&body, s->hhea.data, 34), put16(&body, (unsigned)s->n); break;
        case 3: put_metrics(s, &body); break;
        case 4: put_locations(s, &body); break;
        case 5: put_maximum(s, &body); break;
        }
        rows[i].start = 12 + 6 * 16 + (uint32_t)start;
        rows[i].len = (uint32_t)(body.len - start);
        while (body.len % 4)
            buf_char(&body, 0);
        rows[i].sum = checksum(body.data + start, body.len - start);
    }
    put32(out, 0x00010000);
    put16(out, 6), put16(out, 64), put16(out, 2), put16(out, 32); /* tables; the search's numbers for 6 */
    for (int i = 0; i < 6; i++) {
        buf_add(out, tags[i], 4);
        put32(out, rows[i].sum), put32(out, rows[i].start), put32(out, rows[i].len);
    }
    buf_add(out, body.data, body.len);
    buf_clear(&body);
}

bool subset_truetype(void *face, const uint32_t *gids, size_t n, struct buf *out)
{
    struct subset s = { 0 };
    bool done = n && n <= MAX_GLYPHS && subset_open(&s, face, gids, n) && copy_outlines(&s);

    if (done)
        put_font(&s, out);
    subset_close(&s);
    return done;
}

/* ---- CFF ---- */

bool subset_cff(void *face, const uint32_t *gids, size_t n, struct buf *out)
{
    hb_subset_input_t *input = hb_subset_input_create_or_fail();
    unsigned len = 0;

    if (!input)
        die("no memory for a font's subset");
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
                                     HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_DESUBROUTINIZE);
    for (size_t i = 0; i < n; i++)
        if (gids[i] != UINT32_MAX)
            hb_set_add(hb_subset_input_glyph_set(input), gids[i]);
    hb_face_t *part = hb_subset_or_fail(face, input);
    hb_subset_input_destroy(input);
    if (!part)
        return false;
    hb_blob_t *cff = hb_face_reference_table(part, HB_TAG('C', 'F', 'F', ' '));
    const char *data = hb_blob_get_data(cff, &len);
    buf_add(out, data, len);
    hb_blob_destroy(cff);
    hb_face_destroy(part);
    return len > 0;
}
