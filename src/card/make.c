/* The card of one place: its parts in the order of layouts/README.md. */
#include "card/maker.h"
#include "card/shelf.h"

#include <libxml/xmlsave.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static void put_place(struct maker *m)
{
    size_t peers = 0, n;
    const struct card_set *set = m->set;
    const struct place *const *all = catalog_places_on(set->catalog, set->as_of, &n);
    const char *region = catalog_region(set->catalog, m->place, set->as_of);
    for (size_t i = 0; i < n; i++)
        peers += strcmp(catalog_region(set->catalog, all[i], set->as_of), region) == 0;
    xmlNodePtr node = tree_add(m->root, "noi");
    tree_set(node, "ma", m->place->slug);
    tree_set(node, "ma-so", m->place->code);
    tree_set(node, "ten", m->place->name);
    tree_set(node, "ten-ngan", m->place->short_name);
    tree_set(node, "ten-day-du", m->place->full_name);
    tree_set(node, "loai", m->place->kind);
    tree_set(node, "vung", region);
    tree_count(node, "vung-so", (long)peers);
    tree_int(node, "bo", (long)n);
    tree_set(node, "tinh-den", set->as_of);
    if (m->place->unit == m->place)
        tree_set(node, "thanh-lap", m->place->from);
    put_predecessors(m, node);
}

void put_card_period(struct maker *m)
{
    struct buf label = { 0 };
    xmlNodePtr node = tree_add(m->root, "ky");
    period_label(&label, m->set->period);
    tree_set(node, "ma", m->set->period);
    tree_set(node, "ten", label.data);
    tree_int(node, "nam", m->set->year);
    tree_int(node, "truoc", m->set->year - 1);
    tree_set(node, "tu", m->set->span.first);
    tree_set(node, "den", m->set->span.last);
    buf_clear(&label);
}

/* The places of the region by each index, own place among them. */
static void put_region(struct maker *m)
{
    size_t n, n_indices, peers = 0;
    const struct card_set *set = m->set;
    const struct place *const *all = catalog_places_on(set->catalog, set->as_of, &n);
    const char *region = catalog_region(set->catalog, m->place, set->as_of);
    const struct index *x = catalog_indices(set->catalog, &n_indices);
    xmlNodePtr node = tree_add(m->root, "vung");
    tree_set(node, "ten", region);
    for (size_t i = 0; i < n; i++) {
        if (strcmp(catalog_region(set->catalog, all[i], set->as_of), region) != 0)
            continue;
        xmlNodePtr place = tree_add(node, "tinh");
        tree_set(place, "ma", all[i]->slug);
        tree_set(place, "ten", all[i]->name);
        tree_set(place, "ten-ngan", all[i]->short_name);
        m->peers = all[i] != m->place;
        tree_flag(place, "minh", !m->peers);
        for (size_t k = 0; k < n_indices; k++)
            if (!put_compared(m, place, all[i]->unit, k) && set->index_year[k] &&
                !index_published(&x[k], set->index_year[k], all[i]->unit->slug)) {
                xmlNodePtr none = tree_add(place, "chua-cong-bo");
                tree_set(none, "chi-so", x[k].code);
                tree_int(none, "ky", set->index_year[k]);
            }
        peers++;
    }
    m->peers = false;
    tree_int(node, "so", (long)peers);
}

void put_map(struct maker *m)
{
    size_t n, places;
    const struct card_set *set = m->set;
    const struct tile *tiles = catalog_tiles(set->catalog, set->as_of, &n);
    const struct tile *own = m->place ? catalog_tile(set->catalog, m->place, set->as_of) : NULL;
    const char *region = m->place ? catalog_region(set->catalog, m->place, set->as_of) : "";
    const struct place *const *all = catalog_places_on(set->catalog, set->as_of, &places);
    xmlNodePtr map = tree_add(m->root, "ban-do");
    tree_int(map, "bo", (long)places);
    for (size_t i = 0; i < n; i++) {
        const struct place *p = NULL;
        for (size_t k = 0; k < places && !p; k++)
            if (strcmp(all[k]->slug, tiles[i].slug) == 0 || strcmp(all[k]->unit->slug, tiles[i].slug) == 0)
                p = all[k];
        xmlNodePtr node = tree_add(map, "o");
        tree_set(node, "ma", p ? p->slug : tiles[i].slug);
        tree_int(node, "cot", tiles[i].column);
        tree_int(node, "dong", tiles[i].row);
        tree_set(node, "nhan", tiles[i].label);
        tree_set(node, "ten", *tiles[i].name ? tiles[i].name : p ? p->name : "");
        tree_set(node, "thuoc", tiles[i].belongs);
        tree_flag(node, "minh", own == &tiles[i]);
        tree_flag(node, "cung-vung", p && *region && strcmp(catalog_region(set->catalog, p, set->as_of), region) == 0);
    }
}

