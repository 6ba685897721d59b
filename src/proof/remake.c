/* A file is made again from the layout and the facts that are there now.  What the file
 * tells of its making (batch/making.h) serves twice: its period, day and parameters are
 * taken over, and where program, layout or catalog are others, that is the answer. */
#include "proof/internal.h"

#include "base/file.h"
#include "batch/batch.h"
#include "batch/making.h"

#include <stdlib.h>
#include <string.h>

struct remaking {
    struct arena arena;          /* of the open session's options */
    struct session_options told; /* by the command */
    const char *book_layout;     /* NULL: the one that ships */
    struct session session;
    const char *key;             /* what the session was opened for; NULL: it is not */
};

struct remaking *remaking_open(const struct session_options *o, const char *book_layout)
{
    struct remaking *m = xcalloc(1, sizeof *m);
    m->told = *o;
    m->book_layout = book_layout;
    return m;
}

static void end_session(struct remaking *m)
{
    if (m->key)
        session_close(&m->session);
    arena_clear(&m->arena);
    m->key = NULL;
}

void remaking_close(struct remaking *m)
{
    if (!m)
        return;
    end_session(m);
    free(m);
}

/* The parameters that stand in an element of the making, then those that the command sets, which go before. */
static struct texts params_of(struct remaking *m, const xmlNode *making, const struct texts *told)
{
    size_t room = told->n;
    for (const xmlNode *n = making ? making->children : NULL; n; n = n->next)
        room++;
    struct texts sets = { .items = arena_array(&m->arena, const char *, room) };
    for (const xmlNode *n = making ? making->children : NULL; n; n = n->next) {
        const char *name = n->type == XML_ELEMENT_NODE ? proof_attribute(n, "ten") : NULL;
        if (!name)
            continue;
        xmlChar *value = xmlNodeGetContent(n);
        sets.items[sets.n++] = arena_printf(&m->arena, "%s=%s", name, value ? (const char *)value : "");
        xmlFree(value);
    }
    for (size_t i = 0; i < told->n; i++)
        sets.items[sets.n++] = told->items[i];
    return sets;
}

static const char *key_of(struct remaking *m, const struct session_options *o)
{
    const char *key = arena_printf(&m->arena, "%s\n%s", o->period ? o->period : "", o->as_of ? o->as_of : "");
    for (size_t i = 0; i < o->sets.n; i++)
        key = arena_printf(&m->arena, "%s\n%s", key, o->sets.items[i]);
    return key;
}

/* A session for a file that was made so; that of the file before if it was made alike. */
static struct session *session_for(struct remaking *m, const xmlNode *making, struct diag *d)
{
    struct session_options o = m->told;
    o.period = o.period ? o.period : arena_strdup(&m->arena, proof_attribute(making, "ky"));
    o.as_of = o.as_of ? o.as_of : arena_strdup(&m->arena, proof_attribute(making, "tinh-den"));
    o.sets = params_of(m, making, &m->told.sets);
    const char *key = key_of(m, &o);
    if (m->key && strcmp(m->key, key) == 0)
        return &m->session;
    if (m->key)
        session_close(&m->session);
    m->key = key;
    if (session_open(&m->session, &o, d))
        return &m->session;
    end_session(m);
    return NULL;
}

static bool open_book_layout(struct remaking *m, const xmlNode *making, struct diag *d)
{
    const struct texts none = { 0 };
    const struct texts sets = params_of(m, proof_child(making, "tap"), &none);
    return session_book_layout(&m->session, m->book_layout, &sets, d);
}

/* ---- what has changed since ---- */

static bool differs(struct proof *p, const xmlNode *making, const char *name, const char *now, const char *what)
{
    const char *then = proof_attribute(making, name);
    if (!then || strcmp(then, now) == 0)
        return false;
    diag_error(p->d, p->at, _("was made with another %s"), what);
    diag_expected(p->d, "%s", then);
    return true;
}

static bool made_otherwise(struct proof *p, const struct session *s, const xmlNode *making)
{
    bool layout = differs(p, making, "bo-cuc-bam", layout_hash(s->layout), _("layout"));
    bool catalog = differs(p, making, "danh-muc-bam", catalog_hash(s->catalog), _("catalog"));
    const xmlNode *book = proof_child(making, "tap");
    if (s->book_layout)
        layout |= differs(p, book, "bo-cuc-bam", layout_hash(s->book_layout), _("layout of the book"));
    bool program = differs(p, making, "chuong-trinh", "phieudiem " VERSION, _("program"));
    return layout || catalog || program;
}

/* ---- the same again ---- */

