#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/zone_servers.h"

namespace mainstay {
namespace {

struct Reach {
  std::set<NodeId> addresses;
  std::vector<NodeId> servers;
  bool is_known = true;  // the addresses of every name server are in the tree
};

Reach reach_of(const RequirementGraph& graph, NodeId zone) {
  Reach reach;
  for (const Member& server : name_servers_of(graph, zone)) {
    reach.servers.push_back(server.node);
    const std::vector<NodeId> addresses = needed_of_kind(graph, server.node, NodeKind::address);
    reach.addresses.insert(addresses.begin(), addresses.end());
    reach.is_known = reach.is_known && !addresses.empty();
  }
  return reach;
}

void check(const Analysis& analysis, RuleReport& report) {
  const RequirementGraph& graph = analysis.graph();
  const auto [first, last] = graph.of_kind(NodeKind::zone);
  for (std::uint32_t at = index(first); at < index(last); ++at) {
    const NodeId zone{at};
    if (graph.node(zone).failure == Failure::inherent) continue;
    const Reach reach = reach_of(graph, zone);
    if (reach.servers.empty()) continue;
    if (!reach.is_known) {
      // One name alone is one too few wherever it points; several may share an address that no file tells.
      if (reach.servers.size() > 1) continue;
      const std::vector<NodeId> faults = analysis.faults().of(reach.servers.front());
      const bool provided =
          std::any_of(faults.begin(), faults.end(), [&](NodeId node) { return graph.node(node).kind == NodeKind::provider; });
      if (provided) continue;
    } else if (reach.addresses.size() > 1) {
      continue;
    }
    const NodeId lone = reach.servers.front();
    std::vector<NodeId> lost;
    for (const NodeId goal : analysis.dependents(zone)) {
      const NodeId fault = reach.addresses.empty() ? lone : *reach.addresses.begin();
      if (analysis.faults().fails(goal, fault)) lost.push_back(goal);
    }
    if (lost.empty()) continue;
    Finding finding;
    finding.subjects = {subject_of(graph, zone)};
    finding.affected = analysis.names(lost);
    for (const NodeId server : reach.servers) {
      finding.subjects.push_back(subject_of(graph, server));
      add_evidence(graph.node(server).reasons, 2, finding.evidence);
    }
    for (const NodeId address : reach.addresses) add_evidence(graph.node(address).reasons, 2, finding.evidence);
    add_evidence(graph.node(zone).reasons, 1, finding.evidence);
    finding.confidence = best_proved(graph, lost, lone);
    add_use_evidence(analysis, lost.front(), finding.evidence);
    finding.message =
        fmt::format("{} has {}, at one address ({}); {} need{} it", graph.node(zone).name, how_many(reach.servers.size(), "name server"),
                    reach.addresses.empty() ? "not known" : label_of(graph, *reach.addresses.begin()), how_many(lost.size(), "workload"),
                    lost.size() == 1 ? "s" : "");
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule spof_nameserver;
constinit const Rule spof_nameserver{
    .name = "spof-nameserver",
    .summary = "a zone can be asked at one address only",
    .why =
        "The standard wants at least two authoritative servers a zone because one is not enough: when it goes, every name of the zone "
        "goes as soon as caches run out.",
    .fix = "add an authoritative server in another network, and list it in the zone and at the parent",
    .reference = "RFC 1034 section 4.1, RFC 2182 section 5",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
