#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/client_owners.h"
#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/search_lists.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kFewestQueries = 5;

/// The dependencies of one workload: each is declared, observed, or both.
struct Dependencies {
  std::set<DomainName> declared;
  std::map<DomainName, std::vector<const Observation*>> observed;
};

/// Observations count for a workload when nobody else can be behind the client.
std::map<std::string, Dependencies> dependencies(const Analysis& analysis) {
  const Estate& estate = analysis.estate();
  const ClientOwners owners(estate);
  const SearchLists lists(estate);
  std::map<std::string, Dependencies> all;
  for (const Observation& one : estate.observations()) {
    const std::vector<const Workload*> behind = owners.workloads_of(one.client);
    if (behind.size() != 1 || lists.meant(one)) continue;
    all[behind.front()->id].observed[one.name].push_back(&one);
  }
  for (auto& [id, of_one] : all) {
    for (const Use& use : estate.uses_of(id)) {
      const std::optional<std::string> host = use.host.known();
      if (!host || use.bypasses_dns) continue;
      if (const Result<DomainName> name = DomainName::parse(*host)) of_one.declared.insert(*name);
    }
  }
  return all;
}

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

void check(const Analysis& analysis, RuleReport& report) {
  if (analysis.estate().observations().empty()) return;
  const std::map<DomainName, std::vector<const Use*>> used = names_in_use(analysis.estate());
  for (const auto& [id, of_one] : dependencies(analysis)) {
    const Workload& workload = *analysis.estate().workload(id);
    std::size_t both = 0;
    for (const DomainName& name : of_one.declared) both += of_one.observed.contains(name) ? 1 : 0;
    for (const auto& [name, seen] : of_one.observed) {
      if (of_one.declared.contains(name) || !is_identity(analysis, used, name)) continue;
      Coverage coverage;
      for (const Observation* one : seen) coverage.add(*one);
      if (coverage.queries() < kFewestQueries || may_be_declared(analysis.estate(), id, name)) continue;
      Finding finding;
      finding.subjects = {{"workload", id}, {"name", std::string(name.host())}};
      finding.affected = {id};
      finding.confidence = Confidence::observed;
      add_evidence(workload.reasons, 1, finding.evidence);
      for (const Evidence& one : coverage.evidence()) finding.evidence.push_back(one);
      finding.arithmetic = fmt::format("{}; of its names {} are declared and seen, {} declared and not seen", coverage.text(), both,
                                       of_one.declared.size() - both);
      finding.message =
          fmt::format("{} asks for {}, which is an identity endpoint that nothing in the tree says it needs", workload.name, name.host());
      report.add(std::move(finding));
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
