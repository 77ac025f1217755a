// What the path of a URL, a port or the service label of a name says of the identity endpoint behind it.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "graph/facts/kinds.h"

namespace mainstay {

/// Source: OpenID Connect Discovery 1.0, section 4; the documentation of Keycloak, Microsoft Entra, Okta, Duende and Vault for the others.
std::optional<Role> role_of_path(std::string_view path);

/// Directory services by their well-known ports.
std::optional<Role> role_of_port(std::optional<std::uint16_t> port);

/// "_ldap._tcp.example.com". Source: RFC 2782; RFC 4120 section 7.2.3.
std::optional<Role> role_of_service_name(std::string_view name);

}  // namespace mainstay
