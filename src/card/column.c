/* Briefs sorted by column and unit, the best of each cell chosen, the values'
 * statistics over all units.
 *
 * A rank or a quartile among a few gathered values would mislead ("2nd of 6"),
 * so a column counts as complete when at least COVER of the places of its time
 * that facts speak of at all have an exact value in it. */
#include "card/opening.h"

#include "card/stats.h"
#include "card/tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double COVER = 0.75;
enum { LEAST_FOR_GROUPS = 8 };

static const struct place *const *places_of(const struct card_set *set, const struct column *c, size_t *n)
{
    const struct indicator *known = measure_of(set, c)->known;
    const char *day = c->last;
    char own[11];
    if (known && known->index && strlen(c->period) == 4)
        day = index_set_date(known->index, c->year, own);
    return catalog_places_on(set->catalog, day, n);
}

static bool compared(const struct brief *b)
{
    return b->qualifier == FACT_EQ && isfinite(b->value);
}

/* Of the places of its time, how many facts speak of at all. */
size_t column_spoken_of(const struct card_set *set, const struct column *c, size_t *places)
{
    size_t n = 0;
    const struct place *const *p = places_of(set, c, places);
    for (size_t i = 0; i < *places; i++)
        n += set->unit_facts[row_of(set, p[i]->unit)] > 0;
    return n;
}

static const char *unit_name(const struct card_set *set, const struct column *c, const struct place *unit)
{
    size_t n;
    const struct place *const *p = places_of(set, c, &n);
    for (size_t i = 0; i < n; i++)
        if (p[i]->unit == unit)
            return p[i]->short_name;
    return unit->short_name;
}

static void column_best(struct card_set *set, struct column *c, const int *rows, int better)
{
    size_t rest, ties = 0;
    const char *name = NULL;
    c->best = better > 0 ? c->most : c->least;
    for (size_t i = 0; i < c->n; i++)
        if (c->values[i] == c->best) {
            name = name ? name : unit_name(set, c, &catalog_places(set->catalog, &rest)[rows[i]]);
            ties++;
        }
    c->best_name = ties > 1 ? arena_printf(&set->arena, "%s và %zu nơi khác", name, ties - 1) : name;
}

/* For drawing and for comparing by eye: with the decimals that are printed. */
static void column_spread(struct card_set *set, struct column *c)
{
    const struct indicator *known = set->measures[c->measure].known;
    int decimals = known && known->decimals >= 0 ? known->decimals : 4;
    struct buf b = { 0 };
    for (size_t i = 0; i < c->n; i++) {
        char number[NUMBER_SIZE];
        size_t len = number_write(number, rounded(c->values[i], decimals));
        buf_add(&b, " ", b.len > 0);
        buf_add(&b, number, len);
    }
    c->spread = arena_strndup(&set->arena, b.data, b.len);
    buf_clear(&b);
}

static bool has_statistics(const struct column *c)
{
    return c->role == FACT_RESULT && c->year && *c->period != '@' &&
           (c->kind == FACT_SCORE || c->kind == FACT_PERCENT || c->kind == FACT_COUNT || c->kind == FACT_MONEY ||
            c->kind == FACT_DURATION);
}

/* `values` are those of c->n units, in the order of rows; `sorted` has room for as many. */
static void column_statistics(struct card_set *set, struct column *c, const double *values, const int *rows, double *sorted)
{
    const struct indicator *known = measure_of(set, c)->known;
    int better = known ? known->better : 0;
    if (!c->n)
        return;
    double *own = arena_array(&set->arena, double, c->n);
    memcpy(own, values, c->n * sizeof *own);
    c->values = own;
    memcpy(sorted, values, c->n * sizeof *sorted);
    sort_ascending(sorted, c->n);
    c->median = quantile(sorted, c->n, 0.5);
    c->q1 = quantile(sorted, c->n, 0.25);
    c->q3 = quantile(sorted, c->n, 0.75);
    c->least = sorted[0];
    c->most = sorted[c->n - 1];
    size_t spoken = column_spoken_of(set, c, &c->places);
    c->complete = c->n > 1 && (double)c->n >= COVER * (double)spoken;
    c->grouped = c->complete && c->n >= LEAST_FOR_GROUPS && better;
    if (c->complete)
        column_spread(set, c);
    if (better)
        column_best(set, c, rows, better);
}

static int by_row(const void *x, const void *y)
{
    const struct brief *a = *(const struct brief *const *)x, *b = *(const struct brief *const *)y;
    unsigned i = (unsigned)a->row, k = (unsigned)b->row; /* the country last */
    return i != k ? (i > k) - (i < k) : by_choice(a, b);
}

/* Briefs of one column each, by row, the best of a cell first. */
static const struct brief **sort_briefs(struct opening *o, size_t **firsts)
{
    const struct card_set *set = o->set;
    const struct brief **order = xcalloc(o->n, sizeof *order);
    size_t *first = xcalloc(set->n_columns + 2, sizeof *first);
    for (size_t i = 0; i < o->n; i++)
        first[o->briefs[i].column + 2]++;
    for (size_t i = 2; i < set->n_columns + 2; i++)
        first[i] += first[i - 1];
    for (size_t i = 0; i < o->n; i++)
        order[first[o->briefs[i].column + 1]++] = &o->briefs[i];
    for (size_t i = 0; i < set->n_columns; i++)
        if (first[i + 1] - first[i] > 1)
            qsort(order + first[i], first[i + 1] - first[i], sizeof *order, by_row);
    *firsts = first;
    return order;
}

struct scratch { double *values, *sorted; int *rows; };

static void fill_column(struct opening *o, struct column *c, const struct brief *const *b, size_t n, struct scratch *s)
{
    for (size_t i = 0; i < n; i++) {
        if (i && b[i]->row == b[i - 1]->row)
            continue;
        if (b[i]->row == NO_ROW) {
            c->national = b[i]->value;
            continue;
        }
        c->n_cells++;
        if (!has_statistics(c) || !compared(b[i]))
            continue;
        s->values[c->n] = b[i]->value;
        s->rows[c->n++] = b[i]->row;
    }
    column_statistics(o->set, c, s->values, s->rows, s->sorted);
}

void opening_statistics(struct opening *o)
{
    struct card_set *set = o->set;
    size_t rows;
    catalog_places(set->catalog, &rows);
    o->order = sort_briefs(o, &o->first);
    struct scratch s = { xcalloc(rows, sizeof(double)), xcalloc(rows, sizeof(double)), xcalloc(rows, sizeof(int)) };
    for (size_t i = 0; i < set->n_columns; i++)
        fill_column(o, &set->columns[i], o->order + o->first[i], o->first[i + 1] - o->first[i], &s);
    free(s.values);
    free(s.sorted);
    free(s.rows);
}
