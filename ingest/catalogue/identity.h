// Which settings name an identity endpoint: one decision, made the same way by every ingester.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "graph/facts/facts.h"
#include "graph/model/catalogue.h"
#include "graph/values/text.h"

namespace mainstay {

/// An identity endpoint that a setting names.
struct NamedEndpoint {
  Role role = Role::identity_host;
  Text host;  // host name without scheme, user information, port and path
  std::optional<std::uint16_t> port;
  bool is_address = false;  // a literal address, or localhost: no name is asked of DNS
};

/// The hosts that `key` = `value` names, whatever they are for, in order; several when the value is a list separated by blanks, commas or
/// semicolons. None when a part of the value is no host (a path, an ARN, "true", a sentence).
std::vector<NamedEndpoint> endpoints_in(std::string_view key, const Text& value);

/// The endpoints that `key` = `value` names, in order; several when the value is a list separated by blanks, commas or semicolons.
/// None when the key is not known to hold one and the value's host is not known to be one, or when a part of the value is no host
/// (a path, an ARN, "true", a sentence). A known key decides the role; otherwise the host decides, and a merely possible fit of the
/// host is not enough. A value that is unknown as a whole is an unknown host when the key is known.
std::vector<NamedEndpoint> identity_endpoints(const Catalogue& catalogue, std::string_view key, const Text& value);

}  // namespace mainstay
