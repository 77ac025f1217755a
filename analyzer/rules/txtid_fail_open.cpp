#include <fmt/format.h>

#include "analyzer/rules/txt_decision.h"

namespace mainstay {
namespace {

void check(const Analysis& analysis, RuleReport& report) {
  for (const IdentityRecord* one : txt_decisions(analysis, report)) {
    std::vector<std::string_view> open;
    for (const std::string_view end : {"nxdomain", "nodata", "servfail", "timeout"}) {
      if (does(*one, end, "allows")) open.push_back(end);
    }
    if (open.empty()) continue;
    Finding finding = finding_about(*one);
    finding.message = fmt::format("{} lets callers in when the lookup of their identity ends with {}", one->looked_up_by, listed(open));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule txtid_fail_open;
constinit const Rule txtid_fail_open{
    .name = "txtid-fail-open",
    .summary = "code lets callers in when the lookup of their identity fails",
    .why = "Whoever can make the lookup fail, or waits for an outage of the zone, is let in as anybody.",
    .fix = "deny, or go on for a bounded time with the last good answer; tell NXDOMAIN, NODATA, SERVFAIL and time-outs apart",
    .reference = "RFC 8020; RFC 2308 section 2",
    .severity = Severity::critical,
    .check = &check,
};

}  // namespace mainstay
