/* Footnotes and tables of contents: what is known only when the whole document
 * is bound (which note is the third, which headings there are), and what only
 * typeset/ can know (on which pages they stand), which it fills in. */
#include "layout/bind.h"
#include "layout/links.h"

#include <string.h>

/* ---- footnotes ---- */

/* Small type of the document, for whoever does not say more: 8 on 10 points beside 10. */
void notes_setup(struct binder *b, const struct context *c)
{
    const struct elem *root = b->l->root;
    const struct attr *marker = elem_attr(root, A_NOTE_MARKER);
    struct style *small = arena_new(b->a, struct style);
    struct context inner = *c;
    *small = *c->style;
    small->size *= 0.8;
    small->leading *= 0.8;
    small->indent = 0;
    small->name = "note";
    inner.style = small;
    b->note_style = bind_style(b, &inner, root, A_NOTE_STYLE, NULL);
    b->note_marker = marker && *marker->raw ? marker->raw : "1";
}

static const struct style *raised(struct binder *b, const struct style *of)
{
    struct style *s = arena_new(b->a, struct style);
    *s = *of;
    s->size = of->size * 0.68;
    s->rise = of->rise + of->size * 0.34;
    s->weight = 400;
    s->italic = s->underline = false;
    s->indent = 0;
    s->name = "note-mark";
    return s;
}

static const struct style *mark_style(struct binder *b, const struct context *c, const struct elem *e,
                                      const struct style *around)
{
    struct context inner = *c;
    inner.style = raised(b, around);
    return bind_style(b, &inner, e, A_MARK_STYLE, NULL);
}

void bind_footnote(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s)
{
    struct binder *b = in->b;
    struct footnote *note = arena_new(b->a, struct footnote);
    struct inliner text = { .b = b, .blank = true };
    struct context inner = *c;
    struct box box = { 0 };
    const char *sign = eval_text(b, c, elem_attr(e, A_MARK));
    if (b->in_note)
        return;
    inner.style = b->note_style;
    inner.figures = false;
    inner.style = bind_style(b, &inner, e, A_STYLE, NULL);
    b->in_note = true;
    bind_inline(&text, &inner, e, (struct run_state){ .style = inner.style });
    b->in_note = false;
    if (!inline_end(&text, &box) || !box.u.text.n)
        return;
    *note = (struct footnote){ .runs = box.u.text.runs, .n = box.u.text.n, .style = inner.style,
                               .sign = sign && *sign ? sign : NULL, .at = e->at };
    note->mark_style = mark_style(b, c, e, inner.style);
    inline_trim(in);
    inline_flush(in);
    s.style = mark_style(b, c, e, s.style);
    s.glue = true;
    s.hang = c->figures;
    s.link_contents = "chú thích";
    struct run *r = inline_run(in, RUN_NOTE, s, e->at);
    r->note = note;
    in->blank = false;
}

struct numbering {
    struct box_walk as;
    struct binder *b;
    struct footnote **last;
    const struct table *table;
    size_t all;
    int counted, in_table;
};

static void number_note(struct box_walk *as, struct run *r)
{
    struct numbering *n = (struct numbering *)as;
    struct footnote *note = (struct footnote *)r->note;
    if (!note)
        return;
    if (as->table != n->table)
        n->in_table = 0;
    n->table = as->table;
    note->in_table = as->table != NULL;
    note->marker = as->table ? as->table->note_marker : n->b->note_marker;
    if (!note->sign)
        note->number = as->table ? ++n->in_table : ++n->counted;
    note->index = n->all++;
    note->id = arena_printf(n->b->a, "chu-thich-%zu", n->all);
    note->back = arena_printf(n->b->a, "dau-chu-thich-%zu", n->all);
    r->anchor = note->back;
    r->link_to = arena_printf(n->b->a, "#%s", note->id);
    *n->last = note;
    n->last = &note->next;
}

void notes_number(struct binder *b, struct box_document *doc)
{
    struct footnote *first = NULL;
    struct numbering n = { .as.run = number_note, .b = b, .last = &first };
    walk_flow(&n.as, doc);
    doc->notes = first;
    doc->notes_by_page = elem_choice(b->l->root, A_NOTE_NUMBERING, 0) == 1;
}

/* ---- contents ---- */

struct contents {
    const struct elem *elem;
    struct context context;
    struct box *box;
    size_t first;                  /* of the headings: those behind it are listed */
    struct contents *next;
};

struct heading { int level; const char *title, *id; struct at at; };
struct headings {
    struct box_walk as;
    struct binder *b;
    struct heading *items;
    size_t n, cap;
};

