/* Charts: the layout's <chart> and the card's nodes become a chart_spec. */
#include "layout/bind.h"

#include <libxml/xpathInternals.h>
#include <math.h>
#include <string.h>

struct look_entry { const struct style *style; struct chart_look look; struct look_entry *next; };

/* A <color> named like one of the charts' colours takes its place. */
static void paint(const struct layout *l, struct chart_look *k)
{
    const struct { const char *name; struct color *color; } colors[] = {
        { "ink", &k->ink }, { "grey", &k->grey }, { "light", &k->light }, { "pale", &k->pale },
        { "accent", &k->accent }, { "accent2", &k->accent2 }, { "accent3", &k->accent3 }, { "target", &k->target },
    };
    for (size_t i = 0; i < l->n_colors; i++)
        for (size_t c = 0; c < sizeof colors / sizeof *colors; c++)
            if (strcmp(l->colors[i].name, colors[c].name) == 0)
                *colors[c].color = l->colors[i].color;
}

static const struct chart_look *look_of(struct binder *b, const struct style *s)
{
    for (struct look_entry *e = b->looks; e; e = e->next)
        if (e->style == s)
            return &e->look;
    struct look_entry *e = arena_new(b->a, struct look_entry);
    struct chart_look *k = &e->look;
    e->style = s;
    e->next = b->looks;
    b->looks = e;
    if (b->fonts) {
        k->regular = fontlib_face(b->fonts, s->family, 400, false, b->d);
        k->bold = fontlib_face(b->fonts, s->family, 600, false, b->d);
        k->italic = fontlib_face(b->fonts, s->family, 400, true, b->d);
    }
    k->size = s->size;
    k->features = s->features;
    chart_look_colors(k);
    paint(b->l, k);
    return k;
}

static double number(struct binder *b, const struct context *c, const struct elem *e, enum attr_id id)
{
    const struct attr *a = elem_attr(e, id);
    return a ? eval_number(b, c, a->u.expr) : NAN;
}

static bool test(struct binder *b, const struct context *c, const struct elem *e, enum attr_id id)
{
    const struct attr *a = elem_attr(e, id);
    return a && eval_test(b, c, a->u.expr);
}

static enum chart_end end_of(struct binder *b, const struct context *c, const struct elem *e)
{
    static const struct { const char *sign; enum chart_end end; } signs[] = {
        { "≈", END_ABOUT }, { "~", END_ABOUT }, { ">", END_OVER }, { "≥", END_AT_LEAST }, { ">=", END_AT_LEAST },
        { "<", END_UNDER }, { "≤", END_AT_MOST }, { "<=", END_AT_MOST },
    };
    const struct attr *a = elem_attr(e, A_END);
    bool missing;
    const char *s = a ? eval_string(b, c, a->u.expr, false, &missing) : "";
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(s, signs[i].sign) == 0)
            return signs[i].end;
    return END_EXACT;
}

static int whole(double v)
{
    return v >= 0 && v < 10000 ? (int)v : 0;
}

/* Attributes on <series> win over those on <chart>. */
static const struct elem *teller(const struct elem *series, const struct elem *chart, enum attr_id id)
{
    return series && elem_attr(series, id) ? series : chart;
}

static struct chart_point point_of(struct binder *b, const struct context *c, const struct elem *s,
                                   const struct elem *e)
{
#define NUMBER(id) number(b, c, teller(s, e, id), id)
#define TEXT(id) eval_text(b, c, elem_attr(teller(s, e, id), id))
#define TEST(id) test(b, c, teller(s, e, id), id)
    const char *label = TEXT(A_LABEL);
    return (struct chart_point){
        .label = label ? label : "", .value = NUMBER(A_VALUE), .text = TEXT(A_TEXT),
        .end = end_of(b, c, teller(s, e, A_END)), .target = NUMBER(A_TARGET), .median = NUMBER(A_MEDIAN),
        .q1 = NUMBER(A_Q1), .q3 = NUMBER(A_Q3), .low = NUMBER(A_LOW), .high = NUMBER(A_HIGH), .of = NUMBER(A_OF),
        .region = TEST(A_REGION), .own = TEST(A_OWN), .old = TEST(A_OLD), .cut = TEST(A_CUT), .belongs = TEXT(A_BELONGS),
        .col = whole(NUMBER(A_COL)), .row = whole(NUMBER(A_ROW)), .group = whole(NUMBER(A_GROUP)),
    };
#undef NUMBER
#undef TEXT
#undef TEST
}

static struct chart_series series_of(struct binder *b, const struct context *c, const struct elem *s,
                                     const struct elem *e)
{
    const struct elem *selects = teller(s, e, A_SELECT), *painted = teller(s, e, A_COLOR);
    const struct attr *ink = elem_attr(painted, A_COLOR);
    struct chart_series out = { .color = ink ? &ink->u.color : NULL };
    struct nodes nodes = { .v = (xmlNodePtr[]){ c->node }, .n = 1 };
    if (s) {
        out.label = eval_text(b, c, elem_attr(s, A_TITLE));
        out.pattern = (int)elem_number(s, A_PATTERN, 0);
    }
    if (elem_attr(selects, A_SELECT) && !eval_nodes(b, c, selects, &nodes))
        return out;
    struct chart_point *points = arena_array(b->a, struct chart_point, nodes.n);
    for (size_t i = 0; i < nodes.n && bind_count(b, e); i++) {
        struct context inner = *c;
        inner.node = nodes.v[i];
        inner.position = (int)i + 1;
        inner.size = (int)nodes.n;
        points[out.n++] = point_of(b, &inner, s, e);
    }
    out.points = points;
    return out;
}

