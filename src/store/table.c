/* Tables of figures: from cells to facts.
 *
 * Two shapes.  A list has a header that names the columns, among them
 * "indicator" and "value", and a fact a row.  A matrix, as published, has a
 * column of places; what stands over a column -- up to three rows of headings,
 * joined from above -- names an indicator, a year or both; what it does not
 * name may come from a title above, the file's name or the defaults.
 * Every fault is told with its row and column (up to a limit); a table with a
 * fault gives no facts. */
#include "base/file.h"
#include "catalog/name.h"
#include "store/grid.h"
#include "store/store.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FAULTS_MAX = 40, TABLE_BYTES_MAX = 32 << 20, MEMO = 1024, KEY_MAX = 256, HEADINGS = 3 };

struct table {
    const char *path, *name;          /* name: the file's, without folders */
    const struct catalog *catalog;
    const struct table_defaults *defaults;
    struct arena *a;
    struct grid grid;
    struct facts *out;
    struct { const char *text, *place; char date[11]; } places[MEMO];
    struct diag *d;
    size_t faults;
};

/* ---- faults ---- */

static struct at place_of(const struct table *t, int line, size_t column)
{
    return (struct at){ .file = t->path, .line = line, .col = (int)column + 1 };
}

/* True while faults are still printed. */
static bool count_fault(struct table *t)
{
    if (++t->faults == FAULTS_MAX + 1)
        diag_note(t->d, (struct at){ .file = t->path }, _("more faults are not listed"));
    return t->faults <= FAULTS_MAX;
}

static const char *column_name(const struct table *t, size_t column, const char *heading)
{
    const char *where = t->grid.sheet ? grid_letters(t->a, column) : arena_printf(t->a, "%zu", column + 1);
    return *heading ? arena_printf(t->a, "%s (%s)", where, heading) : where;
}

/* ---- words of a cell ---- */

static bool same_name(const char *a, const char *b)
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
        if (*all[i].region && same_name(all[i].region, bare))
            return all[i].region;
        if (*all[i].region2025 && same_name(all[i].region2025, bare))
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
        if (same_name(s, country[i]))
            return "Cả nước";
    const char *comma = strrchr(s, ','), *region = region_named(t, s);
    if (region)
        return region;
    if (comma && comma > s && catalog_place_named(t->catalog, comma + 1 + (comma[1] == ' '), ""))
        return s; /* "Vị Thanh, Hậu Giang" */
    return is_agency(s) ? s : NULL;
}

/* NULL if the cell names no place; `period` may be "". A table names few places many times. */
static const char *place_in(struct table *t, const char *s, const char *period)
{
    unsigned h = 2166136261u;
    struct period p = { .last = "" };
    if (*period && !period_parse(period, &p))
        p.last[0] = '\0';
    for (const char *d = p.last; *d; d++)
        h = (h ^ (unsigned char)*d) * 16777619u;
    for (const char *c = s; *c; c++)
        h = (h ^ (unsigned char)*c) * 16777619u;
    size_t i = h % MEMO;
    if (!t->places[i].text || strcmp(t->places[i].text, s) != 0 || strcmp(t->places[i].date, p.last) != 0) {
        t->places[i].text = s;
        memcpy(t->places[i].date, p.last, sizeof p.last);
        t->places[i].place = *s ? place_lookup(t, s, p.last) : NULL;
    }
    return t->places[i].place;
}

static void unknown_place(struct table *t, int line, size_t column, const char *heading, const char *s)
{
    if (!count_fault(t))
        return;
    size_t n;
    const struct place *all = catalog_places(t->catalog, &n);
    const char **names = arena_array(t->a, const char *, n);
    for (size_t i = 0; i < n; i++)
        names[i] = all[i].name;
    const char *near = diag_nearest(s, names, n);
    diag_error(t->d, place_of(t, line, column), _("unknown place \"%s\" in row %d, column %s"), s, line, column_name(t, column, heading));
    if (near)
        diag_expected(t->d, _("a province, region, ministry or \"Cả nước\"; the nearest is \"%s\""), near);
}

