/* catalog/lexicon.c -- words.xml, agencies.xml, phrases.xml and the places, into one trie.
 *
 * The trie's edges are one hash table (node, word) -> node: a step is one look,
 * and the table is the whole trie.  A phrase with alternatives is multiplied
 * out when it is read, so nothing is tried twice when a text is read. */
#include "catalog/lexicon.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/node.h"

#include <libxml/parser.h>
#include <libxml/tree.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_PHRASE = 24, MAX_EXPAND = 512, MAX_SLOTS = 6, MARK_BASE = 0x40000000,
       NUMERAL_BASE = 0x60000000 };

/* ---- words ---- */

struct word_table { struct { uint32_t hash, id; const char *fold; uint32_t len; } *slots; size_t cap; uint32_t n;
                    const char **folds; size_t cap_folds; /* by id - 1 */ };

static uint32_t hash_bytes(const char *s, size_t n)
{
    uint32_t h = 2166136261u; /* FNV-1a */
    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)s[i]) * 16777619u;
    return h;
}

uint32_t lexicon_word(const struct lexicon *x, const char *fold, size_t n)
{
    const struct word_table *t = x->words;
    uint32_t h = hash_bytes(fold, n);
    for (size_t i = h & (t->cap - 1); t->slots[i].id; i = (i + 1) & (t->cap - 1))
        if (t->slots[i].hash == h && t->slots[i].len == n && !memcmp(t->slots[i].fold, fold, n))
            return t->slots[i].id;
    return 0;
}

const char *lexicon_fold(const struct lexicon *x, uint32_t id)
{
    return x->words->folds[id - 1];
}

static void words_grow(struct word_table *t)
{
    struct word_table old = *t;
    t->cap = old.cap ? old.cap * 2 : 4096;
    t->slots = xcalloc(t->cap, sizeof *t->slots);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slots[i].id) {
            size_t at = old.slots[i].hash & (t->cap - 1);
            while (t->slots[at].id)
                at = (at + 1) & (t->cap - 1);
            t->slots[at] = old.slots[i];
        }
    free(old.slots);
}

static uint32_t word_intern(struct lexicon *x, const char *fold, size_t n)
{
    struct word_table *t = x->words;
    uint32_t id = t->cap ? lexicon_word(x, fold, n) : 0;
    if (id)
        return id;
    if (t->n * 2 >= t->cap)
        words_grow(t);
    uint32_t h = hash_bytes(fold, n);
    size_t at = h & (t->cap - 1);
    while (t->slots[at].id)
        at = (at + 1) & (t->cap - 1);
    t->slots[at].hash = h;
    t->slots[at].id = ++t->n;
    t->slots[at].fold = arena_strndup(&x->arena, fold, n);
    t->slots[at].len = (uint32_t)n;
    t->folds = arena_grow(&x->arena, t->folds, t->n - 1, &t->cap_folds, sizeof *t->folds);
    t->folds[t->n - 1] = t->slots[at].fold;
    return t->n;
}

/* ---- trie ---- */

struct edge { uint32_t node, word, to; };
struct trie {
    struct edge *edges; size_t cap, n;
    struct sense **senses; /* by node */
    uint64_t *roles;       /* by node: bit per role of its senses */
    size_t n_nodes, cap_nodes;
    uint32_t *first;       /* node behind the root by word, the step that every token asks for; 0: none */
    size_t n_first;
    uint64_t *some;        /* bit per hash of an edge: most steps lead nowhere, and this table stays in the cache */
};
enum { SOME_BITS = 1 << 18 };

static uint64_t edge_hash(uint32_t node, uint32_t word)
{
    return ((uint64_t)node << 32 | word) * 0x9E3779B97F4A7C15u;
}

static size_t edge_at(const struct trie *t, uint32_t node, uint32_t word)
{
    uint64_t h = edge_hash(node, word);
    size_t i = (size_t)(h >> 32) & (t->cap - 1);
    while (t->edges[i].to && (t->edges[i].node != node || t->edges[i].word != word))
        i = (i + 1) & (t->cap - 1);
    return i;
}

static void trie_grow(struct trie *t)
{
    struct trie old = *t;
    t->cap = old.cap ? old.cap * 2 : 16384;
    t->edges = xcalloc(t->cap, sizeof *t->edges);
    for (size_t i = 0; i < old.cap; i++)
        if (old.edges[i].to)
            t->edges[edge_at(t, old.edges[i].node, old.edges[i].word)] = old.edges[i];
    free(old.edges);
}

