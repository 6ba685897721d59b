/* extract/no_fact.c -- which numbers are none of the facts.
 *
 * A row of recognisers says why a number is no fact; the reason is kept, for a
 * person who reviews the document. */
#include "extract/members.h"

#include <string.h>

static bool list_number(const struct passage *p, const struct quantity *q)
{
    size_t i = q->first;
    const struct sentence *s = sentence_of(p, i);
    bool starts = (s && (s->first == i || (s->first + 1 == i && p->t[s->first].kind == TOKEN_MARK))) || p->t[i].line;
    bool closes = token_is(p, q->end, '.') || token_is(p, q->end, ')') ||
                  (token_is(p, q->end, '/') && p->t[q->end + 1 < p->n ? q->end + 1 : q->end].kind == TOKEN_WORD);
    if (q->form != FORM_PLAIN && q->form != FORM_FRACTION)
        return false;
    if (starts && (closes || (token_is(p, q->end, '-') && p->t[q->end].spaced)))
        return true;
    /* "(1) ...", not "năm 2020 (42,105)" nor "quản trị môi trường (17/63)" */
    return i > 0 && token_is(p, i - 1, '(') && token_is(p, q->end, ')') && q->form == FORM_PLAIN && q->end == i + 1 &&
           !p->t[i].decimals && !p->t[i].grouped && q->value < 100;
}

static bool section_number(const struct passage *p, const struct quantity *q)
{
    bool before = q->first > 1 && token_is(p, q->first - 1, '.') && !p->t[q->first].spaced && token_numeral(p, q->first - 2);
    bool after = token_is(p, q->end, '.') && token_numeral(p, q->end + 1) && !p->t[q->end + 1].spaced;
    return (before || after) && q->form == FORM_PLAIN;
}

static bool telephone(const struct passage *p, const struct quantity *q)
{
    const struct token *t = &p->t[q->first];
    if (t->zero && t->digits >= 7)
        return true;
    if (q->first > 0 && token_numeral(p, q->first - 1) && p->t[q->first - 1].zero && p->t[q->first - 1].digits <= 4 &&
        t->digits >= 6)
        return true; /* "024 37.824.754" */
    return t->zero && t->digits >= 3 && (token_numeral(p, q->end) || token_is(p, q->end, '.'));
}

/* "Thứ 4, ngày 31/05/2023" */
static bool weekday(const struct passage *p, const struct quantity *q)
{
    if (q->value < 2 || q->value > 7 || q->first == 0 || !token_word(p, q->first - 1, "thU'"))
        return false;
    if (q->first > 1 && (token_word(p, q->first - 2, "lEn") || token_word(p, q->first - 2, "xuOng'") ||
                         token_word(p, q->first - 2, "tri'") || token_word(p, q->first - 2, "xEp'") ||
                         token_word(p, q->first - 2, "DUng'")))
        return false;
    size_t at = q->end + (token_is(p, q->end, ',') || token_is(p, q->end, '-'));
    return at < p->n && ((p->taken[at] & TAKEN_TIME && !token_word(p, at, "nAm")) || token_word(p, at, "ngay`"));
}

/* "xử lý dứt điểm 13 nội dung", "thí điểm 09 kiosk": no "điểm 13". */
static bool points_in_word(const struct passage *p, size_t i)
{
    static const char *const words[] = { "dUt'",   "thi'", "trong.", "thQi`", "quan", "Uu",
                                         "nhUQc.", "cao",  "DAc.",   "Dia.",  "khQi?" };
    return TOKEN_ANY(p, i, words);
}

/* "tổng số 40,98/80 điểm", "dân số 27.527 người": the word ends a noun, or the number is written as no label is. */
static bool counted_after_so(const struct passage *p, const struct quantity *q)
{
    static const char *const nouns[] = { "tOng?", "dXn", "doanh", "DiEm?", "chi?", "hE.", "da", "ti?" };
    const struct token *t = &p->t[q->first];
    if (t->grouped || t->decimals || q->form == FORM_SCORE)
        return true;
    return q->first > 1 && (q->noun || q->form == FORM_FRACTION) && TOKEN_ANY(p, q->first - 2, nouns);
}

