/* The table of commands and what they share. */
#include "cli/cli.h"

#include "base/file.h"

#include <locale.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

const struct command commands[] = {
    { "extract", command_extract, N_("[--format tsv|json|xml] [--notes] [--blocks] [--review FILE.html] [--db FILE] DOCUMENT..."),
      N_("print the facts that documents state, and keep them with --db") },
    { "explain", command_explain, N_("DOCUMENT:OFFSET..."),
      N_("tell how the number at a place of a document was read") },
    { "import", command_import, N_("[--db FILE] [--indicator CODE] [--period Y] [--source NAME] [--sheet NAME] TABLE..."),
      N_("read tables of figures (tsv, csv, xlsx) into the store") },
    { "facts", command_facts, N_("[--db FILE] [--place P] [--indicator I] [--period Y] [--status S] [--source S]\n"
                                 "       [--conflicts] [--notes] [--format tsv|json|xml] | --decisions"), N_("list the facts in the store") },
    { "approve", command_approve, N_("[--db FILE] [--why TEXT] [--who NAME] [--undo] NUMBER...|FILTER..."),
      N_("decide that facts are right; filters are those of facts") },
    { "reject", command_reject, N_("[--db FILE] [--why TEXT] [--who NAME] [--undo] NUMBER...|FILTER..."),
      N_("decide that facts are wrong: no card shows them") },
    { "card", command_card, N_("[--db FILE] --place SLUG|--national [--period Y] [--as-of DATE]"),
      N_("print the card that layouts bind to") },
    { "check", command_check, N_("[--format text|json] [--strict] [--set NAME=VALUE] LAYOUT... | --xsd"),
      N_("tell all faults of layouts; --xsd prints the schema for editors") },
    { "render", command_render, N_("LAYOUT [--db FILE] --place SLUG [--period Y] [--as-of DATE] [--set NAME=VALUE]\n"
                                   "       [--strict] [--format pdf|svg|png] [--dpi N] [--watch] -o OUT.pdf"),
      N_("make one card; --watch makes it again whenever its layout or data change") },
    { "batch", command_batch, N_("LAYOUT [--db FILE] [--places all|facts|SLUG,...] [--period Y] [--as-of DATE]\n"
                                 "       [--set NAME=VALUE] [--strict] [-j N] [--book FILE [--book-layout LAYOUT] [--book-set NAME=VALUE]\n"
                                 "       [--web]] [--only SLUG,...] [--where XPATH] [--name PATTERN] [--zip FILE] [--index]\n"
                                 "       [--resume] [--shard K/N] -d FOLDER"),
      N_("make every card, a manifest, and a book of them") },
    { "merge", command_merge, N_("-d FOLDER [SHARD-FOLDER...]"),
      N_("put the shards of a batch together, as if one machine had made it") },
    { "data", command_data, N_("[--list] [--place SLUG | --name NAME] [-o FILE] FILE.pdf"),
      N_("take the attached data out of a PDF again") },
    { "sign", command_sign, N_("--key KEY.p12 [--password-file FILE] [--time ISO] [--reason TEXT]\n"
                               "       [--tsa URL | --timestamp-query FILE] [-o FILE] FILE.pdf\n"
                               "       phieudiem sign --timestamp REPLY [-o FILE] FILE.pdf"),
      N_("sign a PDF (PAdES) after its own bytes, which stay as they are, and put a timestamp beside a signature") },
    { "verify", command_verify, N_("[--sources FOLDER] [--remake LAYOUT [--book-layout LAYOUT] [--db FILE] [--period Y]\n"
                                   "       [--as-of DATE] [--set NAME=VALUE]] FILE.pdf..."),
      N_("show that the figures on the pages are those of the attached data and of the sources") },
    { "impose", command_impose, N_("--as 2-up|booklet|duplex [--sheet A4|A3|...] [--signature SHEETS] [--creep MM] -o OUT.pdf FILE.pdf"),
      N_("put pages onto sheets: two beside each other, or a booklet to be folded") },
    { "print", command_print, N_("[--copies N] [--sides one|two-long|two-short] [--media NAME] [--tray NAME]\n"
                                 "       [--colour auto|mono|color] [--collate yes|no] [--only SLUG,...] [--retries N] [--wait SECONDS]\n"
                                 "       [--as 2-up|booklet|duplex [--sheet A4|A3|...] [--signature SHEETS] [--creep MM]]\n"
                                 "       [--resume [--again]] [--journal FILE] --printer QUEUE|ADDRESS FOLDER|FILE.pdf..."),
      N_("print cards or a book, a job each, at a queue of CUPS or any IPP printer") },
    { "fonts", command_fonts, N_("[FOLDER]"), N_("what fonts are found, which lack Vietnamese letters, which forbid embedding") },
    { NULL, NULL, NULL, NULL },
};

