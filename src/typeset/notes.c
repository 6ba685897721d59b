/* Footnotes.  A line carries the notes of its marks, so that a page takes a
 * line only if there is room for them too (walk() in place.c).  Those of grids
 * and columns go to the foot of the page's column; those of a table wait for
 * its end and stand under it.
 *
 * A note that does not fit whole moves to the next page with its line, unless
 * that leaves more than a few lines of white: then two of its lines at least
 * stay, and the rest comes first among the next page's notes.  What notes are
 * on a page is settled when its text is: notes_settle(). */
#include "typeset/internal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { LINES_KEPT = 2 };                    /* of a divided note, on each side */
static const double above = 9, rule = 0.4;  /* pt: from the text to the first note, and the line between */

/* ---- signs and pages, as the last pass found them ---- */

const char *note_sign(const struct typesetter *ts, const struct footnote *note)
{
    return note->sign ? note->sign : ts->signs[note->index];
}

const char *page_of(const struct typesetter *ts, size_t ref)
{
    return ts->page_refs[ref];
}

/* 1: "a", 27: "aa". */
static const char *letters(struct arena *a, int k)
{
    char s[16];
    size_t at = sizeof s;
    for (s[--at] = '\0'; k > 0; k = (k - 1) / 26)
        s[--at] = (char)('a' + (k - 1) % 26);
    return arena_strdup(a, s + at);
}

/* "1", "a" or "*" in the marker stands for the number; "(1)" is counted too. */
static const char *counted(struct arena *a, const char *marker, int k)
{
    const char *at = strpbrk(marker, "1a*"), *value;
    if (!at)
        return marker;
    if (*at == '*' && k <= 5)
        value = arena_printf(a, "%.*s", k, "*****");
    else
        value = *at == 'a' ? letters(a, k) : arena_printf(a, "%d", k);
    return arena_printf(a, "%.*s%s%s", (int)(at - marker), marker, value, at + 1);
}

static int by_id(const void *a, const void *b)
{
    return strcmp((*(const struct anchor *const *)a)->id, (*(const struct anchor *const *)b)->id);
}

static const struct anchor **sorted_anchors(const struct pages *p, struct arena *a)
{
    const struct anchor **all = arena_array(a, const struct anchor *, p->n_anchors);
    for (size_t i = 0; i < p->n_anchors; i++)
        all[i] = &p->anchors[i];
    qsort(all, p->n_anchors, sizeof *all, by_id);
    return all;
}

/* The page of an anchor; -1. */
static int find_page(const struct anchor **all, size_t n, const char *id)
{
    const struct anchor key = { .id = id }, *at = &key;
    const struct anchor **found = n ? bsearch(&at, all, n, sizeof *all, by_id) : NULL;
    return found ? (*found)->page : -1;
}

static bool set_guess(const char **guess, const char *value)
{
    bool same = *guess && strcmp(*guess, value) == 0;
    *guess = value;
    return !same;
}

void notes_guess(struct typesetter *ts)
{
    const struct box_document *doc = ts->doc;
    size_t n = 0;
    for (const struct footnote *f = doc->notes; f; f = f->next)
        n++;
    ts->signs = arena_array(ts->arena, const char *, n);
    for (const struct footnote *f = doc->notes; f; f = f->next)
        ts->signs[f->index] = counted(ts->arena, f->marker, f->number);
    ts->page_refs = arena_array(ts->arena, const char *, doc->n_page_refs);
    for (size_t i = 0; i < doc->n_page_refs; i++)
        ts->page_refs[i] = "10";
}

bool notes_learn(struct typesetter *ts)
{
    const struct box_document *doc = ts->doc;
    const struct anchor **all = sorted_anchors(ts->pages, ts->arena);
    size_t n = ts->pages->n_anchors;
    bool changed = false;
    int last = -1, count = 0;
    for (const struct footnote *f = doc->notes; doc->notes_by_page && f; f = f->next) {
        int page = f->in_table || f->sign ? -1 : find_page(all, n, f->back);
        if (page < 0)
            continue;
        count = page == last ? count + 1 : 1;
        last = page;
        changed |= set_guess(&ts->signs[f->index], counted(ts->arena, f->marker, count));
    }
    for (size_t i = 0; i < doc->n_page_refs; i++) {
        int page = find_page(all, n, doc->page_refs[i]);
        changed |= page >= 0 && set_guess(&ts->page_refs[i], ts->pages->items[page].label);
    }
    return changed;
}

