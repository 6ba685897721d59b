/* The reform indicators, by field, with the facts that texts and tables give. */
#include "card/maker.h"
#include "card/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int grain_order(char grain)
{
    const char *order = "YHQMDR", *at = grain ? strchr(order, grain) : NULL;
    return at ? (int)(at - order) : 6;
}

/* Newest first; then the longer period, the whole place before its levels, results before targets. */
static int by_age(const void *x, const void *y)
{
    const struct cell *a = *(const struct cell *const *)x, *b = *(const struct cell *const *)y;
    const struct item *i = chosen(a), *k = chosen(b);
    int by = strcmp(k->last, i->last);
    by = by ? by : grain_order(i->grain) - grain_order(k->grain);
    by = by ? by : (int)i->level - (int)k->level;
    by = by ? by : (int)a->column->role - (int)b->column->role;
    by = by ? by : (int)i->kind - (int)k->kind;
    return by ? by : (a > b) - (a < b);
}

static const struct cell **newest_first(struct maker *m, const struct cell *const *cells, size_t n)
{
    const struct cell **copy = arena_array(&m->arena, const struct cell *, n);
    if (n) {
        memcpy(copy, cells, n * sizeof *copy);
        qsort(copy, n, sizeof *copy, by_age);
    }
    return copy;
}

/* Not a sum from an earlier year on. */
static bool begins_in_period(const struct card_set *set, const struct cell *c)
{
    struct period p;
    return period_parse(c->column->period, &p) && p.grain && strcmp(p.first, set->span.first) >= 0;
}

/* How well a fact stands for its indicator, whatever its period: more is better, 0 not at all. */
static int fitness(const struct card_set *set, const struct cell *c)
{
    const struct indicator *known = measure_of(set, c->column)->known;
    bool percent = known && strcmp(known->unit, "%") == 0;
    const struct column *col = c->column;
    if (col->role != FACT_RESULT || col->kind == FACT_CHANGE)
        return 0;
    int points = 1;
    points += col->level <= LEVEL_PROVINCE ? 16 : 0;
    points += percent == (col->kind == FACT_PERCENT) ? 8 : 0;
    points += col->level == LEVEL_NONE ? 4 : 0;
    points += begins_in_period(set, c) ? 2 : 0;
    points += known && known->key && col->kind == FACT_PERCENT ? 1 : 0;
    return points;
}

/* The same in the card's period. */
static int aptness(const struct card_set *set, const struct cell *c)
{
    return in_period(set, chosen(c)) ? fitness(set, c) : 0;
}

const struct cell *headline(struct maker *m, const struct place *unit, int measure)
{
    size_t n;
    const struct cell *const *cells = cells_of(m, unit, measure, &n), *best = NULL;
    for (size_t i = 0; i < n; i++) {
        int now = aptness(m->set, cells[i]), old = best ? aptness(m->set, best) : 0;
        if (now > old || (now && now == old && strcmp(chosen(cells[i])->last, chosen(best)->last) > 0))
            best = cells[i];
    }
    return best;
}

/* What is certain of a value told with a word: "trên 80%" is over 80 and no more is known. */
static void bounds(const struct fact *f, double *low, double *high)
{
    bool over = f->qualifier == FACT_OVER || f->qualifier == FACT_AT_LEAST;
    bool under = f->qualifier == FACT_UNDER || f->qualifier == FACT_AT_MOST;
    *low = under ? -INFINITY : f->value;
    *high = over ? INFINITY : f->value;
}

/* "dat", "gan" (missed by no more than the tolerance, or a twentieth of the
 * target where none is known), "chua"; NULL if the words do not decide it. */
const char *target_verdict(const struct indicator *known, const struct fact *f, double target)
{
    double low, high, near = known && known->tolerance > 0 ? known->tolerance : fabs(target) / 20;
    if (!known || !known->better)
        return NULL;
    bounds(f, &low, &high);
    if (known->better < 0) {
        double swap = -low;
        low = -high;
        high = swap;
        target = -target;
    }
    if (low >= target - 1e-9)
        return "dat";
    if (high < target)
        return high >= target - near - 1e-9 ? "gan" : "chua";
    return NULL;
}

