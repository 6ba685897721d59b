/* Footnotes and tables of contents on the pages. */
#include "boxes.h"
#include "check.h"

#include <math.h>
#include <stdlib.h>

static struct fontlib *fonts;
static struct diag diag;
static struct pages pages;
static struct arena arena;

/* ---- documents with notes ---- */

static struct footnote *first_note, **last_note;
static size_t n_notes;

static const struct style *serif(void)
{
    static const struct style s = { .name = "t", .family = "Liberation Serif", .weight = 400, .size = 12, .leading = 15 };
    return &s;
}

static const struct style *small(void)
{
    static const struct style s = { .name = "n", .family = "Liberation Serif", .weight = 400, .size = 8, .leading = 10 };
    return &s;
}

static void no_notes(void)
{
    first_note = NULL;
    last_note = &first_note;
    n_notes = 0;
}

/* A mark with its note: one run. */
static struct run note_run(const char *text, bool in_table, int number)
{
    struct footnote *f = arena_new(&boxes_arena, struct footnote);
    struct run *words = arena_new(&boxes_arena, struct run);
    *words = run_of(text, small());
    *f = (struct footnote){ .runs = words, .n = 1, .style = small(), .mark_style = small(), .marker = in_table ? "a" : "1",
                            .in_table = in_table, .number = number, .index = n_notes++ };
    f->id = arena_printf(&boxes_arena, "note-%zu", n_notes);
    f->back = arena_printf(&boxes_arena, "mark-%zu", n_notes);
    *last_note = f;
    last_note = &f->next;
    return (struct run){ .kind = RUN_NOTE, .note = f, .style = small(), .glue = true, .anchor = f->back,
                         .link_to = arena_printf(&boxes_arena, "#%s", f->id), .link_contents = "chú thích" };
}

static struct box *noted(const char *text, const char *note, int number)
{
    struct run runs[] = { run_of(text, serif()), note_run(note, false, number), run_of(".", serif()) };
    return text_of_runs(runs, 3, serif());
}

static bool set(struct box_document *doc)
{
    arena_clear(&arena);
    diag_clear(&diag);
    doc->notes = first_note;
    return typeset(doc, fonts, &arena, &pages, &diag);
}

static bool set_boxes(struct box *first, double width, double height)
{
    return set(document_of(first, width, height, 50));
}

static bool begins_with(const struct mark *m, const char *text)
{
    return m->kind == MARK_GLYPHS && m->u.glyphs.len >= strlen(text) && memcmp(m->u.glyphs.text, text, strlen(text)) == 0;
}

/* The nth mark (from 0) on a page that begins with this text; NULL. */
static const struct mark *find(size_t page, const char *text, size_t nth)
{
    for (size_t i = 0; page < pages.n && i < pages.items[page].n_marks; i++)
        if (begins_with(&pages.items[page].marks[i], text) && nth-- == 0)
            return &pages.items[page].marks[i];
    return NULL;
}

static size_t count(size_t page, const char *text)
{
    size_t n = 0;
    while (find(page, text, n))
        n++;
    return n;
}

static struct box *filler(int n)
{
    struct box *first = NULL, **last = &first;
    for (int i = 0; i < n; i++) {
        *last = text_box("dòng", serif());
        last = &(*last)->next;
    }
    return first;
}

/* `n` lines, then `box`. */
static struct box *after(int n, struct box *box)
{
    struct box *first = filler(n), *last = first;
    while (last && last->next)
        last = last->next;
    if (last)
        last->next = box;
    return first ? first : box;
}

static const char words[] =
    "Số liệu lấy từ báo cáo định kỳ của tỉnh, có dấu nguồn đi kèm. Chỗ nào không có số thì để dấu gạch, không "
    "suy ra từ năm trước. Năm 2023 là năm đầu tiên có đủ số liệu của cả sáu lĩnh vực, nên các năm trước chỉ so "
    "trong những lĩnh vực có số. Thứ hạng được tính trên số tỉnh có số liệu của năm đó, không phải trên tổng số tỉnh.";

/* ---- tests ---- */

