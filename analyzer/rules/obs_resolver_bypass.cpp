#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/client_owners.h"
#include "analyzer/rules/rule.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kFewestQueries = 5;

/// The addresses that somebody in the estate asks or runs; `is_whole` is false when a server is named that has no known address.
struct Approved {
  std::set<IpAddress> addresses;
  bool is_whole = true;
};

void approve(const Analysis& analysis, const Upstream& upstream, const std::string& scope, Approved& approved) {
  if (upstream.address) approved.addresses.insert(*upstream.address);
  if (upstream.address || upstream.host.empty()) return;
  bool has_address = false;
  for (const Server* server : analysis.resolution().servers_of(upstream, scope)) {
    approved.addresses.insert(server->addresses.begin(), server->addresses.end());
    has_address = has_address || !server->addresses.empty();
  }
  approved.is_whole = approved.is_whole && has_address;
}

Approved approved_resolvers(const Analysis& analysis) {
  Approved approved;
  for (const Stub& stub : analysis.estate().stubs()) {
    for (const Upstream& upstream : stub.servers) approve(analysis, upstream, stub.scope, approved);
  }
  for (const Server& server : analysis.estate().servers()) {
    approved.addresses.insert(server.addresses.begin(), server.addresses.end());
    for (const Forward& forward : server.forwards) {
      for (const Upstream& upstream : forward.upstreams) approve(analysis, upstream, server.scope, approved);
    }
  }
  return approved;
}

void check(const Analysis& analysis, RuleReport& report) {
  const std::vector<SeenName> names = names_seen(analysis.estate());
  if (names.empty() || analysis.estate().stubs().empty()) return;
  const Approved approved = approved_resolvers(analysis);
  const ClientOwners owners(analysis.estate());
  for (const SeenName& name : names) {
    std::map<IpAddress, std::vector<const Observation*>> strangers;
    for (const Observation* one : name.seen) {
      const Result<IpAddress> server = IpAddress::parse(one->server);
      const Result<IpAddress> client = IpAddress::parse(one->client);
      if (!server || approved.addresses.contains(*server) || analysis.catalogue().operator_of_resolver(*server) == nullptr) continue;
      if (client && approved.addresses.contains(*client)) continue;  // a resolver's own questions
      strangers[*server].push_back(one);
    }
    for (const auto& [server, seen] : strangers) {
      Coverage coverage;
      std::set<std::string> behind;
      for (const Observation* one : seen) {
        coverage.add(*one);
        for (const Workload* workload : owners.workloads_of(one->client)) behind.insert(workload->id);
      }
      if (coverage.queries() < kFewestQueries) continue;
      if (!approved.is_whole) {
        report.undecided("a resolver is configured whose address is not known", server.text());
        continue;
      }
      Finding finding = finding_about(name, coverage);
      if (!behind.empty()) finding.affected.assign(behind.begin(), behind.end());
      finding.subjects.push_back({"resolver", server.text()});
      finding.message = fmt::format("{} is looked up {} times at {} ({}), which no configuration names", name.name.host(),
                                    coverage.queries(), server.text(), analysis.catalogue().operator_of_resolver(server)->title);
      report.add(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule obs_resolver_bypass;
constinit const Rule obs_resolver_bypass{
    .name = "obs-resolver-bypass",
    .summary = "an identity name is looked up at a public resolver that nobody configured",
    .why =
        "What asks there sees other answers than the resolvers that were chosen, follows their outages instead of ours, and is in no map "
        "of what depends on what.",
    .fix = "find what has the address built in (the clients are listed), and let it use the resolvers of its machine",
    .reference = "docs/logs.md, rules",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
