/* Every mark becomes outlines of FreeType (pixels in 26.6, y up), which its
 * smooth rasterizer turns into spans of coverage; a span is blended over the
 * page.  Strokes go through FT_Stroker one contour at a time, dashes are cut
 * before it. */
#include "page/png.h"

#include <ft2build.h>
#include <freetype/freetype.h>
#include <freetype/ftoutln.h>
#include <freetype/ftstroke.h>
#include <hb.h>
#include <math.h>
#include <png.h>
#include <stdlib.h>
#include <string.h>

#define FAR 16000.0               /* px: what lies farther off is not drawn, nor can its numbers overflow */

enum { MAX_PIXELS = 64 * 1024 * 1024, MAX_POINTS = 30000, CURVE_STEPS = 12, MAX_DASHES = 20000 };

struct raster {
    FT_Library ft;
    FT_Stroker stroker;
    struct arena arena;           /* for one mark */
    unsigned char *pixels;        /* RGB, from the top */
    int w, h;
    double scale;                 /* px a pt */
    struct color color;           /* of the mark being drawn */
};

/* One contour or several, growing. */
struct shape {
    FT_Vector *points;
    unsigned char *tags;
    size_t n, cap, cap_tags;
    short *ends;
    size_t n_ends, cap_ends;
    bool far;                     /* a point that cannot be drawn */
    double ox, oy, scale;         /* of a glyph: its origin in px (y up), px a unit */
};

enum { ON = FT_CURVE_TAG_ON, CONIC = FT_CURVE_TAG_CONIC, CUBIC = FT_CURVE_TAG_CUBIC };

static void add_point(struct raster *r, struct shape *s, double x, double y, int tag)
{
    if (!(fabs(x) < FAR && fabs(y) < FAR) || s->n >= MAX_POINTS) {
        s->far = true;
        return;
    }
    size_t n = s->n;
    FT_Vector *p = ARENA_PUSH(&r->arena, s->points, s->n, s->cap);
    p->x = lround(x * 64);
    p->y = lround(y * 64);
    *ARENA_PUSH(&r->arena, s->tags, n, s->cap_tags) = (unsigned char)tag;
}

static void end_contour(struct raster *r, struct shape *s)
{
    size_t before = s->n_ends ? (size_t)s->ends[s->n_ends - 1] + 1 : 0;
    if (s->n > before)
        *ARENA_PUSH(&r->arena, s->ends, s->n_ends, s->cap_ends) = (short)(s->n - 1);
}

static FT_Outline outline_of(const struct shape *s)
{
    FT_Outline o = { 0 };
    o.n_contours = (short)s->n_ends;
    o.n_points = (short)s->n;
    o.points = s->points;
    o.tags = (void *)s->tags;
    o.contours = (void *)s->ends;
    return o;
}

/* Filling ------------------------------------------------------------------ */

static void blend(int y, int count, const FT_Span *spans, void *user)
{
    struct raster *r = user;
    if (y < 0 || y >= r->h)
        return;
    for (int i = 0; i < count; i++) {
        int from = spans[i].x < 0 ? 0 : spans[i].x, to = spans[i].x + spans[i].len;
        unsigned cover = spans[i].coverage;
        unsigned char *p = r->pixels + 3 * ((size_t)(r->h - 1 - y) * (size_t)r->w + (size_t)from);
        for (int x = from; x < to && x < r->w; x++, p += 3) {
            p[0] = (unsigned char)((p[0] * (255 - cover) + r->color.r * cover + 127) / 255);
            p[1] = (unsigned char)((p[1] * (255 - cover) + r->color.g * cover + 127) / 255);
            p[2] = (unsigned char)((p[2] * (255 - cover) + r->color.b * cover + 127) / 255);
        }
    }
}

static void fill_outline(struct raster *r, FT_Outline *o, struct color color)
{
    FT_Raster_Params params = { 0 };
    if (!o->n_points)
        return;
    r->color = color;
    params.flags = FT_RASTER_FLAG_AA | FT_RASTER_FLAG_DIRECT | FT_RASTER_FLAG_CLIP;
    params.gray_spans = blend;
    params.user = r;
    params.clip_box = (FT_BBox){ 0, 0, r->w, r->h };
    FT_Outline_Render(r->ft, o, &params);
}

/* Glyphs ------------------------------------------------------------------- */

struct pen { struct raster *r; struct shape *s; };

static void put(struct pen *p, float x, float y, int tag)
{
    add_point(p->r, p->s, p->s->ox + x * p->s->scale, p->s->oy + y * p->s->scale, tag);
}

