/* The box tree as indented text: what is default is left out. */
#include "layout/box.h"

#include <math.h>
#include <string.h>

struct dump { struct buf *out; int depth; };

static void line(struct dump *d)
{
    for (int i = 0; i < d->depth; i++)
        buf_str(d->out, "  ");
}

static void number(struct dump *d, const char *name, double v)
{
    buf_printf(d->out, " %s=", name);
    buf_number(d->out, v, 2);
}

static void quoted(struct dump *d, const char *name, const char *s)
{
    if (!s)
        return;
    buf_printf(d->out, " %s=", name);
    buf_json(d->out, s);
}

static void color(struct dump *d, struct color c)
{
    buf_printf(d->out, "#%02X%02X%02X", c.r, c.g, c.b);
}

static void sides(struct dump *d, const char *name, const double v[4])
{
    if (v[0] == 0 && v[1] == 0 && v[2] == 0 && v[3] == 0)
        return;
    buf_printf(d->out, " %s=", name);
    for (int k = 0; k < 4; k++) {
        if (k)
            buf_char(d->out, ',');
        buf_number(d->out, v[k], 2);
    }
}

static void border(struct dump *d, const char *name, const struct border *b)
{
    static const char *const styles[] = { "none", "solid", "dotted", "dashed" };
    if (b->style == LINE_NONE)
        return;
    buf_printf(d->out, " %s=", name);
    buf_number(d->out, b->width, 2);
    buf_printf(d->out, ",%s,", styles[b->style]);
    color(d, b->color);
}

static void track(struct dump *d, const char *name, struct track_len t)
{
    static const char *const units[] = { "auto", "pt", "%", "fr" };
    buf_printf(d->out, " %s=", name);
    if (t.unit != LEN_AUTO)
        buf_number(d->out, t.v, 2);
    buf_str(d->out, units[t.unit]);
}

static void props(struct dump *d, const struct props *p)
{
    static const char *const breaks[] = { "auto", "page", "column", "odd" };
    static const char *const valigns[] = { "baseline", "top", "middle", "bottom" };
    static const char *const names[] = { "border-top", "border-right", "border-bottom", "border-left" };
    sides(d, "margin", p->margin);
    sides(d, "padding", p->padding);
    for (int k = 0; k < 4; k++)
        border(d, names[k], &p->border[k]);
    if (p->has_background) {
        buf_str(d->out, " background=");
        color(d, p->background);
    }
    if (p->width.unit != LEN_AUTO)
        track(d, "width", p->width);
    if (p->min_height > 0)
        number(d, "min-height", p->min_height);
    if (p->keep_together)
        buf_str(d->out, " keep-together");
    if (p->keep_with_next)
        buf_str(d->out, " keep-with-next");
    if (p->break_before)
        buf_printf(d->out, " break-before=%s", breaks[p->break_before]);
    if (p->break_after)
        buf_printf(d->out, " break-after=%s", breaks[p->break_after]);
    if (p->valign)
        buf_printf(d->out, " valign=%s", valigns[p->valign]);
}

static void style(struct dump *d, const struct style *s)
{
    buf_printf(d->out, " [%s %d%s ", s->family, s->weight, s->italic ? " italic" : "");
    buf_number(d->out, s->size, 2);
    buf_char(d->out, '/');
    buf_number(d->out, s->leading, 2);
    buf_char(d->out, ' ');
    color(d, s->color);
    buf_printf(d->out, " +%x", s->features);
    if (s->indent != 0)
        number(d, "indent", s->indent);
    if (s->rise != 0)
        number(d, "rise", s->rise);
    buf_printf(d->out, "%s]", s->underline ? " underline" : "");
}

