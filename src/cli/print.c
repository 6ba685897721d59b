/* print -- cards, books and other PDF files to an IPP printer. */
#include "print/run.h"
#include "base/file.h"
#include "batch/manifest.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/guard.h"
#include "cli/imposing.h"
#include "pdf/reader.h"

#include <signal.h>
#include <string.h>
#include <sys/stat.h>

struct paper { double width, height; }; /* pt; 0: not known */

struct order {                 /* what is to be printed, and how */
    const char *printer, *journal, *only;
    struct print_options print;
    struct impose impose;
    bool across;               /* imposed sheets are turned over at their short edge */
    struct document *documents; size_t n, cap_documents;
    const char **paths;  size_t n_paths, cap_paths;    /* of the documents */
    struct paper *papers; size_t n_papers, cap_papers; /* likewise */
    struct arena arena;
};

/* ---- which documents ---- */

/* True if the list is NULL or names the word. */
static bool in_list(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = list; p && *p;) {
        size_t len = strcspn(p, ",");
        if (len == n && strncmp(p, word, n) == 0)
            return true;
        p += len + (p[len] == ',');
    }
    return !list;
}

/* The paper of what is sent: the first page's, or the sheets' onto which the pages are put. */
static void measure(struct order *q, const char *path, struct reader *r, struct paper *paper, struct diag *d)
{
    struct buf out = { 0 };
    struct imposed made = { 0 };
    double size[2];
    if (!reader_pages(r)) {
        diag_error(d, (struct at){ .file = path }, _("has no page"));
    } else if (!q->impose.as) {
        if (reader_page_size(r, 0, size))
            *paper = (struct paper){ size[0], size[1] };
    } else if (impose_file(path, &q->impose, &out, &made, d)) {
        *paper = (struct paper){ made.width, made.height };
        q->across = made.across;
    }
    buf_clear(&out);
}

/* The document's title, or the file's name; a title of unknown origin may hold a terminal's escapes. */
static const char *job_name(struct order *q, const char *title, const char *file)
{
    char *name = arena_strdup(&q->arena, title && *title ? title : file);
    for (char *p = name; *p; p++)
        if ((unsigned char)*p < 0x20 || *p == 0x7F)
            *p = ' ';
    return name;
}

/* A sound PDF file becomes a document; `sha256` is what it must be, NULL: anything. */
static void add_document(struct order *q, const char *path, const char *file, const char *sha256, struct diag *d)
{
    struct document doc = { .file = file };
    struct paper paper = { 0 };
    struct buf bytes = { 0 };
    if (!file_read(path, 0, &bytes, d))
        return;
    file_sha256(bytes.data ? bytes.data : "", bytes.len, doc.sha256);
    buf_clear(&bytes);
    if (sha256 && strcmp(sha256, doc.sha256) != 0) {
        diag_error(d, (struct at){ .file = path }, _("is not the file that its manifest lists"));
        diag_expected(d, _("the whole file: batch --resume makes it again"));
        return;
    }
    struct reader *r = reader_open(path, d);
    if (!r)
        return;
    doc.name = job_name(q, reader_info(r, "Title"), file);
    measure(q, path, r, &paper, d);
    reader_close(r);
    *ARENA_PUSH(&q->arena, q->documents, q->n, q->cap_documents) = doc;
    *ARENA_PUSH(&q->arena, q->paths, q->n_paths, q->cap_paths) = path;
    *ARENA_PUSH(&q->arena, q->papers, q->n_papers, q->cap_papers) = paper;
}

/* The cards of a batch in the order of its manifest. */
static void add_folder(struct order *q, const char *folder, struct diag *d)
{
    struct manifest m = { 0 };
    size_t before = q->n;
    manifest_read(arena_printf(&q->arena, "%s/manifest.tsv", folder), &q->arena, &m);
    if (!m.n) {
        diag_error(d, (struct at){ .file = folder }, _("holds no manifest.tsv with cards"));
        diag_expected(d, _("a folder that batch made (an interrupted one is finished by batch --resume), or PDF files"));
        return;
    }
    for (size_t i = 0; i < m.n; i++)
        if (in_list(q->only, m.rows[i].place))
            add_document(q, arena_printf(&q->arena, "%s/%s", folder, m.rows[i].file), m.rows[i].file, m.rows[i].sha256, d);
    if (q->n == before && !d->errors)
        diag_error(d, (struct at){ .file = folder }, _("has no card of --only %s"), q->only);
}

