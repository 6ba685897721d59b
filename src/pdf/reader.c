/* Reading through libqpdf's C interface: every object is asked for its type
 * before its value, recovery is off, and streams are inflated here, up to a
 * limit, because libqpdf 11 knows none. */
#include "base/file.h"
#include "pdf/content_scan.h"
#include "pdf/file.h"
#include "pdf/web.h"

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

struct font_map { char name[SCAN_NAME + 1]; struct scan_map *map; };

static bool open_file(struct reader *r, struct diag *d)
{
    struct at at = { .file = r->path };

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
    if (file_read(path, MAX_FILE, &r->data, d) && open_file(r, d))
        return r;
    reader_close(r);
    return NULL;
}

struct reader *reader_open_bytes(const char *path, const void *data, size_t n, struct diag *d)
{
    struct reader *r = xcalloc(1, sizeof *r);
    r->path = arena_strdup(&r->arena, path);
    buf_add(&r->data, data, n);
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
    for (size_t i = 0; i < r->n_maps; i++)
        scan_map_free(r->maps[i].map);
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

static qpdf_oh number_tree(struct reader *r, qpdf_oh node, int key, int depth)
{
    qpdf_oh kids = file_key(r, node, "/Kids"), rows = file_key(r, node, "/Nums");

    for (int i = 0, n = file_count(r, rows); i + 1 < n; i += 2)
        if (qpdf_oh_is_integer(r->q, file_item(r, rows, i)) &&
            qpdf_oh_get_int_value_as_int(r->q, file_item(r, rows, i)) == key)
            return file_item(r, rows, i + 1);
    for (int i = 0, n = file_count(r, kids); i < n && depth < 8; i++) {
        qpdf_oh limits = file_key(r, file_item(r, kids, i), "/Limits");
        qpdf_oh least = file_item(r, limits, 0), most = file_item(r, limits, 1);
        if (qpdf_oh_is_integer(r->q, least) && qpdf_oh_is_integer(r->q, most) &&
            key >= qpdf_oh_get_int_value_as_int(r->q, least) && key <= qpdf_oh_get_int_value_as_int(r->q, most))
            return number_tree(r, file_item(r, kids, i), key, depth + 1);
    }
    return qpdf_oh_new_null(r->q);
}

qpdf_oh file_number(struct reader *r, qpdf_oh tree, int key)
{
    return number_tree(r, tree, key, 0);
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
        qpdf_oh_get_stream_data(r->q, stream, qpdf_dl_none, NULL, &raw, &n) & QPDF_ERRORS || (!raw && n)) {
        free(raw);
        return NULL;
    }
    qpdf_oh filter = file_key(r, stream, "/Filter");
    const char *out = NULL;
    if (qpdf_oh_is_null(r->q, filter) && n <= limit) {
        out = kept = arena_alloc(&r->arena, n + 1, 1);
        if (n) /* the blank back of a sheet has nothing */
            memcpy(kept, raw, n);
        *len = n;
    } else if (qpdf_oh_is_name_and_equals(r->q, filter, "/FlateDecode") &&
               qpdf_oh_is_null(r->q, file_key(r, stream, "/DecodeParms"))) {
        out = raw ? inflate_all(r, raw, n, limit, len) : NULL;
    }
    free(raw);
    return out;
}

/* ---- what is asked ---- */

static bool read_attachment(struct reader *r, qpdf_oh spec, struct attachment *out, const char **seal,
                            struct diag *d)
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
    *seal = file_text(r, file_key(r, file_key(r, file, "/Params"), "/PHDM_SHA256"));
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
    r->seals = arena_array(&r->arena, const char *, (size_t)count);
    r->specs = arena_array(&r->arena, int, (size_t)count);
    *n = 0;
    for (int i = 0; i < count; i++) {
        qpdf_oh spec = file_item(r, files, i);
        bool good = read_attachment(r, spec, &items[*n], &r->seals[*n], d);
        r->specs[*n] = qpdf_oh_get_object_id(r->q, spec);
        *n += good;
        done &= good;
    }
    *list = r->files = items;
    r->n_files = *n;
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

/* ---- seals ---- */

static bool same_hash(const void *data, size_t n, const char *hex)
{
    char own[65];
    file_sha256(data, n, own);
    return hex && strcmp(own, hex) == 0;
}

static const char *find(const char *p, const char *end, const char *word)
{
    size_t n = strlen(word);
    for (; (size_t)(end - p) >= n; p++) {
        p = memchr(p, word[0], (size_t)(end - p) - n + 1);
        if (!p || memcmp(p, word, n) == 0)
            return p;
    }
    return NULL;
}

/* The identifier as 32 hexadecimal digits; "" if it is none of ours. */
static void identifier(struct reader *r, char told[33])
{
    qpdf_oh id = file_item(r, file_key(r, qpdf_get_trailer(r->q), "/ID"), 0);
    size_t len = 0;
    const char *bytes = qpdf_oh_is_string(r->q, id) ? qpdf_oh_get_binary_string_value(r->q, id, &len) : NULL;

    told[0] = '\0';
    for (size_t i = 0; bytes && len == 16 && i < len; i++)
        snprintf(told + 2 * i, 3, "%02x", (unsigned char)bytes[i]);
}

