/* Expressions at work: simple ones by hand, the others by libxml2. */
#include "layout/bind.h"
#include "layout/mark.h"
#include "layout/number.h"
#include "layout/quick.h"

#include "base/node.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_OPS = 5000000, MAX_ITERATIONS = 2000000 };

struct at place_at(struct binder *b, struct at at)
{
    (void)b;
    return at;
}

static void failed(void *data, xmlErrorPtr e)
{
    struct binder *b = data;
    size_t n = e->message ? strcspn(e->message, "\r\n") : 0;
    diag_error(b->d, b->at, _("the expression fails for %s: %.*s"), b->place, (int)n, e->message ? e->message : "");
}

static xmlXPathObjectPtr lookup(const struct scope *s, const char *name)
{
    while (s && strcmp(s->name, name) != 0)
        s = s->up;
    return s ? s->value : NULL;
}

static xmlXPathObjectPtr variable(void *data, const xmlChar *name, const xmlChar *ns)
{
    struct binder *b = data;
    xmlXPathObjectPtr o = ns ? NULL : lookup(b->now->scope, (const char *)name);
    return o ? xmlXPathObjectCopy(o) : NULL;
}

void eval_setup(struct binder *b)
{
    b->xp = xmlXPathNewContext(b->card);
    if (!b->xp)
        die("out of memory");
    xmlXPathContextSetCache(b->xp, 1, -1, 0);
    b->xp->error = failed;
    b->xp->userData = b;
    xmlXPathRegisterVariableLookup(b->xp, variable, b);
    functions_register(b);
    xmlXPathOrderDocElems(b->card);
}

void eval_finish(struct binder *b)
{
    for (size_t i = 0; i < b->n_kept; i++)
        xmlXPathFreeObject(b->kept[i]);
    xmlXPathFreeContext(b->xp);
}

/* By our own evaluator; false if libxml2 has to do it. */
static bool quickly(struct binder *b, const struct context *c, const struct expr *x, struct value *v)
{
    struct at at = b->at;
    if (!x || !x->quick)
        return false;
    b->at = x->at;
    bool done = quick_eval(b, c, x->quick, v);
    b->at = at;
    return done;
}

static xmlXPathObjectPtr object_of(const struct value *v)
{
    switch (v->is) {
    case VALUE_TEXT: return xmlXPathNewCString(v->text);
    case VALUE_NUMBER: return xmlXPathNewFloat(v->number);
    case VALUE_TRUTH: return xmlXPathNewBoolean(v->truth);
    default: break;
    }
    xmlXPathObjectPtr o = xmlXPathNewNodeSet(NULL);
    for (size_t i = 0; i < v->n; i++)
        xmlXPathNodeSetAddUnique(o->nodesetval, v->nodes[i]);
    return o;
}

xmlXPathObjectPtr eval(struct binder *b, const struct context *c, const struct expr *x)
{
    const struct context *outer = b->now;
    struct at at = b->at;
    size_t errors = b->d->errors;
    struct value quick;
    if (!x || !x->compiled)
        return NULL;
    if (quickly(b, c, x, &quick))
        return object_of(&quick);
    b->now = c;
    b->at = x->at;
    b->xp->node = c->node;
    b->xp->contextSize = c->size;
    b->xp->proximityPosition = c->position;
    b->xp->opLimit = MAX_OPS;
    b->xp->opCount = 0;
    xmlXPathObjectPtr o = xmlXPathCompiledEval(x->compiled, b->xp);
    if (!o && b->d->errors == errors)
        diag_error(b->d, x->at, _("the expression \"%s\" fails for %s"), x->text, b->place);
    b->now = outer;
    b->at = at;
    return o;
}

void keep_object(struct binder *b, xmlXPathObjectPtr o)
{
    *ARENA_PUSH(b->a, b->kept, b->n_kept, b->cap_kept) = o;
}

const struct scope *scope_add(struct binder *b, const struct scope *up, const char *name, xmlXPathObjectPtr o)
{
    struct scope *s = arena_new(b->a, struct scope);
    keep_object(b, o);
    *s = (struct scope){ name, o, up };
    return s;
}

