/* cli/filter.h -- the filters that facts, approve and reject have in common. */
#ifndef CLI_FILTER_H
#define CLI_FILTER_H
#include "store/store.h"

/* False after a message if the status or period is none. */
bool filter_check(const struct store_filter *f, const char *command);
/* A place given as slug, alias or full name becomes the bare name that facts
 * have; a name that the catalog does not know (a district, a ministry) stays. */
bool filter_resolve(struct store_filter *f, struct arena *a, struct diag *d);
#endif
