/* extract/plan.c -- what is proposed or drafted, where the word for it stood earlier.
 *
 * "đề xuất", "dự kiến", "dự thảo" rule more than their own clause: the list that they open, over its
 * semicolons and into the next sentence; and all that a text tells of units to be merged, once it has said
 * that their arrangement is a draft. */
#include "extract/finding.h"

/* A verb that begins a clause of such a list: "; đơn giản hóa 34 điều kiện", ", chuyển hậu kiểm 8 điều kiện". */
bool begins_with_deed(const struct passage *p, size_t i)
{
    if (token_is(p, i, '(') && token_is(p, i + 2, ')'))
        i += 3; /* "; (2) Cắt giảm ..." */
    static const char *const verbs[] = { "cAt'", "DQn",    "chuyEn?", "bai~",  "sUa?",   "thay", "giam?",
                                         "tAng", "sap'",   "hQp.",    "giai?", "thanh`", "lXp.", "sAp'",
                                         "nXng", "rut'",   "tiEt'",   "hoan`", "DUa",    "kEt'", "tO?",
                                         "cung", "triEn?", "thUc.",   "duy",   "giU~",   "xXy",  "con`",
                                         "bO?",  "bo?",    "nhXp.",   "tinh",  "thu" };
    return TOKEN_ANY(p, i, verbs);
}

/* "Với lĩnh vực rượu, cắt giảm 6 điều kiện": the next item of what the sentence before proposed. */
bool next_proposed(const struct discourse *s, const struct passage *p, const struct quantity *q)
{
    enum { TOPIC = 24, CLAUSE = 24 };
    static const char *const topics[] = { "vQi'", "DOi'", "vE`", "riEng", "trong", "tai.", "Q?" };
    const struct sentence *in = sentence_of(p, q->first);
    if (!in || s->last_role != FACT_TARGET || s->last_block + 1 < s->block || !TOKEN_ANY(p, in->first, topics))
        return false;
    size_t comma = in->first;
    while (comma < q->lead && comma - in->first < TOPIC && !token_is(p, comma, ','))
        comma++;
    if (!token_is(p, comma, ',') || !begins_with_deed(p, comma + 1) || q->lead - comma > CLAUSE)
        return false;
    for (size_t i = in->first; i < q->lead; i++)
        if (token_word(p, i, "Da~") || token_word(p, i, "DUQc.") || p->taken[i] & TAKEN_TIME)
            return false;
    return true;
}

/* "sắp xếp", "sáp nhập", "hợp nhất" at i. */
static bool arranges(const struct passage *p, size_t i)
{
    char first = p->t[i].first;
    if (first != 's' && first != 'h')
        return false;
    return (token_word(p, i, "sAp'") && token_word(p, i + 1, "xEp'")) ||
           (token_word(p, i, "sap'") && token_word(p, i + 1, "nhXp.")) ||
           (token_word(p, i, "hQp.") && token_word(p, i + 1, "nhXt'"));
}

static bool says_arrangement(const struct passage *p, const struct sentence *in)
{
    for (size_t i = in->first; i < in->end; i++)
        if ((p->t[i].first == 's' || p->t[i].first == 'h') && arranges(p, i)) /* by its letter: every sentence is asked */
            return true;
    return false;
}

/* Words that make an arrangement a draft. */
static bool drafts(const struct passage *p, size_t i)
{
    static const char *const pairs[][2] = { { "dU.", "kiEn'" }, { "dU.", "thao?" }, { "thXm?", "Dinh." }, { "phUQng", "an'" },
                                            { "tQ`", "trinh`" }, { "lXy'", "y'" }, { "chu?", "trUQng" }, { "DE`", "xuXt'" } };
    for (size_t k = 0; k < sizeof pairs / sizeof *pairs; k++)
        if (token_word(p, i, pairs[k][0]) && token_word(p, i + 1, pairs[k][1]))
            return true;
    return token_word(p, i, "se~");
}

/* "đã", "hiện có", "trước khi", "được", "hoàn thành" before the number: no draft, whatever was said. */
static bool stands_now(const struct passage *p, size_t from, size_t to)
{
    static const char *const done[] = { "Da~", "trUQc'", "kE?" };
    for (size_t i = from; i < to; i++)
        if (TOKEN_ANY(p, i, done) || (token_word(p, i, "hoan`") && token_word(p, i + 1, "thanh`")) ||
            (token_word(p, i, "chinh'") && token_word(p, i + 1, "thUc'")) ||
            (token_word(p, i, "hiEn.") && !(i > from && token_word(p, i - 1, "thUc."))))
            return true;
    return to > 1 && (token_word(p, to - 1, "DUQc.") || token_word(p, to - 2, "DUQc."));
}

/* "sắp xếp 80 đơn vị để thành lập 32 đơn vị": what for, so not done yet. */
static bool for_a_purpose(const struct passage *p, const struct sentence *in)
{
    bool arranged = false;
    for (size_t i = in->first; i + 1 < in->end; i++) {
        arranged = arranged || arranges(p, i);
        if (arranged && token_word(p, i, "DE?") &&
            (token_word(p, i + 1, "thanh`") || token_word(p, i + 1, "hinh`") || token_word(p, i + 1, "con`")))
            return true;
    }
    return false;
}

static bool says_draft(const struct passage *p, const struct sentence *in)
{
    if (!says_arrangement(p, in))
        return false;
    for (size_t i = in->first; i < in->end; i++)
        if (drafts(p, i))
            return true;
    return false;
}

/* Units merged, cut or left by an arrangement that is still a draft. */
bool drafted_units(const struct discourse *s, const struct passage *p, const struct finding *f)
{
    const struct quantity *q = f->q;
    const struct sentence *in = sentence_of(p, q->first);
    const struct lexicon_code *code = code_of(s, &f->choice);
    if (!in || !code || strncmp(code->code, "bo-may.", 7) || f->kind == FACT_DURATION || stands_now(p, in->first, q->lead))
        return false;
    return s->drafted || says_draft(p, in) || for_a_purpose(p, in);
}

void hear_draft(struct discourse *s, const struct passage *p, const struct sentence *in, bool facts, bool targets)
{
    bool done = false;
    if (!says_arrangement(p, in))
        return;
    for (size_t i = in->first; i < in->end; i++)
        done = done || token_word(p, i, "Da~");
    if (says_draft(p, in) && !(done && facts && !targets))
        s->drafted = true;
    else if (done && facts && !targets)
        s->drafted = false;
}
