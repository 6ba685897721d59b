/* extract/named_index.c -- the index spoken of: numbers without a name are its ranks and points. */
#include "extract/finding.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

/* Indices by name: "PCI 2017" says which index and which year go on. */
void hear_index(struct discourse *s, const struct passage *p, const struct sentence *in)
{
    const struct lexicon *x = s->x->lexicon;
    for (size_t i = in->first; i < in->end; i++)
        for (uint32_t k = p->hit_at[i]; p->roles[i] >> SENSE_SLOT & 1 && k < p->hit_at[i + 1]; k++)
            for (const struct sense *v = p->hits[k].senses; v; v = v->next) {
                const struct pattern *w = v->role == SENSE_SLOT ? &x->patterns[x->slot_pattern[v->index]] : NULL;
                if (!w || !x->codes[w->code].index || x->codes[w->code].label || w->n_slots > 1 || w->weight < 0)
                    continue;
                s->index = w->code;
                s->index_told = true;
                s->index_block = s->block;
                for (size_t t = 0; t < p->n_times; t++)
                    if (p->times[t].first >= p->hits[k].end && p->times[t].first <= p->hits[k].end + 1u &&
                        p->times[t].from.grain == 'Y' && !p->times[t].to.grain) {
                        s->index_year = p->times[t].from.year;
                        s->index_year_code = w->code;
                    }
            }
}

/* Ranks and points without a name belong to the index spoken of. */
void take_index(struct discourse *s, const struct passage *p, struct finding *f)
{
    const struct sentence *in = sentence_of(p, f->q->first);
    size_t lead = f->q->lead;
    bool named = lead > 1 && token_word(p, lead - 1, "sO'") && token_word(p, lead - 2, "chi?"); /* "với chỉ số 95,2%" */
    bool points = named || (in && sense_within(p, in->first, lead, SENSE_POINT));              /* "tỷ lệ điểm số đạt 86%" */
    /* "... chỉ số cải cách hành chính tiếp tục tăng. Giá trị trung bình đạt 88,37%": no other rate was told since. */
    bool goes_on = s->index >= 0 && s->block <= s->index_block + 1 && (s->rate < 0 || s->x->lexicon->codes[s->rate].index);
    bool index_form =
        f->q->form == FORM_RANK || f->q->step || f->q->form == FORM_SCORE ||
        (f->q->form == FORM_PERCENT && !f->q->noun && (s->index_told || points || (goes_on && bare_rate(p, f->q))));
    if (f->choice.code >= 0 || s->index < 0 || !index_form)
        return;
    const struct lexicon *x = s->x->lexicon;
    const char *code = x->codes[s->index].code, *want = f->q->form == FORM_RANK || f->q->step ? ".hang" : ".diem";
    size_t stem = (size_t)(strrchr(code, '.') - code);
    for (size_t i = 0; i < x->n_codes; i++)
        if (!strncmp(x->codes[i].code, code, stem) && !strcmp(x->codes[i].code + stem, want))
            f->choice = (struct choice){ .code = (int)i, .score = 1.2, .margin = 0.4, .inherited = true };
}

/* "chỉ số thành phần của DTI" is part of "dti.hang", that of "PAR INDEX" of "par-index.hang". */
static bool part_of_index(const char *label, const char *code)
{
    static const char of[] = " của ";
    const char *name = strstr(label, of);
    size_t stem = strcspn(code, "."), i = 0;
    if (!name)
        return false;
    for (name += sizeof of - 1;
         i < stem && name[i] && tolower((unsigned char)(name[i] == ' ' ? '-' : name[i])) == code[i]; i++)
        ;
    return i == stem && !name[i];
}

/* "điểm khảo sát đạt 18,8/23,5 điểm": the maximum is that of a part, which is small or odd. */
void take_component(const struct discourse *s, struct finding *f, const struct choice *before)
{
    enum { LEAST_MAXIMUM = 40, UNIT_SCALE = 1 }; /* of whole indices: local ones count to 40, DTI to 1 */
    const struct lexicon *x = s->x->lexicon;
    const struct lexicon_code *code = code_of(s, &f->choice);
    bool whole = f->q->of >= LEAST_MAXIMUM && f->q->of == floor(f->q->of);
    if (f->q->form != FORM_SCORE || !(f->q->of > UNIT_SCALE) || whole || !code || !code->index || code->label)
        return;
    /* Where the parts of PAR INDEX are told, the points of SIPAS are those that it brings to it. */
    const struct lexicon_code *last = before->code >= 0 ? &x->codes[before->code] : NULL;
    const char *index = last && last->label && part_of_index(last->label, "par-index.") ? "par-index." : code->code;
    for (size_t i = 0; i < x->n_codes; i++)
        if (x->codes[i].label && x->codes[i].index && part_of_index(x->codes[i].label, index))
            f->choice = (struct choice){ .code = (int)i, .score = 1.2, .margin = 0.4, .inherited = true };
}

/* The year in an index' name holds for its own numbers. */
void index_period(struct discourse *s, struct finding *f)
{
    const struct lexicon_code *code = code_of(s, &f->choice);
    if (code_of(s, &f->choice) && code_of(s, &f->choice)->target && strlen(f->period) > 4 && !strchr(f->period, '/')) {
        f->period = arena_strndup(s->a, f->period, 4); /* a plan's amount is that of its year */
        return;
    }
    if (*f->period || !s->index_year || f->streak || f->q->moves || !code || !code->index)
        return;
    const char *named = s->x->lexicon->codes[s->index_year_code].code;
    if (code->label ? !part_of_index(code->label, named) : strncmp(named, code->code, strcspn(code->code, ".") + 1))
        return;
    f->period = arena_printf(s->a, "%d", s->index_year);
    f->period_why = "name of the index";
}
