/* extract/indicator.c -- costs around a number, and the best pattern. */
#include "extract/indicator.h"

#include <stdint.h>
#include <string.h>

enum { WINDOW = 70 }; /* tokens looked at on either side of a number */

/* Worth of a slot's hit: each word tells, and that it is there at all. */
static const float SLOT_WORTH = 0.8f, WORD_WORTH = 0.4f;
/* What lies between costs. Found by hand on the annotated texts. */
static const float COST_WORD = 0.03f, COST_COMMA = 0.35f, COST_AND = 0.12f, COST_CLAUSE = 2.0f, COST_PAREN = 0.3f,
                   COST_COLON = 0.3f, COST_SENTENCE = 2.2f, COST_NUMBER_BACK = 1.1f, COST_NUMBER_AHEAD = 1.6f,
                   COST_NEW_CLAUSE = 1.1f, RATE_RANK_COST = 0.5f;

struct chooser *chooser_new(const struct lexicon *x, struct arena *a)
{
    struct chooser *c = arena_new(a, struct chooser);
    c->x = x;
    c->slots = arena_alloc(a, x->n_slots + 1, sizeof *c->slots);
    c->touched = arena_array(a, int, x->n_patterns + 1);
    c->touched_stamp = arena_array(a, uint32_t, x->n_patterns + 1);
    c->cost = arena_array(a, float, 2 * WINDOW + 64);
    return c;
}

static bool reach_before(const struct passage *p, const struct quantity *q)
{
    for (size_t i = q->lead; i < q->first; i++)
        if (sense_at(p, i, SENSE_REACH, NULL))
            return true;
    return sense_before(p, q->lead, SENSE_REACH, NULL) != NULL;
}

bool number_first(const struct passage *p, const struct quantity *q)
{
    const struct sentence *s = sentence_of(p, q->first);
    if (s && q->lead <= s->first + 1u)
        return true;
    const struct token *t = &p->t[q->lead - 1];
    return t->kind == TOKEN_MARK || token_word(p, q->lead - 1, "va`");
}

static float step_cost(const struct passage *p, size_t i, bool ahead, bool closed, bool fresh)
{
    const struct token *t = &p->t[i];
    if (t->kind == TOKEN_WORD) {
        if (ahead && token_word(p, i, "trong") && token_word(p, i + 1, "Do'"))
            return 1.5f; /* its parts are told from here on */
        if (ahead && closed && token_word(p, i, "va`"))
            return 0.6f;
        return token_word(p, i, "va`") ? COST_AND : COST_WORD;
    }
    if (t->kind == TOKEN_NUMERAL) {
        const struct sense *noun = ahead ? sense_at(p, i + 1, SENSE_NOUN, NULL) : NULL;
        if (noun && noun->index >= 0 && p->x->nouns.provinces >> noun->index & 1)
            return 0.6f; /* "là 5 tỉnh dẫn đầu về tỷ lệ ...": those that the numbers were of */
        return p->taken[i] & TAKEN_QUANTITY ? (ahead ? COST_NUMBER_AHEAD : COST_NUMBER_BACK) : COST_WORD;
    }
    uint32_t noun_end;
    if (t->word == ',' && i > 0 && sense_at(p, i - 1, SENSE_NOUN, &noun_end) && noun_end > i + 1u)
        return COST_WORD; /* "tỉnh, thành phố" */
    bool lists = !ahead && (token_word(p, i + 1, "nhU") || token_word(p, i + 1, "gOm`") ||
                            (i > 0 && (token_word(p, i - 1, "nhU") || token_word(p, i - 1, "gOm`"))));
    if (lists && (t->word == ',' || t->word == ':'))
        return COST_AND; /* "..., như: A (22%), B (15%)": said of all of them */
    switch (t->word) {
    case ',': return ahead && closed ? COST_NEW_CLAUSE : (ahead ? fresh : closed) ? 0.2f : COST_COMMA;
    case ';': return COST_CLAUSE;
    case ':': return COST_COLON;
    case '(': case ')': return COST_PAREN;
    case '.': case '!': case '?': return COST_SENTENCE;
    case '*': return COST_CLAUSE;
    case '-': return t->spaced && i + 1 < p->n && p->t[i + 1].spaced ? 0.5f : COST_WORD;
    default: return COST_WORD;
    }
}

