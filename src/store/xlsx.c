/* Sheets of an Office Open XML workbook (ECMA-376, part 1, chapter 18).
 *
 * Sheets and the shared strings are streamed: their trees would take ten
 * times the bytes.  Numbers are written as Excel shows a general cell, with 15
 * digits; cells formatted as a percentage are multiplied and marked "%", those
 * formatted as a date become a period: "2024-07-15", "2024-M7" or "2024",
 * whatever of it the format shows. */
#include "base/buf.h"
#include "ingest/nodes.h"
#include "ingest/package.h"
#include "store/grid.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum style { STYLE_GENERAL, STYLE_PERCENT, STYLE_DATE, STYLE_MONTH, STYLE_YEAR };
struct strings { const char **items; size_t n, cap; };
struct workbook {
    struct package *p;
    const char *path;
    struct arena *a;
    struct strings shared;
    enum style *styles;  /* by cell style */
    size_t n_styles;
    bool from_1904;      /* days are counted from then */
    struct diag *d;
};

static bool damaged(struct workbook *w, const char *part)
{
    diag_error(w->d, (struct at){ .file = w->path }, _("is damaged: \"%s\" in it is not well-formed"), part);
    return false;
}

static bool is(xmlTextReaderPtr r, const char *name)
{
    const char *local = (const char *)xmlTextReaderConstLocalName(r);
    return local && strcmp(local, name) == 0;
}

/* Copies of attributes of the reader's element; NULL if absent. */
static char *attribute(xmlTextReaderPtr r, struct arena *a, const char *name)
{
    xmlChar *v = xmlTextReaderGetAttribute(r, (const xmlChar *)name);
    char *copy = v ? arena_strdup(a, (const char *)v) : NULL;
    xmlFree(v);
    return copy;
}

/* ---- shared strings ---- */

static bool read_strings(struct workbook *w, const struct buf *xml)
{
    xmlTextReaderPtr r = package_reader(xml, w->path, w->d);
    struct buf text = { 0 };
    int more = r ? xmlTextReaderRead(r) : -1;
    bool in_t = false, phonetic = false;
    for (; more == 1; more = xmlTextReaderRead(r)) {
        int type = xmlTextReaderNodeType(r);
        bool begin = type == XML_READER_TYPE_ELEMENT && !xmlTextReaderIsEmptyElement(r);
        if (type == XML_READER_TYPE_ELEMENT && is(r, "rPh"))
            phonetic = begin;
        else if (type == XML_READER_TYPE_END_ELEMENT && is(r, "rPh"))
            phonetic = false;
        else if (is(r, "t") && type != XML_READER_TYPE_TEXT)
            in_t = begin && !phonetic;
        else if (in_t && xmlTextReaderHasValue(r))
            buf_str(&text, (const char *)xmlTextReaderConstValue(r));
        else if (is(r, "si") && (type == XML_READER_TYPE_END_ELEMENT || (type == XML_READER_TYPE_ELEMENT && !begin))) {
            *ARENA_PUSH(w->a, w->shared.items, w->shared.n, w->shared.cap) = arena_strndup(w->a, text.data ? text.data : "", text.len);
            buf_reset(&text);
        }
    }
    buf_clear(&text);
    xmlFreeTextReader(r);
    return more == 0 || damaged(w, "xl/sharedStrings.xml");
}

/* ---- styles: which cells are percentages and dates ---- */

/* By the letters of a number format, without what it quotes and colours. */
static enum style style_of_code(const char *code)
{
    bool day = false, month = false, year = false, hour = false;
    for (const char *p = code; *p && *p != ';'; p++) {
        bool skipped = strchr("\"[\\_*", *p) != NULL;
        if (*p == '"')
            p += strcspn(p + 1, "\"") + 1;
        else if (*p == '[')
            p += strcspn(p, "]");
        else if (skipped)
            p++;
        if (!*p)
            break;
        if (skipped)
            continue;
        if (*p == '%')
            return STYLE_PERCENT;
        day |= *p == 'd' || *p == 'D';
        month |= *p == 'm' || *p == 'M';
        year |= *p == 'y' || *p == 'Y';
        hour |= *p == 'h' || *p == 'H' || *p == 's';
    }
    return day ? STYLE_DATE : month && year ? STYLE_MONTH : year && !hour ? STYLE_YEAR : STYLE_GENERAL;
}

static enum style style_of_format(const xmlNode *formats, const char *id)
{
    long number = strtol(id, NULL, 10);
    if (number == 9 || number == 10)
        return STYLE_PERCENT;
    if (number == 17)
        return STYLE_MONTH;
    if ((number >= 14 && number <= 16) || number == 22)
        return STYLE_DATE;
    for (const xmlNode *n = formats ? formats->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp(node_attribute(n, "numFmtId"), id) == 0)
            return style_of_code(node_attribute(n, "formatCode"));
    return STYLE_GENERAL;
}

