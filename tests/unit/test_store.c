/* The store: nothing doubles, decisions stay, conflicts are found, faults are told. */
#include "base/file.h"
#include "check.h"
#include "store/store.h"

#include <ftw.h>
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/phieudiem-store-XXXXXX";
static struct arena arena;
static struct diag diag;

static const char *in_folder(const char *name)
{
    return arena_printf(&arena, "%s/%s", folder, name);
}

static struct fact make(const char *quote, const char *period, enum fact_qualifier q, double value)
{
    return (struct fact){ .source = "a.txt", .start = 5, .end = 9, .quote = quote, .place = "Lào Cai", .level = "",
                          .indicator = "papi.diem", .kind = FACT_PERCENT, .value = value, .of = NAN, .unit = "%",
                          .qualifier = q, .period = period, .role = FACT_RESULT, .confidence = 0.9, .why = "" };
}

static struct document make_document(const char *name, const char *text)
{
    struct document *doc = document_decode(name, text, strlen(text), &arena, &diag);
    return *doc;
}

static size_t count(struct store *s, struct store_filter f)
{
    struct stored_facts found;
    return store_facts(s, &f, &arena, &found, &diag) ? found.n : (size_t)-1;
}

static void adding(void)
{
    struct store *s = store_open(in_folder("add.db"), STORE_WRITE, &diag);
    struct document doc = make_document("a.txt", "Tỉnh đạt 97%.\n"), other = make_document("b.txt", "Tỉnh đạt 97%.\n"),
                    changed = make_document("a.txt", "Tỉnh đạt 98%.\n");
    struct fact facts[] = { make("Tỉnh đạt 97%.", "2023", FACT_EQ, 97), make("Tỉnh đạt 97%.", "2023", FACT_EQ, 97),
                            make("Huyện đạt 55%.", "2023", FACT_EQ, 55) };
    size_t added = 9;
    CHECK(store_add_document(s, &doc, facts, 3, &added, &diag) && added == 3, "%zu added", added);
    CHECK(store_add_document(s, &doc, facts, 3, &added, &diag) && added == 0, "again: %zu added", added);
    CHECK(store_add_document(s, &other, facts, 3, &added, &diag) && added == 0, "a copy: %zu added", added);
    CHECK(count(s, (struct store_filter){ 0 }) == 3, "three facts");

    /* The catalog has learned to read one sentence differently. */
    facts[2].indicator = "pci.diem";
    CHECK(store_add_document(s, &doc, facts, 3, &added, &diag) && added == 1, "%zu added", added);
    CHECK(count(s, (struct store_filter){ 0 }) == 3, "the old reading is gone");

    struct store_filter pci = { .indicator = "pci" };
    long n = store_decide(s, NULL, 0, &pci, FACT_APPROVED, "An", "2024-01-01T00:00:00Z", "đúng", &diag);
    CHECK(n == 1, "%ld decided", n);
    /* A corrected file: two facts go, the decided one moves over, one is new. */
    struct fact later[] = { make("Tỉnh đạt 98%.", "2023", FACT_EQ, 98), facts[2] };
    CHECK(store_add_document(s, &changed, later, 2, &added, &diag) && added == 1, "%zu added", added);
    CHECK(count(s, (struct store_filter){ 0 }) == 2, "%zu facts", count(s, (struct store_filter){ 0 }));
    CHECK(count(s, (struct store_filter){ .status = "approved" }) == 1, "the decision stayed");
    struct stored_facts found;
    CHECK(store_facts(s, NULL, &arena, &found, &diag) && found.n_sources == 1, "%zu sources", found.n_sources);
    CHECK(found.n == 2 && strcmp(found.items[0].fact.quote, "Tỉnh đạt 98%.") == 0, "order by indicator");
    CHECK(found.n == 2 && found.items[0].source && strcmp(found.items[0].source->hash, changed.hash) == 0, "source");
    CHECK(found.n == 2 && isnan(found.items[0].fact.of) && found.items[0].fact.start == 5, "columns come back");
    store_close(s);
    CHECK(diag.errors == 0, "%zu errors", diag.errors);
}

