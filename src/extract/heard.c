/* extract/heard.c -- what a sentence says of times for those that follow. */
#include "extract/finding.h"

#include <string.h>

void hear_spoken(struct discourse *s, const struct finding *f)
{
    if (!*f->period || f->role == FACT_TARGET || f->q->moves || f->then)
        return;
    size_t n = sizeof s->spoken / sizeof *s->spoken;
    s->spoken[s->n_spoken++ % n] =
        (struct spoken_time){ arena_strdup(s->a, f->place), arena_strdup(s->a, f->period), f->choice.code };
}

static int first_months_of(const struct when *w)
{
    if (w->to.grain)
        return 0;
    return w->from.grain == 'H' && w->from.a == 1 ? 6 : w->from.grain == 'S' && w->from.a == 1 ? w->from.b
         : w->from.grain == 'Q' && w->from.a == 1 ? 3 : 0;
}

/* The year that the text gives the same first months further on ("6 tháng đầu năm 2019"); 0. */
static int year_to_come(const struct discourse *s, int months)
{
    for (size_t k = 0; k < s->n_head; k++) {
        const struct passage *p = &s->head[k];
        for (size_t i = 0; i + 4 < p->n; i++)
            if (p->t[i].kind == TOKEN_NUMERAL && p->t[i].value == months && token_word(p, i + 1, "thang'") &&
                token_word(p, i + 2, "DXu`") && token_word(p, i + 3, "nAm") && p->t[i + 4].kind == TOKEN_NUMERAL &&
                p->t[i + 4].value >= 1990 && p->t[i + 4].value < 2100)
                return (int)p->t[i + 4].value;
    }
    return 0;
}

/* "thu ngân sách 9 tháng đạt ...": what was made in them. */
static bool made(const struct passage *p, const struct when *w)
{
    bool since = w->first > 0 && (token_word(p, w->first - 1, "trong") || token_word(p, w->first - 1, "gXn`"));
    return !since && w->first > 1 && p->t[w->first - 1].kind == TOKEN_WORD &&
           (token_word(p, w->end, "Dat.") || token_word(p, w->end, "UQc'"));
}

void settle_times(struct discourse *s, struct passage *p)
{
    for (size_t i = 0; i < p->n_times; i++) {
        struct when *w = &p->times[i];
        const struct sentence *in = sentence_of(p, w->first);
        enum { TITLE_AND_LEAD = 2 };
        if (!w->from.year && !s->year && !s->latest && s->block < TITLE_AND_LEAD && first_months_of(w))
            w->from.year = (short)year_to_come(s, first_months_of(w));
        if (!w->bare)
            continue;
        size_t from = w->first > in->first + 14u ? w->first - 14u : in->first;
        bool reports = sense_within(p, from, w->first, SENSE_REPORT);
        for (size_t k = i + 1; reports && !w->from.year && k < p->n_times && p->times[k].first < in->end; k++)
            w->from.year = p->times[k].from.year; /* "9 tháng và nhiệm vụ những tháng cuối năm 2025" */
        w->document = !(w->from.year || first_months_of(w) == s->months ||
                        ((reports || made(p, w)) && (w->from.year || s->latest)));
    }
}

/* "- ...", "a) ...", "1. ...": an item of a list. */
static bool is_item(const struct passage *p)
{
    if (token_is(p, 0, '-') || token_is(p, 0, '+') || token_is(p, 0, '*'))
        return true;
    return p->n > 1 && (token_is(p, 1, ')') || (token_is(p, 1, '.') && p->t[0].kind == TOKEN_NUMERAL));
}

/* "Theo kết quả công bố năm 2024 ... Cụ thể như sau:": the time of the list that follows. */
void hear_list(struct discourse *s, struct passage *p)
{
    const struct when *only = NULL;
    bool opens = p->n && token_is(p, p->n - 1, ':');
    if (is_item(p))
        return;
    if (p->n)
        s->list_period = "";
    for (size_t i = 0; i < p->n_q; i++)
        opens = opens && (p->q[i].passed || p->q[i].form == FORM_PLAIN);
    for (size_t i = 0; opens && i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (w->compare || w->event || w->document || w->until || w->span || w->since || w->to.grain || !w->from.year)
            continue;
        if (only && only->from.year != w->from.year)
            return;
        only = w;
    }
    if (only)
        s->list_period = arena_strdup(s->a, when_period(p, only, 0));
}

void hear_title(struct discourse *s, struct passage *p)
{
    enum { TITLE_TOKENS = 34 };
    const struct when *only = NULL;
    bool title = s->block == 0 && p->n < TITLE_TOKENS && p->n_s == 1;
    for (size_t i = 0; title && i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (w->compare || w->event || w->document || w->until || w->span || w->since || w->to.grain || !w->from.year || only)
            return;
        only = w;
    }
    if (only)
        s->title_period = arena_strdup(s->a, when_period(p, only, 0));
}

/* A time that holds for what follows: not what is compared with, nor the day of a meeting. */
bool holds(const struct when *w, const struct sentence *in)
{
    return w->first >= in->first && w->first < in->end && !w->compare && !w->event && !w->document;
}

/* Whom a report is about: the country if its sentence names it, else the place spoken of. */
static const char *report_place(const struct discourse *s, const struct passage *p, const struct sentence *in)
{
    for (size_t i = 0; i < p->n_places; i++)
        if (p->places[i].first >= in->first && p->places[i].first < in->end && p->places[i].kind == WHERE_COUNTRY)
            return "Cả nước";
    return *s->home ? s->home : *s->block_place ? s->block_place : "Cả nước";
}

