#include "cli/cli.h"

#include "base/file.h"
#include "batch/batch.h"
#include "batch/session.h"
#include "cli/args.h"
#include "cli/choose.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

struct arguments {
    struct session_options session;
    struct batch_options batch;
    struct choice choice;
    const char *shard;
    const char *book_layout;
    struct texts book_sets;
    bool strict;
    char run[65];              /* of a shard: what the store holds */
};

/* One line on standard error: what was made, and where. */
static void sum_up(const struct arguments *g, const struct batch_result *r)
{
    size_t cards = r->made + r->kept;
    if (!cards && !r->failed && !r->stopped)
        return;
    fprintf(stderr, ngettext("%zu card, %zu pages, %.1f MB in %s", "%zu cards, %zu pages, %.1f MB in %s", cards), cards,
            r->pages, (double)r->bytes / 1e6, g->batch.folder);
    if (r->kept)
        fprintf(stderr, _("; %zu unchanged"), r->kept);
    if (r->failed)
        fprintf(stderr, _("; %zu failed"), r->failed);
    if (r->book_pages)
        fprintf(stderr, _("; %s: %zu pages, %.1f MB"), g->batch.book, r->book_pages, (double)r->book_bytes / 1e6);
    if (r->zipped)
        fprintf(stderr, "; %s: %.1f MB", g->batch.zip, (double)r->zipped / 1e6);
    if (r->warnings)
        fprintf(stderr, ngettext("; %zu warning", "; %zu warnings", r->warnings), r->warnings);
    if (r->stopped)
        fputs(_("; stopped before the end: --resume goes on"), stderr);
    fputc('\n', stderr);
}

/* A layout of the country has one card, whatever the places. */
static bool choose(struct arguments *g, const struct layout *layout, const struct card_set *cards, struct arena *a,
                   struct diag *d)
{
    g->choice.db = g->session.db;
    if (layout_is_national(layout) && (g->choice.only || g->choice.where)) {
        diag_error(d, (struct at){ .file = g->session.layout }, _("makes one card, of the country: --only and --where choose places"));
        return false;
    }
    return choose_places(&g->choice, cards, a, &g->batch, d);
}

/* False if nothing was begun. */
static bool run(struct arguments *g, struct arena *a, struct batch_result *r, struct diag *d)
{
    struct session s;
    bool begun = session_open(&s, &g->session, d) && choose(g, s.layout, s.cards, a, d);
    if (begun) {
        g->batch.inputs = s.inputs;
        g->batch.run = g->run;
        begun = !g->batch.shard.of || store_fingerprint(s.store, g->run, d);
    }
    if (begun && g->batch.book)
        begun = session_book_layout(&s, g->book_layout, &g->book_sets, d);
    g->batch.book_layout = s.book_layout;
    if (begun)
        batch_run(&g->batch, s.layout, s.cards, s.fonts, r, d);
    session_close(&s);
    return begun;
}

static int parse(int argc, char **argv, struct arguments *g, struct arena *a)
{
    const char *jobs = NULL;
    const char **operands = arena_array(a, const char *, (size_t)argc);
    long n = 0;
    const struct args_option options[] = {
        { .name = "db", .value = &g->session.db },         { .name = "places", .value = &g->choice.places },
        { .name = "period", .value = &g->session.period }, { .name = "as-of", .value = &g->session.as_of },
        { .name = "set", .list = &g->session.sets },       { .name = "directory", .letter = 'd', .value = &g->batch.folder },
        { .name = "jobs", .letter = 'j', .value = &jobs }, { .name = "book", .value = &g->batch.book },
        { .name = "book-layout", .value = &g->book_layout }, { .name = "book-set", .list = &g->book_sets },
        { .name = "only", .value = &g->choice.only },      { .name = "where", .value = &g->choice.where },
        { .name = "name", .value = &g->batch.name },       { .name = "zip", .value = &g->batch.zip },
        { .name = "index", .flag = &g->batch.index },      { .name = "shard", .value = &g->shard },
        { .name = "web", .flag = &g->batch.web },
        { .name = "resume", .flag = &g->batch.resume },    { .name = "strict", .flag = &g->strict },
        { 0 },
    };
    int count = args_parse(argc, argv, options, operands);
    if (count < 0 || (jobs && !args_number(argv[0], "-j", jobs, 1, &n)))
        return STATUS_USAGE;
    if (g->shard && !shard_parse(g->shard, &g->batch.shard))
        return command_misuse(argv[0], _("--shard %s: not of the form K/N, with K from 1 to N and N at most %d"), g->shard,
                              SHARDS_MAX);
    if (count != 1)
        return command_misuse(argv[0], count ? _("one layout at a time") : _("which layout?"));
    if (g->batch.web && !g->batch.book)
        return command_misuse(argv[0], _("--web is for a book; give --book FILE"));
    if (!g->batch.folder)
        return command_misuse(argv[0], _("where to? Give -d FOLDER"));
    if (g->shard && (g->batch.zip || g->batch.index))
        return command_misuse(argv[0], _("a shard is not all cards: --zip and --index are for the whole batch"));
    g->batch.workers = n > 1024 ? 1024 : (int)n;
    g->session.layout = operands[0];
    return STATUS_OK;
}

int command_batch(int argc, char **argv)
{
    struct diag d = { 0 };
    struct arena a = { 0 };
    struct batch_result r = { 0 };
    struct arguments g = { .choice.places = "facts", .session = { .db = "phieudiem.db" } };
    g.session.sets.items = arena_array(&a, const char *, (size_t)argc);
    g.book_sets.items = arena_array(&a, const char *, (size_t)argc);
    g.batch.progress = isatty(STDERR_FILENO);
    int status = parse(argc, argv, &g, &a);
    if (status == STATUS_OK) {
        bool begun = run(&g, &a, &r, &d);
        status = command_end(&d, g.strict);
        if (begun)
            sum_up(&g, &r);
    }
    arena_clear(&a);
    if (r.stopped) { /* as the shell expects of a program that SIGINT has ended, also of one begun with it ignored */
        signal(SIGINT, SIG_DFL);
        raise(SIGINT);
    }
    return status;
}
