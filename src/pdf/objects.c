/* Objects get numbers from libharu's cross-reference table; for those whose
 * content is ours the table holds a null as a place.  The side table says where
 * each object lies: still in libharu, packed into an object stream, or a stream
 * of its own whose bytes wait in the arena, already deflated. */
#include "pdf/objects.h"

#include "base/file.h"
#include "base/utf8.h"

#include <ctype.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

/* Of a dense card's 220 kB: level 1 takes 0.7 ms, 4 1.4, 5 1.9, 6 2.3 and 12 thirty. Level 6 saves
 * 600 bytes of 58 kB, but deflating is a quarter of all that a card takes. */
enum { PACK = 1024, DEFLATE_LEVEL = 5, STRING_MAX = 32767 };

struct object {
    enum { IN_LIBHARU, IN_PACK, OWN_STREAM, DROPPED } kind;
    unsigned pack, index;        /* IN_PACK */
    const char *entries;         /* OWN_STREAM */
    const void *data;
    size_t len, offset;
    bool deflated;
};

static void keep_first_error(HPDF_STATUS error, HPDF_STATUS detail, void *user)
{
    struct objects *o = user;
    if (!o->error) {
        o->error = error;
        o->detail = detail;
    }
}

bool objects_open(struct objects *o, struct diag *d)
{
    *o = (struct objects){ 0 };
    /* No memory pool: libharu's hands out addresses that are not aligned. */
    o->doc = HPDF_NewEx(keep_first_error, NULL, NULL, 0, o);
    if (!o->doc || HPDF_NewDoc(o->doc) != HPDF_OK) {
        diag_machine(d, (struct at){ 0 }, _("libharu makes no document (error 0x%04lx)"), o->error);
        return false;
    }
    o->deflate = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    if (!o->deflate)
        die("no memory for the compressor");
    return true;
}

void objects_close(struct objects *o)
{
    if (o->doc)
        HPDF_Free(o->doc);
    if (o->deflate)
        libdeflate_free_compressor(o->deflate);
    free(o->table);
    free(o->bodies);
    buf_clear(&o->texts);
    arena_clear(&o->arena);
    *o = (struct objects){ 0 };
}

bool objects_ok(const struct objects *o, struct diag *d)
{
    if (o->error)
        diag_machine(d, (struct at){ 0 }, _("libharu: error 0x%04lx, detail %lu"), o->error, o->detail);
    return !o->error;
}

unsigned objects_number(const void *object)
{
    return object ? ((const HPDF_Obj_Header *)object)->obj_id & 0x00FFFFFF : 0;
}

HPDF_Dict objects_dict(struct objects *o)
{
    HPDF_Dict dict = HPDF_Dict_New(o->doc->mmgr);
    if (dict)
        HPDF_Xref_Add(o->doc->xref, dict);
    return dict;
}

HPDF_Dict objects_inner(struct objects *o)
{
    return HPDF_Dict_New(o->doc->mmgr);
}

static struct object *entry(struct objects *o, unsigned number)
{
    if (number >= o->cap) {
        size_t cap = o->cap ? o->cap : 512;
        while (cap <= number)
            cap *= 2;
        o->table = xrealloc(o->table, cap * sizeof *o->table);
        memset(o->table + o->cap, 0, (cap - o->cap) * sizeof *o->table);
        o->cap = cap;
    }
    return &o->table[number];
}

unsigned objects_reserve(struct objects *o)
{
    HPDF_Null place = HPDF_Null_New(o->doc->mmgr);
    if (place)
        HPDF_Xref_Add(o->doc->xref, place);
    unsigned number = objects_number(place);
    entry(o, number)->kind = DROPPED;
    return number;
}

void objects_refer(struct objects *o, HPDF_Dict dict, const char *key, unsigned number)
{
    HPDF_XrefEntry place = HPDF_Xref_GetEntry(o->doc->xref, number);
    if (place)
        HPDF_Dict_Add(dict, key, place->obj);
}

void objects_drop(struct objects *o, const void *object)
{
    if (object)
        entry(o, objects_number(object))->kind = DROPPED;
}

