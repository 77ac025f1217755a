// Why single faults are not found with the algorithms of plain graphs: the smallest graphs on which each of them is wrong.
#include <algorithm>
#include <catch2/catch.hpp>
#include <functional>

#include "analyzer/faults/single_faults.h"
#include "tests/analyzer/faults/graphs.h"

namespace mainstay {

using testing::at;
using testing::graph_of;
using testing::names;

namespace {

/// Calls `visit(a, b)` for every edge of the graph without `removed`.
void for_each_edge(const RequirementGraph& graph, NodeId removed, const std::function<void(std::uint32_t, std::uint32_t)>& visit) {
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    for (const Group& group : graph.groups(NodeId(node))) {
      for (const Member& member : graph.members(group)) {
        if (NodeId(node) != removed && member.node != removed) visit(node, index(member.node));
      }
    }
  }
}

/// Nodes that can be reached from `from`, over edges in their direction or in both.
std::vector<bool> reached(const RequirementGraph& graph, NodeId from, NodeId removed, bool both_ways) {
  std::vector<bool> found(graph.size(), false);
  found[index(from)] = from != removed;
  for (std::size_t round = 0; round < graph.size(); ++round) {
    for_each_edge(graph, removed, [&](std::uint32_t a, std::uint32_t b) {
      if (found[a]) found[b] = true;
      if (both_ways && found[b]) found[a] = true;
    });
  }
  return found;
}

/// Nodes whose removal disconnects the graph without directions.
std::vector<NodeId> articulation_points(const RequirementGraph& graph) {
  std::vector<NodeId> points;
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    const NodeId other{node == 0 ? 1u : 0u};
    const std::vector<bool> found = reached(graph, other, NodeId(node), true);
    if (static_cast<std::size_t>(std::count(found.begin(), found.end(), true)) + 1 < graph.size()) points.push_back(NodeId(node));
  }
  return points;
}

/// Nodes, other than `goal`, without which no node that needs nothing can be reached from it.
std::vector<NodeId> dominators(const RequirementGraph& graph, NodeId goal) {
  std::vector<NodeId> nodes;
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    if (NodeId(node) == goal) continue;
    const std::vector<bool> found = reached(graph, goal, NodeId(node), false);
    bool arrives = false;
    for (std::uint32_t end = 0; end < graph.size(); ++end) arrives = arrives || (found[end] && graph.groups(NodeId(end)).empty());
    if (!arrives) nodes.push_back(NodeId(node));
  }
  return nodes;
}

}  // namespace

TEST_CASE("single faults: articulation points and dominators give other answers", "[analyzer][faults]") {
  struct Row {
    const char* title;
    const char* graph;
    const char* articulation;
    const char* dominating;
    const char* single;
  };
  const Row rows[] = {
      {"two prerequisites: a leaf is never an articulation point", "w' [all endpoint resolver]", "w'", "", "endpoint resolver"},
      {"a resolver with a leaf of its own is an articulation point, and another resolver stands in for it",
       "w' [any r1 r2]\nr1 [any up]\nr2 [any up]\nr1 [all leaf]", "r1", "", "up"},
      {"pure alternatives: here dominators are right", "w' [any r1 r2]\nr1 [any up]\nr2 [any up]", "", "up", "up"},
      {"two of three servers, two in one prefix", "w' [2 s1 s2 s3]\ns1 [all prefix]\ns2 [all prefix]", "w'", "", "prefix"},
  };
  for (const Row& row : rows) DYNAMIC_SECTION(row.title) {
      const RequirementGraph graph = graph_of(row.graph);
      const NodeId goal = at(graph, "w'");
      CHECK(names(graph, articulation_points(graph)) == row.articulation);
      CHECK(names(graph, dominators(graph, goal)) == row.dominating);
      CHECK(names(graph, SingleFaults(graph).of(goal)) == row.single);
    }
}

TEST_CASE("single faults: who is downstream is not who is lost", "[analyzer][faults]") {
  const RequirementGraph graph = graph_of("w1' [any r1 r2]\nw2' [all r1]");
  CHECK(reached(graph, at(graph, "w1'"), at(graph, "r2"), false)[index(at(graph, "r1"))]);
  CHECK(names(graph, SingleFaults(graph).losses(workload_goals(graph))[index(at(graph, "r1"))]) == "w2'");
}

}  // namespace mainstay
