/* ingest/build.h -- how the readers of the formats put a document together.
 *
 * A reader appends blocks in reading order; the builder makes `text` of them,
 * one line a block, and build_end() turns it into the document's fields.  The
 * plain-text reader does not append text: its blocks point into the file as it is. */
#ifndef INGEST_BUILD_H
#define INGEST_BUILD_H
#include "base/buf.h"
#include "ingest/document.h"

#include <stdbool.h>

enum {
    DOCUMENT_BYTES_MAX = 32 << 20, /* of a file, and of the text made from one */
    DOCUMENT_BLOCKS_MAX = 1000000, /* 80 bytes each: bounds what a file of short lines can cost */
    TABLE_SPAN_MAX = 1000,         /* as in HTML's own table model */
};

struct builder {
    struct document *doc;
    struct arena *a;
    struct diag *d;
    struct at at;        /* the file, for messages */
    struct buf text;     /* given back by build_end() */
    size_t cap;          /* of doc->blocks */
    int tables;          /* tables begun so far */
    bool full;           /* a limit was passed and reported */
};

/* Appends a block with the text s[0..n), white space runs made one space, ends
 * trimmed.  NULL if nothing is left of it (no block then) or a limit was passed. */
struct block *build_text(struct builder *b, enum block_kind kind, const char *s, size_t n);
/* Appends a block over bytes that are already in `text`. */
struct block *build_span(struct builder *b, enum block_kind kind, size_t start, size_t end);

/* Text with line breaks in it: a block a line, but a line that goes on in lower
 * case belongs to the one before.  Lines for which `skip` (NULL: none) is true
 * are left out. */
void build_lines(struct builder *b, enum block_kind kind, int level, const char *s, size_t n,
                 bool (*skip)(const char *s, size_t n));
/* A cell of table number b->tables; row and column from 1. */
void build_cell(struct builder *b, int row, int column, int row_span, int column_span, bool header, const char *s, size_t n);

/* Tells header cells of table `table`, whose cells begin at block `first`, where
 * the source marked none: a first row without numbers (years aside) over a row
 * with numbers, and the first column that is mostly words. */
void build_table_headers(struct builder *b, size_t first);

/* Paragraphs that look like headings or list items become so. */
void build_classify(struct builder *b);

/* Text, code point index and what head.c finds.  False after a report if a
 * limit was passed or no readable text is there. */
bool build_end(struct builder *b);

/* plain.c: blocks of a text file; doc->text is set already. */
bool plain_read(struct builder *b);
/* What a line or paragraph looks like by itself. */
struct look {
    enum block_kind kind;
    int level;
    bool numbered; /* "I.", "2.1.", "a)" */
    bool caps;     /* every letter upper case, at least 4 of them */
    bool ended;    /* ends with . ! ? ; : or the like */
    bool lower;    /* begins with a lower case letter */
    int width;     /* code points */
};
struct look look_at(const char *s, size_t n);
/* 1 upper case, -1 lower case, 0 no cased letter of Latin or Vietnamese. */
int letter_case(uint32_t cp);

/* html.c, office.c, pdf.c: readers of the other formats, over the file's bytes. */
bool html_read(struct builder *b, const char *data, size_t n);
bool office_read(struct builder *b, const char *data, size_t n); /* docx and odt */
bool pdf_read(struct builder *b, const char *data, size_t n);
/* The second half of it: what pdftotext -bbox-layout printed. */
bool pdf_read_layout(struct builder *b, const struct buf *xml);

/* head.c: title, date, publisher and symbol from the first lines, where the
 * reader has not set them from the format's own metadata. */
void head_find(struct builder *b);
/* A date "04/05/2024", "4-5-2024", "2024-05-04T..." or "ngày 4 tháng 5 năm 2024"
 * in s[0..n): false if there is none; *at its offset, *end the one after it. */
bool head_date(const char *s, size_t n, char iso[11], size_t *at, size_t *end);
#endif
