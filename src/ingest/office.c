/* Word processor documents: Office Open XML (ECMA-376, WordprocessingML) and
 * OpenDocument text.  Both are walked as trees; what was deleted under tracked
 * changes, comments, notes and field codes are left out.  Numbers that the
 * program would count (list numbers) are not in the file and so not in the text.
 * A table that only puts an official head or signatures side by side is read
 * as paragraphs, column after column. */
#include "ingest/build.h"
#include "ingest/package.h"

#include <stdlib.h>
#include <string.h>

enum { STYLES_MAX = 4096, BASED_MAX = 16 };

struct style {
    const char *id, *based;
    int level; /* heading level, 0: none, -1: not told */
    int list;  /* list depth, 0: not told */
};
struct office {
    struct builder *b;
    struct buf line;
    struct style *styles;
    size_t n_styles, cap_styles;
    bool in_cell;            /* then blocks become spaces */
};

static bool is(const xmlNode *n, const char *name)
{
    return n && n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

/* By local name: namespaces' prefixes are the producers' choice. "" if absent. */
static const char *attribute(const xmlNode *n, const char *name)
{
    for (const xmlAttr *at = n ? n->properties : NULL; at; at = at->next)
        if (strcmp((const char *)at->name, name) == 0)
            return at->children && at->children->content ? (const char *)at->children->content : "";
    return "";
}

static xmlNode *child(const xmlNode *n, const char *name)
{
    for (xmlNode *c = n ? n->children : NULL; c; c = c->next)
        if (is(c, name))
            return c;
    return NULL;
}

static xmlNode *below(xmlNode *n, const char *name)
{
    for (xmlNode *c = n ? n->children : NULL; c; c = c->next) {
        xmlNode *found = is(c, name) ? c : below(c, name);
        if (found)
            return found;
    }
    return NULL;
}

static int number(const char *s, int least, int most)
{
    long v = strtol(s, NULL, 10);
    return v < least ? least : v > most ? most : (int)v;
}

static void add(struct office *o, const char *s)
{
    for (; *s; s++)
        buf_char(&o->line, *s == '\n' || *s == '\r' || *s == '\t' ? ' ' : *s);
}

static void flush(struct office *o, enum block_kind kind, int level)
{
    if (o->in_cell) {
        buf_char(&o->line, ' ');
        return;
    }
    build_lines(o->b, kind, level, o->line.data ? o->line.data : "", o->line.len, NULL);
    buf_reset(&o->line);
}

/* ---- tables of both formats ---- */

struct cell { xmlNode *node; int row, column, row_span, column_span; bool header, joined; /* goes on from above */ };
struct cells { struct cell *items; size_t n, cap; int rows, columns; };

static size_t text_length(const xmlNode *n)
{
    size_t len = 0;
    for (const xmlNode *c = n->children; c; c = c->next)
        len += c->type == XML_TEXT_NODE && c->content ? strlen((const char *)c->content) : text_length(c);
    return len;
}

static bool holds_text(struct builder *b, xmlNode *n, const char *const *words, size_t count)
{
    xmlChar *s = xmlNodeGetContent(n);
    bool found = false;
    (void)b;
    for (size_t i = 0; s && i < count; i++)
        found |= strstr((const char *)s, words[i]) != NULL;
    xmlFree(s);
    return found;
}

static bool is_data(struct builder *b, xmlNode *table, const struct cells *cells)
{
    static const char *const frames[] = { "Độc lập - Tự do", "Độc lập – Tự do", "CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "Nơi nhận",
                                          "ĐẢNG CỘNG SẢN VIỆT NAM" };
    size_t longs = 0;
    for (size_t i = 0; i < cells->n; i++)
        longs += text_length(cells->items[i].node) > 1200;
    return cells->rows >= 2 && cells->columns >= 2 && longs * 8 <= cells->n &&
           !holds_text(b, table, frames, sizeof frames / sizeof *frames);
}

/* Rows that a cell spans downwards: the joined cells below it in its column. */
static void join_down(struct cells *cells)
{
    for (size_t i = 0; i < cells->n; i++) {
        struct cell *c = &cells->items[i];
        for (size_t k = i + 1; !c->joined && k < cells->n && cells->items[k].row <= c->row + c->row_span; k++)
            if (cells->items[k].joined && cells->items[k].column == c->column && cells->items[k].row == c->row + c->row_span)
                c->row_span++;
    }
}

static void walk(struct office *o, xmlNode *n, int depth);

static void put_table(struct office *o, xmlNode *table, const struct cells *cells)
{
    struct builder *b = o->b;
    if (o->in_cell || !is_data(b, table, cells)) {
        for (size_t i = 0; i < cells->n; i++)
            walk(o, cells->items[i].node, 0);
        return;
    }
    size_t first = b->doc->n_blocks;
    b->tables++;
    for (size_t i = 0; i < cells->n && !b->full; i++) {
        const struct cell *c = &cells->items[i];
        if (c->joined)
            continue;
        o->in_cell = true;
        walk(o, c->node, 0);
        o->in_cell = false;
        build_cell(b, c->row, c->column, c->row_span, c->column_span, c->header, o->line.data ? o->line.data : "", o->line.len);
        buf_reset(&o->line);
    }
    build_table_headers(b, first);
}

/* ---- WordprocessingML ---- */

static int heading_name(const char *name)
{
    if (strncmp(name, "heading ", 8) == 0 || strncmp(name, "Heading ", 8) == 0)
        return number(name + 8, 1, 6);
    return strcmp(name, "Title") == 0 ? 1 : -1;
}

static void read_styles(struct office *o, xmlNode *root)
{
    for (xmlNode *n = root ? root->children : NULL; n && o->n_styles < STYLES_MAX; n = n->next) {
        if (!is(n, "style"))
            continue;
        struct style *s = ARENA_PUSH(o->b->a, o->styles, o->n_styles, o->cap_styles);
        const char *outline = attribute(child(child(n, "pPr"), "outlineLvl"), "val");
        s->id = arena_strdup(o->b->a, attribute(n, "styleId"));
        s->based = arena_strdup(o->b->a, attribute(child(n, "basedOn"), "val"));
        const char *name = attribute(child(n, "name"), "val");
        bool listed = child(child(n, "pPr"), "numPr") || strncmp(name, "List Bullet", 11) == 0 || strncmp(name, "List Number", 11) == 0;
        size_t digit = strcspn(name, "23456789");
        s->list = !listed ? 0 : name[digit] ? name[digit] - '0' : 1;
        s->level = *outline ? (*outline == '9' ? 0 : number(outline, 0, 5) + 1) : heading_name(name);
    }
}

/* The style, or what it is based on, that tells a heading or a list; NULL. */
static const struct style *style_telling(const struct office *o, const char *id)
{
    for (int hops = 0; *id && hops < BASED_MAX; hops++) {
        const struct style *s = NULL;
        for (size_t i = 0; i < o->n_styles && !s; i++)
            if (strcmp(o->styles[i].id, id) == 0)
                s = &o->styles[i];
        if (!s || s->level > 0 || s->list || s->level == 0)
            return s;
        id = s->based;
    }
    return NULL;
}

static void word_paragraph(struct office *o, xmlNode *p, int depth)
{
    xmlNode *properties = child(p, "pPr"), *list = child(properties, "numPr");
    const char *outline = attribute(child(properties, "outlineLvl"), "val");
    const struct style *style = style_telling(o, attribute(child(properties, "pStyle"), "val"));
    int level = *outline && *outline != '9' ? number(outline, 0, 5) + 1 : style && style->level > 0 ? style->level : 0;
    enum block_kind kind = level ? BLOCK_HEADING : BLOCK_PARAGRAPH;
    if (list && !level && strcmp(attribute(child(list, "numId"), "val"), "0") != 0) {
        kind = BLOCK_LIST_ITEM;
        level = number(attribute(child(list, "ilvl"), "val"), 0, 8) + 1;
    } else if (!level && style && style->list) {
        kind = BLOCK_LIST_ITEM;
        level = style->list;
    }
    for (xmlNode *c = p->children; c; c = c->next)
        walk(o, c, depth + 1);
    flush(o, kind, level);
}

static void word_row(struct office *o, xmlNode *tr, struct cells *cells, bool header)
{
    int column = number(attribute(child(child(tr, "trPr"), "gridBefore"), "val"), 0, TABLE_SPAN_MAX);
    cells->rows++;
    for (xmlNode *c = tr->children; c; c = c->next) {
        xmlNode *tc = is(c, "sdt") ? below(c, "tc") : c;
        if (!is(tc, "tc"))
            continue;
        xmlNode *properties = child(tc, "tcPr"), *merge = child(properties, "vMerge");
        int across = number(attribute(child(properties, "gridSpan"), "val"), 1, TABLE_SPAN_MAX);
        struct cell *k = ARENA_PUSH(o->b->a, cells->items, cells->n, cells->cap);
        *k = (struct cell){ tc, cells->rows, column + 1, 1, across, header, merge && strcmp(attribute(merge, "val"), "restart") != 0 };
        column += across;
    }
    cells->columns = column > cells->columns ? column : cells->columns;
}

static void word_table(struct office *o, xmlNode *table)
{
    struct cells cells = { 0 };
    for (xmlNode *n = table->children; n; n = n->next) {
        xmlNode *tr = is(n, "sdt") ? below(n, "tr") : n;
        if (is(tr, "tr"))
            word_row(o, tr, &cells, child(child(tr, "trPr"), "tblHeader") != NULL);
    }
    join_down(&cells);
    put_table(o, table, &cells);
}

/* True if the element was dealt with. */
static bool word_element(struct office *o, xmlNode *n, int depth)
{
    static const char *const left_out[] = { "pPr", "rPr", "del", "moveFrom", "instrText", "delText", "footnoteReference", "annotationRef",
                                            "Fallback", "sdtPr", "tblPr", "tcPr", "sectPr", "commentReference" };
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (is(n, left_out[i]))
            return true;
    if (is(n, "p"))
        word_paragraph(o, n, depth);
    else if (is(n, "tbl"))
        word_table(o, n);
    else if (is(n, "tab"))
        buf_char(&o->line, '\t');
    else if (is(n, "br") || is(n, "cr"))
        buf_char(&o->line, o->in_cell ? ' ' : '\n');
    else if (is(n, "noBreakHyphen"))
        buf_char(&o->line, '-');
    else if (is(n, "txbxContent")) { /* a text box stands in the middle of its paragraph: it comes before it */
        struct buf kept = o->line;
        o->line = (struct buf){ 0 };
        for (xmlNode *c = n->children; c; c = c->next)
            walk(o, c, depth + 1);
        buf_clear(&o->line);
        o->line = kept;
    } else
        return false;
    return true;
}

/* ---- OpenDocument ---- */

static void odf_row(struct office *o, xmlNode *tr, struct cells *cells, bool header)
{
    int column = 0;
    cells->rows++;
    for (xmlNode *c = tr->children; c; c = c->next) {
        bool covered = is(c, "covered-table-cell");
        if (!covered && !is(c, "table-cell"))
            continue;
        int repeated = number(attribute(c, "number-columns-repeated"), 1, TABLE_SPAN_MAX);
        if (!covered) {
            struct cell *k = ARENA_PUSH(o->b->a, cells->items, cells->n, cells->cap);
            *k = (struct cell){ c, cells->rows, column + 1, number(attribute(c, "number-rows-spanned"), 1, 65535),
                                number(attribute(c, "number-columns-spanned"), 1, TABLE_SPAN_MAX), header, false };
        }
        column += repeated;
    }
    cells->columns = column > cells->columns ? column : cells->columns;
}

static void odf_rows(struct office *o, xmlNode *n, struct cells *cells, bool header)
{
    for (xmlNode *c = n->children; c; c = c->next) {
        if (is(c, "table-row"))
            odf_row(o, c, cells, header);
        else if (is(c, "table-header-rows") || is(c, "table-rows") || is(c, "table-row-group"))
            odf_rows(o, c, cells, header || is(c, "table-header-rows"));
    }
}

static bool odf_element(struct office *o, xmlNode *n, int depth)
{
    static const char *const left_out[] = { "tracked-changes", "note", "annotation", "annotation-end", "sequence-decls", "forms",
                                            "table-of-content", "alphabetical-index", "bibliography", "change", "title", "desc" };
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (is(n, left_out[i]))
            return true;
    if (is(n, "h") || is(n, "p")) {
        int items = 0;
        for (const xmlNode *up = n->parent; up; up = up->parent)
            items += is(up, "list-item");
        for (xmlNode *c = n->children; c; c = c->next)
            walk(o, c, depth + 1);
        enum block_kind kind = is(n, "h") ? BLOCK_HEADING : items ? BLOCK_LIST_ITEM : BLOCK_PARAGRAPH;
        flush(o, kind, is(n, "h") ? number(attribute(n, "outline-level"), 1, 6) : items);
    } else if (is(n, "table")) {
        struct cells cells = { 0 };
        odf_rows(o, n, &cells, false);
        put_table(o, n, &cells);
    } else if (is(n, "s"))
        for (int i = number(attribute(n, "c"), 1, 100); i > 0; i--)
            buf_char(&o->line, ' ');
    else if (is(n, "tab"))
        buf_char(&o->line, '\t');
    else if (is(n, "line-break"))
        buf_char(&o->line, o->in_cell ? ' ' : '\n');
    else
        return false;
    return true;
}

/* ---- both ---- */

static void walk(struct office *o, xmlNode *n, int depth)
{
    bool word = strcmp(o->b->doc->format, "docx") == 0;
    if (o->b->full || depth > 300)
        return;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        /* In Word's XML only what stands in <w:t> is text. */
        if (n->content && (!word || is(n->parent, "t")))
            add(o, (const char *)n->content);
        return;
    }
    if (n->type != XML_ELEMENT_NODE || (word ? word_element(o, n, depth) : odf_element(o, n, depth)))
        return;
    for (xmlNode *c = n->children; c; c = c->next)
        walk(o, c, depth + 1);
}

