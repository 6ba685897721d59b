/* Cards from facts made here: statistics over places, what counts, what a card may hold. */
#include "check.h"

#include "card/card.h"
#include "card/stats.h"

#include <libxml/xpath.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct arena arena;
static struct catalog *catalog;
static struct source sources[] = {
    { .id = 1, .name = "bang.tsv", .kind = "table" },
    { .id = 2, .name = "cu.txt", .kind = "document", .date = "2023-07-31" },
    { .id = 3, .name = "moi.txt", .kind = "document", .date = "2024-01-20" },
    { .id = 4, .name = "sau.txt", .kind = "document", .date = "2025-10-01" },
    { .id = 5, .name = "khong-ngay.txt", .kind = "document" },
    { .id = 6, .name = "bang.tsv", .kind = "table" }, /* the same table in another file */
};
enum { TABLE, OLD, NEW, LATER, UNDATED, TABLE_AGAIN };

static struct stored_facts facts;

static void start(void)
{
    arena_reset(&arena);
    facts = (struct stored_facts){ .sources = sources, .n_sources = sizeof sources / sizeof *sources };
    for (size_t i = 0; i < facts.n_sources; i++) {
        struct source *s = &sources[i];
        s->title = s->publisher = s->place = s->symbol = s->address = s->hash = "";
        s->date = s->date ? s->date : "";
    }
}

static struct fact *add(int source, const char *place, const char *indicator, enum fact_kind kind, double value,
                        const char *period)
{
    struct stored_fact *sf = ARENA_PUSH(&arena, facts.items, facts.n, facts.cap);
    sf->source = &sources[source];
    sf->fact = (struct fact){ .id = (int64_t)facts.n, .source = sources[source].name, .start = -1, .end = -1,
                              .quote = "", .place = place, .level = "", .indicator = indicator, .kind = kind,
                              .value = value, .of = NAN, .unit = kind == FACT_PERCENT ? "%" : "", .period = period,
                              .confidence = 1, .why = "" };
    return &sf->fact;
}

static xmlDocPtr card(const char *slug, const char *period, const char *as_of)
{
    struct diag d = { 0 };
    struct card_options o = { .as_of = as_of, .period = period };
    struct card_set *set = card_set_from(&facts, NULL, catalog, &o, &d);
    xmlDocPtr doc = set ? slug ? card_make(set, slug, &d) : card_make_national(set, &d) : NULL;
    CHECK(doc != NULL, "no card of %s", slug ? slug : "the country");
    diag_print(&d, stderr, 0);
    diag_clear(&d);
    card_set_close(set);
    return doc;
}

/* The value of an XPath as a string in the arena. */
static const char *at(xmlDocPtr doc, const char *path)
{
    xmlXPathContextPtr c = xmlXPathNewContext(doc);
    xmlXPathObjectPtr o = xmlXPathEvalExpression((const xmlChar *)path, c);
    xmlChar *s = o ? xmlXPathCastToString(o) : NULL;
    const char *copy = arena_strdup(&arena, s ? (char *)s : "(no such path)");
    xmlFree(s);
    xmlXPathFreeObject(o);
    xmlXPathFreeContext(c);
    return copy;
}

#define IS(doc, path, expected) \
    do { \
        const char *got_ = at((doc), (path)); \
        CHECK(strcmp(got_, (expected)) == 0, "%s: \"%s\", not \"%s\"", (path), got_, (expected)); \
    } while (0)

static void test_numbers(void)
{
    double four[] = { 4, 1, 3, 2 }, one[] = { 7 };
    sort_ascending(four, 4);
    CHECK(quantile(four, 4, 0.5) == 2.5 && quantile(four, 4, 0.25) == 1.75 && quantile(four, 4, 0.75) == 3.25,
          "type 7");
    CHECK(quantile(one, 1, 0.25) == 7, "one value");
    double ties[] = { 10, 20, 20, 30 };
    CHECK(rank_of(30, ties, 4, 1) == 1 && rank_of(20, ties, 4, 1) == 2 && rank_of(10, ties, 4, 1) == 4, "1 2 2 4");
    CHECK(rank_of(10, ties, 4, -1) == 1 && rank_of(30, ties, 4, -1) == 4, "less is better");
    CHECK(quartile_group(30, 10, 20, 30, 1) == 1 && quartile_group(20, 10, 20, 30, 1) == 2 &&
              quartile_group(9, 10, 20, 30, 1) == 4, "groups");
    CHECK(quartile_group(10, 10, 20, 30, -1) == 1 && quartile_group(31, 10, 20, 30, -1) == 4, "groups, less is better");
    CHECK(rounded(0.195, 2) == 0.2 || rounded(0.195, 2) == 0.19, "rounded");
}

