/* Content streams.  Positions are kept as whole hundredths of a point, so that
 * relative moves add up without drift; within a line of text the pen is
 * compared with where the file's rounded widths put it, and a TJ adjustment
 * is written when they part (kerning, justification, rounding).
 *
 * Marks of one node that follow each other share one marked-content sequence.
 * Text alone is put inside one text object over many sequences; a sequence
 * that holds paths too stands outside, because the two may not cross (14.6). */
#include "pdf/canvas.h"

#include <math.h>
#include <string.h>

enum { DRIFT = 2 };              /* 1/1000 em that nobody sees */

long long hundredths(double v)
{
    if (!(v > -1e7))
        v = -1e7;
    return llround((v < 1e7 ? v : 1e7) * 100);
}

void canvas_put(struct canvas *c, double v)
{
    objects_put_fixed(c->out, hundredths(v), 2);
    buf_char(c->out, ' ');
}

void canvas_point(struct canvas *c, double x, double y)
{
    canvas_put(c, x);
    canvas_put(c, c->height - y);
}

void canvas_fill_end(struct canvas *c)
{
    if (c->filling)
        buf_str(c->out, "f\n");
    c->filling = false;
}

static void text_begin(struct canvas *c)
{
    canvas_fill_end(c);
    if (!c->text)
        buf_str(c->out, "BT\n");
    c->x = c->text ? c->x : 0;
    c->y = c->text ? c->y : 0;
    c->text = true;
}

void canvas_text_end(struct canvas *c)
{
    canvas_fill_end(c);
    if (c->text)
        buf_str(c->out, "ET\n");
    c->text = false;
}

/* ---- marked content ---- */

static void sequence_end(struct canvas *c)
{
    if (!c->open)
        return;
    canvas_fill_end(c);
    if (!c->open_in_text)
        canvas_text_end(c);
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
        canvas_text_end(c);
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

/* ---- color ---- */

long canvas_color(struct color color)
{
    return (long)color.r << 16 | color.g << 8 | color.b;
}

static void set_color(struct canvas *c, long *now, struct color color, const char *gray, const char *rgb)
{
    long want = canvas_color(color);
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

void canvas_fill(struct canvas *c, struct color color)
{
    set_color(c, &c->fill, color, "g\n", "rg\n");
}

void canvas_stroke(struct canvas *c, struct color color)
{
    set_color(c, &c->stroke, color, "G\n", "RG\n");
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
    canvas_put(c, size);
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
    canvas_fill(c, m->u.glyphs.color);
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

/* ---- pictures ---- */

static bool draw_image(struct canvas *c, const struct mark *m, struct diag *d)
{
    size_t index;

    if (!pdf_picture(c->pdf, m->u.image.image, &index, d))
        return false;
    canvas_text_end(c);
    const double *cut = m->u.image.cut;
    double w = m->u.image.w / (1 - cut[0]), h = m->u.image.h / (1 - cut[1]);
    buf_str(c->out, "q ");
    if (cut[0] > 0 || cut[1] > 0) {
        canvas_point(c, m->u.image.x, m->u.image.y + m->u.image.h);
        canvas_put(c, m->u.image.w);
        canvas_put(c, m->u.image.h);
        buf_str(c->out, "re W n ");
    }
    canvas_put(c, w);
    buf_str(c->out, "0 0 ");
    canvas_put(c, h);
    canvas_point(c, m->u.image.x - w * cut[0] / 2, m->u.image.y + m->u.image.h + h * cut[1] / 2);
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
        case MARK_PATH: canvas_path(&c, m); break;
        case MARK_IMAGE: done &= draw_image(&c, m, d); break;
        }
    }
    sequence_end(&c);
    canvas_text_end(&c);
    return done;
}