static void at_the_foot(void)
{
    no_notes();
    struct box *b = noted("Đạt 98,7%", "Gồm cả trước hạn.", 1);
    b->next = noted("Tăng 2 bậc", "So với năm trước.", 2);
    CHECK(set_boxes(b, 300, 300) && pages.n == 1, "set");
    const struct mark *mark = find(0, "1", 0), *label = find(0, "1\u00A0", 0), *second = find(0, "2\u00A0", 0);
    CHECK(mark && label && second, "marks and labels");
    if (!mark || !label || !second)
        return;
    CHECK(fabs(second->u.glyphs.y - label->u.glyphs.y - 10) < 0.01, "notes follow each other by their leading");
    CHECK(second->u.glyphs.y > 240 && second->u.glyphs.y < 250, "the last note ends at the foot: %g", second->u.glyphs.y);
    CHECK(label->node->role == NODE_LINK && label->node->parent->role == NODE_LBL &&
          label->node->parent->parent->role == NODE_NOTE, "a label of its note");
    CHECK(mark->node->role == NODE_LINK && mark->node->parent->role == NODE_P, "the mark is a link of its paragraph");
    CHECK(pages.items[0].n_links == 4 && pages.n_anchors == 4, "%zu links, %zu anchors", pages.items[0].n_links, pages.n_anchors);
    size_t rules = 0;
    for (size_t i = 0; i < pages.items[0].n_marks; i++)
        rules += pages.items[0].marks[i].kind == MARK_PATH && !pages.items[0].marks[i].node;
    CHECK(rules == 1, "%zu rules", rules);
}

/* 13 lines of 15 pt in 200 pt: the mark is in the last one, and goes over with its note. */
static void with_its_line(void)
{
    no_notes();
    CHECK(set_boxes(after(12, noted("cuối", "Một chú thích.", 1)), 300, 300), "set");
    CHECK(pages.n == 2 && count(0, "dòng") == 12 && !find(0, "1\u00A0", 0), "page 1: %zu lines", count(0, "dòng"));
    CHECK(find(1, "cuối", 0) && find(1, "1\u00A0", 0), "page 2 has line and note");
    no_notes();
    CHECK(set_boxes(after(11, noted("cuối", "Một chú thích.", 1)), 300, 300), "set");
    CHECK(pages.n == 1, "one line fewer and both fit: %zu pages", pages.n);
}

static size_t note_lines(size_t page)
{
    size_t n = 0;
    for (size_t i = 0; page < pages.n && i < pages.items[page].n_marks; i++) {
        const struct mark *m = &pages.items[page].marks[i];
        n += m->kind == MARK_GLYPHS && m->node && m->node->role == NODE_NOTE && m->u.glyphs.size < 9;
    }
    return n;
}

/* A long note is divided: its line stays where it is, and the rest goes on at the next page's foot. */
static void divided(void)
{
    no_notes();
    CHECK(set_boxes(after(7, noted("cuối", words, 1)), 200, 260), "set");
    size_t here = note_lines(0), there = note_lines(1);
    CHECK(pages.n == 2 && find(0, "cuối", 0) && here >= 2 && there >= 2, "%zu pages, %zu lines here, %zu there", pages.n, here, there);
    CHECK(diag.n == 0, "nothing to report");
    no_notes();
    CHECK(set_boxes(noted("một", words, 1), 200, 140), "set"); /* the note alone is higher than a page */
    size_t all = 0;
    for (size_t i = 0; i < pages.n; i++)
        all += note_lines(i);
    CHECK(pages.n >= 3 && all == here + there, "%zu pages, %zu of %zu lines", pages.n, all, here + there);
    CHECK(pages.root->first->next->role == NODE_NOTE && !pages.root->first->next->next, "one note in the structure");
}

/* In grids and columns, whose rows are cut, the notes still stand on the page of their marks. */
static void inside(void)
{
    static const struct track_len tracks[] = { { LEN_FR, 1 }, { LEN_FR, 1 } };
    no_notes();
    struct box *left = box_new(BOX_BLOCK), *columns = box_new(BOX_BLOCK);
    left->u.block.first = after(20, noted("trái", "Ghi chú trái.", 1));
    CHECK(set_boxes(grid_of(chain(left, text_box("phải", serif()), NULL), tracks, 2, 10), 300, 300), "set");
    CHECK(pages.n == 2 && find(1, "trái", 0) && find(1, "1\u00A0", 0) && !find(0, "1\u00A0", 0), "a cut row: %zu pages", pages.n);
    no_notes();
    columns->u.block.first = after(1, noted("cột", "Ghi chú cột.", 1));
    columns->u.block.flow_columns = 2;
    CHECK(set_boxes(columns, 300, 300), "set");
    const struct mark *note = find(0, "1\u00A0", 0);
    CHECK(note && fabs(note->u.glyphs.x - 50) < 0.01, "columns of a block: at the foot of the page");
}

