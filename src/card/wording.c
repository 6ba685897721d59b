/* Numbers, periods and sentences in Vietnamese, as an office writes them. */
#include "card/words.h"

#include "card/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- values as text ---- */

const char *word_number(struct arena *a, double value, int decimals)
{
    struct buf plain = { 0 };
    char *out, *to;
    if (decimals >= 0)
        buf_printf(&plain, "%.*f", decimals, value);
    else
        buf_number(&plain, value, 6);
    size_t whole = strcspn(plain.data ? plain.data : "", ".,");
    to = out = arena_alloc(a, 1, 2 * plain.len + 2);
    for (size_t i = 0; i < plain.len; i++) {
        char c = plain.data[i];
        if (i < whole && i && (whole - i) % 3 == 0 && plain.data[i - 1] != '-')
            *to++ = '.';
        *to++ = i == whole ? ',' : c;
    }
    buf_clear(&plain);
    return out;
}

const char *word_difference(struct arena *a, double difference, const struct indicator *known)
{
    const char *n = word_number(a, fabs(difference), known->decimals >= 0 ? known->decimals : 2);
    return arena_printf(a, strcmp(known->unit, "%") == 0 ? "%s điểm %%" : "%s điểm", n);
}

const char *word_score(struct maker *m, const struct cell *c, const struct indicator *known)
{
    const struct fact *f = fact_of(c);
    double of = isfinite(f->of) ? f->of : known->number ? known->max : index_max(known->index, c->column->year);
    bool told = chosen(c)->stored->source && strcmp(chosen(c)->stored->source->kind, "document") == 0;
    const char *n = told ? word_number(&m->arena, rounded(f->value, known->decimals), -1)
                         : word_number(&m->arena, f->value, known->decimals);
    if (strcmp(known->unit, "%") == 0)
        return arena_printf(&m->arena, "%s%%", n);
    if (of > 1)
        return arena_printf(&m->arena, "%s/%s điểm", n, word_number(&m->arena, of, -1));
    return arena_printf(&m->arena, of > 0 ? "%s" : "%s điểm", n);
}

const char *word_fact(struct arena *a, const struct fact *f)
{
    static const char *const words[] = { "", "khoảng ", "trên ", "ít nhất ", "dưới ", "không quá " };
    const char *n = word_number(a, f->value, -1), *word = words[f->qualifier];
    if (f->kind == FACT_PERCENT)
        return arena_printf(a, "%s%s%%", word, n);
    const char *unit = f->unit && *f->unit ? arena_printf(a, " %s", f->unit) : "";
    if (f->kind == FACT_FRACTION && isfinite(f->of))
        return arena_printf(a, "%s%s/%s%s", word, n, word_number(a, f->of, -1), unit);
    return arena_printf(a, "%s%s%s", word, n, unit);
}

const char *word_rank(struct arena *a, int rank, int total)
{
    return total ? arena_printf(a, "%d/%d", rank, total) : arena_printf(a, "%d", rank);
}

const char *word_period(struct arena *a, const char *period)
{
    struct buf b = { 0 };
    struct period p;
    period_label(&b, period);
    bool day = period_parse(period, &p) && p.grain == 'D';
    const char *text = arena_printf(a, "%s%s", day ? "ngày " : "", b.data ? b.data : "");
    buf_clear(&b);
    return text;
}

const char *word_lower(struct arena *a, const char *s)
{
    char *copy = arena_strdup(a, s);
    if (strncmp(copy, "Đ", 2) == 0)
        memcpy(copy, "đ", 2);
    else if (copy[0] >= 'A' && copy[0] <= 'Z' && !(copy[1] >= 'A' && copy[1] <= 'Z'))
        copy[0] = (char)(copy[0] + 32);
    return copy;
}

const char *word_count(struct arena *a, size_t n, bool first)
{
    static const char *const small[] = { "không", "một", "hai", "ba", "bốn", "năm",
                                         "sáu",   "bảy", "tám", "chín", "mười" };
    static const char *const capital[] = { "Không", "Một", "Hai", "Ba", "Bốn", "Năm",
                                           "Sáu",   "Bảy", "Tám", "Chín", "Mười" };
    if (n < sizeof small / sizeof *small)
        return first ? capital[n] : small[n];
    return arena_printf(a, "%zu", n);
}

/* ---- sentences ---- */

static const struct value *value_named(const struct value *values, const char *name, size_t n)
{
    for (; values && values->name; values++)
        if (strlen(values->name) == n && memcmp(values->name, name, n) == 0)
            return values;
    return NULL;
}

static void add_text(struct arena *a, xmlNodePtr node, const char *s, size_t n)
{
    if (n)
        tree_text(node, arena_strndup(a, s, n));
}

static void add_part(struct arena *a, xmlNodePtr node, const char *text, const struct value *values)
{
    const char *open;
    while ((open = strchr(text, '{'))) {
        size_t n = strcspn(open + 1, "}");
        const struct value *v = value_named(values, open + 1, n);
        add_text(a, node, text, (size_t)(open - text));
        if (v && v->text)
            tree_text(v->computed ? tree_add(node, "i") : node, v->text);
        text = open + 1 + n + 1;
    }
    add_text(a, node, text, strlen(text));
}

void paragraph_marks(struct paragraph *p)
{
    for (size_t i = 0; i < p->n_cited; i++) {
        const struct stored_fact *sf = p->cited[i]->stored;
        xmlNodePtr mark = tree_add(p->node, "nguon-dan");
        tree_id(mark, "nguon", 's', sf->source->id);
        if (*sf->fact.quote)
            tree_id(mark, "cau", 'f', sf->fact.id);
    }
    p->n_cited = 0;
}

void paragraph_stop(struct paragraph *p)
{
    if (!p->open)
        return;
    paragraph_marks(p);
    tree_text(p->node, ".");
    p->open = false;
}

void say(struct paragraph *p, const char *id, const struct value *values)
{
    const struct wording *s = wording_find(catalog_sentences(p->m->set->catalog), id);
    bool more = s->n && *s->parts[0].text && strchr(", ;:(", *s->parts[0].text);
    if (!more || !p->open) {
        bool first = !p->node;
        paragraph_stop(p);
        if (first) {
            p->node = tree_add(p->m->root, p->element ? p->element : "nhan-xet");
            tree_set(p->node, "loai", p->kind);
            xmlAddPrevSibling(p->m->words_before, p->node); /* unlinks it first */
        } else {
            tree_text(p->node, " ");
        }
    }
    for (size_t i = 0; i < s->n; i++)
        add_part(&p->m->arena, s->parts[i].bold ? tree_add(p->node, "b") : p->node, s->parts[i].text, values);
    p->open = true;
}

void cite(struct paragraph *p, const struct item *it)
{
    const struct source *source = it->stored->source;
    maker_show(p->m, it->stored);
    if (!source || p->n_cited == sizeof p->cited / sizeof *p->cited)
        return;
    if (!*it->stored->fact.quote) {
        for (size_t i = 0; i < p->n_tables; i++)
            if (p->tables[i] == source)
                return;
        if (p->n_tables < sizeof p->tables / sizeof *p->tables)
            p->tables[p->n_tables++] = source;
    }
    for (size_t i = 0; i < p->n_cited; i++)
        if (p->cited[i] == it)
            return;
    p->cited[p->n_cited++] = it;
}
