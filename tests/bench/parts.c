/* What a card's bytes are spent on, on average over files that phieudiem wrote.
 * Only its own way of writing is understood.  usage: parts FILE.pdf... */
#define _GNU_SOURCE /* memmem */
#include "base/arena.h"
#include "base/file.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

enum { FONTS, CONTENT, OBJECTS, DATA, XMP, PROFILE, UNICODE, PICTURES, XREF, REST, N_PARTS };
static const char *const names[N_PARTS] = {
    "fonts", "page content", "structure, links, dictionaries", "attached data", "XMP", "colour profile",
    "codes to Unicode", "pictures", "cross-references", "rest",
};

static bool says(const char *entries, size_t n, const char *what)
{
    return memmem(entries, n, what, strlen(what)) != NULL;
}

/* Content and maps to Unicode have no entries of their own: a map begins with its first operator. */
static int plain_kind(const char *data, size_t n)
{
    static char out[1 << 22];
    size_t len = 0;
    struct libdeflate_decompressor *d = libdeflate_alloc_decompressor();
    bool map = libdeflate_zlib_decompress(d, data, n, out, sizeof out, &len) == LIBDEFLATE_SUCCESS &&
               len > 8 && memcmp(out, "/CIDInit", 8) == 0;
    libdeflate_free_decompressor(d);
    return map ? UNICODE : CONTENT;
}

static int kind_of(const char *entries, size_t n, const char *data, size_t len)
{
    static const struct { const char *what; int kind; } kinds[] = {
        { "/ObjStm", OBJECTS }, { "/XRef", XREF }, { "/Length1 ", FONTS }, { "CIDFontType0C", FONTS },
        { "/EmbeddedFile", DATA }, { "/Metadata", XMP }, { "/N 3", PROFILE }, { "/Image", PICTURES },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (says(entries, n, kinds[i].what))
            return kinds[i].kind;
    return plain_kind(data, len);
}

static void count(const struct buf *file, double sizes[N_PARTS])
{
    static const char stream[] = ">>stream\n", end[] = "\nendstream\nendobj\n";
    const char *at = file->data, *stop = file->data + file->len, *body, *entries, *length;
    size_t used = 0;
    while ((body = memmem(at, (size_t)(stop - at), stream, sizeof stream - 1))) {
        for (entries = body; entries > at && memcmp(entries, " 0 obj\n", 7) != 0; entries--)
            ;
        const char *begin = entries;
        while (begin > at && begin[-1] >= '0' && begin[-1] <= '9')
            begin--;
        for (length = body; length > entries && memcmp(length, "/Length ", 8) != 0; length--)
            ;
        size_t len = strtoul(length + 8, NULL, 10);
        const char *data = body + sizeof stream - 1;
        at = data + len + sizeof end - 1;
        if (at > stop)
            break;
        sizes[kind_of(entries, (size_t)(body - entries), data, len)] += (double)(at - begin);
        used += (size_t)(at - begin);
    }
    sizes[REST] += (double)(file->len - used);
}

int main(int argc, char **argv)
{
    double sizes[N_PARTS] = { 0 }, all = 0;
    struct diag d = { 0 };
    for (int i = 1; i < argc; i++) {
        struct buf file = { 0 };
        if (file_read(argv[i], 0, &file, &d))
            count(&file, sizes);
        buf_clear(&file);
    }
    diag_print(&d, stderr, 0);
    for (int i = 0; i < N_PARTS; i++)
        all += sizes[i];
    for (int i = 0; i < N_PARTS && argc > 1; i++)
        printf("%-32s %6.1f kB %5.1f %%\n", names[i], sizes[i] / (argc - 1) / 1e3, 100 * sizes[i] / all);
    return d.errors != 0;
}
