/* The store's file, and what goes into it.
 *
 * A fact has a key: the digest of what it says and where it is quoted, and its
 * number among equal ones of the source; not its span.  So reading a document
 * again finds the facts that are there, a corrected file keeps the decisions on
 * sentences that did not change, and a better catalog replaces what it reads
 * differently.  Facts with a decision are never taken out: a decision without
 * its fact would prove nothing. */
#include "store/store.h"

#include "base/file.h"
#include "store/sql.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* "phdm": tells a store from other databases (PRAGMA application_id). */
enum { APPLICATION_ID = 0x7068646D };

/* Step i makes schema i+1 of schema i. Steps that were released are never changed. */
static const char *const migrations[] = {
    "CREATE TABLE source ("
    " id INTEGER PRIMARY KEY,"
    " kind TEXT NOT NULL CHECK (kind IN ('document', 'table')),"
    " file TEXT NOT NULL,"       /* the file's name without folders */
    " hash TEXT NOT NULL,"       /* SHA-256 of the file's bytes */
    " name TEXT NOT NULL,"       /* document: its file name; table: what its rows name as source */
    " title TEXT NOT NULL DEFAULT '', date TEXT NOT NULL DEFAULT '', publisher TEXT NOT NULL DEFAULT '',"
    " place TEXT NOT NULL DEFAULT '', symbol TEXT NOT NULL DEFAULT '', address TEXT NOT NULL DEFAULT '',"
    " UNIQUE (kind, hash, name));"
    "CREATE INDEX source_file ON source (kind, file);"
    "CREATE TABLE document ("
    " source INTEGER PRIMARY KEY REFERENCES source ON DELETE CASCADE,"
    " format TEXT NOT NULL, encoding TEXT NOT NULL, text TEXT NOT NULL);"
    "CREATE TABLE fact ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT," /* ids of facts that were taken out are not given again */
    " source INTEGER NOT NULL REFERENCES source,"
    " key TEXT NOT NULL,"
    " start INTEGER, \"end\" INTEGER, page INTEGER NOT NULL,"
    " quote TEXT NOT NULL, place TEXT NOT NULL, level TEXT NOT NULL, indicator TEXT NOT NULL,"
    " kind TEXT NOT NULL, value REAL, \"of\" REAL, unit TEXT NOT NULL, qualifier TEXT NOT NULL,"
    " period TEXT NOT NULL, role TEXT NOT NULL, confidence REAL NOT NULL, why TEXT NOT NULL,"
    " status TEXT NOT NULL DEFAULT 'proposed' CHECK (status IN ('proposed', 'approved', 'rejected')),"
    " UNIQUE (source, key));"
    "CREATE INDEX fact_place ON fact (place, indicator, period);"
    "CREATE TABLE decision ("
    " id INTEGER PRIMARY KEY AUTOINCREMENT,"
    " fact INTEGER NOT NULL REFERENCES fact,"
    " before TEXT NOT NULL, status TEXT NOT NULL, who TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL);"
    "CREATE INDEX decision_fact ON decision (fact);",
};
enum { SCHEMA = sizeof migrations / sizeof *migrations };

/* ---- opening ---- */

static bool number_of(struct store *s, const char *sql, int64_t *n, struct diag *d)
{
    sqlite3_stmt *q = sql_prepare(s, sql, d);
    bool ok = q && sqlite3_step(q) == SQLITE_ROW;
    if (ok)
        *n = sqlite3_column_int64(q, 0);
    else if (q)
        sql_report(s, d);
    sqlite3_finalize(q);
    return ok;
}

static bool migrate(struct store *s, int64_t from, struct diag *d)
{
    if (!sql_run(s, "BEGIN IMMEDIATE", d))
        return false;
    /* Another process may have done it while we waited for the lock. */
    bool ok = number_of(s, "PRAGMA user_version", &from, d);
    for (int64_t i = from; ok && i < SCHEMA; i++)
        ok = sql_run(s, migrations[i], d);
    struct buf b = { 0 };
    buf_printf(&b, "PRAGMA application_id = %d; PRAGMA user_version = %d; COMMIT", APPLICATION_ID, SCHEMA);
    ok = ok && sql_run(s, b.data, d);
    buf_clear(&b);
    if (!ok)
        sql_rollback(s);
    return ok;
}

