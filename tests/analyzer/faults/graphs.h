// Small requirement graphs for tests: written by hand in a few letters, or drawn at random from a seed.
#pragma once

#include <cstdint>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "graph/model/requirement_graph.h"

namespace mainstay::testing {

/// Reads a graph.
/// Shape: one node a line: its name, then its groups in brackets: "w [all a b] [any c d] [2 e f g]".
///        A name is a component unless it ends with "'" (derived) or "!" (inherent); "!" and "'" are part of the name.
///        A name with a "$" before it (only where it is defined) has an owner: it is declared in the scanned tree.
///        A name that starts with "w" is a workload, every other one a resolver. Names that have no line are nodes without groups.
RequirementGraph graph_of(std::string_view text);

/// The node of that name. Fails the test when there is none.
NodeId at(const RequirementGraph& graph, std::string_view name);
std::vector<NodeId> at(const RequirementGraph& graph, const std::vector<std::string>& names);
/// Names, sorted, with blanks between them: "a b".
std::string names(const RequirementGraph& graph, const std::vector<NodeId>& nodes);

/// How random graphs are drawn.
struct Mix {
  std::uint32_t nodes = 10;
  std::uint32_t groups = 2;   // at most this many groups a node
  std::uint32_t members = 3;  // at most this many members a group
  bool cyclic = true;         // otherwise a node needs later ones only
  std::uint32_t odd = 30;     // one group in this many needs 0, or more than it has
  bool redundant = false;     // half of the nodes are derived, and three groups in four need one member
};
RequirementGraph random_graph(std::mt19937& random, const Mix& mix);

/// Evaluates the definitions of fixed_points.h word by word, for comparison.
std::vector<bool> plain_cold(const RequirementGraph& graph, const std::vector<NodeId>& failed);
std::vector<bool> plain_warm(const RequirementGraph& graph, const std::vector<NodeId>& failed);
std::vector<bool> plain_settled(const RequirementGraph& graph, const std::vector<NodeId>& failed);

}  // namespace mainstay::testing
