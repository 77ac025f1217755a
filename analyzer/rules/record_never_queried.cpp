#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "analyzer/rules/purposes.h"
#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

constexpr std::int64_t kShortest = std::int64_t{30} * 86400;
constexpr std::uint64_t kFewestQueries = 100;

/// What was seen at each server, by its address, and of which names.
struct Logged {
  std::map<std::string, Coverage> servers;
  std::set<DomainName> names;
};

Logged logged(const Estate& estate) {
  Logged logged;
  for (const Observation& one : estate.observations()) {
    logged.servers[one.server].add(one);
    logged.names.insert(one.name);
  }
  return logged;
}

/// For how long the logs show what each server of a zone was asked; nothing when one of them is not covered. Units: seconds.
std::optional<std::int64_t> covered(const Estate& estate, const Zone& zone, const Logged& logged) {
  std::optional<std::int64_t> least;
  for (const std::string& id : zone.served_by) {
    const Server* const server = estate.server(id);
    if (server == nullptr || server->addresses.empty()) return std::nullopt;
    for (const IpAddress& address : server->addresses) {
      if (address.is_loopback()) continue;
      const auto seen = logged.servers.find(address.text());
      if (seen == logged.servers.end() || seen->second.queries() < kFewestQueries) return std::nullopt;
      least = std::min(least.value_or(INT64_MAX), seen->second.seconds());
    }
  }
  return least;
}

/// Names with an identity in a record, and names of endpoints, with where they are written; without those that are there for need.
std::map<DomainName, Reasons> identity_names(const Estate& estate) {
  std::map<DomainName, Reasons> names;
  for (const IdentityRecord& record : estate.identity_records()) {
    const std::optional<std::string> owner = record.owner.known();
    if (!owner || !record.looked_up_by.empty()) continue;
    if (const Result<DomainName> name = DomainName::parse(*owner)) names[*name] = record.reasons;
  }
  for (const auto& [name, uses] : names_in_use(estate)) {
    for (const Record* record : estate.records_of(name)) names.try_emplace(name, record->reasons);
    const bool is_for_some_need = std::any_of(uses.begin(), uses.end(), [&](const Use* use) {
      const Workload* const workload = estate.workload(use->workload);
      return workload != nullptr && is_for_need(workload->purpose);
    });
    if (is_for_some_need) names.erase(name);
  }
  return names;
}

/// The longest that a copy of the name's records may be kept. Units: seconds; nothing when a record does not say.
std::optional<std::int64_t> longest_ttl(const Estate& estate, const DomainName& name) {
  std::int64_t longest = 0;
  for (const Record* record : estate.records_of(name)) {
    if (!record->ttl) return std::nullopt;
    longest = std::max(longest, std::int64_t{record->ttl->seconds()});
  }
  return longest;
}

void check(const Analysis& analysis, RuleReport& report) {
  const Estate& estate = analysis.estate();
  if (estate.observations().empty()) return;
  const Logged seen = logged(estate);
  const std::map<DomainName, Reasons> names = identity_names(estate);
  for (const Zone& zone : estate.zones()) {
    if (!zone.complete || zone.served_by.empty()) continue;
    const std::optional<std::int64_t> time = covered(estate, zone, seen);
    for (const auto& [name, reasons] : names) {
      if (!name.is_within(zone.apex) || seen.names.contains(name)) continue;
      const std::optional<std::int64_t> ttl = longest_ttl(estate, name);
      if (!time || !ttl || *time < std::max(kShortest, 10 * *ttl)) {
        report.undecided("the logs do not show all of the zone's servers for thirty days, or ten times the TTL", std::string(name.host()));
        continue;
      }
      Finding finding;
      finding.subjects = {{"name", std::string(name.host())}};
      finding.confidence = Confidence::observed;
      add_evidence(reasons, 2, finding.evidence);
      finding.arithmetic =
          fmt::format("{} of {} cover {} days", zone.served_by.size() == 1 ? "the log of the only server" : "logs of all servers",
                      zone.apex.host(), *time / 86400);
      finding.message = fmt::format("nobody asked any server of {} for {} in {} days", zone.apex.host(), name.host(), *time / 86400);
      report.add(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule record_never_queried;
constinit const Rule record_never_queried{
    .name = "record-never-queried",
    .summary = "nobody asks for an identity record",
    .why =
        "A record that nobody uses is still believed by whoever finds it, and a fallback that nobody ever asked for may not work. Said "
        "only when logs of every server of the zone cover thirty days and ten times the TTL; what is there for need is left out.",
    .fix = "ask its owner; take it back, or write down what it is for",
    .reference = "docs/logs.md, rules",
    .severity = Severity::low,
    .check = &check,
};

}  // namespace mainstay
