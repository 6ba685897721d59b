/* ingest/package.h -- files that are ZIP archives of XML: docx, odt, xlsx.
 *
 * Nothing is taken on trust: how many entries there are, how large each and all
 * of them become, how far they were compressed; and XML with a DOCTYPE is
 * refused (the formats forbid it, and entities could only do harm). */
#ifndef INGEST_PACKAGE_H
#define INGEST_PACKAGE_H
#include "base/buf.h"
#include "base/diag.h"

#include <libxml/tree.h>
#include <libxml/xmlreader.h>
#include <stdbool.h>

enum {
    PACKAGE_ENTRIES_MAX = 4096,
    PACKAGE_ENTRY_BYTES_MAX = 64 << 20,
    PACKAGE_TOTAL_BYTES_MAX = 128 << 20,
    PACKAGE_TREE_BYTES_MAX = 16 << 20, /* a tree takes some ten times its text */
    PACKAGE_RATIO_MAX = 500, /* sheets of equal cells reach about 100; deflate could do 1032 */
};

struct package;

/* The bytes are borrowed until package_close(). NULL after a report at `file`. */
struct package *package_open(const char *data, size_t n, const char *file, struct diag *d);
void package_close(struct package *p); /* NULL is fine */
bool package_has(const struct package *p, const char *name);
/* An entry's bytes (`out` cleared first); false after a report. */
bool package_read(struct package *p, const char *name, struct buf *out, struct diag *d);
/* An entry parsed; the caller frees it. NULL after a report. */
xmlDocPtr package_xml(struct package *p, const char *name, struct diag *d);
/* A reader over XML in memory, for parts too large for a tree; NULL after a
 * report. The bytes are borrowed until xmlFreeTextReader(). */
xmlTextReaderPtr package_reader(const struct buf *xml, const char *file, struct diag *d);
#endif