static void points(struct dump *d, const struct chart_series *s)
{
    static const char *const ends[] = { "", "about", "over", "at-least", "under", "at-most" };
    for (size_t i = 0; i < s->n; i++) {
        const struct chart_point *p = &s->points[i];
        const struct { const char *name; double v; } values[] = {
            { "value", p->value }, { "target", p->target }, { "median", p->median }, { "q1", p->q1 }, { "q3", p->q3 },
            { "low", p->low }, { "high", p->high }, { "of", p->of },
        };
        line(d);
        buf_str(d->out, "point");
        quoted(d, "label", p->label);
        for (size_t k = 0; k < sizeof values / sizeof *values; k++)
            if (!isnan(values[k].v)) {
                buf_printf(d->out, " %s=", values[k].name);
                buf_number(d->out, values[k].v, 6);
            }
        quoted(d, "text", p->text);
        buf_printf(d->out, "%s%s%s%s%s", p->end ? " end=" : "", ends[p->end], p->own ? " own" : "", p->old ? " old" : "",
                   p->cut ? " cut" : "");
        if (p->region)
            buf_str(d->out, " region");
        if (p->group)
            buf_printf(d->out, " group=%d", p->group);
        if (p->col || p->row)
            buf_printf(d->out, " at=%d,%d", p->col, p->row);
        quoted(d, "belongs", p->belongs);
        buf_char(d->out, '\n');
    }
}

static void chart(struct dump *d, const struct chart_spec *c)
{
    const struct { const char *name; double v; } values[] = {
        { "min", c->min }, { "max", c->max }, { "step", c->step },
    };
    size_t n;
    const char *const *names = chart_type_names(&n);
    buf_printf(d->out, " %s", (size_t)c->type < n ? names[c->type] : "?");
    for (size_t k = 0; k < 3; k++)
        if (!isnan(values[k].v))
            number(d, values[k].name, values[k].v);
    if (c->width > 0)
        number(d, "width", c->width);
    if (c->height > 0)
        number(d, "height", c->height);
    if (c->reversed)
        buf_str(d->out, " reversed");
    if (c->n_spread)
        buf_printf(d->out, " spread=%zu", c->n_spread);
    quoted(d, "note-low", c->note_low);
    quoted(d, "note-high", c->note_high);
    quoted(d, "alt", c->alt);
    buf_char(d->out, '\n');
    d->depth++;
    for (size_t i = 0; i < c->n_series; i++) {
        line(d);
        buf_str(d->out, "series");
        quoted(d, "label", c->series[i].label);
        buf_char(d->out, '\n');
        d->depth++;
        points(d, &c->series[i]);
        d->depth--;
    }
    for (size_t i = 0; i < c->n_references; i++) {
        line(d);
        buf_str(d->out, "reference");
        number(d, "value", c->references[i].value);
        quoted(d, "label", c->references[i].label);
        buf_char(d->out, '\n');
    }
    d->depth--;
}

static void footnote(struct dump *d, const struct footnote *n);

static void run(struct dump *d, const struct run *r, const struct style *around)
{
    static const char *const kinds[] = { "", "break", "page-number", "page-count", "leader", "chart", "tab", "note",
                                        "page-of" };
    line(d);
    if (r->kind == RUN_TEXT)
        buf_json(d->out, r->text);
    else
        buf_str(d->out, kinds[r->kind]);
    if (r->style != around)
        style(d, r->style);
    quoted(d, "to", r->link_to);
    quoted(d, "contents", r->link_contents);
    quoted(d, "anchor", r->anchor);
    quoted(d, "expansion", r->expansion);
    quoted(d, "lang", r->lang);
    buf_printf(d->out, "%s%s", r->glue ? " glue" : "", r->hang ? " hang" : "");
    if (r->chart)
        chart(d, r->chart);
    else
        buf_char(d->out, '\n');
    if (r->note)
        footnote(d, r->note);
}

