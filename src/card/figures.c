/* One unit's facts, read again for a card, and the cells made of them.
 *
 * Every string that a fact may hold was seen when the set was opened, and what
 * is stored has not changed since (shelf_begin()), so names are looked up and
 * never added: cards are made from a set that nobody writes to. */
#include "card/set.h"

#include "card/shelf.h"
#include "card/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- from facts to items ---- */

struct reading {
    const struct card_set *set;
    struct arena *a;
    struct figures *out;
    struct item **items;        size_t n, cap;
    char day[11];               /* of the last look-up of a name */
    const struct place *unit, *around;
    size_t within;
    bool looked_up;
};

static void day_of(const struct card_set *set, const struct item *it, char day[11])
{
    const struct source *source = it->stored->source;
    item_day(set, it, day);
    if (!*day && source)
        memcpy(day, set->source_last[source - set->joined], sizeof set->asked);
    if (!*day)
        memcpy(day, set->asked, sizeof set->asked);
}

/* Facts come by name and period: few look-ups serve many facts. */
static void look_up(struct reading *r, const struct item *it)
{
    char day[11];
    const char *name = it->stored->fact.place;
    day_of(r->set, it, day);
    if (r->looked_up && strcmp(day, r->day) == 0)
        return;
    memcpy(r->day, day, sizeof r->day);
    r->unit = unit_named(r->set, name, day);
    r->around = r->unit || strcmp(name, "Cả nước") == 0 ? NULL : unit_around(r->set, name, day, &r->within);
    r->looked_up = true;
}

static bool note_is_of(const struct card_set *set, const struct stored_fact *sf, const struct place *unit)
{
    const char *date = sf->source && strlen(sf->source->date) >= 10 ? sf->source->date : set->as_of;
    char day[11];
    snprintf(day, sizeof day, "%.10s", date);
    const struct place *p = catalog_place_named(set->catalog, sf->fact.place, day);
    return p && p->unit == unit;
}

static bool read_fact(struct reading *r, const struct stored_fact *sf)
{
    struct figures *out = r->out;
    if (sf->fact.status == FACT_REJECTED)
        return true;
    if (sf->fact.kind == FACT_NOTE) {
        if (note_is_of(r->set, sf, out->unit))
            *ARENA_PUSH(r->a, out->notes, out->n_notes, out->cap_notes) = sf;
        return true;
    }
    struct item *it = arena_new(r->a, struct item);
    if (!item_fill((struct card_set *)r->set, it, sf, false)) /* without growing the set is not written to */
        return false;
    look_up(r, it);
    it->unit = r->unit;
    if (r->around == out->unit)
        *ARENA_PUSH(r->a, out->inners, out->n_inners, out->cap_inners) =
            (struct inner){ arena_strndup(r->a, sf->fact.place, r->within), it };
    if (r->unit != out->unit)
        return true;
    int column = column_find(r->set, it);
    it->column = column < 0 ? NULL : &r->set->columns[column];
    *ARENA_PUSH(r->a, r->items, r->n, r->cap) = it;
    return it->column != NULL;
}

/* ---- from items to cells ---- */

struct sorted { struct item *item; struct brief brief; };

static int by_cell(const void *x, const void *y)
{
    const struct sorted *a = x, *b = y;
    const struct column *c = a->item->column, *e = b->item->column;
    return c != e ? (c > e) - (c < e) : by_choice(&a->brief, &b->brief);
}

static void rank_cell(const struct card_set *set, struct cell *cell)
{
    const struct column *c = cell->column;
    const struct indicator *known = measure_of(set, c)->known;
    const struct fact *f = fact_of(cell);
    if (!c->n || !c->complete || !known || !known->better || f->qualifier != FACT_EQ || !isfinite(f->value))
        return;
    cell->rank = rank_of(f->value, c->values, c->n, known->better);
    cell->group = c->grouped ? quartile_group(f->value, c->q1, c->median, c->q3, known->better) : 0;
}

static void make_cells(struct reading *r)
{
    struct figures *out = r->out;
    struct sorted *order = arena_array(r->a, struct sorted, r->n);
    const struct item **items = arena_array(r->a, const struct item *, r->n);
    struct cell *cells = arena_array(r->a, struct cell, r->n), *c = NULL;
    out->cells = arena_array(r->a, const struct cell *, r->n);
    for (size_t i = 0; i < r->n; i++) {
        order[i].item = r->items[i];
        brief_fill(&order[i].brief, r->set, r->items[i]);
    }
    if (r->n)
        qsort(order, r->n, sizeof *order, by_cell);
    for (size_t i = 0; i < r->n; i++) {
        items[i] = order[i].item;
        if (!c || c->column != items[i]->column) {
            c = &cells[out->n];
            *c = (struct cell){ .column = items[i]->column, .unit = out->unit, .items = &items[i] };
            out->cells[out->n++] = c;
            rank_cell(r->set, c);
        }
        c->n++;
        if (items[i]->stored->conflict && !c->conflict)
            c->conflict = (int)items[i]->stored->conflict;
    }
}

