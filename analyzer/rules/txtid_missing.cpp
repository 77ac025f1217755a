#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/identities/asked_names.h"
#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/txt_decision.h"

namespace mainstay {
namespace {

std::string message_about(const AskedIdentity& asked, TxtAnswer answer, const std::set<std::string>& who) {
  const std::string name(asked.name.host());
  const std::string reader = who.size() == 1 ? *who.begin() : fmt::format("{} and {} more", *who.begin(), who.size() - 1);
  if (asked.below) return fmt::format("{} looks identities up below {}, where the zone has no TXT record", reader, name);
  return fmt::format("{} looks up {} (TXT), which {}", reader, name,
                     answer == TxtAnswer::nodata ? "has no TXT record (NODATA)" : "the zone does not have (NXDOMAIN)");
}

void check(const Analysis& analysis, RuleReport& report) {
  const Estate& estate = analysis.estate();
  std::map<AskedIdentity, std::vector<const IdentityRecord*>> by_name;
  for (const IdentityRecord* one : txt_decisions(analysis, report)) {
    if (std::optional<AskedIdentity> asked = asked_name(one->owner)) by_name[*std::move(asked)].push_back(one);
  }
  for (const auto& [asked, readers] : by_name) {
    const TxtAnswer answer = answer_to(asked, estate);
    if (answer != TxtAnswer::nxdomain && answer != TxtAnswer::nodata) continue;
    Finding finding;
    finding.subjects = {{"name", std::string(asked.name.host())}};
    std::set<std::string> who;
    for (const IdentityRecord* one : readers) {
      who.insert(one->looked_up_by);
      finding.confidence = std::max(finding.confidence, strongest(one->reasons));
      if (finding.evidence.size() < 10) add_evidence(one->reasons, 1, finding.evidence);
    }
    for (const Zone* zone : zones_around(asked.name, estate)) add_evidence(zone->reasons, 1, finding.evidence);
    finding.message = message_about(asked, answer, who);
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
