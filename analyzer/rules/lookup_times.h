// What the rules about failover times share: how long the lookups of a workload take when the first resolver of its list is silent.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "analyzer/faults/failover.h"
#include "analyzer/rules/rule.h"

namespace mainstay {

/// One lookup that a workload makes, with the first server of its stub silent and all others good.
struct SlowLookup {
  const Workload* workload = nullptr;
  const Use* use = nullptr;
  const Stub* stub = nullptr;
  std::string host;     // as it is configured
  std::string library;  // "glibc", or "glibc, as is assumed"
  Failover as_written;  // with the search list
  Failover absolute;    // the same name with a final dot
};

/// Calls `visit` with each lookup that goes slower then: the stub lists another server, its first is not on the host itself, and the
/// library does not remember which server is silent. A library that nobody names is taken as glibc; the confidence says so.
void each_slow_lookup(const Analysis& analysis, const std::function<void(const SlowLookup&)>& visit);

/// What every lookup of the worst kind takes at least.
Milliseconds taken(const Failover& lookup);

/// How sure it is: the stub, its library and what is needed.
Confidence confidence_of(const SlowLookup& lookup);

/// "every lookup", "50 % of lookups".
std::string share_text(const Failover& lookup);

/// The address or name of the stub's first server.
std::string first_server(const Stub& stub);

/// The lookups of one stub that a rule complains about, as one finding.
struct SlowStub {
  std::optional<SlowLookup> worst;  // the one with the least deadline
  std::vector<std::string> workloads;
  std::vector<std::string> hosts;
};
/// Takes one more lookup in.
void add(const SlowLookup& lookup, SlowStub& stub);
/// Subject, affected, evidence and confidence are filled in: the stub first, then who needs it.
Finding finding_about(const SlowStub& stub);

}  // namespace mainstay
