/* One pass over the facts: each is reduced to a brief, its column, its unit and its value. */
#include "card/opening.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
void opening_sort_columns(struct opening *o)
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

void opening_name_means(struct opening *o, size_t name, const struct place *unit)
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
    opening_name_means(o, name, unit);
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
    for (size_t i = 0; i < o->n_days && i < OPENING_DAYS; i++)
        if (strcmp(o->days[i].day, day) == 0)
            return &o->days[i];
    struct day_unit *u = &o->days[o->n_days++ % OPENING_DAYS];
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
            opening_name_means(o, o->name, u->around);
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

void opening_take(void *ctx, const struct stored_facts *some, int64_t before)
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

void opening_take_late(struct opening *o)
{
    for (size_t i = 0; i < o->n_late; i++) {
        const struct item *it = &o->late[i].item;
        const struct source *source = it->stored->source;
        const char *day = source ? o->set->source_last[source - o->set->joined] : "";
        turn_to(o, o->late[i].name);
        take_item(o, it, *day ? day : o->set->asked);
    }
}
