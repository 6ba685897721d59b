/* Sequences become pages: the flow is made into one list of pieces, cut into
 * pages column by column, and put; running blocks are set last, when the
 * number of pages is known. */
#include "typeset/internal.h"

#include <linebreak.h>
#include <math.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

enum { REPORTS_MAX = 40, PASSES_MAX = 6 };
static const double SQUEEZE_MOST = 0.55; /* of the white between blocks */

/* ---- what the other files ask for ---- */

static struct face_of *face_slot(struct typesetter *ts, const struct style *style)
{
    size_t i = ((uintptr_t)style >> 4) * 2654435761u & (ts->cap_faces - 1);
    while (ts->faces[i].style && ts->faces[i].style != style)
        i = (i + 1) & (ts->cap_faces - 1);
    return &ts->faces[i];
}

static void grow_faces(struct typesetter *ts)
{
    if (ts->cap_faces && ts->n_faces < ts->cap_faces / 2)
        return;
    struct face_of *old = ts->faces;
    size_t n = ts->cap_faces;
    ts->cap_faces = n ? n * 2 : 64;
    ts->faces = arena_array(ts->arena, struct face_of, ts->cap_faces);
    for (size_t i = 0; i < n; i++)
        if (old[i].style)
            *face_slot(ts, old[i].style) = old[i];
}

static bool advance_of(struct typesetter *ts, const struct face_of *f, const char *text, struct at at, double *out)
{
    struct shaped s;
    if (!font_shape(f->font, text, strlen(text), f->style->features, &s, at, ts->diag))
        return false;
    *out = (double)s.advance * f->scale;
    return true;
}

static const struct style no_style = { .name = "", .family = "Times New Roman", .weight = 400, .size = 10, .leading = 12 };

const struct face_of *ts_face(struct typesetter *ts, const struct style *style, struct at at)
{
    if (!style)
        style = &no_style;
    if (ts->cap_faces) {
        const struct face_of *known = face_slot(ts, style);
        if (known->style)
            return known;
    }
    struct face_of f = { .style = style };
    f.font = fontlib_face(ts->fonts, style->family, style->weight, style->italic, ts->lasting);
    if (!f.font) {
        ts->ok = false;
        return NULL;
    }
    const struct font_metrics *m = font_metrics(f.font);
    f.scale = style->size / m->upem;
    font_check_features(f.font, style->features, at, ts->lasting);
    double leading = style->leading > 0 ? style->leading : 1.25 * style->size;
    f.above = (leading - (m->ascent - m->descent) * f.scale) / 2 + m->ascent * f.scale;
    f.below = leading - f.above;
    if (!advance_of(ts, &f, " ", at, &f.space) || !advance_of(ts, &f, "0", at, &f.digit)) {
        ts->ok = false;
        return NULL;
    }
    grow_faces(ts);
    ts->n_faces++;
    struct face_of *slot = face_slot(ts, style);
    *slot = f;
    return slot; /* stays as it is when the table grows: the old one is left in the arena */
}

void ts_overflow(struct typesetter *ts, struct at at, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    const char *what = arena_vprintf(ts->arena, fmt, ap);
    va_end(ap);
    bool error = ts->doc->on_overflow == OVERFLOW_ERROR;
    const char *place = ts->doc->place ? ts->doc->place : "-";
    if (error)
        ts->ok = false;
    if (ts->reports++ >= REPORTS_MAX)
        return;
    const char *text = ts->row > 0 ? arena_printf(ts->arena, _("%s, row %ld: %s"), place, ts->row, what)
                                   : arena_printf(ts->arena, "%s: %s", place, what);
    if (error) {
        diag_error(ts->diag, at, "%s", text);
        diag_expected(ts->diag, _("what fits, or on-overflow=\"shrink\" or \"clip\""));
    } else {
        diag_warning(ts->diag, at, "%s", text);
    }
}

void ts_parted(struct typesetter *ts, struct at at)
{
    if (ts->kept.file && at.file && ts->kept.line == at.line && strcmp(ts->kept.file, at.file) == 0)
        return;
    ts->kept = at;
    diag_warning(ts->diag, at, _("%s: what is to be kept together does not fit a page: it is parted here"),
                 ts->doc->place ? ts->doc->place : "-");
}

struct node *ts_node(struct typesetter *ts, enum node_role role)
{
    return ts->artifact ? NULL : node_new(ts->pages, ts->node, role);
}

/* ---- pages of a sequence ---- */

struct page_of {                  /* which sequence a page belongs to, for its running blocks */
    const struct sequence *sequence;
    int number;
    bool first, last, blank;
};

