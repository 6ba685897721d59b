/* Sentences and the facts that a clerk would mark in them.
 * Each expected fact: value indicator kind role [period] [place] [level] [of]. */
#include "check.h"
#include "extract/extract.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CATALOG "layouts/catalog"

struct expected {
    double value;
    const char *indicator, *kind, *role, *period, *place, *level;
    double of;
    const char *qualifier;
};
struct sentence_case { const char *text; struct expected facts[8]; };

static const struct sentence_case cases[] = {
    { "Năm 2024, tỷ lệ hồ sơ giải quyết đúng hạn của tỉnh Hà Nam đạt 98, 73 %.",
      { { 98.73, "tthc.dung-han", "percent", "result", "2024", "Hà Nam", "", 0, "=" } } },
    /* NFD, old tone placement, capitals */
    { "NĂM 2023, TỈNH KHÁNH HOÀ XẾP THỨ 12/63 VỀ CHỈ SỐ PAPI.",
      { { 12, "papi.hang", "rank", "result", "2023", "Khánh Hòa", "", 63, "=" } } },
    { "Quý III/2024, tỉnh Sơn La tiếp nhận 12.500 hồ sơ, trong đó cấp xã 4.200 hồ sơ.",
      { { 12500, "tthc.ho-so-tiep-nhan", "count", "result", "2024-Q3", "Sơn La", "", 0, "=" },
        { 4200, "tthc.ho-so-tiep-nhan", "count", "result", "2024-Q3", "Sơn La", "xã", 0, "=" } } },
    { "Tỷ lệ hồ sơ nộp trực tuyến của tỉnh Phú Thọ tăng từ 45% lên 78%.",
      { { 45, "dvc.ho-so-truc-tuyen", "percent", "result", "", "Phú Thọ", "", 0, "=" },
        { 78, "dvc.ho-so-truc-tuyen", "percent", "result", "", "Phú Thọ", "", 0, "=" } } },
    { "Chỉ số PCI năm 2022 của tỉnh Nam Định xếp thứ 30/63, giảm 6 bậc so với năm 2021.",
      { { 30, "pci.hang", "rank", "result", "2022", "Nam Định", "", 63, "=" },
        { -6, "pci.hang", "change", "change", "2022", "Nam Định", "", 0, "=" } } },
    { "Phấn đấu đến hết năm 2025, tỉnh Yên Bái có tối thiểu 80% hồ sơ nộp trực tuyến.",
      { { 80, "dvc.ho-so-truc-tuyen", "percent", "target", "2025", "Yên Bái", "", 0, ">=" } } },
    { "6 tháng đầu năm 2024, tỉnh Bắc Kạn tiết kiệm cho người dân gần 3,5 tỷ đồng.",
      { { 3.5, "tthc.tiet-kiem", "money", "result", "2024-H1", "Bắc Kạn", "", 0, "~" } } },
    { "Tại tỉnh Lai Châu, đã giảm 7 phòng thuộc UBND cấp huyện và 3 sở.",
      { { 7, "bo-may.phong", "count", "result", "", "Lai Châu", "huyện", 0, "=" },
        { 3, "bo-may.so-nganh", "count", "result", "", "Lai Châu", "", 0, "=" } } },
    { "Tỉnh Cao Bằng hoàn thành 33/36 nhiệm vụ cải cách hành chính.",
      { { 33, "chi-dao.nhiem-vu", "fraction", "result", "", "Cao Bằng", "", 36, "=" } } },
    { "Chỉ số PAR INDEX của tỉnh Ninh Bình đứng thứ ba cả nước.",
      { { 3, "par-index.hang", "rank", "result", "", "Ninh Bình", "", 0, "=" } } },
    { "Tỉnh Trà Vinh nằm trong top 10 bảng xếp hạng PAPI.",
      { { 10, "papi.hang", "rank", "result", "", "Trà Vinh", "", 0, "<=" } } },
    { "Trên địa bàn tỉnh Gia Lai, cấp tỉnh đạt 97%, cấp huyện đạt 88% và cấp xã đạt 91% hồ sơ đúng hạn.",
      { { 97, "tthc.dung-han", "percent", "result", "", "Gia Lai", "tỉnh", 0, "=" },
        { 88, "tthc.dung-han", "percent", "result", "", "Gia Lai", "huyện", 0, "=" },
        { 91, "tthc.dung-han", "percent", "result", "", "Gia Lai", "xã", 0, "=" } } },
    /* people, streets and firms are no places; meetings and documents give no facts */
    { .text = "Phó Thủ tướng Nguyễn Hòa Bình dự phiên họp thứ 9 ngày 15/7/2024 theo Nghị quyết số 57-NQ/TW." },
    { .text = "Địa chỉ: số 12 đường Điện Biên Phủ, phường 5; điện thoại 0203.825.367." },
    { .text = "Kỷ niệm 79 năm Quốc khánh 2/9; hội nghị bàn 6 nội dung lúc 8 giờ 30 phút." },
    { .text = "Thực hiện Đề án 06, Chương trình 135 và Điều 5 Luật số 63/2020/QH14." },
    { .text = "63 tỉnh, thành phố dự hội nghị; đây là một trong 25 dịch vụ công thiết yếu." },
    { .text = "1. Về thể chế.\n2. Về bộ máy.\nLượt xem: 1.250" },
    { .text = "Thứ 3, ngày 12/03/2024 - Thứ 5, 14/03/2024" },
    { .text = "Ngày 31/05/2023 -" },                    /* nothing to join with */
    { .text = "1. Về số hóa hồ sơ\n2. Mạng băng rộng:" }, /* headings in a text without numbers */
};