/* Words right before that make the number a name. */
static const char *named_before(const struct passage *p, const struct quantity *q)
{
    uint32_t first;
    size_t i = q->first;
    if (q->form == FORM_PERCENT || q->form == FORM_MONEY || q->form == FORM_RANK)
        return NULL;
    if (i > 0 && token_is(p, i - 1, '-') && i > 1 && !p->t[i].spaced && p->t[i - 2].kind == TOKEN_WORD)
        return N_("part of a name");
    if (i > 0 && p->t[i - 1].kind == TOKEN_WORD && p->t[i - 1].word == 0 && p->t[i - 1].caps && q->form == FORM_PLAIN &&
        !q->noun)
        return N_("part of a name");
    if (q->form == FORM_PLAIN && (!q->noun || p->t[i].zero) && sense_before(p, i, SENSE_DOCUMENT, &first))
        return N_("number of a document");
    const struct token *t = &p->t[i];
    if (q->form == FORM_PLAIN && i > 0 && !t->spaced && p->t[i - 1].kind == TOKEN_WORD && p->t[i - 1].upper &&
        p->t[i - 1].end > p->t[i - 1].start && p->text[p->t[i - 1].end - 1] == '.' && p->t[i - 1].length <= 2)
        return N_("number in a name or label"); /* "Q.1", "P.12" */
    bool list =
        i > 1 && ((q->noun && token_word(p, i - 1, "muc.") && token_word(p, i - 2, "danh")) || /* "danh mục 312 TTHC" */
                  (token_word(p, i - 1, "tuyEn'") && token_word(p, i - 2, "trUc."))); /* "trực tuyến 986 hồ sơ" */
    bool levels = t->decimals == 1 && i > 1 && token_word(p, i - 1, "DO.") &&
                  (token_word(p, i - 2, "mUc'") || token_word(p, i - 2, "cXp'"));
    if (levels) /* "mức độ 3,4" */
        return N_("number in a name or label");
    list = list || (i > 1 && token_word(p, i - 1, "DiEm?") && points_in_word(p, i - 2));
    if (!list && sense_before(p, i, SENSE_LABEL, &first) && !t->decimals && !t->grouped && q->form != FORM_SCORE &&
        q->form != FORM_FRACTION && !(q->noun && q->of == q->of)) {
        bool counting = q->noun && (token_word(p, i - 1, "sO'") || token_word(p, i - 1, "DOng`"));
        return counting ? NULL : N_("number in a name or label");
    }
    if (i > 0 && token_word(p, i - 1, "sO'") && !counted_after_so(p, q))
        return N_("number of a document");
    return NULL;
}

static const char *furniture(const struct passage *p, const struct quantity *q)
{
    uint32_t first;
    size_t i = q->first;
    if (q->form == FORM_PERCENT)
        return NULL;
    if (sense_before(p, i, SENSE_FURNITURE, &first) ||
        (i > 0 && token_is(p, i - 1, ':') && sense_before(p, i - 1, SENSE_FURNITURE, &first)))
        return N_("page furniture");
    if (p->n <= 8 && sense_at(p, q->end, SENSE_FURNITURE, NULL))
        return N_("page furniture");
    if (token_is(p, q->end, ':') && token_numeral(p, q->end + 1) && !p->t[q->end + 1].spaced)
        return N_("time of day");
    if (i > 1 && token_is(p, i - 1, ':') && token_numeral(p, i - 2) && !p->t[i].spaced)
        return N_("time of day");
    bool hour = (token_word(p, q->end, "h") || token_word(p, q->end, "giQ`")) && q->value <= 24;
    if (hour && (token_numeral(p, q->end + 1) || (i > 0 && token_word(p, i - 1, "luc'"))))
        return N_("time of day");
    if (q->form == FORM_MONEY && token_is(p, q->end, '/') && token_word(p, q->end + 1, "ngay`") &&
        token_word(p, q->end + 2, "cOng"))
        return N_("technical figure"); /* what a day's work is paid */
    return NULL;
}

/* "trên 1 ha đất", "thuê bao trên 100 dân": what a figure is given for. */
static bool denominator(const struct passage *p, const struct quantity *q)
{
    double v = q->value;
    bool round = v == 1 || v == 100 || v == 1e3 || v == 1e4 || v == 1e5;
    if (q->form != FORM_PLAIN || !round || q->first == 0 ||
        !(token_word(p, q->first - 1, "trEn") || token_is(p, q->first - 1, '/')))
        return false;
    return token_word(p, q->end, "ha") || token_word(p, q->end, "hecta") || token_word(p, q->end, "dXn") ||
           token_word(p, q->end, "ngUQi`") || token_word(p, q->end, "km2") || token_word(p, q->end, "hO.") ||
           (v == 1 && token_word(p, q->end, "DQn"));
}

