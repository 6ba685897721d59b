/* From facts to columns in one pass over the facts, and a sort.
 *
 * Each fact is reduced to a brief (gather.c); sorted by column and unit, the
 * best of each cell chosen, the values go into the columns' statistics
 * (column.c) and the briefs are dropped; only what the neighbours' cards need
 * of each other is kept, the standing by each index. */
#include "card/opening.h"

#include "card/shelf.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>

/* ---- the card's period, date and places ---- */

static bool has_year(const struct years *y, int year, bool undated)
{
    unsigned bit = (unsigned)(year - FIRST_YEAR);
    return (undated ? y->any : y->dated)[bit / 64] >> bit % 64 & 1;
}

/* The newest year not after `last` in which at least half of the units that
 * facts speak of have a result; else the year that most have; 0 if none. What
 * tells no period counts for its document's year only with `undated`: a text of
 * January speaks of the year before. */
static int newest_year(const struct opening *o, int last, bool undated)
{
    size_t rows, spoken = 0, most = 0;
    int best = 0;
    catalog_places(o->set->catalog, &rows);
    for (size_t r = 0; r < rows; r++)
        spoken += o->set->unit_facts[r] > 0;
    for (int year = last; year >= FIRST_YEAR; year--) {
        size_t n = 0;
        for (size_t r = 0; r < rows; r++)
            n += has_year(&o->years[r], year, undated);
        if (n > most) {
            most = n;
            best = year;
        }
        if (2 * n >= spoken && n)
            return year;
    }
    return best;
}

static bool choose_period(struct card_set *set, const struct card_options *o, struct diag *d)
{
    if (o->as_of) {
        struct period p;
        if (!period_parse(o->as_of, &p) || p.grain != 'D') {
            diag_error(d, (struct at){ 0 }, _("\"%s\" is no date"), o->as_of);
            diag_expected(d, _("a date such as 2025-12-31"));
            return false;
        }
        memcpy(set->asked, p.last, sizeof set->asked);
        memcpy(set->as_of, p.last, sizeof set->as_of);
    }
    if (o->period) {
        if (!period_parse(o->period, &set->span) || !set->span.grain || set->span.grain == 'R') {
            diag_error(d, (struct at){ 0 }, _("\"%s\" is no period of a card"), o->period);
            diag_expected(d, _("a year such as 2023, or 2023-H1, 2023-Q3, 2024-M7"));
            return false;
        }
        set->period = arena_strdup(&set->arena, o->period);
        set->year = set->span.year;
    }
    return true;
}

/* Without a date given: the period's last day, or the newest day of the facts
 * if the period is not over by then. */
static void settle_period(struct opening *o)
{
    struct card_set *set = o->set;
    if (!set->period) {
        int last = *set->as_of ? atoi(set->as_of) : LAST_YEAR;
        set->year = newest_year(o, last < LAST_YEAR ? last : LAST_YEAR, false);
        if (!set->year)
            set->year = newest_year(o, last < LAST_YEAR ? last : LAST_YEAR, true);
        if (!set->year) /* no dated fact at all */
            set->year = *set->as_of ? atoi(set->as_of) : 2025;
        set->period = arena_printf(&set->arena, "%d", set->year);
        period_parse(set->period, &set->span);
    }
    if (!*set->as_of) {
        bool over = strcmp(set->span.last, o->newest) <= 0 || strcmp(o->newest, set->span.first) < 0;
        memcpy(set->as_of, over ? set->span.last : o->newest, sizeof set->as_of);
    }
}

/* Facts of a unit and, for one of the 34, of those it took over. */
static size_t facts_with_before(const struct card_set *set, const struct place *p)
{
    size_t n, sum = set->unit_facts[row_of(set, p->unit)];
    const struct place *const *before = catalog_predecessors(set->catalog, p, &n);
    for (size_t i = 0; i < n; i++)
        sum += set->unit_facts[row_of(set, before[i]->unit)];
    return sum;
}

static void list_places(struct card_set *set)
{
    size_t n;
    const struct place *const *p = catalog_places_on(set->catalog, set->as_of, &n);
    set->slugs = arena_array(&set->arena, const char *, n);
    set->slugs_with_facts = arena_array(&set->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        set->slugs[set->n_slugs++] = p[i]->slug;
        if (facts_with_before(set, p[i]))
            set->slugs_with_facts[set->n_with_facts++] = p[i]->slug;
    }
}

/* The year in which places are compared by an index: the newest up to the
 * card's in which most have a score or a rank, else the newest with any. */
