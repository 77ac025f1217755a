#include <fmt/format.h>

#include <algorithm>

#include "analyzer/faults/proof.h"
#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// True when another server of the goal's stub denies what the goal asks for: that one is the trouble, and negative-answer-no-failover
/// tells it.
bool is_denied_elsewhere(const Analysis& analysis, NodeId goal, NodeId resolver) {
  const RequirementGraph& graph = analysis.graph();
  const auto never = [&](NodeId node) {
    const auto groups = graph.groups(node);
    return std::any_of(groups.begin(), groups.end(), [](const Group& group) { return group.needed > group.count; });
  };
  for (const ProofStep& step : proof(graph, goal, resolver)) {
    if (graph.node(step.from).kind != NodeKind::lookup || step.needed >= step.count) continue;
    for (const Group& group : graph.groups(step.from)) {
      for (const Member& member : graph.members(group)) {
        if (never(member.node)) return true;
      }
    }
  }
  return false;
}

/// The entries of the goal's stubs that name the resolver: the place to mend.
void add_stub_entries(const Analysis& analysis, NodeId goal, NodeId resolver, std::vector<Evidence>& evidence) {
  for (const Stub* stub : analysis.asked(goal).stubs) {
    for (const Upstream& upstream : stub->servers) {
      const std::vector<const Server*> servers = analysis.resolution().servers_of(upstream, stub->scope);
      const bool names_it =
          std::any_of(servers.begin(), servers.end(), [&](const Server* one) { return one->id == analysis.graph().node(resolver).name; });
      if (names_it) add_evidence(upstream.reasons.empty() ? stub->reasons : upstream.reasons, 1, evidence);
    }
  }
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const Blast& faults : analysis.blasts()) {
    const std::optional<NodeId> resolver = asked_resolver(analysis, faults);
    if (!resolver) continue;
    const bool denied =
        std::all_of(faults.lost.begin(), faults.lost.end(), [&](NodeId goal) { return is_denied_elsewhere(analysis, goal, *resolver); });
    if (denied) continue;
    Finding finding = finding_about(analysis, faults, *resolver);
    std::vector<Evidence> evidence;
    for (const NodeId goal : faults.lost) {
      if (evidence.size() < 3) add_stub_entries(analysis, goal, *resolver, evidence);
    }
    put_first(std::move(evidence), finding);
    finding.message = fmt::format("{} is the only resolver that answers for {}", label_of(analysis.graph(), *resolver),
                                  how_many(faults.lost.size(), "workload"));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule spof_resolver;
constinit const Rule spof_resolver{
    .name = "spof-resolver",
    .summary = "one recursive resolver alone answers for a workload",
    .why =
        "When it falls silent, no name resolves: every identity provider, token endpoint and secret store of the workload is out of "
        "reach, although credentials and policies are all correct.",
    .fix = "add a second resolver in another failure domain, with `options timeout:1 attempts:2`, or a caching forwarder on the node",
    .reference = "resolv.conf(5)",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
