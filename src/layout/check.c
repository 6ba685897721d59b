/* A reader of XPath 1.0 that works out what each expression can meet.
 *
 * libxml2 has compiled the expression before, so the grammar is known to be
 * right; what is wanted here is which nodes a path may arrive at (path.c), and
 * what is then done with them: functions that are there, with the arguments
 * they take, and comparisons that ask what was meant.  XPath compares a set of
 * nodes by "any of them": a/b = 'x' holds as soon as one b is x, and a/b != 'x'
 * as soon as one is not, which is seldom what the writer of a layout meant. */
#include "layout/reader.h"

#include <string.h>

static struct kind expression(struct reader *r, const struct kind *context);

struct kind kind_element(const char *name)
{
    int k = card_schema_find(name);
    return k < 0 ? KIND_UNKNOWN : (struct kind){ .is = KIND_NODES, .elements = (card_set_t)1 << k };
}

static struct kind several(struct kind k)
{
    k.many = k.is == KIND_NODES;
    return k;
}

/* ---- functions ---- */

static const struct known_function { const char *name; int least, most; enum { GIVES_TEXT, GIVES_NODES } gives; }
known_functions[] = {
    { "last", 0, 0, GIVES_TEXT }, { "position", 0, 0, GIVES_TEXT }, { "count", 1, 1, GIVES_TEXT },
    { "local-name", 0, 1, GIVES_TEXT }, { "name", 0, 1, GIVES_TEXT }, { "string", 0, 1, GIVES_TEXT },
    { "concat", 2, 32, GIVES_TEXT }, { "starts-with", 2, 2, GIVES_TEXT }, { "contains", 2, 2, GIVES_TEXT },
    { "substring-before", 2, 2, GIVES_TEXT }, { "substring-after", 2, 2, GIVES_TEXT },
    { "substring", 2, 3, GIVES_TEXT }, { "string-length", 0, 1, GIVES_TEXT }, { "normalize-space", 0, 1, GIVES_TEXT },
    { "translate", 3, 3, GIVES_TEXT }, { "boolean", 1, 1, GIVES_TEXT }, { "not", 1, 1, GIVES_TEXT },
    { "true", 0, 0, GIVES_TEXT }, { "false", 0, 0, GIVES_TEXT }, { "number", 0, 1, GIVES_TEXT },
    { "sum", 1, 1, GIVES_TEXT }, { "floor", 1, 1, GIVES_TEXT }, { "ceiling", 1, 1, GIVES_TEXT },
    { "round", 1, 1, GIVES_TEXT },
    { "num", 1, 2, GIVES_TEXT }, { "date", 1, 2, GIVES_TEXT }, { "ky", 1, 2, GIVES_TEXT }, { "if", 2, 3, GIVES_NODES },
    { "coalesce", 1, 32, GIVES_NODES }, { "cmp", 2, 2, GIVES_TEXT }, { "rank", 2, 3, GIVES_TEXT },
    { "min", 1, 1, GIVES_TEXT }, { "max", 1, 1, GIVES_TEXT }, { "join", 2, 3, GIVES_TEXT }, { "cut", 2, 2, GIVES_TEXT },
    { "upper", 1, 1, GIVES_TEXT }, { "upper-first", 1, 1, GIVES_TEXT }, { "roman", 1, 1, GIVES_TEXT }, { "current", 0, 0, GIVES_NODES },
    { "key", 2, 2, GIVES_NODES }, { "rows", 0, 0, GIVES_NODES }, { "group-position", 0, 0, GIVES_TEXT },
    { "group-size", 0, 0, GIVES_TEXT }, { "group-number", 0, 0, GIVES_TEXT }, { "source-number", 0, 0, GIVES_TEXT }, { "source-letter", 0, 0, GIVES_TEXT },
    { "source-back", 0, 0, GIVES_TEXT }, { "sentences", 0, 0, GIVES_NODES }, { "page-number", 0, 0, GIVES_TEXT },
    { "page-count", 0, 0, GIVES_TEXT },
};

