/* pdf/sign.h -- a PAdES baseline-B signature (ETSI EN 319 142-1) as an incremental update.
 *
 * The file's own bytes stay as they are; after them come the signature, its
 * field and what refers to it, so that the seal of the first state still holds. */
#ifndef PDF_SIGN_H
#define PDF_SIGN_H
#include "pdf/reader.h"

struct signing {
    const char *key;             /* PKCS #12 file with private key and certificates */
    const char *password;        /* "" for none */
    const char *time;            /* ISO 8601: "2025-01-20T08:00:00+07:00" or with "Z" */
    const char *reason;          /* NULL: none */
};
/* In the first signature field that is empty; without one in a hidden field of
 * the first page. The whole file into `out`. False after a report. */
bool sign_file(struct reader *r, const struct signing *s, struct buf *out, struct diag *d);

struct signature {
    const char *signer, *time;   /* common name of the certificate, NULL; PDF date, NULL */
    bool sound;                  /* the bytes it covers are those that were signed */
    bool whole;                  /* it covers all of the file */
};
/* The signatures of a file, in the reader's memory. */
void sign_check(struct reader *r, const struct signature **list, size_t *n);
#endif
