/* catalog/xml.h -- a catalog file read and checked against a table of elements.
 *
 * No network, no document type, no entities. Every fault is told with file and
 * line; an unknown name with the nearest known one. */
#ifndef CATALOG_XML_H
#define CATALOG_XML_H
#include "base/diag.h"

#include <libxml/tree.h>

/* What may stand where. `attributes`: names separated by blanks, a required
 * one with "!" behind it; `text`: the element holds text. parent NULL: the root. */
struct xml_rule { const char *element, *parent, *attributes; bool text; };

/* NULL after reports. The caller frees it with xmlFreeDoc(). */
xmlDocPtr xml_read(const char *path, const struct xml_rule *rules, size_t n, struct diag *d);

/* First and next child element, by name if `name` is not NULL. */
xmlNodePtr xml_first(xmlNodePtr parent, const char *name);
xmlNodePtr xml_next(xmlNodePtr node, const char *name);

/* An attribute's value as a copy in `a`; "" if it is absent. */
const char *xml_string(struct arena *a, xmlNodePtr node, const char *name);
/* The element's text, blanks at both ends cut. */
const char *xml_text(struct arena *a, xmlNodePtr node);
/* A number written with a decimal point; `otherwise` if absent. A bad one is reported. */
double xml_number(xmlNodePtr node, const char *name, double otherwise, const char *path, struct diag *d);
int xml_integer(xmlNodePtr node, const char *name, int otherwise, const char *path, struct diag *d);
/* "yes" or "no"; anything else is reported. */
bool xml_flag(xmlNodePtr node, const char *name, bool otherwise, const char *path, struct diag *d);
/* Where a node stands, for messages. */
struct at xml_at(const char *path, xmlNodePtr node, const char *attribute);
#endif
