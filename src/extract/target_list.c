/* extract/target_list.c -- how long targets go on: a heading, a lead that ends with ":", a deadline open a list of them. */
#include "extract/beside.h"

/* Year of the plan whose targets go on; 9999 if it has none. */
int target_year(const struct discourse *s)
{
    struct period plan;
    return period_parse(*s->target_period ? s->target_period : s->plan_time, &plan) && plan.grain ? plan.year : 9999;
}

/* A target only by what was said before is none if its time has come before the plan's. */
void check_carried(const struct discourse *s, struct finding *f)
{
    struct period own;
    if (f->carried && f->period != s->term && f->period != s->plan_time && period_parse(f->period, &own) && own.grain &&
        own.year < target_year(s))
        f->role = f->kind == FACT_CHANGE ? FACT_DIFFERENCE : FACT_RESULT;
}

/* Targets go on: a lead that ends with ":", or a deadline that a target of this sentence has. */
/* "tính đến ngày 22-3": the day of an account, no deadline. */
static bool counted_to(const struct passage *p, const struct when *w)
{
    return w->first > 1 && (token_word(p, w->first - 2, "tinh'") || (w->first > 2 && token_word(p, w->first - 3, "tinh'")));
}

static bool plans_ahead(const struct passage *p, const struct sentence *in)
{
    bool plan = false, ahead = false;
    for (size_t i = in->first; i + 1 < in->end; i++) {
        plan = plan || (token_word(p, i, "phUQng") && token_word(p, i + 1, "an'")) ||
               (token_word(p, i, "kE'") && token_word(p, i + 1, "hoach.")) ||
               (token_word(p, i, "chUQng") && token_word(p, i + 1, "trinh`")) ||
               (token_word(p, i, "DE`") && token_word(p, i + 1, "an'"));
        ahead = ahead || token_word(p, i, "se~");
    }
    return plan && ahead;
}

/* "..., Thủ tướng yêu cầu các Bộ tập trung thực hiện một số nhiệm vụ cụ thể như sau:" */
static bool opens_orders(const struct passage *p, const struct sentence *in)
{
    bool asks = false, colon = in->end > in->first && token_is(p, in->end - 1, ':');
    for (size_t i = in->first; colon && i + 1 < in->end; i++)
        asks = asks || (token_word(p, i, "yEu") && token_word(p, i + 1, "cXu`")) ||
               (token_word(p, i, "nhiEm.") && token_word(p, i + 1, "vu.")) ||
               (token_word(p, i, "DE`") && token_word(p, i + 1, "nghi.")) ||
               (token_word(p, i, "chi?") && token_word(p, i + 1, "Dao."));
    return asks && !sense_within(p, in->first, in->end, SENSE_REPORT);
}

void hear_target(struct discourse *s, const struct passage *p, const struct sentence *in, bool facts, bool targets)
{
    bool lead = false, strong = false, deadline = false, done = false;
    for (size_t i = 0; i < p->n_times; i++)
        deadline = deadline || (holds(&p->times[i], in) && p->times[i].until && p->times[i].from.year >= s->latest &&
                                !counted_to(p, &p->times[i]));
    for (size_t i = in->first; i < in->end; i++) {
        const struct sense *t = sense_at(p, i, SENSE_TARGET, NULL);
        lead = lead || (strong && token_is(p, i, ':'));
        const struct sense *a = done ? NULL : achieved_at(p, i);
        done = done || (a && a->value >= 2 && !to_be_done(s, p, in->first, i));
        strong = strong || (t && strong_target(t) && !target_reached(p, i));
    }
    if (!facts && !done) /* "Phương án cắt giảm ... giai đoạn 2019-2020 sẽ ...": its proposals have these years */
        for (size_t i = 0; i < p->n_times; i++)
            if (p->times[i].first >= in->first && p->times[i].first < in->end && p->times[i].span && p->times[i].to.grain &&
                plans_ahead(p, in))
                s->target_period = arena_strdup(s->a, when_period((struct passage *)p, &p->times[i], 0));
    if (strong && !facts) /* "giao chỉ tiêu ... năm 2022 như sau" */
        for (size_t i = 0; i < p->n_times; i++)
            if (holds(&p->times[i], in) && p->times[i].from.grain == 'Y' && !p->times[i].since && !p->times[i].span)
                s->target_period = arena_strdup(s->a, when_period((struct passage *)p, &p->times[i], 0));
    if (!facts && opens_orders(p, in))
        s->orders = true;
    else if (facts && done && !targets)
        s->orders = false;
    if (lead || (targets && deadline)) {
        s->target = true;
        s->target_period = s->period;
    } else if (done && !targets && !in_goals(s, p, in)) {
        s->target = false;
    }
}

