/* What may stand where: the tree against the table of words. */
#include "layout/open.h"

#include <string.h>

/* What may stand in `e`, seen through if, for-each and their like. */
static unsigned takes(const struct elem *e)
{
    unsigned t = e->def->takes;
    if (t & LIKE_PARENT) {
        const struct elem *up = e->parent;
        while (up && up->def && (up->def->takes & LIKE_PARENT || up->def->id == E_CHOOSE))
            up = up->parent;
        return up && up->def ? takes(up) : IS_FLOW | IS_VARIABLE;
    }
    if ((t & IS_FLOW) && (t & IS_INLINE)) {
        unsigned rest = t & ~(unsigned)(IS_FLOW | IS_INLINE | TAKES_TEXT);
        return rest | (e->block_content ? IS_FLOW : IS_INLINE | TAKES_TEXT);
    }
    return t;
}

static bool is_blank(const char *s)
{
    return !s[strspn(s, " \t\r\n")];
}

/* True if a box stands in `e`, in whatever branch. */
static bool has_boxes(const struct elem *e)
{
    for (const struct elem *c = e->first; c; c = c->next) {
        const struct element_def *def = c->text ? NULL : vocab_find(c->name, IS_FLOW | IS_BRANCH);
        if (!def)
            continue;
        if ((def->is & IS_FLOW) && !(def->is & IS_INLINE))
            return true;
        if ((def->takes & LIKE_PARENT || def->id == E_CHOOSE) && has_boxes(c))
            return true;
    }
    return false;
}

static const char *names_of(unsigned classes, struct buf *b)
{
    size_t n;
    const struct element_def *all = vocab_elements(&n);
    buf_reset(b);
    for (size_t i = 0; i < n; i++)
        if (all[i].is & classes)
            buf_printf(b, "%s%s", b->len ? ", " : "", all[i].name);
    return b->len ? b->data : NULL;
}

static void unknown_element(struct opening *o, const struct elem *e, unsigned classes)
{
    const char *known[E_COUNT];
    size_t n, used = 0;
    const struct element_def *all = vocab_elements(&n);
    for (size_t i = 0; i < n; i++)
        if (all[i].is & classes)
            known[used++] = all[i].name;
    const char *near = diag_nearest(e->name, known, used);
    struct buf b = { 0 };
    diag_error(o->d, e->at, _("unknown element <%s>"), e->name);
    const char *list = names_of(classes, &b);
    if (near)
        diag_expected(o->d, _("one of %s; the nearest is <%s>"), list, near);
    else if (list)
        diag_expected(o->d, _("one of %s"), list);
    else
        diag_expected(o->d, _("no element inside <%s>"), e->parent ? e->parent->name : "");
    buf_clear(&b);
}

static void check_attributes(struct opening *o, struct elem *e)
{
    for (size_t i = 0; i < e->n_attrs; i++) {
        struct attr *a = &e->attrs[i];
        a->def = vocab_attr(e->def, a->at.attribute);
        if (a->def)
            continue;
        const char *known[A_COUNT];
        size_t n = 0;
        for (const struct attr_def *def = e->def->attrs; def->name; def++)
            known[n++] = def->name;
        const char *near = diag_nearest(a->at.attribute, known, n);
        struct buf b = { 0 };
        for (size_t k = 0; k < n; k++)
            buf_printf(&b, "%s%s", k ? ", " : "", known[k]);
        diag_error(o->d, a->at, _("unknown attribute \"%s\""), a->at.attribute);
        if (near)
            diag_expected(o->d, _("\"%s\", the nearest of its attributes"), near);
        else
            diag_expected(o->d, "%s", n ? b.data : _("none"));
        buf_clear(&b);
    }
    for (const struct attr_def *def = e->def->attrs; def->name; def++) {
        if (!def->required)
            continue;
        size_t i = 0;
        while (i < e->n_attrs && e->attrs[i].def != def)
            i++;
        if (i == e->n_attrs) {
            diag_error(o->d, e->at, _("the attribute \"%s\" is missing"), def->name);
            diag_expected(o->d, "%s=\"...\"", def->name);
        }
    }
}

void check_structure(struct opening *o, struct elem *e)
{
    unsigned t;
    check_attributes(o, e);
    e->block_content = has_boxes(e);
    t = takes(e);
    for (struct elem *c = e->first; c; c = c->next) {
        if (c->text) {
            if (!(t & TAKES_TEXT) && !is_blank(c->text)) {
                struct buf b = { 0 };
                const char *list = names_of(t, &b);
                diag_error(o->d, c->at, _("characters outside a paragraph"));
                diag_expected(o->d, list ? _("a <text> around them; <%s> takes %s") : "%s", e->name, list);
                buf_clear(&b);
            }
            continue;
        }
        c->def = vocab_find(c->name, t);
        if (!c->def) {
            unknown_element(o, c, t);
            continue;
        }
        if (!(c->def->is & t)) {
            struct buf b = { 0 };
            const char *list = names_of(t, &b);
            diag_error(o->d, c->at, _("<%s> cannot stand in <%s>%s"), c->name, e->name,
                       e->block_content && (c->def->is & IS_INLINE) ? _(" beside blocks") : "");
            diag_expected(o->d, "%s", list ? list : _("nothing inside it"));
            buf_clear(&b);
        }
        check_structure(o, c);
    }
}
