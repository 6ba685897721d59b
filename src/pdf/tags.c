/* An element's kids are its own marked content, links and child elements.  The
 * children stand in the order of their nodes; own content is merged among them
 * by when it was drawn, so that a paragraph with a link inside reads text, link,
 * text. Elements without any content are left out, except cells, which keep a
 * table regular. */
#include "pdf/tags.h"

#include <stdlib.h>
#include <string.h>

struct piece {                   /* content of an element */
    struct piece *next;
    size_t page;
    int mcid;                    /* -1: an annotation */
    unsigned object;             /* of the annotation */
    uint32_t sequence;
};
struct element {
    unsigned object;             /* 0: none is written */
    unsigned inner;              /* the Link inside, where links hang on another role; 0: none */
    struct piece *first, *last;
    uint32_t sequence;           /* the earliest of its content and its children's; UINT32_MAX: none */
    bool linked;
};

static struct element *element(struct tags *t, const struct node *n)
{
    return n->number < t->n ? &t->elements[n->number] : &t->elements[0];
}

void tags_open(struct tags *t, struct tree *tree, struct objects *o, const struct pages *pages)
{
    *t = (struct tags){ .objects = o, .tree = tree, .n_pages = pages->n };
    t->n = pages->n_nodes ? pages->n_nodes : 1;
    t->elements = arena_array(&t->arena, struct element, t->n);
    t->page_objects = arena_array(&t->arena, unsigned, pages->n);
    double *heights = arena_array(&t->arena, double, pages->n);
    for (size_t i = 0; i < pages->n; i++)
        heights[i] = pages->items[i].height;
    t->page_heights = heights;
}

void tags_close(struct tags *t)
{
    arena_clear(&t->arena);
}

static unsigned object_of(struct tags *t, const struct node *n)
{
    struct element *e = element(t, n);
    if (!e->object)
        e->object = objects_reserve(t->objects);
    return e->object;
}

/* Who owns the content of a node: its element, or the Link put inside. */
static unsigned owner(struct tags *t, const struct node *n)
{
    struct element *e = element(t, n);
    object_of(t, n);
    if (e->linked && n->role != NODE_LINK) {
        if (!e->inner)
            e->inner = objects_reserve(t->objects);
        return e->inner;
    }
    return e->object;
}

static struct piece *add_piece(struct tags *t, const struct node *n, size_t page)
{
    struct element *e = element(t, n);
    struct piece *p = arena_new(&t->arena, struct piece);
    p->page = page;
    p->sequence = t->sequence++;
    *(e->last ? &e->last->next : &e->first) = p;
    e->last = p;
    return p;
}

unsigned tags_page(struct tags *t, size_t page)
{
    t->page = page;
    t->n_owners = 0;
    return t->tree->next_key++;
}

int tags_mcid(struct tags *t, const struct node *n)
{
    struct piece *p = add_piece(t, n, t->page);
    p->mcid = (int)t->n_owners;
    *ARENA_PUSH(&t->arena, t->owners, t->n_owners, t->cap_owners) = owner(t, n);
    return p->mcid;
}

static void add_parent(struct tags *t, unsigned key, const struct buf *text)
{
    struct arena *a = &t->objects->arena;
    struct parent *p = ARENA_PUSH(a, t->tree->parents, t->tree->n_parents, t->tree->cap_parents);
    *p = (struct parent){ key, arena_strndup(a, text->data ? text->data : "", text->len) };
}

void tags_page_end(struct tags *t, unsigned key)
{
    struct buf text = { 0 };
    buf_char(&text, '[');
    for (size_t i = 0; i < t->n_owners; i++)
        objects_put_reference(&text, t->owners[i]);
    buf_char(&text, ']');
    add_parent(t, key, &text);
    buf_clear(&text);
}

void tags_link(struct tags *t, const struct node *n)
{
    element(t, n)->linked = true;
}

unsigned tags_annotation(struct tags *t, const struct node *n, unsigned object, size_t page)
{
    struct piece *p = add_piece(t, n, page);
    struct buf text = { 0 };
    unsigned key = t->tree->next_key++;
    p->mcid = -1;
    p->object = object;
    p->sequence = UINT32_MAX - 1; /* after the text, before what has no content */
    buf_printf(&text, "%u 0 R", owner(t, n));
    add_parent(t, key, &text);
    buf_clear(&text);
    return key;
}

