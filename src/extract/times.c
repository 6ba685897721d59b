/* extract/times.c -- the times that a passage names.
 *
 * One look at each token: a moment ("quý III/2024", "6 tháng đầu năm 2023",
 * "15/7/2024") is read by its noun or its figures, two moments joined by "-" or
 * "đến" are a stretch.  What a time is good for (a deadline, the day of a
 * meeting, what is compared with) is told by the words before it. */
#include "extract/passage.h"

#include <string.h>

static bool whole(const struct passage *p, size_t i, int least, int most)
{
    return i < p->n && p->t[i].kind == TOKEN_NUMERAL && !p->t[i].decimals && !p->t[i].grouped &&
           p->t[i].value >= least && p->t[i].value <= most;
}

static bool is_year(const struct passage *p, size_t i)
{
    return whole(p, i, 1975, 2075) && p->t[i].digits == 4;
}

static int value_at(const struct passage *p, size_t i)
{
    return (int)p->t[i].value;
}

static int roman_at(const struct passage *p, size_t i)
{
    static const char *const names[] = { "i", "ii", "iii", "iv" };
    for (int k = 0; k < 4; k++)
        if (token_word(p, i, names[k]))
            return k + 1;
    return whole(p, i, 1, 4) ? value_at(p, i) : 0;
}

/* [năm] YYYY or /YYYY or -YYYY behind a month or quarter; the year, or 0. Moves *i behind it. */
static int year_behind(const struct passage *p, size_t *i)
{
    size_t at = *i;
    if (token_is(p, at, '/') || (token_is(p, at, '-') && is_year(p, at + 1) && !token_is(p, at + 2, '-')) ||
        token_is(p, at, '.'))
        at++;
    else if (token_is(p, at, ',') && token_word(p, at + 1, "nAm"))
        at += 2;
    else if (token_word(p, at, "nAm"))
        at++;
    if (!is_year(p, at))
        return 0;
    *i = at + 1;
    return value_at(p, at);
}

/* D/M/Y, D-M-Y, D.M.Y or D/M. */
static bool day_figures(const struct passage *p, size_t i, bool led, struct moment *m, size_t *end)
{
    uint32_t mark = i + 1 < p->n && p->t[i + 1].kind == TOKEN_MARK ? p->t[i + 1].word : 0;

    if (!whole(p, i, 1, 31) || (mark != '/' && mark != '-' && mark != '.') || !whole(p, i + 2, 1, 12))
        return false;
    if (token_is(p, i + 3, mark) && is_year(p, i + 4)) {
        *m = (struct moment){ (short)value_at(p, i + 4), (short)value_at(p, i + 2), (short)value_at(p, i), 'D' };
        *end = i + 5;
        return true;
    }
    bool closed = mark == '/' || (!p->t[i + 1].spaced && !p->t[i + 2].spaced); /* "ngày 8-5", "8.5" */
    if (!led || !closed || token_is(p, i + 3, '%'))
        return false;
    *m = (struct moment){ 0, (short)value_at(p, i + 2), (short)value_at(p, i), 'D' };
    *end = i + 3;
    return true;
}

/* D tháng M [năm Y] */
static bool day_words(const struct passage *p, size_t i, struct moment *m, size_t *end)
{
    if (!whole(p, i, 1, 31) || !token_word(p, i + 1, "thang'") || !whole(p, i + 2, 1, 12))
        return false;
    *end = i + 3;
    int year = year_behind(p, end);
    *m = (struct moment){ (short)year, (short)value_at(p, i + 2), (short)value_at(p, i), 'D' };
    return true;
}

/* Months 1 to n ("9 tháng đầu năm 2023"), as half or quarter where it is one. */
static struct moment first_months(int n, int year)
{
    if (n == 6)
        return (struct moment){ (short)year, 1, 0, 'H' };
    if (n == 3)
        return (struct moment){ (short)year, 1, 0, 'Q' };
    if (n == 12)
        return (struct moment){ (short)year, 0, 0, 'Y' };
    return (struct moment){ (short)year, 1, (short)n, 'S' };
}

/* Small numbers in words before "tháng": "sáu tháng", "chín tháng". */
static int small_number(const struct passage *p, size_t i)
{
    uint32_t end;
    if (whole(p, i, 1, 12))
        return value_at(p, i);
    const struct sense *s = sense_at(p, i, SENSE_NUMBER_WORD, &end);
    return s && end == i + 1 && s->value >= 2 && s->value <= 10 ? (int)s->value : 0;
}

/* "thu ngân sách 6 tháng ước đạt", "tính chung 9 tháng tăng 6,9%": may be the first months of the year spoken of;
 * "sau 6 tháng triển khai", "thời hạn 6 tháng" are stretches. */