static void footnote(struct dump *d, const struct footnote *n)
{
    d->depth++;
    line(d);
    buf_printf(d->out, "%s %d \"%s\"", n->in_table ? "table-note" : "footnote", n->number, n->marker);
    quoted(d, "sign", n->sign);
    style(d, n->style);
    buf_char(d->out, '\n');
    d->depth++;
    for (size_t i = 0; i < n->n; i++)
        run(d, &n->runs[i], n->style);
    d->depth -= 2;
}

static const char *const aligns[] = { "start", "center", "end", "justify", "decimal" };
static void boxes(struct dump *d, const struct box *b);

static void cell(struct dump *d, const struct cell *c)
{
    static const char *const scopes[] = { "", " scope=row", " scope=column", " scope=both" };
    line(d);
    buf_printf(d->out, "cell %d", c->column);
    if (c->column_span > 1 || c->row_span > 1)
        buf_printf(d->out, " span=%dx%d", c->column_span, c->row_span);
    buf_printf(d->out, "%s %s", scopes[c->scope], aligns[c->align]);
    props(d, &c->props);
    buf_char(d->out, '\n');
    d->depth++;
    boxes(d, c->content);
    d->depth--;
}

static void table(struct dump *d, const struct table *t)
{
    static const char *const kinds[] = { "header", "body", "group", "group-footer", "total", "page-total", "carry",
                                        "brought" };
    for (size_t i = 0; i < t->n_columns; i++) {
        track(d, "column", t->columns[i].width);
        buf_printf(d->out, ",%s%s", aligns[t->columns[i].align], t->columns[i].row_header ? ",row-header" : "");
    }
    if (t->gap > 0)
        number(d, "gap", t->gap);
    if (!t->header_repeat)
        buf_str(d->out, " once");
    quoted(d, "continued", t->continued);
    quoted(d, "summary", t->summary);
    buf_char(d->out, '\n');
    d->depth++;
    boxes(d, t->caption);
    for (size_t i = 0; i < t->n_rows + t->n_page_rows; i++) {
        const struct row *r = i < t->n_rows ? &t->rows[i] : &t->page_rows[i - t->n_rows].row;
        line(d);
        buf_printf(d->out, "row %s%s%s", kinds[r->kind], r->keep ? "" : " breaks", r->keep_with_next ? " keep-with-next" : "");
        if (r->min_height > 0)
            number(d, "height", r->min_height);
        props(d, &r->props);
        buf_char(d->out, '\n');
        d->depth++;
        for (size_t k = 0; k < r->n_cells; k++)
            cell(d, &r->cells[k]);
        d->depth--;
    }
    d->depth--;
}

static void contents(struct dump *d, const struct box *b)
{
    switch (b->kind) {
    case BOX_BLOCK: case BOX_LIST:
        for (size_t i = 0; i < b->u.block.n_tracks; i++)
            track(d, "track", b->u.block.tracks[i]);
        if (b->u.block.flow_columns)
            buf_printf(d->out, " columns=%d", b->u.block.flow_columns);
        if (b->u.block.gap > 0)
            number(d, "gap", b->u.block.gap);
        if (b->u.block.row_gap > 0)
            number(d, "row-gap", b->u.block.row_gap);
        quoted(d, "marker", b->u.block.marker);
        buf_char(d->out, '\n');
        d->depth++;
        boxes(d, b->u.block.first);
        d->depth--;
        break;
    case BOX_TEXT:
        buf_printf(d->out, " %s", aligns[b->u.text.align]);
        style(d, b->u.text.style);
        buf_char(d->out, '\n');
        d->depth++;
        for (size_t i = 0; i < b->u.text.n; i++)
            run(d, &b->u.text.runs[i], b->u.text.style);
        d->depth--;
        break;
    case BOX_TABLE: table(d, b->u.table); break;
    case BOX_CHART:
        buf_str(d->out, b->u.chart.data_table ? " data-table" : "");
        chart(d, b->u.chart.spec);
        break;
    case BOX_IMAGE:
        quoted(d, "alt", b->u.image.alt);
        number(d, "width", b->u.image.width);
        number(d, "height", b->u.image.height);
        buf_char(d->out, '\n');
        break;
    case BOX_QR:
        quoted(d, "alt", b->u.qr.alt);
        number(d, "size", b->u.qr.size);
        buf_printf(d->out, " modules=%d\n", b->u.qr.modules);
        break;
    case BOX_SIGNATURE:
        quoted(d, "name", b->u.signature.name);
        number(d, "width", b->u.signature.width);
        number(d, "height", b->u.signature.height);
        buf_char(d->out, '\n');
        break;
    case BOX_RULE:
        border(d, "line", &b->u.rule.line);
        buf_char(d->out, '\n');
        break;
    }
}

