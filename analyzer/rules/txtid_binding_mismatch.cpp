#include <fmt/format.h>

#include <array>

#include "analyzer/rules/txt_identity.h"
#include "graph/values/ascii.h"

namespace mainstay {
namespace {

std::string said(const TxtFields& fields, std::span<const std::string_view> names) {
  for (const std::string_view name : names) {
    if (const auto at = fields.find(name); at != fields.end()) return ascii_lower(at->second);
  }
  return {};
}

void report_mismatch(const TxtIdentity& identity, std::string_view what, std::string_view in_name, RuleReport& report) {
  Finding finding = finding_about(identity);
  finding.message = fmt::format("the name says {} {}, the record says another one: {}", what, in_name, identity.owner.host());
  report.add(std::move(finding));
}

void check_identity(const TxtIdentity& identity, RuleReport& report) {
  constexpr std::array<std::string_view, 3> kEnvironment = {"env", "environment", "stage"};
  constexpr std::array<std::string_view, 3> kService = {"svc", "service", "app"};
  for (const TxtValue& value : identity.values) {
    const std::string environment = said(value.fields, kEnvironment);
    if (!environment.empty() && usual_environment(environment) != usual_environment(identity.environment)) {
      report_mismatch(identity, "environment", identity.environment, report);
      return;
    }
    const std::string service = said(value.fields, kService);
    if (!service.empty() && service != identity.service) {
      report_mismatch(identity, "service", identity.service, report);
      return;
    }
  }
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const TxtConvention& convention : analysis.txt_conventions()) {
    for (const TxtIdentity& identity : convention.identities) check_identity(identity, report);
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
