#include "base/file.h"
#include "base/utf8.h"
#include "check.h"
#include "font/font.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const families[] = { "Source Serif 4", "Source Sans 3", "Times New Roman", "Noto Serif", "Noto Sans" };

static void letters(struct fontlib *lib)
{
    size_t n;
    const uint32_t *cps = font_vietnamese_letters(&n);
    CHECK(n == 134, "%zu letters", n);
    for (size_t i = 0; i < sizeof families / sizeof *families * 6; i++) {
        struct diag d = { 0 };
        int weight = (const int[]){ 400, 600, 700 }[i % 3];
        const struct font *f = fontlib_face(lib, families[i / 6], weight, i / 3 % 2, &d);
        CHECK(f != NULL, "%s %d", families[i / 6], weight);
        size_t have = 0, shaped_one = 0;
        for (size_t k = 0; f && k < n; k++) {
            char s[4];
            struct shaped sh;
            size_t len = utf8_encode(cps[k], s);
            have += font_has(f, cps[k]);
            shaped_one += font_shape(f, s, len, FONT_KERN, &sh, (struct at){ 0 }, &d) && sh.n == 1 && sh.advance > 0;
        }
        CHECK(have == n && shaped_one == n, "%s %d: %zu letters, %zu shaped to one glyph", families[i / 6], weight,
              have, shaped_one);
        CHECK(d.errors == 0, "%s", families[i / 6]);
        diag_clear(&d);
    }
}

static int64_t advance(const struct font *f, const char *text, unsigned features)
{
    struct diag d = { 0 };
    struct shaped s = { 0 };
    CHECK(font_shape(f, text, strlen(text), features, &s, (struct at){ 0 }, &d), "%s", text);
    diag_clear(&d);
    return s.advance;
}

static void shaping(struct fontlib *lib)
{
    struct diag d = { 0 };
    const struct font *f = fontlib_face(lib, "Liberation Serif", 400, false, &d);
    CHECK(advance(f, "AV", FONT_KERN) < advance(f, "AV", 0), "AV is kerned");
    CHECK(advance(f, "11", 0) == 2 * advance(f, "1", 0), "figures without kerning keep their width");
    CHECK(advance(f, "AV", 0) == font_advance(f, 36) + font_advance(f, 57), "A and V are glyphs 36 and 57");

    struct shaped one, two;
    font_shape(f, "tỉnh", strlen("tỉnh"), FONT_KERN, &one, (struct at){ 0 }, &d);
    char copy[] = "tỉnh và";
    font_shape(f, copy, strlen("tỉnh"), FONT_KERN, &two, (struct at){ 0 }, &d);
    CHECK(one.glyphs == two.glyphs && one.n == 4, "a word is shaped once");
    CHECK(one.glyphs[2].cluster == 4, "clusters are bytes: %u", one.glyphs[2].cluster);
    font_shape(f, copy, strlen("tỉnh"), 0, &two, (struct at){ 0 }, &d);
    CHECK(one.glyphs != two.glyphs, "other features are another word");
    for (int i = 0; i < 2000; i++) {
        char s[16];
        snprintf(s, sizeof s, "%d", i);
        advance(f, s, 0);
    }
    font_shape(f, "tỉnh", strlen("tỉnh"), FONT_KERN, &two, (struct at){ 0 }, &d);
    CHECK(one.glyphs == two.glyphs, "the table grows and words stay");
    /* A base with a mark that has no letter of its own. */
    CHECK(advance(f, "n\xCC\x83", FONT_KERN) > 0, "combining tilde");
    diag_clear(&d);
}

