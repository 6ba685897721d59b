/* The loop: hand over, ask, wait.
 *
 * Two jobs are at the printer at a time, so that it goes from one to the next
 * without waiting for us, and so that little is under way when it breaks down.
 * A printer that takes one job at a time says that it is busy, and from then
 * on gets the next when the last is done.
 *
 * What makes a crash harmless: a job is made empty, its number is noted, and
 * only then does its document leave.  Before the note there is nothing that
 * could be printed; after it the printer can be asked.  A job left empty is
 * canceled by the next run.  Where the printer no longer knows (it was
 * restarted, or forgets jobs that are over), nobody does: such a document is
 * told as unknown and left to a person who looks at the paper.
 */
#include "print/run.h"

#include "print/journal.h"

#include <signal.h>
#include <string.h>
#include <time.h>

enum { TEXT = 768 };

struct task {
    enum fate fate;
    bool at_printer;
    int job, tries;
    char uuid[64];
    char shown[TEXT];          /* what was told last */
};

struct run {
    struct printer *p;
    const struct print_options *o;
    struct journal *journal;
    struct task *tasks;        /* one a document */
    size_t at_once;            /* jobs that the printer takes in hand */
    struct arena arena;
    struct diag *d;
    double changed, alive;     /* when something last happened; when the printer was last seen at work; s */
    bool settling;             /* asking after what an earlier run left */
    bool broken;               /* goes no further */
    bool lost, told_lost;      /* the printer does not answer now; that was told */
    char printer[TEXT];        /* its state, as told last */
    bool halted;               /* it says that it has stopped */
    double asked;              /* when it was asked for that */
};

static volatile sig_atomic_t stopping;

