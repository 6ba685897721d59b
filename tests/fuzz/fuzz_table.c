/* libFuzzer over tables: the first byte chooses TSV/CSV as it is, or a sheet of a workbook. */
#include "base/file.h"
#include "fuzz.h"
#include "store/store.h"

#include <stdlib.h>
#include <unistd.h>

static struct catalog *catalog;
static char path[] = "/tmp/phieudiem-fuzz-XXXXXX";

static void leave(void)
{
    unlink(path);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    struct diag d = { 0 };
    (void)argc, (void)argv;
    int fd = mkstemp(path);
    if (fd >= 0)
        close(fd);
    atexit(leave);
    catalog = catalog_open("layouts/catalog", &d);
    diag_clear(&d);
    if (!(catalog && fd >= 0))
        exit(1); /* libFuzzer would go on */
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static const char book[] = "<workbook><sheets><sheet name=\"a\" id=\"r1\"/></sheets></workbook>";
    static const char rels[] = "<R><Relationship Id=\"r1\" Target=\"s.xml\"/></R>";
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct buf file = { 0 };
    struct facts facts;
    char hash[65];
    if (n < 1)
        return 0;
    const struct part parts[] = {
        { "xl/workbook.xml", book, sizeof book - 1 },
        { "xl/_rels/workbook.xml.rels", rels, sizeof rels - 1 },
        { "xl/s.xml", data + 1, n - 1 },
        { data[0] % 4 == 2 ? "xl/sharedStrings.xml" : "xl/styles.xml", data + 1, n - 1 },
    };
    if (data[0] % 4 < 2)
        buf_add(&file, data + 1, n - 1);
    else
        pack(&file, parts, 4);
    FILE *out = fopen(path, "wb"); /* no fsync: file_write() would be slow here */
    if (out) {
        fwrite(file.data ? file.data : "", 1, file.len, out);
        fclose(out);
    }
    if (!table_read(path, NULL, catalog, &a, &facts, hash, &d) && !d.errors)
        abort();
    buf_clear(&file);
    diag_clear(&d);
    arena_clear(&a);
    return 0;
}
