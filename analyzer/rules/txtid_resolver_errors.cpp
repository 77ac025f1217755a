#include <fmt/format.h>
#include <fmt/ranges.h>

#include "analyzer/rules/txt_decision.h"

namespace mainstay {
namespace {

void check(const Analysis& analysis, RuleReport& report) {
  for (const IdentityRecord* one : txt_decisions(analysis, report)) {
    std::vector<std::string_view> leave;
    for (const std::string_view end : {"nxdomain", "nodata", "servfail", "timeout"}) {
      if (does(*one, end, "raises")) leave.push_back(end);
    }
    const bool catches_some = leave.size() < 4;  // where all leave, somebody else may catch them
    std::vector<std::string> wrong;
    if (catches_some && !leave.empty()) wrong.push_back(fmt::format("{} leave the function as errors", listed(leave)));
    if (one->fields.contains("reads"))
      wrong.push_back("only the first string of a record is read, and a text above 255 octets has several");
    if (wrong.empty()) continue;
    Finding finding = finding_about(*one);
    finding.message = fmt::format("{}: {}", one->looked_up_by, fmt::join(wrong, "; "));
    if (one->fields.contains("time limit") && one->fields.at("time limit") == "no")
      finding.message += "; no time limit is set, so the resolver's own decides";
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule txtid_resolver_errors;
constinit const Rule txtid_resolver_errors{
    .name = "txtid-resolver-errors",
    .summary = "code that looks up identities handles some ends of the lookup and not the others",
    .why =
        "NXDOMAIN, NODATA, SERVFAIL and a time-out are four things. Those that nobody thought of end a function in the middle, or in "
        "whatever "
        "catches everything.",
    .fix = "catch all four, with a time limit below a third of the function's own; join the strings of a record",
    .reference = "RFC 2308 section 2; RFC 7208 section 3.3; dnspython, dns.resolver",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
