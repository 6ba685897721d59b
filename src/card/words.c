/* The judgement in words: what is said, by which rule.
 *
 *   hop-nhat     a merged unit, and what its predecessors had in the first index
 *   chi-so       the first index of the catalog that has a result of the card's
 *                year: value, group, median, change; up to three others in short
 *   linh-vuc     its strongest and weakest parts, the largest rise and fall
 *   cong-viec    targets met and missed; without targets the headline results
 *   khoang-trong what was not found, and what disagrees
 *
 * A difference under the indicator's tolerance is "tương đương"; "dù" and
 * "nhưng" stand only between two statements that point opposite ways. */
#include "card/words.h"

#include "card/stats.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SHORT_INDICES = 3, RESULTS = 3, NAMED = 3 };

/* ---- standing in an index ---- */

struct yearly *of_year(struct yearlies *years, int year)
{
    struct yearly *found = NULL;
    for (size_t i = 0; i < years->n; i++)
        if (years->items[i].year == year)
            found = &years->items[i];
    return found;
}

static const char *rank_of_standing(struct maker *m, const struct standing *s)
{
    return word_rank(&m->arena, s->rank, s->total);
}

static bool computed(const struct standing *s)
{
    return strcmp(s->type, "tinh-toan") == 0;
}

static void cite_yearly(struct paragraph *p, const struct yearly *y, const struct standing *s)
{
    if (y->score)
        cite(p, chosen(y->score));
    if (s->from)
        cite(p, chosen(s->from));
}

/* Value first, else the rank alone. */
static void say_value(struct paragraph *p, const struct index *x, const struct yearly *y, const struct standing *s,
                      const char *with_value, const char *rank_only)
{
    struct maker *m = p->m;
    struct value name = { "chi-so", x->short_name, false }, when = { "ky", word_period(&m->arena, y->period), false };
    if (y->score)
        SAY(p, with_value, name, when, { "gia-tri", word_score(m, y->score, x->score), false });
    else
        SAY(p, rank_only, name, when, { "hang", rank_of_standing(m, s), computed(s) });
    if (y->score && s->rank && !x->groups_only)
        SAY(p, "hang", { "hang", rank_of_standing(m, s), computed(s) });
}

static void say_group(struct paragraph *p, const struct index *x, const struct yearly *y, const struct standing *s)
{
    static const char *const groups[] = { "nhom-1", "nhom-2", "nhom-3", "nhom-4" };
    struct maker *m = p->m;
    if (s->group && *x->quartile[s->group - 1])
        SAY(p, "nhom", { "nhom", wording_word(catalog_sentences(m->set->catalog), groups[s->group - 1]), false });
    const char *class = y->score ? index_class(x, y->year, fact_of(y->score)->value) : "";
    if (*class)
        SAY(p, "lop", { "lop", class, false });
    int first = index_ranked_first(x, y->year);
    if (first && !s->rank)
        SAY(p, "ngoai-xep-hang", { "so", arena_printf(&m->arena, "%d", first), false });
}

static void say_median(struct paragraph *p, const struct cell *score, const struct indicator *known)
{
    const struct column *c = score->column;
    struct arena *a = &p->m->arena;
    if (!c->complete || fact_of(score)->qualifier != FACT_EQ)
        return;
    double over = fact_of(score)->value - c->median;
    struct value median = { "trung-vi", word_number(a, c->median, known->decimals), false };
    if (!notable(known, over))
        SAY(p, "trung-vi-bang", median);
    else
        SAY(p, over > 0 ? "trung-vi-hon" : "trung-vi-kem", median, { "muc", word_difference(a, over, known), false });
}

/* direction: of the score, 1 up, -1 down, 0 equal. */
void say_rank_change(struct paragraph *p, const struct standing *old, const struct standing *now, int direction)
{
    struct arena *a = &p->m->arena;
    if (!old->rank || !now->rank || strcmp(old->type, now->type) != 0)
        return;
    struct value from = { "tu", word_rank(a, old->rank, old->total), computed(old) };
    struct value to = { "den", word_rank(a, now->rank, now->total), computed(now) };
    if (now->rank == old->rank)
        SAY(p, "hang-giu", to);
    else if (now->rank < old->rank)
        SAY(p, !direction ? "hang-rieng-len" : direction < 0 ? "nhung-len" : "hang-len", from, to);
    else
        SAY(p, !direction ? "hang-rieng-xuong" : direction > 0 ? "nhung-xuong" : "hang-xuong", from, to);
}

