/* Attribute values that hold no expression: lengths, colours, borders, tracks, words of a list. */
#include "layout/tree.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A plain decimal number: no exponent, no hexadecimal, no inf. Returns its length; 0 if there is none. */
static size_t number(const char *s, double *v)
{
    size_t sign = s[0] == '-' || s[0] == '+', n = sign, digits = 0;
    double value = 0, scale = 1;
    for (; s[n] >= '0' && s[n] <= '9'; n++, digits++)
        value = value * 10 + (s[n] - '0');
    if (s[n] == '.' && s[n + 1] >= '0' && s[n + 1] <= '9')
        for (n++; s[n] >= '0' && s[n] <= '9'; n++, digits++)
            value += (s[n] - '0') * (scale /= 10);
    *v = s[0] == '-' ? -value : value;
    return digits && digits < 16 ? n : 0;
}

/* Length with unit at s[0..]; its length in bytes, 0 if there is none. */
static size_t length(const char *s, double *pt)
{
    static const struct { const char *unit; double pt; } units[] = {
        { "mm", 72 / 25.4 }, { "cm", 72 / 2.54 }, { "pt", 1 }, { "in", 72 },
    };
    double v;
    size_t n = number(s, &v);
    if (!n)
        return 0;
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strncmp(s + n, units[i].unit, 2) == 0 && (!s[n + 2] || s[n + 2] == ' ')) {
            *pt = v * units[i].pt;
            return fabs(*pt) < 1e5 ? n + 2 : 0;
        }
    *pt = 0;
    return v == 0 && (!s[n] || s[n] == ' ') ? n : 0;
}

bool value_length(const char *s, double *pt)
{
    size_t n = length(s, pt);
    return n && !s[n];
}

static const char *blanks(const char *s)
{
    return s + strspn(s, " \t\r\n");
}

static bool size(const char *s, size_t *n, struct track_len *t)
{
    double v;
    if (strncmp(s, "auto", 4) == 0 && (!s[4] || s[4] == ' ')) {
        *t = (struct track_len){ LEN_AUTO, 0 };
        *n = 4;
        return true;
    }
    if ((*n = length(s, &v)) != 0) {
        *t = (struct track_len){ LEN_PT, v };
        return v >= 0;
    }
    *n = number(s, &v);
    if (!*n || v < 0 || v > 1e4)
        return false;
    if (s[*n] == '%') {
        *t = (struct track_len){ LEN_PERCENT, v };
        *n += 1;
        return true;
    }
    if (strncmp(s + *n, "fr", 2) == 0) {
        *t = (struct track_len){ LEN_FR, v };
        *n += 2;
        return true;
    }
    return false;
}

static bool sides(const char *s, double out[4])
{
    size_t n = 0, step;
    double v[4];
    for (s = blanks(s); *s; s = blanks(s + step)) {
        if (n == 4 || !(step = length(s, &v[n++])))
            return false;
    }
    if (!n)
        return false;
    out[SIDE_TOP] = v[0];
    out[SIDE_RIGHT] = n > 1 ? v[1] : v[0];
    out[SIDE_BOTTOM] = n > 2 ? v[2] : v[0];
    out[SIDE_LEFT] = n > 3 ? v[3] : out[SIDE_RIGHT];
    return true;
}