static bool bare_months(const struct passage *p, size_t i, size_t end)
{
    static const char *const stretch[] = { "sau",    "han.", "mOi~", "trEn",  "dUQi'", "tU`",
                                           "trUQc'", "qua'", "them", "lUQng", "suOt'" };
    static const char *const goes_on[] = { "UQc'", "Dat.", "cua?", "tAng",  "giam?", "va`",
                                           "nay",  "co'",  "la`",  "tinh?", "toan`", "ca?" };
    if (i > 0 && TOKEN_ANY(p, i - 1, stretch))
        return false;
    if (end >= p->n || token_is(p, end, ',') || token_is(p, end, '.') || token_is(p, end, ';'))
        return true;
    return TOKEN_ANY(p, end, goes_on);
}

/* N tháng đầu|cuối năm [Y]; N tháng [năm] Y; N tháng */
static bool run_of_months(const struct passage *p, size_t i, struct moment *m, size_t *end)
{
    int n = small_number(p, i);
    if (!n || !token_word(p, i + 1, "thang'"))
        return false;
    size_t at = i + 2;
    bool first = token_word(p, at, "DXu`"), last = token_word(p, at, "cuOi'");
    if ((first || last) && token_word(p, at + 1, "nAm")) {
        at += 2;
        if (token_word(p, at, "nay"))
            at++;
        int year = is_year(p, at) ? value_at(p, at++) : 0;
        *m = first ? first_months(n, year) : n == 6 ? (struct moment){ (short)year, 2, 0, 'H' }
                   : n == 3 ? (struct moment){ (short)year, 4, 0, 'Q' }
                            : (struct moment){ (short)year, (short)(13 - n), 12, 'S' };
        *end = at;
        return true;
    }
    if (first || last)
        at++;
    int year = year_behind(p, &at);
    if (!year && token_word(p, at, "nAm") && token_word(p, at + 1, "nay"))
        at += 2;
    else if (!year && (at > i + 2 || !bare_months(p, i, at)))
        return false;
    if (n < 2)
        return false;
    *m = first_months(n, year);
    *end = at;
    return true;
}

static bool half_year(const struct passage *p, size_t i, struct moment *m, size_t *end)
{
    uint32_t after;
    const struct sense *s = sense_at(p, i, SENSE_HALF, &after);
    if (!s)
        return false;
    *end = after;
    int year = is_year(p, *end) ? value_at(p, (*end)++) : 0;
    *m = (struct moment){ (short)year, (short)s->value, 0, 'H' };
    return true;
}

static bool month_or_quarter(const struct passage *p, size_t i, struct moment *m, size_t *end)
{
    uint32_t after;
    if (sense_at(p, i, SENSE_MONTH, &after) && whole(p, after, 1, 12)) {
        int month = value_at(p, after);
        *end = after + 1;
        /* "tháng 11-12/2020": the months are one stretch. */
        if (token_is(p, *end, '-') && whole(p, *end + 1, month + 1, 12) && token_is(p, *end + 2, '/')) {
            int last = value_at(p, *end + 1);
            size_t at = *end + 2;
            int year = year_behind(p, &at);
            *m = (struct moment){ (short)year, (short)month, (short)last, 'S' };
            *end = at;
            return year > 0;
        }
        *m = (struct moment){ 0, (short)month, 0, 'M' };
        m->year = (short)year_behind(p, end);
        return true;
    }
    if (sense_at(p, i, SENSE_QUARTER, &after) && roman_at(p, after)) {
        int quarter = roman_at(p, after);
        *end = after + 1;
        *m = (struct moment){ 0, (short)quarter, 0, 'Q' };
        m->year = (short)year_behind(p, end);
        return true;
    }
    return false;
}

/* M/YYYY without its noun. */
static bool bare_month(const struct passage *p, size_t i, struct moment *m, size_t *end)
{
    if (!whole(p, i, 1, 12) || p->t[i].digits > 2 || !token_is(p, i + 1, '/') || p->t[i + 1].spaced ||
        !is_year(p, i + 2))
        return false;
    *m = (struct moment){ (short)value_at(p, i + 2), (short)value_at(p, i), 0, 'M' };
    *end = i + 3;
    return true;
}

static bool year_moment(const struct passage *p, size_t i, struct moment *m, size_t *end)
{
    uint32_t after = (uint32_t)i, noun;
    bool led = sense_at(p, i, SENSE_YEAR, &after) != NULL;

    if (!is_year(p, after) || p->taken[after] & TAKEN_TIME)
        return false;
    bool named = after > 0 && p->t[after - 1].kind == TOKEN_WORD && p->t[after - 1].caps; /* "PCI 2023 lần lượt" */
    if (!led && !named && sense_at(p, after + 1, SENSE_NOUN, &noun) && !token_is(p, after + 1, '-'))
        return false; /* "2024 hồ sơ" */
    if (!led && (token_is(p, after + 1, '%') || token_is(p, after + 1, '/')))
        return false;
    *m = (struct moment){ (short)value_at(p, after), 0, 0, 'Y' };
    *end = after + 1;
    return true;
}