/* What is said in one line holds in others: place, time, level, the subject of a clause. */
static const struct sentence_case passages[] = {
    /* a report of what was and of what is to be done is of what was; an index's year ends with its clause */
    { "Hội nghị đánh giá kết quả 8 tháng và triển khai nhiệm vụ 4 tháng cuối năm 2024 của tỉnh Hà Nam.\nTỉnh Hà Nam đã tinh giản 214 người.\nChỉ số PAPI năm 2023 của tỉnh Hà Nam giảm 11 bậc; còn 1.120 hồ sơ quá hạn.",
      { { 214, "cong-vu.tinh-gian", "count", "result", "2024-M1/2024-M8", "Hà Nam", "", 0, "=" },
        { -11, "papi.hang", "change", "change", "2023", "Hà Nam", "", 0, "=" },
        { 1120, "tthc.tre-han", "count", "result", "2024-M1/2024-M8", "Hà Nam", "", 0, "=" } } },
    /* a plan itself: its sections of goals, for the years of its title, whatever verb they use */
    { "UBND TỈNH HÀ NAM\nKẾ HOẠCH\nCải cách hành chính tỉnh Hà Nam năm 2024\nII. MỤC TIÊU\n- Số hóa kết quả giải quyết thủ tục hành chính đạt 90%.\nIII. NHIỆM VỤ\nTrong quý I/2024, kiểm tra tối thiểu 30% cơ quan, đơn vị.",
      { { 90, "tthc.so-hoa", "percent", "target", "2024", "Hà Nam", "", 0, "=" },
        { 30, "chi-dao.kiem-tra", "percent", "target", "2024-Q1", "Hà Nam", "", 0, ">=" } } },
    /* a paragraph led by tasks; one handed to somebody; units in a row by what they reached */
    { "Hà Nam họp đánh giá kết quả năm 2023\n1. Tồn tại: 5 sở và 3 huyện có tỷ lệ hồ sơ trễ hạn trên 3%.\n2. Nhiệm vụ năm 2024: nâng tỷ lệ hồ sơ trực tuyến của tỉnh Hà Nam lên 75%. Giao Sở Nội vụ tập huấn cho 100% công chức.",
      { { 5, "khac:sở", "count", "result", "2023", "Hà Nam", "", 0, "=" },
        { 3, "khac:huyện", "count", "result", "2023", "Hà Nam", "huyện", 0, "=" },
        { 3, "tthc.tre-han", "percent", "result", "2023", "Hà Nam", "", 0, ">" },
        { 75, "dvc.ho-so-truc-tuyen", "percent", "target", "2024", "Hà Nam", "", 0, "=" },
        { 100, "cong-vu.dao-tao", "percent", "target", "2024", "Hà Nam", "", 0, "=" } } },
    /* a span of its own behind a document's name; how it stands at its end */
    { "Thực hiện Nghị quyết số 18-NQ/TW, giai đoạn 2017 - 2023, tỉnh Hà Nam đã giảm 45 phòng chuyên môn thuộc sở; sắp xếp 138 xã, giảm 112 đơn vị sự nghiệp công lập.\nĐến hết năm 2023, tỉnh Hà Nam có 28 đơn vị sự nghiệp tự bảo đảm chi thường xuyên.",
      { { 45, "bo-may.phong", "count", "result", "2017/2023", "Hà Nam", "", 0, "=" },
        { 138, "bo-may.don-vi-hanh-chinh", "count", "result", "2017/2023", "Hà Nam", "xã", 0, "=" },
        { 112, "bo-may.don-vi-su-nghiep", "count", "result", "2017/2023", "Hà Nam", "", 0, "=" },
        { 28, "tai-chinh.tu-chu", "count", "result", "2023", "Hà Nam", "", 0, "=" } } },
    /* a name of two parts */
    { "Thành phố Phan Rang - Tháp Chàm giải quyết 9.100 hồ sơ.",
      { { 9100, "tthc.ho-so-giai-quyet", "count", "result", "", "Phan Rang - Tháp Chàm", "", 0, "=" } } },
    /* years on end are of their own number; a mean of offices, a count of units after one of them */
    { "Năm 2024, cả nước cắt giảm 168 quy định kinh doanh, nâng tổng số từ năm 2021 đến nay lên gần 3.000 quy định kinh doanh; tiết kiệm 90 tỷ đồng. Tỷ lệ hồ sơ trực tuyến của cả nước đạt 60%.",
      { { 168, "tthc.don-gian-hoa", "count", "result", "2024", "Cả nước", "", 0, "=" },
        { 3000, "tthc.don-gian-hoa", "count", "result", "2021", "Cả nước", "", 0, "~" },
        { 90, "tthc.tiet-kiem", "money", "result", "2024", "Cả nước", "", 0, "=" },
        { 60, "dvc.ho-so-truc-tuyen", "percent", "result", "2024", "Cả nước", "", 0, "=" } } },
    { "Hà Nam: Chỉ số cải cách hành chính năm 2023\nTỉnh Hà Nam vừa công bố chỉ số cải cách hành chính năm 2023. Giá trị trung bình của các sở, ngành về chỉ số cải cách hành chính đạt 89,3 điểm. Huyện Vân Hạ của tỉnh Hà Nam đạt 76,5 điểm. Có 12/21 đơn vị tăng điểm.",
      { { 89.3, "par-index.diem", "score", "result", "2023", "Hà Nam", "", 0, "=" },
        { 76.5, "par-index.diem", "score", "result", "2023", "Vân Hạ, Hà Nam", "", 0, "=" },
        { 12, "khac:đơn vị", "fraction", "result", "2023", "Hà Nam", "", 21, "=" } } },
    /* months in which something was made; units by a rate that flows */
    { "Quý III năm 2023, huyện Vân Hạ tiếp nhận 3.215 hồ sơ.\nThu ngân sách huyện Vân Hạ 9 tháng đạt 412 tỷ đồng.",
      { { 3215, "tthc.ho-so-tiep-nhan", "count", "result", "2023-Q3", "Vân Hạ", "", 0, "=" },
        { 412, "tai-chinh.thu-ngan-sach", "money", "result", "2023-M1/2023-M9", "Vân Hạ", "", 0, "=" } } },
    /* a plan announced by the title: targets of its year, also what is to be "hoàn thành" */
    { "Hà Nam triển khai kế hoạch cải cách hành chính năm 2025\nTỷ lệ hồ sơ trực tuyến tỉnh Hà Nam 85%.\nHoàn thành 100% hồ sơ đúng hạn tại tỉnh Hà Nam.",
      { { 85, "dvc.ho-so-truc-tuyen", "percent", "target", "2025", "Hà Nam", "", 0, "=" },
        { 100, "tthc.dung-han", "percent", "target", "2025", "Hà Nam", "", 0, "=" } } },
    { "Kết quả triển khai kế hoạch cải cách hành chính năm 2024 của tỉnh Hà Nam\nTỷ lệ hồ sơ trực tuyến của tỉnh Hà Nam 85%.",
      { { 85, "dvc.ho-so-truc-tuyen", "percent", "result", "2024", "Hà Nam", "", 0, "=" } } },
    /* the line that opens a list tells its time */
    { "Theo kết quả công bố năm 2024, các chỉ số của tỉnh Hà Nam như sau:\n- PAR INDEX: đạt 89,1%, hạng 22/63.\n- PCI: đạt 66,2 điểm.",
      { { 89.1, "par-index.diem", "percent", "result", "2024", "Hà Nam", "", 0, "=" },
        { 22, "par-index.hang", "rank", "result", "2024", "Hà Nam", "", 63, "=" },
        { 66.2, "pci.diem", "score", "result", "2024", "Hà Nam", "", 0, "=" } } },
    /* short nouns of units, quarters by number, and a photographer */
    { "Năm 2018, UBND Q.1 tiếp nhận 585.300 hồ sơ. UBND H.Vân Hạ tiếp nhận 1.900 hồ sơ. Ảnh: H.Lan. Quận 3 tiếp nhận 2.100 hồ sơ.",
      { { 585300, "tthc.ho-so-tiep-nhan", "count", "result", "2018", "Quận 1", "", 0, "=" },
        { 1900, "tthc.ho-so-tiep-nhan", "count", "result", "2018", "Vân Hạ", "", 0, "=" },
        { 2100, "tthc.ho-so-tiep-nhan", "count", "result", "2018", "Quận 3", "", 0, "=" } } },
    /* a month with its days in a bracket is that month; a sum over all rules its sentence */
    { "Trong tháng 5/2019 (từ 21/4 đến 20/5/2019), tỉnh Hà Nam tiếp nhận 2.500 hồ sơ.",
      { { 2500, "tthc.ho-so-tiep-nhan", "count", "result", "2019-M5", "Hà Nam", "", 0, "=" } } },
    /* where the government signs is not whom it writes about; Markdown's emphasis and marks of notes */
    { "Số: 15/CĐ-TTg\n*Hà Nội, ngày 18 tháng 3 năm 2025*\nThủ tướng Chính phủ yêu cầu các bộ[3] hoàn thành sửa đổi** 120** văn bản quy phạm pháp luật.",
      { { 120, "the-che.ban-hanh", "count", "target", "", "Cả nước", "", 0, "=" } } },
    /* a body's goals are for its term; the one of a commune is no central one; a heading ends the name */
    { "ĐẠI HỘI ĐẢNG BỘ XÃ TÂN HOÀ LẦN THỨ NHẤT, NHIỆM KỲ 2025 - 2030\nPhó Bí thư Tỉnh ủy Hà Nam dự. Xã Tân Hòa đã họp.\nMTTQ Việt Nam xã Tân Hòa đề ra chỉ tiêu: tỷ lệ hộ nghèo còn 3%.",
      { { 3, "kt-xh.ho-ngheo", "percent", "target", "2025/2030", "Tân Hòa, Hà Nam", "", 0, "=" } } },
    /* branches of a central agency in a text about a province; "được giao" orders nothing */
    { "Hà Nam: Thu ngân sách năm 2020\nToàn tỉnh Hà Nam thu ngân sách đạt 17.360 tỷ đồng. Ngành Thuế đạt 16.180 tỷ đồng thu ngân sách.",
      { { 17360, "tai-chinh.thu-ngan-sach", "money", "result", "2020", "Hà Nam", "", 0, "=" },
        { 16180, "tai-chinh.thu-ngan-sach", "money", "result", "2020", "Hà Nam", "", 0, "=" } } },
    /* one number said of a row of places; of a counted row it is the count's */
    { "Năm 2023, Hà Nam, Sơn La và Nam Định đều tăng 3 bậc về PCI. Có 3 địa phương là Hà Nam, Nam Định và Sơn La đạt trên 90% hồ sơ trực tuyến.",
      { { 3, "pci.hang", "change", "change", "2023", "Nam Định", "", 0, "=" },
        { 3, "pci.hang", "change", "change", "2023", "Sơn La", "", 0, "=" },
        { 3, "pci.hang", "change", "change", "2023", "Hà Nam", "", 0, "=" },
        { 90, "dvc.ho-so-truc-tuyen", "percent", "result", "2023", "Cả nước", "", 0, ">" } } },
    /* the same months of the year compared with; what flows goes on from the time before it, not from that one */
    { "5 tháng đầu năm 2023, tỉnh Hà Nam giải ngân vốn đầu tư công đạt 29% kế hoạch (cùng kỳ năm 2022 giải ngân đạt 34% kế hoạch).\nKế hoạch vốn năm 2022 chuyển sang năm 2023 của tỉnh Hà Nam giải ngân đạt 4% kế hoạch.",
      { { 29, "tai-chinh.giai-ngan", "percent", "result", "2023-M1/2023-M5", "Hà Nam", "", 0, "=" },
        { 34, "tai-chinh.giai-ngan", "percent", "result", "2022-M1/2022-M5", "Hà Nam", "", 0, "=" },
        { 4, "tai-chinh.giai-ngan", "percent", "result", "2023-M1/2023-M5", "Hà Nam", "", 0, "=" } } },
    /* departments in a list; another office behind a semicolon; offices of "tỉnh" */
    { "Năm 2024, Bộ Nội vụ có nhiều đơn vị hoàn thành nhiệm vụ: Vụ Cải cách hành chính hoàn thành 13/13 nhiệm vụ; Vụ Tổ chức biên chế 8/8 nhiệm vụ.",
      { { 13, "chi-dao.nhiem-vu", "fraction", "result", "2024", "Vụ Cải cách hành chính", "", 13, "=" },
        { 8, "chi-dao.nhiem-vu", "fraction", "result", "2024", "Vụ Tổ chức biên chế", "", 8, "=" } } },
    { "Tỉnh Hà Nam: Về chỉ số cải cách hành chính năm 2022, Kho bạc Nhà nước tỉnh đạt 94%; Sở Tư pháp đạt 91%.",
      { { 94, "par-index.diem", "percent", "result", "2022", "Kho bạc Nhà nước Hà Nam", "", 0, "=" },
        { 91, "par-index.diem", "percent", "result", "2022", "Hà Nam", "", 0, "=" } } },
    /* a text that speaks of "huyện" and never says of which; "xã hội" is no commune */
    { "Theo báo cáo của Trung tâm, cấp huyện tiếp nhận 1.960 hồ sơ. Toàn tỉnh có 98% hồ sơ đúng hạn.",
      { { 1960, "tthc.ho-so-tiep-nhan", "count", "result", "", "", "huyện", 0, "=" },
        { 98, "tthc.dung-han", "percent", "result", "", "", "", 0, "=" } } },
    { "Đã cắt giảm 3.890 thủ tục hành chính, phát triển kinh tế - xã hội.",
      { { 3890, "tthc.don-gian-hoa", "count", "result", "", "Cả nước", "", 0, "=" } } },
    /* a title's months have the year that the body tells; a plan's span is that of its proposals */
    { "Huyện Vân Hạ: Thu ngân sách 6 tháng đạt trên 60% dự toán\nUBND huyện Vân Hạ vừa họp.\nThu ngân sách huyện Vân Hạ 6 tháng đầu năm 2019 đạt trên 60% dự toán.",
      { { 60, "tai-chinh.thu-ngan-sach", "percent", "result", "2019-H1", "Vân Hạ", "", 0, ">" },
        { 60, "tai-chinh.thu-ngan-sach", "percent", "result", "2019-H1", "Vân Hạ", "", 0, ">" } } },
    { "Phương án cắt giảm điều kiện kinh doanh giai đoạn 2019-2020 sẽ được Bộ Công Thương thực hiện. Cụ thể, đề xuất cắt giảm 79 điều kiện kinh doanh.",
      { { 79, "tthc.don-gian-hoa", "count", "target", "2019/2020", "Bộ Công Thương", "", 0, "=" } } },
    /* a province spoken of throughout, though others are named more densely once */
    { "Hà Nam nằm trên tuyến Hà Nội, Nam Định, Thái Bình; gần Hà Nội, Nam Định.\nTốc độ phát triển của tỉnh Hà Nam khá cao.\nCác đô thị của tỉnh Hà Nam được quy hoạch trên địa bàn tỉnh.\nToàn tỉnh cung cấp 667 dịch vụ công mức độ 3.",
      { { 667, "dvc.mot-phan", "count", "result", "", "Hà Nam", "", 0, "=" } } },
    /* a level that does something is the subject until another is named; the units themselves; a named unit is no level */
    { "Năm 2023, tỉnh Hà Nam tiếp nhận 37.000 hồ sơ. Trong đó, cấp huyện tiếp nhận 16.000 hồ sơ, giải quyết 15.180 hồ sơ; tỷ lệ hồ sơ đúng hạn đạt 67%; cấp xã tiếp nhận 21.000 hồ sơ.",
      { { 37000, "tthc.ho-so-tiep-nhan", "count", "result", "2023", "Hà Nam", "", 0, "=" },
        { 16000, "tthc.ho-so-tiep-nhan", "count", "result", "2023", "Hà Nam", "huyện", 0, "=" },
        { 15180, "tthc.ho-so-giai-quyet", "count", "result", "2023", "Hà Nam", "huyện", 0, "=" },
        { 67, "tthc.dung-han", "percent", "result", "2023", "Hà Nam", "huyện", 0, "=" },
        { 21000, "tthc.ho-so-tiep-nhan", "count", "result", "2023", "Hà Nam", "xã", 0, "=" } } },
    { "Tỷ lệ hồ sơ công việc của tỉnh Hà Nam ở cấp xã đạt 91%; tỷ lệ hồ sơ trực tuyến đạt 70%.",
      { { 91, "so.ho-so-cong-viec", "percent", "result", "", "Hà Nam", "xã", 0, "=" },
        { 70, "dvc.ho-so-truc-tuyen", "percent", "result", "", "Hà Nam", "", 0, "=" } } },
    /* what a bracket names holds in it alone */
    { "Đến năm 2025, tỉnh Hà Nam có hồ sơ trực tuyến đạt 60% (đến năm 2030 đạt 90%); hồ sơ đúng hạn đạt 98% (đến năm 2030 đạt 100%).",
      { { 60, "dvc.ho-so-truc-tuyen", "percent", "target", "2025", "Hà Nam", "", 0, "=" },
        { 90, "dvc.ho-so-truc-tuyen", "percent", "target", "2030", "Hà Nam", "", 0, "=" },
        { 98, "tthc.dung-han", "percent", "target", "2025", "Hà Nam", "", 0, "=" },
        { 100, "tthc.dung-han", "percent", "target", "2030", "Hà Nam", "", 0, "=" } } },
    { "Năm 2024, Trung tâm Phục vụ hành chính công tỉnh Hà Nam (đặt tại phường Vân Hạ và phường Khe Lớn) đã tiếp nhận 8.300 hồ sơ.",
      { { 8300, "tthc.ho-so-tiep-nhan", "count", "result", "2024", "Hà Nam", "", 0, "=" } } },
    /* all of them, right before the number; whose it is, right behind; units in a list nobody has named before */
    { "Năm 2022, PCI của tỉnh Hà Nam đạt 64 điểm (điểm trung vị là 65,2 điểm).",
      { { 64, "pci.diem", "score", "result", "2022", "Hà Nam", "", 0, "=" },
        { 65.2, "pci.diem", "score", "result", "2022", "Cả nước", "", 0, "=" } } },
    { "Tỉnh Hà Nam có các huyện đạt thấp gồm: Vân Hạ (35% hồ sơ trực tuyến), Khe Lớn (31% hồ sơ trực tuyến).",
      { { 35, "dvc.ho-so-truc-tuyen", "percent", "result", "", "Vân Hạ, Hà Nam", "", 0, "=" },
        { 31, "dvc.ho-so-truc-tuyen", "percent", "result", "", "Khe Lớn, Hà Nam", "", 0, "=" } } },
    /* a system of the whole country as subject; where others put their services it is none */
    { "Theo Bộ Nội vụ, Cổng Dịch vụ công quốc gia được vận hành từ tháng 12/2019, đến nay đã tiếp nhận 4.780.000 hồ sơ trực tuyến.",
      { { 4780000, "dvc.ho-so-truc-tuyen", "count", "result", "", "Cả nước", "", 0, "=" } } },
    { "Năm 2021, tỉnh Hà Nam đã tích hợp 1.200 dịch vụ công trên Cổng Dịch vụ công quốc gia.",
      { { 1200, "dvc.tich-hop", "count", "result", "2021", "Hà Nam", "", 0, "=" } } },
    /* roads have two ends and are nobody's; a name with an apostrophe */
    { "Năm 2023, dự án cao tốc đoạn Hậu Giang - Cà Mau qua huyện Ea H’kar có 502 hộ bị thu hồi đất.",
      { { 502, "khac:hộ", "count", "result", "2023", "Ea H'kar", "", 0, "=" } } },
    /* months without a year where the text speaks of them; the day of a meeting; a stretch */
    { "Hội nghị đánh giá tình hình kinh tế - xã hội 9 tháng và nhiệm vụ những tháng cuối năm 2025 của tỉnh Hà Nam.\nQua gần 9 tháng, giải ngân vốn đầu tư công của tỉnh Hà Nam đạt 61%.",
      { { 61, "tai-chinh.giai-ngan", "percent", "result", "2025-M1/2025-M9", "Hà Nam", "", 0, "=" } } },
    { "Trong nửa đầu năm 2024, GRDP tỉnh Hà Nam tăng 9,5%.\nTại phiên họp thường kỳ tháng 6, thu ngân sách tỉnh Hà Nam 6 tháng ước đạt 4.100 tỷ đồng.",
      { { 9.5, "kt-xh.tang-truong", "percent", "result", "2024-H1", "Hà Nam", "", 0, "=" },
        { 4100, "tai-chinh.thu-ngan-sach", "money", "result", "2024-H1", "Hà Nam", "", 0, "=" } } },
    { "Năm 2024, sau 6 tháng vận hành, tỉnh Hà Nam có 61% hồ sơ trực tuyến.",
      { { 61, "dvc.ho-so-truc-tuyen", "percent", "result", "2024", "Hà Nam", "", 0, "=" } } },
    /* the year of a plan is not when it was done */
    { "Đến ngày 31/8/2025, tỉnh Hà Nam giải ngân kế hoạch vốn năm 2024 kéo dài sang năm 2025 đạt 27% kế hoạch.",
      { { 27, "tai-chinh.giai-ngan", "percent", "result", "2025-08-31", "Hà Nam", "", 0, "=" } } },
    /* the paper's province is the one that "toàn tỉnh" means; the time of files goes on */
    { "Báo Hà Nam\nTrong quý II/2023, toàn tỉnh tiếp nhận 8.250 hồ sơ.\nCấp huyện tiếp nhận 2.140 hồ sơ, với 930 hồ sơ trực tuyến.",
      { { 8250, "tthc.ho-so-tiep-nhan", "count", "result", "2023-Q2", "Hà Nam", "", 0, "=" },
        { 2140, "tthc.ho-so-tiep-nhan", "count", "result", "2023-Q2", "Hà Nam", "huyện", 0, "=" },
        { 930, "dvc.ho-so-truc-tuyen", "count", "result", "2023-Q2", "Hà Nam", "huyện", 0, "=" } } },
    { "(baocaobang.vn) - Năm 2022, UBND tỉnh đã kiểm tra 14 đơn vị về cải cách hành chính.",
      { { 14, "chi-dao.kiem-tra", "count", "result", "2022", "Cao Bằng", "", 0, "=" } } },
    /* a heading in capitals names the unit; "bộ" counts sets of files */
    { "HUYỆN MƯỜNG KHÀ\nTrong năm 2021, tổng số hồ sơ tiếp nhận của toàn huyện là 4.512 bộ.\nToàn huyện đã giải quyết 4.470 hồ sơ.",
      { { 4512, "tthc.ho-so-tiep-nhan", "count", "result", "2021", "Mường Khà", "", 0, "=" },
        { 4470, "tthc.ho-so-giai-quyet", "count", "result", "2021", "Mường Khà", "", 0, "=" } } },
    { "UỶ BAN NHÂN DÂN XÃ TÂN HOÀ BÁO CÁO KẾT QUẢ\nQuý I/2024, UBND xã tiếp nhận 310 hồ sơ.",
      { { 310, "tthc.ho-so-tiep-nhan", "count", "result", "2024-Q1", "Tân Hòa", "", 0, "=" } } },
    /* an office and its holder are no unit */
    { "UBND xã Bình Khê tổng kết năm 2023; Chủ tịch HĐND xã Hứa Văn Minh dự. Năm 2023, xã tiếp nhận 640 hồ sơ.",
      { { 640, "tthc.ho-so-tiep-nhan", "count", "result", "2023", "Bình Khê", "", 0, "=" } } },
    /* a bracket that counts parts does not change what is spoken of */
    { "Năm 2023, tỉnh Hà Nam giải quyết đúng hạn 5.120 hồ sơ (trong đó có 70 hồ sơ đang giải quyết trong hạn và 6 hồ sơ quá hạn), đạt tỷ lệ 97,9%.",
      { { 5120, "tthc.dung-han", "count", "result", "2023", "Hà Nam", "", 0, "=" },
        { 70, "khac:hồ sơ đang giải quyết", "count", "result", "2023", "Hà Nam", "", 0, "=" },
        { 6, "tthc.tre-han", "count", "result", "2023", "Hà Nam", "", 0, "=" },
        { 97.9, "tthc.dung-han", "percent", "result", "2023", "Hà Nam", "", 0, "=" } } },
    { "Năm 2023, tỉnh Hà Nam đã giải quyết 812 hồ sơ (tỷ lệ hồ sơ đúng hạn đạt 98%).",
      { { 812, "tthc.ho-so-giai-quyet", "count", "result", "2023", "Hà Nam", "", 0, "=" },
        { 98, "tthc.dung-han", "percent", "result", "2023", "Hà Nam", "", 0, "=" } } },
    /* a rate of what there was in another time */
    { "Năm 2023, số hồ sơ trực tuyến của tỉnh Hà Nam bằng 130% số hồ sơ trực tuyến của cả năm 2022.",
      { { 130, "khac:chênh lệch so với nơi khác", "percent", "result", "2023", "Hà Nam", "", 0, "=" } } },
    /* days without a year; a request is a target; an account to a day is none */
    { "Tháng 6-2023, tỉnh Hà Nam yêu cầu các sở, ngành hoàn thành 100% hồ sơ trực tuyến.\nTính đến 18-6, tỉnh Hà Nam đạt 61,5% hồ sơ trực tuyến so với chỉ tiêu đề ra, tăng 2.150 hồ sơ.\nHà Nam có 640 hồ sơ quá hạn.",
      { { 100, "dvc.ho-so-truc-tuyen", "percent", "target", "2023-M6", "Hà Nam", "", 0, "=" },
        { 61.5, "dvc.ho-so-truc-tuyen", "percent", "result", "2023-06-18", "Hà Nam", "", 0, "=" },
        { 2150, "dvc.ho-so-truc-tuyen", "change", "change", "2023-06-18", "Hà Nam", "", 0, "=" },
        { 640, "tthc.tre-han", "count", "result", "2023-06-18", "Hà Nam", "", 0, "=" } } },
    /* units inside a province that the text names; what a unit's container is; counted by what was told */
    { "Tỉnh Hà Nam: kết quả cấp tài khoản VNeID\nToàn tỉnh kích hoạt 512.340 tài khoản VNeID; có 31/98 địa phương hoàn thành, thấp nhất là xã Khe Lớn (huyện Vân Hạ) với 7,1%.",
      { { 512340, "so.dinh-danh", "count", "result", "", "Hà Nam", "", 0, "=" },
        { 31, "khac:địa phương", "fraction", "result", "", "Hà Nam", "", 98, "=" },
        { 7.1, "so.dinh-danh", "percent", "result", "", "Khe Lớn, Hà Nam", "", 0, "=" } } },
    /* whose number a bracket holds; a move joined to a move */
    { "Chỉ số PCI năm 2022 của Hà Nam đạt 68,4 điểm, tăng 7 bậc và 2,15 điểm, xếp thứ 9, sau Cao Bằng (69,02 điểm).",
      { { 68.4, "pci.diem", "score", "result", "2022", "Hà Nam", "", 0, "=" },
        { 7, "pci.hang", "change", "change", "2022", "Hà Nam", "", 0, "=" },
        { 2.15, "pci.diem", "change", "change", "2022", "Hà Nam", "", 0, "=" },
        { 9, "pci.hang", "rank", "result", "2022", "Hà Nam", "", 0, "=" },
        { 69.02, "pci.diem", "score", "result", "2022", "Cao Bằng", "", 0, "=" } } },
    /* where a move began is an earlier time; a title names the place among others; the year after the one compared with */
    { "PAPI NĂM 2022 CỦA TỈNH HÀ NAM\nĐiểm số của tỉnh tăng từ 41,2 lên 43,6; tụt từ vị trí 12 xuống 15.\nTỉnh Cao Bằng đạt 38,8 điểm, tỉnh Sơn La đạt 40,9 điểm.\nCó 21 tỉnh tăng điểm so với năm 2021.",
      { { 41.2, "papi.diem", "score", "result", "", "Hà Nam", "", 0, "=" },
        { 43.6, "papi.diem", "score", "result", "2022", "Hà Nam", "", 0, "=" },
        { 12, "papi.hang", "rank", "result", "", "Hà Nam", "", 0, "=" },
        { 15, "papi.hang", "rank", "result", "2022", "Hà Nam", "", 0, "=" },
        { 38.8, "papi.diem", "score", "result", "2022", "Cao Bằng", "", 0, "=" },
        { 40.9, "papi.diem", "score", "result", "2022", "Sơn La", "", 0, "=" },
        { 21, "khac:tỉnh, thành phố", "count", "result", "2022", "Cả nước", "", 0, "=" } } },
    /* "lần lượt" pairs places, and levels, with numbers in order */
    { "Năm 2023, điểm PAPI của Hà Nam và Cao Bằng lần lượt đạt 43,9 điểm và 41,7 điểm.",
      { { 43.9, "papi.diem", "score", "result", "2023", "Hà Nam", "", 0, "=" },
        { 41.7, "papi.diem", "score", "result", "2023", "Cao Bằng", "", 0, "=" } } },
    { "Tỷ lệ hồ sơ đúng hạn của tỉnh Hà Nam ở cấp tỉnh, huyện, xã lần lượt đạt 97%, 85% và 90%.",
      { { 97, "tthc.dung-han", "percent", "result", "", "Hà Nam", "tỉnh", 0, "=" },
        { 85, "tthc.dung-han", "percent", "result", "", "Hà Nam", "huyện", 0, "=" },
        { 90, "tthc.dung-han", "percent", "result", "", "Hà Nam", "xã", 0, "=" } } },
    /* a heading says what its list is of; "chỉ số này" what the sentence before named */
    { "Kế hoạch hạ tầng số xã Khe Lớn\nII. MỤC TIÊU ĐẾN NĂM 2025\n1. Mạng viễn thông băng rộng di động\n- Số thuê bao/100 dân: 88%.\n- Tỷ lệ dùng chung vị trí: 30%.",
      { { 88, "so.ha-tang", "percent", "target", "2025", "Khe Lớn", "", 0, "=" },
        { 30, "so.ha-tang", "percent", "target", "2025", "Khe Lớn", "", 0, "=" } } },
    { "Tỉnh Hà Nam nâng mức độ hài lòng của người dân về thủ tục hành chính. Cụ thể, chỉ số này năm 2018 là 92,1%, đến năm 2020 là 95,4%.",
      { { 92.1, "tthc.hai-long", "percent", "result", "2018", "Hà Nam", "", 0, "=" },
        { 95.4, "tthc.hai-long", "percent", "result", "2020", "Hà Nam", "", 0, "=" } } },
    /* units by the class that they reached, and their change; the rate of what is planned is planned */
    { "Năm 2021, tỉnh Hà Nam có 30 đơn vị xếp hạng Tốt (tăng 2 đơn vị), 4 đơn vị xếp hạng Khá.",
      { { 30, "khac:đơn vị", "count", "result", "2021", "Hà Nam", "", 0, "=" },
        { 2, "khac:đơn vị", "change", "change", "2021", "Hà Nam", "", 0, "=" },
        { 4, "khac:đơn vị", "count", "result", "2021", "Hà Nam", "", 0, "=" } } },
    { "Bộ Công Thương dự kiến cắt giảm 675 điều kiện kinh doanh, đạt 55,5%.",
      { { 675, "tthc.don-gian-hoa", "count", "target", "", "Bộ Công Thương", "", 0, "=" },
        { 55.5, "tthc.don-gian-hoa", "percent", "target", "", "Bộ Công Thương", "", 0, "=" } } },
    /* the level of the time compared with; a row of units with one predicate */
    { "Đến 31/8/2020, cả nước giải ngân vốn đầu tư công đạt 47% kế hoạch (cùng kỳ năm 2019 đạt 41,39%).",
      { { 47, "tai-chinh.giai-ngan", "percent", "result", "2020-08-31", "Cả nước", "", 0, "=" },
        { 41.39, "tai-chinh.giai-ngan", "percent", "result", "2019", "Cả nước", "", 0, "=" } } },
    { "Tỉnh Hà Nam có 19/19 sở, ngành; 6/6 huyện và 98/98 xã đã thực hiện cơ chế một cửa.",
      { { 19, "tthc.mot-cua", "fraction", "result", "", "Hà Nam", "", 19, "=" },
        { 6, "tthc.mot-cua", "fraction", "result", "", "Hà Nam", "huyện", 6, "=" },
        { 98, "tthc.mot-cua", "fraction", "result", "", "Hà Nam", "xã", 98, "=" } } },
    /* regions that a clause is about, not the dateline; what was before in a bracket */
    { "Hà Nội (TTXVN 12/4) Năm 2023, đứng thứ 2 về PAR INDEX là vùng Đông Nam Bộ, đạt 87,5%, cao hơn 3% so với năm 2022 (84,5%).",
      { { 2, "par-index.hang", "rank", "result", "2023", "Đông Nam Bộ", "", 0, "=" },
        { 87.5, "par-index.diem", "percent", "result", "2023", "Đông Nam Bộ", "", 0, "=" },
        { 3, "par-index.diem", "change", "change", "2023", "Đông Nam Bộ", "", 0, "=" },
        { 84.5, "par-index.diem", "percent", "result", "2022", "Đông Nam Bộ", "", 0, "=" } } },
    /* a fraction in words; a move of a number in words; a bound with the day that it is for */
    { "Năm 2025, cả nước đã cắt giảm 3.085 trên tổng số 4.888 TTHC.",
      { { 3085, "tthc.don-gian-hoa", "fraction", "result", "2025", "Cả nước", "", 4888, "=" } } },
    { "Năm 2021, PAR INDEX của tỉnh Hà Nam xếp thứ 9, tụt hai bậc.",
      { { 9, "par-index.hang", "rank", "result", "2021", "Hà Nam", "", 0, "=" },
        { -2, "par-index.hang", "change", "change", "2021", "Hà Nam", "", 0, "=" } } },
    { "Tỉnh Hà Nam hoàn thành cắt giảm tối thiểu 30% điều kiện kinh doanh trước 31/12/2025.",
      { { 30, "tthc.don-gian-hoa", "percent", "target", "2025-12-31", "Hà Nam", "", 0, ">=" } } },
    /* a city that bears its province's name is not who "UBND tỉnh" is */
    { "Sở Tư pháp và thành phố Cao Bằng đứng đầu\nUBND tỉnh vừa công bố chỉ số cải cách hành chính năm 2022, Sở Tư pháp đạt 94,4%.",
      { { 94.4, "par-index.diem", "percent", "result", "2022", "Cao Bằng", "", 0, "=" } } },
    /* an address in a line of its own; points of the index spoken of; units by class in its year */
    { "Kết quả chỉ số CCHC năm 2021\nsonoivu.caobang.gov.vn\nTheo chỉ số CCHC năm 2021, Văn phòng UBND tỉnh đạt 96,2%.\nTrong đó, 11 cơ quan xếp loại tốt với tỷ lệ điểm số đạt trên 80%.",
      { { 96.2, "par-index.diem", "percent", "result", "2021", "Cao Bằng", "", 0, "=" },
        { 11, "khac:cơ quan", "count", "result", "2021", "Cao Bằng", "", 0, "=" },
        { 80, "par-index.diem", "percent", "result", "2021", "Cao Bằng", "", 0, ">" } } },
    /* an index is compared with the year before; what is assigned for a year */
    { "Hà Nam: Chỉ số SIPAS của tỉnh xếp thứ 14, tăng 21 bậc so với năm 2021.",
      { { 14, "sipas.hang", "rank", "result", "2022", "Hà Nam", "", 0, "=" },
        { 21, "sipas.hang", "change", "change", "2022", "Hà Nam", "", 0, "=" } } },
    { "UBND tỉnh Hà Nam ban hành quyết định giao chỉ tiêu hồ sơ trực tuyến năm 2022.\nUBND các huyện được giao chỉ tiêu hồ sơ trực tuyến đạt 50%.",
      { { 50, "dvc.ho-so-truc-tuyen", "percent", "target", "2022", "Hà Nam", "huyện", 0, "=" } } },
    /* a noun before its number; a day in a bracket behind its year; what goes with a sum that will be */
    { "Năm 2022 (tính đến ngày 23/8/2022), tỉnh Hà Nam có tổng số hồ sơ tiếp nhận là 17.921.",
      { { 17921, "tthc.ho-so-tiep-nhan", "count", "result", "2022-08-23", "Hà Nam", "", 0, "=" } } },
    { "Sau sắp xếp, tỉnh Hà Nam dự kiến còn lại 51 đơn vị hành chính cấp xã (gồm 9 phường và 42 xã), giảm 86 đơn vị.",
      { { 51, "bo-may.don-vi-hanh-chinh", "count", "target", "", "Hà Nam", "xã", 0, "=" },
        { 9, "bo-may.don-vi-hanh-chinh", "count", "target", "", "Hà Nam", "xã", 0, "=" },
        { 42, "bo-may.don-vi-hanh-chinh", "count", "target", "", "Hà Nam", "xã", 0, "=" },
        { 86, "bo-may.don-vi-hanh-chinh", "count", "target", "", "Hà Nam", "xã", 0, "=" } } },
    /* targets of a later year; one bound for two rates */
    { "Chính phủ đặt mục tiêu năm 2025 giảm ít nhất 30% thời gian giải quyết thủ tục hành chính, 30% chi phí tuân thủ.\nNăm 2026, cắt giảm 50% thời gian giải quyết thủ tục hành chính.",
      { { 30, "tthc.cat-giam-thoi-gian", "percent", "target", "2025", "Cả nước", "", 0, ">=" },
        { 30, "khac:chi phí tuân thủ được cắt giảm", "percent", "target", "2025", "Cả nước", "", 0, ">=" },
        { 50, "tthc.cat-giam-thoi-gian", "percent", "target", "2026", "Cả nước", "", 0, "=" } } },
    /* a name in no list opens the title of a text about "huyện"; a clause ends where another measure begins */
    { "Krông Bua: Giải quyết 4.120 hồ sơ\nNăm 2023, toàn huyện giải quyết 4.120 hồ sơ.",
      { { 4120, "tthc.ho-so-giai-quyet", "count", "result", "2023", "Krông Bua", "", 0, "=" },
        { 4120, "tthc.ho-so-giai-quyet", "count", "result", "2023", "Krông Bua", "", 0, "=" } } },
    { "Năm 2017, tỉnh Hà Nam tiếp nhận 65.040 hồ sơ, trong đó thuộc thẩm quyền giải quyết cấp xã 63.085 hồ sơ, tỷ lệ giải quyết đúng và trước hạn đạt 99%.",
      { { 65040, "tthc.ho-so-tiep-nhan", "count", "result", "2017", "Hà Nam", "", 0, "=" },
        { 63085, "tthc.ho-so-tiep-nhan", "count", "result", "2017", "Hà Nam", "xã", 0, "=" },
        { 99, "tthc.dung-han", "percent", "result", "2017", "Hà Nam", "", 0, "=" } } },
    { "Cải cách hành chính: Kết quả quý I\nQuý I/2024, huyện tiếp nhận 310 hồ sơ.",
      { { 310, "tthc.ho-so-tiep-nhan", "count", "result", "2024-Q1", "", "", 0, "=" } } }, /* of which district it does not tell */
    /* a title tells beforehand what the body tells with its time */
    { "Tỉnh Hà Nam tiếp nhận 15.871 hồ sơ\nTrong 9 tháng năm 2022, tỉnh Hà Nam tiếp nhận 15.871 hồ sơ.",
      { { 15871, "tthc.ho-so-tiep-nhan", "count", "result", "2022-M1/2022-M9", "Hà Nam", "", 0, "=" },
        { 15871, "tthc.ho-so-tiep-nhan", "count", "result", "2022-M1/2022-M9", "Hà Nam", "", 0, "=" } } },
    /* a list of ministries leaves "Bộ" out; a speaker that tells of itself; an agency that the text is about */
    { "Năm 2023, các bộ có tỷ lệ hồ sơ trực tuyến cao gồm: Xây dựng (81%), Tư pháp (77%).",
      { { 81, "dvc.ho-so-truc-tuyen", "percent", "result", "2023", "Bộ Xây dựng", "", 0, "=" },
        { 77, "dvc.ho-so-truc-tuyen", "percent", "result", "2023", "Bộ Tư pháp", "", 0, "=" } } },
    { "Bộ Y tế cho biết trong năm 2022 đã cắt giảm 63 thủ tục hành chính.",
      { { 63, "tthc.don-gian-hoa", "count", "result", "2022", "Bộ Y tế", "", 0, "=" } } },
    { "Bộ Nội vụ cho biết đã có 45 tỉnh ban hành kế hoạch.",
      { { 45, "chi-dao.ke-hoach", "count", "result", "", "Cả nước", "", 0, "=" } } },
    { "Bộ Tư pháp đơn giản hóa thủ tục\nBộ Tư pháp vừa tổ chức họp báo.\nNăm 2021, toàn ngành tiếp nhận 4.150 hồ sơ.",
      { { 4150, "tthc.ho-so-tiep-nhan", "count", "result", "2021", "Bộ Tư pháp", "", 0, "=" } } },
    /* what an aside names is not spoken of; "sẽ" rules its clause, and "hiện" in "thực hiện" tells of nothing done */
    { "Bộ Xây dựng đã cắt giảm 12 thủ tục hành chính (do Bộ Tư pháp thẩm định) và 7 thủ tục khác.",
      { { 12, "tthc.don-gian-hoa", "count", "result", "", "Bộ Xây dựng", "", 0, "=" },
        { 7, "tthc.don-gian-hoa", "count", "result", "", "Bộ Xây dựng", "", 0, "=" } } },
    { "Tỉnh Hà Nam sẽ thực hiện cung cấp dịch vụ công trực tuyến ở mức độ 4 trên Cổng dịch vụ công với 120 dịch vụ.",
      { { 120, "dvc.toan-trinh", "count", "target", "", "Hà Nam", "", 0, "=" } } },
    { "Hiện ngành Xây dựng có 45%-52,5% thủ tục hành chính được cung cấp trực tuyến.",
      { { 45, "dvc.cung-cap", "percent", "result", "", "Cả nước", "", 0, ">=" },
        { 52.5, "dvc.cung-cap", "percent", "result", "", "Cả nước", "", 0, "<=" } } },
    /* a stock is no cut; firms at work are no investment; forms for export are no trade */
    { "Bộ Xây dựng hiện có 215 điều kiện kinh doanh và đã cắt giảm 94 điều kiện kinh doanh.",
      { { 215, "khac:điều kiện kinh doanh", "count", "result", "", "Bộ Xây dựng", "", 0, "=" },
        { 94, "tthc.don-gian-hoa", "count", "result", "", "Bộ Xây dựng", "", 0, "=" } } },
    { "Tỉnh Hà Nam có số vốn đăng ký 21 tỷ đồng, 940 doanh nghiệp đang hoạt động.",
      { { 21, "kt-xh.dau-tu", "money", "result", "", "Hà Nam", "", 0, "=" },
        { 940, "khac:doanh nghiệp đang hoạt động", "count", "result", "", "Hà Nam", "", 0, "=" } } },
    /* the office of a central agency in a province has numbers of its own; what it tells of the province is the province's */
    { "Năm 2022, Cục Thuế tỉnh Hà Nam tiếp nhận 3.300 hồ sơ.",
      { { 3300, "tthc.ho-so-tiep-nhan", "count", "result", "2022", "Cục Thuế Hà Nam", "", 0, "=" } } },
    { "Năm 2022, Kho bạc Nhà nước Nam Định giải quyết 870 hồ sơ đúng hạn.",
      { { 870, "tthc.dung-han", "count", "result", "2022", "Kho bạc Nhà nước Nam Định", "", 0, "=" } } },
};