static int hex(char c)
{
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static bool color(const struct layout *l, const char *s, size_t n, struct color *out)
{
    if (s[0] != '#') {
        for (size_t i = 0; i < l->n_colors; i++)
            if (strlen(l->colors[i].name) == n && memcmp(l->colors[i].name, s, n) == 0) {
                *out = l->colors[i].color;
                return true;
            }
        return false;
    }
    int h[6];
    if (n != 4 && n != 7)
        return false;
    for (size_t i = 1; i < n; i++)
        if ((h[i - 1] = hex(s[i])) < 0)
            return false;
    if (n == 4)
        *out = (struct color){ (unsigned char)(h[0] * 17), (unsigned char)(h[1] * 17), (unsigned char)(h[2] * 17) };
    else
        *out = (struct color){ (unsigned char)(h[0] * 16 + h[1]), (unsigned char)(h[2] * 16 + h[3]),
                               (unsigned char)(h[4] * 16 + h[5]) };
    return true;
}

static bool word(const char *s, size_t n, const char *w)
{
    return strlen(w) == n && memcmp(s, w, n) == 0;
}

/* "0.5pt solid #999" in any order; "none". */
static bool border(const struct layout *l, const char *s, struct border *out)
{
    bool width = false, style = false, ink = false;
    *out = (struct border){ .style = LINE_SOLID, .color = l->base.color };
    if (strcmp(s, "none") == 0 || strcmp(s, "0") == 0) {
        out->style = LINE_NONE;
        return true;
    }
    for (s = blanks(s); *s; s = blanks(s)) {
        size_t n = strcspn(s, " \t\r\n");
        if (!width && length(s, &out->width) == n && out->width >= 0)
            width = true;
        else if (!style && (word(s, n, "solid") || word(s, n, "dotted") || word(s, n, "dashed"))) {
            out->style = s[0] == 's' ? LINE_SOLID : s[1] == 'o' ? LINE_DOTTED : LINE_DASHED;
            style = true;
        } else if (!ink && color(l, s, n, &out->color))
            ink = true;
        else
            return false;
        s += n;
    }
    return width;
}

static bool tracks(struct layout *l, const char *s, struct attr *at)
{
    size_t cap = 0, n;
    for (s = blanks(s); *s; s = blanks(s + n)) {
        struct track_len t;
        if (!size(s, &n, &t) || (s[n] && !strchr(" \t\r\n", s[n])) || at->u.tracks.n == 64)
            return false;
        *ARENA_PUSH(&l->arena, at->u.tracks.v, at->u.tracks.n, cap) = t;
    }
    return at->u.tracks.n > 0;
}

static int choice(const char *values, const char *s)
{
    int k = 0;
    for (const char *v = values; *v; k++) {
        size_t n = strcspn(v, "|");
        if (strlen(s) == n && memcmp(s, v, n) == 0)
            return k;
        v += n + (v[n] == '|');
    }
    return -1;
}

static void choice_fault(struct layout *l, const struct attr *at, struct diag *d)
{
    const char *names[32];
    size_t n = 0;
    struct buf list = { 0 };
    for (const char *v = at->def->values; *v && n < 32;) {
        size_t len = strcspn(v, "|");
        names[n] = arena_strndup(&l->arena, v, len);
        buf_printf(&list, "%s%s", n ? ", " : "", names[n]);
        n++;
        v += len + (v[len] == '|');
    }
    const char *near = diag_nearest(at->raw, names, n);
    diag_error(d, at->at, _("\"%s\" is not one of its values"), at->raw);
    if (near)
        diag_expected(d, _("one of %s; the nearest is \"%s\""), list.data, near);
    else
        diag_expected(d, _("one of %s"), list.data);
    buf_clear(&list);
}

static bool name(const char *s)
{
    size_t n = 0;
    for (; s[n]; n++) {
        unsigned char c = (unsigned char)s[n];
        bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c >= 0x80;
        if (!letter && (n == 0 || !((c >= '0' && c <= '9') || c == '-' || c == '.')))
            return false;
    }
    return n > 0;
}

static bool integer(const struct attr *at, double *v)
{
    bool columns = at->def->id == A_COLUMNS || at->def->id == A_COLUMN_COUNT;
    size_t n = number(at->raw, v);
    return n && !at->raw[n] && *v == floor(*v) && *v >= 0 && *v <= (columns ? 12 : 100000);
}

/* Only what moves things may be negative. */
static bool may_be_negative(enum attr_id id)
{
    switch (id) {
    case A_MARGIN: case A_MARGIN_TOP: case A_MARGIN_RIGHT: case A_MARGIN_BOTTOM: case A_MARGIN_LEFT:
    case A_INDENT: case A_RISE: return true;
    default: return false;
    }
}

static bool not_negative(const struct attr *at)
{
    if (may_be_negative(at->def->id))
        return true;
    if (at->def->kind == ATTR_LENGTH)
        return at->u.number >= 0;
    return at->u.sides[0] >= 0 && at->u.sides[1] >= 0 && at->u.sides[2] >= 0 && at->u.sides[3] >= 0;
}

static const char *wanted(enum attr_kind kind)
{
    switch (kind) {
    case ATTR_LENGTH: return _("a length with its unit: mm, cm, pt, in");
    case ATTR_SIZE: return _("a length with its unit (mm, cm, pt, in), a percentage, a share such as 2fr, or auto");
    case ATTR_SIDES: return _("one to four lengths with their units, such as \"3mm 0\"");
    case ATTR_TRACKS: return _("widths such as \"1fr 20mm auto\"");
    case ATTR_BORDER: return _("width, style and colour, such as \"0.5pt solid #999\", or none");
    case ATTR_COLOR: return _("#rgb, #rrggbb or the name of a <color>");
    case ATTR_BOOL: return _("true or false");
    case ATTR_LEADING: return _("a length with its unit, or a multiple of the size such as 1.2");
    case ATTR_INT: return _("a whole number");
    case ATTR_NAME: return _("a name: letters, digits, - and _");
    default: return "";
    }
}

bool value_parse(struct layout *l, struct attr *at, struct diag *d)
{
    const char *s = at->raw;
    size_t n = 0;
    struct track_len t;
    bool ok = true;
    switch (at->def->kind) {
    case ATTR_LENGTH: ok = value_length(s, &at->u.number) && not_negative(at); break;
    case ATTR_SIDES: ok = sides(s, at->u.sides) && not_negative(at); break;
    case ATTR_TRACKS: ok = tracks(l, s, at); break;
    case ATTR_BORDER: ok = border(l, s, &at->u.border); break;
    case ATTR_COLOR: ok = color(l, s, strlen(s), &at->u.color); break;
    case ATTR_NAME: ok = name(s); break;
    case ATTR_INT: ok = integer(at, &at->u.number); break;
    case ATTR_SIZE:
        ok = size(s, &n, &t) && !s[n];
        if (ok) {
            at->u.tracks.v = arena_new(&l->arena, struct track_len);
            at->u.tracks.v[0] = t;
            at->u.tracks.n = 1;
        }
        break;
    case ATTR_LEADING: /* positive: a length; negative: a multiple */
        n = number(s, &at->u.number);
        ok = (n && !s[n] && at->u.number > 0.5 && at->u.number < 10) ||
             (value_length(s, &at->u.number) && at->u.number > 0);
        if (ok && n && !s[n])
            at->u.number = -at->u.number;
        break;
    case ATTR_BOOL:
        at->u.choice = strcmp(s, "true") == 0;
        ok = at->u.choice || strcmp(s, "false") == 0;
        break;
    case ATTR_ENUM:
        at->u.choice = choice(at->def->values, s);
        if (at->u.choice < 0) {
            choice_fault(l, at, d);
            at->bad = true;
            return false;
        }
        break;
    default: break;
    }
    if (!ok) {
        double v;
        bool bare = at->def->kind != ATTR_NAME && number(s, &v) && !s[number(s, &v)];
        diag_error(d, at->at, bare && at->def->kind != ATTR_INT ? _("\"%s\" has no unit") : _("\"%s\" cannot be read"), s);
        diag_expected(d, "%s", wanted(at->def->kind));
        at->bad = true;
    }
    return ok;
}
