#!/bin/sh
# Runs the unit test programs and the scripts of tests/*.test, some at a time, and
# closes with "N passed, N failed".  usage: run.sh PROGRAM TEST...
# JOBS says how many at a time; they share nothing but the program and the project's files.
set -u
prog=$1
shift
PHIEUDIEM=$(cd "$(dirname "$prog")" && pwd)/$(basename "$prog")
results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
export PHIEUDIEM results LC_ALL=C.UTF-8 TZ=UTC
cd "$(dirname "$0")/.." || exit 1
# A test's last line is "passed failed"; its status counts too. One more than there are
# processors, since those of printers and clusters mostly wait.
printf '%s\n' tests/*.test "$@" | xargs -P "${JOBS:-$(($(nproc) + 1))}" -I {} sh -c '
    "$1" >"$results/out.$$" 2>"$results/err.$$"
    echo $? "$1" "$(tail -n 1 "$results/out.$$")" >"$results/end.$$"
    cat "$results/err.$$" >&2' - {}
begun=$(printf '%s\n' tests/*.test "$@" | wc -l)
cat "$results"/end.* | sort -k 2 | {
    passed=0 failed=$((begun - $(ls "$results" | grep -c '^end'))) # those of which nothing was heard
    while read -r status name p f rest; do
        case $p$f$rest in *[!0-9]* | '') p=0 f=1 ;; esac
        [ "$status" -eq 0 ] || [ "${f:=0}" -gt 0 ] || f=1
        passed=$((passed + p)) failed=$((failed + f))
        [ "$f" -eq 0 ] && [ "$status" -eq 0 ] || echo "FAILED: $name"
    done
    echo "$passed passed, $failed failed"
    [ "$failed" -eq 0 ]
}
