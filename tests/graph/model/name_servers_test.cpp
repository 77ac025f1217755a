// What a zone needs of its name servers: who knows their addresses, and what those addresses share.
#include <algorithm>
#include <catch2/catch.hpp>

#include "graph/model/requirements.h"

namespace mainstay {
namespace {

DomainName name(std::string_view text) { return *DomainName::parse(text); }
IpAddress address(std::string_view text) { return *IpAddress::parse(text); }
Reasons somewhere() { return {Evidence::declared({.file = "zones", .line = 1})}; }

Record record(const char* zone, const char* owner, const char* type, const char* data) {
  return {.owner = owner, .type = type, .data = data, .zone = zone, .reasons = somewhere()};
}

Zone zone(const char* apex, bool complete = true) { return {.apex = name(apex), .complete = complete, .reasons = somewhere()}; }

Delegation cut(const char* child, const char* server, std::vector<Glue> glue = {}) {
  return {.child = name(child), .parent = name("corp.example"), .name_servers = {name(server)}, .glue = glue, .reasons = somewhere()};
}

/// A workload that needs a name in pay.corp.example or shop.example, found by iteration.
RequirementGraph graph_of(std::vector<Fact> facts, const char* host) {
  facts.emplace_back(Workload{.id = "process:app", .name = "app", .reasons = somewhere()});
  facts.emplace_back(Use{.workload = "process:app", .host = host, .role = Role::oidc_issuer, .reasons = somewhere()});
  const Catalogue catalogue;
  const Estate estate = Estate::build(std::move(facts));
  Resolution resolution(estate, catalogue);
  return build_requirements(resolution).graph;
}

/// How sure it is that an address must be looked up; nothing when it need not be.
std::optional<Confidence> looked_up(const RequirementGraph& graph, std::string_view node) {
  const std::optional<NodeId> found = graph.find(NodeKind::address, node);
  if (!found) return std::nullopt;
  for (const Group& group : graph.groups(*found)) {
    for (const Member& member : graph.members(group)) {
      if (graph.node(member.node).kind != NodeKind::iteration) continue;
      return graph.reason(member).empty() ? Confidence::declared : strongest(graph.reason(member));
    }
  }
  return std::nullopt;
}

}  // namespace

TEST_CASE("name servers: an address is looked up where no referral can tell it", "[graph][requirements][name-servers]") {
  struct Row {
    const char* title;
    std::vector<Fact> facts;
    const char* host;
    const char* node;
    std::optional<Confidence> wanted;
  };
  const Zone parent = zone("corp.example"), child = zone("pay.corp.example");
  const Record own = record("corp.example.", "corp.example.", "NS", "ns1.corp.example.");
  const Record inside = record("pay.corp.example.", "ns1.pay.corp.example.", "A", "192.0.2.1");
  const Row rows[] = {
      {"inside its own zone, the parent unknown: a parent has that glue",
       {child, record("pay.corp.example.", "pay.corp.example.", "NS", "ns1.pay.corp.example."), inside},
       "login.pay.corp.example",
       "ns1.pay.corp.example for pay.corp.example",
       std::nullopt},
      {"inside its own zone, the whole parent known and without glue",
       {parent, own, child, cut("pay.corp.example", "ns1.pay.corp.example"), inside},
       "login.pay.corp.example",
       "ns1.pay.corp.example for pay.corp.example",
       Confidence::declared},
      {"the same with glue",
       {parent, own, child, cut("pay.corp.example", "ns1.pay.corp.example", {{name("ns1.pay.corp.example"), address("192.0.2.1")}})},
       "login.pay.corp.example",
       "ns1.pay.corp.example for pay.corp.example",
       std::nullopt},
      {"the same without glue, but the parent is known in parts only",
       {zone("corp.example", false), own, child, cut("pay.corp.example", "ns1.pay.corp.example"), inside},
       "login.pay.corp.example",
       "ns1.pay.corp.example for pay.corp.example",
       std::nullopt},
      {"the same without glue, but the address is that of a server of the parent",
       {parent, own, record("corp.example.", "ns1.corp.example.", "A", "192.0.2.1"), child, cut("pay.corp.example", "ns1.pay.corp.example"),
        inside},
       "login.pay.corp.example",
       "ns1.pay.corp.example for pay.corp.example",
       std::nullopt},
      {"in a sibling, the parent known in parts only: it may have the address",
       {zone("corp.example", false), own, child, cut("pay.corp.example", "ns1.ops.corp.example")},
       "login.pay.corp.example",
       "ns1.ops.corp.example for pay.corp.example",
       Confidence::assumed},
      {"in a sibling, the whole parent known: it has none",
       {parent, own, child, cut("pay.corp.example", "ns1.ops.corp.example")},
       "login.pay.corp.example",
       "ns1.ops.corp.example for pay.corp.example",
       Confidence::declared},
      {"in a domain of the same registry: it may have the address",
       {zone("shop.com"), record("shop.com.", "shop.com.", "NS", "ns1.other.com.")},
       "login.shop.com",
       "ns1.other.com for shop.com",
       Confidence::assumed},
      {"in a domain of another registry: no referral carries the address",
       {zone("shop.com"), record("shop.com.", "shop.com.", "NS", "ns1.other.org.")},
       "login.shop.com",
       "ns1.other.org for shop.com",
       Confidence::declared},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const RequirementGraph graph = graph_of(row.facts, row.host);
      REQUIRE(graph.find(NodeKind::zone, row.host + 6));
      CHECK(looked_up(graph, row.node) == row.wanted);
    }
  }
}