/* The namings of a row stand together. */
static size_t first_naming(const struct card_set *set, int row)
{
    size_t low = 0, high = set->n_namings;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (set->namings[mid].row < row)
            low = mid + 1;
        else
            high = mid;
    }
    return low;
}

bool figures_read(const struct card_set *set, const struct place *unit, struct arena *a, struct figures *out,
                  struct diag *d)
{
    struct reading r = { .set = set, .a = a, .out = out };
    int row = (int)row_of(set, unit);
    *out = (struct figures){ .unit = unit };
    for (size_t i = first_naming(set, row); i < set->n_namings && set->namings[i].row == row; i++) {
        size_t name = set->namings[i].name;
        struct stored_facts facts = set->sources;
        r.looked_up = false;
        if (!shelf_place(set->shelf, set->places.items[name], set->conflicts_before[name], a, &facts, d))
            return false;
        for (size_t k = 0; k < facts.n; k++) {
            facts.items[k].source = source_of(set, facts.items[k].source);
            if (!read_fact(&r, &facts.items[k])) {
                diag_error(d, (struct at){ 0 }, _("a fact of %s is not the one that was read before"),
                           set->places.items[name]);
                return false;
            }
        }
    }
    make_cells(&r);
    return true;
}

/* ---- a neighbour's standing ---- */

static const struct cell *cell_of_brief(const struct card_set *set, const struct place *unit, const struct brief *b,
                                        struct arena *a)
{
    static const char none[] = "";
    struct { struct cell cell; const struct item *items; struct item item; struct stored_fact stored; } *all =
        arena_alloc(a, 1, sizeof *all);
    const struct column *c = &set->columns[b->column];
    all->stored = (struct stored_fact){
        .fact = { .id = b->id, .source = none, .start = -1, .end = -1, .quote = none, .place = unit->name, .level = none,
                  .indicator = measure_of(set, c)->code, .kind = (enum fact_kind)b->kind, .value = b->value, .of = b->of,
                  .unit = none, .qualifier = (enum fact_qualifier)b->qualifier, .period = c->period, .role = c->role,
                  .confidence = b->confidence, .status = (enum fact_status)b->status, .why = none },
        .source = b->source < 0 ? NULL : &set->joined[b->source], .conflict = b->conflict,
    };
    all->item = (struct item){ .stored = &all->stored, .unit = unit, .measure = c->measure, .kind = c->kind,
                               .level = c->level, .period = c->period, .year = c->year, .column = c };
    memcpy(all->item.last, c->last, sizeof c->last);
    all->items = &all->item;
    all->cell = (struct cell){ .column = c, .unit = unit, .items = &all->items, .n = 1, .conflict = b->conflict };
    rank_cell(set, &all->cell);
    return &all->cell;
}

void figures_standing(const struct card_set *set, const struct place *unit, struct arena *a, struct figures *out)
{
    int row = (int)row_of(set, unit);
    size_t low = 0, high = set->n_standings, end;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (set->standings[mid].row < row)
            low = mid + 1;
        else
            high = mid;
    }
    for (end = low; end < set->n_standings && set->standings[end].row == row; end++)
        ;
    *out = (struct figures){ .unit = unit, .cells = arena_array(a, const struct cell *, end - low) };
    for (size_t i = low; i < end; i++)
        out->cells[out->n++] = cell_of_brief(set, unit, &set->standings[i], a);
}

/* ---- looking up ---- */

const struct cell *const *figures_of(const struct figures *f, int measure, size_t *n)
{
    size_t low = 0, end;
    for (size_t high = f->n; low < high;) {
        size_t mid = low + (high - low) / 2;
        if (f->cells[mid]->column->measure < measure)
            low = mid + 1;
        else
            high = mid;
    }
    for (end = low; end < f->n && f->cells[end]->column->measure == measure; end++)
        ;
    *n = end - low;
    return f->cells + low;
}

const struct cell *figures_yearly(const struct card_set *set, const struct figures *f, int measure, const char *period)
{
    size_t n;
    const struct cell *const *cells = measure < 0 ? NULL : figures_of(f, measure, &n);
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

static bool same_series(const struct column *a, const struct column *b, enum fact_role role)
{
    return a->measure == b->measure && a->kind == b->kind && a->counted == b->counted && a->level == b->level &&
           b->role == role;
}

const struct cell *figures_previous(const struct figures *f, const struct cell *c)
{
    const char *period = c->column->earlier;
    size_t n;
    if (!period)
        return NULL;
    const struct cell *const *cells = figures_of(f, c->column->measure, &n);
    for (size_t i = 0; i < n; i++)
        if (same_series(c->column, cells[i]->column, c->column->role) &&
            strcmp(cells[i]->column->period, period) == 0)
            return cells[i];
    return NULL;
}

const struct cell *figures_target(const struct figures *f, const struct cell *c, bool *exact)
{
    const struct cell *whole = NULL;
    char year[16];
    size_t n;
    snprintf(year, sizeof year, "%d", c->column->year);
    const struct cell *const *cells = figures_of(f, c->column->measure, &n);
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
