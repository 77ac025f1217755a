#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/dangling.h"
#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// The services of which the inventory has something: what it says of their names means something.
std::set<std::string_view> services_owned(const Analysis& analysis) {
  std::set<std::string_view> services;
  for (const Inventory& one : analysis.estate().inventory()) {
    const Result<DomainName> host = DomainName::parse(one.host.known().value_or(""));
    const Claimable* row = host ? analysis.catalogue().claimable(*host) : nullptr;
    if (row != nullptr) services.insert(row->service);
  }
  return services;
}

/// Aliases that point to one and the same name.
struct Dangling {
  const Claimable* row = nullptr;
  std::vector<const Record*> records;
};

std::string without_dot(std::string name) {
  if (name.ends_with('.')) name.pop_back();
  return name;
}

/// "a.example, b.example and 3 more point"
std::string who_points(const std::set<std::string>& names) {
  constexpr std::size_t kNamed = 3;
  std::vector<std::string> first;
  for (const std::string& name : names) {
    if (first.size() < kNamed) first.push_back(name);
  }
  const std::string more = names.size() > kNamed ? fmt::format(" and {} more", names.size() - kNamed) : "";
  return fmt::format("{}{} {}", fmt::join(first, ", "), more, names.size() == 1 ? "points" : "point");
}

void report_target(const Analysis& analysis, const std::string& target, const Dangling& dangling, bool is_service_owned,
                   RuleReport& report) {
  constexpr std::size_t kPlaces = 20;
  const Estate& estate = analysis.estate();
  Finding finding;
  std::set<std::string> names;
  finding.confidence = Confidence::assumed;
  for (const Record* record : dangling.records) {
    const std::string name = without_dot(record->owner.display());
    if (names.insert(name).second) finding.subjects.push_back({"record", name + " " + record->type});
    finding.confidence = std::max(finding.confidence, strongest(record->reasons));
    if (finding.evidence.size() < kPlaces) add_evidence(record->reasons, dangling.records.size() == 1 ? 2 : 1, finding.evidence);
  }
  finding.subjects.push_back({"name", target});
  // Where nothing of the service is scanned, it may as well be owned by somebody whose inventory is elsewhere.
  finding.severity = !dangling.row->condition.empty() ? (is_service_owned ? Severity::medium : Severity::low)
                     : is_service_owned               ? Severity::high
                                                      : Severity::medium;
  add_users(estate, names, finding);
  finding.message = fmt::format("{} to {} ({}), and nothing in the scanned inventory ({}{}) has that name{}", who_points(names), target,
                                dangling.row->service, how_many(estate.inventory().size(), "thing"),
                                is_service_owned ? "" : fmt::format(", none of {}", dangling.row->service),
                                dangling.row->condition.empty() ? "" : "; " + dangling.row->condition);
  report.add(std::move(finding));
}

void check(const Analysis& analysis, RuleReport& report) {
  const Estate& estate = analysis.estate();
  std::map<std::string, Dangling> by_target;
  for (const Record& record : estate.records()) {
    if (record.type != "CNAME" && record.type != "ALIAS") continue;
    const std::optional<std::string> text = record.data.known();
    if (!text) continue;
    const Result<DomainName> target = DomainName::parse(*text);
    const Claimable* row = target ? analysis.catalogue().claimable(*target) : nullptr;
    if (row == nullptr) continue;
    switch (owned(estate, *target)) {
      case Owned::yes: continue;
      case Owned::maybe:
        report.undecided("a name in the inventory is partly unknown and could be the target", record.owner.display());
        continue;
      case Owned::no: break;
    }
    Dangling& one = by_target[std::string(target->host())];
    one.row = row;
    one.records.push_back(&record);
  }
  const std::set<std::string_view> services = services_owned(analysis);
  for (const auto& [target, dangling] : by_target)
    report_target(analysis, target, dangling, services.contains(dangling.row->service), report);
}

}  // namespace

extern const Rule dangling_cname;
constinit const Rule dangling_cname{
    .name = "dangling-cname",
    .summary = "aliases point to a name that anyone can claim and nothing here owns",
    .why = "Whoever claims the name at the provider answers under yours: gets cookies, passes redirect checks, obtains certificates.",
    .fix = "delete the record before the resource it points to; or, when the target is owned elsewhere, scan that inventory too",
    .reference = "NIST SP 800-81; RFC 9499 (alias)",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
