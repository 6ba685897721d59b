/* cli/choose.h -- which places a batch is for. */
#ifndef CLI_CHOOSE_H
#define CLI_CHOOSE_H
#include "batch/batch.h"

struct choice {
    const char *places;          /* "all", "facts" (those that facts speak of), "lao-cai,ha-noi" */
    const char *only;            /* of these only some; NULL: all */
    const char *where;           /* an XPath expression that holds on their cards; NULL */
    const char *db;              /* for messages */
};
/* Fills places and n_places. False after reports: unknown slugs with the nearest, an expression that
 * is none, or nothing that is left. Without a layout of places nothing is chosen. */
bool choose_places(const struct choice *c, const struct card_set *cards, struct arena *a, struct batch_options *o,
                   struct diag *d);
#endif
