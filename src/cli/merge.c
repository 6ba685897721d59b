/* merge -- puts the shards of a batch together. */
#include "base/diag.h"
#include "batch/shard.h"
#include "cli/args.h"
#include "cli/cli.h"

int command_merge(int argc, char **argv)
{
    struct diag d = { 0 };
    struct arena a = { 0 };
    struct merge_options o = { 0 };
    struct merge_result r;
    const char **operands = arena_array(&a, const char *, (size_t)argc);
    const struct args_option options[] = {
        { .name = "directory", .letter = 'd', .value = &o.folder },
        { 0 },
    };
    int n = args_parse(argc, argv, options, operands), status = STATUS_USAGE;
    if (n >= 0 && !o.folder)
        status = command_misuse(argv[0], _("where to? Give -d FOLDER"));
    else if (n >= 0) {
        o.parts = operands;
        o.n_parts = (size_t)n;
        bool ok = merge_run(&o, &r, &d);
        status = command_end(&d, false);
        if (ok)
            fprintf(stderr, ngettext("%zu card, %zu pages, %.1f MB of %zu shards in %s\n",
                                     "%zu cards, %zu pages, %.1f MB of %zu shards in %s\n", r.cards),
                    r.cards, r.pages, (double)r.bytes / 1e6, r.shards, o.folder);
    }
    arena_clear(&a);
    return status;
}
