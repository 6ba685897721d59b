#include "base/node.h"

#include <string.h>

bool node_is(const xmlNode *n, const char *name)
{
    return n && n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

const xmlAttr *node_find(const xmlNode *n, const char *name)
{
    if (!n || n->type != XML_ELEMENT_NODE)
        return NULL;
    for (const xmlAttr *a = n->properties; a; a = a->next)
        if (strcmp((const char *)a->name, name) == 0 && !a->ns)
            return a;
    return NULL;
}

const char *node_value(struct arena *a, const xmlAttr *attribute)
{
    const xmlNode *text = attribute->children;
    if (!text)
        return "";
    if (!text->next && text->type == XML_TEXT_NODE)
        return text->content ? (const char *)text->content : "";
    xmlChar *s = xmlNodeGetContent((const xmlNode *)attribute);
    const char *copy = arena_strdup(a, s ? (const char *)s : "");
    xmlFree(s);
    return copy;
}

const char *node_attribute(struct arena *a, const xmlNode *n, const char *name)
{
    const xmlAttr *attribute = node_find(n, name);
    return attribute ? node_value(a, attribute) : NULL;
}
