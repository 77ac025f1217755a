#include "analyzer/faults/known_waits.h"

#include <algorithm>

namespace mainstay {
namespace {

LookupWait computed(const AskedWay& way) {
  const ServerState good;
  const auto is_good = [&](const ServerState& one) { return one == good; };
  if (std::all_of(way.kind.begin(), way.kind.end(), is_good) && way.kind == way.harsh) return {};
  LookupWait time = wait_of(failover(way.config, way.kind, way.name), way.config);
  if (way.kind == way.harsh) return time;
  return either(std::move(time), wait_of(failover(way.config, way.harsh, way.name), way.config));
}

}  // namespace

LookupWait wait_of(const Failover& failover, const ClientConfig& config) {
  return {.wait = hull(failover.first(), failover.later()),
          .best = failover.best().outcome,
          .worst = failover.worst().outcome,
          .affected = failover.affected(),
          .arithmetic = failover.arithmetic,
          .source = failover.source,
          .client = std::string(word(config.client))};
}

LookupWait either(LookupWait a, LookupWait b) {
  if (b.worst < a.worst || (b.worst == a.worst && b.wait.hi < a.wait.hi)) std::swap(a, b);
  b.wait = hull(a.wait, b.wait);
  b.best = std::min(a.best, b.best);
  b.affected = std::max(a.affected, b.affected);
  b.source = std::min(a.source, b.source);
  b.inner_unknown = a.inner_unknown || b.inner_unknown;
  return b;
}

const LookupWait& KnownWaits::of(AskedWay way) {
  if (const auto at = known_.find(way); at != known_.end()) return at->second;
  LookupWait time = computed(way);
  time.inner_unknown = time.inner_unknown || way.inner_unknown;
  return known_.emplace(std::move(way), std::move(time)).first->second;
}

const std::optional<Forwarded>& KnownWaits::of(ForwarderStates states) {
  if (const auto at = forwarders_.find(states); at != forwarders_.end()) return at->second;
  std::optional<Forwarded> seen = forwarded(states.software, states.upstreams);
  return forwarders_.emplace(std::move(states), std::move(seen)).first->second;
}

}  // namespace mainstay
