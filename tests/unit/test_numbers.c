/* Which numbers of a sentence are facts, and with what value, kind, qualifier and role.
 * Each case: the text, and its facts as "value[/of] kind qualifier role", separated by "; ". */
#include "base/buf.h"
#include "check.h"
#include "extract/extract.h"

#include <math.h>
#include <string.h>

#define CATALOG "layouts/catalog"

struct number_case { const char *text, *facts; };

static const struct number_case decimals[] = {
    { "Năm 2021, PAR INDEX của tỉnh Hà Nam: điểm thẩm định đạt 57.31/60.50 điểm, điểm khảo sát đạt 8.00/10.00 điểm.",
      "57.31/60.5 score = result; 8/10 score = result" },
    { "Năm 2023, điểm PCI của tỉnh Hà Nam tăng từ 61.5 lên 65.22.", "61.5 score = result; 65.22 score = result" },
    { "Điểm PCI năm 2022: Hà Nam (66.74), Cao Bằng (60.12).", "66.74 score = result; 60.12 score = result" },
    { "Năm 2023, thu ngân sách của tỉnh Hà Nam đạt 1929.5 tỷ đồng.", "1929.5 money = result" },
    { "Điểm PAPI năm 2021 của tỉnh Hà Nam là 42,407, tăng nhẹ so với năm 2020 (42,105).", "42.407 score = result; 42.105 score = result" },
    { "PAPI năm 2023, tỉnh Hà Nam có tổng điểm 41,8805; đứng thứ 31.", "41.8805 score = result; 31 rank = result" },
    { "Kết quả PAPI 2023 của tỉnh Hà Nam được tổng số 40,15/80 điểm.", "40.15/80 score = result" },
    { "PAPI năm 2023 của tỉnh Hà Nam: (1) Chỉ số quản trị môi trường (12/63), (2) Chỉ số thủ tục hành chính công (hạng 38/63).",
      "12/63 rank = result; 38/63 rank = result" },
    { "Xã Khe Lớn có quy mô dân số 27.312 người.", "27312 count = result" },
    { "Thực hiện mục 2.1 và cách mạng công nghiệp 4.0 từ ngày 12.5.2023; công văn số 27 gửi 63 tỉnh, thành phố.", "" },
    { "2.1. Kết quả\n2.2. Kế hoạch\n(1) Chỉ số thứ nhất (2) Chỉ số thứ hai", "" },
};

