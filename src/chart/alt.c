/* What a chart says, in words: its kind and size, the own value, the highest
 * and the lowest, what is missing.  Up to 16 values are all read out: who
 * cannot see the picture gets its data, not a praise of it. */
#include "chart/draw.h"

#include <math.h>
#include <string.h>

enum { READ_OUT = 16 };

static const char *const kinds[] = {
    [CHART_BAR] = "Biểu đồ thanh", [CHART_COLUMN] = "Biểu đồ cột", [CHART_STACKED] = "Biểu đồ thanh chồng",
    [CHART_LINE] = "Biểu đồ đường", [CHART_DOT] = "Biểu đồ chấm",
    [CHART_BULLET] = "Biểu đồ thanh so với mục tiêu và trung vị", [CHART_SPARKLINE] = "Đường diễn biến",
    [CHART_BAR_INLINE] = "Thanh", [CHART_RADAR] = "Biểu đồ mạng nhện", [CHART_LADDER] = "Thang hạng",
    [CHART_TREND] = "Đường diễn biến", [CHART_HEAT] = "Ô nhóm", [CHART_TILEMAP] = "Bản đồ ô vuông",
    [CHART_STRIP] = "Dải phân bố", [CHART_SQUARES] = "Ô đếm",
};

static void add_name(struct buf *b, const char *s, const char *otherwise)
{
    buf_str(b, s && *s ? s : otherwise);
}

static void add_value(struct buf *b, struct arena *a, const struct chart_point *p)
{
    if (missing(p))
        buf_str(b, "chưa có số liệu");
    else
        buf_str(b, point_text(a, p));
}

static void add_point(struct buf *b, struct arena *a, const struct chart_point *p)
{
    if (p->label && *p->label)
        buf_printf(b, "%s ", p->label);
    add_value(b, a, p);
    if (isfinite(p->target))
        buf_printf(b, " (mục tiêu %s)", number_text(a, p->target));
}

/* "đạt", "chưa đạt" need the direction; a chart is not told it, so it gives both numbers only. */
static void read_out(struct buf *b, struct arena *a, const struct chart_series *s)
{
    for (size_t i = 0; i < s->n; i++) {
        buf_str(b, i ? "; " : " ");
        add_point(b, a, &s->points[i]);
    }
    buf_char(b, '.');
}

static const struct chart_point *extreme(const struct chart_series *s, bool high)
{
    const struct chart_point *best = NULL;
    for (size_t i = 0; i < s->n; i++)
        if (!missing(&s->points[i]) &&
            (!best || (high ? s->points[i].value > best->value : s->points[i].value < best->value)))
            best = &s->points[i];
    return best;
}

static size_t count_missing(const struct chart_series *s)
{
    size_t n = 0;
    for (size_t i = 0; i < s->n; i++)
        n += missing(&s->points[i]);
    return n;
}

static void sum_up(struct buf *b, struct arena *a, const struct chart_series *s)
{
    const struct chart_point *high = extreme(s, true), *low = extreme(s, false);
    if (!high) {
        buf_str(b, " chưa có số liệu.");
        return;
    }
    buf_str(b, " cao nhất ");
    add_point(b, a, high);
    if (low->value < high->value) {
        buf_str(b, ", thấp nhất ");
        add_point(b, a, low);
    }
    buf_char(b, '.');
    for (size_t i = 0; i < s->n; i++)
        if (s->points[i].own && &s->points[i] != high && &s->points[i] != low) {
            buf_char(b, ' ');
            add_point(b, a, &s->points[i]);
            buf_char(b, '.');
        }
    if (count_missing(s))
        buf_printf(b, " %zu mục chưa có số liệu.", count_missing(s));
}

