/* extract/kind.c -- what kind of number it is: a level, a difference in time, a comparison. */
#include "extract/finding.h"

/* "tăng", "giảm" right before the number (behind its qualifier); 1 up, -1 down, 0 none. */
int moved_before(const struct passage *p, const struct quantity *q)
{
    size_t at = q->lead;
    uint32_t first;
    if (at > 1 && token_word(p, at - 1, "giam?") && (token_word(p, at - 2, "cAt'") || token_word(p, at - 2, "tinh")))
        return 0; /* "cắt giảm", "tinh giảm": what was cut, no difference */
    if (at > 1 && token_word(p, at - 1, "thEm") && token_word(p, at - 2, "co'"))
        return 0; /* "có thêm 40.000 doanh nghiệp" */
    /* "được giao bổ sung 3.000 tỷ đồng, nâng tổng chỉ tiêu lên ..." */
    if (at > 1 && token_word(p, at - 1, "sung") && token_word(p, at - 2, "bO?") &&
        (token_word(p, q->end, "nXng") || token_word(p, q->end + 1, "nXng")))
        return 1;
    if (at > 1 && token_word(p, at - 1, "thEm") && token_word(p, at - 2, "co'"))
        return 0; /* "có thêm 400 doanh nghiệp": that many came */
    for (int i = 0; i < 2 && at > 0; i++) {
        if (at > 1 && token_word(p, at - 1, "giam?") && token_word(p, at - 2, "cAt'"))
            return 0;
        if (sense_before(p, at, SENSE_UP, &first) && !(sense_before(p, at, SENSE_REACH, NULL) && at - first == 1))
            return 1;
        if (sense_before(p, at, SENSE_DOWN, &first) && !(sense_before(p, at, SENSE_REACH, NULL) && at - first == 1))
            return -1;
        at--; /* "tăng thêm được 5": one word between */
        if (p->t[at].kind != TOKEN_WORD || sense_before(p, at + 1, SENSE_REACH, NULL))
            break;
    }
    return 0;
}

/* "tăng mạnh nhất với 6,39%", "giảm điểm nhiều nhất (với 5,14 điểm", "... và ít nhất là 0,21%": how much whoever moved
 * most, or least, has moved. */
static int most_moved(const struct passage *p, const struct quantity *q)
{
    static const char *const links[] = { "vQi'", "la`", "Dat.", "khi" };
    static const char *const how[] = { "DiEm?", "manh.", "cao",  "nhiEu`", "nhanh", "sXu", "it'",
                                       "thXp'", "chXm.", "lQn'", "hang.",  "bXc.",  "sO'" };
    size_t i = q->first, linked = 0;
    for (; i > 0 && linked < 4 && !token_word(p, i - 1, "nhXt'"); i--, linked++) {
        if (!token_is(p, i - 1, '(') && !token_is(p, i - 1, ',') && !TOKEN_ANY(p, i - 1, links))
            return 0;
    }
    if (i == 0 || !token_word(p, i - 1, "nhXt'"))
        return 0;
    for (i--; i > 0; i--) {
        uint32_t end;
        if (sense_at(p, i - 1, SENSE_UP, &end) && end <= q->first)
            return 1;
        if (sense_at(p, i - 1, SENSE_DOWN, &end) && end <= q->first)
            return -1;
        if (!TOKEN_ANY(p, i - 1, how))
            break;
    }
    const struct quantity *before = q > p->q ? q - 1 : NULL;
    if (before && i > 0 && (token_word(p, i - 1, "va`") || token_is(p, i - 1, ',')) && before->form == q->form &&
        before->end + 1u >= i)
        return most_moved(p, before);
    return 0;
}

/* "(vượt 9,5%) dự toán năm", "kế hoạch". */
static bool plan_follows(const struct passage *p, size_t i)
{
    return (token_word(p, i, "dU.") && token_word(p, i + 1, "toan'")) ||
           (token_word(p, i, "kE'") && token_word(p, i + 1, "hoach.")) || (token_word(p, i, "kh") && p->t[i].caps);
}

