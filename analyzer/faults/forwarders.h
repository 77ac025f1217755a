// Forwarders: what a client sees of a forwarding server when some of the servers behind it do not answer as they should.
//
// The result is the state of one server, so it is composed with a client by handing it to failover(): the client's patience then cuts off
// what the forwarder is still waiting for, and the forwarder's own failover is added where the client waits long enough.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "analyzer/faults/failover.h"

namespace mainstay {

/// What a forwarder is to its clients.
struct Forwarded {
  ServerState first;  // for questions soon after the servers behind it came into that state
  ServerState later;  // once it has learned from that
  std::string arithmetic;
  TimingSource source = TimingSource::assumed;
};

/// By the name that facts give the software ("bind", "unbound", "dnsmasq", "coredns", "knot-resolver", "pdns-recursor").
/// Shape: nothing when the software is none of these, when there is no server behind it, or when it depends on chance which of
///        several contradicting replies is passed on.
std::optional<Forwarded> forwarded(std::string_view software, std::span<const ServerState> upstreams);

}  // namespace mainstay
