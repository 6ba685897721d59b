/* pdf/sign.h -- a PAdES baseline signature (ETSI EN 319 142-1), B or with a timestamp T, as an incremental update.
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
    bool stamped_later;          /* leave room for a timestamp */
};
/* In the first signature field that is empty; without one in a hidden field of
 * the first page. The whole file into `out`. False after a report. */
bool sign_file(struct reader *r, const struct signing *s, struct buf *out, struct diag *d);

/* What a timestamp authority is asked about the file's last signature (pdf/stamp.h), and its
 * answer put beside that signature, whose covered bytes stay as they are. False after a report. */
bool sign_query(struct reader *r, struct buf *query, struct diag *d);
bool sign_stamp(struct reader *r, const struct buf *reply, const char *reply_path, struct buf *out, struct diag *d);

struct signature {
    const char *signer, *time;   /* common name of the certificate, NULL; PDF date, NULL */
    bool sound;                  /* the bytes it covers are those that were signed */
    bool whole;                  /* it covers all of the file */
    const char *stamped, *authority; /* time told by a timestamp that fits, and whose it is; NULL */
    const char *stamp_fault;     /* why its timestamp does not fit, translated; NULL */
};
/* The signatures of a file, in the reader's memory. */
void sign_check(struct reader *r, const struct signature **list, size_t *n);
#endif
