/* extract/reported.c -- which counts are such as a report gives.
 *
 * pass_over() has seen to what is no number of anything; here the indicator is known, and what was counted
 * before. */
#include "extract/finding.h"

#include <string.h>

/* "của 44 TTHC": a number told just before, named again. */
static bool refers_back(const struct discourse *s, const struct passage *p, const struct quantity *q)
{
    if (q->form != FORM_PLAIN || !q->noun)
        return false;
    if (q->lead > 0 && token_word(p, q->lead - 1, "ngoai`"))
        return true; /* "Ngoài 4 thủ tục ..., còn 12 thủ tục": those known */
    if (!sense_before(p, q->lead, SENSE_BACK, NULL))
        return false;
    for (size_t i = 0; i < sizeof s->told / sizeof *s->told; i++)
        if (s->told[i].noun == q->noun && s->told[i].value == q->value)
            return true;
    return false;
}

/* "đã ra mắt được 14 hội quán": what was achieved is reported, whatever it is. */
static bool achieved_count(const struct passage *p, const struct quantity *q)
{
    return q->lead > 1 && q->value >= 3 && !token_word(p, q->lead - 2, "Da~") && token_word(p, q->lead - 1, "DUQc.") &&
           p->t[q->lead - 2].kind == TOKEN_WORD && !p->t[q->lead - 2].upper &&
           !sense_at(p, q->end, SENSE_DURATION, NULL) && !sense_at(p, q->end, SENSE_STREAK, NULL);
}

/* "Đến nay có 44 hội quán", "với 433 chuyến bay", "100 triệu chủ thẻ": stated of a thing that no list has. */
static bool stated(const struct passage *p, const struct quantity *q)
{
    enum { FEW = 10, VERB = 4 };
    static const char *const states[] = { "co'",  "la`",  "Dat.", "vQi'", "gOm`", "con`",
                                          "thEm", "tai.", "cho",  "nhXn", "cXp'" };
    static const enum sense_role none[] = { SENSE_CLASS,     SENSE_DURATION, SENSE_STREAK, SENSE_AGE,   SENSE_TECHNICAL,
                                            SENSE_FURNITURE, SENSE_ORDINAL,  SENSE_YEAR,   SENSE_MONTH, SENSE_DAY,
                                            SENSE_QUARTER,   SENSE_REACH,    SENSE_UP,     SENSE_DOWN,  SENSE_BACK };
    const struct token *t = p->t;
    if (q->value < FEW || t[q->first].decimals || t[q->first].kind != TOKEN_NUMERAL || q->end + 1 >= p->n ||
        t[q->end].kind != TOKEN_WORD || t[q->end].upper || t[q->end + 1].kind != TOKEN_WORD || t[q->end + 1].upper)
        return false;
    for (size_t k = 0; k < sizeof none / sizeof *none; k++)
        if (sense_at(p, q->end, none[k], NULL))
            return false;
    if (q->end > q->first + 1u)
        return true; /* a multiplier */
    if (q->lead > 0 && TOKEN_ANY(p, q->lead - 1, states))
        return true;
    for (size_t i = q->lead, k = 0; i-- > 0 && k < VERB && t[i].kind == TOKEN_WORD && !t[i].upper; k++)
        if (token_word(p, i, "Da~"))
            return k > 0;
    const struct quantity *row = q > p->q ? q - 1 : NULL; /* "112.901 chuyến bay xuất cảnh và 433 chuyến bay quá cảnh" */
    return row && !row->passed && row->end < p->n && sentence_of(p, row->first) == sentence_of(p, q->first) &&
           t[row->end].length > 0 && t[row->end].length == t[q->end].length &&
           t[row->end].end - t[row->end].start == t[q->end].end - t[q->end].start &&
           !memcmp(p->text + t[row->end].start, p->text + t[q->end].start, t[q->end].end - t[q->end].start);
}

/* A bare number that something unknown is counted by: "tối thiểu 05 kịch bản". */
static bool counts_unknown(const struct passage *p, const struct quantity *q)
{
    const struct token *next = q->end < p->n ? &p->t[q->end] : NULL;
    bool marked = p->t[q->first].zero || q->qualifier == FACT_AT_LEAST || q->qualifier == FACT_AT_MOST ||
                  q->qualifier == FACT_OVER || q->qualifier == FACT_ABOUT || p->t[q->first].grouped ||
                  achieved_count(p, q) || stated(p, q);
    bool abbreviated = next && next->upper && p->t[q->first].grouped && q->lead > 0 &&
                       sense_before(p, q->lead, SENSE_REACH, NULL); /* "là 247.858 C/O" */
    return q->form == FORM_PLAIN && marked && next && next->kind == TOKEN_WORD && (!next->upper || abbreviated) &&
           next->spaced && (achieved_count(p, q) || !sense_at(p, q->end, SENSE_CLASS, NULL)) &&
           !sense_at(p, q->end, SENSE_REACH, NULL);
}

/* "Vị trí thứ 5 năm 2019 đã ghi nhận ...": a rank told before begins the sentence. */
static bool rank_named(const struct discourse *s, const struct passage *p, const struct finding *f)
{
    const struct sentence *in = sentence_of(p, f->q->first);
    if (f->q->form != FORM_RANK || !in || f->q->lead != in->first || f->choice.code < 0)
        return false;
    for (size_t i = 0; i < sizeof s->told / sizeof *s->told; i++)
        if (i < s->n_told && s->told[i].code == f->choice.code && s->told[i].value == f->q->value)
            return true;
    return false;
}

