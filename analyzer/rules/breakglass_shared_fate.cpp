#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/purposes.h"
#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// A component whose lone failure takes a path in need and what the path is there for.
struct Cause {
  NodeId component{};
  std::set<NodeId> lost;  // the workloads that the path is there for
};

void add_causes(const Analysis& analysis, NodeId component, const std::vector<NodeId>& lost, std::map<NodeId, std::vector<Cause>>& causes) {
  const GoalsByPurpose goals = by_purpose(analysis, lost);
  for (const NodeId path : goals.for_need) {
    Cause cause{.component = component};
    for (const NodeId goal : there_for(analysis, path, goals.others)) cause.lost.insert(goal);
    if (!cause.lost.empty()) causes[path].push_back(std::move(cause));
  }
}

/// What can fail on its own account; a registration is told by spof-registration, and above it nothing can be chosen.
bool is_a_cause(NodeKind kind) { return kind == NodeKind::endpoint || kind == NodeKind::zone; }

std::map<NodeId, std::vector<Cause>> causes_by_path(const Analysis& analysis) {
  std::map<NodeId, std::vector<Cause>> causes;
  for (const Blast& blast : analysis.blasts()) add_causes(analysis, blast.representative, blast.lost, causes);
  for (const InherentFaults& faults : analysis.inherent()) {
    const auto node =
        std::find_if(faults.nodes.begin(), faults.nodes.end(), [&](NodeId one) { return is_a_cause(analysis.graph().node(one).kind); });
    if (node != faults.nodes.end()) add_causes(analysis, *node, faults.lost, causes);
  }
  return causes;
}

void report_path(const Analysis& analysis, NodeId path, const std::vector<Cause>& causes, RuleReport& report) {
  const RequirementGraph& graph = analysis.graph();
  Finding finding;
  finding.subjects = {subject_of(graph, path)};
  add_evidence(graph.node(path).reasons, 2, finding.evidence);
  std::set<NodeId> lost;
  std::vector<std::string> labels;
  for (const Cause& cause : causes) {
    lost.insert(cause.lost.begin(), cause.lost.end());
    if (std::find(labels.begin(), labels.end(), label_of(graph, cause.component)) == labels.end())
      labels.push_back(label_of(graph, cause.component));
    finding.same_blast.push_back(subject_of(graph, cause.component));
    if (finding.evidence.size() < 6) add_evidence(graph.node(cause.component).reasons, 1, finding.evidence);
    const std::vector<NodeId> goals(cause.lost.begin(), cause.lost.end());
    finding.confidence = std::max(
        finding.confidence, std::min(best_proved(graph, std::vector{path}, cause.component), best_proved(graph, goals, cause.component)));
  }
  finding.affected = analysis.names(std::vector<NodeId>(lost.begin(), lost.end()));
  constexpr std::size_t kMostLabels = 3;
  const std::size_t more = labels.size() > kMostLabels ? labels.size() - kMostLabels : 0;
  labels.resize(labels.size() - more);
  finding.message =
      fmt::format("{} ({}) fails together with {}: both need {}{}", label_of(graph, path), word(purpose_of(analysis, path)),
                  how_many(lost.size(), "workload"), fmt::join(labels, ", "), more == 0 ? "" : fmt::format(" and {} more", more));
  report.add(std::move(finding));
}

/// One information when nothing is declared: the question cannot be asked, and it is worth asking.
void ask_for_one(const Analysis& analysis, RuleReport& report) {
  constexpr std::size_t kFewWorkloads = 4;  // of fewer nobody makes a runbook
  if (analysis.goals().size() < kFewWorkloads) return;
  Finding finding;
  finding.subjects = {{"name", "break-glass"}};
  finding.confidence = Confidence::declared;
  add_use_evidence(analysis, analysis.goals().front(), finding.evidence);
  finding.message = fmt::format("{} need identity endpoints, and nothing here is declared to be the way in when those fail",
                                how_many(analysis.goals().size(), "workload"));
  finding.fix =
      "declare it where it is configured: `mainstay.io/purpose: break-glass` as an annotation, label or tag, or MAINSTAY_PURPOSE in its "
      "environment file";
  report.inform(std::move(finding));
}

void check(const Analysis& analysis, RuleReport& report) {
  const std::vector<NodeId> goals(analysis.goals().begin(), analysis.goals().end());
  if (by_purpose(analysis, goals).for_need.empty()) return ask_for_one(analysis, report);
  for (const auto& [path, causes] : causes_by_path(analysis)) report_path(analysis, path, causes, report);
}

}  // namespace

extern const Rule breakglass_shared_fate;
constinit const Rule breakglass_shared_fate{
    .name = "breakglass-shared-fate",
    .summary = "the way in for emergencies, the status page or the monitoring fails with what it is there for",
    .why =
        "An outage is short when somebody can get in, see and tell. What is there for that must not need the resolver, the zone, the "
        "identity provider or the network that has just failed. Which workload is meant is declared where it is configured: "
        "`mainstay.io/purpose` with `break-glass`, `status` or `monitoring` as a Kubernetes annotation or label, as a label of a Compose "
        "service or as a tag in Terraform (`mainstay-purpose` where a tag takes no slash), or `MAINSTAY_PURPOSE=` in an environment file, "
        "where `MAINSTAY_NEEDS=` lists the hosts that it must reach.",
    .fix = "give it another domain, resolver, identity provider and network than what it is there for, and try it every quarter",
    .reference = "AWS Fault Isolation Boundaries, appendix A",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
