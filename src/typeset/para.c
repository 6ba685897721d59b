/* A paragraph is cut into segments that lines are made of: words (or what UAX
 * 14 leaves of them), spaces, small charts.  Lines are chosen by total fit
 * (Knuth and Plass 1981): for every place where a line may end, the cheapest
 * way to get there is kept for each of four classes of looseness.  Since only
 * the first line may have another width, no line numbers are needed.
 *
 * Justified lines stretch and shrink spaces by TeX's rule of a half and a
 * third.  Ragged ones keep them: there, the fewest lines count first (a table
 * lives from low rows), then the evenness of their ends. */
#include "typeset/internal.h"

#include "base/utf8.h"
#include "typeset/letters.h"

#include <linebreak.h>
#include <math.h>
#include <string.h>

enum seg_kind { SEG_TEXT, SEG_SPACE, SEG_CHART, SEG_LEADER, SEG_TAB, SEG_END };
struct seg {
    enum seg_kind kind;
    bool may_break;              /* a line may end after it */
    bool dash;                   /* ... but behind a hyphen or stroke, which is less good than at a space */
    unsigned run;
    size_t start, end;           /* bytes of the paragraph's text */
    double width;
    struct shaped shaped;
};
struct prun {
    const struct run *run;
    const struct face_of *face;
    size_t start, end;
    struct node *node;           /* its link or span, once a line shows it */
    bool shown;
};
struct para {
    const struct box *box;
    const struct face_of *face;
    enum align align;
    double factor;               /* of all sizes: under 1 when shrunk to fit */
    char *text;
    size_t len;
    struct prun *runs;
    size_t n_runs;
    struct seg *segs;
    size_t n, cap;
};

/* ---- text and segments ---- */

static void add_run_text(struct buf *b, const struct run *r, bool upper)
{
    const char *s = r->text ? r->text : "";
    uint32_t cp;
    for (size_t i = 0, n, len = strlen(s); (n = utf8_decode(s + i, len - i, &cp)); i += n) {
        char out[4];
        if (cp == 0xAD || cp == 0xFEFF || cp == 0x2060)
            continue;
        if (cp < 0x20 || cp == 0x7F)
            cp = ' ';
        if (upper)
            cp = letter_upper(cp);
        buf_add(b, out, utf8_encode(cp, out));
    }
}

static void add_run(struct typesetter *ts, struct buf *b, const struct run *r, const struct style *style)
{
    switch (r->kind) {
    case RUN_TEXT: add_run_text(b, r, style->uppercase); break;
    case RUN_BREAK: buf_char(b, '\n'); break;
    case RUN_PAGE_NUMBER: buf_printf(b, "%d", ts->page_number); break;
    case RUN_PAGE_COUNT: buf_printf(b, "%d", ts->page_count); break;
    case RUN_LEADER: buf_char(b, '\v'); break;
    case RUN_CHART: buf_char(b, '\f'); break;
    case RUN_TAB: buf_char(b, '\t'); break;
    }
}

/* Letters, figures and marks between which UAX 14 never allows a break, so
 * that only spaces are left: nearly all texts of a card. */
static bool only_breaks_at_spaces(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i];
        bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ' ' ||
                    c == ',' || c == '.';
        /* U+00C0 to U+01BF without the signs for times and divided by */
        bool letter = c >= 0xC3 && c <= 0xC6 && !(c == 0xC3 && ((unsigned char)s[i + 1] & 0x1F) == 0x17);
        bool viet = c == 0xE1 && ((unsigned char)s[i + 1] == 0xBA || (unsigned char)s[i + 1] == 0xBB);
        if (!word && !letter && !viet)
            return false;
        i += letter ? 1 : viet ? 2 : 0;
    }
    return true;
}

static bool digit_at(const char *s, size_t len, size_t i)
{
    return i < len && s[i] >= '0' && s[i] <= '9';
}

/* UAX 14 lets a line end behind the dash of "2021–2023"; a span of figures stays whole. */
static void keep_spans(const char *s, size_t len, char *breaks)
{
    for (size_t i = 1; i + 3 < len; i++)
        if (memcmp(s + i, "–", 3) == 0 && digit_at(s, len, i - 1) && digit_at(s, len, i + 3))
            breaks[i + 2] = LINEBREAK_NOBREAK;
}

