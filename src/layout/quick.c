/* Working out what quick_make.c compiled.  A set of nodes is kept in document order, and where
 * that is not sure (a step from several nodes whose finds interleave) the answer is false. */
#include "layout/quick.h"

#include "base/node.h"
#include "layout/mark.h"
#include "layout/number.h"
#include "layout/quick_op.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

enum { MAX_OPS = 5000000 };

/* ---- values ---- */

struct scene {                     /* where a part of an expression stands */
    struct binder *b;
    const struct context *top;
    xmlNodePtr node;
    size_t position, size;
    size_t *ops;
};

static const char *node_text(struct binder *b, xmlNodePtr n)
{
    const xmlNode *text = n->children;
    if (n->type == XML_ATTRIBUTE_NODE)
        return node_value(b->a, (const xmlAttr *)n);
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE)
        return n->content ? (const char *)n->content : "";
    if (n->type == XML_ELEMENT_NODE && !text)
        return "";
    if (n->type == XML_ELEMENT_NODE && !text->next && text->type == XML_TEXT_NODE)
        return (const char *)text->content;
    xmlChar *s = xmlNodeGetContent(n);
    const char *copy = arena_strdup(b->a, s ? (const char *)s : "");
    xmlFree(s);
    return copy;
}

const char *value_text(struct binder *b, const struct value *v)
{
    switch (v->is) {
    case VALUE_NODES: return v->n ? node_text(b, v->nodes[0]) : "";
    case VALUE_TRUTH: return v->truth ? "true" : "false";
    case VALUE_TEXT: return v->text;
    default: break;
    }
    xmlChar *s = xmlXPathCastNumberToString(v->number);
    const char *copy = arena_strdup(b->a, (const char *)s);
    xmlFree(s);
    return copy;
}

double value_number(struct binder *b, const struct value *v)
{
    return v->is == VALUE_NUMBER ? v->number : v->is == VALUE_TRUTH ? v->truth
         : xmlXPathCastStringToNumber(BAD_CAST value_text(b, v));
}

bool value_truth(const struct value *v)
{
    switch (v->is) {
    case VALUE_NODES: return v->n > 0;
    case VALUE_TEXT: return *v->text;
    case VALUE_NUMBER: return v->number != 0 && !isnan(v->number);
    default: return v->truth;
    }
}

static bool is_empty(const struct value *v)
{
    return v->is == VALUE_NODES ? !v->n : v->is == VALUE_TEXT ? !*v->text : v->is == VALUE_NUMBER && !isfinite(v->number);
}

static struct value truth(bool t)
{
    return (struct value){ .is = VALUE_TRUTH, .truth = t };
}

static struct value text(const char *s)
{
    return (struct value){ .is = VALUE_TEXT, .text = s };
}

static struct value number(double v)
{
    return (struct value){ .is = VALUE_NUMBER, .number = v };
}

static struct value one_node(struct scene *s, xmlNodePtr node)
{
    struct value v = { .is = VALUE_NODES, .nodes = arena_array(s->b->a, xmlNodePtr, 1), .n = 1 };
    v.nodes[0] = node;
    return v;
}

/* ---- paths ---- */

static bool work(const struct scene *s, const struct quick *q, struct value *out);

struct found { xmlNodePtr *v; size_t n, cap; };

static void find(struct scene *s, struct found *f, xmlNodePtr n)
{
    *ARENA_PUSH(s->b->a, f->v, f->n, f->cap) = n;
}

static bool is_named(const xmlNode *n, const char *name)
{
    return n->type == XML_ELEMENT_NODE && (!name || strcmp((const char *)n->name, name) == 0) && !n->ns;
}

/* Elements of the name below `top`, in document order; without recursion. */
static void find_below(struct scene *s, struct found *f, xmlNodePtr top, const char *name)
{
    xmlNodePtr n = top->children;
    while (n) {
        ++*s->ops;
        if (is_named(n, name))
            find(s, f, n);
        if (n->type == XML_ELEMENT_NODE && n->children) {
            n = n->children;
            continue;
        }
        while (n != top && !n->next)
            n = n->parent;
        n = n == top ? NULL : n->next;
    }
}

