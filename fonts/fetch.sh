#!/bin/sh
# Puts Source Serif 4 and Source Sans 3 (SIL Open Font License 1.1) beside this
# script, from npm packages pinned by version and SHA-256.  What is already
# here and right is not fetched again.  usage: fetch.sh
set -eu
cd "$(dirname "$0")"
packages='source-serif-4 0.4.1 84f0b412fbc9b0b666d6fe04620b2cd2e54bfd49ca61fe0663a9e5beb30afcc4 SourceSerif4
source-sans-3 0.4.1 eb41834f563921e19b18b40bc924b97110983aef800d9cb67b9186f546311828 SourceSans3'
if sha256sum --status --check SHA256SUMS 2>/dev/null; then
    echo "fonts: all files are here"
    exit 0
fi
command -v npm >/dev/null || {
    echo "fonts: npm is not installed; pages will be set in the next candidates of families.tsv" >&2
    exit 1
}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
echo "$packages" | while read -r name version sum file; do
    (cd "$work" && npm pack --silent "@expo-google-fonts/$name@$version" >/dev/null)
    archive=$work/expo-google-fonts-$name-$version.tgz
    echo "$sum  $archive" | sha256sum --status --check - || {
        echo "fonts: $name $version is not the file that was pinned" >&2
        exit 1
    }
    tar xzf "$archive" -C "$work" package
    for face in 400Regular:Regular 400Regular_Italic:Italic 600SemiBold:SemiBold \
                600SemiBold_Italic:SemiBoldItalic 700Bold:Bold 700Bold_Italic:BoldItalic; do
        cp "$work/package/${face%:*}/${file}_${face%:*}.ttf" "$file-${face#*:}.ttf"
    done
    rm -rf "$work/package"
done
sha256sum --check --quiet SHA256SUMS
echo "fonts: Source Serif 4 and Source Sans 3 are here"
