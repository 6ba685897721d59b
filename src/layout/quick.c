#include "layout/quick.h"

#include "base/node.h"
#include "layout/mark.h"
#include "layout/number.h"
#include "layout/reader.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

enum { MAX_OPS = 5000000, DEEPEST = 64 };

/* ---- compiled ---- */

enum op { OP_LITERAL, OP_NUMBER, OP_VARIABLE, OP_PATH, OP_CALL, OP_OR, OP_AND, OP_EQ, OP_NE, OP_LT, OP_LE, OP_GT, OP_GE,
          OP_ADD, OP_SUB };
enum q_axis { Q_CHILD, Q_ATTRIBUTE, Q_SELF, Q_PARENT, Q_DESCENDANT /* //name */, Q_PRECEDING, Q_ANCESTOR_SELF };
enum call { CALL_IF, CALL_NOT, CALL_BOOLEAN, CALL_TRUE, CALL_FALSE, CALL_NUMBER, CALL_STRING, CALL_CONCAT, CALL_COUNT, CALL_LAST,
            CALL_POSITION, CALL_STARTS, CALL_CONTAINS, CALL_LENGTH, CALL_COALESCE, CALL_CURRENT, CALL_NUM,
            CALL_SOURCE_NUMBER, CALL_SOURCE_LETTER };

struct q_step {
    enum q_axis axis;
    const char *name;              /* NULL: any, of the self and parent axes */
    const struct quick *predicates;
    struct q_step *next;
};
struct quick {
    enum op op;
    enum call call;
    bool root;                     /* a path from the document */
    const char *text;              /* literal, name of a variable */
    double number;
    const struct quick *first, *next; /* operands; of a path: what it starts from, with its predicates in `filter` */
    const struct quick *filter;
    const struct q_step *steps;
};

static const struct { const char *name; enum call call; int least, most; } calls[] = {
    { "if", CALL_IF, 2, 3 }, { "not", CALL_NOT, 1, 1 }, { "boolean", CALL_BOOLEAN, 1, 1 }, { "true", CALL_TRUE, 0, 0 },
    { "false", CALL_FALSE, 0, 0 }, { "number", CALL_NUMBER, 1, 1 }, { "string", CALL_STRING, 1, 1 },
    { "concat", CALL_CONCAT, 2, 16 }, { "count", CALL_COUNT, 1, 1 }, { "last", CALL_LAST, 0, 0 },
    { "position", CALL_POSITION, 0, 0 }, { "starts-with", CALL_STARTS, 2, 2 }, { "contains", CALL_CONTAINS, 2, 2 },
    { "string-length", CALL_LENGTH, 1, 1 }, { "coalesce", CALL_COALESCE, 1, 16 }, { "current", CALL_CURRENT, 0, 0 },
    { "num", CALL_NUM, 1, 2 }, { "source-number", CALL_SOURCE_NUMBER, 0, 0 }, { "source-letter", CALL_SOURCE_LETTER, 0, 0 },
};

struct making { struct reader r; int depth; };

static const struct quick *make(struct making *m);

static struct quick *quick_new(struct making *m, enum op op)
{
    struct quick *q = arena_new(&m->r.l->arena, struct quick);
    q->op = op;
    return q;
}

static bool make_predicates(struct making *m, const struct quick **first)
{
    const struct quick **last = first;
    while (reader_taken(&m->r, "[")) {
        struct quick *q = quick_new(m, OP_CALL);
        const struct quick *inner = make(m);
        if (!inner || !reader_taken(&m->r, "]"))
            return false;
        *q = *inner; /* a copy, to hang into the list */
        q->next = NULL;
        *last = q;
        last = &q->next;
    }
    return true;
}

