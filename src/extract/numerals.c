/* extract/numerals.c -- a number as it is written, in figures or in words. */
#include "extract/numerals.h"

#include <math.h>

bool percent_sign(const struct passage *p, size_t i, size_t *end)
{
    if (token_is(p, i, '%')) {
        *end = i + 1;
        return true;
    }
    if (token_word(p, i, "phXn`") && token_word(p, i + 1, "trAm")) {
        *end = i + 2;
        return true;
    }
    return false;
}

/* "58.51", its parts with no blank between and no further part ("1.2.3", "12.5.2023"): tokens i to i + 2. */
static bool stop_joins(const struct passage *p, size_t i)
{
    bool joined = token_is(p, i + 1, '.') && !p->t[i + 1].spaced && token_numeral(p, i + 2) && !p->t[i + 2].spaced &&
                  !p->t[i].decimals && !p->t[i].grouped && !p->t[i + 2].decimals && !p->t[i + 2].grouped;
    bool goes_on = (token_is(p, i + 3, '.') || token_is(p, i + 3, '-')) && token_numeral(p, i + 4) && !p->t[i + 3].spaced;
    bool went_on =
        i > 1 && (token_is(p, i - 1, '.') || token_is(p, i - 1, '-')) && !p->t[i].spaced && token_numeral(p, i - 2);
    return joined && !goes_on && !went_on;
}

/* Words before a decimal that say that a value follows, no version, section or day: "đạt 93.77", "lên 43.6". */
static bool value_led(const struct passage *p, size_t i)
{
    static const char *const led[] = { "tU`", "lEn", "xuOng'", "hQn", "trEn", "dUQi'", "gXn`" };
    if (i == 0)
        return false;
    if (TOKEN_ANY(p, i - 1, led))
        return true;
    return sense_before(p, i, SENSE_REACH, NULL) || sense_before(p, i, SENSE_POINT, NULL) ||
           sense_before(p, i, SENSE_UP, NULL) || sense_before(p, i, SENSE_DOWN, NULL);
}

/* A full stop as decimal mark: what stands around must show it. */
static bool stop_decimal(const struct passage *p, size_t i)
{
    if (!stop_joins(p, i) || p->t[i + 2].digits > 4)
        return false;
    bool over = token_is(p, i + 3, '/') && token_numeral(p, i + 4) && !p->t[i + 3].spaced &&
                !(p->taken[i + 4] & (TAKEN_TIME | TAKEN_DOCUMENT));
    bool under = i > 0 && token_is(p, i - 1, '/') && !p->t[i].spaced;
    bool bracket = i > 0 && token_is(p, i - 1, '(') && token_is(p, i + 3, ')') && p->t[i + 2].digits >= 2;
    return over || under || bracket || value_led(p, i);
}

double number_at(const struct passage *p, size_t i, size_t *end)
{
    enum { MOST = 100000 }; /* more is written with thousands dots */
    double v = p->t[i].value;
    size_t unit;

    *end = i + 1;
    bool comma = token_is(p, i + 1, ','), stop = token_is(p, i + 1, '.');
    if ((!comma && !stop) || p->t[i + 1].spaced || !token_numeral(p, i + 2) || p->t[i + 2].decimals || p->t[i].decimals ||
        (stop && p->t[i + 2].spaced))
        return v;
    bool follows = percent_sign(p, i + 3, &unit) || (stop && (sense_at(p, i + 3, SENSE_MULTIPLIER, NULL) ||
                                                              sense_at(p, i + 3, SENSE_POINT, NULL)));
    bool plain = follows && p->t[i + 2].digits <= 2 && v <= 100;
    if (!plain && !(follows && stop_joins(p, i) && v < MOST) && !(v < MOST && stop_decimal(p, i)))
        return v;
    *end = i + 3;
    return v + p->t[i + 2].value / pow(10, p->t[i + 2].digits);
}
struct scale scale_at(const struct passage *p, size_t i, size_t *end)
{
    struct scale s = { .factor = 1 };
    uint32_t after;
    const struct sense *m = sense_at(p, i, SENSE_MULTIPLIER, &after);

    *end = i;
    if (m && !token_word(p, after, "lE.") && !(after == i + 1 && token_word(p, i, "tr") && p->t[i].spaced)) {
        s.factor = m->value;
        s.any = true;
        *end = after;
    }
    const struct sense *c = sense_at(p, *end, SENSE_CURRENCY, &after);
    uint32_t noun = 0;
    sense_at(p, *end, SENSE_NOUN, &noun); /* "4 đồng chí" is no money */
    if (c && noun <= after && !(token_word(p, *end, "D") && p->t[*end].spaced)) {
        s.currency = c;
        *end = after;
    }
    return s;
}

/* ---- in words ---- */

bool words_number(const struct passage *p, size_t i, double *value, size_t *end)
{
    double total = 0, last = -1;
    size_t at = i;
    uint32_t after;

    for (const struct sense *s; (s = sense_at(p, at, SENSE_NUMBER_WORD, &after)) && after == at + 1 && at - i < 8; at++) {
        if (s->value == 0.5)
            break;
        if (s->value == 10 && last > 0 && last < 10)
            total += last * 9, last = 10;
        else if (s->value == 100 && last > 0 && last < 10)
            total += last * 99, last = 100;
        else if (s->value < 10 && last > 0 && last < 10)
            break;
        else
            total += s->value, last = s->value;
    }
    *value = total;
    *end = at;
    return at > i && total > 0;
}

bool words_fraction(const struct passage *p, size_t i, double *value, double *of, size_t *end)
{
    double a, b;
    size_t at;
    if (!words_number(p, i, &a, &at) || at >= p->n)
        return false;
    bool part = token_word(p, at, "phXn`"), out_of = token_word(p, at, "trEn");
    if ((!part && !out_of) || !words_number(p, at + 1, &b, end) || a > b)
        return false;
    if (part && token_word(p, at + 1, "trAm"))
        return false;
    *value = a;
    *of = b;
    return true;
}
