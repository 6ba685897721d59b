#include "check.h"
#include "base/file.h"
#include "card/card.h"
#include "layout/card_schema.h"
#include "layout/layout.h"
#include "layout/number.h"
#include "layout/vocab.h"

#include <glob.h>
#include <libxml/parser.h>
#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "/tmp/layout-XXXXXX";

static const char *path_of(const char *name)
{
    static char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static void write_text(const char *name, const char *text)
{
    FILE *f = fopen(path_of(name), "w");
    if (!f || fputs(text, f) < 0 || fclose(f) != 0)
        die("%s cannot be written", path_of(name));
}

/* A layout of declarations and a flow, each on a line of its own: lines 2 and 4. */
static struct layout *open_parts(const char *top, const char *flow, struct diag *d)
{
    struct buf b = { 0 };
    buf_printf(&b, "<layout xmlns=\"urn:phieudiem:layout:1\" xmlns:xi=\"http://www.w3.org/2001/XInclude\" version=\"1\">\n"
                   "%s\n<page-master name=\"p\"/><page-sequence master=\"p\">\n%s\n</page-sequence></layout>", top, flow);
    write_text("a.xml", b.data);
    buf_clear(&b);
    return layout_open(path_of("a.xml"), NULL, 0, NULL, d);
}

static void messages(const struct diag *d, struct buf *out)
{
    char *text = NULL;
    size_t n = 0;
    FILE *f = open_memstream(&text, &n);
    diag_print(d, f, 0);
    fclose(f);
    buf_reset(out);
    buf_str(out, text);
    free(text);
}

/* ---- every fault, and what is said of it ---- */

static const struct { const char *top, *flow, *say; } faults[] = {
    { "", "<tabel/>", "a.xml:4:1: error: <tabel>: unknown element <tabel>; expected one of variable, block, text" },
    { "", "<tabel/>", "the nearest is <table>" },
    { "", "<table><column/><row><cell sum=\"1\">x</cell></row></table>", "<cell sum>: a sum of rows has no meaning here; expected in a cell of <total>" },
    { "", "<table select=\"linh-vuc\"><column/><total><cell sum=\"1\" format=\"khong\"/></total></table>", "unknown number format \"khong\"" },
    { "", "<text bookmak=\"x\"/>", "a.xml:4:7: error: <text bookmak>: unknown attribute \"bookmak\"; expected \"bookmark\"" },
    { "", "<text>a<footnote>b<footnote>c</footnote></footnote></text>", "<footnote>: a footnote inside a footnote; expected a footnote in a text of the pages" },
    { "<page-master name=\"q\"><footer extent=\"5mm\"><text>a<footnote>b</footnote></text></footer></page-master>", "", "a footnote in a header or footer" },
    { "", "\n  <text\n    rol=\"h1\"/>", "a.xml:6:5: error: <text rol>" },
    { "", "<text>a <b>b</b></text>", "unknown element <b>" },
    { "", "bare words", "characters outside a paragraph" },
    { "", "<span>x</span>", "<span> cannot stand in <page-sequence>" },
    { "", "<for-each><text/></for-each>", "the attribute \"select\" is missing" },
    { "", "<block margin=\"3\"/>", "<block margin>: \"3\" has no unit; expected one to four lengths" },
    { "", "<block margin-top=\"3\"/>", "\"3\" has no unit; expected a length with its unit: mm, cm, pt, in" },
    { "", "<block border=\"thick\"/>", "expected width, style and colour" },
    { "", "<block background=\"#12345\"/>", "expected #rgb, #rrggbb or the name of a <color>" },
    { "", "<block background=\"xnah\"/>", "expected #rgb, #rrggbb or the name of a <color>" },
    { "", "<block columns=\"1fr twelve\"/>", "expected widths such as" },
    { "", "<text align=\"left\">x</text>", "\"left\" is not one of its values; expected one of start, center, end" },
    { "", "<text role=\"h5\">x</text>", "the nearest is \"h1\"" },
    { "", "<block column-count=\"two\"/>", "a whole number" },
    { "", "<block column-count=\"1000\"/>", "a whole number" },
    { "", "<block padding=\"-3mm\"/>", "<block padding>: \"-3mm\" cannot be read" },
    { "", "<block gap=\"-3mm\"/>", "<block gap>: \"-3mm\" cannot be read" },
    { "", "<text>{noi/@ten</text>", "a.xml:4:7: error: <text>: the brace { is not closed" },
    { "", "<text>} {noi/@ten}</text>", "a brace } without its {" },
    { "", "<text>{}</text>", "the expression is empty" },
    { "", "<text>{noi/@ten +}</text>", "is no XPath 1.0 expression" },
    { "", "<text>x\n  y {noi/@tne}</text>", "a.xml:5:5: error: <text>: \"noi/@tne\": the card has no attribute \"tne\"; expected \"ten\", the nearest name" },
    { "", "<text>{nio/@ten}</text>", "the card has no element \"nio\"; expected \"noi\", the nearest name" },
    { "", "<text>{noi/@gia-tri}</text>", "can never match: <noi> has no attribute \"gia-tri\"" },
    { "", "<text>{so-lieu/@gia-tri}</text>", "can never match: no \"so-lieu\" there, at <the>" },
    { "", "<text>{chi-so[@nam]/@ma}</text>", "<chi-so> has no attribute \"nam\"" },
    { "", "<for-each select=\"linh-vuc\"><text>{nam}</text></for-each>", "no \"nam\" there, at <linh-vuc>" },
    { "", "<for-each select=\"count(linh-vuc)\"><text/></for-each>", "gives no nodes" },
    { "", "<table select=\"linh-vuc\"><column>{chi-tieu/@dau}</column></table>", "<chi-tieu> has no attribute \"dau\"" },
    { "", "<table select=\"linh-vuc\" sort=\"@teen\"><column>x</column></table>", "<table sort>: \"@teen\": the card has no attribute" },
    { "", "<text>{tinh/@ten}</text>", "no \"tinh\" there, at <the>; expected entity=\"national\" on <layout>: that card has it" },
    { "", "<text>{chi-so/@trung-vi}</text>", "<chi-so> has no attribute \"trung-vi\"; expected entity=\"national\"" },
    { "", "<text>{count(linh-vuc[chi-tieu/@dau])}</text>", "<chi-tieu> has no attribute \"dau\"" },
    { "", "<text>{if(linh-vuc/@coo > 1, 'a', 'b')}</text>", "the card has no attribute \"coo\"" },
    { "", "<text>{join(chi-so[nam[@hnag = 1]]/@ten, ', ')}</text>", "the card has no attribute \"hnag\"" },
    { "", "<for-each select=\"y-chinh[@loai='can-quyet-dihn']\"><text/></for-each>",
      "<for-each select>: \"y-chinh[@loai='can-quyet-dihn']\" can never match: loai is never \"can-quyet-dihn\"; expected \"can-quyet-dinh\", the nearest name" },
    { "", "<text>{linh-vuc/chi-tieu/so-lieu['pecent' = @loai]/@id}</text>", "loai is never \"pecent\"; expected \"percent\"" },
    { "", "<text>{chi-so[nam/@dut='1']/@ma}</text>", "dut is never \"1\"; expected one of true" },
    { "", "<table select=\"linh-vuc\"><column/><total><cell>{sum(rows()/@hang)}</cell></total></table>", "<linh-vuc> has no attribute \"hang\"" },
    { "", "<qr alt=\" \"/>", "<qr alt>: the alternative text says nothing; expected what the code leads to" },
    { "", "<image src=\"a.png\" alt=\" \"/>", "the alternative text says nothing; expected what the picture shows, or alt=\"\" for decoration" },
    { "", "<chart type=\"bar\" select=\"linh-vuc\" value=\"@co\" alt=\"\"/>", "expected what the chart shows; without alt it is made from the data" },
    { "", "<image src=\"a.png\"/>", "the attribute \"alt\" is missing" },
    { "", "<text><link to=\"https://papi.org.vn\"/></text>", "<link>: a link without words; expected words that say where it leads" },
    { "", "<text>{$x}</text>", "unknown variable $x" },
    { "", "<variable name=\"nay\" select=\"noi\"/><text>{$nya/@ten}</text>", "unknown variable $nya; expected \"nay\", the nearest name" },
    { "", "<variable name=\"nay\" select=\"noi\"/><text>{$nay/@hang}</text>", "<noi> has no attribute \"hang\"" },
    { "", "<block><variable name=\"v\" select=\"noi\"/></block><text>{$v}</text>", "unknown variable $v" },
    { "", "<text>{nmu(ky/@nam)}</text>", "unknown function nmu(); expected name(), the nearest name" },
    { "", "<text>{num()}</text>", "num() with 0 arguments; expected 1 to 2" },
    { "", "<text>{num(ky/@nam, 'deim')}</text>", "unknown number format \"deim\"" },
    { "<number-format name=\"diem\"/>", "<text>{num(ky/@nam, 'deim')}</text>", "expected \"diem\", the nearest name" },
    { "", "<text>{key('k', 1)}</text>", "unknown key \"k\"" },
    { "<key name=\"k\" match=\"linh-vuc\" use=\"@maa\"/>", "", "<key use>: \"@maa\": the card has no attribute" },
    { "", "<text>{page-number()}</text>", "page-number() has no meaning here; expected alone in its braces, in a <header> or <footer>" },
    { "", "<text>{source-number()}</text>", "source-number() has no meaning here; expected inside <sources>" },
    { "", "<text>{sum(rows()/@hang)}</text>", "rows() has no meaning here" },
    { "", "<text style=\"nhoo\">x</text>", "unknown style \"nhoo\"; expected a <style> of the layout" },
    { "<style name=\"nho\" size=\"8pt\"/>", "<text style=\"nhoo\">x</text>", "the nearest is \"nho\"" },
    { "<style name=\"nho\" size=\"8pt\"/>", "<text style=\"nho {if(noi, 'dam', 'nho')}\">x</text>", "unknown style \"dam\"" },
    { "<style name=\"nho\" size=\"8pt\"/>", "<text style=\"nho {cmp(1, 2)}\">x</text>", "unknown style \"gt\"" },
    { "", "<text style=\"nho-{noi/@ma} to\">x</text>", "unknown style \"to\"" },
    { "<style name=\"a\" size=\"8\"/>", "", "a.xml:2:17: error: <style size>: \"8\" has no unit" },
    { "<style name=\"a\" weight=\"bold\"/>", "", "one of 400, 600, 700" },
    { "<style name=\"a\" features=\"tnmu\"/>", "", "unknown font feature \"tnmu\"" },
    { "<style name=\"a\" base=\"b\"/>", "", "unknown style \"b\"; expected a <style> that stands before this one" },
    { "<style name=\"a\"/><style name=\"a\"/>", "", "the style \"a\" is there twice" },
    { "<number-format name=\"d\" decimals=\"many\"/>", "", "a number of decimals such as 2, or a range such as 0..2" },
    { "<page-master name=\"q\" size=\"A9\"/>", "", "\"A9\" is no page size" },
    { "<page-master name=\"q\" margin=\"200mm\"/>", "", "the margins leave no room" },
    { "<param name=\"nam\" type=\"year\" default=\"hai\"/>", "", "the parameter nam cannot be \"hai\"; expected a year" },
    { "<param name=\"2nam\"/>", "", "a name: letters, digits" },
    { "", "<table select=\"linh-vuc\"/>", "a table without columns" },
    { "", "<table><column>x</column></table>", "the table has neither select nor rows" },
    { "", "<table select=\"linh-vuc\"><column>x<text>y</text></column></table>", "characters outside a paragraph" },
    { "", "<choose><otherwise/><when test=\"1\"/></choose>", "a branch behind <otherwise> is never taken" },
    { "", "<chart type=\"pie\" select=\"linh-vuc\"/>", "\"pie\" is not one of its values" },
    { "", "<chart type=\"bar\" select=\"linh-vuc\" value=\"@coo\"/>", "<chart value>: \"@coo\": the card has no attribute" },
    { "<xi:include href=\"../a.xml\"/>", "", "is not inside the layout's folder" },
    { "<xi:include href=\"/etc/passwd\"/>", "", "is not inside the layout's folder" },
    { "<xi:include href=\"x/../../a.xml\"/>", "", "is not inside the layout's folder" },
    { "<xi:include href=\"http://x/a.xml\"/>", "", "is not inside the layout's folder" },
    { "<xi:include href=\"b.xml\" xpointer=\"x\"/>", "", "an include takes href alone" },
    { "<xi:include href=\"none.xml\"/>", "", "none.xml: error: cannot be opened" },
    { "<xi:include href=\"a.xml\"/>", "", "includes itself" },
};

static void test_faults(void)
{
    struct buf b = { 0 };
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct diag d = { 0 };
        struct layout *l = open_parts(faults[i].top, faults[i].flow, &d);
        messages(&d, &b);
        CHECK(!l && strstr(b.data ? b.data : "", faults[i].say), "%s %s\n  said %s  not %s", faults[i].top, faults[i].flow, b.data, faults[i].say);
        layout_close(l);
        diag_clear(&d);
    }
    buf_clear(&b);
}

