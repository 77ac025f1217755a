// Workloads, their uses, the endpoints they need and the lookups by their stubs.
#include <algorithm>
#include <set>

#include "graph/model/requirement_expansion.h"
#include "graph/values/ascii.h"

namespace mainstay {

std::string host_name_of(const Text& host) {
  std::string name = host.display();
  if (name.ends_with('.') && name.size() > 1) name.pop_back();
  return ascii_lower(name);
}

std::string use_name_of(const Use& use) { return use.workload + " -> " + std::string(word(use.role)) + " " + host_name_of(use.host); }

std::string zone_name_of(const Zone& zone) { return std::string(zone.apex.host()) + (zone.view.empty() ? "" : " in " + zone.view); }

Requirements build_requirements(Resolution& resolution) { return RequirementExpansion(resolution).run(); }

Requirements RequirementExpansion::run() {
  std::map<std::string, const Endpoint*> by_host;
  for (const Endpoint& one : estate_.endpoints()) {
    for (const Text& host : one.hosts) by_host.emplace(host_name_of(host), &one);
  }
  for (const auto& [host, one] : by_host) endpoints_.emplace(host, one);
  for (const Delegation& cut : estate_.delegations()) {
    std::set<DomainName> hosts;
    for (const Glue& glue : cut.glue) {
      if (hosts.insert(glue.name).second) glue_.emplace(glue.name, &cut);
    }
  }
  for (const Workload& one : estate_.workloads()) {
    if (!estate_.uses_of(one.id).empty()) workload(one);
  }
  while (!pending_.empty()) {
    const std::function<void()> task = std::move(pending_.back());
    pending_.pop_back();
    task();
  }
  for (const auto& [draft, server] : stand_ins_) named(draft, resolution_.named_by(*server));
  for (const auto& [draft, reasons] : named_by_) builder_.describe(draft).reasons.assign(reasons.begin(), reasons.end());
  Requirements out{.graph = std::move(builder_).freeze(), .undecided = {}};
  for (auto& [key, one] : undecided_) out.undecided.push_back(std::move(one));
  return out;
}

void RequirementExpansion::undecided(std::string_view what, std::string_view why, std::string example) {
  if (!said_undecided_.emplace(why, example).second) return;
  Undecided& one = undecided_[{std::string(what), std::string(why)}];
  one.what = what;
  one.why = why;
  ++one.count;
  if (one.examples.size() < 5) one.examples.push_back(std::move(example));
}

RequirementExpansion::Wanted RequirementExpansion::wanted(const Text& host) {
  Wanted out{.name = DomainName::root(), .label = host_name_of(host), .exact = false};
  if (const std::optional<std::string> known = host.known()) {
    if (Result<DomainName> name = DomainName::parse(*known)) return {.name = *std::move(name), .label = out.label, .exact = true};
  }
  if (std::optional<DomainName> domain = host.known_domain()) out.name = *std::move(domain);
  return out;
}

RequirementExpansion::Draft RequirementExpansion::workload(const Workload& one) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::workload, one.id, &is_new);
  if (!is_new) return draft;
  Node& node = builder_.describe(draft);
  node.label = one.name;
  node.reasons = one.reasons;
  std::map<std::string, std::vector<Need>> alternatives;
  std::vector<Need> all;
  std::vector<const Use*> sorted;
  for (const Use& use : estate_.uses_of(one.id)) sorted.push_back(&use);
  std::sort(sorted.begin(), sorted.end(), [](const Use* a, const Use* b) { return *a < *b; });
  for (const Use* each : sorted) {
    Need need{use(*each), each->reasons};
    if (each->alternative.empty()) {
      all.push_back(std::move(need));
    } else {
      alternatives[each->alternative].push_back(std::move(need));
    }
  }
  if (!all.empty()) builder_.need_all(draft, std::move(all));
  for (auto& [group, members] : alternatives) builder_.need_any(draft, std::move(members));
  return draft;
}

RequirementExpansion::Draft RequirementExpansion::use(const Use& one) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::use, use_name_of(one), &is_new);
  if (!is_new) return draft;
  Node& node = builder_.describe(draft);
  node.label = host_name_of(one.host);
  node.reasons = one.reasons;
  std::vector<Need> needs{{endpoint(one), one.reasons}};
  const Workload* user = estate_.workload(one.workload);
  if (!one.bypasses_dns && user != nullptr) {
    if (std::optional<Need> need = lookup_for(*user, one)) needs.push_back(*std::move(need));
  }
  builder_.need_all(draft, std::move(needs));
  return draft;
}

RequirementExpansion::Draft RequirementExpansion::endpoint(const Use& one) {
  bool is_new = false;
  const std::string host = host_name_of(one.host);
  const Draft draft = builder_.node(NodeKind::endpoint, host, &is_new);
  if (!is_new) return draft;
  const auto known = endpoints_.find(host);
  const Wanted name = wanted(one.host);
  const bool is_ours = known != endpoints_.end() || one.bypasses_dns || (name.exact && resolution_.public_zone(name.name) != nullptr);
  Node& node = builder_.describe(draft);
  node.failure = is_ours ? Failure::component : Failure::inherent;
  if (name.exact && is_ours) need_addresses(draft, name.name);
  if (known == endpoints_.end()) return draft;
  builder_.describe(draft).reasons = known->second->reasons;
  need_failure_domains(draft, known->second->failure_domains, known->second->reasons);
  if (const Workload* server = estate_.workload(known->second->workload); server != nullptr) {
    builder_.describe(draft).failure = Failure::derived;
    builder_.need_all(draft, {{runs(*server), known->second->reasons}});
  }
  return draft;
}