static void test_ranks(void)
{
    start();
    add(TABLE, "Cao Bằng", "papi.diem", FACT_SCORE, 40, "2023");
    add(TABLE, "Hà Giang", "papi.diem", FACT_SCORE, 45, "2023");
    add(TABLE, "Lào Cai", "papi.diem", FACT_SCORE, 42, "2023");
    add(TABLE, "Yên Bái", "papi.diem", FACT_SCORE, 42, "2023");
    add(TABLE, "Lào Cai", "tthc.tre-han", FACT_PERCENT, 1, "2023");
    add(TABLE, "Yên Bái", "tthc.tre-han", FACT_PERCENT, 3, "2023");
    add(TABLE, "Hà Giang", "tthc.tre-han", FACT_PERCENT, 2, "2023");
    xmlDocPtr doc = card("lao-cai", "2023", NULL);
    IS(doc, "/the/chi-so[@ma='papi']/nam/@hang", "2");
    IS(doc, "/the/chi-so[@ma='papi']/nam/@tong", "4");
    IS(doc, "/the/chi-so[@ma='papi']/nam/@hang-loai", "tinh-toan");
    IS(doc, "/the/chi-so[@ma='papi']/nam/@tren", "80");
    IS(doc, "/the/chi-so[@ma='papi']/nam/@trung-vi", "42");
    IS(doc, "/the/chi-so[@ma='papi']/nam/@q3", "42.75");
    IS(doc, "/the/chi-so[@ma='papi']/nam/@tot-nhat-ten", "Hà Giang");
    IS(doc, "/the/chi-so[@ma='papi']/nam/@phan-bo", "45 40 42 42"); /* in the order of the catalog */
    IS(doc, "count(/the/chi-so[@ma='papi']/nam/@nhom)", "0");       /* under 8 */
    IS(doc, "//chi-tieu[@ma='tthc.tre-han']/so-lieu/@hang", "1");
    IS(doc, "count(/the/chi-so)", "8");
    xmlFreeDoc(doc);
    doc = card("cao-bang", "2023", NULL);
    IS(doc, "/the/chi-so[@ma='papi']/nam/@hang", "4");
    xmlFreeDoc(doc);
}

/* Approximate values and the few among many places. */
static void test_left_out(void)
{
    start();
    add(OLD, "Lào Cai", "tthc.dung-han", FACT_PERCENT, 98, "2023");
    add(OLD, "Yên Bái", "tthc.dung-han", FACT_PERCENT, 90, "2023");
    add(OLD, "Hà Giang", "tthc.dung-han", FACT_PERCENT, 80, "2023");
    add(OLD, "Sơn La", "tthc.dung-han", FACT_PERCENT, 99, "2023")->qualifier = FACT_OVER;
    xmlDocPtr doc = card("lao-cai", "2023", NULL);
    IS(doc, "//so-lieu/@hang", "1");
    IS(doc, "//so-lieu/@tong", "3");
    IS(doc, "//so-lieu/@phan-bo", "80 98 90");
    xmlFreeDoc(doc);
    doc = card("son-la", "2023", NULL);
    IS(doc, "//so-lieu/@dau", ">");
    IS(doc, "//so-lieu/@dau-chu", "trên");
    IS(doc, "count(//so-lieu/@hang)", "0");
    xmlFreeDoc(doc);
    add(OLD, "Cao Bằng", "tthc.hai-long", FACT_PERCENT, 70, "2023");
    add(OLD, "Lai Châu", "tthc.hai-long", FACT_PERCENT, 71, "2023");
    doc = card("lao-cai", "2023", NULL); /* three of six: no rank to speak of */
    IS(doc, "count(//so-lieu/@hang)", "0");
    IS(doc, "//so-lieu/@n", "3");
    IS(doc, "count(//so-lieu/@trung-vi)", "0");
    xmlFreeDoc(doc);
}