/* A qualifier that is a comparison: "vượt 44% so với dự toán", "cao hơn 10%". */
static int compared(const struct passage *p, const struct quantity *q)
{
    enum { LEVEL = 60 }; /* "vượt 105% kế hoạch" tells how far the plan has come */
    uint32_t end;
    if (q->lead >= q->first)
        return 0;
    bool up = sense_at(p, q->lead, SENSE_UP, &end) && end <= q->first;
    bool down = sense_at(p, q->lead, SENSE_DOWN, &end) && end <= q->first;
    if (!up && !down)
        return 0;
    bool more = token_word(p, q->lead, "cao") || token_word(p, q->lead, "thXp'") || token_word(p, q->lead, "nhiEu`") ||
                token_word(p, q->lead, "it'");
    for (size_t i = q->end; i < q->end + 8u && i < p->n && !token_is(p, i, ';') && !token_is(p, i, '.'); i++)
        if (sense_at(p, i, SENSE_COMPARE, NULL) || sense_at(p, i, SENSE_TARGET, NULL) ||
            (q->form == FORM_PERCENT && q->value < LEVEL && i == q->end && plan_follows(p, i)))
            return up ? 1 : -1;
    return more ? (up ? 1 : -1) : 0;
}

/* "93,6%, vượt chỉ tiêu 80%": the level that was passed, not by how much: "105%, vượt chỉ tiêu 5%". */
bool exceeded_level(const struct passage *p, const struct quantity *q)
{
    static const char *const plans[][2] = { { "chi?", "tiEu" }, { "muc.", "tiEu" }, { "kE'", "hoach." }, { "dU.", "toan'" } };
    const struct quantity *before = q > p->q ? q - 1 : NULL;
    bool plan = false;
    size_t at = q->first;
    while (at > 0 && q->first - at < 5 && !token_word(p, at, "vUQt."))
        at--;
    for (size_t k = 0; k < sizeof plans / sizeof *plans; k++)
        plan = plan || (token_word(p, at + 1, plans[k][0]) && token_word(p, at + 2, plans[k][1]));
    if (q->form != FORM_PERCENT || !plan || !token_word(p, at, "vUQt.") || at + 2 >= q->first)
        return false;
    if (before && before->form == FORM_PERCENT && sentence_of(p, before->first) == sentence_of(p, q->first))
        return q->value <= before->value && q->value >= before->value / 2;
    return q->value >= 30;
}

/* "tăng 58,2% về số lượng và 36,7% về giá trị": one verb for both. */
static int moved_with(const struct passage *p, const struct quantity *q)
{
    const struct quantity *before = q > p->q ? q - 1 : NULL;
    if (!before || before->passed || before->form != q->form || q->lead == 0 || q->lead - before->end > 6u ||
        q->lead <= before->end || !token_word(p, before->end, "vE`") ||
        !(token_word(p, q->lead - 1, "va`") || token_is(p, q->lead - 1, ',')))
        return 0;
    for (size_t i = before->end; i < q->lead; i++)
        if (sense_at(p, i, SENSE_REACH, NULL))
            return 0;
    return moved_before(p, before);
}

/* "giá trị sản xuất đạt 28.000 tỷ đồng, tăng 15%": the growth of the amount just told. */
static bool grows_from_amount(const struct passage *p, const struct quantity *q)
{
    for (const struct quantity *m = q;
         m-- > p->q && sentence_of(p, m->first) == sentence_of(p, q->first) && q->lead - m->end < 24u;) {
        if (m->form == FORM_MONEY) {
            for (size_t i = m->end; i < q->lead; i++)
                if (token_is(p, i, ';'))
                    return false;
            return true;
        }
        if (m->form != FORM_PERCENT)
            return false;
    }
    return false;
}

/* "cao hơn chỉ tiêu Chính phủ giao 10%": the comparison stands before what it compares with. */
static int compared_far(const struct passage *p, const struct quantity *q)
{
    const struct sentence *s = sentence_of(p, q->first);
    size_t from = q->lead > 0 && token_word(p, q->lead - 1, "la`") ? q->lead - 1 : q->lead; /* "cao hơn năm 2022 là 1,12%" */
    for (size_t i = from, k = 0; i-- > (s ? s->first : 0) && k < 9; k++) {
        if (p->taken[i] & TAKEN_TIME || (token_word(p, i, "vQi'") && i > 0 && token_word(p, i - 1, "so")))
            continue;
        if (p->t[i].kind != TOKEN_WORD || p->taken[i] & TAKEN_QUANTITY || sense_at(p, i, SENSE_REACH, NULL))
            return 0;
        uint32_t end;
        bool cao = token_word(p, i, "cao") || token_word(p, i, "vUQt.");
        bool thap = token_word(p, i, "thXp'");
        if ((cao || thap) && sense_at(p, i, cao ? SENSE_UP : SENSE_DOWN, &end) && end < q->lead &&
            (sense_at(p, end, SENSE_TARGET, NULL) || sense_at(p, end, SENSE_COMPARE, NULL) ||
             token_word(p, end, "kE'") || token_word(p, end, "dU.") || p->taken[end] & TAKEN_TIME))
            return cao ? 1 : -1;
    }
    return 0;
}

