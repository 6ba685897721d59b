/* Letters of an expression, and what is said of a fault in it. */
#include "layout/reader.h"

#include <string.h>

/* ---- letters ---- */

void reader_blanks(struct reader *r)
{
    r->p += strspn(r->p, " \t\r\n");
}

bool reader_taken(struct reader *r, const char *s)
{
    reader_blanks(r);
    size_t n = strlen(s);
    if (strncmp(r->p, s, n) != 0)
        return false;
    r->p += n;
    return true;
}

bool reader_name_char(char ch)
{
    unsigned char c = (unsigned char)ch;
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' ||
           c >= 0x80;
}

const char *reader_name(struct reader *r)
{
    size_t n = 0;
    reader_blanks(r);
    if ((*r->p >= '0' && *r->p <= '9') || *r->p == '-' || *r->p == '.')
        return NULL;
    while (reader_name_char(r->p[n]))
        n++;
    if (!n)
        return NULL;
    const char *s = arena_strndup(&r->l->arena, r->p, n);
    r->p += n;
    return s;
}

/* ---- faults ---- */

void reader_expected(struct reader *r, const char *word, const char **names, size_t n)
{
    const char *near = diag_nearest(word, names, n);
    struct buf b = { 0 };
    for (size_t i = 0; i < n && b.len < 160; i++)
        buf_printf(&b, "%s%s", i ? ", " : "", names[i]);
    if (near)
        diag_expected(r->d, _("\"%s\", the nearest name"), near);
    else if (n)
        diag_expected(r->d, _("one of %s%s"), b.data, b.len >= 160 ? " ..." : "");
    buf_clear(&b);
}

const char *reader_elements(struct reader *r, card_set_t set)
{
    const char *first = "";
    int n = 0;
    for (int i = 0; i < card_schema_count(); i++)
        if (set >> i & 1 && n++ == 0)
            first = card_schema_name(i);
    return n > 1 ? arena_printf(&r->l->arena, _("<%s> and the like"), first)
         : n == 1 ? arena_printf(&r->l->arena, "<%s>", first) : _("the document");
}

bool reader_fault(struct reader *r)
{
    if (r->told)
        return false;
    r->told = true;
    return true;
}

/* Says which card has it, if another than the layout's own has; false if none. */
static bool expected_entity(struct reader *r, card_set_t from, int element, const char *attribute)
{
    for (enum card_of c = CARD_OF_PLACE; c <= CARD_OF_BOOK; c++) {
        if (attribute ? !card_schema_with(from, attribute, c) : element < 0 || !(card_schema_children(from, c) >> element & 1))
            continue;
        if (c == CARD_OF_PLACE)
            diag_expected(r->d, _("no entity=\"...\" on <layout>: the card of a place has it"));
        else
            diag_expected(r->d, _("entity=\"%s\" on <layout>: that card has it"), c == CARD_OF_BOOK ? "book" : "national");
        return true;
    }
    return false;
}

struct kind reader_no_element(struct reader *r, const char *word, card_set_t from, card_set_t could, bool root)
{
    const char *names[64];
    size_t n = 0;
    if (!reader_fault(r))
        return KIND_UNKNOWN;
    for (int i = 0; i < card_schema_count() && n < 64; i++)
        if (could >> i & 1)
            names[n++] = card_schema_name(i);
    if (card_schema_find(word) < 0)
        diag_error(r->d, r->x->at, _("\"%s\": the card has no element \"%s\""), r->x->text, word);
    else
        diag_error(r->d, r->x->at, _("\"%s\" can never match: no \"%s\" there, at %s"), r->x->text, word,
                   root ? _("the document") : reader_elements(r, from));
    if (expected_entity(r, from, card_schema_find(word), NULL))
        return KIND_UNKNOWN;
    if (card_schema_find(word) < 0 && !diag_nearest(word, names, n)) {
        n = 0;
        for (int i = 0; i < card_schema_count() && n < 64; i++)
            names[n++] = card_schema_name(i);
    }
    reader_expected(r, word, names, n);
    return KIND_UNKNOWN;
}

struct kind reader_no_attribute(struct reader *r, const char *word, card_set_t of)
{
    const char *names[128];
    if (!reader_fault(r))
        return KIND_UNKNOWN;
    size_t n = card_schema_attributes(of, r->env->card, &r->l->arena, names, 128);
    if (!card_schema_with(~(card_set_t)0, word, r->env->card))
        diag_error(r->d, r->x->at, _("\"%s\": the card has no attribute \"%s\""), r->x->text, word);
    else
        diag_error(r->d, r->x->at, _("\"%s\" can never match: %s has no attribute \"%s\""), r->x->text,
                   reader_elements(r, of), word);
    if (!expected_entity(r, of, -1, word))
        reader_expected(r, word, names, n);
    return KIND_UNKNOWN;
}

