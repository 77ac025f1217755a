#!/usr/bin/env bash
# log_bench.sh MAINSTAY GENERATOR: how fast logs are counted, against mawk and jq, which count (client, name, type) only.
# Each runs on one warm file, one after the other, in RUNS rounds (default 3); the figure is the best of them, in octets per second of processor
# time. LINES=n sets the size (default 2000000). "grouped" counts all clients as one group, "each" each client for itself.
set -eu

mainstay=${1:?usage: log_bench.sh MAINSTAY GENERATOR}
generator=${2:?usage: log_bench.sh MAINSTAY GENERATOR}
lines=${LINES:-2000000}
runs=${RUNS:-3}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo "10.0.0.0/8,all" >"$scratch/map.csv"

measure() {  # NAME FILE COMMAND...: the best processor time of the runs, as MB/s
  local name=$1 file=$2 best=
  shift 2
  for ((run = 0; run < runs; ++run)); do
    local spent
    spent=$( { TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>"$scratch/err"; } 2>&1 | awk '{ print $1 + $2 }')
    best=$(awk -v a="${best:-$spent}" -v b="$spent" 'BEGIN { print a < b ? a : b }')
  done
  awk -v name="$name" -v size="$(stat -c %s "$file")" -v spent="$best" 'BEGIN { printf "%-28s %8.0f MB/s\n", name, size / 1e6 / spent }'
}

for format in bind-query unbound-reply coredns-query route53-resolver; do
  file=$scratch/$format
  "$generator" "$format" "$lines" >"$file"
  echo "$format: $lines lines, $(stat -c %s "$file") octets"
  measure "  mainstay, grouped" "$file" "$mainstay" observe --jobs 1 --partial --clients "$scratch/map.csv" "$file"
  measure "  mainstay, each" "$file" "$mainstay" observe --jobs 1 --partial "$file"
  case $format in
    bind-query)
      command -v mawk >/dev/null && measure "  mawk" "$file" mawk '{ split($5, c, "#"); n[c[1] " " $10 " " $12]++ } END { for (k in n) print n[k], k }' "$file" ;;
    route53-resolver)
      command -v jq >/dev/null && measure "  jq" "$file" jq -r '[.srcaddr, .query_name, .query_type] | @tsv' "$file" ;;
  esac
  rm "$file"
done
