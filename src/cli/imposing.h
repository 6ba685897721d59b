/* cli/imposing.h -- the options of imposition, which impose and print share. */
#ifndef CLI_IMPOSING_H
#define CLI_IMPOSING_H
#include "pdf/impose.h"

struct imposing_words { const char *as, *sheet, *signature, *creep; }; /* as given; NULL: not */
/* False after a message to standard error. */
bool imposing_read(const char *command, const struct imposing_words *s, struct impose *o);
#endif
