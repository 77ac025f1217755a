#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// True where the platform starts a process again and again until it stays up.
bool is_started_again(const Workload* workload) {
  if (workload == nullptr) return false;
  switch (workload->kind) {
    case WorkloadKind::deployment:
    case WorkloadKind::stateful_set:
    case WorkloadKind::daemon_set:
    case WorkloadKind::job:
    case WorkloadKind::cron_job:
    case WorkloadKind::pod: return true;
    default: return false;
  }
}

void check(const Analysis& analysis, RuleReport& report) {
  std::map<std::string, std::vector<const Use*>> by_workload;
  for (const Use& use : analysis.estate().uses()) {
    if (use.starts_without == false && !use.bypasses_dns) by_workload[use.workload].push_back(&use);
  }
  for (const auto& [id, uses] : by_workload) {
    const Workload* workload = analysis.estate().workload(id);
    std::set<std::string> hosts;
    Finding finding;
    finding.confidence = Confidence::declared;
    finding.subjects = {{"workload", id}};
    finding.affected = {id};
    for (const Use* use : uses) {
      hosts.insert(use->host.display());
      add_evidence(use->reasons, 1, finding.evidence);
      finding.confidence = std::min({finding.confidence, strongest(use->reasons), strongest(use->start_reasons)});
    }
    for (const Use* use : uses) {
      for (const Evidence& one : use->start_reasons) add_evidence({one}, 1, finding.evidence);
    }
    for (const std::string& host : hosts) finding.subjects.push_back({"name", host});
    const bool again = is_started_again(workload);
    finding.severity = again ? Severity::low : Severity::medium;
    finding.message = fmt::format("{} does not start while {} {} not resolve{}", workload != nullptr ? workload->name : id, *hosts.begin(),
                                  hosts.size() == 1 ? "does" : fmt::format("or one of {} does", how_many(hosts.size() - 1, "other name")),
                                  again ? "; it is started again until it does" : "");
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule cold_start_hard_dep;
constinit const Rule cold_start_hard_dep{
    .name = "cold-start-hard-dep",
    .summary = "a process does not start while an identity name does not resolve",
    .why =
        "While it runs, an outage of DNS or of the identity provider may pass unnoticed. A restart, a deployment or a new instance in that "
        "time ends it, and the outage of a few minutes becomes one that lasts until somebody starts it by hand.",
    .fix =
        "let it find the endpoint when it is first needed and try again: nginx, a variable in proxy_pass with `resolver`; Spring, "
        "jwk-set-uri "
        "beside issuer-uri; oauth2-proxy, skip-oidc-discovery with the URLs written out",
    .reference = "docs/design.md, cold and warm",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
