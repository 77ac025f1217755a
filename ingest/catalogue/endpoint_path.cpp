#include "ingest/catalogue/endpoint_path.h"

#include <algorithm>
#include <array>
#include <utility>

#include "graph/values/ascii.h"

namespace mainstay {

std::optional<Role> role_of_path(std::string_view path) {
  // The first one that is part of the path; what is longer stands before what it holds.
  constexpr std::array<std::pair<std::string_view, Role>, 35> kPaths = {{
      {"/.well-known/openid-configuration", Role::oidc_issuer},
      {"/.well-known/oauth-authorization-server", Role::oidc_issuer},
      {"/.well-known/jwks", Role::jwks},
      {"/protocol/openid-connect/certs", Role::jwks},
      {"/protocol/openid-connect/token/introspect", Role::oauth_introspection},
      {"/protocol/openid-connect/token", Role::oauth_token},
      {"/protocol/openid-connect/auth", Role::oauth_authorization},
      {"/protocol/openid-connect/userinfo", Role::oauth_introspection},
      {"/protocol/openid-connect", Role::oidc_issuer},
      {"/discovery/v2.0/keys", Role::jwks},
      {"/oauth2/v1/keys", Role::jwks},
      {"/oauth2/v3/certs", Role::jwks},
      {"/metadata/identity/oauth2/token", Role::imds},
      {"/computeMetadata/v1/instance/service-accounts/", Role::imds},
      {"/latest/meta-data/iam/", Role::imds},
      {"/oauth2/v2.0/token", Role::oauth_token},
      {"/oauth2/v1/token", Role::oauth_token},
      {"/oauth2/token", Role::oauth_token},
      {"/oauth/v2/token", Role::oauth_token},
      {"/oauth/token", Role::oauth_token},
      {"/oauth/access_token", Role::oauth_token},
      {"/connect/token", Role::oauth_token},
      {"/oauth2/introspect", Role::oauth_introspection},
      {"/connect/introspect", Role::oauth_introspection},
      {"/connect/authorize", Role::oauth_authorization},
      {"/connect/userinfo", Role::oauth_introspection},
      {"/oauth2/v2.0/authorize", Role::oauth_authorization},
      {"/oauth2/authorize", Role::oauth_authorization},
      {"/oauth/authorize", Role::oauth_authorization},
      {"/oauth2/userinfo", Role::oauth_introspection},
      {"/oauth/userinfo", Role::oauth_introspection},
      {"/v1/auth/kubernetes/", Role::secret_store},
      {"/v1/auth/approle/", Role::secret_store},
      {"/v1/auth/token/", Role::secret_store},
      {"/v1/secret/data/", Role::secret_store},
  }};
  const auto row = std::find_if(kPaths.begin(), kPaths.end(), [&](const auto& one) { return path.find(one.first) != path.npos; });
  return row == kPaths.end() ? std::nullopt : std::optional(row->second);
}

std::optional<Role> role_of_port(std::optional<std::uint16_t> port) {
  if (!port) return std::nullopt;
  if (*port == 389 || *port == 636 || *port == 3268 || *port == 3269) return Role::ldap;
  return *port == 88 ? std::optional(Role::kerberos_kdc) : std::nullopt;
}

std::optional<Role> role_of_service_name(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Role>, 5> kServices = {{{"_ldap._tcp.", Role::ldap},
                                                                           {"_ldaps._tcp.", Role::ldap},
                                                                           {"_kerberos._", Role::kerberos_kdc},
                                                                           {"_kerberos-master._", Role::kerberos_kdc},
                                                                           {"_kerberos-adm._", Role::kerberos_kadmin}}};
  const std::string low = ascii_lower(name);
  const auto row = std::find_if(kServices.begin(), kServices.end(), [&](const auto& one) { return low.starts_with(one.first); });
  return row == kServices.end() ? std::nullopt : std::optional(row->second);
}

}  // namespace mainstay