/* The words of a heading, without marks of notes and sources. */
static const char *title_of(struct binder *b, const struct box *box)
{
    struct buf words = { 0 };
    for (size_t i = 0; i < box->u.text.n; i++) {
        const struct run *r = &box->u.text.runs[i];
        bool mark = r->link_to && strncmp(r->link_to, "#nguon-", 7) == 0;
        if (r->kind == RUN_TEXT && !mark)
            buf_str(&words, r->text);
        else if (r->kind == RUN_BREAK || r->kind == RUN_TAB)
            buf_char(&words, ' ');
    }
    const char *title = arena_strdup(b->a, words.data ? words.data : "");
    buf_clear(&words);
    return title;
}

static void find_heading(struct box_walk *as, struct box *box)
{
    struct headings *h = (struct headings *)as;
    for (struct contents *k = h->b->contents; k; k = k->next)
        if (k->box == box)
            k->first = h->n;
    if (as->table || box->kind != BOX_TEXT || box->role < ROLE_H1 || box->role > ROLE_H4)
        return;
    const char *title = title_of(h->b, box);
    if (!*title)
        return;
    if (!box->id)
        box->id = arena_printf(h->b->a, "muc-luc-%zu", h->n + 1);
    *ARENA_PUSH(h->b->a, h->items, h->n, h->cap) =
        (struct heading){ box->role - ROLE_H1 + 1, title, box->id, box->at };
}

struct box *bind_contents(struct binder *b, const struct context *c, const struct elem *e)
{
    struct contents *k = arena_new(b->a, struct contents);
    struct prop_set styled = { 0 };
    struct box *box = box_new(b, BOX_BLOCK, e);
    *k = (struct contents){ .elem = e, .context = *c, .box = box };
    k->context.style = bind_style(b, c, e, A_STYLE, &styled);
    box->role = ROLE_TOC;
    box->props = props_of(&styled, e);
    *b->last_contents = k;
    b->last_contents = &k->next;
    return box;
}

/* The heading's words, dots and the page, all of it one link. */
static struct box *entry(struct binder *b, const struct contents *k, const struct heading *h, size_t ref)
{
    static const enum attr_id levels[] = { A_H1_STYLE, A_H2_STYLE, A_H3_STYLE, A_H4_STYLE };
    static const enum run_kind kinds[] = { RUN_TEXT, RUN_LEADER, RUN_PAGE_OF };
    struct prop_set styled = { 0 };
    const struct style *style = bind_style(b, &k->context, k->elem, levels[h->level - 1], &styled);
    struct box *box = box_new(b, BOX_TEXT, k->elem);
    struct run *runs = arena_array(b->a, struct run, 3);
    for (size_t i = 0; i < 3; i++)
        runs[i] = (struct run){ .kind = kinds[i], .style = style, .text = i ? NULL : h->title, .ref = ref, .at = h->at,
                                .link_to = arena_printf(b->a, "#%s", h->id), .link_contents = h->title };
    box->role = ROLE_TOCI;
    box->props = props_of(&styled, NULL);
    box->props.margin[SIDE_LEFT] += (h->level - 1) * elem_number(k->elem, A_INDENT, style->size);
    box->u.text.runs = runs;
    box->u.text.n = 3;
    box->u.text.style = style;
    box->u.text.align = ALIGN_START;
    return box;
}

static void fill(struct binder *b, const struct contents *k, const struct headings *h)
{
    BOX_LIST(entries);
    int depth = (int)elem_number(k->elem, A_DEPTH, 4);
    double gap = elem_number(k->elem, A_GAP, 0);
    for (size_t i = k->first; i < h->n; i++) {
        if (h->items[i].level > depth)
            continue;
        struct box *box = entry(b, k, &h->items[i], i);
        if (entries.first && gap > box->props.margin[SIDE_TOP])
            box->props.margin[SIDE_TOP] = gap;
        box_list_add(&entries, box);
    }
    k->box->u.block.first = entries.first;
}

void contents_fill(struct binder *b, struct box_document *doc)
{
    struct headings h = { .as.box = find_heading, .b = b };
    if (!b->contents)
        return;
    walk_flow(&h.as, doc);
    const char **ids = arena_array(b->a, const char *, h.n);
    for (size_t i = 0; i < h.n; i++)
        ids[i] = h.items[i].id;
    for (const struct contents *k = b->contents; k; k = k->next)
        fill(b, k, &h);
    doc->page_refs = ids;
    doc->n_page_refs = h.n;
}
