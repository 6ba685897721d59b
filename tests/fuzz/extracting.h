/* tests/fuzz/extracting.h -- for programs that extract: the catalog and its rules, opened once. */
#ifndef FUZZ_EXTRACTING_H
#define FUZZ_EXTRACTING_H
#include "extract/extract.h"
#include "fuzz.h"

#include <stdlib.h>

static struct catalog *catalog;
static struct extractor *extractor;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct diag d = { 0 };
    (void)argc, (void)argv;
    catalog = catalog_open("layouts/catalog", &d);
    extractor = catalog ? extractor_open("layouts/catalog", catalog, &d) : NULL;
    diag_print(&d, stderr, 0);
    diag_clear(&d);
    if (!extractor)
        exit(1); /* libFuzzer would go on */
    return 0;
}
#endif