/* One of the passage's own that is not its first: a caller may ask about a place where no number stands. */
static bool has_one_before(const struct passage *p, const struct quantity *q)
{
    uintptr_t at = (uintptr_t)q, first = (uintptr_t)p->q;
    return at > first && at - first < p->n_q * sizeof *q;
}

const struct quantity *coordinated(const struct passage *p, const struct quantity *q)
{
    if (!has_one_before(p, q) || !number_first(p, q) || q->lead < 1 || token_is(p, q->lead - 1, ';') ||
        token_is(p, q->lead - 1, '('))
        return NULL;
    const struct quantity *before = q - 1;
    if (before->passed || before->end > q->lead || q->lead - before->tail > 9u || before->form != q->form ||
        (q->form == FORM_PLAIN && (!q->noun || !before->noun)))
        return NULL;
    for (size_t i = before->end; i + 1 < q->lead; i++)
        if (token_is(p, i, ',') || token_is(p, i, ';') || token_is(p, i, '.') || token_is(p, i, ')'))
            if (i >= before->tail)
                return NULL;
    return before;
}

/* End of a bracket of at most 8 tokens that opens at i; i if it is longer. */
static size_t bracket_end(const struct passage *p, size_t i)
{
    for (size_t k = i + 1; k < i + 9 && k < p->n; k++)
        if (token_is(p, k, ')'))
            return k + 1;
    return i;
}

/* The other side of a bracket with numbers of its own: what stands in it is said of them. `i` if it has none. */
static size_t aside_end(const struct passage *p, size_t i)
{
    enum { ASIDE_MAX = 80 };
    bool numbers = false;
    for (size_t k = i + 1; k < i + ASIDE_MAX && k < p->n; k++) {
        numbers = numbers || p->taken[k] & TAKEN_QUANTITY;
        if (token_is(p, k, ')'))
            return numbers ? k + 1 : i;
    }
    return i;
}

static size_t aside_begin(const struct passage *p, size_t i)
{
    enum { ASIDE_MAX = 80 };
    bool numbers = false;
    for (size_t k = i; k-- > 0 && i - k < ASIDE_MAX;) {
        numbers = numbers || p->taken[k] & TAKEN_QUANTITY;
        if (token_is(p, k, '('))
            return numbers ? k : i;
    }
    return i;
}

static bool in_bracket(const struct passage *p, size_t from, size_t to)
{
    bool open = false;
    for (size_t i = from; i < to; i++)
        open = token_is(p, i, '(') || (open && !token_is(p, i, ')'));
    return open;
}

/* Where the words that lead to the next number begin: behind the last comma, bracket or "và" before it. */
static size_t next_clause(const struct passage *p, const struct quantity *q)
{
    const struct quantity *next = q + 1, *end = p->q + p->n_q;
    while (next < end && (next->passed || in_bracket(p, q->end, next->lead)))
        next++;
    if (next >= end || next->lead > q->end + WINDOW)
        return SIZE_MAX;
    size_t joined = SIZE_MAX; /* "và" may join two words of one clause: a comma close before it goes first */
    for (size_t i = next->lead; i-- > q->end && !(joined != SIZE_MAX && joined - i > 8);) {
        bool and = token_word(p, i, "va`") && joined == SIZE_MAX;
        if (and)
            joined = i;
        else if (token_is(p, i, ',') || token_is(p, i, ';') || token_is(p, i, '('))
            return i >= q->tail && i + 1 < next->lead ? i : SIZE_MAX;
    }
    return joined != SIZE_MAX && joined >= q->tail && joined + 1 < next->lead ? joined : SIZE_MAX;
}

