/* The catalog is read in three steps: places, indicators, indices; the later
 * ones refer to the earlier.  The indicators and the whole are here. */
#include "catalog/internal.h"

#include "base/file.h"
#include "catalog/xml.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

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
        { "places.xml", places_read },   { "indicators.xml", read_indicators },
        { "indices.xml", indices_read }, { "sentences.xml", read_sentences },
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
