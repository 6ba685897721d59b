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
    static struct style *s;
    if (!s)
        s = style_new("Liberation Serif", 400, 12, 15);
    return s;
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

int main(void)
{
    fonts = fontlib_open("fonts", &diag);
    CHECK(fonts != NULL, "fonts");
    if (fonts)
        lines();
    (void)find;
    fontlib_close(fonts);
    diag_print(&diag, stderr, 0);
    diag_clear(&diag);
    arena_clear(&arena);
    arena_clear(&boxes_arena);
    return CHECK_DONE();
}
