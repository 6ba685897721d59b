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
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
seed fuzz_document 0 tests/data/ingest/*.txt examples/documents/*.txt
seed fuzz_document 1 tests/data/ingest/*.html
seed fuzz_table 0 examples/tables/pgi.tsv examples/tables/phuc-vu-766.tsv
printf 'Bảng PCI của các tỉnh,,\n,2022,"2023"\nTỉnh,Điểm,"Thứ\nhạng"\nHuế,69.36,6/63\n' >"$work/matrix.csv"
seed fuzz_table 0 "$work/matrix.csv"
if command -v unzip >/dev/null; then
    unzip -p tests/data/ingest/report.docx word/document.xml >"$work/docx.xml"
    unzip -p tests/data/ingest/report.odt content.xml >"$work/odt.xml"
    unzip -p tests/data/store/matrix.xlsx xl/worksheets/sheet2.xml >"$work/sheet.xml"
    # Body, lists, styles and notes under one root: see the program.
    { unzip -p tests/data/ingest/notes.docx word/document.xml | sed 's,</w:document>,,'
      for p in numbering styles footnotes; do
          unzip -p tests/data/ingest/notes.docx "word/$p.xml" | sed "s,</*w:$p[^>]*>,,g"
      done
      echo '</w:document>'; } >"$work/docx-notes.xml"
    { unzip -p tests/data/ingest/notes.odt content.xml | sed 's,</office:document-content>,,'
      unzip -p tests/data/ingest/notes.odt styles.xml | sed 's,</*office:document-styles[^>]*>,,g'
      echo '</office:document-content>'; } >"$work/odt-notes.xml"
    unzip -p tests/data/store/sheets.xlsx xl/worksheets/sheet4.xml >"$work/dates.xml"
    unzip -p tests/data/store/sheets.xlsx xl/styles.xml >"$work/styles.xml"
    seed fuzz_document 2 "$work/docx.xml" "$work/docx-notes.xml"
    seed fuzz_document 3 "$work/odt-notes.xml"
    seed fuzz_table 2 "$work/dates.xml"
    seed fuzz_table 3 "$work/dates.xml" "$work/styles.xml"
    seed fuzz_document 3 "$work/odt.xml"
    seed fuzz_table 2 "$work/sheet.xml"
fi
# The program takes the byte modulo 7: "1" is 49, the first file.
n=1
for f in places indicators indices sentences words agencies phrases; do
    seed fuzz_catalog "$n" "layouts/catalog/$f.xml"
    n=$((n + 1))
done
# Whole files of words and phrases are slow to open: a little of each too.
for f in words agencies phrases; do
    { head -n 40 "layouts/catalog/$f.xml"; echo '</list></words>'; } >"$work/$f-head.xml"
    case $f in words) n=5 ;; agencies) n=6 ;; phrases) n=7 ;; esac
    seed fuzz_catalog "$n" "$work/$f-head.xml"
done
seed fuzz_layout 0 layouts/*.xml tests/data/layout/f*.xml
seed fuzz_layout 1 tests/data/layout/card.xml
printf 'Hồ sơ %s {num(1)} \360\237\230\200 e\314\201 \340\271\204 1.234,56 ()<>&' '%d' >"$work/text"
seed fuzz_layout 3 "$work/text"
# A card, as it is and with its streams open, their parts, and PDFs of others.
if build/phieudiem import --db "$work/facts.db" examples/tables/pgi.tsv >/dev/null 2>&1 &&
    build/phieudiem render layouts/scorecard.xml --db "$work/facts.db" --place lao-cai -o "$work/card.pdf" 2>/dev/null; then
    seed fuzz_pdf 0 "$work/card.pdf"
    if command -v qpdf >/dev/null; then
        qpdf --qdf --object-streams=disable "$work/card.pdf" "$work/open.pdf" && seed fuzz_pdf 0 "$work/open.pdf"
    fi
fi
# The same signed, and the answer of a timestamp authority.
if [ -e "$work/card.pdf" ] && command -v openssl >/dev/null; then
    openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=x -days 2 -addext extendedKeyUsage=critical,timeStamping \
        -keyout "$work/x.key" -out "$work/x.pem" 2>/dev/null
    openssl pkcs12 -export -inkey "$work/x.key" -in "$work/x.pem" -passout pass: -out "$work/x.p12"
    printf '[one]\nserial = %s\nsigner_cert = %s\nsigner_key = %s\nsigner_digest = sha256\ndefault_policy = 1.2.3\ndigests = sha256\n' \
        "$work/serial" "$work/x.pem" "$work/x.key" >"$work/tsa.cnf"
    echo 01 >"$work/serial"
    build/phieudiem sign --key "$work/x.p12" --timestamp-query "$work/query" -o "$work/signed.pdf" "$work/card.pdf" &&
        openssl ts -reply -config "$work/tsa.cnf" -section one -queryfile "$work/query" -out "$work/reply" 2>/dev/null &&
        build/phieudiem sign --timestamp "$work/reply" "$work/signed.pdf" &&
        seed fuzz_pdf 0 "$work/signed.pdf" && seed fuzz_pdf 3 "$work/reply"
fi
seed fuzz_pdf 0 tests/data/ingest/*.pdf
# What pdftotext makes of them; no byte before it.
mkdir -p "$folder/fuzz_pdftext.seeds"
for f in tests/data/ingest/report.pdf "$work/card.pdf"; do
    [ ! -e "$f" ] || pdftotext -bbox-layout "$f" - | head -c 60000 >"$folder/fuzz_pdftext.seeds/$(basename "$f").xml"
done
printf '/P <</MCID 0>> BDC BT /F1 9 Tf <00410042> Tj [<0041> -20 (ab)] TJ ET EMC /Artifact BMC 0 0 m 1 1 l S EMC q 1 0 0 1 0 0 cm Q' \
    >"$work/content"
seed fuzz_pdf 1 "$work/content"
printf '1 begincodespacerange <0000> <ffff> endcodespacerange 1 beginbfchar <0001> <0041> endbfchar 2 beginbfrange <0002> <0004> <0042> <0005> <0006> [<0043> <0044>] endbfrange' \
    >"$work/map"
seed fuzz_pdf 2 "$work/map"

# The words of a language, from what is written in it.
dictionary() { # PROGRAM FILE...
    to=$folder/$1.dict
    shift
    cat "$@" 2>/dev/null | LC_ALL=C grep -aoE '<[a-z0-9:-]+|[a-z0-9-]+="|[a-z-]+\(|/[A-Z][A-Za-z0-9]+' | tr -d '"' | LC_ALL=C sort -u |
        awk '{ printf "\"%s\"\n", $0 }' >"$to"
}
dictionary fuzz_document tests/data/ingest/*.html "$work"/docx.xml "$work"/odt.xml
dictionary fuzz_table "$work"/sheet.xml
dictionary fuzz_catalog layouts/catalog/*.xml
dictionary fuzz_layout layouts/*.xml layouts/chung/* tests/data/layout/*.xml
dictionary fuzz_pdf "$work"/*.pdf
dictionary fuzz_pdftext "$folder"/fuzz_pdftext.seeds/*

status=0
run() { # PROGRAM MAX_LEN
    echo "$1: $seconds s"
    mkdir -p "$folder/$1.corpus"
    "$folder/$1" -max_total_time="$seconds" -timeout=20 -rss_limit_mb=1536 -max_len="$2" -print_final_stats=0 -verbosity=0 \
        -artifact_prefix="$folder/$1-" -dict="$folder/$1.dict" "$folder/$1.corpus" "$folder/$1.seeds" >"$work/log" 2>&1 || {
        status=1
        tail -n 60 "$work/log"
    }
}
run fuzz_document 65536
run fuzz_table 65536
run fuzz_pdftext 65536
run fuzz_catalog 65536
run fuzz_layout 65536
run fuzz_pdf 200000
[ "$status" -ne 0 ] && echo '0 passed, 1 failed' || echo '6 passed, 0 failed'
exit $status
