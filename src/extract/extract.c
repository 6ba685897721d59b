/* extract/extract.c -- the way from blocks to facts.
 *
 * A document is read block by block.  Each passage gives its quantities; for
 * each that is no mere number, the indicator, kind, role, place, period and
 * level are found from its clause, then its sentence, then what was said
 * before (the discourse), and a fact is written with the reasons. */
#include "extract/extract.h"

#include "extract/indicator.h"
#include "extract/passage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
    struct chooser *chooser;
    const char *home;         /* province of the publisher, or the one that the document is about; "" */
    const char *place;        /* last place spoken of; "" */
    const char *block_place;  /* the same, in this block */
    const char *period;       /* last time of this block that holds for what follows */
    const char *report;       /* time of the report that the passage continues */
    int year;                 /* last year told, for "6 tháng đầu năm" */
    bool target;              /* a list or plan of targets goes on */
    const char *target_period;
    const char *block_why;
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

static void find_kind(const struct discourse *s, const struct passage *p, struct finding *f)
{
    const struct quantity *q = f->q;
    const struct lexicon_code *code = code_of(s, &f->choice);
    int move = q->step ? step_direction(p, q) : compared(p, q);

    f->kind = plain_kind(q);
    f->value = q->value;
    f->qualifier = q->qualifier;
    if (!move && !q->step && q->form != FORM_RANK && q->form != FORM_FRACTION)
        move = moved_before(p, q);
    if (!move && q->form == FORM_PERCENT)
        move = compared_far(p, q);
    if (q->points && !move)
        move = 1;
    if (compared(p, q))
        f->qualifier = FACT_EQ;
    if (!move)
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
    return i > 0 && (token_word(p, i - 1, "Dat.") || token_word(p, i - 1, "vUQt.") || token_word(p, i - 1, "bang`") ||
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
        if (s && strong_target(s))
            return true;
        if (p->t[at - 1].kind != TOKEN_WORD || sense_before(p, at, SENSE_REACH, NULL))
            return false;
    }
    return false;
}

static void find_role(struct discourse *s, const struct passage *p, struct finding *f)
{
    const struct quantity *q = f->q;
    const struct sentence *in = sentence_of(p, q->first);
    size_t from = in ? in->first : 0;
    bool achieved = false, near = true;

    f->role_trust = 1;
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
        if (sense_at(p, i, SENSE_ACHIEVED, NULL) && (near || !t))
            achieved = true;
        if (!t || target_reached(p, i))
            continue;
        if (strong_target(t) && (!achieved || q->lead - i < 12)) {
            f->role = FACT_TARGET;
            break;
        }
        if (!strong_target(t) && !achieved && near && q->lead - i < 10) {
            f->role = FACT_TARGET;
            f->role_trust = 0.8;
            break;
        }
    }
    if (f->role == FACT_RESULT && s->target && !achieved) {
        f->role = FACT_TARGET;
        f->role_trust = 0.85;
    }
    if (f->role == FACT_RESULT && f->kind == FACT_CHANGE)
        f->role = FACT_DIFFERENCE;
}

/* ---- period ---- */

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
        if (w->span && f->role != FACT_TARGET && !sense_before(p, w->first, SENSE_SINCE, NULL) &&
            !(w->first <= in->first + 3))
            continue;
        if (w->end <= q->lead)
            before = w;
        else if (!after && w->first >= q->end)
            after = w;
    }
    *behind = false;
    if (before)
        return before;
    if (!after)
        return NULL;
    for (size_t i = q->end; i < after->first; i++)
        if (token_is(p, i, ';') || p->taken[i] & TAKEN_QUANTITY)
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
        if (token_word(p, i, "luy~") || (token_word(p, i, "hiEn.") && !token_word(p, i - (i > 0), "thUc.") &&
                                         !token_word(p, i - (i > 0), "thE?")))
            return true;
    }
    return false;
}

static void find_period(struct discourse *s, struct passage *p, struct finding *f)
{
    bool behind;
    const struct when *w = sentence_time(p, f, &behind);

    f->period = "";
    f->period_why = "none";
    f->period_trust = 0.9;
    if (w) {
        f->period = when_period(p, w, s->year);
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
    } else if (*s->report) {
        f->period = s->report;
        f->period_why = "report";
        f->period_trust = 0.85;
    }
}

/* ---- place ---- */

