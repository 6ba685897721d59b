#include "card/tree.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/utf8.h"

#include <libxml/dict.h>
#include <libxml/parserInternals.h> /* xmlStringText */
#include <math.h>
#include <stdint.h>
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
    doc->dict = have(xmlDictCreate()); /* names are then kept once, not with each attribute */
    xmlDocSetRootElement(doc, have(xmlNewDocNode(doc, NULL, (const xmlChar *)root, NULL)));
    return doc;
}

/* A name kept once in the document's dictionary, which owns it. */
static xmlChar *dict_name(xmlDocPtr doc, const char *name)
{
    return (xmlChar *)(uintptr_t)have((void *)(uintptr_t)xmlDictLookup(doc->dict, (const xmlChar *)name, -1));
}

xmlNodePtr tree_add(xmlNodePtr parent, const char *name)
{
    return xmlAddChild(parent, have(xmlNewDocNodeEatName(parent->doc, NULL, dict_name(parent->doc, name), NULL)));
}

static bool allowed(uint32_t cp)
{
    return cp >= 0x20 ? cp != 0xFFFE && cp != 0xFFFF : cp == '\t' || cp == '\n' || cp == '\r';
}

/* True if nothing need be dropped. */
static bool clean(const char *s, size_t n)
{
    uint32_t cp;
    for (size_t i = 0, len = 1; i < n; i += len) {
        unsigned char c = (unsigned char)s[i];
        len = 1;
        if (c >= 0x20 && c < 0x7F)
            continue;
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

/* A text as libxml2's parser makes it: a short one lies in the node itself,
 * where xmlFreeNode() and its like know to leave it. */
static xmlNodePtr new_text(xmlDocPtr doc, const char *value, size_t n)
{
    xmlNodePtr text = have(xmlMalloc(sizeof *text));
    memset(text, 0, sizeof *text);
    text->type = XML_TEXT_NODE;
    text->name = xmlStringText;
    text->doc = doc;
    if (n < sizeof text->properties + sizeof text->psvi)
        text->content = memcpy(&text->properties, value, n + 1);
    else
        text->content = have(xmlStrndup((const xmlChar *)value, (int)n));
    return text;
}

/* As xmlNewProp(), without its second look at the text and for an identifier of
 * a DTD: attributes are most of a card, and this a fifth of its time. The same
 * name is never set twice. */
static void set_plain(xmlNodePtr node, const char *name, const char *value)
{
    xmlAttrPtr a = have(xmlMalloc(sizeof *a)), *at = &node->properties;
    memset(a, 0, sizeof *a);
    a->type = XML_ATTRIBUTE_NODE;
    a->name = dict_name(node->doc, name);
    a->parent = node;
    a->doc = node->doc;
    a->children = a->last = new_text(node->doc, value, strlen(value));
    a->children->parent = (xmlNodePtr)a;
    while (*at) {
        a->prev = *at;
        at = &(*at)->next;
    }
    *at = a;
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
    set_plain(node, name, value);
    buf_clear(&b);
}

/* Digits of a whole number; printf would be a third of a card's time. */
static size_t digits_write(char *out, unsigned long long n)
{
    char back[24];
    size_t len = 0;
    do
        back[len++] = (char)('0' + n % 10);
    while (n /= 10);
    for (size_t i = 0; i < len; i++)
        out[i] = back[len - 1 - i];
    out[len] = '\0';
    return len;
}

static size_t integer_write(char *out, long long n)
{
    size_t sign = n < 0;
    out[0] = '-';
    return sign + digits_write(out + sign, n < 0 ? 0ULL - (unsigned long long)n : (unsigned long long)n);
}

size_t number_write(char out[NUMBER_SIZE], double value)
{
    enum { MILLION = 1000000 };
    out[0] = '\0';
    if (!isfinite(value))
        return 0;
    if (fabs(value) >= 1e9) { /* rare: not exact in 64 bits with 6 decimals */
        struct buf b = { 0 };
        buf_number(&b, value, 6);
        size_t len = b.len < NUMBER_SIZE ? b.len : NUMBER_SIZE - 1;
        memcpy(out, b.data, len);
        out[len] = '\0';
        buf_clear(&b);
        return len;
    }
    long long scaled = llround(fabs(value) * MILLION);
    size_t n = value < 0 && scaled;
    out[0] = '-';
    n += digits_write(out + n, (unsigned long long)(scaled / MILLION));
    if (scaled % MILLION) {
        size_t from = n;
        digits_write(out + n, (unsigned long long)(MILLION + scaled % MILLION)); /* 1 and six digits */
        out[from] = '.';
        for (n = from + 7; out[n - 1] == '0';)
            n--;
    }
    out[n] = '\0';
    return n;
}

void tree_number(xmlNodePtr node, const char *name, double value)
{
    char s[NUMBER_SIZE];
    if (number_write(s, value))
        set_plain(node, name, s);
}

void tree_int(xmlNodePtr node, const char *name, long value)
{
    char s[32];
    integer_write(s, value);
    set_plain(node, name, s);
}

void tree_count(xmlNodePtr node, const char *name, long value)
{
    if (value)
        tree_int(node, name, value);
}

void tree_flag(xmlNodePtr node, const char *name, bool value)
{
    if (value)
        set_plain(node, name, "true");
}

void tree_id(xmlNodePtr node, const char *name, char letter, long long number)
{
    char s[32];
    s[0] = letter;
    integer_write(s + 1, number);
    set_plain(node, name, s);
}
