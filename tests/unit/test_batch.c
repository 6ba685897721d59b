/* The batch on cards of its own: whoever makes them, in whatever order, after
 * whatever failures, the same files come out.  The stages before the pages are
 * stood in for by the functions below; the archive's are then not linked. */
#include "batch/batch.h"
#include "base/file.h"
#include "check.h"
#include "typeset/typeset.h"

#include <dirent.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static pid_t parent;
static const char *data = "1"; /* what the facts say: part of every card */

static bool is(const char *slug, const char *what)
{
    return strncmp(slug, what, strlen(what)) == 0;
}

xmlDocPtr card_make(const struct card_set *set, const char *slug, struct diag *d)
{
    (void)set;
    if (is(slug, "crash") && getpid() != parent)
        raise(SIGKILL);
    if (is(slug, "fail")) {
        diag_error(d, (struct at){ .file = "a.xml", .line = 3 }, "no card for %s", slug);
        return NULL;
    }
    if (is(slug, "warn"))
        diag_warning(d, (struct at){ .file = "a.xml", .line = 4 }, "the same of all");
    xmlDocPtr doc = xmlNewDoc(BAD_CAST "1.0");
    xmlDocSetRootElement(doc, xmlNewNode(NULL, BAD_CAST "the"));
    xmlNodePtr noi = xmlNewChild(xmlDocGetRootElement(doc), NULL, BAD_CAST "noi", NULL);
    xmlNewProp(noi, BAD_CAST "ma", BAD_CAST slug);
    xmlNewProp(noi, BAD_CAST "du-lieu", BAD_CAST data);
    return doc;
}

xmlDocPtr card_make_national(const struct card_set *set, struct diag *d)
{
    return card_make(set, "ca-nuoc", d);
}

size_t card_set_fact_count(const struct card_set *set, const char *slug)
{
    (void)set;
    return strlen(slug);
}

const char *card_set_period(const struct card_set *set)
{
    (void)set;
    return "2024";
}

const char *card_set_as_of(const struct card_set *set)
{
    (void)set;
    return "2024-12-31";
}

const struct catalog *card_set_catalog(const struct card_set *set)
{
    (void)set;
    return NULL;
}

const struct place *catalog_place(const struct catalog *c, const char *slug, const char *date)
{
    (void)c, (void)slug, (void)date;
    return NULL;
}

const struct place *const *catalog_places_on(const struct catalog *c, const char *date, size_t *n)
{
    (void)c, (void)date;
    *n = 0;
    return NULL;
}

const char *catalog_region(const struct catalog *c, const struct place *place, const char *date)
{
    (void)c, (void)place, (void)date;
    return "";
}

const struct index *catalog_indices(const struct catalog *c, size_t *n)
{
    (void)c;
    *n = 0;
    return NULL;
}

const struct indicator *catalog_indicators(const struct catalog *c, size_t *n)
{
    (void)c;
    *n = 0;
    return NULL;
}

const char *catalog_hash(const struct catalog *c)
{
    (void)c;
    return "catalog";
}

const char *layout_path(const struct layout *l)
{
    (void)l;
    return "a.xml";
}

const struct layout_param *layout_params(const struct layout *l, size_t *n)
{
    (void)l;
    *n = 0;
    return NULL;
}

bool layout_is_national(const struct layout *l)
{
    (void)l;
    return false;
}

const char *layout_hash(const struct layout *l)
{
    (void)l;
    return "layout";
}

struct box_document *layout_bind(const struct layout *l, xmlDocPtr card, struct fontlib *fonts, struct arena *a,
                                 struct diag *d)
{
    (void)l, (void)fonts, (void)d;
    struct box_document *doc = arena_new(a, struct box_document);
    xmlNodePtr noi = xmlFirstElementChild(xmlDocGetRootElement(card));
    xmlChar *slug = xmlGetNoNsProp(noi, BAD_CAST "ma");
    doc->title = doc->place = arena_strdup(a, (char *)slug);
    xmlFree(slug);
    doc->lang = "vi-VN";
    doc->date = "2024-12-31";
    return doc;
}

bool typeset(const struct box_document *doc, struct fontlib *fonts, struct arena *a, struct pages *out, struct diag *d)
{
    (void)fonts, (void)d;
    pages_init(out, a);
    out->title = doc->title;
    out->lang = doc->lang;
    struct marks m = { 0 };
    marks_rect(&m, a, NULL, 10, 10, (double)strlen(doc->place), 10, (struct color){ 0 });
    page_put(out, pages_add(out, 200, 200), &m, 0, 0);
    return true;
}

static const char *const places[] = { "ha-noi", "warn-1", "lao-cai", "crash", "son-la", "fail", "warn-2", "hue",
                                      "ca-mau" };
enum { PLACES = sizeof places / sizeof *places };

