#include "catalog/xml.h"

#include "base/file.h"
#include "base/node.h"

#include <errno.h>
#include <libxml/parser.h>
#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 8 << 20, NAMES = 64 };

struct at xml_at(const char *path, xmlNodePtr node, const char *attribute)
{
    return (struct at){ .file = path, .line = (int)xmlGetLineNo(node), .element = (const char *)node->name,
                        .attribute = attribute };
}

/* Finds word number `i` of a list like "slug! code name"; its length without "!". */
static const char *list_word(const char *list, size_t i, size_t *len, bool *required)
{
    while (*list) {
        list += strspn(list, " ");
        size_t n = strcspn(list, " ");
        if (n && i-- == 0) {
            *required = list[n - 1] == '!';
            *len = n - *required;
            return list;
        }
        list += n;
    }
    return NULL;
}

static void attribute_unknown(xmlNodePtr node, const char *name, const char *list, const char *path, struct diag *d)
{
    const char *names[NAMES], *word;
    struct arena a = { 0 };
    size_t n = 0, len;
    bool required;
    while (n < NAMES && (word = list_word(list, n, &len, &required)))
        names[n++] = arena_strndup(&a, word, len);
    const char *near = diag_nearest(name, names, n);
    diag_error(d, xml_at(path, node, name), _("unknown attribute"));
    if (near)
        diag_expected(d, _("the nearest is \"%s\""), near);
    arena_clear(&a);
}

static void check_attributes(xmlNodePtr node, const char *list, const char *path, struct diag *d)
{
    size_t len;
    bool required;
    const char *word;
    for (xmlAttrPtr at = node->properties; at; at = at->next) {
        const char *name = (const char *)at->name;
        bool known = false;
        for (size_t i = 0; !known && (word = list_word(list, i, &len, &required)); i++)
            known = strlen(name) == len && memcmp(name, word, len) == 0;
        if (!known)
            attribute_unknown(node, name, list, path, d);
    }
    for (size_t i = 0; (word = list_word(list, i, &len, &required)); i++) {
        char name[NAMES];
        snprintf(name, sizeof name, "%.*s", (int)len, word);
        if (required && !xmlHasProp(node, (const xmlChar *)name))
            diag_error(d, xml_at(path, node, NULL), _("attribute \"%s\" is missing"), name);
    }
}

struct check { const struct xml_rule *rules; size_t n; const char *path; struct diag *d; };

static void element_unknown(const struct check *c, xmlNodePtr node, const char *parent)
{
    const char *names[NAMES];
    size_t n = 0;
    for (size_t i = 0; i < c->n && n < NAMES; i++)
        if (parent ? c->rules[i].parent && strcmp(c->rules[i].parent, parent) == 0 : !c->rules[i].parent)
            names[n++] = c->rules[i].element;
    const char *near = n == 1 ? names[0] : diag_nearest((const char *)node->name, names, n);
    if (parent)
        diag_error(c->d, xml_at(c->path, node, NULL), _("unknown element in <%s>"), parent);
    else
        diag_error(c->d, xml_at(c->path, node, NULL), _("is not the root of this file"));
    if (near)
        diag_expected(c->d, "<%s>", near);
}

/* libxml2 limits the depth of nesting, so the recursion is bounded. */
static void check_element(const struct check *c, xmlNodePtr node, const char *parent)
{
    const struct xml_rule *rule = NULL;
    for (size_t i = 0; !rule && i < c->n; i++)
        if (node_is(node, c->rules[i].element) &&
            (parent ? c->rules[i].parent && strcmp(c->rules[i].parent, parent) == 0 : !c->rules[i].parent))
            rule = &c->rules[i];
    if (!rule) {
        element_unknown(c, node, parent);
        return;
    }
    check_attributes(node, rule->attributes, c->path, c->d);
    for (xmlNodePtr child = node->children; child; child = child->next) {
        if (child->type == XML_ELEMENT_NODE)
            check_element(c, child, rule->element);
        else if (child->type != XML_COMMENT_NODE && !rule->text && !xmlIsBlankNode(child))
            diag_error(c->d, xml_at(c->path, node, NULL), _("holds text, but takes none"));
    }
}

