#!/usr/bin/env bash
# log_memory.sh MAINSTAY [KEYS] [MEMORY]: counts KEYS different questions (default 10000000) with --memory MEMORY (default 1G), and prints how much
# memory that took; the result must be that of a bound which is never reached when CHECK=1. By hand: it needs some GB of disk.
set -euo pipefail

mainstay=${1:?usage: log_memory.sh MAINSTAY [KEYS] [MEMORY]}
keys=${2:-10000000}
memory=${3:-1G}
command -v /usr/bin/time >/dev/null || { echo "log_memory.sh: the package time is not installed" >&2; exit 1; }
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mawk -v keys="$keys" 'BEGIN { for (n = 0; n < keys; ++n) { name = "n" (n * 7919) % keys ".example.net"
  printf "2026-11-27T%02d:%02d:%02d.000Z client @0x7f 10.%d.%d.7#4000 (%s): query: %s IN A + (10.9.1.53)\n", n / 3600 % 24, n / 60 % 60, n % 60,
    n % 20, n % 250, name, name } }' >"$scratch/log"
/usr/bin/time -f '%M' -o "$scratch/peak" "$mainstay" observe --jobs 1 --partial --memory "$memory" "$scratch/log" -o "$scratch/bounded"
echo "$keys different questions with --memory $memory: $(($(cat "$scratch/peak") / 1024)) MiB at most, $(stat -c %s "$scratch/log") octets of log"
if [ -n "${CHECK:-}" ]; then
  "$mainstay" observe --jobs 1 --partial --memory 64G "$scratch/log" -o "$scratch/free"
  cmp "$scratch/bounded" "$scratch/free"
fi