/* What is told as a warning, and what is so near to it that it must not be. */
static const struct { const char *flow, *say; } doubts[] = {
    /* Colours that only just serve, and only just do not: WCAG's example grey, #767676, has 4.54 to 1 on white. */
    { "<text style=\"g76\">x</text>", NULL },
    { "<text style=\"g77\">x</text>", "a.xml:4:7: warning: <text style>: text in #777777 on #FFFFFF has a contrast of 4.48 to 1; expected at least 4.5 to 1" },
    { "<text style=\"g77 large\">x</text>", NULL },
    { "<text style=\"g77\"/>", NULL },
    { "<block background=\"#EEE\"><text style=\"g76\">x</text></block>", "text in #767676 on #EEEEEE" },
    { "<block style=\"g77\"><text style=\"{if(noi, 'g76', 'g76 large')}\">x</text></block>", NULL },
    { "<block style=\"g77\"><text style=\"{if(noi, 'g76 large', '')}\">x</text></block>", "text in #777777" },
    { "<text style=\"{if(noi, 'g76', 'g77 bold')}\">x</text>", "text in #777777" },
    { "<block style=\"g77\"><text style=\"g7{noi/@bo - 57}\">x</text></block>", NULL },
    { "<table select=\"linh-vuc\" heading-style=\"dark\"><column heading=\"A\">{@ten}</column></table>", "<column heading>: text in #1A1A1A on #222222" },
    { "<table select=\"linh-vuc\" cell-style=\"g77\"><column>{@ten}</column></table>", "text in #777777" },
    /* The order of headings. */
    { "<text role=\"h1\">x</text><text role=\"h2\">x</text><text role=\"h1\">x</text>", NULL },
    { "<text role=\"h1\">x</text><block role=\"h3\"><text>x</text></block>", "<block role>: a heading h3 after h1; expected role=\"h2\"" },
    { "<text role=\"h2\">x</text>", "the first heading of the pages is h2; expected role=\"h1\"" },
    { "<image src=\"a.png\" alt=\"a.png\"/>", "the alternative text is a file's name" },
    { "<image src=\"a.png\" alt=\"\"/>", NULL },
    /* A set of nodes where one is meant. */
    { "<text>{if(chi-so/nam/@hang = '1', 'a', 'b')}</text>", "chi-so/nam/@hang may be several nodes, and = holds as soon as it holds for one of them; expected one node" },
    { "<if test=\"linh-vuc/@co != 3\"><text/></if>", "<if test>: \"linh-vuc/@co != 3\": linh-vuc/@co may be several nodes, and != holds" },
    { "<if test=\"2 &lt; linh-vuc/@co\"><text/></if>", "may be several nodes" },
    { "<if test=\"chi-so[@ma='papi']/nam[@ky &gt; 2020]/@hang = 1\"><text/></if>", "may be several nodes" },
    { "<variable name=\"n\" select=\"//nam\"/><if test=\"$n/@hang = 1\"><text/></if>", "may be several nodes" },
    { "<text>{//nam[@hang = current()/chi-so/@ten]}</text>", NULL }, /* is it among them */
    { "<if test=\"noi/@ma = 'lao-cai' and ky/@nam &gt; 2020\"><text/></if>", NULL },
    { "<if test=\"chi-so[@ma='papi']/nam[last()]/@hang = 1\"><text/></if>", NULL },
    { "<if test=\"chi-so[nam][1]/nam[@ky = /the/ky/@ma and @hang]/@hang &lt; 10\"><text/></if>", NULL },
    { "<for-each select=\"linh-vuc/chi-tieu\"><if test=\"@ma = 'x' and so-lieu[@chinh]/@gia-tri &gt; 3 and ../@ma = 'y'\"><text/></if></for-each>", NULL },
    { "<if test=\"not(chi-so/nam/@hang = 1) and linh-vuc[@co = 1]\"><text/></if>", NULL },
    { "<if test=\"count(chi-so/nam) &gt; 3 and sum(chi-so/nam/@hang) = 2\"><text/></if>", NULL },
    { "<variable name=\"n\" select=\"chi-so[@ma='papi']/nam\"/><if test=\"$n[last()]/@hang = 1 and $n[2]/@hang != 2\"><text/></if>", NULL },
    { "<for-each select=\"chi-so/nam\"><if test=\"preceding-sibling::nam[1]/@hang &gt; @hang and ancestor::chi-so/@ma = 'papi'\"><text/></if></for-each>", NULL },
    { "<for-each select=\"chi-so/nam\"><if test=\"preceding-sibling::nam/@hang &gt; @hang\"><text/></if></for-each>", "may be several nodes" },
    /* What only a colour tells. */
    { "<for-each select=\"chi-so/nam\"><text style=\"{if(@dat='dat', 'green', 'red')}\">{num(@gia-tri)}</text></for-each>",
      "<text style>: \"red\" and \"green\" differ in colour alone; expected another weight, slant or border too, or words beside it that say the same" },
    { "<for-each select=\"vung/tinh\"><text><span style=\"{if(@minh, 'tinted')}\">{@ten}</span></text></for-each>", "\"\" and \"tinted\" differ in colour alone" },
    { "<for-each select=\"vung/tinh\"><text><span style=\"{if(@minh, 'tinted bold')}\">{@ten}</span></text></for-each>", NULL },
    { "<for-each select=\"chi-so/nam\"><text style=\"{if(@dat='dat', 'green', 'red bold')}\">{num(@gia-tri)}</text></for-each>", NULL },
    { "<for-each select=\"chi-so/nam\"><text style=\"{if(@dat='dat', 'green', 'red')}\">{num(@gia-tri)} <if test=\"@dat='dat'\">đạt</if></text></for-each>", NULL },
    { "<for-each select=\"chi-so/nam\"><text style=\"{if(@thay-doi &gt; 0, 'green', 'red')}\">{num(@thay-doi)}</text></for-each>", NULL },
    { "<for-each select=\"chi-so/nam\"><text style=\"{cmp(@gia-tri, @muc-tieu)}\">{num(@gia-tri)}</text></for-each>", "differ in colour alone" },
    { "<table select=\"chi-so/nam\"><column style=\"{cmp(@gia-tri, @muc-tieu)}\">{num(@gia-tri)}</column><column>{num(@muc-tieu)}</column></table>", NULL },
    { "<table select=\"linh-vuc\" row-style=\"{if(position() mod 2, 'tinted', '')}\"><column>{@ten}</column></table>", NULL },
    { "<table select=\"vung/tinh\" row-style=\"{if(@minh, 'tinted', '')}\"><column>{@ten}</column></table>", "<table row-style>" },
    { "<for-each select=\"chi-so/nam\"><choose><when test=\"@dat='dat'\"><text style=\"green\">{@ky}</text></when><otherwise><text style=\"red\">{@ky}</text></otherwise></choose></for-each>",
      "\"green\" and \"red\" differ in colour alone" },
    { "<for-each select=\"chi-so/nam\"><choose><when test=\"@dat='dat'\"><text style=\"green\">{@ky} đạt</text></when><otherwise><text style=\"red\">{@ky}</text></otherwise></choose></for-each>", NULL },
    { "<chart type=\"column\"><series title=\"a\" select=\"chi-so/nam\" value=\"@hang\"/><series select=\"chi-so/nam\" value=\"@tong\"/></chart>",
      "<series>: of several series one has no title" },
    { "<chart type=\"column\"><series select=\"chi-so/nam\" value=\"@hang\"/></chart>", NULL },
};

