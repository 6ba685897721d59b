/* Source marks and the list that they lead to. */
#include "layout/mark.h"

#include "base/node.h"

#include <libxml/xpathInternals.h>
#include <string.h>

struct used_sentence {
    xmlNodePtr node;
    const char *id, *letter;
    int marks;
    bool entered;                  /* an entry of <sources> bears its id */
    struct used_sentence *next;
};
struct used_document {
    xmlNodePtr node;
    const char *id;
    int number, marks;             /* marks: on the document as a whole */
    bool entered;
    struct used_sentence *sentences, **last;
    size_t n;
    struct used_document *next;
};

/* ---- the card's sources by id ---- */

enum { SLOTS = 1024 };
struct card_id { const char *id; xmlNodePtr node; struct card_id *next; };
struct card_ids { struct card_id *slots[SLOTS]; };

static unsigned hash(const char *s)
{
    unsigned h = 5381;
    while (*s)
        h = h * 33 + (unsigned char)*s++;
    return h % SLOTS;
}

/* `id` leads to `node`: the entry of that id, or the one that says the same before it. */
static void add_id(struct binder *b, const char *id, xmlNodePtr node)
{
    struct card_id *c = arena_new(b->a, struct card_id), **slot = &b->ids->slots[hash(id)];
    *c = (struct card_id){ id, node, *slot };
    *slot = c;
}

/* Facts of one sentence share its entry: a source's sentences stand in the
 * order of the text, so only neighbours can be the same. */
static void add_sentences(struct binder *b, xmlNodePtr source)
{
    xmlNodePtr entry = NULL;
    xmlChar *said = NULL;
    source->_private = NULL;
    for (xmlNodePtr k = source->children; k; k = k->next) {
        k->_private = NULL;
        const char *id = node_is(k, "cau") ? node_attribute(b->a, k, "ma") : NULL;
        if (!id)
            continue;
        xmlChar *text = xmlNodeGetContent(k);
        if (!entry || !xmlStrEqual(text, said))
            entry = k;
        add_id(b, id, entry);
        xmlFree(said);
        said = text;
    }
    xmlFree(said);
}

static bool is_source(const struct binder *b, xmlNodePtr n)
{
    return node_is(n, "nguon") && n->parent == xmlDocGetRootElement(b->card);
}

static void read_ids(struct binder *b)
{
    if (b->ids)
        return;
    b->ids = arena_new(b->a, struct card_ids);
    for (xmlNodePtr n = xmlDocGetRootElement(b->card)->children; n; n = n->next)
        if (is_source(b, n)) {
            const char *name = node_attribute(b->a, n, "ma");
            if (name)
                add_id(b, name, n);
            add_sentences(b, n);
        }
}

static xmlNodePtr find_id(struct binder *b, const char *id)
{
    read_ids(b);
    for (struct card_id *c = b->ids->slots[hash(id)]; c; c = c->next)
        if (strcmp(c->id, id) == 0)
            return c->node;
    return NULL;
}

/* ---- numbering ---- */

/* A used <nguon> or <cau> points to its struct by libxml2's field for
 * applications, which read_ids() clears before the first use. */
static struct used_document *use_document(struct binder *b, xmlNodePtr node)
{
    if (node->_private)
        return node->_private;
    struct used_document *u = arena_new(b->a, struct used_document);
    node->_private = u;
    u->node = node;
    u->id = arena_strdup(b->a, node_attribute(b->a, node, "ma")); /* the pages outlive the card */
    u->number = (int)++b->n_documents;
    u->last = &u->sentences;
    *b->last_document = u;
    b->last_document = &u->next;
    return u;
}

/* 0: "a", 25: "z", 26: "aa", 52: "ba". */
static const char *letter_of(struct binder *b, size_t k)
{
    char s[16];
    size_t at = sizeof s;
    s[--at] = '\0';
    for (k++; k; k = (k - 1) / 26)
        s[--at] = (char)('a' + (k - 1) % 26);
    return arena_strdup(b->a, s + at);
}

static struct used_sentence *use_sentence(struct binder *b, struct used_document *d, xmlNodePtr node)
{
    if (node->_private)
        return node->_private;
    struct used_sentence *u = arena_new(b->a, struct used_sentence);
    node->_private = u;
    u->node = node;
    u->id = arena_strdup(b->a, node_attribute(b->a, node, "ma")); /* the pages outlive the card */
    u->letter = letter_of(b, d->n++);
    *d->last = u;
    d->last = &u->next;
    return u;
}

static struct used_document *document_of(const struct binder *b, xmlNodePtr node)
{
    xmlNodePtr top = node_is(node, "cau") ? node->parent : node;
    return b->ids && is_source(b, top) ? top->_private : NULL;
}

static struct used_sentence *sentence_of(const struct binder *b, xmlNodePtr node)
{
    return node_is(node, "cau") && document_of(b, node) ? node->_private : NULL;
}

int mark_number(const struct binder *b, xmlNodePtr node)
{
    const struct used_document *d = document_of(b, node);
    return d ? d->number : 0;
}

