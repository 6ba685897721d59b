/* What the cells of a table say: places, indicators, numbers, and the faults in them. */
#include "store/table.h"

#include "catalog/name.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KEY_MAX = 256 };

/* ---- faults ---- */

struct at table_at(const struct table *t, int line, size_t column)
{
    return (struct at){ .file = t->path, .line = line, .col = (int)column + 1 };
}

/* True while faults are still printed. */
bool table_fault(struct table *t)
{
    if (++t->faults == FAULTS_MAX + 1)
        diag_note(t->d, (struct at){ .file = t->path }, _("more faults are not listed"));
    return t->faults <= FAULTS_MAX;
}

const char *table_column(const struct table *t, size_t column, const char *heading)
{
    const char *where = t->grid.sheet ? grid_letters(t->a, column) : arena_printf(t->a, "%zu", column + 1);
    return *heading ? arena_printf(t->a, "%s (%s)", where, heading) : where;
}

/* ---- words of a cell ---- */

bool table_same(const char *a, const char *b)
{
    char x[KEY_MAX], y[KEY_MAX];
    return name_key(a, strlen(a), false, x, sizeof x) && name_key(b, strlen(b), false, y, sizeof y) && strcmp(x, y) == 0;
}

/* Region names go without "Vùng", as texts have them. */
static const char *region_named(const struct table *t, const char *s)
{
    size_t n, w = strlen("Vùng ");
    const struct place *all = catalog_places(t->catalog, &n);
    const char *bare = strncmp(s, "Vùng ", w) == 0 || strncmp(s, "vùng ", w) == 0 ? s + w : s;
    for (size_t i = 0; i < n; i++) {
        if (*all[i].region && table_same(all[i].region, bare))
            return all[i].region;
        if (*all[i].region2025 && table_same(all[i].region2025, bare))
            return all[i].region2025;
    }
    return bare != s ? s : NULL;
}

/* Central agencies and the like are places too; the catalog does not list them. */
static bool is_agency(const char *s)
{
    static const char *const words[] = { "Bộ ", "Ủy ban ", "Uỷ ban ", "Ngân hàng ", "Thanh tra ", "Văn phòng ", "Bảo hiểm ",
                                         "Cục ", "Tổng cục ", "Sở ", "Viện ", "Kiểm toán ", "Tòa án ", "Thông tấn xã ", "Đài " };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strncmp(s, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

/* A place has the name of its time: "Thừa Thiên Huế" in 2023, "Huế" in 2025. */
static const char *place_lookup(struct table *t, const char *s, const char *date)
{
    static const char *const country[] = { "Cả nước", "Toàn quốc", "Việt Nam", "Trung bình cả nước", "Bình quân cả nước", "Chung cả nước" };
    const struct place *p = *date ? catalog_place_named(t->catalog, s, date) : NULL;
    p = p ? p : catalog_place_named(t->catalog, s, "");
    p = p ? p : catalog_place(t->catalog, s, date);
    if (p)
        return p->name;
    for (size_t i = 0; i < sizeof country / sizeof *country; i++)
        if (table_same(s, country[i]))
            return "Cả nước";
    const char *comma = strrchr(s, ','), *region = region_named(t, s);
    if (region)
        return region;
    if (comma && comma > s && catalog_place_named(t->catalog, comma + 1 + (comma[1] == ' '), ""))
        return s; /* "Vị Thanh, Hậu Giang" */
    return is_agency(s) ? s : NULL;
}

/* NULL if the cell names no place; `period` may be "". A table names few places many times. */
const char *table_place(struct table *t, const char *s, const char *period)
{
    unsigned h = 2166136261u;
    struct period p = { .last = "" };
    if (*period && !period_parse(period, &p))
        p.last[0] = '\0';
    for (const char *d = p.last; *d; d++)
        h = (h ^ (unsigned char)*d) * 16777619u;
    for (const char *c = s; *c; c++)
        h = (h ^ (unsigned char)*c) * 16777619u;
    size_t i = h % TABLE_PLACES;
    if (!t->places[i].text || strcmp(t->places[i].text, s) != 0 || strcmp(t->places[i].date, p.last) != 0) {
        t->places[i].text = s;
        memcpy(t->places[i].date, p.last, sizeof p.last);
        t->places[i].place = *s ? place_lookup(t, s, p.last) : NULL;
    }
    return t->places[i].place;
}

void table_unknown_place(struct table *t, int line, size_t column, const char *heading, const char *s)
{
    if (!table_fault(t))
        return;
    size_t n;
    const struct place *all = catalog_places(t->catalog, &n);
    const char **names = arena_array(t->a, const char *, n);
    for (size_t i = 0; i < n; i++)
        names[i] = all[i].name;
    const char *near = diag_nearest(s, names, n);
    diag_error(t->d, table_at(t, line, column), _("unknown place \"%s\" in row %d, column %s"), s, line, table_column(t, column, heading));
    if (near)
        diag_expected(t->d, _("a province, region, ministry or \"Cả nước\"; the nearest is \"%s\""), near);
}

/* ---- indicators ---- */

static const struct index *index_named(const struct table *t, const char *s)
{
    size_t n;
    const struct index *all = catalog_indices(t->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].code, s) == 0 || table_same(all[i].short_name, s) || table_same(all[i].name, s))
            return &all[i];
    return NULL;
}

