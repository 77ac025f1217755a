#include "graph/model/estate.h"

#include <algorithm>
#include <array>
#include <optional>
#include <tuple>

#include "graph/model/function_code.h"

namespace mainstay {
namespace {

template <class T>
void join(std::vector<T>& into, std::vector<T> more) {
  into.insert(into.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  std::sort(into.begin(), into.end());
  into.erase(std::unique(into.begin(), into.end()), into.end());
}

void fill(std::string& into, std::string more) {
  if (into.empty()) into = std::move(more);
}

template <class T>
void fill(std::optional<T>& into, std::optional<T> more) {
  if (!into) into = std::move(more);
}

/// Keeps the order of the first list and appends what only the second has.
template <class T>
void append_new(std::vector<T>& into, std::vector<T> more) {
  for (T& one : more) {
    if (std::find(into.begin(), into.end(), one) == into.end()) into.push_back(std::move(one));
  }
}

void merge(Scope& into, Scope more) {
  fill(into.parent, std::move(more.parent));
  fill(into.name, std::move(more.name));
  join(into.failure_domains, std::move(more.failure_domains));
  join(into.reasons, std::move(more.reasons));
}

void merge(Workload& into, Workload more) {
  fill(into.runs_as, std::move(more.runs_as));
  fill(into.stub, std::move(more.stub));
  fill(into.environment, std::move(more.environment));
  if (into.purpose == Purpose::ordinary) into.purpose = more.purpose;
  into.instances = std::max(into.instances, more.instances);
  join(into.failure_domains, std::move(more.failure_domains));
  join(into.reasons, std::move(more.reasons));
}

void merge(Stub& into, Stub more) {
  // The servers of two configurations are never mixed: a process reads one of them.
  if (into.servers == more.servers) join(into.reasons, std::move(more.reasons));
}

void merge(Server& into, Server more) {
  fill(into.software, std::move(more.software));
  fill(into.scope, std::move(more.scope));
  fill(into.workload, std::move(more.workload));
  append_new(into.addresses, std::move(more.addresses));
  join(into.roles, std::move(more.roles));
  append_new(into.forwards, std::move(more.forwards));
  append_new(into.local_zones, std::move(more.local_zones));
  fill(into.iterates, more.iterates);
  fill(into.validates, more.validates);
  fill(into.cache.serve_stale, more.cache.serve_stale);
  fill(into.cache.min_ttl, more.cache.min_ttl);
  fill(into.cache.max_ttl, more.cache.max_ttl);
  into.replicas = std::max(into.replicas, more.replicas);
  join(into.failure_domains, std::move(more.failure_domains));
  join(into.reasons, std::move(more.reasons));
}

void merge(Zone& into, Zone more) {
  fill(into.provider, std::move(more.provider));
  fill(into.is_signed, more.is_signed);
  fill(into.soa, std::move(more.soa));
  into.complete = into.complete || more.complete;
  join(into.visible_from, std::move(more.visible_from));
  join(into.served_by, std::move(more.served_by));
  join(into.reasons, std::move(more.reasons));
}

void merge(Record& into, Record more) { join(into.reasons, std::move(more.reasons)); }
void merge(Delegation& into, Delegation more) {
  append_new(into.glue, std::move(more.glue));
  join(into.reasons, std::move(more.reasons));
}
void merge(Endpoint& into, Endpoint more) {
  fill(into.provider, std::move(more.provider));
  fill(into.workload, std::move(more.workload));
  join(into.reasons, std::move(more.reasons));
}
/// The harder one of two ways to fail, and anything rather than nothing.
OnFailure harder(OnFailure one, OnFailure other) {
  constexpr std::array kHardest = {OnFailure::deny, OnFailure::keep_last, OnFailure::allow, OnFailure::unknown};
  return *std::find_if(kHardest.begin(), kHardest.end(), [&](OnFailure each) { return each == one || each == other; });
}

/// Takes the smaller of two numbers with its reasons.
template <class T>
void fill_smaller(std::optional<T>& into, Reasons& reasons, std::optional<T> more, Reasons more_reasons) {
  if (more && (!into || *more < *into)) {
    into = more;
    reasons = std::move(more_reasons);
  } else if (more == into) {
    join(reasons, std::move(more_reasons));
  }
}

/// A workload that is told of the same endpoint twice has two clients of it, and each must be served.
void merge(Use& into, Use more) {
  fill_smaller(into.deadline, into.deadline_reasons, more.deadline, std::move(more.deadline_reasons));
  fill_smaller(into.answer_within, into.answer_reasons, more.answer_within, std::move(more.answer_reasons));
  fill_smaller(into.hold, into.hold_reasons, more.hold, std::move(more.hold_reasons));
  into.on_failure = harder(into.on_failure, more.on_failure);
  into.phase = std::min(into.phase, more.phase);
  into.resolves = std::max(into.resolves, more.resolves);
  if (more.starts_without) into.starts_without = *more.starts_without && into.starts_without.value_or(true);
  join(into.start_reasons, std::move(more.start_reasons));
  join(into.reasons, std::move(more.reasons));
}
void merge(Inventory& into, Inventory more) {
  join(into.failure_domains, std::move(more.failure_domains));
  join(into.reasons, std::move(more.reasons));
}
void merge(Credential& into, Credential more) { join(into.reasons, std::move(more.reasons)); }
void merge(Certificate& into, Certificate more) { join(into.reasons, std::move(more.reasons)); }
void merge(Grant& into, Grant more) { join(into.reasons, std::move(more.reasons)); }
void merge(IdentityRecord& into, IdentityRecord more) { join(into.reasons, std::move(more.reasons)); }
void merge(Observation& into, Observation more) { join(into.reasons, std::move(more.reasons)); }

auto identity(const Scope& x) { return std::tie(x.id); }
auto identity(const Workload& x) { return std::tie(x.id); }
auto identity(const Stub& x) { return std::tie(x.scope); }
auto identity(const Server& x) { return std::tie(x.id); }
auto identity(const Zone& x) { return std::tie(x.apex, x.view); }
auto identity(const Record& x) { return std::tie(x.owner, x.type, x.zone, x.view, x.data, x.routing, x.managed_by, x.ttl); }
auto identity(const Delegation& x) { return std::tie(x.child, x.view, x.name_servers); }
auto identity(const Endpoint& x) { return std::tie(x.hosts, x.role); }
auto identity(const Use& x) { return std::tie(x.workload, x.host, x.role, x.alternative); }
auto identity(const Inventory& x) { return std::tie(x.kind, x.host, x.address, x.owner); }
auto identity(const Credential& x) { return std::tie(x.workload, x.kind, x.life, x.held_in, x.is_fallback, x.fingerprint); }
auto identity(const Certificate& x) { return std::tie(x.names, x.issuer, x.not_before, x.not_after); }
auto identity(const Grant& x) { return std::tie(x.principal, x.action, x.resource, x.condition); }
auto identity(const IdentityRecord& x) { return std::tie(x.owner, x.looked_up_by, x.decision, x.fields); }
auto identity(const Observation& x) { return std::tie(x.log, x.format, x.server, x.client, x.name, x.type, x.window); }

/// Sorts by identity, better evidence first, and merges what has one identity.
template <class T>
void settle(std::vector<T>& facts) {
  const auto before = [](const T& a, const T& b) {
    if (identity(a) != identity(b)) return identity(a) < identity(b);
    const Confidence left = strongest(a.reasons);
    const Confidence right = strongest(b.reasons);
    return left != right ? left > right : a < b;
  };
  // Facts of a snapshot come sorted.
  if (!std::is_sorted(facts.begin(), facts.end(), before)) std::sort(facts.begin(), facts.end(), before);
  std::vector<T> settled;
  settled.reserve(facts.size());
  for (T& fact : facts) {
    if (!settled.empty() && identity(settled.back()) == identity(fact)) {
      merge(settled.back(), std::move(fact));
    } else {
      settled.push_back(std::move(fact));
    }
  }
  facts = std::move(settled);
}

template <class T, class Key>
const T* find_by(const std::vector<T>& sorted, const Key& key, const std::string T::*member) {
  const auto at =
      std::lower_bound(sorted.begin(), sorted.end(), key, [&](const T& one, const Key& wanted) { return one.*member < wanted; });
  return at == sorted.end() || (*at).*member != key ? nullptr : &*at;
}

/// Counts the stubs that two configurations describe differently: only one of them can be the one that is read.
void count_stub_conflicts(const std::vector<Stub>& stubs, std::vector<Undecided>& conflicts) {
  std::map<std::string_view, std::vector<const Stub*>> by_scope;
  for (const Stub& stub : stubs) by_scope[stub.scope].push_back(&stub);
  Undecided found{.what = "stub",
                  .why = "two configurations list different servers; the one with the better evidence, then the first, is used"};
  for (const auto& [scope, all] : by_scope) {
    const auto declared =
        std::count_if(all.begin(), all.end(), [](const Stub* one) { return strongest(one->reasons) == Confidence::declared; });
    const bool differ =
        std::any_of(all.begin(), all.end(), [first = all.front()](const Stub* one) { return one->servers != first->servers; });
    if (declared < 2 || !differ) continue;
    ++found.count;
    if (found.examples.size() < 5) found.examples.emplace_back(scope);
  }
  if (found.count > 0) conflicts.push_back(std::move(found));
}

template <class Index, class Key, class T>
std::vector<const T*> collect(const Index& index, const Key& key, const std::vector<T>& all) {
  std::vector<const T*> found;
  const auto [first, last] = index.equal_range(key);
  for (auto at = first; at != last; ++at) found.push_back(&all[at->second]);
  return found;
}

}  // namespace

Estate Estate::build(std::vector<Fact> facts) {
  Estate estate;
  for (Fact& fact : facts) {
    std::visit(
        [&]<class T>(T& one) {
          if constexpr (std::is_same_v<T, Scope>) estate.scopes_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Workload>) estate.workloads_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Stub>) estate.stubs_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Server>) estate.servers_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Zone>) estate.zones_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Record>) estate.records_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Delegation>) estate.delegations_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Endpoint>) estate.endpoints_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Use>) estate.uses_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Inventory>) estate.inventory_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Credential>) estate.credentials_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Certificate>) estate.certificates_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Grant>) estate.grants_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, IdentityRecord>) estate.identity_records_.push_back(std::move(one));
          if constexpr (std::is_same_v<T, Observation>) estate.observations_.push_back(std::move(one));
        },
        fact);
  }
  std::sort(estate.stubs_.begin(), estate.stubs_.end());
  count_stub_conflicts(estate.stubs_, estate.conflicts_);
  settle(estate.scopes_);
  settle(estate.workloads_);
  settle(estate.stubs_);
  settle(estate.servers_);
  settle(estate.zones_);
  settle(estate.records_);
  settle(estate.delegations_);
  settle(estate.endpoints_);
  give_code_to_functions(estate.workloads_, estate.uses_, estate.credentials_);
  settle(estate.uses_);
  settle(estate.inventory_);
  settle(estate.credentials_);
  settle(estate.certificates_);
  settle(estate.grants_);
  settle(estate.identity_records_);
  settle(estate.observations_);
  estate.index();
  return estate;
}

