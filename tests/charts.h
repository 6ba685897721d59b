/* tests/charts.h -- charts with real figures (PAPI 2023, Lào Cai) and with hard ones.
 *
 * A case makes its spec in an arena.  The usual cases have a golden dump; the
 * hard ones must keep the rules of every chart: marks in the frame, labels
 * clear of each other. */
#ifndef TESTS_CHARTS_H
#define TESTS_CHARTS_H
#include "chart/chart.h"

#include <math.h>
#include <string.h>

#define MM (72 / 25.4)

struct tile { const char *name; int col, row; };

static const struct tile tiles63[] = {
    { "Lai Châu", 1, 1 }, { "Lào Cai", 2, 1 }, { "Hà Giang", 3, 1 }, { "Cao Bằng", 4, 1 }, { "Điện Biên", 1, 2 },
    { "Yên Bái", 2, 2 }, { "Tuyên Quang", 3, 2 }, { "Bắc Kạn", 4, 2 }, { "Lạng Sơn", 5, 2 }, { "Sơn La", 1, 3 },
    { "Phú Thọ", 2, 3 }, { "Vĩnh Phúc", 3, 3 }, { "Thái Nguyên", 4, 3 }, { "Bắc Giang", 5, 3 },
    { "Quảng Ninh", 6, 3 }, { "Hòa Bình", 2, 4 }, { "Hà Nội", 3, 4 }, { "Bắc Ninh", 4, 4 }, { "Hải Dương", 5, 4 },
    { "Hải Phòng", 6, 4 }, { "Hà Nam", 3, 5 }, { "Hưng Yên", 4, 5 }, { "Thái Bình", 5, 5 }, { "Ninh Bình", 3, 6 },
    { "Nam Định", 4, 6 }, { "Thanh Hóa", 3, 7 }, { "Nghệ An", 3, 8 }, { "Hà Tĩnh", 3, 9 }, { "Quảng Bình", 4, 9 },
    { "Quảng Trị", 4, 10 }, { "TT-Huế", 5, 10 }, { "Đà Nẵng", 6, 10 }, { "Quảng Nam", 6, 11 }, { "Kon Tum", 6, 12 },
    { "Quảng Ngãi", 7, 12 }, { "Gia Lai", 6, 13 }, { "Bình Định", 7, 13 }, { "Đắk Lắk", 6, 14 },
    { "Phú Yên", 7, 14 }, { "Bình Phước", 4, 15 }, { "Đắk Nông", 5, 15 }, { "Lâm Đồng", 6, 15 },
    { "Khánh Hòa", 7, 15 }, { "Tây Ninh", 3, 16 }, { "Bình Dương", 4, 16 }, { "Đồng Nai", 5, 16 },
    { "Bình Thuận", 6, 16 }, { "Ninh Thuận", 7, 16 }, { "Đồng Tháp", 2, 17 }, { "Long An", 3, 17 },
    { "TP.HCM", 4, 17 }, { "BR-VT", 5, 17 }, { "An Giang", 1, 18 }, { "Cần Thơ", 2, 18 }, { "Vĩnh Long", 3, 18 },
    { "Tiền Giang", 4, 18 }, { "Bến Tre", 5, 18 }, { "Kiên Giang", 1, 19 }, { "Hậu Giang", 2, 19 },
    { "Sóc Trăng", 3, 19 }, { "Trà Vinh", 4, 19 }, { "Cà Mau", 1, 20 }, { "Bạc Liêu", 2, 20 },
    { "Hoàng Sa", 9, 10 }, { "Trường Sa", 9, 17 },
};
static const struct tile tiles34[] = {
    { "Lai Châu", 1, 1 }, { "Lào Cai", 2, 1 }, { "Tuyên Quang", 3, 1 }, { "Cao Bằng", 4, 1 }, { "Điện Biên", 1, 2 },
    { "Sơn La", 2, 2 }, { "Phú Thọ", 3, 2 }, { "Thái Nguyên", 4, 2 }, { "Lạng Sơn", 5, 2 }, { "Hà Nội", 3, 3 },
    { "Bắc Ninh", 4, 3 }, { "Quảng Ninh", 5, 3 }, { "Ninh Bình", 3, 4 }, { "Hưng Yên", 4, 4 },
    { "Hải Phòng", 5, 4 }, { "Thanh Hóa", 3, 5 }, { "Nghệ An", 3, 6 }, { "Hà Tĩnh", 3, 7 }, { "Quảng Trị", 4, 7 },
    { "Huế", 4, 8 }, { "Đà Nẵng", 5, 8 }, { "Quảng Ngãi", 5, 9 }, { "Gia Lai", 5, 10 }, { "Đắk Lắk", 5, 11 },
    { "Tây Ninh", 3, 12 }, { "Đồng Nai", 4, 12 }, { "Lâm Đồng", 5, 12 }, { "Khánh Hòa", 6, 12 },
    { "An Giang", 2, 13 }, { "Đồng Tháp", 3, 13 }, { "TP.HCM", 4, 13 }, { "Cần Thơ", 2, 14 },
    { "Vĩnh Long", 3, 14 }, { "Cà Mau", 2, 15 }, { "Hoàng Sa", 8, 8 }, { "Trường Sa", 8, 13 },
};
/* PAPI 2023: the total of each of the 61 provinces that it was published for. */
static const double papi2023[] = {
    41.8455, 44.5746, 44.3204, 43.3483, 45.5784, 45.7047, 40.2128, 43.5718, 39.9526, 42.4740, 40.1054,
    40.1744, 41.6551, 42.6668, 42.3265, 38.9711, 42.0204, 39.9114, 41.3226, 40.3179, 44.2479, 41.5581,
    43.9603, 45.4291, 41.7535, 42.1143, 41.0692, 41.7754, 43.5493, 44.2282, 44.9419, 40.9892, 39.9613,
    43.6223, 40.9044, 43.4778, 42.1075, 40.8330, 43.1782, 42.8473, 44.0721, 45.5054, 42.9957, 40.4202,
    41.5998, 40.5960, 40.4891, 42.7705, 45.6196, 42.3966, 39.2364, 43.7585, 45.7875, 44.2042, 46.0415,
    39.6906, 40.1433, 41.4939, 40.8231, 43.9526, 42.4908,
};

