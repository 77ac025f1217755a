#include "analyzer/faults/clients/sequential.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

namespace mainstay {
namespace {

/// Which ends of all time ranges a run takes. At the low end a reply is heard when it may come in time, at the high end when it must.
enum class End : std::uint8_t { lo, hi };
Milliseconds at(TimeRange range, End end) { return end == End::lo ? range.lo : range.hi; }

/// What one candidate name came to.
struct Pass {
  LookupOutcome outcome = LookupOutcome::failed_at_once;
  ServerMode last_reply = ServerMode::good;
  Milliseconds elapsed{0};
  std::uint32_t queries = 0;
  std::vector<std::string> rounds;                // the arithmetic of each attempt
  std::vector<std::optional<Milliseconds>> sent;  // when each server was asked what it has not replied to
};

std::string times(const std::vector<std::string>& texts) {
  std::string whole;
  for (std::size_t begin = 0, end = 0; begin < texts.size(); begin = end) {
    while (end < texts.size() && texts[end] == texts[begin]) ++end;
    const bool is_sum = texts[begin].find(" + ") != std::string::npos;
    if (!whole.empty()) whole += " + ";
    if (end - begin == 1) {
      whole += texts[begin];
    } else {
      whole += is_sum ? fmt::format("{} x ({})", end - begin, texts[begin]) : fmt::format("{} x {}", end - begin, texts[begin]);
    }
  }
  return whole;
}

class Run {
 public:
  Run(const SequentialPlan& plan, Servers servers, End end) : plan_(plan), servers_(servers), end_(end) {}

  Pass pass(const Candidate& name, std::size_t start) const {
    Pass pass;
    pass.sent.resize(servers_.size());
    bool is_over = false;
    for (std::uint32_t attempt = 0; attempt < plan_.attempts && !is_over; ++attempt) {
      std::string round;
      for (std::size_t turn = 0; turn < servers_.size() && !is_over; ++turn) {
        const std::optional<std::size_t> replier = ask((start + turn) % servers_.size(), attempt, pass, round);
        is_over = replier && conclude(servers_[*replier].mode, name, pass);
      }
      if (!round.empty()) pass.rounds.push_back(std::move(round));
    }
    if (!is_over) pass.outcome = error_after(pass.elapsed);
    return pass;
  }

 private:
  static LookupOutcome error_after(Milliseconds elapsed) {
    return elapsed.count() > 0 ? LookupOutcome::timed_out : LookupOutcome::failed_at_once;
  }

  Milliseconds reply_of(std::size_t server, const Pass& pass) const { return *pass.sent[server] + at(servers_[server].delay, end_); }

  /// Whose reply is heard first before `end`, while `server` is waited for.
  std::optional<std::size_t> first_reply(std::size_t server, const Pass& pass, Milliseconds end) const {
    std::optional<std::size_t> first;
    for (std::size_t other = 0; other < servers_.size(); ++other) {
      const Reaction reaction = plan_.reaction(servers_[other].mode);
      if (!pass.sent[other] || reaction == Reaction::none || reply_of(other, pass) >= end) continue;
      // An error of a server that is not waited for any more changes nothing.
      const bool is_heard = other == server || (plan_.late_replies == LateReplies::of_any_server && reaction != Reaction::next_server);
      if (is_heard && (!first || reply_of(other, pass) < reply_of(*first, pass))) first = other;
    }
    return first;
  }

  /// Waits for a server, and gives the one that replied meanwhile.
  std::optional<std::size_t> ask(std::size_t server, std::uint32_t attempt, Pass& pass, std::string& round) const {
    const TimeRange range = plan_.wait(server, attempt);
    const Milliseconds wait = at(range, end_);
    if (!pass.sent[server] || plan_.late_replies == LateReplies::lost) pass.sent[server] = pass.elapsed;
    ++pass.queries;
    const std::optional<std::size_t> replier = first_reply(server, pass, pass.elapsed + (end_ == End::lo ? range.hi : range.lo));
    if (!replier) {
      if (wait.count() > 0) add(round, plan_.wait_text(server, attempt));
      pass.elapsed += wait;
      return std::nullopt;
    }
    const Milliseconds reply = reply_of(*replier, pass);
    if (reply > pass.elapsed) {
      add(round, fmt::format("reply of server {} after {}", *replier + 1, seconds_text(reply - pass.elapsed)));
      pass.elapsed = reply;
    }
    pass.sent[*replier].reset();
    pass.last_reply = servers_[*replier].mode;
    return replier;
  }

  /// What a reply makes of the pass; true when it is over.
  bool conclude(ServerMode mode, const Candidate& name, Pass& pass) const {
    switch (plan_.reaction(mode)) {
      case Reaction::none:
      case Reaction::next_server: return false;
      case Reaction::accept: pass.outcome = name.exists ? LookupOutcome::answered : LookupOutcome::denied; break;
      case Reaction::deny: pass.outcome = LookupOutcome::denied; break;
      case Reaction::give_up: pass.outcome = error_after(pass.elapsed); break;
    }
    return true;
  }

