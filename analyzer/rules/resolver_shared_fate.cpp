#include <fmt/format.h>

#include <algorithm>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

bool is_shared_thing(NodeKind kind) { return kind == NodeKind::failure_domain || kind == NodeKind::provider || kind == NodeKind::prefix; }

/// The asked servers of a goal, when there are at least two and each of them fails with the fault.
std::vector<const Server*> that_fail_with(const Analysis& analysis, NodeId goal, NodeId fault) {
  const std::vector<const Server*>& servers = analysis.asked(goal).servers;
  if (servers.size() < 2) return {};
  for (const Server* server : servers) {
    const std::optional<NodeId> node = analysis.graph().find(NodeKind::resolver, server->id);
    if (!node || !analysis.faults().fails(*node, fault)) return {};
  }
  return servers;
}

std::string listed(const std::vector<const Server*>& servers) {
  std::string text;
  for (const Server* server : servers) {
    if (!text.empty()) text += server == servers.back() ? " and " : ", ";
    text += server->addresses.empty() ? server->id : server->addresses.front().text();
  }
  return text;
}

void check(const Analysis& analysis, RuleReport& report) {
  const RequirementGraph& graph = analysis.graph();
  for (const Blast& faults : analysis.blasts()) {
    if (asked_resolver(analysis, faults) || hidden_resolver(analysis, faults)) continue;
    std::vector<NodeId> candidates{faults.representative};
    candidates.insert(candidates.end(), faults.same_blast.begin(), faults.same_blast.end());
    for (const NodeId shared : candidates) {
      if (!is_shared_thing(graph.node(shared).kind) || graph.node(shared).failure == Failure::inherent) continue;
      std::vector<const Server*> servers;
      std::vector<Evidence> evidence;
      for (const NodeId goal : faults.lost) {
        const std::vector<const Server*> failing = that_fail_with(analysis, goal, shared);
        if (failing.empty()) continue;
        if (servers.empty()) servers = failing;
        for (const Stub* stub : analysis.asked(goal).stubs) add_evidence(stub->reasons, 1, evidence);
      }
      if (servers.empty()) continue;
      Finding finding = finding_about(analysis, faults, shared);
      // What the resolvers share is mended where they are placed, or where they are chosen.
      for (Evidence& one : evidence) {
        if (std::find(finding.evidence.begin(), finding.evidence.end(), one) == finding.evidence.end())
          finding.evidence.push_back(std::move(one));
      }
      finding.message = fmt::format("{} look redundant but fail together with {}", listed(servers), label_of(graph, shared));
      report.add(std::move(finding));
      break;
    }
  }
}

}  // namespace

extern const Rule resolver_shared_fate;
constinit const Rule resolver_shared_fate{
    .name = "resolver-shared-fate",
    .summary = "all resolvers of a workload stand in one failure domain",
    .why =
        "Two addresses of one operator, or two machines in one availability zone, go down together; the second line in the list helps "
        "against nothing that is likely.",
    .fix = "choose resolvers of different operators or in different zones; for pods set anti-affinity over zones",
    .reference = "RFC 2182 section 3.1 (the same reasoning for secondaries)",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