static void in_tables(void)
{
    const char *texts[] = { "Tên", "Giá trị", "PAPI", "42,1", "SIPAS", "80" };
    const struct column_track t[] = { { { LEN_FR, 1 }, ALIGN_START, true }, { { LEN_AUTO, 0 }, ALIGN_DECIMAL, false } };
    no_notes();
    struct box *b = table_of(texts, 3, 2, 1, t, serif());
    struct run runs[] = { run_of("42,1", serif()), note_run("Điểm tổng.", true, 1) };
    runs[1].hang = true;
    b->u.table->rows[1].cells[1].content = text_of_runs(runs, 2, serif());
    b->next = text_box("sau", serif());
    CHECK(set_boxes(b, 300, 400), "set");
    const struct mark *note = find(0, "a\u00A0", 0), *next = find(0, "sau", 0), *last = find(0, "80", 0);
    CHECK(note && next && last && note->u.glyphs.y > last->u.glyphs.y && note->u.glyphs.y < next->u.glyphs.y, "under the table");
    struct node *after_table = pages.root->first->next;
    CHECK(after_table && after_table->role == NODE_NOTE, "behind the table in the structure");
}

static void by_page(void)
{
    no_notes();
    struct box *b = after(9, noted("a", "Thứ nhất.", 1)), *last = b;
    while (last->next)
        last = last->next;
    last->next = after(4, noted("b", "Thứ hai.", 2));
    struct box_document *doc = document_of(b, 300, 300, 50);
    CHECK(set(doc) && pages.n == 2 && find(1, "2\u00A0", 0), "through the document");
    doc->notes_by_page = true;
    CHECK(set(doc) && pages.n == 2 && find(1, "1\u00A0", 0) && !find(1, "2\u00A0", 0), "from 1 on each page");
    no_notes();
    struct box *own = noted("c", "Dấu riêng.", 0);
    first_note->sign = "†";
    CHECK(set_boxes(own, 300, 300) && find(0, "†\u00A0", 0), "a sign of its own");
    no_notes();
    own = noted("d", "Sao.", 2);
    first_note->marker = "(*)";
    CHECK(set_boxes(own, 300, 300) && find(0, "(**)\u00A0", 0), "stars in brackets");
}

/* Page numbers in front of what they number: the first pass only guesses them. */
static void contents(void)
{
    static const char *ids[] = { "m1", "m2" };
    struct run runs[3] = { run_of("Hai", serif()), { .kind = RUN_LEADER, .style = serif() },
                           { .kind = RUN_PAGE_OF, .style = serif(), .ref = 1, .link_to = "#m2", .link_contents = "Hai" } };
    struct box *list = box_new(BOX_BLOCK), *one = text_box("Một", serif()), *two = text_box("Hai", serif());
    no_notes();
    list->role = ROLE_TOC;
    list->u.block.first = text_of_runs(runs, 3, serif());
    list->u.block.first->role = ROLE_TOCI;
    one->role = two->role = ROLE_H1;
    one->id = "m1";
    two->id = "m2";
    two->props.break_before = BREAK_PAGE;
    struct box_document *doc = document_of(chain(list, one, two, NULL), 300, 300, 50);
    doc->page_refs = ids;
    doc->n_page_refs = 2;
    CHECK(set(doc) && pages.n == 2, "set");
    const struct mark *number = find(0, "2", 0);
    CHECK(number && number->u.glyphs.len == 1, "the page of the second heading");
    CHECK(number && number->node->role == NODE_LINK && number->node->parent->role == NODE_TOCI, "an entry's link");
    CHECK(number && fabs(number->u.glyphs.x + 6 - 250) < 0.1, "at the end of the line: %g", number ? number->u.glyphs.x : 0);
    CHECK(diag.n == 0, "it settled");
}

int main(void)
{
    static void (*const tests[])(void) = { at_the_foot, with_its_line, divided, inside, in_tables, by_page, contents };
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
