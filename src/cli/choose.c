#include "cli/choose.h"

#include <libxml/xpath.h>
#include <string.h>

struct slugs { const char **items; size_t n; };

/* "lao-cai,ha-noi" */
static struct slugs split(const char *list, struct arena *a)
{
    struct slugs s = { .items = arena_array(a, const char *, strlen(list) + 1) };
    for (const char *p = list; *p;) {
        size_t len = strcspn(p, ",");
        if (len)
            s.items[s.n++] = arena_strndup(a, p, len);
        p += len + (p[len] == ',');
    }
    return s;
}

static bool known(const char *slug, const char *const *all, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i], slug) == 0)
            return true;
    return false;
}

static bool named(const char *list, const struct card_set *cards, struct arena *a, struct slugs *s, struct diag *d)
{
    size_t n, errors = d->errors;
    const char *const *all = card_set_places(cards, false, &n);
    *s = split(list, a);
    for (size_t i = 0; i < s->n; i++) {
        if (known(s->items[i], all, n))
            continue;
        const char *near = diag_nearest(s->items[i], all, n);
        diag_error(d, (struct at){ 0 }, _("there is no place \"%s\" on %s"), s->items[i], card_set_as_of(cards));
        if (near)
            diag_expected(d, "%s", near);
    }
    return d->errors == errors;
}

static void quiet(void *context, xmlErrorPtr error)
{
    (void)context, (void)error;
}

/* Of unknown functions libxml2 tells another. */
static void quiet_words(void *context, const char *format, ...)
{
    (void)context, (void)format;
}

/* Every place's card is made once more for it, which costs a tenth of the PDF. */
static bool keep_where(const char *expression, const struct card_set *cards, struct arena *a, struct batch_options *o,
                       struct diag *d)
{
    const char **kept = arena_array(a, const char *, o->n_places);
    size_t n = 0;
    bool ok = true;
    xmlXPathContextPtr context = xmlXPathNewContext(NULL);
    if (!context)
        die("libxml2: out of memory");
    context->error = quiet;
    xmlSetGenericErrorFunc(NULL, quiet_words);
    xmlXPathCompExprPtr code = xmlXPathCtxtCompile(context, BAD_CAST expression);
    for (size_t i = 0; ok && code && i < o->n_places; i++) {
        xmlDocPtr card = card_make(cards, o->places[i], d);
        ok = card != NULL;
        if (!ok)
            break;
        context->doc = card;
        context->node = xmlDocGetRootElement(card);
        int holds = xmlXPathCompiledEvalToBoolean(code, context);
        if (holds > 0)
            kept[n++] = o->places[i];
        ok = holds >= 0;
        xmlFreeDoc(card);
    }
    if (!code || (!ok && d->errors == 0)) {
        diag_error(d, (struct at){ 0 }, _("--where \"%s\" is no XPath expression on a card"), expression);
        diag_expected(d, "%s", "noi/@vung='Tây Nguyên', chi-so[@ma='papi']/nam[last()]/@nhom=4 ...");
        ok = false;
    }
    xmlSetGenericErrorFunc(NULL, NULL);
    xmlXPathFreeCompExpr(code);
    xmlXPathFreeContext(context);
    o->places = kept;
    o->n_places = n;
    return ok;
}

static bool some(const struct choice *c, const struct card_set *cards, struct arena *a, struct batch_options *o,
                 struct diag *d)
{
    struct slugs s;
    if (strcmp(c->places, "all") == 0) {
        o->places = card_set_places(cards, false, &o->n_places);
        return true;
    }
    if (strcmp(c->places, "facts") == 0) {
        o->places = card_set_places(cards, true, &o->n_places);
        if (!o->n_places)
            diag_error(d, (struct at){ .file = c->db }, _("holds no fact of any place"));
        return o->n_places > 0;
    }
    bool ok = named(c->places, cards, a, &s, d);
    o->places = s.items;
    o->n_places = s.n;
    return ok;
}

bool choose_places(const struct choice *c, const struct card_set *cards, struct arena *a, struct batch_options *o,
                   struct diag *d)
{
    struct slugs only;
    if (!some(c, cards, a, o, d) || (c->only && !named(c->only, cards, a, &only, d)))
        return false;
    const char **kept = arena_array(a, const char *, o->n_places);
    size_t n = 0;
    for (size_t i = 0; c->only && i < o->n_places; i++)
        if (known(o->places[i], only.items, only.n))
            kept[n++] = o->places[i];
    if (c->only) {
        o->places = kept;
        o->n_places = n;
    }
    if (c->where && !keep_where(c->where, cards, a, o, d))
        return false;
    if (!o->n_places && (c->only || c->where))
        diag_error(d, (struct at){ 0 }, _("no place is left by --only and --where"));
    return o->n_places > 0 || !(c->only || c->where);
}
