/* extract/issuers.c -- places and agencies named as who orders, reports, meets or is compared with. */
#include "extract/naming.h"

/* "tổ chức", "hội nghị", "chủ trì" in the same sentence, near the name. */
static bool meeting_near(const struct passage *p, size_t first, size_t end)
{
    const struct sentence *s = sentence_of(p, first);
    size_t from = first > 12 ? first - 12 : 0, to = end + 14;
    if (s && from < s->first)
        from = s->first;
    if (s && to > s->end)
        to = s->end;
    for (size_t i = from; i + 1 < to; i++)
        if ((token_word(p, i, "tO?") && token_word(p, i + 1, "chUc'")) ||
            (token_word(p, i, "chu?") && token_word(p, i + 1, "tri`")) ||
            (token_word(p, i, "diEn~") && token_word(p, i + 1, "ra")) ||
            (token_word(p, i, "DiEm?") && token_word(p, i + 1, "cXu`")) ||
            (token_word(p, i, "khai") && token_word(p, i + 1, "mac.")))
            return true;
    return false;
}

/* "(để Bộ X cấp phép)": in a bracket that holds no number. */
static bool in_aside(const struct passage *p, size_t first, size_t end)
{
    enum { ASIDE = 8 };
    size_t open = first, close = end;
    while (open > 0 && first - open < ASIDE && !token_is(p, open, '(') && !token_is(p, open, ')'))
        open--;
    while (close < p->n && close - end < ASIDE && !token_is(p, close, ')') && !token_numeral(p, close))
        close++;
    return token_is(p, open, '(') && token_is(p, close, ')');
}

/* "cho biết từ năm 2016 đến nay đã cắt giảm 174 thủ tục": who speaks tells of itself, if what was done has no
 * subject of its own; "đã có 45 tỉnh" has one. */
static bool tells_of_itself(const struct passage *p, size_t i)
{
    enum { TIME_TOKENS = 12 };
    size_t stop = i + TIME_TOKENS;
    while (i < p->n && i < stop &&
           (p->taken[i] & TAKEN_TIME || token_is(p, i, ',') || token_is(p, i, ':') || token_word(p, i, "rAng`") ||
            token_word(p, i, "tU`") || token_word(p, i, "DEn'") || token_word(p, i, "nay") ||
            token_word(p, i, "tinh'")))
        i++;
    if (!token_word(p, i, "Da~") && !token_word(p, i, "Dang") && !token_word(p, i, "se~"))
        return false;
    return i + 1 < p->n && !token_word(p, i + 1, "co'") && !token_word(p, i + 1, "DUQc.");
}

/* Words that make a name the one who orders, reports or is compared with. */
bool names_issuer(const struct passage *p, size_t first, size_t end, bool agency)
{
    uint32_t at;
    if (first >= 1 && token_is(p, first - 1, '('))
        return true; /* an aside */
    if (first >= 1 && (token_word(p, first - 1, "do") || token_word(p, first - 1, "hQn") ||
                       token_word(p, first - 1, "sau") || token_word(p, first - 1, "giap'")))
        return true;
    if (first >= 2 && (token_word(p, first - 2, "so") && token_word(p, first - 1, "vQi'")))
        return true;
    /* "thành lập mới TP. Huế": what is founded; "tại Hà Nội, Bộ ... tổ chức hội nghị": where people met */
    for (size_t i = first; i-- > 0 && i + 4 >= first && p->t[i].kind == TOKEN_WORD;)
        if (token_word(p, i, "thanh`") && token_word(p, i + 1, "lXp."))
            return true;
    if (first >= 1 && !agency &&
        (token_word(p, first - 1, "tai.") || (token_word(p, first - 1, "cXu`") && token_word(p, first - 2, "DiEm?"))) &&
        !token_word(p, first, "tinh?") && meeting_near(p, first, end))
        return true;
    if (!agency)
        return false;
    if (in_aside(p, first, end))
        return true;
    if (first >= 2 && token_word(p, first - 1, "cua?") &&
        (sense_before(p, first - 1, SENSE_REPORT, &at) || token_word(p, first - 2, "sat'") ||
         token_word(p, first - 2, "tra") || token_word(p, first - 2, "gia'")))
        return true; /* "theo khảo sát của VCCI" */
    if (first >= 1 && (sense_before(p, first, SENSE_REPORT, &at) || token_word(p, first - 1, "theo")))
        return true;
    /* "Bộ X cho biết", "đã báo cáo", "cũng cho biết" */
    if (token_is(p, end, '(') && token_is(p, end + 2, ')'))
        end += 3; /* its abbreviation */
    for (size_t i = end; i < end + 4 && i + 1 < p->n && p->t[i].kind == TOKEN_WORD; i++)
        if ((token_word(p, i, "cho") &&
             (token_word(p, i + 1, "biEt'") || token_word(p, i + 1, "hay") || token_word(p, i + 1, "thXy'"))) ||
            (token_word(p, i, "bao'") && token_word(p, i + 1, "cao'")))
            return !tells_of_itself(p, i + 2);
        else if ((token_word(p, i, "hUQng'") && token_word(p, i + 1, "dXn~")) ||
                 (token_word(p, i, "DE`") && token_word(p, i + 1, "nghi.")) ||
                 (token_word(p, i, "nhXn'") && token_word(p, i + 1, "manh.")) ||
                 (token_word(p, i, "khAng?") && token_word(p, i + 1, "Dinh.")) ||
                 (token_word(p, i, "Danh'") && token_word(p, i + 1, "gia'")) ||
                 (token_word(p, i, "cOng") && token_word(p, i + 1, "bO'") &&
                  !token_numeral(p, i + 2)) || /* "công bố 71 dịch vụ": its own */
                 (token_word(p, i, "giao") && !token_word(p, i + 1, "thOng") && !token_word(p, i - 1, "DUQc.")))
            return true;
    return false;
}
