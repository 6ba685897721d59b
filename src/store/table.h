/* store/table.h -- a table while it is read (internal to store/): table.c the file, table_words.c what its
 * cells say, table_list.c and table_matrix.c the two shapes. */
#ifndef STORE_TABLE_H
#define STORE_TABLE_H
#include "store/grid.h"
#include "store/store.h"

enum { FAULTS_MAX = 40, TABLE_PLACES = 1024 };

struct table {
    const char *path, *file, *name;   /* file: without folders; path and name with the sheet's, if there are several */
    const struct catalog *catalog;
    const struct table_defaults *defaults;
    struct arena *a;
    struct grid grid;                 /* the sheet that is read */
    struct facts *out;
    struct { const char *text, *place; char date[11]; } places[TABLE_PLACES];
    struct diag *d;
    size_t faults;
};

/* ---- faults ---- */
struct at table_at(const struct table *t, int line, size_t column);
bool table_fault(struct table *t); /* counts one: true while they are still printed */
/* "C" or "3", with what heads it in brackets. */
const char *table_column(const struct table *t, size_t column, const char *heading);
void table_unknown_place(struct table *t, int line, size_t column, const char *heading, const char *s);
void table_unknown_indicator(struct table *t, int line, size_t column, const char *heading, const char *s);
void table_bad_number(struct table *t, int line, size_t column, const char *heading, const char *s);

/* ---- what cells say ---- */
bool table_same(const char *a, const char *b); /* but for case, marks and blanks */
/* NULL if the cell names no place; `period` may be "". */
const char *table_place(struct table *t, const char *s, const char *period);
const struct indicator *table_indicator(const struct table *t, const char *s);
/* "Hạng PAPI", "Điểm PCI"; and the one that a title speaks of. */
const struct indicator *table_indicator_headed(const struct table *t, const char *s);
const struct indicator *table_indicator_within(const struct table *t, const char *title);
struct figure { double value, of; bool percent; enum fact_qualifier qualifier; };

bool figure_missing(const char *s);
bool figure_number(const char *s, size_t n, double *v);
bool figure_parse(const char *s, struct figure *f);

/* ---- facts ---- */
/* What the indicator tells of a figure; `i` may be NULL. */
enum fact_kind table_kind(const struct indicator *i, const char *unit, const struct figure *f);
struct fact *table_fact(struct table *t, int line);
void table_settle(struct fact *f);

/* ---- the shapes ---- */
enum column { COLUMN_PLACE, COLUMN_INDICATOR, COLUMN_PERIOD, COLUMN_VALUE, COLUMN_OF, COLUMN_UNIT, COLUMN_SOURCE, COLUMN_LEVEL,
              COLUMN_KIND, COLUMN_QUALIFIER, COLUMN_ROLE, COLUMN_QUOTE, COLUMN_CONFIDENCE, COLUMNS, COLUMN_PASSED };
enum column column_of(const char *heading); /* COLUMNS: none of ours */
bool table_is_list(const struct row *head);
void table_list(struct table *t);
void table_matrix(struct table *t);
#endif
