/* Places, read with the rows that are one unit, their predecessors and the sets
 * of each stretch of time.  Names are found by an open hash table over their
 * folded keys (catalog/name.h), since extraction asks for every capitalised
 * word of a text.  A set of places is found by counting how many of the rows'
 * first and last days have passed: between two of these days nothing changes,
 * so each stretch's array is made once at opening. */
#include "catalog/internal.h"

#include "catalog/name.h"
#include "catalog/xml.h"

#include <stdlib.h>
#include <string.h>

enum { KEY_SIZE = 256 };

/* ---- dates ---- */

/* A date as it is, a year or month as its last day; "" if it is nothing of the kind. */
static void date_full(const char *date, char out[11])
{
    size_t n = date ? strlen(date) : 0;
    if (n == 10) { /* nearly always, and often */
        memcpy(out, date, 11);
        return;
    }
    snprintf(out, 11, "%.10s%s", n == 4 || n == 7 ? date : "", n == 4 ? "-12-31" : n == 7 ? "-31" : "");
}

static bool valid_on(const struct place *p, const char *date)
{
    return strcmp(p->from, date) <= 0 && (!*p->to || strcmp(date, p->to) <= 0);
}

/* ---- names ---- */

static size_t hash_of(const char *key)
{
    size_t h = 5381;
    while (*key)
        h = h * 33 + (unsigned char)*key++;
    return h ^ h >> 15;
}

static void name_put(struct name_entry *table, size_t cap, struct name_entry e)
{
    size_t i = hash_of(e.key) & (cap - 1);
    while (table[i].key)
        i = (i + 1) & (cap - 1);
    table[i] = e;
}

static void names_grow(struct catalog *c)
{
    size_t cap = c->cap_names ? 2 * c->cap_names : 1024;
    struct name_entry *table = arena_array(&c->arena, struct name_entry, cap);
    for (size_t i = 0; i < c->cap_names; i++)
        if (c->names[i].key)
            name_put(table, cap, c->names[i]);
    c->names = table;
    c->cap_names = cap;
}

static bool overlap(const struct place *a, const struct place *b)
{
    return (!*a->to || strcmp(b->from, a->to) <= 0) && (!*b->to || strcmp(a->from, b->to) <= 0);
}

/* Adds a name; the clash with another place of the same time, or NULL. A key
 * without marks yields to one that is written so by right. */
static const struct place *name_add_key(struct catalog *c, const char *name, const struct place *p, bool plain)
{
    char key[KEY_SIZE];
    if (!name_key(name, strlen(name), plain, key, sizeof key))
        return NULL;
    if (2 * (c->n_names + 1) > c->cap_names)
        names_grow(c);
    for (size_t i = hash_of(key) & (c->cap_names - 1); c->names[i].key; i = (i + 1) & (c->cap_names - 1)) {
        if (strcmp(c->names[i].key, key) != 0)
            continue;
        if (c->names[i].place == p)
            return NULL;
        if (!plain && !c->names[i].plain && overlap(c->names[i].place, p))
            return c->names[i].place;
    }
    name_put(c->names, c->cap_names, (struct name_entry){ arena_strdup(&c->arena, key), p, plain });
    c->n_names++;
    return NULL;
}

static const struct place *name_find(const struct catalog *c, const char *key, const char *date)
{
    const struct place *found = NULL;
    for (size_t i = hash_of(key) & (c->cap_names - 1); c->names[i].key; i = (i + 1) & (c->cap_names - 1)) {
        const struct place *p = c->names[i].place;
        if (strcmp(c->names[i].key, key) == 0 && (!*date || valid_on(p, date)) &&
            (!found || strcmp(p->from, found->from) > 0))
            found = p;
    }
    return found;
}

/* The key without a word such as "tỉnh" before the name; the key itself if there is none. */
static const char *after_kind(const char *key)
{
    static const char *const kinds[] = { "ti2nh ", "tinh2 ", "tinh ", "thanh1 phô4 ", "thanh pho ",
                                         "tp ", "thu2 đô ", "thu do " };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t n = strlen(kinds[i]);
        if (strncmp(key, kinds[i], n) == 0 && key[n])
            return key + n;
    }
    return key;
}

const struct place *catalog_place_named(const struct catalog *c, const char *name, const char *date)
{
    char key[KEY_SIZE], day[11];
    bool plain = true;
    size_t n = strlen(name);
    for (size_t i = 0; plain && i < n; i++)
        plain = (unsigned char)name[i] < 0x80;
    if (!name_key(name, n, plain, key, sizeof key))
        return NULL;
    date_full(date, day);
    const struct place *p = name_find(c, key, day);
    return p || after_kind(key) == key ? p : name_find(c, after_kind(key), day);
}

