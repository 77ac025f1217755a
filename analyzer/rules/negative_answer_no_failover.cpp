#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

struct Mixed {
  const Server* denies = nullptr;
  const Server* answers = nullptr;
  bool is_sure = false;  // the other one is known to have the name; false: it resolves from the root, and the zone is not in the tree
  bool comes_first = false;
};

std::string called(const Server& server) { return server.addresses.empty() ? server.id : server.addresses.front().text(); }

/// A server of the stub that denies the name, though another one has it.
std::optional<Mixed> mixed(Resolution& resolution, const Stub& stub, const DomainName& name) {
  Mixed found;
  for (const Upstream& upstream : stub.servers) {
    if (!upstream.asked) continue;
    for (const Server* server : resolution.servers_of(upstream, stub.scope)) {
      const AnswerKind kind = resolution.answer(*server, name);
      if (kind == AnswerKind::negative && found.denies == nullptr) {
        found.denies = server;
        found.comes_first = !found.is_sure;
      }
      if (kind == AnswerKind::positive && !found.is_sure) {
        found.answers = server;
        found.is_sure = true;
      }
      if (kind == AnswerKind::unknown && found.answers == nullptr) found.answers = server;
    }
  }
  if (found.denies == nullptr || found.answers == nullptr) return std::nullopt;
  return found;
}

struct Group {
  std::set<std::string> workloads;
  std::set<std::string> names;
  Mixed mixed;
  const Stub* stub = nullptr;
  Reasons first_use;
};

void check(const Analysis& analysis, RuleReport& report) {
  Resolution& resolution = analysis.resolution();
  std::map<std::pair<std::string, std::string>, Group> groups;
  for (const Use& use : analysis.estate().uses()) {
    const Workload* workload = analysis.estate().workload(use.workload);
    const std::optional<std::string> host = use.host.known();
    if (workload == nullptr || use.bypasses_dns || !host) continue;
    const Result<DomainName> name = DomainName::parse(*host);
    if (!name) continue;
    for (const Stub* stub : resolution.stubs_of(*workload)) {
      const std::optional<Mixed> found = mixed(resolution, *stub, resolution.asked_name(*name, *stub));
      if (!found) continue;
      // In a fixed order a server behind one that answers is asked only when that one is down.
      const bool may_come_first = found->comes_first || stub->rotate || stub->library == ResolverLibrary::musl;
      if (!may_come_first) continue;
      Group& group = groups[{stub->scope, found->denies->id}];
      group.mixed = *found;
      group.stub = stub;
      group.workloads.insert(use.workload);
      group.names.insert(std::string(name->host()));
      if (group.first_use.empty()) group.first_use = use.reasons;
    }
  }
  for (const auto& [key, group] : groups) {
    Finding finding;
    finding.subjects = {{"stub", key.first}, {"resolver", key.second}};
    finding.affected.assign(group.workloads.begin(), group.workloads.end());
    finding.confidence = group.mixed.is_sure ? strongest(group.stub->reasons) : Confidence::assumed;
    add_evidence(group.stub->reasons, 1, finding.evidence);
    for (const Upstream& upstream : group.stub->servers) {
      if (finding.evidence.size() < 3) add_evidence(upstream.reasons, 1, finding.evidence);
    }
    add_evidence(group.first_use, 1, finding.evidence);
    const std::string more = group.names.size() > 1 ? fmt::format(" (and {} more)", how_many(group.names.size() - 1, "name")) : "";
    finding.message =
        fmt::format("{} denies {}{}, which {} {}: a negative answer is final, the next server is not asked", called(*group.mixed.denies),
                    *group.names.begin(), more, called(*group.mixed.answers), group.mixed.is_sure ? "has" : "looks up from the root");
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule negative_answer_no_failover;
constinit const Rule negative_answer_no_failover{
    .name = "negative-answer-no-failover",
    .summary = "a stub mixes resolvers, and the one asked first denies a name that another has",
    .why =
        "NXDOMAIN and an empty answer are answers: a stub resolver takes them as the truth and asks nobody else, so the second server "
        "helps only against silence.",
    .fix = "list only resolvers with the same view of the name: never an internal and a public one side by side",
    .reference = "RFC 2308; resolv.conf(5)",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
