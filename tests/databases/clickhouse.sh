#!/usr/bin/env bash
# clickhouse.sh MAINSTAY GENERATOR: what ClickHouse counts is what reading the logs counts. The server is started here, on loopback.
# Exit status 77 says that it is not installed.
set -euo pipefail

mainstay=${1:?usage: clickhouse.sh MAINSTAY GENERATOR}
generator=${2:?usage: clickhouse.sh MAINSTAY GENERATOR}
here=$(cd "$(dirname "$0")" && pwd)
command -v clickhouse-server >/dev/null && command -v clickhouse-client >/dev/null || { echo "skipped: clickhouse-server is not installed"; exit 77; }

scratch=$(mktemp -d)
server=
finish() {
  [ -z "$server" ] || { kill "$server" 2>/dev/null; wait "$server" || true; }
  rm -rf "$scratch"
}
trap finish EXIT
cd "$scratch"
. "$here/tables.sh"

http=$((20000 + RANDOM % 20000))
tcp=$((http + 1))
mkdir data tmp
cat >config.xml <<END
<yandex>
  <logger><level>warning</level><log>$scratch/server.log</log><errorlog>$scratch/errors.log</errorlog></logger>
  <http_port>$http</http_port><tcp_port>$tcp</tcp_port><listen_host>127.0.0.1</listen_host>
  <path>$scratch/data/</path><tmp_path>$scratch/tmp/</tmp_path><users_config>users.xml</users_config>
  <default_profile>default</default_profile><default_database>default</default_database><mark_cache_size>67108864</mark_cache_size>
  <remote_servers><all_logs><shard><replica>
    <host>127.0.0.1</host><port>$tcp</port><user>tester</user><password>secret</password>
  </replica></shard></all_logs></remote_servers>
</yandex>
END
cat >users.xml <<'END'
<yandex>
  <profiles><default/></profiles><quotas><default/></quotas>
  <users><tester><password>secret</password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota></tester></users>
</yandex>
END
clickhouse-server --config-file="$scratch/config.xml" >server.out 2>&1 &
server=$!
client() { clickhouse-client --host 127.0.0.1 --port "$tcp" --user tester --password secret "$@"; }
for ((look = 0; look < 600; ++look)); do
  kill -0 "$server" 2>/dev/null || fail "the server ended: $(cat server.out errors.log)"
  client --query 'SELECT 1' >/dev/null 2>&1 && break
  sleep 0.1
done

make_logs
client --multiquery <<'SQL'
CREATE TABLE DNS_LOG (PacketTime DateTime, IndexTime DateTime, Server String, IPVersion UInt8, SrcIP String, DstIP String, Protocol FixedString(3),
  QR UInt8, OpCode UInt8, Class UInt16, Type UInt16, Edns0Present UInt8, DoBit UInt8, FullQuery String, ResponseCode UInt8, Question String,
  Size UInt16) ENGINE = MergeTree() PARTITION BY toYYYYMMDD(PacketTime) ORDER BY (PacketTime, Question);
CREATE DATABASE dnscollector;
CREATE TABLE dnscollector.records (timestamp Int64, timensec Int64, queryip String, responseip String, rcode String, qname String, qtype String,
  operation String, latency Float64) ENGINE = MergeTree() PARTITION BY tuple() ORDER BY (timestamp, qname);
CREATE TABLE everywhere AS dnscollector.records ENGINE = Distributed(all_logs, dnscollector, records);
CREATE TABLE dns_logs (ColoCode String, SourceIP String, QueryName String, QueryType UInt16, ResponseCode UInt8, Timestamp Int64)
  ENGINE = MergeTree() PARTITION BY tuple() ORDER BY Timestamp;
SQL
export TZ=UTC
dnsmonster_rows | client --query 'INSERT INTO DNS_LOG FORMAT CSV'
dnscollector_rows | client --query 'INSERT INTO dnscollector.records FORMAT CSV'
client --query "INSERT INTO dns_logs SELECT 'FRA', queryip, concat(qname, '.'), multiIf(qtype = 'A', 1, qtype = 'AAAA', 28, qtype = 'TXT', 16, qtype = 'SRV', 33, 65),
  multiIf(rcode = 'NOERROR', 0, rcode = 'SERVFAIL', 2, 3), timensec FROM dnscollector.records"

url=http://127.0.0.1:$http/
observe() { "$mainstay" observe --sql clickhouse --url "$url" "$@"; }
observe --schema dnsmonster -o no.facts 2>complaint && fail "nobody was asked who asks"
grep -q 'ClickHouse refused' complaint || fail "$(cat complaint)"
export CLICKHOUSE_USER=tester CLICKHOUSE_PASSWORD=secret

"$mainstay" observe questions.log -o read.facts
observe --schema dnsmonster -o asked.facts
same read.facts asked.facts
"$mainstay" observe --server 10.9.1.53 replies.log -o read.replies
observe --schema go-dnscollector -o asked.replies
same read.replies asked.replies
observe --schema go-dnscollector --table everywhere -o asked.everywhere
same read.replies asked.everywhere
grep -q '"p95"' asked.replies || fail "latencies are missing"
observe --schema cloudflare -o asked.cloudflare
[ "$(wc -l <asked.cloudflare)" = "$(wc -l <read.replies)" ] || fail "other rows in the table of Cloudflare"

# The query by hand, in other forms of results.
"$mainstay" observe --sql clickhouse --schema go-dnscollector --print >query.sql
for form in CSVWithNames JSONEachRow; do
  { cat query.sql; echo "FORMAT $form"; } | client >result.$form
  "$mainstay" observe --sql clickhouse --schema go-dnscollector --result result.$form -o $form.facts
  same read.replies $form.facts
done

# A name with marks of its own is a name.
client --query 'CREATE TABLE `\`odd\`; DROP TABLE DNS_LOG` AS dnscollector.records ENGINE = Memory'
observe --schema go-dnscollector --table '`odd`; DROP TABLE DNS_LOG' -o odd.facts || fail "an odd name was not found"

# What goes wrong is said.
observe --schema dnsmonster --table nowhere -o no.facts 2>complaint && fail "a table that is not there was counted"
grep -q "nowhere doesn't exist" complaint || fail "$(cat complaint)"
grep -q secret complaint && fail "a password was printed"
observe --schema dnsmonster --memory 1K -o no.facts 2>complaint && fail "a result beyond the bound was taken"
exit 0