/* "cùng 136 đại biểu đại diện cho 694 đảng viên dự Đại hội": who came. */
static bool attends(const struct passage *p, const struct quantity *q)
{
    static const char *const comes[] = { "dU.", "tham", "vE`", "Dai." };
    if (q->form != FORM_PLAIN || !counts_any(q, p->x->nouns.asked | p->x->nouns.delegates))
        return false;
    if (q->lead > 2 && token_word(p, q->lead - 1, "cho") && token_word(p, q->lead - 2, "diEn.") &&
        token_word(p, q->lead - 3, "Dai."))
        return true;
    for (size_t i = q->tail, k = 0; counts_any(q, p->x->nouns.delegates) && i < p->n && k < 4; i++, k++)
        for (size_t n = 0; n < sizeof comes / sizeof *comes; n++)
            if (token_word(p, i, comes[n]))
                return n != 1 || token_word(p, i + 1, "dU.") ||
                       token_word(p, i + 1, "gia"); /* "tham dự", "đại diện", "đại hội" */
    return false;
}

static const char *counted_words(const struct passage *p, const struct quantity *q)
{
    uint32_t first;
    size_t i = q->lead;
    if (sense_before(p, q->first, SENSE_ONE_OF, &first))
        return N_("one of many");
    if (sense_at(p, q->end, SENSE_AGE, NULL))
        return N_("age or anniversary");
    if (i > 0 && token_is(p, q->first - 1, '/') && !p->t[q->first].spaced && i > 1 && p->t[q->first - 2].kind == TOKEN_WORD &&
        (token_word(p, q->end, "dXn") || token_word(p, q->end, "ngUQi`") || token_word(p, q->end, "hO.")))
        return N_("technical figure"); /* "thuê bao/100 dân" */
    if (sense_at(p, q->end, SENSE_TECHNICAL, NULL))
        return N_("technical figure");
    if (q->first > 0 && token_word(p, q->first - 1, "qua") && token_word(p, q->end, "lXn`"))
        return N_("a stretch of time"); /* "Qua 2 lần giảm phí" */
    if (sense_at(p, q->end, SENSE_STREAK, NULL) && q->form != FORM_PERCENT)
        return N_("a stretch of time");
    if (q->form == FORM_DURATION && !strcmp(q->unit, "tháng"))
        return N_("a stretch of time");
    if (q->form == FORM_FRACTION && q->value == 24 && q->of == 7)
        return N_("technical figure");
    if (denominator(p, q))
        return N_("technical figure");
    if (sense_at(p, q->end, SENSE_PARTICIPANT, NULL) || attends(p, q))
        return N_("participants of a meeting");
    if (token_word(p, q->end, "nAm") && q->form == FORM_PLAIN)
        return N_("a stretch of time");
    if (i > 0 && token_word(p, i - 1, "hang`"))
        return N_("a vague amount");
    return NULL;
}

/* "07 điểm nổi bật", "3 điểm nghẽn": no points. */
static bool points_of_view(const struct passage *p, const struct quantity *q)
{
    static const char *const kinds[] = { "nOi?",  "mQi'", "sang'", "nghen~", "nhXn'", "yEu'",  "manh.", "chinh'",
                                         "chu'",  "cXn`", "Dang'", "tich'",  "han.",  "khac'", "Uu",    "Den",
                                         "nong'", "quan", "tUa.",  "trong.", "DOt.",  "cOt'" };
    if (q->form != FORM_SCORE || q->of == q->of || p->t[q->first].decimals || q->value > 20)
        return false;
    return TOKEN_ANY(p, q->tail, kinds);
}

/* "thuộc 21 ngành nghề", "đề xuất 8 nhiệm vụ": what something covers, how much there is to do. */
static const char *scope(const struct passage *p, const struct quantity *q)
{
    static const char *const within[] = { "thuOc.", "trong", "Q?", "trEn", "tai.", "cua?", "vQi'" };
    static const char *const sets[][2] = { { "DE`", "xuXt'" },   { "nEu", "" },         { "DE`", "ra" },
                                           { "DAt.", "ra" },     { "tXp.", "trung" },   { "xac'", "Dinh." },
                                           { "nhXn'", "manh." }, { "quan'", "triEt." }, { "vao`", "" },
                                           { "cac'", "" } };
    if (q->form != FORM_PLAIN || q->first == 0)
        return NULL;
    const struct quantity *before = q > p->q ? q - 1 : NULL; /* "11 nhóm nhiệm vụ, giải pháp và 188 nhiệm vụ cụ thể" */
    if (counts_any(q, p->x->nouns.tasks) && before && before->passed && q->first - before->end < 10u &&
        token_word(p, q->first - 1, "va`"))
        return N_("counts a classification");
    if (q->value > 100)
        return NULL;
    if (counts_any(q, p->x->nouns.fields) && TOKEN_ANY(p, q->first - 1, within))
        return N_("counts a classification");
    if (q->value <= 3 && counts_any(q, p->x->nouns.inside) && token_word(p, q->first - 1, "thuOc."))
        return N_("counts a classification"); /* "nhân dân thuộc 2 xã" */
    size_t at = q->lead > 0 ? q->lead : q->first;
    for (size_t k = 0; counts_any(q, p->x->nouns.tasks) && q->value <= 20 && k < sizeof sets / sizeof *sets; k++)
        if (*sets[k][1] ? at > 1 && token_word(p, at - 2, sets[k][0]) && token_word(p, at - 1, sets[k][1])
                        : token_word(p, at - 1, sets[k][0]))
            return N_("counts a classification");
    return NULL;
}

