// Rule: one thing that can be wrong with an estate, as constant data and one function. One file and one line in analyzer/rules.inc each.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analyzer/analysis.h"
#include "graph/findings/finding.h"
#include "graph/findings/report.h"

namespace mainstay {

struct Rule;

/// Collects what one rule finds.
class RuleReport {
 public:
  RuleReport(const Rule& rule, const Analysis& analysis) : rule_(rule), analysis_(analysis) {}

  /// Adds a finding: fills in the rule's name, its fix where the finding has none, the id, and the severity by how much is lost.
  /// `severity` of the finding is taken as it is when it is above info; otherwise the rule's own is the base.
  void add(Finding finding);
  /// Adds a finding that is no more than information, however much rests on what it is about.
  void inform(Finding finding);
  /// Counts something that the rule could not decide.
  void undecided(std::string_view why, std::string example);

  std::vector<Finding>& findings() { return findings_; }
  std::vector<Undecided> undecided() const;

 private:
  void keep(Finding finding);

  const Rule& rule_;
  const Analysis& analysis_;
  std::vector<Finding> findings_;
  std::map<std::string, Undecided> undecided_;
};

struct Rule {
  std::string_view name;     // reads well behind "allow": names the fault, never the cure
  std::string_view summary;  // one sentence
  std::string_view why;
  std::string_view fix;
  std::string_view reference;
  Severity severity = Severity::medium;
  void (*check)(const Analysis& analysis, RuleReport& report) = nullptr;
};

/// Every rule, in the order of analyzer/rules.inc.
std::span<const Rule* const> all_rules();
/// The rule of that name; null when there is none.
const Rule* find_rule(std::string_view name);

/// One level up when a quarter of at least four workloads is lost; one level down when everything lost is labelled as something else
/// than production.
Severity weighed(Severity base, const Analysis& analysis, const std::vector<std::string>& affected);

/// How sure it is that any of the goals rests on a node: the weakest evidence on the shortest path, of the goal that is proved best.
/// The others are listed beside it. `assumed` when there is no goal, or no path.
Confidence best_proved(const RequirementGraph& graph, std::span<const NodeId> goals, NodeId node);

/// A subject for a node of the graph.
Subject subject_of(const RequirementGraph& graph, NodeId node);

/// "1 workload", "12 workloads".
std::string how_many(std::size_t count, std::string_view thing);

}  // namespace mainstay
