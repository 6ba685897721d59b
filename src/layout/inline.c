/* Paragraphs: mixed content becomes runs, with blanks collapsed over all of it. */
#include "layout/bind.h"
#include "layout/mark.h"
#include "layout/number.h"

#include <string.h>

static bool same_state(const struct run_state *x, const struct run_state *y)
{
    return x->style == y->style && x->link_to == y->link_to && x->lang == y->lang && x->anchor == y->anchor &&
           x->expansion == y->expansion && x->glue == y->glue && x->hang == y->hang;
}

struct run *inline_run(struct inliner *in, enum run_kind kind, struct run_state s, struct at at)
{
    struct run *r = ARENA_PUSH(in->b->a, in->runs, in->n, in->cap);
    r->kind = kind;
    r->style = s.style;
    r->link_to = s.link_to;
    r->link_contents = s.link_contents;
    r->anchor = s.anchor;
    r->expansion = s.expansion;
    r->lang = s.lang;
    r->glue = s.glue;
    r->hang = s.hang;
    r->at = at;
    return r;
}

/* The run added last is parted where abbreviations stand in it. */
static void part_run(struct inliner *in)
{
    struct run_state s = in->state;
    const char *at;
    const struct abbreviation *found;
    if (s.expansion || s.link_to || s.anchor || s.lang)
        return;
    while ((found = abbreviation_in(in->b, in->runs[in->n - 1].text, &at)) != NULL) {
        struct run *r = &in->runs[in->n - 1];
        const char *text = r->text, *after = at + strlen(found->name);
        s.expansion = found->expansion;
        if (at > text) {
            r->text = arena_strndup(in->b->a, text, (size_t)(at - text));
            r = inline_run(in, RUN_TEXT, s, in->at);
            r->text = found->name;
        } else {
            r->expansion = found->expansion;
            r->text = found->name;
        }
        if (!*after)
            return;
        s.expansion = NULL;
        inline_run(in, RUN_TEXT, s, in->at)->text = after;
    }
}

void inline_flush(struct inliner *in)
{
    if (!in->text.len)
        return;
    struct run *r = inline_run(in, RUN_TEXT, in->state, in->at);
    if (in->state.style->uppercase) {
        struct buf up = { 0 };
        text_upper(in->text.data, false, &up);
        r->text = arena_strdup(in->b->a, up.data);
        buf_clear(&up);
    } else
        r->text = arena_strndup(in->b->a, in->text.data, in->text.len);
    r->text = text_nfc(in->b->a, r->text);
    buf_reset(&in->text);
    if (!in->state.style->uppercase)
        part_run(in);
}

/* Take back the blank that the paragraph ends in. */
void inline_trim(struct inliner *in)
{
    if (in->text.len && in->text.data[in->text.len - 1] == ' ')
        in->text.data[--in->text.len] = '\0';
    else if (in->waiting && in->waiting->run == in->n)
        ; /* what waits comes after that blank */
    else if (!in->text.len && in->n && in->runs[in->n - 1].kind == RUN_TEXT) {
        struct run *r = &in->runs[in->n - 1];
        size_t len = strlen(r->text);
        if (len && r->text[len - 1] == ' ')
            r->text = arena_strndup(in->b->a, r->text, len - 1);
        if (len == 1 && !*r->text && !r->anchor)
            in->n--;
    }
    in->blank = false;
}

/* Bytes up to the next blank or control character. */
static size_t word_length(const char *s)
{
    size_t n = 0;
    while ((unsigned char)s[n] > 0x20)
        n++;
    return n;
}

static void put(struct inliner *in, const struct run_state *s, const char *text, size_t n, struct at at)
{
    if (in->text.len && !same_state(&in->state, s))
        inline_flush(in);
    if (!in->text.len) {
        in->state = *s;
        in->at = at;
    }
    buf_add(&in->text, text, n);
}

void inline_text(struct inliner *in, struct run_state s, const char *text, struct at at)
{
    while (*text) {
        size_t n = word_length(text);
        if (n) {
            put(in, &s, text, n, at);
            in->blank = false;
        } else if (strchr(" \t\r\n", *text) && !in->blank) {
            put(in, &s, " ", 1, at);
            in->blank = true;
        }
        text += n ? n : 1;
    }
}

static void bind_template(struct inliner *in, const struct context *c, const struct elem *t, struct run_state s)
{
    for (size_t i = 0; i < t->template.n; i++) {
        const struct expr *x = t->template.pieces[i].expr;
        bool missing;
        if (!x) {
            inline_text(in, s, t->template.pieces[i].text, t->at);
        } else if (x->fast == EXPR_PAGE_NUMBER || x->fast == EXPR_PAGE_COUNT) {
            inline_flush(in);
            inline_run(in, x->fast == EXPR_PAGE_NUMBER ? RUN_PAGE_NUMBER : RUN_PAGE_COUNT, s, x->at);
            in->blank = false;
        } else {
            const char *text = eval_string(in->b, c, x, true, &missing);
            inline_text(in, s, missing ? eval_missing(in->b, x) : text, x->at);
        }
    }
}