static void say_rank_alone(struct paragraph *p, const struct standing *old, const struct standing *now,
                           const char *before)
{
    struct arena *a = &p->m->arena;
    if (!old->rank || !now->rank || strcmp(old->type, now->type) != 0)
        return;
    const char *id = now->rank < old->rank ? "chi-hang-len" : now->rank > old->rank ? "chi-hang-xuong" : "chi-hang-giu";
    SAY(p, id, { "ky-truoc", before, false }, { "tu", word_rank(a, old->rank, old->total), computed(old) },
        { "den", word_rank(a, now->rank, now->total), computed(now) });
}

/* Against the year before; or why that cannot be. */
static void say_change(struct paragraph *p, const struct index *x, const struct yearlies *years,
                       const struct yearly *y)
{
    struct arena *a = &p->m->arena;
    const struct sentences *words = catalog_sentences(p->m->set->catalog);
    const struct yearly *old = y > years->items && (y - 1)->year == y->year - 1 ? y - 1 : NULL;
    const char *before = arena_printf(a, "năm %d", y->year - 1);
    struct value when = { "ky-truoc", before, false };
    if (x->live)
        return;
    if (old && index_breaks_between(x, old->year, y->year)) {
        if (index_set_changes(x, old->year, y->year))
            SAY(p, "doi-so-tinh", when);
        else
            SAY(p, "doi-phuong-phap", when);
        return;
    }
    if (!old) {
        if (!index_published(x, y->year - 1, p->m->place->unit->slug))
            SAY(p, "truoc-khong-cong-bo", when);
        return;
    }
    struct standing then = standing_of(p->m->set, x->score, old), now = standing_of(p->m->set, x->score, y);
    double change = change_of(x->score, y->score, old->score);
    if (!isfinite(change)) {
        say_rank_alone(p, &then, &now, before);
        return;
    }
    bool told = notable(x->score, change);
    if (told)
        SAY(p, "thay-doi", when, { "huong", wording_word(words, change > 0 ? "tang" : "giam"), false },
            { "muc", word_difference(a, change, x->score), false });
    else
        SAY(p, "khong-doi", when,
            { "truoc", word_number(a, fact_of(old->score)->value, x->score->decimals), false });
    cite_yearly(p, old, &then);
    say_rank_change(p, &then, &now, told ? change > 0 ? 1 : -1 : 0);
}

/* ---- parts of an index ---- */

size_t parts_of(struct maker *m, const struct index *x, int year, struct part *out, size_t room)
{
    char period[16];
    size_t n = 0;
    snprintf(period, sizeof period, "%d", year);
    for (size_t i = 0; i < x->n_parts && n < room; i++) {
        const struct cell *c = yearly_of(m, m->place->unit, set_measure(m->set, x->parts[i]->code), period);
        if (c && c->rank)
            out[n++] = (struct part){ x->parts[i], c, change_of(x->parts[i], c, previous_of(m, c)) };
    }
    return n;
}

const struct part *extreme(const struct part *parts, size_t n, int sign)
{
    const struct part *found = NULL;
    for (size_t i = 0; i < n; i++)
        if (notable(parts[i].known, parts[i].change) && parts[i].change * sign > 0 &&
            (!found || parts[i].change * sign > found->change * sign))
            found = &parts[i];
    return found;
}

/* What a strongest or weakest part did, behind its rank. */
static void say_move(struct paragraph *p, const struct part *part, bool strongest, const struct part *rise,
                     const struct part *fall)
{
    struct value much = { "muc", word_difference(&p->m->arena, part->change, part->known), false };
    if (!notable(part->known, part->change))
        return;
    if (part == rise)
        SAY(p, strongest ? "va-tang-nhat" : "du-tang-nhat", much);
    else if (part == fall && !strongest)
        SAY(p, "va-giam-nhat", much);
    else if (part->change > 0)
        SAY(p, strongest ? "va-tang" : "du-tang", much);
    else
        SAY(p, strongest ? "du-giam" : "va-giam", much);
}

