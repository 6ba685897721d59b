/* extract/taken.c -- what a number is, taken from what was said before, where its own words do not tell. */
#include "extract/finding.h"

#include <math.h>
#include <string.h>

/* "xã" and "phường", "đơn vị" and "đơn vị hành chính": units of one class count for the same. */
static bool same_thing(const struct discourse *s, const struct sense *a, const struct sense *b)
{
    unsigned long inside = s->x->lexicon->nouns.inside;
    return !strcmp(a->text, b->text) || (a->index >= 0 && a->index == b->index && inside >> a->index & 1);
}

/* The last count of the same thing in this paragraph, as an index of s->told; SIZE_MAX if there is none. */
size_t told_before(const struct discourse *s, const struct quantity *q)
{
    size_t n = sizeof s->told / sizeof *s->told;
    for (size_t i = s->n_told; q->noun && i-- > 0 && i + n >= s->n_told;)
        if (s->told[i % n].noun && same_thing(s, s->told[i % n].noun, q->noun) && s->told[i % n].block == s->block)
            return i % n;
    return SIZE_MAX;
}

/* A place or office that may be counted by what it reached. */
bool counts_units(const struct passage *p, const struct quantity *q)
{
    return (q->form == FORM_PLAIN || q->form == FORM_FRACTION) && counts_any(q, p->x->nouns.units);
}

/* "6 địa phương có chỉ số giảm", "11/44 đơn vị xếp hạng Khá": what they reached follows. */
bool level_follows(const struct passage *p, const struct quantity *q)
{
    static const char *const verbs[] = { "Dat.",  "xEp'", "tAng", "giam?", "chUa",  "hoan`",
                                         "dUQi'", "trEn", "lE.",  "sO'",   "DiEm?", "chUng'" };
    for (size_t i = q->tail; i < q->tail + 3u && i < p->n && p->t[i].kind == TOKEN_WORD; i++)
        if (TOKEN_ANY(p, i, verbs))
            return true;
    return false;
}

/* A count of a thing that this paragraph has counted before: "..., tăng 8.221 tài khoản". */
void take_told(const struct discourse *s, struct finding *f)
{
    size_t i = f->choice.code < 0 && f->q->form == FORM_PLAIN ? told_before(s, f->q) : SIZE_MAX;
    if (i < SIZE_MAX && s->told[i].code >= 0)
        f->choice = (struct choice){ .code = s->told[i].code, .score = 1.1, .margin = 0.3, .inherited = true };
}

/* "8 bộ đạt tỷ lệ dưới 50%": what they reached, not how many there are now. */
static bool reaches(const struct passage *p, const struct quantity *q)
{
    for (size_t i = q->tail; i < q->tail + 3u; i++)
        if (token_word(p, i, "Dat.") || token_word(p, i, "lE.") || (token_word(p, i, "qua?") && token_word(p, i - 1, "kEt'")))
            return true;
    return false;
}

/* Units counted by the level of an index or a rate that they reached are no value of it. */
void leave_measure(const struct discourse *s, const struct passage *p, struct finding *f)
{
    static const char *const of_units[] = { "chi-dao.",     "bo-may.",         "the-che.",       "cong-vu.",
                                            "tthc.mot-cua", "tthc.lien-thong", "tthc.cong-khai", "tai-chinh.tu-chu",
                                            "khac",         "dvc.cung-cap",    "so.van-ban",     "so.ha-tang" };
    const struct lexicon_code *code = code_of(s, &f->choice);
    bool cut = code && code->growth && !moved_before(p, f->q) && reaches(p, f->q);
    bool keeps = !code || (code->label && !cut) || !counts_units(p, f->q);
    for (size_t i = 0; !keeps && i < sizeof of_units / sizeof *of_units; i++)
        keeps = !strncmp(code->code, of_units[i], strlen(of_units[i])) &&
                !cut && !(!strncmp(code->code, "dvc.", 4) && reaches(p, f->q));
    if (!keeps)
        f->choice = (struct choice){ .code = -1, .score = 1, .margin = 1 };
}

/* The indicator that a stretch of text speaks of at its end: of a heading, of the sentence before "chỉ số này". */
static struct choice spoken_at(struct discourse *s, const struct passage *p, uint32_t end, enum fact_kind kind)
{
    struct quantity *there = &p->q[p->n_q]; /* the spare one, behind the last */
    *there = (struct quantity){ .first = end, .end = end, .lead = end, .tail = end, .of = NAN,
                                .form = kind == FACT_PERCENT ? FORM_PERCENT : FORM_PLAIN };
    struct choice c = indicator_choose(s->chooser, p, there, kind, NULL, NULL);
    return c.score >= 0.9 ? c : (struct choice){ .code = -1 };
}

/* "Cụ thể, chỉ số này năm 2017 là 95,5%": the sentence before has named it. */
void take_named_before(struct discourse *s, const struct passage *p, struct finding *f)
{
    const struct sentence *in = sentence_of(p, f->q->first);
    if (f->choice.code >= 0 || !in || in == p->s || f->q->form != FORM_PERCENT)
        return;
    for (size_t i = in->first + 1; i < f->q->lead; i++)
        if (token_word(p, i, "nay`") &&
            (token_word(p, i - 1, "sO'") || token_word(p, i - 1, "lE.") || token_word(p, i - 1, "qua?"))) {
            f->choice = spoken_at(s, p, in->first - 1, FACT_PERCENT);
            f->choice.inherited = f->choice.code >= 0;
            f->choice.pattern = NULL;
            return;
        }
}

