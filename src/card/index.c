/* The indices: a list of years for each and for each component.
 *
 * A rank is the publisher's where one is stored. Where the publisher gives
 * groups and no ranks (PAPI), the rank computed from all scores goes before
 * one that a text tells, and the text's is listed among the conflicts. */
#include "card/maker.h"
#include "card/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_PLACES = 20000 }; /* communes before 2025 were some 10,600 */

static int by_last(const void *x, const void *y)
{
    const struct yearly *a = x, *b = y;
    const struct cell *c = a->score ? a->score : a->rank, *d = b->score ? b->score : b->rank;
    int by = strcmp(chosen(c)->last, chosen(d)->last);
    return by ? by : strcmp(a->period, b->period);
}

/* A figure of the index for the whole place and a year (for a live index: any time). */
static bool is_yearly(const struct cell *c, const struct indicator *known, enum fact_kind kind)
{
    const struct column *col = c->column;
    return col->kind == kind && col->level == LEVEL_NONE && col->role == FACT_RESULT && !col->counted &&
           (strlen(col->period) == 4 || (known->index->live && *col->period != '@'));
}

static void add_yearly(struct arena *a, struct yearlies *out, const struct cell *c, bool rank)
{
    struct yearly *y = NULL;
    for (size_t i = 0; i < out->n && !y; i++)
        if (strcmp(out->items[i].period, c->column->period) == 0)
            y = &out->items[i];
    if (!y) {
        y = ARENA_PUSH(a, out->items, out->n, out->cap);
        y->period = c->column->period;
        y->year = c->column->year;
    }
    if (rank)
        y->rank = c;
    else
        y->score = c;
}

static void find_yearlies(struct maker *m, const struct place *unit, const struct indicator *score, struct yearlies *out)
{
    size_t n;
    int measure = set_measure(m->set, score->code);
    const struct cell *const *cells = cells_of(m, unit, measure, &n);
    for (size_t i = 0; i < n; i++)
        if (is_yearly(cells[i], score, FACT_SCORE))
            add_yearly(&m->arena, out, cells[i], false);
    if (score->rank) {
        cells = cells_of(m, unit, set_measure(m->set, score->rank->code), &n);
        for (size_t i = 0; i < n; i++)
            if (is_yearly(cells[i], score, FACT_RANK))
                add_yearly(&m->arena, out, cells[i], true);
    }
    if (out->n)
        qsort(out->items, out->n, sizeof *out->items, by_last);
}

/* The place's own are asked for by every paragraph. */
void yearlies_of(struct maker *m, const struct place *unit, const struct indicator *score, struct yearlies *out)
{
    if (!m->own || m->own->unit != unit) {
        find_yearlies(m, unit, score, out);
        return;
    }
    size_t measure = (size_t)set_measure(m->set, score->code);
    if (!m->yearlies)
        m->yearlies = arena_array(&m->arena, struct yearlies *, m->set->n_measures);
    if (!m->yearlies[measure]) {
        m->yearlies[measure] = arena_new(&m->arena, struct yearlies);
        find_yearlies(m, unit, score, m->yearlies[measure]);
    }
    *out = *m->yearlies[measure];
}

static bool told_exactly(const struct cell *c)
{
    return c && fact_of(c)->qualifier == FACT_EQ && isfinite(fact_of(c)->value);
}

/* A rank that can be one; texts are full of misprints. */
static bool told_rank(const struct cell *c)
{
    return told_exactly(c) && fact_of(c)->value >= 1 && fact_of(c)->value <= MOST_PLACES;
}

/* Out of how many: as told, else the number of places of the time. */
static int total_of(const struct card_set *set, const struct indicator *score, const struct cell *rank)
{
    char day[11];
    size_t n;
    double of = fact_of(rank)->of;
    const struct index_scale *scale = index_scale(score->index, rank->column->year);
    if (of >= 1 && of <= MOST_PLACES)
        return (int)of;
    if (scale && scale->units)
        return scale->units;
    catalog_places_on(set->catalog, index_set_date(score->index, rank->column->year, day), &n);
    return (int)n;
}

