/* Charts: golden dumps of usual ones (UPDATE=1 rewrites them), and rules that
 * hard ones keep.  With CHARTS=DIR the program writes the usual charts as
 * DIR/usual-N.png and the hard ones as DIR/TYPE-N.png, to be looked at,
 * and tests nothing. */
#include "chart/chart.h"
#include "base/file.h"
#include "charts.h"
#include "golden.h"
#include "page/png.h"

#include <hb.h>
#include <stdlib.h>
#include <string.h>

struct made {
    struct arena arena;
    struct chart_spec spec;
    struct pages pages;
    struct marks marks;
    struct diag d;
    double height;
    bool drawn;
};

static struct chart_look look_of(struct fontlib *lib, const char *family, double size, struct diag *d)
{
    struct chart_look look = { .regular = fontlib_face(lib, family, 400, false, d),
                               .bold = fontlib_face(lib, family, 600, false, d),
                               .italic = fontlib_face(lib, family, 400, true, d),
                               .size = size, .features = FONT_KERN | FONT_LIGA };
    chart_look_colors(&look);
    return look;
}

static void make_chart(struct made *m, const struct chart_look *look, enum chart_type type, double w, double h,
                       void (*fill)(struct draft *))
{
    *m = (struct made){ .spec = chart_spec_new(type, w * MM, h * MM) };
    struct draft draft = { .a = &m->arena, .c = &m->spec };
    fill(&draft);
    m->spec.at = (struct at){ .file = "layout.xml", .line = 7, .element = "chart" };
    pages_init(&m->pages, &m->arena);
    struct node *figure = node_new(&m->pages, NULL, NODE_FIGURE);
    figure->alt = chart_alt(&m->spec, &m->arena);
    m->height = chart_height(&m->spec, look, &m->d);
    m->drawn = chart_draw(&m->spec, look, figure, &m->marks, &m->arena, &m->d);
}

static void made_clear(struct made *m)
{
    diag_clear(&m->d);
    arena_clear(&m->arena);
}

/* Golden dumps ------------------------------------------------------------------ */

static void compare(const char *name, const struct buf *got)
{
    char path[256];
    snprintf(path, sizeof path, "tests/golden/chart/%s.txt", name);
    golden_compare(path, got);
}

/* Charts on sheets of three columns, DIR/NAME-N.png, to be looked at. */
static void write_sheets(struct fontlib *lib, const char *family, const char *name, const struct chart_case *cases,
                         size_t n, struct diag *d)
{
    struct arena a = { 0 };
    struct made *all = arena_array(&a, struct made, n);
    struct pages sheets;
    double x = 10 * MM, y = 10 * MM, w = 291 * MM, h = 150 * MM;
    pages_init(&sheets, &a);
    pages_add(&sheets, w, h);
    for (size_t i = 0; i < n; i++) {
        struct chart_look look = look_of(lib, family, cases[i].size, d);
        make_chart(&all[i], &look, cases[i].type, cases[i].w, cases[i].h, cases[i].fill);
        diag_print(&all[i].d, stderr, 0);
        if (y + all[i].height > h - 5 * MM) {
            y = 10 * MM;
            x += 93 * MM;
        }
        if (x > 200 * MM) {
            x = 10 * MM;
            pages_add(&sheets, w, h);
        }
        page_put(&sheets, &sheets.items[sheets.n - 1], &all[i].marks, x, y);
        y += all[i].height + 8 * MM;
    }
    for (size_t i = 0; i < sheets.n; i++) {
        struct buf png = { 0 };
        page_png(&sheets, i, 170, &png, d);
        file_write(arena_printf(&a, "%s/%s-%zu.png", getenv("CHARTS"), name, i + 1), png.data, png.len, d);
        buf_clear(&png);
    }
    for (size_t i = 0; i < n; i++)
        made_clear(&all[i]);
    arena_clear(&a);
}