static void say_moves(struct paragraph *p, const struct index *x, const struct part *parts, size_t n,
                      const struct part *best, const struct part *worst)
{
    struct arena *a = &p->m->arena;
    const struct part *rise = extreme(parts, n, 1), *fall = extreme(parts, n, -1);
    size_t compared = 0;
    for (size_t i = 0; i < n; i++)
        compared += isfinite(parts[i].change);
    if (rise && rise != best && rise != worst)
        SAY(p, "tang-nhat", { "ten", rise->known->name, false },
            { "muc", word_difference(a, rise->change, rise->known), false });
    if (fall && fall != worst)
        SAY(p, "giam-nhat", { "ten", fall->known->name, false },
            { "muc", word_difference(a, fall->change, fall->known), false });
    if (fall || compared < n)
        return;
    const char *part_name = strncmp(x->part_name, "lĩnh vực", strlen("lĩnh vực")) == 0 ? "lĩnh vực" : x->part_name;
    SAY(p, rise ? "khong-giam" : "khong-phan-nao", { "phan", part_name, false },
        { "nguong", word_difference(a, parts[0].known->tolerance, parts[0].known), false });
}

static void put_parts(struct maker *m, const struct index *x, int year, bool named)
{
    struct paragraph p = { .m = m, .kind = "linh-vuc" };
    struct part parts[16];
    size_t n = parts_of(m, x, year, parts, sizeof parts / sizeof *parts);
    const struct part *best = parts, *worst = parts;
    if (n < 2)
        return;
    for (size_t i = 1; i < n; i++) {
        best = parts[i].cell->rank < best->cell->rank ? &parts[i] : best;
        worst = parts[i].cell->rank > worst->cell->rank ? &parts[i] : worst;
    }
    if (best == worst || best->cell->rank == worst->cell->rank)
        return;
    const struct part *rise = extreme(parts, n, 1), *fall = extreme(parts, n, -1);
    for (int pass = 0; pass < 2; pass++) {
        const struct part *part = pass ? worst : best;
        SAY(&p, pass ? "yeu-nhat" : named ? "trong-chi-so" : "manh-nhat", { "chi-so", x->short_name, false },
            { "ten", part->known->name, false },
            { "hang", word_rank(&m->arena, part->cell->rank, (int)part->cell->column->n), true });
        cite(&p, chosen(part->cell));
        say_move(&p, part, !pass, rise, fall);
    }
    say_moves(&p, x, parts, n, best, worst);
    paragraph_stop(&p);
}

/* ---- the indices ---- */

static const char *place_in_text(struct maker *m)
{
    bool province = strcmp(m->place->kind, "tỉnh") == 0;
    return arena_printf(&m->arena, "%s %s", province ? "tỉnh" : "thành phố", m->place->name);
}

static void say_unpublished(struct paragraph *p, const struct index *x)
{
    struct maker *m = p->m;
    SAY(p, "khong-cong-bo", { "chi-so", x->short_name, false },
        { "ky", arena_printf(&m->arena, "năm %d", m->set->year), false }, { "noi", place_in_text(m), false });
}

static void say_first(struct paragraph *p, const struct index *x, const struct yearlies *years,
                      const struct yearly *y)
{
    struct standing s = standing_of(p->m->set, x->score, y);
    say_value(p, x, y, &s, "chi-so", "chi-so-chi-hang");
    say_group(p, x, y, &s);
    if (y->score)
        say_median(p, y->score, x->score);
    cite_yearly(p, y, &s);
    say_change(p, x, years, y);
}

static void say_short(struct paragraph *p, const struct index *x, const struct yearly *y)
{
    struct standing s = standing_of(p->m->set, x->score, y);
    if (x->live)
        say_value(p, x, y, &s, "chi-so", "chi-so-chi-hang");
    else
        say_value(p, x, y, &s, "chi-so-ngan", "chi-so-ngan-chi-hang");
    say_group(p, x, y, &s);
    cite_yearly(p, y, &s);
}

