/* extract/qualifier.c -- what bounds a number: "hơn", "tối thiểu", "trở lên", "≥"; and what looks like a bound and is
 * none. */
#include "extract/numerals.h"

/* "tăng từ 45%", "từ 45% lên 78%", "từ mức": where a move began, no bound. */
static bool starts_a_move(const struct passage *p, const struct quantity *q, size_t from)
{
    if (sense_before(p, from, SENSE_UP, NULL) || sense_before(p, from, SENSE_DOWN, NULL) ||
        (from > 0 &&
         (token_word(p, from - 1, "lEn") || token_word(p, from - 1, "mUc'") || token_word(p, from - 1, "xuOng'"))))
        return true;
    for (size_t i = q->end; i < q->end + 12u && i < p->n; i++) {
        if (token_is(p, i, ';') || token_is(p, i, '.') || token_numeral(p, i))
            return false;
        bool to = token_word(p, i, "lEn") || token_word(p, i, "xuOng'") || token_word(p, i, "con`") ||
                  token_word(p, i, "thanh`");
        for (size_t k = i + 1; to && k < i + 5 && k < p->n; k++)
            if (token_numeral(p, k))
                return true;
    }
    return false;
}

/* "≥ 30%", "<5%", "~ 1.200". */
static bool read_sign(const struct passage *p, struct quantity *q)
{
    static const struct { uint32_t mark; enum fact_qualifier is; } signs[] = {
        { 0x2265, FACT_AT_LEAST }, { 0x2A7E, FACT_AT_LEAST }, { 0x2264, FACT_AT_MOST }, { 0x2A7D, FACT_AT_MOST },
        { '>', FACT_OVER }, { '<', FACT_UNDER }, { '~', FACT_ABOUT }, { 0x2248, FACT_ABOUT },
    };
    for (size_t k = 0; q->lead > 0 && k < sizeof signs / sizeof *signs; k++)
        if (token_is(p, q->lead - 1, signs[k].mark)) {
            q->qualifier = signs[k].is;
            q->lead--;
            return true;
        }
    return false;
}

/* "nơi giảm nhiều nhất là 2,94% và ít nhất là 0,21%", "thấp nhất 7,4%": who has most or least; not "giảm ít nhất 30%". */
static bool superlative(const struct passage *p, const struct quantity *q, uint32_t first)
{
    if (!token_word(p, first + 1, "nhXt'"))
        return false;
    if (token_word(p, first, "cao") || token_word(p, first, "thXp'"))
        return true;
    bool is = token_word(p, q->lead - 1, "la`"), most = token_word(p, first, "nhiEu`"), least = token_word(p, first, "it'");
    if (most)
        return first > 0 && (sense_before(p, first, SENSE_UP, NULL) || sense_before(p, first, SENSE_DOWN, NULL) ||
                             token_word(p, first - 1, "DiEm?"));
    if (!least || !is || !p->n_q)
        return false;
    const struct quantity *before = &p->q[p->n_q - 1]; /* "..., ít nhất là": beside one who has most */
    for (size_t i = before->lead > 4 ? before->lead - 4u : 0; i < before->first; i++)
        if (token_word(p, i, "nhXt'"))
            return sentence_of(p, before->first) == sentence_of(p, q->first);
    return false;
}

void read_qualifier(const struct passage *p, struct quantity *q)
{
    uint32_t first;
    if (read_sign(p, q))
        return;
    const struct sense *s = sense_before(p, q->lead, SENSE_QUALIFIER, &first);
    /* "172 doanh nghiệp trên 59 chi cục": where, not how many at least */
    if (s && first + 1 == q->lead && token_word(p, first, "trEn") && p->n_q && p->q[p->n_q - 1].noun &&
        p->q[p->n_q - 1].tail == first)
        s = NULL;
    if (s && superlative(p, q, first)) {
        q->lead = first; /* its value, no bound */
        return;
    }
    if (s && token_word(p, first, "tU`") && starts_a_move(p, q, first)) {
        q->lead = first;
        q->moves = true;
    } else if (s) {
        q->qualifier = (enum fact_qualifier)(int)s->value;
        q->lead = first;
    }
    for (size_t i = q->end; i < q->tail + 4u && i < p->n; i++) {
        const struct sense *after = sense_at(p, i, SENSE_QUALIFIER_AFTER, NULL);
        if (after) {
            q->qualifier = (enum fact_qualifier)(int)after->value;
            break;
        }
        if (p->t[i].kind == TOKEN_NUMERAL || token_is(p, i, ';') || token_is(p, i, ',') || token_is(p, i, '.'))
            break;
    }
}
