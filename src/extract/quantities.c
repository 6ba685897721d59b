/* extract/quantities.c -- the numbers of a passage.
 *
 * Each numeral is read with what belongs to it: "%", multiplier, currency, the
 * second number of a fraction, rank or score, the noun counted, the qualifier
 * before or after. */
#include "extract/numerals.h"

#include <math.h>
#include <string.h>

static const char *money_unit(struct passage *p, const struct scale *s)
{
    if (!s->currency || !strcmp(s->currency->text, "đồng"))
        return "tỷ đồng";
    return arena_printf(p->a, "tỷ %s", s->currency->text);
}

/* "tổng số hồ sơ là 59.010 bộ": sets of files; there are not so many ministries. */
static const struct sense *sets_of_files(const struct passage *p, const struct quantity *q, size_t i)
{
    enum { MINISTRIES = 40 };
    const struct sentence *s = sentence_of(p, q->first);
    if (!token_word(p, i, "bO.") || p->t[i].upper || q->value <= MINISTRIES)
        return NULL;
    for (size_t k = q->first; s && k-- > s->first;)
        if (token_word(p, k, "sQ") && k > 0 && token_word(p, k - 1, "hO`"))
            return sense_at(p, k - 1, SENSE_NOUN, NULL);
    return NULL;
}

static void set_noun(struct passage *p, struct quantity *q, size_t i)
{
    uint32_t end;
    q->noun = sense_at(p, i, SENSE_NOUN, &end);
    q->tail = q->noun ? end : (uint32_t)i;
    if (q->noun)
        q->unit = q->noun->text;
    const struct sense *files = q->noun && end == i + 1 ? sets_of_files(p, q, i) : NULL;
    if (files) {
        q->noun = files;
        q->unit = "bộ";
    }
}

/* "tăng 5 vị trí" is a move in rank, "1.090 vị trí trạm", "38 vị trí có phủ sóng" are places counted. */
static bool moves_by(const struct passage *p, const struct quantity *q, size_t step, uint32_t end)
{
    enum { LOOK_BACK = 6 };
    uint32_t noun_end;
    if (!sense_at(p, step, SENSE_NOUN, &noun_end))
        return true;
    if (noun_end > end)
        return false;
    for (size_t i = q->lead, k = 0; i-- > 0 && k < LOOK_BACK && p->t[i].kind == TOKEN_WORD; k++)
        if (sense_at(p, i, SENSE_UP, NULL) || sense_at(p, i, SENSE_DOWN, NULL))
            return true;
    return sense_at(p, q->lead, SENSE_UP, NULL) || sense_at(p, q->lead, SENSE_DOWN, NULL);
}

/* "68,54% trong tổng số 168.000 hồ sơ": the noun of the total. */
static const struct sense *noun_of_total(const struct passage *p, size_t i)
{
    size_t end;
    if (!token_word(p, i, "trong") && !token_word(p, i, "trEn"))
        return NULL;
    i += 1 + (size_t)token_word(p, i + 1, "tOng?");
    if (!token_word(p, i, "sO'") || !token_numeral(p, i + 1) || p->taken[i + 1] & TAKEN_TIME)
        return NULL;
    scale_at(p, i + 2, &end);
    return sense_at(p, end, SENSE_NOUN, NULL);
}

/* "67,5 triệu đồng, tăng 47 triệu so với ...": money goes on in the sentence. */
static bool money_before(const struct passage *p, const struct quantity *q)
{
    const struct quantity *before = p->n_q ? &p->q[p->n_q - 1] : NULL;
    return before && before->form == FORM_MONEY && sentence_of(p, before->first) == sentence_of(p, q->first);
}

