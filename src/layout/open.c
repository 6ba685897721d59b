/* Opening a layout: what stands where, what is declared, what every value means.
 *
 * Three walks, so that all faults come in one run and a declaration may stand
 * behind its use: structure (structure.c), declarations (declare.c: colours,
 * then the rest in their order), values of everything else (compile.c). */
#include "layout/open.h"

#include "base/file.h"

#include <stdlib.h>
#include <string.h>

static void check_params(struct opening *o)
{
    for (size_t i = 0; i < o->n_params; i++) {
        const char *names[64];
        size_t n = 0;
        bool there = false;
        for (; n < o->l->n_params && n < 64; n++) {
            names[n] = o->l->params[n].name;
            there |= strcmp(names[n], o->params[i].name) == 0;
        }
        if (there)
            continue;
        const char *near = diag_nearest(o->params[i].name, names, n);
        diag_error(o->d, (struct at){ .file = o->l->path }, _("the layout has no parameter \"%s\""), o->params[i].name);
        if (near)
            diag_expected(o->d, _("a <param> of the layout; the nearest is \"%s\""), near);
    }
}

static void check_root(struct opening *o, struct elem *root)
{
    const struct attr *version = elem_attr(root, A_VERSION);
    bool sequence = false;
    if (version && strcmp(version->raw, "1") != 0) {
        diag_error(o->d, version->at, _("is a layout of version \"%s\"; this program reads version 1"), version->raw);
        diag_expected(o->d, "version=\"1\"");
    }
    for (struct elem *c = root->first; c; c = c->next)
        sequence |= c->def && c->def->id == E_PAGE_SEQUENCE;
    if (!sequence) {
        diag_error(o->d, root->at, _("the layout has no pages"));
        diag_expected(o->d, _("at least one <page-sequence>"));
    }
}

static void defaults(struct layout *l)
{
    l->base = (struct style){ .name = "", .family = "Source Sans 3", .weight = 400, .size = 9.5, .leading = 12,
                              .color = { 0x1A, 0x1A, 0x1A }, .features = FONT_KERN | FONT_LIGA };
}

/* Before values are read: what expressions can meet depends on it. */
static enum card_of card_of(const struct elem *root)
{
    for (size_t i = 0; i < root->n_attrs; i++)
        if (root->attrs[i].def && root->attrs[i].def->id == A_ENTITY)
            return strcmp(root->attrs[i].raw, "national") == 0 ? CARD_OF_COUNTRY
                 : strcmp(root->attrs[i].raw, "book") == 0 ? CARD_OF_BOOK : CARD_OF_PLACE;
    return CARD_OF_PLACE;
}

/* What a reader of the pages would miss; only of a layout that is right so far. */
static void check_all(struct opening *o)
{
    check_contrast(o);
    check_letters(o);
    check_signs(o);
}

static void open_tree(struct opening *o)
{
    struct layout *l = o->l;
    size_t errors = o->d->errors;
    l->root->def = vocab_find(l->root->name, IS_ROOT);
    if (!l->root->def || l->root->def->id != E_LAYOUT) {
        diag_error(o->d, l->root->at, _("the file's root is <%s>"), l->root->name);
        diag_expected(o->d, l->root->def ? _("<layout>; this file can only be included") : "<layout>");
        return;
    }
    check_structure(o, l->root);
    struct env env = { .node = kind_element("the"), .card = card_of(l->root) };
    l->env = &env;
    declare(o, l->root, DECLARE_COLORS);
    declare(o, l->root, DECLARE_PARAMS);
    for (size_t i = 0; i < l->n_params; i++)
        env = with_variable(o, &env, l->params[i].name, (struct kind){ .is = KIND_TEXT });
    declare(o, l->root, DECLARE_REST);
    compile_root(o, &env);
    check_root(o, l->root);
    check_params(o);
    check_reading(o);
    if (o->d->errors == errors)
        check_all(o);
    l->national = elem_choice(l->root, A_ENTITY, 0) == 1;
    l->book = elem_choice(l->root, A_ENTITY, 0) == 2;
    l->on_missing = (enum on_missing)elem_choice(l->root, A_ON_MISSING, MISSING_MARK);
    l->on_overflow = (enum overflow)elem_choice(l->root, A_ON_OVERFLOW, OVERFLOW_ERROR);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const struct layout_param *)a)->name, ((const struct layout_param *)b)->name);
}

/* The last of a name counts, as in declare_param(): the earlier ones are left out. */
static void keep_given(struct layout *l, const struct layout_param *params, size_t n)
{
    struct layout_param *given = arena_array(&l->arena, struct layout_param, n);
    for (size_t i = 0; i < n; i++) {
        bool again = false;
        for (size_t k = i + 1; k < n; k++)
            again |= strcmp(params[i].name, params[k].name) == 0;
        if (!again)
            given[l->n_given++] = (struct layout_param){ arena_strdup(&l->arena, params[i].name),
                                                         arena_strdup(&l->arena, params[i].value) };
    }
    if (l->n_given)
        qsort(given, l->n_given, sizeof *given, by_name);
    l->given = given;
}

struct layout *layout_open(const char *path, const struct layout_param *params, size_t n_params,
                           struct fontlib *fonts, struct diag *d)
{
    struct layout *l = xcalloc(1, sizeof *l);
    struct buf bytes = { 0 };
    size_t errors = d->errors;
    struct opening o = { l, fonts, d, params, n_params };
    defaults(l);
    l->path = arena_strdup(&l->arena, path);
    keep_given(l, params, n_params);
    l->root = tree_read(path, &l->arena, &bytes, d);
    file_sha256(bytes.data ? bytes.data : "", bytes.len, l->hash);
    buf_clear(&bytes);
    if (l->root)
        open_tree(&o);
    xmlXPathFreeContext(l->compiler);
    l->compiler = NULL;
    if (d->errors == errors && l->root)
        return l;
    layout_close(l);
    return NULL;
}

void layout_close(struct layout *l)
{
    if (!l)
        return;
    for (size_t i = 0; i < l->n_compiled; i++)
        xmlXPathFreeCompExpr(l->compiled[i]);
    arena_clear(&l->arena);
    free(l);
}

bool layout_is_national(const struct layout *l)
{
    return l->national;
}

bool layout_is_book(const struct layout *l)
{
    return l->book;
}

const char *layout_hash(const struct layout *l)
{
    return l->hash;
}

const char *layout_path(const struct layout *l)
{
    return l->path;
}

const struct layout_param *layout_params(const struct layout *l, size_t *n)
{
    *n = l->n_given;
    return l->given;
}