static uint32_t trie_new_node(struct trie *t)
{
    if (t->n_nodes == t->cap_nodes) {
        t->cap_nodes = t->cap_nodes ? t->cap_nodes * 2 : 8192;
        t->senses = xrealloc(t->senses, t->cap_nodes * sizeof *t->senses);
        t->roles = xrealloc(t->roles, t->cap_nodes * sizeof *t->roles);
    }
    t->senses[t->n_nodes] = NULL;
    t->roles[t->n_nodes] = 0;
    return (uint32_t)t->n_nodes++;
}

static void trie_add(struct lexicon *x, const uint32_t *words, size_t n, struct sense sense)
{
    struct trie *t = x->trie;
    uint32_t node = 0;

    for (size_t i = 0; i < n; i++) {
        if (t->n * 2 >= t->cap)
            trie_grow(t);
        size_t e = edge_at(t, node, words[i]);
        if (!t->edges[e].to) {
            t->edges[e] = (struct edge){ node, words[i], trie_new_node(t) };
            t->n++;
        }
        node = t->edges[e].to;
    }
    for (const struct sense *s = t->senses[node]; s; s = s->next)
        if (s->role == sense.role && s->index == sense.index && s->value == sense.value && s->text == sense.text)
            return;
    struct sense *copy = arena_new(&x->arena, struct sense);
    *copy = sense;
    copy->next = t->senses[node];
    t->roles[node] |= (uint64_t)1 << sense.role;
    t->senses[node] = copy;
}

/* Marks have ids above all words, small whole numbers ("mức độ 4", "đề án 06") ids above the marks. */
static uint32_t token_key(const struct token *t)
{
    if (t->kind == TOKEN_NUMERAL)
        return t->decimals > 1 || t->digits > 6 ? 0
               : t->decimals ? NUMERAL_BASE + (1u << 24) + (uint32_t)(t->value * 10 + 0.5) /* "mức độ 3,4" */
                             : NUMERAL_BASE + (uint32_t)t->value;
    return t->kind == TOKEN_WORD ? t->word : MARK_BASE + t->word;
}

static uint32_t step(const struct trie *t, uint32_t node, uint32_t key)
{
    uint64_t h = edge_hash(node, key) >> 40 & (SOME_BITS - 1);
    return t->some[h / 64] >> h % 64 & 1 ? t->edges[edge_at(t, node, key)].to : 0;
}

size_t lexicon_hits(const struct lexicon *x, const struct token *t, size_t n, size_t at, struct hit *out, size_t cap)
{
    const struct trie *trie = x->trie;
    uint32_t node = 0;
    size_t found = 0;

    for (size_t i = at; i < n && i - at < MAX_PHRASE; i++) {
        uint32_t key = token_key(&t[i]);
        if (!key)
            break;
        if (node == 0 && key < trie->n_first)
            node = trie->first[key];
        else
            node = step(trie, node, key);
        if (!node)
            break;
        if (trie->senses[node] && found < cap)
            out[found++] = (struct hit){ (uint32_t)at, (uint32_t)i + 1, trie->senses[node], trie->roles[node] };
    }
    return found;
}

/* ---- phrases ---- */

/* Words of s[0..n) as ids; returns how many, 0 for more than MAX_PHRASE. */
static size_t phrase_words(struct lexicon *x, const char *s, size_t n, uint32_t *out)
{
    struct words w = { .text = s, .end = n };
    struct token t;
    size_t k = 0;

    while (words_next(&w, &t)) {
        if (t.kind == TOKEN_WORD)
            t.word = word_intern(x, w.fold, w.fold_len);
        if (k == MAX_PHRASE || !token_key(&t))
            return 0;
        out[k++] = token_key(&t);
    }
    return k;
}

static const char *trim(const char *s, size_t *n)
{
    while (*n && strchr(" \t\r\n", *s))
        s++, --*n;
    while (*n && strchr(" \t\r\n", s[*n - 1]))
        --*n;
    return s;
}

/* The files while they are read. */
struct group { const char *name, *text; };
struct reading {
    struct lexicon *x;
    struct diag *d;
    const char *file;
    struct group *groups; size_t n_groups, cap_groups;
    bool ok;
};

static struct at at_node(const struct reading *r, xmlNodePtr node)
{
    return (struct at){ .file = r->file, .line = (int)xmlGetLineNo(node), .element = (const char *)node->name };
}

