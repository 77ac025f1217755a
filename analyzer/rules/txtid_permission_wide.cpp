#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analyzer/rules/dns_grant.h"

namespace mainstay {
namespace {

/// The services whose records a grant may write.
std::set<std::string> services_of(const IdentityGrant& one) {
  std::set<std::string> services;
  for (const TxtIdentity& identity : one.convention->identities) {
    const auto is_covered = [&](const std::string& pattern) { return covers(pattern, identity.owner.host()); };
    if (one.names.empty() || std::any_of(one.names.begin(), one.names.end(), is_covered)) services.insert(identity.service);
  }
  return services;
}

/// A pattern that covers a name that nobody has thought of covers those of services to come.
bool covers_others(const IdentityGrant& one) {
  const std::string suffix(one.convention->suffix.host());
  const auto is_open = [&](const std::string& pattern) { return covers(pattern, "a-service-to-come.an-environment." + suffix); };
  return one.names.empty() || std::any_of(one.names.begin(), one.names.end(), is_open);
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const IdentityGrant& one : identity_grants(analysis, report)) {
    const std::set<std::string> services = services_of(one);
    if (!covers_others(one) && services.size() < 2) continue;
    Finding finding = finding_about(one);
    const std::string suffix(one.convention->suffix.host());
    const std::string which = one.names.empty()
                                  ? fmt::format("every record of the zone of {}", suffix)
                                  : fmt::format("the identities of {} below {}", how_many(services.size(), "service"), suffix);
    finding.message = fmt::format("{} may write {}: whoever takes it over is everybody", one.grant->principal, which);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule txtid_permission_wide;
constinit const Rule txtid_permission_wide{
    .name = "txtid-permission-wide",
    .summary = "somebody may write identity records of others",
    .why =
        "Whoever writes a record says who a workload is. A right to change the whole zone, held by one function, turns a fault in that "
        "function into the identities of all of them.",
    .fix =
        "narrow the grant to its own names, type TXT and action UPSERT (ForAllValues on "
        "route53:ChangeResourceRecordSetsNormalizedRecordNames, ...RecordTypes and ...Actions), or give each service a zone of its own",
    .reference = "Amazon Route 53 Developer Guide, Using IAM policy conditions for fine-grained access control",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