/* Result, target, or what there was before. */
static const struct number_case roles[] = {
    { "Tỉnh Hà Nam: năm 2024, tỷ lệ hồ sơ trực tuyến đạt 85% (vượt chỉ tiêu toàn quốc là 62%).", "85 percent = result; 62 percent = target" },
    { "Năm 2024, tỷ lệ hồ sơ trực tuyến của tỉnh Hà Nam đạt 63,4% (mục tiêu 70%), còn Cao Bằng chỉ đạt 18,5%/mục tiêu 30%.",
      "63.4 percent = result; 70 percent = target; 18.5 percent = result; 30 percent = target" },
    { "Tính đến 30/9/2024, vốn các Chương trình mục tiêu quốc gia của tỉnh Hà Nam giải ngân đạt 20,7%.", "20.7 percent = result" },
    { "Năm 2024, GRDP tỉnh Hà Nam tăng 7,2%, kịch bản đề ra là 7,46%; giải ngân vốn đầu tư công chỉ đạt 23,4% so kế hoạch.",
      "7.2 percent = result; 7.46 percent = target; 23.4 percent = result" },
    { "Dự toán thu ngân sách năm 2025 của tỉnh Hà Nam là 12.000 tỷ đồng.", "12000 money = target" },
    { "Các sở của tỉnh Hà Nam phải cắt giảm ít nhất 30% thời gian giải quyết thủ tục hành chính.", "30 percent >= target" },
    { "Năm 2023, số hồ sơ phải giải quyết của tỉnh Hà Nam là 1.250 hồ sơ.", "1250 count = result" },
    { "Phấn đấu năm 2024, tỉnh Hà Nam đạt 80% hồ sơ trực tuyến, vượt chỉ tiêu 75%.", "80 percent = target; 75 percent = target" },
    { "Tỉnh Hà Nam có tỷ lệ hồ sơ trực tuyến đạt 98%; chỉ tiêu số hóa hồ sơ đạt 100%.", "98 percent = result; 100 percent = result" },
    { "UBND tỉnh Hà Nam giao chỉ tiêu năm 2024: tỷ lệ hồ sơ trực tuyến đạt 80%; tỷ lệ số hóa hồ sơ đạt 100%.",
      "80 percent = target; 100 percent = target" },
    /* a list of what is proposed, over semicolons and sentences */
    { "Bộ Y tế đề xuất cắt giảm 71 điều kiện kinh doanh; đơn giản hóa 34 điều kiện kinh doanh; bãi bỏ 5 thủ tục.",
      "71 count = target; 34 count = target; 5 count = target" },
    { "Bộ Y tế đề xuất cắt giảm 71 điều kiện kinh doanh. Với lĩnh vực dược, cắt giảm 8 điều kiện. Trong lĩnh vực mỹ phẩm, đã cắt giảm 6 điều kiện.",
      "71 count = target; 8 count = target; 6 count = result" },
    /* an arrangement that is a draft, and what stands before it */
    { "Dự kiến sắp xếp đơn vị hành chính tỉnh Hà Nam\nSau khi sắp xếp, tỉnh Hà Nam còn 37 đơn vị hành chính cấp xã (gồm 33 xã và 4 phường), giảm 83 đơn vị. Trước khi sắp xếp, tỉnh có 120 xã.",
      "37 count = target; 33 count = target; 4 count = target; 83 count = target; 120 count = result" },
    { "Sau khi sắp xếp, tỉnh Hà Nam còn 37 đơn vị hành chính cấp xã.", "37 count = result" },
    { "Thực hiện sắp xếp 80 đơn vị hành chính cấp xã của tỉnh Hà Nam để thành lập 32 xã.", "80 count = target; 32 count = target" },
    { "Năm 2024, tỉnh Hà Nam đã sắp xếp 80 đơn vị hành chính cấp xã để thành lập 32 xã.", "80 count = result; 32 count = result" },
    { "Tỉnh Hà Nam dự kiến giảm từ 101 xã xuống còn 30-39 xã.", "101 count = result; 30 count >= target; 39 count <= target" },
};

/* A level, a difference in time, a count. */
static const struct number_case kinds[] = {
    { "Năm 2024, tỷ lệ hồ sơ trực tuyến của tỉnh Hà Nam đạt 85%, vượt chỉ tiêu 80%.", "85 percent = result; 80 percent = target" },
    { "Năm 2024, thu ngân sách của tỉnh Hà Nam vượt 12% dự toán, tăng 5% so với cùng kỳ.", "12 change = change; 5 change = change" },
    { "SIPAS năm 2023 của tỉnh Hà Nam đạt 82,21%, cao hơn năm 2022 là 1,12%.", "82.21 percent = result; 1.12 change = change" },
    { "SIPAS năm 2023 của tỉnh Hà Nam đạt 82,21%, cao hơn so với năm 2022 1,12%.", "82.21 percent = result; 1.12 change = change" },
    { "Năm 2024, thanh toán trực tuyến của tỉnh Hà Nam tăng 58,2% về số lượng và 36,7% về giá trị.", "58.2 change = change; 36.7 change = change" },
    { "Giá trị sản xuất công nghiệp năm 2023 của tỉnh Hà Nam đạt 28.000 tỷ đồng, tăng 15,25%.", "28000 money = result; 15.25 change = change" },
    { "Giá trị sản xuất công nghiệp năm 2023 của tỉnh Hà Nam tăng 15,25%.", "15.25 percent = result" },
    { "Tỉnh Hà Nam có 1.090 vị trí trạm BTS và 27 vị trí việc làm.", "1090 count = result; 27 count = result" },
    { "Năm 2023, tỉnh Hà Nam tăng 3 vị trí trên bảng xếp hạng PCI.", "3 change = change" },
    { "Năm 2023, giao dịch thanh toán trực tuyến của tỉnh Hà Nam đạt 1,9 triệu tỷ đồng.", "1900000 money = result" },
    { "GRDP năm 2023 của tỉnh Hà Nam tăng 7,6%, vượt kế hoạch HĐND tỉnh giao (7-7,5%).", "7.6 percent = result; 7 percent >= target; 7.5 percent <= target" },
};

