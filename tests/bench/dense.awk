# Facts for a table of 24 rows: each place of the catalog states 24 indicators for two
# years, each in a sentence of its own. usage: awk -f dense.awk places.xml >facts.tsv
BEGIN {
    n = split("chi-dao.nhiem-vu tthc.cong-khai tthc.don-gian-hoa tthc.cat-giam-thoi-gian tthc.dung-han tthc.tre-han " \
        "tthc.hai-long tthc.so-hoa tthc.ho-so-giai-quyet bo-may.phong cong-vu.tinh-gian cong-vu.vi-tri-viec-lam " \
        "cong-vu.dao-tao tai-chinh.tu-chu tai-chinh.giai-ngan dvc.cung-cap dvc.toan-trinh dvc.tich-hop " \
        "dvc.ho-so-truc-tuyen dvc.thanh-toan so.van-ban-dien-tu so.ho-so-cong-viec so.che-do-bao-cao so.dinh-danh", code, " ")
    split("nhiệm vụ|%|TTHC|%|%|%|%|%|hồ sơ|tổ chức|người|đơn vị|lượt người|đơn vị|%|DVC|DVC|DVC|%|%|%|%|%|tài khoản", unit, "|")
    print "source\tquote\tplace\tindicator\tkind\tvalue\tunit\tqualifier\tperiod\trole\tconfidence\tstatus"
}
!/<place / { next }
{
    match($0, / name="[^"]*/); name = substr($0, RSTART + 7, RLENGTH - 7)
    match($0, /slug="[^"]*/); slug = substr($0, RSTART + 6, RLENGTH - 6)
    if (name in seen) # of both sets of provinces
        next
    seen[name] = ++place
    for (i = 1; i <= n; i++)
        for (year = 2023; year <= 2024; year++) {
            share = unit[i] == "%"
            value = (place * 37 + i * 101 + (year - 2023) * (7 + place % 13)) % (share ? 600 : 4000)
            value = share ? 40 + value / 10 : 20 + value
            printf "bao-cao-%s-%d.txt\tTrong năm %d, %s báo cáo kết quả thứ %d theo kế hoạch cải cách hành chính: đạt %s %s.\t%s\t%s\t%s\t%s\t%s\t=\t%d\tresult\t1\tapproved\n",
                slug, year, year, name, i, value, unit[i], name, code[i], share ? "percent" : "count", value, unit[i], year
        }
}
