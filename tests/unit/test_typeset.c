#include "boxes.h"
#include "check.h"

#include <math.h>
#include <stdlib.h>

static struct fontlib *fonts;
static struct diag diag;
static struct pages pages;
static struct arena arena;

/* Sets a document; the pages stay until the next one. */
static bool set(const struct box_document *doc)
{
    arena_clear(&arena);
    diag_clear(&diag);
    return typeset(doc, fonts, &arena, &pages, &diag);
}

static const struct mark *text_mark(size_t page, size_t n)
{
    for (size_t i = 0; i < pages.items[page].n_marks; i++)
        if (pages.items[page].marks[i].kind == MARK_GLYPHS && n-- == 0)
            return &pages.items[page].marks[i];
    return NULL;
}

static size_t count_text(size_t page)
{
    size_t n = 0;
    while (text_mark(page, n))
        n++;
    return n;
}

static bool mark_is(const struct mark *m, const char *text)
{
    return m && m->u.glyphs.len == strlen(text) && memcmp(m->u.glyphs.text, text, m->u.glyphs.len) == 0;
}

/* The first mark with this text on a page; NULL. */
static const struct mark *find(size_t page, const char *text)
{
    const struct mark *m;
    for (size_t i = 0; (m = text_mark(page, i)); i++)
        if (mark_is(m, text))
            return m;
    return NULL;
}

static double mark_width(const struct mark *m)
{
    double w = 0;
    for (size_t i = 0; i < m->u.glyphs.n; i++) {
        w += m->u.glyphs.glyphs[i].advance * m->u.glyphs.size / font_metrics(m->u.glyphs.font)->upem;
        if (m->u.glyphs.text[m->u.glyphs.glyphs[i].cluster] == ' ')
            w += m->u.glyphs.word_space;
    }
    return w;
}

static const struct style *serif(void)
{
    static const struct style s = { .name = "t", .family = "Liberation Serif", .weight = 400, .size = 12, .leading = 15,
                                    .features = FONT_KERN | FONT_LIGA };
    return &s;
}

static const char words[] =
    "Trong sáu tháng đầu năm toàn tỉnh đã cắt giảm nhiều thủ tục hành chính, tỷ lệ hồ sơ giải quyết đúng hạn và "
    "trước hạn tăng so với cùng kỳ năm trước, người dân và doanh nghiệp hài lòng hơn với cách phục vụ của cơ quan.";

static void lines(void)
{
    struct box *b = text_box(words, serif());
    b->u.text.align = ALIGN_JUSTIFY;
    CHECK(set(document_of(b, 300, 400, 50)), "set");
    size_t n = count_text(0), bytes = 0;
    CHECK(n >= 5 && n <= 8, "%zu lines", n);
    for (size_t i = 0; i < n; i++) {
        const struct mark *m = text_mark(0, i);
        bytes += m->u.glyphs.len + 1;
        CHECK(fabs(m->u.glyphs.x - 50) < 0.01, "line %zu starts at %g", i, m->u.glyphs.x);
        if (i + 1 < n)
            CHECK(fabs(mark_width(m) - 200) < 0.01, "line %zu is %g wide", i, mark_width(m));
        if (i)
            CHECK(fabs(m->u.glyphs.y - text_mark(0, i - 1)->u.glyphs.y - 15) < 0.01, "leading of line %zu", i);
    }
    CHECK(bytes == sizeof words, "nothing is lost: %zu of %zu bytes", bytes, sizeof words);
    CHECK(text_mark(0, n - 1)->u.glyphs.word_space == 0, "the last line is not stretched");
    struct node *p = pages.root->first;
    CHECK(p && p->role == NODE_P && !p->next, "one paragraph");
    CHECK(text_mark(0, 0)->node == p && text_mark(0, n - 1)->node == p, "all lines are its content");
}

static const char *dump(void)
{
    static struct buf b;
    buf_reset(&b);
    pages_dump(&pages, &b);
    return b.data;
}

/* Roles of the structure as words, children in brackets. */
static void roles(const struct node *n, struct buf *out)
{
    buf_str(out, node_role_name(n->role));
    if (!n->first)
        return;
    buf_char(out, '(');
    for (const struct node *k = n->first; k; k = k->next) {
        roles(k, out);
        if (k->next)
            buf_char(out, ' ');
    }
    buf_char(out, ')');
}

static bool structure_is(const char *want)
{
    struct buf b = { 0 };
    roles(pages.root, &b);
    bool same = strcmp(b.data, want) == 0;
    if (!same)
        fprintf(stderr, "structure: %s\n", b.data);
    buf_clear(&b);
    return same;
}

static const char *message(size_t i)
{
    return i < diag.n ? diag.messages[i].text : "";
}

static void ragged(void)
{
    struct box *b = text_box("một hai ba bốn năm sáu bảy tám chín mười mười-một", serif());
    CHECK(set(document_of(b, 240, 400, 50)), "set");
    size_t n = count_text(0);
    CHECK(n == 2, "%zu lines", n);
    CHECK(text_mark(0, 0)->u.glyphs.word_space == 0, "ragged lines keep their spaces");
    CHECK(text_mark(0, 1)->u.glyphs.len > 12, "the last line is no single syllable: \"%.*s\"",
          (int)text_mark(0, 1)->u.glyphs.len, text_mark(0, 1)->u.glyphs.text);

    b = text_box("đạt 12\xC2\xA0% và 2021–2023", serif());
    CHECK(set(document_of(b, 160, 400, 50)), "set");
    for (size_t i = 0; i < count_text(0); i++) {
        const struct mark *m = text_mark(0, i);
        CHECK(m->u.glyphs.text[0] != '%' && m->u.glyphs.text[m->u.glyphs.len - 1] != '2', "a figure keeps its unit");
        CHECK(!mark_is(m, "2023"), "a span of years is not broken");
    }
    struct run runs[] = { run_of("Chỉ số PAPI", serif()), { .kind = RUN_BREAK }, run_of("năm 2023", serif()) };
    b = text_of_runs(runs, 3, serif());
    b->u.text.align = ALIGN_END;
    CHECK(set(document_of(b, 300, 400, 50)) && count_text(0) == 2, "a forced line end");
    const struct mark *m = text_mark(0, 1);
    CHECK(fabs(m->u.glyphs.x + mark_width(m) - 250) < 0.01, "flush right: %g", m->u.glyphs.x + mark_width(m));
}