/* "..., TTHC chậm hạn giảm còn 3%": behind the comma another thing is named. */
static bool own_subject(const struct passage *p, size_t i, const struct quantity *q)
{
    uint32_t end;
    const struct sense *noun = sense_at(p, i, SENSE_NOUN, &end);
    return q->form == FORM_PERCENT && noun && end < q->lead && !(p->taken[i] & (TAKEN_PLACE | TAKEN_TIME)) &&
           sense_before(p, q->lead, SENSE_REACH, NULL);
}

/* What leads to the part is not said of the total. */
bool is_total(const struct passage *p, const struct quantity *q)
{
    size_t i = q->lead;
    if (i < 3 || !token_word(p, i - 1, "sO'"))
        return false;
    i -= 1 + (size_t)token_word(p, i - 2, "tOng?");
    return has_one_before(p, q) && q[-1].end <= i && i - q[-1].end < 6 &&
           (token_word(p, i - 1, "trong") || token_word(p, i - 1, "trEn"));
}

/* Fills the costs of the window and gives its bounds. */
static void window_costs(struct chooser *c, const struct passage *p, const struct quantity *q, size_t *low, size_t *high)
{
    size_t first = q->lead > WINDOW ? q->lead - WINDOW : 0, last = q->end + WINDOW < p->n ? q->end + WINDOW : p->n;
    const struct sentence *s = sentence_of(p, q->first);
    /* "đạt 97,4%, ...": what follows the comma is said of something else. */
    bool closed = reach_before(p, q) && !q->noun;
    float sum = 0;

    if (s && last > s->end)
        last = s->end;
    if (last < q->end)
        last = q->end;
    c->low = first;
    bool fresh = number_first(p, q) && (q->noun || (q->form == FORM_PERCENT && q->end < p->n &&
                                                    p->t[q->end].kind == TOKEN_WORD));
    const struct quantity *row = coordinated(p, q);
    if (is_total(p, q))
        sum += 1.8f;
    const float aside_cost = 1.5f; /* of what a bracket with numbers of its own holds */
    size_t opened = SIZE_MAX; /* where such a bracket before the number begins */
    for (size_t i = q->lead; i-- > first;) {
        float step = step_cost(p, i, false, closed, fresh);
        if (token_is(p, i, ')') && aside_begin(p, i) < i)
            opened = aside_begin(p, i);
        if (opened != SIZE_MAX && i >= opened) {
            c->cost[i - first] = sum + aside_cost;
            sum += i == opened ? 0.4f : 0;
            opened = i == opened ? SIZE_MAX : opened;
            continue;
        }
        if (token_is(p, i, ',') && q->lead > i + 2u && !sense_before(p, i, SENSE_NOUN, NULL) && own_subject(p, i + 1, q))
            step += 0.6f;
        if (token_is(p, i, ';') && q->lead - i <= 4 && !fresh)
            step = 0.5f; /* "...; tỷ lệ 74,5%": nothing of its own */
        sum += step;
        if (row && i < row->lead) { /* the verb before a row of numbers is said of all of them */
            if (sum > 0.8f)
                sum = 0.8f;
            row = coordinated(p, row);
        }
        if (fresh && i + 1 == q->lead && (token_is(p, i, ',') || token_word(p, i, "va`")))
            sum += 0.9f; /* begins a clause of its own: what is before belongs to others */
        c->cost[i - first] = sum;
        if (sum > 5) {
            first = i;
            break;
        }
    }
    *low = first;
    for (size_t i = q->lead; i < q->end && i - c->low < 2 * WINDOW + 60; i++)
        c->cost[i - c->low] = 0;
    sum = 0;
    *high = q->end;
    size_t others = next_clause(p, q); /* from here on it is said of the next number */
    size_t aside = 0; /* end of a short bracket right behind the number: "(tỉ lệ 29,4%)" */
    for (size_t i = q->end; i < last && sum < 5; i++) {
        if (i > q->end && token_is(p, i - 1, ','))
            closed = false; /* only the first comma begins another clause */
        if (token_is(p, i, '(') && aside_end(p, i) > i && !in_bracket(p, s ? s->first : 0, q->first))
            aside = aside_end(p, i);
        else if (token_is(p, i, '(') && !aside)
            aside = bracket_end(p, i);
        if (i < aside) {
            sum += i + 1 == aside ? 0.4f : 0;
            c->cost[i - c->low] = sum + 1.7f;
            *high = i + 1;
            continue;
        }
        sum += step_cost(p, i, true, closed, fresh);
        if (token_is(p, i, ',') && token_word(p, i + 2, "lE.") && i > q->end)
            sum += 1.2f; /* ", tỷ lệ ...": another measure begins */
        if (i == others)
            sum += 1.4f;
        c->cost[i - c->low] = sum;
        *high = i + 1;
    }
}

