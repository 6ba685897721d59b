/* The card as text.  libxml2's own writer takes a third of the time of a card's
 * binding for it; the tree is elements, attributes and text, so this is short,
 * and gives the same bytes (tests/unit/test_layout.c compares them). */
#include "card/card.h"

#include <string.h>

static void escaped(struct buf *out, const char *s, bool attribute)
{
    const char *special = attribute ? "&<>\"\n\t\r" : "&<>\r";
    for (;;) {
        size_t n = strcspn(s, special);
        buf_add(out, s, n);
        switch (s[n]) {
        case '\0': return;
        case '&': buf_str(out, "&amp;"); break;
        case '<': buf_str(out, "&lt;"); break;
        case '>': buf_str(out, "&gt;"); break;
        case '"': buf_str(out, "&quot;"); break;
        default: buf_printf(out, "&#%d;", s[n]);
        }
        s += n + 1;
    }
}

static void attribute(struct buf *out, const xmlAttr *a)
{
    buf_char(out, ' ');
    buf_str(out, (const char *)a->name);
    buf_str(out, "=\"");
    for (const xmlNode *t = a->children; t; t = t->next)
        if (t->content)
            escaped(out, (const char *)t->content, true);
    buf_char(out, '"');
}

static void indent(struct buf *out, int depth)
{
    static const char blanks[] = "                                ";
    size_t n = 2 * (size_t)depth;
    buf_add(out, blanks, n < sizeof blanks ? n : sizeof blanks - 1);
}

/* Lines and indents, but not inside an element with text: there they would be text too. */
static void element(struct buf *out, const xmlNode *e, int depth, bool lines)
{
    buf_char(out, '<');
    buf_str(out, (const char *)e->name);
    for (const xmlAttr *a = e->properties; a; a = a->next)
        attribute(out, a);
    if (!e->children) {
        buf_str(out, "/>");
        return;
    }
    for (const xmlNode *c = e->children; c; c = c->next)
        lines &= c->type != XML_TEXT_NODE;
    buf_str(out, lines ? ">\n" : ">");
    for (const xmlNode *c = e->children; c; c = c->next) {
        if (c->type == XML_TEXT_NODE)
            escaped(out, (const char *)c->content, false);
        if (c->type != XML_ELEMENT_NODE)
            continue;
        if (lines)
            indent(out, depth + 1);
        element(out, c, depth + 1, lines);
        if (lines)
            buf_char(out, '\n');
    }
    if (lines)
        indent(out, depth);
    buf_str(out, "</");
    buf_str(out, (const char *)e->name);
    buf_char(out, '>');
}

void card_print(xmlDocPtr card, struct buf *out)
{
    buf_str(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    element(out, xmlDocGetRootElement(card), 0, true);
    buf_char(out, '\n');
}
