#!/usr/bin/env bash
# Compares the counts of minimal cut sets up to order 3, the time and the memory with those of scram, model by model.
#
# Use: fault_trees.sh PROGRAM [--check] [MODEL.xml...]
#      Without models some are made. --check compares the counts alone, on small models. Exit: 77 where scram is not installed.
set -euo pipefail

program=$1; shift
check=no
if [[ ${1:-} == --check ]]; then check=yes; shift; fi
command -v scram >/dev/null || { echo 'scram is not installed, so nothing is compared'; exit 77; }
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

models=("$@")
if ((${#models[@]} == 0)); then
  made=('mixed 50 1' 'mixed 100 2' 'mixed 200 3' 'estate 1000 1' 'estate 2000 2' 'ladder 90 0' 'layers 300 3' 'layers 300 4' 'fat-tree 200 0')
  if [[ $check == no ]]; then
    made+=('mixed 300 5' 'mixed 500 6' 'mixed 800 7' 'mixed 1100 8' 'mixed 1500 9' 'estate 5000 3' 'estate 8000 4' 'estate 12000 5'
           'ladder 600 0' 'ladder 1500 0' 'layers 800 5' 'layers 1500 6' 'fat-tree 1500 0')
  fi
  for one in "${made[@]}"; do
    # shellcheck disable=SC2086  # shape, size and seed are three words
    "$program" --make $one > "$folder/${one// /-}.xml"
    models+=("$folder/${one// /-}.xml")
  done
fi

# timed NAME COMMAND...: processor seconds of a command go to NAME.seconds, its kilobytes to NAME.memory, what it prints to NAME.out
timed() {
  local name=$1; shift
  if [[ $check == yes ]]; then timeout 120 "$@" >"$folder/$name.out" 2>&1; return; fi
  local TIMEFORMAT='%3U %3S' status=0
  { time /usr/bin/time -o "$folder/$name.memory" -f '%M' timeout 120 "$@" >"$folder/$name.out" 2>&1 || status=$?; } 2>"$folder/$name.times"
  awk '{ s = $1 + $2; print (s > 0.001 ? s : 0.001) }' "$folder/$name.times" >"$folder/$name.seconds"
  return "$status"
}
seconds() { cat "$folder/$1.seconds"; }
memory() { tail -n 1 "$folder/$1.memory"; }

different=0
compared=0
ratios=()
[[ $check == yes ]] || printf '%-28s %10s %10s %8s %8s  %s\n' model 'ours s' 'scram s' time memory 'sets of 1 2 3'
for model in "${models[@]}"; do
  name=$(basename "$model" .xml)
  timed ours "$program" "$model" --order 3 || { echo "$name: $(cat "$folder/ours.out")"; continue; }
  ours=$(sed -n 's/.*"minimal_cut_sets_by_order":\[\([0-9,]*\)\].*/\1/p' "$folder/ours.out" | tr ',' ' ')
  rm -f "$folder/report.xml"
  if ! timed scram scram --zbdd -l 3 "$model" -o "$folder/report.xml"; then
    echo "$name: scram gives no answer within 120 s, or refuses the model; ours: $ours"
    continue
  fi
  theirs=$(sed -n 's/.*<sum-of-products .*distribution="\([0-9 ]*\)".*/\1/p' "$folder/report.xml")
  compared=$((compared + 1))
  if [[ "$ours" != "$theirs" ]]; then
    different=$((different + 1))
    echo "$name: different counts: ours '$ours', scram '$theirs'"
  fi
  [[ $check == yes ]] && continue
  time_ratio=$(echo "$(seconds scram) $(seconds ours)" | awk '{ print $1 / $2 }')
  memory_ratio=$(echo "$(memory scram) $(memory ours)" | awk '{ print $1 / $2 }')
  ratios+=("$time_ratio")
  printf '%-28s %10s %10s %8.1f %8.1f  %s\n' "$name" "$(seconds ours)" "$(seconds scram)" "$time_ratio" "$memory_ratio" "$ours"
done

if ((${#ratios[@]})); then
  printf '%s\n' "${ratios[@]}" | sort -n | awk '{ all[NR] = $1 } END { printf "times as fast as scram: median %.1f, least %.1f\n", all[int((NR + 1) / 2)], all[1] }'
fi
echo "$compared models compared, $different with different counts"
((compared > 0 && different == 0))
