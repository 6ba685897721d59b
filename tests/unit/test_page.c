/* Pages: the structure tree, putting marks, the dump, and the SVG read back by another parser, the PNG's pixels. */
#include "base/buf.h"
#include "check.h"
#include "page/page.h"
#include "page/png.h"
#include "page/svg.h"

#include <libxml/parser.h>
#include <math.h>
#include <png.h>
#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <string.h>

static const struct color blue = { 0x17, 0x40, 0x6D };

static void tree(void)
{
    struct arena a = { 0 };
    struct pages p;
    pages_init(&p, &a);
    struct node *table = node_new(&p, NULL, NODE_TABLE), *row = node_new(&p, table, NODE_TR);
    struct node *head = node_new(&p, row, NODE_TH), *cell = node_new(&p, row, NODE_TD);
    CHECK(p.root->first == table && table->parent == p.root, "the root's child");
    CHECK(row->first == head && head->next == cell && row->last == cell && !cell->next, "in order of making");
    CHECK(cell->number == 4 && p.n_nodes == 5, "numbered %u of %u", (unsigned)cell->number, (unsigned)p.n_nodes);
    for (int r = NODE_DOCUMENT; r <= NODE_BIBENTRY; r++)
        CHECK(*node_role_name((enum node_role)r), "role %d has a name", r);
    arena_clear(&a);
}

static void fill(struct pages *p, struct arena *a, const struct font *font, struct diag *d)
{
    static const struct image image = { .path = "huy-hieu.png", .data = (const unsigned char *)"\x89PNG", .len = 4,
                                        .png = true, .width = 1, .height = 1 };
    struct marks m = { 0 };
    pages_init(p, a);
    p->title = "Phiếu điểm <Lào Cai>";
    struct page *page = pages_add(p, 200, 100);
    struct node *h1 = node_new(p, NULL, NODE_H1), *figure = node_new(p, NULL, NODE_FIGURE);
    figure->alt = "Biểu đồ \"thanh\" & số";
    figure->page = 0;
    figure->bbox[2] = figure->bbox[3] = 50;
    h1->id = "dau";
    CHECK(marks_text(&m, a, h1, font, 10, blue, FONT_KERN, 0, 10, "Tỉnh & <ế>", (struct at){ 0 }, d) > 30, "shaped");
    CHECK(marks_text(&m, a, h1, font, 10, blue, 0, 0, 10, "", (struct at){ 0 }, d) == 0, "nothing to shape");
    marks_rect(&m, a, figure, 0, 20, 10, 5, blue);
    marks_circle(&m, a, figure, 20, 30, 4, &blue, &blue, 1);
    marks_line(&m, a, NULL, 0, 40, 50, 40, 0.3, blue);
    m.items[m.n - 1].u.path.dash[0] = m.items[m.n - 1].u.path.dash[1] = 1;
    page_put(p, page, &m, 7, 3);
    struct mark *picture = page_mark(p, page, MARK_IMAGE, figure);
    picture->u.image.image = &image;
    picture->u.image.w = picture->u.image.h = 12;
    struct mark *covers = page_mark(p, page, MARK_IMAGE, figure);
    covers->u.image = picture->u.image;
    covers->u.image.x = 50;
    covers->u.image.cut[0] = 0.5; /* of its 24 pt of width the 12 in the middle are seen */
    *ARENA_PUSH(a, page->links, page->n_links, page->cap_links) =
        (struct link){ 1, 2, 3, 4, h1, "#dau", "tới \"đầu\"" };
    *ARENA_PUSH(a, p->anchors, p->n_anchors, p->cap_anchors) = (struct anchor){ "dau", 0, 7, 3 };
    *ARENA_PUSH(a, p->bookmarks, p->n_bookmarks, p->cap_bookmarks) = (struct bookmark){ 1, "Lào Cai", 0, 3 };
}

static void dump(const struct font *font, struct diag *d)
{
    static const char *const lines[] = {
        "page 0 200 100\n", "  text @1 7 13 ", "\"Tỉnh & <ế>\"\n", "  path @2 fill#17406D M 7 23 L 17 23 L 17 28 L 7 28 Z\n",
        "  path artifact stroke#17406D 0.3 dash 1 1 M 7 43 L 57 43\n", "  image @2 0 0 12 12 \"huy-hieu.png\"\n",
        "  image @2 50 0 12 12 cut 0.5 0 \"huy-hieu.png\"\n",
        "  link @1 1 2 3 4 to=\"#dau\" contents=\"tới \\\"đầu\\\"\"\n", "Document @0\n", "  H1 @1 id=\"dau\"\n",
        "  Figure @2 alt=\"Biểu đồ \\\"thanh\\\" & số\" page=0 bbox 0 0 50 50\n", "anchor 0 7 3 \"dau\"\n",
        "bookmark 1 page 0 3 \"Lào Cai\"\n",
    };
    struct arena a = { 0 };
    struct pages p;
    struct buf b = { 0 };
    fill(&p, &a, font, d);
    pages_dump(&p, &b);
    const char *at = b.data;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        const char *found = strstr(at, lines[i]);
        CHECK(found, "\"%s\" is in the dump, in its place:\n%s", lines[i], at);
        at = found ? found + 1 : at;
    }
    buf_clear(&b);
    arena_clear(&a);
}

static double count(xmlXPathContext *x, const char *path)
{
    xmlXPathObject *o = xmlXPathEval((const xmlChar *)path, x);
    double n = o ? xmlXPathCastToNumber(o) : -1;
    xmlXPathFreeObject(o);
    return n;
}

