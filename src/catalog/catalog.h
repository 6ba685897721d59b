/* catalog/catalog.h -- what experts of the field know: places, indicators, indices.
 *
 * Read once from layouts/catalog/ (places.xml, indicators.xml, indices.xml and
 * the word lists of catalog/lexicon.h), checked, and read-only from then on;
 * workers share it.  All strings are NFC UTF-8 and live as long as the catalog.
 */
#ifndef CATALOG_CATALOG_H
#define CATALOG_CATALOG_H
#include "base/diag.h"

#include <stdbool.h>

/* One administrative unit over one stretch of validity: old and new Lào Cai
 * are two places with one slug.  Dates are ISO; an empty `from` is "before
 * 2004", an empty `to` "still valid". */
struct place {
    const char *slug, *name;      /* "lao-cai", "Lào Cai" */
    const char *kind, *code;      /* "tỉnh" or "thành phố"; GSO code, which does not stay with the name */
    const char *full_name;        /* "Tỉnh Lào Cai", "Thành phố Huế": for headings */
    const char *from, *to;        /* "" as above */
    const char *successor;        /* slug among the 34; "" */
    const char *region, *region2025; /* "" where none */
    const char **aliases;
    size_t n_aliases;
    int tile_col, tile_row;       /* of the tile map of its set, from 1; 0: none */
    const char *tile_label;
};

struct field { /* a reform field: chi-dao, the-che, tthc, bo-may, cong-vu, tai-chinh, so, kt-xh, chi-so */
    const char *code, *name, *short_name;
};

struct index;
struct indicator {
    const char *code, *name, *short_name;
    const struct field *field;
    const char *unit;
    int better;                   /* 1 more is better, -1 less is better, 0 neither */
    int key;                      /* headline order from 1; 0: no headline */
    int decimals;                 /* decimals to print on a card; -1: as given */
    const struct index *index;    /* "papi.diem", "papi.d3": their index; else NULL */
    const char *part;             /* of the index: "diem", "hang", "d3"; "" */
    const struct indicator *rank; /* the rank that goes with a score ("papi.hang"); NULL */
    double tolerance;             /* a change below it counts as equal; 0: none known */
};

struct index_scale { int from, to; double max; int units; }; /* data years; 0: open */
struct index_break { int year; const char *why; };           /* between year-1 and year */
struct index_group { int year; double least; const char *name; }; /* class limits by year */
struct index {
    const char *code, *name, *short_name, *publisher, *address;
    bool groups_only;             /* PAPI: quartile groups are published, no ranks */
    const struct index_scale *scales;  size_t n_scales;
    const struct index_break *breaks;  size_t n_breaks;
    const struct index_group *groups;  size_t n_groups;
    const struct indicator **parts;    size_t n_parts; /* components in official order */
};

struct catalog;

/* Reads every file of the folder; NULL after reports (file, line, element).
 * The caller owns it: catalog_close(). */
struct catalog *catalog_open(const char *folder, struct diag *d);
void catalog_close(struct catalog *c); /* NULL is fine */

/* The unit with this slug on an ISO date (also "2024": that year's last day);
 * NULL if none was valid then. */
const struct place *catalog_place(const struct catalog *c, const char *slug, const char *date);
/* The same by bare name, alias or full name, in any letter case and tone
 * placement ("TP. Hồ Chí Minh", "Khánh Hoà"). An empty date takes any time,
 * the latest first. */
const struct place *catalog_place_named(const struct catalog *c, const char *name, const char *date);
/* All units valid on a date, in code order: 63 or 34 of them. */
const struct place *const *catalog_places_on(const struct catalog *c, const char *date, size_t *n);
/* The units that `place` (of the 34) took over; n = 0 if it took over none. */
const struct place *const *catalog_predecessors(const struct catalog *c, const struct place *place, size_t *n);
const struct place *catalog_places(const struct catalog *c, size_t *n); /* every row */

const struct indicator *catalog_indicator(const struct catalog *c, const char *code); /* NULL: unknown */
const struct indicator *catalog_indicators(const struct catalog *c, size_t *n); /* in order of the file */
const struct field *catalog_fields(const struct catalog *c, size_t *n);
const struct index *catalog_indices(const struct catalog *c, size_t *n);
/* The scale's maximum in a data year; 0 if not known. */
double index_max(const struct index *x, int year);
/* True if a line through two data years would cross a change of method. */
bool index_breaks_between(const struct index *x, int from, int to);

/* SHA-256 of the catalog's files in name order, for the record in the PDF. */
const char *catalog_hash(const struct catalog *c);
#endif
