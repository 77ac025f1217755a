// The kinds that facts distinguish, and the words for them in every output.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace mainstay {

enum class ScopeKind : std::uint8_t { host, cluster, name_space, vpc, vnet, subnet, compose_project, repository };
enum class WorkloadKind : std::uint8_t {
  process,
  container,
  deployment,
  stateful_set,
  daemon_set,
  job,
  cron_job,
  pod,
  function,
  service_account,
  virtual_machine,
  ci_job,
  unit
};
/// What a workload is for. All but the ordinary ones are needed most when the others fail.
enum class Purpose : std::uint8_t { ordinary, break_glass, status, monitoring, administration };
enum class ResolverLibrary : std::uint8_t { unknown, glibc, musl, go, c_ares, systemd_resolved, jvm };
enum class Role : std::uint8_t {
  oidc_issuer,
  oauth_authorization,
  oauth_token,
  oauth_introspection,
  jwks,
  saml_idp,
  ldap,
  kerberos_kdc,
  kerberos_kadmin,
  sts,
  imds,
  secret_store,
  kms,
  workload_identity,
  certificate_authority,
  ocsp,
  crl,
  api_gateway_authoriser,
  service_discovery,
  policy,
  identity_host
};
enum class ServerRole : std::uint8_t { recursive_resolver, forwarder, authoritative };
enum class Choice : std::uint8_t { ordered, random, parallel };
enum class ZoneKind : std::uint8_t { primary, secondary, stub, hosted };
enum class Phase : std::uint8_t { run_time, start_up };
enum class Resolves : std::uint8_t { each_time, once };
enum class OnFailure : std::uint8_t { unknown, deny, allow, keep_last };
enum class CredentialLife : std::uint8_t { unknown, long_lived, short_lived };

/// The words of an enumeration in kebab-case, in the order of its enumerators; the argument only says which enumeration.
std::span<const std::string_view> words(ScopeKind);
std::span<const std::string_view> words(WorkloadKind);
std::span<const std::string_view> words(Purpose);
std::span<const std::string_view> words(ResolverLibrary);
std::span<const std::string_view> words(Role);
std::span<const std::string_view> words(ServerRole);
std::span<const std::string_view> words(Choice);
std::span<const std::string_view> words(ZoneKind);
std::span<const std::string_view> words(Phase);
std::span<const std::string_view> words(Resolves);
std::span<const std::string_view> words(OnFailure);
std::span<const std::string_view> words(CredentialLife);

template <class E>
concept Worded = requires(E kind) {
  words(kind);
};

/// The word for an enumerator: "oidc-issuer", "run-time", "namespace".
template <Worded E>
std::string_view word(E kind) {
  return words(kind)[static_cast<std::size_t>(kind)];
}

/// The enumerator of that word; nothing for other words.
template <Worded E>
std::optional<E> kind_of_word(std::string_view word) {
  const std::span<const std::string_view> all = words(E{});
  for (std::size_t at = 0; at < all.size(); ++at) {
    if (all[at] == word) return static_cast<E>(at);
  }
  return std::nullopt;
}

}  // namespace mainstay
