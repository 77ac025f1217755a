// Lock-out time: how long after a fault somebody can still authenticate, on what is cached and held.
//
//   failed                 0
//   all                    the earliest of the members
//   any                    the latest; k of n: when the k-th last one ends
//   question               its cached answer lasts for its TTL; a chain of caches does not add up, because TTLs count down on the way:
//                          max(what its upstreams still answer, TTL) + its own serve-stale window; 0 when the server itself is gone
//   use                    what it rests on, and then the token, key set or offline cache that it holds
//
// The shortest time is always 0: whatever is held may be about to expire. So only the longest is computed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "analyzer/faults/fixed_points.h"
#include "analyzer/faults/holds.h"

namespace mainstay {

/// When a node ends, and the holds that carried it there, the first one to run out first.
struct Ending {
  Longest longest;
  std::vector<const Hold*> carried;
};

/// Endings after one set of faults.
/// Shape: for the nodes that the faults take down, sorted by node; nodes that go on have none.
class Endings {
 public:
  /// `lost` are the nodes that do not work any more, sorted (FixedPoints::what_if); `failed` those of them that are the cause.
  /// Cost: linear in the members of the lost nodes, times a few rounds.
  Endings(const RequirementGraph& graph, const FixedPoints& points, const Holds& holds, std::vector<NodeId> lost,
          std::span<const NodeId> failed);

  /// Null for a node that goes on.
  const Ending* of(NodeId node) const;
  const std::vector<NodeId>& lost() const { return lost_; }

 private:
  Ending computed(const RequirementGraph& graph, const FixedPoints& points, const Holds& holds, NodeId node) const;
  Ending of_gate(const FixedPoints& points, std::uint32_t gate, std::vector<const Ending*>& ending) const;

  std::vector<NodeId> lost_;
  std::vector<Ending> endings_;
};

}  // namespace mainstay