/* What stands behind the number at i: unit, noun, form. */
static void read_unit(struct passage *p, struct quantity *q, size_t i)
{
    size_t end = i;
    uint32_t after;

    if (percent_sign(p, i, &end)) {
        q->form = FORM_PERCENT;
        q->unit = "%";
        q->end = (uint32_t)end;
        q->stop = p->t[end - 1].end;
        size_t of = end; /* "20% số quy định", "100% các cơ quan" */
        while (of < end + 2 && (token_word(p, of, "sO'") || token_word(p, of, "cac'") ||
                                (token_word(p, of, "tOng?") && token_word(p, of + 1, "sO'"))))
            of++;
        q->noun = sense_at(p, of, SENSE_NOUN, &after);
        if (!q->noun && (q->noun = noun_of_total(p, end)))
            after = q->end;
        if (q->noun && (sense_at(p, end, SENSE_TARGET, NULL) || token_word(p, end, "kE'")))
            q->noun = NULL; /* "100% mục tiêu", "93% kế hoạch": a rate of a plan, of what was just told */
        q->tail = q->noun ? after : q->end;
        return;
    }
    struct scale s = scale_at(p, i, &end);
    bool noun = sense_at(p, end, SENSE_NOUN, NULL) != NULL;
    bool money = s.currency || (s.factor >= 1e6 && !noun && (end >= p->n || p->t[end].kind != TOKEN_WORD || s.factor >= 1e9 ||
                                                             (sense_at(p, end, SENSE_COMPARE, NULL) && money_before(p, q))));
    if (money) {
        q->form = FORM_MONEY;
        q->value *= s.factor / 1e9;
        q->of *= s.factor / 1e9;
        q->unit = money_unit(p, &s);
    } else {
        q->value *= s.factor;
        q->of *= s.factor;
    }
    q->end = q->tail = (uint32_t)end;
    q->stop = p->t[end - 1].end;
    if (money)
        return;
    const struct sense *point = sense_at(p, end, SENSE_POINT, &after);
    if (point) {
        q->points = *point->text != '\0';
        q->form = q->points ? FORM_PERCENT : FORM_SCORE;
        q->unit = q->points ? "%" : "điểm";
        q->tail = after;
        return;
    }
    if (sense_at(p, end, SENSE_STEP, &after) && moves_by(p, q, end, after)) {
        q->step = true;
        q->unit = "bậc";
        q->tail = after;
        return;
    }
    const struct sense *d = sense_at(p, end, SENSE_DURATION, &after);
    uint32_t longer = 0;
    if (d && !(sense_at(p, end, SENSE_NOUN, &longer) && longer > after)) { /* "ngày công" */
        q->form = FORM_DURATION;
        q->unit = d->text;
        q->tail = after;
        return;
    }
    set_noun(p, q, end);
}

/* Rank words before the number (behind its qualifier); true if it is a rank. */
static bool read_rank(const struct passage *p, struct quantity *q, bool fraction)
{
    uint32_t first, ordinal;
    if (!sense_before(p, q->lead, SENSE_RANK, &first))
        return false;
    bool bare = first + 1 == q->lead;
    if (bare && !fraction && (token_word(p, first, "xEp'") || token_word(p, first, "DUng'")))
        return false;
    if (bare && token_word(p, first, "thU'") && sense_before(p, first, SENSE_ORDINAL, &ordinal) && !fraction) {
        q->passed = N_("an order in time");
        return true;
    }
    /* "đứng thứ 2 tỉnh Thái Nguyên": a name follows, nothing is counted. */
    size_t behind = q->tail;
    if (q->noun && q->tail == q->end + 1u && behind < p->n && p->t[behind].kind == TOKEN_WORD && p->t[behind].upper &&
        !p->t[behind].caps) {
        q->noun = NULL;
        q->unit = NULL;
        q->tail = q->end;
    }
    if (q->form == FORM_PERCENT || q->form == FORM_MONEY || q->step || q->noun)
        if (!fraction)
            return counts_any(q, p->x->nouns.provinces) && !bare;
    q->form = FORM_RANK;
    q->unit = "hạng";
    q->lead = first;
    return true;
}