struct standing standing_of(const struct card_set *set, const struct indicator *score, const struct yearly *y)
{
    struct standing s = { .type = "" };
    bool told = told_rank(y->rank), computed = y->score && y->score->rank > 0;
    bool published = told && !score->index->groups_only;
    if (published || (told && !computed)) {
        s.rank = (int)fact_of(y->rank)->value;
        s.total = total_of(set, score, y->rank);
        s.type = published ? "cong-bo" : "van-ban";
        s.from = y->rank;
    } else if (computed) {
        s.rank = y->score->rank;
        s.total = (int)y->score->column->n;
        s.type = "tinh-toan";
    }
    s.group = y->score ? y->score->group : 0;
    return s;
}

static const char *break_why(const struct index *x, int from, int to)
{
    for (size_t i = 0; i < x->n_breaks; i++)
        if (from < x->breaks[i].year && x->breaks[i].year <= to)
            return x->breaks[i].why;
    return index_set_changes(x, from, to) ? "sắp xếp lại tỉnh, thành phố" : "";
}

static void put_rank(struct maker *m, xmlNodePtr node, const struct indicator *score, const struct yearly *y,
                     const struct yearly *before)
{
    struct standing s = standing_of(m->set, score, y);
    if (s.rank) {
        tree_int(node, "hang", s.rank);
        tree_count(node, "tong", s.total);
        tree_set(node, "hang-loai", s.type);
    }
    if (s.from) {
        tree_id(node, "hang-id", 'f', fact_of(s.from)->id);
        if (chosen(s.from)->stored->source)
            tree_id(node, "hang-nguon", 's', chosen(s.from)->stored->source->id);
        maker_show(m, chosen(s.from)->stored);
    } else if (!s.rank && index_ranked_first(score->index, y->year) && !score->number) {
        tree_int(node, "chi-xep", index_ranked_first(score->index, y->year));
    }
    tree_count(node, "nhom", s.group);
    if (s.group)
        tree_set(node, "nhom-ten", score->index->quartile[s.group - 1]);
    bool comparable = before && before->year == y->year - 1 && strlen(y->period) == 4 &&
                      !index_breaks_between(score->index, before->year, y->year);
    struct standing old = comparable ? standing_of(m->set, score, before) : (struct standing){ 0 };
    if (!s.rank || !old.rank || strcmp(old.type, s.type) != 0)
        return;
    tree_int(node, "hang-truoc", old.rank);
    tree_count(node, "tong-truoc", old.total);
    tree_int(node, "hang-thay-doi", old.rank - s.rank);
}

xmlNodePtr put_yearly(struct maker *m, xmlNodePtr parent, const struct indicator *score, const struct yearly *y,
                      const struct yearly *before, bool full)
{
    xmlNodePtr node = tree_add(parent, "nam");
    const struct cell *any = y->score ? y->score : y->rank;
    bool own_total = !score->number && m->place && any->unit == m->place->unit;
    bool recent = own_total || y->year >= m->set->year - 1;
    if (strlen(y->period) == 4)
        tree_set(node, "ky", y->period);
    else
        put_period(m, node, chosen(any));
    if (strlen(y->period) == 4)
        tree_flag(node, "phu-hop-ky", y->year == m->set->year);
    if (strlen(y->period) == 4)
        tree_flag(node, "sau-ky", y->year > m->set->year);
    if (y->score) {
        put_fact(m, node, chosen(y->score));
        if (recent)
            put_change(m, node, y->score, score);
        if (told_exactly(y->score))
            tree_set(node, "lop", score->number ? "" : index_class(score->index, y->year, fact_of(y->score)->value));
        if (full)
            put_statistics(node, y->score->column, full && y->year <= m->set->year);
    }
    put_rank(m, node, score, y, recent ? before : NULL);
    tree_flag(node, "truoc-chua-cong-bo", !index_published(score->index, y->year - 1, any->unit->slug) &&
                                              !index_breaks_between(score->index, y->year - 1, y->year));
    if (before && index_breaks_between(score->index, before->year, y->year)) {
        tree_flag(node, "dut", true);
        tree_set(node, "dut-vi", break_why(score->index, before->year, y->year));
    }
    return node;
}

