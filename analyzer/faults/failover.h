// Failover: how a lookup ends and how long it takes when some of the servers that a stub resolver lists do not answer as they should.
//
// Numbers and modes in, numbers out: nothing of the graph is needed. Each client library has its own way, written down in
// analyzer/faults/clients and in docs/failover.md; those of glibc, musl and Go are held against the real libraries by tests/measured.
#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <optional>

namespace mainstay {

struct Stub;

using Milliseconds = std::chrono::milliseconds;

/// From the shortest to the longest time that is possible, both included.
struct TimeRange {
  Milliseconds lo{0};
  Milliseconds hi{0};
  friend auto operator<=>(const TimeRange&, const TimeRange&) = default;
};
TimeRange operator+(TimeRange a, TimeRange b);
/// The smallest range around both.
TimeRange hull(TimeRange a, TimeRange b);
/// "8 s", "1.25 s", "0 s to 2 s", "40 ms".
std::string text(TimeRange range);

/// Who sends the questions. The same library behaves differently by version and by the program it is built into.
enum class Client : std::uint8_t {
  unknown,           // bounds over what is common on servers: glibc, musl and Go
  glibc,             // getaddrinfo; also dns.lookup of Node, Python, curl on most distributions
  musl,              // up to 1.2.3 without TCP
  go,                // Go's own resolver; with cgo it is that of the system
  c_ares_1_19,       // c-ares up to 1.19: does not read timeout: and attempts:
  c_ares,            // c-ares from 1.20
  node,              // c-ares inside Node: dns.resolve and its kin
  envoy,             // c-ares inside Envoy
  systemd_resolved,  // glibc's stub asks 127.0.0.53, which asks the servers that are listed
  jvm,               // InetAddress: caches on top of glibc
  windows
};
std::string_view word(Client client);
/// The client of that word ("glibc", "c-ares-1.19", "node"); nothing for other words.
std::optional<Client> client_of_word(std::string_view word);

/// A stub resolver as it is configured. Unset numbers mean the client's default.
/// Units: timeout in seconds, as resolv.conf(5) has it.
struct ClientConfig {
  Client client = Client::unknown;
  std::optional<std::uint32_t> timeout;
  std::optional<std::uint32_t> attempts;
  std::uint32_t ndots = 1;
  std::uint32_t search_entries = 0;
  bool rotate = false;
  bool single_request = false;
  bool use_vc = false;  // TCP only
  friend auto operator<=>(const ClientConfig&, const ClientConfig&) = default;
};

/// What a server does with a question.
enum class ServerMode : std::uint8_t {
  good,
  silent,  // packets vanish
  closed,  // the host says that nothing listens there (ICMP port unreachable, TCP reset)
  servfail,
  refused,
  notimp,
  formerr,
  nxdomain,  // denies every name
  empty,     // NOERROR without data for every name
  truncated  // answers that the answer is too long, and takes no TCP
};
std::string_view word(ServerMode mode);
std::optional<ServerMode> server_mode_of_word(std::string_view word);

/// A listed server. `delay` is how long its reply takes, whatever the reply is; a slow server is good with a delay.
struct ServerState {
  ServerMode mode = ServerMode::good;
  TimeRange delay;
  friend auto operator<=>(const ServerState&, const ServerState&) = default;
};

/// The name that a program looks up, and which of the names made from it exists.
struct AskedName {
  enum class Exists : std::uint8_t { as_given, below_suffix, nowhere };
  std::uint32_t dots = 2;
  bool absolute = false;  // with a final dot: the search list is not used
  Exists exists = Exists::as_given;
  std::uint32_t suffix = 0;  // position in the search list, for below_suffix
  friend auto operator<=>(const AskedName&, const AskedName&) = default;
};

/// How a lookup ends, from best to worst.
enum class LookupOutcome : std::uint8_t {
  answered,
  denied,          // "no such name": wrong, when the name exists
  failed_at_once,  // an error without any waiting for silence
  timed_out,       // an error after waiting
  crashed          // the library takes the process down
};
std::string_view word(LookupOutcome outcome);

/// How well a figure is founded.
enum class TimingSource : std::uint8_t { assumed, documented, measured };
std::string_view word(TimingSource source);

/// One way in which lookups go.
struct LookupCase {
  double share = 1;  // of all lookups
  LookupOutcome outcome = LookupOutcome::answered;
  TimeRange first;            // the first lookup after the servers came into that state
  TimeRange later;            // each one after it, in the same process
  std::uint32_t queries = 0;  // packets that ask, at most, counting A and AAAA
  friend auto operator<=>(const LookupCase&, const LookupCase&) = default;
};

/// What lookups are like.
/// Shape: `cases` is never empty, sorted from best to worst; shares add up to 1. There is one case unless the order of servers is random or
///        two replies race.
struct Failover {
  std::vector<LookupCase> cases;
  bool shares_known = true;  // false: which case it is depends on what nobody knows (a race, a time within a range)
  std::string arithmetic;    // of the worst case: "w(0)=5 s + w(1)=max(1, 5*2/3)=3 s = 8 s"
  TimingSource source = TimingSource::assumed;

  const LookupCase& best() const { return cases.front(); }
  const LookupCase& worst() const { return cases.back(); }
  /// Over all cases.
  TimeRange first() const;
  TimeRange later() const;
  /// The share of lookups that are not answered without waiting: p of "degraded(p)".
  double affected() const;
};

/// What becomes of lookups of `name` by a client whose servers are in these states, in the order of the list.
/// Shape: servers past the client's limit take no part; an empty list fails at once.
Failover failover(const ClientConfig& config, std::span<const ServerState> servers, const AskedName& name = {});

/// How many servers of a list the client ever asks; nothing when it asks all of them.
std::optional<std::size_t> max_servers(Client client);

/// The configuration that a stub fact describes.
ClientConfig client_config_of(const Stub& stub);

}  // namespace mainstay