static const struct where *nearest_place(const struct passage *p, const struct quantity *q, bool *behind)
{
    const struct sentence *in = sentence_of(p, q->first);
    const struct where *before = NULL, *after = NULL, *issuer = NULL;

    for (size_t i = 0; i < p->n_places && in; i++) {
        const struct where *w = &p->places[i];
        if (w->first < in->first || w->first >= in->end || w->kind == WHERE_REGION)
            continue;
        if (w->issuer) {
            if (!issuer && w->kind != WHERE_COUNTRY)
                issuer = w;
            continue;
        }
        if (w->end <= q->first) {
            bool weak = w->kind == WHERE_HERE || w->kind == WHERE_COUNTRY;
            if (!before || !weak || before->kind == WHERE_HERE)
                before = w;
        } else if (!after && w->kind != WHERE_HERE && w->kind != WHERE_COUNTRY) {
            after = w;
        }
    }
    *behind = false;
    if (before)
        return before;
    if (!after)
        return NULL;
    for (size_t i = q->end; i < after->first; i++)
        if (token_is(p, i, ';') || token_is(p, i, ',') || p->taken[i] & TAKEN_QUANTITY)
            return NULL;
    *behind = true;
    return after;
}

static void find_place(struct discourse *s, const struct passage *p, struct finding *f)
{
    bool behind;
    const struct where *w = nearest_place(p, f->q, &behind);

    f->place_trust = 1;
    f->place_why = "sentence";
    if (w && w->kind != WHERE_HERE && !(behind && *s->block_place)) {
        f->place = w->name;
        f->place_trust = behind || w->kind == WHERE_AGENCY ? 0.9 : 1;
        return;
    }
    if (*s->block_place) {
        f->place = s->block_place;
        f->place_why = "paragraph";
        f->place_trust = 0.97;
    } else if (*s->place) {
        f->place = s->place;
        f->place_why = "text before";
        f->place_trust = 0.93;
    } else if (*s->home) {
        f->place = s->home;
        f->place_why = "publisher";
        f->place_trust = 0.93;
    } else {
        f->place = "Cả nước";
        f->place_why = "no place is named";
        f->place_trust = 0.8;
    }
}

/* ---- level ---- */

static const char *find_level(const struct passage *p, const struct quantity *q, const struct quantity *previous)
{
    const struct sense *before = NULL, *after = NULL;
    const struct sentence *in = sentence_of(p, q->first);
    size_t from = previous && previous->end > (in ? in->first : 0) ? previous->end : in ? in->first : 0;

    for (size_t i = q->lead; i-- > from && !before;) {
        if (token_is(p, i, ';'))
            break;
        before = sense_at(p, i, SENSE_LEVEL, NULL);
    }
    for (size_t i = q->end; in && i < in->end && !after; i++) {
        if (token_is(p, i, ';') || token_is(p, i, ',') || p->taken[i] & TAKEN_QUANTITY || token_is(p, i, '('))
            break;
        after = sense_at(p, i, SENSE_LEVEL, NULL);
    }
    return after && (!before || q->noun) ? after->text : before ? before->text : "";
}

/* ---- is it a fact ---- */