const struct scope *bind_variable(struct binder *b, const struct context *c, const struct elem *e)
{
    const struct attr *name = elem_attr(e, A_NAME), *select = elem_attr(e, A_SELECT);
    xmlXPathObjectPtr o = name && select ? eval(b, c, select->u.expr) : NULL;
    return o ? scope_add(b, c->scope, name->raw, o) : c->scope;
}

bool bind_count(struct binder *b, const struct elem *e)
{
    if (b->stopped)
        return false;
    if (++b->iterations > MAX_ITERATIONS) {
        diag_error(b->d, e->at, _("the layout repeats more than %d times for %s"), MAX_ITERATIONS, b->place);
        b->stopped = true;
    }
    return !b->stopped;
}

/* ---- values ---- */

/* The single node whose attribute a simple expression asks for; false if it is not that simple. */
static bool simple_node(const struct context *c, const struct expr *x, xmlNodePtr *node)
{
    *node = NULL;
    if (x->fast == EXPR_GENERAL || !x->attribute)
        return false;
    if (!x->variable) {
        *node = c->node;
        return true;
    }
    xmlXPathObjectPtr o = lookup(c->scope, x->variable);
    if (!o || o->type != XPATH_NODESET)
        return false;
    if (o->nodesetval && o->nodesetval->nodeNr > 1)
        return false;
    if (o->nodesetval && o->nodesetval->nodeNr == 1)
        *node = o->nodesetval->nodeTab[0];
    return true;
}

static const char *number_text(struct binder *b, double v, bool printed, bool *missing)
{
    struct buf text = { 0 };
    *missing = !isfinite(v);
    if (!*missing)
        number_decimal(v, &text);
    char *point = text.data && printed ? strchr(text.data, '.') : NULL;
    if (point)
        *point = ',';
    const char *s = arena_strdup(b->a, text.data ? text.data : "");
    buf_clear(&text);
    return s;
}

static const char *object_string(struct binder *b, xmlXPathObjectPtr o, bool printed, bool *missing)
{
    if (o->type == XPATH_NODESET && (!o->nodesetval || o->nodesetval->nodeNr == 0)) {
        *missing = true;
        return "";
    }
    if (o->type == XPATH_STRING)
        return arena_strdup(b->a, (const char *)o->stringval);
    if (o->type == XPATH_NUMBER)
        return number_text(b, o->floatval, printed, missing);
    xmlChar *s = xmlXPathCastToString(o);
    const char *copy = arena_strdup(b->a, s ? (const char *)s : "");
    xmlFree(s);
    return copy;
}

const char *eval_string(struct binder *b, const struct context *c, const struct expr *x, bool printed, bool *missing)
{
    xmlNodePtr node;
    *missing = false;
    if (simple_node(c, x, &node)) {
        const xmlAttr *a = node_find(node, x->attribute);
        if (x->fast == EXPR_NUM)
            return num_print(b, format_find(b->l, x->format), a ? node_value(b->a, a) : NULL, node, x->at);
        *missing = !a;
        return a ? node_value(b->a, a) : "";
    }
    struct value v;
    if (quickly(b, c, x, &v)) {
        *missing = v.is == VALUE_NODES && !v.n;
        return v.is == VALUE_NUMBER ? number_text(b, v.number, printed, missing) : value_text(b, &v);
    }
    xmlXPathObjectPtr o = eval(b, c, x);
    if (!o)
        return "";
    const char *s = object_string(b, o, printed, missing);
    xmlXPathFreeObject(o);
    return s;
}

double eval_number(struct binder *b, const struct context *c, const struct expr *x)
{
    xmlNodePtr node;
    if (x->fast != EXPR_NUM && simple_node(c, x, &node)) {
        const xmlAttr *a = node_find(node, x->attribute);
        return a ? xmlXPathCastStringToNumber(BAD_CAST node_value(b->a, a)) : NAN;
    }
    struct value quick;
    if (quickly(b, c, x, &quick))
        return value_number(b, &quick);
    xmlXPathObjectPtr o = eval(b, c, x);
    double v = o ? xmlXPathCastToNumber(o) : NAN;
    if (o)
        xmlXPathFreeObject(o);
    return v;
}

