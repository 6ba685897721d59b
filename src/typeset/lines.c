/* The lines of a paragraph, each on a sheet of its own: segments of one run
 * that follow each other become one mark, so that a reader of the PDF finds
 * whole words and phrases. */
#include "typeset/para.h"

#include <math.h>
#include <string.h>

struct setter {
    struct typesetter *ts;
    struct para *p;
    struct node *node;            /* of the paragraph */
    struct sheet *sheet;
    double x, baseline, word_space;
};

static struct node *run_node(struct setter *s, unsigned r)
{
    struct prun *run = &s->p->runs[r];
    const struct run *in = run->run;
    if (s->ts->artifact || (!in->link_to && !in->expansion && !in->lang))
        return s->node;
    if (run->node)
        return run->node;
    const struct prun *before = r ? run - 1 : NULL;
    if (before && before->node && in->link_to && before->run->link_to && strcmp(in->link_to, before->run->link_to) == 0)
        return run->node = before->node;
    run->node = node_new(s->ts->pages, s->node, in->link_to ? NODE_LINK : NODE_SPAN);
    run->node->expansion = in->expansion;
    run->node->lang = in->lang;
    return run->node;
}

static void add_link(struct setter *s, const struct prun *r, double width)
{
    const struct sheet *sheet = s->sheet;
    struct spot *last = sheet->n_spots ? &sheet->spots[sheet->n_spots - 1] : NULL;
    double scale = r->face->scale * s->p->factor;
    const struct font_metrics *m = font_metrics(r->face->font);
    if (last && last->kind == SPOT_LINK && last->node == r->node && fabs(last->x1 - s->x) < 1) {
        last->x1 = s->x + width;
        return;
    }
    struct spot *spot = sheet_spot(s->ts, s->sheet, SPOT_LINK);
    double y = s->baseline - r->face->style->rise * s->p->factor;
    *spot = (struct spot){ SPOT_LINK, s->x, y - m->ascent * scale, s->x + width, y - m->descent * scale, r->node,
                           r->run->link_to, r->run->link_contents ? r->run->link_contents : r->run->link_to, 0 };
}

static void show_anchor(struct setter *s, struct prun *r)
{
    if (r->run->anchor && !r->shown)
        sheet_spot(s->ts, s->sheet, SPOT_ANCHOR)->to = r->run->anchor;
    r->shown = true;
}

static const struct glyph *join_glyphs(struct typesetter *ts, const struct seg *segs, size_t n, size_t *count)
{
    if (n == 1 && (!segs->shaped.n || segs->shaped.glyphs->cluster == 0)) {
        *count = segs->shaped.n;
        return segs->shaped.glyphs;
    }
    *count = 0;
    for (size_t i = 0; i < n; i++)
        *count += segs[i].shaped.n;
    struct glyph *g = arena_array(ts->arena, struct glyph, *count), *to = g;
    for (size_t i = 0; i < n; i++) {
        uint32_t offset = (uint32_t)(segs[i].start - segs[0].start);
        uint32_t base = segs[i].shaped.n ? segs[i].shaped.glyphs->cluster : 0;
        for (size_t k = 0; k < segs[i].shaped.n; k++, to++) {
            *to = segs[i].shaped.glyphs[k];
            to->cluster = to->cluster - base + offset;
        }
    }
    return g;
}

/* Segments of one run that follow each other become one mark. */
static void set_group(struct setter *s, const struct seg *segs, size_t n)
{
    struct prun *r = &s->p->runs[segs->run];
    const struct style *style = r->face->style;
    struct node *node = run_node(s, segs->run);
    struct mark *m = marks_add(&s->sheet->marks, s->ts->arena, MARK_GLYPHS, s->ts->artifact ? NULL : node);
    double width = 0, y = s->baseline - style->rise * s->p->factor;
    size_t spaces = 0, count;
    for (size_t i = 0; i < n; i++) {
        width += segs[i].width;
        spaces += segs[i].kind == SEG_SPACE;
    }
    width += s->word_space * (double)spaces;
    m->u.glyphs.font = segs->font;
    m->u.glyphs.size = style->size * s->p->factor;
    m->u.glyphs.x = s->x;
    m->u.glyphs.y = y;
    m->u.glyphs.word_space = spaces ? s->word_space : 0;
    m->u.glyphs.color = style->color;
    m->u.glyphs.glyphs = join_glyphs(s->ts, segs, n, &count);
    m->u.glyphs.n = count;
    m->u.glyphs.text = s->p->text + segs->start;
    m->u.glyphs.len = segs[n - 1].end - segs->start;
    show_anchor(s, r);
    if (r->run->link_to && !s->ts->artifact)
        add_link(s, r, width);
    if (style->underline) {
        const struct font_metrics *fm = font_metrics(r->face->font);
        double scale = r->face->scale * s->p->factor, thick = fm->underline_thickness * scale;
        marks_line(&s->sheet->marks, s->ts->arena, NULL, s->x, y - fm->underline * scale, s->x + width,
                   y - fm->underline * scale, thick > 0 ? thick : 0.5, style->color);
    }
    s->x += width;
}

