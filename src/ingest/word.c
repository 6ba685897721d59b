/* WordprocessingML: styles, lists, notes, tables, tracked changes. */
#include "ingest/office.h"

#include <stdio.h>

enum { STYLES_MAX = 4096, BASED_MAX = 16 };

static xmlNode *below(xmlNode *n, const char *name)
{
    for (xmlNode *c = n ? n->children : NULL; c; c = c->next) {
        xmlNode *found = node_is(c, name) ? c : below(c, name);
        if (found)
            return found;
    }
    return NULL;
}

static int heading_name(const char *name)
{
    if (strncmp(name, "heading ", 8) == 0 || strncmp(name, "Heading ", 8) == 0)
        return node_number(name + 8, 1, 6);
    return strcmp(name, "Title") == 0 ? 1 : -1;
}

static void read_styles(struct office *o, xmlNode *root)
{
    for (xmlNode *n = root ? root->children : NULL; n && o->n_styles < STYLES_MAX; n = n->next) {
        if (!node_is(n, "style"))
            continue;
        struct style *s = ARENA_PUSH(o->b->a, o->styles, o->n_styles, o->cap_styles);
        const char *outline = node_attribute(node_child(node_child(n, "pPr"), "outlineLvl"), "val");
        s->id = arena_strdup(o->b->a, node_attribute(n, "styleId"));
        s->based = arena_strdup(o->b->a, node_attribute(node_child(n, "basedOn"), "val"));
        const char *name = node_attribute(node_child(n, "name"), "val");
        const xmlNode *list = node_child(node_child(n, "pPr"), "numPr");
        s->numbers = arena_strdup(o->b->a, node_attribute(node_child(list, "numId"), "val"));
        bool listed = list || strncmp(name, "List Bullet", 11) == 0 || strncmp(name, "List Number", 11) == 0;
        size_t digit = strcspn(name, "23456789");
        s->list = !listed ? 0 : name[digit] ? name[digit] - '0' : 1;
        s->level = *outline ? (*outline == '9' ? 0 : node_number(outline, 0, 5) + 1) : heading_name(name);
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

/* The list that a style's paragraphs belong to by the style or what it is based on; "". */
static const char *list_of_style(const struct office *o, const char *id)
{
    for (int hops = 0; *id && hops < BASED_MAX; hops++) {
        const struct style *s = NULL;
        for (size_t i = 0; i < o->n_styles && !s; i++)
            if (strcmp(o->styles[i].id, id) == 0)
                s = &o->styles[i];
        if (!s || *s->numbers)
            return s ? s->numbers : "";
        id = s->based;
    }
    return "";
}

/* The number that Word counts before the paragraph; "" if it has none. */
static const char *word_number(struct office *o, const xmlNode *properties)
{
    const xmlNode *list = node_child(properties, "numPr");
    const char *style = node_attribute(node_child(properties, "pStyle"), "val"), *depth = node_attribute(node_child(list, "ilvl"), "val");
    const char *id = node_attribute(node_child(list, "numId"), "val");
    if (!*id)
        id = list_of_style(o, style);
    int level = *depth ? node_number(depth, 0, LIST_LEVELS - 1) : lists_level_of_style(o->lists, id, style);
    return *id && strcmp(id, "0") != 0 ? lists_next(o->lists, id, level < 0 ? 0 : level) : "";
}

static void word_paragraph(struct office *o, xmlNode *p, int depth)
{
    xmlNode *properties = node_child(p, "pPr"), *list = node_child(properties, "numPr");
    const char *outline = node_attribute(node_child(properties, "outlineLvl"), "val");
    const struct style *style = style_telling(o, node_attribute(node_child(properties, "pStyle"), "val"));
    int level = *outline && *outline != '9' ? node_number(outline, 0, 5) + 1 : style && style->level > 0 ? style->level : 0;
    enum block_kind kind = level ? BLOCK_HEADING : BLOCK_PARAGRAPH;
    char number[LIST_NUMBER_MAX];
    size_t from = o->line.len;
    snprintf(number, sizeof number, "%s", word_number(o, properties));
    if (list && !level && strcmp(node_attribute(node_child(list, "numId"), "val"), "0") != 0) {
        kind = BLOCK_LIST_ITEM;
        level = node_number(node_attribute(node_child(list, "ilvl"), "val"), 0, 8) + 1;
    } else if (!level && style && style->list) {
        kind = BLOCK_LIST_ITEM;
        level = style->list;
    }
    for (xmlNode *c = p->children; c; c = c->next)
        office_walk(o, c, depth + 1);
    office_number(o, from, number);
    if (*number && kind == BLOCK_LIST_ITEM && office_heads(o))
        kind = BLOCK_PARAGRAPH, level = 0; /* build_classify() finds its level */
    if (node_child(node_child(properties, "rPr"), "del"))
        buf_char(&o->line, ' '); /* its end was deleted: the next paragraph goes on with it */
    else
        office_flush(o, kind, level);
}

/* Rows that a cell spans downwards: the joined cells below it in its column. */
static void join_down(struct cells *cells)
{
    size_t above[TABLE_SPAN_MAX + 1] = { 0 }; /* number of the cell that a column's next may join, from 1 */
    for (size_t i = 0; i < cells->n; i++) {
        struct cell *c = &cells->items[i];
        if (c->column > TABLE_SPAN_MAX)
            continue;
        size_t k = above[c->column];
        if (!c->joined)
            above[c->column] = i + 1;
        else if (k && cells->items[k - 1].row + cells->items[k - 1].row_span == c->row)
            cells->items[k - 1].row_span++;
    }
}

static void word_row(struct office *o, xmlNode *tr, struct cells *cells, bool header)
{
    int column = node_number(node_attribute(node_child(node_child(tr, "trPr"), "gridBefore"), "val"), 0, TABLE_SPAN_MAX);
    cells->rows++;
    for (xmlNode *c = tr->children; c; c = c->next) {
        xmlNode *tc = node_is(c, "sdt") ? below(c, "tc") : c;
        if (!node_is(tc, "tc"))
            continue;
        xmlNode *properties = node_child(tc, "tcPr"), *merge = node_child(properties, "vMerge");
        int across = node_number(node_attribute(node_child(properties, "gridSpan"), "val"), 1, TABLE_SPAN_MAX);
        struct cell *k = ARENA_PUSH(o->b->a, cells->items, cells->n, cells->cap);
        *k = (struct cell){ tc, cells->rows, column + 1, 1, across, header, merge && strcmp(node_attribute(merge, "val"), "restart") != 0 };
        column += column < TABLE_SPAN_MAX ? across : 0;
    }
    cells->columns = column > cells->columns ? column : cells->columns;
}

static void word_table(struct office *o, xmlNode *table)
{
    struct cells cells = { 0 };
    for (xmlNode *n = table->children; n; n = n->next) {
        xmlNode *tr = node_is(n, "sdt") ? below(n, "tr") : n;
        if (node_is(tr, "tr") && !node_child(node_child(tr, "trPr"), "del"))
            word_row(o, tr, &cells, node_child(node_child(tr, "trPr"), "tblHeader") != NULL);
    }
    join_down(&cells);
    office_table(o, table, &cells);
}

/* Footnotes and endnotes of a part, by id. */
static void read_notes(struct office *o, const xmlNode *root, bool end)
{
    for (const xmlNode *n = root ? root->children : NULL; n; n = n->next)
        if (node_is(n, end ? "endnote" : "footnote") && !*node_attribute(n, "type")) /* separators have types */
            *ARENA_PUSH(o->b->a, o->notes, o->n_notes, o->cap_notes) =
                (struct note){ .id = arena_strdup(o->b->a, node_attribute(n, "id")), .end = end, .node = n };
}

static int by_id(const void *a, const void *b)
{
    const struct note *x = a, *y = b;
    return x->end != y->end ? x->end - y->end : strcmp(x->id, y->id);
}

/* The note waits for the end of its paragraph; it is put once, however often it is referred to. */
static void refer_to_note(struct office *o, const xmlNode *reference, bool end)
{
    struct note key = { .id = node_attribute(reference, "id"), .end = end };
    struct note *found = o->n_notes ? bsearch(&key, o->notes, o->n_notes, sizeof key, by_id) : NULL;
    if (found && !found->taken)
        *ARENA_PUSH(o->b->a, o->waiting, o->n_waiting, o->cap_waiting) = found->node;
    if (found)
        found->taken = true;
}

/* Characters of the font Symbol that are more than ornament. */
static void word_symbol(struct office *o, const xmlNode *n)
{
    static const struct { const char *code, *text; } signs[] = { { "F0B3", "≥" }, { "F0A3", "≤" }, { "F0BB", "≈" }, { "F0B1", "±" } };
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (strcmp(node_attribute(n, "font"), "Symbol") == 0 && strcmp(node_attribute(n, "char"), signs[i].code) == 0)
            buf_str(&o->line, signs[i].text);
}

bool word_element(struct office *o, xmlNode *n, int depth)
{
    static const char *const left_out[] = { "pPr", "rPr", "del", "moveFrom", "instrText", "delText", "annotationRef",
                                            "Fallback", "sdtPr", "tblPr", "tcPr", "sectPr", "commentReference" };
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (node_is(n, left_out[i]))
            return true;
    if (node_is(n, "p"))
        word_paragraph(o, n, depth);
    else if (node_is(n, "tbl"))
        word_table(o, n);
    else if (node_is(n, "tab"))
        buf_char(&o->line, '\t');
    else if (node_is(n, "br") || node_is(n, "cr"))
        buf_char(&o->line, o->in_cell ? ' ' : '\n');
    else if (node_is(n, "noBreakHyphen"))
        buf_char(&o->line, '-');
    else if (node_is(n, "footnoteReference") || node_is(n, "endnoteReference"))
        refer_to_note(o, n, node_is(n, "endnoteReference"));
    else if (node_is(n, "sym"))
        word_symbol(o, n);
    else if (node_is(n, "txbxContent")) { /* a text box stands in the middle of its paragraph: it comes before it */
        struct buf kept = o->line;
        o->line = (struct buf){ 0 };
        for (xmlNode *c = n->children; c; c = c->next)
            office_walk(o, c, depth + 1);
        buf_clear(&o->line);
        o->line = kept;
    } else
        return false;
    return true;
}

bool word_read(struct office *o, struct package *p)
{
    xmlDocPtr styles = NULL, numbering = NULL, footnotes = NULL, endnotes = NULL, body = NULL;
    bool ok = office_part(o, p, "word/styles.xml", false, &styles) && office_part(o, p, "word/numbering.xml", false, &numbering) &&
              office_part(o, p, "word/footnotes.xml", false, &footnotes) && office_part(o, p, "word/endnotes.xml", false, &endnotes);
    if (ok) {
        read_styles(o, styles ? xmlDocGetRootElement(styles) : NULL);
        o->lists = lists_of_word(numbering ? xmlDocGetRootElement(numbering) : NULL, o->b->a);
        read_notes(o, footnotes ? xmlDocGetRootElement(footnotes) : NULL, false);
        read_notes(o, endnotes ? xmlDocGetRootElement(endnotes) : NULL, true);
        if (o->n_notes)
            qsort(o->notes, o->n_notes, sizeof *o->notes, by_id);
        ok = office_part(o, p, "word/document.xml", true, &body) && office_body(o, body);
    }
    xmlFreeDoc(body);
    xmlFreeDoc(styles);
    xmlFreeDoc(numbering);
    xmlFreeDoc(footnotes);
    xmlFreeDoc(endnotes);
    return ok;
}

