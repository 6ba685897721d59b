/* What readers need who hear the page: headings in their order, words for pictures and links. */
#include "layout/open.h"

#include <string.h>

/* Such readers walk by headings: a level that is left out is a gap. Branches count as all taken. */
static void check_heading(struct opening *o, const struct elem *e, int *level)
{
    int role = e->def->id == E_TEXT || e->def->id == E_BLOCK ? elem_choice(e, A_ROLE, 0) : 0;
    if (role < 1 || role > 4)
        return;
    if (role > *level + 1) {
        if (*level)
            diag_warning(o->d, elem_attr(e, A_ROLE)->at, _("a heading h%d after h%d"), role, *level);
        else
            diag_warning(o->d, elem_attr(e, A_ROLE)->at, _("the first heading of the pages is h%d"), role);
        diag_expected(o->d, "role=\"h%d\"", *level + 1);
    }
    *level = role;
}

static bool is_blank(const char *s)
{
    return !s[strspn(s, " \t\r\n")];
}

static bool names_file(const char *s)
{
    static const char *const ends[] = { ".png", ".jpg", ".jpeg", ".PNG", ".JPG" };
    size_t n = strlen(s);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (n > strlen(ends[i]) && strcmp(s + n - strlen(ends[i]), ends[i]) == 0)
            return true;
    return false;
}

/* alt="" says that an image is decoration; a code or a chart never is. */
static void check_alt(struct opening *o, const struct elem *e)
{
    const struct attr *alt = elem_attr(e, A_ALT);
    if (!alt || !alt->u.text.constant)
        return;
    if (is_blank(alt->raw) && !(e->def->id == E_IMAGE && !*alt->raw)) {
        diag_error(o->d, alt->at, _("the alternative text says nothing"));
        diag_expected(o->d, e->def->id == E_IMAGE ? _("what the picture shows, or alt=\"\" for decoration")
                          : e->def->id == E_CHART ? _("what the chart shows; without alt it is made from the data")
                                                  : _("what the code leads to"));
    } else if (names_file(alt->raw)) {
        diag_warning(o->d, alt->at, _("the alternative text is a file's name"));
        diag_expected(o->d, _("what the picture shows"));
    }
}

static bool has_content(const struct elem *e)
{
    for (const struct elem *c = e->first; c; c = c->next)
        if (c->text ? !is_blank(c->text) : c->def && !(c->def->is & IS_VARIABLE))
            return true;
    return false;
}

static void check(struct opening *o, const struct elem *e, int *level)
{
    for (const struct elem *c = e->first; c; c = c->next) {
        if (!c->def)
            continue;
        check_heading(o, c, level);
        check_alt(o, c);
        if (c->def->id == E_LINK && !has_content(c)) {
            diag_error(o->d, c->at, _("a link without words"));
            diag_expected(o->d, _("words that say where it leads"));
        }
        check(o, c, level);
    }
}

void check_reading(struct opening *o)
{
    for (const struct elem *c = o->l->root->first; c; c = c->next) {
        int level = 0;
        if (c->def && c->def->id == E_PAGE_SEQUENCE)
            check(o, c, &level);
    }
    for (size_t i = 0; i < o->l->n_masters; i++) {
        int level = 4; /* running heads are no part of the reading */
        check(o, o->l->masters[i].elem, &level);
    }
}
