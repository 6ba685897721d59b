#include "cli/listing.h"

#include "base/file.h"
#include "cli/cli.h"

#include <errno.h>
#include <string.h>

bool listing_format(struct listing *l, const char *command, const char *format)
{
    static const char *const names[] = { "tsv", "json", "xml" };
    for (int i = 0; i < 3; i++)
        if (!format || strcmp(format, names[i]) == 0) {
            l->format = i;
            return true;
        }
    command_misuse(command, _("unknown format \"%s\"; tsv, json and xml are known"), format);
    return false;
}

void listing_begin(struct listing *l)
{
    switch (l->format) {
    case LISTING_TSV:
        fact_tsv_header(&l->buf, l->stored);
        if (l->conflicts) {
            l->buf.len--; /* the line's end */
            buf_str(&l->buf, "\tconflict\n");
        }
        break;
    case LISTING_JSON: buf_str(&l->buf, "["); break;
    case LISTING_XML: buf_str(&l->buf, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<facts>\n"); break;
    }
}

void listing_fact(struct listing *l, const struct fact *f, int64_t conflict)
{
    struct buf *b = &l->buf;
    switch (l->format) {
    case LISTING_TSV:
        fact_tsv(b, f, l->stored);
        if (l->conflicts) {
            b->len--;
            buf_printf(b, "\t%lld\n", (long long)conflict);
        }
        break;
    case LISTING_JSON:
        buf_str(b, l->n ? ",\n " : "\n ");
        fact_json(b, f, l->stored);
        if (l->conflicts) {
            b->len--; /* the closing brace */
            buf_printf(b, ", \"conflict\": %lld}", (long long)conflict);
        }
        break;
    case LISTING_XML:
        buf_str(b, "  ");
        size_t at = b->len;
        fact_xml(b, f, l->stored);
        if (l->conflicts) {
            struct buf rest = { 0 };
            buf_str(&rest, b->data + at + strlen("<fact"));
            b->len = at;
            buf_printf(b, "<fact conflict=\"%lld\"", (long long)conflict);
            buf_add(b, rest.data, rest.len);
            buf_clear(&rest);
        }
        if (b->data[b->len - 1] != '\n')
            buf_char(b, '\n');
        break;
    }
    l->n++;
}

bool listing_flush(struct listing *l, struct diag *d)
{
    bool ok = fwrite(l->buf.data ? l->buf.data : "", 1, l->buf.len, stdout) == l->buf.len;
    buf_reset(&l->buf);
    if (!ok)
        diag_machine(d, (struct at){ 0 }, _("standard output cannot be written: %s"), strerror(errno));
    return ok;
}

bool listing_end(struct listing *l, struct diag *d)
{
    if (l->format == LISTING_JSON)
        buf_str(&l->buf, l->n ? "\n]\n" : "]\n");
    else if (l->format == LISTING_XML)
        buf_str(&l->buf, "</facts>\n");
    bool ok = listing_flush(l, d);
    buf_clear(&l->buf);
    return ok;
}

struct catalog *listing_catalog(struct arena *a, const char **folder, struct diag *d)
{
    *folder = file_data(a, "layouts/catalog");
    if (*folder)
        return catalog_open(*folder, d);
    diag_machine(d, (struct at){ .file = "layouts/catalog" },
                 _("is not where the program's data should be; reinstall it, or set PHIEUDIEM_DATA to the folder that holds it"));
    return NULL;
}
