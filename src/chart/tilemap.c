/* The country as tiles: a square for each province, and the two archipelagos.
 *
 * A map without quần đảo Hoàng Sa and quần đảo Trường Sa is refused.  Tiles are
 * as large as the frame allows; the names (own province on a leader,
 * archipelagos, the region's legend, Biển Đông) each look for a free place,
 * and if one finds none the tiles shrink and all look again. */
#include "chart/draw.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GAP_SHARE 0.13            /* of a tile's pitch: 0.3 mm of 2.3 */
#define LEAST_PITCH (1.6 * MM)
#define MOST_PITCH (7 * MM)

enum { LINES = 4, MOST_TILES = 400, MOST_GRID = 60 };

struct note { struct pen pen; double x, y; enum where where; const char *text; };
struct map {
    const struct chart_point *tiles;
    size_t n;
    int columns, rows;            /* of all tiles */
    int mainland;                 /* columns of the mainland */
    double pitch, top;
    struct note notes[32];
    size_t n_notes;
    double leader[4][2];          /* from the own tile to its name */
    size_t n_leader;
    double swatch_x, swatch_y;    /* of the region's legend; x < 0: none */
};

static bool is_hoang_sa(const struct chart_point *p)
{
    return p->label && strstr(p->label, "Hoàng Sa");
}

static bool is_truong_sa(const struct chart_point *p)
{
    return p->label && strstr(p->label, "Trường Sa");
}

static bool is_island(const struct chart_point *p)
{
    return is_hoang_sa(p) || is_truong_sa(p);
}

static bool on_grid(const struct chart_point *p)
{
    return p->col >= 1 && p->row >= 1 && p->col <= MOST_GRID && p->row <= MOST_GRID;
}

/* The two archipelagos are part of every map of the country. */
static bool complete(struct canvas *v, const struct map *t)
{
    bool hoang_sa = false, truong_sa = false;
    for (size_t i = 0; i < t->n; i++) {
        hoang_sa |= is_hoang_sa(&t->tiles[i]) && on_grid(&t->tiles[i]);
        truong_sa |= is_truong_sa(&t->tiles[i]) && on_grid(&t->tiles[i]);
    }
    if (!hoang_sa)
        diag_error(v->d, v->c->at, _("the map lacks quần đảo Hoàng Sa and is not drawn"));
    else if (!truong_sa)
        diag_error(v->d, v->c->at, _("the map lacks quần đảo Trường Sa and is not drawn"));
    if (hoang_sa && truong_sa)
        return true;
    diag_expected(v->d, _("a tile for each of the two archipelagos, with column and row"));
    return false;
}

static bool read_tiles(struct canvas *v, struct map *t)
{
    t->tiles = v->c->series[0].points;
    t->n = v->c->series[0].n;
    if (!complete(v, t))
        return false;
    if (t->n > MOST_TILES)
        return no_room(v, _("a tile map holds 400 tiles"));
    for (size_t i = 0; i < t->n; i++) {
        const struct chart_point *p = &t->tiles[i];
        if (!on_grid(p)) {
            diag_error(v->d, v->c->at, _("\"%s\" has no place on the tile map"), p->label ? p->label : "");
            diag_expected(v->d, _("a column and a row from 1 to %d"), MOST_GRID);
            v->failed = true;
            continue;
        }
        t->columns = p->col > t->columns ? p->col : t->columns;
        t->rows = p->row > t->rows ? p->row : t->rows;
        if (!is_island(p))
            t->mainland = p->col > t->mainland ? p->col : t->mainland;
    }
    return !v->failed;
}

static struct area tile_area(const struct map *t, const struct chart_point *p)
{
    double side = t->pitch * (1 - GAP_SHARE), x = t->pitch * (p->col - 1), y = t->top + t->pitch * (p->row - 1);
    return (struct area){ x, y, x + side, y + side };
}