/* ---- indicators ---- */

static const struct index *index_named(const struct table *t, const char *s)
{
    size_t n;
    const struct index *all = catalog_indices(t->catalog, &n);
    for (size_t i = 0; i < n; i++)
        if (strcmp(all[i].code, s) == 0 || same_name(all[i].short_name, s) || same_name(all[i].name, s))
            return &all[i];
    return NULL;
}

static const struct indicator *indicator_named(const struct table *t, const char *s)
{
    size_t n;
    const struct indicator *all = catalog_indicators(t->catalog, &n), *found = catalog_indicator(t->catalog, s);
    for (size_t i = 0; i < n && !found; i++)
        if (same_name(all[i].name, s) || same_name(all[i].short_name, s))
            found = &all[i];
    const struct index *x = found ? NULL : index_named(t, s);
    return x ? catalog_indicator(t->catalog, arena_printf(t->a, "%s.diem", x->code)) : found;
}

static bool begins_folded(const char *s, const char *word, const char **rest)
{
    size_t n = strlen(word);
    if (strncmp(s, word, n) != 0)
        return false;
    *rest = s + n;
    while (**rest == ' ' || **rest == ':')
        ++*rest;
    return true;
}

/* "Hạng PAPI", "Xếp hạng chỉ số PAPI", "Điểm PCI", "Chỉ số SIPAS (%)". */
static const struct indicator *indicator_in_heading(const struct table *t, const char *s)
{
    static const char *const ranks[] = { "xếp hạng", "Xếp hạng", "thứ hạng", "Thứ hạng", "hạng", "Hạng", "XẾP HẠNG", "HẠNG", "Vị trí", "rank" };
    static const char *const words[] = { "điểm số", "Điểm số", "điểm", "Điểm", "ĐIỂM", "chỉ số", "Chỉ số", "CHỈ SỐ", "Giá trị", "Kết quả" };
    const struct indicator *found = indicator_named(t, s);
    const char *rest = s;
    bool rank = false;
    for (size_t i = 0; i < sizeof ranks / sizeof *ranks && !found && !rank; i++)
        rank = begins_folded(s, ranks[i], &rest);
    for (size_t i = 0; i < sizeof words / sizeof *words && !found; i++)
        begins_folded(rest, words[i], &rest);
    if (!found && rest != s && *rest)
        found = indicator_named(t, rest);
    if (found && rank && found->rank)
        found = found->rank;
    return found;
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
static const struct indicator *indicator_within(const struct table *t, const char *title)
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

static void unknown_indicator(struct table *t, int line, size_t column, const char *heading, const char *s)
{
    if (!count_fault(t))
        return;
    size_t n;
    const struct indicator *all = catalog_indicators(t->catalog, &n);
    const char **codes = arena_array(t->a, const char *, n);
    for (size_t i = 0; i < n; i++)
        codes[i] = all[i].code;
    const char *near = diag_nearest(s, codes, n);
    diag_error(t->d, place_of(t, line, column), _("unknown indicator \"%s\" in row %d, column %s"), s, line, column_name(t, column, heading));
    if (near)
        diag_expected(t->d, _("a code or name of the catalog, or \"khac:\" and a label; the nearest is \"%s\""), near);
    else
        diag_expected(t->d, _("a code or name of the catalog, or \"khac:\" and a label"));
}

/* ---- numbers ---- */

struct figure { double value, of; bool percent; enum fact_qualifier qualifier; };

static bool is_missing(const char *s)
{
    static const char *const signs[] = { "", "-", "–", "—", "..", "…", "...", "n/a", "N/A", "NA", "na", "#N/A", "x", "X", "/" };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(s, signs[i]) == 0)
            return true;
    return false;
}

/* One number: "97.4", "97,4", "1.929,5", "1 929". The dot is the decimal mark
 * (the contract), unless a comma follows groups of three. */
