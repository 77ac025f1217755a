// musl: all servers are asked at once, and the first reply that can be used wins (src/network/res_msend.c, lookup_name.c of musl 1.2.3).
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analyzer/faults/clients/sequential.h"

namespace mainstay {
namespace {

constexpr std::uint32_t kTimeout = 5;
constexpr std::uint32_t kAttempts = 2;
constexpr std::uint32_t kMaxTimeout = 60;
constexpr std::uint32_t kMaxAttempts = 10;
constexpr std::size_t kMaxServers = 3;

/// What a reply does to one name.
enum class Verdict : std::uint8_t { answer, no_such_name, no_data };

/// Only NOERROR and NXDOMAIN are replies; SERVFAIL is asked for once more, all else is as good as silence.
std::optional<Verdict> verdict(ServerMode mode, bool exists) {
  switch (mode) {
    case ServerMode::good: return exists ? Verdict::answer : Verdict::no_such_name;
    case ServerMode::nxdomain: return Verdict::no_such_name;
    case ServerMode::empty:
    case ServerMode::truncated: return Verdict::no_data;  // up to 1.2.3 there is no TCP: what came is what there is
    default: return std::nullopt;
  }
}

/// What one name may come to: more than one thing when replies race.
struct Race {
  TimeRange time;
  std::set<Verdict> verdicts;  // empty: nothing comes in time
  bool may_be_silent = true;   // nothing may come in time
};

Race race(Servers servers, bool exists, Milliseconds limit) {
  Race result{.time = {limit, limit}, .verdicts = {}};
  for (const ServerState& state : servers) {
    if (!verdict(state.mode, exists)) continue;
    result.time.lo = std::min(result.time.lo, state.delay.lo);
    result.time.hi = std::min(result.time.hi, state.delay.hi);
    result.may_be_silent = result.may_be_silent && state.delay.hi >= limit;
  }
  for (const ServerState& state : servers) {
    const std::optional<Verdict> one = verdict(state.mode, exists);
    if (one && state.delay.lo <= result.time.hi && state.delay.lo < limit) result.verdicts.insert(*one);
  }
  return result;
}

class Search {
 public:
  Search(Servers servers, std::vector<Candidate> names, Milliseconds limit, std::uint32_t sends)
      : servers_(servers), names_(std::move(names)), limit_(limit), sends_(sends) {}

  void go_on(std::size_t at, LookupCase so_far) {
    const Race found = race(servers_, names_[at].exists, limit_);
    const std::size_t ways = found.verdicts.size() + (found.may_be_silent ? 1 : 0);
    races_ = races_ || ways > 1;
    so_far.share /= static_cast<double>(ways);
    so_far.queries += (found.may_be_silent ? sends_ : 1) * 2 * static_cast<std::uint32_t>(servers_.size());
    if (found.may_be_silent) {
      LookupCase silence = so_far;
      silence.first = silence.first + patience();
      silence.outcome = limit_.count() > 0 ? LookupOutcome::timed_out : LookupOutcome::failed_at_once;
      end(silence);
    }
    for (const Verdict one : found.verdicts) {
      LookupCase next = so_far;
      next.first = next.first + found.time;
      next.outcome = one == Verdict::answer ? LookupOutcome::answered : LookupOutcome::denied;
      if (one == Verdict::no_such_name && at + 1 < names_.size()) {
        go_on(at + 1, next);
      } else {
        end(next);
      }
    }
  }

  Failover result() {
    Failover all{.cases = tidy(std::move(cases_)), .shares_known = !races_, .source = TimingSource::measured};
    const LookupCase& worst = all.worst();
    if (worst.outcome == LookupOutcome::timed_out) {
      all.arithmetic = fmt::format("all servers at once, until timeout={}", text(patience()));
    } else {
      all.arithmetic = fmt::format("all servers at once, the first usable reply: {}", text(worst.first));
    }
    if (races_) all.arithmetic += "; which reply comes first, or in time, decides";
    return all;
  }

 private:
  void end(LookupCase one) {
    one.later = one.first;
    cases_.push_back(one);
  }

  /// The clock is looked at after each wait of timeout/attempts, in whole milliseconds. Where that is no whole number, the waits together
  /// end just before the timeout, and one more begins, unless the system woke the process late.
  TimeRange patience() const {
    if (limit_.count() == 0) return {};
    const Milliseconds wait = limit_ / static_cast<int>(sends_);
    return {limit_, limit_ % wait == Milliseconds(0) ? limit_ : wait * (limit_ / wait + 1)};
  }

  Servers servers_;
  std::vector<Candidate> names_;
  Milliseconds limit_;
  std::uint32_t sends_;
  std::vector<LookupCase> cases_;
  bool races_ = false;
};

Failover lookup(const ClientConfig& config, Servers servers, const AskedName& name) {
  const std::uint32_t attempts = std::min(config.attempts.value_or(kAttempts), kMaxAttempts);
  if (attempts == 0) {
    return always({.outcome = LookupOutcome::crashed}, "attempts:0: timeout/attempts divides by zero, SIGFPE", TimingSource::measured);
  }
  const Milliseconds limit = std::chrono::seconds(std::min(config.timeout.value_or(kTimeout), kMaxTimeout));
  std::vector<Candidate> names = candidates(config, name);
  // Enough dots: the search list is not used at all.
  if (names.front().is_as_given) names.resize(1);
  Search search(servers, std::move(names), limit, attempts);
  search.go_on(0, {.share = 1});
  return search.result();
}

}  // namespace

constinit const ClientModel musl_client{.client = Client::musl, .word = "musl", .max_servers = kMaxServers, .lookup = &lookup};

}  // namespace mainstay
