/* ingest/nodes.h -- trees of office documents, by local names: prefixes are the producers' choice. */
#ifndef INGEST_NODES_H
#define INGEST_NODES_H
#include <libxml/tree.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static inline bool node_is(const xmlNode *n, const char *name)
{
    return n && n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, name) == 0;
}

/* "" if absent. */
static inline const char *node_attribute(const xmlNode *n, const char *name)
{
    for (const xmlAttr *at = n ? n->properties : NULL; at; at = at->next)
        if (strcmp((const char *)at->name, name) == 0)
            return at->children && at->children->content ? (const char *)at->children->content : "";
    return "";
}

static inline xmlNode *node_child(const xmlNode *n, const char *name)
{
    for (xmlNode *c = n ? n->children : NULL; c; c = c->next)
        if (node_is(c, name))
            return c;
    return NULL;
}

/* Text as a whole number, held within the bounds. */
static inline int node_number(const char *s, int least, int most)
{
    long v = strtol(s, NULL, 10);
    return v < least ? least : v > most ? most : (int)v;
}
#endif
