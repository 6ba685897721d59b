#include "cli/cli.h"

#include "base/file.h"
#include "batch/batch.h"
#include "cli/session.h"

static bool render(struct session *s, const char *place, const char *out, struct diag *d)
{
    struct arena a = { 0 };
    struct rendered r = { 0 };
    xmlDocPtr card = layout_is_national(s->layout) ? card_make_national(s->cards, d) : card_make(s->cards, place, d);
    bool ok = card && render_card(s->layout, card, s->fonts, &a, &r, d) && d->errors == 0 &&
              file_write(out, r.pdf.data, r.pdf.len, d);
    xmlFreeDoc(card);
    buf_clear(&r.pdf);
    arena_clear(&a);
    return ok;
}

struct arguments {
    struct session_options session;
    const char *place, *out;
    bool strict;
};

static int parse(int argc, char **argv, struct arguments *g, struct arena *a)
{
    const char **operands = arena_array(a, const char *, (size_t)argc);
    const struct args_option options[] = {
        { .name = "db", .value = &g->session.db },         { .name = "place", .value = &g->place },
        { .name = "period", .value = &g->session.period }, { .name = "as-of", .value = &g->session.as_of },
        { .name = "set", .list = &g->session.sets },       { .name = "output", .letter = 'o', .value = &g->out },
        { .name = "strict", .flag = &g->strict },          { 0 },
    };
    int n = args_parse(argc, argv, options, operands);
    if (n < 0)
        return STATUS_USAGE;
    if (n != 1)
        return command_misuse(argv[0], n ? _("one layout at a time") : _("which layout?"));
    if (!g->out)
        return command_misuse(argv[0], _("where to? Give -o FILE.pdf, or -o - for standard output"));
    g->session.layout = operands[0];
    return STATUS_OK;
}

int command_render(int argc, char **argv)
{
    struct diag d = { 0 };
    struct arena a = { 0 };
    struct session s;
    struct arguments g = { .session = { .db = "phieudiem.db" } };
    g.session.sets.items = arena_array(&a, const char *, (size_t)argc);
    int status = parse(argc, argv, &g, &a);
    if (status == STATUS_OK) {
        bool open = session_open(&s, &g.session, &d);
        if (open && !g.place && !layout_is_national(s.layout))
            status = command_misuse(argv[0], _("which place? Give --place SLUG"));
        else if (open)
            render(&s, g.place, g.out, &d);
        session_close(&s);
        status = status == STATUS_OK ? command_end(&d, g.strict) : status;
    }
    arena_clear(&a);
    return status;
}