static bool runs_on(const struct running *r, const struct page_of *p)
{
    switch (r->on) {
    case ON_ANY: return true;
    case ON_FIRST: return p->first;
    case ON_REST: return !p->first;
    case ON_ODD: return p->number % 2 == 1;
    case ON_EVEN: return p->number % 2 == 0;
    case ON_LAST: return p->last;
    }
    return false;
}

/* The room that running blocks take from a page's text: the tallest of those
 * on it. Which page is the last is not known while it is filled, so every
 * page keeps the room of a block for the last. */
static double running_room(const struct running *r, size_t n, struct page_of p)
{
    double room = 0;
    p.last = true;
    for (size_t i = 0; i < n; i++)
        if (runs_on(&r[i], &p))
            room = fmax(room, r[i].extent);
    return room;
}

struct geometry { double x, y, width, height, column; int columns; double gap; };

/* The text of one page: what the margins and the running blocks leave. */
static struct geometry geometry_of(const struct page_of *p)
{
    const struct master *m = p->sequence->master;
    double head = running_room(m->headers, m->n_headers, *p), foot = running_room(m->footers, m->n_footers, *p);
    struct geometry g = { .x = m->margin[SIDE_LEFT], .y = m->margin[SIDE_TOP] + head, .gap = m->gap,
                          .columns = m->columns > 1 ? m->columns < 12 ? m->columns : 12 : 1 };
    g.width = m->width - m->margin[SIDE_LEFT] - m->margin[SIDE_RIGHT];
    g.height = m->height - g.y - foot - m->margin[SIDE_BOTTOM];
    g.column = (g.width - (g.columns - 1) * g.gap) / g.columns;
    return g;
}

struct book { struct page_of *items; size_t n, cap; };

/* i, ii, iii ... as in front matter */
static const char *roman(struct arena *a, int n)
{
    static const struct { int value; const char *sign; } signs[] = {
        { 100, "c" }, { 90, "xc" }, { 50, "l" }, { 40, "xl" }, { 10, "x" }, { 9, "ix" }, { 5, "v" }, { 4, "iv" }, { 1, "i" } };
    char text[16] = "";
    if (n < 1 || n > 399)
        return arena_printf(a, "%d", n);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        for (; n >= signs[i].value; n -= signs[i].value)
            strcat(text, signs[i].sign);
    return arena_strdup(a, text);
}

static size_t new_page(struct typesetter *ts, struct book *book, const struct sequence *s, int number, bool blank)
{
    struct page *page = pages_add(ts->pages, s->master->width, s->master->height);
    page->bleed = s->master->bleed;
    page->crop = s->master->crop;
    page->label = s->roman ? roman(ts->arena, number) : arena_printf(ts->arena, "%d", number);
    *ARENA_PUSH(ts->arena, book->items, book->n, book->cap) = (struct page_of){ s, number, false, false, blank };
    return ts->pages->n - 1;
}

static int next_number(const struct book *book, const struct sequence *s)
{
    if (s->first_number > 0)
        return s->first_number;
    return book->n ? book->items[book->n - 1].number + 1 : 1;
}

/* What is left, up to a forced break, could fit if its white were squeezed. */
static bool nearly_fits(const struct list *l, struct cursor at, double room)
{
    double height = 0;
    for (size_t i = at.i; i < l->n && height <= room && (i == at.i || l->items[i].brk == BREAK_AUTO); i++)
        height += i == at.i && at.part ? 0 : l->items[i].height + (i == at.i ? 0 : l->items[i].above * SQUEEZE_MOST);
    return height <= room;
}

/* Where a block of its own begins at which a page may end. */
static bool begins_block(const struct list *l, size_t i)
{
    const struct piece *p = &l->items[i];
    return p->opens && p->frame && !p->frame->parent && p->cost < COST_KEEP;
}

/* Height of what is left of the list on a next page; over `most`: more than that. */
static double rest_height(struct typesetter *ts, const struct geometry *g, const struct list *l, struct cursor at,
                          double most)
{
    double sum = 0;
    struct fit next;
    for (size_t i = at.i; i < l->n; i++) {
        sum += i == at.i && at.part ? 0 : l->items[i].height;
        if (sum > most || (i > at.i && l->items[i].brk != BREAK_AUTO))
            return HUGE_VAL;
    }
    place_columns(ts, l, at, 1, g->height, g->height, true, &next);
    return cursor_rests(l, next.end) ? next.used : HUGE_VAL;
}

/* A last page with less than a quarter on it, cut out of a block: the page before ends where that block begins, if it
 * is well filled then too. */