static void decisions(void)
{
    struct store *s = store_open(in_folder("decide.db"), STORE_WRITE, &diag);
    struct document doc = make_document("a.txt", "Tỉnh đạt 97%.\n");
    struct fact facts[] = { make("một", "2022", FACT_EQ, 1), make("hai", "2023", FACT_EQ, 2), make("ba", "2023-H1", FACT_EQ, 3) };
    size_t added;
    int64_t two[] = { 1, 2 }, none[] = { 2, 77, 78 };
    store_add_document(s, &doc, facts, 3, &added, &diag);
    CHECK(store_decide(s, two, 2, NULL, FACT_REJECTED, "An", "t", "sai", &diag) == 2, "two rejected");
    CHECK(count(s, (struct store_filter){ 0 }) == 1 && count(s, (struct store_filter){ .status = "rejected" }) == 2, "hidden");
    CHECK(store_decide(s, two, 2, NULL, FACT_REJECTED, "An", "t", "sai", &diag) == 0, "no decision twice");
    CHECK(store_decide(s, two, 1, NULL, FACT_PROPOSED, "An", "t", "lại", &diag) == 1, "undone");
    CHECK(count(s, (struct store_filter){ .period = "2023" }) == 1, "the half year ends in 2023; the other is rejected");
    size_t before = diag.errors;
    CHECK(store_decide(s, none, 3, NULL, FACT_APPROVED, "An", "t", "", &diag) == -1, "unknown numbers");
    CHECK(diag.errors == before + 2 && count(s, (struct store_filter){ .status = "approved" }) == 0, "all told, none changed");
    store_close(s);
    sqlite3 *db;
    sqlite3_stmt *q;
    sqlite3_open(in_folder("decide.db"), &db);
    sqlite3_prepare_v2(db, "SELECT count(*), group_concat(fact || before || '>' || status || why, ' ') FROM decision", -1, &q, NULL);
    CHECK(sqlite3_step(q) == SQLITE_ROW && sqlite3_column_int(q, 0) == 3, "%d decisions kept", sqlite3_column_int(q, 0));
    CHECK(strcmp((const char *)sqlite3_column_text(q, 1), "1proposed>rejectedsai 2proposed>rejectedsai 1rejected>proposedlại") == 0,
          "%s", sqlite3_column_text(q, 1));
    sqlite3_finalize(q);
    sqlite3_close(db);
    diag_clear(&diag);
}

/* Fourth of the eleven places of a region and seventh of the country's 63 are both right. */
static void rankings(void)
{
    static const struct { double value, of; bool conflict; } second[] = { { 7, 63, false }, { 5, 11, true }, { 4, 11, false } };
    for (size_t i = 0; i < sizeof second / sizeof *second; i++) {
        struct store *s = store_open(arena_printf(&arena, "%s/r%zu.db", folder, i), STORE_WRITE, &diag);
        struct document doc = make_document("r.txt", "x");
        struct fact facts[] = { make("thứ 4/11", "2023", FACT_EQ, 4), make("hạng", "2023", FACT_EQ, second[i].value) };
        facts[0].kind = facts[1].kind = FACT_RANK;
        facts[0].of = 11;
        facts[1].of = second[i].of;
        size_t added;
        store_add_document(s, &doc, facts, 2, &added, &diag);
        CHECK(count(s, (struct store_filter){ .conflicts = true }) == (second[i].conflict ? 2 : 0), "case %zu", i);
        store_close(s);
    }
}

