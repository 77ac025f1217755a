// What one server needs in order to answer for a name, and what it needs in order to be there at all.
#include <algorithm>
#include <set>

#include "graph/model/requirement_expansion.h"

namespace mainstay {
namespace {

std::string addresses_label(const Server& server) {
  std::string label;
  const bool only_loopback =
      std::all_of(server.addresses.begin(), server.addresses.end(), [](const IpAddress& one) { return one.is_loopback(); });
  for (const IpAddress& address : server.addresses) {
    if (only_loopback || !address.is_loopback()) label += (label.empty() ? "" : ", ") + address.text();
  }
  if (only_loopback && !label.empty() && !server.scope.empty()) label += " of " + server.scope;
  if (!label.empty()) return label;
  return server.id.starts_with("server:") ? server.id.substr(7) : server.id;
}

/// A server of the platform that the tree does not describe: whoever runs the platform keeps it up, and nobody here can add another.
bool is_platform(const Server& server) {
  return Resolution::is_described(server) && strongest(server.reasons) <= Confidence::product_default;
}

}  // namespace

RequirementExpansion::Draft RequirementExpansion::question(const Wanted& wanted, const Server& server) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::question, wanted.label + "@" + server.id, &is_new);
  if (is_new) {
    builder_.describe(draft).label = wanted.label;
    later([this, draft, wanted, &server] { expand_question(draft, wanted, server); });
  }
  return draft;
}

void RequirementExpansion::expand_question(Draft draft, const Wanted& wanted, const Server& server) {
  builder_.need_all(draft, {{resolver(server), server.reasons}});
  if (wanted.name.is_root()) return;  // nothing is known of the name but who is asked for it
  const Treatment how = resolution_.treat(server, wanted.name);
  switch (how.via) {
    case Via::refused: never(draft); return;
    case Via::denied:
      if (wanted.exact) {
        never(draft);
        return;
      }
      [[fallthrough]];  // some name of the domain may exist all the same
    case Via::own_data:
      if (how.zone != nullptr) {
        if (const KnownProvider* known = resolution_.catalogue().provider(how.zone->provider)) {
          builder_.need_all(draft, {{provider(*known, how.zone->reasons), how.zone->reasons}});
        }
        expand_alias(draft, wanted, server, how.zone);
      }
      return;
    case Via::forwarded: {
      std::vector<Need> members;
      for (const Upstream& upstream : how.forward->upstreams) {
        for (Need& need : upstream_questions(wanted, upstream, server)) members.push_back(std::move(need));
      }
      if (how.forward->falls_back_to_iteration) members.push_back({iteration(wanted), how.reasons});
      builder_.need_any(draft, std::move(members), how.forward->choice);
      return;
    }
    case Via::iterated: break;
  }
  const Zone* zone = resolution_.public_zone(wanted.name);
  if (wanted.exact && zone != nullptr && resolution_.is_internal(*zone) && resolution_.operator_of(server) != nullptr) {
    never(draft);  // a public resolver cannot have the data of an internal zone
    return;
  }
  const Reasons assumed{
      Evidence::assumed(how.assumed ? "nothing describes " + addresses_label(server) + "; that it resolves from the root is assumed" : "")};
  builder_.need_all(draft, {{iteration(wanted), how.assumed ? assumed : server.reasons}});
  expand_alias(draft, wanted, server, zone);
}

void RequirementExpansion::expand_alias(Draft draft, const Wanted& wanted, const Server& server, const Zone* zone) {
  if (!wanted.exact || zone == nullptr) return;
  // A chain of aliases that comes back to itself never ends in an address; as a cycle of requirements it would look alive.
  std::set<DomainName> seen{wanted.name};
  DomainName at = wanted.name;
  const Zone* in = zone;
  std::optional<std::pair<DomainName, const Record*>> next = resolution_.alias(at, *in);
  if (!next) return;
  const std::pair<DomainName, const Record*> first = *next;
  while (next) {
    if (!seen.insert(next->first).second) {
      never(draft);
      return;
    }
    at = next->first;
    in = resolution_.public_zone(at);
    next = in == nullptr ? std::nullopt : resolution_.alias(at, *in);
  }
  const Wanted target{.name = first.first, .label = std::string(first.first.host()), .exact = true};
  // A provider's alias is followed by the provider; a CNAME by the server that was asked.
  builder_.need_all(draft, {{first.second->type == "ALIAS" ? iteration(target) : question(target, server), first.second->reasons}});
}

