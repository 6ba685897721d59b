/* explain: how one number of a document was read, or why it was passed over. */
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/listing.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct target { const char *path; int64_t offset; }; /* code points, as start and end of the facts */

static bool read_target(struct arena *a, const char *text, struct target *t)
{
    const char *colon = strrchr(text, ':');
    char *end = NULL;
    errno = 0;
    t->offset = colon && colon > text ? strtoll(colon + 1, &end, 10) : -1;
    if (t->offset < 0 || errno || end == colon + 1 || *end)
        return false;
    t->path = arena_strndup(a, text, (size_t)(colon - text));
    return true;
}

static void line(struct buf *b, const char *name, const char *value)
{
    if (value && *value)
        buf_printf(b, "  %s: %s\n", name, value);
}

static void put_span(struct buf *b, const struct document *doc, int64_t start, int64_t end)
{
    size_t from = document_byte(doc, (size_t)start), to = document_byte(doc, (size_t)end);
    buf_printf(b, "%s:%lld-%lld \"", doc->name, (long long)start, (long long)end);
    buf_add(b, doc->text + from, to - from);
    buf_str(b, "\"\n");
}

static void put_fact(struct buf *b, const struct catalog *c, const struct document *doc, const struct fact *f)
{
    const struct indicator *known = catalog_indicator(c, f->indicator);
    struct buf value = { 0 };
    put_span(b, doc, f->start, f->end);
    line(b, _("sentence"), f->quote);
    buf_printf(b, "  %s: %s%s%s%s\n", _("indicator"), f->indicator, known ? " (" : "", known ? known->name : "", known ? ")" : "");
    line(b, _("place"), f->place);
    line(b, _("level"), f->level);
    line(b, _("kind"), fact_kind_name(f->kind));
    buf_printf(&value, "%s ", fact_qualifier_name(f->qualifier));
    buf_number(&value, f->value, 9);
    if (isfinite(f->of)) {
        buf_char(&value, '/');
        buf_number(&value, f->of, 9);
    }
    buf_printf(&value, " %s", f->unit);
    line(b, _("value"), value.data);
    line(b, _("period"), f->period);
    line(b, _("role"), fact_role_name(f->role));
    buf_reset(&value);
    buf_number(&value, f->confidence, 2);
    line(b, _("confidence"), value.data);
    line(b, _("read by"), f->why);
    buf_clear(&value);
}

/* False if no number is at the offset; the nearest one is told then. */
static bool explain(const struct catalog *c, const struct document *doc, int64_t at, const struct facts *facts,
                    const struct passed_list *passed, struct buf *b, int64_t *near)
{
    bool found = false;
    *near = -1;
    for (size_t i = 0; i < facts->n; i++) {
        const struct fact *f = &facts->items[i];
        if (f->start <= at && at < f->end) {
            put_fact(b, c, doc, f);
            found = true;
        } else if (*near < 0 || llabs(f->start - at) < llabs(*near - at))
            *near = f->start;
    }
    for (size_t i = 0; i < passed->n; i++) {
        const struct passed *p = &passed->items[i];
        if (p->start <= at && at < p->end && !found) {
            put_span(b, doc, p->start, p->end);
            line(b, _("passed over"), p->reason ? _(p->reason) : "?");
            found = true;
        } else if (*near < 0 || llabs(p->start - at) < llabs(*near - at))
            *near = p->start;
    }
    return found;
}

static void explain_one(const struct extractor *x, const struct catalog *c, const struct target *t, struct buf *out, struct diag *d)
{
    struct arena a = { 0 };
    struct facts facts = { 0 };
    struct passed_list passed = { 0 };
    struct document *doc = document_read(t->path, &a, d);
    int64_t near = -1;
    if (doc) {
        extract_all(x, doc, &a, &facts, &passed);
        if (!explain(c, doc, t->offset, &facts, &passed, out, &near)) {
            diag_error(d, (struct at){ .file = t->path }, _("there is no number at offset %lld"), (long long)t->offset);
            if (near >= 0)
                diag_expected(d, _("the offset of a number; the nearest is at %lld"), (long long)near);
        }
    }
    arena_clear(&a);
}

int command_explain(int argc, char **argv)
{
    struct diag d = { 0 };
    struct arena a = { 0 };
    struct buf out = { 0 };
    const struct args_option options[] = { { 0 } };
    const char **operands = xcalloc((size_t)argc, sizeof *operands);
    struct target *targets = xcalloc((size_t)argc, sizeof *targets);
    int n = args_parse(argc, argv, options, operands), status = STATUS_USAGE;
    bool ok = n > 0;
    if (n == 0)
        command_misuse(argv[0], _("no document is named"));
    for (int i = 0; ok && i < n; i++)
        if (!read_target(&a, operands[i], &targets[i])) {
            command_misuse(argv[0], _("\"%s\" is no DOCUMENT:OFFSET; extract lists the offsets (start)"), operands[i]);
            ok = false;
        }
    if (ok) {
        const char *folder;
        struct catalog *c = listing_catalog(&a, &folder, &d);
        struct extractor *x = c ? extractor_open(folder, c, &d) : NULL;
        for (int i = 0; x && i < n; i++)
            explain_one(x, c, &targets[i], &out, &d);
        fwrite(out.data ? out.data : "", 1, out.len, stdout);
        extractor_close(x);
        catalog_close(c);
        status = command_end(&d, false);
    }
    buf_clear(&out);
    arena_clear(&a);
    free(targets);
    free(operands);
    return status;
}
