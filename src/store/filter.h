/* store/filter.h -- what a filter means, for the files of this folder. */
#ifndef STORE_FILTER_H
#define STORE_FILTER_H
#include "store/store.h"

/* Indicator "dvc" takes all of its codes, period "2023" whatever ends in that year; rejected
 * facts pass only if asked for, unless `rejected`. The place and conflicts are not looked at. */
bool filter_takes(const struct store_filter *f, const char *indicator, const char *period, const char *status,
                  const char *source, bool rejected);
#endif