/* "cao hơn bình quân 2,3%", "gấp 3 lần": words of a difference lead to the number. */
static bool differs(const struct passage *p, const struct quantity *q)
{
    for (size_t i = q->first, k = 0; i-- > 0 && k < 12; k++) {
        if (i < q->lead && p->t[i].kind != TOKEN_WORD)
            return false;
        if (p->taken[i] & TAKEN_PLACE)
            continue; /* "Đồng bằng" */
        if (sense_at(p, i, SENSE_UP, NULL) || sense_at(p, i, SENSE_DOWN, NULL) || token_word(p, i, "gXp'") ||
            token_word(p, i, "bAng`") || (token_word(p, i, "tUQng") && token_word(p, i + 1, "DUQng")))
            return true;
    }
    return false;
}

static void take_hits(struct chooser *c, const struct passage *p, const struct quantity *q, size_t low, size_t high)
{
    size_t named = 0; /* the end of a name that began before */
    for (size_t i = low; i < high; i++) {
        uint32_t name_end;
        bool whole = sense_at(p, i, SENSE_NAME, &name_end) && name_end > named;
        named = whole ? name_end : named;
        for (uint32_t k = p->hit_at[i]; p->roles[i] >> SENSE_SLOT & 1 && k < p->hit_at[i + 1]; k++) {
            if (p->hits[k].end < named || (p->hits[k].end == named && !whole))
                continue; /* inside a name */
            if (i >= q->first && p->hits[k].end <= q->end)
                continue; /* "một phần" of "một phần ba" */
            if (p->hits[k].end > high || (p->taken[i] & TAKEN_PLACE && p->hits[k].end == i + 1))
                continue; /* "xã" of "xã Hà Đông" is its name */
            float cost = c->cost[i - c->low], other = c->cost[p->hits[k].end - 1 - c->low];
            size_t words = p->hits[k].end - i;
            float worth = SLOT_WORTH + (words <= 3 ? WORD_WORTH * (float)words : 3 * WORD_WORTH + 0.15f * (float)(words - 3));
            if (other < cost)
                cost = other;
            for (const struct sense *s = p->hits[k].senses; s; s = s->next) {
                if (s->role != SENSE_SLOT)
                    continue;
                struct slot_find *f = &c->slots[s->index];
                if (f->stamp == c->stamp && f->worth - f->cost >= worth - cost)
                    continue;
                *f = (struct slot_find){ c->stamp, cost, worth };
                int pattern = c->x->slot_pattern[s->index];
                if (c->touched_stamp[pattern] != c->stamp) {
                    c->touched_stamp[pattern] = c->stamp;
                    c->touched[c->n_touched++] = pattern;
                }
            }
        }
    }
}