static void bind_link(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s)
{
    const char *to = eval_code(in->b, c, elem_attr(e, A_TO));
    struct context inner = *c;
    size_t from;
    inner.style = s.style = bind_style(in->b, c, e, A_STYLE, NULL);
    inline_flush(in);
    from = in->n;
    if (*to) {
        s.link_to = to;
        s.link_contents = eval_text(in->b, c, elem_attr(e, A_CONTENTS));
    }
    bind_inline(in, &inner, e, s);
    inline_flush(in);
    if (!*to || s.link_contents)
        return;
    struct buf words = { 0 }; /* where it leads, told by the linked words themselves */
    for (size_t i = from; i < in->n; i++)
        if (in->runs[i].kind == RUN_TEXT)
            buf_str(&words, in->runs[i].text);
    const char *contents = arena_strdup(in->b->a, words.len ? words.data : to);
    for (size_t i = from; i < in->n; i++)
        in->runs[i].link_contents = contents;
    buf_clear(&words);
}

static void bind_span(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s)
{
    const struct attr *lang = elem_attr(e, A_LANG), *id = elem_attr(e, A_ID), *expansion = elem_attr(e, A_EXPANSION);
    struct context inner = *c;
    inner.style = s.style = bind_style(in->b, c, e, A_STYLE, NULL);
    s.lang = lang ? lang->raw : s.lang;
    s.glue = elem_choice(e, A_GLUE, s.glue);
    s.hang = elem_choice(e, A_HANG, s.hang);
    s.expansion = expansion ? eval_text(in->b, c, expansion) : s.expansion;
    if (id) {
        inline_flush(in);
        s.anchor = eval_code(in->b, c, id);
    }
    if (s.glue)
        inline_trim(in);
    bind_inline(in, &inner, e, s);
    if (id)
        inline_flush(in);
}

static const struct style *style_under(struct binder *b, const struct style *parent, const struct context *c,
                                       const struct elem *e, enum attr_id id)
{
    struct context inner = *c;
    inner.style = parent;
    return bind_style(b, &inner, e, id, NULL);
}

/* Words as the card marks them up: <b>, <i>, <nguon-dan>. */
static void marked_words(struct inliner *in, const struct context *c, const struct elem *e, xmlNodePtr node,
                         struct run_state s, int depth)
{
    for (xmlNodePtr k = node->children; k && depth < 8; k = k->next) {
        struct run_state inner = s;
        if (k->type == XML_TEXT_NODE || k->type == XML_CDATA_SECTION_NODE)
            inline_text(in, s, (const char *)k->content, e->at);
        if (k->type != XML_ELEMENT_NODE)
            continue;
        const char *name = (const char *)k->name;
        if (strcmp(name, "nguon-dan") == 0) {
            mark_source_node(in, c, e, k, s);
            continue;
        }
        if (strcmp(name, "b") == 0 || strcmp(name, "i") == 0)
            inner.style = style_under(in->b, s.style, c, e, *name == 'b' ? A_BOLD : A_ITALIC);
        marked_words(in, c, e, k, inner, depth + 1);
    }
}

static void bind_marked(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s)
{
    struct nodes nodes;
    s.style = style_under(in->b, s.style, c, e, A_STYLE);
    if (!eval_nodes(in->b, c, e, &nodes))
        return;
    for (size_t i = 0; i < nodes.n; i++) {
        if (i)
            inline_text(in, s, " ", e->at);
        if (nodes.v[i]->type == XML_ELEMENT_NODE)
            marked_words(in, c, e, nodes.v[i], s, 0);
    }
}

static void bind_inline_chart(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s)
{
    const struct chart_look *look;
    struct context inner = *c;
    inner.style = s.style;
    const struct chart_spec *spec = bind_chart(in->b, &inner, e, bind_style(in->b, &inner, e, A_STYLE, NULL), &look);
    if (!spec)
        return;
    inline_flush(in);
    struct run *r = inline_run(in, RUN_CHART, s, e->at);
    r->chart = spec;
    r->look = look;
    in->blank = false;
}

static void bind_break(struct inliner *in, enum run_kind kind, const struct context *c, const struct elem *e,
                       struct run_state s)
{
    struct context inner = *c;
    inner.style = s.style;
    if (kind == RUN_BREAK)
        inline_trim(in);
    inline_flush(in);
    if (e->def->id == E_LEADER)
        s.style = bind_style(in->b, &inner, e, A_STYLE, NULL);
    inline_run(in, kind, s, e->at);
    in->blank = true;
}

