#include "analyzer/faults/worst_faults.h"

namespace mainstay {
namespace {

void take(const Endings& endings, const RequirementGraph& graph, NodeId fault, std::map<NodeId, WorstFault>& worst) {
  for (const NodeId node : endings.lost()) {
    const NodeKind kind = graph.node(node).kind;
    if (kind != NodeKind::use && kind != NodeKind::workload) continue;
    const Ending& now = *endings.of(node);
    const auto [at, is_new] = worst.try_emplace(node, WorstFault{fault, now});
    if (is_new) continue;
    const Longest both = earlier(at->second.ending.longest, now.longest);
    if (now.longest.known < at->second.ending.longest.known) at->second = {fault, now};
    at->second.ending.longest = both;
  }
}

}  // namespace

std::map<NodeId, WorstFault> worst_faults(const RequirementGraph& graph, FixedPoints& points, const Holds& holds,
                                          std::span<const Blast> blasts) {
  std::map<NodeId, WorstFault> worst;
  for (const Blast& blast : blasts) {
    std::vector<NodeId> faults{blast.representative};
    faults.insert(faults.end(), blast.same_blast.begin(), blast.same_blast.end());
    for (const NodeId fault : faults) {
      if (graph.node(fault).failure != Failure::component) continue;
      take(Endings(graph, points, holds, points.what_if({&fault, 1}), {&fault, 1}), graph, fault, worst);
    }
  }
  return worst;
}

}  // namespace mainstay
