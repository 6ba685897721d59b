/* proof/proof.h -- shows that a card's pages say what its attached data say.
 *
 *     struct proof_request q = { .sources = sources_open("documents") };
 *     struct proof_told told;
 *     if (proof_file(&q, "card.pdf", &told, a, d))
 *         printf("%zu figures\n", told.figures);
 *     sources_close(q.sources);
 *
 * Of each file: does it keep the rules of PDF/A-3a and PDF/UA-1 (pdf/reader.h); are its bytes
 * those that were written, and if not, which page or attachment was changed (seals.c); do its
 * metadata agree with themselves (metadata.c); is every figure on the pages a figure of the
 * attached card, rounded as printed, of its own place or of one that the same line names, and
 * in its own row, and is the card of the place that the pages name (figures.c); does another
 * reader, poppler, read the same (reread.c).  If asked for: does every quote stand in its
 * document at its place (quotes.c); do the same layout and facts give the same bytes (remake.c). */
#ifndef PROOF_PROOF_H
#define PROOF_PROOF_H
#include "batch/session.h"

/* A folder of documents and tables, looked through with all below it. The path is borrowed. */
struct sources *sources_open(const char *folder);
void sources_close(struct sources *s); /* NULL is fine */

/* What makes files again, from one file to the next. What a file tells of its making counts
 * where the options do not say otherwise. Borrowed; book_layout NULL: the one that ships. */
struct remaking *remaking_open(const struct session_options *o, const char *book_layout);
void remaking_close(struct remaking *m); /* NULL is fine */

struct proof_request {
    struct sources *sources;     /* NULL: not asked for */
    struct remaking *remaking;   /* NULL: not asked for */
};
struct proof_told {              /* of a file without faults */
    size_t pages, figures;       /* figures on the pages, all of them of the attached data */
    size_t quotes, tables;       /* found in the sources as they are */
    size_t signatures;
    const char *signer, *stamped; /* of the last sound signature; the time of its timestamp; NULL */
};
/* True: nothing is wrong, and `told` is filled, its texts in `a`. Else each fault was reported
 * with the file and, in the message, the page. A file of any origin may be given. */
bool proof_file(const struct proof_request *q, const char *path, struct proof_told *told, struct arena *a, struct diag *d);
#endif