  static void add(std::string& sum, std::string term) { sum = sum.empty() ? std::move(term) : sum + " + " + term; }

  const SequentialPlan& plan_;
  Servers servers_;
  End end_;
};

struct Lookup {
  LookupOutcome outcome = LookupOutcome::failed_at_once;
  Milliseconds elapsed{0};
  std::uint32_t queries = 0;
  std::vector<std::string> passes;
};

/// A and AAAA of one name, where they are lookups of their own.
Pass both(Pass a, Pass aaaa, bool one_by_one) {
  const bool first_is_longer = a.elapsed >= aaaa.elapsed;
  Pass joined = first_is_longer ? a : aaaa;
  joined.queries = a.queries + aaaa.queries;
  joined.outcome = std::min(a.outcome, aaaa.outcome);
  if (!one_by_one) return joined;
  joined.elapsed = a.elapsed + aaaa.elapsed;
  joined.rounds = a.rounds;
  joined.rounds.insert(joined.rounds.end(), aaaa.rounds.begin(), aaaa.rounds.end());
  return joined;
}

Lookup look_up(const SequentialPlan& plan, Servers servers, const std::vector<Candidate>& names, std::size_t start, End end) {
  const Run run(plan, servers, end);
  Lookup lookup;
  bool only_as_given = false;
  for (const Candidate& name : names) {
    if (only_as_given && !name.is_as_given) continue;
    Pass pass = run.pass(name, plan.rotates ? start++ : 0);
    pass.queries *= plan.asks_apart ? 1 : 2;
    if (plan.asks_apart) pass = both(std::move(pass), run.pass(name, plan.rotates ? start++ : 0), plan.one_by_one);
    lookup.outcome = pass.outcome;
    lookup.elapsed += pass.elapsed;
    lookup.queries += pass.queries;
    if (!pass.rounds.empty()) lookup.passes.push_back(times(pass.rounds));
    if (pass.outcome == LookupOutcome::answered) return lookup;
    const Then then = plan.then(pass.outcome, pass.last_reply);
    if (then == Then::stop) break;
    only_as_given = only_as_given || (then == Then::name_as_given && !name.is_as_given);
  }
  // An error that comes at once behind one that took its time is the end of a long wait.
  if (lookup.outcome == LookupOutcome::failed_at_once && lookup.elapsed.count() > 0) lookup.outcome = LookupOutcome::timed_out;
  return lookup;
}

std::string arithmetic_of(const Lookup& lookup) {
  if (lookup.passes.empty()) return "nothing is waited for: 0 s";
  const std::string sum = times(lookup.passes);
  const std::string total = seconds_text(lookup.elapsed);
  return sum.ends_with("=" + total) ? sum : fmt::format("{} = {}", sum, total);
}

}  // namespace

std::string seconds_text(Milliseconds time) {
  return fmt::format("{:.{}f} s", static_cast<double>(time.count()) / 1000, time.count() % 1000 == 0 ? 0 : time.count() % 100 == 0 ? 1 : 2);
}

Reaction usual_reaction(ServerMode mode) {
  switch (mode) {
    case ServerMode::good: return Reaction::accept;
    case ServerMode::silent: return Reaction::none;
    case ServerMode::nxdomain:
    case ServerMode::empty: return Reaction::deny;
    case ServerMode::closed:
    case ServerMode::servfail:
    case ServerMode::refused:
    case ServerMode::notimp:
    case ServerMode::formerr:
    case ServerMode::truncated: break;
  }
  return Reaction::next_server;
}

Failover ask_in_sequence(const SequentialPlan& plan, Servers servers, const std::vector<Candidate>& names) {
  if (servers.empty()) return always({.outcome = LookupOutcome::failed_at_once}, "no server is listed", TimingSource::assumed);
  const std::size_t starts = plan.rotates ? servers.size() : 1;
  const double share = 1.0 / static_cast<double>(starts);
  Failover all;
  std::optional<Lookup> worst;
  for (std::size_t start = 0; start < starts; ++start) {
    Lookup short_one = look_up(plan, servers, names, start, End::lo);
    Lookup long_one = look_up(plan, servers, names, start, End::hi);
    const auto add = [&](const Lookup& one, TimeRange time, double part) {
      all.cases.push_back({.share = part, .outcome = one.outcome, .first = time, .later = time, .queries = one.queries});
    };
    if (short_one.outcome == long_one.outcome) {
      add(long_one, hull({short_one.elapsed, short_one.elapsed}, {long_one.elapsed, long_one.elapsed}), share);
    } else {
      const TimeRange between = hull({short_one.elapsed, short_one.elapsed}, {long_one.elapsed, long_one.elapsed});
      add(short_one, between, share / 2);
      add(long_one, between, share / 2);
      all.shares_known = false;
    }
    for (Lookup* one : {&short_one, &long_one}) {
      if (!worst || std::pair(one->outcome, one->elapsed) > std::pair(worst->outcome, worst->elapsed)) worst = std::move(*one);
    }
  }
  all.cases = tidy(std::move(all.cases));
  all.arithmetic = arithmetic_of(*worst);
  return all;
}

}  // namespace mainstay
