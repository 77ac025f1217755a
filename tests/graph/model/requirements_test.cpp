#include "graph/model/requirements.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

namespace mainstay {
namespace {

IpAddress address(std::string_view text) { return *IpAddress::parse(text); }
DomainName name(std::string_view text) { return *DomainName::parse(text); }
Reasons at(const char* file, std::uint32_t line) { return {Evidence::declared({.file = file, .line = line})}; }

Record record(const char* owner, const char* type, const char* data, std::uint32_t line) {
  return {.owner = owner, .type = type, .data = data, .zone = "corp.example.", .reasons = at("corp.example.zone", line)};
}

Server forwarding(const char* id, const char* listens, const char* upstream, std::uint32_t line) {
  Forward forward{.zone = DomainName::root(), .upstreams = {{.address = address(upstream), .reasons = at("unbound.conf", line)}}};
  return {.id = id, .software = "unbound", .addresses = {address(listens)}, .forwards = {forward}, .reasons = at("unbound.conf", 1)};
}

/// The worked example of docs/design.md: two resolvers with one upstream, a zone with two name servers in one prefix.
std::vector<Fact> worked_example() {
  Stub stub{.scope = "host:app", .reasons = at("etc/resolv.conf", 1)};
  stub.servers = {{.address = address("10.9.1.53"), .reasons = at("etc/resolv.conf", 1)},
                  {.address = address("10.9.2.53"), .reasons = at("etc/resolv.conf", 2)}};
  return {
      Scope{.id = "host:app", .kind = ScopeKind::host, .name = "app"},
      Workload{.id = "process:app", .name = "app", .scope = "host:app", .reasons = at(".env", 1)},
      Use{.workload = "process:app",
          .host = "vault.corp.example",
          .role = Role::secret_store,
          .key = "VAULT_ADDR",
          .reasons = at(".env", 1)},
      stub,
      forwarding("server:a/unbound", "10.9.1.53", "10.9.9.1", 5),
      forwarding("server:b/unbound", "10.9.2.53", "10.9.9.1", 6),
      Zone{.apex = name("corp.example"), .complete = true, .reasons = at("corp.example.zone", 1)},
      record("corp.example.", "NS", "ns1.corp.example.", 2),
      record("corp.example.", "NS", "ns2.corp.example.", 3),
      record("ns1.corp.example.", "A", "192.0.2.1", 4),
      record("ns2.corp.example.", "A", "192.0.2.2", 5),
      record("vault.corp.example.", "A", "10.9.30.40", 6),
  };
}

struct Built {
  explicit Built(std::vector<Fact> facts)
      : estate(Estate::build(std::move(facts))), resolution(estate, catalogue), all(build_requirements(resolution)) {}
  Catalogue catalogue;
  Estate estate;
  Resolution resolution;
  Requirements all;

  NodeId node(NodeKind kind, std::string_view wanted) const {
    const std::optional<NodeId> found = all.graph.find(kind, wanted);
    INFO(word(kind) << " " << wanted);
    REQUIRE(found);
    return *found;
  }