static void share_last(struct typesetter *ts, const struct geometry *g, const struct list *l, struct cursor at,
                       struct fit *fits)
{
    struct cursor end = fits[0].end;
    double y = 0, best_y = 0;
    size_t best = 0;
    if (g->columns > 1 || ts->doc->notes || cursor_rests(l, end) || (!end.part && begins_block(l, end.i)) ||
        rest_height(ts, g, l, end, g->height / 4) > g->height / 4)
        return;
    for (size_t i = at.i; i <= end.i; i++) {
        y += i > at.i ? l->items[i].above : 0;
        if (i > at.i && begins_block(l, i) && y - l->items[i].above >= 0.6 * g->height) {
            best = i;
            best_y = y - l->items[i].above;
        }
        y += l->items[i].height;
    }
    if (!best || at.part || rest_height(ts, g, l, (struct cursor){ .i = best }, g->height) > 0.6 * g->height)
        return;
    place_columns(ts, l, at, 1, best_y, g->height, true, fits);
    if (fits[0].end.i != best || fits[0].end.part)
        place_columns(ts, l, at, 1, g->height, g->height, true, fits);
}

/* A last page of a few lines looks like a fault: if less white between the
 * blocks of the page before saves it, that page takes all. */
static void fit_page(struct typesetter *ts, const struct geometry *g, const struct list *l, struct cursor at,
                     struct fit *fits)
{
    struct cursor *end = &fits[g->columns - 1].end;
    ts->squeeze = 1;
    place_columns(ts, l, at, g->columns, g->height, g->height, true, fits);
    if (cursor_rests(l, *end))
        return;
    if (nearly_fits(l, at, g->height * g->columns)) {
        while (ts->squeeze > SQUEEZE_MOST && !cursor_rests(l, *end)) {
            ts->squeeze -= 0.05;
            place_columns(ts, l, at, g->columns, g->height, g->height, true, fits);
        }
        if (cursor_rests(l, *end))
            return;
        ts->squeeze = 1;
        place_columns(ts, l, at, g->columns, g->height, g->height, true, fits);
    }
    share_last(ts, g, l, at, fits);
}

static void fill_page(struct typesetter *ts, const struct geometry *g, const struct list *l, struct cursor *at,
                      size_t page)
{
    struct sheet *sheet = arena_new(ts->arena, struct sheet);
    struct columns c = { .n = g->columns, .width = g->column, .gap = g->gap };
    struct fit *fits = arena_array(ts->arena, struct fit, (size_t)g->columns);
    c.list = *l;
    fit_page(ts, g, l, *at, fits);
    place_put_columns(ts, &c, *at, fits, sheet, g->x, g->y);
    ts->squeeze = 1;
    sheet_onto_page(ts, page, sheet, 0, 0, false);
    *at = fits[g->columns - 1].end;
}

static bool break_is_odd(const struct list *l, struct cursor c)
{
    return c.i < l->n && !c.part && l->items[c.i].brk == BREAK_ODD;
}

static bool set_sequence(struct typesetter *ts, const struct sequence *s, struct book *book)
{
    struct page_of first_page = { .sequence = s, .number = 1, .first = true }, later = { .sequence = s, .number = 2 };
    struct geometry g = geometry_of(&first_page), rest = geometry_of(&later);
    struct list l;
    if (g.column < 10 || fmin(g.height, rest.height) < 10) {
        diag_error(ts->diag, s->first ? s->first->at : (struct at){ 0 }, _("the page has no room between its margins"));
        return ts->ok = false;
    }
    list_init(&l);
    l.of_page = true;
    ts->page_height = fmin(g.height, rest.height);
    ts->note_width = g.column;
    if (!flow_boxes(ts, &l, s->first, 0, g.column))
        return false;
    if (l.spots || !l.n) {
        l.next_cost = COST_FREE;
        list_add(ts, &l, PIECE_SHEET, 0)->sheet = arena_new(ts->arena, struct sheet);
    }
    int number = next_number(book, s);
    struct cursor at = { 0 };
    bool odd = s->start_odd, first = true;
    while (!cursor_done(&l, at)) {
        if (odd && number % 2 == 0)
            new_page(ts, book, s, number++, true);
        size_t page = new_page(ts, book, s, number++, false);
        book->items[book->n - 1].first = first;
        g = geometry_of(&book->items[book->n - 1]);
        if (first && s->title)
            *ARENA_PUSH(ts->arena, ts->pages->bookmarks, ts->pages->n_bookmarks, ts->pages->cap_bookmarks) =
                (struct bookmark){ 1, s->title, (int)page, g.y };
        size_t bookmarks = ts->pages->n_bookmarks;
        fill_page(ts, &g, &l, &at, page);
        for (size_t i = bookmarks; s->title && i < ts->pages->n_bookmarks; i++)
            ts->pages->bookmarks[i].level++;
        odd = break_is_odd(&l, at);
        first = false;
    }
    book->items[book->n - 1].last = true;
    return true;
}