unsigned long counted_classes(const struct passage *p, const struct quantity *q)
{
    if (q->noun)
        return q->noun->index >= 0 ? 1ul << q->noun->index : 0;
    if (q->form != FORM_PERCENT && q->form != FORM_FRACTION && q->form != FORM_PLAIN)
        return 0;
    const struct sentence *s = sentence_of(p, q->first);
    size_t from = s ? s->first : 0;
    unsigned long found = 0;
    uint32_t end;
    if (q->lead > 0 && token_is(p, q->lead - 1, '(') && token_is(p, q->end, ')'))
        return 0; /* "Hòa Bình (86,5%)": who reached it stands before it, nothing that is counted */
    /* The nouns of the clause before it, to the one behind "tỷ lệ" or "số". */
    for (size_t i = q->lead; i-- > from && q->lead - i < WINDOW;) {
        if (token_is(p, i, ';') || p->taken[i] & TAKEN_QUANTITY || token_is(p, i, ':'))
            break;
        const struct sense *noun = sense_at(p, i, SENSE_NOUN, &end);
        if (noun && end <= q->lead && noun->index >= 0 && !(i > 0 && p->taken[i - 1] & TAKEN_QUANTITY))
            found |= 1ul << noun->index;
        if (noun && i > 0 && (token_word(p, i - 1, "lE.") || token_word(p, i - 1, "sO'")))
            break;
    }
    return found;
}

/* "giải ngân đạt 27%, xếp thứ 30": places are ranked by rates too, where no index is near. */
static bool ranks_a_rate(const struct lexicon *x, const struct pattern *w, enum fact_kind kind)
{
    bool of_rank = w->kinds & 1u << FACT_RANK, of_rate = !w->kinds || w->kinds & 1u << FACT_PERCENT;
    return kind == FACT_RANK && !of_rank && of_rate && !x->codes[w->code].index && !x->codes[w->code].label;
}

/* Worth of a pattern whose parts were found; negative if one is missing. */
static double pattern_score(const struct chooser *c, const struct pattern *w, enum fact_kind kind, unsigned long nouns)
{
    double worth = 0, most = 0, sum = 0;
    bool rate_rank = ranks_a_rate(c->x, w, kind);
    if (w->kinds && !(w->kinds & 1u << kind) && !rate_rank)
        return -1;
    if (!w->kinds && kind == FACT_MONEY)
        return -1;
    if (!w->kinds && (kind == FACT_SCORE || (kind == FACT_RANK && !rate_rank)) && !c->x->codes[w->code].index)
        return -1; /* points and ranks belong to indices, unless a pattern says so */
    if (w->counts && nouns && !(w->counts & nouns))
        return -1;
    for (int i = 0; i < w->n_slots; i++) {
        const struct slot_find *f = &c->slots[w->first_slot + i];
        bool there = f->stamp == c->stamp;
        if (w->slots_not & 1u << i)
            continue;
        if (!there)
            return -1;
        worth += f->worth;
        sum += f->cost;
        if (f->cost > most)
            most = f->cost;
    }
    for (int i = 0; i < w->n_slots; i++) {
        const struct slot_find *f = &c->slots[w->first_slot + i];
        if (w->slots_not & 1u << i && f->stamp == c->stamp && f->cost < most + 0.8)
            return -1;
    }
    return worth - most - 0.75 * (sum - most) + w->weight +
           (w->counts && nouns ? 0.5
            : w->counts        ? -0.6
                               : 0) -
           (rate_rank ? RATE_RANK_COST : 0);
}

/* True if between two quantities nothing else is named: "..., cấp huyện đạt 87%". */
static double bareness(const struct passage *p, const struct quantity *previous, const struct quantity *q)
{
    int nouns = 0, words = 0;
    uint32_t end;
    for (size_t i = previous->tail; i < q->lead; i++) {
        if (token_is(p, i, '(') && aside_end(p, i) > i && aside_end(p, i) <= q->lead)
            i = aside_end(p, i) - 1;
        if (p->t[i].kind == TOKEN_WORD)
            words++;
        if (token_is(p, i, ';'))
            words += 2;
        if (sense_at(p, i, SENSE_NOUN, &end) && end <= q->lead && !sense_at(p, i, SENSE_LEVEL, NULL) &&
            !(p->taken[i] & (TAKEN_PLACE | TAKEN_TIME)))
            nouns++;
    }
    return 2.6 - 0.06 * words - 0.5 * nouns;
}

