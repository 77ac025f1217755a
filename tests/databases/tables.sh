# Sourced: one set of questions, as logs that are read and as rows of tables. Needs $generator and a scratch folder to stand in.

fail() { echo "$0: $*" >&2; exit 1; }

# replies.log is Unbound's, with latencies. questions.log is BIND's, each question with its reply. Some names are written in capitals.
make_logs() {
  "$generator" unbound-reply 6000 5 | awk 'NR % 7 == 0 { sub($5, toupper($5)) } { print }' >replies.log
  awk '{
    second = substr($1, 2, 10) - 1795737600
    time = sprintf("2026-11-27T%02d:%02d:%02d", second / 3600, second % 3600 / 60, second % 60)
    name = substr($5, 1, length($5) - 1)
    head = time "Z client @0x7f3519c78098 " $4 "#53000 (" name "): "
    print head "query: " name " IN " $6 " +E(0)K (10.9.1.53)"
    print head "response: " name " IN " $6 " " $8 " 1 0 0 +E(0)K (10.9.1.53)"
  }' replies.log >questions.log
}

# What dnsmonster writes of questions.log: each packet, with numbers for types and codes.
dnsmonster_rows() {
  awk -v OFS=, 'BEGIN {
      type["A"] = 1; type["TXT"] = 16; type["AAAA"] = 28; type["SRV"] = 33; type["HTTPS"] = 65
      code["NOERROR"] = 0; code["SERVFAIL"] = 2; code["NXDOMAIN"] = 3
    } {
      second = substr($1, 2, 10) - 1795737600
      time = sprintf("2026-11-27 %02d:%02d:%02d", second / 3600, second % 3600 / 60, second % 60)
      name = substr($5, 1, length($5) - 1)
      print time, time, "sensor", 4, $4, "10.9.1.53", "udp", 0, 0, 1, type[$6], 0, 0, "", 0, name, 60
      print time, time, "sensor", 4, "10.9.1.53", $4, "udp", 1, 0, 1, type[$6], 0, 0, "", code[$8], name, 90
      if (NR % 100 == 0) print time, time, "sensor", 4, $4, "10.9.1.53", "udp", 0, 0, 3, 16, 0, 0, "", 0, "version.bind", 60
    }' replies.log
}

# What go-dnscollector writes of replies.log.
dnscollector_rows() {
  awk -v OFS=, '{ print substr($1, 2, 10), substr($1, 2, 10) "000000000", $4, "10.9.1.53", $8, substr($5, 1, length($5) - 1), $6, "CLIENT_RESPONSE", $9 }' replies.log
}

# same FACTS FACTS: equal but for what was read, and in which format.
same() {
  [ -s "$1" ] || fail "$1 is empty"
  for facts in "$1" "$2"; do sed -E 's/"(questions\.log|replies\.log|(postgres|clickhouse):([^"\\]|\\.)*)"/"LOG"/g; s/"format":"[^"]*"/"format":"FORMAT"/' "$facts" >"$facts.same"; done
  cmp "$1.same" "$2.same" || fail "$2 says something else than $1"
}
