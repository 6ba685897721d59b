/* A layout meets a card: the tree of elements becomes the tree of boxes.
 *
 * One walk, top down.  `struct context` is what an element sees: XPath's node,
 * position and size, variables, the type in force; it is copied where it
 * changes, so nothing has to be undone.  Sources are numbered as their marks
 * come by; <sources> waits until all have. */
#include "layout/bind.h"
#include "layout/links.h"
#include "layout/mark.h"

#include "base/node.h"
#include "card/card.h"

#include <libxml/xpathInternals.h>
#include <string.h>

enum { MAX_BOXES = 1000000, STYLE_SLOTS = 256 };

/* ---- styles ---- */

struct styled {                /* a list of style names over a parent, resolved */
    struct styled *next;
    const struct style *parent;
    const char *names;
    const struct style *style;
    struct prop_set props;
};

static unsigned style_hash(const struct style *parent, const char *names)
{
    unsigned h = (unsigned)((size_t)parent >> 4);
    while (*names)
        h = h * 33 + (unsigned char)*names++;
    return h % STYLE_SLOTS;
}

static const struct styled *style_entry(struct binder *b, const struct style *parent, const char *names, struct at at)
{
    struct styled **slot = &b->styled[style_hash(parent, names)], *s = *slot;
    while (s && !(s->parent == parent && strcmp(s->names, names) == 0))
        s = s->next;
    if (s)
        return s;
    const struct style_def **defs;
    size_t n;
    style_find(b->l, names, at, b->a, &defs, &n, b->d);
    s = arena_new(b->a, struct styled);
    s->next = *slot;
    s->parent = parent;
    s->names = arena_strdup(b->a, names);
    s->style = style_resolve(parent, defs, n, b->a);
    for (size_t i = 0; i < n; i++)
        prop_set_merge(&s->props, &defs[i]->props);
    return *slot = s;
}

const struct style *bind_style(struct binder *b, const struct context *c, const struct elem *e, enum attr_id id,
                               struct prop_set *props)
{
    const struct attr *a = elem_attr(e, id);
    const char *names = a ? eval_code(b, c, a) : "";
    if (!*names)
        return c->style;
    const struct styled *s = style_entry(b, c->style, names, a->at);
    if (props)
        prop_set_merge(props, &s->props);
    return s->style;
}

struct props props_of(const struct prop_set *styled, const struct elem *e)
{
    struct prop_set p;
    memset(&p, 0, sizeof p);
    p.v.widows = p.v.orphans = 2;
    prop_set_merge(&p, styled);
    if (e)
        prop_set_merge(&p, &e->props);
    return p.v;
}

enum align align_of(const struct elem *e, enum align otherwise)
{
    static const enum align aligns[] = { ALIGN_START, ALIGN_CENTER, ALIGN_END, ALIGN_JUSTIFY, ALIGN_DECIMAL };
    int k = elem_choice(e, A_ALIGN, -1);
    return k < 0 ? otherwise : aligns[k];
}

/* ---- boxes ---- */

void box_list_add(struct box_list *list, struct box *box)
{
    if (!box)
        return;
    if (list->last)
        *list->last = box;
    else
        list->first = box;
    while (box->next)
        box = box->next;
    list->last = &box->next;
}

struct box *box_new(struct binder *b, enum box_kind kind, const struct elem *e)
{
    struct box *box = arena_new(b->a, struct box);
    box->kind = kind;
    box->props.widows = box->props.orphans = 2;
    if (e)
        box->at = e->at;
    if (++b->boxes > MAX_BOXES && !b->stopped) {
        diag_error(b->d, box->at, _("the layout makes more than %d boxes for %s"), MAX_BOXES, b->place);
        b->stopped = true;
    }
    return box;
}

static void mark_box(struct binder *b, const struct context *c, const struct elem *e, struct box *box)
{
    const struct attr *id = elem_attr(e, A_ID), *bookmark = elem_attr(e, A_BOOKMARK);
    const char *name = eval_code(b, c, id);
    box->id = *name ? name : NULL;
    box->bookmark = eval_text(b, c, bookmark);
    if (bookmark)
        box->bookmark_level = box->role >= ROLE_H1 && box->role <= ROLE_H4 ? box->role - ROLE_H1 + 1 : 1;
}

