/* extract/period.c -- the time that a number is about, and what was said of times before. */
#include "extract/finding.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* "34 người trong năm 2021", "42,1 điểm của năm 2022": the time right behind a number. */
static bool adjoins(const struct passage *p, const struct quantity *q, const struct when *w)
{
    uint32_t tail = q->tail > q->end ? q->tail : q->end;
    if (w->first < tail || w->first > tail + 2u || w->until || w->to.grain)
        return false;
    for (uint32_t i = tail; i < w->first; i++)
        if (!token_word(p, i, "trong") && !token_word(p, i, "cua?") && !token_word(p, i, "vao`"))
            return false;
    /* "năm 2021 đạt 97%, năm 2022 ...": no comma lies between, so it is this number's. */
    return true;
}

/* "kế hoạch ... giai đoạn 2021-2025": the years of a plan, not of what was done. */
static bool plan_named(const struct passage *p, const struct sentence *in, const struct when *w)
{
    uint32_t noun = w->first;
    if (w->first <= in->first + 3 || (sense_before(p, w->first, SENSE_SPAN, &noun) && noun > 0 && token_is(p, noun - 1, ',')))
        return false; /* "Thực hiện Nghị quyết số 18, giai đoạn 2017-2023 tỉnh đã ...": a time of its own */
    for (size_t i = w->first; i-- > in->first && w->first - i < 24;) {
        if (token_is(p, i, ';') || token_is(p, i, ':'))
            return false;
        if (sense_at(p, i, SENSE_DOCUMENT, NULL))
            return true;
    }
    return false;
}

/* "kế hoạch vốn năm 2022 chuyển sang năm 2023 đã giải ngân 2,2 tỷ đồng": the year of a plan, not of what was done. */
static bool year_of_plan(const struct passage *p, const struct sentence *in, const struct when *w)
{
    enum { PLAN_TOKENS = 6 };
    if (w->from.grain != 'Y' || w->to.grain)
        return false;
    if (w->first > in->first && (token_word(p, w->first - 1, "sang") || token_word(p, w->first - 1, "dai`")))
        return true;
    for (size_t i = w->first, k = 0; i-- > in->first && k < PLAN_TOKENS; k++) {
        if (token_is(p, i, ',') || token_is(p, i, ';') || p->taken[i] & TAKEN_QUANTITY)
            return false;
        if ((token_word(p, i, "kE'") && token_word(p, i + 1, "hoach.") &&
             !(i > in->first && token_word(p, i - 1, "nAm"))) ||
            (token_word(p, i, "dU.") && token_word(p, i + 1, "toan'")) ||
            (token_word(p, i, "keo'") && token_word(p, i + 1, "dai`")))
            return true;
    }
    return false;
}

/* "535 tỷ đồng, đạt 24% kế hoạch trong ...": the rate beside an amount has its time too. */
static bool share_of(const struct passage *p, const struct quantity *q, size_t at)
{
    const struct quantity *next = q + 1;
    return q->form == FORM_MONEY && next < p->q + p->n_q && next->form == FORM_PERCENT && at >= next->first && at < next->end;
}

/* "so với năm 2022 (80,08%)": a bracket right behind the time compared with tells of that time. */
const struct when *bracket_time(const struct passage *p, const struct quantity *q)
{
    size_t at = q->lead;
    if (at > 0 && at == q->first && (token_word(p, at - 1, "thU'") || token_word(p, at - 1, "hang.")))
        at--;
    if (at < 1 || !token_is(p, at - 1, '('))
        return NULL;
    for (size_t i = 0; i < p->n_times; i++)
        if (p->times[i].end == at - 1 && p->times[i].compare && !p->times[i].to.grain)
            return &p->times[i];
    return NULL;
}