static bool matches(const struct fact *f, const struct expected *e)
{
    return fabs(f->value - e->value) < 1e-9 && !strcmp(f->indicator, e->indicator) &&
           !strcmp(fact_kind_name(f->kind), e->kind) && !strcmp(fact_role_name(f->role), e->role) &&
           !strcmp(f->period, e->period) && !strcmp(f->place, e->place) && !strcmp(f->level, e->level) &&
           (e->of == 0 ? isnan(f->of) : fabs(f->of - e->of) < 1e-9) &&
           !strcmp(fact_qualifier_name(f->qualifier), e->qualifier);
}

static void test_case(const struct extractor *x, const struct sentence_case *c)
{
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct facts facts;
    struct document *doc = document_decode("case.txt", c->text, strlen(c->text), &a, &d);
    size_t n = 0;

    while (n < 8 && c->facts[n].indicator)
        n++;
    CHECK(doc != NULL, "%s", c->text);
    if (doc) {
        extract_facts(x, doc, &a, &facts);
        CHECK(facts.n == n, "%s: %zu facts", c->text, facts.n);
        for (size_t i = 0; i < facts.n && i < n; i++) {
            struct buf b = { 0 };
            fact_tsv(&b, &facts.items[i], false);
            CHECK(matches(&facts.items[i], &c->facts[i]), "%s  (%s)", b.data, facts.items[i].why);
            buf_clear(&b);
        }
    }
    diag_clear(&d);
    arena_clear(&a);
}

