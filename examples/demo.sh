#!/bin/sh
# From documents and tables to report cards.  usage: demo.sh PROGRAM FOLDER
set -eu
program=$1 out=$2
cd "$(dirname "$0")/.."
fonts/fetch.sh || : # without them the next candidates serve
rm -rf "$out"
mkdir -p "$out"
"$program" extract --format tsv --db "$out/facts.db" examples/documents/*.* >"$out/facts.tsv"
"$program" import --db "$out/facts.db" examples/tables/*.tsv
"$program" batch layouts/scorecard.xml --db "$out/facts.db" --places facts -d "$out/cards" \
    --book "$out/book.pdf"
"$program" render layouts/league.xml --db "$out/facts.db" -o "$out/league.pdf"
cat <<END

$out/facts.tsv   $(($(wc -l <"$out/facts.tsv") - 1)) facts read from $(ls examples/documents | wc -l) documents
$out/facts.db    these and the figures of $(ls examples/tables | wc -l) tables
$out/cards/      $(ls "$out/cards" | grep -c '\.pdf$') report cards, and manifest.tsv that lists them
$out/book.pdf    all of them as one book
$out/league.pdf  all provinces on one sheet
END
