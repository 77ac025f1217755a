#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "analyzer/rules/rule.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kFewestQueries = 200;
constexpr double kWorthSaying = 0.01;
constexpr double kHigh = 0.05;

struct Share {
  std::uint64_t queries = 0;
  std::uint64_t failures = 0;

  void add(const Observation& one) {
    queries += one.queries;
    failures += with_codes(one, {"SERVFAIL"});
  }
  double rate() const { return queries == 0 ? 0 : static_cast<double>(failures) / static_cast<double>(queries); }
};

/// The lower end of Wilson's interval of 95 %: what the rate is at least.
double at_least(const Share& share) {
  constexpr double kZ = 1.96;
  const auto n = static_cast<double>(share.queries);
  const double middle = share.rate() + kZ * kZ / (2 * n);
  const double half = kZ * std::sqrt(share.rate() * (1 - share.rate()) / n + kZ * kZ / (4 * n * n));
  return (middle - half) / (1 + kZ * kZ / n);
}

/// What was seen of a name at one server, or at all of them where failures do not say of which they are.
struct AtServer {
  Share all;
  std::map<std::string, Share> clients;
  Coverage coverage;
};

std::map<std::string, AtServer> by_server(const SeenName& name) {
  const bool is_mixed =
      std::any_of(name.seen.begin(), name.seen.end(), [](const Observation* one) { return one->queries == 0 && one->server.empty(); });
  std::map<std::string, AtServer> servers;
  for (const Observation* one : name.seen) {
    AtServer& at = servers[is_mixed ? std::string() : one->server];
    at.all.add(*one);
    at.clients[one->client].add(*one);
    at.coverage.add(*one);
  }
  return servers;
}

/// Without the client that fails most the rest fails too; one client alone is all that there is.
bool is_more_than_one_client(const AtServer& at) {
  if (at.clients.size() < 2) return true;
  const auto worst = std::max_element(at.clients.begin(), at.clients.end(),
                                      [](const auto& a, const auto& b) { return a.second.failures < b.second.failures; });
  const Share rest{at.all.queries - worst->second.queries, at.all.failures - std::min(at.all.failures, worst->second.failures)};
  return rest.rate() > kWorthSaying;
}

/// In how many minutes, added up over clients and servers, the question went to another server as well.
std::uint64_t minutes_elsewhere(const SeenName& name) {
  std::uint64_t sum = 0;
  for (const Observation* one : name.seen) {
    if (const auto at = one->minutes.find("elsewhere"); at != one->minutes.end()) sum += at->second;
  }
  return sum;
}

/// How other names fare at the server.
Share baseline(const Estate& estate, const std::string& server, const DomainName& name) {
  Share share;
  for (const Observation& one : estate.observations()) {
    if (one.server == server && one.name != name) share.add(one);
  }
  return share;
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const SeenName& name : names_seen(analysis.estate())) {
    for (const auto& [server, at] : by_server(name)) {
      if (at.all.queries < kFewestQueries) continue;
      const bool tells = std::any_of(name.seen.begin(), name.seen.end(), [](const Observation* one) { return !one->rcodes.empty(); });
      if (!tells) {
        report.undecided("the log carries no response code", std::string(name.name.host()));
        continue;
      }
      const double least = at_least(at.all);
      if (least <= kWorthSaying || !is_more_than_one_client(at)) continue;
      Finding finding = finding_about(name, at.coverage);
      if (!server.empty()) finding.subjects.push_back({"server", server});
      finding.severity = least > kHigh ? Severity::high : Severity::medium;
      finding.message =
          fmt::format("{} of {} lookups of {} end in SERVFAIL{}: {:.1f} %, and {:.1f} % at least", at.all.failures, at.all.queries,
                      name.name.host(), server.empty() ? "" : " at " + server, 100 * at.all.rate(), 100 * least);
      const Share others = baseline(analysis.estate(), server, name.name);
      if (const std::uint64_t minutes = minutes_elsewhere(name); minutes > 0)
        finding.arithmetic += fmt::format("; in {} minutes a client asked another server too", minutes);
      if (others.queries >= kFewestQueries)
        finding.arithmetic += fmt::format("; other names there: {:.1f} % of {}", 100 * others.rate(), others.queries);
      report.add(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule obs_failure_rate;
constinit const Rule obs_failure_rate{
    .name = "obs-failure-rate",
    .summary = "lookups of a configured identity name fail more often than chance allows",
    .why =
        "Each SERVFAIL is a sign-in that waits for another server or fails. The rate is the lower end of the 95 % interval, of at least "
        "200 lookups, and holds without the client that fails most.",
    .fix =
        "find out whether the server or the zone behind the name fails (other names at the same server are counted beside it), and mend "
        "that one",
    .reference = "RFC 1035 section 4.1.1; docs/logs.md, rules",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
