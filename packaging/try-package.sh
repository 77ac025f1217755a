#!/usr/bin/env bash
# try-package.sh PACKAGE: installs a Debian package of Mainstay into a root of its own, and uses what it brought as its users do.
set -euo pipefail
package=$(readlink -f "$1")
cd "$(dirname "$(readlink -f "$0")")/.."
root=$(mktemp -d "${TMPDIR:-/tmp}/mainstay-package.XXXXXX")
trap 'rm -rf "$root"' EXIT
share=$root/usr/share
program=$root/usr/bin/mainstay

die() { printf 'try-package: %s\n' "$*" >&2; exit 1; }
skip() { printf 'skipped: %s is not installed\n' "$1"; }

# Everything that it depends on is on this machine, or the program could not run below; the root has none of it.
mkdir -p "$root/var/lib/dpkg"/{info,updates,triggers}
: >"$root/var/lib/dpkg/status"
dpkg --root="$root" --force-depends --force-not-root --log=/dev/null --install "$package" >"$root/dpkg.log" 2>&1 ||
  { cat "$root/dpkg.log" >&2; die "dpkg"; }
dpkg --root="$root" --verify mainstay
IFS=, read -ra needed <<<"$(dpkg-deb -f "$package" Depends)"
for one in "${needed[@]}"; do
  one=${one%%|*} one=${one%%(*}
  [[ $(dpkg-query -W -f '${db:Status-Status}' "${one// /}" 2>/dev/null) == installed ]] || die "depends on ${one// /}, which is not here"
done

status=0
found=$(cd samples/rules/spof-resolver/bad && "$program" scan . --no-progress) || status=$?
[[ $status == 1 && $found == *spof-resolver* ]] || die "a scan ends with $status: $found"
"$program" graph samples/rules/spof-resolver/bad -o "$root/map.svg" 2>/dev/null
grep -q '<svg' "$root/map.svg" || die "the map is no SVG"

"$program" man | cmp - <(gzip -dc "$share/man/man1/mainstay.1.gz") || die "the manual page is of another version"
if command -v man >/dev/null; then
  MANPAGER=cat MANPATH=$share/man man mainstay 2>/dev/null | grep 'EXIT STATUS' >/dev/null || die "man does not find the page"
else
  skip man
fi
"$program" completion bash | cmp - "$share/bash-completion/completions/mainstay" || die "the completion of bash"
"$program" completion zsh | cmp - "$share/zsh/vendor-completions/_mainstay" || die "the completion of zsh"
"$program" completion fish | cmp - "$share/fish/vendor_completions.d/mainstay.fish" || die "the completion of fish"
bash --norc -c 'source "$1"; complete -p mainstay' - "$share/bash-completion/completions/mainstay" >/dev/null || die "bash takes no completion"
if command -v zsh >/dev/null; then
  found=$(zsh -f -c 'fpath=("$1" $fpath); autoload -U compinit; compinit -D -u; print -r -- $_comps[mainstay]' - "$share/zsh/vendor-completions")
  [[ $found == _mainstay ]] || die "zsh does not find its completion"
else
  skip zsh
fi
if command -v fish >/dev/null; then
  # fish asks only for completions of programs that it finds.
  found=$(HOME=$root PATH=$root/usr/bin:$PATH XDG_DATA_DIRS=$share fish -c "complete -C '${program##*/} scan --fail-on cr'")
  [[ $found == critical* ]] || die "fish does not find its completion"
else
  skip fish
fi
printf 'installed, run and completed from %s\n' "$(basename "$package")"
