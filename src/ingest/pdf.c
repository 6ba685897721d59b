/* PDFs with a text layer.
 *
 * Poppler finds the letters, but in a process of its own, as pdftotext: PDFs
 * from outside are the input that breaks readers most, a crash or an endless
 * loop there must not take the work on other documents with it, and nobody who
 * reads no PDF pays for loading thirty libraries.  Its -bbox-layout gives lines
 * with their boxes in reading order; here they become paragraphs again:
 *   - rows of short pieces side by side, three or more under each other in the
 *     same columns, are a table;
 *   - a line begins a paragraph if it is indented, numbered or a list item,
 *     stands apart or in another size, or if the line before ended early;
 *   - page numbers, and lines that come back on page after page at one height,
 *     are furniture;
 *   - a paragraph goes on over the page's end in lower case.
 * Rejected: pdftotext's plain layout (columns of tables run into each other). */
#include "ingest/build.h"

#include "base/utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <libxml/xmlreader.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { OUTPUT_MAX = 64 << 20, LINES_MAX = 400000, CPU_SECONDS = 60, COLUMNS_MAX = 32 };

struct line {
    double x0, y0, x1, y1; /* points from the page's top left */
    const char *text;
    size_t len;
    int page, block;       /* block: counted over the document */
    int row;               /* of its page, from 0, by height */
    int table;             /* from 1; 0: none */
    bool furniture;
};
struct pdf {
    struct builder *b;
    struct arena a;        /* lines */
    struct line *lines;
    size_t n, cap;
    int pages, blocks, tables;
    double width, height;  /* of the page that is read */
    struct buf paragraph;
    size_t last;           /* line that the open paragraph ends with */
    int page;              /* on which the open paragraph began */
    double size;           /* usual height of a line */
};

/* ---- pdftotext ---- */

static void run_child(FILE *in, int out, FILE *err)
{
    struct rlimit cpu = { CPU_SECONDS, CPU_SECONDS }, core = { 0, 0 };
    rewind(in);
    setrlimit(RLIMIT_CPU, &cpu);
    setrlimit(RLIMIT_CORE, &core);
    if (dup2(fileno(in), STDIN_FILENO) < 0 || dup2(out, STDOUT_FILENO) < 0 || dup2(fileno(err), STDERR_FILENO) < 0)
        _exit(126);
    execlp("pdftotext", "pdftotext", "-bbox-layout", "-enc", "UTF-8", "-", "-", (char *)NULL);
    _exit(127);
}

static bool collect(int fd, struct buf *out)
{
    char block[65536];
    for (;;) {
        ssize_t n = read(fd, block, sizeof block);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return n == 0;
        if (out->len + (size_t)n > OUTPUT_MAX)
            return false;
        buf_add(out, block, (size_t)n);
    }
}

static bool told(FILE *err, const char *word)
{
    char text[4096];
    rewind(err);
    size_t n = fread(text, 1, sizeof text - 1, err);
    text[n] = '\0';
    return strstr(text, word) != NULL;
}

static bool explain(struct builder *b, int status, bool whole, FILE *err)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127) {
        diag_machine(b->d, b->at, _("cannot be read: pdftotext is missing (package poppler-utils)"));
        return false;
    }
    if (told(err, "Incorrect password")) {
        diag_error(b->d, b->at, _("is protected by a password"));
        return false;
    }
    if (!whole) {
        diag_error(b->d, b->at, _("holds more than %d MB of text"), OUTPUT_MAX >> 20);
        return false;
    }
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
        diag_error(b->d, b->at, _("is damaged: no PDF that can be read"));
        return false;
    }
    return true;
}

static bool convert(struct builder *b, const char *data, size_t n, struct buf *out)
{
    FILE *in = tmpfile(), *err = tmpfile();
    int ends[2] = { -1, -1 }, status = 0;
    bool ok = in && err && fwrite(data, 1, n, in) == n && fflush(in) == 0 && pipe(ends) == 0;
    pid_t child = ok ? fork() : -1;
    if (child == 0)
        run_child(in, ends[1], err);
    if (child < 0) {
        diag_machine(b->d, b->at, _("cannot be read: %s"), strerror(errno));
        ok = false;
    } else {
        close(ends[1]);
        bool whole = collect(ends[0], out);
        if (!whole)
            kill(child, SIGKILL);
        while (waitpid(child, &status, 0) < 0 && errno == EINTR)
            ;
        ok = explain(b, status, whole, err);
        close(ends[0]);
    }
    if (in)
        fclose(in);
    if (err)
        fclose(err);
    return ok;
}

