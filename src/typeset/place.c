/* How much of a list fits, and putting it there.  Fitting walks the pieces and
 * decides where to end; putting walks the same way again and draws.  Both
 * start at a cursor, which may stand within a piece: so a row that is cut, a
 * column that is balanced and a page are the same thing, one inside the other.
 *
 * Every call with `force` places something: no page stays empty and no loop
 * is endless; what is too high for any page is put, and reported. */
#include "typeset/internal.h"

#include <math.h>

bool cursor_done(const struct list *l, struct cursor c)
{
    return c.i >= l->n && !c.waiting;
}

bool cursor_rests(const struct list *l, struct cursor c)
{
    return !c.waiting && (c.i >= l->n || (!c.part && l->items[c.i].brk != BREAK_AUTO));
}

double place_above(const struct typesetter *ts, const struct list *l, size_t i)
{
    return l->items[i].above * (l->of_page ? ts->squeeze : 1);
}

static bool moved(struct cursor from, struct cursor to)
{
    return to.i != from.i || to.part != from.part;
}

struct cursor place_start(const struct part *part, size_t i)
{
    return part ? part->fits[i].end : (struct cursor){ 0 };
}

/* ---- fitting ---- */

/* A part of a piece, as high as there is room: each cell goes as far as it
 * can.  NULL if nothing fits; *done when it is the last part. */
static struct part *fit_row(struct typesetter *ts, const struct gridrow *row, const struct part *part, double room,
                            double fresh, bool force, bool *done)
{
    struct part *next = arena_new(ts->arena, struct part);
    bool progress = false;
    *done = true;
    next->fits = arena_array(ts->arena, struct fit, row->n);
    next->n = row->n;
    for (size_t i = 0; i < row->n; i++) {
        const struct gridcell *c = &row->cells[i];
        struct cursor from = place_start(part, i);
        struct fit *f = &next->fits[i];
        double around = c->top + c->bottom;
        *f = (struct fit){ .end = from };
        if (!cursor_done(&c->list, from))
            place_fit(ts, &c->list, from, room - around, fresh - around, force, f);
        progress |= moved(from, f->end);
        *done &= cursor_done(&c->list, f->end);
        next->noted += f->noted;
        next->used = fmax(next->used, f->used + around);
    }
    return progress ? next : NULL;
}

static struct part *fit_columns(struct typesetter *ts, const struct columns *c, const struct part *part, double room,
                                double fresh, bool force, bool *done)
{
    struct cursor from = place_start(part, (size_t)c->n - 1);
    struct part *next = arena_new(ts->arena, struct part);
    next->fits = arena_array(ts->arena, struct fit, (size_t)c->n);
    next->n = (size_t)c->n;
    place_columns(ts, &c->list, from, c->n, room, fresh, force, next->fits);
    for (int k = 0; k < c->n; k++) {
        next->used = fmax(next->used, next->fits[k].used);
        next->noted += next->fits[k].noted;
    }
    struct cursor end = next->fits[c->n - 1].end;
    *done = cursor_done(&c->list, end);
    return moved(from, end) ? next : NULL;
}

static struct part *fit_piece(struct typesetter *ts, const struct piece *p, const struct part *part, double room,
                              double fresh, bool force, bool *done)
{
    if (p->kind == PIECE_ROW)
        return fit_row(ts, p->row, part, room, fresh, force, done);
    return fit_columns(ts, p->columns, part, room, fresh, force, done);
}

/* A row goes to the next page whole if it fits there, unless that leaves much
 * of this one empty; text in columns goes on wherever there is room for some lines. */
static bool worth_cutting(const struct piece *p, const struct part *part, double room, double fresh)
{
    if (p->kind == PIECE_SHEET)
        return false;
    if (part || p->height > fresh + EPSILON)
        return true;
    return !p->keep && room > (p->kind == PIECE_COLUMNS ? fmin(fresh / 4, 48) : fresh / 4);
}

/* pt: more white than this at the foot of a page, and a long note is divided instead. */
static const double WHITE = 48;

struct choice { size_t i; double used; int cost; };