/* Is it a store, and one of a schema that we know? */
static bool check_schema(struct store *s, enum store_mode mode, struct diag *d)
{
    int64_t version = 0, id = 0, tables = 0;
    struct at at = { .file = s->path };
    if (!number_of(s, "SELECT count(*) FROM sqlite_schema", &tables, d) ||
        !number_of(s, "PRAGMA user_version", &version, d) || !number_of(s, "PRAGMA application_id", &id, d))
        return false;
    if (tables && id != APPLICATION_ID) {
        diag_error(d, at, _("is a database of another program, not a store of facts"));
        return false;
    }
    if (version > SCHEMA) {
        diag_error(d, at, _("was made by a newer phieudiem (schema %d; this one knows up to %d)"), (int)version, SCHEMA);
        return false;
    }
    if (!tables && mode == STORE_READ) {
        diag_error(d, at, _("is an empty file, not a store of facts"));
        return false;
    }
    if (version == SCHEMA)
        return true;
    if (mode == STORE_WRITE)
        return migrate(s, version, d);
    diag_error(d, at, _("has an older schema (%d); any command that writes to it brings it up to date"), (int)version);
    return false;
}

/* No thread shares a handle, so none need wait for it: a lock for each column read costs a tenth of the time. */
static bool open_at(struct store *s, const char *path, int flags)
{
    sqlite3_close(s->db);
    s->db = NULL;
    return sqlite3_open_v2(path, &s->db, flags | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK;
}

/* A file that cannot be written, in WAL mode: SQLite wants to make its index
 * beside it.  Without a log of unfinished writes the file alone is all there is. */
static bool open_immutable(struct store *s)
{
    struct buf uri = { 0 }, log = { 0 };
    struct stat st;
    buf_printf(&log, "%s-wal", s->path);
    bool logged = stat(log.data, &st) == 0 && st.st_size > 0;
    buf_str(&uri, "file:");
    for (const char *p = s->path; *p; p++)
        if (strchr("%?# ", *p))
            buf_printf(&uri, "%%%02X", (unsigned char)*p);
        else
            buf_char(&uri, *p);
    buf_str(&uri, "?immutable=1");
    bool ok = !logged && open_at(s, uri.data, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI);
    buf_clear(&uri);
    buf_clear(&log);
    return ok;
}

static bool open_file(struct store *s, enum store_mode mode, struct diag *d)
{
    struct at at = { .file = s->path };
    struct stat st;
    bool there = stat(s->path, &st) == 0;
    if (there && S_ISDIR(st.st_mode)) {
        diag_error(d, at, _("is a folder, not a store of facts"));
        return false;
    }
    if (!there && mode == STORE_READ) {
        diag_error(d, at, _("there is no such store of facts; extract --db and import make one"));
        return false;
    }
    /* A reader too asks for writing, where it may: the last one to close then
     * takes the log and its index away.  query_only holds it to reading. */
    if (!open_at(s, s->path, SQLITE_OPEN_READWRITE | (mode == STORE_WRITE ? SQLITE_OPEN_CREATE : 0))) {
        sql_report(s, d);
        return false;
    }
    sqlite3_busy_timeout(s->db, 10000);
    int code = sqlite3_exec(s->db, mode == STORE_READ ? "PRAGMA query_only = ON; SELECT count(*) FROM sqlite_schema"
                                                      : "PRAGMA query_only = OFF", NULL, NULL, NULL) & 0xFF;
    if (mode == STORE_READ && (code == SQLITE_CANTOPEN || code == SQLITE_READONLY))
        return open_immutable(s) || (sql_report(s, d), false);
    return true;
}

struct store *store_open(const char *path, enum store_mode mode, struct diag *d)
{
    struct store *s = xcalloc(1, sizeof *s);
    s->path = xstrdup(path);
    bool made = access(path, F_OK) != 0;
    bool ok = open_file(s, mode, d) && sql_run(s, "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF", d) &&
              check_schema(s, mode, d);
    /* WAL: a card can be made while a document goes in. */
    if (ok && mode == STORE_WRITE)
        ok = sql_run(s, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -32768;"
                        "PRAGMA temp_store = MEMORY", d);
    if (ok)
        return s;
    store_close(s);
    if (made && mode == STORE_WRITE)
        unlink(path); /* no half-made store: the disk was full */
    return NULL;
}

void store_close(struct store *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < sizeof s->kept / sizeof *s->kept; i++)
        sqlite3_finalize(s->kept[i]);
    sqlite3_finalize(s->place);
    sqlite3_close(s->db);
    free(s->path);
    free(s);
}

