// The Windows DNS client: the first server, after 1 s the next, and so on; it gives up 10 s after the first question (Microsoft, "DNS
// client resolution timeouts"). It does not read resolv.conf, so the numbers of a configuration say nothing.
#include <algorithm>

#include "analyzer/faults/clients/sequential.h"

namespace mainstay {
namespace {

constexpr Milliseconds kNext{1000};
constexpr Milliseconds kLimit{10000};

Failover lookup(const ClientConfig&, Servers servers, const AskedName& name) {
  Milliseconds asked{0};
  LookupCase end{.outcome = LookupOutcome::timed_out, .first = {kLimit, kLimit}, .later = {kLimit, kLimit}};
  for (const ServerState& server : servers) {
    const Reaction reaction = usual_reaction(server.mode);
    if (reaction == Reaction::accept || reaction == Reaction::deny) {
      const bool exists = reaction == Reaction::accept && name.exists != AskedName::Exists::nowhere;
      const TimeRange time{std::min(kLimit, asked + server.delay.lo), std::min(kLimit, asked + server.delay.hi)};
      end = {.outcome = exists ? LookupOutcome::answered : LookupOutcome::denied, .first = time, .later = time};
      break;
    }
    if (reaction == Reaction::none) asked += kNext;
  }
  if (end.outcome == LookupOutcome::timed_out && asked.count() == 0) end = {.outcome = LookupOutcome::failed_at_once};
  return always(end, "1 s to each next server, 10 s in all", TimingSource::documented);
}

}  // namespace

constinit const ClientModel windows_client{.client = Client::windows, .word = "windows", .lookup = &lookup};

}  // namespace mainstay
