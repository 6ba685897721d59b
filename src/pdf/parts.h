/* pdf/parts.h -- the file being made, as the parts of pdf/ share it. */
#ifndef PDF_PARTS_H
#define PDF_PARTS_H
#include "pdf/face.h"
#include "pdf/pdf.h"
#include "pdf/tags.h"

struct picture { char sha256[65]; unsigned object; };
struct entry_bookmark { int level; const char *title; unsigned page, section; double y; };
struct entry_field { const char *name; unsigned object; };
struct entry_file { const char *name; unsigned spec; };
struct entry_page { unsigned object, section; const char *label; double height; };
struct entry_target { const char *name; unsigned page; double height; };

struct pdf {
    struct objects objects;
    struct tree tree;
    unsigned resources;          /* one dictionary for all pages */
    struct codes codes;
    struct face *faces;          size_t n_faces, cap_faces;
    struct picture *pictures;    size_t n_pictures, cap_pictures;
    struct entry_page *pages;    size_t n_pages, cap_pages;
    struct entry_field *fields;  size_t n_fields, cap_fields;
    struct entry_file *files;    size_t n_files, cap_files;
    struct entry_bookmark *bookmarks; size_t n_bookmarks, cap_bookmarks;
    struct entry_target *targets; size_t n_targets, cap_targets;
    bool targets_sorted;
    unsigned section;            /* of what is added now */
    size_t added;                /* pages of the document added last */
};

/* The face of a font, and its number: "F0" in the content. */
struct face *pdf_face(struct pdf *pdf, const struct font *font, size_t *index);
/* The number of a picture: "I0" in the content. False after a report. */
bool pdf_picture(struct pdf *pdf, const struct image *image, size_t *index, struct diag *d);

/* By page and mark: whether a line ends with it, and its text needs a space after it. */
bool **lines_find(const struct pages *pages, struct arena *a);
/* The marks of a page as content operators. False after a report. */
bool content_write(struct pdf *pdf, struct tags *tags, const struct page *page, const bool *line_ends,
                   struct buf *out, struct diag *d);

/* What a viewer shows beside the pages; each gives the number of its object, 0 for none. */
unsigned outline_write(struct pdf *pdf);
unsigned labels_write(struct pdf *pdf);
/* XMP (ISO 16684-1) with the marks of PDF/A-3a and PDF/UA-1; equal to the Info dictionary. */
unsigned meta_xmp(struct objects *o, const struct pdf_info *info);
HPDF_Dict meta_info(struct objects *o, const struct pdf_info *info);
unsigned meta_output_intent(struct objects *o);
/* An attached file's bytes and its file specification, whose number it gives. */
unsigned attach_file(struct objects *o, const struct attachment *a, const char *date);
/* The attached files: an array of file specifications, and a name tree. */
bool attach_write(struct pdf *pdf, unsigned *array, unsigned *names, struct diag *d);
#endif