/* The span of each fact is the number in the text, whatever stands before it. */
static void test_spans(const struct extractor *x)
{
    static const char text[] = "Ở tỉnh Hòa Bình, đã số hóa gần 1,5 triệu hồ sơ; hồ sơ đúng hạn đạt 951/1.929, tức 49,3%.";
    static const char *const numbers[] = { "1,5 triệu", "951/1.929", "49,3%" };
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct facts facts;
    struct document *doc = document_decode("case.txt", text, strlen(text), &a, &d);

    extract_facts(x, doc, &a, &facts);
    CHECK(facts.n == 3, "%zu facts", facts.n);
    for (size_t i = 0; i < facts.n && i < 3; i++) {
        size_t from = document_byte(doc, (size_t)facts.items[i].start), to = document_byte(doc, (size_t)facts.items[i].end);
        CHECK(to - from == strlen(numbers[i]) && !memcmp(doc->text + from, numbers[i], to - from), "%.*s",
              (int)(to - from), doc->text + from);
    }
    CHECK(!strcmp(doc->place, "") || !strcmp(doc->place, "Hòa Bình"), "%s", doc->place);
    diag_clear(&d);
    arena_clear(&a);
}

/* What no document should hold: huge numbers, a row of a hundred thousand numbers, one endless sentence. */
static void test_hostile(const struct extractor *x)
{
    enum { N = 100000 };
    static const char *const pieces[] = { "1 ", "99999999999999999999999999999999% ", "đạt 5%, ", "tỉnh Hà Nam năm 2024 ",
                                          "((((", "1/1/", "từ 1 đến ", "trong đó ", "hai mươi ", "1-", "\"", "%" };
    for (size_t k = 0; k < sizeof pieces / sizeof *pieces; k++) {
        struct arena a = { 0 };
        struct diag d = { 0 };
        struct facts facts;
        struct passed_list passed;
        struct buf b = { 0 };
        for (int i = 0; i < N / 20; i++)
            buf_str(&b, pieces[k]);
        buf_str(&b, "hồ sơ đúng hạn đạt 98%.");
        struct document *doc = document_decode("case.txt", b.data, b.len, &a, &d);
        if (doc) {
            extract_all(x, doc, &a, &facts, &passed);
            for (size_t i = 0; i < facts.n; i++)
                CHECK(facts.items[i].end > facts.items[i].start && isfinite(facts.items[i].value), "%s", pieces[k]);
            extract_notes(x, doc, &a, &facts);
        }
        CHECK(true, "%s", pieces[k]);
        buf_clear(&b);
        diag_clear(&d);
        arena_clear(&a);
    }
}