/* "thứ 12 trong 63 tỉnh, thành phố", "thứ nhất trong số 34 địa phương". */
static void read_out_of(const struct passage *p, struct quantity *q)
{
    size_t i = q->end;
    if (!token_word(p, i, "trong") && !token_word(p, i, "trEn"))
        return;
    for (i++; i < q->end + 4u && !token_numeral(p, i); i++)
        ;
    const struct sense *noun = sense_at(p, i + 1, SENSE_NOUN, NULL);
    if (token_numeral(p, i) && noun && p->t[i].value >= q->value && !p->t[i].decimals)
        q->of = p->t[i].value;
}

/* "đứng 2 trên tổng số 63 tỉnh": units do not stand. */
static bool stands_among(const struct passage *p, const struct quantity *q)
{
    enum { LOOK_BACK = 3 };
    for (size_t i = q->lead, k = 0; i-- > 0 && k < LOOK_BACK && p->t[i].kind == TOKEN_WORD; k++)
        if (token_word(p, i, "DUng'") || token_word(p, i, "xEp'"))
            return q->of == 63 || q->of == 64 || q->of == 34;
    return false;
}

/* "top 5", "nhóm 5 tỉnh đứng đầu": a rank of at most 5. */
static void read_top(const struct passage *p, struct quantity *q)
{
    uint32_t first;
    if (q->form != FORM_PLAIN || !sense_before(p, q->lead, SENSE_TOP, &first))
        return;
    bool top = token_word(p, q->lead - 1, "top") || token_word(p, q->lead - 1, "tOp'");
    for (size_t i = q->end; !top && i + 1 < p->n && i < q->tail + 8u && p->t[i].kind != TOKEN_NUMERAL &&
                            !token_is(p, i, '.') && !token_is(p, i, ';'); i++)
        top = (token_word(p, i, "DUng'") && token_word(p, i + 1, "DXu`")) ||
              (token_word(p, i, "dXn~") && token_word(p, i + 1, "DXu`")) ||
              (token_word(p, i, "cao") && token_word(p, i + 1, "nhXt'")) ||
              (token_word(p, i, "tOt'") && token_word(p, i + 1, "nhXt'"));
    if (!top)
        return;
    q->form = FORM_RANK;
    q->unit = "hạng";
    q->qualifier = FACT_AT_MOST;
    q->lead = first;
}

/* "cắt giảm 79 điều kiện; đơn giản hóa 34 điều kiện trên tổng số 132": the sum is for all the parts before it. */
static bool later_part(const struct passage *p, const struct quantity *q, const struct sense *noun)
{
    enum { APART = 10 };
    const struct quantity *before = p->n_q ? &p->q[p->n_q - 1] : NULL;
    if (!before || !noun || !before->noun || before->form != FORM_PLAIN || strcmp(before->noun->text, noun->text) ||
        q->first - before->tail > APART || sentence_of(p, before->first) != sentence_of(p, q->first))
        return false;
    for (size_t i = before->tail; i < q->first; i++)
        if (token_is(p, i, ';') || token_is(p, i, ',') || token_word(p, i, "va`"))
            return true;
    return false;
}

/* "3.085 trên tổng số 4.888 TTHC", "12 xã trong tổng số 15 xã": true if it is such a fraction. */
static bool read_out_of_all(const struct passage *p, struct quantity *q, size_t i, size_t *end)
{
    uint32_t after;
    if (later_part(p, q, sense_at(p, i, SENSE_NOUN, NULL)))
        return false;
    if (!token_word(p, i, "trEn") && !token_word(p, i, "trong") && sense_at(p, i, SENSE_NOUN, &after))
        i = after;
    size_t at = i + 1 + (size_t)token_word(p, i + 1, "tOng?"); /* "11 trong số 16 tỉnh" too */
    if (!(token_word(p, i, "trEn") || token_word(p, i, "trong")) || !token_word(p, at, "sO'") || !token_numeral(p, at + 1) ||
        p->taken[at + 1] & (TAKEN_TIME | TAKEN_DOCUMENT) || (at == i + 1 && q->value == 1))
        return false;
    double of = number_at(p, at + 1, end);
    if (of < q->value || !sense_at(p, *end, SENSE_NOUN, NULL))
        return false;
    q->of = of;
    return true;
}