/* "cùng kỳ năm 2019 đạt 41,39%": the level of the time compared with. */
static bool level_then(const struct passage *p, const struct quantity *q, const struct when *w)
{
    bool aside = p->aside[w->first] && p->aside[w->first] == p->aside[q->first];
    if (!w->compare || w->end > q->lead || (q->lead - w->end > 2u && !aside) || w->to.grain || w->first < 2 ||
        !token_word(p, w->first - 1, "ki`") ||
        (w->first > 3 && (token_word(p, w->first - 3, "vQi'") || token_word(p, w->first - 3, "so"))))
        return false;
    bool opens = w->first > 2 && token_is(p, w->first - 3,
                                          '('); /* "(cùng kỳ năm 2022 giải ngân được 1.207 tỷ đồng)": all the bracket */
    for (uint32_t i = w->end; i < q->lead; i++)
        if (!(opens && p->aside[i] && p->aside[i] > q->first) && !sense_at(p, i, SENSE_REACH, NULL) && !token_is(p, i, ':'))
            return false;
    return w->end < q->lead;
}

/* "10% (đến năm 2030 đạt 20%); ...": a bracket's time is that of its own numbers; "(từ 7/12 đến 4/12)" without one
 * says more exactly what stands before it. */
static bool of_aside(const struct passage *p, const struct when *w, size_t at)
{
    return aside_before(p, w->first, at) && taken_within(p, w->end, p->aside[w->first], TAKEN_QUANTITY);
}

static bool is_index(const struct passage *p, const struct finding *f)
{
    return f->choice.code >= 0 && p->x->codes[f->choice.code].index;
}

/* The time that the sentence gives for a quantity: the nearest before it, else one behind it. */
static const struct when *sentence_time(const struct passage *p, const struct finding *f, bool *behind)
{
    const struct quantity *q = f->q;
    const struct sentence *in = sentence_of(p, q->first);
    const struct when *before = NULL, *after = NULL;

    for (size_t i = 0; i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (!in || w->first < in->first || w->first >= in->end || w->compare || w->event || w->document ||
            of_aside(p, w, q->lead))
            continue;
        if (w->span && f->role != FACT_TARGET && (w->first >= q->end || plan_named(p, in, w)))
            continue;
        if (w->end <= q->lead) {
            if (of_index(p, w) && !is_index(p, f) && clause_ends(p, w, q->lead))
                continue;
            if (before && w->since && !w->to.grain && clause_ends(p, w, q->lead))
                continue; /* "..., từ năm 2021 đến nay là 3.000; 108 thủ tục ...": of its own clause alone */
            if (!before || !year_of_plan(p, in, w) || year_of_plan(p, in, before))
                before = w;
        } else if (!after && w->first >= q->end) {
            after = w;
        }
    }
    *behind = true;
    if (after && adjoins(p, q, after))
        return after;
    *behind = false;
    for (size_t i = 0; i < p->n_times; i++)
        if (level_then(p, q, &p->times[i]))
            return &p->times[i];
    if (bracket_time(p, q) && !moved_before(p, q))
        return bracket_time(p, q);
    if (before)
        return before;
    if (!after)
        return NULL;
    for (size_t i = q->end; i < after->first; i++)
        if (token_is(p, i, ';') || i > q->end + 40u ||
            (p->taken[i] & TAKEN_QUANTITY && f->role != FACT_TARGET && !share_of(p, q, i) &&
             (q->form != FORM_PLAIN || i > q->end + 12u)))
            return NULL;
    *behind = true;
    return after;
}

/* A month or a day: what is told "đến nay" goes beyond it. */
static bool short_time(const char *period)
{
    struct period told;
    return period_parse(period, &told) && (told.grain == 'M' || told.grain == 'D');
}

