/* print/journal.h -- print.tsv: what was handed to which printer, and how it went.
 *
 * It is only ever added to. A row a step, flushed to the disk before the next step is taken; of a
 * document the last row counts. A row that a crash cut off is passed over:
 * its step was not noted, and so not relied on. Columns: file, sha256,
 * printer, job, uuid, state, note. */
#ifndef PRINT_JOURNAL_H
#define PRINT_JOURNAL_H
#include "base/diag.h"

enum noted {
    NOTED_NOTHING,
    NOTED_SENDING,    /* the job has a number; its document may be on its way */
    NOTED_SENT,       /* the printer has all of it */
    NOTED_PRINTED,    /* the printer says that it is done */
    NOTED_FAILED,     /* not printed: it may be sent again */
    NOTED_UNKNOWN,    /* handed over, and the printer no longer knows how it went */
    NOTED_WANTED,     /* to be printed, whatever the rows before say */
};
struct entry {
    const char *file, *sha256, *printer;
    int job;
    const char *uuid;  /* "": not told */
    enum noted state;
    const char *note;  /* why; "" */
};

struct journal;
/* Opens or makes the file for this process alone and reads its rows. NULL after a
 * report: another process has it, or it cannot be written. */
struct journal *journal_open(const char *path, struct diag *d);
void journal_close(struct journal *j); /* NULL is fine */
/* Adds rows and waits for the disk. False after a report: then nothing may be sent. */
bool journal_note(struct journal *j, const struct entry *entries, size_t n, struct diag *d);
/* The last row, as the file was opened, for these bytes; NULL: none. The same bytes
 * under another name are the same document. */
const struct entry *journal_lookup(const struct journal *j, const char *sha256);
#endif
