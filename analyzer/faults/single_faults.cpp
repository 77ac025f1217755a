#include "analyzer/faults/single_faults.h"

#include <algorithm>

#include "analyzer/faults/nested_sweep.h"
#include "analyzer/faults/strong_components.h"

namespace mainstay {

/// The equations, as NestedSweep wants them.
class SingleFaults::Equations {
 public:
  using Value = FaultSets::Id;

  Equations(SingleFaults& result, const GateIndex& gates) : result_(result), gates_(gates) {}

  Value fails_always() const { return FaultSets::kAll; }
  Value never_fails() const { return FaultSets::kEmpty; }
  Value value(std::uint32_t node) const { return result_.set_of_[node]; }
  void assign(std::uint32_t node, Value value) { result_.set_of_[node] = value; }

  /// Nothing that a node on no cycle needs fails with it, so its own fault is new.
  void solve_alone(std::uint32_t node) {
    const FaultSets::Id inherited = inherited_faults(node);
    const std::uint32_t own = result_.number_of_[node];
    result_.set_of_[node] = own == kNoFault ? inherited : result_.sets_.added(inherited, own);
  }

  /// As trees, because they tell whether anything changed.
  Value computed(std::uint32_t node) {
    const FaultSets::Id inherited = result_.sets_.as_tree(inherited_faults(node));
    const std::uint32_t own = result_.number_of_[node];
    return own == kNoFault ? inherited : result_.sets_.merged(inherited, result_.sets_.single(own));
  }

 private:
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
  const GateIndex& gates_;
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
  Equations equations(*this, points.gates());
  NestedSweep sweep(points, equations);
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
