#include "analyzer/faults/forwarders.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "analyzer/faults/clients/sequential.h"

namespace mainstay {
namespace {

using Upstreams = std::span<const ServerState>;

/// What one software does. Every figure is of one run or more with the real server on loopback, but CoreDNS's, which are those of its
/// source.
struct Software {
  std::string_view name;
  Milliseconds each_silent;     // what a silent upstream costs when it is asked before a good one
  Milliseconds longest_search;  // it gives up looking for a good one
  ServerState (*all_silent)(std::size_t upstreams);
  ServerState (*all_silent_later)(std::size_t upstreams);
  bool passes_errors_on;  // SERVFAIL of an upstream is the answer
  TimingSource source;
};

ServerState silent(std::size_t) { return {ServerMode::silent, {}}; }
ServerState servfail_at_once(std::size_t) { return {ServerMode::servfail, {}}; }
template <int lo, int hi = lo>
ServerState servfail_after(std::size_t) {
  return {ServerMode::servfail, {Milliseconds(lo), Milliseconds(hi)}};
}
/// network-timeout for each, and max-total-msec over all.
ServerState servfail_after_each(std::size_t upstreams) {
  const Milliseconds time = std::min(Milliseconds(7000), Milliseconds(1500) * static_cast<int>(upstreams));
  return {ServerMode::servfail, {time, time}};
}

constexpr TimingSource kMeasured = TimingSource::measured;
constexpr Software kSoftware[] = {
    // resolver-query-timeout 10 s; a forwarder's smoothed round trip starts below 1 s and is given 200 ms more.
    {"bind", Milliseconds(1250), Milliseconds(10000), &servfail_after<10000>, &servfail_after<10000>, false, kMeasured},
    // Two sends of 376 ms to a server of which nothing is known. With all silent it goes on for more than 100 s; some questions later it
    // takes them as down and answers at once.
    {"unbound", Milliseconds(850), Milliseconds(30000), &silent, &servfail_at_once, false, kMeasured},
    // Never repeats a question by itself; what is new or was not answered goes to all servers.
    {"dnsmasq", Milliseconds(0), Milliseconds(0), &silent, &silent, true, kMeasured},
    // plugin/forward: 2 s a read, 5 s a question, health checks every 0.5 s.
    {"coredns", Milliseconds(2000), Milliseconds(5000), &servfail_after<5000, 6000>, &servfail_after<5000, 6000>, true,
     TimingSource::documented},
    {"knot-resolver", Milliseconds(2060), Milliseconds(10000), &servfail_after<8040>, &servfail_at_once, false, kMeasured},
    {"pdns-recursor", Milliseconds(1550), Milliseconds(7000), &servfail_after_each, &servfail_after_each, false, kMeasured},
};

/// The upstreams by what comes of asking them.
struct Sorted {
  int silent = 0;
  int failing = 0;  // an error at once
  std::vector<ServerState> replying;
};

Sorted sorted(Upstreams upstreams) {
  Sorted all;
  for (const ServerState& one : upstreams) {
    switch (usual_reaction(one.mode)) {
      case Reaction::none: ++all.silent; break;
      case Reaction::accept:
      case Reaction::deny: all.replying.push_back(one); break;
      case Reaction::next_server:
      case Reaction::give_up: ++all.failing; break;
    }
  }
  return all;
}

}  // namespace

std::optional<Forwarded> forwarded(std::string_view software, Upstreams upstreams) {
  const auto* how = std::find_if(std::begin(kSoftware), std::end(kSoftware), [&](const Software& one) { return one.name == software; });
  if (how == std::end(kSoftware) || upstreams.empty()) return std::nullopt;
  const Sorted all = sorted(upstreams);
  if (all.replying.empty()) {
    if (all.silent == 0) return Forwarded{servfail_at_once(0), servfail_at_once(0), "every upstream says no at once", how->source};
    const ServerState first = how->all_silent(upstreams.size());
    const bool answers = first.mode != ServerMode::silent;
    return Forwarded{first, how->all_silent_later(upstreams.size()),
                     answers ? fmt::format("{}: no upstream answers, SERVFAIL after {}", software, text(first.delay))
                             : fmt::format("{}: no upstream answers, and neither does it", software),
                     how->source};
  }
  const ServerMode mode = all.replying.front().mode;
  const auto differs = [&](const ServerState& one) { return one.mode != mode; };
  if (std::any_of(all.replying.begin(), all.replying.end(), differs)) return std::nullopt;
  if (how->passes_errors_on && all.failing > 0) return std::nullopt;
  TimeRange reply = all.replying.front().delay;
  for (const ServerState& one : all.replying) reply = hull(reply, one.delay);
  const Milliseconds search = std::min(how->each_silent * all.silent, how->longest_search);
  const std::string each = how->each_silent.count() > 0 ? fmt::format("up to {} for each silent upstream", seconds_text(how->each_silent))
                                                        : std::string("all upstreams are asked at once");
  return Forwarded{{mode, {reply.lo, reply.hi + search}}, {mode, reply}, fmt::format("{}: {}", software, each), how->source};
}

}  // namespace mainstay
