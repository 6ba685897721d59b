/* extract/beside.c -- what the words beside a number say of a target: that it is one, is compared with one, or was
 * reached. */
#include "extract/beside.h"

/* Words that make a target an achievement: "đạt mục tiêu", "vượt chỉ tiêu". */
bool target_reached(const struct passage *p, size_t i)
{
    return i > 0 &&
           (p->taken[i - 1] & TAKEN_QUANTITY || (i > 1 && token_word(p, i - 1, "vQi'") && token_word(p, i - 2, "so")) ||
            token_word(p, i - 1, "Dat.") || token_word(p, i - 1, "vUQt.") || token_word(p, i - 1, "bAng`") ||
            token_word(p, i - 1, "thanh`"));
}

bool strong_target(const struct sense *s)
{
    return s->value >= 2;
}

/* A word for a target; none is the "mục tiêu" of "chương trình mục tiêu quốc gia". */
const struct sense *target_at(const struct passage *p, size_t i)
{
    const struct sense *t = sense_at(p, i, SENSE_TARGET, NULL);
    return t && i > 0 && token_word(p, i, "muc.") && token_word(p, i - 1, "trinh`") ? NULL : t;
}

/* "chỉ tiêu", "mục tiêu", "kế hoạch", "dự toán", "kịch bản": what a number may be the amount of. */
static bool plan_noun(const struct passage *p, size_t i)
{
    static const char *const nouns[][2] = {
        { "chi?", "tiEu" }, { "muc.", "tiEu" }, { "kE'", "hoach." }, { "dU.", "toan'" }, { "kich.", "ban?" }
    };
    for (size_t k = 0; k < sizeof nouns / sizeof *nouns; k++)
        if (token_word(p, i, nouns[k][0]) && token_word(p, i + 1, nouns[k][1]))
            return true;
    return token_word(p, i, "kh") && p->t[i].caps; /* "76,5% KH năm" */
}

/* "(vượt) chỉ tiêu toàn quốc là 60%", "Dự toán thu năm 2025 là 12.000 tỷ": the clause's subject is a target. */
bool target_is(const struct passage *p, const struct quantity *q)
{
    static const char *const before[] = { "vUQt.", "vQi'", "hQn", "khi", "va`", "thi`", "con`", "trong", "sung", "chinh?" };
    const struct sentence *in = sentence_of(p, q->first);
    size_t from = in ? in->first : 0;
    if (q->lead <= from ||
        !(token_word(p, q->lead - 1, "la`") || token_is(p, q->lead - 1, ':') || token_is(p, q->lead - 1, '(')))
        return false;
    size_t most = token_is(p, q->lead - 1, '(') ? 8 : 16; /* "vượt kế hoạch HĐND tỉnh giao (7 - 7,5%)" */
    for (size_t i = q->lead - 1, k = 0; i-- > from && k < most; k++) {
        bool begins = i == from || (p->t[i - 1].kind == TOKEN_MARK && !(p->taken[i - 1] & TAKEN_QUANTITY)) ||
                      TOKEN_ANY(p, i - 1, before);
        if (plan_noun(p, i) && begins)
            return true;
        if (p->t[i].kind == TOKEN_MARK || (p->taken[i] & TAKEN_QUANTITY && !(p->taken[i] & TAKEN_TIME)) ||
            token_word(p, i, "Da~"))
            return false;
    }
    return false;
}

/* "đạt 63,4% (mục tiêu 70%)", "45,8%, trong khi mục tiêu là 50%", "18,5%/chỉ tiêu 30%": what was reached, beside what
 * was aimed at. */
bool against_target(const struct passage *p, const struct quantity *q)
{
    static const char *const links[] = { "trong", "khi",   "so",   "vQi'", "trEn",  "thXp'", "cao",
                                         "hQn",   "vUQt.", "chUa", "Dat.", "bAng`", "con`",  "theo" };
    for (size_t i = q->end, k = 0; k < 7 && i < p->n; i++, k++) {
        if (plan_noun(p, i))
            return k > 0;
        if (!token_is(p, i, '(') && !token_is(p, i, ',') && !token_is(p, i, '/') && !TOKEN_ANY(p, i, links))
            return false;
    }
    return false;
}

/* "mặt hàng phải kiểm tra", "tỷ lệ lô hàng phải kiểm tra là 19,4%": which of them, no demand; not "các sở phải đạt 80%". */
bool must_describes(const struct passage *p, size_t i)
{
    enum { NOUN = 3 };
    if (!token_word(p, i, "phai?"))
        return false;
    unsigned long actors = p->x->nouns.units | p->x->nouns.asked;
    for (size_t k = i, n = 0; k-- > 0 && n < NOUN && p->t[k].kind == TOKEN_WORD; n++) {
        const struct sense *noun = sense_at(p, k, SENSE_NOUN, NULL);
        if (token_word(p, k, "hang`") || token_word(p, k, "phXm?") ||
            (noun && noun->index >= 0 && !(actors >> noun->index & 1)))
            return true;
    }
    return false;
}

