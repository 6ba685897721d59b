/* card/set.h -- what is known of all places together; private to card/.
 *
 * item    one fact with its unit, indicator and dates worked out
 * cell    the items that say the same thing of one unit: indicator, kind,
 *         unit of counting, level, role and period are equal. One is chosen;
 *         where the others differ from it, they are a conflict, kept beside it
 * column  the cells of all units that differ in the unit only, with the
 *         statistics over them; results alone have statistics
 * figures one unit's cells, in the order of columns
 *
 * Opening goes over all facts once and keeps the columns: of a fact its value
 * alone. A unit's items and cells are read again when a card shows them and
 * live as long as that card, so memory does not grow with the facts. Of the
 * neighbours a card shows the standing by each index and no more: for these
 * alone the facts are kept, small (struct brief).
 */
#ifndef CARD_SET_H
#define CARD_SET_H
#include "card/card.h"

/* A level of government inside a place. */
enum level { LEVEL_NONE, LEVEL_PROVINCE, LEVEL_DISTRICT, LEVEL_COMMUNE, LEVEL_OTHER };

struct measure { /* an indicator of the catalog, or "khac:label" */
    const char *code, *name;
    const struct indicator *known; /* NULL: khac */
};

struct item {
    const struct stored_fact *stored;
    const struct place *unit;   /* its place->unit; NULL: no province */
    int measure;                /* index into set->measures */
    enum fact_kind kind;        /* index values told in percent are scores */
    int counted;                /* interned unit of a count, amount, fraction, of a rank among few; else 0 */
    enum level level;
    const char *period;         /* its period; "@" and the source's date where it tells none */
    char last[11];              /* last day of its period, else the source's date; "" */
    int year;                   /* of that day; 0 */
    char grain;                 /* of the period; 0: it has none */
    const struct column *column; /* of a unit's item, in a card */
};

struct column {
    int measure;
    enum fact_kind kind;
    int counted;
    enum level level;
    enum fact_role role;
    const char *period;         /* as of its items */
    const char *earlier;        /* the same a year earlier ("2022-H1"); NULL for a day or no period */
    int year;
    char last[11];              /* as of its items */
    size_t n_cells;             /* units that have a cell here */
    /* statistics over the exact values of units; n = 0: none */
    size_t n;
    bool complete;              /* most of the places that facts speak of have a value: ranks mean something */
    bool grouped;               /* complete, with at least 8 values */
    double median, q1, q3, least, most;
    double best;                /* NAN if neither more nor less is better */
    const char *best_name;
    const double *values;       /* the n of them, in the order of places */
    const char *spread;         /* the same as text, blanks between; NULL unless complete */
    double national;            /* published value for the country; NAN */
    size_t places;              /* units in the set of the period's day */
};

struct cell {
    const struct column *column;
    const struct place *unit;
    const struct item *const *items; size_t n; /* chosen first */
    int rank, group;            /* computed; 0: none */
    int conflict;               /* number of the group of facts that disagree; 0 */
};

struct regional { const char *region; const struct item *item; };
/* A fact of a unit inside a province: "Vị Thanh" of "Vị Thanh, Hậu Giang". */
struct inner { const char *name; const struct item *item; };
/* Strings with numbers from 0 in the order of their coming. */
struct names { const char **items; size_t n, cap; size_t *slots; size_t n_slots; };
/* A period's text taken apart; `earlier` as in struct column. */
struct known_period { struct period p; bool ok; const char *earlier; };

enum { NO_ROW = -1 }; /* of a brief: the whole country */
/* What is kept of a fact that is not on the card itself. */
struct brief {
    double value, of, confidence;
    int64_t id;
    int column, row, source, conflict; /* column: index; row of the catalog; index of the source, -1 */
    int date;                   /* of the source, 20240331; 0 */
    unsigned char kind, qualifier, status;
    bool document;
};
/* A place's name in facts, where they are about unit `row` or about a unit inside it. */
struct naming { int row; size_t name; };