/* Figures of fifteen digits: what cannot be stretched well stays ragged; a long fraction is broken at its stroke. */
static void long_figures(void)
{
    struct box *b = text_box("Tổng số 123.456.789.012.345 hồ sơ, trong đó 999.999.999.999.999 hồ sơ đã giải quyết xong.", serif());
    b->u.text.align = ALIGN_JUSTIFY;
    CHECK(set(document_of(b, 270, 400, 50)), "set");
    double space = font_width(text_mark(0, 0)->u.glyphs.font, " ", 12, 0, (struct at){ 0 }, &diag);
    for (size_t i = 0; i < count_text(0); i++)
        CHECK(text_mark(0, i)->u.glyphs.word_space <= 1.5 * space, "line %zu: spaces of %g", i, text_mark(0, i)->u.glyphs.word_space);
    b = text_box("đạt 123.456.789.012.345/999.999.999.999.999", serif());
    CHECK(set(document_of(b, 270, 400, 50)) && count_text(0) == 2, "%zu lines", count_text(0));
    CHECK(mark_is(text_mark(0, 1), "999.999.999.999.999"), "broken behind its stroke");
    b = text_box("gồm toàn bộ là 951/1.929", serif());
    CHECK(set(document_of(b, 200, 400, 50)) && find(0, "951/1.929"), "a short fraction is whole");
    b = text_box("tổng kinh phí 12,5 tỷ, rồi", serif());
    CHECK(set(document_of(b, 198, 400, 50)), "set");
    for (size_t i = 0; i < count_text(0); i++)
        CHECK(text_mark(0, i)->u.glyphs.text[0] != 't' || i == 0, "a figure keeps its unit");
    CHECK(count_text(0) >= 2, "%zu lines", count_text(0));
}

static void hanging_indent(void)
{
    struct style *s = style_new("Liberation Serif", 400, 12, 15);
    s->indent = -20;
    struct run runs[] = { run_of("1.", s), { .kind = RUN_TAB }, run_of(words, s) };
    CHECK(set(document_of(text_of_runs(runs, 3, s), 300, 400, 50)), "set");
    CHECK(fabs(text_mark(0, 0)->u.glyphs.x - 50) < 0.01 && fabs(text_mark(0, 1)->u.glyphs.x - 70) < 0.01 &&
          fabs(text_mark(0, 2)->u.glyphs.x - 70) < 0.01, "label, text and second line");
}

static void links(void)
{
    struct style *small = style_new("Liberation Serif", 400, 6.5, 8);
    small->rise = 4;
    struct run runs[] = { run_of("đạt 42,11 điểm", serif()), run_of("2a", small), run_of(" theo công bố.", serif()) };
    runs[1].link_to = "#nguon-2a";
    runs[1].link_contents = "Nguồn 2a";
    runs[1].glue = true;
    struct box *a = text_of_runs(runs, 3, serif()), *b = text_box("Nguồn", serif());
    a->role = ROLE_H1;
    a->bookmark = "Mục";
    b->id = "nguon-2a";
    CHECK(set(document_of(chain(a, b, NULL), 400, 400, 50)), "set");
    CHECK(structure_is("Document(H1(Link) P)"), "structure");
    const struct mark *mark = find(0, "2a");
    CHECK(mark && fabs(find(0, "đạt 42,11 điểm")->u.glyphs.y - mark->u.glyphs.y - 4) < 0.01, "raised by 4 pt");
    CHECK(pages.items[0].n_links == 1, "%zu links", pages.items[0].n_links);
    const struct link *l = pages.items[0].links;
    CHECK(l->node->role == NODE_LINK && mark->node == l->node && strcmp(l->to, "#nguon-2a") == 0, "link");
    CHECK(fabs(l->x0 - mark->u.glyphs.x) < 0.01 && l->x1 > l->x0 && l->y0 < mark->u.glyphs.y && l->y1 > mark->u.glyphs.y,
          "the link covers its mark");
    CHECK(pages.n_anchors == 1 && fabs(pages.anchors[0].y - 65) < 0.01, "anchor at the top of its box");
    CHECK(pages.n_bookmarks == 1 && pages.bookmarks[0].level == 1, "bookmark");
}

/* x of the comma in a mark. */
static double comma_x(const struct mark *m)
{
    double x = m->u.glyphs.x;
    for (size_t i = 0; i < m->u.glyphs.n && m->u.glyphs.text[m->u.glyphs.glyphs[i].cluster] != ','; i++)
        x += m->u.glyphs.glyphs[i].advance * m->u.glyphs.size / font_metrics(m->u.glyphs.font)->upem;
    return x;
}