/* Noto Sans has no U+2265 and no U+25CB: the catalog names faces for signs, never for letters. */
static void signs(struct fontlib *lib)
{
    static const struct { const char *text; size_t len; const char *in; } pieces[] = {
        { "tỉnh ≥ 80", 7, "NotoSans-Regular" }, { "≥ 80", 3, "NotoSansMath-Regular" },
        { "○≥", 3, "NotoSansSymbols2-Regular" }, { "80 %", 4, "NotoSans-Regular" }, { "字", 3, "NotoSans-Regular" },
        { "“80”", 8, "NotoSans-Regular" },
    };
    struct diag d = { 0 };
    const struct font *f = fontlib_face(lib, "Noto Sans", 400, false, &d), *in;
    for (size_t i = 0; f && i < sizeof pieces / sizeof *pieces; i++) {
        size_t len = font_piece(f, pieces[i].text, strlen(pieces[i].text), &in);
        CHECK(len == pieces[i].len && strcmp(font_postscript_name(in), pieces[i].in) == 0, "\"%s\": %zu bytes in %s",
              pieces[i].text, len, font_postscript_name(in));
    }
    double whole = font_width(f, "a≥b", 10, FONT_KERN, (struct at){ 0 }, &d);
    CHECK(whole > font_width(f, "ab", 10, 0, (struct at){ 0 }, &d) + 3, "width %g", whole);
    CHECK(font_width(f, "字", 10, 0, (struct at){ 0 }, &d) < 0 && d.errors == 1, "an error is told");
    diag_clear(&d);
}

static const char *last(const struct diag *d)
{
    return d->n ? d->messages[d->n - 1].text : "";
}

static void faults(struct fontlib *lib)
{
    struct diag d = { 0 };
    struct shaped s;
    const struct font *f = fontlib_face(lib, "Noto Sans", 400, false, &d);
    struct at at = { .file = "a.xml", .line = 7 };
    CHECK(!font_shape(f, "ab字c", strlen("ab字c"), FONT_KERN, &s, at, &d), "no Chinese in Noto Sans");
    CHECK(strstr(last(&d), "U+5B57") && strstr(last(&d), "字") && strstr(last(&d), "NotoSans"), "%s", last(&d));
    CHECK(d.messages[d.n - 1].at.line == 7, "place");
    CHECK(!font_shape(f, "ab字c", strlen("ab字c"), FONT_KERN, &s, at, &d), "and no more the second time");
    CHECK(!font_shape(f, "a\xE1\xBB", 3, 0, &s, at, &d), "broken UTF-8");
    CHECK(!fontlib_face(lib, "Comic Sans", 400, false, &d) && strstr(last(&d), "Comic Sans"), "%s", last(&d));
    CHECK(!fontlib_face(lib, "Noto Sans", 900, false, &d) && strstr(last(&d), "900"), "%s", last(&d));
    CHECK(!fontlib_has_family(lib, "Comic Sans") && fontlib_has_family(lib, "Noto Sans"), "families");
    CHECK(fontlib_face(lib, "Noto Sans", 400, false, &d) == f, "a face is opened once");
    diag_clear(&d);
}

static void copy_file(const char *from, const char *to)
{
    struct diag d = { 0 };
    struct buf b = { 0 };
    CHECK(file_read(from, 0, &b, &d) && file_write(to, b.data, b.len, &d), "%s", to);
    buf_clear(&b);
    diag_clear(&d);
}

static void put(const char *path, const char *text)
{
    struct diag d = { 0 };
    CHECK(file_write(path, text, strlen(text), &d), "%s", path);
    diag_clear(&d);
}

/* A folder of a user: a catalog with a missing first candidate, a font of the
 * user's own, one that is none, one of a catalogued family that lacks faces. */
