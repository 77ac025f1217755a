#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/client_owners.h"
#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kFewestQueries = 1000;
constexpr std::uint64_t kHardlyAny = 10;
constexpr std::int64_t kLongEnough = std::int64_t{7} * 86400;

struct UsedStub {
  std::vector<std::string> workloads;
  std::map<std::string, Coverage> servers;  // what its clients asked, by the server's address
  Coverage all;
};

/// What the clients of each stub asked.
std::map<const Stub*, UsedStub> used_stubs(const Analysis& analysis) {
  std::map<std::string, const Stub*> stub_of;
  std::map<const Stub*, UsedStub> used;
  for (const NodeId goal : analysis.goals()) {
    const std::vector<const Stub*>& stubs = analysis.asked(goal).stubs;
    if (stubs.size() != 1) continue;
    stub_of[analysis.graph().node(goal).name] = stubs.front();
    used[stubs.front()].workloads.push_back(analysis.graph().node(goal).name);
  }
  const ClientOwners owners(analysis.estate());
  for (const Observation& one : analysis.estate().observations()) {
    std::set<const Stub*> stubs;
    for (const Workload* workload : owners.workloads_of(one.client)) {
      const auto stub = stub_of.find(workload->id);
      stubs.insert(stub == stub_of.end() ? nullptr : stub->second);
    }
    if (stubs.size() != 1 || *stubs.begin() == nullptr) continue;
    UsedStub& stub = used[*stubs.begin()];
    stub.all.add(one);
    stub.servers[one.server].add(one);
  }
  return used;
}

std::map<std::string, Coverage> covered_servers(const Estate& estate) {
  std::map<std::string, Coverage> servers;
  for (const Observation& one : estate.observations()) servers[one.server].add(one);
  return servers;
}

void check(const Analysis& analysis, RuleReport& report) {
  if (analysis.estate().observations().empty()) return;
  const std::map<std::string, Coverage> covered = covered_servers(analysis.estate());
  for (const auto& [stub, used] : used_stubs(analysis)) {
    if (used.all.queries() < kFewestQueries || used.all.seconds() < kLongEnough) continue;
    std::set<std::string> listed;
    const Upstream* idle = nullptr;
    for (const Upstream& upstream : stub->servers) {
      if (!upstream.asked || !upstream.address || !listed.insert(upstream.address->text()).second) continue;
      const std::string address = upstream.address->text();
      const auto seen = used.servers.find(address);
      if (seen != used.servers.end() && seen->second.queries() >= kHardlyAny) continue;
      const auto log = covered.find(address);
      if (log == covered.end() || log->second.seconds() < kLongEnough)
        report.undecided("no log of the other resolver covers a week", address);
      else if (idle == nullptr)
        idle = &upstream;
    }
    if (listed.size() < 2 || idle == nullptr) continue;
    const auto most = std::max_element(used.servers.begin(), used.servers.end(),
                                       [](const auto& a, const auto& b) { return a.second.queries() < b.second.queries(); });
    if (most->second.queries() * 1000 < used.all.queries() * 999) continue;
    Finding finding;
    finding.subjects = {{"stub", stub->scope}};
    finding.affected = used.workloads;
    finding.confidence = Confidence::observed;
    add_evidence(idle->reasons, 1, finding.evidence);
    for (const Evidence& one : used.all.evidence()) finding.evidence.push_back(one);
    finding.arithmetic = used.all.text();
    finding.message = fmt::format("{} of {} queries went to {}, and {} was hardly ever asked: whether it answers is not known",
                                  most->second.queries(), used.all.queries(), most->first, idle->address->text());
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule obs_single_resolver;
constinit const Rule obs_single_resolver{
    .name = "obs-single-resolver",
    .summary = "a stub lists several resolvers, and its clients never asked one of them",
    .why =
        "A list is used from its head, so the next resolver is asked for the first time when the first one fails. Whether it answers, "
        "knows the names and is allowed through nobody has seen. Logs of both servers over a week say so.",
    .fix = "drill it: take the first resolver away from one machine for an hour, or set `options rotate` there",
    .reference = "resolv.conf(5), nameserver and rotate",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
