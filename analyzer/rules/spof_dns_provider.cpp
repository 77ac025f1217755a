#include <fmt/format.h>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/zone_servers.h"

namespace mainstay {
namespace {

/// The provider that a node itself stands with.
std::optional<NodeId> own_provider(const RequirementGraph& graph, NodeId node) {
  const std::vector<NodeId> all = needed_of_kind(graph, node, NodeKind::provider);
  return all.empty() ? std::nullopt : std::optional(all.front());
}

/// The one provider of all the zone's own servers; nothing when there are two, or none is known. What the zones above it have is their
/// matter.
std::optional<NodeId> lone_provider(const RequirementGraph& graph, NodeId zone) {
  if (const std::optional<NodeId> hosted = own_provider(graph, zone)) return hosted;
  std::optional<NodeId> all;
  for (const Member& server : name_servers_of(graph, zone)) {
    const std::optional<NodeId> one = own_provider(graph, server.node);
    if (!one || (all && *all != *one)) return std::nullopt;
    all = one;
  }
  return all;
}

void check(const Analysis& analysis, RuleReport& report) {
  const RequirementGraph& graph = analysis.graph();
  for (const Zone& zone : analysis.estate().zones()) {
    const std::optional<NodeId> found = graph.find(NodeKind::zone, zone_name_of(zone));
    if (!found) continue;  // nobody's path leads through it
    const NodeId node = *found;
    const std::optional<NodeId> provider = lone_provider(graph, node);
    if (!provider) continue;
    std::vector<NodeId> lost;
    for (const NodeId goal : analysis.dependents(node)) {
      if (analysis.faults().fails(goal, *provider)) lost.push_back(goal);
    }
    if (lost.empty()) continue;
    Finding finding;
    finding.subjects = {subject_of(graph, node), subject_of(graph, *provider)};
    finding.affected = analysis.names(lost);
    add_evidence(zone.reasons, 1, finding.evidence);
    for (const Member& server : name_servers_of(graph, node)) add_evidence(graph.reason(server), 1, finding.evidence);
    if (finding.evidence.size() > 3) finding.evidence.resize(3);
    finding.confidence = best_proved(graph, lost, node);
    add_use_evidence(analysis, lost.front(), finding.evidence);
    finding.message = fmt::format("{} alone answers for {}, which {} need{}", label_of(graph, *provider), graph.node(node).name,
                                  how_many(lost.size(), "workload"), lost.size() == 1 ? "s" : "");
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule spof_dns_provider;
constinit const Rule spof_dns_provider{
    .name = "spof-dns-provider",
    .summary = "all name servers of a zone belong to one provider",
    .why =
        "Providers of authoritative service have failed as a whole, more than once; the zone, and every sign-in that needs a name in "
        "it, fails with them.",
    .fix = "serve the zone from a second provider as well (zone transfer, or both written by one tool), and compare serials and answers",
    .reference = "RFC 2182 section 3.1",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
