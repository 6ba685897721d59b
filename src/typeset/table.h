/* typeset/table.h -- a table while it is made, as table.c, table_columns.c, table_spans.c and table_pages.c share it. */
#ifndef TYPESET_TABLE_H
#define TYPESET_TABLE_H
#include "typeset/internal.h"

struct rowwork {                  /* a row while its table is made */
    struct gridrow row;
    size_t n_cells;               /* of its own: parts of cells above follow them */
    struct para **paras;          /* of cells that are one plain text: measured, and later set */
    double height;
    bool joined;                  /* with the row above, by a cell over both */
};
struct tablework {
    struct typesetter *ts;
    const struct table *t;
    const struct box *box;
    struct track *tracks;
    double width;
    struct rowwork *rows;
    double *before, *after, *hang; /* of decimal columns: widths around the comma */
    double *reach;                 /* ... and how far what hangs reaches behind it */
};

/* ---- table.c ---- */
/* Makes the cells of row r and its height. */
bool table_row(struct tablework *w, size_t r);
/* Rows `from` to before `to` as pieces; `repeat`: what pages that begin with one of them begin with. */
void table_add_rows(struct tablework *w, struct list *l, double x, size_t from, size_t to, struct repeat *repeat);

/* ---- table_columns.c ---- */
/* Widths of all columns, and places of the commas. */
bool table_tracks(struct tablework *w);
enum align table_align(const struct table *t, const struct cell *c);
bool table_lone_text(const struct box *b);
bool table_plain_text(const struct box *b); /* without anything around it that the cell would not have itself */
bool table_decimal(const struct table *t, const struct row *row, const struct cell *c); /* it lines up at its comma */
/* The paragraph of a plain cell, made when it is first asked for; NULL after an error. */
struct para *table_para(struct tablework *w, size_t r, size_t i);
/* Padding and half a border: lines of neighbours lie on each other. */
double table_cell_left(const struct props *p), table_cell_right(const struct props *p);

/* ---- table_spans.c ---- */
/* The last row that a cell lies in; heads end with the head. */
size_t table_last_row(const struct tablework *w, size_t r, const struct cell *c);
void table_spans(struct tablework *w);

/* ---- table_pages.c ---- */
/* The head that later pages begin with; then the room of the rows at pages' ends. False after an error. */
bool table_repeat(struct tablework *w, struct repeat *repeat);
bool table_page_rows(struct tablework *w, struct repeat *repeat);
#endif
