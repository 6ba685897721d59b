/* A fact's unit, indicator and dates.
 *
 * A place's name means the unit that bore it on the last day of the fact's
 * period, or, in a document, on the document's day if that is earlier: a plan
 * of 2023 "to 2030" is the old province's. Index tables that were published
 * for the 34 of an earlier year go by the index's own date (index_set_date()). */
#include "card/set.h"

#include <stdlib.h>
#include <string.h>

/* ---- strings to small numbers ---- */

static size_t string_hash(const char *s)
{
    size_t h = 5381;
    for (; *s; s++)
        h = h * 33 + (unsigned char)*s;
    return h ^ h >> 15;
}

/* Slots hold a number plus one; 0 is free. */
static size_t *slot_of(const struct names *t, const char *s)
{
    size_t at = string_hash(s) & (t->n_slots - 1);
    while (t->slots[at] && strcmp(t->items[t->slots[at] - 1], s) != 0)
        at = (at + 1) & (t->n_slots - 1);
    return &t->slots[at];
}

int names_find(const struct names *t, const char *s)
{
    return t->n_slots ? (int)*slot_of(t, s) - 1 : -1;
}

static void names_grow(struct names *t, struct arena *a)
{
    t->n_slots = t->n_slots ? 2 * t->n_slots : 64;
    t->slots = arena_array(a, size_t, t->n_slots);
    for (size_t i = 0; i < t->n; i++)
        *slot_of(t, t->items[i]) = i + 1;
}

int names_add(struct names *t, struct arena *a, const char *s)
{
    if (2 * t->n >= t->n_slots)
        names_grow(t, a);
    size_t *slot = slot_of(t, s);
    if (!*slot) {
        *ARENA_PUSH(a, t->items, t->n, t->cap) = arena_strdup(a, s);
        *slot = t->n;
    }
    return (int)*slot - 1;
}

static int name_number(struct card_set *set, struct names *t, const char *s, bool grow)
{
    return grow ? names_add(t, &set->arena, s) : names_find(t, s);
}

/* ---- measures and periods ---- */

/* The catalog's indicators come first, so that their number is their order. */
static int measure_number(struct card_set *set, const char *code, bool grow)
{
    size_t n;
    const struct indicator *all = catalog_indicators(set->catalog, &n);
    const struct indicator *known = catalog_indicator(set->catalog, code);
    if (known)
        return (int)(known - all);
    int number = name_number(set, &set->codes, code, grow);
    if (number >= 0 && n + (size_t)number == set->n_measures) {
        code = set->codes.items[number];
        *ARENA_PUSH(&set->arena, set->measures, set->n_measures, set->cap_measures) =
            (struct measure){ code, strncmp(code, "khac:", 5) == 0 ? code + 5 : code, NULL };
    }
    return number < 0 ? -1 : (int)n + number;
}

int set_measure(const struct card_set *set, const char *code)
{
    size_t n;
    const struct indicator *known = catalog_indicator(set->catalog, code);
    const struct indicator *all = catalog_indicators(set->catalog, &n);
    int number = known ? -1 : names_find(&set->codes, code);
    return known ? (int)(known - all) : number < 0 ? -1 : (int)n + number;
}

/* Every year in a period's text one less; false for a day or no period. */
static bool a_year_earlier(const char *period, const struct period *p, char *out, size_t room)
{
    if (!p->grain || p->grain == 'D' || strlen(period) >= room)
        return false;
    snprintf(out, room, "%s", period);
    for (char *s = out; s; s = strchr(s, '/')) {
        s += *s == '/';
        char year[5] = { s[0], s[1], s[2], s[3], 0 }, less[16];
        snprintf(less, sizeof less, "%04d", atoi(year) - 1);
        memcpy(s, less, 4);
    }
    return true;
}

