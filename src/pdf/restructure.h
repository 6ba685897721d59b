/* pdf/restructure.h -- the structure tree after the pages were put on sheets (impose.c). */
#ifndef PDF_RESTRUCTURE_H
#define PDF_RESTRUCTURE_H
#include "pdf/file.h"

struct placed {        /* a page that was */
    int object;        /* its number in the file */
    qpdf_oh sheet, form; /* where it lies now, and as what; both indirect */
    double m[6];       /* from its space to the sheet's */
};
/* Elements and marked content refer to the forms on the sheets instead of the pages; what referred
 * to annotations and attached files goes. */
void restructure(struct reader *r, const struct placed *pages, size_t n);
#endif
