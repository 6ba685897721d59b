/* Content streams.  Positions are kept as whole hundredths of a point, so that
 * relative moves add up without drift; within a line of text the pen is
 * compared with where the file's rounded widths put it, and a TJ adjustment
 * is written when they part (kerning, justification, rounding).
 *
 * Marks of one node that follow each other share one marked-content sequence.
 * Text alone is put inside one text object over many sequences; a sequence
 * that holds paths too stands outside, because the two may not cross (14.6). */
#include "pdf/parts.h"

#include <math.h>
#include <string.h>

enum { DRIFT = 2 };              /* 1/1000 em that nobody sees */

struct canvas {
    struct pdf *pdf;
    struct tags *tags;
    struct buf *out;
    double height;
    bool text, open, open_in_text;
    const struct node *node;     /* of the open sequence; NULL: an artifact */
    long long x, y;              /* start of the text line, 1/100 pt */
    size_t face;                 /* current font and size; SIZE_MAX: none */
    long long size;
    long fill, stroke;           /* 0xRRGGBB; -1: not set */
    long long width, dash[2];    /* 1/100 pt */
    bool round;
    bool filling;                /* rectangles wait for their "f" */
};

static long long hundredths(double v)
{
    if (!(v > -1e7))
        v = -1e7;
    return llround((v < 1e7 ? v : 1e7) * 100);
}

static void put(struct canvas *c, double v)
{
    objects_put_fixed(c->out, hundredths(v), 2);
    buf_char(c->out, ' ');
}

static void put_point(struct canvas *c, double x, double y)
{
    put(c, x);
    put(c, c->height - y);
}

static void fill_end(struct canvas *c)
{
    if (c->filling)
        buf_str(c->out, "f\n");
    c->filling = false;
}

static void text_begin(struct canvas *c)
{
    fill_end(c);
    if (!c->text)
        buf_str(c->out, "BT\n");
    c->x = c->text ? c->x : 0;
    c->y = c->text ? c->y : 0;
    c->text = true;
}

static void text_end(struct canvas *c)
{
    fill_end(c);
    if (c->text)
        buf_str(c->out, "ET\n");
    c->text = false;
}

/* ---- marked content ---- */

static void sequence_end(struct canvas *c)
{
    if (!c->open)
        return;
    fill_end(c);
    if (!c->open_in_text)
        text_end(c);
    buf_str(c->out, "EMC\n");
    c->open = false;
}

static void sequence_begin(struct canvas *c, const struct mark *m, const struct mark *end)
{
    bool text_only = true;

    if (c->open && c->node == m->node)
        return;
    sequence_end(c);
    for (const struct mark *k = m; k < end && k->node == m->node; k++)
        text_only &= k->kind == MARK_GLYPHS;
    if (text_only)
        text_begin(c);
    else
        text_end(c);
    if (m->node) {
        buf_char(c->out, '/');
        buf_str(c->out, node_role_name(m->node->role));
        buf_str(c->out, "<</MCID ");
        objects_put_fixed(c->out, tags_mcid(c->tags, m->node), 0);
        buf_str(c->out, ">>BDC\n");
    } else {
        buf_str(c->out, "/Artifact BMC\n");
    }
    c->node = m->node;
    c->open = true;
    c->open_in_text = text_only;
}

/* ---- state ---- */

static long packed(struct color color)
{
    return (long)color.r << 16 | color.g << 8 | color.b;
}

static void set_color(struct canvas *c, long *now, struct color color, const char *gray, const char *rgb)
{
    long want = packed(color);
    int part[3] = { color.r, color.g, color.b };

    if (*now == want)
        return;
    *now = want;
    bool is_gray = color.r == color.g && color.g == color.b;
    for (int i = 0; i < (is_gray ? 1 : 3); i++) {
        objects_put_fixed(c->out, (part[i] * 1000 + 127) / 255, 3);
        buf_char(c->out, ' ');
    }
    buf_str(c->out, is_gray ? gray : rgb);
}

static void set_line(struct canvas *c, const struct mark *m)
{
    long long width = hundredths(m->u.path.width);
    long long dash[2] = { hundredths(m->u.path.dash[0]), hundredths(m->u.path.dash[1]) };

    if (c->width != width) {
        put(c, m->u.path.width);
        buf_str(c->out, "w\n");
        c->width = width;
    }
    if (c->dash[0] != dash[0] || c->dash[1] != dash[1]) {
        buf_char(c->out, '[');
        if (dash[0] > 0 || dash[1] > 0) {
            put(c, m->u.path.dash[0]);
            put(c, m->u.path.dash[1]);
        }
        buf_str(c->out, "]0 d\n");
        memcpy(c->dash, dash, sizeof dash);
    }
    if (c->round != m->u.path.round)
        buf_str(c->out, m->u.path.round ? "1 J 1 j\n" : "0 J 0 j\n");
    c->round = m->u.path.round;
}

/* ---- glyphs ---- */