/* No index has a figure of the card's year: the newest older one. */
static void say_latest(struct paragraph *p)
{
    struct maker *m = p->m;
    size_t n;
    const struct index *x = catalog_indices(m->set->catalog, &n), *best = NULL;
    struct yearly latest = { 0 };
    for (size_t i = 0; i < n; i++) {
        struct yearlies years = { 0 };
        yearlies_of(m, m->place->unit, x[i].score, &years);
        for (size_t k = 0; k < years.n; k++)
            if (years.items[k].year < m->set->year && years.items[k].year > latest.year) {
                latest = years.items[k];
                best = &x[i];
            }
    }
    if (!best)
        return;
    struct standing s = standing_of(m->set, best->score, &latest);
    SAY(p, "chi-so-gan-nhat", { "chi-so", best->short_name, false },
        { "ky", word_period(&m->arena, latest.period), false });
    if (latest.score)
        SAY(p, "gia-tri-gan-nhat", { "gia-tri", word_score(m, latest.score, best->score), false });
    if (s.rank)
        SAY(p, "hang", { "hang", rank_of_standing(m, &s), computed(&s) });
    cite_yearly(p, &latest, &s);
}

static void put_index_words(struct maker *m)
{
    struct paragraph p = { .m = m, .kind = "chi-so" };
    size_t n, told = 0, first = 0;
    const struct index *x = catalog_indices(m->set->catalog, &n);
    int parts_year = 0;
    size_t parts_index = 0;
    for (size_t i = 0; i < n; i++) {
        struct yearlies *years = arena_new(&m->arena, struct yearlies);
        yearlies_of(m, m->place->unit, x[i].score, years);
        struct yearly *y = of_year(years, m->set->year);
        if (!y && !index_published(&x[i], m->set->year, m->place->unit->slug))
            say_unpublished(&p, &x[i]);
        if (!y || told > SHORT_INDICES)
            continue;
        if (told++ == 0) {
            say_first(&p, &x[i], years, y);
            first = i;
        } else {
            say_short(&p, &x[i], y);
        }
        struct part parts[16];
        if (!parts_year && parts_of(m, &x[i], y->year, parts, 16) > 1) {
            parts_year = y->year;
            parts_index = i;
        }
    }
    if (!told)
        say_latest(&p);
    paragraph_stop(&p);
    if (parts_year)
        put_parts(m, &x[parts_index], parts_year, parts_index != first);
}

/* ---- work ---- */

const char *name_in_text(struct maker *m, const struct cell *c)
{
    const struct measure *ms = measure_of(m->set, c->column);
    return word_lower(&m->arena, ms->known ? ms->known->short_name : ms->name);
}

const char *capital_first(struct arena *a, const char *s)
{
    char *copy = arena_strdup(a, s);
    if (strncmp(copy, "đ", 2) == 0)
        memcpy(copy, "Đ", 2);
    else if (copy[0] >= 'a' && copy[0] <= 'z')
        copy[0] = (char)(copy[0] - 32);
    return copy;
}

/* Results of the period that a target stands against, decided one way or the other. */
size_t goals_of(struct maker *m, struct goal *out, size_t room)
{
    size_t cells, n = 0;
    const struct cell *const *all = unit_cells(m, m->place->unit, &cells);
    for (size_t i = 0; i < cells && n < room; i++) {
        const struct indicator *known = measure_of(m->set, all[i]->column)->known;
        bool exact;
        if (all[i]->column->role != FACT_RESULT || !in_period(m->set, chosen(all[i])) || !known || known->index)
            continue;
        const struct cell *target = target_of(m, all[i], &exact);
        const char *met = target ? target_verdict(known, fact_of(all[i]), fact_of(target)->value) : NULL;
        if (met && (exact || strcmp(met, "dat") == 0))
            out[n++] = (struct goal){ all[i], target, strcmp(met, "dat") == 0 };
    }
    return n;
}

static void say_missed(struct paragraph *p, const struct goal *goals, size_t n)
{
    struct arena *a = &p->m->arena;
    size_t told = 0;
    for (size_t i = 0; i < n && told < NAMED; i++) {
        if (goals[i].met)
            continue;
        SAY(p, told ? "chua-dat-tiep" : "chua-dat", { "ten", name_in_text(p->m, goals[i].result), false },
            { "gia-tri", word_fact(a, fact_of(goals[i].result)), false },
            { "muc-tieu", word_fact(a, fact_of(goals[i].target)), false });
        cite(p, chosen(goals[i].result));
        paragraph_marks(p);
        told++;
    }
}