static void decimals(void)
{
    static const char *const texts[] = { "a", "1,25", "b", "-", "c", "1.234,5", "d", "100", "e", "−0,03", "f", "không rõ",
                                         "g", "khoảng 50.000" };
    struct column_track t[] = { { { LEN_FR, 1 }, ALIGN_START, true }, { { LEN_PT, 80 }, ALIGN_DECIMAL, false } };
    struct style *s = style_new("Liberation Serif", 400, 12, 15);
    s->features = 0;
    struct box *b = table_of(texts, 7, 2, 0, t, s);
    struct run runs[] = { run_of("1,25", s), run_of("2a", s) };
    runs[1].hang = true;
    b->u.table->rows[0].cells[1].content = text_of_runs(runs, 2, s);
    struct run none[] = { run_of("-", s), runs[1] };
    b->u.table->rows[1].cells[1].content = text_of_runs(none, 2, s);
    CHECK(set(document_of(b, 300, 400, 50)), "set");
    double x = comma_x(find(0, "1,25"));
    CHECK(fabs(comma_x(find(0, "1.234,5")) - x) < 0.01, "commas stand under each other");
    CHECK(fabs(comma_x(find(0, "−0,03")) - x) < 0.01, "with a sign in front");
    CHECK(fabs(comma_x(find(0, "100")) - x) < 0.01, "whole numbers end there");
    const struct mark *dash = find(0, "-");
    CHECK(fabs(dash->u.glyphs.x + mark_width(dash) / 2 - (x - 3)) < 0.01, "a dash stands at the units digit");
    const struct mark *words_cell = find(0, "không rõ");
    CHECK(fabs(words_cell->u.glyphs.x + mark_width(words_cell) - 250) < 0.01, "words end at the edge");
    CHECK(fabs(x + mark_width(find(0, "1,25")) - (x - find(0, "1,25")->u.glyphs.x) - 250) < 0.01,
          "the longest figure ends at the edge, the mark behind it hangs outside");
    CHECK(find(0, "khoảng") && fabs(comma_x(find(0, "50.000")) - x) < 0.01, "a word that does not fit stands above");
    CHECK(find(0, "2a")->u.glyphs.x > 249.9, "the mark hangs outside");
    CHECK(fabs(text_mark(0, 0)->u.glyphs.y - text_mark(0, 1)->u.glyphs.y) < 0.01, "cells share their baseline");
}

static struct box *long_table(size_t rows)
{
    struct column_track t[] = { { { LEN_AUTO, 0 }, ALIGN_START, true }, { { LEN_FR, 1 }, ALIGN_START, false } };
    const char **texts = arena_array(&boxes_arena, const char *, 2 * (rows + 1));
    texts[0] = "STT";
    texts[1] = "Nội dung";
    for (size_t i = 1; i <= rows; i++) {
        texts[2 * i] = arena_printf(&boxes_arena, "r%zu", i);
        texts[2 * i + 1] = i % 3 ? "một dòng" : words;
    }
    struct box *b = table_of(texts, rows + 1, 2, 1, t, serif());
    b->u.table->caption = text_box("Bảng 1", serif());
    b->u.table->continued = "(tiếp theo)";
    return b;
}

static void table_over_pages(void)
{
    CHECK(set(document_of(long_table(30), 300, 300, 50)), "set: %s", message(0));
    CHECK(pages.n > 3, "%zu pages", pages.n);
    size_t seen = 0;
    for (size_t i = 0; i < pages.n; i++) {
        const struct mark *head = find(i, "STT");
        CHECK(head && (head->node == NULL) == (i > 0), "page %zu: a head, content only on the first", i);
        CHECK(i == 0 || find(i, "Bảng 1") == NULL || find(i, " (tiếp theo)"), "page %zu: caption", i);
        CHECK(i == 0 || (text_mark(i, 0)->node == NULL && find(i, " (tiếp theo)") != NULL), "page %zu: continued", i);
        for (size_t k = 1; k <= 30; k++) {
            const struct mark *row = find(i, arena_printf(&arena, "r%zu", k));
            if (!row)
                continue;
            CHECK(k == ++seen, "row %zu after row %zu", k, seen - 1);
            CHECK(row->u.glyphs.y > head->u.glyphs.y && row->u.glyphs.y < 250, "row %zu lies on the page", k);
        }
    }
    CHECK(seen == 30, "%zu rows", seen);
    struct buf b = { 0 };
    roles(pages.root, &b);
    CHECK(strstr(b.data, "Document(Table(Caption THead(TR(TH TH)) TBody(TR(TH TD) TR(TH TD) ") == b.data, "%.80s", b.data);
    buf_clear(&b);
    CHECK(strstr(dump(), "TH @5 column") != NULL, "scope");
}

static const char *print_sum(const void *format, double sum, struct arena *a)
{
    return arena_printf(a, "%s%g", (const char *)format, sum);
}

static struct page_row page_row(enum row_kind kind, const char *sign, const double *before, size_t rows)
{
    struct cell *cell = arena_new(&boxes_arena, struct cell);
    struct page_sum *sum = arena_new(&boxes_arena, struct page_sum);
    *cell = (struct cell){ .column = 1, .column_span = 1, .row_span = 1, .content = text_box("?", serif()) };
    *sum = (struct page_sum){ 1, before, rows, print_sum, sign };
    return (struct page_row){ { .kind = kind, .cells = cell, .n_cells = 1, .keep = true }, sum, 1 };
}

/* Every row counts 1: the figures at the end of a page and the top of the next are known from the rows there. */
static void totals_of_pages(void)
{
    enum { ROWS = 40 };
    double *before = arena_array(&boxes_arena, double, ROWS + 1);
    struct box *b = long_table(ROWS);
    struct table *t = b->u.table;
    for (size_t i = 0; i <= ROWS; i++)
        before[i] = (double)i;
    t->page_rows = arena_array(&boxes_arena, struct page_row, 3);
    t->page_rows[t->n_page_rows++] = page_row(ROW_PAGE_TOTAL, "p", before, ROWS);
    t->page_rows[t->n_page_rows++] = page_row(ROW_CARRY, "c", before, ROWS);
    t->page_rows[t->n_page_rows++] = page_row(ROW_BROUGHT, "b", before, ROWS);
    t->caption = NULL;
    CHECK(set(document_of(b, 300, 300, 50)), "set: %s", message(0));
    size_t seen = 0;
    for (size_t i = 0; i < pages.n; i++) {
        const struct mark *brought = find(i, arena_printf(&arena, "b%zu", seen));
        size_t first = seen;
        CHECK((brought != NULL) == (i > 0) && (!brought || (!brought->node && brought->u.glyphs.y < 120)), "page %zu: brought", i);
        CHECK(i == 0 || find(i, "(tiếp theo)"), "page %zu: continued without a caption", i);
        while (seen < ROWS && find(i, arena_printf(&arena, "r%zu", seen + 1)))
            seen++;
        const struct mark *page = find(i, arena_printf(&arena, "p%zu", seen - first));
        const struct mark *carry = find(i, arena_printf(&arena, "c%zu", seen));
        const struct mark *last = find(i, arena_printf(&arena, "r%zu", seen));
        CHECK((page && carry) == (i + 1 < pages.n), "page %zu: rows %zu to %zu", i, first + 1, seen);
        CHECK(!page || (page->u.glyphs.y > last->u.glyphs.y && carry->u.glyphs.y > page->u.glyphs.y &&
                        carry->u.glyphs.y < 250 && !carry->node), "page %zu: under the rows, on the page", i);
    }
    CHECK(seen == ROWS && pages.n > 3, "%zu rows on %zu pages", seen, pages.n);
    b = long_table(3);
    t->rows = b->u.table->rows;
    t->n_rows = b->u.table->n_rows;
    b->u.table = t;
    CHECK(set(document_of(b, 300, 300, 50)) && pages.n == 1 && !find(0, "c3") && !find(0, "p3") && !find(0, "?"), "one page has none");
}

