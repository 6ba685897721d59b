/* Whether the metadata tell what the information dictionary tells. */
#include "proof/internal.h"

#include <string.h>

/* A property of the document: of the packet's descriptions, not of what explains their schemas. */
static const xmlNode *find_property(xmlDocPtr xmp, const char *name)
{
    const xmlNode *rdf = proof_child(xmlDocGetRootElement(xmp), "RDF"), *found = NULL;
    for (const xmlNode *n = rdf ? rdf->children : NULL; n && !found; n = n->next)
        if (n->type == XML_ELEMENT_NODE && strcmp((const char *)n->name, "Description") == 0)
            found = proof_child(n, name);
    return found;
}

static void keep_digits(struct buf *out, const char *s)
{
    for (; *s; s++)
        if (*s >= '0' && *s <= '9')
            buf_char(out, *s);
}

/* "D:20250120" and "2025-01-20". */
static bool same_date(const char *a, const char *b)
{
    struct buf x = { 0 }, y = { 0 };
    keep_digits(&x, a);
    keep_digits(&y, b);
    bool same = x.len && x.len == y.len && memcmp(x.data, y.data, x.len) == 0;
    buf_clear(&x);
    buf_clear(&y);
    return same;
}

static void blank_ends(char *s)
{
    size_t n = strlen(s), skip = strspn(s, " \n\t");
    while (n > skip && strchr(" \n\t", s[n - 1]))
        n--;
    memmove(s, s + skip, n - skip);
    s[n - skip] = '\0';
}

/* XMP that parses, and tells what the information dictionary tells (A 6.6.2, 6.6.3). */
void metadata_check(struct proof *p)
{
    static const struct { const char *key, *element; bool date; } entries[] = {
        { "Title", "title", false },       { "Author", "creator", false },       { "Subject", "description", false },
        { "Keywords", "Keywords", false }, { "Producer", "Producer", false },    { "Creator", "CreatorTool", false },
        { "CreationDate", "CreateDate", true }, { "ModDate", "ModifyDate", true },
    };
    size_t len;
    const char *xmp = reader_xmp(p->r, &len);
    xmlDocPtr doc = xmp ? proof_parse(xmp, len) : NULL;

    if (!doc)
        diag_error(p->d, p->at, _("the metadata are no XML (A 6.6.2)"));
    for (size_t i = 0; doc && i < sizeof entries / sizeof *entries; i++) {
        const char *info = reader_info(p->r, entries[i].key);
        const xmlNode *n = find_property(doc, entries[i].element);
        xmlChar *told = n ? xmlNodeGetContent(n) : NULL;
        if (told)
            blank_ends((char *)told);
        const char *a = info ? info : "", *b = told ? (const char *)told : "";
        if ((*a || *b || i == 0) && (entries[i].date ? !same_date(a, b) : !*a || strcmp(a, b) != 0))
            diag_error(p->d, p->at, _("two values of %s: \"%s\" and, in the metadata, \"%s\""), entries[i].key, a, b);
        xmlFree(told);
    }
    xmlFreeDoc(doc);
}
