/* A paragraph's runs become one text, and the text segments: the pieces that
 * lines are made of, shaped and measured. */
#include "typeset/para.h"

#include "base/utf8.h"
#include "typeset/letters.h"

#include <linebreak.h>
#include <math.h>
#include <string.h>

/* ---- text and segments ---- */

static void add(struct para *p, const void *s, size_t n)
{
    memcpy(p->text + p->len, s, n);
    p->len += n;
}

/* Control characters become spaces; soft hyphens, joiners and byte order marks go. Capitals are as long as small
 * letters in UTF-8, so the text never grows. */
static void add_run_text(struct para *p, const char *s, bool upper)
{
    uint32_t cp;
    for (size_t i = 0, n, len = strlen(s); (n = utf8_decode(s + i, len - i, &cp)); i += n) {
        char out[4];
        if (cp == 0xAD || cp == 0xFEFF || cp == 0x2060)
            continue;
        if (cp < 0x20 || cp == 0x7F)
            cp = ' ';
        add(p, out, utf8_encode(upper ? letter_upper(cp) : cp, out));
    }
}

static void add_number(struct para *p, int number)
{
    char s[16];
    add(p, s, (size_t)snprintf(s, sizeof s, "%d", number));
}

static void add_run(struct typesetter *ts, struct para *p, const struct run *r, const struct style *style)
{
    switch (r->kind) {
    case RUN_TEXT: add_run_text(p, r->text ? r->text : "", style->uppercase); break;
    case RUN_BREAK: add(p, "\n", 1); break;
    case RUN_PAGE_NUMBER: add_run_text(p, ts->page_label ? ts->page_label : "", false); break;
    case RUN_PAGE_COUNT: add_number(p, ts->page_count); break;
    case RUN_LEADER: add(p, "\v", 1); break;
    case RUN_CHART: add(p, "\f", 1); break;
    case RUN_TAB: add(p, "\t", 1); break;
    case RUN_NOTE: add_run_text(p, note_sign(ts, r->note), false); break;
    case RUN_PAGE_OF: add_run_text(p, page_of(ts, r->ref), false); break;
    }
}

/* A word of letters, figures, commas and stops: UAX 14 allows no break in it. */
static bool is_plain(const char *s, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)s[i], next = i + 1 < len ? (unsigned char)s[i + 1] : 0;
        bool ascii = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == ',' || c == '.';
        /* U+00C0 to U+01BF without the signs for times and divided by */
        bool letter = c >= 0xC3 && c <= 0xC6 && next && !(c == 0xC3 && (next & 0x1F) == 0x17);
        bool viet = c == 0xE1 && (next == 0xBA || next == 0xBB);
        if (!ascii && !letter && !viet)
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
        if (s[i] == '\xE2' && strncmp(s + i, "–", 3) == 0 && digit_at(s, len, i - 1) && digit_at(s, len, i + 3))
            breaks[i + 2] = LINEBREAK_NOBREAK;
}

/* A figure stays with the sign or word of its unit. Other units (hồ sơ, thủ tục) may begin a line. */
static bool is_unit(const char *s, size_t len)
{
    static const char *const units[] = { "%", "‰", "tỷ", "triệu", "nghìn", "ngàn", "đồng", "điểm", "km", "km²",
                                         "m²", "ha", "°C" };
    while (len && strchr(".,;:)!?", s[len - 1]))
        len--;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strlen(units[i]) == len && memcmp(units[i], s, len) == 0)
            return true;
    return false;
}

static void keep_units(const char *s, size_t len, char *breaks)
{
    for (size_t i = 1; i + 1 < len; i++) {
        if (s[i] != ' ' || !digit_at(s, len, i - 1))
            continue;
        size_t end = i + 1;
        while (end < len && (unsigned char)s[end] > ' ')
            end++;
        if (is_unit(s + i + 1, end - i - 1))
            breaks[i] = LINEBREAK_NOBREAK;
    }
}