/* ---- its lines ---- */

static double number(xmlTextReaderPtr r, const char *name)
{
    xmlChar *s = xmlTextReaderGetAttribute(r, (const xmlChar *)name);
    double v = s ? strtod((const char *)s, NULL) : 0;
    xmlFree(s);
    return isfinite(v) ? v : 0;
}

/* "12", "- 3 -", "Trang 2/9": within a tenth of the page from its top or bottom. */
static bool is_page_number(const struct pdf *p, const struct line *l)
{
    int digits = 0, others = 0;
    if (l->len > 24 || (l->y0 > p->height * 0.1 && l->y1 < p->height * 0.9))
        return false;
    const char *s = strncmp(l->text, "Trang ", 6) == 0 ? l->text + 6 : l->text;
    for (; *s; s++) {
        digits += *s >= '0' && *s <= '9';
        others += !(*s >= '0' && *s <= '9') && !strchr(" -/|", *s);
    }
    return digits && digits <= 8 && !others;
}

static bool end_line(struct pdf *p, struct line *l, struct buf *text)
{
    if (!text->len)
        return true;
    if (p->n >= LINES_MAX)
        return false;
    l->text = arena_strndup(&p->a, text->data, text->len);
    l->len = text->len;
    l->furniture = is_page_number(p, l);
    *ARENA_PUSH(&p->a, p->lines, p->n, p->cap) = *l;
    buf_reset(text);
    return true;
}

/* A word begins a new piece where a gap of cells lies before it: poppler makes
 * one line of cells that stand near each other. */
static bool wide_gap(const struct line *l, double x0)
{
    return x0 - l->x1 > 1.6 * (l->y1 - l->y0);
}

static bool read_lines(struct pdf *p, const struct buf *xml)
{
    xmlTextReaderPtr r = xmlReaderForMemory(xml->data, (int)xml->len, NULL, "UTF-8",
                                            XML_PARSE_NONET | XML_PARSE_RECOVER | XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    struct line l = { 0 };
    struct buf text = { 0 };
    bool ok = r != NULL, in_word = false;
    while (ok && xmlTextReaderRead(r) == 1) {
        const char *name = (const char *)xmlTextReaderConstLocalName(r);
        int type = xmlTextReaderNodeType(r);
        bool begin = type == XML_READER_TYPE_ELEMENT;
        if (begin && strcmp(name, "page") == 0) {
            p->pages++;
            p->width = number(r, "width");
            p->height = number(r, "height");
        } else if (begin && strcmp(name, "block") == 0)
            p->blocks++;
        else if (begin && strcmp(name, "word") == 0) {
            struct line w = { .x0 = number(r, "xMin"), .y0 = number(r, "yMin"), .x1 = number(r, "xMax"), .y1 = number(r, "yMax"),
                              .page = p->pages, .block = p->blocks };
            if (text.len && wide_gap(&l, w.x0))
                ok = end_line(p, &l, &text);
            if (text.len)
                buf_char(&text, ' ');
            else
                l = w;
            l.x1 = w.x1;
            l.y0 = fmin(l.y0, w.y0);
            l.y1 = fmax(l.y1, w.y1);
            in_word = true;
        } else if (type == XML_READER_TYPE_END_ELEMENT && strcmp(name, "word") == 0)
            in_word = false;
        else if (type == XML_READER_TYPE_END_ELEMENT && strcmp(name, "line") == 0)
            ok = end_line(p, &l, &text);
        else if (in_word && xmlTextReaderHasValue(r))
            buf_str(&text, (const char *)xmlTextReaderConstValue(r));
    }
    buf_clear(&text);
    xmlFreeTextReader(r);
    if (!ok)
        diag_error(p->b->d, p->b->at, _("is too large: more than %d lines"), LINES_MAX);
    return ok;
}

/* ---- furniture ---- */

static int by_height_and_text(const void *a, const void *b)
{
    const struct line *x = *(struct line *const *)a, *y = *(struct line *const *)b;
    int c = strcmp(x->text, y->text);
    return c ? c : x->page - y->page;
}

/* The same words at the same height on three pages or more, near top or bottom. */
static void find_furniture(struct pdf *p)
{
    struct line **order = xcalloc(p->n, sizeof *order);
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->lines[i].y0 < p->height * 0.12 || p->lines[i].y1 > p->height * 0.88)
            order[n++] = &p->lines[i];
    qsort(order, n, sizeof *order, by_height_and_text);
    for (size_t i = 0, end; i < n; i = end) {
        int pages = 1;
        for (end = i + 1; end < n && strcmp(order[end]->text, order[i]->text) == 0 && fabs(order[end]->y0 - order[i]->y0) < 3; end++)
            pages += order[end]->page != order[end - 1]->page;
        for (size_t k = i; k < end && pages >= 3; k++)
            order[k]->furniture = true;
    }
    free(order);
}

