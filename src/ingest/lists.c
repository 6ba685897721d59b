/* How lists are counted: WordprocessingML's numbering definitions (ECMA-376, part 1, 17.9) and
 * OpenDocument's list styles (part 3, 16.31).  Both come down to a text for each level ("%1.%2.", where
 * %1 stands for the count of the first) and a form for its count.  Lists of Word that share a definition
 * share its counts, unless one says where it starts. */
#include "ingest/lists.h"

#include "ingest/nodes.h"

#include <stdio.h>

enum { LISTS_MAX = 2000, LIST_TEXT_MAX = 120, COUNT_MAX = 99999 };

struct level {
    const char *format;  /* "decimal", "lowerLetter", ...; NULL: no number */
    const char *text, *style;
    int start, count;
    bool begun;
};
struct scheme { const char *id; struct level levels[LIST_LEVELS]; };
struct list { const char *id; struct scheme *scheme; int start[LIST_LEVELS]; /* 0: as the scheme has it */ };
struct lists {
    struct arena *a;
    struct scheme **schemes; size_t n_schemes, cap_schemes;
    struct list *items; size_t n, cap;
    struct list *last;   /* most paragraphs go on with the list before them */
    char text[LIST_TEXT_MAX + 16];
};

/* ---- counts as text ---- */

static void roman(char *out, int n)
{
    static const struct { int value; const char *sign; } signs[] = {
        { 1000, "M" }, { 900, "CM" }, { 500, "D" }, { 400, "CD" }, { 100, "C" }, { 90, "XC" },
        { 50, "L" },   { 40, "XL" },  { 10, "X" },  { 9, "IX" },   { 5, "V" },   { 4, "IV" }, { 1, "I" },
    };
    *out = '\0';
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; n >= signs[i].value; n -= signs[i].value)
            strcat(out, signs[i].sign);
}

/* Past z Word and LibreOffice double the letter: aa, bb. */
static void letters(char *out, int n)
{
    int times = (n - 1) / 26 + 1;
    times = times > 8 ? 8 : times;
    memset(out, 'A' + (n - 1) % 26, (size_t)times);
    out[times] = '\0';
}

static bool begins(const char *s, const char *with)
{
    return strncmp(s, with, strlen(with)) == 0;
}

static void count_text(char out[32], const char *format, int n)
{
    bool small = begins(format, "lower");
    if (strcmp(format, "none") == 0)
        *out = '\0';
    else if (n < 1 || n > 999 || !(begins(format, "upper") || small))
        snprintf(out, 32, strcmp(format, "decimalZero") == 0 ? "%02d" : "%d", n);
    else if (strcmp(format + 5, "Roman") == 0)
        roman(out, n);
    else
        letters(out, n);
    for (char *p = out; small && *p; p++)
        *p = (char)(*p >= 'A' && *p <= 'Z' ? *p + 32 : *p);
}

/* ---- counting ---- */

static struct list *list_named(const struct lists *l, const char *id)
{
    if (l->last && strcmp(l->last->id, id) == 0)
        return l->last;
    for (size_t i = 0; i < l->n; i++)
        if (strcmp(l->items[i].id, id) == 0)
            return &l->items[i];
    return NULL;
}

const char *lists_next(struct lists *l, const char *id, int level)
{
    struct list *list = l && level >= 0 && level < LIST_LEVELS ? list_named(l, id) : NULL;
    if (!list)
        return "";
    l->last = list;
    struct level *levels = list->scheme->levels, *own = &levels[level];
    if (list->start[level]) {
        own->count = list->start[level];
        list->start[level] = 0; /* once */
    } else {
        own->count = own->begun ? own->count + (own->count < COUNT_MAX) : own->start;
    }
    own->begun = true;
    for (int i = level + 1; i < LIST_LEVELS; i++)
        levels[i].begun = false;
    size_t n = 0;
    for (const char *s = own->format && own->text ? own->text : ""; *s && n < LIST_TEXT_MAX - 32; s++) {
        int of = s[0] == '%' ? s[1] - '1' : -1;
        if (of < 0 || of >= LIST_LEVELS) {
            l->text[n++] = *s;
            continue;
        }
        const struct level *k = &levels[of];
        count_text(l->text + n, k->format ? k->format : "none", k->begun ? k->count : k->start);
        n += strlen(l->text + n);
        s++;
    }
    if (n && l->text[n - 1] != ' ')
        l->text[n++] = ' ';
    l->text[n] = '\0';
    return l->text;
}

void lists_restart(struct lists *l, const char *id)
{
    struct list *list = l ? list_named(l, id) : NULL;
    for (int i = 0; list && i < LIST_LEVELS; i++)
        list->scheme->levels[i].begun = false;
}

void lists_set(struct lists *l, const char *id, int level, int value)
{
    struct list *list = l && level >= 0 && level < LIST_LEVELS ? list_named(l, id) : NULL;
    if (list && value > 0)
        list->start[level] = value < COUNT_MAX ? value : COUNT_MAX;
}

int lists_level_of_style(const struct lists *l, const char *id, const char *style)
{
    const struct list *list = l && *style ? list_named(l, id) : NULL;
    for (int i = 0; list && i < LIST_LEVELS; i++)
        if (list->scheme->levels[i].style && strcmp(list->scheme->levels[i].style, style) == 0)
            return i;
    return -1;
}

