/* A page's marked content is found through its form from now on: its numbers
 * (MCID) become references that name sheet and form (ISO 32000-1, 14.7.4.2),
 * and the form has the page's entry in the parent tree.  Handles of libqpdf
 * are given back as we go: a book of communes has millions of elements. */
#include "pdf/restructure.h"

#include <stdlib.h>
#include <string.h>

enum { MAX_DEPTH = 128, MAX_OBJECT = 1 << 25 };

struct walk {
    struct reader *r;
    const struct placed *pages;
    size_t n;
    int *place;        /* object -> index of the page + 1 */
    size_t n_place;
    unsigned char *seen; /* objects of elements, so that a ring of them ends */
    size_t n_seen;
};

static const struct placed *page_of(const struct walk *w, qpdf_oh page)
{
    int id = qpdf_oh_is_dictionary(w->r->q, page) ? qpdf_oh_get_object_id(w->r->q, page) : 0;
    return id > 0 && (size_t)id < w->n_place && w->place[id] ? &w->pages[w->place[id] - 1] : NULL;
}

static const struct placed *page_named(const struct walk *w, qpdf_oh dict)
{
    qpdf_oh pg = file_key(w->r, dict, "/Pg");
    const struct placed *p = page_of(w, pg);
    qpdf_oh_release(w->r->q, pg);
    return p;
}

static bool first_visit(struct walk *w, qpdf_oh element)
{
    int id = qpdf_oh_get_object_id(w->r->q, element);
    if (id <= 0)
        return true; /* direct: it has one parent, and depth is bounded */
    if (id >= MAX_OBJECT)
        return false;
    if ((size_t)id >= w->n_seen) {
        size_t n = 2 * (size_t)id + 1024;
        w->seen = xrealloc(w->seen, n);
        memset(w->seen + w->n_seen, 0, n - w->n_seen);
        w->n_seen = n;
    }
    bool first = !w->seen[id];
    w->seen[id] = 1;
    return first;
}

static void put_new(struct walk *w, qpdf_oh dict, const char *key, qpdf_oh value)
{
    qpdf_oh_replace_key(w->r->q, dict, key, value);
    qpdf_oh_release(w->r->q, value);
}

static qpdf_oh reference_to(struct walk *w, const struct placed *p, long long mcid)
{
    qpdf_data q = w->r->q;
    qpdf_oh mcr = qpdf_oh_new_dictionary(q);
    put_new(w, mcr, "/Type", qpdf_oh_new_name(q, "/MCR"));
    qpdf_oh_replace_key(q, mcr, "/Pg", p->sheet);
    qpdf_oh_replace_key(q, mcr, "/Stm", p->form);
    put_new(w, mcr, "/MCID", qpdf_oh_new_integer(q, mcid));
    return mcr;
}

static bool is_type(struct walk *w, qpdf_oh dict, const char *type)
{
    qpdf_oh name = file_key(w->r, dict, "/Type");
    bool is = qpdf_oh_is_name_and_equals(w->r->q, name, type);
    qpdf_oh_release(w->r->q, name);
    return is;
}

/* A figure's box is told in the page's space (14.8.5.4.3). */
static void move_box(struct walk *w, qpdf_oh attributes, const struct placed *p)
{
    struct reader *r = w->r;
    qpdf_oh box = file_key(r, attributes, "/BBox");
    double at[4], x[2] = { 0, 0 }, y[2] = { 0, 0 };
    char text[160];
    if (file_count(r, box) == 4) {
        for (int i = 0; i < 4; i++) {
            qpdf_oh number = file_item(r, box, i);
            at[i] = qpdf_oh_is_number(r->q, number) ? qpdf_oh_get_numeric_value(r->q, number) : 0;
            qpdf_oh_release(r->q, number);
        }
        for (int i = 0; i < 2; i++) {
            x[i] = p->m[0] * at[2 * i] + p->m[2] * at[2 * i + 1] + p->m[4];
            y[i] = p->m[1] * at[2 * i] + p->m[3] * at[2 * i + 1] + p->m[5];
        }
        int a = x[0] > x[1], b = y[0] > y[1];
        snprintf(text, sizeof text, "[%.3f %.3f %.3f %.3f]", x[a], y[b], x[!a], y[!b]);
        put_new(w, attributes, "/BBox", qpdf_oh_parse(r->q, text));
    }
    qpdf_oh_release(r->q, box);
}