/* The latest break that keeps nothing apart; else the one that keeps most together, the latest of those. */
static void consider(struct choice *best, size_t i, double used, int cost)
{
    int level = cost < COST_KEEP ? 0 : cost;
    if (best->i == 0 || level <= best->cost)
        *best = (struct choice){ i, used, level };
}

static void report_too_high(struct typesetter *ts, const struct piece *p, double height, double room)
{
    long row = ts->row;
    ts->row = p->line;
    ts_overflow(ts, p->at, _("%.1f pt high, and there are %.1f pt"), height, room);
    ts->row = row;
}

/* The piece that begins a page and does not fit it: cut without regard to keeps, or put as it is. */
static void force_first(struct typesetter *ts, const struct list *l, struct cursor from, double room, double head,
                        struct fit *out)
{
    const struct piece *p = &l->items[from.i];
    struct part *part = NULL;
    bool done = true;
    if (p->kind != PIECE_SHEET)
        part = fit_piece(ts, p, from.part, room - head, room - head, true, &done);
    *out = (struct fit){ .end = { .i = from.i + 1 }, .used = head + (part ? part->used : p->height) };
    if (part && !done)
        out->end = (struct cursor){ .i = from.i, .part = part };
    else if (part) {
        out->done_i = from.i;
        out->done = part;
    } else if (out->used > room + EPSILON)
        report_too_high(ts, p, out->used, room);
}

static double head_height(const struct list *l, struct cursor from)
{
    const struct repeat *r = from.i < l->n ? l->items[from.i].repeat : NULL;
    return r ? r->height : 0;
}

/* The rows that a table puts at the end of a page, if it goes on with piece i. */
static double foot_height(const struct list *l, struct cursor from, size_t i)
{
    if (i <= from.i || i >= l->n || !l->items[i].repeat || l->items[i - 1].repeat != l->items[i].repeat)
        return 0;
    return l->items[i].repeat->foot;
}

/* What a walk has come to. */
struct walked {
    double y, noted;              /* height of the pieces; of their notes */
    bool all;                     /* the notes that waited are all on this page */
    bool split;                   /* a note goes on on the next page: the text ends at the next good break */
};

/* A piece that fits whole, with its notes or so much of them as must stand with it. */
static bool take_whole(struct typesetter *ts, const struct list *l, size_t i, bool first, double above, double room,
                       struct walked *w)
{
    const struct piece *p = &l->items[i];
    double own = piece_notes(ts, p), y = w->y + above + p->height, least;
    if (own > 0 && !w->all)
        return false;
    bool fits = y + notes_room(w->noted + own) <= room + EPSILON;
    if (!fits && own > 0 && l->of_page && (first || room - w->y - notes_room(w->noted) > WHITE) &&
        notes_split(p, &least) && y + notes_room(w->noted + least) <= room + EPSILON) {
        fits = w->split = true;
        own = least;
    }
    if (fits) {
        w->y = y;
        w->noted += own;
    }
    return fits;
}

/* As much of a piece as fits beside its notes: they are known only when it is cut. */
static struct part *take_part(struct typesetter *ts, const struct piece *p, const struct part *part, double room,
                              double fresh, double noted, bool *done)
{
    double inner = room - notes_room(noted);
    for (int tries = 0; tries < 8; tries++) {
        struct part *next = fit_piece(ts, p, part, inner, fresh, false, done);
        double over = next ? next->used + notes_room(noted + next->noted) - room : 0;
        if (over <= EPSILON)
            return next;
        inner -= over;
    }
    return NULL;
}

static bool stop_at(struct fit *out, struct cursor end, double used)
{
    out->end = end;
    out->used = used;
    return true;
}

/* Walks on as long as pieces fit; true when it came to a forced break, the end
 * or a cut, with *out filled. */
