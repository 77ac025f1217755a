// What the rules about grants to change DNS share: which identities a grant covers, and which of its conditions narrow it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "analyzer/identities/txt_identities.h"
#include "analyzer/rules/rule.h"

namespace mainstay {

/// A grant to write records where identities stand.
struct IdentityGrant {
  const Grant* grant = nullptr;
  const TxtConvention* convention = nullptr;
  std::vector<std::string> names;  // that a condition allows, in lower case; empty: any name
  std::vector<std::string> types;
  std::vector<std::string> actions;
};

/// The grants of the tree that reach a convention's zone; those of which the zone is not known are counted.
std::vector<IdentityGrant> identity_grants(const Analysis& analysis, RuleReport& report);

/// True when a name pattern of a condition (`*` and `?`) covers the name.
bool covers(std::string_view pattern, std::string_view name);

/// A finding about the grant, with subject, evidence and confidence.
Finding finding_about(const IdentityGrant& grant);

}  // namespace mainstay