/* "lũy kế", "hiện": what was said before of times holds no more. */
static bool says_now(const struct discourse *s, const struct passage *p, const struct finding *f)
{
    const struct quantity *q = f->q;
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = q->lead; in && i-- > in->first;) {
        if (p->taken[i] & TAKEN_TIME)
            return false;
        if (f->role != FACT_TARGET && (token_word(p, i, "hang`") || token_word(p, i, "hAng`")) && token_word(p, i + 1, "nAm"))
            return true; /* "hàng năm": every year */
        if (token_word(p, i, "luy~"))
            return true;
        bool until_now = (token_word(p, i, "DEn'") || token_word(p, i, "tQi'")) && token_word(p, i + 1, "nay");
        if (until_now && !(p->taken[i] & TAKEN_TIME) && short_time(s->period))
            return true;
        if (q->lead - i > 12 && i > in->first + 3u)
            continue;
        if (token_word(p, i + 1, "nay") && i > in->first + 3u && !token_is(p, i - 1, ','))
            continue;
        if (token_word(p, i, "hiEn.") && !token_word(p, i - (i > 0), "thUc.") && !token_word(p, i - (i > 0), "thE?") &&
            !token_word(p, i + 1, "Dai.") && !token_word(p, i + 1, "thUc."))
            return true;
    }
    return false;
}

/* "96 người; trong đó năm 2021 là 34, năm 2022 là 38": the sum has the years of its parts. */
static const char *parts_period(struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    const struct when *first = NULL, *last = NULL;
    int n = 0;
    for (size_t i = 0; in && i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (w->first < q->end || w->first >= in->end || w->to.grain || w->from.grain != 'Y' || w->compare)
            continue;
        bool part = false; /* "năm 2021 là 34" */
        for (size_t k = w->end; k < w->end + 4u && k < in->end; k++)
            part = part || p->taken[k] & TAKEN_QUANTITY;
        if (!part)
            return "";
        first = first ? first : w;
        last = w;
        n++;
    }
    if (n < 2 || !sense_within(p, q->end, first->first, SENSE_CONTINUE))
        return "";
    return arena_printf(p->a, "%d/%d", first->from.year, last->from.year);
}

/* Whether it flows, so that its number means nothing without a time: files received, handled, late, sent online.
 * A state has none ("100% of the procedures are public"). */
static bool flows(const struct discourse *s, const struct finding *f)
{
    static const char *const files[] = {
        "tthc.ho-so",     "tthc.dung-han",           "tthc.tre-han",        "tthc.so-hoa",       "dvc.ho-so",
        "dvc.thanh-toan", "tai-chinh.thu-ngan-sach", "tai-chinh.giai-ngan", "kt-xh.tang-truong", "kt-xh.dau-tu"
    };
    const struct lexicon_code *code = code_of(s, &f->choice);
    const struct noun_sets *nouns = &s->x->lexicon->nouns;
    bool units =
        s->index >= 0 && !code && counts_any(f->q, nouns->offices | nouns->localities); /* by their class in an index */
    bool counted = units || (code && code->growth && code->label) || (counts_any(f->q, nouns->files) && is_khac(code));
    /* "10 bộ và 29 địa phương có tỷ lệ giải ngân trên 70%": units by a rate that flows */
    if (s->rate >= 0 && is_khac(code) && counts_any(f->q, nouns->units))
        code = &s->x->lexicon->codes[s->rate];
    for (size_t i = 0; code && i < sizeof files / sizeof *files; i++)
        counted = counted || !strncmp(code->code, files[i], strlen(files[i]));
    bool whole = f->q->form == FORM_PERCENT && f->q->value == 100 && !(code && !strcmp(code->code, "tai-chinh.giai-ngan"));
    return counted && !whole && !f->q->moves;
}

/* "Theo ông A, hiện địa phương có ...": a paragraph of its own time. */
static bool opens_now(const struct passage *p)
{
    enum { OPENING = 20 };
    for (size_t i = 0; i < OPENING && i < p->n; i++)
        if (token_word(p, i, "hiEn.") && !token_word(p, i + 1, "Dai.") && !token_word(p, i + 1, "thUc.") &&
            !(i > 0 && (token_word(p, i - 1, "thUc.") || token_word(p, i - 1, "thE?"))))
            return true;
    return false;
}

/* "giá trị sản xuất đạt", "ước thực hiện là": an amount made in a time. */
static bool reached(const struct passage *p, const struct quantity *q)
{
    for (size_t i = q->lead, k = 0; i-- > 0 && k < 4; k++)
        if (token_word(p, i, "Dat.") || token_word(p, i, "UQc'"))
            return true;
    return false;
}

