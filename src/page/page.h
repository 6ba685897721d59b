/* page/page.h -- the display list: pages of marks, each with its place in the structure.
 *
 * What typeset makes and pdf (or a screen output) draws.  Coordinates are
 * points (1/72 in) from the top left of the page, x right, y down; only pdf/
 * turns y over.  Everything lives in the arena of its card.
 */
#ifndef PAGE_PAGE_H
#define PAGE_PAGE_H
#include "base/arena.h"
#include "base/buf.h"
#include "font/font.h"

/* Standard structure types of ISO 32000-1, 14.8.4, as far as a card needs them. */
enum node_role {
    NODE_DOCUMENT, NODE_PART, NODE_SECT, NODE_DIV, NODE_H1, NODE_H2, NODE_H3, NODE_H4, NODE_H5, NODE_H6, NODE_P,
    NODE_SPAN, NODE_LINK, NODE_REFERENCE, NODE_NOTE, NODE_L, NODE_LI, NODE_LBL, NODE_LBODY, NODE_TABLE, NODE_THEAD,
    NODE_TBODY, NODE_TFOOT, NODE_TR, NODE_TH, NODE_TD, NODE_CAPTION, NODE_FIGURE, NODE_TOC, NODE_TOCI, NODE_FORM,
    NODE_BLOCKQUOTE, NODE_BIBENTRY,
};
enum node_scope { SCOPE_NONE, SCOPE_ROW, SCOPE_COLUMN, SCOPE_BOTH };

/* An element of the structure tree. Order among siblings is reading order. */
struct node {
    enum node_role role;
    struct node *parent, *first, *last, *next;
    const char *alt;              /* alternative text: required for NODE_FIGURE */
    const char *actual;           /* replacement text; NULL */
    const char *expansion;        /* what an abbreviation stands for; NULL */
    const char *lang;             /* NULL: the document's */
    const char *title;            /* NULL */
    const char *id;               /* NULL; unique in a document when set */
    enum node_scope scope;        /* NODE_TH */
    int row_span, column_span;    /* cells; 0 and 1 alike mean 1 */
    double bbox[4];               /* figures: x0 y0 x1 y1 on `page`; 0 if not known */
    int page;                     /* figures and links: index of the page; -1 */
    uint32_t number;              /* set by node_new: 0, 1, 2 ... in order of making */
};

struct color { unsigned char r, g, b; };

enum path_op { PATH_MOVE, PATH_LINE, PATH_CURVE /* 3 points */, PATH_CLOSE };
struct path_step { enum path_op op; double x[3], y[3]; };

enum mark_kind { MARK_GLYPHS, MARK_PATH, MARK_IMAGE };
struct image;                     /* below */
struct mark {
    enum mark_kind kind;
    struct node *node;            /* what it is content of; NULL: an artifact */
    union {
        struct {
            const struct font *font;
            double size;          /* pt */
            double x, y;          /* pen start on the baseline */
            double word_space;    /* added after each space glyph by justification, pt */
            struct color color;
            const struct glyph *glyphs;
            size_t n;
            const char *text;     /* the UTF-8 that the clusters point into */
            size_t len;
        } glyphs;
        struct {
            const struct path_step *steps;
            size_t n;
            bool fill, stroke;
            struct color fill_color, stroke_color;
            double width;         /* of the stroke, pt */
            double dash[2];       /* on, off, pt; 0 0: solid */
            bool round;           /* round caps and joins */
        } path;
        struct {
            const struct image *image;
            double x, y, w, h;    /* of what is seen */
            double cut[2];        /* share of its width, of its height that is cut off, half on each side */
        } image;
    } u;
};

struct image {                    /* a picture as in its file; decoded by pdf/ */
    const char *path;
    const unsigned char *data;
    size_t len;
    bool png;                     /* else JPEG */
    int width, height;            /* pixels */
};

