/* A tagged card of two pages and six faces, made from a display list by hand.
 * `test_pdf --write FILE` leaves it for other judges (tests/pdf.test,
 * `make conformance`), `--time N` makes it N times. */
#include "base/file.h"
#include "base/utf8.h"
#include "check.h"
#include "pdf/objects.h"
#include "pdf/pdf.h"
#include "pdf/reader.h"
#include "pdf/subset.h"
#include "pictures.h"

#include <hb.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct color ink = { 20, 20, 20 }, accent = { 0, 84, 147 }, pale = { 230, 236, 242 };

struct sheet {                   /* what the sample draws with */
    struct pages pages;
    struct arena arena;
    struct fontlib *lib;
    struct diag *d;
    size_t page;
    double y;
};

static const struct font *face(struct sheet *s, const char *family, int weight, bool italic)
{
    return fontlib_face(s->lib, family, weight, italic, s->d);
}

static double say(struct sheet *s, struct node *n, const struct font *f, double size, double x, unsigned features,
                  const char *text)
{
    struct marks m = { 0 };
    double w = marks_text(&m, &s->arena, n, f, size, ink, FONT_KERN | features, 0, 0, text, (struct at){ 0 }, s->d);
    page_put(&s->pages, &s->pages.items[s->page], &m, x, s->y);
    return w;
}

static void next_page(struct sheet *s, const char *label)
{
    struct page *p = pages_add(&s->pages, 595.28, 841.89);
    struct marks m = { 0 };
    p->label = label;
    s->page = s->pages.n - 1;
    s->y = 30;
    say(s, NULL, face(s, "Source Sans 3", 400, false), 8, 500, FONT_TNUM, label); /* running head: an artifact */
    marks_line(&m, &s->arena, NULL, 57, 36, 538, 36, 0.5, accent);
    page_put(&s->pages, p, &m, 0, 0);
    s->y = 70;
}

static void heading(struct sheet *s, enum node_role role, const char *text)
{
    struct node *n = node_new(&s->pages, NULL, role);
    say(s, n, face(s, "Source Sans 3", role == NODE_H1 ? 700 : 600, false), role == NODE_H1 ? 18 : 12, 57, 0, text);
    *ARENA_PUSH(&s->arena, s->pages.bookmarks, s->pages.n_bookmarks, s->pages.cap_bookmarks) =
        (struct bookmark){ role == NODE_H1 ? 1 : 2, text, (int)s->page, s->y - 18 };
    s->y += 22;
}

static const char *const prose[] = {
    "Tỉnh Lào Cai đứng thứ nhất cả nước về chỉ số hài lòng (SIPAS) năm 2024 với 90,26 điểm; ",
    "tỷ lệ hồ sơ trực tuyến đạt trên 97,4 %, vượt mục tiêu 80 % của Chính phủ. Ủy ban nhân dân ",
    "tỉnh đã cắt giảm 1.929 thủ tục, phân cấp 128 thủ tục và đưa 412 dịch vụ công toàn trình ",
    "lên Cổng Dịch vụ công quốc gia; ngưỡng, phưởng, quyệt, nghiễm, ruộng, giữa, hoẵng, khuỷu. ",
};

/* A paragraph with an abbreviation, a link to a note and its lines stretched. */
static void paragraph(struct sheet *s, int lines)
{
    struct node *p = node_new(&s->pages, NULL, NODE_P);
    const struct font *f = face(s, "Source Serif 4", 400, false);
    for (int i = 0; i < lines; i++) {
        say(s, p, f, 10, 57, 0, prose[i % 4]);
        struct page *page = &s->pages.items[s->page];
        page->marks[page->n_marks - 1].u.glyphs.word_space = 0.6;
        s->y += 14;
    }
    double x = 57 + say(s, p, f, 10, 57, 0, "Theo ");
    struct node *abbreviation = node_new(&s->pages, p, NODE_SPAN);
    abbreviation->expansion = "thủ tục hành chính";
    x += say(s, abbreviation, face(s, "Source Serif 4", 400, true), 10, x, 0, "TTHC");
    struct node *link = node_new(&s->pages, p, NODE_REFERENCE);
    double w = say(s, link, f, 6, x, FONT_SUPS, "1");
    struct page *page = &s->pages.items[s->page];
    *ARENA_PUSH(&s->arena, page->links, page->n_links, page->cap_links) =
        (struct link){ x, s->y - 8, x + w, s->y, link, "#source-1", "Nguồn số 1" };
    say(s, p, f, 10, x + w, 0, " đã nói.");
    s->y += 22;
}

