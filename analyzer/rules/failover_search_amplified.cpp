#include <fmt/format.h>

#include <map>

#include "analyzer/rules/lookup_times.h"

namespace mainstay {
namespace {

void check(const Analysis& analysis, RuleReport& report) {
  std::map<std::string, SlowStub> stubs;
  each_slow_lookup(analysis, [&](const SlowLookup& lookup) {
    if (!lookup.use->deadline) return;
    const Milliseconds deadline(*lookup.use->deadline);
    if (taken(lookup.absolute) >= deadline || taken(lookup.as_written) < deadline) return;
    add(lookup, stubs[lookup.stub->scope]);
  });
  for (const auto& [scope, stub] : stubs) {
    const SlowLookup& worst = *stub.worst;
    const Milliseconds deadline(*worst.use->deadline);
    Finding finding = finding_about(stub);
    const std::string more = stub.hosts.size() > 1 ? fmt::format(" (and {} more)", how_many(stub.hosts.size() - 1, "name")) : "";
    finding.message = fmt::format("while {} is silent, the search list makes {} out of {} for {}{}; {} of {} gives up after {}",
                                  first_server(*worst.stub), text(worst.as_written.worst().later), text(worst.absolute.worst().later),
                                  worst.host, more, worst.use->key, worst.workload->name, text({deadline, deadline}));
    finding.arithmetic = fmt::format("{}: {} >= deadline {} > {} with a final dot", worst.library, worst.as_written.arithmetic,
                                     text({deadline, deadline}), text(worst.absolute.worst().later));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule failover_search_amplified;
constinit const Rule failover_search_amplified{
    .name = "failover-search-amplified",
    .summary = "a search list multiplies the wait for a silent resolver past the deadline",
    .why =
        "A name with fewer dots than ndots is tried below every suffix first, and each of these lookups waits for the silent resolver "
        "again: 5 seconds become 20.",
    .fix = "write the name with a final dot, or set ndots to the number of dots that your names have",
    .reference = "resolv.conf(5), ndots; docs/failover.md",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