/* Where tokens [from, to) name a place, a region or a mean before any time or target: what a number is compared with. */
static bool names_other(const struct passage *p, size_t from, size_t to)
{
    for (size_t i = from; i < to; i++) {
        for (size_t k = 0; k < p->n_places; k++)
            if (p->places[k].first == i && p->places[k].kind != WHERE_HERE)
                return true;
        if (sense_at(p, i, SENSE_EVERYWHERE, NULL) || sense_at(p, i, SENSE_REGION, NULL) ||
            (token_word(p, i, "trung") && (token_word(p, i + 1, "vi.") || token_word(p, i + 1, "binh`"))) ||
            (token_word(p, i, "binh`") && token_word(p, i + 1, "quAn")) ||
            (token_word(p, i, "mUc'") && token_word(p, i + 1, "chung")))
            return true;
        if (p->taken[i] & TAKEN_TIME || sense_at(p, i, SENSE_TARGET, NULL) || token_word(p, i, "kE'") ||
            token_word(p, i, "ki`") || token_word(p, i, "ky`"))
            return false;
    }
    return false;
}

/* "cao hơn", "thấp hơn", "kém" at i: 1 or -1, its other side in *end; 0. */
static int sets_apart(const struct passage *p, size_t i, uint32_t *end)
{
    bool more = token_word(p, i, "cao") || token_word(p, i, "nhiEu`");
    bool less = token_word(p, i, "thXp'") || token_word(p, i, "it'") || token_word(p, i, "kem'");
    if (!(more && sense_at(p, i, SENSE_UP, end)) && !(less && sense_at(p, i, SENSE_DOWN, end)))
        return 0;
    return more ? 1 : -1;
}

int apart_from_others(const struct passage *p, const struct quantity *q)
{
    enum { BEFORE = 12, BEHIND = 14 };
    uint32_t end;
    const struct sentence *in = sentence_of(p, q->first);
    if (!in || (q->form != FORM_PERCENT && q->form != FORM_SCORE && !q->step) || q->moves)
        return 0;
    /* "thấp hơn 1,18 điểm so với điểm trung vị" */
    for (size_t i = q->lead, k = 0; k < 2 && i >= in->first && i < q->first + 1u; k++, i--) {
        int apart = sets_apart(p, i, &end);
        if (apart && end == q->first) {
            size_t to = q->tail;
            while (to < in->end && to < q->tail + (size_t)BEHIND && p->t[to].kind != TOKEN_MARK &&
                   (!(p->taken[to] & TAKEN_QUANTITY) || token_word(p, to - 1, "thU'"))) /* "đơn vị đứng thứ 2 là ..." */
                to++;
            return sense_within(p, q->tail, to, SENSE_COMPARE) && names_other(p, q->tail, to) ? apart : 0;
        }
        if (i == 0)
            break;
    }
    /* "thấp hơn điểm trung vị là 1,22 điểm", "cao hơn bình quân cả nước 2,3%" */
    for (size_t i = q->lead, k = 0;
         i-- > in->first && k < BEFORE && p->t[i].kind == TOKEN_WORD && !(p->taken[i] & TAKEN_QUANTITY); k++) {
        int apart = sets_apart(p, i, &end);
        if (apart)
            return names_other(p, end, q->lead) ? apart : 0;
    }
    return 0;
}

static int step_direction(const struct passage *p, const struct quantity *q)
{
    for (size_t i = q->lead, k = 0; i-- > 0 && k < 8; k++) {
        if (sense_at(p, i, SENSE_DOWN, NULL))
            return -1;
        if (sense_at(p, i, SENSE_UP, NULL))
            return 1;
        if (token_is(p, i, ';') || token_is(p, i, '.') || p->taken[i] & TAKEN_QUANTITY)
            break;
    }
    return 0;
}

