// SingleFaults: for every node of a requirement graph, the exact set of components whose lone failure fails it.
//
// S(v) = { c : c is a component or inherent, v works in settled({}), and v does not work in settled({c}) }, with settled as defined in
// fixed_points.h. For a node that cannot work whatever happens the set is empty and the state says `never`.
//
// How: settled({c}) is a fixed point of step, so with T = count - needed + 1
//
//     S(v) = own(v) + union over the groups g of v of { c : c is in S(m) for at least T(g) members m of g }
//
// ("all" is a union, "any" an intersection; a member that never works counts as one that every fault fails). One equation speaks of all
// faults at once, each independently of the others. nested_sweep.h solves the equations component by component:
//   - a node on no cycle by its equation alone;
//   - cold-true nodes on a cycle start from "every fault fails it" and shrink to the greatest solution, taken in the order in which they
//     come up cold, so that almost all sets are right at the first visit;
//   - warm-only nodes on a cycle start from "no fault fails it" and grow to the least solution;
//   - where both are on one cycle, the warm-only ones are solved anew for each state of the cold-true ones (a nested fixed point).
//
// Why not an algorithm of plain graphs. A requirement graph has gates, and each of these forgets them:
//   - articulation points treat every edge as an alternative: a prerequisite that one node alone has is a leaf, never an articulation
//     point, yet a single point of failure; on 3,003 random working graphs with all, any and k-of-n gates they missed 4,261 of 5,033 true
//     single points of failure and raised 1,193 false ones;
//   - a dominator tree is right only where every gate is "any": it missed 3,861 of the 5,033;
//   - a vertex cut by maximum flow is right only for networks of alternatives; with "all" gates the minimum cut is NP-hard;
//   - reachability says who is downstream, not who is lost.
// tests/analyzer/faults/plain_graphs_test.cpp shows each on a graph of a few nodes.
//
// Representation: sets are links and hash-consed Patricia trees (fault_sets.h) over components numbered in the order of the sweep, so that
// what is needed together is stored together. Measured with tests/bench/fault_bench.cpp (-O2, processor time, one sweep, 10^3, 10^4 and
// 10^5 nodes; the multiple is that of one cold fixed point of the same graph):
//
//     DNS estate   185, 212, 249 ns a node   16, 12, 12 times    66, 101,  75 octets a node
//     chain        143, 139, 185             11, 12, 15          83, 116, 110
//     ladder        97, 100, 100              9, 10,  9          56,  69,  58
//     fat tree      78,  61,  65              6,  6,  7          41,  38,  33
//
// What is not flat: one ring through all nodes (776 to 4,600 ns a node), and random graphs whose mean set grows with the graph.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "analyzer/faults/fault_sets.h"
#include "analyzer/faults/fixed_points.h"
#include "graph/model/requirement_graph.h"

namespace mainstay {

/// Built once for a graph; does not refer to it afterwards.
class SingleFaults {
 public:
  /// Cost: one sweep; measured by tests/bench/fault_bench.cpp.
  explicit SingleFaults(const RequirementGraph& graph);
  /// The same, for a caller who has the fixed points of the graph already.
  SingleFaults(const RequirementGraph& graph, const FixedPoints& points);

  /// S(v), sorted. Cost: its size.
  std::vector<NodeId> of(NodeId node) const;
  /// Cost: constant; at most 26 steps.
  bool fails(NodeId node, NodeId fault) const;
  /// Size of S(v). Cost: constant.
  std::size_t count(NodeId node) const { return sets_.size(set_of_[index(node)]); }
  FaultState state(NodeId node) const { return states_[index(node)]; }

  /// For each node the goals that its lone failure takes down.
  /// Shape: one list for each node of the graph, in the order of `goals`; empty for derived nodes.
  std::vector<std::vector<NodeId>> losses(std::span<const NodeId> goals) const;

  /// The shared sets, for analyses that build on them; elements are numbers of faults.
  const FaultSets& sets() const { return sets_; }
  FaultSets::Id set(NodeId node) const { return set_of_[index(node)]; }
  NodeId fault(std::uint32_t number) const { return NodeId(faults_[number]); }
  std::size_t fault_count() const { return faults_.size(); }

 private:
  class Equations;
  static constexpr std::uint32_t kNoFault = 0xffffffff;

  FaultSets sets_;
  std::vector<FaultState> states_;
  std::vector<FaultSets::Id> set_of_;
  std::vector<std::uint32_t> number_of_;  // of a node, as a fault; kNoFault for derived ones
  std::vector<std::uint32_t> faults_;     // node of a number
};

/// All nodes of kind workload.
std::vector<NodeId> workload_goals(const RequirementGraph& graph);

}  // namespace mainstay
