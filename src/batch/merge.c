/* Shards put together: first what every manifest says of itself, then the files one by one.
 * Nothing of a manifest is believed: a path that climbs, a count that does not agree and a
 * file of other bytes are all told. */
#include "batch/shard.h"

#include "base/file.h"
#include "batch/manifest.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct part {
    struct shard shard;
    size_t cards;              /* of the whole run */
    const char *run, *folder, *path; /* path: of its manifest */
    bool here;                 /* in the very folder that the cards shall be in */
    struct manifest rows;
};

struct merge {
    const struct merge_options *o;
    struct arena arena;
    struct part *parts;
    size_t n, cap;
    const struct part **order; /* by number, from 1; NULL: missing */
};

static struct at in(const struct part *p)
{
    return (struct at){ .file = p->path, .line = 1 };
}

/* "#shard K N CARDS RUN"; cuts the line. */
static bool read_header(char *line, struct part *p)
{
    char *save = NULL, *field[5], *end;
    for (int i = 0; i < 5; i++)
        if (!(field[i] = strtok_r(i ? NULL : line, "\t\n", &save)))
            return false;
    char both[64];
    snprintf(both, sizeof both, "%.20s/%.20s", field[1], field[2]);
    p->cards = strtoul(field[3], &end, 10);
    p->run = field[4];
    return strcmp(field[0], "#shard") == 0 && shard_parse(both, &p->shard) && !*end && strlen(p->run) == 64;
}

