/* approve and reject: a person's decision on facts, kept with who, when and why.
 * --undo takes a decision back, which is a decision too. */
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/filter.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct deciding {
    const char *db, *why, *who;
    struct store_filter f;
    bool undo;
    int64_t *ids;
    size_t n;
};

/* Now, or SOURCE_DATE_EPOCH where runs must be alike, in UTC. */
static const char *now(struct arena *a)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    time_t t = epoch && *epoch ? (time_t)strtoll(epoch, NULL, 10) : time(NULL);
    struct tm utc;
    char text[32] = "";
    if (gmtime_r(&t, &utc))
        strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &utc);
    return arena_strdup(a, text);
}

/* "17", "17,18" and "20-25". */
static bool read_ids(struct deciding *x, const char *command, const char *const *operands, int n)
{
    size_t cap = 0;
    for (int i = 0; i < n; i++) {
        const char *p = operands[i];
        do {
            char *end;
            errno = 0;
            long long from = strtoll(p, &end, 10), to = from;
            if (end != p && *end == '-') {
                p = end + 1;
                to = strtoll(p, &end, 10);
            }
            if (end == p || errno || (*end && *end != ',') || from < 1 || to < from || to - from > 1000000) {
                command_misuse(command, _("\"%s\" is no fact's number; facts lists them"), operands[i]);
                return false;
            }
            for (long long id = from; id <= to; id++) {
                if (x->n == cap)
                    x->ids = xrealloc(x->ids, (cap = cap ? cap * 2 : 64) * sizeof *x->ids);
                x->ids[x->n++] = id;
            }
            p = *end ? end + 1 : end;
        } while (*p);
    }
    return true;
}

static bool sensible(struct deciding *x, const char *command)
{
    const struct store_filter *f = &x->f;
    bool filtered = f->place || f->indicator || f->period || f->source || f->conflicts || f->notes || f->status;
    if (x->n && filtered)
        command_misuse(command, _("give numbers of facts or filters, not both"));
    else if (!x->n && !filtered)
        command_misuse(command, _("no fact is named; give its number, or filters and a reason"));
    else if (!x->n && (!x->why || !*x->why))
        command_misuse(command, _("a decision by filter needs a reason (--why)"));
    else if (x->why && strlen(x->why) > 10000)
        command_misuse(command, _("the reason is too long"));
    else
        return filter_check(f, command);
    return false;
}

static void decide(struct deciding *x, enum fact_status status, struct diag *d)
{
    struct arena a = { 0 };
    const char *user = getenv("USER");
    const char *who = x->who ? x->who : user && *user ? user : "?";
    enum fact_status to = x->undo ? FACT_PROPOSED : status;
    /* --undo by filter takes back only what the command itself had decided. */
    if (x->undo && !x->f.status)
        x->f.status = fact_status_name(status);
    struct store *s = NULL;
    /* Opened for reading first: a mistyped name must not make a store. */
    struct store *there = store_open(x->db, STORE_READ, d);
    store_close(there);
    if (there && filter_resolve(&x->f, &a, d))
        s = store_open(x->db, STORE_WRITE, d);
    long changed = s ? store_decide(s, x->ids, x->n, &x->f, to, who, now(&a), x->why ? x->why : "", d) : -1;
    if (changed >= 0)
        printf(_("%ld facts %s\n"), changed, x->undo ? _("proposed again") : status == FACT_APPROVED ? _("approved") : _("rejected"));
    store_close(s);
    arena_clear(&a);
}

static int run(int argc, char **argv, enum fact_status status)
{
    struct diag d = { 0 };
    struct deciding x = { .db = "phieudiem.db" };
    const struct args_option options[] = {
        { .name = "db", .value = &x.db },
        { .name = "place", .value = &x.f.place },
        { .name = "indicator", .value = &x.f.indicator },
        { .name = "period", .value = &x.f.period },
        { .name = "source", .value = &x.f.source },
        { .name = "status", .value = &x.f.status },
        { .name = "conflicts", .flag = &x.f.conflicts },
        { .name = "notes", .flag = &x.f.notes },
        { .name = "why", .value = &x.why },
        { .name = "who", .value = &x.who },
        { .name = "undo", .flag = &x.undo },
        { 0 },
    };
    const char **operands = xcalloc((size_t)argc, sizeof *operands);
    int n = args_parse(argc, argv, options, operands), end = STATUS_USAGE;
    if (n >= 0 && read_ids(&x, argv[0], operands, n) && sensible(&x, argv[0])) {
        decide(&x, status, &d);
        end = command_end(&d, false);
    }
    diag_clear(&d);
    free(x.ids);
    free(operands);
    return end;
}

int command_approve(int argc, char **argv)
{
    return run(argc, argv, FACT_APPROVED);
}

int command_reject(int argc, char **argv)
{
    return run(argc, argv, FACT_REJECTED);
}
