/* batch/manifest.h -- manifest.tsv: what a run has made, a row a card.
 *
 * Tabs, UTF-8, one header row; it holds nothing but what follows from the input (no times),
 * so that it is compared like the files themselves. */
#ifndef BATCH_MANIFEST_H
#define BATCH_MANIFEST_H
#include "base/arena.h"
#include "base/buf.h"

#include <stdbool.h>

struct manifest_row {
    const char *file, *place;
    size_t pages, bytes;
    const char *sha256;
    size_t facts, warnings;
    const char *input;         /* SHA-256 of all that the file's bytes depend on */
};
struct manifest {
    struct manifest_row *rows; /* in the arena given to manifest_read() */
    size_t n, cap;
};

void manifest_header(struct buf *b);
void manifest_row(struct buf *b, const struct manifest_row *r);
/* Adds the rows of a file to `m`; what is no row is passed over, since a row only serves
 * together with the file that it describes. A missing file has no rows. */
void manifest_read(const char *path, struct arena *a, struct manifest *m);
/* The last row of the place, NULL if there is none. */
const struct manifest_row *manifest_lookup(const struct manifest *m, const char *place);
#endif