const struct place *catalog_place(const struct catalog *c, const char *slug, const char *date)
{
    char day[11];
    const struct place *found = NULL;
    date_full(date, day);
    for (size_t i = 0; i < c->n_places; i++) {
        const struct place *p = &c->places[i];
        if (strcmp(p->slug, slug) == 0 && (!*day || valid_on(p, day)) &&
            (!found || strcmp(p->from, found->from) > 0))
            found = p;
    }
    return found;
}

const char *catalog_nearest_place(const struct catalog *c, const char *word)
{
    char key[KEY_SIZE];
    if (!name_key(word, strlen(word), true, key, sizeof key))
        return NULL;
    for (char *p = key; *p; p++)
        *p = *p == ' ' ? '-' : *p;
    const char **slugs = xmalloc((c->n_places + 1) * sizeof *slugs);
    for (size_t i = 0; i < c->n_places; i++)
        slugs[i] = c->places[i].slug;
    const char *near = diag_nearest(key, slugs, c->n_places);
    free(slugs);
    return near;
}

/* ---- places ---- */

static const struct xml_rule place_rules[] = {
    { "places", NULL, "", false },
    { "region-change", "places", "from!", false },
    { "place", "places", "slug! code! name! short kind! from to successor region! region2025", false },
    { "alias", "place", "", true },
    { "tiles", "places", "set! from to", false },
    { "tile", "tiles", "slug! column! row! label! name belongs", false },
};

static void check_date(xmlNodePtr node, const char *name, const char *date, const char *path, struct diag *d)
{
    bool ok = !*date || strlen(date) == 10;
    for (size_t i = 0; ok && i < 10 && *date; i++)
        ok = i == 4 || i == 7 ? date[i] == '-' : date[i] >= '0' && date[i] <= '9';
    if (!ok) {
        diag_error(d, xml_at(path, node, name), _("\"%s\" is no date"), date);
        diag_expected(d, _("a date such as 2025-07-01"));
    }
}

static const char *full_name(struct arena *a, const char *kind, const char *name)
{
    return arena_printf(a, "%s %s", strcmp(kind, "tỉnh") == 0 ? "Tỉnh" : "Thành phố", name);
}

static void read_place(struct catalog *c, xmlNodePtr node, const char *path, struct diag *d)
{
    struct arena *a = &c->arena;
    struct place *p = ARENA_PUSH(a, c->places, c->n_places, c->cap_places);
    size_t cap = 0;
    p->slug = xml_string(a, node, "slug");
    p->name = xml_string(a, node, "name");
    p->code = xml_string(a, node, "code");
    p->kind = xml_string(a, node, "kind");
    p->from = xml_string(a, node, "from");
    p->to = xml_string(a, node, "to");
    p->successor = xml_string(a, node, "successor");
    p->region = xml_string(a, node, "region");
    p->region2025 = xml_string(a, node, "region2025");
    p->short_name = xml_string(a, node, "short");
    p->short_name = *p->short_name ? p->short_name : p->name;
    p->full_name = full_name(a, p->kind, p->name);
    check_date(node, "from", p->from, path, d);
    check_date(node, "to", p->to, path, d);
    if (strcmp(p->kind, "tỉnh") != 0 && strcmp(p->kind, "thành phố") != 0) {
        diag_error(d, xml_at(path, node, "kind"), _("\"%s\" is no kind of unit"), p->kind);
        diag_expected(d, "tỉnh, thành phố");
    }
    for (xmlNodePtr n = xml_first(node, "alias"); n; n = xml_next(n, "alias"))
        *ARENA_PUSH(a, p->aliases, p->n_aliases, cap) = xml_text(a, n);
}

static void read_tiles(struct catalog *c, xmlNodePtr node, const char *path, struct diag *d)
{
    struct arena *a = &c->arena;
    struct tile_set *set = ARENA_PUSH(a, c->tiles, c->n_tiles, c->cap_tiles);
    set->from = xml_string(a, node, "from");
    set->to = xml_string(a, node, "to");
    for (xmlNodePtr n = xml_first(node, "tile"); n; n = xml_next(n, "tile")) {
        struct tile *t = ARENA_PUSH(a, set->items, set->n, set->cap);
        t->slug = xml_string(a, n, "slug");
        t->label = xml_string(a, n, "label");
        t->name = xml_string(a, n, "name");
        t->belongs = xml_string(a, n, "belongs");
        t->column = xml_integer(n, "column", 0, path, d);
        t->row = xml_integer(n, "row", 0, path, d);
        for (struct tile *other = set->items; other < t; other++)
            if (other->column == t->column && other->row == t->row)
                diag_error(d, xml_at(path, n, NULL), _("lies on the tile of %s"), other->slug);
    }
}