static bool parse_number(const char *s, size_t n, double *v)
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
static bool parse_figure(const char *s, struct figure *f)
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
    if (slash && !parse_number(slash + 1, (size_t)(s + n - slash - 1), &f->of))
        return false;
    return parse_number(s, slash ? (size_t)(slash - s) : n, &f->value);
}

static void bad_number(struct table *t, int line, size_t column, const char *heading, const char *s)
{
    if (!count_fault(t))
        return;
    diag_error(t->d, place_of(t, line, column), _("\"%s\" in row %d, column %s is no number"), s, line, column_name(t, column, heading));
    diag_expected(t->d, _("digits with a decimal point, such as 97.4"));
}

/* ---- what the indicator tells of a figure ---- */

static enum fact_kind kind_of(const struct indicator *i, const char *unit, const struct figure *f)
{
    if ((i && strcmp(i->unit, "hạng") == 0) || strcmp(unit, "hạng") == 0)
        return FACT_RANK;
    if (f->percent || strcmp(unit, "%") == 0)
        return FACT_PERCENT;
    if (strcmp(unit, "điểm") == 0)
        return FACT_SCORE;
    if (strstr(unit, "tỷ "))
        return FACT_MONEY;
    return isfinite(f->of) ? FACT_FRACTION : FACT_COUNT;
}

static struct fact *add_fact(struct table *t, int line)
{
    struct fact *f = ARENA_PUSH(t->a, t->out->items, t->out->n, t->out->cap);
    const char *source = t->defaults && t->defaults->source ? t->defaults->source : t->name;
    *f = (struct fact){ .source = source, .start = -1, .end = -1, .quote = "", .place = "", .level = "", .indicator = "",
                        .value = NAN, .of = NAN, .unit = "", .period = "", .confidence = 1 };
    f->why = arena_printf(t->a, "%s:%d", t->name, line);
    return f;
}

/* An index in percent has its 100 in the unit; only ranks, scores and fractions are "of" something. */
static void settle(struct fact *f)
{
    if (f->kind == FACT_PERCENT && f->of == 100)
        f->of = NAN;
}

/* ---- lists: a fact a row ---- */

enum column { COLUMN_PLACE, COLUMN_INDICATOR, COLUMN_PERIOD, COLUMN_VALUE, COLUMN_OF, COLUMN_UNIT, COLUMN_SOURCE, COLUMN_LEVEL,
              COLUMN_KIND, COLUMN_QUALIFIER, COLUMN_ROLE, COLUMN_QUOTE, COLUMN_CONFIDENCE, COLUMNS, COLUMN_PASSED };
static const struct { const char *name; enum column column; } column_names[] = {
    { "place", COLUMN_PLACE }, { "province", COLUMN_PLACE }, { "tỉnh", COLUMN_PLACE }, { "địa phương", COLUMN_PLACE },
    { "tỉnh, thành phố", COLUMN_PLACE }, { "indicator", COLUMN_INDICATOR }, { "chỉ tiêu", COLUMN_INDICATOR },
    { "chỉ số", COLUMN_INDICATOR }, { "period", COLUMN_PERIOD }, { "year", COLUMN_PERIOD }, { "năm", COLUMN_PERIOD },
    { "kỳ", COLUMN_PERIOD }, { "value", COLUMN_VALUE }, { "giá trị", COLUMN_VALUE }, { "of", COLUMN_OF }, { "unit", COLUMN_UNIT },
    { "đơn vị", COLUMN_UNIT }, { "đơn vị tính", COLUMN_UNIT }, { "source", COLUMN_SOURCE }, { "nguồn", COLUMN_SOURCE },
    { "level", COLUMN_LEVEL }, { "cấp", COLUMN_LEVEL }, { "kind", COLUMN_KIND }, { "qualifier", COLUMN_QUALIFIER },
    { "role", COLUMN_ROLE }, { "quote", COLUMN_QUOTE }, { "confidence", COLUMN_CONFIDENCE }, { "start", COLUMN_PASSED },
    { "end", COLUMN_PASSED }, { "status", COLUMN_PASSED }, { "id", COLUMN_PASSED }, { "page", COLUMN_PASSED },
    { "conflict", COLUMN_PASSED }, { "why", COLUMN_PASSED }, { "note", COLUMN_PASSED }, { "notes", COLUMN_PASSED },
    { "ghi chú", COLUMN_PASSED }, { "stt", COLUMN_PASSED }, { "tt", COLUMN_PASSED }, { "slug", COLUMN_PASSED },
    { "number", COLUMN_PASSED }, { "region", COLUMN_PASSED }, { "vùng", COLUMN_PASSED },
};
enum { NAMES = sizeof column_names / sizeof *column_names };

