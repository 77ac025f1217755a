#!/usr/bin/env bash
# log_instructions.sh MAINSTAY GENERATOR FIGURES [--write]: instructions of the processor for one line, held against recorded figures: they do not
# depend on what else the machine does, as times would. More than 10 % above a figure fails; --write records what is counted.
# What a start costs is taken off by counting two sizes. Exit status 77 says that valgrind is not installed.
set -euo pipefail

mainstay=${1:?usage: log_instructions.sh MAINSTAY GENERATOR FIGURES [--write]}
generator=${2:?usage: log_instructions.sh MAINSTAY GENERATOR FIGURES [--write]}
figures=${3:?usage: log_instructions.sh MAINSTAY GENERATOR FIGURES [--write]}
command -v valgrind >/dev/null || { echo "skipped: valgrind is not installed"; exit 77; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
few=2000 many=12000

instructions() {  # FILE
  valgrind --tool=callgrind --callgrind-out-file=/dev/null "$mainstay" observe --jobs 1 --partial "$1" -o "$scratch/out" 2>"$scratch/told" >/dev/null ||
    { cat "$scratch/told" >&2; exit 1; }
  sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$scratch/told"
}

status=0
for format in bind-query unbound-reply route53-resolver; do
  "$generator" "$format" "$many" 7 >"$scratch/many"
  head -n "$few" "$scratch/many" >"$scratch/few"
  each=$((($(instructions "$scratch/many") - $(instructions "$scratch/few")) / (many - few)))
  [ "$each" -gt 0 ] || { echo "log_instructions.sh: nothing was counted for $format" >&2; exit 1; }
  if [ "${4:-}" = --write ]; then
    echo "$format $each"
    continue
  fi
  recorded=$(awk -v format="$format" '$1 == format { print $2 }' "$figures")
  echo "$format: $each instructions a line, recorded $recorded"
  [ "$each" -le $((recorded + recorded / 10)) ] || { echo "log_instructions.sh: $format costs more than it did" >&2; status=1; }
done >"$scratch/counted"
cat "$scratch/counted"
[ "${4:-}" != --write ] || { { sed -n '/^#/p' "$figures"; cat "$scratch/counted"; } >"$scratch/figures" && cat "$scratch/figures" >"$figures"; }
exit $status
