/* The table of vocab.c as an XML schema.  Editors complete and check with it;
 * it cannot say that an element takes what its parent takes, so it is a little
 * wider than the checker there. */
#include "layout/tree.h"

#include <string.h>

static const char *type_of(enum attr_kind kind)
{
    switch (kind) {
    case ATTR_INT: return "xs:nonNegativeInteger";
    case ATTR_BOOL: return "xs:boolean";
    case ATTR_NAME: return "xs:NCName";
    case ATTR_LENGTH: return "length";
    case ATTR_SIDES: return "sides";
    case ATTR_SIZE: return "size";
    case ATTR_TRACKS: return "sizes";
    case ATTR_LEADING: return "leading";
    case ATTR_BORDER: return "border";
    case ATTR_COLOR: return "color";
    case ATTR_NODES: case ATTR_EXPR: case ATTR_TEST: case ATTR_SORT: return "xpath";
    case ATTR_TEXT: case ATTR_CODE: case ATTR_STYLE: case ATTR_NUMBER: return "template";
    default: return "xs:string";
    }
}

static void attribute(struct buf *out, const struct attr_def *a)
{
    const char *use = a->required ? " use=\"required\"" : "";
    if (a->kind != ATTR_ENUM) {
        buf_printf(out, "      <xs:attribute name=\"%s\" type=\"%s\"%s/>\n", a->name, type_of(a->kind), use);
        return;
    }
    buf_printf(out, "      <xs:attribute name=\"%s\"%s><xs:simpleType><xs:restriction base=\"xs:string\">\n       ",
               a->name, use);
    for (const char *v = a->values; *v;) {
        size_t n = strcspn(v, "|");
        buf_printf(out, "<xs:enumeration value=\"%.*s\"/>", (int)n, v);
        v += n + (v[n] == '|');
    }
    buf_str(out, "\n      </xs:restriction></xs:simpleType></xs:attribute>\n");
}

/* Two elements share the name header: in a schema an element's type hangs on its parent. */
static void children(struct buf *out, unsigned takes)
{
    size_t n;
    const struct element_def *all = vocab_elements(&n);
    buf_str(out, "      <xs:choice minOccurs=\"0\" maxOccurs=\"unbounded\">\n");
    for (size_t i = 0; i < n; i++)
        if (all[i].is & takes && all[i].id != E_PART)
            buf_printf(out, "        <xs:element name=\"%s\" type=\"t-%d-%s\"/>\n", all[i].name, all[i].id, all[i].name);
    buf_str(out, "        <xs:any namespace=\"http://www.w3.org/2001/XInclude\" processContents=\"lax\"/>\n"
                 "      </xs:choice>\n");
}

static void element(struct buf *out, const struct element_def *e)
{
    unsigned takes = e->takes & LIKE_PARENT ? IS_FLOW | IS_INLINE | IS_VARIABLE | TAKES_TEXT : e->takes;
    buf_printf(out, "  <xs:complexType name=\"t-%d-%s\"%s>\n", e->id, e->name, takes & TAKES_TEXT ? " mixed=\"true\"" : "");
    buf_str(out, "      <xs:annotation><xs:documentation>");
    buf_xml(out, e->summary);
    buf_str(out, "</xs:documentation></xs:annotation>\n");
    if (takes & ~(unsigned)TAKES_TEXT)
        children(out, takes);
    for (const struct attr_def *a = e->attrs; a->name; a++)
        attribute(out, a);
    buf_str(out, "      <xs:anyAttribute namespace=\"##other\" processContents=\"lax\"/>\n  </xs:complexType>\n");
}

void vocab_xsd(struct buf *out)
{
    size_t n;
    const struct element_def *all = vocab_elements(&n);
    buf_printf(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<!-- Made by the command check with its option xsd, from the table that the checker uses: do not edit. -->\n"
                    "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns=\"%s\"\n"
                    "           targetNamespace=\"%s\" elementFormDefault=\"qualified\">\n",
               LAYOUT_NAMESPACE, LAYOUT_NAMESPACE);
#define NUMBER "[0-9]+(\\.[0-9]+)?"
#define LENGTH "(-?" NUMBER "(mm|cm|pt|in)|0)"
#define SIZE "(" NUMBER "(mm|cm|pt|in|%|fr)|0|auto)"
#define COLOR "(#[0-9A-Fa-f]{3}|#[0-9A-Fa-f]{6}|[^#0-9 \\-.][^# ]*)"
    static const struct { const char *name, *pattern; } types[] = {
        { "length", LENGTH }, { "sides", LENGTH "( +" LENGTH "){0,3}" }, { "size", SIZE }, { "sizes", " *" SIZE "( +" SIZE ")* *" },
        { "leading", NUMBER "(mm|cm|pt|in)?" }, { "color", COLOR },
        /* width, style and colour in any order, the width always */
        { "border", "none|0|((solid|dotted|dashed|" COLOR ") +){0,2}" LENGTH "( +(solid|dotted|dashed|" COLOR ")){0,2}" },
    };
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        buf_printf(out, "  <xs:simpleType name=\"%s\"><xs:restriction base=\"xs:string\">"
                        "<xs:pattern value=\"%s\"/></xs:restriction></xs:simpleType>\n", types[i].name, types[i].pattern);
    buf_str(out, "  <!-- XPath 1.0 -->\n  <xs:simpleType name=\"xpath\"><xs:restriction base=\"xs:string\"/></xs:simpleType>\n"
                 "  <!-- text with {XPath 1.0} -->\n"
                 "  <xs:simpleType name=\"template\"><xs:restriction base=\"xs:string\"/></xs:simpleType>\n");
    for (size_t i = 0; i < n; i++)
        if (all[i].is & IS_ROOT)
            buf_printf(out, "  <xs:element name=\"%s\" type=\"t-%d-%s\"/>\n", all[i].name, all[i].id, all[i].name);
    for (size_t i = 0; i < n; i++)
        element(out, &all[i]);
    buf_str(out, "</xs:schema>\n");
}
