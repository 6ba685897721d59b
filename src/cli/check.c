#include "cli/cli.h"

#include "base/file.h"
#include "catalog/catalog.h"
#include "cli/args.h"
#include "layout/layout.h"
#include "layout/vocab.h"

#include <string.h>

struct request { const char *format; bool strict, xsd; struct texts sets; };

static bool parse_sets(const struct texts *sets, struct layout_param *params, struct arena *a)
{
    for (size_t i = 0; i < sets->n; i++) {
        const char *equals = strchr(sets->items[i], '=');
        if (!equals)
            return false;
        params[i] = (struct layout_param){ arena_strndup(a, sets->items[i], (size_t)(equals - sets->items[i])),
                                           equals + 1 };
    }
    return true;
}

static int print_xsd(struct diag *d)
{
    struct buf b = { 0 };
    vocab_xsd(&b);
    fwrite(b.data, 1, b.len, stdout);
    buf_clear(&b);
    return command_end(d, false);
}

/* Faults of the catalog are told by the commands that use it. */
static const char *catalog_words(struct arena *a)
{
    struct diag unsaid = { 0 };
    const char *folder = file_data(a, "layouts/catalog");
    struct catalog *c = folder ? catalog_open(folder, &unsaid) : NULL;
    const char *words = c ? catalog_letters(c, a) : "";
    catalog_close(c);
    diag_clear(&unsaid);
    return words;
}

static int check(const char **layouts, size_t n, const struct request *r, const struct layout_param *params,
                 struct arena *a)
{
    struct diag d = { 0 };
    const char *folder = file_data(a, "fonts"), *words = catalog_words(a);
    struct fontlib *fonts = fontlib_open(folder ? folder : "fonts", &d);
    for (size_t i = 0; i < n; i++) {
        struct layout *l = layout_open(layouts[i], params, r->sets.n, fonts, &d);
        if (l && fonts)
            layout_check_words(l, fonts, words, &d);
        layout_close(l);
    }
    fontlib_close(fonts);
    if (strcmp(r->format, "json") != 0)
        return command_end(&d, r->strict);
    int status = diag_status(&d, r->strict);
    diag_json(&d, stdout);
    diag_clear(&d);
    return fflush(stdout) == 0 ? status : STATUS_MACHINE;
}

int command_check(int argc, char **argv)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct request r = { .format = "text" };
    r.sets.items = arena_array(&a, const char *, (size_t)argc);
    const char **operands = arena_array(&a, const char *, (size_t)argc);
    const struct args_option options[] = {
        { .name = "format", .value = &r.format }, { .name = "strict", .flag = &r.strict },
        { .name = "set", .list = &r.sets },       { .name = "xsd", .flag = &r.xsd }, { 0 },
    };
    int n = args_parse(argc, argv, options, operands), status;
    struct layout_param *params = arena_array(&a, struct layout_param, r.sets.n);
    if (n < 0)
        status = STATUS_USAGE;
    else if (r.xsd && n == 0)
        status = print_xsd(&d);
    else if (strcmp(r.format, "text") != 0 && strcmp(r.format, "json") != 0)
        status = command_misuse(argv[0], _("unknown format \"%s\": text or json"), r.format);
    else if (!parse_sets(&r.sets, params, &a))
        status = command_misuse(argv[0], _("--set takes NAME=VALUE"));
    else if (n == 0)
        status = command_misuse(argv[0], _("which layout?"));
    else
        status = check(operands, (size_t)n, &r, params, &a);
    arena_clear(&a);
    return status;
}