/* The second number behind "/", with the same or its own unit between. */
static bool read_fraction(struct passage *p, struct quantity *q, size_t i, size_t *end)
{
    size_t slash = i;
    uint32_t after;
    struct scale own = scale_at(p, i, &slash);

    if (read_out_of_all(p, q, i, end))
        return true;
    if (!token_is(p, slash, '/') && sense_at(p, slash, SENSE_NOUN, &after) && token_is(p, after, '/'))
        slash = after;
    if (!token_is(p, slash, '/') || !token_numeral(p, slash + 1) || (p->taken[slash + 1] & (TAKEN_TIME | TAKEN_DOCUMENT)))
        return false;
    if (token_is(p, slash + 2, '/') && token_numeral(p, slash + 3))
        return false; /* a date or a telephone number */
    q->of = number_at(p, slash + 1, end);
    if (own.any) {
        struct scale other = scale_at(p, *end, &slash);
        if (other.any && other.factor != own.factor)
            q->value *= own.factor / other.factor;
    }
    return true;
}

static struct quantity *push(struct passage *p, const struct quantity *q)
{
    struct quantity *own = ARENA_PUSH(p->a, p->q, p->n_q, p->cap_q);
    *own = *q;
    for (size_t i = q->first; i < q->end; i++)
        p->taken[i] |= TAKEN_QUANTITY;
    return own;
}

/* "7-14 ngày", "12-16%", "từ 7 đến 14 ngày": the second side's token, 0 if there is none. */
static size_t range_behind(const struct passage *p, const struct quantity *q, size_t i)
{
    size_t at = 0, end;
    if (token_is(p, i, '-') && token_numeral(p, i + 1) && !(p->taken[i + 1] & (TAKEN_TIME | TAKEN_DOCUMENT)))
        at = i + 1;
    else if (token_word(p, i, "DEn'") && token_numeral(p, i + 1) && q->lead > 0 && token_word(p, q->lead - 1, "tU`") &&
             !(p->taken[i + 1] & (TAKEN_TIME | TAKEN_DOCUMENT)))
        at = i + 1;
    if (!at || p->t[at].value <= q->value)
        return 0;
    number_at(p, at, &end);
    struct quantity probe = { .of = NAN };
    size_t unit;
    struct scale s = scale_at(p, end, &unit);
    probe.noun = sense_at(p, unit, SENSE_NOUN, NULL);
    if (q->value == 0 && !percent_sign(p, end, &unit))
        return 0;
    return percent_sign(p, end, &unit) || s.any || s.currency || probe.noun || sense_at(p, end, SENSE_DURATION, NULL) ||
                   sense_at(p, end, SENSE_POINT, NULL) || sense_at(p, end, SENSE_STEP, NULL)
               ? at : 0;
}

/* "38,15%-50,3%": the sign on both sides; `*end` is then behind the first. */
static size_t percent_range_behind(const struct passage *p, const struct quantity *q, size_t *end)
{
    size_t sign, number_end, last;
    if (!percent_sign(p, *end, &sign) || !token_is(p, sign, '-'))
        return 0;
    size_t second = range_behind(p, q, sign);
    if (!second)
        return 0;
    number_at(p, second, &number_end);
    if (!percent_sign(p, number_end, &last))
        return 0;
    *end = sign;
    return second;
}

static void read_range(struct passage *p, struct quantity *low, size_t second, size_t *end)
{
    struct quantity high = { .first = (uint32_t)second, .lead = (uint32_t)second, .start = p->t[second].start, .of = NAN };
    high.value = number_at(p, second, end);
    read_unit(p, &high, *end);
    *end = high.end;
    if (low->form == FORM_PLAIN && !low->unit) {
        double factor = high.value / p->t[second].value;
        low->form = high.form;
        low->unit = high.unit;
        low->noun = high.noun;
        if (p->t[second].value > 0 && factor > 0 && isfinite(factor))
            low->value *= factor;
    }
    low->range = high.range = true;
    low->qualifier = FACT_AT_LEAST;
    high.qualifier = FACT_AT_MOST;
    for (size_t i = high.end; i < high.tail + 3u && i < p->n; i++)
        if (sense_at(p, i, SENSE_QUALIFIER_AFTER, NULL))
            high.qualifier = (enum fact_qualifier)(int)sense_at(p, i, SENSE_QUALIFIER_AFTER, NULL)->value;
    low->tail = high.tail;
    high.lead = low->lead;
    push(p, low);
    push(p, &high);
}

