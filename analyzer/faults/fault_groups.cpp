#include "analyzer/faults/fault_groups.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>

#include "graph/values/domain_name.h"
#include "graph/values/ip_address.h"
#include "graph/values/public_suffix.h"

namespace mainstay {
namespace {

constexpr std::array<std::string_view, 8> kWords{"component", "provider",           "prefix",  "region",
                                                 "zone",      "registrable-domain", "account", "source"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The failure domain that a node stands for, when it is one of that kind: "zone eu-central-1a" is a zone.
std::optional<std::string> domain_of(const Node& node, std::string_view kind) {
  const std::string_view name = node.name;
  if (node.kind != NodeKind::failure_domain || !name.starts_with(kind) || name.size() <= kind.size() || name[kind.size()] != ' ') return {};
  return std::string(name.substr(kind.size() + 1));
}

/// The account numbers in Amazon resource names: "arn:partition:service:region:account:...", twelve digits.
void add_accounts(std::string_view text, std::set<std::string>& accounts) {
  for (std::size_t at = text.find("arn:"); at != std::string_view::npos; at = text.find("arn:", at + 4)) {
    std::size_t from = at;
    for (int colon = 0; colon < 4 && from != std::string_view::npos; ++colon) from = text.find(':', from + (colon > 0 ? 1 : 0));
    if (from == std::string_view::npos) continue;
    const std::string_view number = text.substr(from + 1, 12);
    const bool ends = from + 13 >= text.size() || text[from + 13] == ':';
    if (number.size() == 12 && std::all_of(number.begin(), number.end(), is_digit) && ends) accounts.insert(std::string(number));
  }
}

std::optional<std::string> declaring_file(const Reasons& reasons) {
  for (const Evidence& one : reasons) {
    if (one.confidence == Confidence::declared) return one.place.file;
  }
  return std::nullopt;
}

class Groups {
 public:
  Groups(const Analysis& analysis, Grouping grouping) : analysis_(analysis), grouping_(grouping) {
    for (const Endpoint& endpoint : analysis.estate().endpoints()) {
      const std::string& group = grouping == Grouping::region ? endpoint.region : endpoint.provider;
      if (group.empty()) continue;
      for (const Text& host : endpoint.hosts) group_of_host_[host_name_of(host)] = group;
    }
  }

  std::set<std::string> of(const Node& node) const {
    switch (grouping_) {
      case Grouping::component: return {};
      case Grouping::provider: return with_endpoint(node, named(node, NodeKind::provider, "provider"));
      case Grouping::prefix: return prefixes(node);
      case Grouping::region: return regions(node);
      case Grouping::zone: return named(node, NodeKind::failure_domain, "zone");
      case Grouping::registrable_domain: return domains(node);
      case Grouping::account: return accounts(node);
      case Grouping::source: break;
    }
    const std::optional<std::string> file = declaring_file(node.reasons);
    return file ? Names{*file} : Names{};
  }

 private:
  using Names = std::set<std::string>;

  static Names named(const Node& node, NodeKind kind, std::string_view domain) {
    if (kind != NodeKind::failure_domain && node.kind == kind) return {node.name};
    const std::optional<std::string> name = domain_of(node, domain);
    return name ? Names{*name} : Names{};
  }

  /// A server on one public address is in the prefix of that address; one on several does not fail with any of their prefixes.
  Names prefixes(const Node& node) const {
    Names found = named(node, NodeKind::prefix, "prefix");
    if (const auto network = domain_of(node, "network")) found.insert(*network);
    const Server* server = node.kind == NodeKind::resolver ? analysis_.estate().server(node.name) : nullptr;
    if (server == nullptr || server->addresses.size() != 1 || server->addresses[0].is_private()) return found;
    found.insert(server->addresses[0].prefix(server->addresses[0].is_v4() ? 24 : 48));
    return found;
  }

  Names regions(const Node& node) const {
    Names found = named(node, NodeKind::failure_domain, "region");
    if (const auto zone = domain_of(node, "zone")) {
      if (std::string region = region_of_zone(*zone); !region.empty()) found.insert(std::move(region));
    }
    return with_endpoint(node, std::move(found));
  }

  Names with_endpoint(const Node& node, Names found) const {
    const auto known = node.kind == NodeKind::endpoint ? group_of_host_.find(node.name) : group_of_host_.end();
    if (known != group_of_host_.end()) found.insert(known->second);
    return found;
  }

  /// A zone with a view behind its name is not found through the public tree.
  static Names domains(const Node& node) {
    if (node.kind != NodeKind::zone || node.name.find(' ') != std::string::npos) return {};
    const Result<DomainName> apex = DomainName::parse(node.name);
    if (!apex || apex->is_root()) return {};
    return {std::string(registrable_domain(*apex).host())};
  }

  static Names accounts(const Node& node) {
    Names found;
    add_accounts(node.name, found);
    for (const Evidence& one : node.reasons) add_accounts(one.place.text, found);
    // A thing that names several does not say which one it is in.
    return found.size() == 1 ? found : Names{};
  }

  const Analysis& analysis_;
  Grouping grouping_;
  std::map<std::string, std::string> group_of_host_;
};

}  // namespace

std::span<const std::string_view> words(Grouping) { return kWords; }
std::string_view word(Grouping grouping) { return kWords[static_cast<std::size_t>(grouping)]; }

std::optional<Grouping> grouping_of(std::string_view word) {
  const auto at = std::find(kWords.begin(), kWords.end(), word);
  if (at == kWords.end()) return std::nullopt;
  return static_cast<Grouping>(at - kWords.begin());
}

std::string region_of_zone(std::string_view zone) {
  const auto is_lower = [](char c) { return c >= 'a' && c <= 'z'; };
  if (zone.size() < 4 || !is_lower(zone.back()) || std::count(zone.begin(), zone.end(), '-') < 2) return {};
  const std::string_view front = zone.substr(0, zone.size() - 1);
  if (is_digit(front.back()) && front[front.size() - 2] == '-') return std::string(front);                              // eu-central-1a
  if (front.back() == '-' && is_digit(front[front.size() - 2])) return std::string(front.substr(0, front.size() - 1));  // europe-west1-b
  return {};
}

Reasons owner_of(const Analysis& analysis, NodeId node) {
  const RequirementGraph& graph = analysis.graph();
  const auto is_declared = [](const Reasons& reasons) { return declaring_file(reasons).has_value(); };
  if (is_declared(graph.node(node).reasons)) return graph.node(node).reasons;
  const GateIndex& gates = analysis.fixed_points().gates();
  for (const std::uint32_t gate : gates.gates_with(index(node))) {
    const std::uint32_t owner = gates.owner(gate);
    const Group& group = graph.groups(NodeId(owner))[gate - gates.first_gate(owner)];
    for (const Member& member : graph.members(group)) {
      if (member.node == node && is_declared(graph.reason(member))) return graph.reason(member);
    }
  }
  return graph.node(node).reasons;
}

namespace {

void add_inherent(const Analysis& analysis, std::vector<std::vector<std::uint32_t>>& faults_of, std::vector<Cause>& causes) {
  for (std::uint32_t at = 0; at < faults_of.size(); ++at) {
    const Node& node = analysis.graph().node(NodeId(at));
    if (node.failure != Failure::inherent) continue;
    faults_of[at].push_back(static_cast<std::uint32_t>(causes.size()));
    causes.push_back({std::string(word(node.kind)), node.name, node.label, owner_of(analysis, NodeId(at)), 1, true});
  }
}

}  // namespace

CommonCause common_cause(const Analysis& analysis, Grouping grouping, InherentCauses inherent) {
  const RequirementGraph& graph = analysis.graph();
  const Groups groups(analysis, grouping);
  std::vector<std::vector<std::uint32_t>> faults_of(graph.size());
  std::vector<Cause> causes;
  std::map<std::string, std::vector<std::uint32_t>> members;
  std::size_t components = 0;
  std::size_t ungrouped = 0;
  for (std::uint32_t at = 0; at < graph.size(); ++at) {
    const Node& node = graph.node(NodeId(at));
    // A domain that lapses takes zones with it that are mere steps of reasoning, or other people's.
    const bool is_component = node.failure == Failure::component;
    if (!is_component && grouping != Grouping::registrable_domain) continue;
    components += is_component ? 1 : 0;
    if (grouping == Grouping::component) {
      faults_of[at].push_back(static_cast<std::uint32_t>(causes.size()));
      causes.push_back({std::string(word(node.kind)), node.name, node.label, owner_of(analysis, NodeId(at)), 1});
      continue;
    }
    const std::set<std::string> names = groups.of(node);
    ungrouped += names.empty() && is_component ? 1 : 0;
    for (const std::string& name : names) members[name].push_back(at);
  }
  for (const auto& [name, nodes] : members) {
    for (const std::uint32_t node : nodes) faults_of[node].push_back(static_cast<std::uint32_t>(causes.size()));
    Cause cause{std::string(word(grouping)), name, "", {}, static_cast<std::uint32_t>(nodes.size())};
    for (const std::uint32_t node : nodes) {
      if (cause.reasons.empty()) cause.reasons = owner_of(analysis, NodeId(node));
    }
    causes.push_back(std::move(cause));
  }
  if (inherent == InherentCauses::each) add_inherent(analysis, faults_of, causes);
  const auto count = static_cast<std::uint32_t>(causes.size());
  return {std::move(causes), FaultSources(faults_of, count), components, ungrouped};
}

}  // namespace mainstay