static void index_years(struct card_set *set)
{
    size_t n;
    const struct index *x = catalog_indices(set->catalog, &n);
    set->index_year = arena_array(&set->arena, int, n);
    for (size_t i = 0; i < n; i++) {
        int any = 0, complete = 0;
        for (size_t k = 0; k < set->n_columns; k++) {
            const struct column *c = &set->columns[k];
            const struct indicator *known = measure_of(set, c)->known;
            if (!known || (known != x[i].score && known != x[i].rank) || c->role != FACT_RESULT ||
                c->level != LEVEL_NONE || !c->n_cells || c->year > set->year || strlen(c->period) != 4)
                continue;
            size_t places;
            bool most = 2 * c->n_cells >= column_spoken_of(set, c, &places);
            any = c->year > any ? c->year : any;
            complete = most && c->year > complete ? c->year : complete;
        }
        set->index_year[i] = complete ? complete : any;
    }
}

/* ---- what neighbours need of each other ---- */

static int by_naming(const void *x, const void *y)
{
    const struct naming *a = x, *b = y;
    int by = by_number(a->row, b->row);
    return by ? by : by_number((long)a->name, (long)b->name);
}

/* A note is about the unit that bore its name on its document's day, or else on the card's. */
static void settle_namings(struct opening *o)
{
    struct card_set *set = o->set;
    for (size_t i = 0; i < o->n_notes; i++) {
        const char *day = *o->notes[i].day ? o->notes[i].day : set->as_of;
        const struct place *p = catalog_place_named(set->catalog, set->places.items[o->notes[i].name], day);
        if (p)
            opening_name_means(o, o->notes[i].name, p->unit);
    }
    if (set->n_namings)
        qsort(set->namings, set->n_namings, sizeof *set->namings, by_naming);
    size_t n = 0;
    for (size_t i = 0; i < set->n_namings; i++)
        if (!n || by_naming(&set->namings[n - 1], &set->namings[i]) != 0)
            set->namings[n++] = set->namings[i];
    set->n_namings = n;
}

static int by_unit(const void *x, const void *y)
{
    const struct brief *a = x, *b = y;
    int by = by_number(a->row, b->row);
    return by ? by : by_number(a->column, b->column);
}

/* A figure by which places are compared: an index's score or rank of a time. */
static bool is_standing(const struct card_set *set, const struct column *c)
{
    const struct indicator *known = measure_of(set, c)->known;
    const struct index *x = known ? known->index : NULL;
    bool score = x && known == x->score, rank = x && known == x->score->rank;
    return ((score && c->kind == FACT_SCORE) || (rank && c->kind == FACT_RANK)) && c->level == LEVEL_NONE &&
           c->role == FACT_RESULT && !c->counted && (strlen(c->period) == 4 || (x->live && *c->period != '@'));
}

/* The year in which places are compared by the column's index. */
static int compared_in(const struct card_set *set, const struct column *c)
{
    size_t n;
    return set->index_year[measure_of(set, c)->known->index - catalog_indices(set->catalog, &n)];
}

/* Of a column that is compared by, or is earlier; `seen`: rows that have a newer earlier one. */
static void keep_column(struct opening *o, size_t column, int year, bool *seen, size_t *cap)
{
    struct card_set *set = o->set;
    const struct column *c = &set->columns[column];
    for (size_t i = o->first[column]; i < o->first[column + 1]; i++) {
        const struct brief *b = o->order[i];
        bool again = i > o->first[column] && o->order[i - 1]->row == b->row;
        if (again || b->row == NO_ROW || (c->year < year && seen[b->row]))
            continue;
        seen[b->row] |= c->year < year;
        if (set->n_standings == *cap) {
            *cap = *cap ? 2 * *cap : 1024;
            set->standings = xrealloc(set->standings, *cap * sizeof *set->standings);
        }
        set->standings[set->n_standings++] = *b;
    }
}

/* Kept are those of the year of comparison, and of each unit's earlier ones the
 * newest: the columns of one measure come by period, so from the last one back. */
static void keep_standings(struct opening *o)
{
    struct card_set *set = o->set;
    size_t rows, cap = 0;
    int measure = -1;
    catalog_places(set->catalog, &rows);
    bool *seen = xcalloc(rows, sizeof *seen);
    for (size_t i = set->n_columns; i-- > 0;) {
        const struct column *c = &set->columns[i];
        int year = is_standing(set, c) ? compared_in(set, c) : 0;
        if (!year || c->year > year)
            continue;
        if (c->measure != measure)
            memset(seen, 0, rows * sizeof *seen);
        measure = c->measure;
        keep_column(o, i, year, seen, &cap);
    }
    free(seen);
    if (set->n_standings)
        qsort(set->standings, set->n_standings, sizeof *set->standings, by_unit);
}

