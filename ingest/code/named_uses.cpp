#include "ingest/code/named_uses.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "graph/values/ip_address.h"
#include "graph/values/public_suffix.h"
#include "ingest/catalogue/endpoint_path.h"
#include "ingest/catalogue/token_service.h"
#include "ingest/code/kept_names.h"
#include "ingest/code/program.h"

namespace mainstay::code {
namespace {

/// An unknown host is worth a use only when a variable with a known meaning stands for it.
bool is_specific(const Text& host, bool has_key) { return has_key || host.is_known() || host.known_domain().has_value(); }

bool signs_in(Role role) {
  return role == Role::oidc_issuer || role == Role::oauth_authorization || role == Role::oauth_token || role == Role::oauth_introspection ||
         role == Role::jwks;
}

std::optional<DomainName> owner_of(const Text& host) {
  const std::optional<std::string> known = host.known();
  const Result<DomainName> name = known ? DomainName::parse(*known) : Result<DomainName>(Error{""});
  return name ? std::optional(registrable_domain(*name)) : std::nullopt;
}

/// The hosts of one list are alternatives to each other, and not to those of another call.
std::string group_of(const NamingCall& call, const std::vector<NamedEndpoint>& named) {
  std::string group = call.key;
  for (const NamedEndpoint& one : named) group += " " + one.host.display();
  return group;
}

}  // namespace

std::optional<Role> NamedUses::role_of(const NamingCall& call, const Value& value, const KnownKey* key,
                                       const NamedEndpoint& endpoint) const {
  if (call.role) return call.role;
  if (key != nullptr) return key->role;
  if (const std::optional<UrlParts> parts = split_url(value.text)) {
    if (parts->scheme == "ldap" || parts->scheme == "ldaps") return Role::ldap;
    if (const std::optional<Role> role = role_of_path(parts->path.skeleton())) return role;
  }
  if (const std::optional<Role> role = role_of_service_name(endpoint.host.known_prefix())) return role;
  if (const std::optional<Role> role = call.takes_host ? role_of_port(endpoint.port) : std::nullopt) return role;
  const KnownHost* row = unit_.catalogue().host(endpoint.host);
  return row != nullptr && fit(row->pattern, endpoint.host) == Fit::certain ? std::optional(row->role) : std::nullopt;
}

void NamedUses::add(const NamingCall& call, const Value& value, const std::function<void(Use&)>& complete) {
  const KnownKey* key = value.variable.empty() ? nullptr : unit_.catalogue().key(value.variable);
  std::vector<NamedEndpoint> named = endpoints_in(call.takes_host ? "host" : "", value.text);
  if (!value.has_literal && !value.is_environment && key == nullptr) {
    ++unknown_;
    return;
  }
  bool is_added = false;
  const std::string group = named.size() > 1 ? group_of(call, named) : std::string();
  for (NamedEndpoint& endpoint : named) {
    if (!endpoint.port) endpoint.port = call.port;
    const std::optional<Role> role = role_of(call, value, key, endpoint);
    if (!role || !is_specific(endpoint.host, key != nullptr)) continue;
    Use use{.host = std::move(endpoint.host),
            .port = endpoint.port,
            .role = *role,
            .key = call.key,
            .alternative = group,
            .bypasses_dns = endpoint.is_address,
            .reasons = {unit_.declared(value.where)}};
    if (value.where.source != call.where.source || value.where.begin < call.where.begin) use.reasons.push_back(unit_.declared(call.where));
    use.reasons.front().note = call.seen_by;
    if (!value.variable.empty() && !value.is_environment)
      use.reasons.push_back(Evidence::by_default(fmt::format("the source has it for when {} is not set", value.variable)));
    if (complete) complete(use);
    add_session_life(use);
    uses_.push_back(std::move(use));
    is_added = true;
  }
  if (!is_added) ++(named.empty() && !value.text.is_known() ? unknown_ : others_);
}

void NamedUses::add_of_region(const NamingCall& call, std::string_view service, const Text& region, std::string reason,
                              const std::function<void(Use&)>& complete) {
  Text host = amazon_token_service(region, false);
  if (service != "sts") {
    host = Text(service);
    host.append(".");
    host.append(region);
    host.append(region.known_prefix().starts_with("cn-") ? ".amazonaws.com.cn" : ".amazonaws.com");
  }
  Use use{.host = std::move(host),
          .port = std::uint16_t{443},
          .role = call.role.value_or(Role::identity_host),
          .key = call.key,
          .reasons = {unit_.declared(call.where), Evidence::by_default(std::move(reason))}};
  use.reasons.front().note = call.seen_by;
  if (complete) complete(use);
  if (call.role == Role::sts) add_session_life(use);
  uses_.push_back(std::move(use));
}

void NamedUses::add_fixed(const NamingCall& call, std::string_view host) {
  Use use{
      .host = Text(host),
      .port = static_cast<std::uint16_t>(call.role == Role::imds ? 80 : 443),
      .role = call.role.value_or(Role::identity_host),
      .key = call.key,
      .bypasses_dns = static_cast<bool>(IpAddress::parse(host)),
      .reasons = {unit_.declared(call.where), Evidence::by_default(fmt::format("{} asks {} when nothing else is set", call.key, host))}};
  use.reasons.front().note = call.seen_by;
  add_session_life(use);
  uses_.push_back(std::move(use));
}

void NamedUses::add_kept(const NamingCall& call, const Value& value) {
  constexpr std::size_t kMostKept = 500;  // of one file
  const std::optional<Role> role = value.has_literal ? role_of_kept(unit_.catalogue(), value.text, call.role) : std::nullopt;
  std::vector<NamedEndpoint> named = role ? endpoints_in("", value.text) : std::vector<NamedEndpoint>();
  if (named.size() != 1 || kept_.size() >= kMostKept) return;
  kept_.push_back(
      {.host = std::move(named[0].host),
       .port = named[0].port,
       .role = *role,
       .key = call.key,
       .bypasses_dns = named[0].is_address,
       .reasons = {unit_.declared(value.where),
                   Evidence::assumed(fmt::format("the source keeps it as {}, and asks it in a way that is not seen", call.key))}});
}

void NamedUses::add_what_is_kept() {
  const std::size_t asked = uses_.size();
  for (Use& kept : kept_) {
    const auto is_same = [&](const Use& use) { return use.host == kept.host && (&use < uses_.data() + asked || use.role == kept.role); };
    if (std::any_of(uses_.begin(), uses_.end(), is_same)) continue;
    add_session_life(kept);
    uses_.push_back(std::move(kept));
  }
  kept_.clear();
}

void NamedUses::add_beside(const Value& value) {
  constexpr std::size_t kMostBeside = 500;  // of one file
  if (!value.has_literal || beside_.size() >= kMostBeside || !may_be_asked(value.text)) return;
  std::vector<NamedEndpoint> named = endpoints_in("", value.text);
  if (named.size() != 1 || !named[0].host.is_known() || named[0].is_address) return;
  beside_.push_back({.host = std::move(named[0].host),
                     .port = named[0].port,
                     .role = Role::identity_host,
                     .key = "url",
                     .reasons = {unit_.declared(value.where)}});
}

void NamedUses::add_what_is_beside() {
  if (beside_.empty()) return;
  // Where the catalogue has some hosts of a domain, the others are other services of a large provider.
  const auto has_many_services = [&](const DomainName& owner) {
    const std::string end = fmt::format(".{}", owner.host());
    const auto& rows = unit_.catalogue().hosts();
    return std::any_of(rows.begin(), rows.end(),
                       [&](const KnownHost& row) { return row.pattern.ends_with(end) && !row.pattern.starts_with("**"); });
  };
  std::set<DomainName> owners;
  for (const Use& use : uses_) {
    const std::optional<DomainName> owner = signs_in(use.role) ? owner_of(use.host) : std::nullopt;
    if (owner && !owners.contains(*owner) && !has_many_services(*owner)) owners.insert(*owner);
  }
  for (Use& one : beside_) {
    const std::optional<DomainName> owner = owner_of(one.host);
    const bool is_known = std::any_of(uses_.begin(), uses_.end(), [&](const Use& use) { return use.host == one.host; });
    if (!owner || !owners.contains(*owner) || is_known) continue;
    one.reasons.push_back(
        Evidence::assumed(fmt::format("the source signs in at {}, and this is a host of the same domain", owner->host())));
    add_session_life(one);
    uses_.push_back(std::move(one));
  }
  beside_.clear();
}

void NamedUses::give_to(const RunsAs& function) {
  for (Use& use : uses_) {
    use.workload = function.workload;
    if (function.deadline && !use.bypasses_dns && (!use.deadline || *function.deadline < *use.deadline)) {
      use.deadline = function.deadline;
      use.deadline_reasons = function.deadline_reasons;
    }
    unit_.add(std::move(use));
  }
}

void NamedUses::finish(bool is_cut_off) {
  add_what_is_kept();
  add_what_is_beside();
  if (runs_as_) return give_to(*runs_as_);
  if (!uses_.empty()) {
    Workload workload = workload_of(unit_);
    for (Use& use : uses_) {
      use.workload = workload.id;
      unit_.add(std::move(use));
    }
    unit_.add(std::move(workload));
  }
  if (others_ + unknown_ == 0 && !is_cut_off) return;
  unit_.note(
      {}, fmt::format("of the names that are looked up here, {} are no known identity endpoints and {} are not known", others_, unknown_));
  if (is_cut_off) unit_.warning({}, "the file is too involved: some of its names were not worked out");
}

}  // namespace mainstay::code