static void write_hard_sheets(struct fontlib *lib, const char *family, struct diag *d)
{
    enum { N = sizeof hard_cases / sizeof *hard_cases };
    struct chart_case cases[N];
    size_t types;
    const char *const *names = chart_type_names(&types);
    for (size_t t = 0; t < types; t++) {
        for (size_t i = 0; i < N; i++)
            cases[i] = (struct chart_case){ hard_cases[i].name, (enum chart_type)t, 87, 0, 8, hard_cases[i].fill };
        write_sheets(lib, family, names[t], cases, N, d);
    }
}

static void golden(struct fontlib *lib, struct diag *d)
{
    const char *family = "Noto Sans"; /* in the distribution, so that the dumps are the same everywhere */
    for (size_t i = 0; i < sizeof usual_cases / sizeof *usual_cases; i++) {
        const struct chart_case *c = &usual_cases[i];
        struct chart_look look = look_of(lib, family, c->size, d);
        struct made m;
        struct buf dump = { 0 };
        make_chart(&m, &look, c->type, c->w, c->h, c->fill);
        CHECK(m.drawn, "%s is drawn", c->name);
        diag_print(&m.d, stderr, 0);
        struct page *page = pages_add(&m.pages, m.spec.width + 20, m.height + 20);
        page_put(&m.pages, page, &m.marks, 10, 10);
        pages_dump(&m.pages, &dump);
        compare(c->name, &dump);
        buf_clear(&dump);
        made_clear(&m);
    }
}

/* Rules of every chart ------------------------------------------------------------ */

struct ink { double x0, y0, x1, y1; const char *text; };

static void ink_add(struct ink *b, double x, double y)
{
    b->x0 = fmin(b->x0, x);
    b->y0 = fmin(b->y0, y);
    b->x1 = fmax(b->x1, x);
    b->y1 = fmax(b->y1, y);
}

static struct ink ink_of_text(const struct mark *m)
{
    struct ink ink = { INFINITY, INFINITY, -INFINITY, -INFINITY, m->u.glyphs.text };
    hb_font_t *font = hb_font_create(font_hb_face(m->u.glyphs.font));
    double scale = m->u.glyphs.size / font_metrics(m->u.glyphs.font)->upem, pen = m->u.glyphs.x;
    for (size_t i = 0; i < m->u.glyphs.n; i++) {
        const struct glyph *g = &m->u.glyphs.glyphs[i];
        hb_glyph_extents_t e;
        if (hb_font_get_glyph_extents(font, g->gid, &e) && e.width) {
            double x = pen + scale * (g->dx + e.x_bearing), y = m->u.glyphs.y - scale * (g->dy + e.y_bearing);
            ink_add(&ink, x, y);
            ink_add(&ink, x + scale * e.width, y - scale * e.height);
        }
        pen += scale * g->advance;
    }
    hb_font_destroy(font);
    return ink;
}

static struct ink ink_of_path(const struct mark *m)
{
    struct ink ink = { INFINITY, INFINITY, -INFINITY, -INFINITY, "a path" };
    double r = m->u.path.stroke ? m->u.path.width / 2 : 0;
    for (size_t i = 0; i < m->u.path.n; i++) {
        const struct path_step *s = &m->u.path.steps[i];
        for (int k = 0; k < (s->op == PATH_CURVE ? 3 : s->op == PATH_CLOSE ? 0 : 1); k++) {
            ink_add(&ink, s->x[k] - (s->op == PATH_CURVE ? r : 0), s->y[k]);
            ink_add(&ink, s->x[k] + (s->op == PATH_CURVE ? r : 0), s->y[k]);
        }
    }
    return ink;
}

static bool overlap(const struct ink *a, const struct ink *b)
{
    const double slack = 0.3; /* pt: a dot below may just meet the marks of a capital in the next line */
    return a->x0 + slack < b->x1 && b->x0 + slack < a->x1 && a->y0 + slack < b->y1 && b->y0 + slack < a->y1;
}

