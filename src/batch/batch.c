/* The parent hands out cards and keeps the record; the workers make them.
 *
 * The book is one more job, the longest, and so the first: while one worker
 * makes it the others make the cards.  It sets the pages a second time, which
 * costs as much as the cards do, but sharing display lists between processes
 * would cost more in code than it saves.
 *
 * Files and power: a card is written beside and renamed without a wait for
 * the disk, and all are flushed by one syncfs(), the manifest among them, before its rename
 * (63 fsync() took 25 ms on an SSD, one sync 15 ms, and ten times that on a
 * turning disk, where fsync() costs some 10 ms each).  Until then a row stands
 * in manifest.part, and `resume` believes neither without hashing the file.
 */
#include "base/file.h"
#include "batch/deliver.h"
#include "batch/manifest.h"
#include "batch/pool.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define NATIONAL "ca-nuoc"

struct outcome {               /* of one job, in the parent */
    struct answer answer;
    char *messages;            /* as they came; NULL: none */
    size_t len;
    struct pool_end death;     /* pid 0: the worker lived */
    bool done;
};

struct batch {
    struct batch_options o;    /* with the places of the shard */
    const struct batch_options *whole;
    const char **files;        /* of the shard's places, in the folder */
    char manifest[SHARD_NAME]; /* without ".tsv" */
    const struct layout *layout;
    const struct card_set *cards;
    struct fontlib *fonts;
    struct arena arena;        /* the old manifest */
    struct manifest old;
    struct outcome *outcomes;  /* a card each, then the book */
    size_t done;               /* cards */
    bool halted;               /* by a full disk or the like: the other cards would meet the same */
    int part;                  /* descriptor of manifest.part; -1 */
    struct progress progress;
    struct arena scratch;      /* of the worker that this process is */
    struct rendered rendered;
};

static void path_in(struct buf *b, const struct batch *m, const char *name, const char *suffix)
{
    buf_reset(b);
    buf_printf(b, "%s/%s%s", m->o.folder, name, suffix);
}

/* In a worker. */

/* The tree's names and values, unambiguously; to print it as XML would cost ten times as much. */
static void add_tree(struct buf *b, const xmlNode *n)
{
    for (; n; n = n->next) {
        buf_add(b, n->name, strlen((const char *)n->name) + 1);
        if (n->type != XML_ELEMENT_NODE && n->content)
            buf_str(b, (const char *)n->content);
        for (const xmlAttr *at = n->type == XML_ELEMENT_NODE ? n->properties : NULL; at; at = at->next) {
            buf_add(b, at->name, strlen((const char *)at->name) + 1);
            if (at->children && at->children->content)
                buf_str(b, (const char *)at->children->content);
            buf_char(b, '\1');
        }
        buf_char(b, '\2');
        if (n->type == XML_ELEMENT_NODE)
            add_tree(b, n->children);
        buf_char(b, '\3');
    }
}

/* SHA-256 of all that the bytes of a card depend on. */
static void input_hash(const struct batch *m, xmlDocPtr card, char hex[65])
{
    struct buf b = { 0 };
    add_tree(&b, xmlDocGetRootElement(card));
    buf_printf(&b, "%s\n%s\n%s\n", VERSION, layout_hash(m->layout), m->o.inputs ? m->o.inputs : "");
    file_sha256(b.data, b.len, hex);
    buf_clear(&b);
}

/* True if the file of an earlier run is what this run would make. */
static bool up_to_date(const struct batch *m, const char *place, const char *path, struct answer *a)
{
    const struct manifest_row *r = m->o.resume ? manifest_lookup(&m->old, place) : NULL;
    struct buf b = { 0 };
    struct diag d = { 0 };
    char hex[65] = "";
    if (!r || strcmp(r->input, a->input) != 0)
        return false;
    if (access(path, R_OK) == 0 && file_read(path, 0, &b, &d))
        file_sha256(b.data, b.len, hex);
    a->kept = strcmp(hex, r->sha256) == 0;
    if (a->kept) {
        a->pages = r->pages;
        a->bytes = b.len;
        a->warnings = r->warnings;
        memcpy(a->sha256, hex, sizeof hex);
    }
    buf_clear(&b);
    diag_clear(&d);
    return a->kept;
}