/* The names of all rows, after the rows have stopped moving. */
static void add_names(struct catalog *c, const char *path, struct diag *d)
{
    for (size_t i = 0; i < c->n_places; i++) {
        const struct place *p = &c->places[i];
        for (size_t k = 0; k < p->n_aliases + 2; k++) {
            const char *name = k == 0 ? p->name : k == 1 ? p->full_name : p->aliases[k - 2];
            const struct place *clash = name_add_key(c, name, p, false);
            if (clash)
                diag_error(d, (struct at){ .file = path }, _("\"%s\" names both %s and %s at one time"), name,
                           clash->slug, p->slug);
            name_add_key(c, name, p, true);
        }
    }
}

/* Rows that ended last before `p` began and were taken over by it. */
static void find_predecessors(struct catalog *c, size_t at)
{
    const struct place *p = &c->places[at];
    struct relatives *r = &c->before[at];
    const char *last = "";
    for (int pass = 0; pass < 2 && *p->from; pass++)
        for (size_t i = 0; i < c->n_places; i++) {
            const struct place *q = &c->places[i];
            if (!*q->to || strcmp(q->to, p->from) >= 0 || strcmp(q->successor, p->slug) != 0)
                continue;
            if (pass == 0 && strcmp(q->to, last) > 0)
                last = q->to;
            if (pass == 1 && strcmp(q->to, last) == 0)
                *ARENA_PUSH(&c->arena, r->items, r->n, r->cap) = q;
        }
}

static int by_from(const void *x, const void *y)
{
    const struct place *const *a = x, *const *b = y;
    int by = strcmp((*a)->from, (*b)->from);
    return by ? by : strcmp((*a)->slug, (*b)->slug);
}

/* A row with a single predecessor is the same territory under another name or rank. */
static void find_units(struct catalog *c)
{
    const struct place **rows = arena_array(&c->arena, const struct place *, c->n_places);
    c->before = arena_array(&c->arena, struct relatives, c->n_places);
    for (size_t i = 0; i < c->n_places; i++) {
        find_predecessors(c, i);
        rows[i] = &c->places[i];
    }
    qsort(rows, c->n_places, sizeof *rows, by_from);
    for (size_t i = 0; i < c->n_places; i++) {
        size_t at = (size_t)(rows[i] - c->places);
        struct place *p = &c->places[at];
        p->unit = c->before[at].n == 1 ? c->before[at].items[0]->unit : p;
    }
}

static int by_boundary(const void *x, const void *y)
{
    const struct boundary *a = x, *b = y;
    int by = strcmp(a->date, b->date);
    return by ? by : a->last_day - b->last_day;
}

static bool passed(const struct boundary *b, const char *date)
{
    int by = strcmp(date, b->date);
    return b->last_day ? by > 0 : by >= 0;
}

static size_t stretch_of(const struct catalog *c, const char *date)
{
    size_t n = 0;
    while (n < c->n_boundaries && passed(&c->boundaries[n], date))
        n++;
    return n;
}

static int by_code(const void *x, const void *y)
{
    const struct place *const *a = x, *const *b = y;
    int by = strcmp((*a)->code, (*b)->code);
    return by ? by : strcmp((*a)->slug, (*b)->slug);
}

static void find_stretches(struct catalog *c)
{
    c->boundaries = arena_array(&c->arena, struct boundary, 2 * c->n_places);
    for (size_t i = 0; i < c->n_places; i++) {
        if (*c->places[i].from)
            c->boundaries[c->n_boundaries++] = (struct boundary){ c->places[i].from, false };
        if (*c->places[i].to)
            c->boundaries[c->n_boundaries++] = (struct boundary){ c->places[i].to, true };
    }
    qsort(c->boundaries, c->n_boundaries, sizeof *c->boundaries, by_boundary);
    size_t n = 0; /* the same day twice is one boundary */
    for (size_t i = 0; i < c->n_boundaries; i++)
        if (!i || by_boundary(&c->boundaries[i], &c->boundaries[n - 1]) != 0)
            c->boundaries[n++] = c->boundaries[i];
    c->n_boundaries = n;
    c->stretches = arena_array(&c->arena, struct stretch, n + 1);
    for (size_t k = 0; k <= n; k++) {
        struct stretch *s = &c->stretches[k];
        s->items = arena_array(&c->arena, const struct place *, c->n_places);
        for (size_t i = 0; i < c->n_places; i++) {
            const struct place *p = &c->places[i];
            bool begun = !*p->from, ended = false;
            for (size_t b = 0; b < k; b++) {
                begun |= !c->boundaries[b].last_day && strcmp(c->boundaries[b].date, p->from) == 0;
                ended |= c->boundaries[b].last_day && *p->to && strcmp(c->boundaries[b].date, p->to) == 0;
            }
            if (begun && !ended)
                s->items[s->n++] = p;
        }
        qsort(s->items, s->n, sizeof *s->items, by_code);
    }
}

