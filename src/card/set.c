/* From facts to cells in one pass over the facts and two sorts.
 *
 * Each fact is first given its unit: a place's name means the unit that bore it
 * on the last day of the fact's period, or, in a document, on the document's
 * day if that is earlier: a plan of 2023 "to 2030" is the old province's. Index
 * tables that were published for the 34 of an earlier year go by the index's
 * own date (index_set_date()). Then items are sorted into columns and cells.
 *
 * A rank or a quartile among a few gathered values would mislead ("2nd of 6"),
 * so a column counts as complete when at least COVER of the places of its time
 * that facts speak of at all have an exact value in it. */
#include "card/set.h"

#include "card/stats.h"
#include "card/tree.h"

#include <libxml/parser.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double COVER = 0.75;
enum { LEAST_FOR_GROUPS = 8, FIRST_YEAR = 1990, LAST_YEAR = 2099, TEXT = 512 };

/* ---- measures and counted units: strings to small numbers ---- */

struct names { const char **items; size_t n, cap; };

static int intern(struct names *t, struct arena *a, const char *s)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->items[i] == s || strcmp(t->items[i], s) == 0)
            return (int)i;
    *ARENA_PUSH(a, t->items, t->n, t->cap) = s;
    return (int)t->n - 1;
}

/* The catalog's indicators come first, so that their number is their order. */
static void measures_init(struct card_set *set)
{
    size_t n;
    const struct indicator *all = catalog_indicators(set->catalog, &n);
    for (size_t i = 0; i < n; i++) {
        struct measure *m = ARENA_PUSH(&set->arena, set->measures, set->n_measures, set->cap_measures);
        *m = (struct measure){ all[i].code, all[i].name, &all[i] };
    }
}

static int measure_add(struct card_set *set, const char *code)
{
    size_t n;
    const struct indicator *known = catalog_indicator(set->catalog, code);
    if (known)
        return (int)(known - catalog_indicators(set->catalog, &n));
    catalog_indicators(set->catalog, &n);
    for (size_t i = n; i < set->n_measures; i++)
        if (strcmp(set->measures[i].code, code) == 0)
            return (int)i;
    struct measure *m = ARENA_PUSH(&set->arena, set->measures, set->n_measures, set->cap_measures);
    *m = (struct measure){ code, strncmp(code, "khac:", 5) == 0 ? code + 5 : code, NULL };
    return (int)set->n_measures - 1;
}

int set_measure(const struct card_set *set, const char *code)
{
    for (size_t i = 0; i < set->n_measures; i++)
        if (strcmp(set->measures[i].code, code) == 0)
            return (int)i;
    return -1;
}

/* Facts share few periods, so each is taken apart once. */
struct periods { struct { const char *text; struct period p; bool ok; } slots[256]; };

static bool period_of(struct periods *known, const char *text, struct period *p)
{
    size_t h = 0;
    for (const char *s = text; *s; s++)
        h = h * 31 + (unsigned char)*s;
    h = (h ^ h >> 8) & 255;
    if (!known->slots[h].text || strcmp(known->slots[h].text, text) != 0) {
        known->slots[h].text = text;
        known->slots[h].ok = period_parse(text, &known->slots[h].p) && known->slots[h].p.grain;
    }
    *p = known->slots[h].p;
    return known->slots[h].ok;
}

/* ---- items ---- */

static enum level level_of(const char *s)
{
    static const char *const names[] = { "", "tỉnh", "huyện", "xã" };
    for (int i = 0; i < 4; i++)
        if (strcmp(s, names[i]) == 0)
            return (enum level)i;
    return LEVEL_OTHER;
}

static bool is_document(const struct item *it)
{
    return it->stored->source && strcmp(it->stored->source->kind, "document") == 0;
}

static const char *source_date(const struct item *it)
{
    const char *date = it->stored->source ? it->stored->source->date : "";
    return date && strlen(date) >= 10 ? date : "";
}

