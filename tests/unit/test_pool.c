/* The pool: every job once, whoever dies. */
#include "batch/pool.h"
#include "check.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct run {
    int done[64], died[64], signal[64], status[64];
    size_t sum, big;
    pid_t parent;
    bool interrupt;
};

static void work(void *ctx, size_t job, struct buf *reply)
{
    struct run *r = ctx;
    if (job == 5)
        raise(SIGKILL);
    if (job == 9)
        _exit(4);
    if (job == 11) /* larger than a pipe holds */
        for (size_t i = 0; i < 300000; i++)
            buf_char(reply, 'x');
    if (job == 20 && r->interrupt)
        kill(r->parent, SIGINT);
    if (job != 11)
        buf_printf(reply, "%zu", job * job);
}

static void done(void *ctx, size_t job, const struct pool_end *end)
{
    struct run *r = ctx;
    r->done[job]++;
    if (!end->reply) {
        r->died[job]++;
        r->signal[job] = end->signal;
        r->status[job] = end->status;
    } else if (job == 11)
        r->big = end->len;
    else
        r->sum += strtoul(end->reply, NULL, 10);
}

static void run(int workers)
{
    struct run r = { 0 };
    struct diag d = { 0 };
    struct pool_task t = { .n_jobs = 64, .workers = workers, .ctx = &r, .work = work, .done = done };
    CHECK(pool_run(&t, &d), "%d workers", workers);
    size_t sum = 0;
    for (size_t i = 0; i < 64; i++) {
        CHECK(r.done[i] == 1, "job %zu done %d times", i, r.done[i]);
        CHECK(r.died[i] == (i == 5 || i == 9), "job %zu", i);
        sum += i == 5 || i == 9 || i == 11 ? 0 : i * i;
    }
    CHECK(r.signal[5] == SIGKILL && r.status[9] == 4, "signal %d, status %d", r.signal[5], r.status[9]);
    CHECK(r.sum == sum && r.big == 300000, "sum %zu, big %zu", r.sum, r.big);
    diag_clear(&d);
}

/* Interrupted, a run ends what it has begun and no more. */
static void interrupted(void)
{
    struct run r = { .parent = getpid(), .interrupt = true };
    struct diag d = { 0 };
    struct pool_task t = { .n_jobs = 64, .workers = 1, .ctx = &r, .work = work, .done = done };
    CHECK(pool_run(&t, &d) && pool_stopping(), "not stopped");
    CHECK(r.done[20] == 1, "the job in hand was dropped");
    CHECK(r.done[63] == 0, "went on to the end");
    diag_clear(&d);
}

int main(void)
{
    run(1);
    run(4);
    interrupted();
    struct pool_task none = { .n_jobs = 0 };
    struct diag d = { 0 };
    CHECK(pool_run(&none, &d), "no job is no fault");
    return CHECK_DONE();
}