/* "tổng số giao dịch ... là 60.222", "tổng số hồ sơ 17.921": what is counted stands before its number. */
static void noun_before(const struct passage *p, struct quantity *q)
{
    uint32_t end;
    if (q->form != FORM_PLAIN || q->noun || q->of == q->of || q->value < 10 || p->t[q->first].decimals ||
        (q->end < p->n && p->t[q->end].kind == TOKEN_WORD && p->t[q->end].spaced && !sense_at(p, q->end, SENSE_REACH, NULL) &&
         !token_word(p, q->end, "va`") && !token_word(p, q->end, "trEn")))
        return;
    bool linked = q->lead > 0 && sense_before(p, q->lead, SENSE_REACH, NULL);
    for (size_t i = q->lead, k = 0; i-- > 1 && k < 16; k++) {
        if (p->t[i].kind == TOKEN_MARK || p->taken[i] & TAKEN_QUANTITY)
            return;
        bool bare = (p->t[q->first].grouped || q->lead < q->first) && (q->end >= p->n || p->t[q->end].kind == TOKEN_MARK);
        bool opens = i < 2 || token_word(p, i - 2, "tOng?") ||
                     (bare && (token_word(p, i - 2, "vQi'") || token_word(p, i - 2, "va`"))) ||
                     (linked && (p->t[i - 1].upper || p->t[i - 2].kind == TOKEN_MARK));
        if (!token_word(p, i - 1, "sO'") || !opens || !sense_at(p, i, SENSE_NOUN, &end))
            continue;
        if (end == q->lead || linked || bare) {
            q->noun = sense_at(p, i, SENSE_NOUN, NULL);
            q->unit = q->noun->text;
        }
        return;
    }
}

static size_t read_numeral(struct passage *p, size_t i)
{
    struct quantity q = { .first = (uint32_t)i, .lead = (uint32_t)i, .start = p->t[i].start, .of = NAN };
    size_t end, second;


    q.value = number_at(p, i, &end);
    second = percent_range_behind(p, &q, &end);
    if (!second)
        second = range_behind(p, &q, end);
    if (second) {
        q.end = (uint32_t)end;
        q.tail = (uint32_t)end;
        q.stop = p->t[end - 1].end;
        uint32_t first;
        if (sense_before(p, q.lead, SENSE_QUALIFIER, &first))
            q.lead = first;
        read_range(p, &q, second, &end);
        return end;
    }
    bool fraction = read_fraction(p, &q, end, &end);
    read_unit(p, &q, end);
    read_qualifier(p, &q);
    bool rank = read_rank(p, &q, fraction);
    if (fraction && !rank && q.form == FORM_PLAIN && stands_among(p, &q)) {
        q.form = FORM_RANK;
        q.unit = "hạng";
        rank = true;
    }
    if (rank && !fraction && !q.passed)
        read_out_of(p, &q);
    if (!rank && q.form == FORM_PLAIN && !fraction) {
        read_top(p, &q);
        noun_before(p, &q);
    }
    if (fraction && !rank && q.form == FORM_PLAIN)
        q.form = FORM_FRACTION;
    push(p, &q);
    return q.end;
}

/* ---- numbers in words ---- */

static bool lone_year_word(const struct passage *p, size_t i)
{
    return token_word(p, i, "nAm");
}

/* "thứ ba thuộc về tỉnh X", "thứ hai là Y": who holds the rank follows. */
static bool holder_behind(const struct passage *p, size_t i)
{
    size_t at = i;
    if (token_word(p, at, "thuOc.") && token_word(p, at + 1, "vE`"))
        at += 2;
    else if (token_word(p, at, "la`"))
        at++;
    if (token_word(p, at, "tinh?") || token_word(p, at, "tp"))
        at++;
    return at > i && sense_at(p, at, SENSE_PROVINCE, NULL) != NULL;
}

