// Which settings name an identity endpoint: one decision, made the same way by every ingester.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "graph/facts/facts.h"
#include "graph/model/catalogue.h"
#include "graph/values/text.h"

namespace mainstay {

/// An identity endpoint that a setting names.
struct NamedEndpoint {
  Role role = Role::identity_host;
  Text host;  // host name without scheme, user information, port and path
  std::optional<std::uint16_t> port;
  bool is_address = false;  // the host is a literal address, so no name is resolved
};

/// The endpoint that `key` = `value` names; nothing when the key is not known to hold one and the value's host is not known to be one,
/// or when there is no host in the value (a path, an ARN, "true").
/// A known key decides the role; otherwise the host decides, and a merely possible fit of the host is not enough.
std::optional<NamedEndpoint> identity_endpoint(const Catalogue& catalogue, std::string_view key, const Text& value);

}  // namespace mainstay