struct draft { struct arena *a; struct chart_spec *c; struct chart_point *points; size_t n, cap; struct chart_series series[4]; };

static struct chart_point *add_point(struct draft *d, const char *label, double value, const char *text)
{
    struct chart_point *p = ARENA_PUSH(d->a, d->points, d->n, d->cap);
    *p = chart_point_new(label, value, text);
    return p;
}

/* Closes the points so far as a series. */
static void add_series(struct draft *d, const char *label)
{
    struct chart_series *s = arena_array(d->a, struct chart_series, d->c->n_series + 1);
    for (size_t i = 0; i < d->c->n_series; i++)
        s[i] = d->c->series[i];
    s[d->c->n_series++] = (struct chart_series){ .label = label, .points = d->points, .n = d->n };
    d->c->series = s;
    d->points = NULL;
    d->n = d->cap = 0;
}

static void add_references(struct draft *d, const struct chart_reference *r, size_t n)
{
    d->c->references = r;
    d->c->n_references = n;
}

/* The usual cases ----------------------------------------------------------- */

static void case_bar(struct draft *d)
{
    add_point(d, "Niêm yết, công khai thủ tục", 100, "100");
    add_point(d, "Hài lòng về giải quyết hồ sơ", 99.4, "99,4");
    add_point(d, "Hồ sơ đúng hạn, trước hạn", 98.73, "98,73");
    add_point(d, "Hồ sơ công việc trên mạng, tỉnh", 97.4, "97,4");
    add_point(d, "Tích hợp Cổng DVC quốc gia", 70.62, "70,62");
    add_point(d, "Cắt giảm thủ tục, so mục tiêu", 49.3, "49,3")->target = 100;
    add_point(d, "Hồ sơ nộp trực tuyến", 80, "trên 80")->end = END_OVER;
    add_point(d, "Hồ sơ thanh toán trực tuyến", 75, "gần 75")->end = END_ABOUT;
    add_point(d, "Lượt hồ sơ số hóa", 60, "khoảng 60")->end = END_ABOUT;
    add_point(d, "Hồ sơ quá hạn", 5.5, "không quá 5,5")->end = END_AT_MOST;
    add_point(d, "Chi trả an sinh không tiền mặt", NAN, "-");
    add_series(d, NULL);
    d->c->max = 100;
    d->c->label_values = true;
}