/* True if the number's own clause, from the last comma on, names nothing that could be counted. */
static bool names_nothing(const struct passage *p, const struct quantity *previous, const struct quantity *q)
{
    for (size_t i = q->lead; i-- > previous->tail;) {
        if (token_is(p, i, ',') || token_is(p, i, '(') || token_is(p, i, ';'))
            return true;
        if (sense_at(p, i, SENSE_NOUN, NULL) && !sense_at(p, i, SENSE_TARGET, NULL) &&
            !(p->taken[i] & (TAKEN_PLACE | TAKEN_TIME)))
            return false;
    }
    return true;
}

/* True if a phrase that tells an indicator alone, another than `code`, stands within [from, to). */
static bool other_named(const struct passage *p, size_t from, size_t to, int code, enum fact_kind kind)
{
    for (size_t i = from; i < to && i < p->n; i++)
        for (uint32_t k = p->hit_at[i]; k < p->hit_at[i + 1]; k++)
            for (const struct sense *s = p->hits[k].end <= to ? p->hits[k].senses : NULL; s; s = s->next) {
                if (s->role != SENSE_SLOT)
                    continue;
                const struct pattern *w = &p->x->patterns[p->x->slot_pattern[s->index]];
                const struct lexicon_code *own = &p->x->codes[w->code], *other = &p->x->codes[code];
                unsigned own_slot = 1u << (s->index - w->first_slot);
                bool alone = (w->slots_not | own_slot) == (1u << w->n_slots) - 1 && !(w->slots_not & own_slot);
                if (!alone || w->code == code || w->weight < 0.3 || (w->kinds && !(w->kinds & 1u << kind)))
                    continue;
                if (own->index && other->index && !strncmp(own->code, other->code, strcspn(own->code, ".")))
                    continue; /* the points of an index and its rank */
                return true;
            }
    return false;
}

/* "xếp thứ 21/63, tăng 7 bậc, PAPI ...", "đạt 65 điểm (giảm 2 điểm)": a move goes on from the rank or the points told just
 * before, whatever index is named behind it. */
static bool moves_on(const struct passage *p, const struct quantity *q, const struct quantity *previous, int code)
{
    enum { NEAR = 14 };
    bool moved = sense_before(p, q->lead, SENSE_UP, NULL) || sense_before(p, q->lead, SENSE_DOWN, NULL) ||
                 sense_at(p, q->lead, SENSE_UP, NULL) || sense_at(p, q->lead, SENSE_DOWN, NULL);
    bool told = previous->form == FORM_RANK || previous->form == FORM_SCORE || previous->step;
    return moved && told && (q->step || q->form == FORM_SCORE) && q->lead - previous->tail <= NEAR &&
           sentence_of(p, previous->first) == sentence_of(p, q->first) &&
           !other_named(p, previous->tail, q->lead, code, q->step ? FACT_RANK : FACT_SCORE);
}

/* "14.112 hồ sơ, đạt 64,5%, trong đó cấp huyện 838 hồ sơ": the rate between is that of what goes on. */
static bool rate_of_same(const struct passage *p, const struct quantity *rate, const struct quantity *q)
{
    if (!has_one_before(p, rate))
        return false;
    const struct quantity *count = rate - 1;
    return !count->passed && count->noun && count->noun->index == q->noun->index &&
           sentence_of(p, count->first) == sentence_of(p, q->first);
}

/* "86,7% dự toán (405.000 tỷ đồng)": the plan's own amount. */
static bool plan_between(const struct passage *p, const struct quantity *previous, const struct quantity *q)
{
    for (size_t i = previous->end; i < q->lead; i++)
        if ((token_word(p, i, "dU.") && token_word(p, i + 1, "toan'")) || sense_at(p, i, SENSE_TARGET, NULL))
            return previous->form == FORM_PERCENT;
    return false;
}

