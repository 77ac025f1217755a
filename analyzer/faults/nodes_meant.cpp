#include "analyzer/faults/nodes_meant.h"

#include <algorithm>
#include <array>

#include "analyzer/faults/fault_modes.h"
#include "graph/values/ip_address.h"

namespace mainstay {
namespace {

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

/// "zone euc1-az1" as a person may write it: "zone:euc1-az1", "az:euc1-az1", "euc1-az1"; a host also by the end of its folder.
bool is_called_domain(std::string_view name, std::string_view text) {
  const std::size_t blank = name.find(' ');
  if (blank == std::string_view::npos) return false;
  const std::string_view kind = name.substr(0, blank);
  const std::string_view own = name.substr(blank + 1);
  if (text == own) return true;
  const std::size_t mark = text.find_first_of(": ");
  if (mark == std::string_view::npos) return false;
  const std::string_view said = text.substr(0, mark);
  const bool same_kind = said == kind || (said == "az" && kind == "zone");
  const std::string_view rest = text.substr(mark + 1);
  if (same_kind && rest == own) return true;
  return kind == "host" && said == "host" && own.ends_with(rest) && own.size() > rest.size() && own[own.size() - rest.size() - 1] == '/';
}

bool is_called(const Node& node, std::string_view text) {
  if (node.name == text || node.label == text) return true;
  if (node.kind == NodeKind::failure_domain && is_called_domain(node.name, text)) return true;
  const std::string_view kind = word(node.kind);
  if (text.size() > kind.size() && text.starts_with(kind) && (text[kind.size()] == ' ' || text[kind.size()] == ':')) {
    const std::string_view rest = text.substr(kind.size() + 1);
    return node.name == rest || node.label == rest || (node.kind == NodeKind::failure_domain && is_called_domain(node.name, rest));
  }
  return false;
}

/// The resolver nodes of servers that listen on an address, written alone or in a list.
bool listens_on(const Analysis& analysis, const Node& node, const IpAddress& address) {
  if (node.kind != NodeKind::resolver) return false;
  const Server* server = analysis.estate().server(node.name);
  return server != nullptr && std::find(server->addresses.begin(), server->addresses.end(), address) != server->addresses.end();
}

/// Kinds of which a node's reasons are where it is declared; those of the others are where somebody names it.
bool is_declared_by_its_reasons(const Analysis& analysis, const Node& node) {
  constexpr std::array<NodeKind, 3> kDeclared = {NodeKind::endpoint, NodeKind::runs, NodeKind::zone};
  if (node.kind == NodeKind::resolver) return analysis.estate().server(node.name) != nullptr;
  return std::find(kDeclared.begin(), kDeclared.end(), node.kind) != kDeclared.end();
}

bool stands_in(const Reasons& reasons, std::string_view file) {
  return std::any_of(reasons.begin(), reasons.end(), [&](const Evidence& one) {
    const std::string_view place = one.place.file;
    return place == file || (place.ends_with(file) && place.size() > file.size() && place[place.size() - file.size() - 1] == '/');
  });
}

/// The addresses that a file of a client lists as its servers.
std::vector<IpAddress> servers_listed_in(const Analysis& analysis, std::string_view file) {
  std::vector<IpAddress> listed;
  for (const Stub& stub : analysis.estate().stubs()) {
    for (const Upstream& server : stub.servers) {
      if (server.address && (stands_in(server.reasons, file) || stands_in(stub.reasons, file))) listed.push_back(*server.address);
    }
  }
  return listed;
}

bool can_fail(const Node& node) { return !modes_of(node.kind).empty(); }

}  // namespace

NodesMeant nodes_meant(const Analysis& analysis, std::string_view text) {
  const RequirementGraph& graph = analysis.graph();
  NodesMeant meant;
  if (text.empty()) return meant;
  const Result<IpAddress> address = IpAddress::parse(text);
  std::vector<NodeId> declared;
  std::vector<NodeId> partial;
  std::vector<NodeId> listed;
  const std::string_view file = text.starts_with("file:") ? text.substr(5) : text;
  const bool may_be_file = contains(file, ".");
  const std::vector<IpAddress> servers = may_be_file ? servers_listed_in(analysis, file) : std::vector<IpAddress>{};
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    const Node& node = graph.node(NodeId(at));
    if (!can_fail(node)) continue;
    if (is_called(node, text) || (address && listens_on(analysis, node, *address))) meant.nodes.push_back(NodeId(at));
    if (may_be_file && is_declared_by_its_reasons(analysis, node) && stands_in(node.reasons, file)) declared.push_back(NodeId(at));
    const auto is_here = [&](const IpAddress& one) { return is_called(node, one.text()) || listens_on(analysis, node, one); };
    if (std::any_of(servers.begin(), servers.end(), is_here)) listed.push_back(NodeId(at));
    if (contains(node.name, text) || contains(node.label, text)) partial.push_back(NodeId(at));
  }
  if (meant.nodes.empty()) meant.nodes = std::move(declared);
  meant.exact = !meant.nodes.empty();
  if (!meant.exact) meant.nodes = std::move(partial.empty() ? listed : partial);
  return meant;
}

}  // namespace mainstay
