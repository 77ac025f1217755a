#include "analyzer/rules/resolver_faults.h"

#include <algorithm>
#include <utility>

namespace mainstay {
namespace {

std::vector<NodeId> members(const Blast& faults) {
  std::vector<NodeId> all{faults.representative};
  all.insert(all.end(), faults.same_blast.begin(), faults.same_blast.end());
  return all;
}

bool is_asked_by_losers(const Analysis& analysis, const Blast& faults, NodeId node) {
  return std::any_of(faults.lost.begin(), faults.lost.end(), [&](NodeId goal) { return asks(analysis, goal, node); });
}

}  // namespace

bool asks(const Analysis& analysis, NodeId goal, NodeId resolver) {
  const std::string& name = analysis.graph().node(resolver).name;
  const std::vector<const Server*>& servers = analysis.asked(goal).servers;
  return std::any_of(servers.begin(), servers.end(), [&](const Server* server) { return server->id == name; });
}

std::optional<NodeId> asked_resolver(const Analysis& analysis, const Blast& faults) {
  for (const NodeId node : members(faults)) {
    if (analysis.graph().node(node).kind == NodeKind::resolver && is_asked_by_losers(analysis, faults, node)) return node;
  }
  return std::nullopt;
}

std::optional<NodeId> hidden_resolver(const Analysis& analysis, const Blast& faults) {
  if (asked_resolver(analysis, faults)) return std::nullopt;
  for (const NodeId node : members(faults)) {
    if (analysis.graph().node(node).kind == NodeKind::resolver) return node;
  }
  return std::nullopt;
}

Finding finding_about(const Analysis& analysis, const Blast& faults, NodeId subject) {
  const RequirementGraph& graph = analysis.graph();
  Finding finding;
  finding.subjects.push_back(subject_of(graph, subject));
  finding.affected = analysis.names(faults.lost);
  for (const NodeId node : members(faults)) {
    if (node != subject) finding.same_blast.push_back(subject_of(graph, node));
  }
  add_evidence(graph.node(subject).reasons, 3, finding.evidence);
  finding.confidence = best_proved(graph, faults.lost, subject);
  if (!faults.lost.empty()) add_use_evidence(analysis, faults.lost.front(), finding.evidence);
  return finding;
}

void add_use_evidence(const Analysis& analysis, NodeId goal, std::vector<Evidence>& evidence) {
  for (const Group& group : analysis.graph().groups(goal)) {
    for (const Member& member : analysis.graph().members(group)) {
      const Reasons& reasons = analysis.graph().reason(member);
      if (reasons.empty()) continue;
      add_evidence(reasons, 1, evidence);
      return;
    }
  }
}

void add_evidence(const Reasons& reasons, std::size_t most, std::vector<Evidence>& evidence) {
  Reasons sorted = reasons;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Evidence& a, const Evidence& b) { return a.confidence > b.confidence; });
  for (const Evidence& one : sorted) {
    if (most == 0) return;
    const auto same_line = [&](const Evidence& known) {
      return known == one || (one.confidence == Confidence::declared && known.confidence == Confidence::declared &&
                              known.place.file == one.place.file && known.place.line == one.place.line);
    };
    if (std::any_of(evidence.begin(), evidence.end(), same_line)) continue;
    evidence.push_back(one);
    --most;
  }
}

void put_first(std::vector<Evidence> first, Finding& finding) {
  for (const Evidence& one : finding.evidence) add_evidence({one}, 1, first);
  finding.evidence = std::move(first);
}

std::string label_of(const RequirementGraph& graph, NodeId node) {
  const Node& one = graph.node(node);
  return one.label.empty() ? one.name : one.label;
}

}  // namespace mainstay