/* A place that can be pressed. That of a NODE_FORM is a signature field: `to` is its name. */
struct link {
    double x0, y0, x1, y1;
    struct node *node;            /* its NODE_LINK or NODE_REFERENCE */
    const char *to;               /* "#anchor", or an address */
    const char *contents;         /* what it leads to, in words: required */
};
struct anchor { const char *id; int page; double x, y; };
struct bookmark { int level; /* from 1 */ const char *title; int page; double y; };

struct page {
    double width, height;         /* pt */
    struct mark *marks;  size_t n_marks, cap_marks;
    struct link *links;  size_t n_links, cap_links;
    const char *label;            /* printed page number; NULL */
    double bleed;                 /* pt that colour at the edges reaches over them */
    bool crop;                    /* crop marks around */
};

/* What a records office files a document by; NULL or "": not known. */
struct record {
    const char *issuer;          /* the body that issues it: "Ủy ban nhân dân tỉnh Lào Cai" */
    const char *report, *report_date; /* number and symbol, ISO date of the report that it is or is annexed to */
    const char *period;          /* "2024", "2024-Q1" */
    const char *place, *place_code; /* slug; code of the General Statistics Office */
};
struct attachment { const char *name, *description, *mime, *relationship; const void *data; size_t len; };

struct pages {
    struct arena *arena;
    struct page *items;          size_t n, cap;
    struct anchor *anchors;      size_t n_anchors, cap_anchors;
    struct bookmark *bookmarks;  size_t n_bookmarks, cap_bookmarks;
    struct attachment *attachments; size_t n_attachments, cap_attachments;
    struct node *root;           /* NODE_DOCUMENT */
    const char *title, *lang;    /* of the document; lang "vi-VN" */
    const char *subject, *keywords, *author, *date; /* date: ISO, from the data, never the clock; "" */
    uint32_t n_nodes;
};

void pages_init(struct pages *p, struct arena *a);
struct page *pages_add(struct pages *p, double width, double height); /* valid until the next pages_add() */
/* A new last child of `parent` (NULL: of the root). */
struct node *node_new(struct pages *p, struct node *parent, enum node_role role);
struct mark *page_mark(struct pages *p, struct page *page, enum mark_kind kind, struct node *node);

/* Marks made before their place is known (a chart, a table row): a list with
 * an own origin, later put on a page. */
struct marks { struct mark *items; size_t n, cap; };
struct mark *marks_add(struct marks *m, struct arena *a, enum mark_kind kind, struct node *node);
/* Shape and add a run of text with its pen start at (x, y); its width in pt; negative on error. */
double marks_text(struct marks *m, struct arena *a, struct node *node, const struct font *f, double size,
                  struct color color, unsigned features, double x, double y, const char *text, struct at at,
                  struct diag *d);
void marks_rect(struct marks *m, struct arena *a, struct node *node, double x, double y, double w, double h,
                struct color fill);
void marks_line(struct marks *m, struct arena *a, struct node *node, double x0, double y0, double x1, double y1,
                double width, struct color color);
void marks_circle(struct marks *m, struct arena *a, struct node *node, double cx, double cy, double r,
                  const struct color *fill, const struct color *stroke, double width);
/* Copy onto a page, moved by (dx, dy). */
void page_put(struct pages *p, struct page *page, const struct marks *m, double dx, double dy);

/* When all is on the page: fills that touch its edges reach into its bleed, and crop
 * marks stand around it, outside 0 0 width height. */
void page_trim(struct pages *p, struct page *page);
/* How far the sheet reaches over the trimmed page on each side, pt. */
double page_around(const struct page *page);

/* The whole list as text, one mark a line with coordinates to 0.01 pt, then the
 * structure tree, anchors, links and bookmarks: what golden tests compare. */
void pages_dump(const struct pages *p, struct buf *out);
const char *node_role_name(enum node_role r); /* "H1", "TD", ... */
#endif