/* "Tỉnh X ban hành kế hoạch cải cách hành chính năm 2025": in a title or lead, what follows are the plan's targets. */
void hear_announced(struct discourse *s, const struct passage *p)
{
    enum { TITLE_AND_LEAD = 3 };
    static const char *const results[] = { "kEt'", "tOng?", "sQ", "Da~", "sau", "qua", "thang'", "Dat.", "hoan`", "danh'" };
    const struct sentence *in = p->n_s ? &p->s[0] : NULL;
    const struct when *year = NULL;
    bool issued = false, plan = false;
    if (s->block >= TITLE_AND_LEAD || !in || s->target || in->end - in->first > 90)
        return;
    for (size_t i = 0; i < p->n_q; i++)
        if (!p->q[i].passed && p->q[i].first < in->end && (p->q[i].form != FORM_PLAIN || p->q[i].noun))
            return;
    for (size_t i = in->first; i + 1 < in->end; i++) {
        if (TOKEN_ANY(p, i, results))
            return;
        bool verb = (token_word(p, i, "ban") && token_word(p, i + 1, "hanh`")) ||
                    (token_word(p, i, "triEn?") && token_word(p, i + 1, "khai")) ||
                    (token_word(p, i, "phE") && token_word(p, i + 1, "duyEt.")) ||
                    (token_word(p, i, "xXy") && token_word(p, i + 1, "dUng.")) ||
                    (token_word(p, i, "thOng") && token_word(p, i + 1, "qua"));
        issued = issued || (verb && !plan);
        plan = plan || (issued && ((token_word(p, i, "kE'") && token_word(p, i + 1, "hoach.")) ||
                                   (token_word(p, i, "chUQng") && token_word(p, i + 1, "trinh`"))));
        for (size_t t = 0; plan && !year && t < p->n_times; t++)
            if (p->times[t].first == i + 1 && !p->times[t].compare && !p->times[t].event && (p->times[t].from.grain == 'Y'))
                year = &p->times[t];
    }
    if (!year)
        return;
    s->target = true;
    s->target_period = arena_strdup(s->a, when_period((struct passage *)p, year, 0));
}

/* "II. NHIỆM VỤ QUÝ II", "Phương hướng, nhiệm vụ năm 2025": what is to be done follows. */
static bool names_tasks(const struct passage *p)
{
    size_t i = 0;
    while (i < p->n && i < 3 && (p->t[i].kind != TOKEN_WORD || p->t[i].caps) && !token_word(p, i, "nhiEm.") &&
           !token_word(p, i, "phUQng"))
        i++;
    return ((token_word(p, i, "nhiEm.") && token_word(p, i + 1, "vu.")) ||
            (token_word(p, i, "phUQng") && token_word(p, i + 1, "hUQng'"))) &&
           !sense_within(p, 0, p->n, SENSE_ACHIEVED);
}

/* A heading says of the blocks below it that they hold targets ("II. MỤC TIÊU") and for when, or that they do not. */
void hear_heading(struct discourse *s, const struct block *b, const struct passage *p)
{
    bool strong = false, facts = false;
    const struct when *deadline = NULL;
    const struct token *last = p->n ? &p->t[p->n - 1] : NULL;
    if (!last || p->n > 24 ||
        (b->kind != BLOCK_HEADING && last->kind == TOKEN_MARK && last->word != '*' && last->word != ':'))
        return;
    for (size_t i = 0; i < p->n_q; i++)
        facts = facts || !p->q[i].passed;
    for (size_t i = 0; i < p->n && !facts; i++) {
        const struct sense *t = sense_at(p, i, SENSE_TARGET, NULL);
        strong = strong || (t && strong_target(t));
    }
    for (size_t i = 0; i < p->n_times; i++)
        if (p->times[i].until && !p->times[i].compare)
            deadline = &p->times[i];
    if (facts)
        return;
    if (names_tasks(p)) {
        s->target = s->orders = true;
        s->target_period = p->n_times ? arena_strdup(s->a, when_period((struct passage *)p, &p->times[0], s->year)) : "";
        return;
    }
    if (strong) {
        s->target = true;
        s->target_period = "";
    } else if (sense_within(p, 0, p->n, SENSE_ACHIEVED) && !deadline) {
        s->target = false;
    }
    if (deadline && s->target)
        s->target_period = arena_strdup(s->a, when_period((struct passage *)p, deadline, 0));
}