/* ---- opening ---- */

static void set_start(struct card_set *set)
{
    size_t n, rows;
    const struct indicator *all = catalog_indicators(set->catalog, &n);
    catalog_places(set->catalog, &rows);
    for (size_t i = 0; i < n; i++)
        *ARENA_PUSH(&set->arena, set->measures, set->n_measures, set->cap_measures) =
            (struct measure){ all[i].code, all[i].name, &all[i] };
    names_add(&set->counted, &set->arena, "");
    set->unit_facts = arena_array(&set->arena, size_t, rows);
}

static bool fill(struct card_set *set, const struct card_options *options, struct diag *d)
{
    struct opening o = { .set = set };
    struct store_pass pass = { .ctx = &o, .take = opening_take };
    size_t rows;
    if (!choose_period(set, options, d))
        return false;
    set_start(set);
    catalog_places(set->catalog, &rows);
    o.years = arena_array(&o.arena, struct years, rows);
    bool ok = shelf_walk(set->shelf, &pass, &set->arena, &set->sources, d);
    if (ok) {
        opening_take_late(&o);
        opening_sort_columns(&o);
        opening_statistics(&o);
        settle_period(&o);
        list_places(set);
        index_years(set);
        settle_namings(&o);
        keep_standings(&o);
    }
    free(o.order);
    free(o.first);
    free(o.briefs);
    arena_clear(&o.arena);
    return ok;
}

static struct card_set *set_open(struct shelf *shelf, const struct catalog *c, const struct card_options *o, struct diag *d)
{
    struct card_set *set = xcalloc(1, sizeof *set);
    set->catalog = c;
    set->shelf = shelf;
    xmlInitParser(); /* once, before workers make trees side by side */
    if (fill(set, o, d))
        return set;
    card_set_close(set);
    return NULL;
}

struct card_set *card_set_from(const struct stored_facts *facts, const struct stored_facts *notes,
                               const struct catalog *c, const struct card_options *o, struct diag *d)
{
    return set_open(shelf_of_memory(facts, notes), c, o, d);
}

struct card_set *card_set_open(struct store *s, const struct catalog *c, const struct card_options *o, struct diag *d)
{
    return set_open(shelf_of_store(s), c, o, d);
}

void card_set_close(struct card_set *set)
{
    if (!set)
        return;
    free(set->columns);
    free(set->column_slots);
    free(set->standings);
    shelf_close(set->shelf);
    arena_clear(&set->arena);
    free(set);
}

/* ---- looking up ---- */

const struct column *set_column(const struct card_set *set, int measure, const char *period)
{
    if (measure < 0)
        return NULL;
    const struct indicator *known = set->measures[measure].known;
    enum fact_kind kind = known && strcmp(known->unit, "hạng") == 0 ? FACT_RANK : FACT_SCORE;
    for (size_t i = 0; i < set->n_columns; i++) {
        const struct column *c = &set->columns[i];
        if (c->measure == measure && c->n_cells && c->kind == kind && c->level == LEVEL_NONE && c->role == FACT_RESULT &&
            strcmp(c->period, period) == 0)
            return c;
    }
    return NULL;
}

const struct item *set_regional(const struct card_set *set, const char *region, const char *code, const char *period)
{
    for (size_t i = 0; i < set->n_regionals; i++) {
        const struct item *it = set->regionals[i].item;
        if (strcmp(set->regionals[i].region, region) == 0 && strcmp(it->stored->fact.indicator, code) == 0 &&
            it->stored->fact.role == FACT_RESULT && strcmp(it->period, period) == 0)
            return it;
    }
    return NULL;
}

const char *card_set_as_of(const struct card_set *set)
{
    return set->as_of;
}

const char *card_set_period(const struct card_set *set)
{
    return set->period;
}

const char *const *card_set_places(const struct card_set *set, bool with_facts, size_t *n)
{
    *n = with_facts ? set->n_with_facts : set->n_slugs;
    return with_facts ? set->slugs_with_facts : set->slugs;
}

const struct catalog *card_set_catalog(const struct card_set *set)
{
    return set->catalog;
}

size_t card_set_fact_count(const struct card_set *set, const char *slug)
{
    const struct place *p = catalog_place(set->catalog, slug, set->as_of);
    return p ? set->unit_facts[row_of(set, p->unit)] : 0;
}
