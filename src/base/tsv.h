/* base/tsv.h -- rows of tab-separated values, as buf_tsv() writes them: no quoting. */
#ifndef BASE_TSV_H
#define BASE_TSV_H
#include <stdbool.h>

/* Cuts a line without its line break at its tabs, in place: column[i] are its `n`
 * fields. False if it has not exactly so many; what was cut stays cut. */
bool tsv_cut(char *line, char **column, int n);
#endif