/* ---- adding ---- */

enum { FIND_SOURCE, ADD_SOURCE, ADD_DOCUMENT, ADOPT_FACT, HAS_FACT, ADD_FACT, ADD_KEY };
static const char *const statements[] = {
    [FIND_SOURCE] = "SELECT id FROM source WHERE kind = ?1 AND hash = ?2 AND name = ?3",
    [ADD_SOURCE] = "INSERT INTO source (kind, hash, name, file, title, date, publisher, place, symbol, address)"
                   " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [ADD_DOCUMENT] = "INSERT OR REPLACE INTO document (source, format, encoding, text) VALUES (?1, ?2, ?3, ?4)",
    /* A decided fact of an earlier version, said again: it moves to the new one. */
    [ADOPT_FACT] = "UPDATE OR IGNORE fact SET source = ?1, start = ?2, \"end\" = ?3, page = ?4 WHERE id ="
                   " (SELECT f.id FROM fact f JOIN temp.old o ON o.id = f.source"
                   "  WHERE f.key = ?5 AND EXISTS (SELECT 1 FROM decision WHERE fact = f.id) LIMIT 1)",
    /* Asked first: an insert that does nothing still writes AUTOINCREMENT's counter. */
    [HAS_FACT] = "SELECT 1 FROM fact WHERE source = ?1 AND key = ?2",
    [ADD_FACT] = "INSERT INTO fact (source, key, start, \"end\", page, quote, place, level, indicator, kind,"
                 " value, \"of\", unit, qualifier, period, role, confidence, why)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
    [ADD_KEY] = "INSERT OR IGNORE INTO temp.incoming (source, key) VALUES (?1, ?2)",
};

static sqlite3_stmt *statement(struct store *s, int which, struct diag *d)
{
    if (!s->kept[which])
        s->kept[which] = sql_prepare(s, statements[which], d);
    return s->kept[which];
}

static const char *text(const char *s)
{
    return s ? s : "";
}

/* Equal statements of one source are told apart by their number: `seen` counts
 * digests that came before, as a hash table of 64 bits of the digest. */
struct seen { uint64_t *digest; int *count; size_t cap; };

static int seen_count(struct seen *t, uint64_t digest)
{
    size_t i = digest % t->cap;
    digest = digest ? digest : 1;
    while (t->digest[i] && t->digest[i] != digest)
        i = (i + 1) % t->cap;
    t->digest[i] = digest;
    return t->count[i]++;
}

static void key_of(const struct fact *f, struct seen *seen, struct buf *scratch, char key[41])
{
    char hex[65];
    buf_reset(scratch);
    const char *words[] = { f->source, f->quote, f->place, f->level, f->indicator, f->unit, f->period,
                            fact_kind_name(f->kind), fact_role_name(f->role), fact_qualifier_name(f->qualifier) };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        buf_str(scratch, text(words[i]));
        buf_char(scratch, '\t');
    }
    buf_number(scratch, f->value, 9);
    buf_char(scratch, '/');
    buf_number(scratch, f->of, 9);
    file_sha256(scratch->data, scratch->len, hex);
    memcpy(key, hex, 32);
    key[32] = '\0';
    char *end = NULL;
    char head[17];
    memcpy(head, hex, 16);
    head[16] = '\0';
    int n = seen_count(seen, strtoull(head, &end, 16));
    if (n)
        snprintf(key + 32, 9, "#%d", n % 1000000);
}

struct adding { /* one document or table going in */
    struct store *s;
    const char *kind, *file, *hash;
    const struct document *doc; /* NULL: a table */
    struct seen seen;
    struct buf scratch;
    bool versions; /* earlier versions of the file are there: temp.old */
    struct diag *d;
};

