/* A reader of XPath 1.0 that works out what each path can meet.
 *
 * libxml2 has compiled the expression before, so the grammar is known to be
 * right; what is wanted here is which elements a path may arrive at.  Each
 * step maps a set of the card's elements to another (card_schema.c); a step
 * that arrives nowhere is a fault: such a path could never match, on no card. */
#include "layout/check.h"

#include <string.h>

struct reader {
    struct layout *l;
    const struct env *env;
    const struct expr *x;
    struct diag *d;
    const char *p;
    bool told;                     /* one fault an expression */
    bool whole;                    /* the function is all of the expression */
};

static const struct kind TEXT = { .is = KIND_TEXT }, ANY = { .is = KIND_ANY };

static struct kind expression(struct reader *r, const struct kind *context);

struct kind kind_element(const char *name)
{
    int k = card_schema_find(name);
    return k < 0 ? ANY : (struct kind){ .is = KIND_NODES, .elements = (card_set_t)1 << k };
}

/* ---- letters ---- */

static void blanks(struct reader *r)
{
    r->p += strspn(r->p, " \t\r\n");
}

static bool taken(struct reader *r, const char *s)
{
    blanks(r);
    size_t n = strlen(s);
    if (strncmp(r->p, s, n) != 0)
        return false;
    r->p += n;
    return true;
}

static bool name_char(char ch)
{
    unsigned char c = (unsigned char)ch;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
           c >= 0x80;
}

static bool digit(char c)
{
    return c >= '0' && c <= '9';
}

static const char *name(struct reader *r)
{
    size_t n = 0;
    blanks(r);
    if (digit(*r->p) || *r->p == '-' || *r->p == '.')
        return NULL;
    while (name_char(r->p[n]))
        n++;
    if (!n)
        return NULL;
    const char *s = arena_strndup(&r->l->arena, r->p, n);
    r->p += n;
    return s;
}

static bool word_operator(struct reader *r)
{
    static const char *const words[] = { "and", "or", "mod", "div" };
    blanks(r);
    for (int i = 0; i < 4; i++) {
        size_t n = strlen(words[i]);
        if (strncmp(r->p, words[i], n) == 0 && !name_char(r->p[n])) {
            r->p += n;
            return true;
        }
    }
    return false;
}

static bool operator(struct reader *r)
{
    static const char *const signs[] = { "!=", "<=", ">=", "=", "<", ">", "+", "-", "*" };
    for (int i = 0; i < 9; i++)
        if (taken(r, signs[i]))
            return true;
    return word_operator(r);
}

/* ---- faults ---- */

static void expected_one(struct reader *r, const char *word, const char **names, size_t n)
{
    const char *near = diag_nearest(word, names, n);
    struct buf b = { 0 };
    for (size_t i = 0; i < n && b.len < 160; i++)
        buf_printf(&b, "%s%s", i ? ", " : "", names[i]);
    if (near)
        diag_expected(r->d, _("\"%s\", the nearest name"), near);
    else if (n)
        diag_expected(r->d, _("one of %s%s"), b.data, b.len >= 160 ? " ..." : "");
    buf_clear(&b);
}

static const char *element_list(struct reader *r, card_set_t set)
{
    const char *first = "";
    int n = 0;
    for (int i = 0; i < card_schema_count(); i++)
        if (set >> i & 1 && n++ == 0)
            first = card_schema_name(i);
    return n > 1 ? arena_printf(&r->l->arena, _("<%s> and the like"), first)
         : n == 1 ? arena_printf(&r->l->arena, "<%s>", first) : _("the document");
}

static bool fault(struct reader *r)
{
    if (r->told)
        return false;
    r->told = true;
    return true;
}

static struct kind no_element(struct reader *r, const char *word, card_set_t from, card_set_t could, bool root)
{
    const char *names[64];
    size_t n = 0;
    if (!fault(r))
        return ANY;
    for (int i = 0; i < card_schema_count() && n < 64; i++)
        if (could >> i & 1)
            names[n++] = card_schema_name(i);
    if (card_schema_find(word) < 0)
        diag_error(r->d, r->x->at, _("\"%s\": the card has no element \"%s\""), r->x->text, word);
    else
        diag_error(r->d, r->x->at, _("\"%s\" can never match: no \"%s\" there, at %s"), r->x->text, word,
                   root ? _("the document") : element_list(r, from));
    if (card_schema_find(word) < 0 && !diag_nearest(word, names, n)) {
        n = 0;
        for (int i = 0; i < card_schema_count() && n < 64; i++)
            names[n++] = card_schema_name(i);
    }
    expected_one(r, word, names, n);
    return ANY;
}

