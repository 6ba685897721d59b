/* Shaping a word costs some microseconds and a card repeats its words, so each
 * face remembers what it shaped, by text and features, in a hash table. */
#include "font/internal.h"

#include "base/utf8.h"

#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE_LIMIT = 8 << 20 };

struct word {                     /* a slot of the table; text NULL: free */
    const char *text;
    size_t len;
    uint64_t hash;
    unsigned features;
    struct shaped shaped;
};

static uint64_t hash_word(const char *text, size_t len, unsigned features)
{
    uint64_t h = 14695981039346656037u ^ features; /* FNV-1a */
    for (size_t i = 0; i < len; i++)
        h = (h ^ (unsigned char)text[i]) * 1099511628211u;
    return h ^ h >> 32;
}

static struct word *cache_slot(struct cache *c, uint64_t hash, const char *text, size_t len, unsigned features)
{
    size_t i = (size_t)hash & (c->n_slots - 1);
    while (c->slots[i].text) {
        const struct word *w = &c->slots[i];
        if (w->hash == hash && w->len == len && w->features == features && memcmp(w->text, text, len) == 0)
            break;
        i = (i + 1) & (c->n_slots - 1);
    }
    return &c->slots[i];
}

static void cache_grow(struct cache *c)
{
    if (c->n_slots && c->n < c->n_slots / 2)
        return;
    struct word *old = c->slots;
    size_t n_old = c->n_slots;
    c->n_slots = n_old ? n_old * 2 : 256;
    c->slots = xcalloc(c->n_slots, sizeof *c->slots);
    for (size_t i = 0; i < n_old; i++)
        if (old[i].text)
            *cache_slot(c, old[i].hash, old[i].text, old[i].len, old[i].features) = old[i];
    free(old);
}

void fontlib_trim(struct fontlib *lib)
{
    size_t total = 0;
    for (size_t i = 0; lib && i < lib->n; i++)
        total += lib->fonts[i]->cache->arena.total;
    if (total <= CACHE_LIMIT)
        return;
    for (size_t i = 0; i < lib->n; i++) {
        struct cache *c = lib->fonts[i]->cache;
        arena_clear(&c->arena);
        free(c->slots);
        c->slots = NULL;
        c->n_slots = c->n = 0;
    }
}

enum { N_FEATURES = 11 };
static const struct { unsigned bit; char tag[5]; bool by_default, told; } known_features[N_FEATURES] = {
    { FONT_KERN, "kern", true, false },  { FONT_LIGA, "liga", true, false }, { FONT_TNUM, "tnum", false, false },
    { FONT_ONUM, "onum", false, true },  { FONT_LNUM, "lnum", false, false }, { FONT_PNUM, "pnum", false, true },
    { FONT_SMCP, "smcp", false, true },  { FONT_C2SC, "c2sc", false, true }, { FONT_SUPS, "sups", false, true },
    { FONT_FRAC, "frac", false, true },  { FONT_CASE, "case", false, false },
};

static unsigned hb_features(unsigned features, hb_feature_t out[N_FEATURES])
{
    unsigned n = 0;
    for (size_t i = 0; i < N_FEATURES; i++) {
        bool on = (features & known_features[i].bit) != 0;
        if (on != known_features[i].by_default)
            out[n++] = (hb_feature_t){ hb_tag_from_string(known_features[i].tag, 4), on, HB_FEATURE_GLOBAL_START,
                                       HB_FEATURE_GLOBAL_END };
    }
    return n;
}

static bool has_feature(const struct font *f, hb_tag_t tag)
{
    hb_face_t *face = hb_font_get_face(f->hb);
    hb_tag_t tags[64];
    for (unsigned from = 0, n = 64; n == 64; from += n) {
        hb_ot_layout_table_get_feature_tags(face, HB_OT_TAG_GSUB, from, &n, tags);
        for (unsigned i = 0; i < n; i++)
            if (tags[i] == tag)
                return true;
    }
    return false;
}

