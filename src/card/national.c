/* The country's card: where every place stands by every index, for the league
 * table and the tile map. The places are those of the card's date, and only
 * they; a merged place has no figures of the years before it was made. */
#include "card/maker.h"
#include "card/shelf.h"

#include <stdio.h>
#include <string.h>

static void put_index_head(struct maker *m, size_t i)
{
    size_t n;
    const struct card_set *set = m->set;
    const struct index *x = &catalog_indices(set->catalog, &n)[i];
    char year[16];
    xmlNodePtr node = tree_add(m->root, "chi-so");
    snprintf(year, sizeof year, "%d", set->index_year[i]);
    tree_set(node, "ma", x->code);
    tree_set(node, "ten", x->name);
    tree_set(node, "ten-ngan", x->short_name);
    tree_set(node, "nhan", x->label);
    tree_set(node, "co-quan", x->publisher);
    tree_set(node, "don-vi", x->score->unit);
    tree_set(node, "ten-thanh-phan", x->part_name);
    tree_int(node, "so-chu-so", x->score->decimals);
    tree_flag(node, "chi-nhom", x->groups_only);
    double max = index_max(x, set->index_year[i]);
    if (max > 0)
        tree_number(node, "thang", max);
    if (!set->index_year[i])
        return;
    tree_set(node, "ky", year);
    const struct column *c = set_column(set, set_measure(set, x->score->code), year);
    if (c)
        put_statistics(node, c, true);
    for (size_t k = 0; k < x->n_parts; k++) {
        const struct column *part = set_column(set, set_measure(set, x->parts[k]->code), year);
        if (!part)
            continue;
        xmlNodePtr child = tree_add(node, "thanh-phan");
        tree_set(child, "ma", x->parts[k]->code);
        tree_set(child, "ten", x->parts[k]->name);
        tree_set(child, "ten-ngan", x->parts[k]->short_name);
        tree_set(child, "ten-cot", x->parts[k]->column);
        tree_int(child, "so", x->parts[k]->number);
        put_statistics(child, part, true);
    }
}

static void put_place_parts(struct maker *m, xmlNodePtr nam, const struct place *p, const struct index *x, int year)
{
    char period[16];
    snprintf(period, sizeof period, "%d", year);
    for (size_t k = 0; k < x->n_parts; k++) {
        const struct cell *c = yearly_of(m, p->unit, set_measure(m->set, x->parts[k]->code), period);
        if (!c)
            continue;
        xmlNodePtr node = tree_add(nam, "thanh-phan");
        tree_set(node, "ma", x->parts[k]->code);
        tree_int(node, "so", x->parts[k]->number);
        put_fact(m, node, chosen(c));
        put_change(m, node, c, x->parts[k]);
        tree_count(node, "hang", c->rank);
        tree_count(node, "nhom", c->group);
    }
}

static bool put_place_row(struct maker *m, const struct place *p, const char *day, struct diag *d)
{
    size_t n, all, found = 0, sum = 0;
    const struct card_set *set = m->set;
    const struct index *x = catalog_indices(set->catalog, &n);
    if (!maker_read(m, p->unit, d))
        return false;
    xmlNodePtr node = tree_add(m->root, "tinh");
    const struct tile *tile = catalog_tile(set->catalog, p, day);
    tree_set(node, "ma", p->slug);
    tree_set(node, "ma-so", p->code);
    tree_set(node, "ten", p->name);
    tree_set(node, "ten-ngan", p->short_name);
    tree_set(node, "ten-day-du", p->full_name);
    tree_set(node, "loai", p->kind);
    tree_set(node, "vung", catalog_region(set->catalog, p, day));
    if (tile) {
        tree_int(node, "cot", tile->column);
        tree_int(node, "dong", tile->row);
    }
    for (size_t i = 0; i < n; i++) {
        xmlNodePtr nam = put_compared(m, node, p->unit, i);
        if (nam)
            put_place_parts(m, nam, p, &x[i], set->index_year[i]);
        else if (set->index_year[i] && !index_published(&x[i], set->index_year[i], p->unit->slug)) {
            xmlNodePtr none = tree_add(node, "chua-cong-bo");
            tree_set(none, "chi-so", x[i].code);
            tree_int(none, "ky", set->index_year[i]);
        }
    }
    const struct field *f = catalog_fields(set->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (f[i].reform) {
            found += coverage(m, p->unit, &f[i], &all);
            sum += all;
        }
    tree_int(node, "chi-tieu", (long)found);
    tree_int(node, "tong-chi-tieu", (long)sum);
    maker_forget(m);
    return true;
}

/* The regions in the order of their first place, with published means. */
static void put_regions(struct maker *m, const char *day)
{
    size_t n, n_indices;
    const struct card_set *set = m->set;
    const struct place *const *all = catalog_places_on(set->catalog, day, &n);
    const struct index *x = catalog_indices(set->catalog, &n_indices);
    for (size_t i = 0; i < n; i++) {
        const char *region = catalog_region(set->catalog, all[i], day);
        size_t members = 0;
        bool first = true;
        for (size_t k = 0; k < n; k++) {
            bool same = strcmp(catalog_region(set->catalog, all[k], day), region) == 0;
            members += same;
            first = first && !(same && k < i);
        }
        if (!first)
            continue;
        xmlNodePtr node = tree_add(m->root, "vung");
        tree_set(node, "ten", region);
        tree_int(node, "so", (long)members);
        for (size_t k = 0; k < n_indices; k++) {
            char year[16];
            snprintf(year, sizeof year, "%d", set->index_year[k]);
            const struct item *it = set_regional(set, region, x[k].score->code, year);
            if (!it)
                continue;
            xmlNodePtr nam = tree_add(node, "nam");
            tree_set(nam, "chi-so", x[k].code);
            tree_set(nam, "ky", year);
            put_fact(m, nam, it);
        }
    }
}

xmlDocPtr card_make_national(const struct card_set *set, struct diag *d)
{
    struct maker m = { .set = set, .peers = true };
    size_t n, n_indices;
    const char *day = set->as_of;
    const struct place *const *all = catalog_places_on(set->catalog, day, &n);
    catalog_indices(set->catalog, &n_indices);
    xmlDocPtr doc = tree_new("the");
    m.root = xmlDocGetRootElement(doc);
    tree_int(m.root, "phien-ban", 1);
    tree_set(m.root, "loai", "quoc-gia");
    xmlNodePtr country = tree_add(m.root, "noi");
    tree_set(country, "ma", "ca-nuoc");
    tree_set(country, "ten", "Cả nước");
    tree_set(country, "ten-day-du", "Cả nước");
    tree_int(country, "bo", (long)n);
    tree_set(country, "tinh-den", set->as_of);
    put_card_period(&m);
    for (size_t i = 0; i < n_indices; i++)
        put_index_head(&m, i);
    bool ok = shelf_begin(set->shelf, d);
    for (size_t i = 0; ok && i < n; i++)
        ok = put_place_row(&m, all[i], day, d);
    shelf_end(set->shelf);
    put_regions(&m, day);
    put_map(&m);
    put_sources(&m);
    maker_clear(&m);
    if (!ok)
        xmlFreeDoc(doc);
    return ok ? doc : NULL;
}
