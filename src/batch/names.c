#include "batch/deliver.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const char *const fields[] = { "slug", "code", "name", "region", "period", "date", "number" };
enum { SLUG, CODE, NAME, REGION, PERIOD, DATE, NUMBER, FIELDS };
enum { NAME_MAX_BYTES = 200 }; /* of 255 in most file systems: room for what is written beside */

/* What Windows, a share or a shell would stumble over becomes "-"; so does an empty value. */
static void put_value(struct buf *b, const char *value)
{
    size_t before = b->len;
    for (const char *p = value ? value : ""; *p; p++)
        buf_char(b, (unsigned char)*p < 0x20 || *p == 0x7F || strchr("/\\:*?\"<>|", *p) || (*p == '.' && b->len == 0) ? '-' : *p);
    if (b->len == before)
        buf_char(b, '-');
}

static void values_of(const struct card_set *cards, const char *slug, size_t number, size_t n, struct arena *a,
                      const char *values[FIELDS])
{
    const char *day = card_set_as_of(cards);
    const struct place *p = catalog_place(card_set_catalog(cards), slug, day);
    int digits = snprintf(NULL, 0, "%zu", n);
    values[SLUG] = slug;
    values[CODE] = p ? p->code : "";
    values[NAME] = p ? p->name : slug;
    values[REGION] = p ? catalog_region(card_set_catalog(cards), p, day) : "";
    values[PERIOD] = card_set_period(cards);
    values[DATE] = day;
    values[NUMBER] = arena_printf(a, "%0*zu", digits, number);
}

static void unknown_field(const char *pattern, const char *at, size_t len, struct arena *a, struct diag *d)
{
    const char *word = arena_strndup(a, at, len), *near = diag_nearest(word, fields, FIELDS);
    diag_error(d, (struct at){ 0 }, _("--name \"%s\": there is no field {%s}"), pattern, word);
    diag_expected(d, near ? "{%s}" : "{slug}, {code}, {name}, {region}, {period}, {date}, {number}", near);
}

/* True if the pattern is one: known fields, closed braces, no path, a PDF. */
static bool check_pattern(const char *pattern, struct arena *a, struct diag *d)
{
    size_t n = strlen(pattern), errors = d->errors;
    if (strpbrk(pattern, "/\\")) {
        diag_error(d, (struct at){ 0 }, _("--name \"%s\" is a path"), pattern);
        diag_expected(d, _("the name of a file in the folder of -d"));
    }
    if (n < 5 || strcmp(pattern + n - 4, ".pdf") != 0 || pattern[0] == '.') {
        diag_error(d, (struct at){ 0 }, _("--name \"%s\" is no name of a PDF"), pattern);
        diag_expected(d, "{slug}-{period}.pdf");
    }
    for (const char *p = pattern; (p = strchr(p, '{')); p++) {
        size_t len = strcspn(p + 1, "{}");
        bool known = false;
        for (int i = 0; i < FIELDS; i++)
            known |= strlen(fields[i]) == len && strncmp(fields[i], p + 1, len) == 0;
        if (p[1 + len] != '}' || !known)
            unknown_field(pattern, p + 1, len, a, d);
    }
    return d->errors == errors;
}

static void expand(const char *pattern, const char *const values[FIELDS], struct buf *b)
{
    for (const char *p = pattern; *p;) {
        size_t len = *p == '{' ? strcspn(p + 1, "}") : 0;
        if (!len) {
            buf_char(b, *p++);
            continue;
        }
        for (int i = 0; i < FIELDS; i++)
            if (strlen(fields[i]) == len && strncmp(fields[i], p + 1, len) == 0)
                put_value(b, values[i]);
        p += len + 2;
    }
}

struct named { const char *name, *place; size_t number; };

static int by_name(const void *x, const void *y)
{
    const struct named *a = x, *b = y;
    int order = strcasecmp(a->name, b->name); /* a share may know no difference */
    return order ? order : (a->number > b->number) - (a->number < b->number);
}

static bool check_names(const char **names, const char *const *places, size_t n, struct arena *a, struct diag *d)
{
    struct named *all = arena_array(a, struct named, n);
    size_t errors = d->errors;
    for (size_t i = 0; i < n; i++) {
        all[i] = (struct named){ names[i], places[i], i };
        if (strlen(names[i]) > NAME_MAX_BYTES)
            diag_error(d, (struct at){ 0 }, _("the name of the file of %s has %zu bytes; the limit is %d"), places[i],
                       strlen(names[i]), NAME_MAX_BYTES);
    }
    if (n)
        qsort(all, n, sizeof *all, by_name);
    for (size_t i = 1; i < n; i++)
        if (strcasecmp(all[i - 1].name, all[i].name) == 0 && strcmp(all[i - 1].place, all[i].place) != 0) {
            diag_error(d, (struct at){ 0 }, _("%s and %s would have the same file, %s"), all[i - 1].place, all[i].place,
                       all[i].name);
            diag_expected(d, _("a field in --name that tells them apart, such as {slug}"));
        }
    return d->errors == errors;
}

const char **deliver_names(const char *pattern, const struct card_set *cards, const char *const *places, size_t n,
                           struct arena *a, struct diag *d)
{
    const char **names = arena_array(a, const char *, n), *values[FIELDS];
    struct buf b = { 0 };
    if (pattern && !check_pattern(pattern, a, d))
        return NULL;
    for (size_t i = 0; i < n; i++) {
        buf_reset(&b);
        if (pattern) {
            values_of(cards, places[i], i + 1, n, a, values);
            expand(pattern, values, &b);
        } else {
            buf_printf(&b, "%s.pdf", places[i]);
        }
        names[i] = arena_strndup(a, b.data, b.len);
    }
    buf_clear(&b);
    return !pattern || check_names(names, places, n, a, d) ? names : NULL;
}