static void glyph_move(hb_draw_funcs_t *f, void *pen, hb_draw_state_t *st, float x, float y, void *u)
{
    (void)f, (void)st, (void)u;
    put(pen, x, y, ON);
}

static void glyph_quadratic(hb_draw_funcs_t *f, void *pen, hb_draw_state_t *st, float cx, float cy, float x, float y,
                            void *u)
{
    (void)f, (void)st, (void)u;
    put(pen, cx, cy, CONIC);
    put(pen, x, y, ON);
}

static void glyph_cubic(hb_draw_funcs_t *f, void *pen, hb_draw_state_t *st, float ax, float ay, float bx, float by,
                        float x, float y, void *u)
{
    (void)f, (void)st, (void)u;
    put(pen, ax, ay, CUBIC);
    put(pen, bx, by, CUBIC);
    put(pen, x, y, ON);
}

static void glyph_close(hb_draw_funcs_t *f, void *pen, hb_draw_state_t *st, void *u)
{
    struct pen *p = pen;
    (void)f, (void)st, (void)u;
    end_contour(p->r, p->s);
}

static hb_draw_funcs_t *glyph_funcs(void)
{
    hb_draw_funcs_t *f = hb_draw_funcs_create();
    hb_draw_funcs_set_move_to_func(f, glyph_move, NULL, NULL);
    hb_draw_funcs_set_line_to_func(f, glyph_move, NULL, NULL);
    hb_draw_funcs_set_quadratic_to_func(f, glyph_quadratic, NULL, NULL);
    hb_draw_funcs_set_cubic_to_func(f, glyph_cubic, NULL, NULL);
    hb_draw_funcs_set_close_path_func(f, glyph_close, NULL, NULL);
    return f;
}

static void draw_glyphs(struct raster *r, const struct mark *m, hb_draw_funcs_t *funcs)
{
    double scale = m->u.glyphs.size / font_metrics(m->u.glyphs.font)->upem * r->scale, pen_x = 0;
    hb_font_t *font = hb_font_create(font_hb_face(m->u.glyphs.font));
    for (size_t i = 0; i < m->u.glyphs.n; i++) {
        const struct glyph *g = &m->u.glyphs.glyphs[i];
        struct shape s = { .scale = scale, .ox = m->u.glyphs.x * r->scale + (pen_x + g->dx) * scale,
                           .oy = r->h - m->u.glyphs.y * r->scale + g->dy * scale };
        struct pen pen = { r, &s };
#if HB_VERSION_ATLEAST(7, 0, 0)
        hb_font_draw_glyph(font, g->gid, funcs, &pen);
#else
        hb_font_get_glyph_shape(font, g->gid, funcs, &pen);
#endif
        FT_Outline o = outline_of(&s);
        if (!s.far)
            fill_outline(r, &o, m->u.glyphs.color);
        pen_x += g->advance;
        if (scale > 0 && g->cluster < m->u.glyphs.len && m->u.glyphs.text[g->cluster] == ' ')
            pen_x += m->u.glyphs.word_space * r->scale / scale;
        arena_reset(&r->arena);
    }
    hb_font_destroy(font);
}

/* Paths ---------------------------------------------------------------------- */

static void add_step(struct raster *r, struct shape *s, const struct path_step *p)
{
    int n = p->op == PATH_CURVE ? 3 : p->op == PATH_CLOSE ? 0 : 1;
    if (p->op == PATH_MOVE)
        end_contour(r, s);
    for (int k = 0; k < n; k++)
        add_point(r, s, p->x[k] * r->scale, r->h - p->y[k] * r->scale, k + 1 < n ? CUBIC : ON);
    if (p->op == PATH_CLOSE)
        end_contour(r, s);
}

static void fill_path(struct raster *r, const struct mark *m)
{
    struct shape s = { 0 };
    for (size_t i = 0; i < m->u.path.n; i++)
        add_step(r, &s, &m->u.path.steps[i]);
    end_contour(r, &s);
    FT_Outline o = outline_of(&s);
    if (!s.far)
        fill_outline(r, &o, m->u.path.fill_color);
}

/* Strokes the only contour of `s`. */
static void stroke_shape(struct raster *r, struct shape *s, const struct mark *m, bool open)
{
    FT_UInt points, contours;
    FT_Outline in = outline_of(s), out;
    if (s->far || s->n < 2)
        return;
    if (FT_Stroker_ParseOutline(r->stroker, &in, open) || FT_Stroker_GetCounts(r->stroker, &points, &contours))
        return;
    if (points > MAX_POINTS || FT_Outline_New(r->ft, points, (FT_Int)contours, &out))
        return;
    out.n_points = out.n_contours = 0;
    FT_Stroker_Export(r->stroker, &out);
    fill_outline(r, &out, m->u.path.stroke_color);
    out.n_points = (short)points; /* as made, for FT_Outline_Done */
    out.n_contours = (short)contours;
    FT_Outline_Done(r->ft, &out);
}

