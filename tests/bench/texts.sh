#!/bin/sh
# Long texts: how fast, in how much memory, or refused.  usage: texts.sh BUILD
set -eu
build=$1 program=$1/phieudiem
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# text NAME FILE: one long text; processor time, so that other load says little.
text() {
    "$build/bench/timed" "$program" extract "$2" >"$work/t"
    awk -v name="$1" -v bytes="$(wc -c <"$2")" '{ printf "%-38s %5.1f MB: %6.2f s CPU, %5.1f MB/s, peak %.0f MB\n",
        name, bytes / 1e6, $3, bytes / 1e6 / $3, $2 / 1e3 }' "$work/t"
}
i=0
while [ $i -lt 320 ]; do
    cat examples/documents/*.txt
    i=$((i + 1))
done >"$work/demo.txt"
# A report has some three sentences without a figure to each with one.
awk '{ print; if (NF > 12) for (i = 0; i < 3; i++) print "Các cơ quan, đơn vị tiếp tục rà soát quy trình nội bộ, nâng cao trách nhiệm của người đứng đầu, " \
    "kịp thời tháo gỡ khó khăn cho người dân và doanh nghiệp trong quá trình giải quyết thủ tục hành chính." }' \
    "$work/demo.txt" | head -c 12000000 | iconv -c -f UTF-8 -t UTF-8 >"$work/report.txt"
text 'text as reports are' "$work/report.txt"
text 'the demo, a figure every 100 bytes' "$work/demo.txt"
yes 'Hồ sơ đúng hạn của tỉnh Lào Cai, trước hạn' | head -n 500000 | tr '\n' ' ' >"$work/line.txt"
text 'one line' "$work/line.txt"
yes 'Lào Cai đạt 12,5%' | head -n 1000000 >"$work/numbers.txt"
text 'a million numbers, one a line' "$work/numbers.txt"
tr '\n' ' ' <"$work/numbers.txt" >"$work/row.txt"
text 'a million numbers in a line' "$work/row.txt"
rm -f "$work"/*.txt
yes 'Tỉnh Lào Cai đạt 97,5% hồ sơ đúng hạn.' | head -n 2000000 >"$work/huge"
tr '\n' ' ' <"$work/huge" | head -c 50000000 >"$work/huge-line"
for f in huge huge-line; do
    { "$program" extract "$work/$f" 2>&1 >/dev/null || :; } | sed "s,$work/,," # refused
done
