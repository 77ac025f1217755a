#include "analyzer/faults/clients/sequential.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>

namespace mainstay {
namespace {

/// Which ends of all time ranges a run takes.
enum class End : std::uint8_t { lo, hi };
Milliseconds at(TimeRange range, End end) { return end == End::lo ? range.lo : range.hi; }

/// What one candidate name came to.
struct Pass {
  LookupOutcome outcome = LookupOutcome::failed_at_once;
  ServerMode last_reply = ServerMode::good;
  Milliseconds elapsed{0};
  std::uint32_t queries = 0;
  std::vector<std::string> rounds;  // the arithmetic of each attempt
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
    std::vector<std::optional<Milliseconds>> sent(servers_.size());
    for (std::uint32_t attempt = 0; attempt < plan_.attempts; ++attempt) {
      std::string round;
      for (std::size_t turn = 0; turn < servers_.size(); ++turn) {
        const std::size_t server = (start + turn) % servers_.size();
        const bool ends = ask(server, attempt, name, pass, sent[server], round);
        if (ends) {
          if (!round.empty()) pass.rounds.push_back(std::move(round));
          return pass;
        }
      }
      if (!round.empty()) pass.rounds.push_back(std::move(round));
    }
    pass.outcome = pass.elapsed.count() > 0 ? LookupOutcome::timed_out : LookupOutcome::failed_at_once;
    return pass;
  }

 private:
  /// True when the pass is over.
  bool ask(std::size_t server, std::uint32_t attempt, const Candidate& name, Pass& pass, std::optional<Milliseconds>& sent,
           std::string& round) const {
    const ServerState& state = servers_[server];
    const Reaction reaction = plan_.reaction(state.mode);
    const Milliseconds wait = at(plan_.wait(server, attempt), end_);
    if (!sent || !plan_.hears_late_replies) sent = pass.elapsed;
    ++pass.queries;
    const Milliseconds reply = *sent + at(state.delay, end_);
    if (reaction == Reaction::none || reply >= pass.elapsed + wait) {
      if (wait.count() > 0) add(round, plan_.wait_text(server, attempt));
      pass.elapsed += wait;
      return false;
    }
    if (reply > pass.elapsed) {
      add(round, fmt::format("reply of server {} after {}", server + 1, seconds_text(reply - pass.elapsed)));
      pass.elapsed = reply;
    }
    sent.reset();
    pass.last_reply = state.mode;
    if (reaction == Reaction::next_server) return false;
    if (reaction == Reaction::accept) pass.outcome = name.exists ? LookupOutcome::answered : LookupOutcome::denied;
    if (reaction == Reaction::deny) pass.outcome = LookupOutcome::denied;
    if (reaction == Reaction::give_up) {
      pass.outcome = pass.elapsed.count() > 0 ? LookupOutcome::timed_out : LookupOutcome::failed_at_once;
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
      add(short_one, {short_one.elapsed, short_one.elapsed}, share / 2);
      add(long_one, {long_one.elapsed, long_one.elapsed}, share / 2);
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
