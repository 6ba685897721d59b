/* Word processor documents: Office Open XML (ECMA-376, WordprocessingML) and
 * OpenDocument text.  Both are walked as trees; what was deleted under tracked
 * changes, comments and field codes are left out.  Numbers of lists are counted
 * as the word processor would.  Footnotes and endnotes come behind the paragraph
 * or table that refers to them: there they are nearest to what they speak of.
 * A table that only puts an official head or signatures side by side is read
 * as paragraphs, column after column. */
#include "ingest/office.h"

static void add(struct office *o, const char *s)
{
    for (; *s; s++)
        buf_char(&o->line, *s == '\n' || *s == '\r' || *s == '\t' ? ' ' : *s);
}

static bool is_blank(const char *s, size_t n)
{
    while (n && strchr(" \t\n", s[n - 1]))
        n--;
    return n == 0;
}

/* A number alone is a cell of its own ("STT"), but no paragraph. */
void office_number(struct office *o, size_t from, const char *number)
{
    size_t n = strlen(number), len = o->line.len - from;
    if (!n || (!o->in_cell && is_blank(o->line.data + from, len)))
        return;
    buf_str(&o->line, number);
    memmove(o->line.data + from + n, o->line.data + from, len);
    memcpy(o->line.data + from, number, n);
}

bool office_heads(const struct office *o)
{
    struct look l = look_at(o->line.data ? o->line.data : "", o->line.len);
    return l.kind == BLOCK_HEADING && l.numbered;
}

/* The notes that the blocks so far refer to. */
static void put_notes(struct office *o)
{
    if (o->in_cell || o->n_put > 0)
        return; /* the loop below is at work already */
    while (o->n_put < o->n_waiting) {
        for (xmlNode *c = o->waiting[o->n_put++]->children; c; c = c->next)
            office_walk(o, c, 1);
        office_flush(o, BLOCK_PARAGRAPH, 0);
    }
    o->n_put = o->n_waiting = 0;
}

void office_flush(struct office *o, enum block_kind kind, int level)
{
    if (o->in_cell) {
        buf_char(&o->line, ' ');
        return;
    }
    build_lines(o->b, kind, level, o->line.data ? o->line.data : "", o->line.len, NULL);
    buf_reset(&o->line);
    put_notes(o);
}

/* ---- tables of both formats ---- */

static size_t text_length(const xmlNode *n)
{
    size_t len = 0;
    for (const xmlNode *c = n->children; c; c = c->next)
        len += c->type == XML_TEXT_NODE && c->content ? strlen((const char *)c->content) : text_length(c);
    return len;
}

static bool holds_text(xmlNode *n, const char *const *words, size_t count)
{
    xmlChar *s = xmlNodeGetContent(n);
    bool found = false;
    for (size_t i = 0; s && i < count; i++)
        found |= strstr((const char *)s, words[i]) != NULL;
    xmlFree(s);
    return found;
}

static bool is_data(xmlNode *table, const struct cells *cells)
{
    static const char *const frames[] = { "Độc lập - Tự do", "Độc lập – Tự do", "CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "Nơi nhận",
                                          "ĐẢNG CỘNG SẢN VIỆT NAM" };
    size_t longs = 0;
    for (size_t i = 0; i < cells->n; i++)
        longs += text_length(cells->items[i].node) > 1200;
    return cells->rows >= 2 && cells->columns >= 2 && longs * 8 <= cells->n &&
           !holds_text(table, frames, sizeof frames / sizeof *frames);
}

void office_table(struct office *o, xmlNode *table, const struct cells *cells)
{
    struct builder *b = o->b;
    if (o->in_cell || !is_data(table, cells)) {
        for (size_t i = 0; i < cells->n; i++)
            office_walk(o, cells->items[i].node, 0);
        return;
    }
    size_t first = b->doc->n_blocks;
    b->tables++;
    for (size_t i = 0; i < cells->n && !b->full; i++) {
        const struct cell *c = &cells->items[i];
        if (c->joined)
            continue;
        o->in_cell = true;
        office_walk(o, c->node, 0);
        o->in_cell = false;
        build_cell(b, c->row, c->column, c->row_span, c->column_span, c->header, o->line.data ? o->line.data : "", o->line.len);
        buf_reset(&o->line);
    }
    build_table_headers(b, first);
    put_notes(o);
}

/* ---- both ---- */

void office_walk(struct office *o, xmlNode *n, int depth)
{
    bool word = strcmp(o->b->doc->format, "docx") == 0;
    if (o->b->full || depth > 300)
        return;
    if (n->type == XML_TEXT_NODE || n->type == XML_CDATA_SECTION_NODE) {
        /* In Word's XML only what stands in <w:t> is text. */
        if (n->content && (!word || node_is(n->parent, "t")))
            add(o, (const char *)n->content);
        return;
    }
    if (n->type != XML_ELEMENT_NODE || (word ? word_element(o, n, depth) : odf_element(o, n, depth)))
        return;
    for (xmlNode *c = n->children; c; c = c->next)
        office_walk(o, c, depth + 1);
}

bool office_part(struct office *o, struct package *p, const char *part, bool needed, xmlDocPtr *doc)
{
    bool there = needed || package_has(p, part);
    *doc = there ? package_xml(p, part, o->b->d) : NULL;
    return *doc || !there;
}

bool office_body(struct office *o, const xmlDoc *doc)
{
    xmlNode *body = node_child(xmlDocGetRootElement(doc), "body");
    if (!body) {
        diag_error(o->b->d, o->b->at, _("is damaged: it has no body"));
        return false;
    }
    office_walk(o, body, 0);
    office_flush(o, BLOCK_PARAGRAPH, 0);
    build_classify(o->b);
    return !o->b->full;
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
        ok = word_read(&o, p);
    } else if (package_has(p, "content.xml") && odf_encrypted(p, b->d))
        diag_error(b->d, b->at, _("is protected by a password"));
    else if (package_has(p, "content.xml")) {
        b->doc->format = "odt";
        ok = odf_read(&o, p);
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
