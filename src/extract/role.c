/* extract/role.c -- result, target or change; and how long a list of targets goes on. */
#include "extract/finding.h"

/* Words that make a target an achievement: "đạt mục tiêu", "vượt chỉ tiêu". */
static bool target_reached(const struct passage *p, size_t i)
{
    return i > 0 && (p->taken[i - 1] & TAKEN_QUANTITY || (i > 1 && token_word(p, i - 1, "vQi'") && token_word(p, i - 2, "so")) || token_word(p, i - 1, "Dat.") || token_word(p, i - 1, "vUQt.") || token_word(p, i - 1, "bAng`") ||
                     token_word(p, i - 1, "thanh`"));
}

static bool strong_target(const struct sense *s)
{
    return s->value >= 2;
}

/* A word for a target; none is the "mục tiêu" of "chương trình mục tiêu quốc gia". */
static const struct sense *target_at(const struct passage *p, size_t i)
{
    const struct sense *t = sense_at(p, i, SENSE_TARGET, NULL);
    return t && i > 0 && token_word(p, i, "muc.") && token_word(p, i - 1, "trinh`") ? NULL : t;
}

/* "chỉ tiêu", "mục tiêu", "kế hoạch", "dự toán", "kịch bản": what a number may be the amount of. */
static bool plan_noun(const struct passage *p, size_t i)
{
    static const char *const nouns[][2] = { { "chi?", "tiEu" }, { "muc.", "tiEu" }, { "kE'", "hoach." }, { "dU.", "toan'" }, { "kich.", "ban?" } };
    for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++)
        if (token_word(p, i, nouns[k][0]) && token_word(p, i + 1, nouns[k][1]))
            return true;
    return false;
}

/* "(vượt) chỉ tiêu toàn quốc là 60%", "Dự toán thu năm 2025 là 12.000 tỷ": the clause's subject is a target. */
static bool target_is(const struct passage *p, const struct quantity *q)
{
    static const char *const before[] = { "vUQt.", "vQi'", "hQn", "khi", "va`", "thi`", "con`", "trong" };
    const struct sentence *in = sentence_of(p, q->first);
    size_t from = in ? in->first : 0;
    if (q->lead <= from || !(token_word(p, q->lead - 1, "la`") || token_is(p, q->lead - 1, ':') || token_is(p, q->lead - 1, '(')))
        return false;
    size_t most = token_is(p, q->lead - 1, '(') ? 8 : 16; /* "vượt kế hoạch HĐND tỉnh giao (7 - 7,5%)" */
    for (size_t i = q->lead - 1, k = 0; i-- > from && k < most; k++) {
        bool begins = i == from || (p->t[i - 1].kind == TOKEN_MARK && !(p->taken[i - 1] & TAKEN_QUANTITY));
        for (size_t n = 0; !begins && n < sizeof before / sizeof *before; n++)
            begins = token_word(p, i - 1, before[n]);
        if (plan_noun(p, i) && begins)
            return true;
        if (p->t[i].kind == TOKEN_MARK || (p->taken[i] & TAKEN_QUANTITY && !(p->taken[i] & TAKEN_TIME)) || token_word(p, i, "Da~"))
            return false;
    }
    return false;
}

/* "đạt 63,4% (mục tiêu 70%)", "45,8%, trong khi mục tiêu là 50%", "18,5%/chỉ tiêu 30%": what was reached, beside what was aimed at. */
static bool against_target(const struct passage *p, const struct quantity *q)
{
    static const char *const links[] = { "trong", "khi", "so", "vQi'", "trEn", "thXp'", "cao", "hQn", "vUQt.", "chUa", "Dat.", "bAng`", "con`", "theo" };
    for (size_t i = q->end, k = 0; k < 7 && i < p->n; i++, k++) {
        if (plan_noun(p, i))
            return k > 0;
        bool link = token_is(p, i, '(') || token_is(p, i, ',') || token_is(p, i, '/');
        for (size_t n = 0; !link && n < sizeof links / sizeof *links; n++)
            link = token_word(p, i, links[n]);
        if (!link)
            return false;
    }
    return false;
}

/* "phấn đấu đạt 80%, vượt chỉ tiêu 75%": aimed at all the same. */
static bool aimed_at(const struct passage *p, size_t from, size_t to)
{
    for (size_t i = to; i-- > from && to - i < 16;) {
        if (token_is(p, i, ';') || token_is(p, i, '.'))
            return false;
        if (token_word(p, i, "se~") || token_word(p, i, "phai?") || (token_word(p, i, "phXn'") && token_word(p, i + 1, "DXu'")) ||
            (token_word(p, i, "quyEt'") && token_word(p, i + 1, "tXm")))
            return true;
    }
    return false;
}

