// Modules: nodes below which everything is needed through them alone.
//
// What is below a module shares no fault with anything else, so it may be answered on its own and stand for one element in the answers
// above.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analyzer/faults/fault_sources.h"
#include "analyzer/faults/gate_index.h"
#include "analyzer/faults/strong_components.h"
#include "graph/model/requirement_graph.h"

namespace mainstay {

/// One flag for each component of `components`: it is one node on no cycle, it needs something, and no goal, no node above it and no fault
/// of another node reaches what is below it except through it. Cost:   linear; no recursion. Source: Y. Dutuit and A. Rauzy, A linear-time
/// algorithm to find modules of fault trees, 1996; here over components instead of nodes.
std::vector<bool> modules(const GateIndex& gates, const FaultSources& sources, const StrongComponents& components,
                          std::span<const NodeId> goals);

}  // namespace mainstay
