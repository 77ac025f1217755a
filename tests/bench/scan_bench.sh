#!/usr/bin/env bash
# scan_bench.sh MAINSTAY [PATH]: how long `mainstay scan` takes compared with `rg --files-with-matches 'https?://'` over the same tree.
# Both are new processes each time, with the page cache warm; runs alternate, medians of 11. Without PATH a seeded tree is made.
# The made files are well formed, so that reading is measured and not the telling of errors.
# FILES=n sets the size of the made tree (default 20000), RUNS=n the number of runs.
set -eu

mainstay=${1:?usage: scan_bench.sh MAINSTAY [PATH]}
files=${FILES:-20000}
runs=${RUNS:-11}
if ! command -v rg >/dev/null; then
  echo "skipped: rg is not there"
  exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

make_tree() {  # the same tree every time: awk's generator with a fixed seed
  awk -v root="$1" -v files="$files" 'BEGIN {
    srand(20260401)
    split("go py ts yaml conf md tf json txt env", ends, " ")
    for (folder = 0; folder * 50 < files; ++folder) {
      path = root "/m" folder % 40 "/p" folder
      system("mkdir -p " path)
      for (file = 0; file < 50; ++file) {
        name = path "/f" file "." ends[1 + int(rand() * 10)]
        lines = 5 + int(rand() * rand() * 400)
        for (line = 0; line < lines; ++line) {
          if (rand() < 0.004) print "endpoint_" line " = \"https://login" int(rand() * 100) ".corp.example/oauth2/token\"" > name
          else print "value_" line " = \"setting " int(rand() * 100000) " of module " folder "\"" > name
        }
        close(name)
      }
    }
  }'
}

tree=${2:-}
if [ -z "$tree" ]; then
  tree=$scratch/tree
  make_tree "$tree"
fi

seconds_of() {  # the time of one run on the wall; what the program prints and its status do not matter here
  local start end
  start=$(date +%s%N)
  "$@" >/dev/null 2>&1 || true
  end=$(date +%s%N)
  awk -v ns=$((end - start)) 'BEGIN { printf "%.6f\n", ns / 1e9 }'
}
median() { sort -n "$1" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

count=$(find "$tree" -name .git -prune -o -type f -print | wc -l)
scan=("$mainstay" scan "$tree")
search=(rg --hidden --files-with-matches 'https?://' "$tree")
seconds_of "${scan[@]}" >/dev/null
seconds_of "${search[@]}" >/dev/null
for _ in $(seq "$runs"); do
  seconds_of "${scan[@]}" >>"$scratch/scan"
  seconds_of "${search[@]}" >>"$scratch/rg"
done
awk -v scan="$(median "$scratch/scan")" -v rg="$(median "$scratch/rg")" -v count="$count" -v runs="$runs" 'BEGIN {
  printf "files %d, medians of %d runs\n", count, runs
  printf "mainstay scan  %.3f s  %.0f files/s\n", scan, count / scan
  printf "rg             %.3f s  %.0f files/s\n", rg, count / rg
  printf "ratio          %.2f\n", scan / rg
}'