  /// Names of all nodes below a node, steps of reasoning left out.
  std::set<std::string> components_below(NodeId from) const {
    std::set<std::string> names;
    std::set<NodeId> seen{from};
    std::vector<NodeId> open{from};
    while (!open.empty()) {
      const NodeId at = open.back();
      open.pop_back();
      if (all.graph.node(at).failure != Failure::derived) names.insert(all.graph.node(at).name);
      for (const Group& group : all.graph.groups(at)) {
        for (const Member& member : all.graph.members(group)) {
          if (seen.insert(member.node).second) open.push_back(member.node);
        }
      }
    }
    return names;
  }
};

}  // namespace

TEST_CASE("requirements: the worked example of two resolvers with one upstream", "[graph][requirements]") {
  const Built built(worked_example());
  const RequirementGraph& graph = built.all.graph;
  const NodeId goal = built.node(NodeKind::workload, "process:app");
  CHECK(built.components_below(goal) == std::set<std::string>{"vault.corp.example", "server:a/unbound", "server:b/unbound",
                                                              "server:10.9.9.1", "ns1.corp.example", "ns2.corp.example", "192.0.2.1",
                                                              "192.0.2.2", "192.0.2.0/24", "corp.example", "example and the root"});
  SECTION("the lookup has two alternatives in the order of the file, each with its line") {
    const NodeId lookup = built.node(NodeKind::lookup, "vault.corp.example@host:app");
    REQUIRE(graph.groups(lookup).size() == 2);
    const Group& questions = graph.groups(lookup)[1];
    CHECK(questions.needed == 1);
    REQUIRE(questions.count == 2);
    CHECK(graph.node(graph.members(questions)[0].node).name == "vault.corp.example@server:a/unbound");
    CHECK(graph.reason(graph.members(questions)[1])[0].place.line == 2);
  }
  SECTION("the upstream that nothing describes is owned by the lines that name it, and what it does is assumed") {
    CHECK(graph.node(built.node(NodeKind::resolver, "server:10.9.9.1")).reasons.size() == 2);
    const NodeId question = built.node(NodeKind::question, "vault.corp.example@server:10.9.9.1");
    Confidence weakest = Confidence::declared;
    for (const Group& group : graph.groups(question)) {
      for (const Member& member : graph.members(group)) {
        if (!graph.reason(member).empty()) weakest = std::min(weakest, strongest(graph.reason(member)));
      }
    }
    CHECK(weakest == Confidence::assumed);
  }
  SECTION("nothing is undecided") { CHECK(built.all.undecided.empty()); }
}

TEST_CASE("requirements: the same facts in any order give the same graph", "[graph][requirements]") {
  std::vector<Fact> facts = worked_example();
  std::vector<std::string> first;
  for (int turn = 0; turn < 5; ++turn) {
    std::rotate(facts.begin(), facts.begin() + 3, facts.end());
    const Built built(facts);
    std::vector<std::string> nodes;
    for (std::uint32_t node = 0; node < built.all.graph.size(); ++node) {
      std::string line = built.all.graph.node(NodeId(node)).name;
      for (const Group& group : built.all.graph.groups(NodeId(node))) {
        line += " " + std::to_string(group.needed) + ":";
        for (const Member& member : built.all.graph.members(group)) line += " " + std::to_string(index(member.node));
      }
      nodes.push_back(line);
    }
    if (turn == 0) first = nodes;
    CHECK(nodes == first);
  }
}

TEST_CASE("requirements: names that cannot be answered", "[graph][requirements]") {
  struct Row {
    const char* title;
    std::vector<Fact> more;
    const char* question;
    bool never;  // the question has a group that nothing can satisfy
  };
  const Row rows[] = {
      {"a static local zone without the name denies it",
       {Server{.id = "server:a/unbound",
               .local_zones = {{.zone = name("corp.example"), .source = "static", .reasons = at("unbound.conf", 9)}}}},
       "vault.corp.example@server:a/unbound",
       true},
      {"a transparent local zone lets the question through",
       {Server{.id = "server:a/unbound",
               .local_zones =
                   {{.zone = name("corp.example"), .answers_all = false, .source = "transparent", .reasons = at("unbound.conf", 9)}}}},
       "vault.corp.example@server:a/unbound",
       false},
      {"aliases that come back to themselves never end",
       {Use{.workload = "process:app", .host = "loop.corp.example", .role = Role::jwks, .reasons = at(".env", 2)},
        record("loop.corp.example.", "CNAME", "pool.corp.example.", 7), record("pool.corp.example.", "CNAME", "loop.corp.example.", 8)},
       "loop.corp.example@server:10.9.9.1",
       true},
      {"an alias to a name that exists is followed",
       {Use{.workload = "process:app", .host = "login.corp.example", .role = Role::jwks, .reasons = at(".env", 2)},
        record("login.corp.example.", "CNAME", "vault.corp.example.", 7)},
       "login.corp.example@server:10.9.9.1",
       false},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.title) {
      std::vector<Fact> facts = worked_example();
      facts.insert(facts.end(), row.more.begin(), row.more.end());
      const Built built(std::move(facts));
      const NodeId question = built.node(NodeKind::question, row.question);
      bool never = false;
      for (const Group& group : built.all.graph.groups(question)) never = never || group.needed > group.count;
      CHECK(never == row.never);
    }
  }
}