static bool read_styles(struct workbook *w)
{
    if (!package_has(w->p, "xl/styles.xml"))
        return true;
    xmlDocPtr doc = package_xml(w->p, "xl/styles.xml", w->d);
    if (!doc)
        return false;
    xmlNode *root = xmlDocGetRootElement(doc), *formats = node_child(root, "numFmts"), *cells = node_child(root, "cellXfs");
    size_t cap = 0;
    for (xmlNode *n = cells ? cells->children : NULL; n && w->n_styles < 65536; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            *ARENA_PUSH(w->a, w->styles, w->n_styles, cap) = style_of_format(formats, node_attribute(n, "numFmtId"));
    xmlFreeDoc(doc);
    return true;
}

/* ---- the sheet ---- */

/* "BC12" -> row 12, column 54; false if it is no reference. */
static bool reference(const char *s, long *row, long *column)
{
    *column = 0;
    while (*s >= 'A' && *s <= 'Z' && *column < 100000)
        *column = *column * 26 + (*s++ - 'A' + 1);
    char *end;
    *row = strtol(s, &end, 10);
    --*column;
    return *column >= 0 && *row >= 1 && *row <= 1048576 && (*end == '\0' || *end == ':');
}

/* A day's number as a period, as far as its format shows it; NULL if it is none. Days of civil
 * calendars after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms". */
static const char *date_text(const struct workbook *w, double serial, enum style style)
{
    enum { TO_1970 = 25569, TO_1904 = 1462, ERA = 146097 };
    if (!(serial >= 61 && serial < 100000)) /* from March 1900, so that Excel's 29 February 1900 is no matter */
        return NULL;
    long days = (long)serial - TO_1970 + (w->from_1904 ? TO_1904 : 0) + 719468, era = days / ERA, of_era = days - era * ERA;
    long years = (of_era - of_era / 1460 + of_era / 36524 - of_era / (ERA - 1)) / 365;
    long of_year = of_era - (365 * years + years / 4 - years / 100), m = (5 * of_year + 2) / 153;
    int day = (int)(of_year - (153 * m + 2) / 5 + 1), month = (int)(m < 10 ? m + 3 : m - 9);
    int year = (int)(years + era * 400) + (month <= 2);
    if (style == STYLE_YEAR)
        return arena_printf(w->a, "%d", year);
    return style == STYLE_MONTH ? arena_printf(w->a, "%d-M%d", year, month)
                                : arena_printf(w->a, "%04d-%02d-%02d", year, month, day);
}

static const char *cell_value(struct workbook *w, const char *type, const char *style, const char *value)
{
    if (strcmp(type, "s") == 0) {
        size_t i = strtoull(value, NULL, 10);
        return i < w->shared.n ? w->shared.items[i] : "";
    }
    if (strcmp(type, "n") != 0)
        return arena_strdup(w->a, value);
    char *end;
    double v = strtod(value, &end);
    if (end == value || *end)
        return arena_strdup(w->a, value);
    size_t s = style ? strtoull(style, NULL, 10) : 0;
    enum style is = s < w->n_styles ? w->styles[s] : STYLE_GENERAL;
    const char *date = is > STYLE_PERCENT ? date_text(w, v, is) : NULL;
    bool percent = is == STYLE_PERCENT;
    return date ? date : arena_printf(w->a, percent ? "%.13g%%" : "%.15g", percent ? v * 100 : v);
}

static const char *trimmed(struct arena *a, const char *s)
{
    size_t n = strlen(s);
    while (n && strchr(" \t\r\n", *s))
        s++, n--;
    while (n && strchr(" \t\r\n", s[n - 1]))
        n--;
    return arena_strndup(a, s, n);
}

struct sheet {
    struct workbook *w;
    struct grid *g;
    struct row row;
    size_t cap;
    const char *type, *style;
    long line, column;   /* of the cell that is open */
    struct buf value;
    bool in_value;
    size_t reached;      /* cells filled from above: bounded */
};

static bool end_row(struct sheet *s)
{
    bool filled = false;
    for (size_t i = 0; i < s->row.n; i++)
        filled |= *s->row.cells[i] != '\0';
    if (filled && s->g->n && s->row.line <= s->g->rows[s->g->n - 1].line)
        return damaged(s->w, "sheet"); /* rows stand in order */
    if (filled && s->g->n >= GRID_ROWS_MAX) {
        diag_error(s->w->d, (struct at){ .file = s->w->path }, _("has more than %d rows"), GRID_ROWS_MAX);
        return false;
    }
    if (filled)
        *ARENA_PUSH(s->w->a, s->g->rows, s->g->n, s->g->cap) = s->row;
    s->row = (struct row){ 0 };
    s->cap = 0;
    return true;
}

static bool begin_cell(struct sheet *s, xmlTextReaderPtr r)
{
    const char *at = attribute(r, s->w->a, "r"), *type = attribute(r, s->w->a, "t");
    long row = s->line, column = s->column + 1;
    if (at && !reference(at, &row, &column))
        return damaged(s->w, "sheet");
    s->column = column;
    s->type = type ? type : "n";
    s->style = attribute(r, s->w->a, "s");
    buf_reset(&s->value);
    return true;
}

static bool end_cell(struct sheet *s)
{
    const char *text = s->value.len ? cell_value(s->w, s->type, s->style, s->value.data) : "";
    if (!*text)
        return true;
    if (!grid_set(&s->row, &s->cap, (size_t)s->column, trimmed(s->w->a, text), s->w->a)) {
        diag_error(s->w->d, (struct at){ .file = s->w->path, .line = (int)s->line }, _("has more than %d columns"), GRID_COLUMNS_MAX);
        return false;
    }
    return true;
}

static bool is_number(const char *s)
{
    char *end;
    strtod(s, &end);
    return end != s && (!*end || *end == '%');
}

/* The first row at or below sheet row `line`. */
static size_t row_at(const struct grid *g, long line)
{
    size_t low = 0, high = g->n;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (g->rows[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Words in a cell that reaches down hold for its rows: a province beside its years. A figure holds for none of them alone. */
static void reach_down(struct sheet *s, long r0, long r1, size_t column)
{
    struct grid *g = s->g;
    size_t i = row_at(g, r0);
    const char *text = i < g->n && g->rows[i].line == r0 ? grid_cell(&g->rows[i], column) : "";
    if (!*text || is_number(text))
        return;
    for (size_t k = i + 1; k < g->n && g->rows[k].line <= r1 && s->reached < GRID_ROWS_MAX; k++, s->reached++) {
        size_t cap = 0; /* a new array: what the row has is not known to be larger than its cells */
        struct row wider = { .line = g->rows[k].line };
        if (*grid_cell(&g->rows[k], column))
            continue;
        if (column < g->rows[k].n) {
            g->rows[k].cells[column] = text;
            continue;
        }
        for (size_t c = 0; c < g->rows[k].n; c++)
            grid_set(&wider, &cap, c, g->rows[k].cells[c], s->w->a);
        grid_set(&wider, &cap, column, text, s->w->a);
        g->rows[k] = wider;
    }
}

static void merge(struct sheet *s, const char *range)
{
    long r0, c0, r1, c1;
    const char *colon = range ? strchr(range, ':') : NULL;
    if (!colon || !reference(range, &r0, &c0) || !reference(colon + 1, &r1, &c1) || c1 < c0 || c1 >= GRID_COLUMNS_MAX ||
        s->g->n_merged > 10000)
        return;
    struct grid *g = s->g;
    if (r1 > r0)
        reach_down(s, r0, r1, (size_t)c0);
    g->merged = arena_grow(s->w->a, g->merged, g->n_merged, &g->cap_merged, sizeof *g->merged);
    g->merged[g->n_merged].row = (int)r0;
    g->merged[g->n_merged].from = (int)c0;
    g->merged[g->n_merged++].to = (int)c1;
}

static bool sheet_node(struct sheet *s, xmlTextReaderPtr r)
{
    int type = xmlTextReaderNodeType(r);
    bool begin = type == XML_READER_TYPE_ELEMENT, end = type == XML_READER_TYPE_END_ELEMENT;
    bool empty = begin && xmlTextReaderIsEmptyElement(r);
    if (begin && is(r, "row")) {
        const char *number = attribute(r, s->w->a, "r");
        s->line = number ? strtol(number, NULL, 10) : s->line + 1;
        if (s->line < 1 || s->line > 1048576)
            return damaged(s->w, "sheet");
        s->row.line = (int)s->line;
        s->column = -1;
    } else if (end && is(r, "row"))
        return end_row(s);
    else if (begin && is(r, "c"))
        return begin_cell(s, r) && (!empty || end_cell(s));
    else if (end && is(r, "c"))
        return end_cell(s);
    else if ((begin || end) && (is(r, "v") || is(r, "t")))
        s->in_value = begin && !empty;
    else if (s->in_value && xmlTextReaderHasValue(r))
        buf_str(&s->value, (const char *)xmlTextReaderConstValue(r));
    else if (begin && is(r, "mergeCell"))
        merge(s, attribute(r, s->w->a, "ref"));
    return true;
}

static bool read_sheet(struct workbook *w, const char *name, struct grid *g)
{
    struct buf xml = { 0 };
    struct sheet s = { .w = w, .g = g };
    bool ok = package_read(w->p, name, &xml, w->d);
    xmlTextReaderPtr r = ok ? package_reader(&xml, w->path, w->d) : NULL;
    int more = 0;
    ok = r != NULL;
    while (ok && (more = xmlTextReaderRead(r)) == 1)
        ok = sheet_node(&s, r);
    if (ok && more < 0)
        ok = damaged(w, name);
    xmlFreeTextReader(r);
    buf_clear(&s.value);
    buf_clear(&xml);
    return ok;
}

/* ---- which sheets ---- */

struct sheet_name { const char *name, *id; bool hidden; };
struct sheet_names { struct sheet_name *items; size_t n, cap; };

/* The part that a relationship's id leads to, under xl/. */
static const char *target(struct workbook *w, const xmlNode *relations, const char *id)
{
    for (const xmlNode *n = relations ? relations->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp(node_attribute(n, "Id"), id) == 0) {
            const char *to = node_attribute(n, "Target");
            return *to == '/' ? arena_strdup(w->a, to + 1) : arena_printf(w->a, "xl/%s", to);
        }
    return NULL;
}

static bool read_names(struct workbook *w, struct sheet_names *names)
{
    enum { SHEETS_MAX = 1000 };
    xmlDocPtr doc = package_xml(w->p, "xl/workbook.xml", w->d);
    const xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL, *sheets = node_child(root, "sheets");
    const char *era = node_attribute(node_child(root, "workbookPr"), "date1904");
    w->from_1904 = strcmp(era, "1") == 0 || strcmp(era, "true") == 0;
    for (const xmlNode *n = sheets ? sheets->children : NULL; n && names->n < SHEETS_MAX; n = n->next)
        if (n->type == XML_ELEMENT_NODE) /* hidden and veryHidden sheets are not what the sender shows */
            *ARENA_PUSH(w->a, names->items, names->n, names->cap) =
                (struct sheet_name){ arena_strdup(w->a, node_attribute(n, "name")), arena_strdup(w->a, node_attribute(n, "id")),
                                     strstr(node_attribute(n, "state"), "idden") != NULL };
    xmlFreeDoc(doc);
    return doc && (names->n || damaged(w, "xl/workbook.xml"));
}

static void unknown_sheet(struct workbook *w, const struct sheet_names *names, const char *sheet)
{
    const char **all = arena_array(w->a, const char *, names->n);
    for (size_t i = 0; i < names->n; i++)
        all[i] = names->items[i].name;
    const char *near = diag_nearest(sheet, all, names->n);
    diag_error(w->d, (struct at){ .file = w->path }, _("has no sheet \"%s\""), sheet);
    diag_expected(w->d, _("one of %zu sheets; the %s is \"%s\""), names->n, near ? _("nearest") : _("first"), near ? near : all[0]);
}

static bool read_sheets(struct workbook *w, const char *sheet, struct grids *all)
{
    struct sheet_names names = { 0 };
    xmlDocPtr doc = NULL;
    bool ok = read_names(w, &names) && (doc = package_xml(w->p, "xl/_rels/workbook.xml.rels", w->d)), found = false;
    for (size_t i = 0; ok && i < names.n; i++) {
        const struct sheet_name *x = &names.items[i];
        if (sheet ? strcmp(x->name, sheet) != 0 : x->hidden)
            continue;
        struct grid g = { .name = x->name, .sheet = true };
        const char *part = target(w, xmlDocGetRootElement(doc), x->id);
        found = true;
        ok = part ? read_sheet(w, part, &g) : damaged(w, "xl/_rels/workbook.xml.rels");
        if (ok && g.n)
            *ARENA_PUSH(w->a, all->items, all->n, all->cap) = g;
    }
    if (ok && sheet && !found)
        unknown_sheet(w, &names, sheet);
    else if (ok && !all->n)
        diag_error(w->d, (struct at){ .file = w->path }, _("is empty"));
    xmlFreeDoc(doc);
    return ok && all->n;
}

bool grids_read_xlsx(const char *path, const char *data, size_t n, const char *sheet, struct arena *a, struct grids *g,
                     struct diag *d)
{
    struct workbook w = { .path = path, .a = a, .d = d };
    struct buf strings = { 0 };
    bool ok = (w.p = package_open(data, n, path, d)) != NULL;
    if (ok && !package_has(w.p, "xl/workbook.xml")) {
        diag_error(d, (struct at){ .file = path }, _("is a ZIP archive, but no .xlsx workbook"));
        ok = false;
    }
    if (ok && package_has(w.p, "xl/sharedStrings.xml"))
        ok = package_read(w.p, "xl/sharedStrings.xml", &strings, d) && read_strings(&w, &strings);
    buf_clear(&strings);
    ok = ok && read_styles(&w) && read_sheets(&w, sheet, g);
    package_close(w.p);
    return ok;
}