static xmlDocPtr parse(const char *path, const struct buf *in, struct diag *d)
{
    struct at at = { .file = path };
    if (in->len > INT_MAX || strstr(in->data, "<!DOCTYPE")) {
        diag_error(d, at, _("has a document type declaration, which is not allowed"));
        return NULL;
    }
    xmlParserCtxtPtr parser = xmlNewParserCtxt();
    if (!parser)
        die("libxml2: out of memory");
    xmlDocPtr doc = xmlCtxtReadMemory(parser, in->data, (int)in->len, path, NULL,
                                      XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
    if (!doc) {
        xmlErrorPtr e = xmlCtxtGetLastError(parser);
        size_t n = e && e->message ? strcspn(e->message, "\r\n") : 0;
        at.line = e ? e->line : 0;
        at.col = e ? e->int2 : 0;
        diag_error(d, at, _("is not well-formed XML: %.*s"), (int)n, n ? e->message : "");
    }
    xmlFreeParserCtxt(parser);
    return doc;
}

xmlDocPtr xml_read(const char *path, const struct xml_rule *rules, size_t n, struct diag *d)
{
    struct buf in = { 0 };
    xmlDocPtr doc = NULL;
    size_t errors = d->errors;
    if (file_read(path, FILE_LIMIT, &in, d) && (doc = parse(path, &in, d))) {
        struct check c = { rules, n, path, d };
        check_element(&c, xmlDocGetRootElement(doc), NULL);
    }
    buf_clear(&in);
    if (doc && d->errors > errors) {
        xmlFreeDoc(doc);
        doc = NULL;
    }
    return doc;
}

static xmlNodePtr element_from(xmlNodePtr node, const char *name)
{
    while (node && (node->type != XML_ELEMENT_NODE || (name && !node_is(node, name))))
        node = node->next;
    return node;
}

xmlNodePtr xml_first(xmlNodePtr parent, const char *name)
{
    return element_from(parent->children, name);
}

xmlNodePtr xml_next(xmlNodePtr node, const char *name)
{
    return element_from(node->next, name);
}

static const char *take(struct arena *a, xmlChar *s)
{
    const char *copy = s ? arena_strdup(a, (const char *)s) : "";
    xmlFree(s);
    return copy;
}

const char *xml_string(struct arena *a, xmlNodePtr node, const char *name)
{
    return take(a, xmlGetNoNsProp(node, (const xmlChar *)name));
}

const char *xml_text(struct arena *a, xmlNodePtr node)
{
    const char *s = take(a, xmlNodeGetContent(node));
    s += strspn(s, " \t\r\n");
    size_t n = strlen(s);
    while (n && strchr(" \t\r\n", s[n - 1]))
        n--;
    return arena_strndup(a, s, n);
}

double xml_number(xmlNodePtr node, const char *name, double otherwise, const char *path, struct diag *d)
{
    xmlChar *s = xmlGetNoNsProp(node, (const xmlChar *)name);
    if (!s)
        return otherwise;
    char *end;
    double value = strtod((char *)s, &end);
    bool ok = *s && !*end && isfinite(value);
    if (!ok) {
        diag_error(d, xml_at(path, node, name), _("\"%s\" is no number"), (char *)s);
        diag_expected(d, _("a number such as 12 or 0.5"));
    }
    xmlFree(s);
    return ok ? value : otherwise;
}

int xml_integer(xmlNodePtr node, const char *name, int otherwise, const char *path, struct diag *d)
{
    double value = xml_number(node, name, otherwise, path, d);
    if (value == floor(value) && fabs(value) < INT_MAX)
        return (int)value;
    diag_error(d, xml_at(path, node, name), _("is no whole number"));
    return otherwise;
}

bool xml_flag(xmlNodePtr node, const char *name, bool otherwise, const char *path, struct diag *d)
{
    xmlChar *s = xmlGetNoNsProp(node, (const xmlChar *)name);
    if (!s)
        return otherwise;
    bool yes = strcmp((char *)s, "yes") == 0, no = strcmp((char *)s, "no") == 0;
    if (!yes && !no) {
        diag_error(d, xml_at(path, node, name), _("\"%s\" is neither yes nor no"), (char *)s);
        diag_expected(d, "yes, no");
    }
    xmlFree(s);
    return yes || (!no && otherwise);
}
