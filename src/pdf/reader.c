/* Reading through libqpdf's C interface: every object is asked for its type
 * before its value, recovery is off, and streams are inflated here, up to a
 * limit, because libqpdf 11 knows none. */
#include "base/file.h"
#include "pdf/file.h"

#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_FILE = 512 * 1024 * 1024, MAX_ATTACHMENT = 64 * 1024 * 1024, MAX_ATTACHMENTS = 1000 };

bool file_failed(struct reader *r, struct diag *d)
{
    struct at at = { .file = r->path };
    if (!qpdf_has_error(r->q))
        return false;
    qpdf_error e = qpdf_get_error(r->q); /* takes it: libqpdf prints those that nobody took */
    if (qpdf_get_error_code(r->q, e) == qpdf_e_password)
        diag_error(d, at, _("is encrypted with a password; phieudiem's own files never are"));
    else
        diag_error(d, at, _("is no sound PDF file: %s"), qpdf_get_error_message_detail(r->q, e));
    return true;
}

static bool open_file(struct reader *r, struct diag *d)
{
    struct at at = { .file = r->path };

    if (!file_read(r->path, MAX_FILE, &r->data, d))
        return false;
    if (r->data.len < 5 || memcmp(r->data.data, "%PDF-", 5) != 0) {
        diag_error(d, at, _("is no PDF file"));
        return false;
    }
    r->q = qpdf_init();
    qpdf_silence_errors(r->q);
    qpdf_set_suppress_warnings(r->q, QPDF_TRUE);
    qpdf_set_attempt_recovery(r->q, QPDF_FALSE);
    qpdf_read_memory(r->q, r->path, r->data.data, r->data.len, NULL);
    if (file_failed(r, d))
        return false;
    if (qpdf_is_encrypted(r->q)) {
        diag_error(d, at, _("is encrypted; phieudiem's own files never are"));
        return false;
    }
    return true;
}

struct reader *reader_open(const char *path, struct diag *d)
{
    struct reader *r = xcalloc(1, sizeof *r);
    r->path = arena_strdup(&r->arena, path);
    if (open_file(r, d))
        return r;
    reader_close(r);
    return NULL;
}

void reader_close(struct reader *r)
{
    if (!r)
        return;
    if (r->q) {
        if (qpdf_has_error(r->q))
            qpdf_get_error(r->q);
        qpdf_cleanup(&r->q);
    }
    buf_clear(&r->data);
    arena_clear(&r->arena);
    free(r);
}

/* ---- objects ---- */

qpdf_oh file_key(struct reader *r, qpdf_oh dict, const char *key)
{
    if (qpdf_oh_is_stream(r->q, dict))
        dict = qpdf_oh_get_dict(r->q, dict);
    return qpdf_oh_is_dictionary(r->q, dict) ? qpdf_oh_get_key(r->q, dict, key) : qpdf_oh_new_null(r->q);
}

int file_count(struct reader *r, qpdf_oh array)
{
    return qpdf_oh_is_array(r->q, array) ? qpdf_oh_get_array_n_items(r->q, array) : 0;
}

qpdf_oh file_item(struct reader *r, qpdf_oh array, int i)
{
    return i >= 0 && i < file_count(r, array) ? qpdf_oh_get_array_item(r->q, array, i) : qpdf_oh_new_null(r->q);
}

const char *file_text(struct reader *r, qpdf_oh object)
{
    return qpdf_oh_is_string(r->q, object) ? arena_strdup(&r->arena, qpdf_oh_get_utf8_value(r->q, object)) : NULL;
}

const char *file_name(struct reader *r, qpdf_oh object)
{
    return qpdf_oh_is_name(r->q, object) ? arena_strdup(&r->arena, qpdf_oh_get_name(r->q, object)) : NULL;
}