/* Every mark in the frame, no text over another, no coordinate that is no number. */
static void keeps_rules(const struct made *m, const char *what)
{
    static struct ink texts[4000];
    size_t n = 0, outside = 0, collisions = 0, broken = 0;
    const struct ink *a = NULL, *b = NULL;
    struct ink out = { 0 };
    for (size_t i = 0; i < m->marks.n; i++) {
        const struct mark *mark = &m->marks.items[i];
        struct ink ink = mark->kind == MARK_GLYPHS ? ink_of_text(mark) : ink_of_path(mark);
        if (ink.x0 > ink.x1)
            continue; /* a space */
        broken += !isfinite(ink.x0 + ink.x1 + ink.y0 + ink.y1);
        if (ink.x0 < -0.3 || ink.y0 < -0.3 || ink.x1 > m->spec.width + 0.3 || ink.y1 > m->height + 0.3) {
            outside++;
            out = ink;
        }
        if (mark->kind == MARK_GLYPHS && n < sizeof texts / sizeof *texts)
            texts[n++] = ink;
    }
    for (size_t i = 0; i < n; i++)
        for (size_t k = i + 1; k < n; k++)
            if (overlap(&texts[i], &texts[k])) {
                collisions++;
                a = &texts[i];
                b = &texts[k];
            }
    CHECK(!broken, "%s: %zu marks without a place", what, broken);
    CHECK(!outside, "%s: %zu marks outside %.1f x %.1f, so \"%s\" %.1f %.1f %.1f %.1f", what, outside, m->spec.width,
          m->height, out.text, out.x0, out.y0, out.x1, out.y1);
    CHECK(!collisions, "%s: %zu collisions, so \"%s\" with \"%s\" at %.1f %.1f", what, collisions, a ? a->text : "",
          b ? b->text : "", a ? a->x0 : 0, a ? a->y0 : 0);
}

static void check_rules(const struct chart_look *look, enum chart_type type, double w, double h, const char *name,
                        void (*fill)(struct draft *))
{
    struct made m;
    char what[128];
    size_t count;
    make_chart(&m, look, type, w, h, fill);
    snprintf(what, sizeof what, "%s, %s, %g x %g mm", chart_type_names(&count)[type], name, w, h);
    CHECK(m.drawn == (m.d.errors == 0), "%s: drawn %d, %zu errors", what, m.drawn, m.d.errors);
    CHECK(m.d.errors == 0 || m.d.messages[0].at.line == 7, "%s: the message has no place", what);
    const char *alt = m.pages.root->first->alt;
    CHECK(alt && *alt && alt[strlen(alt) - 1] == '.', "%s: \"%s\"", what, alt);
    if (m.drawn)
        keeps_rules(&m, what);
    made_clear(&m);
}

static void rules(struct fontlib *lib, const char *family, struct diag *d)
{
    static const double frames[][2] = { { 87, 0 }, { 87, 60 }, { 180, 90 }, { 45, 30 }, { 30, 4.2 }, { 12, 5 }, { 3, 2 } };
    struct chart_look look = look_of(lib, family, 8, d);
    size_t types;
    chart_type_names(&types);
    for (size_t i = 0; i < sizeof usual_cases / sizeof *usual_cases; i++) {
        const struct chart_case *c = &usual_cases[i];
        for (double k = 0.4; k < 2; k += 0.3)
            check_rules(&look, c->type, c->w * k, c->h * k, c->name, c->fill);
    }
    for (size_t t = 0; t < types; t++)
        for (size_t i = 0; i < sizeof hard_cases / sizeof *hard_cases; i++)
            for (size_t k = 0; k < sizeof frames / sizeof *frames; k++)
                check_rules(&look, (enum chart_type)t, frames[k][0], frames[k][1], hard_cases[i].name,
                            hard_cases[i].fill);
}

/* Charts made by chance from a seed, which the message names. */
static unsigned seed;

static unsigned chance(unsigned below)
{
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % below;
}

static double chance_value(void)
{
    static const double odd[] = { NAN, 0, -3, 1e9, 100, 0.004, INFINITY, 63 };
    return chance(4) ? chance(10000) / 100.0 : odd[chance(8)];
}

