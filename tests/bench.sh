#!/bin/sh
# Figures of speed, size and memory on the demo's data.  usage: bench.sh BUILD
set -eu
build=$1 program=$1/phieudiem layout=layouts/scorecard.xml
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
timed() { "$build/bench/timed" "$@"; } # seconds kilobytes cpu

db=$work/facts.db
"$program" extract --db "$db" examples/documents/*.* >/dev/null
"$program" import --db "$db" examples/tables/*.tsv >/dev/null

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
awk -v n="$n" -v bytes="$bytes" '{ printf "%d documents, %.1f MB: %.2f s, %.0f documents/s, %.1f MB/s, peak %.0f MB\n",
    n, bytes / 1e6, $1, n / $1, bytes / 1e6 / $1, $2 / 1e3 }' "$work/t"

echo "== a card, stage by stage, one process"
"$build/bench/stages" "$layout" "$db"

# batch NAME WORKERS OPTION...: from process start to the last rename.
batch() {
    name=$1 jobs=$2
    shift 2
    rm -rf "$work/cards"
    timed "$program" batch "$layout" -d "$work/cards" -j "$jobs" "$@" >"$work/t" 2>"$work/err" || {
        cat "$work/err" >&2
        return 1
    }
    awk -F '\t' -v name="$name" -v jobs="$jobs" -v t="$(cat "$work/t")" 'NR > 1 { n++; pages += $3; bytes += $4
        if ($4 > most) most = $4 }
        END { split(t, x, " "); printf "%-22s %4d cards %4d pages, %d workers: %6.3f s, %5.1f cards/s, %4.1f ms CPU a card, " \
        "%.1f kB a card (most %.1f), peak %.0f MB a process\n", name, n, pages, jobs, x[1], n / x[1], x[3] / n * 1e3,
        bytes / n / 1e3, most / 1e3, x[2] / 1e3 }' "$work/cards/manifest.tsv"
}

echo "== batch"
batch "63" 1 --db "$db" --places all
batch "63" 2 --db "$db" --places all
batch "63 and a book" 2 --db "$db" --places all --book "$work/book.pdf"
ls -l "$work/book.pdf" | awk '{ printf "%-16s %.1f kB\n", "book", $5 / 1e3 }'

# The same places ten times: what grows now grows with the number of cards alone.
ten=$(cut -f2 "$work/cards/manifest.tsv" | tail -n +2 | awk '{ l = l "," $0 } END { for (i = 0; i < 10; i++) printf "%s", l }')
batch "630" 1 --db "$db" --places "$ten"
batch "630" 2 --db "$db" --places "$ten"

# Ten times the places under other names, and so ten times the facts and ten times the
# neighbours in every strip and list.
mkdir -p "$work/data/layouts" "$work/tables"
cp -r layouts/catalog "$work/data/layouts/"
cp -r fonts "$work/data/"
awk -v times=10 -f tests/bench/multiply.awk layouts/catalog/places.xml >"$work/data/layouts/catalog/places.xml"
for t in examples/tables/*.tsv; do
    awk -v times=10 -f tests/bench/multiply.awk "$t" >"$work/tables/${t##*/}"
done
export PHIEUDIEM_DATA="$work/data"
"$program" import --db "$work/many.db" "$work"/tables/*.tsv >/dev/null
batch "630, facts times 10" 2 --db "$work/many.db" --places all
