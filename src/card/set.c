/* From facts to columns in one pass over the facts, and a sort.
 *
 * Each fact is reduced to a brief: its column, its unit and its value. Sorted by
 * column and unit, the best of each cell chosen, the values go into the columns'
 * statistics and the briefs are dropped; only what the neighbours' cards need of
 * each other is kept, the standing by each index.
 *
 * A rank or a quartile among a few gathered values would mislead ("2nd of 6"),
 * so a column counts as complete when at least COVER of the places of its time
 * that facts speak of at all have an exact value in it. */
#include "card/set.h"

#include "card/shelf.h"
#include "card/stats.h"
#include "card/tree.h"

#include <libxml/parser.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double COVER = 0.75;
enum { LEAST_FOR_GROUPS = 8, FIRST_YEAR = 1990, LAST_YEAR = 2099, DAYS = 16 };

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
    struct day_unit days[DAYS]; size_t n_days;
};

/* ---- columns ---- */

static void slot_column(struct card_set *set, size_t i)
{
    size_t at = column_hash(&set->columns[i]);
    while (set->column_slots[at & (set->n_column_slots - 1)])
        at++;
    set->column_slots[at & (set->n_column_slots - 1)] = (int)i + 1;
}

static void slot_columns(struct card_set *set, size_t n_slots)
{
    free(set->column_slots);
    set->n_column_slots = n_slots;
    set->column_slots = xcalloc(n_slots, sizeof *set->column_slots);
    for (size_t i = 0; i < set->n_columns; i++)
        slot_column(set, i);
}

static int column_add(struct opening *o, const struct item *it)
{
    struct card_set *set = o->set;
    int found = column_find(set, it);
    if (found >= 0)
        return found;
    if (set->n_columns == o->cap_columns) {
        o->cap_columns = o->cap_columns ? 2 * o->cap_columns : 256;
        set->columns = xrealloc(set->columns, o->cap_columns * sizeof *set->columns);
        slot_columns(set, 2 * o->cap_columns);
    }
    struct column *c = &set->columns[set->n_columns++];
    int period = names_find(&set->periods, it->period);
    *c = (struct column){ .measure = it->measure, .kind = it->kind, .counted = it->counted, .level = it->level,
                          .role = it->stored->fact.role, .period = it->period, .year = it->year, .best = NAN,
                          .earlier = set->known_periods[period].earlier, .national = NAN };
    memcpy(c->last, it->last, sizeof c->last);
    slot_column(set, set->n_columns - 1);
    return (int)set->n_columns - 1;
}

static int by_number(long a, long b)
{
    return (a > b) - (a < b);
}

static int by_column(const void *x, const void *y)
{
    const struct column *a = *(const struct column *const *)x, *b = *(const struct column *const *)y;
    int by = by_number(a->measure, b->measure);
    by = by ? by : by_number(a->kind, b->kind);
    by = by ? by : by_number(a->counted, b->counted);
    by = by ? by : by_number(a->level, b->level);
    by = by ? by : by_number(a->role, b->role);
    return by ? by : strcmp(a->period, b->period);
}

/* The briefs' columns are renumbered with them. */
static void sort_columns(struct opening *o)
{
    struct card_set *set = o->set;
    const struct column **order = xcalloc(set->n_columns, sizeof *order);
    struct column *sorted = xcalloc(set->n_columns, sizeof *sorted);
    int *now = xcalloc(set->n_columns, sizeof *now);
    for (size_t i = 0; i < set->n_columns; i++)
        order[i] = &set->columns[i];
    if (set->n_columns)
        qsort(order, set->n_columns, sizeof *order, by_column);
    for (size_t i = 0; i < set->n_columns; i++) {
        sorted[i] = *order[i];
        now[order[i] - set->columns] = (int)i;
    }
    for (size_t i = 0; i < o->n; i++)
        o->briefs[i].column = now[o->briefs[i].column];
    free(set->columns);
    free(order);
    free(now);
    set->columns = sorted;
    slot_columns(set, set->n_column_slots ? set->n_column_slots : 2);
}

/* ---- the pass ---- */

