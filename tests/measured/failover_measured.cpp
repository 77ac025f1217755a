// failover_measured [--all] [--table] CLIENT PROGRAM [CLIENT PROGRAM]...: holds the predictions of analyzer/faults against real libraries.
//
// Without --all, scenarios of more than twelve seconds are left out. A scenario that misses is tried twice more, because the machine may
// have been busy; how often is told. --table prints what was measured, a row a scenario, for docs/failover.md. Exit status: 0 all as
// predicted, 1 not, 2 wrong usage, 77 it cannot be tried here.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

#include "tests/measured/scenario.h"
#include "tests/measured/trial.h"

namespace mainstay {
namespace {

constexpr int kSkipped = 77;
constexpr Milliseconds kShort{12500};
constexpr unsigned kTries = 3;

Milliseconds tolerance(Milliseconds time) { return std::max(Milliseconds(50), time / 50); }

bool fits(const LookupCase& one, TimeRange time, const Measured& got) {
  const bool failed = one.outcome == LookupOutcome::failed_at_once || one.outcome == LookupOutcome::timed_out;
  if (got.ending != (failed ? "failed" : word(one.outcome))) return false;
  return got.time >= time.lo - tolerance(time.lo) && got.time <= time.hi + tolerance(time.hi);
}

bool as_predicted(const Failover& prediction, const std::vector<Measured>& lookups, unsigned wanted) {
  const bool crashes = prediction.worst().outcome == LookupOutcome::crashed;
  if (lookups.size() != (crashes ? 1 : wanted)) return false;
  for (std::size_t at = 0; at < lookups.size(); ++at) {
    const auto same = [&](const LookupCase& one) { return fits(one, at == 0 ? one.first : one.later, lookups[at]); };
    if (std::none_of(prediction.cases.begin(), prediction.cases.end(), same)) return false;
  }
  return true;
}

std::string told(const Failover& prediction) {
  std::string all;
  for (const LookupCase& one : prediction.cases) {
    if (!all.empty()) all += " or ";
    all += fmt::format("{} after {}", word(one.outcome), text(one.first));
  }
  return all;
}

std::string told(const std::vector<Measured>& lookups) {
  std::string all;
  for (const Measured& one : lookups)
    all += fmt::format("{}{} {:.2f} s", all.empty() ? "" : ", ", one.ending == "answered" ? "ok" : one.ending,
                       std::chrono::duration<double>(one.time).count());
  return all;
}

struct Checked {
  Scenario scenario;
  Failover prediction;
  Trial trial;
  unsigned tries = 0;
  bool is_right() const { return trial.problem.empty() && as_predicted(prediction, trial.lookups, scenario.lookups); }
};

Milliseconds duration(const Checked& one) { return one.prediction.first().hi * one.scenario.lookups; }

std::vector<Checked> chosen(Client client, bool all) {
  std::vector<Checked> chosen;
  for (Scenario& scenario : scenarios()) {
    Checked one{.scenario = scenario, .prediction = predicted(scenario, client), .trial = {}};
    if (all || duration(one) <= kShort) chosen.push_back(std::move(one));
  }
  return chosen;
}

/// Tries what is not right yet; gives the number of scenarios tried.
std::size_t try_out(std::vector<Checked>& checks, const std::string& program) {
  std::vector<Scenario> open;
  std::vector<Milliseconds> limits;
  for (const Checked& one : checks) {
    if (one.is_right()) continue;
    open.push_back(one.scenario);
    limits.push_back(2 * duration(one) + Milliseconds(10000));
  }
  std::vector<Trial> trials = try_out(open, limits, program);
  std::size_t next = 0;
  for (Checked& one : checks) {
    if (one.is_right()) continue;
    one.trial = std::move(trials[next++]);
    ++one.tries;
  }
  return trials.size();
}

/// A client and what came of it.
struct Session {
  Client client = Client::unknown;
  std::string program;
  std::vector<Checked> checks;
  int status = 0;
};

void tell(Session& session) {
  std::size_t right = 0, again = 0;
  for (const Checked& one : session.checks) {
    again += one.tries - 1;
    if (one.is_right()) {
      ++right;
      continue;
    }
    fmt::print("NOT AS PREDICTED: {}\n  predicted: {}\n  because:   {}\n  measured:  {}\n", one.scenario.title, told(one.prediction),
               one.prediction.arithmetic, told(one.trial.lookups));
  }
  fmt::print("failover of {}: {} of {} scenarios as predicted, {} tried again\n", word(session.client), right, session.checks.size(),
             again);
  session.status = right == session.checks.size() ? 0 : 1;
}

void run(Session& session, bool all) {
  session.checks = chosen(session.client, all);
  for (unsigned round = 0; round < kTries; ++round) {
    if (try_out(session.checks, session.program) == 0) break;
    for (const Checked& one : session.checks) {
      if (one.trial.problem.empty()) continue;
      fmt::print("failover of {}: skipped: not permitted here: {}\n", word(session.client), one.trial.problem);
      session.status = kSkipped;
      return;
    }
  }
  tell(session);
}

void print_table(const std::vector<Session>& sessions) {
  fmt::print("| servers and options |");
  for (const Session& session : sessions) fmt::print(" {} |", word(session.client));
  fmt::print("\n| --- |");
  for (std::size_t at = 0; at < sessions.size(); ++at) fmt::print(" --- |");
  fmt::print("\n");
  for (const Scenario& scenario : scenarios()) {
    std::string row;
    for (const Session& session : sessions) {
      const auto same = [&](const Checked& one) { return one.scenario.title == scenario.title; };
      const auto at = std::find_if(session.checks.begin(), session.checks.end(), same);
      row += fmt::format(" {} |", at == session.checks.end() ? "" : told(at->trial.lookups));
    }
    fmt::print("| {} |{}\n", scenario.title, row);
  }
}

int run(std::vector<Session> sessions, bool all, bool table) {
  int status = 0;
  for (Session& session : sessions) {
    run(session, all);
    status = std::max(status, session.status);
  }
  if (table) print_table(sessions);
  return status;
}

}  // namespace
}  // namespace mainstay

int main(int count, char** arguments) {
  using namespace mainstay;
  std::vector<std::string> words(arguments + 1, arguments + count);
  const bool all = std::erase(words, "--all") > 0;
  const bool table = std::erase(words, "--table") > 0;
  std::vector<Session> sessions;
  for (std::size_t at = 0; at + 1 < words.size(); at += 2) {
    const std::optional<Client> client = client_of_word(words[at]);
    if (client) sessions.push_back({.client = *client, .program = words[at + 1], .checks = {}});
  }
  if (sessions.empty() || sessions.size() * 2 != words.size()) {
    std::fputs("usage: failover_measured [--all] [--table] CLIENT PROGRAM [CLIENT PROGRAM]...\n", stderr);
    return 2;
  }
  for (const Session& session : sessions) {
    if (!session.program.ends_with("-NOTFOUND")) continue;
    fmt::print("failover of {}: skipped: what builds its program is not installed\n", word(session.client));
    return kSkipped;
  }
  return run(std::move(sessions), all, table);
}
