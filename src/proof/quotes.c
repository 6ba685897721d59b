/* Whether the sources are those that the card was made from: a document by its hash and by
 * every quote at its place, a table by its hash alone. They are looked for in all of a
 * folder, documents by name and tables by hash, since a table's name is its publisher's. */
#include "proof/internal.h"

#include "base/file.h"
#include "base/utf8.h"
#include "ingest/document.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 8, MAX_FILES = 100000, MAX_TABLE = 256 * 1024 * 1024 };

struct candidate { const char *path; const char *hash; /* NULL: not worked out yet */ bool table; };
struct sources {
    struct arena arena;
    const char *folder;
    struct candidate *items; size_t n, cap;
    size_t tables;
};

static bool is_table(const char *path)
{
    static const char *const ends[] = { ".tsv", ".csv", ".xlsx" };
    size_t n = strlen(path);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (n > strlen(ends[i]) && strcmp(path + n - strlen(ends[i]), ends[i]) == 0)
            return true;
    return false;
}

static void walk(struct sources *s, const char *folder, int depth)
{
    DIR *dir = depth < MAX_DEPTH ? opendir(folder) : NULL;
    struct dirent *e;
    struct stat st;

    while (dir && (e = readdir(dir)) != NULL && s->n < MAX_FILES) {
        const char *path = arena_printf(&s->arena, "%s/%s", folder, e->d_name);
        if (e->d_name[0] == '.' || stat(path, &st) != 0)
            continue;
        if (S_ISDIR(st.st_mode))
            walk(s, path, depth + 1);
        if (!S_ISREG(st.st_mode))
            continue;
        *ARENA_PUSH(&s->arena, s->items, s->n, s->cap) = (struct candidate){ .path = path, .table = is_table(path) };
        s->tables += is_table(path);
    }
    if (dir)
        closedir(dir);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const struct candidate *)a)->path, ((const struct candidate *)b)->path);
}

struct sources *sources_open(const char *folder)
{
    struct sources *s = xcalloc(1, sizeof *s);
    s->folder = folder;
    walk(s, folder, 0);
    if (s->n)
        qsort(s->items, s->n, sizeof *s->items, by_path);
    return s;
}

void sources_close(struct sources *s)
{
    if (s)
        arena_clear(&s->arena);
    free(s);
}

static const char *path_of(struct sources *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(file_basename(s->items[i].path), name) == 0)
            return s->items[i].path;
    return arena_printf(&s->arena, "%s/%s", s->folder, name);
}

static bool has_table(struct sources *s, const char *hash, size_t len)
{
    for (size_t i = 0; i < s->n; i++) {
        struct candidate *one = &s->items[i];
        if (one->table && !one->hash) {
            struct buf bytes = { 0 };
            struct diag ignored = { 0 };
            char hex[65] = "";
            if (file_read(one->path, MAX_TABLE, &bytes, &ignored))
                file_sha256(bytes.data ? bytes.data : "", bytes.len, hex);
            one->hash = arena_strdup(&s->arena, hex);
            buf_clear(&bytes);
            diag_clear(&ignored);
        }
        if (one->table && strlen(one->hash) == len && memcmp(one->hash, hash, len) == 0)
            return true;
    }
    return false;
}

/* ---- tables ---- */

/* Every hash of the table, which may be of several files. */
static void check_table(struct proof *p, const char *name, const char *hashes)
{
    for (const char *h = hashes; *h;) {
        size_t len = strcspn(h, " ");
        if (len && !has_table(p->q->sources, h, len)) {
            diag_error(p->d, p->at, _("no table in %s is the one that the card was made from: \"%s\""), p->q->sources->folder,
                       proof_excerpt(p, name, 80));
            diag_expected(p->d, "SHA-256 %.*s", (int)len, h);
        }
        h += len + (h[len] == ' ');
    }
    p->tables++;
}

/* ---- documents ---- */

/* Line ends, which part the cells of a table row, count as blanks. */
static void blank_lines(char *s)
{
    while ((s = strpbrk(s, "\n\r")))
        *s++ = ' ';
}

static void check_quote(struct proof *p, const struct document *doc, const xmlNode *quote)
{
    xmlChar *text = xmlNodeGetContent(quote);
    const char *from = proof_attribute(quote, "tu"), *to = proof_attribute(quote, "den"), *id = proof_attribute(quote, "ma");
    size_t start = from ? strtoul(from, NULL, 10) : 0, end = to ? strtoul(to, NULL, 10) : 0;
    if (text)
        blank_lines((char *)text);
    const char *found = text && *text ? strstr(doc->text, (const char *)text) : NULL;
    bool holds = false;

    for (; found && !holds; found = strstr(found + 1, (const char *)text)) {
        size_t first = document_cp(doc, (size_t)(found - doc->text));
        holds = start >= first && end <= first + utf8_count((const char *)text, strlen((const char *)text)) && start < end;
    }
    p->quotes++;
    if (!holds)
        diag_error(p->d, (struct at){ .file = doc->name }, _("the quote of %s does not stand at %zu to %zu: \"%s\""),
                   id ? id : "?", start, end, proof_excerpt(p, text ? (const char *)text : "", 80));
    xmlFree(text);
}

static void check_document(struct proof *p, const xmlNode *source, const char *name, const char *hash)
{
    const char *path = path_of(p->q->sources, file_basename(name));
    struct document *doc = document_read(path, &p->arena, p->d);
    if (!doc)
        return;
    char *text = arena_strndup(&p->arena, doc->text, doc->len);
    blank_lines(text);
    doc->text = text;
    if (hash && strcmp(hash, doc->hash) != 0)
        diag_error(p->d, (struct at){ .file = path }, _("is another document than the one that the card was made from"));
    for (const xmlNode *q = source->children; q; q = q->next)
        if (q->type == XML_ELEMENT_NODE && strcmp((const char *)q->name, "cau") == 0)
            check_quote(p, doc, q);
}

void quotes_check(struct proof *p)
{
    size_t unseen = 0;

    for (const xmlNode *n = xmlDocGetRootElement(p->card)->children; n; n = n->next) {
        const char *name = proof_attribute(n, "ten"), *hash = proof_attribute(n, "bam"), *kind = proof_attribute(n, "loai");
        if (n->type != XML_ELEMENT_NODE || strcmp((const char *)n->name, "nguon") != 0 || !name)
            continue;
        if (!kind || strcmp(kind, "bang") != 0 || proof_child(n, "cau"))
            check_document(p, n, name, hash);
        else if (p->q->sources->tables)
            check_table(p, name, hash ? hash : "");
        else
            unseen++;
    }
    if (unseen)
        diag_note(p->d, p->at, _("%zu tables were not looked at: %s holds documents alone"), unseen, p->q->sources->folder);
}