static void conflicts(void)
{
    static const struct { enum fact_qualifier qa; double a; enum fact_qualifier qb; double b; bool conflict; } cases[] = {
        { FACT_EQ, 97.4, FACT_EQ, 97.4, false }, { FACT_EQ, 97.4, FACT_EQ, 98, true },
        { FACT_EQ, 40.6146, FACT_EQ, 40.61, false }, /* rounded */
        { FACT_EQ, 40.6146, FACT_EQ, 40.7, true },   { FACT_ABOUT, 100, FACT_EQ, 97, false },
        { FACT_ABOUT, 100, FACT_EQ, 80, true },      { FACT_OVER, 80, FACT_EQ, 96, false },
        { FACT_OVER, 97, FACT_EQ, 80, true },        { FACT_OVER, 70, FACT_OVER, 90, false },
        { FACT_AT_MOST, 5, FACT_AT_LEAST, 9, true },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = arena_printf(&arena, "%s/c%zu.db", folder, i);
        struct store *s = store_open(path, STORE_WRITE, &diag);
        struct document doc = make_document("a.txt", "x");
        struct fact facts[] = { make("một", "2023", cases[i].qa, cases[i].a), make("hai", "2023", cases[i].qb, cases[i].b),
                                make("không rõ năm", "", FACT_EQ, 3), make("năm khác", "2022", FACT_EQ, 4) };
        size_t added, n;
        store_add_document(s, &doc, facts, 4, &added, &diag);
        n = count(s, (struct store_filter){ .conflicts = true });
        CHECK(n == (cases[i].conflict ? 2 : 0), "case %zu: %zu", i, n);
        int64_t first = 1;
        store_decide(s, &first, 1, NULL, FACT_REJECTED, "", "", "", &diag);
        CHECK(count(s, (struct store_filter){ .conflicts = true }) == 0, "case %zu: a rejected fact conflicts with none", i);
        store_close(s);
    }
}

/* What a walk gave, and what the places gave one by one, must be what store_facts() gives. */
struct walked { size_t n; int64_t sum; const char *place; int64_t before[3]; size_t places; };

static void take(void *ctx, const struct stored_facts *some, int64_t before)
{
    struct walked *w = ctx;
    if (!w->place || strcmp(w->place, some->items[0].fact.place) != 0) {
        w->place = arena_strdup(&arena, some->items[0].fact.place);
        w->before[w->places++ % 3] = before;
    }
    for (size_t i = 0; i < some->n; i++) {
        w->n++;
        w->sum += some->items[i].fact.id * (some->items[i].conflict + 1);
    }
}

static void walking(void)
{
    struct store *s = store_open(in_folder("walk.db"), STORE_WRITE, &diag);
    struct document doc = make_document("a.txt", "x");
    struct fact facts[] = { make("một", "2023", FACT_EQ, 90), make("hai", "2023", FACT_EQ, 97),
                            make("ba", "2022", FACT_EQ, 1), make("bốn", "2022", FACT_EQ, 2),
                            make("năm", "2023", FACT_EQ, 5), make("sáu", "2023", FACT_EQ, 6) };
    facts[4].place = facts[5].place = "Yên Bái";
    size_t added;
    store_add_document(s, &doc, facts, 6, &added, &diag);

    struct stored_facts all, sources, placed;
    struct walked w = { 0 };
    char stamp[STORE_STAMP];
    int64_t sum = 0;
    store_facts(s, NULL, &arena, &all, &diag);
    for (size_t i = 0; i < all.n; i++)
        sum += all.items[i].fact.id * (all.items[i].conflict + 1);
    CHECK(store_walk(s, &(struct store_pass){ .ctx = &w, .take = take }, &arena, &sources, stamp, &diag), "a walk");
    CHECK(w.n == 6 && w.sum == sum && w.places == 2, "%zu facts of %zu places, %lld", w.n, w.places, (long long)w.sum);
    placed = sources;
    CHECK(store_begin(s, stamp, &diag) && store_place(s, "Lào Cai", w.before[0], &arena, &placed, &diag) &&
              store_place(s, "Yên Bái", w.before[1], &arena, &placed, &diag), "places");
    store_end(s);
    CHECK(placed.n == 6, "%zu facts", placed.n);
    for (size_t i = 0; i < placed.n && i < all.n; i++)
        CHECK(placed.items[i].fact.id == all.items[i].fact.id && placed.items[i].conflict == all.items[i].conflict &&
                  strcmp(placed.items[i].fact.quote, all.items[i].fact.quote) == 0, "fact %zu", i);

    struct diag d = { 0 };
    int64_t first = 1;
    store_decide(s, &first, 1, NULL, FACT_APPROVED, "", "", "", &diag);
    CHECK(!store_begin(s, stamp, &d) && d.errors == 1, "a decision since then is told");
    diag_clear(&d);
    store_close(s);
}

