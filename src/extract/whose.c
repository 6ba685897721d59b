/* extract/whose.c -- the place and the level that a number is about. */
#include "extract/finding.h"

#include "extract/indicator.h"

#include <string.h>

/* "thứ 38/63 tỉnh, thành phố trong cả nước", "cao nhất cả nước": among whom, not about whom. */
static bool among_all(const struct passage *p, const struct where *w)
{
    if (w->kind != WHERE_COUNTRY)
        return false;
    if (w->first > 0 && token_word(p, w->first - 1, "nhom'"))
        return true; /* "trong nhóm các tỉnh dẫn đầu" */
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

/* "(điểm trung vị là 65,22)", "vượt chỉ tiêu toàn quốc là 60%", "cả nước đạt 45,8%": all of them, right before the number. */
static bool country_subject(const struct passage *p, const struct quantity *q, const struct where *w)
{
    if (w->kind != WHERE_COUNTRY || w->issuer || w->end >= q->lead || q->lead > w->end + 3u || among_all(p, w))
        return false;
    if (q->lead == w->end + 1u && token_is(p, w->end, '('))
        return true;
    for (size_t i = w->end; i < q->lead; i++)
        if (p->t[i].kind != TOKEN_WORD)
            return false;
    return sense_before(p, q->lead, SENSE_REACH, NULL) || token_word(p, q->lead - 1, "la`");
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

/* "thứ 2 là vùng Đông Nam Bộ, đạt 87,7%, cao hơn 3%": a region that the clause is about keeps its numbers. */
static bool region_leads(const struct passage *p, const struct quantity *q, const struct where *w)
{
    size_t end = w->end + (token_is(p, w->end, ',') ? 1 : 0);
    if (w->end > q->lead || q->step || !(sense_at(p, end, SENSE_REACH, NULL) || token_word(p, end, "co'")))
        return false;
    for (size_t i = w->first, k = 0; i-- > 0 && k < 4; k++)
        if (token_word(p, i, "DXu`") || token_word(p, i, "thuOc.") || token_word(p, i, "trong") || token_word(p, i, "cua?"))
            return false;
    return true;
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
        if (w->first < q->end || (w->kind != WHERE_PROVINCE && w->kind != WHERE_AGENCY && w->kind != WHERE_REGION))
            continue;
        bool links = w->first <= q->end + 1u && w->kind != WHERE_REGION; /* "thứ 4/11 vùng ...": among whom */
        for (size_t k = q->end; k < w->first; k++) {
            if (p->t[k].kind != TOKEN_WORD || token_word(p, k, "sau") || k > q->end + 9u)
                return NULL;
            links = links || token_word(p, k, "la`") || (token_word(p, k, "thuOc.") && token_word(p, k + 1, "vE`"));
        }
        return links ? w : NULL;
    }
    return NULL;
}

/* "Hải Phòng (70,34 điểm)": whose number the bracket right behind a name holds. */
static const struct where *bracket_owner(const struct passage *p, const struct quantity *q)
{
    size_t at = q->lead;
    while (at > 0 && q->lead - at < 3 && p->t[at - 1].kind == TOKEN_WORD)
        at--;
    for (size_t i = 0; at > 0 && token_is(p, at - 1, '(') && i < p->n_places; i++)
        if (p->places[i].end == at - 1 && (p->places[i].kind == WHERE_PROVINCE || p->places[i].kind == WHERE_UNIT ||
                                             p->places[i].kind == WHERE_AGENCY))
            return &p->places[i];
    return NULL;
}

/* "1,83 km², quy mô dân số 330 người của phường B": whose the numbers are is told right behind the last of a row. */
static const struct where *owner_behind(const struct passage *p, const struct quantity *q)
{
    enum { ROW_TOKENS = 8 };
    for (const struct quantity *r = q; r < p->q + p->n_q; r++) {
        uint32_t tail = r->tail > r->end ? r->tail : r->end;
        if (r->form != FORM_PLAIN || r->step || (r > q && r->lead > r[-1].end + ROW_TOKENS))
            return NULL;
        if (token_word(p, tail, "cua?"))
            for (size_t i = 0; i < p->n_places; i++)
                if (p->places[i].first > tail && p->places[i].first <= tail + 2u &&
                    (p->places[i].kind == WHERE_UNIT || p->places[i].kind == WHERE_PROVINCE) && !p->places[i].issuer)
                    return &p->places[i];
        uint32_t next = r + 1 < p->q + p->n_q ? r[1].lead : r->end;
        for (uint32_t i = tail; i < next; i++)
            if (p->taken[i] & TAKEN_PLACE || token_is(p, i, ';') || token_is(p, i, '.') || token_is(p, i, '('))
                return NULL;
    }
    return NULL;
}

/* "Kho bạc Nhà nước X dẫn đầu (96%); Sở Tư pháp (94%)": behind a semicolon another office is spoken of. */
static bool other_office(const struct passage *p, const struct where *w, const struct quantity *q)
{
    for (uint32_t i = w->end; i + 1 < q->first; i++)
        if ((token_is(p, i, ';') || token_is(p, i, '.')) && p->t[i + 1].kind == TOKEN_WORD && p->t[i + 1].upper &&
            !(p->taken[i + 1] & TAKEN_PLACE))
            return true;
    return false;
}

static const struct where *nearest_place(const struct passage *p, const struct quantity *q, bool *behind)
{
    const struct sentence *in = sentence_of(p, q->first);
    const struct where *before = NULL, *after = NULL, *all = NULL;

    for (size_t i = 0; i < p->n_places && in; i++) {
        const struct where *w = &p->places[i];
        if (w->first < in->first || w->first >= in->end ||
            (w->kind == WHERE_REGION && !region_subject(p, q, w) && !region_leads(p, q, w)))
            continue;
        if (country_subject(p, q, w)) {
            *behind = false;
            return w;
        }
        if (w->issuer || among_all(p, w) || aside_before(p, w->first, q->first) ||
            (w->kind == WHERE_AGENCY && other_office(p, w, q)))
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
    bool near = !strcmp(s->unit, s->home) || s->unit_block + 1 >= s->block; /* else any of them */
    if ((!strcmp(level, "huyện") || !strcmp(level, "xã")) && *s->unit && near && !strcmp(s->unit_level, level))
        return s->unit;
    /* "toàn thành phố" of a text about a city inside a province */
    if (!strcmp(level, "tỉnh") && *s->home && !strcmp(s->home, s->unit) && !strcmp(s->unit_level, "huyện"))
        return s->unit;
    if (!strcmp(level, "tỉnh") && *s->province)
        return s->province;
    return *level ? "" : s->block_place;
}

/* The text is about a place: an agency has no localities, and what is said near its name is often of others. */
static bool place_at_home(const struct discourse *s)
{
    return *s->home && !s->home_agency;
}

/* The home, or whom the discourse came to: how sure that is. */
static double discourse_sureness(const struct discourse *s, const char *place)
{
    return s->home_agency ? PLACE_LOOSE : !strcmp(place, s->home) ? PLACE_AGREED : PLACE_DISCOURSE;
}

/* How sure a place is: two ways that lead to the same one, the sentence and the whole text, say so together. */
static double place_sureness(const struct discourse *s, const struct where *w, bool behind, const char *place)
{
    if (place_at_home(s) && !strcmp(s->home, place))
        return PLACE_AGREED;
    return behind || w->kind == WHERE_AGENCY || w->kind == WHERE_COUNTRY ? PLACE_LOOSE : PLACE_SENTENCE;
}

/* "ngành Thuế" of a text about a province: the branch in it. */
static bool branch_at_home(const struct discourse *s, const struct passage *p, const struct where *w)
{
    return place_at_home(s) && w->kind == WHERE_AGENCY && token_word(p, w->first, "nganh`");
}

static void put_place(struct finding *f, const char *place, const char *why, double trust)
{
    f->place = place;
    f->place_why = why;
    f->place_trust = trust;
}

/* "29 tỉnh tăng điểm": a count of provinces or ministries. */
static bool sums_all(const struct noun_sets *nouns, const struct quantity *q, bool home)
{
    if (!q->noun || (q->form != FORM_PLAIN && q->form != FORM_FRACTION))
        return false;
    /* A province has no provinces, but it may have "địa phương". */
    return counts_any(q, nouns->provinces | nouns->ministries | (home ? 0 : nouns->localities));
}

/* The name with its province, where the text is about that province or about this unit in one. */
static const char *full_name(struct discourse *s, const struct where *w)
{
    if (w->kind != WHERE_UNIT || *w->province || !*s->home)
        return w->name;
    size_t n = strlen(w->name);
    if (!strncmp(s->home, w->name, n) && s->home[n] == ',')
        return s->home;
    return strcmp(s->home, s->province) ? w->name : arena_printf(s->a, "%s, %s", w->name, s->province);
}

/* Procedures, services and conditions of business: a ministry has its own. */
static bool of_ministry(const struct discourse *s, const struct finding *f)
{
    const struct lexicon_code *code = code_of(s, &f->choice);
    bool own = code && (!strncmp(code->code, "tthc.", 5) || !strncmp(code->code, "dvc.", 4));
    return own || counts_any(f->q, s->x->lexicon->nouns.rules);
}

/* "Giá trị trung bình của các sở, ngành": of those of the place that the text is about. */
static bool mean_of_offices(const struct passage *p, const struct where *w)
{
    static const char *const offices[] = { "sQ?", "ubnd", "huyEn.", "xa~", "phUQng`", "cQ" };
    enum { LINK_TOKENS = 5 };
    if (!token_word(p, w->end - 1, "binh`") && !token_word(p, w->end - 1, "chung"))
        return false;
    for (uint32_t i = w->end; i < w->end + LINK_TOKENS; i++)
        if (TOKEN_ANY(p, i, offices) || token_word(p, i, "DQn"))
            return true;
    return false;
}

/* A unit that the paragraph has come to, in a text about its province: a count of units is of them all. */
static bool beyond_unit(const struct discourse *s, const struct finding *f)
{
    return place_at_home(s) && !strcmp(s->home, s->province) && s->block_unit &&
           (f->q->form == FORM_PLAIN || f->q->form == FORM_FRACTION) && counts_any(f->q, s->x->lexicon->nouns.units);
}

void find_place(struct discourse *s, const struct passage *p, struct finding *f)
{
    bool behind;
    const struct where *w = nearest_place(p, f->q, &behind), *holder = rank_holder(p, f->q);
    if (w && behind && *s->block_place)
        w = NULL;
    if (!holder)
        holder = bracket_owner(p, f->q);
    if (!holder)
        holder = place_in_row(p, f->q);
    if (!holder)
        holder = owner_behind(p, f->q);
    if (holder) {
        w = holder;
        behind = false;
    }
    if (w && !holder && w->end <= f->q->lead && w->kind == WHERE_PROVINCE && row_first(p, w) < w &&
        counted_row(p, row_first(p, w))) {
        put_place(f, "Cả nước", "a sum over all", PLACE_DISCOURSE);
        return;
    }
    bool home = place_at_home(s);
    if (w && branch_at_home(s, p, w))
        w = NULL;
    if (w && w->kind == WHERE_COUNTRY && home && token_word(p, w->end - 1, "phUQng") && w->end - w->first <= 3) {
        put_place(f, s->home, "the localities of the publisher", PLACE_LOOSE); /* "các địa phương" */
        return;
    }
    const char *here = w && w->kind == WHERE_HERE && !((s->sum_told || beyond_unit(s, f)) && !*w->level)
                           ? here_place(s, w->level)
                           : "";
    if (w && w->kind == WHERE_COUNTRY && home && mean_of_offices(p, w))
        w = NULL;
    if (w && w->kind == WHERE_COUNTRY && s->nameless)
        w = NULL; /* "giá trị trung bình": of units of a place that the text does not name */

    if ((!w || behind) && sums_all(&s->x->lexicon->nouns, f->q, home)) {
        put_place(f, "Cả nước", "a sum over all", PLACE_DISCOURSE);
        s->sum_told = true; /* "9 địa phương giảm điểm, nơi giảm nhiều nhất là 2,94%" */
    }
    else if (w && w->kind != WHERE_HERE)
        put_place(f, full_name(s, w), "sentence", place_sureness(s, w, behind, full_name(s, w)));
    else if (*here)
        put_place(f, here, "the place spoken of", discourse_sureness(s, here));
    else if (s->sum_told)
        put_place(f, "Cả nước", "the sum before it", PLACE_DISCOURSE);
    else if (*s->block_place && !beyond_unit(s, f))
        put_place(f, s->block_place, "paragraph", discourse_sureness(s, s->block_place));
    else if (*s->home)
        put_place(f, s->home, "publisher", s->home_agency ? PLACE_LOOSE : PLACE_HOME);
    else if (*s->ministry && of_ministry(s, f))
        put_place(f, s->ministry, "the only ministry", PLACE_LOOSE);
    else if (s->nameless)
        put_place(f, "", "the text does not tell", PLACE_LOOSE);
    else
        put_place(f, "Cả nước", "no place is named", PLACE_NONE);
    f->where = w && w->kind != WHERE_HERE ? w : NULL;
    f->in_unit = (w && w->kind == WHERE_UNIT) || (*s->unit && !strcmp(f->place, s->unit));
}

void give_place(struct discourse *s, struct finding *f, const struct where *w)
{
    put_place(f, full_name(s, w), "sentence", PLACE_SENTENCE);
    f->where = w;
}

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

void hear_place(struct discourse *s, const struct passage *p, const struct sentence *in)
{
    bool heard = false;
    for (size_t i = 0; i < p->n_places; i++) {
        const struct where *w = &p->places[i];
        if (w->first < in->first || w->first >= in->end || w->issuer || p->aside[w->first] || branch_at_home(s, p, w))
            continue;
        if (w->kind == WHERE_HERE && !heard && !*s->block_place && *w->level)
            s->block_place = here_place(s, w->level);
        if (w->kind == WHERE_AGENCY ? !agency_is_subject(p, in, w) : w->kind != WHERE_PROVINCE && w->kind != WHERE_UNIT)
            continue;
        const char *full = full_name(s, w), *name = full == w->name ? arena_strdup(s->a, w->name) : full;
        if (!heard)
            s->block_place = name, s->block_unit = w->kind == WHERE_UNIT;
        heard = true;
        if (w->kind == WHERE_PROVINCE)
            s->province = name;
        else if (w->kind == WHERE_AGENCY)
            s->agency = name;
        else
            s->unit = name, s->unit_level = w->level, s->unit_block = s->block;
    }
}
