/* Sentences, and what each of their numbers is: "value indicator kind unit", one a line. */
#include "check.h"
#include "extract/extract.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CATALOG "layouts/catalog"

static const struct { const char *text, *facts; } cases[] = {
    /* the unit is the text's own noun */
    { "Sau sắp xếp, tỉnh Hà Nam giảm 4 phường, 2 thị trấn và 31 xã, phường.",
      "4 bo-may.don-vi-hanh-chinh count phường\n"
      "2 bo-may.don-vi-hanh-chinh count thị trấn\n"
      "31 bo-may.don-vi-hanh-chinh count xã, phường\n" },
    { "Năm 2023, tỉnh Hà Nam tiếp nhận 512 phản ánh kiến nghị, 37 đơn thư.",
      "512 khac:kiến nghị tiếp nhận count phản ánh, kiến nghị\n"
      "37 khac:kiến nghị tiếp nhận count đơn\n" },
    { "Toàn tỉnh hiện có 930 vị trí trạm thu phát sóng, trong đó 912 vị trí có phủ sóng 4G; 410.000 thuê bao di động.",
      "930 so.ha-tang count vị trí trạm\n"
      "912 so.ha-tang count vị trí\n"
      "410000 so.ha-tang count thuê bao\n" },
    { "Chỉ số PCI của tỉnh Hà Nam tăng 7 vị trí so với năm 2021.", "7 pci.hang change bậc\n" },
    /* a move goes on from the rank just told, whatever index is named next; a rate has ranks too */
    { "Năm 2020, PCI của tỉnh Hà Nam xếp thứ 31/63, tăng 4 bậc so với năm 2019, Chỉ số hiệu quả quản trị và hành chính công xếp thứ 12.",
      "31 pci.hang rank hạng\n4 pci.hang change bậc\n12 papi.hang rank hạng\n" },
    { "Tỷ lệ giải ngân của tỉnh Hà Nam đạt 88%, đứng thứ 5 toàn quốc.",
      "88 tai-chinh.giai-ngan percent %\n5 tai-chinh.giai-ngan rank hạng\n" },
    /* a rate of which the clause does not say what it is of: of what the last one was, in this paragraph or the one before */
    { "Năm 2022, chỉ số cải cách hành chính của các sở thuộc tỉnh Hà Nam tăng. Dẫn đầu là Sở Y tế với chỉ số 95,2%.\n"
      "UBND huyện Thanh Liêm đứng đầu khối UBND cấp huyện, đạt 91,4%.",
      "95.2 par-index.diem percent %\n91.4 par-index.diem percent %\n" },
    { "Toàn tỉnh có 512/512 đơn vị giao dịch điện tử, đạt 100%.", "512 khac:đơn vị fraction đơn vị\n100 khac:số liệu khác percent %\n" },
    /* behind a comma another thing is named */
    { "Tỉnh Hà Nam: tỷ lệ giải quyết TTHC đúng và trước hạn tăng cao, TTHC chậm hạn chỉ còn 3,4%.", "3.4 tthc.tre-han percent %\n" },
    /* the stock before an arrangement is none of its results */
    { "Trước khi sắp xếp, tỉnh Hà Nam có 6 đơn vị hành chính cấp huyện (4 huyện, 1 thị xã và 1 thành phố), 109 đơn vị cấp cơ sở.\n"
      "Sau sắp xếp, tỉnh còn 98 xã, giảm 11 xã so với trước khi sắp xếp.",
      "6 khac:số đơn vị hành chính hiện có count đơn vị\n"
      "4 khac:số đơn vị hành chính hiện có count huyện\n"
      "1 khac:số đơn vị hành chính hiện có count thị xã\n"
      "1 khac:số đơn vị hành chính hiện có count thành phố\n"
      "109 khac:số đơn vị hành chính hiện có count đơn vị\n"
      "98 bo-may.don-vi-hanh-chinh count xã\n"
      "11 bo-may.don-vi-hanh-chinh count xã\n" },
    /* what stands in the name of a system is not said of a number */
    { "Số hồ sơ ghi nhận trên Hệ thống thông tin giải quyết TTHC của tỉnh Hà Nam là 64.200 hồ sơ; tỷ lệ trực tuyến đạt 81%.",
      "64200 tthc.ho-so-tiep-nhan count hồ sơ\n81 dvc.ho-so-truc-tuyen percent %\n" },
    /* what has no code of its own is kept from near ones */
    { "Tỉnh Hà Nam có 210 phản ánh đang tiếp tục được xử lý và niêm yết đầy đủ 145 TTHC thuộc thẩm quyền.",
      "210 khac:kiến nghị đang xử lý count phản ánh\n145 tthc.cong-khai count TTHC\n" },
    { "Xã Tân Phú thừa 12 công chức, thiếu 7 công chức.",
      "12 khac:cán bộ, công chức thừa, thiếu count người\n7 khac:cán bộ, công chức thừa, thiếu count người\n" },
    { "Bộ đã giảm 4 tổng cục và tương đương, giảm 21 vụ và tương đương (giảm 40%); sở giảm 12 chi cục và tương đương.",
      "4 khac:bộ, tổng cục, cục, vụ được sắp xếp hoặc giảm count tổng cục\n"
      "21 khac:bộ, tổng cục, cục, vụ được sắp xếp hoặc giảm count vụ\n"
      "40 khac:bộ, tổng cục, cục, vụ được sắp xếp hoặc giảm percent %\n"
      "12 bo-may.phong count chi cục\n" },
    { "Năm 2022, tỉnh Hà Nam cung cấp 410 dịch vụ công mức độ 3 và 4.\nToàn tỉnh có 290 dịch vụ công mức độ 4.",
      "410 dvc.cung-cap count dịch vụ công\n290 dvc.toan-trinh count dịch vụ công\n" },
    { "Tỉnh Hà Nam có 97% người dân hài lòng và rất hài lòng khi giải quyết thủ tục hành chính, 1,2% chưa hài lòng.",
      "97 tthc.hai-long percent %\n1.2 khac:chưa hài lòng percent %\n" },
    { "Doanh số thanh toán không dùng tiền mặt tăng 41%; thanh toán trực tuyến phí, lệ phí đạt 55% hồ sơ.",
      "41 khac:thanh toán không dùng tiền mặt change %\n55 dvc.thanh-toan percent %\n" },
    { "Quý I/2023, doanh thu của ngành đạt 1,2 triệu tỷ đồng.", "1200000 khac:kinh tế số trong GRDP money tỷ đồng\n" },
    /* a difference to another place or a mean is no change in time, and what follows goes on from what was compared */
    { "Năm 2022, chỉ số PCI của tỉnh Hà Nam đạt 65,2 điểm, thấp hơn 1,1 điểm so với điểm trung vị, cao hơn 0,8 điểm so với Nam Định và cao "
      "hơn 2,1 điểm so với năm 2021.",
      "65.2 pci.diem score điểm\n"
      "-1.1 khac:chênh lệch so với nơi khác count điểm\n"
      "0.8 khac:chênh lệch so với nơi khác count điểm\n"
      "2.1 pci.diem change điểm\n" },
    { "Tỷ lệ giải ngân của tỉnh Hà Nam đạt 62%, cao hơn bình quân chung của cả nước 8,5%, cao hơn 3% so với cùng kỳ và cao hơn kế hoạch 2%.",
      "62 tai-chinh.giai-ngan percent %\n"
      "8.5 khac:chênh lệch so với nơi khác percent %\n"
      "3 tai-chinh.giai-ngan change %\n"
      "2 tai-chinh.giai-ngan change %\n" },
    /* the growth of a sector is a rate, that of an amount just told a change */
    { "Năm 2023, công nghiệp - xây dựng của tỉnh Hà Nam tăng 9,5%; giá trị sản xuất công nghiệp đạt 41.000 tỷ đồng, tăng 12%.",
      "9.5 khac:tăng trưởng ngành, lĩnh vực percent %\n"
      "41000 khac:giá trị sản xuất money tỷ đồng\n"
      "12 khac:giá trị sản xuất change %\n" },
    /* points of a part, by their maximum */
    { "Năm 2023, PAR INDEX của tỉnh Hà Nam đạt 87,1/100 điểm, trong đó điểm thẩm định đạt 55,2/60,5 điểm; điểm SIPAS đạt 8,4/10 điểm.",
      "87.1 par-index.diem score điểm\n"
      "55.2 khac:chỉ số thành phần của PAR INDEX score điểm\n"
      "8.4 khac:chỉ số thành phần của PAR INDEX score điểm\n" },
    /* things counted in a row */
    { "Huyện Thanh Liêm có 214 doanh nghiệp, 17 hợp tác xã và 1.250 hộ kinh doanh đang hoạt động.",
      "214 khac:doanh nghiệp đang hoạt động count doanh nghiệp\n"
      "17 khac:doanh nghiệp đang hoạt động count hợp tác xã\n"
      "1250 khac:doanh nghiệp đang hoạt động count hộ\n" },
    { "Đến năm 2025, cắt giảm, đơn giản hóa ít nhất 20% số quy định.", "20 tthc.don-gian-hoa percent %\n" },
    { "Bộ Công Thương đã cắt giảm 120 thủ tục hành chính, còn lại 310 thủ tục.", "120 tthc.don-gian-hoa count TTHC\n310 tthc.tong-so count TTHC\n" },
    /* a part and its total */
    { "Năm 2024, tỉnh Hà Nam xử lý trực tuyến toàn trình 61,2% trong tổng số 84.500 hồ sơ thủ tục hành chính.",
      "61.2 dvc.ho-so-truc-tuyen percent %\n84500 tthc.ho-so-tiep-nhan count hồ sơ\n" },
    { "Chính phủ yêu cầu bãi bỏ 30% điều kiện kinh doanh; giảm ít nhất 25% thời gian giải quyết TTHC.",
      "30 tthc.don-gian-hoa percent %\n25 tthc.cat-giam-thoi-gian percent %\n" },
    { "Năm 2023, toàn huyện tiếp nhận 37.000 hồ sơ. Trong đó cấp huyện 16.000 hồ sơ, giải quyết 15.182 hồ sơ.",
      "37000 tthc.ho-so-tiep-nhan count hồ sơ\n16000 tthc.ho-so-tiep-nhan count hồ sơ\n15182 tthc.ho-so-giai-quyet count hồ sơ\n" },
    /* an index named in the sentence before; the greatest rise is a change */
    { "Năm 2023, chỉ số cải cách hành chính của các huyện thuộc tỉnh Hà Nam tiếp tục tăng. Giá trị trung bình đạt 84,1%. Huyện Bình Lục tăng "
      "mạnh nhất với 5,2%, nơi giảm nhiều nhất là 1,4%.",
      "84.1 par-index.diem percent %\n5.2 par-index.diem change %\n-1.4 par-index.diem change %\n" },
    { "Năm 2016, kết quả CCHC của UBND huyện Bình Lục đạt 81,2 điểm, tăng 3 bậc.", "81.2 par-index.diem score điểm\n3 par-index.hang change bậc\n" },
    { "Huyện Bình Lục giải quyết 2.100 hồ sơ, trong đó đúng hẹn 2.050, trễ hẹn 50.",
      "2100 tthc.ho-so-giai-quyet count hồ sơ\n2050 tthc.dung-han count hồ sơ\n50 tthc.tre-han count hồ sơ\n" },
    /* a row in brackets, named behind it or before "như:" */
    { "Đà Nẵng (67%) cùng các tỉnh Hòa Bình (86,5%), Nam Định (65,9%) là 3 tỉnh, thành dẫn đầu về tỷ lệ hồ sơ trực tuyến.",
      "67 dvc.ho-so-truc-tuyen percent %\n86.5 dvc.ho-so-truc-tuyen percent %\n65.9 dvc.ho-so-truc-tuyen percent %\n" },
    { "Tỉnh Hà Nam có một số cơ quan có tỷ lệ hồ sơ quá hạn cao, như: Sở Tư pháp (12%); Sở Y tế (9,5%).",
      "12 tthc.tre-han percent %\n9.5 tthc.tre-han percent %\n" },
    /* what firms say, and taxes paid online; a part in words; whose files they are */
    { "Năm 2018, 41% doanh nghiệp cho biết phải chi thêm; khoảng một phần ba doanh nghiệp đánh giá thủ tục còn chậm.",
      "41 khac:doanh nghiệp được khảo sát trả lời percent %\n1 khac:doanh nghiệp được khảo sát trả lời fraction doanh nghiệp\n" },
    { "Số tiền nộp thuế điện tử đạt 4.100 tỷ đồng; 2.310 doanh nghiệp đăng ký nộp thuế điện tử.",
      "4100 dvc.thanh-toan money tỷ đồng\n2310 khac:doanh nghiệp khai, nộp thuế điện tử count doanh nghiệp\n" },
    { "Năm 2023, tỉnh Hà Nam có thêm 740 doanh nghiệp thành lập mới.", "740 kt-xh.doanh-nghiep count doanh nghiệp\n" },
    /* the national single window is no one-stop office */
    { "Đã có 11 bộ, ngành kết nối Cơ chế một cửa quốc gia với 180 thủ tục hành chính. Cơ chế một cửa quốc gia đã xử lý 1,1 "
      "triệu hồ sơ.\nTổng số C/O gửi đi là 4.200 C/O.",
      "11 khac:Cơ chế một cửa quốc gia count bộ, ngành\n"
      "180 khac:Cơ chế một cửa quốc gia count TTHC\n"
      "1100000 dvc.ho-so-truc-tuyen count hồ sơ\n"
      "4200 khac:C/O count C/O\n" },
    { "Thời gian giải quyết thủ tục đất đai rút ngắn từ 15 ngày xuống 10 ngày.",
      "15 khac:thời gian giải quyết TTHC duration ngày\n10 khac:thời gian giải quyết TTHC duration ngày\n" },
    { "Năm 2023, 100% văn bản đi, văn bản đến được xử lý trên hệ thống quản lý văn bản; 96% công chức hoàn thành tốt nhiệm vụ.",
      "100 so.van-ban-dien-tu percent %\n96 khac:đánh giá, xếp loại cán bộ percent %\n" },
    /* a rate where none was told before is of nothing known */
    { "Với tỷ lệ 68,5%, tỉnh Hà Nam đã vượt qua nhiều địa phương.", "68.5 khac:số liệu khác percent %\n" },
    /* the rate between is that of what goes on; a list of nouns has commas */
    { "Năm 2023, huyện Bình Lục có 1.410 hồ sơ tiếp nhận trực tuyến, đạt tỷ lệ 64,5%, trong đó cấp xã là 1.320 hồ sơ.",
      "1410 dvc.ho-so-truc-tuyen count hồ sơ\n64.5 dvc.ho-so-truc-tuyen percent %\n1320 dvc.ho-so-truc-tuyen count hồ sơ\n" },
    { "Năm 2025, huyện Bình Lục nâng mức hài lòng của người dân, doanh nghiệp lên 95%.", "95 tthc.hai-long percent %\n" },
    /* a share of files says nothing of what was received; a stock of units is no arrangement */
    { "Đến năm 2025, 90% hồ sơ được luân chuyển nội bộ bằng phương thức điện tử.", "90 khac:hồ sơ percent %\n" },
    { "Cả nước có 3.321 đơn vị hành chính cấp xã.", "3321 khac:đơn vị count đơn vị\n" },
};

