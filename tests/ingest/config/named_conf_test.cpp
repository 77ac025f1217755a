#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>

#include "ingest/config/named_statements.h"
#include "tests/ingest/ingested.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
extern const Ingester named_conf;

namespace {

/// "zone:upstreams:first" of each forward, in order.
std::string forwards(const Server& server) {
  std::string out;
  for (const Forward& one : server.forwards) {
    if (!out.empty()) out += ' ';
    out += std::string(one.zone.host()) + ":" + std::to_string(one.upstreams.size());
    if (one.is_stub_zone) out += ":stub";
    if (one.falls_back_to_iteration) out += ":first";
  }
  return out;
}

std::size_t errors(const Ingested& got) {
  return static_cast<std::size_t>(
      std::ranges::count_if(got.problems, [](const Diagnostic& one) { return one.severity == DiagnosticSeverity::error; }));
}

}  // namespace

TEST_CASE("named.conf: whom the server forwards to and what it does by itself", "[ingest][named-conf]") {
  struct Row {
    const char* title;
    const char* text;
    const char* forwards;
    bool iterates;
    std::size_t zones, errors;
  };
  const Row rows[] = {
      {"nothing said", "options { directory \"/x\"; };", "", true, 0, 0},
      {"forwarders go first by default", "options { forwarders { 192.0.2.1; }; };", ".:1:first", true, 0, 0},
      {"forward only", "options { forward only; forwarders { 192.0.2.1; 192.0.2.2; }; };", ".:2", true, 0, 0},
      {"a zone of its own", "zone \"a.example\" { type forward; forward only; forwarders { 192.0.2.1; }; };", "a.example:1", true, 0, 0},
      {"forwarding switched off below a zone", "zone \"a.example\" { type forward; forwarders { }; };", "a.example:0:first", true, 0, 0},
      {"authoritative servers asked directly", "zone \"a.example\" { type static-stub; server-addresses { 192.0.2.1; }; };",
       "a.example:1:stub", true, 0, 0},
      {"no recursion, no forwarding", "options { recursion no; forwarders { 192.0.2.1; }; };", "", false, 0, 0},
      {"old and new words for zones", "zone \"a.example\" { type master; }; zone \"b.example\" IN { type slave; };", "", true, 2, 0},
      {"the root's hints are no zone", "zone \".\" { type hint; file \"x\"; };", "", true, 0, 0},
      {"the view for everybody", "view \"v\" { match-clients { any; }; zone \"a.example\" { type primary; }; forwarders { 192.0.2.1; }; };",
       ".:1:first", true, 1, 0},
      {"a view for some is not guessed", "view \"v\" { match-clients { 10.0.0.0/8; }; zone \"a.example\" { type primary; }; };", "", true,
       0, 0},
      {"three kinds of comment", "# a\n// b\n/* c { */ options { recursion no; /* d */ };", "", false, 0, 0},
      {"bad: no zone; the next one is read", "zone \"a..b\" { type primary; }; zone \"b.example\" { type primary; };", "", true, 1, 1},
      {"bad: a brace is missing", "options { recursion no;", "", false, 0, 1},
      {"bad: a comment without its end", "options { recursion no; }; /* x", "", false, 0, 1},
      {"bad: neither yes nor no", "options { recursion maybe; };", "", false, 0, 1},
      {"bad: a port past the last", "options { forwarders { 192.0.2.1 port 65536; }; };", "", true, 0, 1},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(named_conf, {{"hosts/a/etc/bind/named.conf", row.text}, {"hosts/a/etc/resolv.conf", ""}});
      REQUIRE(got.all<Server>().size() == 1);
      const Server server = got.all<Server>()[0];
      CHECK(server.id == "server:hosts/a/named");
      CHECK(forwards(server) == row.forwards);
      CHECK(server.iterates == row.iterates);
      CHECK(got.all<Zone>().size() == row.zones);
      CHECK(errors(got) == row.errors);
    }
}

TEST_CASE("named.conf: addresses that it listens on", "[ingest][named-conf]") {
  struct Row {
    const char* text;
    std::vector<const char*> addresses;
  };
  const Row rows[] = {
      {"options { };", {"127.0.0.1", "::1"}},
      {"options { listen-on { 192.0.2.1; }; };", {"192.0.2.1", "::1"}},
      {"options { listen-on { any; }; listen-on-v6 { none; }; };", {"127.0.0.1"}},
      {"options { listen-on port 5353 { 192.0.2.1; }; listen-on-v6 { 2001:db8::1; }; };", {"192.0.2.1", "2001:db8::1"}},
  };
  for (const Row& row : rows) {
    INFO(row.text);
    const Ingested got = ingest(named_conf, {{"named.conf", row.text}});
    REQUIRE(got.all<Server>().size() == 1);
    std::vector<std::string> addresses;
    const Server server = got.all<Server>()[0];
    for (const IpAddress& one : server.addresses) addresses.push_back(one.text());
    CHECK(addresses == std::vector<std::string>(row.addresses.begin(), row.addresses.end()));
  }
}

