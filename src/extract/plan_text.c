/* extract/plan_text.c -- texts that are plans themselves, and what is led by "Nhiệm vụ ...:".
 *
 * A plan's sections of goals hold targets from end to end, whatever verb they use ("số hóa đạt 100%"), for the
 * years that its title names. */
#include "extract/beside.h"

static bool says_done(const struct passage *p, size_t from, size_t end)
{
    for (size_t i = from; i < end; i++)
        if (token_word(p, i, "Da~"))
            return true;
    return false;
}

bool in_goals(const struct discourse *s, const struct passage *p, const struct sentence *in)
{
    return s->plan_text && s->target && !says_done(p, in->first, in->end);
}

/* "KẾ HOẠCH" at a line's beginning, or the title's; the token behind it, 0 if there is none. */
static size_t plan_titled(const struct discourse *s, const struct passage *p)
{
    for (size_t i = 0; i + 1 < p->n; i++) {
        bool begins = i == 0 || p->t[i].line;
        bool heading = p->t[i].caps || (s->block == 0 && i == 0);
        bool plan = (token_word(p, i, "kE'") && token_word(p, i + 1, "hoach.")) ||
                    (token_word(p, i, "chUQng") && token_word(p, i + 1, "trinh`"));
        if (begins && heading && plan)
            return i + 2;
    }
    return 0;
}

void hear_plan_text(struct discourse *s, struct passage *p)
{
    enum { HEAD_BLOCKS = 14, TITLE_BLOCKS = 2 };
    size_t from = s->block < HEAD_BLOCKS && !s->plan_text ? plan_titled(s, p) : 0;
    for (size_t i = 0; from && i < p->n_q; i++)
        if (!p->q[i].passed && p->q[i].noun)
            return; /* a sentence with a figure is no title */
    if (from) {
        s->plan_text = true;
        s->plan_block = s->block;
    }
    if (!s->plan_text || *s->plan_time || s->block > s->plan_block + TITLE_BLOCKS)
        return;
    for (size_t i = 0; i < p->n_times; i++) {
        const struct when *w = &p->times[i];
        if (w->first >= from && w->from.grain == 'Y' && !w->compare && !w->event && !w->document) {
            s->plan_time = arena_strdup(s->a, when_period(p, w, 0));
            return;
        }
    }
}

/* "3. Nhiệm vụ 6 tháng cuối năm: ...", "Phương hướng: ...": a sentence, and the rest of its paragraph, of what is to be
 * done. */
static bool leads_tasks(const struct passage *p, const struct sentence *in)
{
    enum { LEAD_TOKENS = 16 };
    static const char *const leads[][2] = { { "nhiEm.", "vu." }, { "phUQng", "hUQng'" }, { "muc.", "tiEu" },
                                            { "chi?", "tiEu" },  { "thQi`", "gian" },    { "Dinh.", "hUQng'" } };
    size_t i = in->first;
    while (i < in->end && i < in->first + 3u &&
           (p->t[i].kind != TOKEN_WORD || token_word(p, i, "vE`") || token_word(p, i, "cac'")))
        i++;
    bool led = false;
    for (size_t k = 0; k < sizeof leads / sizeof *leads; k++)
        led = led || (token_word(p, i, leads[k][0]) && token_word(p, i + 1, leads[k][1]));
    if (!led || (token_word(p, i, "thQi`") && !token_word(p, i + 2, "tQi'")))
        return false;
    for (size_t k = i; k < in->end && k < i + LEAD_TOKENS; k++)
        if (token_is(p, k, ':'))
            return true;
    return false;
}

bool among_tasks(const struct discourse *s, const struct passage *p, const struct quantity *q, const struct sentence *in)
{
    bool led = leads_tasks(p, in) || (s->tasks && s->tasks_block == s->block);
    return led && !says_done(p, in->first, q->lead);
}

void hear_tasks(struct discourse *s, const struct passage *p, const struct sentence *in)
{
    if (leads_tasks(p, in)) {
        s->tasks = true;
        s->tasks_block = s->block;
    }
}
