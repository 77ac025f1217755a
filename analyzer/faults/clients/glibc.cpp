// glibc: getaddrinfo asks A and AAAA together, one server after the other (resolv/res_send.c, res_query.c of glibc 2.36).
#include <fmt/format.h>

#include <algorithm>

#include "analyzer/faults/clients/sequential.h"

namespace mainstay {
namespace {

// RES_TIMEOUT, RES_DFLRETRY, RES_MAXRETRANS, RES_MAXRETRY, MAXNS in <resolv.h>
constexpr std::uint32_t kTimeout = 5;
constexpr std::uint32_t kAttempts = 2;
constexpr std::uint32_t kMaxTimeout = 30;
constexpr std::uint32_t kMaxAttempts = 5;
constexpr std::size_t kMaxServers = 3;

/// FORMERR is taken as an answer, which getaddrinfo calls "name or service not known". A truncated reply sets off TCP, and when that fails
/// with the second reply already there, the lookup ends.
Reaction reaction(ServerMode mode) {
  if (mode == ServerMode::formerr) return Reaction::deny;
  if (mode == ServerMode::truncated) return Reaction::give_up;
  return usual_reaction(mode);
}

/// A denial leads to the next name. Silence ends the search list, but the name as given is still tried.
Then then(LookupOutcome outcome, ServerMode last_reply) {
  if (last_reply == ServerMode::formerr) return Then::name_as_given;
  if (outcome == LookupOutcome::denied || last_reply == ServerMode::servfail) return Then::next_name;
  return Then::name_as_given;
}

/// With use-vc the list is gone through once, and only the system ends a connection that is not answered: 1+2+4+...+64 s after the first
/// SYN (tcp(7), tcp_syn_retries = 6).
Failover ask_by_tcp(SequentialPlan plan, Servers servers, const std::vector<Candidate>& names) {
  constexpr Milliseconds kConnect{127000};
  plan.attempts = 1;
  plan.reaction = &usual_reaction;
  plan.wait = [=](std::size_t, std::uint32_t) { return TimeRange{kConnect, kConnect}; };
  plan.wait_text = [=](std::size_t server, std::uint32_t) { return fmt::format("connect({})={}", server, seconds_text(kConnect)); };
  Failover result = ask_in_sequence(plan, servers, names);
  result.source = TimingSource::documented;
  return result;
}

Failover lookup(const ClientConfig& config, Servers servers, const AskedName& name) {
  const std::uint32_t attempts = std::min(config.attempts.value_or(kAttempts), kMaxAttempts);
  if (attempts == 0) {
    return always({.outcome = LookupOutcome::failed_at_once}, "attempts:0: no server is ever asked", TimingSource::measured);
  }
  const std::uint32_t timeout = std::min(config.timeout.value_or(kTimeout), kMaxTimeout);
  const std::size_t count = servers.size();
  // seconds = timeout << i, divided by the number of servers from the second on; never below one.
  const auto seconds = [=](std::size_t server) {
    const std::uint32_t whole = timeout << server;
    return std::max<std::uint32_t>(1, server == 0 ? whole : whole / static_cast<std::uint32_t>(count));
  };
  SequentialPlan plan{
      .attempts = attempts, .reaction = &reaction, .then = &then, .late_replies = LateReplies::of_same_server, .rotates = config.rotate};
  if (config.use_vc) return ask_by_tcp(std::move(plan), servers, candidates(config, name));
  plan.wait = [=](std::size_t server, std::uint32_t) {
    const Milliseconds time = std::chrono::seconds(seconds(server));
    return TimeRange{time, time};
  };
  plan.wait_text = [=](std::size_t server, std::uint32_t) {
    if (server == 0) return fmt::format("w(0)={} s", seconds(0));
    return fmt::format("w({})=max(1, {}*{}/{})={} s", server, timeout, 1u << server, count, seconds(server));
  };
  Failover result = ask_in_sequence(plan, servers, candidates(config, name));
  result.source = TimingSource::measured;
  return result;
}

}  // namespace

constinit const ClientModel glibc_client{.client = Client::glibc, .word = "glibc", .max_servers = kMaxServers, .lookup = &lookup};

}  // namespace mainstay