static struct box *bind_block(struct binder *b, const struct context *c, const struct elem *e)
{
    static const enum box_role roles[] = { ROLE_AUTO, ROLE_H1, ROLE_H2, ROLE_H3, ROLE_H4, ROLE_P, ROLE_CAPTION,
                                           ROLE_NOTE, ROLE_SECTION, ROLE_QUOTE, ROLE_ARTIFACT };
    const struct attr *tracks = elem_attr(e, A_COLUMNS);
    struct prop_set styled = { 0 };
    struct context inner = *c;
    struct box *box = box_new(b, BOX_BLOCK, e);
    BOX_LIST(children);
    inner.style = bind_style(b, c, e, A_STYLE, &styled);
    bind_flow(b, &inner, e, &children);
    box->role = roles[elem_choice(e, A_ROLE, 0)];
    box->props = props_of(&styled, e);
    box->u.block.first = children.first;
    if (tracks) {
        box->u.block.tracks = tracks->u.tracks.v;
        box->u.block.n_tracks = tracks->u.tracks.n;
    }
    box->u.block.flow_columns = (int)elem_number(e, A_COLUMN_COUNT, 0);
    box->u.block.gap = elem_number(e, A_GAP, 0);
    box->u.block.row_gap = elem_number(e, A_ROW_GAP, box->u.block.flow_columns ? 0 : box->u.block.gap);
    mark_box(b, c, e, box);
    return box;
}

/* One box for an item: its only box, or a block around several. */
static struct box *wrap(struct binder *b, const struct elem *e, struct box *first)
{
    if (!first || !first->next)
        return first;
    struct box *box = box_new(b, BOX_BLOCK, e);
    box->u.block.first = first;
    return box;
}

static struct box *bind_list(struct binder *b, const struct context *c, const struct elem *e)
{
    const struct attr *marker = elem_attr(e, A_MARKER);
    struct prop_set styled = { 0 };
    struct context inner = *c;
    struct nodes nodes;
    BOX_LIST(items);
    inner.style = bind_style(b, c, e, A_STYLE, &styled);
    if (!elem_attr(e, A_SELECT))
        bind_flow(b, &inner, e, &items);
    else if (eval_nodes(b, c, e, &nodes))
        for (size_t i = 0; i < nodes.n && bind_count(b, e); i++) {
            BOX_LIST(item);
            inner.node = nodes.v[i];
            inner.position = (int)i + 1;
            inner.size = (int)nodes.n;
            bind_flow(b, &inner, e, &item);
            box_list_add(&items, wrap(b, e, item.first));
        }
    if (!items.first)
        return NULL;
    struct box *box = box_new(b, BOX_LIST, e);
    struct context marked = *c;
    marked.style = inner.style;
    box->props = props_of(&styled, e);
    box->u.block.first = items.first;
    box->u.block.marker = marker ? marker->raw : "•";
    box->u.block.marker_style = bind_style(b, &marked, e, A_MARKER_STYLE, NULL);
    box->u.block.gap = box->u.block.row_gap = elem_number(e, A_GAP, 0);
    return box;
}

static struct box *bind_rule(struct binder *b, const struct elem *e)
{
    const struct attr *line = elem_attr(e, A_LINE);
    struct prop_set none = { 0 };
    struct box *box = box_new(b, BOX_RULE, e);
    box->props = props_of(&none, e);
    box->u.rule.line = line ? line->u.border : (struct border){ 0.5, LINE_SOLID, b->l->base.color };
    return box;
}

static struct box *bind_chart_box(struct binder *b, const struct context *c, const struct elem *e)
{
    struct prop_set styled = { 0 };
    const struct chart_look *look;
    const struct style *style = bind_style(b, c, e, A_STYLE, &styled);
    const struct chart_spec *spec = bind_chart(b, c, e, style, &look);
    if (!spec)
        return NULL;
    struct box *box = box_new(b, BOX_CHART, e);
    box->props = props_of(&styled, e);
    box->u.chart.spec = spec;
    box->u.chart.look = look;
    box->u.chart.data_table = elem_choice(e, A_DATA_TABLE, 0);
    return box;
}

static void bind_each(struct binder *b, const struct context *c, const struct elem *e, struct box_list *out)
{
    struct nodes nodes;
    if (!eval_nodes(b, c, e, &nodes))
        return;
    for (size_t i = 0; i < nodes.n && bind_count(b, e); i++) {
        struct context inner = *c;
        inner.node = nodes.v[i];
        inner.position = (int)i + 1;
        inner.size = (int)nodes.n;
        struct box **first = out->last ? out->last : &out->first;
        bind_flow(b, &inner, e, out);
        if (*first && !(*first)->id)
            (*first)->id = entry_id(b, inner.node);
    }
}