void font_check_features(const struct font *f, unsigned features, struct at at, struct diag *d)
{
    for (size_t i = 0; i < N_FEATURES; i++) {
        unsigned bit = known_features[i].bit;
        if (!(features & bit) || !known_features[i].told || (f->cache->looked & bit))
            continue;
        f->cache->looked |= bit;
        if (!has_feature(f, hb_tag_from_string(known_features[i].tag, 4)))
            diag_warning(d, at, _("font %s has no feature %s: the text is set without it"), f->postscript_name,
                         known_features[i].tag);
    }
}

static bool say_missing_glyph(const struct font *f, const char *text, size_t len, size_t at_byte, struct at at,
                              struct diag *d)
{
    uint32_t cp = 0;
    size_t n = at_byte < len ? utf8_decode(text + at_byte, len - at_byte, &cp) : 0;
    /* A cluster is a base with its marks: the letter that is missing may be a mark. */
    while (n && font_has(f, cp) && at_byte + n < len) {
        at_byte += n;
        n = utf8_decode(text + at_byte, len - at_byte, &cp);
    }
    diag_error(d, at, _("font %s has no glyph for U+%04X \"%.*s\""), f->postscript_name, (unsigned)cp, (int)n,
               text + at_byte);
    diag_expected(d, _("another character, or a font family that has it (in \"%.*s\")"), (int)(len < 80 ? len : 80),
                  text);
    return false;
}

static bool shape_word(const struct font *f, const char *text, size_t len, unsigned features, struct shaped *out,
                       struct at at, struct diag *d)
{
    hb_buffer_t *b = f->cache->buffer;
    hb_feature_t feature[N_FEATURES];
    hb_buffer_clear_contents(b);
    hb_buffer_set_direction(b, HB_DIRECTION_LTR);
    hb_buffer_set_script(b, HB_SCRIPT_LATIN);
    hb_buffer_set_language(b, hb_language_from_string("vi", -1));
    hb_buffer_add_utf8(b, text, (int)len, 0, (int)len);
    hb_shape(f->hb, b, feature, hb_features(features, feature));
    unsigned n;
    const hb_glyph_info_t *info = hb_buffer_get_glyph_infos(b, &n);
    const hb_glyph_position_t *pos = hb_buffer_get_glyph_positions(b, &n);
    struct glyph *glyphs = arena_array(&f->cache->arena, struct glyph, n);
    *out = (struct shaped){ glyphs, n, 0 };
    for (unsigned i = 0; i < n; i++) {
        if (info[i].codepoint == 0)
            return say_missing_glyph(f, text, len, info[i].cluster, at, d);
        glyphs[i] = (struct glyph){ info[i].codepoint, info[i].cluster, pos[i].x_advance, pos[i].x_offset,
                                    pos[i].y_offset };
        out->advance += pos[i].x_advance;
    }
    return true;
}

bool font_shape(const struct font *f, const char *text, size_t len, unsigned features, struct shaped *out,
                struct at at, struct diag *d)
{
    struct cache *c = f->cache;
    size_t bad;
    cache_grow(c);
    uint64_t hash = hash_word(text, len, features);
    struct word *w = cache_slot(c, hash, text, len, features);
    if (!w->text) {
        if (len > 1 << 20 || !utf8_valid(text, len, &bad)) {
            diag_error(d, at, _("a text that is no UTF-8, or over a megabyte without a space"));
            return false;
        }
        if (!shape_word(f, text, len, features, &w->shaped, at, d))
            return false;
        w->text = arena_strndup(&c->arena, text, len);
        w->len = len;
        w->hash = hash;
        w->features = features;
        c->n++;
    }
    *out = w->shaped;
    return true;
}

double font_width(const struct font *f, const char *text, double size, unsigned features, struct at at,
                  struct diag *d)
{
    double width = 0;
    for (size_t len = strlen(text), n; len > 0; text += n, len -= n) {
        const struct font *in;
        struct shaped s;
        n = font_piece(f, text, len, &in);
        if (!font_shape(in, text, n, features, &s, at, d))
            return -1;
        width += (double)s.advance * size / in->metrics.upem;
    }
    return width;
}