/* "30% thời gian giải quyết": what it is of stands right behind. */
static bool named_behind(const struct passage *p, const struct quantity *q)
{
    for (uint32_t k = p->hit_at[q->end < p->n ? q->end : p->n]; q->end < p->n && k < p->hit_at[q->end + 1]; k++)
        if (p->hits[k].roles >> SENSE_SLOT & 1 && p->hits[k].end > q->end + 1u)
            return true;
    return false;
}

static double inherit_score(const struct passage *p, const struct quantity *q, const struct quantity *previous,
                            const struct choice *before, enum fact_kind kind)
{
    if (!previous || !before || before->code < 0 || q->lead < previous->end)
        return -1;
    size_t aside = previous->tail < p->n && token_is(p, previous->tail, '(') ? aside_end(p, previous->tail) : previous->end;
    if (q->lead - (aside <= q->lead ? aside : previous->end) > 40)
        return -1;
    if (moves_on(p, q, previous, before->code))
        return 5.5;
    double score = bareness(p, previous, q);
    if (other_named(p, previous->tail, q->lead, before->code, kind) ||
        ((q->noun || named_behind(p, q)) && other_named(p, q->end, q->tail + 5u, before->code, kind)))
        score -= 1.5;
    const struct sentence *in = sentence_of(p, q->first);
    const struct sense *goes_on = in ? sense_at(p, in->first, SENSE_CONTINUE, NULL) : NULL;
    if (sentence_of(p, previous->first) != in)
        score -= goes_on && goes_on->value >= 2 ? 0.4 : 1.2;
    if (is_total(p, q))
        score -= 1.5;
    bool parts = false;
    for (size_t i = previous->end; i + 1 < q->lead; i++)
        parts = parts || (token_word(p, i, "trong") && token_word(p, i + 1, "Do'")) || token_word(p, i, "gOm`");
    bool members = token_word(p, q->end, "thanh`") && token_word(p, q->end + 1, "viEn"); /* of what was just counted */
    if (q->noun && previous->noun && q->noun->index != previous->noun->index && !members)
        score -= parts ? 0.5 : 1.6;
    if (parts)
        score += 0.4;
    if (q->noun && !previous->noun && q->form == FORM_PLAIN && previous->form == FORM_PERCENT &&
        !rate_of_same(p, previous, q))
        score -= 1.6;
    bool share = q->form == FORM_PERCENT || (q->form == FORM_MONEY && q->of == q->of) || q->form == FORM_FRACTION;
    size_t bracket = q->lead; /* opens right before the number, at most three words away */
    while (bracket > previous->end && bracket + 4 > q->lead && !token_is(p, bracket, '('))
        bracket--;
    if (share && token_is(p, bracket, '(') && bracket < previous->tail + 24u)
        return 5.5; /* "4.572/4.572 hồ sơ (đạt tỷ lệ 100%)" */
    if (previous->form == FORM_RANK && q->form == FORM_PERCENT)
        score -= 1.2;
    if (previous->form == FORM_SCORE && q->form == FORM_PERCENT && q->lead - previous->tail <= 5)
        score += 1.5;
    if (q->form == FORM_MONEY && previous->form != FORM_MONEY)
        score -= plan_between(p, previous, q) ? 0 : 1.2;
    if (q->noun && previous->noun && q->noun->index != previous->noun->index && token_word(p, q->lead - 1, "cua?"))
        score -= 1; /* "3,5 triệu hồ sơ của 43.460 doanh nghiệp": whose they are */
    if (q->form == FORM_PERCENT && reach_before(p, q))
        score += 0.4;
    if (!q->noun && names_nothing(p, previous, q) &&
        (sense_within(p, previous->tail, q->lead, SENSE_UP) || sense_within(p, previous->tail, q->lead, SENSE_DOWN)))
        score += !reach_before(p, q) && q->form == FORM_PERCENT && !named_behind(p, q)
                     ? 2
                     : 0.7; /* a difference to what was just told */
    return score;
}