static void test_passed(const struct extractor *x)
{
    static const char text[] = "Phiên họp thứ 9 ban hành Nghị quyết số 57-NQ/TW về 6 nội dung.";
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct facts facts;
    struct passed_list passed;
    struct document *doc = document_decode("case.txt", text, strlen(text), &a, &d);

    extract_all(x, doc, &a, &facts, &passed);
    CHECK(facts.n == 0 && passed.n == 3, "%zu %zu", facts.n, passed.n);
    for (size_t i = 0; i < passed.n; i++)
        CHECK(passed.items[i].reason && *passed.items[i].reason, "a reason");
    diag_clear(&d);
    arena_clear(&a);
}

/* A cell takes its indicator, place, unit and year from the heads of its column and row. */
static void test_table(const struct extractor *x)
{
    static const char html[] =
        "<table><tr><th>TT</th><th>Tỉnh</th><th>Tỷ lệ hồ sơ đúng hạn (%)</th><th>Xếp hạng PAR INDEX năm 2023</th></tr>"
        "<tr><td>1</td><td>Thái Bình</td><td>97,4</td><td>12</td></tr>"
        "<tr><td>2</td><td>Bình Phước</td><td>98</td><td>3/63</td></tr></table>";
    static const struct { double value; const char *indicator, *place, *period, *number; } want[] = {
        { 97.4, "tthc.dung-han", "Thái Bình", "", "97,4" }, { 12, "par-index.hang", "Thái Bình", "2023", "12" },
        { 98, "tthc.dung-han", "Bình Phước", "", "98" }, { 3, "par-index.hang", "Bình Phước", "2023", "3/63" },
    };
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct facts facts;
    struct document *doc = document_decode("case.html", html, strlen(html), &a, &d);

    extract_facts(x, doc, &a, &facts);
    CHECK(facts.n == 4, "%zu facts", facts.n);
    for (size_t i = 0; i < facts.n && i < 4; i++) {
        const struct fact *f = &facts.items[i];
        size_t from = document_byte(doc, (size_t)f->start);
        CHECK(fabs(f->value - want[i].value) < 1e-9 && !strcmp(f->indicator, want[i].indicator) &&
                  !strcmp(f->place, want[i].place) && !strcmp(f->period, want[i].period),
              "%g %s %s %s", f->value, f->indicator, f->place, f->period);
        CHECK(!strncmp(doc->text + from, want[i].number, strlen(want[i].number)), "%.10s", doc->text + from);
    }
    diag_clear(&d);
    arena_clear(&a);
}