/* The axis at the reader; false if it is none of ours. */
static bool make_axis(struct making *m, enum q_axis *axis)
{
    static const struct { const char *name; enum q_axis axis; } axes[] = {
        { "child::", Q_CHILD }, { "attribute::", Q_ATTRIBUTE }, { "self::", Q_SELF }, { "preceding-sibling::", Q_PRECEDING },
        { "ancestor-or-self::", Q_ANCESTOR_SELF }, { "parent::", Q_PARENT }, { "@", Q_ATTRIBUTE },
    };
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
        if (reader_taken(&m->r, axes[i].name)) {
            *axis = axes[i].axis;
            return true;
        }
    *axis = Q_CHILD;
    return true;
}

static struct q_step *make_step(struct making *m, bool descendant)
{
    struct reader *r = &m->r;
    struct q_step *s = arena_new(&r->l->arena, struct q_step);
    if (reader_taken(r, "..")) {
        s->axis = Q_PARENT;
        return descendant ? NULL : s;
    }
    reader_blanks(r);
    if (r->p[0] == '.' && !(r->p[1] >= '0' && r->p[1] <= '9')) {
        r->p++;
        s->axis = Q_SELF;
        return descendant ? NULL : s;
    }
    const char *start = r->p;
    make_axis(m, &s->axis);
    s->name = reader_name(r);
    if (!s->name || *r->p == ':' || *r->p == '(' || (descendant && s->axis != Q_CHILD))
        return NULL;
    if (descendant)
        s->axis = Q_DESCENDANT;
    const char *from = r->p;
    if (!make_predicates(m, &s->predicates))
        return NULL;
    /* Places among all descendants are counted from each parent: left to libxml2. */
    const char *text = arena_strndup(&r->l->arena, from, (size_t)(r->p - from));
    if (s->axis == Q_DESCENDANT && (strstr(text, "last(") || strstr(text, "position(")))
        return NULL;
    (void)start;
    return s;
}

static bool make_steps(struct making *m, struct quick *path, bool first)
{
    const struct q_step **last = &path->steps;
    bool deep = false;
    for (;;) {
        bool descendant = !first && reader_taken(&m->r, "//");
        if (!first && !descendant && !reader_taken(&m->r, "/"))
            return true;
        struct q_step *s = make_step(m, descendant);
        if (!s || (deep && s->axis != Q_ATTRIBUTE) || (descendant && path->steps))
            return false;
        deep |= descendant;
        first = false;
        *last = s;
        last = (const struct q_step **)&s->next;
    }
}

static const struct quick *make_call(struct making *m, const char *name)
{
    struct quick *q = quick_new(m, OP_CALL);
    const struct quick **last = &q->first;
    int n = 0;
    size_t i = 0, count = sizeof calls / sizeof *calls;
    while (i < count && strcmp(calls[i].name, name) != 0)
        i++;
    if (i == count)
        return NULL;
    q->call = calls[i].call;
    while (!reader_taken(&m->r, ")")) {
        struct quick *copy = quick_new(m, OP_CALL);
        const struct quick *argument = n && !reader_taken(&m->r, ",") ? NULL : make(m);
        if (!argument)
            return NULL;
        *copy = *argument;
        copy->next = NULL;
        *last = copy;
        last = &copy->next;
        n++;
    }
    return n < calls[i].least || n > calls[i].most ? NULL : q;
}

static const struct quick *make_text(struct making *m)
{
    struct reader *r = &m->r;
    const char *end = strchr(r->p + 1, *r->p);
    struct quick *q = quick_new(m, OP_LITERAL);
    if (!end)
        return NULL;
    q->text = arena_strndup(&r->l->arena, r->p + 1, (size_t)(end - r->p - 1));
    r->p = end + 1;
    return q;
}

static const struct quick *make_number(struct making *m)
{
    struct quick *q = quick_new(m, OP_NUMBER);
    size_t n = strspn(m->r.p, "0123456789.");
    q->number = xmlXPathCastStringToNumber(BAD_CAST arena_strndup(&m->r.l->arena, m->r.p, n));
    m->r.p += n;
    return q;
}