static void test_changes(void)
{
    static const double papi[] = { 36, 44, 45, 46.2, 46.9 }; /* 2017 to 2021 */
    start();
    for (int i = 0; i < 5; i++)
        add(TABLE, "Lào Cai", "papi.diem", FACT_SCORE, papi[i], arena_printf(&arena, "%d", 2017 + i));
    add(OLD, "Lào Cai", "dvc.ho-so-truc-tuyen", FACT_PERCENT, 40, "2022-H1");
    add(OLD, "Lào Cai", "dvc.ho-so-truc-tuyen", FACT_PERCENT, 50, "2022");
    add(OLD, "Lào Cai", "dvc.ho-so-truc-tuyen", FACT_PERCENT, 55.5, "2023-H1");
    add(OLD, "Lào Cai", "dvc.thanh-toan", FACT_PERCENT, 55, "2022-M1/2022-M7");
    add(OLD, "Lào Cai", "dvc.thanh-toan", FACT_PERCENT, 60, "2023-M1/2023-M7");
    xmlDocPtr doc = card("lao-cai", "2023", NULL);
    IS(doc, "//chi-so[@ma='papi']/nam[@ky='2018']/@dut", "true");
    IS(doc, "count(//chi-so[@ma='papi']/nam[@ky='2018']/@thay-doi)", "0");
    IS(doc, "//chi-so[@ma='papi']/nam[@ky='2018']/@tren", "80");
    IS(doc, "//chi-so[@ma='papi']/nam[@ky='2017']/@tren", "60");
    IS(doc, "//chi-so[@ma='papi']/nam[@ky='2019']/@thay-doi", "1");
    IS(doc, "//chi-so[@ma='papi']/nam[@ky='2019']/@dang-ke", "true");
    IS(doc, "//chi-so[@ma='papi']/nam[@ky='2020']/@thay-doi", "1.2");
    IS(doc, "//chi-so[@ma='papi']/nam[@ky='2021']/@dut", "true");
    IS(doc, "//so-lieu[@ky='2023-H1']/@thay-doi", "15.5"); /* the same half, not the year */
    IS(doc, "//so-lieu[@ky='2023-M1/2023-M7']/@truoc-ky", "2022-M1/2022-M7");
    IS(doc, "count(//so-lieu[@ky='2022']/@thay-doi)", "0");
    xmlFreeDoc(doc);
}