/* Where the file ended first, if the identifier is of the bytes before its cross-reference
 * table; after it a later update may have been appended (a signature). 0: it is not. */
static size_t first_end(struct reader *r, const char *told)
{
    const char *end = r->data.data + r->data.len, *p = r->data.data;
    char own[65];

    while ((p = find(p, end, "startxref\n")) != NULL) {
        char *after;
        unsigned long at = strtoul(p += 10, &after, 10); /* the buffer ends in NUL */
        if (at >= r->data.len)
            continue;
        file_sha256(r->data.data, at, own);
        if (memcmp(own, told, 32) != 0)
            return 0;
        size_t n = (size_t)(after - r->data.data) + 7; /* "\n%%EOF\n" */
        return n < r->data.len ? n : r->data.len;
    }
    return 0;
}

/* The same for a linearised file (pdf/web.h), whose tables stand elsewhere. */
static size_t first_end_of_web(struct reader *r, const char told[33])
{
    const char *end = r->data.data + r->data.len, *p = r->data.data;
    char own[33];

    if (!find(p, end - p > 1024 ? p + 1024 : end, "/Linearized"))
        return 0;
    for (int i = 0; i < 8 && (p = find(p, end, "%%EOF\n")) != NULL; i++) {
        p += 6;
        web_identifier(r->data.data, (size_t)(p - r->data.data), told, own);
        if (strcmp(own, told) == 0)
            return (size_t)(p - r->data.data);
    }
    return 0;
}

static size_t first_length(struct reader *r)
{
    char told[33];
    identifier(r, told);
    size_t n = *told ? first_end(r, told) : 0;
    return n || !*told ? n : first_end_of_web(r, told);
}

enum seal reader_seal(struct reader *r)
{
    size_t n = first_length(r);
    return n == 0 ? SEAL_BROKEN : n == r->data.len ? SEAL_WHOLE : SEAL_APPENDED;
}

const char *reader_first_state(struct reader *r, size_t *n)
{
    *n = first_length(r);
    *n = *n ? *n : r->data.len;
    return r->data.data;
}

bool reader_attachment_sealed(struct reader *r, const struct attachment *file)
{
    size_t i = (size_t)(file - r->files);
    return i < r->n_files && same_hash(file->data, file->len, r->seals[i]);
}

size_t reader_pages(struct reader *r)
{
    int n = qpdf_get_num_pages(r->q);
    return n > 0 ? (size_t)n : 0;
}

/* A page's own entry or that of a node above it (7.7.3.4). */
static qpdf_oh inherited(struct reader *r, qpdf_oh page, const char *key)
{
    qpdf_oh found = file_key(r, page, key);
    for (int depth = 0; depth < 32 && qpdf_oh_is_null(r->q, found); depth++)
        found = file_key(r, page = file_key(r, page, "/Parent"), key);
    return found;
}

bool reader_page_size(struct reader *r, size_t page, double size[2])
{
    qpdf_oh dict = qpdf_get_page_n(r->q, page), box = inherited(r, dict, "/CropBox");
    double side[4];
    if (file_count(r, box) != 4)
        box = inherited(r, dict, "/MediaBox");
    for (int i = 0; i < 4; i++)
        side[i] = qpdf_oh_is_number(r->q, file_item(r, box, i)) ? qpdf_oh_get_numeric_value(r->q, file_item(r, box, i)) : 0;
    qpdf_oh turn = inherited(r, dict, "/Rotate");
    bool across = qpdf_oh_is_integer(r->q, turn) && qpdf_oh_get_int_value_as_int(r->q, turn) % 180 != 0;
    size[across] = side[2] > side[0] ? side[2] - side[0] : side[0] - side[2];
    size[!across] = side[3] > side[1] ? side[3] - side[1] : side[1] - side[3];
    return size[0] > 0 && size[1] > 0;
}

static const char *page_content(struct reader *r, size_t page, size_t *len)
{
    return file_stream(r, file_key(r, qpdf_get_page_n(r->q, page), "/Contents"), MAX_ATTACHMENT, len);
}

bool reader_page_sealed(struct reader *r, size_t page)
{
    size_t len;
    const char *content = page_content(r, page, &len);
    return content && same_hash(content, len, file_text(r, file_key(r, qpdf_get_page_n(r->q, page), "/PHDM_SHA256")));
}

bool reader_same_page(struct reader *a, struct reader *b, size_t page)
{
    size_t n, m;
    if (page >= reader_pages(a) || page >= reader_pages(b))
        return false;
    const char *x = page_content(a, page, &n), *y = page_content(b, page, &m);
    return x && y && n == m && memcmp(x, y, n) == 0;
}

/* ---- text ---- */