static void describe_list(const struct chart_spec *c, struct buf *b, struct arena *a)
{
    for (size_t i = 0; i < c->n_series; i++) {
        const struct chart_series *s = &c->series[i];
        if (c->n_series > 1) {
            buf_char(b, ' ');
            add_name(b, s->label, "dãy số");
            buf_char(b, ':');
        }
        if (s->n <= READ_OUT)
            read_out(b, a, s);
        else
            sum_up(b, a, s);
    }
    for (size_t i = 0; i < c->n_references; i++)
        if (isfinite(c->references[i].value)) {
            const char *label = c->references[i].label;
            buf_str(b, " Mốc so sánh:");
            if (label && *label)
                buf_printf(b, " %s", label);
            if (!label || !label[strcspn(label, "0123456789")])
                buf_printf(b, " %s", number_text(a, c->references[i].value));
            buf_char(b, '.');
        }
}

/* Over years: from, to, the way, and where the line is cut. */
static void describe_course(const struct chart_spec *c, struct buf *b, struct arena *a)
{
    const struct chart_series *s = &c->series[0];
    describe_list(c, b, a);
    const struct chart_point *high = extreme(s, true), *low = extreme(s, false);
    if (high && low && low->value < high->value && s->n > 2) {
        const struct chart_point *best = c->reversed ? low : high, *worst = c->reversed ? high : low;
        buf_str(b, c->reversed ? " Tốt nhất " : " Cao nhất ");
        add_value(b, a, best);
        buf_printf(b, " (%s), %s ", best->label ? best->label : "", c->reversed ? "kém nhất" : "thấp nhất");
        add_value(b, a, worst);
        buf_printf(b, " (%s).", worst->label ? worst->label : "");
    }
    for (size_t i = 0, n = 0; i < s->n; i++)
        if (s->points[i].cut) {
            buf_str(b, n++ ? ", " : " Đường bị cắt vì đổi phương pháp trước ");
            add_name(b, s->points[i].label, "mốc không tên");
        }
    if (b->len && b->data[b->len - 1] != '.')
        buf_char(b, '.');
}

static void describe_ladder(const struct chart_spec *c, struct buf *b, struct arena *a)
{
    for (size_t s = 0; s < c->n_series; s++)
        for (size_t i = 0; i < c->series[s].n; i++) {
            const struct chart_point *p = &c->series[s].points[i];
            buf_char(b, ' ');
            if (p->label && *p->label)
                buf_printf(b, "%s: ", p->label);
            if (missing(p))
                buf_str(b, p->text && *p->text ? p->text : "chưa có số liệu");
            else
                buf_printf(b, "hạng %s", number_text(a, p->value));
            if (!missing(p) && isfinite(p->of))
                buf_printf(b, " trên %s", number_text(a, p->of));
            buf_str(b, p->old ? " (năm cũ)." : ".");
        }
}

static void describe_strip(const struct chart_spec *c, struct buf *b, struct arena *a)
{
    const struct chart_point *p = first_point(c);
    struct range r = { 1, 0 };
    size_t n = 0;
    for (size_t i = 0; i < c->n_spread; i++) {
        range_add(&r, c->spread[i]);
        n += isfinite(c->spread[i]);
    }
    buf_char(b, ' ');
    if (p) {
        add_name(b, p->label, "giá trị");
        buf_char(b, ' ');
        add_value(b, a, p);
    }
    if (n)
        buf_printf(b, "%s %zu đơn vị từ %s đến %s", p ? ", trong" : "", n, number_text(a, r.lo), number_text(a, r.hi));
    if (p && isfinite(p->median))
        buf_printf(b, ", trung vị %s", number_text(a, p->median));
    buf_str(b, c->reversed ? "; càng thấp càng tốt." : ".");
}

static void describe_squares(const struct chart_spec *c, struct buf *b, struct arena *a)
{
    const struct chart_series *s = &c->series[0];
    for (size_t i = 0; i < s->n; i++) {
        const struct chart_point *p = &s->points[i];
        buf_str(b, i ? "; " : " ");
        if (p->label && *p->label)
            buf_printf(b, "%s ", p->label);
        buf_printf(b, "%s trên %s", number_text(a, missing(p) ? 0 : p->value),
                   isfinite(p->of) ? number_text(a, p->of) : "-");
    }
    buf_char(b, '.');
}

