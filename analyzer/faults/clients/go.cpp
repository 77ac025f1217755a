// Go's own resolver: one server after the other, the same wait for each (src/net/dnsclient_unix.go, dnsconfig_unix.go of Go 1.19).
#include <fmt/format.h>

#include <algorithm>

#include "analyzer/faults/clients/sequential.h"

namespace mainstay {
namespace {

constexpr std::uint32_t kTimeout = 5;
constexpr std::uint32_t kAttempts = 2;
constexpr std::size_t kMaxServers = 3;

/// Whatever one name came to, the next is tried.
Then then(LookupOutcome, ServerMode) { return Then::next_name; }

Failover lookup(const ClientConfig& config, Servers servers, const AskedName& name) {
  // Both are at least one and have no upper limit.
  const std::uint32_t timeout = std::max<std::uint32_t>(1, config.timeout.value_or(kTimeout));
  const std::uint32_t attempts = std::max<std::uint32_t>(1, config.attempts.value_or(kAttempts));
  SequentialPlan plan{.attempts = attempts,
                      .reaction = &usual_reaction,
                      .then = &then,
                      .rotates = config.rotate,
                      .asks_apart = true,
                      .one_by_one = config.single_request};
  plan.wait = [=](std::size_t, std::uint32_t) {
    const Milliseconds time = std::chrono::seconds(timeout);
    return TimeRange{time, time};
  };
  plan.wait_text = [=](std::size_t server, std::uint32_t) { return fmt::format("w({})={} s", server, timeout); };
  Failover result = ask_in_sequence(plan, servers, candidates(config, name));
  result.source = TimingSource::measured;
  return result;
}

}  // namespace

constinit const ClientModel go_client{.client = Client::go, .word = "go", .max_servers = kMaxServers, .lookup = &lookup};

}  // namespace mainstay
