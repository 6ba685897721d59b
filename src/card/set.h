/* card/set.h -- the facts of all places, grouped and compared; private to card/.
 *
 * item    one fact with its unit, indicator and dates worked out
 * cell    the items that say the same thing of one unit: indicator, kind,
 *         unit of counting, level, role and period are equal. One is chosen;
 *         where the others differ from it, they are a conflict, kept beside it
 * column  the cells of all units that differ in the unit only, with the
 *         statistics over them; results alone have statistics
 *
 * Cells are sorted by column, and in a column by the units' order in the
 * catalog; `by_unit` lists them by unit. All is read-only after opening.
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
    size_t first, n_cells;      /* in set->cells */
    /* statistics over the exact values of units; n = 0: none */
    size_t n;
    bool complete;              /* most of the places that facts speak of have a value: ranks mean something */
    bool grouped;               /* complete, with at least 8 values */
    double median, q1, q3, least, most;
    double best;                /* NAN if neither more nor less is better */
    const char *best_name;
    const char *spread;         /* all values in the order of places, blanks between */
    double national;            /* published value for the country; NAN */
    const struct item *national_item;
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
struct inner { const struct place *unit; const char *name; const struct item *item; };

struct card_set {
    struct arena arena;
    const struct catalog *catalog;
    struct stored_facts facts, notes;
    char as_of[11];
    const char *period;         /* "2023" */
    struct period span;         /* its days */
    int year;
    struct measure *measures;   size_t n_measures, cap_measures;
    struct item *items;         size_t n_items;
    const struct item **sorted; /* items of units, in the order of columns */
    size_t n_sorted;
    struct cell *cells;         size_t n_cells;
    struct column *columns;     size_t n_columns;
    const struct cell **by_unit;
    char (*source_last)[11];    /* of each source: last day of its newest result */
    struct regional *regionals; size_t n_regionals, cap_regionals;
    struct inner *inners;       size_t n_inners, cap_inners; /* in the order of facts: by name */
    size_t *unit_first;         /* by row of the catalog: its cells in by_unit */
    size_t *unit_facts;         /* by row of the catalog: number of its facts */
    const char **slugs, **slugs_with_facts;
    size_t n_slugs, n_with_facts;
    int *index_year;            /* of each index: the newest year up to the card's that most places have; 0 */
};

/* Cells of a unit for one measure: [*first, *first + n) of set->by_unit. */
const struct cell *const *set_cells(const struct card_set *set, const struct place *unit, int measure, size_t *n);
/* All cells of a unit. */
const struct cell *const *set_unit_cells(const struct card_set *set, const struct place *unit, size_t *n);
/* The unit's result of a year for an indicator's own kind (score, rank); NULL. */
const struct cell *set_yearly(const struct card_set *set, const struct place *unit, int measure, const char *period);
/* The same thing a year earlier ("2023-H1" -> "2022-H1"); NULL if there is none,
 * or a day, which has no such thing. Says nothing about breaks of method. */
const struct cell *set_previous(const struct card_set *set, const struct cell *c);
/* The target that goes with a result; *exact: for the very period, else for its whole year. NULL: none. */
const struct cell *set_target(const struct card_set *set, const struct cell *c, bool *exact);
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
static inline const struct measure *measure_of(const struct card_set *set, const struct column *c)
{
    return &set->measures[c->measure];
}
#endif
