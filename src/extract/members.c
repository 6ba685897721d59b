/* extract/members.c -- counts that report nothing: of things that are then named one by one, of those whom a
 * survey asked. */
#include "extract/members.h"

#include <string.h>

/* ---- the members of a list ---- */

static size_t names_within(const struct passage *p, size_t from, size_t to)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n_places; i++)
        n += p->places[i].first >= from && p->places[i].first < to && p->places[i].kind != WHERE_HERE;
    return n;
}

/* "2 tỉnh có điểm cao ở các năm trước là A và B", "2 địa phương đạt dưới 80% gồm A, B": exactly so many places follow. */
static bool members_named(const struct passage *p, const struct quantity *q)
{
    enum { PREDICATE = 20, NAME = 5 };
    const struct sentence *s = sentence_of(p, q->first);
    size_t is = q->tail;
    while (s && is < s->end && is < q->tail + PREDICATE && !token_word(p, is, "la`") && !token_word(p, is, "gOm`") &&
           !token_is(p, is, ';'))
        is++;
    if (q->value < 2 || q->value > 5 || !(token_word(p, is, "la`") || token_word(p, is, "gOm`")))
        return false;
    return names_within(p, is + 1, is + NAME * (size_t)q->value) == (size_t)q->value;
}

/* "hợp nhất 2 Bộ (Bộ Nội vụ và Bộ Y tế)"; not "giảm 2 huyện (A và B)", nor "2 huyện (A, B) đạt 96%". */
static bool members_bracketed(const struct passage *p, const struct quantity *q)
{
    enum { BRACKET = 40 };
    static const char *const reach[] = { "Dat.", "xEp'", "tAng", "giam?", "chUa", "hoan`", "dUQi'", "trEn", "co'", "Da~" };
    size_t opens = q->tail, closes;
    if (q->value < 2 || q->value > 5 || !token_is(p, opens, '(') ||
        (q->lead > 0 && sense_before(p, q->lead, SENSE_DOWN, NULL)))
        return false;
    for (closes = opens + 1; closes < p->n && closes - opens < BRACKET && !token_is(p, closes, ')'); closes++)
        if (p->t[closes].kind == TOKEN_NUMERAL)
            return false;
    return token_is(p, closes, ')') && names_within(p, opens, closes) == (size_t)q->value && !TOKEN_ANY(p, closes + 1, reach);
}

/* Names one after another, "BIDV, Agribank và MB", from `at` up to the first word that is none; how many. */
static size_t names_listed(const struct passage *p, size_t at, size_t most)
{
    size_t n = 0;
    for (size_t i = at; i < p->n && i < at + most;) {
        if (p->t[i].kind != TOKEN_WORD || !p->t[i].upper)
            break;
        n++;
        while (i < p->n && p->t[i].kind == TOKEN_WORD && p->t[i].upper)
            i++;
        if (!token_is(p, i, ',') && !token_word(p, i, "va`"))
            break;
        i++;
    }
    return n;
}

/* "5 ngân hàng (BIDV, Agribank, MB, ...)", "3 ngân hàng A, B, C": exactly so many names. */
static bool names_follow(const struct passage *p, const struct quantity *q)
{
    enum { ROOM = 60 };
    size_t at = q->tail;
    while (at < q->tail + 3u && at < p->n && p->t[at].kind == TOKEN_WORD && !p->t[at].upper)
        at++; /* "ngân hàng thương mại" */
    bool bracket = token_is(p, at, '(');
    if (q->value < 2 || q->value > 12 || (q->lead > 0 && sense_before(p, q->lead, SENSE_DOWN, NULL)))
        return false;
    return names_listed(p, at + bracket, ROOM) == (size_t)q->value;
}

/* What says only that there are so many: "có 6 chỉ số ...", "Trong đó, 5 tỉnh ...". */
static bool only_there(const struct passage *p, const struct quantity *q)
{
    static const char *const there[] = { "co'", "la`", "vQi'", "gOm`", "theo", "vE`", "cac'" };
    const struct sentence *s = sentence_of(p, q->first);
    return !s || q->lead <= s->first || p->t[q->lead - 1].kind == TOKEN_MARK || TOKEN_ANY(p, q->lead - 1, there);
}

/* A count right behind the colon: the list tells the parts of a sum. */
static bool parts_follow(const struct passage *p, size_t colon)
{
    enum { FIRST_ITEM = 8 };
    for (size_t i = colon + 1; i < colon + FIRST_ITEM && i < p->n; i++)
        if (p->t[i].kind == TOKEN_NUMERAL && !(p->taken[i] & (TAKEN_TIME | TAKEN_DOCUMENT)) &&
            !token_is(p, i + 1, '.') && !token_is(p, i + 1, ')'))
            return !p->t[i].decimals;
    return false;
}