/* ---- writing ---- */

static bool is_cell(enum node_role r)
{
    return r == NODE_TD || r == NODE_TH;
}

/* Sets the earliest sequence of each element of a subtree. */
static uint32_t find_sequence(struct tags *t, const struct node *n)
{
    struct element *e = element(t, n);
    e->sequence = e->first ? e->first->sequence : UINT32_MAX;
    bool cells = is_cell(n->role);
    for (const struct node *c = n->first; c; c = c->next) {
        uint32_t s = find_sequence(t, c);
        if (s < e->sequence)
            e->sequence = s;
    }
    if (e->sequence == UINT32_MAX && cells)
        e->sequence = UINT32_MAX - 1; /* empty, but a cell */
    return e->sequence;
}

static void put_text(struct buf *out, const char *key, const char *value)
{
    if (value && *value) {
        buf_str(out, key);
        objects_put_string(out, value);
    }
}

static void put_id(struct tags *t, const struct node *n, unsigned object, struct buf *out)
{
    struct arena *a = &t->objects->arena;
    const char *id = NULL;
    if (n->id && *n->id) /* unique in its document; the root's number makes it unique in a book */
        id = arena_printf(a, "%zu-%s", t->tree->n_roots, n->id);
    else if (n->role == NODE_NOTE) /* PDF/UA-1, 7.9: every note has one */
        id = arena_printf(a, "note %u", t->tree->notes++);
    if (!id)
        return;
    *ARENA_PUSH(a, t->tree->ids, t->tree->n_ids, t->tree->cap_ids) = (struct element_id){ id, object };
    buf_str(out, "/ID");
    objects_put_bytes(out, id, strlen(id));
}

static void put_table_attributes(const struct node *n, struct buf *out)
{
    static const char *const scopes[] = { "", "/Scope/Row", "/Scope/Column", "/Scope/Both" };
    const char *scope = n->role == NODE_TH ? scopes[n->scope] : "";
    if (!*scope && n->row_span < 2 && n->column_span < 2)
        return;
    buf_printf(out, "/A<</O/Table%s", scope);
    if (n->row_span > 1)
        buf_printf(out, "/RowSpan %d", n->row_span);
    if (n->column_span > 1)
        buf_printf(out, "/ColSpan %d", n->column_span);
    buf_str(out, ">>");
}

static void put_hundredths(struct buf *out, double v)
{
    objects_put_fixed(out, (long long)(v * 100 + (v < 0 ? -0.5 : 0.5)), 2);
}

static void put_figure_attributes(struct tags *t, const struct node *n, struct buf *out)
{
    const double *b = n->bbox;
    buf_str(out, "/A<</O/Layout/Placement/Block");
    if (n->page >= 0 && (size_t)n->page < t->n_pages && b[2] > b[0] && b[3] > b[1]) {
        double h = t->page_heights[n->page];
        double box[4] = { b[0], h - b[3], b[2], h - b[1] };
        buf_str(out, "/BBox[");
        for (int i = 0; i < 4; i++) {
            if (i)
                buf_char(out, ' ');
            put_hundredths(out, box[i]);
        }
        buf_char(out, ']');
    }
    buf_str(out, ">>");
}

/* PDF/UA-1, 7.6: a list whose items have labels says how they are made. */
static void put_list_attributes(const struct node *n, struct buf *out)
{
    const struct node *item = n->first;
    while (item && item->role != NODE_LI)
        item = item->next;
    if (item && item->first && item->first->role == NODE_LBL)
        buf_printf(out, "/A<</O/List/ListNumbering/%s>>", n->title && strcmp(n->title, "1") == 0 ? "Decimal" : "Disc");
}

static void put_attributes(struct tags *t, const struct node *n, unsigned object, struct buf *out)
{
    put_text(out, "/T", n->title);
    put_text(out, "/Alt", n->alt);
    put_text(out, "/ActualText", n->actual);
    put_text(out, "/E", n->expansion);
    put_text(out, "/Lang", n->lang);
    put_id(t, n, object, out);
    if (is_cell(n->role))
        put_table_attributes(n, out);
    else if (n->role == NODE_FIGURE)
        put_figure_attributes(t, n, out);
    else if (n->role == NODE_L)
        put_list_attributes(n, out);
}