/* ---- running blocks ---- */

static bool set_running(struct typesetter *ts, const struct running *r, size_t page, double x, double y, double width)
{
    struct list l;
    struct fit fit;
    struct sheet *sheet = arena_new(ts->arena, struct sheet);
    double baseline;
    list_init(&l);
    ts->page_height = r->extent;
    if (!flow_boxes(ts, &l, r->content, 0, width))
        return false;
    if (!l.n)
        return true;
    double height = list_height(&l, &baseline);
    if (height > r->extent + EPSILON)
        ts_overflow(ts, r->content ? r->content->at : (struct at){ 0 },
                    _("a header or footer is %.1f pt high and has an extent of %.1f pt"), height, r->extent);
    fit = (struct fit){ .end = { .i = l.n } };
    place_put(ts, &l, (struct cursor){ 0 }, &fit, sheet, x, y);
    sheet_onto_page(ts, page, sheet, 0, 0, true);
    return true;
}

static bool set_running_blocks(struct typesetter *ts, const struct book *book)
{
    ts->artifact = true;
    ts->page_count = (int)book->n;
    for (size_t i = 0; i < book->n; i++) {
        const struct page_of *p = &book->items[i];
        const struct master *m = p->sequence->master;
        double width = m->width - m->margin[SIDE_LEFT] - m->margin[SIDE_RIGHT], x = m->margin[SIDE_LEFT];
        ts->page_label = ts->pages->items[i].label;
        for (size_t k = 0; k < m->n_headers && !p->blank; k++)
            if (runs_on(&m->headers[k], p) &&
                !set_running(ts, &m->headers[k], i, x, m->margin[SIDE_TOP], width))
                return false;
        for (size_t k = 0; k < m->n_footers && !p->blank; k++)
            if (runs_on(&m->footers[k], p) &&
                !set_running(ts, &m->footers[k], i, x, m->height - m->margin[SIDE_BOTTOM] - m->footers[k].extent,
                             width))
                return false;
    }
    ts->artifact = false;
    return true;
}

static void take_over(struct pages *out, const struct box_document *doc)
{
    if (doc->title)
        out->title = doc->title;
    if (doc->lang)
        out->lang = doc->lang;
    if (doc->subject)
        out->subject = doc->subject;
    if (doc->keywords)
        out->keywords = doc->keywords;
    if (doc->author)
        out->author = doc->author;
    if (doc->date)
        out->date = doc->date;
    out->attachments = doc->attachments;
    out->n_attachments = doc->n_attachments;
    out->cap_attachments = doc->n_attachments;
}

/* All pages once, with the note signs and page numbers that are known by now. */
static bool set_all(struct typesetter *ts)
{
    struct book book = { 0 };
    bool ok = true;
    pages_init(ts->pages, ts->arena);
    take_over(ts->pages, ts->doc);
    ts->reports = 0;
    ts->kept = (struct at){ 0 };
    ts->node = NULL;
    for (size_t i = 0; i < ts->doc->n_sequences && ok; i++)
        ok = set_sequence(ts, &ts->doc->sequences[i], &book);
    ok = ok && set_running_blocks(ts, &book) && ts->ok;
    for (size_t i = 0; i < ts->pages->n && ok; i++)
        page_trim(ts->pages, &ts->pages->items[i]);
    return ok;
}

/* What the pages print of themselves (numbers in a table of contents, notes
 * counted by page) is guessed first; another pass puts it right. It settles in
 * the second or third, as a number a digit longer rarely moves a line. */
bool typeset(const struct box_document *doc, struct fontlib *fonts, struct arena *a, struct pages *out, struct diag *d)
{
    struct diag said = { 0 };
    struct typesetter ts = { .doc = doc, .fonts = fonts, .arena = a, .pages = out, .diag = &said, .lasting = d, .ok = true };
    bool ok, changed;
    init_linebreak();
    notes_guess(&ts);
    for (int pass = 1;; pass++) {
        ok = set_all(&ts);
        changed = ok && notes_learn(&ts);
        if (!changed || pass == PASSES_MAX)
            break;
        diag_clear(&said);
    }
    diag_append(d, &said);
    diag_clear(&said);
    if (changed)
        diag_warning(d, (struct at){ 0 }, _("%s: the numbers of notes or of pages did not settle in %d passes"),
                     doc->place ? doc->place : "-", PASSES_MAX);
    arena_clear(&ts.scratch);
    return ok;
}
