/* card -- prints the card's XML that layouts bind to. */
#include "base/file.h"
#include "card/card.h"
#include "cli/cli.h"

#include <getopt.h>
#include <string.h>

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
    static const struct option options[] = {
        { "db", required_argument, NULL, 'b' },     { "place", required_argument, NULL, 'p' },
        { "period", required_argument, NULL, 'k' }, { "as-of", required_argument, NULL, 'a' },
        { "national", no_argument, NULL, 'n' },     { NULL, 0, NULL, 0 },
    };
    struct request r = { .db = "phieudiem.db" };
    bool national = false;
    opterr = 0;
    optind = 1;
    for (int c; (c = getopt_long(argc, argv, "", options, NULL)) != -1;)
        switch (c) {
        case 'b': r.db = optarg; break;
        case 'p': r.place = optarg; break;
        case 'k': r.options.period = optarg; break;
        case 'a': r.options.as_of = optarg; break;
        case 'n': national = true; break;
        default: return command_misuse("card", _("unknown option or missing value: %s"), argv[optind - 1]);
        }
    if (optind < argc)
        return command_misuse("card", _("too many arguments: %s"), argv[optind]);
    if (!r.place == !national)
        return command_misuse("card", _("--place or --national is needed"));
    struct diag d = { 0 };
    struct buf out = { 0 };
    if (make(&r, &out, &d))
        file_write("-", out.data, out.len, &d);
    buf_clear(&out);
    return command_end(&d, false);
}