static void put_piece(struct tags *t, const struct piece *p, size_t home, struct buf *out)
{
    if (p->mcid < 0 && p->page == home)
        buf_printf(out, "<</Type/OBJR/Obj %u 0 R>>", p->object);
    else if (p->mcid < 0)
        buf_printf(out, "<</Type/OBJR/Pg %u 0 R/Obj %u 0 R>>", t->page_objects[p->page], p->object);
    else if (p->page != home)
        buf_printf(out, "<</Type/MCR/Pg %u 0 R/MCID %d>>", t->page_objects[p->page], p->mcid);
    else {
        if (out->data[out->len - 1] != '[')
            buf_char(out, ' ');
        objects_put_fixed(out, p->mcid, 0);
    }
}

/* "/Pg 5 0 R/K[0 7 0 R 1]", or nothing. */
static void put_kids(struct tags *t, const struct node *n, struct buf *out)
{
    const struct piece *p = element(t, n)->first;
    size_t home = SIZE_MAX;

    for (const struct piece *q = p; q && home == SIZE_MAX; q = q->next)
        if (q->mcid >= 0)
            home = q->page;
    if (home != SIZE_MAX)
        buf_str(out, "/Pg"), objects_put_reference(out, t->page_objects[home]);
    size_t start = out->len + 2; /* of the bracket */
    int count = 0;
    buf_str(out, "/K[");
    for (const struct node *c = n->first; c; c = c->next) {
        struct element *e = element(t, c);
        if (e->sequence == UINT32_MAX)
            continue;
        for (; p && p->sequence < e->sequence; p = p->next, count++)
            put_piece(t, p, home, out);
        count++;
        objects_put_reference(out, object_of(t, c));
    }
    for (; p; p = p->next, count++)
        put_piece(t, p, home, out);
    if (!count) {
        out->len = start - 2;
        out->data[out->len] = '\0';
    } else if (count == 1) /* a single kid needs no array */
        out->data[start] = ' ';
    else
        buf_char(out, ']');
}

static void write_element(struct tags *t, const struct node *n, unsigned parent)
{
    struct element *e = element(t, n);
    struct buf text = { 0 };

    if (e->sequence == UINT32_MAX)
        return;
    unsigned self = object_of(t, n), holder = owner(t, n);
    for (const struct node *c = n->first; c; c = c->next)
        write_element(t, c, holder);
    buf_str(&text, "<</S/");
    buf_str(&text, node_role_name(n->role));
    buf_str(&text, "/P");
    objects_put_reference(&text, parent);
    put_attributes(t, n, self, &text);
    if (holder != self) { /* a Reference whose link is a Link inside it (14.8.4.4.2) */
        buf_printf(&text, "/K %u 0 R>>", holder);
        objects_text(t->objects, self, text.data, text.len);
        buf_reset(&text);
        buf_printf(&text, "<</S/Link/P %u 0 R", self);
    }
    put_kids(t, n, &text);
    buf_str(&text, ">>");
    objects_text(t->objects, holder, text.data, text.len);
    buf_clear(&text);
}

void tags_write(struct tags *t, const struct node *root)
{
    struct arena *a = &t->objects->arena;
    struct buf text = { 0 };

    find_sequence(t, root);
    unsigned self = object_of(t, root);
    for (const struct node *c = root->first; c; c = c->next)
        write_element(t, c, self);
    put_attributes(t, root, self, &text);
    put_kids(t, root, &text);
    struct tree_root *r = ARENA_PUSH(a, t->tree->roots, t->tree->n_roots, t->tree->cap_roots);
    *r = (struct tree_root){ self, 0, 0, arena_strndup(a, text.data, text.len) };
    buf_clear(&text);
}

/* ---- the tree of the whole file ---- */

/* A number or name tree in two levels, leaves of 64 rows (7.9.6, 7.9.7). */
enum { LEAF = 64 };
typedef void put_tree_row(struct buf *out, const struct tree *tree, size_t i, bool key_only);

