// Worst faults: for each use and each workload, the single fault after which it is locked out first.
#pragma once

#include <map>
#include <span>

#include "analyzer/faults/lockout.h"
#include "analyzer/faults/representatives.h"

namespace mainstay {

/// The fault that ends a node first, and when. `ending.longest.most` is the least over all single faults, which need not be that fault's.
struct WorstFault {
  NodeId fault{};
  Ending ending;
};

/// Over the single faults that somebody here could mend; nodes that no such fault takes away are not listed. Inherent ones are left out:
/// they would hide what can be changed behind what cannot.
/// Shape: keys are nodes of kind use and workload.
/// Cost:  for each such fault, that of a what-if.
std::map<NodeId, WorstFault> worst_faults(const RequirementGraph& graph, FixedPoints& points, const Holds& holds,
                                          std::span<const Blast> blasts);

}  // namespace mainstay
