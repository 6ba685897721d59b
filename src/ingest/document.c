/* From a file's bytes to a document: which format, which encoding, which reader. */
#include "ingest/document.h"

#include "base/file.h"
#include "base/utf8.h"
#include "ingest/build.h"
#include "ingest/encoding.h"

#include <string.h>
#include <strings.h>

enum format { FORMAT_TEXT, FORMAT_HTML, FORMAT_PDF, FORMAT_ZIP, FORMAT_OTHER };

static bool begins(const char *data, size_t n, const char *with, size_t w)
{
    return n >= w && memcmp(data, with, w) == 0;
}

/* What a file is by its first bytes, for those that no reader takes. */
static const char *foreign_kind(const char *data, size_t n)
{
    static const struct { const char *magic; size_t n; const char *kind; } kinds[] = {
        { "\xD0\xCF\x11\xE0", 4, N_("an old Word or Excel file; save it as .docx, .odt or .xlsx") },
        { "{\\rtf", 5, N_("an RTF file; save it as .docx or .odt") },
        { "\x89PNG", 4, N_("a picture; its text must be recognised (OCR) first") },
        { "\xFF\xD8\xFF", 3, N_("a picture; its text must be recognised (OCR) first") },
        { "II*\0", 4, N_("a picture; its text must be recognised (OCR) first") },
        { "MM\0*", 4, N_("a picture; its text must be recognised (OCR) first") },
        { "GIF8", 4, N_("a picture; its text must be recognised (OCR) first") },
        { "SQLite format 3", 15, N_("a database; give it to --db") },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (begins(data, n, kinds[i].magic, kinds[i].n))
            return kinds[i].kind;
    return NULL;
}

static bool has_suffix(const char *name, const char *suffix)
{
    size_t n = strlen(name), w = strlen(suffix);
    return n > w && strcasecmp(name + n - w, suffix) == 0;
}

static bool looks_html(const char *name, const char *data, size_t n)
{
    size_t i = 0;
    while (i < n && (strchr(" \t\r\n", data[i]) || begins(data + i, n - i, "\xEF\xBB\xBF", 3)))
        i += data[i] == '\xEF' ? 3 : 1;
    const char *s = data + i;
    if (n - i >= 14 && (strncasecmp(s, "<!doctype html", 14) == 0 || strncasecmp(s, "<html", 5) == 0))
        return true;
    if (has_suffix(name, ".html") || has_suffix(name, ".htm") || has_suffix(name, ".xhtml"))
        return true;
    if (n - i > 4 && (begins(s, n - i, "<?xml", 5) || begins(s, n - i, "<!--", 4)))
        for (size_t k = i; k + 6 < n && k < i + 2048; k++)
            if (strncasecmp(data + k, "<html", 5) == 0)
                return true;
    return false;
}

static enum format format_of(const char *name, const char *data, size_t n)
{
    for (size_t i = 0; i + 5 <= n && i < 1024; i++)
        if (memcmp(data + i, "%PDF-", 5) == 0)
            return FORMAT_PDF;
    if (begins(data, n, "PK\3\4", 4) || begins(data, n, "PK\5\6", 4))
        return FORMAT_ZIP;
    if (foreign_kind(data, n))
        return FORMAT_OTHER;
    return looks_html(name, data, n) ? FORMAT_HTML : FORMAT_TEXT;
}

#define EACH_BYTE(v) ((uint64_t)0x0101010101010101u * (v))

/* Control characters that no text has; a few strays are let through. */
static bool is_binary(const char *data, size_t n)
{
    enum { USUAL = 1 << '\b' | 1 << '\t' | 1 << '\n' | 1 << '\v' | 1 << '\f' | 1 << '\r' | 1 << 0x1A | 1 << 0x1B };
    size_t odd = 0;
    if (memchr(data, 0, n))
        return true;
    for (size_t i = 0; i < n;) {
        uint64_t v;
        if (n - i >= sizeof v && (memcpy(&v, data + i, sizeof v), !((v - EACH_BYTE(0x20)) & ~v & EACH_BYTE(0x80)))) {
            i += sizeof v; /* none of the eight is below 0x20 */
            continue;
        }
        unsigned char c = (unsigned char)data[i++];
        odd += c < 0x20 && !(USUAL >> c & 1);
    }
    return odd > 8 && odd * 100 > n;
}

/* Well-formed sequences of more than one byte against bytes that are none: a
 * text of an older encoding has next to none of the first. */
static bool is_broken_utf8(const char *data, size_t n)
{
    size_t whole = 0, broken = 0;
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t step = utf8_decode(data + i, n - i, &c);
        whole += step > 1;
        broken += step == 0;
        i += step ? step : 1;
    }
    return whole >= broken;
}