static struct kind no_attribute(struct reader *r, const char *word, card_set_t of)
{
    const char *names[128];
    if (!fault(r))
        return ANY;
    size_t n = card_schema_attributes(of, &r->l->arena, names, 128);
    if (!card_schema_with(~(card_set_t)0, word))
        diag_error(r->d, r->x->at, _("\"%s\": the card has no attribute \"%s\""), r->x->text, word);
    else
        diag_error(r->d, r->x->at, _("\"%s\" can never match: %s has no attribute \"%s\""), r->x->text,
                   element_list(r, of), word);
    expected_one(r, word, names, n);
    return ANY;
}

/* ---- steps ---- */

enum axis { CHILD, ATTRIBUTE, DESCENDANT, DESCENDANT_SELF, PARENT, ANCESTOR, ANCESTOR_SELF, SELF, SIBLING, WIDE };

static card_set_t closure(card_set_t set, card_set_t (*step)(card_set_t))
{
    card_set_t all = 0, now = step(set);
    while (now & ~all) {
        all |= now;
        now = step(now);
    }
    return all;
}

static const card_set_t ROOT_ELEMENT = 1; /* <the> is the first of the table */

static card_set_t owners(const struct kind *k)
{
    return k->attributes_of | k->text_of;
}

static card_set_t along(enum axis axis, const struct kind *k)
{
    card_set_t e = k->elements;
    switch (axis) {
    case CHILD: return card_schema_children(e) | (k->root ? ROOT_ELEMENT : 0);
    case DESCENDANT: return closure(e, card_schema_children) |
                            (k->root ? ROOT_ELEMENT | closure(ROOT_ELEMENT, card_schema_children) : 0);
    case DESCENDANT_SELF: return e | along(DESCENDANT, k);
    case PARENT: return card_schema_parents(e) | owners(k);
    case ANCESTOR: return closure(e, card_schema_parents) | owners(k) | closure(owners(k), card_schema_parents);
    case ANCESTOR_SELF: return e | along(ANCESTOR, k);
    case SELF: return e;
    case SIBLING: return card_schema_children(card_schema_parents(e));
    default: return ~(card_set_t)0 >> (64 - card_schema_count());
    }
}

static bool axis_named(struct reader *r, enum axis *axis)
{
    static const struct { const char *name; enum axis axis; } axes[] = {
        { "child", CHILD }, { "attribute", ATTRIBUTE }, { "descendant-or-self", DESCENDANT_SELF },
        { "descendant", DESCENDANT }, { "parent", PARENT }, { "ancestor-or-self", ANCESTOR_SELF },
        { "ancestor", ANCESTOR }, { "self", SELF }, { "following-sibling", SIBLING }, { "preceding-sibling", SIBLING },
        { "following", WIDE }, { "preceding", WIDE }, { "namespace", WIDE },
    };
    *axis = CHILD;
    if (taken(r, "@")) {
        *axis = ATTRIBUTE;
        return true;
    }
    const char *start = r->p;
    const char *word = name(r);
    if (word && taken(r, "::"))
        for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
            if (strcmp(word, axes[i].name) == 0) {
                *axis = axes[i].axis;
                return true;
            }
    r->p = start;
    return false;
}

static void predicates(struct reader *r, const struct kind *k)
{
    while (taken(r, "[")) {
        expression(r, k);
        if (!taken(r, "]"))
            return;
    }
}

static struct kind attribute_step(struct reader *r, const struct kind *k, const char *word)
{
    struct kind out = { .is = KIND_NODES };
    if (k->is == KIND_ANY)
        return card_schema_with(~(card_set_t)0, word) || !word ? ANY : no_attribute(r, word, ~(card_set_t)0);
    out.attributes_of = card_schema_with(k->elements, word);
    if (!out.attributes_of && word)
        return no_attribute(r, word, k->elements);
    return out;
}

