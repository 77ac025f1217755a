#include <fmt/format.h>

#include <algorithm>

#include "analyzer/faults/failover.h"
#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

std::string called(const Upstream& upstream) {
  if (upstream.address) return upstream.address->text();
  return upstream.host.empty() ? upstream.server : upstream.host;
}

/// The entries past the limit that name a server which no entry within it names.
std::vector<const Upstream*> lost_entries(const Stub& stub, std::size_t limit) {
  std::vector<const Upstream*> lost;
  for (std::size_t at = limit; at < stub.servers.size(); ++at) {
    const Upstream& one = stub.servers[at];
    const auto same = [&](const Upstream& other) { return called(other) == called(one); };
    const bool is_asked = std::any_of(stub.servers.begin(), stub.servers.begin() + static_cast<std::ptrdiff_t>(limit), same);
    if (!is_asked) lost.push_back(&one);
  }
  return lost;
}

/// The workloads that use the stub, by any rule of design.md.
std::vector<std::string> users_of(const Analysis& analysis, const Stub& stub) {
  std::vector<std::string> users;
  for (const NodeId goal : analysis.goals()) {
    const std::vector<const Stub*>& stubs = analysis.asked(goal).stubs;
    if (std::find(stubs.begin(), stubs.end(), &stub) != stubs.end()) users.push_back(analysis.graph().node(goal).name);
  }
  return users;
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const Stub& stub : analysis.estate().stubs()) {
    const Client client = client_config_of(stub).client;
    const std::optional<std::size_t> limit = max_servers(client);
    if (!limit || stub.servers.size() <= *limit) continue;
    const std::vector<const Upstream*> lost = lost_entries(stub, *limit);
    if (lost.empty()) continue;
    Finding finding;
    finding.subjects = {{"stub", stub.scope}};
    finding.affected = users_of(analysis, stub);
    finding.confidence = strongest(lost.front()->reasons);
    for (const Upstream* one : lost) add_evidence(one->reasons, 1, finding.evidence);
    add_evidence(stub.reasons, 1, finding.evidence);
    const std::string more = lost.size() > 1 ? fmt::format(" and {} more are", lost.size() - 1) : " is";
    finding.message = fmt::format("{}{} never asked: {} servers are listed, and {} takes the first {}", called(*lost.front()), more,
                                  stub.servers.size(), client == Client::unknown ? "every common library" : word(client), *limit);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule resolver_list_truncated;
constinit const Rule resolver_list_truncated{
    .name = "resolver-list-truncated",
    .summary = "a stub resolver lists servers that its library never asks",
    .why = "The list looks redundant, but the servers past the library's limit take no part in any lookup, even when all others are down.",
    .fix = "keep as many servers as the library asks, in different failure domains, or run a local forwarder that asks more",
    .reference = "resolv.conf(5), MAXNS",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
