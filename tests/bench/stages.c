/* The time of each stage of a card, and the floor: the marks of the same pages
 * drawn with plain libharu, in Helvetica without shaping, tags, embedded fonts
 * or data.  One process, no files.  usage: stages LAYOUT DB [PERIOD [-]]; "-": without the floor */
#include "base/file.h"
#include "batch/batch.h"
#include "batch/session.h"
#include "pdf/pdf.h"
#include "typeset/typeset.h"

#include <hpdf.h>
#include <string.h>
#include <time.h>

enum { OPEN, CARD, BIND, TYPESET, PDF, FLOOR, N_STAGES };
static const char *const stage_names[N_STAGES] = {
    "open (once)", "card", "bind", "typeset", "pdf", "floor: libharu, same marks",
};

struct bench {
    double spent[N_STAGES], begun;
    size_t cards, pages, bytes, floor_bytes, marks;
};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

/* The time since the last call goes to `stage`. */
static void lap(struct bench *b, int stage)
{
    double now = seconds();
    if (stage < N_STAGES)
        b->spent[stage] += now - b->begun;
    b->begun = seconds();
}

static void floor_text(HPDF_Page page, double height, HPDF_Font font, const struct mark *m)
{
    char text[1024];
    size_t n = 0;
    for (size_t i = 0; i < m->u.glyphs.len && n + 1 < sizeof text; i++)
        if (((unsigned char)m->u.glyphs.text[i] & 0xC0) != 0x80) /* a letter each, of whatever length */
            text[n++] = (unsigned char)m->u.glyphs.text[i] < 0x80 ? m->u.glyphs.text[i] : 'e';
    text[n] = '\0';
    HPDF_Page_BeginText(page);
    HPDF_Page_SetFontAndSize(page, font, (float)m->u.glyphs.size);
    HPDF_Page_SetRGBFill(page, m->u.glyphs.color.r / 255.f, m->u.glyphs.color.g / 255.f, m->u.glyphs.color.b / 255.f);
    HPDF_Page_TextOut(page, (float)m->u.glyphs.x, (float)(height - m->u.glyphs.y), text);
    HPDF_Page_EndText(page);
}

static void floor_path(HPDF_Page page, double height, const struct mark *m)
{
    float h = (float)height;
    const struct color f = m->u.path.fill_color, s = m->u.path.stroke_color;
    HPDF_Page_SetRGBFill(page, f.r / 255.f, f.g / 255.f, f.b / 255.f);
    HPDF_Page_SetRGBStroke(page, s.r / 255.f, s.g / 255.f, s.b / 255.f);
    HPDF_Page_SetLineWidth(page, (float)m->u.path.width);
    HPDF_Page_MoveTo(page, (float)m->u.path.steps[0].x[0], h - (float)m->u.path.steps[0].y[0]);
    for (size_t i = 1; i < m->u.path.n; i++) {
        const struct path_step *p = &m->u.path.steps[i];
        if (p->op == PATH_MOVE)
            HPDF_Page_MoveTo(page, (float)p->x[0], h - (float)p->y[0]);
        else if (p->op == PATH_LINE)
            HPDF_Page_LineTo(page, (float)p->x[0], h - (float)p->y[0]);
        else if (p->op == PATH_CURVE)
            HPDF_Page_CurveTo(page, (float)p->x[0], h - (float)p->y[0], (float)p->x[1], h - (float)p->y[1],
                              (float)p->x[2], h - (float)p->y[2]);
        else
            HPDF_Page_ClosePath(page);
    }
    if (m->u.path.fill && m->u.path.stroke)
        HPDF_Page_FillStroke(page);
    else if (m->u.path.fill)
        HPDF_Page_Fill(page);
    else
        HPDF_Page_Stroke(page);
}

