/* The functions beyond XPath 1.0; their meaning: layouts/README.md. */
#include "layout/bind.h"
#include "layout/mark.h"
#include "layout/number.h"

#include "base/node.h"
#include "base/utf8.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct binder *binder(xmlXPathParserContextPtr p)
{
    return p->context->userData;
}

static bool is_empty(const xmlXPathObject *o)
{
    switch (o->type) {
    case XPATH_NODESET: return !o->nodesetval || o->nodesetval->nodeNr == 0;
    case XPATH_STRING: return !o->stringval || !*o->stringval;
    case XPATH_NUMBER: return !isfinite(o->floatval);
    default: return false;
    }
}

/* Decimal text of a value: a node's own digits, so that nothing is lost through binary. */
static void decimal(xmlXPathObjectPtr o, struct buf *out)
{
    if (o->type == XPATH_NUMBER) {
        number_decimal(o->floatval, out);
        return;
    }
    xmlChar *s = xmlXPathCastToString(o);
    buf_str(out, s ? (const char *)s : "");
    xmlFree(s);
}

static void push_text(xmlXPathParserContextPtr p, struct buf *b)
{
    valuePush(p, xmlXPathNewCString(b->data ? b->data : ""));
    buf_clear(b);
}

static void push_nothing(xmlXPathParserContextPtr p)
{
    valuePush(p, xmlXPathNewNodeSet(NULL));
}

static bool arity(xmlXPathParserContextPtr p, int n, int least, int most)
{
    if (n >= least && n <= most)
        return true;
    xmlXPathSetArityError(p);
    return false;
}

/* The printed qualifier of a value: what stands beside gia-tri in the card. */
static void qualifier(const struct number_format *f, const xmlNode *owner, struct arena *a, struct buf *out)
{
    const xmlAttr *sign = f->qualifier == QUALIFIER_HIDE ? NULL
                        : node_find(owner, f->qualifier == QUALIFIER_WORD ? "dau-chu" : "dau");
    if (!sign)
        return;
    buf_str(out, node_value(a, sign));
    buf_str(out, "\u00A0");
}

const char *num_print(struct binder *b, const struct number_format *f, const char *digits, xmlNodePtr owner, struct at at)
{
    static const struct number_format plain = { .decimals_most = 9, .grouping = true, .minus = "\u2212",
                                                .missing = "-" };
    struct buf out = { 0 };
    f = f ? f : &plain;
    if (!digits)
        return f->missing;
    qualifier(f, owner, b->a, &out);
    if (!number_print(f, digits, &out))
        diag_error(b->d, at, _("\"%s\" is no number for num(), at %s"), digits, b->place);
    const char *s = arena_strdup(b->a, out.data ? out.data : "");
    buf_clear(&out);
    return s;
}

static void f_num(xmlXPathParserContextPtr p, int n)
{
    struct binder *b = binder(p);
    if (!arity(p, n, 1, 2))
        return;
    xmlChar *name = n == 2 ? xmlXPathPopString(p) : NULL;
    xmlXPathObjectPtr o = valuePop(p);
    const struct number_format *f = name ? format_find(b->l, (const char *)name) : NULL;
    struct buf digits = { 0 };
    xmlNodePtr owner = o && o->type == XPATH_NODESET && !is_empty(o) ? o->nodesetval->nodeTab[0] : NULL;
    if (owner && owner->type == XML_ATTRIBUTE_NODE)
        owner = owner->parent;
    if (name && !f)
        diag_error(b->d, b->at, _("unknown number format \"%s\""), (const char *)name);
    if (o && !is_empty(o))
        decimal(o, &digits);
    valuePush(p, xmlXPathNewCString(num_print(b, f, digits.data, owner, b->at)));
    xmlFree(name);
    xmlXPathFreeObject(o);
    buf_clear(&digits);
}

