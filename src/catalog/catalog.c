/* The catalog is read in three steps: places (with the rows that are one unit,
 * predecessors, the sets of each stretch of time), indicators, indices; the
 * later ones refer to the earlier.  Names are found by an open hash table over
 * their folded keys (catalog/name.h), since extraction asks for every
 * capitalised word of a text.  A set of places is found by counting how many
 * of the rows' first and last days have passed: between two of these days
 * nothing changes, so each stretch's array is made once at opening. */
#include "catalog/catalog.h"

#include "base/file.h"
#include "catalog/name.h"
#include "catalog/xml.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_SIZE = 256 };

struct name_entry { const char *key; const struct place *place; bool plain; };
struct stretch { const struct place **items; size_t n; };
struct boundary { const char *date; bool last_day; }; /* passed on the day itself, or after a last day */
struct relatives { const struct place **items; size_t n, cap; };
struct tile_set { const char *from, *to; struct tile *items; size_t n, cap; };

struct catalog {
    struct arena arena;
    char hash[65];
    struct place *places;          size_t n_places, cap_places;
    struct relatives *before;      /* of each row: the units that it took over */
    struct name_entry *names;      size_t n_names, cap_names; /* cap: a power of two */
    struct boundary *boundaries;   size_t n_boundaries;
    struct stretch *stretches;     /* n_boundaries + 1 */
    struct tile_set *tiles;        size_t n_tiles, cap_tiles;
    const char *region_change;     /* from this day the regions of 2025 hold */
    struct field *fields;          size_t n_fields, cap_fields;
    struct indicator *indicators;  size_t n_indicators, cap_indicators;
    const struct indicator **by_code;
    struct index *indices;         size_t n_indices, cap_indices;
    const struct sentences *sentences;
};

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

static bool read_places(struct catalog *c, const char *path, struct diag *d)
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

/* ---- indicators ---- */

static const struct xml_rule indicator_rules[] = {
    { "indicators", NULL, "", false },
    { "field", "indicators", "code! name! short! reform", false },
    { "indicator", "field", "code! name! short! column unit! better! key decimals tolerance note", false },
};

static int read_better(xmlNodePtr node, const char *path, struct diag *d)
{
    struct arena a = { 0 };
    const char *s = xml_string(&a, node, "better");
    int better = strcmp(s, "up") == 0 ? 1 : strcmp(s, "down") == 0 ? -1 : 0;
    if (!better && strcmp(s, "none") != 0) {
        diag_error(d, xml_at(path, node, "better"), _("\"%s\" is not known"), s);
        diag_expected(d, "up, down, none");
    }
    arena_clear(&a);
    return better;
}

static void read_indicator(struct catalog *c, xmlNodePtr node, const char *path, struct diag *d)
{
    struct arena *a = &c->arena;
    struct indicator *i = ARENA_PUSH(a, c->indicators, c->n_indicators, c->cap_indicators);
    i->code = xml_string(a, node, "code");
    i->name = xml_string(a, node, "name");
    i->short_name = xml_string(a, node, "short");
    i->column = xml_string(a, node, "column");
    i->column = *i->column ? i->column : i->short_name;
    i->note = xml_string(a, node, "note");
    i->unit = xml_string(a, node, "unit");
    i->better = read_better(node, path, d);
    i->key = xml_integer(node, "key", 0, path, d);
    i->decimals = xml_integer(node, "decimals", -1, path, d);
    i->tolerance = xml_number(node, "tolerance", 0, path, d);
    i->part = "";
}

static int by_indicator(const void *x, const void *y)
{
    const struct indicator *const *a = x, *const *b = y;
    return strcmp((*a)->code, (*b)->code);
}

static bool read_indicators(struct catalog *c, const char *path, struct diag *d)
{
    xmlDocPtr doc = xml_read(path, indicator_rules, sizeof indicator_rules / sizeof *indicator_rules, d);
    if (!doc)
        return false;
    xmlNodePtr root = xmlDocGetRootElement(doc);
    size_t *first = NULL, n_first = 0, cap_first = 0; /* of each field: its first indicator */
    for (xmlNodePtr n = xml_first(root, "field"); n; n = xml_next(n, "field")) {
        struct field *f = ARENA_PUSH(&c->arena, c->fields, c->n_fields, c->cap_fields);
        f->code = xml_string(&c->arena, n, "code");
        f->name = xml_string(&c->arena, n, "name");
        f->short_name = xml_string(&c->arena, n, "short");
        f->reform = xml_flag(n, "reform", true, path, d);
        *ARENA_PUSH(&c->arena, first, n_first, cap_first) = c->n_indicators;
        for (xmlNodePtr k = xml_first(n, "indicator"); k; k = xml_next(k, "indicator"))
            read_indicator(c, k, path, d);
    }
    xmlFreeDoc(doc);
    c->by_code = arena_array(&c->arena, const struct indicator *, c->n_indicators);
    for (size_t i = 0, f = 0; i < c->n_indicators; i++) {
        while (f + 1 < c->n_fields && first[f + 1] <= i)
            f++;
        c->indicators[i].field = &c->fields[f];
        c->by_code[i] = &c->indicators[i];
    }
    qsort(c->by_code, c->n_indicators, sizeof *c->by_code, by_indicator);
    for (size_t i = 1; i < c->n_indicators; i++)
        if (strcmp(c->by_code[i - 1]->code, c->by_code[i]->code) == 0)
            diag_error(d, (struct at){ .file = path, .element = "indicator" }, _("\"%s\" is there twice"),
                       c->by_code[i]->code);
    return true;
}

