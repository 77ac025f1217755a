#include <fmt/format.h>

#include <algorithm>

#include "analyzer/identities/txt_life.h"
#include "analyzer/rules/txt_identity.h"

namespace mainstay {
namespace {

/// A text that is only partly known may have an end in what is not known.
bool lasts_for_ever(const TxtIdentity& identity) {
  return std::any_of(identity.values.begin(), identity.values.end(),
                     [](const TxtValue& one) { return one.record->data.is_known() && !states_life(one); });
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const TxtConvention& convention : analysis.txt_conventions()) {
    const std::vector<const TxtIdentity*> endless = identities_that(convention, lasts_for_ever);
    if (endless.empty()) continue;
    Finding finding = finding_about(convention, endless);
    finding.message = fmt::format("nothing in the record says until when it holds: {}", names_of(endless));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule txtid_no_rotation;
constinit const Rule txtid_no_rotation{
    .name = "txtid-no-rotation",
    .summary = "identity records hold without end",
    .why = "A record that never ends is a long-lived secret by another name: nothing breaks when nobody renews it, so nobody does.",
    .fix =
        "put exp= into the record, have the checking code refuse what is past it, and renew it from a schedule, with a kid for the overlap",
    .reference = "NIST SP 800-57 part 1 section 5.3",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