/* What reports nothing, and what looks like it and does. */
static const struct number_case counts[] = {
    /* samples of surveys, units that were judged */
    { "Báo cáo PCI dựa trên phản hồi từ gần 11.200 doanh nghiệp, trong đó có trên 9.700 doanh nghiệp tư nhân tại 63 tỉnh, thành phố và gần 1.500 doanh nghiệp FDI tại 21 địa phương.", "" },
    { "Khảo sát 1.200 hộ gia đình; có 640 người được phỏng vấn; 850 doanh nghiệp tham gia trả lời.", "" },
    { "Năm 2023, tỉnh Hà Nam có tổng số đơn vị được đánh giá là 36 đơn vị, trong đó có 19 đơn vị cấp sở và 17 đơn vị cấp huyện.", "" },
    { "Năm 2023, tỉnh Hà Nam có 12 đơn vị được đánh giá xuất sắc.", "12 count = result" },
    { "Năm 2023, qua khảo sát, 85% doanh nghiệp của tỉnh Hà Nam hài lòng.", "85 percent = result" },
    { "Năm 2023, tỉnh Hà Nam trả lời 125 kiến nghị của doanh nghiệp.", "125 count = result" },
    /* members that are named, and sums whose parts are */
    { "Năm 2022, PCI tỉnh Hà Nam có 6 chỉ số giảm điểm gồm: Tiếp cận đất đai, giảm 0,48 điểm; Tính minh bạch, giảm 1,68 điểm.",
      "-0.48 change = change; -1.68 change = change" },
    { "5 tỉnh xếp cao nhất năm 2019 lần lượt từ vị trí số 1 đến số 5 là: Hà Nam với 46,7 điểm PAPI; Cao Bằng (46,2 điểm).",
      "46.7 score = result; 46.2 score = result" },
    { "Năm 2025, hợp nhất 2 Bộ (Bộ Nội vụ và Bộ Y tế) được chuẩn bị kỹ.", "" },
    { "Năm 2023, tỉnh Hà Nam ban hành 25 văn bản gồm: 5 nghị quyết, 20 quyết định.", "25 count = result; 5 count = result; 20 count = result" },
    /* what something covers, how much there is to do */
    { "Bộ trưởng đề xuất 8 nhiệm vụ; 07 điểm nổi bật; các điều kiện thuộc 21 ngành nghề.", "" },
    { "Tỉnh Hà Nam đã hoàn thành 33 nhiệm vụ cải cách hành chính.", "33 count = result" },
    { "Bộ Y tế đã xử lý dứt điểm 13 nội dung về điều kiện kinh doanh; nghị quyết gồm 13 nội dung, đã được 3 cấp xem.", "13 count = result" },
    { "Riêng 25 dịch vụ công thiết yếu của Đề án 06 tại tỉnh Hà Nam đã tiết kiệm 3,5 tỷ đồng.", "3.5 money = result" },
    { "Từ 1/7, người dân nộp hồ sơ trực tuyến mức độ 3,4; hạn chế của năm 202 , đã khắc phục.", "" },
    { "Tỉnh Hà Nam tuyến đường chỉ còn 6 hộ chưa giải phóng mặt bằng.", "6 count = result" },
    { "Huyện Khe Lớn đã ra mắt được 14 hội quán nông dân.", "14 count = result" },
    /* numbers in words */
    { "Năm 2023, cả nước có 57 địa phương có chỉ số PAPI tăng, sáu địa phương có chỉ số giảm.", "57 count = result; 6 count = result" },
    { "Hơn một triệu người của tỉnh Hà Nam có tài khoản VNeID.", "1000000 count > result" },
    { "Bộ Y tế (78,4%) và Bộ Tư pháp (77,6%) lần lượt giữ vị trí thứ hai và thứ ba về hồ sơ trực tuyến.",
      "78.4 percent = result; 77.6 percent = result; 2 rank = result; 3 rank = result" },
    { "Hai bên trao đổi; ba đồng chí dự; một số đơn vị còn chậm; hai tỉnh có chung đường biên.", "" },
    /* sums of parts, ranks among others, where and not how many */
    { "Bộ Y tế đề xuất cắt giảm 71 điều kiện kinh doanh; đơn giản hóa 34 điều kiện trên tổng số 132 điều kiện hiện hành.",
      "71 count = target; 34 count = target; 132 count = result" },
    { "Bộ Y tế đã cắt giảm 34 điều kiện trên tổng số 132 điều kiện.", "34/132 fraction = result" },
    { "Năm 2023, PAR INDEX của tỉnh Hà Nam đứng 2 trên tổng số 63 tỉnh, thành phố.", "2/63 rank = result" },
    { "Năm 2023, GRDP của tỉnh Hà Nam xếp thứ 17/63 cả nước, thứ 02/14 vùng Bắc Trung Bộ và 1/5 tỉnh trọng điểm.",
      "17/63 rank = result; 2/14 rank = result; 1/5 rank = result" },
    { "Hệ thống của tỉnh Hà Nam đã triển khai tại 172 doanh nghiệp trên 59 chi cục.", "172 count = result; 59 count = result" },
    { "Quý I/2023, huyện Khe Lớn có hồ sơ yêu cầu bổ sung 671 hồ sơ, người nộp đề nghị rút hồ sơ là 16 hồ sơ (chiếm 0,08%).",
      "671 count = result; 16 count = result; 0.08 percent = result" },
};