/* "6 chỉ số giảm điểm, gồm: A, B", "5 tỉnh cao nhất lần lượt từ vị trí số 1 đến số 5 là: A ...": a list opens that
 * has no other counts before it. */
static bool list_opens(const struct passage *p, const struct quantity *q)
{
    enum { PREDICATE = 24 };
    static const char *const before[] = { "la`", "gOm`", "sau", "DXy" };
    static const char *const others[] = { "DO'", "bXt.", "bieu?" }; /* "trong đó", "nổi bật", "tiêu biểu": some of them */
    if (!only_there(p, q))
        return false;
    for (size_t i = q->tail; i < p->n && i < q->tail + PREDICATE; i++) {
        if (token_is(p, i, ':'))
            return i > q->tail && TOKEN_ANY(p, i - 1, before) && !parts_follow(p, i);
        if (token_is(p, i, ';') || token_is(p, i, '.') || TOKEN_ANY(p, i, others) || sense_at(p, i, SENSE_DOCUMENT, NULL))
            return false;
        if (p->t[i].kind == TOKEN_NUMERAL && !(p->taken[i] & TAKEN_TIME) && !sense_before(p, i, SENSE_LABEL, NULL))
            return false;
    }
    return false;
}

static const char *members_follow(const struct passage *p, const struct quantity *q)
{
    if (q->form != FORM_PLAIN || !q->noun || q->value > 40)
        return NULL;
    if (members_named(p, q) || members_bracketed(p, q) || names_follow(p, q) || list_opens(p, q))
        return N_("its members follow");
    for (size_t i = q->tail; i + 1 < p->n && i < q->tail + 8u; i++) {
        bool opens = token_is(p, i, ':') || token_word(p, i, "la`") || token_word(p, i, "gOm`") ||
                     (token_word(p, i, "nhU") && token_is(p, i + 1, ':')) || token_is(p, i, '(');
        if (p->t[i].kind == TOKEN_NUMERAL || token_is(p, i, ',') || token_is(p, i, ';') || token_is(p, i, '.'))
            return NULL;
        if (!opens)
            continue;
        if (token_is(p, i, ':') && i + 1 < p->n && p->t[i + 1].kind == TOKEN_WORD && i <= q->tail + 3u &&
            !token_word(p, q->lead > 0 ? q->lead - 1 : 0, "con`"))
            return N_("its members follow");
        for (size_t k = i + 1; k < p->n && k < i + 6; k++)
            if (p->taken[k] & TAKEN_PLACE && p->t[k].upper && !token_is(p, i, '('))
                return N_("its members follow");
        return NULL;
    }
    return NULL;
}

/* ---- a survey ---- */

static bool pair_at(const struct passage *p, size_t i, const char *const pairs[][2], size_t n)
{
    for (size_t k = 0; k < n; k++)
        if (token_word(p, i, pairs[k][0]) && token_word(p, i + 1, pairs[k][1]))
            return true;
    return false;
}

#define PAIR_AT(p, i, pairs) pair_at(p, i, pairs, sizeof pairs / sizeof *pairs)

/* "khảo sát 1.200 hộ", "phản hồi từ gần 12.300 doanh nghiệp", "lấy ý kiến của 500 người" about an index. */
static bool survey_before(const struct passage *p, const struct quantity *q)
{
    enum { LOOK_BACK = 7 };
    static const char *const surveys[][2] = { { "khao?", "sat'" },    { "phong?", "vXn'" }, { "phan?", "hOi`" },
                                              { "phat'", "ra" },      { "thu", "vE`" },     { "co~", "mXu~" },
                                              { "trai?", "nghiEm." }, { "DiEu`", "tra" } };
    static const char *const links[] = { "cua?", "tU`", "vQi'",  "DOi'",  "y'",   "kiEn'", "cac'",    "tOng?", "sO'",
                                         "la`",  "sU.", "tham",  "gia",   "tai.", "cho",   "khoang?", "DUQc.", "tXt'",
                                         "ca?",  "va`", "trUc.", "tiEp'", "hQp.", "lE.",   "trEn" };
    for (size_t i = q->lead, k = 0; i-- > 1 && k < LOOK_BACK; k++) {
        if (PAIR_AT(p, i - 1, surveys))
            return true;
        if (!TOKEN_ANY(p, i, links) && !(i >= 1 && PAIR_AT(p, i, surveys)))
            return false;
    }
    return false;
}

