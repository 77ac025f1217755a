#include "analyzer/faults/forwarders.h"

#include <catch2/catch.hpp>

#include "tests/measured/server_states.h"

namespace mainstay {
namespace {

std::string told(const ServerState& state) { return std::string(word(state.mode)) + " after " + text(state.delay); }

/// What a glibc stub with the defaults makes of one such forwarder.
Failover asked_of(const ServerState& forwarder) { return failover({.client = Client::glibc}, std::span(&forwarder, 1)); }

}  // namespace

TEST_CASE("forwarders: what is seen of them when servers behind them are silent", "[analyzer][failover][forwarders]") {
  struct Row {
    const char* software;
    std::vector<ServerState> upstreams;
    const char* first;
    const char* later;
  };
  const Row rows[] = {
      {"bind", {kDead, kGood}, "good after 0 s to 1.25 s", "good after 0 s"},
      {"bind", {kDead, kDead}, "servfail after 10 s", "servfail after 10 s"},
      {"unbound", {kDead, kGood}, "good after 0 s to 0.85 s", "good after 0 s"},
      {"unbound", {kDead, kDead}, "silent after 0 s", "servfail after 0 s"},
      {"dnsmasq", {kDead, kGood}, "good after 0 s", "good after 0 s"},
      {"dnsmasq", {kDead, kDead}, "silent after 0 s", "silent after 0 s"},
      {"coredns", {kDead, kGood}, "good after 0 s to 2 s", "good after 0 s"},
      {"coredns", {kDead, kDead}, "servfail after 5 s to 6 s", "servfail after 5 s to 6 s"},
      {"knot-resolver", {kDead, kDead}, "servfail after 8.04 s", "servfail after 0 s"},
      {"pdns-recursor", {kDead, kDead}, "servfail after 3 s", "servfail after 3 s"},
      {"bind", {kServfail, kServfail}, "servfail after 0 s", "servfail after 0 s"},
      {"bind", {kNxdomain, kDead}, "nxdomain after 0 s to 1.25 s", "nxdomain after 0 s"},
  };
  for (const Row& row : rows) {
    DYNAMIC_SECTION(row.software << ": " << row.first) {
      const std::optional<Forwarded> seen = forwarded(row.software, row.upstreams);
      REQUIRE(seen);
      CHECK(told(seen->first) == row.first);
      CHECK(told(seen->later) == row.later);
      CHECK_FALSE(seen->arithmetic.empty());
    }
  }
}

TEST_CASE("forwarders: what cannot be told is not told", "[analyzer][failover][forwarders]") {
  const std::vector<ServerState> contradicting{kNxdomain, kGood};
  const std::vector<ServerState> failing{kServfail, kGood};
  const std::vector<ServerState> good{kGood};
  CHECK_FALSE(forwarded("bind", contradicting));
  CHECK_FALSE(forwarded("coredns", failing));  // passes SERVFAIL on, and which upstream is asked is chance
  CHECK(forwarded("bind", failing));
  CHECK_FALSE(forwarded("amazon-provided-dns", good));
  CHECK_FALSE(forwarded("bind", {}));
}

TEST_CASE("forwarders: the client's patience and the forwarder's compose", "[analyzer][failover][forwarders]") {
  const std::vector<ServerState> one_dead{kDead, kGood};
  const std::vector<ServerState> all_dead{kDead, kDead};
  // Success: the forwarder's own failover is what the client waits.
  CHECK(text(asked_of(forwarded("bind", one_dead)->first).first()) == "0 s to 1.25 s");
  // BIND would say SERVFAIL after 10 s; the stub has asked again after 5 s and hears that reply just when its second try ends.
  CHECK(text(asked_of(forwarded("bind", all_dead)->first).first()) == "10 s");
  CHECK(asked_of(forwarded("bind", all_dead)->first).worst().outcome == LookupOutcome::timed_out);
  // Knot's SERVFAIL after 8.04 s comes during the second try.
  CHECK(asked_of(forwarded("knot-resolver", all_dead)->first).worst().outcome == LookupOutcome::timed_out);
  CHECK(text(asked_of(forwarded("knot-resolver", all_dead)->later).first()) == "0 s");
  // A second server behind the stub is reached after the stub's wait, whatever the forwarder still waits for.
  const std::vector<ServerState> list{forwarded("unbound", all_dead)->first, kGood};
  CHECK(text(failover({.client = Client::glibc}, list).first()) == "5 s");
}

}  // namespace mainstay
