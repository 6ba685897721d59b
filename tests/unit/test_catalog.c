/* The catalog that ships: its sets of places, names, successors, indices; and
 * what a faulty one is told. */
#include "check.h"

#include "base/file.h"
#include "catalog/catalog.h"

#include <libxml/xmlschemas.h>
#include <libxml/xmlschemastypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const struct { const char *date; size_t n; } sets[] = {
    { "2008-07-31", 64 }, { "2008-08-01", 63 }, { "2024-12-31", 63 }, { "2024", 63 },       { "2025-01-01", 63 },
    { "2025-06-30", 63 }, { "2025-07-01", 34 }, { "2025", 34 },       { "2026-04-29", 34 }, { "2026-04-30", 34 },
    { "", 34 },
};

static const struct { const char *name, *date, *slug, *code; } names[] = {
    { "Lào Cai", "2024-12-31", "lao-cai", "10" },
    { "Lào Cai", "2025-07-01", "lao-cai", "15" },
    { "LÀO CAI", "2024", "lao-cai", "10" },
    { "tỉnh Lào Cai", "2024", "lao-cai", "10" },
    { "Tỉnh Bắc Ninh", "2025", "bac-ninh", "24" },
    { "Bắc Ninh", "2024", "bac-ninh", "27" },
    { "Khánh Hoà", "2024", "khanh-hoa", "56" },
    { "Khánh Hòa", "2024", "khanh-hoa", "56" },
    { "Thanh Hoá", "", "thanh-hoa", "38" },
    { "Hoà Bình", "2024", "hoa-binh", "17" },
    { "Hoa\xCC\x80" " Bi\xCC\x80nh", "2024", "hoa-binh", "17" }, /* decomposed */
    { "TP. Hồ Chí Minh", "2024", "ho-chi-minh", "79" },
    { "TP.HCM", "2024", "ho-chi-minh", "79" },
    { "thành phố Hồ Chí Minh", "", "ho-chi-minh", "79" },
    { "Ha Noi", "2024", "ha-noi", "01" },
    { "HA NOI", "2024", "ha-noi", "01" },
    { "tinh Dak Lak", "2024", "dak-lak", "66" },
    { "Daklak", "2024", "dak-lak", "66" },
    { "Thừa Thiên - Huế", "2024", "thua-thien-hue", "46" },
    { "Huế", "2024", "thua-thien-hue", "46" },
    { "Huế", "2025-01-01", "hue", "46" },
    { "Bà Rịa – Vũng Tàu", "2024", "ba-ria-vung-tau", "77" },
    { "Yên Bái", "2025-07-01", NULL, NULL },
    { "Hà Tây", "2007", "ha-tay", "28" },
    { "Hà Tây", "2010", NULL, NULL },
    { "Hà Nôi", "2024", NULL, NULL }, /* another name, not a way to write this one */
    { "", "2024", NULL, NULL },
    { "\xC3", "2024", NULL, NULL },
};

static void test_places(const struct catalog *c)
{
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        size_t n;
        const struct place *const *p = catalog_places_on(c, sets[i].date, &n);
        CHECK(n == sets[i].n, "%s: %zu places", sets[i].date, n);
        for (size_t k = 1; k < n; k++)
            CHECK(strcmp(p[k - 1]->code, p[k]->code) < 0, "%s: %s after %s", sets[i].date, p[k]->slug,
                  p[k - 1]->slug);
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct place *p = catalog_place_named(c, names[i].name, names[i].date);
        CHECK(!p == !names[i].slug, "%s on %s", names[i].name, names[i].date);
        if (p && names[i].slug) {
            CHECK(strcmp(p->slug, names[i].slug) == 0, "%s: %s", names[i].name, p->slug);
            CHECK(strcmp(p->code, names[i].code) == 0, "%s: %s", names[i].name, p->code);
        }
    }
    CHECK(!catalog_place(c, "yen-bai", "2025-07-01"), "Yên Bái is no more");
    CHECK(strcmp(catalog_nearest_place(c, "lao-kai"), "lao-cai") == 0, "nearest");
    CHECK(strcmp(catalog_nearest_place(c, "Lào Kai"), "lao-cai") == 0, "nearest by name");
}

