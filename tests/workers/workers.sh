#!/usr/bin/env bash
# workers.sh parallel|mpirun MAINSTAY GENERATOR: one log, counted in parts by workers that others start, is the log counted at once.
# One worker is killed while it writes, two parts are counted twice, and partial files are merged in trees of several shapes.
# Exit status 77 says that the program which starts the workers is not installed.
set -euo pipefail

kind=${1:?usage: workers.sh parallel|mpirun MAINSTAY GENERATOR}
export MAINSTAY=${2:?usage: workers.sh parallel|mpirun MAINSTAY GENERATOR}
generator=${3:?usage: workers.sh parallel|mpirun MAINSTAY GENERATOR}
command -v "$kind" >/dev/null || { echo "skipped: $kind is not installed"; exit 77; }

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
export HOME=$scratch
fail() { echo "workers.sh: $*" >&2; exit 1; }

"$generator" bind-query 9000 11 >queries.log
SIZE=$(stat -c %s queries.log)
export SIZE PARTS=7
"$MAINSTAY" observe queries.log -o whole.facts
mkdir first again

# worker N FOLDER: part N, unless it is there. Where there is a file die.N, the kernel kills it in the middle of what it writes, once.
cat >worker <<'END'
#!/bin/sh
[ -e "$2/$1.part" ] && exit 0
if [ -e "die.$1" ]; then
  rm "die.$1"
  ulimit -c 0
  ulimit -f 8
fi
exec "$MAINSTAY" observe --partial --range "$((SIZE * $1 / PARTS))-$((SIZE * ($1 + 1) / PARTS))" queries.log -o "$2/$1.part"
END
# rank FOLDER: the same for a rank of Open MPI.
cat >rank <<'END'
#!/bin/sh
exec ./worker "$OMPI_COMM_WORLD_RANK" "$1"
END
chmod +x worker rank

# Nothing of Open MPI leaves this machine.
mpi() {
  local ranks=$1
  shift
  mpirun --allow-run-as-root --oversubscribe --mca plm isolated --mca btl self,tcp --mca btl_tcp_if_include lo --mca oob_tcp_if_include lo \
    -np "$ranks" "$@"
}

touch die.3
case $kind in
  parallel)
    # What died is tried again.
    parallel --will-cite -j 3 --retries 2 ./worker {} first ::: 0 1 2 3 4 5 6 2>/dev/null
    parallel --will-cite -j 2 ./worker {} again ::: 2 5
    ;;
  mpirun)
    # One rank that dies ends all of them; started once more, they count what is missing.
    mpi 7 ./rank first >/dev/null 2>&1 && fail "a killed rank went by unseen"
    [ ! -e first/3.part ] || fail "a killed worker left a part"
    mpi 7 ./rank first
    mpi 3 ./rank again
    rm again/0.part
    ;;
esac
[ ! -e die.3 ] || fail "no worker was killed"
[ "$(ls first | grep -c '^[0-6]\.part$')" = 7 ] || fail "parts are missing: $(ls first)"

merge() { "$MAINSTAY" merge --partial "$@"; }

# A comb, one part after the other.
merge first/0.part -o comb
for part in 1 2 3 4 5 6; do
  merge comb first/$part.part -o comb.next
  mv comb.next comb
done
# The comb of the other hand, with parts that were counted twice.
merge first/6.part again/*.part -o other
for part in 5 3 4 0 2 1; do
  merge first/$part.part other -o other.next
  mv other.next other
done
# A tree of pairs.
case $kind in
  parallel) parallel --will-cite -j 2 -N 2 "$MAINSTAY merge --partial {} -o {#}.pair" ::: first/*.part again/*.part ;;
  mpirun)
    cat >pair <<'END'
#!/bin/sh
from=$((OMPI_COMM_WORLD_RANK * 2))
[ -e "first/$((from + 1)).part" ] && other="first/$((from + 1)).part"
exec "$MAINSTAY" merge --partial "first/$from.part" $other -o "$OMPI_COMM_WORLD_RANK.pair"
END
    chmod +x pair
    mpi 4 ./pair
    ;;
esac
merge ./*.pair -o pairs
# All at once, each twice.
merge first/5.part first/*.part first/0.part again/*.part -o all
for tree in other pairs all; do cmp comb "$tree" || fail "the tree '$tree' says something else"; done
"$MAINSTAY" merge pairs -o merged.facts
cmp whole.facts merged.facts || fail "parts say something else than the log"

# Through pipes: blocks on standard input, partial files on standard output, also as lines of text.
"$MAINSTAY" observe - <queries.log >whole.stream
if [ "$kind" = parallel ]; then
  parallel --will-cite --pipe-part -a queries.log --block 200K -j 3 "$MAINSTAY observe --partial - >{#}.stream.part"
  "$MAINSTAY" merge ./*.stream.part >merged.stream
  cmp whole.stream merged.stream || fail "blocks say something else than the stream"
fi
"$MAINSTAY" observe --partial - <queries.log | base64 -w 0 >lines
base64 -d lines >from.lines
head -c 3000 from.lines >cut
"$MAINSTAY" merge from.lines | cmp - whole.stream || fail "a line of text says something else"
"$MAINSTAY" merge from.lines cut >/dev/null 2>refusal && fail "a part that was cut off was merged"
grep -q "is cut off" refusal || fail "it is not said why a part was refused"
