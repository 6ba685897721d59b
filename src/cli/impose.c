/* impose -- a file's pages onto the sheets of a print room. */
#include "pdf/impose.h"
#include "base/file.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/guard.h"
#include "cli/imposing.h"

#include <stdlib.h>
#include <string.h>

static bool read_kind(const char *command, const char *as, struct impose *o)
{
    static const char *const kinds[] = { [IMPOSE_NONE] = "", [IMPOSE_DUPLEX] = "duplex", [IMPOSE_2UP] = "2-up",
                                         [IMPOSE_BOOKLET] = "booklet" };
    for (int i = IMPOSE_DUPLEX; i <= IMPOSE_BOOKLET && as; i++)
        if (strcmp(as, kinds[i]) == 0)
            o->as = (enum imposition)i;
    if (as && !o->as)
        command_misuse(command, _("--as %s: expected 2-up, booklet or duplex"), as);
    return !as || o->as;
}

/* "0.1mm", "0.1": millimetres. */
static bool read_creep(const char *command, const char *text, struct impose *o)
{
    char *end = NULL;
    double mm = text ? strtod(text, &end) : 0;
    if (text && (end == text || (*end && strcmp(end, "mm") != 0) || !(mm >= 0 && mm <= 5))) {
        command_misuse(command, _("--creep %s: expected the thickness of a folded sheet, 0 to 5 mm, such as 0.2mm"), text);
        return false;
    }
    o->creep = mm * 72 / 25.4;
    return true;
}

bool imposing_read(const char *command, const struct imposing_words *s, struct impose *o)
{
    long sheets = 0;
    if (!read_kind(command, s->as, o) || !read_creep(command, s->creep, o) ||
        (s->signature && !args_number(command, "--signature", s->signature, 1, &sheets)))
        return false;
    if (s->sheet && !impose_paper(s->sheet, o->sheet)) {
        command_misuse(command, _("--sheet %s: expected A0 to A6"), s->sheet);
        return false;
    }
    if (!o->as && (s->sheet || s->signature || s->creep)) {
        command_misuse(command, _("--sheet, --signature and --creep go with --as 2-up or --as booklet"));
        return false;
    }
    o->signature = sheets < 100000 ? (int)sheets : 100000;
    return true;
}

/* One line on standard error: what became of it, and how it wants to be printed. */
static void sum_up(const struct imposed *r)
{
    fprintf(stderr, ngettext("%zu page on ", "%zu pages on ", r->pages), r->pages);
    fprintf(stderr, ngettext("%zu sheet of %.0f × %.0f mm", "%zu sheets of %.0f × %.0f mm", r->sheets), r->sheets,
            r->width * 25.4 / 72, r->height * 25.4 / 72);
    if (r->blanks)
        fprintf(stderr, ngettext(", %zu blank", ", %zu blank", r->blanks), r->blanks);
    if (r->scale < 1)
        fprintf(stderr, _(", scaled to %.0f %%"), r->scale * 100);
    fprintf(stderr, "; %s", r->across ? _("print on both sides, turned over at the short edge")
                                      : _("print on both sides, turned over at the long edge"));
    fputs(r->whole ? _("; all is kept\n") : _("; tags are kept; links, bookmarks and attached files are left out\n"), stderr);
}

int command_impose(int argc, char **argv)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct buf out = { 0 };
    struct impose o = { 0 };
    struct imposed r = { 0 };
    struct imposing_words s = { 0 };
    const char *to = NULL, **operands = arena_array(&a, const char *, (size_t)argc);
    const struct args_option options[] = {
        { .name = "as", .value = &s.as },               { .name = "sheet", .value = &s.sheet },
        { .name = "signature", .value = &s.signature }, { .name = "creep", .value = &s.creep },
        { .name = "output", .letter = 'o', .value = &to }, { 0 },
    };
    int status = STATUS_USAGE, n = args_parse(argc, argv, options, operands);
    if (n >= 0 && n != 1) {
        command_misuse(argv[0], n ? _("one file at a time") : _("which PDF file?"));
    } else if (n == 1 && (!to || !s.as)) {
        command_misuse(argv[0], to ? _("how? Give --as 2-up, --as booklet or --as duplex") : _("where to? Give -o FILE.pdf"));
    } else if (n == 1 && imposing_read(argv[0], &s, &o)) {
        guard_memory();
        bool done = impose_file(operands[0], &o, &out, &r, &d) && file_write(to, out.data, out.len, &d);
        status = command_end(&d, false);
        if (done)
            sum_up(&r);
    }
    buf_clear(&out);
    arena_clear(&a);
    return status;
}