/* "123.456.789.012.345/999.999.999.999.999" is too long for most lines: behind its stroke it may be broken. */
enum { LONG_FRACTION = 24 };
static void break_long_fractions(const char *s, size_t len, char *breaks)
{
    for (size_t i = 0, stroke = 0, start = 0; i <= len; i++) {
        bool figure = i < len && (digit_at(s, len, i) || s[i] == '.' || s[i] == ',' || s[i] == '/');
        if (figure) {
            stroke = s[i] == '/' ? i : stroke;
            continue;
        }
        if (i - start >= LONG_FRACTION && stroke > start)
            breaks[stroke] = LINEBREAK_ALLOWBREAK;
        start = i + 1;
    }
}

/* Where a line may end behind a byte: at every space, and where UAX 14 says so within a word. (Its rules that
 * look past a space are for spaces inside brackets, which no text here has.) */
static char *find_breaks(struct typesetter *ts, const struct para *p)
{
    char *breaks = arena_alloc(&ts->scratch, p->len + 1, 1);
    for (size_t i = 0, start; i < p->len;) {
        for (start = i; i < p->len && (unsigned char)p->text[i] > ' '; i++)
            breaks[i] = LINEBREAK_NOBREAK;
        if (i > start && !is_plain(p->text + start, i - start)) {
            set_linebreaks_utf8((const utf8_t *)p->text + start, i - start, "vi", breaks + start);
            breaks[i - 1] = LINEBREAK_NOBREAK;
        }
        if (i < p->len)
            breaks[i++] = LINEBREAK_ALLOWBREAK;
    }
    keep_spans(p->text, p->len, breaks);
    keep_units(p->text, p->len, breaks);
    break_long_fractions(p->text, p->len, breaks);
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
    if (!font_shape(s->font, p->text + s->start, s->end - s->start, r->face->style->features, &s->shaped,
                    r->run->at.line ? r->run->at : p->box->at, ts->diag))
        return ts->ok = false;
    s->width = (double)s->shaped.advance * seg_scale(p, s);
    return true;
}

/* U+200B: no more than a place for a break. */
static bool is_zero_space(const char *s)
{
    return strncmp(s, "\xE2\x80\x8B", 3) == 0;
}

static bool add_seg(struct typesetter *ts, struct para *p, unsigned run, size_t start, size_t end, char brk)
{
    enum seg_kind kind = kind_of(p->text[start]);
    if (end - start == 3 && is_zero_space(p->text + start)) {
        if (p->n)
            p->segs[p->n - 1].may_break = true;
        return true;
    }
    while (start < end) {
        const struct font *font;
        size_t n = kind == SEG_TEXT ? font_piece(p->runs[run].face->font, p->text + start, end - start, &font) : 0;
        struct seg *s = ARENA_PUSH(ts->arena, p->segs, p->n, p->cap);
        *s = (struct seg){ .kind = kind, .run = run, .start = start, .end = n ? start + n : end };
        s->font = n ? font : p->runs[run].face->font;
        start = s->end;
        s->may_break = start == end && brk == LINEBREAK_ALLOWBREAK && kind != SEG_TAB && kind != SEG_LEADER;
        s->dash = kind == SEG_TEXT;
        if (kind == SEG_CHART)
            s->width = p->runs[run].run->chart->width;
        else if ((kind == SEG_TEXT || kind == SEG_SPACE) && !shape_seg(ts, p, s))
            return false;
    }
    return true;
}

/* A segment ends behind byte i of its run. */
static bool ends_here(const struct para *p, const struct prun *r, size_t start, size_t i, char brk)
{
    size_t next = i + 1;
    if (next == r->end || brk == LINEBREAK_ALLOWBREAK || (unsigned char)p->text[i] <= ' ' ||
        (unsigned char)p->text[next] <= ' ')
        return true;
    return is_zero_space(p->text + next) || (i >= start + 2 && is_zero_space(p->text + i - 2));
}

