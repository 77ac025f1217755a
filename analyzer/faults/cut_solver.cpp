#include "analyzer/faults/cut_solver.h"

#include <algorithm>
#include <utility>

#include "analyzer/faults/diagram_tables.h"
#include "analyzer/faults/minimal_sets.h"
#include "analyzer/faults/modules.h"
#include "analyzer/faults/monotone_functions.h"
#include "analyzer/faults/nested_sweep.h"

namespace mainstay {
namespace {

constexpr std::uint32_t kNoLevel = 0xffffffff;

/// The nodes that the goals reach.
std::vector<bool> reached(const GateIndex& gates, std::span<const NodeId> goals) {
  std::vector<bool> seen(gates.node_count(), false);
  std::vector<std::uint32_t> open;
  const auto come_by = [&](std::uint32_t node) {
    if (seen[node]) return;
    seen[node] = true;
    open.push_back(node);
  };
  for (const NodeId goal : goals) come_by(index(goal));
  while (!open.empty()) {
    const std::uint32_t node = open.back();
    open.pop_back();
    for (const std::uint32_t member : gates.members_of_node(node)) come_by(member);
  }
  return seen;
}

/// Numbers for elements: the faults, and the modules that stand for one each.
class Levels {
 public:
  /// `order` lists components from the top level down. A fault of several nodes stands where the lowest of them does.
  Levels(const FaultSources& sources, const StrongComponents& components, const std::vector<bool>& is_module,
         const std::vector<std::uint32_t>& order)
      : of_fault_(sources.fault_count(), kNoLevel), of_module_(components.count(), kNoLevel) {
    for (auto at = order.rbegin(); at != order.rend(); ++at) {
      for (const std::uint32_t node : components.at(*at)) {
        for (const std::uint32_t fault : sources.of(node)) {
          if (of_fault_[fault] == kNoLevel) of_fault_[fault] = count_++;
        }
      }
      if (is_module[*at]) of_module_[*at] = count_++;
    }
  }

  std::uint32_t count() const { return count_; }
  std::uint32_t of_fault(std::uint32_t fault) const { return count_ - 1 - of_fault_[fault]; }
  std::uint32_t of_module(std::uint32_t component) const { return count_ - 1 - of_module_[component]; }
  LevelMeanings meanings() const {
    LevelMeanings meanings(count_);
    for (std::uint32_t fault = 0; fault < of_fault_.size(); ++fault) {
      if (of_fault_[fault] != kNoLevel) meanings[of_fault(fault)].fault = fault;
    }
    return meanings;
  }

 private:
  std::vector<std::uint32_t> of_fault_;  // counted from the lowest level
  std::vector<std::uint32_t> of_module_;
  std::uint32_t count_ = 0;
};

/// The equations of nodes, over families or over functions.
template <class Functions>
class Equations {
 public:
  using Value = typename Functions::Id;

  Equations(const FixedPoints& points, const FaultSources& sources, const Levels& levels, Functions& functions, SetKind kind)
      : gates_(points.gates()),
        sources_(sources),
        levels_(levels),
        functions_(functions),
        is_cuts_(kind == SetKind::cuts),
        values_(gates_.node_count(), fails_always()) {}

  const Levels& levels() const { return levels_; }
  Functions& functions() { return functions_; }
  Value fails_always() const { return is_cuts_ ? Functions::kAlways : Functions::kNone; }
  Value never_fails() const { return is_cuts_ ? Functions::kNone : Functions::kAlways; }
  Value value(std::uint32_t node) const { return values_[node]; }
  void assign(std::uint32_t node, Value value) { values_[node] = value; }
  void solve_alone(std::uint32_t node) { values_[node] = computed(node); }

  Value computed(std::uint32_t node) {
    if (functions_.is_exhausted()) return values_[node];  // so that every sweep comes to an end
    parts_.clear();
    for (std::uint32_t gate = gates_.first_gate(node); gate < gates_.first_gate(node + 1); ++gate) {
      if (gates_.needed(gate) == 0) continue;
      std::vector<Value> members;
      for (const std::uint32_t member : gates_.members(gate)) members.push_back(values_[member]);
      const std::size_t times = is_cuts_ ? members.size() - gates_.needed(gate) + 1 : gates_.needed(gate);
      parts_.push_back(functions_.at_least(std::move(members), times));
    }
    for (const std::uint32_t fault : sources_.of(node)) parts_.push_back(functions_.single(levels_.of_fault(fault)));
    const std::size_t times = is_cuts_ ? std::min<std::size_t>(parts_.size(), 1) : parts_.size();
    return parts_.empty() ? never_fails() : functions_.at_least(parts_, times);
  }