const char *mark_letter(const struct binder *b, xmlNodePtr node)
{
    const struct used_sentence *u = sentence_of(b, node);
    return u ? u->letter : NULL;
}

static const char *name_of(const struct binder *b, const char *prefix, xmlNodePtr node)
{
    const char *letter = mark_letter(b, node);
    return arena_printf(b->a, "%s-%d%s", prefix, mark_number(b, node), letter ? letter : "");
}

const char *mark_back(const struct binder *b, xmlNodePtr node)
{
    const struct used_document *d = document_of(b, node);
    if (!d)
        return "";
    if (node_is(node, "nguon") && !d->marks && d->sentences)
        node = d->sentences->node;
    return name_of(b, "dan", node);
}

/* The id of an entry, for the first that asks: a layout may list its sources twice. */
static const char *claim(struct binder *b, xmlNodePtr node, bool *entered)
{
    if (*entered)
        return NULL;
    *entered = true;
    return name_of(b, "nguon", node);
}

const char *entry_id(struct binder *b, xmlNodePtr node)
{
    struct used_sentence *u = b->in_sources && node_is(node, "cau") ? sentence_of(b, node) : NULL;
    return u ? claim(b, node, &u->entered) : NULL;
}

void mark_sentences(const struct binder *b, xmlNodePtr nguon, xmlNodeSetPtr out)
{
    const struct used_document *d = document_of(b, nguon);
    for (const struct used_sentence *u = d ? d->sentences : NULL; u; u = u->next)
        xmlXPathNodeSetAddUnique(out, u->node);
}

void mark_uses(struct binder *b, struct box_document *doc)
{
    struct source_use *uses = NULL;
    size_t n = 0, cap = 0;
    for (const struct used_document *d = b->documents; d; d = d->next) {
        if (d->marks)
            *ARENA_PUSH(b->a, uses, n, cap) = (struct source_use){
                d->number, "", d->id, NULL, name_of(b, "nguon", d->node), d->marks };
        for (const struct used_sentence *u = d->sentences; u; u = u->next)
            *ARENA_PUSH(b->a, uses, n, cap) = (struct source_use){
                d->number, u->letter, d->id, u->id, name_of(b, "nguon", u->node), u->marks };
    }
    doc->uses = uses;
    doc->n_uses = n;
}

/* ---- marks ---- */

struct marking { struct inliner *in; struct run_state s; struct at at; int last; };

/* The source of an id without a sentence: @hang-id has @hang-nguon beside it, @id has @nguon. */
static xmlNodePtr beside(struct binder *b, xmlNodePtr node)
{
    const char *name = (const char *)node->name;
    size_t n = node->type == XML_ATTRIBUTE_NODE ? strlen(name) : 0;
    if (n < 2 || strcmp(name + n - 2, "id") != 0)
        return NULL;
    const char *source = node_attribute(b->a, node->parent, arena_printf(b->a, "%.*snguon", (int)n - 2, name));
    return source ? find_id(b, source) : NULL;
}

/* The sentence or document behind a value: a fact's, by its id and source; an id; or the entry itself. */
static xmlNodePtr behind(struct binder *b, xmlNodePtr node)
{
    read_ids(b);
    if (is_source(b, node))
        return node;
    if (node_is(node, "cau") && is_source(b, node->parent)) {
        const char *id = node_attribute(b->a, node, "ma");
        xmlNodePtr entry = id ? find_id(b, id) : NULL;
        return entry ? entry : node;
    }
    if (node->type == XML_ELEMENT_NODE) {
        const char *id = node_attribute(b->a, node, node_is(node, "nguon-dan") ? "cau" : "id"), *source = node_attribute(b->a, node, "nguon");
        xmlNodePtr found = id ? find_id(b, id) : NULL;
        return found ? found : source ? find_id(b, source) : NULL;
    }
    xmlChar *s = xmlNodeGetContent(node);
    xmlNodePtr found = s ? find_id(b, (const char *)s) : NULL;
    xmlFree(s);
    return found ? found : beside(b, node);
}

static void add_mark(struct marking *m, xmlNodePtr node)
{
    struct binder *b = m->in->b;
    if (!node)
        return;
    struct used_document *d = use_document(b, node_is(node, "cau") ? node->parent : node);
    struct used_sentence *u = node_is(node, "cau") ? use_sentence(b, d, node) : NULL;
    int *count = u ? &u->marks : &d->marks;
    const char *letter = u ? u->letter : "";
    struct run_state s = m->s;
    s.link_to = arena_printf(b->a, "#%s", name_of(b, "nguon", node));
    s.link_contents = arena_printf(b->a, "nguồn %d%s", d->number, letter);
    if ((*count)++ == 0)
        s.anchor = name_of(b, "dan", node);
    struct run *r = inline_run(m->in, RUN_TEXT, s, m->at);
    if (m->last == d->number && *letter)
        r->text = arena_printf(b->a, ",\u00A0%s", letter);
    else
        r->text = arena_printf(b->a, "%s%d%s", m->last ? ",\u00A0" : "", d->number, letter);
    m->last = d->number;
}

