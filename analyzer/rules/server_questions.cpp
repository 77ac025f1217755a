#include "analyzer/rules/server_questions.h"

#include "analyzer/rules/zone_servers.h"

namespace mainstay {

std::map<const Server*, std::vector<ServerQuestion>, ById> questions_by_server(const Analysis& analysis) {
  const RequirementGraph& graph = analysis.graph();
  std::map<const Server*, std::vector<ServerQuestion>, ById> found;
  const auto [first, last] = graph.of_kind(NodeKind::question);
  for (std::uint32_t at = index(first); at < index(last); ++at) {
    const std::vector<NodeId> resolvers = needed_of_kind(graph, NodeId(at), NodeKind::resolver);
    const Server* server = resolvers.empty() ? nullptr : analysis.estate().server(graph.node(resolvers.front()).name);
    if (server == nullptr) continue;
    if (Result<DomainName> name = DomainName::parse(graph.node(NodeId(at)).label)) found[server].push_back({*std::move(name), NodeId(at)});
  }
  return found;
}

}  // namespace mainstay
