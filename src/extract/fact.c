/* extract/fact.c -- names of a fact's columns, periods, and a fact as TSV, JSON and XML. */
#include "extract/fact.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const kind_names[] = { "percent", "fraction", "count", "money", "rank", "score", "change",
                                          "duration", "note" };
static const char *const role_names[] = { "result", "target", "change" };
static const char *const qualifier_names[] = { "=", "~", ">", ">=", "<", "<=" };
static const char *const status_names[] = { "proposed", "approved", "rejected" };
#define COUNT(names) (sizeof(names) / sizeof *(names))

const char *fact_kind_name(enum fact_kind k)
{
    return kind_names[k];
}

const char *fact_role_name(enum fact_role r)
{
    return role_names[r];
}

const char *fact_qualifier_name(enum fact_qualifier q)
{
    return qualifier_names[q];
}

const char *fact_status_name(enum fact_status s)
{
    return status_names[s];
}

static int index_of(const char *s, const char *const *names, size_t n)
{
    for (size_t i = 0; s && i < n; i++)
        if (strcmp(s, names[i]) == 0)
            return (int)i;
    return -1;
}

bool fact_kind_parse(const char *s, enum fact_kind *k)
{
    int i = index_of(s, kind_names, COUNT(kind_names));
    if (i >= 0)
        *k = (enum fact_kind)i;
    return i >= 0;
}

bool fact_role_parse(const char *s, enum fact_role *r)
{
    int i = index_of(s, role_names, COUNT(role_names));
    if (i >= 0)
        *r = (enum fact_role)i;
    return i >= 0;
}

bool fact_qualifier_parse(const char *s, enum fact_qualifier *q)
{
    int i = index_of(s, qualifier_names, COUNT(qualifier_names));
    if (i >= 0)
        *q = (enum fact_qualifier)i;
    return i >= 0;
}

bool fact_status_parse(const char *s, enum fact_status *t)
{
    int i = index_of(s, status_names, COUNT(status_names));
    if (i >= 0)
        *t = (enum fact_status)i;
    return i >= 0;
}

/* ---- periods ---- */

/* One end of a period: a year with at most one of half, quarter, month, day. */
struct moment { int year, half, quarter, month, day; };

