/* Points for a meeting, at most three of each kind, in the order in which they
 * weigh: to decide are missed targets, an index or a part of it that fell, a
 * part in the lowest group, figures that are missing; what went well are the
 * highest group, a rank in the first quarter, targets met, rises, and results
 * of 100 %. Each is an element of its own, so that a layout can number them. */
#include "card/words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { MOST = 3, PARTS = 16, GOALS = 64 };

struct points {
    struct maker *m;
    const char *kind;
    size_t n;
};

/* NULL when there are enough. */
static struct paragraph *point(struct points *s, struct paragraph *p)
{
    if (s->n == MOST)
        return NULL;
    s->n++;
    *p = (struct paragraph){ .m = s->m, .element = "y-chinh", .kind = s->kind };
    return p;
}

static struct standing of_cell(const struct cell *c)
{
    return (struct standing){ .rank = c->rank, .total = (int)c->column->n, .type = "tinh-toan", .group = c->group };
}

static void goal_points(struct points *s, const struct goal *goals, size_t n, bool met)
{
    struct arena *a = &s->m->arena;
    struct paragraph p;
    for (size_t i = 0; i < n; i++) {
        if (goals[i].met != met || !point(s, &p))
            continue;
        SAY(&p, met ? "nb-dat" : "qd-muc-tieu", { "ten", capital_first(a, name_in_text(s->m, goals[i].result)), false },
            { "gia-tri", word_fact(a, fact_of(goals[i].result)), false },
            { "muc-tieu", word_fact(a, fact_of(goals[i].target)), false });
        cite(&p, chosen(goals[i].result));
        paragraph_stop(&p);
    }
}

static void part_change_point(struct points *s, const struct part *part)
{
    struct paragraph p;
    if (!part || !point(s, &p))
        return;
    const struct cell *before = previous_of(s->m, part->cell);
    struct standing now = of_cell(part->cell), then = of_cell(before);
    SAY(&p, part->change > 0 ? "nb-tang" : "qd-giam", { "ten", part->known->name, false },
        { "chi-so", part->known->index->short_name, false },
        { "muc", word_difference(&s->m->arena, part->change, part->known), false });
    say_rank_change(&p, &then, &now, part->change > 0 ? 1 : -1);
    cite(&p, chosen(part->cell));
    paragraph_stop(&p);
}

static int worst_first(const void *x, const void *y)
{
    const struct part *a = x, *b = y;
    int by = b->cell->rank - a->cell->rank;
    return by ? by : a->known->number - b->known->number;
}

/* Parts in the lowest group, up to point number `most`. Reorders the parts. */
static void low_part_points(struct points *s, struct part *parts, size_t n, const struct indicator *told, size_t most)
{
    struct paragraph p;
    if (n)
        qsort(parts, n, sizeof *parts, worst_first);
    for (size_t i = 0; i < n && s->n < most; i++) {
        if (parts[i].cell->group != 4 || parts[i].known == told || !point(s, &p))
            continue;
        SAY(&p, "qd-thap", { "ten", parts[i].known->name, false }, { "chi-so", parts[i].known->index->short_name, false },
            { "hang", word_rank(&s->m->arena, parts[i].cell->rank, (int)parts[i].cell->column->n), true });
        cite(&p, chosen(parts[i].cell));
        paragraph_stop(&p);
    }
}

/* One index in the card's year, with its years. */
struct view { const struct index *x; struct yearlies years; struct yearly *now, *before; struct standing standing; };

static bool view_of(struct maker *m, const struct index *x, struct view *v)
{
    *v = (struct view){ .x = x };
    yearlies_of(m, m->place->unit, x->score, &v->years);
    v->now = of_year(&v->years, m->set->year);
    if (!v->now)
        return false;
    bool follows = v->now > v->years.items && v->now[-1].year == v->now->year - 1 && !x->live &&
                   !index_breaks_between(x, v->now->year - 1, v->now->year);
    v->before = follows ? v->now - 1 : NULL;
    v->standing = standing_of(m->set, x->score, v->now);
    return true;
}

static void index_fall_point(struct points *s, const struct view *v)
{
    double change = v->before ? change_of(v->x->score, v->now->score, v->before->score) : NAN;
    struct paragraph p;
    if (!notable(v->x->score, change) || change > 0 || !point(s, &p))
        return;
    struct standing then = standing_of(s->m->set, v->x->score, v->before);
    SAY(&p, "qd-chi-so-giam", { "chi-so", v->x->short_name, false },
        { "muc", word_difference(&s->m->arena, change, v->x->score), false },
        { "ky-truoc", arena_printf(&s->m->arena, "năm %d", v->now->year - 1), false });
    say_rank_change(&p, &then, &v->standing, -1);
    cite(&p, chosen(v->now->score));
    paragraph_stop(&p);
}