static void fill_by_chance(struct draft *d)
{
    static const char *const texts[] = { NULL, "", "-", "trên 98,73%", "khoảng 1.929 hồ sơ", "33/61", "*", "chưa công bố" };
    size_t series = 1 + chance(3), n = chance(20);
    for (size_t s = 0; s < series; s++) {
        for (size_t i = 0; i < n; i++) {
            const char *label = chance(3) ? tiles63[chance(63)].name : long_names[chance(8)];
            struct chart_point *p = add_point(d, chance(4) ? label : arena_printf(d->a, "%zu", 2005 + i), chance_value(),
                                              texts[chance(8)]);
            p->end = (enum chart_end)chance(6);
            p->of = chance(2) ? 1 + chance(63) : NAN;
            p->target = chance(3) ? NAN : chance_value();
            p->median = chance(2) ? NAN : chance_value();
            p->q1 = p->q3 = p->median;
            p->own = !chance(5);
            p->old = !chance(5);
            p->cut = !chance(6);
            p->group = (int)chance(6);
        }
        add_series(d, chance(2) ? long_names[chance(8)] : NULL);
    }
    double *spread = arena_array(d->a, double, 80);
    d->c->n_spread = chance(80);
    for (size_t i = 0; i < d->c->n_spread; i++)
        spread[i] = chance_value();
    d->c->spread = spread;
    d->c->min = chance(2) ? NAN : chance_value();
    d->c->max = chance(2) ? NAN : chance_value();
    d->c->reversed = chance(2);
    d->c->label_values = chance(2);
    d->c->computed = chance(2);
    d->c->label_width = chance(3) ? 0 : chance(200);
    d->c->note_low = chance(2) ? NULL : "38,97";
    d->c->note_high = chance(2) ? NULL : "46,04 Thừa Thiên Huế";
}

static void by_chance(const struct chart_look *look)
{
    size_t types;
    chart_type_names(&types);
    for (unsigned i = 1; i <= 5000; i++) {
        char name[32];
        seed = i;
        enum chart_type type = (enum chart_type)chance((unsigned)types);
        double w = 10 + chance(180), h = chance(2) ? 0 : 3 + chance(90);
        snprintf(name, sizeof name, "seed %u", i);
        check_rules(look, type, w, h, name, fill_by_chance);
    }
}

/* Single rules --------------------------------------------------------------------- */

static void without_hoang_sa(struct draft *d)
{
    add_tiles(d, tiles63, sizeof tiles63 / sizeof *tiles63, "Lào Cai");
    d->points[d->n - 2] = d->points[d->n - 1];
    d->n--;
    add_series(d, NULL);
}

static void without_truong_sa(struct draft *d)
{
    add_tiles(d, tiles34, sizeof tiles34 / sizeof *tiles34, NULL);
    d->n--;
    add_series(d, NULL);
}

static void maps_are_whole(const struct chart_look *look)
{
    static const struct { void (*fill)(struct draft *); const char *says; } cases[] = {
        { without_hoang_sa, "quần đảo Hoàng Sa" }, { without_truong_sa, "quần đảo Trường Sa" },
    };
    for (size_t i = 0; i < 2; i++) {
        struct made m;
        make_chart(&m, look, CHART_TILEMAP, 50, 46, cases[i].fill);
        CHECK(!m.drawn && m.d.errors == 1 && strstr(m.d.messages[0].text, cases[i].says), "no map without %s",
              cases[i].says);
        made_clear(&m);
    }
}

/* Every province of both sets has its name on the locator, whole. */
static const struct tile *named_tiles;
static size_t named_count, named_own;
static void fill_named(struct draft *d)
{
    add_tiles(d, named_tiles, named_count, named_tiles[named_own].name);
    add_series(d, NULL);
    d->c->note_low = "14 tỉnh vùng Trung du và miền núi phía Bắc";
}

static void all_places_named(const struct chart_look *look, const struct tile *tiles, size_t n)
{
    named_tiles = tiles;
    named_count = n;
    for (named_own = 0; named_own + 2 < n; named_own++) {
        struct made m;
        size_t found = 0;
        make_chart(&m, look, CHART_TILEMAP, 50, 46, fill_named);
        for (size_t i = 0; i < m.marks.n; i++)
            found += m.marks.items[i].kind == MARK_GLYPHS &&
                     strstr(tiles[named_own].name, m.marks.items[i].u.glyphs.text) != NULL;
        CHECK(m.drawn && found > 0, "%s is named", tiles[named_own].name);
        diag_print(&m.d, stderr, 0);
        if (m.drawn)
            keeps_rules(&m, tiles[named_own].name);
        made_clear(&m);
    }
}

