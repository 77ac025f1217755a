#include <fmt/format.h>

#include <map>

#include "analyzer/rules/dangling.h"
#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

/// Where one issuer is trusted, or asked for its keys.
struct Trusted {
  std::vector<const Reasons*> reasons;
  Confidence confidence = Confidence::assumed;
};

bool says_who_is_who(Role role) { return role == Role::oidc_issuer || role == Role::jwks || role == Role::saml_idp; }

void add(const Text& host, const Reasons& reasons, std::map<std::string, Trusted>& issuers) {
  const std::optional<std::string> known = host.known();
  const Result<DomainName> name = DomainName::parse(known.value_or(""));
  if (!known || !name) return;
  Trusted& one = issuers[std::string(name->host())];
  one.reasons.push_back(&reasons);
  one.confidence = std::max(one.confidence, strongest(reasons));
}

void check(const Analysis& analysis, RuleReport& report) {
  const Estate& estate = analysis.estate();
  std::map<std::string, Trusted> issuers;
  for (const Endpoint& endpoint : estate.endpoints()) {
    if (!says_who_is_who(endpoint.role)) continue;
    for (const Text& host : endpoint.hosts) add(host, endpoint.reasons, issuers);
  }
  for (const Use& use : estate.uses()) {
    if (says_who_is_who(use.role)) add(use.host, use.reasons, issuers);
  }
  for (const auto& [host, trusted] : issuers) {
    const Result<DomainName> name = DomainName::parse(host);
    const std::optional<DanglingName> found = name ? dangling(analysis, *name) : std::nullopt;
    if (!found) continue;
    if (found->owned == Owned::maybe) {
      report.undecided("a name in the inventory is partly unknown and could be the issuer's", host);
      continue;
    }
    Finding finding;
    finding.subjects = {{"issuer", host}, {"name", std::string(found->target.host())}};
    finding.confidence = trusted.confidence;
    for (const Record* record : found->records) {
      finding.confidence = std::min(finding.confidence, strongest(record->reasons));
      add_evidence(record->reasons, 1, finding.evidence);
    }
    for (const Reasons* reasons : trusted.reasons) add_evidence(*reasons, 1, finding.evidence);
    add_users(estate, {host}, finding);
    // Where the provider has a condition for taking a name over, it is one step further for whoever wants it.
    finding.severity = found->row->condition.empty() ? Severity::critical : Severity::high;
    finding.message = fmt::format("the issuer {} is trusted and leads to {} ({}), which nothing in the scanned inventory ({}) has{}", host,
                                  found->target.host(), found->row->service, how_many(estate.inventory().size(), "thing"),
                                  found->row->condition.empty() ? "" : "; " + found->row->condition);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule dangling_issuer;
constinit const Rule dangling_issuer{
    .name = "dangling-issuer",
    .summary = "an issuer is trusted whose name leads to what anyone can claim and nothing here owns",
    .why =
        "Whoever claims the name publishes keys of their own under it, and every token that they sign is taken for one of yours: not a "
        "visitor is deceived but the machines that decide who gets in.",
    .fix = "take the trust away first, then the record; or put what serves the issuer's documents back under your own name",
    .reference = "OpenID Connect Discovery 1.0 section 4; RFC 8725",
    .severity = Severity::critical,
    .check = &check,
};

}  // namespace mainstay
