#include "analyzer/faults/single_faults.h"

#include <algorithm>
#include <deque>

#include "analyzer/faults/strong_components.h"

namespace mainstay {

// Solves the equations, component by component.
//
// What is solved at once within a component is a unit: a cold-true node, or a strongly connected component of the warm-only nodes alone.
// A unit of warm-only nodes is a function of what it needs outside itself: the least solution of its equations, grown from empty sets
// whenever something outside has changed. The units then shrink together from "every fault" to the greatest solution, in any order. That
// is the nested fixed point of the definition, because warm-only units do not go round in circles but through cold-true nodes.
class SingleFaults::Sweep {
 public:
  Sweep(SingleFaults& result, const FixedPoints& points)
      : result_(result), points_(points), gates_(points.gates()), turns_(gates_.node_count(), Turn::none) {
    std::vector<bool> warm_only(gates_.node_count(), false);
    for (std::uint32_t node = 0; node < gates_.node_count(); ++node) {
      warm_only[node] = state(node) == FaultState::warm_only;
    }
    units_ = strong_components(gates_, warm_only);
    if (units_.count() == 0) return;
    unit_of_.resize(gates_.node_count());
    for (std::uint32_t unit = 0; unit < units_.count(); ++unit) {
      for (const std::uint32_t node : units_.at(unit)) unit_of_[node] = unit;
    }
  }

  void solve(std::span<const std::uint32_t> component) {
    if (component.size() == 1 && !needs_itself(component.front())) {
      if (state(component.front()) != FaultState::never) solve_alone(component.front());
      return;
    }
    start(component);
    while (!due_.empty()) {
      const std::uint32_t unit = due_.front();
      due_.pop_front();
      turns_[unit] = Turn::done;
      if (state(unit) == FaultState::warm_only) {
        solve_warm_only(unit);
      } else if (update(unit)) {
        wake_dependents(unit);
      }
    }
    for (const std::uint32_t node : component) turns_[node] = Turn::none;
  }

 private:
  /// Whether a unit is being solved, and if so whether something that it needs has changed since it was looked at.
  enum class Turn : std::uint8_t { none, done, due };

  FaultState state(std::uint32_t node) const { return result_.states_[node]; }

  bool needs_itself(std::uint32_t node) const {
    const auto members = gates_.members_of_node(node);
    return std::find(members.begin(), members.end(), node) != members.end();
  }

  /// Cold-true nodes first, in the order in which they come up, then the warm-only units.
  void start(std::span<const std::uint32_t> component) {
    std::vector<std::uint32_t> warm_only;
    for (const std::uint32_t node : component) {
      if (state(node) == FaultState::never) continue;
      result_.set_of_[node] = FaultSets::kAll;
      if (leader(node) != node) continue;
      turns_[node] = Turn::due;
      if (state(node) == FaultState::warm_only) {
        warm_only.push_back(node);
      } else {
        due_.push_back(node);
      }
    }
    std::sort(due_.begin(), due_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return points_.rank(NodeId(a)) < points_.rank(NodeId(b)); });
    due_.insert(due_.end(), warm_only.begin(), warm_only.end());
  }