static void move_boxes(struct walk *w, qpdf_oh element, const struct placed *p)
{
    struct reader *r = w->r;
    qpdf_oh attributes = file_key(r, element, "/A");
    if (qpdf_oh_is_dictionary(r->q, attributes))
        move_box(w, attributes, p);
    for (int i = 0, n = file_count(r, attributes); i < n; i++) {
        qpdf_oh one = file_item(r, attributes, i);
        if (qpdf_oh_is_dictionary(r->q, one))
            move_box(w, one, p);
        qpdf_oh_release(r->q, one);
    }
    qpdf_oh_release(r->q, attributes);
}

static void walk_element(struct walk *w, qpdf_oh element, int depth);

/* What stands for one kid now: itself, a new reference, or null for what goes. The
 * handle that comes in is given back, or is the one that goes out. */
static qpdf_oh new_kid(struct walk *w, qpdf_oh kid, const struct placed *own, int depth)
{
    qpdf_data q = w->r->q;
    if (qpdf_oh_is_integer(q, kid)) {
        long long mcid = qpdf_oh_get_int_value(q, kid);
        qpdf_oh_release(q, kid);
        return own ? reference_to(w, own, mcid) : qpdf_oh_new_null(q);
    }
    if (!qpdf_oh_is_dictionary(q, kid) || is_type(w, kid, "/OBJR")) {
        qpdf_oh_release(q, kid);
        return qpdf_oh_new_null(q);
    }
    if (!is_type(w, kid, "/MCR")) {
        walk_element(w, kid, depth + 1);
        return kid;
    }
    const struct placed *p = page_named(w, kid);
    p = p ? p : own;
    if (p) {
        qpdf_oh_replace_key(q, kid, "/Pg", p->sheet);
        if (!qpdf_oh_has_key(q, kid, "/Stm"))
            qpdf_oh_replace_key(q, kid, "/Stm", p->form);
    }
    return kid;
}

static void walk_kids(struct walk *w, qpdf_oh element, const struct placed *own, int depth)
{
    struct reader *r = w->r;
    qpdf_oh kids = file_key(r, element, "/K"), list = qpdf_oh_new_array(r->q);
    int n = qpdf_oh_is_array(r->q, kids) ? file_count(r, kids) : qpdf_oh_is_null(r->q, kids) ? 0 : 1;
    for (int i = 0; i < n; i++) {
        qpdf_oh old = qpdf_oh_is_array(r->q, kids) ? file_item(r, kids, i) : qpdf_oh_new_object(r->q, kids);
        qpdf_oh kid = new_kid(w, old, own, depth);
        if (!qpdf_oh_is_null(r->q, kid))
            qpdf_oh_append_item(r->q, list, kid);
        qpdf_oh_release(r->q, kid);
    }
    if (file_count(r, list))
        qpdf_oh_replace_key(r->q, element, "/K", list);
    else
        qpdf_oh_remove_key(r->q, element, "/K");
    qpdf_oh_release(r->q, list);
    qpdf_oh_release(r->q, kids);
}

/* A link that cannot be pressed is a span, a field that cannot be filled is nothing of its own. */
static void change_role(struct walk *w, qpdf_oh element)
{
    qpdf_oh role = file_key(w->r, element, "/S");
    if (qpdf_oh_is_name_and_equals(w->r->q, role, "/Link"))
        put_new(w, element, "/S", qpdf_oh_new_name(w->r->q, "/Span"));
    else if (qpdf_oh_is_name_and_equals(w->r->q, role, "/Form"))
        put_new(w, element, "/S", qpdf_oh_new_name(w->r->q, "/NonStruct"));
    qpdf_oh_release(w->r->q, role);
}

static void walk_element(struct walk *w, qpdf_oh element, int depth)
{
    qpdf_data q = w->r->q;
    if (depth > MAX_DEPTH || !first_visit(w, element))
        return;
    const struct placed *own = page_named(w, element);
    if (own) {
        move_boxes(w, element, own);
        qpdf_oh_replace_key(q, element, "/Pg", own->sheet);
    }
    qpdf_oh_remove_key(q, element, "/AF");
    change_role(w, element);
    walk_kids(w, element, own, depth);
}

void restructure(struct reader *r, const struct placed *pages, size_t n)
{
    struct walk w = { .r = r, .pages = pages, .n = n };
    qpdf_oh root = file_key(r, qpdf_get_root(r->q), "/StructTreeRoot");
    for (size_t i = 0; i < n; i++)
        if ((size_t)pages[i].object >= w.n_place)
            w.n_place = (size_t)pages[i].object + 1;
    w.place = xcalloc(w.n_place + 1, sizeof *w.place);
    for (size_t i = 0; i < n; i++)
        w.place[pages[i].object] = (int)i + 1;
    if (qpdf_oh_is_dictionary(r->q, root)) {
        walk_kids(&w, root, NULL, 0);
        qpdf_oh_remove_key(r->q, root, "/AF");
    }
    free(w.place);
    free(w.seen);
}
