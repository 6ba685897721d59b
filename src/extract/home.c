/* extract/home.c -- the place that a whole document is about. */
#include "extract/finding.h"

#include <string.h>

/* How often places are named, while the one that a document is about is sought. */
struct tally { const char *name, *level; enum where_kind kind; size_t count, block; };
struct tallies { struct tally items[96]; size_t n, here, country; /* first block that names all */ };

static void tally_add(struct discourse *s, struct tallies *all, const struct where *w, size_t weight, size_t block)
{
    for (size_t i = 0; i < all->n; i++) {
        struct tally *t = &all->items[i];
        size_t len = strcspn(t->name, ",");
        bool same = w->kind == WHERE_UNIT && t->kind == WHERE_UNIT && len == strcspn(w->name, ",") && !memcmp(t->name, w->name, len);
        if (same && strlen(w->name) > strlen(t->name))
            t->name = arena_strdup(s->a, w->name); /* "xã Tân Phú", then with its province */
        if (same || !strcmp(t->name, w->name)) {
            t->count += weight;
            return;
        }
    }
    if (all->n < sizeof all->items / sizeof *all->items)
        all->items[all->n++] = (struct tally){ arena_strdup(s->a, w->name), w->level, w->kind, weight, block };
}

/* "xã Tân Phú" is "Tân Phú" from then on. */
static void remember_unit(struct discourse *s, const struct where *w)
{
    struct unit_names *u = &s->units;
    size_t len = strcspn(w->name, ",");
    if (len < 5 || *w->province)
        len = strcspn(w->name, ",");
    const char *comma = strchr(w->name, ',');
    if (comma && !strncmp(comma + 2, w->name, len))
        return; /* "Thái Nguyên, Thái Nguyên": the bare name is the province */
    for (size_t i = 0; i < u->n; i++)
        if (u->items[i].len <= len && !memcmp(u->items[i].name, w->name, u->items[i].len) &&
            (u->items[i].len == len || w->name[u->items[i].len] == ' ')) {
            if (*w->province && !*u->items[i].province) {
                u->items[i].full = arena_strdup(s->a, w->name);
                u->items[i].province = w->province;
            }
            return;
        }
    if (u->n < sizeof u->items / sizeof *u->items && memchr(w->name, ' ', len)) {
        const char *full = arena_strdup(s->a, w->name);
        u->items[u->n++] = (struct unit_name){ full, len, full, w->level, w->province };
    }
}

enum { HOME_BYTES = 16000 }; /* of a document looked at for its place */

static void tally_blocks(struct discourse *s, struct tallies *all)
{
    struct arena a = { 0 };
    for (size_t i = 0; i < s->doc->n_blocks && s->doc->blocks[i].start < HOME_BYTES; i++) {
        size_t at = s->doc->blocks[i].start;
        struct passage p;
        passage_read(&p, s->x->lexicon, s->doc->text, &at, s->doc->blocks[i].end, &a);
        places_find(&p);
        for (size_t k = 0; k < p.n_places; k++) {
            const struct where *w = &p.places[k];
            if (w->kind == WHERE_UNIT)
                remember_unit(s, w);
            if (w->kind == WHERE_UNIT || w->kind == WHERE_PROVINCE)
                tally_add(s, all, w, i < 3 ? 2 : 1, i);
            if (w->kind == WHERE_COUNTRY && !w->issuer && i < all->country)
                all->country = i;
            all->here += w->kind == WHERE_HERE && !strcmp(w->level, "tỉnh");
        }
        arena_reset(&a);
    }
    arena_clear(&a);
}

/* The place that a document is about: a province that has most mentions of
 * provinces, or a unit that is named more often than any province. */
const char *find_home(struct discourse *s)
{
    struct tallies all = { .country = SIZE_MAX };
    const struct tally *province = NULL, *unit = NULL;
    size_t total = 0;

    tally_blocks(s, &all);
    for (size_t i = 0; i < all.n; i++) {
        const struct tally *t = &all.items[i];
        const struct tally **best = t->kind == WHERE_UNIT ? &unit : &province;
        total += t->kind == WHERE_PROVINCE ? t->count : 0;
        if (!*best || t->count > (*best)->count || (t->count == (*best)->count && strchr(t->name, ',') && !strchr((*best)->name, ',')))
            *best = t;
    }
    /* The only places named are units, one of them with its province at the head: the report of a commune. */
    bool own = unit && !province && unit->block < 3 && strchr(unit->name, ',');
    if (unit && (unit->count >= 4 || own) && (!province || unit->count > province->count)) {
        s->unit = unit->name;
        s->unit_level = unit->level;
        if (province && province->count * 2 > total)
            s->province = province->name;
        return unit->name;
    }
    if (!province || province->count * 2 <= total)
        return "";
    /* The only province named, in the title; or often enough, unless all the country came first. */
    bool titled = province->block == 0 && province->count == total && all.country > 0;
    size_t least = all.country < province->block ? 7 : 3;
    if (!titled && province->count + all.here < least)
        return "";
    s->province = province->name;
    return province->name;
}