const struct indicator *table_indicator(const struct table *t, const char *s)
{
    size_t n;
    const struct indicator *all = catalog_indicators(t->catalog, &n), *found = catalog_indicator(t->catalog, s);
    for (size_t i = 0; i < n && !found; i++)
        if (table_same(all[i].name, s) || table_same(all[i].short_name, s))
            found = &all[i];
    const struct index *x = found ? NULL : index_named(t, s);
    return x ? catalog_indicator(t->catalog, arena_printf(t->a, "%s.diem", x->code)) : found;
}

/* The rest of `s` where it begins (or ends) with a word of the list; NULL. */
static const char *without(const struct table *t, const char *s, const char *const *words, size_t count)
{
    size_t len = strlen(s);
    for (size_t i = 0; i < count; i++) {
        size_t n = strlen(words[i]);
        if (n < len && strncmp(s, words[i], n) == 0)
            return s + n + strspn(s + n, " :");
        if (n < len && strcmp(s + len - n, words[i]) == 0 && strchr(" :-", s[len - n - 1])) {
            size_t end = len - n;
            while (end && strchr(" :-", s[end - 1]))
                end--;
            return arena_strndup(t->a, s, end);
        }
    }
    return NULL;
}

/* "Hạng PAPI", "Xếp hạng chỉ số PAPI", "Điểm PCI", "Chỉ số SIPAS (%)"; under a head for both, "PAPI Hạng". */
const struct indicator *table_indicator_headed(const struct table *t, const char *s)
{
    static const char *const ranks[] = { "xếp hạng", "Xếp hạng", "thứ hạng", "Thứ hạng", "hạng", "Hạng", "XẾP HẠNG", "HẠNG", "Vị trí",
                                         "vị trí", "Xếp thứ", "rank" };
    static const char *const words[] = { "điểm số", "Điểm số", "điểm", "Điểm", "ĐIỂM", "chỉ số", "Chỉ số", "CHỈ SỐ", "Giá trị", "giá trị",
                                         "Kết quả", "kết quả" };
    const struct indicator *found = table_indicator(t, s);
    const char *rest = s, *less = found ? NULL : without(t, s, ranks, sizeof ranks / sizeof *ranks);
    bool rank = less != NULL;
    for (rest = less ? less : s; !found && *rest;) {
        found = rest != s ? table_indicator(t, rest) : NULL;
        less = found ? NULL : without(t, rest, words, sizeof words / sizeof *words);
        if (!less)
            break;
        rest = less;
    }
    return found && rank && found->rank ? found->rank : found;
}

/* `word` stands in `text`, both folded, as whole words. */
static bool has_words(const char *text, const char *word)
{
    size_t n = strlen(word);
    for (const char *p = strstr(text, word); n && p; p = strstr(p + 1, word))
        if ((p == text || p[-1] == ' ') && (p[n] == ' ' || p[n] == '\0'))
            return true;
    return false;
}

/* "Bảng xếp hạng PAPI các tỉnh": the indicator or index that a title speaks of, the longest name first. */
const struct indicator *table_indicator_within(const struct table *t, const char *title)
{
    char text[KEY_MAX], word[KEY_MAX], rank[KEY_MAX];
    const struct indicator *found = NULL;
    size_t n, longest = 0;
    if (!name_key(title, strlen(title), false, text, sizeof text))
        return NULL;
    const struct indicator *all = catalog_indicators(t->catalog, &n);
    for (size_t i = 0; i < n; i++) {
        const char *names[] = { all[i].code, all[i].name, all[i].short_name };
        for (size_t k = 0; k < 3; k++) {
            size_t len = name_key(names[k], strlen(names[k]), false, word, sizeof word);
            if (len > longest && has_words(text, word)) {
                longest = len;
                found = &all[i];
            }
        }
    }
    const struct index *indices = catalog_indices(t->catalog, &n);
    for (size_t i = 0; i < n; i++) {
        const char *names[] = { indices[i].name, indices[i].short_name };
        for (size_t k = 0; k < 2; k++) {
            size_t len = name_key(names[k], strlen(names[k]), false, word, sizeof word);
            if (len > longest && has_words(text, word)) {
                longest = len;
                found = catalog_indicator(t->catalog, arena_printf(t->a, "%s.diem", indices[i].code));
            }
        }
    }
    bool ranked = name_key("hạng", strlen("hạng"), false, rank, sizeof rank) && has_words(text, rank);
    return ranked && found && found->rank ? found->rank : found;
}