static struct kind named_step(struct reader *r, const struct kind *k, enum axis axis, const char *word)
{
    int element = card_schema_find(word);
    if (k->is == KIND_ANY)
        return element >= 0 ? kind_element(word) : no_element(r, word, 0, 0, false);
    card_set_t could = along(axis, k);
    if (element < 0 || !(could >> element & 1)) /* self::x among others is a question, not a fault */
        return axis == SELF && element >= 0 ? ANY
             : no_element(r, word, k->elements | owners(k), could, k->root && !k->elements);
    return kind_element(word);
}

static struct kind step(struct reader *r, const struct kind *k)
{
    struct kind out = { .is = KIND_NODES };
    enum axis axis;
    if (k->is == KIND_TEXT)
        k = &ANY;
    if (taken(r, "..")) {
        if (k->is == KIND_ANY)
            return ANY;
        out.elements = along(PARENT, k);
        out.root = (k->elements & ROOT_ELEMENT) != 0;
        return out;
    }
    if (taken(r, "."))
        return *k;
    axis_named(r, &axis);
    if (taken(r, "*")) {
        if (axis == ATTRIBUTE)
            out = attribute_step(r, k, NULL);
        else if (k->is == KIND_ANY)
            out = ANY;
        else
            out.elements = along(axis, k);
    } else {
        const char *word = name(r);
        if (word && taken(r, "(")) { /* node(), text(), comment() */
            while (*r->p && *r->p != ')')
                r->p++;
            taken(r, ")");
            if (k->is == KIND_ANY || axis == ATTRIBUTE)
                out = axis == ATTRIBUTE && k->is != KIND_ANY ? attribute_step(r, k, NULL) : ANY;
            else if (strcmp(word, "text") == 0)
                out.text_of = axis == CHILD ? k->elements : k->elements | along(axis, k);
            else {
                out.elements = along(axis, k);
                out.text_of = k->elements;
            }
        } else if (word && *r->p == ':') {
            while (*r->p && (*r->p == ':' || *r->p == '*' || name_char(*r->p)))
                r->p++;
            out = ANY;
        } else if (word)
            out = axis == ATTRIBUTE ? attribute_step(r, k, word) : named_step(r, k, axis, word);
        else
            out = ANY;
    }
    predicates(r, &out);
    return out;
}

static struct kind steps(struct reader *r, struct kind k)
{
    for (;;) {
        if (taken(r, "//")) {
            struct kind all = k;
            if (k.is == KIND_NODES)
                all.elements = along(DESCENDANT_SELF, &k);
            k = step(r, &all);
        } else if (taken(r, "/"))
            k = step(r, &k);
        else
            return k;
    }
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
    if (!fault(r))
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
    if (fine || !fault(r))
        return;
    diag_error(r->d, r->x->at, _("%s() has no meaning here"), word);
    diag_expected(r->d, "%s", _(places[i].where));
}

/* A literal argument at the reader, unread; NULL if it is none. */
static const char *literal(struct reader *r)
{
    blanks(r);
    if (*r->p != '\'' && *r->p != '"')
        return NULL;
    const char *end = strchr(r->p + 1, *r->p);
    return end ? arena_strndup(&r->l->arena, r->p + 1, (size_t)(end - r->p - 1)) : NULL;
}

static void check_format(struct reader *r, const char *format)
{
    const char *names[64];
    size_t n = 0;
    if (!format || format_find(r->l, format) || !fault(r))
        return;
    for (; n < r->l->n_formats && n < 64; n++)
        names[n] = r->l->formats[n].name;
    diag_error(r->d, r->x->at, _("unknown number format \"%s\""), format);
    expected_one(r, format, names, n);
}

static const struct key_def *check_key(struct reader *r, const char *key)
{
    const char *names[64];
    size_t n = 0;
    for (size_t i = 0; key && i < r->l->n_keys; i++)
        if (strcmp(r->l->keys[i].name, key) == 0)
            return &r->l->keys[i];
    if (!key || !fault(r))
        return NULL;
    for (; n < r->l->n_keys && n < 64; n++)
        names[n] = r->l->keys[n].name;
    diag_error(r->d, r->x->at, _("unknown key \"%s\""), key);
    expected_one(r, key, names, n);
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
    return a;
}

