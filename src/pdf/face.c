/* A Type 0 font over one CIDFont (ISO 32000-1, 9.7), Identity-H: the two bytes
 * of a code are the CID, and the CID is the glyph of the subset: TrueType
 * outlines are laid out that way, CFF ones keep their numbers (9.7.4.2: the
 * CIDs of a font program that is not CID-keyed are its glyph numbers). */
#include "pdf/face.h"

#include "base/utf8.h"
#include "pdf/subset.h"

#include <hb.h>
#include <stdlib.h>
#include <string.h>

struct code {
    const char *text;
    uint16_t len;
    uint16_t next;               /* of the same hash; 0: none */
};
struct slot {
    uint32_t gid;                /* UINT32_MAX: the face does not use the code */
    uint16_t older;              /* the next code of the same glyph; 0: none */
    uint16_t len;
    const char *text;
    int width;                   /* 1/1000 em */
};

/* ---- codes of the file ---- */

void codes_open(struct codes *c, struct objects *o)
{
    c->objects = o;
    c->unicode = objects_reserve(o);
    ARENA_PUSH(&o->arena, c->items, c->n, c->cap)->text = "";
}

static unsigned hash_text(const char *text, size_t len)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * 16777619u;
    return (h ^ h >> 16) % 256;
}

static struct slot *slot_at(struct face *f, size_t code)
{
    if (code >= f->n) {
        size_t n = f->n ? f->n : 128;
        while (n <= code)
            n *= 2;
        f->slots = xrealloc(f->slots, n * sizeof *f->slots);
        for (; f->n < n; f->n++)
            f->slots[f->n] = (struct slot){ .gid = UINT32_MAX };
    }
    return &f->slots[code];
}

/* A code of this text that the face has no other glyph for; 0: no room for one more. */
static unsigned code_for(struct face *f, const char *text, size_t len)
{
    struct codes *c = f->codes;
    unsigned h = hash_text(text, len);

    for (unsigned i = c->heads[h]; i; i = c->items[i].next)
        if (c->items[i].len == len && memcmp(c->items[i].text, text, len) == 0 && slot_at(f, i)->gid == UINT32_MAX)
            return i;
    if (c->n >= UINT16_MAX)
        return 0;
    struct code *code = ARENA_PUSH(&c->objects->arena, c->items, c->n, c->cap);
    *code = (struct code){ arena_strndup(&c->objects->arena, text, len), (uint16_t)len, c->heads[h] };
    c->heads[h] = (uint16_t)(c->n - 1);
    return c->heads[h];
}

/* ---- a face ---- */

static int per_mille(const struct face *f, int units)
{
    int upem = font_metrics(f->font)->upem;
    long long v = (long long)units * 2000;
    return (int)((v + (v < 0 ? -upem : upem)) / (2LL * upem)); /* rounded, halves outwards */
}

void face_open(struct face *f, const struct font *font, struct codes *codes)
{
    f->codes = codes;
    f->font = font;
    f->object = objects_reserve(codes->objects);
    f->n_glyphs = hb_face_get_glyph_count(font_hb_face(font));
    f->by_glyph = xcalloc(f->n_glyphs + 1, sizeof *f->by_glyph);
    *slot_at(f, 0) = (struct slot){ .gid = 0, .text = "", .width = per_mille(f, font_advance(font, 0)) };
}

void face_close(struct face *f)
{
    free(f->by_glyph);
    free(f->slots);
    f->by_glyph = NULL;
    f->slots = NULL;
}

/* A reader who searches types a plain space: U+00A0, U+2000 to U+200A and U+202F are told as one. */
static void searchable(const char **text, size_t *len)
{
    const unsigned char *p = (const unsigned char *)*text;
    if ((*len == 2 && p[0] == 0xC2 && p[1] == 0xA0) ||
        (*len == 3 && p[0] == 0xE2 && p[1] == 0x80 && ((p[2] >= 0x80 && p[2] <= 0x8A) || p[2] == 0xAF))) {
        *text = " ";
        *len = 1;
    }
}