/* ---- notes and sources ---- */

static void put_note(struct maker *m, const struct stored_fact *sf)
{
    const struct fact *f = &sf->fact;
    size_t kind = strcspn(f->indicator, " ");
    struct period p;
    bool dated = period_parse(f->period, &p) && p.grain;
    struct item it = { .stored = sf, .period = dated ? f->period : "@" };
    snprintf(it.last, sizeof it.last, "%.10s", dated ? p.last : sf->source ? sf->source->date : "");
    it.year = atoi(it.last);
    xmlNodePtr node = tree_add(m->root, "ghi-chu");
    tree_set(node, "loai", arena_strndup(&m->arena, f->indicator, kind));
    tree_set(node, "linh-vuc", f->indicator[kind] ? f->indicator + kind + 1 : NULL);
    put_period(m, node, &it);
    if (sf->source)
        tree_id(node, "nguon", 's', sf->source->id);
    tree_id(node, "cau", 'f', f->id);
    tree_text(node, f->quote);
    maker_show(m, sf);
}

void put_notes(struct maker *m)
{
    for (size_t i = 0; i < m->own->n_notes; i++)
        put_note(m, m->own->notes[i]);
}

/* 0 -> "a", 25 -> "z", 26 -> "aa". */
static void letters(char out[16], size_t n)
{
    char back[16];
    size_t len = 0;
    do {
        back[len++] = (char)('a' + n % 26);
        n /= 26;
    } while (n-- && len < sizeof back - 1);
    for (size_t i = 0; i < len; i++)
        out[i] = back[len - 1 - i];
    out[len] = '\0';
}

static int by_start(const void *x, const void *y)
{
    const struct fact *a = &(*(const struct stored_fact *const *)x)->fact, *b = &(*(const struct stored_fact *const *)y)->fact;
    int by = (a->start > b->start) - (a->start < b->start);
    return by ? by : (a->id > b->id) - (a->id < b->id);
}

static void put_sentences(struct maker *m, xmlNodePtr parent, const struct source *s)
{
    const struct stored_fact **own = arena_array(&m->arena, const struct stored_fact *, m->n_shown);
    size_t n = 0, letter = 0;
    for (size_t i = 0; i < m->n_shown; i++)
        if (m->shown[i]->source && m->shown[i]->source->id == s->id && *m->shown[i]->fact.quote)
            own[n++] = m->shown[i];
    if (n)
        qsort(own, n, sizeof *own, by_start);
    for (size_t i = 0; i < n; i++) {
        const struct fact *f = &own[i]->fact;
        char mark[16];
        if (i && own[i] == own[i - 1])
            continue;
        letters(mark, letter++);
        xmlNodePtr node = tree_add(parent, "cau");
        tree_id(node, "ma", 'f', f->id);
        tree_set(node, "chu", mark);
        if (f->start >= 0) {
            tree_int(node, "tu", (long)f->start);
            tree_int(node, "den", (long)f->end);
        }
        tree_count(node, "trang", f->page);
        tree_text(node, f->quote);
    }
}