/* "thứ hai và thứ ba", "hạng nhì": a rank in words, no mere "ba" behind a noun. */
static bool words_rank(const struct passage *p, size_t i, size_t end)
{
    uint32_t first;
    if (!sense_before(p, i, SENSE_RANK, &first))
        return false;
    if (first + 1 < i || token_word(p, first, "hang."))
        return true;
    const struct quantity *before = p->n_q ? &p->q[p->n_q - 1] : NULL;
    bool row = before && before->form == FORM_RANK && first > 0 && before->end + 1u == first &&
               (token_word(p, first - 1, "va`") || token_is(p, first - 1, ','));
    return token_word(p, first, "thU'") && (row || sense_at(p, end, SENSE_BACK, NULL) || holder_behind(p, end));
}

/* "57 địa phương ..., sáu địa phương ...": small, but beside another count of such units; or what they reached follows. */
static bool words_of_units(const struct passage *p, size_t i, size_t end, double value)
{
    static const char *const reached[] = { "Dat.", "xEp'", "tAng", "giam?", "chUa", "dUQi'", "trEn" };
    uint32_t tail;
    const struct sense *noun = sense_at(p, end, SENSE_NOUN, &tail);
    if (!noun || value < 2 || noun->index < 0 || !(p->x->nouns.units >> noun->index & 1) ||
        (i > 0 && token_word(p, i - 1, "ca?")))
        return false;
    if (TOKEN_ANY(p, tail, reached))
        return true;
    const struct quantity *before = p->n_q ? &p->q[p->n_q - 1] : NULL;
    return before && counts_any(before, 1ul << noun->index) && before->form == FORM_PLAIN && before->value > value &&
           sentence_of(p, before->first) == sentence_of(p, i);
}

/* Whether a number in words counts something: "mười hai huyện", "hơn một triệu người", "tụt hai bậc", "thiếu hai phó
 * chủ tịch". */
static bool words_count(const struct passage *p, size_t i, size_t end, double value)
{
    static const char *const lack[] = { "thiEu'", "thUa`", "khuyEt'", "dOi" };
    uint32_t first;
    size_t behind = end;
    struct scale scale = scale_at(p, end, &behind);
    bool noun = sense_at(p, end, SENSE_NOUN, NULL) && !sense_at(p, end, SENSE_CLASS, NULL);
    if (scale.any)
        return scale.currency || sense_at(p, behind, SENSE_NOUN, NULL);
    const struct sense *qualifier = sense_before(p, i, SENSE_QUALIFIER, &first);
    if (noun && (end > i + 1 ||
                 (qualifier && (qualifier->value == 3 || qualifier->value == 5) && !token_word(p, i - 1, "tU`"))))
        return true;
    if (noun && i > 0 && TOKEN_ANY(p, i - 1, lack))
        return true;
    bool counts = noun || sense_at(p, end, SENSE_STEP, NULL);
    return (counts && value > 1 && (sense_before(p, i, SENSE_DOWN, &first) || sense_before(p, i, SENSE_UP, &first))) ||
           (noun && words_of_units(p, i, end, value));
}

static size_t read_words(struct passage *p, size_t i)
{
    struct quantity q = { .first = (uint32_t)i, .lead = (uint32_t)i, .start = p->t[i].start, .of = NAN };
    size_t end, unit;
    uint32_t first;

    bool fraction = words_fraction(p, i, &q.value, &q.of, &end);
    if (!fraction &&
        (!words_number(p, i, &q.value, &end) ||
         (end == i + 1 && lone_year_word(p, i) && !(sense_before(p, i, SENSE_RANK, &first) && holder_behind(p, end)))))
        return i + 1;
    bool rank = words_rank(p, i, end);
    if (!rank && (token_word(p, i, "nhXt'") || token_word(p, i, "nhi`")))
        return i + 1;
    if (!fraction && !rank && !percent_sign(p, end, &unit) && !words_count(p, i, end, q.value))
        return end;
    read_unit(p, &q, end);
    read_qualifier(p, &q);
    rank = read_rank(p, &q, fraction);
    if (rank && !q.passed)
        read_out_of(p, &q);
    if (fraction && !rank && q.form == FORM_PLAIN)
        q.form = FORM_FRACTION;
    push(p, &q);
    return q.end;
}