static size_t floor_card(const struct pages *pages, struct bench *b)
{
    HPDF_Doc doc = HPDF_New(NULL, NULL);
    HPDF_SetCompressionMode(doc, HPDF_COMP_ALL);
    HPDF_Font font = HPDF_GetFont(doc, "Helvetica", "WinAnsiEncoding");
    for (size_t i = 0; i < pages->n; i++) {
        const struct page *p = &pages->items[i];
        HPDF_Page page = HPDF_AddPage(doc);
        HPDF_Page_SetWidth(page, (float)p->width);
        HPDF_Page_SetHeight(page, (float)p->height);
        for (size_t k = 0; k < p->n_marks; k++)
            if (p->marks[k].kind == MARK_GLYPHS)
                floor_text(page, p->height, font, &p->marks[k]);
            else if (p->marks[k].kind == MARK_PATH && p->marks[k].u.path.n)
                floor_path(page, p->height, &p->marks[k]);
        b->marks += p->n_marks;
    }
    HPDF_SaveToStream(doc);
    size_t n = HPDF_GetStreamSize(doc);
    HPDF_Free(doc);
    return n;
}

static bool one(struct session *s, const char *slug, bool floor, struct arena *a, struct bench *b, struct diag *d)
{
    struct pages pages;
    struct rendered out = { 0 };
    lap(b, N_STAGES);
    xmlDocPtr card = card_make(s->cards, slug, d);
    lap(b, CARD);
    struct box_document *doc = card ? layout_bind(s->layout, card, s->fonts, a, d) : NULL;
    lap(b, BIND);
    bool ok = doc && typeset(doc, s->fonts, a, &pages, d);
    lap(b, TYPESET);
    if (ok) {
        if (floor)
            b->floor_bytes += floor_card(&pages, b);
        lap(b, FLOOR);
        struct pdf *pdf = pdf_open(d);
        struct pdf_info info = { .title = doc->title, .lang = doc->lang, .date = doc->date, .producer = "bench",
                                 .attachments = doc->attachments, .n_attachments = doc->n_attachments };
        ok = pdf && pdf_add(pdf, &pages, d) && pdf_finish(pdf, &info, &out.pdf, d);
        pdf_close(pdf);
        lap(b, PDF);
        b->pages += pages.n;
        b->bytes += out.pdf.len;
        b->cards++;
    }
    buf_clear(&out.pdf);
    xmlFreeDoc(card);
    arena_reset(a);
    return ok;
}

static void print(const struct bench *b)
{
    double n = b->cards ? (double)b->cards : 1;
    printf("%-28s %8.2f ms\n", stage_names[OPEN], b->spent[OPEN] * 1e3);
    for (int i = CARD; i < N_STAGES; i++)
        printf("%-28s %8.2f ms a card\n", stage_names[i], b->spent[i] / n * 1e3);
    printf("%-28s %8.1f kB; floor %.1f kB; %.1f pages and %.0f marks a card\n", "size", (double)b->bytes / n / 1e3,
           (double)b->floor_bytes / n / 1e3, (double)b->pages / n, (double)b->marks / n);
}

int main(int argc, char **argv)
{
    struct diag d = { 0 };
    struct arena a = { 0 };
    struct session s;
    struct bench b = { 0 };
    if (argc < 3)
        return 2;
    struct session_options o = { .layout = argv[1], .db = argv[2], .period = argc > 3 ? argv[3] : NULL };
    file_set_program(argv[0]);
    lap(&b, N_STAGES);
    bool ok = session_open(&s, &o, &d);
    lap(&b, OPEN);
    size_t n = 0;
    const char *const *slugs = ok ? card_set_places(s.cards, true, &n) : NULL;
    for (size_t i = 0; ok && i < n; i++)
        ok = one(&s, slugs[i], argc < 5, &a, &b, &d);
    diag_print(&d, stderr, 0);
    if (ok)
        print(&b);
    session_close(&s);
    arena_clear(&a);
    diag_clear(&d);
    return !ok;
}