static void test_doubts(void)
{
    for (size_t i = 0; i < sizeof doubts / sizeof *doubts; i++) {
        struct diag d = { 0 };
        struct buf said = { 0 };
        struct layout *l = open_parts("<style name=\"g76\" color=\"#767676\"/><style name=\"g77\" color=\"#777777\"/>"
                                      "<style name=\"large\" size=\"14pt\" weight=\"700\"/><style name=\"dark\" background=\"#222\"/>"
                                      "<style name=\"red\" color=\"#A00000\"/><style name=\"green\" color=\"#006000\"/><style name=\"bold\" weight=\"700\"/>"
                                      "<style name=\"tinted\" background=\"#EEF2F6\"/><style name=\"lt\" base=\"red\"/><style name=\"gt\" base=\"green\"/>"
                                      "<style name=\"eq\"/><style name=\"na\"/>", doubts[i].flow, &d);
        messages(&d, &said);
        CHECK(l && (doubts[i].say ? said.data && strstr(said.data, doubts[i].say) != NULL : !said.len), "%s\n  said %s\n  not %s",
              doubts[i].flow, said.data ? said.data : "nothing", doubts[i].say ? doubts[i].say : "nothing");
        layout_close(l);
        buf_clear(&said);
        diag_clear(&d);
    }
}

