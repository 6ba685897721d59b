/* batch/deliver.h -- what makes a folder of cards ready to be sent: names, a ZIP, an index page. */
#ifndef BATCH_DELIVER_H
#define BATCH_DELIVER_H
#include "batch/internal.h"

/* The file of each place by a pattern such as "{slug}-{period}.pdf"; fields: slug, code, name, region,
 * period, date (of the set), number (in the list, with as many digits as the last has). In fields what
 * no file system takes becomes "-". NULL after reports: an unknown field (with the nearest), a path
 * instead of a name, two places with one name. Pattern NULL: "{slug}.pdf". */
const char **deliver_names(const char *pattern, const struct card_set *cards, const char *const *places, size_t n,
                           struct arena *a, struct diag *d);

/* The files of the folder in that order into a ZIP, the same bytes for the same files: no times, no
 * owners. PDFs are stored as they are, since their parts are deflated already. False after a report. */
bool deliver_zip(const char *path, const char *folder, const char *const *files, size_t n, struct diag *d);

/* index.html: every card with its pages and its place's standing by each index, sorted by a click.
 * One file without addresses, that opens from a folder or a share. */
struct deliver_card { const char *place, *file; size_t pages, bytes; };
bool deliver_index(const char *path, const struct card_set *cards, const struct deliver_card *list, size_t n,
                   size_t left_out, struct diag *d);
#endif
