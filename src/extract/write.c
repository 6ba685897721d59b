/* extract/write.c -- a finding written as a fact, with its quote, confidence and reasons. */
#include "extract/finding.h"

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
    size_t from = sentence_words(p, in), to = p->t[in->end - 1].end;
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

int64_t code_point(struct discourse *s, size_t byte)
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

void write_fact(struct discourse *s, const struct passage *p, const struct block *b, const struct finding *f)
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

void write_passed(struct discourse *s, const struct quantity *q, const char *reason)
{
    if (!s->passed)
        return;
    struct passed *out = ARENA_PUSH(s->a, s->passed->items, s->passed->n, s->passed->cap);
    out->start = code_point(s, q->start);
    out->end = code_point(s, q->stop);
    out->reason = reason;
}