  /// The node that stands for the unit of a node.
  std::uint32_t leader(std::uint32_t node) const { return state(node) == FaultState::warm_only ? units_.at(unit_of_[node]).front() : node; }

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
      before_.push_back(result_.set_of_[node]);
      result_.set_of_[node] = FaultSets::kEmpty;
    }
    grow(nodes);
    for (std::size_t at = 0; at < nodes.size(); ++at) {
      if (result_.set_of_[nodes[at]] != before_[at]) wake_dependents(nodes[at]);
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
        if (state(owner) != FaultState::warm_only || unit_of_[owner] != unit_of_[node] || waiting_[owner]) continue;
        waiting_[owner] = true;
        growing_.push_back(owner);
      }
    }
  }

  /// A node on no cycle: nothing that it needs fails with it, so its own fault is new.
  void solve_alone(std::uint32_t node) {
    const FaultSets::Id inherited = inherited_faults(node);
    const std::uint32_t own = result_.number_of_[node];
    result_.set_of_[node] = own == kNoFault ? inherited : result_.sets_.added(inherited, own);
  }

  /// A node on a cycle; trees, because they tell whether anything changed.
  bool update(std::uint32_t node) {
    const FaultSets::Id before = result_.set_of_[node];
    const FaultSets::Id inherited = result_.sets_.as_tree(inherited_faults(node));
    const std::uint32_t own = result_.number_of_[node];
    result_.set_of_[node] = own == kNoFault ? inherited : result_.sets_.merged(inherited, result_.sets_.single(own));
    return result_.set_of_[node] != before;
  }

  FaultSets::Id set_of_member(std::uint32_t member) const {
    return result_.states_[member] == FaultState::never ? FaultSets::kAll : result_.set_of_[member];
  }

  /// The right side of the equation of a node, without its own fault.
  FaultSets::Id inherited_faults(std::uint32_t node) {
    FaultSets::Id faults = FaultSets::kEmpty;
    for (std::uint32_t gate = gates_.first_gate(node); gate < gates_.first_gate(node + 1); ++gate) {
      if (gates_.needed(gate) == 0) continue;
      const auto members = gates_.members(gate);
      sets_of_members_.clear();
      for (const std::uint32_t member : members) sets_of_members_.push_back(set_of_member(member));
      const std::size_t times = members.size() - gates_.needed(gate) + 1;
      faults = result_.sets_.merged(faults, result_.sets_.in_at_least(sets_of_members_, times));
    }
    return faults;
  }

  SingleFaults& result_;
  const FixedPoints& points_;
  const GateIndex& gates_;
  std::vector<Turn> turns_;  // of the node that stands for a unit
  std::deque<std::uint32_t> due_;
  StrongComponents units_;              // of the warm-only nodes
  std::vector<std::uint32_t> unit_of_;  // of a warm-only node; empty when there is none
  std::vector<FaultSets::Id> before_;
  std::deque<std::uint32_t> growing_;
  std::vector<bool> waiting_;
  std::vector<FaultSets::Id> sets_of_members_;
};

SingleFaults::SingleFaults(const RequirementGraph& graph) : SingleFaults(graph, FixedPoints(graph)) {}

SingleFaults::SingleFaults(const RequirementGraph& graph, const FixedPoints& points)
    : set_of_(graph.size(), FaultSets::kEmpty), number_of_(graph.size(), kNoFault) {
  states_.reserve(graph.size());
  for (std::uint32_t node = 0; node < graph.size(); ++node) states_.push_back(points.state(NodeId(node)));

  const StrongComponents components = strong_components(points.gates(), std::vector<bool>(graph.size(), true));
  for (const std::uint32_t node : components.nodes) {
    if (graph.node(NodeId(node)).failure == Failure::derived) continue;
    number_of_[node] = static_cast<std::uint32_t>(faults_.size());
    faults_.push_back(node);
  }
  Sweep sweep(*this, points);
  for (std::size_t at = 0; at < components.count(); ++at) sweep.solve(components.at(at));
}

std::vector<NodeId> SingleFaults::of(NodeId node) const {
  std::vector<NodeId> listed;
  listed.reserve(count(node));
  sets_.for_each(set(node), [&](std::uint32_t number) { listed.push_back(fault(number)); });
  std::sort(listed.begin(), listed.end());
  return listed;
}

bool SingleFaults::fails(NodeId node, NodeId fault) const {
  const std::uint32_t number = number_of_[index(fault)];
  return number != kNoFault && sets_.contains(set(node), number);
}

std::vector<std::vector<NodeId>> SingleFaults::losses(std::span<const NodeId> goals) const {
  std::vector<std::vector<NodeId>> lost(states_.size());
  for (const NodeId goal : goals) {
    sets_.for_each(set(goal), [&](std::uint32_t number) { lost[faults_[number]].push_back(goal); });
  }
  return lost;
}

std::vector<NodeId> workload_goals(const RequirementGraph& graph) {
  const auto [first, last] = graph.of_kind(NodeKind::workload);
  std::vector<NodeId> goals;
  for (std::uint32_t goal = index(first); goal < index(last); ++goal) goals.push_back(NodeId(goal));
  return goals;
}

}  // namespace mainstay