const struct indicator *catalog_indicator(const struct catalog *c, const char *code)
{
    struct indicator key = { .code = code };
    const struct indicator *k = &key;
    const struct indicator **found = bsearch(&k, c->by_code, c->n_indicators, sizeof *c->by_code, by_indicator);
    return found ? *found : NULL;
}

const struct indicator *catalog_indicators(const struct catalog *c, size_t *n)
{
    *n = c->n_indicators;
    return c->indicators;
}

const struct field *catalog_fields(const struct catalog *c, size_t *n)
{
    *n = c->n_fields;
    return c->fields;
}

/* ---- indices ---- */

static const struct xml_rule index_rules[] = {
    { "indices", NULL, "", false },
    { "index", "indices", "code! name! short! label! part-name publisher! address groups-only live edition", false },
    { "scale", "index", "from! to min max units", false },
    { "break", "index", "year!", true },
    { "group", "index", "from! to least! name!", false },
    { "quartile", "index", "n!", true },
    { "missing", "index", "year! places!", false },
    { "ranked", "index", "from! to first!", false },
    { "component", "index", "code! min max from", false },
};

struct index_lists { /* what is being read: growing arrays of one index */
    struct index_scale *scales;     size_t n_scales, cap_scales;
    struct index_break *breaks;     size_t n_breaks, cap_breaks;
    struct index_group *groups;     size_t n_groups, cap_groups;
    struct index_missing *missing;  size_t n_missing, cap_missing;
    struct index_ranked *ranked;    size_t n_ranked, cap_ranked;
    const struct indicator **parts; size_t n_parts, cap_parts;
};

/* The catalog's own indicator, to be completed by its index; reported if unknown. */
static struct indicator *own_indicator(struct catalog *c, xmlNodePtr node, const char *code, const char *path,
                                       struct diag *d)
{
    const struct indicator *found = catalog_indicator(c, code);
    if (!found)
        diag_error(d, xml_at(path, node, "code"), _("\"%s\" is no indicator"), code);
    return found ? &c->indicators[found - c->indicators] : NULL;
}

static void read_component(struct catalog *c, struct index_lists *l, xmlNodePtr node, const char *path,
                           struct diag *d)
{
    struct indicator *i = own_indicator(c, node, xml_string(&c->arena, node, "code"), path, d);
    if (!i)
        return;
    i->min = xml_number(node, "min", 0, path, d);
    i->max = xml_number(node, "max", 0, path, d);
    i->since = xml_integer(node, "from", 0, path, d);
    *ARENA_PUSH(&c->arena, l->parts, l->n_parts, l->cap_parts) = i;
    i->number = (int)l->n_parts;
}

static void read_missing(struct catalog *c, struct index_lists *l, xmlNodePtr node, const char *path, struct diag *d)
{
    int year = xml_integer(node, "year", 0, path, d);
    const char *p = xml_string(&c->arena, node, "places");
    for (size_t n; *(p += strspn(p, " ")); p += n) {
        n = strcspn(p, " ");
        const char *slug = arena_strndup(&c->arena, p, n);
        if (!catalog_place(c, slug, NULL))
            diag_error(d, xml_at(path, node, "places"), _("\"%s\" is no place"), slug);
        struct index_missing *m = ARENA_PUSH(&c->arena, l->missing, l->n_missing, l->cap_missing);
        *m = (struct index_missing){ year, slug };
    }
}

static void read_quartile(struct catalog *c, struct index *x, xmlNodePtr node, const char *path, struct diag *d)
{
    int n = xml_integer(node, "n", 0, path, d);
    if (n < 1 || n > 4)
        diag_error(d, xml_at(path, node, "n"), _("a quartile is 1 to 4"));
    else
        x->quartile[n - 1] = xml_text(&c->arena, node);
}