/* A contour of straight pieces: curves taken in short steps. */
struct run { double (*p)[2]; size_t n, cap; };

static void flatten(struct raster *r, struct run *f, const struct path_step *p)
{
    if (p->op != PATH_CURVE || !f->n) {
        double *to = *ARENA_PUSH(&r->arena, f->p, f->n, f->cap);
        to[0] = p->x[0];
        to[1] = p->y[0];
        return;
    }
    double x0 = f->p[f->n - 1][0], y0 = f->p[f->n - 1][1];
    for (int k = 1; k <= CURVE_STEPS; k++) {
        double t = (double)k / CURVE_STEPS, u = 1 - t;
        double *to = *ARENA_PUSH(&r->arena, f->p, f->n, f->cap);
        to[0] = u * u * u * x0 + 3 * u * u * t * p->x[0] + 3 * u * t * t * p->x[1] + t * t * t * p->x[2];
        to[1] = u * u * u * y0 + 3 * u * u * t * p->y[0] + 3 * u * t * t * p->y[1] + t * t * t * p->y[2];
    }
}

static void stroke_dash(struct raster *r, const struct mark *m, double x0, double y0, double x1, double y1)
{
    struct shape s = { 0 };
    add_point(r, &s, x0 * r->scale, r->h - y0 * r->scale, ON);
    add_point(r, &s, x1 * r->scale, r->h - y1 * r->scale, ON);
    end_contour(r, &s);
    stroke_shape(r, &s, m, true);
}

static void stroke_dashes(struct raster *r, const struct mark *m, const struct run *f)
{
    double on = m->u.path.dash[0], period = on + fmax(m->u.path.dash[1], 0), at = 0;
    int made = 0;
    for (size_t i = 1; i < f->n; i++) {
        const double *a = f->p[i - 1], *b = f->p[i];
        double length = hypot(b[0] - a[0], b[1] - a[1]), done = 0;
        while (done < length && isfinite(length) && made++ < MAX_DASHES) {
            double phase = fmod(at, period), left = phase < on ? on - phase : period - phase;
            double step = fmin(fmax(left, 1e-6), length - done), t0 = done / length, t1 = (done + step) / length;
            if (phase < on)
                stroke_dash(r, m, a[0] + (b[0] - a[0]) * t0, a[1] + (b[1] - a[1]) * t0, a[0] + (b[0] - a[0]) * t1,
                            a[1] + (b[1] - a[1]) * t1);
            done += step;
            at += step;
        }
    }
}

static void stroke_path(struct raster *r, const struct mark *m)
{
    bool round = m->u.path.round, dashed = m->u.path.dash[0] > 0.01;
    double radius = fmin(m->u.path.width * r->scale / 2, 1000);
    FT_Stroker_Set(r->stroker, lround(fmax(radius, 0.1) * 64), round ? FT_STROKER_LINECAP_ROUND : FT_STROKER_LINECAP_BUTT,
                   round ? FT_STROKER_LINEJOIN_ROUND : FT_STROKER_LINEJOIN_MITER_FIXED, 10 * 0x10000);
    for (size_t i = 0; i < m->u.path.n;) {
        struct shape s = { 0 };
        struct run flat = { 0 };
        bool closed = false;
        do { /* one contour */
            const struct path_step *step = &m->u.path.steps[i++];
            closed = step->op == PATH_CLOSE;
            if (closed)
                break;
            add_step(r, &s, step);
            if (dashed)
                flatten(r, &flat, step);
        } while (i < m->u.path.n && m->u.path.steps[i].op != PATH_MOVE);
        end_contour(r, &s);
        if (dashed)
            stroke_dashes(r, m, &flat);
        else
            stroke_shape(r, &s, m, !closed);
    }
}

static void draw_path(struct raster *r, const struct mark *m)
{
    if (m->u.path.fill)
        fill_path(r, m);
    if (m->u.path.stroke)
        stroke_path(r, m);
    arena_reset(&r->arena);
}

/* Pictures -------------------------------------------------------------------- */

static void put_pixel(struct raster *r, int x, int y, const unsigned char *rgba)
{
    if (x < 0 || y < 0 || x >= r->w || y >= r->h)
        return;
    unsigned char *p = r->pixels + 3 * ((size_t)y * (size_t)r->w + (size_t)x);
    for (int k = 0; k < 3; k++)
        p[k] = (unsigned char)((p[k] * (255 - rgba[3]) + rgba[k] * rgba[3] + 127) / 255);
}