/* "kiểm tra ngẫu nhiên không quá 5%": a limit that is set; not "còn không quá 5%". */
bool limit_set(const struct passage *p, const struct quantity *q)
{
    static const char *const is[] = { "con`", "la`", "chiEm'", "chi?", "Dat." };
    if (q->qualifier != FACT_AT_MOST || q->range || q->lead == 0 || q->lead >= q->first)
        return false;
    if (TOKEN_ANY(p, q->lead - 1, is))
        return false;
    return (token_word(p, q->lead, "khOng") && token_word(p, q->lead + 1, "qua'")) ||
           (token_word(p, q->lead, "khOng") && token_word(p, q->lead + 1, "vUQt."));
}

/* "để xây dựng và triển khai khoảng 72 thủ tục": what for. */
bool for_doing(const struct passage *p, const struct quantity *q, size_t from)
{
    enum { CLAUSE = 8 };
    for (size_t i = q->lead, k = 0; i-- > from && k < CLAUSE && p->t[i].kind == TOKEN_WORD; k++)
        if (token_word(p, i, "DE?") && i > from && begins_with_deed(p, i + 1)) {
            for (size_t n = from; n < q->tail + 16u && n < p->n && !token_is(p, n, '.'); n++)
                if (token_word(p, n, "Da~"))
                    return false;
            return q->form == FORM_PLAIN && q->noun;
        }
    return false;
}

/* "phấn đấu đạt 80%, vượt chỉ tiêu 75%": aimed at all the same. */
bool aimed_at(const struct passage *p, size_t from, size_t to)
{
    for (size_t i = to; i-- > from && to - i < 30;) {
        if (token_is(p, i, ';') || token_is(p, i, '.') || token_is(p, i, ':'))
            return false;
        if (token_word(p, i, "se~") || (token_word(p, i, "phai?") && !must_describes(p, i)) ||
            (token_word(p, i, "phXn'") && token_word(p, i + 1, "DXu'")) ||
            (token_word(p, i, "quyEt'") && token_word(p, i + 1, "tXm")))
            return true;
    }
    return false;
}

/* "các sở phải cắt giảm ít nhất 30%": a bound that must be kept. */
bool must_keep(const struct passage *p, const struct quantity *q, size_t from)
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

/* "(vượt chỉ tiêu) 80%", "so với mục tiêu 80%": the target stands right before its number. */
bool target_adjoins(const struct passage *p, const struct quantity *q)
{
    size_t at = q->lead, k = 0;
    uint32_t first;
    for (; k < 4 && at > 0; k++, at--) {
        const struct sense *s = sense_before(p, at, SENSE_TARGET, &first);
        if (s && target_at(p, first) && strong_target(s) && (k > 0 || at == q->lead) && first > 0 &&
            !(p->taken[first - 1] & TAKEN_QUANTITY))
            return true;
        if (p->t[at - 1].kind != TOKEN_WORD || sense_before(p, at, SENSE_REACH, NULL))
            return false;
    }
    return false;
}

/* "yêu cầu các sở, ngành ... hoàn thành 100% ...": what somebody is asked to do is not done yet. */
bool requested(const struct passage *p, const struct quantity *q, size_t from)
{
    for (size_t i = q->lead; i-- > from && q->lead - i < 60;) {
        if (token_is(p, i, '.') || token_is(p, i, ';') || token_word(p, i, "Da~"))
            return false;
        bool asks = (token_word(p, i, "yEu") && token_word(p, i + 1, "cXu`")) ||
                    (token_word(p, i, "DE`") && token_word(p, i + 1, "nghi."));
        bool hands = token_word(p, i, "giao") && (i == from || p->t[i - 1].kind != TOKEN_WORD); /* "Giao Sở X ..." */
        asks = asks || hands;
        size_t whom = hands ? i + 1 : i + 2;
        if (asks && (token_word(p, whom, "cac'") || token_word(p, whom, "sQ?") || token_word(p, whom, "ubnd") ||
                     token_word(p, whom, "cXp'") || token_word(p, whom, "bO.") || token_word(p, whom, "tUng`")))
            return true;
    }
    return false;
}

/* "đã phát hiện, xử lý và chỉ đạo xử lý 126/176 vấn đề": the weak word is one of what was done. */
bool done_before(const struct passage *p, size_t from, size_t i)
{
    for (size_t k = i; k-- > from && i - k < 10;) {
        if (token_is(p, k, ';') || token_is(p, k, ':') || p->taken[k] & TAKEN_QUANTITY || sense_at(p, k, SENSE_TARGET, NULL))
            return false;
        if (token_word(p, k, "Da~"))
            return true;
    }
    return false;
}

