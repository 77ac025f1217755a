#include <fmt/format.h>

#include "analyzer/rules/txt_decision.h"

namespace mainstay {
namespace {

void check(const Analysis& analysis, RuleReport& report) {
  for (const IdentityRecord* one : txt_decisions(analysis, report)) {
    std::string how;
    if (one->decision == "existence") how = "any TXT record will do";
    if (one->decision == "constant") how = "the TXT record is compared with a text that stands in the source";
    if (one->decision == "unproved")
      how = "the TXT record is compared with what the caller sends, and nothing proves that it is the caller's";
    if (how.empty()) {
      if (one->decision == "unknown") report.undecided("how the code decides on a TXT record is not followed", one->looked_up_by);
      continue;
    }
    Finding finding = finding_about(*one);
    finding.message = fmt::format("{} lets callers in by a TXT record: {}", one->looked_up_by, how);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule txtid_weak_check;
constinit const Rule txtid_weak_check{
    .name = "txtid-weak-check",
    .summary = "code lets callers in because a TXT record has a certain text",
    .why =
        "A TXT record is public, and says what the owner of its zone wants to be true. Whoever names a registered service passes; nothing "
        "ties the "
        "record to the caller.",
    .fix =
        "have the record commit to a key, and verify a signature of the caller over the request with it; or take the caller's identity "
        "from mTLS or a "
        "signed token",
    .reference = "draft-ietf-dnsop-domain-verification-techniques; RFC 1464",
    .severity = Severity::critical,
    .check = &check,
};

}  // namespace mainstay