/* What a step meets from one node, before predicates, in the axis' own direction. */
static void along(struct scene *s, const struct q_step *step, xmlNodePtr from, struct found *f)
{
    switch (step->axis) {
    case Q_ATTRIBUTE: {
        const xmlAttr *a = node_find(from, step->name);
        if (a)
            find(s, f, (xmlNodePtr)(uintptr_t)a);
        break;
    }
    case Q_CHILD:
        for (xmlNodePtr n = from->type == XML_ATTRIBUTE_NODE ? NULL : from->children; n; n = n->next) {
            ++*s->ops;
            if (is_named(n, step->name))
                find(s, f, n);
        }
        break;
    case Q_SELF:
        if (!step->name || is_named(from, step->name))
            find(s, f, from);
        break;
    case Q_PARENT:
        if (from->parent && (!step->name || is_named(from->parent, step->name)))
            find(s, f, from->parent);
        break;
    case Q_DESCENDANT: find_below(s, f, from, step->name); break;
    case Q_PRECEDING:
        for (xmlNodePtr n = from->type == XML_ATTRIBUTE_NODE ? NULL : from->prev; n; n = n->prev) {
            ++*s->ops;
            if (is_named(n, step->name))
                find(s, f, n);
        }
        break;
    case Q_ANCESTOR_SELF:
        for (xmlNodePtr n = from; n && n->type != XML_DOCUMENT_NODE; n = n->parent)
            if (is_named(n, step->name))
                find(s, f, n);
        break;
    }
}

/* Keeps of v[from..n) those that all predicates hold for. */
static bool filter(const struct scene *s, const struct quick *predicates, bool places, struct found *f, size_t from)
{
    for (const struct quick *p = predicates; p; p = p->next) {
        size_t kept = from, size = f->n - from;
        for (size_t i = from; i < f->n; i++) {
            struct scene at = *s;
            struct value v;
            at.node = f->v[i];
            at.position = i - from + 1;
            at.size = size;
            if (++*s->ops > MAX_OPS || !work(&at, p, &v) || (v.is == VALUE_NUMBER && !places))
                return false;
            if (v.is == VALUE_NUMBER ? v.number == (double)at.position : value_truth(&v))
                f->v[kept++] = f->v[i];
        }
        f->n = kept;
    }
    return true;
}

static bool in_order(const struct found *f)
{
    for (size_t i = 1; i < f->n; i++)
        if (xmlXPathCmpNodes(f->v[i - 1], f->v[i]) != 1)
            return false;
    return true;
}

static bool follow(struct scene *s, const struct q_step *step, struct found *from)
{
    struct found to = { 0 };
    bool back = step->axis == Q_PRECEDING || step->axis == Q_ANCESTOR_SELF;
    if (back && from->n > 1)
        return false;
    for (size_t i = 0; i < from->n; i++) {
        size_t first = to.n;
        if (++*s->ops > MAX_OPS)
            return false;
        along(s, step, from->v[i], &to);
        if (step->predicates && !filter(s, step->predicates, step->axis != Q_DESCENDANT, &to, first))
            return false;
    }
    for (size_t i = 0; back && i < to.n / 2; i++) {
        xmlNodePtr n = to.v[i];
        to.v[i] = to.v[to.n - 1 - i];
        to.v[to.n - 1 - i] = n;
    }
    bool sure = from->n <= 1 || step->axis == Q_ATTRIBUTE || step->axis == Q_SELF || in_order(&to);
    *from = to;
    return sure;
}

static bool path(const struct scene *outer, const struct quick *q, struct value *out)
{
    struct scene scene = *outer, *s = &scene;
    struct found f = { 0 };
    if (q->first) {
        struct value v;
        if (!work(s, q->first, &v) || v.is != VALUE_NODES)
            return false;
        f.v = arena_array(s->b->a, xmlNodePtr, v.n);
        f.n = f.cap = v.n;
        for (size_t i = 0; i < v.n; i++)
            f.v[i] = v.nodes[i];
        if (q->filter && !filter(s, q->filter, true, &f, 0))
            return false;
    } else
        find(s, &f, q->root ? (xmlNodePtr)s->b->card : s->node);
    for (const struct q_step *step = q->steps; step && f.n; step = step->next)
        if (!follow(s, step, &f))
            return false;
    *out = (struct value){ .is = VALUE_NODES, .nodes = f.v, .n = f.n };
    return true;
}

/* ---- comparing ---- */

