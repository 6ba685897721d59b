#include "cli/cli.h"

#include "base/file.h"
#include "font/font.h"

int command_fonts(int argc, char **argv)
{
    struct diag d = { 0 };
    struct arena a = { 0 };
    if (argc > 2)
        return command_misuse(argv[0], _("more than one folder"));
    const char *folder = argc == 2 ? argv[1] : file_data(&a, "fonts");
    struct fontlib *lib = fontlib_open(folder ? folder : "fonts", &d);
    if (lib && !fontlib_list(lib, stdout, &d))
        diag_error(&d, (struct at){ .file = folder }, _("fonts are missing, or lack letters, or may not be embedded"));
    fontlib_close(lib);
    arena_clear(&a);
    return command_end(&d, false);
}
