/* typeset/internal.h -- what the files of typeset/ share.
 *
 *     typeset.c   sequences, pages, running blocks
 *     flow.c      boxes -> a list of pieces, each of a known height
 *     pieces.c    such a list while it grows: margins, frames
 *     picture.c   charts, images, QR codes, rules, rooms for signatures -> a piece
 *     para.c      a paragraph's text and segments; breaks.c its lines; lines.c sets them onto sheets
 *     sheet.c     marks with an own origin, put together and onto pages
 *     grid.c      rows of cells; grids -> pieces
 *     table.c     tables -> pieces: cells, rows (table.h); table_columns.c widths and commas,
 *                 table_spans.c cells over several rows, table_pages.c heads and sums of each page
 *     tracks.c    widths of columns
 *     datatable.c a chart's numbers as a table
 *     place.c     a list of pieces -> as much of it as fits, put onto a sheet
 *     notes.c     footnotes: their room, and how they are shared out to pages
 *
 * The model is TeX's vertical list (Knuth, The TeXbook, ch. 15): boxes are
 * first made into pieces with white between them and a cost for a break before
 * each; only then is it decided where pages and columns end.  A piece that
 * can be cut (a table row, a grid row, a run of columns) holds lists itself.
 */
#ifndef TYPESET_INTERNAL_H
#define TYPESET_INTERNAL_H
#include "typeset/typeset.h"

#define EPSILON 0.005 /* pt: what rounding may add up to */

/* Marks and what goes with them, with an own origin (top left). Sheets put on
 * sheets make a tree that is walked once, when a page is done. */
enum spot_kind { SPOT_LINK, SPOT_ANCHOR, SPOT_BOOKMARK, SPOT_FIGURE };
struct spot {
    enum spot_kind kind;
    double x0, y0, x1, y1;
    struct node *node;
    const char *to, *text; /* link: address, words; anchor: id; bookmark: title */
    int level;
};
struct put {
    const struct sheet *sheet;
    double x, y;
    bool artifact; /* a repeated head: drawn, but no content */
};
struct sheet {
    struct marks marks; /* below what is put on it */
    struct put *puts;
    size_t n_puts, cap_puts;
    struct spot *spots;
    size_t n_spots, cap_spots;
};

/* Costs of a break before a piece. At KEEP and above it is taken only where
 * there is no other on a whole page; then the least. */
enum cost { COST_FREE = 0, COST_LINE = 10, COST_KEEP = 1000, COST_TOGETHER = 2000, COST_NEXT = 3000, COST_GLUE = 9000 };

struct frame { /* border and background around pieces; drawn once a page for the pieces there */
    struct frame *parent;
    const struct props *props;
    double x, width;
    unsigned stamp;
    double y0, y1;
    bool opened, closed; /* the first and last piece are on this page */
};

enum piece_kind { PIECE_SHEET, PIECE_ROW, PIECE_COLUMNS };
struct piece {
    enum piece_kind kind;
    enum brk brk;            /* forced before it */
    int cost;
    double x, above, height;
    double baseline;         /* of its first line from its top; negative: none */
    struct frame *frame;     /* innermost */
    bool opens, closes;      /* the frame's edge */
    bool keep;               /* not cut if it fits a page */
    struct repeat *repeat;   /* head to put again when a page begins with this piece */
    const struct sheet *spots; /* anchors and bookmarks at its top; NULL */
    const struct notes *notes; /* of the marks in this line; NULL */
    const struct sheet *sheet;
    struct gridrow *row;
    struct columns *columns;
    struct at at;
    long line;               /* row of a table, from 1; 0: none */
};

struct list {
    struct piece *items;
    size_t n, cap;
    /* while it is built: */
    double pending;          /* margin that waits for the next piece */
    bool at_edge;            /* top of a page, cell or frame: the margin is dropped */
    int next_cost;           /* of a break before the next piece, at least */
    enum brk next_brk;
    struct frame *frame;
    struct sheet *spots;     /* that wait for the next piece */
    bool of_page;            /* fills the pages: footnotes stand at the foot of its fits */
};

/* A footnote with its lines. Of those of a page, the first may begin and the last end within. */
struct note { const struct footnote *of; struct list list; };
struct notepart { const struct note *note; size_t first, end; /* lines */ };
struct notes { struct notepart *items; size_t n, cap; double height; };

