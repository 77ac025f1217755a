# What the completion in ./_mainstay answers to each line of ./queries, which ends with a bar: the line behind "? ", then the words.
# Completion works only where a line is edited, so an interactive shell does it on a terminal of its own, at the press of a key.
zmodload zsh/zpty
cat >inner.zsh <<'INNER'
PROMPT='' LISTMAX=-1
autoload -U compinit
compinit -D -u
source ./_mainstay
compadd() {
  local -a matches_that_were_added
  if [[ " $* " != *' -'[OAD]' '* ]]; then
    builtin compadd -O matches_that_were_added "$@"
    print -rl -- "${matches_that_were_added[@]}" >>answers
  fi
  builtin compadd "$@"
}
answer-all() {
  local query
  for query in "${(@f)$(<queries)}"; do
    print -r -- "? $query" >>answers
    BUFFER=${query%\|}
    CURSOR=$#BUFFER
    zle list-choices
  done
  BUFFER=''
  : >answered
}
zle -N answer-all
bindkey '^X' answer-all
: >ready
INNER
zpty shell zsh -f -i
zpty -w shell 'source ./inner.zsh'
await() {
  local chunk
  repeat 1200; do
    while zpty -r -t shell chunk; do :; done
    [[ -e $1 ]] && return 0
    sleep 0.05
  done
  return 1
}
await ready && zpty -w -n shell $'\x18' && await answered && cat answers