/* Everything in the folder as "name sha256" lines in the order of names. */
static void listing(const char *folder, struct buf *b)
{
    struct dirent **names;
    struct buf path = { 0 }, bytes = { 0 };
    struct diag d = { 0 };
    int n = scandir(folder, &names, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        char hex[65];
        buf_reset(&path);
        buf_printf(&path, "%s/%s", folder, names[i]->d_name);
        if (names[i]->d_name[0] != '.' && file_read(path.data, 0, &bytes, &d)) {
            file_sha256(bytes.data, bytes.len, hex);
            buf_printf(b, "%s %s\n", names[i]->d_name, hex);
        }
        free(names[i]);
    }
    free(names);
    buf_clear(&path);
    buf_clear(&bytes);
    diag_clear(&d);
}

static void remove_folder(const char *folder)
{
    DIR *dir = opendir(folder);
    for (struct dirent *e; dir && (e = readdir(dir));)
        unlinkat(dirfd(dir), e->d_name, 0);
    if (dir)
        closedir(dir);
    rmdir(folder);
}

static bool run(const char *folder, const char *book, int workers, bool resume, struct batch_result *r, struct diag *d)
{
    struct batch_options o = { .places = places, .n_places = PLACES, .folder = folder, .book = book,
                               .workers = workers, .resume = resume };
    return batch_run(&o, NULL, NULL, NULL, r, d);
}

/* Seven cards, one failure, one death; whatever the workers. */
static void failures_take_one_card(const char *folder, int workers, struct buf *list)
{
    struct batch_result r;
    struct diag d = { 0 };
    CHECK(!run(folder, NULL, workers, false, &r, &d), "it failed in part");
    CHECK(r.made == 7 && r.failed == 2 && r.kept == 0 && r.pages == 7, "made %zu, failed %zu", r.made, r.failed);
    CHECK(d.errors == 2 && d.machine, "%zu errors", d.errors);
    CHECK(d.warnings == 1, "the same warning of two cards: told %zu times", d.warnings);
    CHECK(d.n >= 2 && strcmp(d.messages[0].text, "the same of all") == 0, "messages in the order of the places");
    CHECK(d.n >= 2 && strstr(d.messages[1].text, "crash"), "the lost card is named");
    listing(folder, list);
    CHECK(!strstr(list->data, "tmp") && !strstr(list->data, "part"), "left behind: %s", list->data);
    CHECK(!strstr(list->data, "crash") && !strstr(list->data, "fail"), "%s", list->data);
    diag_clear(&d);
}

static void resumed(const char *folder)
{
    struct batch_result r;
    struct diag d = { 0 };
    struct buf path = { 0 };
    struct stat before, after;
    buf_printf(&path, "%s/hue.pdf", folder);
    CHECK(stat(path.data, &before) == 0, "hue.pdf");
    run(folder, NULL, 2, true, &r, &d);
    CHECK(r.kept == 7 && r.made == 0, "kept %zu", r.kept);
    CHECK(stat(path.data, &after) == 0 && before.st_ino == after.st_ino, "an unchanged card was written again");
    CHECK(file_write(path.data, "damaged", 7, &d), "damage");
    run(folder, NULL, 2, true, &r, &d);
    CHECK(r.kept == 6 && r.made == 1, "a damaged card: kept %zu, made %zu", r.kept, r.made);
    data = "2";
    run(folder, NULL, 2, true, &r, &d);
    CHECK(r.kept == 0 && r.made == 7, "other data: kept %zu", r.kept);
    data = "1";
    buf_clear(&path);
    diag_clear(&d);
}

/* A book is whole or not there. */
static void book(const char *folder, const char *file)
{
    struct batch_result r;
    struct diag d = { 0 };
    static const char *const good[] = { "ha-noi", "lao-cai", "hue" };
    CHECK(!run(folder, file, 2, false, &r, &d) && r.book_pages == 0, "a book without one of its cards");
    CHECK(access(file, F_OK) != 0, "it was written");
    struct batch_options o = { .places = good, .n_places = 3, .folder = folder, .book = file, .workers = 2 };
    CHECK(batch_run(&o, NULL, NULL, NULL, &r, &d), "book");
    /* each card, what is before them and what is behind them from an odd page on */
    CHECK(r.book_pages == 10 && r.made == 3 && access(file, F_OK) == 0, "%zu pages", r.book_pages);
    unlink(file);
    diag_clear(&d);
}

int main(void)
{
    char folder[] = "/tmp/phieudiem-batch-XXXXXX";
    struct buf one = { 0 }, four = { 0 }, file = { 0 };
    parent = getpid();
    if (!mkdtemp(folder))
        return 1;
    failures_take_one_card(folder, 1, &one);
    remove_folder(folder);
    failures_take_one_card(folder, 4, &four);
    CHECK(strcmp(one.data, four.data) == 0, "1 worker:\n%s4 workers:\n%s", one.data, four.data);
    resumed(folder);
    buf_printf(&file, "%s.pdf", folder);
    book(folder, file.data);
    remove_folder(folder);
    buf_clear(&one);
    buf_clear(&four);
    buf_clear(&file);
    return CHECK_DONE();
}
