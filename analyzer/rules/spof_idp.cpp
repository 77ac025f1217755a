#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/purposes.h"
#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

bool is_issuer(Role role) {
  return role == Role::oidc_issuer || role == Role::saml_idp || role == Role::oauth_authorization || role == Role::oauth_token;
}

/// The endpoints at which people or programs are signed in, and where that is said.
std::map<NodeId, Reasons> issuers(const Analysis& analysis) {
  std::map<NodeId, Reasons> found;
  for (const Use& use : analysis.estate().uses()) {
    if (!is_issuer(use.role)) continue;
    const std::optional<NodeId> node = analysis.graph().find(NodeKind::endpoint, host_name_of(use.host));
    if (node) found[*node].insert(found[*node].end(), use.reasons.begin(), use.reasons.end());
  }
  return found;
}

/// The uses of the issuer by those workloads: where a second way in would be configured.
std::vector<Evidence> places(const Analysis& analysis, NodeId issuer, const std::vector<NodeId>& goals) {
  std::vector<Evidence> found;
  for (const NodeId goal : goals) {
    for (const Use& use : analysis.estate().uses()) {
      const bool is_it = use.workload == analysis.graph().node(goal).name && host_name_of(use.host) == analysis.graph().node(issuer).name;
      if (is_it && found.size() < 4) add_evidence(use.reasons, 1, found);
    }
  }
  return found;
}

void check(const Analysis& analysis, RuleReport& report) {
  const RequirementGraph& graph = analysis.graph();
  const bool is_declared = std::any_of(analysis.goals().begin(), analysis.goals().end(),
                                       [&](NodeId goal) { return purpose_of(analysis, goal) == Purpose::administration; });
  for (const auto& [issuer, reasons] : issuers(analysis)) {
    if (!is_declared) {
      report.undecided("nothing is declared as administration, so what recovery needs is not known", graph.node(issuer).name);
      continue;
    }
    const std::vector<NodeId> down = analysis.fixed_points().what_if(std::vector{issuer});
    std::vector<NodeId> lost;
    std::vector<NodeId> administration;
    for (const NodeId goal : analysis.goals()) {
      if (!std::binary_search(down.begin(), down.end(), goal)) continue;
      lost.push_back(goal);
      if (purpose_of(analysis, goal) == Purpose::administration) administration.push_back(goal);
    }
    if (administration.empty() || administration.size() == lost.size()) continue;
    Finding finding;
    finding.subjects = {subject_of(graph, issuer)};
    std::vector<std::string> labels;
    for (const NodeId goal : administration) {
      labels.push_back(label_of(graph, goal));
      finding.subjects.push_back(subject_of(graph, goal));
    }
    finding.evidence = places(analysis, issuer, administration);
    for (const NodeId goal : administration) {
      if (finding.evidence.size() < 6) add_evidence(graph.node(goal).reasons, 1, finding.evidence);
    }
    finding.affected = analysis.names(lost);
    finding.confidence = best_proved(graph, administration, issuer);
    // What would bring a provider of our own back is behind it; a stranger's is brought back by the stranger.
    const bool is_ours = graph.node(issuer).failure != Failure::inherent;
    finding.severity = is_ours ? Severity::high : Severity::medium;
    finding.message =
        fmt::format("{} signs in to {} and to {}: when it is down, what would help is out of reach too", graph.node(issuer).name,
                    how_many(lost.size() - administration.size(), "workload"), fmt::join(labels, ", "));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule spof_idp;
constinit const Rule spof_idp{
    .name = "spof-idp",
    .summary = "the identity provider that everything needs also guards the tools with which it would be brought back",
    .why =
        "That applications need their identity provider is what it is for. That the consoles of DNS, cloud and delivery need it too turns "
        "its outage into one that nobody can end. Which workloads those are is declared: `mainstay.io/purpose: administration`, in the "
        "places that breakglass-shared-fate names. Severity is high when the provider is run here.",
    .fix = "keep a local account or a hardware key for those tools, as an alternative to the provider, and try it every quarter",
    .reference = "NIST SP 800-63-4; AWS Fault Isolation Boundaries, appendix A",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
