/* extract/level.c -- the level of government inside a place that a number is for. */
#include "extract/finding.h"

#include "extract/indicator.h"

#include <string.h>

/* "cấp tỉnh, huyện, xã lần lượt đạt 97%, 85% và 90%" */
static const char *level_in_row(const struct passage *p, const struct quantity *q)
{
    static const struct {
        const char *word, *level;
    } levels[] = { { "tinh?", "tỉnh" }, { "huyEn.", "huyện" }, { "xa~", "xã" } };
    uint32_t at;
    int k = row_index(p, q, &at), n = 0;
    const char *mine = NULL;
    const struct sentence *in = sentence_of(p, q->first);
    bool told = false;
    for (uint32_t i = in && k >= 0 ? in->first : UINT32_MAX; i < p->n && k >= 0 && i < at; i++) {
        told = told || token_word(p, i, "cXp'");
        if (p->taken[i] & TAKEN_QUANTITY)
            n = 0, mine = NULL, told = false;
        for (size_t l = 0; told && l < 3; l++)
            if (token_word(p, i, levels[l].word) && n++ == k)
                mine = levels[l].level;
    }
    return n >= 2 ? mine : NULL;
}

/* In a bracket behind a sum, its parts have the sum's level: "cấp tỉnh 7.744 hồ sơ (có 6.488 đúng hạn, ...)". */
static bool in_bracket_of(const struct passage *p, const struct quantity *sum, const struct quantity *q)
{
    for (size_t i = sum->end; i < q->first; i++)
        if (token_is(p, i, ';') || token_is(p, i, '.') || (token_is(p, i, ')') && i + 1 < q->first))
            return false;
    return true;
}

/* "cấp tỉnh tiếp nhận 23.233 hồ sơ, với 6.596 hồ sơ trực tuyến": the clause has no subject of its own. */
static bool same_subject(const struct passage *p, const struct quantity *previous, const struct quantity *q)
{
    uint32_t from = previous->tail > previous->end ? previous->tail : previous->end;
    if (from >= q->lead || q->lead - from > 16 || number_first(p, q))
        return false;
    for (size_t i = from; i < q->lead; i++) {
        bool measure = token_word(p, i, "lE.") || token_word(p, i, "sO'") || token_word(p, i, "con`");
        if (measure || p->taken[i] & TAKEN_PLACE || sense_at(p, i, SENSE_NOUN, NULL) || token_is(p, i, '.'))
            return false;
    }
    return true;
}

/* "... ; trong đó cấp huyện tiếp nhận 16 nghìn hồ sơ, giải quyết 15.182 hồ sơ; tỷ lệ đúng hạn đạt 67,58%; cấp xã ...": a
 * level that does something is the subject until another one, or a place, is named. */
static bool level_acts(const struct passage *p, const struct sentence *in, size_t i)
{
    static const char *const leads[] = { "Q?",   "tai.",  "khOi'", "trong", "Do'", "DOi'",
                                         "vQi'", "riEng", "do",    "ubnd",  "cac'" };
    uint32_t end;
    sense_at(p, i, SENSE_LEVEL, &end);
    for (bool led = true; led && i > in->first && !token_is(p, i - 1, ',') && !token_is(p, i - 1, ';') &&
                          !token_is(p, i - 1, ':') && !token_is(p, i - 1, '(');
         i--) {
        led = false;
        led = led || TOKEN_ANY(p, i - 1, leads);
        if (!led)
            return false;
        if (token_word(p, i - 1, "do"))
            break;
    }
    return end < in->end && p->t[end].kind == TOKEN_WORD && !sense_at(p, end, SENSE_REACH, NULL) &&
           !token_word(p, end, "va`") && !token_word(p, end, "la`");
}

/* A level spoken of as such: "thuộc huyện Thới Bình" names a place. */
static const struct sense *level_at(const struct passage *p, size_t i)
{
    uint32_t end;
    const struct sense *s = sense_at(p, i, SENSE_LEVEL, &end);
    return s && end < p->n && p->t[end].kind == TOKEN_WORD && p->t[end].upper && p->taken[end] & TAKEN_PLACE ? NULL : s;
}

static const char *acting_level(const struct passage *p, const struct sentence *in, const struct quantity *q)
{
    size_t from = in ? in->first : q->lead;
    for (size_t i = 0; i < p->n_places; i++)
        if (p->places[i].kind != WHERE_HERE && p->places[i].end <= q->lead && p->places[i].first >= from)
            from = p->places[i].end;
    for (size_t i = q->lead; i-- > from;) {
        const struct sense *level = level_at(p, i);
        if (level)
            return level_acts(p, in, i) ? level->text : "";
    }
    return "";
}

/* "11/11 xã, thị trấn": the units themselves. */
static const char *level_of_units(const struct passage *p, const struct quantity *q)
{
    if (q->form != FORM_PLAIN && q->form != FORM_FRACTION)
        return "";
    return counts_any(q, p->x->nouns.communes) ? "xã" : counts_any(q, p->x->nouns.districts) ? "huyện" : "";
}

const char *find_level(const struct passage *p, const struct quantity *q, const struct quantity *previous,
                       const char *previous_level)
{
    if (*level_of_units(p, q))
        return level_of_units(p, q);
    const struct sense *before = NULL, *after = NULL;
    const struct sentence *in = sentence_of(p, q->first);
    const char *in_row = level_in_row(p, q);
    if (in_row)
        return in_row;
    size_t from = previous && previous->end > (in ? in->first : 0) ? previous->end : in ? in->first : 0;
    bool same = previous && sentence_of(p, previous->first) == in;

    bool row = same && coordinated(p, q) != NULL;
    /* In a row, the level told before its first number is that of all. */
    for (size_t i = row ? previous->lead : q->lead; i-- > (row ? in->first : from) && !before;) {
        if (token_is(p, i, ';'))
            break;
        before = level_at(p, i);
    }
    for (size_t i = q->end; in && i < in->end && !after; i++) {
        if (token_is(p, i, ';') || token_is(p, i, ',') || p->taken[i] & TAKEN_QUANTITY || token_is(p, i, '('))
            break;
        after = level_at(p, i);
    }
    if (after && (!before || q->noun || number_first(p, q)))
        return after->text;
    if (before && (row ? !strcmp(previous_level, before->text) : !(same && number_first(p, q) && !*previous_level)))
        return before->text;
    if (same && *previous_level && !strcmp(level_of_units(p, previous), previous_level))
        return acting_level(p, in, q); /* that of the units counted is theirs alone */
    if (same && same_subject(p, previous, q))
        return previous_level;
    bool bracket = false;
    for (size_t i = in ? in->first : 0; i < q->first; i++)
        bracket = token_is(p, i, '(') || (bracket && !token_is(p, i, ')'));
    if (same && bracket && in_bracket_of(p, previous, q))
        return previous_level;
    return same ? acting_level(p, in, q) : "";
}
