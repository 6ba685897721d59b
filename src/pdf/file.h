/* pdf/file.h -- what reader.c and audit.c share: a file open in libqpdf. */
#ifndef PDF_FILE_H
#define PDF_FILE_H
#include "pdf/reader.h"

#include <qpdf/qpdf-c.h>

struct reader {
    qpdf_data q;
    const char *path;
    struct arena arena;
    struct buf data;
    const struct attachment *files; /* once they were asked for */
    const char **seals;          /* what they say of themselves */
    int *specs;                  /* objects of their specifications */
    size_t n_files;
    struct font_map *maps;       /* of the fonts that were met in texts */
    size_t n_maps, cap_maps;
};

/* True, after a report, if libqpdf met an error since it was last asked. */
bool file_failed(struct reader *r, struct diag *d);
/* The decoded bytes of a stream, in the reader's arena; only what our own
 * files use, plain and Flate, and not over `limit` bytes. NULL otherwise. */
const char *file_stream(struct reader *r, qpdf_oh stream, size_t limit, size_t *len);
/* Copies; NULL if it is no string or no name. */
const char *file_text(struct reader *r, qpdf_oh object);
const char *file_name(struct reader *r, qpdf_oh object);
/* d[key], an array's item: null objects where there is none. */
qpdf_oh file_key(struct reader *r, qpdf_oh dict, const char *key);
qpdf_oh file_item(struct reader *r, qpdf_oh array, int i);
int file_count(struct reader *r, qpdf_oh array); /* 0 for what is no array */
/* The value of a key in a number tree (7.9.7). */
qpdf_oh file_number(struct reader *r, qpdf_oh tree, int key);
#endif
