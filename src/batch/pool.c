/* Two pipes a worker: job numbers go down, replies come up as a head (job,
 * length) and that many bytes.  One job at a time is under way in a worker, so
 * that a death is known to be that job's: the worker's wait for the next number
 * is some 20 us, against milliseconds for a card. */
#include "batch/pool.h"

#include "base/file.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_WORKERS = 256, TICK_MS = 100 };
#define IDLE SIZE_MAX

struct head { size_t job, len; };

struct worker {
    pid_t pid;                 /* 0: none */
    int to, from;              /* parent's ends; `to` is -1 once there is no more work */
    size_t job;                /* IDLE: none */
    struct buf in;             /* the reply so far */
};

struct pool {
    const struct pool_task *task;
    struct worker workers[MAX_WORKERS];
    int n_workers;
    size_t next;               /* job to hand out */
    bool told;                 /* workers know that the run shall end */
};

/* Process-wide, as a signal handler has no other way to tell. */
static volatile sig_atomic_t stopping;

static void on_stop(int sig)
{
    (void)sig;
    stopping = 1;
}

bool pool_stopping(void)
{
    return stopping != 0;
}

void pool_stop(void)
{
    stopping = 1;
}

static bool read_all(int fd, void *data, size_t n)
{
    for (char *p = data; n;) {
        ssize_t r = read(fd, p, n);
        if (r < 0 && errno == EINTR)
            continue;
        if (r <= 0)
            return false;
        p += r;
        n -= (size_t)r;
    }
    return true;
}

/* A terminal sends its SIGINT to all; only the parent decides what it means. */
static void worker_signals(void)
{
    struct sigaction ignore = { .sa_handler = SIG_IGN }, stop = { .sa_handler = on_stop };
    struct sigaction usual = { .sa_handler = SIG_DFL };
    sigaction(SIGINT, &ignore, NULL);
    sigaction(SIGTERM, &stop, NULL);
    sigaction(SIGPIPE, &usual, NULL); /* a dead parent ends the worker */
}

static _Noreturn void worker_main(const struct pool_task *t, int jobs, int replies)
{
    struct buf reply = { 0 };
    struct head head;
    worker_signals();
    while (read_all(jobs, &head.job, sizeof head.job)) {
        buf_reset(&reply);
        t->work(t->ctx, head.job, &reply);
        head.len = reply.len;
        if (!file_write_all(replies, &head, sizeof head) || !file_write_all(replies, reply.data, reply.len))
            break;
    }
    _exit(0); /* not exit(): the parent's stdio buffers are not the worker's to flush */
}

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

static bool worker_start(struct pool *p, struct worker *w)
{
    int down[2] = { -1, -1 }, up[2] = { -1, -1 };
    if (pipe(down) != 0 || pipe(up) != 0 || (w->pid = fork()) < 0) {
        int why = errno;
        for (int i = 0; i < 2; i++) {
            close_fd(&down[i]);
            close_fd(&up[i]);
        }
        w->pid = 0;
        errno = why;
        return false;
    }
    if (w->pid == 0) {
        /* The others' ends too, else they would not see the parent's end of file. */
        for (int i = 0; i < p->n_workers; i++)
            if (p->workers[i].pid > 0 && &p->workers[i] != w) {
                close_fd(&p->workers[i].to);
                close_fd(&p->workers[i].from);
            }
        close(down[1]);
        close(up[0]);
        worker_main(p->task, down[0], up[1]);
    }
    close(down[0]);
    close(up[1]);
    w->to = down[1];
    w->from = up[0];
    w->job = IDLE;
    buf_reset(&w->in);
    return true;
}

/* The worker's end of file was seen: it ended, of itself or not. */
static void worker_ended(struct pool *p, struct worker *w)
{
    struct pool_end end = { .pid = w->pid };
    int status = 0;
    size_t job = w->job;
    close_fd(&w->to);
    close_fd(&w->from);
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
    end.signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    end.status = WIFEXITED(status) ? WEXITSTATUS(status) : 0;
    w->pid = 0;
    w->job = IDLE;
    if (job != IDLE)
        p->task->done(p->task->ctx, job, &end);
}