static const struct chart_point *own_tile(const struct map *t)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->tiles[i].own)
            return &t->tiles[i];
    return NULL;
}

/* Notes ------------------------------------------------------------------------ */

/* Free, with a little air at the sides. */
static bool clear_of_tiles(const struct canvas *v, struct area a)
{
    struct area wide = { fmax(a.x0 - 1.2, 0), a.y0, fmin(a.x1 + 1.2, v->w), a.y1 };
    return area_free(v, wide);
}

static bool note_lines(struct canvas *v, struct map *t, struct pen p, double x, double y, enum where where,
                       const char *const *lines, size_t n)
{
    double leading = 1.25 * p.size;
    for (size_t i = 0; i < n; i++)
        if (!area_inside(v, text_area(v, p, x, y + leading * (double)i, where, lines[i])) ||
            !clear_of_tiles(v, text_area(v, p, x, y + leading * (double)i, where, lines[i])))
            return false;
    for (size_t i = 0; i < n && t->n_notes < sizeof t->notes / sizeof *t->notes; i++) {
        struct note note = { p, x, y + leading * (double)i, where, lines[i] };
        area_take(v, text_area(v, p, x, note.y, where, lines[i]));
        t->notes[t->n_notes++] = note;
    }
    return true;
}

/* An archipelago's name: beside its tile, else under it, in one, two or more lines. */
static bool name_island(struct canvas *v, struct map *t, const struct chart_point *p)
{
    struct pen pen = pen_small(v);
    struct area a = tile_area(t, p);
    const char *name = is_hoang_sa(p) ? "quần đảo Hoàng Sa" : "quần đảo Trường Sa";
    const char *belongs = p->belongs && *p->belongs ? p->belongs : NULL;
    const char *beside[2] = { name, belongs };
    size_t n = belongs ? 2 : 1;
    double base = text_middle(pen, (a.y0 + a.y1) / 2) - (n > 1 ? 0.625 * pen.size : 0);
    if (note_lines(v, t, pen, a.x1 + 0.3 * pen.size, base, AT_START, beside, n))
        return true;
    const char *under[LINES] = { "quần đảo", is_hoang_sa(p) ? "Hoàng Sa" : "Trường Sa" };
    n = 2;
    if (belongs)
        n += text_wrap(v, pen, belongs, 20 * MM, under + 2, 2);
    double half = 0;
    for (size_t i = 0; i < n; i++)
        half = fmax(half, text_width(v, pen, under[i]) / 2);
    double x = fmin((a.x0 + a.x1) / 2, v->w - half);
    return note_lines(v, t, pen, x, a.y1 + 1.05 * pen.size, AT_MIDDLE, under, n);
}

/* A straight leader may cross pale tiles, but the fewer the better. */
static int tiles_crossed(const struct map *t, const struct chart_point *own, int from, int to)
{
    int n = 0;
    for (size_t i = 0; i < t->n; i++)
        n += t->tiles[i].row == own->row && t->tiles[i].col >= from && t->tiles[i].col <= to;
    return n;
}

static bool covered_above(const struct map *t, const struct chart_point *own)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->tiles[i].col == own->col && t->tiles[i].row < own->row)
            return true;
    return false;
}

static void set_leader(struct map *t, const double (*points)[2], size_t n)
{
    memcpy(t->leader, points, n * sizeof *points);
    t->n_leader = n;
}

/* The name at the right: level with the tile, or a little higher or lower. */
static bool name_right(struct canvas *v, struct map *t, const struct chart_point *own, struct pen pen)
{
    struct area a = tile_area(t, own);
    double x = t->pitch * t->mainland + 0.5 * pen.size, y = (a.y0 + a.y1) / 2;
    for (int k = 0; k < 40; k++) {
        double at = y + (k % 2 ? 1 : -1) * ((k + 1) / 2) * 0.5 * t->pitch;
        const char *lines[1] = { own->label };
        if (!note_lines(v, t, pen, x + 0.3 * pen.size, text_middle(pen, at), AT_START, lines, 1))
            continue;
        double bend = t->pitch * t->mainland - t->pitch * GAP_SHARE / 2;
        const double points[4][2] = { { a.x1, y }, { bend, y }, { x - 0.2 * pen.size, at }, { x + 0.1 * pen.size, at } };
        set_leader(t, points, k ? 4 : 2);
        if (!k)
            t->leader[1][0] = x + 0.1 * pen.size;
        return true;
    }
    return false;
}