static bool walk(struct typesetter *ts, const struct list *l, struct cursor from, double room, double fresh,
                 struct choice *best, struct fit *out)
{
    struct walked w = { .y = head_height(l, from) };
    w.noted = notes_first(l, from, room, &w.all);
    for (size_t i = from.i; i < l->n; i++) {
        const struct piece *p = &l->items[i];
        const struct part *part = i == from.i ? from.part : NULL;
        double above = i == from.i ? 0 : place_above(ts, l, i);
        bool done = true;
        if (i > from.i && (p->brk != BREAK_AUTO || (w.split && p->cost < COST_KEEP)))
            return stop_at(out, (struct cursor){ .i = i }, w.y);
        double foot = foot_height(l, from, i), left = room - w.y - above - foot;
        if (i > from.i && w.y + foot + notes_room(w.noted) <= room + EPSILON)
            consider(best, i, w.y + foot, p->cost);
        if (!part && take_whole(ts, l, i, i == from.i, above, room, &w))
            continue;
        struct part *next = NULL;
        double whole = fresh - (p->repeat ? p->repeat->height : 0);
        if (worth_cutting(p, part, left - notes_room(w.noted), whole) && !out->done)
            next = take_part(ts, p, part, left, fresh, w.noted, &done);
        if (!next || (next->noted > 0 && !w.all))
            return false;
        w.y += above + next->used;
        w.noted += next->noted;
        if (!done) {
            out->foot = foot;
            return stop_at(out, (struct cursor){ .i = i, .part = next }, w.y + foot);
        }
        out->done_i = i;
        out->done = next;
    }
    return stop_at(out, (struct cursor){ .i = l->n }, w.y);
}

static void fit_text(struct typesetter *ts, const struct list *l, struct cursor from, double room, double fresh,
                     bool force, struct fit *out)
{
    struct choice best = { 0 };
    *out = (struct fit){ .end = from };
    if (walk(ts, l, from, room, fresh, &best, out))
        return;
    if (best.i && (best.cost < COST_KEEP || force)) {
        if (best.cost >= COST_TOGETHER)
            ts_parted(ts, l->items[best.i].at);
        out->end = (struct cursor){ .i = best.i };
        out->used = best.used;
        out->foot = foot_height(l, from, best.i);
        if (out->done && out->done_i >= best.i)
            out->done = NULL;
    } else if (force && !from.waiting) { /* else the notes that waited fill the page */
        force_first(ts, l, from, room, head_height(l, from), out);
    } else {
        *out = (struct fit){ .end = from };
    }
}

void place_fit(struct typesetter *ts, const struct list *l, struct cursor from, double room, double fresh, bool force,
               struct fit *out)
{
    fit_text(ts, l, from, room, fresh, force, out);
    out->room = room;
    if (l->of_page && ts->doc->notes)
        notes_settle(ts, l, from, room, out);
    else
        out->noted = fit_notes(ts, l, from, out);
}

/* One try with columns of this height; true if all of it is placed. */
static bool try_columns(struct typesetter *ts, const struct list *l, struct cursor from, int n, double height,
                        double fresh, bool force, struct fit *out)
{
    for (int k = 0; k < n; k++) {
        out[k] = (struct fit){ .end = from };
        if (!cursor_done(l, from))
            place_fit(ts, l, from, height, fresh, force, &out[k]);
        from = out[k].end;
    }
    return cursor_done(l, from);
}

static bool break_waits(const struct list *l, struct cursor from)
{
    for (size_t i = from.i + 1; i < l->n; i++)
        if (l->items[i].brk != BREAK_AUTO)
            return true;
    return false;
}

void place_columns(struct typesetter *ts, const struct list *l, struct cursor from, int n, double room, double fresh,
                   bool force, struct fit *out)
{
    bool all = try_columns(ts, l, from, n, room, fresh, force, out);
    if (!all || n == 1 || break_waits(l, from))
        return;
    /* All fits: the least height at which it still does, to a tenth of a point. */
    double low = 0, high = 0;
    for (int k = 0; k < n; k++)
        high = fmax(high, out[k].used);
    for (int k = 0; k < n; k++)
        low += out[k].used / n;
    low = fmin(low, high) - 0.1;
    double start = high;
    while (high - low > 0.1) {
        double middle = (low + high) / 2;
        if (try_columns(ts, l, from, n, middle, fresh, false, out))
            high = middle;
        else
            low = middle;
    }
    if (!try_columns(ts, l, from, n, high, fresh, false, out))
        try_columns(ts, l, from, n, start >= room ? start : room, fresh, force, out);
}

