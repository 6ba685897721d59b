#include "card/stats.h"

#include <math.h>
#include <stdlib.h>

/* Two computed decimals that print alike differ by less. */
static const double SAME = 1e-9;

double quantile(const double *sorted, size_t n, double p)
{
    double at = (double)(n - 1) * p;
    size_t below = (size_t)at;
    double part = at - (double)below;
    return below + 1 < n ? sorted[below] + part * (sorted[below + 1] - sorted[below]) : sorted[n - 1];
}

static int by_value(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

void sort_ascending(double *values, size_t n)
{
    if (n)
        qsort(values, n, sizeof *values, by_value);
}

int rank_of(double value, const double *sorted, size_t n, int better)
{
    int ahead = 0;
    for (size_t i = 0; i < n; i++)
        ahead += better > 0 ? sorted[i] > value + SAME : sorted[i] < value - SAME;
    return ahead + 1;
}

int quartile_group(double value, double q1, double median, double q3, int better)
{
    if (better < 0) {
        value = -value;
        double low = -q3;
        q3 = -q1;
        q1 = low;
        median = -median;
    }
    return value >= q3 - SAME ? 1 : value >= median - SAME ? 2 : value >= q1 - SAME ? 3 : 4;
}

double rounded(double value, int decimals)
{
    double scale = pow(10, decimals);
    return round(value * scale) / scale;
}