void RequirementExpansion::need_addresses(Draft endpoint, const DomainName& host) {
  std::vector<Need> any;
  for (const Record* record : estate_.records_of(host)) {
    // What another view answers is another endpoint, and one address alone is as much as the endpoint itself.
    if (!record->view.empty() || (record->type != "A" && record->type != "AAAA")) continue;
    const Result<IpAddress> at = IpAddress::parse(record->data.known().value_or(""));
    if (at) any.push_back({address(*at, record->reasons), record->reasons});
  }
  if (any.size() > 1) builder_.need_any(endpoint, std::move(any), Choice::random);
}

RequirementExpansion::Draft RequirementExpansion::runs(const Workload& one) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::runs, one.id, &is_new);
  if (!is_new) return draft;
  Node& node = builder_.describe(draft);
  node.label = one.name;
  node.reasons = one.reasons;
  // Several instances do not fail together for a reason of their own.
  node.failure = one.instances > 1 ? Failure::derived : Failure::component;
  need_failure_domains(draft, one.failure_domains, one.reasons);
  if (!estate_.uses_of(one.id).empty()) {
    later([this, draft, &one] { builder_.need_all(draft, {{workload(one), one.reasons}}); });
  }
  return draft;
}

std::optional<RequirementExpansion::Need> RequirementExpansion::lookup_for(const Workload& one, const Use& use) {
  const Wanted name = wanted(use.host);
  if (!name.exact && name.name.is_root())
    undecided("name", "the end of the host name is not known, so its zone is not either", one.id + ": " + name.label);
  const std::vector<const Stub*> stubs = resolution_.stubs_of(one);
  if (!stubs.empty()) return lookup_by_stubs(stubs, name);
  undecided("resolver", "nothing says which resolver the workload uses", one.id);
  if (name.name.is_root()) return std::nullopt;
  // Whatever resolver it is, the zone behind the name must answer.
  return Need{iteration(name), {Evidence::assumed("the workload's resolver is not known; every resolver needs the zone")}};
}

std::optional<RequirementExpansion::Need> RequirementExpansion::lookup_by_scope(std::string_view scope, const Wanted& wanted) {
  const std::vector<const Stub*> stubs = resolution_.stubs_named(scope);
  if (stubs.empty()) return std::nullopt;
  return lookup_by_stubs(stubs, wanted);
}

RequirementExpansion::Need RequirementExpansion::lookup_by_stubs(const std::vector<const Stub*>& stubs, const Wanted& wanted) {
  if (stubs.size() == 1) return {lookup(wanted, *stubs[0]), stubs[0]->reasons};
  // It may run on any of several hosts that resolve differently: it works as long as one of them does.
  std::string scopes;
  for (const Stub* stub : stubs) scopes += (scopes.empty() ? "" : "|") + stub->scope;
  bool is_new = false;
  const Draft either = builder_.node(NodeKind::lookup, wanted.label + "@" + scopes, &is_new);
  if (is_new) {
    builder_.describe(either).label = wanted.label;
    std::vector<Need> members;
    for (const Stub* stub : stubs) members.push_back({lookup(wanted, *stub), stub->reasons});
    builder_.need_any(either, std::move(members), Choice::random);
  }
  return {either, stubs[0]->reasons};
}

RequirementExpansion::Draft RequirementExpansion::lookup(const Wanted& wanted, const Stub& stub) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::lookup, wanted.label + "@" + stub.scope, &is_new);
  if (is_new) {
    Node& node = builder_.describe(draft);
    node.label = wanted.label;
    node.reasons = stub.reasons;
    later([this, draft, wanted, &stub] { expand_lookup(draft, wanted, stub); });
  }
  return draft;
}

void RequirementExpansion::expand_lookup(Draft draft, const Wanted& wanted, const Stub& stub) {
  bool is_new = false;
  const Draft via = builder_.node(NodeKind::stub, stub.scope, &is_new);
  if (is_new) builder_.describe(via).reasons = stub.reasons;
  builder_.need_all(draft, {{via, stub.reasons}});
  Wanted asked = wanted;
  if (wanted.exact) {
    asked.name = resolution_.asked_name(wanted.name, stub);
    if (asked.name != wanted.name) asked.label = std::string(asked.name.host());
  }
  const Choice choice = stub.library == ResolverLibrary::musl ? Choice::parallel : stub.rotate ? Choice::random : Choice::ordered;
  std::vector<Need> questions;
  std::set<Draft> seen;
  for (const Upstream& upstream : stub.servers) {
    if (!upstream.asked) continue;
    for (const Server* server : resolution_.servers_of(upstream, stub.scope)) {
      const Draft one = question(asked, *server);
      if (seen.insert(one).second) questions.push_back({one, upstream.reasons.empty() ? stub.reasons : upstream.reasons});
    }
    if (!upstream.stub.empty()) {
      if (std::optional<Need> need = lookup_by_scope(upstream.stub, asked)) {
        questions.push_back(*std::move(need));
      } else {
        undecided("resolver", "it takes the resolver of a scope that names none", stub.scope + " takes " + upstream.stub);
        if (!asked.name.is_root()) questions.push_back({iteration(asked), {Evidence::assumed("the resolver behind it is not known")}});
      }
    }
  }
  builder_.need_any(draft, std::move(questions), choice);
}

}  // namespace mainstay