static void draw_image(struct raster *r, const struct mark *m)
{
    static const unsigned char grey[4] = { 0xD9, 0xD9, 0xD9, 255 };
    const struct image *i = m->u.image.image;
    double x0 = m->u.image.x * r->scale, y0 = m->u.image.y * r->scale;
    double w = m->u.image.w * r->scale, h = m->u.image.h * r->scale;
    png_image png = { .version = PNG_IMAGE_VERSION };
    unsigned char *rgba = NULL;
    if (!(w > 0 && h > 0 && fabs(x0) < FAR && fabs(y0) < FAR && w < FAR && h < FAR))
        return;
    if (i->png && png_image_begin_read_from_memory(&png, i->data, i->len)) {
        png.format = PNG_FORMAT_RGBA;
        if ((size_t)png.width * png.height <= MAX_PIXELS)
            rgba = xmalloc(PNG_IMAGE_SIZE(png));
        if (rgba && !png_image_finish_read(&png, NULL, rgba, 0, NULL)) {
            free(rgba);
            rgba = NULL;
        }
    }
    for (int y = (int)floor(y0); y < y0 + h; y++)
        for (int x = (int)floor(x0); x < x0 + w; x++) {
            double u = (x + 0.5 - x0) / w, v = (y + 0.5 - y0) / h;
            if (u < 0 || v < 0 || u >= 1 || v >= 1)
                continue;
            u = m->u.image.cut[0] / 2 + u * (1 - m->u.image.cut[0]);
            v = m->u.image.cut[1] / 2 + v * (1 - m->u.image.cut[1]);
            size_t at = rgba ? (size_t)(v * png.height) * png.width + (size_t)(u * png.width) : 0;
            put_pixel(r, x, y, rgba ? rgba + 4 * at : grey);
        }
    png_image_free(&png);
    free(rgba);
}

/* The file ---------------------------------------------------------------------- */

static void draw_marks(struct raster *r, const struct page *page)
{
    hb_draw_funcs_t *funcs = glyph_funcs();
    for (size_t i = 0; i < page->n_marks; i++) {
        const struct mark *m = &page->marks[i];
        switch (m->kind) {
        case MARK_GLYPHS: draw_glyphs(r, m, funcs); break;
        case MARK_PATH: draw_path(r, m); break;
        case MARK_IMAGE: draw_image(r, m); break;
        }
    }
    hb_draw_funcs_destroy(funcs);
}

static bool write_png(const struct raster *r, struct buf *out, struct diag *d)
{
    png_image png = { .version = PNG_IMAGE_VERSION, .width = (unsigned)r->w, .height = (unsigned)r->h,
                      .format = PNG_FORMAT_RGB };
    png_alloc_size_t size = PNG_IMAGE_PNG_SIZE_MAX(png);
    unsigned char *file = xmalloc(size);
    bool done = png_image_write_to_memory(&png, file, &size, 0, r->pixels, 0, NULL);
    if (done)
        buf_add(out, file, size);
    else
        diag_error(d, (struct at){ 0 }, _("the picture cannot be written: %s"), png.message);
    png_image_free(&png);
    free(file);
    return done;
}

bool page_png(const struct pages *p, size_t index, double dpi, struct buf *out, struct diag *d)
{
    if (index >= p->n) {
        diag_error(d, (struct at){ 0 }, _("there is no page %zu; the document has %zu"), index + 1, p->n);
        return false;
    }
    const struct page *page = &p->items[index];
    double w = ceil(page->width * dpi / 72), h = ceil(page->height * dpi / 72);
    if (!(w >= 1 && h >= 1 && w < FAR && h < FAR && w * h <= MAX_PIXELS)) {
        diag_error(d, (struct at){ 0 }, _("a page of %g x %g pixels cannot be drawn"), w, h);
        diag_expected(d, _("a resolution that gives at most 64 million pixels"));
        return false;
    }
    struct raster r = { .w = (int)w, .h = (int)h, .scale = dpi / 72 };
    bool done = false;
    if (FT_Init_FreeType(&r.ft) == 0 && FT_Stroker_New(r.ft, &r.stroker) == 0) {
        r.pixels = xmalloc((size_t)r.w * (size_t)r.h * 3);
        memset(r.pixels, 255, (size_t)r.w * (size_t)r.h * 3);
        draw_marks(&r, page);
        done = write_png(&r, out, d);
        free(r.pixels);
        FT_Stroker_Done(r.stroker);
    } else {
        diag_error(d, (struct at){ 0 }, _("FreeType cannot be started"));
    }
    if (r.ft)
        FT_Done_FreeType(r.ft);
    arena_clear(&r.arena);
    return done;
}
