# What the completion in ./mainstay.fish answers to each line of ./queries, which ends with a bar: the line behind "? ", then the words.
source ./mainstay.fish
while read -l line
    printf '? %s\n' $line
    complete -C (string replace -r '\|$' '' -- $line)
end <queries
