#include "analyzer/faults/cut_table.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace mainstay {
namespace {

/// The workload of each use.
std::map<NodeId, NodeId> workload_of_use(const Analysis& analysis) {
  std::map<NodeId, NodeId> found;
  for (const NodeId goal : analysis.goals()) {
    for (const Group& group : analysis.graph().groups(goal)) {
      for (const Member& member : analysis.graph().members(group)) found.emplace(member.node, goal);
    }
  }
  return found;
}

bool needs_endpoint(const RequirementGraph& graph, NodeId use, std::string_view host) {
  for (const Group& group : graph.groups(use)) {
    for (const Member& member : graph.members(group)) {
      const Node& node = graph.node(member.node);
      if (node.kind == NodeKind::endpoint && node.name.find(host) != std::string::npos) return true;
    }
  }
  return false;
}

std::vector<NodeId> inherent_faults(const Analysis& analysis, NodeId goal) {
  std::vector<NodeId> found;
  for (const NodeId fault : analysis.faults().of(goal)) {
    if (analysis.graph().node(fault).failure == Failure::inherent) found.push_back(fault);
  }
  return found;
}

}  // namespace

std::vector<NodeId> cut_goals(const Analysis& analysis, std::string_view endpoint) {
  if (endpoint.empty()) return {analysis.goals().begin(), analysis.goals().end()};
  std::vector<NodeId> goals;
  for (const auto& [use, workload] : workload_of_use(analysis)) {
    if (needs_endpoint(analysis.graph(), use, endpoint)) goals.push_back(use);
  }
  return goals;
}

CutTable cut_table(const Analysis& analysis, const CommonCause& cause, const CutRequest& request) {
  CutSets sets(analysis.fixed_points(), cause.sources, request.goals, request.options);
  const std::map<NodeId, NodeId> workloads = workload_of_use(analysis);
  using Key = std::tuple<FaultState, std::uint32_t, std::size_t, std::vector<NodeId>>;
  std::map<Key, CutRow> rows;
  for (const NodeId goal : request.goals) {
    const auto user = workloads.find(goal);
    const std::size_t listed = analysis.asked(user == workloads.end() ? goal : user->second).servers.size();
    const FaultState state = analysis.faults().state(goal);
    CutRow& row = rows[{state, sets.answer(goal), listed, inherent_faults(analysis, goal)}];
    row.goals.push_back(goal);
    row.state = state;
    row.listed = listed;
  }
  CutTable table{.rows = {}, .order = sets.order(), .truncated = sets.is_truncated()};
  for (auto& [key, row] : rows) {
    row.inherent = std::get<3>(key);
    row.smallest = sets.smallest(row.goals.front());
    row.counts = sets.counts(row.goals.front());
    row.sets = sets.sets(row.goals.front(), request.limit);
    if (!request.unavailable.empty()) row.unavailability = sets.unavailability(row.goals.front(), request.unavailable);
    table.rows.push_back(std::move(row));
  }
  std::stable_sort(table.rows.begin(), table.rows.end(), [](const CutRow& a, const CutRow& b) {
    return std::make_tuple(b.goals.size(), a.goals) < std::make_tuple(a.goals.size(), b.goals);
  });
  return table;
}

}  // namespace mainstay