static void put_parent(struct buf *out, const struct tree *tree, size_t i, bool key_only)
{
    buf_printf(out, " %u", tree->parents[i].key);
    if (!key_only)
        buf_str(out, tree->parents[i].text[0] == '[' ? "" : " "), buf_str(out, tree->parents[i].text);
}

static void put_element_id(struct buf *out, const struct tree *tree, size_t i, bool key_only)
{
    objects_put_bytes(out, tree->ids[i].id, strlen(tree->ids[i].id));
    if (!key_only)
        buf_printf(out, "%u 0 R", tree->ids[i].object);
}

static unsigned write_leaves(struct objects *o, const struct tree *tree, size_t n, const char *kind, put_tree_row *put)
{
    struct buf top = { 0 }, leaf = { 0 };
    unsigned number = objects_reserve(o);

    buf_str(&top, "<</Kids[");
    for (size_t i = 0; i < n; i += LEAF) {
        size_t end = i + LEAF < n ? i + LEAF : n;
        unsigned child = objects_reserve(o);
        buf_reset(&leaf);
        buf_str(&leaf, "<</Limits[");
        put(&leaf, tree, i, true);
        put(&leaf, tree, end - 1, true);
        buf_printf(&leaf, "]/%s[", kind);
        for (size_t k = i; k < end; k++)
            put(&leaf, tree, k, false);
        buf_str(&leaf, "]>>");
        objects_text(o, child, leaf.data, leaf.len);
        buf_printf(&top, " %u 0 R", child);
    }
    buf_str(&top, "]>>");
    objects_text(o, number, top.data, top.len);
    buf_clear(&top);
    buf_clear(&leaf);
    return number;
}

static int by_key(const void *a, const void *b)
{
    const struct parent *x = a, *y = b;
    return (x->key > y->key) - (x->key < y->key);
}

static int by_id(const void *a, const void *b)
{
    return strcmp(((const struct element_id *)a)->id, ((const struct element_id *)b)->id);
}

/* One document is the root itself; several become parts of one. */
static unsigned write_roots(const struct tree *tree, struct objects *o, unsigned root)
{
    bool book = tree->n_roots > 1;
    unsigned above = book ? objects_reserve(o) : root;
    struct buf text = { 0 }, all = { 0 };

    for (size_t i = 0; i < tree->n_roots; i++) {
        const struct tree_root *r = &tree->roots[i];
        buf_reset(&text);
        buf_printf(&text, "<</S/%s/P %u 0 R%s", book ? "Part" : "Document", above, r->text);
        if (book && r->file)
            buf_printf(&text, "/AF[%u 0 R]", r->file);
        buf_str(&text, ">>");
        objects_text(o, r->object, text.data, text.len);
        buf_printf(&all, " %u 0 R", r->object);
    }
    if (book) {
        buf_reset(&text);
        buf_printf(&text, "<</S/Document/P %u 0 R/K[%s]>>", root, all.data);
        objects_text(o, above, text.data, text.len);
    }
    buf_clear(&text);
    buf_clear(&all);
    return book ? above : tree->n_roots ? tree->roots[0].object : 0;
}

unsigned tree_write(struct tree *tree, struct objects *o)
{
    unsigned root = objects_reserve(o), top = write_roots(tree, o, root);
    struct buf text = { 0 };

    if (tree->n_parents)
        qsort(tree->parents, tree->n_parents, sizeof *tree->parents, by_key);
    if (tree->n_ids)
        qsort(tree->ids, tree->n_ids, sizeof *tree->ids, by_id);
    buf_printf(&text, "<</Type/StructTreeRoot/K %u 0 R/ParentTree %u 0 R/ParentTreeNextKey %u", top,
               write_leaves(o, tree, tree->n_parents, "Nums", put_parent), tree->next_key);
    if (tree->n_ids)
        buf_printf(&text, "/IDTree %u 0 R", write_leaves(o, tree, tree->n_ids, "Names", put_element_id));
    buf_str(&text, ">>");
    objects_text(o, root, text.data, text.len);
    buf_clear(&text);
    return root;
}