/* "từ vị trí 53 lên 46", "từ hạng 12 năm 2021 lên hạng 8": the first says where a move began. */
static bool moves_to(const struct passage *p, const struct quantity *from, const struct quantity *to)
{
    bool led = false, lifted = false;
    for (size_t i = from->first, k = 0; i-- > 0 && k < 4 && p->t[i].kind == TOKEN_WORD; k++)
        led = led || token_word(p, i, "tU`");
    for (size_t i = from->end; i < to->first; i++) {
        if (token_is(p, i, ';') || token_is(p, i, '.'))
            return false;
        lifted = lifted || token_word(p, i, "lEn") || token_word(p, i, "xuOng'");
    }
    return led && lifted && to->first - from->end <= 8;
}

/* "thứ 14/63 cả nước và 1/5 tỉnh kinh tế trọng điểm": a rank among others too. */
static void share_rank(const struct passage *p, const struct quantity *rank, struct quantity *to)
{
    enum { APART = 14 };
    unsigned long among = p->x->nouns.provinces | p->x->nouns.localities;
    if (rank->form != FORM_RANK || rank->of != rank->of || to->form != FORM_FRACTION || to->value > to->of || to->lead == 0 ||
        to->lead - rank->end > APART || (to->noun && !counts_any(to, among)) ||
        !(token_word(p, to->lead - 1, "va`") || token_is(p, to->lead - 1, ',')))
        return;
    for (size_t i = rank->end; i < to->lead; i++)
        if (token_is(p, i, ';') || token_is(p, i, '.') || sense_at(p, i, SENSE_REACH, NULL))
            return;
    to->form = FORM_RANK;
    to->unit = rank->unit;
}

/* "từ 63 xuống còn 34 tỉnh": the first has the noun of the second. */
static void share_noun(const struct passage *p, struct quantity *from, const struct quantity *to)
{
    from->moves = from->moves || moves_to(p, from, to);
    /* "từ vị trí 53 lên 46": the second is a rank too. */
    if (from->moves && from->form == FORM_RANK && to->form == FORM_PLAIN && !to->noun && to->lead <= from->end + 8u) {
        struct quantity *end = (struct quantity *)to;
        end->form = FORM_RANK;
        end->unit = from->unit;
    }
    share_rank(p, from, (struct quantity *)to);
    if (!from->moves || from->noun || from->form != FORM_PLAIN || to->lead > from->end + 5u)
        return;
    from->noun = to->noun;
    from->unit = to->unit;
    from->form = to->form;
}

void quantities_find(struct passage *p)
{
    for (size_t i = 0; i < p->n;) {
        if (p->t[i].kind == TOKEN_NUMERAL && !(p->taken[i] & (TAKEN_TIME | TAKEN_NAME)))
            i = read_numeral(p, i);
        else if (p->t[i].kind == TOKEN_WORD && !(p->taken[i] & (TAKEN_TIME | TAKEN_PLACE)) &&
                 sense_at(p, i, SENSE_NUMBER_WORD, NULL))
            i = read_words(p, i);
        else
            i++;
    }
    ARENA_PUSH(p->a, p->q, p->n_q, p->cap_q);
    p->n_q--;
    for (size_t i = 0; i + 1 < p->n_q; i++)
        share_noun(p, &p->q[i], &p->q[i + 1]);
    for (size_t i = 0; i < p->n_q; i++) {
        pass_over(p, &p->q[i]);
        for (size_t k = p->q[i].first; p->q[i].passed && k < p->q[i].end; k++)
            p->taken[k] &= (uint8_t)~TAKEN_QUANTITY;
    }
}
