/* catalog/catalog.h -- what experts of the field know: places, indicators, indices.
 *
 * Read once from layouts/catalog/ (places.xml, indicators.xml, indices.xml,
 * sentences.xml; the word lists of catalog/lexicon.h apart), checked, and read-only from then on;
 * workers share it.  All strings are NFC UTF-8 and live as long as the catalog.
 */
#ifndef CATALOG_CATALOG_H
#define CATALOG_CATALOG_H
#include "base/diag.h"
#include "catalog/sentences.h"

#include <stdbool.h>

/* One administrative unit over one stretch of validity: old and new Lào Cai
 * are two places with one slug.  Dates are ISO; an empty `from` is "before
 * 2004", an empty `to` "still valid". */
struct place {
    const char *slug, *name;      /* "lao-cai", "Lào Cai" */
    const char *kind, *code;      /* "tỉnh" or "thành phố"; GSO code, which does not stay with the name */
    const char *full_name;        /* "Tỉnh Lào Cai", "Thành phố Huế": for headings */
    const char *short_name;       /* as in a table: "TP. Hồ Chí Minh"; else the name */
    const char *from, *to;        /* "" as above */
    const char *successor;        /* slug among the 34; "" */
    const char *region, *region2025; /* "" where none */
    const char **aliases;
    size_t n_aliases;
    const struct place *unit;     /* the first row of the same territory: Thừa Thiên Huế for Huế;
                                     a merged unit is a unit of its own. Equal for rows whose figures
                                     make one series. */
};

/* A tile of the map of a set. The archipelagos belong to a province ("da-nang",
 * "khanh-hoa"; else ""), carry no value, and are part of every map. */
struct tile {
    const char *slug, *label, *name, *belongs;
    int column, row;              /* from 1; row 1 is the north */
};

struct field { /* a reform field: chi-dao, the-che, tthc, bo-may, cong-vu, tai-chinh, so, kt-xh, chi-so */
    const char *code, *name, *short_name;
    bool reform;                  /* its indicators count in the coverage ("14/50") */
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
    const char *column;           /* a word or two for a narrow column head: "Tham gia"; the short name */
    const char *note;             /* "điểm cao là chi phí thấp"; "" */
    int number;                   /* of a component in the official order, from 1; 0 */
    int since;                    /* first data year of a component; 0: as the index */
    double min, max;              /* a component's own scale; 0 0: not known */
};

struct index_scale { int from, to; double min, max; int units; }; /* data years; 0: open, not known */
struct index_missing { int year; const char *slug; };       /* no result was published for this place */
struct index_ranked { int from, to, first; };               /* only the first so many were ranked */
struct index_break { int year; const char *why; };           /* between year-1 and year */
struct index_group { int from, to; double least; const char *name; }; /* class limits; to 0: open */
struct index {
    const char *code, *name, *short_name, *publisher, *address;
    const char *label;            /* beside the short name: "Hiệu quả quản trị và hành chính công" */
    const char *part_name;        /* what its components are called: "lĩnh vực nội dung" */
    const char *quartile[4];      /* names of the published quartile groups, best first; "" */
    bool groups_only;             /* PAPI: quartile groups are published, no ranks */
    bool live;                    /* a value belongs to a day (QĐ 766) */
    bool edition;                 /* the year is that of the edition, not of the data (PII) */
    const struct indicator *score, *rank; /* "papi.diem", "papi.hang" */
    const struct index_missing *missing; size_t n_missing;
    const struct index_ranked *ranked; size_t n_ranked;
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
/* Its region by the six of the date ("Trung du và miền núi phía Bắc"); "" if not known. */
const char *catalog_region(const struct catalog *c, const struct place *place, const char *date);
/* The tile map of a date: a tile for each unit, then the archipelagos. */
const struct tile *catalog_tiles(const struct catalog *c, const char *date, size_t *n);
const struct tile *catalog_tile(const struct catalog *c, const struct place *place, const char *date);
/* Slugs near a mistyped one, for messages; NULL if none is. */
const char *catalog_nearest_place(const struct catalog *c, const char *word);

const struct indicator *catalog_indicator(const struct catalog *c, const char *code); /* NULL: unknown */
const struct indicator *catalog_indicators(const struct catalog *c, size_t *n); /* in order of the file */
const struct field *catalog_fields(const struct catalog *c, size_t *n);
const struct index *catalog_indices(const struct catalog *c, size_t *n);
/* The scale's maximum in a data year; 0 if not known. */
double index_max(const struct index *x, int year);
const struct index_scale *index_scale(const struct index *x, int year); /* NULL: none told */
/* The date whose set of places the figures of a data year are about: the year's
 * last day, or 2025-07-01 and later where the publisher already gave 34. */
const char *index_set_date(const struct index *x, int year, char out[11]);
/* The name of the class that a value falls in ("A", "Tốt"); "" if none is told. */
const char *index_class(const struct index *x, int year, double value);
/* False if the year's result of this place is known to be unpublished. */
bool index_published(const struct index *x, int year, const char *slug);
/* How many were ranked in that year: 30 of PCI 2023; 0: all. */
int index_ranked_first(const struct index *x, int year);
const struct sentences *catalog_sentences(const struct catalog *c); /* how the judgement is worded */
const struct index *catalog_index(const struct catalog *c, const char *code); /* NULL: unknown */
/* True if a line through two data years would cross a change of method, or of the set of places: a rank
 * of 63 and one of 34 are never compared, and no series goes on over 1 July 2025. */
bool index_breaks_between(const struct index *x, int from, int to);

/* Every letter beyond ASCII that a card may print of the catalog, once each, in `a`: a font must have them. */
const char *catalog_letters(const struct catalog *c, struct arena *a);

bool index_set_changes(const struct index *x, int from, int to); /* the second of these alone */

/* SHA-256 of the catalog's files in name order, for the record in the PDF. */
const char *catalog_hash(const struct catalog *c);
#endif