static void say_goals(struct paragraph *p, const struct goal *goals, size_t n)
{
    struct arena *a = &p->m->arena;
    size_t met = 0;
    for (size_t i = 0; i < n; i++)
        met += goals[i].met;
    struct value all = { "tong", word_count(a, n, false), false };
    if (n == 1 && met)
        SAY(p, "muc-tieu-mot", { "ten", name_in_text(p->m, goals[0].result), false },
            { "gia-tri", word_fact(a, fact_of(goals[0].result)), false },
            { "muc-tieu", word_fact(a, fact_of(goals[0].target)), false });
    else if (met == n)
        SAY(p, "muc-tieu-het", all);
    else if (met)
        SAY(p, "muc-tieu", all, { "dat", word_count(a, met, false), false });
    else if (n > 1)
        SAY(p, "muc-tieu-khong", all);
    for (size_t i = 0; i < n; i++)
        if (goals[i].met)
            cite(p, chosen(goals[i].result));
    say_missed(p, goals, n);
}

static int by_key(const void *x, const void *y)
{
    const struct indicator *a = *(const struct indicator *const *)x, *b = *(const struct indicator *const *)y;
    return a->key - b->key;
}

const struct indicator **headline_order(struct maker *m, size_t *keys)
{
    size_t n;
    const struct indicator *all = catalog_indicators(m->set->catalog, &n);
    const struct indicator **sorted = arena_array(&m->arena, const struct indicator *, n);
    *keys = 0;
    for (size_t i = 0; i < n; i++)
        if (all[i].key)
            sorted[(*keys)++] = &all[i];
    if (*keys)
        qsort(sorted, *keys, sizeof *sorted, by_key);
    return sorted;
}

/* The first headline results of the period, in the catalog's order of importance. */
static void say_results(struct paragraph *p)
{
    struct maker *m = p->m;
    size_t keys, told = 0;
    const struct indicator **sorted = headline_order(m, &keys);
    for (size_t i = 0; i < keys && told < RESULTS; i++) {
        const struct cell *c = headline(m, m->place->unit, set_measure(m->set, sorted[i]->code));
        if (!c)
            continue;
        const char *name = name_in_text(m, c);
        SAY(p, told ? "ket-qua-tiep" : "ket-qua", { "ten", told ? name : capital_first(&m->arena, name), false },
            { "gia-tri", word_fact(&m->arena, fact_of(c)), false });
        if (*c->column->period != '@' && chosen(c)->grain != 'Y')
            SAY(p, "ket-qua-ky", { "ky", word_period(&m->arena, c->column->period), false });
        cite(p, chosen(c));
        paragraph_marks(p);
        told++;
    }
}

static void put_work_words(struct maker *m)
{
    struct paragraph p = { .m = m, .kind = "cong-viec" };
    struct goal goals[64];
    size_t n = goals_of(m, goals, sizeof goals / sizeof *goals);
    if (n)
        say_goals(&p, goals, n);
    if (n < 2)
        say_results(&p);
    paragraph_stop(&p);
}

/* ---- what is not known ---- */

static const char *joined(struct maker *m, const char *const *names, size_t n)
{
    struct buf b = { 0 };
    const char *and = wording_word(catalog_sentences(m->set->catalog), "va");
    for (size_t i = 0; i < n; i++)
        buf_printf(&b, "%s%s", !i ? "" : i + 1 < n ? ", " : and, names[i]);
    const char *text = arena_strndup(&m->arena, b.data ? b.data : "", b.len);
    buf_clear(&b);
    return text;
}

size_t missing_indices(struct maker *m, const char **names, size_t room)
{
    size_t n, missing = 0;
    const struct index *x = catalog_indices(m->set->catalog, &n);
    for (size_t i = 0; i < n; i++) {
        struct yearlies years = { 0 };
        yearlies_of(m, m->place->unit, x[i].score, &years);
        if (of_year(&years, m->set->year) || !index_published(&x[i], m->set->year, m->place->unit->slug))
            continue;
        if (missing < room)
            names[missing] = x[i].short_name;
        missing++;
    }
    return missing;
}