static struct node *cell(struct sheet *s, struct node *row, enum node_role role, const char *text, double x)
{
    struct node *n = node_new(&s->pages, row, role);
    bool head = role == NODE_TH;
    say(s, n, face(s, "Source Sans 3", head ? 600 : 400, false), 8.5, x, FONT_TNUM, text);
    return n;
}

static void table(struct sheet *s, int rows)
{
    static const char *const heads[] = { "Chỉ tiêu", "Năm 2023", "Năm 2024", "Mục tiêu", "Xếp hạng" };
    static const char *const names[] = { "Hồ sơ trực tuyến", "Hồ sơ đúng hạn", "Số hóa kết quả", "Thanh toán", "PAR INDEX",
                                         "SIPAS" };
    struct node *t = node_new(&s->pages, NULL, NODE_TABLE);
    struct node *head = node_new(&s->pages, node_new(&s->pages, t, NODE_THEAD), NODE_TR);
    struct node *body = node_new(&s->pages, t, NODE_TBODY);
    for (int k = 0; k < 5; k++)
        cell(s, head, NODE_TH, heads[k], 57 + 95 * k)->scope = SCOPE_COLUMN;
    s->y += 14;
    for (int i = 0; i < rows; i++, s->y += 13) {
        struct node *row = node_new(&s->pages, body, NODE_TR);
        struct marks m = { 0 };
        if (i % 2)
            marks_rect(&m, &s->arena, NULL, 55, s->y - 9, 485, 13, pale);
        page_put(&s->pages, &s->pages.items[s->page], &m, 0, 0);
        cell(s, row, NODE_TH, names[i % 6], 57)->scope = SCOPE_ROW;
        for (int k = 1; k < 5; k++)
            cell(s, row, NODE_TD, arena_printf(&s->arena, "%d,%02d", 100 - i - k, (i * 37 + k * 11) % 100), 57 + 95 * k);
    }
    s->y += 12;
}

static void figure(struct sheet *s)
{
    struct node *n = node_new(&s->pages, NULL, NODE_FIGURE);
    struct marks m = { 0 };
    n->alt = "Biểu đồ cột: bốn quý của năm 2024, từ 71,2 đến 97,4 phần trăm.";
    n->page = (int)s->page;
    memcpy(n->bbox, (double[]){ 57, s->y - 10, 297, s->y + 80 }, sizeof n->bbox);
    for (int i = 0; i < 24; i++)
        marks_rect(&m, &s->arena, n, 10.0 * i, 60 - 2 * i, 7, 2 * i + 3, accent);
    for (int i = 0; i < 8; i++)
        marks_circle(&m, &s->arena, n, 15 + 30 * i, 50 - 5 * i, 2, &pale, &ink, 0.75);
    marks_text(&m, &s->arena, n, face(s, "Source Sans 3", 400, true), 7, ink, 0, 0, 72, "Quý I đến quý IV", (struct at){ 0 },
               s->d);
    page_put(&s->pages, &s->pages.items[s->page], &m, 57, s->y);
    s->y += 100;
}

static const struct image png = { "logo.png", png_rgba, sizeof png_rgba, true, 4, 4 };
static const struct image jpeg = { "photo.jpg", jpeg_gray, sizeof jpeg_gray, false, 6, 8 };
static const struct image cmyk = { "print.jpg", jpeg_cmyk, sizeof jpeg_cmyk, false, 3, 4 };

static void picture(struct sheet *s, const struct image *image, double x)
{
    struct node *n = node_new(&s->pages, NULL, NODE_FIGURE);
    n->alt = "Huy hiệu của tỉnh";
    struct mark *m = page_mark(&s->pages, &s->pages.items[s->page], MARK_IMAGE, n);
    m->u.image.image = image;
    m->u.image.x = x;
    m->u.image.y = s->y;
    m->u.image.w = m->u.image.h = 24;
}

