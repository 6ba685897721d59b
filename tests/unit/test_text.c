/* Words folded, and tokens that lead back to their bytes. */
#include "check.h"
#include "text/spelling.h"
#include "text/words.h"

#include <string.h>

static const struct { const char *a, *b; bool same; } folds[] = {
    { "Hoà", "HÒA", true },
    { "Hòa", "Ho\xCC\x80" "a", true },            /* NFD */
    { "Việt", "Vie\xCC\xA3\xCC\x82t", true },     /* NFD, marks in canonical order */
    { "đường", "ĐƯỜNG", true },
    { "tỷ", "tỉ", true },
    { "kỹ", "kĩ", true },
    { "thúy", "thúi", false },
    { "tỉnh", "tính", false },
    { "ban", "bán", false },
    { "dân", "dan", false },
    { "KH&ĐT", "kh&đt", true },
};

static void test_folds(void)
{
    for (size_t i = 0; i < sizeof folds / sizeof *folds; i++) {
        char a[FOLD_MAX], b[FOLD_MAX];
        size_t n = word_fold(folds[i].a, strlen(folds[i].a), a), m = word_fold(folds[i].b, strlen(folds[i].b), b);
        CHECK((n == m && !memcmp(a, b, n)) == folds[i].same, "%s %s: %.*s %.*s", folds[i].a, folds[i].b, (int)n, a,
              (int)m, b);
    }
}

/* Tokens as "w:word n:numeral m:mark"; "_" before one that follows a blank. */
static void tokens(const char *text, char *out, size_t cap)
{
    struct words w = { .text = text, .end = strlen(text) };
    struct token t;
    size_t n = 0;
    *out = '\0';
    while (words_next(&w, &t) && n + 40 < cap)
        n += (size_t)snprintf(out + n, cap - n, "%s%c:%.*s ", t.spaced ? "_" : "",
                              t.kind == TOKEN_WORD ? 'w' : t.kind == TOKEN_NUMERAL ? 'n' : 'm', (int)(t.end - t.start),
                              text + t.start);
}

static const struct { const char *in, *out; } streams[] = {
    { "đạt 98, 73 % (TP. Huế)", "w:đạt _n:98 m:, _n:73 _m:% _m:( w:TP. _w:Huế m:) " },
    { "17/40 nhiệm vụ", "n:17 m:/ n:40 _w:nhiệm _w:vụ " },
    { "57-NQ/TW", "n:57 m:- w:NQ m:/ w:TW " },
    { "4G, C06", "n:4 w:G m:, _w:C06 " },
    { "\xC2\xA0tăng\xE2\x80\x93giảm", "_w:tăng m:– w:giảm " },
    { "a\xFFz", "w:a w:z " }, /* broken UTF-8 is passed over */
    { "", "" },
};

static void test_tokens(void)
{
    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        char out[400];
        tokens(streams[i].in, out, sizeof out);
        CHECK(!strcmp(out, streams[i].out), "\"%s\": %s", streams[i].in, out);
    }
}

static void test_case(void)
{
    struct words w = { .text = "TTHC Bộ Đề án", .end = strlen("TTHC Bộ Đề án") };
    struct token t;
    CHECK(words_next(&w, &t) && t.upper && t.caps, "TTHC");
    CHECK(words_next(&w, &t) && t.upper && !t.caps, "Bộ");
    CHECK(words_next(&w, &t) && t.upper && !t.caps, "Đề");
    CHECK(words_next(&w, &t) && !t.upper, "án");
    CHECK(!words_next(&w, &t), "end");
}

static void test_names(void)
{
    static const struct { const char *in, *out; } names[] = {
        { "ĐẮK GLONG", "Đắk Glong" }, { "Khánh Hoà", "Khánh Hòa" }, { "Uỷ ban Dân tộc", "Ủy ban Dân tộc" }, { "Quỳ Hợp", "Quỳ Hợp" },
        { "Quý", "Quý" }, { "Hoàn Kiếm", "Hoàn Kiếm" }, { "THUỶ NGUYÊN", "Thủy Nguyên" }, { "Ho\xCC\x80" "a", "Hòa" }, { "", "" },
        { "BÀ RỊA - VŨNG TÀU", "Bà Rịa - Vũng Tàu" }, { "\xFF\xFE", "" },
    };
    struct arena a = { 0 };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *out = text_name(&a, names[i].in);
        CHECK(!strcmp(out, names[i].out), "%s: %s", names[i].in, out);
    }
    arena_clear(&a);
}

static void test_long_word(void)
{
    static char text[100000];
    memset(text, 'x', sizeof text - 1);
    struct words w = { .text = text, .end = sizeof text - 1 };
    struct token t;
    CHECK(words_next(&w, &t) && t.end == sizeof text - 1 && w.fold_len < FOLD_MAX, "one word, cut fold");
}

int main(void)
{
    test_folds();
    test_tokens();
    test_case();
    test_names();
    test_long_word();
    return CHECK_DONE();
}
