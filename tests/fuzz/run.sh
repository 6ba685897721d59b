#!/bin/sh
# Runs the fuzzing programs of a folder for some seconds each, from the tests'
# own documents. usage: run.sh FOLDER SECONDS
set -eu
cd "$(dirname "$0")/../.."
folder=$1 seconds=$2
export ASAN_OPTIONS=detect_leaks=1
# A seed is a byte for the packing and the content: see the programs.
seed() { # PROGRAM BYTE FILE...
    to=$folder/$1.seeds byte=$2
    shift 2
    mkdir -p "$to"
    for f in "$@"; do
        { printf "$byte"; cat "$f"; } >"$to/$(basename "$f")"
    done
}
seed fuzz_document 0 tests/data/ingest/*.txt
seed fuzz_document 1 tests/data/ingest/*.html
seed fuzz_table 0 examples/tables/pgi.tsv examples/tables/phuc-vu-766.tsv
xml=$(mktemp -d)
trap 'rm -rf "$xml"' EXIT
if command -v unzip >/dev/null; then
    unzip -p tests/data/ingest/report.docx word/document.xml >"$xml/docx.xml"
    unzip -p tests/data/ingest/report.odt content.xml >"$xml/odt.xml"
    unzip -p tests/data/store/matrix.xlsx xl/worksheets/sheet2.xml >"$xml/sheet.xml"
    seed fuzz_document 2 "$xml/docx.xml"
    seed fuzz_document 3 "$xml/odt.xml"
    seed fuzz_table 2 "$xml/sheet.xml"
fi
status=0
for p in fuzz_document fuzz_table; do
    echo "$p: $seconds s"
    mkdir -p "$folder/$p.corpus"
    "$folder/$p" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1024 -max_len=65536 -print_final_stats=0 -verbosity=0 \
        -artifact_prefix="$folder/$p-" "$folder/$p.corpus" "$folder/$p.seeds" || status=1
done
exit $status
