#include "analyzer/faults/what_if.h"

#include <algorithm>

#include "graph/values/ip_address.h"

namespace mainstay {
namespace {

/// Steps of reasoning are nothing that could be down.
bool can_be_down(NodeKind kind) {
  return kind != NodeKind::question && kind != NodeKind::lookup && kind != NodeKind::iteration && kind != NodeKind::use &&
         kind != NodeKind::stub;
}

bool is_called(const Node& node, std::string_view text) {
  if (node.name == text || node.label == text) return true;
  const std::string_view kind = word(node.kind);
  if (text.size() > kind.size() && text.starts_with(kind) && (text[kind.size()] == ' ' || text[kind.size()] == ':')) {
    const std::string_view rest = text.substr(kind.size() + 1);
    return node.name == rest || node.label == rest;
  }
  return false;
}

/// The resolver nodes of servers that listen on an address, written alone or in a list.
bool listens_on(const Analysis& analysis, const Node& node, const IpAddress& address) {
  if (node.kind != NodeKind::resolver) return false;
  const Server* server = analysis.estate().server(node.name);
  return server != nullptr && std::find(server->addresses.begin(), server->addresses.end(), address) != server->addresses.end();
}

}  // namespace

NodesMeant nodes_meant(const Analysis& analysis, std::string_view text) {
  const RequirementGraph& graph = analysis.graph();
  const Result<IpAddress> address = IpAddress::parse(text);
  NodesMeant meant;
  NodesMeant partial;
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    const Node& node = graph.node(NodeId(at));
    if (!can_be_down(node.kind)) continue;
    if (is_called(node, text) || (address && listens_on(analysis, node, *address))) {
      meant.nodes.push_back(NodeId(at));
    } else if (!text.empty() && (node.name.find(text) != std::string::npos || node.label.find(text) != std::string::npos)) {
      partial.nodes.push_back(NodeId(at));
    }
  }
  if (meant.nodes.empty()) return partial;
  meant.exact = true;
  return meant;
}

Impact what_if(const Analysis& analysis, const std::vector<NodeId>& down) {
  const std::vector<bool> works = analysis.fixed_points().settled(down);
  std::vector<bool> near(analysis.graph().size());
  for (const NodeId node : down) {
    for (const NodeId goal : analysis.dependents(node)) near[index(goal)] = true;
  }
  Impact impact;
  for (const NodeId goal : analysis.goals()) {
    if (analysis.faults().state(goal) == FaultState::never) {
      impact.lost_anyway.push_back(goal);
    } else if (!works[index(goal)]) {
      Outcome outcome{.goal = goal, .lost_uses = {}};
      for (const Group& group : analysis.graph().groups(goal)) {
        for (const Member& member : analysis.graph().members(group)) {
          if (!works[index(member.node)]) outcome.lost_uses.push_back(member.node);
        }
      }
      impact.lost.push_back(std::move(outcome));
    } else if (near[index(goal)]) {
      impact.other_way.push_back(goal);
    } else if (analysis.asked(goal).stubs.empty()) {
      impact.unknown.push_back(goal);
    } else {
      impact.unaffected.push_back(goal);
    }
  }
  return impact;
}

}  // namespace mainstay
