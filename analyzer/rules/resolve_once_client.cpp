#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// True for a name whose address stays what it is: a Service of the cluster, or a name that only the platform around the client knows.
bool is_stable_inside(std::string_view host) {
  return host.find('.') == std::string_view::npos || host.ends_with(".svc") || host.find(".svc.") != std::string_view::npos ||
         host.ends_with(".internal");
}

/// True when whoever runs the name moves it: a vendor's service, an alias, or several addresses.
bool moves(const Analysis& analysis, const Text& host) {
  const KnownHost* row = analysis.catalogue().host(host);
  if (row != nullptr && fit(row->pattern, host) == Fit::certain) return true;
  const std::optional<std::string> known = host.known();
  const Result<DomainName> name = known ? DomainName::parse(*known) : Result<DomainName>(Error{"not known"});
  if (!name) return false;
  std::size_t addresses = 0;
  for (const Record* record : analysis.estate().records_of(*name)) {
    if (record->type == "CNAME" || record->type == "ALIAS") return true;
    if (record->type == "A") ++addresses;
  }
  return addresses > 1;
}

struct Once {
  std::set<std::string> hosts;
  std::vector<const Use*> uses;
  bool moves = false;
};

std::string listed(const std::set<std::string>& hosts) {
  std::string out = *hosts.begin();
  if (hosts.size() > 1) out += fmt::format(" and {} more", how_many(hosts.size() - 1, "name"));
  return out;
}

void check_workloads(const Analysis& analysis, RuleReport& report) {
  std::map<std::string, Once> by_workload;
  for (const Use& use : analysis.estate().uses()) {
    if (use.resolves != Resolves::once || use.bypasses_dns) continue;
    const std::string host = use.host.display();
    if (use.host.known_domain() == std::nullopt) {
      report.undecided("the name that is looked up once is not known", use.workload + ": " + host);
      continue;
    }
    if (is_stable_inside(host)) continue;
    Once& once = by_workload[use.workload];
    once.hosts.insert(host);
    once.uses.push_back(&use);
    once.moves = once.moves || moves(analysis, use.host);
  }
  for (const auto& [workload, once] : by_workload) {
    Finding finding;
    finding.severity = once.moves ? Severity::high : Severity::medium;
    finding.confidence = Confidence::declared;
    finding.subjects = {{"workload", workload}};
    for (const std::string& host : once.hosts) finding.subjects.push_back({"name", host});
    finding.affected = {workload};
    for (const Use* use : once.uses) {
      add_evidence(use->reasons, 2, finding.evidence);
      finding.confidence = std::min({finding.confidence, strongest(use->reasons), strongest(use->start_reasons)});
    }
    for (const Use* use : once.uses) {
      for (const Evidence& one : use->start_reasons) add_evidence({one}, 1, finding.evidence);
    }
    const Workload* known = analysis.estate().workload(workload);
    finding.message = fmt::format("{} looks {} up once and keeps the address for as long as it runs",
                                  known != nullptr && !known->name.empty() ? known->name : workload, listed(once.hosts));
    report.add(std::move(finding));
  }
}

/// CoreDNS looks the host names of its forwarders up when it starts.
void check_forwarders(const Analysis& analysis, RuleReport& report) {
  for (const Server& server : analysis.estate().servers()) {
    if (server.software != "coredns") continue;
    std::set<std::string> hosts;
    std::vector<Evidence> evidence;
    for (const Forward& forward : server.forwards) {
      // Where there is another upstream, one that has moved is passed over as any dead one.
      if (forward.upstreams.size() != 1 || forward.upstreams.front().host.empty()) continue;
      const Upstream& upstream = forward.upstreams.front();
      hosts.insert(upstream.host);
      add_evidence(upstream.reasons.empty() ? forward.reasons : upstream.reasons, 1, evidence);
    }
    const std::optional<NodeId> node = analysis.graph().find(NodeKind::resolver, server.id);
    if (hosts.empty() || !node) continue;
    Finding finding;
    finding.subjects = {subject_of(analysis.graph(), *node)};
    for (const std::string& host : hosts) finding.subjects.push_back({"name", host});
    const std::vector<NodeId> goals = analysis.dependents(*node);
    finding.affected = analysis.names(goals);
    finding.evidence = std::move(evidence);
    finding.confidence = Confidence::product_default;
    finding.evidence.push_back(Evidence::by_default("CoreDNS, forward plugin: host names are looked up once, when it starts"));
    finding.message = fmt::format("CoreDNS looks its forwarder {} up once and keeps the address for as long as it runs", listed(hosts));
    report.add(std::move(finding));
  }
}

void check(const Analysis& analysis, RuleReport& report) {
  check_workloads(analysis, report);
  check_forwarders(analysis, report);
}

}  // namespace

extern const Rule resolve_once_client;
constinit const Rule resolve_once_client{
    .name = "resolve-once-client",
    .summary = "a client looks an identity name up once and never again",
    .why =
        "When the name moves, the client goes on talking to the old address: to nobody, or to whoever has that address now. A change of "
        "DNS "
        "that is meant to move traffic away from a failure does not reach it.",
    .fix =
        "let it look the name up while it runs: nginx, a variable in proxy_pass with `resolver`, or `resolve` in the upstream; Java, "
        "networkaddress.cache.ttl=30; CoreDNS, addresses instead of a name",
    .reference =
        "nginx.org ngx_http_proxy_module (proxy_pass), ngx_http_upstream_module (resolve); java.security, networkaddress.cache.ttl",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
