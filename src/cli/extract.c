/* extract: documents in, facts out. A faulty document is told and the next one read. */
#include "base/file.h"
#include "cli/args.h"
#include "cli/cli.h"
#include "cli/listing.h"
#include "cli/review.h"
#include "extract/extract.h"
#include "store/store.h"

#include <stdlib.h>
#include <string.h>

enum { LISTED_BYTES = 1 << 20 }; /* written out at once: a document may hold a million facts */

struct extracting {
    struct catalog *catalog;
    struct extractor *extractor;
    const char *db;        /* NULL: no store */
    struct store *store;   /* opened with the first document that can be read */
    bool notes, blocks;
    const char *review_file; /* NULL: no review page */
    struct review review;
    struct listing out;
    struct diag *d;
};

static bool keep(struct extracting *x, const struct document *doc, const struct facts *facts, const struct facts *notes,
                 struct arena *a)
{
    size_t added, n = facts->n + notes->n;
    struct fact *all = arena_array(a, struct fact, n);
    for (size_t i = 0; i < n; i++)
        all[i] = i < facts->n ? facts->items[i] : notes->items[i - facts->n];
    if (!x->store)
        x->store = store_open(x->db, STORE_WRITE, x->d);
    return x->store && store_add_document(x->store, doc, all, n, &added, x->d);
}

/* False: it makes no sense to go on. */
static bool extract_one(struct extracting *x, const char *path, struct arena *a)
{
    struct facts facts = { 0 }, notes = { 0 };
    struct passed_list passed = { 0 };
    struct document *doc = document_read(path, a, x->d);
    if (!doc)
        return true;
    if (x->blocks) {
        document_dump(doc, &x->out.buf);
        return listing_flush(&x->out, x->d);
    }
    extract_all(x->extractor, doc, a, &facts, x->review_file ? &passed : NULL);
    if (x->review_file)
        review_add(&x->review, doc, &facts, &passed);
    if (x->notes || x->db)
        extract_notes(x->extractor, doc, a, &notes);
    const struct facts *shown = x->notes ? &notes : &facts;
    bool ok = true;
    for (size_t i = 0; i < shown->n && ok; i++) {
        listing_fact(&x->out, &shown->items[i], 0);
        ok = x->out.buf.len < LISTED_BYTES || listing_flush(&x->out, x->d);
    }
    if (!shown->n)
        diag_note(x->d, (struct at){ .file = path }, x->notes ? _("no statement without a number was found in it")
                                                              : _("no figure was found in it"));
    return ok && listing_flush(&x->out, x->d) && (!x->db || keep(x, doc, &facts, &notes, a));
}

static void extract_documents(struct extracting *x, const char *const *paths, int n)
{
    struct arena a = { 0 };
    bool go_on = true;
    if (!x->blocks)
        listing_begin(&x->out);
    for (int i = 0; i < n && go_on; i++) {
        go_on = extract_one(x, paths[i], &a);
        arena_reset(&a);
    }
    if (!x->blocks)
        listing_end(&x->out, x->d);
    if (x->review_file) {
        struct buf page = { 0 };
        bool any = x->review.documents > 0;
        review_end(&x->review, &page);
        if (any)
            file_write(x->review_file, page.data, page.len, x->d);
        buf_clear(&page);
    }
    arena_clear(&a);
}

static void run(struct extracting *x, const char *const *paths, int n)
{
    struct arena a = { 0 };
    const char *folder = NULL;
    x->catalog = x->blocks ? NULL : listing_catalog(&a, &folder, x->d);
    x->review.catalog = x->catalog;
    x->extractor = x->catalog ? extractor_open(folder, x->catalog, x->d) : NULL;
    if (x->extractor || x->blocks)
        extract_documents(x, paths, n);
    store_close(x->store);
    extractor_close(x->extractor);
    catalog_close(x->catalog);
    buf_clear(&x->out.buf);
    arena_clear(&a);
}

int command_extract(int argc, char **argv)
{
    struct diag d = { 0 };
    struct extracting x = { .d = &d };
    const char *format = NULL;
    const struct args_option options[] = {
        { .name = "format", .value = &format }, { .name = "db", .value = &x.db }, { .name = "notes", .flag = &x.notes },
        { .name = "blocks", .flag = &x.blocks }, { .name = "review", .value = &x.review_file }, { 0 },
    };
    const char **paths = xcalloc((size_t)argc, sizeof *paths);
    int n = args_parse(argc, argv, options, paths), status = STATUS_USAGE;
    if (n == 0)
        command_misuse(argv[0], _("no document is named"));
    if (n > 0 && x.review_file && strcmp(x.review_file, "-") == 0) {
        command_misuse(argv[0], _("the review page needs a file of its own; standard output has the facts"));
        n = -1;
    }
    if (n > 0 && listing_format(&x.out, argv[0], format)) {
        run(&x, paths, n);
        status = command_end(&d, false);
    }
    diag_clear(&d);
    free(paths);
    return status;
}