/* COLUMNS: none of ours. */
static enum column column_of(const char *heading)
{
    for (size_t i = 0; i < NAMES; i++)
        if (same_name(heading, column_names[i].name))
            return column_names[i].column;
    return COLUMNS;
}

struct list { struct table *t; int at[COLUMNS]; /* column number, -1: absent */ };

static bool read_header(struct list *l, const struct row *head)
{
    struct table *t = l->t;
    const char *names[NAMES];
    for (size_t i = 0; i < NAMES; i++)
        names[i] = column_names[i].name;
    for (int i = 0; i < COLUMNS; i++)
        l->at[i] = -1;
    for (size_t i = 0; i < head->n; i++) {
        enum column c = *head->cells[i] ? column_of(head->cells[i]) : COLUMN_PASSED;
        if (c == COLUMNS) {
            const char *near = diag_nearest(head->cells[i], names, NAMES);
            if (count_fault(t)) {
                diag_error(t->d, place_of(t, head->line, i), _("unknown column \"%s\""), head->cells[i]);
                if (near)
                    diag_expected(t->d, _("a column of the fact table; the nearest is \"%s\""), near);
            }
        } else if (c < COLUMNS && l->at[c] >= 0) {
            if (count_fault(t))
                diag_error(t->d, place_of(t, head->line, i), _("column \"%s\" says the same as column %d"), head->cells[i], l->at[c] + 1);
        } else if (c < COLUMNS)
            l->at[c] = (int)i;
    }
    static const struct { enum column c; const char *name; } needed[] = {
        { COLUMN_PLACE, "place" }, { COLUMN_INDICATOR, "indicator" }, { COLUMN_PERIOD, "period" }, { COLUMN_VALUE, "value" } };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (l->at[needed[i].c] < 0 && count_fault(t))
            diag_error(t->d, (struct at){ .file = t->path, .line = head->line }, _("column \"%s\" is missing"), needed[i].name);
    return t->faults == 0;
}

static const char *text_at(const struct list *l, const struct row *r, enum column c)
{
    return l->at[c] >= 0 ? grid_cell(r, (size_t)l->at[c]) : "";
}

static void bad_word(struct list *l, const struct row *r, enum column c, const char *what)
{
    if (count_fault(l->t))
        diag_error(l->t->d, place_of(l->t, r->line, (size_t)l->at[c]), _("\"%s\" in row %d, column %s is no %s"), text_at(l, r, c),
                   r->line, column_name(l->t, (size_t)l->at[c], ""), what);
}