/* Dots on a raster of the page's own, so that those of several lines stand under each other. */
static void set_leader(struct setter *s, const struct seg *seg)
{
    const struct face_of *f = s->p->runs[seg->run].face;
    double pitch = f->space * 2 * s->p->factor, end = s->x + seg->width;
    for (double x = ceil((s->x + pitch / 2) / pitch) * pitch; x + pitch / 2 <= end && pitch > 0.5; x += pitch)
        marks_text(&s->sheet->marks, s->ts->arena, NULL, f->font, f->style->size * s->p->factor, f->style->color, 0, x,
                   s->baseline, ".", s->p->box->at, s->ts->diag);
    s->x = end;
}

static bool set_chart(struct setter *s, const struct seg *seg, double top, double height)
{
    struct prun *r = &s->p->runs[seg->run];
    struct chart_spec spec = *r->run->chart;
    spec.width = seg->width;
    double h = spec.height > 0 ? spec.height : chart_height(&spec, r->run->look, s->ts->diag);
    spec.height = h;
    struct sheet *sheet = arena_new(s->ts->arena, struct sheet);
    struct node *figure = s->ts->artifact ? NULL : node_new(s->ts->pages, s->node, NODE_FIGURE);
    if (figure) {
        figure->alt = spec.alt ? spec.alt : chart_alt(&spec, s->ts->arena);
        *sheet_spot(s->ts, sheet, SPOT_FIGURE) = (struct spot){ .kind = SPOT_FIGURE, .x1 = spec.width, .y1 = h,
                                                                .node = figure };
    }
    if (!chart_draw(&spec, r->run->look, figure, &sheet->marks, s->ts->arena, s->ts->diag))
        return s->ts->ok = false;
    sheet_put(s->ts, s->sheet, sheet, s->x, top + (height - h) / 2, false);
    show_anchor(s, r);
    s->x += seg->width;
    return true;
}

/* The line box: the paragraph's leading, or what a larger run or a chart needs. */
static void line_box(struct typesetter *ts, const struct para *p, const struct seg *segs, size_t n, struct line *out)
{
    double above = p->face->above * p->factor, below = p->face->below * p->factor, chart = 0;
    for (size_t i = 0; i < n; i++) {
        const struct prun *r = &p->runs[segs[i].run];
        if (r->face->style->size > p->face->style->size) {
            above = fmax(above, r->face->above * p->factor);
            below = fmax(below, r->face->below * p->factor);
        }
        if (segs[i].kind == SEG_CHART) {
            struct chart_spec spec = *r->run->chart;
            spec.width = segs[i].width;
            chart = fmax(chart, spec.height > 0 ? spec.height : chart_height(&spec, r->run->look, ts->diag));
        }
    }
    double more = fmax(chart - above - below, 0) / 2;
    out->height = above + below + 2 * more;
    out->baseline = above + more;
}

/* A mark is large and most lines have one: no room is wasted on more. */
static void reserve_marks(struct setter *s, struct sheet *sheet, const struct seg *segs, size_t n)
{
    size_t marks = n > 0;
    for (size_t i = 1; i < n; i++)
        marks += segs[i].run != segs[i - 1].run || segs[i].font != segs[i - 1].font;
    sheet->marks.items = arena_array(s->ts->arena, struct mark, marks);
    sheet->marks.cap = marks;
}

/* The notes of which the marks stand in the line. */
static void find_notes(struct setter *s, const struct seg *segs, size_t n, struct line *out)
{
    size_t marks = 0;
    for (size_t i = 0; i < n; i++)
        marks += s->p->runs[segs[i].run].run->note && (!i || segs[i].run != segs[i - 1].run);
    if (!marks)
        return;
    out->notes = arena_array(s->ts->arena, const struct footnote *, marks);
    for (size_t i = 0; i < n; i++) {
        const struct footnote *note = s->p->runs[segs[i].run].run->note;
        if (note && (!i || segs[i].run != segs[i - 1].run))
            out->notes[out->n_notes++] = note;
    }
}

