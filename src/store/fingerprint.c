#include "store/store.h"

#include "base/file.h"

#include <string.h>

struct chain {
    struct buf text;
    char hex[65];
};

/* The hash so far stands before what is hashed next: the order counts, and nothing need be held. */
static void link_up(struct chain *c)
{
    char next[65];
    file_sha256(c->text.data, c->text.len, next);
    memcpy(c->hex, next, sizeof c->hex);
    buf_reset(&c->text);
    buf_str(&c->text, c->hex);
}

static void add_facts(void *ctx, const struct stored_facts *some, int64_t before)
{
    struct chain *c = ctx;
    (void)before;
    for (size_t i = 0; i < some->n; i++) {
        fact_tsv(&c->text, &some->items[i].fact, false);
        buf_tsv(&c->text, some->items[i].source ? some->items[i].source->hash : "");
        buf_char(&c->text, '\n');
    }
    link_up(c);
}

static void add_source(struct buf *b, const struct source *s)
{
    const char *fields[] = { s->name, s->kind, s->title, s->date, s->publisher, s->place, s->symbol, s->address, s->hash };
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        buf_tsv(b, fields[i]);
        buf_char(b, '\t');
    }
    buf_char(b, '\n');
}

bool store_fingerprint(struct store *s, char hex[65], struct diag *d)
{
    struct chain c = { 0 };
    struct arena a = { 0 };
    struct stored_facts sources;
    char stamp[STORE_STAMP];
    bool ok = store_walk(s, &(struct store_pass){ .ctx = &c, .take = add_facts, .spans = true }, &a, &sources, stamp, d);
    for (size_t i = 0; ok && i < sources.n_sources; i++)
        add_source(&c.text, &sources.sources[i]);
    link_up(&c);
    memcpy(hex, c.hex, sizeof c.hex);
    buf_clear(&c.text);
    arena_clear(&a);
    return ok;
}
