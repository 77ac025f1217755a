// Iteration from the root: zones, their name servers, the addresses of those, and what stands above.
#include <algorithm>
#include <set>

#include "graph/model/requirement_expansion.h"
#include "graph/values/public_suffix.h"

namespace mainstay {
namespace {

struct NamedServer {
  DomainName name;
  Reasons reasons;
};

/// The addresses that records and glue give a name server.
std::vector<std::pair<IpAddress, Reasons>> known_addresses(const Estate& estate, const DomainName& name, const Zone& zone) {
  std::vector<std::pair<IpAddress, Reasons>> found;
  const auto add = [&](const IpAddress& address, const Reasons& reasons) {
    const auto same = [&](const auto& known) { return known.first == address; };
    if (std::none_of(found.begin(), found.end(), same)) found.emplace_back(address, reasons);
  };
  for (const Record* record : estate.records_of(name)) {
    if (record->type != "A" && record->type != "AAAA") continue;
    if (const Result<IpAddress> address = IpAddress::parse(record->data.known().value_or(""))) add(*address, record->reasons);
  }
  for (const Delegation* cut : estate.delegations_of(zone.apex)) {
    for (const Glue& glue : cut->glue) {
      if (glue.name == name) add(glue.address, cut->reasons);
    }
  }
  return found;
}

/// The name servers of a zone by its own NS records and by the delegations above it.
std::vector<NamedServer> servers_of(const Estate& estate, const Zone& zone) {
  std::vector<NamedServer> found;
  const auto add = [&](const DomainName& name, const Reasons& reasons) {
    const auto same = [&](const NamedServer& known) { return known.name == name; };
    if (std::none_of(found.begin(), found.end(), same)) found.push_back({name, reasons});
  };
  for (const Delegation* cut : estate.delegations_of(zone.apex)) {
    if (cut->view != zone.view) continue;
    for (const DomainName& name : cut->name_servers) add(name, cut->reasons);
  }
  if (!found.empty()) return found;  // what the parent says is what resolvers follow
  for (const Record* record : estate.records_of(zone.apex)) {
    if (record->type != "NS" || record->view != zone.view) continue;
    if (const Result<DomainName> name = DomainName::parse(record->data.known().value_or(""))) add(*name, record->reasons);
  }
  return found;
}

}  // namespace

RequirementExpansion::Draft RequirementExpansion::iteration(const Wanted& wanted) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::iteration, wanted.label, &is_new);
  if (!is_new) return draft;
  builder_.describe(draft).label = wanted.label;
  later([this, draft, wanted] {
    const Zone* one = resolution_.public_zone(wanted.name);
    if (one == nullptr) {
      builder_.need_all(draft, {{foreign_zone(wanted.name), {}}});
      return;
    }
    builder_.need_all(draft, {{zone(*one), one->reasons}});
    if (wanted.exact && resolution_.lacks(*one, wanted.name)) never(draft);
  });
  return draft;
}

RequirementExpansion::Draft RequirementExpansion::zone(const Zone& one) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::zone, zone_name_of(one), &is_new);
  if (!is_new) return draft;
  builder_.describe(draft).reasons = one.reasons;
  later([this, draft, &one] {
    builder_.need_all(draft, {{parent(one.apex), one.reasons}});
    std::vector<Need> servers = name_servers_of(one);
    if (!servers.empty()) {
      builder_.need_any(draft, std::move(servers), Choice::random);
    } else if (const KnownProvider* known = resolution_.catalogue().provider(one.provider)) {
      builder_.need_all(draft, {{provider(*known, one.reasons), one.reasons}});
    } else {
      undecided("zone", "nothing says which name servers the zone has", std::string(one.apex.host()));
    }
  });
  return draft;
}

std::vector<RequirementExpansion::Need> RequirementExpansion::name_servers_of(const Zone& one) {
  std::vector<Need> servers;
  for (const NamedServer& server : servers_of(estate_, one))
    servers.push_back({name_server(server.name, one, server.reasons), server.reasons});
  return servers;
}

RequirementExpansion::Draft RequirementExpansion::foreign_zone(const DomainName& name) {
  bool is_new = false;
  const DomainName domain = registrable_domain(name);
  const Draft draft = builder_.node(NodeKind::zone, domain.host(), &is_new);
  if (!is_new) return draft;
  builder_.describe(draft).failure = Failure::inherent;
  builder_.need_all(draft, {{parent(domain), {}}});
  return draft;
}

RequirementExpansion::Draft RequirementExpansion::name_server(const DomainName& name, const Zone& zone, const Reasons& named_by) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::name_server, name.host(), &is_new);
  named(draft, named_by);
  if (!is_new) return draft;
  builder_.describe(draft).failure = Failure::component;
  if (const KnownProvider* known = resolution_.catalogue().provider_of_name_server(name)) {
    // Inside a provider's own domain nothing is ours to see or to mend.
    builder_.need_all(draft, {{provider(*known, named_by), {Evidence::by_default(known->source)}}});
    return draft;
  }
  const std::vector<std::pair<IpAddress, Reasons>> addresses = known_addresses(estate_, name, zone);
  std::vector<Need> any;
  for (const auto& [address, reasons] : addresses) {
    bool fresh = false;
    const Draft at = builder_.node(NodeKind::address, address.text(), &fresh);
    if (fresh) {
      builder_.describe(at).failure = Failure::component;
      const Draft prefix = builder_.node(NodeKind::prefix, address.prefix(address.is_v4() ? 24 : 48));
      builder_.describe(prefix).failure = Failure::component;
      builder_.need_all(at, {{prefix, reasons}});
      named(prefix, reasons);
      for (const Inventory* owned : estate_.inventory_at(address)) need_failure_domains(at, owned->failure_domains, owned->reasons);
    }
    named(at, reasons);
    any.push_back({at, reasons});
  }
  if (!any.empty()) builder_.need_any(draft, std::move(any), Choice::random);
  // The address of a name server outside its zone must itself be found; inside it, the parent's glue gives it.
  if (!name.is_within(zone.apex)) {
    const Wanted host{.name = name, .label = std::string(name.host()), .exact = true};
    builder_.need_all(draft, {{iteration(host), {}}});
  } else if (addresses.empty()) {
    undecided("name server", "its address is in no file, so what it shares with others is not known", std::string(name.host()));
  }
  return draft;
}

RequirementExpansion::Draft RequirementExpansion::parent(const DomainName& child) {
  const DomainName above = child.parent();
  if (const Zone* known = above.is_root() ? nullptr : resolution_.public_zone(above)) return zone(*known);
  bool is_new = false;
  const DomainName suffix = registrable_domain(child) == child || above.is_root() ? above : registrable_domain(child).parent();
  const Draft draft =
      builder_.node(NodeKind::parent, suffix.is_root() ? "the root" : std::string(suffix.host()) + " and the root", &is_new);
  if (is_new) builder_.describe(draft).failure = Failure::inherent;
  return draft;
}

}  // namespace mainstay
