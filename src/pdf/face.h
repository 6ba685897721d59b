/* pdf/face.h -- a font as the file uses it: codes for glyphs, then the subset.
 *
 * Codes are given in the order of first use, so that content can be written
 * before the subsets are known.  A code stands for a text, in all the faces of
 * the file alike, so that one ToUnicode map serves them all; in a face it
 * stands for the glyph that shows that text.  Where two glyphs of a face show
 * one text (a small capital and a letter), the text gets a second code: it can
 * always be taken back.  Fonts with CFF outlines keep the glyph's number as
 * code, because there is no map between the two, and have a map of their own.
 */
#ifndef PDF_FACE_H
#define PDF_FACE_H
#include "pdf/objects.h"
#include "font/font.h"

struct code;
struct codes {                   /* of the file */
    struct objects *objects;
    struct code *items;          /* [0] is .notdef */
    size_t n, cap;
    uint16_t heads[256];         /* by hash of the text: the newest code; 0: none */
    unsigned unicode;            /* object of the ToUnicode map */
};
void codes_open(struct codes *c, struct objects *o);
void codes_finish(struct codes *c);

struct slot;
struct face {
    struct codes *codes;
    const struct font *font;
    unsigned object;             /* of the Type 0 font */
    struct slot *slots;          /* by code */
    size_t n;
    uint16_t *by_glyph;          /* newest code of a glyph; 0: none */
    unsigned n_glyphs;
};
void face_open(struct face *f, const struct font *font, struct codes *codes);
/* The code of a glyph that shows `text`; false if there can be none (no such
 * glyph, or a CFF one that shows another text already): then the text must be
 * told beside it. *width: in 1/1000 em, as the file will say. */
bool face_code(struct face *f, uint32_t gid, const char *text, size_t len, unsigned *code, int *width);
/* The subset and its dictionaries into the file. False after a report. */
bool face_finish(struct face *f, struct diag *d);
void face_close(struct face *f);
#endif
