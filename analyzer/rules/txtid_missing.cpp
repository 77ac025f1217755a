#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/txt_decision.h"

namespace mainstay {
namespace {

/// The names that code asks about: one name, or with parts unknown all names below a domain.
struct Asked {
  DomainName name = DomainName::root();
  bool below = false;
  friend auto operator<=>(const Asked&, const Asked&) = default;
};

std::optional<Asked> asked_by(const IdentityRecord& one) {
  if (const std::optional<std::string> known = one.owner.known()) {
    Result<DomainName> name = DomainName::parse(*known);
    return name ? std::optional(Asked{*std::move(name), false}) : std::nullopt;
  }
  std::optional<DomainName> domain = one.owner.known_domain();
  return domain && !domain->is_root() ? std::optional(Asked{*std::move(domain), true}) : std::nullopt;
}

/// The zones that a name stands in, one for each view; the ones nearest to the name.
std::vector<const Zone*> zones_around(const DomainName& name, const Estate& estate) {
  std::map<std::string_view, const Zone*> nearest;
  for (DomainName apex = name; !apex.is_root(); apex = apex.parent()) {
    for (const Zone& zone : estate.zones_of(apex)) nearest.try_emplace(zone.view, &zone);
  }
  std::vector<const Zone*> found;
  for (const auto& [view, zone] : nearest) found.push_back(zone);
  return found;
}

/// What answers a question for TXT at a name: its own records, an alias, or a wildcard above it.
bool may_answer(const Record& record, const Asked& asked) {
  if (record.type != "TXT" && record.type != "CNAME") return false;
  const std::optional<std::string> text = record.owner.known();
  if (!text) return true;  // it may be the one
  const Result<DomainName> owner = DomainName::parse(*text);
  if (!owner) return false;
  if (owner->is_wildcard()) return asked.name.is_within(owner->parent()) || (asked.below && owner->is_within(asked.name));
  return asked.below ? *owner != asked.name && owner->is_within(asked.name) : *owner == asked.name;
}

/// True when every zone that the name stands in is whole in the tree, none of it is handed on below, and nothing there answers.
bool is_missing(const Asked& asked, const std::vector<const Zone*>& zones, const Estate& estate) {
  const auto whole = [](const Zone* zone) { return zone->complete; };
  if (zones.empty() || !std::all_of(zones.begin(), zones.end(), whole)) return false;
  const auto cuts = [&](const Delegation& cut) {
    const bool above = asked.name.is_within(cut.child) && std::any_of(zones.begin(), zones.end(), [&](const Zone* zone) {
                         return cut.child != zone->apex && cut.child.is_within(zone->apex);
                       });
    return above || (asked.below && cut.child.is_within(asked.name));
  };
  if (std::any_of(estate.delegations().begin(), estate.delegations().end(), cuts)) return false;
  return std::none_of(estate.records().begin(), estate.records().end(), [&](const Record& one) { return may_answer(one, asked); });
}

std::string message_about(const Asked& asked, const std::vector<const Zone*>& zones, const std::set<std::string>& who,
                          const Estate& estate) {
  const std::string name(asked.name.host());
  const std::string reader = who.size() == 1 ? *who.begin() : fmt::format("{} and {} more", *who.begin(), who.size() - 1);
  if (asked.below) return fmt::format("{} looks identities up below {}, where the zone has no TXT record", reader, name);
  const bool exists = std::any_of(zones.begin(), zones.end(), [&](const Zone* zone) { return estate.exists(asked.name, zone->view); });
  return fmt::format("{} looks up {} (TXT), which {}", reader, name,
                     exists ? "has no TXT record (NODATA)" : "the zone does not have (NXDOMAIN)");
}

void check(const Analysis& analysis, RuleReport& report) {
  const Estate& estate = analysis.estate();
  std::map<Asked, std::vector<const IdentityRecord*>> by_name;
  for (const IdentityRecord* one : txt_decisions(analysis, report)) {
    if (std::optional<Asked> asked = asked_by(*one)) by_name[*std::move(asked)].push_back(one);
  }
  for (const auto& [asked, readers] : by_name) {
    const std::vector<const Zone*> zones = zones_around(asked.name, estate);
    if (!is_missing(asked, zones, estate)) continue;
    Finding finding;
    finding.subjects = {{"name", std::string(asked.name.host())}};
    std::set<std::string> who;
    for (const IdentityRecord* one : readers) {
      who.insert(one->looked_up_by);
      finding.confidence = std::max(finding.confidence, strongest(one->reasons));
      if (finding.evidence.size() < 10) add_evidence(one->reasons, 1, finding.evidence);
    }
    for (const Zone* zone : zones) add_evidence(zone->reasons, 1, finding.evidence);
    finding.message = message_about(asked, zones, who, estate);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule txtid_missing;
constinit const Rule txtid_missing{
    .name = "txtid-missing",
    .summary = "code looks up an identity record that its zone does not have",
    .why =
        "The caller cannot be recognised, or is let in by code that takes a missing record for consent. The zone is whole in the tree, so "
        "what is not in it does not exist.",
    .fix = "write the record beside the function that is looked up, or correct the name in the code",
    .reference = "RFC 2308 section 2; RFC 8020",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