/* "1.200 người tham gia khảo sát", "16.117 người được phỏng vấn", "500 doanh nghiệp phản hồi". */
static bool survey_behind(const struct passage *p, const struct quantity *q)
{
    enum { LOOK_AHEAD = 6 };
    static const char *const surveys[][2] = {
        { "khao?", "sat'" }, { "phong?", "vXn'" }, { "phan?", "hOi`" }, { "tra?", "lQi`" }
    };
    static const char *const links[] = { "tham", "gia",  "DUQc.", "Da~", "dXn",   "trong", "nUQc'",
                                         "tU",   "nhXn", "FDI",   "fdi", "tinh?", "tra?",  "lQi`" };
    for (size_t i = q->tail; i < q->tail + LOOK_AHEAD; i++) {
        if (PAIR_AT(p, i, surveys))
            return true;
        if (!TOKEN_ANY(p, i, links))
            return false;
    }
    return false;
}

/* "khảo sát ..., với tổng số hơn 85.600 phiếu thu thập được": the papers of a survey; not votes for a plan. */
static bool papers(const struct passage *p, const struct quantity *q)
{
    static const char *const surveys[][2] = { { "khao?", "sat'" }, { "DiEu`", "tra" }, { "thu", "thXp." },
                                              { "phat'", "ra" },   { "thu", "vE`" },   { "hQp.", "lE." } };
    const struct sentence *in = sentence_of(p, q->first);
    if (!token_word(p, q->end, "phiEu'") && !(token_word(p, q->end, "lUQt.") && token_word(p, q->end + 1, "phiEu'")))
        return false;
    for (size_t i = in ? in->first : 0; in && i < in->end; i++)
        if (PAIR_AT(p, i, surveys))
            return true;
    return false;
}

/* "tổng số đơn vị được đánh giá là 35 đơn vị", "35 đơn vị được đánh giá, xếp hạng": how many there were to judge. */
static bool judged(const struct passage *p, const struct quantity *q)
{
    static const char *const judges[][2] = { { "Danh'", "gia'" }, { "khao?", "sat'" }, { "xEp'", "hang." } };
    static const char *const goes_on[] = { "va`", "xEp'", "trong" };
    size_t i = q->lead;
    if (i > 4 && token_word(p, i - 1, "la`") && PAIR_AT(p, i - 3, judges))
        return i > 5 &&
               (token_word(p, i - 4, "DUQc.") || (token_word(p, i - 4, "gia") && token_word(p, i - 5, "tham")) ||
                token_word(p, i - 4, "hiEn."));
    i = q->tail;
    if (!(token_word(p, i, "DUQc.") || (token_word(p, i, "tham") && token_word(p, i + 1, "gia"))))
        return false;
    i += token_word(p, i, "DUQc.") ? 1 : 2;
    return PAIR_AT(p, i, judges) && (i + 2 >= p->n || p->t[i + 2].kind == TOKEN_MARK || TOKEN_ANY(p, i + 2, goes_on));
}

/* "..., trong đó có 10.700 doanh nghiệp tư nhân và 1.600 doanh nghiệp FDI tại 22 địa phương": parts of the sample. */
static bool part_of_sample(const struct passage *p, const struct quantity *q, const char *sample)
{
    static const char *const done[] = { "Da~", "Dat.", "chiEm'", "tAng", "giam?" };
    const struct quantity *before = q > p->q ? q - 1 : NULL;
    while (before && before > p->q && before->passed && before->passed != sample)
        before--; /* "đang hoạt động tại 63 tỉnh, thành phố" */
    if (!before || before->passed != sample || sentence_of(p, before->first) != sentence_of(p, q->first))
        return false;
    for (size_t i = before->tail; i < q->lead; i++)
        if (token_is(p, i, ';') || TOKEN_ANY(p, i, done))
            return false;
    return true;
}

const char *lists_or_samples(const struct passage *p, const struct quantity *q)
{
    static const char sample[] = N_("asked in a survey");
    const struct noun_sets *nouns = &p->x->nouns;
    const char *members = members_follow(p, q);
    if (members || q->form != FORM_PLAIN || !q->noun)
        return members;
    if (counts_any(q, nouns->delegates) && papers(p, q))
        return sample;
    if (counts_any(q, nouns->asked) && (survey_before(p, q) || survey_behind(p, q)))
        return sample;
    if (counts_any(q, nouns->units) && judged(p, q))
        return sample;
    return counts_any(q, nouns->asked | nouns->units) && part_of_sample(p, q, sample) ? sample : NULL;
}
