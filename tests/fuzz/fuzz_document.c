/* libFuzzer over documents: the first byte chooses how the rest is packed --
 * as it is (text, HTML, PDF excluded), as the XML of a docx, or of an odt: body,
 * styles, lists and notes are looked for in the same XML.
 * Whatever is read is extracted from and dumped. */
#include "extracting.h"

#include <stdlib.h>

static bool is_pdf(const uint8_t *data, size_t n)
{
    for (size_t i = 0; i + 5 <= n && i < 1100; i++)
        if (memcmp(data + i, "%PDF-", 5) == 0)
            return true;
    return false;
}

static void pack_all(struct buf *file, bool word, const uint8_t *data, size_t n)
{
    const struct part parts[] = { { word ? "word/document.xml" : "content.xml", data, n },
                                  { word ? "word/styles.xml" : "styles.xml", data, n },
                                  { "word/numbering.xml", data, n },
                                  { "word/footnotes.xml", data, n } };
    pack(file, parts, word ? 4 : 2);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char *const names[] = { "a.txt", "a.html", "word/document.xml", "content.xml" };
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct buf file = { 0 }, dump = { 0 };
    if (n < 1 || is_pdf(data, n))
        return 0;
    const char *name = names[data[0] % 4];
    if (data[0] % 4 < 2)
        buf_add(&file, data + 1, n - 1);
    else
        pack_all(&file, data[0] % 4 == 2, data + 1, n - 1);
    struct document *doc = document_decode(name, file.data ? file.data : "", file.len, &a, &d);
    if (doc) {
        struct facts facts = { 0 }, notes = { 0 };
        struct passed_list passed = { 0 };
        document_dump(doc, &dump);
        extract_all(extractor, doc, &a, &facts, &passed);
        extract_notes(extractor, doc, &a, &notes);
        for (size_t i = 0; i < facts.n; i++)
            if (facts.items[i].start > facts.items[i].end || document_byte(doc, (size_t)facts.items[i].end) > doc->len)
                abort();
    } else if (!d.errors)
        abort(); /* nothing read and nothing said */
    buf_clear(&file);
    buf_clear(&dump);
    diag_clear(&d);
    arena_clear(&a);
    return 0;
}