static const struct known_function *find_function(const char *word)
{
    for (size_t i = 0; i < sizeof known_functions / sizeof *known_functions; i++)
        if (strcmp(known_functions[i].name, word) == 0)
            return &known_functions[i];
    return NULL;
}

static void unknown_function(struct reader *r, const char *word)
{
    const char *names[sizeof known_functions / sizeof *known_functions];
    size_t n = 0;
    for (; n < sizeof names / sizeof *names; n++)
        names[n] = known_functions[n].name;
    if (!reader_fault(r))
        return;
    diag_error(r->d, r->x->at, _("unknown function %s()"), word);
    const char *near = diag_nearest(word, names, n);
    if (near)
        diag_expected(r->d, _("%s(), the nearest name"), near);
    else
        diag_expected(r->d, _("a function of XPath 1.0, or num, date, ky, if, coalesce, cmp, rank, key, join, cut ..."));
}

static void misplaced(struct reader *r, const char *word)
{
    static const struct { const char *name, *where; } places[] = {
        { "page-number", N_("alone in its braces, in a <header> or <footer> of a page") },
        { "page-count", N_("alone in its braces, in a <header> or <footer> of a page") },
        { "source-number", N_("inside <sources>") }, { "source-letter", N_("inside <sources>") },
        { "source-back", N_("inside <sources>") }, { "sentences", N_("inside <sources>") },
        { "rows", N_("inside <total>, <group-header> or <group-footer>") },
        { "group-position", N_("in a table with group-by") }, { "group-size", N_("in a table with group-by") },
        { "group-number", N_("in a table with group-by") },
    };
    size_t i = 0, n = sizeof places / sizeof *places;
    while (i < n && strcmp(places[i].name, word) != 0)
        i++;
    if (i == n)
        return;
    bool fine = i < 2 ? r->env->running && r->whole : i < 6 ? r->env->sources : i < 7 ? r->env->rows : r->env->grouped;
    if (fine || !reader_fault(r))
        return;
    diag_error(r->d, r->x->at, _("%s() has no meaning here"), word);
    diag_expected(r->d, "%s", _(places[i].where));
}

/* A literal argument at the reader, unread; NULL if it is none. */
static const char *literal(struct reader *r)
{
    reader_blanks(r);
    if (*r->p != '\'' && *r->p != '"')
        return NULL;
    const char *end = strchr(r->p + 1, *r->p);
    return end ? arena_strndup(&r->l->arena, r->p + 1, (size_t)(end - r->p - 1)) : NULL;
}

static void check_format(struct reader *r, const char *format)
{
    const char *names[64];
    size_t n = 0;
    if (!format || format_find(r->l, format) || !reader_fault(r))
        return;
    for (; n < r->l->n_formats && n < 64; n++)
        names[n] = r->l->formats[n].name;
    diag_error(r->d, r->x->at, _("unknown number format \"%s\""), format);
    reader_expected(r, format, names, n);
}

static const struct key_def *check_key(struct reader *r, const char *key)
{
    const char *names[64];
    size_t n = 0;
    for (size_t i = 0; key && i < r->l->n_keys; i++)
        if (strcmp(r->l->keys[i].name, key) == 0)
            return &r->l->keys[i];
    if (!key || !reader_fault(r))
        return NULL;
    for (; n < r->l->n_keys && n < 64; n++)
        names[n] = r->l->keys[n].name;
    diag_error(r->d, r->x->at, _("unknown key \"%s\""), key);
    reader_expected(r, key, names, n);
    return NULL;
}

static struct kind with_literal(struct reader *r, struct kind k, const char *text)
{
    struct literal *one = arena_new(&r->l->arena, struct literal);
    *one = (struct literal){ text, k.literals };
    k.literals = one;
    return k;
}

