// How the minimal sets of goals are found: by families that are cut off at an order, or by way of the function itself.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "analyzer/faults/family_lists.h"
#include "analyzer/faults/fault_sources.h"
#include "analyzer/faults/fixed_points.h"
#include "analyzer/faults/level_orders.h"
#include "analyzer/faults/set_families.h"
#include "analyzer/faults/strong_components.h"
#include "graph/model/requirement_graph.h"

namespace mainstay {

enum class SetKind : std::uint8_t { cuts, paths };
constexpr std::string_view word(SetKind kind) { return kind == SetKind::cuts ? "cuts" : "paths"; }

/// The minimal sets of some goals.
struct SolvedCuts {
  std::unique_ptr<SetFamilies> families;
  LevelMeanings meanings;
  std::vector<SetFamilies::Id> of_goals;  // in the order of the goals
};

/// Holds what all ways of solving share; refers to the graph.
class CutSolver {
 public:
  CutSolver(const FixedPoints& points, const FaultSources& sources, std::span<const NodeId> goals, SetKind kind);

  /// Sets of at most `order` faults. Nothing when the budget is used up.
  std::optional<SolvedCuts> by_families(unsigned order, const CutBudget& budget) const;
  /// Sets of every size. Nothing when the budget is used up.
  ///
  /// All ways are tried in turn: families, and the function in each of several orders of levels. One that grows too large is given up, and
  /// when all have, each may grow four times as large. So what is lost to bad ways is a small multiple of what the best one takes.
  std::optional<SolvedCuts> every_size(const CutBudget& budget) const;

 private:
  /// Sets of every size, by way of the function.
  std::optional<SolvedCuts> by_functions(LevelOrder order, const CutBudget& budget) const;

  const FixedPoints& points_;
  const FaultSources& sources_;
  std::span<const NodeId> goals_;
  SetKind kind_;
  StrongComponents components_;
  std::vector<bool> is_module_;
};

}  // namespace mainstay