/* The day that tells which units existed for this fact; "" if none is known. */
static void naming_day(const struct card_set *set, const struct item *it, char out[11])
{
    const struct indicator *known = set->measures[it->measure].known;
    const char *date = source_date(it);
    snprintf(out, 11, "%s", it->last);
    if (known && known->index && it->grain == 'Y')
        index_set_date(known->index, it->year, out);
    if (is_document(it) && *date && (!*out || strncmp(date, out, 10) < 0))
        snprintf(out, 11, "%.10s", date);
    if (!*out && it->stored->source)
        snprintf(out, 11, "%s", set->source_last[it->stored->source - set->facts.sources]);
    if (!*out)
        snprintf(out, 11, "%s", set->as_of);
}

/* A text that shows no date is at least as young as the newest result it tells. */
static void date_sources(struct card_set *set)
{
    struct periods *periods = arena_new(&set->arena, struct periods);
    set->source_last = arena_alloc(&set->arena, set->facts.n_sources, sizeof *set->source_last);
    for (size_t i = 0; i < set->facts.n; i++) {
        const struct stored_fact *sf = &set->facts.items[i];
        struct period p;
        if (!sf->source || sf->fact.role != FACT_RESULT || !period_of(periods, sf->fact.period, &p))
            continue;
        char *last = set->source_last[sf->source - set->facts.sources];
        if (strcmp(p.last, last) > 0)
            memcpy(last, p.last, sizeof p.last);
    }
}

static const struct place *unit_of(const struct card_set *set, const struct item *it)
{
    char day[11];
    naming_day(set, it, day);
    const char *name = it->stored->fact.place;
    const struct place *p = catalog_place_named(set->catalog, name, day);
    p = p ? p : catalog_place_named(set->catalog, name, NULL);
    return p ? p->unit : NULL;
}

/* "thứ 2/14 trong vùng": a rank among few of the places is none of the country. */
static bool among_few(const struct card_set *set, const struct item *it)
{
    size_t n;
    double of = it->stored->fact.of;
    catalog_places_on(set->catalog, it->last, &n);
    return of > 0 && of < 0.4 * (double)n;
}

static void item_fill(struct card_set *set, struct item *it, const struct stored_fact *sf, struct names *counted,
                      struct periods *periods)
{
    const struct fact *f = &sf->fact;
    struct period p;
    it->stored = sf;
    it->measure = measure_add(set, f->indicator);
    const struct indicator *known = set->measures[it->measure].known;
    bool index_value = known && known->index && strcmp(known->unit, "hạng") != 0;
    it->kind = index_value && f->kind == FACT_PERCENT ? FACT_SCORE : f->kind;
    if (it->kind == FACT_COUNT || it->kind == FACT_MONEY || it->kind == FACT_FRACTION || it->kind == FACT_CHANGE ||
        it->kind == FACT_DURATION)
        it->counted = intern(counted, &set->arena, f->unit);
    it->level = level_of(f->level);
    it->period = f->period;
    if (period_of(periods, f->period, &p)) {
        memcpy(it->last, p.last, sizeof it->last);
        it->grain = p.grain;
    } else {
        snprintf(it->last, sizeof it->last, "%.10s", source_date(it));
        it->period = arena_printf(&set->arena, "@%s", it->last);
    }
    it->year = atoi(it->last);
    if (it->kind == FACT_RANK && among_few(set, it))
        it->counted = intern(counted, &set->arena, "trong vùng");
}

/* "Vùng Đông Nam Bộ" or "Đông Nam Bộ"; NULL if it is no region's name. */
static const char *region_named(const struct card_set *set, const char *name)
{
    size_t n, skip = strlen("Vùng ");
    const struct place *p = catalog_places(set->catalog, &n);
    const char *bare = strncmp(name, "Vùng ", skip) == 0 || strncmp(name, "vùng ", skip) == 0 ? name + skip : name;
    for (size_t i = 0; i < n; i++)
        if (strcmp(p[i].region, bare) == 0 || (*p[i].region2025 && strcmp(p[i].region2025, bare) == 0))
            return bare;
    return NULL;
}

