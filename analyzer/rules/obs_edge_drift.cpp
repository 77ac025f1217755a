#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "analyzer/rules/dependencies.h"
#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kFewestQueries = 5;

/// True when a use with unknown parts may be of that name.
bool may_be_declared(const Estate& estate, const std::string& workload, const DomainName& name) {
  const std::span<const Use> uses = estate.uses_of(workload);
  return std::any_of(uses.begin(), uses.end(), [&](const Use& use) {
    if (use.host.is_known()) return false;
    const std::optional<DomainName> domain = use.host.known_domain();
    return !domain || name.is_within(*domain);
  });
}

/// Names at which identities are had: those that others are told to use, and those that the catalogue knows.
bool is_identity(const Analysis& analysis, const std::map<DomainName, std::vector<const Use*>>& used, const DomainName& name) {
  return used.contains(name) || analysis.catalogue().host(Text(std::string(name.host()))) != nullptr;
}

struct Drift {
  const Workload& workload;
  const Dependency& name;
  const Coverage& coverage;
  std::string both;  // how many of its names are declared and seen
};

Finding finding_of(const Drift& drift) {
  const std::string host(drift.name.name.host());
  Finding finding;
  finding.subjects = {{"workload", drift.workload.id}, {"name", host}};
  finding.affected = {drift.workload.id};
  finding.confidence = Confidence::observed;
  add_evidence(drift.workload.reasons, 1, finding.evidence);
  for (const Evidence& one : drift.coverage.evidence()) finding.evidence.push_back(one);
  finding.arithmetic = fmt::format("{}; {}", drift.coverage.text(), drift.both);
  finding.message =
      fmt::format("{} asks for {}, which is an identity endpoint that nothing in the tree says it needs", drift.workload.name, host);
  return finding;
}

void check(const Analysis& analysis, RuleReport& report) {
  const Estate& estate = analysis.estate();
  if (estate.observations().empty()) return;
  const std::map<DomainName, std::vector<const Use*>> used = names_in_use(estate);
  for (const auto& [id, of_one] : dependencies_of(analysis)) {
    if (!of_one.is_in_logs) continue;
    const auto how_many = [&names = of_one.names](KnownBy how) {
      return std::count_if(names.begin(), names.end(), [how](const Dependency& one) { return one.known_by() == how; });
    };
    for (const Dependency& one : of_one.names) {
      if (one.known_by() != KnownBy::observed || !is_identity(analysis, used, one.name)) continue;
      Coverage coverage;
      for (const Observation* query : one.queries) coverage.add(*query);
      if (coverage.queries() < kFewestQueries || may_be_declared(estate, id, one.name)) continue;
      report.add(finding_of({.workload = *estate.workload(id),
                             .name = one,
                             .coverage = coverage,
                             .both = fmt::format("of its names {} are declared and seen, {} declared and not seen", how_many(KnownBy::both),
                                                 how_many(KnownBy::declared))}));
    }
  }
}

}  // namespace

extern const Rule obs_edge_drift;
constinit const Rule obs_edge_drift{
    .name = "obs-edge-drift",
    .summary = "a workload looks up an identity endpoint that no configuration says it needs",
    .why =
        "What the map does not have is left out of every answer that is given from it: who loses sign-in, in which order things start, "
        "what a change touches.",
    .fix = "find what in the workload asks, and write the endpoint where its configuration stands",
    .reference = "docs/logs.md, rules",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
