// What the rules about cycles share: which kind a cycle is of, and the finding about it.
#pragma once

#include <vector>

#include "analyzer/faults/stuck_cycles.h"
#include "analyzer/rules/rule.h"

namespace mainstay {

/// True when nothing but zones, and the finding of their name servers' addresses, waits for each other: no server's configuration can help.
bool is_of_zones_only(const RequirementGraph& graph, const StuckCycle& cycle);

/// The workloads that cannot start because of a cycle.
std::vector<NodeId> stranded_behind(const Analysis& analysis, const StuckCycle& cycle);

/// A finding with the places along a cycle as evidence and the weakest of their edges as confidence.
Finding finding_about_cycle(const Analysis& analysis, const StuckCycle& cycle);

/// The names of things along a cycle, the first one again at the end, without repetition side by side.
/// Shape: `things` is in the order of the cycle.
std::vector<std::string> labels_along(const RequirementGraph& graph, const std::vector<NodeId>& things);

}  // namespace mainstay
