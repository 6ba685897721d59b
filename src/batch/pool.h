/* batch/pool.h -- jobs done by child processes.
 *
 * The parent opens everything that the jobs share, then calls pool_run(): each
 * worker is a fork and so has a copy of its own of all of it.  Jobs are handed
 * out one by one to whoever is idle.  A worker that dies takes one job with it;
 * another is forked and the rest goes on.
 *
 * SIGINT and SIGTERM end a run cleanly: jobs in hand are finished, no new ones
 * begin.  A worker whose parent has died ends after its job.
 */
#ifndef BATCH_POOL_H
#define BATCH_POOL_H
#include "base/buf.h"
#include "base/diag.h"

#include <sys/types.h>

struct pool_end {              /* how a job ended */
    const char *reply;         /* what the worker left, `len` bytes; NULL: the worker died */
    size_t len;
    pid_t pid;                 /* of the worker */
    int signal, status;        /* of a death: the signal, or else the exit status */
};

struct pool_task {
    size_t n_jobs;             /* numbered from 0, handed out in that order */
    int workers;               /* 0: one a processor; never more than jobs */
    void *ctx;                 /* given to all three */
    /* In a worker: does the job and leaves the answer in `reply`, which is empty. */
    void (*work)(void *ctx, size_t job, struct buf *reply);
    /* In the parent, in order of completion. */
    void (*done)(void *ctx, size_t job, const struct pool_end *end);
    /* In the parent, about ten times a second and after each job; NULL: nothing. */
    void (*tick)(void *ctx);
};

/* False after a report if no worker could be started; jobs not yet done are
 * then lost.  True also if it was stopped: ask pool_stopping(). */
bool pool_run(const struct pool_task *t, struct diag *d);
/* In the parent and in workers: the run shall end, asked by a signal or by pool_stop(). */
bool pool_stopping(void);
/* In the parent, from done(): no more jobs. */
void pool_stop(void);
#endif