/* Letters against the face that sets them: Liberation has no Thai and no triangle in a circle, and all of Vietnamese. */
static const struct { const char *flow, *words, *say; } letter_cases[] = {
    { "<text style=\"serif\">Tỷ lệ “đúng hạn” ≈ 97 − 3…</text>", "", NULL },
    { "<text style=\"serif\">x ก</text>", "", "a.xml:4:21: error: <text>: font family \"Liberation Serif\" has no \"ก\" (U+0E01); expected letters that it has, or a family that has this one" },
    { "<text>{if(noi, '⍋', '-')}</text>", "", "\"⍋\" (U+234B)" },
    { "<table select=\"linh-vuc\"><column heading=\"ก\">{@ten}</column></table>", "", "<column heading>: font family" },
    { "<text>{num(noi/@bo, 'odd')}</text>", "", "has no \"ก\"" },
    { "<list select=\"linh-vuc\" marker=\"ก\"><text>x</text></list>", "", "<list marker>" },
    { "<block bookmark=\"ก\"><text>x</text></block><qr alt=\"ก\"/>", "", NULL }, /* not set in any face */
    { "<text style=\"serif\">\xE2\x81\xA0./.\xC2\xA0</text>", "", NULL },      /* word joiner, no-break space */
    { "<text style=\"serif\">{noi/@ten}</text>", "Đắk Lắk ก", "warning: <text>: words of the catalog have \"ก\" (U+0E01), which font family \"Liberation Serif\" lacks" },
    { "<text style=\"serif\">no value</text>", "ก", NULL },
};

static void test_letters_there(void)
{
    struct diag unsaid = { 0 };
    struct fontlib *fonts = fontlib_open("fonts", &unsaid);
    for (size_t i = 0; fonts && i < sizeof letter_cases / sizeof *letter_cases; i++) {
        struct diag d = { 0 };
        struct buf b = { 0 }, said = { 0 };
        const char *say = letter_cases[i].say;
        buf_printf(&b, "<layout xmlns=\"urn:phieudiem:layout:1\" version=\"1\" style=\"base\">\n<style name=\"base\" family=\"Liberation Sans\"/>"
                       "<style name=\"serif\" family=\"Liberation Serif\"/><number-format name=\"odd\" missing=\"ก\"/>\n<page-master name=\"p\"/>"
                       "<page-sequence master=\"p\">\n%s</page-sequence></layout>", letter_cases[i].flow);
        write_text("a.xml", b.data);
        struct layout *l = layout_open(path_of("a.xml"), NULL, 0, fonts, &d);
        if (l)
            layout_check_words(l, fonts, letter_cases[i].words, &d);
        messages(&d, &said);
        CHECK(say ? said.data && strstr(said.data, say) : !said.len, "%s\n  said %s\n  not %s", letter_cases[i].flow,
              said.data ? said.data : "nothing", say ? say : "nothing");
        layout_close(l);
        buf_clear(&b);
        buf_clear(&said);
        diag_clear(&d);
    }
    fontlib_close(fonts);
    diag_clear(&unsaid);
}

/* Paths that do match somewhere are no faults. */
static const char *const fine[] = {
    "{noi/@ten} {{}} {ky/@ma}", "{chi-so[@ma='papi']/nam[@ky=/the/ky/@ma]/@gia-tri}", "{//nam/@hang}", "{linh-vuc/chi-tieu/so-lieu/../@ten}",
    "{count(linh-vuc[@co > 0])}", "{chi-so/nam[last()]/preceding-sibling::nam[1]/@gia-tri}", "{name(*[1])}", "{(noi|ky)[1]/@ten}",
    "{nguon[@ma=current()/nhan-xet/nguon-dan/@nguon]/cau/text()}", "{if(noi/@bo, 'a', \"b}\")}", "{coalesce(noi/@ten-ngan, noi/@ten)}",
    "{2 * 3 div 4 - -1 mod 2}", "{../the/noi/@ten}", "{/the/*[@ma]/@ma}", "{sum(chi-so/nam/@hang) * 2}", "{self::the/@ngay}",
    "{string(ban-do/o[@cot=1 and not(@thuoc)]/@ma)}", "{chi-so/@*}", "{linh-vuc/descendant::so-lieu/@id}",
};

static void test_fine(void)
{
    for (size_t i = 0; i < sizeof fine / sizeof *fine; i++) {
        struct diag d = { 0 };
        struct buf b = { 0 };
        buf_printf(&b, "<text>%s</text>", fine[i]);
        for (char *p = b.data; (p = strstr(p, "@co > 0")) != NULL; p++)
            p[4] = '!', p[5] = '=';
        struct layout *l = open_parts("", b.data, &d);
        struct buf said = { 0 };
        messages(&d, &said);
        CHECK(l != NULL, "%s: %s", fine[i], said.data);
        buf_clear(&said);
        buf_clear(&b);
        layout_close(l);
        diag_clear(&d);
    }
}

/* ---- hostile files ---- */

static void refused(const char *what, const char *text, const char *say)
{
    struct diag d = { 0 };
    struct buf b = { 0 };
    write_text("a.xml", text);
    struct layout *l = layout_open(path_of("a.xml"), NULL, 0, NULL, &d);
    messages(&d, &b);
    CHECK(!l && b.data && strstr(b.data, say), "%s: %s", what, b.data);
    layout_close(l);
    buf_clear(&b);
    diag_clear(&d);
}

