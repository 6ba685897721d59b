/* Line breaks by total fit (Knuth and Plass, Breaking Paragraphs into Lines,
 * Software: Practice and Experience 11, 1981): for every place where a line
 * may end, the cheapest way to get there is kept for each of four classes of
 * looseness.  Since only the first line may have another width, no line
 * numbers are needed.
 *
 * Justified lines stretch and shrink spaces by TeX's rule of a half and a
 * third.  Ragged ones keep them: there, the fewest lines count first (a table
 * lives from low rows), then the evenness of their ends. */
#include "typeset/para.h"

#include <math.h>

struct stop {                     /* a place where a line may end */
    size_t end, next;             /* segments: the line ends before `end`, the next begins at `next` */
    bool forced, dash;
    double cost[4];               /* cheapest way here, by looseness of the last line; HUGE_VAL: none */
    size_t from[4];               /* stop before, times 4, and its class */
};
struct breaker {
    const struct para *p;
    struct stop *stops;
    size_t n;
    double *sum, *spaces;         /* widths before a segment: of all, of spaces */
    double first, later;          /* room of the lines */
};

static size_t trimmed(const struct para *p, size_t end, size_t least)
{
    while (end > least && p->segs[end - 1].kind == SEG_SPACE)
        end--;
    return end;
}

static void find_stops(struct typesetter *ts, struct breaker *b)
{
    const struct para *p = b->p;
    b->stops = arena_array(&ts->scratch, struct stop, p->n + 2);
    b->n = 1; /* stops[0]: the start */
    size_t begin = 0;
    for (size_t i = 0; i < p->n; i++) {
        const struct seg *s = &p->segs[i];
        bool forced = s->kind == SEG_END;
        if (!forced && (!s->may_break || i + 1 == p->n))
            continue;
        size_t next = i + 1;
        while (next < p->n && p->segs[next].kind == SEG_SPACE)
            next++;
        if (next == p->n && !forced)
            break;
        size_t end = trimmed(p, forced ? i : i + 1, begin);
        if (end > begin || forced) {
            b->stops[b->n++] = (struct stop){ .end = end, .next = next, .forced = forced, .dash = s->dash };
            begin = next;
            if (forced)
                i = next - 1;
        }
    }
    if (begin < p->n || b->n == 1) /* a forced end at the very end begins no line */
        b->stops[b->n++] = (struct stop){ .end = trimmed(p, p->n, begin), .next = p->n, .forced = true };
}

static void sum_widths(struct typesetter *ts, struct breaker *b)
{
    const struct para *p = b->p;
    b->sum = arena_array(&ts->scratch, double, p->n + 1);
    b->spaces = arena_array(&ts->scratch, double, p->n + 1);
    for (size_t i = 0; i < p->n; i++) {
        b->sum[i + 1] = b->sum[i] + (para_hangs(p, &p->segs[i]) ? 0 : p->segs[i].width);
        b->spaces[i + 1] = b->spaces[i] + (p->segs[i].kind == SEG_SPACE ? p->segs[i].width : 0);
    }
}

static double line_room(const struct breaker *b, size_t a) { return a == 0 ? b->first : b->later; }

static double natural_width(const struct breaker *b, size_t a, size_t e)
{
    size_t s = b->stops[a].next;
    return b->stops[e].end > s ? b->sum[b->stops[e].end] - b->sum[s] : 0;
}

static double space_width(const struct breaker *b, size_t a, size_t e)
{
    size_t s = b->stops[a].next;
    return b->stops[e].end > s ? b->spaces[b->stops[e].end] - b->spaces[s] : 0;
}

static bool fits(const struct breaker *b, size_t a, size_t e)
{
    double shrink = b->p->align == ALIGN_JUSTIFY ? space_width(b, a, e) / 3 : 0;
    return natural_width(b, a, e) - shrink <= line_room(b, a) + EPSILON;
}

/* A last line of one syllable looks like a fault. */
static bool runt(const struct breaker *b, size_t a, size_t e)
{
    return e + 1 == b->n && a > 0 && space_width(b, a, e) == 0;
}

static double ragged_cost(const struct breaker *b, size_t a, size_t e)
{
    double gap = (line_room(b, a) - natural_width(b, a, e)) / line_room(b, a);
    double cost = 1e6 + (b->stops[e].forced ? 0 : 1000 * gap * gap) + (b->stops[e].dash ? 20 : 0);
    return cost + (runt(b, a, e) ? 60 : 0);
}

