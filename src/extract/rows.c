/* extract/rows.c -- places in a row, and one number, or a row of them, said of all ("A, B và C lần lượt đạt ..."). */
#include "extract/finding.h"

#include <string.h>

/* "A và B lần lượt đạt 43,9 điểm và 41,7 điểm": which in the row a number is, from 0; -1 if there is no such row.
 * `at`: where the word stands. */
int row_index(const struct passage *p, const struct quantity *q, uint32_t *at)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = q->lead; in && i-- > in->first;) {
        if (token_is(p, i, ';'))
            return -1;
        if (!token_word(p, i, "lXn`") || !token_word(p, i + 1, "lUQt."))
            continue;
        int k = 0;
        bool aside = false;
        *at = (uint32_t)i;
        for (const struct quantity *b = p->q; b < q; b++) {
            for (size_t t = *at; t < b->first; t++)
                aside = token_is(p, t, '(') || (aside && !token_is(p, t, ')'));
            k += b->first >= i && b->form == q->form && !b->passed && !aside;
        }
        return k;
    }
    return -1;
}

const struct where *place_in_row(const struct passage *p, const struct quantity *q)
{
    uint32_t at;
    int k = row_index(p, q, &at), n = 0;
    const struct where *mine = NULL;
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = 0; k >= 0 && i < p->n_places; i++) {
        const struct where *w = &p->places[i];
        if (w->first < in->first || w->end > at ||
            (w->kind != WHERE_PROVINCE && w->kind != WHERE_UNIT && w->kind != WHERE_AGENCY))
            continue;
        for (uint32_t t = w->end; t < at; t++) /* a number between: another row */
            if (p->taken[t] & TAKEN_QUANTITY && !aside_before(p, t, at))
                goto next;
        if (n++ == k)
            mine = w;
    next:;
    }
    return n >= 2 ? mine : NULL;
}

/* The places of a row ("A, B và C"), of which `last` is the last: the first of them. */
const struct where *row_first(const struct passage *p, const struct where *last)
{
    const struct where *w = last;
    uint32_t from = sentence_of(p, last->first)->first;
    bool ends = false; /* "và" before the last, or "đều", "cùng" behind it */
    for (uint32_t i = last->first, k = 0; i-- > from && k < 4; k++)
        ends = ends || token_word(p, i, "va`");
    for (uint32_t i = last->end; i < last->end + 2u; i++)
        ends = ends || token_word(p, i, "DEu`") || token_word(p, i, "cung`");
    while (ends && w > p->places && w[-1].kind == w->kind && w[-1].first >= from && !w[-1].issuer &&
           strcmp(w[-1].name, w->name)) {
        bool joined = false, same = true;
        for (uint32_t i = w[-1].end; i < w->first; i++) {
            bool between = token_is(p, i, ',') || token_word(p, i, "va`");
            same = same && (between || token_word(p, i, "tinh?") || token_word(p, i, "thanh`") || token_word(p, i, "phO'") ||
                            token_word(p, i, "tp") || token_is(p, i, '.'));
            joined = joined || between;
        }
        if (!same || !joined)
            break;
        w--;
    }
    return w;
}

/* "4 địa phương là A, B và C đạt 100%": told of the four, wherever they are. */
bool counted_row(const struct passage *p, const struct where *first)
{
    enum { BETWEEN = 6 };
    for (const struct quantity *q = p->q; q < p->q + p->n_q && q->first < first->first; q++)
        if (q->noun && q->form == FORM_PLAIN && q->tail <= first->first && first->first - q->tail < BETWEEN &&
            sentence_of(p, q->first) == sentence_of(p, first->first))
            return true;
    return false;
}

/* What is said of all of a row by one number: not a way between two, nor an example. */
static bool said_of_row(const struct passage *p, const struct quantity *q, const struct where *first,
                        const struct where *last)
{
    static const char *const verbs[] = { "DEu`", "cung`", "thuOc.", "Dat.", "la`", "giU~",
                                         "xEp'", "tAng",  "giam?",  "chi?", "co'" };
    enum { VERB_TOKENS = 3 };
    bool acts = false, both = false;
    for (uint32_t i = last->end; i < q->first; i++) {
        if (p->taken[i] & TAKEN_QUANTITY || token_word(p, i, "lUQt.") || token_is(p, i, ';'))
            return false;
        acts = acts || (i < last->end + VERB_TOKENS && TOKEN_ANY(p, i, verbs));
        both = both || token_word(p, i, "DEu`") || token_word(p, i, "cung`");
    }
    if (first->first > 0 && (token_word(p, first->first - 1, "giUa~") || token_word(p, first->first - 1, "nhU")))
        return false;
    return acts && (both || q->form == FORM_PERCENT || q->form == FORM_SCORE || q->form == FORM_RANK);
}

const struct where *joined_place(const struct passage *p, const struct finding *f, const struct where *last)
{
    const struct where *w = f->where, *before = (last ? last : w);
    bool kind = w && (w->kind == WHERE_PROVINCE || w->kind == WHERE_UNIT || w->kind == WHERE_AGENCY);
    if (!kind || w->end > f->q->lead || aside_before(p, w->first, f->q->first))
        return NULL;
    const struct where *first = row_first(p, w);
    return before > first && said_of_row(p, f->q, first, w) ? before - 1 : NULL;
}
