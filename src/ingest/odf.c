/* OpenDocument text: lists, notes, tables. */
#include "ingest/office.h"

#include <stdio.h>

static void odf_row(struct office *o, xmlNode *tr, struct cells *cells, bool header)
{
    int column = 0;
    cells->rows++;
    for (xmlNode *c = tr->children; c; c = c->next) {
        bool covered = node_is(c, "covered-table-cell");
        if (!covered && !node_is(c, "table-cell"))
            continue;
        int repeated = node_number(node_attribute(c, "number-columns-repeated"), 1, TABLE_SPAN_MAX);
        if (!covered) {
            struct cell *k = ARENA_PUSH(o->b->a, cells->items, cells->n, cells->cap);
            *k = (struct cell){ c, cells->rows, column + 1, node_number(node_attribute(c, "number-rows-spanned"), 1, 65535),
                                node_number(node_attribute(c, "number-columns-spanned"), 1, TABLE_SPAN_MAX), header, false };
        }
        column += column < TABLE_SPAN_MAX ? repeated : 0;
    }
    cells->columns = column > cells->columns ? column : cells->columns;
}

static void odf_rows(struct office *o, xmlNode *n, struct cells *cells, bool header)
{
    for (xmlNode *c = n->children; c; c = c->next) {
        if (node_is(c, "table-row"))
            odf_row(o, c, cells, header);
        else if (node_is(c, "table-header-rows") || node_is(c, "table-rows") || node_is(c, "table-row-group"))
            odf_rows(o, c, cells, header || node_is(c, "table-header-rows"));
    }
}

/* A list takes its style from the one around it where it names none, and counts anew unless it says that it goes on. */
static void odf_list(struct office *o, xmlNode *n, int depth)
{
    const char *outer = o->list, *style = node_attribute(n, "style-name");
    bool goes_on = strcmp(node_attribute(n, "continue-numbering"), "true") == 0 || *node_attribute(n, "continue-list");
    o->list = *style ? style : outer ? outer : "-";
    if (!o->list_depth++ && !goes_on)
        lists_restart(o->lists, o->list);
    for (xmlNode *c = n->children; c; c = c->next) {
        const char *start = node_attribute(c, "start-value");
        if (node_is(c, "list-item") && *start)
            lists_set(o->lists, o->list, o->list_depth - 1, node_number(start, 0, 99999));
        o->item = node_is(c, "list-item");
        office_walk(o, c, depth + 1);
    }
    o->list_depth--;
    o->list = outer;
    o->item = false;
}

static void odf_paragraph(struct office *o, xmlNode *n, int depth)
{
    bool heading = node_is(n, "h");
    int items = 0, level = heading ? node_number(node_attribute(n, "outline-level"), 1, 6) : 0;
    char number[LIST_NUMBER_MAX] = "";
    size_t from = o->line.len;
    for (const xmlNode *up = n->parent; up; up = up->parent)
        items += node_is(up, "list-item");
    if (o->item)
        snprintf(number, sizeof number, "%s", lists_next(o->lists, o->list, o->list_depth - 1));
    else if (heading && !o->list && strcmp(node_attribute(n, "is-list-header"), "true") != 0)
        snprintf(number, sizeof number, "%s", lists_next(o->lists, "", level - 1));
    o->item = false;
    for (xmlNode *c = n->children; c; c = c->next)
        office_walk(o, c, depth + 1);
    office_number(o, from, number);
    if (heading)
        office_flush(o, BLOCK_HEADING, level);
    else if (items && !(*number && office_heads(o)))
        office_flush(o, BLOCK_LIST_ITEM, items);
    else
        office_flush(o, BLOCK_PARAGRAPH, 0);
}

bool odf_element(struct office *o, xmlNode *n, int depth)
{
    static const char *const left_out[] = { "tracked-changes", "note-citation", "annotation", "annotation-end", "sequence-decls", "forms",
                                            "table-of-content", "alphabetical-index", "bibliography", "change", "title", "desc" };
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (node_is(n, left_out[i]))
            return true;
    if (node_is(n, "h") || node_is(n, "p")) {
        odf_paragraph(o, n, depth);
    } else if (node_is(n, "list")) {
        odf_list(o, n, depth);
    } else if (node_is(n, "note")) {
        *ARENA_PUSH(o->b->a, o->waiting, o->n_waiting, o->cap_waiting) = n;
    } else if (node_is(n, "table")) {
        struct cells cells = { 0 };
        odf_rows(o, n, &cells, false);
        office_table(o, n, &cells);
    } else if (node_is(n, "s"))
        for (int i = node_number(node_attribute(n, "c"), 1, 100); i > 0; i--)
            buf_char(&o->line, ' ');
    else if (node_is(n, "tab"))
        buf_char(&o->line, '\t');
    else if (node_is(n, "line-break"))
        buf_char(&o->line, o->in_cell ? ' ' : '\n');
    else
        return false;
    return true;
}

bool odf_read(struct office *o, struct package *p)
{
    xmlDocPtr styles = NULL, body = NULL;
    o->lists = lists_of_odf(o->b->a);
    bool ok = office_part(o, p, "styles.xml", false, &styles);
    if (ok) {
        lists_add_odf(o->lists, styles ? xmlDocGetRootElement(styles) : NULL);
        ok = office_part(o, p, "content.xml", true, &body);
        lists_add_odf(o->lists, body ? xmlDocGetRootElement(body) : NULL);
        ok = ok && office_body(o, body);
    }
    xmlFreeDoc(body);
    xmlFreeDoc(styles);
    return ok;
}