static void bind_choose(struct binder *b, const struct context *c, const struct elem *e, struct box_list *out)
{
    for (const struct elem *w = e->first; w; w = w->next)
        if (w->def && (w->def->id == E_OTHERWISE || eval_test(b, c, elem_attr(w, A_TEST)->u.expr))) {
            bind_flow(b, c, w, out);
            return;
        }
}

static void bind_attach(struct binder *b, const struct context *c, const struct elem *e);

void bind_flow(struct binder *b, const struct context *outer, const struct elem *e, struct box_list *out)
{
    struct context c = *outer;
    for (const struct elem *k = e->first; k && !b->stopped; k = k->next) {
        if (k->text || !k->def)
            continue;
        switch (k->def->id) {
        case E_VARIABLE: c.scope = bind_variable(b, &c, k); break;
        case E_BLOCK: box_list_add(out, bind_block(b, &c, k)); break;
        case E_TEXT: {
            struct box *box = text_box(b, &c, k);
            mark_box(b, &c, k, box);
            box_list_add(out, box);
            break;
        }
        case E_LIST: box_list_add(out, bind_list(b, &c, k)); break;
        case E_TABLE: bind_table(b, &c, k, out); break;
        case E_CHART: box_list_add(out, bind_chart_box(b, &c, k)); break;
        case E_IMAGE: box_list_add(out, bind_image(b, &c, k)); break;
        case E_QR: box_list_add(out, bind_qr(b, &c, k)); break;
        case E_SIGNATURE: box_list_add(out, bind_signature(b, &c, k)); break;
        case E_RULE: box_list_add(out, bind_rule(b, k)); break;
        case E_FOR_EACH: bind_each(b, &c, k, out); break;
        case E_IF:
            if (eval_test(b, &c, elem_attr(k, A_TEST)->u.expr))
                bind_flow(b, &c, k, out);
            break;
        case E_CHOOSE: bind_choose(b, &c, k, out); break;
        case E_SOURCES: defer_sources(b, &c, k, out); break;
        case E_CONTENTS: {
            struct box *box = bind_contents(b, &c, k);
            mark_box(b, &c, k, box);
            box_list_add(out, box);
            break;
        }
        case E_ATTACH: bind_attach(b, &c, k); break;
        default: break;
        }
    }
}

struct box *bind_content(struct binder *b, const struct context *c, const struct elem *e, enum align align)
{
    if (e->block_content) {
        BOX_LIST(boxes);
        bind_flow(b, c, e, &boxes);
        return boxes.first;
    }
    struct inliner in = { .b = b, .blank = true };
    bind_inline(&in, c, e, (struct run_state){ .style = c->style });
    struct box *box = box_new(b, BOX_TEXT, e);
    if (!inline_end(&in, box))
        return NULL;
    box->u.text.style = c->style;
    box->u.text.align = align;
    return box;
}

/* ---- files inside ---- */

static void attach(struct binder *b, const char *name, const char *description, const char *relationship,
                   const void *data, size_t len)
{
    *ARENA_PUSH(b->a, b->attachments, b->n_attachments, b->cap_attachments) =
        (struct attachment){ name, description, "application/xml", relationship, data, len };
}

const char *binder_card_text(struct binder *b)
{
    struct buf text = { 0 };
    if (b->card_text)
        return b->card_text;
    card_print(b->card, &text);
    b->card_text = arena_strndup(b->a, text.data, text.len);
    buf_clear(&text);
    return b->card_text;
}

static void attach_card(struct binder *b, const char *name, const char *description, const char *relationship)
{
    const char *text = binder_card_text(b);
    attach(b, name, description, relationship, text, strlen(text));
}

static void bind_attach(struct binder *b, const struct context *c, const struct elem *e)
{
    static const char *const kinds[] = { "Data", "Source", "Supplement" };
    const struct attr *description = elem_attr(e, A_DESCRIPTION);
    const char *name = eval_code(b, c, elem_attr(e, A_NAME)), *words = eval_text(b, c, description),
               *kind = kinds[elem_choice(e, A_RELATIONSHIP, 0)];
    struct nodes nodes;
    if (!elem_attr(e, A_SELECT)) {
        attach_card(b, name, words, kind);
        return;
    }
    if (!eval_nodes(b, c, e, &nodes) || !nodes.n)
        return;
    xmlBufferPtr out = xmlBufferCreate();
    if (!out)
        die("out of memory");
    for (size_t i = 0; i < nodes.n; i++)
        xmlNodeDump(out, b->card, nodes.v[i], 0, 0);
    size_t len = (size_t)xmlBufferLength(out);
    attach(b, name, words, kind, arena_strndup(b->a, (const char *)xmlBufferContent(out), len), len);
    xmlBufferFree(out);
}