static const struct scan_map *map_of(void *context, const char *name)
{
    struct reader *r = context;
    char key[SCAN_NAME + 2];
    size_t len;

    for (size_t i = 0; i < r->n_maps; i++)
        if (strcmp(r->maps[i].name, name) == 0)
            return r->maps[i].map;
    snprintf(key, sizeof key, "/%s", name);
    qpdf_oh fonts = file_key(r, file_key(r, qpdf_get_page_n(r->q, 0), "/Resources"), "/Font");
    const char *data = file_stream(r, file_key(r, file_key(r, fonts, key), "/ToUnicode"), MAX_ATTACHMENT, &len);
    if (!data || r->n_maps >= 256)
        return NULL;
    struct font_map *m = ARENA_PUSH(&r->arena, r->maps, r->n_maps, r->cap_maps);
    snprintf(m->name, sizeof m->name, "%s", name);
    return m->map = scan_map_read(data, len);
}

static bool has_role(struct reader *r, qpdf_oh element, const char *role)
{
    return qpdf_oh_is_name_and_equals(r->q, file_key(r, element, "/S"), role);
}

static bool heads_row(struct reader *r, qpdf_oh cell)
{
    qpdf_oh attributes = file_key(r, cell, "/A");
    qpdf_oh scope = file_key(r, file_count(r, attributes) ? file_item(r, attributes, 0) : attributes, "/Scope");
    return has_role(r, cell, "/TH") && qpdf_oh_is_name_and_equals(r->q, scope, "/Row");
}

/* Where a piece stands: the table row, else the outermost paragraph, item or figure. */
static void find_place(struct reader *r, qpdf_oh element, struct text_piece *out, int *last_figure)
{
    static const char *const lines[] = { "/P", "/LI", "/Figure", "/Caption", "/Note", "/H1", "/H2", "/H3", "/H4", "/H5", "/H6" };

    for (int depth = 0; depth < 64 && qpdf_oh_is_dictionary(r->q, element); depth++) {
        int object = qpdf_oh_get_object_id(r->q, element);
        out->head |= heads_row(r, element);
        out->linked |= has_role(r, element, "/Link");
        out->figure |= has_role(r, element, "/Figure");
        if (has_role(r, element, "/Figure") && object != *last_figure) {
            *last_figure = object;
            out->alt = file_text(r, file_key(r, element, "/Alt"));
        }
        if (has_role(r, element, "/TR")) {
            out->line = object;
            return;
        }
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
            if (has_role(r, element, lines[i]))
                out->line = object;
        element = file_key(r, element, "/P");
    }
}

static qpdf_oh page_owners(struct reader *r, size_t page)
{
    qpdf_oh tree = file_key(r, file_key(r, qpdf_get_root(r->q), "/StructTreeRoot"), "/ParentTree");
    qpdf_oh key = file_key(r, qpdf_get_page_n(r->q, page), "/StructParents");
    return qpdf_oh_is_integer(r->q, key) ? file_number(r, tree, qpdf_oh_get_int_value_as_int(r->q, key))
                                         : qpdf_oh_new_null(r->q);
}

/* The files that an element of the structure tells are found from the page's first content upwards. */
const struct attachment *reader_page_file(struct reader *r, size_t page)
{
    qpdf_oh element = file_item(r, page_owners(r, page), 0);

    for (int depth = 0; depth < 64 && qpdf_oh_is_dictionary(r->q, element); depth++) {
        qpdf_oh spec = file_item(r, file_key(r, element, "/AF"), 0);
        for (size_t i = 0; i < r->n_files && qpdf_oh_is_dictionary(r->q, spec); i++)
            if (r->specs[i] == qpdf_oh_get_object_id(r->q, spec))
                return &r->files[i];
        element = file_key(r, element, "/P");
    }
    return NULL;
}

bool reader_text(struct reader *r, size_t page, const struct text_piece **pieces, size_t *n, struct diag *d)
{
    struct scan_reading reading = { .map = map_of, .context = r };
    size_t len;
    const char *content = page_content(r, page, &len);

    *n = 0;
    *pieces = NULL;
    if (!content || !scan_text(&reading, content, len, &r->arena)) {
        diag_error(d, (struct at){ .file = r->path }, _("page %zu: the content is damaged"), page + 1);
        return false;
    }
    struct text_piece *out = arena_array(&r->arena, struct text_piece, reading.n);
    qpdf_oh owners = page_owners(r, page);
    int figure = 0;
    for (; *n < reading.n; ++*n) {
        const struct scan_piece *p = &reading.pieces[*n];
        out[*n] = (struct text_piece){ .artifact = p->mcid < 0, .tag = p->tag, .text = p->text };
        if (p->mcid >= 0 && p->mcid < INT32_MAX)
            find_place(r, file_item(r, owners, (int)p->mcid), &out[*n], &figure);
    }
    *pieces = out;
    return true;
}

bool reader_same_text(struct reader *a, struct reader *b, size_t page)
{
    struct diag ignored = { 0 };
    const struct text_piece *x, *y;
    size_t n, m;
    bool same = page < reader_pages(a) && page < reader_pages(b) && reader_text(a, page, &x, &n, &ignored) &&
                reader_text(b, page, &y, &m, &ignored) && n == m;
    for (size_t i = 0; same && i < n; i++)
        same = strcmp(x[i].text, y[i].text) == 0;
    diag_clear(&ignored);
    return same;
}
