// CutSets: what must fail together to fail a goal, and what must work together to keep it.
//
// A cut set of a goal is a set of faults with which it does not work, in the sense of `settled` (fixed_points.h); it is minimal when no
// part of it is one. Path sets are the dual: what is enough when all the rest has failed.
//
// How: the answer of a node is the family of its minimal sets (set_families.h), an "or" over its groups of "at least count - needed + 1 of
// the members fail", and its own faults. Cycles are the nested fixed point of nested_sweep.h over families instead of single sets: every
// failed set is an independent evaluation, and a family restricted to k elements is exact for every failed set of at most k; so the result
// is exact with cycles, at every order. Modules (modules.h) are answered on their own and stand for one element above. Sets of every size
// are found by way of the function itself (monotone_functions.h), which solves the same equations.
//
// Order. Sets of more than `order` faults are not looked for. When the budget of time or memory is used up first, smaller orders are asked,
// and `order()` says up to which one the answer is complete.
//
// Measured with tests/bench/fault_bench.cpp (-O2, processor time of one thread; every workload of a DNS estate at once):
//
//      nodes   workloads   order 1           order 2           order 3
//     10,068       3,100   0.01 s    1 MiB   0.03 s    5 MiB   0.04 s    5 MiB
//    100,272      30,900   0.12 s   21 MiB   0.40 s   39 MiB   0.96 s   75 MiB
//  1,000,290     308,200   1.8 s   176 MiB   5.8 s   320 MiB   12.2 s  320 MiB
//
// Measured with tests/bench/fault_trees.sh against scram 0.16.2 (--zbdd --limit-order 3, whole processes): on 21 models of 50 to 1,500
// basic events 10.2 times as fast in the median and 4.5 at least, in less than half of the memory; on the 40 monotone models of the Aralia
// set (43 with negations, which are refused) all counts are equal. Sets of every size are counted on 39 of the 40, most of them within
// 0.02 s of processor time; the one that is left (1,567 events) is counted up to order 4.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "analyzer/faults/cut_solver.h"
#include "analyzer/faults/family_lists.h"
#include "analyzer/faults/fault_sources.h"
#include "analyzer/faults/fixed_points.h"
#include "analyzer/faults/importance.h"
#include "analyzer/faults/set_families.h"
#include "graph/model/requirement_graph.h"

namespace mainstay {

struct CutOptions {
  /// Largest set looked for; kEveryOrder for all.
  unsigned order = 3;
  SetKind kind = SetKind::cuts;
  CutBudget budget;
  static constexpr unsigned kEveryOrder = SetFamilies::kNoLimit;
};

/// Built once for some goals of a graph; does not refer to the graph afterwards.
class CutSets {
 public:
  /// Cost: linear in what the goals reach, times what their sets do not share; bounded by the budget.
  CutSets(const FixedPoints& points, const FaultSources& sources, std::span<const NodeId> goals, const CutOptions& options = {});

  /// Every set of at most this many faults is there; 0 when the budget was not enough for any.
  unsigned order() const { return order_; }
  /// Whether the budget was used up before the order that was asked for.
  bool is_truncated() const { return truncated_; }
  /// Size of the smallest set; nothing when there is none up to order(). For cuts: the redundancy degree.
  std::optional<unsigned> smallest(NodeId goal) const;
  /// Shape: [n] is the number of minimal sets of n faults, up to the largest there is. A goal that never works has one cut set, of no
  /// fault. Errors: counts stop at kCountless.
  std::vector<std::uint64_t> counts(NodeId goal, const SetFilter& filter = {}) const;
  /// Shape: the smaller ones first, at most `limit`; each set sorted.
  std::vector<std::vector<std::uint32_t>> sets(NodeId goal, std::size_t limit, const SetFilter& filter = {}) const;
  /// Goals with the same value have the same minimal sets.
  std::uint32_t answer(NodeId goal) const { return static_cast<std::uint32_t>(family(goal)); }

  /// How likely the goal is to fail when `unavailable[fault]` says how likely each fault is; of cut sets only.
  Unavailability unavailability(NodeId goal, std::span<const double> unavailable) {
    return mainstay::unavailability(*solved_.families, solved_.meanings, family(goal), unavailable);
  }

  std::size_t memory() const { return solved_.families->memory(); }
  std::size_t diagram_size() const { return solved_.families->size(); }

 private:
  SetFamilies::Id family(NodeId goal) const;
  bool take(std::optional<SolvedCuts> solved, unsigned order);

  std::vector<NodeId> goals_;  // sorted
  SolvedCuts solved_;
  unsigned order_ = 0;
  bool truncated_ = false;
};

}  // namespace mainstay