static int64_t source_id(struct adding *a, const char *name)
{
    struct store *s = a->s;
    sqlite3_stmt *q = statement(s, FIND_SOURCE, a->d);
    const struct document *doc = a->doc;
    int64_t id = 0;
    if (!q || !sql_bind(q, "ttt", a->kind, a->hash, name))
        return 0;
    if (sqlite3_step(q) == SQLITE_ROW)
        id = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    if (id)
        return id;
    bool link = strncmp(name, "http://", 7) == 0 || strncmp(name, "https://", 8) == 0;
    q = statement(s, ADD_SOURCE, a->d);
    bool ok = q && sql_bind(q, "tttttttttt", a->kind, a->hash, name, a->file, doc ? text(doc->title) : "",
                            doc ? text(doc->date) : "", doc ? text(doc->publisher) : "", doc ? text(doc->place) : "",
                            doc ? text(doc->symbol) : "", link ? name : "") &&
              sql_done(s, q, a->d);
    id = ok ? sqlite3_last_insert_rowid(s->db) : 0;
    q = ok && doc ? statement(s, ADD_DOCUMENT, a->d) : NULL;
    if (q && !(sql_bind(q, "ittt", id, doc->format, doc->encoding, doc->text) && sql_done(s, q, a->d)))
        return 0;
    return id;
}

static bool add_fact(struct adding *a, int64_t source, const struct fact *f, size_t *added)
{
    struct store *s = a->s;
    char key[41];
    key_of(f, &a->seen, &a->scratch, key);
    sqlite3_stmt *q = statement(s, ADD_KEY, a->d);
    if (!q || !sql_bind(q, "it", source, key) || !sql_done(s, q, a->d))
        return false;
    int64_t start = f->start >= 0 ? f->start : SQL_NULL, end = f->start >= 0 ? f->end : SQL_NULL;
    if (a->versions) {
        q = statement(s, ADOPT_FACT, a->d);
        if (!q || !sql_bind(q, "iiiit", source, start, end, (int64_t)f->page, key) || !sql_done(s, q, a->d))
            return false;
        if (sqlite3_changes(s->db))
            return true;
    }
    q = statement(s, HAS_FACT, a->d);
    if (!q || !sql_bind(q, "it", source, key))
        return false;
    bool there = sqlite3_step(q) == SQLITE_ROW;
    sqlite3_reset(q);
    if (there)
        return true;
    q = statement(s, ADD_FACT, a->d);
    bool ok = q && sql_bind(q, "itiiittttt", source, key, start, end, (int64_t)f->page, text(f->quote), text(f->place),
                            text(f->level), text(f->indicator), fact_kind_name(f->kind)) &&
              sql_bind_from(q, 11, "ddttttdt", f->kind == FACT_NOTE ? NAN : f->value, f->of, text(f->unit),
                            fact_qualifier_name(f->qualifier), text(f->period), fact_role_name(f->role), f->confidence,
                            text(f->why)) &&
              sql_done(s, q, a->d);
    *added += ok;
    return ok;
}

/* temp.old: the sources that an earlier version of the same file left.  Two
 * documents of one file name (reports of two months in two folders) are two
 * documents unless title, date and symbol agree. */
static bool find_versions(struct adding *a)
{
    struct store *s = a->s;
    if (!sql_run(s, "CREATE TEMP TABLE IF NOT EXISTS old (id INTEGER PRIMARY KEY);"
                    "CREATE TEMP TABLE IF NOT EXISTS incoming (source INTEGER, key TEXT, PRIMARY KEY (source, key))"
                    " WITHOUT ROWID; DELETE FROM temp.old; DELETE FROM temp.incoming", a->d))
        return false;
    if (strcmp(a->file, "-") == 0)
        return true;
    sqlite3_stmt *q = sql_prepare(s, "INSERT INTO temp.old SELECT id FROM source WHERE kind = ?1 AND file = ?2 AND hash <> ?3"
                                     " AND (?4 OR (title = ?5 AND date = ?6 AND symbol = ?7))", a->d);
    const struct document *doc = a->doc;
    bool ok = q && sql_bind(q, "tttittt", a->kind, a->file, a->hash, (int64_t)!doc, doc ? text(doc->title) : "",
                            doc ? text(doc->date) : "", doc ? text(doc->symbol) : "") &&
              sql_done(s, q, a->d);
    a->versions = ok && sqlite3_changes(s->db) > 0;
    sqlite3_finalize(q);
    return ok;
}