static void boxes(struct dump *d, const struct box *b)
{
    static const char *const kinds[] = { "block", "text", "list", "table", "chart", "image", "rule", "qr",
                                         "signature" };
    static const char *const roles[] = { "", " h1", " h2", " h3", " h4", " p", " caption", " note", " section", " quote",
                                         " artifact", " toc", " toci" };
    for (; b; b = b->next) {
        line(d);
        buf_printf(d->out, "%s%s", kinds[b->kind], roles[b->role]);
        quoted(d, "id", b->id);
        quoted(d, "bookmark", b->bookmark);
        if (b->bookmark)
            buf_printf(d->out, " level=%d", b->bookmark_level);
        props(d, &b->props);
        contents(d, b);
    }
}

static void running(struct dump *d, const char *name, const struct running *r, size_t n)
{
    static const char *const on[] = { "any", "first", "rest", "odd", "even", "last" };
    for (size_t i = 0; i < n; i++) {
        line(d);
        buf_printf(d->out, "%s on=%s", name, on[r[i].on]);
        number(d, "extent", r[i].extent);
        buf_char(d->out, '\n');
        d->depth++;
        boxes(d, r[i].content);
        d->depth--;
    }
}

static void sequence(struct dump *d, const struct sequence *s)
{
    line(d);
    buf_str(d->out, "sequence");
    number(d, "width", s->master->width);
    number(d, "height", s->master->height);
    sides(d, "margin", s->master->margin);
    if (s->master->columns > 1) {
        buf_printf(d->out, " columns=%d", s->master->columns);
        number(d, "gap", s->master->gap);
    }
    quoted(d, "title", s->title);
    if (s->start_odd)
        buf_str(d->out, " odd");
    if (s->roman)
        buf_str(d->out, " roman");
    if (s->first_number)
        buf_printf(d->out, " from=%d", s->first_number);
    buf_char(d->out, '\n');
    d->depth++;
    running(d, "header", s->master->headers, s->master->n_headers);
    running(d, "footer", s->master->footers, s->master->n_footers);
    boxes(d, s->first);
    d->depth--;
}

void box_dump(const struct box_document *doc, struct buf *out)
{
    struct dump d = { out, 1 };
    buf_str(out, "document");
    quoted(&d, "title", doc->title);
    quoted(&d, "lang", doc->lang);
    quoted(&d, "subject", doc->subject);
    quoted(&d, "date", doc->date);
    buf_char(out, '\n');
    for (size_t i = 0; i < doc->n_sequences; i++)
        sequence(&d, &doc->sequences[i]);
    for (size_t i = 0; i < doc->n_attachments; i++) {
        buf_str(out, "  attachment");
        quoted(&d, "name", doc->attachments[i].name);
        quoted(&d, "kind", doc->attachments[i].relationship);
        quoted(&d, "description", doc->attachments[i].description);
        buf_printf(out, " bytes=%zu\n", doc->attachments[i].len);
    }
    for (size_t i = 0; i < doc->n_uses; i++)
        buf_printf(out, "  source %d%s %s %s marks=%d\n", doc->uses[i].document, doc->uses[i].letter,
                   doc->uses[i].source, doc->uses[i].sentence ? doc->uses[i].sentence : "-", doc->uses[i].marks);
}
