// systemd-resolved behind glibc's stub: the stub asks 127.0.0.53, which asks the listed servers, 5 s each, and stays with the one that
// answers (resolved-dns-transaction.c: DNS_TIMEOUT_USEC; measured with version 252).
#include <fmt/format.h>

#include <algorithm>

#include "analyzer/faults/clients/sequential.h"

namespace mainstay {
namespace {

constexpr Milliseconds kWait{5000};

/// What resolved does with its servers when nobody gives up on it: the state in which the stub sees it.
struct Inside {
  ServerState state;
  std::uint32_t silent_before = 0;
};

Inside inside(Servers servers) {
  Inside result;
  for (const ServerState& server : servers) {
    const Reaction reaction = usual_reaction(server.mode);
    if (reaction == Reaction::next_server) {
      result.state.mode = server.mode;
      continue;
    }
    if (reaction == Reaction::none || server.delay.lo >= kWait) {
      ++result.silent_before;
      continue;
    }
    const Milliseconds before = kWait * result.silent_before;
    result.state = {server.mode, {before + server.delay.lo, before + std::min(server.delay.hi, kWait)}};
    return result;
  }
  // Nobody is left: it tries again and again, for two minutes, longer than any stub waits.
  if (result.silent_before > 0) result.state.mode = ServerMode::silent;
  return result;
}

Failover lookup(const ClientConfig& config, Servers servers, const AskedName& name) {
  const Inside seen = inside(servers);
  Failover result = glibc_client.lookup(config, std::span(&seen.state, 1), name);
  result.source = servers.size() <= 3 && name.absolute ? TimingSource::measured : TimingSource::documented;
  const bool comes_through = result.worst().outcome == LookupOutcome::answered || result.worst().outcome == LookupOutcome::denied;
  if (seen.silent_before == 0 || seen.state.mode == ServerMode::silent) return result;
  result.arithmetic =
      fmt::format("resolved: {} x 5 s until the first server that answers; the stub behind it: {}", seen.silent_before, result.arithmetic);
  // It moves on when its own 5 s are over and the stub still waits. A stub that gives up earlier never gets past the silent server.
  const Milliseconds patience = std::chrono::seconds(config.timeout.value_or(5) * config.attempts.value_or(2));
  for (LookupCase& one : result.cases) {
    if (comes_through) {
      one.later = {};
    } else if (patience >= kWait) {
      one.later = {Milliseconds(0), one.first.hi};
    }
  }
  return result;
}

}  // namespace

constinit const ClientModel systemd_resolved_client{.client = Client::systemd_resolved, .word = "systemd-resolved", .lookup = &lookup};

}  // namespace mainstay
