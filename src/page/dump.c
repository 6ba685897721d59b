/* The display list as text, for golden tests: what a reader of a difference
 * needs to see, and nothing that changes with the machine (no pointers, no
 * glyph numbers: they follow the font's version, the text does not). */
#include "page/page.h"

#include <string.h>

static void number(struct buf *b, double v)
{
    buf_char(b, ' ');
    buf_number(b, v, 2);
}

static void color(struct buf *b, const char *what, struct color c)
{
    buf_printf(b, " %s#%02X%02X%02X", what, c.r, c.g, c.b);
}

static void quoted(struct buf *b, const char *name, const char *s)
{
    if (!s)
        return;
    buf_printf(b, " %s%s", name, *name ? "=" : "");
    buf_json(b, s);
}

static void owner(struct buf *b, const struct node *n)
{
    if (n)
        buf_printf(b, " @%u", (unsigned)n->number);
    else
        buf_str(b, " artifact");
}

static double run_width(const struct mark *m)
{
    double units = 0;
    for (size_t i = 0; i < m->u.glyphs.n; i++)
        units += m->u.glyphs.glyphs[i].advance;
    return units * m->u.glyphs.size / font_metrics(m->u.glyphs.font)->upem;
}

static void dump_glyphs(const struct mark *m, struct buf *b, struct arena *a)
{
    buf_str(b, "  text");
    owner(b, m->node);
    number(b, m->u.glyphs.x);
    number(b, m->u.glyphs.y);
    buf_printf(b, " %s", font_postscript_name(m->u.glyphs.font));
    number(b, m->u.glyphs.size);
    color(b, "", m->u.glyphs.color);
    buf_str(b, " wide");
    number(b, run_width(m));
    if (m->u.glyphs.word_space != 0) {
        buf_str(b, " space");
        number(b, m->u.glyphs.word_space);
    }
    quoted(b, "", arena_strndup(a, m->u.glyphs.text, m->u.glyphs.len));
}

static void dump_path(const struct mark *m, struct buf *b)
{
    static const char op[] = { [PATH_MOVE] = 'M', [PATH_LINE] = 'L', [PATH_CURVE] = 'C', [PATH_CLOSE] = 'Z' };
    buf_str(b, "  path");
    owner(b, m->node);
    if (m->u.path.fill)
        color(b, "fill", m->u.path.fill_color);
    if (m->u.path.stroke) {
        color(b, "stroke", m->u.path.stroke_color);
        number(b, m->u.path.width);
    }
    if (m->u.path.dash[0] > 0) {
        buf_str(b, " dash");
        number(b, m->u.path.dash[0]);
        number(b, m->u.path.dash[1]);
    }
    if (m->u.path.round)
        buf_str(b, " round");
    for (size_t i = 0; i < m->u.path.n; i++) {
        const struct path_step *s = &m->u.path.steps[i];
        int points = s->op == PATH_CURVE ? 3 : s->op == PATH_CLOSE ? 0 : 1;
        buf_printf(b, " %c", op[s->op]);
        for (int k = 0; k < points; k++) {
            number(b, s->x[k]);
            number(b, s->y[k]);
        }
    }
}

static void dump_image(const struct mark *m, struct buf *b)
{
    buf_str(b, "  image");
    owner(b, m->node);
    number(b, m->u.image.x);
    number(b, m->u.image.y);
    number(b, m->u.image.w);
    number(b, m->u.image.h);
    if (m->u.image.cut[0] > 0 || m->u.image.cut[1] > 0) {
        buf_str(b, " cut");
        number(b, m->u.image.cut[0]);
        number(b, m->u.image.cut[1]);
    }
    quoted(b, "", m->u.image.image->path);
}

static void dump_link(const struct link *l, struct buf *b)
{
    buf_str(b, "  link");
    owner(b, l->node);
    number(b, l->x0);
    number(b, l->y0);
    number(b, l->x1);
    number(b, l->y1);
    quoted(b, "to", l->to);
    quoted(b, "contents", l->contents);
    buf_char(b, '\n');
}

static void dump_page(const struct page *page, size_t i, struct buf *b, struct arena *a)
{
    buf_printf(b, "page %zu", i);
    number(b, page->width);
    number(b, page->height);
    quoted(b, "label", page->label);
    if (page->bleed > 0) {
        buf_str(b, " bleed");
        number(b, page->bleed);
    }
    buf_str(b, page->crop ? " crop\n" : "\n");
    for (size_t k = 0; k < page->n_marks; k++) {
        const struct mark *m = &page->marks[k];
        switch (m->kind) {
        case MARK_GLYPHS: dump_glyphs(m, b, a); break;
        case MARK_PATH: dump_path(m, b); break;
        case MARK_IMAGE: dump_image(m, b); break;
        }
        buf_char(b, '\n');
    }
    for (size_t k = 0; k < page->n_links; k++)
        dump_link(&page->links[k], b);
}

static void dump_node(const struct node *n, int depth, struct buf *b)
{
    static const char *const scopes[] = { "", " row", " column", " both" };
    buf_printf(b, "%*s%s @%u%s", 2 * depth, "", node_role_name(n->role), (unsigned)n->number, scopes[n->scope]);
    if (n->row_span > 1)
        buf_printf(b, " rows=%d", n->row_span);
    if (n->column_span > 1)
        buf_printf(b, " columns=%d", n->column_span);
    quoted(b, "title", n->title);
    quoted(b, "alt", n->alt);
    quoted(b, "actual", n->actual);
    quoted(b, "expansion", n->expansion);
    quoted(b, "lang", n->lang);
    quoted(b, "id", n->id);
    if (n->page >= 0)
        buf_printf(b, " page=%d", n->page);
    if (n->bbox[2] > n->bbox[0]) {
        buf_str(b, " bbox");
        for (int k = 0; k < 4; k++)
            number(b, n->bbox[k]);
    }
    buf_char(b, '\n');
}

/* Without recursion: a hostile layout may nest deeper than a stack. */
static void dump_tree(const struct node *root, struct buf *b)
{
    int depth = 0;
    for (const struct node *n = root; n;) {
        dump_node(n, depth, b);
        if (n->first) {
            n = n->first;
            depth++;
            continue;
        }
        while (n != root && !n->next) {
            n = n->parent;
            depth--;
        }
        n = n == root ? NULL : n->next;
    }
}

void pages_dump(const struct pages *p, struct buf *out)
{
    struct arena scratch = { 0 };
    for (size_t i = 0; i < p->n; i++)
        dump_page(&p->items[i], i, out, &scratch);
    if (p->root)
        dump_tree(p->root, out);
    for (size_t i = 0; i < p->n_anchors; i++) {
        const struct anchor *n = &p->anchors[i];
        buf_printf(out, "anchor %d", n->page);
        number(out, n->x);
        number(out, n->y);
        quoted(out, "", n->id);
        buf_char(out, '\n');
    }
    for (size_t i = 0; i < p->n_bookmarks; i++) {
        const struct bookmark *m = &p->bookmarks[i];
        buf_printf(out, "bookmark %d page %d", m->level, m->page);
        number(out, m->y);
        quoted(out, "", m->title);
        buf_char(out, '\n');
    }
    for (size_t i = 0; i < p->n_attachments; i++) {
        const struct attachment *t = &p->attachments[i];
        buf_printf(out, "attachment %zu bytes", t->len);
        quoted(out, "", t->name);
        quoted(out, "", t->mime);
        quoted(out, "", t->relationship);
        buf_char(out, '\n');
    }
    arena_clear(&scratch);
}