static const void *deflated(struct objects *o, const void *data, size_t n, size_t *out)
{
    size_t room = libdeflate_zlib_compress_bound(o->deflate, n);
    void *bytes = xmalloc(room);
    *out = libdeflate_zlib_compress(o->deflate, data, n, bytes, room);
    void *kept = arena_alloc(&o->arena, *out, 1);
    memcpy(kept, bytes, *out);
    free(bytes);
    return kept;
}

void objects_stream(struct objects *o, unsigned number, const char *entries, const void *data, size_t n, bool deflate)
{
    struct object *e = entry(o, number);
    *e = (struct object){ .kind = OWN_STREAM, .entries = arena_strdup(&o->arena, entries), .deflated = deflate };
    if (deflate) {
        e->data = deflated(o, data, n, &e->len);
    } else {
        void *kept = arena_alloc(&o->arena, n, 1);
        memcpy(kept, data, n);
        e->data = kept;
        e->len = n;
    }
}

static int by_number(const void *a, const void *b)
{
    const struct body *x = a, *y = b;
    return (x->number > y->number) - (x->number < y->number);
}

/* In the order of their numbers: then a row of the cross-reference differs
 * from the one above by one, and elements of a kind, which got their numbers
 * together, stand together. */
static void close_pack(struct objects *o)
{
    struct buf whole = { 0 }, texts = { 0 };
    char entries[80];

    if (!o->n_bodies)
        return;
    unsigned pack = objects_reserve(o);
    qsort(o->bodies, o->n_bodies, sizeof *o->bodies, by_number);
    for (size_t i = 0; i < o->n_bodies; i++) {
        const struct body *b = &o->bodies[i];
        *entry(o, b->number) = (struct object){ .kind = IN_PACK, .pack = pack, .index = (unsigned)i };
        objects_put_fixed(&whole, b->number, 0);
        buf_char(&whole, ' ');
        objects_put_fixed(&whole, (long long)texts.len, 0);
        buf_char(&whole, ' ');
        buf_add(&texts, o->texts.data + b->start, b->len);
        buf_char(&texts, '\n');
    }
    snprintf(entries, sizeof entries, "/Type/ObjStm/N %zu/First %zu", o->n_bodies, whole.len);
    buf_add(&whole, texts.data, texts.len);
    objects_stream(o, pack, entries, whole.data, whole.len, true);
    buf_clear(&whole);
    buf_clear(&texts);
    buf_reset(&o->texts);
    o->n_bodies = 0;
}

void objects_text(struct objects *o, unsigned number, const char *text, size_t n)
{
    if (!o->bodies)
        o->bodies = xcalloc(PACK, sizeof *o->bodies);
    o->bodies[o->n_bodies++] = (struct body){ number, o->texts.len, n };
    buf_add(&o->texts, text, n);
    if (o->n_bodies == PACK)
        close_pack(o);
}

/* ---- strings and numbers ---- */

void objects_put_bytes(struct buf *out, const void *bytes, size_t n)
{
    const char *s = bytes;
    buf_char(out, '(');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '\r') {
            buf_str(out, "\\r"); /* a bare one would be read as a line feed */
            continue;
        }
        if (s[i] == '(' || s[i] == ')' || s[i] == '\\')
            buf_char(out, '\\');
        buf_char(out, s[i]);
    }
    buf_char(out, ')');
}

/* UTF-16BE with its mark, or plain ASCII; never cut inside a code point. */
static void to_text_string(struct buf *out, const char *utf8)
{
    size_t n = strlen(utf8);
    bool ascii = true;
    for (size_t i = 0; i < n && ascii; i++)
        ascii = utf8[i] >= 0x20 && utf8[i] < 0x7F;
    if (ascii) {
        buf_add(out, utf8, n < STRING_MAX ? n : STRING_MAX);
        return;
    }
    buf_str(out, "\xFE\xFF");
    for (size_t i = 0; i < n && out->len < STRING_MAX - 4;) {
        uint32_t c;
        size_t step = utf8_decode(utf8 + i, n - i, &c);
        if (!step) {
            c = 0xFFFD;
            step = 1;
        }
        i += step;
        if (c >= 0x10000) {
            uint32_t high = 0xD800 + ((c - 0x10000) >> 10);
            buf_char(out, (char)(high >> 8));
            buf_char(out, (char)high);
            c = 0xDC00 + ((c - 0x10000) & 0x3FF);
        }
        buf_char(out, (char)(c >> 8));
        buf_char(out, (char)c);
    }
}