static char *find_breaks(struct typesetter *ts, const struct para *p)
{
    char *breaks = arena_alloc(ts->arena, p->len + 1, 1);
    if (only_breaks_at_spaces(p->text, p->len)) {
        for (size_t i = 0; i < p->len; i++)
            breaks[i] = p->text[i] == ' ' ? LINEBREAK_ALLOWBREAK : LINEBREAK_NOBREAK;
    } else {
        set_linebreaks_utf8((const utf8_t *)p->text, p->len, "vi", breaks);
        keep_spans(p->text, p->len, breaks);
    }
    for (size_t i = 0; i < p->n_runs; i++)
        if (p->runs[i].run->glue && p->runs[i].start > 0)
            breaks[p->runs[i].start - 1] = LINEBREAK_NOBREAK;
    return breaks;
}

static enum seg_kind kind_of(char c)
{
    switch (c) {
    case ' ': return SEG_SPACE;
    case '\n': return SEG_END;
    case '\t': return SEG_TAB;
    case '\v': return SEG_LEADER;
    case '\f': return SEG_CHART;
    default: return SEG_TEXT;
    }
}

static bool shape_seg(struct typesetter *ts, const struct para *p, struct seg *s)
{
    const struct prun *r = &p->runs[s->run];
    if (!font_shape(r->face->font, p->text + s->start, s->end - s->start, r->face->style->features, &s->shaped,
                    r->run->at.line ? r->run->at : p->box->at, ts->diag))
        return ts->ok = false;
    s->width = (double)s->shaped.advance * r->face->scale * p->factor;
    return true;
}

static bool add_seg(struct typesetter *ts, struct para *p, unsigned run, size_t start, size_t end, char brk)
{
    enum seg_kind kind = kind_of(p->text[start]);
    if (end - start == 3 && memcmp(p->text + start, "\xE2\x80\x8B", 3) == 0) { /* U+200B: no more than a break */
        if (p->n)
            p->segs[p->n - 1].may_break = true;
        return true;
    }
    struct seg *s = ARENA_PUSH(ts->arena, p->segs, p->n, p->cap);
    *s = (struct seg){ .kind = kind, .run = run, .start = start, .end = end };
    s->may_break = brk == LINEBREAK_ALLOWBREAK && kind != SEG_TAB && kind != SEG_LEADER;
    s->dash = kind == SEG_TEXT;
    switch (kind) {
    case SEG_TEXT:
    case SEG_SPACE: return shape_seg(ts, p, s);
    case SEG_CHART: s->width = p->runs[run].run->chart->width; return true;
    default: return true;
    }
}

static bool cut_into_segs(struct typesetter *ts, struct para *p)
{
    const char *breaks = find_breaks(ts, p);
    for (unsigned r = 0; r < p->n_runs; r++) {
        size_t start = p->runs[r].start;
        for (size_t i = start; i < p->runs[r].end; i++) {
            size_t next = i + 1;
            bool inside = next < p->runs[r].end && (p->text[next] & 0xC0) == 0x80;
            if (inside)
                continue;
            bool own = kind_of(p->text[i]) != SEG_TEXT;
            bool before_own = next < p->runs[r].end && (kind_of(p->text[next]) != SEG_TEXT ||
                                                        memcmp(p->text + next, "\xE2\x80\x8B", 3) == 0);
            bool zero = i >= start + 2 && memcmp(p->text + i - 2, "\xE2\x80\x8B", 3) == 0;
            if (own || before_own || zero || breaks[i] == LINEBREAK_ALLOWBREAK || next == p->runs[r].end) {
                if (!add_seg(ts, p, r, start, next, breaks[i]))
                    return false;
                start = next;
            }
        }
    }
    return true;
}

/* A tab goes to the hanging indent, or leaves a space if the label is longer. */
static void set_tabs(struct para *p)
{
    double at = 0, stop = -p->face->style->indent * p->factor;
    for (size_t i = 0; i < p->n; i++) {
        struct seg *s = &p->segs[i];
        if (s->kind == SEG_TAB)
            s->width = fmax(stop - at, p->face->space * p->factor);
        at = s->kind == SEG_END ? 0 : at + s->width;
    }
}

