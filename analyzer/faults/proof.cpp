#include "analyzer/faults/proof.h"

#include <algorithm>
#include <deque>
#include <unordered_map>

namespace mainstay {
namespace {

std::optional<NodeId> node_of(const RequirementGraph& graph, const Subject& subject) {
  for (std::uint8_t kind = 0; kind <= static_cast<std::uint8_t>(NodeKind::parent); ++kind) {
    if (word(NodeKind(kind)) == subject.kind) return graph.find(NodeKind(kind), subject.name);
  }
  return std::nullopt;
}

}  // namespace

std::vector<ProofStep> proof(const RequirementGraph& graph, NodeId from, NodeId to) {
  std::unordered_map<std::uint32_t, ProofStep> came_by;
  std::deque<NodeId> open{from};
  while (!open.empty() && !came_by.contains(index(to))) {
    const NodeId at = open.front();
    open.pop_front();
    for (const Group& group : graph.groups(at)) {
      for (const Member& member : graph.members(group)) {
        if (member.node == from || came_by.contains(index(member.node))) continue;
        came_by.emplace(index(member.node), ProofStep{at, member.node, group.needed, group.count, graph.reason(member)});
        open.push_back(member.node);
      }
    }
  }
  std::vector<ProofStep> steps;
  for (NodeId at = to; at != from;) {
    const auto step = came_by.find(index(at));
    if (step == came_by.end()) return {};
    steps.push_back(step->second);
    at = step->second.from;
  }
  std::reverse(steps.begin(), steps.end());
  return steps;
}

std::vector<ProofStep> proof(const RequirementGraph& graph, const Finding& finding) {
  if (finding.affected.empty() || finding.subjects.empty()) return {};
  const std::optional<NodeId> from = graph.find(NodeKind::workload, finding.affected.front());
  const std::optional<NodeId> to = node_of(graph, finding.subjects.back());
  return from && to ? proof(graph, *from, *to) : std::vector<ProofStep>{};
}

Confidence weakest(const std::vector<ProofStep>& steps) {
  if (steps.empty()) return Confidence::assumed;
  Confidence least = Confidence::declared;
  for (const ProofStep& step : steps) {
    if (!step.reasons.empty()) least = std::min(least, strongest(step.reasons));
  }
  return least;
}

}  // namespace mainstay
