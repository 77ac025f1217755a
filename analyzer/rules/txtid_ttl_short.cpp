#include <fmt/format.h>

#include "analyzer/identities/txt_life.h"
#include "analyzer/rules/txt_identity.h"

namespace mainstay {
namespace {

bool is_hardly_cached(const TxtIdentity& identity) {
  const std::optional<std::uint32_t> ttl = shortest_ttl(identity);
  return ttl && *ttl < kLeastTtl;
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const TxtConvention& convention : analysis.txt_conventions()) {
    const std::vector<const TxtIdentity*> hot = identities_that(convention, is_hardly_cached);
    if (hot.empty()) continue;
    Finding finding = finding_about(convention, hot);
    finding.message = fmt::format("{} {} a TTL below {} s, so every decision waits for the zone's servers and fails with them",
                                  names_of(hot), hot.size() == 1 ? "has" : "have", kLeastTtl);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule txtid_ttl_short;
constinit const Rule txtid_ttl_short{
    .name = "txtid-ttl-short",
    .summary = "identity records are hardly cached",
    .why = "Each call of a function is a query to the zone's servers: their capacity and their availability become those of the function.",
    .fix = "give identity records a TTL of 30 to 60 s, and keep the answer in the process for as long",
    .reference = "RFC 1035 section 3.2.1 (a TTL of zero is not cached)",
    .severity = Severity::low,
    .check = &check,
};

}  // namespace mainstay
