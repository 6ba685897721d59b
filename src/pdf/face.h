/* pdf/face.h -- a font as the file uses it: codes for glyphs, then the subset.
 *
 * Codes are given in the order of first use, so that content can be written
 * before the subset is known.  A code stands for a glyph and the text that it
 * shows: a glyph that shows two texts (a small capital and a letter) gets two
 * codes, and the text can always be taken back.  Fonts with CFF outlines keep
 * the glyph's number as code, because there is no map between the two.
 */
#ifndef PDF_FACE_H
#define PDF_FACE_H
#include "pdf/objects.h"
#include "font/font.h"

struct face_code;
struct face {
    const struct font *font;
    unsigned object;             /* of the Type 0 font */
    struct face_code *codes;     /* [0] is .notdef */
    size_t n, cap;
    uint16_t *by_glyph;          /* newest code of a glyph; 0: none */
    unsigned n_glyphs;
};

void face_open(struct face *f, const struct font *font, struct objects *o);
/* The code of a glyph that shows `text`; false if it has a code for another
 * text already and can have no second one, or if there is no such glyph: then
 * the text must be told beside it. */
bool face_code(struct face *f, struct objects *o, uint32_t gid, const char *text, size_t len, unsigned *code);
/* Width in 1/1000 em, as the file will say. */
int face_width(const struct face *f, uint32_t gid);
/* The subset and its dictionaries into the file. False after a report. */
bool face_finish(struct face *f, struct objects *o, struct diag *d);
void face_close(struct face *f);
#endif