/* How many years up to the card's, one after the other, were in the highest group. */
static size_t years_in_first_group(const struct card_set *set, const struct view *v)
{
    size_t n = 0;
    for (const struct yearly *y = v->now; y >= v->years.items && y->year == v->now->year - (int)n; y--) {
        if (standing_of(set, v->x->score, y).group != 1)
            break;
        n++;
    }
    return n;
}

static void group_point(struct points *s, const struct view *v)
{
    struct arena *a = &s->m->arena;
    struct paragraph p;
    size_t n = v->x->groups_only ? years_in_first_group(s->m->set, v) : 0;
    if (!n || !point(s, &p))
        return;
    if (n > 1)
        SAY(&p, "nb-nhom", { "chi-so", v->x->short_name, false }, { "so", word_count(a, n, false), false },
            { "tu", arena_printf(a, "%d", v->now->year - (int)n + 1), false },
            { "den", arena_printf(a, "%d", v->now->year), false });
    else
        SAY(&p, "nb-nhom-mot", { "chi-so", v->x->short_name, false },
            { "ky", word_period(a, v->now->period), false });
    cite(&p, chosen(v->now->score));
    paragraph_stop(&p);
}

static void rank_point(struct points *s, const struct view *v)
{
    struct paragraph p;
    const struct standing *st = &v->standing;
    if (v->x->groups_only || !st->rank || 4 * st->rank > st->total || !point(s, &p))
        return;
    SAY(&p, "nb-hang", { "chi-so", v->x->short_name, false }, { "ky", word_period(&s->m->arena, v->now->period), false },
        { "hang", word_rank(&s->m->arena, st->rank, st->total), strcmp(st->type, "tinh-toan") == 0 });
    cite(&p, st->from ? chosen(st->from) : chosen(v->now->score));
    paragraph_stop(&p);
}

static void full_result_points(struct points *s)
{
    size_t n;
    struct paragraph p;
    const struct indicator **order = headline_order(s->m, &n);
    for (size_t i = 0; i < n; i++) {
        const struct cell *c = headline(s->m, s->m->place->unit, set_measure(s->m->set, order[i]->code));
        bool full = c && c->column->kind == FACT_PERCENT && fact_of(c)->value == 100 && order[i]->better > 0 &&
                    fact_of(c)->qualifier == FACT_EQ;
        if (!full || !point(s, &p))
            continue;
        SAY(&p, "nb-ket-qua", { "ten", capital_first(&s->m->arena, name_in_text(s->m, c)), false },
            { "gia-tri", word_fact(&s->m->arena, fact_of(c)), false });
        cite(&p, chosen(c));
        paragraph_stop(&p);
    }
}

static void missing_point(struct points *s)
{
    struct maker *m = s->m;
    const char *none[1];
    struct paragraph p;
    size_t n = missing_indices(m, none, 0);
    if (!n || strcmp(m->place->unit->from, m->set->span.last) > 0 || !point(s, &p))
        return;
    SAY(&p, "qd-thieu", { "so", word_count(&m->arena, n, true), false },
        { "ky", arena_printf(&m->arena, "năm %d", m->set->year), false });
    paragraph_stop(&p);
}

void put_points(struct maker *m)
{
    struct points decide = { m, "can-quyet-dinh", 0 }, well = { m, "noi-bat", 0 };
    struct goal goals[GOALS];
    struct part parts[PARTS];
    size_t n, n_goals = goals_of(m, goals, GOALS), n_parts = 0;
    const struct index *x = catalog_indices(m->set->catalog, &n);
    struct view *views = arena_array(&m->arena, struct view, n);
    size_t n_views = 0;
    for (size_t i = 0; i < n; i++)
        if (view_of(m, &x[i], &views[n_views])) {
            n_parts = n_parts ? n_parts : parts_of(m, &x[i], m->set->year, parts, PARTS);
            n_views++;
        }
    const char *none[1];
    const struct part *fall = extreme(parts, n_parts, -1);
    goal_points(&decide, goals, n_goals, false);
    for (size_t i = 0; i < n_views; i++)
        index_fall_point(&decide, &views[i]);
    part_change_point(&decide, fall);
    low_part_points(&decide, parts, n_parts, fall ? fall->known : NULL, MOST - (missing_indices(m, none, 0) > 0));
    missing_point(&decide);
    for (size_t i = 0; i < n_views; i++)
        group_point(&well, &views[i]);
    for (size_t i = 0; i < n_views; i++)
        rank_point(&well, &views[i]);
    goal_points(&well, goals, n_goals, true);
    part_change_point(&well, extreme(parts, n_parts, 1));
    full_result_points(&well);
}