/* "các sở phải cắt giảm ít nhất 30%": a bound that must be kept. */
static bool must_keep(const struct passage *p, const struct quantity *q, size_t from)
{
    if (q->qualifier != FACT_AT_LEAST && q->qualifier != FACT_AT_MOST)
        return false;
    for (size_t i = q->lead; i-- > from && q->lead - i < 12;) {
        if (p->t[i].kind == TOKEN_MARK || token_word(p, i, "Da~"))
            return false;
        if (token_word(p, i, "phai?") || token_word(p, i, "cXn`"))
            return true;
    }
    return false;
}

/* "tỷ lệ ... đạt 98%; chỉ tiêu số hóa hồ sơ đạt 100%": a criterion reached, told after another. */
static bool criterion_reached(const struct discourse *s, const struct passage *p, size_t i, const struct quantity *previous, const struct quantity *q)
{
    return previous && s->last_role == FACT_RESULT && sentence_of(p, previous->first) == sentence_of(p, q->first) && i > previous->end &&
           token_word(p, i, "chi?") && (token_is(p, i - 1, ';') || token_is(p, i - 1, ',')) && q->lead > 0 && token_word(p, q->lead - 1, "Dat.");
}

/* "(vượt chỉ tiêu) 80%", "so với mục tiêu 80%": the target stands right before its number. */
static bool target_adjoins(const struct passage *p, const struct quantity *q)
{
    size_t at = q->lead, k = 0;
    uint32_t first;
    for (; k < 4 && at > 0; k++, at--) {
        const struct sense *s = sense_before(p, at, SENSE_TARGET, &first);
        if (s && target_at(p, first) && strong_target(s) && (k > 0 || at == q->lead) && first > 0 && !(p->taken[first - 1] & TAKEN_QUANTITY))
            return true;
        if (p->t[at - 1].kind != TOKEN_WORD || sense_before(p, at, SENSE_REACH, NULL))
            return false;
    }
    return false;
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

/* "đến năm 2025, 100% ...": a deadline in the sentence, before the number. */
static bool deadline_before(const struct discourse *s, const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = 0; i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (in && w->first >= in->first && w->end <= q->lead && w->until && !w->to.grain && w->from.grain == 'Y' &&
            !w->compare && w->from.year >= s->latest && !one_of_a_row(p, in, w))
            return true;
    }
    return false;
}