std::vector<RequirementExpansion::Need> RequirementExpansion::upstream_questions(const Wanted& wanted, const Upstream& upstream,
                                                                                 const Server& asker) {
  std::vector<Need> members;
  if (!upstream.stub.empty()) {
    if (std::optional<Need> need = lookup_by_scope(upstream.stub, wanted)) {
      need->reasons.insert(need->reasons.end(), upstream.reasons.begin(), upstream.reasons.end());
      members.push_back(*std::move(need));
    } else {
      undecided("resolver", "it forwards to the resolver of a scope that names none", asker.id + " forwards to " + upstream.stub);
      members.push_back({iteration(wanted), {Evidence::assumed("the resolver behind " + upstream.stub + " is not known")}});
    }
    return members;
  }
  for (const Server* server : resolution_.servers_of(upstream, asker.scope)) {
    if (!upstream.host.empty()) {
      members.push_back(upstream_host(wanted, upstream, asker, *server));
    } else {
      members.push_back({question(wanted, *server), upstream.reasons.empty() ? asker.reasons : upstream.reasons});
    }
  }
  return members;
}

RequirementExpansion::Need RequirementExpansion::upstream_host(const Wanted& wanted, const Upstream& upstream, const Server& asker,
                                                               const Server& server) {
  const Wanted host = RequirementExpansion::wanted(Text(upstream.host));
  const Reasons& reasons = upstream.reasons.empty() ? asker.reasons : upstream.reasons;
  bool is_new = false;
  const Draft both = builder_.node(NodeKind::address, wanted.label + "@" + server.id + " as " + host.label + " for " + asker.id, &is_new);
  if (!is_new) return {both, reasons};
  builder_.describe(both).label = host.label;
  std::vector<Need> needs{{question(wanted, server), reasons}};
  // Unbound resolves the names of its forwarders itself; CoreDNS leaves it to the stub of the place it runs in.
  if (asker.software == "coredns") {
    const Workload* runs_as = estate_.workload(asker.workload);
    const std::vector<const Stub*> stubs = runs_as != nullptr ? resolution_.stubs_of(*runs_as) : resolution_.stubs_named(asker.scope);
    if (!stubs.empty()) needs.push_back(lookup_by_stubs(stubs, host));
  } else {
    needs.push_back({question(host, asker), reasons});
  }
  builder_.need_all(both, std::move(needs));
  return {both, reasons};
}

RequirementExpansion::Draft RequirementExpansion::resolver(const Server& server) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::resolver, server.id, &is_new);
  if (!is_new) return draft;
  Node& node = builder_.describe(draft);
  node.label = addresses_label(server);
  node.reasons = server.reasons;
  if (!Resolution::is_described(server)) stand_ins_.emplace_back(draft, &server);
  node.failure = is_platform(server) ? Failure::inherent : Failure::component;
  need_failure_domains(draft, server.failure_domains, server.reasons);
  for (const IpAddress& address : server.addresses) {
    for (const Inventory* owned : estate_.inventory_at(address)) need_failure_domains(draft, owned->failure_domains, owned->reasons);
  }
  if (const KnownProvider* known = resolution_.operator_of(server)) {
    builder_.need_all(draft, {{provider(*known, {}), {Evidence::by_default(known->source)}}});
    stand_ins_.emplace_back(provider(*known, {}), &server);
  }
  const Scope* scope = estate_.scope(server.scope);
  if (scope != nullptr && scope->kind == ScopeKind::host) {
    need_failure_domains(draft, scope->failure_domains, scope->reasons);
    builder_.need_all(draft, {{failure_domain("host", scope->id), server.reasons}});
  }
  if (server.replicas > 1) {
    // One address over several instances: the instances fail one by one, what they share fails them all.
    builder_.describe(draft).failure = Failure::derived;
    return draft;
  }
  if (const Workload* one = estate_.workload(server.workload)) {
    builder_.need_all(draft, {{runs(*one), server.reasons}});
  }
  return draft;
}

RequirementExpansion::Draft RequirementExpansion::failure_domain(std::string_view kind, std::string_view name) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::failure_domain, std::string(kind) + " " + std::string(name), &is_new);
  if (is_new) builder_.describe(draft).failure = Failure::component;
  return draft;
}

void RequirementExpansion::need_failure_domains(Draft draft, const std::vector<FailureDomain>& domains, const Reasons& reasons) {
  std::vector<Need> needs;
  for (const FailureDomain& domain : domains) {
    needs.push_back({failure_domain(domain.kind, domain.name), reasons});
    named(needs.back().node, reasons);
  }
  if (!needs.empty()) builder_.need_all(draft, std::move(needs));
}

RequirementExpansion::Draft RequirementExpansion::provider(const KnownProvider& known, const Reasons& named_by) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::provider, known.name, &is_new);
  if (is_new) {
    Node& node = builder_.describe(draft);
    node.label = known.title;
    node.failure = Failure::component;
  }
  named(draft, named_by);
  return draft;
}

}  // namespace mainstay
