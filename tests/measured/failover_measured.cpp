// failover_measured CLIENT PROGRAM [--all] [--table]: holds the predictions of analyzer/faults against a real library.
//
// Without --all, scenarios of more than twelve seconds are left out. A scenario that misses is tried twice more, because the machine may
// have been busy; how often is told. --table prints what was measured as a table for docs/failover.md. Exit status: 0 all as predicted, 1
// not, 2 wrong usage, 77 it cannot be tried here.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
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
    all += fmt::format("{}{} {:.2f} s", all.empty() ? "" : ", ", one.ending, std::chrono::duration<double>(one.time).count());
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

void print_table(Client client, const std::vector<Checked>& checks) {
  fmt::print("| servers, options | {}: predicted | measured | arithmetic |\n| --- | --- | --- | --- |\n", word(client));
  for (const Checked& one : checks) {
    fmt::print("| {} | {} | {} | {} |\n", one.scenario.title, told(one.prediction), told(one.trial.lookups), one.prediction.arithmetic);
  }
}

int run(Client client, const std::string& program, bool all, bool table) {
  std::vector<Checked> checks = chosen(client, all);
  for (unsigned round = 0; round < kTries; ++round) {
    if (try_out(checks, program) == 0) break;
    const auto* cannot =
        std::find_if(checks.data(), checks.data() + checks.size(), [](const Checked& one) { return !one.trial.problem.empty(); });
    if (cannot != checks.data() + checks.size()) {
      fmt::print("failover of {}: skipped: not permitted here: {}\n", word(client), cannot->trial.problem);
      return kSkipped;
    }
  }
  std::size_t right = 0, again = 0;
  for (const Checked& one : checks) {
    again += one.tries - 1;
    if (one.is_right()) {
      ++right;
      continue;
    }
    fmt::print("NOT AS PREDICTED: {}\n  predicted: {}\n  because:   {}\n  measured:  {}\n", one.scenario.title, told(one.prediction),
               one.prediction.arithmetic, told(one.trial.lookups));
  }
  if (table) print_table(client, checks);
  fmt::print("failover of {}: {} of {} scenarios as predicted, {} tried again\n", word(client), right, checks.size(), again);
  return right == checks.size() ? 0 : 1;
}

}  // namespace
}  // namespace mainstay

int main(int count, char** arguments) {
  const std::vector<std::string> words(arguments + 1, arguments + count);
  const auto has = [&](const char* option) { return std::find(words.begin(), words.end(), option) != words.end(); };
  const std::optional<mainstay::Client> client = words.empty() ? std::nullopt : mainstay::client_of_word(words[0]);
  if (!client || words.size() < 2) {
    std::fputs("usage: failover_measured CLIENT PROGRAM [--all] [--table]\n", stderr);
    return 2;
  }
  if (words[1].ends_with("-NOTFOUND")) {
    fmt::print("failover of {}: skipped: what builds its program is not installed\n", words[0]);
    return mainstay::kSkipped;
  }
  return mainstay::run(*client, words[1], has("--all"), has("--table"));
}
