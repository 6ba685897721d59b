/* import: tables of figures into the store, all that are named or none. */
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/listing.h"
#include "store/store.h"

#include <stdlib.h>

struct importing {
    const char *db;
    struct catalog *catalog; /* facts borrow codes and names from it */
    struct table_defaults defaults;
    struct arena arena;
    struct diag *d;
};
struct table_facts { struct facts facts; char hash[65]; };

static bool read_all(struct importing *x, const char *const *paths, int n, struct table_facts *tables)
{
    const char *folder;
    bool ok = true;
    x->catalog = listing_catalog(&x->arena, &folder, x->d);
    for (int i = 0; x->catalog && i < n; i++)
        ok = table_read(paths[i], &x->defaults, x->catalog, &x->arena, &tables[i].facts, tables[i].hash, x->d) && ok;
    return ok && x->catalog;
}

static void import(struct importing *x, const char *const *paths, int n)
{
    struct table_facts *tables = arena_array(&x->arena, struct table_facts, (size_t)n);
    if (!read_all(x, paths, n, tables))
        return;
    struct store *s = store_open(x->db, STORE_WRITE, x->d);
    for (int i = 0; s && i < n; i++) {
        size_t added;
        if (!store_add_table(s, paths[i], tables[i].hash, tables[i].facts.items, tables[i].facts.n, &added, x->d))
            break;
        printf(_("%s: %zu facts, %zu of them new\n"), paths[i], tables[i].facts.n, added);
    }
    store_close(s);
}

static bool good_defaults(const struct importing *x, const char *command)
{
    struct period p;
    if (x->defaults.period && (!*x->defaults.period || !period_parse(x->defaults.period, &p))) {
        command_misuse(command, _("\"%s\" is no period; 2023, 2023-H1, 2023-Q3, 2023-M7 and 2023-07-15 are some"), x->defaults.period);
        return false;
    }
    return true;
}

int command_import(int argc, char **argv)
{
    struct diag d = { 0 };
    struct importing x = { .db = "phieudiem.db", .d = &d };
    const struct args_option options[] = {
        { .name = "db", .value = &x.db },
        { .name = "indicator", .value = &x.defaults.indicator },
        { .name = "period", .value = &x.defaults.period },
        { .name = "source", .value = &x.defaults.source },
        { .name = "sheet", .value = &x.defaults.sheet },
        { 0 },
    };
    const char **paths = xcalloc((size_t)argc, sizeof *paths);
    int n = args_parse(argc, argv, options, paths), status = STATUS_USAGE;
    if (n == 0)
        command_misuse(argv[0], _("no table is named"));
    if (n > 0 && good_defaults(&x, argv[0])) {
        import(&x, paths, n);
        catalog_close(x.catalog);
        status = command_end(&d, false);
    }
    diag_clear(&d);
    arena_clear(&x.arena);
    free(paths);
    return status;
}