static bool read_body(struct office *o, struct package *p, const char *part)
{
    xmlDocPtr doc = package_xml(p, part, o->b->d);
    xmlNode *body = doc ? child(xmlDocGetRootElement(doc), "body") : NULL;
    if (doc && !body)
        diag_error(o->b->d, o->b->at, _("is damaged: it has no body"));
    if (body) {
        walk(o, body, 0);
        flush(o, BLOCK_PARAGRAPH, 0);
        build_classify(o->b);
    }
    xmlFreeDoc(doc);
    return body && !o->b->full;
}

static bool read_word(struct office *o, struct package *p)
{
    if (package_has(p, "word/styles.xml")) {
        xmlDocPtr styles = package_xml(p, "word/styles.xml", o->b->d);
        if (!styles)
            return false;
        read_styles(o, xmlDocGetRootElement(styles));
        xmlFreeDoc(styles);
    }
    return read_body(o, p, "word/document.xml");
}

static bool odf_encrypted(struct package *p, struct diag *d)
{
    struct buf manifest = { 0 };
    bool found = package_has(p, "META-INF/manifest.xml") && package_read(p, "META-INF/manifest.xml", &manifest, d) && manifest.data &&
                 strstr(manifest.data, "encryption-data");
    buf_clear(&manifest);
    return found;
}

bool office_read(struct builder *b, const char *data, size_t n)
{
    struct office o = { .b = b };
    struct package *p = package_open(data, n, b->at.file, b->d);
    bool ok = false;
    if (!p)
        return false;
    if (package_has(p, "word/document.xml")) {
        b->doc->format = "docx";
        ok = read_word(&o, p);
    } else if (package_has(p, "content.xml") && odf_encrypted(p, b->d))
        diag_error(b->d, b->at, _("is protected by a password"));
    else if (package_has(p, "content.xml")) {
        b->doc->format = "odt";
        ok = read_body(&o, p, "content.xml");
    } else if (package_has(p, "xl/workbook.xml"))
        diag_error(b->d, b->at, _("is a workbook, not a document; import reads tables"));
    else {
        diag_error(b->d, b->at, _("is a ZIP archive of a kind that is not known"));
        diag_expected(b->d, _("a text, HTML, docx, odt or pdf document"));
    }
    b->doc->encoding = "UTF-8";
    buf_clear(&o.line);
    package_close(p);
    return ok;
}
