/* What is stored, and who decided what about it.
 *
 * Conflicts are worked out at reading, over all facts that were not rejected:
 * facts of one place, indicator, period, level, role, kind (for counts also of
 * one unit, for ranks among as many) whose values cannot both be right.  A
 * value stands for an interval: "=" for what rounds to it, "~" for 5 % about
 * it, ">" and the like for a half line.  Facts conflict if their intervals are
 * apart.  A fact without a place or period is compared with nothing. */
#include "store/filter.h"
#include "store/sql.h"
#include "store/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---- */

static const char *column(sqlite3_stmt *q, int i, struct arena *a)
{
    const char *s = (const char *)sqlite3_column_text(q, i);
    return s && *s ? arena_strdup(a, s) : "";
}

static double column_number(sqlite3_stmt *q, int i)
{
    return sqlite3_column_type(q, i) == SQLITE_NULL ? NAN : sqlite3_column_double(q, i);
}

static bool read_sources(struct store *s, struct arena *a, struct stored_facts *out, struct diag *d)
{
    sqlite3_stmt *q = sql_prepare(s, "SELECT id, name, kind, title, date, publisher, place, symbol, address, hash"
                                     " FROM source ORDER BY id", d);
    size_t cap = 0;
    int code = SQLITE_ERROR;
    while (q && (code = sqlite3_step(q)) == SQLITE_ROW) {
        struct source *x = ARENA_PUSH(a, out->sources, out->n_sources, cap);
        x->id = sqlite3_column_int64(q, 0);
        const char **fields[] = { &x->name, &x->kind, &x->title, &x->date, &x->publisher, &x->place, &x->symbol,
                                  &x->address, &x->hash };
        for (int i = 0; i < 9; i++)
            *fields[i] = column(q, i + 1, a);
    }
    if (q && code != SQLITE_DONE)
        sql_report(s, d);
    sqlite3_finalize(q);
    return code == SQLITE_DONE;
}