static void test_targets(void)
{
    static const struct { double value; enum fact_qualifier q; const char *met; } cases[] = {
        { 80, FACT_EQ, "dat" },    { 79.5, FACT_EQ, "gan" }, { 70, FACT_EQ, "chua" }, { 80, FACT_OVER, "dat" },
        { 75, FACT_OVER, "" },     { 75, FACT_UNDER, "chua" }, { 90, FACT_UNDER, "" }, { 85, FACT_ABOUT, "dat" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        start();
        add(OLD, "Lào Cai", "dvc.ho-so-truc-tuyen", FACT_PERCENT, cases[i].value, "2023")->qualifier = cases[i].q;
        add(OLD, "Lào Cai", "dvc.ho-so-truc-tuyen", FACT_PERCENT, 80, "2023")->role = FACT_TARGET;
        xmlDocPtr doc = card("lao-cai", "2023", NULL);
        IS(doc, "//so-lieu[@vai='ket-qua']/@muc-tieu", "80");
        IS(doc, "//so-lieu[@vai='ket-qua']/@dat", cases[i].met);
        IS(doc, "count(//so-lieu/@muc-tieu-cach)", cases[i].q == FACT_EQ ? "1" : "0");
        if (cases[i].value == 79.5)
            IS(doc, "//so-lieu/@muc-tieu-cach", "-0.5");
        xmlFreeDoc(doc);
    }
    start(); /* half a year against the year's target */
    add(OLD, "Lào Cai", "dvc.ho-so-truc-tuyen", FACT_PERCENT, 70, "2023-H1");
    add(OLD, "Lào Cai", "dvc.ho-so-truc-tuyen", FACT_PERCENT, 80, "2023")->role = FACT_TARGET;
    xmlDocPtr doc = card("lao-cai", "2023", NULL);
    IS(doc, "//so-lieu[@vai='ket-qua']/@muc-tieu-ky", "2023");
    IS(doc, "count(//so-lieu/@dat)", "0");
    xmlFreeDoc(doc);
}

/* Which of disagreeing facts counts, and that none is lost. */
static void test_conflicts(void)
{
    start();
    add(OLD, "Lào Cai", "papi.diem", FACT_SCORE, 40, "2022");
    add(TABLE, "Lào Cai", "papi.diem", FACT_SCORE, 40.4, "2022");
    add(OLD, "Lào Cai", "tthc.dung-han", FACT_PERCENT, 98, "2022");
    add(NEW, "Lào Cai", "tthc.dung-han", FACT_PERCENT, 99, "2022");
    for (size_t i = 0; i < 4; i++)
        facts.items[i].conflict = 1 + (int64_t)(i / 2);
    xmlDocPtr doc = card("lao-cai", "2022", NULL);
    IS(doc, "//chi-so[@ma='papi']/nam/@gia-tri", "40.4");
    IS(doc, "//chi-so[@ma='papi']/nam/@mau-thuan", "1");
    IS(doc, "count(/the/mau-thuan[@so='1']/so-lieu)", "2");
    IS(doc, "/the/mau-thuan[@so='1']/@dung", "f2");
    IS(doc, "//linh-vuc//so-lieu[@dung]/@gia-tri", "99");
    IS(doc, "count(//linh-vuc//so-lieu)", "2");
    IS(doc, "/the/thong-ke/@mau-thuan", "2");
    xmlFreeDoc(doc);
    facts.items[2].fact.status = FACT_APPROVED; /* the older text's, by a person */
    doc = card("lao-cai", "2022", NULL);
    IS(doc, "//linh-vuc//so-lieu[@dung]/@gia-tri", "98");
    xmlFreeDoc(doc);
    facts.items[2].fact.status = FACT_REJECTED;
    doc = card("lao-cai", "2022", NULL);
    IS(doc, "count(//linh-vuc//so-lieu)", "1");
    xmlFreeDoc(doc);
}

/* A publisher's rank goes before ours; but PAPI publishes none. */
static void test_published_ranks(void)
{
    start();
    add(TABLE, "Lào Cai", "dti.diem", FACT_SCORE, 0.6, "2022");
    add(TABLE, "Yên Bái", "dti.diem", FACT_SCORE, 0.5, "2022");
    add(TABLE, "Lào Cai", "dti.hang", FACT_RANK, 15, "2022")->of = 63;
    add(TABLE, "Yên Bái", "dti.hang", FACT_RANK, 15, "2022")->of = 63;
    add(TABLE, "Lào Cai", "papi.diem", FACT_SCORE, 42, "2022");
    add(TABLE, "Yên Bái", "papi.diem", FACT_SCORE, 41, "2022");
    add(OLD, "Lào Cai", "papi.hang", FACT_RANK, 12, "2022")->of = 63;
    add(OLD, "Lào Cai", "pci.hang", FACT_RANK, 9, "2022");
    add(OLD, "Lào Cai", "papi.hang", FACT_RANK, 49, "2021")->of = 63;
    add(NEW, "Lào Cai", "pci.hang", FACT_RANK, 2, "2022")->of = 14;
    xmlDocPtr doc = card("lao-cai", "2022", NULL);
    IS(doc, "//chi-so[@ma='dti']/nam/@hang", "15");
    IS(doc, "//chi-so[@ma='dti']/nam/@hang-loai", "cong-bo");
    IS(doc, "//chi-so[@ma='papi']/nam[@ky='2022']/@hang", "1");
    IS(doc, "//chi-so[@ma='papi']/nam[@ky='2022']/@hang-loai", "tinh-toan");
    IS(doc, "//chi-so[@ma='papi']/nam[@ky='2021']/@hang-loai", "van-ban");
    IS(doc, "count(//chi-so[@ma='papi']/nam[@ky='2021']/@gia-tri)", "0");
    IS(doc, "/the/mau-thuan[@loai='hang']/so-lieu/@gia-tri", "12");
    IS(doc, "//chi-so[@ma='pci']/nam/@tong", "63"); /* the places of the time */
    IS(doc, "//chi-so[@ma='pci']/nam/@hang", "9");
    IS(doc, "//chi-so[@ma='pci']/so-lieu/@tren", "14"); /* the rank in the region, apart */
    xmlFreeDoc(doc);
}

/* A merged province: its own figures apart from those of its predecessors. */
static void test_merger(void)
{
    start();
    add(TABLE, "Lào Cai", "papi.diem", FACT_SCORE, 41.25, "2024");
    add(TABLE, "Yên Bái", "papi.diem", FACT_SCORE, 43.75, "2024");
    add(LATER, "Lào Cai", "tthc.dung-han", FACT_PERCENT, 97, "2025-Q3");
    add(OLD, "Lào Cai", "dvc.ho-so-truc-tuyen", FACT_PERCENT, 90, "2030")->role = FACT_TARGET; /* the old one's plan */
    add(OLD, "Lào Cai", "tthc.so-hoa", FACT_PERCENT, 12, "");
    add(TABLE, "Lào Cai", "dti.diem", FACT_SCORE, 0.7, "2024"); /* published for the 34 */
    add(TABLE, "Huế", "papi.diem", FACT_SCORE, 45, "2025");
    add(TABLE, "Thừa Thiên Huế", "papi.diem", FACT_SCORE, 44, "2024");
    xmlDocPtr now = card("lao-cai", "2025", "2025-12-31"), then = card("lao-cai", "2024", NULL);
    IS(now, "/the/noi/@bo", "34");
    IS(now, "/the/noi/@ma-so", "15");
    IS(now, "count(/the/noi/tien-than)", "2");
    IS(now, "//tien-than[@ma='yen-bai']/chi-so/nam/@gia-tri", "43.75");
    IS(now, "//tien-than[@ma='lao-cai']/chi-so[@ma='papi']/nam/@gia-tri", "41.25");
    IS(now, "count(/the/chi-so[@ma='papi']/nam)", "0");
    IS(now, "/the/chi-so[@ma='dti']/nam/@gia-tri", "0.7");
    IS(now, "count(/the/linh-vuc//so-lieu)", "1");
    IS(now, "/the/linh-vuc//so-lieu/@gia-tri", "97");
    IS(now, "count(//@*[.='85'])", "0"); /* no sum */
    IS(now, "/the/nhan-xet[1]/@loai", "hop-nhat");
    IS(then, "/the/noi/@bo", "63");
    IS(then, "/the/noi/@ma-so", "10");
    IS(then, "/the/chi-so[@ma='papi']/nam/@gia-tri", "41.25");
    IS(then, "count(/the/chi-so[@ma='dti']/nam)", "0");
    IS(then, "count(/the/linh-vuc//so-lieu)", "2");
    IS(then, "count(/the/ban-do/o)", "65");
    IS(then, "/the/ban-do/o[@ma='truong-sa']/@thuoc", "khanh-hoa");
    xmlFreeDoc(now);
    xmlFreeDoc(then);
    xmlDocPtr hue = card("hue", "2025", NULL);
    IS(hue, "/the/chi-so[@ma='papi']/nam[@ky='2025']/@dut", "true"); /* of 63 and of 34 */
    IS(hue, "/the/chi-so[@ma='papi']/nam[@ky='2025']/@dut-vi", "sắp xếp lại tỉnh, thành phố");
    IS(hue, "count(/the/chi-so[@ma='papi']/nam/@thay-doi)", "0");
    IS(hue, "count(/the/chi-so[@ma='papi']/nam)", "2"); /* one territory under two names */
    IS(hue, "count(/the/noi/tien-than)", "0");
    xmlFreeDoc(hue);
}

/* Every value and sentence of the other places is searched for in each card. */
static void test_no_foreign_value(void)
{
    static const char *const places[] = { "Lào Cai", "Yên Bái", "Hà Giang", "Sơn La", "Hà Nội", "Bắc Ninh" };
    static const char *const slugs[] = { "lao-cai", "yen-bai", "ha-giang", "son-la", "ha-noi", "bac-ninh" };
    enum { N = 6 };
    start();
    for (int i = 0; i < N; i++) {
        struct fact *f = add(OLD, places[i], "tthc.dung-han", FACT_PERCENT, 90.1237 + i, "2023");
        f->quote = arena_printf(&arena, "câu của %s", places[i]);
        f = add(OLD, places[i], "khac:cầu", FACT_COUNT, 7701 + i, "2023");
        f->quote = arena_printf(&arena, "cầu của %s", places[i]);
        add(OLD, places[i], "tai-chinh.giai-ngan", FACT_PERCENT, 50.1237 + i, "")->qualifier = FACT_ABOUT;
    }
    for (int i = 0; i < N; i++) {
        xmlDocPtr doc = card(slugs[i], "2023", NULL);
        IS(doc, "count(//so-lieu)", "3");
        IS(doc, "count(//cau)", "2");
        for (int k = 0; k < N; k++) {
            const char *path = arena_printf(
                &arena, "count(//@*[name()!='phan-bo' and name()!='trung-vi' and name()!='q1' and name()!='q3' and "
                        "name()!='thap-nhat' and name()!='cao-nhat' and name()!='tot-nhat' and "
                        "(contains(., '%d.1237') or contains(., '%d.1237') or contains(., '%d'))]) + "
                        "count(//text()[contains(., '%s') and (contains(., 'câu') or contains(., 'cầu'))])",
                90 + k, 50 + k, 7701 + k, places[k]);
            bool found = strcmp(at(doc, path), "0") != 0;
            CHECK(found == (i == k), "%s in the card of %s: %s", places[k], places[i], at(doc, path));
        }
        xmlFreeDoc(doc);
    }
}

/* A district's figure is shown as its own and never as the province's. */
static void test_inner_units(void)
{
    start();
    add(OLD, "Sa Pa, Lào Cai", "tthc.dung-han", FACT_PERCENT, 91, "2023");
    add(OLD, "Sa Pa, Lào Cai", "dvc.thanh-toan", FACT_PERCENT, 92, "2023");
    add(OLD, "Lào Cai", "tthc.dung-han", FACT_PERCENT, 99, "2023");
    add(OLD, "Nơi nào, không đâu", "tthc.dung-han", FACT_PERCENT, 93, "2023");
    xmlDocPtr doc = card("lao-cai", "2023", NULL);
    IS(doc, "count(/the/linh-vuc//so-lieu)", "1");
    IS(doc, "count(/the/truc-thuoc[@ten='Sa Pa']/chi-tieu)", "2");
    IS(doc, "/the/truc-thuoc/chi-tieu[@ma='dvc.thanh-toan']/so-lieu/@gia-tri", "92");
    xmlFreeDoc(doc);
}

static void test_hostile(void)
{
    start();
    struct fact *f = add(OLD, "Lào Cai", "khac:\x01\x02<&\"", FACT_COUNT, 1e300, "2023");
    f->quote = "\xFF\xFE broken \x0B text ]]>";
    f->unit = "\xC3";
    add(OLD, "Lào Cai", "", FACT_COUNT, NAN, "");
    add(OLD, "", "tthc.dung-han", FACT_PERCENT, 1, "2023");
    add(OLD, "Atlantis", "tthc.dung-han", FACT_PERCENT, 1, "2023");
    add(UNDATED, "Lào Cai", "tthc.dung-han", FACT_PERCENT, -INFINITY, "chẳng có kỳ nào");
    add(UNDATED, "Lào Cai", "papi.hang", FACT_RANK, 1e18, "2023")->of = -5;
    add(UNDATED, "Lào Cai", "papi.diem", FACT_SCORE, NAN, "9999");
    struct buf text = { 0 };
    xmlDocPtr doc = card("lao-cai", NULL, NULL);
    if (doc)
        card_print(doc, &text);
    xmlDocPtr again = text.data ? xmlReadMemory(text.data, (int)text.len, NULL, NULL, XML_PARSE_NONET) : NULL;
    CHECK(again != NULL, "what was printed is XML");
    CHECK(text.data && strstr(text.data, "broken"), "the quote is kept without the bytes that XML forbids");
    xmlFreeDoc(again);
    xmlFreeDoc(doc);
    buf_clear(&text);
    start(); /* no facts at all */
    doc = card("lao-cai", NULL, "2024-12-31");
    IS(doc, "/the/thong-ke/@so-lieu", "0");
    IS(doc, "/the/noi/@bo", "63");
    xmlFreeDoc(doc);
}

static const struct { const char *slug, *as_of, *says, *expected; } unknown[] = {
    { "lao-kai", "2024-12-31", "no province", "lao-cai" },
    { "yen-bai", "2025-12-31", "on 2025-12-31", "lao-cai" },
    { "", "2024-12-31", "no province", NULL },
};

static void test_unknown(void)
{
    start();
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++) {
        struct diag d = { 0 };
        struct card_options o = { .as_of = unknown[i].as_of };
        struct card_set *set = card_set_from(&facts, NULL, catalog, &o, &d);
        CHECK(set && !card_make(set, unknown[i].slug, &d) && d.errors == 1, "\"%s\"", unknown[i].slug);
        CHECK(d.n && strstr(d.messages[0].text, unknown[i].says), "\"%s\": %s", unknown[i].slug, d.messages[0].text);
        CHECK(!unknown[i].expected || (d.messages[0].expected && strstr(d.messages[0].expected, unknown[i].expected)),
              "\"%s\"", unknown[i].slug);
        card_set_close(set);
        diag_clear(&d);
    }
    struct diag d = { 0 };
    struct card_options bad[] = { { .as_of = "31/12/2024" }, { .period = "2023 hay 2024" }, { .period = "" } };
    for (size_t i = 0; i < 3; i++)
        CHECK(!card_set_from(&facts, NULL, catalog, &bad[i], &d) && d.errors == i + 1, "option %zu", i);
    diag_clear(&d);
}

