#include "analyzer/report/make_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "analyzer/policy/controls.h"
#include "analyzer/rules/dependencies.h"
#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/rule.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

std::string where(const Reasons& reasons) {
  for (const Evidence& one : reasons) {
    if (one.confidence == Confidence::declared) return fmt::format("{}:{}", one.place.file, one.place.line);
  }
  return reasons.empty() ? "" : std::string(word(strongest(reasons)));
}

std::string upstream_label(const Upstream& upstream) {
  if (upstream.address) return upstream.address->text();
  if (!upstream.host.empty()) return upstream.host;
  return upstream.server.empty() ? "resolvers of " + upstream.stub : upstream.server;
}

std::string stub_label(const Stub& stub) {
  std::string label;
  for (const Upstream& upstream : stub.servers) {
    if (upstream.asked) label += (label.empty() ? "" : ", ") + upstream_label(upstream);
  }
  const std::string place = where(stub.reasons);
  return place.empty() ? label : fmt::format("{} ({})", label, place);
}

/// The uses of a workload: nodes of kind use below it.
std::vector<NodeId> uses_of(const RequirementGraph& graph, NodeId goal) {
  std::vector<NodeId> uses;
  for (const Group& group : graph.groups(goal)) {
    for (const Member& member : graph.members(group)) uses.push_back(member.node);
  }
  return uses;
}

NameRow row_of(const Dependency& one) {
  NameRow row{.name = std::string(one.name.host()), .known_by = std::string(word(one.known_by())), .evidence = {}};
  for (const Use* use : one.uses) row.evidence.insert(row.evidence.end(), use->reasons.begin(), use->reasons.end());
  Coverage coverage;
  for (const Observation* query : one.queries) coverage.add(*query);
  row.queries = coverage.queries();
  const std::vector<Evidence> logs = coverage.evidence();
  row.evidence.insert(row.evidence.end(), logs.begin(), logs.end());
  return row;
}

void add_workloads(const Analysis& analysis, Report& report) {
  const RequirementGraph& graph = analysis.graph();
  const std::map<std::string, Dependencies> dependencies = dependencies_of(analysis);
  for (const Workload& workload : analysis.estate().workloads()) {
    WorkloadRow row{.id = workload.id, .kind = std::string(word(workload.kind)), .name = workload.name, .scope = workload.scope};
    row.evidence = workload.reasons;
    const Dependencies& asked = dependencies.at(workload.id);
    row.is_in_logs = asked.is_in_logs;
    for (const Dependency& one : asked.names) row.names.push_back(row_of(one));
    for (const Stub* stub : analysis.resolution().stubs_of(workload))
      row.resolver += (row.resolver.empty() ? "" : "; ") + stub_label(*stub);
    if (const std::optional<NodeId> goal = graph.find(NodeKind::workload, workload.id)) {
      std::set<std::string> hosts;
      for (const NodeId use : uses_of(graph, *goal)) hosts.insert(graph.node(use).label);
      row.endpoints.assign(hosts.begin(), hosts.end());
      for (const NodeId fault : analysis.faults().of(*goal)) row.single_faults += graph.node(fault).failure == Failure::component ? 1 : 0;
      row.cold_start = analysis.faults().state(*goal) == FaultState::cold_and_warm;
    }
    report.workloads.push_back(std::move(row));
  }
}

struct EndpointFaults {
  std::set<std::string> labels;
  std::set<NodeId> inherent;
};

/// The single faults of the uses of one endpoint, as classes: equal losses in series count once.
EndpointFaults endpoint_faults(const Analysis& analysis, const std::vector<NodeId>& uses) {
  const RequirementGraph& graph = analysis.graph();
  EndpointFaults found;
  std::set<NodeId> faults;
  for (const NodeId use : uses) {
    for (const NodeId fault : analysis.faults().of(use)) faults.insert(fault);
  }
  for (const NodeId fault : faults) {
    if (graph.node(fault).failure == Failure::inherent) found.inherent.insert(fault);
  }
  for (const Blast& one : analysis.blasts()) {
    const bool here = faults.contains(one.representative) ||
                      std::any_of(one.same_blast.begin(), one.same_blast.end(), [&](NodeId node) { return faults.contains(node); });
    if (here && graph.node(one.representative).failure == Failure::component) {
      const Node& node = graph.node(one.representative);
      found.labels.insert(fmt::format("{} {}", word(node.kind), node.label.empty() ? node.name : node.label));
    }
  }
  return found;
}

