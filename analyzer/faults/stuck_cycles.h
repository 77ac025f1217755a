// Stuck cycles: what works once it runs and cannot start from nothing.
#pragma once

#include <vector>

#include "analyzer/faults/single_faults.h"
#include "graph/model/requirement_graph.h"

namespace mainstay {

/// One strongly connected part of the graph that holds warm-only nodes which need each other.
struct StuckCycle {
  std::vector<NodeId> nodes;     // its warm-only nodes, sorted
  std::vector<NodeId> shortest;  // the shortest way from one of them back to itself; the first one stands at the end again
};

/// Shape: sorted by their first node. A node that is only stranded behind a cycle is on none.
/// Cost:  linear, plus for each cycle a breadth-first search from each of at most 64 of its nodes, until one of three steps is found.
std::vector<StuckCycle> stuck_cycles(const RequirementGraph& graph, const SingleFaults& faults);

}  // namespace mainstay
