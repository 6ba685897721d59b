/* The first sheet of an Office Open XML workbook (ECMA-376, part 1, chapter 18).
 *
 * The sheet and the shared strings are streamed: their trees would take ten
 * times the bytes.  Numbers are written as Excel shows a general cell, with 15
 * digits; cells formatted as a percentage are multiplied and marked "%". */
#include "base/buf.h"
#include "ingest/package.h"
#include "store/grid.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct strings { const char **items; size_t n, cap; };
struct workbook {
    struct package *p;
    const char *path;
    struct arena *a;
    struct strings shared;
    bool *percent;       /* by cell style */
    size_t n_styles;
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

/* ---- styles: which cells are percentages ---- */

static const char *node_attribute(const xmlNode *n, const char *name)
{
    for (const xmlAttr *at = n->properties; at; at = at->next)
        if (strcmp((const char *)at->name, name) == 0)
            return at->children && at->children->content ? (const char *)at->children->content : "";
    return "";
}

static xmlNode *child(xmlNode *n, const char *name)
{
    for (n = n ? n->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0)
            return n;
    return NULL;
}

static bool percent_format(xmlNode *formats, const char *id)
{
    long number = strtol(id, NULL, 10);
    if (number == 9 || number == 10)
        return true;
    for (xmlNode *n = formats ? formats->children : NULL; n; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp(node_attribute(n, "numFmtId"), id) == 0)
            return strchr(node_attribute(n, "formatCode"), '%') != NULL;
    return false;
}

static bool read_styles(struct workbook *w)
{
    if (!package_has(w->p, "xl/styles.xml"))
        return true;
    xmlDocPtr doc = package_xml(w->p, "xl/styles.xml", w->d);
    if (!doc)
        return false;
    xmlNode *root = xmlDocGetRootElement(doc), *formats = child(root, "numFmts"), *cells = child(root, "cellXfs");
    size_t cap = 0;
    for (xmlNode *n = cells ? cells->children : NULL; n && w->n_styles < 65536; n = n->next)
        if (n->type == XML_ELEMENT_NODE)
            *ARENA_PUSH(w->a, w->percent, w->n_styles, cap) = percent_format(formats, node_attribute(n, "numFmtId"));
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
    bool percent = s < w->n_styles && w->percent[s];
    return arena_printf(w->a, percent ? "%.13g%%" : "%.15g", percent ? v * 100 : v);
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
};

static bool end_row(struct sheet *s)
{
    bool filled = false;
    for (size_t i = 0; i < s->row.n; i++)
        filled |= *s->row.cells[i] != '\0';
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

static void merge(struct sheet *s, const char *range)
{
    long r0, c0, r1, c1;
    const char *colon = range ? strchr(range, ':') : NULL;
    if (!colon || !reference(range, &r0, &c0) || !reference(colon + 1, &r1, &c1) || c1 <= c0 || c1 >= GRID_COLUMNS_MAX ||
        s->g->n_merged > 10000)
        return;
    struct grid *g = s->g;
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

/* ---- which sheet ---- */

/* The part that a relationship's id leads to, under xl/. */
static const char *target(struct workbook *w, const char *id)
{
    const char *found = NULL;
    xmlDocPtr doc = package_xml(w->p, "xl/_rels/workbook.xml.rels", w->d);
    xmlNode *root = doc ? xmlDocGetRootElement(doc) : NULL;
    for (xmlNode *n = root ? root->children : NULL; n && !found; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp(node_attribute(n, "Id"), id) == 0) {
            const char *to = node_attribute(n, "Target");
            found = *to == '/' ? arena_strdup(w->a, to + 1) : arena_printf(w->a, "xl/%s", to);
        }
    xmlFreeDoc(doc);
    return found;
}

static const char *first_sheet(struct workbook *w)
{
    xmlDocPtr doc = package_xml(w->p, "xl/workbook.xml", w->d);
    xmlNode *sheets = doc ? child(xmlDocGetRootElement(doc), "sheets") : NULL;
    const char *id = NULL, *others = NULL;
    for (xmlNode *n = sheets ? sheets->children : NULL; n; n = n->next) {
        if (n->type != XML_ELEMENT_NODE || strstr(node_attribute(n, "state"), "idden"))
            continue; /* hidden and veryHidden sheets are not what the sender shows */
        if (!id)
            id = arena_strdup(w->a, node_attribute(n, "id"));
        else if (!others)
            others = arena_strdup(w->a, node_attribute(n, "name"));
    }
    xmlFreeDoc(doc);
    if (others)
        diag_note(w->d, (struct at){ .file = w->path }, _("only the first sheet is read, not \"%s\" and later ones"), others);
    if (doc && !id)
        damaged(w, "xl/workbook.xml");
    return id ? target(w, id) : NULL;
}

bool grid_read_xlsx(const char *path, const char *data, size_t n, struct arena *a, struct grid *g, struct diag *d)
{
    struct workbook w = { .path = path, .a = a, .d = d };
    struct buf strings = { 0 };
    bool ok = (w.p = package_open(data, n, path, d)) != NULL;
    g->sheet = true;
    if (ok && !package_has(w.p, "xl/workbook.xml")) {
        diag_error(d, (struct at){ .file = path }, _("is a ZIP archive, but no .xlsx workbook"));
        ok = false;
    }
    if (ok && package_has(w.p, "xl/sharedStrings.xml"))
        ok = package_read(w.p, "xl/sharedStrings.xml", &strings, d) && read_strings(&w, &strings);
    buf_clear(&strings);
    ok = ok && read_styles(&w);
    const char *sheet = ok ? first_sheet(&w) : NULL;
    ok = sheet && read_sheet(&w, sheet, g);
    package_close(w.p);
    if (ok && !g->n)
        diag_error(d, (struct at){ .file = path }, _("is empty"));
    else if (!sheet && !d->errors)
        diag_error(d, (struct at){ .file = path }, _("has no sheet that can be read"));
    return ok && g->n;
}