static size_t count_steps(const struct made *m, double width, enum path_op op)
{
    size_t n = 0;
    for (size_t i = 0; i < m->marks.n; i++) {
        const struct mark *mark = &m->marks.items[i];
        if (mark->kind == MARK_PATH && mark->u.path.stroke && mark->u.path.width == width)
            for (size_t k = 0; k < mark->u.path.n; k++)
                n += mark->u.path.steps[k].op == op;
    }
    return n;
}

static void gaps(const struct chart_look *look)
{
    struct made m;
    make_chart(&m, look, CHART_SPARKLINE, 20, 4, case_sparkline); /* 7 values, the third missing */
    CHECK(count_steps(&m, 0.9, PATH_MOVE) == 2 && count_steps(&m, 0.9, PATH_LINE) == 4, "a gap for a missing value");
    made_clear(&m);
    make_chart(&m, look, CHART_TREND, 87, 52, case_trend); /* 13 years, two cuts */
    CHECK(count_steps(&m, 1.6, PATH_MOVE) == 3 && count_steps(&m, 1.6, PATH_LINE) == 10, "cut where the method changed");
    made_clear(&m);
    make_chart(&m, look, CHART_TREND, 87, 40, case_trend_value); /* 2022 is not listed at all */
    CHECK(count_steps(&m, 1.6, PATH_MOVE) == 2 && count_steps(&m, 1.6, PATH_LINE) == 2, "a gap for an unlisted year");
    made_clear(&m);
}

static void words(const struct chart_look *look)
{
    static const struct { void (*fill)(struct draft *); enum chart_type type; const char *want; } cases[] = {
        { case_bar_peers, CHART_BAR, "Biểu đồ thanh: Thái Nguyên 45,79 điểm; Bắc Giang 44,32 điểm; Lào Cai 42,11 điểm; "
          "Tuyên Quang 41,49 điểm; Bà Rịa - Vũng Tàu chưa có số liệu. Mốc so sánh: trung vị cả nước 42,33." },
        { case_ladder, CHART_LADDER, "Thang hạng: 2022: hạng 52 trên 61 (năm cũ). 2023: hạng 33 trên 61." },
        { case_strip, CHART_STRIP, "Dải phân bố: Lào Cai 42,11, trong 61 đơn vị từ 38,97 đến 46,04." },
        { hard_none, CHART_COLUMN, "Biểu đồ cột: chưa có số liệu." },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct made m;
        make_chart(&m, look, cases[i].type, 87, 40, cases[i].fill);
        const char *got = m.pages.root->first->alt;
        CHECK(strcmp(got, cases[i].want) == 0, "\"%s\" instead of \"%s\"", got, cases[i].want);
        made_clear(&m);
    }
}

int main(void)
{
    struct diag d = { 0 };
    struct fontlib *lib = fontlib_open("fonts", &d);
    if (!lib)
        return 1;
    if (getenv("CHARTS")) {
        const char *family = getenv("CHARTS_FAMILY");
        family = family ? family : "Source Sans 3";
        write_sheets(lib, family, "usual", usual_cases, sizeof usual_cases / sizeof *usual_cases, &d);
        write_hard_sheets(lib, family, &d);
    } else {
        struct chart_look look = look_of(lib, "Noto Sans", 8, &d);
        golden(lib, &d);
        rules(lib, "Noto Sans", &d);
        by_chance(&look);
        maps_are_whole(&look);
        all_places_named(&look, TILES63);
        all_places_named(&look, TILES34);
        gaps(&look);
        words(&look);
    }
    diag_print(&d, stderr, 0);
    diag_clear(&d);
    fontlib_close(lib);
    return CHECK_DONE();
}
