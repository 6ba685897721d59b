# Copies of places under other names: each <place> of places.xml, or each row of
# a table whose first column is a place, `times` times ("Lào Cai", "Lào Cai 2" ...).
# The copies have regions of their own, so that a card's region is as large as ever.
# usage: awk -v times=10 -f multiply.awk places.xml | table.tsv
BEGIN { FS = OFS = "\t" }
FILENAME ~ /\.xml$/ {
    if (/<place /) { keep = ""; within = 1 }
    if (!within) { print; next }
    keep = keep $0 "\n"
    if (!/<\/place>/ && !/<place [^>]*\/>/) next
    within = 0
    printf "%s", keep
    for (i = 2; i <= times; i++) {
        copy = keep
        gsub(/<alias>[^<]*<\/alias>/, "", copy)
        sub(/slug="[^"]*/, "&-" i, copy)
        sub(/successor="[^"]*/, "&-" i, copy)
        sub(/ name="[^"]*/, "& " i, copy)
        gsub(/ region(2025)?="[^"]*/, "& " i, copy)
        printf "%s", copy
    }
    next
}
{
    print
    if (FNR == 1 || $1 == "Cả nước" || $1 ~ /^Vùng/) next
    place = $1
    for (i = 2; i <= times; i++) { $1 = place " " i; print; $1 = place }
}
