/* pdf/pdf.h -- pages become a PDF, through libharu's object layer.
 *
 * Tagged from the first page, fonts as own Type 0 subsets (hb-subset), every
 * mark in the structure tree or an artifact; PDF 1.7, PDF/A-3a and PDF/UA-1.
 * Same pages, same bytes: no clock, no locale, no pointer order.
 *
 *     struct pdf *pdf = pdf_open(d);
 *     pdf_add(pdf, &pages, d);             (once a card; a book: many times)
 *     pdf_finish(pdf, &info, &out, d);
 *     pdf_close(pdf);
 */
#ifndef PDF_PDF_H
#define PDF_PDF_H
#include "page/page.h"

struct pdf;
struct pdf_info {
    const char *title, *subject, *keywords, *author;
    const char *lang;             /* "vi-VN" */
    const char *date;             /* ISO date or time of the data; "": none is written but what PDF/A asks */
    const char *producer;         /* "phieudiem 0.1" */
    struct record record;
    const struct attachment *attachments; size_t n_attachments;
};

struct pdf *pdf_open(struct diag *d);
/* Draws and tags the pages of one document after those before it; anchors of
 * different calls do not mix. The pages may be given back after the call. */
bool pdf_add(struct pdf *pdf, const struct pages *pages, struct diag *d);
/* What is added from now on stands in the file behind all that has a smaller `section` and
 * before all that has a larger one, whenever it was added; 0 at first. So a book's contents
 * are set when the numbers of its pages are known, and its cards only once. */
void pdf_section(struct pdf *pdf, unsigned section);
/* Links to "#name" from documents that are added later lead to the first page of the one added last. */
void pdf_target(struct pdf *pdf, const char *name);
/* Attaches a file that is of the pages added last: in a book their part of the
 * structure tells it. Its bytes may be given back after the call. */
void pdf_attach(struct pdf *pdf, const struct attachment *file, const char *date);
/* The pages added last are of the file attached last, too. */
void pdf_attach_same(struct pdf *pdf);
/* Fonts, structure tree, outline, metadata; the whole file into `out`. */
bool pdf_finish(struct pdf *pdf, const struct pdf_info *info, struct buf *out, struct diag *d);
void pdf_close(struct pdf *pdf); /* NULL is fine */
#endif
