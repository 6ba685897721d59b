#include "cli/args.h"

#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const struct args_option *by_name(const struct args_option *o, const char *name, size_t len)
{
    for (; o->name || o->letter; o++)
        if (o->name && strlen(o->name) == len && strncmp(o->name, name, len) == 0)
            return o;
    return NULL;
}

static const struct args_option *by_letter(const struct args_option *o, char letter)
{
    for (; o->name || o->letter; o++)
        if (o->letter == letter)
            return o;
    return NULL;
}

static int unknown(const char *command, const struct args_option *o, const char *arg)
{
    const char *names[32];
    size_t n = 0;
    for (; (o->name || o->letter) && n < 32; o++)
        if (o->name)
            names[n++] = o->name;
    const char *near = strncmp(arg, "--", 2) == 0 ? diag_nearest(arg + 2, names, n) : NULL;
    if (near)
        command_misuse(command, _("unknown option \"%s\"; the nearest is \"--%s\""), arg, near);
    else
        command_misuse(command, _("unknown option \"%s\""), arg);
    return -1;
}

/* The option that argv[*i] gives, and its value: in the same argument or the next. */
static const struct args_option *option_at(int argc, char **argv, int *i, const struct args_option *options,
                                           const char **value)
{
    const char *arg = argv[*i];
    const struct args_option *o;
    *value = NULL;
    if (arg[1] == '-') {
        size_t len = strcspn(arg + 2, "=");
        o = by_name(options, arg + 2, len);
        if (arg[2 + len])
            *value = arg + 3 + len;
    } else {
        o = by_letter(options, arg[1]);
        if (arg[2])
            *value = arg + 2;
    }
    if (o && !o->flag && !*value && *i + 1 < argc)
        *value = argv[++*i];
    return o;
}

static bool take(const char *command, const char *arg, const struct args_option *o, const char *value)
{
    if (o->flag && value)
        command_misuse(command, _("\"%s\" takes no value"), arg);
    else if (!o->flag && !value)
        command_misuse(command, _("\"%s\" needs a value"), arg);
    else if (o->flag)
        *o->flag = true;
    else if (o->value)
        *o->value = value;
    else
        o->list->items[o->list->n++] = value;
    return o->flag ? !value : value != NULL;
}

int args_parse(int argc, char **argv, const struct args_option *options, const char **operands)
{
    int n = 0;
    bool only_operands = false;
    for (int i = 1; i < argc; i++) {
        const char *arg = argv[i], *value;
        if (only_operands || arg[0] != '-' || !arg[1]) {
            operands[n++] = arg;
        } else if (strcmp(arg, "--") == 0) {
            only_operands = true;
        } else {
            const struct args_option *o = option_at(argc, argv, &i, options, &value);
            if (!o)
                return unknown(argv[0], options, arg);
            if (!take(argv[0], arg, o, value))
                return -1;
        }
    }
    return n;
}

bool args_number(const char *command, const char *name, const char *text, long least, long *n)
{
    char *end;
    errno = 0;
    *n = strtol(text, &end, 10);
    if (errno == 0 && end != text && !*end && *n >= least)
        return true;
    command_misuse(command, _("\"%s\" is no number for %s; a whole number from %ld on is"), text, name, least);
    return false;
}