static void test_hostile(void)
{
    struct buf b = { 0 };
    refused("bomb", "<!DOCTYPE l [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><layout>&b;</layout>", "no DTD and no entities");
    refused("external", "<?xml version=\"1.0\"?><!-- x --><!DOCTYPE l SYSTEM \"file:///etc/passwd\"><layout/>", "no DTD");
    refused("not XML", "layout", "is not well-formed XML");
    refused("empty", "", "is not well-formed XML");
    refused("cut off", "<layout version=\"1\"><text>", "is not well-formed XML");
    refused("no UTF-8", "<layout>\xff</layout>", "is not UTF-8 text");
    refused("UTF-16", "<?xml version=\"1.0\" encoding=\"UTF-16\"?><layout/>", "a.xml:1");
    refused("version", "<layout xmlns=\"urn:phieudiem:layout:2\" version=\"2\"/>", "layout of version 2; this program reads version 1");
    refused("root", "<styles xmlns=\"urn:phieudiem:layout:1\"/>", "the file's root is <styles>");
    refused("foreign", "<html xmlns=\"http://www.w3.org/1999/xhtml\"/>", "is in the namespace");
    refused("no pages", "<layout xmlns=\"urn:phieudiem:layout:1\" version=\"1\"/>", "the layout has no pages");
    buf_str(&b, "<layout xmlns=\"urn:phieudiem:layout:1\" version=\"1\">");
    for (int i = 0; i < 5000; i++)
        buf_str(&b, "<block>");
    refused("deep", b.data, "is not well-formed XML");
    buf_reset(&b);
    buf_str(&b, "<layout xmlns=\"urn:phieudiem:layout:1\" version=\"1\"><page-master name=\"p\"/><page-sequence master=\"p\"><text>{");
    for (int i = 0; i < 2000; i++)
        buf_char(&b, '(');
    buf_str(&b, "1}</text></page-sequence></layout>");
    refused("brackets", b.data, "is no XPath 1.0 expression");
    buf_clear(&b);
}

/* ---- numbers, dates, periods, letters ---- */