/* Year of the plan whose targets go on; 9999 if it has none. */
static int target_year(const struct discourse *s)
{
    struct period plan;
    return period_parse(s->target_period, &plan) && plan.grain ? plan.year : 9999;
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

/* "yêu cầu các sở, ngành ... hoàn thành 100% ...": what somebody is asked to do is not done yet. */
static bool requested(const struct passage *p, const struct quantity *q, size_t from)
{
    for (size_t i = q->lead; i-- > from && q->lead - i < 60;) {
        if (token_is(p, i, '.') || token_is(p, i, ';') || token_word(p, i, "Da~"))
            return false;
        bool asks = (token_word(p, i, "yEu") && token_word(p, i + 1, "cXu`")) || (token_word(p, i, "DE`") && token_word(p, i + 1, "nghi."));
        size_t whom = i + 2;
        if (asks && (token_word(p, whom, "cac'") || token_word(p, whom, "sQ?") || token_word(p, whom, "ubnd") ||
                     token_word(p, whom, "cXp'") || token_word(p, whom, "bO.") || token_word(p, whom, "tUng`")))
            return true;
    }
    return false;
}

/* "đã phát hiện, xử lý và chỉ đạo xử lý 126/176 vấn đề": the weak word is one of what was done. */
static bool done_before(const struct passage *p, size_t from, size_t i)
{
    for (size_t k = i; k-- > from && i - k < 10;) {
        if (token_is(p, k, ';') || token_is(p, k, ':') || p->taken[k] & TAKEN_QUANTITY || sense_at(p, k, SENSE_TARGET, NULL))
            return false;
        if (token_word(p, k, "Da~"))
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
        if (w->first >= in->first && w->end <= q->lead && w->from.grain == 'Y' && !w->to.grain && !w->compare && !w->document &&
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
        if (p->times[i].first >= in->first && p->times[i].end <= q->lead && !p->times[i].compare && p->times[i].from.year != told.year)
            return false;
    return true;
}

/* "hoàn thành cắt giảm tối thiểu 30% ... trước 31/12/2025": a bound and the day that it is for. */
static bool bound_by(const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = 0; in && (q->qualifier == FACT_AT_LEAST || q->qualifier == FACT_AT_MOST) && i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (w->first >= q->end && w->first < in->end && w->first > 0 &&
            (token_word(p, w->first - 1, "trUQc'") || (token_word(p, w->first - 1, "ngay`") && token_word(p, w->first - 2, "trUQc'"))))
            return true;
    }
    return false;
}

/* "dự kiến cắt giảm 3.807 điều kiện và 6.003 dòng hàng, đạt 61,3%": what goes with a count that is planned. */
static bool planned_with(const struct discourse *s, const struct passage *p, const struct quantity *previous, const struct quantity *q)
{
    bool counted = previous && (previous->form == FORM_PLAIN || previous->form == FORM_FRACTION);
    bool counts = q->form == FORM_PLAIN || q->form == FORM_FRACTION ||
                  (previous && q->form == FORM_PERCENT && previous->form == FORM_PERCENT && q->lead <= previous->end + 2u); /* "61,3%, vượt 11,3%" */
    size_t apart = 0, depth = 0; /* tokens between, without those in brackets */
    for (size_t i = previous ? previous->end : 0; previous && i < q->lead; i++) {
        depth += token_is(p, i, '(');
        apart += !depth;
        depth -= depth > 0 && token_is(p, i, ')');
    }
    if (!previous || s->last_role != FACT_TARGET || !(counted || counts) || q->lead < previous->end || apart > 18 || sentence_of(p, previous->first) != sentence_of(p, q->first))
        return false;
    for (size_t i = previous->end; i < q->lead; i++)
        if ((token_is(p, i, ';') && !begins_with_deed(p, i + 1)) || p->taken[i] & TAKEN_TIME || token_word(p, i, "Da~") || token_word(p, i, "hiEn."))
            return false;
    return true;
}

/* Words for what was reached; "hiện" is none in "thực hiện", "thể hiện", "hiện đại hóa". */
static const struct sense *achieved_at(const struct passage *p, size_t i)
{
    static const char *const before[] = { "thUc.", "thE?", "phat'", "xuXt'", "bieu?" };
    uint32_t end;
    const struct sense *s = sense_at(p, i, SENSE_ACHIEVED, &end);
    if (!s || end > i + 1 || !token_word(p, i, "hiEn."))
        return s;
    for (size_t k = 0; i > 0 && k < sizeof before / sizeof *before; k++)
        if (token_word(p, i - 1, before[k]))
            return NULL;
    return token_word(p, i + 1, "Dai.") ? NULL : s;
}

static bool future_at(const struct passage *p, size_t i)
{
    return token_word(p, i, "se~") || (token_word(p, i, "dU.") && token_word(p, i + 1, "kiEn'")) ||
           (token_word(p, i, "Dang") && token_word(p, i + 1, "xem"));
}

/* "sẽ cung cấp dịch vụ công trực tuyến ở mức độ 3 với 58 dịch vụ": one clause, however long. */
static bool shall(const struct passage *p, size_t from, size_t to)
{
    enum { CLAUSE = 24 };
    for (size_t i = from; i < to; i++)
        if (token_is(p, i, ',') || token_is(p, i, ';'))
            return false;
    for (size_t i = 0; i < p->n_q; i++) /* "mức độ 3" is no number of the clause */
        if (p->q[i].first >= from && p->q[i].end <= to && !p->q[i].passed)
            return false;
    return to - from < CLAUSE;
}

/* "cắt giảm 34 điều kiện trên tổng số 132": what there is to be cut. */
bool of_what_there_is(const struct passage *p, const struct quantity *q)
{
    return q->lead > 2 && token_word(p, q->lead - 1, "sO'") && token_word(p, q->lead - 2, "tOng?") &&
           (token_word(p, q->lead - 3, "trEn") || token_word(p, q->lead - 3, "trong"));
}

/* "16 hồ sơ (chiếm 0,08%)", "951 thủ tục (đạt 49,3%)": the same said otherwise. */
static bool in_its_bracket(const struct passage *p, const struct quantity *previous, const struct quantity *q)
{
    static const char *const says[] = { "chiEm'", "Dat.", "bAng`", "tUQng", "DUQng", "ti?", "lE.", "Ung'", "khoang?", "gXn`", "hQn", "trEn" };
    size_t i = previous->tail > previous->end ? previous->tail : previous->end;
    if (previous->passed || !token_is(p, i, '('))
        return false;
    for (i++; i < q->lead; i++) {
        bool known = false;
        for (size_t k = 0; !known && k < sizeof says / sizeof *says; k++)
            known = token_word(p, i, says[k]);
        if (!known)
            return false;
    }
    return i == q->lead;
}

/* "hồ sơ yêu cầu bổ sung 671 hồ sơ", "người nộp đề nghị rút hồ sơ là 16": what became of files, no request to do so many. */
static bool asked_of_files(const struct passage *p, const struct quantity *q, size_t i)
{
    static const char *const asked[] = { "bO?", "rut'", "trXa", "tra?", "cXp'", "giai?", "gia", "chinh?" };
    bool asks = (token_word(p, i, "yEu") && token_word(p, i + 1, "cXu`")) || (token_word(p, i, "DE`") && token_word(p, i + 1, "nghi."));
    if (!asks || q->form != FORM_PLAIN || q->qualifier == FACT_AT_LEAST || q->qualifier == FACT_AT_MOST || !counts_any(q, p->x->nouns.files))
        return false;
    for (size_t k = 0; k < sizeof asked / sizeof *asked; k++)
        if (token_word(p, i + 2, asked[k]))
            return true;
    return false;
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
    if (against_target(p, q) && !target_adjoins(p, q) && !target_is(p, q)) {
        f->role = aimed_at(p, from, q->lead) ? FACT_TARGET : f->kind == FACT_CHANGE ? FACT_DIFFERENCE : FACT_RESULT;
        return;
    }
    bool beyond = f->kind == FACT_CHANGE && (token_word(p, q->lead, "vUQt.") || token_word(p, q->lead, "cao") || token_word(p, q->lead, "thXp'"));
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
        if (done && (near || !t))
            achieved = true;
        if (done && (done->value >= 2 || i < opening || (near && q->lead - i <= 6)))
            reached = true;
        uint32_t before;
        bool part = t && !strong_target(t) && sense_before(p, i, SENSE_TARGET, &before) && target_reached(p, before);
        if (t && !strong_target(t) && done_before(p, from, i))
            continue;
        if (!t || part || target_reached(p, i) || criterion_reached(s, p, i, previous, q) || asked_of_files(p, q, i)) /* "so với chỉ tiêu đề ra" */
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
    if (f->role == FACT_RESULT && (bound_by(p, q) || must_keep(p, q, from)))
        f->role = FACT_TARGET;
    if (f->role == FACT_RESULT && (requested(p, q, from) || planned_with(s, p, previous, q) || next_proposed(s, p, q) || drafted_units(s, p, f)))
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

/* A target only by what was said before is none if its time has come before the plan's. */
void check_carried(const struct discourse *s, struct finding *f)
{
    struct period own;
    if (f->carried && f->period != s->term && period_parse(f->period, &own) && own.grain && own.year < target_year(s))
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
        plan = plan || (token_word(p, i, "phUQng") && token_word(p, i + 1, "an'")) || (token_word(p, i, "kE'") && token_word(p, i + 1, "hoach.")) ||
               (token_word(p, i, "chUQng") && token_word(p, i + 1, "trinh`")) || (token_word(p, i, "DE`") && token_word(p, i + 1, "an'"));
        ahead = ahead || token_word(p, i, "se~");
    }
    return plan && ahead;
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
        const struct sense *a = achieved_at(p, i);
        done = done || (a && a->value >= 2);
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
    if (lead || (targets && deadline)) {
        s->target = true;
        s->target_period = s->period;
    } else if (done && !targets) {
        s->target = false;
    }
}

/* "II. NHIỆM VỤ QUÝ II", "Phương hướng, nhiệm vụ năm 2025": what is to be done follows. */
static bool names_tasks(const struct passage *p)
{
    size_t i = 0;
    while (i < p->n && i < 3 && (p->t[i].kind != TOKEN_WORD || p->t[i].caps) && !token_word(p, i, "nhiEm.") && !token_word(p, i, "phUQng"))
        i++;
    return ((token_word(p, i, "nhiEm.") && token_word(p, i + 1, "vu.")) || (token_word(p, i, "phUQng") && token_word(p, i + 1, "hUQng'"))) &&
           !sense_within(p, 0, p->n, SENSE_ACHIEVED);
}

/* A heading says of the blocks below it that they hold targets ("II. MỤC TIÊU") and for when, or that they do not. */
void hear_heading(struct discourse *s, const struct block *b, const struct passage *p)
{
    bool strong = false, facts = false;
    const struct when *deadline = NULL;
    const struct token *last = p->n ? &p->t[p->n - 1] : NULL;
    if (!last || p->n > 24 || (b->kind != BLOCK_HEADING && last->kind == TOKEN_MARK && last->word != '*' && last->word != ':'))
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
        s->target = true;
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
