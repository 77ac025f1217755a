#include <fmt/format.h>

#include <algorithm>

#include "analyzer/identities/txt_life.h"
#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/txt_identity.h"

namespace mainstay {
namespace {

void check(const Analysis& analysis, RuleReport& report) {
  const Server* stale = most_stale(analysis.estate());
  for (const TxtConvention& convention : analysis.txt_conventions()) {
    const std::vector<const TxtIdentity*> slow =
        identities_that(convention, [](const TxtIdentity& one) { return longest_ttl(one) > kRevocationObjective; });
    if (slow.empty()) continue;
    std::uint32_t longest = 0;
    for (const TxtIdentity* one : slow) longest = std::max(longest, longest_ttl(*one).value_or(0));
    Finding finding = finding_about(convention, slow);
    finding.message =
        fmt::format("a revoked identity of {} works for {} s more (TTL), against {} s", names_of(slow), longest, kRevocationObjective);
    if (stale != nullptr) {
      finding.severity = Severity::high;
      finding.message +=
          fmt::format("; {} serves expired answers for another {} s when it gets no new one", stale->id, *stale->cache.serve_stale);
      add_evidence(stale->reasons, 1, finding.evidence);
    }
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule txtid_ttl_long;
constinit const Rule txtid_ttl_long{
    .name = "txtid-ttl-long",
    .summary = "identity records are cached for longer than a revocation may take",
    .why = "Whoever checks the record goes on seeing the old one until every cache on the way has let go of it.",
    .fix = "give identity records a TTL of 60 to 300 s, and keep their zone out of serve-stale",
    .reference = "RFC 2181 section 8; RFC 8767 section 4",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