static void add_group(struct buf *b, int group, bool plain)
{
    static const char *const groups[] = { "", "I, cao nhất", "II, trung bình cao", "III, trung bình thấp",
                                          "IV, thấp nhất" };
    static const char *const letters[] = { "", "I", "II", "III", "IV" };
    if (group >= 1 && group <= 4)
        buf_printf(b, "%s%s", plain ? "" : "nhóm ", plain ? letters[group] : groups[group]);
}

static void describe_heat(const struct chart_spec *c, struct buf *b, struct arena *a)
{
    if (c->n_series * c->series[0].n > 4 * READ_OUT) {
        buf_printf(b, " %zu hàng, %zu cột, giá trị in trong ô.", c->n_series, c->series[0].n);
        return;
    }
    for (size_t s = 0; s < c->n_series; s++) {
        const struct chart_series *series = &c->series[s];
        if (series->label && *series->label)
            buf_printf(b, " %s:", series->label);
        for (size_t i = 0; i < series->n; i++) {
            const struct chart_point *p = &series->points[i];
            buf_str(b, i ? "; " : " ");
            if (p->label && *p->label)
                buf_printf(b, "%s ", p->label);
            if (!missing(p) || p->text)
                buf_printf(b, "%s%s", point_text(a, p), p->group ? " " : "");
            else if (!p->group)
                buf_str(b, "chưa có số liệu");
            add_group(b, p->group, false);
        }
        buf_char(b, '.');
    }
}

static void describe_map(const struct chart_spec *c, struct buf *b)
{
    const struct chart_series *s = &c->series[0];
    size_t counts[5] = { 0 }, region = 0, provinces = 0;
    const char *own = NULL;
    for (size_t i = 0; i < s->n; i++) {
        const struct chart_point *p = &s->points[i];
        bool island = p->label && (strstr(p->label, "Hoàng Sa") || strstr(p->label, "Trường Sa"));
        provinces += !island;
        region += p->region && !island;
        counts[p->group >= 0 && p->group <= 4 ? p->group : 0] += !island;
        own = p->own ? p->label : own;
    }
    buf_printf(b, " %zu tỉnh, thành phố, quần đảo Hoàng Sa và quần đảo Trường Sa", provinces);
    if (own)
        buf_printf(b, "; nổi bật: %s", own);
    if (region)
        buf_printf(b, "; tô nhạt: %zu đơn vị cùng vùng", region);
    for (int g = 1; g <= 4; g++)
        if (counts[g]) {
            buf_str(b, "; ");
            add_group(b, g, false);
            buf_printf(b, ": %zu", counts[g]);
        }
    buf_char(b, '.');
}

const char *chart_alt(const struct chart_spec *c, struct arena *a)
{
    struct buf b = { 0 };
    size_t kind = (size_t)c->type;
    if (c->title && *c->title)
        buf_printf(&b, "%s. ", c->title);
    buf_printf(&b, "%s", kind < sizeof kinds / sizeof *kinds ? kinds[kind] : "Biểu đồ");
    if (!first_point(c) && !(c->type == CHART_STRIP && c->n_spread)) {
        buf_str(&b, ": chưa có số liệu.");
    } else {
        buf_char(&b, ':');
        switch (c->type) {
        case CHART_TREND: case CHART_LINE: case CHART_SPARKLINE: describe_course(c, &b, a); break;
        case CHART_LADDER: describe_ladder(c, &b, a); break;
        case CHART_STRIP: describe_strip(c, &b, a); break;
        case CHART_SQUARES: describe_squares(c, &b, a); break;
        case CHART_HEAT: describe_heat(c, &b, a); break;
        case CHART_TILEMAP: describe_map(c, &b); break;
        default: describe_list(c, &b, a);
        }
    }
    const char *text = arena_strndup(a, b.data, b.len);
    buf_clear(&b);
    return text;
}
