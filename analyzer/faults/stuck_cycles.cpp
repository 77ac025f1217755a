#include "analyzer/faults/stuck_cycles.h"

#include <algorithm>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/strong_components.hpp>

namespace mainstay {
namespace {

// Among stuck nodes the gates no longer matter, for each of them waits for another one: plain graph algorithms are right here.
using Graph =
    boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property, boost::no_property, std::uint32_t>;
using Vertex = boost::graph_traits<Graph>::vertex_descriptor;

/// The stuck nodes, numbered in their order, and who needs whom among them.
struct StuckPart {
  std::vector<NodeId> nodes;
  Graph graph;
};

StuckPart stuck_part(const RequirementGraph& graph, const SingleFaults& faults) {
  constexpr std::uint32_t kNotStuck = 0xffffffff;
  StuckPart part;
  std::vector<std::uint32_t> number(graph.size(), kNotStuck);
  for (std::uint32_t node = 0; node < graph.size(); ++node) {
    if (faults.state(NodeId(node)) != FaultState::warm_only) continue;
    number[node] = static_cast<std::uint32_t>(part.nodes.size());
    part.nodes.push_back(NodeId(node));
  }
  std::vector<std::pair<Vertex, Vertex>> edges;
  for (const NodeId node : part.nodes) {
    for (const Group& group : graph.groups(node)) {
      for (const Member& member : graph.members(group)) {
        if (number[index(member.node)] != kNotStuck) edges.emplace_back(number[index(node)], number[index(member.node)]);
      }
    }
  }
  part.graph = Graph(boost::edges_are_unsorted, edges.begin(), edges.end(), static_cast<std::uint32_t>(part.nodes.size()));
  return part;
}

/// Stops a search at the first edge that leads back to where it began.
struct BackAtStart {
  Vertex last;
};

class StopAtStart : public boost::default_bfs_visitor {
 public:
  StopAtStart(Vertex start, std::vector<Vertex>& came_from) : start_(start), came_from_(&came_from) {}

  template <class Edge>
  void examine_edge(Edge edge, const Graph& graph) const {
    if (target(edge, graph) == start_) throw BackAtStart{source(edge, graph)};
  }
  template <class Edge>
  void tree_edge(Edge edge, const Graph& graph) const {
    (*came_from_)[target(edge, graph)] = source(edge, graph);
  }

 private:
  Vertex start_;
  std::vector<Vertex>* came_from_;
};

/// The shortest way from a vertex back to itself, the vertex named at both ends; empty when there is none.
std::vector<Vertex> shortest_cycle(const Graph& graph, Vertex start) {
  std::vector<Vertex> came_from(num_vertices(graph), start);
  try {
    boost::breadth_first_search(graph, start, boost::visitor(StopAtStart(start, came_from)));
  } catch (const BackAtStart& back) {  // a visitor has no other way to end a search
    std::vector<Vertex> way{start};
    for (Vertex step = back.last; step != start; step = came_from[step]) way.push_back(step);
    way.push_back(start);
    std::reverse(way.begin(), way.end());
    return way;
  }
  return {};
}

}  // namespace

std::vector<StuckCycle> stuck_cycles(const RequirementGraph& graph, const SingleFaults& faults) {
  constexpr std::size_t kShortEnough = 4;  // three steps: nothing that matters is shorter
  constexpr std::size_t kMostStarts = 64;  // of a large component; the cycle shown may then be a little longer than the shortest
  const StuckPart part = stuck_part(graph, faults);
  std::vector<std::uint32_t> component(part.nodes.size());
  const auto map = boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, part.graph));
  const std::size_t count = part.nodes.empty() ? 0 : boost::strong_components(part.graph, map);
  std::vector<std::vector<Vertex>> members(count);
  for (Vertex at = 0; at < component.size(); ++at) members[component[at]].push_back(at);

  std::vector<StuckCycle> found;
  for (const std::vector<Vertex>& set : members) {
    std::vector<Vertex> best;
    for (std::size_t at = 0; at < set.size() && at < kMostStarts; ++at) {
      std::vector<Vertex> way = shortest_cycle(part.graph, set[at]);
      if (!way.empty() && (best.empty() || way.size() < best.size())) best = std::move(way);
      if (!best.empty() && best.size() <= kShortEnough) break;
    }
    if (best.empty()) continue;  // a single node that is stranded behind a cycle
    StuckCycle cycle;
    for (const Vertex at : set) cycle.nodes.push_back(part.nodes[at]);
    for (const Vertex at : best) cycle.shortest.push_back(part.nodes[at]);
    found.push_back(std::move(cycle));
  }
  std::sort(found.begin(), found.end(), [](const StuckCycle& a, const StuckCycle& b) { return a.nodes < b.nodes; });
  return found;
}

}  // namespace mainstay