static void read_index_child(struct catalog *c, struct index *x, struct index_lists *l, xmlNodePtr n,
                             const char *path, struct diag *d)
{
    struct arena *a = &c->arena;
    const char *name = (const char *)n->name;
    int year = xml_integer(n, "year", 0, path, d), from = xml_integer(n, "from", 0, path, d);
    int to = xml_integer(n, "to", 0, path, d);
    if (strcmp(name, "scale") == 0)
        *ARENA_PUSH(a, l->scales, l->n_scales, l->cap_scales) =
            (struct index_scale){ from, to, xml_number(n, "min", 0, path, d), xml_number(n, "max", 0, path, d),
                                  xml_integer(n, "units", 0, path, d) };
    else if (strcmp(name, "break") == 0)
        *ARENA_PUSH(a, l->breaks, l->n_breaks, l->cap_breaks) = (struct index_break){ year, xml_text(a, n) };
    else if (strcmp(name, "group") == 0)
        *ARENA_PUSH(a, l->groups, l->n_groups, l->cap_groups) =
            (struct index_group){ from, to, xml_number(n, "least", 0, path, d), xml_string(a, n, "name") };
    else if (strcmp(name, "ranked") == 0)
        *ARENA_PUSH(a, l->ranked, l->n_ranked, l->cap_ranked) =
            (struct index_ranked){ from, to, xml_integer(n, "first", 0, path, d) };
    else if (strcmp(name, "missing") == 0)
        read_missing(c, l, n, path, d);
    else if (strcmp(name, "quartile") == 0)
        read_quartile(c, x, n, path, d);
    else
        read_component(c, l, n, path, d);
}

static void read_index(struct catalog *c, xmlNodePtr node, const char *path, struct diag *d)
{
    struct arena *a = &c->arena;
    struct index *x = ARENA_PUSH(a, c->indices, c->n_indices, c->cap_indices);
    struct index_lists l = { 0 };
    x->code = xml_string(a, node, "code");
    x->name = xml_string(a, node, "name");
    x->short_name = xml_string(a, node, "short");
    x->label = xml_string(a, node, "label");
    x->part_name = xml_string(a, node, "part-name");
    x->publisher = xml_string(a, node, "publisher");
    x->address = xml_string(a, node, "address");
    x->groups_only = xml_flag(node, "groups-only", false, path, d);
    x->live = xml_flag(node, "live", false, path, d);
    x->edition = xml_flag(node, "edition", false, path, d);
    x->quartile[0] = x->quartile[1] = x->quartile[2] = x->quartile[3] = "";
    for (xmlNodePtr n = xml_first(node, NULL); n; n = xml_next(n, NULL))
        read_index_child(c, x, &l, n, path, d);
    x->scales = l.scales, x->n_scales = l.n_scales;
    x->breaks = l.breaks, x->n_breaks = l.n_breaks;
    x->groups = l.groups, x->n_groups = l.n_groups;
    x->missing = l.missing, x->n_missing = l.n_missing;
    x->ranked = l.ranked, x->n_ranked = l.n_ranked;
    x->parts = l.parts, x->n_parts = l.n_parts;
    x->score = own_indicator(c, node, arena_printf(a, "%s.diem", x->code), path, d);
    x->rank = own_indicator(c, node, arena_printf(a, "%s.hang", x->code), path, d);
}

/* An indicator belongs to the index whose code stands before its first dot. */
static void join_indicators(struct catalog *c)
{
    for (size_t i = 0; i < c->n_indicators; i++) {
        struct indicator *in = &c->indicators[i];
        const char *dot = strchr(in->code, '.');
        for (size_t k = 0; dot && k < c->n_indices; k++)
            if (strlen(c->indices[k].code) == (size_t)(dot - in->code) &&
                strncmp(c->indices[k].code, in->code, (size_t)(dot - in->code)) == 0) {
                in->index = &c->indices[k];
                in->part = dot + 1;
            }
        size_t n = strlen(in->code);
        if (n > 5 && strcmp(in->code + n - 5, ".diem") == 0)
            in->rank = catalog_indicator(c, arena_printf(&c->arena, "%.*s.hang", (int)(n - 5), in->code));
    }
}

static bool read_indices(struct catalog *c, const char *path, struct diag *d)
{
    xmlDocPtr doc = xml_read(path, index_rules, sizeof index_rules / sizeof *index_rules, d);
    if (!doc)
        return false;
    for (xmlNodePtr n = xml_first(xmlDocGetRootElement(doc), "index"); n; n = xml_next(n, "index"))
        read_index(c, n, path, d);
    xmlFreeDoc(doc);
    join_indicators(c);
    return true;
}

const struct index *catalog_indices(const struct catalog *c, size_t *n)
{
    *n = c->n_indices;
    return c->indices;
}

const struct index *catalog_index(const struct catalog *c, const char *code)
{
    for (size_t i = 0; i < c->n_indices; i++)
        if (strcmp(c->indices[i].code, code) == 0)
            return &c->indices[i];
    return NULL;
}

