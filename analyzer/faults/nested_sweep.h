// NestedSweep: solves an equation for every node of a requirement graph, cycles included, exactly as `settled` in fixed_points.h says.
//
// An answer is anything that is known about a node for all sets of failed components at once: which lone failures fail it, its minimal cut
// sets, its minimal path sets. An equation gives the answer of a node from those of its members, each set of failed components
// independently of the others, and monotonically; so the fixed points of the definition may be taken over answers instead of single sets.
//
// Strongly connected components are solved in topological order. What is solved at once within a component is a unit: a cold-true node, or
// a strongly connected component of the warm-only nodes alone. A unit of warm-only nodes is a function of what it needs outside itself: it
// starts from "works" whenever something outside has changed. The units then go from "does not work" together, in any order, until nothing
// changes. That is the nested fixed point, because warm-only units do not go round in circles but through cold-true nodes.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "analyzer/faults/fixed_points.h"
#include "analyzer/faults/strong_components.h"

namespace mainstay {

/// Shape: Answers has a type Value that can be compared, and
///          Value fails_always() const, never_fails() const;   the answers to start from
///          Value value(node) const; void assign(node, Value);
///          void solve_alone(node);                            a node on no cycle, by its equation
///          Value computed(node);                              the right side of the equation of a node on a cycle; equal answers compare
///          equal
template <class Answers>
class NestedSweep {
 public:
  NestedSweep(const FixedPoints& points, Answers& answers)
      : points_(points), gates_(points.gates()), answers_(answers), turns_(gates_.node_count(), Turn::none) {
    std::vector<bool> warm_only(gates_.node_count(), false);
    for (std::uint32_t node = 0; node < gates_.node_count(); ++node) warm_only[node] = is_warm_only(node);
    units_ = strong_components(gates_, warm_only);
    if (units_.count() == 0) return;
    unit_of_.resize(gates_.node_count());
    for (std::uint32_t unit = 0; unit < units_.count(); ++unit) {
      for (const std::uint32_t node : units_.at(unit)) unit_of_[node] = unit;
    }
  }

  /// What the component needs outside itself must be solved. Nodes that never work keep the answer that they have.
  void solve(std::span<const std::uint32_t> component) {
    if (!is_cycle(component)) {
      if (state(component.front()) != FaultState::never) answers_.solve_alone(component.front());
      return;
    }
    start(component);
    while (!due_.empty()) {
      const std::uint32_t unit = due_.front();
      due_.pop_front();
      turns_[unit] = Turn::done;
      if (is_warm_only(unit)) {
        solve_warm_only(unit);
      } else if (update(unit)) {
        wake_dependents(unit);
      }
    }
    for (const std::uint32_t node : component) turns_[node] = Turn::none;
  }

  bool is_cycle(std::span<const std::uint32_t> component) const {
    if (component.size() > 1) return true;
    const auto members = gates_.members_of_node(component.front());
    return std::find(members.begin(), members.end(), component.front()) != members.end();
  }

 private:
  /// Whether a unit is being solved, and if so whether something that it needs has changed since it was looked at.
  enum class Turn : std::uint8_t { none, done, due };

  FaultState state(std::uint32_t node) const { return points_.state(NodeId(node)); }
  bool is_warm_only(std::uint32_t node) const { return state(node) == FaultState::warm_only; }

  /// Cold-true nodes first, in the order in which they come up, so that almost all are right at the first visit; then the warm-only units.
  void start(std::span<const std::uint32_t> component) {
    std::vector<std::uint32_t> warm_only;
    for (const std::uint32_t node : component) {
      if (state(node) == FaultState::never) continue;
      answers_.assign(node, answers_.fails_always());
      if (leader(node) != node) continue;
      turns_[node] = Turn::due;
      (is_warm_only(node) ? warm_only : starting_).push_back(node);
    }
    std::sort(starting_.begin(), starting_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return points_.rank(NodeId(a)) < points_.rank(NodeId(b)); });
    due_.assign(starting_.begin(), starting_.end());
    due_.insert(due_.end(), warm_only.begin(), warm_only.end());
    starting_.clear();
  }

  /// The node that stands for the unit of a node.
  std::uint32_t leader(std::uint32_t node) const { return is_warm_only(node) ? units_.at(unit_of_[node]).front() : node; }

  void wake_dependents(std::uint32_t node) {
    for (const std::uint32_t gate : gates_.gates_with(node)) {
      const std::uint32_t unit = leader(gates_.owner(gate));
      if (turns_[unit] != Turn::done || unit == leader(node)) continue;
      turns_[unit] = Turn::due;
      due_.push_back(unit);
    }
  }

  void solve_warm_only(std::uint32_t unit) {
    const auto nodes = units_.at(unit_of_[unit]);
    before_.clear();
    for (const std::uint32_t node : nodes) {
      before_.push_back(answers_.value(node));
      answers_.assign(node, answers_.never_fails());
    }
    grow(nodes);
    for (std::size_t at = 0; at < nodes.size(); ++at) {
      if (answers_.value(nodes[at]) != before_[at]) wake_dependents(nodes[at]);
    }
  }

  /// Computes the equations of these nodes until none changes.
  void grow(std::span<const std::uint32_t> nodes) {
    growing_.assign(nodes.begin(), nodes.end());
    if (waiting_.empty()) waiting_.resize(gates_.node_count());
    for (const std::uint32_t node : nodes) waiting_[node] = true;
    while (!growing_.empty()) {
      const std::uint32_t node = growing_.front();
      growing_.pop_front();
      waiting_[node] = false;
      if (!update(node)) continue;
      for (const std::uint32_t gate : gates_.gates_with(node)) {
        const std::uint32_t owner = gates_.owner(gate);
        if (!is_warm_only(owner) || unit_of_[owner] != unit_of_[node] || waiting_[owner]) continue;
        waiting_[owner] = true;
        growing_.push_back(owner);
      }
    }
  }

  bool update(std::uint32_t node) {
    const auto computed = answers_.computed(node);
    if (computed == answers_.value(node)) return false;
    answers_.assign(node, computed);
    return true;
  }

  const FixedPoints& points_;
  const GateIndex& gates_;
  Answers& answers_;
  std::vector<Turn> turns_;  // of the node that stands for a unit
  std::deque<std::uint32_t> due_;
  std::vector<std::uint32_t> starting_;
  StrongComponents units_;              // of the warm-only nodes
  std::vector<std::uint32_t> unit_of_;  // of a warm-only node; empty when there is none
  std::vector<typename Answers::Value> before_;
  std::deque<std::uint32_t> growing_;
  std::vector<bool> waiting_;
};

}  // namespace mainstay
