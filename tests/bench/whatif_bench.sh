#!/usr/bin/env bash
# whatif_bench.sh MAINSTAY: how long `mainstay whatif` takes from the snapshot of a made estate, and how large the snapshot is.
# The estate: WORKLOADS workloads (default 10000), twenty a host, two uses each; every host lists two of forty resolvers, which forward to
# two of four upstreams; a hundred zones at four providers. A new process each time, medians of RUNS (default 11).
set -eu

mainstay=${1:?usage: whatif_bench.sh MAINSTAY}
workloads=${WORKLOADS:-10000}
runs=${RUNS:-11}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

awk -v workloads="$workloads" '
function reason(file, line, text) { return sprintf("\"reasons\":[{\"confidence\":\"declared\",\"file\":\"%s\",\"line\":%d,\"column\":1,\"length\":%d,\"text\":\"%s\"}]", file, line, length(text), text) }
BEGIN {
  srand(20260401)
  split("route53 cloudflare azure-dns google-cloud-dns", providers, " ")
  for (zone = 0; zone < 100; ++zone) {
    apex = "z" zone ".corp.example."
    file = "zones/z" zone ".zone"
    printf "{\"fact\":\"zone\",\"apex\":\"%s\",\"provider\":\"%s\",%s}\n", apex, providers[1 + zone % 4], reason(file, 1, apex " SOA")
    for (host = 0; host < 5; ++host)
      printf "{\"fact\":\"record\",\"owner\":\"login%d.%s\",\"type\":\"A\",\"ttl\":300,\"data\":\"192.0.2.%d\",\"zone\":\"%s\",%s}\n", host, apex, host + 1, apex, reason(file, host + 2, "login" host " 300 A")
  }
  for (one = 0; one < 44; ++one) {
    address = one < 40 ? "10.1." one ".53" : "10.2." one ".53"
    scope = "hosts/dns" one
    file = scope "/etc/unbound/unbound.conf"
    forwards = one < 40 ? sprintf(",\"forwards\":[{\"zone\":\".\",\"upstreams\":[{\"address\":\"10.2.%d.53\"},{\"address\":\"10.2.%d.53\"}]}]", 40 + one % 4, 40 + (one + 1) % 4) : ",\"iterates\":true"
    printf "{\"fact\":\"scope\",\"id\":\"host:%s\",\"kind\":\"host\",\"name\":\"dns%d\",\"failure_domains\":[{\"kind\":\"zone\",\"name\":\"az%d\"}],%s}\n", scope, one, one % 3, reason(file, 1, "server:")
    printf "{\"fact\":\"server\",\"id\":\"server:%s/unbound\",\"software\":\"unbound\",\"scope\":\"host:%s\",\"addresses\":[\"%s\"]%s,%s}\n", scope, scope, address, forwards, reason(file, 2, "interface: " address)
  }
  for (one = 0; one < workloads; ++one) {
    host = int(one / 20)
    scope = "host:hosts/app" host
    if (one % 20 == 0) {
      file = "hosts/app" host "/etc/resolv.conf"
      printf "{\"fact\":\"scope\",\"id\":\"%s\",\"kind\":\"host\",\"name\":\"app%d\",%s}\n", scope, host, reason(file, 1, "nameserver")
      printf "{\"fact\":\"stub\",\"scope\":\"%s\",\"library\":\"glibc\",\"servers\":[{\"address\":\"10.1.%d.53\",%s},{\"address\":\"10.1.%d.53\",%s}],%s}\n", scope, host % 40, reason(file, 1, "nameserver 10.1." host % 40 ".53"), (host + 7) % 40, reason(file, 2, "nameserver 10.1." (host + 7) % 40 ".53"), reason(file, 1, "nameserver 10.1." host % 40 ".53")
    }
    id = "process:hosts/app" host "/opt/s" one
    file = "hosts/app" host "/opt/s" one "/.env"
    printf "{\"fact\":\"workload\",\"id\":\"%s\",\"kind\":\"process\",\"name\":\"s%d\",\"scope\":\"%s\",%s}\n", id, one, scope, reason(file, 1, "OIDC_ISSUER_URL")
    for (use = 0; use < 2; ++use) {
      name = "login" int(rand() * 5) ".z" int(rand() * 100) ".corp.example"
      printf "{\"fact\":\"use\",\"workload\":\"%s\",\"host\":\"%s\",\"role\":\"%s\",\"deadline\":3000,%s}\n", id, name, use ? "secret-store" : "oidc-issuer", reason(file, use + 1, "URL=https://" name)
    }
  }
}' >"$scratch/facts.jsonl"

"$mainstay" scan --facts "$scratch/facts.jsonl" --snapshot "$scratch/estate.msn" >"$scratch/screen" || true
octets=$(stat -c %s "$scratch/estate.msn")
printf 'workloads %d, snapshot %d octets, facts %d octets\n' "$workloads" "$octets" "$(stat -c %s "$scratch/facts.jsonl")"
for down in 10.1.0.53 10.2.40.53 az:az1 z1.corp.example route53:wrong-negative; do
  : >"$scratch/times"
  for _ in $(seq "$runs"); do
    start=$(date +%s%N)
    "$mainstay" whatif "$scratch/estate.msn" --down "$down" >"$scratch/answer" || true
    end=$(date +%s%N)
    awk -v ns=$((end - start)) 'BEGIN { printf "%.3f\n", ns / 1e9 }' >>"$scratch/times"
  done
  printf '%-26s median %s s   %s\n' "$down" "$(sort -n "$scratch/times" | awk '{ all[NR] = $1 } END { print all[int((NR + 1) / 2)] }')" "$(head -1 "$scratch/answer")"
done