/* date(), ky(), upper(): a text into another; what is missing stays missing. */
static void convert(xmlXPathParserContextPtr p, int n, bool (*print)(const char *, const char *, struct buf *),
                    const char *otherwise, const char *what)
{
    xmlChar *how = n == 2 ? xmlXPathPopString(p) : NULL;
    xmlXPathObjectPtr o = valuePop(p);
    struct binder *b = binder(p);
    struct buf out = { 0 };
    bool empty = !o || is_empty(o);
    if (!empty) {
        xmlChar *s = xmlXPathCastToString(o);
        if (!print((const char *)s, how ? (const char *)how : otherwise, &out))
            diag_error(b->d, b->at, _("\"%s\" is no %s, at %s"), (const char *)s, what, b->place);
        xmlFree(s);
    }
    xmlFree(how);
    xmlXPathFreeObject(o);
    if (empty)
        push_nothing(p);
    else
        push_text(p, &out);
}

static bool print_period(const char *s, const char *how, struct buf *out)
{
    return period_print(s, strcmp(how, "ngan") == 0, out);
}

static bool print_upper(const char *s, const char *how, struct buf *out)
{
    (void)how;
    text_upper(s, false, out);
    return true;
}

static bool print_capital(const char *s, const char *how, struct buf *out)
{
    (void)how;
    text_upper(s, true, out);
    return true;
}

/* Groups and quarters: 3 is III. */
static bool print_roman(const char *s, const char *how, struct buf *out)
{
    static const struct { int value; const char *sign; } signs[] = {
        { 50, "L" }, { 40, "XL" }, { 10, "X" }, { 9, "IX" }, { 5, "V" }, { 4, "IV" }, { 1, "I" },
    };
    char *end;
    long v = strtol(s, &end, 10);
    (void)how;
    if (*end || v < 1 || v > 89)
        return false;
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; v >= signs[i].value; v -= signs[i].value)
            buf_str(out, signs[i].sign);
    return true;
}

static void f_roman(xmlXPathParserContextPtr p, int n)
{
    if (arity(p, n, 1, 1))
        convert(p, n, print_roman, "", _("number from 1 to 89"));
}

static void f_date(xmlXPathParserContextPtr p, int n)
{
    if (arity(p, n, 1, 2))
        convert(p, n, date_print, "dd/MM/yyyy", _("date"));
}

static void f_ky(xmlXPathParserContextPtr p, int n)
{
    if (arity(p, n, 1, 2))
        convert(p, n, print_period, "", _("period"));
}

static void f_upper(xmlXPathParserContextPtr p, int n)
{
    if (arity(p, n, 1, 1))
        convert(p, n, print_upper, "", "");
}

static void f_capital(xmlXPathParserContextPtr p, int n)
{
    if (arity(p, n, 1, 1))
        convert(p, n, print_capital, "", "");
}

static void f_if(xmlXPathParserContextPtr p, int n)
{
    if (!arity(p, n, 2, 3))
        return;
    xmlXPathObjectPtr otherwise = n == 3 ? valuePop(p) : xmlXPathNewCString(""), then = valuePop(p);
    bool test = xmlXPathPopBoolean(p);
    xmlXPathFreeObject(test ? otherwise : then);
    valuePush(p, test ? then : otherwise);
}

static void f_coalesce(xmlXPathParserContextPtr p, int n)
{
    xmlXPathObjectPtr best = NULL;
    if (!arity(p, n, 1, 32))
        return;
    for (int i = 0; i < n; i++) { /* from the last to the first */
        xmlXPathObjectPtr o = valuePop(p);
        if (o && (!best || !is_empty(o))) {
            xmlXPathFreeObject(best);
            best = o;
        } else
            xmlXPathFreeObject(o);
    }
    if (best)
        valuePush(p, best);
    else
        push_nothing(p);
}

static double number_of(xmlXPathObjectPtr o)
{
    return o && !is_empty(o) ? xmlXPathCastToNumber(o) : NAN;
}