static struct kind both(struct reader *r, struct kind a, struct kind b)
{
    for (const struct literal *t = a.literals; t; t = t->next)
        b = with_literal(r, b, t->text);
    a.literals = b.literals;
    if (a.is == KIND_TEXT || b.is == KIND_TEXT)
        return a.is == KIND_TEXT ? b : a;
    if (a.is == KIND_ANY || b.is == KIND_ANY)
        return (struct kind){ .is = KIND_ANY, .literals = a.literals };
    a.elements |= b.elements;
    a.attributes_of |= b.attributes_of;
    a.text_of |= b.text_of;
    a.root |= b.root;
    a.many |= b.many;
    a.attribute = NULL;
    return a;
}

static struct kind function(struct reader *r, const char *word, const struct kind *context)
{
    const struct known_function *f = find_function(word);
    const struct key_def *key = NULL;
    struct kind given = KIND_OF_TEXT;
    int n = 0;
    if (!f)
        unknown_function(r, word);
    else
        misplaced(r, word);
    while (!reader_taken(r, ")") && *r->p) {
        const char *text = literal(r);
        if (n == 1 && strcmp(word, "num") == 0)
            check_format(r, text);
        if (n == 0 && strcmp(word, "key") == 0)
            key = check_key(r, text);
        r->denied = strcmp(word, "not") == 0;
        struct kind argument = expression(r, context);
        r->denied = false;
        if (!(n == 0 && strcmp(word, "if") == 0))
            given = both(r, given, argument);
        n++;
        if (!reader_taken(r, ","))
            reader_blanks(r);
        if (!*r->p || (*r->p != ')' && n > 32))
            break;
    }
    if (f && (n < f->least || n > f->most) && reader_fault(r)) {
        diag_error(r->d, r->x->at, _("%s() with %d arguments"), word, n);
        diag_expected(r->d, f->least == f->most ? _("%d") : _("%d to %d"), f->least, f->most);
    }
    if (!f)
        return KIND_UNKNOWN;
    if (strcmp(word, "cmp") == 0)
        return with_literal(r, with_literal(r, with_literal(r, with_literal(r, KIND_OF_TEXT, "na"), "gt"), "eq"), "lt");
    if (f->gives == GIVES_TEXT)
        return KIND_OF_TEXT;
    if (strcmp(word, "current") == 0)
        return r->env->node;
    if (strcmp(word, "sentences") == 0)
        return several(kind_element("cau"));
    if (strcmp(word, "key") == 0)
        return key ? key->kind : KIND_UNKNOWN;
    if (strcmp(word, "rows") == 0)
        return several(r->env->row);
    return given;
}

static struct kind variable(struct reader *r)
{
    const char *word = reader_name(r), *names[64];
    size_t n = 0;
    for (const struct known_variable *v = r->env->variables; word && v; v = v->up) {
        if (strcmp(v->name, word) == 0)
            return v->kind;
        if (n < 64)
            names[n++] = v->name;
    }
    if (!word || !reader_fault(r))
        return KIND_UNKNOWN;
    diag_error(r->d, r->x->at, _("unknown variable $%s"), word);
    reader_expected(r, word, names, n);
    return KIND_UNKNOWN;
}

/* ---- expressions ---- */

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool primary(struct reader *r, const struct kind *context, struct kind *out)
{
    reader_blanks(r);
    const char *start = r->p;
    if (*r->p == '\'' || *r->p == '"') {
        const char *text = literal(r);
        r->p = text ? r->p + strlen(text) + 2 : r->p + strlen(r->p);
        *out = text ? with_literal(r, KIND_OF_TEXT, text) : KIND_OF_TEXT;
        return true;
    }
    if (digit(*r->p) || (*r->p == '.' && digit(r->p[1]))) {
        while (digit(*r->p) || *r->p == '.')
            r->p++;
        *out = KIND_OF_TEXT;
        return true;
    }
    if (reader_taken(r, "$")) {
        *out = variable(r);
        return true;
    }
    if (reader_taken(r, "(")) {
        *out = expression(r, context);
        reader_taken(r, ")");
        return true;
    }
    const char *word = reader_name(r);
    reader_blanks(r);
    if (word && *r->p == '(' && strcmp(word, "node") != 0 && strcmp(word, "text") != 0 && strcmp(word, "comment") != 0 &&
        strcmp(word, "processing-instruction") != 0) {
        r->p++;
        *out = function(r, word, context);
        return true;
    }
    r->p = start;
    return false;
}

