/* Documents in: golden dumps of tests/data/ingest, the faults, offsets. UPDATE=1 takes the new dumps. */
#include "base/buf.h"
#include "base/file.h"
#include "check.h"
#include "fuzz/fuzz.h"
#include "ingest/build.h"
#include "ingest/document.h"
#include "ingest/markup.h"

#include <stdlib.h>
#include <string.h>

static struct document *decode(const char *name, const char *data, size_t n, struct arena *a, struct diag *d)
{
    return document_decode(name, data, n, a, d);
}

static void golden(const char *name)
{
    char path[256], want_path[280];
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct buf got = { 0 }, want = { 0 };
    snprintf(path, sizeof path, "tests/data/ingest/%s", name);
    snprintf(want_path, sizeof want_path, "%s.dump", path);
    struct document *doc = document_read(path, &a, &d);
    if (doc)
        document_dump(doc, &got);
    if (getenv("UPDATE"))
        file_write(want_path, got.data ? got.data : "", got.len, &d);
    CHECK(file_read(want_path, 0, &want, &d), "%s", want_path);
    CHECK(doc && got.len == want.len && memcmp(got.data, want.data, got.len) == 0, "%s differs; it gives:\n%s", name,
          got.data ? got.data : "nothing");
    diag_print(&d, stderr, 0);
    buf_clear(&got);
    buf_clear(&want);
    diag_clear(&d);
    arena_clear(&a);
}

static void faults(void)
{
    static const struct { const char *name, *data; size_t n; const char *says; } cases[] = {
        { "a.txt", "", 0, "is empty" },
        { "a.txt", " \n\t\r\n\n", 6, "is empty" },
        { "a.txt", "\xEF\xBB\xBF", 3, "is empty" },
        { "a.txt", "tỉnh đạt \xFF%", 16, "offset" },
        { "a.txt", "a\0b", 3, "binary" },
        { "a.txt", "\1\2\3\4\5\6\7\1\2\3\4 text", 16, "binary" },
        { "a.doc", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, ".docx" },
        { "a.rtf", "{\\rtf1 abc}", 11, "RTF" },
        { "a.html", "<html><body><script>1</script></body></html>", 44, "is empty" },
        { "a.html", "<html><body><p>\xE1\xBB</p></body></html>", 35, "offset" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena a = { 0 };
        struct diag d = { 0 };
        struct document *doc = decode(cases[i].name, cases[i].data, cases[i].n, &a, &d);
        CHECK(!doc && d.n == 1 && d.errors == 1, "case %zu: %zu messages", i, d.n);
        CHECK(d.n && strstr(d.messages[0].text, cases[i].says), "case %zu: %s", i, d.n ? d.messages[0].text : "-");
        diag_clear(&d);
        arena_clear(&a);
    }
}

/* Text of a text file is the file, and both conversions of offsets agree at every code point. */
static void offsets(void)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct buf file = { 0 };
    for (int i = 0; i < 100; i++)
        buf_printf(&file, "Năm %d tỉnh đạt 9%d,5%%.\r\n", 2000 + i, i % 10);
    struct document *doc = decode("x.txt", file.data, file.len, &a, &d);
    CHECK(doc && doc->len == file.len && memcmp(doc->text, file.data, file.len) == 0, "text is the file");
    size_t cp = 0, wrong = 0;
    for (size_t i = 0; doc && i < doc->len; i++) {
        if (((unsigned char)doc->text[i] & 0xC0) == 0x80)
            continue;
        wrong += document_cp(doc, i) != cp || document_byte(doc, cp) != i;
        cp++;
    }
    CHECK(wrong == 0 && document_byte(doc, cp) == doc->len && document_byte(doc, cp + 9) == doc->len, "%zu wrong", wrong);
    CHECK(doc && doc->n_blocks == 100, "%zu blocks", doc ? doc->n_blocks : 0);
    CHECK(doc && strlen(doc->hash) == 64, "hash");
    struct document *marked = decode("x.txt", "\xEF\xBB\xBF" "5%", 5, &a, &d);
    CHECK(marked && marked->len == 2 && marked->blocks[0].start == 0, "the byte order mark is no text");
    buf_clear(&file);
    diag_clear(&d);
    arena_clear(&a);
}

