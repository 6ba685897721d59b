/* Two passes over the marks: the first defines the outline of every glyph that
 * the page uses, in font units with y already turned down; the second draws.
 * A run is a group with the size as its scale, so that the uses in it are
 * plain integers and the file stays small. */
#include "page/svg.h"

#include <hb.h>
#include <string.h>

enum { MAX_GID = 0x10000 };

struct face {
    const struct font *font;
    unsigned char *seen;          /* a bit for each glyph */
};
struct svg {
    struct buf *out;
    struct arena arena;
    struct face *faces;
    size_t n, cap;
};

static void number(struct buf *b, double v)
{
    buf_number(b, v, 3);
}

static void pair(struct buf *b, const char *before, double x, double y)
{
    buf_str(b, before);
    number(b, x);
    buf_char(b, ' ');
    number(b, y);
}

static void attribute(struct buf *b, const char *name, double v)
{
    buf_printf(b, " %s=\"", name);
    number(b, v);
    buf_char(b, '"');
}

static void paint(struct buf *b, const char *name, struct color c)
{
    buf_printf(b, " %s=\"#%02X%02X%02X\"", name, c.r, c.g, c.b);
}

/* Outlines ------------------------------------------------------------- */

static void outline_move(hb_draw_funcs_t *f, void *b, hb_draw_state_t *s, float x, float y, void *u)
{
    (void)f, (void)s, (void)u;
    pair(b, "M", x, -y);
}

static void outline_line(hb_draw_funcs_t *f, void *b, hb_draw_state_t *s, float x, float y, void *u)
{
    (void)f, (void)s, (void)u;
    pair(b, "L", x, -y);
}

static void outline_quadratic(hb_draw_funcs_t *f, void *b, hb_draw_state_t *s, float cx, float cy, float x, float y,
                              void *u)
{
    (void)f, (void)s, (void)u;
    pair(b, "Q", cx, -cy);
    pair(b, " ", x, -y);
}

static void outline_cubic(hb_draw_funcs_t *f, void *b, hb_draw_state_t *s, float ax, float ay, float bx, float by,
                          float x, float y, void *u)
{
    (void)f, (void)s, (void)u;
    pair(b, "C", ax, -ay);
    pair(b, " ", bx, -by);
    pair(b, " ", x, -y);
}

static void outline_close(hb_draw_funcs_t *f, void *b, hb_draw_state_t *s, void *u)
{
    (void)f, (void)s, (void)u;
    buf_char(b, 'Z');
}