struct shelf; /* the facts themselves, to be read again (shelf.h) */
struct card_set {
    struct arena arena;
    const struct catalog *catalog;
    struct shelf *shelf;
    struct stored_facts sources; /* as stored, without the facts */
    struct source *joined;      /* as shown: of tables that read the same the first, with all their hashes */
    char as_of[11];
    char asked[11];             /* the same if it was given, else "" */
    const char *period;         /* "2023" */
    struct period span;         /* its days */
    int year;
    struct measure *measures;   size_t n_measures, cap_measures;
    struct names codes;         /* of the measures beyond the catalog's */
    struct names counted, periods, places;
    struct known_period *known_periods; size_t cap_periods;
    int64_t *conflicts_before;  size_t cap_before; /* by number of the place's name */
    struct naming *namings;     size_t n_namings, cap_namings; /* sorted by row */
    struct column *columns;     size_t n_columns;
    int *column_slots;          size_t n_column_slots;
    const struct source **same; /* of each stored source: which of `joined` it is shown as */
    char (*source_last)[11];    /* of each of them: last day of its newest result */
    struct regional *regionals; size_t n_regionals, cap_regionals;
    struct brief *standings;    size_t n_standings; /* for comparing by each index, sorted by row */
    size_t *unit_facts;         /* by row of the catalog: number of its facts */
    const char **slugs, **slugs_with_facts;
    size_t n_slugs, n_with_facts;
    int *index_year;            /* of each index: the newest year up to the card's that most places have; 0 */
};

/* One unit's cells and what else facts say under its names. */
struct figures {
    const struct place *unit;
    const struct cell **cells;  size_t n;
    struct inner *inners;       size_t n_inners, cap_inners; /* by name */
    const struct stored_fact **notes; size_t n_notes, cap_notes;
};
/* All that is stored of a unit, in `a`; false after a report. */
bool figures_read(const struct card_set *set, const struct place *unit, struct arena *a, struct figures *out,
                  struct diag *d);
/* From memory: its standing by each index in the year of comparison. */
void figures_standing(const struct card_set *set, const struct place *unit, struct arena *a, struct figures *out);

/* Cells of one measure: [*first, *first + n). */
const struct cell *const *figures_of(const struct figures *f, int measure, size_t *n);
/* The unit's result of a year for an indicator's own kind (score, rank); NULL. */
const struct cell *figures_yearly(const struct card_set *set, const struct figures *f, int measure, const char *period);
/* The same thing a year earlier ("2023-H1" -> "2022-H1"); NULL if there is none,
 * or a day, which has no such thing. Says nothing about breaks of method. */
const struct cell *figures_previous(const struct figures *f, const struct cell *c);
/* The target that goes with a result; *exact: for the very period, else for its whole year. NULL: none. */
const struct cell *figures_target(const struct figures *f, const struct cell *c, bool *exact);

int set_measure(const struct card_set *set, const char *code); /* -1: no fact names it */
/* The column of an indicator's results for a period, of its own kind; NULL. */
const struct column *set_column(const struct card_set *set, int measure, const char *period);
const struct item *set_regional(const struct card_set *set, const char *region, const char *code, const char *period);

static inline const struct item *chosen(const struct cell *c)
{
    return c->items[0];
}
static inline const struct fact *fact_of(const struct cell *c)
{
    return &c->items[0]->stored->fact;
}
/* ---- items: what opening and reading again have in common (item.c) ---- */

/* All but the unit. With `grow` new names are taken in; without, false if one is not known. */
bool item_fill(struct card_set *set, struct item *it, const struct stored_fact *sf, bool grow);
bool item_is_document(const struct item *it);
const char *item_date(const struct item *it); /* its source's; "" */
/* The day that tells which units existed for this fact; "" if only its source's newest result tells. */
void item_day(const struct card_set *set, const struct item *it, char out[11]);
/* The unit that bore a name on a day; NULL. */
const struct place *unit_named(const struct card_set *set, const char *name, const char *day);
/* "Vị Thanh, Hậu Giang": the province's unit, and the length of the name within; NULL. */
const struct place *unit_around(const struct card_set *set, const char *name, const char *day, size_t *within);
/* "Vùng Đông Nam Bộ" or "Đông Nam Bộ"; NULL if it is no region's name. */
const char *region_named(const struct card_set *set, const char *name);
void brief_fill(struct brief *b, const struct card_set *set, const struct item *it); /* all but column and row */
/* Which of several facts stands for its cell: an approved one, then a published
 * table's, the newest document's, an exact one, the surer, the earlier stored. */
int by_choice(const struct brief *a, const struct brief *b);
size_t row_of(const struct card_set *set, const struct place *unit);

/* Tables of one name and address are one source on a card, wherever their rows came from. */
void sources_join(struct card_set *set);
const struct source *source_of(const struct card_set *set, const struct source *s); /* stored -> joined */

int names_find(const struct names *t, const char *s); /* -1 */
int names_add(struct names *t, struct arena *a, const char *s); /* copied */
/* Its index in set->columns, -1. */
int column_find(const struct card_set *set, const struct item *it);
size_t column_hash(const struct column *c);

static inline const struct measure *measure_of(const struct card_set *set, const struct column *c)
{
    return &set->measures[c->measure];
}
#endif
