// Iteration from the root: zones, their name servers, the addresses of those, and what stands above.
#include <fmt/format.h>

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

bool is_address(const Record& record) { return record.type == "A" || record.type == "AAAA"; }

bool is_text_of(std::string_view text, const DomainName& name) { return text == name.text() || text == name.host(); }

/// Whether the parent of a zone could tell a name's address along with the referral: only names inside the parent are taken from it.
bool may_be_glue(const DomainName& name, const Zone& zone) {
  const DomainName domain = registrable_domain(zone.apex);
  return name.is_within(domain == zone.apex ? domain.parent() : domain);
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
    builder_.need_all(draft, {{parent(one.apex, one.reasons), one.reasons}});
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
  for (const NamedServer& server : servers_of(estate_, one)) {
    const Draft draft = name_server(server.name, server.reasons);
    const std::optional<Reasons> why = looked_up(server.name, one);
    if (!why) {
      servers.push_back({draft, server.reasons});
      continue;
    }
    bool is_new = false;
    const Draft found = builder_.node(NodeKind::address, fmt::format("{} for {}", server.name.host(), zone_name_of(one)), &is_new);
    if (is_new) {
      const Wanted host{.name = server.name, .label = std::string(server.name.host()), .exact = true};
      builder_.describe(found).label = host.label;
      builder_.need_all(found, {{draft, server.reasons}, {iteration(host), *why}});
    }
    servers.push_back({found, server.reasons});
  }
  return servers;
}

std::optional<Reasons> RequirementExpansion::looked_up(const DomainName& server, const Zone& zone) const {
  // Inside a provider's own domain nothing is ours to see or to mend.
  if (resolution_.catalogue().provider_of_name_server(server) != nullptr) return std::nullopt;
  std::string parent = "its parent, which is not in the tree,";
  bool is_certain = false;  // the whole zone above is in the tree, so that glue which it does not show is not there
  Reasons reasons;
  for (const Delegation* cut : estate_.delegations_of(zone.apex)) {
    if (cut->view != zone.view) continue;
    parent = cut->parent.host();
    reasons = cut->reasons;
    if (std::any_of(cut->glue.begin(), cut->glue.end(), [&](const Glue& glue) { return glue.name == server; })) return std::nullopt;
    for (const Record* record : estate_.records_of(server)) {
      if (is_address(*record) && record->view == cut->view && is_text_of(record->zone, cut->parent)) return std::nullopt;
    }
    for (const Zone& above : estate_.zones_of(cut->parent)) {
      if (above.view != cut->view) continue;
      is_certain = is_certain || above.complete;
      // Whoever got the referral from that very server asks it already.
      if (serves(server, above)) return std::nullopt;
    }
  }
  const bool is_inside = server.is_within(zone.apex);
  if (is_inside && !is_certain) return std::nullopt;  // no parent can do without that glue
  if (!is_certain && may_be_glue(server, zone)) {
    return Reasons{Evidence::assumed(
        fmt::format("that {} gives no address of {} along with the referral to {} is assumed", parent, server.host(), zone.apex.host()))};
  }
  return reasons;
}

bool RequirementExpansion::serves(const DomainName& server, const Zone& zone) const {
  const std::vector<std::pair<IpAddress, Reasons>> own = known_addresses(server);
  for (const NamedServer& other : servers_of(estate_, zone)) {
    if (other.name == server) return true;
    for (const auto& [address, reasons] : known_addresses(other.name)) {
      if (std::any_of(own.begin(), own.end(), [&, at = address](const auto& mine) { return mine.first == at; })) return true;
    }
  }
  return false;
}

