/* base/node.h -- what catalog, card and layout ask of XML elements that others have read or built. */
#ifndef BASE_NODE_H
#define BASE_NODE_H
#include "base/arena.h"

#include <libxml/tree.h>
#include <stdbool.h>

/* An element of this name, in whatever namespace; NULL is fine and is none. */
bool node_is(const xmlNode *n, const char *name);
/* The attribute without a namespace; NULL if there is none, or `n` is no element. */
const xmlAttr *node_find(const xmlNode *n, const char *name);
/* Its value: the tree's own text where that is whole, which the tree's life bounds, else a copy in `a`. */
const char *node_value(struct arena *a, const xmlAttr *attribute);
/* Both; NULL if there is no such attribute. */
const char *node_attribute(struct arena *a, const xmlNode *n, const char *name);
#endif