static void f_cmp(xmlXPathParserContextPtr p, int n)
{
    if (!arity(p, n, 2, 2))
        return;
    xmlXPathObjectPtr ob = valuePop(p), oa = valuePop(p);
    double x = number_of(oa), y = number_of(ob);
    const char *s = isnan(x) || isnan(y) ? "na" : x < y ? "lt" : x > y ? "gt" : "eq";
    xmlXPathFreeObject(oa);
    xmlXPathFreeObject(ob);
    valuePush(p, xmlXPathNewCString(s));
}

/* Rank of v among the values of a set: ties share it; 'giam': less is better. */
static void f_rank(xmlXPathParserContextPtr p, int n)
{
    if (!arity(p, n, 2, 3))
        return;
    xmlChar *way = n == 3 ? xmlXPathPopString(p) : NULL;
    xmlXPathObjectPtr set = valuePop(p), o = valuePop(p);
    double v = number_of(o);
    int sign = way && strcmp((const char *)way, "giam") == 0 ? -1 : 1, rank = 1;
    bool ok = !isnan(v) && set && set->type == XPATH_NODESET;
    for (int i = 0; ok && set->nodesetval && i < set->nodesetval->nodeNr; i++)
        rank += sign * (xmlXPathCastNodeToNumber(set->nodesetval->nodeTab[i]) - v) > 0;
    xmlFree(way);
    xmlXPathFreeObject(set);
    xmlXPathFreeObject(o);
    if (ok)
        valuePush(p, xmlXPathNewFloat(rank));
    else
        push_nothing(p);
}

static void f_least(xmlXPathParserContextPtr p, int n, int sign)
{
    if (!arity(p, n, 1, 1))
        return;
    xmlXPathObjectPtr set = valuePop(p);
    double best = NAN;
    if (set && set->type == XPATH_NODESET && set->nodesetval)
        for (int i = 0; i < set->nodesetval->nodeNr; i++) {
            double v = xmlXPathCastNodeToNumber(set->nodesetval->nodeTab[i]);
            if (!isnan(v) && (isnan(best) || sign * (v - best) > 0))
                best = v;
        }
    xmlXPathFreeObject(set);
    if (isnan(best))
        push_nothing(p);
    else
        valuePush(p, xmlXPathNewFloat(best));
}

static void f_min(xmlXPathParserContextPtr p, int n)
{
    f_least(p, n, -1);
}

static void f_max(xmlXPathParserContextPtr p, int n)
{
    f_least(p, n, 1);
}

static void f_join(xmlXPathParserContextPtr p, int n)
{
    if (!arity(p, n, 2, 3))
        return;
    xmlChar *last = n == 3 ? xmlXPathPopString(p) : NULL, *between = xmlXPathPopString(p);
    xmlXPathObjectPtr set = valuePop(p);
    struct buf out = { 0 };
    int count = set && set->type == XPATH_NODESET && set->nodesetval ? set->nodesetval->nodeNr : 0;
    for (int i = 0; i < count; i++) {
        xmlChar *s = xmlXPathCastNodeToString(set->nodesetval->nodeTab[i]);
        if (i)
            buf_str(&out, (const char *)(last && i == count - 1 ? last : between));
        buf_str(&out, s ? (const char *)s : "");
        xmlFree(s);
    }
    xmlFree(last);
    xmlFree(between);
    xmlXPathFreeObject(set);
    push_text(p, &out);
}

/* The first n letters, cut at a blank, with an ellipsis after a cut. */
static void cut(const char *s, size_t most, struct buf *out)
{
    size_t len = strlen(s), n = 0, at = 0, space = 0;
    while (at < len && n < most) {
        uint32_t c;
        size_t step = utf8_decode(s + at, len - at, &c);
        if (s[at] == ' ')
            space = at;
        at += step ? step : 1;
        n++;
    }
    if (at >= len) {
        buf_str(out, s);
        return;
    }
    if (s[at] == ' ' || !space)
        space = at;
    while (space && strchr(" ,;:.-", s[space - 1]))
        space--;
    buf_add(out, s, space);
    buf_str(out, " …");
}

