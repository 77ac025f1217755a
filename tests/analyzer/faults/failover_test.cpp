// Figures that were measured with the real libraries on loopback, against the model. tests/measured repeats the measurements.
#include "analyzer/faults/failover.h"

#include <catch2/catch.hpp>

#include "graph/facts/facts.h"
#include "tests/measured/server_states.h"

namespace mainstay {
namespace {

struct Row {
  const char* title;
  ClientConfig config;
  std::vector<ServerState> servers;
  double seconds;  // of the first lookup
  LookupOutcome outcome;
  AskedName name = {};
};

void check(const Row& row) {
  DYNAMIC_SECTION(word(row.config.client) << ": " << row.title) {
    const Failover result = failover(row.config, row.servers, row.name);
    REQUIRE(result.cases.size() == 1);
    CHECK(result.worst().outcome == row.outcome);
    CHECK(result.worst().first.lo == result.worst().first.hi);
    CHECK(static_cast<double>(result.worst().first.lo.count()) == Approx(row.seconds * 1000).margin(0.5));
    CHECK(result.worst().later == result.worst().first);
    CHECK(result.source == TimingSource::measured);
    CHECK_FALSE(result.arithmetic.empty());
  }
}

constexpr LookupOutcome kAnswered = LookupOutcome::answered;
constexpr LookupOutcome kDenied = LookupOutcome::denied;
constexpr LookupOutcome kAtOnce = LookupOutcome::failed_at_once;
constexpr LookupOutcome kTimedOut = LookupOutcome::timed_out;

ClientConfig of(Client client, std::optional<std::uint32_t> timeout = {}, std::optional<std::uint32_t> attempts = {}) {
  return {.client = client, .timeout = timeout, .attempts = attempts};
}

ClientConfig searching(ClientConfig config, std::uint32_t entries, std::uint32_t ndots = 1) {
  config.search_entries = entries;
  config.ndots = ndots;
  return config;
}

constexpr AskedName kAbsolute{.dots = 2, .absolute = true};
constexpr AskedName kNowhere{.dots = 2, .exists = AskedName::Exists::nowhere};

}  // namespace

TEST_CASE("failover: glibc waits as measured", "[analyzer][failover]") {
  const ClientConfig plain = of(Client::glibc);
  const ClientConfig one_two = of(Client::glibc, 1, 2);
  const Row rows[] = {
      {"one silent", plain, {kDead}, 10, kTimedOut},
      {"two silent", plain, {kDead, kDead}, 20, kTimedOut},
      {"three silent: 28, not 30", plain, {kDead, kDead, kDead}, 28, kTimedOut},
      {"three silent, timeout:1 attempts:2", one_two, {kDead, kDead, kDead}, 6, kTimedOut},
      {"three silent, timeout:2 attempts:3", of(Client::glibc, 2, 3), {kDead, kDead, kDead}, 15, kTimedOut},
      {"silent, good", plain, {kDead, kGood}, 5, kAnswered},
      {"silent, silent, good", plain, {kDead, kDead, kGood}, 8, kAnswered},
      {"silent, good, timeout:1", one_two, {kDead, kGood}, 1, kAnswered},
      {"the fourth server is never asked", plain, {kDead, kDead, kDead, kGood}, 28, kTimedOut},
      {"timeout:0 is one second", of(Client::glibc, 0), {kDead}, 2, kTimedOut},
      {"timeout is at most 30", of(Client::glibc, 60, 1), {kDead}, 30, kTimedOut},
      {"attempts are at most 5", of(Client::glibc, 1, 9), {kDead}, 5, kTimedOut},
      {"attempts:0 asks nobody", of(Client::glibc, 1, 0), {kGood}, 0, kAtOnce},
      {"SERVFAIL", plain, {kServfail}, 0, kAtOnce},
      {"SERVFAIL, good", plain, {kServfail, kGood}, 0, kAnswered},
      {"REFUSED, good", plain, {kRefused, kGood}, 0, kAnswered},
      {"closed, silent, good", plain, {kClosed, kDead, kGood}, 3, kAnswered},
      {"silent, SERVFAIL", plain, {kDead, kServfail}, 10, kTimedOut},
      {"FORMERR is final", plain, {kFormerr, kGood}, 0, kDenied},
      {"NXDOMAIN is final", plain, {kNxdomain, kGood}, 0, kDenied},
      {"truncated and no TCP", plain, {kTruncated, kGood}, 0, kAtOnce},
      {"good after 1.5 s, good", plain, {slow(1500), kGood}, 1.5, kAnswered},
      {"good after 1.5 s, good, timeout:1", one_two, {slow(1500), kGood}, 1, kAnswered},
      {"the reply to the first try is taken during the second", one_two, {slow(1500)}, 1.5, kAnswered},
      {"a search list doubles it, whatever its length", searching(plain, 1), {kDead, kDead}, 40, kTimedOut},
      {"three suffixes, ndots:5", searching(plain, 3, 5), {kDead, kDead}, 40, kTimedOut},
      {"an absolute name is not searched for", searching(plain, 3, 5), {kDead, kDead}, 20, kTimedOut, kAbsolute},
      {"silent, good: every suffix costs", searching(plain, 3, 5), {kDead, kGood}, 20, kAnswered},
      {"enough dots: as given first", searching(plain, 3, 1), {kDead, kGood}, 5, kAnswered},
      {"enough dots, but the name does not exist", searching(one_two, 3, 1), {kDead, kGood}, 4, kDenied, kNowhere},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("failover: musl asks all servers at once", "[analyzer][failover]") {
  const ClientConfig plain = of(Client::musl);
  const Row rows[] = {
      {"one silent", plain, {kDead}, 5, kTimedOut},
      {"three silent", plain, {kDead, kDead, kDead}, 5, kTimedOut},
      {"attempts only space the sends", of(Client::musl, 2, 4), {kDead, kDead, kDead}, 2, kTimedOut},
      {"silent, good", plain, {kDead, kGood}, 0, kAnswered},
      {"the fourth server is never asked", plain, {kDead, kDead, kDead, kGood}, 5, kTimedOut},
      {"timeout:0 fails at once", of(Client::musl, 0), {kGood}, 0, kAtOnce},
      {"timeout is at most 60", of(Client::musl, 100, 1), {kDead}, 60, kTimedOut},
      {"attempts:0 divides by zero", of(Client::musl, 1, 0), {kGood}, 0, LookupOutcome::crashed},
      {"SERVFAIL is waited out", plain, {kServfail}, 5, kTimedOut},
      {"closed is waited out", plain, {kClosed}, 5, kTimedOut},
      {"NXDOMAIN", plain, {kNxdomain}, 0, kDenied},
      {"no TCP: what is truncated is empty", plain, {kTruncated}, 0, kDenied},
      {"silence ends the search", searching(plain, 3, 5), {kDead, kDead}, 5, kTimedOut},
      {"the faster reply wins", plain, {slow(300), kNxdomain}, 0, kDenied},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("failover: Go waits the same for every server and name", "[analyzer][failover]") {
  const ClientConfig plain = of(Client::go);
  ClientConfig in_turn = plain;
  in_turn.single_request = true;
  const Row rows[] = {
      {"one silent", plain, {kDead}, 10, kTimedOut},
      {"two silent", plain, {kDead, kDead}, 20, kTimedOut},
      {"three silent", plain, {kDead, kDead, kDead}, 30, kTimedOut},
      {"silent, silent, good", plain, {kDead, kDead, kGood}, 10, kAnswered},
      {"timeout has no upper limit", of(Client::go, 60, 1), {kDead}, 60, kTimedOut},
      {"attempts have no upper limit", of(Client::go, 1, 9), {kDead}, 9, kTimedOut},
      {"attempts:0 is one", of(Client::go, 1, 0), {kDead}, 1, kTimedOut},
      {"single-request doubles it", in_turn, {kDead, kDead}, 40, kTimedOut},
      {"FORMERR leads to the next server", plain, {kFormerr, kGood}, 0, kAnswered},
      {"truncated and no TCP leads to the next server", plain, {kTruncated, kGood}, 0, kAnswered},
      {"late replies are not heard", of(Client::go, 1, 2), {slow(1500)}, 2, kTimedOut},
      {"every name of the search list costs", searching(plain, 3, 5), {kDead, kDead}, 80, kTimedOut},
      {"enough dots make no difference when all are silent", searching(plain, 2, 1), {kDead, kDead}, 60, kTimedOut},
      {"an absolute name is not searched for", searching(plain, 3, 5), {kDead, kDead}, 20, kTimedOut, kAbsolute},
  };
  for (const Row& row : rows) check(row);
}

TEST_CASE("failover: the order decides how many lookups are hit", "[analyzer][failover]") {
  const auto rotating = [](Client client, std::vector<ServerState> servers) {
    return failover({.client = client, .timeout = 1, .rotate = true}, servers);
  };
  CHECK(rotating(Client::glibc, {kDead, kGood}).affected() == Approx(0.5));
  CHECK(rotating(Client::glibc, {kDead, kGood, kGood}).affected() == Approx(1.0 / 3));
  CHECK(rotating(Client::go, {kDead, kGood}).affected() == Approx(1.0));  // A and AAAA start at different servers
  CHECK(rotating(Client::go, {kDead, kGood, kGood}).affected() == Approx(2.0 / 3));
  CHECK(rotating(Client::glibc, {kDead, kGood}).worst().first.hi == Milliseconds(1000));
  CHECK(rotating(Client::glibc, {kNxdomain, kGood}).worst().outcome == kDenied);
  CHECK(rotating(Client::glibc, {kNxdomain, kGood}).worst().share == Approx(0.5));
}

TEST_CASE("failover: replies that contradict each other race in musl", "[analyzer][failover]") {
  const std::vector<ServerState> servers{kNxdomain, kGood};
  const Failover result = failover(of(Client::musl), servers);
  REQUIRE(result.cases.size() == 2);
  CHECK(result.best().outcome == kAnswered);
  CHECK(result.worst().outcome == kDenied);
  CHECK_FALSE(result.shares_known);
}

TEST_CASE("failover: musl begins one more wait when attempts do not divide the timeout", "[analyzer][failover]") {
  const std::vector<ServerState> servers{kDead};
  CHECK(failover(of(Client::musl, 2, 3), servers).first() == TimeRange{Milliseconds(2000), Milliseconds(2664)});
  CHECK(failover(of(Client::musl, 5, 2), servers).first() == TimeRange{Milliseconds(5000), Milliseconds(5000)});
  CHECK(failover(of(Client::musl, 0, 3), servers).first() == TimeRange{});
}

TEST_CASE("failover: a reply that may come too late for musl", "[analyzer][failover]") {
  const std::vector<ServerState> servers{{ServerMode::good, {Milliseconds(500), Milliseconds(3000)}}};
  const Failover result = failover(of(Client::musl, 1), servers);
  REQUIRE(result.cases.size() == 2);
  CHECK(result.best().outcome == kAnswered);
  CHECK(result.best().first == TimeRange{Milliseconds(500), Milliseconds(1000)});
  CHECK(result.worst().outcome == kTimedOut);
  CHECK(result.worst().first == TimeRange{Milliseconds(1000), Milliseconds(1000)});
}

TEST_CASE("failover: the arithmetic can be checked by hand", "[analyzer][failover]") {
  const std::vector<ServerState> two_dead{kDead, kDead, kGood};
  CHECK(failover(of(Client::glibc), two_dead).arithmetic == "w(0)=5 s + w(1)=max(1, 5*2/3)=3 s = 8 s");
  const std::vector<ServerState> all_dead{kDead, kDead};
  CHECK(failover(of(Client::go, 1), all_dead).arithmetic == "2 x (w(0)=1 s + w(1)=1 s) = 4 s");
  CHECK(failover(searching(of(Client::glibc, 1), 3, 5), all_dead).arithmetic == "2 x (2 x (w(0)=1 s + w(1)=max(1, 1*2/2)=1 s)) = 8 s");
}

TEST_CASE("failover: an unknown client gives bounds", "[analyzer][failover]") {
  const std::vector<ServerState> servers{kDead, kGood};
  const Failover result = failover({}, servers);
  CHECK(result.source == TimingSource::assumed);
  CHECK(result.first() == TimeRange{Milliseconds(0), Milliseconds(5000)});
}

TEST_CASE("failover: a range of delays gives a range of times", "[analyzer][failover]") {
  const std::vector<ServerState> servers{{ServerMode::good, {Milliseconds(0), Milliseconds(1250)}}, kGood};
  const Failover fast = failover(of(Client::glibc), servers);
  CHECK(fast.first() == TimeRange{Milliseconds(0), Milliseconds(1250)});
  const Failover capped = failover(of(Client::glibc, 1), servers);
  CHECK(capped.first() == TimeRange{Milliseconds(0), Milliseconds(1000)});
}

TEST_CASE("failover: a stub fact becomes a client", "[analyzer][failover]") {
  Stub stub{.timeout = 1, .attempts = 3, .rotate = true, .library = ResolverLibrary::glibc};
  CHECK(client_config_of(stub).client == Client::glibc);
  CHECK(client_config_of(stub).timeout == 1);
  CHECK(client_config_of(stub).attempts == 3);
  CHECK(client_config_of(stub).ndots == 1);
  CHECK(client_config_of(stub).search_entries == 0);
  CHECK_FALSE(client_config_of(stub).single_request);
  CHECK_FALSE(client_config_of(stub).use_vc);
  stub.search = {Text("corp.example"), Text("lab.example")};
  stub.single_request = stub.use_vc = true;
  CHECK(client_config_of(stub).search_entries == 2);
  CHECK(client_config_of(stub).single_request);
  CHECK(client_config_of(stub).use_vc);
}

}  // namespace mainstay