/* "hoàn thành cắt giảm tối thiểu 30% ... trước 31/12/2025": a bound and the day that it is for. */
bool bound_by(const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = 0; in && (q->qualifier == FACT_AT_LEAST || q->qualifier == FACT_AT_MOST) && i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (w->first >= q->end && w->first < in->end && w->first > 0 &&
            (token_word(p, w->first - 1, "trUQc'") ||
             (token_word(p, w->first - 1, "ngay`") && token_word(p, w->first - 2, "trUQc'"))))
            return true;
    }
    return false;
}

/* "bảo đảm hoàn thành 100%", "Hoàn thành số hóa 100% ...": asked for; at the beginning it may be either. */
static bool still_to_finish(const struct passage *p, size_t i)
{
    const struct sentence *in = sentence_of(p, i);
    return sense_before(p, i, SENSE_TARGET, NULL) ||
           (in && (i == in->first || (i == in->first + 1u && p->t[in->first].kind == TOKEN_MARK)));
}

/* "lao động đã qua đào tạo", "tỷ lệ hồ sơ đã số hóa", "Đại hội đã đề ra": what kind, what was aimed at; nothing reached. */
static bool no_deed(const struct passage *p, size_t i)
{
    enum { SUBJECT = 6 };
    if (token_word(p, i + 1, "qua") || target_at(p, i + 1) || (token_word(p, i + 1, "DUQc.") && target_at(p, i + 2)))
        return true;
    for (size_t k = i, n = 0; k-- > 1 && n < SUBJECT && p->t[k].kind == TOKEN_WORD; n++)
        if (token_word(p, k, "lE.") && (token_word(p, k - 1, "ti?") || token_word(p, k - 1, "ti~")))
            return n > 0;
    return false;
}

bool to_be_done(const struct discourse *s, const struct passage *p, size_t from, size_t i)
{
    if (s->plan_text && s->target)
        return in_goals(s, p, sentence_of(p, i));
    return s->target && i <= from + 1 && (token_word(p, i, "hoan`") || token_word(p, i, "duy") || token_word(p, i, "Dat."));
}

/* Words for what was reached; "hiện" is none in "thực hiện", "thể hiện", "hiện đại hóa". */
const struct sense *achieved_at(const struct passage *p, size_t i)
{
    static const char *const before[] = { "thUc.", "thE?", "phat'", "xuXt'", "bieu?" };
    uint32_t end;
    const struct sense *s = sense_at(p, i, SENSE_ACHIEVED, &end);
    if (s && end == i + 1 && token_word(p, i, "Da~") && no_deed(p, i))
        return NULL;
    if (s && token_word(p, i, "hoan`") && still_to_finish(p, i))
        return NULL;
    if (!s || end > i + 1 || !token_word(p, i, "hiEn."))
        return s;
    if (i > 0 && TOKEN_ANY(p, i - 1, before))
        return NULL;
    return token_word(p, i + 1, "Dai.") ? NULL : s;
}

bool future_at(const struct passage *p, size_t i)
{
    return token_word(p, i, "se~") || (token_word(p, i, "dU.") && token_word(p, i + 1, "kiEn'")) ||
           (token_word(p, i, "Dang") && token_word(p, i + 1, "xem"));
}

/* "sẽ cung cấp dịch vụ công trực tuyến ở mức độ 3 với 58 dịch vụ": one clause, however long. */
bool shall(const struct passage *p, size_t from, size_t to)
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
bool in_its_bracket(const struct passage *p, const struct quantity *previous, const struct quantity *q)
{
    static const char *const says[] = { "chiEm'", "Dat.", "bAng`",   "tUQng", "DUQng", "ti?",
                                        "lE.",    "Ung'", "khoang?", "gXn`",  "hQn",   "trEn" };
    size_t i = previous->tail > previous->end ? previous->tail : previous->end;
    if (previous->passed || !token_is(p, i, '('))
        return false;
    for (i++; i < q->lead; i++)
        if (!TOKEN_ANY(p, i, says))
            return false;
    return i == q->lead;
}

/* "hồ sơ yêu cầu bổ sung 671 hồ sơ", "người nộp đề nghị rút hồ sơ là 16": what became of files, no request to do so many. */
bool asked_of_files(const struct passage *p, const struct quantity *q, size_t i)
{
    static const char *const asked[] = { "bO?", "rut'", "trXa", "tra?", "cXp'", "giai?", "gia", "chinh?" };
    bool asks = (token_word(p, i, "yEu") && token_word(p, i + 1, "cXu`")) ||
                (token_word(p, i, "DE`") && token_word(p, i + 1, "nghi."));
    if (!asks || q->form != FORM_PLAIN || q->qualifier == FACT_AT_LEAST || q->qualifier == FACT_AT_MOST ||
        !counts_any(q, p->x->nouns.files))
        return false;
    return TOKEN_ANY(p, i + 2, asked);
}

