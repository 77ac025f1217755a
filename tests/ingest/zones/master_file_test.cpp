#include "ingest/syntax/master_file.h"

#include <catch2/catch.hpp>

#include <algorithm>

#include "ingest/zones/master_file_name.h"
#include "tests/ingest/ingested.h"

namespace mainstay {
extern const Ingester master_file;

namespace {

struct Seen {
  std::vector<std::string> records;   // "owner ttl type data"
  std::vector<std::string> problems;  // "begin message"
  std::size_t templated = 0;
};

Seen read(std::string_view text, std::string_view origin = "corp.example") {
  Seen seen;
  const MasterFileEvents events{
      .record =
          [&](MasterRecord&& record) {
            REQUIRE(record.data_at.end <= text.size());
            seen.records.push_back(record.owner.text() + " " + (record.ttl ? std::to_string(record.ttl->seconds()) : "-") + " " +
                                   record.type + " " + record.data);
          },
      .problem = [&](DiagnosticSeverity, Location where, const std::string& message,
                     const std::string&) { seen.problems.push_back(std::to_string(where.begin) + " " + message); },
      .include = [](std::string_view, Location) { return std::nullopt; },
      .templated = [&](Location) { ++seen.templated; }};
  read_master_file({SourceId{}, text}, *DomainName::parse(origin), events);
  return seen;
}

}  // namespace

TEST_CASE("master file: one record in every notation", "[ingest][master-file]") {
  struct Row {
    const char* title;
    const char* text;
    const char* record;
  };
  const Row rows[] = {
      {"relative owner", "a 60 IN A 192.0.2.1\n", "a.corp.example. 60 A 192.0.2.1"},
      {"absolute owner", "a.example. 60 A 192.0.2.1\n", "a.example. 60 A 192.0.2.1"},
      {"class before TTL", "a IN 60 A 192.0.2.1\n", "a.corp.example. 60 A 192.0.2.1"},
      {"type and class in lower case", "a in 60 aaaa 2001:DB8::1\n", "a.corp.example. 60 AAAA 2001:db8::1"},
      {"the origin", "@ 60 A 192.0.2.1\n", "corp.example. 60 A 192.0.2.1"},
      {"TTL with units", "a 1h30m A 192.0.2.1\n", "a.corp.example. 5400 A 192.0.2.1"},
      {"TTL with all units", "a 1W2d3H4m5s A 192.0.2.1\n", "a.corp.example. 788645 A 192.0.2.1"},
      {"no end of line", "a 60 A 192.0.2.1", "a.corp.example. 60 A 192.0.2.1"},
      {"CRLF", "a 60 A 192.0.2.1\r\n", "a.corp.example. 60 A 192.0.2.1"},
      {"byte order mark",
       "\xef\xbb\xbf"
       "a 60 A 192.0.2.1\n",
       "a.corp.example. 60 A 192.0.2.1"},
      {"comment behind", "a 60 A 192.0.2.1;x\n", "a.corp.example. 60 A 192.0.2.1"},
      {"parentheses over lines", "a 60 ( A ; x (\n 192.0.2.1 )\n", "a.corp.example. 60 A 192.0.2.1"},
      {"an owner named like a type", "mx 60 A 192.0.2.1\n", "mx.corp.example. 60 A 192.0.2.1"},
      {"an owner named like a TTL", "10 60 PTR a.example.\n", "10.corp.example. 60 PTR a.example."},
      {"names in data become absolute", "a 60 MX 10 mail\n", "a.corp.example. 60 MX 10 mail.corp.example."},
      {"service record", "_ldap._tcp 60 SRV 0 5 389 LDAP\n", "_ldap._tcp.corp.example. 60 SRV 0 5 389 ldap.corp.example."},
      {"escaped dot and decimal escape", "a\\.b\\032c 60 CNAME @\n", "a\\.b\\032c.corp.example. 60 CNAME corp.example."},
      {"strings are joined", "a 60 TXT \"v=1; \" b\\\"c \"\"\n", "a.corp.example. 60 TXT v=1; b\"c"},
      {"octets of a string", "a 60 TXT \"\\195\\169 \\\\ é\"\n", "a.corp.example. 60 TXT \\195\\169 \\\\ \\195\\169"},
      {"quoted fields stay quoted", "a 60 CAA 0 issue \"ca.example; a=b\"\n", "a.corp.example. 60 CAA 0 issue \"ca.example; a=b\""},
      {"unknown type", "a 60 TYPE65280 \\# 3 0a 0B0c\n", "a.corp.example. 60 TYPE65280 \\# 3 0a0B0c"},
      {"unknown type without octets", "a 60 type65280 \\# 0\n", "a.corp.example. 60 TYPE65280 \\# 0"},
      {"a known type as number", "a 60 TYPE1 \\# 4 c0000201\n", "a.corp.example. 60 A 192.0.2.1"},
      {"an address in octets", "a 60 AAAA \\# 16 20010db8000000000000000000000001\n", "a.corp.example. 60 AAAA 2001:db8::1"},
      {"service parameters", "a 60 HTTPS 1 . alpn=\"h2,h3\" port=8443\n", "a.corp.example. 60 HTTPS 1 . alpn=\"h2,h3\" port=8443"},
      {"base 64 in pieces", "a 60 DNSKEY 257 3 13 ( aGVs\n bG8= )\n", "a.corp.example. 60 DNSKEY 257 3 13 aGVsbG8="},
      {"start of authority", "@ 60 SOA ns1 h\\.m (7 2h 15m 2w 5m)\n",
       "corp.example. 60 SOA ns1.corp.example. h\\.m.corp.example. 7 7200 900 1209600 300"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Seen seen = read(row.text);
      CHECK(seen.problems.empty());
      REQUIRE(seen.records.size() == 1);
      CHECK(seen.records[0] == row.record);
    }
}

TEST_CASE("master file: owner, origin and TTL carry over", "[ingest][master-file]") {
  struct Row {
    const char* title;
    const char* text;
    std::vector<std::string> records;
  };
  const Row rows[] = {
      {"blank owner", "a 60 A 192.0.2.1\n\n;x\n A 192.0.2.2\n", {"a.corp.example. 60 A 192.0.2.1", "a.corp.example. 60 A 192.0.2.2"}},
      {"$ORIGIN is relative to the origin", "$ORIGIN lab\na 60 A 192.0.2.1\n", {"a.lab.corp.example. 60 A 192.0.2.1"}},
      {"a new origin does not change the last owner",
       "a 60 A 192.0.2.1\n$ORIGIN lab\n A 192.0.2.2\n",
       {"a.corp.example. 60 A 192.0.2.1", "a.corp.example. 60 A 192.0.2.2"}},
      {"the same word below a new origin",
       "a 60 A 192.0.2.1\n$ORIGIN lab\na A 192.0.2.2\n",
       {"a.corp.example. 60 A 192.0.2.1", "a.lab.corp.example. 60 A 192.0.2.2"}},
      {"$TTL",
       "$TTL 5m\na A 192.0.2.1\nb 60 A 192.0.2.2\nc A 192.0.2.3\n",
       {"a.corp.example. 300 A 192.0.2.1", "b.corp.example. 60 A 192.0.2.2", "c.corp.example. 300 A 192.0.2.3"}},
      {"without $TTL the last one written",
       "a 60 A 192.0.2.1\nb A 192.0.2.2\n",
       {"a.corp.example. 60 A 192.0.2.1", "b.corp.example. 60 A 192.0.2.2"}},
      {"an explicit 0", "$TTL 5m\na 0 A 192.0.2.1\n", {"a.corp.example. 0 A 192.0.2.1"}},
      {"$GENERATE", "$TTL 60\n$GENERATE 1-3/2 h$ A 192.0.2.$\n", {"h1.corp.example. 60 A 192.0.2.1", "h3.corp.example. 60 A 192.0.2.3"}},
      {"$GENERATE with modifiers",
       "$TTL 60\n$GENERATE 10-10 h${-3,4,d} CNAME x${0,0,x}-${6,2,X}-\\$\n",
       {"h0007.corp.example. 60 CNAME xa-10-$.corp.example."}},
      {"$GENERATE of nibbles", "$TTL 60\n$GENERATE 18-18 ${0,3,n} PTR a.example.\n", {"2.1.corp.example. 60 PTR a.example."}},
      {"$GENERATE of a quoted data word", "$TTL 60\n$GENERATE 1-1 h MX \"10 m$\"\n", {"h.corp.example. 60 MX 10 m1.corp.example."}},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Seen seen = read(row.text);
      CHECK(seen.problems.empty());
      CHECK(seen.records == row.records);
    }
}

TEST_CASE("master file: a bad entry is reported where it stands, and the rest is read", "[ingest][master-file]") {
  const std::string label64(64, 'a');
  const std::string long_name = std::string(60, 'a') + "." + std::string(60, 'b') + "." + std::string(60, 'c') + "." + std::string(62, 'd');
  struct Row {
    const char* title;
    std::string text;
    std::size_t at;
  };
  const Row rows[] = {
      {"label of 64 octets", label64 + " 60 A 192.0.2.1\n", 0},
      {"name over 255 octets with its origin", long_name + " 60 A 192.0.2.1\n", 0},
      {"name over 255 octets in data", "a 60 CNAME " + long_name + "\n", 11},
      {"unknown type", "a 60 FOO 192.0.2.1\n", 5},
      {"no type", "a 60 IN\n", 5},
      {"data missing", "a 60 MX 10\n", 5},
      {"data too much", "a 60 A 192.0.2.1 192.0.2.2\n", 17},
      {"address", "a 60 A 192.0.2.256\n", 7},
      {"IPv6 as A", "a 60 A 2001:db8::1\n", 7},
      {"number too large", "a 60 MX 65536 m\n", 8},
      {"string of 256 octets", "a 60 TXT " + std::string(256, 'x') + "\n", 9},
      {"escape past 255", "a 60 TXT \"\\256\"\n", 9},
      {"open quote", "a 60 TXT \"x\n", 9},
      {"open parenthesis", "a 60 A ( 192.0.2.1\n", 7},
      {"closed parenthesis", "a 60 A 192.0.2.1 )\n", 17},
      {"unknown directive", "$FOO bar\n", 0},
      {"directive without value", "$ORIGIN\n", 0},
      {"TTL that is none", "$TTL 1x\n", 5},
      {"TTL past 2^31", "a 4294967296 A 192.0.2.1\n", 2},
      {"octets that do not match their number", "a 60 TYPE65280 \\# 3 0a\n", 18},
      {"another class", "a 60 CH TXT x\n", 5},
      {"range of $GENERATE", "$GENERATE 5-1 a A 192.0.2.1\n", 10},
      {"base of $GENERATE", "$GENERATE 1-2 a${0,0,q} 60 A 192.0.2.1\n", 14},
      {"data of $GENERATE", "$GENERATE 1-900 a$ 60 A 192.0.2.$\n", 24},
      {"backslash at the end", "a 60 TXT x\\\n", 10},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Seen seen = read(row.text + "good 60 A 192.0.2.9\n");
      REQUIRE(seen.problems.size() == 1);
      CHECK(seen.problems[0].substr(0, seen.problems[0].find(' ')) == std::to_string(row.at));
      REQUIRE_FALSE(seen.records.empty());
      CHECK(seen.records.back() == "good.corp.example. 60 A 192.0.2.9");
    }
}

TEST_CASE("master file: a record never moves to another owner because of an error", "[ingest][master-file]") {
  CHECK(read("a 60 A 192.0.2.1\nb..c 60 A 192.0.2.2\n A 192.0.2.3\n").records.size() == 1);
  const Seen seen = read("a 60 A 192.0.2.1\nb 60 TXT \"x\n A 192.0.2.3\n");
  REQUIRE(seen.records.size() == 2);
  CHECK(seen.records[1] == "b.corp.example. 60 A 192.0.2.3");
}

TEST_CASE("master file: @Z is the zone and @F the file, wherever names are relative", "[ingest][master-file]") {
  struct Row {
    const char* title;
    const char* text;
    const char* record;
  };
  const Row rows[] = {
      {"owner", "$ORIGIN lab\n@Z 60 A 192.0.2.1\n", "corp.example. 60 A 192.0.2.1"},
      {"owner below it", "$ORIGIN lab\na.b.@Z 60 A 192.0.2.1\n", "a.b.corp.example. 60 A 192.0.2.1"},
      {"origins do not pile up", "$ORIGIN a.@Z\n$ORIGIN b.@Z\n@ 60 A 192.0.2.1\n", "b.corp.example. 60 A 192.0.2.1"},
      {"data", "$ORIGIN lab\na 60 CNAME b.@Z\n", "a.lab.corp.example. 60 CNAME b.corp.example."},
      {"the file", "$ORIGIN lab\na.@F 60 A 192.0.2.1\n", "a.corp.example. 60 A 192.0.2.1"},
      {"no label of its own", "a@Z 60 A 192.0.2.1\n", "a@z.corp.example. 60 A 192.0.2.1"},
      {"an escaped dot before it", "a\\.@Z 60 A 192.0.2.1\n", "a\\.@z.corp.example. 60 A 192.0.2.1"},
      {"a type of the year 2025", "a 60 HHIT AQID\n", "a.corp.example. 60 HHIT AQID"},
      {"two TTLs", "a 300/10 IN DYNA geoip!text\n", "a.corp.example. 300 DYNA geoip!text"},
      {"an address that gdnsd chooses", "a 60 DYNA geoip!text\n", "a.corp.example. 60 DYNA geoip!text"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Seen seen = read(row.text);
      CHECK(seen.problems.empty());
      REQUIRE(seen.records.size() == 1);
      CHECK(seen.records[0] == row.record);
    }
}

TEST_CASE("master file: a template is read as far as it is plain", "[ingest][master-file]") {
  struct Row {
    const char* title;
    const char* text;
    std::vector<std::string> records;
    std::size_t templated;
  };
  const Row rows[] = {
      {"a serial number", "@ 60 SOA a b {{ serial }} 1 2 3 4\n", {"corp.example. 60 SOA a.corp.example. b.corp.example. 0 1 2 3 4"}, 0},
      {"a serial number in parentheses",
       "@ 60 SOA a b (\n <%= now \"x\" %> ; serial\n 1 2 3 4 )\n",
       {"corp.example. 60 SOA a.corp.example. b.corp.example. 0 1 2 3 4"},
       0},
      {"another number of the SOA record", "@ 60 SOA a b 1 {{ refresh }} 2 3 4\n", {}, 1},
      {"statements and what is between",
       "{% for i in range(3) -%}\na 60 A 192.0.2.1\n{% endfor %}\n",
       {"a.corp.example. 60 A 192.0.2.1"},
       2},
      {"a comment of the template", "{# (one\n two #}\na 60 A 192.0.2.1\n", {"a.corp.example. 60 A 192.0.2.1"}, 0},
      {"an owner, and what follows it", "a 60 A 192.0.2.1\nb-{{ i }} 60 A 192.0.2.2\n 60 TXT x\n", {"a.corp.example. 60 A 192.0.2.1"}, 2},
      {"data alone", "a 60 A {{ ip }}\n 60 TXT x\n", {"a.corp.example. 60 TXT x"}, 1},
      {"quoted data", "a 60 TXT \"{{ key }}\"\n", {}, 1},
      {"an origin, until the next one that is absolute",
       "$ORIGIN {{ d }}.\na 60 A 192.0.2.1\n$ORIGIN lab\nb 60 A 192.0.2.1\n$ORIGIN corp.example.\nc 60 A 192.0.2.1\n",
       {"c.corp.example. 60 A 192.0.2.1"},
       4},
      {"a default TTL", "$TTL {{ ttl }}\na A 192.0.2.1\n", {"a.corp.example. - A 192.0.2.1"}, 1},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Seen seen = read(row.text);
      CHECK(seen.problems == std::vector<std::string>{});
      CHECK(seen.records == row.records);
      CHECK(seen.templated == row.templated);
    }
  CHECK(read("a{{ 60 A 192.0.2.1\n").records == std::vector<std::string>{"a{{.corp.example. 60 A 192.0.2.1"});
}

TEST_CASE("master file: a string that is too long keeps its record", "[ingest][master-file]") {
  const Seen seen = read("a 60 TXT \"" + std::string(256, 'x') + "\"\n");
  REQUIRE(seen.records.size() == 1);
  CHECK(seen.records[0] == "a.corp.example. 60 TXT " + std::string(256, 'x'));
  CHECK(seen.problems.size() == 1);
}

TEST_CASE("master file: limits hold against hostile input", "[ingest][master-file]") {
  CHECK(read("$TTL 1\n$GENERATE 0-2147483647 h$ A 192.0.2.1\n").records.size() == 65536);
  CHECK(read(std::string(200000, '(')).problems.size() == 1);
  std::string wide = "a 60 TXT (";
  for (int at = 0; at < 70000; ++at) wide += " x";
  const Seen seen = read(wide + ")\ngood 60 A 192.0.2.9\n");
  CHECK(seen.problems.size() == 1);
  CHECK(seen.records.size() == 1);
}

TEST_CASE("zone file: the zone's name is in the file, or in the file's name", "[ingest][master-file]") {
  struct Row {
    const char* file;
    const char* text;
    const char* apex;
  };
  const Row rows[] = {{"zones/corp.example.zone", "@ 60 SOA a b 1 2 3 4 5\n", "corp.example."},
                      {"zones/db.corp.example", "@ 60 SOA a b 1 2 3 4 5\n", "corp.example."},
                      {"zones/corp.example.db", "@ 60 SOA a b 1 2 3 4 5\n", "corp.example."},
                      {"zones/db.192.168.1", "@ 60 SOA a b 1 2 3 4 5\n", "1.168.192.in-addr.arpa."},
                      {"zones/db.corp.example", "other.example. 60 SOA a b 1 2 3 4 5\n", "other.example."},
                      {"zones/x.zone", "$ORIGIN .\ncorp.example 60 SOA a b 1 2 3 4 5\n", "corp.example."},
                      {"zones/root.db", "@ 60 SOA a b 1 2 3 4 5\n", "."},
                      {"zones/corp.example.db.in", "@ 60 SOA a b 1 2 3 4 5\n", "corp.example."},
                      {"zones/corp.example.zone.j2", "@ 60 SOA a b {{ s }} 2 3 4 5\n", "corp.example."},
                      {"zones/corp.pl", "; a zone\n{{ banner }}\n@ 60 SOA a b 1 2 3 4 5\n", "corp.pl."},
                      {"zones/corp", "@ 60 SOA a b 1 2 3 4 5\n$ORIGIN lab.corp.\n", "corp."},
                      {"zones/x.zone", "$ORIGIN corp.example.\n@ 60 SOA a b 1 2 3 4 5\n", "corp.example."}};
  for (const Row& row : rows) DYNAMIC_SECTION(row.file << " " << row.text) {
      const Ingested got = ingest(master_file, {{row.file, row.text}});
      REQUIRE(got.all<Zone>().size() == 1);
      CHECK(got.all<Zone>()[0].apex.text() == row.apex);
    }
  const Ingested got = ingest(master_file, {{"zones/current", "@ 60 SOA a b 1 2 3 4 5\n"}});
  CHECK(got.facts.empty());
  CHECK(got.problems.size() == 1);
  for (const char* name : {"make.py", "make.pl", "README.md"}) {
    CHECK(ingest(master_file, {{name, "#!/bin/x\nzone = '\n$TTL 60\n@ SOA a b 1 2 3 4 5\n"}}).problems.empty());
  }
  CHECK(view_of("named/views/internal/corp.example.zone") == "internal");
  CHECK(view_of("named/internal/corp.example.zone").empty());
}

TEST_CASE("zone file: delegations carry their glue, and occluded records are noted", "[ingest][master-file]") {
  const Ingested got =
      ingest(master_file, {{"corp.example.zone",
                            "$TTL 60\n@ SOA a b 1 2 3 4 5\n@ NS ns.lab\nlab NS ns.lab\nlab NS ns.other\nns.lab A 192.0.2.1\n"
                            "ns.other A 192.0.2.2\nwww.lab A 192.0.2.3\nother NS x.example.\nd DNAME e.example.\nx.d TXT y\n"}});
  const std::vector<Delegation> delegations = got.all<Delegation>();
  REQUIRE(delegations.size() == 2);
  CHECK(delegations[0].child.text() == "lab.corp.example.");
  REQUIRE(delegations[0].glue.size() == 2);
  CHECK(delegations[0].glue[0].address.text() == "192.0.2.1");
  REQUIRE(got.problems.size() == 1);
  CHECK(got.problems[0].message.starts_with("2 records"));
  CHECK(got.all<Zone>()[0].complete);
}

TEST_CASE("zone file: what is missing is said once a file", "[ingest][master-file]") {
  struct Row {
    const char* text;
    const char* message;
  };
  const Row rows[] = {
      {"$INCLUDE q.inc\n", "the included file is not part of the scanned folder"},
      {"$INCLUDE q.inc\n$INCLUDE r.inc\n$INCLUDE s.inc\n", "3 included files, this one first, are not part of the scanned folder"},
      {"{{ i }} A 192.0.2.1\n", "the file is a template, and this entry is left out"},
      {"{% for i in j %}\n{{ i }} A 192.0.2.1\n{% endfor %}\n", "the file is a template, and 3 entries, this one first, are left out"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.text) {
      const Ingested got = ingest(master_file, {{"corp.example", std::string("$TTL 60\n@ SOA a b {{ s }} 2 3 4 5\n") + row.text}});
      REQUIRE(got.problems.size() == 1);
      CHECK(got.problems[0].message == row.message);
      CHECK(got.problems[0].severity == DiagnosticSeverity::warning);
      REQUIRE(got.all<Zone>().size() == 1);
      CHECK_FALSE(got.all<Zone>()[0].complete);
    }
}

TEST_CASE("zone file: what is missing makes a zone incomplete", "[ingest][master-file]") {
  const std::string zone = "$TTL 60\n@ SOA a b 1 2 3 4 5\n";
  const auto complete = [&](std::string more) {
    return ingest(master_file, {{"corp.example.zone", zone + more}, {"p.inc", "a A 192.0.2.1\n"}}).all<Zone>()[0].complete;
  };
  CHECK(complete(""));
  CHECK(complete("$INCLUDE p.inc\n"));
  CHECK_FALSE(complete("$INCLUDE q.inc\n"));
  CHECK_FALSE(complete("$INCLUDE ../q.inc\n"));
  CHECK_FALSE(complete("$INCLUDE corp.example.zone\n"));
  CHECK_FALSE(complete("a A 192.0.2.300\n"));
}

}  // namespace mainstay
