/* verify -- whether the pages of finished files say what their attached data say
 * (proof/proof.h); a line for each file that does. */
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/guard.h"
#include "proof/proof.h"

static void sum_up(const struct proof_request *q, const char *path, const struct proof_told *told)
{
    printf(_("%s: whole; %zu figures on %zu pages are those of the attached data"), path, told->figures,
           told->pages);
    if (q->sources)
        printf(_("; %zu quotes stand in their sources"), told->quotes);
    if (told->tables)
        printf(_("; %zu tables are the same"), told->tables);
    if (q->remaking)
        fputs(_("; made again it is the same"), stdout);
    if (told->signatures)
        printf(_("; signed by %s, and whole since"), told->signer ? told->signer : "?");
    if (told->stamped)
        printf(_("; timestamp %s"), told->stamped);
    putchar('\n');
}

int command_verify(int argc, char **argv)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct proof_request q = { 0 };
    struct proof_told told;
    const char *sources = NULL, *book_layout = NULL;
    struct session_options remake = { .db = "phieudiem.db" };
    const char **operands = arena_array(&a, const char *, (size_t)argc);
    remake.sets.items = arena_array(&a, const char *, (size_t)argc);
    const struct args_option options[] = {
        { .name = "sources", .value = &sources },
        { .name = "remake", .value = &remake.layout },
        { .name = "book-layout", .value = &book_layout },
        { .name = "db", .value = &remake.db },
        { .name = "period", .value = &remake.period },
        { .name = "as-of", .value = &remake.as_of },
        { .name = "set", .list = &remake.sets },
        { 0 },
    };
    int status = STATUS_USAGE, n = args_parse(argc, argv, options, operands);

    if (n == 0) {
        command_misuse(argv[0], _("which PDF files?"));
    } else if (n > 0) {
        guard_memory();
        q.sources = sources ? sources_open(sources) : NULL;
        q.remaking = remake.layout ? remaking_open(&remake, book_layout) : NULL;
        for (int i = 0; i < n; i++)
            if (proof_file(&q, operands[i], &told, &a, &d))
                sum_up(&q, operands[i], &told);
        remaking_close(q.remaking);
        sources_close(q.sources);
        status = command_end(&d, false);
    }
    arena_clear(&a);
    return status;
}
