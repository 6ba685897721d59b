/* extract/write.c -- a finding written as a fact, with its quote, confidence and reasons. */
#include "extract/finding.h"

#include <math.h>

#include "base/utf8.h"

#include <math.h>
#include <string.h>

/* Share of right indicators by the worth of the best pattern and its distance to the next. */
static double indicator_sureness(const struct lexicon_code *code, const struct choice *c)
{
    if (!code)
        return 0.8; /* "khac": that none fits is often wrong */
    if (c->margin < 0.5)
        return c->inherited ? 0.93 : 0.84;
    if (c->margin < 1)
        return 0.92;
    if (c->inherited)
        return c->score < 2.4 ? 0.965 : 0.985;
    return c->score < 1.6 ? 0.9 : c->score < 2.4 ? 0.955 : 0.985;
}

/* The product of the answers' shares, on a scale by which 0.9 is what a person need not look at again. */
static double confidence(const struct discourse *s, const struct finding *f)
{
    double all = indicator_sureness(code_of(s, &f->choice), &f->choice) * f->place_trust * f->period_trust * f->role_trust;
    if ((f->kind == FACT_PERCENT && f->value == 100) || (f->kind == FACT_COUNT && f->value <= 10))
        all *= 0.96; /* a rate, or a number, of many things */
    static const double SURE = 0.951, SCALE = 1.5;
    double c = all >= SURE ? 0.9 + (all - SURE) * SCALE : 0.9 * pow(all / SURE, 2);
    return c > 0.99 ? 0.99 : c;
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
    if (s->quote && from == s->quote_from && to == s->quote_to)
        return s->quote; /* the sentence of the fact before */
    s->quote_from = from;
    s->quote_to = to;
    return s->quote = arena_strndup(s->a, p->text + from, to - from);
}

/* `text` kept for the fact; often it is that of the fact before. */
static const char *keep(struct discourse *s, const char *before, const char *text)
{
    return before && !strcmp(before, text) ? before : arena_strdup(s->a, text);
}

/* "1.3": one decimal, for the reasons. */
static void add_tenths(struct buf *b, double v)
{
    int64_t tenths = llrint(v * 10);
    if (tenths < 0)
        buf_char(b, '-');
    tenths = tenths < 0 ? -tenths : tenths;
    buf_integer(b, tenths / 10);
    buf_char(b, '.');
    buf_char(b, (char)('0' + tenths % 10));
}

/* Every fact has its reasons, so they are put together by hand: printf took a tenth of the whole extraction. */
static const char *why(struct discourse *s, const struct finding *f, const char *before)
{
    const char *rule = f->choice.pattern ? f->choice.pattern->text : f->choice.inherited ? "as the number before" : "none";
    struct buf *b = &s->scratch;
    buf_reset(b);
    buf_str(b, "indicator: ");
    buf_str(b, rule);
    buf_str(b, " (");
    add_tenths(b, f->choice.score);
    buf_str(b, ", margin ");
    add_tenths(b, f->choice.margin);
    buf_str(b, "); place: ");
    buf_str(b, f->place_why);
    buf_str(b, "; period: ");
    buf_str(b, f->period_why);
    return keep(s, before, b->data);
}

int64_t code_point(struct discourse *s, size_t byte)
{
    if (byte < s->cp_byte)
        s->cp_byte = s->cp = 0;
    if (byte > s->cp_byte + 4096) {
        s->cp = document_cp(s->doc, byte);
        s->cp_byte = byte;
    }
    s->cp += utf8_count(s->doc->text + s->cp_byte, byte - s->cp_byte);
    s->cp_byte = byte;
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
    const struct fact none = { 0 }, *last = s->out->n > 1 ? out - 1 : &none;

    *out = (struct fact){ .source = s->doc->name, .page = b->page, .of = q->of, .kind = f->kind, .role = f->role,
                          .qualifier = f->qualifier, .value = f->value };
    out->start = code_point(s, q->start);
    out->end = code_point(s, q->stop);
    out->quote = quote_of(s, p, q);
    out->place = keep(s, last->place, f->place);
    out->level = f->level;
    out->indicator = indicator_name(s, p, f);
    out->unit = q->unit ? keep(s, last->unit, q->unit) : q->form == FORM_RANK ? "hạng" : "";
    out->period = keep(s, last->period, f->period);
    out->confidence = confidence(s, f);
    out->status = FACT_PROPOSED;
    out->why = why(s, f, last->why);
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