static bool cut_into_segs(struct typesetter *ts, struct para *p)
{
    const char *breaks = find_breaks(ts, p);
    for (unsigned r = 0; r < p->n_runs; r++) {
        size_t start = p->runs[r].start;
        for (size_t i = start; i < p->runs[r].end; i++) {
            if ((p->text[i + 1] & 0xC0) == 0x80 || !ends_here(p, &p->runs[r], start, i, breaks[i]))
                continue;
            if (!add_seg(ts, p, r, start, i + 1, breaks[i]))
                return false;
            start = i + 1;
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

static size_t text_room(const struct typesetter *ts, const struct box *box)
{
    size_t room = 1;
    for (size_t i = 0; i < box->u.text.n; i++) {
        const struct run *r = &box->u.text.runs[i];
        switch (r->kind) {
        case RUN_TEXT: room += r->text ? strlen(r->text) : 0; break;
        case RUN_NOTE: room += strlen(note_sign(ts, r->note)); break;
        case RUN_PAGE_OF: room += strlen(page_of(ts, r->ref)); break;
        default: room += 12; break;
        }
    }
    return room;
}

/* About two segments a word. */
static size_t seg_room(const struct para *p)
{
    size_t n = p->n_runs + 1;
    for (size_t i = 0; i < p->len; i++)
        n += p->text[i] == ' ' ? 2 : 0;
    return n;
}

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
    p->text = arena_alloc(ts->arena, text_room(ts, box), 1);
    for (size_t i = 0; i < p->n_runs; i++) {
        const struct run *r = &box->u.text.runs[i];
        p->runs[i] = (struct prun){ .run = r, .start = p->len };
        p->runs[i].face = r->style ? ts_face(ts, r->style, r->at) : p->face;
        if (!p->runs[i].face)
            return NULL;
        add_run(ts, p, r, p->runs[i].face->style);
        p->runs[i].end = p->len;
    }
    p->cap = seg_room(p);
    p->segs = arena_array(ts->arena, struct seg, p->cap);
    bool ok = cut_into_segs(ts, p);
    arena_reset(&ts->scratch);
    if (!ok)
        return NULL;
    set_tabs(p);
    return p;
}

void para_label(struct typesetter *ts, struct para *p, struct node *label)
{
    if (label && p->n_runs)
        p->runs[0].node = node_new(ts->pages, label, NODE_LINK);
}

/* ---- measures ---- */

double para_first_indent(const struct para *p) { return fmax(p->face->style->indent, 0) * p->factor; }
double para_later_indent(const struct para *p) { return fmax(-p->face->style->indent, 0) * p->factor; }

void para_range(const struct para *p, double *min, double *max)
{
    double word = 0, line = para_first_indent(p), widest_word = 0, widest_line = 0;
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
            line = para_later_indent(p);
    }
    *min = widest_word + fmax(para_first_indent(p), para_later_indent(p));
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
            x += s->shaped.glyphs[k].advance * seg_scale(p, s);
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

/* Characters of what does not hang. */
static size_t plain_letters(const struct para *p)
{
    size_t n = 0;
    for (size_t r = 0; r < p->n_runs; r++)
        if (!p->runs[r].run->hang)
            n += utf8_count(p->text + p->runs[r].start, p->runs[r].end - p->runs[r].start);
    return n;
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
    if (end)
        *before = width_before(p, end);
    else if (plain_letters(p) <= 1) /* a sign for "no figure" stands where the units digit would */
        *before = (natural + p->face->digit * p->factor) / 2;
    else
        return false;
    *after = fmax(natural - *before, 0);
    return true;
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
        double scale = seg_scale(p, s);
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
        if ((s->kind != SEG_SPACE || !s->may_break) && !para_hangs(p, s))
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

struct para *para_make_fit(struct typesetter *ts, struct para *p, double room)
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
