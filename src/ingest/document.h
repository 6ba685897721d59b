/* ingest/document.h -- a document as the later stages see it.
 *
 * `text` is the document's decoded text: for a text file its content (without
 * a byte order mark, converted to UTF-8 where it was a legacy encoding); for
 * HTML, docx, odt and pdf the readable text, one line a block, made the same
 * way every time.  Offsets of facts count code points of `text`; inside the
 * program spans are bytes of `text`, and document_cp() converts.
 * Nothing here is normalised: text/ normalises with a map back to `text`.
 */
#ifndef INGEST_DOCUMENT_H
#define INGEST_DOCUMENT_H
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"

#include <stddef.h>
#include <stdint.h>

enum block_kind { BLOCK_PARAGRAPH, BLOCK_HEADING, BLOCK_LIST_ITEM, BLOCK_CELL, BLOCK_CAPTION };

struct block {
    enum block_kind kind;
    size_t start, end;        /* bytes of `text`; blocks are in order and do not overlap */
    int level;                /* heading 1..6, list depth from 1 */
    int page;                 /* from 1; 0 where the format has no pages */
    int table, row, column;   /* BLOCK_CELL: from 1, 1, 1 (column counts spans) */
    int row_span, column_span; /* BLOCK_CELL: at least 1 */
    bool header;              /* BLOCK_CELL of a header row or column */
};

struct document {
    const char *name;         /* the file's name without folders: the `source` of its facts */
    const char *format;       /* "txt", "html", "docx", "odt", "pdf" */
    const char *encoding;     /* what it was decoded from: "UTF-8", "TCVN3", ... */
    const char *title;        /* "" if the text shows none */
    const char *date;         /* ISO date of publication as the text shows it; "" */
    const char *publisher;    /* the publishing body or site as shown; "" */
    const char *place;        /* bare name of the publisher's province; "" (filled by extract) */
    const char *symbol;       /* number and symbol, "125/BC-UBND"; "" */
    char hash[65];            /* SHA-256 of the file's bytes */
    const char *text;         /* UTF-8, NUL-terminated */
    size_t len;               /* bytes */
    struct block *blocks;
    size_t n_blocks;
    const uint32_t *cp_at;    /* code points before byte 256*i: for document_cp() */
};

/* Reads and decodes one file ("-": standard input, taken as text or, if it
 * looks so, HTML).  The kind is found from the content, then the name.  NULL
 * after a report: missing, unreadable, binary, broken encoding (with the byte's
 * offset), empty, too large, encrypted, scanned without text.  Everything lives in `a`. */
struct document *document_read(const char *path, struct arena *a, struct diag *d);
/* The same from memory; `name` tells the kind where the content does not. */
struct document *document_decode(const char *name, const char *data, size_t n, struct arena *a, struct diag *d);

/* Code points of `text` before byte `at`. */
size_t document_cp(const struct document *doc, size_t at);
/* The byte at which code point number `cp` starts (len, if past the end). */
size_t document_byte(const struct document *doc, size_t cp);
/* The fields, then one line a block: "heading 2 [120,164) Text"; a cell with its
 * table, row and column; for golden tests and `extract --blocks`. */
void document_dump(const struct document *doc, struct buf *out);
#endif
