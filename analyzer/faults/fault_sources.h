// FaultSources: what can fail, and which nodes fail with it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "graph/model/requirement_graph.h"

namespace mainstay {

/// Maps each node to the faults that stop it: none, itself, or groups that it shares with others (its provider, its prefix, its region).
/// Faults are numbers below fault_count().
class FaultSources {
 public:
  /// Every component and every inherent node fails by itself. Shape: the number of a fault is the number of its node.
  static FaultSources components(const RequirementGraph& graph);
  /// `faults_of[node]` lists the groups of a node, each once.
  FaultSources(std::span<const std::vector<std::uint32_t>> faults_of, std::uint32_t fault_count);

  std::span<const std::uint32_t> of(std::uint32_t node) const {
    return std::span(faults_).subspan(begin_[node], begin_[node + 1] - begin_[node]);
  }
  std::uint32_t fault_count() const { return fault_count_; }

 private:
  FaultSources() = default;
  std::vector<std::uint32_t> begin_{0};
  std::vector<std::uint32_t> faults_;
  std::uint32_t fault_count_ = 0;
};

}  // namespace mainstay