static void complain(struct reading *r, xmlNodePtr node, const char *what, const char *text)
{
    diag_error(r->d, at_node(r, node), "%s: \"%s\"", what, text);
    r->ok = false;
}

static const char *group_text(const struct reading *r, const char *name, size_t n)
{
    for (size_t i = 0; i < r->n_groups; i++)
        if (strlen(r->groups[i].name) == n && !memcmp(r->groups[i].name, name, n))
            return r->groups[i].text;
    return NULL;
}

/* Adds every spelling of one alternative: $NAME stands for the group's
 * members, [x] for x or nothing.  `budget` bounds what is multiplied out. */
static void expand(struct reading *r, xmlNodePtr node, const char *done, const char *rest, size_t n,
                   struct sense sense, int *budget, int depth)
{
    size_t i = 0;
    while (i < n && rest[i] != '$' && rest[i] != '[')
        i++;
    struct buf b = { 0 };
    buf_str(&b, done);
    buf_add(&b, rest, i);
    if (depth > 8 || --*budget < 0) {
        complain(r, node, _("too many alternatives"), rest);
    } else if (i == n) {
        uint32_t ids[MAX_PHRASE];
        size_t k = phrase_words(r->x, b.data ? b.data : "", b.len, ids);
        if (k)
            trie_add(r->x, ids, k, sense);
        else
            complain(r, node, _("no phrase: empty or too long"), b.data ? b.data : "");
    } else if (rest[i] == '[') {
        const char *close = memchr(rest + i, ']', n - i);
        size_t end = close ? (size_t)(close - rest) : n;
        if (!close)
            complain(r, node, _("a [ without its ]"), rest);
        size_t after = close ? end + 1 : n;
        expand(r, node, b.data ? b.data : "", rest + after, n - after, sense, budget, depth + 1);
        buf_add(&b, rest + i + 1, end - i - 1);
        expand(r, node, b.data ? b.data : "", rest + after, n - after, sense, budget, depth + 1);
    } else {
        size_t end = i + 1;
        while (end < n && ((rest[end] >= 'A' && rest[end] <= 'Z') || rest[end] == '_'))
            end++;
        const char *members = group_text(r, rest + i + 1, end - i - 1);
        if (!members)
            complain(r, node, _("no such group"), rest + i);
        for (const char *p = members; p && *p;) {
            size_t len = strcspn(p, ";"), m = len;
            const char *s = trim(p, &m);
            struct buf one = { 0 };
            buf_add(&one, b.data ? b.data : "", b.len);
            buf_char(&one, ' ');
            buf_add(&one, s, m);
            buf_char(&one, ' ');
            expand(r, node, one.data, rest + end, n - end, sense, budget, depth + 1);
            buf_clear(&one);
            p += len + (p[len] == ';');
        }
    }
    buf_clear(&b);
}

/* Adds the phrases of `text`, separated by `sep`, with one sense. */
static void add_phrases(struct reading *r, xmlNodePtr node, const char *text, size_t n, char sep, struct sense sense)
{
    while (n) {
        const char *stop = memchr(text, sep, n);
        size_t len = stop ? (size_t)(stop - text) : n, m = len;
        const char *s = trim(text, &m);
        int budget = MAX_EXPAND;
        if (m)
            expand(r, node, "", s, m, sense, &budget, 0);
        text += len + (stop != NULL);
        n -= len + (stop != NULL);
    }
}

static char *attribute(struct reading *r, xmlNodePtr node, const char *name)
{
    xmlChar *v = xmlGetNoNsProp(node, (const xmlChar *)name);
    char *copy = v ? arena_strdup(&r->x->arena, (const char *)v) : NULL;
    xmlFree(v);
    return copy;
}

static char *content(struct reading *r, xmlNodePtr node)
{
    xmlChar *v = xmlNodeGetContent(node);
    char *copy = arena_strdup(&r->x->arena, v ? (const char *)v : "");
    xmlFree(v);
    return copy;
}

/* ---- words.xml ---- */