static void sources(struct sheet *s)
{
    struct node *list = node_new(&s->pages, NULL, NODE_L);
    for (int i = 1; i <= 6; i++) {
        struct node *item = node_new(&s->pages, list, NODE_LI);
        const struct font *f = face(s, "Source Serif 4", 400, false);
        char *id = arena_printf(&s->arena, "source-%d", i);
        *ARENA_PUSH(&s->arena, s->pages.anchors, s->pages.n_anchors, s->pages.cap_anchors) =
            (struct anchor){ id, (int)s->page, 57, s->y - 8 };
        say(s, node_new(&s->pages, item, NODE_LBL), f, 8, 57, 0, arena_printf(&s->arena, "%d. ", i));
        struct node *body = node_new(&s->pages, item, NODE_LBODY);
        double w = say(s, body, f, 8, 70, 0, "Báo cáo số 123/BC-UBND ngày 15/7/2024 (trang 3): ");
        struct node *link = node_new(&s->pages, body, NODE_LINK);
        double lw = say(s, link, face(s, "Source Serif 4", 600, false), 8, 70 + w, 0, "laocai.gov.vn");
        struct page *page = &s->pages.items[s->page];
        *ARENA_PUSH(&s->arena, page->links, page->n_links, page->cap_links) =
            (struct link){ 70 + w, s->y - 7, 70 + w + lw, s->y + 2, link, "https://laocai.gov.vn/báo cáo?a=(1)",
                           "Báo cáo của tỉnh Lào Cai" };
        s->y += 11;
    }
    struct node *note = node_new(&s->pages, NULL, NODE_NOTE);
    say(s, note, face(s, "Source Serif 4", 400, false), 8, 57, 0, "Ghi chú: số liệu do địa phương cung cấp.");
}

static void draw(struct sheet *s)
{
    pages_init(&s->pages, &s->arena);
    s->pages.title = "Phiếu điểm tỉnh Lào Cai";
    next_page(s, "1");
    heading(s, NODE_H1, "Phiếu điểm cải cách hành chính: Lào Cai");
    paragraph(s, 8);
    heading(s, NODE_H2, "Kết quả");
    table(s, 24);
    figure(s);
    next_page(s, "2");
    heading(s, NODE_H2, "Nhận xét");
    for (int i = 0; i < 4; i++)
        paragraph(s, 6);
    /* No letter of its own in Unicode: two glyphs that show one x with a bar. */
    say(s, node_new(&s->pages, NULL, NODE_P), face(s, "Source Serif 4", 400, false), 10, 57, 0,
        "Trung bình x\xCC\x84 = 87,5");
    s->y += 20;
    picture(s, &png, 57);
    picture(s, &jpeg, 100);
    s->y += 50;
    heading(s, NODE_H2, "Nguồn");
    sources(s);
}

