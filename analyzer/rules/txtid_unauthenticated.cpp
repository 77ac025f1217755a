#include <fmt/format.h>

#include <map>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/txt_identity.h"

namespace mainstay {
namespace {

void check_zone(const Analysis& analysis, const TxtConvention& convention, const std::vector<const TxtIdentity*>& identities,
                RuleReport& report) {
  const Zone& zone = *identities.front()->zone;
  if (!zone.is_signed) {
    report.undecided("nothing says whether the zone of identity records is signed", std::string(zone.apex.host()));
    return;
  }
  if (*zone.is_signed) return;
  const bool is_private = !zone.visible_from.empty() || analysis.resolution().is_internal(zone);
  Finding finding = finding_about(convention, identities);
  finding.subjects.insert(finding.subjects.begin(), {"zone", zone_name_of(zone)});
  finding.severity = is_private ? Severity::medium : Severity::high;
  finding.message = fmt::format("the zone {} is not signed{}: whoever can forge an answer decides who {} is", zone.apex.host(),
                                is_private ? " (it is a private one)" : "", names_of(identities));
  add_evidence(zone.reasons, 1, finding.evidence);
  report.add(std::move(finding));
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const TxtConvention& convention : analysis.txt_conventions()) {
    std::map<const Zone*, std::vector<const TxtIdentity*>> by_zone;
    std::vector<const Zone*> order;  // not by address: the same input gives the same output
    for (const TxtIdentity& one : convention.identities) {
      if (one.zone == nullptr) {
        report.undecided("the zone of identity records is not in the tree", std::string(one.owner.host()));
        continue;
      }
      std::vector<const TxtIdentity*>& inside = by_zone[one.zone];
      if (inside.empty()) order.push_back(one.zone);
      inside.push_back(&one);
    }
    for (const Zone* zone : order) check_zone(analysis, convention, by_zone[zone], report);
  }
}

}  // namespace

extern const Rule txtid_unauthenticated;
constinit const Rule txtid_unauthenticated{
    .name = "txtid-unauthenticated",
    .summary = "identity records stand in a zone that is not signed",
    .why =
        "An answer that nothing proves can be replaced on its way. A TXT record authenticates the owner of its zone at best, never whoever "
        "points at it; without signatures not even that.",
    .fix =
        "sign the zone and validate on the machine that asks, or sign the record's own text; where the provider cannot sign private zones, "
        "keep "
        "the path to the resolver inside the network",
    .reference = "RFC 4033 to 4035; RFC 9364; RFC 6840 section 5.8",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
