/* extract/passage.c -- tokens, phrases and sentences of a block. */
#include "extract/passage.h"

#include <string.h>

static void find_hits(struct passage *p)
{
    p->hit_at = arena_array(p->a, uint32_t, p->n + 1);
    p->roles = arena_array(p->a, uint64_t, p->n + 1);
    p->cap_hits = p->n + 16;
    p->hits = arena_array(p->a, struct hit, p->cap_hits);
    for (size_t i = 0; i < p->n; i++) {
        struct hit found[16];
        p->hit_at[i] = (uint32_t)p->n_hits;
        size_t k = lexicon_hits(p->x, p->t, p->n, i, found, sizeof found / sizeof *found);
        for (size_t j = 0; j < k; j++)
            *ARENA_PUSH(p->a, p->hits, p->n_hits, p->cap_hits) = found[j], p->roles[i] |= found[j].roles;
    }
    p->hit_at[p->n] = (uint32_t)p->n_hits;
}

static bool stops(const struct passage *p, size_t i)
{
    const struct token *t = &p->t[i];
    if (t->kind != TOKEN_MARK || (t->word != '.' && t->word != '!' && t->word != '?'))
        return false;
    if (i + 1 >= p->n)
        return true;
    const struct token *next = &p->t[i + 1];
    if (!next->spaced)
        return false;
    /* "1. Về ...": the number of a list item ends no sentence. */
    if (i >= 1 && p->t[i - 1].kind == TOKEN_NUMERAL && (i == 1 || stops(p, i - 2)))
        return false;
    return next->kind != TOKEN_WORD || next->upper;
}

/* No person writes such sentences; a list without full stops is cut at a mark, so that the look around
 * each number stays bounded. */
static bool too_long(const struct passage *p, size_t first, size_t i)
{
    enum { CUT_AT_MARK = 500, CUT_ANYWHERE = 800 };
    return i - first >= CUT_ANYWHERE || (i - first >= CUT_AT_MARK && (token_is(p, i, ';') || token_is(p, i, ',')));
}

static void cut_sentences(struct passage *p)
{
    uint32_t first = 0;
    for (size_t i = 0; i < p->n; i++)
        if (stops(p, i) || i + 1 == p->n || too_long(p, first, i)) {
            *ARENA_PUSH(p->a, p->s, p->n_s, p->cap_s) = (struct sentence){ first, (uint32_t)i + 1 };
            first = (uint32_t)i + 1;
        }
}

/* Brackets inside one sentence; one that is never closed holds nothing. */
static void find_asides(struct passage *p)
{
    p->aside = arena_array(p->a, uint32_t, p->n + 1);
    for (size_t k = 0; k < p->n_s; k++) {
        size_t open = SIZE_MAX;
        for (uint32_t i = p->s[k].first; i < p->s[k].end; i++) {
            if (p->t[i].kind != TOKEN_MARK)
                continue;
            if (p->t[i].word == '(')
                open = i;
            if (p->t[i].word != ')')
                continue;
            for (size_t t = open; t < i; t++)
                p->aside[t] = i;
            open = SIZE_MAX;
        }
    }
}

void passage_read(struct passage *p, const struct lexicon *x, const char *text, size_t *at, size_t end,
                  struct arena *a)
{
    struct words w = { .text = text, .at = *at, .end = end };
    struct token t;

    *p = (struct passage){ .x = x, .a = a, .text = text };
    p->cap = (end - *at) / 4 + 16; /* more tokens than nearly every text has */
    p->cap = p->cap < PASSAGE_MAX ? p->cap : PASSAGE_MAX;
    p->t = arena_array(a, struct token, p->cap);
    while (p->n < PASSAGE_MAX && words_next(&w, &t)) {
        if (t.kind == TOKEN_WORD)
            t.word = lexicon_word(x, w.fold, w.fold_len);
        *ARENA_PUSH(a, p->t, p->n, p->cap) = t;
    }
    *at = p->n < PASSAGE_MAX ? end : w.at;
    p->taken = arena_array(a, uint8_t, p->n + 1);
    find_hits(p);
    cut_sentences(p);
    find_asides(p);
}

