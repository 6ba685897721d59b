#!/bin/sh
# A batch on a Slurm cluster: the array of its shards, then their merge.
#
#     slurm.sh SHARDS FOLDER LAYOUT --db FACTS.db --places all
#
# Prints the number of the merging job, which ends when FOLDER holds all cards and
# manifest.tsv: the bytes of one machine.  SBATCH_PARTITION, SBATCH_ACCOUNT and the like are
# sbatch's own; PHIEUDIEM names the program where it is not on the nodes' PATH.
set -eu
[ $# -ge 3 ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
shards=$1 folder=$2
shift 2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$folder"
array=$(sbatch --parsable --array="1-$shards" "$here/shard.slurm" "$@" -d "$folder")
sbatch --parsable --dependency="afterok:${array%%;*}" --kill-on-invalid-dep=yes "$here/merge.slurm" -d "$folder"
