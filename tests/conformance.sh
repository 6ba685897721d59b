#!/bin/sh
# Has veraPDF judge PDF files as PDF/A-3a and as PDF/UA-1: the files named, or the
# unit test's sample and all that `make demo` makes.  usage: conformance.sh [FILE...]
# veraPDF comes once from Maven Central into build/tools, pinned and checked.
set -eu
cd "$(dirname "$0")/.."
version=1.28.2
sha256=687d4d8bcfec48c9f7e931cf78ed061f1eeccfba55d4cdc000ba9b4d8aa46ce6
jar=build/tools/greenfield-apps-$version.jar

if ! echo "$sha256  $jar" | sha256sum -c --status 2>/dev/null; then
    mkdir -p build/tools
    mvn -q org.apache.maven.plugins:maven-dependency-plugin:2.8:copy -Dmdep.useBaseVersion=true \
        -Dartifact=org.verapdf.apps:greenfield-apps:$version -DoutputDirectory=build/tools >&2
    echo "$sha256  $jar" | sha256sum -c --quiet
fi
if [ $# -eq 0 ]; then
    work=$(mktemp -d)
    trap 'rm -rf "$work"' EXIT
    build/tests/test_pdf --write "$work/card.pdf" >&2
    build/tests/test_pdf --write "$work/book.pdf" 3 >&2
    set -- "$work"/*.pdf
    [ ! -d build/demo ] || set -- "$@" $(find build/demo -name '*.pdf' | LC_ALL=C sort)
fi
report=$(for flavour in 3a ua1; do
    java -cp "$jar" org.verapdf.apps.GreenfieldCliWrapper -f $flavour --format text -v "$@" || true
done)
passed=$(echo "$report" | grep -c '^PASS ' || true)
echo "$report" | grep -v '^PASS ' || true
echo "$passed passed, $((2 * $# - passed)) failed"
[ "$passed" -eq $((2 * $#)) ]
