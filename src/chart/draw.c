/* Text is measured by its advance and by generous heights (Vietnamese capitals
 * carry two marks); figures, most of the labels, are known to be lower. */
#include "chart/draw.h"

#include <math.h>
#include <string.h>

#define LEGEND_PITCH 1.42         /* a capital's marks stay under the frame's edge */

const struct color WHITE = { 255, 255, 255 };

/* Text ------------------------------------------------------------------- */

struct pen pen_label(const struct canvas *v)
{
    return (struct pen){ v->look->regular, v->size, v->look->ink, v->look->features };
}

struct pen pen_small(const struct canvas *v)
{
    return (struct pen){ v->look->regular, v->small, v->look->grey, v->look->features };
}

struct pen pen_number(struct pen p)
{
    p.features = (p.features & ~(unsigned)FONT_KERN) | FONT_TNUM;
    return p;
}

struct pen pen_bold(const struct canvas *v, struct pen p)
{
    p.font = v->look->bold ? v->look->bold : p.font;
    return p;
}

struct pen pen_italic(const struct canvas *v, struct pen p)
{
    p.font = v->look->italic ? v->look->italic : p.font;
    return p;
}

struct pen pen_colored(struct pen p, struct color color)
{
    p.color = color;
    return p;
}

/* A minus that the font lacks (Noto Sans keeps it in its mathematical sister)
 * becomes an en dash, its usual stand-in in tables. */
static const char *with_minus(struct canvas *v, struct pen p, const char *text)
{
    const char minus[] = "−", dash[] = "–";
    if (!strstr(text, minus) || font_has(p.font, 0x2212) || !font_has(p.font, 0x2013))
        return text;
    char *copy = arena_strdup(v->a, text);
    for (char *s = copy; (s = strstr(s, minus)) != NULL;)
        memcpy(s, dash, sizeof dash - 1); /* both are three bytes */
    return copy;
}

double text_width(struct canvas *v, struct pen p, const char *text)
{
    double width = font_width(p.font, with_minus(v, p, text), p.size, p.features, v->c->at, v->d);
    if (width < 0)
        v->failed = true;
    return width < 0 ? 0 : width;
}

static bool only_figures(const char *s)
{
    return s[strspn(s, "0123456789.,+-/%() ")] == '\0';
}

struct area text_area(struct canvas *v, struct pen p, double x, double y, enum where where, const char *text)
{
    double w = text_width(v, p, text);
    double left = x - (where == AT_START ? 0 : where == AT_MIDDLE ? w / 2 : w);
    bool low = only_figures(text);
    return (struct area){ left, y - p.size * (low ? 0.74 : 1), left + w, y + p.size * (low ? 0.16 : 0.27) };
}

void text_put(struct canvas *v, struct pen p, double x, double y, enum where where, const char *text)
{
    if (!*text)
        return;
    struct area a = text_area(v, p, x, y, where, text);
    text = with_minus(v, p, text);
    area_take(v, a);
    if (v->m && marks_text(v->m, v->a, v->node, p.font, p.size, p.color, p.features, a.x0, y, text, v->c->at,
                           v->d) < 0)
        v->failed = true;
}

double text_middle(struct pen p, double y)
{
    const struct font_metrics *m = font_metrics(p.font);
    double cap = m->cap_height > 0 ? (double)m->cap_height / m->upem : 0.66;
    return y + cap * p.size / 2;
}

/* The first `n` bytes without the space before the cut, and an ellipsis. */
static const char *cut_at(struct arena *a, const char *text, size_t n)
{
    while (n && strchr(" ,;:", text[n - 1]))
        n--;
    return n ? arena_printf(a, "%.*s…", (int)n, text) : "";
}