/* "Riêng 25 dịch vụ công thiết yếu của Đề án 06 ...": the name of a group; not "triển khai 25 dịch vụ công thiết yếu". */
static const char *known_group(const struct passage *p, const struct quantity *q)
{
    static const char *const led[] = { "riEng", "cua?", "trong", "cac'", "nhom'", "vQi'", "vE`", "DOi'" };
    if (q->form != FORM_PLAIN || !q->noun || q->lead != q->first)
        return NULL;
    bool vital = token_word(p, q->tail, "thiEt'") || (q->tail > 1 && token_word(p, q->tail - 2, "thiEt'"));
    bool begins = q->first == 0 || p->t[q->first - 1].kind == TOKEN_MARK || TOKEN_ANY(p, q->first - 1, led);
    return vital && begins ? N_("part of a name") : NULL;
}

/* "từ vị trí số 1 đến số 5", "năm 202": the order of a list, a year cut short. */
static const char *order_or_year(const struct passage *p, const struct quantity *q)
{
    if (q->form == FORM_RANK && q->value == 1 && q->of != q->of && token_word(p, q->end, "DEn'") && q->lead > 0 &&
        token_word(p, q->lead - 1, "tU`"))
        return N_("an order in time");
    if (q->form == FORM_PLAIN && !q->noun && q->first > 0 && token_word(p, q->first - 1, "nAm") &&
        p->t[q->first].digits >= 3 && !p->t[q->first].grouped && p->t[q->first].digits <= 4 && !p->t[q->first].decimals)
        return N_("date");
    return NULL;
}

/* "đã xử lý dứt điểm 13 nội dung", "đã hoàn thành 12 chỉ tiêu": work done, no classification. */
static bool finished(const struct passage *p, const struct quantity *q)
{
    static const char *const work[] = { "nOi.", "nhiEm.", "chi?", "muc.", "tiEu", "vXn'", "phUQng" };
    static const char *const done[][2] = {
        { "dUt'", "DiEm?" }, { "hoan`", "thanh`" }, { "xU?", "li'" }, { "giai?", "quyEt'" }, { "xong", "" }
    };
    bool works = false, past = false, ends = false;
    if (q->lead > 1 && token_word(p, q->lead - 1, "DUQc.") && !token_word(p, q->lead - 2, "Da~") && q->value >= 3 &&
        p->t[q->lead - 2].kind == TOKEN_WORD && q->end + 1 < p->n && p->t[q->end + 1].kind == TOKEN_WORD)
        return true; /* "ra mắt được 14 hội quán" */
    works = works || TOKEN_ANY(p, q->end, work);
    for (size_t i = q->lead, k = 0; works && i-- > 0 && k < 6 && p->t[i].kind == TOKEN_WORD; k++) {
        past = past || token_word(p, i, "Da~");
        for (size_t n = 0; n < sizeof done / sizeof *done; n++)
            ends = ends || (k < 4 && token_word(p, i, done[n][0]) && (!*done[n][1] || token_word(p, i + 1, done[n][1])));
    }
    return works && past && ends;
}

/* "6 nội dung", "4 cấp", "3 Ban Chỉ đạo". */
static const char *classification(const struct passage *p, const struct quantity *q)
{
    uint32_t end, noun_end;
    if (points_of_view(p, q))
        return N_("counts a classification");
    if (q->form != FORM_PLAIN || q->value > 100)
        return NULL;
    if (!sense_at(p, q->end, SENSE_CLASS, &end) || finished(p, q))
        return NULL;
    if (q->noun && sense_at(p, q->end, SENSE_NOUN, &noun_end) && noun_end > end)
        return NULL;
    return N_("counts a classification");
}