static void check_successors(const struct catalog *c, const char *path, struct diag *d)
{
    for (size_t i = 0; i < c->n_places; i++) {
        const struct place *p = &c->places[i];
        struct at at = { .file = path, .element = "place" };
        if (*p->to && !*p->successor)
            diag_error(d, at, _("%s ended on %s, but has no successor"), p->slug, p->to);
        if (*p->successor && !catalog_place(c, p->successor, NULL))
            diag_error(d, at, _("the successor \"%s\" of %s is no place"), p->successor, p->slug);
        for (size_t k = 0; k < i; k++)
            if (strcmp(c->places[k].slug, p->slug) == 0 && overlap(&c->places[k], p))
                diag_error(d, at, _("%s has two rows valid at one time"), p->slug);
    }
}

static void check_tiles(const struct catalog *c, const char *path, struct diag *d)
{
    for (size_t s = 0; s < c->n_tiles; s++) {
        const struct tile_set *set = &c->tiles[s];
        size_t islands = 0;
        for (size_t i = 0; i < set->n; i++)
            islands += *set->items[i].belongs != '\0';
        if (islands < 2)
            diag_error(d, (struct at){ .file = path, .element = "tiles" },
                       _("a map needs the tiles of quần đảo Hoàng Sa and quần đảo Trường Sa"));
    }
}

bool places_read(struct catalog *c, const char *path, struct diag *d)
{
    xmlDocPtr doc = xml_read(path, place_rules, sizeof place_rules / sizeof *place_rules, d);
    if (!doc)
        return false;
    xmlNodePtr root = xmlDocGetRootElement(doc);
    c->region_change = "";
    for (xmlNodePtr n = xml_first(root, NULL); n; n = xml_next(n, NULL))
        if (strcmp((char *)n->name, "place") == 0)
            read_place(c, n, path, d);
        else if (strcmp((char *)n->name, "tiles") == 0)
            read_tiles(c, n, path, d);
        else
            c->region_change = xml_string(&c->arena, n, "from");
    xmlFreeDoc(doc);
    names_grow(c);
    add_names(c, path, d);
    find_units(c);
    find_stretches(c);
    check_successors(c, path, d);
    check_tiles(c, path, d);
    return true;
}

const struct place *const *catalog_places_on(const struct catalog *c, const char *date, size_t *n)
{
    char day[11];
    date_full(date, day);
    const struct stretch *s = &c->stretches[*day ? stretch_of(c, day) : c->n_boundaries];
    *n = s->n;
    return s->items;
}

const struct place *const *catalog_predecessors(const struct catalog *c, const struct place *place, size_t *n)
{
    const struct relatives *r = &c->before[place->unit - c->places];
    *n = r->n;
    return r->items;
}

const struct place *catalog_places(const struct catalog *c, size_t *n)
{
    *n = c->n_places;
    return c->places;
}

const char *catalog_region(const struct catalog *c, const struct place *place, const char *date)
{
    char day[11];
    date_full(date, day);
    bool later = *place->region2025 && *c->region_change && (!*day || strcmp(day, c->region_change) >= 0);
    return later ? place->region2025 : place->region;
}

const struct tile *catalog_tiles(const struct catalog *c, const char *date, size_t *n)
{
    char day[11];
    date_full(date, day);
    if (!*day)
        memcpy(day, "9999-12-31", sizeof day);
    const struct tile_set *found = NULL;
    for (size_t i = 0; i < c->n_tiles; i++) {
        const struct tile_set *s = &c->tiles[i];
        if (strcmp(s->from, day) <= 0 && (!*s->to || strcmp(day, s->to) <= 0))
            found = s;
    }
    *n = found ? found->n : 0;
    return found ? found->items : NULL;
}

const struct tile *catalog_tile(const struct catalog *c, const struct place *place, const char *date)
{
    size_t n;
    const struct tile *tiles = catalog_tiles(c, date, &n);
    for (size_t i = 0; i < n; i++)
        if (!*tiles[i].belongs &&
            (strcmp(tiles[i].slug, place->slug) == 0 || strcmp(tiles[i].slug, place->unit->slug) == 0))
            return &tiles[i];
    return NULL;
}