/* A row higher than a page is cut, and every line of it is on some page once. */
static void high_row(void)
{
    struct column_track t[] = { { { LEN_FR, 1 }, ALIGN_START, true }, { { LEN_FR, 1 }, ALIGN_START, false } };
    const char *texts[] = { "Mục", "Nội dung", "đầu", words };
    struct box *b = table_of(texts, 2, 2, 1, t, serif());
    CHECK(set(document_of(b, 200, 170, 50)), "set: %s", message(0));
    CHECK(pages.n > 3, "%zu pages", pages.n);
    size_t bytes = 0;
    for (size_t i = 0; i < pages.n; i++)
        for (size_t k = 0; k < count_text(i); k++) {
            const struct mark *m = text_mark(i, k);
            CHECK(m->u.glyphs.y < 120, "page %zu: a line at %g", i, m->u.glyphs.y);
            if (m->node && m->node->role == NODE_TD)
                bytes += m->u.glyphs.len + 1;
        }
    CHECK(bytes == sizeof words, "%zu of %zu bytes", bytes, sizeof words);
}

static void spans(void)
{
    struct column_track t[] = { { { LEN_PT, 60 }, ALIGN_START, true }, { { LEN_FR, 1 }, ALIGN_START, false } };
    const char *texts[] = { "Nhóm dài hai dòng", "một", "", "hai", "", "ba" };
    struct box *b = table_of(texts, 3, 2, 0, t, serif());
    struct table *table = b->u.table;
    table->rows[0].cells[0].row_span = 2;
    table->rows[0].cells[0].props.valign = VALIGN_MIDDLE;
    table->rows[1].cells++;
    table->rows[1].n_cells = 1;
    table->rows[2].cells[1].column = 0;
    table->rows[2].cells[1].column_span = 2;
    table->rows[2].cells++;
    table->rows[2].n_cells = 1;
    CHECK(set(document_of(b, 300, 300, 50)), "set");
    CHECK(fabs(find(0, "hai")->u.glyphs.y - find(0, "một")->u.glyphs.y - 15) < 0.01, "two rows beside a cell of two lines");
    CHECK(fabs(find(0, "ba")->u.glyphs.x - 50) < 0.01, "a cell over two columns begins at the first");
    CHECK(structure_is("Document(Table(TBody(TR(TH TD) TR(TD) TR(TD))))"), "structure");
    CHECK(strstr(dump(), "rows=2") && strstr(dump(), "columns=2"), "spans are told");
}

static struct box *paragraphs(size_t n, size_t lines_each)
{
    struct box *first = NULL, *last = NULL;
    for (size_t i = 0; i < n; i++) {
        struct run runs[40];
        size_t k = 0;
        for (size_t line = 0; line < lines_each; line++) {
            if (line)
                runs[k++] = (struct run){ .kind = RUN_BREAK };
            runs[k++] = run_of(arena_printf(&boxes_arena, "p%zu.%zu", i, line), serif());
        }
        struct box *b = text_of_runs(runs, k, serif());
        if (last)
            last->next = b;
        else
            first = b;
        last = b;
    }
    return first;
}

static int page_of(const char *text)
{
    for (size_t i = 0; i < pages.n; i++)
        if (find(i, text))
            return (int)i;
    return -1;
}

static void keeps(void)
{
    /* Ten lines a page. */
    struct box *b = paragraphs(3, 4);
    CHECK(set(document_of(b, 300, 250, 50)), "set");
    CHECK(page_of("p2.1") == 0 && page_of("p2.2") == 1, "two lines stay, two go");
    b = paragraphs(3, 3);
    b->props.margin[SIDE_BOTTOM] = 15;
    CHECK(set(document_of(b, 300, 240, 50)), "set");
    CHECK(page_of("p2.0") == 1, "three lines are not parted one and two");
    b = paragraphs(3, 4);
    b->next->next->props.keep_together = true;
    CHECK(set(document_of(b, 300, 250, 50)) && page_of("p2.0") == 1, "kept together");
    b = paragraphs(4, 3);
    b->next->next->props.keep_with_next = true;
    b->next->next->next->props.keep_together = true;
    CHECK(set(document_of(b, 300, 250, 50)), "set");
    CHECK(page_of("p1.2") == 0 && page_of("p2.0") == 1, "kept with the next: p2 on %d", page_of("p2.0"));
    b = paragraphs(2, 2);
    b->next->props.break_before = BREAK_PAGE;
    CHECK(set(document_of(b, 300, 250, 50)) && page_of("p1.0") == 1 && page_of("p0.1") == 0, "forced break");
    b->next->props.break_before = BREAK_ODD;
    CHECK(set(document_of(b, 300, 250, 50)) && pages.n == 3 && page_of("p1.0") == 2 && count_text(1) == 0, "odd page");
    /* What cannot be kept is broken all the same. */
    b = paragraphs(30, 1);
    for (struct box *k = b; k; k = k->next)
        k->props.keep_with_next = true;
    CHECK(set(document_of(b, 300, 250, 50)) && pages.n == 3, "%zu pages", pages.n);
    CHECK(diag.warnings == 1 && strstr(message(0), "kept together"), "and that is told: %s", message(0));
    /* A head with one row below, or a last row alone, looks like a fault. */
    struct column_track t[] = { { { LEN_FR, 1 }, ALIGN_START, false } };
    static const char *const texts[] = { "đầu", "r1", "r2", "r3", "r4", "r5" };
    CHECK(set(document_of(chain(paragraphs(1, 8), table_of(texts, 6, 1, 1, t, serif()), NULL), 300, 250, 50)), "set");
    CHECK(page_of("đầu") == 1 && page_of("r1") == 1, "two rows stay with the head");
    CHECK(page_of("p0.7") == 0, "nothing else goes over with a head");
    CHECK(set(document_of(chain(paragraphs(1, 5), table_of(texts, 6, 1, 1, t, serif()), NULL), 300, 250, 50)), "set");
    CHECK(page_of("r3") == 0 && page_of("r4") == 1, "two rows go to the next page");
}