bool para_empty(const struct para *p) { return p->n == 0; }

struct para *para_new(struct typesetter *ts, const struct box *box, enum align align, double factor)
{
    struct para *p = arena_new(ts->arena, struct para);
    p->box = box;
    p->factor = factor;
    p->align = align;
    p->face = ts_face(ts, box->u.text.style, box->at);
    if (!p->face)
        return NULL;
    p->n_runs = box->u.text.n;
    p->runs = arena_array(ts->arena, struct prun, p->n_runs);
    struct buf b = { 0 };
    bool ok = true;
    for (size_t i = 0; i < p->n_runs && ok; i++) {
        const struct run *r = &box->u.text.runs[i];
        p->runs[i] = (struct prun){ .run = r, .face = r->style ? ts_face(ts, r->style, r->at) : p->face, .start = b.len };
        ok = p->runs[i].face != NULL;
        if (ok)
            add_run(ts, &b, r, p->runs[i].face->style);
        p->runs[i].end = b.len;
    }
    p->text = arena_strndup(ts->arena, b.data ? b.data : "", b.len);
    p->len = b.len;
    buf_clear(&b);
    if (!ok || !cut_into_segs(ts, p))
        return NULL;
    set_tabs(p);
    return p;
}

/* ---- measures ---- */

static double first_indent(const struct para *p) { return fmax(p->face->style->indent, 0) * p->factor; }
static double later_indent(const struct para *p) { return fmax(-p->face->style->indent, 0) * p->factor; }

void para_range(const struct para *p, double *min, double *max)
{
    double word = 0, line = first_indent(p), widest_word = 0, widest_line = 0;
    for (size_t i = 0; i < p->n; i++) {
        const struct seg *s = &p->segs[i];
        line += s->width;
        if (s->kind != SEG_SPACE || !s->may_break)
            word += s->width;
        widest_word = fmax(widest_word, word);
        widest_line = fmax(widest_line, line);
        if (s->may_break || s->kind == SEG_END)
            word = 0;
        if (s->kind == SEG_END)
            line = later_indent(p);
    }
    *min = widest_word + fmax(first_indent(p), later_indent(p));
    *max = fmax(widest_line, *min);
}

static double width_before(const struct para *p, size_t byte)
{
    double x = 0;
    for (size_t i = 0; i < p->n && p->segs[i].start < byte; i++) {
        const struct seg *s = &p->segs[i];
        if (s->end <= byte) {
            x += s->width;
            continue;
        }
        for (size_t k = 0; k < s->shaped.n && s->start + s->shaped.glyphs[k].cluster < byte; k++)
            x += s->shaped.glyphs[k].advance * p->runs[s->run].face->scale * p->factor;
    }
    return x;
}

/* Past the whole part of the first figure in the text that does not hang; 0: there is none. */
static size_t whole_part(const struct para *p)
{
    size_t i = 0;
    for (size_t r = 0; r < p->n_runs; r++) {
        if (p->runs[r].run->hang)
            continue;
        for (i = p->runs[r].start; i < p->runs[r].end; i++)
            if (digit_at(p->text, p->len, i))
                goto found;
    }
    return 0;
found:
    while (digit_at(p->text, p->len, i) || (p->text[i] == '.' && digit_at(p->text, p->len, i + 1)))
        i++;
    return i;
}

/* What hangs outside takes no room where the end of the line counts. */
static bool hangs(const struct para *p, const struct seg *s)
{
    return p->runs[s->run].run->hang && p->align != ALIGN_START && p->align != ALIGN_JUSTIFY;
}

/* The figure's whole part ends at the comma's place. */
bool para_decimal(const struct para *p, double *before, double *after, double *hang)
{
    *before = *after = *hang = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->segs[i].kind >= SEG_CHART)
            return false;
    double natural = 0;
    for (size_t i = 0; i < p->n; i++)
        *(p->runs[p->segs[i].run].run->hang ? hang : &natural) += p->segs[i].width;
    size_t end = whole_part(p);
    if (end) {
        *before = width_before(p, end);
    } else if (utf8_count(p->text, p->len) <= 1 || p->n <= 1) {
        /* A sign for "no figure" stands where the units digit would. */
        if (utf8_count(p->text, p->n ? p->segs[0].end : 0) > 1)
            return false;
        *before = (natural + p->face->digit * p->factor) / 2;
    } else {
        return false;
    }
    *after = fmax(natural - *before, 0);
    return true;
}