/* What is no path of names: NULL with the reader where it was, or `bad`. */
static const struct quick *make_primary(struct making *m, bool *bad)
{
    struct reader *r = &m->r;
    const struct quick *q = NULL;
    reader_blanks(r);
    const char *start = r->p;
    if (*r->p == '\'' || *r->p == '"')
        *bad = !(q = make_text(m));
    else if ((*r->p >= '0' && *r->p <= '9') || (*r->p == '.' && r->p[1] >= '0' && r->p[1] <= '9'))
        q = make_number(m);
    else if (reader_taken(r, "$")) {
        struct quick *v = quick_new(m, OP_VARIABLE);
        v->text = reader_name(r);
        *bad = !v->text;
        q = v;
    } else if (reader_taken(r, "("))
        *bad = !(q = make(m)) || !reader_taken(r, ")");
    else {
        const char *name = reader_name(r);
        if (name && reader_taken(r, "("))
            *bad = !(q = make_call(m, name));
        else
            r->p = start;
    }
    return q;
}

static const struct quick *make_path(struct making *m)
{
    struct reader *r = &m->r;
    bool bad = false;
    const struct quick *from = make_primary(m, &bad);
    if (bad)
        return NULL;
    struct quick *path = quick_new(m, OP_PATH);
    if (from) {
        path->first = from;
        if (!make_predicates(m, &path->filter) || !make_steps(m, path, false))
            return NULL;
        return path->filter || path->steps ? path : from;
    }
    reader_blanks(r);
    path->root = *r->p == '/';
    if (path->root && (r->p[1] == '/' ? false : !reader_name_char(r->p[1]))) /* "/" alone, "/@x", "/" and a star */
        return NULL;
    return make_steps(m, path, !path->root) ? path : NULL;
}

static const struct quick *make_level(struct making *m, int level)
{
    static const struct { const char *sign; enum op op; } signs[4][5] = {
        { { "or", OP_OR } }, { { "and", OP_AND } },
        { { "!=", OP_NE }, { "<=", OP_LE }, { ">=", OP_GE }, { "=", OP_EQ } }, { { "+", OP_ADD }, { "-", OP_SUB } },
    };
    static const struct { const char *sign; enum op op; } orders[] = { { "<", OP_LT }, { ">", OP_GT } };
    const struct quick *left = level == 3 ? make_path(m) : make_level(m, level + 1);
    while (left) {
        enum op op = OP_LITERAL;
        reader_blanks(&m->r);
        for (size_t i = 0; i < 5 && signs[level][i].sign && op == OP_LITERAL; i++) {
            size_t n = strlen(signs[level][i].sign);
            bool word = level < 2;
            if (strncmp(m->r.p, signs[level][i].sign, n) == 0 && !(word && reader_name_char(m->r.p[n]))) {
                m->r.p += n;
                op = signs[level][i].op;
            }
        }
        for (size_t i = 0; level == 2 && i < 2 && op == OP_LITERAL; i++)
            if (*m->r.p == *orders[i].sign) {
                m->r.p++;
                op = orders[i].op;
            }
        if (op == OP_LITERAL)
            return left;
        const struct quick *right = level == 3 ? make_path(m) : make_level(m, level + 1);
        struct quick *both = quick_new(m, op), *a = quick_new(m, OP_CALL), *b = quick_new(m, OP_CALL);
        if (!right)
            return NULL;
        *a = *left;
        *b = *right;
        a->next = b;
        b->next = NULL;
        both->first = a;
        left = both;
    }
    return NULL;
}

static const struct quick *make(struct making *m)
{
    if (++m->depth > DEEPEST)
        return NULL;
    const struct quick *q = make_level(m, 0);
    m->depth--;
    return q;
}

const struct quick *quick_compile(struct layout *l, const char *text)
{
    struct making m = { .r = { .l = l, .p = text } };
    const struct quick *q = make(&m);
    reader_blanks(&m.r);
    return *m.r.p ? NULL : q; /* "|", "*", "div" and what else is not ours stops before the end */
}

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
