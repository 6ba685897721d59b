/* facts: what is stored. */
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/filter.h"
#include "cli/listing.h"

#include <math.h>
#include <stdlib.h>

static void list(const char *db, struct store_filter *f, struct listing *out, struct diag *d)
{
    struct arena a = { 0 };
    struct stored_facts found;
    struct store *s = filter_resolve(f, &a, d) ? store_open(db, STORE_READ, d) : NULL;
    if (s && store_facts(s, f, &a, &found, d)) {
        listing_begin(out);
        for (size_t i = 0; i < found.n; i++)
            listing_fact(out, &found.items[i].fact, found.items[i].conflict);
        listing_end(out, d);
    }
    store_close(s);
    arena_clear(&a);
}

static void print_decision(const struct decision *x, struct buf *b)
{
    const char *words[] = { x->at, x->who, x->before, x->after, x->why, x->source, x->place, x->indicator, x->period };
    buf_printf(b, "%lld", (long long)x->fact);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        buf_char(b, '\t');
        buf_tsv(b, words[i]);
    }
    buf_char(b, '\t');
    if (!isnan(x->value))
        buf_number(b, x->value, 6);
    buf_char(b, '\t');
    buf_tsv(b, x->quote);
    buf_char(b, '\n');
}

/* Who decided what, when and why. */
static void list_decisions(const char *db, struct store_filter *f, struct diag *d)
{
    struct arena a = { 0 };
    struct buf b = { 0 };
    struct decision *rows;
    size_t n;
    struct store *s = filter_resolve(f, &a, d) ? store_open(db, STORE_READ, d) : NULL;
    if (s && store_decisions(s, f, &a, &rows, &n, d)) {
        buf_str(&b, "fact\tat\twho\tbefore\tafter\twhy\tsource\tplace\tindicator\tperiod\tvalue\tquote\n");
        for (size_t i = 0; i < n; i++)
            print_decision(&rows[i], &b);
        fwrite(b.data, 1, b.len, stdout);
    }
    store_close(s);
    buf_clear(&b);
    arena_clear(&a);
}

int command_facts(int argc, char **argv)
{
    struct diag d = { 0 };
    struct store_filter f = { 0 };
    struct listing out = { .stored = true };
    const char *db = "phieudiem.db", *format = NULL;
    bool decisions = false;
    const struct args_option options[] = {
        { .name = "db", .value = &db },
        { .name = "place", .value = &f.place },
        { .name = "indicator", .value = &f.indicator },
        { .name = "period", .value = &f.period },
        { .name = "status", .value = &f.status },
        { .name = "source", .value = &f.source },
        { .name = "conflicts", .flag = &f.conflicts },
        { .name = "notes", .flag = &f.notes },
        { .name = "decisions", .flag = &decisions },
        { .name = "format", .value = &format },
        { 0 },
    };
    const char **operands = xcalloc((size_t)argc, sizeof *operands);
    int n = args_parse(argc, argv, options, operands), status = STATUS_USAGE;
    if (n > 0)
        command_misuse(argv[0], _("\"%s\" is no option; filters are options"), operands[0]);
    else if (n == 0 && decisions && (f.conflicts || f.notes || format))
        command_misuse(argv[0], _("--decisions is a listing of its own, as TSV"));
    else if (n == 0 && decisions && filter_check(&f, argv[0])) {
        list_decisions(db, &f, &d);
        status = command_end(&d, false);
    } else if (n == 0 && filter_check(&f, argv[0]) && listing_format(&out, argv[0], format)) {
        out.conflicts = f.conflicts;
        list(db, &f, &out, &d);
        status = command_end(&d, false);
    }
    diag_clear(&d);
    free(operands);
    return status;
}