static void list_words(struct list *l, const struct row *r, struct fact *f)
{
    struct table *t = l->t;
    struct period period;
    const char *s = text_at(l, r, COLUMN_PLACE), *code = text_at(l, r, COLUMN_INDICATOR);
    f->quote = text_at(l, r, COLUMN_QUOTE);
    f->level = text_at(l, r, COLUMN_LEVEL);
    f->period = text_at(l, r, COLUMN_PERIOD);
    f->place = place_in(t, s, f->period);
    if (!f->place && *f->quote)
        f->place = s; /* a row of extract: the document says so, be it a commune */
    else if (!f->place)
        unknown_place(t, r->line, (size_t)l->at[COLUMN_PLACE], "", s);
    if (!period_parse(f->period, &period) || (!*f->period && !*f->quote))
        bad_word(l, r, COLUMN_PERIOD, _("period"));
    if (*text_at(l, r, COLUMN_SOURCE))
        f->source = text_at(l, r, COLUMN_SOURCE);
    const struct indicator *i = indicator_named(t, code);
    if (i)
        f->indicator = i->code;
    else if (strncmp(code, "khac:", 5) == 0)
        f->indicator = code;
    else
        unknown_indicator(t, r->line, (size_t)l->at[COLUMN_INDICATOR], "", code);
}

static void list_figure(struct list *l, const struct row *r, struct fact *f)
{
    struct figure v = { .value = NAN, .of = NAN }, of;
    const struct indicator *i = catalog_indicator(l->t->catalog, f->indicator);
    const char *value = text_at(l, r, COLUMN_VALUE), *total = text_at(l, r, COLUMN_OF), *kind = text_at(l, r, COLUMN_KIND);
    bool note = strcmp(kind, "note") == 0;
    if (!note && !parse_figure(value, &v))
        bad_number(l->t, r->line, (size_t)l->at[COLUMN_VALUE], "value", value);
    if (*total && !parse_figure(total, &of))
        bad_number(l->t, r->line, (size_t)l->at[COLUMN_OF], "of", total);
    else if (*total)
        v.of = of.value;
    f->unit = *text_at(l, r, COLUMN_UNIT) ? text_at(l, r, COLUMN_UNIT) : i ? i->unit : "";
    f->value = v.value;
    f->of = v.of;
    f->qualifier = v.qualifier;
    f->kind = kind_of(i, f->unit, &v);
    if (*kind && !fact_kind_parse(kind, &f->kind))
        bad_word(l, r, COLUMN_KIND, _("kind of fact"));
    settle(f);
}

static void list_row(struct list *l, const struct row *r)
{
    struct fact *f = add_fact(l->t, r->line);
    const char *qualifier = text_at(l, r, COLUMN_QUALIFIER), *role = text_at(l, r, COLUMN_ROLE),
               *confidence = text_at(l, r, COLUMN_CONFIDENCE), *level = text_at(l, r, COLUMN_LEVEL);
    double sure = 1;
    list_words(l, r, f);
    list_figure(l, r, f);
    if (*qualifier && !fact_qualifier_parse(qualifier, &f->qualifier))
        bad_word(l, r, COLUMN_QUALIFIER, _("qualifier (= ~ > >= < <=)"));
    if (*role && !fact_role_parse(role, &f->role))
        bad_word(l, r, COLUMN_ROLE, _("role (result, target, change)"));
    if (*level && strcmp(level, "tỉnh") != 0 && strcmp(level, "huyện") != 0 && strcmp(level, "xã") != 0)
        bad_word(l, r, COLUMN_LEVEL, _("level (tỉnh, huyện, xã)"));
    if (*confidence && (!parse_number(confidence, strlen(confidence), &sure) || sure < 0 || sure > 1))
        bad_word(l, r, COLUMN_CONFIDENCE, _("confidence from 0 to 1"));
    f->confidence = sure;
    if (r->n && l->t->grid.n && r->n > l->t->grid.rows[0].n && count_fault(l->t))
        diag_error(l->t->d, place_of(l->t, r->line, l->t->grid.rows[0].n), _("row %d has %zu cells, the header %zu"), r->line, r->n,
                   l->t->grid.rows[0].n);
}

static void read_list(struct table *t)
{
    struct list l = { .t = t };
    if (!read_header(&l, &t->grid.rows[0]))
        return;
    for (size_t i = 1; i < t->grid.n && t->faults <= FAULTS_MAX; i++)
        list_row(&l, &t->grid.rows[i]);
}