/* "Từ 1/7, người dân ...": a day. */
static bool day_led(const struct passage *p, const struct quantity *q)
{
    static const char *const led[] = { "tU`", "DEn'", "trUQc'", "sau", "ngay`", "sang'", "chiEu`", "tOi'", "hOm" };
    return (q->lead > 0 && TOKEN_ANY(p, q->lead - 1, led)) || TOKEN_ANY(p, q->lead, led);
}

/* The same thing was counted a paragraph or two ago: "... tại 172 doanh nghiệp.", "... tại 3 doanh nghiệp". */
static bool told_near(const struct discourse *s, const struct quantity *q)
{
    enum { BLOCKS = 2 };
    size_t n = sizeof s->told / sizeof *s->told;
    for (size_t i = s->n_told; q->noun && i-- > 0 && i + n >= s->n_told;)
        if (s->told[i % n].noun && !strcmp(s->told[i % n].noun->text, q->noun->text) && s->told[i % n].value >= 10 &&
            s->block - s->told[i % n].block <= BLOCKS)
            return true;
    return false;
}

/* "đã tổ chức 3 khóa huấn luyện", "đã ban hành 2 nghị quyết": few, and done. */
static bool few_done(const struct passage *p, const struct quantity *q)
{
    enum { VERB = 4 };
    if (!q->noun || q->value < 2 || q->lead != q->first || !strcmp(q->noun->text, "lần"))
        return false;
    if (q->lead > 1 && ((token_word(p, q->lead - 2, "tO?") && token_word(p, q->lead - 1, "chUc'")) ||
                        (token_word(p, q->lead - 2, "ban") && token_word(p, q->lead - 1, "hanh`")) ||
                        (token_word(p, q->lead - 2, "thanh`") && token_word(p, q->lead - 1, "lXp."))))
        for (size_t i = q->lead; i-- > 0 && q->lead - i < 30 && !token_is(p, i, ';') && !token_is(p, i, '.');)
            if (token_word(p, i, "Da~"))
                return true;
    for (size_t i = q->lead, k = 0; i-- > 0 && k < VERB && p->t[i].kind == TOKEN_WORD && !p->t[i].upper; k++) {
        if (token_word(p, i, "Da~"))
            return k > 0;
        if ((k > 1 && sense_at(p, i, SENSE_NOUN, NULL)) || sense_at(p, i, SENSE_REACH, NULL) ||
            token_word(p, i, "cua?") || token_word(p, i, "Q?") || token_word(p, i, "tai."))
            return false;
    }
    return false;
}

/* "chỉ còn 6 hộ", "thiếu 2 công chức": little, and told because it is so. */
static bool left_over(const struct passage *p, const struct quantity *q)
{
    static const char *const left[] = { "con`", "thiEu'", "thUa`", "khuyEt'" };
    return q->noun && q->lead > 0 && TOKEN_ANY(p, q->lead - 1, left);
}

/* "Trong số 9 huyện, có 7 địa phương ...": all that were looked at. */
static bool out_of_units(const struct passage *p, const struct quantity *q)
{
    return counts_any(q, p->x->nouns.units) && q->lead > 1 && token_word(p, q->lead - 1, "sO'") &&
           (token_word(p, q->lead - 2, "trong") || token_word(p, q->lead - 2, "tOng?"));
}

/* "5 sở và 3 huyện có tỷ lệ trễ hạn trên 3%": what they reached follows the last of the row. */
static bool row_reaches(const struct passage *p, const struct quantity *q)
{
    enum { ROW_TOKENS = 4 };
    const struct quantity *end = p->q + p->n_q;
    while (q + 1 < end && counts_units(p, q + 1) && q[1].lead >= q->tail && q[1].lead - q->tail <= ROW_TOKENS)
        if (level_follows(p, ++q))
            return true;
    return false;
}

/* A bare count must count something that somebody would report. */
const char *not_reported(const struct discourse *s, const struct passage *p, const struct finding *f)
{
    const struct quantity *q = f->q;
    const struct lexicon_code *code = code_of(s, &f->choice);

    if (refers_back(s, p, q) || rank_named(s, p, f))
        return N_("a number told before");
    if (!q->noun && counts_unknown(p, q))
        return NULL;
    if (q->form == FORM_RANK || q->form == FORM_PERCENT || q->form == FORM_MONEY || q->form == FORM_SCORE || q->step)
        return NULL;
    if (q->form == FORM_FRACTION)
        return !q->noun && q->value > q->of                                                             ? N_("no fraction")
               : !q->noun && (!code || day_led(p, q)) && q->value <= 31 && q->of <= 12 && q->value >= 1 ? N_("date")
                                                                                                        : NULL;
    if (q->form == FORM_DURATION)
        return code || q->range || q->qualifier != FACT_EQ || q->moves ||
                       (q > p->q && q[-1].moves && q[-1].form == FORM_DURATION)
                   ? NULL
                   : N_("a stretch of time");
    if (!q->noun && (f->choice.code < 0 || (f->choice.pattern && f->choice.score < 1.5) ||
                     (f->choice.inherited && f->choice.score < 1.8)))
        return N_("nothing known is counted");
    if (!q->noun && q->value < 10 && p->t[q->first].kind == TOKEN_WORD)
        return N_("nothing known is counted");
    if (counts_units(p, q) &&
        (level_follows(p, q) || row_reaches(p, q) || (moved_before(p, q) && told_before(s, q) < SIZE_MAX)))
        return NULL;
    if (told_near(s, q) || left_over(p, q) || few_done(p, q) || out_of_units(p, q))
        return NULL;
    if (is_khac(code) && !code && q->value < 10 && q->qualifier == FACT_EQ && !p->t[q->first].zero)
        return N_("a small count without an indicator");
    return NULL;
}
