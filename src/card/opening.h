/* card/opening.h -- what is known while a set opens; private to card/.
 *
 * gather.c reduces each fact to a brief (its column, unit and value);
 * column.c sorts the briefs and works out each column's statistics; set.c
 * settles period, date and places and keeps what neighbours need. */
#ifndef CARD_OPENING_H
#define CARD_OPENING_H
#include "card/set.h"

enum { FIRST_YEAR = 1990, LAST_YEAR = 2099, OPENING_DAYS = 16 };

/* Years in which a unit has results, a bit each from FIRST_YEAR on. */
struct years { uint64_t dated[2], any[2]; };
/* A fact whose unit only its source's newest result tells: known after the pass. */
struct late { struct item item; size_t name; };
struct note_day { size_t name; char day[11]; };
struct day_unit { char day[11]; const struct place *unit, *around; };

struct opening {
    struct card_set *set;
    struct arena arena;         /* of the opening only */
    struct brief *briefs;       size_t n, cap; /* on the heap, the many */
    const struct brief **order; /* them by column and row, the best of a cell first */
    size_t *first;              /* of each column, in `order` */
    size_t cap_columns;
    struct years *years;        /* by row */
    char newest[11];            /* day that a source or a result is of */
    struct late *late;          size_t n_late, cap_late;
    struct note_day *notes;     size_t n_notes, cap_notes;
    /* of the place whose facts are coming: */
    size_t name;                /* number in set->places */
    bool begun;
    const char *region;         /* NULL: its name is no region's */
    struct day_unit days[OPENING_DAYS]; size_t n_days;
};

/* ---- gather.c ---- */

/* One place's facts, as shelf_walk() gives them; `ctx`: the opening. */
void opening_take(void *ctx, const struct stored_facts *some, int64_t before);
/* Those that had to wait until all sources were seen. */
void opening_take_late(struct opening *o);
void opening_sort_columns(struct opening *o);
/* That facts under this name (its number) are about this unit, or one inside it. */
void opening_name_means(struct opening *o, size_t name, const struct place *unit);

/* ---- column.c ---- */

/* Sorts the briefs and fills the columns. */
void opening_statistics(struct opening *o);
/* Of the places of the column's time, how many facts speak of at all; *places: how many there are. */
size_t column_spoken_of(const struct card_set *set, const struct column *c, size_t *places);

static inline int by_number(long a, long b)
{
    return (a > b) - (a < b);
}
#endif
