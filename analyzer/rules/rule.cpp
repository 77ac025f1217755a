#include "analyzer/rules/rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "analyzer/faults/proof.h"

namespace mainstay {

#define MAINSTAY_RULE(symbol) extern const Rule symbol;
#include "analyzer/rules.inc"
#undef MAINSTAY_RULE

namespace {

constexpr const Rule* kRules[] = {
#define MAINSTAY_RULE(symbol) &symbol,
#include "analyzer/rules.inc"
#undef MAINSTAY_RULE
};

}  // namespace

std::span<const Rule* const> all_rules() { return kRules; }

const Rule* find_rule(std::string_view name) {
  const auto at = std::find_if(std::begin(kRules), std::end(kRules), [&](const Rule* rule) { return rule->name == name; });
  return at == std::end(kRules) ? nullptr : *at;
}

void RuleReport::add(Finding finding) {
  const Severity base = finding.severity == Severity::info ? rule_.severity : finding.severity;
  finding.severity = weighed(base, analysis_, finding.affected);
  keep(std::move(finding));
}

void RuleReport::inform(Finding finding) {
  finding.severity = Severity::info;
  keep(std::move(finding));
}

void RuleReport::keep(Finding finding) {
  finding.rule = rule_.name;
  if (finding.fix.empty()) finding.fix = rule_.fix;
  std::sort(finding.affected.begin(), finding.affected.end());
  finding.id = fingerprint(finding.rule, finding.subjects);
  findings_.push_back(std::move(finding));
}

void RuleReport::undecided(std::string_view why, std::string example) {
  Undecided& one = undecided_[std::string(why)];
  one.what = rule_.name;
  one.why = why;
  ++one.count;
  if (one.examples.size() < 5) one.examples.push_back(std::move(example));
}

std::vector<Undecided> RuleReport::undecided() const {
  std::vector<Undecided> all;
  for (const auto& [why, one] : undecided_) all.push_back(one);
  return all;
}

Severity weighed(Severity base, const Analysis& analysis, const std::vector<std::string>& affected) {
  constexpr std::size_t kFewWorkloads = 4;  // a share of fewer says nothing
  const std::size_t all = analysis.goals().size();
  if (all >= kFewWorkloads && affected.size() * 4 >= all) base = raised(base);
  const bool only_other = !affected.empty() && std::all_of(affected.begin(), affected.end(), [&](const std::string& id) {
    const Workload* workload = analysis.estate().workload(id);
    return workload != nullptr && !workload->environment.empty() && !workload->environment.starts_with("prod");
  });
  return only_other ? lowered(base) : base;
}

Confidence best_proved(const RequirementGraph& graph, std::span<const NodeId> goals, NodeId node) {
  Confidence best = Confidence::assumed;
  for (const NodeId goal : goals) {
    best = std::max(best, weakest(proof(graph, goal, node)));
    if (best == Confidence::declared) break;  // nothing is surer, and each proof is a search of the graph
  }
  return best;
}

Subject subject_of(const RequirementGraph& graph, NodeId node) {
  return {.kind = std::string(word(graph.node(node).kind)), .name = graph.node(node).name};
}

std::string how_many(std::size_t count, std::string_view thing) { return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s"); }

}  // namespace mainstay
