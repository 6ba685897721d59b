/* Are there letters for the words of a layout?  Each character that it writes
 * down (in texts, printed attributes, expressions, and the number formats that
 * they name) is looked for in the face that will set it. */
#include "layout/walk.h"

#include "base/utf8.h"
#include "layout/number.h"
#include "text/nfc.h"

#include <string.h>

struct gap { struct at at; const struct font *face; uint32_t cp; const struct gap *next; };
struct search {
    struct fontlib *fonts;
    const char *words;             /* of the catalog; NULL: those of the layout */
    const struct gap *gaps;        /* told already */
};

static bool known_gap(struct walker *w, struct at at, const struct font *face, uint32_t cp)
{
    struct search *s = w->ctx;
    const struct gap *g = s->gaps;
    while (g && !(g->cp == cp && g->face == face && (s->words || (g->at.line == at.line && g->at.file == at.file))))
        g = g->next;
    if (g)
        return true;
    struct gap *more = arena_new(&w->l->arena, struct gap);
    *more = (struct gap){ at, face, cp, s->gaps };
    s->gaps = more;
    return false;
}

static void tell(struct walker *w, struct at at, const struct style *type, const char *letter, uint32_t cp)
{
    const struct search *s = w->ctx;
    if (s->words)
        diag_warning(w->d, at, _("words of the catalog have \"%s\" (U+%04X), which font family \"%s\" lacks"), letter,
                     (unsigned)cp, type->family);
    else
        diag_error(w->d, at, _("font family \"%s\" has no \"%s\" (U+%04X)"), type->family, letter, (unsigned)cp);
    diag_expected(w->d, _("letters that it has, or a family that has this one"));
}

/* Blanks of all widths and what joins words: HarfBuzz sets them in any face. */
static bool unseen(uint32_t cp)
{
    return cp == 0xA0 || cp == 0xAD || (cp >= 0x2000 && cp <= 0x200F) || cp == 0x202F || cp == 0x205F ||
           (cp >= 0x2060 && cp <= 0x2064) || cp == 0xFEFF;
}

/* Letters as they will be set: composed, and capitals where the style says so. */
static void search(struct walker *w, const char *text, struct at at, const struct style *type)
{
    struct search *s = w->ctx;
    const struct font *face = fontlib_look(s->fonts, type->family, type->weight, type->italic), *in;
    struct buf set = { 0 };
    uint32_t cp;
    if (!face) /* told elsewhere: a family or face that is not there */
        return;
    if (type->uppercase)
        text_upper(text, false, &set);
    else
        buf_str(&set, text);
    for (size_t i = 0, n; i < set.len && (n = utf8_decode(set.data + i, set.len - i, &cp)); i += n) {
        if (cp < 0x80 || unseen(cp))
            continue;
        font_piece(face, set.data + i, n, &in);
        if (font_has(in, cp) || known_gap(w, at, face, cp))
            continue;
        char letter[5] = "";
        utf8_encode(cp, letter);
        tell(w, at, type, letter, cp);
    }
    buf_clear(&set);
}

static void search_nfc(struct walker *w, const char *text, struct at at, const struct style *type)
{
    search(w, text_nfc(&w->l->arena, text), at, type);
}

/* Signs of the number formats that an expression names, and of cut(). */
static void search_formats(struct walker *w, const char *text, struct at at, const struct style *type)
{
    if (strstr(text, "cut("))
        search(w, "…", at, type);
    if (!strstr(text, "num("))
        return;
    for (size_t i = 0; i < w->l->n_formats; i++) {
        const struct number_format *f = &w->l->formats[i];
        size_t n = strlen(f->name);
        const char *p = strstr(text, f->name);
        if (!p || p == text || (p[-1] != '\'' && p[-1] != '"') || p[n] != p[-1])
            continue;
        search_nfc(w, f->minus, at, type);
        search_nfc(w, f->missing, at, type);
        if (f->qualifier == QUALIFIER_SIGN)
            search(w, "≈≥≤", at, type);
    }
}

static bool from_card(const char *text)
{
    return strchr(text, '{') != NULL;
}

static void look(struct walker *w, const char *text, struct at at, const struct style *type)
{
    const struct search *s = w->ctx;
    if (s->words) {
        if (from_card(text))
            search(w, s->words, at, type);
        return;
    }
    search_nfc(w, text, at, type);
    if (from_card(text))
        search_formats(w, text, at, type);
}

static void visit(struct walker *w, const struct elem *e, const struct attr *a, const struct ground *g)
{
    if (a)
        look(w, a->raw, a->at, &g->type);
    for (const struct elem *c = a ? NULL : e->first; c; c = c->next)
        if (c->text)
            look(w, c->text, c->at, &g->type);
}

void check_letters(struct opening *o)
{
    struct search s = { .fonts = o->fonts };
    struct walker w = { .l = o->l, .visit = visit, .ctx = &s, .d = o->d };
    if (o->fonts)
        walk_layout(&w);
}

void layout_check_words(struct layout *l, struct fontlib *fonts, const char *words, struct diag *d)
{
    struct search s = { .fonts = fonts, .words = words };
    struct walker w = { .l = l, .visit = visit, .ctx = &s, .d = d };
    walk_layout(&w);
}
