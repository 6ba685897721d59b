/* layout/box.h -- the box tree: a layout bound to one card, before anything is measured.
 *
 * What layout_bind() gives and typeset/ takes.  All texts are final (NFC
 * UTF-8, expressions evaluated, numbers formatted, sources numbered), all
 * lengths are in pt, every style is resolved: typeset/ knows no XML.
 * Everything lives in the card's arena, styles too; their names and tracks belong to the layout.
 */
#ifndef LAYOUT_BOX_H
#define LAYOUT_BOX_H
#include "base/diag.h"
#include "chart/chart.h"
#include "page/page.h"

enum align { ALIGN_START, ALIGN_CENTER, ALIGN_END, ALIGN_JUSTIFY, ALIGN_DECIMAL };
enum valign { VALIGN_BASELINE, VALIGN_TOP, VALIGN_MIDDLE, VALIGN_BOTTOM };

struct style {
    const char *name;
    const char *family;          /* "Source Sans 3" */
    int weight;                  /* 400, 600, 700 */
    bool italic;
    double size, leading;        /* pt */
    struct color color;
    unsigned features;           /* font_feature bits */
    enum align align;
    double indent;               /* first line; negative hangs */
    double rise;                 /* of the baseline, pt: superscripts */
    bool underline;
    bool uppercase;
};

enum line_style { LINE_NONE, LINE_SOLID, LINE_DOTTED, LINE_DASHED };
struct border { double width; enum line_style style; struct color color; };
enum { SIDE_TOP, SIDE_RIGHT, SIDE_BOTTOM, SIDE_LEFT };

enum brk { BREAK_AUTO, BREAK_PAGE, BREAK_COLUMN, BREAK_ODD };
struct props {
    double margin[4], padding[4];
    struct border border[4];
    bool has_background;
    struct color background;
    struct track_len { enum { LEN_AUTO, LEN_PT, LEN_PERCENT, LEN_FR } unit; double v; } width;
    double min_height;
    bool keep_together;          /* always, if it fits a page at all */
    bool keep_with_next;
    enum brk break_before, break_after;
    int widows, orphans;         /* lines; default 2 */
    enum valign valign;          /* of cells and columns */
};

enum run_kind {
    RUN_TEXT,
    RUN_BREAK,                   /* forced line end */
    RUN_PAGE_NUMBER, RUN_PAGE_COUNT, /* headers and footers only */
    RUN_LEADER,                  /* fills the rest of the line with dots (style) */
    RUN_CHART,                   /* a small chart in the line or cell */
    RUN_TAB,                     /* to the hanging indent */
    RUN_NOTE,                    /* the mark of a footnote; its sign is known when the pages are */
    RUN_PAGE_OF,                 /* number of the page where box_document.page_refs[ref] stands */
};
struct footnote;
struct run {
    enum run_kind kind;
    const char *text;            /* RUN_TEXT; spaces already collapsed, U+00A0 kept */
    const struct style *style;
    const char *link_to;         /* "#anchor" or an address; NULL */
    const char *link_contents;   /* where it leads, in words; NULL */
    const char *anchor;          /* id put at the run; NULL */
    const char *expansion;       /* abbreviation's full form; NULL */
    const char *lang;            /* NULL: the document's */
    bool glue;                   /* no line break before it: source marks, units */
    bool hang;                   /* decimal cells: outside the column's number, moves no figure */
    const struct chart_spec *chart;
    const struct chart_look *look;
    const struct footnote *note; /* RUN_NOTE */
    size_t ref;                  /* RUN_PAGE_OF */
    struct at at;
};

/* A note at the foot of the page on which its mark stands; in a table, under the table. */
struct footnote {
    const struct run *runs;
    size_t n;
    const struct style *style, *mark_style; /* of its text; of its mark there and in the text */
    const char *sign;            /* the layout's own; NULL: counted */
    const char *marker;          /* how it is counted: "1", "a", "*" */
    bool in_table;               /* counted within its table */
    int number;                  /* of the counted ones in the document, or in the table, from 1 */
    size_t index;                /* of all in the document, from 0 */
    const char *id, *back;       /* anchors of the note and of its mark */
    struct footnote *next;       /* in the document's order */
    struct at at;
};

enum box_kind { BOX_BLOCK, BOX_TEXT, BOX_LIST, BOX_TABLE, BOX_CHART, BOX_IMAGE, BOX_RULE, BOX_QR, BOX_SIGNATURE };
/* What the box is for a reader: decides the structure element. */
enum box_role {
    ROLE_AUTO,                   /* text: P; block: none */
    ROLE_H1, ROLE_H2, ROLE_H3, ROLE_H4, ROLE_P, ROLE_CAPTION, ROLE_NOTE, ROLE_SECTION, ROLE_QUOTE, ROLE_ARTIFACT,
    ROLE_TOC, ROLE_TOCI,
};

struct column_track { struct track_len width; enum align align; bool row_header; };

