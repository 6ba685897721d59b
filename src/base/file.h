/* base/file.h -- files read whole and written whole.
 *
 * A file is written beside its target, flushed to the disk and renamed, so
 * that a reader sees the old file or the new one and never half of one. */
#ifndef BASE_FILE_H
#define BASE_FILE_H
#include "base/buf.h"
#include "base/diag.h"

#include <stdbool.h>

/* Reads `path` ("-": standard input) into `out` (cleared first).  False after
 * a report: missing, a folder, unreadable, over `limit` bytes (0: no limit). */
bool file_read(const char *path, size_t limit, struct buf *out, struct diag *d);

/* Writes data to `path` ("-": standard output) by write beside, fsync, rename.
 * False after a report (as the machine's fault); nothing is left behind. */
bool file_write(const char *path, const void *data, size_t n, struct diag *d);

/* The same for one file of many, without the wait for the disk: readers still
 * see the old file or the new one, but a power failure before file_settle()
 * may lose it.  file_settle() writes the last one, which tells that all are
 * there: before its rename it waits once for itself and for all that was
 * written to the folder's file system. */
bool file_place(const char *path, const void *data, size_t n, struct diag *d);
bool file_settle(const char *path, const void *data, size_t n, const char *folder, struct diag *d);
/* The name beside `path` that process `pid` writes to before the rename, in `b`. */
void file_beside(struct buf *b, const char *path, long pid);

/* All n bytes to an open file or pipe, taken up again after signals. False
 * (errno says why) if not all could be written. */
bool file_write_all(int fd, const void *data, size_t n);

/* Makes the folder and its parents.  False after a report. */
bool file_mkdirs(const char *path, struct diag *d);

/* The last part of a path, borrowed from it. */
const char *file_basename(const char *path);

/* A file or folder that ships with the program ("layouts/catalog",
 * "fonts"): looked for under $PHIEUDIEM_DATA, then beside the binary's
 * build folder (the source tree), then under the installed DATADIR.
 * NULL if it is nowhere; else a string in `a`. */
const char *file_data(struct arena *a, const char *name);
/* Told once by main(): argv[0]'s real path, from which file_data() looks. */
void file_set_program(const char *path);

/* SHA-256 (FIPS 180-4) of data as 64 lower-case hexadecimal digits and a NUL. */
void file_sha256(const void *data, size_t n, char hex[65]);
#endif
