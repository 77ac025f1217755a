#include "analyzer/faults/stuck_cycles.h"

#include <algorithm>
#include <deque>
#include <map>

#include "analyzer/faults/gate_index.h"
#include "analyzer/faults/strong_components.h"

namespace mainstay {
namespace {

class Search {
 public:
  Search(const RequirementGraph& graph, const std::vector<std::uint32_t>& component) : graph_(graph), component_(component) {}

  /// The shortest way from `start` back to itself inside its component; empty when there is none.
  std::vector<NodeId> back_to(NodeId start) const {
    std::map<NodeId, NodeId> came_from;
    std::deque<NodeId> open{start};
    while (!open.empty()) {
      const NodeId at = open.front();
      open.pop_front();
      for (const NodeId next : needs_inside(at)) {
        if (next == start) return way(came_from, start, at);
        if (came_from.try_emplace(next, at).second) open.push_back(next);
      }
    }
    return {};
  }

 private:
  std::vector<NodeId> needs_inside(NodeId node) const {
    std::vector<NodeId> found;
    for (const Group& group : graph_.groups(node)) {
      for (const Member& member : graph_.members(group)) {
        if (component_[index(member.node)] == component_[index(node)]) found.push_back(member.node);
      }
    }
    return found;
  }

  static std::vector<NodeId> way(const std::map<NodeId, NodeId>& came_from, NodeId start, NodeId last) {
    std::vector<NodeId> nodes{start};
    for (NodeId step = last; step != start; step = came_from.at(step)) nodes.push_back(step);
    nodes.push_back(start);
    std::reverse(nodes.begin(), nodes.end());
    return nodes;
  }

  const RequirementGraph& graph_;
  const std::vector<std::uint32_t>& component_;
};

}  // namespace

std::vector<StuckCycle> stuck_cycles(const RequirementGraph& graph, const SingleFaults& faults) {
  constexpr std::uint32_t kNotStuck = 0xffffffff;
  std::vector<bool> stuck(graph.size());
  for (std::uint32_t node = 0; node < graph.size(); ++node) stuck[node] = faults.state(NodeId(node)) == FaultState::warm_only;
  const StrongComponents components = strong_components(GateIndex(graph), stuck);
  std::vector<std::uint32_t> component(graph.size(), kNotStuck);
  std::vector<StuckCycle> found;
  for (std::size_t at = 0; at < components.count(); ++at) {
    StuckCycle cycle;
    for (const std::uint32_t node : components.at(at)) {
      component[node] = static_cast<std::uint32_t>(at);
      cycle.nodes.push_back(NodeId(node));
    }
    if (!cycle.nodes.empty()) found.push_back(std::move(cycle));
  }
  const Search search(graph, component);
  for (StuckCycle& cycle : found) {
    std::sort(cycle.nodes.begin(), cycle.nodes.end());
    for (const NodeId start : cycle.nodes) {
      std::vector<NodeId> way = search.back_to(start);
      if (!way.empty() && (cycle.shortest.empty() || way.size() < cycle.shortest.size())) cycle.shortest = std::move(way);
      if (!cycle.shortest.empty() && cycle.shortest.size() <= 4) break;
      if (cycle.shortest.empty() && cycle.nodes.size() == 1) break;
    }
  }
  std::erase_if(found, [](const StuckCycle& cycle) { return cycle.shortest.empty(); });
  std::sort(found.begin(), found.end(), [](const StuckCycle& a, const StuckCycle& b) { return a.nodes < b.nodes; });
  return found;
}

}  // namespace mainstay