/* "vốn đã giải ngân của 11 dự án thành phần đạt 77,85%": a project has times of its own. */
static bool of_project(const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = in ? in->first : q->lead; i + 1 < q->lead; i++)
        if (token_word(p, i, "dU.") && token_word(p, i + 1, "an'"))
            return true;
    return false;
}

/* The time last told of the place, or of the same rate of another place, by a paragraph before, for what flows; "". */
static const char *flow_period(const struct discourse *s, const struct passage *p, const struct finding *f)
{
    size_t n = sizeof s->spoken / sizeof *s->spoken;
    bool on = flows(s, f) || (f->q->form == FORM_MONEY && reached(p, f->q));
    for (size_t i = on && !opens_now(p) && !of_project(p, f->q) ? s->n_spoken : 0; i-- > 0 && i + n >= s->n_spoken;)
        if (!strcmp(s->spoken[i % n].place, f->place) || (f->choice.code >= 0 && f->choice.code == s->spoken[i % n].code))
            return s->spoken[i % n].period;
    return "";
}

/* "29 tỉnh tăng điểm so với năm 2021", where 2022 was told last: the comparison makes the year plain. */
static int year_after_compared(const struct discourse *s, const struct passage *p, const struct finding *f)
{
    const struct quantity *q = f->q;
    const struct lexicon_code *code = code_of(s, &f->choice);
    bool yearly = code && code->index; /* indices are compared with the year before */
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = 0; in && !q->moves && i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (w->first < q->end || w->first >= in->end || !w->compare || w->from.grain != 'Y')
            continue;
        for (uint32_t k = q->end; k < w->first; k++)
            if (token_is(p, k, ';'))
                return 0;
        return s->year == w->from.year + 1 || (yearly && (!s->year || s->year > w->from.year)) ? w->from.year + 1 : 0;
    }
    return 0;
}

/* "vận hành từ tháng 12/2019, đến nay đã cung cấp ...": all since then, no year. */
static bool says_now_since(const struct passage *p, const struct quantity *q, const struct when *w)
{
    for (uint32_t i = w->end; i + 1 < q->lead; i++)
        if (token_is(p, i, ',') && (token_word(p, i + 1, "DEn'") || token_word(p, i + 1, "tQi'")) &&
            token_word(p, i + 2, "nay"))
            return true;
    return false;
}


/* The year of a month or quarter told without one: the last told, unless the text came from a later one. */
static int year_now(const struct discourse *s)
{
    return s->latest > s->year ? s->latest : s->year;
}

/* "(cùng kỳ năm 2022 đạt 34%)", where the first five months of 2023 are spoken of: these months of 2022. */
static const char *same_months(struct discourse *s, struct passage *p, const struct when *then)
{
    const char *now = s->period;
    const struct sentence *in = sentence_of(p, then->first);
    for (const struct when *w = p->times; w < then; w++)
        if (w->first >= in->first && !w->compare && !w->event && !w->document)
            now = when_period(p, w, year_now(s));
    struct period told;
    if (!period_parse(now, &told) || !told.grain || told.grain == 'Y' || told.grain == 'D' || strlen(now) >= 32 ||
        told.year <= then->from.year)
        return "";
    char *own = arena_strdup(s->a, now);
    for (char *c = own; *c; c = strchr(c, '/') ? strchr(c, '/') + 1 : c + strlen(c)) {
        char year[8];
        snprintf(year, sizeof year, "%04d", then->from.year);
        if (atoi(c) != told.year || strlen(c) < 4)
            return "";
        memcpy(c, year, 4);
    }
    return period_parse(own, &told) ? own : "";
}

/* The time last told of the place that lies in the year of a plan: what was done with the plan by then. */
static const char *within_year(const struct discourse *s, const struct finding *f, const struct when *w)
{
    size_t n = sizeof s->spoken / sizeof *s->spoken;
    struct period told;
    for (size_t i = s->n_spoken; i-- > 0 && i + n >= s->n_spoken;)
        if (!strcmp(s->spoken[i % n].place, f->place))
            return period_parse(s->spoken[i % n].period, &told) && told.year == w->from.year && told.grain != 'Y'
                       ? s->spoken[i % n].period
                       : "";
    return "";
}