static const struct source *source_of(const struct stored_facts *all, int64_t id)
{
    size_t low = 0, high = all->n_sources;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (all->sources[middle].id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low < all->n_sources && all->sources[low].id == id ? &all->sources[low] : NULL;
}

/* Words that repeat from row to row (the rows come sorted by them) are kept once. */
static const char *column_again(sqlite3_stmt *q, int i, struct arena *a, const char *before)
{
    const char *s = (const char *)sqlite3_column_text(q, i);
    return s && before && strcmp(s, before) == 0 ? before : column(q, i, a);
}

/* What a fact says; where it stands and in which words comes behind, for those who ask. */
enum { ID, SOURCE, PLACE, LEVEL, INDICATOR, KIND, VALUE, OF, UNIT, QUALIFIER, PERIOD, ROLE, CONFIDENCE, STATUS,
       START, END, PAGE, QUOTE, WHY };
#define FIGURE                                                                                                         \
    "id, source, place, level, indicator, kind, value, \"of\", unit, qualifier, period, role, confidence, status"
#define SPAN ", start, \"end\", page"
#define WORDS SPAN ", quote, why"
#define SELECT_FACT(columns) "SELECT " columns " FROM fact"
#define IN_ORDER " ORDER BY place, indicator, period, id"

static void read_span(sqlite3_stmt *q, struct fact *f)
{
    f->start = sqlite3_column_type(q, START) == SQLITE_NULL ? -1 : sqlite3_column_int64(q, START);
    f->end = sqlite3_column_type(q, END) == SQLITE_NULL ? -1 : sqlite3_column_int64(q, END);
    f->page = sqlite3_column_int(q, PAGE);
}

static bool read_names(sqlite3_stmt *q, struct fact *f, const struct fact *before)
{
    const char *kind = (const char *)sqlite3_column_text(q, KIND);
    bool again = kind && before && strcmp(kind, fact_kind_name(before->kind)) == 0;
    if (again)
        f->kind = before->kind;
    return (again || fact_kind_parse(kind, &f->kind)) &&
           fact_qualifier_parse((const char *)sqlite3_column_text(q, QUALIFIER), &f->qualifier) &&
           fact_role_parse((const char *)sqlite3_column_text(q, ROLE), &f->role) &&
           fact_status_parse((const char *)sqlite3_column_text(q, STATUS), &f->status);
}

/* All but place and indicator. `last`: the row before, NULL. */
static bool read_rest(sqlite3_stmt *q, struct arena *a, struct stored_facts *all, struct stored_fact *x,
                      const struct stored_fact *last)
{
    const struct fact *before = last ? &last->fact : NULL;
    struct fact *f = &x->fact;
    int64_t source = sqlite3_column_int64(q, SOURCE);
    int columns = sqlite3_column_count(q);
    f->id = sqlite3_column_int64(q, ID);
    x->source = last && last->source->id == source ? last->source : source_of(all, source);
    f->source = x->source ? x->source->name : "";
    f->start = f->end = -1;
    if (columns > START)
        read_span(q, f);
    f->quote = columns > QUOTE ? column(q, QUOTE, a) : "";
    f->level = column_again(q, LEVEL, a, before ? before->level : NULL);
    f->value = column_number(q, VALUE);
    f->of = column_number(q, OF);
    f->unit = column_again(q, UNIT, a, before ? before->unit : NULL);
    f->period = column_again(q, PERIOD, a, before ? before->period : NULL);
    f->confidence = sqlite3_column_double(q, CONFIDENCE);
    f->why = columns > WHY ? column_again(q, WHY, a, before ? before->why : NULL) : "";
    return x->source && read_names(q, f, before);
}

static bool read_row(sqlite3_stmt *q, struct arena *a, struct stored_facts *all, struct stored_fact *x,
                     const struct stored_fact *last)
{
    x->fact.place = column_again(q, PLACE, a, last ? last->fact.place : NULL);
    x->fact.indicator = column_again(q, INDICATOR, a, last ? last->fact.indicator : NULL);
    return read_rest(q, a, all, x, last);
}

static bool report_damaged(struct store *s, const struct stored_fact *x, struct diag *d)
{
    diag_error(d, (struct at){ .file = s->path }, _("fact %lld is damaged"), (long long)x->fact.id);
    return false;
}

/* By place and notes only: conflicts need whole groups. */
static bool read_facts(struct store *s, const struct store_filter *f, struct arena *a, struct stored_facts *all,
                       struct diag *d)
{
    sqlite3_stmt *q = sql_prepare(s, SELECT_FACT(FIGURE WORDS)
                                     " WHERE (?1 = '' OR place = ?1) AND (kind = 'note') = ?2" IN_ORDER, d);
    int code = SQLITE_ERROR;
    bool ok = q && sql_bind(q, "ti", f->place, (int64_t)f->notes);
    while (ok && (code = sqlite3_step(q)) == SQLITE_ROW) {
        struct stored_fact *x = ARENA_PUSH(a, all->items, all->n, all->cap);
        ok = read_row(q, a, all, x, all->n > 1 ? &x[-1] : NULL) || report_damaged(s, x, d);
    }
    if (ok && code != SQLITE_DONE)
        sql_report(s, d);
    sqlite3_finalize(q);
    return ok && code == SQLITE_DONE;
}

/* ---- conflicts ---- */

/* Half a unit of the last decimal that is written: what was rounded away. */
static double rounding(const struct fact *f)
{
    double unit = 1;
    if (f->kind != FACT_PERCENT && f->kind != FACT_SCORE && f->kind != FACT_MONEY)
        return 0;
    for (int i = 0; i < 6 && fabs(f->value / unit - round(f->value / unit)) > 1e-6; i++)
        unit /= 10;
    return unit / 2 * 1.0001;
}

static void interval(const struct fact *f, double *low, double *high)
{
    double near = fabs(f->value) * 0.05, r = rounding(f);
    *low = f->value - r;
    *high = f->value + r;
    switch (f->qualifier) {
    case FACT_EQ: break;
    case FACT_ABOUT: *low = f->value - near; *high = f->value + near; break;
    case FACT_OVER:
    case FACT_AT_LEAST: *high = INFINITY; break;
    case FACT_UNDER:
    case FACT_AT_MOST: *low = -INFINITY; break;
    }
}

static bool apart(const struct fact *a, const struct fact *b)
{
    double la, ha, lb, hb;
    interval(a, &la, &ha);
    interval(b, &lb, &hb);
    double slack = 1e-9 * (fabs(a->value) + fabs(b->value));
    if (a->kind == FACT_FRACTION && isfinite(a->of) && isfinite(b->of) && a->of != b->of)
        return true;
    return la > hb + slack || lb > ha + slack;
}

static int compare_groups(const struct fact *a, const struct fact *b)
{
    int c = strcmp(a->place, b->place);
    c = c ? c : strcmp(a->indicator, b->indicator);
    c = c ? c : strcmp(a->period, b->period);
    c = c ? c : strcmp(a->level, b->level);
    c = c ? c : (int)a->role - (int)b->role;
    c = c ? c : (int)a->kind - (int)b->kind;
    if (c || (a->kind != FACT_COUNT && a->kind != FACT_RANK))
        return c;
    if (a->kind == FACT_COUNT)
        return strcmp(a->unit, b->unit);
    /* A rank of 11 in the region and one of 63 in the country are two ranks. */
    double x = isfinite(a->of) ? a->of : 0, y = isfinite(b->of) ? b->of : 0;
    return (x > y) - (x < y);
}

static int by_group(const void *a, const void *b)
{
    const struct stored_fact *x = *(struct stored_fact *const *)a, *y = *(struct stored_fact *const *)b;
    int c = compare_groups(&x->fact, &y->fact);
    return c ? c : x->fact.id < y->fact.id ? -1 : x->fact.id > y->fact.id;
}

/* Marks who in the group is apart from the lowest upper or the highest lower
 * end: by intervals that is whoever is apart from anybody.  Linear, because
 * one group can hold all facts of a careless table. */
static bool mark_group(struct stored_fact **g, size_t n, int64_t number)
{
    double least_high = INFINITY, most_low = -INFINITY, of = NAN;
    bool ofs = false, found = false;
    const struct fact *low = NULL, *high = NULL;
    for (size_t i = 0; i < n; i++) {
        double l, h;
        interval(&g[i]->fact, &l, &h);
        if (h < least_high || !low) {
            least_high = h;
            low = &g[i]->fact;
        }
        if (l > most_low || !high) {
            most_low = l;
            high = &g[i]->fact;
        }
        if (g[i]->fact.kind == FACT_FRACTION && isfinite(g[i]->fact.of)) {
            ofs |= isfinite(of) && of != g[i]->fact.of;
            of = g[i]->fact.of;
        }
    }
    for (size_t i = 0; i < n; i++) {
        bool c = apart(&g[i]->fact, low) || apart(&g[i]->fact, high) || (ofs && isfinite(g[i]->fact.of));
        g[i]->conflict = c ? number : 0;
        found |= c;
    }
    return found;
}

/* Labels of "khac:" are coarse: within one source they lump together what differs. */
static bool one_label(struct stored_fact **g, size_t n)
{
    bool same = strncmp(g[0]->fact.indicator, "khac", 4) == 0;
    for (size_t i = 1; i < n; i++)
        same = same && g[i]->source == g[0]->source;
    return same;
}

/* Numbers the groups from `before` + 1 on; returns the last number. */
static int64_t find_conflicts(struct stored_facts *all, int64_t before)
{
    struct stored_fact **order = xcalloc(all->n, sizeof *order);
    size_t n = 0;
    int64_t number = before + 1;
    for (size_t i = 0; i < all->n; i++) {
        const struct fact *f = &all->items[i].fact;
        if (*f->place && *f->period && f->status != FACT_REJECTED && f->kind != FACT_NOTE && isfinite(f->value))
            order[n++] = &all->items[i];
    }
    qsort(order, n, sizeof *order, by_group);
    for (size_t i = 0, end; i < n; i = end) {
        for (end = i + 1; end < n && compare_groups(&order[i]->fact, &order[end]->fact) == 0;)
            end++;
        number += end > i + 1 && !one_label(order + i, end - i) && mark_group(order + i, end - i, number);
    }
    free(order);
    return number - 1;
}

/* ---- filtering ---- */

static bool passes(const struct stored_fact *x, const struct store_filter *f)
{
    const struct fact *k = &x->fact;
    return filter_takes(f, k->indicator, k->period, fact_status_name(k->status), k->source, false) &&
           (!f->conflicts || x->conflict);
}

bool store_facts(struct store *s, const struct store_filter *f, struct arena *a, struct stored_facts *out, struct diag *d)
{
    static const struct store_filter any = { 0 };
    f = f ? f : &any;
    *out = (struct stored_facts){ 0 };
    /* One snapshot for sources and facts. */
    if (!sql_run(s, "BEGIN", d))
        return false;
    bool ok = read_sources(s, a, out, d) && read_facts(s, f, a, out, d);
    sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
    if (!ok)
        return false;
    find_conflicts(out, 0);
    size_t n = 0;
    for (size_t i = 0; i < out->n; i++)
        if (passes(&out->items[i], f))
            out->items[n++] = out->items[i];
    out->n = n;
    return true;
}

/* ---- one pass, and one place ---- */

/* Facts, decisions and sources that were ever added: AUTOINCREMENT's counters never go back. */
static bool read_stamp(struct store *s, char stamp[STORE_STAMP], struct diag *d)
{
    sqlite3_stmt *q = sql_prepare(s, "SELECT (SELECT seq FROM sqlite_sequence WHERE name = 'fact'),"
                                     " (SELECT seq FROM sqlite_sequence WHERE name = 'decision'),"
                                     " (SELECT max(id) FROM source), (SELECT count(*) FROM source)", d);
    bool ok = q && sqlite3_step(q) == SQLITE_ROW;
    if (ok)
        snprintf(stamp, STORE_STAMP, "%lld %lld %lld %lld", (long long)sqlite3_column_int64(q, 0),
                 (long long)sqlite3_column_int64(q, 1), (long long)sqlite3_column_int64(q, 2),
                 (long long)sqlite3_column_int64(q, 3));
    else if (q)
        sql_report(s, d);
    sqlite3_finalize(q);
    return ok;
}

/* Facts that may disagree are of one place and indicator, so each such batch is
 * numbered by itself. */
struct walk { const struct store_pass *pass; struct stored_facts some; int64_t numbered; };

static void hand_on(struct walk *w)
{
    int64_t before = w->numbered;
    if (!w->some.n)
        return;
    if (w->some.n > 1)
        w->numbered = find_conflicts(&w->some, before);
    w->pass->take(w->pass->ctx, &w->some, before);
    w->some.items = NULL;
    w->some.n = w->some.cap = 0;
}

static bool same_batch(const struct fact *f, sqlite3_stmt *q)
{
    const char *indicator = (const char *)sqlite3_column_text(q, INDICATOR);
    const char *place = (const char *)sqlite3_column_text(q, PLACE);
    return indicator && place && strcmp(f->indicator, indicator) == 0 && strcmp(f->place, place) == 0;
}

/* The first of a batch names its place and indicator for all. */
static bool take_row(struct walk *w, sqlite3_stmt *q, struct arena *batch)
{
    bool first = !w->some.n || !same_batch(&w->some.items[w->some.n - 1].fact, q);
    if (first) {
        hand_on(w);
        arena_reset(batch);
    }
    struct stored_fact *x = ARENA_PUSH(batch, w->some.items, w->some.n, w->some.cap);
    x->fact.place = first ? column(q, PLACE, batch) : x[-1].fact.place;
    x->fact.indicator = first ? column(q, INDICATOR, batch) : x[-1].fact.indicator;
    return read_rest(q, batch, &w->some, x, first ? NULL : &x[-1]);
}

static bool walk_facts(struct store *s, struct walk *w, struct diag *d)
{
    struct arena batch = { 0 };
    sqlite3_stmt *q = sql_prepare(s, w->pass->spans ? SELECT_FACT(FIGURE SPAN) IN_ORDER : SELECT_FACT(FIGURE) IN_ORDER, d);
    int code = SQLITE_ERROR;
    bool ok = q != NULL;
    while (ok && (code = sqlite3_step(q)) == SQLITE_ROW)
        ok = take_row(w, q, &batch) || report_damaged(s, &w->some.items[w->some.n - 1], d);
    if (ok && code != SQLITE_DONE)
        sql_report(s, d);
    ok = ok && code == SQLITE_DONE;
    if (ok)
        hand_on(w);
    sqlite3_finalize(q);
    arena_clear(&batch);
    return ok;
}

bool store_walk(struct store *s, const struct store_pass *pass, struct arena *a, struct stored_facts *sources,
                char stamp[STORE_STAMP], struct diag *d)
{
    *sources = (struct stored_facts){ 0 };
    if (!sql_run(s, "BEGIN", d))
        return false;
    bool ok = read_stamp(s, stamp, d) && read_sources(s, a, sources, d);
    struct walk w = { .pass = pass, .some = *sources };
    ok = ok && walk_facts(s, &w, d);
    store_end(s);
    return ok;
}

bool store_begin(struct store *s, const char *stamp, struct diag *d)
{
    char now[STORE_STAMP];
    if (!sql_run(s, "BEGIN", d))
        return false;
    bool ok = read_stamp(s, now, d);
    if (ok && strcmp(stamp, now) != 0) {
        diag_error(d, (struct at){ .file = s->path }, _("was changed while cards were being made from it"));
        diag_expected(d, _("no change until they are done; make them again"));
        ok = false;
    }
    if (!ok)
        store_end(s);
    return ok;
}

void store_end(struct store *s)
{
    sqlite3_exec(s->db, "COMMIT", NULL, NULL, NULL);
}

bool store_place(struct store *s, const char *place, int64_t before, struct arena *a, struct stored_facts *out,
                 struct diag *d)
{
    if (!s->place)
        s->place = sql_prepare(s, SELECT_FACT(FIGURE WORDS) " WHERE place = ?1" IN_ORDER, d);
    struct stored_facts own = { .sources = out->sources, .n_sources = out->n_sources };
    int code = SQLITE_ERROR;
    bool ok = s->place && sql_bind(s->place, "t", place);
    while (ok && (code = sqlite3_step(s->place)) == SQLITE_ROW) {
        struct stored_fact *x = ARENA_PUSH(a, own.items, own.n, own.cap);
        ok = read_row(s->place, a, &own, x, own.n > 1 ? &x[-1] : NULL) || report_damaged(s, x, d);
    }
    if (ok && code != SQLITE_DONE)
        sql_report(s, d);
    sqlite3_reset(s->place);
    if (!ok || code != SQLITE_DONE)
        return false;
    find_conflicts(&own, before);
    for (size_t i = 0; i < own.n; i++)
        *ARENA_PUSH(a, out->items, out->n, out->cap) = own.items[i];
    return true;
}

const char *store_path(const struct store *s)
{
    return s->path;
}

/* ---- decisions ---- */

struct verdict { const char *status, *who, *when, *why; };

static bool decide(struct store *s, int64_t id, const struct verdict *what, long *changed, struct diag *d)
{
    static const char keep[] = "INSERT INTO decision (fact, before, status, who, at, why)"
                               " SELECT id, status, ?2, ?3, ?4, ?5 FROM fact WHERE id = ?1 AND status <> ?2";
    sqlite3_stmt *q = sql_prepare(s, keep, d);
    bool ok = q && sql_bind(q, "itttt", id, what->status, what->who, what->when, what->why) && sql_done(s, q, d);
    sqlite3_finalize(q);
    if (!ok || sqlite3_changes(s->db) == 0)
        return ok;
    ++*changed;
    q = sql_prepare(s, "UPDATE fact SET status = ?2 WHERE id = ?1", d);
    ok = q && sql_bind(q, "it", id, what->status) && sql_done(s, q, d);
    sqlite3_finalize(q);
    return ok;
}

static bool known_id(struct store *s, int64_t id, struct diag *d)
{
    sqlite3_stmt *q = sql_prepare(s, "SELECT 1 FROM fact WHERE id = ?1", d);
    bool ok = q && sql_bind(q, "i", id) && sqlite3_step(q) == SQLITE_ROW;
    sqlite3_finalize(q);
    if (q && !ok)
        diag_error(d, (struct at){ .file = s->path }, _("there is no fact %lld"), (long long)id);
    return ok;
}

long store_decide(struct store *s, const int64_t *ids, size_t n, const struct store_filter *f, enum fact_status status,
                  const char *who, const char *when, const char *why, struct diag *d)
{
    const struct verdict what = { fact_status_name(status), who, when, why };
    struct arena a = { 0 };
    struct stored_facts found = { 0 };
    long changed = 0;
    bool ok = n || store_facts(s, f, &a, &found, d);
    bool begun = ok && sql_run(s, "BEGIN IMMEDIATE", d);
    ok = begun;
    for (size_t i = 0; i < n; i++) /* all unknown ids are told, not the first alone */
        ok = begun && known_id(s, ids[i], d) && ok;
    for (size_t i = 0; ok && i < n; i++)
        ok = decide(s, ids[i], &what, &changed, d);
    for (size_t i = 0; ok && i < found.n; i++)
        ok = decide(s, found.items[i].fact.id, &what, &changed, d);
    ok = ok && sql_run(s, "COMMIT", d);
    if (begun && !ok)
        sql_rollback(s);
    arena_clear(&a);
    return ok ? changed : -1;
}
