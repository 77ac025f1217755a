#include <string>

#include <catch2/catch.hpp>

#include "tests/ingest/ingested.h"

namespace mainstay {

extern const Ingester coredns;

namespace {

std::string printed(const Upstream& upstream) {
  if (upstream.address)
    return upstream.address->text() + (upstream.port == 53 ? "" : ":" + std::to_string(upstream.port)) +
           (upstream.tls_name.empty() ? "" : "%" + upstream.tls_name);
  if (!upstream.stub.empty()) return "stub " + upstream.stub;
  if (!upstream.server.empty()) return "server " + upstream.server;
  return upstream.host + (upstream.port == 53 ? "" : ":" + std::to_string(upstream.port));
}

std::string printed(const Server& server) {
  std::string out = server.id + ":";
  for (const Forward& forward : server.forwards) {
    out += " " + forward.zone.text() + (forward.choice == Choice::random ? "?>" : ">");
    for (const Upstream& upstream : forward.upstreams) out += " " + printed(upstream);
  }
  for (const LocalZone& zone : server.local_zones) out += " " + zone.zone.text() + (zone.answers_all ? "=" : "~") + zone.source;
  return out;
}

std::string printed(const Ingested& got) {
  std::string out;
  for (const Server& server : got.all<Server>()) out += printed(server) + "\n";
  return out;
}

std::string messages(const Ingested& got) {
  std::string out;
  for (const Diagnostic& one : got.problems)
    out += std::to_string(one.where.line) + ":" + std::to_string(one.where.column) + " " + one.message + "\n";
  return out;
}

}  // namespace

TEST_CASE("coredns: server blocks become servers, forwards and local zones", "[ingest][coredns]") {
  struct Row {
    const char* title;
    const char* text;
    const char* servers;
    const char* messages;
  };
  const Row rows[] = {
      {"forwards to addresses in random order", ".:53 {\n forward . 10.9.1.53 10.9.2.53:5353\n}\n",
       "server:./coredns: .?> 10.9.1.53 10.9.2.53:5353\n", ""},
      {"in the order written", ". {\n forward . 10.9.1.53 10.9.2.53 {\n  policy sequential\n }\n}\n",
       "server:./coredns: .> 10.9.1.53 10.9.2.53\n", ""},
      {"over TLS", ". {\n forward . tls://9.9.9.9 tls://1.1.1.1%one.example {\n  tls_servername dns.example\n }\n}\n",
       "server:./coredns: .?> 9.9.9.9:853%dns.example 1.1.1.1:853%one.example\n", ""},
      {"to the machine's own resolvers", ". {\n forward . /etc/resolv.conf\n}\n", "server:./coredns: .?> stub repository:.\n", ""},
      {"to a name", ". {\n forward . dns.corp.example:54\n}\n", "server:./coredns: .?> dns.corp.example:54\n", ""},
      {"a zone of its own, and IPv6", "corp.example internal.example:53 {\n forward . [2001:db8::53]:54\n}\n",
       "server:./coredns: corp.example.?> 2001:db8::53:54 internal.example.?> 2001:db8::53:54\n", ""},
      {"a directive narrower than its block", ". {\n forward corp.example 10.9.1.53\n}\n", "server:./coredns: corp.example.?> 10.9.1.53\n",
       ""},
      {"what is excepted is asked of nobody", ". {\n forward . 10.9.1.53 {\n  except internal.example\n }\n}\n",
       "server:./coredns: .?> 10.9.1.53 internal.example.>\n", ""},
      {"kubernetes answers all, but what falls through",
       ". {\n kubernetes cluster.local in-addr.arpa {\n  fallthrough in-addr.arpa\n }\n}\n",
       "server:./coredns: cluster.local.=kubernetes in-addr.arpa.~kubernetes\n", ""},
      {"two ports are two servers", ".:53 {\n forward . 10.9.1.53\n}\ntls://.:853 {\n forward . 10.9.2.53\n}\n",
       "server:./coredns: .?> 10.9.1.53\nserver:./coredns:853: .?> 10.9.2.53\n", ""},
      {"snippets", "(up) {\n forward . 10.9.1.53\n}\n. {\n import up\n}\n", "server:./coredns: .?> 10.9.1.53\n", ""},
      {"no braces", ".:53\nforward . 10.9.1.53\n", "server:./coredns: .?> 10.9.1.53\n", ""},
      {"a reverse zone", "10.9.0.0/16 {\n forward . 10.9.1.53\n}\n", "server:./coredns: 9.10.in-addr.arpa.?> 10.9.1.53\n", ""},
      {"bad: an upstream that is set elsewhere", ". {\n forward . {$UP} 10.9.1.53\n}\n", "server:./coredns: .?> 10.9.1.53\n",
       "2:12 the upstream {$UP} is not known\n"},
      {"bad: no upstream", ". {\n forward .\n}\n", "server:./coredns:\n", "2:2 forward needs a domain and at least one upstream\n"},
      {"bad: an unknown plugin is noted once", ". {\n fanout . x\n}\na {\n fanout . y\n}\n", "server:./coredns:\n",
       "2:2 the plugin \"fanout\" is not known\n"},
      {"bad: a snippet that imports itself", "(a) {\n import a\n}\n. {\n import a\n}\n", "server:./coredns:\n",
       "2:2 imports are nested deeper than 8 levels or are more than 1000\n"},
      {"bad: never closed", ". {\n forward . 10.9.1.53\n", "server:./coredns: .?> 10.9.1.53\n", "1:3 this brace is never closed\n"},
      {"an empty file", "", "", ""},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(coredns, {{"Corefile", row.text}});
      CHECK(printed(got) == row.servers);
      CHECK(messages(got) == row.messages);
    }
  }
}

