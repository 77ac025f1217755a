#include "analyzer/rules/txt_identity.h"

#include <fmt/format.h>

#include <algorithm>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

void add_records(const TxtIdentity& identity, Finding& finding) {
  for (const TxtValue& value : identity.values) {
    finding.confidence = std::max(finding.confidence, strongest(value.record->reasons));
    add_evidence(value.record->reasons, 1, finding.evidence);
  }
}

}  // namespace

Finding finding_about(const TxtIdentity& identity) {
  Finding finding;
  finding.subjects.push_back({"record", std::string(identity.owner.host()) + " TXT"});
  add_records(identity, finding);
  return finding;
}

Finding finding_about(const TxtConvention& convention, const std::vector<const TxtIdentity*>& identities) {
  constexpr std::size_t kPlaces = 20;
  Finding finding;
  finding.subjects.push_back({"name", std::string(convention.suffix.host())});
  for (const TxtIdentity* one : identities) {
    if (finding.evidence.size() < kPlaces) add_records(*one, finding);
  }
  add_evidence(convention.stated, 1, finding.evidence);
  return finding;
}

std::string names_of(const std::vector<const TxtIdentity*>& identities) {
  const std::string first(identities.front()->owner.host());
  return identities.size() == 1 ? first : fmt::format("{} and {} more", first, identities.size() - 1);
}

}  // namespace mainstay