/* ---- definitions ---- */

static struct scheme *add_scheme(struct lists *l, const char *id)
{
    if (l->n_schemes >= LISTS_MAX)
        return NULL;
    struct scheme *s = arena_new(l->a, struct scheme);
    s->id = arena_strdup(l->a, id);
    for (int i = 0; i < LIST_LEVELS; i++)
        s->levels[i].start = 1;
    *ARENA_PUSH(l->a, l->schemes, l->n_schemes, l->cap_schemes) = s;
    return s;
}

static struct list *add_list(struct lists *l, const char *id, struct scheme *s)
{
    if (!s || l->n >= LISTS_MAX)
        return NULL;
    struct list *list = ARENA_PUSH(l->a, l->items, l->n, l->cap);
    *list = (struct list){ .id = arena_strdup(l->a, id), .scheme = s };
    return list;
}

static void word_level(struct lists *l, struct scheme *s, const xmlNode *lvl)
{
    struct level *k = &s->levels[node_number(node_attribute(lvl, "ilvl"), 0, LIST_LEVELS - 1)];
    const char *format = node_attribute(node_child(lvl, "numFmt"), "val"), *start = node_attribute(node_child(lvl, "start"), "val");
    k->format = strcmp(format, "bullet") == 0 ? NULL : arena_strdup(l->a, *format ? format : "decimal");
    k->text = arena_strdup(l->a, node_attribute(node_child(lvl, "lvlText"), "val"));
    k->style = arena_strdup(l->a, node_attribute(node_child(lvl, "pStyle"), "val"));
    k->start = *start ? node_number(start, 0, COUNT_MAX) : 1;
}

static void word_list(struct lists *l, const xmlNode *num)
{
    const char *of = node_attribute(node_child(num, "abstractNumId"), "val");
    struct scheme *s = NULL;
    for (size_t i = 0; i < l->n_schemes && !s; i++)
        if (strcmp(l->schemes[i]->id, of) == 0)
            s = l->schemes[i];
    struct list *list = add_list(l, node_attribute(num, "numId"), s);
    for (const xmlNode *n = list ? num->children : NULL; n; n = n->next) {
        const xmlNode *start = node_is(n, "lvlOverride") ? node_child(n, "startOverride") : NULL;
        if (start)
            list->start[node_number(node_attribute(n, "ilvl"), 0, LIST_LEVELS - 1)] = node_number(node_attribute(start, "val"), 0, COUNT_MAX);
    }
}

struct lists *lists_of_word(const xmlNode *numbering, struct arena *a)
{
    struct lists *l = arena_new(a, struct lists);
    l->a = a;
    for (const xmlNode *n = numbering ? numbering->children : NULL; n; n = n->next) {
        if (node_is(n, "num"))
            word_list(l, n);
        struct scheme *s = node_is(n, "abstractNum") ? add_scheme(l, node_attribute(n, "abstractNumId")) : NULL;
        for (const xmlNode *lvl = s ? n->children : NULL; lvl; lvl = lvl->next)
            if (node_is(lvl, "lvl"))
                word_level(l, s, lvl);
    }
    return l;
}

struct lists *lists_of_odf(struct arena *a)
{
    return lists_of_word(NULL, a);
}

/* "1" with prefix, suffix and how many levels are shown, as a text of Word's kind. */
static void odf_level(struct lists *l, struct scheme *s, const xmlNode *n)
{
    static const struct { const char *format, *name; } forms[] = {
        { "1", "decimal" }, { "a", "lowerLetter" }, { "A", "upperLetter" }, { "i", "lowerRoman" }, { "I", "upperRoman" },
    };
    int at = node_number(node_attribute(n, "level"), 1, LIST_LEVELS) - 1;
    int shown = node_number(node_attribute(n, "display-levels"), 1, at + 1);
    const char *format = node_attribute(n, "num-format"), *start = node_attribute(n, "start-value");
    struct level *k = &s->levels[at];
    char text[LIST_LEVELS * 3 + 1] = "";
    for (int i = at + 1 - shown, used = 0; i <= at && i < 9; i++)
        used += snprintf(text + used, sizeof text - (size_t)used, used ? ".%%%d" : "%%%d", i + 1);
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (strcmp(format, forms[i].format) == 0)
            k->format = forms[i].name;
    k->text = arena_printf(l->a, "%.20s%s%.20s", node_attribute(n, "num-prefix"), text, node_attribute(n, "num-suffix"));
    k->start = *start ? node_number(start, 0, COUNT_MAX) : 1;
}

void lists_add_odf(struct lists *l, const xmlNode *root)
{
    for (const xmlNode *part = root ? root->children : NULL; part; part = part->next)
        for (const xmlNode *n = part->type == XML_ELEMENT_NODE ? part->children : NULL; n; n = n->next) {
            bool outline = node_is(n, "outline-style");
            if (!outline && !node_is(n, "list-style"))
                continue;
            const char *id = outline ? "" : node_attribute(n, "name");
            struct scheme *s = add_scheme(l, id);
            for (const xmlNode *k = add_list(l, id, s) ? n->children : NULL; k; k = k->next)
                if (node_is(k, "list-level-style-number") || node_is(k, "outline-level-style"))
                    odf_level(l, s, k);
        }
}