/* "Vị Thanh, Hậu Giang": kept for the province's card, apart from its own facts. */
static void note_inner(struct card_set *set, const struct item *it)
{
    const char *name = it->stored->fact.place, *comma = strrchr(name, ',');
    char day[11];
    if (!comma || comma == name || comma[1] != ' ')
        return;
    naming_day(set, it, day);
    const struct place *p = catalog_place_named(set->catalog, comma + 2, day);
    p = p ? p : catalog_place_named(set->catalog, comma + 2, NULL);
    if (p)
        *ARENA_PUSH(&set->arena, set->inners, set->n_inners, set->cap_inners) =
            (struct inner){ p->unit, arena_strndup(&set->arena, name, (size_t)(comma - name)), it };
}

static void read_items(struct card_set *set)
{
    struct names counted = { 0 };
    struct periods *periods = arena_new(&set->arena, struct periods);
    const char *name = "";
    const struct place *unit = NULL;
    char day[11] = "", now[11];
    bool is_place = true;
    *ARENA_PUSH(&set->arena, counted.items, counted.n, counted.cap) = "";
    set->items = arena_array(&set->arena, struct item, set->facts.n);
    for (size_t i = 0; i < set->facts.n; i++) {
        const struct stored_fact *sf = &set->facts.items[i];
        if (sf->fact.kind == FACT_NOTE || sf->fact.status == FACT_REJECTED)
            continue;
        struct item *it = &set->items[set->n_items++];
        item_fill(set, it, sf, &counted, periods);
        /* facts come by place: a name is looked up once for each of its days */
        naming_day(set, it, now);
        if (strcmp(name, sf->fact.place) != 0 || strcmp(day, now) != 0 || i == 0) {
            name = sf->fact.place;
            memcpy(day, now, sizeof day);
            unit = unit_of(set, it);
            is_place = unit || strcmp(name, "Cả nước") == 0;
        }
        it->unit = unit;
        if (!is_place)
            note_inner(set, it);
        const char *region = is_place ? NULL : region_named(set, name);
        if (region)
            *ARENA_PUSH(&set->arena, set->regionals, set->n_regionals, set->cap_regionals) =
                (struct regional){ region, it };
    }
}

/* ---- the order of columns and cells ---- */

static int by_number(long a, long b)
{
    return (a > b) - (a < b);
}

static int by_column(const struct item *a, const struct item *b)
{
    int by = by_number(a->measure, b->measure);
    by = by ? by : by_number(a->kind, b->kind);
    by = by ? by : by_number(a->counted, b->counted);
    by = by ? by : by_number(a->level, b->level);
    by = by ? by : by_number(a->stored->fact.role, b->stored->fact.role);
    return by ? by : strcmp(a->period, b->period);
}

static int by_cell(const struct item *a, const struct item *b)
{
    int by = by_column(a, b);
    return by ? by : by_number(a->unit < b->unit ? -1 : a->unit > b->unit, 0);
}

/* Which of several facts stands for its cell: an approved one, then a published
 * table's, the newest document's, an exact one, the surer, the earlier stored. */
static int by_choice(const struct item *a, const struct item *b)
{
    const struct fact *f = &a->stored->fact, *g = &b->stored->fact;
    int by = by_number(g->status == FACT_APPROVED, f->status == FACT_APPROVED);
    by = by ? by : by_number(is_document(a), is_document(b));
    by = by ? by : strcmp(source_date(b), source_date(a));
    by = by ? by : by_number(f->qualifier != FACT_EQ, g->qualifier != FACT_EQ);
    by = by ? by : (f->confidence < g->confidence) - (f->confidence > g->confidence);
    return by ? by : by_number(f->id, g->id);
}

static int by_order(const void *x, const void *y)
{
    const struct item *a = *(const struct item *const *)x, *b = *(const struct item *const *)y;
    int by = by_cell(a, b);
    by = by ? by : by_choice(a, b);
    return by ? by : by_number(a < b ? -1 : a > b, 0);
}

static void sort_items(struct card_set *set)
{
    set->sorted = arena_array(&set->arena, const struct item *, set->n_items);
    for (size_t i = 0; i < set->n_items; i++)
        if (set->items[i].unit)
            set->sorted[set->n_sorted++] = &set->items[i];
    if (set->n_sorted)
        qsort(set->sorted, set->n_sorted, sizeof *set->sorted, by_order);
}

