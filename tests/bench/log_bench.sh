#!/usr/bin/env bash
# log_bench.sh MAINSTAY GENERATOR: how fast logs are counted, as ratios in one run, against what people use: mawk, jq and DuckDB where they are
# there (DuckDB as the npm package @duckdb/node-api below JUDGES, by default build/judges).
# Each runs on one warm file, one after the other, in RUNS rounds (default 3); a figure is the best of them, in octets per second of processor
# time. LINES=n sets the size (default 2000000).
#   count   by client, name and type: `mainstay observe --partial`, which counts all that it knows; the others count these three only
#   names   the ten names that were asked for most
#   full    the full observation with all clients as one group
set -eu

mainstay=${1:?usage: log_bench.sh MAINSTAY GENERATOR}
generator=${2:?usage: log_bench.sh MAINSTAY GENERATOR}
lines=${LINES:-2000000}
runs=${RUNS:-3}
judges=${JUDGES:-build/judges}
here=$(cd "$(dirname "$0")" && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo "10.0.0.0/8,all" >"$scratch/map.csv"
has_duckdb=
command -v node >/dev/null && [ -d "$judges/node_modules/@duckdb/node-api" ] && has_duckdb=yes
export NODE_PATH=$judges/node_modules

measure() {  # NAME FILE COMMAND...: prints the speed, and the ratio to what was measured first under "reference"
  local name=$1 file=$2 best=
  shift 2
  for ((run = 0; run < runs; ++run)); do
    local spent
    spent=$( { TIMEFORMAT='%U %S'; time "$@" >/dev/null 2>"$scratch/err"; } 2>&1 | awk '{ print $1 + $2 }')
    best=$(awk -v a="${best:-$spent}" -v b="$spent" 'BEGIN { print a < b ? a : b }')
  done
  reference=${reference:-$best}
  awk -v name="$name" -v size="$(stat -c %s "$file")" -v spent="$best" -v first="$reference" \
    'BEGIN { printf "  %-26s %8.0f MB/s   mainstay is %5.2f times as fast\n", name, size / 1e6 / spent, spent / first }'
}

for format in bind-query route53-resolver; do
  file=$scratch/$format
  "$generator" "$format" "$lines" >"$file"
  cat "$file" >/dev/null
  echo "$format: $lines lines, $(stat -c %s "$file") octets"
  reference=
  measure "full, mainstay" "$file" "$mainstay" observe --jobs 1 --partial --clients "$scratch/map.csv" "$file"
  reference=
  measure "count, mainstay" "$file" "$mainstay" observe --jobs 1 --partial "$file"
  case $format in
    bind-query)
      command -v mawk >/dev/null && {
        measure "count, mawk" "$file" mawk '{ split($5, c, "#"); n[c[1] " " $10 " " $12]++ } END { for (k in n) print n[k], k }' "$file"
        measure "names, mawk" "$file" mawk '{ n[$10]++ } END { for (k in n) print n[k], k }' "$file"
      } ;;
    route53-resolver)
      command -v jq >/dev/null && measure "count, jq (fields only)" "$file" jq -r '[.srcaddr, .query_name, .query_type] | @tsv' "$file" ;;
  esac
  for task in count names; do
    [ -z "$has_duckdb" ] || measure "$task, DuckDB" "$file" node "$here/log_bench_duckdb.mjs" "$format" "$task" "$file"
  done
  rm "$file"
done
