#!/usr/bin/env bash
# code_bench.sh MAINSTAY [PATH]: files of C and C++ per second, of `mainstay scan`, of `clang -fsyntax-only` and of `rg` for the names of the
# calls, over the same files in the same run. Page cache warm; all use every core; runs alternate, medians.
# Without PATH a seeded tree is made, in which one file in ten asks for a name. For PATH each folder that holds a header is an include folder
# of clang, and what it cannot parse counts all the same (its messages are thrown away).
# FILES=n sets the size of the made tree (default 2000), RUNS=n the number of runs (default 5).
set -eu

mainstay=${1:?usage: code_bench.sh MAINSTAY [PATH]}
files=${FILES:-2000}
runs=${RUNS:-5}
clang=$(command -v clang-14 || command -v clang || true)
if [ -z "$clang" ] || ! command -v rg >/dev/null; then
  echo "skipped: clang or rg is not there"
  exit 0
fi

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

make_tree() {  # the same tree every time: awk's generator with a fixed seed
  awk -v root="$1" -v files="$files" 'BEGIN {
    srand(20261128)
    for (file = 0; file < files; ++file) {
      if (file % 50 == 0) system("mkdir -p " root "/m" file / 50)
      name = root "/m" int(file / 50) "/f" file ".c"
      print "#include <netdb.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n" > name
      functions = 3 + int(rand() * 25)
      for (one = 0; one < functions; ++one) {
        print "static int work" one "(const char *text, int count) {\n  char kept[256];\n  int total = 0;" > name
        print "  for (int at = 0; at < count; ++at) {\n    total += (int)strlen(text) * " int(rand() * 100) " + at;" > name
        print "    if (total > " int(rand() * 9999) ") snprintf(kept, sizeof(kept), \"%s of %d: setting " one "\", text, total);\n  }" > name
        print "  return total;\n}\n" > name
      }
      print "int entry" file "(void) {\n  int total = 0;" > name
      if (file % 10 == 0) {
        print "  struct addrinfo *found = NULL;\n  const char *host = \"login" file ".corp.example\";" > name
        print "  total = getaddrinfo(host, \"636\", NULL, &found);\n  freeaddrinfo(found);" > name
      }
      for (one = 0; one < functions; ++one) print "  total += work" one "(\"part\", " one ");" > name
      print "  return total;\n}" > name
      close(name)
    }
  }'
}

tree=${2:-}
if [ -z "$tree" ]; then
  tree=$scratch/tree
  make_tree "$tree"
fi
find "$tree" -name .git -prune -o -type f \( -name '*.c' -o -name '*.cc' -o -name '*.cpp' -o -name '*.cxx' \) -print0 >"$scratch/files"
mapfile -t folders < <(find "$tree" -name .git -prune -o -type f -name '*.h' -printf '%h\n' | sort -u | head -200)

parse() { xargs -0 -P "$(nproc)" -n 8 "$clang" -fsyntax-only -w "${folders[@]/#/-I}" <"$scratch/files"; }
search() { xargs -0 rg --files-with-matches 'getaddrinfo|gethostbyname|res_n?(query|search)|ares_|curl_easy_setopt|ldap_init|CreateChannel|resolve' <"$scratch/files"; }
scan() { "$mainstay" scan "$tree"; }
TIMEFORMAT='%R %U %S'
seconds_of() {  # wall clock and processor seconds of one run; what it prints and its status do not matter here
  { time { "$1" >/dev/null 2>&1 || true; } 2>/dev/null; } 2>&1 | awk '{ printf "%.4f %.4f\n", $1, $2 + $3 }'
}
median() { cut -d' ' -f"$2" "$1" | sort -n | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }'; }

for what in scan search parse; do seconds_of "$what" >/dev/null; done
for _ in $(seq "$runs"); do
  for what in scan search parse; do seconds_of "$what" >>"$scratch/$what"; done
done
count=$(tr -cd '\0' <"$scratch/files" | wc -c)
echo "$count files of C and C++, medians of $runs runs"
for what in scan search parse; do
  awk -v what="$what" -v wall="$(median "$scratch/$what" 1)" -v cpu="$(median "$scratch/$what" 2)" -v count="$count" 'BEGIN {
    name["scan"] = "mainstay scan"; name["search"] = "rg"; name["parse"] = "clang -fsyntax-only"
    printf "%-20s %8.3f s  %8.3f s of the processor  %8.0f files/s\n", name[what], wall, cpu, count / wall
  }'
done
awk -v scan="$(median "$scratch/scan" 1)" -v rg="$(median "$scratch/search" 1)" -v clang="$(median "$scratch/parse" 1)" 'BEGIN {
  printf "mainstay to clang    %.2f times as fast\nmainstay to rg       %.2f times its time\n", clang / scan, scan / rg
}'