static const struct style *mark_style(struct binder *b, const struct context *c, const struct elem *e,
                                      enum attr_id id)
{
    if (elem_attr(e, id))
        return bind_style(b, c, e, id, NULL);
    if (elem_attr(b->l->root, A_SOURCE_STYLE))
        return bind_style(b, c, b->l->root, A_SOURCE_STYLE, NULL);
    struct style *small = arena_new(b->a, struct style); /* look.md: 6.5 pt beside 9.5 pt, raised by a third */
    *small = *c->style;
    small->size = c->style->size * 0.68;
    small->rise = c->style->rise + c->style->size * 0.34;
    small->weight = 400;
    small->italic = false;
    small->name = "source";
    return small;
}

/* Marks stick to what stands before them. */
static struct marking mark_begin(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s,
                                 enum attr_id style)
{
    struct context inner = *c;
    inner.style = s.style;
    inline_trim(in);
    inline_flush(in);
    s.style = mark_style(in->b, &inner, e, style);
    s.glue = true;
    s.hang = c->figures;
    return (struct marking){ in, s, e->at, 0 };
}

void mark_source_node(struct inliner *in, const struct context *c, const struct elem *e, xmlNodePtr node,
                      struct run_state s)
{
    struct marking m = mark_begin(in, c, e, s, A_SOURCE_STYLE);
    add_mark(&m, behind(in->b, node));
}

void bind_source(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s)
{
    struct binder *b = in->b;
    xmlXPathObjectPtr o = eval(b, c, elem_attr(e, A_SELECT)->u.expr);
    if (!o)
        return;
    struct marking m = mark_begin(in, c, e, s, A_STYLE);
    if (o->type == XPATH_NODESET) {
        for (int i = 0; o->nodesetval && i < o->nodesetval->nodeNr; i++)
            if (o->nodesetval->nodeTab[i]->type != XML_NAMESPACE_DECL)
                add_mark(&m, behind(b, o->nodesetval->nodeTab[i]));
    } else {
        xmlChar *id = xmlXPathCastToString(o);
        add_mark(&m, find_id(b, (const char *)id));
        xmlFree(id);
    }
    xmlXPathFreeObject(o);
}

/* ---- <sources> ---- */

static struct deferred *defer(struct binder *b, const struct context *c, const struct elem *e)
{
    struct deferred *d = arena_new(b->a, struct deferred);
    d->elem = e;
    d->context = *c;
    *b->last_deferred = d;
    b->last_deferred = &d->next;
    return d;
}

void defer_sources(struct binder *b, const struct context *c, const struct elem *e, struct box_list *out)
{
    struct deferred *d = defer(b, c, e);
    d->box = box_new(b, BOX_BLOCK, e);
    box_list_add(out, d->box);
}

void defer_inline_sources(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s)
{
    struct deferred *d = defer(in->b, c, e);
    inline_flush(in);
    d->in_line = true;
    d->run = in->n;
    d->state = s;
    d->next_here = in->waiting; /* the last one first: inserting does not move the others */
    in->waiting = d;
}

static void fill_block(struct binder *b, struct deferred *w)
{
    BOX_LIST(boxes);
    int k = 0;
    for (struct used_document *d = b->documents; d; d = d->next) {
        struct context c = w->context;
        struct box **first = boxes.last ? boxes.last : &boxes.first;
        c.node = d->node;
        c.position = ++k;
        c.size = (int)b->n_documents;
        bind_flow(b, &c, w->elem, &boxes);
        if (*first && !(*first)->id)
            (*first)->id = claim(b, d->node, &d->entered);
    }
    w->box->u.block.first = boxes.first;
}

static void fill_paragraph(struct binder *b, struct deferred *w)
{
    struct inliner in = { .b = b, .blank = w->run == 0 };
    int k = 0;
    for (struct used_document *d = b->documents; d; d = d->next) {
        struct context c = w->context;
        c.node = d->node;
        c.position = ++k;
        c.size = (int)b->n_documents;
        inline_flush(&in);
        size_t first = in.n;
        bind_inline(&in, &c, w->elem, w->state);
        inline_flush(&in);
        if (first < in.n && !in.runs[first].anchor)
            in.runs[first].anchor = claim(b, d->node, &d->entered);
    }
    buf_clear(&in.text);
    size_t n = w->box->u.text.n;
    struct run *runs = arena_array(b->a, struct run, n + in.n);
    for (size_t i = 0; i < n + in.n; i++)
        runs[i] = i < w->run ? w->box->u.text.runs[i]
                : i < w->run + in.n ? in.runs[i - w->run] : w->box->u.text.runs[i - in.n];
    w->box->u.text.runs = runs;
    w->box->u.text.n = n + in.n;
}

void run_deferred(struct binder *b)
{
    struct deferred *backwards[64];
    size_t n = 0;
    for (struct deferred *w = b->deferred; w && n < 64; w = w->next)
        backwards[n++] = w;
    b->in_sources = true;
    while (n--) { /* the last first: earlier places in the same paragraph stay true */
        if (!backwards[n]->in_line)
            fill_block(b, backwards[n]);
        else if (backwards[n]->box)
            fill_paragraph(b, backwards[n]);
    }
}