struct run {                     /* a TJ being written */
    struct face *face;
    double per_unit;             /* 1/1000 em of one font unit */
    double word_space;           /* 1/1000 em */
    double pen, file;            /* where the glyph belongs, and where the file is, 1/1000 em */
    long long rise;              /* 1/100 pt */
    bool array, string;
};

static void string_end(struct canvas *c, struct run *r)
{
    if (r->string)
        buf_char(c->out, ')');
    r->string = false;
}

static void array_end(struct canvas *c, struct run *r)
{
    string_end(c, r);
    if (r->array)
        buf_str(c->out, "]TJ\n");
    r->array = false;
}

static void move_to(struct canvas *c, struct run *r, const struct glyph *g, double size)
{
    long long rise = llround(g->dy * r->per_unit / 1000 * size * 100);
    double apart = r->pen + g->dx * r->per_unit - r->file;

    if (rise != r->rise) {
        array_end(c, r);
        objects_put_fixed(c->out, rise, 2);
        buf_str(c->out, " Ts\n");
        r->rise = rise;
    }
    if (!r->array)
        buf_char(c->out, '[');
    r->array = true;
    if (fabs(apart) >= DRIFT) {
        long long by = llround(apart);
        string_end(c, r);
        objects_put_fixed(c->out, -by, 0);
        r->file += (double)by;
    }
    if (!r->string)
        buf_char(c->out, '(');
    r->string = true;
}

static void put_code(struct buf *out, unsigned code)
{
    const unsigned char bytes[2] = { (unsigned char)(code >> 8), (unsigned char)code };
    for (int i = 0; i < 2; i++) {
        if (bytes[i] == '(' || bytes[i] == ')' || bytes[i] == '\\')
            buf_char(out, '\\');
        if (bytes[i] == '\r')
            buf_str(out, "\\r");
        else
            buf_char(out, (char)bytes[i]);
    }
}

static void put_glyph(struct canvas *c, struct run *r, const struct glyph *g, unsigned code, int width, double size)
{
    move_to(c, r, g, size);
    put_code(c->out, code);
    r->file += width;
    r->pen += g->advance * r->per_unit;
}

static bool is_space(const char *text, size_t len)
{
    return (len == 1 && *text == ' ') || (len == 2 && memcmp(text, "\xC2\xA0", 2) == 0);
}

/* Glyphs i to j show text[0..len). Where codes alone cannot say so, ActualText does. */
static void put_cluster(struct canvas *c, struct run *r, const struct mark *m, size_t i, size_t j, const char *text,
                        size_t len)
{
    const struct glyph *g = m->u.glyphs.glyphs;
    unsigned code;
    int width;
    bool plain = face_code(r->face, g[i].gid, text, len, &code, &width) && j == i + 1;

    if (!plain) {
        char *copy = arena_strndup(&c->pdf->objects.arena, text, len);
        array_end(c, r);
        buf_str(c->out, "/Span<</ActualText");
        objects_put_string(c->out, copy);
        buf_str(c->out, ">>BDC\n");
    }
    for (size_t k = i; k < j; k++) {
        if (k > i)
            face_code(r->face, g[k].gid, text, len, &code, &width);
        put_glyph(c, r, &g[k], code, width, m->u.glyphs.size);
    }
    if (!plain) {
        array_end(c, r);
        buf_str(c->out, "EMC\n");
    }
    if (is_space(text, len))
        r->pen += r->word_space;
}

static void set_font(struct canvas *c, size_t face, double size)
{
    if (c->face == face && c->size == hundredths(size))
        return;
    c->face = face;
    c->size = hundredths(size);
    buf_printf(c->out, "/F%zu ", face);
    put(c, size);
    buf_str(c->out, "Tf\n");
}

static void set_line_start(struct canvas *c, double x, double y)
{
    long long to_x = hundredths(x), to_y = hundredths(c->height - y);
    objects_put_fixed(c->out, to_x - c->x, 2);
    buf_char(c->out, ' ');
    objects_put_fixed(c->out, to_y - c->y, 2);
    buf_str(c->out, " Td\n");
    c->x = to_x;
    c->y = to_y;
}

static void draw_line_end(struct canvas *c, struct run *r, const struct mark *m)
{
    struct diag unused = { 0 }; /* a font without a space loses nothing here */
    struct shaped space;

    if (font_shape(m->u.glyphs.font, " ", 1, 0, &space, (struct at){ 0 }, &unused) && space.n == 1) {
        unsigned code;
        int width;
        if (face_code(r->face, space.glyphs[0].gid, " ", 1, &code, &width))
            put_glyph(c, r, &space.glyphs[0], code, width, m->u.glyphs.size);
    }
    diag_clear(&unused);
}

