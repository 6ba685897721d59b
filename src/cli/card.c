/* card -- prints the card's XML that layouts bind to. */
#include "base/file.h"
#include "card/card.h"
#include "cli/args.h"
#include "cli/cli.h"

struct request { const char *db, *place; struct card_options options; };

static bool make(const struct request *r, struct buf *out, struct diag *d)
{
    struct arena a = { 0 };
    const char *folder = file_data(&a, "layouts/catalog");
    struct catalog *catalog = NULL;
    struct store *store = NULL;
    struct card_set *set = NULL;
    xmlDocPtr card = NULL;
    if (!folder)
        diag_machine(d, (struct at){ .file = "layouts/catalog" }, _("is not installed"));
    if (folder && (catalog = catalog_open(folder, d)) && (store = store_open(r->db, STORE_READ, d)) &&
        (set = card_set_open(store, catalog, &r->options, d)))
        card = r->place ? card_make(set, r->place, d) : card_make_national(set, d);
    if (card)
        card_print(card, out);
    bool ok = card != NULL;
    xmlFreeDoc(card);
    card_set_close(set);
    store_close(store);
    catalog_close(catalog);
    arena_clear(&a);
    return ok;
}

int command_card(int argc, char **argv)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct buf out = { 0 };
    struct request r = { .db = "phieudiem.db" };
    bool national = false;
    const char **operands = arena_array(&a, const char *, (size_t)argc);
    const struct args_option options[] = {
        { .name = "db", .value = &r.db },
        { .name = "place", .value = &r.place },
        { .name = "period", .value = &r.options.period },
        { .name = "as-of", .value = &r.options.as_of },
        { .name = "national", .flag = &national },
        { 0 },
    };
    int status = STATUS_USAGE, n = args_parse(argc, argv, options, operands);
    if (n > 0)
        command_misuse(argv[0], _("too many arguments: %s"), operands[0]);
    else if (n == 0 && !r.place == !national)
        command_misuse(argv[0], _("which place? Give --place SLUG, or --national for the whole country"));
    else if (n == 0) {
        if (make(&r, &out, &d))
            file_write("-", out.data, out.len, &d);
        status = command_end(&d, false);
    }
    buf_clear(&out);
    arena_clear(&a);
    return status;
}
