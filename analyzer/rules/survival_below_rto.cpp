#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analyzer/rules/resolver_faults.h"
#include "render/durations.h"

namespace mainstay {
namespace {

/// The time in which an outage is meant to be mended where nobody says so. Units: seconds.
constexpr std::uint64_t kUsualObjective = 30 * std::uint64_t{60};

/// A workload whose holds end too soon.
struct Short {
  NodeId goal{};
  const WorstFault* worst = nullptr;
  std::uint64_t objective = kUsualObjective;
  bool declared = false;  // the objective
};

Short short_of(const Analysis& analysis, NodeId goal, const WorstFault& worst) {
  Short one{.goal = goal, .worst = &worst};
  const Workload* workload = analysis.estate().workload(analysis.graph().node(goal).name);
  if (workload != nullptr && workload->recovery_objective) {
    one.objective = *workload->recovery_objective;
    one.declared = true;
  }
  return one;
}

std::string arithmetic(const Short& one) {
  std::string text;
  for (const Hold* hold : one.worst->ending.carried) {
    text += fmt::format("{}{} {}", text.empty() ? "" : " + ", hold->what, seconds_in_words(hold->lasts.known));
  }
  return fmt::format("{} = 0 to {}; the objective is {}{}", text, seconds_in_words(one.worst->ending.longest.known),
                     seconds_in_words(one.objective), one.declared ? "" : ", since none is declared");
}

/// Workloads that one and the same fault locks out first, as one finding; the one that falls shortest stands for them.
void add(const Analysis& analysis, NodeId fault, const std::vector<Short>& group, RuleReport& report) {
  const RequirementGraph& graph = analysis.graph();
  const auto missing = [](const Short& one) { return one.objective - one.worst->ending.longest.known; };
  const Short& shortest =
      *std::max_element(group.begin(), group.end(), [&](const Short& a, const Short& b) { return missing(a) < missing(b); });
  std::vector<NodeId> goals;
  for (const Short& one : group) goals.push_back(one.goal);
  Finding finding;
  finding.subjects = {subject_of(graph, fault)};
  finding.affected = analysis.names(goals);
  finding.message =
      fmt::format("without {} {} {} {} for at most {} on what is cached and held; mending it may take {}", word(graph.node(fault).kind),
                  label_of(graph, fault), how_many(goals.size(), "workload"), goals.size() == 1 ? "lives" : "live",
                  seconds_in_words(shortest.worst->ending.longest.known), seconds_in_words(shortest.objective));
  for (const Hold* hold : shortest.worst->ending.carried) add_evidence(hold->reasons, 1, finding.evidence);
  add_evidence(graph.node(fault).reasons, 2, finding.evidence);
  add_use_evidence(analysis, shortest.goal, finding.evidence);
  finding.confidence = best_proved(graph, goals, fault);
  finding.arithmetic = arithmetic(shortest);
  report.add(std::move(finding));
}

void check(const Analysis& analysis, RuleReport& report) {
  std::map<NodeId, std::vector<Short>> groups;
  for (const NodeId goal : analysis.goals()) {
    const auto at = analysis.worst_faults().find(goal);
    // Without anything held the lock-out is that of the single fault, which other rules tell.
    if (at == analysis.worst_faults().end() || at->second.ending.carried.empty()) continue;
    const Short one = short_of(analysis, goal, at->second);
    const Longest longest = at->second.ending.longest;
    if (longest.known >= one.objective) continue;
    if (!longest.is_known()) {
      report.undecided("how long something that is held lasts is not known", analysis.graph().node(goal).name);
      continue;
    }
    groups[at->second.fault].push_back(one);
  }
  for (const auto& [fault, group] : groups) add(analysis, fault, group, report);
}

}  // namespace

extern const Rule survival_below_rto;
constinit const Rule survival_below_rto{
    .name = "survival-below-rto",
    .summary = "what workloads have cached and hold runs out before an outage is likely to be mended",
    .why =
        "An outage that one component causes alone is survived on cached answers, tokens and key sets, and only for as long as they last. "
        "The "
        "longest time is judged, since the shortest is always 0: what is held may be about to expire. How soon a workload must work again "
        "is "
        "declared where its purpose is: `mainstay.io/recovery-objective` as a Kubernetes annotation or label, as a label of a Compose "
        "service "
        "or as a tag in Terraform (`mainstay-recovery-objective` where a tag takes no slash), or `MAINSTAY_RECOVERY_OBJECTIVE=` in an "
        "environment file, as in `90s`, `30m` or `2h`. Where nobody says so, it is 30 minutes.",
    .fix =
        "hold longer: keys that are kept while their source is silent, tokens that are renewed early, serve-stale on the resolvers; or "
        "remove "
        "the single fault",
    .reference = "RFC 8767; RFC 7517 section 5",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
