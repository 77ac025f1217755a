#include "analyzer/rules/purposes.h"

namespace mainstay {
namespace {

/// The machine around a workload; empty when none is known.
std::string_view host_of(const Estate& estate, std::string_view workload) {
  const Workload* one = estate.workload(workload);
  std::string_view at = one == nullptr ? std::string_view() : std::string_view(one->scope);
  for (std::size_t steps = 0; steps <= estate.scopes().size(); ++steps) {
    const Scope* scope = estate.scope(at);
    if (scope == nullptr) return {};
    if (scope->kind == ScopeKind::host) return scope->id;
    at = scope->parent;
  }
  return {};
}

}  // namespace

Purpose purpose_of(const Analysis& analysis, NodeId goal) {
  const Workload* workload = analysis.estate().workload(analysis.graph().node(goal).name);
  return workload == nullptr ? Purpose::ordinary : workload->purpose;
}

bool is_for_need(Purpose purpose) {
  return purpose == Purpose::break_glass || purpose == Purpose::status || purpose == Purpose::monitoring;
}

GoalsByPurpose by_purpose(const Analysis& analysis, const std::vector<NodeId>& goals) {
  GoalsByPurpose found;
  for (const NodeId goal : goals) (is_for_need(purpose_of(analysis, goal)) ? found.for_need : found.others).push_back(goal);
  return found;
}

std::vector<NodeId> there_for(const Analysis& analysis, NodeId path, const std::vector<NodeId>& goals) {
  const std::string_view host = host_of(analysis.estate(), analysis.graph().node(path).name);
  std::vector<NodeId> found;
  for (const NodeId goal : goals) {
    if (host.empty() || host != host_of(analysis.estate(), analysis.graph().node(goal).name)) found.push_back(goal);
  }
  return found;
}

}  // namespace mainstay
