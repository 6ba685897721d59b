/* The bar on a terminal.  The clock is for the eye alone: nothing that is written knows it. */
#include "batch/internal.h"

#include <time.h>

static double seconds(void)
{
    struct timespec t = { 0 };
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

void progress_begin(struct progress *p, bool on, size_t n)
{
    *p = (struct progress){ .on = on && n > 0, .n = n, .begun = seconds() };
}

void progress_draw(struct progress *p, size_t done, bool now)
{
    enum { WIDTH = 30 };
    char bar[WIDTH + 1];
    double t = p->on ? seconds() : 0;
    if (!p->on || (!now && t - p->drawn < 0.1))
        return;
    p->drawn = t;
    size_t full = done * WIDTH / p->n;
    for (size_t i = 0; i < WIDTH; i++)
        bar[i] = i < full ? '#' : '.';
    bar[WIDTH] = '\0';
    double spent = t - p->begun, rate = spent > 0 ? (double)done / spent : 0;
    fprintf(stderr, "\r[%s] %zu/%zu", bar, done, p->n);
    if (done) {
        long left = (long)((double)(p->n - done) / rate + 0.5);
        fprintf(stderr, _("  %.0f a second, %ld:%02ld left"), rate, left / 60, left % 60);
    }
    fputs("\033[K", stderr);
    fflush(stderr);
}

void progress_end(struct progress *p)
{
    if (p->on)
        fputs("\r\033[K", stderr);
    p->on = false;
}