/* A last page of a few lines is saved by less white on the one before, if that is enough. */
static void last_pages(void)
{
    struct box *b = paragraphs(3, 3);
    b->props.margin[SIDE_BOTTOM] = b->next->props.margin[SIDE_BOTTOM] = 12;
    CHECK(set(document_of(b, 300, 250, 50)) && pages.n == 1, "9 lines and 24 pt in 150 pt: %zu pages", pages.n);
    double first = find(0, "p1.0")->u.glyphs.y - find(0, "p0.2")->u.glyphs.y - 15,
           second = find(0, "p2.0")->u.glyphs.y - find(0, "p1.2")->u.glyphs.y - 15;
    CHECK(first > 5 && first < 8 && fabs(first - second) < 0.01, "all white is squeezed alike: %g %g", first, second);
    b->next->next->next = text_box("cuối", serif());
    CHECK(set(document_of(b, 300, 250, 50)) && pages.n == 2, "10 lines need another page");
    CHECK(fabs(find(0, "p1.0")->u.glyphs.y - find(0, "p0.2")->u.glyphs.y - 27) < 0.01, "and no white is squeezed then");
    b->next->next->next = NULL;
    b->next->next->props.break_before = BREAK_PAGE;
    CHECK(set(document_of(b, 300, 250, 50)) && pages.n == 2 &&
          fabs(find(0, "p1.0")->u.glyphs.y - find(0, "p0.2")->u.glyphs.y - 27) < 0.01, "nor before a forced break");
}

/* A block of which a few lines would stand alone on the last page goes there whole. */
static void shared_pages(void)
{
    struct box *block = box_new(BOX_BLOCK), *text = paragraphs(1, 7);
    block->u.block.first = text_box("k1", serif());
    block->u.block.first->next = text_box("k2", serif());
    block->u.block.first->next->next = text_box("k3", serif());
    block->u.block.first->next->next->next = text_box("k4", serif());
    block->props.border[SIDE_TOP] = (struct border){ 1, LINE_SOLID, { 0, 0, 0 } };
    CHECK(set(document_of(chain(text, block, NULL), 300, 250, 50)) && pages.n == 2, "%zu pages", pages.n);
    CHECK(page_of("p0.6") == 0 && page_of("k1") == 1 && page_of("k4") == 1, "the block begins the last page");
    block->props.border[SIDE_TOP].style = LINE_NONE;
    CHECK(set(document_of(chain(paragraphs(1, 7), block, NULL), 300, 250, 50)) && page_of("k3") == 0 && page_of("k4") == 1,
          "without a rule or ground of its own it is cut");
}

/* Contained, a picture keeps its shape within the room; covering, it fills the room and is cut. */
static void pictures(void)
{
    static const struct image wide = { .path = "a.png", .png = true, .width = 300, .height = 200 };
    struct box *b = box_new(BOX_IMAGE), *c = box_new(BOX_IMAGE), *large = box_new(BOX_IMAGE);
    b->u.image.image = c->u.image.image = large->u.image.image = &wide;
    b->u.image.alt = c->u.image.alt = "Ảnh";
    large->u.image.alt = "";
    b->u.image.width = c->u.image.width = b->u.image.height = c->u.image.height = 60;
    c->u.image.cover = large->u.image.cover = true;
    large->u.image.width = 800;
    large->u.image.height = 50;
    CHECK(set(document_of(chain(b, c, large, NULL), 300, 400, 50)), "set");
    const struct mark *m = pages.items[0].marks;
    CHECK(pages.items[0].n_marks == 3, "%zu marks", pages.items[0].n_marks);
    CHECK(fabs(m[0].u.image.w - 60) < 0.01 && fabs(m[0].u.image.h - 40) < 0.01 && m[0].u.image.cut[0] == 0, "contained");
    CHECK(fabs(m[1].u.image.w - 60) < 0.01 && fabs(m[1].u.image.h - 60) < 0.01, "covered");
    CHECK(fabs(m[1].u.image.cut[0] - 1.0 / 3) < 0.001 && m[1].u.image.cut[1] == 0, "a third of 90 pt is cut off");
    CHECK(fabs(m[2].u.image.w - 200) < 0.01 && fabs(m[2].u.image.h - 12.5) < 0.01, "not over the edge");
    CHECK(structure_is("Document(Figure Figure)") && !m[2].node, "decoration is an artifact");
}