static bool moment_at(const struct passage *p, size_t i, struct moment *m, size_t *end)
{
    enum { DAY_PARTS = 5 };
    static const char *const day_parts[DAY_PARTS] = { "ngay`", "sang'", "trua", "chiEu`", "tOi'" };
    const uint64_t begins = (uint64_t)1 << SENSE_NUMBER_WORD | (uint64_t)1 << SENSE_HALF | (uint64_t)1 << SENSE_MONTH |
                            (uint64_t)1 << SENSE_QUARTER | (uint64_t)1 << SENSE_YEAR;
    size_t at = i;
    bool led = false;
    if (i >= p->n)
        return false; /* "31/05/2023 -" at the end */
    if (p->t[i].kind != TOKEN_NUMERAL && p->hit_at[i] == p->hit_at[i + 1])
        return false; /* neither a figure nor a word that any list knows */
    for (int k = 0; k < DAY_PARTS && !led; k++)
        led = token_word(p, i, day_parts[k]);
    if (!led && p->t[i].kind != TOKEN_NUMERAL && !(p->roles[i] & begins))
        return false; /* nor one that a time begins with */
    bool until = !led && i > 1 && token_word(p, i - 1, "DEn'") && token_word(p, i - 2, "tinh'"); /* "tính đến 8-5" */
    if (led)
        at++;
    if (day_figures(p, at, led || until, m, end) || (led && day_words(p, at, m, end)) || day_words(p, at, m, end))
        return true;
    if (led)
        return false;
    return run_of_months(p, i, m, end) || half_year(p, i, m, end) || month_or_quarter(p, i, m, end) ||
           bare_month(p, i, m, end) || year_moment(p, i, m, end);
}

/* "-", "đến", "đến hết", "tới" between two moments. */
static bool joined(const struct passage *p, size_t i, size_t *next)
{
    uint32_t end;
    if (token_is(p, i, '-')) {
        *next = i + 1;
        return true;
    }
    if (sense_at(p, i, SENSE_UNTIL, &end) && (token_word(p, i, "DEn'") || token_word(p, i, "tQi'"))) {
        *next = end;
        return true;
    }
    return false;
}

/* "bằng 205,6% số hồ sơ của quý I năm 2022": what the rate is measured by. */
static bool measures_rate(const struct passage *p, const struct when *w, size_t from)
{
    size_t i = w->first;
    if (i < 2 || !(token_word(p, i - 1, "cua?") || (token_word(p, i - 1, "ca?") && token_word(p, i - 2, "cua?"))))
        return false;
    for (size_t k = 0; i-- > from && k < 16 && !token_is(p, i, ',') && !token_is(p, i, ';'); k++)
        if (token_is(p, i, '%'))
            for (size_t j = i; j-- > from && i - j < 5;)
                if (token_word(p, j, "bAng`") || token_word(p, j, "gXp'"))
                    return true;
    return false;
}

static void describe(struct passage *p, struct when *w)
{
    uint32_t first;
    size_t from = w->first > 8 ? w->first - 8 : 0;
    const struct sentence *s = sentence_of(p, w->first);
    if (s && from < s->first)
        from = s->first;
    w->until = sense_before(p, w->first, SENSE_UNTIL, &first) != NULL;
    w->since = sense_before(p, w->first, SENSE_SINCE, &first) != NULL;
    w->span = sense_before(p, w->first, SENSE_SPAN, &first) != NULL;
    size_t words = w->first; /* back over words alone, at most six */
    while (words > from && words + 6 > w->first && p->t[words - 1].kind == TOKEN_WORD)
        words--;
    w->compare = sense_within(p, words, w->first, SENSE_COMPARE) || measures_rate(p, w, s ? s->first : 0) ||
                 (w->first > 0 && token_word(p, w->first - 1, "hQn")); /* "cao hơn năm 2022" */
    bool apart = w->span && sense_before(p, w->first, SENSE_SPAN, &first) && first > 0 &&
                 token_is(p, first - 1, ','); /* "..., giai đoạn 2017-2023, ..." */
    for (size_t i = from; i < w->first && !apart; i++)
        if (p->taken[i] & TAKEN_DOCUMENT)
            w->document = true;
    /* "tháng 01/2025 (từ ngày 15/12 đến ngày 14/01)": only says what the month is. */
    for (size_t i = w->first; i-- > from;) {
        bool aside = token_is(p, i, '(') && i > 0 && p->taken[i - 1] & TAKEN_TIME;
        if (aside && p->n_times && token_word(p, i + 1, "tinh'") && token_word(p, i + 2, "DEn'"))
            p->times[p->n_times - 1].document = true; /* "năm 2022 (tính đến ngày 23/8/2022)": the day counts */
        else if (aside)
            w->document = true;
        if (p->t[i].kind != TOKEN_WORD && p->t[i].kind != TOKEN_NUMERAL && !token_is(p, i, '/') && !token_is(p, i, '-'))
            break;
    }
    if (w->first > 1 && token_word(p, w->first - 1, "ki`") && token_word(p, w->first - 2, "thUQng`"))
        w->document = true; /* "phiên họp thường kỳ tháng 6": when people met */
    char grain = w->to.grain ? w->to.grain : w->from.grain;
    w->bare = !w->from.year && !w->to.grain && token_word(p, w->end - 1, "thang'") && w->end - w->first == 2;
    bool day = grain == 'D' && !w->to.grain;
    w->event = day && !w->until && !w->since;
    if (day && w->until && w->first > 0 && token_word(p, w->first - 1, "vao`"))
        w->event = true;
}

