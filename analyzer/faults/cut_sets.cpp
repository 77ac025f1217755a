#include "analyzer/faults/cut_sets.h"

#include <algorithm>
#include <utility>

#include "analyzer/faults/diagram_tables.h"
#include "graph/values/assert.h"

namespace mainstay {
namespace {

constexpr double kPlenty = 1e6;  // seconds

}  // namespace

CutSets::CutSets(const FixedPoints& points, const FaultSources& sources, std::span<const NodeId> goals, const CutOptions& options)
    : goals_(goals.begin(), goals.end()) {
  std::sort(goals_.begin(), goals_.end());
  goals_.erase(std::unique(goals_.begin(), goals_.end()), goals_.end());
  const CutSolver solver(points, sources, goals_, options.kind);
  const unsigned wanted = std::min(options.order, CutOptions::kEveryOrder);
  const auto deadline = deadline_of(options.budget.seconds);
  const auto left = [&](double part) { return CutBudget{.seconds = part * seconds_until(deadline), .octets = options.budget.octets}; };
  const bool is_every = wanted == CutOptions::kEveryOrder;
  if (take(is_every ? solver.every_size(left(0.5)) : solver.by_families(wanted, left(0.5)), wanted)) {
    solved_.families->set_budget(left(1));  // for what is asked of the sets afterwards
    return;
  }
  // Out of reach; so the largest order that is not. Each costs only a part of the next one, and order 0 costs nothing.
  truncated_ = true;
  take(solver.by_families(0, {.seconds = kPlenty, .octets = options.budget.octets}), 0);
  for (unsigned order = 1; order < wanted && take(solver.by_families(order, left(1)), order);) ++order;
}

bool CutSets::take(std::optional<SolvedCuts> solved, unsigned order) {
  if (!solved) return false;
  solved_ = *std::move(solved);
  order_ = order;
  return true;
}

SetFamilies::Id CutSets::family(NodeId goal) const {
  const auto at = std::lower_bound(goals_.begin(), goals_.end(), goal);
  MAINSTAY_ASSERT(at != goals_.end() && *at == goal, "only the goals that were asked about have an answer");
  return solved_.of_goals[static_cast<std::size_t>(at - goals_.begin())];
}

std::optional<unsigned> CutSets::smallest(NodeId goal) const {
  const SetFamilies::Id sets = family(goal);
  return sets == SetFamilies::kNone ? std::nullopt : std::optional<unsigned>(solved_.families->lightest(sets));
}

std::vector<std::uint64_t> CutSets::counts(NodeId goal, const SetFilter& filter) const {
  return counts_by_size(*solved_.families, solved_.meanings, family(goal), order_, filter);
}

std::vector<std::vector<std::uint32_t>> CutSets::sets(NodeId goal, std::size_t limit, const SetFilter& filter) const {
  return smallest_sets(*solved_.families, solved_.meanings, family(goal), {.order = order_, .limit = limit, .filter = filter});
}

}  // namespace mainstay
