#include "ingest/package.h"

#include "ingest/markup.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct package {
    zip_t *zip;
    char *file;
    size_t taken; /* bytes read so far */
};

enum { XML_OPTIONS = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_COMPACT };

static struct at at_of(const struct package *p)
{
    return (struct at){ .file = p->file };
}

struct package *package_open(const char *data, size_t n, const char *file, struct diag *d)
{
    struct package *p = xcalloc(1, sizeof *p);
    zip_error_t e;
    zip_error_init(&e);
    p->file = xstrdup(file);
    zip_source_t *source = zip_source_buffer_create(data, n, 0, &e);
    p->zip = source ? zip_open_from_source(source, ZIP_RDONLY, &e) : NULL;
    if (!p->zip)
        zip_source_free(source);
    bool ok = false;
    if (!p->zip)
        diag_error(d, at_of(p), _("is damaged: %s"), zip_error_strerror(&e));
    else if (zip_get_num_entries(p->zip, 0) > PACKAGE_ENTRIES_MAX)
        diag_error(d, at_of(p), _("holds more than %d files; that is no document"), PACKAGE_ENTRIES_MAX);
    else
        ok = true;
    zip_error_fini(&e);
    if (ok)
        return p;
    package_close(p);
    return NULL;
}

void package_close(struct package *p)
{
    if (!p)
        return;
    if (p->zip)
        zip_discard(p->zip);
    free(p->file);
    free(p);
}

bool package_has(const struct package *p, const char *name)
{
    return zip_name_locate(p->zip, name, 0) >= 0;
}

static bool size_allowed(struct package *p, const zip_stat_t *st, const char *name, struct diag *d)
{
    bool known = (st->valid & ZIP_STAT_SIZE) && (st->valid & ZIP_STAT_COMP_SIZE);
    if ((st->valid & ZIP_STAT_ENCRYPTION_METHOD) && st->encryption_method != ZIP_EM_NONE) {
        diag_error(d, at_of(p), _("is protected by a password"));
        return false;
    }
    bool large = known && st->size > PACKAGE_ENTRY_BYTES_MAX, sum = known && p->taken + st->size > PACKAGE_TOTAL_BYTES_MAX;
    bool bomb = known && st->size > 1 << 20 && st->size / PACKAGE_RATIO_MAX > st->comp_size;
    if (!known)
        diag_error(d, at_of(p), _("is damaged: how large \"%s\" in it is, is not told"), name);
    else if (large)
        diag_error(d, at_of(p), _("\"%s\" in it is larger than %d MB"), name, PACKAGE_ENTRY_BYTES_MAX >> 20);
    else if (sum)
        diag_error(d, at_of(p), _("is larger than %d MB once unpacked"), PACKAGE_TOTAL_BYTES_MAX >> 20);
    else if (bomb)
        diag_error(d, at_of(p), _("\"%s\" in it is packed more than %d times: too large to be a document's"), name, PACKAGE_RATIO_MAX);
    return known && !large && !sum && !bomb;
}

bool package_read(struct package *p, const char *name, struct buf *out, struct diag *d)
{
    zip_stat_t st;
    char block[65536];
    zip_int64_t n = -1;
    buf_reset(out);
    zip_stat_init(&st);
    if (zip_stat(p->zip, name, 0, &st) != 0) {
        diag_error(d, at_of(p), _("is damaged: \"%s\" is missing in it"), name);
        return false;
    }
    if (!size_allowed(p, &st, name, d))
        return false;
    zip_file_t *f = zip_fopen(p->zip, name, 0);
    /* The size in the header may lie: the limit holds for what comes out. */
    while (f && (n = zip_fread(f, block, sizeof block)) > 0 && out->len <= PACKAGE_ENTRY_BYTES_MAX)
        buf_add(out, block, (size_t)n);
    bool ok = f && n == 0;
    if (f)
        zip_fclose(f);
    p->taken += out->len;
    if (!ok)
        diag_error(d, at_of(p), _("is damaged: \"%s\" in it cannot be unpacked"), name);
    return ok;
}

static bool safe_xml(const struct buf *xml, const char *file, struct diag *d)
{
    const char *s = xml->data;
    size_t n = xml->len, i = n > 3 && memcmp(s, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    bool ok = i < n && s[i] == '<'; /* UTF-8, so that nothing hides in another encoding */
    for (size_t k = i; ok && k + 9 < n && k < i + 65536; k++)
        ok = s[k] != '<' || memcmp(s + k, "<!DOCTYPE", 9) != 0;
    if (!ok)
        diag_error(d, (struct at){ .file = file }, _("is damaged: its XML is none, or declares a document type"));
    else if (!(ok = markup_bounded(s, n, false)))
        diag_error(d, (struct at){ .file = file }, _("an element in it has more than %d attributes"), ATTRIBUTES_MAX);
    return ok;
}

enum { XML_DEPTH_MAX = 256 }; /* libxml2's own bound, xmlParserMaxDepth */

static bool xml_too_deep(const xmlError *e)
{
    return e->message && strstr(e->message, "depth");
}

xmlDocPtr package_xml(struct package *p, const char *name, struct diag *d)
{
    struct buf xml = { 0 };
    xmlParserCtxtPtr c = xmlNewParserCtxt();
    xmlDocPtr doc = NULL;
    bool ok = c && package_read(p, name, &xml, d);
    if (ok && xml.len > PACKAGE_TREE_BYTES_MAX) {
        diag_error(d, at_of(p), _("\"%s\" in it is larger than %d MB"), name, PACKAGE_TREE_BYTES_MAX >> 20);
        ok = false;
    }
    if (ok && safe_xml(&xml, p->file, d)) {
        doc = xmlCtxtReadMemory(c, xml.data, (int)xml.len, name, "UTF-8", XML_OPTIONS);
        if (!doc || doc->intSubset) {
            if (!doc && xml_too_deep(&c->lastError))
                diag_error(d, at_of(p), _("\"%s\" in it nests its elements too deep (%d levels are read)"), name, XML_DEPTH_MAX);
            else
                diag_error(d, at_of(p), _("is damaged: \"%s\" in it is not well-formed"), name);
            xmlFreeDoc(doc);
            doc = NULL;
        }
    }
    xmlFreeParserCtxt(c);
    buf_clear(&xml);
    return doc;
}

xmlTextReaderPtr package_reader(const struct buf *xml, const char *file, struct diag *d)
{
    return safe_xml(xml, file, d) ? xmlReaderForMemory(xml->data, (int)xml->len, file, "UTF-8", XML_OPTIONS) : NULL;
}
