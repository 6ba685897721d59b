#include "store/sql.h"

#include <math.h>
#include <stdarg.h>

void sql_report(struct store *s, struct diag *d)
{
    struct at at = { .file = s->path };
    int code = s->db ? sqlite3_errcode(s->db) & 0xFF : SQLITE_NOMEM;
    switch (code) {
    case SQLITE_NOTADB: diag_error(d, at, _("is not a database, so no store of facts")); break;
    case SQLITE_CORRUPT: diag_error(d, at, _("is damaged (%s)"), sqlite3_errmsg(s->db)); break;
    case SQLITE_FULL: diag_machine(d, at, _("cannot be written: the disk is full; nothing was changed")); break;
    case SQLITE_READONLY: diag_machine(d, at, _("cannot be written: the file or its folder is read-only")); break;
    case SQLITE_CANTOPEN: diag_machine(d, at, _("cannot be opened or made (is its folder there, and may it be written to?)")); break;
    case SQLITE_BUSY:
    case SQLITE_LOCKED: diag_machine(d, at, _("is in use by another program")); break;
    default: diag_machine(d, at, _("the store failed: %s"), s->db ? sqlite3_errmsg(s->db) : "?"); break;
    }
}

bool sql_run(struct store *s, const char *sql, struct diag *d)
{
    if (sqlite3_exec(s->db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return true;
    sql_report(s, d);
    return false;
}

sqlite3_stmt *sql_prepare(struct store *s, const char *sql, struct diag *d)
{
    sqlite3_stmt *q = NULL;
    if (sqlite3_prepare_v2(s->db, sql, -1, &q, NULL) != SQLITE_OK)
        sql_report(s, d);
    return q;
}

static bool bind_all(sqlite3_stmt *q, int at, const char *types, va_list ap)
{
    bool ok = true;
    for (; *types && ok; types++, at++) {
        if (*types == 't') {
            const char *s = va_arg(ap, const char *);
            ok = sqlite3_bind_text(q, at, s ? s : "", -1, SQLITE_STATIC) == SQLITE_OK;
        } else if (*types == 'i') {
            int64_t n = va_arg(ap, int64_t);
            ok = (n == SQL_NULL ? sqlite3_bind_null(q, at) : sqlite3_bind_int64(q, at, n)) == SQLITE_OK;
        } else {
            double v = va_arg(ap, double);
            ok = (isfinite(v) ? sqlite3_bind_double(q, at, v) : sqlite3_bind_null(q, at)) == SQLITE_OK;
        }
    }
    return ok;
}

bool sql_bind(sqlite3_stmt *q, const char *types, ...)
{
    va_list ap;
    sqlite3_reset(q);
    va_start(ap, types);
    bool ok = bind_all(q, 1, types, ap);
    va_end(ap);
    return ok;
}

bool sql_bind_from(sqlite3_stmt *q, int first, const char *types, ...)
{
    va_list ap;
    va_start(ap, types);
    bool ok = bind_all(q, first, types, ap);
    va_end(ap);
    return ok;
}

bool sql_done(struct store *s, sqlite3_stmt *q, struct diag *d)
{
    int code = sqlite3_step(q);
    if (code != SQLITE_DONE)
        sql_report(s, d);
    sqlite3_reset(q);
    return code == SQLITE_DONE;
}

void sql_rollback(struct store *s)
{
    if (!sqlite3_get_autocommit(s->db))
        sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
}
