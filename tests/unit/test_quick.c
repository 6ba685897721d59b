/* Our own evaluator of XPath against libxml2's: the same expression, once as it is and once with translate() or
 * a union around it, which only libxml2 knows; on every node of a context, as text and as a number of nodes. */
#include "base/file.h"
#include "check.h"
#include "layout/layout.h"
#include "layout/quick.h"

#include <libxml/parser.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct { const char *context, *expr; bool nodes, left; } cases[] = { /* left: to libxml2 */
    { ".", "noi/@ten", true, false }, { ".", "chi-so/nam", true, false }, { ".", "chi-so/nam[last()]/@gia-tri", true, false },
    { ".", "chi-so/nam[2]", true, false }, { ".", "chi-so/nam[@ky = '2022']/@hang", true, false }, { ".", "//nam[@hang]", true, false },
    { ".", "//nam[1]/@ky", true, true }, { ".", "//so-lieu/@id", true, false }, { ".", "/the/chi-so/thanh-phan/nam/@gia-tri", true, false },
    { ".", "(chi-so/nam)[last()]/@ky", true, false }, { ".", "chi-so[nam[@hang > 40]]/@ma", true, false },
    { ".", "linh-vuc[chi-tieu/so-lieu/@dau]/@ten", true, false }, { ".", "nguon/cau", true, false }, { ".", "noi/@thanh-lap", true, false },
    { ".", "chi-so/nam[@ky > 2020][@hang]/@ky", true, false }, { ".", "chi-so/nam[position() = 2]/@ky", true, false },
    { ".", "chi-so/nam[position() < last()]/@ky", true, false }, { ".", "linh-vuc/chi-tieu/..", true, false },
    { ".", "chi-so/nam/../@ma", true, true }, { ".", "noi | ky", true, true }, { ".", "*", true, true }, { ".", "nhan-xet", true, false },
    { ".", "nhan-xet/b", true, false }, { ".", "count(chi-so/nam) - 1", false, false }, { ".", "1 + 2 - 4", false, false },
    { ".", "1.5 = '1.50'", false, false }, { ".", "'a' = 'b' or 'c' != 'd' and not(false())", false, false },
    { ".", "chi-so/nam/@hang = 33", false, false }, { ".", "chi-so/nam/@hang != 33", false, false }, { ".", "40 < chi-so/nam/@hang", false, false },
    { ".", "chi-so/nam/@hang = chi-so/nam/@tong", false, false }, { ".", "chi-so/nam/@hang < chi-so/nam/@tong", false, false },
    { ".", "mau-thuan = true()", false, false }, { ".", "noi = true()", false, false }, { ".", "true() != 'x'", false, false },
    { ".", "mau-thuan/@so = ''", false, false }, { ".", "number(noi/@ten) = number(noi/@ten)", false, false },
    { ".", "number(noi/@ten) != 1", false, false }, { ".", "string(0.1 + 0.2)", false, false }, { ".", "string(1000000 - 1)", false, false },
    { ".", "concat(noi/@ten, ' ', ky/@nam, ' ', count(chi-so), true())", false, false },
    { ".", "if(noi, noi/@ten, 'khong')", false, false }, { ".", "if(mau-thuan, 'co')", false, false }, { ".", "if('', 1, 0)", false, false },
    { ".", "coalesce(noi/@thanh-lap, '', ky/@ma)", false, false }, { ".", "coalesce(noi/@thanh-lap, mau-thuan)", false, false },
    { ".", "starts-with(noi/@ten, 'Lào')", false, false }, { ".", "contains(noi/@ten, 'Cai')", false, false },
    { ".", "string-length(noi/@ten)", false, false }, { ".", "boolean(0) or boolean('0')", false, false },
    { ".", "num(chi-so/nam[last()]/@gia-tri)", false, false }, { ".", "num(chi-so/nam[last()]/@gia-tri, 'hai')", false, false },
    { ".", "num(1 - 3.25, if(noi, 'hai', ''))", false, false }, { ".", "num(noi/@thanh-lap, 'hai')", false, false },
    { ".", "num(linh-vuc/chi-tieu/so-lieu[@dau-chu]/@gia-tri, 'chu')", false, false },
    { "chi-so/nam", "@gia-tri", true, false }, { "chi-so/nam", "../@ma", true, false }, { "chi-so/nam", "preceding-sibling::nam", true, false },
    { "chi-so/nam", "preceding-sibling::nam[1]/@ky", true, false }, { "chi-so/nam", "preceding-sibling::nam[@hang][last()]/@ky", true, false },
    { "chi-so/nam", "ancestor-or-self::chi-so/@ma", true, false }, { "chi-so/nam", "following-sibling::nam", true, true },
    { "chi-so/nam", "self::nam/@ky", true, false }, { "chi-so/nam", "@hang < preceding-sibling::nam[1]/@hang", false, false },
    { "chi-so/nam", "position()", false, false }, { "chi-so/nam", "last() - position()", false, false },
    { "chi-so/nam", "/the/chi-so/nam[@ky = current()/@ky]/@hang", true, false }, { "chi-so/nam", ".", false, false },
    { "chi-so/nam", "../nam[@ky = $nam/@ky - 1]/@hang", true, false }, { "chi-so/nam", "$nam[@hang > 30]/@ky", true, false },
    { "chi-so/nam", "$chu = 'x' and $so > 3 and $dung", false, false }, { "chi-so/nam", "$cac/@ky", true, false },
    { "chi-so/nam", "$cac[1]/@ky", true, false }, { "chi-so/nam", "$gop/@ten", true, true },
    { "chi-so/nam/@ky", ".", true, false }, { "chi-so/nam/@ky", "../@hang", true, false }, { "nhan-xet", ".", false, false },
    { "nguon/cau", "../@tieu-de", true, false }, { "linh-vuc/chi-tieu/so-lieu", "not(preceding-sibling::so-lieu) and ../../@ma", false, false },
    { "ban-do/o", "if(@thuoc, concat('quần đảo ', @nhan), if(@minh, /the/noi/@ten, @nhan))", false, false },
};