static const struct { const char *name; enum sense_role role; } role_names[] = {
    { "noun", SENSE_NOUN }, { "qualifier", SENSE_QUALIFIER }, { "qualifier-after", SENSE_QUALIFIER_AFTER },
    { "multiplier", SENSE_MULTIPLIER }, { "currency", SENSE_CURRENCY }, { "number-word", SENSE_NUMBER_WORD },
    { "rank", SENSE_RANK }, { "top", SENSE_TOP }, { "step", SENSE_STEP }, { "point", SENSE_POINT },
    { "duration", SENSE_DURATION }, { "up", SENSE_UP }, { "down", SENSE_DOWN }, { "reach", SENSE_REACH },
    { "compare", SENSE_COMPARE }, { "target", SENSE_TARGET }, { "achieved", SENSE_ACHIEVED },
    { "level", SENSE_LEVEL }, { "document", SENSE_DOCUMENT }, { "ordinal", SENSE_ORDINAL },
    { "label", SENSE_LABEL }, { "class", SENSE_CLASS }, { "furniture", SENSE_FURNITURE }, { "age", SENSE_AGE },
    { "technical", SENSE_TECHNICAL }, { "one-of", SENSE_ONE_OF }, { "back", SENSE_BACK },
    { "streak", SENSE_STREAK }, { "participant", SENSE_PARTICIPANT }, { "person", SENSE_PERSON },
    { "organisation", SENSE_ORGANISATION }, { "office", SENSE_OFFICE }, { "unit-inside", SENSE_UNIT_INSIDE }, { "continue", SENSE_CONTINUE },
    { "now", SENSE_NOW }, { "here", SENSE_HERE }, { "everywhere", SENSE_EVERYWHERE }, { "national", SENSE_NATIONAL }, { "report", SENSE_REPORT },
    { "event", SENSE_EVENT }, { "year", SENSE_YEAR }, { "month", SENSE_MONTH }, { "quarter", SENSE_QUARTER },
    { "day", SENSE_DAY }, { "half", SENSE_HALF }, { "span", SENSE_SPAN }, { "until", SENSE_UNTIL },
    { "since", SENSE_SINCE }, { "begin-of-year", SENSE_BEGIN_OF_YEAR }, { "this-year", SENSE_THIS_YEAR },
    { "name", SENSE_NAME }, { "limit", SENSE_LIMIT }, { "task", SENSE_TASK }, { "praise", SENSE_PRAISE }, { "field", SENSE_FIELD },
};

int lexicon_class(const struct lexicon *x, const char *name)
{
    for (size_t i = 0; i < x->n_classes; i++)
        if (!strcmp(x->classes[i], name))
            return (int)i;
    return -1;
}

static int class_intern(struct lexicon *x, const char *name)
{
    int i = lexicon_class(x, name);
    if (i < 0) {
        i = (int)x->n_classes;
        *ARENA_PUSH(&x->arena, x->classes, x->n_classes, x->cap_classes) = name;
    }
    return i;
}

/* Nouns without a `text` are their own unit: each phrase has its own sense. */
static void add_nouns(struct reading *r, xmlNodePtr e, char *words, struct sense s)
{
    for (char *save = NULL, *w = strtok_r(words, ";", &save); w; w = strtok_r(NULL, ";", &save)) {
        size_t n = strlen(w);
        const char *own = trim(w, &n);
        s.text = arena_strndup(&r->x->arena, own, n);
        add_phrases(r, e, own, n, ';', s);
    }
}

static void read_list(struct reading *r, xmlNodePtr list)
{
    char *role = attribute(r, list, "role");
    enum sense_role found = SENSE_NONE;

    for (size_t i = 0; role && i < sizeof role_names / sizeof *role_names; i++)
        if (!strcmp(role_names[i].name, role))
            found = role_names[i].role;
    if (found == SENSE_NONE) {
        complain(r, list, _("unknown role of a list"), role ? role : "");
        return;
    }
    for (xmlNodePtr e = list->children; e; e = e->next) {
        if (e->type != XML_ELEMENT_NODE)
            continue;
        if (!node_is(e, "e")) {
            complain(r, e, _("unknown element, expected <e>"), (const char *)e->name);
            continue;
        }
        char *value = attribute(r, e, "value"), *text = attribute(r, e, "text"), *cls = attribute(r, e, "class");
        char *words = content(r, e);
        struct sense s = { .role = found, .text = text ? text : "", .value = value ? strtod(value, NULL) : 0 };
        s.index = cls ? class_intern(r->x, cls) : -1;
        if (found == SENSE_NOUN && !text)
            add_nouns(r, e, words, s);
        else
            add_phrases(r, e, words, strlen(words), ';', s);
    }
}