struct cell {
    struct box *content;         /* first of its boxes; NULL: empty */
    int column, column_span, row_span; /* column from 0 */
    enum node_scope scope;       /* not NONE: a header cell */
    struct props props;
    enum align align;            /* of its texts */
    const struct style *style;
    struct at at;
};
enum row_kind { ROW_HEADER, ROW_BODY, ROW_GROUP, ROW_GROUP_FOOTER, ROW_TOTAL, ROW_PAGE_TOTAL, ROW_CARRY, ROW_BROUGHT };
struct row {
    enum row_kind kind;
    struct cell *cells;
    size_t n_cells;
    bool keep;                   /* not broken over pages */
    bool keep_with_next;
    struct props props;          /* borders and background over the whole row */
    double min_height;
    struct at at;
};
/* A figure of a page row: known only when the pages are. */
struct page_sum {
    int column;                  /* of its cell */
    const double *before;        /* [r]: the sum over the body rows before row r, ... */
    size_t rows;                 /* ... r up to this number of them */
    const char *(*print)(const void *format, double sum, struct arena *a);
    const void *format;
};
/* A row put wherever a page ends within the table. At its end: ROW_PAGE_TOTAL
 * sums over the page, ROW_CARRY over all rows till there; ROW_BROUGHT says the
 * latter again under the next page's head. Its texts now are those of the whole table. */
struct page_row {
    struct row row;
    struct page_sum *sums;
    size_t n_sums;
};
struct table {
    struct column_track *columns;
    size_t n_columns;
    struct row *rows;            /* header rows first */
    size_t n_rows, n_header;
    bool header_repeat;
    const char *continued;       /* "(tiếp theo)": added to the caption on later pages, or a line of its own; NULL */
    const struct style *continued_style; /* of that line */
    struct box *caption;         /* BOX_TEXT; NULL */
    double gap;                  /* between columns, pt */
    struct page_row *page_rows;
    size_t n_page_rows;
    const char *summary;         /* of the table for readers who cannot see it; NULL */
    const char *note_marker;     /* how its footnotes are counted */
};

struct box {
    enum box_kind kind;
    enum box_role role;
    struct box *next;
    struct props props;
    struct at at;                /* the layout's element */
    const char *id;              /* anchor; NULL */
    const char *bookmark;        /* text of its bookmark; NULL */
    int bookmark_level;          /* from 1 */
    union {
        struct {                 /* BLOCK and LIST; a LIST's children are items */
            struct box *first;
            const struct track_len *tracks; /* columns of a grid: children fill them in order, row by row */
            size_t n_tracks;
            double gap, row_gap;
            int flow_columns;    /* over 1, without tracks: children flow through so many balanced columns, `gap` apart */
            const char *marker;  /* LIST: "•", or "1." for numbers */
            const struct style *marker_style;
        } block;
        struct { const struct run *runs; size_t n; const struct style *style; enum align align; } text;
        struct table *table;
        struct { const struct chart_spec *spec; const struct chart_look *look; bool data_table; } chart;
        struct { const struct image *image; const char *alt; /* "": decoration */ double width, height; bool cover; } image;
        struct { struct border line; } rule;
        struct { const unsigned char *dark; int modules; /* a side */ const char *alt; double size; } qr;
        struct { const char *name, *words; double width, height; } signature;
    } u;
};

struct running {                 /* a header or footer */
    enum { ON_ANY, ON_FIRST, ON_REST, ON_ODD, ON_EVEN, ON_LAST } on;
    double extent;               /* height, pt */
    struct box *content;
};
struct master {
    double width, height, margin[4]; /* pt; to the text, or to the running blocks, whose extent the text of their pages gives up */
    int columns;
    double gap;
    double bleed;                /* pt that colour reaches over the trimmed page */
    bool crop;                   /* with crop marks */
    struct running *headers, *footers;
    size_t n_headers, n_footers;
};
struct sequence {
    const struct master *master;
    struct box *first;           /* the flow */
    const char *title;           /* bookmark; NULL */
    bool start_odd;
    int first_number;            /* 0: goes on */
    bool roman;                  /* its page numbers are i, ii, iii */
};

/* A sentence (or a table without sentences) that a mark on the pages leads to. */
struct source_use {
    int document;                /* from 1, in order of first use */
    const char *letter;          /* "a" ... "z", "aa"; "" for the document as a whole */
    const char *source, *sentence; /* ids in the card: of its <nguon>, of its <cau>; sentence NULL */
    const char *anchor;          /* of its entry: "nguon-2a" */
    int marks;                   /* how often a mark leads there */
};

enum overflow { OVERFLOW_ERROR, OVERFLOW_SHRINK, OVERFLOW_CLIP };
struct box_document {
    struct sequence *sequences;
    size_t n_sequences;
    const char *title, *lang, *subject, *keywords, *author, *date;
    struct record record;
    enum overflow on_overflow;
    struct attachment *attachments;
    size_t n_attachments;
    const struct source_use *uses; /* by document and letter */
    size_t n_uses;
    const struct footnote *notes; /* all, in the order of their marks */
    bool notes_by_page;          /* counted from 1 on every page; else through the document */
    const char *const *page_refs; /* ids whose pages are printed somewhere */
    size_t n_page_refs;
    const char *place;           /* slug, for messages */
};

/* The tree as indented text, for golden tests. */
void box_dump(const struct box_document *doc, struct buf *out);
#endif