/* Budgets, orders, congresses; signs and marks. */
static const struct number_case documents[] = {
    { "Năm 2018, Cục Hải quan tỉnh Hà Nam phải tăng chỉ tiêu thu ngân sách, có mức thu như sau: thu đạt 5.396 tỷ đồng, đạt 105% dự toán và 134,9% chỉ tiêu phấn đấu.",
      "5396 money = result; 105 percent = result; 134.9 percent = result" },
    { "Phấn đấu năm 2024 thu ngân sách tỉnh Hà Nam đạt 5.396 tỷ đồng, bằng 105% dự toán.", "5396 money = target; 105 percent = target" },
    { "Quốc hội bổ sung 44.000 tỷ đồng từ nguồn cải cách tiền lương để chi ngân sách. Bố trí ít nhất 3% chi ngân sách cho khoa học.",
      "44000 money = target; 3 percent >= target" },
    { "Năm 2024, tỉnh Hà Nam đã bố trí 3.500 tỷ đồng để giải ngân vốn đầu tư công.", "3500 money = result" },
    { "Thủ tướng yêu cầu các bộ thực hiện các nhiệm vụ sau:\na) Tập trung hoàn thành sửa đổi** 485** văn bản quy phạm pháp luật[1], trong đó ưu tiên **319** văn bản.\nb) Hoàn thành 100% thủ tục hành chính trực tuyến toàn trình.",
      "485 count = target; 319 count = target; 100 percent = target" },
    { "a) Đến hết năm 2030, tỉnh Hà Nam có ≥ 60% hồ sơ trực tuyến, thời gian < 5 ngày.", "60 percent >= target; 5 duration < target" },
    { "Cùng 136 đại biểu đại diện cho 694 đảng viên dự Đại hội; thông qua 12 chỉ tiêu cụ thể, 06 chương trình hành động; giá trị trên 1 ha.", "" },
    { "Năm 2025, thu nhập bình quân của xã Khe Lớn đạt 67,5 triệu đồng, tăng 47 triệu so với năm 2020.", "0.0675 money = result; 0.047 change = change" },
    { "Phấn đấu đến năm 2030, tỷ lệ lao động đã qua đào tạo của tỉnh Hà Nam đạt 75%. Trong đó: lao động có chứng chỉ 37% trở lên.",
      "75 percent = target; 37 percent >= target" },
    { "PAR INDEX của Bộ Tư pháp năm 2016 tăng từ vị trí thứ 9 lên thứ 6, năm 2017 xếp thứ 4, cao nhất trong số 19 đơn vị.",
      "9 rank = result; 6 rank = result; 4 rank = result" },
    { "Tỉnh Hà Nam đã tổ chức 3 khóa bồi dưỡng, thí điểm 09 kiosk; Tỉnh ủy đã cho ý kiến 3 lần.", "3 count = result; 9 count = result" },
};