static bool make_card(struct batch *m, size_t number, struct answer *a, struct diag *d)
{
    const char *place = m->o.places[number];
    struct buf path = { 0 };
    xmlDocPtr card = batch_card(m->layout, m->cards, place, d);
    if (!card)
        return false;
    path_in(&path, m, m->files[number], "");
    input_hash(m, card, a->input);
    a->facts = card_set_fact_count(m->cards, place);
    bool ok = up_to_date(m, place, path.data, a);
    if (!ok && render_card(m->layout, m->cards, card, m->fonts, &m->scratch, &m->rendered, d) && d->errors == 0) {
        const struct buf *pdf = &m->rendered.pdf;
        a->pages = (size_t)m->rendered.pages;
        a->bytes = pdf->len;
        a->warnings = d->warnings;
        file_sha256(pdf->data, pdf->len, a->sha256);
        ok = file_place(path.data, pdf->data, pdf->len, d);
    }
    arena_reset(&m->scratch);
    fontlib_trim(m->fonts);
    buf_clear(&path);
    xmlFreeDoc(card);
    return a->ok = ok;
}

/* Job 0 is the book, if there is one. */
static size_t first_card(const struct batch *m)
{
    return m->o.book ? 1 : 0;
}

static bool make_book(struct batch *m, struct answer *a, struct diag *d)
{
    const struct batch_options *o = m->whole;
    const struct book_task book = { o->places, o->n_places, m->layout, o->book_layout, m->cards, m->fonts, o->web };
    struct rendered out = { 0 };
    a->ok = render_book(&book, &out, d) && file_write(o->book, out.pdf.data, out.pdf.len, d);
    a->pages = (size_t)out.pages;
    a->bytes = out.pdf.len;
    buf_clear(&out.pdf);
    return a->ok;
}

static void work(void *ctx, size_t job, struct buf *reply)
{
    struct batch *m = ctx;
    struct diag d = { 0 };
    struct answer a = { 0 };
    if (job < first_card(m))
        make_book(m, &a, &d);
    else
        make_card(m, job - first_card(m), &a, &d);
    a.machine = d.machine;
    answer_write(reply, &a, &d);
    diag_clear(&d);
}

/* In the parent. */

static void row_of(const struct batch *m, size_t card, struct buf *out)
{
    const struct answer *a = &m->outcomes[card].answer;
    struct manifest_row r = { .file = m->files[card], .place = m->o.places[card], .pages = a->pages, .bytes = a->bytes,
                              .sha256 = a->sha256, .facts = a->facts, .warnings = a->warnings, .input = a->input };
    manifest_row(out, &r);
}

/* Kept as it comes, so that a killed run can be taken up again. Not a fault if it fails. */
static void note_part(struct batch *m, size_t card)
{
    struct buf row = { 0 };
    if (m->part < 0)
        return;
    row_of(m, card, &row);
    if (write(m->part, row.data, row.len) != (ssize_t)row.len) {
        close(m->part);
        m->part = -1;
    }
    buf_clear(&row);
}

/* What a worker that died in the midst of writing has left. */
static void sweep(const struct batch *m, size_t job, const struct pool_end *end)
{
    struct buf path = { 0 }, beside = { 0 };
    if (job < first_card(m))
        buf_str(&path, m->o.book);
    else
        path_in(&path, m, m->files[job - first_card(m)], "");
    file_beside(&beside, path.data, (long)end->pid);
    unlink(beside.data);
    buf_clear(&path);
    buf_clear(&beside);
}

static void done(void *ctx, size_t job, const struct pool_end *end)
{
    struct batch *m = ctx;
    bool book = job < first_card(m);
    struct outcome *out = &m->outcomes[book ? m->o.n_places : job - first_card(m)];
    const char *messages = NULL;
    out->done = true;
    if (!end->reply) {
        out->death = *end;
        sweep(m, job, end);
    } else if (answer_read(end->reply, end->len, &out->answer, &messages, &out->len) && out->len) {
        out->messages = xmalloc(out->len);
        memcpy(out->messages, messages, out->len);
    }
    if (out->answer.machine) {
        m->halted = true;
        pool_stop();
    }
    if (book)
        return;
    m->done++;
    if (out->answer.ok)
        note_part(m, job - first_card(m));
}