static void bind_each(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s)
{
    struct nodes nodes;
    if (!eval_nodes(in->b, c, e, &nodes))
        return;
    for (size_t i = 0; i < nodes.n && bind_count(in->b, e); i++) {
        struct context inner = *c;
        inner.node = nodes.v[i];
        inner.position = (int)i + 1;
        inner.size = (int)nodes.n;
        const char *id = entry_id(in->b, inner.node);
        if (id)
            inline_flush(in);
        size_t first = in->n;
        bind_inline(in, &inner, e, s);
        if (id)
            inline_flush(in);
        if (id && first < in->n && !in->runs[first].anchor)
            in->runs[first].anchor = id;
    }
}

static void bind_choose(struct inliner *in, const struct context *c, const struct elem *e, struct run_state s)
{
    for (const struct elem *w = e->first; w; w = w->next)
        if (w->def && (w->def->id == E_OTHERWISE || eval_test(in->b, c, elem_attr(w, A_TEST)->u.expr))) {
            bind_inline(in, c, w, s);
            return;
        }
}

void bind_inline(struct inliner *in, const struct context *outer, const struct elem *e, struct run_state s)
{
    struct context inner = *outer, *c = &inner;
    inner.style = s.style;
    for (const struct elem *k = e->first; k && !in->b->stopped; k = k->next) {
        if (k->text) {
            bind_template(in, c, k, s);
            continue;
        }
        switch (k->def->id) {
        case E_VARIABLE: inner.scope = bind_variable(in->b, c, k); break;
        case E_SPAN: bind_span(in, c, k, s); break;
        case E_LINK: bind_link(in, c, k, s); break;
        case E_BR: bind_break(in, RUN_BREAK, c, k, s); break;
        case E_TAB: bind_break(in, RUN_TAB, c, k, s); break;
        case E_LEADER: bind_break(in, RUN_LEADER, c, k, s); break;
        case E_IF:
            if (eval_test(in->b, c, elem_attr(k, A_TEST)->u.expr))
                bind_inline(in, c, k, s);
            break;
        case E_CHOOSE: bind_choose(in, c, k, s); break;
        case E_FOR_EACH: bind_each(in, c, k, s); break;
        case E_CHART: bind_inline_chart(in, c, k, s); break;
        case E_SOURCE: bind_source(in, c, k, s); break;
        case E_MARKED: bind_marked(in, c, k, s); break;
        case E_SOURCES: defer_inline_sources(in, c, k, s); break;
        case E_FOOTNOTE: bind_footnote(in, c, k, s); break;
        default: break;
        }
    }
}

bool inline_end(struct inliner *in, struct box *box)
{
    inline_trim(in);
    inline_flush(in);
    buf_clear(&in->text);
    box->u.text.runs = in->runs;
    box->u.text.n = in->n;
    for (struct deferred *w = in->waiting; w; w = w->next_here)
        w->box = box;
    return in->n || in->waiting;
}

static enum box_role role_of(const struct elem *e)
{
    static const enum box_role roles[] = { ROLE_AUTO, ROLE_H1, ROLE_H2, ROLE_H3, ROLE_H4, ROLE_P, ROLE_CAPTION,
                                           ROLE_NOTE, ROLE_SECTION, ROLE_QUOTE, ROLE_ARTIFACT };
    return roles[elem_choice(e, A_ROLE, 0)];
}

struct box *text_box(struct binder *b, const struct context *c, const struct elem *e)
{
    struct prop_set styled = { 0 };
    struct context inner = *c;
    struct box *box = box_new(b, BOX_TEXT, e);
    struct inliner in = { .b = b, .blank = true };
    inner.style = bind_style(b, c, e, A_STYLE, &styled);
    bind_inline(&in, &inner, e, (struct run_state){ .style = inner.style });
    box->role = role_of(e);
    if (box->role >= ROLE_H1 && box->role <= ROLE_H4 && !(styled.set & PROP_KEEP_NEXT)) {
        styled.v.keep_with_next = true;
        styled.set |= PROP_KEEP_NEXT;
    }
    box->props = props_of(&styled, e);
    box->u.text.style = inner.style;
    box->u.text.align = align_of(e, inner.style->align);
    inline_end(&in, box);
    return box;
}

struct box *plain_text(struct binder *b, const struct style *style, const char *text, struct at at)
{
    struct inliner in = { .b = b, .blank = true };
    struct box *box = box_new(b, BOX_TEXT, NULL);
    inline_text(&in, (struct run_state){ .style = style }, text, at);
    box->at = at;
    box->u.text.style = style;
    box->u.text.align = style->align;
    inline_end(&in, box);
    return box;
}
