/* extract/role.c -- result, target or change. */
#include "extract/beside.h"

/* "tỷ lệ ... đạt 98%; chỉ tiêu số hóa hồ sơ đạt 100%": a criterion reached, told after another. */
static bool criterion_reached(const struct discourse *s, const struct passage *p, size_t i,
                              const struct quantity *previous, const struct quantity *q)
{
    return previous && s->last_role == FACT_RESULT && sentence_of(p, previous->first) == sentence_of(p, q->first) &&
           i > previous->end && token_word(p, i, "chi?") && (token_is(p, i - 1, ';') || token_is(p, i - 1, ',')) &&
           q->lead > 0 && token_word(p, q->lead - 1, "Dat.");
}

/* "năm 2017 là 95,5%, đến năm 2019 là 97,2%": a row of years that were. */
static bool one_of_a_row(const struct passage *p, const struct sentence *in, const struct when *w)
{
    for (const struct when *v = p->times; v < w; v++)
        if (v->first >= in->first && !v->until && v->from.grain == 'Y' && v->from.year < w->from.year)
            for (uint32_t i = v->end; i < w->first; i++)
                if (p->taken[i] & TAKEN_QUANTITY)
                    return true;
    return false;
}

/* "Đến hết năm 2023, tỉnh có 28 đơn vị", where results of 2023 were told: how it stands. */
static bool states(const struct passage *p, const struct quantity *q)
{
    return q->qualifier == FACT_EQ && q->lead > 0 &&
           (token_word(p, q->lead - 1, "co'") || token_word(p, q->lead - 1, "con`") || token_is(p, q->lead - 1, ','));
}

/* "đến năm 2025, 100% ...": a deadline in the sentence, before the number. */
static bool deadline_before(const struct discourse *s, const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = 0; i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (in && w->first >= in->first && w->end <= q->lead && w->until && !w->to.grain && w->from.grain == 'Y' &&
            !w->compare && (w->from.year > s->latest || (w->from.year == s->latest && !states(p, q))) &&
            !one_of_a_row(p, in, w))
            return true;
    }
    return false;
}

/* A time of its own before the plan's: the sentence tells of what was, not of what shall be. */
static bool dated_before(const struct discourse *s, const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = 0; i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (in && w->first >= in->first && w->end <= q->lead && !w->until && !w->span && !w->compare && !w->document &&
            (w->to.grain ? w->to.year : w->from.year) < target_year(s))
            return true;
    }
    return false;
}

/* "Năm 2026, cắt giảm 50%", where the targets before were for 2025: a year still to come. */
static bool later_than_targets(const struct discourse *s, const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = 0; in && s->target_year && i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (w->first >= in->first && w->end <= q->lead && w->from.grain == 'Y' && !w->to.grain && !w->compare &&
            !w->document &&
            (w->from.year > s->target_year || (w->from.year == s->target_year && w->from.year > s->latest &&
                                               s->last_role == FACT_TARGET && s->last_block == s->block)))
            return true;
    }
    return false;
}

/* A sentence without a time of its own behind a target of this paragraph for a year that no result was told for. */
static bool goes_on_planning(const struct discourse *s, const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    struct period told;
    if (s->last_role != FACT_TARGET || s->last_block != s->block || !period_parse(s->period, &told) || told.grain != 'Y' ||
        told.year != s->target_year || told.year <= s->latest)
        return false;
    for (size_t i = 0; in && i < p->n_times; i++)
        if (p->times[i].first >= in->first && p->times[i].end <= q->lead && !p->times[i].compare &&
            p->times[i].from.year != told.year)
            return false;
    return true;
}