static int days_in(int year, int month)
{
    static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

/* A decimal number of `min` to `max` digits; moves *s behind it, -1 if there is none. */
static int digits(const char **s, int min, int max)
{
    int value = 0, n = 0;
    while (n < max && isdigit((unsigned char)(*s)[n]))
        value = value * 10 + ((*s)[n++] - '0');
    if (n < min || isdigit((unsigned char)(*s)[n]))
        return -1;
    *s += n;
    return value;
}

/* Reads a moment at *s and moves behind it. */
static bool moment_parse(const char **s, struct moment *m)
{
    *m = (struct moment){ 0 };
    m->year = digits(s, 4, 4);
    if (m->year < 1900 || m->year > 2199)
        return false;
    if (**s != '-')
        return true;
    ++*s;
    char letter = **s;
    if (letter == 'H' || letter == 'Q' || letter == 'M') {
        ++*s;
        int v = digits(s, 1, 2);
        int most = letter == 'H' ? 2 : letter == 'Q' ? 4 : 12;
        *(letter == 'H' ? &m->half : letter == 'Q' ? &m->quarter : &m->month) = v;
        return v >= 1 && v <= most;
    }
    m->month = digits(s, 2, 2);
    if (m->month < 1 || m->month > 12 || **s != '-')
        return false;
    ++*s;
    m->day = digits(s, 2, 2);
    return m->day >= 1 && m->day <= days_in(m->year, m->month);
}

/* "2024-07-15"; of a period, so the year has four digits. */
static void write_day(char out[11], int year, int month, int day)
{
    const int parts[] = { year / 100, year % 100, month, day };
    for (int i = 0, at = 0; i < 4; i++) {
        if (i > 1)
            out[at++] = '-';
        out[at++] = (char)('0' + parts[i] / 10 % 10);
        out[at++] = (char)('0' + parts[i] % 10);
    }
    out[10] = '\0';
}

static void moment_days(const struct moment *m, char first[11], char last[11])
{
    int from = 1, to = 12;
    if (m->half)
        from = m->half * 6 - 5, to = m->half * 6;
    else if (m->quarter)
        from = m->quarter * 3 - 2, to = m->quarter * 3;
    else if (m->month)
        from = to = m->month;
    int last_day = m->day ? m->day : days_in(m->year, to);
    write_day(first, m->year, from, m->day ? m->day : 1);
    write_day(last, m->year, to, last_day);
}

static char moment_grain(const struct moment *m)
{
    return m->day ? 'D' : m->month ? 'M' : m->quarter ? 'Q' : m->half ? 'H' : 'Y';
}

/* One or two moments; two ends must be in order. */
static bool moments_parse(const char *s, struct moment ends[2], bool *range)
{
    char first[11], last[11], unused[11];

    *range = false;
    if (!moment_parse(&s, &ends[0]))
        return false;
    ends[1] = ends[0];
    if (*s == '/') {
        s++;
        *range = true;
        if (!moment_parse(&s, &ends[1]))
            return false;
    }
    if (!*range || *s)
        return !*s;
    moment_days(&ends[0], first, unused);
    moment_days(&ends[1], unused, last);
    return strcmp(first, last) <= 0;
}

bool period_parse(const char *s, struct period *p)
{
    struct moment ends[2];
    bool range;
    char unused[11];

    *p = (struct period){ 0 };
    if (!s)
        return false;
    if (!*s)
        return true;
    if (!moments_parse(s, ends, &range))
        return false;
    moment_days(&ends[0], p->first, unused);
    moment_days(&ends[1], unused, p->last);
    p->grain = range ? 'R' : moment_grain(&ends[0]);
    p->year = ends[1].year;
    return true;
}

static const char *const roman[] = { "", "I", "II", "III", "IV" };

/* `lead` is true where the moment stands alone and takes its noun ("năm 2023"). */
static void moment_label(struct buf *b, const struct moment *m, bool lead)
{
    if (m->day)
        buf_printf(b, "%d/%d/%d", m->day, m->month, m->year);
    else if (m->month)
        buf_printf(b, lead ? "tháng %d/%d" : "%d/%d", m->month, m->year);
    else if (m->quarter)
        buf_printf(b, "quý %s/%d", roman[m->quarter], m->year);
    else if (m->half)
        buf_printf(b, "6 tháng %s năm %d", m->half == 1 ? "đầu" : "cuối", m->year);
    else
        buf_printf(b, lead ? "năm %d" : "%d", m->year);
}

void period_label(struct buf *b, const char *period)
{
    struct moment ends[2];
    bool range;

    if (!period || !*period)
        return;
    if (!moments_parse(period, ends, &range)) {
        buf_str(b, period);
        return;
    }
    bool months = range && ends[0].month && ends[1].month && !ends[0].day && !ends[1].day;
    if (months && ends[0].year == ends[1].year && ends[0].month == 1) {
        buf_printf(b, "%d tháng đầu năm %d", ends[1].month, ends[0].year);
        return;
    }
    moment_label(b, &ends[0], !range);
    if (range) {
        buf_str(b, "–");
        moment_label(b, &ends[1], false);
    }
}

/* ---- printing ---- */

enum { SIGNIFICANT = 15 }; /* decimal digits that a double keeps */

static void add_number(struct buf *b, double v)
{
    double a = fabs(v);
    int whole = 1, decimals;

    if (isnan(v))
        return;
    while (a >= 10 && whole < SIGNIFICANT) {
        a /= 10;
        whole++;
    }
    decimals = SIGNIFICANT - whole < 9 ? SIGNIFICANT - whole : 9;
    buf_number(b, v, decimals);
}

static const char *text(const char *s)
{
    return s ? s : "";
}

/* ---- columns: one table for the TSV, JSON and XML ---- */

static const char *source(const struct fact *f) { return f->source; }
static const char *quote(const struct fact *f) { return f->quote; }
static const char *place(const struct fact *f) { return f->place; }
static const char *level(const struct fact *f) { return f->level; }
static const char *indicator(const struct fact *f) { return f->indicator; }
static const char *kind(const struct fact *f) { return fact_kind_name(f->kind); }
static const char *unit(const struct fact *f) { return f->unit; }
static const char *qualifier(const struct fact *f) { return fact_qualifier_name(f->qualifier); }
static const char *period(const struct fact *f) { return f->period; }
static const char *role(const struct fact *f) { return fact_role_name(f->role); }
static const char *status(const struct fact *f) { return fact_status_name(f->status); }
static const char *why(const struct fact *f) { return f->why; }
static double id(const struct fact *f) { return (double)f->id; }
static double start(const struct fact *f) { return f->start < 0 ? NAN : (double)f->start; }
static double end(const struct fact *f) { return f->start < 0 ? NAN : (double)f->end; }
static double page(const struct fact *f) { return f->page > 0 ? f->page : NAN; }
static double value(const struct fact *f) { return f->kind == FACT_NOTE ? NAN : f->value; }
static double of(const struct fact *f) { return f->of; }
static double confidence(const struct fact *f) { return f->confidence; }

enum column_use {
    STORED = 1,    /* printed only of a fact in a store */
    LAST = 2,      /* stands at the end of the TSV's row */
    NO_TSV = 4,
    OMITTED = 8,   /* JSON leaves it out where there is none; else it is null */
    BODY = 16,     /* XML: the element's text, no attribute */
    SHARE = 32     /* two decimals in TSV and XML */
};
static const struct column {
    const char *name;
    const char *(*text)(const struct fact *f);  /* one of these two */
    double (*number)(const struct fact *f);     /* NAN: none */
    unsigned use;
} columns[] = {
    { "source", source, NULL, 0 },
    { "id", NULL, id, STORED | LAST },
    { "start", NULL, start, OMITTED },
    { "end", NULL, end, OMITTED },
    { "page", NULL, page, LAST | OMITTED },
    { "quote", quote, NULL, BODY },
    { "place", place, NULL, 0 },
    { "level", level, NULL, 0 },
    { "indicator", indicator, NULL, 0 },
    { "kind", kind, NULL, 0 },
    { "value", NULL, value, 0 },
    { "of", NULL, of, 0 },
    { "unit", unit, NULL, 0 },
    { "qualifier", qualifier, NULL, 0 },
    { "period", period, NULL, 0 },
    { "role", role, NULL, 0 },
    { "confidence", NULL, confidence, SHARE },
    { "status", status, NULL, 0 },
    { "why", why, NULL, NO_TSV },
};
enum { COLUMNS = sizeof columns / sizeof *columns };

/* The TSV's columns in their order: those of a store last. -1 behind the last. */
static int tsv_column(int at, bool stored)
{
    for (int pass = 0; pass < (stored ? 2 : 1); pass++)
        for (int i = 0; i < COLUMNS; i++)
            if (!(columns[i].use & NO_TSV) && !(columns[i].use & LAST) == !pass && at-- == 0)
                return i;
    return -1;
}

void fact_tsv_header(struct buf *b, bool stored)
{
    for (int n = 0, i; (i = tsv_column(n, stored)) >= 0; n++)
        buf_printf(b, n ? "\t%s" : "%s", columns[i].name);
    buf_char(b, '\n');
}

void fact_tsv(struct buf *b, const struct fact *f, bool stored)
{
    for (int n = 0, i; (i = tsv_column(n, stored)) >= 0; n++) {
        const struct column *c = &columns[i];
        if (n)
            buf_char(b, '\t');
        if (c->text)
            buf_tsv(b, text(c->text(f)));
        else if (c->use & SHARE)
            buf_number(b, c->number(f), 2);
        else if (c->use & LAST && isnan(c->number(f)))
            buf_char(b, '0');
        else
            add_number(b, c->number(f));
    }
    buf_char(b, '\n');
}

void fact_json(struct buf *b, const struct fact *f, bool stored)
{
    bool first = true;
    buf_char(b, '{');
    for (const struct column *c = columns; c < columns + COLUMNS; c++) {
        double v = c->number ? c->number(f) : 0;
        if ((c->use & STORED && !stored) || (c->use & OMITTED && !isfinite(v)))
            continue;
        buf_printf(b, first ? "\"%s\": " : ", \"%s\": ", c->name);
        first = false;
        if (c->text)
            buf_json(b, text(c->text(f)));
        else if (isfinite(v))
            add_number(b, v);
        else
            buf_str(b, "null");
    }
    buf_char(b, '}');
}

void fact_xml(struct buf *b, const struct fact *f, bool stored)
{
    buf_str(b, "<fact");
    for (const struct column *c = columns; c < columns + COLUMNS; c++) {
        double v = c->number ? c->number(f) : 0;
        const char *s = c->text ? text(c->text(f)) : "";
        if ((c->use & STORED && !stored) || c->use & BODY || (c->text ? !*s : !isfinite(v)))
            continue;
        buf_printf(b, " %s=\"", c->name);
        if (c->text)
            buf_xml(b, s);
        else
            add_number(b, c->use & SHARE ? round(v * 100) / 100 : v);
        buf_char(b, '"');
    }
    buf_char(b, '>');
    buf_xml(b, text(f->quote));
    buf_str(b, "</fact>\n");
}
