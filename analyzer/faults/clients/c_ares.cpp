// c-ares, by version and by the program it is built into: one server after the other, each pass over the list with twice the wait.
//
// Up to 1.19 a pass takes the timeout as it is; later versions shorten all but the first pass by chance, to no less than half, and
// from 1.32 on a server's own history may shorten its wait to 250 ms. So figures are ranges there.
#include <fmt/format.h>

#include <algorithm>

#include "analyzer/faults/clients/sequential.h"

namespace mainstay {
namespace {

constexpr Milliseconds kLeastWait{250};

/// What a version or an embedding makes of c-ares.
struct Embedding {
  Milliseconds timeout{2000};
  std::uint32_t tries = 3;
  bool reads_timeout = true;   // timeout: of resolv.conf
  bool reads_attempts = true;  // attempts: of resolv.conf
  bool has_jitter = true;
  bool has_memory = true;  // asks servers that failed last
  bool searches = true;
  bool hears_late_replies = false;
  Milliseconds timer{0};  // how late the program's own timer may be
  Reaction (*reaction)(ServerMode) = &usual_reaction;
};

/// FORMERR is taken as the answer, and a TCP connection that is refused ends the lookup.
Reaction library_reaction(ServerMode mode) {
  return mode == ServerMode::formerr || mode == ServerMode::truncated ? Reaction::give_up : usual_reaction(mode);
}

/// With A and AAAA under way, a closed port may be noticed for one of them only, and the other is waited for, once.
Reaction old_reaction(ServerMode mode) { return mode == ServerMode::closed ? Reaction::none : library_reaction(mode); }
TimeRange old_wait_for_closed(Milliseconds whole, std::uint32_t attempt) {
  return {Milliseconds(0), attempt == 0 ? whole : Milliseconds(0)};
}

/// Node switches the check of replies off: every reply is the answer.
Reaction node_reaction(ServerMode mode) {
  const bool is_reply = mode == ServerMode::servfail || mode == ServerMode::refused || mode == ServerMode::notimp;
  return is_reply ? Reaction::give_up : library_reaction(mode);
}

/// Only a denial leads to the next name.
Then then(LookupOutcome outcome, ServerMode) { return outcome == LookupOutcome::denied ? Then::next_name : Then::stop; }

TimeRange wait_of(const Embedding& how, Milliseconds timeout, std::uint32_t attempt) {
  const Milliseconds whole = timeout * (std::int64_t{1} << std::min(attempt, 20u));
  if (!how.has_jitter) return {whole, whole};
  return {attempt == 0 ? std::min(whole, kLeastWait) : std::min(whole / 2, kLeastWait * (std::int64_t{1} << (attempt - 1))), whole};
}

Failover ask(const Embedding& how, const ClientConfig& config, Servers servers, const AskedName& name) {
  const bool timeout_is_read = how.reads_timeout && config.timeout && *config.timeout > 0;
  const Milliseconds timeout = timeout_is_read ? Milliseconds(std::chrono::seconds(*config.timeout)) : how.timeout;
  const bool attempts_are_read = how.reads_attempts && config.attempts && *config.attempts > 0;
  SequentialPlan plan{.attempts = attempts_are_read ? *config.attempts : how.tries, .reaction = how.reaction, .then = &then};
  plan.rotates = config.rotate;
  plan.late_replies = how.hears_late_replies ? LateReplies::of_any_server : LateReplies::lost;
  const auto is_waited_for = [=](const ServerState& server) {
    return server.mode == ServerMode::closed && how.reaction(server.mode) == Reaction::none;
  };
  plan.wait = [=](std::size_t server, std::uint32_t attempt) {
    if (is_waited_for(servers[server])) return old_wait_for_closed(timeout, attempt);
    return wait_of(how, timeout, attempt);
  };
  plan.wait_text = [=](std::size_t server, std::uint32_t attempt) {
    const bool is_closed = is_waited_for(servers[server]);
    return fmt::format("w({})={}", server,
                       seconds_text((is_closed ? old_wait_for_closed(timeout, attempt) : wait_of(how, timeout, attempt)).hi));
  };
  AskedName asked = name;
  asked.absolute = asked.absolute || !how.searches;
  Failover result = ask_in_sequence(plan, servers, candidates(config, asked));
  for (LookupCase& one : result.cases) {
    if (one.first.hi.count() > 0) one.first.hi += how.timer;
    one.later = one.first;
    if (how.has_memory && one.outcome == LookupOutcome::answered) one.later.lo = Milliseconds(0);
  }
  if (how.has_jitter && result.worst().first.hi.count() > 0) result.arithmetic += " at most";
  result.source = TimingSource::documented;
  return result;
}

constexpr Embedding kOld{.timeout = Milliseconds(5000),
                         .tries = 4,
                         .reads_timeout = false,
                         .reads_attempts = false,
                         .has_jitter = false,
                         .has_memory = false,
                         .hears_late_replies = true,
                         .reaction = &old_reaction};
constexpr Embedding kNew{.reaction = &library_reaction};
constexpr Embedding kNode{.tries = 4, .reads_attempts = false, .searches = false, .timer = Milliseconds(1000), .reaction = &node_reaction};
constexpr Embedding kEnvoy{
    .timeout = Milliseconds(5000), .tries = 4, .reads_timeout = false, .reads_attempts = false, .reaction = &library_reaction};

template <const Embedding& how>
Failover lookup(const ClientConfig& config, Servers servers, const AskedName& name) {
  return ask(how, config, servers, name);
}

}  // namespace

constinit const ClientModel c_ares_1_19_client{.client = Client::c_ares_1_19, .word = "c-ares-1.19", .lookup = &lookup<kOld>};
constinit const ClientModel c_ares_client{.client = Client::c_ares, .word = "c-ares", .lookup = &lookup<kNew>};
constinit const ClientModel node_client{.client = Client::node, .word = "node", .lookup = &lookup<kNode>};
constinit const ClientModel envoy_client{.client = Client::envoy, .word = "envoy", .lookup = &lookup<kEnvoy>};

}  // namespace mainstay
