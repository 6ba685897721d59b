/* extract/note.c -- statements without a number: limitations, tasks, achievements. */
#include "extract/finding.h"

#include <math.h>
#include <string.h>

/* The limitation that a sentence states, unless it says to mend one. */
static bool says_limit(const struct passage *p, const struct sentence *in, bool task)
{
    for (size_t i = in->first; i < in->end; i++) {
        const struct sense *l = sense_at(p, i, SENSE_LIMIT, NULL);
        if (l && (l->value >= 2 || (!task && i > in->first)))
            return !(i > in->first &&
                     (token_word(p, i - 1, "phuc.") || token_word(p, i - 1, "gO~") || token_word(p, i - 1, "DE?")));
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
void note_sentence(struct discourse *s, struct passage *p, const struct block *b, const struct sentence *in)
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
                              .start = sentence_words(p, in), .stop = p->t[in->end - 1].end, .of = NAN };
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
