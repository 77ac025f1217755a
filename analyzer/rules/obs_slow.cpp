#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "analyzer/rules/rule.h"
#include "analyzer/rules/seen_names.h"

namespace mainstay {
namespace {

constexpr std::uint64_t kFewestQueries = 100;
constexpr std::uint64_t kMicroseconds = 1000000;

std::uint64_t quantile(const Observation& one, const char* name) {
  const auto at = one.latency.find(name);
  return at == one.latency.end() ? 0 : at->second;
}

/// How many of its lookups took longer than that, at least: a quantile above it says so of all beyond the quantile.
std::uint64_t slower_than(const Observation& one, std::uint64_t limit) {
  const auto beyond = [&](std::uint64_t percent) { return std::max<std::uint64_t>(1, one.queries * percent / 100); };
  if (quantile(one, "p50") > limit) return beyond(50);
  if (quantile(one, "p95") > limit) return beyond(5);
  if (quantile(one, "p99") > limit) return beyond(1);
  return quantile(one, "max") > limit ? 1 : 0;
}

/// Close to a multiple of 5 s: how long a resolver waits for one server before it asks the next.
bool is_step(std::uint64_t latency) {
  constexpr std::uint64_t kStep = 5 * kMicroseconds;
  constexpr std::uint64_t kNear = kMicroseconds / 5;
  const std::uint64_t past = (latency + kNear) % kStep;
  return latency >= kStep - kNear && past <= 2 * kNear;
}

/// The shortest time that a use of the name has for everything; nothing when none says.
std::optional<std::uint64_t> deadline_of(const SeenName& name) {
  std::optional<std::uint64_t> least;
  for (const Use* use : name.uses) {
    if (use->deadline) least = std::min(least.value_or(UINT64_MAX), std::uint64_t{*use->deadline} * 1000);
  }
  return least;
}

struct Waits {
  std::uint64_t queries = 0;
  std::uint64_t slow = 0;
  std::uint64_t stepped = 0;  // queries of clients of which one in a hundred takes a step
  std::uint64_t step = 0;
  Coverage coverage;
};

Waits waits_of(const SeenName& name, std::uint64_t limit) {
  Waits waits;
  for (const Observation* one : name.seen) {
    if (one->latency.empty()) continue;
    waits.queries += one->queries;
    waits.slow += slower_than(*one, limit);
    waits.coverage.add(*one);
    const std::uint64_t tail = quantile(*one, "p99");
    if (one->queries < kFewestQueries || !is_step(tail) || quantile(*one, "p50") > kMicroseconds) continue;
    waits.stepped += one->queries;
    waits.step = std::max(waits.step, tail);
  }
  return waits;
}

std::string seconds(std::uint64_t microseconds) { return fmt::format("{:.3g} s", static_cast<double>(microseconds) / kMicroseconds); }

void check(const Analysis& analysis, RuleReport& report) {
  for (const SeenName& name : names_seen(analysis.estate())) {
    const std::optional<std::uint64_t> deadline = deadline_of(name);
    const std::uint64_t limit = deadline.value_or(5 * kMicroseconds) / 5;
    const Waits waits = waits_of(name, limit);
    if (waits.queries < kFewestQueries) continue;
    const bool is_slow = waits.slow * 20 >= waits.queries;
    if (!deadline && is_slow && waits.stepped == 0) {
      report.undecided("nothing says how long the workload waits", std::string(name.name.host()));
      continue;
    }
    if ((!is_slow || !deadline) && waits.stepped == 0) continue;
    Finding finding = finding_about(name, waits.coverage);
    if (is_slow && deadline)
      finding.message = fmt::format("at least {} of {} lookups of {} take more than {}, a fifth of the {} that its workload has",
                                    waits.slow, waits.queries, name.name.host(), seconds(limit), seconds(*deadline));
    else
      finding.message = fmt::format("one in a hundred lookups of {} takes {}: whoever answers waits for a silent server first",
                                    name.name.host(), seconds(waits.step));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule obs_slow;
constinit const Rule obs_slow{
    .name = "obs-slow",
    .summary = "lookups of a configured identity name take a large part of the time that its workload has",
    .why =
        "The clock of a sign-in runs while the name is looked up. A twentieth of the lookups takes more than a fifth of the deadline, or "
        "a hundredth takes a multiple of 5 seconds, which is how long a resolver waits for one server before it asks the next.",
    .fix = "find the silent server behind the resolver that answers late; a cache near the workload and serve-stale hide what remains",
    .reference = "resolv.conf(5), timeout",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
