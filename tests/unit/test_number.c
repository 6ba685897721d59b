/* Numerals in Vietnamese writing. */
#include "check.h"
#include "text/words.h"

#include <math.h>
#include <string.h>

static const struct { const char *in; size_t len; double value; bool grouped; unsigned decimals; } cases[] = {
    { "1.929,5 tỷ", 7, 1929.5, true, 1 },
    { "3.14", 1, 3, false, 0 },           /* two digits are no group: "3", then ".14" */
    { "97,4%", 4, 97.4, false, 1 },
    { "175.790 nghìn", 7, 175790, true, 0 },
    { "478.020,733", 11, 478020.733, true, 3 },
    { "441,857 tỷ", 7, 441.857, false, 3 }, /* one group behind a comma is a decimal part */
    { "1,234,567", 9, 1234567, true, 0 },
    { "12,3⁴ tỷ", 7, 12.3, false, 1 },    /* a footnote mark is passed over */
    { "24\xC2\xA0" "000", 7, 24000, true, 0 },
    { "07", 2, 7, false, 0 },
    { "2024", 4, 2024, false, 0 },
    { "5, 6", 1, 5, false, 0 },
    { "1.2345", 1, 1, false, 0 },
    { "00000000000000000000000000000001", 32, 1, false, 0 },
};

int main(void)
{
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct numeral n;
        CHECK(numeral_scan(cases[i].in, strlen(cases[i].in), &n), "\"%s\"", cases[i].in);
        CHECK(n.len == cases[i].len, "\"%s\": length %zu", cases[i].in, n.len);
        CHECK(fabs(n.value - cases[i].value) < 1e-9, "\"%s\": %.12g", cases[i].in, n.value);
        CHECK(n.grouped == cases[i].grouped && n.decimals == cases[i].decimals, "\"%s\": %d %u", cases[i].in, n.grouped,
              n.decimals);
    }
    struct numeral none;
    CHECK(!numeral_scan("tăng 5", 8, &none), "begins with no digit");
    CHECK(!numeral_scan("", 0, &none), "empty");
    return CHECK_DONE();
}