static void test_numbers(void)
{
    static const struct number_format two = { .decimals_least = 2, .decimals_most = 2, .grouping = true, .minus = "−" },
        upto = { .decimals_most = 2, .grouping = true, .minus = "-" }, whole = { .grouping = false, .minus = "−" },
        change = { .decimals_least = 2, .decimals_most = 2, .sign = SIGN_ALWAYS, .minus = "−" };
    static const struct { const struct number_format *f; const char *in, *out; } cases[] = {
        { &two, "42.1075", "42,11" }, { &two, "42.105", "42,11" }, { &two, "1.005", "1,01" }, { &two, "0", "0,00" },
        { &two, "-0.0263", "−0,03" }, { &two, "-0.001", "0,00" }, { &two, "1929", "1.929,00" },
        { &two, "999999999999999.995", "1.000.000.000.000.000,00" }, { &two, "9.999", "10,00" }, { &two, ".5", "0,50" },
        { &upto, "98.73", "98,73" }, { &upto, "100", "100" }, { &upto, "76.750", "76,75" }, { &upto, "0.5", "0,5" },
        { &upto, "175790", "175.790" }, { &upto, "0.004", "0" }, { &whole, "2023", "2023" }, { &whole, "0.5", "1" },
        { &whole, "0.49", "0" }, { &change, "1.71", "+1,71" }, { &change, "-1.71", "−1,71" }, { &change, "0.001", "0,00" },
        { &two, "007", "7,00" }, { &upto, "0.05", "0,05" },
        { &two, "1e5", NULL }, { &two, "", NULL }, { &two, "1,5", NULL }, { &two, "12a", NULL }, { &two, "--1", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = { 0 };
        bool ok = number_print(cases[i].f, cases[i].in, &b);
        CHECK(ok == (cases[i].out != NULL) && (!ok || strcmp(b.data, cases[i].out) == 0), "%s: %s", cases[i].in, b.data);
        buf_clear(&b);
    }
    static const struct { double in; const char *out; } doubles[] = {
        { 42.1075, "42.1075" }, { 0.1 + 0.2, "0.3" }, { 2023, "2023" }, { -1.71, "-1.71" }, { 1e-7, "0.0000001" },
        { 123456789.125, "123456789.125" }, { 0, "0" }, { -0.0, "0" },
    };
    for (size_t i = 0; i < sizeof doubles / sizeof *doubles; i++) {
        struct buf b = { 0 };
        number_decimal(doubles[i].in, &b);
        CHECK(strcmp(b.data, doubles[i].out) == 0, "%g: %s", doubles[i].in, b.data);
        buf_clear(&b);
    }
}

static void test_dates(void)
{
    static const struct { const char *in, *pattern, *out; } cases[] = {
        { "2023-07-31", "dd/MM/yyyy", "31/07/2023" }, { "2023-07-01", "d/M/yyyy", "1/7/2023" },
        { "2023-07-05", "ngày dd tháng MM năm yyyy", "ngày 05 tháng 07 năm 2023" }, { "2023-07", "M/yyyy", "7/2023" },
        { "2023", "yyyy", "2023" }, { "2023", "dd/MM/yyyy", NULL }, { "31/07/2023", "yyyy", NULL }, { "2023-13-01", "yyyy", NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buf b = { 0 };
        bool ok = date_print(cases[i].in, cases[i].pattern, &b);
        CHECK(ok == (cases[i].out != NULL) && (!ok || strcmp(b.data, cases[i].out) == 0), "%s: %s", cases[i].in, b.data);
        buf_clear(&b);
    }
    static const struct { const char *in; bool brief; const char *out; } periods[] = {
        { "2024", false, "năm 2024" }, { "2024", true, "2024" }, { "2023-H1", false, "6 tháng đầu năm 2023" },
        { "2023-H1", true, "6 tháng 2023" }, { "2023-H2", false, "6 tháng cuối năm 2023" },
        { "2023-Q3", false, "quý III năm 2023" }, { "2023-Q3", true, "quý III/2023" }, { "2024-M7", false, "tháng 7 năm 2024" },
        { "2024-M7", true, "7/2024" }, { "2023-M1/2023-M7", false, "7 tháng đầu năm 2023" },
        { "2023-M3/2023-M7", false, "tháng 3 đến tháng 7 năm 2023" }, { "2021/2023", false, "giai đoạn 2021–2023" },
        { "2021/2023", true, "2021–2023" }, { "2021/2023-M7", true, "2021–7/2023" }, { "2024-07-15", false, "ngày 15/7/2024" },
        { "2024-M13", false, NULL }, { "24", false, NULL }, { "2024-Q5", false, NULL }, { "2024/", false, NULL },
    };
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        struct buf b = { 0 };
        bool ok = period_print(periods[i].in, periods[i].brief, &b);
        CHECK(ok == (periods[i].out != NULL) && (!ok || strcmp(b.data, periods[i].out) == 0), "%s: %s", periods[i].in, b.data);
        buf_clear(&b);
    }
}

static void test_letters(void)
{
    static const char *const order[] = { "An Giang", "Bà Rịa - Vũng Tàu", "Bạc Liêu", "Bắc Giang", "Bắc Kạn", "Bắc Ninh", "Cần Thơ",
                                         "Đà Nẵng", "Đắk Lắk", "Điện Biên", "Gia Lai", "Hà Nội", "Hải Phòng", "Huế" };
    for (size_t i = 1; i < sizeof order / sizeof *order; i++)
        CHECK(text_compare(order[i - 1], order[i]) < 0 && text_compare(order[i], order[i - 1]) > 0, "%s, %s", order[i - 1], order[i]);
    CHECK(text_compare("Huế", "Huế") == 0 && text_compare("ma", "má") < 0 && text_compare("mà", "má") < 0, "tones");
    struct buf b = { 0 };
    text_upper("Thừa Thiên Huế, đắk lắk: ưỡn ẹo 5%", false, &b);
    CHECK(strcmp(b.data, "THỪA THIÊN HUẾ, ĐẮK LẮK: ƯỠN ẸO 5%") == 0, "%s", b.data);
    buf_reset(&b);
    text_upper("ấn tượng", true, &b);
    CHECK(strcmp(b.data, "Ấn tượng") == 0, "%s", b.data);
    buf_reset(&b);
    text_upper("6 tháng đầu năm", true, &b);
    CHECK(strcmp(b.data, "6 tháng đầu năm") == 0, "%s", b.data);
    buf_clear(&b);
}

/* ---- binding ---- */

static xmlDocPtr card_read(void)
{
    return xmlReadFile("tests/data/layout/card.xml", NULL, XML_PARSE_NONET);
}

/* Binds and dumps; what was said instead if it fails. */
static void bound(struct layout *l, struct buf *out, struct diag *d)
{
    struct arena a = { 0 };
    xmlDocPtr card = card_read();
    struct box_document *doc = l ? layout_bind(l, card, NULL, &a, d) : NULL;
    xmlFreeDoc(card); /* the boxes outlive it: a book is written after its cards are gone */
    buf_reset(out);
    if (doc)
        box_dump(doc, out);
    else
        messages(d, out);
    arena_clear(&a);
}

/* What only a card shows: the flow, and what is said or bound of it. */
static const struct { const char *root, *flow, *say; } bindings[] = {
    { "", "<table select=\"linh-vuc\"><column>{@ten}</column><column/><total on=\"carry\" label=\"Chuyển sang\"><cell column=\"2\" sum=\"1.5\"/></total>"
          "<total label=\"Cộng\"><cell column=\"2\" sum=\"@co * 0 + 2\"/></total></table>", "row carry" },
    { "on-missing=\"error\"", "<text>{noi/@thanh-lap}</text>", "a.xml:2:7: error: <text>: \"noi/@thanh-lap\" gives nothing for lao-cai; expected a value, or coalesce(noi/@thanh-lap, '...')" },
    { "on-missing=\"blank\"", "<text>a{noi/@thanh-lap}b</text>", "\"ab\"" },
    { "on-missing=\"mark\"", "<text>a{noi/@thanh-lap}b{1 div 0}</text>", "\"a-b-\"" },
    { "", "<text style=\"{concat('n', 'ho')}\">x</text>", "unknown style \"nho\"" },
    { "", "<text>{num(noi/@ten)}</text>", "\"Lào Cai\" is no number for num(), at lao-cai" },
    { "", "<text>{date(noi/@ten)}</text>", "\"Lào Cai\" is no date, at lao-cai" },
    { "", "<table select=\"linh-vuc\" group-by=\"@ma\"><column>{group-number()}.{group-position()}</column></table>", "\"2.1\"" },
    { "", "<for-each select=\"if(1, 'x', noi)\"><text/></for-each>", "gives no nodes" },
    { "", "<text><link to=\"#khong\">x</link></text>", "the link to \"#khong\" leads nowhere, at lao-cai" },
    { "", "<for-each select=\"linh-vuc\"><text id=\"a\">x</text></for-each>", "the id \"a\" is there twice" },
    { "", "<for-each select=\"linh-vuc\"><text id=\"a-{@ma}\">x</text></for-each>", "id=\"a-tthc\"" },
    { "", "<text>x<source select=\"//so-lieu[1]\"/></text>", "\"1a\"" },
    { "", "<text>x<source select=\"//so-lieu[1]\"/></text>", "contents=\"nguồn 1a\"" },
    { "", "<for-each select=\"//*\"><for-each select=\"//*\"><for-each select=\"//*\"><for-each select=\"//*\"><for-each select=\"//*\"><text/></for-each></for-each></for-each></for-each></for-each>", "more than" },
    { "", "<text>{count(//*[count(//*[count(//*[count(//*[count(//*) > 1]) > 1]) > 1]) > 1])}</text>", "the expression fails for lao-cai" },
    { "title=\"T {ky/@ma}\" subject=\"S\" date=\"2024-01-01\"", "<text/>", "document title=\"T 2023\" lang=\"vi-VN\" subject=\"S\" date=\"2024-01-01\"" },
    { "", "<table select=\"linh-vuc\"><column>a</column><row><cell column=\"2\">x</cell></row></table>", "the cell lies outside the table, which has 1 columns" },
    { "", "<image src=\"../x.png\" alt=\"\"/>", "is not inside the layout's folder" },
    { "", "<image src=\"a.xml\" alt=\"\"/>", "is no picture; expected a PNG or JPEG file" },
    { "", "<image src=\"khong.png\" alt=\"\"/>", "khong.png: error: cannot be opened" },
    { "", "<text>e\xCC\x81 A\xCC\x82\xCC\xA3</text>", "\"é Ậ\"" },
};

static void test_bindings(void)
{
    for (size_t i = 0; i < sizeof bindings / sizeof *bindings; i++) {
        struct diag d = { 0 };
        struct buf b = { 0 };
        buf_printf(&b, "<layout xmlns=\"urn:phieudiem:layout:1\" version=\"1\" %s><page-master name=\"p\"/><page-sequence master=\"p\">\n%s</page-sequence></layout>",
                   bindings[i].root, bindings[i].flow);
        write_text("a.xml", b.data);
        struct layout *l = layout_open(path_of("a.xml"), NULL, 0, NULL, &d);
        bound(l, &b, &d);
        CHECK(l && b.data && strstr(b.data, bindings[i].say), "%s\n  said %s\n  not %s", bindings[i].flow, b.data ? b.data : "", bindings[i].say);
        layout_close(l);
        buf_clear(&b);
        diag_clear(&d);
    }
}

static void test_params(void)
{
    static const char text[] = "<layout xmlns=\"urn:phieudiem:layout:1\" version=\"1\"><param name=\"nam\" type=\"year\" required=\"true\"/>"
        "<param name=\"ai\" default=\"Ban\"/><page-master name=\"p\"/><page-sequence master=\"p\"><text>{$nam - 1} {$ai}</text></page-sequence></layout>";
    static const struct { const char *name, *value; bool opens; const char *say; } cases[] = {
        { "nam", "2023", true, "\"2022 Ban\"" }, { "nam", "hai", false, "the parameter nam cannot be \"hai\"; expected a year" },
        { "ai", "Tổ", true, "the parameter nam is not set; expected --set nam=..." },
        { "nma", "2023", false, "has no parameter \"nma\"; expected a <param> of the layout; the nearest is \"nam\"" },
    };
    write_text("a.xml", text);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct diag d = { 0 };
        struct buf b = { 0 };
        struct layout_param p = { cases[i].name, cases[i].value };
        struct layout *l = layout_open(path_of("a.xml"), &p, 1, NULL, &d);
        if (l)
            bound(l, &b, &d);
        else
            messages(&d, &b);
        CHECK((l != NULL) == cases[i].opens && strstr(b.data, cases[i].say), "%s=%s: %s", cases[i].name, cases[i].value, b.data);
        layout_close(l);
        buf_clear(&b);
        diag_clear(&d);
    }
}