/* Facts without a decision that the file does not state any more. */
static bool take_out(struct adding *a, int64_t *gone)
{
    struct store *s = a->s;
    static const char undecided[] = "NOT EXISTS (SELECT 1 FROM decision WHERE decision.fact = fact.id)";
    struct buf b = { 0 };
    buf_printf(&b, "DELETE FROM fact WHERE %s AND (source IN (SELECT id FROM temp.old) OR"
                   " (source IN (SELECT DISTINCT source FROM temp.incoming) AND NOT EXISTS"
                   "  (SELECT 1 FROM temp.incoming i WHERE i.source = fact.source AND i.key = fact.key)))", undecided);
    bool ok = sql_run(s, b.data, a->d);
    *gone = ok ? sqlite3_changes(s->db) : 0;
    buf_clear(&b);
    return ok && sql_run(s, "DELETE FROM source WHERE id IN (SELECT id FROM temp.old) AND NOT EXISTS"
                            " (SELECT 1 FROM fact WHERE fact.source = source.id)", a->d);
}

/* A file that is known under another name keeps its first one. */
static bool known_name(struct adding *a, struct arena *names)
{
    sqlite3_stmt *q = sql_prepare(a->s, "SELECT file FROM source WHERE kind = ?1 AND hash = ?2 LIMIT 1", a->d);
    if (!q || !sql_bind(q, "tt", a->kind, a->hash)) {
        sqlite3_finalize(q);
        return false;
    }
    if (sqlite3_step(q) == SQLITE_ROW)
        a->file = arena_strdup(names, (const char *)sqlite3_column_text(q, 0));
    sqlite3_finalize(q);
    return true;
}

static bool add_all(struct adding *a, const struct fact *facts, size_t n, size_t *added)
{
    struct arena names = { 0 };
    int64_t gone = 0, id = 0;
    const char *named = NULL;
    bool ok = known_name(a, &names) && find_versions(a);
    if (ok && a->doc)
        ok = (id = source_id(a, a->file)) != 0 && /* also known if no fact is left in it */
             sql_bind(statement(a->s, ADD_KEY, a->d), "it", id, "") && sql_done(a->s, a->s->kept[ADD_KEY], a->d);
    for (size_t i = 0; ok && i < n; i++) {
        struct fact f = facts[i];
        f.source = a->doc ? a->file : text(f.source);
        if (!a->doc && (!named || strcmp(named, f.source) != 0)) {
            named = f.source; /* tables come sorted by source, or nearly so */
            ok = (id = source_id(a, named)) != 0;
        }
        ok = ok && add_fact(a, id, &f, added);
    }
    ok = ok && take_out(a, &gone);
    if (ok && gone)
        diag_note(a->d, (struct at){ .file = a->file }, _("replaces what was read from it before: %d facts taken out"), (int)gone);
    arena_clear(&names);
    return ok;
}

static bool add(struct adding *a, const struct fact *facts, size_t n, size_t *added)
{
    *added = 0;
    a->seen.cap = n * 2 + 1;
    a->seen.digest = xcalloc(a->seen.cap, sizeof *a->seen.digest);
    a->seen.count = xcalloc(a->seen.cap, sizeof *a->seen.count);
    bool begun = sql_run(a->s, "BEGIN IMMEDIATE", a->d);
    bool ok = begun && add_all(a, facts, n, added) && sql_run(a->s, "COMMIT", a->d);
    if (begun && !ok) {
        sql_rollback(a->s);
        *added = 0;
    }
    free(a->seen.digest);
    free(a->seen.count);
    buf_clear(&a->scratch);
    return ok;
}

bool store_add_document(struct store *s, const struct document *doc, const struct fact *facts, size_t n,
                        size_t *added, struct diag *d)
{
    struct adding a = { .s = s, .kind = "document", .file = doc->name, .hash = doc->hash, .doc = doc, .d = d };
    return add(&a, facts, n, added);
}

bool store_add_table(struct store *s, const char *name, const char *hash, const struct fact *facts, size_t n,
                     size_t *added, struct diag *d)
{
    struct adding a = { .s = s, .kind = "table", .file = file_basename(name), .hash = hash, .d = d };
    return add(&a, facts, n, added);
}