/* How far a list is placed: before piece i, or within it; and the notes that wait for the next page. */
struct part;
struct cursor { size_t i; const struct part *part; const struct notes *waiting; };
struct fit {
    struct cursor end;
    double used;             /* height, with what notes stand at its foot */
    double foot;             /* of it for the table's rows at the end of the page */
    double room;             /* that it was fitted into */
    double noted;            /* height of the notes of what was placed, which stand elsewhere */
    const struct notes *notes; /* at its foot; NULL */
    size_t done_i;           /* the piece of which the last part is in this fit, ... */
    const struct part *done; /* ... and that part; NULL: none */
};
struct part { struct fit *fits; size_t n; double used, noted; }; /* of a cut row, cell by cell, or of a run of columns */

struct gridcell {
    struct list list;
    double x, width, shift;  /* of the content; shift: down, for baselines and alignment */
    double top, bottom;      /* border and padding */
    const struct props *props; /* drawn around it; NULL: nothing */
    double frame_x, frame_width;
    double span_height;      /* of the rows that it spans, if its content lies whole in the first; else 0 */
    bool left_edge, top_edge; /* its own left and top borders are drawn: no neighbour has them */
    bool goes_on;            /* into the next row: no lower border but at the end of a page */
};
struct gridrow {
    struct gridcell *cells;
    size_t n;
    const struct props *props; /* of the whole row; NULL */
    double width;
    bool lattice;            /* borders of neighbours lie on each other (tables) */
};
struct columns {
    struct list list;
    int n;
    double width, gap;
    struct part whole;       /* as it stands when it is not cut */
};
struct repeat {
    const struct sheet *head;      /* drawn again on every page that the table goes on */
    double height;                 /* with what was brought from the pages before, under the head */
    double brought;                /* height of that */
    double foot;                   /* height of the rows at the end of a page within the table */
    struct tablework *table;       /* makes these rows, when it is known what stands on the page */
};

struct face_of {             /* a style with its font, at its size */
    const struct style *style;
    const struct font *font;
    double scale;            /* font units to pt */
    double space, digit;     /* their advances, pt */
    double above, below;     /* of the line box around the baseline: leading, with ascent + descent centred in it */
};

struct typesetter {
    const struct box_document *doc;
    struct fontlib *fonts;
    struct arena *arena;
    struct arena scratch;    /* within one paragraph */
    struct pages *pages;
    struct diag *diag;       /* of this pass */
    struct diag *lasting;    /* of all: what is told once a run (faces) */
    bool ok;
    bool artifact;           /* what is built now is no content */
    struct node *node;       /* what it becomes content of */
    bool direct;             /* a lone text becomes content of `node` itself, without a P */
    enum align align;        /* of texts that do not say one */
    double page_height;      /* of the text block that is being filled */
    const char *page_label;      /* running blocks */
    int page_count;
    long row;                /* of the table being built, for messages */
    struct face_of *faces;   /* open addressing by style */
    size_t n_faces, cap_faces;
    unsigned stamp;
    size_t reports;
    struct at kept;          /* of the last keep that could not be held */
    const char **signs, **page_refs; /* of footnotes by number in the document, of refs: as of the last pass */
    struct waiting_notes *table_notes; /* of the table that is being built */
    double note_width;
    double squeeze;          /* of the white between a page's pieces: 1, or less on a last page that would else need another */
    int depth;
};