/* Beside the cards; beside the first of single files. */
static const char *journal_of(struct order *q, const char *operand, bool folder)
{
    size_t len = folder ? strlen(operand) : (size_t)(file_basename(operand) - operand);
    while (len > 1 && operand[len - 1] == '/')
        len--;
    const char *dir = arena_strndup(&q->arena, operand, len);
    return arena_printf(&q->arena, "%s%sprint.tsv", dir, *dir && strcmp(dir, "/") != 0 ? "/" : "");
}

static bool collect(struct order *q, const char **operands, size_t n, struct diag *d)
{
    for (size_t i = 0; i < n; i++) {
        struct stat st;
        bool folder = stat(operands[i], &st) == 0 && S_ISDIR(st.st_mode);
        if (i == 0 && !q->print.journal)
            q->print.journal = journal_of(q, operands[i], folder);
        if (folder)
            add_folder(q, operands[i], d);
        else
            add_document(q, operands[i], n > 1 ? operands[i] : file_basename(operands[i]), NULL, d);
    }
    return d->errors == 0;
}

/* ---- how ---- */

/* The printer's paper of each document; a warning for each size that it has not. */
static void choose_paper(struct order *q, struct printer *p, struct diag *d)
{
    struct paper missing = { 0 };
    const char *list = printer_media_list(p);
    for (size_t i = 0; i < q->n; i++) {
        const struct paper *size = &q->papers[i];
        if (size->width <= 0)
            continue;
        q->documents[i].media = printer_media(p, size->width, size->height);
        if (q->documents[i].media || q->print.ticket.media || !list || (missing.width == size->width && missing.height == size->height))
            continue;
        missing = *size;
        diag_warning(d, (struct at){ .file = q->documents[i].file },
                     _("the printer has no paper of %.0f × %.0f mm and uses its usual one; it has %s"),
                     size->width * 25.4 / 72, size->height * 25.4 / 72, list);
    }
}

/* What leaves is what was looked at, or its pages on sheets. */
static bool load(void *ctx, size_t i, struct buf *out, struct diag *d)
{
    struct order *q = ctx;
    char hex[65];
    if (!file_read(q->paths[i], 0, out, d))
        return false;
    file_sha256(out->data ? out->data : "", out->len, hex);
    if (strcmp(hex, q->documents[i].sha256) == 0) {
        struct imposed made;
        if (!q->impose.as)
            return true;
        buf_reset(out);
        return impose_file(q->paths[i], &q->impose, out, &made, d);
    }
    diag_error(d, (struct at){ .file = q->paths[i] }, _("was changed while it was being printed"));
    return false;
}

static void tell(void *ctx, size_t i, int job, const char *what)
{
    const struct order *q = ctx;
    if (i < q->n)
        printf(_("%s: job %d: %s\n"), q->documents[i].name, job, what);
    else
        printf(_("printer %s: %s\n"), q->printer, what);
    fflush(stdout);
}

/* One line on standard error: how far it went. */
static void sum_up(const struct order *q, const struct print_result *r)
{
    fprintf(stderr, ngettext("%zu of %zu document printed", "%zu of %zu documents printed", q->n), r->printed, q->n);
    if (r->before)
        fprintf(stderr, _("; %zu printed before"), r->before);
    if (r->failed)
        fprintf(stderr, _("; %zu failed"), r->failed);
    if (r->unknown)
        fprintf(stderr, _("; of %zu nobody knows"), r->unknown);
    if (r->open)
        fprintf(stderr, _("; %zu open"), r->open);
    if (r->stopped)
        fputs(_("; stopped before the end: --resume goes on"), stderr);
    fputc('\n', stderr);
}

