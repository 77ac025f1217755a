#include "analyzer/faults/stuck_cycles.h"

#include <catch2/catch.hpp>

#include "tests/analyzer/faults/graphs.h"

namespace mainstay {

using testing::at;
using testing::graph_of;
using testing::names;
using testing::random_graph;

TEST_CASE("stuck cycles: each is found once, and what is stranded behind one is on none", "[analyzer][faults][stuck-cycles]") {
  struct Row {
    const char* title;
    const char* graph;
    std::vector<const char*> cycles;
    const char* shortest;  // of the first one, each node once
  };
  const Row rows[] = {
      {"nothing is stuck", "w' [all r]\nr [any up other]", {}, ""},
      {"two that need each other, and one behind them", "w' [all a]\na [all b]\nb [all a]", {"a b"}, "a b"},
      {"one that needs itself", "a [all a]", {"a"}, "a"},
      {"an alternative that starts from nothing breaks it", "a [any b key]\nb [all a]", {}, ""},
      {"two cycles that share nothing", "a [all b]\nb [all a]\nc [all d]\nd [all c]", {"a b", "c d"}, "a b"},
      {"a long way round and a short one", "a [all b] [all c]\nb [all a]\nc [all d]\nd [all e]\ne [all a]", {"a b c d e"}, "a b"},
      {"what can never work is no cycle", "a [all b] [2 c]\nb [all a]", {}, ""},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const RequirementGraph graph = graph_of(row.graph);
      const std::vector<StuckCycle> found = stuck_cycles(graph, SingleFaults(graph));
      REQUIRE(found.size() == row.cycles.size());
      for (std::size_t cycle = 0; cycle < found.size(); ++cycle) CHECK(names(graph, found[cycle].nodes) == row.cycles[cycle]);
      if (found.empty()) continue;
      std::vector<NodeId> way = found[0].shortest;
      CHECK(way.front() == way.back());
      way.pop_back();
      CHECK(names(graph, way) == row.shortest);
    }
}

TEST_CASE("stuck cycles: on random graphs, every stuck node is on a cycle or needs one", "[analyzer][faults][stuck-cycles]") {
  std::mt19937 random(20261127);
  std::size_t cycles = 0;
  for (int turn = 0; turn < 500; ++turn) {
    const RequirementGraph graph = random_graph(random, {.nodes = 12});
    const SingleFaults faults(graph);
    const std::vector<StuckCycle> found = stuck_cycles(graph, faults);
    cycles += found.size();
    bool any_stuck = false;
    for (std::uint32_t node = 0; node < graph.size(); ++node) any_stuck = any_stuck || faults.state(NodeId(node)) == FaultState::warm_only;
    CHECK(any_stuck == !found.empty());
    for (const StuckCycle& cycle : found) {
      for (std::size_t step = 0; step + 1 < cycle.shortest.size(); ++step) {
        bool is_edge = false;
        for (const Group& group : graph.groups(cycle.shortest[step])) {
          for (const Member& member : graph.members(group)) is_edge = is_edge || member.node == cycle.shortest[step + 1];
        }
        CHECK(is_edge);
        CHECK(faults.state(cycle.shortest[step]) == FaultState::warm_only);
      }
    }
  }
  CHECK(cycles > 50);
}

}  // namespace mainstay
