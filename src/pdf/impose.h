/* pdf/impose.h -- a file's pages onto the sheets of a print room.
 *
 * Each page is put on its sheet whole, as a form XObject, and the structure
 * follows it: the tags stay, in the order of the text, which is not that of
 * the sheets.  What only a screen can use is left out: links, bookmarks, page
 * labels, form fields, attached files.  Of a page with bleed and crop marks
 * the trimmed page is put.  Same input, same bytes.
 */
#ifndef PDF_IMPOSE_H
#define PDF_IMPOSE_H
#include "base/buf.h"
#include "base/diag.h"

enum imposition {
    IMPOSE_NONE,
    IMPOSE_DUPLEX,    /* as it is, with a blank last page where the number is odd: everything is kept */
    IMPOSE_2UP,       /* two beside each other, in order */
    IMPOSE_BOOKLET,   /* folded in the middle and stitched through the fold */
};
struct impose {
    enum imposition as;
    double sheet[2];  /* upright, pt; 0 0: the double of the first page */
    int signature;    /* booklet: at most so many sheets are folded into each other; 0: all of them */
    double creep;     /* booklet: pt that each inner sheet is pushed out by folding: its pages move in by so much */
};
struct imposed {
    size_t pages, sheets, blanks; /* sheets: of paper, printed on both sides */
    double scale;     /* the smallest; 1: as they are */
    double width, height; /* of a side of a sheet, pt */
    bool across;      /* its long side lies; turned over at the short edge */
    bool whole;       /* nothing was left out */
};
/* "A4", "A3": upright size in pt. False if it is none of A0 to A6. */
bool impose_paper(const char *name, double size[2]);
/* Imposes the file; false after a report: no sound PDF, or one that cannot be put so. */
bool impose_file(const char *path, const struct impose *o, struct buf *out, struct imposed *r, struct diag *d);

/* Which page lies where, for `n` pages: four places a sheet (front left, front
 * right, back left, back right), page numbers from 1, 0 for a blank. `depth` of
 * a sheet: how many lie around it in its signature. */
struct places { size_t (*at)[4]; int *depth; size_t sheets; };
void impose_places(const struct impose *o, size_t n, struct places *p, struct arena *a);
#endif
