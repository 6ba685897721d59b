/* store/grid.h -- a table file as rows of cells, whatever its format. */
#ifndef STORE_GRID_H
#define STORE_GRID_H
#include "base/arena.h"
#include "base/diag.h"

#include <stdbool.h>

enum { GRID_COLUMNS_MAX = 512, GRID_ROWS_MAX = 1000000 };

struct row {
    const char **cells; /* trimmed, never NULL, "" where empty */
    size_t n;
    int line;           /* of the file, or the sheet's row; from 1 */
};
struct grid {
    const char *name;   /* of the sheet; "" for other formats */
    struct row *rows;   /* empty rows are left out */
    size_t n, cap;
    bool sheet;         /* xlsx: columns have letters, numbers are numbers already */
    bool comma;         /* values are separated by ; or tab in a CSV: its decimal mark may be a comma */
    struct { int row, from, to; } *merged; /* cells across columns, from 0 */
    size_t n_merged, cap_merged;
};

/* The sheets of a workbook that its sender shows; of other files there is one grid. */
struct grids { struct grid *items; size_t n, cap; };

/* Reads a TSV, CSV or XLSX from memory; false after reports. `sheet`: the one of a workbook that is wanted,
 * shown or hidden; NULL: all that are shown and not empty. Everything lives in `a`. */
bool grids_read(const char *path, const char *data, size_t n, const char *sheet, struct arena *a, struct grids *g, struct diag *d);
/* xlsx.c */
bool grids_read_xlsx(const char *path, const char *data, size_t n, const char *sheet, struct arena *a, struct grids *g,
                     struct diag *d);
/* The cell, "" past the row's end. */
const char *grid_cell(const struct row *r, size_t column);
/* Appends a cell to a row that is being read, or sets a later one. False past GRID_COLUMNS_MAX. */
bool grid_set(struct row *r, size_t *cap, size_t column, const char *text, struct arena *a);
/* "C" for column 2. */
const char *grid_letters(struct arena *a, size_t column);
#endif
