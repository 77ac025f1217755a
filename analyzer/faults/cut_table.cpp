#include "analyzer/faults/cut_table.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

namespace mainstay {
namespace {

bool needs_endpoint(const RequirementGraph& graph, NodeId use, std::string_view host) {
  for (const Group& group : graph.groups(use)) {
    for (const Member& member : graph.members(group)) {
      const Node& node = graph.node(member.node);
      if (node.kind == NodeKind::endpoint && node.name.find(host) != std::string::npos) return true;
    }
  }
  return false;
}

/// Resolvers that the goal's stub lists: the servers that a lookup may ask, through the stubs of hosts below containers. The fewest, where
/// lookups differ; 0 when no lookup says whom it asks.
std::size_t listed_resolvers(const RequirementGraph& graph, NodeId goal) {
  std::set<NodeId> seen{goal};
  std::size_t fewest = 0;
  for (std::vector<NodeId> open{goal}; !open.empty();) {
    const NodeId node = open.back();
    open.pop_back();
    std::set<NodeId> questions;
    for (const Group& group : graph.groups(node)) {
      for (const Member& member : graph.members(group)) {
        const NodeKind kind = graph.node(member.node).kind;
        if (kind == NodeKind::question) questions.insert(member.node);
        if ((kind == NodeKind::use || kind == NodeKind::lookup) && seen.insert(member.node).second) open.push_back(member.node);
      }
    }
    if (!questions.empty()) fewest = fewest == 0 ? questions.size() : std::min(fewest, questions.size());
  }
  return fewest;
}

std::vector<NodeId> inherent_faults(const Analysis& analysis, NodeId goal) {
  std::vector<NodeId> found;
  for (const NodeId fault : analysis.faults().of(goal)) {
    if (analysis.graph().node(fault).failure == Failure::inherent) found.push_back(fault);
  }
  return found;
}

std::vector<bool> inherent_causes(const CommonCause& cause) {
  std::vector<bool> marked;
  for (const Cause& one : cause.causes) marked.push_back(one.is_inherent);
  return marked;
}

std::optional<unsigned> smallest(const std::vector<std::uint64_t>& counts) {
  const auto at = std::find_if(counts.begin(), counts.end(), [](std::uint64_t count) { return count > 0; });
  if (at == counts.end()) return std::nullopt;
  return static_cast<unsigned>(at - counts.begin());
}

/// Sets with something inherent; those of one are told as such.
void add_mixed(const CutSets& sets, const SetFilter& with, std::size_t limit, CutRow& row) {
  const NodeId goal = row.goals.front();
  row.mixed_counts = sets.counts(goal, with);
  const std::uint64_t alone = row.mixed_counts.size() > 1 ? std::exchange(row.mixed_counts[1], 0) : 0;
  if (row.mixed_counts.size() <= 2) row.mixed_counts.clear();
  if (row.mixed_counts.empty()) return;
  row.mixed_sets = sets.sets(goal, static_cast<std::size_t>(alone) + limit, with);
  std::erase_if(row.mixed_sets, [](const auto& set) { return set.size() < 2; });
}

}  // namespace

std::vector<NodeId> cut_goals(const Analysis& analysis, std::string_view endpoint) {
  if (endpoint.empty()) return {analysis.goals().begin(), analysis.goals().end()};
  const auto [first, last] = analysis.graph().of_kind(NodeKind::use);
  std::vector<NodeId> goals;
  for (std::uint32_t use = index(first); use < index(last); ++use) {
    if (needs_endpoint(analysis.graph(), NodeId(use), endpoint)) goals.push_back(NodeId(use));
  }
  return goals;
}

CutTable cut_table(const Analysis& analysis, const CommonCause& cause, const CutRequest& request) {
  CutSets sets(analysis.fixed_points(), cause.sources, request.goals, request.options);
  using Key = std::tuple<FaultState, std::uint32_t, std::size_t, std::vector<NodeId>>;
  std::map<Key, CutRow> rows;
  for (const NodeId goal : request.goals) {
    const std::size_t listed = listed_resolvers(analysis.graph(), goal);
    const FaultState state = analysis.faults().state(goal);
    CutRow& row = rows[{state, sets.answer(goal), listed, inherent_faults(analysis, goal)}];
    row.goals.push_back(goal);
    row.state = state;
    row.listed = listed;
  }
  const SetFilter without{SetFilter::Wanted::without_marked, inherent_causes(cause)};
  const SetFilter with{SetFilter::Wanted::with_marked, without.marked};
  CutTable table{.rows = {}, .order = sets.order(), .truncated = sets.is_truncated()};
  for (auto& [key, row] : rows) {
    row.inherent = std::get<3>(key);
    row.counts = sets.counts(row.goals.front(), without);
    row.smallest = smallest(row.counts);
    row.sets = sets.sets(row.goals.front(), request.limit, without);
    add_mixed(sets, with, request.limit, row);
    if (!request.unavailable.empty()) row.unavailability = sets.unavailability(row.goals.front(), request.unavailable);
    table.rows.push_back(std::move(row));
  }
  std::stable_sort(table.rows.begin(), table.rows.end(), [](const CutRow& a, const CutRow& b) {
    return std::make_tuple(b.goals.size(), a.goals) < std::make_tuple(a.goals.size(), b.goals);
  });
  return table;
}

}  // namespace mainstay