bool face_code(struct face *f, uint32_t gid, const char *text, size_t len, unsigned *code, int *width)
{
    bool cff = font_is_cff(f->font);

    *code = 0;
    *width = f->slots[0].width;
    if (gid >= f->n_glyphs || gid == 0 || len > UINT16_MAX)
        return false;
    searchable(&text, &len);
    for (unsigned i = f->by_glyph[gid]; i; i = f->slots[i].older) {
        const struct slot *s = &f->slots[i];
        *code = i;
        *width = s->width;
        if (s->len == len && memcmp(s->text, text, len) == 0)
            return true;
    }
    if (cff && f->by_glyph[gid])
        return false;
    *code = cff ? gid : code_for(f, text, len);
    if (!*code)
        return false;
    struct slot *s = slot_at(f, *code);
    *width = per_mille(f, font_advance(f->font, gid));
    *s = (struct slot){ gid, f->by_glyph[gid], (uint16_t)len,
                        cff ? arena_strndup(&f->codes->objects->arena, text, len) : f->codes->items[*code].text, *width };
    f->by_glyph[gid] = (uint16_t)*code;
    return true;
}

/* ---- the map from codes to text ---- */

static void put_utf16(struct buf *out, const char *text, size_t len)
{
    for (size_t i = 0; i < len;) {
        uint32_t c;
        size_t step = utf8_decode(text + i, len - i, &c);
        if (!step)
            break;
        i += step;
        if (c >= 0x10000)
            buf_printf(out, "%04X%04X", 0xD800 + ((c - 0x10000) >> 10), 0xDC00 + ((c - 0x10000) & 0x3FF));
        else
            buf_printf(out, "%04X", c);
    }
}

/* Text of a code, NULL if it has none: of the file's codes, or of a face's. */
static const char *text_of(const struct codes *c, const struct face *f, size_t code, size_t *len)
{
    *len = f ? f->slots[code].len : c->items[code].len;
    return *len ? f ? f->slots[code].text : c->items[code].text : NULL;
}

/* Ranges of codes that differ in the last byte only, as the CMap rules want
 * (9.10.3), each with the list of its texts: shorter than single lines. */
static void put_ranges(struct buf *out, const struct codes *c, const struct face *f, size_t n)
{
    size_t len;
    for (size_t i = 1; i < n;) {
        size_t end = i;
        while (end < n && end >> 8 == i >> 8 && text_of(c, f, end, &len))
            end++;
        if (end == i) {
            i++;
            continue;
        }
        buf_printf(out, "1 beginbfrange\n<%04zX><%04zX>[", i, end - 1);
        for (; i < end; i++) {
            const char *text = text_of(c, f, i, &len);
            buf_char(out, '<');
            put_utf16(out, text, len);
            buf_char(out, '>');
        }
        buf_str(out, "]\nendbfrange\n");
    }
}

