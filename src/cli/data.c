/* data -- takes the attached data out of a PDF again. */
#include "base/file.h"
#include "batch/making.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/guard.h"
#include "pdf/reader.h"

#include <string.h>

struct request { const char *file, *name, *place, *out; bool list; };

static void list_files(const struct attachment *files, size_t n)
{
    struct buf line = { 0 };
    for (size_t i = 0; i < n; i++) {
        const struct attachment *f = &files[i];
        buf_reset(&line);
        buf_tsv(&line, f->name);
        buf_printf(&line, "\t%s\t%s\t%zu\t", f->relationship, f->mime, f->len);
        buf_tsv(&line, f->description ? f->description : "");
        puts(line.data);
    }
    buf_clear(&line);
}

/* The file of that name; without a name the first that is data of a card. */
static const struct attachment *choose(const struct attachment *files, size_t n, const char *name)
{
    const struct attachment *making = NULL;
    for (size_t i = 0; i < n; i++) {
        if (name ? strcmp(files[i].name, name) != 0 : strcmp(files[i].relationship, "Data") != 0)
            continue;
        if (name || strcmp(files[i].name, MAKING_NAME) != 0)
            return &files[i];
        making = &files[i];
    }
    return making;
}

static void take_out(const struct request *q, struct diag *d)
{
    struct at at = { .file = q->file };
    const struct attachment *files;
    size_t n;
    struct reader *r = reader_open(q->file, d);

    if (r && reader_attachments(r, &files, &n, d)) {
        const struct attachment *one = choose(files, n, q->name);
        if (q->list) {
            list_files(files, n);
        } else if (one) {
            file_write(q->out, one->data, one->len, d);
        } else {
            if (q->name)
                diag_error(d, at, _("holds no attached file \"%s\""), q->name);
            else
                diag_error(d, at, _("holds no attached data"));
            diag_expected(d, _("a card made by phieudiem; --list tells what is attached"));
        }
    }
    reader_close(r);
}

int command_data(int argc, char **argv)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct request q = { .out = "-" };
    const char **operands = arena_array(&a, const char *, (size_t)argc);
    const struct args_option options[] = {
        { .name = "list", .flag = &q.list },
        { .name = "name", .value = &q.name },
        { .name = "place", .value = &q.place },
        { .name = "output", .letter = 'o', .value = &q.out },
        { 0 },
    };
    int status = STATUS_USAGE, n = args_parse(argc, argv, options, operands);
    if (n >= 0 && n != 1) {
        command_misuse(argv[0], n ? _("one file at a time") : _("which PDF file?"));
    } else if (n == 1) {
        q.file = operands[0];
        if (q.place && !q.name)
            q.name = arena_printf(&a, "%s.xml", q.place);
        guard_memory();
        take_out(&q, &d);
        status = command_end(&d, false);
    }
    arena_clear(&a);
    return status;
}
