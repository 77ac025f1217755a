#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>

#include "tests/ingest/ingested.h"
#include "tests/ingest/source/scratch_folder.h"

namespace mainstay {
extern const Ingester dnsmasq_conf;

namespace {

/// "zone>upstreams" of each forward and "zone=source" of each local zone, sorted.
std::string shown(const Server& server) {
  std::vector<std::string> parts;
  for (const Forward& one : server.forwards) {
    std::string part = std::string(one.zone.host()) + ">";
    for (const Upstream& upstream : one.upstreams) {
      part += (part.ends_with('>') ? "" : ",") + (upstream.address ? upstream.address->text() : upstream.host + upstream.stub);
      if (upstream.port != 53) part += "#" + std::to_string(upstream.port);
    }
    parts.push_back(part);
  }
  for (const LocalZone& one : server.local_zones) parts.push_back(std::string(one.zone.host()) + "=" + one.source);
  std::ranges::sort(parts);
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : " ") + part;
  return out;
}

std::size_t errors(const Ingested& got) {
  return static_cast<std::size_t>(
      std::ranges::count_if(got.problems, [](const Diagnostic& one) { return one.severity == DiagnosticSeverity::error; }));
}

}  // namespace

TEST_CASE("dnsmasq.conf: whom it asks and what it answers itself", "[ingest][dnsmasq-conf]") {
  struct Row {
    const char* title;
    const char* text;
    const char* shown;
    std::size_t errors;
  };
  const Row rows[] = {
      {"servers of its own only", "no-resolv\nserver=192.0.2.1\nserver=192.0.2.2#5353\n", ".>192.0.2.1,192.0.2.2#5353", 0},
      {"and those of resolv.conf", "server=192.0.2.1\n", ".>192.0.2.1,host:hosts/a", 0},
      {"those of resolv.conf alone", "cache-size=150\n", ".>host:hosts/a", 0},
      {"several domains, one server", "no-resolv\nserver=/a.example/b.example/192.0.2.1\n", "a.example>192.0.2.1 b.example>192.0.2.1", 0},
      {"two lines add up", "no-resolv\nserver=/a.example/192.0.2.1\nserver=/a.example/192.0.2.2\n", "a.example>192.0.2.1,192.0.2.2", 0},
      {"a domain goes the usual way", "no-resolv\nserver=192.0.2.9\nserver=/a.example/#\n", ".>192.0.2.9 a.example>192.0.2.9", 0},
      {"names that it keeps to itself", "no-resolv\nlocal=/a.example/\naddress=/b.example/\naddress=/c.example/192.0.2.1\n",
       "a.example=file b.example=static c.example=redirect", 0},
      {"a server by its name", "no-resolv\nserver=dns.example\n", ".>dns.example", 0},
      {"an interface behind the address", "no-resolv\nserver=192.0.2.1@eth0\nserver=fe80::1%eth0\n", ".>192.0.2.1,fe80::1", 0},
      {"bad: no address and no name", "no-resolv\nserver=a..b\nserver=192.0.2.1\n", ".>192.0.2.1", 1},
      {"bad: no port", "no-resolv\nserver=192.0.2.1#0\nserver=192.0.2.2\n", ".>192.0.2.2", 1},
      {"bad: no domain", "no-resolv\nserver=/a..b/192.0.2.1\n", "", 1},
      {"bad: no number", "no-resolv\nmax-cache-ttl=soon\n", "", 1},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const Ingested got = ingest(dnsmasq_conf, {{"hosts/a/etc/dnsmasq.conf", row.text}, {"hosts/a/etc/resolv.conf", ""}});
      REQUIRE(got.all<Server>().size() == 1);
      const Server server = got.all<Server>()[0];
      CHECK(server.id == "server:hosts/a/dnsmasq");
      CHECK(shown(server) == row.shown);
      CHECK(errors(got) == row.errors);
    }
}

TEST_CASE("dnsmasq.conf: how long past its time an answer is given", "[ingest][dnsmasq-conf]") {
  struct Row {
    const char* line;
    std::optional<std::uint32_t> seconds;
  };
  const Row rows[] = {{"no-hosts\n", std::nullopt},
                      {"use-stale-cache\n", 86400},
                      {"use-stale-cache=3600\n", 3600},
                      {"use-stale-cache=0\n", 2147483647}};  // no limit, and not off
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.line) {
      const Ingested got = ingest(dnsmasq_conf, {{"hosts/gw/etc/dnsmasq.conf", std::string("server=10.9.9.1\n") + row.line}});
      REQUIRE(got.all<Server>().size() == 1);
      CHECK(got.all<Server>()[0].cache.serve_stale == row.seconds);
    }
  }
}

TEST_CASE("dnsmasq.conf: a DHCP server that answers no questions is no resolver", "[ingest][dnsmasq-conf]") {
  CHECK(ingest(dnsmasq_conf, {{"etc/dnsmasq.conf", "port=0\ndhcp-range=192.0.2.10,192.0.2.20\n"}}).all<Server>().empty());
}

TEST_CASE("dnsmasq.conf: dnsmasq itself judges the same", "[ingest][dnsmasq-conf][oracle]") {
  if (std::system("command -v dnsmasq >/dev/null 2>&1") != 0) {
    WARN("skipped: dnsmasq is not installed");
    return;
  }
  struct Row {
    const char* text;
    bool good;
  };
  const Row rows[] = {{"server=192.0.2.1\nserver=/a.example/192.0.2.2#5353\n", true},
                      {"no-resolv\nstrict-order\nall-servers\n", true},
                      {"local=/a.example/\naddress=/b.example/\naddress=/c.example/192.0.2.1\n", true},
                      {"server=192.0.2.1#x\n", false},
                      {"max-cache-ttl=soon\n", false},
                      {"listen-address=nowhere\n", false}};
  for (const Row& row : rows) {
    INFO(row.text);
    const ScratchFolder folder;
    folder.write("dnsmasq.conf", row.text);
    const bool accepted = std::system(("dnsmasq --test -C " + folder.path("dnsmasq.conf") + " >/dev/null 2>&1").c_str()) == 0;
    CHECK(accepted == row.good);
    CHECK((errors(ingest(dnsmasq_conf, {{"dnsmasq.conf", row.text}})) > 0) == !row.good);
  }
}

}  // namespace mainstay