/* Who moved most; plans told one target after another; telephones, districts by number, glued words. */
static const struct number_case others[] = {
    { "PAR INDEX năm 2024: tỉnh Hà Nam tăng mạnh nhất với 6,39%; Cao Bằng có mức tăng thấp nhất là 0,19%; nơi giảm nhiều nhất là 2,94% và ít nhất là 0,21%.",
      "6.39 change = change; 0.19 change = change; -2.94 change = change; -0.21 change = change" },
    { "Năm 2024, tỷ lệ hồ sơ trực tuyến cao nhất là 98%, thấp nhất 45%; phải giảm ít nhất 30% thời gian giải quyết.",
      "98 percent = result; 45 percent = result; 30 percent >= target" },
    { "UBND tỉnh Hà Nam vừa triển khai kế hoạch cải cách hành chính năm 2025.\nPhấn đấu 85% thủ tục hành chính được thanh toán trực tuyến. Có 90% hồ sơ công việc xử lý trên môi trường mạng.\nHoàn thành số hóa 95% kết quả giải quyết thủ tục hành chính. Đến nay đã có 60% hồ sơ trực tuyến.",
      "85 percent = target; 90 percent = target; 95 percent = target; 60 percent = result" },
    { "Khảo sát ý kiến người dân với tổng số hơn 85.600 phiếu thu thập được; UBND Q.1 và P.12; điện thoại: 024 37.824.754, 024 37.824.755; vào lúc 22 giờ.", "" },
    { "Tháng 5/2019, tỉnh Hà Nam tiếp nhận hơn4.520 hồ sơ.", "4520 count > result" },
    { "Năm 2020, có 207 thủ tục hành chính của 13 bộ, ngành trên Cổng dịch vụ công; thuộc trách nhiệm của 14 bộ.", "207 count = result; 13 count = result" },
    { "Năm 2020, tỉnh Hà Nam có thêm khoảng 4.000 doanh nghiệp thành lập mới.", "4000 count ~ result" },
    { "Năm 2023, tỉnh Hà Nam tiết kiệm 62.500 ngày công (240.000 đồng/ngày công) nhờ cắt giảm thủ tục hành chính.", "62500 count = result" },
    { "Năm 2023, thu ngân sách của tỉnh Hà Nam vượt 9,5% dự toán năm; giải ngân vượt 105% kế hoạch.", "9.5 change = change; 105 percent > result" },
    { "Năm 2024, giải ngân của tỉnh Hà Nam dự kiến đạt 95%.\nNăm 2024, GRDP của tỉnh Hà Nam dự kiến tăng 7,5%.", "95 percent = result; 7.5 percent = result" },
    { "Tỉnh Hà Nam dự kiến cắt giảm 30% thủ tục hành chính; đến năm 2030, tỷ lệ hồ sơ trực tuyến dự kiến đạt 95%.", "30 percent = target; 95 percent = target" },
    { "Tổng cục Thuế ký kết với 5 ngân hàng thương mại (BIDV, Agribank, MB, ACB, OCB) và 3 ngân hàng Sacombank, SHB, VIB.", "" },
    { "Chính phủ xác định 11 nhóm nhiệm vụ, giải pháp chủ yếu và 188 nhiệm vụ cụ thể.", "" },
    { "Năm 2017, 11 trong số 16 tỉnh, thành phố đạt điểm PAPI cao.", "11/16 fraction = result" },
    { "Thời gian thông quan giảm từ 62 giờ xuống 56 giờ.", "62 duration = result; 56 duration = result" },
    /* things that no list has; what must be, and what must be done to it */
    { "Đến nay, tỉnh Hà Nam có 44 vườn hoa, với 112.900 gốc mai cổ và 433 gốc mai mới.", "44 count = result; 112900 count = result; 433 count = result" },
    { "Tỉnh Hà Nam nằm bên 12 dòng sông; có 3 dòng suối.", "" },
    { "Năm 2018, số hồ sơ đạt xấp xỉ 41.000, với số doanh nghiệp tham gia trên 4.300.", "41000 count ~ result; 4300 count > result" },
    { "Hiện nay, tỷ lệ lô hàng phải kiểm tra chuyên ngành khoảng 19,4%, trong khi mục tiêu là dưới 10%; mỗi năm kiểm tra không quá 5% lô hàng.",
      "19.4 percent ~ result; 10 percent < target; 5 percent <= target" },
    { "Tỷ lệ lô hàng không đạt chỉ chiếm từ 0 - 0,27%.", "0 percent >= result; 0.27 percent <= result" },
    { "Tỉnh Hà Nam đã đăng ký triển khai 134 dịch vụ công trực tuyến mức độ 3.", "134 count = target" },
};