TEST_CASE("coredns: a host's Corefile forwards to that host's stub", "[ingest][coredns]") {
  const Ingested got =
      ingest(coredns, {{"hosts/dns-a/etc/resolv.conf", ""}, {"hosts/dns-a/etc/coredns/Corefile", ". {\n forward . /etc/resolv.conf\n}\n"}});
  CHECK(printed(got) == "server:hosts/dns-a/coredns: .?> stub host:hosts/dns-a\n");
}

TEST_CASE("coredns: inline hosts are records that only this server answers", "[ingest][coredns]") {
  const Ingested got = ingest(coredns, {{"Corefile", ". {\n hosts {\n  10.9.30.40 vault.corp.example\n  ttl 60\n  fallthrough\n }\n}\n"}});
  REQUIRE(got.all<Record>().size() == 1);
  const Record record = got.all<Record>().front();
  CHECK(record.owner.display() == "vault.corp.example");
  CHECK(record.data.display() == "10.9.30.40");
  CHECK(record.ttl->seconds() == 60);
  CHECK(record.view == "server:./coredns");
  CHECK(record.reasons.at(0).place.line == 3);
}

TEST_CASE("coredns: files, caches and addresses", "[ingest][coredns]") {
  const Ingested got = ingest(
      coredns, {{"Corefile", "corp.example {\n bind 10.9.1.53\n file corp.example.zone\n cache 30 {\n  serve_stale 2h30m\n }\n}\n"}});
  const Server server = got.all<Server>().at(0);
  CHECK(server.addresses.at(0).text() == "10.9.1.53");
  CHECK(server.cache.serve_stale == 9000);
  CHECK(server.cache.max_ttl == 30);
  CHECK(got.all<Zone>().at(0).apex.text() == "corp.example.");
  CHECK(got.all<Zone>().at(0).served_by.at(0) == server.id);
}

TEST_CASE("coredns: imported files are read beside the Corefile", "[ingest][coredns]") {
  const Ingested got = ingest(coredns, {{"dns/Corefile", ". {\n import conf.d/*.conf\n}\n"},
                                        {"dns/conf.d/a.conf", "forward . 10.9.1.53\n"},
                                        {"dns/conf.d/b.txt", "forward . 10.9.2.53\n"}});
  CHECK(printed(got) == "server:./coredns: .?> 10.9.1.53\n");
  CHECK(got.all<Server>().at(0).forwards.at(0).reasons.at(0).place.file == "dns/conf.d/a.conf");
}

}  // namespace mainstay