static bool name_left(struct canvas *v, struct map *t, const struct chart_point *own, struct pen pen)
{
    struct area a = tile_area(t, own);
    double y = (a.y0 + a.y1) / 2, x = a.x0 - 1.6 * MM;
    const char *lines[LINES];
    size_t n = 1;
    lines[0] = own->label;
    if (text_width(v, pen, own->label) > x) { /* in two or three lines */
        n = text_try(v, pen, own->label, x, lines, 3);
        if (!n)
            return false;
    }
    double base = text_middle(pen, y) - 0.625 * pen.size * ((double)n - 1);
    if (!note_lines(v, t, pen, x - 0.3 * pen.size, base, AT_END, lines, n))
        return false;
    const double points[2][2] = { { a.x0, y }, { x - 0.05 * pen.size, y } };
    set_leader(t, points, 2);
    return true;
}

/* Up from a tile of the northern edge and to the right over the others. */
static bool name_above(struct canvas *v, struct map *t, const struct chart_point *own, struct pen pen)
{
    struct area a = tile_area(t, own);
    double x = a.x1, y = a.y0 - fmax(0.3 * t->pitch, 1), mid = (a.x0 + a.x1) / 2;
    for (size_t i = 0; i < t->n; i++) /* past the tiles that the line passes over */
        if (t->tiles[i].row <= own->row && !is_island(&t->tiles[i])) {
            if (t->tiles[i].row < own->row && t->tiles[i].col > own->col)
                return false;
            x = fmax(x, tile_area(t, &t->tiles[i]).x1);
        }
    const char *lines[1] = { own->label };
    double base = fmax(text_middle(pen, y), pen.size);
    y = base - (text_middle(pen, y) - y);
    x += 2 * MM;
    if (!note_lines(v, t, pen, x + 0.3 * pen.size, base, AT_START, lines, 1))
        return false;
    const double points[3][2] = { { mid, a.y0 }, { mid, y }, { x + 0.1 * pen.size, y } };
    set_leader(t, points, 3);
    return true;
}

static bool name_own(struct canvas *v, struct map *t)
{
    const struct chart_point *own = own_tile(t);
    struct pen pen = pen_bold(v, pen_colored(pen_small(v), v->look->accent));
    if (!own || !own->label || is_island(own))
        return true;
    int right = tiles_crossed(t, own, own->col + 1, t->mainland);
    if (!right && name_right(v, t, own, pen))
        return true;
    if (!covered_above(t, own) && name_above(v, t, own, pen))
        return true;
    if (!tiles_crossed(t, own, 1, own->col - 1) && name_left(v, t, own, pen))
        return true;
    return name_right(v, t, own, pen);
}

/* The region's legend: a swatch and words, at the right where there is room. */
static bool name_region(struct canvas *v, struct map *t)
{
    struct pen pen = pen_small(v);
    const char *lines[LINES];
    t->swatch_x = -1;
    if (!v->c->note_low || !*v->c->note_low)
        return true;
    double side = t->pitch * (1 - GAP_SHARE);
    for (double x = t->pitch * (t->mainland + 1); x >= t->pitch * (t->mainland - 2); x -= t->pitch) {
        double start = x + side + 0.5 * pen.size, room = v->w - start;
        size_t n = room > 0 ? text_try(v, pen, v->c->note_low, room, lines, LINES) : 0;
        for (int k = 0; n && k < 2 * t->rows; k++) { /* from the third row up, then down */
            double y = t->top + (k < 5 ? 2 - k * 0.5 : k * 0.5) * t->pitch;
            struct area swatch = { x, y, x + side, y + side };
            if (!area_free(v, area_grown(swatch, 0.5)) ||
                !note_lines(v, t, pen, start, text_middle(pen, y + side / 2), AT_START, lines, n))
                continue;
            area_take(v, swatch);
            t->swatch_x = x;
            t->swatch_y = y;
            return true;
        }
    }
    return false;
}

