#!/bin/sh
# A batch on several machines by GNU parallel over ssh, without a common file system.
#
#     parallel.sh HOSTS SHARDS FOLDER LAYOUT FACTS.db [OPTION...]
#
# HOSTS is a file of ssh logins, one a line ("8/clerk@machine" for eight at once; this machine
# too is reached by ssh), each with the same version of phieudiem.  The layout's folder and the
# facts are sent there, the shards come back and are merged into FOLDER: the bytes of one
# machine.  A shard whose machine fails is tried on another, three times in all.
set -eu
[ $# -ge 5 ] || { sed -n '2,10s/^# \{0,1\}//p' "$0" >&2; exit 2; }
hosts=$(cd "$(dirname "$1")" && pwd)/$(basename "$1") shards=$2
mkdir -p "$3"
folder=$(cd "$3" && pwd)
program=${PHIEUDIEM:-phieudiem}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -R "$(dirname "$4")/." "$work/layouts"
cp "$5" "$work/facts.db"
layout=layouts/$(basename "$4")
shift 5
cd "$work"
seq "$shards" | parallel --will-cite --sshloginfile "$hosts" --workdir ... --transferfile layouts --transferfile facts.db \
    --return 'shard-{}' --cleanup --retries 3 --quote \
    "$program" batch "$layout" --db facts.db "$@" --shard "{}/$shards" -d 'shard-{}'
"$program" merge -d "$folder" shard-*
