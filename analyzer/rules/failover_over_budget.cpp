#include <fmt/format.h>

#include <map>

#include "analyzer/rules/lookup_times.h"

namespace mainstay {
namespace {

constexpr std::int64_t kNarrow = 80;  // per cent of the deadline

void check(const Analysis& analysis, RuleReport& report) {
  std::map<std::string, SlowStub> stubs;
  each_slow_lookup(analysis, [&](const SlowLookup& lookup) {
    if (!lookup.use->deadline) {
      report.undecided("no enclosing deadline is stated", fmt::format("{}: {}", lookup.workload->id, lookup.host));
      return;
    }
    const Milliseconds deadline(*lookup.use->deadline);
    if (taken(lookup.absolute) * 100 < deadline * kNarrow) return;
    // Where it is the search list that makes it too long, failover-search-amplified says so.
    if (taken(lookup.absolute) < deadline && taken(lookup.as_written) >= deadline) return;
    add(lookup, stubs[lookup.stub->scope]);
  });
  for (const auto& [scope, stub] : stubs) {
    const SlowLookup& worst = *stub.worst;
    const Milliseconds deadline(*worst.use->deadline);
    const bool is_over = taken(worst.absolute) >= deadline;
    Finding finding = finding_about(stub);
    finding.severity = is_over ? Severity::high : Severity::medium;
    finding.message = fmt::format("while {} is silent, {} takes {}, and {} of {} gives up after {}", first_server(*worst.stub),
                                  share_text(worst.absolute), text(worst.absolute.worst().later), worst.use->key, worst.workload->name,
                                  text({deadline, deadline}));
    finding.arithmetic = fmt::format("{}: {} {} deadline {}", worst.library, worst.absolute.arithmetic, is_over ? ">=" : ">= 80 % of",
                                     text({deadline, deadline}));
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule failover_over_budget;
constinit const Rule failover_over_budget{
    .name = "failover-over-budget",
    .summary = "asking the second resolver comes later than the deadline around the lookup",
    .why =
        "The second resolver is there and answers, but the client has given up before it is asked: one silent resolver fails sign-ins "
        "although the list is redundant.",
    .fix = "shorten the wait (`options timeout:1 attempts:2`), put a caching resolver on the node, or raise the deadline",
    .reference = "resolv.conf(5); docs/failover.md",
    .severity = Severity::high,
    .check = &check,
};

}  // namespace mainstay
