#include "analyzer/faults/fixed_points.h"

#include <catch2/catch.hpp>

#include "tests/analyzer/faults/graphs.h"

namespace mainstay {

using testing::at;
using testing::graph_of;
using testing::names;

namespace {

std::string working(const RequirementGraph& graph, const std::vector<bool>& works) {
  std::vector<NodeId> nodes;
  for (std::uint32_t node = 0; node < works.size(); ++node) {
    if (works[node]) nodes.push_back(NodeId(node));
  }
  return names(graph, nodes);
}

}  // namespace

TEST_CASE("fixed points: cold, warm and settled under faults", "[analyzer][faults]") {
  struct Row {
    const char* title;
    const char* graph;
    std::vector<std::string> failed;
    const char* cold;
    const char* warm;
    const char* settled;
  };
  const Row rows[] = {
      {"a node without groups works", "a", {}, "a", "a", "a"},
      {"a node without groups that failed does not", "a", {"a"}, "", "", ""},
      {"all", "w [all a b]", {"a"}, "b", "b", "b"},
      {"any", "w [any a b]", {"a"}, "b w", "b w", "b w"},
      {"two of three, one down", "w [2 a b c]", {"a"}, "b c w", "b c w", "b c w"},
      {"two of three, two down", "w [2 a b c]", {"a", "c"}, "b", "b", "b"},
      {"two groups must both be satisfied", "w [any a b] [any c]", {"c"}, "a b", "a b", "a b"},
      {"needed 0 is always satisfied", "w [0 a]", {"a"}, "w", "w", "w"},
      {"more needed than there are is never satisfied", "w [2 a]", {}, "a", "a", "a"},
      {"an empty all is satisfied", "w [all]", {}, "w", "w", "w"},
      {"an empty any is never satisfied", "w [any]", {}, "", "", ""},
      {"forwarders that forward to each other rest on the source",
       "w [any r s]\nr [any s up]\ns [any r up]",
       {},
       "r s up w",
       "r s up w",
       "r s up w"},
      {"and do not work once it is gone", "w [any r s]\nr [any s up]\ns [any r up]", {"up"}, "", "r s w", ""},
      {"a bootstrap cycle runs while it runs", "dns [all vault]\nvault [all dns]", {}, "", "dns vault", "dns vault"},
      {"and stops with any part of it", "dns [all vault]\nvault [all dns]", {"dns"}, "", "", ""},
      {"what is behind a bootstrap cycle is warm only",
       "w [all dns]\ndns [all vault]\nvault [all dns]",
       {},
       "",
       "dns vault w",
       "dns vault w"},
      {"a running bootstrap cycle is a good alternative",
       "w [any a dns]\ndns [all vault]\nvault [all dns]",
       {"a"},
       "",
       "dns vault w",
       "dns vault w"},
      {"a cold-true node never rests on itself through a cycle", "w [any a b]\nb [all w b]", {"a"}, "", "b w", ""},
      {"failing twice is failing once", "w [2 a b c]", {"a", "a"}, "b c w", "b c w", "b c w"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const RequirementGraph graph = graph_of(row.graph);
      FixedPoints points(graph);
      const std::vector<NodeId> failed = at(graph, row.failed);
      CHECK(working(graph, points.cold(failed)) == row.cold);
      CHECK(working(graph, points.warm(failed)) == row.warm);
      CHECK(working(graph, points.settled(failed)) == row.settled);
    }
}

TEST_CASE("fixed points: states tell what comes up from nothing", "[analyzer][faults]") {
  const RequirementGraph graph = graph_of("w [all dns]\ndns [all vault]\nvault [all dns]\na [all b]\nnone [2 a]\nbehind [all none]");
  const FixedPoints points(graph);
  CHECK(points.state(at(graph, "a")) == FaultState::cold_and_warm);
  CHECK(points.state(at(graph, "w")) == FaultState::warm_only);
  CHECK(points.state(at(graph, "dns")) == FaultState::warm_only);
  CHECK(points.state(at(graph, "none")) == FaultState::never);
  CHECK(points.state(at(graph, "behind")) == FaultState::never);
  CHECK(points.rank(at(graph, "b")) < points.rank(at(graph, "a")));
  CHECK(points.rank(at(graph, "w")) == FixedPoints::kNoRank);
}

TEST_CASE("fixed points: equal to the definitions on random graphs, for any set of faults", "[analyzer][faults]") {
  std::mt19937 random(20260117);
  std::size_t compared = 0;
  std::size_t mismatches = 0;
  std::size_t warm_only = 0;
  for (int round = 0; round < 1500; ++round) {
    const testing::Mix mix{.nodes = 2 + static_cast<std::uint32_t>(random() % 12),
                           .members = 1 + static_cast<std::uint32_t>(random() % 4),
                           .cyclic = round % 4 != 0};
    const RequirementGraph graph = testing::random_graph(random, mix);
    FixedPoints points(graph);
    for (std::size_t question = 0; question < 4; ++question) {
      std::vector<NodeId> failed;
      for (std::size_t left = question; left > 0; --left) failed.push_back(NodeId(static_cast<std::uint32_t>(random() % graph.size())));
      mismatches += points.cold(failed) != testing::plain_cold(graph, failed);
      mismatches += points.warm(failed) != testing::plain_warm(graph, failed);
      mismatches += points.settled(failed) != testing::plain_settled(graph, failed);
      compared += 3;
    }
    for (std::uint32_t node = 0; node < graph.size(); ++node) warm_only += points.state(NodeId(node)) == FaultState::warm_only;
  }
  CHECK(compared == 18000);
  CHECK(warm_only > 500);
  CHECK(mismatches == 0);
}

}  // namespace mainstay
