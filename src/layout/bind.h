/* layout/bind.h -- what the parts of the binder share: evaluation, styles, runs, boxes. */
#ifndef LAYOUT_BIND_H
#define LAYOUT_BIND_H
#include "layout/tree.h"
#include "text/nfc.h"

struct scope { const char *name; xmlXPathObjectPtr value; const struct scope *up; };

/* Where the binder stands: what XPath sees and what type is in force. */
struct context {
    xmlNodePtr node;
    int position, size;
    const struct scope *scope;
    const struct style *style;
    bool figures;              /* in a cell aligned at the comma: marks hang */
    int group_position, group_size, group_number; /* in a table with group-by */
};

struct nodes { xmlNodePtr *v; size_t n; };
struct inliner;

struct styled;                 /* cache entry */
struct used_document;          /* mark.c */
struct deferred;

struct binder {
    const struct layout *l;
    xmlDocPtr card;
    struct fontlib *fonts;
    struct arena *a;
    struct diag *d;
    xmlXPathContextPtr xp;
    const struct context *now; /* of the expression that runs, for functions */
    struct at at;              /* of the same */
    const struct scope *params; /* all that a key sees */
    const char *place;
    const char *card_text;     /* the card as XML, once it was asked for */
    struct styled **styled;    /* hash of resolved styles */
    xmlXPathObjectPtr *kept;   size_t n_kept, cap_kept; /* variables' values */
    struct nodes rows;         /* of the total that is being bound */
    struct key_index *keys;
    struct used_document *documents, **last_document; size_t n_documents;
    struct deferred *deferred, **last_deferred;
    struct attachment *attachments; size_t n_attachments, cap_attachments;
    size_t boxes, iterations;
    struct look_entry *looks;
    struct card_ids *ids;      /* of sources and sentences; made at the first mark */
    bool in_sources;           /* <sources> are being filled */
    const struct style *note_style; /* of footnotes */
    const char *note_marker;
    bool in_note;
    struct contents *contents, **last_contents; /* notes.c */
    bool stopped;              /* a limit was passed */
    struct abbreviation *abbreviations; size_t n_abbreviations;
};

/* abbreviation.c: those of the layout and of the card; the first that stands in a text, and where. */
void abbreviations_gather(struct binder *b);
const struct abbreviation *abbreviation_in(const struct binder *b, const char *text, const char **at);

/* ---- evaluation (eval.c) ---- */

/* Free with xmlXPathFreeObject(); NULL after a report. */
xmlXPathObjectPtr eval(struct binder *b, const struct context *c, const struct expr *x);
/* String value, which may lie in the card; *missing if the expression is an empty node set or NaN. Never NULL. */
const char *eval_string(struct binder *b, const struct context *c, const struct expr *x, bool printed, bool *missing);
double eval_number(struct binder *b, const struct context *c, const struct expr *x);
bool eval_test(struct binder *b, const struct context *c, const struct expr *x);
/* Nodes in order, sorted and cut by the element's sort and limit; false after a report. */
bool eval_nodes(struct binder *b, const struct context *c, const struct elem *e, struct nodes *out);
/* A template's text; what is missing prints as the layout's on-missing says. NULL attr: NULL. */
const char *eval_text(struct binder *b, const struct context *c, const struct attr *a);
/* The same, where nothing is printed: missing is blank; never NULL. */
const char *eval_code(struct binder *b, const struct context *c, const struct attr *a);
double eval_number_attr(struct binder *b, const struct context *c, const struct elem *e, enum attr_id id);
/* A figure as num() prints it: `digits` NULL is the missing sign; `owner`: the element whose value it is. */
const char *num_print(struct binder *b, const struct number_format *f, const char *digits, xmlNodePtr owner, struct at at);
const char *eval_missing(struct binder *b, const struct expr *x);
/* The scope with a <variable> of `e` added. */
const struct scope *bind_variable(struct binder *b, const struct context *c, const struct elem *e);
void keep_object(struct binder *b, xmlXPathObjectPtr o);
const struct scope *scope_add(struct binder *b, const struct scope *up, const char *name, xmlXPathObjectPtr o);
/* Counts one repetition; false once a limit is passed. */
bool bind_count(struct binder *b, const struct elem *e);
struct at place_at(struct binder *b, struct at at);
void eval_setup(struct binder *b);
void eval_finish(struct binder *b);
void functions_register(struct binder *b);