static void write_map(struct codes *c, const struct face *f, size_t n, unsigned number)
{
    struct buf map = { 0 };

    buf_str(&map, "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
                  "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                  "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
                  "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    put_ranges(&map, c, f, n);
    buf_str(&map, "endcmap CMapName currentdict/CMap defineresource pop end end\n");
    objects_stream(c->objects, number, "", map.data, map.len, true);
    buf_clear(&map);
}

void codes_finish(struct codes *c)
{
    write_map(c, NULL, c->n, c->unicode);
}

/* ---- dictionaries ---- */

/* Six letters that tell subsets of one font apart (9.6.4): from the glyphs, by FNV-1a. */
static void put_name(struct buf *out, const struct face *f)
{
    uint64_t hash = 0xCBF29CE484222325;
    for (size_t i = 1; i < f->n; i++)
        hash = (hash ^ f->slots[i].gid) * 0x100000001B3;
    buf_char(out, '/');
    for (int i = 0; i < 6; i++, hash /= 26)
        buf_char(out, (char)('A' + hash % 26));
    buf_char(out, '+');
    for (const char *p = font_postscript_name(f->font); *p; p++)
        if (strchr("()<>[]{}/%#", *p) || *p <= ' ' || *p > '~')
            buf_printf(out, "#%02X", (unsigned char)*p);
        else
            buf_char(out, *p);
}

static void put_widths(struct buf *out, const struct face *f)
{
    buf_printf(out, "/DW %d/W[", f->slots[0].width);
    for (size_t i = 1; i < f->n; i++) {
        if (f->slots[i].gid == UINT32_MAX)
            continue;
        buf_printf(out, "%zu[", i);
        for (bool first = true; i < f->n && f->slots[i].gid != UINT32_MAX; i++, first = false)
            buf_printf(out, first ? "%d" : " %d", f->slots[i].width);
        buf_char(out, ']');
    }
    buf_char(out, ']');
}

/* Symbolic, since the codes are no standard encoding; italic where it slants. */
static int descriptor_flags(const struct font *font)
{
    return 4 | (font_italic(font) ? 64 : 0);
}

static unsigned descriptor(const struct face *f, const struct buf *program, const char *name)
{
    const struct font_metrics *m = font_metrics(f->font);
    struct objects *o = f->codes->objects;
    unsigned number = objects_reserve(o), file = objects_reserve(o);
    bool cff = font_is_cff(f->font);
    struct buf text = { 0 }, entries = { 0 };

    if (cff)
        buf_str(&entries, "/Subtype/CIDFontType0C");
    else
        buf_printf(&entries, "/Length1 %zu", program->len);
    objects_stream(o, file, entries.data, program->data, program->len, true);
    buf_printf(&text, "<</Type/FontDescriptor/FontName%s/Flags %d/FontBBox[%d %d %d %d]/ItalicAngle ", name,
               descriptor_flags(f->font), per_mille(f, m->bbox[0]), per_mille(f, m->bbox[1]),
               per_mille(f, m->bbox[2]), per_mille(f, m->bbox[3]));
    buf_number(&text, m->italic_angle, 1);
    /* StemV is in no TrueType table: 50 + (weight / 65)^2 is what is near for text faces. */
    buf_printf(&text, "/Ascent %d/Descent %d/CapHeight %d/StemV %d/%s %u 0 R>>", per_mille(f, m->ascent),
               per_mille(f, m->descent), per_mille(f, m->cap_height),
               50 + font_weight(f->font) * font_weight(f->font) / 4225, cff ? "FontFile3" : "FontFile2", file);
    objects_text(o, number, text.data, text.len);
    buf_clear(&text);
    buf_clear(&entries);
    return number;
}

static void put_fonts(const struct face *f, const struct buf *program)
{
    struct objects *o = f->codes->objects;
    bool cff = font_is_cff(f->font);
    unsigned cid = objects_reserve(o), unicode = cff ? objects_reserve(o) : f->codes->unicode;
    struct buf name = { 0 }, text = { 0 };

    if (cff)
        write_map(f->codes, f, f->n, unicode);
    put_name(&name, f);
    unsigned described = descriptor(f, program, name.data);
    buf_printf(&text, "<</Type/Font/Subtype/CIDFontType%d/BaseFont%s/FontDescriptor %u 0 R"
                      "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>%s",
               cff ? 0 : 2, name.data, described, cff ? "" : "/CIDToGIDMap/Identity");
    put_widths(&text, f);
    buf_str(&text, ">>");
    objects_text(o, cid, text.data, text.len);
    buf_reset(&text);
    buf_printf(&text, "<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%u 0 R]"
                      "/ToUnicode %u 0 R>>", name.data, cid, unicode);
    objects_text(o, f->object, text.data, text.len);
    buf_clear(&name);
    buf_clear(&text);
}

bool face_finish(struct face *f, struct diag *d)
{
    struct buf program = { 0 };
    bool cff = font_is_cff(f->font), done;
    void *face = font_hb_face(f->font);

    while (f->n > 1 && f->slots[f->n - 1].gid == UINT32_MAX)
        f->n--;
    uint32_t *gids = arena_array(&f->codes->objects->arena, uint32_t, f->n);
    for (size_t i = 0; i < f->n; i++)
        gids[i] = f->slots[i].gid;
    done = cff ? subset_cff(face, gids, f->n, &program) : subset_truetype(face, gids, f->n, &program);
    if (done)
        put_fonts(f, &program);
    else
        diag_error(d, (struct at){ .file = font_postscript_name(f->font) },
                   _("the font is damaged: its outlines cannot be taken for embedding"));
    buf_clear(&program);
    return done;
}