static void push_brief(struct opening *o, const struct item *it, int row)
{
    if (o->n == o->cap) {
        o->cap = o->cap ? 2 * o->cap : 4096;
        o->briefs = xrealloc(o->briefs, o->cap * sizeof *o->briefs);
    }
    struct brief *b = &o->briefs[o->n++];
    brief_fill(b, o->set, it);
    b->column = column_add(o, it);
    b->row = row;
}

static void name_means(struct opening *o, size_t name, const struct place *unit)
{
    struct card_set *set = o->set;
    int row = (int)row_of(set, unit);
    for (size_t i = set->n_namings; i > 0 && set->namings[i - 1].name == name; i--)
        if (set->namings[i - 1].row == row)
            return;
    *ARENA_PUSH(&set->arena, set->namings, set->n_namings, set->cap_namings) = (struct naming){ row, name };
}

static void note_year(struct opening *o, size_t row, const struct item *it)
{
    if (it->stored->fact.role != FACT_RESULT || it->year < FIRST_YEAR || it->year > LAST_YEAR)
        return;
    unsigned bit = (unsigned)(it->year - FIRST_YEAR);
    o->years[row].any[bit / 64] |= (uint64_t)1 << bit % 64;
    if (*it->period != '@')
        o->years[row].dated[bit / 64] |= (uint64_t)1 << bit % 64;
}

static void take_unit(struct opening *o, const struct item *it, size_t name, const struct place *unit)
{
    size_t row = row_of(o->set, unit);
    o->set->unit_facts[row]++;
    note_year(o, row, it);
    push_brief(o, it, (int)row);
    name_means(o, name, unit);
}

static const struct stored_fact *keep_fact(struct arena *a, const struct stored_fact *sf)
{
    struct stored_fact *copy = arena_new(a, struct stored_fact);
    const char **texts[] = { &copy->fact.source, &copy->fact.quote, &copy->fact.place, &copy->fact.level,
                             &copy->fact.indicator, &copy->fact.unit, &copy->fact.period, &copy->fact.why };
    *copy = *sf;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = arena_strdup(a, *texts[i] ? *texts[i] : "");
    return copy;
}

static struct item *keep_item(struct arena *a, const struct item *it)
{
    struct item *copy = arena_new(a, struct item);
    *copy = *it;
    copy->stored = keep_fact(a, it->stored);
    return copy;
}

/* Means of a region that its publisher gives. */
static void take_region(struct opening *o, const struct item *it)
{
    struct card_set *set = o->set;
    const struct indicator *known = set->measures[it->measure].known;
    if (o->region && known && known->index && it->stored->fact.role == FACT_RESULT)
        *ARENA_PUSH(&set->arena, set->regionals, set->n_regionals, set->cap_regionals) =
            (struct regional){ o->region, keep_item(&set->arena, it) };
}

static const struct day_unit *unit_on(struct opening *o, const char *day)
{
    const char *name = o->set->places.items[o->name];
    size_t within;
    for (size_t i = 0; i < o->n_days && i < DAYS; i++)
        if (strcmp(o->days[i].day, day) == 0)
            return &o->days[i];
    struct day_unit *u = &o->days[o->n_days++ % DAYS];
    snprintf(u->day, sizeof u->day, "%s", day);
    u->unit = unit_named(o->set, name, day);
    u->around = u->unit ? NULL : unit_around(o->set, name, day, &within);
    return u;
}

static void take_item(struct opening *o, const struct item *it, const char *day)
{
    const char *name = o->set->places.items[o->name];
    const struct day_unit *u = unit_on(o, day);
    if (u->unit) {
        take_unit(o, it, o->name, u->unit);
    } else if (strcmp(name, "Cả nước") == 0) {
        if (it->stored->fact.role == FACT_RESULT)
            push_brief(o, it, NO_ROW);
    } else {
        if (u->around)
            name_means(o, o->name, u->around);
        take_region(o, it);
    }
}