bool eval_test(struct binder *b, const struct context *c, const struct expr *x)
{
    xmlNodePtr node;
    if (x->fast != EXPR_NUM && simple_node(c, x, &node))
        return node_find(node, x->attribute) != NULL;
    struct value quick;
    if (quickly(b, c, x, &quick))
        return value_truth(&quick);
    xmlXPathObjectPtr o = eval(b, c, x);
    bool v = o && xmlXPathCastToBoolean(o);
    if (o)
        xmlXPathFreeObject(o);
    return v;
}

const char *eval_missing(struct binder *b, const struct expr *x)
{
    if (b->l->on_missing == MISSING_ERROR) {
        diag_error(b->d, x->at, _("\"%s\" gives nothing for %s"), x->text, b->place);
        diag_expected(b->d, _("a value, or coalesce(%s, '...'), or on-missing=\"mark\" on <layout>"), x->text);
    }
    return b->l->on_missing == MISSING_MARK ? "-" : "";
}

static const char *eval_template(struct binder *b, const struct context *c, const struct text_template *t, bool printed)
{
    if (t->constant)
        return t->text;
    bool missing;
    const char *first = "";
    struct buf text = { 0 };
    for (size_t i = 0; i < t->n; i++) {
        const char *s = t->pieces[i].text;
        if (!s) {
            const struct expr *x = t->pieces[i].expr;
            s = eval_string(b, c, x, printed, &missing);
            if (missing)
                s = printed ? eval_missing(b, x) : "";
        }
        if (t->n == 1) /* a copy: it may lie in the card, which the pages outlive */
            first = arena_strdup(b->a, s);
        else
            buf_str(&text, s);
    }
    if (t->n > 1)
        first = arena_strdup(b->a, text.data ? text.data : "");
    buf_clear(&text);
    return first;
}

const char *eval_text(struct binder *b, const struct context *c, const struct attr *a)
{
    return a ? text_nfc(b->a, eval_template(b, c, &a->u.text, true)) : NULL;
}

const char *eval_code(struct binder *b, const struct context *c, const struct attr *a)
{
    return a ? eval_template(b, c, &a->u.text, false) : "";
}

double eval_number_attr(struct binder *b, const struct context *c, const struct elem *e, enum attr_id id)
{
    const struct attr *a = elem_attr(e, id);
    if (!a)
        return NAN;
    const struct text_template *t = &a->u.text;
    if (!t->constant && t->n == 1)
        return eval_number(b, c, t->pieces[0].expr);
    return xmlXPathCastStringToNumber(BAD_CAST eval_template(b, c, t, false));
}

/* ---- node sets ---- */

struct sorted { xmlNodePtr node; size_t index; const struct sort_key *keys; size_t n_keys; const char **text; double *number; };

static int compare(const void *pa, const void *pb)
{
    const struct sorted *x = pa, *y = pb;
    for (size_t i = 0; i < x->n_keys; i++) {
        int order;
        if (x->keys[i].number) { /* what is missing comes last, in either direction */
            bool nx = isnan(x->number[i]), ny = isnan(y->number[i]);
            if (nx || ny) {
                if (nx != ny)
                    return nx ? 1 : -1;
                continue;
            }
            order = (x->number[i] > y->number[i]) - (x->number[i] < y->number[i]);
        } else {
            bool ex = !*x->text[i], ey = !*y->text[i];
            if (ex != ey)
                return ex ? 1 : -1;
            order = text_compare(x->text[i], y->text[i]);
        }
        if (order)
            return x->keys[i].descending ? -order : order;
    }
    return x->index < y->index ? -1 : 1;
}