static size_t row_of(const struct card_set *set, const struct place *unit)
{
    size_t n;
    return (size_t)(unit - catalog_places(set->catalog, &n));
}

static void column_start(struct column *c, const struct item *it, size_t first)
{
    *c = (struct column){ .measure = it->measure, .kind = it->kind, .counted = it->counted, .level = it->level,
                          .role = it->stored->fact.role, .period = it->period, .year = it->year, .first = first,
                          .best = NAN, .national = NAN };
}

/* Every year in a period's text one less; false for a day or no period. */
static bool a_year_earlier(const char *period, char out[TEXT])
{
    struct period p;
    if (!period_parse(period, &p) || !p.grain || p.grain == 'D' || strlen(period) >= TEXT)
        return false;
    snprintf(out, TEXT, "%s", period);
    for (char *s = out; s; s = strchr(s, '/')) {
        s += *s == '/';
        char year[5] = { s[0], s[1], s[2], s[3], 0 }, less[16];
        snprintf(less, sizeof less, "%04d", atoi(year) - 1);
        memcpy(s, less, 4);
    }
    return true;
}

static void make_cells(struct card_set *set)
{
    struct arena *a = &set->arena;
    set->cells = arena_array(a, struct cell, set->n_sorted);
    set->columns = arena_array(a, struct column, set->n_sorted);
    for (size_t i = 0; i < set->n_sorted; i++) {
        const struct item *it = set->sorted[i], *before = i ? set->sorted[i - 1] : NULL;
        if (!before || by_column(before, it) != 0) {
            char earlier[TEXT];
            struct column *start = &set->columns[set->n_columns++];
            column_start(start, it, set->n_cells);
            start->earlier = a_year_earlier(it->period, earlier) ? arena_strdup(a, earlier) : NULL;
        }
        if (!before || by_cell(before, it) != 0) {
            struct column *col = &set->columns[set->n_columns - 1];
            set->cells[set->n_cells++] = (struct cell){ .column = col, .unit = it->unit, .items = &set->sorted[i] };
            col->n_cells++;
        }
        struct cell *c = &set->cells[set->n_cells - 1];
        c->n++;
        if (it->stored->conflict && !c->conflict)
            c->conflict = (int)it->stored->conflict;
    }
}

static int by_unit(const void *x, const void *y)
{
    const struct cell *a = *(const struct cell *const *)x, *b = *(const struct cell *const *)y;
    int by = by_number(a->unit < b->unit ? -1 : a->unit > b->unit, 0);
    return by ? by : by_number(a < b ? -1 : a > b, 0);
}

static void list_units(struct card_set *set)
{
    size_t rows;
    catalog_places(set->catalog, &rows);
    set->by_unit = arena_array(&set->arena, const struct cell *, set->n_cells);
    set->unit_first = arena_array(&set->arena, size_t, rows + 1);
    set->unit_facts = arena_array(&set->arena, size_t, rows);
    for (size_t i = 0; i < set->n_cells; i++) {
        size_t row = row_of(set, set->cells[i].unit);
        set->by_unit[i] = &set->cells[i];
        set->unit_first[row + 1]++;
        set->unit_facts[row] += set->cells[i].n;
    }
    for (size_t r = 0; r < rows; r++)
        set->unit_first[r + 1] += set->unit_first[r];
    if (set->n_cells)
        qsort(set->by_unit, set->n_cells, sizeof *set->by_unit, by_unit);
}

const struct cell *const *set_unit_cells(const struct card_set *set, const struct place *unit, size_t *n)
{
    size_t row = row_of(set, unit);
    *n = set->unit_first[row + 1] - set->unit_first[row];
    return set->by_unit + set->unit_first[row];
}

