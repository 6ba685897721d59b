/* extract/extract.c -- the way from blocks to facts.
 *
 * A document is read block by block.  Each passage gives its quantities; for
 * each that is no mere number, the indicator, kind, role, place, period and
 * level are found from its clause, then its sentence, then what was said
 * before (the discourse), and a fact is written with the reasons. */
#include "extract/extract.h"

#include "extract/finding.h"
#include "extract/table.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

/* How a block begins: 2 it goes on with place and time of the one before, 1 with the place, 0 anew. */
static int continues(const struct passage *p)
{
    size_t i = 0;
    while (i < p->n && p->t[i].kind == TOKEN_MARK)
        i++;
    uint32_t end;
    const struct sense *s = sense_at(p, i, SENSE_CONTINUE, &end);
    if (s && token_word(p, i, "kEt'") && end < p->n && p->t[end].kind == TOKEN_WORD)
        return 0; /* "Kết quả khảo sát ..." is a subject of its own; "Kết quả, ..." is not */
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

/* "Điểm số của tỉnh tăng từ 41,2 lên 43,6": the word stands before the numbers. */
static bool speaks_of_points(const struct passage *p, const struct quantity *q)
{
    const struct sentence *in = sentence_of(p, q->first);
    return in && sense_within(p, in->first, q->lead, SENSE_POINT);
}

/* "PAR Index đạt 93,77", "tổng điểm 42,4909", "từ 61,5 lên 65,2", "Cao Bằng (60,12)": points without their word. */
static bool unsaid_points(const struct passage *p, const struct quantity *q)
{
    bool decimal = p->t[q->first].decimals || (q->end > q->first + 2u && !token_is(p, q->first + 1, '/'));
    if (q->form != FORM_PLAIN || q->noun || !decimal || q->lead == 0)
        return false;
    size_t at = q->lead - 1;
    return q->moves || sense_before(p, q->lead, SENSE_REACH, NULL) || sense_before(p, q->lead, SENSE_POINT, NULL) ||
           bracket_time(p, q) || (token_is(p, at, '(') && token_is(p, q->end, ')')) || token_word(p, at, "lEn") ||
           token_word(p, at, "tU`") || token_word(p, at, "xuOng'") || token_word(p, at, "mUc'");
}

/* ... which they are where an index is spoken of. */
static void name_points(struct discourse *s, const struct passage *p, struct finding *f, const struct quantity *previous,
                        const struct choice *before)
{
    struct quantity *q = (struct quantity *)f->q;
    f->choice = indicator_choose(s->chooser, p, q, FACT_SCORE, previous, before);
    if (speaks_of_points(p, q) || (s->index >= 0 && s->index_told)) {
        q->form = FORM_SCORE;
        take_index(s, p, f);
        q->form = FORM_PLAIN;
    }
    const struct lexicon_code *code = code_of(s, &f->choice);
    if (f->choice.score >= 0.9 && code && code->index) {
        q->form = FORM_SCORE;
        q->unit = "điểm";
    }
}

/* "chỉ số quản trị môi trường (17/63)": one of all provinces, where an index or a part of one is spoken of. */
static void name_rank(struct discourse *s, const struct passage *p, struct finding *f, const struct quantity *previous,
                      const struct choice *before)
{
    struct quantity *q = (struct quantity *)f->q;
    if (q->form != FORM_FRACTION || q->noun || q->value > q->of || (q->of != 63 && q->of != 64 && q->of != 34))
        return;
    f->choice = indicator_choose(s->chooser, p, q, FACT_RANK, previous, before);
    const struct lexicon_code *code = code_of(s, &f->choice);
    if (f->choice.score >= 0.9 && code && code->index) {
        q->form = FORM_RANK;
        q->unit = "hạng";
    }
}

/* "19/19 sở, 10/10 huyện và 127/127 xã đã thực hiện ...", "356 doanh nghiệp, 32 hợp tác xã đang hoạt động": things counted
 * in a row, the predicate behind the last. */
static bool row_of_counts(const struct passage *p, const struct quantity *a, const struct quantity *b)
{
    enum { UNITS_APART = 8 };
    unsigned long units = p->x->nouns.units;
    if (a->form != b->form || !a->noun || !b->noun || b->lead < a->tail || level_follows(p, a) ||
        sentence_of(p, a->first) != sentence_of(p, b->first))
        return false;
    if (counts_any(a, units) && counts_any(b, units))
        return b->lead - a->tail <= UNITS_APART;
    for (size_t i = a->tail; i < b->lead; i++)
        if (p->t[i].kind == TOKEN_WORD && !token_word(p, i, "va`"))
            return false;
    return true;
}

/* A share of what was cut, right behind an amount of money that is none of it. */
static bool cuts_amount(const struct discourse *s, const struct passage *p, const struct finding *f,
                        const struct quantity *previous)
{
    const struct lexicon_code *code = code_of(s, &f->choice);
    return previous && previous->form == FORM_MONEY && f->q->form == FORM_PERCENT && f->q->lead - previous->end <= 3u &&
           code && code->growth && !code->label && strncmp(code->code, "kt-xh.", 6) && moved_before(p, f->q);
}

/* "Trong số 9 huyện, thị xã": districts are counted in a province, whatever unit was spoken of. */
static void leave_unit(const struct discourse *s, const struct passage *p, struct finding *f)
{
    const char *of = strstr(f->place, ", ");
    if (counts_any(f->q, p->x->nouns.districts) && of && *s->home && !strcmp(of + 2, s->home))
        f->place = s->home;
}

/* Fills the finding; false (with the reason in q->passed) if the number is no fact. */
static bool find_fact(struct discourse *s, struct passage *p, struct finding *f, const struct quantity *previous,
                      const struct choice *before)
{
    struct quantity *q = (struct quantity *)f->q;
    if (unsaid_points(p, q))
        name_points(s, p, f, previous, before);
    name_rank(s, p, f, previous, before);
    /* The first side of a range is what its second is; numbers in a bare row what their last is. */
    const struct quantity *spoken = q, *end = p->q + p->n_q;
    if (q->range && q + 1 < end && q[1].range && q->qualifier == FACT_AT_LEAST)
        spoken = q + 1;
    f->choice = indicator_choose(s->chooser, p, spoken, plain_kind(spoken), previous, before);
    enum { ROW_MAX = 8 }; /* numbers of a row that are looked through for what they count */
    while (f->choice.score < 0.9 && spoken + 1 < end && spoken - q < ROW_MAX && spoken[1].form == spoken->form &&
           (nothing_between(p, spoken, spoken + 1) || row_of_counts(p, spoken, spoken + 1))) {
        spoken++;
        f->choice = indicator_choose(s->chooser, p, spoken, plain_kind(spoken), previous, before);
    }
    if (f->choice.score < 0.9)
        f->choice = (struct choice){ .code = -1 };
    if (q->range && previous == q - 1 && previous->range && q->qualifier != FACT_AT_LEAST)
        f->choice = *before; /* the other side of a range */
    take_told(s, f);
    leave_measure(s, p, f);
    take_named_before(s, p, f);
    take_heading(s, f);
    take_index(s, p, f);
    take_component(s, f, before);
    take_rate(s, p, f, previous, before);
    const struct lexicon_code *cut = code_of(s, &f->choice);
    if (of_what_there_is(p, q) && q->form == FORM_PLAIN && cut && cut->growth) /* what there is to be cut is no cut */
        f->choice = (struct choice){ .code = -1, .score = 1, .margin = 1 };
    if (cuts_amount(s, p, f, previous))
        f->choice = *before; /* "thu 15.728 tỷ đồng, giảm 13,6%": the growth of that amount, no cut of units */
    take_difference(s, p, f);
    q->passed = not_reported(s, p, f);
    if (q->passed)
        return false;
    /* "127 thủ tục (cấp tỉnh 62, cấp xã 12)", "2.100 hồ sơ, trong đó đúng hẹn 2.050": of what was counted before. */
    if (!q->unit && q->form == FORM_PLAIN && previous && previous->form == FORM_PLAIN &&
        sentence_of(p, previous->first) == sentence_of(p, q->first))
        q->unit = previous->unit;
    find_kind(s, p, f);
    find_role(s, p, f, previous);
    f->streak = says_streak(p, q);
    find_place(s, p, f);
    leave_unit(s, p, f);
    find_period(s, p, f);
    index_period(s, f);
    check_carried(s, f);
    const struct lexicon_code *code = code_of(s, &f->choice);
    f->level = f->in_unit || (code && code->index) ? "" : find_level(p, q, previous, before->level ? before->level : "");
    return true;
}

/* The number that one outside a bracket goes on from: not those that the bracket before it counts apart
 * ("15.868 hồ sơ (trong đó 370 hồ sơ ..., 9 hồ sơ quá hạn), đạt 97,93%"). */
struct outer { const struct quantity *quantity; struct choice choice; uint32_t opens; };

static size_t bracket_open(const struct passage *p, size_t first, size_t i)
{
    while (i-- > first)
        if (token_is(p, i, ')'))
            return SIZE_MAX;
        else if (token_is(p, i, '('))
            return i;
    return SIZE_MAX;
}

static void leave_bracket(const struct passage *p, const struct sentence *in, const struct quantity *q,
                          struct outer *outer, const struct quantity **previous, struct choice *before)
{
    size_t opens = bracket_open(p, in->first, q->first);
    if (opens != SIZE_MAX) {
        if (*previous && (*previous)->end <= opens && bracket_open(p, in->first, (*previous)->first) == SIZE_MAX)
            *outer = (struct outer){ *previous, *before, (uint32_t)opens };
        return;
    }
    bool counts = *previous && (*previous)->noun && (*previous)->form == FORM_PLAIN;
    if (outer->quantity && counts && (*previous)->first > outer->opens && !q->step) {
        *previous = outer->quantity;
        *before = outer->choice;
    }
    outer->quantity = NULL;
}

/* One sentence's numbers; returns whether they held facts (bit 0) and targets (bit 1). */
static int read_sentence(struct discourse *s, struct passage *p, const struct block *b, const struct sentence *in,
                         size_t *next, const struct quantity **previous, struct choice *before)
{
    int found = 0;
    struct outer outer = { .quantity = NULL };
    s->sum_told = false;
    const struct lexicon_code *last = before->code >= 0 ? &s->x->lexicon->codes[before->code] : NULL;
    s->index_told = last && last->index && !last->label;
    hear_index(s, p, in);
    hear_plan(s, p, in);
    for (; *next < p->n_q && p->q[*next].first < in->end; ++*next) {
        struct quantity *q = &p->q[*next];
        struct finding f = { .q = q, .choice = { .code = -1 } };
        leave_bracket(p, in, q, &outer, previous, before);
        if (q->passed || !find_fact(s, p, &f, *previous, before)) {
            write_passed(s, q, q->passed);
            continue;
        }
        write_fact(s, p, b, &f);
        struct finding again = f;
        for (const struct where *w = joined_place(p, &f, NULL); w; w = joined_place(p, &f, w)) {
            give_place(s, &again, w);
            write_fact(s, p, b, &again);
        }
        if (!q->moves && !of_what_there_is(p, q))
            s->last_role = f.role, s->last_block = s->block;
        struct period told;
        if (f.role == FACT_TARGET && period_parse(f.period, &told) && told.grain == 'Y' && told.year > s->target_year)
            s->target_year = told.year;
        hear_spoken(s, &f);
        hear_rate(s, &f);
        s->told[s->n_told % 8].noun = q->noun;
        s->told[s->n_told % 8].block = s->block;
        s->told[s->n_told % 8].code = f.choice.code;
        s->told[s->n_told++ % 8].value = q->value;
        const struct lexicon_code *code = code_of(s, &f.choice);
        if ((!code || !code->difference) &&
            !is_total(p, q)) { /* what follows goes on from what was compared, from the part */
            *previous = q;
            *before = f.choice;
            before->level = f.level;
        }
        found |= f.role == FACT_TARGET ? 3 : 1;
    }
    return found;
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
        hear_target(s, p, &p->s[k], found & 1, found & 2);
        hear_tasks(s, p, &p->s[k]);
        hear_draft(s, p, &p->s[k], found & 1, found & 2);
    }
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

static void read_block(struct discourse *s, const struct block *b, struct arena *scratch)
{
    bool first = true;
    size_t i = (size_t)(b - s->doc->blocks);
    for (size_t at = b->start; at < b->end; first = false) {
        struct passage p;
        if (first && i < s->n_head) {
            passage_again(&p, &s->head[i], scratch);
            at = p.n < PASSAGE_MAX ? b->end : p.t[p.n - 1].end;
        } else {
            passage_read(&p, s->x->lexicon, s->doc->text, &at, b->end, scratch);
        }
        p.units = &s->units;
        times_find(&p);
        settle_times(s, &p);
        places_find(&p);
        quantities_find(&p);
        if (first) {
            begin_block(s, &p);
            look_ahead(s, b, &p, scratch);
        }
        read_passage(s, &p, b);
        hear_title(s, &p);
        hear_list(s, &p);
        hear_announced(s, &p);
        hear_plan_text(s, &p);
        hear_heading(s, b, &p);
        hear_subject(s, b, &p);
        s->sentences = p.n_s ? (int)p.n_s : s->sentences;
        arena_reset(scratch);
    }
}

/* The whole way, with notes or without. */
static void read_document(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out,
                          struct passed_list *passed, struct facts *notes)
{
    struct arena scratch = { 0 };
    struct discourse s = {
        .x = x, .doc = doc, .a = a, .out = out, .passed = passed, .notes = notes,
        .home = "", .province = "", .unit = "", .unit_level = "", .agency = "", .ministry = "", .block_place = "",
        .period = "", .report = "", .report_place = "", .plan_period = "", .plan_time = "", .term = "", .list_period = "",
        .title_period = "", .target_period = "", .index = -1, .rate = -1, .heading = { .code = -1 },
    };

    *out = (struct facts){ 0 };
    if (passed)
        *passed = (struct passed_list){ 0 };
    s.chooser = chooser_new(x->lexicon, a);
    s.home = find_home(&s);
    s.units.province = *s.province ? s.province : NULL;
    if (!doc->place || !*doc->place)
        doc->place = *s.province ? s.province : s.home;
    int passed_table = 0;
    for (size_t i = 0, n; i < doc->n_blocks; i += n) {
        bool table = doc->blocks[i].kind == BLOCK_CELL && doc->blocks[i].table != passed_table;
        n = table ? table_facts(x, doc, i, a, out) : 0;
        if (!n) {
            if (table)
                passed_table = doc->blocks[i].table; /* its other cells need not be asked */
            s.block = i;
            read_block(&s, &doc->blocks[i], &scratch);
            n = 1;
        }
    }
    arena_clear(&scratch);
    arena_clear(&s.head_arena);
    buf_clear(&s.scratch);
}

/* A number that is no round one: where it stands twice, the same thing is told twice. */
static bool distinctive(double v)
{
    char text[40];
    int digits = 0;
    snprintf(text, sizeof text, "%.9g", fabs(v));
    for (char *c = text; *c && *c != 'e'; c++)
        digits += *c >= '0' && *c <= '9' && (digits || *c != '0');
    size_t n = strlen(text);
    return digits >= 3 && !(n > 2 && !strchr(text, '.') && !strcmp(text + n - 2, "00"));
}

/* Whether b tells what the title's fact a tells: the same value, or one that "hơn", "gần" may stand for. */
static bool told_again(const struct fact *a, const struct fact *b)
{
    bool elsewhere = strcmp(a->place, b->place) &&
                     !(strcmp(a->place, "Cả nước") == 0 && distinctive(a->value) && a->value == b->value);
    if (a->kind != b->kind || a->role != b->role || !*b->period || elsewhere)
        return false;
    if (strcmp(a->indicator, b->indicator))
        return a->value == b->value && distinctive(a->value) &&
               (!strncmp(a->indicator, "khac:", 5) || !strncmp(a->indicator, b->indicator, strcspn(a->indicator, ".") + 1));
    bool vague = a->qualifier == FACT_OVER || a->qualifier == FACT_ABOUT;
    return fabs(a->value - b->value) <= (vague ? 0.02 : 1e-9) * fabs(a->value);
}

/* A title or lead that tells beforehand a fact of the body takes the period told there, and what it is. */
static void date_titles(const struct document *doc, struct facts *out)
{
    enum { LEAD_BLOCKS = 4 };
    size_t body = doc->n_blocks > LEAD_BLOCKS ? LEAD_BLOCKS : doc->n_blocks - (doc->n_blocks > 0);
    size_t lead = doc->n_blocks > 1 ? document_cp(doc, doc->blocks[body].start) : 0;
    for (size_t i = 0; i < out->n && (size_t)out->items[i].start < lead; i++)
        for (size_t k = i + 1; k < out->n && !*out->items[i].period; k++)
            if (told_again(&out->items[i], &out->items[k])) {
                out->items[i].period = out->items[k].period;
                out->items[i].indicator = out->items[k].indicator;
                out->items[i].place = out->items[k].place;
            }
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