static struct kind path(struct reader *r, const struct kind *context)
{
    static const struct kind document = { .is = KIND_NODES, .root = true };
    struct kind k;
    if (primary(r, context, &k)) {
        path_predicates(r, &k);
        return path_steps(r, k);
    }
    reader_blanks(r);
    if (r->p[0] == '/' && r->p[1] == '/')
        return path_steps(r, document);
    if (reader_taken(r, "/")) {
        reader_blanks(r);
        if (!*r->p || (!reader_name_char(*r->p) && !strchr("@.*", *r->p)))
            return document;
        k = path_step(r, &document);
        return path_steps(r, k);
    }
    struct kind one = *context; /* a predicate stands on one node after the other */
    one.many = false;
    k = path_step(r, &one);
    return path_steps(r, k);
}

/* An operand, as far as a predicate around it asks. */
struct term {
    struct kind kind;
    const char *from, *to;         /* its text */
    bool number;                   /* [3], [last()], [last() - 1]: a place among the nodes */
    bool picks;                    /* as a predicate it holds for one node at most */
};

static bool says(const struct term *t, const char *text)
{
    size_t n = strlen(text);
    return (size_t)(t->to - t->from) == n && memcmp(t->from, text, n) == 0;
}

/* The name of the context's own attribute, "@ma"; NULL if the term is anything else. */
static const char *own_attribute(const struct term *t)
{
    const char *name = t->kind.is == KIND_NODES ? t->kind.attribute : NULL;
    return name && *t->from == '@' && (size_t)(t->to - t->from) == strlen(name) + 1 ? name : NULL;
}

static struct term unary(struct reader *r, const struct kind *context)
{
    struct term t = { .kind = KIND_UNKNOWN };
    bool minus = false;
    while (reader_taken(r, "-"))
        minus = true;
    reader_blanks(r);
    t.from = r->p;
    struct kind k = path(r, context);
    while (reader_taken(r, "|"))
        k = several(both(r, k, path(r, context)));
    t.to = r->p;
    while (t.to > t.from && strchr(" \t\r\n", t.to[-1]))
        t.to--;
    if (t.to == t.from) /* not understood: libxml2 did, so say nothing */
        return t;
    t.kind = minus ? KIND_OF_TEXT : k;
    t.number = digit(*t.from) || says(&t, "last()") || (*t.from == '$' && k.is == KIND_TEXT);
    const char *own = own_attribute(&t);
    t.picks = t.number || (own && card_schema_tells_apart(context->elements, own, true));
    return t;
}

enum level { OR, AND, EQUALITY, ORDER, SUM, PRODUCT, LEVELS };
static const char *const operators[LEVELS][5] = {
    { "or" }, { "and" }, { "!=", "=" }, { "<=", ">=", "<", ">" }, { "+", "-" }, { "*", "div", "mod" },
};

static const char *operator(struct reader *r, enum level level)
{
    reader_blanks(r);
    for (const char *const *op = operators[level]; *op; op++) {
        size_t n = strlen(*op);
        bool word = (*op)[0] >= 'a' && (*op)[0] <= 'z';
        if (strncmp(r->p, *op, n) == 0 && !(word && reader_name_char(r->p[n]))) {
            r->p += n;
            return *op;
        }
    }
    return NULL;
}

