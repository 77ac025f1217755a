#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

/// Everything that declared records let a name be answered with.
/// Shape: `is_whole` is false when that cannot be told: a part is unknown, chosen at run time, or lies in a zone that is not all here.
struct Declared {
  std::set<std::string> answers;  // addresses and absolute names, in their usual form
  std::vector<const Record*> records;
  bool is_whole = true;
};

std::string usual(const std::string& answer) {
  if (const Result<IpAddress> address = IpAddress::parse(answer)) return address->text();
  const Result<DomainName> name = DomainName::parse(answer);
  return name ? name->text() : answer;
}

bool is_in_whole_zone(const Estate& estate, const DomainName& name) {
  for (DomainName apex = name; !apex.is_root(); apex = apex.parent()) {
    const std::span<const Zone> zones = estate.zones_of(apex);
    if (zones.empty()) continue;
    return std::all_of(zones.begin(), zones.end(), [](const Zone& zone) { return zone.complete; });
  }
  return false;
}

void follow(const Estate& estate, const DomainName& name, Declared& declared, std::set<DomainName>& met) {
  if (!met.insert(name).second) return;
  const std::span<const Record* const> records = estate.records_of(name);
  declared.is_whole = declared.is_whole && !records.empty() && is_in_whole_zone(estate, name);
  for (const Record* record : records) {
    const bool is_address = record->type == "A" || record->type == "AAAA";
    if (!is_address && record->type != "CNAME" && record->type != "ALIAS" && record->type != "DNAME") continue;
    const std::optional<std::string> data = record->data.known();
    const bool is_fixed = data && record->routing.empty() && (is_address || record->type == "CNAME");
    if (!is_fixed) {
      declared.is_whole = false;
      return;
    }
    declared.answers.insert(usual(*data));
    declared.records.push_back(record);
    if (is_address) continue;
    if (const Result<DomainName> target = DomainName::parse(*data)) follow(estate, *target, declared, met);
  }
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const SeenName& name : names_seen(analysis.estate())) {
    Declared declared;
    std::set<DomainName> met;
    follow(analysis.estate(), name.name, declared, met);
    if (!declared.is_whole || declared.records.empty()) continue;
    std::set<std::string> strange;
    Coverage coverage;
    for (const Observation* one : name.seen) {
      if (one->type != "A" && one->type != "AAAA" && one->type != "CNAME") continue;
      bool is_strange = false;
      for (const std::string& answer : one->answers) {
        if (declared.answers.contains(usual(answer))) continue;
        strange.insert(usual(answer));
        is_strange = true;
      }
      if (is_strange) coverage.add(*one);
    }
    if (strange.empty()) continue;
    Finding finding = finding_about(name, coverage);
    std::vector<Evidence> places;
    for (const Record* record : declared.records) add_evidence(record->reasons, 1, places);
    put_first(std::move(places), finding);
    const std::string more = strange.size() == 1 ? std::string() : fmt::format(" and {} more", strange.size() - 1);
    finding.message = fmt::format("{} was answered with {}{}, which no record in the tree says", name.name.host(), *strange.begin(), more);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule obs_answer_out_of_policy;
constinit const Rule obs_answer_out_of_policy{
    .name = "obs-answer-out-of-policy",
    .summary = "an identity name was answered with something that no record declares",
    .why =
        "Whoever answers for an identity name decides where credentials go. The answer is in the log, the zone is in the tree in whole, "
        "and the two differ: a changed registrar or name server account, a resolver that lies, or a record that nobody wrote down.",
    .fix = "find out which server gave the answer and since when, before anything else; then declare it or take it back",
    .reference = "CISA Emergency Directive 19-01",
    .severity = Severity::critical,
    .check = &check,
};

}  // namespace mainstay
