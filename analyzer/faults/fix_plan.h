// Fix plan: the fewest alternatives that, once added, leave no single point of failure.
//
// An alternative to a component is a second one that shares nothing with the first nor with what that needs: a resolver elsewhere, a second
// provider. To its users the component then always works, whatever single fault there is. So for a fault x the families of components of
// which each is enough (all of its members having an alternative) solve the equations of path sets, in the part of the graph that x takes
// down; a plan has a set of the family of every goal and fault. Families that share no candidate are answered apart, so the smallest plan
// for all 30,900 workloads of an estate of 100,272 nodes (4,649 alternatives) takes 6 s (tests/bench/fault_graphs.h, -O2). The families are
// those of set_families.h, so the smallest plan is exact when the budget allows, and otherwise the greedy one, which says so.
#pragma once

#include <span>
#include <vector>

#include "analyzer/faults/set_families.h"
#include "analyzer/faults/single_faults.h"

namespace mainstay {

/// One alternative to add.
/// Shape: `removes` holds the single faults, sorted, that no goal has any more after this step and those before it, and had before.
struct FixStep {
  NodeId node{};
  std::vector<NodeId> removes;
};

/// Shape: steps in the order of how much they remove.
struct FixPlan {
  std::vector<FixStep> steps;
  bool is_smallest = true;       // false: the greedy choice; fewer alternatives might do
  std::vector<NodeId> inherent;  // single faults that nobody here can add an alternative to, sorted
};

/// For the single faults of goals that work; a goal itself is never given an alternative.
FixPlan fix_plan(const RequirementGraph& graph, FixedPoints& points, const SingleFaults& faults, std::span<const NodeId> goals,
                 const CutBudget& budget = {.seconds = 5});

}  // namespace mainstay