static void put_target(struct maker *m, xmlNodePtr node, const struct cell *c, const struct indicator *known)
{
    static const char *const signs[] = { "", "≈", ">", "≥", "<", "≤" };
    bool exact;
    const struct cell *target = c->column->role == FACT_RESULT ? target_of(m, c, &exact) : NULL;
    if (!target)
        return;
    const struct fact *t = fact_of(target);
    const char *met = target_verdict(known, fact_of(c), t->value);
    tree_number(node, "muc-tieu", t->value);
    tree_set(node, "muc-tieu-dau", signs[t->qualifier]);
    if (fact_of(c)->qualifier == FACT_EQ)
        tree_number(node, "muc-tieu-cach", rounded(fact_of(c)->value - t->value, 4));
    tree_set(node, "muc-tieu-ky", exact ? NULL : target->column->period);
    tree_id(node, "muc-tieu-id", 'f', t->id);
    if (chosen(target)->stored->source)
        tree_id(node, "muc-tieu-nguon", 's', chosen(target)->stored->source->id);
    maker_show(m, chosen(target)->stored);
    /* half a year's result cannot miss the year's target, only reach it early */
    if (met && (exact || strcmp(met, "dat") == 0))
        tree_set(node, "dat", met);
}

static void put_ranking(xmlNodePtr node, const struct cell *c)
{
    if (!c->rank)
        return;
    tree_int(node, "hang", c->rank);
    tree_int(node, "tong", (long)c->column->n);
    tree_set(node, "hang-loai", "tinh-toan");
    tree_count(node, "nhom", c->group);
}

/* Facts of a cell that say the same as the chosen one: "f13 f15". */
static void put_same(struct maker *m, xmlNodePtr node, const struct cell *c)
{
    struct buf b = { 0 };
    for (size_t i = 1; i < c->n; i++) {
        const struct fact *f = &c->items[i]->stored->fact;
        if (f->value != fact_of(c)->value || f->qualifier != fact_of(c)->qualifier)
            continue;
        buf_printf(&b, "%sf%lld", b.len ? " " : "", (long long)f->id);
        maker_show(m, c->items[i]->stored);
    }
    tree_set(node, "cung", b.data);
    buf_clear(&b);
}

static void put_item(struct maker *m, xmlNodePtr parent, const struct cell *c, size_t i, bool stands)
{
    const struct item *it = c->items[i];
    const struct indicator *known = measure_of(m->set, c->column)->known;
    const struct fact *f = &it->stored->fact;
    xmlNodePtr node = put_single(m, parent, it);
    if (it->kind == FACT_FRACTION && isfinite(f->of) && f->of > 0 && isfinite(f->value))
        tree_number(node, "ty-le", rounded(100 * f->value / f->of, 2));
    if (it->kind == FACT_RANK && it->counted)
        tree_set(node, "nhan", "hạng trong vùng");
    else if (known && f->unit && *f->unit && strcmp(f->unit, known->unit) != 0 && strcmp(f->unit, "%") != 0)
        tree_set(node, "nhan", f->unit);
    if (i > 0)
        return;
    tree_flag(node, "chinh", stands);
    tree_flag(node, "dung", c->conflict > 0);
    put_same(m, node, c);
    put_target(m, node, c, known);
    if (f->role == FACT_RESULT) {
        put_change(m, node, c, known);
        put_ranking(node, c);
        put_statistics(node, c->column, in_period(m->set, it)); /* the spread of one period a figure */
    }
}

static void put_cell(struct maker *m, xmlNodePtr parent, const struct cell *c, bool stands)
{
    put_item(m, parent, c, 0, stands);
    for (size_t i = 1; i < c->n; i++) {
        const struct fact *f = &c->items[i]->stored->fact;
        if (f->value != fact_of(c)->value || f->qualifier != fact_of(c)->qualifier)
            put_item(m, parent, c, i, false);
    }
}