static bool numbers(enum op op, double a, double b)
{
    switch (op) {
    case OP_EQ: return a == b;
    case OP_NE: return a != b;
    case OP_LT: return a < b;
    case OP_LE: return a <= b;
    case OP_GT: return a > b;
    default: return a >= b;
    }
}

static bool plain(struct binder *b, enum op op, const struct value *x, const struct value *y)
{
    if (op == OP_EQ || op == OP_NE) {
        if (x->is == VALUE_TRUTH || y->is == VALUE_TRUTH)
            return (value_truth(x) == value_truth(y)) == (op == OP_EQ);
        if (x->is != VALUE_NUMBER && y->is != VALUE_NUMBER)
            return (strcmp(value_text(b, x), value_text(b, y)) == 0) == (op == OP_EQ);
    }
    return numbers(op, value_number(b, x), value_number(b, y));
}

/* A set compares by any of its nodes. */
static bool compare(const struct scene *s, enum op op, const struct value *x, const struct value *y)
{
    if ((x->is == VALUE_NODES && y->is == VALUE_TRUTH) || (y->is == VALUE_NODES && x->is == VALUE_TRUTH)) {
        struct value a = truth(value_truth(x)), b = truth(value_truth(y));
        return plain(s->b, op, &a, &b);
    }
    if (x->is == VALUE_NODES) {
        for (size_t i = 0; i < x->n; i++) {
            struct value one = text(node_text(s->b, x->nodes[i]));
            ++*s->ops;
            if (compare(s, op, &one, y))
                return true;
        }
        return false;
    }
    if (y->is == VALUE_NODES) {
        for (size_t i = 0; i < y->n; i++) {
            struct value one = text(node_text(s->b, y->nodes[i]));
            ++*s->ops;
            if (plain(s->b, op, x, &one))
                return true;
        }
        return false;
    }
    return plain(s->b, op, x, y);
}

/* ---- functions ---- */

static bool call_num(const struct scene *s, const struct value *v, const struct value *format, struct value *out)
{
    struct binder *b = s->b;
    const struct number_format *f = format ? format_find(b->l, value_text(b, format)) : NULL;
    xmlNodePtr owner = v->is == VALUE_NODES && v->n ? v->nodes[0] : NULL;
    struct buf digits = { 0 };
    if ((format && !f) || v->is == VALUE_TRUTH)
        return false;
    if (owner && owner->type == XML_ATTRIBUTE_NODE)
        owner = owner->parent;
    const char *word = is_empty(v) ? NULL : v->is == VALUE_NUMBER ? "" : value_text(b, v);
    if (word && v->is == VALUE_NUMBER) {
        number_decimal(v->number, &digits);
        word = digits.data;
    }
    *out = text(num_print(b, f, word, owner, b->at));
    buf_clear(&digits);
    return true;
}

static bool call_concat(const struct scene *s, const struct quick *arguments, struct value *out)
{
    struct buf all = { 0 };
    bool ok = true;
    for (const struct quick *q = arguments; q && ok; q = q->next) {
        struct value v;
        ok = work(s, q, &v);
        if (ok)
            buf_str(&all, value_text(s->b, &v));
    }
    *out = text(arena_strdup(s->b->a, all.data ? all.data : ""));
    buf_clear(&all);
    return ok;
}

static bool call_coalesce(const struct scene *s, const struct quick *arguments, struct value *out)
{
    for (const struct quick *q = arguments; q; q = q->next) {
        if (!work(s, q, out))
            return false;
        if (!is_empty(out))
            return true;
    }
    return true; /* the last, empty as it is */
}

static double letters(const char *s)
{
    double n = 0;
    for (; *s; s++)
        n += ((unsigned char)*s & 0xC0) != 0x80;
    return n;
}

/* Functions that look at what their arguments are. */
static bool call_with(const struct scene *s, const struct quick *q, struct value *out)
{
    struct value a = { 0 }, b = { 0 };
    const struct quick *second = q->first ? q->first->next : NULL;
    if ((q->first && !work(s, q->first, &a)) || (second && !work(s, second, &b)))
        return false;
    switch (q->call) {
    case CALL_NOT: *out = truth(!value_truth(&a)); return true;
    case CALL_BOOLEAN: *out = truth(value_truth(&a)); return true;
    case CALL_NUMBER: *out = number(value_number(s->b, &a)); return true;
    case CALL_STRING: *out = text(value_text(s->b, &a)); return true;
    case CALL_COUNT: *out = number((double)a.n); return a.is == VALUE_NODES;
    case CALL_STARTS: {
        const char *word = value_text(s->b, &b);
        *out = truth(strncmp(value_text(s->b, &a), word, strlen(word)) == 0);
        return true;
    }
    case CALL_CONTAINS: *out = truth(strstr(value_text(s->b, &a), value_text(s->b, &b)) != NULL); return true;
    case CALL_LENGTH: *out = number(letters(value_text(s->b, &a))); return true;
    default: return call_num(s, &a, second ? &b : NULL, out);
    }
}