static const char *inflate_all(struct reader *r, const unsigned char *data, size_t n, size_t limit, size_t *len)
{
    struct libdeflate_decompressor *inflater = libdeflate_alloc_decompressor();
    size_t room = 4 * n + 4096;
    char *out = NULL;
    enum libdeflate_result result = LIBDEFLATE_INSUFFICIENT_SPACE;

    for (; inflater && result == LIBDEFLATE_INSUFFICIENT_SPACE && room / 4 <= limit; room *= 4) {
        out = xrealloc(out, room);
        result = libdeflate_zlib_decompress(inflater, data, n, out, room, len);
    }
    libdeflate_free_decompressor(inflater);
    char *kept = result == LIBDEFLATE_SUCCESS && *len <= limit ? arena_alloc(&r->arena, *len + 1, 1) : NULL;
    if (kept)
        memcpy(kept, out, *len);
    free(out);
    return kept;
}

const char *file_stream(struct reader *r, qpdf_oh stream, size_t limit, size_t *len)
{
    unsigned char *raw = NULL;
    char *kept = NULL;
    size_t n = 0;

    *len = 0;
    if (!qpdf_oh_is_stream(r->q, stream) ||
        qpdf_oh_get_stream_data(r->q, stream, qpdf_dl_none, NULL, &raw, &n) & QPDF_ERRORS || !raw) {
        free(raw);
        return NULL;
    }
    qpdf_oh filter = file_key(r, stream, "/Filter");
    const char *out = NULL;
    if (qpdf_oh_is_null(r->q, filter) && n <= limit) {
        out = kept = arena_alloc(&r->arena, n + 1, 1);
        memcpy(kept, raw, n);
        *len = n;
    } else if (qpdf_oh_is_name_and_equals(r->q, filter, "/FlateDecode") &&
               qpdf_oh_is_null(r->q, file_key(r, stream, "/DecodeParms"))) {
        out = inflate_all(r, raw, n, limit, len);
    }
    free(raw);
    return out;
}

/* ---- what is asked ---- */

static bool read_attachment(struct reader *r, qpdf_oh spec, struct attachment *out, struct diag *d)
{
    struct at at = { .file = r->path };
    qpdf_oh files = file_key(r, spec, "/EF"), file = file_key(r, files, "/UF");

    if (qpdf_oh_is_null(r->q, file))
        file = file_key(r, files, "/F");
    out->name = file_text(r, file_key(r, spec, "/UF"));
    out->description = file_text(r, file_key(r, spec, "/Desc"));
    const char *relationship = file_name(r, file_key(r, spec, "/AFRelationship"));
    const char *mime = file_name(r, file_key(r, file, "/Subtype"));
    out->relationship = relationship ? relationship + 1 : "Unspecified";
    out->mime = mime ? mime + 1 : "application/octet-stream";
    if (!out->name) {
        diag_error(d, at, _("an attached file has no name"));
        return false;
    }
    out->data = file_stream(r, file, MAX_ATTACHMENT, &out->len);
    if (!out->data)
        diag_error(d, at, _("the attached file \"%s\" is damaged, or larger than 64 MB"), out->name);
    return out->data != NULL;
}

bool reader_attachments(struct reader *r, const struct attachment **list, size_t *n, struct diag *d)
{
    qpdf_oh files = file_key(r, qpdf_get_root(r->q), "/AF");
    int count = file_count(r, files);
    bool done = true;

    if (count > MAX_ATTACHMENTS)
        count = MAX_ATTACHMENTS;
    struct attachment *items = arena_array(&r->arena, struct attachment, (size_t)count);
    *n = 0;
    for (int i = 0; i < count; i++) {
        bool good = read_attachment(r, file_item(r, files, i), &items[*n], d);
        *n += good;
        done &= good;
    }
    *list = items;
    return !file_failed(r, d) && done;
}

const char *reader_xmp(struct reader *r, size_t *len)
{
    return file_stream(r, file_key(r, qpdf_get_root(r->q), "/Metadata"), MAX_ATTACHMENT, len);
}

const char *reader_info(struct reader *r, const char *key)
{
    char name[64];
    snprintf(name, sizeof name, "/%s", key);
    return file_text(r, file_key(r, file_key(r, qpdf_get_trailer(r->q), "/Info"), name));
}