/* "dự kiến cắt giảm 3.807 điều kiện và 6.003 dòng hàng, đạt 61,3%": what goes with a count that is planned. */
static bool planned_with(const struct discourse *s, const struct passage *p, const struct quantity *previous,
                         const struct quantity *q)
{
    bool counted = previous && (previous->form == FORM_PLAIN || previous->form == FORM_FRACTION);
    bool counts = q->form == FORM_PLAIN || q->form == FORM_FRACTION ||
                  (previous && q->form == FORM_PERCENT && previous->form == FORM_PERCENT &&
                   q->lead <= previous->end + 2u); /* "61,3%, vượt 11,3%" */
    size_t apart = 0, depth = 0; /* tokens between, without those in brackets */
    for (size_t i = previous ? previous->end : 0; previous && i < q->lead; i++) {
        depth += token_is(p, i, '(');
        apart += !depth;
        depth -= depth > 0 && token_is(p, i, ')');
    }
    if (previous && previous->moves) /* "giảm 60% (từ 10.035 xã xuống còn 4.000)": planned with what stands before both */
        return s->last_role == FACT_TARGET && previous > p->q && !previous[-1].passed && q->lead - previous->end < 5u &&
               sentence_of(p, previous[-1].first) == sentence_of(p, q->first);
    if (!previous || previous->moves || s->last_role != FACT_TARGET || !(counted || counts) ||
        q->lead < previous->end || apart > 18 || sentence_of(p, previous->first) != sentence_of(p, q->first))
        return false;
    for (size_t i = previous->end; i < q->lead; i++)
        if ((token_is(p, i, ';') && !begins_with_deed(p, i + 1)) || p->taken[i] & TAKEN_TIME ||
            token_word(p, i, "Da~") || token_word(p, i, "hiEn."))
            return false;
    return true;
}

static bool tells_no_time(const struct passage *p, const struct quantity *q, const struct sentence *in)
{
    return !taken_within(p, in->first, q->lead, TAKEN_TIME);
}

/* "dự kiến đạt 95%", "dự kiến tăng 7,5-8%": what it will come to, as "ước" says; no deed, and no deadline. */
static bool forecast(const struct passage *p, const struct quantity *q, const struct lexicon_code *code,
                     const struct sentence *in, size_t i)
{
    static const char *const cuts[] = { "bo-may.", "cong-vu.", "tthc.", "the-che." };
    bool reached = false;
    if (!token_word(p, i, "dU.") || !token_word(p, i + 1, "kiEn'") || !in ||
        (q->form != FORM_PERCENT && q->form != FORM_MONEY))
        return false;
    for (size_t k = 0; code && k < sizeof cuts / sizeof *cuts; k++)
        if (!strncmp(code->code, cuts[k], strlen(cuts[k])))
            return false;
    for (size_t k = q->lead > i + 3 ? q->lead - 3 : i + 2; k < q->first; k++)
        reached = reached || token_word(p, k, "Dat.") || token_word(p, k, "tAng") || token_word(p, k, "bAng`");
    for (size_t k = 0; k < p->n_times; k++)
        if (p->times[k].first >= in->first && p->times[k].first < in->end && p->times[k].until)
            return false;
    return reached;
}

/* "Trong đó: tỷ lệ ... 37% trở lên": parts of the target that the sentence before told. */
static bool part_of_targets(const struct discourse *s, const struct passage *p, const struct quantity *q,
                            const struct sentence *in)
{
    size_t i = in->first;
    while (i < q->lead && p->t[i].kind == TOKEN_MARK)
        i++;
    bool parts = token_word(p, i, "trong") && token_word(p, i + 1, "DO'");
    return parts && tells_no_time(p, q, in) && s->last_role == FACT_TARGET && s->last_block == s->block;
}

