#!/bin/sh
# Runs the unit test programs and the scripts of tests/*.test, and closes with
# "N passed, N failed".  usage: run.sh PROGRAM TEST...
set -u
prog=$1
shift
export PHIEUDIEM=$(cd "$(dirname "$prog")" && pwd)/$(basename "$prog")
export LC_ALL=C.UTF-8 TZ=UTC
cd "$(dirname "$0")/.." || exit 1
passed=0 failed=0
take() { # name, status, "passed failed"
    p=${3%% *} f=${3##* }
    case $3 in *[!0-9\ ]* | '') p=0 f=1 ;; esac
    [ "$2" -eq 0 ] || [ "$f" -gt 0 ] || f=1
    passed=$((passed + p)) failed=$((failed + f))
    [ "$f" -eq 0 ] && [ "$2" -eq 0 ] || echo "FAILED: $1"
}
for t in "$@" tests/*.test; do
    [ -e "$t" ] || continue
    counts=$("$t" | tail -n 1)
    take "$t" $? "$counts"
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
