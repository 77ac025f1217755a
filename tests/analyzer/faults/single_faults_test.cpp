#include "analyzer/faults/single_faults.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "tests/analyzer/faults/graphs.h"

namespace mainstay {

using testing::at;
using testing::graph_of;
using testing::names;

namespace {

// The worked example of the architecture: two resolvers, one upstream, one prefix.
constexpr const char* kWorkedExample = R"(
w' [all use']
use' [all lookup' vault]
lookup' [any ask1' ask2']
ask1' [all resolver1 forward']
ask2' [all resolver2 forward']
forward' [all upstream iterate']
iterate' [all tld! zone']
zone' [any ns1' ns2']
ns1' [all server1 address1']
ns2' [all server2 address2']
address1' [all prefix]
address2' [all prefix]
)";

}  // namespace

TEST_CASE("single faults: what takes a node down alone", "[analyzer][faults]") {
  struct Row {
    const char* title;
    const char* graph;
    const char* node;
    const char* faults;
  };
  const Row rows[] = {
      {"the worked example", kWorkedExample, "w'", "prefix tld! upstream vault"},
      {"the worked example: a question to one resolver", kWorkedExample, "ask1'", "prefix resolver1 tld! upstream"},
      {"the worked example: the zone", kWorkedExample, "zone'", "prefix"},
      {"a component fails itself", "w", "w", "w"},
      {"a derived node does not", "w'", "w'", ""},
      {"all: each member", "w' [all a b]", "w'", "a b"},
      {"any: no member", "w' [any a b]", "w'", ""},
      {"any of one: that one", "w' [any a]", "w'", "a"},
      {"any: what the alternatives share", "w' [any a b]\na [all host]\nb [all host]", "w'", "host"},
      {"two of three: none alone", "w' [2 a b c]", "w'", ""},
      {"two of three, two on one host", "w' [2 a b c]\na [all host]\nb [all host]", "w'", "host"},
      {"three of four, two pairs", "w' [3 a b c d]\na [all x]\nb [all x]\nc [all y]\nd [all y]", "w'", "x y"},
      {"two of four, two pairs", "w' [2 a b c d]\na [all x]\nb [all x]\nc [all y]\nd [all y]", "w'", ""},
      {"two groups: the faults of either", "w' [any a b] [all c]\na [all x]\nb [all x]", "w'", "c x"},
      {"needed 0: nothing", "w' [0 a b]", "w'", ""},
      {"an alternative that never works is none", "w' [any a dead']\ndead' [2 a]", "w'", "a"},
      {"two of three, one never works", "w' [2 a b dead']\ndead' [2 a]", "w'", "a b"},
      {"a node that never works has no single fault", "w' [all dead' a]\ndead' [2 a]", "w'", ""},
      {"forwarders that forward to each other fail with their source", "w' [any r s]\nr [any s up]\ns [any r up]", "w'", "up"},
      {"one of them has a source of its own", "w' [any r s]\nr [any s up]\ns [any r up2]", "w'", ""},
      {"a bootstrap cycle fails with each of its parts", "w' [all dns]\ndns [all vault host]\nvault [all dns]", "w'", "dns host vault"},
      {"a bootstrap cycle with two ways round", "w' [all dns]\ndns [any v1 v2]\nv1 [all dns]\nv2 [all dns]", "w'", "dns"},
      {"a running bootstrap cycle is a good alternative", "w' [any a dns]\ndns [all vault]\nvault [all dns]", "w'", ""},
      {"a cold-true node does not rest on itself through a cycle", "w' [any a b]\nb [all w' b]", "w'", "a"},
      {"a node that needs itself by any", "w' [any w' a]", "w'", "a"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const RequirementGraph graph = graph_of(row.graph);
      const SingleFaults faults(graph);
      const std::vector<NodeId> found = faults.of(at(graph, row.node));
      CHECK(names(graph, found) == row.faults);
      CHECK(faults.count(at(graph, row.node)) == found.size());
      CHECK(std::is_sorted(found.begin(), found.end()));
    }
}

TEST_CASE("single faults: what each fault takes down", "[analyzer][faults]") {
  const RequirementGraph graph = graph_of("w1' [all a]\nw2' [any a b] [all c]\nw3' [all c d']\nd' [all a]");
  const SingleFaults faults(graph);
  const auto lost = faults.losses(workload_goals(graph));
  REQUIRE(lost.size() == graph.size());
  CHECK(names(graph, lost[index(at(graph, "a"))]) == "w1' w3'");
  CHECK(names(graph, lost[index(at(graph, "b"))]) == "");
  CHECK(names(graph, lost[index(at(graph, "c"))]) == "w2' w3'");
  CHECK(names(graph, lost[index(at(graph, "d'"))]) == "");
}

TEST_CASE("single faults: equal to failing each component in turn, on random graphs", "[analyzer][faults]") {
  std::mt19937 random(4000);
  std::size_t graphs = 0;
  std::size_t pairs = 0;
  std::size_t faults_found = 0;
  std::size_t mismatches = 0;
  for (; graphs < 4000; ++graphs) {
    const testing::Mix mix{.nodes = 2 + static_cast<std::uint32_t>(random() % 11),
                           .members = 1 + static_cast<std::uint32_t>(random() % 4),
                           .cyclic = graphs % 4 != 0};
    const RequirementGraph graph = testing::random_graph(random, mix);
    const SingleFaults faults(graph);
    const std::vector<bool> before = testing::plain_settled(graph, {});
    for (std::uint32_t fault = 0; fault < graph.size(); ++fault) {
      const bool can_fail = graph.node(NodeId(fault)).failure != Failure::derived;
      const std::vector<bool> after = can_fail ? testing::plain_settled(graph, {NodeId(fault)}) : before;
      for (std::uint32_t node = 0; node < graph.size(); ++node) {
        const bool expected = before[node] && !after[node];
        mismatches += faults.fails(NodeId(node), NodeId(fault)) != expected;
        faults_found += expected;
        ++pairs;
      }
    }
  }
  CHECK(graphs == 4000);
  CHECK(pairs > 150000);
  CHECK(faults_found > 15000);
  CHECK(mismatches == 0);
}

TEST_CASE("single faults: equal to what-if on large graphs, for sampled faults", "[analyzer][faults]") {
  std::mt19937 random(9);
  std::size_t mismatches = 0;
  std::size_t lost_nodes = 0;
  for (const bool cyclic : {false, true}) {
    const RequirementGraph graph = testing::random_graph(random, {.nodes = 3000, .members = 4, .cyclic = cyclic, .odd = 500});
    const SingleFaults faults(graph);
    FixedPoints points(graph);
    for (int sample = 0; sample < 200; ++sample) {
      const NodeId fault{static_cast<std::uint32_t>(random() % graph.size())};
      if (graph.node(fault).failure == Failure::derived) continue;
      std::vector<NodeId> expected;
      for (std::uint32_t node = 0; node < graph.size(); ++node) {
        if (faults.fails(NodeId(node), fault)) expected.push_back(NodeId(node));
      }
      const std::vector<NodeId> lost = points.what_if({&fault, 1});
      lost_nodes += lost.size();
      mismatches += lost != expected;
    }
  }
  CHECK(lost_nodes > 500);
  CHECK(mismatches == 0);
}

TEST_CASE("single faults: deep chains and wide gates stay cheap", "[analyzer][faults]") {
  RequirementGraphBuilder builder;
  const auto made = [&](std::uint32_t number) {
    const auto draft = builder.node(NodeKind::resolver, std::to_string(number));
    builder.describe(draft).failure = Failure::component;
    return draft;
  };
  constexpr std::uint32_t kDepth = 20000;
  for (std::uint32_t at = 0; at + 1 < kDepth; ++at) builder.need_all(made(at), {{made(at + 1), {}}});
  // All that one gate needs at least half of, and all of which another needs: no pair of its members shares a fault.
  std::vector<RequirementGraphBuilder::Need> wide;
  for (std::uint32_t at = kDepth; at < kDepth + 2000; ++at) wide.push_back({made(at), {}});
  const auto half = builder.node(NodeKind::workload, "half");
  builder.need(half, wide, 1000, Choice::ordered, 0);
  const auto all = builder.node(NodeKind::workload, "all");
  builder.need_all(all, wide);
  const RequirementGraph graph = std::move(builder).freeze();

  const SingleFaults faults(graph);
  CHECK(faults.count(*graph.find(NodeKind::resolver, "0")) == kDepth);
  CHECK(faults.count(*graph.find(NodeKind::workload, "half")) == 0);
  CHECK(faults.count(*graph.find(NodeKind::workload, "all")) == 2000);
  CHECK(faults.sets().memory() < 500 * graph.size());
}

}  // namespace mainstay