static void case_bar_peers(struct draft *d)
{
    static const struct chart_reference median[] = { { 42.33, "trung vị cả nước 42,33" } };
    add_point(d, "Thái Nguyên", 45.79, "45,79 điểm");
    add_point(d, "Bắc Giang", 44.32, "44,32 điểm");
    add_point(d, "Lào Cai", 42.11, "42,11 điểm")->own = true;
    add_point(d, "Tuyên Quang", 41.49, "41,49 điểm");
    add_point(d, "Bà Rịa - Vũng Tàu", NAN, "chưa công bố");
    add_series(d, NULL);
    add_references(d, median, 1);
    d->c->max = 80;
    d->c->label_values = true;
}

static void case_bar_grouped(struct draft *d)
{
    add_point(d, "Cấp tỉnh", 97.4, "97,4%");
    add_point(d, "Cấp huyện", 87.86, "87,86%");
    add_point(d, "Cấp xã", 97, "97%");
    add_series(d, "7/2023");
    add_point(d, NULL, 91, "91%");
    add_point(d, NULL, 80.5, "80,5%");
    add_point(d, NULL, NAN, "-");
    add_series(d, "2022");
    d->c->max = 100;
    d->c->label_values = true;
}

static void case_bullet(struct draft *d)
{
    static const struct { const char *label; double value; const char *text; double target, median, q1, q3; } rows[] = {
        { "Hồ sơ trực tuyến toàn trình", 76.75, "76,75%", 80, 62, 48, 71 },
        { "Thanh toán trực tuyến", 45, "45%", 60, 52, 40, 66 },
        { "Số hóa kết quả giải quyết", 88, "88%", 80, 55.5, 41, 72 },
        { "Hài lòng của người dân", 99.4, "99,4%", 90, 91, 87, 95 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct chart_point *p = add_point(d, rows[i].label, rows[i].value, rows[i].text);
        p->target = rows[i].target;
        p->median = rows[i].median;
        p->q1 = rows[i].q1;
        p->q3 = rows[i].q3;
    }
    add_series(d, NULL);
    d->c->max = 100;
    d->c->label_values = true;
}

static void case_bar_inline(struct draft *d)
{
    add_point(d, NULL, 60.4, "60,4");
    add_series(d, NULL);
    d->c->max = 100;
}

static void case_dot(struct draft *d)
{
    static const char *const names[] = { "Tham gia của người dân", "Công khai, minh bạch", "Trách nhiệm giải trình",
                                         "Kiểm soát tham nhũng", "Thủ tục hành chính công" };
    static const double now[] = { 5.0, 5.36, 4.23, 6.38, 7.47 }, before[] = { 5.03, 5.04, 4.22, 5.78, 7.27 };
    static const char *const texts[] = { "5,00", "5,36", "4,23", "6,38", "7,47" };
    for (size_t i = 0; i < 5; i++)
        add_point(d, names[i], now[i], texts[i]);
    add_series(d, "2023");
    for (size_t i = 0; i < 5; i++)
        add_point(d, names[i], before[i], NULL);
    add_series(d, "2022");
    d->c->min = 1;
    d->c->max = 10;
    d->c->label_values = true;
}

static void case_stacked(struct draft *d)
{
    static const char *const names[] = { "Cấp tỉnh", "Cấp huyện", "Cấp xã" };
    static const double full[] = { 988, 210, 96 }, part[] = { 420, 95, 41 }, none[] = { 227, 60, 18 };
    static const char *const texts[3][3] = { { "988", "210", "96" }, { "420", "95", "41" }, { "227", "60", "18" } };
    static const double *const values[] = { full, part, none };
    static const char *const series[] = { "toàn trình", "một phần", "cung cấp thông tin" };
    for (size_t s = 0; s < 3; s++) {
        for (size_t i = 0; i < 3; i++)
            add_point(d, names[i], values[s][i], texts[s][i]);
        add_series(d, series[s]);
    }
    d->c->label_values = true;
}

static void case_stacked_ends(struct draft *d)
{
    static const enum chart_end first[] = { END_ABOUT, END_OVER, END_AT_MOST }, second[] = { END_AT_LEAST, END_EXACT, END_ABOUT };
    static const char *const names[] = { "Cấp tỉnh", "Cấp huyện", "Cấp xã" };
    for (size_t i = 0; i < 3; i++)
        add_point(d, names[i], 60, "60")->end = first[i];
    add_series(d, "trực tuyến");
    for (size_t i = 0; i < 3; i++)
        add_point(d, names[i], 30, "30")->end = second[i];
    add_series(d, "trực tiếp");
    d->c->label_values = true;
}

static void case_strip(struct draft *d)
{
    struct chart_point *p = add_point(d, "Lào Cai", 42.1143, "42,11");
    p->own = true;
    add_series(d, NULL);
    d->c->spread = papi2023;
    d->c->n_spread = sizeof papi2023 / sizeof *papi2023;
    d->c->note_low = "38,97";
    d->c->note_high = "46,04 Thừa Thiên Huế";
}

static void case_strip_reversed(struct draft *d)
{
    case_strip(d);
    d->c->reversed = true;
    d->c->note_low = d->c->note_high = NULL;
}

static void case_ladder(struct draft *d)
{
    struct chart_point *p = add_point(d, "2022", 52, "52/61");
    p->of = 61;
    p->old = true;
    p = add_point(d, "2023", 33, "33/61");
    p->of = 61;
    p->own = true;
    add_series(d, NULL);
    d->c->note_low = "cuối bảng";
    d->c->note_high = "hạng 1";
}

static void case_ladder_missing(struct draft *d)
{
    add_point(d, "2023", NAN, "chưa tìm thấy số liệu");
    add_series(d, NULL);
}

static void case_trend(struct draft *d)
{
    static const struct { const char *year; int rank; const char *text; int of; } rows[] = {
        { "2011", 41, "41", 63 }, { "2012", 19, "19", 63 }, { "2013", 59, "59", 63 }, { "2014", 26, "26", 61 },
        { "2015", 28, "28", 63 }, { "2016", 32, "32", 63 }, { "2017", 28, "28", 63 }, { "2018", 28, "28", 61 },
        { "2019", 13, "13", 63 }, { "2020", 28, "28", 63 }, { "2021", 49, "49", 60 }, { "2022", 52, "52", 61 },
        { "2023", 33, "33", 61 },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        struct chart_point *p = add_point(d, rows[i].year, rows[i].rank, rows[i].text);
        p->of = rows[i].of;
        p->cut = i == 7 || i == 10;
    }
    add_series(d, NULL);
    d->c->title = "Hạng PAPI của Lào Cai";
    d->c->reversed = d->c->label_values = d->c->computed = true;
}

/* The card is about 2022, the course goes on. */
static void case_trend_own(struct draft *d)
{
    case_trend(d);
    ((struct chart_point *)d->c->series[0].points)[11].own = true;
}

static void case_trend_value(struct draft *d)
{
    add_point(d, "2018", 61.1, "61,1");
    add_point(d, "2019", 66.4, "66,4");
    add_point(d, "2020", NAN, NULL);
    add_point(d, "2021", 80, "trên 80")->end = END_OVER;
    add_point(d, "2023", 85.9, "85,9");
    add_point(d, "2024", 88.2, "88,2");
    add_series(d, NULL);
    d->c->label_values = true;
}

static void case_line(struct draft *d)
{
    static const char *const years[] = { "2018", "2019", "2020", "2021", "2022", "2023" };
    static const double values[3][6] = { { 43.1, 45.2, 43.4, 41.6, 40.4, 42.11 },
                                         { 43.9, 44.1, 42.9, 42.3, 42.0, 42.33 },
                                         { 47.1, 46.7, 48.8, 48.1, 47.9, 46.04 } };
    static const char *const names[] = { "Lào Cai", "trung vị cả nước", "cao nhất" };
    for (size_t s = 0; s < 3; s++) {
        for (size_t i = 0; i < 6; i++)
            add_point(d, years[i], values[s][i], NULL);
        add_series(d, names[s]);
    }
    d->c->label_values = true;
}

static void case_sparkline(struct draft *d)
{
    static const double values[] = { 61.1, 66.4, NAN, 80, 81, 85.9, 84 };
    for (size_t i = 0; i < 7; i++)
        add_point(d, NULL, values[i], i == 6 ? "84" : NULL);
    add_series(d, NULL);
}

static void case_column(struct draft *d)
{
    static const double values[] = { 1250, 1834, 2410, NAN, 3120, 2985 };
    static const char *const texts[] = { "1.250", "1.834", "2.410", "-", "3.120", "2.985" };
    static const char *const years[] = { "2019", "2020", "2021", "2022", "2023", "2024" };
    static const struct chart_reference goal[] = { { 2700, "kế hoạch" } };
    for (size_t i = 0; i < 6; i++)
        add_point(d, years[i], values[i], texts[i])->own = i == 5;
    add_series(d, NULL);
    add_references(d, goal, 1);
    d->c->label_values = true;
}

static void case_column_grouped(struct draft *d)
{
    static const char *const names[] = { "Trung du và miền núi phía Bắc", "Đồng bằng sông Hồng", "Tây Nguyên",
                                         "Đông Nam Bộ" };
    static const double a[] = { 42.1, 43.4, 40.2, 41 }, b[] = { 40.9, 43, 40.6, -3 };
    for (size_t i = 0; i < 4; i++)
        add_point(d, names[i], a[i], NULL);
    add_series(d, "2023");
    for (size_t i = 0; i < 4; i++)
        add_point(d, names[i], b[i], NULL);
    add_series(d, "2022");
}

static void case_radar(struct draft *d)
{
    static const char *const names[] = { "Tham gia ở cơ sở", "Công khai, minh bạch", "Trách nhiệm giải trình",
        "Kiểm soát tham nhũng", "Thủ tục hành chính công", "Cung ứng dịch vụ công", "Quản trị môi trường",
        "Quản trị điện tử" };
    static const double own[] = { 5.0, 5.36, 4.23, 6.38, 7.47, 7.17, 3.37, 3.13 },
                        median[] = { 4.94, 5.13, 4.27, 6.76, 7.2, 7.53, 3.43, 3.17 };
    static const char *const texts[] = { "5,00", "5,36", "4,23", "6,38", "7,47", "7,17", "3,37", "3,13" };
    for (size_t i = 0; i < 8; i++)
        add_point(d, names[i], own[i], texts[i]);
    add_series(d, "Lào Cai");
    for (size_t i = 0; i < 8; i++)
        add_point(d, names[i], median[i], NULL);
    add_series(d, "trung vị cả nước");
    d->c->min = 1;
    d->c->max = 10;
    d->c->label_values = true;
}

static void case_heat_cell(struct draft *d)
{
    add_point(d, NULL, 42.11, "III")->group = 3;
    add_series(d, NULL);
}

static void case_heat(struct draft *d)
{
    static const char *const heads[] = { "Tham gia", "Công khai", "Giải trình", "Kiểm soát", "Thủ tục", "Dịch vụ",
                                         "Môi trường", "Điện tử" };
    static const char *const names[] = { "Thái Nguyên", "Lào Cai", "Đồng Nai", "Quảng Ninh" };
    static const char *const texts[4][8] = { { "5,91", "5,84", "4,36", "7,20", "7,44", "8,00", "3,34", "3,69" },
        { "5,00", "5,36", "4,23", "6,38", "7,47", "7,17", "3,37", "3,13" },
        { "4,59", "4,84", "4,14", "6,48", "7,03", "7,00", "2,99", "3,35" },
        { "*", "*", "*", "*", "*", "*", "*", "*" } };
    static const int groups[4][8] = { { 1, 1, 2, 1, 1, 1, 3, 1 }, { 2, 2, 3, 4, 1, 4, 3, 3 },
        { 3, 3, 4, 3, 4, 4, 4, 1 }, { 0 } };
    for (size_t r = 0; r < 4; r++) {
        for (size_t i = 0; i < 8; i++) {
            struct chart_point *p = add_point(d, heads[i], r < 3 ? 5 : NAN, texts[r][i]);
            p->group = groups[r][i];
            p->own = r == 1;
        }
        add_series(d, names[r]);
    }
}

static void case_squares(struct draft *d)
{
    static const struct { const char *name; double n, of; const char *text; } rows[] = {
        { "Chỉ đạo, điều hành", 0, 6, "0/6" }, { "Thể chế", 0, 3, "0/3" }, { "Thủ tục hành chính", 7, 14, "7/14" },
        { "Tổ chức bộ máy", 2, 4, "2/4" }, { "Chính quyền số", 4, 14, "4/14" },
    };
    for (size_t i = 0; i < 5; i++)
        add_point(d, rows[i].name, rows[i].n, rows[i].text)->of = rows[i].of;
    add_series(d, NULL);
    d->c->label_values = true;
}

static void add_tiles(struct draft *d, const struct tile *tiles, size_t n, const char *own)
{
    for (size_t i = 0; i < n; i++) {
        struct chart_point *p = add_point(d, tiles[i].name, NAN, NULL);
        p->col = tiles[i].col;
        p->row = tiles[i].row;
        p->own = own && strcmp(tiles[i].name, own) == 0;
    }
}
#define TILES63 tiles63, sizeof tiles63 / sizeof *tiles63
#define TILES34 tiles34, sizeof tiles34 / sizeof *tiles34

static void case_tilemap(struct draft *d)
{
    add_tiles(d, TILES63, "Lào Cai");
    for (size_t i = 0; i < 14; i++)
        d->points[i].region = true;
    add_series(d, NULL);
    d->c->note_low = "14 tỉnh vùng Trung du và miền núi phía Bắc";
}

static void case_tilemap_34(struct draft *d)
{
    add_tiles(d, TILES34, "Gia Lai");
    for (size_t i = 19; i < 24; i++)
        d->points[i].region = true;
    for (size_t i = 0; i < d->n; i++)
        if (strstr(d->points[i].label, "ng Sa") || strstr(d->points[i].label, "Hoàng Sa"))
            d->points[i].belongs = strstr(d->points[i].label, "Hoàng") ? "thuộc Đà Nẵng" : "thuộc Khánh Hòa";
    add_series(d, NULL);
    d->c->note_low = "vùng Duyên hải Nam Trung Bộ và Tây Nguyên";
}

static void case_tilemap_ranks(struct draft *d)
{
    add_tiles(d, TILES63, NULL);
    for (size_t i = 0; i < d->n - 2; i++) {
        size_t rank = i * 37 % 61 + 1;
        d->points[i].text = i % 30 == 14 ? "*" : arena_printf(d->a, "%zu", rank);
        d->points[i].group = i % 30 == 14 ? 0 : (int)(1 + (rank - 1) * 4 / 61);
    }
    add_series(d, NULL);
}

/* The hard cases ------------------------------------------------------------- */

static const char *const long_names[] = {
    "Tỷ lệ hồ sơ thủ tục hành chính của người dân, doanh nghiệp được tiếp nhận và giải quyết trực tuyến toàn trình",
    "Trung du và miền núi phía Bắc", "Bà Rịa - Vũng Tàu", "Thừa Thiên Huế", "TP. Hồ Chí Minh",
    "Kiểm soát tham nhũng trong khu vực công", "Nghiêng", "Ủy ban nhân dân các xã, phường, thị trấn ẤẨẪỆỘ",
};

static void hard_long(struct draft *d)
{
    for (size_t i = 0; i < 8; i++)
        add_point(d, long_names[i], 10.0 * (double)(i + 1), i % 2 ? "khoảng 123.456.789.012.345" : "1,5%");
    add_series(d, NULL);
    d->c->label_values = true;
}

static void hard_nan(struct draft *d)
{
    for (size_t i = 0; i < 8; i++)
        add_point(d, tiles63[i].name, NAN, i % 2 ? NULL : "chưa công bố");
    add_series(d, NULL);
    d->c->label_values = true;
}

static void hard_one(struct draft *d)
{
    struct chart_point *p = add_point(d, "2023", 33, "33");
    p->of = 63;
    p->group = 2;
    add_series(d, NULL);
    d->c->label_values = true;
}

static void hard_none(struct draft *d)
{
    (void)d;
}

static void hard_empty_series(struct draft *d)
{
    add_series(d, "không có gì");
    add_series(d, "cũng không");
}

static void hard_uneven(struct draft *d)
{
    for (size_t s = 0; s < 3; s++) { /* none, three, one */
        for (size_t i = 0; i < (s == 1 ? 3 : s / 2); i++)
            add_point(d, tiles63[i].name, 40 + (double)(i + s), "41,5")->of = 63;
        add_series(d, tiles63[s].name);
    }
    d->c->label_values = true;
}

static void hard_outside(struct draft *d)
{
    static const double values[] = { -50, 0, 120, 1e15, -1e300, 1e300, INFINITY, -INFINITY, 55 };
    for (size_t i = 0; i < 9; i++) {
        struct chart_point *p = add_point(d, tiles63[i].name, values[i], "9");
        p->of = 3;
        p->target = values[8 - i];
        p->median = p->q1 = p->q3 = values[i];
        p->end = (enum chart_end)(i % 6);
    }
    add_series(d, NULL);
    d->c->min = 0;
    d->c->max = 100;
    d->c->label_values = true;
}

static void hard_same(struct draft *d)
{
    for (size_t i = 0; i < 10; i++)
        add_point(d, arena_printf(d->a, "%zu", 2011 + i), 42, "42")->of = 63;
    add_series(d, NULL);
    d->c->label_values = true;
}

static void hard_63(struct draft *d)
{
    for (size_t i = 0; i < 63; i++) {
        struct chart_point *p = add_point(d, tiles63[i].name, papi2023[i % 61], "42,11");
        p->own = i == 9;
        p->of = 63;
        p->group = (int)(i % 5);
        p->cut = i % 9 == 8;
    }
    add_series(d, NULL);
    d->c->label_values = true;
}

static void hard_63_years(struct draft *d)
{
    for (size_t i = 0; i < 63; i++) {
        struct chart_point *p = add_point(d, arena_printf(d->a, "%zu", 1960 + i), (double)(i * 29 % 63 + 1),
                                          arena_printf(d->a, "%zu", i * 29 % 63 + 1));
        p->of = 63;
        p->cut = i % 9 == 8;
    }
    add_series(d, NULL);
    d->c->reversed = d->c->label_values = true;
}

static void hard_five_series(struct draft *d)
{
    for (size_t s = 0; s < 5; s++) {
        for (size_t i = 0; i < 4; i++)
            add_point(d, tiles63[i].name, 40 + (double)s / 10, "41")->of = 63;
        add_series(d, long_names[s + 1]);
    }
    d->c->label_values = true;
}

static void hard_bare(struct draft *d)
{
    struct chart_point *p = add_point(d, NULL, 5, NULL);
    p->text = "";
    add_point(d, "", -5, NULL);
    add_point(d, "  ", 0, "   ");
    add_series(d, NULL);
    d->c->label_values = true;
    d->c->note_low = d->c->note_high = "";
}

struct chart_case { const char *name; enum chart_type type; double w, h; /* mm; 0: as needed */ double size; void (*fill)(struct draft *); };

static const struct chart_case usual_cases[] = {
    { "bar", CHART_BAR, 87, 0, 9.5, case_bar },
    { "bar-peers", CHART_BAR, 87, 0, 9.5, case_bar_peers },
    { "bar-grouped", CHART_BAR, 87, 0, 9.5, case_bar_grouped },
    { "bullet", CHART_BULLET, 87, 0, 9.5, case_bullet },
    { "bar-inline", CHART_BAR_INLINE, 22, 3.8, 9.5, case_bar_inline },
    { "dot", CHART_DOT, 87, 0, 9.5, case_dot },
    { "stacked", CHART_STACKED, 87, 0, 9.5, case_stacked },
{ "stacked-ends", CHART_STACKED, 87, 0, 9.5, case_stacked_ends },
    { "strip", CHART_STRIP, 87, 4.2, 9.5, case_strip },
    { "strip-reversed", CHART_STRIP, 45, 4.2, 9.5, case_strip_reversed },
    { "ladder", CHART_LADDER, 87, 4.2, 9.5, case_ladder },
    { "ladder-missing", CHART_LADDER, 44, 4.2, 9.5, case_ladder_missing },
    { "trend", CHART_TREND, 87, 52, 9.5, case_trend },
    { "trend-own", CHART_TREND, 87, 42, 8, case_trend_own },
    { "trend-value", CHART_TREND, 87, 40, 9.5, case_trend_value },
    { "line", CHART_LINE, 87, 48, 9.5, case_line },
    { "sparkline", CHART_SPARKLINE, 20, 4, 8, case_sparkline },
    { "column", CHART_COLUMN, 87, 45, 9.5, case_column },
    { "column-grouped", CHART_COLUMN, 87, 50, 9.5, case_column_grouped },
    { "radar", CHART_RADAR, 87, 66, 9.5, case_radar },
    { "heat-cell", CHART_HEAT, 11, 4.2, 9.5, case_heat_cell },
    { "heat", CHART_HEAT, 95, 0, 8, case_heat },
    { "squares", CHART_SQUARES, 87, 0, 9.5, case_squares },
    { "tilemap", CHART_TILEMAP, 50, 46, 9.5, case_tilemap },
    { "tilemap-34", CHART_TILEMAP, 60, 70, 9.5, case_tilemap_34 },
    { "tilemap-ranks", CHART_TILEMAP, 49, 106, 9.5, case_tilemap_ranks },
};

static const struct { const char *name; void (*fill)(struct draft *); } hard_cases[] = {
    { "long names", hard_long }, { "all missing", hard_nan }, { "one point", hard_one }, { "no points", hard_none },
    { "empty series", hard_empty_series }, { "uneven series", hard_uneven }, { "outside the axis", hard_outside }, { "all the same", hard_same },
    { "63 places", hard_63 }, { "63 years", hard_63_years }, { "five series", hard_five_series }, { "bare", hard_bare },
};
#endif