static unsigned long class_bits(const struct lexicon *x, const char *const *names)
{
    unsigned long set = 0;
    for (; *names; names++) {
        int i = lexicon_class(x, *names);
        set |= i >= 0 && i < (int)(8 * sizeof set) ? 1ul << i : 0;
    }
    return set;
}

static void name_sets(struct lexicon *x)
{
    static const char *const provinces[] = { "tinh", NULL }, *const ministries[] = { "bo", NULL }, *const localities[] = { "dia-phuong", NULL },
                      *const offices[] = { "don-vi", NULL }, *const districts[] = { "huyen", NULL }, *const communes[] = { "xa", NULL },
                      *const others_inside[] = { "dvhc", NULL }, *const files[] = { "ho-so", NULL }, *const rules[] = { "quy-dinh", NULL },
                      *const asked[] = { "nguoi", "luot-nguoi", "doanh-nghiep", "ho", "dan", NULL }, *const tasks[] = { "nhiem-vu", NULL },
                      *const delegates[] = { "dai-bieu", NULL },
                      *const fields[] = { "van-de", NULL },
                      *const others[] = { "dvsn", "so-nganh", "vu-cuc", NULL };
    struct noun_sets *n = &x->nouns;
    n->provinces = class_bits(x, provinces);
    n->ministries = class_bits(x, ministries);
    n->localities = class_bits(x, localities);
    n->offices = class_bits(x, offices);
    n->districts = class_bits(x, districts);
    n->communes = class_bits(x, communes);
    n->inside = n->districts | n->communes | class_bits(x, others_inside);
    n->files = class_bits(x, files);
    n->rules = class_bits(x, rules);
    n->asked = class_bits(x, asked);
    n->delegates = class_bits(x, delegates);
    n->tasks = class_bits(x, tasks);
    n->fields = class_bits(x, fields);
    n->units = n->provinces | n->ministries | n->localities | n->offices | n->inside | class_bits(x, others);
}

static void read_words(struct reading *r, xmlNodePtr root)
{
    for (xmlNodePtr n = root->children; n; n = n->next)
        if (node_is(n, "list"))
            read_list(r, n);
        else if (n->type == XML_ELEMENT_NODE)
            complain(r, n, _("unknown element, expected <list>"), (const char *)n->name);
    name_sets(r->x);
}

/* ---- agencies.xml ---- */

/* "Bộ Y tế" is "Y tế" in a list of ministries; so are its other spellings, but for the shortest ("TC"). */
static void add_bare_ministries(struct reading *r, xmlNodePtr n, struct sense s, const char *aliases)
{
    static const char lead[] = "Bộ ";
    const size_t lead_len = sizeof lead - 1, least = 4;
    s.role = SENSE_MINISTRY;
    if (!strncmp(s.text, lead, lead_len))
        add_phrases(r, n, s.text + lead_len, strlen(s.text + lead_len), ';', s);
    for (const char *a = aliases; *a;) {
        size_t len = strcspn(a, ";");
        if (len >= lead_len + least && !strncmp(a, lead, lead_len))
            add_phrases(r, n, a + lead_len, len - lead_len, ';', s);
        a += len;
        a += strspn(a, "; \n");
    }
}

static void read_agencies(struct reading *r, xmlNodePtr root)
{
    static const struct { const char *element; enum sense_role role; } kinds[] = {
        { "agency", SENSE_AGENCY }, { "region", SENSE_REGION }, { "country", SENSE_COUNTRY } };

    for (xmlNodePtr n = root->children; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE)
            continue;
        struct sense s = { .role = SENSE_NONE, .index = -1 };
        for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
            if (node_is(n, kinds[i].element))
                s.role = kinds[i].role;
        s.text = attribute(r, n, "name");
        if (s.role == SENSE_NONE || !s.text) {
            complain(r, n, _("expected <agency>, <region> or <country> with a name"), (const char *)n->name);
            continue;
        }
        char *aliases = content(r, n);
        add_phrases(r, n, s.text, strlen(s.text), ';', s);
        add_phrases(r, n, aliases, strlen(aliases), ';', s);
        if (s.role == SENSE_AGENCY)
            add_bare_ministries(r, n, s, aliases);
    }
}

/* ---- phrases.xml ---- */

static const char *const kind_names[] = { "percent", "fraction", "count", "money", "rank", "score", "change",
                                          "duration" };

