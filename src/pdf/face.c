/* A Type 0 font over one CIDFont (ISO 32000-1, 9.7), Identity-H: the two bytes
 * of a code are the CID.  TrueType outlines are subset with renumbered glyphs
 * and a CIDToGIDMap; CFF ones keep their numbers (9.7.4.2: CIDs of a font
 * program that is not CID-keyed are its glyph numbers). */
#include "pdf/face.h"

#include "base/utf8.h"

#include <hb-subset.h>
#include <stdlib.h>
#include <string.h>

struct face_code {
    uint32_t gid;
    const char *text;
    uint16_t len;
    uint16_t older;              /* the next code of the same glyph; 0: none */
};

void face_open(struct face *f, const struct font *font, struct objects *o)
{
    f->font = font;
    f->object = objects_reserve(o);
    f->n_glyphs = hb_face_get_glyph_count(font_hb_face(font));
    f->by_glyph = xcalloc(f->n_glyphs + 1, sizeof *f->by_glyph);
    ARENA_PUSH(&o->arena, f->codes, f->n, f->cap)->text = "";
}

void face_close(struct face *f)
{
    free(f->by_glyph);
    f->by_glyph = NULL;
}

/* A reader who searches types a space, and a bullet of the Private Use Area says nothing. */
static void searchable(const char **text, size_t *len)
{
    static const char *const spaces[] = { "\xC2\xA0", "\xE2\x80\xAF", "\xE2\x80\x89", "\xE2\x80\x87" };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++)
        if (*len == strlen(spaces[i]) && memcmp(*text, spaces[i], *len) == 0) {
            *text = " ";
            *len = 1;
        }
}

bool face_code(struct face *f, struct objects *o, uint32_t gid, const char *text, size_t len, unsigned *code)
{
    bool cff = font_is_cff(f->font);

    *code = 0;
    if (gid >= f->n_glyphs || len > UINT16_MAX || f->n > UINT16_MAX)
        return false;
    searchable(&text, &len);
    for (uint16_t i = f->by_glyph[gid]; i; i = f->codes[i].older) {
        const struct face_code *c = &f->codes[i];
        *code = cff ? gid : i;
        if (c->len == len && memcmp(c->text, text, len) == 0)
            return true;
    }
    if (cff && f->by_glyph[gid])
        return false;
    struct face_code *c = ARENA_PUSH(&o->arena, f->codes, f->n, f->cap);
    *c = (struct face_code){ gid, arena_strndup(&o->arena, text, len), (uint16_t)len, f->by_glyph[gid] };
    f->by_glyph[gid] = (uint16_t)(f->n - 1);
    *code = cff ? gid : (unsigned)(f->n - 1);
    return true;
}

static int per_mille(const struct face *f, int units)
{
    int upem = font_metrics(f->font)->upem;
    long long v = (long long)units * 2000;
    return (int)((v + (v < 0 ? -upem : upem)) / (2LL * upem)); /* rounded, halves outwards */
}

int face_width(const struct face *f, uint32_t gid)
{
    return per_mille(f, font_advance(f->font, gid));
}

/* ---- the subset ---- */

/* What a PDF reader does not look at in an embedded font (9.9, table 126). */
static void drop_tables(hb_subset_input_t *input)
{
    static const char *const tags[] = { "GSUB", "GPOS", "GDEF", "BASE", "JSTF", "MATH", "cmap", "name", "OS/2", "post",
                                        "gasp", "DSIG", "kern", "hdmx", "VDMX", "LTSH", "STAT", "meta", "vhea", "vmtx" };
    hb_set_t *drop = hb_subset_input_set(input, HB_SUBSET_SETS_DROP_TABLE_TAG);
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        hb_set_add(drop, hb_tag_from_string(tags[i], -1));
}

struct subset { hb_blob_t *blob; uint16_t *gids; /* new glyph of each code */ };

static bool make_subset(const struct face *f, struct objects *o, struct subset *s)
{
    bool cff = font_is_cff(f->font), done = false;
    hb_subset_input_t *input = hb_subset_input_create_or_fail();

    if (!input)
        die("no memory for a font's subset");
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE |
                                     (cff ? HB_SUBSET_FLAGS_RETAIN_GIDS | HB_SUBSET_FLAGS_DESUBROUTINIZE : 0));
    drop_tables(input);
    for (size_t i = 0; i < f->n; i++)
        hb_set_add(hb_subset_input_glyph_set(input), f->codes[i].gid);
    hb_subset_plan_t *plan = hb_subset_plan_create_or_fail(font_hb_face(f->font), input);
    hb_face_t *face = plan ? hb_subset_plan_execute_or_fail(plan) : NULL;
    if (face) {
        const hb_map_t *map = hb_subset_plan_old_to_new_glyph_mapping(plan);
        s->gids = arena_array(&o->arena, uint16_t, f->n);
        for (size_t i = 0; i < f->n; i++)
            s->gids[i] = (uint16_t)hb_map_get(map, f->codes[i].gid);
        s->blob = cff ? hb_face_reference_table(face, HB_TAG('C', 'F', 'F', ' ')) : hb_face_reference_blob(face);
        done = hb_blob_get_length(s->blob) > 0;
        hb_face_destroy(face);
    }
    hb_subset_plan_destroy(plan);
    hb_subset_input_destroy(input);
    return done;
}

/* ---- dictionaries ---- */

