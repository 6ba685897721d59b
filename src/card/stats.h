/* card/stats.h -- numbers over places: quantiles, ranks, groups.
 *
 * Quartiles are of type 7 (Hyndman and Fan, Sample Quantiles in Statistical
 * Packages, 1996): of n sorted values, quantile p lies at position 1 + (n-1)p
 * and is interpolated. With n = 61 these are the 16th, 31st and 46th value, as
 * in PAPI's groups, whose limits are the 75th, 50th and 25th percentile. */
#ifndef CARD_STATS_H
#define CARD_STATS_H
#include <stddef.h>

/* Of `n` > 0 ascending values, 0 <= p <= 1. */
double quantile(const double *sorted, size_t n, double p);
void sort_ascending(double *values, size_t n);
/* Rank of `value` among `n` values: 1 and as many as are better. Equal values
 * share a rank and the next is skipped (1, 2, 2, 4). better: 1 more, -1 less. */
int rank_of(double value, const double *sorted, size_t n, int better);
/* 1 (best) to 4; a value on a limit is in the better group. */
int quartile_group(double value, double q1, double median, double q3, int better);
/* Rounded half away from zero to `decimals`, as printf("%.*f") shows it. */
double rounded(double value, int decimals);
#endif
