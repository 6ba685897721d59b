/* extract/extract.h -- facts from a document.
 *
 * Reads the document's blocks, and gives the facts in order of their place in
 * the text.  Knows the catalog and its lexicon, no files and no database.
 * The extractor is made once, is read-only from then on, and serves every
 * document and worker.
 *
 *     struct extractor *x = extractor_open(folder, catalog, d);
 *     extract_facts(x, doc, arena, &facts);
 *     extractor_close(x);
 */
#ifndef EXTRACT_EXTRACT_H
#define EXTRACT_EXTRACT_H
#include "catalog/catalog.h"
#include "extract/fact.h"
#include "ingest/document.h"

struct facts {
    struct fact *items; /* in the arena given to extract_facts() */
    size_t n, cap;
};

/* A number that was seen and is no fact, for a review page. */
struct passed {
    int64_t start, end;  /* code points of the decoded document */
    const char *reason;  /* in English, N_(): "date", "number of a document", ... */
};
struct passed_list {
    struct passed *items;
    size_t n, cap;
};

struct extractor;

/* Reads the word lists of the catalog's folder (phrases.xml, words.xml,
 * agencies.xml).  NULL after reports; the caller owns it.  `c` is borrowed. */
struct extractor *extractor_open(const char *folder, const struct catalog *c, struct diag *d);
void extractor_close(struct extractor *x); /* NULL is fine */

/* Also fills doc->place (the publisher's province) where the text shows it.
 * `source` of each fact is doc->name. */
void extract_facts(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out);
/* The same, and the numbers passed over with the reason; `passed` may be NULL. */
void extract_all(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out,
                 struct passed_list *passed);
/* Statements without a number (kind note): limitations, tasks, achievements.
 * `indicator` is "han-che", "nhiem-vu" or "ket-qua", a blank, and the reform
 * field's code where it is plain ("han-che tthc"). */
void extract_notes(const struct extractor *x, struct document *doc, struct arena *a, struct facts *out);
#endif