/* The sea's name in `n` lines at most `reach` above or below the middle of the
 * archipelagos, as far east as it is free, with some air at its sides. */
static bool name_sea_in(struct canvas *v, struct map *t, size_t n, double middle, double reach, double air)
{
    static const char *const flat[1] = { "Biển Đông" }, *const tall[2] = { "Biển", "Đông" };
    struct pen pen = pen_italic(v, pen_small(v));
    const char *const *lines = n == 1 ? flat : tall;
    double half = text_width(v, pen, lines[n - 1]) / 2 + air, east = fmin(t->pitch * t->columns + half, v->w - half);
    for (int k = 0; (k + 1) / 2 * 0.5 * t->pitch <= reach; k++) {
        double y = middle + (k % 2 ? 1 : -1) * ((k + 1) / 2) * 0.5 * t->pitch;
        double base = text_middle(pen, y) - 0.625 * pen.size * ((double)n - 1);
        for (double x = east; x >= t->pitch * (t->mainland - 1); x -= t->pitch / 2)
            if (area_free(v, area_widened(text_area(v, pen, x, base, AT_MIDDLE, lines[n - 1]), air)) &&
                note_lines(v, t, pen, x, base, AT_MIDDLE, lines, n))
                return true;
    }
    return false;
}

/* Between the archipelagos, in two lines if need be; else wherever there is room. */
static bool name_sea(struct canvas *v, struct map *t)
{
    int rows[2] = { 0, 0 };
    for (size_t i = 0; i < t->n; i++)
        if (is_island(&t->tiles[i]))
            rows[is_truong_sa(&t->tiles[i])] = t->tiles[i].row;
    double middle = t->top + t->pitch * ((rows[0] + rows[1]) / 2.0 - 0.5), air = 0.5 * v->small;
    double reach = t->pitch * (abs(rows[1] - rows[0]) / 2.0 - 1.5);
    return name_sea_in(v, t, 1, middle, reach, air) || name_sea_in(v, t, 2, middle, reach, 0) ||
           name_sea_in(v, t, 1, middle, reach, 0) || name_sea_in(v, t, 1, middle, v->h, 0);
}

/* Numbers in tiles, if the tiles have numbers, must fit into them. */
static bool texts_fit(struct canvas *v, const struct map *t)
{
    struct pen pen = pen_number(pen_small(v));
    for (size_t i = 0; i < t->n; i++)
        if (t->tiles[i].text && text_width(v, pen, t->tiles[i].text) > t->pitch * (1 - GAP_SHARE) - 1)
            return false;
    return true;
}

static bool try_pitch(struct canvas *v, struct map *t, double pitch)
{
    t->pitch = pitch;
    t->n_notes = t->n_leader = v->n_taken = 0;
    t->top = own_tile(t) && own_tile(t)->row == 1 ? 0.95 * v->small : 0;
    if (t->top + pitch * t->rows > v->h + pitch * GAP_SHARE || pitch * t->columns > v->w + pitch * GAP_SHARE)
        return false;
    for (size_t i = 0; i < t->n; i++)
        area_take(v, tile_area(t, &t->tiles[i]));
    for (size_t i = 0; i < t->n; i++)
        if (is_island(&t->tiles[i]) && !name_island(v, t, &t->tiles[i]))
            return false;
    return name_own(v, t) && name_region(v, t) && name_sea(v, t);
}

