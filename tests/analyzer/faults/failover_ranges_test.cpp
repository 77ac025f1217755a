// Clients whose waits are known as a range, or that remember: c-ares by embedding, systemd-resolved, the JVM, Windows.
#include <catch2/catch.hpp>

#include "analyzer/faults/failover.h"
#include "tests/measured/server_states.h"

namespace mainstay {
namespace {

constexpr ServerState kLate = slow(6000);

struct Row {
  const char* title;
  ClientConfig config;
  std::vector<ServerState> servers;
  LookupOutcome outcome;
  TimeRange first;
  TimeRange later;
};

constexpr TimeRange seconds(double lo, double hi) {
  return {Milliseconds(static_cast<int>(lo * 1000)), Milliseconds(static_cast<int>(hi * 1000))};
}
constexpr TimeRange exactly(double time) { return seconds(time, time); }

ClientConfig of(Client client, std::optional<std::uint32_t> timeout = {}, std::optional<std::uint32_t> attempts = {}) {
  return {.client = client, .timeout = timeout, .attempts = attempts};
}

constexpr LookupOutcome kAnswered = LookupOutcome::answered;
constexpr LookupOutcome kAtOnce = LookupOutcome::failed_at_once;
constexpr LookupOutcome kTimedOut = LookupOutcome::timed_out;

void check(const Row& row) {
  DYNAMIC_SECTION(word(row.config.client) << ": " << row.title) {
    const Failover result = failover(row.config, row.servers);
    CHECK(result.worst().outcome == row.outcome);
    CHECK(text(result.first()) == text(row.first));
    CHECK(text(result.later()) == text(row.later));
  }
}

}  // namespace

TEST_CASE("failover: c-ares doubles its wait with each pass", "[analyzer][failover]") {
  const Row rows[] = {
      {"one silent", of(Client::c_ares_1_19), {kDead}, kTimedOut, exactly(75), exactly(75)},
      {"three silent", of(Client::c_ares_1_19), {kDead, kDead, kDead}, kTimedOut, exactly(225), exactly(225)},
      {"timeout: and attempts: are not read", of(Client::c_ares_1_19, 1, 1), {kDead}, kTimedOut, exactly(75), exactly(75)},
      {"no memory", of(Client::c_ares_1_19), {kDead, kDead, kGood}, kAnswered, exactly(10), exactly(10)},
      {"a fourth server is asked", of(Client::c_ares_1_19), {kDead, kDead, kDead, kGood}, kAnswered, exactly(15), exactly(15)},
      {"a closed port may be waited for", of(Client::c_ares_1_19), {kClosed, kGood}, kAnswered, seconds(0, 5), seconds(0, 5)},
      {"a late reply of any server is taken", of(Client::c_ares_1_19), {kLate, kLate}, kAnswered, exactly(6), exactly(6)},
      {"SERVFAIL leads to the next", of(Client::c_ares_1_19), {kServfail, kGood}, kAnswered, exactly(0), exactly(0)},
      {"one silent", of(Client::c_ares), {kDead}, kTimedOut, seconds(1, 14), seconds(1, 14)},
      {"timeout and attempts are read", of(Client::c_ares, 1, 2), {kDead, kDead}, kTimedOut, seconds(1, 6), seconds(1, 6)},
      {"the good one is remembered", of(Client::c_ares), {kDead, kGood}, kAnswered, seconds(0.25, 2), seconds(0, 2)},
      {"four tries, and a timer that may be a second late", of(Client::node), {kDead}, kTimedOut, seconds(2, 31), seconds(2, 31)},
      {"SERVFAIL is final", of(Client::node), {kServfail, kGood}, kAtOnce, exactly(0), exactly(0)},
      {"attempts: is not read", of(Client::node, 5, 1), {kDead, kDead}, kTimedOut, seconds(4, 151), seconds(4, 151)},
      {"the old defaults", of(Client::envoy), {kDead}, kTimedOut, seconds(2, 75), seconds(2, 75)},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("failover: systemd-resolved moves on only while the stub behind it waits", "[analyzer][failover]") {
  const Row rows[] = {
      {"silent, good: once", of(Client::systemd_resolved), {kDead, kGood}, kAnswered, exactly(5), exactly(0)},
      {"silent, silent, good: the stub gives up first",
       of(Client::systemd_resolved),
       {kDead, kDead, kGood},
       kTimedOut,
       exactly(10),
       seconds(0, 10)},
      {"all silent: the stub's limit", of(Client::systemd_resolved), {kDead, kDead}, kTimedOut, exactly(10), exactly(10)},
      {"an impatient stub never gets past the first",
       of(Client::systemd_resolved, 1, 1),
       {kDead, kGood},
       kTimedOut,
       exactly(1),
       exactly(1)},
      {"SERVFAIL, good", of(Client::systemd_resolved), {kServfail, kGood}, kAnswered, exactly(0), exactly(0)},
      {"NXDOMAIN is final", of(Client::systemd_resolved), {kNxdomain, kGood}, LookupOutcome::denied, exactly(0), exactly(0)},
      {"SERVFAIL", of(Client::systemd_resolved), {kServfail}, kAtOnce, exactly(0), exactly(0)},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("failover: the JVM keeps what it was told, Windows has its own clock", "[analyzer][failover]") {
  const Row rows[] = {
      {"silent, good", of(Client::jvm), {kDead, kGood}, kAnswered, exactly(5), seconds(0, 5)},
      {"one silent", of(Client::jvm), {kDead}, kTimedOut, exactly(10), seconds(0, 10)},
      {"one silent", of(Client::windows), {kDead}, kTimedOut, exactly(10), exactly(10)},
      {"silent, good", of(Client::windows), {kDead, kGood}, kAnswered, exactly(1), exactly(1)},
      {"SERVFAIL", of(Client::windows), {kServfail}, kAtOnce, exactly(0), exactly(0)},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("failover: every client has a word, and all have an answer to everything", "[analyzer][failover]") {
  for (std::uint8_t number = 0; number <= static_cast<std::uint8_t>(Client::windows); ++number) {
    const Client client = static_cast<Client>(number);
    DYNAMIC_SECTION(word(client)) {
      CHECK(client_of_word(word(client)) == client);
      CHECK(failover(of(client), {}).worst().outcome == kAtOnce);
      for (std::uint8_t mode = 0; mode <= static_cast<std::uint8_t>(ServerMode::truncated); ++mode) {
        const ServerState state{static_cast<ServerMode>(mode), {}};
        CHECK(server_mode_of_word(word(state.mode)) == state.mode);
        for (const std::vector<ServerState>& servers : {std::vector{state}, std::vector{state, kGood}, std::vector{kGood, state}}) {
          const Failover result = failover(of(client), servers);
          REQUIRE_FALSE(result.cases.empty());
          double share = 0;
          for (const LookupCase& one : result.cases) {
            share += one.share;
            CHECK(one.first.lo <= one.first.hi);
            CHECK(one.later.lo <= one.later.hi);
          }
          CHECK(share == Approx(1.0));
          CHECK_FALSE(result.arithmetic.empty());
        }
      }
    }
  }
}

}  // namespace mainstay
