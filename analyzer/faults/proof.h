// Proofs: why a node needs another one, edge by edge.
#pragma once

#include <string>
#include <vector>

#include "graph/findings/finding.h"
#include "graph/model/requirement_graph.h"

namespace mainstay {

/// One edge of a proof: `from` needs `to`, alone or as one of several.
struct ProofStep {
  NodeId from{};
  NodeId to{};
  std::uint32_t needed = 0;  // of the group that holds the edge
  std::uint32_t count = 0;
  Reasons reasons;
};

/// The shortest way from one node to another; empty when there is none.
/// Cost: linear.
std::vector<ProofStep> proof(const RequirementGraph& graph, NodeId from, NodeId to);
/// The way from the first workload that a finding affects to what it is about; empty when there is none.
std::vector<ProofStep> proof(const RequirementGraph& graph, const Finding& finding);

/// The weakest evidence on that way; `declared` where no edge has evidence of its own, `assumed` when there is no way.
Confidence weakest(const std::vector<ProofStep>& steps);

}  // namespace mainstay
