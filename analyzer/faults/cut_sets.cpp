#include "analyzer/faults/cut_sets.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "analyzer/faults/modules.h"
#include "analyzer/faults/nested_sweep.h"
#include "graph/values/assert.h"

namespace mainstay {
namespace {

constexpr double kPlenty = 1e6;  // seconds

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

/// Numbers for elements, the deepest things last: what a node adds then stands above all that it needs.
class Levels {
 public:
  static constexpr std::uint32_t kNoLevel = 0xffffffff;

  Levels(const FaultSources& sources, const StrongComponents& components, const std::vector<bool>& is_module)
      : of_fault_(sources.fault_count(), kNoLevel), of_module_(components.count(), kNoLevel) {
    for (std::uint32_t component = 0; component < components.count(); ++component) {
      for (const std::uint32_t node : components.at(component)) {
        for (const std::uint32_t fault : sources.of(node)) {
          if (of_fault_[fault] == kNoLevel) of_fault_[fault] = count_++;
        }
      }
      if (is_module[component]) of_module_[component] = count_++;
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
  std::vector<std::uint32_t> of_fault_;  // counted from the deepest
  std::vector<std::uint32_t> of_module_;
  std::uint32_t count_ = 0;
};

}  // namespace

class CutSets::Equations {
 public:
  using Value = SetFamilies::Id;

  Equations(const FixedPoints& points, const FaultSources& sources, const Levels& levels, SetFamilies& families, SetKind kind)
      : gates_(points.gates()),
        sources_(sources),
        levels_(levels),
        families_(families),
        is_cuts_(kind == SetKind::cuts),
        values_(gates_.node_count(), fails_always()) {}

  Value fails_always() const { return is_cuts_ ? SetFamilies::kAlways : SetFamilies::kNone; }
  Value never_fails() const { return is_cuts_ ? SetFamilies::kNone : SetFamilies::kAlways; }
  Value value(std::uint32_t node) const { return values_[node]; }
  void assign(std::uint32_t node, Value value) { values_[node] = value; }
  void solve_alone(std::uint32_t node) { values_[node] = computed(node); }

  Value computed(std::uint32_t node) {
    if (families_.is_exhausted()) return values_[node];  // so that every sweep comes to an end
    parts_.clear();
    for (std::uint32_t gate = gates_.first_gate(node); gate < gates_.first_gate(node + 1); ++gate) {
      if (gates_.needed(gate) == 0) continue;
      std::vector<Value> members;
      for (const std::uint32_t member : gates_.members(gate)) members.push_back(values_[member]);
      const std::size_t times = is_cuts_ ? members.size() - gates_.needed(gate) + 1 : gates_.needed(gate);
      parts_.push_back(families_.at_least(std::move(members), times));
    }
    for (const std::uint32_t fault : sources_.of(node)) parts_.push_back(families_.single(levels_.of_fault(fault)));
    const std::size_t times = is_cuts_ ? std::min<std::size_t>(parts_.size(), 1) : parts_.size();
    return parts_.empty() ? never_fails() : families_.at_least(parts_, times);
  }

 private:
  const GateIndex& gates_;
  const FaultSources& sources_;
  const Levels& levels_;
  SetFamilies& families_;
  bool is_cuts_;
  std::vector<Value> values_;
  std::vector<Value> parts_;
};

CutSets::CutSets(const FixedPoints& points, const FaultSources& sources, std::span<const NodeId> goals, const CutOptions& options)
    : goals_(goals.begin(), goals.end()) {
  std::sort(goals_.begin(), goals_.end());
  goals_.erase(std::unique(goals_.begin(), goals_.end()), goals_.end());
  const auto start = std::chrono::steady_clock::now();
  CutOptions attempt = options;
  attempt.budget.seconds /= 2;
  if (solve(points, sources, attempt)) return;
  // Out of reach; so the largest order that is not. Each costs only a part of the next one, and order 0 costs nothing.
  truncated_ = true;
  attempt.budget.seconds = kPlenty;
  for (attempt.order = 0; attempt.order < options.order && solve(points, sources, attempt); ++attempt.order) {
    attempt.budget.seconds = options.budget.seconds - std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  }
}

bool CutSets::solve(const FixedPoints& points, const FaultSources& sources, const CutOptions& options) {
  const GateIndex& gates = points.gates();
  const StrongComponents components = strong_components(gates, reached(gates, goals_));
  const std::vector<bool> is_module = modules(gates, sources, components, goals_);
  const Levels levels(sources, components, is_module);
  LevelMeanings meanings = levels.meanings();
  const unsigned order = std::min(options.order, CutOptions::kEveryOrder);
  auto families = std::make_unique<SetFamilies>(levels.count(), static_cast<SetFamilies::Weight>(order), options.budget);
  Equations equations(points, sources, levels, *families, options.kind);
  NestedSweep sweep(points, equations);
  for (std::uint32_t component = 0; component < components.count() && !families->is_exhausted(); ++component) {
    sweep.solve(components.at(component));
    if (!is_module[component]) continue;
    const std::uint32_t node = components.at(component).front();
    const SetFamilies::Id family = equations.value(node);
    if (SetFamilies::is_constant(family) || families->is_element(family)) continue;
    const std::uint32_t level = levels.of_module(component);
    families->set_weight(level, families->lightest(family));
    meanings[level] = {.is_module = true, .fault = 0, .module = family};
    equations.assign(node, families->single(level));
  }
  if (families->is_exhausted()) return false;
  families_of_goals_.clear();
  for (const NodeId goal : goals_) families_of_goals_.push_back(equations.value(index(goal)));
  families_ = std::move(families);
  meanings_ = std::move(meanings);
  order_ = order;
  return true;
}

SetFamilies::Id CutSets::family(NodeId goal) const {
  const auto at = std::lower_bound(goals_.begin(), goals_.end(), goal);
  MAINSTAY_ASSERT(at != goals_.end() && *at == goal, "only the goals that were asked about have an answer");
  return families_of_goals_[static_cast<std::size_t>(at - goals_.begin())];
}

std::optional<unsigned> CutSets::smallest(NodeId goal) const {
  const SetFamilies::Id sets = family(goal);
  return sets == SetFamilies::kNone ? std::nullopt : std::optional<unsigned>(families_->lightest(sets));
}

std::vector<std::uint64_t> CutSets::counts(NodeId goal) const { return counts_by_size(*families_, meanings_, family(goal), order_); }

std::vector<std::vector<std::uint32_t>> CutSets::sets(NodeId goal, std::size_t limit) const {
  return smallest_sets(*families_, meanings_, family(goal), order_, limit);
}

}  // namespace mainstay
