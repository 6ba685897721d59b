# What the scripts of tests/*.test share; sourced.
#
#     . tests/testing.sh
#     expect 1 'no-such.txt: error: cannot be opened' "$PHIEUDIEM" extract no-such.txt
#     ok 'the file is as it was' cmp a b
#     finish
: "${PHIEUDIEM:=$PWD/build/phieudiem}" "${LC_ALL:=C.UTF-8}" # where run.sh does not tell
export PHIEUDIEM LC_ALL
passed=0 failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
    failed=$((failed + 1))
    echo "$0: $*" >&2
}

# ok TEXT COMMAND...: the command succeeds.
ok() {
    what=$1
    shift
    if "$@" >"$work/.ok" 2>&1; then
        passed=$((passed + 1))
    else
        fail "$what"
        tail -n 5 "$work/.ok" >&2
    fi
}

# expect STATUS PATTERN COMMAND...: its output stays in $work/.out and .err; that exit status, one matching message (an extended
# regular expression; empty: no message at all), and no word of a crash.
expect() {
    status=$1 pattern=$2
    shift 2
    got=0
    "$@" >"$work/.out" 2>"$work/.all" || got=$?
    # Where the cards' own fonts are not fetched, every run says so once.
    grep -v 'are missing: set in ' "$work/.all" >"$work/.err" || :
    if [ "$got" -ne "$status" ]; then
        fail "status $got, not $status: $*"
        tail -n 5 "$work/.err" >&2
    elif [ -z "$pattern" ] && [ -s "$work/.err" ]; then
        fail "says: $(cat "$work/.err")"
    elif [ -n "$pattern" ] && [ "$(grep -cE "$pattern" "$work/.err")" -ne 1 ]; then
        fail "not one message like \"$pattern\": $*"
        tail -n 5 "$work/.err" >&2
    elif grep -qE 'Sanitizer|runtime error|core dumped' "$work/.err"; then
        fail "$(cat "$work/.err")"
    else
        passed=$((passed + 1))
    fi
}

# Runs a shell script with a mount namespace of its own; 77 if that is not allowed here.
with_mounts() {
    if unshare -m true 2>/dev/null; then
        unshare -m sh -euc "$@"
    elif unshare -rm true 2>/dev/null; then
        unshare -rm sh -euc "$@"
    else
        return 77
    fi
}

finish() {
    echo "$passed $failed"
    [ "$failed" -eq 0 ]
}