static void test_default_period(void)
{
    struct diag d = { 0 };
    struct card_options o = { 0 };
    start();
    add(TABLE, "Lào Cai", "papi.diem", FACT_SCORE, 42, "2022");
    add(TABLE, "Yên Bái", "papi.diem", FACT_SCORE, 42, "2022");
    add(TABLE, "Hà Giang", "papi.diem", FACT_SCORE, 42, "2022");
    add(NEW, "Lào Cai", "tthc.dung-han", FACT_PERCENT, 97, "2023");
    add(NEW, "Hà Giang", "tthc.dung-han", FACT_PERCENT, 97, "");
    add(OLD, "Hà Giang", "tthc.dung-han", FACT_PERCENT, 99, "2030")->role = FACT_TARGET;
    struct card_set *set = card_set_from(&facts, NULL, catalog, &o, &d);
    CHECK(strcmp(card_set_period(set), "2022") == 0, "%s", card_set_period(set));
    CHECK(strcmp(card_set_as_of(set), "2022-12-31") == 0, "%s", card_set_as_of(set));
    size_t n;
    const char *const *slugs = card_set_places(set, true, &n);
    CHECK(n == 3 && strcmp(slugs[0], "ha-giang") == 0, "%zu places with facts", n);
    card_set_places(set, false, &n);
    CHECK(n == 63, "%zu places", n);
    CHECK(card_set_fact_count(set, "ha-giang") == 3 && card_set_fact_count(set, "ha-noi") == 0, "fact counts");
    card_set_close(set);
    diag_clear(&d);
}

