/* extract/extract.c -- the way from blocks to facts.
 *
 * A document is read block by block.  Each passage gives its quantities; for
 * each that is no mere number, the indicator, kind, role, place, period and
 * level are found from its clause, then its sentence, then what was said
 * before (the discourse), and a fact is written with the reasons. */
#include "extract/extract.h"

#include "extract/indicator.h"
#include "extract/passage.h"
#include "extract/table.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct extractor {
    const struct catalog *catalog;
    struct lexicon *lexicon;
};

struct extractor *extractor_open(const char *folder, const struct catalog *c, struct diag *d)
{
    struct lexicon *lexicon = lexicon_open(folder, c, d);
    if (!lexicon)
        return NULL;
    struct extractor *x = xcalloc(1, sizeof *x);
    x->catalog = c;
    x->lexicon = lexicon;
    return x;
}

void extractor_close(struct extractor *x)
{
    if (!x)
        return;
    lexicon_close(x->lexicon);
    free(x);
}

/* What was said before. Strings live in the document's arena. */
struct discourse {
    const struct extractor *x;
    struct document *doc;
    struct arena *a;
    struct facts *out;
    struct passed_list *passed;
    struct facts *notes;      /* where statements without a number go; NULL: nowhere */
    struct chooser *chooser;
    const char *home;         /* province of the publisher, or the one that the document is about; "" */
    const char *province, *unit, *agency; /* last ones spoken of; "" */
    const char *unit_level;
    const char *block_place;  /* last place spoken of in this block; "" */
    int index, index_year;    /* last index spoken of, as its code; -1. Its year, 0 */
    int index_year_code;
    bool index_told;          /* in this sentence, or points of it in the one before */
    const char *period;       /* last time of this block that holds for what follows */
    const char *report;       /* time of the report that the passage continues */
    int year;                 /* last year told, for "6 tháng đầu năm" */
    int latest;               /* latest year told as one that was: no deadline lies before it */
    const char *report_place; /* whom that report is about */
    int plan;                 /* number of a plan named with its years; 0 */
    const char *plan_period;
    bool target;              /* a list or plan of targets goes on */
    const char *target_period;
    const char *block_why;
    struct unit_names units;
    struct { const struct sense *noun; double value; } told[8]; /* last counts, a ring */
    size_t n_told;
    int sentences;            /* of the block before */
    size_t cp_byte, cp;       /* document_cp() at the last fact: offsets only grow */
};

/* One quantity with all that was found about it. */
struct finding {
    const struct quantity *q;
    struct choice choice;
    enum fact_kind kind;
    enum fact_role role;
    enum fact_qualifier qualifier;
    double value;
    const char *place, *place_why, *period, *period_why, *level;
    bool carried;             /* a target by the discourse alone */
    bool streak;              /* for years on end: no single year */
    double place_trust, period_trust, role_trust;
};

static const struct lexicon_code *code_of(const struct discourse *s, const struct choice *c)
{
    return c->code >= 0 ? &s->x->lexicon->codes[c->code] : NULL;
}

static bool is_khac(const struct lexicon_code *c)
{
    return !c || c->label;
}

/* ---- kind ---- */

