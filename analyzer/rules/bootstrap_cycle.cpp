#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <optional>

#include "analyzer/rules/cycle_report.h"
#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// What a person can point at for a node of a cycle: the resolver behind a question, the thing itself; nothing for a step of reasoning.
std::optional<NodeId> thing_of(const RequirementGraph& graph, NodeId node) {
  switch (graph.node(node).kind) {
    case NodeKind::use:
    case NodeKind::iteration:
    case NodeKind::stub:
    case NodeKind::runs: return std::nullopt;
    case NodeKind::question: break;
    default: return node;
  }
  for (const Group& group : graph.groups(node)) {
    for (const Member& member : graph.members(group)) {
      if (graph.node(member.node).kind == NodeKind::resolver) return member.node;
    }
  }
  return std::nullopt;
}

/// The things along a cycle, the first one again at the end.
std::vector<NodeId> things_of(const RequirementGraph& graph, const std::vector<NodeId>& cycle) {
  std::vector<NodeId> things;
  for (const NodeId node : cycle) {
    const std::optional<NodeId> thing = thing_of(graph, node);
    if (thing && (things.empty() || things.back() != *thing)) things.push_back(*thing);
  }
  if (!things.empty() && things.front() != things.back()) things.push_back(things.front());
  return things.empty() ? cycle : things;
}

void check(const Analysis& analysis, RuleReport& report) {
  const RequirementGraph& graph = analysis.graph();
  for (const StuckCycle& cycle : stuck_cycles(graph, analysis.faults())) {
    if (is_of_zones_only(graph, cycle)) continue;  // delegation-cycle tells it
    Finding finding = finding_about_cycle(analysis, cycle);
    const std::vector<NodeId> things = things_of(graph, cycle.shortest);
    for (const NodeId node : things) {
      const NodeKind kind = graph.node(node).kind;
      // The steps "find this name" and "find that server by this name" are about the name.
      const bool is_name = kind == NodeKind::lookup || kind == NodeKind::address;
      const Subject subject = is_name ? Subject{"name", label_of(graph, node)} : subject_of(graph, node);
      if (std::find(finding.subjects.begin(), finding.subjects.end(), subject) == finding.subjects.end())
        finding.subjects.push_back(subject);
    }
    std::sort(finding.subjects.begin(), finding.subjects.end());
    const bool has_endpoint =
        std::any_of(cycle.nodes.begin(), cycle.nodes.end(), [&](NodeId node) { return graph.node(node).kind == NodeKind::endpoint; });
    finding.severity = finding.confidence == Confidence::assumed ? Severity::low : has_endpoint ? Severity::critical : Severity::high;
    finding.message = fmt::format("cannot start from nothing: {}; {} behind it", fmt::join(labels_along(graph, things), " → "),
                                  how_many(finding.affected.size(), "workload"));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule bootstrap_cycle;
constinit const Rule bootstrap_cycle{
    .name = "bootstrap-cycle",
    .summary = "things need each other to start, so they never start together",
    .why =
        "While all of them run, nothing shows. After a power failure, a cluster restart or a long outage none can start, because each "
        "waits for another.",
    .fix = "break the cycle at its cheapest edge: an address instead of a name, an entry in a hosts file, a key on disk",
    .reference = "docs/design.md, cold and warm",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