static struct kind function(struct reader *r, const char *word, const struct kind *context)
{
    const struct known_function *f = find_function(word);
    const struct key_def *key = NULL;
    struct kind given = TEXT;
    int n = 0;
    if (!f)
        unknown_function(r, word);
    else
        misplaced(r, word);
    while (!taken(r, ")") && *r->p) {
        const char *text = literal(r);
        if (n == 1 && strcmp(word, "num") == 0)
            check_format(r, text);
        if (n == 0 && strcmp(word, "key") == 0)
            key = check_key(r, text);
        struct kind argument = expression(r, context);
        if (!(n == 0 && strcmp(word, "if") == 0))
            given = both(r, given, argument);
        n++;
        if (!taken(r, ","))
            blanks(r);
        if (!*r->p || (*r->p != ')' && n > 32))
            break;
    }
    if (f && (n < f->least || n > f->most) && fault(r)) {
        diag_error(r->d, r->x->at, _("%s() with %d arguments"), word, n);
        diag_expected(r->d, f->least == f->most ? _("%d") : _("%d to %d"), f->least, f->most);
    }
    if (!f)
        return ANY;
    if (strcmp(word, "cmp") == 0)
        return with_literal(r, with_literal(r, with_literal(r, with_literal(r, TEXT, "na"), "gt"), "eq"), "lt");
    if (f->gives == GIVES_TEXT)
        return TEXT;
    if (strcmp(word, "current") == 0)
        return r->env->node;
    if (strcmp(word, "sentences") == 0)
        return kind_element("cau");
    if (strcmp(word, "key") == 0)
        return key ? key->kind : ANY;
    if (strcmp(word, "rows") == 0)
        return ANY;
    return given;
}

static struct kind variable(struct reader *r)
{
    const char *word = name(r), *names[64];
    size_t n = 0;
    for (const struct known_variable *v = r->env->variables; word && v; v = v->up) {
        if (strcmp(v->name, word) == 0)
            return v->kind;
        if (n < 64)
            names[n++] = v->name;
    }
    if (!word || !fault(r))
        return ANY;
    diag_error(r->d, r->x->at, _("unknown variable $%s"), word);
    expected_one(r, word, names, n);
    return ANY;
}

/* ---- expressions ---- */

static bool primary(struct reader *r, const struct kind *context, struct kind *out)
{
    blanks(r);
    const char *start = r->p;
    if (*r->p == '\'' || *r->p == '"') {
        const char *text = literal(r);
        r->p = text ? r->p + strlen(text) + 2 : r->p + strlen(r->p);
        *out = text ? with_literal(r, TEXT, text) : TEXT;
        return true;
    }
    if (digit(*r->p) || (*r->p == '.' && digit(r->p[1]))) {
        while (digit(*r->p) || *r->p == '.')
            r->p++;
        *out = TEXT;
        return true;
    }
    if (taken(r, "$")) {
        *out = variable(r);
        return true;
    }
    if (taken(r, "(")) {
        *out = expression(r, context);
        taken(r, ")");
        return true;
    }
    const char *word = name(r);
    blanks(r);
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
        predicates(r, &k);
        return steps(r, k);
    }
    blanks(r);
    if (r->p[0] == '/' && r->p[1] == '/')
        return steps(r, document);
    if (taken(r, "/")) {
        blanks(r);
        if (!*r->p || (!name_char(*r->p) && !strchr("@.*", *r->p)))
            return document;
        k = step(r, &document);
        return steps(r, k);
    }
    k = step(r, context);
    return steps(r, k);
}

static struct kind expression(struct reader *r, const struct kind *context)
{
    struct kind k = TEXT;
    bool scalar = false;
    for (;;) {
        while (taken(r, "-"))
            scalar = true;
        const char *before = r->p;
        k = path(r, context);
        while (taken(r, "|"))
            k = both(r, k, path(r, context));
        if (r->p == before) /* not understood: libxml2 did, so say nothing */
            return ANY;
        if (!operator(r))
            return scalar ? TEXT : k;
        scalar = true;
    }
}

struct kind check_expr(struct layout *l, const struct env *env, const struct expr *x, struct diag *d)
{
    struct reader r = { .l = l, .env = env, .x = x, .d = d, .p = x->text };
    r.whole = x->fast == EXPR_PAGE_NUMBER || x->fast == EXPR_PAGE_COUNT;
    struct kind k = expression(&r, &env->node);
    return r.told ? ANY : k;
}