HoldRow row_of(const Hold& hold) {
  HoldRow row{.what = hold.what, .seconds = std::nullopt, .evidence = hold.reasons};
  if (hold.lasts.is_known()) row.seconds = hold.lasts.known;
  return row;
}

/// After the single fault that ends one of the uses first.
std::optional<LockoutRow> lockout_of(const Analysis& analysis, const std::vector<NodeId>& uses) {
  const WorstFault* worst = nullptr;
  std::uint64_t most = Longest::kForever;
  for (const NodeId use : uses) {
    const auto at = analysis.worst_faults().find(use);
    if (at == analysis.worst_faults().end()) continue;
    most = std::min(most, at->second.ending.longest.most);
    if (worst == nullptr || at->second.ending.longest.known < worst->ending.longest.known) worst = &at->second;
  }
  if (worst == nullptr) return std::nullopt;
  LockoutRow row{.most = worst->ending.longest.known, .complete = worst->ending.longest.known == most};
  row.fault = fmt::format("{} {}", word(analysis.graph().node(worst->fault).kind), label_of(analysis.graph(), worst->fault));
  for (const Hold* hold : worst->ending.carried) row.holds.push_back(row_of(*hold));
  return row;
}

struct EndpointUses {
  std::vector<const Use*> uses;
  std::vector<NodeId> nodes;
};

void add_endpoints(const Analysis& analysis, Report& report) {
  const RequirementGraph& graph = analysis.graph();
  std::map<std::pair<std::string, Role>, EndpointUses> by_host;
  for (const Use& use : analysis.estate().uses()) {
    EndpointUses& one = by_host[{host_name_of(use.host), use.role}];
    one.uses.push_back(&use);
    if (const std::optional<NodeId> node = graph.find(NodeKind::use, use_name_of(use))) one.nodes.push_back(*node);
  }
  for (const auto& [key, one] : by_host) {
    EndpointRow row{.name = key.first, .role = key.second, .hosts = {key.first}};
    std::set<std::string> workloads;
    row.weakest = Confidence::declared;
    for (const Use* use : one.uses) {
      workloads.insert(use->workload);
      row.evidence.insert(row.evidence.end(), use->reasons.begin(), use->reasons.end());
      row.weakest = std::min(row.weakest, strongest(use->reasons));
      const Workload* workload = analysis.estate().workload(use->workload);
      const std::vector<const Stub*> stubs = workload == nullptr ? std::vector<const Stub*>() : analysis.resolution().stubs_of(*workload);
      if (stubs.empty()) row.weakest = Confidence::assumed;
      for (const Stub* stub : stubs) row.weakest = std::min(row.weakest, strongest(stub->reasons));
    }
    if (const KnownHost* known = analysis.catalogue().host(one.uses.front()->host)) row.provider = known->provider;
    row.workloads.assign(workloads.begin(), workloads.end());
    const EndpointFaults faults = endpoint_faults(analysis, one.nodes);
    row.single_faults.assign(faults.labels.begin(), faults.labels.end());
    row.lockout = lockout_of(analysis, one.nodes);
    row.inherent_faults = static_cast<std::uint32_t>(faults.inherent.size());
    std::sort(row.evidence.begin(), row.evidence.end());
    row.evidence.erase(std::unique(row.evidence.begin(), row.evidence.end()), row.evidence.end());
    report.endpoints.push_back(std::move(row));
  }
  std::stable_sort(report.endpoints.begin(), report.endpoints.end(),
                   [](const EndpointRow& a, const EndpointRow& b) { return a.workloads.size() > b.workloads.size(); });
}