/* ---- pages ---- */

static struct running bind_running(struct binder *b, const struct context *c, const struct elem *e)
{
    struct running r = { .on = (int)elem_choice(e, A_ON, ON_ANY), .extent = elem_number(e, A_EXTENT, 0) };
    struct context inner = *c;
    BOX_LIST(boxes);
    inner.style = bind_style(b, c, e, A_STYLE, NULL);
    bind_flow(b, &inner, e, &boxes);
    r.content = boxes.first;
    return r;
}

static const struct master *bind_master(struct binder *b, const struct context *c, const char *name)
{
    const struct page_master *p = b->l->masters;
    while (strcmp(p->name, name) != 0)
        p++;
    struct master *m = arena_new(b->a, struct master);
    size_t cap_headers = 0, cap_footers = 0;
    *m = p->v;
    for (const struct elem *e = p->elem->first; e; e = e->next) {
        if (e->def && e->def->id == E_HEADER)
            *ARENA_PUSH(b->a, m->headers, m->n_headers, cap_headers) = bind_running(b, c, e);
        if (e->def && e->def->id == E_FOOTER)
            *ARENA_PUSH(b->a, m->footers, m->n_footers, cap_footers) = bind_running(b, c, e);
    }
    return m;
}

static struct sequence bind_sequence(struct binder *b, const struct context *c, const struct elem *e)
{
    struct context inner = *c;
    BOX_LIST(boxes);
    struct sequence s = { .title = eval_text(b, c, elem_attr(e, A_TITLE)),
                          .start_odd = elem_choice(e, A_START, 0) == 1,
                          .first_number = (int)elem_number(e, A_FIRST_NUMBER, 0),
                          .roman = elem_choice(e, A_NUMBERING, 0) == 1 };
    inner.style = bind_style(b, c, e, A_STYLE, NULL);
    bind_flow(b, &inner, e, &boxes);
    s.first = boxes.first;
    s.master = bind_master(b, &inner, elem_attr(e, A_MASTER)->raw);
    return s;
}

static void bind_params(struct binder *b, struct context *c)
{
    for (size_t i = 0; i < b->l->n_params; i++) {
        const struct param_value *p = &b->l->params[i];
        if (!p->value && p->required) {
            diag_error(b->d, p->at, _("the parameter %s is not set"), p->name);
            diag_expected(b->d, "--set %s=...", p->name);
        }
        const char *v = p->value ? p->value : "";
        xmlXPathObjectPtr o = p->number && *v ? xmlXPathNewFloat(xmlXPathCastStringToNumber(BAD_CAST v))
                                              : xmlXPathNewCString(v);
        c->scope = scope_add(b, c->scope, p->name, o);
    }
}

static void bind_declared_variables(struct binder *b, struct context *c, const struct elem *e)
{
    for (const struct elem *k = e->first; k; k = k->next) {
        if (k->def && k->def->id == E_STYLES)
            bind_declared_variables(b, c, k);
        if (k->def && k->def->id == E_VARIABLE)
            c->scope = bind_variable(b, c, k);
    }
}

static bool is_wanted(struct binder *b, const struct context *c, const struct elem *sequence)
{
    const struct attr *test = elem_attr(sequence, A_TEST);
    return !test || eval_test(b, c, test->u.expr);
}

/* "2025", "2025-01", "2025-01-20", and a time after it. */
static bool is_iso_date(const char *s)
{
    int year, month = 1, day = 1, n = 0;
    size_t len = strspn(s, "0123456789-");
    if (len != 4 && len != 7 && len != 10)
        return false;
    if (len == 4 ? sscanf(s, "%4d%n", &year, &n) != 1
                 : len == 7 ? sscanf(s, "%4d-%2d%n", &year, &month, &n) != 2
                            : sscanf(s, "%4d-%2d-%2d%n", &year, &month, &day, &n) != 3)
        return false;
    return (size_t)n == len && month >= 1 && month <= 12 && day >= 1 && day <= 31 && (!s[len] || (len == 10 && s[len] == 'T'));
}

