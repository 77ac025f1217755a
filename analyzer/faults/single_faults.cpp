#include "analyzer/faults/single_faults.h"

#include <algorithm>
#include <deque>

#include "analyzer/faults/strong_components.h"

namespace mainstay {

// Solves the equations, component by component.
class SingleFaults::Sweep {
 public:
  Sweep(SingleFaults& result, const FixedPoints& points)
      : result_(result), points_(points), gates_(points.gates()), turns_(gates_.node_count(), Turn::none) {}

  void solve(std::span<const std::uint32_t> component) {
    if (component.size() == 1 && !needs_itself(component.front())) {
      if (result_.states_[component.front()] != FaultState::never) update(component.front());
      return;
    }
    cold_.clear();
    warm_.clear();
    for (const std::uint32_t node : component) {
      if (result_.states_[node] == FaultState::cold_and_warm) cold_.push_back(node);
      if (result_.states_[node] == FaultState::warm_only) warm_.push_back(node);
    }
    std::sort(cold_.begin(), cold_.end(),
              [&](std::uint32_t a, std::uint32_t b) { return points_.rank(NodeId(a)) < points_.rank(NodeId(b)); });
    for (const std::uint32_t node : cold_) result_.set_of_[node] = FaultSets::kAll;
    do {
      for (const std::uint32_t node : warm_) result_.set_of_[node] = FaultSets::kEmpty;
      settle(warm_);
    } while (settle(cold_) && !warm_.empty());
  }

 private:
  /// Whether a node is being settled, and if so whether something that it needs has changed since it was looked at.
  enum class Turn : std::uint8_t { none, done, due };

  bool needs_itself(std::uint32_t node) const {
    const auto members = gates_.members_of_node(node);
    return std::find(members.begin(), members.end(), node) != members.end();
  }

  /// Computes the equations of these nodes, in this order first, until none changes; tells whether any did.
  bool settle(const std::vector<std::uint32_t>& nodes) {
    bool any_changed = false;
    due_.assign(nodes.begin(), nodes.end());
    for (const std::uint32_t node : nodes) turns_[node] = Turn::due;
    while (!due_.empty()) {
      const std::uint32_t node = due_.front();
      due_.pop_front();
      turns_[node] = Turn::done;
      if (!update(node)) continue;
      any_changed = true;
      for (const std::uint32_t gate : gates_.gates_with(node)) {
        Turn& turn = turns_[gates_.owner(gate)];
        if (turn != Turn::done) continue;
        turn = Turn::due;
        due_.push_back(gates_.owner(gate));
      }
    }
    for (const std::uint32_t node : nodes) turns_[node] = Turn::none;
    return any_changed;
  }

  bool update(std::uint32_t node) {
    const FaultSets::Id before = result_.set_of_[node];
    result_.set_of_[node] = equation(node);
    return result_.set_of_[node] != before;
  }

  FaultSets::Id set_of_member(std::uint32_t member) const {
    return result_.states_[member] == FaultState::never ? FaultSets::kAll : result_.set_of_[member];
  }

  FaultSets::Id equation(std::uint32_t node) {
    FaultSets::Id faults = FaultSets::kEmpty;
    for (std::uint32_t gate = gates_.first_gate(node); gate < gates_.first_gate(node + 1); ++gate) {
      if (gates_.needed(gate) == 0) continue;
      const auto members = gates_.members(gate);
      sets_of_members_.clear();
      for (const std::uint32_t member : members) sets_of_members_.push_back(set_of_member(member));
      const std::size_t times = members.size() - gates_.needed(gate) + 1;
      faults = result_.sets_.merged(faults, result_.sets_.in_at_least(sets_of_members_, times));
    }
    const std::uint32_t own = result_.number_of_[node];
    return own == kNoFault ? faults : result_.sets_.merged(faults, result_.sets_.single(own));
  }

  SingleFaults& result_;
  const FixedPoints& points_;
  const GateIndex& gates_;
  std::vector<Turn> turns_;
  std::deque<std::uint32_t> due_;
  std::vector<std::uint32_t> cold_;  // nodes of the component at hand, in the order in which they come up
  std::vector<std::uint32_t> warm_;
  std::vector<FaultSets::Id> sets_of_members_;
};

SingleFaults::SingleFaults(const RequirementGraph& graph) : SingleFaults(graph, FixedPoints(graph)) {}

SingleFaults::SingleFaults(const RequirementGraph& graph, const FixedPoints& points)
    : set_of_(graph.size(), FaultSets::kEmpty), number_of_(graph.size(), kNoFault) {
  states_.reserve(graph.size());
  for (std::uint32_t node = 0; node < graph.size(); ++node) states_.push_back(points.state(NodeId(node)));

  const StrongComponents components = strong_components(points.gates());
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