static void tick(void *ctx)
{
    struct batch *m = ctx;
    progress_draw(&m->progress, m->done, false);
}

static void tell_death(const struct outcome *out, const char *what, struct diag *d)
{
    const struct pool_end *e = &out->death;
    if (e->signal)
        diag_machine(d, (struct at){ 0 }, _("%s: the worker was ended by signal %d (%s)"), what, e->signal,
                     strsignal(e->signal));
    else
        diag_machine(d, (struct at){ 0 }, _("%s: the worker ended with status %d"), what, e->status);
}

/* Messages in the order of the places, whoever came first. Of a full disk one tells. */
static void tell(const struct batch *m, struct diag *d)
{
    size_t again = 0;
    for (size_t i = 0; i <= m->o.n_places; i++) {
        const struct outcome *out = &m->outcomes[i];
        if (out->death.pid)
            tell_death(out, i < m->o.n_places ? m->o.places[i] : m->o.book, d);
        else if (out->messages && !(out->answer.machine && d->machine))
            again += answer_messages(out->messages, out->len, d);
    }
    if (again)
        diag_note(d, (struct at){ 0 }, ngettext("%zu more message says the same of other cards",
                                                "%zu more messages say the same of other cards", again), again);
}

static void sum_up(const struct batch *m, struct batch_result *r)
{
    for (size_t i = 0; i < m->o.n_places; i++) {
        const struct outcome *out = &m->outcomes[i];
        if (!out->answer.ok) {
            r->failed += out->done;
            continue;
        }
        *(out->answer.kept ? &r->kept : &r->made) += 1;
        r->pages += out->answer.pages;
        r->bytes += out->answer.bytes;
        r->warnings += out->answer.warnings;
    }
    const struct answer *book = &m->outcomes[m->o.n_places].answer;
    r->book_pages = book->ok ? book->pages : 0;
    r->book_bytes = book->ok ? book->bytes : 0;
    r->stopped = pool_stopping() && !m->halted;
}

/* Of which run the shard is: its cards depend on all of this, ranks on every place's facts. */
static void add_shard(const struct batch *m, struct buf *out)
{
    struct buf b = { 0 };
    char hex[65];
    if (!m->o.shard.of)
        return;
    buf_printf(&b, "%s\n%s\n%s\n%s\n%s %s\n", VERSION, layout_hash(m->layout), m->o.inputs ? m->o.inputs : "",
               m->o.run ? m->o.run : "", card_set_as_of(m->cards), card_set_period(m->cards));
    for (size_t i = 0; i < m->whole->n_places; i++)
        buf_printf(&b, "%s\n", m->whole->places[i]);
    file_sha256(b.data, b.len, hex);
    shard_header(m->o.shard, m->whole->n_places, hex, out);
    buf_clear(&b);
}

static bool write_manifest(const struct batch *m, struct diag *d)
{
    struct buf path = { 0 }, out = { 0 };
    add_shard(m, &out);
    manifest_header(&out);
    for (size_t i = 0; i < m->o.n_places; i++)
        if (m->outcomes[i].answer.ok)
            row_of(m, i, &out);
    path_in(&path, m, m->manifest, ".tsv");
    bool ok = file_settle(path.data, out.data, out.len, m->o.folder, d);
    path_in(&path, m, m->manifest, ".part");
    if (ok)
        unlink(path.data);
    buf_clear(&path);
    buf_clear(&out);
    return ok;
}

/* The disk is full or the like, which was told: the manifest if there is room; else the rows
 * stay in manifest.part, if there are any. */
static void close_halted(const struct batch *m)
{
    struct diag d = { 0 };
    struct buf path = { 0 };
    struct stat st;
    path_in(&path, m, m->manifest, ".part");
    if (!write_manifest(m, &d) && stat(path.data, &st) == 0 && st.st_size == 0)
        unlink(path.data);
    buf_clear(&path);
    diag_clear(&d);
}

