#!/usr/bin/env bash
# log_generator.sh MAINSTAY GENERATOR: every format that is generated is read as that format, every line as a query; the same seed gives the
# same log; and every format that mainstay reads as text is generated.
set -euo pipefail

mainstay=${1:?usage: log_generator.sh MAINSTAY GENERATOR}
generator=${2:?usage: log_generator.sh MAINSTAY GENERATOR}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
fail() { echo "log_generator.sh: $*" >&2; exit 1; }

[ "$("$generator" formats | wc -l)" -gt 10 ] || fail "formats are missing"
for format in $("$generator" formats); do
  "$generator" "$format" 300 3 >log
  "$generator" "$format" 300 3 | cmp - log || fail "$format: the same seed gives another log"
  "$generator" "$format" 300 4 | cmp -s - log && fail "$format: another seed gives the same log"
  lines=$(wc -l <log)
  "$mainstay" observe -v log >facts 2>told
  grep -q "log: $format: $lines lines: $lines of queries, 0 others, 0 not understood" told || fail "$format: $(tail -n 1 told)"
done
