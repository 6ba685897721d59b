#include "card/maker.h"

bool maker_read(struct maker *m, const struct place *unit, struct diag *d)
{
    struct figures *f = arena_new(&m->units, struct figures);
    if (!figures_read(m->set, unit, &m->units, f, d))
        return false;
    *ARENA_PUSH(&m->units, m->figures, m->n_figures, m->cap_figures) = f;
    return true;
}

const struct figures *maker_figures(struct maker *m, const struct place *unit)
{
    for (size_t i = 0; i < m->n_figures; i++)
        if (m->figures[i]->unit == unit)
            return m->figures[i];
    struct figures *f = arena_new(&m->units, struct figures);
    figures_standing(m->set, unit, &m->units, f);
    *ARENA_PUSH(&m->units, m->figures, m->n_figures, m->cap_figures) = f;
    return f;
}

void maker_forget(struct maker *m)
{
    arena_reset(&m->units);
    m->figures = NULL;
    m->n_figures = m->cap_figures = 0;
}

void maker_clear(struct maker *m)
{
    arena_clear(&m->units);
    arena_clear(&m->arena);
}

const struct cell *const *unit_cells(struct maker *m, const struct place *unit, size_t *n)
{
    const struct figures *f = maker_figures(m, unit);
    *n = f->n;
    return f->cells;
}

const struct cell *const *cells_of(struct maker *m, const struct place *unit, int measure, size_t *n)
{
    return figures_of(maker_figures(m, unit), measure, n);
}

const struct cell *yearly_of(struct maker *m, const struct place *unit, int measure, const char *period)
{
    return figures_yearly(m->set, maker_figures(m, unit), measure, period);
}

const struct cell *previous_of(struct maker *m, const struct cell *c)
{
    return figures_previous(maker_figures(m, c->unit), c);
}

const struct cell *target_of(struct maker *m, const struct cell *c, bool *exact)
{
    return figures_target(maker_figures(m, c->unit), c, exact);
}