static void users_folder(void)
{
    char dir[] = "/tmp/test_font.XXXXXX", path[64];
    CHECK(mkdtemp(dir) != NULL, "%s", dir);
    static const char *const names[] = { "families.tsv", "mine.ttf", "broken.ttf" };
    char file[3][64];
    for (int i = 0; i < 3; i++)
        snprintf(file[i], sizeof file[i], "%s/%s", dir, names[i]);
    put(file[0], "family\tcandidate\tweight\tslant\tfile\n"
                 "Card\tLost\t400\tupright\tlost.ttf\n"
                 "Card\tNoto Sans\t400\tupright\t/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf\n"
                 "Noto Serif\tNoto Serif\t400\tupright\t/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf\n"
                 "Noto Serif\tNoto Serif\t400\titalic\t/usr/share/fonts/truetype/noto/NotoSerif-Italic.ttf\n"
                 "Gone\tGone\t400\tupright\tgone.ttf\n");
    copy_file("/usr/share/fonts/truetype/noto/NotoSans-Bold.ttf", file[1]);
    put(file[2], "no font");
    struct diag d = { 0 };
    struct fontlib *lib = fontlib_open(dir, &d);
    CHECK(lib && d.warnings == 1 && strstr(last(&d), "passed over"), "%s", last(&d));
    if (!lib)
        return;
    const struct font *f = fontlib_face(lib, "Card", 400, false, &d);
    CHECK(f && strcmp(font_postscript_name(f), "NotoSans-Regular") == 0, "the next candidate serves");
    CHECK(d.warnings == 2 && strstr(last(&d), "set in Noto Sans"), "%s", last(&d));
    CHECK(fontlib_face(lib, "Card", 400, false, &d) == f && d.warnings == 2, "one warning a run");
    f = fontlib_face(lib, "Noto Sans", 700, false, &d);
    CHECK(f && strcmp(font_file(f), file[1]) == 0, "the user's file under its own name");
    CHECK(!fontlib_face(lib, "Noto Sans", 400, false, &d), "bold is not given out as regular");
    CHECK(!fontlib_face(lib, "Gone", 400, false, &d) && strstr(d.messages[d.n - 1].expected, "gone.ttf"), "%s",
          d.messages[d.n - 1].expected);
    fontlib_close(lib);
    put(file[0], "Card\tNoto Sans\t400\tfat\tx.ttf\n");
    CHECK(!fontlib_open(dir, &d) && d.messages[d.n - 1].at.line == 1, "%s", last(&d));
    for (int i = 0; i < 3; i++)
        unlink(file[i]);
    CHECK(!fontlib_open(dir, &d), "no families.tsv");
    snprintf(path, sizeof path, "%s", dir);
    CHECK(rmdir(path) == 0, "nothing is left in %s", dir);
    diag_clear(&d);
}

static void put32(char *at, size_t v)
{
    for (int i = 0; i < 4; i++)
        at[i] = (char)(v >> (24 - 8 * i) & 255);
}

static size_t get32(const char *at)
{
    size_t v = 0;
    for (int i = 0; i < 4; i++)
        v = v << 8 | (unsigned char)at[i];
    return v;
}

/* Appends a font file to a collection: its tables move with it. */
static void join(struct buf *collection, int face, const char *path)
{
    struct buf b = { 0 };
    struct diag d = { 0 };
    CHECK(file_read(path, 0, &b, &d), "%s", path);
    size_t at = collection->len, tables = b.len > 12 ? (size_t)(unsigned char)b.data[4] << 8 | (unsigned char)b.data[5] : 0;
    for (size_t i = 0; i < tables; i++)
        put32(b.data + 12 + 16 * i + 8, get32(b.data + 12 + 16 * i + 8) + at);
    buf_add(collection, b.data, b.len);
    put32(collection->data + 12 + 4 * face, at);
    while (collection->len % 4)
        buf_char(collection, '\0');
    buf_clear(&b);
    diag_clear(&d);
}