void find_role(struct discourse *s, const struct passage *p, struct finding *f, const struct quantity *previous)
{
    const struct quantity *q = f->q;
    const struct sentence *in = sentence_of(p, q->first);
    size_t from = in ? in->first : 0;
    size_t opening = from; /* what is before the first number of the sentence */
    bool achieved = false, reached = false, near = true;
    while (opening < q->lead && !(p->taken[opening] & TAKEN_QUANTITY))
        opening++;

    f->role_trust = 1;
    if (q->moves && !q->range) { /* "từ 101 xã xuống còn 39 xã": what there is is no target */
        f->role = f->kind == FACT_CHANGE ? FACT_DIFFERENCE : FACT_RESULT;
        return;
    }
    if (q->range && q->qualifier != FACT_AT_LEAST && previous == q - 1 && previous->range) {
        f->role = s->last_role; /* the other side of a range */
        return;
    }
    if (of_what_there_is(p, q)) {
        f->role = FACT_RESULT;
        return;
    }
    if (previous && f->kind != FACT_CHANGE && in_its_bracket(p, previous, q)) {
        f->role = s->last_role;
        return;
    }
    const struct lexicon_code *code = code_of(s, &f->choice);
    if (code && code->target) {
        f->role = FACT_TARGET;
        return;
    }
    if ((against_target(p, q) || reached_of_plan(p, q)) && !target_adjoins(p, q) && !target_is(p, q)) {
        f->role = aimed_at(p, from, q->lead) ? FACT_TARGET : f->kind == FACT_CHANGE ? FACT_DIFFERENCE : FACT_RESULT;
        return;
    }
    bool beyond = f->kind == FACT_CHANGE &&
                  (token_word(p, q->lead, "vUQt.") || token_word(p, q->lead, "cao") || token_word(p, q->lead, "thXp'"));
    if (target_is(p, q) || exceeded_level(p, q) || (target_adjoins(p, q) && !beyond && !target_reached(p, q->lead - 1))) {
        f->role = FACT_TARGET;
        if (f->kind != FACT_CHANGE)
            f->qualifier = q->qualifier == FACT_OVER && token_word(p, q->lead, "vUQt.") ? FACT_EQ : f->qualifier;
        return;
    }
    for (size_t i = q->lead; i-- > from;) {
        const struct sense *t = target_at(p, i);
        if (token_is(p, i, ';'))
            near = false;
        const struct sense *done = achieved_at(p, i);
        if (done && to_be_done(s, p, from, i))
            done = NULL;
        if (done && (near || !t))
            achieved = true;
        if (done && (done->value >= 2 || i < opening || (near && q->lead - i <= 6)))
            reached = true;
        uint32_t before;
        bool part = t && !strong_target(t) && sense_before(p, i, SENSE_TARGET, &before) && target_reached(p, before);
        if (t && token_word(p, i, "DAng")) { /* "đã đăng ký triển khai 134 dịch vụ": who promised has not done it yet */
            if (near && q->lead - i <= 6 && !token_is(p, q->lead - 1, '(') &&
                !token_is(p, q->lead > 1 ? q->lead - 2 : 0, '(')) {
                f->role = FACT_TARGET;
                break;
            }
            continue;
        }
        if (t && must_describes(p, i))
            continue;
        if (t && !strong_target(t) && (done_before(p, from, i) || forecast(p, q, code, in, i)))
            continue;
        if (!t || part || target_reached(p, i) || criterion_reached(s, p, i, previous, q) ||
            asked_of_files(p, q, i)) /* "so với chỉ tiêu đề ra" */
            continue;
        if (!achieved && future_at(p, i) && shall(p, i, q->lead)) {
            f->role = FACT_TARGET;
            f->role_trust = ROLE_WEAK;
            break;
        }
        if (strong_target(t) && (!achieved || (near && q->lead - i < 12))) {
            f->role = FACT_TARGET;
            break;
        }
        if (!strong_target(t) && !achieved && near && q->lead - i < 10 && !(i > from && token_word(p, i - 1, "tU."))) {
            f->role = FACT_TARGET;
            f->role_trust = ROLE_WEAK;
            break;
        }
    }
    if (f->role == FACT_RESULT && !achieved && goes_on_planning(s, p, q))
        f->role = FACT_TARGET;
    if (f->role == FACT_RESULT && !achieved && later_than_targets(s, p, q))
        f->role = FACT_TARGET;
    if (f->role == FACT_RESULT && (bound_by(p, q) || must_keep(p, q, from) || (in && among_tasks(s, p, q, in))))
        f->role = FACT_TARGET;
    if (f->role == FACT_RESULT &&
        (allotted(p, q, from) || (in && ordered(s, p, q, in)) || (!achieved && in && part_of_targets(s, p, q, in))))
        f->role = FACT_TARGET;
    if (f->role == FACT_RESULT && !achieved && (for_doing(p, q, from) || limit_set(p, q)))
        f->role = FACT_TARGET;
    if (f->role == FACT_RESULT &&
        (requested(p, q, from) || planned_with(s, p, previous, q) || next_proposed(s, p, q) || drafted_units(s, p, f)))
        f->role = FACT_TARGET;
    if (f->role == FACT_RESULT && !achieved && deadline_before(s, p, q)) {
        f->role = FACT_TARGET;
        f->role_trust = ROLE_WEAK;
    }
    if (f->role == FACT_RESULT && s->target && !reached && !dated_before(s, p, q)) {
        f->role = FACT_TARGET;
        f->carried = true;
        f->role_trust = ROLE_CARRIED;
    }
    if (f->role == FACT_RESULT && f->kind == FACT_CHANGE)
        f->role = FACT_DIFFERENCE;
}
