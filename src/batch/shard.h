/* batch/shard.h -- one batch cut over several machines, and put together again.
 *
 * Shard K of N makes every Nth card from the Kth on: any such cut of an ordered list is
 * even.  It keeps its own manifest, manifest-K-of-N.tsv, so that shards may share a folder;
 * the first line of that says of which run it is:
 *
 *     #shard  K  N  CARDS  RUN      (tabs; RUN: SHA-256 of all that the run's cards depend on)
 *
 * merge_run() trusts no shard: it wants all N of one run, each of them complete, and every
 * file with the bytes of its row.  What comes out is what one machine would have made.
 */
#ifndef BATCH_SHARD_H
#define BATCH_SHARD_H
#include "base/diag.h"

#include <stdbool.h>
#include <stddef.h>

struct shard {
    size_t number, of;         /* 1 <= number <= of; of 0: the batch is not cut */
};
enum { SHARDS_MAX = 9999, SHARD_NAME = 40 };

/* From "2/8"; false if it is no such thing. */
bool shard_parse(const char *text, struct shard *s);
/* How many of `cards` are the shard's, and the list index of its `i`th, from 0. */
size_t shard_count(struct shard s, size_t cards);
size_t shard_card(struct shard s, size_t i);
/* "manifest-2-of-8" or, not cut, "manifest". */
void shard_manifest(struct shard s, char name[SHARD_NAME]);
/* The first line of its manifest. Not cut: nothing. */
struct buf;
void shard_header(struct shard s, size_t cards, const char *run, struct buf *out);

struct merge_options {
    const char *folder;        /* gets the cards and manifest.tsv */
    const char *const *parts; size_t n_parts; /* folders of shards; none: `folder` holds them all */
};
struct merge_result {
    size_t cards, pages, bytes, shards;
};
/* False after reports that name every shard that is missing, incomplete or of another run and
 * every file that is not what its row says; manifest.tsv is then as it was before. */
bool merge_run(const struct merge_options *o, struct merge_result *r, struct diag *d);
#endif