/* False if nothing was begun. */
static bool run(struct order *q, struct print_result *r, struct diag *d)
{
    struct printer *p = printer_open(q->printer, d);
    if (q->impose.as && !q->print.ticket.sides) /* the two sides of a sheet belong together */
        q->print.ticket.sides = q->across ? "two-short" : "two-long";
    bool begun = p && printer_check(p, &q->print.ticket, d);
    if (begun) {
        choose_paper(q, p, d);
        q->print.documents = q->documents;
        q->print.n = q->n;
        print_run(p, &q->print, r, d);
    }
    printer_close(p);
    return begun;
}

/* ---- the command ---- */

struct numbers { const char *copies, *retries, *wait; };

static bool read_numbers(const char *command, const struct numbers *s, struct order *q)
{
    long copies = 1, retries = 2, wait = 300;
    if ((s->copies && !args_number(command, "--copies", s->copies, 1, &copies)) ||
        (s->retries && !args_number(command, "--retries", s->retries, 0, &retries)) ||
        (s->wait && !args_number(command, "--wait", s->wait, 1, &wait)))
        return false;
    q->print.ticket.copies = copies < 10000 ? (int)copies : 10000;
    q->print.retries = retries < 1000 ? (int)retries : 1000;
    q->print.patience = wait < 1000000 ? (int)wait : 1000000;
    return true;
}

static int parse(int argc, char **argv, struct order *q, const char **operands, size_t *n)
{
    struct numbers s = { 0 };
    struct imposing_words i = { 0 };
    struct ticket *t = &q->print.ticket;
    const struct args_option options[] = {
        { .name = "printer", .letter = 'P', .value = &q->printer },
        { .name = "copies", .value = &s.copies },      { .name = "sides", .value = &t->sides },
        { .name = "tray", .value = &t->tray },         { .name = "media", .value = &t->media },
        { .name = "colour", .value = &t->color },      { .name = "color", .value = &t->color },
        { .name = "collate", .value = &t->collate },   { .name = "only", .value = &q->only },
        { .name = "retries", .value = &s.retries },    { .name = "wait", .value = &s.wait },
        { .name = "resume", .flag = &q->print.resume }, { .name = "again", .flag = &q->print.again },
        { .name = "journal", .value = &q->print.journal },
        { .name = "as", .value = &i.as },              { .name = "sheet", .value = &i.sheet },
        { .name = "signature", .value = &i.signature }, { .name = "creep", .value = &i.creep },
        { 0 },
    };
    int count = args_parse(argc, argv, options, operands);
    if (count < 0 || !read_numbers(argv[0], &s, q) || !imposing_read(argv[0], &i, &q->impose))
        return STATUS_USAGE;
    if (!count)
        return command_misuse(argv[0], _("print what? Give a folder of cards or PDF files"));
    if (!q->printer)
        return command_misuse(argv[0], _("which printer? Give --printer QUEUE or --printer ipp://HOST/ipp/print"));
    if (q->print.again && !q->print.resume)
        return command_misuse(argv[0], _("--again goes with --resume"));
    *n = (size_t)count;
    return STATUS_OK;
}

int command_print(int argc, char **argv)
{
    struct diag d = { 0 };
    struct order q = { .print = { .load = load, .tell = tell } };
    struct print_result r = { 0 };
    const char **operands = arena_array(&q.arena, const char *, (size_t)argc);
    size_t n = 0;
    int status = parse(argc, argv, &q, operands, &n);
    if (status == STATUS_OK) {
        q.print.ctx = &q;
        guard_memory();
        bool begun = collect(&q, operands, n, &d) && run(&q, &r, &d);
        status = command_end(&d, false);
        if (begun)
            sum_up(&q, &r);
    }
    arena_clear(&q.arena);
    if (r.stopped) /* as the shell expects of a program that SIGINT has ended */
        raise(SIGINT);
    return status;
}