static void test_successors(const struct catalog *c)
{
    static const struct { const char *slug, *date; size_t n; const char *one; } cases[] = {
        { "lao-cai", "2025-07-01", 2, "yen-bai" },      { "ho-chi-minh", "2026-01-01", 3, "binh-duong" },
        { "ha-noi", "2025-07-01", 0, NULL },            { "hue", "2025-07-01", 0, NULL },
        { "dong-nai", "2026-04-30", 2, "binh-phuoc" },  { "lao-cai", "2024-12-31", 0, NULL },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t n;
        const struct place *p = catalog_place(c, cases[i].slug, cases[i].date);
        const struct place *const *before = catalog_predecessors(c, p, &n);
        bool found = !cases[i].one;
        for (size_t k = 0; k < n; k++)
            found |= cases[i].one && strcmp(before[k]->slug, cases[i].one) == 0;
        CHECK(n == cases[i].n && found, "%s: %zu predecessors", cases[i].slug, n);
    }
    const struct place *hue = catalog_place(c, "hue", "2025"), *old = catalog_place(c, "thua-thien-hue", "2024");
    CHECK(hue->unit == old->unit, "Huế and Thừa Thiên Huế are one territory");
    CHECK(catalog_place(c, "dong-nai", "2026")->unit == catalog_place(c, "dong-nai", "2025")->unit, "Đồng Nai");
    CHECK(catalog_place(c, "lao-cai", "2025")->unit != catalog_place(c, "lao-cai", "2024")->unit,
          "a merged unit is a new one");
    size_t rows, ended = 0;
    const struct place *all = catalog_places(c, &rows);
    for (size_t i = 0; i < rows; i++)
        if (*all[i].to) {
            ended++;
            CHECK(catalog_place(c, all[i].successor, "2025-07-01") != NULL, "%s", all[i].slug);
        }
    CHECK(ended == 55, "%zu rows ended", ended); /* 52 merged, Hà Tây, Thừa Thiên Huế, Đồng Nai the province */
}

static void test_tiles(const struct catalog *c)
{
    static const char *const dates[] = { "2024-12-31", "2025-03-01", "2025-07-01", "2026-05-01" };
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        size_t n, n_tiles, islands = 0;
        const struct place *const *places = catalog_places_on(c, dates[i], &n);
        const struct tile *tiles = catalog_tiles(c, dates[i], &n_tiles);
        for (size_t k = 0; k < n; k++)
            CHECK(catalog_tile(c, places[k], dates[i]) != NULL, "%s has no tile on %s", places[k]->slug, dates[i]);
        for (size_t k = 0; k < n_tiles; k++)
            if (*tiles[k].belongs) {
                islands++;
                CHECK(catalog_place(c, tiles[k].belongs, dates[i]) != NULL, "%s", tiles[k].slug);
            }
        CHECK(islands == 2 && n_tiles == n + 2, "%s: %zu tiles, %zu archipelagos", dates[i], n_tiles, islands);
    }
    const struct place *nghe_an = catalog_place(c, "nghe-an", "2024");
    CHECK(strcmp(catalog_region(c, nghe_an, "2024"), "Bắc Trung Bộ và duyên hải miền Trung") == 0, "2024");
    CHECK(strcmp(catalog_region(c, nghe_an, "2025-12-31"), "Bắc Trung Bộ") == 0, "2025");
}