/* A layout bound twice, and after another card, gives the same. */
static void test_again(void)
{
    struct diag d = { 0 };
    struct buf first = { 0 }, second = { 0 };
    struct layout *l = layout_open("tests/data/layout/full.xml", NULL, 0, NULL, &d);
    bound(l, &first, &d);
    bound(l, &second, &d);
    CHECK(first.len && first.len == second.len && memcmp(first.data, second.data, first.len) == 0, "the second binding differs");
    CHECK(l && strlen(layout_hash(l)) == 64 && !layout_is_national(l), "hash");
    layout_close(l);
    buf_clear(&first);
    buf_clear(&second);
    diag_clear(&d);
}

/* 20,000 rows in one group with a mark each: what grows faster than the rows would take minutes. */
static void test_long_table(void)
{
    enum { ROWS = 20000 };
    struct diag d = { 0 };
    struct buf b = { 0 }, sentences = { 0 };
    struct arena a = { 0 };
    buf_str(&b, "<the><noi ma=\"x\"/><linh-vuc ma=\"l\"><chi-tieu ma=\"c\">");
    for (int i = 0; i < ROWS; i++) {
        buf_printf(&b, "<so-lieu id=\"f%d\" gia-tri=\"%d\" nguon=\"s1\"/>", i, i);
        buf_printf(&sentences, "<cau ma=\"f%d\">câu %d</cau>", i, i);
    }
    buf_printf(&b, "</chi-tieu></linh-vuc><nguon ma=\"s1\">%s</nguon></the>", sentences.data);
    xmlDocPtr card = xmlReadMemory(b.data, (int)b.len, "card", NULL, XML_PARSE_NONET);
    struct layout *l = open_parts("", "<table select=\"//so-lieu\" group-by=\"../@ma\"><column>{group-position()}/{group-size()}</column>"
        "<column>{num(@gia-tri)}<source select=\".\"/></column></table><sources><for-each select=\"sentences()\"><text>{source-letter()}</text></for-each></sources>", &d);
    struct box_document *doc = l ? layout_bind(l, card, NULL, &a, &d) : NULL;
    CHECK(doc && doc->n_uses == ROWS && strcmp(doc->uses[ROWS - 1].letter, "acof") == 0 && doc->sequences[0].first->u.table->n_rows == ROWS,
          "%zu sources", doc ? doc->n_uses : 0);
    layout_close(l);
    xmlFreeDoc(card);
    arena_clear(&a);
    buf_clear(&b);
    buf_clear(&sentences);
    diag_clear(&d);
}

static void golden(const char *name)
{
    struct diag d = { 0 };
    struct buf got = { 0 }, want = { 0 }, path = { 0 };
    buf_printf(&path, "tests/data/layout/%s.xml", name);
    struct layout *l = layout_open(path.data, NULL, 0, NULL, &d);
    bound(l, &got, &d);
    buf_reset(&path);
    buf_printf(&path, "tests/data/layout/%s.boxes", name);
    if (getenv("UPDATE") && d.errors == 0)
        file_write(path.data, got.data, got.len, &d);
    file_read(path.data, 0, &want, &d);
    CHECK(want.data && strcmp(got.data, want.data) == 0, "%s: the boxes are not those of %s:\n%s", name, path.data, got.data);
    layout_close(l);
    buf_clear(&got);
    buf_clear(&want);
    buf_clear(&path);
    diag_clear(&d);
}

/* card_print() writes what libxml2 would. */
static void printed(xmlDocPtr card, const char *path)
{
    struct buf b = { 0 };
    xmlChar *text = NULL;
    int n = 0;
    card_print(card, &b);
    xmlDocDumpFormatMemoryEnc(card, &text, &n, "UTF-8", 1);
    CHECK((size_t)n == b.len && memcmp(text, b.data, b.len) == 0, "%s is printed otherwise than by libxml2", path);
    xmlFree(text);
    buf_clear(&b);
}

static void schema(const char *path)
{
    struct buf missing = { 0 };
    xmlDocPtr card = xmlReadFile(path, NULL, XML_PARSE_NONET | XML_PARSE_NOBLANKS);
    printed(card, path);
    CHECK(card && card_schema_covers(card, &missing), "%s has what card_schema.c does not know:\n%s", path, missing.data ? missing.data : "");
    buf_clear(&missing);
    xmlFreeDoc(card);
}

/* ---- the schema for editors ---- */

static void no_words(void *data, xmlErrorPtr e)
{
    struct buf *b = data;
    buf_str(b, e->message ? e->message : "?");
}

/* How libxml2's schema validator judges a file: 0 valid. */
static int judge(xmlSchemaPtr schema, const char *path, struct buf *said)
{
    xmlDocPtr doc = xmlReadFile(path, NULL, XML_PARSE_NONET);
    xmlSchemaValidCtxtPtr c = xmlSchemaNewValidCtxt(schema);
    xmlSchemaSetValidStructuredErrors(c, no_words, said);
    int result = doc ? xmlSchemaValidateDoc(c, doc) : -1;
    xmlSchemaFreeValidCtxt(c);
    xmlFreeDoc(doc);
    return result;
}