static void worker_reply(struct pool *p, struct worker *w)
{
    char block[65536];
    struct head head;
    ssize_t n = read(w->from, block, sizeof block);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n <= 0) {
        worker_ended(p, w);
        return;
    }
    buf_add(&w->in, block, (size_t)n);
    if (w->in.len < sizeof head)
        return;
    memcpy(&head, w->in.data, sizeof head);
    if (w->in.len - sizeof head < head.len)
        return;
    struct pool_end end = { .reply = w->in.data + sizeof head, .len = head.len, .pid = w->pid };
    w->job = IDLE;
    p->task->done(p->task->ctx, head.job, &end);
    buf_reset(&w->in);
}

static bool more(const struct pool *p)
{
    return !stopping && p->next < p->task->n_jobs;
}

/* Gives every idle worker a job, or lets it go; a dead one is replaced while there is work. */
static void hand_out(struct pool *p)
{
    for (int i = 0; i < p->n_workers; i++) {
        struct worker *w = &p->workers[i];
        if (w->job != IDLE)
            continue;
        if (!w->pid && !(more(p) && worker_start(p, w)))
            continue;
        if (!more(p)) {
            close_fd(&w->to);
            continue;
        }
        /* A failed write means a death, which shows as an end of file. */
        w->job = p->next++;
        (void)file_write_all(w->to, &w->job, sizeof w->job);
    }
}

static void tell_stop(struct pool *p)
{
    if (!stopping || p->told)
        return;
    p->told = true;
    for (int i = 0; i < p->n_workers; i++)
        if (p->workers[i].pid > 0)
            kill(p->workers[i].pid, SIGTERM);
}

/* Waits for something to happen; false if no worker is left. */
static bool wait_for_workers(struct pool *p)
{
    struct pollfd fds[MAX_WORKERS];
    struct worker *who[MAX_WORKERS];
    nfds_t n = 0;
    for (int i = 0; i < p->n_workers; i++)
        if (p->workers[i].pid > 0) {
            who[n] = &p->workers[i];
            fds[n++] = (struct pollfd){ .fd = p->workers[i].from, .events = POLLIN };
        }
    if (!n)
        return false;
    if (poll(fds, n, TICK_MS) > 0)
        for (nfds_t i = 0; i < n; i++)
            if (fds[i].revents)
                worker_reply(p, who[i]);
    return true;
}

static int worker_count(const struct pool_task *t)
{
    long n = t->workers > 0 ? t->workers : sysconf(_SC_NPROCESSORS_ONLN);
    if (n < 1)
        n = 1;
    if (n > MAX_WORKERS)
        n = MAX_WORKERS;
    return (size_t)n > t->n_jobs ? (int)t->n_jobs : (int)n;
}

static void pool_loop(struct pool *p)
{
    do {
        hand_out(p);
        tell_stop(p);
        if (p->task->tick)
            p->task->tick(p->task->ctx);
    } while (wait_for_workers(p));
}

bool pool_run(const struct pool_task *t, struct diag *d)
{
    struct pool *p = xcalloc(1, sizeof *p);
    struct sigaction stop = { .sa_handler = on_stop, .sa_flags = SA_RESETHAND }; /* the second time it kills */
    struct sigaction ignore = { .sa_handler = SIG_IGN }, was[3];
    stopping = 0;
    p->task = t;
    p->n_workers = worker_count(t);
    for (int i = 0; i < p->n_workers; i++)
        p->workers[i] = (struct worker){ .to = -1, .from = -1, .job = IDLE };
    sigaction(SIGINT, &stop, &was[0]);
    sigaction(SIGTERM, &stop, &was[1]);
    sigaction(SIGPIPE, &ignore, &was[2]);
    pool_loop(p);
    sigaction(SIGINT, &was[0], NULL);
    sigaction(SIGTERM, &was[1], NULL);
    sigaction(SIGPIPE, &was[2], NULL);
    bool ok = stopping || p->next == t->n_jobs;
    if (!ok)
        diag_machine(d, (struct at){ 0 }, _("no worker process can be started: %s"), strerror(errno));
    for (int i = 0; i < p->n_workers; i++)
        buf_clear(&p->workers[i].in);
    free(p);
    return ok;
}
