/* Pages, marks and nodes are appended and never taken back; all of it lives in
 * the arena of the card.  Marks hold their coordinates absolutely, so putting
 * a list somewhere means moving every step of its paths: charts are small, and
 * neither the dump nor the PDF then needs to know of a transformation. */
#include "page/page.h"

#include <string.h>

void pages_init(struct pages *p, struct arena *a)
{
    *p = (struct pages){ .arena = a, .lang = "vi-VN", .title = "", .subject = "", .keywords = "", .author = "",
                         .date = "" };
    p->root = arena_new(a, struct node);
    p->root->role = NODE_DOCUMENT;
    p->root->page = -1;
    p->root->number = p->n_nodes++;
}

struct page *pages_add(struct pages *p, double width, double height)
{
    struct page *page = ARENA_PUSH(p->arena, p->items, p->n, p->cap);
    *page = (struct page){ .width = width, .height = height };
    return page;
}

struct node *node_new(struct pages *p, struct node *parent, enum node_role role)
{
    struct node *n = arena_new(p->arena, struct node);
    n->role = role;
    n->parent = parent ? parent : p->root;
    n->page = -1;
    n->number = p->n_nodes++;
    if (n->parent->last)
        n->parent->last->next = n;
    else
        n->parent->first = n;
    n->parent->last = n;
    return n;
}

struct mark *page_mark(struct pages *p, struct page *page, enum mark_kind kind, struct node *node)
{
    struct mark *m = ARENA_PUSH(p->arena, page->marks, page->n_marks, page->cap_marks);
    *m = (struct mark){ .kind = kind, .node = node };
    return m;
}

struct mark *marks_add(struct marks *m, struct arena *a, enum mark_kind kind, struct node *node)
{
    struct mark *mark = ARENA_PUSH(a, m->items, m->n, m->cap);
    *mark = (struct mark){ .kind = kind, .node = node };
    return mark;
}

double marks_text(struct marks *m, struct arena *a, struct node *node, const struct font *f, double size,
                  struct color color, unsigned features, double x, double y, const char *text, struct at at,
                  struct diag *d)
{
    double width = 0;
    size_t len = strlen(text);
    char *copy = arena_strndup(a, text, len);
    for (size_t n; len > 0; copy += n, len -= n) {
        const struct font *in; /* signs may be set in a face of their own */
        struct shaped shaped;
        n = font_piece(f, copy, len, &in);
        if (!font_shape(in, copy, n, features, &shaped, at, d))
            return -1;
        struct mark *mark = marks_add(m, a, MARK_GLYPHS, node);
        mark->u.glyphs.font = in;
        mark->u.glyphs.size = size;
        mark->u.glyphs.x = x + width;
        mark->u.glyphs.y = y;
        mark->u.glyphs.color = color;
        mark->u.glyphs.glyphs = shaped.glyphs;
        mark->u.glyphs.n = shaped.n;
        mark->u.glyphs.text = copy;
        mark->u.glyphs.len = n;
        width += (double)shaped.advance * size / font_metrics(in)->upem;
    }
    return width;
}

static struct mark *path_add(struct marks *m, struct arena *a, struct node *node, struct path_step *steps, size_t n)
{
    struct mark *mark = marks_add(m, a, MARK_PATH, node);
    mark->u.path.steps = steps;
    mark->u.path.n = n;
    return mark;
}

static struct path_step step(enum path_op op, double x, double y)
{
    return (struct path_step){ .op = op, .x = { x }, .y = { y } };
}

void marks_rect(struct marks *m, struct arena *a, struct node *node, double x, double y, double w, double h,
                struct color fill)
{
    struct path_step *s = arena_array(a, struct path_step, 5);
    s[0] = step(PATH_MOVE, x, y);
    s[1] = step(PATH_LINE, x + w, y);
    s[2] = step(PATH_LINE, x + w, y + h);
    s[3] = step(PATH_LINE, x, y + h);
    s[4] = step(PATH_CLOSE, 0, 0);
    struct mark *mark = path_add(m, a, node, s, 5);
    mark->u.path.fill = true;
    mark->u.path.fill_color = fill;
}