static void svg(const struct font *font, struct diag *d)
{
    static const struct { const char *path; double want; } cases[] = {
        { "string(/s:svg/s:title)='Phiếu điểm <Lào Cai>'", 1 },
        { "count(//s:use)", 10 },                               /* "Tỉnh & <ế>", spaces too */
        { "count(//s:use[not(substring(@xlink:href,2)=//s:path/@id)])", 0 },
        { "count(//s:path[@id=preceding::s:path/@id])", 0 },    /* each outline once */
        { "count(//s:g[@role='img'][@aria-label='Biểu đồ \"thanh\" & số'])", 2 },
        { "count(//s:text[.='Tỉnh & <ế>'])", 1 },
        { "string(//s:image/@xlink:href)='data:image/png;base64,iVBORw=='", 1 },
        { "count(//s:svg[@x=50][@width=12]/s:image[@x=-6][@width=24][@height=12])", 1 },
        { "count(//s:a[@xlink:href='#dau'])", 1 },
        { "count(//s:g[@id='dau'])", 1 },
        { "count(//s:path[@stroke-dasharray='1 1'])", 1 },
    };
    struct arena a = { 0 };
    struct pages p;
    struct buf b = { 0 };
    fill(&p, &a, font, d);
    CHECK(page_svg(&p, 0, &b, d), "drawn");
    xmlDoc *doc = xmlReadMemory(b.data, (int)b.len, "page.svg", NULL, XML_PARSE_NONET);
    CHECK(doc, "well-formed");
    xmlXPathContext *x = xmlXPathNewContext(doc);
    xmlXPathRegisterNs(x, (const xmlChar *)"s", (const xmlChar *)"http://www.w3.org/2000/svg");
    xmlXPathRegisterNs(x, (const xmlChar *)"xlink", (const xmlChar *)"http://www.w3.org/1999/xlink");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double n = count(x, cases[i].path);
        CHECK(n == cases[i].want, "%s is %g", cases[i].path, n);
    }
    CHECK(d->errors == 0 && !page_svg(&p, 1, &b, d) && d->errors == 1, "no such page is an error");
    xmlXPathFreeContext(x);
    xmlFreeDoc(doc);
    buf_clear(&b);
    arena_clear(&a);
}

/* Decodes the picture; 0 if it is none. */
static unsigned read_png(const struct buf *b, unsigned char rgb[20000][3], unsigned *w)
{
    png_image png = { .version = PNG_IMAGE_VERSION };
    if (!png_image_begin_read_from_memory(&png, b->data, b->len))
        return 0;
    png.format = PNG_FORMAT_RGB;
    *w = png.width;
    if (png.width * png.height > 20000 || !png_image_finish_read(&png, NULL, rgb, 0, NULL))
        return 0;
    return png.height;
}

static void pixels(const struct font *font, struct diag *d)
{
    static const struct { unsigned x, y; struct color want; const char *what; } cases[] = {
        { 10, 25, { 0x17, 0x40, 0x6D }, "in the rectangle" }, { 8, 27, { 0x17, 0x40, 0x6D }, "its corner" },
        { 100, 80, { 255, 255, 255 }, "the paper" }, { 27, 33, { 0x17, 0x40, 0x6D }, "in the circle" },
        { 19, 25, { 255, 255, 255 }, "right of the rectangle" },
        { 5, 5, { 0xD9, 0xD9, 0xD9 }, "a picture that cannot be read" },
    };
    static unsigned char rgb[20000][3];
    struct arena a = { 0 };
    struct pages p;
    struct buf b = { 0 }, again = { 0 };
    unsigned w = 0, inked = 0;
    fill(&p, &a, font, d);
    CHECK(page_png(&p, 0, 72, &b, d) && page_png(&p, 0, 72, &again, d), "drawn");
    CHECK(b.len == again.len && memcmp(b.data, again.data, b.len) == 0, "same page, same bytes");
    CHECK(read_png(&b, rgb, &w) == 100 && w == 200, "%u wide", w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const unsigned char *c = rgb[cases[i].y * w + cases[i].x];
        CHECK(c[0] == cases[i].want.r && c[1] == cases[i].want.g && c[2] == cases[i].want.b, "%s: %02X%02X%02X",
              cases[i].what, c[0], c[1], c[2]);
    }
    for (unsigned y = 3; y < 16; y++)
        for (unsigned x = 14; x < 60; x++)
            inked += rgb[y * w + x][0] < 200;
    CHECK(inked > 40, "%u pixels of text", inked);
    size_t errors = d->errors;
    CHECK(!page_png(&p, 0, 1e9, &b, d) && !page_png(&p, 0, NAN, &b, d) && !page_png(&p, 9, 72, &b, d) &&
          d->errors == errors + 3, "what cannot be drawn is an error");
    buf_clear(&b);
    buf_clear(&again);
    arena_clear(&a);
}

int main(void)
{
    struct diag d = { 0 };
    struct fontlib *lib = fontlib_open("fonts", &d);
    const struct font *font = lib ? fontlib_face(lib, "Noto Sans", 400, false, &d) : NULL;
    CHECK(font, "Noto Sans is there");
    tree();
    if (font) {
        dump(font, &d);
        svg(font, &d);
        pixels(font, &d);
    }
    diag_clear(&d);
    fontlib_close(lib);
    xmlCleanupParser();
    return CHECK_DONE();
}