void put_sources(struct maker *m)
{
    for (size_t i = 0; i < m->n_sources; i++) {
        const struct source *s = m->sources[i];
        xmlNodePtr node = tree_add(m->root, "nguon");
        tree_id(node, "ma", 's', s->id);
        tree_int(node, "so", (long)i + 1);
        tree_set(node, "ten", s->name);
        tree_set(node, "loai", strcmp(s->kind, "document") == 0 ? "van-ban" : "bang");
        tree_set(node, "tieu-de", s->title);
        tree_set(node, "so-hieu", s->symbol);
        tree_set(node, "ngay", s->date);
        tree_set(node, "co-quan", s->publisher);
        tree_set(node, "noi", s->place);
        tree_set(node, "dia-chi", s->address);
        tree_set(node, "bam", s->hash);
        put_sentences(m, node, s);
    }
}

/* ---- the whole ---- */

/* The newest date among the sources: what the card's data are as of. */
static const char *newest_source(const struct maker *m)
{
    const char *date = "";
    for (size_t i = 0; i < m->n_sources; i++)
        if (strcmp(m->sources[i]->date, date) > 0)
            date = m->sources[i]->date;
    return date;
}

static void fill_counts(struct maker *m, xmlNodePtr node, size_t conflicts)
{
    size_t n, all, found = 0, sum = 0;
    const struct field *f = catalog_fields(m->set->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (f[i].reform) {
            found += coverage(m, m->place->unit, &f[i], &all);
            sum += all;
        }
    tree_int(node, "so-lieu", (long)m->n_shown);
    tree_int(node, "chi-tieu", (long)found);
    tree_int(node, "tong-chi-tieu", (long)sum);
    tree_int(node, "nguon", (long)m->n_sources);
    tree_int(node, "mau-thuan", (long)conflicts);
}

static const struct place *find_place(const struct card_set *set, const char *slug)
{
    const struct place *p = catalog_place(set->catalog, slug, set->as_of);
    return p ? p : catalog_place_named(set->catalog, slug, set->as_of);
}

static void report_unknown(const struct card_set *set, const char *slug, struct diag *d)
{
    const char *near = catalog_nearest_place(set->catalog, slug);
    const struct place *other = catalog_place(set->catalog, slug, NULL);
    other = other ? other : catalog_place_named(set->catalog, slug, NULL);
    if (other) {
        diag_error(d, (struct at){ 0 }, _("%s is no province or city on %s"), other->name, set->as_of);
        if (*other->to && strcmp(other->to, set->as_of) < 0)
            diag_expected(d, _("\"%s\", which took it over"), other->successor);
        return;
    }
    diag_error(d, (struct at){ 0 }, _("\"%s\" is no province or city"), slug);
    if (near)
        diag_expected(d, _("the nearest is \"%s\""), near);
}

/* The place's own, and its predecessors': all that a card shows whole. */
static bool read_figures(struct maker *m, struct diag *d)
{
    size_t n;
    const struct place *const *before = catalog_predecessors(m->set->catalog, m->place, &n);
    if (!shelf_begin(m->set->shelf, d))
        return false;
    bool ok = maker_read(m, m->place->unit, d);
    for (size_t i = 0; ok && i < n; i++)
        ok = maker_read(m, before[i]->unit, d);
    shelf_end(m->set->shelf);
    m->own = ok ? maker_figures(m, m->place->unit) : NULL;
    return ok;
}

xmlDocPtr card_make(const struct card_set *set, const char *slug, struct diag *d)
{
    struct maker m = { .set = set, .place = find_place(set, slug) };
    if (!m.place) {
        report_unknown(set, slug, d);
        return NULL;
    }
    if (!read_figures(&m, d)) {
        maker_clear(&m);
        return NULL;
    }
    xmlDocPtr doc = tree_new("the");
    m.root = xmlDocGetRootElement(doc);
    tree_int(m.root, "phien-ban", 1);
    put_place(&m);
    put_card_period(&m);
    xmlNodePtr counts = tree_add(m.root, "thong-ke");
    put_indices(&m);
    m.words_before = counts->next;
    put_fields(&m);
    put_inner_units(&m);
    put_region(&m);
    size_t so_far, conflicts = put_conflicts(&m, &so_far);
    put_notes(&m);
    put_words(&m, so_far);
    put_map(&m);
    fill_counts(&m, counts, conflicts);
    tree_set(m.root, "ngay", newest_source(&m));
    put_sources(&m);
    maker_clear(&m);
    return doc;
}