TEST_CASE("named.conf: parts of one server lie in several files", "[ingest][named-conf]") {
  SECTION("included ones are read in place, each once") {
    const Ingested got =
        ingest(named_conf, {{"etc/bind/named.conf", "include \"/etc/bind/named.conf.local\"; include \"named.conf.options\";"},
                            {"etc/bind/named.conf.local", "zone \"a.example\" { type primary; };"},
                            {"etc/bind/named.conf.options", "options { recursion no; };"}});
    REQUIRE(got.all<Server>().size() == 1);
    CHECK(got.all<Server>()[0].iterates == false);
    CHECK(got.all<Zone>().size() == 1);
  }
  SECTION("without the file that includes them they are one server too") {
    const Ingested got = ingest(named_conf, {{"bind/named.conf.local", "zone \"a.example\" { type primary; };"},
                                             {"bind/named.conf.options", "options { recursion no; };"}});
    CHECK(got.all<Server>().size() == 1);
    CHECK(got.all<Zone>().size() == 1);
  }
  SECTION("a file that includes itself is said and ends") {
    const Ingested got = ingest(named_conf, {{"named.conf", "include \"named.conf\"; zone \"a.example\" { type primary; };"}});
    CHECK(errors(got) == 1);
    CHECK(got.all<Zone>().size() == 1);
  }
}

TEST_CASE("named.conf: durations", "[ingest][named-conf]") {
  struct Row {
    const char* text;
    std::optional<std::uint32_t> seconds;
  };
  const Row rows[] = {{"3600", 3600},
                      {"1h", 3600},
                      {"1d12h", 129600},
                      {"1W", 604800},
                      {"PT1H", 3600},
                      {"P1DT1M", 86460},
                      {"P1M", {}},
                      {"PT", {}},
                      {"", {}},
                      {"soon", {}},
                      {"h", {}},
                      {"PT5", {}},
                      {"99999999999", 0xffffffffu},
                      {"0", 0}};
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(named_duration(row.text) == row.seconds);
  }
}

TEST_CASE("named.conf: named-checkconf judges the same", "[ingest][named-conf][oracle]") {
  if (std::system("command -v named-checkconf >/dev/null 2>&1") != 0) {
    WARN("skipped: named-checkconf is not installed");
    return;
  }
  struct Row {
    const char* title;
    const char* text;
    bool good;
  };
  const Row rows[] = {
      {"good: one line", "options { forwarders { 192.0.2.1; 2001:db8::1 port 5353; }; forward only; };\n", true},
      {"good: comments of every kind", "# a\n// b\n/* c\n */ options { /* d */ recursion no; }; // e\n", true},
      {"good: durations", "options { max-cache-ttl 1d12h; max-stale-ttl PT36H; min-cache-ttl 30; };\n", true},
      {"good: zones",
       "zone \"a.example\" { type forward; forwarders { 192.0.2.1; }; };\nzone b.example { type static-stub; "
       "server-addresses { 192.0.2.2; }; };\n",
       true},
      {"good: a view", "acl in { 192.0.2.0/24; };\nview \"v\" { match-clients { in; any; }; recursion yes; };\n", true},
      {"bad: a brace is missing", "options { recursion no;\n", false},
      {"bad: a comment without its end", "options { recursion no; };\n/* x\n", false},
      {"bad: an open quote", "options { directory \"/tmp; };\n", false},
      {"bad: neither yes nor no", "options { recursion maybe; };\n", false},
      {"bad: a port past the last", "options { forwarders { 192.0.2.1 port 65536; }; };\n", false},
      {"bad: no duration", "options { max-cache-ttl soon; };\n", false},
      {"bad: no zone", "zone \"a..b\" { type primary; file \"x\"; };\n", false},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const ScratchFolder folder;
      folder.write("named.conf", row.text);
      const bool accepted = std::system(("named-checkconf " + folder.path("named.conf") + " >/dev/null 2>&1").c_str()) == 0;
      CHECK(accepted == row.good);
      CHECK((errors(ingest(named_conf, {{"named.conf", row.text}})) > 0) == !row.good);
    }
}

}  // namespace mainstay