static const char *shorten(struct canvas *v, struct pen p, const char *text, double width)
{
    size_t n = strlen(text);
    const char *shown;
    if (text_width(v, p, text) <= width || v->failed)
        return text;
    for (size_t i = n; i-- > 1;) /* between words */
        if (text[i] == ' ' && text_width(v, p, shown = cut_at(v->a, text, i)) <= width)
            return shown;
    for (size_t i = n; i-- > 1;) /* within the first word */
        if ((text[i] & 0xC0) != 0x80 && text_width(v, p, shown = cut_at(v->a, text, i)) <= width)
            return shown;
    return "";
}

static void tell_cut(struct canvas *v, const char *text)
{
    if (v->m && !v->cut)
        diag_warning(v->d, v->c->at, _("the label \"%s\" does not fit and is cut"), text);
    v->cut = true;
}

const char *text_fit(struct canvas *v, struct pen p, const char *text, double width)
{
    const char *shown = shorten(v, p, text, width);
    if (shown != text)
        tell_cut(v, text);
    return shown;
}

/* Greedy lines; *cut tells that one had to be shortened. */
static size_t break_lines(struct canvas *v, struct pen p, const char *text, double width, const char **lines,
                          size_t max, bool *cut)
{
    size_t n = 0;
    *cut = false;
    while (*text == ' ')
        text++;
    while (*text && n < max) {
        size_t best = 0;
        if (n + 1 == max || text_width(v, p, text) <= width) {
            lines[n++] = shorten(v, p, text, width);
            *cut |= lines[n - 1] != text;
            return n;
        }
        for (const char *s = strchr(text, ' '); s; s = strchr(s + 1, ' ')) {
            size_t len = (size_t)(s - text);
            if (text_width(v, p, arena_strndup(v->a, text, len)) > width)
                break;
            best = len;
        }
        if (!best) /* a word wider than the line */
            best = strcspn(text, " ");
        const char *whole = arena_strndup(v->a, text, best);
        lines[n++] = shorten(v, p, whole, width);
        *cut |= lines[n - 1] != whole;
        for (text += best; *text == ' ';)
            text++;
    }
    return n;
}

size_t text_fits(struct canvas *v, struct pen p, const char *text, double width, const char **lines, size_t max)
{
    bool cut;
    size_t n = break_lines(v, p, text, width, lines, max, &cut);
    return cut ? 0 : n;
}

size_t text_try(struct canvas *v, struct pen p, const char *text, double width, const char **lines, size_t max)
{
    size_t n = text_fits(v, p, text, width, lines, max);
    /* Lines of about one length: the narrowest width that needs no more of them. */
    for (double w = width * 0.95; n > 1 && w > width * 0.4; w -= width * 0.05) {
        const char *narrow[8];
        bool worse;
        if (max > sizeof narrow / sizeof *narrow ||
            break_lines(v, p, text, w, narrow, max, &worse) != n || worse)
            break;
        memcpy(lines, narrow, n * sizeof *lines);
    }
    return n;
}

size_t text_wrap(struct canvas *v, struct pen p, const char *text, double width, const char **lines, size_t max)
{
    bool cut;
    size_t n = text_try(v, p, text, width, lines, max);
    if (n)
        return n;
    n = break_lines(v, p, text, width, lines, max, &cut);
    if (cut)
        tell_cut(v, text);
    return n;
}

/* Areas ------------------------------------------------------------------ */

bool area_inside(const struct canvas *v, struct area a)
{
    const double slack = 0.01;
    return a.x0 >= -slack && a.y0 >= -slack && a.x1 <= v->w + slack && a.y1 <= v->h + slack;
}

bool area_free(const struct canvas *v, struct area a)
{
    if (!area_inside(v, a))
        return false;
    for (size_t i = 0; i < v->n_taken; i++) {
        const struct area *t = &v->taken[i];
        if (a.x0 < t->x1 && t->x0 < a.x1 && a.y0 < t->y1 && t->y0 < a.y1)
            return false;
    }
    return true;
}

struct area area_widened(struct area a, double by)
{
    return (struct area){ a.x0 - by, a.y0, a.x1 + by, a.y1 };
}

void area_take(struct canvas *v, struct area a)
{
    *ARENA_PUSH(v->a, v->taken, v->n_taken, v->cap_taken) = a;
}