/* ---- a note's lines ---- */

/* Its mark leads back to the text. */
static struct run label_run(const struct typesetter *ts, const struct footnote *f)
{
    return (struct run){ .kind = RUN_TEXT, .text = arena_printf(ts->arena, "%s\u00A0", note_sign(ts, f)),
                         .style = f->mark_style, .at = f->at, .anchor = f->id, .link_contents = "về chỗ ghi chú",
                         .link_to = arena_printf(ts->arena, "#%s", f->back) };
}

static bool set_note(struct typesetter *ts, struct list *l, const struct footnote *f, double x, double width)
{
    struct box *box = arena_new(ts->arena, struct box);
    struct run *runs = arena_array(ts->arena, struct run, f->n + 1);
    struct lines lines;
    *box = (struct box){ .kind = BOX_TEXT, .at = f->at };
    runs[0] = label_run(ts, f);
    memcpy(runs + 1, f->runs, f->n * sizeof *runs);
    box->u.text.runs = runs;
    box->u.text.n = f->n + 1;
    box->u.text.style = f->style;
    struct para *p = para_new(ts, box, f->style->align, 1);
    struct node *outer = ts->node, *note = ts_node(ts, NODE_NOTE);
    if (!p)
        return false;
    ts->node = note;
    para_label(ts, p, ts_node(ts, NODE_LBL));
    ts->node = outer;
    return para_lines(ts, p, width, note, &lines) && flow_lines(ts, l, box, &lines, x);
}

static void add_note(struct typesetter *ts, struct notes *notes, struct notepart part)
{
    *ARENA_PUSH(ts->arena, notes->items, notes->n, notes->cap) = part;
    for (size_t i = part.first; i < part.end; i++)
        notes->height += part.note->list.items[i].height;
}

bool notes_of_line(struct typesetter *ts, struct list *l, const struct line *line)
{
    if (ts->artifact)
        return true;
    if (ts->table_notes) {
        for (size_t i = 0; i < line->n_notes; i++)
            *ARENA_PUSH(ts->arena, ts->table_notes->items, ts->table_notes->n, ts->table_notes->cap) = line->notes[i];
        return true;
    }
    struct notes *notes = arena_new(ts->arena, struct notes);
    for (size_t i = 0; i < line->n_notes; i++) {
        struct note *note = arena_new(ts->arena, struct note);
        note->of = line->notes[i];
        list_init(&note->list);
        if (!set_note(ts, &note->list, note->of, 0, ts->note_width))
            return false;
        add_note(ts, notes, (struct notepart){ note, 0, note->list.n });
    }
    l->items[l->n - 1].notes = notes;
    return true;
}

bool notes_under_table(struct typesetter *ts, struct list *l, const struct waiting_notes *notes, double x, double width)
{
    for (size_t i = 0; i < notes->n; i++) {
        list_margin(l, i ? 0 : 3);
        l->next_cost = i ? COST_LINE : COST_NEXT;
        if (!set_note(ts, l, notes->items[i], x, width))
            return false;
    }
    return true;
}

/* ---- which notes are in what was placed ---- */

double notes_room(double height) { return height > 0 ? above + height : 0; }

struct visit { struct typesetter *ts; struct notes *into; double height; };

static void visit_list(struct visit *v, const struct list *l, struct cursor from, const struct fit *fit);

static void visit_piece(struct visit *v, const struct piece *p, const struct part *from, const struct part *to)
{
    if (p->kind == PIECE_ROW)
        for (size_t i = 0; i < p->row->n; i++) {
            const struct list *l = &p->row->cells[i].list;
            const struct fit all = { .end = { .i = l->n } };
            visit_list(v, l, place_start(from, i), to ? &to->fits[i] : &all);
        }
    if (p->kind == PIECE_COLUMNS) {
        const struct part *part = to ? to : &p->columns->whole;
        struct cursor at = place_start(from, (size_t)p->columns->n - 1);
        for (size_t i = 0; i < part->n; at = part->fits[i++].end)
            visit_list(v, &p->columns->list, at, &part->fits[i]);
    }
    if (!p->notes)
        return;
    v->height += p->notes->height;
    for (size_t i = 0; v->into && i < p->notes->n; i++)
        add_note(v->ts, v->into, p->notes->items[i]);
}

