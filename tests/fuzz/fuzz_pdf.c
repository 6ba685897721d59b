/* libFuzzer over what `data` and `verify` read: the first byte chooses whether
 * the rest is a file, a page's content, or a ToUnicode map. */
#include "cli/cli.h"
#include "pdf/content_scan.h"
#include "pdf/impose.h"
#include "pdf/reader.h"
#include "scratch.h"

/* Of main.c, which has a main() of its own. */
int command_misuse(const char *command, const char *fmt, ...)
{
    (void)command, (void)fmt;
    return STATUS_USAGE;
}

int command_end(struct diag *d, bool strict)
{
    (void)strict;
    diag_clear(d);
    return STATUS_OK;
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc, (void)argv;
    setenv("PATH", "", 1); /* no other reader: a process each would be slow */
    if (!(scratch_make() && freopen("/dev/null", "w", stdout)))
        exit(1); /* libFuzzer would go on */
    return 0;
}

static void read_file(const uint8_t *data, size_t n)
{
    struct diag d = { 0 };
    const struct attachment *files;
    const struct text_piece *pieces;
    size_t k, len;
    char path[2048];
    snprintf(path, sizeof path, "%s", scratch_write("a.pdf", data, n));
    struct reader *r = reader_open(path, &d);
    if (!r && !d.errors)
        abort();
    if (r) {
        for (size_t i = 0; i < reader_pages(r) && i < 20; i++)
            reader_page_sealed(r, i), reader_text(r, i, &pieces, &k, &d);
        if (reader_attachments(r, &files, &k, &d))
            for (size_t i = 0; i < k; i++)
                reader_attachment_sealed(r, files + i);
        reader_seal(r);
        reader_xmp(r, &len);
        reader_info(r, "Title");
    }
    reader_close(r);
    for (int as = IMPOSE_DUPLEX; as <= IMPOSE_BOOKLET; as++) {
        struct buf out = { 0 };
        struct imposed made;
        if (!impose_file(path, &(struct impose){ .as = (enum imposition)as, .creep = 1 }, &out, &made, &d) && !d.errors)
            abort();
        buf_clear(&out);
    }
    diag_clear(&d);
    char *verify[] = { (char[]){ "verify" }, path, NULL };
    command_verify(2, verify);
}

static const struct scan_map *one_map(void *context, const char *font)
{
    (void)font;
    return context;
}

static void read_content(const uint8_t *data, size_t n)
{
    struct arena a = { 0 };
    struct scan s = { 0 };
    struct scan_fonts fonts = { 0 };
    struct scan_reading reading = { .map = one_map, .context = scan_map_read("1 beginbfrange <0000> <00ff> <0041> endbfrange", 46) };
    if (!scan_content(&s, (const char *)data, n, &fonts, &a) && !s.fault)
        abort();
    scan_text(&reading, (const char *)data, n, &a);
    scan_map_free(reading.context);
    arena_clear(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
    static unsigned char known[65536 / 8];
    if (n < 1)
        return 0;
    char *copy = malloc(n); /* of its own size, so that a byte too far is seen */
    memcpy(copy, data + 1, n - 1);
    if (data[0] % 4 == 1)
        read_content((const uint8_t *)copy, n - 1);
    else if (data[0] % 4 == 2)
        scan_unicode(copy, n - 1, known), scan_map_free(scan_map_read(copy, n - 1));
    else
        read_file((const uint8_t *)copy, n - 1);
    free(copy);
    return 0;
}
