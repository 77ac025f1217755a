#include "graph/model/resolution.h"

#include <algorithm>
#include <utility>

namespace mainstay {
namespace {

/// The addresses that records of any zone give a host name.
std::vector<IpAddress> addresses_of(const Estate& estate, const DomainName& host) {
  std::vector<IpAddress> found;
  for (const Record* record : estate.records_of(host)) {
    if (record->type != "A" && record->type != "AAAA") continue;
    const std::optional<std::string> text = record->data.known();
    if (!text) continue;
    if (const Result<IpAddress> address = IpAddress::parse(*text)) found.push_back(*address);
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

/// The deepest of `zones` around a name.
template <class T>
const T* deepest(const std::vector<T>& zones, const DomainName& name) {
  const T* best = nullptr;
  for (const T& one : zones) {
    if (!name.is_within(one.zone)) continue;
    if (best == nullptr || one.zone.text().size() > best->zone.text().size()) best = &one;
  }
  return best;
}

/// In a cluster's domain "<service>.<namespace>.svc" names exist; all else that a search list makes is denied there, and the next candidate
/// is asked. (A pod's name below a service is one label longer, as is any host name that the suffix "svc" was put behind.)
bool is_service(const DomainName& name, const DomainName& cluster_domain) {
  const std::vector<std::string_view> labels = name.labels();
  return labels.size() == cluster_domain.labels().size() + 3 && labels[2] == "svc";
}

std::size_t depth(const DomainName& name) { return name.is_root() ? 0 : name.dots() + 1; }

}  // namespace

std::vector<const Stub*> Resolution::stubs_named(std::string_view scope) const {
  std::string_view at = scope;
  for (std::size_t steps = 0; steps <= estate_.scopes().size() && !at.empty(); ++steps) {
    if (const Stub* stub = estate_.stub(at)) return {stub};
    if (at.starts_with("nodes:")) {
      std::vector<const Stub*> stubs;
      for (const Scope* host : estate_.nodes(at)) {
        const Stub* stub = estate_.stub(host->id);
        const auto same = [&](const Stub* known) { return stub->servers == known->servers; };
        if (stub != nullptr && std::none_of(stubs.begin(), stubs.end(), same)) stubs.push_back(stub);
      }
      return stubs;
    }
    const Scope* around = estate_.scope(at);
    if (around == nullptr) return {};
    at = around->parent;
  }
  return {};
}

std::vector<const Stub*> Resolution::stubs_of(const Workload& workload) const {
  if (const Stub* own = estate_.stub(workload.id)) return {own};
  return stubs_named(workload.stub.empty() ? workload.scope : workload.stub);
}

const Server* Resolution::stand_in(const std::string& id, const Upstream& upstream) {
  const auto [at, inserted] = stand_ins_.try_emplace(id);
  if (inserted) {
    at->second.server.id = id;
    if (upstream.address) at->second.server.addresses.push_back(*upstream.address);
  }
  at->second.named_by.insert(upstream.reasons.begin(), upstream.reasons.end());
  return &at->second.server;
}

Reasons Resolution::named_by(const Server& server) const {
  const auto at = stand_ins_.find(server.id);
  if (at == stand_ins_.end()) return {};
  return {at->second.named_by.begin(), at->second.named_by.end()};
}

std::vector<const Server*> Resolution::servers_of(const Upstream& upstream, std::string_view scope) {
  if (!upstream.server.empty()) {
    const Server* server = estate_.server(upstream.server);
    return {server != nullptr ? server : stand_in(upstream.server, upstream)};
  }
  if (!upstream.host.empty()) {
    const Result<DomainName> host = DomainName::parse(upstream.host);
    std::vector<const Server*> found;
    if (!host) return found;
    for (const IpAddress& address : addresses_of(estate_, *host)) {
      for (const Server* server : servers_of({.address = address, .reasons = upstream.reasons}, scope)) found.push_back(server);
    }
    if (found.empty()) found.push_back(stand_in("server:" + std::string(host->host()), upstream));
    return found;
  }
  if (!upstream.address) return {};
  if (upstream.address->is_loopback()) {
    std::vector<const Server*> here = estate_.servers_in(scope);
    if (here.empty()) return {stand_in("server:" + std::string(scope) + "/" + upstream.address->text(), upstream)};
    return here;
  }
  std::vector<const Server*> there = estate_.servers_at(*upstream.address);
  // One private address may stand in several clusters and networks: whoever asks means its own.
  std::vector<const Server*> near;
  std::copy_if(there.begin(), there.end(), std::back_inserter(near),
               [&](const Server* server) { return estate_.is_in(scope, server->scope) || estate_.is_in(server->scope, scope); });
  if (!near.empty()) return near;
  if (there.empty()) return {stand_in("server:" + upstream.address->text(), upstream)};
  return there;
}

bool Resolution::sees(const Server& server, const Zone& zone) const {
  return std::any_of(zone.visible_from.begin(), zone.visible_from.end(), [&](const std::string& scope) {
    return scope == server.id || (!server.scope.empty() && estate_.is_in(server.scope, scope));
  });
}

const Zone* Resolution::own_zone(const Server& server, const DomainName& name) const {
  for (DomainName apex = name;; apex = apex.parent()) {
    for (const Zone& zone : estate_.zones_of(apex)) {
      const bool serves = std::find(zone.served_by.begin(), zone.served_by.end(), server.id) != zone.served_by.end();
      if (serves || (!zone.view.empty() && sees(server, zone))) return &zone;
    }
    if (apex.is_root()) return nullptr;
  }
}

bool Resolution::lacks(const Zone& zone, const DomainName& name) const {
  if (!zone.complete || estate_.exists(name, zone.view)) return false;
  for (DomainName at = name; at != zone.apex && !at.is_root(); at = at.parent()) {
    for (const Delegation* cut : estate_.delegations_of(at)) {
      if (cut->view == zone.view) return false;
    }
    const Result<DomainName> wildcard = DomainName::parse("*." + at.parent().text());
    if (wildcard && estate_.exists(*wildcard, zone.view)) return false;
    if (estate_.exists(at.parent(), zone.view)) break;  // the closest encloser: wildcards above it do not apply (RFC 4592)
  }
  return true;
}

Treatment Resolution::treat(const Server& server, const DomainName& name) const {
  if (const LocalZone* local = deepest(server.local_zones, name)) {
    const bool has_data = std::any_of(estate_.records_of(name).begin(), estate_.records_of(name).end(),
                                      [&](const Record* record) { return record->view == server.id; });
    const bool may_exist = local->source == "kubernetes" || local->source == "redirect" || local->source == "file";
    if (has_data || (local->answers_all && may_exist)) return {.via = Via::own_data, .local = local, .reasons = local->reasons};
    const bool refuses = local->source.find("refuse") != std::string::npos || local->source.find("deny") != std::string::npos;
    if (local->answers_all) return {.via = refuses ? Via::refused : Via::denied, .local = local, .reasons = local->reasons};
  }
  const Zone* zone = own_zone(server, name);
  const Forward* forward = deepest(server.forwards, name);
  if (zone != nullptr && (forward == nullptr || depth(zone->apex) >= depth(forward->zone))) {
    return {.via = lacks(*zone, name) ? Via::denied : Via::own_data, .zone = zone, .reasons = zone->reasons};
  }
  if (forward != nullptr) return {.via = Via::forwarded, .forward = forward, .reasons = forward->reasons};
  if (server.iterates == false) return {.via = Via::refused, .reasons = server.reasons};
  return {.via = Via::iterated, .assumed = !server.iterates.has_value(), .reasons = {}};
}

AnswerKind Resolution::answer(const Server& server, const DomainName& name) { return answer(server, name, 0); }

AnswerKind Resolution::answer(const Server& server, const DomainName& name, unsigned depth) {
  constexpr unsigned kMaxForwards = 8;  // a longer chain of forwarders is a loop in practice
  if (depth > kMaxForwards) return AnswerKind::unknown;
  const Treatment how = treat(server, name);
  switch (how.via) {
    case Via::denied: return AnswerKind::negative;
    case Via::refused: return AnswerKind::unknown;
    case Via::own_data: return AnswerKind::positive;
    case Via::forwarded: {
      std::optional<AnswerKind> all;
      for (const Upstream& upstream : how.forward->upstreams) {
        for (const Server* next : servers_of(upstream, server.scope)) {
          const AnswerKind one = answer(*next, name, depth + 1);
          if (all && *all != one) return AnswerKind::unknown;
          all = one;
        }
      }
      // An internal authoritative server that a stub zone names is not described here, yet it is the reason for the stub zone.
      if (how.forward->is_stub_zone && all != AnswerKind::negative) return AnswerKind::positive;
      return all.value_or(AnswerKind::unknown);
    }
    case Via::iterated: break;
  }
  const Zone* zone = public_zone(name);
  if (zone == nullptr) return AnswerKind::unknown;
  if (lacks(*zone, name)) return AnswerKind::negative;
  if (is_internal(*zone) && operator_of(server) != nullptr) return AnswerKind::negative;
  return estate_.exists(name, zone->view) ? AnswerKind::positive : AnswerKind::unknown;
}

const Zone* Resolution::public_zone(const DomainName& name) const {
  for (DomainName apex = name; !apex.is_root(); apex = apex.parent()) {
    for (const Zone& zone : estate_.zones_of(apex)) {
      if (zone.view.empty()) return &zone;
    }
  }
  return nullptr;
}

bool Resolution::is_internal(const Zone& zone) const {
  std::size_t addresses = 0;
  for (const Record* record : estate_.records_of(zone.apex)) {
    if (record->type != "NS" || record->view != zone.view) continue;
    const std::optional<std::string> text = record->data.known();
    const Result<DomainName> host = DomainName::parse(text.value_or(""));
    if (!host) return false;
    for (const IpAddress& address : addresses_of(estate_, *host)) {
      if (!address.is_private()) return false;
      ++addresses;
    }
  }
  return addresses > 0;
}

std::optional<std::pair<DomainName, const Record*>> Resolution::alias(const DomainName& name, const Zone& zone) const {
  for (const Record* record : estate_.records_of(name)) {
    if ((record->type != "CNAME" && record->type != "ALIAS") || record->view != zone.view) continue;
    const std::optional<std::string> text = record->data.known();
    if (!text) continue;
    if (Result<DomainName> target = DomainName::parse(*text)) return std::pair(*std::move(target), record);
  }
  for (DomainName above = name.parent(); above.is_within(zone.apex) && !above.is_root(); above = above.parent()) {
    for (const Record* record : estate_.records_of(above)) {
      if (record->type != "DNAME" || record->view != zone.view) continue;
      const std::string moved = name.text().substr(0, name.text().size() - above.text().size());
      Result<DomainName> target = DomainName::parse(moved + record->data.known().value_or(""));
      if (target && record->data.is_known()) return std::pair(*std::move(target), record);
    }
  }
  return std::nullopt;
}

DomainName Resolution::asked_name(const DomainName& host, const Stub& stub) {
  const std::uint32_t ndots = stub.ndots.value_or(1);
  if (host.dots() >= ndots && ndots <= 1) return host;
  for (const Text& suffix : stub.search) {
    const Result<DomainName> zone = DomainName::parse(suffix.known().value_or(""));
    if (!zone) continue;
    const Result<DomainName> candidate = host.within(*zone);
    if (!candidate) continue;
    for (const Upstream& upstream : stub.servers) {
      for (const Server* server : servers_of(upstream, stub.scope)) {
        const Treatment how = treat(*server, *candidate);
        if (how.via != Via::own_data) continue;
        if (how.local == nullptr || how.local->source != "kubernetes" || is_service(*candidate, how.local->zone)) return *candidate;
      }
    }
  }
  return host;
}

const KnownProvider* Resolution::operator_of(const Server& server) const {
  for (const IpAddress& address : server.addresses) {
    if (const KnownProvider* known = catalogue_.operator_of_resolver(address)) return known;
  }
  return nullptr;
}

}  // namespace mainstay
