# What the completion in ./mainstay.bash answers to each line of ./queries, which ends with a bar: the line behind "? ", then the words.
source ./mainstay.bash
compopt() { return 0; } # there is no line that is being edited
while IFS= read -r line; do
  printf '? %s\n' "$line"
  line=${line%|}
  read -ra COMP_WORDS <<<"$line"
  if [[ $line == *' ' ]]; then COMP_WORDS+=(''); fi
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  _mainstay
  printf '%s\n' "${COMPREPLY[@]}"
done <queries