static const char *slug_of(const struct attachment *file, struct arena *a)
{
    xmlDocPtr doc = file ? proof_parse(file->data, file->len) : NULL;
    const char *slug = arena_strdup(a, proof_attribute(proof_child(doc ? xmlDocGetRootElement(doc) : NULL, "noi"), "ma"));
    xmlFreeDoc(doc);
    return slug;
}

/* The cards of a book in the order of its pages. */
static const char **book_places(struct proof *p, size_t *n)
{
    const char **slugs = arena_array(&p->arena, const char *, reader_pages(p->r) + 1);
    const struct attachment *last = NULL;

    *n = 0;
    for (size_t i = 0; i < reader_pages(p->r); i++) {
        const struct attachment *file = reader_page_file(p->r, i);
        if (file && file != last && (slugs[*n] = slug_of(file, &p->arena)) && strcmp(slugs[*n], "tap") != 0)
            ++*n;
        last = file;
    }
    return slugs;
}

/* The only card of a file, which is not of a page of its own. */
static const char *only_place(struct proof *p)
{
    const char *slug = NULL;
    for (size_t i = 0; i < p->n_files && !slug; i++)
        if (strcmp(p->files[i].name, MAKING_NAME) != 0)
            slug = slug_of(&p->files[i], &p->arena);
    return slug ? slug : "";
}

static bool make_card(struct proof *p, const struct session *s, struct rendered *out)
{
    xmlDocPtr card = layout_is_national(s->layout) ? card_make_national(s->cards, p->d)
                                                   : card_make(s->cards, only_place(p), p->d);
    bool made = card && render_card(s->layout, s->cards, card, s->fonts, &p->arena, out, p->d);
    xmlFreeDoc(card);
    return made;
}

static bool is_book(struct proof *p, const xmlNode *making)
{
    const char *kind = proof_attribute(making, "loai");
    return kind ? strcmp(kind, making_kinds[MAKING_CARD]) != 0 : reader_page_file(p->r, 0) != NULL;
}

static bool make_book(struct proof *p, const struct session *s, const xmlNode *making, struct rendered *out)
{
    const char *kind = proof_attribute(making, "loai");
    struct book_task book = { .layout = s->layout, .book_layout = s->book_layout, .cards = s->cards, .fonts = s->fonts };

    book.places = book_places(p, &book.n_places);
    book.web = kind && strcmp(kind, making_kinds[MAKING_WEB_BOOK]) == 0;
    return render_book(&book, out, p->d);
}

/* Which pages and attached files would be others now. */
static void tell_parts(struct proof *p, const struct buf *again)
{
    struct diag ignored = { 0 };
    struct reader *r = reader_open_bytes(p->at.file, again->data, again->len, &ignored);
    const struct attachment *files;
    size_t n, before = p->d->errors;

    for (int contents = 0; r && contents < 2 && p->d->errors == before; contents++)
        for (size_t i = 0; i < reader_pages(p->r); i++)
            if (contents ? !reader_same_page(p->r, r, i) : !reader_same_text(p->r, r, i))
                diag_error(p->d, p->at, _("page %zu would be another now"), i + 1);
    for (size_t i = 0; r && reader_attachments(r, &files, &n, &ignored) && i < p->n_files; i++) {
        bool same = false;
        for (size_t k = 0; k < n; k++)
            same |= strcmp(files[k].name, p->files[i].name) == 0 && files[k].len == p->files[i].len &&
                    memcmp(files[k].data, p->files[i].data, files[k].len) == 0;
        if (!same)
            diag_error(p->d, p->at, _("the attached file \"%s\" would be another now"), p->files[i].name);
    }
    reader_close(r);
    diag_clear(&ignored);
}

void remake_check(struct proof *p)
{
    const xmlNode *making = p->making ? xmlDocGetRootElement(p->making) : NULL;
    struct session *s = session_for(p->q->remaking, making, p->d);
    struct rendered again = { 0 };
    size_t first;

    bool book = is_book(p, making);
    if (s && book && !s->book_layout && !open_book_layout(p->q->remaking, making, p->d))
        return;
    if (!s || made_otherwise(p, s, making))
        return;
    const char *bytes = reader_first_state(p->r, &first);
    if ((book ? make_book(p, s, making, &again) : make_card(p, s, &again)) &&
        (first != again.pdf.len || memcmp(bytes, again.pdf.data, first) != 0)) {
        diag_error(p->d, p->at, _("the same layout and facts give other bytes (%zu, not %zu)"), again.pdf.len, first);
        tell_parts(p, &again.pdf);
    }
    buf_clear(&again.pdf);
}
