#include "print/journal.h"

#include "base/buf.h"
#include "base/file.h"
#include "base/tsv.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static const char header[] = "file\tsha256\tprinter\tjob\tuuid\tstate\tnote\n";
static const char *const words[] = { "", "sending", "sent", "printed", "failed", "unknown", "wanted" };
enum { COLUMNS = 7, WORDS = sizeof words / sizeof *words };

struct journal {
    struct arena arena;
    const char *path;
    int fd;
    struct entry *rows;
    size_t n, cap;
    size_t *slots, n_slots;    /* hash of sha256 -> row + 1; the last row wins */
};

static size_t slot_of(const struct journal *j, const char *sha256)
{
    size_t h = 0;
    for (int i = 0; i < 12 && sha256[i]; i++) /* the digits are a hash already */
        h = h * 31 + (unsigned char)sha256[i];
    for (h %= j->n_slots; j->slots[h] && strcmp(j->rows[j->slots[h] - 1].sha256, sha256) != 0;)
        h = (h + 1) % j->n_slots;
    return h;
}

static bool read_row(struct journal *j, char *line)
{
    char *column[COLUMNS];
    if (!tsv_cut(line, column, COLUMNS))
        return false;
    int state = 1;
    while (state < WORDS && strcmp(column[5], words[state]) != 0)
        state++;
    if (state == WORDS || strlen(column[1]) != 64)
        return false;
    *ARENA_PUSH(&j->arena, j->rows, j->n, j->cap) =
        (struct entry){ .file = column[0], .sha256 = column[1], .printer = column[2], .job = atoi(column[3]),
                        .uuid = column[4], .state = (enum noted)state, .note = column[6] };
    return true;
}

static void read_rows(struct journal *j, char *text, size_t len)
{
    for (char *line = text, *end; (end = memchr(line, '\n', (size_t)(text + len - line))); line = end + 1) {
        *end = '\0';
        if (memchr(line, '\0', (size_t)(end - line)) == NULL)
            read_row(j, line);
    }
    j->n_slots = 2 * j->n + 1;
    j->slots = arena_array(&j->arena, size_t, j->n_slots);
    for (size_t i = 0; i < j->n; i++)
        j->slots[slot_of(j, j->rows[i].sha256)] = i + 1;
}

static bool failed(const struct journal *j, struct diag *d)
{
    diag_machine(d, (struct at){ .file = j->path }, _("cannot be written: %s"), strerror(errno));
    return false;
}

static bool append(struct journal *j, const struct buf *b, struct diag *d)
{
    return (file_write_all(j->fd, b->data, b->len) && fsync(j->fd) == 0) || failed(j, d);
}

/* A row that was cut off gets its line break, so that the next one stands on its own. */
static bool begin(struct journal *j, const struct buf *old, struct diag *d)
{
    struct buf b = { 0 };
    if (!old->len)
        buf_str(&b, header);
    else if (old->data[old->len - 1] != '\n')
        buf_char(&b, '\n');
    bool ok = !b.len || append(j, &b, d);
    buf_clear(&b);
    return ok;
}

static bool open_file(struct journal *j, struct diag *d)
{
    struct buf old = { 0 };
    struct stat st;
    j->fd = open(j->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    if (j->fd < 0) {
        failed(j, d);
        diag_expected(d, _("a folder that can be written, or --journal FILE elsewhere"));
        return false;
    }
    if (fstat(j->fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        diag_error(d, (struct at){ .file = j->path }, _("is no file"));
        return false;
    }
    if (flock(j->fd, LOCK_EX | LOCK_NB) != 0) {
        diag_error(d, (struct at){ .file = j->path }, _("another print is at work on these files"));
        return false;
    }
    bool ok = file_read(j->path, 0, &old, d);
    if (ok)
        read_rows(j, arena_strndup(&j->arena, old.data ? old.data : "", old.len), old.len);
    ok = ok && begin(j, &old, d);
    buf_clear(&old);
    return ok;
}

struct journal *journal_open(const char *path, struct diag *d)
{
    struct journal *j = xcalloc(1, sizeof *j);
    j->path = arena_strdup(&j->arena, path);
    if (open_file(j, d))
        return j;
    journal_close(j);
    return NULL;
}

void journal_close(struct journal *j)
{
    if (!j)
        return;
    if (j->fd >= 0)
        close(j->fd);
    arena_clear(&j->arena);
    free(j);
}

static void add_row(struct buf *b, const struct entry *e)
{
    char job[16] = "";
    if (e->job)
        snprintf(job, sizeof job, "%d", e->job);
    const char *const columns[COLUMNS] = { e->file, e->sha256, e->printer, job, e->uuid, words[e->state], e->note };
    for (int i = 0; i < COLUMNS; i++) {
        buf_tsv(b, columns[i] ? columns[i] : "");
        buf_char(b, i + 1 < COLUMNS ? '\t' : '\n');
    }
}

bool journal_note(struct journal *j, const struct entry *entries, size_t n, struct diag *d)
{
    struct buf b = { 0 };
    for (size_t i = 0; i < n; i++)
        add_row(&b, &entries[i]);
    bool ok = append(j, &b, d);
    buf_clear(&b);
    return ok;
}

const struct entry *journal_lookup(const struct journal *j, const char *sha256)
{
    size_t row = j->slots[slot_of(j, sha256)];
    return row ? &j->rows[row - 1] : NULL;
}
