#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/search_lists.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kFewestQueries = 200;

/// What one client asked, and how much of it its search list made.
struct Asked {
  Coverage all;
  std::uint64_t made = 0;
  std::set<DomainName> meant;
  std::set<const Stub*> stubs;
};

void check(const Analysis& analysis, RuleReport& report) {
  const SearchLists lists(analysis.estate());
  std::map<std::string, Asked> clients;
  for (const Observation& one : analysis.estate().observations()) {
    Asked& asked = clients[one.client];
    asked.all.add(one);
    const std::optional<DomainName> meant = lists.meant(one);
    if (!meant) continue;
    asked.made += one.queries;
    asked.meant.insert(*meant);
    const std::vector<const Stub*>& stubs = lists.stubs_with(*lists.suffix_of(one));
    asked.stubs.insert(stubs.begin(), stubs.end());
  }
  for (const auto& [client, asked] : clients) {
    if (asked.all.queries() < kFewestQueries || asked.made * 2 <= asked.all.queries()) continue;
    std::vector<const Stub*> stubs(asked.stubs.begin(), asked.stubs.end());
    std::sort(stubs.begin(), stubs.end(), [](const Stub* a, const Stub* b) { return a->scope < b->scope; });
    Finding finding;
    finding.subjects = {{"client", client}};
    finding.confidence = Confidence::observed;
    for (const Stub* stub : stubs) add_evidence(stub->reasons, 1, finding.evidence);
    if (finding.evidence.size() > 3) finding.evidence.resize(3);
    for (const Evidence& one : asked.all.evidence()) finding.evidence.push_back(one);
    finding.severity = asked.made * 10 > asked.all.queries() * 6 ? Severity::medium : Severity::low;
    finding.arithmetic = asked.all.text();
    const double factor =
        static_cast<double>(asked.all.queries()) / static_cast<double>(std::max<std::uint64_t>(1, asked.all.queries() - asked.made));
    finding.message = fmt::format(
        "{} of {} questions of {} are names that its search list made and that do not exist, such as {} with a "
        "suffix: {:.1f} questions for one that is meant",
        asked.made, asked.all.queries(), client, asked.meant.begin()->host(), factor);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule obs_amplification;
constinit const Rule obs_amplification{
    .name = "obs-amplification",
    .summary = "most questions of a client are names that its search list made",
    .why =
        "Each such question comes before the one that is meant, costs the resolvers as much, and waits as long when one of them is "
        "silent. A storm of sign-ins becomes several times as large on its way.",
    .fix = "write names with a final dot, lower ndots, or shorten the search list",
    .reference = "resolv.conf(5), search and ndots",
    .severity = Severity::low,
    .check = &check,
};

}  // namespace mainstay
