#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/zone_servers.h"

namespace mainstay {
namespace {

/// All the addresses of one zone or endpoint.
struct Reached {
  NodeId subject{};
  std::set<NodeId> addresses;
  std::vector<NodeId> servers;    // of a zone
  std::vector<NodeId> without;    // of those, the ones whose address no file tells
  bool is_with_provider = false;  // and at least one that a provider runs, wherever that may be
};

Reached reached(const RequirementGraph& graph, NodeId subject) {
  Reached all{.subject = subject};
  if (graph.node(subject).kind == NodeKind::endpoint) {
    for (const NodeId address : needed_of_kind(graph, subject, NodeKind::address)) all.addresses.insert(address);
    return all;
  }
  for (const Member& server : name_servers_of(graph, subject)) {
    const std::vector<NodeId> addresses = needed_of_kind(graph, server.node, NodeKind::address);
    const bool has_provider = !needed_of_kind(graph, server.node, NodeKind::provider).empty();
    all.servers.push_back(server.node);
    all.addresses.insert(addresses.begin(), addresses.end());
    all.is_with_provider = all.is_with_provider || has_provider;
    if (addresses.empty() && !has_provider) all.without.push_back(server.node);
  }
  return all;
}

/// A region is where everything of a company may stand; what is smaller is meant to be chosen differently for the second server.
bool is_small(const Node& domain) { return !domain.name.starts_with("region ") && !domain.name.starts_with("provider "); }

/// The failure domains that are declared for every one of the addresses.
std::vector<NodeId> shared_domains(const RequirementGraph& graph, const std::set<NodeId>& addresses) {
  std::map<NodeId, std::size_t> count;
  for (const NodeId address : addresses) {
    for (const NodeId domain : needed_of_kind(graph, address, NodeKind::failure_domain)) ++count[domain];
  }
  std::vector<NodeId> shared;
  for (const auto& [domain, addresses_in] : count) {
    if (addresses_in == addresses.size() && is_small(graph.node(domain))) shared.push_back(domain);
  }
  return shared;
}

bool is_v6(const Node& prefix) { return prefix.name.find(':') != std::string::npos; }

/// The prefixes of the addresses when there is at most one of each family and no address without one.
std::vector<NodeId> shared_prefixes(const RequirementGraph& graph, const std::set<NodeId>& addresses) {
  std::set<NodeId> prefixes;
  for (const NodeId address : addresses) {
    const std::vector<NodeId> own = needed_of_kind(graph, address, NodeKind::prefix);
    if (own.empty()) return {};
    prefixes.insert(own.begin(), own.end());
  }
  const auto v6 = std::count_if(prefixes.begin(), prefixes.end(), [&](NodeId one) { return is_v6(graph.node(one)); });
  const auto v4 = static_cast<std::ptrdiff_t>(prefixes.size()) - v6;
  if (v4 > 1 || v6 > 1) return {};
  return {prefixes.begin(), prefixes.end()};
}

std::vector<NodeId> shared_fate(const RequirementGraph& graph, const std::set<NodeId>& addresses) {
  const std::vector<NodeId> domains = shared_domains(graph, addresses);
  return domains.empty() ? shared_prefixes(graph, addresses) : std::vector{domains.front()};
}

/// The goals that reach the subject and fail with all of the faults at once, but for those whose resolvers fail with them anyway: that is
/// told as such.
std::vector<NodeId> lost_goals(const Analysis& analysis, NodeId subject, const std::vector<NodeId>& faults) {
  const std::vector<NodeId> down = analysis.fixed_points().what_if(faults);
  const auto is_down = [&](NodeId node) { return std::binary_search(down.begin(), down.end(), node); };
  std::vector<NodeId> lost;
  for (const NodeId goal : analysis.dependents(subject)) {
    if (!is_down(goal)) continue;
    const std::vector<const Server*>& servers = analysis.asked(goal).servers;
    const bool has_resolver = servers.empty() || std::any_of(servers.begin(), servers.end(), [&](const Server* server) {
                                const std::optional<NodeId> node = analysis.graph().find(NodeKind::resolver, server->id);
                                return !node || !is_down(*node);
                              });
    if (has_resolver) lost.push_back(goal);
  }
  return lost;
}

/// What fails together, and all that is found behind it.
struct Shared {
  std::vector<Reached> reached;
  std::set<NodeId> lost;
};

std::string listed(const RequirementGraph& graph, const std::vector<Reached>& all) {
  std::set<std::string> names;
  for (const Reached& one : all) names.insert(label_of(graph, one.subject));
  constexpr std::size_t kMostNames = 3;
  std::vector<std::string> shown(names.begin(), names.end());
  const std::size_t more = shown.size() > kMostNames ? shown.size() - kMostNames : 0;
  shown.resize(shown.size() - more);
  return fmt::format("{}{}", fmt::join(shown, ", "), more == 0 ? "" : fmt::format(" and {} more", more));
}

Finding finding_of(const Analysis& analysis, const std::vector<NodeId>& faults, const Shared& shared) {
  const RequirementGraph& graph = analysis.graph();
  const std::vector<NodeId> lost(shared.lost.begin(), shared.lost.end());
  Finding finding;
  std::vector<std::string> labels;
  for (const NodeId fault : faults) {
    finding.subjects.push_back(subject_of(graph, fault));
    labels.push_back(label_of(graph, fault));
  }
  std::set<NodeId> addresses;
  for (const Reached& one : shared.reached) addresses.insert(one.addresses.begin(), one.addresses.end());
  for (const NodeId address : addresses) {
    if (finding.evidence.size() < 4) add_evidence(graph.node(address).reasons, 1, finding.evidence);
  }
  for (const NodeId fault : faults) add_evidence(graph.node(fault).reasons, 1, finding.evidence);
  finding.affected = analysis.names(lost);
  finding.confidence = best_proved(graph, lost, faults.front());
  const bool is_zone = graph.node(shared.reached.front().subject).kind == NodeKind::zone;
  finding.message =
      fmt::format("{} of {} stand in {}; {} need{} them", is_zone ? "all name servers" : "all addresses", listed(graph, shared.reached),
                  fmt::join(labels, " and "), how_many(lost.size(), "workload"), lost.size() == 1 ? "s" : "");
  if (faults.size() > 1) {
    finding.confidence = Confidence::assumed;
    finding.evidence.push_back(Evidence::assumed("that one event takes both families of addresses is assumed"));
  }
  if (!lost.empty()) add_use_evidence(analysis, lost.front(), finding.evidence);
  return finding;
}

void check(const Analysis& analysis, RuleReport& report) {
  const RequirementGraph& graph = analysis.graph();
  std::map<std::pair<NodeKind, std::vector<NodeId>>, Shared> found;
  for (const NodeKind kind : {NodeKind::zone, NodeKind::endpoint}) {
    const auto [first, last] = graph.of_kind(kind);
    for (std::uint32_t at = index(first); at < index(last); ++at) {
      const Reached all = reached(graph, NodeId(at));
      // One address alone is another rule's; a provider's servers stand where the provider has them.
      if (graph.node(NodeId(at)).failure == Failure::inherent || all.is_with_provider || all.addresses.size() < 2) continue;
      const std::vector<NodeId> faults = shared_fate(graph, all.addresses);
      if (faults.empty()) {
        const bool is_placed =
            std::any_of(all.addresses.begin(), all.addresses.end(), [&](NodeId address) { return !graph.groups(address).empty(); });
        if (!is_placed)
          report.undecided("its addresses are private, and nothing declares in which network they stand", graph.node(NodeId(at)).name);
        continue;
      }
      if (!all.without.empty()) {
        report.undecided("the other addresses share a network, but that of one name server is in no file", graph.node(NodeId(at)).name);
        continue;
      }
      const std::vector<NodeId> lost = lost_goals(analysis, NodeId(at), faults);
      if (lost.empty()) continue;
      Shared& shared = found[{kind, faults}];
      shared.reached.push_back(all);
      shared.lost.insert(lost.begin(), lost.end());
    }
  }
  for (const auto& [key, shared] : found) report.add(finding_of(analysis, key.second, shared));
}

}  // namespace

extern const Rule spof_prefix;
constinit const Rule spof_prefix{
    .name = "spof-prefix",
    .summary = "all addresses of a zone's name servers, or of an endpoint, stand in one network",
    .why =
        "A routing mistake, a filter or a fault of one network takes all of them at once, however many there are. Public addresses share a "
        "network when they are in one /24 (IPv4) or /48 (IPv6), the shortest that is routed by itself; private ones only where the tree "
        "declares a zone of availability, a network or a host for them.",
    .fix =
        "move one of them to a network that is announced and operated separately; where one prefix is announced from several places "
        "(anycast), add a second one",
    .reference = "RFC 2182 section 3.1",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