void objects_put_string(struct buf *out, const char *utf8)
{
    struct buf text = { 0 };
    to_text_string(&text, utf8);
    objects_put_bytes(out, text.data, text.len);
    buf_clear(&text);
}

void objects_string(struct objects *o, HPDF_Dict dict, const char *key, const char *utf8)
{
    struct buf text = { 0 };
    if (!utf8 || !*utf8)
        return;
    to_text_string(&text, utf8);
    HPDF_Dict_Add(dict, key, HPDF_Binary_New(o->doc->mmgr, (HPDF_BYTE *)text.data, (HPDF_UINT)text.len));
    buf_clear(&text);
}

void objects_seal(struct objects *o, HPDF_Dict dict, const void *data, size_t n)
{
    char hash[65];
    file_sha256(data, n, hash);
    objects_string(o, dict, "PHDM_SHA256", hash);
}

void objects_put_fixed(struct buf *out, long long v, int decimals)
{
    char text[32];
    size_t at = sizeof text;
    unsigned long long u = v < 0 ? 0ULL - (unsigned long long)v : (unsigned long long)v;
    bool fraction = false;

    for (int i = 0; i < decimals; i++, u /= 10)
        if (fraction || u % 10) { /* trailing zeros are left out */
            text[--at] = (char)('0' + u % 10);
            fraction = true;
        }
    if (fraction)
        text[--at] = '.';
    for (bool whole = !fraction; u || whole; u /= 10, whole = false)
        text[--at] = (char)('0' + u % 10);
    if (v < 0)
        text[--at] = '-';
    buf_add(out, text + at, sizeof text - at);
}

void objects_put_reference(struct buf *out, unsigned number)
{
    char last = out->len ? out->data[out->len - 1] : ' ';
    if (isalnum((unsigned char)last))
        buf_char(out, ' ');
    objects_put_fixed(out, number, 0);
    buf_str(out, " 0 R");
}

/* ---- the file ---- */

static HPDF_STATUS to_buf(HPDF_Stream stream, const HPDF_BYTE *data, HPDF_UINT n)
{
    buf_add(stream->attr, data, n);
    return HPDF_OK;
}

/* A picture's stream, as libharu's loaders leave it. */
static void take_stream(struct objects *o, unsigned number, HPDF_Dict dict, HPDF_Stream sink)
{
    struct buf *text = sink->attr;
    struct buf data = { 0 };
    bool jpeg = dict->filter & HPDF_STREAM_FILTER_DCT_DECODE;
    void *length = HPDF_Dict_GetItem(dict, "Length", HPDF_OCLASS_NUMBER);

    objects_drop(o, length);
    HPDF_Dict_RemoveElement(dict, "Length");
    HPDF_Dict_RemoveElement(dict, "Filter");
    HPDF_Stream stream = dict->stream;
    dict->stream = NULL;
    HPDF_Obj_WriteValue(dict, sink, NULL);
    sink->attr = &data;
    HPDF_Stream_WriteToStream(stream, sink, HPDF_STREAM_FILTER_NONE, NULL);
    sink->attr = text;
    dict->stream = stream;
    /* "<<\n...>>": the brackets are the writer's. */
    size_t n = text->len > 4 ? text->len - 4 : 0;
    char *inside = arena_strndup(&o->arena, text->data + 2, n);
    if (jpeg)
        inside = arena_printf(&o->arena, "%s/Filter/DCTDecode", inside);
    objects_stream(o, number, inside, data.data, data.len, !jpeg);
    buf_clear(&data);
}