static void fault(const char *name, enum store_mode mode, const char *says, int status)
{
    struct diag d = { 0 };
    struct store *s = store_open(in_folder(name), mode, &d);
    CHECK(!s && d.n == 1 && strstr(d.messages[0].text, says), "%s: %s", name, d.n ? d.messages[0].text : "no message");
    CHECK(diag_status(&d, false) == status, "%s: status %d", name, diag_status(&d, false));
    store_close(s);
    diag_clear(&d);
}

static void faults(void)
{
    file_write(in_folder("text.db"), "not a database at all, but long enough to be looked at: 0123456789", 66, &diag);
    file_write(in_folder("empty.db"), "", 0, &diag);
    fault("none.db", STORE_READ, "no such store", 1);
    fault("text.db", STORE_WRITE, "not a database", 1);
    fault("text.db", STORE_READ, "not a database", 1);
    fault("empty.db", STORE_READ, "empty", 1);
    fault(".", STORE_READ, "folder", 1);
    fault("no/such/folder.db", STORE_WRITE, "cannot be opened or made", 4);
    sqlite3 *db;
    sqlite3_open(in_folder("foreign.db"), &db);
    sqlite3_exec(db, "CREATE TABLE t (x)", NULL, NULL, NULL);
    sqlite3_close(db);
    fault("foreign.db", STORE_WRITE, "another program", 1);
    store_close(store_open(in_folder("newer.db"), STORE_WRITE, &diag));
    sqlite3_open(in_folder("newer.db"), &db);
    sqlite3_exec(db, "PRAGMA user_version = 99", NULL, NULL, NULL);
    sqlite3_close(db);
    fault("newer.db", STORE_READ, "newer phieudiem", 1);
}

/* A document goes in whole or not at all: the disk is full in the middle. */
static void full_disk(void)
{
    struct document doc = make_document("a.txt", "x");
    const char *path = in_folder("full.db");
    store_close(store_open(path, STORE_WRITE, &diag));
    sqlite3 *db;
    sqlite3_open(path, &db);
    sqlite3_exec(db, "CREATE TRIGGER full BEFORE INSERT ON fact WHEN new.value = 500 BEGIN SELECT RAISE(ABORT, 'no'); END", NULL,
                 NULL, NULL);
    sqlite3_close(db);
    struct fact *facts = arena_array(&arena, struct fact, 1000);
    for (int i = 0; i < 1000; i++)
        facts[i] = make("câu", "2023", FACT_EQ, i);
    struct store *s = store_open(path, STORE_WRITE, &diag);
    struct diag d = { 0 };
    size_t added = 7;
    CHECK(!store_add_document(s, &doc, facts, 1000, &added, &d) && added == 0 && d.machine, "%zu added", added);
    CHECK(count(s, (struct store_filter){ 0 }) == 0, "nothing is half in");
    struct stored_facts found;
    CHECK(store_facts(s, NULL, &arena, &found, &d) && found.n_sources == 0, "no source either");
    store_close(s);
    diag_clear(&d);
}

static int take_away(const char *path, const struct stat *st, int type, struct FTW *at)
{
    (void)st, (void)type, (void)at;
    return remove(path);
}

int main(void)
{
    if (!mkdtemp(folder))
        return 1;
    adding();
    decisions();
    conflicts();
    walking();
    rankings();
    faults();
    full_disk();
    diag_print(&diag, stderr, 0);
    diag_clear(&diag);
    arena_clear(&arena);
    nftw(folder, take_away, 8, FTW_DEPTH | FTW_PHYS);
    return CHECK_DONE();
}