static void dates(void)
{
    static const struct { const char *text, *iso; } cases[] = {
        { "Thứ ba, 16/07/2024 13:45", "2024-07-16" }, { "ngày 04 tháng 5 năm 2024", "2024-05-04" },
        { "4-5-2024", "2024-05-04" }, { "2024-05-04T07:00", "2024-05-04" }, { "ngày 31/4/2024", "" },
        { "29/02/2024", "2024-02-29" }, { "29/02/2023", "" }, { "951/1.929 hồ sơ", "" }, { "1.929,5", "" },
        { "ngày   tháng 5 năm 2024", "" }, { "12/63", "" }, { "số 15/7/20245", "" }, { "", "" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char iso[11] = "";
        size_t at, end;
        bool found = head_date(cases[i].text, strlen(cases[i].text), iso, &at, &end);
        CHECK(found == (*cases[i].iso != '\0'), "\"%s\" found: %d", cases[i].text, found);
        CHECK(!found || strcmp(iso, cases[i].iso) == 0, "\"%s\" is %s", cases[i].text, iso);
    }
}

/* Pages that libxml2 or a recursion could choke on. */
static void hostile(void)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct buf b = { 0 };
    for (int i = 0; i < 5000; i++)
        buf_str(&b, "<div>");
    buf_str(&b, "Đạt 5%");
    CHECK(!decode("deep.html", b.data, b.len, &a, &d) && d.errors == 1, "deep nesting is told");
    buf_reset(&b);
    buf_str(&b, "<html><table><tr><td rowspan=99999999 colspan=99999999>A<td>5<tr><td>B<td>6</table>");
    struct document *doc = decode("span.html", b.data, b.len, &a, &d);
    CHECK(doc && doc->n_blocks == 4 && doc->blocks[0].column_span == TABLE_SPAN_MAX, "spans are bounded");
    buf_reset(&b);
    for (int i = 0; i < DOCUMENT_BLOCKS_MAX + 10; i++)
        buf_str(&b, "5\n\n");
    CHECK(!decode("lines.txt", b.data, b.len, &a, &d) && d.errors == 2, "too many paragraphs are told once");
    buf_clear(&b);
    diag_clear(&d);
    arena_clear(&a);
}

/* A package of one part: `open`, `again` so many times, `close`. */
static void repeated(struct buf *out, const char *part, const char *open, const char *again, size_t times, const char *close)
{
    struct buf xml = { 0 };
    buf_str(&xml, open);
    for (size_t i = 0; i < times; i++)
        buf_str(&xml, again);
    buf_str(&xml, close);
    const struct part parts[] = { { part, xml.data, xml.len } };
    pack(out, parts, 1);
    buf_clear(&xml);
}

/* Refused with a message that names the limit. */
static void limits(void)
{
    static const char word[] = "word/document.xml", text[] = "content.xml";
    static const struct { const char *part, *open, *again; size_t times; const char *close, *says; } cases[] = {
        { word, "<d><body>", "<tbl><tr><tc>", 1000, "", "256" },
        { text, "<d><body>", "<list><list-item>", 1000, "", "256" },
        { word, "<d><body", " a='x'", 5000, "/></d>", "2000 attributes" },
        { word, "<d><body><p><r><t>", "0123456789 abcde ", 1000000, "</t></r></p></body></d>", "16 MB" },
        { word, "<d><body><p><r><t>", "0123456789 abcde ", 4000000, "</t></r></p></body></d>", "64 MB" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct arena a = { 0 };
        struct diag d = { 0 };
        struct buf file = { 0 };
        repeated(&file, cases[i].part, cases[i].open, cases[i].again, cases[i].times, cases[i].close);
        struct document *doc = decode("x.docx", file.data, file.len, &a, &d);
        CHECK(!doc && d.errors == 1, "case %zu: %zu messages", i, d.n);
        CHECK(d.n && strstr(d.messages[0].text, cases[i].says), "case %zu: %s", i, d.n ? d.messages[0].text : "-");
        buf_clear(&file);
        diag_clear(&d);
        arena_clear(&a);
    }
}

/* Scripts and comparisons are no elements with attributes. */
static void markup(void)
{
    struct buf b = { 0 };
    buf_str(&b, "<script>if (a <b ");
    for (int i = 0; i < 3000; i++)
        buf_str(&b, "c ");
    buf_str(&b, "</x </script><!-- <p ");
    for (int i = 0; i < 3000; i++)
        buf_str(&b, "c ");
    buf_str(&b, "--> 1 < 2 <img src=\"");
    for (int i = 0; i < 3000; i++)
        buf_str(&b, "c ");
    buf_str(&b, "\">");
    CHECK(markup_bounded(b.data, b.len, true), "no element has so many attributes");
    for (size_t n = 0; n < b.len; n += 97)
        markup_bounded(b.data, n, n % 2);
    buf_clear(&b);
}

int main(void)
{
    limits();
    markup();
    golden("official.txt");
    golden("portal.html");
    golden("portal2.html");
    golden("bars.txt");
    golden("wrapped.txt");
    golden("report.docx");
    golden("report.odt");
    golden("notes.docx");
    golden("notes.odt");
    golden("cp1258.txt");
    golden("tcvn3.txt");
    golden("vni.txt");
    golden("utf16.txt");
    golden("report.pdf");
    faults();
    offsets();
    dates();
    hostile();
    return CHECK_DONE();
}