/* A bare count must count something that somebody would report. */
static const char *no_fact(const struct discourse *s, const struct passage *p, const struct finding *f)
{
    const struct quantity *q = f->q;
    const struct lexicon_code *code = code_of(s, &f->choice);

    if (q->form == FORM_RANK || q->form == FORM_PERCENT || q->form == FORM_MONEY || q->form == FORM_SCORE || q->step)
        return NULL;
    if (q->form == FORM_FRACTION)
        return q->value > q->of && !q->noun ? N_("no fraction") : NULL;
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

static void hear_place(struct discourse *s, const struct passage *p, const struct sentence *in)
{
    for (size_t i = 0; i < p->n_places; i++) {
        const struct where *w = &p->places[i];
        if (w->first < in->first || w->first >= in->end || w->issuer)
            continue;
        if (w->kind != WHERE_PROVINCE && w->kind != WHERE_UNIT && w->kind != WHERE_AGENCY)
            continue;
        s->block_place = arena_strdup(s->a, w->name);
        s->place = s->block_place;
        return;
    }
}

static void hear_time(struct discourse *s, struct passage *p, const struct sentence *in)
{
    for (size_t i = 0; i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (w->first < in->first || w->first >= in->end || w->compare || w->event || w->document)
            continue;
        if (w->from.year)
            s->year = w->to.grain ? w->to.year : w->from.year;
        if (w->span)
            continue;
        const char *period = when_period(p, w, s->year);
        if (*period)
            s->period = arena_strdup(s->a, period);
    }
}

static bool says_target(const struct passage *p, const struct sentence *in)
{
    for (size_t i = in->first; i < in->end; i++) {
        const struct sense *t = sense_at(p, i, SENSE_TARGET, NULL);
        if (t && strong_target(t) && !target_reached(p, i))
            return true;
    }
    return false;
}

static void hear_target(struct discourse *s, const struct passage *p, const struct sentence *in)
{
    bool colon = false;
    for (size_t i = in->first; i < in->end; i++)
        colon = colon || token_is(p, i, ':');
    if (says_target(p, in) && (colon || in->end - in->first < 25)) {
        s->target = true;
        s->target_period = s->period;
    } else if (sense_within(p, in->first, in->end, SENSE_ACHIEVED) && !says_target(p, in)) {
        s->target = false;
    }
}

static bool continues(const struct passage *p)
{
    uint32_t end;
    size_t i = 0;
    while (i < p->n && p->t[i].kind == TOKEN_MARK)
        i++;
    return sense_at(p, i, SENSE_CONTINUE, &end) != NULL;
}

static enum fact_kind match_kind(const struct quantity *q)
{
    return plain_kind(q);
}

static void read_passage(struct discourse *s, struct passage *p, const struct block *b)
{
    const struct quantity *previous = NULL;
    struct choice before = { .code = -1 };
    size_t next = 0;

    times_find(p);
    places_find(p);
    quantities_find(p);
    for (size_t k = 0; k < p->n_s; k++) {
        const struct sentence *in = &p->s[k];
        for (; next < p->n_q && p->q[next].first < in->end; next++) {
            struct quantity *q = &p->q[next];
            struct finding f = { .q = q, .choice = { .code = -1 } };
            if (!q->passed) {
                f.choice = indicator_choose(s->chooser, p, q, match_kind(q), previous, &before);
                if (f.choice.score < 0.9)
                    f.choice = (struct choice){ .code = -1 };
                q->passed = no_fact(s, p, &f);
            }
            if (q->passed) {
                write_passed(s, q, q->passed);
                continue;
            }
            find_kind(s, p, &f);
            find_role(s, p, &f);
            find_period(s, p, &f);
            find_place(s, p, &f);
            f.level = find_level(p, q, previous);
            write_fact(s, p, b, &f);
            previous = q;
            before = f.choice;
        }
        hear_place(s, p, in);
        hear_time(s, p, in);
        hear_target(s, p, in);
    }
}

/* ---- the document ---- */

/* The province that a document speaks of: the one that has most of its mentions. */
static const char *find_home(struct discourse *s)
{
    enum { ENOUGH = 200000 }; /* bytes looked at */
    size_t n, best = 0, total = 0, best_count = 0;
    catalog_places(s->x->catalog, &n);
    size_t *counts = xcalloc(n + 1, sizeof *counts);
    const char *name = "";
    struct arena a = { 0 };

    for (size_t i = 0; i < s->doc->n_blocks && s->doc->blocks[i].start < ENOUGH; i++) {
        size_t at = s->doc->blocks[i].start;
        struct passage p;
        passage_read(&p, s->x->lexicon, s->doc->text, &at, s->doc->blocks[i].end, &a);
        places_find(&p);
        for (size_t k = 0; k < p.n_places; k++) {
            const struct sense *sense = sense_at(&p, p.places[k].first, SENSE_PROVINCE, NULL);
            if (!sense)
                continue;
            total++;
            if (++counts[sense->index] > best_count)
                best = (size_t)sense->index, best_count = counts[best], name = sense->text;
        }
        arena_reset(&a);
    }
    arena_clear(&a);
    free(counts);
    return best_count * 2 > total ? arena_strdup(s->a, name) : "";
}

static void read_block(struct discourse *s, const struct block *b, struct arena *scratch)
{
    for (size_t at = b->start; at < b->end;) {
        struct passage p;
        passage_read(&p, s->x->lexicon, s->doc->text, &at, b->end, scratch);
        if (!continues(&p)) {
            s->period = "";
            s->block_place = "";
        }
        read_passage(s, &p, b);
        arena_reset(scratch);
    }
}

void extract_all(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out,
                 struct passed_list *passed)
{
    struct arena scratch = { 0 };
    struct discourse s = { .x = x, .doc = doc, .a = a, .out = out, .passed = passed, .home = "", .place = "",
                           .block_place = "", .period = "", .report = "", .target_period = "" };

    *out = (struct facts){ 0 };
    if (passed)
        *passed = (struct passed_list){ 0 };
    s.chooser = chooser_new(x->lexicon, a);
    s.home = find_home(&s);
    if (!doc->place || !*doc->place)
        doc->place = s.home;
    for (size_t i = 0; i < doc->n_blocks; i++)
        read_block(&s, &doc->blocks[i], &scratch);
    arena_clear(&scratch);
}

void extract_facts(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out)
{
    extract_all(x, doc, a, out, NULL);
}

void extract_notes(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out)
{
    (void)x, (void)doc, (void)a;
    *out = (struct facts){ 0 };
}