static void take_period(struct finding *f, const char *period, const char *why, double trust)
{
    f->period = period;
    f->period_why = why;
    f->period_trust = trust;
}

void find_period(struct discourse *s, struct passage *p, struct finding *f)
{
    bool behind;
    const struct when *w = sentence_time(p, f, &behind);

    f->period = "";
    f->period_why = "none";
    f->period_trust = f->role == FACT_TARGET || flows(s, f) ? PERIOD_MISSING : PERIOD_NONE;
    if (f->q->moves && w && (behind ? w->first > f->q->end + 3u : w->end + 2u < f->q->lead))
        return; /* where a move began: an earlier time, told only if it stands beside */
    if (!w && (f->period = parts_period(p, f->q)) && *f->period) {
        f->period_why = "sum of the parts";
    } else if (w && f->role != FACT_TARGET && year_of_plan(p, sentence_of(p, f->q->first), w) &&
               *(f->period = within_year(s, f, w))) {
        f->period_why = "paragraph before";
        f->period_trust = PERIOD_LOOSE;
    } else if (w && !(w->since && !behind && says_now_since(p, f->q, w))) {
        f->then = w->compare || (w->since && !w->to.grain && w->from.grain == 'Y' &&
                                 !token_word(p, w->first - (w->first > 0), "DXu`")); /* or of all years since one */
        bool vague = (w->from.grain == 'M' || w->from.grain == 'D') && !w->from.year && f->role == FACT_TARGET;
        f->period = when_period(p, w, vague ? 0 : year_now(s));
        if (w->compare && w->from.grain == 'Y' && level_then(p, f->q, w) && *same_months(s, p, w))
            f->period = same_months(s, p, w);
        f->period_why = behind ? "behind" : "sentence";
        f->period_trust = behind || w->since ? PERIOD_LOOSE : f->q->lead - w->end < 30u ? PERIOD_NEAR : PERIOD_FAR;
    } else if (says_now(s, p, f)) {
        f->period_why = "now";
    } else if (*s->period && !f->q->moves && !(s->deadline && f->role != FACT_TARGET)) {
        take_period(f, s->period, "paragraph", PERIOD_PARAGRAPH);
    } else if (f->role == FACT_TARGET && *s->target_period) {
        take_period(f, s->target_period, "plan", PERIOD_FAR);
    } else if (f->role != FACT_TARGET && *s->list_period) {
        take_period(f, s->list_period, "list", PERIOD_FAR);
    } else if (f->role == FACT_TARGET && *s->plan_time) {
        take_period(f, s->plan_time, "plan", PERIOD_FAR);
    } else if (f->role == FACT_TARGET && *s->term) {
        take_period(f, s->term, "term of office", PERIOD_FAR);
    } else if (*s->report && !strcmp(s->report_place, f->place) && (f->role != FACT_TARGET || strlen(s->report) == 4)) {
        take_period(f, s->report, "report", PERIOD_FAR);
    } else if (f->role != FACT_TARGET && year_after_compared(s, p, f)) {
        take_period(f, arena_printf(s->a, "%d", year_after_compared(s, p, f)), "year after the one compared with", PERIOD_FAR);
    } else if (f->role != FACT_TARGET && *(f->period = flow_period(s, p, f))) {
        f->period_why = "paragraph before";
        f->period_trust = PERIOD_LOOSE;
    } else if (f->role != FACT_TARGET && *s->title_period && (strlen(s->title_period) > 4 || flows(s, f))) {
        take_period(f, s->title_period, "title", PERIOD_LOOSE);
    }
}

/* "10 năm liền", "3 năm liên tiếp" before the number in its sentence. */
bool says_streak(const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = in ? in->first : 0; i < q->lead; i++)
        if (p->t[i].kind == TOKEN_NUMERAL && sense_at(p, i + 1, SENSE_STREAK, NULL))
            return true;
    return false;
}
