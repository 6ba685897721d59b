/* The pages of each element of the language and of each chart, as text: tests/golden/element/NAME.xml is a
 * small layout, NAME.txt what it makes of chung/the.xml.  They name their fonts, so that no other is taken
 * where the cards' own are missing.  `make golden` takes what is made now: read the difference first.
 * With PICTURES=DIR the pages are written as DIR/NAME-N.png, to be looked at. */
#include "golden.h"
#include "layout/layout.h"
#include "layout/vocab.h"
#include "page/png.h"
#include "typeset/typeset.h"

#include <glob.h>
#include <libxml/parser.h>

#define FOLDER "tests/golden/element/"

/* "12.35" outside quotes becomes "12.3" or "12.4": a font's next version may move a hundredth. */
static void rounded(const struct buf *dump, struct buf *out)
{
    bool quoted = false;
    for (const char *p = dump->data; p && *p;) {
        size_t whole = strspn(p, "0123456789"), part = whole && p[whole] == '.' ? strspn(p + whole + 1, "0123456789") : 0;
        if (*p == '"' && p[-1] != '\\')
            quoted = !quoted;
        if (quoted || !part) {
            buf_add(out, p, whole ? whole : 1);
            p += whole ? whole : 1;
            continue;
        }
        buf_number(out, strtod(p, NULL), 1);
        p += whole + 1 + part;
    }
}

static void pictures(const char *name, const struct pages *pages, struct diag *d)
{
    const char *folder = getenv("PICTURES");
    for (size_t i = 0; folder && i < pages->n; i++) {
        struct buf png = { 0 }, path = { 0 };
        buf_printf(&path, "%s/%s-%zu.png", folder, name, i + 1);
        if (page_png(pages, i, 100, &png, d))
            file_write(path.data, png.data, png.len, d);
        buf_clear(&png);
        buf_clear(&path);
    }
}

static void one(const char *name, xmlDocPtr card, struct fontlib *fonts)
{
    struct diag d = { 0 };
    struct arena a = { 0 };
    struct pages pages;
    struct buf layout = { 0 }, text = { 0 }, dump = { 0 }, got = { 0 };
    buf_printf(&layout, FOLDER "%s.xml", name);
    buf_printf(&text, FOLDER "%s.txt", name);
    struct layout *l = layout_open(layout.data, NULL, 0, fonts, &d);
    struct box_document *doc = l ? layout_bind(l, card, fonts, &a, &d) : NULL;
    bool made = doc && typeset(doc, fonts, &a, &pages, &d);
    CHECK(made && !d.errors && !d.warnings, "%s", layout.data);
    diag_print(&d, stderr, 0);
    if (made) {
        pages_dump(&pages, &dump);
        rounded(&dump, &got);
        golden_compare(text.data, &got);
        pictures(name, &pages, &d);
    }
    layout_close(l);
    buf_clear(&layout);
    buf_clear(&text);
    buf_clear(&dump);
    buf_clear(&got);
    arena_clear(&a);
    diag_clear(&d);
}

static bool has(const glob_t *all, const char *name)
{
    for (size_t i = 0; i < all->gl_pathc; i++) {
        const char *file = all->gl_pathv[i] + strlen(FOLDER);
        if (strncmp(file, name, strlen(name)) == 0 && strcmp(file + strlen(name), ".xml") == 0)
            return true;
    }
    return false;
}

/* A word of the language without a golden is a word that no test looks at. */
static void complete(const glob_t *all)
{
    size_t n;
    const struct element_def *words = vocab_elements(&n);
    for (size_t i = 0; i < n; i++)
        CHECK(has(all, words[i].id == E_TABLE_HEADER ? "table-header" : words[i].name), "no golden of <%s>", words[i].name);
    const struct attr_def *type = vocab_attr(vocab_element(E_CHART), "type");
    for (const char *p = type->values; *p;) {
        size_t len = strcspn(p, "|");
        char name[64];
        snprintf(name, sizeof name, "chart-%.*s", (int)len, p);
        CHECK(has(all, name), "no golden of the %s", name);
        p += len + (p[len] == '|');
    }
}

int main(void)
{
    struct diag d = { 0 };
    glob_t all = { 0 };
    struct fontlib *fonts = fontlib_open("fonts", &d);
    xmlDocPtr card = xmlReadFile(FOLDER "chung/the.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOBLANKS);
    glob(FOLDER "*.xml", 0, NULL, &all);
    CHECK(fonts && card, "fonts and card");
    complete(&all);
    for (size_t i = 0; fonts && card && i < all.gl_pathc; i++) {
        char name[64];
        const char *file = all.gl_pathv[i] + strlen(FOLDER);
        snprintf(name, sizeof name, "%.*s", (int)(strlen(file) - 4), file);
        one(name, card, fonts);
    }
    globfree(&all);
    xmlFreeDoc(card);
    fontlib_close(fonts);
    xmlCleanupParser();
    diag_clear(&d);
    return CHECK_DONE();
}