static void test_indicators(const struct catalog *c)
{
    size_t n, keys = 0;
    const struct indicator *all = catalog_indicators(c, &n);
    CHECK(n == 94, "%zu indicators", n);
    for (size_t i = 0; i < n; i++) {
        keys += all[i].key > 0;
        CHECK(catalog_indicator(c, all[i].code) == &all[i], "%s", all[i].code);
        CHECK(*all[i].name && *all[i].short_name && *all[i].unit && all[i].field, "%s", all[i].code);
    }
    CHECK(keys == 12, "%zu headline figures", keys);
    CHECK(!catalog_indicator(c, "papi.d9"), "no such code");
    const struct indicator *d3 = catalog_indicator(c, "papi.d3");
    CHECK(d3->number == 3 && d3->max == 10 && strcmp(d3->index->code, "papi") == 0, "papi.d3");
    CHECK(catalog_indicator(c, "dti.cqs.diem")->rank == catalog_indicator(c, "dti.cqs.hang"), "rank of a pillar");
    CHECK(catalog_indicator(c, "tthc.tre-han")->better == -1, "less is better");
}

static void test_indices(const struct catalog *c)
{
    const struct index *papi = catalog_index(c, "papi"), *par = catalog_index(c, "par-index");
    char day[11];
    size_t n;
    catalog_indices(c, &n);
    CHECK(n == 8, "%zu indices", n);
    CHECK(index_max(papi, 2017) == 60 && index_max(papi, 2018) == 80 && index_max(papi, 2010) == 0, "scale");
    CHECK(index_breaks_between(papi, 2017, 2018) && !index_breaks_between(papi, 2018, 2020) &&
              index_breaks_between(papi, 2023, 2011), "breaks of PAPI");
    CHECK(papi->groups_only && papi->n_parts == 8 && *papi->quartile[3], "PAPI");
    CHECK(!index_published(papi, 2023, "quang-ninh") && index_published(papi, 2023, "lao-cai"), "missing");
    CHECK(strcmp(index_class(par, 2018, 80), "A") == 0 && strcmp(index_class(par, 2024, 89.99), "B") == 0 &&
              !*index_class(par, 2023, 90), "class limits move, and are told for their years only");
    CHECK(!*index_class(papi, 2023, 40), "PAPI has no limits");
    CHECK(index_ranked_first(catalog_index(c, "pci"), 2023) == 30, "PCI 2023");
    CHECK(strcmp(index_set_date(catalog_index(c, "dti"), 2024, day), "2025-07-01") == 0, "DTI 2024 is of the 34");
    CHECK(strcmp(index_set_date(papi, 2024, day), "2024-12-31") == 0, "PAPI 2024 is of the 63");
}

static void put(const char *folder, const char *name, const char *text)
{
    struct diag d = { 0 };
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    CHECK(file_write(path, text, strlen(text), &d), "%s", path);
    diag_clear(&d);
}

static const struct { const char *places, *says, *expected; int line; } faults[] = {
    { "<places>\n<plaec/></places>", "unknown element", "<place>", 2 },
    { "<places>\n\n<place slug='a' code='1' nam='A' kind='tỉnh' region=''/></places>", "unknown attribute", "name", 3 },
    { "<places>\n<place slug='a' code='1' name='A' kind='huyện' region=''/></places>", "no kind of unit", "tỉnh", 2 },
    { "<places>\n<place slug='a' code='1' kind='tỉnh' region=''/></places>", "\"name\" is missing", NULL, 2 },
    { "<places><place", "not well-formed", NULL, 1 },
    { "<!DOCTYPE places [<!ENTITY x SYSTEM '/etc/passwd'>]><places/>", "document type", NULL, 0 },
    { "<place/>", "not the root", "<places>", 1 },
    { "<places>text</places>", "holds text", NULL, 1 },
    { "<places><place slug='a' code='1' name='A' kind='tỉnh' region='' from='07/2025'/></places>", "no date", "2025",
      1 },
    { "<places><place slug='a' code='1' name='A' kind='tỉnh' region=''/>"
      "<place slug='b' code='2' name='a' kind='tỉnh' region=''/></places>", "names both", NULL, 0 },
    { "<places><place slug='a' code='1' name='A' kind='tỉnh' region='' to='2020-01-01'/></places>", "no successor",
      NULL, 0 },
    { "<places><tiles set='63'/></places>", "Hoàng Sa", NULL, 0 },
};