struct area area_grown(struct area a, double by)
{
    return (struct area){ a.x0 - by, a.y0 - by, a.x1 + by, a.y1 + by };
}

/* Shapes ----------------------------------------------------------------- */

struct path_step *path(struct canvas *v, size_t n, struct mark **mark)
{
    struct path_step *steps = arena_array(v->a, struct path_step, n);
    *mark = marks_add(v->m, v->a, MARK_PATH, v->node);
    (*mark)->u.path.steps = steps;
    (*mark)->u.path.n = n;
    return steps;
}

void rect(struct canvas *v, double x, double y, double w, double h, struct color fill)
{
    if (w > 0 && h > 0)
        marks_rect(v->m, v->a, v->node, x, y, w, h, fill);
}

void rect_boxed(struct canvas *v, double x, double y, double w, double h, struct color fill, struct color stroke,
                double width)
{
    rect(v, x + width / 2, y + width / 2, w - width, h - width, fill);
    if (w <= width || h <= width)
        return;
    struct mark *m = &v->m->items[v->m->n - 1];
    m->u.path.stroke = true;
    m->u.path.stroke_color = stroke;
    m->u.path.width = width;
}

void line(struct canvas *v, double x0, double y0, double x1, double y1, double width, struct color color)
{
    marks_line(v->m, v->a, v->node, x0, y0, x1, y1, width, color);
}

void line_dotted(struct canvas *v, double x0, double y0, double x1, double y1, double width, struct color color)
{
    line(v, x0, y0, x1, y1, width, color);
    struct mark *m = &v->m->items[v->m->n - 1];
    m->u.path.dash[0] = 1;
    m->u.path.dash[1] = 2;
}

void hatch(struct canvas *v, double x, double y, double w, double h, double gap, double width, struct color color)
{
    if (!(w > 0 && h > 0))
        return;
    /* A rising stroke leaves the lower edge at `foot`, counted from the right; half its width stays inside the edges. */
    double in = width / 2, along = gap * sqrt(2);
    struct area r = { x + in, y + in, x + w - in, y + h - in };
    size_t max = (size_t)fmin((w + h) / along, 2000) + 2, n = 0;
    struct mark *mark;
    struct path_step *s = path(v, 2 * max, &mark);
    for (size_t i = 0; i < max; i++) {
        double foot = r.x0 + along * ((double)i + 0.5);
        double x0 = fmin(foot, r.x1), y0 = r.y1 - (foot - x0);
        double x1 = fmax(foot - (r.y1 - r.y0), r.x0), y1 = r.y1 - (foot - x1);
        if (x0 - x1 < 0.05 || y0 < r.y0)
            continue;
        double mirror = r.x0 + r.x1;
        s[n++] = (struct path_step){ .op = PATH_MOVE, .x = { mirror - x0 }, .y = { y0 } };
        s[n++] = (struct path_step){ .op = PATH_LINE, .x = { mirror - x1 }, .y = { y1 } };
    }
    mark->u.path.n = n;
    mark->u.path.stroke = true;
    mark->u.path.width = width;
    mark->u.path.stroke_color = color;
    if (!n)
        v->m->n--;
}

void dot(struct canvas *v, double x, double y, double r, bool old, struct color fill)
{
    double ring = 0.3 * MM, hollow = 0.45 * MM;
    marks_circle(v->m, v->a, v->node, x, y, r + ring, &WHITE, NULL, 0);
    if (old)
        marks_circle(v->m, v->a, v->node, x, y, r - hollow / 2, &WHITE, &v->look->grey, hollow);
    else
        marks_circle(v->m, v->a, v->node, x, y, r, &fill, NULL, 0);
}

/* Colours ---------------------------------------------------------------- */

struct color color_mix(struct color a, struct color b, double t)
{
    return (struct color){ (unsigned char)lround(a.r + (b.r - a.r) * t), (unsigned char)lround(a.g + (b.g - a.g) * t),
                           (unsigned char)lround(a.b + (b.b - a.b) * t) };
}

