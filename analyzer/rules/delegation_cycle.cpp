#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "analyzer/rules/cycle_report.h"
#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// The zones along a cycle and the name servers that lead from one to the next; the first zone again at the end.
std::vector<NodeId> zones_and_servers(const RequirementGraph& graph, const std::vector<NodeId>& cycle) {
  std::vector<NodeId> along;
  for (const NodeId node : cycle) {
    const NodeKind kind = graph.node(node).kind;
    if (kind == NodeKind::zone || kind == NodeKind::address) along.push_back(node);
  }
  if (along.size() > 1 && along.front() == along.back()) along.pop_back();
  const auto zone = std::find_if(along.begin(), along.end(), [&](NodeId node) { return graph.node(node).kind == NodeKind::zone; });
  std::rotate(along.begin(), zone, along.end());
  if (!along.empty()) along.push_back(along.front());
  return along;
}

/// The records that lead from one zone of a cycle to the next: what must change.
std::vector<Evidence> places(const RequirementGraph& graph, const std::vector<NodeId>& cycle) {
  std::vector<Evidence> found;
  for (std::size_t at = 0; at + 1 < cycle.size(); ++at) {
    if (graph.node(cycle[at]).kind != NodeKind::zone) continue;
    for (const Group& group : graph.groups(cycle[at])) {
      for (const Member& member : graph.members(group)) {
        if (member.node == cycle[at + 1]) add_evidence(graph.reason(member), 1, found);
      }
    }
  }
  return found;
}

void check(const Analysis& analysis, RuleReport& report) {
  const RequirementGraph& graph = analysis.graph();
  for (const StuckCycle& cycle : stuck_cycles(graph, analysis.faults())) {
    if (!is_of_zones_only(graph, cycle)) continue;
    Finding finding = finding_about_cycle(analysis, cycle);
    if (finding.affected.empty()) continue;
    for (const NodeId node : cycle.nodes) {
      if (graph.node(node).kind == NodeKind::zone) finding.subjects.push_back(subject_of(graph, node));
    }
    put_first(places(graph, cycle.shortest), finding);
    const bool is_assumed = finding.confidence == Confidence::assumed;
    finding.severity = is_assumed ? Severity::low : Severity::critical;
    finding.message = fmt::format(
        "no server of these zones can be found once caches have run out: {}; {} behind it{}",
        fmt::join(labels_along(graph, zones_and_servers(graph, cycle.shortest)), " → "), how_many(finding.affected.size(), "workload"),
        is_assumed ? "; a parent that gives addresses with its referrals would help, and is not in the tree" : "");
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule delegation_cycle;
constinit const Rule delegation_cycle{
    .name = "delegation-cycle",
    .summary = "zones have their name servers inside each other, and no glue says where those are",
    .why =
        "To ask one zone the address of its name server is needed, which only the other zone knows, and the other way round. While the "
        "addresses are in caches nothing shows; when the last copy runs out, both zones are gone for everybody.",
    .fix = "give the parent the addresses of the name servers (glue), or name a server in a domain that needs neither zone",
    .reference = "RFC 9471 section 2.3; RFC 1912 section 2.3",
    .severity = Severity::critical,
    .check = &check,
};

}  // namespace mainstay