static void test_xsd(void)
{
    static const char *const folders[] = { "layouts/*.xml", "layouts/chung/*.xml", "layouts/huong-dan/*.xml", "tests/data/layout/f*.xml", "tests/data/layout/phan/*.xml" };
    static const struct { const char *top, *flow; } bad[] = {
        { "", "<tabel/>" }, { "", "<text bookmak=\"x\"/>" }, { "", "bare words" }, { "", "<span>x</span>" },
        { "", "<for-each><text/></for-each>" }, { "", "<block margin=\"3\"/>" }, { "", "<block border=\"thick\"/>" },
        { "", "<block background=\"#12345\"/>" }, { "", "<text align=\"left\"/>" }, { "", "<text role=\"h5\"/>" },
        { "", "<block column-count=\"two\"/>" }, { "", "<image src=\"a.png\"/>" }, { "", "<chart type=\"pie\"/>" },
        { "", "<chart/>" }, { "", "<choose><text/></choose>" }, { "", "<text><block/></text>" }, { "", "<page-master name=\"q\"/>" },
        { "", "<table select=\"linh-vuc\"><text/></table>" }, { "<style size=\"8pt\"/>", "" }, { "<style name=\"a\" weight=\"bold\"/>", "" },
        { "<style name=\"a\" size=\"8\"/>", "" }, { "<style name=\"a b\"/>", "" }, { "<param name=\"2nam\"/>", "" },
        { "<text>x</text>", "" }, { "<number-format name=\"d\" sign=\"maybe\"/>", "" }, { "<page-master name=\"q\" margin=\"3\"/>", "" },
    };
    struct buf said = { 0 };
    xmlSchemaParserCtxtPtr c = xmlSchemaNewParserCtxt("layouts/layout.xsd");
    xmlSchemaSetParserStructuredErrors(c, no_words, &said);
    xmlSchemaPtr schema = xmlSchemaParse(c);
    xmlSchemaFreeParserCtxt(c);
    CHECK(schema != NULL, "layouts/layout.xsd is no schema: %s", said.data);
    glob_t files = { 0 };
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        glob(folders[i], i ? GLOB_APPEND : 0, NULL, &files);
    CHECK(files.gl_pathc >= 11, "%zu layouts", (size_t)files.gl_pathc);
    for (size_t i = 0; schema && i < files.gl_pathc; i++) {
        buf_reset(&said);
        CHECK(judge(schema, files.gl_pathv[i], &said) == 0, "%s: %s", files.gl_pathv[i], said.data);
    }
    globfree(&files);
    for (size_t i = 0; schema && i < sizeof bad / sizeof *bad; i++) { /* and the program refuses them too */
        struct diag d = { 0 };
        struct layout *l = open_parts(bad[i].top, bad[i].flow, &d);
        CHECK(!l && judge(schema, path_of("a.xml"), &said) > 0, "passes: %s%s", bad[i].top, bad[i].flow);
        layout_close(l);
        diag_clear(&d);
    }
    xmlSchemaFree(schema);
    buf_clear(&said);
}

/* ---- the reference's examples ---- */

static char *fence(char **p, char **end)
{
    char *start = strstr(*p, "```xml\n");
    if (!start || !(*end = strstr(start + 7, "\n```")))
        return NULL;
    *p = *end + 4;
    return start + 7;
}

/* Where a fragment may stand: what its first element is. */
static void around(const char *prelude, const char *text, struct buf *out)
{
    char name[32] = "";
    sscanf(text, "<%31[a-z:-]", name);
    const struct element_def *e = vocab_find(name, ~0u);
    bool top = strncmp(name, "xi:", 3) == 0 || (e && e->is & (IS_TOP | IS_SEQUENCE));
    if (strncmp(text, "<layout", 7) == 0) {
        buf_str(out, text);
        return;
    }
    buf_printf(out, "<layout xmlns=\"urn:phieudiem:layout:1\" xmlns:xi=\"http://www.w3.org/2001/XInclude\" version=\"1\">"
                    "%s<styles><style name=\"khoi\"/></styles><page-master name=\"p\"/>", strncmp(text, "<styles", 7) ? prelude : "");
    if (strstr(text, "<style name=\"khoi\""))
        buf_reset(out), buf_printf(out, "<layout xmlns=\"urn:phieudiem:layout:1\" version=\"1\">%s<page-master name=\"p\"/>", prelude);
    buf_printf(out, top ? "%s<page-sequence master=\"p\"/></layout>" : "<page-sequence master=\"p\">%s</page-sequence></layout>", text);
}

static void example(const char *prelude, const char *text)
{
    struct diag d = { 0 };
    struct buf b = { 0 }, said = { 0 };
    around(prelude, text, &b);
    write_text("a.xml", b.data);
    struct layout *l = layout_open(path_of("a.xml"), NULL, 0, NULL, &d);
    bound(l, &b, &d);
    messages(&d, &said);
    CHECK(l && d.errors == 0, "%s\n%s", text, said.data ? said.data : "");
    layout_close(l);
    buf_clear(&b);
    buf_clear(&said);
    diag_clear(&d);
}

/* Every example compiles and binds, and every element and attribute is named in the reference. */
static void test_reference(void)
{
    struct diag d = { 0 };
    struct buf readme = { 0 };
    size_t n = 0, count;
    CHECK(file_read("layouts/README.md", 0, &readme, &d), "the reference");
    char *language = strstr(readme.data, "\n## The language"), *p = language, *end, *text, *prelude = NULL;
    CHECK(language != NULL, "chapter");
    if (mkdir(path_of("chung"), 0777) == 0)
        write_text("chung/kieu.xml", "<styles xmlns=\"urn:phieudiem:layout:1\"/>");
    while (language && (text = fence(&p, &end))) {
        char *copy = xstrdup(text);
        copy[end - text] = '\0';
        if (!prelude && strncmp(copy, "<styles", 7) == 0)
            prelude = xstrdup(copy);
        example(prelude ? prelude : "", copy);
        free(copy);
        n++;
    }
    const struct element_def *all = vocab_elements(&count);
    for (size_t i = 0; language && i < count; i++) {
        struct buf word = { 0 };
        buf_printf(&word, "<%s", all[i].name);
        CHECK(strstr(language, word.data) || strcmp(all[i].name, "part") == 0, "no example of <%s>", all[i].name);
        for (const struct attr_def *a = all[i].attrs; a->name; a++) {
            size_t len = strlen(a->name);
            bool side = strstr(a->name, "-right") || strstr(a->name, "-left") || strstr(a->name, "-bottom") || strstr(a->name, "-top");
            buf_reset(&word);
            buf_printf(&word, "`%.*s`", (int)len, a->name);
            bool told = strstr(language, word.data) != NULL;
            buf_reset(&word);
            buf_printf(&word, "%s=\"", a->name);
            CHECK(side || told || strstr(language, word.data), "<%s %s> is not told", all[i].name, a->name);
        }
        buf_clear(&word);
    }
    CHECK(n >= 20, "%zu examples", n);
    free(prelude);
    unlink(path_of("chung/kieu.xml"));
    rmdir(path_of("chung"));
    buf_clear(&readme);
    diag_clear(&d);
}

int main(int argc, char **argv)
{
    if (argc > 1) { /* cards made by the program: tests/layout.test */
        for (int i = 1; i < argc; i++)
            schema(argv[i]);
        return CHECK_DONE();
    }
    if (!mkdtemp(folder))
        die("no folder for the tests");
    test_faults();
    test_fine();
    test_doubts();
    test_letters_there();
    test_hostile();
    test_numbers();
    test_dates();
    test_letters();
    schema("tests/data/layout/card.xml");
    golden("first");
    golden("full");
    test_bindings();
    test_params();
    test_again();
    test_long_table();
    test_xsd();
    test_reference();
    unlink(path_of("a.xml"));
    rmdir(folder);
    xmlSchemaCleanupTypes();
    xmlCleanupParser();
    return CHECK_DONE();
}