static void sort_nodes(struct binder *b, const struct context *c, const struct attr *sort, struct nodes *nodes)
{
    const struct sort_key *keys = sort->u.sort.v;
    size_t n_keys = sort->u.sort.n;
    struct sorted *s = xcalloc(nodes->n, sizeof *s);
    const char **text = xcalloc(nodes->n * n_keys, sizeof *text);
    double *number = xcalloc(nodes->n * n_keys, sizeof *number);
    for (size_t i = 0; i < nodes->n; i++) {
        struct context at = *c;
        bool missing;
        at.node = nodes->v[i];
        at.position = (int)i + 1;
        at.size = (int)nodes->n;
        s[i] = (struct sorted){ nodes->v[i], i, keys, n_keys, text + i * n_keys, number + i * n_keys };
        for (size_t k = 0; k < n_keys; k++) {
            if (keys[k].number)
                s[i].number[k] = eval_number(b, &at, keys[k].expr);
            else
                s[i].text[k] = eval_string(b, &at, keys[k].expr, false, &missing);
        }
    }
    qsort(s, nodes->n, sizeof *s, compare);
    for (size_t i = 0; i < nodes->n; i++)
        nodes->v[i] = s[i].node;
    free(number);
    free(text);
    free(s);
}

/* Axes that run backwards give their nodes in no reliable order. */
static bool runs_back(const char *expr)
{
    return strstr(expr, "preceding") || strstr(expr, "ancestor") || strchr(expr, '|');
}

/* A source's sentences in the order of their letters: libxml2 sorts what an
 * expression gives into document order, so this one is not left to it. */
static bool used_sentences(struct binder *b, const struct context *c, const char *expr, struct nodes *out)
{
    if (strcmp(expr, "sentences()") != 0)
        return false;
    xmlNodeSetPtr set = xmlXPathNodeSetCreate(NULL);
    mark_sentences(b, c->node, set);
    out->v = arena_array(b->a, xmlNodePtr, (size_t)set->nodeNr);
    for (int i = 0; i < set->nodeNr; i++)
        out->v[out->n++] = set->nodeTab[i];
    xmlXPathFreeNodeSet(set);
    return true;
}

static bool nodes_sorted(struct binder *b, const struct context *c, const struct elem *e, struct nodes *out)
{
    const struct attr *sort = elem_attr(e, A_SORT);
    if (sort && out->n > 1)
        sort_nodes(b, c, sort, out);
    double limit = eval_number_attr(b, c, e, A_LIMIT);
    if (limit >= 0 && limit < (double)out->n)
        out->n = (size_t)limit;
    return true;
}

bool eval_nodes(struct binder *b, const struct context *c, const struct elem *e, struct nodes *out)
{
    const struct attr *select = elem_attr(e, A_SELECT);
    *out = (struct nodes){ 0 };
    if (select && used_sentences(b, c, select->raw, out))
        return true;
    struct value quick;
    bool done = select && quickly(b, c, select->u.expr, &quick) && quick.is == VALUE_NODES;
    if (done) { /* a copy: it may be sorted */
        out->v = arena_array(b->a, xmlNodePtr, quick.n);
        out->n = quick.n;
        for (size_t i = 0; i < quick.n; i++)
            out->v[i] = quick.nodes[i];
        return nodes_sorted(b, c, e, out);
    }
    xmlXPathObjectPtr o = select ? eval(b, c, select->u.expr) : NULL;
    if (!o)
        return false;
    if (o->type != XPATH_NODESET) {
        diag_error(b->d, select->at, _("\"%s\" gives no nodes"), select->raw);
        diag_expected(b->d, _("a path such as linh-vuc/chi-tieu"));
        xmlXPathFreeObject(o);
        return false;
    }
    xmlNodeSetPtr set = o->nodesetval;
    if (set && runs_back(select->raw))
        xmlXPathNodeSetSort(set);
    out->v = arena_array(b->a, xmlNodePtr, set ? (size_t)set->nodeNr : 0);
    for (int i = 0; set && i < set->nodeNr; i++)
        if (set->nodeTab[i]->type != XML_NAMESPACE_DECL) /* those die with the set */
            out->v[out->n++] = set->nodeTab[i];
    xmlXPathFreeObject(o);
    return nodes_sorted(b, c, e, out);
}