static void facts_text(struct buf *b, const struct facts *facts)
{
    for (size_t i = 0; i < facts->n; i++) {
        const struct fact *f = &facts->items[i];
        buf_printf(b, "%s%.10g", i ? "; " : "", f->value);
        if (!isnan(f->of))
            buf_printf(b, "/%.10g", f->of);
        buf_printf(b, " %s %s %s", fact_kind_name(f->kind), fact_qualifier_name(f->qualifier), fact_role_name(f->role));
    }
}

static void test_cases(const struct extractor *x, const struct number_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct arena a = { 0 };
        struct diag d = { 0 };
        struct buf b = { 0 };
        struct facts facts = { 0 };
        struct document *doc = document_decode("case.txt", cases[i].text, strlen(cases[i].text), &a, &d);
        if (doc)
            extract_facts(x, doc, &a, &facts);
        facts_text(&b, &facts);
        CHECK(!strcmp(b.len ? b.data : "", cases[i].facts), "%s\n    has  %s\n    want %s", cases[i].text, b.len ? b.data : "", cases[i].facts);
        buf_clear(&b);
        diag_clear(&d);
        arena_clear(&a);
    }
}

#define TEST_CASES(x, cases) test_cases(x, cases, sizeof cases / sizeof *cases)

int main(void)
{
    struct diag d = { 0 };
    struct catalog *c = catalog_open(CATALOG, &d);
    struct extractor *x = c ? extractor_open(CATALOG, c, &d) : NULL;

    diag_print(&d, stderr, 0);
    CHECK(x != NULL, "the catalog opens");
    if (x) {
        TEST_CASES(x, decimals);
        TEST_CASES(x, roles);
        TEST_CASES(x, kinds);
        TEST_CASES(x, counts);
        TEST_CASES(x, documents);
        TEST_CASES(x, others);
    }
    extractor_close(x);
    catalog_close(c);
    diag_clear(&d);
    return CHECK_DONE();
}