/* ---- matrices: places by indicators or years ---- */

struct heading { const struct indicator *indicator; const char *period, *text; bool passed; };

/* "PAPI năm 2023 (điểm)" -> 2023, and "PAPI" in `rest`. */
static const char *take_period(struct table *t, const char *s, const char **rest)
{
    struct buf b = { 0 };
    const char *found = NULL;
    for (const char *p = s; *p;) {
        struct period period;
        size_t n = strcspn(p, " ()/,;:-–\n");
        char word[16];
        if (*p == '(') { /* units and remarks in brackets */
            const char *close = strchr(p, ')');
            size_t year = strspn(p + 1, "0123456789");
            if (close && !(year == 4 && close == p + 5)) {
                p = close + 1;
                continue;
            }
        }
        if (n == 0) {
            buf_char(&b, *p == '(' || *p == ')' || *p == '\n' ? ' ' : *p);
            p++;
            continue;
        }
        /* "2023-H1" has a dash inside. */
        size_t w = strcspn(p, " (),;:\n");
        size_t take = w < sizeof word ? w : 0;
        for (int pass = 0; pass < 2; pass++, take = n < sizeof word ? n : 0) {
            memcpy(word, p, take);
            word[take] = '\0';
            if (!found && take >= 4 && period_parse(word, &period) && period.year >= 1990 && period.year <= 2100) {
                found = arena_strdup(t->a, word);
                n = take;
                break;
            }
        }
        bool year_word = (n == strlen("năm") && memcmp(p, "năm", n) == 0) || (n == strlen("Năm") && memcmp(p, "Năm", n) == 0);
        if (!(found && n == strlen(found) && memcmp(p, found, n) == 0) && !year_word)
            buf_add(&b, p, n);
        p += n;
    }
    const char *text = b.data ? b.data : "";
    size_t len = b.len;
    while (len && strchr(" -:,;/", *text))
        text++, len--;
    while (len && strchr(" -:,;/", text[len - 1]))
        len--;
    *rest = arena_strndup(t->a, text, len);
    buf_clear(&b);
    return found;
}

/* The cell of a heading row, carried on from the left where it spans columns. */
static const char *spanning(const struct table *t, size_t row, size_t column, size_t first)
{
    const struct row *r = &t->grid.rows[row];
    const char *s = grid_cell(r, column);
    if (*s)
        return s;
    if (t->grid.sheet) {
        for (size_t i = 0; i < t->grid.n_merged; i++)
            if (t->grid.merged[i].row == r->line && t->grid.merged[i].from <= (int)column && (int)column <= t->grid.merged[i].to)
                return grid_cell(r, (size_t)t->grid.merged[i].from);
        return "";
    }
    while (column > first && !*grid_cell(r, column))
        column--;
    return grid_cell(r, column);
}

/* Rows `from`..`to`-1 are headings; joined from above, each text once. */
static const char *heading_text(struct table *t, size_t from, size_t to, size_t column, size_t first)
{
    const char *text = "", *before = "";
    for (size_t i = from; i < to; i++) {
        /* The lowest row speaks for its own columns only. */
        const char *s = i + 1 < to ? spanning(t, i, column, first) : grid_cell(&t->grid.rows[i], column);
        if (!*s || strcmp(s, before) == 0)
            continue;
        text = *text ? arena_printf(t->a, "%s %s", text, s) : s;
        before = s;
    }
    return text;
}

/* "Thứ hạng" and "Điểm" under a title that names the index; NULL for other words. */
static const struct indicator *part_named(const struct table *t, const struct indicator *of_all, const char *s)
{
    static const char *const words[] = { "hạng", "xếp hạng", "thứ hạng", "vị trí", "rank", "điểm", "điểm số", "chỉ số", "giá trị", "kết quả", "score" };
    for (size_t i = 0; of_all && of_all->index && i < sizeof words / sizeof *words; i++)
        if (same_name(s, words[i]))
            return catalog_indicator(t->catalog, arena_printf(t->a, "%s.%s", of_all->index->code, i < 5 ? "hang" : "diem"));
    return NULL;
}