static void margins(void)
{
    struct box *b = paragraphs(3, 1);
    b->props.margin[SIDE_TOP] = 30;
    b->props.margin[SIDE_BOTTOM] = 12;
    b->next->props.margin[SIDE_TOP] = 8;
    CHECK(set(document_of(b, 300, 250, 50)), "set");
    double top = find(0, "p0.0")->u.glyphs.y;
    CHECK(top > 60 && top < 65, "no margin at the top of a page: %g", top);
    CHECK(fabs(find(0, "p1.0")->u.glyphs.y - top - 27) < 0.01, "the larger margin counts");
    struct box *frame = box_new(BOX_BLOCK);
    frame->u.block.first = b;
    frame->props.padding[SIDE_TOP] = 5;
    frame->props.border[SIDE_TOP] = (struct border){ 1, LINE_SOLID, { 0, 0, 0 } };
    frame->props.min_height = 120;
    struct box *after = text_box("sau", serif());
    CHECK(set(document_of(chain(frame, after, NULL), 300, 250, 50)), "set");
    CHECK(fabs(find(0, "p0.0")->u.glyphs.y - top - 6) < 0.01, "border and padding, no margin at the frame's edge");
    CHECK(fabs(find(0, "sau")->u.glyphs.y - top - 120) < 0.01, "least height: %g", find(0, "sau")->u.glyphs.y - top);
}

static void grids(void)
{
    static const struct track_len thirds[] = { { LEN_FR, 1 }, { LEN_FR, 2 }, { LEN_PT, 40 } };
    struct box *b = paragraphs(4, 2);
    for (struct box *k = b; k; k = k->next) {
        k->props.border[SIDE_LEFT] = (struct border){ 0.5, LINE_SOLID, { 0, 0, 0 } };
        k->props.padding[SIDE_LEFT] = 2;
    }
    CHECK(set(document_of(grid_of(b, thirds, 3, 10), 300, 300, 50)), "set: %s", message(0));
    double x0 = find(0, "p0.0")->u.glyphs.x, x1 = find(0, "p1.0")->u.glyphs.x, x2 = find(0, "p2.0")->u.glyphs.x;
    CHECK(fabs(x0 - 52.5) < 0.01 && fabs(x1 - x0 - 140.0 / 3 - 10) < 0.01 && fabs(x2 - 212.5) < 0.01, "%g %g %g", x0, x1, x2);
    CHECK(fabs(find(0, "p3.0")->u.glyphs.x - x0) < 0.01 && fabs(find(0, "p3.0")->u.glyphs.y - find(0, "p0.0")->u.glyphs.y - 30) < 0.01,
          "the fourth begins a second row");
}

static void columns(void)
{
    struct box *b = box_new(BOX_BLOCK), *after = text_box("sau", serif());
    b->u.block.first = paragraphs(9, 1);
    b->u.block.flow_columns = 2;
    b->u.block.gap = 20;
    CHECK(set(document_of(chain(b, after, NULL), 300, 300, 50)), "set");
    CHECK(fabs(find(0, "p5.0")->u.glyphs.y - find(0, "p0.0")->u.glyphs.y) < 0.01 &&
          fabs(find(0, "p5.0")->u.glyphs.x - 160) < 0.01, "five and four");
    CHECK(fabs(find(0, "sau")->u.glyphs.y - find(0, "p4.0")->u.glyphs.y - 15) < 0.01, "what follows stands under them");
    b->u.block.first = paragraphs(60, 1);
    CHECK(set(document_of(chain(b, after, NULL), 300, 300, 50)), "set");
    CHECK(pages.n == 3 && page_of("p25.0") == 0 && page_of("p26.0") == 1 && page_of("p59.0") == 2, "%zu pages", pages.n);
}

static void running(void)
{
    struct box_document *doc = document_of(paragraphs(30, 1), 300, 290, 50);
    struct master *m = (struct master *)doc->sequences[0].master;
    struct run runs[] = { run_of("Trang ", serif()), { .kind = RUN_PAGE_NUMBER }, run_of("/", serif()), { .kind = RUN_PAGE_COUNT } };
    struct running *r = arena_array(&boxes_arena, struct running, 2);
    r[0] = (struct running){ ON_ANY, 20, text_of_runs(runs, 4, serif()) };
    r[1] = (struct running){ ON_REST, 20, text_box("tiếp", serif()) };
    m->footers = r;
    m->n_footers = 1;
    m->headers = r + 1;
    m->n_headers = 1;
    CHECK(set(doc), "set");
    CHECK(pages.n == 3 && find(2, "3") && !find(0, "tiếp") && find(1, "tiếp"), "%zu pages", pages.n);
    CHECK(page_of("p10.0") == 0 && page_of("p11.0") == 1 && page_of("p20.0") == 1 && page_of("p21.0") == 2,
          "a header takes room from its own pages only");
    const struct mark *count = NULL;
    for (size_t i = 0; i < count_text(1); i++)
        if (text_mark(1, i)->u.glyphs.y > 220)
            count = text_mark(1, i);
    CHECK(count && count->node == NULL && mark_is(count, "3"), "the number of pages, as an artifact");
    r[0].extent = 10;
    CHECK(!set(doc) && strstr(message(0), "extent"), "%s", message(0));
}

