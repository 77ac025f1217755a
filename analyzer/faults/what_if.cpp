#include "analyzer/faults/what_if.h"

#include <algorithm>
#include <tuple>

#include "graph/values/assert.h"

namespace mainstay {
namespace {

class Evaluation {
 public:
  Evaluation(WhatIf& what_if, const Scenario& scenario, FixedPoints& points)
      : what_if_(what_if),
        analysis_(what_if.analysis()),
        graph_(analysis_.graph()),
        points_(points),
        gates_(points.gates()),
        scenario_(scenario),
        failed_(failed_nodes(scenario)),
        lost_(points.what_if(failed_)),
        near_(graph_.size()) {
    impact_.works.assign(graph_.size(), true);
    for (std::uint32_t at = 0; at < graph_.size(); ++at) impact_.works[at] = points.state(NodeId(at)) != FaultState::never;
    for (const NodeId node : lost_) impact_.works[index(node)] = false;
    impact_.lost_shares = lost_shares(graph_, gates_, impact_.works, scenario.faults);
    slowed_ = lost_shares(graph_, gates_, impact_.works, slow_as_lost(scenario));
    spread_near(scenario);
    if (!scenario.edits.empty()) edited_cycles_.emplace(graph_, gates_);
    const AskingCycles& cycles = edited_cycles_ ? *edited_cycles_ : what_if.cycles();
    waits_.emplace(analysis_, what_if.known_waits(), LookupWaits::State{gates_, cycles, impact_.works, scenario.faults, scenario.options});
  }

  Impact run(std::span<const NodeId> goals) {
    impact_.outcomes.reserve(goals.size());
    for (const NodeId goal : goals) impact_.outcomes.push_back(outcome(goal));
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
  std::optional<std::uint32_t> deadline_of(NodeId use) const;
  void wait_for(NodeId use, const LookupWait& time, TimeRange before, Outcome& one) const;
  void wait_for_gate(std::uint32_t gate, Outcome& one);
  void judge_time(Outcome& one) const;
  Outcome outcome(NodeId goal);

  WhatIf& what_if_;
  const Analysis& analysis_;
  const RequirementGraph& graph_;
  const FixedPoints& points_;
  const GateIndex& gates_;
  const Scenario& scenario_;
  std::vector<NodeId> failed_;
  std::vector<NodeId> lost_;
  std::optional<Endings> endings_;  // once somebody is lost
  std::vector<Share> slowed_;
  std::vector<bool> near_;
  Impact impact_;
  std::optional<AskingCycles> edited_cycles_;
  std::optional<LookupWaits> waits_;
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
  return !uses_that(goal, [&](std::uint32_t use) { return what_if_.facts(NodeId(use)).looks_up; }).empty();
}

std::optional<std::uint32_t> Evaluation::deadline_of(NodeId use) const {
  return scenario_.without_deadlines ? std::nullopt : what_if_.facts(use).deadline;
}

/// Keeps the wait that is worst for the workload: past a deadline, then the longest. `before` is waited for others first.
void Evaluation::wait_for(NodeId use, const LookupWait& time, TimeRange before, Outcome& one) const {
  const std::optional<std::uint32_t> deadline = deadline_of(use);
  const auto badness = [](const LookupWait& of, TimeRange wait, std::optional<std::uint32_t> limit) {
    return std::tuple(of.best, of.worst, limit && wait.lo >= Milliseconds(*limit), wait.hi);
  };
  const TimeRange wait = time.wait + before;
  if (one.time && badness(*one.time, one.time->wait, one.deadline) >= badness(time, wait, deadline)) return;
  one.time = time;
  one.time->wait = wait;
  one.deadline = deadline;
  one.uses = {use};
}

/// Alternatives are tried one after the other: what fails first is waited for first, and then the one that works.
void Evaluation::wait_for_gate(std::uint32_t gate, Outcome& one) {
  static const LookupWait kNothing;
  const std::span<const std::uint32_t> uses = gates_.members(gate);
  const bool alternatives = gates_.needed(gate) < uses.size();
  TimeRange before;
  for (const std::uint32_t use : uses) {
    const LookupWait* time = waits_->of_use(NodeId(use));
    if (alternatives && !impact_.works[use]) {
      if (time != nullptr) before = before + time->wait;
      continue;
    }
    if (time == nullptr && before == TimeRange{}) {
      if (alternatives) return;
      continue;
    }
    wait_for(NodeId(use), time == nullptr ? kNothing : *time, before, one);
    if (alternatives) return;
  }
}

void Evaluation::judge_time(Outcome& one) const {
  if (!one.time) return;
  const LookupWait& time = *one.time;
  if (time.best != LookupOutcome::answered) {
    one.standing = Standing::now;
  } else if (time.worst != LookupOutcome::answered) {
    one.standing = Standing::degraded;
    one.lost = {0, 1};
  } else if (one.deadline && time.wait.lo >= Milliseconds(*one.deadline)) {
    one.standing = Standing::time_out;
  } else if (time.wait.hi > Milliseconds(0)) {
    one.standing = Standing::slow;
  }
}

Outcome Evaluation::outcome(NodeId goal) {
  Outcome one{.goal = goal, .standing = Standing::fine, .is_near = near_[index(goal)]};
  if (analysis_.fixed_points().state(goal) == FaultState::never) {
    one.standing = Standing::lost_anyway;
    one.uses = uses_that(goal, [&](std::uint32_t use) { return !impact_.works[use]; });
    return one;
  }
  if (!impact_.works[index(goal)] && scenario_.without_endings) {
    one.standing = Standing::now;
    return one;
  }
  if (!impact_.works[index(goal)]) {
    if (!endings_) endings_.emplace(graph_, points_, analysis_.holds(), lost_, failed_);
    one.ending = *endings_->of(goal);
    one.standing = one.ending->longest.known > 0 ? Standing::later : Standing::now;
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
    for (std::uint32_t gate = gates_.first_gate(index(goal)); gate < gates_.first_gate(index(goal) + 1); ++gate) wait_for_gate(gate, one);
    judge_time(one);
  }
  return one;
}

}  // namespace

std::size_t Impact::count(Standing standing) const {
  return static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [&](const Outcome& one) { return one.standing == standing; }));
}

const WhatIf::UseFacts& WhatIf::facts(NodeId use) {
  const auto [facts, is_new] = uses_.at(use);
  if (!is_new) return facts;
  for (const Use* one : uses_behind(analysis_.graph().node(use), analysis_.estate())) {
    if (one->deadline && (!facts.deadline || *one->deadline < *facts.deadline)) facts.deadline = one->deadline;
    facts.looks_up = facts.looks_up || !one->bypasses_dns;
  }
  return facts;
}

Impact WhatIf::of(const Scenario& scenario) { return of(scenario, analysis_.goals()); }

Impact WhatIf::of(const Scenario& scenario, std::span<const NodeId> goals) {
  std::optional<FixedPoints> edited;
  if (!scenario.edits.empty()) edited.emplace(GateIndex(analysis_.graph(), scenario.edits));
  FixedPoints& points = edited ? *edited : analysis_.fixed_points();
  Impact impact = Evaluation(*this, scenario, points).run(goals);
  MAINSTAY_ASSERT(impact.outcomes.size() == goals.size(), "every workload has exactly one standing");
  return impact;
}

}  // namespace mainstay