/* ---- typeset.c ---- */
/* The style with its font; NULL after an error. */
const struct face_of *ts_face(struct typesetter *ts, const struct style *style, struct at at);
/* What does not fit: an error, or a warning where the layout says so. Names the place and the row. */
void ts_overflow(struct typesetter *ts, struct at at, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
/* Says once that something was parted that the layout keeps together. */
void ts_parted(struct typesetter *ts, struct at at);
struct node *ts_node(struct typesetter *ts, enum node_role role); /* NULL within artifacts */

/* ---- para.c, lines.c ---- */
struct para;
struct para *para_new(struct typesetter *ts, const struct box *box, enum align align, double scale);
bool para_empty(const struct para *p);
/* Narrowest and widest room that it can use, pt. */
void para_range(const struct para *p, double *min, double *max);
/* Width before and after the decimal comma and of what hangs outside; false if it holds no figure. */
bool para_decimal(const struct para *p, double *before, double *after, double *hang);
struct lines { struct line *items; size_t n; };
/* Breaks it for a width and sets each line on a sheet of its own. `node` becomes its content. */
struct line {
    const struct sheet *sheet;
    double height, baseline;
    const struct footnote **notes; /* of which the marks stand in it */
    size_t n_notes;
};
bool para_lines(struct typesetter *ts, struct para *p, double width, struct node *node, struct lines *out);
/* What the first run's link becomes part of: a label of its own. */
void para_label(struct typesetter *ts, struct para *p, struct node *label);
/* One line with the comma at `comma` pt from the left of the room. */
bool para_at_comma(struct typesetter *ts, struct para *p, double width, double comma, struct node *node,
                   struct lines *out);

/* ---- pieces.c ---- */
void list_init(struct list *l);
struct piece *list_add(struct typesetter *ts, struct list *l, enum piece_kind kind, double height);
void list_margin(struct list *l, double margin);
/* Pieces `first` to the last: kept on one page, if they fit one; filled up with white to a height. */
void list_keep(struct typesetter *ts, struct list *l, size_t first);
void list_fill(struct typesetter *ts, struct list *l, size_t first, double height);
/* A frame around what is added between the two. */
struct frame *flow_open(struct typesetter *ts, struct list *l, const struct props *props, double x, double width);
void flow_close(struct typesetter *ts, struct list *l, struct frame *f);
/* Height of a whole list, and the first baseline from its top (negative: none). */
double list_height(const struct list *l, double *baseline);
double length_of(struct track_len len, double whole, double otherwise);
bool props_framed(const struct props *p);
double props_left(const struct props *p), props_right(const struct props *p);
double props_top(const struct props *p), props_bottom(const struct props *p);

/* ---- picture.c ---- */
bool flow_chart(struct typesetter *ts, struct list *l, const struct box *box, double x, double width);
bool flow_image(struct typesetter *ts, struct list *l, const struct box *box, double x, double width);
bool flow_qr(struct typesetter *ts, struct list *l, const struct box *box, double x, double width);
bool flow_signature(struct typesetter *ts, struct list *l, const struct box *box, double x, double width);
bool flow_rule(struct typesetter *ts, struct list *l, const struct box *box, double x, double width);

/* ---- flow.c ---- */
/* Boxes from `first` on, at x in `width`. */
bool flow_boxes(struct typesetter *ts, struct list *l, const struct box *first, double x, double width);
/* One box without its margins, border and padding: those are the caller's. */
bool flow_content(struct typesetter *ts, struct list *l, const struct box *box, double x, double width);
/* Narrowest and widest room of boxes under each other, or of one. */
bool flow_range(struct typesetter *ts, const struct box *first, double *min, double *max);
/* A paragraph; `role` is what it is for a reader. */
bool flow_text(struct typesetter *ts, struct list *l, const struct box *box, double x, double width);
bool flow_lines(struct typesetter *ts, struct list *l, const struct box *box, const struct lines *lines, double x);

/* ---- grid.c ---- */
/* Lines up the first lines of cells; returns the row's height without cells
 * over several rows (spans[i] over 1). Then those that stand lower. */
double row_align(struct gridcell *cells, size_t n, const enum valign *valign, const int *spans, double least);
void row_align_others(struct gridcell *cells, size_t n, const enum valign *valign, double height);
struct piece *row_add(struct typesetter *ts, struct list *l, struct gridrow *row, double height, double x);
bool flow_grid(struct typesetter *ts, struct list *l, const struct box *box, double x, double width);

/* ---- table.c, table_pages.c ---- */
bool flow_table(struct typesetter *ts, struct list *l, const struct box *box, double x, double width);
/* Puts the rows for a page that holds the body rows `from` to before `to` (from 0): those at its foot, or those under
 * its head. */
void table_put_page_rows(struct typesetter *ts, const struct repeat *repeat, bool foot, size_t from, size_t to,
                         struct sheet *sheet, double x, double y);

/* ---- datatable.c ---- */
/* A chart's numbers as a table; NULL if it has none. */
const struct box *chart_table(struct typesetter *ts, const struct box *chart);

/* ---- notes.c ---- */
/* Signs and page numbers for the first pass; then those that the pages just made ask for: true if one is another. */
void notes_guess(struct typesetter *ts);
bool notes_learn(struct typesetter *ts);
const char *note_sign(const struct typesetter *ts, const struct footnote *note);
const char *page_of(const struct typesetter *ts, size_t ref);
/* Makes the notes of a line that was just added to `l`; within a table they wait for its end. */
bool notes_of_line(struct typesetter *ts, struct list *l, const struct line *line);
/* The notes that waited, as lines of their own under the table. */
struct waiting_notes { const struct footnote **items; size_t n, cap; };
bool notes_under_table(struct typesetter *ts, struct list *l, const struct waiting_notes *notes, double x, double width);
/* Room for notes of that height, with the rule above them; 0 for none. */
double notes_room(double height);
/* Height of the notes in a whole piece, and in a fit. */
double piece_notes(struct typesetter *ts, const struct piece *p);
double fit_notes(struct typesetter *ts, const struct list *l, struct cursor from, const struct fit *fit);
/* True if the last note of a line may go on on the next page; *least is the height of what must stand here. */
bool notes_split(const struct piece *p, double *least);
/* Height of the waiting notes that a page takes before any text; *all: it takes all of them. */
double notes_first(const struct list *l, struct cursor from, double room, bool *all);
/* Gives a fit of the page's list its notes, as far as there is room; the rest waits at its end. */
void notes_settle(struct typesetter *ts, const struct list *l, struct cursor from, double room, struct fit *fit);
void notes_put(struct typesetter *ts, const struct notes *notes, struct sheet *sheet, double x, double bottom);

/* ---- tracks.c ---- */
struct track { struct track_len len; double min, max; double x, width; };
/* Widths that fill `width` with `gap` between; false if the narrowest do not fit (they are still set). */
bool tracks_fit(struct track *t, size_t n, double width, double gap);

/* ---- place.c ---- */
/* What of `l` from `from` on fits a room; a new page would give `fresh`. With
 * `force` (the top of a page) something is placed in any case. */
void place_fit(struct typesetter *ts, const struct list *l, struct cursor from, double room, double fresh, bool force,
               struct fit *out);
/* The same for `n` columns, one fit each; if all that is left fits, they are balanced. */
void place_columns(struct typesetter *ts, const struct list *l, struct cursor from, int n, double room, double fresh,
                   bool force, struct fit *out);
/* Draws what place_fit() fitted. */
void place_put(struct typesetter *ts, const struct list *l, struct cursor from, const struct fit *fit,
               struct sheet *sheet, double x, double y);
void place_put_columns(struct typesetter *ts, const struct columns *c, struct cursor from, const struct fit *fits,
                       struct sheet *sheet, double x, double y);
bool cursor_done(const struct list *l, struct cursor c);
/* The whole list is placed, or all up to a forced break. */
bool cursor_rests(const struct list *l, struct cursor c);
/* The white above a piece that does not begin a page. */
double place_above(const struct typesetter *ts, const struct list *l, size_t i);
/* Whether piece i is in a fit, and as what part of it (NULL: whole, or to its end); where cell or column i of a part starts. */
bool place_holds(const struct list *l, const struct fit *fit, size_t i);
const struct part *place_part(const struct fit *fit, size_t i);
struct cursor place_start(const struct part *part, size_t i);

/* ---- sheets ---- */
void sheet_put(struct typesetter *ts, struct sheet *to, const struct sheet *s, double x, double y, bool artifact);
struct spot *sheet_spot(struct typesetter *ts, struct sheet *s, enum spot_kind kind);
void sheet_frame(struct typesetter *ts, struct sheet *s, const struct props *p, double x, double y, double w, double h,
                 bool top, bool bottom);
/* The same with lines that lie on the edges, half outside: those of neighbours are one. */
void sheet_lattice(struct typesetter *ts, struct sheet *s, const struct props *p, double x, double y, double w, double h,
                   bool left, bool top, bool bottom);
void sheet_onto_page(struct typesetter *ts, size_t page, const struct sheet *s, double x, double y, bool artifact);
#endif
