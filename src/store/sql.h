/* store/sql.h -- SQLite with our messages; for the files of this folder. */
#ifndef STORE_SQL_H
#define STORE_SQL_H
#include "base/diag.h"

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

struct store {
    sqlite3 *db;
    char *path;
    sqlite3_stmt *kept[8]; /* of store.c: prepared once, kept to the end */
    sqlite3_stmt *place;   /* of query.c: the facts of a place */
};

enum { SQL_NULL = INT32_MIN }; /* for sql_bind's "i" */

/* What went wrong last: a full disk and the like is the machine's fault. */
void sql_report(struct store *s, struct diag *d);
/* One or more statements without results; false after a report. */
bool sql_run(struct store *s, const char *sql, struct diag *d);
/* NULL after a report; the caller finalizes. */
sqlite3_stmt *sql_prepare(struct store *s, const char *sql, struct diag *d);
/* Resets and binds from ?1 (or ?`first`) on: t text (borrowed till the next
 * bind; NULL is ""), i int64_t, d double (NAN: NULL). */
bool sql_bind(sqlite3_stmt *q, const char *types, ...);
bool sql_bind_from(sqlite3_stmt *q, int first, const char *types, ...);
/* Runs a bound statement that gives no rows. */
bool sql_done(struct store *s, sqlite3_stmt *q, struct diag *d);
void sql_rollback(struct store *s);
#endif