/* "Kế hoạch số 222 ... giai đoạn 2024-2025": its later targets, told by its number, have these years. */
void hear_plan(struct discourse *s, struct passage *p, const struct sentence *in)
{
    const struct when *span = NULL;
    int number = 0;
    for (size_t i = 0; i < p->n_times; i++)
        if (p->times[i].first >= in->first && p->times[i].first < in->end && p->times[i].span && p->times[i].to.grain)
            span = &p->times[i];
    for (size_t i = 0; i < p->n_q; i++) {
        const struct quantity *q = &p->q[i];
        if (q->first < in->first || q->first >= in->end || !q->passed || q->form != FORM_PLAIN || q->value < 1 ||
            q->value > 99999 ||
            !(sense_before(p, q->first, SENSE_DOCUMENT, NULL) || token_word(p, q->first - (q->first > 0), "sO'")))
            continue;
        number = (int)q->value;
        if (number == s->plan && !span && s->plan) {
            s->target = true;
            s->target_period = s->plan_period;
        }
    }
    if (span && number) {
        s->plan = number;
        s->plan_period = arena_strdup(s->a, when_period(p, span, 0));
    }
}

/* "100% (hoàn thành trước ngày 31/7/2023)": a bracket's time is of what stands before it. */
static bool in_aside(const struct passage *p, const struct sentence *in, uint32_t i)
{
    while (i-- > in->first)
        if (token_is(p, i, ')'))
            return false;
        else if (token_is(p, i, '('))
            return true;
    return false;
}

/* "kết quả năm 2024 và quý I/2025": a report of two times is of neither. */
static bool joined_to_another(const struct passage *p, const struct when *w)
{
    for (const struct when *v = p->times; v < p->times + p->n_times; v++)
        if ((v->first == w->end + 1u && token_word(p, w->end, "va`")) ||
            (v->end + 1u == w->first && token_word(p, v->end, "va`")))
            return !v->compare && v->from.grain != w->from.grain;
    return false;
}

/* "Đại hội ... nhiệm kỳ 2025 - 2030": goals without a time of their own are for that term. */
static void hear_term(struct discourse *s, struct passage *p, const struct sentence *in)
{
    for (size_t i = 0; i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (w->first >= in->first && w->first < in->end && w->to.grain && w->first > 1 &&
            token_word(p, w->first - 1, "ki`") && token_word(p, w->first - 2, "nhiEm."))
            s->term = arena_strdup(s->a, when_period(p, w, 0));
    }
}

bool of_index(const struct passage *p, const struct when *w)
{
    static const char *const names[] = { "papi", "pci", "sipas", "index", "pgi", "dti", "pii", "ddci" };
    size_t i = w->first - (w->first > 0 && (token_is(p, w->first - 1, ')') || token_word(p, w->first - 1, "cua?")));
    return i > 0 && w->from.grain == 'Y' && !w->to.grain && TOKEN_ANY(p, i - 1, names);
}

bool clause_ends(const struct passage *p, const struct when *w, uint32_t before)
{
    for (uint32_t i = w->end; i < before; i++)
        if (token_is(p, i, ';'))
            return true;
    return false;
}

/* "Giai đoạn 2017-2023, tỉnh đã giảm ...": years that were. */
static bool opens_sentence(const struct passage *p, const struct sentence *in, const struct when *w)
{
    return !taken_within(p, in->first, w->first, TAKEN_QUANTITY);
}

void hear_time(struct discourse *s, struct passage *p, const struct sentence *in, bool facts, bool targets)
{
    bool report = sense_within(p, in->first, in->end, SENSE_REPORT);
    bool told = false, behind = false, reported = false;
    uint32_t at = in->first;
    hear_term(s, p, in);
    for (size_t i = 0; i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (!holds(w, in))
            continue;
        if (w->from.year && !(targets && w->until))
            s->year = w->to.grain ? w->to.year : w->from.year, s->year_block = s->block;
        if (first_months_of(w) && !w->until && !w->span)
            s->months = first_months_of(w);
        int year = w->to.grain ? w->to.year : w->from.year;
        if (of_index(p, w) && clause_ends(p, w, in->end))
            continue; /* "Chỉ số PAPI năm 2023 giảm 11 bậc; còn 120 hồ sơ quá hạn" */
        bool past = !w->span || (w->to.grain && sense_within(p, w->end, in->end, SENSE_ACHIEVED) && opens_sentence(p, in, w));
        if (!w->until && past && year > s->latest && facts && !targets)
            s->latest = year;
        for (; at < w->first; at++)
            behind = behind || p->taken[at] & TAKEN_QUANTITY;
        bool apart = w->first > in->first + 2u && token_is(p, w->first - 3, ',') &&
                     !behind; /* "..., giai đoạn 2017-2023, tỉnh đã ..." */
        bool opens = w->span && facts && !targets && (w->first <= in->first + 2u || apart);
        const char *period = w->span && !opens ? "" : when_period(p, w, s->year);
        /* The time that opens a sentence holds on; one behind its numbers is theirs alone. */
        if (!*period || (behind && (told || *s->period)))
            continue;
        if (behind && (in_aside(p, in, w->first) || (w->since && !w->to.grain)))
            continue; /* "..., nâng tổng số từ năm 2021 đến nay lên 3.000": a sum of its own */
        if (reported)
            continue; /* "kết quả 8 tháng và nhiệm vụ 4 tháng cuối năm": of what was */
        told = true;
        s->deadline = targets && w->until && w->from.grain == 'Y';
        s->period = arena_strdup(s->a, period);
        if (report && !joined_to_another(p, w) && w->from.grain != 'D' && !w->until && !w->since) {
            reported = !facts;
            s->report = s->period;
            s->report_place = report_place(s, p, in);
        }
    }
}
