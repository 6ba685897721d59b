#!/bin/sh
# From documents and tables to report cards.  usage: demo.sh PROGRAM FOLDER
# The 63 provinces and cities as of the end of 2024, and the 34 that have taken their place on
# 1 July 2025 as of AS_OF: a date that stands here, so that the demo is the same on any day.
set -eu
program=$1 out=$2 AS_OF=${AS_OF:-2026-06-30}
cd "$(dirname "$0")/.."
fonts/fetch.sh || : # without them the next candidates serve
rm -rf "$out"
mkdir -p "$out"
"$program" extract --format tsv --db "$out/facts.db" examples/documents/*.* >"$out/facts.tsv"
"$program" import --db "$out/facts.db" examples/tables/*.tsv
make_set() { # date, suffix of the names
    "$program" batch layouts/scorecard.xml --db "$out/facts.db" --places all --as-of "$1" -d "$out/cards$2" --index \
        --book "$out/book$2.pdf"
    "$program" render layouts/league.xml --db "$out/facts.db" --as-of "$1" -o "$out/league$2.pdf"
}
make_set 2024-12-31 ""
make_set "$AS_OF" -34
count() { ls "$1" | grep -c '\.pdf$'; }
cat <<END

$out/facts.tsv      $(($(wc -l <"$out/facts.tsv") - 1)) facts read from $(ls examples/documents | wc -l) documents
$out/facts.db       these and the figures of $(ls examples/tables | wc -l) tables
$out/cards/         $(count "$out/cards") report cards as of 31 December 2024; manifest.tsv and index.html list them
$out/book.pdf       all of them as one book
$out/league.pdf     all provinces on one sheet
$out/cards-34/      $(count "$out/cards-34") report cards as of $AS_OF: the 34; book-34.pdf, league-34.pdf
END
