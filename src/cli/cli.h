/* cli/cli.h -- one file a command; main.c finds it by name.
 *
 * A command gets its own argv (argv[0] is the command's name), prints results
 * to standard output or the named file and messages to standard error, and
 * returns the exit status: 0 done, 1 the input is wrong, 2 usage, 3 warnings
 * under --strict, 4 the machine failed. */
#ifndef CLI_CLI_H
#define CLI_CLI_H
#include "base/diag.h"

enum { STATUS_OK = 0, STATUS_INPUT = 1, STATUS_USAGE = 2, STATUS_STRICT = 3, STATUS_MACHINE = 4 };

struct command {
    const char *name;
    int (*run)(int argc, char **argv);
    const char *usage;   /* arguments, N_() */
    const char *summary; /* one line, N_() */
};
extern const struct command commands[]; /* ends with a NULL name */

int command_extract(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_import(int argc, char **argv);
int command_facts(int argc, char **argv);
int command_approve(int argc, char **argv);
int command_reject(int argc, char **argv);
int command_card(int argc, char **argv);
int command_check(int argc, char **argv);
int command_render(int argc, char **argv);
int command_batch(int argc, char **argv);
int command_merge(int argc, char **argv);
int command_data(int argc, char **argv);
int command_sign(int argc, char **argv);
int command_verify(int argc, char **argv);
int command_impose(int argc, char **argv);
int command_print(int argc, char **argv);
int command_fonts(int argc, char **argv);

/* Prints the command's usage to `out`. */
void command_help(const struct command *c, FILE *out);
/* "phieudiem extract: MESSAGE" and how to get help, to standard error; returns STATUS_USAGE. */
int command_misuse(const char *name, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* Prints all of `d`, frees it, and gives the status: the last line of a command. */
int command_end(struct diag *d, bool strict);
#endif