/* Numbers and symbols of documents: "số 57-NQ/TW", "222/KH-UBND", "Đề án 06". */
static void mark_documents(struct passage *p)
{
    for (size_t i = 0; i < p->n; i++) {
        if (p->t[i].kind != TOKEN_NUMERAL)
            continue;
        size_t j = i + 1;
        bool symbol = false;
        while (j + 1 < p->n && (token_is(p, j, '/') || token_is(p, j, '-')) && !p->t[j].spaced && !p->t[j + 1].spaced) {
            if (p->t[j + 1].kind == TOKEN_WORD && p->t[j + 1].upper)
                symbol = true;
            else if (!is_year(p, j + 1) || token_is(p, j, '-'))
                break;
            j += 2;
        }
        /* "57-NQ/TW", but "12/63 tỉnh" is none, nor "15/7 Thủ tướng" */
        if (symbol) {
            for (size_t k = i; k < j && k < p->n; k++)
                p->taken[k] |= TAKEN_DOCUMENT;
        }
    }
}

void times_find(struct passage *p)
{
    mark_documents(p);
    for (size_t i = 0; i < p->n;) {
        struct when w = { .first = (uint32_t)i };
        size_t end, next, end2;
        if (p->taken[i] & TAKEN_DOCUMENT || !moment_at(p, i, &w.from, &end)) {
            i++;
            continue;
        }
        if (joined(p, end, &next) && moment_at(p, next, &w.to, &end2)) {
            end = end2;
            if (!w.from.year)
                w.from.year = w.to.year;
        }
        w.end = (uint32_t)end;
        for (size_t k = i; k < end; k++)
            p->taken[k] |= TAKEN_TIME;
        describe(p, &w);
        *ARENA_PUSH(p->a, p->times, p->n_times, p->cap_times) = w;
        i = end;
    }
}

/* Appends "2024", or `mark` and a number ("-H", 1 -> "-H1"; two digits for `wide`). */
static char *put(char *out, const char *mark, int v, bool wide)
{
    while (*mark)
        *out++ = *mark++;
    if (v >= 1000) {
        *out++ = (char)('0' + v / 1000 % 10);
        *out++ = (char)('0' + v / 100 % 10);
    }
    if (wide || v >= 10)
        *out++ = (char)('0' + v / 10 % 10);
    *out++ = (char)('0' + v % 10);
    *out = '\0';
    return out;
}

/* Years have four digits: is_year(). */
static bool moment_print(char out[40], const struct moment *m, int year)
{
    int y = m->year ? m->year : year;
    if (!y)
        return false;
    out = put(out, "", y, true);
    switch (m->grain) {
    case 'H': put(out, "-H", m->a, false); break;
    case 'Q': put(out, "-Q", m->a, false); break;
    case 'M': put(out, "-M", m->a, false); break;
    case 'D': put(put(out, "-", m->a, true), "-", m->b, true); break;
    case 'S': put(put(put(out, "-M", m->a, false), "/", y, true), "-M", m->b, false); break;
    default: break;
    }
    return true;
}

const char *when_period(struct passage *p, const struct when *w, int year)
{
    /* "kể từ ngày 01/9/2023 (đến nay)": open, so the year is all that is told. */
    if (w->since && !w->to.grain && (w->from.grain == 'D' || w->from.grain == 'M') && w->from.year)
        return arena_printf(p->a, "%04d", w->from.year);
    char from[40], to[40] = "";
    if (!moment_print(from, &w->from, year))
        return "";
    if (w->to.grain && w->from.grain != 'S' && w->to.grain != 'S') {
        if (!moment_print(to, &w->to, year))
            return "";
        const char *both = arena_printf(p->a, "%s/%s", from, to);
        struct period check;
        return period_parse(both, &check) ? both : arena_strdup(p->a, to);
    }
    struct period check;
    return period_parse(from, &check) ? arena_strdup(p->a, from) : "";
}
