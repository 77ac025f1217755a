#include "analyzer/rules/dns_grant.h"

#include <algorithm>

#include "graph/values/ascii.h"

namespace mainstay {
namespace {

/// The values of one key of "names=a,b; types=txt".
std::vector<std::string> values_of(std::string_view condition, std::string_view key) {
  std::vector<std::string> values;
  while (!condition.empty()) {
    const std::size_t end = std::min(condition.find("; "), condition.size());
    std::string_view part = condition.substr(0, end);
    condition.remove_prefix(std::min(end + 2, condition.size()));
    if (!part.starts_with(key) || part.size() <= key.size() || part[key.size()] != '=') continue;
    part.remove_prefix(key.size() + 1);
    while (true) {
      const std::size_t comma = std::min(part.find(','), part.size());
      values.push_back(ascii_lower(part.substr(0, comma)));
      if (comma == part.size()) break;
      part.remove_prefix(comma + 1);
    }
  }
  return values;
}

/// True when the zone with that apex holds, or may hold, the names of a convention.
bool reaches(const DomainName& apex, const TxtConvention& convention) {
  const auto stands_in = [&](const TxtIdentity& one) { return one.zone != nullptr && one.zone->apex == apex; };
  if (std::any_of(convention.identities.begin(), convention.identities.end(), stands_in)) return true;
  const auto stands = [](const TxtIdentity& one) { return one.zone != nullptr; };
  const bool is_placed = std::any_of(convention.identities.begin(), convention.identities.end(), stands);
  return !is_placed && convention.suffix.is_within(apex);
}

}  // namespace

std::vector<IdentityGrant> identity_grants(const Analysis& analysis, RuleReport& report) {
  std::vector<IdentityGrant> found;
  const std::vector<TxtConvention>& conventions = analysis.txt_conventions();
  if (conventions.empty()) return found;
  for (const Grant& grant : analysis.estate().grants()) {
    const std::optional<std::string> resource = grant.resource.known();
    if (!resource) {
      report.undecided("a grant to change DNS names a zone that is not known", grant.principal);
      continue;
    }
    const Result<DomainName> apex = *resource == "*" ? Result<DomainName>(DomainName::root()) : DomainName::parse(*resource);
    if (!apex) continue;
    for (const TxtConvention& convention : conventions) {
      if (*resource != "*" && !reaches(*apex, convention)) continue;
      found.push_back({&grant, &convention, values_of(grant.condition, "names"), values_of(grant.condition, "types"),
                       values_of(grant.condition, "actions")});
    }
  }
  return found;
}

bool covers(std::string_view pattern, std::string_view name) {
  if (pattern.ends_with('.')) pattern.remove_suffix(1);
  // matches[i]: the pattern so far covers the first i octets.
  std::vector<bool> matches(name.size() + 1);
  matches[0] = true;
  for (const char c : pattern) {
    std::vector<bool> next(name.size() + 1);
    next[0] = c == '*' && matches[0];
    for (std::size_t at = 0; at < name.size(); ++at) {
      next[at + 1] = c == '*' ? matches[at + 1] || next[at] : matches[at] && (c == '?' || c == name[at]);
    }
    matches = std::move(next);
  }
  return matches[name.size()];
}

Finding finding_about(const IdentityGrant& grant) {
  Finding finding;
  finding.subjects = {{"principal", grant.grant->principal}, {"name", std::string(grant.convention->suffix.host())}};
  finding.evidence = grant.grant->reasons;
  finding.confidence = strongest(grant.grant->reasons);
  return finding;
}

}  // namespace mainstay