/* ---- styles ---- */

/* The style in force under the element's attribute `id`; its box properties are merged into `props` (NULL: none). */
const struct style *bind_style(struct binder *b, const struct context *c, const struct elem *e, enum attr_id id,
                               struct prop_set *props);
struct props props_of(const struct prop_set *styled, const struct elem *e);

/* ---- flow ---- */

struct box_list { struct box *first, **last; };
#define BOX_LIST(list) struct box_list list = { NULL, NULL }
void box_list_add(struct box_list *list, struct box *box);
struct box *box_new(struct binder *b, enum box_kind kind, const struct elem *e);
void bind_flow(struct binder *b, const struct context *c, const struct elem *e, struct box_list *out);
/* The content of a mixed element (cell, column): boxes, or one paragraph in `align`. NULL if it is empty. */
struct box *bind_content(struct binder *b, const struct context *c, const struct elem *e, enum align align);
/* The card's XML as it is attached. */
const char *binder_card_text(struct binder *b);
struct box *bind_qr(struct binder *b, const struct context *c, const struct elem *e);
struct box *bind_signature(struct binder *b, const struct context *c, const struct elem *e);
struct box *bind_image(struct binder *b, const struct context *c, const struct elem *e);
void bind_table(struct binder *b, const struct context *c, const struct elem *e, struct box_list *out);
enum align align_of(const struct elem *e, enum align otherwise);

/* ---- paragraphs (inline.c) ---- */

struct run_state { const struct style *style; const char *link_to, *link_contents, *lang, *anchor, *expansion; bool glue, hang; };
struct inliner {
    struct binder *b;
    struct run *runs;
    size_t n, cap;
    struct buf text;           /* of the run that is being made */
    struct run_state state;    /* of the same */
    struct at at;
    bool blank;                /* ends in a blank, or starts a line */
    struct deferred *waiting;  /* <sources> in this paragraph */
};
void bind_inline(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s);
void inline_text(struct inliner *in, struct run_state s, const char *text, struct at at);
struct run *inline_run(struct inliner *in, enum run_kind kind, struct run_state s, struct at at);
void inline_flush(struct inliner *in);
void inline_trim(struct inliner *in);
/* Gives the box all runs of the paragraph; false if there are none. The inliner is spent. */
bool inline_end(struct inliner *in, struct box *box);
struct box *text_box(struct binder *b, const struct context *c, const struct elem *e);
/* A paragraph of one text. */
struct box *plain_text(struct binder *b, const struct style *style, const char *text, struct at at);

/* ---- charts, sources ---- */

const struct chart_spec *bind_chart(struct binder *b, const struct context *c, const struct elem *e,
                                    const struct style *style, const struct chart_look **look);
void bind_source(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s);
void defer_sources(struct binder *b, const struct context *c, const struct elem *e, struct box_list *out);
void defer_inline_sources(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s);
void run_deferred(struct binder *b);

/* ---- footnotes, contents (notes.c) ---- */

/* What the layout says of all its footnotes; `c` has the document's type. */
void notes_setup(struct binder *b, const struct context *c);
void bind_footnote(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s);
/* A block that contents_fill() fills when all headings are known. */
struct box *bind_contents(struct binder *b, const struct context *c, const struct elem *e);
void contents_fill(struct binder *b, struct box_document *doc);
/* Numbers the footnotes in the order of their marks. */
void notes_number(struct binder *b, struct box_document *doc);
/* Id of the entry that stands on `node` in <sources>: "nguon-2a"; NULL elsewhere. */
const char *entry_id(struct binder *b, xmlNodePtr node);
#endif