xmlNodePtr put_compared(struct maker *m, xmlNodePtr parent, const struct place *unit, size_t index)
{
    size_t n;
    const struct index *x = &catalog_indices(m->set->catalog, &n)[index];
    struct yearlies years = { 0 };
    const struct yearly *found = NULL;
    if (!m->set->index_year[index])
        return NULL;
    yearlies_of(m, unit, x->score, &years);
    for (size_t i = 0; i < years.n; i++)
        if (years.items[i].year == m->set->index_year[index])
            found = &years.items[i];
    if (!found)
        return NULL;
    const struct yearly *before = found > years.items ? found - 1 : NULL;
    xmlNodePtr node = put_yearly(m, parent, x->score, found, before, false);
    tree_set(node, "chi-so", x->code);
    return node;
}

/* The years of one indicator; the whole statistics for the newest up to the card's. */
static void put_years(struct maker *m, xmlNodePtr parent, const struct indicator *score, const struct yearlies *years)
{
    size_t shown = 0; /* the one to compare by: the newest that is not after the card's period */
    for (size_t i = 0; i < years->n; i++)
        if (years->items[i].year <= m->set->year)
            shown = i;
    for (size_t i = 0; i < years->n; i++)
        put_yearly(m, parent, score, &years->items[i], i ? &years->items[i - 1] : NULL, i == shown);
}

static void put_unpublished(struct maker *m, xmlNodePtr parent, const struct index *x)
{
    for (size_t i = 0; i < x->n_missing; i++)
        if (strcmp(x->missing[i].slug, m->place->unit->slug) == 0)
            tree_int(tree_add(parent, "chua-cong-bo"), "ky", x->missing[i].year);
}

/* What texts say of the index that is no year's result: targets, other times, other levels. */
static void put_other_facts(struct maker *m, xmlNodePtr parent, const struct indicator *known)
{
    size_t n;
    if (!known)
        return;
    const struct cell *const *cells = cells_of(m, m->place->unit, set_measure(m->set, known->code), &n);
    for (size_t i = 0; i < n; i++) {
        if (is_yearly(cells[i], known, FACT_SCORE) || is_yearly(cells[i], known, FACT_RANK))
            continue;
        put_single(m, parent, chosen(cells[i]));
    }
}

static void put_components(struct maker *m, xmlNodePtr parent, const struct index *x)
{
    for (size_t i = 0; i < x->n_parts; i++) {
        const struct indicator *part = x->parts[i];
        struct yearlies years = { 0 };
        yearlies_of(m, m->place->unit, part, &years);
        if (!years.n)
            continue;
        xmlNodePtr node = tree_add(parent, "thanh-phan");
        tree_set(node, "ma", part->code);
        tree_set(node, "ten", part->name);
        tree_set(node, "ten-ngan", part->short_name);
        tree_set(node, "ten-cot", part->column);
        tree_set(node, "ghi-chu", part->note);
        tree_int(node, "so", part->number);
        tree_count(node, "so-chu-so", part->decimals);
        if (part->max > 0)
            tree_number(node, "thang", part->max);
        put_years(m, node, part, &years);
    }
}

void put_indices(struct maker *m)
{
    size_t n;
    const struct index *x = catalog_indices(m->set->catalog, &n);
    for (size_t i = 0; i < n; i++) {
        struct yearlies years = { 0 };
        xmlNodePtr node = tree_add(m->root, "chi-so");
        yearlies_of(m, m->place->unit, x[i].score, &years);
        double max = index_max(&x[i], m->set->year);
        tree_set(node, "ma", x[i].code);
        tree_set(node, "ten", x[i].name);
        tree_set(node, "ten-ngan", x[i].short_name);
        tree_set(node, "nhan", x[i].label);
        tree_set(node, "co-quan", x[i].publisher);
        tree_set(node, "dia-chi", x[i].address);
        tree_set(node, "don-vi", x[i].score->unit);
        tree_set(node, "ten-thanh-phan", x[i].part_name);
        if (max > 0)
            tree_number(node, "thang", max);
        tree_int(node, "so-chu-so", x[i].score->decimals);
        tree_flag(node, "chi-nhom", x[i].groups_only);
        tree_count(node, "ky-so-sanh", m->set->index_year[i]);
        put_years(m, node, x[i].score, &years);
        put_unpublished(m, node, &x[i]);
        put_components(m, node, &x[i]);
        put_other_facts(m, node, x[i].score);
        put_other_facts(m, node, x[i].rank);
    }
}
