#include "analyzer/rules/zone_servers.h"

namespace mainstay {

std::vector<Member> name_servers_of(const RequirementGraph& graph, NodeId zone) {
  std::vector<Member> servers;
  for (const Group& group : graph.groups(zone)) {
    for (const Member& member : graph.members(group)) {
      const NodeKind kind = graph.node(member.node).kind;
      if (kind == NodeKind::name_server) servers.push_back(member);
      if (kind != NodeKind::address) continue;
      for (const NodeId server : needed_of_kind(graph, member.node, NodeKind::name_server)) servers.push_back({server, member.reason});
    }
  }
  return servers;
}

std::vector<NodeId> needed_of_kind(const RequirementGraph& graph, NodeId node, NodeKind kind) {
  std::vector<NodeId> found;
  for (const Group& group : graph.groups(node)) {
    for (const Member& member : graph.members(group)) {
      if (graph.node(member.node).kind == kind) found.push_back(member.node);
    }
  }
  return found;
}

}  // namespace mainstay