static void test_case(const struct extractor *x, const char *text, const char *want)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct facts facts = { 0 };
    struct buf got = { 0 };
    struct document *doc = document_decode("case.txt", text, strlen(text), &a, &d);

    if (doc)
        extract_facts(x, doc, &a, &facts);
    for (size_t i = 0; i < facts.n; i++) {
        const struct fact *f = &facts.items[i];
        buf_printf(&got, "%.10g %s %s %s\n", f->value, f->indicator, fact_kind_name(f->kind), f->unit);
    }
    CHECK(got.data && !strcmp(got.data, want), "%s\n%sand not\n%s", text, got.data ? got.data : "nothing ", want);
    buf_clear(&got);
    diag_clear(&d);
    arena_clear(&a);
}

int main(void)
{
    struct diag d = { 0 };
    struct catalog *catalog = catalog_open(CATALOG, &d);
    struct extractor *x = catalog ? extractor_open(CATALOG, catalog, &d) : NULL;

    CHECK(x != NULL, "the catalog is read");
    for (size_t i = 0; x && i < sizeof cases / sizeof *cases; i++)
        test_case(x, cases[i].text, cases[i].facts);
    extractor_close(x);
    catalog_close(catalog);
    diag_clear(&d);
    return CHECK_DONE();
}
