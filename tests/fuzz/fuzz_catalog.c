/* libFuzzer over the catalog's files: the first byte chooses which of them the
 * rest stands for; the others are those of layouts/catalog. */
#include "catalog/lexicon.h"
#include "scratch.h"

#define FOLDER "layouts/catalog"

static const char *const files[] = { "places.xml", "indicators.xml", "indices.xml", "sentences.xml",
                                     "words.xml",  "agencies.xml",   "phrases.xml" };
enum { FILES = sizeof files / sizeof *files, FIRST_OF_LEXICON = 4 };
static struct catalog *catalog;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct diag d = { 0 };
    (void)argc, (void)argv;
    catalog = catalog_open(FOLDER, &d);
    diag_clear(&d);
    if (!scratch_make())
        exit(1);
    for (int i = 0; i < FILES; i++)
        scratch_link(files[i], FOLDER);
    if (!catalog)
        exit(1); /* libFuzzer would go on */
    return 0;
}

/* What a catalog that was taken must stand. */
static void ask(const struct catalog *c)
{
    size_t n;
    const struct index *x = catalog_indices(c, &n);
    char date[11];
    for (size_t i = 0; i < n; i++)
        for (int year = 2018; year < 2026; year++) {
            index_max(x + i, year);
            index_class(x + i, year, 40);
            index_breaks_between(x + i, 2018, year);
            catalog_places_on(c, index_set_date(x + i, year, date), &n);
            catalog_indices(c, &n);
        }
    const struct place *p = catalog_places(c, &n);
    for (size_t i = 0; i < n && i < 80; i++) {
        size_t k;
        catalog_region(c, p + i, "2026-01-01");
        catalog_tile(c, p + i, "2024");
        catalog_predecessors(c, p + i, &k);
        catalog_place_named(c, p[i].name, "");
    }
    catalog_nearest_place(c, "lao-kai");
}

static void open_lexicon(struct diag *d)
{
    struct lexicon *x = lexicon_open(scratch, catalog, d);
    if (!x && !d->errors)
        abort();
    lexicon_close(x);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct diag d = { 0 };
    if (n < 1)
        return 0;
    int file = data[0] % FILES;
    scratch_write(files[file], data + 1, n - 1);
    if (file >= FIRST_OF_LEXICON) {
        open_lexicon(&d);
    } else {
        struct catalog *c = catalog_open(scratch, &d);
        if (!c && !d.errors)
            abort();
        if (c)
            ask(c);
        catalog_close(c);
    }
    scratch_link(files[file], FOLDER);
    diag_clear(&d);
    return 0;
}