/* ---- putting ---- */

/* Top and bottom of every frame around the pieces, in order of their opening. */
struct frames {
    struct frame **items;
    size_t *first;           /* piece before which it is drawn */
    size_t n, cap, cap_first;
};

static void note_frames(struct typesetter *ts, struct frames *f, const struct piece *p, size_t i, double top,
                        double bottom)
{
    struct frame *chain[64];
    size_t n = 0;
    for (struct frame *at = p->frame; at && n < 64; at = at->parent)
        chain[n++] = at;
    while (n > 0) {
        struct frame *at = chain[--n];
        if (at->stamp != ts->stamp) {
            at->stamp = ts->stamp;
            at->y0 = top;
            at->opened = at->closed = false;
            size_t count = f->n;
            *ARENA_PUSH(ts->arena, f->items, f->n, f->cap) = at;
            *ARENA_PUSH(ts->arena, f->first, count, f->cap_first) = i;
        }
        at->y1 = bottom;
    }
    if (p->frame && p->opens)
        p->frame->opened = true;
    if (p->frame && p->closes)
        p->frame->closed = true;
}

const struct part *place_part(const struct fit *f, size_t i)
{
    if (f->done && f->done_i == i)
        return f->done;
    return f->end.i == i ? f->end.part : NULL;
}

bool place_holds(const struct list *l, const struct fit *f, size_t i)
{
    return i < l->n && (i < f->end.i || (i == f->end.i && f->end.part));
}

/* Which of the pieces of a fit one is: rows draw some lines only at a page's ends. */
struct place { bool first, last; };

static size_t frame_marks(const struct props *p)
{
    size_t n = p && p->has_background;
    for (int side = 0; p && side < 4; side++)
        n += p->border[side].style != LINE_NONE;
    return n;
}

/* Backgrounds and lines of a row lie on a sheet of their own, under what the cells hold. */
static void put_row_frames(struct typesetter *ts, const struct gridrow *row, double height, struct place at,
                           struct sheet *sheet, double x, double y)
{
    size_t marks = frame_marks(row->props);
    for (size_t i = 0; i < row->n; i++)
        marks += frame_marks(row->cells[i].props);
    if (!marks)
        return;
    struct sheet *own = arena_new(ts->arena, struct sheet);
    own->marks.items = arena_array(ts->arena, struct mark, marks);
    own->marks.cap = marks;
    if (row->props)
        sheet_lattice(ts, own, row->props, 0, 0, row->width, height, true, true, true);
    for (size_t i = 0; i < row->n; i++) {
        const struct gridcell *c = &row->cells[i];
        if (c->props && row->lattice)
            sheet_lattice(ts, own, c->props, c->frame_x, 0, c->frame_width, height, c->left_edge,
                          c->top_edge || at.first, !c->goes_on || at.last);
        else if (c->props)
            sheet_frame(ts, own, c->props, c->frame_x, 0, c->frame_width, height, true, true);
    }
    sheet_put(ts, sheet, own, x, y, true);
}

static void put_row(struct typesetter *ts, const struct gridrow *row, const struct part *from, const struct part *to,
                    double height, struct place at, struct sheet *sheet, double x, double y)
{
    put_row_frames(ts, row, height, at, sheet, x, y);
    for (size_t i = 0; i < row->n; i++) {
        const struct gridcell *c = &row->cells[i];
        struct fit all = { .end = { .i = c->list.n } };
        struct cursor start = place_start(from, i);
        if (!cursor_done(&c->list, start))
            place_put(ts, &c->list, start, to ? &to->fits[i] : &all, sheet, x + c->x,
                      y + c->top + (from || to ? 0 : c->shift));
    }
}