static struct heading read_heading(struct table *t, const char *text, const struct indicator *of_all, const char *period)
{
    struct heading h = { .text = text };
    const char *rest;
    h.period = take_period(t, text, &rest);
    h.indicator = *rest ? indicator_in_heading(t, rest) : of_all;
    if (!h.indicator)
        h.indicator = part_named(t, of_all, rest);
    if (!h.indicator && catalog_indicator(t->catalog, text))
        h.indicator = catalog_indicator(t->catalog, text);
    if (!h.indicator && of_all && *rest && column_of(rest) == COLUMN_VALUE)
        h.indicator = of_all;
    if (!h.period)
        h.period = period;
    h.passed = !*text || (!h.indicator && column_of(rest) == COLUMN_PASSED);
    return h;
}

/* Column of places: of the first eight, the one with most places; its first row. */
static size_t find_places(struct table *t, size_t *column)
{
    size_t best = 0, first = 0;
    for (size_t c = 0; c < 8; c++) {
        size_t n = 0, top = 0;
        for (size_t i = 0; i < t->grid.n && i < 400; i++)
            if (place_in(t, grid_cell(&t->grid.rows[i], c), "")) {
                top = n++ ? top : i;
            }
        if (n > best) {
            best = n;
            *column = c;
            first = top;
        }
    }
    return best ? first : SIZE_MAX;
}

/* What titles above the headings and the file's name say of the whole table. */
static void whole_table(struct table *t, size_t headings, const struct indicator **indicator, const char **period)
{
    const struct table_defaults *o = t->defaults;
    const char *rest, *stem = arena_strdup(t->a, t->name);
    char *dot = strrchr(stem, '.');
    if (dot)
        *dot = '\0';
    *indicator = o && o->indicator ? catalog_indicator(t->catalog, o->indicator) : NULL;
    *period = o && o->period ? o->period : NULL;
    for (size_t i = 0; i <= headings; i++) { /* titles, then the file's name */
        const char *text = i < headings ? grid_cell(&t->grid.rows[i], 0) : stem;
        const char *found = take_period(t, text, &rest);
        *period = *period ? *period : found;
        if (!*indicator && *rest)
            *indicator = indicator_in_heading(t, rest);
        if (!*indicator && *rest)
            *indicator = indicator_within(t, rest);
    }
}

static void matrix_cell(struct table *t, const struct row *r, size_t column, const char *name, const struct heading *h)
{
    struct figure v;
    const char *s = grid_cell(r, column);
    if (is_missing(s))
        return;
    if (!parse_figure(s, &v)) {
        bad_number(t, r->line, column, h->text, s);
        return;
    }
    struct fact *f = add_fact(t, r->line);
    f->place = place_in(t, name, h->period);
    f->indicator = h->indicator->code;
    f->period = h->period;
    f->unit = v.percent ? "%" : h->indicator->unit;
    f->value = v.value;
    f->of = v.of;
    f->qualifier = v.qualifier;
    f->kind = kind_of(h->indicator, f->unit, &v);
    settle(f);
}

static void check_heading(struct table *t, const struct row *r, size_t column, const struct heading *h)
{
    if (h->passed)
        return;
    if (!h->indicator)
        unknown_indicator(t, r->line, column, "", h->text);
    else if (!h->period && count_fault(t)) {
        diag_error(t->d, place_of(t, r->line, column), _("\"%s\" in row %d, column %s names no year, nor does a title or the file's name"),
                   h->text, r->line, column_name(t, column, ""));
        diag_expected(t->d, _("a year in the heading, or --period"));
    }
}

