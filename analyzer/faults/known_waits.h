// Known waits: what it is like to ask servers that are in certain states in a certain way. Many lookups are alike in that.
#pragma once

#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "analyzer/faults/failover.h"
#include "analyzer/faults/forwarders.h"

namespace mainstay {

/// How one lookup goes.
struct LookupWait {
  TimeRange wait;  // until it is answered, or fails; over all cases that are possible
  LookupOutcome best = LookupOutcome::answered;
  LookupOutcome worst = LookupOutcome::answered;
  double affected = 0;     // share of lookups that are not answered without waiting, when that is known
  std::string arithmetic;  // of the worst case
  TimingSource source = TimingSource::assumed;
  std::string client;          // whose way of failing over it is
  bool inner_unknown = false;  // a server on the way fails over by itself, and how long that takes is not known
};

/// One way of failing over, as it concerns a lookup.
LookupWait wait_of(const Failover& failover, const ClientConfig& config);

/// Either of two: the worse arithmetic is kept.
LookupWait either(LookupWait a, LookupWait b);

/// One way of asking.
struct AskedWay {
  ClientConfig config;
  AskedName name;
  std::vector<ServerState> kind;   // the servers in the order of the list, at their best
  std::vector<ServerState> harsh;  // and at their worst; nobody can tell which it is
  bool inner_unknown = false;
  friend auto operator<=>(const AskedWay&, const AskedWay&) = default;
};

/// What a forwarder is to its clients while the servers behind it are in certain states.
struct ForwarderStates {
  std::string software;
  std::vector<ServerState> upstreams;
  friend auto operator<=>(const ForwarderStates&, const ForwarderStates&) = default;
};

/// Each way is worked out once, however many lookups and scenarios ask for it.
class KnownWaits {
 public:
  /// The reference holds as long as the object.
  const LookupWait& of(AskedWay way);
  const std::optional<Forwarded>& of(ForwarderStates states);

  /// All that was asked so far.
  const std::map<AskedWay, LookupWait>& ways() const { return known_; }
  const std::map<ForwarderStates, std::optional<Forwarded>>& forwarders() const { return forwarders_; }

 private:
  std::map<AskedWay, LookupWait> known_;
  std::map<ForwarderStates, std::optional<Forwarded>> forwarders_;
};

}  // namespace mainstay