const struct cell *const *set_cells(const struct card_set *set, const struct place *unit, int measure, size_t *n)
{
    size_t all, low = 0, end;
    const struct cell *const *cells = set_unit_cells(set, unit, &all);
    for (size_t high = all; low < high;) {
        size_t mid = low + (high - low) / 2;
        if (cells[mid]->column->measure < measure)
            low = mid + 1;
        else
            high = mid;
    }
    for (end = low; end < all && cells[end]->column->measure == measure; end++)
        ;
    *n = end - low;
    return cells + low;
}

const struct cell *set_yearly(const struct card_set *set, const struct place *unit, int measure, const char *period)
{
    size_t n;
    const struct cell *const *cells = measure < 0 ? NULL : set_cells(set, unit, measure, &n);
    if (!cells)
        return NULL;
    const struct indicator *known = set->measures[measure].known;
    enum fact_kind kind = known && strcmp(known->unit, "hạng") == 0 ? FACT_RANK : FACT_SCORE;
    for (size_t i = 0; i < n; i++) {
        const struct column *c = cells[i]->column;
        if (c->kind == kind && c->level == LEVEL_NONE && c->role == FACT_RESULT && !c->counted &&
            strcmp(c->period, period) == 0)
            return cells[i];
    }
    return NULL;
}