static bool set_line(struct setter *s, struct seg *segs, size_t n, struct line *out)
{
    struct sheet *sheet = arena_new(s->ts->arena, struct sheet);
    line_box(s->ts, s->p, segs, n, out);
    find_notes(s, segs, n, out);
    reserve_marks(s, sheet, segs, n);
    s->sheet = sheet;
    s->baseline = out->baseline;
    for (size_t i = 0; i < n;) {
        size_t k = i + 1;
        switch (segs[i].kind) {
        case SEG_TEXT:
        case SEG_SPACE:
            while (k < n && segs[k].run == segs[i].run && segs[k].font == segs[i].font &&
                   (segs[k].kind == SEG_TEXT || segs[k].kind == SEG_SPACE))
                k++;
            set_group(s, segs + i, k - i);
            break;
        case SEG_CHART:
            if (!set_chart(s, &segs[i], 0, out->height))
                return false;
            break;
        case SEG_LEADER: set_leader(s, &segs[i]); break;
        default: s->x += segs[i].width; break;
        }
        i = k;
    }
    out->sheet = sheet;
    return true;
}

/* Gives the rest of the line to its leader, or to a chart without a width. */
static bool fill_line(struct seg *segs, size_t n, double gap)
{
    for (size_t i = 0; i < n; i++)
        if (segs[i].kind == SEG_LEADER || (segs[i].kind == SEG_CHART && segs[i].width <= 0)) {
            segs[i].width = fmax(gap, 0);
            return true;
        }
    return false;
}

static size_t count_spaces(const struct seg *segs, size_t n)
{
    size_t spaces = 0;
    for (size_t i = 0; i < n; i++)
        spaces += segs[i].kind == SEG_SPACE;
    return spaces;
}

/* Spaces are stretched to twice and a half their width at most: a line that would need more (before a figure of
 * fifteen digits) is left ragged. */
static double stretch(const struct setter *s, const struct seg *segs, size_t n, double gap)
{
    size_t spaces = count_spaces(segs, n);
    double each = spaces ? gap / (double)spaces : 0;
    return each > 1.5 * s->p->face->space * s->p->factor ? 0 : each;
}

static bool put_line(struct setter *s, const struct span *span, bool first, struct line *out)
{
    struct para *p = s->p;
    struct seg *segs = p->segs + span->start;
    size_t n = span->end - span->start;
    double gap = span->room - span->natural;
    s->x = first ? para_first_indent(p) : para_later_indent(p);
    s->word_space = 0;
    bool filled = fill_line(segs, n, gap);
    if (!filled && p->align == ALIGN_CENTER)
        s->x += gap / 2;
    else if (!filled && (p->align == ALIGN_END || p->align == ALIGN_DECIMAL))
        s->x += gap;
    else if (!filled && p->align == ALIGN_JUSTIFY && (!span->forced || gap < 0))
        s->word_space = stretch(s, segs, n, gap);
    return set_line(s, segs, n, out);
}

static void put_rest_of_anchors(struct setter *s, struct lines *out)
{
    struct sheet *first = NULL;
    for (size_t i = 0; i < s->p->n_runs; i++)
        if (s->p->runs[i].run->anchor && !s->p->runs[i].shown) {
            if (!first && out->n) {
                first = arena_new(s->ts->arena, struct sheet);
                sheet_put(s->ts, first, out->items[0].sheet, 0, 0, false);
                out->items[0].sheet = first;
            }
            s->sheet = first;
            if (first)
                show_anchor(s, &s->p->runs[i]);
        }
}

bool para_lines(struct typesetter *ts, struct para *p, double width, struct node *node, struct lines *out)
{
    *out = (struct lines){ 0 };
    double indent = fmax(para_first_indent(p), para_later_indent(p));
    if (width - indent < 1) {
        ts_overflow(ts, p->box->at, _("a text has %.1f pt of width"), width - indent);
        width = indent + 1;
    }
    if (!(p = para_make_fit(ts, p, width - indent)))
        return false;
    struct setter s = { .ts = ts, .p = p, .node = node };
    struct span *spans;
    size_t n = breaks_choose(ts, p, width - para_first_indent(p), width - para_later_indent(p), &spans);
    out->items = arena_array(ts->arena, struct line, n);
    for (size_t i = 0; i < n; i++)
        if (!put_line(&s, &spans[i], i == 0, &out->items[out->n++]))
            return false;
    put_rest_of_anchors(&s, out);
    return true;
}

bool para_at_comma(struct typesetter *ts, struct para *p, double width, double comma, struct node *node,
                   struct lines *out)
{
    double before, after, hang;
    if (!para_decimal(p, &before, &after, &hang))
        return para_lines(ts, p, width, node, out);
    /* Words in front that do not fit go to a line of their own; the figure below still ends at its place. */
    if (comma - before < -EPSILON || comma + after > width + EPSILON)
        return para_lines(ts, p, fmin(comma + after, width), node, out);
    struct setter s = { .ts = ts, .p = p, .node = node, .x = comma - before };
    out->items = arena_array(ts->arena, struct line, 1);
    out->n = 1;
    if (!set_line(&s, p->segs, p->n, &out->items[0]))
        return false;
    put_rest_of_anchors(&s, out);
    return true;
}
