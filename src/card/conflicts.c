/* Facts that disagree, side by side, with the one that the card uses. */
#include "card/maker.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static xmlNodePtr put_head(struct maker *m, const struct measure *ms, const struct item *it, const char *kind)
{
    xmlNodePtr node = tree_add(m->root, "mau-thuan");
    tree_set(node, "loai", kind);
    tree_set(node, "chi-tieu", ms->code);
    tree_set(node, "ten", ms->name);
    tree_set(node, "ten-ngan", ms->known ? ms->known->short_name : ms->name);
    put_period(m, node, it);
    return node;
}

/* A group that the store numbered; its facts may lie in several cells. */
static void put_group(struct maker *m, const struct cell *const *cells, size_t n, int64_t group)
{
    xmlNodePtr node = NULL;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < cells[i]->n; k++) {
            const struct item *it = cells[i]->items[k];
            if (it->stored->conflict != group)
                continue;
            if (!node) {
                node = put_head(m, measure_of(m->set, cells[i]->column), it, NULL);
                tree_int(node, "so", (long)group);
                tree_id(node, "dung", 'f', fact_of(cells[i])->id);
            }
            put_single(m, node, it);
        }
}

static bool seen_before(const struct cell *const *cells, size_t at, size_t in_cell, int64_t group)
{
    for (size_t i = 0; i <= at; i++)
        for (size_t k = 0; k < (i < at ? cells[i]->n : in_cell); k++)
            if (cells[i]->items[k]->stored->conflict == group)
                return true;
    return false;
}

/* A rank that a text tells of an index whose publisher gives none, against the computed one. */
static size_t put_rank_conflicts(struct maker *m, const struct index *x, size_t *so_far)
{
    struct yearlies years = { 0 };
    size_t found = 0;
    yearlies_of(m, m->place->unit, x->score, &years);
    for (size_t i = 0; i < years.n; i++) {
        struct standing s = standing_of(m->set, x->score, &years.items[i]);
        const struct cell *told = years.items[i].rank;
        if (!told || strcmp(s.type, "tinh-toan") != 0)
            continue;
        const struct fact *f = fact_of(told);
        if (f->value == s.rank && (!isfinite(f->of) || f->of == s.total))
            continue;
        const struct measure ms = { x->rank->code, x->rank->name, x->rank };
        xmlNodePtr node = put_head(m, &ms, chosen(told), "hang");
        tree_int(node, "hang", s.rank);
        tree_int(node, "tong", s.total);
        put_single(m, node, chosen(told));
        *so_far += !after_period(m->set, chosen(told));
        found++;
    }
    return found;
}

size_t put_conflicts(struct maker *m, size_t *so_far)
{
    size_t n, n_indices, found = 0;
    const struct cell *const *cells = unit_cells(m, m->place->unit, &n);
    const struct index *x = catalog_indices(m->set->catalog, &n_indices);
    *so_far = 0;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < cells[i]->n; k++) {
            int64_t group = cells[i]->items[k]->stored->conflict;
            if (group && !seen_before(cells, i, k, group)) {
                put_group(m, cells, n, group);
                *so_far += !after_period(m->set, cells[i]->items[k]);
                found++;
            }
        }
    for (size_t i = 0; i < n_indices; i++)
        if (x[i].groups_only)
            found += put_rank_conflicts(m, &x[i], so_far);
    return found;
}