 private:
  const GateIndex& gates_;
  const FaultSources& sources_;
  const Levels& levels_;
  Functions& functions_;
  bool is_cuts_;
  std::vector<Value> values_;
  std::vector<Value> parts_;
};

/// Solves the equations; `on_module` is told of each module when its inside is known, before anything uses its level.
template <class Functions, class OnModule>
void sweep(const FixedPoints& points, const StrongComponents& components, const std::vector<bool>& is_module,
           Equations<Functions>& equations, OnModule on_module) {
  Functions& functions = equations.functions();
  NestedSweep nested(points, equations);
  for (std::uint32_t component = 0; component < components.count() && !functions.is_exhausted(); ++component) {
    nested.solve(components.at(component));
    if (!is_module[component]) continue;
    const std::uint32_t node = components.at(component).front();
    const auto inside = equations.value(node);
    const bool is_element =
        !Functions::is_constant(inside) && functions.low(inside) == Functions::kNone && functions.high(inside) == Functions::kAlways;
    if (Functions::is_constant(inside) || is_element) continue;
    const std::uint32_t level = equations.levels().of_module(component);
    on_module(level, inside);
    equations.assign(node, functions.single(level));
  }
}

}  // namespace

CutSolver::CutSolver(const FixedPoints& points, const FaultSources& sources, std::span<const NodeId> goals, SetKind kind)
    : points_(points),
      sources_(sources),
      goals_(goals),
      kind_(kind),
      components_(strong_components(points.gates(), reached(points.gates(), goals))),
      is_module_(modules(points.gates(), sources, components_, goals)) {}

std::optional<SolvedCuts> CutSolver::by_families(unsigned order, const CutBudget& budget) const {
  const Levels levels(sources_, components_, is_module_, level_order(points_.gates(), components_, goals_, LevelOrder::as_solved));
  SolvedCuts solved{std::make_unique<SetFamilies>(levels.count(), static_cast<SetFamilies::Weight>(order), budget), levels.meanings(), {}};
  Equations equations(points_, sources_, levels, *solved.families, kind_);
  sweep(points_, components_, is_module_, equations, [&](std::uint32_t level, SetFamilies::Id inside) {
    solved.families->set_weight(level, solved.families->lightest(inside));
    solved.meanings[level] = {.is_module = true, .fault = 0, .module = inside};
  });
  if (solved.families->is_exhausted()) return std::nullopt;
  for (const NodeId goal : goals_) solved.of_goals.push_back(equations.value(index(goal)));
  return solved;
}

std::optional<SolvedCuts> CutSolver::every_size(const CutBudget& budget) const {
  constexpr std::size_t kFirstOctets = std::size_t{1} << 20;
  const auto deadline = deadline_of(budget.seconds);
  for (std::size_t octets = std::min(kFirstOctets, budget.octets);;) {
    // Families take longer for what they hold, so functions are a step ahead of them.
    std::optional<SolvedCuts> solved = by_families(SetFamilies::kNoLimit, {.seconds = seconds_until(deadline), .octets = octets});
    const bool is_last = octets == budget.octets;
    octets = std::min(octets * 4, budget.octets);
    for (std::size_t way = 0; !solved && !is_last && way < kFunctionOrders.size() && seconds_until(deadline) > 0; ++way) {
      solved = by_functions(kFunctionOrders[way], {.seconds = seconds_until(deadline), .octets = octets});
    }
    if (solved || is_last || seconds_until(deadline) <= 0) return solved;
  }
}

std::optional<SolvedCuts> CutSolver::by_functions(LevelOrder order, const CutBudget& budget) const {
  const auto deadline = deadline_of(budget.seconds);
  const Levels levels(sources_, components_, is_module_, level_order(points_.gates(), components_, goals_, order));
  MonotoneFunctions functions(budget);
  Equations equations(points_, sources_, levels, functions, kind_);
  std::vector<std::pair<std::uint32_t, MonotoneFunctions::Id>> inside;  // of a level that stands for a module
  sweep(points_, components_, is_module_, equations,
        [&](std::uint32_t level, MonotoneFunctions::Id function) { inside.emplace_back(level, function); });
  if (functions.is_exhausted()) return std::nullopt;
  const CutBudget rest{.seconds = seconds_until(deadline), .octets = budget.octets - std::min(budget.octets, functions.memory())};
  SolvedCuts solved{std::make_unique<SetFamilies>(levels.count(), SetFamilies::kNoLimit, rest), levels.meanings(), {}};
  MinimalSets minimal(functions, *solved.families);
  for (const auto& [level, function] : inside) {
    const SetFamilies::Id sets = minimal.of(function);
    solved.families->set_weight(level, solved.families->lightest(sets));
    solved.meanings[level] = {.is_module = true, .fault = 0, .module = sets};
  }
  for (const NodeId goal : goals_) solved.of_goals.push_back(minimal.of(equations.value(index(goal))));
  if (solved.families->is_exhausted()) return std::nullopt;
  return solved;
}

}  // namespace mainstay
