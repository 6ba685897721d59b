/* catalog/internal.h -- the catalog as its files are read into it; private to catalog/.
 *
 * places.c, indices.c and catalog.c (indicators, fields, the whole) each read one file and answer for it. */
#ifndef CATALOG_INTERNAL_H
#define CATALOG_INTERNAL_H
#include "catalog/catalog.h"

struct name_entry { const char *key; const struct place *place; bool plain; };
struct stretch { const struct place **items; size_t n; };
struct boundary { const char *date; bool last_day; }; /* passed on the day itself, or after a last day */
struct relatives { const struct place **items; size_t n, cap; };
struct tile_set { const char *from, *to; struct tile *items; size_t n, cap; };

struct catalog {
    struct arena arena;
    char hash[65];
    struct place *places;          size_t n_places, cap_places;
    struct relatives *before;      /* of each row: the units that it took over */
    struct name_entry *names;      size_t n_names, cap_names; /* cap: a power of two */
    struct boundary *boundaries;   size_t n_boundaries;
    struct stretch *stretches;     /* n_boundaries + 1 */
    struct tile_set *tiles;        size_t n_tiles, cap_tiles;
    const char *region_change;     /* from this day the regions of 2025 hold */
    struct field *fields;          size_t n_fields, cap_fields;
    struct indicator *indicators;  size_t n_indicators, cap_indicators;
    const struct indicator **by_code;
    struct index *indices;         size_t n_indices, cap_indices;
    const struct sentences *sentences;
};

/* Each reads its file; false after a report that ends the reading. In this order: later ones refer to earlier. */
bool places_read(struct catalog *c, const char *path, struct diag *d);
bool indices_read(struct catalog *c, const char *path, struct diag *d);
#endif
