#!/usr/bin/env bash
# postgres.sh MAINSTAY GENERATOR: what PostgreSQL counts is what reading the logs counts. The server is started here, with a socket in a folder
# and no port. Exit status 77 says that it is not installed.
set -euo pipefail

mainstay=${1:?usage: postgres.sh MAINSTAY GENERATOR}
generator=${2:?usage: postgres.sh MAINSTAY GENERATOR}
here=$(cd "$(dirname "$0")" && pwd)
programs=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
[ -n "$programs" ] && [ -x "$programs/postgres" ] && command -v psql >/dev/null || { echo "skipped: postgresql is not installed"; exit 77; }

scratch=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || { kill -INT "$server"; wait "$server" || true; }
  rm -rf "$scratch"
}
trap finish EXIT
cd "$scratch"
. "$here/tables.sh"

# It refuses to run as root.
as=()
if [ "$(id -u)" = 0 ]; then
  as=(setpriv --reuid=nobody --regid=nogroup --clear-groups)
  chown nobody "$scratch"
fi
"${as[@]}" "$programs/initdb" -D data -U tester --auth=trust -E UTF8 --no-sync >init.log 2>&1 || fail "$(cat init.log)"
"${as[@]}" "$programs/postgres" -D data -c listen_addresses= -c unix_socket_directories="$scratch" -c fsync=off >server.log 2>&1 &
server=$!
url="host=$scratch user=tester dbname=postgres"
for ((look = 0; look < 600; ++look)); do
  kill -0 "$server" 2>/dev/null || fail "the server ended: $(cat server.log)"
  psql -X -q "$url" -c 'SELECT 1' >/dev/null 2>&1 && break
  sleep 0.1
done

make_logs
psql -X -q "$url" <<'SQL'
CREATE TABLE DNS_LOG (PacketTime timestamp, IndexTime timestamp, Server text, IPVersion integer, SrcIP inet, DstIP inet, Protocol char(3),
  QR smallint, OpCode smallint, Class smallint, Type integer, Edns0Present smallint, DoBit smallint, FullQuery text, ResponseCode smallint,
  Question text, Size smallint);
CREATE SCHEMA "odd "" schema; --";
SQL
dnsmonster_rows | psql -X -q "$url" -c 'COPY DNS_LOG FROM STDIN WITH (FORMAT csv)'

observe() { "$mainstay" observe --sql postgres --schema dnsmonster "$@"; }
"$mainstay" observe questions.log -o read.facts
observe --url "$url" -o asked.facts
same read.facts asked.facts

# The query by hand, and its result as a file, is the same; so is a partial file of it.
observe --print >query.sql
psql -X -q --csv "$url" -f query.sql >result.csv
observe --result result.csv -o result.facts
same read.facts result.facts
observe --result - --partial <result.csv >result.part
"$mainstay" merge result.part result.part -o merged.facts
same read.facts merged.facts
psql -X -q -A -t "$url" -c "SELECT json_agg(q) FROM ($(cat query.sql)) q" >result.json
observe --result result.json -o json.facts
same read.facts json.facts

# Groups and windows are made of the result.
echo "10.0.0.0/8,all" >map.csv
"$mainstay" observe --clients map.csv --window 1h questions.log -o read.grouped
observe --clients map.csv --window 1h --url "$url" --memory 1 -o asked.grouped
same read.grouped asked.grouped

# A name with marks of its own is a name.
psql -X -q "$url" <<'SQL'
CREATE TABLE "odd "" schema; --"."it's; DROP TABLE DNS_LOG" AS SELECT * FROM DNS_LOG;
SQL
observe --url "$url" --table "odd \" schema; --.it's; DROP TABLE DNS_LOG" -o odd.facts
same read.facts odd.facts

# What goes wrong is said.
observe --url "$url" --table nowhere -o no.facts 2>complaint && fail "a table that is not there was counted"
grep -q 'relation "nowhere" does not exist' complaint || fail "$(cat complaint)"
observe --url "postgresql://tester:secret@localhost/postgres" -o no.facts 2>complaint && fail "a password was taken from the command line"
grep -q secret complaint && fail "a password was printed"
grep -q pgpass complaint || fail "$(cat complaint)"
