#include "ingest/code/named_uses.h"

#include <fmt/format.h>

#include <utility>

#include "graph/values/ip_address.h"
#include "ingest/catalogue/endpoint_path.h"
#include "ingest/catalogue/token_service.h"
#include "ingest/code/program.h"

namespace mainstay::code {
namespace {

/// An unknown host is worth a use only when a variable with a known meaning stands for it.
bool is_specific(const Text& host, bool has_key) { return has_key || host.is_known() || host.known_domain().has_value(); }

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

void NamedUses::add_of_region(const NamingCall& call, std::string_view service, const Text& region, std::string reason) {
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