static const char data_xml[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<card place=\"lao-cai\"><fact value=\"97.4\"/></card>\n";

static bool make(struct fontlib *lib, struct buf *out, int copies, struct diag *d)
{
    struct attachment file = { "card.xml", "Số liệu của phiếu", "application/xml", "Data", data_xml, sizeof data_xml - 1 };
    struct pdf_info info = { .title = "Phiếu điểm tỉnh Lào Cai <2024> & \"nguồn\"", .subject = "Cải cách hành chính",
                             .keywords = "TTHC, SIPAS", .author = "Văn phòng", .lang = "vi-VN", .date = "2024-07-15",
                             .producer = "phieudiem test", .attachments = &file, .n_attachments = 1,
                             .record = { "UBND tỉnh Lào Cai", "123/BC-UBND", "2025-01-20", "2024", "lao-cai", "10" } };
    struct sheet s = { .lib = lib, .d = d };
    draw(&s);
    struct pdf *pdf = pdf_open(d);
    bool done = pdf != NULL;
    for (int i = 0; i < copies && done; i++)
        done = pdf_add(pdf, &s.pages, d);
    done = done && pdf_finish(pdf, &info, out, d);
    pdf_close(pdf);
    arena_clear(&s.arena);
    return done;
}

static void measure(struct fontlib *lib, int n, struct diag *d)
{
    struct buf out = { 0 };
    struct timespec a, b;
    struct sheet s = { .lib = lib, .d = d };
    struct pdf_info info = { .title = "x", .lang = "vi-VN", .producer = "p" };
    draw(&s);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    for (int i = 0; i < n; i++) {
        struct pdf *pdf = pdf_open(d);
        pdf_add(pdf, &s.pages, d);
        pdf_finish(pdf, &info, &out, d);
        pdf_close(pdf);
    }
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    fprintf(stderr, "%.3f ms, %zu bytes\n",
            ((double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6) / n, out.len);
    buf_clear(&out);
    arena_clear(&s.arena);
}

static void test_bytes(struct fontlib *lib)
{
    struct buf a = { 0 }, b = { 0 }, book = { 0 };
    struct diag d = { 0 }, fonts = { 0 };
    CHECK(make(lib, &a, 1, &fonts), "a card is made"); /* told once: a family that only has its next candidate */
    CHECK(make(lib, &a, 1, &d) && make(lib, &b, 1, &d), "a card is made");
    CHECK(make(lib, &book, 3, &d), "a book is made");
    diag_print(&d, stderr, 0);
    CHECK(a.len == b.len && a.len && memcmp(a.data, b.data, a.len) == 0, "same pages, same bytes");
    CHECK(a.len < 60000, "%zu bytes", a.len);
    CHECK(book.len > a.len && book.len < 2 * a.len, "three cards in %zu bytes: fonts are shared", book.len);
    CHECK(d.errors == 0 && d.warnings == 0, "%zu errors", d.errors);
    diag_clear(&d);
    diag_clear(&fonts);
    buf_clear(&a);
    buf_clear(&b);
    buf_clear(&book);
}

/* ---- the subset writer ---- */

struct outline { uint64_t hash; };

static void mix(struct outline *o, float x, float y)
{
    int32_t v[2] = { (int32_t)(x * 64), (int32_t)(y * 64) };
    for (int i = 0; i < 2; i++)
        o->hash = (o->hash ^ (uint32_t)v[i]) * 0x100000001B3;
}

static void on_move(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float x, float y, void *user)
{
    (void)f, (void)st, (void)user;
    mix(data, x, y);
}

static void on_quadratic(hb_draw_funcs_t *f, void *data, hb_draw_state_t *st, float cx, float cy, float x, float y,
                         void *user)
{
    (void)f, (void)st, (void)user;
    mix(data, cx, cy);
    mix(data, x, y);
}

static uint64_t outline_of(hb_face_t *face, uint32_t gid)
{
    hb_draw_funcs_t *funcs = hb_draw_funcs_create();
    hb_font_t *font = hb_font_create(face);
    struct outline o = { 0xCBF29CE484222325 };
    hb_draw_funcs_set_move_to_func(funcs, on_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(funcs, on_move, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(funcs, on_quadratic, NULL, NULL);
    hb_font_get_glyph_shape(font, gid, funcs, &o);
    mix(&o, (float)hb_font_get_glyph_h_advance(font, gid), 0);
    hb_font_destroy(font);
    hb_draw_funcs_destroy(funcs);
    return o.hash;
}

/* Every Vietnamese letter of every face comes out of the subset as it went in. */
static void test_letters(struct fontlib *lib, const char *family, int weight, bool italic)
{
    struct diag d = { 0 };
    size_t n;
    const uint32_t *letters = font_vietnamese_letters(&n);
    const struct font *f = fontlib_face(lib, family, weight, italic, &d);
    uint32_t gids[2 * 134 + 1] = { 0 }, gid;
    struct buf out = { 0 };
    hb_font_t *font = hb_font_create(font_hb_face(f));

    for (size_t i = 0; i < n; i++) { /* every second place is empty */
        gids[2 * i + 1] = hb_font_get_nominal_glyph(font, letters[i], &gid) ? gid : 0;
        gids[2 * i + 2] = UINT32_MAX;
    }
    CHECK(subset_truetype(font_hb_face(f), gids, 2 * n + 1, &out), "%s %d is subset", family, weight);
    hb_blob_t *blob = hb_blob_create(out.data, (unsigned)out.len, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *part = hb_face_create(blob, 0);
    size_t same = 0, empty = 0;
    for (size_t i = 0; i < n; i++) {
        same += outline_of(part, (uint32_t)(2 * i + 1)) == outline_of(font_hb_face(f), gids[2 * i + 1]);
        empty += outline_of(part, (uint32_t)(2 * i + 2)) == outline_of(part, 2);
    }
    CHECK(same == n && empty == n, "%s %d: %zu outlines the same", family, weight, same);
    CHECK(outline_of(part, 1) != outline_of(part, 2), "%s %d: outlines can be told apart", family, weight);
    hb_face_destroy(part);
    hb_blob_destroy(blob);
    hb_font_destroy(font);
    buf_clear(&out);
    diag_clear(&d);
}

/* Damaged fonts are refused or copied, never read beyond their end (the sanitizers look on). */
static void test_damage(struct fontlib *lib)
{
    struct diag d = { 0 };
    const struct font *f = fontlib_face(lib, "Times New Roman", 400, false, &d);
    unsigned index;
    size_t len, refused = 0;
    const void *data = font_data(f, &len, &index);
    unsigned char *copy = xmalloc(len);
    uint32_t gids[300], random = 1;

    for (uint32_t i = 0; i < 300; i++)
        gids[i] = i * 3;
    for (int round = 0; round < 60; round++) {
        struct buf out = { 0 };
        size_t n = round % 3 ? len : len / 64 * (unsigned)(round + 1);
        memcpy(copy, data, len);
        for (int i = 0; i < 3000 && round % 3; i++) {
            random = random * 1664525 + 1013904223;
            size_t at = random % len;
            copy[at < 12 * 20 ? at + 12 * 20 : at] ^= (unsigned char)(random >> 24); /* the directory stays */
        }
        hb_blob_t *blob = hb_blob_create((char *)copy, (unsigned)n, HB_MEMORY_MODE_READONLY, NULL, NULL);
        hb_face_t *face = hb_face_create(blob, 0);
        refused += !subset_truetype(face, gids, 300, &out);
        hb_face_destroy(face);
        hb_blob_destroy(blob);
        buf_clear(&out);
    }
    CHECK(refused > 20, "%zu of 60 damaged fonts are refused", refused);
    free(copy);
    diag_clear(&d);
}

/* ---- small parts ---- */

static const struct { long long v; int decimals; const char *text; } numbers[] = {
    { 0, 2, "0" }, { 5, 2, ".05" }, { 50, 2, ".5" }, { -50, 2, "-.5" }, { 100, 2, "1" }, { 1234, 2, "12.34" },
    { -10, 0, "-10" }, { 1000, 3, "1" }, { 1001, 3, "1.001" },
};

static const struct { const char *text, *string; size_t len; } strings[] = {
    { "a(b)\\c", "(a\\(b\\)\\\\c)", 11 },
    { "ế", "(\xFE\xFF\x1E\xBF)", 6 },
    { "\xF0\x9F\x98\x80", "(\xFE\xFF\xD8\x3D\xDE\0)", 8 },
    { "\xFF", "(\xFE\xFF\xFF\xFD)", 6 },
};

static void test_syntax(void)
{
    struct buf b = { 0 };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        buf_reset(&b);
        objects_put_fixed(&b, numbers[i].v, numbers[i].decimals);
        CHECK(strcmp(b.data, numbers[i].text) == 0, "%lld is \"%s\"", numbers[i].v, b.data);
    }
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        buf_reset(&b);
        objects_put_string(&b, strings[i].text);
        CHECK(b.len == strings[i].len && memcmp(b.data, strings[i].string, b.len) == 0, "string %zu", i);
    }
    buf_clear(&b);
}

static bool make_with(const struct image *image, const char *to, struct diag *d)
{
    struct buf out = { 0 };
    struct sheet s = { .d = d };
    struct pdf_info info = { .title = "x", .lang = "vi-VN", .producer = "p" };
    pages_init(&s.pages, &s.arena);
    struct page *p = pages_add(&s.pages, 200, 200);
    struct node *n = node_new(&s.pages, NULL, NODE_LINK);
    *ARENA_PUSH(&s.arena, p->links, p->n_links, p->cap_links) = (struct link){ 0, 0, 9, 9, n, to, "x" };
    if (image)
        picture(&s, image, 10);
    struct pdf *pdf = pdf_open(d);
    bool done = pdf && pdf_add(pdf, &s.pages, d) && pdf_finish(pdf, &info, &out, d);
    pdf_close(pdf);
    buf_clear(&out);
    arena_clear(&s.arena);
    return done;
}

static void test_faults(void)
{
    static const unsigned char broken[64] = { 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
                                              0, 0, 0, 9, 0, 0, 0, 9, 8, 2 };
    /* 16,384 by 8,192 pixels, a right checksum, and no pixels. */
    static const unsigned char vast[64] = { 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n', 0, 0, 0, 13, 'I', 'H', 'D', 'R',
                                            0, 0, 64, 0, 0, 0, 32, 0, 8, 2, 0, 0, 0, 0xAD, 0x1C, 0xCB, 0x36,
                                            0, 0, 0, 9, 'I', 'D', 'A', 'T' };
    const struct { struct image image; const char *says; } cases[] = {
        { cmyk, "CMYK" },
        { { "broken.png", broken, sizeof broken, true, 9, 9 }, "cannot be read" },
        { { "vast.png", vast, sizeof vast, true, 9, 9 }, "more than 64" },
        { { "short.png", broken, 20, true, 9, 9 }, "cannot be read" },
        { { "broken.jpg", broken, sizeof broken, false, 9, 9 }, "cannot be read" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diag d = { 0 };
        CHECK(!make_with(&cases[i].image, "https://a.vn/", &d) && d.n && strstr(d.messages[0].text, cases[i].says),
              "%s: %s", cases[i].image.path, d.n ? d.messages[0].text : "no message");
        diag_clear(&d);
    }
    struct diag d = { 0 };
    CHECK(make_with(NULL, "#nowhere", &d) && d.warnings == 1, "a link to nowhere is told");
    CHECK(make_with(&png, "https://a.vn/", &d) && d.warnings == 1 && d.errors == 0, "a picture alone");
    diag_clear(&d);
}

/* ---- files read again ---- */

static struct reader *written(const struct buf *pdf, char path[], struct diag *d)
{
    strcpy(path, "/tmp/test_pdf.XXXXXX");
    int fd = mkstemp(path);
    bool done = fd >= 0 && write(fd, pdf->data, pdf->len) == (ssize_t)pdf->len;
    if (fd >= 0)
        close(fd);
    struct reader *r = done ? reader_open(path, d) : NULL;
    if (fd >= 0)
        unlink(path);
    return r;
}

static void test_reader(struct fontlib *lib)
{
    struct diag d = { 0 };
    struct buf card = { 0 }, book = { 0 };
    char path[32];
    const struct attachment *files;
    size_t n = 0;

    CHECK(make(lib, &card, 1, &d) && make(lib, &book, 3, &d), "files to read");
    struct reader *r = written(&card, path, &d);
    CHECK(r && reader_attachments(r, &files, &n, &d) && n == 1, "%zu attached files", n);
    CHECK(n == 1 && strcmp(files[0].name, "card.xml") == 0 && strcmp(files[0].relationship, "Data") == 0 &&
          files[0].len == sizeof data_xml - 1 && memcmp(files[0].data, data_xml, files[0].len) == 0, "the data come back");
    CHECK(r && reader_info(r, "Author") && strcmp(reader_info(r, "Author"), "Văn phòng") == 0, "author");
    CHECK(r && reader_audit(r, &d), "the card keeps the rules");
    CHECK(r && reader_seal(r) == SEAL_WHOLE && reader_page_sealed(r, 0) && reader_page_sealed(r, 1) &&
          reader_attachment_sealed(r, &files[0]), "as it was written");
    const struct text_piece *pieces;
    size_t n_pieces, link = 0;
    CHECK(r && reader_text(r, 0, &pieces, &n_pieces, &d) && n_pieces > 100, "%zu pieces of text", n_pieces);
    CHECK(n_pieces && pieces[0].artifact && strcmp(pieces[0].text, "1") == 0, "the running head: \"%s\"", pieces[0].text);
    for (size_t i = 0; i < n_pieces; i++)
        link += strcmp(pieces[i].text, " đã nói.") == 0;
    CHECK(link == 1 && strcmp(pieces[1].text, "Phiếu điểm cải cách hành chính: Lào Cai") == 0, "\"%s\"", pieces[1].text);
    CHECK(r && reader_text(r, 1, &pieces, &n_pieces, &d), "page 2");
    for (size_t i = link = 0; i < n_pieces; i++)
        link += strcmp(pieces[i].text, "Trung bình x\xCC\x84 = 87,5") == 0;
    CHECK(link == 1, "text beside the codes");
    reader_close(r);
    buf_str(&card, "\n% more\n");
    r = written(&card, path, &d);
    CHECK(r && reader_seal(r) == SEAL_APPENDED, "something was appended");
    reader_close(r);
    card.data[2000] ^= 1;
    r = written(&card, path, &d);
    CHECK(!r || reader_seal(r) == SEAL_BROKEN, "a byte was changed");
    card.data[2000] ^= 1;
    card.len -= 8;
    reader_close(r);
    r = written(&book, path, &d);
    CHECK(r && reader_audit(r, &d), "the book keeps the rules");
    reader_close(r);
    diag_print(&d, stderr, 0);
    diag_clear(&d);

    /* Damage of any kind is told or does no harm; nothing is read that is not there. */
    uint32_t random = 7;
    size_t refused = 0;
    for (int round = 0; round < 200; round++) {
        struct buf copy = { 0 };
        struct diag told = { 0 };
        buf_add(&copy, card.data, round % 5 ? card.len : card.len * (size_t)(round + 1) / 201);
        for (int i = 0; i < 1 + round % 7 && round % 5; i++) {
            random = random * 1664525 + 1013904223;
            copy.data[random % copy.len] = (char)(random >> 24);
        }
        r = written(&copy, path, &told);
        bool good = r && reader_attachments(r, &files, &n, &told);
        good = r && reader_audit(r, &told) && good;
        for (size_t i = 0; r && i < reader_pages(r) && i < 4; i++)
            good = reader_text(r, i, &pieces, &n_pieces, &told) && good;
        CHECK(good == (told.errors == 0), "round %d: every refusal has a message", round);
        refused += !good;
        reader_close(r);
        diag_clear(&told);
        buf_clear(&copy);
    }
    CHECK(refused > 60, "%zu of 200 damaged files are told", refused);
    buf_clear(&card);
    buf_clear(&book);
}

/* Display lists that break a rule each; the audit of the file names it. */
static void break_figure(struct sheet *s) { picture(s, &png, 10); s->pages.root->last->alt = NULL; }
static void break_heading(struct sheet *s) { node_new(&s->pages, NULL, NODE_H3); }
static void break_cell(struct sheet *s, enum node_role role, enum node_scope scope, int column_span)
{
    struct node *t = node_new(&s->pages, NULL, NODE_TABLE);
    for (int row = 0; row < 2; row++) {
        struct node *tr = node_new(&s->pages, node_new(&s->pages, t, NODE_TBODY), NODE_TR);
        for (int i = 0; i < 3; i++)
            node_new(&s->pages, tr, NODE_TD);
        if (row == 0) {
            tr->last->role = role;
            tr->last->scope = scope;
            tr->last->column_span = column_span;
            struct marks m = { 0 };
            marks_line(&m, &s->arena, tr->last, 0, 0, 9, 9, 1, ink);
            page_put(&s->pages, &s->pages.items[0], &m, 0, 0);
        }
    }
}
static void break_scope(struct sheet *s) { break_cell(s, NODE_TH, SCOPE_NONE, 1); }
static void break_grid(struct sheet *s) { break_cell(s, NODE_TD, SCOPE_NONE, 2); }
static void break_row(struct sheet *s) { break_cell(s, NODE_P, SCOPE_NONE, 1); }
static void break_place(struct sheet *s) { node_new(&s->pages, NULL, NODE_TD); }
static void break_table(struct sheet *s) { node_new(&s->pages, NULL, NODE_TABLE); }
static void break_link(struct sheet *s) { node_new(&s->pages, NULL, NODE_LINK); }
static void break_nothing(struct sheet *s) { break_cell(s, NODE_TH, SCOPE_COLUMN, 1); }

static const struct { void (*with)(struct sheet *s); bool mark; const char *says; } breaches[] = {
    { break_figure, false, "figure without alternative text" },
    { break_heading, true, "heading H3 follows" },
    { break_scope, false, "header cell without a scope" },
    { break_grid, false, "row 2 has 3 columns instead of 4" },
    { break_row, false, "a P element stands directly in a TR" },
    { break_place, true, "a TD element stands directly in a Document" },
    { break_table, true, "text stands directly in a Table" },
    { break_link, true, "nothing can be pressed" },
    { break_nothing, false, NULL },
};

static void test_breaches(void)
{
    for (size_t i = 0; i < sizeof breaches / sizeof *breaches; i++) {
        struct diag d = { 0 };
        struct sheet s = { .d = &d };
        struct buf out = { 0 };
        struct pdf_info info = { .title = "x", .lang = "vi-VN", .producer = "p" };
        char path[32];
        pages_init(&s.pages, &s.arena);
        pages_add(&s.pages, 200, 200);
        s.page = 0;
        picture(&s, &jpeg, 50);
        breaches[i].with(&s);
        if (breaches[i].mark) { /* something to hold: a rule drawn for the new element */
            struct marks m = { 0 };
            marks_line(&m, &s.arena, s.pages.root->last, 0, 0, 9, 9, 1, ink);
            page_put(&s.pages, &s.pages.items[0], &m, 0, 0);
        }
        struct pdf *pdf = pdf_open(&d);
        CHECK(pdf && pdf_add(pdf, &s.pages, &d) && pdf_finish(pdf, &info, &out, &d), "breach %zu is written", i);
        struct reader *r = written(&out, path, &d);
        bool kept = r && reader_audit(r, &d);
        CHECK(kept == !breaches[i].says, "breach %zu is found", i);
        CHECK(!breaches[i].says || (d.n && strstr(d.messages[0].text, breaches[i].says)), "breach %zu: \"%s\"", i,
              d.n ? d.messages[0].text : "");
        reader_close(r);
        pdf_close(pdf);
        buf_clear(&out);
        diag_clear(&d);
        arena_clear(&s.arena);
    }
}

int main(int argc, char **argv)
{
    struct diag d = { 0 };
    struct fontlib *lib = fontlib_open("fonts", &d);
    CHECK(lib != NULL, "fonts open");
    if (lib && argc == 3 && strcmp(argv[1], "--time") == 0) {
        measure(lib, atoi(argv[2]), &d);
    } else if (lib && argc >= 3 && strcmp(argv[1], "--write") == 0) {
        struct buf out = { 0 };
        CHECK(make(lib, &out, argc > 3 ? atoi(argv[3]) : 1, &d) && file_write(argv[2], out.data, out.len, &d), "written");
        buf_clear(&out);
    } else if (lib) {
        static const char *const families[] = { "Source Serif 4", "Source Sans 3", "Times New Roman", "Noto Serif",
                                                "Noto Sans" };
        for (size_t i = 0; i < 5 * 4; i++)
            test_letters(lib, families[i / 4], i % 2 ? 700 : 400, i % 4 > 1);
        test_bytes(lib);
        test_damage(lib);
        test_syntax();
        test_faults();
        test_reader(lib);
        test_breaches();
    }
    diag_print(&d, stderr, 0);
    fontlib_close(lib);
    diag_clear(&d);
    return CHECK_DONE();
}