static double luma(struct color c)
{
    return 0.299 * c.r + 0.587 * c.g + 0.114 * c.b;
}

bool color_is_dark(struct color c)
{
    return luma(c) < 140;
}

bool color_is_pale(struct color c)
{
    return luma(c) > 190;
}

struct color point_color(const struct canvas *v, const struct chart_point *p)
{
    bool any_own = false;
    for (size_t s = 0; s < v->c->n_series; s++)
        for (size_t i = 0; i < v->c->series[s].n; i++)
            any_own |= v->c->series[s].points[i].own;
    if (p->color)
        return *p->color;
    return any_own && !p->own ? v->look->light : v->look->accent;
}

struct color series_color(const struct canvas *v, size_t i)
{
    const struct color shades[] = { v->look->accent, v->look->accent2, v->look->accent3, WHITE };
    if (v->c->series[i].color)
        return *v->c->series[i].color;
    return shades[i < 3 ? i : 3];
}

/* Scales ----------------------------------------------------------------- */

void range_add(struct range *r, double value)
{
    if (!isfinite(value))
        return;
    if (r->lo > r->hi)
        r->lo = r->hi = value;
    r->lo = fmin(r->lo, value);
    r->hi = fmax(r->hi, value);
}

double nice_step(double span, int about)
{
    static const double nice[] = { 1, 2, 2.5, 5, 10 };
    if (!(span > 0) || !isfinite(span))
        return 1;
    double raw = span / about, power = pow(10, floor(log10(raw)));
    for (size_t i = 0; i < sizeof nice / sizeof *nice; i++)
        if (nice[i] * power >= raw * 0.999)
            return nice[i] * power;
    return 10 * power;
}

double share(double value, double lo, double hi)
{
    double s = hi > lo ? (value - lo) / (hi - lo) : 0.5;
    return isnan(s) ? 0.5 : fmax(0, fmin(1, s));
}

/* Values ----------------------------------------------------------------- */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Length of a sign at s: '+', '-', U+2212 or an en dash, if a figure follows. */
static size_t sign_length(const char *s)
{
    size_t n = *s == '+' || *s == '-' ? 1 : !strncmp(s, "−", 3) || !strncmp(s, "–", 3) ? 3 : 0;
    return n && is_digit(s[n]) ? n : 0;
}

struct value value_split(struct arena *a, const char *text)
{
    const char *s = text;
    struct value none = { text, "", "", "" };
    while (*s && !is_digit(*s) && !sign_length(s))
        s++;
    if (!*s)
        return none;
    const char *word_end = s, *number = s;
    while (word_end > text && word_end[-1] == ' ')
        word_end--;
    s += sign_length(s);
    while (is_digit(*s) || (*s == '.' && is_digit(s[1])))
        s++;
    const char *whole_end = s;
    if (*s == ',' && is_digit(s[1]))
        for (s++; is_digit(*s);)
            s++;
    return (struct value){
        arena_strndup(a, text, (size_t)(word_end - text)),
        arena_strndup(a, number, (size_t)(whole_end - number)),
        arena_strndup(a, whole_end, (size_t)(s - whole_end)),
        s,
    };
}

const char *number_text(struct arena *a, double value)
{
    struct buf b = { 0 };
    if (!isfinite(value))
        return "-";
    buf_number(&b, fabs(value), 2);
    size_t whole = strcspn(b.data, ".");
    char *out = arena_alloc(a, b.len + b.len / 3 + 8, 1), *p = out;
    if (value < 0 && strcmp(b.data, "0") != 0)
        p += strlen(strcpy(p, "−"));
    for (size_t i = 0; i < b.len; i++) {
        if (i && i < whole && (whole - i) % 3 == 0)
            *p++ = '.';
        *p++ = b.data[i] == '.' ? ',' : b.data[i];
    }
    *p = '\0';
    buf_clear(&b);
    return out;
}

bool missing(const struct chart_point *p)
{
    return !isfinite(p->value);
}

