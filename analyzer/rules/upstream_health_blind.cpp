#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/server_questions.h"

namespace mainstay {
namespace {

/// How many servers a forward may choose from, those of a machine's own list included.
std::size_t choices(Resolution& resolution, const Server& server, const Forward& forward) {
  std::size_t count = 0;
  for (const Upstream& upstream : forward.upstreams) {
    if (upstream.stub.empty()) {
      count += resolution.servers_of(upstream, server.scope).size();
      continue;
    }
    for (const Stub* stub : resolution.stubs_named(upstream.stub)) count += stub->servers.size();
  }
  return count;
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const auto& [server, questions] : questions_by_server(analysis)) {
    for (const Forward& forward : server->forwards) {
      if (forward.max_fails != 0 || choices(analysis.resolution(), *server, forward) < 2) continue;
      std::set<NodeId> goals;
      for (const ServerQuestion& question : questions) {
        if (analysis.resolution().treat(*server, question.name).forward != &forward) continue;
        for (const NodeId goal : analysis.dependents(question.node)) goals.insert(goal);
      }
      if (goals.empty()) continue;
      const std::vector<NodeId> asking(goals.begin(), goals.end());
      Finding finding;
      finding.subjects = {{"resolver", server->id}, {"name", forward.zone.text()}};
      finding.affected = analysis.names(asking);
      finding.confidence = strongest(forward.reasons);
      add_evidence(forward.reasons, 3, finding.evidence);
      add_use_evidence(analysis, asking.front(), finding.evidence);
      finding.message = fmt::format("{} never leaves a dead upstream out: each lookup that meets it waits, for {}", server->id,
                                    how_many(goals.size(), "workload"));
      report.add(std::move(finding));
    }
  }
}

}  // namespace

extern const Rule upstream_health_blind;
constinit const Rule upstream_health_blind{
    .name = "upstream-health-blind",
    .summary = "a forwarder with several upstreams does not notice that one is dead",
    .why =
        "With `max_fails 0` every upstream counts as healthy for ever, so a share of all questions goes to the dead one and waits for its "
        "timeout before the next is asked; with `policy sequential` it is the first of the list for every question. Even with checks, "
        "CoreDNS takes SERVFAIL and REFUSED for health.",
    .fix = "leave max_fails at its default of 2, and where the version has it add `failover SERVFAIL REFUSED`",
    .reference = "CoreDNS, forward plugin",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