/* 0.9 is reached only where all answers rest on good evidence. */
static void test_confidence(const struct extractor *x)
{
    static const struct { const char *text; bool sure; } trust[] = {
        { "Hà Nam: kết quả cải cách hành chính\nNăm 2023, tỷ lệ hồ sơ giải quyết đúng hạn của tỉnh Hà Nam đạt 98,5%.", true },
        { "Hà Nam: kết quả cải cách hành chính\nNăm 2023, toàn tỉnh có 57 cây cầu, 1.250 vườn hoa.", false },  /* no indicator */
        { "Tỷ lệ hồ sơ giải quyết đúng hạn đạt 98,5%.", false },                                 /* whose, and when? */
        { "Năm 2023, Bộ Nội vụ cùng Bộ Y tế có tỷ lệ hồ sơ giải quyết đúng hạn đạt 98,5%.", false }, /* one of two agencies */
    };
    for (size_t i = 0; i < sizeof trust / sizeof *trust; i++) {
        struct arena a = { 0 };
        struct diag d = { 0 };
        struct facts facts;
        struct document *doc = document_decode("case.txt", trust[i].text, strlen(trust[i].text), &a, &d);
        extract_facts(x, doc, &a, &facts);
        CHECK(facts.n > 0, "%s", trust[i].text);
        for (size_t k = 0; k < facts.n; k++)
            CHECK((facts.items[k].confidence >= 0.9) == trust[i].sure && facts.items[k].confidence > 0 && facts.items[k].confidence < 1,
                  "%g %s", facts.items[k].confidence, trust[i].text);
        diag_clear(&d);
        arena_clear(&a);
    }
}

