/* From the text of an expression to its operations, by recursive descent through XPath's
 * levels of precedence.  Whatever is not known (an axis, a function, a sign) ends it with
 * NULL, and the expression is libxml2's: nothing is ever half ours. */
#include "layout/quick.h"

#include "layout/quick_op.h"
#include "layout/reader.h"

#include <libxml/xpath.h>
#include <string.h>

enum { DEEPEST = 64 };

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

/* The axis at the reader; a child where none is named. */
static enum q_axis make_axis(struct making *m)
{
    static const struct { const char *name; enum q_axis axis; } axes[] = {
        { "child::", Q_CHILD }, { "attribute::", Q_ATTRIBUTE }, { "self::", Q_SELF }, { "preceding-sibling::", Q_PRECEDING },
        { "ancestor-or-self::", Q_ANCESTOR_SELF }, { "parent::", Q_PARENT }, { "@", Q_ATTRIBUTE },
    };
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
        if (reader_taken(&m->r, axes[i].name))
            return axes[i].axis;
    return Q_CHILD;
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
    s->axis = make_axis(m);
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