void passage_again(struct passage *p, const struct passage *read, struct arena *a)
{
    *p = (struct passage){ .x = read->x, .a = a, .text = read->text, .t = read->t, .n = read->n, .cap = read->cap,
                           .hits = read->hits, .n_hits = read->n_hits, .cap_hits = read->cap_hits, .hit_at = read->hit_at,
                           .roles = read->roles, .aside = read->aside, .s = read->s, .n_s = read->n_s, .cap_s = read->cap_s };
    p->taken = arena_array(a, uint8_t, p->n + 1);
}

static const struct sense *sense_of(const struct sense *s, enum sense_role role)
{
    while (s && s->role != role)
        s = s->next;
    return s;
}

const struct sense *sense_found(const struct passage *p, size_t i, enum sense_role role, uint32_t *end)
{
    for (uint32_t k = p->hit_at[i + 1]; k > p->hit_at[i]; k--) {
        const struct sense *s = sense_of(p->hits[k - 1].senses, role);
        if (s) {
            if (end)
                *end = p->hits[k - 1].end;
            return s;
        }
    }
    return NULL;
}

enum { LOOK_BACK = 10 }; /* tokens of the longest phrase that is looked for backwards */

const struct sense *sense_before(const struct passage *p, size_t i, enum sense_role role, uint32_t *first)
{
    size_t from = i > LOOK_BACK ? i - LOOK_BACK : 0;
    for (size_t at = from; at < i && at < p->n; at++)
        for (uint32_t k = p->hit_at[at]; p->roles[at] >> role & 1 && k < p->hit_at[at + 1]; k++) {
            const struct sense *s = p->hits[k].end == i ? sense_of(p->hits[k].senses, role) : NULL;
            if (s) {
                if (first)
                    *first = (uint32_t)at;
                return s;
            }
        }
    return NULL;
}

bool sense_within(const struct passage *p, size_t from, size_t to, enum sense_role role)
{
    for (size_t i = from; i < to && i < p->n; i++)
        for (uint32_t k = p->hit_at[i]; p->roles[i] >> role & 1 && k < p->hit_at[i + 1]; k++)
            if (p->hits[k].end <= to && sense_of(p->hits[k].senses, role))
                return true;
    return false;
}

bool token_folds(const struct passage *p, size_t i, const char *fold, size_t n)
{
    if (p->t[i].word)
        return !memcmp(lexicon_fold(p->x, p->t[i].word), fold, n); /* as long: token_word() saw to it */
    char own[FOLD_MAX]; /* a word of no list */
    return word_fold(p->text + p->t[i].start, p->t[i].end - p->t[i].start, own) == n && !memcmp(own, fold, n);
}

const struct sentence *sentence_of(const struct passage *p, size_t token)
{
    size_t lo = 0, hi = p->n_s;
    while (lo + 1 < hi) {
        size_t mid = (lo + hi) / 2;
        if (p->s[mid].first <= token)
            lo = mid;
        else
            hi = mid;
    }
    return p->n_s ? &p->s[lo] : NULL;
}

static bool is_bullet(const struct passage *p, size_t i)
{
    static const uint32_t bullets[] = { '-', '+', '*', 0x2013, 0x2014, 0x2022, 0x00B7, 0x25CF, 0x25AA, 0x25E6, 0x27A2 };
    for (size_t k = 0; k < sizeof bullets / sizeof *bullets; k++)
        if (token_is(p, i, bullets[k]))
            return p->t[i].end < p->t[i + 1].start || !token_numeral(p, i + 1); /* "-5 %" is a number */
    return false;
}

size_t sentence_words(const struct passage *p, const struct sentence *in)
{
    size_t i = in->first;
    while (i + 1 < in->end && is_bullet(p, i))
        i++;
    return p->t[i].start;
}