/* "% dự toán", "% kế hoạch vốn", "% chỉ tiêu phấn đấu" behind a rate. */
static bool rate_of_plan(const struct passage *p, const struct quantity *q)
{
    return q->form == FORM_PERCENT && (plan_noun(p, q->end) || (token_word(p, q->end, "so") && plan_noun(p, q->end + 1)) ||
                                       (token_word(p, q->end, "so") && plan_noun(p, q->end + 2)));
}

/* An amount and, right behind it, what share of the plan it is: both were reached, and so is a second share. */
bool reached_of_plan(const struct passage *p, const struct quantity *q)
{
    enum { APART = 6 };
    const struct quantity *before = q > p->q ? q - 1 : NULL, *after = q + 1 < p->q + p->n_q ? q + 1 : NULL;
    bool amount = q->form == FORM_MONEY || (q->form == FORM_PLAIN && q->noun);
    if (amount && after && after->lead >= q->end && after->lead - q->end <= APART && rate_of_plan(p, after) &&
        (token_word(p, after->lead - 1, "Dat.") || token_word(p, after->lead - 1, "bAng`")))
        return true;
    if (!before || !rate_of_plan(p, q) || q->lead < before->end)
        return false;
    if (before->form == FORM_MONEY || (before->form == FORM_PLAIN && before->noun))
        return q->lead - before->end <= APART && (token_word(p, q->lead - 1, "Dat.") || token_word(p, q->lead - 1, "bAng`"));
    return rate_of_plan(p, before) && q->lead - before->end <= APART && token_word(p, q->lead - 1, "va`");
}

/* "Bổ sung 44.000 tỷ đồng ... để chi", "Bố trí ít nhất 3% chi ngân sách": a budget is made; not "đã bổ sung". */
bool allotted(const struct passage *p, const struct quantity *q, size_t from)
{
    enum { BEFORE = 7, BEHIND = 30 };
    static const char *const verbs[][2] = { { "bO?", "sung" }, { "bO'", "tri'" }, { "chuyEn?", "nguOn`" },
                                            { "phXn", "bO?" }, { "danh`", "" },   { "chuyEn?", "" } };
    bool gives = false;
    if (q->form != FORM_MONEY && !(q->form == FORM_PERCENT && q->qualifier == FACT_AT_LEAST))
        return false;
    for (size_t i = q->lead, k = 0; i-- > from && k < BEFORE && (p->t[i].kind == TOKEN_WORD || p->taken[i] & TAKEN_TIME); k++)
        for (size_t n = 0; n < sizeof verbs / sizeof *verbs; n++)
            gives = gives || (token_word(p, i, verbs[n][0]) && (!*verbs[n][1] || token_word(p, i + 1, verbs[n][1])));
    for (size_t i = q->lead; i-- > from && q->lead - i < BEHIND;)
        if (token_word(p, i, "Da~") || token_word(p, i, "DUQc."))
            return false;
    if (!gives || q->form == FORM_PERCENT)
        return gives;
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = q->end; in && i < in->end && i < q->end + BEHIND; i++)
        if (token_word(p, i, "DE?") || (token_word(p, i, "dU.") && token_word(p, i + 1, "toan'")) ||
            (token_word(p, i, "tU`") && token_word(p, i + 1, "nguOn`")) ||
            (token_word(p, i, "sang") && !token_word(p, i + 1, "nAm")))
            return true;
    return false;
}

/* "b) Hoàn thành 100% TTHC ...", "Tập trung ... hoàn thành sửa đổi 485 văn bản": an order, among orders. */
bool ordered(const struct discourse *s, const struct passage *p, const struct quantity *q, const struct sentence *in)
{
    size_t i = in->first;
    if (!s->orders)
        return false;
    while (i < q->lead && (p->t[i].kind == TOKEN_MARK || (p->t[i].kind == TOKEN_WORD && p->t[i].length == 1) ||
                           (p->t[i].kind == TOKEN_NUMERAL && p->t[i + 1 < p->n ? i + 1 : i].kind == TOKEN_MARK)))
        i++; /* the item's dash, letter or number */
    if (!sense_at(p, i, SENSE_TASK, NULL))
        return false;
    for (; i < q->lead; i++)
        if (token_word(p, i, "Da~") && !target_at(p, i + 1))
            return false;
    return true;
}
