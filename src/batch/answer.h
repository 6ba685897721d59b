/* batch/answer.h -- what a worker tells its parent about a card: figures and messages.
 *
 * Both ends are the same program, forked, so figures cross as they lie in memory. */
#ifndef BATCH_ANSWER_H
#define BATCH_ANSWER_H
#include "base/buf.h"
#include "base/diag.h"

struct answer {
    bool ok, kept;             /* kept: the file was there and is up to date */
    bool machine;              /* it failed by the machine's fault: a full disk */
    size_t pages, bytes, facts, warnings;
    char sha256[65];           /* of the file */
    char input[65];            /* of all that its bytes depend on */
};

/* The answer and all messages of `d` at the end of `b`. */
void answer_write(struct buf *b, const struct answer *a, const struct diag *d);
/* False if the bytes are no whole answer. `messages` points behind it into data, for answer_messages(). */
bool answer_read(const char *data, size_t n, struct answer *a, const char **messages, size_t *len);
/* Adds the messages to `d`, but not those that `d` has already; returns how many were left out. */
size_t answer_messages(const char *data, size_t n, struct diag *d);
#endif
