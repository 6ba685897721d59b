#include "card/shelf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct shelf {
    const struct stored_facts *facts, *notes; /* in memory; NULL: in a store */
    struct store *whole;       /* the opener's, for the walk */
    char *path;
    char stamp[STORE_STAMP];   /* of the state that was walked */
    struct store *own;         /* of the process `pid` */
    pid_t pid;
};

struct shelf *shelf_of_store(struct store *store)
{
    struct shelf *s = xcalloc(1, sizeof *s);
    s->whole = store;
    s->path = xstrdup(store_path(store));
    return s;
}

struct shelf *shelf_of_memory(const struct stored_facts *facts, const struct stored_facts *notes)
{
    struct shelf *s = xcalloc(1, sizeof *s);
    s->facts = facts;
    s->notes = notes;
    return s;
}

void shelf_close(struct shelf *s)
{
    if (!s)
        return;
    if (s->own && s->pid == getpid())
        store_close(s->own);
    free(s->path);
    free(s);
}

static void walk_memory(const struct stored_facts *facts, const struct store_pass *pass)
{
    for (size_t i = 0; facts && i < facts->n; i++) {
        struct stored_facts one = { .items = &facts->items[i], .n = 1, .sources = facts->sources,
                                    .n_sources = facts->n_sources };
        pass->take(pass->ctx, &one, 0);
    }
}

bool shelf_walk(struct shelf *s, const struct store_pass *pass, struct arena *a, struct stored_facts *sources,
                struct diag *d)
{
    if (!s->facts)
        return store_walk(s->whole, pass, a, sources, s->stamp, d);
    *sources = (struct stored_facts){ .sources = s->facts->sources, .n_sources = s->facts->n_sources };
    walk_memory(s->facts, pass);
    walk_memory(s->notes, pass);
    return true;
}

bool shelf_begin(struct shelf *s, struct diag *d)
{
    if (s->facts)
        return true;
    if (!s->own || s->pid != getpid()) { /* a parent's handle is left alone: closing it too would break its locks */
        s->own = store_open(s->path, STORE_READ, d);
        s->pid = getpid();
    }
    return s->own && store_begin(s->own, s->stamp, d);
}

void shelf_end(struct shelf *s)
{
    if (!s->facts)
        store_end(s->own);
}

static void copy_named(const struct stored_facts *from, const char *place, struct arena *a, struct stored_facts *out)
{
    for (size_t i = 0; from && i < from->n; i++)
        if (strcmp(from->items[i].fact.place, place) == 0)
            *ARENA_PUSH(a, out->items, out->n, out->cap) = from->items[i];
}

bool shelf_place(struct shelf *s, const char *place, int64_t before, struct arena *a, struct stored_facts *out,
                 struct diag *d)
{
    if (!s->facts)
        return store_place(s->own, place, before, a, out, d);
    copy_named(s->facts, place, a, out);
    copy_named(s->notes, place, a, out);
    return true;
}
