/* The steps of a path.  Each maps a set of the card's elements to another
 * (card_schema.c); a step that arrives nowhere is a fault: such a path could
 * never match, on no card.  Beside the set goes whether more than one node may
 * be meant: where elements repeat and no predicate picks one of them. */
#include "layout/reader.h"

#include <string.h>

enum axis { CHILD, ATTRIBUTE, DESCENDANT, DESCENDANT_SELF, PARENT, ANCESTOR, ANCESTOR_SELF, SELF, SIBLING, WIDE };

static const card_set_t ROOT_ELEMENT = 1; /* <the> is the first of the table */

static card_set_t closure(card_set_t set, enum card_of card, card_set_t (*step)(card_set_t, enum card_of))
{
    card_set_t all = 0, now = step(set, card);
    while (now & ~all) {
        all |= now;
        now = step(now, card);
    }
    return all;
}

static card_set_t owners(const struct kind *k)
{
    return k->attributes_of | k->text_of;
}

static card_set_t along(enum axis axis, const struct kind *k, enum card_of card)
{
    card_set_t e = k->elements;
    switch (axis) {
    case CHILD: return card_schema_children(e, card) | (k->root ? ROOT_ELEMENT : 0);
    case DESCENDANT: return closure(e, card, card_schema_children) |
                            (k->root ? ROOT_ELEMENT | closure(ROOT_ELEMENT, card, card_schema_children) : 0);
    case DESCENDANT_SELF: return e | along(DESCENDANT, k, card);
    case PARENT: return card_schema_parents(e, card) | owners(k);
    case ANCESTOR: return closure(e, card, card_schema_parents) | owners(k) | closure(owners(k), card, card_schema_parents);
    case ANCESTOR_SELF: return e | along(ANCESTOR, k, card);
    case SELF: return e;
    case SIBLING: return card_schema_children(card_schema_parents(e, card), card);
    default: return ~(card_set_t)0 >> (64 - card_schema_count());
    }
}

static enum axis axis_named(struct reader *r)
{
    static const struct { const char *name; enum axis axis; } axes[] = {
        { "child", CHILD }, { "attribute", ATTRIBUTE }, { "descendant-or-self", DESCENDANT_SELF },
        { "descendant", DESCENDANT }, { "parent", PARENT }, { "ancestor-or-self", ANCESTOR_SELF },
        { "ancestor", ANCESTOR }, { "self", SELF }, { "following-sibling", SIBLING }, { "preceding-sibling", SIBLING },
        { "following", WIDE }, { "preceding", WIDE }, { "namespace", WIDE },
    };
    if (reader_taken(r, "@"))
        return ATTRIBUTE;
    const char *start = r->p;
    const char *word = reader_name(r);
    if (word && reader_taken(r, "::"))
        for (size_t i = 0; i < sizeof axes / sizeof *axes; i++)
            if (strcmp(word, axes[i].name) == 0)
                return axes[i].axis;
    r->p = start;
    return CHILD;
}

void path_predicates(struct reader *r, struct kind *k)
{
    while (reader_taken(r, "[")) {
        if (check_predicate(r, k))
            k->many = false;
        if (!reader_taken(r, "]"))
            return;
    }
}

static struct kind attribute_step(struct reader *r, const struct kind *k, const char *word)
{
    struct kind out = { .is = KIND_NODES, .attribute = word, .many = !word };
    if (k->is == KIND_ANY)
        return !word || card_schema_with(~(card_set_t)0, word, r->env->card)
             ? KIND_UNKNOWN : reader_no_attribute(r, word, ~(card_set_t)0);
    out.attributes_of = card_schema_with(k->elements, word, r->env->card);
    if (!out.attributes_of && word)
        return reader_no_attribute(r, word, k->elements);
    return out;
}

/* May a step along this axis arrive at several elements of the name? */
static bool repeats(enum axis axis, const struct kind *named, enum card_of card)
{
    switch (axis) {
    case CHILD: return card_schema_repeats(named->elements);
    case PARENT: case SELF: return false;
    case ANCESTOR: case ANCESTOR_SELF: return along(DESCENDANT, named, card) & named->elements;
    default: return true;
    }
}

static struct kind named_step(struct reader *r, const struct kind *k, enum axis axis, const char *word)
{
    int element = card_schema_find(word);
    if (k->is == KIND_ANY)
        return element >= 0 ? kind_element(word) : reader_no_element(r, word, 0, 0, false);
    card_set_t could = along(axis, k, r->env->card);
    if (element < 0 || !(could >> element & 1)) /* self::x among others is a question, not a fault */
        return axis == SELF && element >= 0 ? KIND_UNKNOWN
             : reader_no_element(r, word, k->elements | owners(k), could, k->root && !k->elements);
    struct kind out = kind_element(word);
    out.many = repeats(axis, &out, r->env->card);
    return out;
}

/* node(), text(), comment() */
static struct kind type_step(struct reader *r, const struct kind *k, enum axis axis, const char *word)
{
    struct kind out = { .is = KIND_NODES, .many = axis != CHILD || strcmp(word, "text") != 0 };
    r->p += strcspn(r->p, ")");
    reader_taken(r, ")");
    if (k->is == KIND_ANY)
        return KIND_UNKNOWN;
    if (axis == ATTRIBUTE)
        return attribute_step(r, k, NULL);
    if (strcmp(word, "text") == 0) {
        out.text_of = axis == CHILD ? k->elements : k->elements | along(axis, k, r->env->card);
        return out;
    }
    out.elements = along(axis, k, r->env->card);
    out.text_of = k->elements;
    return out;
}

static struct kind node_test(struct reader *r, const struct kind *k, enum axis axis)
{
    if (reader_taken(r, "*")) {
        if (axis == ATTRIBUTE)
            return attribute_step(r, k, NULL);
        return k->is == KIND_ANY ? KIND_UNKNOWN
             : (struct kind){ .is = KIND_NODES, .elements = along(axis, k, r->env->card), .many = axis != PARENT && axis != SELF };
    }
    const char *word = reader_name(r);
    if (word && reader_taken(r, "("))
        return type_step(r, k, axis, word);
    if (word && *r->p == ':') { /* a name in a namespace: no card has one, but only libxml2 knows the prefixes */
        while (*r->p == ':' || *r->p == '*' || reader_name_char(*r->p))
            r->p++;
        return KIND_UNKNOWN;
    }
    return !word ? KIND_UNKNOWN : axis == ATTRIBUTE ? attribute_step(r, k, word) : named_step(r, k, axis, word);
}

struct kind path_step(struct reader *r, const struct kind *k)
{
    if (k->is == KIND_TEXT)
        k = &KIND_UNKNOWN;
    if (reader_taken(r, ".."))
        return k->is == KIND_ANY ? KIND_UNKNOWN
             : (struct kind){ .is = KIND_NODES, .elements = along(PARENT, k, r->env->card), .many = k->many,
                              .root = (k->elements & ROOT_ELEMENT) != 0 };
    if (reader_taken(r, "."))
        return *k;
    enum axis axis = axis_named(r);
    struct kind out = node_test(r, k, axis);
    path_predicates(r, &out);
    out.many |= k->many && out.is == KIND_NODES;
    return out;
}

struct kind path_steps(struct reader *r, struct kind k)
{
    for (;;) {
        if (reader_taken(r, "//")) {
            struct kind all = k;
            all.many = true;
            if (k.is == KIND_NODES)
                all.elements = along(DESCENDANT_SELF, &k, r->env->card);
            k = path_step(r, &all);
        } else if (reader_taken(r, "/"))
            k = path_step(r, &k);
        else
            return k;
    }
}