static hb_draw_funcs_t *outline_funcs(void)
{
    hb_draw_funcs_t *f = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(f, outline_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(f, outline_line, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(f, outline_quadratic, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(f, outline_cubic, NULL, NULL);
    hb_draw_funcs_set_close_path_func(f, outline_close, NULL, NULL);
    return f;
}

static void draw_outline(hb_font_t *font, hb_codepoint_t gid, hb_draw_funcs_t *funcs, struct buf *out)
{
#if HB_VERSION_ATLEAST(7, 0, 0)
    hb_font_draw_glyph(font, gid, funcs, out);
#else
    hb_font_get_glyph_shape(font, gid, funcs, out);
#endif
}

static size_t face_index(struct svg *s, const struct font *f)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->faces[i].font == f)
            return i;
    struct face *face = ARENA_PUSH(&s->arena, s->faces, s->n, s->cap);
    face->font = f;
    face->seen = arena_alloc(&s->arena, MAX_GID / 8, 1);
    return s->n - 1;
}

static void define_run(struct svg *s, const struct mark *m, hb_draw_funcs_t *funcs)
{
    size_t k = face_index(s, m->u.glyphs.font);
    unsigned char *seen = s->faces[k].seen;
    hb_font_t *font = hb_font_create(font_hb_face(m->u.glyphs.font));
    for (size_t i = 0; i < m->u.glyphs.n; i++) {
        uint32_t gid = m->u.glyphs.glyphs[i].gid;
        if (gid >= MAX_GID || seen[gid / 8] >> gid % 8 & 1)
            continue;
        seen[gid / 8] |= (unsigned char)(1u << gid % 8);
        buf_printf(s->out, "<path id=\"f%zug%u\" d=\"", k, (unsigned)gid);
        draw_outline(font, gid, funcs, s->out);
        buf_str(s->out, "\"/>\n");
    }
    hb_font_destroy(font);
}

static void define_glyphs(struct svg *s, const struct page *page)
{
    hb_draw_funcs_t *funcs = outline_funcs();
    buf_str(s->out, "<defs>\n");
    for (size_t i = 0; i < page->n_marks; i++)
        if (page->marks[i].kind == MARK_GLYPHS)
            define_run(s, &page->marks[i], funcs);
    buf_str(s->out, "</defs>\n");
    hb_draw_funcs_destroy(funcs);
}

/* Marks ------------------------------------------------------------------ */

/* The text itself, stretched to the run's width, for the reader's search. */
static void unseen_text(struct svg *s, const struct mark *m, double width)
{
    if (width <= 0)
        return;
    buf_str(s->out, "<text xml:space=\"preserve\" fill=\"none\" lengthAdjust=\"spacingAndGlyphs\"");
    attribute(s->out, "x", m->u.glyphs.x);
    attribute(s->out, "y", m->u.glyphs.y);
    attribute(s->out, "font-size", m->u.glyphs.size);
    attribute(s->out, "textLength", width);
    buf_char(s->out, '>');
    buf_xml(s->out, arena_strndup(&s->arena, m->u.glyphs.text, m->u.glyphs.len));
    buf_str(s->out, "</text>\n");
}

static void draw_glyphs(struct svg *s, const struct mark *m)
{
    double scale = m->u.glyphs.size / font_metrics(m->u.glyphs.font)->upem;
    double pen = 0;
    size_t k = face_index(s, m->u.glyphs.font);
    if (!(scale > 0))
        return;
    buf_str(s->out, "<g");
    paint(s->out, "fill", m->u.glyphs.color);
    pair(s->out, " transform=\"translate(", m->u.glyphs.x, m->u.glyphs.y);
    buf_str(s->out, ") scale(");
    buf_number(s->out, scale, 7);
    buf_str(s->out, ")\">");
    for (size_t i = 0; i < m->u.glyphs.n; i++) {
        const struct glyph *g = &m->u.glyphs.glyphs[i];
        if (g->gid < MAX_GID) {
            buf_printf(s->out, "<use xlink:href=\"#f%zug%u\"", k, (unsigned)g->gid);
            attribute(s->out, "x", pen + g->dx);
            if (g->dy)
                attribute(s->out, "y", -g->dy);
            buf_str(s->out, "/>");
        }
        pen += g->advance;
        if (g->cluster < m->u.glyphs.len && m->u.glyphs.text[g->cluster] == ' ')
            pen += m->u.glyphs.word_space / scale;
    }
    buf_str(s->out, "</g>\n");
    unseen_text(s, m, pen * scale);
}

static void draw_path(struct svg *s, const struct mark *m)
{
    static const char *const op[] = { [PATH_MOVE] = "M", [PATH_LINE] = "L", [PATH_CURVE] = "C", [PATH_CLOSE] = "Z" };
    struct buf *b = s->out;
    buf_str(b, "<path d=\"");
    for (size_t i = 0; i < m->u.path.n; i++) {
        const struct path_step *p = &m->u.path.steps[i];
        int points = p->op == PATH_CURVE ? 3 : p->op == PATH_CLOSE ? 0 : 1;
        buf_str(b, op[p->op]);
        for (int k = 0; k < points; k++)
            pair(b, k ? " " : "", p->x[k], p->y[k]);
    }
    buf_char(b, '"');
    if (m->u.path.fill)
        paint(b, "fill", m->u.path.fill_color);
    else
        buf_str(b, " fill=\"none\"");
    if (m->u.path.stroke) {
        paint(b, "stroke", m->u.path.stroke_color);
        attribute(b, "stroke-width", m->u.path.width);
    }
    if (m->u.path.stroke && m->u.path.dash[0] > 0) {
        pair(b, " stroke-dasharray=\"", m->u.path.dash[0], m->u.path.dash[1]);
        buf_char(b, '"');
    }
    if (m->u.path.round)
        buf_str(b, " stroke-linecap=\"round\" stroke-linejoin=\"round\"");
    buf_str(b, "/>\n");
}

static void base64(struct buf *b, const unsigned char *data, size_t n)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        unsigned v = data[i] * 65536u + (i + 1 < n ? data[i + 1] * 256u : 0) + (i + 2 < n ? data[i + 2] : 0);
        char four[4] = { digits[v >> 18], digits[v >> 12 & 63], i + 1 < n ? digits[v >> 6 & 63] : '=',
                         i + 2 < n ? digits[v & 63] : '=' };
        buf_add(b, four, 4);
    }
}