static void test_notes(const struct extractor *x)
{
    static const char text[] = "Việc giải quyết thủ tục hành chính lĩnh vực đất đai ở tỉnh Hà Nam còn chậm, hồ sơ trễ hạn còn nhiều.\n"
                               "- Yêu cầu các sở, ngành của tỉnh Hà Nam khẩn trương số hóa dữ liệu và chuyển đổi số toàn diện.\n"
                               "Năm 2024, tỉnh Hà Nam có 98% hồ sơ đúng hạn, công tác còn chậm.";
    static const char *const want[] = { "han-che tthc", "nhiem-vu so" };
    struct arena a = { 0 };
    struct diag d = { 0 };
    struct facts notes;
    struct document *doc = document_decode("case.txt", text, strlen(text), &a, &d);

    extract_notes(x, doc, &a, &notes);
    CHECK(notes.n == 2, "%zu notes", notes.n);
    for (size_t i = 0; i < notes.n && i < 2; i++) {
        CHECK(!strcmp(notes.items[i].indicator, want[i]), "%s", notes.items[i].indicator);
        CHECK(notes.items[i].kind == FACT_NOTE && isnan(notes.items[i].value) && !strcmp(notes.items[i].place, "Hà Nam"), "%s",
              notes.items[i].place);
    }
    CHECK(notes.n == 2 && strncmp(notes.items[1].quote, "Yêu cầu", strlen("Yêu cầu")) == 0, "the bullet is no part of it");
    diag_clear(&d);
    arena_clear(&a);
}

int main(void)
{
    struct diag d = { 0 };
    struct catalog *c = catalog_open(CATALOG, &d);
    struct extractor *x = c ? extractor_open(CATALOG, c, &d) : NULL;

    diag_print(&d, stderr, 0);
    CHECK(x != NULL, "the catalog opens");
    for (size_t i = 0; x && i < sizeof cases / sizeof *cases; i++)
        test_case(x, &cases[i]);
    for (size_t i = 0; x && i < sizeof passages / sizeof *passages; i++)
        test_case(x, &passages[i]);
    if (x) {
        test_spans(x);
        test_passed(x);
        test_table(x);
        test_confidence(x);
        test_notes(x);
        test_hostile(x);
    }
    extractor_close(x);
    catalog_close(c);
    CHECK(extractor_open("tests/none", NULL, &d) == NULL && d.errors > 0, "a missing folder is told");
    diag_clear(&d);
    return CHECK_DONE();
}
