/* ingest/office.h -- what the readers of docx and odt share (internal to ingest/). */
#ifndef INGEST_OFFICE_H
#define INGEST_OFFICE_H
#include "ingest/build.h"
#include "ingest/lists.h"
#include "ingest/nodes.h"
#include "ingest/package.h"

enum { LIST_NUMBER_MAX = 160 };

struct style {
    const char *id, *based;
    int level; /* heading level, 0: none, -1: not told */
    int list;  /* list depth, 0: not told */
    const char *numbers; /* id of its list; "" */
};
/* A footnote or endnote: Word keeps them in parts of their own, by id. */
struct note { const char *id; bool end, taken; const xmlNode *node; };
struct office {
    struct builder *b;
    struct buf line;
    struct style *styles;
    size_t n_styles, cap_styles;
    bool in_cell;            /* then blocks become spaces */
    struct lists *lists;
    struct note *notes; size_t n_notes, cap_notes;             /* of Word, in order */
    const xmlNode **waiting; size_t n_waiting, cap_waiting;    /* notes referred to, not yet put */
    size_t n_put;            /* of them */
    const char *list;        /* OpenDocument: the list around, NULL; its depth, and whether a number is due */
    int list_depth;
    bool item;
};

struct cell { xmlNode *node; int row, column, row_span, column_span; bool header, joined; /* goes on from above */ };
struct cells { struct cell *items; size_t n, cap; int rows, columns; };

/* Reads what lies below a node into the line, blocks and tables. */
void office_walk(struct office *o, xmlNode *n, int depth);
/* The line becomes a block (in a cell: a blank), then come the notes that it referred to. */
void office_flush(struct office *o, enum block_kind kind, int level);
/* Puts a list's number before what has come since byte `from` of the line. */
void office_number(struct office *o, size_t from, const char *number);
/* True if the line reads as a heading by its number ("II. Kết quả"), as where the number was typed. */
bool office_heads(const struct office *o);
void office_table(struct office *o, xmlNode *table, const struct cells *cells);
/* The tree of a part: with `needed` false it may be missing, and *doc is NULL. False after a report. */
bool office_part(struct office *o, struct package *p, const char *part, bool needed, xmlDocPtr *doc);
/* The body of a part's tree. */
bool office_body(struct office *o, const xmlDoc *doc);

/* word.c, odf.c: true if the element was dealt with; the whole document. */
bool word_element(struct office *o, xmlNode *n, int depth);
bool word_read(struct office *o, struct package *p);
bool odf_element(struct office *o, xmlNode *n, int depth);
bool odf_read(struct office *o, struct package *p);
#endif