/* The judgement of three facts, and of an index with its parts. */
static void test_words(void)
{
    start();
    add(OLD, "Lào Cai", "tthc.dung-han", FACT_PERCENT, 98.73, "2023")->quote = "đạt 98,73%";
    add(OLD, "Lào Cai", "tthc.tiet-kiem", FACT_MONEY, 1700, "2023-H1")->qualifier = FACT_ABOUT;
    facts.items[1].fact.unit = "tỷ đồng";
    add(OLD, "Lào Cai", "dvc.thanh-toan", FACT_PERCENT, 60, "2023")->qualifier = FACT_OVER;
    xmlDocPtr doc = card("lao-cai", "2023", NULL);
    IS(doc, "/the/nhan-xet[@loai='cong-viec']",
       "Hồ sơ đúng hạn, trước hạn 98,73%; hồ sơ thanh toán trực tuyến trên 60%; tiết kiệm cho dân, doanh nghiệp khoảng "
       "1.700 tỷ đồng (6 tháng đầu năm 2023).");
    IS(doc, "/the/nhan-xet[@loai='cong-viec']/nguon-dan[1]/@cau", "f1");
    IS(doc, "/the/nhan-xet[@loai='khoang-trong']/b[1]", "Cả tám chỉ số chưa tìm thấy số liệu năm 2023");
    IS(doc, "count(/the/nhan-xet)", "2");
    xmlFreeDoc(doc);
    start();
    add(TABLE, "Lào Cai", "papi.diem", FACT_SCORE, 42.5, "2023");
    add(TABLE, "Yên Bái", "papi.diem", FACT_SCORE, 40, "2023");
    add(TABLE, "Lào Cai", "papi.diem", FACT_SCORE, 40.1, "2022");
    add(TABLE, "Yên Bái", "papi.diem", FACT_SCORE, 40.2, "2022");
    add(TABLE, "Lào Cai", "papi.d1", FACT_SCORE, 5, "2023");
    add(TABLE, "Yên Bái", "papi.d1", FACT_SCORE, 4, "2023");
    add(TABLE, "Lào Cai", "papi.d2", FACT_SCORE, 3, "2023");
    add(TABLE, "Yên Bái", "papi.d2", FACT_SCORE, 4, "2023");
    doc = card("lao-cai", "2023", NULL);
    IS(doc, "/the/nhan-xet[@loai='chi-so']",
       "PAPI năm 2023 đạt 42,50/80 điểm, cao hơn trung vị cả nước (41,25) 1,25 điểm. So với năm 2022 tăng 2,40 điểm, "
       "từ thứ 2/2 lên thứ 1/2.");
    IS(doc, "/the/nhan-xet[@loai='chi-so']/i[2]", "1/2"); /* computed */
    IS(doc, "/the/nhan-xet[@loai='linh-vuc']",
       "Mạnh nhất là Tham gia của người dân ở cấp cơ sở, thứ 1/2. Yếu nhất là Công khai, minh bạch trong việc ra quyết "
       "định ở địa phương, thứ 2/2.");
    IS(doc, "/the/nhan-xet[@loai='khoang-trong']/b[1]", "Bảy trong tám chỉ số chưa tìm thấy số liệu năm 2023");
    xmlFreeDoc(doc);
    start();
    add(TABLE, "Quảng Ninh", "par-index.hang", FACT_RANK, 1, "2023")->of = 63;
    doc = card("quang-ninh", "2023", NULL);
    IS(doc, "/the/nhan-xet[@loai='chi-so']",
       "PAPI năm 2023 không công bố kết quả của tỉnh Quảng Ninh. PAR INDEX năm 2023 xếp thứ 1/63.");
    IS(doc, "//chi-so[@ma='papi']/chua-cong-bo[last()]/@ky", "2023");
    xmlFreeDoc(doc);
}