static const struct { const char *sentences, *says; } wordings[] = {
    { "<sentences><sentence id='hang'>, thứ {hangg}</sentence></sentences>", "{hangg} is no value" },
    { "<sentences><sentence id='hang'>, thứ {hang</sentence></sentences>", "is no value" },
    { "<sentences><sentence id='hagn'/></sentences>", "\"hagn\" is no sentence" },
    { "<sentences/>", "is missing" },
};

static void test_wordings(const char *folder)
{
    for (size_t i = 0; i < sizeof wordings / sizeof *wordings; i++) {
        struct diag d = { 0 };
        put(folder, "places.xml", "<places/>");
        put(folder, "sentences.xml", wordings[i].sentences);
        struct catalog *c = catalog_open(folder, &d);
        CHECK(!c && d.n && strstr(d.messages[0].text, wordings[i].says), "wording %zu: %s", i,
              d.n ? d.messages[0].text : "taken");
        catalog_close(c);
        diag_clear(&d);
    }
}

static void test_faults(void)
{
    char folder[] = "/tmp/test-catalog-XXXXXX";
    CHECK(mkdtemp(folder) != NULL, "%s", folder);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        struct diag d = { 0 };
        put(folder, "places.xml", faults[i].places);
        put(folder, "indicators.xml", "<indicators/>");
        put(folder, "indices.xml", "<indices/>");
        put(folder, "sentences.xml", "<sentences/>");
        struct catalog *c = catalog_open(folder, &d);
        CHECK(!c && d.n > 0, "fault %zu was taken", i);
        if (d.n) {
            CHECK(strstr(d.messages[0].text, faults[i].says), "fault %zu: %s", i, d.messages[0].text);
            CHECK(!faults[i].expected ||
                      (d.messages[0].expected && strstr(d.messages[0].expected, faults[i].expected)),
                  "fault %zu: %s", i, d.messages[0].expected ? d.messages[0].expected : "nothing expected");
            CHECK(d.messages[0].at.line == faults[i].line, "fault %zu: line %d", i, d.messages[0].at.line);
        }
        catalog_close(c);
        diag_clear(&d);
    }
    test_wordings(folder);
    const char *const left[] = { "places.xml", "indicators.xml", "indices.xml", "sentences.xml" };
    for (size_t i = 0; i < 4; i++) {
        char path[512];
        snprintf(path, sizeof path, "%s/%s", folder, left[i]);
        unlink(path);
    }
    rmdir(folder);
}

/* The files that ship hold to the schema for editors. */
static void test_schema(void)
{
    static const char *const files[] = { "places", "indicators", "indices", "sentences" };
    xmlSchemaParserCtxtPtr parser = xmlSchemaNewParserCtxt("layouts/catalog/catalog.xsd");
    xmlSchemaPtr schema = xmlSchemaParse(parser);
    xmlSchemaFreeParserCtxt(parser);
    CHECK(schema != NULL, "catalog.xsd");
    xmlSchemaValidCtxtPtr valid = schema ? xmlSchemaNewValidCtxt(schema) : NULL;
    for (size_t i = 0; valid && i < 4; i++) {
        char path[64];
        snprintf(path, sizeof path, "layouts/catalog/%s.xml", files[i]);
        CHECK(xmlSchemaValidateFile(valid, path, 0) == 0, "%s", path);
    }
    xmlSchemaFreeValidCtxt(valid);
    xmlSchemaFree(schema);
    xmlSchemaCleanupTypes();
    xmlCleanupParser();
}

int main(void)
{
    struct diag d = { 0 };
    struct catalog *c = catalog_open("layouts/catalog", &d);
    CHECK(c != NULL, "the catalog that ships");
    diag_print(&d, stderr, 0);
    if (c) {
        test_places(c);
        test_successors(c);
        test_tiles(c);
        test_indicators(c);
        test_indices(c);
        CHECK(strlen(catalog_hash(c)) == 64, "hash");
    }
    test_faults();
    test_schema();
    CHECK(!catalog_open("/nowhere", &d) && d.errors == 1, "no folder");
    catalog_close(c);
    diag_clear(&d);
    return CHECK_DONE();
}