/* Six letters that tell subsets of one font apart (9.6.4): from the glyphs, by FNV-1a. */
static void put_name(struct buf *out, const struct face *f)
{
    uint64_t hash = 0xCBF29CE484222325;
    for (size_t i = 1; i < f->n; i++) {
        hash = (hash ^ f->codes[i].gid) * 0x100000001B3;
        hash = (hash ^ (unsigned char)f->codes[i].text[0]) * 0x100000001B3;
    }
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

/* Indices into codes[] in rising order of the codes, .notdef left out; their number. */
static size_t in_order(const struct face *f, uint16_t *order)
{
    size_t n = 0;
    if (font_is_cff(f->font)) {
        for (unsigned gid = 0; gid < f->n_glyphs; gid++)
            if (f->by_glyph[gid])
                order[n++] = f->by_glyph[gid];
    } else {
        for (size_t i = 1; i < f->n; i++)
            order[n++] = (uint16_t)i;
    }
    return n;
}

static unsigned code_at(const struct face *f, uint16_t i)
{
    return font_is_cff(f->font) ? f->codes[i].gid : i;
}

/* Ranges of codes that differ in the last byte only, as the CMap rules want
 * (9.10.3), each with the list of its texts: shorter than single lines. */
static void put_ranges(struct buf *out, const struct face *f, const uint16_t *order, size_t n)
{
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        unsigned first = code_at(f, order[i]);
        while (end < n && code_at(f, order[end]) == first + (end - i) && code_at(f, order[end]) >> 8 == first >> 8)
            end++;
        buf_printf(out, "1 beginbfrange\n<%04X><%04X>[", first, first + (unsigned)(end - i - 1));
        for (; i < end; i++) {
            buf_char(out, '<');
            put_utf16(out, f->codes[order[i]].text, f->codes[order[i]].len);
            buf_char(out, '>');
        }
        buf_str(out, "]\nendbfrange\n");
    }
}

static unsigned to_unicode(const struct face *f, struct objects *o, const uint16_t *order, size_t n)
{
    struct buf map = { 0 };
    unsigned number = objects_reserve(o);

    buf_str(&map, "/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
                  "/CIDSystemInfo<</Registry(Adobe)/Ordering(UCS)/Supplement 0>>def\n"
                  "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
                  "1 begincodespacerange\n<0000><FFFF>\nendcodespacerange\n");
    put_ranges(&map, f, order, n);
    buf_str(&map, "endcmap CMapName currentdict/CMap defineresource pop end end\n");
    objects_stream(o, number, "", map.data, map.len, true);
    buf_clear(&map);
    return number;
}

static void put_widths(struct buf *out, const struct face *f, const uint16_t *order, size_t n)
{
    buf_printf(out, "/DW %d/W[", face_width(f, 0));
    for (size_t i = 0; i < n;) {
        unsigned first = code_at(f, order[i]), next = first;
        buf_printf(out, "%u[", first);
        for (; i < n && code_at(f, order[i]) == next; i++, next++)
            buf_printf(out, next == first ? "%d" : " %d", face_width(f, f->codes[order[i]].gid));
        buf_char(out, ']');
    }
    buf_char(out, ']');
}

/* Symbolic, since the codes are no standard encoding; italic where it slants. */
static int descriptor_flags(const struct font *font)
{
    return 4 | (font_italic(font) ? 64 : 0);
}

static unsigned descriptor(const struct face *f, struct objects *o, const struct subset *s, const char *name)
{
    const struct font_metrics *m = font_metrics(f->font);
    unsigned number = objects_reserve(o), file = objects_reserve(o), length;
    const char *data = hb_blob_get_data(s->blob, &length);
    bool cff = font_is_cff(f->font);
    struct buf text = { 0 }, entries = { 0 };

    if (cff)
        buf_str(&entries, "/Subtype/CIDFontType0C");
    else
        buf_printf(&entries, "/Length1 %u", length);
    objects_stream(o, file, entries.data, data, length, true);
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

/* The map from codes to the subset's glyphs. */
static unsigned glyph_map(const struct face *f, struct objects *o, const struct subset *s)
{
    struct buf map = { 0 };
    unsigned number = objects_reserve(o);
    for (size_t i = 0; i < f->n; i++) {
        buf_char(&map, (char)(s->gids[i] >> 8));
        buf_char(&map, (char)s->gids[i]);
    }
    objects_stream(o, number, "", map.data, map.len, true);
    buf_clear(&map);
    return number;
}

static void put_fonts(const struct face *f, struct objects *o, const struct subset *s)
{
    bool cff = font_is_cff(f->font);
    uint16_t *order = arena_array(&o->arena, uint16_t, f->n + 1);
    size_t n = in_order(f, order);
    unsigned cid = objects_reserve(o), unicode = to_unicode(f, o, order, n);
    struct buf name = { 0 }, text = { 0 };

    put_name(&name, f);
    unsigned described = descriptor(f, o, s, name.data);
    buf_printf(&text, "<</Type/Font/Subtype/CIDFontType%d/BaseFont%s/FontDescriptor %u 0 R"
                      "/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>",
               cff ? 0 : 2, name.data, described);
    if (!cff)
        buf_printf(&text, "/CIDToGIDMap %u 0 R", glyph_map(f, o, s));
    put_widths(&text, f, order, n);
    buf_str(&text, ">>");
    objects_text(o, cid, text.data, text.len);
    buf_reset(&text);
    buf_printf(&text, "<</Type/Font/Subtype/Type0/BaseFont%s/Encoding/Identity-H/DescendantFonts[%u 0 R]"
                      "/ToUnicode %u 0 R>>", name.data, cid, unicode);
    objects_text(o, f->object, text.data, text.len);
    buf_clear(&name);
    buf_clear(&text);
}

bool face_finish(struct face *f, struct objects *o, struct diag *d)
{
    struct subset s = { 0 };
    bool done = make_subset(f, o, &s);

    if (done)
        put_fonts(f, o, &s);
    else
        diag_error(d, (struct at){ .file = font_postscript_name(f->font) }, _("the font cannot be subset for embedding"));
    hb_blob_destroy(s.blob);
    return done;
}
