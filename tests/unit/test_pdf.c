/* A tagged card of two pages and six faces, made from a display list by hand.
 * `test_pdf --write FILE` leaves it for other judges (tests/pdf.test,
 * `make conformance`), `--time N` makes it N times. */
#include "base/file.h"
#include "base/utf8.h"
#include "check.h"
#include "pdf/pdf.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

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
    heading(s, NODE_H2, "Nguồn");
    sources(s);
}

static const char data_xml[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<card place=\"lao-cai\"><fact value=\"97.4\"/></card>\n";

static bool make(struct fontlib *lib, struct buf *out, int copies, struct diag *d)
{
    struct attachment file = { "card.xml", "Số liệu của phiếu", "application/xml", "Data", data_xml, sizeof data_xml - 1 };
    struct pdf_info info = { .title = "Phiếu điểm tỉnh Lào Cai <2024> & \"nguồn\"", .subject = "Cải cách hành chính",
                             .keywords = "TTHC, SIPAS", .author = "Văn phòng", .lang = "vi-VN", .date = "2024-07-15",
                             .producer = "phieudiem test", .attachments = &file, .n_attachments = 1 };
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

int main(int argc, char **argv)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    file_set_program(argv[0]);
    struct fontlib *lib = fontlib_open(file_data(&a, "fonts"), &d);
    CHECK(lib != NULL, "fonts open");
    if (lib && argc == 3 && strcmp(argv[1], "--time") == 0) {
        measure(lib, atoi(argv[2]), &d);
    } else if (lib && argc >= 3 && strcmp(argv[1], "--write") == 0) {
        struct buf out = { 0 };
        CHECK(make(lib, &out, argc > 3 ? atoi(argv[3]) : 1, &d) && file_write(argv[2], out.data, out.len, &d), "written");
        buf_clear(&out);
    } else if (lib) {
        test_bytes(lib);
    }
    diag_print(&d, stderr, 0);
    fontlib_close(lib);
    diag_clear(&d);
    arena_clear(&a);
    return CHECK_DONE();
}
