#include "analyzer/rules/cycle_report.h"

#include <algorithm>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// The edges from one node of a cycle to the next one: places, and the weakest of them.
void add_cycle_evidence(const RequirementGraph& graph, const std::vector<NodeId>& cycle, Finding& finding) {
  finding.confidence = Confidence::declared;
  for (std::size_t at = 0; at + 1 < cycle.size(); ++at) {
    for (const Group& group : graph.groups(cycle[at])) {
      for (const Member& member : graph.members(group)) {
        if (member.node != cycle[at + 1] || graph.reason(member).empty()) continue;
        finding.confidence = std::min(finding.confidence, strongest(graph.reason(member)));
        add_evidence(graph.reason(member), 1, finding.evidence);
      }
    }
  }
  std::stable_sort(finding.evidence.begin(), finding.evidence.end(),
                   [](const Evidence& a, const Evidence& b) { return a.confidence > b.confidence; });
  if (finding.evidence.size() > 6) finding.evidence.resize(6);
}

}  // namespace

bool is_of_zones_only(const RequirementGraph& graph, const StuckCycle& cycle) {
  return std::all_of(cycle.nodes.begin(), cycle.nodes.end(), [&](NodeId node) {
    const NodeKind kind = graph.node(node).kind;
    return kind == NodeKind::zone || kind == NodeKind::iteration || kind == NodeKind::name_server || kind == NodeKind::address;
  });
}

std::vector<NodeId> stranded_behind(const Analysis& analysis, const StuckCycle& cycle) {
  std::vector<NodeId> stranded;
  for (const NodeId goal : analysis.dependents(cycle.shortest.front())) {
    if (analysis.faults().state(goal) == FaultState::warm_only) stranded.push_back(goal);
  }
  return stranded;
}

Finding finding_about_cycle(const Analysis& analysis, const StuckCycle& cycle) {
  Finding finding;
  add_cycle_evidence(analysis.graph(), cycle.shortest, finding);
  finding.affected = analysis.names(stranded_behind(analysis, cycle));
  return finding;
}

std::vector<std::string> labels_along(const RequirementGraph& graph, const std::vector<NodeId>& things) {
  std::vector<std::string> shown;
  for (const NodeId node : things) {
    const std::string label = label_of(graph, node);
    if (shown.empty() || shown.back() != label) shown.push_back(label);
  }
  return shown;
}

}  // namespace mainstay