/* ---- line breaks ---- */

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
    b->stops = arena_array(ts->arena, struct stop, p->n + 2);
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
    b->sum = arena_array(ts->arena, double, p->n + 1);
    b->spaces = arena_array(ts->arena, double, p->n + 1);
    for (size_t i = 0; i < p->n; i++) {
        b->sum[i + 1] = b->sum[i] + (hangs(p, &p->segs[i]) ? 0 : p->segs[i].width);
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

/* ---- what is wider than the line ---- */

/* Lets a segment that is too wide break between its letters. */
static void split_segs(struct typesetter *ts, struct para *p, double room)
{
    struct seg *old = p->segs;
    size_t n = p->n;
    p->segs = NULL;
    p->n = p->cap = 0;
    for (size_t i = 0; i < n; i++) {
        const struct seg *s = &old[i];
        double scale = p->runs[s->run].face->scale * p->factor;
        size_t k = 0;
        if (s->kind != SEG_TEXT || s->width <= room) {
            struct seg *to = ARENA_PUSH(ts->arena, p->segs, p->n, p->cap);
            *to = *s;
            to->may_break |= s->kind == SEG_TEXT;
            continue;
        }
        while (k < s->shaped.n) {
            size_t first = k;
            struct seg *to = ARENA_PUSH(ts->arena, p->segs, p->n, p->cap);
            *to = *s;
            to->shaped = (struct shaped){ s->shaped.glyphs + k, 0, 0 };
            while (k < s->shaped.n && s->shaped.glyphs[k].cluster == s->shaped.glyphs[first].cluster)
                to->shaped.advance += s->shaped.glyphs[k++].advance;
            to->shaped.n = k - first;
            to->start = s->start + s->shaped.glyphs[first].cluster;
            to->end = k < s->shaped.n ? s->start + s->shaped.glyphs[k].cluster : s->end;
            to->width = (double)to->shaped.advance * scale;
            to->may_break = to->dash = true;
        }
    }
}

/* The text of the unbreakable stretch that is wider than the room, for the message; NULL: none is. */
static const char *too_wide(struct typesetter *ts, const struct para *p, double room, double *width)
{
    double w = 0;
    for (size_t i = 0, first = 0; i < p->n; i++) {
        const struct seg *s = &p->segs[i];
        if ((s->kind != SEG_SPACE || !s->may_break) && !hangs(p, s))
            w += s->width;
        if (w > room + EPSILON && s->kind != SEG_SPACE) {
            *width = w;
            return arena_strndup(ts->arena, p->text + p->segs[first].start, s->end - p->segs[first].start);
        }
        if (s->may_break || s->kind == SEG_END) {
            w = 0;
            first = i + 1;
        }
    }
    return NULL;
}

/* Makes everything fit the room by the layout's on-overflow: smaller letters, or broken words. */
static struct para *make_fit(struct typesetter *ts, struct para *p, double room)
{
    double width = 0;
    const char *word = too_wide(ts, p, room, &width);
    if (!word)
        return p;
    double factor = p->factor * room / width * 0.999;
    if (ts->doc->on_overflow == OVERFLOW_SHRINK && factor >= 0.6) {
        struct para *smaller = para_new(ts, p->box, p->align, factor);
        if (!smaller)
            return NULL;
        if (!too_wide(ts, smaller, room, &width))
            return smaller;
        p = smaller;
    }
    ts_overflow(ts, p->box->at, _("\"%s\" is %.1f pt wide and has %.1f pt"), word, width, room);
    split_segs(ts, p, room);
    return p;
}

/* ---- lines onto sheets ---- */

struct setter {
    struct typesetter *ts;
    struct para *p;
    struct node *node;            /* of the paragraph */
    struct sheet *sheet;
    double x, baseline, word_space;
};

static struct node *run_node(struct setter *s, unsigned r)
{
    struct prun *run = &s->p->runs[r];
    const struct run *in = run->run;
    if (s->ts->artifact || (!in->link_to && !in->expansion && !in->lang))
        return s->node;
    if (run->node)
        return run->node;
    const struct prun *before = r ? run - 1 : NULL;
    if (before && before->node && in->link_to && before->run->link_to && strcmp(in->link_to, before->run->link_to) == 0)
        return run->node = before->node;
    run->node = node_new(s->ts->pages, s->node, in->link_to ? NODE_LINK : NODE_SPAN);
    run->node->expansion = in->expansion;
    run->node->lang = in->lang;
    return run->node;
}

static void add_link(struct setter *s, const struct prun *r, double width)
{
    const struct sheet *sheet = s->sheet;
    struct spot *last = sheet->n_spots ? &sheet->spots[sheet->n_spots - 1] : NULL;
    double scale = r->face->scale * s->p->factor;
    const struct font_metrics *m = font_metrics(r->face->font);
    if (last && last->kind == SPOT_LINK && last->node == r->node && fabs(last->x1 - s->x) < 1) {
        last->x1 = s->x + width;
        return;
    }
    struct spot *spot = sheet_spot(s->ts, s->sheet, SPOT_LINK);
    double y = s->baseline - r->face->style->rise * s->p->factor;
    *spot = (struct spot){ SPOT_LINK, s->x, y - m->ascent * scale, s->x + width, y - m->descent * scale, r->node,
                           r->run->link_to, r->run->link_contents ? r->run->link_contents : r->run->link_to, 0 };
}

static void show_anchor(struct setter *s, struct prun *r)
{
    if (r->run->anchor && !r->shown)
        sheet_spot(s->ts, s->sheet, SPOT_ANCHOR)->to = r->run->anchor;
    r->shown = true;
}

static const struct glyph *join_glyphs(struct typesetter *ts, const struct seg *segs, size_t n, size_t *count)
{
    if (n == 1 && (!segs->shaped.n || segs->shaped.glyphs->cluster == 0)) {
        *count = segs->shaped.n;
        return segs->shaped.glyphs;
    }
    *count = 0;
    for (size_t i = 0; i < n; i++)
        *count += segs[i].shaped.n;
    struct glyph *g = arena_array(ts->arena, struct glyph, *count), *to = g;
    for (size_t i = 0; i < n; i++) {
        uint32_t offset = (uint32_t)(segs[i].start - segs[0].start);
        uint32_t base = segs[i].shaped.n ? segs[i].shaped.glyphs->cluster : 0;
        for (size_t k = 0; k < segs[i].shaped.n; k++, to++) {
            *to = segs[i].shaped.glyphs[k];
            to->cluster = to->cluster - base + offset;
        }
    }
    return g;
}

/* Segments of one run that follow each other become one mark. */
static void set_group(struct setter *s, const struct seg *segs, size_t n)
{
    struct prun *r = &s->p->runs[segs->run];
    const struct style *style = r->face->style;
    struct node *node = run_node(s, segs->run);
    struct mark *m = marks_add(&s->sheet->marks, s->ts->arena, MARK_GLYPHS, s->ts->artifact ? NULL : node);
    double width = 0, y = s->baseline - style->rise * s->p->factor;
    size_t spaces = 0, count;
    for (size_t i = 0; i < n; i++) {
        width += segs[i].width;
        spaces += segs[i].kind == SEG_SPACE;
    }
    width += s->word_space * (double)spaces;
    m->u.glyphs.font = r->face->font;
    m->u.glyphs.size = style->size * s->p->factor;
    m->u.glyphs.x = s->x;
    m->u.glyphs.y = y;
    m->u.glyphs.word_space = spaces ? s->word_space : 0;
    m->u.glyphs.color = style->color;
    m->u.glyphs.glyphs = join_glyphs(s->ts, segs, n, &count);
    m->u.glyphs.n = count;
    m->u.glyphs.text = s->p->text + segs->start;
    m->u.glyphs.len = segs[n - 1].end - segs->start;
    show_anchor(s, r);
    if (r->run->link_to && !s->ts->artifact)
        add_link(s, r, width);
    if (style->underline) {
        const struct font_metrics *fm = font_metrics(r->face->font);
        double scale = r->face->scale * s->p->factor, thick = fm->underline_thickness * scale;
        marks_line(&s->sheet->marks, s->ts->arena, NULL, s->x, y - fm->underline * scale, s->x + width,
                   y - fm->underline * scale, thick > 0 ? thick : 0.5, style->color);
    }
    s->x += width;
}

/* Dots on a raster of the page's own, so that those of several lines stand under each other. */
static void set_leader(struct setter *s, const struct seg *seg)
{
    const struct face_of *f = s->p->runs[seg->run].face;
    double pitch = f->space * 2 * s->p->factor, end = s->x + seg->width;
    for (double x = ceil((s->x + pitch / 2) / pitch) * pitch; x + pitch / 2 <= end && pitch > 0.5; x += pitch)
        marks_text(&s->sheet->marks, s->ts->arena, NULL, f->font, f->style->size * s->p->factor, f->style->color, 0, x,
                   s->baseline, ".", s->p->box->at, s->ts->diag);
    s->x = end;
}

static bool set_chart(struct setter *s, const struct seg *seg, double top, double height)
{
    struct prun *r = &s->p->runs[seg->run];
    struct chart_spec spec = *r->run->chart;
    spec.width = seg->width;
    double h = spec.height > 0 ? spec.height : chart_height(&spec, r->run->look, s->ts->diag);
    spec.height = h;
    struct sheet *sheet = arena_new(s->ts->arena, struct sheet);
    struct node *figure = s->ts->artifact ? NULL : node_new(s->ts->pages, s->node, NODE_FIGURE);
    if (figure) {
        figure->alt = spec.alt ? spec.alt : chart_alt(&spec, s->ts->arena);
        *sheet_spot(s->ts, sheet, SPOT_FIGURE) = (struct spot){ .kind = SPOT_FIGURE, .x1 = spec.width, .y1 = h,
                                                                .node = figure };
    }
    if (!chart_draw(&spec, r->run->look, figure, &sheet->marks, s->ts->arena, s->ts->diag))
        return s->ts->ok = false;
    sheet_put(s->ts, s->sheet, sheet, s->x, top + (height - h) / 2, false);
    show_anchor(s, r);
    s->x += seg->width;
    return true;
}

/* The line box: the paragraph's leading, or what a larger run or a chart needs. */
static void line_box(struct typesetter *ts, const struct para *p, const struct seg *segs, size_t n, struct line *out)
{
    double above = p->face->above * p->factor, below = p->face->below * p->factor, chart = 0;
    for (size_t i = 0; i < n; i++) {
        const struct prun *r = &p->runs[segs[i].run];
        if (r->face->style->size > p->face->style->size) {
            above = fmax(above, r->face->above * p->factor);
            below = fmax(below, r->face->below * p->factor);
        }
        if (segs[i].kind == SEG_CHART) {
            struct chart_spec spec = *r->run->chart;
            spec.width = segs[i].width;
            chart = fmax(chart, spec.height > 0 ? spec.height : chart_height(&spec, r->run->look, ts->diag));
        }
    }
    double more = fmax(chart - above - below, 0) / 2;
    out->height = above + below + 2 * more;
    out->baseline = above + more;
}

static bool set_line(struct setter *s, struct seg *segs, size_t n, struct line *out)
{
    struct sheet *sheet = arena_new(s->ts->arena, struct sheet);
    line_box(s->ts, s->p, segs, n, out);
    s->sheet = sheet;
    s->baseline = out->baseline;
    for (size_t i = 0; i < n;) {
        size_t k = i + 1;
        switch (segs[i].kind) {
        case SEG_TEXT:
        case SEG_SPACE:
            while (k < n && segs[k].run == segs[i].run && (segs[k].kind == SEG_TEXT || segs[k].kind == SEG_SPACE))
                k++;
            set_group(s, segs + i, k - i);
            break;
        case SEG_CHART:
            if (!set_chart(s, &segs[i], 0, out->height))
                return false;
            break;
        case SEG_LEADER: set_leader(s, &segs[i]); break;
        default: s->x += segs[i].width; break;
        }
        i = k;
    }
    out->sheet = sheet;
    return true;
}

/* Gives the rest of the line to its leader, or to a chart without a width. */
static bool fill_line(struct seg *segs, size_t n, double gap)
{
    for (size_t i = 0; i < n; i++)
        if (segs[i].kind == SEG_LEADER || (segs[i].kind == SEG_CHART && segs[i].width <= 0)) {
            segs[i].width = fmax(gap, 0);
            return true;
        }
    return false;
}

static size_t count_spaces(const struct seg *segs, size_t n)
{
    size_t spaces = 0;
    for (size_t i = 0; i < n; i++)
        spaces += segs[i].kind == SEG_SPACE;
    return spaces;
}

static bool put_line(struct setter *s, struct breaker *b, size_t a, size_t e, struct line *out)
{
    struct para *p = s->p;
    struct seg *segs = p->segs + b->stops[a].next;
    size_t n = b->stops[e].end > b->stops[a].next ? b->stops[e].end - b->stops[a].next : 0;
    double gap = line_room(b, a) - natural_width(b, a, e);
    s->x = a == 0 ? first_indent(p) : later_indent(p);
    s->word_space = 0;
    bool filled = fill_line(segs, n, gap);
    if (!filled && p->align == ALIGN_CENTER)
        s->x += gap / 2;
    else if (!filled && (p->align == ALIGN_END || p->align == ALIGN_DECIMAL))
        s->x += gap;
    else if (!filled && p->align == ALIGN_JUSTIFY && (!b->stops[e].forced || gap < 0)) {
        size_t spaces = count_spaces(segs, n);
        s->word_space = spaces ? gap / (double)spaces : 0;
    }
    return set_line(s, segs, n, out);
}

static void put_rest_of_anchors(struct setter *s, struct lines *out)
{
    struct sheet *first = NULL;
    for (size_t i = 0; i < s->p->n_runs; i++)
        if (s->p->runs[i].run->anchor && !s->p->runs[i].shown) {
            if (!first && out->n) {
                first = arena_new(s->ts->arena, struct sheet);
                sheet_put(s->ts, first, out->items[0].sheet, 0, 0, false);
                out->items[0].sheet = first;
            }
            s->sheet = first;
            if (first)
                show_anchor(s, &s->p->runs[i]);
        }
}

/* Nearly every text of a table is one line: no need to search. */
static bool one_line(const struct breaker *b)
{
    for (size_t i = 1; i + 1 < b->n; i++)
        if (b->stops[i].forced)
            return false;
    return natural_width(b, 0, b->n - 1) <= b->first;
}

bool para_lines(struct typesetter *ts, struct para *p, double width, struct node *node, struct lines *out)
{
    *out = (struct lines){ 0 };
    double indent = fmax(first_indent(p), later_indent(p));
    if (width - indent < 1) {
        ts_overflow(ts, p->box->at, _("a text has %.1f pt of width"), width - indent);
        width = indent + 1;
    }
    if (!(p = make_fit(ts, p, width - indent)))
        return false;
    struct breaker b = { .p = p, .first = width - first_indent(p), .later = width - later_indent(p) };
    struct setter s = { .ts = ts, .p = p, .node = node };
    find_stops(ts, &b);
    sum_widths(ts, &b);
    size_t *stops = arena_array(ts->arena, size_t, b.n), n = 1;
    if (one_line(&b)) {
        stops[0] = b.n - 1;
    } else {
        choose_lines(&b);
        n = chosen(&b, stops);
    }
    out->items = arena_array(ts->arena, struct line, n);
    for (size_t i = 0, a = 0; i < n; a = stops[i++])
        if (!put_line(&s, &b, a, stops[i], &out->items[out->n++]))
            return false;
    put_rest_of_anchors(&s, out);
    return true;
}

bool para_at_comma(struct typesetter *ts, struct para *p, double width, double comma, struct node *node,
                   struct lines *out)
{
    double before, after, hang;
    if (!para_decimal(p, &before, &after, &hang) || comma - before < -EPSILON || comma + after > width + EPSILON)
        return para_lines(ts, p, width, node, out);
    struct setter s = { .ts = ts, .p = p, .node = node, .x = comma - before };
    out->items = arena_array(ts->arena, struct line, 1);
    out->n = 1;
    if (!set_line(&s, p->segs, p->n, &out->items[0]))
        return false;
    put_rest_of_anchors(&s, out);
    return true;
}
