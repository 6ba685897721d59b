/* Two libraries share a face: FreeType judges the file (is it a font at all,
 * may it be embedded, what is it called), HarfBuzz reads advances and shapes
 * from the same bytes.  Only HarfBuzz's numbers reach a page, unhinted and in
 * font units, so that the same text takes the same room everywhere. */
#include "font/internal.h"

#include "base/file.h"
#include "base/utf8.h"

#include <dirent.h>
#include <freetype/ftfntfmt.h>
#include <freetype/tttables.h>
#include <hb-ot.h>
#include <stdlib.h>
#include <string.h>

enum { FONT_FILE_MAX = 64 << 20 };

/* ---- files ---- */

static int slant_is_italic(FT_Face face)
{
    return (face->style_flags & FT_STYLE_FLAG_ITALIC) != 0;
}

static int os2_weight(FT_Face face)
{
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(face, FT_SFNT_OS2);
    if (os2 && os2->usWeightClass >= 100 && os2->usWeightClass <= 900)
        return os2->usWeightClass;
    return face->style_flags & FT_STYLE_FLAG_BOLD ? 700 : 400;
}

static bool is_font_name(const char *name)
{
    const char *dot = strrchr(name, '.');
    return dot && (strcmp(dot, ".ttf") == 0 || strcmp(dot, ".otf") == 0 || strcmp(dot, ".ttc") == 0 ||
                   strcmp(dot, ".otc") == 0 || strcmp(dot, ".TTF") == 0 || strcmp(dot, ".OTF") == 0);
}