static bool fit(struct canvas *v, struct map *t)
{
    for (double pitch = MOST_PITCH; pitch >= LEAST_PITCH && !v->failed; pitch -= 0.1 * MM)
        if (try_pitch(v, t, pitch))
            return texts_fit(v, t) || no_room(v, _("its tiles are too small for their numbers"));
    return no_room(v, _("tiles of 1.6 mm and the names beside them do not fit"));
}

/* Drawing ------------------------------------------------------------------------ */

static struct color tile_color(const struct canvas *v, const struct map *t, const struct chart_point *p, bool *boxed)
{
    const struct color shades[] = { WHITE, v->look->accent, v->look->accent2, v->look->accent3, WHITE };
    bool grouped = false, numbered = false;
    for (size_t i = 0; i < t->n; i++) {
        grouped |= t->tiles[i].group > 0;
        numbered |= t->tiles[i].text != NULL;
    }
    *boxed = false;
    if (p->color)
        return *p->color;
    if (grouped && p->group >= 1 && p->group <= 4) {
        *boxed = p->group == 4;
        return shades[p->group];
    }
    if (!grouped && p->own)
        return v->look->accent;
    if (!grouped && p->region)
        return color_mix(v->look->accent2, v->look->accent3, 0.64);
    if (grouped || numbered || is_island(p)) {
        *boxed = true;
        return WHITE;
    }
    return v->look->pale;
}

static void draw_tile(struct canvas *v, const struct map *t, const struct chart_point *p)
{
    bool boxed, ring = p->own && p->group > 0;
    struct area a = tile_area(t, p);
    struct color fill = tile_color(v, t, p, &boxed);
    if (ring)
        rect_boxed(v, a.x0, a.y0, a.x1 - a.x0, a.y1 - a.y0, fill, v->look->ink, 1.4);
    else if (boxed)
        rect_boxed(v, a.x0, a.y0, a.x1 - a.x0, a.y1 - a.y0, fill, v->look->grey, 0.5);
    else
        rect(v, a.x0, a.y0, a.x1 - a.x0, a.y1 - a.y0, fill);
    if (!p->text)
        return;
    struct pen pen = pen_number(pen_colored(pen_small(v), color_is_dark(fill) ? WHITE : v->look->ink));
    if (p->own)
        pen = pen_bold(v, pen);
    text_put(v, pen, (a.x0 + a.x1) / 2, text_middle(pen, (a.y0 + a.y1) / 2), AT_MIDDLE, p->text);
}

static void draw_leader(struct canvas *v, const struct map *t)
{
    static const double widths[] = { 1.6, 0.7 }; /* white casing, then the line */
    for (int k = 0; k < 2; k++)
        for (size_t i = 1; i < t->n_leader; i++)
            line(v, t->leader[i - 1][0], t->leader[i - 1][1], t->leader[i][0], t->leader[i][1], widths[k],
                 k ? v->look->ink : WHITE);
}

bool draw_tilemap(struct canvas *v)
{
    struct map t = { 0 };
    if (!read_tiles(v, &t) || !fit(v, &t))
        return false;
    for (size_t i = 0; i < t.n; i++)
        if (!t.tiles[i].own)
            draw_tile(v, &t, &t.tiles[i]);
    draw_leader(v, &t);
    if (own_tile(&t)) /* over the leader's end */
        draw_tile(v, &t, own_tile(&t));
    if (t.swatch_x >= 0) {
        double side = t.pitch * (1 - GAP_SHARE);
        rect(v, t.swatch_x, t.swatch_y, side, side, color_mix(v->look->accent2, v->look->accent3, 0.64));
    }
    for (size_t i = 0; i < t.n_notes; i++)
        text_put(v, t.notes[i].pen, t.notes[i].x, t.notes[i].y, t.notes[i].where, t.notes[i].text);
    return !v->failed;
}
