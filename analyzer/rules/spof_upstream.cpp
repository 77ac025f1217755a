#include <fmt/format.h>

#include <algorithm>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

void check(const Analysis& analysis, RuleReport& report) {
  for (const Blast& faults : analysis.blasts()) {
    const std::optional<NodeId> upstream = hidden_resolver(analysis, faults);
    if (!upstream || analysis.graph().node(*upstream).failure == Failure::inherent) continue;
    std::size_t resolvers = 0;
    for (const NodeId goal : faults.lost) resolvers = std::max(resolvers, analysis.asked(goal).servers.size());
    Finding finding = finding_about(analysis, faults, *upstream);
    // The lines that forward to it are what must change.
    std::vector<Evidence> evidence;
    add_evidence(analysis.asked_at(*upstream), 4, evidence);
    put_first(std::move(evidence), finding);
    finding.message = fmt::format("every resolver that {} may ask ({} listed) forwards to {} alone",
                                  how_many(faults.lost.size(), "workload"), resolvers, label_of(analysis.graph(), *upstream));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule spof_upstream;
constinit const Rule spof_upstream{
    .name = "spof-upstream",
    .summary = "several resolvers forward to one and the same server",
    .why = "The list of resolvers looks redundant, but one hop further every question meets the same forwarder, and its failure is theirs.",
    .fix = "give the resolvers at least two upstreams with different paths, or let them resolve from the root when forwarding fails",
    .reference = "unbound.conf(5), forward-zone; CoreDNS, forward plugin",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