/* Points for a meeting: the order of weight, and what may not be among them. */
static void test_points(void)
{
    start();
    add(OLD, "Lào Cai", "tthc.dung-han", FACT_PERCENT, 80, "2023");
    add(OLD, "Lào Cai", "tthc.dung-han", FACT_PERCENT, 95, "2023")->role = FACT_TARGET;
    add(OLD, "Lào Cai", "tthc.hai-long", FACT_PERCENT, 96, "2023");
    add(OLD, "Lào Cai", "tthc.hai-long", FACT_PERCENT, 90, "2023")->role = FACT_TARGET;
    add(OLD, "Lào Cai", "tthc.cong-khai", FACT_PERCENT, 100, "2023");
    add(OLD, "Lào Cai", "so.ho-so-cong-viec", FACT_PERCENT, 100, "2023")->qualifier = FACT_ABOUT;
    add(TABLE, "Lào Cai", "par-index.hang", FACT_RANK, 15, "2023")->of = 63;
    xmlDocPtr doc = card("lao-cai", "2023", NULL);
    IS(doc, "/the/y-chinh[@loai='can-quyet-dinh'][1]", "Hồ sơ đúng hạn, trước hạn 80%, chưa đạt mục tiêu 95%.");
    IS(doc, "/the/y-chinh[@loai='can-quyet-dinh'][2]", "Bảy chỉ số chưa có số liệu năm 2023.");
    IS(doc, "count(/the/y-chinh[@loai='can-quyet-dinh'])", "2");
    IS(doc, "/the/y-chinh[@loai='noi-bat'][1]", "PAR INDEX năm 2023 thứ 15/63.");
    IS(doc, "/the/y-chinh[@loai='noi-bat'][2]", "Hài lòng về giải quyết hồ sơ 96%, đạt mục tiêu 90%.");
    IS(doc, "/the/y-chinh[@loai='noi-bat'][3]", "Thủ tục được niêm yết, công khai 100%.");
    IS(doc, "/the/nhan-xet[@loai='cong-viec']",
       "Đạt một trong hai mục tiêu có số liệu. Chưa đạt hồ sơ đúng hạn, trước hạn (80%, mục tiêu 95%).");
    xmlFreeDoc(doc);
}