std::span<const Use> Estate::uses_of(std::string_view workload) const {
  const auto first =
      std::lower_bound(uses_.begin(), uses_.end(), workload, [](const Use& one, std::string_view id) { return one.workload < id; });
  const auto last = std::find_if(first, uses_.end(), [&](const Use& one) { return one.workload != workload; });
  return {first, last};
}

void Estate::index() {
  for (std::uint32_t at = 0; at < servers_.size(); ++at) {
    for (const IpAddress& address : servers_[at].addresses) server_by_address_.emplace(address, at);
    if (!servers_[at].scope.empty()) server_by_scope_.emplace(servers_[at].scope, at);
  }
  for (std::uint32_t at = 0; at < scopes_.size(); ++at) {
    if (scopes_[at].kind == ScopeKind::host && !scopes_[at].parent.empty()) host_by_parent_.emplace(scopes_[at].parent, at);
  }
  for (const Record& record : records_) {
    const std::optional<std::string> text = record.owner.known();
    if (!text) continue;
    const Result<DomainName> owner = DomainName::parse(*text);
    if (!owner) continue;
    records_by_owner_[*owner].push_back(&record);
    for (DomainName name = *owner; !name.is_root(); name = name.parent()) {
      if (!exists_.emplace(std::pair(record.view, name), true).second) break;  // what lies above is marked already
    }
  }
  for (std::uint32_t at = 0; at < inventory_.size(); ++at) {
    if (inventory_[at].address) inventory_by_address_.emplace(*inventory_[at].address, at);
    const std::optional<std::string> host = inventory_[at].host.known();
    if (!host || host->empty()) continue;
    if (const Result<DomainName> name = DomainName::parse(*host)) inventory_by_host_.emplace(*name, at);
  }
}