/* ---- tables ---- */

static int by_row(const void *a, const void *b)
{
    const struct line *x = *(struct line *const *)a, *y = *(struct line *const *)b;
    double cx = (x->y0 + x->y1) / 2, cy = (y->y0 + y->y1) / 2;
    if (x->page != y->page)
        return x->page - y->page;
    return cx < cy ? -1 : cx > cy ? 1 : x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

static int by_row_and_column(const void *a, const void *b)
{
    const struct line *x = *(struct line *const *)a, *y = *(struct line *const *)b;
    if (x->page != y->page || x->row != y->row)
        return x->page != y->page ? x->page - y->page : x->row - y->row;
    return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

struct range { double x0, x1; };

/* The column of `ranges` that the line lies in alone; -1 if it lies in none or in several. */
static int column_of(const struct range *ranges, int n, const struct line *l)
{
    int found = -1;
    for (int i = 0; i < n; i++)
        if (l->x0 < ranges[i].x1 && ranges[i].x0 < l->x1) {
            if (found >= 0)
                return -1;
            found = i;
        }
    return found;
}

static bool is_frame(const struct line *l)
{
    return strstr(l->text, "Độc lập") || strstr(l->text, "CỘNG HÒA") || strstr(l->text, "CỘNG HOÀ") || strstr(l->text, "Nơi nhận") ||
           strstr(l->text, "/BC-") || strstr(l->text, "ĐẢNG CỘNG SẢN");
}

/* From lines order[0..n) of one page, the rows from `from` on that make a table;
 * returns the index after them, `from` if there is none. */
static size_t table_end(struct line **order, size_t n, size_t from, struct range *columns, int *n_columns)
{
    size_t at = from, end = from;
    int rows = 0;
    *n_columns = 0;
    while (at < n) {
        size_t next = at;
        while (next < n && order[next]->row == order[at]->row)
            next++;
        double above = at > from ? order[at]->y0 - order[at - 1]->y1 : 0, height = order[at]->y1 - order[at]->y0;
        if (above > 3.5 * height)
            break;
        bool fits = next - at >= 2 || (rows && column_of(columns, *n_columns, order[at]) > 0) ||
                    (rows && column_of(columns, *n_columns, order[at]) == 0 && order[at]->x1 < columns[0].x1 + height);
        for (size_t i = at; fits && i < next; i++) {
            int c = column_of(columns, *n_columns, order[i]);
            bool free = true;
            for (int k = 0; k < *n_columns; k++)
                free &= order[i]->x1 <= columns[k].x0 || columns[k].x1 <= order[i]->x0;
            if (c >= 0) {
                columns[c].x0 = fmin(columns[c].x0, order[i]->x0);
                columns[c].x1 = fmax(columns[c].x1, order[i]->x1);
            } else if (free && *n_columns < COLUMNS_MAX)
                columns[(*n_columns)++] = (struct range){ order[i]->x0, order[i]->x1 };
            else
                fits = false;
            fits = fits && !is_frame(order[i]) && !order[i]->furniture;
        }
        if (!fits)
            break;
        rows += next - at >= 2;
        if (next - at >= 2)
            end = next; /* a single piece belongs to it only if rows follow */
        at = next;
    }
    return rows >= 3 && *n_columns >= 2 ? end : from;
}

static int by_left(const void *a, const void *b)
{
    const struct range *x = a, *y = b;
    return x->x0 < y->x0 ? -1 : x->x0 > y->x0;
}

/* Text set in two columns looks like a table of long cells. */
static bool is_prose(struct line **order, size_t from, size_t end, double width)
{
    size_t longs = 0;
    for (size_t i = from; i < end; i++)
        longs += order[i]->x1 - order[i]->x0 > width * 0.3;
    return longs * 3 > end - from;
}

struct found_table { size_t from, end; struct range columns[COLUMNS_MAX]; int n_columns; };
struct tables { struct line **order; struct found_table *items; size_t n, cap; };

static void find_tables(struct pdf *p, struct tables *t)
{
    t->order = arena_array(&p->a, struct line *, p->n);
    for (size_t i = 0; i < p->n; i++)
        t->order[i] = &p->lines[i];
    qsort(t->order, p->n, sizeof *t->order, by_row);
    for (size_t i = 1; i < p->n; i++) {
        const struct line *a = t->order[i - 1];
        struct line *l = t->order[i];
        double middle = (l->y0 + l->y1) / 2;
        l->row = l->page != a->page ? 0 : a->row + !(middle < a->y1 && middle - (a->y0 + a->y1) / 2 < 0.5 * (a->y1 - a->y0));
    }
    qsort(t->order, p->n, sizeof *t->order, by_row_and_column);
    for (size_t page = 0, next; page < p->n; page = next) {
        for (next = page; next < p->n && t->order[next]->page == t->order[page]->page; next++)
            ;
        for (size_t i = page; i < next;) {
            struct found_table f = { .from = i };
            f.end = i + table_end(t->order + i, next - i, 0, f.columns, &f.n_columns);
            if (f.end == i || is_prose(t->order, i, f.end, p->width)) {
                int row = t->order[i]->row;
                while (i < next && t->order[i]->row == row)
                    i++;
                continue;
            }
            qsort(f.columns, (size_t)f.n_columns, sizeof *f.columns, by_left);
            *ARENA_PUSH(&p->a, t->items, t->n, t->cap) = f;
            for (; i < f.end; i++)
                t->order[i]->table = (int)t->n;
        }
    }
}

/* A row of one piece close under another goes on with its cell. */
static void put_table(struct pdf *p, const struct tables *t, const struct found_table *f)
{
    struct builder *b = p->b;
    struct buf cells[COLUMNS_MAX] = { { 0 } };
    size_t first = b->doc->n_blocks;
    int row = 0;
    b->tables++;
    for (size_t i = f->from; i < f->end;) {
        size_t next = i;
        while (next < f->end && t->order[next]->row == t->order[i]->row)
            next++;
        for (; i < next; i++) {
            int c = column_of(f->columns, f->n_columns, t->order[i]);
            struct buf *cell = &cells[c < 0 ? 0 : c];
            if (cell->len)
                buf_char(cell, ' ');
            buf_add(cell, t->order[i]->text, t->order[i]->len);
        }
        size_t after = next;
        while (after < f->end && t->order[after]->row == t->order[next]->row)
            after++;
        bool goes_on = after - next == 1 && t->order[next]->y0 - t->order[next - 1]->y1 < 0.4 * (t->order[next]->y1 - t->order[next]->y0);
        if (goes_on)
            continue;
        row++;
        for (int c = 0; c < f->n_columns; c++) {
            size_t before = b->doc->n_blocks;
            build_cell(b, row, c + 1, 1, 1, false, cells[c].data ? cells[c].data : "", cells[c].len);
            if (b->doc->n_blocks > before)
                b->doc->blocks[before].page = t->order[f->from]->page;
            buf_reset(&cells[c]);
        }
    }
    for (int c = 0; c < COLUMNS_MAX; c++)
        buf_clear(&cells[c]);
    build_table_headers(b, first);
}

/* ---- paragraphs ---- */

static void end_paragraph(struct pdf *p)
{
    struct block *k = p->paragraph.len ? build_text(p->b, BLOCK_PARAGRAPH, p->paragraph.data, p->paragraph.len) : NULL;
    if (k) {
        const struct line *l = &p->lines[p->last];
        struct look look = look_at(p->paragraph.data, p->paragraph.len);
        k->page = p->page;
        if (l->y1 - l->y0 > p->size * 1.18 && look.width < 160 && !look.ended) {
            k->kind = BLOCK_HEADING;
            k->level = 2;
        }
    }
    buf_reset(&p->paragraph);
}

static double block_right(const struct pdf *p, size_t at)
{
    double right = 0;
    for (size_t i = at; i < p->n && p->lines[i].block == p->lines[at].block && i < at + 64; i++)
        right = fmax(right, p->lines[i].x1);
    for (size_t i = at; i-- > 0 && p->lines[i].block == p->lines[at].block && i + 64 > at;)
        right = fmax(right, p->lines[i].x1);
    return right;
}

static bool goes_on(const struct pdf *p, size_t at)
{
    const struct line *a = &p->lines[p->last], *l = &p->lines[at];
    struct look before = look_at(a->text, a->len), look = look_at(l->text, l->len);
    double height = a->y1 - a->y0, size = l->y1 - l->y0;
    if (!p->paragraph.len || look.numbered || look.kind == BLOCK_LIST_ITEM || fabs(size - height) > 0.12 * height)
        return false;
    if (before.kind == BLOCK_HEADING || look.kind == BLOCK_HEADING)
        return before.caps && look.caps && a->page == l->page && l->y0 > a->y0 + height / 2 && l->y0 - a->y1 < height &&
               l->x0 < a->x1 && a->x0 < l->x1;
    if (l->page != a->page)
        return look.lower && !before.ended;
    if (l->y0 - a->y1 > 1.1 * height || l->y0 < a->y0 - height)
        return look.lower && !before.ended && l->block != a->block;
    if (look.lower && !before.ended)
        return true;
    bool indented = l->x0 > a->x0 + 0.6 * height, early = a->x1 < block_right(p, p->last) - 6 * height;
    return !indented && !early;
}

static void put_line(struct pdf *p, size_t at)
{
    const struct line *l = &p->lines[at];
    if (goes_on(p, at))
        buf_char(&p->paragraph, ' ');
    else {
        end_paragraph(p);
        p->page = l->page;
    }
    buf_add(&p->paragraph, l->text, l->len);
    p->last = at;
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static double usual_size(struct pdf *p)
{
    double *sizes = arena_array(&p->a, double, p->n);
    for (size_t i = 0; i < p->n; i++)
        sizes[i] = p->lines[i].y1 - p->lines[i].y0;
    qsort(sizes, p->n, sizeof *sizes, by_size);
    return sizes[p->n / 2];
}

static void put_all(struct pdf *p)
{
    struct tables t = { 0 };
    find_furniture(p);
    find_tables(p, &t);
    p->size = usual_size(p);
    for (size_t i = 0; i < p->n && !p->b->full; i++) {
        struct line *l = &p->lines[i];
        struct found_table *f = l->table ? &t.items[l->table - 1] : NULL;
        if (l->furniture || (f && f->from == f->end))
            continue;
        if (!f) {
            put_line(p, i);
            continue;
        }
        end_paragraph(p);
        put_table(p, &t, f);
        f->from = f->end; /* done */
    }
    end_paragraph(p);
    build_classify(p->b);
}

bool pdf_read_layout(struct builder *b, const struct buf *xml)
{
    struct pdf p = { .b = b };
    b->doc->format = "pdf";
    b->doc->encoding = "UTF-8";
    bool ok = read_lines(&p, xml);
    if (ok && !p.n) {
        diag_error(b->d, b->at, _("has no text layer: its %d pages are pictures (a scan)"), p.pages);
        diag_expected(b->d, _("a PDF with text; OCR makes one of a scan (ocrmypdf -l vie)"));
        ok = false;
    }
    if (ok)
        put_all(&p);
    buf_clear(&p.paragraph);
    arena_clear(&p.a);
    return ok && !b->full;
}

bool pdf_read(struct builder *b, const char *data, size_t n)
{
    struct buf xml = { 0 };
    bool ok = convert(b, data, n, &xml) && pdf_read_layout(b, &xml);
    buf_clear(&xml);
    return ok;
}
