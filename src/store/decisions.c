#include "store/filter.h"
#include "store/sql.h"

#include <math.h>
#include <string.h>

static const char *column(sqlite3_stmt *q, int i) /* until the next row */
{
    const char *s = (const char *)sqlite3_column_text(q, i);
    return s ? s : "";
}

bool store_decisions(struct store *s, const struct store_filter *f, struct arena *a, struct decision **rows, size_t *n,
                     struct diag *d)
{
    sqlite3_stmt *q = sql_prepare(s,
        "SELECT d.fact, d.at, d.who, d.before, d.status, d.why, s.name, f.place, f.indicator, f.period, f.quote, f.status, f.value"
        " FROM decision d JOIN fact f ON f.id = d.fact JOIN source s ON s.id = f.source ORDER BY d.id", d);
    size_t cap = 0;
    int code = SQLITE_ERROR;
    *rows = NULL;
    *n = 0;
    while (q && (code = sqlite3_step(q)) == SQLITE_ROW) {
        if ((f->place && strcmp(f->place, column(q, 7)) != 0) ||
            !filter_takes(f, column(q, 8), column(q, 9), column(q, 11), column(q, 6), true))
            continue;
        struct decision *x = ARENA_PUSH(a, *rows, *n, cap);
        const char **fields[] = { &x->at, &x->who, &x->before, &x->after, &x->why, &x->source, &x->place, &x->indicator,
                                  &x->period, &x->quote };
        x->fact = sqlite3_column_int64(q, 0);
        for (int i = 0; i < (int)(sizeof fields / sizeof *fields); i++)
            *fields[i] = arena_strdup(a, column(q, i + 1));
        x->value = sqlite3_column_type(q, 12) == SQLITE_NULL ? NAN : sqlite3_column_double(q, 12);
    }
    if (q && code != SQLITE_DONE)
        sql_report(s, d);
    sqlite3_finalize(q);
    return code == SQLITE_DONE;
}