const struct column *set_column(const struct card_set *set, int measure, const char *period)
{
    if (measure < 0)
        return NULL;
    const struct indicator *known = set->measures[measure].known;
    enum fact_kind kind = known && strcmp(known->unit, "hạng") == 0 ? FACT_RANK : FACT_SCORE;
    for (size_t i = 0; i < set->n_columns; i++) {
        const struct column *c = &set->columns[i];
        if (c->measure == measure && c->kind == kind && c->level == LEVEL_NONE && c->role == FACT_RESULT &&
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

static bool same_series(const struct column *a, const struct column *b, enum fact_role role)
{
    return a->measure == b->measure && a->kind == b->kind && a->counted == b->counted && a->level == b->level &&
           b->role == role;
}

const struct cell *set_previous(const struct card_set *set, const struct cell *c)
{
    const char *period = c->column->earlier;
    size_t n;
    if (!period)
        return NULL;
    const struct cell *const *cells = set_cells(set, c->unit, c->column->measure, &n);
    for (size_t i = 0; i < n; i++)
        if (same_series(c->column, cells[i]->column, c->column->role) &&
            strcmp(cells[i]->column->period, period) == 0)
            return cells[i];
    return NULL;
}

const struct cell *set_target(const struct card_set *set, const struct cell *c, bool *exact)
{
    const struct cell *whole = NULL;
    char year[16];
    size_t n;
    snprintf(year, sizeof year, "%d", c->column->year);
    const struct cell *const *cells = set_cells(set, c->unit, c->column->measure, &n);
    for (size_t i = 0; i < n; i++) {
        if (!same_series(c->column, cells[i]->column, FACT_TARGET))
            continue;
        if (strcmp(cells[i]->column->period, c->column->period) == 0) {
            *exact = true;
            return cells[i];
        }
        if (strcmp(cells[i]->column->period, year) == 0)
            whole = cells[i];
    }
    *exact = false;
    return whole;
}

/* ---- statistics ---- */

static const struct place *const *places_of(const struct card_set *set, const struct column *c, size_t *n)
{
    const struct indicator *known = measure_of(set, c)->known;
    const char *day = set->cells[c->first].items[0]->last;
    char own[11];
    if (known && known->index && strlen(c->period) == 4)
        day = index_set_date(known->index, c->year, own);
    return catalog_places_on(set->catalog, day, n);
}

static bool compared(const struct cell *c)
{
    const struct fact *f = fact_of(c);
    return f->qualifier == FACT_EQ && isfinite(f->value);
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

static void column_best(struct card_set *set, struct column *c, int better)
{
    size_t ties = 0;
    const char *name = NULL;
    c->best = better > 0 ? c->most : c->least;
    for (size_t i = 0; i < c->n_cells; i++) {
        const struct cell *cell = &set->cells[c->first + i];
        if (compared(cell) && fact_of(cell)->value == c->best) {
            name = name ? name : unit_name(set, c, cell->unit);
            ties++;
        }
    }
    c->best_name = ties > 1 ? arena_printf(&set->arena, "%s và %zu nơi khác", name, ties - 1) : name;
}

static void column_spread(struct card_set *set, struct column *c)
{
    struct buf b = { 0 };
    for (size_t i = 0; i < c->n_cells; i++)
        if (compared(&set->cells[c->first + i])) {
            char number[NUMBER_SIZE];
            size_t len = number_write(number, fact_of(&set->cells[c->first + i])->value);
            buf_add(&b, " ", b.len > 0);
            buf_add(&b, number, len);
        }
    c->spread = arena_strndup(&set->arena, b.data, b.len);
    buf_clear(&b);
}

static void column_statistics(struct card_set *set, struct column *c, double *values)
{
    const struct indicator *known = measure_of(set, c)->known;
    int better = known ? known->better : 0;
    for (size_t i = 0; i < c->n_cells; i++)
        if (compared(&set->cells[c->first + i]))
            values[c->n++] = fact_of(&set->cells[c->first + i])->value;
    if (!c->n)
        return;
    sort_ascending(values, c->n);
    c->median = quantile(values, c->n, 0.5);
    c->q1 = quantile(values, c->n, 0.25);
    c->q3 = quantile(values, c->n, 0.75);
    c->least = values[0];
    c->most = values[c->n - 1];
    size_t spoken = spoken_of(set, c, &c->places);
    c->complete = c->n > 1 && (double)c->n >= COVER * (double)spoken;
    c->grouped = c->complete && c->n >= LEAST_FOR_GROUPS && better;
    column_spread(set, c);
    if (!better)
        return;
    column_best(set, c, better);
    for (size_t i = 0; c->complete && i < c->n_cells; i++) {
        struct cell *cell = &set->cells[c->first + i];
        if (!compared(cell))
            continue;
        cell->rank = rank_of(fact_of(cell)->value, values, c->n, better);
        cell->group = c->grouped ? quartile_group(fact_of(cell)->value, c->q1, c->median, c->q3, better) : 0;
    }
}

/* Published values for the whole country join their column. */
static void join_national(struct card_set *set)
{
    for (size_t i = 0; i < set->n_items; i++) {
        const struct item *it = &set->items[i];
        if (it->unit || it->stored->fact.role != FACT_RESULT || strcmp(it->stored->fact.place, "Cả nước") != 0)
            continue;
        for (size_t k = 0; k < set->n_columns; k++) {
            struct column *c = &set->columns[k];
            if (c->measure == it->measure && c->kind == it->kind && c->counted == it->counted &&
                c->level == it->level && c->role == FACT_RESULT && strcmp(c->period, it->period) == 0 &&
                (!c->national_item || by_choice(it, c->national_item) < 0)) {
                c->national = it->stored->fact.value;
                c->national_item = it;
            }
        }
    }
}

static bool has_statistics(const struct column *c)
{
    return c->role == FACT_RESULT && c->year && *c->period != '@' &&
           (c->kind == FACT_SCORE || c->kind == FACT_PERCENT || c->kind == FACT_COUNT || c->kind == FACT_MONEY ||
            c->kind == FACT_DURATION);
}

static void statistics(struct card_set *set)
{
    double *values = xmalloc((set->n_cells + 1) * sizeof *values);
    for (size_t i = 0; i < set->n_columns; i++)
        if (has_statistics(&set->columns[i]))
            column_statistics(set, &set->columns[i], values);
    free(values);
    join_national(set);
}

/* ---- the card's period, date and places ---- */

/* The newest year not after `last` in which at least half of the units that
 * facts speak of have a result; else the year that most have; 0 if none. What
 * tells no period counts for its document's year only with `undated`: a text of
 * January speaks of the year before. */
static int newest_year(const struct card_set *set, int last, bool undated)
{
    size_t rows, spoken = 0, most = 0;
    int best = 0;
    catalog_places(set->catalog, &rows);
    bool *seen = xcalloc(rows, sizeof *seen);
    for (size_t r = 0; r < rows; r++)
        spoken += set->unit_facts[r] > 0;
    for (int year = last; year >= FIRST_YEAR; year--) {
        size_t n = 0;
        memset(seen, 0, rows * sizeof *seen);
        for (size_t i = 0; i < set->n_sorted; i++) {
            const struct item *it = set->sorted[i];
            size_t row = row_of(set, it->unit);
            if (it->year == year && (undated || *it->period != '@') && it->stored->fact.role == FACT_RESULT && !seen[row]) {
                seen[row] = true;
                n++;
            }
        }
        if (n > most) {
            most = n;
            best = year;
        }
        if (2 * n >= spoken && n) {
            best = year;
            break;
        }
    }
    free(seen);
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
        snprintf(set->as_of, sizeof set->as_of, "%s", p.last);
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

/* The newest day that a source or a result is of; "" if none is dated. */
static const char *newest_day(const struct card_set *set)
{
    const char *day = "";
    for (size_t i = 0; i < set->n_items; i++) {
        const struct item *it = &set->items[i];
        if (strcmp(source_date(it), day) > 0)
            day = source_date(it);
        if (it->stored->fact.role == FACT_RESULT && strcmp(it->last, day) > 0)
            day = it->last;
    }
    return day;
}

/* Without a date given: the period's last day, or the newest day of the facts
 * if the period is not over by then. */
static void settle_period(struct card_set *set)
{
    if (!set->period) {
        int last = *set->as_of ? atoi(set->as_of) : LAST_YEAR;
        set->year = newest_year(set, last < LAST_YEAR ? last : LAST_YEAR, false);
        if (!set->year)
            set->year = newest_year(set, last < LAST_YEAR ? last : LAST_YEAR, true);
        if (!set->year) /* no dated fact at all */
            set->year = *set->as_of ? atoi(set->as_of) : 2025;
        set->period = arena_printf(&set->arena, "%d", set->year);
        period_parse(set->period, &set->span);
    }
    if (!*set->as_of) {
        const char *newest = newest_day(set);
        bool over = strcmp(set->span.last, newest) <= 0 || strcmp(newest, set->span.first) < 0;
        snprintf(set->as_of, sizeof set->as_of, "%s", over ? set->span.last : newest);
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
                c->level != LEVEL_NONE || c->year > set->year || strlen(c->period) != 4)
                continue;
            size_t places;
            bool most = 2 * c->n_cells >= spoken_of(set, c, &places);
            any = c->year > any ? c->year : any;
            complete = most && c->year > complete ? c->year : complete;
        }
        set->index_year[i] = complete ? complete : any;
    }
}

/* ---- opening ---- */

static bool fill(struct card_set *set, const struct card_options *o, struct diag *d)
{
    if (!choose_period(set, o, d))
        return false;
    measures_init(set);
    date_sources(set);
    read_items(set);
    sort_items(set);
    make_cells(set);
    list_units(set);
    statistics(set);
    settle_period(set);
    list_places(set);
    index_years(set);
    return true;
}

static struct card_set *set_new(const struct catalog *c)
{
    struct card_set *set = xcalloc(1, sizeof *set);
    set->catalog = c;
    xmlInitParser(); /* once, before workers make trees side by side */
    return set;
}

struct card_set *card_set_from(const struct stored_facts *facts, const struct stored_facts *notes,
                               const struct catalog *c, const struct card_options *o, struct diag *d)
{
    struct card_set *set = set_new(c);
    set->facts = *facts;
    if (notes)
        set->notes = *notes;
    if (fill(set, o, d))
        return set;
    card_set_close(set);
    return NULL;
}

struct card_set *card_set_open(struct store *s, const struct catalog *c, const struct card_options *o, struct diag *d)
{
    struct card_set *set = set_new(c);
    struct store_filter all = { 0 }, notes = { .notes = true };
    if (store_facts(s, &all, &set->arena, &set->facts, d) && store_facts(s, &notes, &set->arena, &set->notes, d) &&
        fill(set, o, d))
        return set;
    card_set_close(set);
    return NULL;
}

void card_set_close(struct card_set *set)
{
    if (!set)
        return;
    arena_clear(&set->arena);
    free(set);
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
