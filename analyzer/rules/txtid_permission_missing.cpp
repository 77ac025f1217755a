#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>

#include "analyzer/rules/dns_grant.h"

namespace mainstay {
namespace {

bool holds(const std::vector<std::string>& values, std::string_view one) {
  return values.empty() || std::find(values.begin(), values.end(), one) != values.end() ||
         std::find(values.begin(), values.end(), "*") != values.end();
}

/// What a grant of those names lacks before it can renew a record; empty when nothing.
std::vector<std::string_view> lacks(const IdentityGrant& one) {
  std::vector<std::string_view> missing;
  if (!holds(one.types, "txt")) missing.emplace_back("the type TXT");
  const bool can_replace = holds(one.actions, "upsert") || (holds(one.actions, "create") && holds(one.actions, "delete"));
  if (!can_replace) missing.emplace_back("the action UPSERT");
  return missing;
}

/// A grant with names of a convention is meant for them; several of one principal may do together what each of them cannot.
void check(const Analysis& analysis, RuleReport& report) {
  std::map<std::pair<std::string, const TxtConvention*>, std::vector<IdentityGrant>> by_principal;
  for (IdentityGrant& one : identity_grants(analysis, report)) {
    const std::pair key{one.grant->principal, one.convention};
    by_principal[key].push_back(std::move(one));
  }
  for (const auto& [key, grants] : by_principal) {
    const auto is_enough = [](const IdentityGrant& one) { return lacks(one).empty(); };
    if (std::any_of(grants.begin(), grants.end(), is_enough)) continue;
    const IdentityGrant& one = grants.front();
    const std::string suffix = "." + std::string(one.convention->suffix.host());
    const auto is_below = [&](const std::string& name) { return name.ends_with(suffix) || name.ends_with(suffix + "."); };
    if (std::none_of(one.names.begin(), one.names.end(), is_below)) continue;
    Finding finding = finding_about(one);
    finding.message = fmt::format("{} may write at {}, but its grant lacks {}: its identity record is not renewed", one.grant->principal,
                                  fmt::join(one.names, ", "), fmt::join(lacks(one), " and "));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule txtid_permission_missing;
constinit const Rule txtid_permission_missing{
    .name = "txtid-permission-missing",
    .summary = "a grant that is meant for identity records cannot renew them",
    .why = "The rotation fails on the day it is due, and the record goes on holding, or ends and locks the workload out.",
    .fix = "allow UPSERT of type TXT at the workload's own names, and nothing beside it",
    .reference = "Amazon Route 53 Developer Guide, Using IAM policy conditions for fine-grained access control",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