/* Facts share few periods, so each is taken apart once. */
static int period_number(struct card_set *set, const char *text, bool grow)
{
    char earlier[512];
    int number = name_number(set, &set->periods, text, grow);
    size_t n = set->periods.n;
    if (number < 0 || !grow || (size_t)number + 1 < n)
        return number;
    set->known_periods = arena_grow(&set->arena, set->known_periods, n - 1, &set->cap_periods, sizeof *set->known_periods);
    struct known_period *k = &set->known_periods[number];
    if (k->earlier || k->ok)
        return number;
    k->ok = period_parse(text, &k->p) && k->p.grain;
    if (k->ok && a_year_earlier(text, &k->p, earlier, sizeof earlier))
        k->earlier = arena_strdup(&set->arena, earlier);
    return number;
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

bool item_is_document(const struct item *it)
{
    return it->stored->source && strcmp(it->stored->source->kind, "document") == 0;
}

const char *item_date(const struct item *it)
{
    const char *date = it->stored->source ? it->stored->source->date : "";
    return date && strlen(date) >= 10 ? date : "";
}

void item_day(const struct card_set *set, const struct item *it, char out[11])
{
    const struct indicator *known = set->measures[it->measure].known;
    const char *date = item_date(it);
    memcpy(out, it->last, sizeof it->last);
    if (known && known->index && it->grain == 'Y')
        index_set_date(known->index, it->year, out);
    if (item_is_document(it) && *date && (!*out || strncmp(date, out, 10) < 0))
        snprintf(out, 11, "%.10s", date);
}

/* "thứ 2/14 trong vùng": a rank among few of the places is none of the country. */
static bool among_few(const struct card_set *set, const struct item *it)
{
    size_t n;
    double of = it->stored->fact.of;
    catalog_places_on(set->catalog, it->last, &n);
    return of > 0 && of < 0.4 * (double)n;
}

static bool is_counted(enum fact_kind kind)
{
    return kind == FACT_COUNT || kind == FACT_MONEY || kind == FACT_FRACTION || kind == FACT_CHANGE ||
           kind == FACT_DURATION;
}

static bool item_dates(struct card_set *set, struct item *it, bool grow)
{
    int number = period_number(set, it->stored->fact.period, grow);
    if (number >= 0 && set->known_periods[number].ok) {
        memcpy(it->last, set->known_periods[number].p.last, sizeof it->last);
        it->grain = set->known_periods[number].p.grain;
    } else {
        char undated[16];
        snprintf(it->last, sizeof it->last, "%.10s", item_date(it));
        snprintf(undated, sizeof undated, "@%s", it->last);
        number = period_number(set, undated, grow);
    }
    it->year = atoi(it->last);
    it->period = number < 0 ? "" : set->periods.items[number];
    return number >= 0;
}

bool item_fill(struct card_set *set, struct item *it, const struct stored_fact *sf, bool grow)
{
    const struct fact *f = &sf->fact;
    *it = (struct item){ .stored = sf, .measure = measure_number(set, f->indicator, grow), .level = level_of(f->level) };
    if (it->measure < 0 || !item_dates(set, it, grow))
        return false;
    const struct indicator *known = set->measures[it->measure].known;
    bool index_value = known && known->index && strcmp(known->unit, "hạng") != 0;
    it->kind = index_value && f->kind == FACT_PERCENT ? FACT_SCORE : f->kind;
    if (is_counted(it->kind))
        it->counted = name_number(set, &set->counted, f->unit, grow);
    if (it->kind == FACT_RANK && among_few(set, it))
        it->counted = name_number(set, &set->counted, "trong vùng", grow);
    return it->counted >= 0;
}

static int date_number(const char *date)
{
    return *date ? (atoi(date) * 100 + atoi(date + 5)) * 100 + atoi(date + 8) : 0;
}

void brief_fill(struct brief *b, const struct card_set *set, const struct item *it)
{
    const struct fact *f = &it->stored->fact;
    *b = (struct brief){ .value = f->value, .of = f->of, .confidence = f->confidence, .id = f->id,
                         .source = it->stored->source ? (int)(it->stored->source - set->joined) : -1,
                         .conflict = (int)it->stored->conflict, .date = date_number(item_date(it)),
                         .kind = (unsigned char)f->kind, .qualifier = (unsigned char)f->qualifier,
                         .status = (unsigned char)f->status, .document = item_is_document(it) };
}

int by_choice(const struct brief *a, const struct brief *b)
{
    int by = (b->status == FACT_APPROVED) - (a->status == FACT_APPROVED);
    by = by ? by : a->document - b->document;
    by = by ? by : (b->date > a->date) - (b->date < a->date);
    by = by ? by : (a->qualifier != FACT_EQ) - (b->qualifier != FACT_EQ);
    by = by ? by : (a->confidence < b->confidence) - (a->confidence > b->confidence);
    return by ? by : (a->id > b->id) - (a->id < b->id);
}

/* ---- sources ---- */

static const char *source_key(struct arena *a, const struct source *s)
{
    return arena_printf(a, "%s\n%s\n%s\n%s\n%s", s->name, s->address, s->title, s->publisher, s->date);
}

static void join_hash(struct arena *a, struct source *s, const char *hash)
{
    if (*hash && !strstr(s->hash, hash))
        s->hash = *s->hash ? arena_printf(a, "%s %s", s->hash, hash) : hash;
}

void sources_join(struct card_set *set)
{
    struct arena scratch = { 0 };
    struct names keys = { 0 };
    size_t n = set->sources.n_sources;
    struct source *copy = arena_array(&set->arena, struct source, n);
    const struct source **first = arena_array(&scratch, const struct source *, n);
    set->same = arena_array(&set->arena, const struct source *, n);
    for (size_t i = 0; i < n; i++) {
        copy[i] = set->sources.sources[i];
        set->same[i] = &copy[i];
        if (strcmp(copy[i].kind, "table") != 0)
            continue;
        int key = names_add(&keys, &scratch, source_key(&scratch, &copy[i]));
        first[key] = first[key] ? first[key] : &copy[i];
        set->same[i] = first[key];
        join_hash(&set->arena, &copy[first[key] - copy], copy[i].hash);
    }
    set->joined = copy;
    arena_clear(&scratch);
}

const struct source *source_of(const struct card_set *set, const struct source *s)
{
    return s ? set->same[s - set->sources.sources] : NULL;
}

/* ---- names of places ---- */

size_t row_of(const struct card_set *set, const struct place *unit)
{
    size_t n;
    return (size_t)(unit - catalog_places(set->catalog, &n));
}

const struct place *unit_named(const struct card_set *set, const char *name, const char *day)
{
    const struct place *p = catalog_place_named(set->catalog, name, day);
    p = p ? p : catalog_place_named(set->catalog, name, NULL);
    return p ? p->unit : NULL;
}

const struct place *unit_around(const struct card_set *set, const char *name, const char *day, size_t *within)
{
    const char *comma = strrchr(name, ',');
    if (!comma || comma == name || comma[1] != ' ')
        return NULL;
    *within = (size_t)(comma - name);
    return unit_named(set, comma + 2, day);
}

const char *region_named(const struct card_set *set, const char *name)
{
    size_t n, skip = strlen("Vùng ");
    const struct place *p = catalog_places(set->catalog, &n);
    const char *bare = strncmp(name, "Vùng ", skip) == 0 || strncmp(name, "vùng ", skip) == 0 ? name + skip : name;
    for (size_t i = 0; i < n; i++) {
        if (strcmp(p[i].region, bare) == 0)
            return p[i].region;
        if (*p[i].region2025 && strcmp(p[i].region2025, bare) == 0)
            return p[i].region2025;
    }
    return NULL;
}

/* ---- columns ---- */

size_t column_hash(const struct column *c)
{
    size_t h = (size_t)(c->measure + 1) * 2654435761u;
    h = (h ^ (size_t)c->kind << 4 ^ (size_t)c->level << 8 ^ (size_t)c->role << 12 ^ (size_t)c->counted << 16) * 2654435761u;
    return (h ^ h >> 17) + string_hash(c->period);
}

int column_find(const struct card_set *set, const struct item *it)
{
    struct column key = { .measure = it->measure, .kind = it->kind, .counted = it->counted, .level = it->level,
                          .role = it->stored->fact.role, .period = it->period };
    if (!set->n_column_slots)
        return -1;
    for (size_t at = column_hash(&key);; at++) {
        int found = set->column_slots[at & (set->n_column_slots - 1)] - 1;
        const struct column *c = found < 0 ? NULL : &set->columns[found];
        if (!c || (c->measure == key.measure && c->kind == key.kind && c->counted == key.counted &&
                   c->level == key.level && c->role == key.role && strcmp(c->period, key.period) == 0))
            return found;
    }
}
