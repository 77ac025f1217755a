// Asking cycles: lookups and questions that come back to themselves, as when two servers hand on to each other.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "analyzer/faults/gate_index.h"

namespace mainstay {

/// Where a circle is entered decides what "comes back to itself" means. All of a circle is therefore worked out in one order, that of its
/// nodes, whoever asks first; so what is found for one workload does not depend on who else is asked about.
class AskingCycles {
 public:
  /// Cost: linear. The graph is not kept.
  AskingCycles(const RequirementGraph& graph, const GateIndex& gates);

  /// The number of the circle that a node is in; nothing for nearly all.
  std::optional<std::uint32_t> with(NodeId node) const;
  /// All circles, each ascending.
  const std::vector<std::vector<std::uint32_t>>& all() const { return all_; }

 private:
  std::vector<std::vector<std::uint32_t>> all_;
  std::vector<std::uint32_t> number_;  // by node, counted from 1; 0 for none, and nothing at all where there are no circles
};

}  // namespace mainstay