static void pack_libharu(struct objects *o, HPDF_UINT last)
{
    struct buf text = { 0 };
    HPDF_Stream sink = HPDF_CallbackWriter_New(o->doc->mmgr, to_buf, &text);

    for (int streams = 1; sink && streams >= 0; streams--) /* first those that drop their lengths */
        for (HPDF_UINT i = 1; i < last; i++) {
            void *object = HPDF_Xref_GetEntry(o->doc->xref, i)->obj;
            HPDF_Dict dict = object;
            bool is_stream = (dict->header.obj_class & HPDF_OCLASS_ANY) == HPDF_OCLASS_DICT && dict->stream;
            if (entry(o, i)->kind != IN_LIBHARU || is_stream != (streams == 1))
                continue;
            buf_reset(&text);
            if (is_stream) {
                take_stream(o, i, dict, sink);
            } else {
                HPDF_Obj_WriteValue(object, sink, NULL);
                objects_text(o, i, text.data, text.len);
            }
        }
    HPDF_Stream_Free(sink);
    buf_clear(&text);
}

static void write_stream(struct object *e, unsigned number, struct buf *out)
{
    e->offset = out->len;
    buf_printf(out, "%u 0 obj\n<<%s%s/Length %zu>>stream\n", number, e->entries,
               e->deflated ? "/Filter/FlateDecode" : "", e->len);
    buf_add(out, e->data, e->len);
    buf_str(out, "\nendstream\nendobj\n");
}

static void put_field(struct buf *out, unsigned long long v, int bytes)
{
    while (bytes--)
        buf_char(out, (char)(v >> 8 * bytes));
}

enum { ROW = 7 }; /* kind, offset or object stream, index: 1, 4 and 2 bytes */

static void put_row(struct buf *rows, const struct object *e)
{
    switch (e->kind) {
    case IN_PACK:
        put_field(rows, 2, 1), put_field(rows, e->pack, 4), put_field(rows, e->index, 2);
        break;
    case OWN_STREAM:
        put_field(rows, 1, 1), put_field(rows, e->offset, 4), put_field(rows, 0, 2);
        break;
    default:
        put_field(rows, 0, 1), put_field(rows, 0, 4), put_field(rows, 65535, 2);
    }
}

/* Each row as its difference from the one above (predictor "Up"): neighbours are much alike. */
static void put_differences(struct buf *out, const struct buf *rows)
{
    for (size_t i = 0; i < rows->len; i++) {
        if (i % ROW == 0)
            buf_char(out, 2);
        buf_char(out, (char)(rows->data[i] - (i >= ROW ? rows->data[i - ROW] : 0)));
    }
}

static void write_xref(struct objects *o, unsigned last, HPDF_Dict info, struct buf *out)
{
    struct buf rows = { 0 }, differences = { 0 };
    char id[65], entries[256];
    size_t start = out->len;

    file_sha256(out->data, out->len, id);
    entry(o, last)->kind = OWN_STREAM; /* the table itself: a row of its own */
    entry(o, last)->offset = start;
    for (unsigned i = 0; i <= last; i++)
        put_row(&rows, entry(o, i));
    put_differences(&differences, &rows);
    snprintf(entries, sizeof entries,
             "/Type/XRef/Size %u/W[1 4 2]/DecodeParms<</Predictor 12/Columns %d>>/Root %u 0 R/Info %u 0 R"
             "/ID[<%.32s><%.32s>]", last + 1, ROW, objects_number(o->doc->catalog), objects_number(info), id, id);
    objects_stream(o, last, entries, differences.data, differences.len, true);
    write_stream(entry(o, last), last, out);
    buf_printf(out, "startxref\n%zu\n%%%%EOF\n", start);
    buf_clear(&rows);
    buf_clear(&differences);
}

void objects_save(struct objects *o, HPDF_Dict info, struct buf *out)
{
    pack_libharu(o, o->doc->xref->entries->count);
    close_pack(o);
    unsigned xref = objects_reserve(o);
    buf_reset(out);
    buf_str(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    for (unsigned i = 1; i < xref; i++)
        if (entry(o, i)->kind == OWN_STREAM)
            write_stream(entry(o, i), i, out);
    write_xref(o, xref, info, out);
}
