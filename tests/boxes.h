/* tests/boxes.h -- box trees for tests, in few words. Everything lives in one arena. */
#ifndef TESTS_BOXES_H
#define TESTS_BOXES_H
#include "base/buf.h"
#include "layout/box.h"
#include "typeset/typeset.h"

#include <stdarg.h>
#include <string.h>

static struct arena boxes_arena;
#define MAYBE __attribute__((unused))

MAYBE static struct style *style_new(const char *family, int weight, double size, double leading)
{
    struct style *s = arena_new(&boxes_arena, struct style);
    *s = (struct style){ .name = "t", .family = family, .weight = weight, .size = size, .leading = leading,
                         .features = FONT_KERN | FONT_LIGA };
    return s;
}

static struct box *box_new(enum box_kind kind)
{
    struct box *b = arena_new(&boxes_arena, struct box);
    b->kind = kind;
    b->at = (struct at){ .file = "test.xml", .line = 1 };
    return b;
}

MAYBE static struct run run_of(const char *text, const struct style *style)
{
    return (struct run){ .kind = RUN_TEXT, .text = text, .style = style, .at = { .file = "test.xml", .line = 2 } };
}

MAYBE static struct box *text_of_runs(const struct run *runs, size_t n, const struct style *style)
{
    struct box *b = box_new(BOX_TEXT);
    struct run *copy = arena_array(&boxes_arena, struct run, n);
    for (size_t i = 0; i < n; i++)
        copy[i] = runs[i];
    b->u.text.runs = copy;
    b->u.text.n = n;
    b->u.text.style = style;
    return b;
}

MAYBE static struct box *text_box(const char *text, const struct style *style)
{
    struct run r = run_of(text, style);
    return text_of_runs(&r, 1, style);
}

/* Links boxes; returns the first. Ends with NULL. */
static struct box *chain(struct box *first, ...) __attribute__((sentinel, unused));
static struct box *chain(struct box *first, ...)
{
    va_list ap;
    va_start(ap, first);
    for (struct box *b = first, *next; (next = va_arg(ap, struct box *)); b = next)
        b->next = next;
    va_end(ap);
    return first;
}

MAYBE static struct box *grid_of(struct box *first, const struct track_len *tracks, size_t n, double gap)
{
    struct box *b = box_new(BOX_BLOCK);
    b->u.block.first = first;
    b->u.block.tracks = tracks;
    b->u.block.n_tracks = n;
    b->u.block.gap = gap;
    return b;
}

/* A table of texts, row by row, `n_header` rows of heads. */
MAYBE static struct box *table_of(const char *const *texts, size_t n_rows, size_t n_columns, size_t n_header,
                            const struct column_track *columns, const struct style *style)
{
    struct box *b = box_new(BOX_TABLE);
    struct table *t = arena_new(&boxes_arena, struct table);
    b->u.table = t;
    t->columns = arena_array(&boxes_arena, struct column_track, n_columns);
    memcpy(t->columns, columns, n_columns * sizeof *columns);
    t->n_columns = n_columns;
    t->rows = arena_array(&boxes_arena, struct row, n_rows);
    t->n_rows = n_rows;
    t->n_header = n_header;
    t->header_repeat = true;
    for (size_t r = 0; r < n_rows; r++) {
        struct row *row = &t->rows[r];
        row->kind = r < n_header ? ROW_HEADER : ROW_BODY;
        row->keep = true;
        row->at = b->at;
        row->cells = arena_array(&boxes_arena, struct cell, n_columns);
        row->n_cells = n_columns;
        for (size_t i = 0; i < n_columns; i++) {
            struct cell *c = &row->cells[i];
            const char *text = texts[r * n_columns + i];
            *c = (struct cell){ .column = (int)i, .column_span = 1, .row_span = 1, .style = style, .at = b->at };
            c->content = text && *text ? text_box(text, style) : NULL;
            c->align = columns[i].align;
            c->scope = r < n_header ? SCOPE_COLUMN : columns[i].row_header ? SCOPE_ROW : SCOPE_NONE;
        }
    }
    return b;
}

MAYBE static struct box_document *document_of(struct box *first, double width, double height, double margin)
{
    struct master *m = arena_new(&boxes_arena, struct master);
    struct sequence *s = arena_new(&boxes_arena, struct sequence);
    struct box_document *doc = arena_new(&boxes_arena, struct box_document);
    *m = (struct master){ .width = width, .height = height, .margin = { margin, margin, margin, margin }, .columns = 1 };
    *s = (struct sequence){ .master = m, .first = first };
    *doc = (struct box_document){ .sequences = s, .n_sequences = 1, .title = "Test", .lang = "vi-VN", .place = "lao-cai" };
    return doc;
}
#endif