static void note_days(struct opening *o, const struct item *it)
{
    struct card_set *set = o->set;
    const struct stored_fact *sf = it->stored;
    if (strcmp(item_date(it), o->newest) > 0)
        snprintf(o->newest, sizeof o->newest, "%.10s", item_date(it));
    if (sf->fact.role != FACT_RESULT)
        return;
    if (strcmp(it->last, o->newest) > 0)
        memcpy(o->newest, it->last, sizeof o->newest);
    /* A text that shows no date is at least as young as the newest result it tells. */
    if (sf->source && it->grain && strcmp(it->last, set->source_last[sf->source - set->joined]) > 0)
        memcpy(set->source_last[sf->source - set->joined], it->last, sizeof it->last);
}

static void take_note(struct opening *o, const struct stored_fact *sf)
{
    struct note_day n = { .name = o->name };
    if (sf->source && strlen(sf->source->date) >= 10)
        snprintf(n.day, sizeof n.day, "%.10s", sf->source->date);
    *ARENA_PUSH(&o->arena, o->notes, o->n_notes, o->cap_notes) = n;
}

static void take_fact(struct opening *o, const struct stored_fact *sf)
{
    struct item it;
    char day[11];
    if (sf->fact.status == FACT_REJECTED)
        return;
    if (sf->fact.kind == FACT_NOTE) {
        take_note(o, sf);
        return;
    }
    item_fill(o->set, &it, sf, true);
    note_days(o, &it);
    item_day(o->set, &it, day);
    if (*day)
        take_item(o, &it, day);
    else
        *ARENA_PUSH(&o->arena, o->late, o->n_late, o->cap_late) = (struct late){ *keep_item(&o->arena, &it), o->name };
}

static void turn_to(struct opening *o, size_t name)
{
    o->name = name;
    o->n_days = 0;
    o->region = region_named(o->set, o->set->places.items[name]);
    o->begun = true;
}

static void take(void *ctx, const struct stored_facts *some, int64_t before)
{
    struct opening *o = ctx;
    struct card_set *set = o->set;
    const char *place = some->items[0].fact.place;
    if (!set->source_last) {
        set->sources.sources = some->sources;
        set->sources.n_sources = some->n_sources;
        sources_join(set);
        set->source_last = arena_alloc(&set->arena, some->n_sources, sizeof *set->source_last);
    }
    if (!o->begun || strcmp(set->places.items[o->name], place) != 0) {
        size_t known = set->places.n;
        turn_to(o, (size_t)names_add(&set->places, &set->arena, place));
        if (set->places.n > known)
            *ARENA_PUSH(&set->arena, set->conflicts_before, known, set->cap_before) = before;
    }
    for (size_t i = 0; i < some->n; i++) {
        struct stored_fact shown = some->items[i];
        shown.source = source_of(set, shown.source);
        take_fact(o, &shown);
    }
}

static void take_late(struct opening *o)
{
    for (size_t i = 0; i < o->n_late; i++) {
        const struct item *it = &o->late[i].item;
        const struct source *source = it->stored->source;
        const char *day = source ? o->set->source_last[source - o->set->joined] : "";
        turn_to(o, o->late[i].name);
        take_item(o, it, *day ? day : o->set->asked);
    }
}

/* ---- statistics ---- */

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
static size_t spoken_of(const struct card_set *set, const struct column *c, size_t *places)
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
    size_t spoken = spoken_of(set, c, &c->places);
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

static void statistics(struct opening *o)
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
            bool most = 2 * c->n_cells >= spoken_of(set, c, &places);
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
            name_means(o, o->notes[i].name, p->unit);
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
    struct store_pass pass = { &o, take };
    size_t rows;
    if (!choose_period(set, options, d))
        return false;
    set_start(set);
    catalog_places(set->catalog, &rows);
    o.years = arena_array(&o.arena, struct years, rows);
    bool ok = shelf_walk(set->shelf, &pass, &set->arena, &set->sources, d);
    if (ok) {
        take_late(&o);
        sort_columns(&o);
        statistics(&o);
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

size_t card_set_fact_count(const struct card_set *set, const char *slug)
{
    const struct place *p = catalog_place(set->catalog, slug, set->as_of);
    return p ? set->unit_facts[row_of(set, p->unit)] : 0;
}