static void f_cut(xmlXPathParserContextPtr p, int n)
{
    if (!arity(p, n, 2, 2))
        return;
    double most = xmlXPathPopNumber(p);
    xmlXPathObjectPtr o = valuePop(p);
    struct buf out = { 0 };
    if (!o || is_empty(o)) {
        push_nothing(p);
    } else {
        xmlChar *s = xmlXPathCastToString(o);
        cut((const char *)s, most > 0 && most < 1e6 ? (size_t)most : 0, &out);
        xmlFree(s);
        push_text(p, &out);
    }
    xmlXPathFreeObject(o);
}

static void f_current(xmlXPathParserContextPtr p, int n)
{
    if (arity(p, n, 0, 0))
        valuePush(p, xmlXPathNewNodeSet(binder(p)->now->node));
}

static void f_rows(xmlXPathParserContextPtr p, int n)
{
    struct binder *b = binder(p);
    if (!arity(p, n, 0, 0))
        return;
    xmlXPathObjectPtr o = xmlXPathNewNodeSet(NULL);
    for (size_t i = 0; i < b->rows.n; i++)
        xmlXPathNodeSetAddUnique(o->nodesetval, b->rows.v[i]);
    valuePush(p, o);
}

static void f_group_position(xmlXPathParserContextPtr p, int n)
{
    if (arity(p, n, 0, 0))
        valuePush(p, xmlXPathNewFloat(binder(p)->now->group_position));
}

static void f_group_size(xmlXPathParserContextPtr p, int n)
{
    if (arity(p, n, 0, 0))
        valuePush(p, xmlXPathNewFloat(binder(p)->now->group_size));
}

static void f_group_number(xmlXPathParserContextPtr p, int n)
{
    if (arity(p, n, 0, 0))
        valuePush(p, xmlXPathNewFloat(binder(p)->now->group_number));
}

/* ---- keys ---- */

struct key_entry { const char *value; xmlNodePtr node; struct key_entry *next; };
struct key_index { const struct key_def *def; struct key_entry *entries[256]; struct key_index *next; };

static unsigned key_hash(const char *s)
{
    unsigned h = 0;
    while (*s)
        h = h * 33 + (unsigned char)*s++;
    return h % 256;
}

static void key_fill(struct binder *b, struct key_index *k)
{
    struct context c = { .node = xmlDocGetRootElement(b->card), .position = 1, .size = 1, .scope = b->params };
    xmlXPathObjectPtr o = eval(b, &c, k->def->match);
    if (o && o->type == XPATH_NODESET && o->nodesetval)
        for (int i = o->nodesetval->nodeNr - 1; i >= 0; i--) { /* backwards: chains end in document order */
            struct context at = c;
            bool missing;
            struct key_entry *e = arena_new(b->a, struct key_entry);
            at.node = o->nodesetval->nodeTab[i];
            e->value = eval_string(b, &at, k->def->use, false, &missing);
            e->node = at.node;
            struct key_entry **slot = &k->entries[key_hash(e->value)];
            e->next = *slot;
            *slot = e;
        }
    xmlXPathFreeObject(o);
}

static const struct key_index *key_find(struct binder *b, const char *name)
{
    for (struct key_index *k = b->keys; k; k = k->next)
        if (strcmp(k->def->name, name) == 0)
            return k;
    for (size_t i = 0; i < b->l->n_keys; i++)
        if (strcmp(b->l->keys[i].name, name) == 0) {
            struct key_index *k = arena_new(b->a, struct key_index);
            k->def = &b->l->keys[i];
            k->next = b->keys;
            b->keys = k;
            key_fill(b, k);
            return k;
        }
    return NULL;
}