const Scope* Estate::scope(std::string_view id) const { return find_by(scopes_, id, &Scope::id); }
const Workload* Estate::workload(std::string_view id) const { return find_by(workloads_, id, &Workload::id); }
const Stub* Estate::stub(std::string_view scope) const { return find_by(stubs_, scope, &Stub::scope); }
const Server* Estate::server(std::string_view id) const { return find_by(servers_, id, &Server::id); }

std::vector<const Server*> Estate::servers_at(const IpAddress& address) const { return collect(server_by_address_, address, servers_); }
std::vector<const Server*> Estate::servers_in(std::string_view scope) const { return collect(server_by_scope_, scope, servers_); }

std::vector<const Scope*> Estate::nodes(std::string_view nodes_id) const {
  if (!nodes_id.starts_with("nodes:")) return {};
  return collect(host_by_parent_, "cluster:" + std::string(nodes_id.substr(6)), scopes_);
}

bool Estate::is_in(std::string_view inner, std::string_view outer) const {
  // A hostile input may make scopes each other's parent.
  for (std::size_t steps = 0; steps <= scopes_.size() && !inner.empty(); ++steps) {
    if (inner == outer) return true;
    const Scope* one = scope(inner);
    if (one == nullptr) return false;
    inner = one->parent;
  }
  return false;
}

