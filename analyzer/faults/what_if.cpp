#include "analyzer/faults/what_if.h"

#include <algorithm>
#include <set>

#include "graph/values/assert.h"

namespace mainstay {
namespace {

/// The uses of which nothing must be looked up: the host is an address.
std::set<NodeId> uses_without_lookup(const Analysis& analysis) {
  std::set<NodeId> found;
  for (const Use& use : analysis.estate().uses()) {
    if (!use.bypasses_dns) continue;
    if (const std::optional<NodeId> node = analysis.graph().find(NodeKind::use, use_name_of(use))) found.insert(*node);
  }
  return found;
}

class Evaluation {
 public:
  Evaluation(const Analysis& analysis, const Holds& holds, const Scenario& scenario, FixedPoints& points)
      : analysis_(analysis),
        graph_(analysis.graph()),
        gates_(points.gates()),
        without_lookup_(uses_without_lookup(analysis)),
        failed_(failed_nodes(scenario)),
        endings_(graph_, gates_, holds, points.what_if(failed_), failed_),
        near_(graph_.size()) {
    impact_.works.assign(graph_.size(), true);
    for (std::uint32_t at = 0; at < graph_.size(); ++at) impact_.works[at] = points.state(NodeId(at)) != FaultState::never;
    for (const NodeId node : endings_.lost()) impact_.works[index(node)] = false;
    impact_.lost_shares = lost_shares(graph_, gates_, impact_.works, scenario.faults);
    slowed_ = lost_shares(graph_, gates_, impact_.works, slow_as_lost(scenario));
    spread_near(scenario);
  }

  Impact run() {
    for (const NodeId goal : analysis_.goals()) impact_.outcomes.push_back(outcome(goal));
    return std::move(impact_);
  }

 private:
  static std::vector<NodeId> failed_nodes(const Scenario& scenario) {
    std::vector<NodeId> failed;
    for (const Fault& fault : scenario.faults) {
      if (gives_no_answer(fault.mode)) failed.push_back(fault.node);
    }
    return failed;
  }
  /// What is late spreads as what is wrong does.
  static std::vector<Fault> slow_as_lost(const Scenario& scenario) {
    std::vector<Fault> faults;
    for (const Fault& fault : scenario.faults) {
      if (fault.mode == FaultMode::slow) faults.push_back({fault.node, FaultMode::wrong_answer});
    }
    return faults;
  }
  void spread_near(const Scenario& scenario);
  std::vector<NodeId> uses_that(NodeId goal, auto&& concerns) const;
  bool is_unknown(NodeId goal) const;
  Outcome outcome(NodeId goal) const;

  const Analysis& analysis_;
  const RequirementGraph& graph_;
  const GateIndex& gates_;
  std::set<NodeId> without_lookup_;
  std::vector<NodeId> failed_;
  Endings endings_;
  std::vector<Share> slowed_;
  std::vector<bool> near_;
  Impact impact_;
};

void Evaluation::spread_near(const Scenario& scenario) {
  std::vector<std::uint32_t> open;
  for (const Fault& fault : scenario.faults) {
    if (!near_[index(fault.node)]) open.push_back(index(fault.node));
    near_[index(fault.node)] = true;
  }
  while (!open.empty()) {
    const std::uint32_t node = open.back();
    open.pop_back();
    for (const std::uint32_t gate : gates_.gates_with(node)) {
      const std::uint32_t owner = gates_.owner(gate);
      if (near_[owner]) continue;
      near_[owner] = true;
      open.push_back(owner);
    }
  }
}

std::vector<NodeId> Evaluation::uses_that(NodeId goal, auto&& concerns) const {
  std::vector<NodeId> uses;
  for (const std::uint32_t use : gates_.members_of_node(index(goal))) {
    if (concerns(use)) uses.push_back(NodeId(use));
  }
  return uses;
}

bool Evaluation::is_unknown(NodeId goal) const {
  if (!analysis_.asked(goal).stubs.empty()) return false;
  return !uses_that(goal, [&](std::uint32_t use) { return !without_lookup_.contains(NodeId(use)); }).empty();
}

Outcome Evaluation::outcome(NodeId goal) const {
  Outcome one{.goal = goal, .standing = Standing::fine, .is_near = near_[index(goal)]};
  if (analysis_.fixed_points().state(goal) == FaultState::never) {
    one.standing = Standing::lost_anyway;
    one.uses = uses_that(goal, [&](std::uint32_t use) { return !impact_.works[use]; });
    return one;
  }
  if (const Ending* ending = endings_.of(goal)) {
    one.ending = *ending;
    one.standing = ending->longest.known > 0 ? Standing::later : Standing::now;
    one.uses = uses_that(goal, [&](std::uint32_t use) { return !impact_.works[use]; });
    return one;
  }
  one.lost = impact_.lost_shares[index(goal)];
  one.slowed = slowed_[index(goal)];
  if (!one.lost.is_none()) {
    one.standing = one.lost.is_all() ? Standing::now : Standing::degraded;
    one.uses = uses_that(goal, [&](std::uint32_t use) { return !impact_.lost_shares[use].is_none(); });
  } else if (!one.slowed.is_none()) {
    one.standing = Standing::slow;
    one.uses = uses_that(goal, [&](std::uint32_t use) { return !slowed_[use].is_none(); });
  } else if (is_unknown(goal)) {
    one.standing = Standing::unknown;
  } else if (one.is_near) {
    one.uses = uses_that(goal, [&](std::uint32_t use) { return near_[use]; });
  }
  return one;
}

}  // namespace

std::size_t Impact::count(Standing standing) const {
  return static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [&](const Outcome& one) { return one.standing == standing; }));
}

Impact what_if(const Analysis& analysis, const Holds& holds, const Scenario& scenario) {
  std::optional<FixedPoints> edited;
  if (!scenario.edits.empty()) edited.emplace(GateIndex(analysis.graph(), scenario.edits));
  FixedPoints& points = edited ? *edited : analysis.fixed_points();
  Impact impact = Evaluation(analysis, holds, scenario, points).run();
  MAINSTAY_ASSERT(impact.outcomes.size() == analysis.goals().size(), "every workload has exactly one standing");
  return impact;
}

}  // namespace mainstay