static void visit_list(struct visit *v, const struct list *l, struct cursor from, const struct fit *fit)
{
    if (fit->end.i == from.i && fit->end.part == from.part) /* nothing more of a cut row's cell */
        return;
    for (size_t i = from.i; place_holds(l, fit, i); i++)
        visit_piece(v, &l->items[i], i == from.i ? from.part : NULL, place_part(fit, i));
}

double piece_notes(struct typesetter *ts, const struct piece *p)
{
    struct visit v = { .ts = ts };
    if (ts->doc->notes)
        visit_piece(&v, p, NULL, NULL);
    return v.height;
}

double fit_notes(struct typesetter *ts, const struct list *l, struct cursor from, const struct fit *fit)
{
    struct visit v = { .ts = ts };
    if (ts->doc->notes)
        visit_list(&v, l, from, fit);
    return v.height;
}

bool notes_split(const struct piece *p, double *least)
{
    if (!p->notes || !p->notes->n)
        return false;
    const struct list *last = &p->notes->items[p->notes->n - 1].note->list;
    *least = p->notes->height;
    for (size_t i = LINES_KEPT; i < last->n; i++)
        *least -= last->items[i].height;
    return last->n >= 2 * LINES_KEPT;
}

/* ---- the foot of a page ---- */

/* As many lines as fit `room`, from the note's first on. */
static size_t lines_in(const struct notepart *part, double room)
{
    size_t i = part->first;
    for (; i < part->end && part->note->list.items[i].height <= room + EPSILON; i++)
        room -= part->note->list.items[i].height;
    return i;
}

double notes_first(const struct list *l, struct cursor from, double room, bool *all)
{
    double most = 0.6 * room;
    *all = true;
    if (!from.waiting)
        return 0;
    if (from.i >= l->n || notes_room(from.waiting->height) <= most)
        return from.waiting->height;
    *all = false;
    return most - above;
}

void notes_settle(struct typesetter *ts, const struct list *l, struct cursor from, double room, struct fit *fit)
{
    struct notes all = { 0 }, *here = arena_new(ts->arena, struct notes), *rest = arena_new(ts->arena, struct notes);
    struct visit v = { .ts = ts, .into = &all };
    for (size_t i = 0; from.waiting && i < from.waiting->n; i++)
        add_note(ts, &all, from.waiting->items[i]);
    visit_list(&v, l, from, fit);
    bool stuck = fit->end.i == from.i && fit->end.part == from.part;
    room -= fit->used + above;
    for (size_t i = 0; i < all.n; i++) {
        struct notepart part = all.items[i];
        size_t cut = rest->n ? part.first : lines_in(&part, room - here->height);
        if (cut == part.first && stuck && !here->n)
            cut++; /* no page stays empty */
        if (cut > part.first)
            add_note(ts, here, (struct notepart){ part.note, part.first, cut });
        if (cut < part.end)
            add_note(ts, rest, (struct notepart){ part.note, cut, part.end });
    }
    fit->end.waiting = rest->n ? rest : NULL;
    fit->notes = here->n ? here : NULL;
    fit->used += notes_room(here->height);
}

/* The rule is short; over a note that goes on from the page before it is as long as the line. */
void notes_put(struct typesetter *ts, const struct notes *notes, struct sheet *sheet, double x, double bottom)
{
    struct sheet *own = arena_new(ts->arena, struct sheet);
    double y = bottom - notes->height;
    const struct notepart *first = &notes->items[0];
    marks_line(&own->marks, ts->arena, NULL, 0, 0, ts->note_width / (first->first ? 1 : 3), 0, rule,
               first->note->of->style->color);
    sheet_put(ts, sheet, own, x, y - above / 3, true);
    for (size_t i = 0; i < notes->n; i++)
        for (size_t k = notes->items[i].first; k < notes->items[i].end; k++) {
            const struct piece *line = &notes->items[i].note->list.items[k];
            sheet_put(ts, sheet, line->sheet, x, y, false);
            y += line->height;
        }
}
