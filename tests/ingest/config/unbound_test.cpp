#include <catch2/catch.hpp>

#include <algorithm>

#include "tests/ingest/ingested.h"

namespace mainstay {
extern const Ingester unbound;

namespace {

using Files = std::map<std::string, std::string, std::less<>>;

Ingested read(std::string text) {
  return ingest(unbound, {{"hosts/dns/etc/resolv.conf", ""}, {"hosts/dns/etc/unbound/unbound.conf", std::move(text)}});
}

Server only_server(const Ingested& got) {
  REQUIRE(got.all<Server>().size() == 1);
  return got.all<Server>()[0];
}

}  // namespace

TEST_CASE("unbound: upstreams with port and TLS name", "[ingest][unbound]") {
  struct Row {
    const char* title;
    const char* option;
    const char* address;
    const char* host;
    int port;
    const char* tls_name;
    std::size_t problems;
  };
  const Row rows[] = {
      {"plain", "forward-addr: 192.0.2.1", "192.0.2.1", "", 53, "", 0},
      {"port", "forward-addr: 192.0.2.1@5353", "192.0.2.1", "", 5353, "", 0},
      {"port and name", "forward-addr: 192.0.2.1@853#dns.example", "192.0.2.1", "", 853, "dns.example", 0},
      {"a name alone means port 853", "forward-addr: 2001:db8::1#dns.example", "2001:db8::1", "", 853, "dns.example", 0},
      {"quoted", "forward-addr: \"192.0.2.1@5353\"", "192.0.2.1", "", 5353, "", 0},
      {"value on the next line", "forward-addr:\n    192.0.2.1", "192.0.2.1", "", 53, "", 0},
      {"no blank behind the colon", "forward-addr:192.0.2.1", "192.0.2.1", "", 53, "", 0},
      {"host", "forward-host: DNS.example@5353", "", "dns.example", 5353, "", 0},
      {"bad: a host as address", "forward-addr: dns.example", "", "", 0, "", 1},
      {"bad: port 0", "forward-addr: 192.0.2.1@0", "", "", 0, "", 1},
      {"bad: port 70000", "forward-addr: 192.0.2.1@70000", "", "", 0, "", 1},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = read("forward-zone:\n name: x.example\n" + std::string(row.option) + "\nforward-addr: 192.0.2.9\n");
      const Server server = only_server(got);
      REQUIRE(server.forwards.size() == 1);
      CHECK(got.problems.size() == row.problems);
      REQUIRE(server.forwards[0].upstreams.size() == (row.port == 0 ? 1 : 2));
      if (row.port == 0) continue;
      const Upstream& upstream = server.forwards[0].upstreams[0];
      CHECK((upstream.address ? upstream.address->text() : "") == row.address);
      CHECK(upstream.host == row.host);
      CHECK(upstream.port == row.port);
      CHECK(upstream.tls_name == row.tls_name);
    }
}

TEST_CASE("unbound: what a server does follows from its clauses", "[ingest][unbound]") {
  struct Row {
    const char* title;
    const char* text;
    bool iterates;
    std::optional<bool> validates;
    std::optional<std::uint32_t> serve_stale;
  };
  const Row rows[] = {
      {"nothing said: iterates", "server:\n", true, {}, {}},
      {"the root is forwarded", "forward-zone: name: . forward-addr: 192.0.2.1\n", false, {}, {}},
      {"the root is forwarded first", "forward-zone: name: . forward-addr: 192.0.2.1 forward-first: yes\n", true, {}, {}},
      {"one domain is forwarded", "forward-zone: name: a.example forward-addr: 192.0.2.1\n", true, {}, {}},
      {"a stub-zone for the root", "stub-zone: name: . stub-addr: 192.0.2.1\n", true, {}, {}},
      {"validator in the modules", "server: module-config: \"validator iterator\"\n", true, true, {}},
      {"no validator in the modules", "server: module-config: \"iterator\"\n", true, false, {}},
      {"permissive mode does not refuse bogus answers",
       "server: module-config: \"validator iterator\" val-permissive-mode: yes\n",
       true,
       false,
       {}},
      {"stale answers without limit", "server: serve-expired: yes\n", true, {}, Ttl::kMax},
      {"stale answers for an hour", "server: serve-expired: yes serve-expired-ttl: 3600\n", true, {}, 3600},
      {"no stale answers", "server: serve-expired: no serve-expired-ttl: 3600\n", true, {}, 0},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = read(row.text);
      const Server server = only_server(got);
      CHECK(server.iterates == row.iterates);
      CHECK(server.validates == row.validates);
      CHECK(server.cache.serve_stale == row.serve_stale);
      CHECK(got.problems.empty());
    }
}

TEST_CASE("unbound: a loopback upstream is never asked unless that is allowed", "[ingest][unbound]") {
  const std::string zone = "forward-zone: name: . forward-addr: 127.0.0.1@5301 forward-addr: 192.0.2.1\n";
  CHECK_FALSE(only_server(read(zone)).forwards[0].upstreams[0].asked);
  CHECK(only_server(read(zone)).forwards[0].upstreams[1].asked);
  CHECK(only_server(read(zone + "server: do-not-query-localhost: no\n")).forwards[0].upstreams[0].asked);
}

TEST_CASE("unbound: includes stay in the host's file system and come once", "[ingest][unbound]") {
  Files files{{"hosts/dns/etc/resolv.conf", ""},
              {"hosts/dns/etc/unbound/unbound.conf", "server: interface: 192.0.2.53\ninclude: \"/etc/unbound/unbound.conf.d/*.conf\"\n"},
              {"hosts/dns/etc/unbound/unbound.conf.d/a.conf", "forward-zone: name: . forward-addr: 192.0.2.1\n"},
              {"hosts/dns/etc/unbound/unbound.conf.d/b.conf", "include: /etc/unbound/unbound.conf\n"},
              {"hosts/other/etc/unbound/unbound.conf.d/a.conf", "forward-zone: name: . forward-addr: 192.0.2.9\n"}};
  const Ingested got = ingest(unbound, files);
  REQUIRE(got.all<Server>().size() == 2);
  const Server server = got.all<Server>()[1];
  CHECK(server.id == "server:hosts/dns/unbound");
  REQUIRE(server.forwards.size() == 1);
  CHECK(server.forwards[0].reasons[0].place.file == "hosts/dns/etc/unbound/unbound.conf.d/a.conf");
  REQUIRE(got.problems.size() == 1);
  CHECK(got.problems[0].message == "the file includes itself");
}

TEST_CASE("unbound: local data is seen through this server only", "[ingest][unbound]") {
  const Ingested got = read(
      "server: local-zone: idp.corp.example static\nlocal-data: 'idp.corp.example 60 A 10.9.40.10'\n"
      "local-data: 'www.corp.example A 10.9.40.11'\nlocal-data-ptr: '10.9.40.10 60 idp.corp.example'\nlocal-data-ptr: '2001:db8::1 "
      "x.example'\n");
  CHECK(got.problems.empty());
  const std::vector<Record> records = got.all<Record>();
  REQUIRE(records.size() == 4);
  CHECK(records[0].zone == "idp.corp.example.");
  CHECK(records[1].zone == "www.corp.example.");
  CHECK(records[1].ttl->seconds() == 3600);
  CHECK(records[2].owner == Text("10.40.9.10.in-addr.arpa."));
  CHECK(records[3].owner == Text("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa."));
  for (const Record& record : records) CHECK(record.view == "server:hosts/dns/unbound");
  const std::vector<LocalZone> zones = only_server(got).local_zones;
  const auto idp = std::ranges::find(zones, *DomainName::parse("idp.corp.example"), &LocalZone::zone);
  REQUIRE(idp != zones.end());
  CHECK(idp->answers_all);
}

TEST_CASE("unbound: bad input is reported where it stands, and the rest is read", "[ingest][unbound]") {
  struct Row {
    const char* title;
    const char* text;
    std::uint32_t line, column;
  };
  const Row rows[] = {
      {"option outside a clause", "interface: 192.0.2.1\n", 1, 1},
      {"missing value", "server:\n port:\n verbosity: 1\n", 2, 2},
      {"open quote", "server:\n directory: \"/etc\n", 2, 13},
      {"words without an option", "server:\nhello world\n", 2, 1},
      {"forward-zone without a name", "forward-zone:\n forward-addr: 192.0.2.1\n", 1, 1},
      {"include of nothing", "include: nothing.conf\n", 1, 10},
      {"name too long",
       "forward-zone:\n name: aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.example\n name: x.example\n forward-addr: "
       "192.0.2.1\n",
       2, 8},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = read(std::string(row.text) + "server:\n interface: 192.0.2.53\n");
      REQUIRE(got.problems.size() == 1);
      CHECK(got.problems[0].where.line == row.line);
      CHECK(got.problems[0].where.column == row.column);
      CHECK(only_server(got).addresses.at(0).text() == "192.0.2.53");
    }
}

TEST_CASE("unbound: which files are claimed", "[ingest][unbound]") {
  CHECK(unbound.claims("etc/unbound/unbound.conf", "") == Claim::by_name);
  CHECK(unbound.claims("etc/unbound/unbound.conf.d/forward.conf", "") == Claim::by_name);
  CHECK(unbound.claims("dns/resolver.conf", "server:\n\nforward-zone:\n") == Claim::by_content);
  CHECK(unbound.claims("etc/nsd/nsd.conf", "server:\nzone:\n  name: a\n") == Claim::no);
  CHECK(unbound.claims("etc/app.conf", "# not a forward-zone: here\n") == Claim::no);
}

}  // namespace mainstay