static xmlNodePtr put_measure(struct maker *m, xmlNodePtr parent, const struct place *unit, int measure)
{
    size_t n;
    const struct measure *ms = &m->set->measures[measure];
    const struct indicator *known = ms->known;
    const struct cell *const *cells = cells_of(m, unit, measure, &n);
    if (!n)
        return NULL;
    const struct cell **sorted = newest_first(m, cells, n);
    const struct cell *stands = headline(m, unit, measure);
    xmlNodePtr node = tree_add(parent, "chi-tieu");
    tree_set(node, "ma", ms->code);
    tree_set(node, "ten", ms->name);
    tree_set(node, "ten-ngan", known ? known->short_name : ms->name);
    tree_set(node, "don-vi", known ? known->unit : fact_of(sorted[0])->unit);
    tree_set(node, "chieu", known && known->better > 0 ? "tang" : known && known->better < 0 ? "giam" : NULL);
    tree_count(node, "chinh", known ? known->key : 0);
    tree_flag(node, "co-trong-ky", stands != NULL);
    for (size_t i = 0; i < n; i++)
        put_cell(m, node, sorted[i], sorted[i] == stands);
    return node;
}

/* An indicator counts as covered by any fact of the card's period. */
static bool covered(struct maker *m, const struct place *unit, int measure)
{
    size_t n;
    const struct cell *const *cells = cells_of(m, unit, measure, &n);
    for (size_t i = 0; i < n; i++)
        if (in_period(m->set, chosen(cells[i])) && cells[i]->column->role == FACT_RESULT)
            return true;
    return false;
}

size_t coverage(struct maker *m, const struct place *unit, const struct field *f, size_t *all)
{
    size_t n, found = 0;
    const struct indicator *in = catalog_indicators(m->set->catalog, &n);
    *all = 0;
    for (size_t i = 0; i < n; i++)
        if (in[i].field == f) {
            (*all)++;
            found += covered(m, unit, (int)i);
        }
    return found;
}

static void put_field(struct maker *m, const struct field *f)
{
    size_t n, all, found = coverage(m, m->place->unit, f, &all);
    const struct indicator *in = catalog_indicators(m->set->catalog, &n);
    xmlNodePtr node = tree_add(m->root, "linh-vuc");
    tree_set(node, "ma", f->code);
    tree_set(node, "ten", f->name);
    tree_set(node, "ten-ngan", f->short_name);
    tree_int(node, "co", (long)found);
    tree_int(node, "tong", (long)all);
    tree_flag(node, "ngoai-danh-muc", !f->reform);
    for (size_t i = 0; i < n; i++)
        if (in[i].field == f)
            put_measure(m, node, m->place->unit, (int)i);
}

/* "khac:" and a label: after all fields, in the order of the facts. */
static void put_others(struct maker *m)
{
    size_t n, cells, known;
    xmlNodePtr node = NULL;
    catalog_indicators(m->set->catalog, &known);
    unit_cells(m, m->place->unit, &cells);
    for (n = known; cells && n < m->set->n_measures; n++) {
        size_t found;
        cells_of(m, m->place->unit, (int)n, &found);
        if (!found)
            continue;
        if (!node) {
            node = tree_add(m->root, "linh-vuc");
            tree_set(node, "ma", "khac");
            tree_set(node, "ten", "Chỉ tiêu khác");
            tree_set(node, "ten-ngan", "Khác");
            tree_flag(node, "ngoai-danh-muc", true);
        }
        put_measure(m, node, m->place->unit, (int)n);
    }
}

static bool spoken_of(struct maker *m, const struct place *unit, const struct field *f)
{
    size_t n;
    const struct cell *const *cells = unit_cells(m, unit, &n);
    for (size_t i = 0; i < n; i++) {
        const struct indicator *known = measure_of(m->set, cells[i]->column)->known;
        if (known && known->field == f)
            return true;
    }
    return false;
}