/* A user's file: every face of it under the family name that it gives itself. */
static void add_users_file(struct fontlib *lib, const char *path, struct diag *d)
{
    FT_Face face;
    FT_Long n = 1;
    for (FT_Long i = 0; i < n && i < FACES_MAX; i++) {
        if (FT_New_Face(lib->ft, path, i, &face) != 0) {
            diag_warning(d, (struct at){ .file = path }, _("no font that can be read; passed over"));
            return;
        }
        n = face->num_faces;
        if (face->family_name && FT_IS_SCALABLE(face) && FT_IS_SFNT(face))
            families_add_file(&lib->families, face->family_name, os2_weight(face), slant_is_italic(face), path,
                              (unsigned)i);
        else
            diag_warning(d, (struct at){ .file = path }, _("no outline font with a family name; passed over"));
        FT_Done_Face(face);
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* In the order of their names, not of the folder, so that every machine takes the same file. */
static void scan_folder(struct fontlib *lib, struct diag *d)
{
    DIR *dir = opendir(lib->folder);
    char **paths = NULL;
    size_t n = 0, cap = 0;
    for (struct dirent *e; dir && (e = readdir(dir));) {
        if (is_font_name(e->d_name)) {
            char *path = arena_printf(&lib->arena, "%s/%s", lib->folder, e->d_name);
            if (!families_name_file(&lib->families, path))
                *ARENA_PUSH(&lib->arena, paths, n, cap) = path;
        }
    }
    if (dir)
        closedir(dir);
    if (n)
        qsort(paths, n, sizeof *paths, by_name);
    for (size_t i = 0; i < n; i++)
        add_users_file(lib, paths[i], d);
}

struct fontlib *fontlib_open(const char *folder, struct diag *d)
{
    struct fontlib *lib = xcalloc(1, sizeof *lib);
    lib->folder = arena_strdup(&lib->arena, folder);
    lib->language = hb_language_from_string("vi", -1);
    if (FT_Init_FreeType(&lib->ft) != 0) {
        lib->ft = NULL;
        diag_machine(d, (struct at){ 0 }, _("FreeType does not start"));
    } else if (families_read(&lib->families, lib->folder, d)) {
        scan_folder(lib, d);
        return lib;
    }
    fontlib_close(lib);
    return NULL;
}

static void font_close(struct font *f)
{
    hb_font_destroy(f->hb);
    hb_face_destroy(f->hb_face);
    hb_blob_destroy(f->blob);
    hb_buffer_destroy(f->cache->buffer);
    arena_clear(&f->cache->arena);
    free(f->cache->slots);
    free(f->cache);
    buf_clear(&f->data);
    free(f);
}

void fontlib_close(struct fontlib *lib)
{
    if (!lib)
        return;
    for (size_t i = 0; i < lib->n; i++)
        font_close(lib->fonts[i]);
    families_clear(&lib->families);
    if (lib->ft)
        FT_Done_FreeType(lib->ft);
    arena_clear(&lib->arena);
    free(lib);
}

/* ---- opening a face ---- */

static int glyph_height(FT_Face face, FT_ULong cp)
{
    if (FT_Load_Char(face, cp, FT_LOAD_NO_SCALE) != 0)
        return 0;
    return (int)face->glyph->metrics.horiBearingY;
}

static void read_metrics(struct font_metrics *m, FT_Face face)
{
    const TT_OS2 *os2 = FT_Get_Sfnt_Table(face, FT_SFNT_OS2);
    const TT_Postscript *post = FT_Get_Sfnt_Table(face, FT_SFNT_POST);
    m->upem = face->units_per_EM;
    m->ascent = face->ascender;
    m->descent = face->descender;
    m->cap_height = os2 && os2->version >= 2 && os2->version != 0xFFFF ? os2->sCapHeight : 0;
    m->x_height = os2 && os2->version >= 2 && os2->version != 0xFFFF ? os2->sxHeight : 0;
    if (!m->cap_height)
        m->cap_height = glyph_height(face, 'H');
    if (!m->x_height)
        m->x_height = glyph_height(face, 'x');
    m->underline = face->underline_position;
    m->underline_thickness = face->underline_thickness;
    m->bbox[0] = (int)face->bbox.xMin;
    m->bbox[1] = (int)face->bbox.yMin;
    m->bbox[2] = (int)face->bbox.xMax;
    m->bbox[3] = (int)face->bbox.yMax;
    m->italic_angle = post ? (double)post->italicAngle / 65536 : 0;
}

static uint32_t big_endian(const unsigned char *p, int bytes)
{
    uint32_t v = 0;
    while (bytes-- > 0)
        v = v << 8 | *p++;
    return v;
}

/* Every table lies within the file (OpenType 1.9, "Table Directory"): FreeType
 * opens a file that was cut off, and its last glyphs are then blank. */
static bool is_whole(const struct buf *file, unsigned index)
{
    const unsigned char *data = (const unsigned char *)file->data;
    size_t at = 0;
    if (file->len < 16)
        return false;
    if (memcmp(data, "ttcf", 4) == 0) {
        if (16 + 4 * (size_t)index > file->len)
            return false;
        at = big_endian(data + 12 + 4 * (size_t)index, 4);
    }
    if (at > file->len - 12)
        return false;
    size_t n = big_endian(data + at + 4, 2);
    if (n * 16 > file->len - 12 - at)
        return false;
    for (const unsigned char *record = data + at + 12; n > 0; n--, record += 16) {
        uint32_t offset = big_endian(record + 8, 4), length = big_endian(record + 12, 4);
        if (offset > file->len || length > file->len - offset)
            return false;
    }
    return true;
}

static bool read_face(struct fontlib *lib, struct font *f, struct diag *d)
{
    struct at at = { .file = f->file };
    FT_Face face;
    if (!is_whole(&f->data, f->index) ||
        FT_New_Memory_Face(lib->ft, (const FT_Byte *)f->data.data, (FT_Long)f->data.len, (FT_Long)f->index, &face) != 0) {
        diag_error(d, at, _("no font that can be read, or a damaged one"));
        return false;
    }
    bool ok = FT_IS_SCALABLE(face) && FT_IS_SFNT(face) && face->units_per_EM >= 16 && face->num_glyphs > 0;
    if (ok) {
        const TT_OS2 *os2 = FT_Get_Sfnt_Table(face, FT_SFNT_OS2);
        const char *name = FT_Get_Postscript_Name(face);
        const char *format = FT_Get_Font_Format(face);
        f->fstype = os2 ? os2->fsType : 0;
        f->cff = format && strcmp(format, "CFF") == 0;
        f->family = arena_strdup(&lib->arena, face->family_name ? face->family_name : "");
        f->postscript_name = arena_strdup(&lib->arena, name ? name : f->family);
        read_metrics(&f->metrics, face);
    } else {
        diag_error(d, at, _("no outline font of the sfnt kind"));
        diag_expected(d, _("a TrueType or OpenType file (.ttf, .otf, .ttc)"));
    }
    FT_Done_Face(face);
    return ok;
}

/* OS/2 fsType: 2 alone is "restricted", bit 9 allows bitmaps only. */
static bool may_embed(const struct font *f)
{
    return (f->fstype & 0x000F) != 0x0002 && !(f->fstype & 0x0200);
}

/* One letter of each stack of marks: a font with these has, in practice, all
 * that Vietnamese needs. (Liberation 1, still in Debian 12 beside 2, has none.) */
static bool covers_vietnamese(const struct font *f)
{
    static const uint32_t probes[] = { 0x1EBF, 0x1EA9, 0x1EEF, 0x1EE3, 0x1EF5, 0x1EB4, 0x0111 };
    for (size_t i = 0; i < sizeof probes / sizeof *probes; i++)
        if (!font_has(f, probes[i]))
            return false;
    return true;
}

static struct font *open_face(struct fontlib *lib, const struct face *face, struct diag *d)
{
    struct font *f = xcalloc(1, sizeof *f);
    f->cache = xcalloc(1, sizeof *f->cache);
    f->file = face->file;
    f->index = face->index;
    f->weight = face->weight;
    f->italic = face->italic;
    f->number = (int)lib->n;
    if (lib->n == FACES_MAX)
        diag_error(d, (struct at){ .file = face->file }, _("more than %d font faces in one run"), FACES_MAX);
    else if (file_read(face->file, FONT_FILE_MAX, &f->data, d) && read_face(lib, f, d)) {
        f->blob = hb_blob_create(f->data.data, (unsigned)f->data.len, HB_MEMORY_MODE_READONLY, NULL, NULL);
        f->hb_face = hb_face_create(f->blob, f->index);
        f->hb = hb_font_create(f->hb_face);
        hb_ot_font_set_funcs(f->hb);
        f->cache->buffer = hb_buffer_create();
        return lib->fonts[lib->n++] = f;
    }
    font_close(f);
    return NULL;
}

static struct font *opened(const struct fontlib *lib, const struct face *face)
{
    for (size_t i = 0; i < lib->n; i++) {
        struct font *f = lib->fonts[i];
        if (f->index == face->index && f->weight == face->weight && f->italic == face->italic &&
            strcmp(f->file, face->file) == 0)
            return f;
    }
    return NULL;
}

static struct font *face_of(struct fontlib *lib, const struct candidate *c, const struct face *face, struct diag *d)
{
    struct font *f = opened(lib, face);
    if (f || !(f = open_face(lib, face, d)))
        return f;
    for (size_t i = 0; i < c->n_signs && f->n_signs < SIGNS_MAX; i++) {
        const struct font *signs = opened(lib, &c->signs[i]);
        if (!signs)
            signs = open_face(lib, &c->signs[i], d);
        if (!signs)
            return NULL;
        if (may_embed(signs))
            f->signs[f->n_signs++] = signs;
    }
    return f;
}

static void say_missing(const struct fontlib *lib, const char *name, const struct family *family, struct diag *d)
{
    struct buf b = { 0 };
    if (!family) {
        for (size_t i = 0; i < lib->families.n; i++)
            buf_printf(&b, "%s%s", i ? ", " : "", lib->families.items[i].name);
        diag_error(d, (struct at){ 0 }, _("no font family \"%s\""), name);
        diag_expected(d, _("one of %s, or files of it in %s"), b.data ? b.data : "-", lib->folder);
    } else {
        for (size_t i = 0; i < family->n; i++)
            for (size_t k = 0; k < family->candidates[i].n; k++)
                if (!family->candidates[i].faces[k].found)
                    buf_printf(&b, "%s%s", b.len ? ", " : "", family->candidates[i].faces[k].file);
        diag_error(d, (struct at){ 0 }, _("the files of font family \"%s\" are missing"), name);
        diag_expected(d, "%s", b.data ? b.data : lib->folder);
    }
    buf_clear(&b);
}

static void warn_substitute(struct family *family, const struct candidate *c, struct diag *d)
{
    if (family->warned || c == &family->candidates[0])
        return;
    family->warned = true;
    if (family->candidates[0].users)
        diag_warning(d, (struct at){ 0 }, _("the files of \"%s\" put into fonts/ lack faces: set in %s"),
                     family->name, c->name);
    else
        diag_warning(d, (struct at){ 0 }, _("the files of font family \"%s\" are missing: set in %s"), family->name,
                     c->name);
}

const struct font *fontlib_face(struct fontlib *lib, const char *name, int weight, bool italic, struct diag *d)
{
    struct family *family = families_lookup(&lib->families, name);
    const struct candidate *c = family ? family_choice(family) : NULL;
    if (!c) {
        say_missing(lib, name, family, d);
        return NULL;
    }
    const struct face *face = candidate_face(c, weight, italic);
    if (!face) {
        diag_error(d, (struct at){ 0 }, _("font family \"%s\" has no %s face of weight %d"), name,
                   italic ? _("italic") : _("upright"), weight);
        return NULL;
    }
    warn_substitute(family, c, d);
    const struct font *f = face_of(lib, c, face, d);
    if (f && !covers_vietnamese(f)) {
        diag_error(d, (struct at){ .file = f->file }, _("the font lacks Vietnamese letters"));
        diag_expected(d, _("a font with all of them; \"phieudiem fonts\" lists what each has"));
        return NULL;
    }
    if (f && !may_embed(f)) {
        diag_error(d, (struct at){ .file = f->file }, _("the font forbids embedding"));
        return NULL;
    }
    return f;
}

void fontlib_stamp(const struct fontlib *lib, struct buf *out)
{
    families_stamp(&lib->families, out);
}

const struct font *fontlib_look(struct fontlib *lib, const char *name, int weight, bool italic)
{
    struct family *family = families_lookup(&lib->families, name);
    struct diag unsaid = { 0 };
    bool warned = family && family->warned;
    const struct font *f = family ? fontlib_face(lib, name, weight, italic, &unsaid) : NULL;
    if (family)
        family->warned = warned;
    diag_clear(&unsaid);
    return f;
}

bool fontlib_has_family(const struct fontlib *lib, const char *family)
{
    const struct family *f = families_lookup(&lib->families, family);
    return f && family_choice(f);
}

/* ---- what a face says of itself ---- */

const struct font_metrics *font_metrics(const struct font *f) { return &f->metrics; }
const char *font_family(const struct font *f) { return f->family; }
const char *font_file(const struct font *f) { return f->file; }
const char *font_postscript_name(const struct font *f) { return f->postscript_name; }
int font_weight(const struct font *f) { return f->weight; }
bool font_italic(const struct font *f) { return f->italic; }
bool font_is_cff(const struct font *f) { return f->cff; }
void *font_hb_face(const struct font *f) { return f->hb_face; }
int font_number(const struct font *f) { return f->number; }

const void *font_data(const struct font *f, size_t *n, unsigned *index)
{
    *n = f->data.len;
    *index = f->index;
    return f->data.data;
}

bool font_has(const struct font *f, uint32_t cp)
{
    hb_codepoint_t gid;
    return hb_font_get_nominal_glyph(f->hb, cp, &gid) && gid;
}

/* The face that sets a code point; NULL: none has it. */
static const struct font *face_for(const struct font *f, uint32_t cp)
{
    if (font_has(f, cp))
        return f;
    for (size_t i = 0; i < f->n_signs && cp >= 0x2000; i++)
        if (font_has(f->signs[i], cp))
            return f->signs[i];
    return NULL;
}

size_t font_piece(const struct font *f, const char *text, size_t len, const struct font **in)
{
    size_t i = 0, n;
    uint32_t cp;
    *in = f;
    if (!f->n_signs)
        return len;
    /* All letters of Vietnamese lie below U+2000: bytes up to E1 lead to them. */
    while (i < len && (unsigned char)text[i] < 0xE2)
        i++;
    for (; i < len && (n = utf8_decode(text + i, len - i, &cp)); i += n) {
        const struct font *face = cp < 0x2000 ? f : face_for(f, cp);
        if (!face)
            face = f;
        if (i == 0)
            *in = face;
        else if (face != *in)
            return i;
    }
    return len;
}

int font_advance(const struct font *f, uint32_t gid)
{
    return hb_font_get_glyph_h_advance(f->hb, gid);
}

/* ---- the list of fonts ---- */

/* Signs that cards print beside letters and figures. */
static const char signs[] = "–—−≈≥≤≠×÷±○●•·…“”‘’«»½¼¾²³ⁿ¹°%‰§†‡→↑↓";

static void missing(const struct font *f, const uint32_t *cps, size_t n, struct buf *b)
{
    for (size_t i = 0; i < n; i++) {
        char s[5] = "";
        if (!face_for(f, cps[i]) && utf8_encode(cps[i], s))
            buf_printf(b, "%s%s", b->len ? " " : "", s);
    }
}

static size_t sign_codes(uint32_t out[64])
{
    size_t n = 0;
    uint32_t cp;
    for (size_t i = 0, len; n < 64 && (len = utf8_decode(signs + i, sizeof signs - 1 - i, &cp)); i += len)
        out[n++] = cp;
    return n;
}

static bool list_face(struct fontlib *lib, const char *family, const struct candidate *c, const struct face *face,
                      FILE *out, struct diag *d)
{
    const struct font *f = face_of(lib, c, face, d);
    if (!f)
        return false;
    struct buf letters = { 0 }, other = { 0 };
    uint32_t codes[64];
    size_t n;
    const uint32_t *vietnamese = font_vietnamese_letters(&n);
    missing(f, vietnamese, n, &letters);
    missing(f, codes, sign_codes(codes), &other);
    bool complete = !letters.len;
    fprintf(out, "%s\t%s\t%d\t%s\t%s\t%s\t%s\t%s\n", family, c->name, face->weight,
            face->italic ? "italic" : "upright", complete ? "-" : letters.data, other.len ? other.data : "-",
            may_embed(f) ? "yes" : "no", face->file);
    buf_clear(&letters);
    buf_clear(&other);
    return complete && may_embed(f);
}

bool fontlib_list(struct fontlib *lib, FILE *out, struct diag *d)
{
    bool ok = true;
    fputs("family\tset in\tweight\tslant\tmissing letters\tmissing signs\tmay be embedded\tfile\n", out);
    for (size_t i = 0; i < lib->families.n; i++) {
        struct family *family = &lib->families.items[i];
        const struct candidate *c = family_choice(family);
        if (!c) {
            say_missing(lib, family->name, family, d);
            ok = false;
            continue;
        }
        warn_substitute(family, c, d);
        for (size_t k = 0; k < c->n; k++)
            ok &= list_face(lib, family->name, c, &c->faces[k], out, d);
    }
    return ok;
}
