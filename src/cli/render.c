#include "cli/cli.h"

#include "base/file.h"
#include "batch/batch.h"
#include "batch/session.h"
#include "cli/args.h"
#include "cli/watch.h"
#include "page/png.h"
#include "page/svg.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { RESOLUTION = 110 }; /* dots an inch: 8 pt are read at ease on a common screen */

struct arguments {
    struct session_options session;
    const char *place, *out, *format, *dpi;
    long resolution;
    bool strict, watch;
};

static bool is_format(const struct arguments *g, const char *name)
{
    return strcmp(g->format, name) == 0;
}

/* OUT.png; of several pages OUT-1.png, OUT-2.png ... */
static void page_path(const char *out, size_t page, size_t n, struct buf *path)
{
    const char *name = file_basename(out), *dot = strrchr(name, '.');
    size_t stem = dot && dot > name ? (size_t)(dot - out) : strlen(out);
    buf_reset(path);
    if (n > 1)
        buf_printf(path, "%.*s-%zu%s", (int)stem, out, page + 1, out + stem);
    else
        buf_str(path, out);
}

static bool write_page(const struct arguments *g, const struct pages *pages, size_t i, struct diag *d)
{
    struct buf picture = { 0 }, path = { 0 };
    page_path(g->out, i, pages->n, &path);
    bool ok = (is_format(g, "svg") ? page_svg(pages, i, &picture, d)
                                   : page_png(pages, i, (double)g->resolution, &picture, d)) &&
              file_write(path.data, picture.data, picture.len, d);
    buf_clear(&picture);
    buf_clear(&path);
    return ok;
}

static bool write_pages(const struct arguments *g, const struct pages *pages, struct diag *d)
{
    bool ok = true;
    if (pages->n > 1 && strcmp(g->out, "-") == 0) {
        diag_error(d, (struct at){ 0 }, _("%zu pages do not go to standard output as %s"), pages->n, g->format);
        diag_expected(d, "-o OUT.%s", g->format);
        return false;
    }
    for (size_t i = 0; i < pages->n && ok; i++)
        ok = write_page(g, pages, i, d);
    return ok;
}

static bool render(const struct session *s, const struct arguments *g, size_t *n_pages, struct diag *d)
{
    struct arena a = { 0 };
    struct rendered r = { 0 };
    struct pages pages = { 0 };
    xmlDocPtr card = layout_is_national(s->layout) ? card_make_national(s->cards, d) : card_make(s->cards, g->place, d);
    bool ok = card != NULL;
    if (is_format(g, "pdf")) {
        ok = ok && render_card(s->layout, s->cards, card, s->fonts, &a, &r, d) && d->errors == 0 &&
             file_write(g->out, r.pdf.data, r.pdf.len, d);
        *n_pages = (size_t)r.pages;
    } else {
        ok = ok && card_pages(s->layout, card, s->fonts, &a, &pages, d) && d->errors == 0 && write_pages(g, &pages, d);
        *n_pages = pages.n;
    }
    xmlFreeDoc(card);
    buf_clear(&r.pdf);
    arena_clear(&a);
    return ok;
}

/* ---- watching ---- */

static const char *folder_of(const char *path, struct arena *a)
{
    const char *name = file_basename(path);
    return name == path ? "." : arena_strndup(a, path, (size_t)(name - path));
}

static double milliseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void tell(const struct arguments *g, struct diag *d, bool ok, size_t pages, double began)
{
    diag_print(d, stderr, 0);
    if (ok)
        fprintf(stderr, ngettext("%s: %zu page, %.0f ms\n", "%s: %zu pages, %.0f ms\n", pages), g->out, pages,
                milliseconds() - began);
    else
        fputs(_("not made; waiting for the next change\n"), stderr);
    fflush(stderr);
    diag_clear(d);
}

/* What changed is opened anew, and what did not open before; the rest stays. */
struct changes { unsigned layout, data, catalog, now; };

static bool open_changed(struct session *s, const struct arguments *g, const struct changes *c, struct diag *d)
{
    if (!s->fonts) {
        session_close(s);
        return session_open(s, &g->session, d);
    }
    fontlib_trim(s->fonts);
    bool layout = !(c->now & c->layout) && s->layout ? true : session_layout(s, &g->session, d);
    bool cards = !(c->now & (c->data | c->catalog)) && s->cards ? true
               : session_cards(s, &g->session, (c->now & c->catalog) != 0, d);
    return layout && cards;
}