const char *point_text(struct arena *a, const struct chart_point *p)
{
    return p->text && (*p->text || !missing(p)) ? p->text : number_text(a, p->value);
}

bool any_drawable(const struct chart_spec *c)
{
    for (size_t s = 0; s < c->n_series; s++)
        for (size_t i = 0; i < c->series[s].n; i++)
            if (!missing(&c->series[s].points[i]))
                return true;
    return false;
}

const struct chart_point *first_point(const struct chart_spec *c)
{
    for (size_t i = 0; i < c->n_series; i++)
        if (c->series[i].n)
            return &c->series[i].points[0];
    return NULL;
}

void draw_missing(struct canvas *v, const char *text, struct area a)
{
    struct pen p = pen_small(v);
    const char *words = text && *text ? text : "chưa có số liệu";
    if (text_width(v, p, words) > a.x1 - a.x0 || a.y1 - a.y0 < 1.25 * v->small)
        words = "-";
    text_put(v, p, (a.x0 + a.x1) / 2, text_middle(p, (a.y0 + a.y1) / 2), AT_MIDDLE, words);
}

bool no_room(struct canvas *v, const char *why)
{
    if (!v->failed)
        diag_error(v->d, v->c->at, _("the chart has no room in %.1f x %.1f mm: %s"), v->w / MM, v->h / MM, why);
    v->failed = true;
    return false;
}

/* Legend ----------------------------------------------------------------- */

static bool has_legend(const struct chart_spec *c)
{
    if (c->n_series < 2)
        return false;
    for (size_t i = 0; i < c->n_series; i++)
        if (c->series[i].label && *c->series[i].label)
            return true;
    return false;
}

static void draw_sample(struct canvas *v, size_t i, enum sample sample, double x, double y, double w)
{
    switch (sample) {
    case SAMPLE_BAR:
        rect_boxed(v, x, y - 1 * MM, w, 2 * MM, series_color(v, i), color_is_pale(series_color(v, i)) ? v->look->light
                                                                    : series_color(v, i), 0.5);
        break;
    case SAMPLE_LINE:
        line(v, x, y, x + w, y, i ? 0.9 : 1.5, i ? v->look->ink : series_color(v, i));
        if (i) {
            v->m->items[v->m->n - 1].u.path.dash[0] = 2.5;
            v->m->items[v->m->n - 1].u.path.dash[1] = 1.8;
        }
        break;
    case SAMPLE_DOT:
        dot(v, x + w / 2, y, 1.1 * MM, i > 0, series_color(v, i));
        break;
    }
}

/* Walks the legend's items; draws them if `draw`. Returns the number of lines. */
static int legend_walk(struct canvas *v, double x0, double y, enum sample sample, bool draw)
{
    struct pen p = pen_small(v);
    double wide = sample == SAMPLE_LINE ? 5 * MM : 2.8 * MM, gap = 0.4 * v->small, x = x0, pitch = LEGEND_PITCH * v->small;
    int rows = 1;
    for (size_t i = 0; i < v->c->n_series; i++) {
        const char *label = v->c->series[i].label ? v->c->series[i].label : "";
        double w = wide + gap + text_width(v, p, label);
        if (x > x0 && x + w > v->w) {
            rows++;
            x = x0;
            y += pitch;
        }
        if (draw) {
            double middle = y + pitch / 2;
            draw_sample(v, i, sample, x, middle, wide);
            text_put(v, p, x + wide + gap, text_middle(p, middle), AT_START,
                     text_fit(v, p, label, v->w - x - wide - gap));
        }
        x += w + 1.2 * v->small;
    }
    return rows;
}

double legend_height(struct canvas *v)
{
    if (!has_legend(v->c))
        return 0;
    return legend_walk(v, 0, 0, SAMPLE_LINE, false) * LEGEND_PITCH * v->small + 0.3 * v->small;
}

void draw_legend(struct canvas *v, double x, double y, enum sample sample)
{
    if (has_legend(v->c))
        legend_walk(v, x, y, sample, true);
}