static bool is_ours(const char *name, size_t n)
{
    static const char *const ends[] = { ".pdf", ".tsv", ".html" };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
        if (n > strlen(ends[i]) && memcmp(name + n - strlen(ends[i]), ends[i], strlen(ends[i])) == 0)
            return true;
    return false;
}

/* NAME.PID.tmp of a process that is no more: a batch that was killed while it wrote; libzip adds a
 * word of its own. NULL: the NAME of a card, the manifest or the index page. */
static bool is_stale(const char *name, const char *of)
{
    const char *mark = strstr(name, ".tmp"), *dot = mark;
    while (dot && dot > name && dot[-1] >= '0' && dot[-1] <= '9')
        dot--;
    if (!dot || dot == mark || dot == name || *--dot != '.' || (mark[4] && mark[4] != '.'))
        return false;
    size_t n = (size_t)(dot - name);
    long pid = strtol(dot + 1, NULL, 10);
    bool own = of ? strlen(of) == n && memcmp(name, of, n) == 0 : is_ours(name, n);
    return own && pid > 0 && kill((pid_t)pid, 0) != 0 && errno == ESRCH;
}

static void remove_stale(const char *folder, const char *of)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    for (struct dirent *e; (e = readdir(dir));)
        if (is_stale(e->d_name, of))
            unlinkat(dirfd(dir), e->d_name, 0);
    closedir(dir);
}

/* The same of one file, wherever it lies. */
static void remove_stale_of(const char *path)
{
    struct buf folder = { 0 };
    const char *name = path ? file_basename(path) : NULL;
    if (!name || strcmp(path, "-") == 0)
        return;
    buf_add(&folder, path, (size_t)(name - path));
    remove_stale(folder.len ? folder.data : ".", name);
    buf_clear(&folder);
}

static bool open_folder(struct batch *m, struct diag *d)
{
    struct buf path = { 0 };
    if (!file_mkdirs(m->o.folder, d))
        return false;
    remove_stale(m->o.folder, NULL);
    remove_stale_of(m->o.book);
    remove_stale_of(m->o.zip);
    path_in(&path, m, m->manifest, ".tsv");
    if (m->o.resume)
        manifest_read(path.data, &m->arena, &m->old);
    path_in(&path, m, m->manifest, ".part");
    if (m->o.resume)
        manifest_read(path.data, &m->arena, &m->old);
    m->part = open(path.data, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | (m->o.resume ? 0 : O_TRUNC), 0666);
    bool ok = m->part >= 0;
    if (!ok)
        diag_machine(d, (struct at){ .file = path.data }, _("cannot be written: %s"), strerror(errno));
    buf_clear(&path);
    return ok;
}

/* The first card is set once before the fork, for its effect on the fonts: faces are open
 * and common words shaped for all workers, and what is to be said of the fonts is said once. */
static void warm_up(struct batch *m, struct diag *d)
{
    struct diag own = { 0 };
    struct pages pages;
    xmlDocPtr card = m->o.n_places ? batch_card(m->layout, m->cards, m->o.places[0], &own) : NULL;
    if (card)
        card_pages(m->layout, card, m->fonts, &m->scratch, &pages, &own);
    xmlFreeDoc(card);
    if (!own.errors) /* else the card's own job tells */
        for (size_t i = 0; i < own.n; i++)
            if (!own.messages[i].at.line)
                diag_warning(d, own.messages[i].at, "%s", own.messages[i].text);
    diag_clear(&own);
    arena_reset(&m->scratch);
}

/* The files that are whole, for the index page and the ZIP. */
static size_t made_cards(const struct batch *m, struct arena *a, struct deliver_card **list)
{
    size_t n = 0;
    *list = arena_array(a, struct deliver_card, m->o.n_places);
    for (size_t i = 0; i < m->o.n_places; i++) {
        const struct answer *of = &m->outcomes[i].answer;
        if (of->ok)
            (*list)[n++] = (struct deliver_card){ m->o.places[i], m->files[i], of->pages, of->bytes };
    }
    return n;
}

