/* Tables of figures: from cells to facts.
 *
 * Two shapes.  A list has a header that names the columns, among them
 * "indicator" and "value", and a fact a row.  A matrix, as published, has a
 * column of places; what stands over a column -- up to three rows of headings,
 * joined from above -- names an indicator, a year or both; what it does not
 * name may come from a title above, the file's name or the defaults.
 * Every fault is told with its row and column (up to a limit); a table with a
 * fault gives no facts. */
#include "base/file.h"
#include "store/table.h"

#include <math.h>
#include <string.h>

enum { TABLE_BYTES_MAX = 64 << 20 };

enum fact_kind table_kind(const struct indicator *i, const char *unit, const struct figure *f)
{
    if ((i && strcmp(i->unit, "hạng") == 0) || strcmp(unit, "hạng") == 0)
        return FACT_RANK;
    if (f->percent || strcmp(unit, "%") == 0)
        return FACT_PERCENT;
    if (strcmp(unit, "điểm") == 0)
        return FACT_SCORE;
    if (strstr(unit, "tỷ "))
        return FACT_MONEY;
    return isfinite(f->of) ? FACT_FRACTION : FACT_COUNT;
}

struct fact *table_fact(struct table *t, int line)
{
    struct fact *f = ARENA_PUSH(t->a, t->out->items, t->out->n, t->out->cap);
    const char *source = t->defaults && t->defaults->source ? t->defaults->source : t->name;
    *f = (struct fact){ .source = source, .start = -1, .end = -1, .quote = "", .place = "", .level = "", .indicator = "",
                        .value = NAN, .of = NAN, .unit = "", .period = "", .confidence = 1 };
    f->why = arena_printf(t->a, "%s:%d", t->name, line);
    return f;
}

/* An index in percent has its 100 in the unit; only ranks, scores and fractions are "of" something. */
void table_settle(struct fact *f)
{
    if (f->kind == FACT_PERCENT && f->of == 100)
        f->of = NAN;
}

/* ---- the file ---- */

/* A sheet of words alone explains the others and has no figure to lose. */
static bool holds_figures(const struct grid *g)
{
    struct figure f;
    for (size_t i = 0; i < g->n; i++)
        for (size_t k = 0; k < g->rows[i].n; k++)
            if (figure_parse(g->rows[i].cells[k], &f))
                return true;
    return false;
}

static void read_grid(struct table *t)
{
    size_t before = t->out->n, faults = t->faults;
    if (table_is_list(&t->grid.rows[0]))
        table_list(t);
    else
        table_matrix(t);
    if (t->faults == faults && t->out->n == before && table_fault(t))
        diag_error(t->d, (struct at){ .file = t->path }, _("holds no figure"));
}

/* Of several sheets each is told by its name. */
static void read_grids(struct table *t, const struct grids *all)
{
    const char *path = t->path, *file = t->file;
    bool named = all->n > 1 || (t->defaults && t->defaults->sheet);
    for (size_t i = 0; i < all->n; i++) {
        t->grid = all->items[i];
        if (named) {
            t->path = arena_printf(t->a, "%s [%s]", path, t->grid.name);
            t->name = arena_printf(t->a, "%s [%s]", file, t->grid.name);
        }
        if (all->n > 1 && !holds_figures(&t->grid))
            diag_note(t->d, (struct at){ .file = t->path }, _("holds no figure; the sheet is passed over"));
        else
            read_grid(t);
    }
    if (!t->faults && !t->out->n) {
        diag_error(t->d, (struct at){ .file = path }, _("holds no figure"));
        t->faults++;
    }
    if (t->faults && all->n > 1 && !(t->defaults && t->defaults->sheet))
        diag_note(t->d, (struct at){ .file = path }, _("--sheet NAME reads one of its %zu sheets alone"), all->n);
}

bool table_read(const char *path, const struct table_defaults *defaults, const struct catalog *c, struct arena *a,
                struct facts *out, char hash[65], struct diag *d)
{
    struct buf data = { 0 };
    struct grids all;
    struct table t = { .path = path, .file = file_basename(path), .name = file_basename(path), .catalog = c, .defaults = defaults,
                       .a = a, .out = out, .d = d };
    *out = (struct facts){ 0 };
    bool ok = file_read(path, TABLE_BYTES_MAX, &data, d);
    if (ok && !data.len) {
        diag_error(d, (struct at){ .file = path }, _("is empty"));
        ok = false;
    }
    ok = ok && grids_read(path, data.data, data.len, defaults ? defaults->sheet : NULL, a, &all, d);
    if (ok) {
        file_sha256(data.data, data.len, hash);
        read_grids(&t, &all);
    }
    buf_clear(&data);
    if (ok && t.faults == 0)
        return true;
    *out = (struct facts){ 0 };
    return false;
}
