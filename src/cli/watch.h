/* cli/watch.h -- waits until files change (inotify).
 *
 *     struct watch w;
 *     watch_open(&w, NULL, d);
 *     unsigned layout = watch_add(&w, "layouts", NULL);
 *     unsigned data = watch_add(&w, "facts", "facts.db");
 *     while (watch_wait(&w) & layout) ...
 *
 * A kernel's event only wakes it up: what counts is whether a file's time or
 * size differs from what it was, so that reading (SQLite opens its log for
 * writing to read) and our own output wake nobody for nothing. */
#ifndef CLI_WATCH_H
#define CLI_WATCH_H
#include "base/diag.h"

#include <stdbool.h>
#include <stdint.h>

enum { WATCH_MOST = 4 };
struct watched {
    const char *folder;
    const char *name;          /* this store and its log; NULL: layouts, catalogs and pictures, in subfolders too */
    uint64_t seen;             /* what the files were like */
};
struct watch {
    int fd;
    const char *own;           /* pictures whose names begin so are what is made here; NULL: none */
    struct watched items[WATCH_MOST];
    unsigned n;
};

bool watch_open(struct watch *w, const char *own, struct diag *d); /* false after a report */
/* The bit that watch_wait() gives for it. The strings are borrowed. */
unsigned watch_add(struct watch *w, const char *folder, const char *name);
/* Which changed since it last returned, or since they were added; 0 when waiting fails. */
unsigned watch_wait(struct watch *w);
void watch_close(struct watch *w);
#endif