void table_unknown_indicator(struct table *t, int line, size_t column, const char *heading, const char *s)
{
    if (!table_fault(t))
        return;
    size_t n;
    const struct indicator *all = catalog_indicators(t->catalog, &n);
    const char **codes = arena_array(t->a, const char *, n);
    for (size_t i = 0; i < n; i++)
        codes[i] = all[i].code;
    const char *near = diag_nearest(s, codes, n);
    diag_error(t->d, table_at(t, line, column), _("unknown indicator \"%s\" in row %d, column %s"), s, line, table_column(t, column, heading));
    if (near)
        diag_expected(t->d, _("a code or name of the catalog, or \"khac:\" and a label; the nearest is \"%s\""), near);
    else
        diag_expected(t->d, _("a code or name of the catalog, or \"khac:\" and a label"));
}

/* ---- numbers ---- */

bool figure_missing(const char *s)
{
    static const char *const signs[] = { "", "-", "–", "—", "..", "…", "...", "n/a", "N/A", "NA", "na", "#N/A", "x", "X", "/" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(s, signs[i]) == 0)
            return true;
    return false;
}

/* One number: "97.4", "97,4", "1.929,5", "1 929". The dot is the decimal mark
 * (the contract), unless a comma follows groups of three. */
bool figure_number(const char *s, size_t n, double *v)
{
    char text[64];
    size_t len = 0, commas = 0, dots = 0, after = 0;
    if (n == 0 || n >= sizeof text - 1)
        return false;
    for (size_t i = 0; i < n; i++) {
        commas += s[i] == ',';
        dots += s[i] == '.';
        after = s[i] == ',' ? n - i - 1 : after;
    }
    if (commas > 1 || (commas == 1 && dots == 0 && after == 3))
        return false; /* "1,929": a group or a fraction? */
    for (size_t i = 0; i < n; i++) {
        if (s[i] == ',')
            text[len++] = '.';
        else if (s[i] == '.' && commas) { /* "1.929,5": the dots must part groups of three */
            if (i + 4 > n || (s[i + 4] != '.' && s[i + 4] != ','))
                return false;
        } else if ((s[i] >= '0' && s[i] <= '9') || s[i] == '.' || (i == 0 && (s[i] == '-' || s[i] == '+')) ||
                   ((s[i] == 'e' || s[i] == 'E') && i) || ((s[i] == '-' || s[i] == '+') && strchr("eE", s[i - 1])))
            text[len++] = s[i];
        else
            return false;
    }
    text[len] = '\0';
    char *end;
    *v = strtod(text, &end);
    return end != text && !*end && isfinite(*v) && fabs(*v) < 1e15;
}

/* "97.4", "97,4%", "> 80", "12/63". */
bool figure_parse(const char *s, struct figure *f)
{
    static const struct { const char *sign; enum fact_qualifier q; } signs[] = {
        { ">=", FACT_AT_LEAST }, { "<=", FACT_AT_MOST }, { "≥", FACT_AT_LEAST }, { "≤", FACT_AT_MOST },
        { ">", FACT_OVER }, { "<", FACT_UNDER }, { "~", FACT_ABOUT }, { "≈", FACT_ABOUT },
    };
    *f = (struct figure){ .of = NAN, .qualifier = FACT_EQ };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strncmp(s, signs[i].sign, strlen(signs[i].sign)) == 0) {
            f->qualifier = signs[i].q;
            s += strlen(signs[i].sign);
            break;
        }
    while (*s == ' ')
        s++;
    size_t n = strlen(s);
    if (n && s[n - 1] == '%') {
        f->percent = true;
        n--;
    }
    while (n && s[n - 1] == ' ')
        n--;
    const char *slash = memchr(s, '/', n);
    if (slash && !figure_number(slash + 1, (size_t)(s + n - slash - 1), &f->of))
        return false;
    return figure_number(s, slash ? (size_t)(slash - s) : n, &f->value);
}

void table_bad_number(struct table *t, int line, size_t column, const char *heading, const char *s)
{
    if (!table_fault(t))
        return;
    diag_error(t->d, table_at(t, line, column), _("\"%s\" in row %d, column %s is no number"), s, line, table_column(t, column, heading));
    diag_expected(t->d, _("digits with a decimal point, such as 97.4"));
}