TEST_CASE("requirements: a workload without a known resolver still needs the zone, and is counted", "[graph][requirements]") {
  const Built built({Workload{.id = "function:f", .name = "f", .reasons = at("main.tf", 1)},
                     Use{.workload = "function:f", .host = "acme.okta.com", .role = Role::oidc_issuer, .reasons = at("main.tf", 3)}});
  CHECK(built.components_below(built.node(NodeKind::workload, "function:f")) ==
        std::set<std::string>{"acme.okta.com", "okta.com", "com and the root"});
  REQUIRE(built.all.undecided.size() == 1);
  CHECK(built.all.undecided[0].what == "resolver");
  CHECK(built.all.undecided[0].count == 1);
}

TEST_CASE("requirements: what is not known is counted once, however many names ask for it", "[graph][requirements]") {
  const Server forwarder{.id = "server:dns",
                         .scope = "host:app",
                         .roles = {ServerRole::forwarder},
                         .forwards = {{.zone = DomainName::root(), .upstreams = {{.stub = "nodes:prod", .reasons = at("Corefile", 2)}}}},
                         .iterates = false,
                         .reasons = at("Corefile", 1)};
  const Built built({Workload{.id = "function:f", .name = "f", .scope = "host:app", .reasons = at("main.tf", 1)},
                     Stub{.scope = "host:app", .servers = {{.server = "server:dns"}}, .reasons = at("resolv.conf", 1)}, forwarder,
                     Use{.workload = "function:f", .host = "acme.okta.com", .role = Role::oidc_issuer, .reasons = at("main.tf", 3)},
                     Use{.workload = "function:f", .host = "vault.corp.example", .role = Role::secret_store, .reasons = at("main.tf", 4)}});
  REQUIRE(built.all.undecided.size() == 1);
  CHECK(built.all.undecided[0].count == 1);
  CHECK(built.all.undecided[0].examples.size() == 1);
}

TEST_CASE("requirements: a host name with an unknown part keeps its zone", "[graph][requirements]") {
  Text host;
  host.append(Hole{.name = "var.env", .pattern = ""});
  host.append(".corp.example");
  std::vector<Fact> facts = worked_example();
  facts.push_back(Use{.workload = "process:app", .host = host, .role = Role::jwks, .reasons = at(".env", 2)});
  const Built built(std::move(facts));
  const std::set<std::string> below = built.components_below(built.node(NodeKind::lookup, "${var.env}.corp.example@host:app"));
  CHECK(below.contains("ns1.corp.example"));
  CHECK(below.contains("server:10.9.9.1"));
}

TEST_CASE("requirements: two servers that forward to each other are a cycle, not a crash", "[graph][requirements]") {
  std::vector<Fact> facts = worked_example();
  for (Fact& fact : facts) {
    if (Server* server = std::get_if<Server>(&fact)) {
      server->forwards[0].upstreams[0].address = address(server->id == "server:a/unbound" ? "10.9.2.53" : "10.9.1.53");
    }
  }
  const Built built(std::move(facts));
  CHECK(built.components_below(built.node(NodeKind::workload, "process:app")) ==
        std::set<std::string>{"vault.corp.example", "server:a/unbound", "server:b/unbound"});
}

}  // namespace mainstay