static bool same_folder(const char *x, const char *y)
{
    struct stat a, b;
    return stat(x, &a) == 0 && stat(y, &b) == 0 && a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool first_line(const char *path, struct arena *a, char **line, struct diag *d)
{
    struct buf b = { 0 };
    bool ok = file_read(path, 0, &b, d);
    if (ok)
        *line = arena_strndup(a, b.data, strcspn(b.data, "\n"));
    buf_clear(&b);
    return ok;
}

static void read_part(struct merge *m, const char *folder, const char *name, struct diag *d)
{
    struct part p = { .folder = folder, .path = arena_printf(&m->arena, "%s/%s", folder, name),
                      .here = same_folder(folder, m->o->folder) };
    char *line;
    if (!first_line(p.path, &m->arena, &line, d))
        return;
    if (!read_header(line, &p)) {
        diag_error(d, in(&p), _("does not say of which run it is a shard"));
        diag_expected(d, _("a manifest that batch --shard has written"));
        return;
    }
    manifest_read(p.path, &m->arena, &p.rows);
    *ARENA_PUSH(&m->arena, m->parts, m->n, m->cap) = p;
}

static bool is_shard_manifest(const char *name)
{
    return strncmp(name, "manifest-", 9) == 0 && strstr(name, "-of-") && strcmp(name + strlen(name) - 4, ".tsv") == 0;
}

static int by_name(const void *x, const void *y)
{
    return strcmp(*(char *const *)x, *(char *const *)y);
}

/* In the order of names, so that messages do not depend on the folder's own order. */
static void read_folder(struct merge *m, const char *folder, struct diag *d)
{
    const char **names = NULL;
    size_t n = 0, cap = 0, before = m->n;
    DIR *dir = opendir(folder);
    if (!dir) {
        diag_error(d, (struct at){ .file = folder }, _("cannot be opened: %s"), strerror(errno));
        return;
    }
    for (struct dirent *e; (e = readdir(dir));)
        if (is_shard_manifest(e->d_name))
            *ARENA_PUSH(&m->arena, names, n, cap) = arena_strdup(&m->arena, e->d_name);
    closedir(dir);
    if (n)
        qsort(names, n, sizeof *names, by_name);
    for (size_t i = 0; i < n; i++)
        read_part(m, folder, names[i], d);
    if (m->n == before && !n) {
        diag_error(d, (struct at){ .file = folder }, _("holds no shard"));
        diag_expected(d, _("manifest-K-of-N.tsv, as batch --shard K/N writes it"));
    }
}

static bool same_run(const struct part *p, const struct part *first, struct diag *d)
{
    if (p->shard.of != first->shard.of)
        diag_error(d, in(p), _("is one of %zu shards, but \"%s\" one of %zu"), p->shard.of, first->path, first->shard.of);
    else if (p->cards != first->cards || strcmp(p->run, first->run) != 0)
        diag_error(d, in(p), _("was made from other facts or fonts, another layout or for other places than \"%s\""), first->path);
    else
        return true;
    diag_expected(d, _("shards of one run"));
    return false;
}

static bool is_complete(const struct part *p, struct diag *d)
{
    size_t want = shard_count(p->shard, p->cards);
    if (p->rows.n == want)
        return true;
    diag_error(d, in(p), _("holds %zu of the %zu cards of shard %zu/%zu"), p->rows.n, want, p->shard.number, p->shard.of);
    diag_expected(d, _("all: run batch --shard %zu/%zu --resume again"), p->shard.number, p->shard.of);
    return false;
}

static void arrange(struct merge *m, struct diag *d)
{
    const struct part *first = &m->parts[0];
    m->order = arena_array(&m->arena, const struct part *, first->shard.of + 1);
    for (size_t i = 0; i < m->n; i++) {
        const struct part *p = &m->parts[i];
        if (!same_run(p, first, d) || !is_complete(p, d))
            continue;
        const struct part **slot = &m->order[p->shard.number];
        if (*slot)
            diag_error(d, in(p), _("is shard %zu a second time; the first is \"%s\""), p->shard.number, (*slot)->path);
        *slot = p;
    }
    for (size_t k = 1; !d->errors && k <= first->shard.of; k++)
        if (!m->order[k]) {
            diag_error(d, (struct at){ .file = m->o->folder }, _("shard %zu of %zu is missing"), k, first->shard.of);
            diag_expected(d, _("its folder among those named"));
        }
}

static const struct manifest_row *row(const struct merge *m, size_t card, const struct part **part)
{
    size_t n = m->parts[0].shard.of;
    *part = m->order[card % n + 1];
    return &(*part)->rows.rows[card / n];
}

static bool stays_inside(const char *file)
{
    if (*file == '/' || !*file)
        return false;
    for (const char *p = file; p; p = strchr(p, '/')) {
        p += *p == '/';
        if (strncmp(p, "..", 2) == 0 && (p[2] == '/' || !p[2]))
            return false;
    }
    return true;
}

static bool place_file(const struct merge *m, const struct manifest_row *r, const struct part *p, const struct buf *bytes,
                       struct diag *d)
{
    struct buf path = { 0 };
    if (p->here)
        return true;
    buf_printf(&path, "%s/%s", m->o->folder, r->file);
    char *slash = strrchr(path.data, '/');
    *slash = '\0';
    bool ok = file_mkdirs(path.data, d);
    *slash = '/';
    ok = ok && file_place(path.data, bytes->data, bytes->len, d);
    buf_clear(&path);
    return ok;
}

/* The file is what its row says, and stands in the folder. */
static bool take_file(struct merge *m, const struct manifest_row *r, const struct part *p, struct diag *d)
{
    struct buf bytes = { 0 };
    char hex[65];
    if (!stays_inside(r->file)) {
        diag_error(d, (struct at){ .file = p->path }, _("names \"%s\", which is outside its folder"), r->file);
        return false;
    }
    const char *path = arena_printf(&m->arena, "%s/%s", p->folder, r->file);
    bool ok = file_read(path, 0, &bytes, d);
    if (ok) {
        file_sha256(bytes.data, bytes.len, hex);
        ok = strcmp(hex, r->sha256) == 0;
        if (!ok) {
            diag_error(d, (struct at){ .file = path }, _("is not the file that \"%s\" tells of"), p->path);
            diag_expected(d, _("the same bytes: run batch --shard %zu/%zu --resume again"), p->shard.number, p->shard.of);
        }
    }
    ok = ok && place_file(m, r, p, &bytes, d);
    buf_clear(&bytes);
    return ok;
}

static bool write_manifest(const struct merge *m, const struct buf *rows, struct diag *d)
{
    struct buf path = { 0 };
    buf_printf(&path, "%s/manifest.tsv", m->o->folder);
    bool ok = file_settle(path.data, rows->data, rows->len, m->o->folder, d);
    for (size_t i = 0; ok && i < m->n; i++)
        if (m->parts[i].here)
            unlink(m->parts[i].path); /* their rows stand in manifest.tsv now */
    buf_clear(&path);
    return ok;
}

static bool take_all(struct merge *m, struct merge_result *r, struct diag *d)
{
    struct buf rows = { 0 };
    bool ok = file_mkdirs(m->o->folder, d);
    manifest_header(&rows);
    for (size_t i = 0; ok && i < m->parts[0].cards && !d->machine; i++) {
        const struct part *p;
        const struct manifest_row *card = row(m, i, &p);
        if (!take_file(m, card, p, d))
            continue;
        manifest_row(&rows, card);
        r->cards++;
        r->pages += card->pages;
        r->bytes += card->bytes;
    }
    r->shards = m->parts[0].shard.of;
    ok = ok && !d->errors && write_manifest(m, &rows, d);
    buf_clear(&rows);
    return ok;
}

bool merge_run(const struct merge_options *o, struct merge_result *r, struct diag *d)
{
    struct merge m = { .o = o };
    *r = (struct merge_result){ 0 };
    for (size_t i = 0; i < o->n_parts; i++)
        read_folder(&m, o->parts[i], d);
    if (!o->n_parts)
        read_folder(&m, o->folder, d);
    if (!d->errors)
        arrange(&m, d);
    bool ok = !d->errors && take_all(&m, r, d);
    arena_clear(&m.arena);
    return ok;
}