void add_resolvers(const Analysis& analysis, Report& report) {
  const RequirementGraph& graph = analysis.graph();
  std::set<std::string> listed;
  for (const Server& server : analysis.estate().servers()) {
    ResolverRow row{.id = server.id, .label = server.id, .software = server.software};
    for (const IpAddress& address : server.addresses) row.addresses.push_back(address.text());
    for (const Forward& forward : server.forwards) {
      for (const Upstream& upstream : forward.upstreams)
        row.upstreams.push_back(fmt::format("{} → {}", forward.zone.text(), upstream_label(upstream)));
    }
    row.evidence = server.reasons;
    if (const std::optional<NodeId> node = graph.find(NodeKind::resolver, server.id)) {
      row.label = label_of(graph, *node);
      row.workloads = static_cast<std::uint32_t>(analysis.dependents(*node).size());
    }
    listed.insert(server.id);
    report.resolvers.push_back(std::move(row));
  }
  const auto [first, last] = graph.of_kind(NodeKind::resolver);
  for (std::uint32_t at = index(first); at < index(last); ++at) {
    const Node& node = graph.node(NodeId(at));
    if (listed.contains(node.name)) continue;
    ResolverRow row{.id = node.name, .label = node.label, .addresses = {node.label}, .described = false};
    row.evidence = node.reasons;
    row.workloads = static_cast<std::uint32_t>(analysis.dependents(NodeId(at)).size());
    report.resolvers.push_back(std::move(row));
  }
  std::sort(report.resolvers.begin(), report.resolvers.end());
}

std::string without_dot(std::string name) {
  if (name.size() > 1 && name.ends_with('.')) name.pop_back();
  return name;
}

void add_zones(const Analysis& analysis, Report& report) {
  std::map<std::pair<std::string, std::string>, std::uint64_t> records;
  std::map<std::pair<std::string, std::string>, std::set<std::string>> name_servers;
  for (const Record& record : analysis.estate().records()) {
    const std::pair key(without_dot(record.zone), record.view);
    ++records[key];
    if (record.type == "NS" && without_dot(record.owner.display()) == key.first)
      name_servers[key].insert(without_dot(record.data.display()));
  }
  for (const Zone& zone : analysis.estate().zones()) {
    ZoneRow row{.apex = std::string(zone.apex.host()), .view = zone.view, .provider = zone.provider};
    row.is_signed = !zone.is_signed ? "unknown" : *zone.is_signed ? "yes" : "no";
    const std::pair key(std::string(zone.apex.host()), zone.view);
    row.records = records[key];
    row.name_servers.assign(name_servers[key].begin(), name_servers[key].end());
    row.evidence = zone.reasons;
    report.zones.push_back(std::move(row));
  }
}

void add_rules(Report& report) {
  for (const Rule* rule : all_rules()) {
    report.rules.push_back({.name = std::string(rule->name),
                            .summary = std::string(rule->summary),
                            .why = std::string(rule->why),
                            .fix = std::string(rule->fix),
                            .reference = std::string(rule->reference),
                            .severity = rule->severity,
                            .controls = controls_of(rule->name)});
  }
  std::sort(report.rules.begin(), report.rules.end());
}

}  // namespace

std::vector<Finding> run_rules(const Analysis& analysis, std::vector<Undecided>& undecided) {
  std::vector<Finding> findings;
  for (const Rule* rule : all_rules()) {
    RuleReport report(*rule, analysis);
    rule->check(analysis, report);
    for (Finding& one : report.findings()) findings.push_back(std::move(one));
    for (Undecided& one : report.undecided()) undecided.push_back(std::move(one));
  }
  sort_worst_first(findings);
  return findings;
}

void sort_worst_first(std::vector<Finding>& findings) {
  std::sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
    const auto order = [](const Finding& one) {
      return std::tuple(-static_cast<int>(one.severity), -static_cast<long>(one.affected.size()));
    };
    if (order(a) != order(b)) return order(a) < order(b);
    return std::tie(a.rule, a.id) < std::tie(b.rule, b.id);
  });
}

void fill_report(const Analysis& analysis, Report& report) {
  add_endpoints(analysis, report);
  add_workloads(analysis, report);
  add_resolvers(analysis, report);
  add_zones(analysis, report);
  report.undecided.insert(report.undecided.end(), analysis.estate().conflicts().begin(), analysis.estate().conflicts().end());
  report.undecided.insert(report.undecided.end(), analysis.undecided().begin(), analysis.undecided().end());
  add_rules(report);
  report.findings = run_rules(analysis, report.undecided);
  std::sort(report.undecided.begin(), report.undecided.end());
}

}  // namespace mainstay