static bool read_headings(struct table *t, size_t top, size_t places, struct heading *heads, size_t n)
{
    const struct indicator *of_all;
    const char *period;
    size_t from = top > HEADINGS ? top - HEADINGS : 0, figures = 0;
    /* A title fills one cell of its row (or one merged over all): no heading of columns. */
    while (from + 1 < top) {
        size_t filled = 0;
        for (size_t i = 0; i < t->grid.rows[from].n; i++)
            filled += *t->grid.rows[from].cells[i] != '\0';
        if (filled > 1)
            break;
        from++;
    }
    whole_table(t, from, &of_all, &period);
    for (size_t c = places + 1; c < n; c++) {
        heads[c] = read_heading(t, heading_text(t, from, top, c, places + 1), of_all, period);
        check_heading(t, &t->grid.rows[top - 1], c, &heads[c]);
        figures += !heads[c].passed;
    }
    if (!figures && count_fault(t)) {
        diag_error(t->d, (struct at){ .file = t->path, .line = t->grid.rows[top - 1].line }, _("no column names an indicator or a year"));
        diag_expected(t->d, _("a header with codes of the catalog or years"));
    }
    return t->faults == 0;
}

static void read_matrix(struct table *t)
{
    size_t places = 0, top = find_places(t, &places), n = 0;
    if (top == SIZE_MAX || top == 0) {
        if (count_fault(t)) {
            diag_error(t->d, (struct at){ .file = t->path, .line = t->grid.rows[0].line }, _("is no table of facts: %s"),
                       top ? _("no column of provinces is in it") : _("no header is over the figures"));
            diag_expected(t->d, _("columns place, indicator, period, value; or places by indicators or years"));
        }
        return;
    }
    for (size_t i = 0; i < t->grid.n; i++)
        n = t->grid.rows[i].n > n ? t->grid.rows[i].n : n;
    struct heading *heads = arena_array(t->a, struct heading, n);
    if (!read_headings(t, top, places, heads, n))
        return;
    for (size_t i = top; i < t->grid.n && t->faults <= FAULTS_MAX; i++) {
        const struct row *r = &t->grid.rows[i];
        const char *name = grid_cell(r, places), *place = place_in(t, name, "");
        size_t figures = 0;
        for (size_t c = places + 1; c < r->n; c++)
            figures += !heads[c].passed && !is_missing(r->cells[c]);
        if (!figures)
            continue; /* a group's title or a footnote */
        if (!place) {
            unknown_place(t, r->line, places, "", name);
            continue;
        }
        for (size_t c = places + 1; c < r->n; c++)
            if (!heads[c].passed)
                matrix_cell(t, r, c, name, &heads[c]);
    }
}

/* ---- the file ---- */

static bool is_list(const struct row *head)
{
    bool has[COLUMNS + 2] = { false };
    for (size_t i = 0; i < head->n; i++)
        has[column_of(head->cells[i])] = true;
    return has[COLUMN_VALUE] && has[COLUMN_INDICATOR];
}

bool table_read(const char *path, const struct table_defaults *defaults, const struct catalog *c, struct arena *a,
                struct facts *out, char hash[65], struct diag *d)
{
    struct buf data = { 0 };
    struct table t = { .path = path, .name = file_basename(path), .catalog = c, .defaults = defaults, .a = a, .out = out, .d = d };
    *out = (struct facts){ 0 };
    bool ok = file_read(path, TABLE_BYTES_MAX, &data, d);
    if (ok && !data.len) {
        diag_error(d, (struct at){ .file = path }, _("is empty"));
        ok = false;
    }
    ok = ok && grid_read(path, data.data, data.len, a, &t.grid, d);
    if (ok) {
        file_sha256(data.data, data.len, hash);
        if (is_list(&t.grid.rows[0]))
            read_list(&t);
        else
            read_matrix(&t);
        if (!t.faults && !out->n) {
            diag_error(d, (struct at){ .file = path }, _("holds no figure"));
            t.faults++;
        }
    }
    buf_clear(&data);
    if (ok && t.faults == 0)
        return true;
    *out = (struct facts){ 0 };
    return false;
}
