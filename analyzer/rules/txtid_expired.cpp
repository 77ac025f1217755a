#include <fmt/format.h>

#include "analyzer/identities/txt_life.h"
#include "analyzer/rules/txt_identity.h"

namespace mainstay {
namespace {

bool is_over(const TxtValue& value, std::int64_t now) {
  const std::optional<std::int64_t> end = end_of(value);
  return end && *end <= now;
}

bool is_unreadable(const TxtValue& value) {
  return value.record->data.is_known() && states_life(value) && !value.fields.contains("nbf") && !end_of(value);
}

/// An old record beside one that still holds is a rotation that has not been cleared up: the same fault.
void check(const Analysis& analysis, RuleReport& report) {
  if (analysis.now() == 0) return;
  for (const TxtConvention& convention : analysis.txt_conventions()) {
    for (const TxtIdentity& identity : convention.identities) {
      std::size_t over = 0;
      for (const TxtValue& value : identity.values) {
        over += is_over(value, analysis.now()) ? 1 : 0;
        if (is_unreadable(value))
          report.undecided("the end that an identity record states is no day and no time", std::string(identity.owner.host()));
      }
      if (over == 0) continue;
      Finding finding = finding_about(identity);
      finding.message = fmt::format(
          "{} of {} at {} {} past the end that it states: code that minds the end refuses {}, code that does not takes it for ever", over,
          how_many(identity.values.size(), "record"), identity.owner.host(), over == 1 ? "is" : "are", identity.service);
      report.add(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule txtid_expired;
constinit const Rule txtid_expired{
    .name = "txtid-expired",
    .summary = "an identity record is past the end that it states",
    .why =
        "Code that minds the end locks the workload out from that moment on. Code that goes on taking the record does not mind the end, "
        "and "
        "then nothing ever ends.",
    .fix = "publish the next record with a kid and an end of its own, withdraw this one when its TTL is over, and renew from a schedule",
    .reference = "RFC 3339; NIST SP 800-57 part 1 section 5.3",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