/* UTF-8 in *data of *n bytes, without a byte order mark; converted text lives
 * in `text`. False after a report. */
static bool decode(struct builder *b, const char **data, size_t *n, struct buf *text)
{
    size_t bad = 0, skip = 0;
    b->doc->encoding = "UTF-8";
    if (begins(*data, *n, "\xFF\xFE", 2) || begins(*data, *n, "\xFE\xFF", 2)) {
        b->doc->encoding = "UTF-16";
        if (!utf16_convert(*data, *n, text)) {
            diag_error(b->d, b->at, _("is no valid UTF-16"));
            return false;
        }
        *data = text->data ? text->data : "";
        *n = text->len;
    } else if (begins(*data, *n, "\xEF\xBB\xBF", 3))
        skip = 3;
    *data += skip;
    *n -= skip;
    if (is_binary(*data, *n)) {
        diag_error(b->d, b->at, _("is a binary file, not a text"));
        diag_expected(b->d, _("a text, HTML, docx, odt or pdf document"));
        return false;
    }
    if (utf8_valid(*data, *n, &bad))
        return true;
    enum legacy e = is_broken_utf8(*data, *n) ? LEGACY_NONE : legacy_guess(*data, *n);
    if (e == LEGACY_NONE) {
        diag_error(b->d, b->at, _("is no valid UTF-8: byte 0x%02X at offset %zu"), (unsigned char)(*data)[bad], skip + bad);
        diag_expected(b->d, _("UTF-8, or a text whose encoding shows (UTF-16, TCVN3, VNI, windows-1258)"));
        return false;
    }
    b->doc->encoding = legacy_name(e);
    legacy_convert(e, *data, *n, text);
    *data = text->data;
    *n = text->len;
    return true;
}

static bool read_text(struct builder *b, enum format f, const char *data, size_t n)
{
    struct buf text = { 0 };
    bool ok = decode(b, &data, &n, &text);
    if (ok && f == FORMAT_TEXT && strcmp(b->doc->encoding, "UTF-16") == 0 && looks_html(b->doc->name, data, n))
        f = FORMAT_HTML;
    b->doc->format = f == FORMAT_HTML ? "html" : "txt";
    if (ok && f == FORMAT_HTML)
        ok = html_read(b, data, n);
    else if (ok) {
        b->doc->text = arena_strndup(b->a, data, n);
        b->doc->len = n;
        ok = plain_read(b);
    }
    buf_clear(&text);
    return ok;
}

static bool read_as(struct builder *b, enum format f, const char *data, size_t n)
{
    switch (f) {
    case FORMAT_TEXT:
    case FORMAT_HTML: return read_text(b, f, data, n);
    case FORMAT_ZIP: return office_read(b, data, n);
    case FORMAT_PDF: return pdf_read(b, data, n);
    case FORMAT_OTHER: break;
    }
    diag_error(b->d, b->at, _("is %s"), _(foreign_kind(data, n)));
    return false;
}

struct document *document_decode(const char *name, const char *data, size_t n, struct arena *a, struct diag *d)
{
    struct document *doc = arena_new(a, struct document);
    struct builder b = { .doc = doc, .a = a, .d = d, .at = { .file = name } };
    doc->name = arena_strdup(a, file_basename(name));
    file_sha256(data, n, doc->hash);
    if (n == 0) {
        diag_error(d, b.at, _("is empty: no readable text in it"));
        return NULL;
    }
    bool ok = read_as(&b, format_of(name, data, n), data, n);
    if (!ok) {
        buf_clear(&b.text);
        return NULL;
    }
    return build_end(&b) ? doc : NULL;
}

struct document *document_read(const char *path, struct arena *a, struct diag *d)
{
    struct buf data = { 0 };
    struct document *doc = NULL;
    if (file_read(path, DOCUMENT_BYTES_MAX, &data, d))
        doc = document_decode(path, data.data, data.len, a, d);
    buf_clear(&data);
    return doc;
}