static double justified_cost(const struct breaker *b, size_t a, size_t e, int *looseness)
{
    double gap = line_room(b, a) - natural_width(b, a, e), spaces = space_width(b, a, e);
    double r = gap >= 0 ? gap / fmax(spaces / 2, 0.01) : gap / fmax(spaces / 3, 0.01);
    if (b->stops[e].forced && gap >= 0)
        r = 0;
    r = fmin(fabs(r), 20) * (r < 0 ? -1 : 1);
    *looseness = r < -0.5 ? 0 : r <= 0.5 ? 1 : r <= 1 ? 2 : 3;
    double badness = 100 * fabs(r * r * r), cost = (10 + badness) * (10 + badness);
    return cost + (b->stops[e].dash ? 2500 : 0) + (runt(b, a, e) ? 5000 : 0);
}

static void try_line(struct breaker *b, size_t a, size_t e)
{
    struct stop *from = &b->stops[a], *to = &b->stops[e];
    bool justify = b->p->align == ALIGN_JUSTIFY;
    int looseness = 1;
    double cost = justify ? justified_cost(b, a, e, &looseness) : ragged_cost(b, a, e);
    if (!fits(b, a, e))
        cost += 1e12; /* one word alone, wider than the line */
    for (int c = 0; c < 4; c++) {
        double total = from->cost[c] + cost + (justify && (c - looseness > 1 || looseness - c > 1) ? 3000 : 0);
        if (total < to->cost[looseness]) {
            to->cost[looseness] = total;
            to->from[looseness] = a * 4 + (size_t)c;
        }
    }
}

static void choose_lines(struct breaker *b)
{
    size_t low = 0;
    for (size_t e = 1; e < b->n; e++) {
        for (int c = 0; c < 4; c++)
            b->stops[e].cost[c] = HUGE_VAL;
        while (low + 1 < e && !fits(b, low, e))
            low++;
        for (size_t a = low; a < e; a++)
            try_line(b, a, e);
        if (b->stops[e].forced)
            low = e;
    }
}

/* The chosen stops, first to last, into `out` (room for b->n); returns their number. */
static size_t chosen(const struct breaker *b, size_t *out)
{
    size_t n = 0, e = b->n - 1;
    int class = 0;
    for (int c = 1; c < 4; c++)
        if (b->stops[e].cost[c] < b->stops[e].cost[class])
            class = c;
    while (e > 0) {
        out[n++] = e;
        size_t from = b->stops[e].from[class];
        e = from / 4;
        class = (int)(from % 4);
    }
    for (size_t i = 0; i < n / 2; i++) {
        size_t t = out[i];
        out[i] = out[n - 1 - i];
        out[n - 1 - i] = t;
    }
    return n;
}

/* Nearly every text of a table is one line: no need to search. */
static bool one_line(const struct para *p, double room, double *width)
{
    *width = 0;
    for (size_t i = 0; i < p->n; i++) {
        if (p->segs[i].kind == SEG_END)
            return false;
        if (!para_hangs(p, &p->segs[i]))
            *width += p->segs[i].width;
    }
    for (size_t i = p->n; i > 0 && p->segs[i - 1].kind == SEG_SPACE; i--)
        *width -= p->segs[i - 1].width;
    return *width <= room;
}

size_t breaks_choose(struct typesetter *ts, const struct para *p, double first_room, double later_room,
                     struct span **out)
{
    struct breaker b = { .p = p, .first = first_room, .later = later_room };
    double width;
    if (one_line(p, first_room, &width)) {
        *out = arena_new(ts->arena, struct span);
        **out = (struct span){ 0, trimmed(p, p->n, 0), first_room, width, true };
        return 1;
    }
    find_stops(ts, &b);
    sum_widths(ts, &b);
    choose_lines(&b);
    size_t *stops = arena_array(&ts->scratch, size_t, b.n), n = chosen(&b, stops);
    *out = arena_array(ts->arena, struct span, n);
    for (size_t i = 0, a = 0; i < n; a = stops[i++]) {
        const struct stop *from = &b.stops[a], *to = &b.stops[stops[i]];
        (*out)[i] = (struct span){ from->next, to->end > from->next ? to->end : from->next, line_room(&b, a),
                                   natural_width(&b, a, stops[i]), to->forced };
    }
    arena_reset(&ts->scratch);
    return n;
}