static void escaped(struct buf *b, const char *s)
{
    buf_xml(b, s);
}

/* A variable of each kind that an expression can meet; $gop is a union, whose order is libxml2's own. */
static void pair(struct buf *b, size_t i, const char *own, const char *other, const char *expr)
{
    buf_printf(b, "<for-each select=\"%s\"><variable name=\"nam\" select=\"/the/chi-so/nam[2]\"/><variable name=\"cac\" select=\"/the/chi-so/nam\"/>"
                  "<variable name=\"gop\" select=\"/the/ky | /the/noi\"/><variable name=\"chu\" select=\"'x'\"/><variable name=\"so\" select=\"4\"/>"
                  "<variable name=\"dung\" select=\"1 = 1\"/><variable name=\"a\" select=\"", cases[i].context);
    buf_printf(b, "%s(", own);
    escaped(b, expr);
    buf_printf(b, ")\"/><variable name=\"z\" select=\"%s(", other);
    escaped(b, expr);
    buf_str(b, strcmp(other, "count") == 0 ? " | " : ", '', ''");
    if (strcmp(other, "count") == 0)
        escaped(b, expr);
    buf_printf(b, ")\"/><text>{if($a = $z, 'the same', concat('%zu DIFFERS: ', $a, ' / ', $z))}</text></for-each>\n", i);
}

static void compare(const char *path)
{
    struct diag d = { 0 };
    struct arena a = { 0 };
    struct buf b = { 0 };
    buf_str(&b, "<layout xmlns=\"urn:phieudiem:layout:1\" version=\"1\"><number-format name=\"hai\" decimals=\"2\"/>"
                "<number-format name=\"chu\" qualifier=\"word\"/><page-master name=\"p\"/><page-sequence master=\"p\">\n");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        pair(&b, i, "string", "translate", cases[i].expr);
        if (cases[i].nodes)
            pair(&b, i, "count", "count", cases[i].expr);
    }
    buf_str(&b, "</page-sequence></layout>");
    file_write(path, b.data, b.len, &d);
    xmlDocPtr card = xmlReadFile("tests/golden/element/chung/the.xml", NULL, XML_PARSE_NONET | XML_PARSE_NOBLANKS);
    struct layout *l = layout_open(path, NULL, 0, NULL, &d);
    struct box_document *doc = l ? layout_bind(l, card, NULL, &a, &d) : NULL;
    buf_reset(&b);
    if (doc)
        box_dump(doc, &b);
    CHECK(doc && !d.errors && strstr(b.data, "the same"), "the layout of all cases");
    if (!doc)
        diag_print(&d, stderr, 0);
    for (const char *p = doc ? b.data : NULL; p && (p = strstr(p, "DIFFERS")); p++) {
        size_t at = 0;
        for (const char *q = p - 2; q > b.data && *q >= '0' && *q <= '9'; q--)
            at = (size_t)atol(q);
        CHECK(false, "%s on %s: %.60s", cases[at].expr, cases[at].context, p);
    }
    layout_close(l);
    xmlFreeDoc(card);
    buf_clear(&b);
    arena_clear(&a);
    diag_clear(&d);
}

/* The cases that are meant for it are taken, the others left. */
static void taken(void)
{
    struct layout l = { 0 };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        if (!cases[i].left || strpbrk(cases[i].expr, "|*") || strstr(cases[i].expr, "following"))
            CHECK((quick_compile(&l, cases[i].expr) == NULL) == cases[i].left, "%s", cases[i].expr);
    static const char *const not_ours[] = { "", "a[", "a]", "$", "$x/", "f(", "f()", "if(1)", "@", "a/", "//", "/", "a//b/c", "'x", "1 div 2", "-1",
                                            "a::b", "text()", "node()", "p:a", "a b", "((1)" };
    for (size_t i = 0; i < sizeof not_ours / sizeof *not_ours; i++)
        CHECK(!quick_compile(&l, not_ours[i]), "%s", not_ours[i]);
    struct buf deep = { 0 };
    for (int i = 0; i < 5000; i++)
        buf_char(&deep, '(');
    CHECK(!quick_compile(&l, deep.data), "brackets");
    buf_clear(&deep);
    arena_clear(&l.arena);
}

int main(void)
{
    char path[] = "/tmp/quick-XXXXXX";
    int fd = mkstemp(path);
    taken();
    compare(path);
    close(fd);
    unlink(path);
    xmlCleanupParser();
    return CHECK_DONE();
}