/* Of an index, the code for points or for ranks; -1 if the number is neither.
 * Other codes are their own siblings. */
static int index_sibling(const struct lexicon *x, int code, enum fact_kind kind)
{
    const struct lexicon_code *own = &x->codes[code];
    const char *dot = strrchr(own->code, '.');
    bool rank = kind == FACT_RANK, score = kind == FACT_SCORE || kind == FACT_PERCENT || kind == FACT_FRACTION;

    if (!own->index || own->label || !dot)
        return (rank || kind == FACT_SCORE) && !own->index && strcmp(own->code, "kt-xh.tang-truong") ? -1 : code;
    for (size_t i = 0; i < x->n_codes; i++) {
        const char *other = x->codes[i].code;
        if (!strncmp(other, own->code, (size_t)(dot - own->code) + 1) &&
            !strcmp(other + (dot - own->code), rank ? ".hang" : ".diem") && (rank || score))
            return (int)i;
    }
    return -1;
}

/* "giải ngân đạt 88%, đứng thứ 5 toàn quốc": the rank of the rate just told. */
static bool ranked_by(const struct lexicon *x, const struct passage *p, const struct quantity *q,
                      const struct quantity *previous, const struct choice *before)
{
    enum { NEAR = 24 };
    return q->form == FORM_RANK && previous && (previous->form == FORM_PERCENT || previous->form == FORM_RANK) &&
           before->code >= 0 && !x->codes[before->code].index && !x->codes[before->code].label &&
           q->lead >= previous->tail && q->lead - previous->tail <= NEAR &&
           sentence_of(p, previous->first) == sentence_of(p, q->first);
}

/* "giảm từ 62 giờ xuống 56 giờ": two times, neither is the cut. */
static bool side_of_move(const struct passage *p, const struct quantity *q)
{
    enum { NEAR = 8 };
    if (q->form != FORM_DURATION)
        return false;
    return q->moves || (has_one_before(p, q) && q[-1].moves && q->lead >= q[-1].end && q->lead - q[-1].end < NEAR);
}

struct choice indicator_choose(struct chooser *c, const struct passage *p, const struct quantity *q,
                               enum fact_kind kind, const struct quantity *previous, const struct choice *before)
{
    struct choice best = { .code = -1 };
    size_t low, high;

    c->stamp++;
    c->n_touched = 0;
    window_costs(c, p, q, &low, &high);
    take_hits(c, p, q, low, high);
    unsigned long nouns = counted_classes(p, q);
    bool difference = differs(p, q), times = side_of_move(p, q);
    double second = 0;
    for (size_t i = 0; i < c->n_touched; i++) {
        const struct pattern *w = &c->x->patterns[c->touched[i]];
        double score = pattern_score(c, w, kind, nouns);
        if (score <= 0 || (c->x->codes[w->code].difference && !difference) || (times && c->x->codes[w->code].growth))
            continue;
        if (score > best.score) {
            if (best.code != w->code)
                second = best.score;
            best = (struct choice){ .code = w->code, .score = score, .pattern = w };
        } else if (w->code != best.code && score > second) {
            second = score;
        }
    }
    best.margin = best.score - second;
    double inherited = times && before && before->code >= 0 && c->x->codes[before->code].growth
                           ? -1
                           : inherit_score(p, q, previous, before, kind);
    if (best.score < 0.9 && ranked_by(c->x, p, q, previous, before))
        return (struct choice){ .code = before->code, .score = 1.3, .margin = 0.3, .inherited = true };
    if (inherited > best.score) {
        int code = index_sibling(c->x, before->code, kind);
        if (code < 0)
            return best;
        struct choice taken = { .code = code, .score = inherited, .margin = inherited - best.score,
                                .inherited = true };
        return taken;
    }
    return best;
}