void put_fields(struct maker *m)
{
    size_t n;
    const struct field *f = catalog_fields(m->set->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(f[i].code, "chi-so") != 0 && (f[i].reform || spoken_of(m, m->place->unit, &f[i])))
            put_field(m, &f[i]);
    put_others(m);
}

void put_inner_units(struct maker *m)
{
    xmlNodePtr unit = NULL, measure = NULL;
    const struct inner *before = NULL;
    for (size_t i = 0; i < m->own->n_inners; i++) {
        const struct inner *in = &m->own->inners[i];
        const struct measure *ms = &m->set->measures[in->item->measure];
        bool same = before && strcmp(before->name, in->name) == 0;
        if (!same)
            tree_set(unit = tree_add(m->root, "truc-thuoc"), "ten", in->name);
        if (!same || before->item->measure != in->item->measure) {
            measure = tree_add(unit, "chi-tieu");
            tree_set(measure, "ma", ms->code);
            tree_set(measure, "ten", ms->name);
            tree_set(measure, "ten-ngan", ms->known ? ms->known->short_name : ms->name);
        }
        put_single(m, measure, in->item);
        before = in;
    }
}

/* Of the period, or else the newest before it: what a place that is no more has told last. */
static const struct cell *last_told(struct maker *m, const struct place *unit, int measure)
{
    size_t n;
    const struct cell *best = headline(m, unit, measure);
    if (best)
        return best;
    const struct cell *const *cells = cells_of(m, unit, measure, &n);
    for (size_t i = 0; i < n; i++) {
        int now = fitness(m->set, cells[i]);
        if (!now || !*chosen(cells[i])->last || strcmp(chosen(cells[i])->last, m->set->span.first) >= 0)
            continue;
        int by = best ? strcmp(chosen(cells[i])->last, chosen(best)->last) : 1;
        if (by > 0 || (by == 0 && now > fitness(m->set, best)))
            best = cells[i];
    }
    return best;
}

/* A predecessor's own figures: every index's years, and each indicator's newest result. */
static void put_predecessor(struct maker *m, xmlNodePtr node, const struct place *p)
{
    size_t n;
    const struct index *x = catalog_indices(m->set->catalog, &n);
    for (size_t i = 0; i < n; i++) {
        struct yearlies years = { 0 };
        yearlies_of(m, p->unit, x[i].score, &years);
        if (!years.n)
            continue;
        xmlNodePtr index = tree_add(node, "chi-so");
        tree_set(index, "ma", x[i].code);
        tree_set(index, "ten-ngan", x[i].short_name);
        for (size_t k = 0; k < years.n; k++)
            put_yearly(m, index, x[i].score, &years.items[k], k ? &years.items[k - 1] : NULL, false);
    }
    const struct indicator *in = catalog_indicators(m->set->catalog, &n);
    for (size_t i = 0; i < n; i++) {
        const struct cell *stands = in[i].index ? NULL : last_told(m, p->unit, (int)i);
        if (!stands)
            continue;
        xmlNodePtr measure = tree_add(node, "chi-tieu");
        tree_set(measure, "ma", in[i].code);
        tree_set(measure, "ten-ngan", in[i].short_name);
        put_item(m, measure, stands, 0, true);
    }
}

void put_predecessors(struct maker *m, xmlNodePtr parent)
{
    size_t n, rows;
    const struct place *const *before = catalog_predecessors(m->set->catalog, m->place, &n);
    const struct place *first = catalog_places(m->set->catalog, &rows);
    for (size_t i = 0; i < n; i++) {
        xmlNodePtr node = tree_add(parent, "tien-than");
        tree_set(node, "ma", before[i]->slug);
        tree_set(node, "ten", before[i]->name);
        tree_set(node, "ten-day-du", before[i]->full_name);
        tree_set(node, "ma-so", before[i]->code);
        tree_set(node, "den", before[i]->to);
        tree_count(node, "so-lieu", (long)m->set->unit_facts[before[i]->unit - first]);
        put_predecessor(m, node, before[i]);
    }
}
