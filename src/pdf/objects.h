/* pdf/objects.h -- the objects of one PDF file: libharu's table, with an own way to the file.
 *
 * libharu numbers the objects and holds the catalog, page tree, dictionaries
 * and pictures.  Two things it does not do, and they are done here.  It has no
 * object streams: a card's few hundred structure elements would lie in the
 * file uncompressed, 50 kB of them.  And each key of its dictionaries takes
 * 136 bytes: the elements of a book would take gigabytes.  So mass objects
 * are given as text, and are packed and deflated as they come; libharu's
 * dictionaries are packed when the file is written, with a cross-reference
 * stream (ISO 32000-1, 7.5.7 and 7.5.8).
 *
 * libharu keeps the last error only, and a call on a NULL object fails without
 * a word, so the handler keeps the first one and objects_ok() tells it.
 */
#ifndef PDF_OBJECTS_H
#define PDF_OBJECTS_H
#include "base/buf.h"
#include "base/diag.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <hpdf_objects.h>

struct libdeflate_compressor;
struct object;                   /* where an object of the file lies */
struct body { unsigned number; size_t start, len; };
struct objects {
    HPDF_Doc doc;
    struct arena arena;          /* for what lives as long as the file is made */
    struct object *table;        /* by object number */
    size_t cap;
    struct buf texts;            /* of the object stream being filled */
    struct body *bodies;         /* its objects */
    size_t n_bodies;
    struct libdeflate_compressor *deflate;
    unsigned long error, detail; /* libharu's first error; 0: none */
};

bool objects_open(struct objects *o, struct diag *d);
void objects_close(struct objects *o); /* fine on a zeroed one and after a failed open */
/* False after a report if libharu gave an error since the document was opened. */
bool objects_ok(const struct objects *o, struct diag *d);

HPDF_Dict objects_dict(struct objects *o);   /* a new object of the file */
HPDF_Dict objects_inner(struct objects *o);  /* one that will lie inside another */
unsigned objects_number(const void *object); /* "12" of "12 0 R" */

/* An object given as text: first the number, so that others can refer to it. */
unsigned objects_reserve(struct objects *o);
void objects_text(struct objects *o, unsigned number, const char *text, size_t n);
/* A stream: `entries` are those of its dictionary but /Length, and /Filter if it is to be deflated. */
void objects_stream(struct objects *o, unsigned number, const char *entries, const void *data, size_t n,
                    bool deflate);
/* A reference in a libharu dictionary to an object given as text. */
void objects_refer(struct objects *o, HPDF_Dict dict, const char *key, unsigned number);

/* An object that libharu made and nobody needs. */
void objects_drop(struct objects *o, const void *object);

/* A text string (7.9.2.2) in a libharu dictionary; NULL or "": no entry. */
void objects_string(struct objects *o, HPDF_Dict dict, const char *key, const char *utf8);
/* The same for objects given as text: ASCII as it is, else UTF-16BE; at most
 * 32,767 bytes, the limit of PDF/A, so that a longer one is cut. */
void objects_put_string(struct buf *out, const char *utf8);
/* The hash of what an object holds, so that `verify` can name what was changed; the key is our own. */
void objects_seal(struct objects *o, HPDF_Dict dict, const void *data, size_t n);
/* A string of bytes, as a literal. */
void objects_put_bytes(struct buf *out, const void *bytes, size_t n);
/* v / 10^decimals in the shortest form: ".5", "-12", "3.25". */
void objects_put_fixed(struct buf *out, long long v, int decimals);
/* "12 0 R", with a space before it where it needs one. */
void objects_put_reference(struct buf *out, unsigned number);

/* The whole file. Nothing may be added after it. `info`: the information dictionary. */
void objects_save(struct objects *o, HPDF_Dict info, struct buf *out);
#endif