const struct index_scale *index_scale(const struct index *x, int year)
{
    for (size_t i = 0; i < x->n_scales; i++)
        if (x->scales[i].from <= year && (!x->scales[i].to || year <= x->scales[i].to))
            return &x->scales[i];
    return NULL;
}

double index_max(const struct index *x, int year)
{
    const struct index_scale *s = index_scale(x, year);
    return s ? s->max : 0;
}

const char *index_set_date(const struct index *x, int year, char out[11])
{
    const struct index_scale *s = x ? index_scale(x, year) : NULL;
    year = year < 0 || year > 9999 ? 0 : year;
    memcpy(out, "0000-12-31", 11); /* printf would cost a card a twentieth of its time */
    for (int i = 3; i >= 0; i--, year /= 10)
        out[i] = (char)('0' + year % 10);
    if (s && s->units == 34 && strcmp(out, "2025-07-01") < 0)
        snprintf(out, 11, "2025-07-01");
    return out;
}

const char *index_class(const struct index *x, int year, double value)
{
    const struct index_group *best = NULL;
    for (size_t i = 0; i < x->n_groups; i++) {
        const struct index_group *g = &x->groups[i];
        bool holds = g->from <= year && (!g->to || year <= g->to);
        if (holds && value >= g->least && (!best || g->least > best->least))
            best = g;
    }
    return best ? best->name : "";
}

bool index_published(const struct index *x, int year, const char *slug)
{
    for (size_t i = 0; i < x->n_missing; i++)
        if (x->missing[i].year == year && strcmp(x->missing[i].slug, slug) == 0)
            return false;
    return true;
}

int index_ranked_first(const struct index *x, int year)
{
    for (size_t i = 0; i < x->n_ranked; i++)
        if (x->ranked[i].from <= year && (!x->ranked[i].to || year <= x->ranked[i].to))
            return x->ranked[i].first;
    return 0;
}

bool index_breaks_between(const struct index *x, int from, int to)
{
    int low = from < to ? from : to, high = from < to ? to : from;
    for (size_t i = 0; i < x->n_breaks; i++)
        if (low < x->breaks[i].year && x->breaks[i].year <= high)
            return true;
    return false;
}

/* ---- sentences ---- */

static bool read_sentences(struct catalog *c, const char *path, struct diag *d)
{
    c->sentences = sentences_read(path, &c->arena, d);
    return c->sentences != NULL;
}

const struct sentences *catalog_sentences(const struct catalog *c)
{
    return c->sentences;
}

/* ---- the whole ---- */

static int is_xml(const struct dirent *e)
{
    size_t n = strlen(e->d_name);
    return n > 4 && e->d_name[0] != '.' && strcmp(e->d_name + n - 4, ".xml") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name); /* alphasort() would follow the locale */
}

static bool hash_files(struct catalog *c, const char *folder, struct diag *d)
{
    struct dirent **names;
    struct buf all = { 0 }, one = { 0 }, path = { 0 };
    int n = scandir(folder, &names, is_xml, by_name);
    bool ok = n >= 0;
    if (!ok)
        diag_error(d, (struct at){ .file = folder }, _("is no folder of a catalog"));
    for (int i = 0; i < n; i++) {
        buf_reset(&path);
        buf_printf(&path, "%s/%s", folder, names[i]->d_name);
        ok = ok && file_read(path.data, 0, &one, d);
        if (ok) {
            buf_printf(&all, "%s %zu\n", names[i]->d_name, one.len);
            buf_add(&all, one.data, one.len);
        }
        free(names[i]);
    }
    if (n >= 0)
        free(names);
    file_sha256(all.data ? all.data : "", all.len, c->hash);
    buf_clear(&all);
    buf_clear(&one);
    buf_clear(&path);
    return ok;
}

struct catalog *catalog_open(const char *folder, struct diag *d)
{
    static const struct { const char *file; bool (*read)(struct catalog *, const char *, struct diag *); } steps[] = {
        { "places.xml", read_places },   { "indicators.xml", read_indicators },
        { "indices.xml", read_indices }, { "sentences.xml", read_sentences },
    };
    struct catalog *c = xcalloc(1, sizeof *c);
    size_t errors = d->errors;
    bool ok = hash_files(c, folder, d);
    for (size_t i = 0; ok && i < sizeof steps / sizeof *steps; i++)
        ok = steps[i].read(c, arena_printf(&c->arena, "%s/%s", folder, steps[i].file), d);
    if (!ok || d->errors > errors) {
        catalog_close(c);
        return NULL;
    }
    return c;
}

void catalog_close(struct catalog *c)
{
    if (!c)
        return;
    arena_clear(&c->arena);
    free(c);
}

const char *catalog_hash(const struct catalog *c)
{
    return c->hash;
}
