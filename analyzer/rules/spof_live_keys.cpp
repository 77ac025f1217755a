#include <fmt/format.h>

#include <algorithm>

#include "analyzer/rules/resolver_faults.h"

namespace mainstay {
namespace {

constexpr std::uint32_t kLongEnough = 3600;  // seconds: an outage that people can act in

std::string span_of(std::uint32_t seconds) {
  if (seconds % 60 == 0) return how_many(seconds / 60, "minute");
  return how_many(seconds, "second");
}

/// What is certain of how long keys last; nothing when nothing says so, or they last long enough.
std::optional<std::string> trouble_with(const Use& use) {
  if (use.on_failure == OnFailure::keep_last || use.on_failure == OnFailure::allow) return std::nullopt;
  if (use.hold && *use.hold >= kLongEnough) return std::nullopt;
  if (use.hold && *use.hold > 0) return "are kept for " + span_of(*use.hold);
  if (use.hold) return "are fetched for each request";
  return std::nullopt;
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const Use& use : analysis.estate().uses()) {
    const bool is_about_keys = use.role == Role::jwks || use.role == Role::oidc_issuer;
    if (!is_about_keys || !use.alternative.empty()) continue;
    const std::optional<std::string> trouble = trouble_with(use);
    if (!trouble) continue;
    const std::string host = use.host.display();
    const Workload* workload = analysis.estate().workload(use.workload);
    Finding finding;
    finding.subjects = {{"workload", use.workload}, {"name", host}};
    finding.affected = {use.workload};
    finding.confidence = std::min(strongest(use.reasons), strongest(use.hold_reasons));
    add_evidence(use.reasons, 2, finding.evidence);
    add_evidence(use.hold_reasons, 2, finding.evidence);
    finding.message = fmt::format("the keys of {} {} in {}; after that it refuses every token while they cannot be fetched", host, *trouble,
                                  workload != nullptr && !workload->name.empty() ? workload->name : use.workload);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule spof_live_keys;
constinit const Rule spof_live_keys{
    .name = "spof-live-keys",
    .summary = "tokens are checked with keys that one endpoint must deliver again and again",
    .why =
        "The tokens are valid and the keys have not changed, but a validator that forgets its keys after minutes turns an outage of the "
        "key "
        "endpoint, or of the DNS before it, into refused requests almost at once.",
    .fix = "fetch keys in the background and keep the last good ones when that fails, for a day at most, bounded by how keys are rotated",
    .reference = "RFC 7517, RFC 8725",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