TEST_CASE("name servers: the order of zones decides nothing", "[graph][requirements][name-servers]") {
  // One host serves the zone that it is in and another one; looked up for the other zone, it must not wait for itself.
  const RequirementGraph graph = graph_of({zone("corp.example"), record("corp.example.", "corp.example.", "NS", "ns1.corp.example."),
                                           record("corp.example.", "ns1.corp.example.", "A", "192.0.2.1"), zone("shop.example"),
                                           record("shop.example.", "shop.example.", "NS", "ns1.corp.example.")},
                                          "login.shop.example");
  const std::optional<NodeId> server = graph.find(NodeKind::name_server, "ns1.corp.example");
  REQUIRE(server);
  for (const Group& group : graph.groups(*server)) {
    for (const Member& member : graph.members(group)) CHECK(graph.node(member.node).kind == NodeKind::address);
  }
  CHECK(looked_up(graph, "ns1.corp.example for shop.example"));
  CHECK_FALSE(looked_up(graph, "ns1.corp.example for corp.example"));
}

TEST_CASE("name servers: what an address shares", "[graph][requirements][name-servers]") {
  struct Row {
    const char* title;
    const char* address;
    const char* type;
    const char* prefix;  // none: ""
  };
  const Row rows[] = {{"a public IPv4 address", "192.0.2.200", "A", "192.0.2.0/24"},
                      {"a public IPv6 address", "2001:db8:1:2::3", "AAAA", "2001:db8:1::/48"},
                      {"a private IPv4 address", "10.1.2.3", "A", ""},
                      {"an address of shared address space", "100.64.0.1", "A", ""},
                      {"a unique local IPv6 address", "fd00:1::3", "AAAA", ""}};
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      const RequirementGraph graph = graph_of({zone("corp.example"), record("corp.example.", "corp.example.", "NS", "ns1.corp.example."),
                                               record("corp.example.", "ns1.corp.example.", row.type, row.address)},
                                              "login.corp.example");
      REQUIRE(graph.find(NodeKind::address, row.address));
      const auto [first, last] = graph.of_kind(NodeKind::prefix);
      if (*row.prefix == '\0') {
        CHECK(first == last);
      } else {
        CHECK(graph.find(NodeKind::prefix, row.prefix));
      }
    }
  }
}

}  // namespace mainstay