/* A date for the file's metadata, which programs read; "" if there is none. */
static const char *bind_date(struct binder *b, const struct context *c, const struct elem *e, enum attr_id id)
{
    const struct attr *at = elem_attr(e, id);
    const char *date = at ? eval_code(b, c, at) : "";
    if (*date && !is_iso_date(date)) {
        diag_error(b->d, at->at, _("\"%s\" is no date"), date);
        diag_expected(b->d, _("year, month and day in digits, as 2025-01-20"));
    }
    return date;
}

static void bind_document(struct binder *b, struct context *c, struct box_document *doc)
{
    const struct elem *root = b->l->root;
    const struct attr *lang = elem_attr(root, A_LANG);
    size_t cap = 0;
    c->style = bind_style(b, c, root, A_STYLE, NULL);
    notes_setup(b, c);
    doc->title = eval_text(b, c, elem_attr(root, A_TITLE));
    doc->subject = eval_text(b, c, elem_attr(root, A_SUBJECT));
    doc->keywords = eval_text(b, c, elem_attr(root, A_KEYWORDS));
    doc->author = eval_text(b, c, elem_attr(root, A_AUTHOR));
    doc->date = bind_date(b, c, root, A_DATE);
    doc->record.issuer = eval_text(b, c, elem_attr(root, A_ISSUER));
    doc->record.report = eval_text(b, c, elem_attr(root, A_REPORT));
    doc->record.report_date = bind_date(b, c, root, A_REPORT_DATE);
    doc->lang = lang ? lang->raw : "vi-VN";
    doc->on_overflow = b->l->on_overflow;
    for (const struct elem *e = root->first; e; e = e->next) {
        if (e->def && e->def->id == E_PAGE_SEQUENCE && is_wanted(b, c, e))
            *ARENA_PUSH(b->a, doc->sequences, doc->n_sequences, cap) = bind_sequence(b, c, e);
        if (e->def && e->def->id == E_ATTACH)
            bind_attach(b, c, e);
    }
    if (!doc->title && doc->n_sequences)
        doc->title = doc->sequences[0].title;
    if (!doc->title)
        doc->title = b->place;
}

/* An attribute of a child of the card's root; NULL if it is not there. */
static const char *card_attribute(struct arena *a, xmlNodePtr root, const char *element, const char *name)
{
    for (xmlNodePtr n = root->children; n; n = n->next)
        if (node_is(n, element))
            return arena_strdup(a, node_attribute(a, n, name));
    return NULL;
}

static const char *place_of(struct arena *a, xmlNodePtr root)
{
    const char *slug = card_attribute(a, root, "noi", "ma");
    return slug ? slug : "the card";
}

struct box_document *layout_bind(const struct layout *l, xmlDocPtr card, struct fontlib *fonts, struct arena *a,
                                 struct diag *d)
{
    xmlNodePtr root = card ? xmlDocGetRootElement(card) : NULL;
    size_t errors = d->errors;
    if (!root) {
        diag_error(d, (struct at){ .file = l->path }, _("the card is empty"));
        return NULL;
    }
    struct binder b = { .l = l, .card = card, .fonts = fonts, .a = a, .d = d, .place = place_of(a, root) };
    struct context c = { .node = root, .position = 1, .size = 1, .style = &l->base };
    struct box_document *doc = arena_new(a, struct box_document);
    b.styled = arena_array(a, struct styled *, STYLE_SLOTS);
    b.last_document = &b.documents;
    b.last_deferred = &b.deferred;
    b.last_contents = &b.contents;
    eval_setup(&b);
    abbreviations_gather(&b);
    bind_params(&b, &c);
    b.params = c.scope;
    bind_declared_variables(&b, &c, l->root);
    bind_document(&b, &c, doc);
    run_deferred(&b);
    contents_fill(&b, doc);
    notes_number(&b, doc);
    links_settle(&b, doc);
    doc->place = doc->record.place = b.place;
    doc->record.place_code = card_attribute(a, root, "noi", "ma-so");
    doc->record.period = card_attribute(a, root, "ky", "ma");
    if (!*doc->date && node_find(root, "ngay"))
        doc->date = arena_strdup(a, node_attribute(a, root, "ngay"));
    if (!b.n_attachments && !l->book && d->errors == errors)
        attach_card(&b, arena_printf(a, "%s.xml", b.place), "Số liệu của thẻ", "Data");
    doc->attachments = b.attachments;
    doc->n_attachments = b.n_attachments;
    mark_uses(&b, doc);
    eval_finish(&b);
    return d->errors == errors ? doc : NULL;
}
