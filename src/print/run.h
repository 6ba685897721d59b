/* print/run.h -- documents to a printer, one job each, in order.
 *
 * Nothing is printed twice: each step is noted in a journal before the next is
 * taken, and a run that is taken up again asks the printer how the jobs of the
 * last one went. */
#ifndef PRINT_RUN_H
#define PRINT_RUN_H
#include "base/buf.h"
#include "print/printer.h"

struct document {
    const char *file;          /* as the journal names it */
    const char *name;          /* of the job */
    char sha256[65];           /* of the file's bytes */
    const char *media;         /* IPP's name of its pages' paper; NULL: not known */
};

enum fate { FATE_OPEN, FATE_PRINTED, FATE_BEFORE /* by an earlier run */, FATE_FAILED, FATE_UNKNOWN };

struct print_options {
    const struct document *documents; size_t n;
    struct ticket ticket;      /* after printer_check() */
    const char *journal;       /* file */
    bool resume;               /* leave out what the journal or the printer says is printed */
    bool again;                /* with `resume`: also what nobody knows the fate of */
    int retries;               /* of a job that the printer gave up */
    int patience;              /* seconds to wait for a printer at which nothing changes */
    /* The bytes to send, which may be others than the file's; false after a report. */
    bool (*load)(void *ctx, size_t document, struct buf *out, struct diag *d);
    /* A change: of a job's state; with document == n, of the printer's own. */
    void (*tell)(void *ctx, size_t document, int job, const char *what);
    void *ctx;
};
struct print_result {
    size_t printed, before, failed, unknown, open; /* documents; open: not begun, or still at the printer */
    bool stopped;              /* by a signal */
};
/* False after reports unless every document is printed. */
bool print_run(struct printer *p, const struct print_options *o, struct print_result *r, struct diag *d);
#endif