static unsigned kinds_of(struct reading *r, xmlNodePtr node, char *list)
{
    unsigned set = 0;
    for (char *save = NULL, *k = list ? strtok_r(list, " ", &save) : NULL; k; k = strtok_r(NULL, " ", &save)) {
        unsigned bit = 0;
        for (unsigned i = 0; i < sizeof kind_names / sizeof *kind_names; i++)
            if (!strcmp(kind_names[i], k))
                bit = 1u << i;
        if (!bit)
            complain(r, node, _("unknown kind"), k);
        set |= bit;
    }
    return set;
}

static unsigned long classes_of(struct reading *r, xmlNodePtr node, char *list)
{
    unsigned long set = 0;
    for (char *save = NULL, *k = list ? strtok_r(list, " ", &save) : NULL; k; k = strtok_r(NULL, " ", &save)) {
        int i = lexicon_class(r->x, k);
        if (i < 0 || i >= (int)(8 * sizeof set))
            complain(r, node, _("unknown class of nouns"), k);
        else
            set |= 1ul << i;
    }
    return set;
}

static void add_slot(struct reading *r, xmlNodePtr node, struct pattern *p, const char *s, size_t n)
{
    struct lexicon *x = r->x;
    s = trim(s, &n);
    if (n && *s == '!') {
        p->slots_not |= 1u << p->n_slots;
        s++, n--;
    }
    int slot = (int)x->n_slots;
    *ARENA_PUSH(&x->arena, x->slot_pattern, x->n_slots, x->cap_slots) = (int)x->n_patterns;
    p->n_slots++;
    add_phrases(r, node, s, n, '|', (struct sense){ .role = SENSE_SLOT, .index = slot });
}

static void read_pattern(struct reading *r, xmlNodePtr node, int code)
{
    struct lexicon *x = r->x;
    char *weight = attribute(r, node, "weight"), *text = content(r, node);
    struct pattern p = { .code = code, .first_slot = (int)x->n_slots, .text = text, .line = (int)xmlGetLineNo(node) };

    p.weight = weight ? strtod(weight, NULL) : 0;
    p.kinds = kinds_of(r, node, attribute(r, node, "kind"));
    p.counts = classes_of(r, node, attribute(r, node, "counts"));
    for (const char *s = text; *s && p.n_slots < MAX_SLOTS;) {
        size_t n = strcspn(s, "+");
        add_slot(r, node, &p, s, n);
        s += n + (s[n] == '+');
    }
    *ARENA_PUSH(&x->arena, x->patterns, x->n_patterns, x->cap_patterns) = p;
}

static bool yes(const char *s)
{
    return s && !strcmp(s, "yes");
}

static void read_indicator(struct reading *r, xmlNodePtr node)
{
    struct lexicon *x = r->x;
    struct lexicon_code c = { .code = attribute(r, node, "code"), .label = attribute(r, node, "label") };

    if (!c.code || (strcmp(c.code, "khac") && x->catalog && !catalog_indicator(x->catalog, c.code))) {
        complain(r, node, _("no indicator of the catalog"), c.code ? c.code : "");
        return;
    }
    c.growth = yes(attribute(r, node, "growth"));
    c.index = yes(attribute(r, node, "index"));
    c.difference = yes(attribute(r, node, "difference"));
    char *role = attribute(r, node, "role");
    c.target = role && !strcmp(role, "target");
    *ARENA_PUSH(&x->arena, x->codes, x->n_codes, x->cap_codes) = c;
    for (xmlNodePtr p = node->children; p; p = p->next)
        if (node_is(p, "p"))
            read_pattern(r, p, (int)x->n_codes - 1);
        else if (p->type == XML_ELEMENT_NODE)
            complain(r, p, _("unknown element, expected <p>"), (const char *)p->name);
}

static void read_phrases(struct reading *r, xmlNodePtr root)
{
    for (xmlNodePtr n = root->children; n; n = n->next)
        if (node_is(n, "group")) {
            struct group g = { attribute(r, n, "name"), content(r, n) };
            if (g.name)
                *ARENA_PUSH(&r->x->arena, r->groups, r->n_groups, r->cap_groups) = g;
        } else if (node_is(n, "indicator"))
            read_indicator(r, n);
        else if (n->type == XML_ELEMENT_NODE)
            complain(r, n, _("unknown element, expected <group> or <indicator>"), (const char *)n->name);
}

/* ---- places of the catalog ---- */

static void add_place_name(struct lexicon *x, const char *name, struct sense s)
{
    uint32_t ids[MAX_PHRASE];
    size_t k = phrase_words(x, name, strlen(name), ids);
    if (k)
        trie_add(x, ids, k, s);
}

