/* Boxes that are drawn as one piece: charts, images, QR codes, rules, and the room of a signature. */
#include "typeset/internal.h"

#include <math.h>

static struct sheet *figure_sheet(struct typesetter *ts, struct node *figure, double w, double h)
{
    struct sheet *s = arena_new(ts->arena, struct sheet);
    if (figure)
        *sheet_spot(ts, s, SPOT_FIGURE) = (struct spot){ .kind = SPOT_FIGURE, .node = figure, .x1 = w, .y1 = h };
    return s;
}

/* The drawing as one piece of the flow. */
static void put_sheet(struct typesetter *ts, struct list *l, struct sheet *s, struct at at, double x, double h)
{
    struct piece *p = list_add(ts, l, PIECE_SHEET, h);
    p->sheet = s;
    p->x = x;
    p->at = at;
}

/* Where what is `w` wide begins in a room as the text about it is aligned. */
static double aligned(const struct typesetter *ts, double width, double w)
{
    return ts->align == ALIGN_CENTER ? (width - w) / 2 : ts->align == ALIGN_END ? width - w : 0;
}

bool flow_chart(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    struct chart_spec spec = *box->u.chart.spec;
    if (spec.width <= 0 || spec.width > width)
        spec.width = width;
    if (spec.height <= 0)
        spec.height = chart_height(&spec, box->u.chart.look, ts->diag);
    struct node *figure = ts_node(ts, NODE_FIGURE);
    if (figure)
        figure->alt = spec.alt ? spec.alt : chart_alt(&spec, ts->arena);
    struct sheet *s = figure_sheet(ts, figure, spec.width, spec.height);
    if (!chart_draw(&spec, box->u.chart.look, figure, &s->marks, ts->arena, ts->diag))
        return ts->ok = false;
    put_sheet(ts, l, s, box->at, x, spec.height);
    const struct box *table = box->u.chart.data_table ? chart_table(ts, box) : NULL;
    return !table || flow_boxes(ts, l, table, x, width);
}

/* The room of a picture: as large as told or as the file is (96 pixels an inch), within the page. To be covered, the
 * room keeps its own shape; else it has the picture's. */
static void image_room(const struct typesetter *ts, const struct box *box, double width, double *w, double *h)
{
    const struct image *image = box->u.image.image;
    double ratio = (double)image->width / image->height;
    *w = box->u.image.width;
    *h = box->u.image.height;
    if (*w <= 0 && *h <= 0)
        *w = image->width * 0.75;
    if (*w <= 0)
        *w = *h * ratio;
    if (*h <= 0)
        *h = *w / ratio;
    if (!box->u.image.cover) {
        *w = fmin(*w, *h * ratio);
        *h = *w / ratio;
    }
    double smaller = fmin(fmin(width / *w, ts->page_height / *h), 1);
    *w *= smaller;
    *h *= smaller;
}

bool flow_image(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    const struct image *image = box->u.image.image;
    double w, h;
    if (!image || image->width <= 0 || image->height <= 0)
        return true;
    image_room(ts, box, width, &w, &h);
    bool decoration = box->u.image.alt && !*box->u.image.alt;
    struct node *figure = decoration ? NULL : ts_node(ts, NODE_FIGURE);
    if (figure)
        figure->alt = box->u.image.alt ? box->u.image.alt : "";
    struct sheet *s = figure_sheet(ts, figure, w, h);
    struct mark *m = marks_add(&s->marks, ts->arena, MARK_IMAGE, figure);
    double shape = w / h * image->height / image->width; /* of the room, against the picture's */
    m->u.image.image = image;
    m->u.image.w = w;
    m->u.image.h = h;
    m->u.image.cut[0] = shape < 1 - 1e-6 ? 1 - shape : 0;
    m->u.image.cut[1] = shape > 1 + 1e-6 ? 1 - 1 / shape : 0;
    put_sheet(ts, l, s, box->at, x + aligned(ts, width, w), h);
    return true;
}

/* A figure of squares, the runs of dark ones of each row as one rectangle. */
bool flow_qr(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    int n = box->u.qr.modules;
    double size = fmin(box->u.qr.size, width), unit = size / n;
    struct node *figure = ts_node(ts, NODE_FIGURE);
    struct sheet *s = figure_sheet(ts, figure, size, size);
    struct path_step *steps = arena_array(ts->arena, struct path_step, (size_t)n * (size_t)n * 5);
    size_t k = 0;

    if (figure)
        figure->alt = box->u.qr.alt;
    for (int row = 0; row < n; row++)
        for (int from = 0, to; from < n; from = to + 1) {
            for (to = from; to < n && box->u.qr.dark[row * n + to]; to++)
                ;
            if (to == from)
                continue;
            double x0 = from * unit, x1 = to * unit, y0 = row * unit, y1 = y0 + unit;
            steps[k++] = (struct path_step){ PATH_MOVE, { x0 }, { y0 } };
            steps[k++] = (struct path_step){ PATH_LINE, { x1 }, { y0 } };
            steps[k++] = (struct path_step){ PATH_LINE, { x1 }, { y1 } };
            steps[k++] = (struct path_step){ PATH_LINE, { x0 }, { y1 } };
            steps[k++] = (struct path_step){ .op = PATH_CLOSE };
        }
    struct mark *m = marks_add(&s->marks, ts->arena, MARK_PATH, figure);
    m->u.path.steps = steps;
    m->u.path.n = k;
    m->u.path.fill = true;
    put_sheet(ts, l, s, box->at, x, size);
    return true;
}

/* White room; what stands there is the field alone. */
bool flow_signature(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    double w = fmin(box->u.signature.width, width), h = box->u.signature.height;
    struct node *form = ts_node(ts, NODE_FORM);
    struct sheet *s = arena_new(ts->arena, struct sheet);

    if (form)
        *sheet_spot(ts, s, SPOT_LINK) = (struct spot){ SPOT_LINK, 0, 0, w, h, form, box->u.signature.name,
                                                       box->u.signature.words, 0 };
    put_sheet(ts, l, s, box->at, x + aligned(ts, width, w), h);
    return true;
}

bool flow_rule(struct typesetter *ts, struct list *l, const struct box *box, double x, double width)
{
    struct props props = { 0 };
    struct sheet *s = arena_new(ts->arena, struct sheet);
    props.border[SIDE_TOP] = box->u.rule.line;
    sheet_frame(ts, s, &props, 0, 0, width, 0, true, false);
    put_sheet(ts, l, s, box->at, x, props_top(&props));
    return true;
}