static void key_add(const struct key_index *k, const char *value, xmlNodeSetPtr out)
{
    for (const struct key_entry *e = k->entries[key_hash(value)]; e; e = e->next)
        if (strcmp(e->value, value) == 0)
            xmlXPathNodeSetAdd(out, e->node);
}

static void f_key(xmlXPathParserContextPtr p, int n)
{
    struct binder *b = binder(p);
    if (!arity(p, n, 2, 2))
        return;
    xmlXPathObjectPtr v = valuePop(p), found = xmlXPathNewNodeSet(NULL);
    xmlChar *name = xmlXPathPopString(p);
    xmlNodePtr node = b->xp->node; /* filling the index moves the context */
    int size = b->xp->contextSize, position = b->xp->proximityPosition;
    const struct key_index *k = name ? key_find(b, (const char *)name) : NULL;
    b->xp->node = node;
    b->xp->contextSize = size;
    b->xp->proximityPosition = position;
    if (!k)
        diag_error(b->d, b->at, _("unknown key \"%s\""), name ? (const char *)name : "");
    else if (v && v->type == XPATH_NODESET) {
        for (int i = 0; v->nodesetval && i < v->nodesetval->nodeNr; i++) {
            xmlChar *s = xmlXPathCastNodeToString(v->nodesetval->nodeTab[i]);
            key_add(k, (const char *)s, found->nodesetval);
            xmlFree(s);
        }
    } else if (v) {
        xmlChar *s = xmlXPathCastToString(v);
        key_add(k, (const char *)s, found->nodesetval);
        xmlFree(s);
    }
    xmlFree(name);
    xmlXPathFreeObject(v);
    valuePush(p, found);
}

/* ---- sources: the numbers of the document or sentence that the context stands on ---- */

static void f_source_number(xmlXPathParserContextPtr p, int n)
{
    struct binder *b = binder(p);
    if (!arity(p, n, 0, 0))
        return;
    int number = mark_number(b, b->now->node);
    if (number)
        valuePush(p, xmlXPathNewFloat(number));
    else
        push_nothing(p);
}

static void f_source_letter(xmlXPathParserContextPtr p, int n)
{
    struct binder *b = binder(p);
    if (!arity(p, n, 0, 0))
        return;
    const char *letter = mark_letter(b, b->now->node);
    if (letter)
        valuePush(p, xmlXPathNewCString(letter));
    else
        push_nothing(p);
}

static void f_source_back(xmlXPathParserContextPtr p, int n)
{
    struct binder *b = binder(p);
    if (arity(p, n, 0, 0))
        valuePush(p, xmlXPathNewCString(mark_back(b, b->now->node)));
}

static void f_sentences(xmlXPathParserContextPtr p, int n)
{
    struct binder *b = binder(p);
    if (!arity(p, n, 0, 0))
        return;
    xmlXPathObjectPtr o = xmlXPathNewNodeSet(NULL);
    mark_sentences(b, b->now->node, o->nodesetval);
    valuePush(p, o);
}

static const struct { const char *name; xmlXPathFunction f; } functions[] = {
    { "num", f_num }, { "date", f_date }, { "ky", f_ky }, { "if", f_if }, { "coalesce", f_coalesce },
    { "cmp", f_cmp }, { "rank", f_rank }, { "min", f_min }, { "max", f_max }, { "join", f_join }, { "cut", f_cut },
    { "upper", f_upper }, { "upper-first", f_capital }, { "roman", f_roman }, { "current", f_current }, { "key", f_key }, { "rows", f_rows },
    { "group-position", f_group_position }, { "group-size", f_group_size }, { "group-number", f_group_number }, { "source-number", f_source_number },
    { "source-letter", f_source_letter }, { "source-back", f_source_back }, { "sentences", f_sentences },
};

void functions_register(struct binder *b)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        xmlXPathRegisterFunc(b->xp, BAD_CAST functions[i].name, functions[i].f);
}