static void test_one_source(void)
{
    start();
    sources[TABLE].hash = "aa";
    sources[TABLE_AGAIN].hash = "bb";
    add(TABLE, "Lào Cai", "papi.diem", FACT_SCORE, 42, "2023");
    add(TABLE_AGAIN, "Lào Cai", "papi.d1", FACT_SCORE, 5, "2023");
    xmlDocPtr doc = card("lao-cai", "2023", NULL);
    IS(doc, "count(/the/nguon)", "1");
    IS(doc, "/the/nguon/@bam", "aa bb");
    IS(doc, "/the/chi-so[@ma='papi']/thanh-phan/nam/@nguon", "s1");
    xmlFreeDoc(doc);
}

static void test_national(void)
{
    start();
    add(TABLE, "Lào Cai", "papi.diem", FACT_SCORE, 42, "2023");
    add(TABLE, "Yên Bái", "papi.diem", FACT_SCORE, 43, "2023");
    add(TABLE, "Lào Cai", "papi.d1", FACT_SCORE, 5, "2023");
    add(TABLE, "Cả nước", "papi.diem", FACT_SCORE, 41, "2023");
    add(TABLE, "Vùng Đông Nam Bộ", "papi.diem", FACT_SCORE, 40, "2023");
    xmlDocPtr doc = card(NULL, "2023", NULL);
    IS(doc, "/the/@loai", "quoc-gia");
    IS(doc, "count(/the/tinh)", "63");
    IS(doc, "/the/tinh[@ma='lao-cai']/nam/@hang", "2");
    IS(doc, "/the/tinh[@ma='lao-cai']/nam/thanh-phan/@gia-tri", "5");
    IS(doc, "/the/tinh[@ma='quang-ninh']/chua-cong-bo/@chi-so", "papi");
    IS(doc, "/the/chi-so[@ma='papi']/@trung-vi", "42.5");
    IS(doc, "/the/chi-so[@ma='papi']/@ca-nuoc", "41");
    IS(doc, "/the/vung[@ten='Đông Nam Bộ']/nam/@gia-tri", "40");
    IS(doc, "count(/the/vung)", "6");
    IS(doc, "count(/the/ban-do/o[@thuoc])", "2");
    xmlFreeDoc(doc);
}

int main(void)
{
    struct diag d = { 0 };
    catalog = catalog_open("layouts/catalog", &d);
    diag_print(&d, stderr, 0);
    CHECK(catalog != NULL, "the catalog that ships");
    if (catalog) {
        test_numbers();
        test_ranks();
        test_left_out();
        test_changes();
        test_targets();
        test_conflicts();
        test_published_ranks();
        test_merger();
        test_no_foreign_value();
        test_inner_units();
        test_hostile();
        test_unknown();
        test_default_period();
        test_words();
        test_points();
        test_national();
        test_one_source();
    }
    arena_clear(&arena);
    catalog_close(catalog);
    diag_clear(&d);
    xmlCleanupParser();
    return CHECK_DONE();
}