std::vector<std::pair<IpAddress, Reasons>> RequirementExpansion::known_addresses(const DomainName& host) const {
  std::vector<std::pair<IpAddress, Reasons>> found;
  const auto add = [&](const IpAddress& address, const Reasons& reasons) {
    const auto same = [&](const auto& known) { return known.first == address; };
    if (std::none_of(found.begin(), found.end(), same)) found.emplace_back(address, reasons);
  };
  for (const Record* record : estate_.records_of(host)) {
    if (!is_address(*record)) continue;
    if (const Result<IpAddress> address = IpAddress::parse(record->data.known().value_or(""))) add(*address, record->reasons);
  }
  const auto [first, last] = glue_.equal_range(host);
  for (auto at = first; at != last; ++at) {
    for (const Glue& glue : at->second->glue) {
      if (glue.name == host) add(glue.address, at->second->reasons);
    }
  }
  return found;
}

RequirementExpansion::Draft RequirementExpansion::foreign_zone(const DomainName& name) {
  bool is_new = false;
  const DomainName domain = registrable_domain(name);
  const Draft draft = builder_.node(NodeKind::zone, domain.host(), &is_new);
  if (!is_new) return draft;
  builder_.describe(draft).failure = Failure::inherent;
  builder_.need_all(draft, {{parent(domain, {}), {}}});
  return draft;
}

RequirementExpansion::Draft RequirementExpansion::name_server(const DomainName& name, const Reasons& named_by) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::name_server, name.host(), &is_new);
  named(draft, named_by);
  if (!is_new) return draft;
  builder_.describe(draft).failure = Failure::component;
  if (const KnownProvider* known = resolution_.catalogue().provider_of_name_server(name)) {
    builder_.need_all(draft, {{provider(*known, named_by), {Evidence::by_default(known->source)}}});
    return draft;
  }
  std::vector<Need> any;
  for (const auto& [at, reasons] : known_addresses(name)) any.push_back({address(at, reasons), reasons});
  if (any.empty()) {
    undecided("name server", "its address is in no file, so what it shares with others is not known", std::string(name.host()));
  } else {
    builder_.need_any(draft, std::move(any), Choice::random);
  }
  return draft;
}

RequirementExpansion::Draft RequirementExpansion::address(const IpAddress& address, const Reasons& named_by) {
  bool is_new = false;
  const Draft draft = builder_.node(NodeKind::address, address.text(), &is_new);
  named(draft, named_by);
  if (!is_new) return draft;
  builder_.describe(draft).failure = Failure::component;
  for (const Inventory* owned : estate_.inventory_at(address)) need_failure_domains(draft, owned->failure_domains, owned->reasons);
  // Inside a private network the same digits say nothing about what is shared: what stands where must be declared.
  if (address.is_private()) return draft;
  const Draft prefix = builder_.node(NodeKind::prefix, address.prefix(address.is_v4() ? 24 : 48));
  builder_.describe(prefix).failure = Failure::component;
  builder_.need_all(draft, {{prefix, named_by}});
  named(prefix, named_by);
  return draft;
}

RequirementExpansion::Draft RequirementExpansion::parent(const DomainName& child, const Reasons& reasons) {
  const DomainName above = child.parent();
  if (const Zone* known = above.is_root() ? nullptr : resolution_.public_zone(above)) return zone(*known);
  bool is_new = false;
  const DomainName domain = registrable_domain(child);
  const DomainName suffix = domain == child || above.is_root() ? above : domain.parent();
  const Draft top = builder_.node(NodeKind::parent, suffix.is_root() ? "the root" : std::string(suffix.host()) + " and the root", &is_new);
  if (is_new) builder_.describe(top).failure = Failure::inherent;
  // What strangers have registered is theirs to keep, and no more can be said of it than of their zone.
  if (reasons.empty() || !is_registered(child)) return top;
  const Draft draft = builder_.node(NodeKind::registrable_domain, domain.host(), &is_new);
  named(draft, reasons);
  if (is_new) {
    builder_.describe(draft).failure = Failure::inherent;
    builder_.need_all(draft, {{top, {}}});
  }
  return draft;
}

}  // namespace mainstay
