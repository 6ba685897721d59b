#include "store/filter.h"

#include <string.h>

static bool indicator_passes(const char *want, const char *code)
{
    size_t n = strlen(want);
    return strcmp(want, code) == 0 || (strncmp(want, code, n) == 0 && n && (strchr(".:", code[n]) || strchr(".:", want[n - 1])));
}

/* "2023" takes every period that ends in the year; any other text itself alone. */
static bool period_passes(const char *want, const char *period)
{
    struct period p, w;
    if (strcmp(want, period) == 0)
        return true;
    return strlen(want) == 4 && period_parse(want, &w) && *period && period_parse(period, &p) && p.year == w.year;
}

bool filter_takes(const struct store_filter *f, const char *indicator, const char *period, const char *status,
                  const char *source, bool rejected)
{
    if (f->status ? strcmp(f->status, status) != 0 : !rejected && strcmp(status, fact_status_name(FACT_REJECTED)) == 0)
        return false;
    return (!f->indicator || indicator_passes(f->indicator, indicator)) && (!f->period || period_passes(f->period, period)) &&
           (!f->source || strcmp(f->source, source) == 0);
}
