/* cli/args.h -- a command's options and operands.
 *
 *     const char *db = "phieudiem.db";
 *     bool strict = false;
 *     const struct args_option options[] = {
 *         { .name = "db", .value = &db }, { .name = "strict", .flag = &strict }, { 0 },
 *     };
 *     const char *operands[argc];                  (room for all)
 *     int n = args_parse(argc, argv, options, operands);
 *     if (n < 0) return STATUS_USAGE;
 *
 * "--db FILE", "--db=FILE", "-d DIR" and "-dDIR"; options and operands in any
 * order; "--" ends the options; "-" is an operand. */
#ifndef CLI_ARGS_H
#define CLI_ARGS_H
#include "base/texts.h"

#include <stdbool.h>

struct args_option {          /* one of flag, value and list; ends with { 0 } */
    const char *name;         /* without dashes; NULL: only the letter */
    char letter;              /* 0: only the name */
    bool *flag;
    const char **value;       /* the last one given counts */
    struct texts *list;       /* all that are given; room for argc is the caller's */
};

/* How many operands; -1 after a message to standard error. */
int args_parse(int argc, char **argv, const struct args_option *options, const char **operands);
/* A whole number from `least` on; false after a message. */
bool args_number(const char *command, const char *name, const char *text, long least, long *n);
#endif