void place_put_columns(struct typesetter *ts, const struct columns *c, struct cursor from, const struct fit *fits,
                       struct sheet *sheet, double x, double y)
{
    for (int k = 0; k < c->n; k++) {
        if (!cursor_done(&c->list, from))
            place_put(ts, &c->list, from, &fits[k], sheet, x + k * (c->width + c->gap), y);
        if (fits[k].notes)
            notes_put(ts, fits[k].notes, sheet, x + k * (c->width + c->gap), y + fits[k].room);
        from = fits[k].end;
    }
}

static void put_piece(struct typesetter *ts, const struct piece *p, const struct part *from, const struct part *to,
                      struct place at, struct sheet *sheet, double x, double y)
{
    if (p->spots && !from)
        sheet_put(ts, sheet, p->spots, x + p->x, y, false);
    switch (p->kind) {
    case PIECE_SHEET: sheet_put(ts, sheet, p->sheet, x + p->x, y, false); break;
    case PIECE_ROW:
        put_row(ts, p->row, from, to, to ? to->used : p->height, at, sheet, x + p->x, y);
        break;
    case PIECE_COLUMNS:
        place_put_columns(ts, p->columns, place_start(from, (size_t)p->columns->n - 1),
                          to ? to->fits : p->columns->whole.fits, sheet, x + p->x, y);
        break;
    }
}

/* Piece i as a row of its table's body, from 0. */
static size_t body_row(const struct list *l, size_t i)
{
    return l->items[i].line > 0 ? (size_t)l->items[i].line - 1 : 0;
}

/* The head of a table that goes on here, and what the pages before bring. */
static void put_head(struct typesetter *ts, const struct list *l, size_t i, struct sheet *sheet, double x, double y)
{
    const struct repeat *r = l->items[i].repeat;
    sheet_put(ts, sheet, r->head, x, y, true);
    if (r->brought > 0)
        table_put_page_rows(ts, r, false, 0, body_row(l, i), sheet, x, y + r->height - r->brought);
}

static void put_frames(struct typesetter *ts, const struct frames *f, size_t *next, size_t piece, struct sheet *sheet,
                       double x)
{
    while (*next < f->n && f->first[*next] == piece) {
        const struct frame *at = f->items[(*next)++];
        struct sheet *own = arena_new(ts->arena, struct sheet);
        sheet_frame(ts, own, at->props, 0, 0, at->width, at->y1 - at->y0, at->opened, at->closed);
        sheet_put(ts, sheet, own, x + at->x, at->y0, true);
    }
}

/* The first of its table's body rows on a page that begins with piece `first` and ends before `end`. */
static size_t page_start(const struct list *l, size_t first, size_t end)
{
    const struct repeat *r = l->items[end].repeat;
    while (l->items[first].repeat != r)
        first++;
    return body_row(l, first);
}

void place_put(struct typesetter *ts, const struct list *l, struct cursor from, const struct fit *fit,
               struct sheet *sheet, double x, double y)
{
    struct frames frames = { 0 };
    double top = y;
    size_t next = 0;
    if (!moved(from, fit->end)) /* nothing of a cut row's cell came here */
        return;
    ts->stamp++;
    for (int draw = 0; draw < 2; draw++, y = top) {
        for (size_t i = from.i; place_holds(l, fit, i); i++) {
            const struct piece *p = &l->items[i];
            const struct part *part = i == from.i ? from.part : NULL, *to = place_part(fit, i);
            if (i == from.i && p->repeat) {
                if (draw)
                    put_head(ts, l, i, sheet, x + p->x, y);
                y += p->repeat->height;
            } else if (i > from.i) {
                y += place_above(ts, l, i);
            }
            double height = to ? to->used : p->height;
            bool last = !place_holds(l, fit, i + 1);
            if (!draw)
                note_frames(ts, &frames, p, i, i == from.i ? top : y, y + height + (last ? fit->foot : 0));
            else {
                put_frames(ts, &frames, &next, i, sheet, x);
                put_piece(ts, p, part, to, (struct place){ i == from.i, last }, sheet, x, y);
                if (last && fit->foot > 0)
                    table_put_page_rows(ts, l->items[fit->end.i].repeat, true, page_start(l, from.i, fit->end.i),
                                        body_row(l, fit->end.i), sheet, x + p->x, y + height);
            }
            y += height;
        }
    }
}