/* The sense added last is found first: names before aliases, and of one alias the older unit's
 * ("Thừa Thiên Huế" keeps its name beside Huế). */
static void add_places(struct lexicon *x)
{
    size_t n;
    const struct place *places = catalog_places(x->catalog, &n);
    for (int names = 0; names <= 1; names++)
        for (size_t i = n; i-- > 0;) {
            struct sense s = { .role = SENSE_PROVINCE, .index = (int)i, .text = places[i].name };
            for (size_t k = 0; k < i; k++) /* one sense for the rows of one name */
                if (!strcmp(places[k].name, s.text)) {
                    s.index = (int)k, s.text = places[k].name;
                    break;
                }
            if (names)
                add_place_name(x, s.text, s);
            for (size_t k = 0; !names && k < places[i].n_aliases; k++)
                add_place_name(x, places[i].aliases[k], s);
        }
}

/* ---- opening ---- */

static bool read_file(struct lexicon *x, const char *folder, const char *name, const char *root_name,
                      void (*read)(struct reading *, xmlNodePtr), struct diag *d)
{
    struct reading r = { .x = x, .d = d, .ok = true };
    struct buf text = { 0 };
    xmlDocPtr doc = NULL;

    r.file = arena_printf(&x->arena, "%s/%s", folder, name);
    if (!file_read(r.file, 64u << 20, &text, d))
        return false;
    xmlParserCtxtPtr ctxt = xmlNewParserCtxt();
    if (ctxt)
        doc = xmlCtxtReadMemory(ctxt, text.data, (int)text.len, r.file, NULL,
                                XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    if (!doc) {
        const xmlError *e = ctxt ? xmlCtxtGetLastError(ctxt) : NULL;
        diag_error(d, (struct at){ .file = r.file, .line = e ? e->line : 0 }, _("not well-formed XML: %s"),
                   e && e->message ? e->message : "");
        r.ok = false;
    } else if (!node_is(xmlDocGetRootElement(doc), root_name)) {
        complain(&r, xmlDocGetRootElement(doc), _("wrong root element"), (const char *)xmlDocGetRootElement(doc)->name);
    } else {
        read(&r, xmlDocGetRootElement(doc));
    }
    xmlFreeDoc(doc);
    xmlFreeParserCtxt(ctxt);
    buf_clear(&text);
    return r.ok;
}

static void index_roots(struct lexicon *x)
{
    struct trie *t = x->trie;
    t->n_first = (size_t)x->words->n + 1;
    t->first = arena_array(&x->arena, uint32_t, t->n_first);
    for (size_t i = 0; i < t->cap; i++)
        if (t->edges[i].to && t->edges[i].node == 0 && t->edges[i].word < t->n_first)
            t->first[t->edges[i].word] = t->edges[i].to;
    t->some = arena_array(&x->arena, uint64_t, SOME_BITS / 64);
    for (size_t i = 0; i < t->cap; i++)
        if (t->edges[i].to) {
            uint64_t h = edge_hash(t->edges[i].node, t->edges[i].word) >> 40 & (SOME_BITS - 1);
            t->some[h / 64] |= (uint64_t)1 << h % 64;
        }
}

struct lexicon *lexicon_open(const char *folder, const struct catalog *c, struct diag *d)
{
    struct lexicon *x = xcalloc(1, sizeof *x);
    bool ok = true;

    x->catalog = c;
    x->words = xcalloc(1, sizeof *x->words);
    x->trie = xcalloc(1, sizeof *x->trie);
    words_grow(x->words);
    trie_grow(x->trie);
    trie_new_node(x->trie);
    ok = read_file(x, folder, "words.xml", "words", read_words, d) && ok;
    ok = read_file(x, folder, "agencies.xml", "agencies", read_agencies, d) && ok;
    ok = read_file(x, folder, "phrases.xml", "phrases", read_phrases, d) && ok;
    if (c)
        add_places(x);
    index_roots(x);
    if (ok)
        return x;
    lexicon_close(x);
    return NULL;
}

void lexicon_close(struct lexicon *x)
{
    if (!x)
        return;
    free(x->words->slots);
    free(x->words);
    free(x->trie->edges);
    free(x->trie->senses);
    free(x->trie->roles);
    free(x->trie);
    arena_clear(&x->arena);
    free(x);
}