static void on_stop(int number)
{
    (void)number;
    stopping = 1;
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void wait_ms(long ms)
{
    struct timespec t = { ms / 1000, ms % 1000 * 1000000 };
    nanosleep(&t, NULL); /* a signal ends it early, which is right */
}

/* ---- telling and noting ---- */

static void moved(struct run *r)
{
    r->changed = r->alive = now();
}

static void tell(struct run *r, size_t i, const char *what)
{
    struct task *t = &r->tasks[i];
    if (strcmp(t->shown, what) == 0)
        return;
    snprintf(t->shown, sizeof t->shown, "%s", what);
    moved(r);
    r->o->tell(r->o->ctx, i, t->job, what);
}

static bool note(struct run *r, size_t i, enum noted state, const char *why)
{
    const struct task *t = &r->tasks[i];
    const struct document *doc = &r->o->documents[i];
    struct entry e = { .file = doc->file, .sha256 = doc->sha256, .printer = printer_uri(r->p), .job = t->job,
                       .uuid = t->uuid, .state = state, .note = why };
    bool ok = journal_note(r->journal, &e, 1, r->d);
    r->broken |= !ok;
    return ok;
}

static struct at at_file(const struct run *r, size_t i)
{
    return (struct at){ .file = r->o->documents[i].file };
}

static void fail(struct run *r, size_t i, const char *why)
{
    r->tasks[i].fate = FATE_FAILED;
    r->tasks[i].at_printer = false;
    note(r, i, NOTED_FAILED, why);
    diag_error(r->d, at_file(r, i), _("is not printed: %s"), why);
    moved(r);
}

/* To be sent again, unless that was tried often enough. */
static void try_again(struct run *r, size_t i, const char *why)
{
    struct task *t = &r->tasks[i];
    char text[TEXT];
    t->at_printer = false;
    if (t->tries > r->o->retries) {
        fail(r, i, why);
        return;
    }
    note(r, i, NOTED_FAILED, why);
    snprintf(text, sizeof text, _("%s; sent again"), why);
    tell(r, i, text);
}

static void is_unknown(struct run *r, size_t i)
{
    struct task *t = &r->tasks[i];
    if (r->settling && r->o->again) {
        *t = (struct task){ 0 };
        return;
    }
    t->fate = FATE_UNKNOWN;
    t->at_printer = false;
    note(r, i, NOTED_UNKNOWN, "");
    diag_error(r->d, at_file(r, i), _("was handed over as job %d, of which the printer knows nothing any more"), t->job);
    diag_expected(r->d, _("a look at the paper; --resume --again sends it once more"));
    moved(r);
}

/* ---- the jobs at the printer ---- */

/* The state; what the printer adds to it where that is more than the state again. */
static void job_text(const struct job *job, char *text, size_t size)
{
    const char *state = job_state_name(job->state);
    if (job->state == JOB_PENDING || job->state == JOB_PROCESSING ||
        (job->state == JOB_COMPLETED && !strstr(job->reasons, "errors") && !strstr(job->reasons, "warnings"))) {
        snprintf(text, size, "%s", state);
        return;
    }
    const char *colon = *job->reasons ? " (" : "", *close = *job->reasons ? ")" : "";
    const char *dash = *job->message ? ": " : "";
    snprintf(text, size, "%s%s%s%s%s%s", state, colon, job->reasons, close, dash, job->message);
}

/* What the printer says of a job decides what becomes of its document. */
static void follow(struct run *r, size_t i, const struct job *job)
{
    struct task *t = &r->tasks[i];
    char text[TEXT];
    job_text(job, text, sizeof text);
    switch (job->state) {
    case JOB_COMPLETED:
        t->fate = FATE_PRINTED;
        t->at_printer = false;
        note(r, i, NOTED_PRINTED, job->reasons);
        tell(r, i, text);
        break;
    case JOB_CANCELED: /* somebody wanted that */
        fail(r, i, text);
        break;
    case JOB_ABORTED:
        try_again(r, i, text);
        break;
    case JOB_EMPTY: /* the document did not come through */
        printer_cancel(r->p, t->job);
        try_again(r, i, _("the document did not reach the printer whole"));
        break;
    case JOB_PROCESSING:
        if (!r->halted) /* however long the document is */
            r->alive = now();
        /* fall through */
    default:
        tell(r, i, text);
    }
}

static void lose(struct run *r)
{
    char text[TEXT];
    r->lost = true;
    if (r->told_lost || stopping)
        return;
    r->told_lost = true;
    snprintf(text, sizeof text, _("does not answer: %s"), printer_why(r->p));
    r->o->tell(r->o->ctx, r->o->n, 0, text);
}

static void found(struct run *r)
{
    r->lost = false;
    if (r->told_lost) {
        r->told_lost = false;
        moved(r);
        r->o->tell(r->o->ctx, r->o->n, 0, _("answers again"));
    }
}

/* Asks after one job. */
static void ask(struct run *r, size_t i)
{
    struct task *t = &r->tasks[i];
    struct job job;
    enum answer answer = printer_job(r->p, t->job, &job);
    if (answer == ANSWER_LOST) {
        lose(r);
        return;
    }
    found(r);
    if (answer == ANSWER_UNKNOWN || (answer == ANSWER_OK && !job_is(&job, t->uuid, r->o->documents[i].name)))
        is_unknown(r, i);
    else if (answer == ANSWER_OK)
        follow(r, i, &job);
}

/* A stopped printer explains jobs that stay as they are; asked about once a second. */
static void ask_printer(struct run *r)
{
    char text[TEXT];
    if (r->lost || now() - r->asked < 1)
        return;
    r->asked = now();
    if (printer_state(r->p, text, sizeof text, &r->halted) != ANSWER_OK || strcmp(text, r->printer) == 0)
        return;
    snprintf(r->printer, sizeof r->printer, "%s", text);
    r->o->tell(r->o->ctx, r->o->n, 0, *text ? text : _("goes on"));
    moved(r);
}

/* ---- handing over ---- */

/* The document of the job that was just made and noted. */
static void send_document(struct run *r, size_t i, const struct buf *bytes)
{
    struct task *t = &r->tasks[i];
    const struct document *doc = &r->o->documents[i];
    switch (printer_send(r->p, t->job, doc->file, bytes->data, bytes->len)) {
    case ANSWER_OK:
        t->at_printer = true;
        note(r, i, NOTED_SENT, "");
        break;
    case ANSWER_LOST: /* it may have come through: the printer will tell */
        t->at_printer = true;
        lose(r);
        break;
    case ANSWER_REFUSED:
        printer_cancel(r->p, t->job);
        fail(r, i, printer_why(r->p));
        break;
    default:
        printer_cancel(r->p, t->job);
        try_again(r, i, printer_why(r->p));
    }
}

/* The identity by which the job is known again: its number may be given out anew by a printer that was restarted. */
static void learn_uuid(struct run *r, struct task *t)
{
    struct job job;
    t->uuid[0] = '\0';
    if (printer_job(r->p, t->job, &job) == ANSWER_OK)
        memcpy(t->uuid, job.uuid, sizeof t->uuid);
}

static void hand_over(struct run *r, size_t i)
{
    struct task *t = &r->tasks[i];
    const struct document *doc = &r->o->documents[i];
    struct buf bytes = { 0 };
    int job = 0;
    if (!r->o->load(r->o->ctx, i, &bytes, r->d)) {
        t->fate = FATE_FAILED;
        buf_clear(&bytes);
        return;
    }
    switch (printer_create(r->p, doc->name, &r->o->ticket, doc->media, &job)) {
    case ANSWER_OK:
        found(r);
        t->job = job;
        t->tries++;
        t->shown[0] = '\0';
        moved(r);
        learn_uuid(r, t);
        if (note(r, i, NOTED_SENDING, ""))
            send_document(r, i, &bytes);
        else
            printer_cancel(r->p, t->job);
        break;
    case ANSWER_BUSY:
        found(r);
        break;
    case ANSWER_LOST:
        lose(r);
        break;
    case ANSWER_FAILED:
        t->tries++;
        try_again(r, i, printer_why(r->p));
        break;
    default:
        fail(r, i, printer_why(r->p));
    }
    buf_clear(&bytes);
}

/* ---- what an earlier run left ---- */

/* Jobs with our names that never got a document: made, and then the run died. */
static void sweep(struct run *r)
{
    struct job *jobs;
    size_t n;
    if (printer_jobs(r->p, &jobs, &n) != ANSWER_OK)
        return;
    for (size_t k = 0; k < n; k++)
        for (size_t i = 0; i < r->o->n && jobs[k].state == JOB_EMPTY; i++)
            if (strcmp(jobs[k].name, r->o->documents[i].name) == 0) {
                printer_cancel(r->p, jobs[k].id);
                break;
            }
}

/* A document that was handed over and not seen printed. */
static void take_up(struct run *r, size_t i, const struct entry *e)
{
    struct task *t = &r->tasks[i];
    t->job = e->job;
    snprintf(t->uuid, sizeof t->uuid, "%s", e->uuid);
    if (strcmp(e->printer, printer_uri(r->p)) == 0) {
        t->at_printer = true;
        return;
    }
    t->fate = FATE_UNKNOWN;
    diag_error(r->d, at_file(r, i), _("was handed to another printer, %s, as job %d, and nothing was heard of it since"),
               e->printer, e->job);
    diag_expected(r->d, _("--resume with that printer, which can be asked; or --again after a look at the paper"));
}

static void resume(struct run *r)
{
    for (size_t i = 0; i < r->o->n; i++) {
        const struct entry *e = journal_lookup(r->journal, r->o->documents[i].sha256);
        if (!e)
            continue;
        if (e->state == NOTED_PRINTED)
            r->tasks[i].fate = FATE_BEFORE;
        else if (e->state == NOTED_SENDING || e->state == NOTED_SENT)
            take_up(r, i, e);
        else if (e->state == NOTED_UNKNOWN && !r->o->again) {
            r->tasks[i].job = e->job;
            is_unknown(r, i);
        }
    }
}

/* What became of the jobs that were under way, before anything new is sent. */
static void settle(struct run *r)
{
    r->settling = true;
    for (size_t i = 0; i < r->o->n && !stopping; i++)
        if (r->tasks[i].at_printer)
            ask(r, i);
    r->settling = false;
}

/* ---- the loop ---- */

/* One round; the number of documents that are not at their end. */
static size_t round_of(struct run *r)
{
    size_t open = 0, under_way = 0;
    for (size_t i = 0; i < r->o->n && !r->broken && !stopping; i++)
        if (r->tasks[i].fate == FATE_OPEN && r->tasks[i].at_printer && !r->lost)
            ask(r, i);
    for (size_t i = 0; i < r->o->n; i++)
        under_way += r->tasks[i].fate == FATE_OPEN && r->tasks[i].at_printer;
    for (size_t i = 0; i < r->o->n && !r->broken && !stopping; i++) {
        struct task *t = &r->tasks[i];
        if (t->fate != FATE_OPEN)
            continue;
        open++;
        if (t->at_printer || r->lost || under_way >= r->at_once)
            continue;
        hand_over(r, i);
        if (!t->at_printer && t->fate == FATE_OPEN) {
            if (under_way)
                r->at_once = 1;
            break; /* busy: the order is kept */
        }
        under_way += t->at_printer;
    }
    return open;
}

static void give_up(struct run *r)
{
    size_t printed = 0;
    for (size_t i = 0; i < r->o->n; i++)
        printed += r->tasks[i].fate == FATE_PRINTED || r->tasks[i].fate == FATE_BEFORE;
    if (r->lost)
        diag_machine(r->d, (struct at){ 0 }, _("the printer %s stopped answering after %zu of %zu documents: %s"),
                     printer_uri(r->p), printed, r->o->n, printer_why(r->p));
    else
        diag_machine(r->d, (struct at){ 0 }, _("nothing moves at the printer %s since %d seconds, after %zu of %zu documents: %s"),
                     printer_uri(r->p), r->o->patience, printed, r->o->n, *r->printer ? r->printer : _("it gives no reason"));
    diag_expected(r->d, _("a look at the printer; then --resume, which goes on where it stopped"));
    r->broken = true;
}

static void loop(struct run *r)
{
    long pause = 20; /* ms; longer while nothing happens */
    moved(r);
    while (!stopping && !r->broken) {
        double before = r->changed;
        r->lost = false;
        if (round_of(r) == 0)
            break;
        ask_printer(r);
        if (r->changed > before)
            pause = 20;
        else if (now() - r->alive > r->o->patience)
            give_up(r);
        else
            pause = pause < 700 ? pause * 3 / 2 : 1000;
        if (!stopping && !r->broken)
            wait_ms(pause);
    }
}

static void sum_up(const struct run *r, struct print_result *result)
{
    *result = (struct print_result){ .stopped = stopping != 0 };
    for (size_t i = 0; i < r->o->n; i++) {
        size_t *const count[] = { [FATE_OPEN] = &result->open, [FATE_PRINTED] = &result->printed,
                                  [FATE_BEFORE] = &result->before, [FATE_FAILED] = &result->failed,
                                  [FATE_UNKNOWN] = &result->unknown };
        ++*count[r->tasks[i].fate];
    }
}

/* A run from the beginning: what was printed before counts no more, also for a later --resume. */
static bool begin_anew(struct run *r)
{
    struct entry *all = arena_array(&r->arena, struct entry, r->o->n);
    size_t printed = 0;
    for (size_t i = 0; i < r->o->n; i++) {
        const struct document *doc = &r->o->documents[i];
        const struct entry *e = journal_lookup(r->journal, doc->sha256);
        printed += e && e->state == NOTED_PRINTED;
        all[i] = (struct entry){ .file = doc->file, .sha256 = doc->sha256, .state = NOTED_WANTED };
    }
    if (printed)
        diag_note(r->d, (struct at){ .file = r->o->journal },
                  ngettext("an earlier run had printed %zu document; it is printed again, since --resume was not given",
                           "an earlier run had printed %zu documents; they are printed again, since --resume was not given",
                           printed), printed);
    return journal_note(r->journal, all, r->o->n, r->d);
}

static void go(struct run *r)
{
    if (!r->o->resume && !begin_anew(r))
        return;
    printer_heed(r->p, &stopping);
    if (r->o->resume)
        resume(r);
    settle(r);
    sweep(r);
    loop(r);
}

bool print_run(struct printer *p, const struct print_options *o, struct print_result *result, struct diag *d)
{
    struct sigaction stop = { .sa_handler = on_stop, .sa_flags = SA_RESETHAND }, was[2]; /* the second time it kills */
    struct run r = { .p = p, .o = o, .d = d, .at_once = 2 };
    size_t errors = d->errors;
    *result = (struct print_result){ .open = o->n };
    r.journal = journal_open(o->journal, d);
    if (!r.journal)
        return false;
    r.tasks = arena_array(&r.arena, struct task, o->n);
    stopping = 0;
    sigaction(SIGINT, &stop, &was[0]);
    sigaction(SIGTERM, &stop, &was[1]);
    go(&r);
    sigaction(SIGINT, &was[0], NULL);
    sigaction(SIGTERM, &was[1], NULL);
    printer_heed(p, NULL);
    sum_up(&r, result);
    journal_close(r.journal);
    arena_clear(&r.arena);
    return d->errors == errors && !result->stopped && result->open == 0;
}