static void overflow(void)
{
    struct column_track t[] = { { { LEN_PT, 40 }, ALIGN_START, false } };
    const char *texts[] = { "đầu", "ngắn", "Nghiêngngảnghoằngngoèo" };
    struct box *b = table_of(texts, 3, 1, 1, t, serif());
    struct box_document *doc = document_of(b, 300, 300, 50);
    CHECK(!set(doc) && diag.errors == 1, "%zu errors", diag.errors);
    CHECK(strstr(message(0), "lao-cai, row 2") && strstr(message(0), "Nghiêng"), "%s", message(0));
    CHECK(diag.messages[0].at.line == 1, "the layout's line");
    doc->on_overflow = OVERFLOW_SHRINK;
    b->u.table->columns[0].width.v = 80;
    CHECK(set(doc) && diag.n == 0, "%s", message(0));
    const struct mark *m = text_mark(0, 2);
    CHECK(m->u.glyphs.size < 12 && mark_width(m) <= 80, "%g pt, %g wide", m->u.glyphs.size, mark_width(m));
    doc->on_overflow = OVERFLOW_CLIP;
    b->u.table->columns[0].width.v = 40;
    CHECK(set(doc) && diag.warnings == 1, "%s", message(0));
    size_t bytes = 0;
    for (size_t i = 2; i < count_text(0); i++) {
        CHECK(mark_width(text_mark(0, i)) <= 40.01, "%g wide", mark_width(text_mark(0, i)));
        bytes += text_mark(0, i)->u.glyphs.len;
    }
    CHECK(bytes == strlen(texts[2]), "no letter is lost");

    struct box *deep = text_box("x", serif());
    for (int i = 0; i < 200; i++) {
        struct box *outer = box_new(BOX_BLOCK);
        outer->u.block.first = deep;
        deep = outer;
    }
    CHECK(!set(document_of(deep, 300, 300, 50)) && strstr(message(0), "deep"), "%s", message(0));
    static const struct track_len autos[] = { { LEN_AUTO, 0 } };
    deep = text_box("x", serif());
    for (int i = 0; i < 200; i++)
        deep = grid_of(deep, autos, 1, 0);
    CHECK(!set(document_of(deep, 300, 300, 50)) && strstr(message(0), "deep"), "%s", message(0));
    CHECK(!set(document_of(text_box("字", serif()), 300, 300, 50)) && strstr(message(0), "U+5B57"), "%s", message(0));
    CHECK(!set(document_of(text_box("x", serif()), 300, 300, 150)) && strstr(message(0), "margins"), "%s", message(0));
}

static void charts(void)
{
    struct chart_point points[3];
    struct chart_series series = { .label = "Điểm", .points = points, .n = 3 };
    struct chart_spec spec = chart_spec_new(CHART_BAR, 0, 0);
    struct chart_look look = { .size = 8 };
    look.regular = look.bold = look.italic = fontlib_face(fonts, "Noto Sans", 400, false, &diag);
    chart_look_colors(&look);
    points[0] = chart_point_new("Lào Cai", 42.11, "42,11");
    points[1] = chart_point_new("Hà Nội", 43.5, NULL);
    points[2] = chart_point_new("Huế", NAN, NULL);
    spec.series = &series;
    spec.n_series = 1;
    struct box *b = box_new(BOX_CHART);
    b->u.chart.spec = &spec;
    b->u.chart.look = &look;
    b->u.chart.data_table = true;
    struct run run = { .kind = RUN_CHART, .chart = &spec, .look = &look };
    CHECK(set(document_of(chain(b, text_of_runs(&run, 1, serif()), NULL), 300, 300, 50)), "set: %s", message(0));
    CHECK(structure_is("Document(Figure Table(THead(TR(TH TH)) TBody(TR(TH TD) TR(TH TD) TR(TH TD))) P(Figure))"), "structure");
    const struct node *figure = pages.root->first;
    CHECK(figure->alt && figure->page == 0 && fabs(figure->bbox[0] - 50) < 0.01 && fabs(figure->bbox[2] - 250) < 0.01,
          "the figure fills the width: %g to %g", figure->bbox[0], figure->bbox[2]);
    CHECK(find(0, "43,5") && find(0, "-"), "numbers as the chart tells them, a dash for none");
    points[1].end = END_OVER;
    points[0].target = 45;
    CHECK(set(document_of(b, 300, 300, 50)), "set: %s", message(0));
    CHECK(find(0, "trên 43,5") && find(0, "Mục tiêu") && find(0, "45"), "qualifiers in words, targets in a column");
}

/* ---- boxes by chance: nothing is lost, nothing lies outside, everything ends ---- */

static unsigned chance_state;
static unsigned chance(unsigned n)
{
    chance_state = chance_state * 1103515245u + 12345u;
    return (chance_state >> 8) % n;
}

static size_t chance_bytes; /* of text without spaces */

static const char *chance_text(void)
{
    struct buf b = { 0 };
    unsigned n = 1 + chance(chance(4) ? 8 : 80);
    for (unsigned i = 0; i < n; i++) {
        static const char *const some[] = { "tỉnh", "1.234,5", "và", "thủ", "tục", "–", "951/1.929", "a" };
        const char *w = some[chance(8)];
        chance_bytes += strlen(w);
        buf_printf(&b, "%s%s", i ? " " : "", w);
    }
    const char *s = arena_strdup(&boxes_arena, b.data);
    buf_clear(&b);
    return s;
}

/* Footnotes of the document being made; "*" in front of each and at its mark. */
static struct footnote *chance_notes;

static void chance_note(struct box *b)
{
    struct footnote *f = arena_new(&boxes_arena, struct footnote);
    struct run *runs = arena_array(&boxes_arena, struct run, b->u.text.n + 1), *words_run = arena_new(&boxes_arena, struct run);
    *words_run = run_of(chance_text(), serif());
    *f = (struct footnote){ .runs = words_run, .n = 1, .style = serif(), .mark_style = serif(), .sign = "*", .marker = "1",
                            .id = "note", .back = "mark", .next = chance_notes };
    f->index = chance_notes ? chance_notes->index + 1 : 0;
    chance_notes = f;
    chance_bytes += strlen("*") + strlen("*\u00A0");
    memcpy(runs, b->u.text.runs, b->u.text.n * sizeof *runs);
    runs[b->u.text.n] = (struct run){ .kind = RUN_NOTE, .note = f, .style = serif(), .glue = true };
    b->u.text.runs = runs;
    b->u.text.n++;
}

static void chance_props(struct props *p)
{
    if (chance(3) == 0)
        p->margin[SIDE_TOP] = chance(20);
    if (chance(4) == 0)
        p->margin[SIDE_BOTTOM] = chance(20);
    if (chance(5) == 0)
        p->padding[chance(4)] = chance(6);
    if (chance(5) == 0)
        p->border[chance(4)] = (struct border){ 0.5, LINE_SOLID, { 0, 0, 0 } };
    p->keep_together = chance(5) == 0;
    p->keep_with_next = chance(5) == 0;
    p->break_before = chance(20) == 0 ? BREAK_PAGE : BREAK_AUTO;
    p->break_after = chance(20) == 0 ? BREAK_COLUMN : BREAK_AUTO;
    p->has_background = chance(6) == 0;
    p->valign = (enum valign)chance(4);
    if (chance(8) == 0)
        p->min_height = chance(60);
}