static void draw_glyphs(struct canvas *c, const struct mark *m, bool line_end)
{
    const struct glyph *g = m->u.glyphs.glyphs;
    size_t n = m->u.glyphs.n, face, len = m->u.glyphs.len;
    struct run r = { .face = pdf_face(c->pdf, m->u.glyphs.font, &face) };

    if (!n || !(m->u.glyphs.size > 0))
        return;
    r.per_unit = 1000.0 / font_metrics(m->u.glyphs.font)->upem;
    r.word_space = 1000 * m->u.glyphs.word_space / m->u.glyphs.size;
    text_begin(c);
    set_color(c, &c->fill, m->u.glyphs.color, "g\n", "rg\n");
    set_font(c, face, m->u.glyphs.size);
    set_line_start(c, m->u.glyphs.x, m->u.glyphs.y);
    for (size_t i = 0, j; i < n; i = j) {
        for (j = i + 1; j < n && g[j].cluster == g[i].cluster; j++)
            ;
        size_t from = g[i].cluster < len ? g[i].cluster : len;
        size_t to = j < n && g[j].cluster > from && g[j].cluster < len ? g[j].cluster : len;
        put_cluster(c, &r, m, i, j, m->u.glyphs.text + from, to - from);
    }
    if (line_end)
        draw_line_end(c, &r, m);
    array_end(c, &r);
    if (r.rise)
        buf_str(c->out, "0 Ts\n");
}

/* ---- paths and pictures ---- */

/* The four sides of a rectangle along the axes, as `re` draws them. */
static bool is_rectangle(const struct path_step *s, size_t n)
{
    if (n != 5 || s[0].op != PATH_MOVE || s[4].op != PATH_CLOSE)
        return false;
    for (int i = 1; i < 4; i++)
        if (s[i].op != PATH_LINE)
            return false;
    return s[0].y[0] == s[1].y[0] && s[1].x[0] == s[2].x[0] && s[2].y[0] == s[3].y[0] && s[3].x[0] == s[0].x[0];
}

static void put_steps(struct canvas *c, const struct path_step *s, size_t n)
{
    if (is_rectangle(s, n)) { /* always drawn in one sense, so that several may be filled at once */
        double left = fmin(s[0].x[0], s[2].x[0]), bottom = fmax(s[0].y[0], s[2].y[0]);
        put_point(c, left, bottom);
        put(c, fabs(s[2].x[0] - s[0].x[0]));
        put(c, fabs(s[0].y[0] - s[2].y[0]));
        buf_str(c->out, "re\n");
        return;
    }
    for (size_t i = 0; i < n; i++) {
        static const char *const ops[] = { "m\n", "l\n", "c\n", "h\n" };
        static const int points[] = { 1, 1, 3, 0 };
        for (int k = 0; k < points[s[i].op]; k++)
            put_point(c, s[i].x[k], s[i].y[k]);
        buf_str(c->out, ops[s[i].op]);
    }
}

static void draw_path(struct canvas *c, const struct mark *m)
{
    bool fill = m->u.path.fill, stroke = m->u.path.stroke;
    bool plain = fill && !stroke && is_rectangle(m->u.path.steps, m->u.path.n);

    if (!m->u.path.n || (!fill && !stroke))
        return;
    if (c->text || !plain || packed(m->u.path.fill_color) != c->fill)
        text_end(c);
    if (fill)
        set_color(c, &c->fill, m->u.path.fill_color, "g\n", "rg\n");
    if (stroke) {
        set_color(c, &c->stroke, m->u.path.stroke_color, "G\n", "RG\n");
        set_line(c, m);
    }
    put_steps(c, m->u.path.steps, m->u.path.n);
    if (plain)
        c->filling = true;
    else
        buf_str(c->out, fill ? stroke ? "B\n" : "f\n" : "S\n");
}

static bool draw_image(struct canvas *c, const struct mark *m, struct diag *d)
{
    size_t index;

    if (!pdf_picture(c->pdf, m->u.image.image, &index, d))
        return false;
    text_end(c);
    buf_str(c->out, "q ");
    put(c, m->u.image.w);
    buf_str(c->out, "0 0 ");
    put(c, m->u.image.h);
    put_point(c, m->u.image.x, m->u.image.y + m->u.image.h);
    buf_printf(c->out, "cm/I%zu Do Q\n", index);
    return true;
}

bool content_write(struct pdf *pdf, struct tags *tags, const struct page *page, const bool *line_ends,
                   struct buf *out, struct diag *d)
{
    /* The state a page begins with: black, 1 pt, solid, butt caps (8.4.1). */
    struct canvas c = { .pdf = pdf, .tags = tags, .out = out, .height = page->height, .face = SIZE_MAX, .width = 100 };
    const struct mark *end = page->marks + page->n_marks;
    bool done = true;

    for (const struct mark *m = page->marks; m < end; m++) {
        sequence_begin(&c, m, end);
        switch (m->kind) {
        case MARK_GLYPHS: draw_glyphs(&c, m, line_ends[m - page->marks]); break;
        case MARK_PATH: draw_path(&c, m); break;
        case MARK_IMAGE: done &= draw_image(&c, m, d); break;
        }
    }
    sequence_end(&c);
    text_end(&c);
    return done;
}