static enum fact_kind form_kind(const struct quantity *q)
{
    switch (q->form) {
    case FORM_PERCENT: return FACT_PERCENT;
    case FORM_MONEY: return FACT_MONEY;
    case FORM_FRACTION: return FACT_FRACTION;
    case FORM_RANK: return FACT_RANK;
    case FORM_SCORE: return FACT_SCORE;
    case FORM_DURATION: return FACT_DURATION;
    default: return q->step ? FACT_RANK : FACT_COUNT;
    }
}

/* Money planned of money done is a fraction. */
enum fact_kind plain_kind(const struct quantity *q)
{
    return q->form == FORM_MONEY && q->of == q->of ? FACT_FRACTION : form_kind(q);
}

/* "cao hơn mức 40,4 điểm của năm 2022": the level of that year itself, no difference. */
static bool level_of_year(const struct passage *p, const struct quantity *q)
{
    uint32_t tail = q->tail > q->end ? q->tail : q->end;
    if (!token_word(p, tail, "cua?") && !(q->lead > 0 && token_word(p, q->first - 1, "mUc'")))
        return false;
    for (size_t i = 0; i < p->n_times; i++)
        if (p->times[i].first >= tail && p->times[i].first <= tail + 1u && !p->times[i].until)
            return true;
    return false;
}

void find_kind(const struct discourse *s, const struct passage *p, struct finding *f)
{
    const struct quantity *q = f->q;
    if (!q->step && level_of_year(p, q)) {
        bool bound = sense_at(p, q->lead, SENSE_UP, NULL) || sense_at(p, q->lead, SENSE_DOWN, NULL);
        f->kind = plain_kind(q);
        f->value = q->value;
        f->qualifier = bound ? FACT_EQ : q->qualifier;
        return;
    }
    if (exceeded_level(p, q)) {
        f->kind = plain_kind(q);
        f->value = q->value;
        f->qualifier = FACT_EQ;
        return;
    }
    const struct lexicon_code *code = code_of(s, &f->choice);
    int apart = code && code->difference ? apart_from_others(p, q) : 0;
    if (apart) {
        f->kind = q->form == FORM_PERCENT ? FACT_PERCENT : FACT_COUNT;
        f->value = apart * q->value;
        f->qualifier = compared(p, q) ? FACT_EQ : q->qualifier;
        return;
    }
    int move = q->step ? step_direction(p, q) : compared(p, q);

    f->kind = plain_kind(q);
    f->value = q->value;
    f->qualifier = q->qualifier;
    /* "giảm ít nhất 30% thời gian giải quyết, 30% chi phí": one bound for both. */
    const struct quantity *before = q > p->q ? q - 1 : NULL;
    if (before && q->lead == q->first && q->qualifier == FACT_EQ && q->form == FORM_PERCENT &&
        before->form == FORM_PERCENT && before->value == q->value && before->qualifier == FACT_AT_LEAST &&
        (token_is(p, q->first - 1, ',') || token_word(p, q->first - 1, "va`")))
        f->qualifier = before->qualifier;
    if (!move && !q->step && !q->moves && q->form != FORM_RANK && q->form != FORM_FRACTION)
        move = moved_before(p, q);
    if (!move && (q->form == FORM_PERCENT || q->form == FORM_SCORE))
        move = compared_far(p, q);
    if (!move && !q->step && !q->moves)
        move = moved_with(p, q);
    if (!move && (q->form == FORM_PERCENT || q->form == FORM_SCORE))
        move = most_moved(p, q);
    if (q->points && !move)
        move = 1;
    if (!move && q->form == FORM_SCORE && q > p->q && q[-1].step && q->lead <= q[-1].tail + 2u &&
        (token_word(p, q->lead - 1, "va`") || token_is(p, q->lead - 1, ',')))
        move = step_direction(p, q - 1); /* "tăng 29 bậc và 8,06 điểm" */
    if (compared(p, q))
        f->qualifier = FACT_EQ;
    if (!move)
        return;
    if (code && code->difference)
        return;
    bool exceeds = compared(p, q) && !token_word(p, q->lead, "tAng") && !token_word(p, q->lead, "giam?");
    if (code && code->growth && !(code->label && grows_from_amount(p, q)) && !q->step && !q->points &&
        !compared_far(p, q) && !exceeds)
        return;
    f->kind = FACT_CHANGE;
    f->value = move * q->value;
}
