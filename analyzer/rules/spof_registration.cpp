#include <fmt/format.h>
#include <fmt/ranges.h>

#include <set>

#include "analyzer/rules/purposes.h"
#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

void check(const Analysis& analysis, RuleReport& report) {
  const RequirementGraph& graph = analysis.graph();
  const auto [first, last] = graph.of_kind(NodeKind::registrable_domain);
  for (std::uint32_t at = index(first); at < index(last); ++at) {
    const NodeId domain{at};
    std::vector<NodeId> lost;
    for (const NodeId goal : analysis.goals()) {
      if (analysis.faults().fails(goal, domain)) lost.push_back(goal);
    }
    const GoalsByPurpose goals = by_purpose(analysis, lost);
    std::set<NodeId> others;
    std::vector<NodeId> paths;
    for (const NodeId path : goals.for_need) {
      const std::vector<NodeId> behind = there_for(analysis, path, goals.others);
      others.insert(behind.begin(), behind.end());
      if (!behind.empty()) paths.push_back(path);
    }
    if (paths.empty()) continue;
    Finding finding;
    finding.subjects = {subject_of(graph, domain)};
    std::vector<std::string> labels;
    for (const NodeId path : paths) {
      labels.push_back(fmt::format("{} ({})", label_of(graph, path), word(purpose_of(analysis, path))));
      if (finding.evidence.size() < 4) add_evidence(graph.node(path).reasons, 2, finding.evidence);
    }
    add_evidence(graph.node(domain).reasons, 1, finding.evidence);
    finding.affected = analysis.names(lost);
    finding.confidence = best_proved(graph, paths, domain);
    finding.message = fmt::format("{} need{} names in {}, and so does {}", how_many(others.size(), "workload"),
                                  others.size() == 1 ? "s" : "", graph.node(domain).name, fmt::join(labels, ", "));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule spof_registration;
constinit const Rule spof_registration{
    .name = "spof-registration",
    .summary = "one registered domain carries the workloads and the way in for emergencies, or the status page",
    .why =
        "A registration can be held, expire or be taken: rare, and then every name below it is gone at once. That a company's names are in "
        "one domain is the usual case and stands in the list of what is inherent; that the names for emergencies are there as well can be "
        "changed. See breakglass-shared-fate for how those are declared.",
    .fix =
        "register a second domain, at another registrar and below another top-level domain, for break-glass and status names; lock both "
        "registrations and renew them automatically",
    .reference = "RFC 5731 (the states of a registration)",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