/* A ZIP is of all cards or not made: nobody would see what is not in it. */
static bool zip_all(const struct batch *m, const struct deliver_card *list, size_t n, struct arena *a, struct diag *d)
{
    const char **files = arena_array(a, const char *, n + 2);
    size_t k = 0;
    if (n < m->o.n_places) {
        diag_error(d, (struct at){ .file = m->o.zip }, _("is not made, since %zu of %zu cards are missing"),
                   m->o.n_places - n, m->o.n_places);
        return false;
    }
    if (m->o.index)
        files[k++] = "index.html";
    files[k++] = "manifest.tsv";
    for (size_t i = 0; i < n; i++)
        files[k++] = list[i].file;
    return deliver_zip(m->o.zip, m->o.folder, files, k, d);
}

static bool deliver(const struct batch *m, struct batch_result *r, struct diag *d)
{
    struct stat st;
    struct arena a = { 0 };
    struct buf path = { 0 };
    struct deliver_card *list;
    size_t n = made_cards(m, &a, &list);
    path_in(&path, m, "index.html", "");
    bool ok = !m->o.index || deliver_index(path.data, m->cards, list, n, m->o.n_places - n, d);
    if (ok && m->o.zip)
        ok = zip_all(m, list, n, &a, d);
    if (ok && m->o.zip && stat(m->o.zip, &st) == 0)
        r->zipped = (size_t)st.st_size;
    buf_clear(&path);
    arena_clear(&a);
    return ok;
}

static bool batch_go(struct batch *m, struct batch_result *r, struct diag *d)
{
    struct pool_task t = { .n_jobs = m->o.n_places + first_card(m), .workers = m->o.workers, .ctx = m, .work = work,
                           .done = done, .tick = tick };
    if (!open_folder(m, d))
        return false;
    warm_up(m, d);
    progress_begin(&m->progress, m->o.progress, m->o.n_places);
    bool ok = pool_run(&t, d);
    progress_end(&m->progress);
    sum_up(m, r);
    tell(m, d);
    if (m->halted)
        close_halted(m);
    else
        ok = write_manifest(m, d) && (r->stopped || deliver(m, r, d)) && ok;
    return ok && !m->halted && !r->failed && !r->stopped && (!m->o.book || m->outcomes[m->o.n_places].answer.ok);
}

/* The places that fall to the shard. The book is work for one: the first. */
static void cut(struct batch *m, const char *const *files)
{
    size_t n = shard_count(m->o.shard, m->whole->n_places);
    const char **own = arena_array(&m->arena, const char *, n);
    m->files = arena_array(&m->arena, const char *, n);
    for (size_t i = 0; i < n; i++) {
        own[i] = m->whole->places[shard_card(m->o.shard, i)];
        m->files[i] = files[shard_card(m->o.shard, i)];
    }
    m->o.places = own;
    m->o.n_places = n;
    if (m->o.shard.number > 1)
        m->o.book = NULL;
    shard_manifest(m->o.shard, m->manifest);
}

bool batch_run(const struct batch_options *o, const struct layout *layout, const struct card_set *cards,
               struct fontlib *fonts, struct batch_result *r, struct diag *d)
{
    static const char *const national[] = { NATIONAL };
    struct batch_options whole = *o;
    *r = (struct batch_result){ 0 };
    if (layout_is_national(layout)) {
        whole.places = national;
        whole.n_places = 1;
    }
    struct batch m = { .o = whole, .whole = &whole, .layout = layout, .cards = cards, .fonts = fonts, .part = -1 };
    const char **files = deliver_names(whole.name, cards, whole.places, whole.n_places, &m.arena, d);
    if (files)
        cut(&m, files);
    m.outcomes = xcalloc(m.o.n_places + 1, sizeof *m.outcomes);
    bool ok = files && batch_go(&m, r, d);
    if (m.part >= 0)
        close(m.part);
    for (size_t i = 0; i <= m.o.n_places; i++)
        free(m.outcomes[i].messages);
    free(m.outcomes);
    arena_clear(&m.arena);
    arena_clear(&m.scratch);
    buf_clear(&m.rendered.pdf);
    return ok;
}
