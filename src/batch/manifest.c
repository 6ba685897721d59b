#include "batch/manifest.h"

#include "base/file.h"
#include "base/tsv.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { FILE_, PLACE, PAGES, BYTES, SHA256, FACTS, WARNINGS, INPUT, COLUMNS };

void manifest_header(struct buf *b)
{
    buf_str(b, "file\tplace\tpages\tbytes\tsha256\tfacts\twarnings\tinput\n");
}

void manifest_row(struct buf *b, const struct manifest_row *r)
{
    buf_tsv(b, r->file);
    buf_char(b, '\t');
    buf_tsv(b, r->place);
    buf_printf(b, "\t%zu\t%zu\t%s\t%zu\t%zu\t%s\n", r->pages, r->bytes, r->sha256, r->facts, r->warnings, r->input);
}

static size_t number(const char *s)
{
    return (size_t)strtoull(s, NULL, 10);
}

void manifest_read(const char *path, struct arena *a, struct manifest *m)
{
    struct buf b = { 0 };
    struct diag d = { 0 };
    char *column[COLUMNS];
    if (access(path, R_OK) != 0 || !file_read(path, 0, &b, &d)) {
        diag_clear(&d);
        buf_clear(&b);
        return;
    }
    char *text = arena_strndup(a, b.data, b.len);
    buf_clear(&b);
    for (char *line = text, *next; line; line = next) {
        next = strchr(line, '\n');
        if (next)
            *next++ = '\0';
        if (tsv_cut(line, column, COLUMNS) && strlen(column[SHA256]) == 64 && strlen(column[INPUT]) == 64)
            *ARENA_PUSH(a, m->rows, m->n, m->cap) =
                (struct manifest_row){ .file = column[FILE_], .place = column[PLACE],
                                       .pages = number(column[PAGES]), .bytes = number(column[BYTES]),
                                       .sha256 = column[SHA256], .facts = number(column[FACTS]),
                                       .warnings = number(column[WARNINGS]), .input = column[INPUT] };
    }
}

const struct manifest_row *manifest_lookup(const struct manifest *m, const char *place)
{
    for (size_t i = m->n; i > 0; i--)
        if (strcmp(m->rows[i - 1].place, place) == 0)
            return &m->rows[i - 1];
    return NULL;
}
