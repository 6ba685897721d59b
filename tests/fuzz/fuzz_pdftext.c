/* libFuzzer over the text of PDFs as pdftotext -bbox-layout prints it: pages, blocks and lines with their
 * places. Whatever is read is extracted from and dumped. */
#include "extracting.h"
#include "ingest/build.h"

#include <stdlib.h>

static void take(struct document *doc, struct arena *a)
{
    struct facts facts = { 0 };
    struct buf dump = { 0 };
    for (size_t i = 1; i < doc->n_blocks; i++)
        if (doc->blocks[i].start < doc->blocks[i - 1].end || doc->blocks[i].end > doc->len || doc->blocks[i].page < doc->blocks[i - 1].page)
            abort();
    document_dump(doc, &dump);
    extract_all(extractor, doc, a, &facts, NULL);
    buf_clear(&dump);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct buf xml = { 0 };
    struct document doc = { .name = "a.pdf" };
    struct builder b = { .doc = &doc, .a = &a, .d = &d, .at = { .file = "a.pdf" } };
    buf_add(&xml, data, n);
    if (pdf_read_layout(&b, &xml) && build_end(&b))
        take(&doc, &a);
    else if (!d.errors)
        abort(); /* nothing read and nothing said */
    buf_clear(&b.text);
    buf_clear(&xml);
    diag_clear(&d);
    arena_clear(&a);
    return 0;
}
