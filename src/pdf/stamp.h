/* pdf/stamp.h -- timestamps of signatures (RFC 3161): with one, a signature is PAdES baseline T.
 *
 * A timestamp is of the signature's value.  Whether its authority is to be trusted is, as with
 * the signer, another question than whether it fits: here it fits if the authority's own
 * signature is sound, its certificate is for timestamps, and the hash is that of the value. */
#ifndef PDF_STAMP_H
#define PDF_STAMP_H
#include "base/buf.h"
#include "base/diag.h"

/* What is asked of an authority: a TimeStampReq. */
bool stamp_query(const void *value, size_t n, struct buf *query);
/* The token in an authority's answer. NULL, or why it does not serve, translated. */
const char *stamp_token(const struct buf *reply, const void *value, size_t n, struct buf *token);
/* Whether a token fits the value: NULL, or why not. *time: "2025-01-21T01:00:00Z"; *authority: its name. */
const char *stamp_check(const void *token, size_t len, const void *value, size_t n, struct arena *a, const char **time,
                        const char **authority);
/* Sends the query to http://HOST[:PORT]/PATH. False after a report. */
bool stamp_ask(const char *url, const struct buf *query, struct buf *reply, struct diag *d);
#endif
