/* Widths of columns: fixed and percent as they are; automatic ones between
 * their narrowest and widest content; fr share what is left.  Without fr the
 * automatic ones take the rest in equal parts, so that a table fills its room. */
#include "typeset/internal.h"

#include <math.h>

struct sums { double fixed, min, max, fr; size_t autos; };

static struct sums add_up(struct track *t, size_t n, double width, double gap)
{
    struct sums s = { .fixed = n ? gap * (double)(n - 1) : 0 };
    for (size_t i = 0; i < n; i++) {
        switch (t[i].len.unit) {
        case LEN_FR: s.fr += t[i].len.v; break;
        case LEN_AUTO:
            s.min += t[i].min;
            s.max += t[i].max;
            s.autos++;
            break;
        default: s.fixed += t[i].width = length_of(t[i].len, width, 0); break;
        }
    }
    return s;
}

/* Automatic tracks at `share` of the way from narrowest to widest, plus `more` each. */
static double set_autos(struct track *t, size_t n, double share, double more)
{
    double used = 0;
    for (size_t i = 0; i < n; i++)
        if (t[i].len.unit == LEN_AUTO)
            used += t[i].width = t[i].min + (t[i].max - t[i].min) * share + more;
    return used;
}

bool tracks_fit(struct track *t, size_t n, double width, double gap)
{
    struct sums s = add_up(t, n, width, gap);
    double room = width - s.fixed, used = 0;
    if (s.autos) {
        /* Beside fr tracks the automatic ones leave a quarter to those, as long as their texts can be broken. */
        double most = s.fr > 0 ? fmax(room * 0.75, s.min) : room;
        double share = s.max <= most ? 1 : s.max > s.min ? fmax((most - s.min) / (s.max - s.min), 0) : 0;
        double more = s.fr > 0 || s.max > most ? 0 : (room - s.max) / (double)s.autos;
        used = set_autos(t, n, share, more);
    }
    double left = room - used;
    for (size_t i = 0; i < n; i++)
        if (t[i].len.unit == LEN_FR)
            t[i].width = s.fr > 0 ? fmax(left, 0) * t[i].len.v / s.fr : 0;
    double x = 0;
    for (size_t i = 0; i < n; i++) {
        t[i].x = x;
        x += t[i].width + gap;
    }
    return left >= -EPSILON && (s.fr <= 0 || left > 0);
}