/* "tăng", "giảm" right before the number (behind its qualifier); 1 up, -1 down, 0 none. */
static int moved_before(const struct passage *p, const struct quantity *q)
{
    size_t at = q->lead;
    uint32_t first;
    if (at > 1 && token_word(p, at - 1, "giam?") && (token_word(p, at - 2, "cAt'") || token_word(p, at - 2, "tinh")))
        return 0; /* "cắt giảm", "tinh giảm": what was cut, no difference */
    for (int i = 0; i < 2 && at > 0; i++) {
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

/* A qualifier that is a comparison: "vượt 44% so với dự toán", "cao hơn 10%". */
static int compared(const struct passage *p, const struct quantity *q)
{
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
        if (sense_at(p, i, SENSE_COMPARE, NULL) || sense_at(p, i, SENSE_TARGET, NULL))
            return up ? 1 : -1;
    return more ? (up ? 1 : -1) : 0;
}

/* "cao hơn chỉ tiêu Chính phủ giao 10%": the comparison stands before what it compares with. */
static int compared_far(const struct passage *p, const struct quantity *q)
{
    const struct sentence *s = sentence_of(p, q->first);
    for (size_t i = q->lead, k = 0; i-- > (s ? s->first : 0) && k < 9; k++) {
        if (p->t[i].kind != TOKEN_WORD || p->taken[i] & TAKEN_QUANTITY || sense_at(p, i, SENSE_REACH, NULL))
            return 0;
        uint32_t end;
        bool cao = token_word(p, i, "cao") || token_word(p, i, "vUQt.");
        bool thap = token_word(p, i, "thXp'");
        if ((cao || thap) && sense_at(p, i, cao ? SENSE_UP : SENSE_DOWN, &end) && end < q->lead &&
            (sense_at(p, end, SENSE_TARGET, NULL) || sense_at(p, end, SENSE_COMPARE, NULL) ||
             token_word(p, end, "kE'") || token_word(p, end, "dU.")))
            return cao ? 1 : -1;
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
static enum fact_kind plain_kind(const struct quantity *q)
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

static void find_kind(const struct discourse *s, const struct passage *p, struct finding *f)
{
    const struct quantity *q = f->q;
    if (!q->step && level_of_year(p, q)) {
        bool bound = sense_at(p, q->lead, SENSE_UP, NULL) || sense_at(p, q->lead, SENSE_DOWN, NULL);
        f->kind = plain_kind(q);
        f->value = q->value;
        f->qualifier = bound ? FACT_EQ : q->qualifier;
        return;
    }
    const struct lexicon_code *code = code_of(s, &f->choice);
    int move = q->step ? step_direction(p, q) : compared(p, q);

    f->kind = plain_kind(q);
    f->value = q->value;
    f->qualifier = q->qualifier;
    if (!move && !q->step && !q->moves && q->form != FORM_RANK && q->form != FORM_FRACTION)
        move = moved_before(p, q);
    if (!move && q->form == FORM_PERCENT)
        move = compared_far(p, q);
    if (q->points && !move)
        move = 1;
    if (compared(p, q))
        f->qualifier = FACT_EQ;
    if (!move)
        return;
    if (code && code->difference)
        return;
    if (code && code->growth && !q->step && !q->points && !compared_far(p, q))
        return;
    f->kind = FACT_CHANGE;
    f->value = move * q->value;
}

/* ---- role ---- */

/* Words that make a target an achievement: "đạt mục tiêu", "vượt chỉ tiêu". */
static bool target_reached(const struct passage *p, size_t i)
{
    return i > 0 && (p->taken[i - 1] & TAKEN_QUANTITY || token_word(p, i - 1, "Dat.") || token_word(p, i - 1, "vUQt.") || token_word(p, i - 1, "bang`") ||
                     token_word(p, i - 1, "thanh`"));
}

static bool strong_target(const struct sense *s)
{
    return s->value >= 2;
}

/* "(vượt chỉ tiêu) 80%", "so với mục tiêu 80%": the target stands right before its number. */
static bool target_adjoins(const struct passage *p, const struct quantity *q)
{
    size_t at = q->lead, k = 0;
    uint32_t first;
    for (; k < 4 && at > 0; k++, at--) {
        const struct sense *s = sense_before(p, at, SENSE_TARGET, &first);
        if (s && strong_target(s) && (k > 0 || at == q->lead) && first > 0 && !(p->taken[first - 1] & TAKEN_QUANTITY))
            return true;
        if (p->t[at - 1].kind != TOKEN_WORD || sense_before(p, at, SENSE_REACH, NULL))
            return false;
    }
    return false;
}

/* "đến năm 2025, 100% ...": a deadline in the sentence, before the number. */
static bool deadline_before(const struct discourse *s, const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = 0; i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (in && w->first >= in->first && w->end <= q->lead && w->until && !w->to.grain && w->from.grain == 'Y' &&
            !w->compare && w->from.year >= s->latest)
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

static void find_role(struct discourse *s, const struct passage *p, struct finding *f)
{
    const struct quantity *q = f->q;
    const struct sentence *in = sentence_of(p, q->first);
    size_t from = in ? in->first : 0;
    size_t opening = from; /* what is before the first number of the sentence */
    bool achieved = false, reached = false, near = true;
    while (opening < q->lead && !(p->taken[opening] & TAKEN_QUANTITY))
        opening++;

    f->role_trust = 1;
    const struct lexicon_code *code = code_of(s, &f->choice);
    if (code && code->target) {
        f->role = FACT_TARGET;
        return;
    }
    if (target_adjoins(p, q) && !target_reached(p, q->lead - 1)) {
        f->role = FACT_TARGET;
        if (f->kind != FACT_CHANGE)
            f->qualifier = q->qualifier == FACT_OVER && token_word(p, q->lead, "vUQt.") ? FACT_EQ : f->qualifier;
        return;
    }
    for (size_t i = q->lead; i-- > from;) {
        const struct sense *t = sense_at(p, i, SENSE_TARGET, NULL);
        if (token_is(p, i, ';'))
            near = false;
        const struct sense *done = sense_at(p, i, SENSE_ACHIEVED, NULL);
        if (done && (near || !t))
            achieved = true;
        if (done && (done->value >= 2 || i < opening || (near && q->lead - i <= 6)))
            reached = true;
        if (!t || target_reached(p, i))
            continue;
        if (strong_target(t) && (!achieved || q->lead - i < 12)) {
            f->role = FACT_TARGET;
            break;
        }
        if (!strong_target(t) && !achieved && near && q->lead - i < 10 && !(i > from && token_word(p, i - 1, "tU."))) {
            f->role = FACT_TARGET;
            f->role_trust = 0.8;
            break;
        }
    }
    if (f->role == FACT_RESULT && !achieved && deadline_before(s, p, q)) {
        f->role = FACT_TARGET;
        f->role_trust = 0.95;
    }
    if (f->role == FACT_RESULT && s->target && !reached && !dated_before(s, p, q)) {
        f->role = FACT_TARGET;
        f->carried = true;
        f->role_trust = 0.85;
    }
    if (f->role == FACT_RESULT && f->kind == FACT_CHANGE)
        f->role = FACT_DIFFERENCE;
}

/* ---- period ---- */

/* "34 người trong năm 2021", "42,1 điểm của năm 2022": the time right behind a number. */
static bool adjoins(const struct passage *p, const struct quantity *q, const struct when *w)
{
    uint32_t tail = q->tail > q->end ? q->tail : q->end;
    if (w->first < tail || w->first > tail + 2u || w->until || w->to.grain)
        return false;
    for (uint32_t i = tail; i < w->first; i++)
        if (!token_word(p, i, "trong") && !token_word(p, i, "cua?") && !token_word(p, i, "vao`"))
            return false;
    /* "năm 2021 đạt 97%, năm 2022 ...": no comma lies between, so it is this number's. */
    return true;
}

/* "kế hoạch ... giai đoạn 2021-2025": the years of a plan, not of what was done. */
static bool plan_named(const struct passage *p, const struct sentence *in, const struct when *w)
{
    if (w->first <= in->first + 3)
        return false;
    for (size_t i = w->first; i-- > in->first && w->first - i < 24;) {
        if (token_is(p, i, ';') || token_is(p, i, ':'))
            return false;
        if (sense_at(p, i, SENSE_DOCUMENT, NULL))
            return true;
    }
    return false;
}

/* "535 tỷ đồng, đạt 24% kế hoạch trong ...": the rate beside an amount has its time too. */
static bool share_of(const struct passage *p, const struct quantity *q, size_t at)
{
    const struct quantity *next = q + 1;
    return q->form == FORM_MONEY && next < p->q + p->n_q && next->form == FORM_PERCENT && at >= next->first && at < next->end;
}

/* "so với năm 2022 (80,08%)": a bracket right behind the time compared with tells of that time. */
static const struct when *bracket_time(const struct passage *p, const struct quantity *q)
{
    size_t at = q->lead;
    if (at > 0 && at == q->first && (token_word(p, at - 1, "thU'") || token_word(p, at - 1, "hang.")))
        at--;
    if (at < 1 || !token_is(p, at - 1, '('))
        return NULL;
    for (size_t i = 0; i < p->n_times; i++)
        if (p->times[i].end == at - 1 && p->times[i].compare && !p->times[i].to.grain)
            return &p->times[i];
    return NULL;
}

/* The time that the sentence gives for a quantity: the nearest before it, else one behind it. */
static const struct when *sentence_time(const struct passage *p, const struct finding *f, bool *behind)
{
    const struct quantity *q = f->q;
    const struct sentence *in = sentence_of(p, q->first);
    const struct when *before = NULL, *after = NULL;

    for (size_t i = 0; i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (!in || w->first < in->first || w->first >= in->end || w->compare || w->event || w->document)
            continue;
        if (w->span && f->role != FACT_TARGET && (w->first >= q->end || plan_named(p, in, w)))
            continue;
        if (w->end <= q->lead)
            before = w;
        else if (!after && w->first >= q->end)
            after = w;
    }
    *behind = true;
    if (after && adjoins(p, q, after))
        return after;
    *behind = false;
    if (bracket_time(p, q) && !moved_before(p, q))
        return bracket_time(p, q);
    if (before)
        return before;
    if (!after)
        return NULL;
    for (size_t i = q->end; i < after->first; i++)
        if (token_is(p, i, ';') || i > q->end + 40u ||
            (p->taken[i] & TAKEN_QUANTITY && f->role != FACT_TARGET && !share_of(p, q, i) && (q->form != FORM_PLAIN || i > q->end + 12u)))
            return NULL;
    *behind = true;
    return after;
}

/* "lũy kế", "hiện": what was said before of times holds no more. */
static bool says_now(const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = q->lead; in && i-- > in->first;) {
        if (p->taken[i] & TAKEN_TIME)
            return false;
        if (token_word(p, i, "luy~"))
            return true;
        if (q->lead - i > 12 && i > in->first + 3u)
            continue;
        if (token_word(p, i + 1, "nay") && i > in->first + 3u)
            continue;
        if ( (token_word(p, i, "hiEn.") && !token_word(p, i - (i > 0), "thUc.") &&
                                         !token_word(p, i - (i > 0), "thE?")))
            return true;
    }
    return false;
}

/* "96 người; trong đó năm 2021 là 34, năm 2022 là 38": the sum has the years of its parts. */
static const char *parts_period(struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    const struct when *first = NULL, *last = NULL;
    int n = 0;
    for (size_t i = 0; in && i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (w->first < q->end || w->first >= in->end || w->to.grain || w->from.grain != 'Y' || w->compare)
            continue;
        bool part = false; /* "năm 2021 là 34" */
        for (size_t k = w->end; k < w->end + 4u && k < in->end; k++)
            part = part || p->taken[k] & TAKEN_QUANTITY;
        if (!part)
            return "";
        first = first ? first : w;
        last = w;
        n++;
    }
    if (n < 2 || !sense_within(p, q->end, first->first, SENSE_CONTINUE))
        return "";
    return arena_printf(p->a, "%d/%d", first->from.year, last->from.year);
}

static void find_period(struct discourse *s, struct passage *p, struct finding *f)
{
    bool behind;
    const struct when *w = sentence_time(p, f, &behind);

    f->period = "";
    f->period_why = "none";
    f->period_trust = 0.9;
    if (!w && (f->period = parts_period(p, f->q)) && *f->period) {
        f->period_why = "sum of the parts";
    } else if (w) {
        bool vague = (w->from.grain == 'M' || w->from.grain == 'D') && !w->from.year && f->role == FACT_TARGET;
        f->period = when_period(p, w, vague ? 0 : s->year);
        f->period_why = behind ? "behind" : "sentence";
        f->period_trust = behind ? 0.9 : 1;
    } else if (says_now(p, f->q)) {
        f->period_why = "now";
    } else if (*s->period) {
        f->period = s->period;
        f->period_why = "paragraph";
        f->period_trust = 0.95;
    } else if (f->role == FACT_TARGET && *s->target_period) {
        f->period = s->target_period;
        f->period_why = "plan";
        f->period_trust = 0.9;
    } else if (*s->report && !strcmp(s->report_place, f->place)) {
        f->period = s->report;
        f->period_why = "report";
        f->period_trust = 0.85;
    }
}

/* ---- place ---- */

/* "thứ 38/63 tỉnh, thành phố trong cả nước", "cao nhất cả nước": among whom, not about whom. */
static bool among_all(const struct passage *p, const struct where *w)
{
    if (w->kind != WHERE_COUNTRY)
        return false;
    for (size_t i = w->first, k = 0; i-- > 0 && k < 7; k++) {
        if (token_word(p, i, "nhXt'") || (k < 2 && token_word(p, i, "hang.")) || (token_word(p, i, "DXu`") && i > 0 &&
                                          (token_word(p, i - 1, "DUng'") || token_word(p, i - 1, "dXn~"))))
            return true;
        if (token_is(p, i, ';') || token_is(p, i, '.') || token_is(p, i, '('))
            return false;
    }
    for (size_t i = 0; i < p->n_q; i++)
        if (p->q[i].form == FORM_RANK && p->q[i].end <= w->first && w->first <= p->q[i].end + 7u)
            return true;
    for (size_t i = 0; i < p->n_q; i++) /* "63 tỉnh, thành phố": the second number of a rank is in the place itself */
        if (p->q[i].form == FORM_RANK && w->first >= p->q[i].first && w->first < p->q[i].end)
            return true;
    return false;
}

/* "vùng Đồng bằng sông Hồng đạt 90,17%": a region right before its number. */
static bool region_subject(const struct passage *p, const struct quantity *q, const struct where *w)
{
    if (w->end > q->lead || q->lead > w->end + 4u || q->form == FORM_RANK || q->step)
        return false;
    for (size_t i = w->end; i < q->lead; i++)
        if (p->t[i].kind != TOKEN_WORD && !token_is(p, i, '('))
            return false;
    for (size_t i = w->first, k = 0; i-- > 0 && k < 3; k++) /* "dẫn đầu khu vực Tây Nguyên", "thuộc vùng ..." */
        if (token_word(p, i, "DXu`") || token_word(p, i, "thuOc.") || token_word(p, i, "trong"))
            return false;
    return q->lead > w->end ? sense_before(p, q->lead, SENSE_REACH, NULL) || token_is(p, q->lead - 1, '(') : true;
}

/* "với điểm số đạt 71,25 điểm, Quảng Ninh ...": who has it follows behind the comma. */
static bool led_by_with(const struct passage *p, const struct sentence *in, const struct quantity *q)
{
    for (size_t i = q->lead, k = 0; i-- > in->first && k < 14 && !token_is(p, i, ',') && !token_is(p, i, ';'); k++)
        if (token_word(p, i, "vQi'"))
            return i == in->first || token_is(p, i - 1, ',');
    return false;
}

/* "xếp thứ hai là tỉnh X", "vị trí thứ 3 thuộc về Y", "thứ 2 tỉnh Z": who holds a rank. */
static const struct where *rank_holder(const struct passage *p, const struct quantity *q)
{
    if (q->form != FORM_RANK)
        return NULL;
    for (size_t i = 0; i < p->n_places; i++) {
        const struct where *w = &p->places[i];
        if (w->first < q->end || (w->kind != WHERE_PROVINCE && w->kind != WHERE_AGENCY))
            continue;
        bool links = w->first <= q->end + 1u;
        for (size_t k = q->end; k < w->first; k++) {
            if (p->t[k].kind != TOKEN_WORD || k > q->end + 9u)
                return NULL;
            links = links || token_word(p, k, "la`") || (token_word(p, k, "thuOc.") && token_word(p, k + 1, "vE`"));
        }
        return links ? w : NULL;
    }
    return NULL;
}

static const struct where *nearest_place(const struct passage *p, const struct quantity *q, bool *behind)
{
    const struct sentence *in = sentence_of(p, q->first);
    const struct where *before = NULL, *after = NULL, *all = NULL;

    for (size_t i = 0; i < p->n_places && in; i++) {
        const struct where *w = &p->places[i];
        if (w->first < in->first || w->first >= in->end || (w->kind == WHERE_REGION && !region_subject(p, q, w)))
            continue;
        if (w->issuer || among_all(p, w))
            continue;
        if (w->end <= q->first) {
            bool weak = w->kind == WHERE_HERE || w->kind == WHERE_COUNTRY;
            if (!before || !weak || before->kind == WHERE_HERE)
                before = w;
        } else if (w->kind == WHERE_COUNTRY || w->kind == WHERE_HERE) {
            if (!all && w->first <= q->end + 12u)
                all = w;
        } else if (!after) {
            after = w;
        }
    }
    *behind = false;
    if (before)
        return before;
    if (!after || (all && all->first < after->first))
        after = all;
    if (!after)
        return NULL;
    int commas = 0;
    for (size_t i = q->end; i < after->first; i++) {
        commas += token_is(p, i, ',');
        if (token_is(p, i, ';') || p->taken[i] & TAKEN_QUANTITY || commas > (q->noun || led_by_with(p, in, q) ? 1 : 0))
            return NULL;
    }
    *behind = true;
    return after;
}

/* What "tỉnh", "huyện", "Bộ" stand for now; "" if nobody was named. */
static const char *here_place(const struct discourse *s, const char *level)
{
    if (!strcmp(level, "bộ"))
        return s->agency;
    if ((!strcmp(level, "huyện") || !strcmp(level, "xã")) && *s->unit && !strcmp(s->unit_level, level))
        return s->unit;
    if (!strcmp(level, "tỉnh") && *s->province)
        return s->province;
    return *level ? "" : s->block_place;
}

static void put_place(struct finding *f, const char *place, const char *why, double trust)
{
    f->place = place;
    f->place_why = why;
    f->place_trust = trust;
}

/* "29 tỉnh tăng điểm": a count of provinces or ministries, in a text that is about none of them. */
static bool sums_all(const struct quantity *q, bool home)
{
    if (home || !q->noun || (q->form != FORM_PLAIN && q->form != FORM_FRACTION))
        return false;
    return !strcmp(q->noun->text, "tỉnh, thành phố") || !strcmp(q->noun->text, "địa phương") || !strcmp(q->noun->text, "bộ, cơ quan");
}

static void find_place(struct discourse *s, const struct passage *p, struct finding *f)
{
    bool behind;
    const struct where *w = nearest_place(p, f->q, &behind), *holder = rank_holder(p, f->q);
    if (w && behind && *s->block_place)
        w = NULL;
    if (holder) {
        w = holder;
        behind = false;
    }
    const char *here = w && w->kind == WHERE_HERE ? here_place(s, w->level) : "";

    if ((!w || behind) && sums_all(f->q, *s->home))
        put_place(f, "Cả nước", "a sum over all", 0.95);
    else if (w && w->kind != WHERE_HERE)
        put_place(f, w->name, "sentence", behind || w->kind == WHERE_AGENCY ? 0.9 : 1);
    else if (*here)
        put_place(f, here, "the place spoken of", 0.97);
    else if (*s->block_place)
        put_place(f, s->block_place, "paragraph", 0.97);
    else if (*s->home)
        put_place(f, s->home, "publisher", 0.95);
    else
        put_place(f, "Cả nước", "no place is named", 0.85);
}

/* ---- level ---- */

/* In a bracket behind a sum, its parts have the sum's level: "cấp tỉnh 7.744 hồ sơ (có 6.488 đúng hạn, ...)". */
static bool in_bracket_of(const struct passage *p, const struct quantity *sum, const struct quantity *q)
{
    for (size_t i = sum->end; i < q->first; i++)
        if (token_is(p, i, ';') || token_is(p, i, '.') || (token_is(p, i, ')') && i + 1 < q->first))
            return false;
    return true;
}

static const char *find_level(const struct passage *p, const struct quantity *q, const struct quantity *previous,
                              const char *previous_level)
{
    const struct sense *before = NULL, *after = NULL;
    const struct sentence *in = sentence_of(p, q->first);
    size_t from = previous && previous->end > (in ? in->first : 0) ? previous->end : in ? in->first : 0;
    bool same = previous && sentence_of(p, previous->first) == in;

    bool row = same && coordinated(p, q) != NULL;
    /* In a row, the level told before its first number is that of all. */
    for (size_t i = row ? previous->lead : q->lead; i-- > (row ? in->first : from) && !before;) {
        if (token_is(p, i, ';'))
            break;
        before = sense_at(p, i, SENSE_LEVEL, NULL);
    }
    for (size_t i = q->end; in && i < in->end && !after; i++) {
        if (token_is(p, i, ';') || token_is(p, i, ',') || p->taken[i] & TAKEN_QUANTITY || token_is(p, i, '('))
            break;
        after = sense_at(p, i, SENSE_LEVEL, NULL);
    }
    if (after && (!before || q->noun || number_first(p, q)))
        return after->text;
    if (before && (row ? !strcmp(previous_level, before->text) : !(same && number_first(p, q) && !*previous_level)))
        return before->text;
    bool bracket = false;
    for (size_t i = in ? in->first : 0; i < q->first; i++)
        bracket = token_is(p, i, '(') || (bracket && !token_is(p, i, ')'));
    return same && bracket && in_bracket_of(p, previous, q) ? previous_level : "";
}

/* ---- is it a fact ---- */

/* A bare count must count something that somebody would report. */
/* "của 44 TTHC": a number told just before, named again. */
static bool refers_back(const struct discourse *s, const struct passage *p, const struct quantity *q)
{
    if (q->form != FORM_PLAIN || !q->noun || !sense_before(p, q->lead, SENSE_BACK, NULL))
        return false;
    for (size_t i = 0; i < sizeof s->told / sizeof *s->told; i++)
        if (s->told[i].noun == q->noun && s->told[i].value == q->value)
            return true;
    return false;
}

/* A bare number that something unknown is counted by: "tối thiểu 05 kịch bản". */
static bool counts_unknown(const struct passage *p, const struct quantity *q)
{
    const struct token *next = q->end < p->n ? &p->t[q->end] : NULL;
    bool marked = p->t[q->first].zero || q->qualifier == FACT_AT_LEAST || q->qualifier == FACT_AT_MOST ||
                  q->qualifier == FACT_OVER || q->qualifier == FACT_ABOUT || p->t[q->first].grouped;
    return q->form == FORM_PLAIN && marked && next && next->kind == TOKEN_WORD && !next->upper && next->spaced &&
           !sense_at(p, q->end, SENSE_CLASS, NULL) && !sense_at(p, q->end, SENSE_REACH, NULL);
}

static const char *no_fact(const struct discourse *s, const struct passage *p, const struct finding *f)
{
    const struct quantity *q = f->q;
    const struct lexicon_code *code = code_of(s, &f->choice);

    if (refers_back(s, p, q))
        return N_("a number told before");
    if (!q->noun && counts_unknown(p, q))
        return NULL;
    if (q->form == FORM_RANK || q->form == FORM_PERCENT || q->form == FORM_MONEY || q->form == FORM_SCORE || q->step)
        return NULL;
    if (q->form == FORM_FRACTION)
        return !q->noun && q->value > q->of                          ? N_("no fraction")
               : !q->noun && !code && q->value <= 31 && q->of <= 12 ? N_("date")
                                                                     : NULL;
    if (q->form == FORM_DURATION)
        return code || q->range || q->qualifier != FACT_EQ ? NULL : N_("a stretch of time");
    if (!q->noun && (f->choice.code < 0 || (f->choice.pattern && f->choice.score < 1.5) ||
                     (f->choice.inherited && f->choice.score < 1.8)))
        return N_("nothing known is counted");
    if (!q->noun && q->value < 10 && p->t[q->first].kind == TOKEN_WORD)
        return N_("nothing known is counted");
    if (is_khac(code) && !code && q->value < 10 && q->qualifier == FACT_EQ && !p->t[q->first].zero)
        return N_("a small count without an indicator");
    return NULL;
}

/* ---- writing ---- */

static double confidence(const struct discourse *s, const struct finding *f)
{
    const struct lexicon_code *code = code_of(s, &f->choice);
    double c = 0.97;
    if (!code)
        c = 0.55;
    else if (f->choice.score < 1.6)
        c = 0.7;
    else if (f->choice.margin < 0.5)
        c = 0.78;
    else if (f->choice.margin < 1 || (code->label && !code->index))
        c = 0.86;
    else if (f->choice.inherited)
        c = 0.88;
    return c * f->place_trust * f->period_trust * f->role_trust;
}

static const char *quote_of(struct discourse *s, const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    size_t from = p->t[in->first].start, to = p->t[in->end - 1].end;
    enum { QUOTE_MAX = 400 };
    if (to - from > QUOTE_MAX) { /* the clause around the number, at word borders */
        size_t first = q->first, end = q->end;
        while (first > in->first && q->start - p->t[first - 1].start < QUOTE_MAX / 2)
            first--;
        while (end < in->end && p->t[end].end - q->stop < QUOTE_MAX / 2)
            end++;
        from = p->t[first].start;
        to = p->t[end - 1].end;
    }
    return arena_strndup(s->a, p->text + from, to - from);
}

static int64_t code_point(struct discourse *s, size_t byte)
{
    if (byte < s->cp_byte)
        s->cp_byte = s->cp = 0;
    if (byte > s->cp_byte + 4096) {
        s->cp = document_cp(s->doc, byte);
        s->cp_byte = byte;
    }
    for (; s->cp_byte < byte; s->cp_byte++)
        s->cp += (s->doc->text[s->cp_byte] & 0xC0) != 0x80;
    return (int64_t)s->cp;
}

static const char *indicator_name(struct discourse *s, const struct passage *p, const struct finding *f)
{
    const struct lexicon_code *code = code_of(s, &f->choice);
    if (code)
        return code->label ? arena_printf(s->a, "khac:%s", code->label) : code->code;
    return f->q->noun ? arena_printf(s->a, "khac:%s", f->q->noun->text) : ((void)p, "khac:số liệu khác");
}

static void write_fact(struct discourse *s, const struct passage *p, const struct block *b, const struct finding *f)
{
    const struct quantity *q = f->q;
    struct fact *out = ARENA_PUSH(s->a, s->out->items, s->out->n, s->out->cap);
    const char *rule = f->choice.pattern ? f->choice.pattern->text : f->choice.inherited ? "as the number before" : "none";

    *out = (struct fact){ .source = s->doc->name, .page = b->page, .of = q->of, .kind = f->kind, .role = f->role,
                          .qualifier = f->qualifier, .value = f->value };
    out->start = code_point(s, q->start);
    out->end = code_point(s, q->stop);
    out->quote = quote_of(s, p, q);
    out->place = arena_strdup(s->a, f->place);
    out->level = f->level;
    out->indicator = indicator_name(s, p, f);
    out->unit = q->unit ? arena_strdup(s->a, q->unit) : q->form == FORM_RANK ? "hạng" : "";
    out->period = arena_strdup(s->a, f->period);
    out->confidence = confidence(s, f);
    out->status = FACT_PROPOSED;
    out->why = arena_printf(s->a, "indicator: %s (%.1f, margin %.1f); place: %s; period: %s", rule, f->choice.score,
                            f->choice.margin, f->place_why, f->period_why);
}

static void write_passed(struct discourse *s, const struct quantity *q, const char *reason)
{
    if (!s->passed)
        return;
    struct passed *out = ARENA_PUSH(s->a, s->passed->items, s->passed->n, s->passed->cap);
    out->start = code_point(s, q->start);
    out->end = code_point(s, q->stop);
    out->reason = reason;
}

/* ---- discourse ---- */

/* An agency is spoken of if it is the only one of its sentence and no sum over all of them. */
static bool agency_is_subject(const struct passage *p, const struct sentence *in, const struct where *w)
{
    for (size_t i = 0; i < p->n_places; i++) {
        const struct where *o = &p->places[i];
        if (o->first < in->first || o->first >= in->end || o == w)
            continue;
        if ((o->kind == WHERE_AGENCY && strcmp(o->name, w->name)) ||
            (o->kind == WHERE_COUNTRY && !o->issuer && o->first < w->first + 22))
            return false;
    }
    return true;
}

static void hear_place(struct discourse *s, const struct passage *p, const struct sentence *in)
{
    bool heard = false;
    for (size_t i = 0; i < p->n_places; i++) {
        const struct where *w = &p->places[i];
        if (w->first < in->first || w->first >= in->end || w->issuer)
            continue;
        if (w->kind == WHERE_HERE && !heard && !*s->block_place && *w->level)
            s->block_place = here_place(s, w->level);
        if (w->kind == WHERE_AGENCY ? !agency_is_subject(p, in, w) : w->kind != WHERE_PROVINCE && w->kind != WHERE_UNIT)
            continue;
        const char *name = arena_strdup(s->a, w->name);
        if (!heard)
            s->block_place = name;
        heard = true;
        if (w->kind == WHERE_PROVINCE)
            s->province = name;
        else if (w->kind == WHERE_AGENCY)
            s->agency = name;
        else
            s->unit = name, s->unit_level = w->level;
    }
}

/* A time that holds for what follows: not what is compared with, nor the day of a meeting. */
static bool holds(const struct when *w, const struct sentence *in)
{
    return w->first >= in->first && w->first < in->end && !w->compare && !w->event && !w->document;
}

/* Whom a report is about: the country if its sentence names it, else the place spoken of. */
static const char *report_place(const struct discourse *s, const struct passage *p, const struct sentence *in)
{
    for (size_t i = 0; i < p->n_places; i++)
        if (p->places[i].first >= in->first && p->places[i].first < in->end && p->places[i].kind == WHERE_COUNTRY)
            return "Cả nước";
    return *s->block_place ? s->block_place : *s->home ? s->home : "Cả nước";
}

/* "Kế hoạch số 222 ... giai đoạn 2024-2025": its later targets, told by its number, have these years. */
static void hear_plan(struct discourse *s, struct passage *p, const struct sentence *in)
{
    const struct when *span = NULL;
    int number = 0;
    for (size_t i = 0; i < p->n_times; i++)
        if (p->times[i].first >= in->first && p->times[i].first < in->end && p->times[i].span && p->times[i].to.grain)
            span = &p->times[i];
    for (size_t i = 0; i < p->n_q; i++) {
        const struct quantity *q = &p->q[i];
        if (q->first < in->first || q->first >= in->end || !q->passed || q->form != FORM_PLAIN || q->value < 1 ||
            q->value > 99999 || !(sense_before(p, q->first, SENSE_DOCUMENT, NULL) || token_word(p, q->first - (q->first > 0), "sO'")))
            continue;
        number = (int)q->value;
        if (number == s->plan && !span && s->plan) {
            s->target = true;
            s->target_period = s->plan_period;
        }
    }
    if (span && number) {
        s->plan = number;
        s->plan_period = arena_strdup(s->a, when_period(p, span, 0));
    }
}

static void hear_time(struct discourse *s, struct passage *p, const struct sentence *in, bool facts, bool targets)
{
    bool report = sense_within(p, in->first, in->end, SENSE_REPORT);
    bool told = false, behind = false;
    uint32_t at = in->first;
    for (size_t i = 0; i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (!holds(w, in))
            continue;
        if (w->from.year)
            s->year = w->to.grain ? w->to.year : w->from.year;
        if (!w->until && !w->span && !w->to.grain && w->from.year > s->latest && facts && !targets)
            s->latest = w->from.year;
        for (; at < w->first; at++)
            behind = behind || p->taken[at] & TAKEN_QUANTITY;
        bool opens = w->span && facts && !targets && w->first <= in->first + 2u;
        const char *period = w->span && !opens ? "" : when_period(p, w, s->year);
        /* The time that opens a sentence holds on; one behind its numbers is theirs alone. */
        if (!*period || (behind && (told || *s->period)))
            continue;
        told = true;
        s->period = arena_strdup(s->a, period);
        if (report && w->from.grain != 'D' && !w->until && !w->since && !(w->from.grain == 'Y' && facts)) {
            s->report = s->period;
            s->report_place = report_place(s, p, in);
        }
    }
}

/* Indices by name: "PCI 2017" says which index and which year go on. */
static void hear_index(struct discourse *s, const struct passage *p, const struct sentence *in)
{
    const struct lexicon *x = s->x->lexicon;
    for (size_t i = in->first; i < in->end; i++)
        for (uint32_t k = p->hit_at[i]; k < p->hit_at[i + 1]; k++)
            for (const struct sense *v = p->hits[k].senses; v; v = v->next) {
                const struct pattern *w = v->role == SENSE_SLOT ? &x->patterns[x->slot_pattern[v->index]] : NULL;
                if (!w || !x->codes[w->code].index || x->codes[w->code].label || w->n_slots > 1 || w->weight < 0)
                    continue;
                s->index = w->code;
                s->index_told = true;
                for (size_t t = 0; t < p->n_times; t++)
                    if (p->times[t].first >= p->hits[k].end && p->times[t].first <= p->hits[k].end + 1u &&
                        p->times[t].from.grain == 'Y' && !p->times[t].to.grain) {
                        s->index_year = p->times[t].from.year;
                        s->index_year_code = w->code;
                    }
            }
}

/* Targets go on: a lead that ends with ":", or a deadline that a target of this sentence has. */
static void hear_target(struct discourse *s, const struct passage *p, const struct sentence *in, bool targets)
{
    bool colon = false, strong = false, deadline = false, done = false;
    for (size_t i = 0; i < p->n_times; i++)
        deadline = deadline || (holds(&p->times[i], in) && p->times[i].until && p->times[i].from.year >= s->latest);
    for (size_t i = in->first; i < in->end; i++) {
        const struct sense *t = sense_at(p, i, SENSE_TARGET, NULL);
        colon = colon || token_is(p, i, ':');
        const struct sense *a = sense_at(p, i, SENSE_ACHIEVED, NULL);
        done = done || (a && a->value >= 2);
        strong = strong || (t && strong_target(t) && !target_reached(p, i));
    }
    if ((strong && colon) || (targets && deadline)) {
        s->target = true;
        s->target_period = s->period;
    } else if (done && !targets) {
        s->target = false;
    }
}

/* How a block begins: 2 it goes on with place and time of the one before, 1 with the place, 0 anew. */
static int continues(const struct passage *p)
{
    size_t i = 0;
    while (i < p->n && p->t[i].kind == TOKEN_MARK)
        i++;
    const struct sense *s = sense_at(p, i, SENSE_CONTINUE, NULL);
    return s ? (int)s->value : 0;
}

/* "cấp tỉnh đạt 97%, cấp huyện đạt 88%": no noun of its own lies between two numbers of one sentence. */
static bool nothing_between(const struct passage *p, const struct quantity *a, const struct quantity *b)
{
    if (b->lead > a->end + 12u || a->noun || sentence_of(p, a->first) != sentence_of(p, b->first))
        return false;
    for (size_t i = a->end; i < b->lead; i++) {
        if (token_is(p, i, ';'))
            return false;
        if (sense_at(p, i, SENSE_NOUN, NULL) && !(p->taken[i] & (TAKEN_PLACE | TAKEN_TIME)) &&
            !(i > 0 && sense_at(p, i - 1, SENSE_LEVEL, NULL)) && !sense_at(p, i, SENSE_LEVEL, NULL))
            return false;
    }
    return true;
}

/* Ranks and points without a name belong to the index spoken of. */
static void take_index(struct discourse *s, struct finding *f)
{
    bool index_form = f->q->form == FORM_RANK || f->q->step || f->q->form == FORM_SCORE ||
                      (f->q->form == FORM_PERCENT && !f->q->noun && s->index_told);
    if (f->choice.code >= 0 || s->index < 0 || !index_form)
        return;
    const struct lexicon *x = s->x->lexicon;
    const char *code = x->codes[s->index].code, *want = f->q->form == FORM_RANK || f->q->step ? ".hang" : ".diem";
    size_t stem = (size_t)(strrchr(code, '.') - code);
    for (size_t i = 0; i < x->n_codes; i++)
        if (!strncmp(x->codes[i].code, code, stem) && !strcmp(x->codes[i].code + stem, want))
            f->choice = (struct choice){ .code = (int)i, .score = 1.2, .margin = 0.4, .inherited = true };
}

/* "chỉ số thành phần của DTI" is part of "dti.hang". */
static bool part_of_index(const char *label, const char *code)
{
    const char *name = strrchr(label, ' ');
    size_t stem = strcspn(code, ".");
    return name && strlen(name + 1) == stem && !strncasecmp(name + 1, code, stem);
}

/* The year in an index' name holds for its own numbers. */
static void index_period(struct discourse *s, struct finding *f)
{
    const struct lexicon_code *code = code_of(s, &f->choice);
    if (code_of(s, &f->choice) && code_of(s, &f->choice)->target && strlen(f->period) > 4 && !strchr(f->period, '/')) {
        f->period = arena_strndup(s->a, f->period, 4); /* a plan's amount is that of its year */
        return;
    }
    if (*f->period || !s->index_year || f->streak || !code || !code->index)
        return;
    const char *named = s->x->lexicon->codes[s->index_year_code].code;
    if (code->label ? !part_of_index(code->label, named) : strncmp(named, code->code, strcspn(code->code, ".") + 1))
        return;
    f->period = arena_printf(s->a, "%d", s->index_year);
    f->period_why = "name of the index";
}

/* A target only by what was said before is none if its time has come before the plan's. */
static void check_carried(const struct discourse *s, struct finding *f)
{
    struct period own;
    if (f->carried && period_parse(f->period, &own) && own.grain && own.year < target_year(s))
        f->role = f->kind == FACT_CHANGE ? FACT_DIFFERENCE : FACT_RESULT;
}

/* Fills the finding; false (with the reason in q->passed) if the number is no fact. */
/* "10 năm liền", "3 năm liên tiếp" before the number in its sentence. */
static bool says_streak(const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    for (size_t i = in ? in->first : 0; i < q->lead; i++)
        if (p->t[i].kind == TOKEN_NUMERAL && sense_at(p, i + 1, SENSE_STREAK, NULL))
            return true;
    return false;
}

static bool find_fact(struct discourse *s, struct passage *p, struct finding *f, const struct quantity *previous,
                      const struct choice *before)
{
    struct quantity *q = (struct quantity *)f->q;
    /* "PAR Index đạt 93,77": points without their word. */
    if (q->form == FORM_PLAIN && !q->noun && p->t[q->first].decimals &&
        (q->moves || sense_before(p, q->lead, SENSE_REACH, NULL) || bracket_time(p, q))) {
        f->choice = indicator_choose(s->chooser, p, q, FACT_SCORE, previous, before);
        take_index(s, f);
        const struct lexicon_code *code = code_of(s, &f->choice);
        if (f->choice.score >= 0.9 && code && code->index) {
            q->form = FORM_SCORE;
            q->unit = "điểm";
        }
    }
    /* The first side of a range is what its second is; numbers in a bare row what their last is. */
    const struct quantity *spoken = q, *end = p->q + p->n_q;
    if (q->range && q + 1 < end && q[1].range && q->qualifier == FACT_AT_LEAST)
        spoken = q + 1;
    f->choice = indicator_choose(s->chooser, p, spoken, plain_kind(spoken), previous, before);
    enum { ROW_MAX = 8 }; /* numbers of a row that are looked through for what they count */
    while (f->choice.score < 0.9 && spoken + 1 < end && spoken - q < ROW_MAX && spoken[1].form == spoken->form &&
           nothing_between(p, spoken, spoken + 1)) {
        spoken++;
        f->choice = indicator_choose(s->chooser, p, spoken, plain_kind(spoken), previous, before);
    }
    if (f->choice.score < 0.9)
        f->choice = (struct choice){ .code = -1 };
    take_index(s, f);
    q->passed = no_fact(s, p, f);
    if (q->passed)
        return false;
    find_kind(s, p, f);
    find_role(s, p, f);
    f->streak = says_streak(p, q);
    find_place(s, p, f);
    find_period(s, p, f);
    index_period(s, f);
    check_carried(s, f);
    const struct lexicon_code *code = code_of(s, &f->choice);
    f->level = code && code->index ? "" : find_level(p, q, previous, before->level ? before->level : "");
    return true;
}

/* One sentence's numbers; returns whether they held facts (bit 0) and targets (bit 1). */
static int read_sentence(struct discourse *s, struct passage *p, const struct block *b, const struct sentence *in,
                         size_t *next, const struct quantity **previous, struct choice *before)
{
    int found = 0;
    const struct lexicon_code *last = before->code >= 0 ? &s->x->lexicon->codes[before->code] : NULL;
    s->index_told = last && last->index && !last->label;
    hear_index(s, p, in);
    hear_plan(s, p, in);
    for (; *next < p->n_q && p->q[*next].first < in->end; ++*next) {
        struct quantity *q = &p->q[*next];
        struct finding f = { .q = q, .choice = { .code = -1 } };
        if (q->passed || !find_fact(s, p, &f, *previous, before)) {
            write_passed(s, q, q->passed);
            continue;
        }
        write_fact(s, p, b, &f);
        s->told[s->n_told % 8].noun = q->noun;
        s->told[s->n_told++ % 8].value = q->value;
        *previous = q;
        *before = f.choice;
        before->level = f.level;
        found |= f.role == FACT_TARGET ? 3 : 1;
    }
    return found;
}

/* ---- statements without a number ---- */

/* The limitation that a sentence states, unless it says to mend one. */
static bool says_limit(const struct passage *p, const struct sentence *in, bool task)
{
    for (size_t i = in->first; i < in->end; i++) {
        const struct sense *l = sense_at(p, i, SENSE_LIMIT, NULL);
        if (l && (l->value >= 2 || (!task && i > in->first)))
            return !(i > in->first && (token_word(p, i - 1, "phuc.") || token_word(p, i - 1, "gO~") || token_word(p, i - 1, "DE?")));
    }
    return false;
}

static bool says_task(const struct passage *p, const struct sentence *in)
{
    for (size_t i = in->first, words = 0; i < in->end; i++) {
        const struct sense *t = sense_at(p, i, SENSE_TASK, NULL);
        words += p->t[i].kind == TOKEN_WORD;
        if (t && (t->value >= 2 || words <= 1))
            return true;
    }
    return false;
}

static const char *note_field(const struct passage *p, const struct sentence *in)
{
    struct { const char *code; int n; } seen[16] = { { NULL, 0 } };
    const char *best = "";
    int most = 0;
    for (size_t i = in->first; i < in->end; i++) {
        const struct sense *f = sense_at(p, i, SENSE_FIELD, NULL);
        for (size_t k = 0; f && k < sizeof seen / sizeof *seen; k++)
            if (!seen[k].code || !strcmp(seen[k].code, f->text)) {
                seen[k].code = f->text;
                if (++seen[k].n > most)
                    most = seen[k].n, best = f->text;
                break;
            }
    }
    return best;
}

/* Keeps a sentence that states a limitation, a task or an achievement of some reform field. */
static void note_sentence(struct discourse *s, struct passage *p, const struct block *b, const struct sentence *in)
{
    enum { LEAST = 9, MOST = 140 }; /* tokens of a statement that can stand alone */
    if (in->end - in->first < LEAST || in->end - in->first > MOST || b->kind == BLOCK_HEADING || b->kind == BLOCK_CELL)
        return;
    bool task = says_task(p, in), limit = says_limit(p, in, task);
    bool praise = sense_within(p, in->first, in->end, SENSE_PRAISE) &&
                  sense_within(p, in->first, in->end, SENSE_ACHIEVED);
    const char *field = note_field(p, in);
    if (!*field || (!limit && !task && !praise))
        return;
    struct quantity whole = { .first = in->end - 1, .end = in->end, .lead = in->end - 1, .tail = in->end,
                              .start = p->t[in->first].start, .stop = p->t[in->end - 1].end, .of = NAN };
    struct finding f = { .q = &whole, .choice = { .code = -1 } };
    f.role = task && !limit ? FACT_TARGET : FACT_RESULT;
    find_place(s, p, &f);
    find_period(s, p, &f);
    struct fact *out = ARENA_PUSH(s->a, s->notes->items, s->notes->n, s->notes->cap);
    *out = (struct fact){ .source = s->doc->name, .page = b->page, .kind = FACT_NOTE, .value = NAN, .of = NAN, .level = "",
                          .unit = "", .role = f.role, .confidence = limit || praise ? 0.7 : 0.6 };
    out->start = code_point(s, whole.start);
    out->end = code_point(s, whole.stop);
    out->quote = arena_strndup(s->a, p->text + whole.start, whole.stop - whole.start);
    out->place = arena_strdup(s->a, f.place);
    out->period = arena_strdup(s->a, f.period);
    out->indicator = arena_printf(s->a, "%s %s", limit ? "han-che" : task ? "nhiem-vu" : "ket-qua", field);
    out->why = arena_printf(s->a, "place: %s; period: %s", f.place_why, f.period_why);
}

static void read_passage(struct discourse *s, struct passage *p, const struct block *b)
{
    const struct quantity *previous = NULL;
    struct choice before = { .code = -1 };
    size_t next = 0;

    for (size_t k = 0; k < p->n_s; k++) {
        int found = read_sentence(s, p, b, &p->s[k], &next, &previous, &before);
        if (s->notes && !found)
            note_sentence(s, p, b, &p->s[k]);
        hear_place(s, p, &p->s[k]);
        hear_time(s, p, &p->s[k], found & 1, found & 2);
        hear_target(s, p, &p->s[k], found & 2);
    }
}

/* ---- the document ---- */

/* How often places are named, while the one that a document is about is sought. */
struct tally { const char *name, *level; enum where_kind kind; size_t count, block; };
struct tallies { struct tally items[96]; size_t n, here, country; /* first block that names all */ };

static void tally_add(struct discourse *s, struct tallies *all, const struct where *w, size_t weight, size_t block)
{
    for (size_t i = 0; i < all->n; i++) {
        struct tally *t = &all->items[i];
        size_t len = strcspn(t->name, ",");
        bool same = w->kind == WHERE_UNIT && t->kind == WHERE_UNIT && len == strcspn(w->name, ",") && !memcmp(t->name, w->name, len);
        if (same && strlen(w->name) > strlen(t->name))
            t->name = arena_strdup(s->a, w->name); /* "xã Tân Phú", then with its province */
        if (same || !strcmp(t->name, w->name)) {
            t->count += weight;
            return;
        }
    }
    if (all->n < sizeof all->items / sizeof *all->items)
        all->items[all->n++] = (struct tally){ arena_strdup(s->a, w->name), w->level, w->kind, weight, block };
}

/* "xã Tân Phú" is "Tân Phú" from then on. */
static void remember_unit(struct discourse *s, const struct where *w)
{
    struct unit_names *u = &s->units;
    size_t len = strcspn(w->name, ",");
    if (len < 5 || *w->province)
        len = strcspn(w->name, ",");
    const char *comma = strchr(w->name, ',');
    if (comma && !strncmp(comma + 2, w->name, len))
        return; /* "Thái Nguyên, Thái Nguyên": the bare name is the province */
    for (size_t i = 0; i < u->n; i++)
        if (u->items[i].len <= len && !memcmp(u->items[i].name, w->name, u->items[i].len) &&
            (u->items[i].len == len || w->name[u->items[i].len] == ' ')) {
            if (*w->province && !*u->items[i].province) {
                u->items[i].full = arena_strdup(s->a, w->name);
                u->items[i].province = w->province;
            }
            return;
        }
    if (u->n < sizeof u->items / sizeof *u->items && memchr(w->name, ' ', len)) {
        const char *full = arena_strdup(s->a, w->name);
        u->items[u->n++] = (struct unit_name){ full, len, full, w->level, w->province };
    }
}

enum { HOME_BYTES = 16000 }; /* of a document looked at for its place */

static void tally_blocks(struct discourse *s, struct tallies *all)
{
    struct arena a = { 0 };
    for (size_t i = 0; i < s->doc->n_blocks && s->doc->blocks[i].start < HOME_BYTES; i++) {
        size_t at = s->doc->blocks[i].start;
        struct passage p;
        passage_read(&p, s->x->lexicon, s->doc->text, &at, s->doc->blocks[i].end, &a);
        places_find(&p);
        for (size_t k = 0; k < p.n_places; k++) {
            const struct where *w = &p.places[k];
            if (w->kind == WHERE_UNIT)
                remember_unit(s, w);
            if (w->kind == WHERE_UNIT || w->kind == WHERE_PROVINCE)
                tally_add(s, all, w, i < 3 ? 2 : 1, i);
            if (w->kind == WHERE_COUNTRY && !w->issuer && i < all->country)
                all->country = i;
            all->here += w->kind == WHERE_HERE && !strcmp(w->level, "tỉnh");
        }
        arena_reset(&a);
    }
    arena_clear(&a);
}

/* The place that a document is about: a province that has most mentions of
 * provinces, or a unit that is named more often than any province. */
static const char *find_home(struct discourse *s)
{
    struct tallies all = { .country = SIZE_MAX };
    const struct tally *province = NULL, *unit = NULL;
    size_t total = 0;

    tally_blocks(s, &all);
    for (size_t i = 0; i < all.n; i++) {
        const struct tally *t = &all.items[i];
        const struct tally **best = t->kind == WHERE_UNIT ? &unit : &province;
        total += t->kind == WHERE_PROVINCE ? t->count : 0;
        if (!*best || t->count > (*best)->count || (t->count == (*best)->count && strchr(t->name, ',') && !strchr((*best)->name, ',')))
            *best = t;
    }
    /* The only places named are units, one of them with its province at the head: the report of a commune. */
    bool own = unit && !province && unit->block < 3 && strchr(unit->name, ',');
    if (unit && (unit->count >= 4 || own) && (!province || unit->count > province->count)) {
        s->unit = unit->name;
        s->unit_level = unit->level;
        if (province && province->count * 2 > total)
            s->province = province->name;
        return unit->name;
    }
    if (!province || province->count * 2 <= total)
        return "";
    /* The only province named, in the title; or often enough, unless all the country came first. */
    bool titled = province->block == 0 && province->count == total && all.country > 0;
    size_t least = all.country < province->block ? 7 : 3;
    if (!titled && province->count + all.here < least)
        return "";
    s->province = province->name;
    return province->name;
}

/* What the block before said holds on only if this one says so, or says nothing itself. */
static void begin_block(struct discourse *s, const struct passage *p)
{
    int goes_on = continues(p);
    bool says = p->n_times || p->n_places;
    for (size_t i = 0; i < p->n_q; i++)
        says = says || !p->q[i].passed;
    if (!says)
        return;
    if (goes_on < 2 && !(goes_on == 1 && s->sentences <= 2)) /* one sentence a line: still one paragraph */
        s->period = "";
    if (goes_on < 1)
        s->block_place = "";
}

/* A heading speaks of what its passage speaks of: its place is the first that the next block names. */
static void look_ahead(struct discourse *s, const struct block *b, const struct passage *p, struct arena *scratch)
{
    const struct block *end = s->doc->blocks + s->doc->n_blocks;
    bool short_line = p->n > 0 && p->n < 30 && p->t[p->n - 1].kind != TOKEN_MARK;
    bool facts = false;
    for (size_t i = 0; i < p->n_q; i++)
        facts = facts || !p->q[i].passed;
    for (size_t i = 0; i < p->n_places; i++)
        facts = facts && p->places[i].kind == WHERE_HERE;
    if (!short_line || !facts || *s->home || *s->block_place || b + 1 >= end)
        return;
    struct passage next;
    size_t at = b[1].start;
    passage_read(&next, s->x->lexicon, s->doc->text, &at, b[1].end, scratch);
    next.units = &s->units;
    places_find(&next);
    for (size_t i = 0; i < next.n_places; i++)
        if (!next.places[i].issuer && (next.places[i].kind == WHERE_PROVINCE || next.places[i].kind == WHERE_AGENCY)) {
            s->block_place = arena_strdup(s->a, next.places[i].name);
            return;
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
static void hear_heading(struct discourse *s, const struct block *b, const struct passage *p)
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

static void read_block(struct discourse *s, const struct block *b, struct arena *scratch)
{
    bool first = true;
    for (size_t at = b->start; at < b->end; first = false) {
        struct passage p;
        passage_read(&p, s->x->lexicon, s->doc->text, &at, b->end, scratch);
        p.units = &s->units;
        times_find(&p);
        places_find(&p);
        quantities_find(&p);
        if (first) {
            begin_block(s, &p);
            look_ahead(s, b, &p, scratch);
        }
        read_passage(s, &p, b);
        hear_heading(s, b, &p);
        s->sentences = p.n_s ? (int)p.n_s : s->sentences;
        arena_reset(scratch);
    }
}

/* The whole way, with notes or without. */
static void read_document(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out,
                          struct passed_list *passed, struct facts *notes)
{
    struct arena scratch = { 0 };
    struct discourse s = { .x = x, .doc = doc, .a = a, .out = out, .passed = passed, .notes = notes, .home = "", .province = "",
                           .unit = "", .unit_level = "", .agency = "", .index = -1, .block_place = "", .period = "", .report = "", .report_place = "", .plan_period = "", .target_period = "" };

    *out = (struct facts){ 0 };
    if (passed)
        *passed = (struct passed_list){ 0 };
    s.chooser = chooser_new(x->lexicon, a);
    s.home = find_home(&s);
    if (!doc->place || !*doc->place)
        doc->place = *s.province ? s.province : s.home;
    for (size_t i = 0, n; i < doc->n_blocks; i += n) {
        n = doc->blocks[i].kind == BLOCK_CELL ? table_facts(x, doc, i, a, out) : 0;
        if (!n) {
            read_block(&s, &doc->blocks[i], &scratch);
            n = 1;
        }
    }
    arena_clear(&scratch);
}

/* Whether b tells what the title's fact a tells: the same value, or one that "hơn", "gần" may stand for. */
static bool told_again(const struct fact *a, const struct fact *b)
{
    if (a->kind != b->kind || a->role != b->role || !*b->period || strcmp(a->indicator, b->indicator) || strcmp(a->place, b->place))
        return false;
    bool vague = a->qualifier == FACT_OVER || a->qualifier == FACT_ABOUT;
    return fabs(a->value - b->value) <= (vague ? 0.02 : 1e-9) * fabs(a->value);
}

/* A title or lead that tells beforehand a fact of the body takes the period told there. */
static void date_titles(const struct document *doc, struct facts *out)
{
    enum { LEAD_BLOCKS = 2 };
    size_t lead = doc->n_blocks > LEAD_BLOCKS ? doc->blocks[LEAD_BLOCKS].start : 0;
    for (size_t i = 0; i < out->n && (size_t)out->items[i].start < lead; i++)
        for (size_t k = i + 1; k < out->n && !*out->items[i].period; k++)
            if (told_again(&out->items[i], &out->items[k]))
                out->items[i].period = out->items[k].period;
}

void extract_all(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out,
                 struct passed_list *passed)
{
    read_document(x, doc, a, out, passed, NULL);
    date_titles(doc, out);
}

void extract_facts(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out)
{
    extract_all(x, doc, a, out, NULL);
}

void extract_notes(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out)
{
    struct facts unused;
    *out = (struct facts){ 0 };
    read_document(x, doc, a, &unused, NULL, out);
}