/* A rate in a list that names nothing known is of what the list's heading names. */
void take_heading(const struct discourse *s, struct finding *f)
{
    if (f->choice.code < 0 && f->q->form == FORM_PERCENT && s->heading.code >= 0)
        f->choice = (struct choice){ .code = s->heading.code, .score = 1, .margin = 0.2, .inherited = true };
}

/* "1. Mạng viễn thông băng rộng", "Về số hóa hồ sơ:": what the lines below speak of. */
void hear_subject(struct discourse *s, const struct block *b, const struct passage *p)
{
    enum { SUBJECT_TOKENS = 20 };
    bool list = b->kind == BLOCK_LIST_ITEM || (p->n && (token_is(p, 0, '-') || token_is(p, 0, '*') || token_is(p, 0, '+')));
    bool facts = false, numbered = p->n > 1 && p->t[0].kind == TOKEN_NUMERAL && (token_is(p, 1, '.') || token_is(p, 1, ')'));
    for (size_t i = 0; i < p->n_q; i++)
        facts = facts || !p->q[i].passed;
    if (list)
        return;
    bool names =
        !facts && p->n && p->n < SUBJECT_TOKENS && (numbered || b->kind == BLOCK_HEADING || token_is(p, p->n - 1, ':'));
    s->heading = names ? spoken_at(s, p, (uint32_t)p->n - token_is(p, p->n - 1, ':'), FACT_PERCENT)
                       : (struct choice){ .code = -1 };
}

/* Where the number's own clause begins: behind the last comma, semicolon, bracket or colon before it. */
static size_t clause_begin(const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    size_t first = in ? in->first : 0;
    uint32_t end;
    for (size_t i = q->lead; i-- > first;)
        if (token_is(p, i, ',') && i > 0 && sense_at(p, i - 1, SENSE_NOUN, &end) && end > i + 1u)
            continue; /* "sở, ngành" */
        else if (token_is(p, i, ';') || token_is(p, i, ',') || token_is(p, i, ':') || token_is(p, i, '('))
            return i + 1;
    return first;
}

/* "với tỷ lệ 83,48%", "đạt chỉ số 96,43%", "chỉ đạt dưới 10%": the clause says that it is a rate, not of what; who
 * reached it may be named. */
bool bare_rate(const struct passage *p, const struct quantity *q)
{
    enum { NEAR = 5 };
    bool rate = false;
    size_t begin = clause_begin(p, q);
    for (size_t i = q->lead, k = 0; i-- > begin && k < NEAR; k++)
        rate = rate || sense_at(p, i, SENSE_REACH, NULL) || token_word(p, i, "sO'") || token_word(p, i, "lE.") ||
               token_word(p, i, "mUc'");
    for (size_t i = begin; rate && i < q->lead; i++) {
        const struct sense *noun = sense_at(p, i, SENSE_NOUN, NULL);
        if (noun && noun->index >= 0 && !(p->x->nouns.units >> noun->index & 1) &&
            !(p->taken[i] & (TAKEN_PLACE | TAKEN_TIME)) && !sense_at(p, i, SENSE_STEP, NULL) &&
            !token_word(p, i, "chi?"))
            return false;
    }
    return rate;
}

/* A rate of which the clause does not say what it is of is of what the last one was, in this paragraph or the one before. */
void take_rate(const struct discourse *s, const struct passage *p, struct finding *f, const struct quantity *previous,
               const struct choice *before)
{
    const struct quantity *q = f->q;
    bool own_rate =
        previous && previous->form == FORM_FRACTION && fabs(previous->value / previous->of - q->value / 100) < 0.006;
    if (previous && before->code < 0 && sentence_of(p, previous->first) == sentence_of(p, q->first) &&
        (own_rate || !counts_any(previous, p->x->nouns.units)))
        return; /* of what that number is, and nobody knows what it is */
    if (f->choice.code >= 0 || q->form != FORM_PERCENT || q->noun || s->rate < 0 || s->block > s->rate_block + 1 ||
        !bare_rate(p, q))
        return;
    f->choice = (struct choice){ .code = s->rate, .score = 1, .margin = 0.2, .inherited = true };
}

void hear_rate(struct discourse *s, const struct finding *f)
{
    const struct lexicon_code *code = code_of(s, &f->choice);
    if (f->q->form != FORM_PERCENT || f->kind == FACT_CHANGE || !code)
        return;
    s->rate = code->difference ? s->rate : f->choice.code;
    s->rate_block = s->block;
}

/* Whatever rate or index it is of, a difference to another place is no value of it. */
void take_difference(const struct discourse *s, const struct passage *p, struct finding *f)
{
    const struct lexicon *x = s->x->lexicon;
    if (!apart_from_others(p, f->q))
        return;
    for (size_t i = 0; i < x->n_codes; i++)
        if (x->codes[i].difference)
            f->choice = (struct choice){ .code = (int)i, .score = 2, .margin = 1, .inherited = true };
}
