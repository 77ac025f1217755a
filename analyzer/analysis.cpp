#include "analyzer/analysis.h"

#include <algorithm>
#include <utility>

#include "graph/values/assert.h"

namespace mainstay {

Analysis::Analysis(const Estate& estate, const Catalogue& catalogue, AnalysisContext context)
    : estate_(estate),
      catalogue_(catalogue),
      context_(std::move(context)),
      resolution_(estate, catalogue),
      requirements_(build_requirements(resolution_)),
      points_(graph()),
      holds_(graph(), resolution_) {
  goals_ = workload_goals(graph());
  for (const NodeId goal : goals_) {
    AskedServers& asked = asked_[goal];
    const Workload* workload = estate_.workload(graph().node(goal).name);
    MAINSTAY_ASSERT(workload != nullptr, "every workload node is made from a Workload");
    asked.stubs = resolution_.stubs_of(*workload);
    for (const Stub* stub : asked.stubs) {
      for (const Upstream& upstream : stub->servers) {
        if (!upstream.asked) continue;
        for (const Server* server : resolution_.servers_of(upstream, stub->scope)) {
          if (std::find(asked.servers.begin(), asked.servers.end(), server) == asked.servers.end()) asked.servers.push_back(server);
        }
      }
    }
  }
}

const AskedServers& Analysis::asked(NodeId goal) const {
  const auto at = asked_.find(goal);
  MAINSTAY_ASSERT(at != asked_.end(), "only goals ask");
  return at->second;
}

const SingleFaults& Analysis::faults() const {
  if (!faults_) faults_.emplace(graph(), points_);
  return *faults_;
}

const Representatives& Analysis::joined_faults() const {
  if (!representatives_) representatives_ = representatives(graph(), faults(), goals_);
  return *representatives_;
}

const std::map<NodeId, WorstFault>& Analysis::worst_faults() const {
  if (!worst_faults_) worst_faults_ = mainstay::worst_faults(graph(), points_, holds_, blasts());
  return *worst_faults_;
}

const std::vector<TxtConvention>& Analysis::txt_conventions() const {
  if (!txt_conventions_) txt_conventions_ = mainstay::txt_conventions(estate_, context_.txt_names);
  return *txt_conventions_;
}

std::vector<NodeId> Analysis::dependents(NodeId node) const {
  std::vector<bool> seen(graph().size());
  std::vector<NodeId> open{node};
  std::vector<NodeId> found;
  seen[index(node)] = true;
  while (!open.empty()) {
    const NodeId at = open.back();
    open.pop_back();
    if (graph().node(at).kind == NodeKind::workload) found.push_back(at);
    each_needing(at, [&](NodeId next) {
      if (seen[index(next)]) return;
      seen[index(next)] = true;
      open.push_back(next);
    });
  }
  std::sort(found.begin(), found.end());
  return found;
}

Reasons Analysis::asked_at(NodeId resolver) const {
  Reasons found;
  const auto add_edges = [&](NodeId asker, NodeId question) {
    for (const Group& group : graph().groups(asker)) {
      for (const Member& member : graph().members(group)) {
        if (member.node != question) continue;
        const Reasons& reasons = graph().reason(member);
        found.insert(found.end(), reasons.begin(), reasons.end());
      }
    }
  };
  each_needing(resolver, [&](NodeId question) {
    if (graph().node(question).kind != NodeKind::question) return;
    each_needing(question, [&](NodeId asker) { add_edges(asker, question); });
  });
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

std::vector<std::string> Analysis::names(std::span<const NodeId> goals) const {
  std::vector<std::string> found;
  for (const NodeId goal : goals) found.push_back(graph().node(goal).name);
  return found;
}

}  // namespace mainstay
