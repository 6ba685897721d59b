/* store/store.h -- the facts of an office, in one SQLite file.
 *
 * Schema versioned (PRAGMA user_version), foreign keys on, WAL; a document or
 * table goes in whole or not at all. Sources are known by the SHA-256 of their
 * bytes, so adding one twice changes nothing; a changed file of the same name
 * replaces the old one's undecided facts. Decisions are rows, never overwritten.
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H
#include "extract/extract.h"

struct store;
enum store_mode { STORE_READ, STORE_WRITE /* made if missing */ };

struct source {
    int64_t id;
    const char *name;        /* file name, or a table row's source name or address */
    const char *kind;        /* "document" or "table" */
    const char *title, *date, *publisher, *place, *symbol, *address, *hash; /* "" where unknown */
};

struct store *store_open(const char *path, enum store_mode mode, struct diag *d); /* NULL after a report */
void store_close(struct store *s); /* NULL is fine */

/* Adds a document and its facts. *added: how many were new (0 the second time). */
bool store_add_document(struct store *s, const struct document *doc, const struct fact *facts, size_t n,
                        size_t *added, struct diag *d);
/* Adds facts of a table; each fact's `source` names its source. */
bool store_add_table(struct store *s, const char *name, const char *hash, const struct fact *facts, size_t n,
                     size_t *added, struct diag *d);

struct store_filter { /* NULL: any */
    const char *place, *indicator, *period, *status, *source;
    bool conflicts;          /* only facts that disagree with another one */
    bool notes;              /* statements without a number (kind note) instead of facts */
};
struct stored_fact {
    struct fact fact;
    const struct source *source;
    int64_t conflict;        /* number of its group of disagreeing facts, from 1; 0: none */
};
struct stored_facts {
    struct stored_fact *items; /* ordered by place, indicator, period, id: deterministic */
    size_t n, cap;
    struct source *sources;
    size_t n_sources;
};
/* Everything that passes the filter, in `a`. Rejected facts only if asked for by status. */
bool store_facts(struct store *s, const struct store_filter *f, struct arena *a, struct stored_facts *out,
                 struct diag *d);

/* For cards, which must not hold all facts at once: one pass that hands on the
 * facts and notes in the order of store_facts(), a few that are of one place and
 * indicator at a time, rejected ones among them; what a fact holds beside its
 * source lasts for the call only; quotes and reasons are left out, and pages
 * and spans unless they are asked for.
 * Groups of disagreeing facts are numbered through the whole pass: `before` have
 * been numbered when take() is called. */
struct store_pass {
    void *ctx;
    void (*take)(void *ctx, const struct stored_facts *some, int64_t before);
    bool spans;
};
enum { STORE_STAMP = 128 };
/* Also gives the sources, in `a`, and a text that is another after every change of what is stored. */
bool store_walk(struct store *s, const struct store_pass *pass, struct arena *a, struct stored_facts *sources,
                char stamp[STORE_STAMP], struct diag *d);
/* Reading places one by one, between these two, sees one state of the store.
 * False after a report, also if it is not the state that `stamp` was given in. */
bool store_begin(struct store *s, const char *stamp, struct diag *d);
void store_end(struct store *s);
/* Appends a place's facts and notes, whole. `before`: of the first of this place in the pass. */
bool store_place(struct store *s, const char *place, int64_t before, struct arena *a, struct stored_facts *out,
                 struct diag *d);
const char *store_path(const struct store *s);
/* SHA-256 over the sources and all facts in order, decisions among them: the same on every
 * machine that holds the same facts, whatever the file's own bytes. */
bool store_fingerprint(struct store *s, char hex[65], struct diag *d);

/* Decides on facts by ids (n > 0) or by filter; keeps who, when and why. Returns how many changed, -1 on error. */
long store_decide(struct store *s, const int64_t *ids, size_t n, const struct store_filter *f,
                  enum fact_status status, const char *who, const char *when, const char *why, struct diag *d);

/* One decision on a fact: rows that are only ever added to. Strings never NULL. */
struct decision {
    int64_t fact;
    const char *at;            /* "2026-05-04T08:30:00Z" */
    const char *who, *before, *after, *why; /* before, after: status of the fact */
    const char *source, *place, *indicator, *period, *quote;
    double value;              /* NAN: of a note */
};
/* Every decision on facts that pass the filter (rejected ones too; its `conflicts` and `notes` are
 * not looked at), oldest first, in `a`. False after a report. */
bool store_decisions(struct store *s, const struct store_filter *f, struct arena *a, struct decision **rows, size_t *n,
                     struct diag *d);

/* What a table of figures leaves to its name or to the person who imports it. */
struct table_defaults {
    const char *indicator; /* code, for a matrix of places by years; NULL */
    const char *period;    /* for a matrix of places by indicators; NULL */
    const char *source;    /* NULL: the file's name */
    const char *sheet;     /* of a workbook; NULL: all that are shown */
};

/* Facts read from a table file (tsv, csv, xlsx): one row a fact (columns of the
 * fact TSV, or province, indicator, period, value, of, unit, source), or a
 * matrix whose first rows name indicators or years over a column of places.
 * Of a workbook every sheet with figures is read, unless one is named.
 * Unknown places, columns, indicators and bad values are reported with row and
 * column; false then, and nothing is taken in. `defaults` may be NULL. */
bool table_read(const char *path, const struct table_defaults *defaults, const struct catalog *c, struct arena *a,
                struct facts *out, char hash[65], struct diag *d);
#endif