/* A collection of two faces, and a face whose forms for Romanian are said to be for Vietnamese: `locl` is on. */
static void kinds_of_files(void)
{
    char dir[] = "/tmp/test_font.XXXXXX", file[3][64];
    static const char *const names[] = { "families.tsv", "two.ttc", "local.ttf" };
    static const char regular[] = "/usr/share/fonts/truetype/noto/NotoSerif-Regular.ttf", bold[] = "/usr/share/fonts/truetype/noto/NotoSerif-Bold.ttf",
                      local[] = "/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf";
    struct diag d = { 0 };
    struct buf b = { 0 };
    CHECK(mkdtemp(dir) != NULL, "%s", dir);
    for (int i = 0; i < 3; i++)
        snprintf(file[i], sizeof file[i], "%s/%s", dir, names[i]);
    put(file[0], "family\tcandidate\tweight\tslant\tfile\n");
    buf_add(&b, "ttcf\0\1\0\0\0\0\0\2\0\0\0\0\0\0\0\0", 20);
    join(&b, 0, regular);
    join(&b, 1, bold);
    CHECK(file_write(file[1], b.data, b.len, &d), "%s", file[1]);
    buf_reset(&b);
    CHECK(file_read(local, 0, &b, &d), "%s", local);
    size_t patched = 0;
    for (size_t i = 0; i + 4 < b.len; i++)
        if (memcmp(b.data + i, "ROM ", 4) == 0) {
            memcpy(b.data + i, "VIT ", 4);
            patched++;
        }
    CHECK(patched > 0 && file_write(file[2], b.data, b.len, &d), "%s", file[2]);
    struct fontlib *lib = fontlib_open(dir, &d);
    const struct font *one = lib ? fontlib_face(lib, "Noto Serif", 400, false, &d) : NULL,
                      *two = lib ? fontlib_face(lib, "Noto Serif", 700, false, &d) : NULL,
                      *viet = lib ? fontlib_face(lib, "Noto Sans", 400, false, &d) : NULL;
    CHECK(one && two && viet, "%s", last(&d));
    if (one && two && viet) {
        struct shaped s, t;
        CHECK(advance(one, "Tỉnh Lào Cai", 0) < advance(two, "Tỉnh Lào Cai", 0), "two faces of one file");
        CHECK(font_shape(viet, "ş", 2, 0, &s, (struct at){ 0 }, &d) && font_shape(viet, "ș", 2, 0, &t, (struct at){ 0 }, &d) &&
              s.glyphs[0].gid == t.glyphs[0].gid, "the local form");
    }
    fontlib_close(lib);
    for (int i = 0; i < 3; i++)
        unlink(file[i]);
    CHECK(rmdir(dir) == 0, "nothing is left in %s", dir);
    buf_clear(&b);
    diag_clear(&d);
}

/* A feature that a face has not is told once; small caps that it has change the word. */
static void features(struct fontlib *lib)
{
    struct diag d = { 0 };
    const struct font *noto = fontlib_face(lib, "Noto Sans", 400, false, &d), *times = fontlib_face(lib, "Liberation Serif", 400, false, &d);
    CHECK(noto && times, "%s", last(&d));
    if (!noto || !times)
        return;
    font_check_features(noto, FONT_SMCP | FONT_ONUM | FONT_KERN, (struct at){ 0 }, &d);
    CHECK(d.n == 0, "Noto Sans has them: %s", last(&d));
    CHECK(advance(noto, "tỉnh", FONT_SMCP) != advance(noto, "tỉnh", 0), "small caps");
    CHECK(advance(noto, "1", FONT_PNUM) < advance(noto, "1", 0), "proportional figures");
    font_check_features(times, FONT_SMCP, (struct at){ 0 }, &d);
    font_check_features(times, FONT_SMCP | FONT_TNUM, (struct at){ 0 }, &d);
    CHECK(d.warnings == 1 && strstr(last(&d), "LiberationSerif") && strstr(last(&d), "smcp"), "%zu: %s", d.warnings, last(&d));
    diag_clear(&d);
}

int main(void)
{
    struct diag d = { 0 };
    struct fontlib *lib = fontlib_open("fonts", &d);
    CHECK(lib != NULL, "fonts");
    if (lib) {
        letters(lib);
        shaping(lib);
        signs(lib);
        faults(lib);
        features(lib);
        fontlib_trim(lib);
    }
    fontlib_close(lib);
    fontlib_close(NULL);
    users_folder();
    kinds_of_files();
    diag_print(&d, stderr, 0);
    diag_clear(&d);
    return CHECK_DONE();
}