static bool call(const struct scene *s, const struct quick *q, struct value *out)
{
    struct scene own = *s;
    struct value test;
    switch (q->call) {
    case CALL_IF: {
        if (!work(s, q->first, &test))
            return false;
        const struct quick *then = q->first->next;
        const struct quick *taken = value_truth(&test) ? then : then->next;
        *out = text("");
        return !taken || work(s, taken, out);
    }
    case CALL_TRUE: case CALL_FALSE: *out = truth(q->call == CALL_TRUE); return true;
    case CALL_CONCAT: return call_concat(s, q->first, out);
    case CALL_COALESCE: return call_coalesce(s, q->first, out);
    case CALL_LAST: *out = number((double)s->size); return true;
    case CALL_POSITION: *out = number((double)s->position); return true;
    case CALL_CURRENT: *out = one_node(&own, s->top->node); return true;
    case CALL_SOURCE_NUMBER: {
        int n = mark_number(s->b, s->top->node);
        *out = n ? number(n) : (struct value){ .is = VALUE_NODES };
        return true;
    }
    case CALL_SOURCE_LETTER: {
        const char *letter = mark_letter(s->b, s->top->node);
        *out = letter ? text(letter) : (struct value){ .is = VALUE_NODES };
        return true;
    }
    default: return call_with(s, q, out);
    }
}

static bool variable(const struct scene *s, const char *name, struct value *out)
{
    const struct scope *v = s->top->scope;
    while (v && strcmp(v->name, name) != 0)
        v = v->up;
    if (!v)
        return false;
    const xmlXPathObject *o = v->value;
    switch (o->type) {
    case XPATH_STRING: /* a copy: the boxes outlive the variables */
        *out = text(arena_strdup(s->b->a, (const char *)o->stringval));
        return true;
    case XPATH_NUMBER: *out = number(o->floatval); return true;
    case XPATH_BOOLEAN: *out = truth(o->boolval); return true;
    case XPATH_NODESET: break;
    default: return false;
    }
    struct found f = { .v = o->nodesetval ? o->nodesetval->nodeTab : NULL, .n = o->nodesetval ? (size_t)o->nodesetval->nodeNr : 0 };
    *out = (struct value){ .is = VALUE_NODES, .nodes = f.v, .n = f.n };
    return f.n < 2 || in_order(&f);
}

static bool work(const struct scene *s, const struct quick *q, struct value *out)
{
    struct value a, b;
    if (++*s->ops > MAX_OPS)
        return false;
    switch (q->op) {
    case OP_LITERAL: *out = text(q->text); return true;
    case OP_NUMBER: *out = number(q->number); return true;
    case OP_VARIABLE: return variable(s, q->text, out);
    case OP_PATH: return path(s, q, out);
    case OP_CALL: return call(s, q, out);
    case OP_OR: case OP_AND:
        if (!work(s, q->first, &a))
            return false;
        if (value_truth(&a) == (q->op == OP_OR)) {
            *out = truth(q->op == OP_OR);
            return true;
        }
        if (!work(s, q->first->next, &b))
            return false;
        *out = truth(value_truth(&b));
        return true;
    default: break;
    }
    if (!work(s, q->first, &a) || !work(s, q->first->next, &b))
        return false;
    if (q->op == OP_ADD || q->op == OP_SUB) {
        double x = value_number(s->b, &a), y = value_number(s->b, &b);
        *out = number(q->op == OP_ADD ? x + y : x - y);
    } else
        *out = truth(compare(s, q->op, &a, &b));
    return true;
}

bool quick_eval(struct binder *b, const struct context *c, const struct quick *q, struct value *out)
{
    size_t ops = 0;
    struct scene s = { b, c, c->node, (size_t)c->position, (size_t)c->size, &ops };
    return work(&s, q, out);
}