/* "cao nhất trong số 19 đơn vị", "dẫn đầu trong 17 bộ": how many were compared. */
static bool best_of(const struct passage *p, const struct quantity *q)
{
    static const char *const best[] = { "nhXt'", "DXu`", "cuOi'" };
    size_t i = q->lead;
    if (i > 1 && token_word(p, i - 1, "sO'"))
        i -= token_word(p, i - 2, "tOng?") ? 2 : 1;
    if (i < 2 || !(token_word(p, i - 1, "trong") || token_word(p, i - 1, "trEn")))
        return false;
    return TOKEN_ANY(p, i - 2, best);
}

/* "63 tỉnh, thành phố", "34 địa phương": all of them, no result. */
static const char *all_units(const struct passage *p, const struct quantity *q)
{
    if (q->form == FORM_PLAIN && counts_any(q, p->x->nouns.units) && best_of(p, q))
        return N_("all that were ranked");
    if (q->form == FORM_PLAIN && counts_any(q, p->x->nouns.ministries) && q->lead > 0 && q->lead == q->first &&
        token_word(p, q->lead - 1, "cua?") &&
        !(q > p->q && q[-1].noun && q[-1].tail + 1u == q->lead)) /* not "207 thủ tục của 13 bộ" */
        return N_("all ministries");
    if (q->form != FORM_PLAIN || !q->noun || (q->value != 63 && q->value != 64 && q->value != 34))
        return NULL;
    for (size_t i = q->lead, k = 0; i-- > 0 && k < 3; k++)
        if (sense_at(p, i, SENSE_DOWN, NULL) || token_word(p, i, "con`") || sense_at(p, i, SENSE_UP, NULL))
            return NULL;
    return counts_any(q, p->x->nouns.provinces | p->x->nouns.localities) ? N_("all provinces") : NULL;
}

/* "4 phủ", "90 ngày, đêm": a short name in quotation marks. */
static bool quoted_name(const struct passage *p, const struct quantity *q)
{
    if (q->first == 0 || !token_is(p, q->first - 1, '"') || q->form == FORM_PERCENT)
        return false;
    for (size_t i = q->end; i < q->end + 7u && i < p->n; i++)
        if (token_is(p, i, '"'))
            return true;
    return false;
}

/* "mức độ 3, 4", "Điều 5 và 6": goes on with a row of labels. */
static bool label_goes_on(const struct passage *p, const struct quantity *q, const struct quantity *before)
{
    bool joined = q->first == before->end + 1 && (token_is(p, before->end, ',') || token_is(p, before->end, '-') ||
                                                  token_word(p, before->end, "va`") || token_is(p, before->end, '/'));
    return before->passed && before->form != FORM_FRACTION && joined && q->form == FORM_PLAIN && before->noun == NULL &&
           q->value < 1000;
}

/* "[1]": the mark of a note. */
static bool note_mark(const struct passage *p, const struct quantity *q)
{
    return q->first > 0 && token_is(p, q->first - 1, '[') && token_is(p, q->first + 1, ']');
}

void pass_over(struct passage *p, struct quantity *q)
{
    static const char *(*const reasons[])(const struct passage *, const struct quantity *) = {
        furniture, counted_words, named_before, classification, scope, order_or_year, known_group, all_units, lists_or_samples,
    };
    const struct token *t = &p->t[q->first];
    if (q->passed)
        return;
    if (p->taken[q->first] & TAKEN_DOCUMENT)
        q->passed = N_("number of a document");
    else if (t->digits > 15)
        q->passed = N_("too long for a number");
    else if (note_mark(p, q))
        q->passed = N_("mark of a note");
    else if (list_number(p, q))
        q->passed = N_("number of a list item");
    else if (section_number(p, q))
        q->passed = N_("number of a section");
    else if (weekday(p, q))
        q->passed = N_("date");
    else if (telephone(p, q))
        q->passed = N_("telephone number");
    else if (t->kind == TOKEN_NUMERAL && q->end < p->n && p->t[q->end].kind == TOKEN_WORD && !p->t[q->end].spaced &&
             !q->noun && q->form == FORM_PLAIN && !token_is(p, q->end - 1, '%'))
        q->passed = N_("technical figure");
    if (!q->passed && q > p->q && label_goes_on(p, q, q - 1))
        q->passed = (q - 1)->passed;
    if (!q->passed && quoted_name(p, q))
        q->passed = N_("part of a name");
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons && !q->passed; i++)
        q->passed = reasons[i](p, q);
}