std::span<const Zone> Estate::zones_of(const DomainName& apex) const {
  const auto [first, last] = std::equal_range(zones_.begin(), zones_.end(), apex, [](const auto& a, const auto& b) {
    const auto apex_of = [](const auto& x) -> const DomainName& {
      if constexpr (std::is_same_v<std::decay_t<decltype(x)>, Zone>) {
        return x.apex;
      } else {
        return x;
      }
    };
    return apex_of(a) < apex_of(b);
  });
  return std::span(zones_).subspan(static_cast<std::size_t>(first - zones_.begin()), static_cast<std::size_t>(last - first));
}

std::span<const Record* const> Estate::records_of(const DomainName& owner) const {
  const auto at = records_by_owner_.find(owner);
  if (at == records_by_owner_.end()) return {};
  return at->second;
}

bool Estate::exists(const DomainName& name, std::string_view view) const { return exists_.contains(std::pair(std::string(view), name)); }

std::vector<const Inventory*> Estate::inventory_at(const IpAddress& address) const {
  return collect(inventory_by_address_, address, inventory_);
}

std::vector<const Inventory*> Estate::inventory_named(const DomainName& host) const {
  return collect(inventory_by_host_, host, inventory_);
}

std::vector<const Delegation*> Estate::delegations_of(const DomainName& child) const {
  std::vector<const Delegation*> found;
  const auto first =
      std::partition_point(delegations_.begin(), delegations_.end(), [&](const Delegation& one) { return one.child < child; });
  for (auto at = first; at != delegations_.end() && at->child == child; ++at) found.push_back(&*at);
  return found;
}

}  // namespace mainstay