static void say_missing_indices(struct paragraph *p)
{
    struct maker *m = p->m;
    size_t n;
    const char *names[NAMED];
    catalog_indices(m->set->catalog, &n);
    size_t missing = missing_indices(m, names, NAMED);
    struct value when = { "ky", arena_printf(&m->arena, "năm %d", m->set->year), false };
    struct value all = { "tong", word_count(&m->arena, n, false), false };
    if (missing == n)
        SAY(p, "thieu-tat-ca", all, when);
    else if (missing > NAMED)
        SAY(p, "thieu-nhieu", { "so", word_count(&m->arena, missing, true), false }, all, when);
    else if (missing)
        SAY(p, "thieu-it", { "cac-chi-so", joined(m, names, missing), false }, when);
}

static void say_missing_fields(struct paragraph *p)
{
    struct maker *m = p->m;
    size_t n, all, covered = 0, missing = 0;
    const struct field *f = catalog_fields(m->set->catalog, &n);
    const char **names = arena_array(&m->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        if (!f[i].reform)
            continue;
        if (coverage(m, m->place->unit, &f[i], &all))
            covered++;
        else
            names[missing++] = word_lower(&m->arena, f[i].short_name);
    }
    struct value when = { "ky", word_period(&m->arena, m->set->period), false };
    if (!covered)
        SAY(p, "thieu-van-ban", when);
    else if (missing && missing <= NAMED + 1)
        SAY(p, "thieu-linh-vuc", when, { "cac-linh-vuc", joined(m, names, missing), false });
}

static void put_gap_words(struct maker *m, size_t conflicts)
{
    struct paragraph p = { .m = m, .kind = "khoang-trong" };
    say_missing_indices(&p);
    say_missing_fields(&p);
    if (conflicts)
        SAY(&p, "mau-thuan", { "so", word_count(&m->arena, conflicts, false), false });
    paragraph_stop(&p);
}

/* ---- a merged unit ---- */

static const char *day_text(struct arena *a, const char *iso)
{
    return arena_printf(a, "%.2s/%d/%.4s", iso + 8, atoi(iso + 5), iso);
}

/* What each predecessor had in the first index that all of them have in the card's year. */
static void say_predecessors_index(struct paragraph *p, const struct place *const *before, size_t n)
{
    struct maker *m = p->m;
    size_t n_indices, told = 0;
    const struct index *x = catalog_indices(m->set->catalog, &n_indices);
    for (size_t i = 0; i < n_indices && !told; i++)
        for (size_t k = 0; k < n; k++) {
            struct yearlies years = { 0 };
            yearlies_of(m, before[k]->unit, x[i].score, &years);
            const struct yearly *y = of_year(&years, m->set->year);
            if (!y || !y->score)
                continue;
            struct standing s = standing_of(m->set, x[i].score, y);
            SAY(p, told ? "hop-nhat-chi-so-tiep" : "hop-nhat-chi-so", { "chi-so", x[i].short_name, false },
                { "ky", word_period(&m->arena, y->period), false }, { "noi", before[k]->name, false },
                { "gia-tri", word_score(m, y->score, x[i].score), false });
            if (s.rank)
                SAY(p, "hang", { "hang", rank_of_standing(m, &s), computed(&s) });
            cite_yearly(p, y, &s);
            paragraph_marks(p);
            told++;
        }
}

static void put_merger_words(struct maker *m)
{
    struct paragraph p = { .m = m, .kind = "hop-nhat" };
    size_t n;
    const struct place *const *before = catalog_predecessors(m->set->catalog, m->place, &n);
    const char **names = arena_array(&m->arena, const char *, n);
    if (!n)
        return;
    for (size_t i = 0; i < n; i++)
        names[i] = before[i]->name;
    SAY(&p, "hop-nhat", { "noi", m->place->full_name, false },
        { "ngay", day_text(&m->arena, m->place->unit->from), false }, { "cac-noi", joined(m, names, n), false });
    say_predecessors_index(&p, before, n);
    paragraph_stop(&p);
}

void put_words(struct maker *m, size_t conflicts)
{
    bool was_there = strcmp(m->place->unit->from, m->set->span.last) <= 0;
    put_merger_words(m);
    put_index_words(m);
    put_work_words(m);
    if (was_there) /* nothing is missing of a time before the unit was made */
        put_gap_words(m, conflicts);
    put_points(m);
}
