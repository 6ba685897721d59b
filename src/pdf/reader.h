/* pdf/reader.h -- a finished file read again: its attached data, and whether it keeps the rules.
 *
 * For files of any origin: damaged, encrypted or hostile ones give a message.
 * A file is not repaired: one that needs it is not what phieudiem wrote. */
#ifndef PDF_READER_H
#define PDF_READER_H
#include "base/buf.h"
#include "page/page.h"

struct reader;
/* NULL after a report. */
struct reader *reader_open(const char *path, struct diag *d);
/* The same for bytes that are there already; they are copied. `path`: for messages. */
struct reader *reader_open_bytes(const char *path, const void *data, size_t n, struct diag *d);
void reader_close(struct reader *r); /* NULL is fine */

/* The associated files (AF of the catalog), in the reader's memory. False after a report. */
bool reader_attachments(struct reader *r, const struct attachment **list, size_t *n, struct diag *d);

/* Whether the file's bytes are those that were written: its identifier is their hash. */
enum seal { SEAL_WHOLE, SEAL_APPENDED /* whole, and a later update after it */, SEAL_BROKEN };
enum seal reader_seal(struct reader *r);
/* The file as it was written first, before what was appended; all of it if its seal is broken. */
const char *reader_first_state(struct reader *r, size_t *n);
/* Whether an attached file (of reader_attachments' list), a page's content are as they were written. */
bool reader_attachment_sealed(struct reader *r, const struct attachment *file);
size_t reader_pages(struct reader *r);
/* Width and height of a page as it is shown and printed, turned as it says; false: it has none that makes sense. */
bool reader_page_size(struct reader *r, size_t page, double size[2]);
bool reader_page_sealed(struct reader *r, size_t page);
/* Which attached file (of reader_attachments' list) is of this page, in a book; NULL: none is told. */
const struct attachment *reader_page_file(struct reader *r, size_t page);
/* The text of a page in the order of drawing, a piece for each marked-content
 * sequence, a tab between its runs. False after a report. */
struct text_piece {
    bool artifact;
    const char *tag, *text;      /* tag: "P", "H1", ... */
    int line;                    /* of the structure: the number of its table row, else of its paragraph; 0: none */
    bool head, linked, figure;   /* in the heading cell of its row; in a link; in a figure */
    const char *alt;             /* of a figure that begins with it: its alternative text; NULL */
};
bool reader_text(struct reader *r, size_t page, const struct text_piece **pieces, size_t *n, struct diag *d);
/* Whether a page has the same text, the same content in both files. Of another text on one
 * page the others' content differs too: codes of letters are given in the order of their use. */
bool reader_same_text(struct reader *a, struct reader *b, size_t page);
bool reader_same_page(struct reader *a, struct reader *b, size_t page);

/* The XMP packet; NULL if there is none. */
const char *reader_xmp(struct reader *r, size_t *len);
/* An entry of the information dictionary ("Title") as UTF-8; NULL if it is not there. */
const char *reader_info(struct reader *r, const char *key);

/* The rules of PDF/A-3a and PDF/UA-1 that a program can check and that a fault
 * of ours would break: each breach is an error in `d`. True if there is none. */
bool reader_audit(struct reader *r, struct diag *d);
#endif
