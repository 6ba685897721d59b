/* Periods of the contract, their labels, and a fact printed in three formats. */
#include "check.h"
#include "extract/fact.h"

#include <math.h>
#include <string.h>

static const struct { const char *in, *first, *last; char grain; int year; const char *label; } periods[] = {
    { "2024", "2024-01-01", "2024-12-31", 'Y', 2024, "năm 2024" },
    { "2023-H1", "2023-01-01", "2023-06-30", 'H', 2023, "6 tháng đầu năm 2023" },
    { "2023-H2", "2023-07-01", "2023-12-31", 'H', 2023, "6 tháng cuối năm 2023" },
    { "2024-Q3", "2024-07-01", "2024-09-30", 'Q', 2024, "quý III/2024" },
    { "2024-M2", "2024-02-01", "2024-02-29", 'M', 2024, "tháng 2/2024" },
    { "2024-M12", "2024-12-01", "2024-12-31", 'M', 2024, "tháng 12/2024" },
    { "2024-07-15", "2024-07-15", "2024-07-15", 'D', 2024, "15/7/2024" },
    { "2021/2023-M7", "2021-01-01", "2023-07-31", 'R', 2023, "2021–7/2023" },
    { "2023-M1/2023-M7", "2023-01-01", "2023-07-31", 'R', 2023, "7 tháng đầu năm 2023" },
    { "2020/2026", "2020-01-01", "2026-12-31", 'R', 2026, "2020–2026" },
    { "2024-04-04/2024-06-14", "2024-04-04", "2024-06-14", 'R', 2024, "4/4/2024–14/6/2024" },
    { "", "", "", 0, 0, "" },
};
static const char *const bad_periods[] = { "24", "2024-", "2024-H3", "2024-Q0", "2024-M13", "2024-02-30", "2024-7-15",
                                           "2024/2021", "2024-M7x", "năm 2024", "99999", "2024/", "/2024",
                                           "2024-M999999999999" };

static void test_periods(void)
{
    for (size_t i = 0; i < sizeof periods / sizeof *periods; i++) {
        struct period p;
        struct buf b = { 0 };
        CHECK(period_parse(periods[i].in, &p), "%s", periods[i].in);
        CHECK(!strcmp(p.first, periods[i].first) && !strcmp(p.last, periods[i].last), "%s: %s %s", periods[i].in,
              p.first, p.last);
        CHECK(p.grain == periods[i].grain && p.year == periods[i].year, "%s: %c %d", periods[i].in, p.grain, p.year);
        period_label(&b, periods[i].in);
        CHECK(!strcmp(b.data ? b.data : "", periods[i].label), "%s: \"%s\"", periods[i].in, b.data);
        buf_clear(&b);
    }
    for (size_t i = 0; i < sizeof bad_periods / sizeof *bad_periods; i++) {
        struct period p;
        CHECK(!period_parse(bad_periods[i], &p), "%s", bad_periods[i]);
    }
}

static void test_names(void)
{
    for (int k = FACT_PERCENT; k <= FACT_NOTE; k++) {
        enum fact_kind back;
        CHECK(fact_kind_parse(fact_kind_name((enum fact_kind)k), &back) && (int)back == k, "kind %d", k);
    }
    for (int q = FACT_EQ; q <= FACT_AT_MOST; q++) {
        enum fact_qualifier back;
        CHECK(fact_qualifier_parse(fact_qualifier_name((enum fact_qualifier)q), &back) && (int)back == q, "%d", q);
    }
    enum fact_role role;
    CHECK(fact_role_parse("change", &role) && role == FACT_DIFFERENCE, "role");
    CHECK(!fact_role_parse("Result", &role) && !fact_role_parse("", &role), "role is exact");
    enum fact_status status;
    CHECK(fact_status_parse("rejected", &status) && status == FACT_REJECTED, "status");
}

static void test_printing(void)
{
    struct fact f = { .id = 7, .source = "a.txt", .start = 12, .end = 17, .page = 2, .quote = "đạt\t\"97,4%\" & hơn",
                      .place = "Lào Cai", .level = "tỉnh", .indicator = "so.ho-so-cong-viec", .kind = FACT_PERCENT,
                      .value = 97.4, .of = NAN, .unit = "%", .qualifier = FACT_OVER, .period = "2023",
                      .role = FACT_RESULT, .confidence = 0.925, .status = FACT_PROPOSED, .why = "" };
    struct buf b = { 0 };
    fact_tsv(&b, &f, true);
    CHECK(!strcmp(b.data, "a.txt\t12\t17\tđạt \"97,4%\" & hơn\tLào Cai\ttỉnh\tso.ho-so-cong-viec\tpercent\t97.4\t\t%\t"
                          ">\t2023\tresult\t0.93\tproposed\t7\t2\n") ||
              strstr(b.data, "\t0.92\t"), "%s", b.data);
    buf_reset(&b);
    fact_tsv_header(&b, false);
    CHECK(!strncmp(b.data, "source\tstart\tend\tquote\tplace", 28) && b.data[b.len - 1] == '\n', "%s", b.data);
    buf_reset(&b);
    f.start = f.end = -1;
    f.value = 0.000123456;
    f.of = 175790000;
    fact_tsv(&b, &f, false);
    CHECK(!strncmp(b.data, "a.txt\t\t\tđạt", 10) && strstr(b.data, "\t0.000123456\t175790000\t"), "%s", b.data);
    buf_reset(&b);
    f.kind = FACT_NOTE;
    f.of = NAN;
    fact_json(&b, &f, true);
    CHECK(strstr(b.data, "\\\"97,4%\\\" & hơn\"") && strstr(b.data, "\"value\": null") &&
              strstr(b.data, "\"id\": 7"), "%s", b.data);
    buf_reset(&b);
    fact_xml(&b, &f, false);
    CHECK(strstr(b.data, "kind=\"note\"") && !strstr(b.data, "value=") && strstr(b.data, "&amp; hơn</fact>"), "%s",
          b.data);
    buf_clear(&b);
}

int main(void)
{
    test_periods();
    test_names();
    test_printing();
    return CHECK_DONE();
}
