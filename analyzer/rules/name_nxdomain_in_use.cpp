#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/search_lists.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kFewestQueries = 5;

struct Seen {
  std::uint64_t queries = 0;  // in logs that carry response codes
  std::uint64_t denied = 0;
  std::uint64_t blind = 0;  // in logs that carry none
  std::set<std::string> clients;
  std::vector<Evidence> evidence;
};

std::map<DomainName, Seen> seen_names(const Estate& estate) {
  const SearchLists lists(estate);
  std::map<DomainName, Seen> names;
  for (const Observation& one : estate.observations()) {
    Seen& seen = names[one.name];
    if (one.rcodes.empty()) {
      seen.blind += one.queries;
      continue;
    }
    seen.queries += one.queries;
    const auto denied = one.rcodes.find("NXDOMAIN");
    if (denied == one.rcodes.end() || lists.is_found_with_suffix(one.client, one.name)) continue;
    seen.denied += denied->second;
    seen.clients.insert(one.client);
    seen.evidence.push_back(Evidence::observed(one.log, denied->second, one.first, one.last));
  }
  return names;
}

/// One line a log: the sum of its lines about the name.
std::vector<Evidence> by_log(const std::vector<Evidence>& lines) {
  std::map<std::string, Evidence> logs;
  for (const Evidence& one : lines) {
    const auto [at, inserted] = logs.try_emplace(one.place.file, one);
    if (inserted) continue;
    Evidence& sum = at->second;
    sum.queries += one.queries;
    if (sum.first.empty() || (!one.first.empty() && one.first < sum.first)) sum.first = one.first;
    sum.last = std::max(sum.last, one.last);
  }
  std::vector<Evidence> out;
  for (auto& [log, sum] : logs) out.push_back(std::move(sum));
  return out;
}

void check(const Analysis& analysis, RuleReport& report) {
  const std::map<DomainName, Seen> names = seen_names(analysis.estate());
  if (names.empty()) return;
  for (const auto& [name, uses] : names_in_use(analysis.estate())) {
    const auto at = names.find(name);
    if (at == names.end()) continue;
    const Seen& seen = at->second;
    if (seen.queries == 0 && seen.blind > 0) {
      report.undecided("the log carries no response code", std::string(name.host()));
      continue;
    }
    // A name that mostly resolves was created or broken within the window; only what mostly fails is failing now.
    if (seen.denied < kFewestQueries || seen.denied * 2 < seen.queries) continue;
    Finding finding;
    finding.subjects = {{"name", std::string(name.host())}};
    finding.confidence = Confidence::observed;
    finding.evidence = by_log(seen.evidence);
    for (const Use* use : uses) {
      finding.affected.push_back(use->workload);
      if (finding.evidence.size() < 4) add_evidence(use->reasons, 1, finding.evidence);
    }
    std::sort(finding.affected.begin(), finding.affected.end());
    finding.affected.erase(std::unique(finding.affected.begin(), finding.affected.end()), finding.affected.end());
    finding.message = fmt::format("{} is configured, but {} of {} queries got NXDOMAIN, from {}", name.host(), seen.denied, seen.queries,
                                  how_many(seen.clients.size(), "client"));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule name_nxdomain_in_use;
constinit const Rule name_nxdomain_in_use{
    .name = "name-nxdomain-in-use",
    .summary = "a configured identity name does not exist, and clients ask for it",
    .why = "The configuration names it, workloads ask for it, and the answer is that it does not exist: whatever needs it fails now.",
    .fix = "create the record, or correct the name where it is configured",
    .reference = "RFC 8020",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
