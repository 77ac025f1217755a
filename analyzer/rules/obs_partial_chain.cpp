#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analyzer/rules/rule.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kFewestQueries = 5;

struct Chain {
  Coverage coverage;
  std::set<std::string> targets;
  bool has_address = false;
  bool is_cut = false;  // more answers were given than are kept
};

/// What the answers about addresses of a name say, in logs that carry answers.
Chain chain_of(const SeenName& name) {
  Chain chain;
  for (const Observation* one : name.seen) {
    if (one->type != "A" && one->type != "AAAA") continue;
    for (const std::string& answer : one->answers) {
      if (IpAddress::parse(answer))
        chain.has_address = true;
      else
        chain.targets.insert(answer);
    }
    constexpr std::size_t kMostKept = 16;
    chain.is_cut = chain.is_cut || one->answers.size() >= kMostKept;
    if (!one->answers.empty()) chain.coverage.add(*one);
  }
  return chain;
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const SeenName& name : names_seen(analysis.estate())) {
    const Chain chain = chain_of(name);
    if (chain.has_address || chain.is_cut || chain.targets.empty() || chain.coverage.queries() < kFewestQueries) continue;
    Finding finding = finding_about(name, chain.coverage);
    finding.subjects.push_back({"name", *chain.targets.begin()});
    finding.message = fmt::format("{} is an alias of {}, and none of {} answers has an address", name.name.host(), *chain.targets.begin(),
                                  chain.coverage.queries());
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule obs_partial_chain;
constinit const Rule obs_partial_chain{
    .name = "obs-partial-chain",
    .summary = "answers for an identity name end at an alias, without an address",
    .why =
        "The server says NOERROR, so no client asks another one; but an alias alone is nothing to connect to. Logs whose answers carry "
        "the whole chain say so; others are silent.",
    .fix = "mend what the alias points to: the name does not exist there, or the server cannot reach its zone",
    .reference = "RFC 1034 section 3.6.2",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