void command_help(const struct command *c, FILE *out)
{
    fprintf(out, "%s phieudiem %s %s\n%s\n", _("usage:"), c->name, _(c->usage), _(c->summary));
}

int command_misuse(const char *name, const char *fmt, ...)
{
    va_list ap;
    fprintf(stderr, "phieudiem %s: ", name);
    va_start(ap, fmt);
    vfprintf(stderr, fmt, ap);
    va_end(ap);
    fprintf(stderr, _("\ntry: phieudiem %s --help\n"), name);
    return STATUS_USAGE;
}

int command_end(struct diag *d, bool strict)
{
    int status = diag_status(d, strict);
    diag_print(d, stderr, 0);
    diag_clear(d);
    if (fflush(stdout) != 0 && status == STATUS_OK) {
        fputs(_("phieudiem: standard output cannot be written\n"), stderr);
        status = STATUS_MACHINE;
    }
    return status;
}

static void help(FILE *out)
{
    fputs(_("phieudiem -- report cards from official Vietnamese texts\n"
            "usage: phieudiem COMMAND [ARGUMENT...]\n"
            "       phieudiem COMMAND --help\n\ncommands:\n"), out);
    for (const struct command *c = commands; c->name; c++)
        fprintf(out, "  %-9s %s\n", c->name, _(c->summary));
}

/* Messages follow the locale; numbers never do: a decimal comma would reach printf and strtod. */
static void set_locale(const char *program)
{
    struct arena a = { 0 };
    setlocale(LC_MESSAGES, "");
    setlocale(LC_CTYPE, "");
    file_set_program(program);
    const char *locales = file_data(&a, "locale");
    bindtextdomain("phieudiem", locales ? locales : LOCALEDIR);
    bind_textdomain_codeset("phieudiem", "UTF-8");
    textdomain("phieudiem");
    arena_clear(&a);
}

int main(int argc, char **argv)
{
    set_locale(argv[0]);
    if (argc < 2) {
        help(stderr);
        return STATUS_USAGE;
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 || strcmp(argv[1], "help") == 0) {
        help(stdout);
        return STATUS_OK;
    }
    if (strcmp(argv[1], "--version") == 0) {
        puts("phieudiem " VERSION);
        return STATUS_OK;
    }
    for (const struct command *c = commands; c->name; c++) {
        if (strcmp(argv[1], c->name) != 0)
            continue;
        for (int i = 2; i < argc && strcmp(argv[i], "--") != 0; i++) {
            if (strcmp(argv[i], "--help") == 0) {
                command_help(c, stdout);
                return STATUS_OK;
            }
            if (strcmp(argv[i], "--version") == 0) {
                puts("phieudiem " VERSION);
                return STATUS_OK;
            }
        }
        return c->run(argc - 1, argv + 1);
    }
    const char *names[32];
    size_t n = 0;
    while (n < 32 && commands[n].name) {
        names[n] = commands[n].name;
        n++;
    }
    const char *near = diag_nearest(argv[1], names, n);
    fprintf(stderr, _("phieudiem: unknown command \"%s\""), argv[1]);
    if (near)
        fprintf(stderr, _("; the nearest is \"%s\""), near);
    fputc('\n', stderr);
    return STATUS_USAGE;
}
