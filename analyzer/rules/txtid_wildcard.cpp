#include <fmt/format.h>

#include <set>

#include "analyzer/rules/txt_identity.h"

namespace mainstay {
namespace {

/// The environments of a convention that have a record, by their label.
std::set<std::string> environments(const TxtConvention& convention) {
  std::set<std::string> found;
  for (const TxtIdentity& one : convention.identities) found.insert(one.environment);
  return found;
}

/// Which names below the suffix a wildcard answers for; nothing when none. The closest name that exists decides (RFC 4592 section 3.3.1),
/// so a wildcard above the suffix answers for nothing below it: the suffix exists, because names below it do.
std::string covered(const TxtConvention& convention, const DomainName& wildcard) {
  const DomainName above = wildcard.parent();
  if (above == convention.suffix) {
    return convention.environment_first ? "every environment that has no record yet"
                                        : "every service of an environment that has no record yet";
  }
  if (above.is_root() || above.parent() != convention.suffix) return {};
  const std::string label(above.labels().front());
  if (convention.environment_first) return fmt::format("{} in every environment that has no record", label);
  const bool is_known = environments(convention).contains(label);
  return fmt::format("every service that has no record in {}{}", label, is_known ? "" : ", an environment without any record of its own");
}

void check(const Analysis& analysis, RuleReport& report) {
  const std::vector<TxtConvention>& conventions = analysis.txt_conventions();
  for (const Record& record : analysis.estate().records()) {
    if (record.type != "TXT" && record.type != "CNAME") continue;
    const Result<DomainName> owner = DomainName::parse(record.owner.known().value_or(""));
    if (!owner || !owner->is_wildcard()) continue;
    for (const TxtConvention& convention : conventions) {
      const std::string names = covered(convention, *owner);
      if (names.empty()) continue;
      Finding finding;
      finding.subjects = {{"record", fmt::format("{} {}", owner->host(), record.type)}, {"name", std::string(convention.suffix.host())}};
      finding.evidence = record.reasons;
      finding.confidence = strongest(record.reasons);
      finding.message =
          fmt::format("{} ({}) answers for {}, so a name that nobody registered looks registered", owner->host(), record.type, names);
      report.add(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule txtid_wildcard;
constinit const Rule txtid_wildcard{
    .name = "txtid-wildcard",
    .summary = "a wildcard answers where workload identities are looked up",
    .why =
        "Code that asks whether a service has an identity record gets a yes for services that nobody registered; that a record is missing "
        "cannot be seen any more.",
    .fix = "delete the wildcard; give every service a record of its own",
    .reference = "RFC 4592 section 3.3.1",
    .severity = Severity::critical,
    .check = &check,
};

}  // namespace mainstay