static struct box *chance_boxes(int depth);

static struct box *chance_table(void)
{
    struct column_track t[] = { { { LEN_AUTO, 0 }, ALIGN_START, true }, { { LEN_FR, 1 }, ALIGN_JUSTIFY, false },
                                { { LEN_PT, 60 }, ALIGN_DECIMAL, false } };
    size_t rows = 1 + chance(12), head = chance(2) && rows > 1;
    const char **texts = arena_array(&boxes_arena, const char *, rows * 3);
    for (size_t i = 0; i < rows * 3; i++)
        texts[i] = chance(6) ? chance_text() : NULL;
    struct box *b = table_of(texts, rows, 3, head, t, serif());
    for (size_t r = 0; r < rows; r++) {
        b->u.table->rows[r].keep = chance(4) != 0;
        for (size_t i = 0; i < 3; i++) {
            struct cell *c = &b->u.table->rows[r].cells[i];
            c->props.valign = (enum valign)chance(4);
            c->row_span = chance(10) ? 1 : 1 + (int)chance(3);
            c->props.padding[0] = chance(3);
            if (c->content && r >= head && chance(12) == 0)
                chance_note(c->content);
        }
    }
    b->u.table->header_repeat = chance(4) != 0;
    return b;
}

static struct box *chance_box(int depth)
{
    static const struct track_len tracks[] = { { LEN_FR, 1 }, { LEN_AUTO, 0 }, { LEN_PERCENT, 25 } };
    struct box *b;
    switch (depth > 3 ? 0 : chance(7)) {
    case 1:
        b = box_new(BOX_BLOCK);
        b->u.block.first = chance_boxes(depth + 1);
        break;
    case 2:
        b = grid_of(chance_boxes(depth + 2), tracks, 1 + chance(2), 6);
        break;
    case 3:
        b = box_new(BOX_BLOCK);
        b->u.block.first = chance_boxes(depth + 2);
        b->u.block.flow_columns = 2;
        b->u.block.gap = 6;
        break;
    case 4: b = chance_table(); break;
    case 5:
        b = box_new(BOX_LIST);
        b->u.block.first = chance_boxes(depth + 1);
        b->u.block.marker = "";
        b->u.block.marker_style = serif();
        break;
    default:
        b = text_box(chance_text(), serif());
        b->u.text.align = (enum align)chance(4);
        if (chance(5) == 0)
            chance_note(b);
        break;
    }
    chance_props(&b->props);
    return b;
}

static struct box *chance_boxes(int depth)
{
    struct box *first = NULL, *last = NULL;
    for (unsigned n = 1 + chance(5); n > 0; n--) {
        struct box *b = chance_box(depth);
        if (last)
            last->next = b;
        else
            first = b;
        last = b;
    }
    return first;
}

static size_t content_bytes(const struct mark *m)
{
    size_t n = 0;
    for (size_t i = 0; i < m->u.glyphs.len && m->node; i++)
        n += m->u.glyphs.text[i] != ' ';
    return n;
}

static void by_chance(void)
{
    size_t lost = 0, outside = 0, failed = 0;
    for (unsigned seed = 1; seed <= 300; seed++) {
        chance_state = seed * 7919;
        chance_bytes = 0;
        chance_notes = NULL;
        struct box_document *doc = document_of(chance_boxes(0), 400, 300, 40);
        doc->on_overflow = OVERFLOW_CLIP;
        doc->notes = chance_notes;
        bool ok = set(doc);
        failed += !ok;
        size_t bytes = 0, out = 0;
        bool reported = diag.n > 0;
        for (size_t i = 0; ok && i < pages.n; i++)
            for (size_t k = 0; k < count_text(i); k++) {
                const struct mark *m = text_mark(i, k);
                bytes += content_bytes(m);
                out += m->u.glyphs.y > 260.5 || m->u.glyphs.y < 40 || m->u.glyphs.x < 39.9 ||
                       m->u.glyphs.x + mark_width(m) > 360.1;
            }
        if (ok && bytes != chance_bytes) {
            lost++;
            fprintf(stderr, "seed %u: %zu of %zu bytes\n", seed, bytes, chance_bytes);
        }
        if (out && !reported) {
            outside++;
            fprintf(stderr, "seed %u: %zu marks outside\n", seed, out);
        }
        arena_clear(&boxes_arena);
    }
    CHECK(failed == 0 && lost == 0 && outside == 0, "%zu failed, %zu lost text, %zu went over an edge", failed, lost, outside);
}

/* The same boxes, the same pages, also with a warm cache. */
static void same(void)
{
    CHECK(set(document_of(long_table(30), 300, 300, 50)), "set");
    char *once = strdup(dump());
    CHECK(set(document_of(long_table(30), 300, 300, 50)), "set");
    CHECK(strcmp(once, dump()) == 0, "pages differ");
    free(once);
}

int main(void)
{
    static void (*const tests[])(void) = {
        lines, ragged, long_figures, hanging_indent, links, decimals, table_over_pages, totals_of_pages, high_row, spans, keeps, last_pages, shared_pages, pictures, margins, grids,
        columns, running, overflow, charts, same, by_chance,
    };
    fonts = fontlib_open("fonts", &diag);
    CHECK(fonts != NULL, "fonts");
    for (size_t i = 0; fonts && i < sizeof tests / sizeof *tests; i++)
        tests[i]();
    fontlib_close(fonts);
    diag_clear(&diag);
    arena_clear(&arena);
    arena_clear(&boxes_arena);
    return CHECK_DONE();
}
