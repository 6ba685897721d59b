#!/bin/sh
# Figures of speed, size and memory: the demo's documents and data, and a dense card (tests/bench/dense.xml)
# 63, 630 and 3,321 times.  CARDS=63 leaves out the longer runs.  usage: bench.sh BUILD
set -eu
build=$1 program=$1/phieudiem bench=tests/bench
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
timed() { "$build/bench/timed" "$@"; } # seconds kilobytes cpu parent worker

echo "== $(nproc) processors: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)"
echo "== extract"
# The demo's documents often enough to last longer than a process start.
mkdir "$work/documents"
i=0
while [ $i -lt 200 ]; do
    for f in examples/documents/*.*; do cp "$f" "$work/documents/$i-${f##*/}"; done
    i=$((i + 1))
done
n=$(ls "$work/documents" | wc -l)
bytes=$(cat "$work"/documents/* | wc -c)
timed "$program" extract "$work"/documents/* >"$work/t"
awk -v n="$n" -v bytes="$bytes" '{ printf "%d documents, %.1f MB: %.2f s CPU, %.0f documents/s, %.1f MB/s, peak %.0f MB\n",
    n, bytes / 1e6, $3, n / $3, bytes / 1e6 / $3, $2 / 1e3 }' "$work/t"
rm -r "$work/documents"

tests/bench/texts.sh "$build"

# batch NAME WORKERS OPTION...: from process start to the last rename; of 63 cards the best of five runs.
batch() {
    name=$1 jobs=$2
    shift 2
    for i in $([ "${name%% *}" -gt 63 ] || echo 1 2 3 4) 5; do
        rm -rf "$work/cards"
        timed "$program" batch "$layout" -d "$work/cards" -j "$jobs" "$@" 2>"$work/err" || cat "$work/err" >&2
    done | sort -n | head -n 1 >"$work/t"
    awk -F '\t' -v name="$name" -v jobs="$jobs" -v t="$(cat "$work/t")" 'NR > 1 { n++; pages += $3; bytes += $4
        if ($4 > most) most = $4; large += $4 > 60000 }
        END { split(t, x, " "); printf "%-16s %4d cards %4d pages, %d workers: %7.3f s, %5.1f cards/s, %4.1f ms CPU a card, " \
        "%.1f kB a card (most %.1f; %d over 60), peak %.0f MB, a worker %.0f MB\n", name, n, pages, jobs, x[1], n / x[1],
        x[3] / n * 1e3, bytes / n / 1e3, most / 1e3, large, x[4] / 1e3, x[5] / 1e3 }' "$work/cards/manifest.tsv"
}

echo "== the demo's scorecard"
layout=layouts/scorecard.xml db=$work/demo.db
"$program" extract --db "$db" examples/documents/*.* >/dev/null
"$program" import --db "$db" examples/tables/*.tsv >/dev/null
"$build/bench/stages" "$layout" "$db"
batch "63" 1 --db "$db" --places all
"$build/bench/parts" "$work"/cards/*.pdf
batch "63" 2 --db "$db" --places all
batch "63 and a book" 2 --db "$db" --places all --book "$work/book.pdf"
ls -l "$work/book.pdf" | awk '{ printf "%-16s %.1f kB\n", "book", $5 / 1e3 }'

# data TIMES: catalog, tables and facts of the places TIMES times, under other names: what grows with
# the places grows.  A table of over 30 MB is cut.
data() {
    rm -rf "$work/data" "$work/tables"
    mkdir -p "$work/data/layouts" "$work/tables"
    cp -r layouts/catalog "$work/data/layouts/"
    cp -r fonts "$work/data/"
    awk -v times="$1" -f $bench/multiply.awk layouts/catalog/places.xml >"$work/data/layouts/catalog/places.xml"
    awk -f $bench/dense.awk "$work/data/layouts/catalog/places.xml" >"$work/dense.tsv"
    for t in "$work/dense.tsv" examples/tables/papi.tsv examples/tables/papi-dimensions.tsv; do
        if [ "$t" = "$work/dense.tsv" ]; then cat "$t"; else awk -v times="$1" -f $bench/multiply.awk "$t"; fi |
            awk -v out="$work/tables/$(basename "$t" .tsv)" 'NR == 1 { head = $0; next }
                (NR - 2) % 100000 == 0 { close(f); f = out "-" ++n ".tsv"; print head >f } { print >f }'
    done
    db=$work/many.db
    rm -f "$db"
    PHIEUDIEM_DATA=$work/data "$program" import --db "$db" "$work"/tables/*.tsv >/dev/null
}

mkdir "$work/layouts"
cp -r layouts/chung $bench/dense.xml "$work/layouts/"
layout=$work/layouts/dense.xml
export PHIEUDIEM_DATA="$work/data"
when="--as-of 2024-12-31 --period 2024"
echo "== dense cards"
data 1
"$build/bench/stages" "$layout" "$db" 2024
batch "63" 1 --db "$db" $when --places all
"$build/bench/parts" "$work"/cards/*.pdf
batch "63" 2 --db "$db" $when --places all
# The same places again and again: what grows now grows with the number of cards alone.
places=$(cut -f2 "$work/cards/manifest.tsv" | tail -n +2 | tr '\n' ',')
for n in 630 3321; do
    [ "$n" -le "${CARDS:-3321}" ] || continue
    list=$(yes "$places" | head -n $((n / 63 + 1)) | tr -d '\n' | cut -d, -f "1-$n")
    batch "$n" 1 --db "$db" $when --places "$list"
    batch "$n" 2 --db "$db" $when --places "$list"
done

echo "== 63 cards of 3,339 places"
data 53
batch "63" 2 --db "$db" $when --places "$places"