/* Goes on until a signal ends it: every file is whole at any time. */
static int watch(struct session *s, const struct arguments *g, struct arena *a)
{
    struct watch w;
    struct diag d = { 0 };
    const char *catalog = file_data(a, "layouts/catalog");
    const char *name = file_basename(g->out), *dot = strrchr(name, '.');
    if (!watch_open(&w, arena_strndup(a, name, dot ? (size_t)(dot - name) : strlen(name)), &d))
        return command_end(&d, false);
    struct changes c = { .now = ~0u };
    c.layout = watch_add(&w, folder_of(g->session.layout, a), NULL);
    c.data = watch_add(&w, folder_of(g->session.db, a), file_basename(g->session.db));
    c.catalog = catalog ? watch_add(&w, catalog, NULL) : 0;
    do {
        double began = milliseconds();
        size_t pages = 0;
        bool open = open_changed(s, g, &c, &d);
        bool ok = open && (g->place || layout_is_national(s->layout)) && render(s, g, &pages, &d);
        if (open && !g->place && !layout_is_national(s->layout))
            diag_error(&d, (struct at){ .file = g->session.layout }, _("which place? Give --place SLUG"));
        tell(g, &d, ok, pages, began);
        c.now = watch_wait(&w);
    } while (c.now);
    watch_close(&w);
    return STATUS_MACHINE;
}

/* ---- the command ---- */

/* By --format, else by the name of the file. */
static bool find_format(struct arguments *g)
{
    static const char *const formats[] = { "pdf", "svg", "png" };
    const char *dot = strrchr(file_basename(g->out), '.'), *want = g->format ? g->format : dot ? dot + 1 : "pdf";
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(want, formats[i]) == 0) {
            g->format = formats[i];
            return true;
        }
    if (g->format)
        return false;
    g->format = "pdf";
    return true;
}

static int parse(int argc, char **argv, struct arguments *g, struct arena *a)
{
    const char **operands = arena_array(a, const char *, (size_t)argc);
    const struct args_option options[] = {
        { .name = "db", .value = &g->session.db },         { .name = "place", .value = &g->place },
        { .name = "period", .value = &g->session.period }, { .name = "as-of", .value = &g->session.as_of },
        { .name = "set", .list = &g->session.sets },       { .name = "output", .letter = 'o', .value = &g->out },
        { .name = "strict", .flag = &g->strict },          { .name = "format", .value = &g->format },
        { .name = "dpi", .value = &g->dpi },               { .name = "watch", .flag = &g->watch }, { 0 },
    };
    int n = args_parse(argc, argv, options, operands);
    if (n < 0)
        return STATUS_USAGE;
    if (n != 1)
        return command_misuse(argv[0], n ? _("one layout at a time") : _("which layout?"));
    if (!g->out)
        return command_misuse(argv[0], _("where to? Give -o FILE.pdf, or -o - for standard output"));
    if (!find_format(g))
        return command_misuse(argv[0], _("unknown format \"%s\": pdf, svg or png"), g->format);
    if (g->dpi && !args_number(argv[0], "dpi", g->dpi, 10, &g->resolution))
        return STATUS_USAGE;
    if (g->watch && strcmp(g->out, "-") == 0)
        return command_misuse(argv[0], _("--watch writes to a file"));
    g->session.layout = operands[0];
    return STATUS_OK;
}

static int render_once(struct session *s, const struct arguments *g, const char *name)
{
    struct diag d = { 0 };
    int status = STATUS_OK;
    size_t pages;
    bool open = session_open(s, &g->session, &d);
    if (open && !g->place && !layout_is_national(s->layout))
        status = command_misuse(name, _("which place? Give --place SLUG"));
    else if (open)
        render(s, g, &pages, &d);
    return status == STATUS_OK ? command_end(&d, g->strict) : status;
}

int command_render(int argc, char **argv)
{
    struct arena a = { 0 };
    struct session s = { 0 };
    struct arguments g = { .session = { .db = "phieudiem.db" }, .resolution = RESOLUTION };
    g.session.sets.items = arena_array(&a, const char *, (size_t)argc);
    int status = parse(argc, argv, &g, &a);
    if (status == STATUS_OK) {
        status = g.watch ? watch(&s, &g, &a) : render_once(&s, &g, argv[0]);
        session_close(&s);
    }
    arena_clear(&a);
    return status;
}
