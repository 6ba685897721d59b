/* extract/extract.h -- facts from a document.
 *
 * Reads the document's blocks, and gives the facts in order of their place in
 * the text.  Knows the catalog, no files and no database. */
#ifndef EXTRACT_EXTRACT_H
#define EXTRACT_EXTRACT_H
#include "catalog/catalog.h"
#include "extract/fact.h"
#include "ingest/document.h"

struct facts {
    struct fact *items; /* in the arena given to extract_facts() */
    size_t n, cap;
};

/* Also fills doc->place (the publisher's province) where the text shows it. */
void extract_facts(const struct catalog *c, struct document *doc, struct arena *a, struct facts *out);
#endif