static void draw_image(struct svg *s, const struct mark *m)
{
    const struct image *i = m->u.image.image;
    const double *cut = m->u.image.cut;
    double w = m->u.image.w / (1 - cut[0]), h = m->u.image.h / (1 - cut[1]);
    bool clipped = cut[0] > 0 || cut[1] > 0;
    if (clipped) { /* an inner svg shows nothing outside itself */
        buf_str(s->out, "<svg");
        attribute(s->out, "x", m->u.image.x);
        attribute(s->out, "y", m->u.image.y);
        attribute(s->out, "width", m->u.image.w);
        attribute(s->out, "height", m->u.image.h);
        buf_str(s->out, ">");
    }
    buf_str(s->out, "<image preserveAspectRatio=\"none\"");
    attribute(s->out, "x", clipped ? -w * cut[0] / 2 : m->u.image.x);
    attribute(s->out, "y", clipped ? -h * cut[1] / 2 : m->u.image.y);
    attribute(s->out, "width", w);
    attribute(s->out, "height", h);
    buf_printf(s->out, " xlink:href=\"data:image/%s;base64,", i->png ? "png" : "jpeg");
    base64(s->out, i->data, i->len);
    buf_str(s->out, clipped ? "\"/></svg>\n" : "\"/>\n");
}

/* The figure that a mark is part of, if it has words for those who cannot see it. */
static const struct node *figure_of(const struct mark *m)
{
    for (const struct node *n = m->node; n; n = n->parent)
        if (n->role == NODE_FIGURE)
            return n->alt ? n : NULL;
    return NULL;
}

static void draw_marks(struct svg *s, const struct page *page)
{
    const struct node *open = NULL;
    for (size_t i = 0; i < page->n_marks; i++) {
        const struct mark *m = &page->marks[i];
        const struct node *figure = figure_of(m);
        if (figure != open) {
            if (open)
                buf_str(s->out, "</g>\n");
            if (figure) {
                buf_str(s->out, "<g role=\"img\" aria-label=\"");
                buf_xml(s->out, figure->alt);
                buf_str(s->out, "\">\n");
            }
            open = figure;
        }
        switch (m->kind) {
        case MARK_GLYPHS: draw_glyphs(s, m); break;
        case MARK_PATH: draw_path(s, m); break;
        case MARK_IMAGE: draw_image(s, m); break;
        }
    }
    if (open)
        buf_str(s->out, "</g>\n");
}

static void draw_links(struct svg *s, const struct page *page)
{
    for (size_t i = 0; i < page->n_links; i++) {
        const struct link *l = &page->links[i];
        if (l->node && l->node->role == NODE_FORM)
            continue;
        buf_str(s->out, "<a xlink:href=\"");
        buf_xml(s->out, l->to ? l->to : "");
        buf_str(s->out, "\"><title>");
        buf_xml(s->out, l->contents ? l->contents : "");
        buf_str(s->out, "</title><rect fill=\"#FFFFFF\" fill-opacity=\"0\"");
        attribute(s->out, "x", l->x0);
        attribute(s->out, "y", l->y0);
        attribute(s->out, "width", l->x1 - l->x0);
        attribute(s->out, "height", l->y1 - l->y0);
        buf_str(s->out, "/></a>\n");
    }
}

/* Anchors are empty groups, which a link "#id" of the same page finds. */
static void draw_anchors(struct svg *s, const struct pages *p, size_t index)
{
    for (size_t i = 0; i < p->n_anchors; i++) {
        const struct anchor *n = &p->anchors[i];
        if (n->page < 0 || (size_t)n->page != index)
            continue;
        buf_str(s->out, "<g id=\"");
        buf_xml(s->out, n->id);
        pair(s->out, "\" transform=\"translate(", n->x, n->y);
        buf_str(s->out, ")\"/>\n");
    }
}

static void head(struct svg *s, const struct pages *p, const struct page *page)
{
    buf_str(s->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" "
                    "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\" xml:lang=\"");
    buf_xml(s->out, p->lang ? p->lang : "vi-VN");
    buf_str(s->out, "\" width=\"");
    number(s->out, page->width);
    buf_str(s->out, "pt\" height=\"");
    number(s->out, page->height);
    pair(s->out, "pt\" viewBox=\"0 0 ", page->width, page->height);
    buf_str(s->out, "\">\n<title>");
    buf_xml(s->out, p->title ? p->title : "");
    buf_str(s->out, "</title>\n<rect fill=\"#FFFFFF\" width=\"100%\" height=\"100%\"/>\n");
}

bool page_svg(const struct pages *p, size_t index, struct buf *out, struct diag *d)
{
    if (index >= p->n) {
        diag_error(d, (struct at){ 0 }, _("there is no page %zu; the document has %zu"), index + 1, p->n);
        return false;
    }
    struct svg s = { .out = out };
    const struct page *page = &p->items[index];
    head(&s, p, page);
    define_glyphs(&s, page);
    draw_marks(&s, page);
    draw_links(&s, page);
    draw_anchors(&s, p, index);
    buf_str(out, "</svg>\n");
    arena_clear(&s.arena);
    return true;
}
