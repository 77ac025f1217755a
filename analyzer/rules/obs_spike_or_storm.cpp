#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "analyzer/rules/rule.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

constexpr std::size_t kFewestClients = 20;
constexpr std::uint64_t kInOneMinute = 30;  // five in ten seconds

std::uint64_t most_in_a_minute(const Observation& one) {
  const auto at = one.minutes.find("most");
  return at == one.minutes.end() ? 0 : at->second;
}

/// One client that asks again and again for what fails.
bool is_hammering(const Observation& one) {
  if (one.clients > 1 || most_in_a_minute(one) < kInOneMinute) return false;
  return with_codes(one, {"SERVFAIL", "REFUSED", "NXDOMAIN"}) * 10 >= one.queries * 9;
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const SeenName& name : names_seen(analysis.estate())) {
    Coverage coverage;
    std::map<std::string, std::set<std::string>> minutes;  // the clients whose busiest minute it was
    std::set<std::string> clients;
    for (const Observation* one : name.seen) {
      if (!is_hammering(*one)) continue;
      coverage.add(*one);
      clients.insert(one->client);
      minutes[one->busiest].insert(one->client);
    }
    if (clients.size() < kFewestClients) continue;
    const auto peak =
        std::max_element(minutes.begin(), minutes.end(), [](const auto& a, const auto& b) { return a.second.size() < b.second.size(); });
    Finding finding = finding_about(name, coverage);
    finding.message = fmt::format("{} clients ask for {} {} times a minute or more, and it fails each time; {} of them at {}",
                                  clients.size(), name.name.host(), kInOneMinute, peak->second.size(), peak->first);
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule obs_spike_or_storm;
constinit const Rule obs_spike_or_storm{
    .name = "obs-spike-or-storm",
    .summary = "many clients ask again and again for an identity name that fails",
    .why =
        "Clients that retry without a pause keep a server busy that is in trouble already, and come back all at once when it answers. "
        "Counted are clients of which nine in ten answers fail and that asked thirty times in one minute; twenty of them are a storm.",
    .fix = "let clients wait longer after each failure, and let resolvers keep failures (RFC 9520)",
    .reference = "RFC 9520",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
