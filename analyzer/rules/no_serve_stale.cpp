#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "analyzer/rules/resolver_faults.h"
#include "analyzer/rules/server_questions.h"
#include "analyzer/rules/zone_servers.h"

namespace mainstay {
namespace {

constexpr std::uint32_t kTimeToRecover = 30 * 60;  // assumed while nothing in the tree says another

struct Product {
  std::string_view software;
  std::string_view unset;  // what it does when nothing is said
};
constexpr Product kProducts[] = {{"unbound", "unbound.conf(5): serve-expired is no unless it is set"},
                                 {"bind", "BIND 9 manual: stale-answer-enable is no unless it is set"},
                                 {"coredns", "CoreDNS, cache plugin: nothing is served stale without serve_stale"},
                                 {"dnsmasq", "dnsmasq(8): expired entries are not used without use-stale-cache"},
                                 {"systemd-resolved", "resolved.conf(5): StaleRetentionSec is 0 unless it is set"}};

const Product* product_of(const Server& server) {
  const auto* found =
      std::find_if(std::begin(kProducts), std::end(kProducts), [&](const Product& one) { return one.software == server.software; });
  return found == std::end(kProducts) ? nullptr : found;
}

bool serves_stale(const Server& server) { return server.cache.serve_stale.value_or(0) > 0; }

/// Which servers have stale answers behind them for one name: every upstream that they forward it to serves such ones, or has them behind
/// itself. A loop of forwarders has none.
class StaleBehind {
 public:
  StaleBehind(Resolution& resolution, const DomainName& name) : resolution_(resolution), name_(name) {}

  bool has(const Server& server) {
    const auto [at, is_new] = known_.try_emplace(&server, false);
    if (!is_new) return at->second;
    const Treatment how = resolution_.treat(server, name_);
    if (how.via != Via::forwarded || how.forward->upstreams.empty()) return false;
    for (const Upstream& upstream : how.forward->upstreams) {
      const std::vector<const Server*> next = resolution_.servers_of(upstream, server.scope);
      const bool covered = std::all_of(next.begin(), next.end(), [&](const Server* one) { return serves_stale(*one) || has(*one); });
      if (next.empty() || !covered) return false;
    }
    return known_[&server] = true;
  }

 private:
  Resolution& resolution_;
  const DomainName& name_;
  std::map<const Server*, bool> known_;
};

/// True when only servers that serve stale answers ask this question.
bool is_covered_before(const Analysis& analysis, NodeId question) {
  const RequirementGraph& graph = analysis.graph();
  const GateIndex& gates = analysis.fixed_points().gates();
  for (const std::uint32_t gate : gates.gates_with(index(question))) {
    const std::vector<NodeId> resolvers = needed_of_kind(graph, NodeId(gates.owner(gate)), NodeKind::resolver);
    const Server* asker = resolvers.empty() ? nullptr : analysis.estate().server(graph.node(resolvers.front()).name);
    if (asker == nullptr || !serves_stale(*asker)) return false;
  }
  return true;
}

/// How long a name is kept: the shortest TTL along its aliases, and the record that has it.
struct Kept {
  std::uint32_t seconds = 0;
  DomainName name;
  const Record* record = nullptr;
};

/// Nothing when a record on the way is not in the tree, or says no TTL.
std::optional<Kept> kept(Resolution& resolution, const DomainName& name) {
  std::optional<Kept> shortest;
  std::set<DomainName> seen;
  for (DomainName at = name; seen.insert(at).second;) {
    const Zone* zone = resolution.public_zone(at);
    std::optional<DomainName> next;
    bool is_there = false;
    for (const Record* record : resolution.estate().records_of(at)) {
      const bool is_alias = record->type == "CNAME";
      if (zone == nullptr || record->view != zone->view || (!is_alias && record->type != "A" && record->type != "AAAA")) continue;
      if (!record->ttl) return std::nullopt;
      is_there = true;
      if (!shortest || record->ttl->seconds() < shortest->seconds) shortest = Kept{record->ttl->seconds(), name, record};
      const Result<DomainName> target = DomainName::parse(is_alias ? record->data.known().value_or("") : "");
      if (target) next = *target;
    }
    if (!is_there) return std::nullopt;
    if (!next) return shortest;
    at = *next;
  }
  return std::nullopt;
}

struct Need {
  std::optional<Kept> shortest;
  std::set<NodeId> goals;
  bool has_unknown = false;
};

Need need_of(const Analysis& analysis, const Server& server, const std::vector<ServerQuestion>& questions) {
  Need need;
  Resolution& resolution = analysis.resolution();
  for (const ServerQuestion& question : questions) {
    const Via via = resolution.treat(server, question.name).via;
    if (via != Via::forwarded && via != Via::iterated) continue;
    if (StaleBehind(resolution, question.name).has(server) || is_covered_before(analysis, question.node)) continue;
    const std::optional<Kept> one = kept(resolution, question.name);
    if (!one) need.has_unknown = true;
    if (!one || one->seconds >= kTimeToRecover) continue;
    if (!need.shortest || one->seconds < need.shortest->seconds) need.shortest = one;
    for (const NodeId goal : analysis.dependents(question.node)) need.goals.insert(goal);
  }
  return need;
}

void check(const Analysis& analysis, RuleReport& report) {
  for (const auto& [server, questions] : questions_by_server(analysis)) {
    const Product* product = product_of(*server);
    if (product == nullptr || serves_stale(*server)) continue;
    const Need need = need_of(analysis, *server, questions);
    if (!need.shortest) {
      if (need.has_unknown) report.undecided("the TTLs of the names that it answers for are not in the tree", server->id);
      continue;
    }
    const std::vector<NodeId> goals(need.goals.begin(), need.goals.end());
    Finding finding;
    finding.subjects = {{"resolver", server->id}};
    finding.affected = analysis.names(goals);
    const bool is_said = server->cache.serve_stale.has_value();
    finding.confidence = is_said ? strongest(server->reasons) : Confidence::product_default;
    add_evidence(server->reasons, 1, finding.evidence);
    if (!is_said) finding.evidence.push_back(Evidence::by_default(std::string(product->unset)));
    add_evidence(need.shortest->record->reasons, 1, finding.evidence);
    finding.arithmetic = fmt::format("{}: kept for {} s, and {} s are taken as the time to recover", need.shortest->name.host(),
                                     need.shortest->seconds, kTimeToRecover);
    finding.message =
        fmt::format("{} forgets {} after {} s, whether or not its zone can be asked again; {} need{} it", server->id,
                    need.shortest->name.host(), need.shortest->seconds, how_many(goals.size(), "workload"), goals.size() == 1 ? "s" : "");
    report.add(std::move(finding));
  }
}

}  // namespace

extern const Rule no_serve_stale;
constinit const Rule no_serve_stale{
    .name = "no-serve-stale",
    .summary = "a caching resolver drops identity names as soon as their TTL is over, although nobody can be asked for them",
    .why =
        "When the servers of a zone are out of reach, a resolver that may answer from expired entries keeps sign-ins going; without that "
        "the outage begins when the TTL ends. Told where a name in use is kept for less than 30 minutes.",
    .fix =
        "serve stale answers for 1 to 24 hours: `serve-expired: yes` with `serve-expired-ttl` (Unbound), `stale-cache-enable yes` and "
        "`stale-answer-enable yes` "
        "(BIND), `serve_stale` in the cache plugin (CoreDNS); not for zones whose TXT records grant access",
    .reference = "RFC 8767",
    .severity = Severity::medium,
    .check = &check,
};

}  // namespace mainstay