/* Numbers separated by blanks, of one string or of each node. */
static void add_numbers(struct binder *b, const char *s, double **v, size_t *n, size_t *cap)
{
    for (s += strspn(s, " \t\r\n"); *s; s += strspn(s, " \t\r\n")) {
        size_t len = strcspn(s, " \t\r\n");
        double x = xmlXPathCastStringToNumber(BAD_CAST arena_strndup(b->a, s, len));
        if (!isnan(x))
            *ARENA_PUSH(b->a, *v, *n, *cap) = x;
        s += len;
    }
}

static void spread_of(struct binder *b, const struct context *c, const struct elem *e, struct chart_spec *spec)
{
    const struct attr *a = elem_attr(e, A_SPREAD);
    xmlXPathObjectPtr o = a ? eval(b, c, a->u.expr) : NULL;
    double *v = NULL;
    size_t n = 0, cap = 0;
    if (o && o->type == XPATH_NODESET) {
        for (int i = 0; o->nodesetval && i < o->nodesetval->nodeNr; i++) {
            xmlChar *s = xmlXPathCastNodeToString(o->nodesetval->nodeTab[i]);
            add_numbers(b, (const char *)s, &v, &n, &cap);
            xmlFree(s);
        }
    } else if (o) {
        xmlChar *s = xmlXPathCastToString(o);
        add_numbers(b, (const char *)s, &v, &n, &cap);
        xmlFree(s);
    }
    if (o)
        xmlXPathFreeObject(o);
    spec->spread = v;
    spec->n_spread = n;
}

static double over(double first, double second)
{
    return isnan(first) ? second : first;
}

static void axis_of(struct binder *b, const struct context *c, const struct elem *e, struct chart_spec *spec)
{
    spec->min = over(eval_number_attr(b, c, e, A_MIN), spec->min);
    spec->max = over(eval_number_attr(b, c, e, A_MAX), spec->max);
    spec->step = over(eval_number_attr(b, c, e, A_STEP), spec->step);
    spec->reversed |= test(b, c, e, A_REVERSED);
}

static void parts_of(struct binder *b, const struct context *c, const struct elem *e, struct chart_spec *spec)
{
    struct chart_series *series = NULL;
    struct chart_reference *references = NULL;
    size_t cap_series = 0, cap_references = 0;
    for (const struct elem *k = e->first; k; k = k->next) {
        if (!k->def)
            continue;
        if (k->def->id == E_SERIES)
            *ARENA_PUSH(b->a, series, spec->n_series, cap_series) = series_of(b, c, k, e);
        else if (k->def->id == E_AXIS && elem_choice(k, A_DIMENSION, 0) == 0)
            axis_of(b, c, k, spec);
        else if (k->def->id == E_REFERENCE) {
            double v = eval_number_attr(b, c, k, A_VALUE);
            if (!isnan(v))
                *ARENA_PUSH(b->a, references, spec->n_references, cap_references) =
                    (struct chart_reference){ v, eval_text(b, c, elem_attr(k, A_LABEL)) };
        }
    }
    if (!series)
        *ARENA_PUSH(b->a, series, spec->n_series, cap_series) = series_of(b, c, NULL, e);
    spec->series = series;
    spec->references = references;
}

const struct chart_spec *bind_chart(struct binder *b, const struct context *outer, const struct elem *e,
                                    const struct style *style, const struct chart_look **look)
{
    struct context c = *outer;
    struct chart_spec *spec = arena_new(b->a, struct chart_spec);
    const struct attr *width = elem_attr(e, A_WIDTH);
    size_t points = 0;
    c.style = style;
    *spec = (struct chart_spec){ .type = (enum chart_type)elem_choice(e, A_TYPE, 0), .min = NAN, .max = NAN, .step = NAN,
                                 .at = e->at };
    axis_of(b, &c, e, spec);
    parts_of(b, &c, e, spec);
    for (size_t i = 0; i < spec->n_series; i++)
        points += spec->series[i].n;
    if (!points)
        return NULL; /* a chart without data disappears */
    spread_of(b, &c, e, spec);
    spec->label_values = elem_choice(e, A_LABEL_VALUES, elem_attr(e, A_TEXT) != NULL);
    spec->bar = elem_number(e, A_BAR, 0);
    spec->label_width = elem_number(e, A_LABEL_WIDTH, 0);
    spec->note_low = eval_text(b, &c, elem_attr(e, A_NOTE_LOW));
    spec->note_high = eval_text(b, &c, elem_attr(e, A_NOTE_HIGH));
    spec->title = eval_text(b, &c, elem_attr(e, A_TITLE));
    spec->totals = eval_text(b, &c, elem_attr(e, A_TOTALS));
    spec->computed = elem_choice(e, A_COMPUTED, 0);
    spec->alt = eval_text(b, &c, elem_attr(e, A_ALT));
    if (width && width->u.tracks.v[0].unit == LEN_PT)
        spec->width = width->u.tracks.v[0].v;
    spec->height = elem_number(e, A_HEIGHT, 0);
    *look = look_of(b, style);
    return spec;
}
