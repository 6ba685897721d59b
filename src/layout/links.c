/* After binding: every id once, and no link that leads nowhere. */
#include "layout/links.h"

#include <stdlib.h>
#include <string.h>

enum { SLOTS = 1024 };
struct id { const char *name; struct id *next; };
struct walk {
    struct box_walk as;
    struct binder *b;
    struct id *slots[SLOTS];
};

static unsigned hash(const char *s)
{
    unsigned h = 5381;
    while (*s)
        h = h * 33 + (unsigned char)*s++;
    return h % SLOTS;
}

static bool known(const struct walk *w, const char *name)
{
    const struct id *i = w->slots[hash(name)];
    while (i && strcmp(i->name, name) != 0)
        i = i->next;
    return i != NULL;
}

static void add(struct walk *w, const char *name, struct at at)
{
    if (known(w, name)) {
        diag_error(w->b->d, at, _("the id \"%s\" is there twice, at %s"), name, w->b->place);
        diag_expected(w->b->d, _("an id of its own for each repetition, such as id=\"x-{position()}\""));
        return;
    }
    struct id *i = arena_new(w->b->a, struct id), **slot = &w->slots[hash(name)];
    *i = (struct id){ name, *slot };
    *slot = i;
}

static void box_id(struct box_walk *as, struct box *box)
{
    if (box->id)
        add((struct walk *)as, box->id, box->at);
}

static void run_id(struct box_walk *as, struct run *r)
{
    if (r->anchor)
        add((struct walk *)as, r->anchor, r->at);
    if (r->note)
        add((struct walk *)as, r->note->id, r->at);
}

/* A mark whose sentence has no entry leads to its document's; without that it is no link. */
static void run_link(struct box_walk *as, struct run *r)
{
    struct walk *w = (struct walk *)as;
    if (!r->link_to || r->link_to[0] != '#' || known(w, r->link_to + 1))
        return;
    if (strncmp(r->link_to, "#nguon-", 7) == 0) {
        size_t n = 7 + strspn(r->link_to + 7, "0123456789");
        const char *document = arena_strndup(w->b->a, r->link_to, n);
        r->link_to = known(w, document + 1) ? document : NULL;
        return;
    }
    if (w->b->l->book && strncmp(r->link_to, "#tap-", 5) == 0)
        return; /* to another part of the book */
    if (strncmp(r->link_to, "#dan-", 5) == 0) {
        r->link_to = NULL;
        return;
    }
    diag_error(w->b->d, r->at, _("the link to \"%s\" leads nowhere, at %s"), r->link_to, w->b->place);
    diag_expected(w->b->d, _("the id of an element"));
}

/* ---- the walk ---- */

static void boxes(struct box_walk *w, struct box *b);

static void runs(struct box_walk *w, const struct run *first, size_t n)
{
    for (size_t i = 0; w->run && i < n; i++) {
        w->run(w, (struct run *)&first[i]);
        if (first[i].note)
            runs(w, first[i].note->runs, first[i].note->n);
    }
}

static void table(struct box_walk *w, struct table *t)
{
    const struct table *outer = w->table;
    if (!outer)
        w->table = t;
    boxes(w, t->caption);
    for (size_t i = 0; i < t->n_rows; i++)
        for (size_t k = 0; k < t->rows[i].n_cells; k++)
            boxes(w, t->rows[i].cells[k].content);
    w->table = outer;
}

static void boxes(struct box_walk *w, struct box *b)
{
    for (; b; b = b->next) {
        if (w->box)
            w->box(w, b);
        if (b->kind == BOX_TABLE)
            table(w, b->u.table);
        else if (b->kind == BOX_BLOCK || b->kind == BOX_LIST)
            boxes(w, b->u.block.first);
        else if (b->kind == BOX_TEXT)
            runs(w, b->u.text.runs, b->u.text.n);
    }
}

void walk_flow(struct box_walk *w, const struct box_document *doc)
{
    for (size_t i = 0; i < doc->n_sequences; i++)
        boxes(w, doc->sequences[i].first);
}

static void walk_all(struct box_walk *w, const struct box_document *doc)
{
    for (size_t i = 0; i < doc->n_sequences; i++) {
        const struct master *m = doc->sequences[i].master;
        boxes(w, doc->sequences[i].first);
        for (size_t k = 0; k < m->n_headers; k++)
            boxes(w, m->headers[k].content);
        for (size_t k = 0; k < m->n_footers; k++)
            boxes(w, m->footers[k].content);
    }
}

void links_settle(struct binder *b, struct box_document *doc)
{
    struct walk *w = xcalloc(1, sizeof *w);
    w->b = b;
    w->as.box = box_id;
    w->as.run = run_id;
    walk_all(&w->as, doc);
    w->as.box = NULL;
    w->as.run = run_link;
    walk_all(&w->as, doc);
    free(w);
}
