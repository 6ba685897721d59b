#!/bin/sh
# Has veraPDF judge PDF files as PDF/A-3a and as PDF/UA-1: the files and folders named,
# or all that phieudiem makes: the demo, every layout for every place of both sets of
# provinces with its book, official pages with all their fields, signed files, and the unit
# test's samples.  usage: conformance.sh [FILE|FOLDER...]
# veraPDF comes once from Maven Central into build/tools, pinned and checked. One run of
# it reads each file once and judges it by both standards, since it claims both.
set -eu
cd "$(dirname "$0")/.."
version=1.28.2
sha256=687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6
jar=build/tools/greenfield-apps-$version.jar
program=build/phieudiem
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! echo "$sha256  $jar" | sha256sum -c --status 2>/dev/null; then
    mkdir -p build/tools
    mvn -q org.apache.maven.plugins:maven-dependency-plugin:2.8:copy -Dmdep.useBaseVersion=true \
        -Dartifact=org.verapdf.apps:greenfield-apps:$version -DoutputDirectory=build/tools >&2
    echo "$sha256  $jar" | sha256sum -c --quiet
fi

quietly() { # what it says is shown only if it fails
    "$@" >"$work/log" 2>&1 || {
        tail -n 20 "$work/log" >&2
        echo "conformance: failed: $*" >&2
        exit 1
    }
}

make_cards() { # every layout, every place
    for layout in layouts/*.xml; do
        [ "$layout" != layouts/book.xml ] || continue # in every book
        name=$(basename "$layout" .xml)
        for day in 2024-12-31 2026-01-01; do
            quietly "$program" batch "$layout" --db "$db" --places all --as-of $day -d "$all/$name-$day" \
                --book "$all/$name-$day/book.pdf"
        done
    done
}

make_official() { # with a signature field, and all that a records office files by
    set -- --db "$db" --place lao-cai --set so=12 --set ngay=2025-01-20 --set 'co-quan=UBND tỉnh Lào Cai'
    quietly "$program" render layouts/report.xml "$@" --set 'nguoi-ky=Nguyễn Văn Thử' --set 'dia-danh=Lào Cai' \
        --set 'kinh-gui=Bộ Nội vụ; Văn phòng Chính phủ' -o "$all/report-fields.pdf"
    quietly "$program" render layouts/annex.xml "$@" --set 'phu-luc=Phụ lục I' -o "$all/annex-fields.pdf"
    quietly "$program" render layouts/annex.xml "$@" --set dien-tu=true -o "$all/annex-electronic.pdf"
}

make_stamped() { # a signature with a timestamp
    openssl req -x509 -newkey rsa:2048 -nodes -subj '/CN=Time' -days 2 -addext extendedKeyUsage=critical,timeStamping \
        -keyout "$work/tsa.key" -out "$work/tsa.pem" 2>/dev/null
    cat >"$work/tsa.cnf" <<END
[one]
serial = $work/serial
signer_cert = $work/tsa.pem
signer_key = $work/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
END
    echo 01 >"$work/serial"
    quietly "$program" sign --key "$work/key.p12" --timestamp-query "$work/query" -o "$all/stamped.pdf" "$all/report-fields.pdf"
    quietly openssl ts -reply -config "$work/tsa.cnf" -section one -queryfile "$work/query" -out "$work/reply"
    quietly "$program" sign --timestamp "$work/reply" "$all/stamped.pdf"
}

make_signed() { # in the layout's own field, in a hidden one, twice
    openssl req -x509 -newkey rsa:2048 -nodes -utf8 -subj '/CN=Nguyễn Văn Thử' -days 2 -keyout "$work/key.pem" \
        -out "$work/cert.pem" 2>/dev/null
    openssl pkcs12 -export -inkey "$work/key.pem" -in "$work/cert.pem" -passout pass: -out "$work/key.p12"
    for f in report-fields annex-electronic scorecard-2024-12-31/lao-cai scorecard-2024-12-31/book book-web; do
        quietly "$program" sign --key "$work/key.p12" -o "$all/signed-$(basename "$f").pdf" "$all/$f.pdf"
    done
    quietly "$program" sign --key "$work/key.p12" -o "$all/signed-twice.pdf" "$all/signed-report-fields.pdf"
}

make_sheets() { # tags follow pages onto the sheets of a print room
    for f in scorecard-2024-12-31/book league-2024-12-31/ca-nuoc report-fields signed-report-fields; do
        [ -e "$all/$f.pdf" ] || continue
        quietly "$program" impose --as 2-up -o "$all/two-$(basename "$f").pdf" "$all/$f.pdf"
    done
    quietly "$program" impose --as booklet --signature 4 --creep 0.1 -o "$all/booklet.pdf" "$all/scorecard-2024-12-31/book.pdf"
    quietly "$program" impose --as duplex -o "$all/duplex.pdf" "$all/report-fields.pdf"
    sed '/<page-master/s|<page-master|& bleed="3mm" marks="crop"|' layouts/scorecard.xml >"$work/layouts/crop.xml"
    quietly "$program" render "$work/layouts/crop.xml" --db "$db" --place lao-cai -o "$all/crop.pdf"
}

if [ $# -eq 0 ]; then
    all=$work/all
    mkdir "$all"
    quietly examples/demo.sh "$program" "$all/demo"
    db=$all/demo/facts.db
    make_cards
    make_official
    quietly "$program" batch layouts/scorecard.xml --db "$db" --as-of 2026-01-01 -d "$work/web" \
        --book "$all/book-web.pdf" --web
    make_signed
    make_stamped
    cp -r layouts "$work/layouts"
    make_sheets
    quietly build/tests/test_pdf --write "$all/sample-card.pdf"
    quietly build/tests/test_pdf --write "$all/sample-book.pdf" 3
    set -- "$all"
fi
files=$(find "$@" -name '*.pdf' | wc -l)
began=$(date +%s)
java -cp "$jar" org.verapdf.apps.GreenfieldCliWrapper -f 0 --format text -v -r "$@" >"$work/report" || :
passed=$(grep -cE '^PASS .* (3a|ua1)$' "$work/report" || :)
grep -vE '^PASS .* (3a|ua1)$' "$work/report" || :
echo "conformance: $files files in $(($(date +%s) - began)) s" >&2
echo "$passed passed, $((2 * files - passed)) failed"
[ "$files" -gt 0 ] && [ "$passed" -eq $((2 * files)) ]
