/* The way in: names of the types, the canvas, and who draws what. */
#include "chart/draw.h"

#include <math.h>
#include <string.h>

static const char *const names[] = {
    [CHART_BAR] = "bar", [CHART_COLUMN] = "column", [CHART_STACKED] = "stacked", [CHART_LINE] = "line",
    [CHART_DOT] = "dot", [CHART_BULLET] = "bullet", [CHART_SPARKLINE] = "sparkline",
    [CHART_BAR_INLINE] = "bar-inline", [CHART_RADAR] = "radar", [CHART_LADDER] = "ladder", [CHART_TREND] = "trend",
    [CHART_HEAT] = "heat", [CHART_TILEMAP] = "tilemap", [CHART_STRIP] = "strip", [CHART_SQUARES] = "squares",
};
enum { TYPES = sizeof names / sizeof *names };

bool chart_type_parse(const char *s, enum chart_type *t)
{
    for (int i = 0; i < TYPES; i++)
        if (strcmp(s, names[i]) == 0) {
            *t = (enum chart_type)i;
            return true;
        }
    return false;
}

const char *const *chart_type_names(size_t *n)
{
    *n = TYPES;
    return names;
}

struct chart_point chart_point_new(const char *label, double value, const char *text)
{
    return (struct chart_point){ .label = label, .value = value, .text = text, .target = NAN, .median = NAN, .q1 = NAN,
                                 .q3 = NAN, .low = NAN, .high = NAN, .of = NAN };
}

struct chart_spec chart_spec_new(enum chart_type type, double width, double height)
{
    return (struct chart_spec){ .type = type, .width = width, .height = height, .min = NAN, .max = NAN, .step = NAN };
}

void chart_look_colors(struct chart_look *look)
{
    look->ink = (struct color){ 0x1A, 0x1A, 0x1A };
    look->grey = (struct color){ 0x59, 0x59, 0x59 };
    look->light = (struct color){ 0x8C, 0x8C, 0x8C };
    look->pale = (struct color){ 0xD9, 0xD9, 0xD9 };
    look->accent = (struct color){ 0x17, 0x40, 0x6D };
    look->accent2 = (struct color){ 0x4F, 0x77, 0xA3 };
    look->accent3 = (struct color){ 0xC9, 0xD8, 0xE6 };
    look->target = look->ink;
}

static bool canvas_init(struct canvas *v, const struct chart_spec *c, const struct chart_look *look, struct arena *a,
                        struct diag *d)
{
    double size = look->size > 0 ? look->size : 8;
    *v = (struct canvas){ .c = c, .look = look, .a = a, .d = d, .w = c->width, .h = c->height, .size = size };
    /* 8 pt beside 9.5 pt; nothing on a card is smaller than 7.5 pt unless all of the chart is. */
    v->small = fmin(size, fmax(size * 0.842, 7.5));
    if (!look->regular) {
        diag_error(d, c->at, _("the chart has no font"));
        return false;
    }
    if (!(c->width > 0) || !isfinite(c->width) || c->height < 0 || !isfinite(c->height)) {
        diag_error(d, c->at, _("the chart's size is not one: %g x %g pt"), c->width, c->height);
        return false;
    }
    return true;
}

static bool has_points(const struct chart_spec *c)
{
    return first_point(c) || (c->type == CHART_STRIP && c->n_spread);
}

/* Height that the chart takes when none is told. */
static double natural_height(struct canvas *v)
{
    if (!has_points(v->c))
        return 1.4 * v->size;
    switch (v->c->type) {
    case CHART_BAR: case CHART_BULLET: case CHART_BAR_INLINE: case CHART_DOT: case CHART_STACKED: return rows_height(v);
    case CHART_SQUARES: return squares_height(v);
    case CHART_HEAT: return heat_height(v);
    case CHART_STRIP: case CHART_LADDER: return 4 * MM;
    case CHART_SPARKLINE: return 4 * MM;
    case CHART_TREND: case CHART_LINE: case CHART_COLUMN: return fmin(fmax(0.55 * v->w, 40 * MM), 60 * MM);
    case CHART_RADAR: return v->w * 0.85;
    case CHART_TILEMAP: return v->w * 1.9;
    }
    return 1.4 * v->size;
}

double chart_height(const struct chart_spec *c, const struct chart_look *look, struct diag *d)
{
    struct arena scratch = { 0 };
    struct canvas v;
    double h = c->height;
    if (canvas_init(&v, c, look, &scratch, d) && !(h > 0))
        h = natural_height(&v);
    arena_clear(&scratch);
    return h;
}

static bool draw(struct canvas *v)
{
    switch (v->c->type) {
    case CHART_BAR: case CHART_BULLET: case CHART_BAR_INLINE: case CHART_DOT: case CHART_STACKED: return draw_rows(v);
    case CHART_SQUARES: return draw_squares(v);
    case CHART_HEAT: return draw_heat(v);
    case CHART_STRIP: return draw_strip(v);
    case CHART_LADDER: return draw_ladder(v);
    case CHART_TREND: case CHART_LINE: return draw_course(v);
    case CHART_SPARKLINE: return draw_sparkline(v);
    case CHART_COLUMN: return draw_columns(v);
    case CHART_RADAR: return draw_radar(v);
    case CHART_TILEMAP: return draw_tilemap(v);
    }
    diag_error(v->d, v->c->at, _("unknown type of chart"));
    return false;
}

bool chart_draw(const struct chart_spec *c, const struct chart_look *look, struct node *figure, struct marks *m,
                struct arena *a, struct diag *d)
{
    struct canvas v;
    if (!canvas_init(&v, c, look, a, d))
        return false;
    v.node = figure;
    if (!(v.h > 0))
        v.h = natural_height(&v);
    v.m = m;
    if (v.failed)
        return false;
    if (!has_points(c)) {
        draw_missing(&v, NULL, (struct area){ 0, 0, v.w, v.h });
        return !v.failed;
    }
    return draw(&v) && !v.failed;
}
