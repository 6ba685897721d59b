/* Indices: their components, scales, breaks, groups and years without a result. */
#include "catalog/internal.h"

#include "catalog/xml.h"

#include <string.h>

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

bool indices_read(struct catalog *c, const char *path, struct diag *d)
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

static bool is_of_34(const struct index *x, int year)
{
    char day[11];
    return strcmp(index_set_date(x, year, day), "2025-07-01") >= 0;
}

bool index_set_changes(const struct index *x, int from, int to)
{
    return is_of_34(x, from) != is_of_34(x, to);
}

bool index_breaks_between(const struct index *x, int from, int to)
{
    int low = from < to ? from : to, high = from < to ? to : from;
    for (size_t i = 0; i < x->n_breaks; i++)
        if (low < x->breaks[i].year && x->breaks[i].year <= high)
            return true;
    return index_set_changes(x, from, to);
}
