/* Cells become facts with the place, indicator and period of their headings. */
#include "base/file.h"
#include "check.h"
#include "extract/extract.h"

#include <math.h>
#include <string.h>

#define PAGE(body) "<html><body><h1>Tin</h1><p>Bảng số liệu.</p>" body "</body></html>"

static const struct {
    const char *html;
    const char *place, *level, *indicator, *period, *quote;
    double value, of;
    size_t n, which;           /* how many facts; which of them */
} cases[] = {
    { PAGE("<table><caption>PAR INDEX năm 2023</caption><tr><th>Tỉnh</th><th>PAR INDEX (%)</th></tr>"
           "<tr><td>Hà Nội</td><td>91,43</td></tr><tr><td>An Giang</td><td>81,32</td></tr></table>"),
      "An Giang", "", "par-index.diem", "2023", "An Giang 81,32", 81.32, NAN, 2, 1 },
    { PAGE("<table><tr><th>Tỉnh</th><th>Xếp hạng DTI năm 2022</th><th>Xếp hạng DTI năm 2023</th></tr>"
           "<tr><td>Hà Nội</td><td>24/63</td><td>6/63</td></tr></table>"),
      "Hà Nội", "", "dti.hang", "2023", "Hà Nội 24/63 6/63", 6, 63, 2, 1 },
    { PAGE("<table><caption>Hồ sơ của tỉnh Quảng Nam, tháng 1/2025</caption><tr><th>Cấp</th><th>Hồ sơ tiếp nhận</th></tr>"
           "<tr><th>Cấp huyện</th><td>21.040</td></tr></table>"),
      "Quảng Nam", "huyện", "tthc.ho-so-tiep-nhan", "2025-M1", "Cấp huyện 21.040", 21040, NAN, 1, 0 },
    /* A year above, the index in the caption; the cell without a figure gives none. */
    { PAGE("<table><caption>Điểm PAPI</caption><tr><th>Tỉnh</th><th>2022</th><th>2023</th></tr>"
           "<tr><td>Lào Cai</td><td>40,40</td><td>-</td></tr></table>"),
      "Lào Cai", "", "papi.diem", "2022", "Lào Cai 40,40 -", 40.4, NAN, 1, 0 },
};

int main(int argc, char **argv)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    (void)argc;
    file_set_program(argv[0]);
    struct catalog *c = catalog_open("layouts/catalog", &d);
    struct extractor *x = c ? extractor_open("layouts/catalog", c, &d) : NULL;
    CHECK(x, "catalog");
    for (size_t i = 0; x && i < sizeof cases / sizeof *cases; i++) {
        struct document *doc = document_decode("a.html", cases[i].html, strlen(cases[i].html), &a, &d);
        struct facts facts = { 0 };
        if (doc)
            extract_facts(x, doc, &a, &facts);
        CHECK(facts.n == cases[i].n, "case %zu: %zu facts", i, facts.n);
        if (cases[i].which >= facts.n)
            continue;
        const struct fact *f = &facts.items[cases[i].which];
        CHECK(strcmp(f->place, cases[i].place) == 0 && strcmp(f->level, cases[i].level) == 0, "case %zu: %s %s", i,
              f->place, f->level);
        CHECK(strcmp(f->indicator, cases[i].indicator) == 0, "case %zu: %s", i, f->indicator);
        CHECK(strcmp(f->period, cases[i].period) == 0, "case %zu: %s", i, f->period);
        CHECK(strcmp(f->quote, cases[i].quote) == 0, "case %zu: \"%s\"", i, f->quote);
        CHECK(fabs(f->value - cases[i].value) < 1e-9, "case %zu: %g", i, f->value);
        CHECK(isnan(cases[i].of) ? isnan(f->of) : f->of == cases[i].of, "case %zu: of %g", i, f->of);
        /* The span is the cell's in the document itself. */
        size_t at = document_byte(doc, (size_t)f->start);
        CHECK(strchr("0123456789", doc->text[at]) && f->end > f->start, "case %zu: span %lld", i, (long long)f->start);
    }
    extractor_close(x);
    catalog_close(c);
    arena_clear(&a);
    diag_clear(&d);
    return CHECK_DONE();
}