void marks_line(struct marks *m, struct arena *a, struct node *node, double x0, double y0, double x1, double y1,
                double width, struct color color)
{
    struct path_step *s = arena_array(a, struct path_step, 2);
    s[0] = step(PATH_MOVE, x0, y0);
    s[1] = step(PATH_LINE, x1, y1);
    struct mark *mark = path_add(m, a, node, s, 2);
    mark->u.path.stroke = true;
    mark->u.path.stroke_color = color;
    mark->u.path.width = width;
}

void marks_circle(struct marks *m, struct arena *a, struct node *node, double cx, double cy, double r,
                  const struct color *fill, const struct color *stroke, double width)
{
    /* Four Bezier arcs; the handle's length 4/3 (sqrt 2 - 1) keeps them within 0.03 % of the circle. */
    static const double unit[5][2] = { { 1, 0 }, { 0, 1 }, { -1, 0 }, { 0, -1 }, { 1, 0 } };
    double k = 0.5522847498 * r;
    struct path_step *s = arena_array(a, struct path_step, 6);
    s[0] = step(PATH_MOVE, cx + r, cy);
    for (int i = 0; i < 4; i++) {
        const double *from = unit[i], *to = unit[i + 1];
        s[i + 1] = (struct path_step){
            .op = PATH_CURVE,
            .x = { cx + r * from[0] + k * to[0], cx + r * to[0] + k * from[0], cx + r * to[0] },
            .y = { cy + r * from[1] + k * to[1], cy + r * to[1] + k * from[1], cy + r * to[1] },
        };
    }
    s[5] = step(PATH_CLOSE, 0, 0);
    struct mark *mark = path_add(m, a, node, s, 6);
    mark->u.path.fill = fill != NULL;
    mark->u.path.stroke = stroke != NULL;
    mark->u.path.fill_color = fill ? *fill : (struct color){ 0 };
    mark->u.path.stroke_color = stroke ? *stroke : (struct color){ 0 };
    mark->u.path.width = width;
}

static const struct path_step *moved(struct arena *a, const struct path_step *from, size_t n, double dx, double dy)
{
    struct path_step *to = arena_array(a, struct path_step, n);
    for (size_t i = 0; i < n; i++) {
        to[i] = from[i];
        for (int k = 0; k < 3 && from[i].op != PATH_CLOSE; k++) {
            to[i].x[k] += dx;
            to[i].y[k] += dy;
        }
    }
    return to;
}

void page_put(struct pages *p, struct page *page, const struct marks *m, double dx, double dy)
{
    for (size_t i = 0; i < m->n; i++) {
        struct mark *mark = page_mark(p, page, m->items[i].kind, m->items[i].node);
        *mark = m->items[i];
        switch (mark->kind) {
        case MARK_GLYPHS:
            mark->u.glyphs.x += dx;
            mark->u.glyphs.y += dy;
            break;
        case MARK_PATH:
            mark->u.path.steps = moved(p->arena, mark->u.path.steps, mark->u.path.n, dx, dy);
            break;
        case MARK_IMAGE:
            mark->u.image.x += dx;
            mark->u.image.y += dy;
            break;
        }
    }
}

const char *node_role_name(enum node_role r)
{
    static const char *const names[] = {
        [NODE_DOCUMENT] = "Document", [NODE_PART] = "Part", [NODE_SECT] = "Sect", [NODE_DIV] = "Div",
        [NODE_H1] = "H1", [NODE_H2] = "H2", [NODE_H3] = "H3", [NODE_H4] = "H4", [NODE_H5] = "H5", [NODE_H6] = "H6",
        [NODE_P] = "P", [NODE_SPAN] = "Span", [NODE_LINK] = "Link", [NODE_REFERENCE] = "Reference",
        [NODE_NOTE] = "Note", [NODE_L] = "L", [NODE_LI] = "LI", [NODE_LBL] = "Lbl", [NODE_LBODY] = "LBody",
        [NODE_TABLE] = "Table", [NODE_THEAD] = "THead", [NODE_TBODY] = "TBody", [NODE_TFOOT] = "TFoot",
        [NODE_TR] = "TR", [NODE_TH] = "TH", [NODE_TD] = "TD", [NODE_CAPTION] = "Caption", [NODE_FIGURE] = "Figure",
        [NODE_TOC] = "TOC", [NODE_TOCI] = "TOCI", [NODE_FORM] = "Form", [NODE_BLOCKQUOTE] = "BlockQuote",
        [NODE_BIBENTRY] = "BibEntry",
    };
    return (size_t)r < sizeof names / sizeof *names && names[r] ? names[r] : "Span";
}
