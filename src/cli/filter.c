#include "cli/filter.h"

#include "cli/cli.h"
#include "cli/listing.h"

bool filter_check(const struct store_filter *f, const char *command)
{
    enum fact_status status;
    struct period period;
    if (f->status && !fact_status_parse(f->status, &status)) {
        command_misuse(command, _("unknown status \"%s\"; proposed, approved and rejected are known"), f->status);
        return false;
    }
    if (f->period && *f->period && !period_parse(f->period, &period)) {
        command_misuse(command, _("\"%s\" is no period; 2023, 2023-H1, 2023-Q3, 2023-M7 and 2023-07-15 are some"), f->period);
        return false;
    }
    return true;
}

bool filter_resolve(struct store_filter *f, struct arena *a, struct diag *d)
{
    const char *folder;
    if (!f->place)
        return true;
    struct catalog *c = listing_catalog(a, &folder, d);
    if (!c)
        return false;
    const struct place *p = catalog_place(c, f->place, "");
    if (!p)
        p = catalog_place_named(c, f->place, "");
    if (p)
        f->place = arena_strdup(a, p->name);
    catalog_close(c);
    return true;
}
