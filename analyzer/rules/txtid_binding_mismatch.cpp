#include <fmt/format.h>

#include "analyzer/identities/txt_binding.h"
#include "analyzer/rules/txt_identity.h"

namespace mainstay {
namespace {

void report_mismatch(const TxtIdentity& identity, std::string_view what, std::string_view in_name, RuleReport& report) {
  Finding finding = finding_about(identity);
  finding.message = fmt::format("the name says {} {}, the record says another one: {}", what, in_name, identity.owner.host());
  report.add(std::move(finding));
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const TxtConvention& convention : analysis.txt_conventions()) {
    for (const TxtIdentity& identity : convention.identities) {
      const TxtBinding binding = binding_of(identity);
      if (binding == TxtBinding::other_environment) report_mismatch(identity, "environment", identity.environment, report);
      if (binding == TxtBinding::other_service) report_mismatch(identity, "service", identity.service, report);
    }
  }
}

}  // namespace

extern const Rule txtid_binding_mismatch;
constinit const Rule txtid_binding_mismatch{
    .name = "txtid-binding-mismatch",
    .summary = "an identity record speaks of another service or environment than its name",
    .why = "Whoever looks up one service gets the identity of another: production accepts staging, or a spare key lies where nobody looks.",
    .fix = "make name and content from the same template; delete the record when its service is gone",
    .reference = "RFC 1464",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