/* An attribute of a few words beside a text that is none of them. */
static void check_words(struct reader *r, const struct term *a, const struct term *b)
{
    const struct literal *text = b->kind.is == KIND_TEXT ? b->kind.literals : NULL;
    const char *words = text && !text->next && a->kind.attribute ? card_schema_words(a->kind.attributes_of, a->kind.attribute) : NULL;
    const char *names[16];
    size_t n = 0;
    if (!words || (*b->from != '\'' && *b->from != '"') || card_word_among(words, text->text) || !reader_fault(r))
        return;
    for (const char *p = words; p && n < 16; p = strchr(p, '|') ? strchr(p, '|') + 1 : NULL)
        names[n++] = arena_strndup(&r->l->arena, p, strcspn(p, "|"));
    diag_error(r->d, r->x->at, _("\"%s\" can never match: %s is never \"%s\""), r->x->text, a->kind.attribute, text->text);
    reader_expected(r, text->text, names, n);
}

/* A set beside a single node asks "is it among them", two sets "have they one in common": both are meant so. */
static void check_one(struct reader *r, const struct term *a, const char *op, const struct term *b)
{
    if (a->kind.is != KIND_NODES || !a->kind.many || b->kind.is == KIND_ANY || r->asked || r->denied ||
        (b->kind.is == KIND_NODES && strcmp(op, "=") == 0))
        return;
    r->asked = true;
    diag_warning(r->d, r->x->at, _("\"%s\": %.*s may be several nodes, and %s holds as soon as it holds for one of them"),
                 r->x->text, (int)(a->to - a->from), a->from, op);
    diag_expected(r->d, _("one node, such as a[1]/@b or a[@ma='x']/@b; or, for any of them, a[@b = 'x']"));
}

static struct term join(struct reader *r, const struct kind *context, enum level level, const char *op, struct term a, struct term b)
{
    struct term t = { .kind = KIND_OF_TEXT, .from = a.from, .to = b.to };
    if (level == AND)
        t.picks = a.picks || b.picks;
    if (level == SUM || level == PRODUCT)
        t.number = t.picks = a.number && b.number;
    if (level != EQUALITY && level != ORDER)
        return t;
    check_words(r, &a, &b);
    check_words(r, &b, &a);
    check_one(r, &a, op, &b);
    check_one(r, &b, op, &a);
    for (int turn = 0; turn < 2 && strcmp(op, "=") == 0; turn++) {
        const struct term *x = turn ? &b : &a, *y = turn ? &a : &b;
        const char *own = own_attribute(x);
        bool apart = own && card_schema_tells_apart(context->elements, own, false);
        t.picks |= (apart || says(x, "position()")) && !y->kind.many && y->kind.is != KIND_ANY;
    }
    return t;
}

static struct term binary(struct reader *r, const struct kind *context, enum level level)
{
    struct term t = level + 1 == LEVELS ? unary(r, context) : binary(r, context, level + 1);
    for (const char *op; t.to > t.from && (op = operator(r, level));) {
        struct term right = level + 1 == LEVELS ? unary(r, context) : binary(r, context, level + 1);
        t = join(r, context, level, op, t, right);
    }
    return t;
}

static struct kind expression(struct reader *r, const struct kind *context)
{
    return binary(r, context, OR).kind;
}

bool check_predicate(struct reader *r, const struct kind *context)
{
    bool denied = r->denied;
    r->denied = false;
    bool picks = binary(r, context, OR).picks;
    r->denied = denied;
    return picks;
}

struct kind check_expr(struct layout *l, const struct env *env, const struct expr *x, struct diag *d)
{
    struct reader r = { .l = l, .env = env, .x = x, .d = d, .p = x->text };
    r.whole = x->fast == EXPR_PAGE_NUMBER || x->fast == EXPR_PAGE_COUNT;
    struct kind k = expression(&r, &env->node);
    return r.told ? KIND_UNKNOWN : k;
}
