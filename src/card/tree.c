#include "card/tree.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <math.h>
#include <string.h>

static void *have(void *p)
{
    if (!p)
        die("libxml2: out of memory");
    return p;
}

xmlDocPtr tree_new(const char *root)
{
    xmlDocPtr doc = have(xmlNewDoc((const xmlChar *)"1.0"));
    xmlDocSetRootElement(doc, have(xmlNewDocNode(doc, NULL, (const xmlChar *)root, NULL)));
    return doc;
}

xmlNodePtr tree_add(xmlNodePtr parent, const char *name)
{
    return xmlAddChild(parent, have(xmlNewDocNode(parent->doc, NULL, (const xmlChar *)name, NULL)));
}

static bool allowed(uint32_t cp)
{
    return cp >= 0x20 ? cp != 0xFFFE && cp != 0xFFFF : cp == '\t' || cp == '\n' || cp == '\r';
}

/* True if nothing need be dropped. */
static bool clean(const char *s, size_t n)
{
    uint32_t cp;
    for (size_t i = 0, len; i < n; i += len) {
        len = utf8_decode(s + i, n - i, &cp);
        if (!len || !allowed(cp))
            return false;
    }
    return true;
}

static void cleaned(struct buf *b, const char *s, size_t n)
{
    uint32_t cp;
    for (size_t i = 0, len; i < n; i += len) {
        len = utf8_decode(s + i, n - i, &cp);
        if (len && allowed(cp))
            buf_add(b, s + i, len);
        len = len ? len : 1;
    }
}

void tree_text(xmlNodePtr node, const char *text)
{
    size_t n = text ? strlen(text) : 0;
    struct buf b = { 0 };
    if (!n)
        return;
    if (!clean(text, n)) {
        cleaned(&b, text, n);
        text = b.data ? b.data : "";
        n = b.len;
    }
    xmlAddChild(node, have(xmlNewDocTextLen(node->doc, (const xmlChar *)text, (int)n)));
    buf_clear(&b);
}

void tree_set(xmlNodePtr node, const char *name, const char *value)
{
    size_t n = value ? strlen(value) : 0;
    struct buf b = { 0 };
    if (!n)
        return;
    if (!clean(value, n)) {
        cleaned(&b, value, n);
        value = b.data ? b.data : "";
    }
    have(xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)value));
    buf_clear(&b);
}

void tree_number(xmlNodePtr node, const char *name, double value)
{
    struct buf b = { 0 };
    if (!isfinite(value))
        return;
    buf_number(&b, value, 6);
    have(xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)b.data));
    buf_clear(&b);
}

void tree_int(xmlNodePtr node, const char *name, long value)
{
    char s[32];
    snprintf(s, sizeof s, "%ld", value);
    have(xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)s));
}

void tree_count(xmlNodePtr node, const char *name, long value)
{
    if (value)
        tree_int(node, name, value);
}

void tree_flag(xmlNodePtr node, const char *name, bool value)
{
    if (value)
        have(xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)"true"));
}

void tree_id(xmlNodePtr node, const char *name, char letter, long long number)
{
    char s[32];
    snprintf(s, sizeof s, "%c%lld", letter, number);
    have(xmlNewProp(node, (const xmlChar *)name, (const xmlChar *)s));
}
